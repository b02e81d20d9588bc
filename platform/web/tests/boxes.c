/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The letterbox (boxes.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <sys/wait.h>
#include <unistd.h>

#include "platform/web/tests/boxes.h"

#include "embed.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/web/digest.h"
#include "platform/web/json.h"
#include "platform/web/view.h"
#include "tests/harness/test_err.h"
#include "views/web.h"

static const char SCHEMA[] = "CREATE TABLE boxes (\n"
                             "    id @id,\n"
                             "    org_id @int NOT NULL,\n"
                             "    words TEXT NOT NULL,\n"
                             "    lane TEXT NOT NULL\n"
                             ");\n";
static const struct embed_file FILES[] = {
    { "0001_boxes.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 },
    { 0 },
};

struct box_input {
    str words;
};
static const struct input INPUTS[] = {
    { FIELD(struct box_input, words), .kind = INPUT_AREA, .required = true, .min = 2, .max = 200 },
    { .field = { 0 } },
};
static const struct form FORM = { "boxes", sizeof(struct box_input), INPUTS };
static const struct anonymous BOX = { .name = "boxes" }, OTHER = { .name = "boxes.other" };

/* ---- the house's side ---- */

/* What the sender keeps: the same for one stamp, however often it comes. */
static str receipt_of(struct rq *rq)
{
    unsigned char secret[32];
    anonymous_secret(rq, "receipts", secret);
    return str_hex(rq->mem, (bytes){ secret, sizeof secret });
}

static err box_page(struct rq *rq, struct res *res, const struct anonymous *form, const char *to)
{
    struct out *out = page_begin(rq, str_of("Letterbox"), NULL);
    buf_put(out->buf, "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>Box"
                      "</title>");
    buf_put(out->buf, "<script src=\"");
    view_asset(out, "app.js");
    buf_put(out->buf, "\" defer></script></head><body><main><p id=\"why\">");
    view_put_str(out, view_fault_of(out, str_of("")));
    if (err_is(rq->error, "web.stamp_used"))
        buf_printf(out->buf, " %s", receipt_of(rq).ptr);
    buf_printf(out->buf, "</p><form method=\"post\" action=\"%s\">", to);
    view_stamp(out, anonymous_stamp(rq, form));
    buf_put(out->buf, "<textarea name=\"words\">");
    view_put_str(out, rq_typed(rq, "words", str_of("")));
    buf_put(out->buf, "</textarea><button>Send</button></form></main></body></html>");
    page_end(res, out);
    return OK;
}

static err page_box_new(struct rq *rq, struct res *res)
{
    return box_page(rq, res, &BOX, "/boxes/new");
}

static err page_box_other(struct rq *rq, struct res *res)
{
    return box_page(rq, res, &OTHER, "/boxes/other");
}

static err page_box_add(struct rq *rq, struct res *res)
{
    const struct box_input *in = rq->input;
    str lane = str_of(anonymous_lane(rq) == ANONYMOUS_PROVED ? "proved" : "unproved");
    i64 id;
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO boxes (org_id, words, lane) VALUES (:org, :words, :lane)"
                      " RETURNING id",
                      P(in->words), P(lane)),
                  &id));
    TRY(audit_add(rq, &(struct audit_entry){
                          .act = "boxes.add", .object = "boxes", .object_id = id, .after = lane }));
    struct buf *b = buf_new(rq->mem, 1000);
    buf_printf(b, "<title>Got</title><p id=\"got\">%s</p><p id=\"receipt\">%s</p>", lane.ptr,
               receipt_of(rq).ptr);
    res_html(res, b);
    return OK;
}

static const struct route ROUTES[] = {
    { GET, "/boxes/new", page_box_new, .may = PUBLIC, .anonymous = &BOX },
    { POST, "/boxes/new", page_box_add, .may = PUBLIC, .form = &FORM, .redraw = page_box_new,
      .api = true, .anonymous = &BOX },
    { GET, "/boxes/other", page_box_other, .may = PUBLIC, .anonymous = &OTHER },
    { POST, "/boxes/other", page_box_add, .may = PUBLIC, .form = &FORM, .redraw = page_box_other,
      .anonymous = &OTHER },
    { 0 },
};

