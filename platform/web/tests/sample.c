/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The sample module (sample.h). Handlers do one thing each, named by their path. */
#include "platform/web/tests/sample.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "embed.h"
#include "platform/app.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/web/json.h"
#include "platform/web/upload.h"
#include "platform/web/view.h"

static const char SCHEMA[] = "CREATE TABLE things (\n"
                             "    id @id,\n"
                             "    org_id @int NOT NULL,\n"
                             "    title TEXT NOT NULL,\n"
                             "    UNIQUE (org_id, title)\n"
                             ");\n";
static const struct embed_file FILES[] = {
    { "0001_things.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 },
    { 0 },
};

static const struct input INPUTS[] = {
    { FIELD(struct sample_input, password), .kind = INPUT_PASSWORD },
    { FIELD(struct sample_input, title), .kind = INPUT_TEXT, .required = true, .min = 2,
      .max = 10 },
    { FIELD(struct sample_input, body), .kind = INPUT_AREA, .max = 20 },
    { FIELD(struct sample_input, kind), .kind = INPUT_CHOICE, .choices = "red green" },
    { FIELD(struct sample_input, count), .kind = INPUT_NUMBER, .min = 1, .max = 9 },
    { FIELD(struct sample_input, due_on), .kind = INPUT_DAY },
    { FIELD(struct sample_input, agency_id), .kind = INPUT_ID },
    { FIELD(struct sample_input, agreed), .kind = INPUT_BOOL },
    { FIELD(struct sample_input, agencies), .kind = INPUT_IDS, .max = 3 },
    { FIELD(struct sample_input, lines), .kind = INPUT_LINES, .max = 3 },
    { FIELD(struct sample_input, files), .kind = INPUT_FILES, .max = 2 },
    { .field = { 0 } },
};
static const struct form FORM = { "things", sizeof(struct sample_input), INPUTS };
static const struct form PLAIN_FORM = { "things", sizeof(struct sample_input), INPUTS + 1 };

struct row {
    i64 id;
    str title;
};
static const struct field ROW[] = { FIELD(struct row, id), FIELD(struct row, title), { 0 } };

int sample_runs;

i64 sample_count(struct db *db)
{
    i64 count = -1;
    err e = db_i64(db, SQL("SELECT count(*) AS count FROM things WHERE org_id = :org"), &count);
    return e.code == ERR_NONE ? count : -1;
}

/* ---- pages ---- */

static err page_thing_list(struct rq *rq, struct res *res)
{
    struct rows rows = { .size = sizeof(struct row) };
    TRY(db_list(rq->db,
                SQL("SELECT id, title FROM things WHERE org_id = :org ORDER BY id LIMIT 100"), ROW,
                rq->mem, &rows));
    struct out *out = page_begin(rq, str_of("Things"), NULL);
    const struct row *items = rows.items;
    buf_put(out->buf, out->page->flash.len ? "<p class=\"flash\">" : "<p>");
    view_put_str(out, out->page->flash);
    buf_put(out->buf, "</p>");
    for (size_t i = 0; i < rows.count; i++) {
        buf_printf(out->buf, "<a href=\"/things/%lld\">", (long long)items[i].id);
        view_put_str(out, items[i].title);
        buf_put(out->buf, "</a>");
    }
    page_end(res, out);
    return OK;
}

static err page_thing_show(struct rq *rq, struct res *res)
{
    struct row row;
    i64 id = rq->path_id;
    TRY(db_one(rq->db, SQL("SELECT id, title FROM things WHERE org_id = :org AND id = :id", P(id)),
               ROW, rq->mem, &row));
    struct buf *b = buf_new(rq->mem, 1000);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_fields(&j, ROW, &row);
    json_object_end(&j);
    res_json(res, b);
    return OK;
}

static void put_field(struct out *out, const char *name, str value)
{
    buf_printf(out->buf, "<input name=\"%s\" value=\"", name);
    view_put_str(out, value);
    buf_put(out->buf, "\">");
    str why = view_fault_of(out, str_of(name));
    if (why.len) {
        buf_printf(out->buf, "<p id=\"%s-why\">", name);
        view_put_str(out, why);
        buf_put(out->buf, "</p>");
    }
}

static err page_thing_form(struct rq *rq, struct res *res)
{
    struct out *out = page_begin(rq, str_of("New thing"), NULL);
    buf_put(out->buf, "<form method=\"post\" action=\"/things\">");
    view_csrf(out);
    for (const struct input *i = INPUTS; i->field.name; i++)
        put_field(out, i->field.name, rq_typed(rq, i->field.name, str_of("")));
    buf_put(out->buf, "</form><p id=\"general\">");
    view_put_str(out, view_fault_of(out, str_of("")));
    buf_put(out->buf, "</p>");
    page_end(res, out);
    return OK;
}

static err add(struct rq *rq, i64 *id)
{
    const struct sample_input *input = rq->input;
    sample_runs++;
    return db_insert(rq->db,
                     SQL("INSERT INTO things (org_id, title) VALUES (:org, :title) RETURNING id",
                         P(input->title)),
                     id);
}

static err page_thing_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(add(rq, &id));
    live_send(rq, 0, "things.added", arena_printf(rq->mem, "{\"id\":%lld}", (long long)id));
    res_flash(res, "web.flow_done", str_of("thing & more"));
    res_redirect(res, arena_printf(rq->mem, "/things/%lld", (long long)id));
    return OK;
}

