/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writing the file: which cases, one after another at constant memory, attachments by their digest.
 * What a case is made of: platform/transfer. What goes to be handled, and its answer:
 * transfer_handing.c. */
#include <stdlib.h>
#include <unistd.h>

#include "modules/orgs/org.h"
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_list.h"
#include "modules/transfers/transfer_handing.h"
#include "modules/transfers/transfer_names.h"
#include "modules/transfers/transfer_store.h"
#include "platform/audit/audit.h"
#include "platform/base/base64.h"
#include "platform/files/blob.h"
#include "platform/files/temp.h"
#include "platform/text/texts.h"
#include "platform/transfer/transfer.h"
#include "platform/transfer/transfer_file.h"
#include "platform/web/digest.h"
#include "platform/web/json.h"

enum { HEAD_MAX = 16 * 1024, SCRATCH_SOFT = 1 << 20 };

/* ---- which ---- */

struct choosing {
    struct rq *rq;
    const struct transfer_ask *ask;
    struct transfer_choice *out;
    size_t cap;
};

static bool is_chosen(const struct transfer_choice *c, i64 id)
{
    for (size_t i = c->ids.count; i-- > 0;)
        if (c->ids.items[i] == id)
            return true;
    return false;
}

/* A merged one goes with its main one, once. */
static err choose_one(struct choosing *c, i64 id)
{
    struct proposal p;
    struct transfer_choice *out = c->out;
    TRY(proposal_find_house(c->rq, id, &p));
    if (p.main_id)
        TRY(proposal_find_house(c->rq, p.main_id, &p));
    if (is_chosen(out, p.id) || str_is(p.state, "draft") || str_is(p.state, "cosigning"))
        return OK;
    if (p.confidential && !c->ask->confidential) {
        out->left++;
        return OK;
    }
    if (out->ids.count == TRANSFER_CASES_MAX)
        return err_make(ERR_LIMIT, "transfers.too_many_cases");
    if (out->ids.count == c->cap) {
        i64 *more = arena_array(c->rq->mem, c->cap * 2 + 64, sizeof *more);
        if (c->cap)
            memcpy(more, out->ids.items, c->cap * sizeof *more);
        out->ids.items = more;
        c->cap = c->cap * 2 + 64;
    }
    out->ids.items[out->ids.count++] = p.id;
    return OK;
}

static err row_choose(void *context, const void *row)
{
    return choose_one(context, ((const struct proposal_row *)row)->id);
}

/* Verdicts of single people go along: only who may read them, for the whole house, sends. */
static err may_send(struct rq *rq)
{
    bool may = rq->actor->agency_id == 0 &&
               actor_scope(rq->actor, "transfers.export") == SCOPE_ORG &&
               actor_scope(rq->actor, "evaluations.read") == SCOPE_ORG;
    return may ? OK : err_make(ERR_FORBIDDEN, "transfers.office_only");
}

static int by_id(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return (x > y) - (x < y);
}

err transfer_choose(struct rq *rq, const struct transfer_ask *ask, struct transfer_choice *out)
{
    struct choosing c = { rq, ask, out, 0 };
    struct list_query query;
    *out = (struct transfer_choice){ 0 };
    TRY(may_send(rq));
    if (ask->id) {
        struct proposal p;
        TRY(proposal_find(rq, ask->id, &p));
        TRY(choose_one(&c, ask->id));
    } else {
        struct arena *scratch = arena_new(SCRATCH_SOFT, 0);
        const struct list_each each = { scratch, row_choose, &c };
        err e = list_parse_text(rq, &PROPOSAL_LIST, ask->query, &query);
        if (!e.code)
            e = list_each(rq, &PROPOSAL_LIST, &query, &each);
        arena_free(scratch);
        TRY(e);
    }
    /* as they began: a house that takes them in gives ids in this order, and sends them in it */
    qsort(out->ids.items, out->ids.count, sizeof *out->ids.items, by_id);
    return out->ids.count ? OK : err_make(ERR_INVALID, "transfers.nothing");
}

/* ---- one case ---- */