/* As the house declares them (settings_module.c), with room for small numbers. */
static const struct setting SETTINGS[] = {
    { "anonymous.network_hour", SETTING_NUMBER, "items", 1, 10000, "60", NULL, "test" },
    { "anonymous.hour", SETTING_NUMBER, "items", 1, 1000000, "2000", NULL, "test" },
    { "anonymous.unproved_network_hour", SETTING_NUMBER, "items", 0, 1000, "10", NULL, "test" },
    { "anonymous.unproved_hour", SETTING_NUMBER, "items", 0, 100000, "200", NULL, "test" },
    { "anonymous.work_bits", SETTING_NUMBER, NULL, 1, 18, "6", NULL, "test" },
    { "audits.digest", SETTING_CHOICE, NULL, 0, 0, "sm3", "sm3 sha256", "test" },
    { 0 },
};
static const struct module BOXES = {
    .name = "boxes", .routes = ROUTES, .settings = SETTINGS, .schema = FILES
};
const struct module *const BOX_MODULES[] = { &BOXES, NULL };

/* ---- the sender's side ---- */

struct test_app *box_house(void)
{
    static uint64_t houses;
    struct test_app *t = test_app_new(BOX_MODULES);
    t->app.rng.state += houses++;
    return t;
}

i64 box_count(struct test_app *t, const char *lane)
{
    i64 count = -1;
    str wanted = str_of(lane);
    db_set_org(t->db, t->org);
    assert_ok(db_i64(t->db,
                     SQL("SELECT count(*) AS count FROM boxes WHERE org_id = :org"
                         " AND lane = :wanted",
                         P(wanted)),
                     &count));
    return count;
}

str box_stamp(struct test_app *t, const char *path, const char *address)
{
    struct test_request rq = { .method = "GET", .target = path, .peer = address };
    struct test_answer a = test_ask(t, &rq);
    assert_int_equal(a.status, 200);
    return test_field(t, &a, "stamp");
}

i64 box_bits(str stamp)
{
    str rest = stamp, part;
    i64 bits = 0;
    assert_true(str_split(&rest, '-', &part) && str_to_i64(part, &bits));
    return bits;
}

static bool is_found(const unsigned char *block, i64 bits)
{
    struct digest d;
    unsigned char out[DIGEST_SIZE];
    digest_start(&d);
    digest_add(&d, (bytes){ block, 40 });
    digest_end(&d, out);
    uint32_t word =
        (uint32_t)out[0] << 24 | (uint32_t)out[1] << 16 | (uint32_t)out[2] << 8 | out[3];
    return word >> (32 - bits) == 0;
}

/* Written from the words of stamp.h, not from stamp.c. */
str box_proof(struct arena *mem, str stamp)
{
    struct buf *proof = buf_new(mem, 100);
    unsigned char block[40] = { 0 };
    i64 bits = box_bits(stamp);
    memcpy(block, stamp.ptr + stamp.len - 65, 32);
    for (unsigned char piece = 0; piece < 8; piece++) {
        uint32_t n = 0;
        block[35] = piece;
        for (;; n++) {
            for (int i = 0; i < 4; i++)
                block[36 + i] = (unsigned char)(n >> (24 - 8 * i));
            if (is_found(block, bits))
                break;
        }
        buf_printf(proof, "%08x", n);
    }
    return buf_str(proof);
}

struct test_answer box_send(struct test_app *t, const struct box_post *post)
{
    struct test_request rq = { .method = "POST", .target = post->path, .peer = post->address };
    rq.body =
        arena_printf(t->mem, "words=%s&stamp=%.*s&proof=%.*s", post->words, (int)post->stamp.len,
                     post->stamp.ptr, (int)post->proof.len, post->proof.ptr);
    test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
    return test_ask(t, &rq);
}

struct test_answer box_write(struct test_app *t, const char *address, const char *words,
                             bool proved)
{
    str stamp = box_stamp(t, "/boxes/new", address);
    str proof = proved ? box_proof(t->mem, stamp) : str_of("");
    return box_send(t, &(struct box_post){ "/boxes/new", address, words, stamp, proof });
}

int box_run(const char *const *words)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        execvp(words[0], (char *const *)words);
        _exit(127);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : 127;
}

struct change {
    const char *name, *value;
};

static err change_store(struct rq *rq, void *context)
{
    const struct change *c = context;
    return setting_store(rq, c->name, str_of(c->value), rq->today);
}

void box_setting(struct test_app *t, const char *name, const char *value)
{
    struct change c = { name, value };
    assert_ok(test_write(t, change_store, &c));
}