/* Shows what is shown once only. */
static err page_thing_once(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(add(rq, &id));
    struct buf *b = buf_new(rq->mem, 100);
    buf_put(b, "one-time password 4711");
    res_once(res);
    res_html(res, b);
    return OK;
}

/* Writes and then fails: nothing of it may stay. */
static err page_thing_fail(struct rq *rq, struct res *res)
{
    i64 id;
    (void)res;
    live_send(rq, 0, "things.never", str_of("{}"));
    TRY(add(rq, &id));
    return err_make(ERR_CONFLICT, "things.failed");
}

/* Busy as often as the thing's title has characters beyond two. */
static err page_thing_busy(struct rq *rq, struct res *res)
{
    const struct sample_input *input = rq->input;
    i64 id;
    TRY(add(rq, &id));
    if (sample_runs + 2 <= (int)input->title.len)
        return err_make(ERR_BUSY, "db.busy");
    res_redirect(res, str_of("/things"));
    return OK;
}

static err page_thing_write_in_get(struct rq *rq, struct res *res)
{
    (void)res;
    return db_run(rq->db, SQL("INSERT INTO things (org_id, title) VALUES (:org, 'got')"), NULL);
}

static err page_thing_internal(struct rq *rq, struct res *res)
{
    (void)rq;
    (void)res;
    return err_make_with(ERR_INTERNAL, "db.failed", str_of("SELECT secret FROM /etc/passwd"),
                         str_of(""));
}

static err page_thing_huge(struct rq *rq, struct res *res)
{
    struct buf *b = buf_new(rq->mem, 100);
    for (int i = 0; i < 100; i++)
        buf_put(b, "0123456789");
    res_html(res, b);
    return OK;
}

static err page_public(struct rq *rq, struct res *res)
{
    sample_runs++;
    struct out *out = page_begin(rq, str_of("Public"), NULL);
    buf_printf(out->buf, "<p>public %lld</p>", (long long)sample_count(rq->db));
    view_csrf(out);
    page_end(res, out);
    return OK;
}

/* ---- slow ---- */

static err slow_think(struct rq *rq, struct res *res)
{
    (void)res;
    const struct sample_input *input = rq->input;
    rq->found = arena_str(rq->mem, arena_printf(rq->mem, "thought %.*s", (int)input->title.len,
                                                input->title.ptr))
                    .ptr;
    return OK;
}

static err page_thing_think(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(add(rq, &id));
    struct buf *b = buf_new(rq->mem, 100);
    buf_put(b, rq->found);
    res_html(res, b);
    return OK;
}