struct leaving {
    struct rq *rq;
    const struct transfer_ask *ask;
    str mark;
};

static err way_outside(void *context, const char *kind, i64 id, struct json *j)
{
    return transfer_name_write(((struct leaving *)context)->rq, kind, id, j);
}

/* A case that came keeps the name of where it began. */
static err way_origin(void *context, i64 id, struct json *j)
{
    struct transfer_origin from;
    TRY(transfer_origin_find(((struct leaving *)context)->rq, id, &from));
    transfer_origin_write(&from, j);
    return OK;
}

static err way_leaving(void *context, i64 id)
{
    struct leaving *l = context;
    struct proposal p;
    TRY(proposal_find_house(l->rq, id, &p));
    return p.confidential && !l->ask->confidential ? err_make(ERR_FORBIDDEN, "transfers.secret")
                                                   : OK;
}

static err file_put(struct rq *rq, struct buf *b, str sha256)
{
    int fd;
    TRY(blob_open(rq->app, rq->mem, sha256, &fd));
    off_t size = lseek(fd, 0, SEEK_END);
    struct arena *mem = arena_new((size_t)TRANSFER_CASE_BYTES * 2, 0);
    unsigned char *data =
        size >= 0 && size <= TRANSFER_CASE_BYTES ? arena_bytes(mem, (size_t)size + 1) : NULL;
    ssize_t n = data ? pread(fd, data, (size_t)size, 0) : -1;
    if (n == size)
        base64_put(b, (bytes){ data, (size_t)n });
    arena_free(mem);
    close(fd);
    return n == size ? OK : err_make(ERR_LIMIT, "transfers.case_too_big");
}