static err doc_thing_list(struct rq *rq, struct res *res)
{
    static const unsigned char BYTES[] = "%PDF-1.4";
    (void)rq;
    res_bytes(res, (bytes){ BYTES, 8 }, str_of("\xE6\x8F\x90\xE6\xA1\x88 1.pdf"), "application/pdf",
              false);
    return OK;
}

static err page_file(struct rq *rq, struct res *res)
{
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    (void)rq;
    char path[] = "/tmp/huotang-file-XXXXXX";
    close(fd);
    fd = mkstemp(path);
    unlink(path);
    if (write(fd, "file bytes", 10) != 10)
        return err_make(ERR_INTERNAL, "test");
    res_file(res, fd, str_of("a\"b.txt"), "text/plain; charset=utf-8", false);
    return OK;
}

/* Opens its file and then fails. */
static err slow_file_fails(struct rq *rq, struct res *res)
{
    TRY(page_file(rq, res));
    return err_make(ERR_CONFLICT, "things.failed");
}

/* ---- API ---- */

static err api_thing_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(add(rq, &id));
    struct buf *b = buf_new(rq->mem, 100);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_i64(&j, "id", id);
    json_object_end(&j);
    res_json(res, b);
    res_status(res, 201);
    return OK;
}

static err api_thing_remove(struct rq *rq, struct res *res)
{
    i64 id = rq->path_id;
    TRY(db_update(rq->db, SQL("DELETE FROM things WHERE org_id = :org AND id = :id", P(id))));
    res_redirect(res, str_of("/things"));
    return OK;
}

/* Everything that was read, for tests of forms. */
static err api_thing_echo(struct rq *rq, struct res *res)
{
    const struct sample_input *input = rq->input;
    struct buf *b = buf_new(rq->mem, 100000);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_str(&j, "title", input->title);
    json_str(&j, "body", input->body);
    json_str(&j, "kind", input->kind);
    json_i64(&j, "count", input->count);
    json_i64(&j, "due", input->due_on);
    json_i64(&j, "agency", input->agency_id);
    json_bool(&j, "agreed", input->agreed);
    json_array(&j, "agencies");
    for (size_t i = 0; i < input->agencies.count; i++)
        json_i64(&j, NULL, input->agencies.items[i]);
    json_array_end(&j);
    json_array(&j, "lines");
    for (size_t i = 0; i < input->lines.count; i++)
        json_str(&j, NULL, input->lines.items[i]);
    json_array_end(&j);
    struct uploads files = rq_uploads(rq, "files");
    json_array(&j, "files");
    for (size_t i = 0; i < files.count; i++) {
        json_str(&j, NULL, files.items[i].name);
        json_i64(&j, NULL, files.items[i].size);
        json_str(&j, NULL, files.items[i].sha256);
        json_bool(&j, NULL, access(files.items[i].path.ptr, R_OK) == 0);
    }
    json_array_end(&j);
    json_object_end(&j);
    res_json(res, b);
    return OK;
}

struct suffix_input {
    i64 id;
    str name;
};
static const struct input SUFFIX_INPUTS[] = {
    { FIELD(struct suffix_input, id), .kind = INPUT_ID },
    { FIELD(struct suffix_input, name), .kind = INPUT_TEXT },
    { .field = { 0 } },
};
static const struct form SUFFIX_FORM = { "suffix", sizeof(struct suffix_input), SUFFIX_INPUTS };

static err page_address(struct rq *rq, struct res *res)
{
    struct buf *b = buf_new(rq->mem, 100);
    buf_add(b, rq->address);
    res_html(res, b);
    return OK;
}

static err page_words(struct rq *rq, struct res *res)
{
    const struct suffix_input *input = rq->input;
    struct buf *b = buf_new(rq->mem, 1000);
    buf_printf(b, "%s %lld ", rq->route->path, (long long)rq->path_id);
    if (input) {
        buf_put_i64(b, input->id);
        buf_put(b, " ");
        buf_add(b, input->name);
    }
    res_html(res, b);
    return OK;
}