/* The bytes of what is attached, once each, behind the lists that have just been written. */
static err files_put(struct rq *rq, struct buf *b, struct json *j)
{
    const struct json_tree *tree;
    strs done = { 0 };
    str text = arena_printf(rq->mem, "%.*s}", (int)b->len, b->ptr);
    TRY(json_tree_read(rq->mem, text, &tree));
    const struct json_tree *list = json_tree_member(tree, "attachments");
    json_array(j, "files");
    for (size_t i = 0; i < json_tree_items(list); i++) {
        str sha256 = { 0 };
        bool again = false;
        json_tree_text(json_tree_member(json_tree_item(list, i), "sha256"), &sha256);
        for (size_t k = 0; k < done.count; k++)
            again = again || str_eq(done.items[k], sha256);
        if (again)
            continue;
        strs_add(rq->mem, &done, sha256);
        json_object(j, NULL);
        json_str(j, "sha256", sha256);
        json_str(j, "base64", str_of(""));
        b->len--; /* into the quotes */
        TRY(file_put(rq, b, sha256));
        buf_put(b, "\"");
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

static err case_write(struct leaving *l, const struct transfer_plan *plan, i64 id, struct buf *b)
{
    struct json j = json_on(b);
    const struct transfer_way way = { .context = l,
                                      .outside = way_outside,
                                      .origin = way_origin,
                                      .leaving = way_leaving,
                                      .without = transfer_without(l->rq, l->ask),
                                      .blank = transfer_blank(l->ask) };
    json_object(&j, NULL);
    TRY(transfer_handing_write(l->rq, l->ask, id, &j));
    TRY(transfer_write(l->rq, plan, &way, id, &j));
    if (l->ask->files)
        TRY(files_put(l->rq, b, &j));
    json_object_end(&j);
    return buf_is_full(b) ? err_make(ERR_LIMIT, "transfers.case_too_big") : OK;
}

/* ---- the file ---- */

static err head_write(struct leaving *l, int fd)
{
    struct org org;
    struct buf *b = buf_new(l->rq->mem, HEAD_MAX);
    struct json j = json_on(b);
    TRY(org_find_cppcc(l->rq, &org));
    json_object(&j, NULL);
    json_str(&j, "format",
             arena_printf(l->rq->mem, "%s%d", TRANSFER_FORMAT, TRANSFER_FORMAT_VERSION));
    json_i64(&j, "made_at", l->rq->now_ms);
    json_str(&j, "purpose", l->ask->purpose);
    json_object(&j, "from");
    json_str(&j, "mark", l->mark);
    json_str(&j, "name", org.name);
    json_str(&j, "code", org.code);
    json_object_end(&j);
    json_bool(&j, "files", l->ask->files);
    json_array(&j, "cases");
    return temp_write(fd, buf_str(b));
}

static err cases_write(struct leaving *l, const struct transfer_choice *choice, int fd,
                       struct transfer *out, struct digest *digest)
{
    struct rq *rq = l->rq;
    const struct transfer_plan *plan = transfer_plan(rq);
    struct arena *mem = arena_new((size_t)TRANSFER_CASE_BYTES * 4, 0);
    err e = OK;
    for (size_t i = 0; i < choice->ids.count && !e.code; i++) {
        struct arena_mark mark = arena_mark(rq->mem);
        struct buf *b = buf_new(mem, TRANSFER_CASE_BYTES);
        e = case_write(l, plan, choice->ids.items[i], b);
        if (err_is(e, "transfers.secret")) { /* one that was merged into it */
            out->left_count++;
            choice->ids.items[i] = 0; /* not noted as gone */
            e = OK;
        } else if (!e.code) {
            digest_add(digest, (bytes){ (const unsigned char *)b->ptr, b->len });
            e = temp_write(fd, str_of(out->case_count++ ? ",\n" : "\n"));
            if (!e.code)
                e = temp_write(fd, buf_str(b));
        }
        if (!e.code)
            arena_reset_to(rq->mem, mark);
        arena_reset(mem);
    }
    arena_free(mem);
    return e;
}

err transfer_cases_write(struct rq *rq, const struct transfer_ask *ask,
                         const struct transfer_choice *choice, int fd, struct transfer *out)
{
    struct leaving l = { rq, ask, transfer_mark(rq) };
    struct digest digest;
    unsigned char sum[DIGEST_SIZE];
    *out = (struct transfer){ .direction = str_of("out"),
                              .purpose = ask->purpose,
                              .peer_name = ask->peer_name,
                              .left_count = choice->left,
                              .files = ask->files,
                              .confidential = ask->confidential };
    digest_start(&digest);
    TRY(head_write(&l, fd));
    TRY(cases_write(&l, choice, fd, out, &digest));
    digest_end(&digest, sum);
    out->digest = str_hex(rq->mem, (bytes){ sum, sizeof sum });
    return temp_write(fd, arena_printf(rq->mem, "\n],\"count\":%lld,\"digest\":\"%.*s\"}\n",
                                       (long long)out->case_count, (int)out->digest.len,
                                       out->digest.ptr));
}

/* ---- noting ---- */

err transfer_note_left(struct rq *rq, const struct transfer_ask *ask,
                       const struct transfer_choice *choice, struct transfer *t)
{
    t->made_at = rq->now_ms;
    t->made_by = rq->actor->account_id;
    t->made_name = rq->actor->name;
    TRY(transfer_store_add(rq->db, t, &t->id));
    for (size_t i = 0; i < choice->ids.count; i++) {
        if (!choice->ids.items[i])
            continue;
        TRY(transfer_case_store_add(rq->db,
                                    &(struct transfer_case){ .transfer_id = t->id,
                                                             .direction = t->direction,
                                                             .purpose = t->purpose,
                                                             .proposal_id = choice->ids.items[i],
                                                             .house = transfer_mark(rq),
                                                             .house_id = choice->ids.items[i],
                                                             .agency_id = ask->agency_id,
                                                             .noted_at = rq->now_ms }));
    }
    return audit_add(rq,
                     &(struct audit_entry){
                         .act = "transfers.export",
                         .object = "transfers",
                         .object_id = t->id,
                         .after = arena_printf(rq->mem, "%.*s: %lld%s%s, %.*s", (int)t->purpose.len,
                                               t->purpose.ptr, (long long)t->case_count,
                                               t->files ? ", files" : "",
                                               t->confidential ? ", confidential" : "",
                                               (int)t->digest.len, t->digest.ptr) });
}