static const struct route ROUTES[] = {
    { GET, "/things", page_thing_list, .may = "things.read" },
    { GET, "/things/new", page_thing_form, .may = "things.add" },
    { POST, "/things", page_thing_add, .may = "things.add", .form = &PLAIN_FORM,
      .redraw = page_thing_form },
    { POST, "/things/secret", page_thing_add, .may = "things.add", .form = &FORM,
      .redraw = page_thing_form },
    { POST, "/things/once", page_thing_once, .may = "things.add", .form = &PLAIN_FORM },
    { GET, "/things/{id}", page_thing_show, .may = "things.read" },
    { POST, "/things/fail", page_thing_fail, .may = "things.add", .form = &FORM,
      .redraw = page_thing_form },
    { POST, "/things/busy", page_thing_busy, .may = "things.add", .form = &FORM },
    { POST, "/things/plain", page_thing_add, .may = "things.add", .form = &FORM },
    { POST, "/things/again", page_thing_add, .may = "things.add", .form = &FORM, .reauth = true },
    { POST, "/things/think", page_thing_think, .slow = slow_think, .may = "things.add",
      .form = &FORM },
    { POST, "/things/open", page_thing_add, .may = PUBLIC, .form = &PLAIN_FORM },
    { POST, "/things/files", page_thing_add, .may = "things.add", .form = &FORM,
      .max_body = INT64_C(500) << 20 },
    { GET, "/things/write", page_thing_write_in_get, .may = "things.read" },
    { GET, "/things/internal", page_thing_internal, .may = PUBLIC },
    { GET, "/things/huge", page_thing_huge, .may = PUBLIC },
    { GET, "/things/public", page_public, .may = PUBLIC, .cached = true },
    { GET, "/things/signed", page_words, .may = SIGNED_IN },
    { GET, "/things/address", page_address, .may = PUBLIC },
    { GET, "/things/enrol", page_words, .may = SIGNED_IN, .unenrolled = true },
    { GET, "/things.pdf", .slow = doc_thing_list, .may = "things.read" },
    { GET, "/things/file", page_file, .may = "things.read" },
    { GET, "/things/file/broken", .slow = slow_file_fails, .may = "things.read" },
    { GET, "/things/{id}.json", page_words, .may = PUBLIC, .form = &SUFFIX_FORM },
    { GET, "/things/{id}/{name}", page_words, .may = PUBLIC, .form = &SUFFIX_FORM },
    { GET, "/things/{id}/words", page_words, .may = PUBLIC, .form = &SUFFIX_FORM },
    { GET, "/names/{name}", page_words, .may = PUBLIC, .form = &SUFFIX_FORM },
    { POST, "/api/v1/things", api_thing_add, .may = "things.add", .form = &PLAIN_FORM },
    { GET, "/api/v1/things/{id}", page_thing_show, .may = "things.read" },
    { DELETE, "/api/v1/things/{id}", api_thing_remove, .may = "things.add" },
    { POST, "/api/v1/things/echo", api_thing_echo, .may = "things.add", .form = &FORM,
      .max_body = 100000 },
    { 0 },
};

static const struct permission PERMISSIONS[] = { { "things.read", "member staff", ADMIN_NONE },
                                                 { "things.add", "staff", ADMIN_NONE },
                                                 { 0 } };
static const struct menu_item MENU[] = {
    { .name = "things", .url = "/things", .icon = "list", .may = "things.read", .shown = MENU_TAB },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "accounts.reauth_minutes", SETTING_NUMBER, "minutes", 1, 1000, "60", NULL, "test" },
    { 0 },
};
static const struct module SAMPLE = { .name = "things",
                                      .routes = ROUTES,
                                      .permissions = PERMISSIONS,
                                      .menu = MENU,
                                      .settings = SETTINGS,
                                      .schema = FILES };
const struct module *const SAMPLE_MODULES[] = { &SAMPLE, NULL };
