/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A file that comes: looked at as a whole (who is meant, what is here already, do the bytes fit),
 * then taken in one transaction. Rows are stored by platform/transfer; what is to be handled or is
 * an answer, by transfer_handing.c. */
#include <sys/stat.h>
#include <unistd.h>

#include "modules/proposals/proposal.h"
#include "modules/transfers/transfer_handing.h"
#include "modules/transfers/transfer_names.h"
#include "modules/transfers/transfer_store.h"
#include "platform/audit/audit.h"
#include "platform/base/base64.h"
#include "platform/files/blob.h"
#include "platform/files/file_type.h"
#include "platform/files/files.h"
#include "platform/files/temp.h"
#include "platform/text/texts.h"
#include "platform/transfer/transfer.h"
#include "platform/transfer/transfer_file.h"
#include "platform/transfer/transfer_meaning.h"

enum {
    STRANGERS_MAX = 500,
    SAME_MAX = 1000,
    DIFFERS_MAX = 4000,
    TREE_SOFT = TRANSFER_CASE_BYTES * 4,
    KEPT_SOFT = 16 << 20
};

struct arriving {
    struct rq *rq;
    const struct transfer_plan *plan;
    struct transfer_way way;
    struct transfer_report *report;
    struct arena *trees; /* of one case */
    bool take;
    const struct transfer_taking *how;
    struct transfer *t; /* being taken */
    struct transfer_late late;
    struct transfer_origin *awaited; /* linked to, may come later in the file */
    size_t awaited_count, awaited_cap;
};

/* ---- whom and what it names ---- */

/* A link leads only where it is certain; else it stays open. */
static err linked_find(struct arriving *a, const struct transfer_origin *from, i64 *id)
{
    bool unsure;
    TRY(transfer_case_here(a->rq, from, id, &unsure));
    if (unsure)
        *id = 0;
    return OK;
}

static err way_elsewhere(void *context, const struct json_tree *item, i64 *id)
{
    struct transfer_origin from;
    if (!transfer_origin_read(item, &from))
        return err_make(ERR_INVALID, "transfers.bad_origin");
    return linked_find(context, &from, id);
}

static i64 way_keep(void *context, const struct json_tree *item)
{
    struct arriving *a = context;
    struct transfer_origin w;
    if (a->awaited_count == a->awaited_cap) {
        struct transfer_origin *more =
            arena_array(a->late.mem, a->awaited_cap * 2 + 16, sizeof *more);
        if (a->awaited_count)
            memcpy(more, a->awaited, a->awaited_count * sizeof *more);
        a->awaited = more;
        a->awaited_cap = a->awaited_cap * 2 + 16;
    }
    if (transfer_origin_read(item, &w))
        w.house = arena_str(a->late.mem, w.house);
    a->awaited[a->awaited_count] = w;
    return (i64)a->awaited_count++;
}

static err way_kept(void *context, i64 token, i64 *id)
{
    struct arriving *a = context;
    return linked_find(a, &a->awaited[token], id);
}

static bool is_same_stranger(const struct transfer_stranger *a, const struct transfer_stranger *b)
{
    return str_eq(a->kind, b->kind) && str_eq(a->name, b->name) && str_eq(a->code, b->code);
}

static void stranger_note(struct arriving *a, const struct transfer_stranger *who)
{
    struct transfer_report *r = a->report;
    struct transfer_stranger *all = r->strangers.items;
    for (size_t i = 0; i < r->strangers.count; i++)
        if (is_same_stranger(&all[i], who))
            return;
    if (!all) {
        all = arena_array(a->late.mem, STRANGERS_MAX, sizeof *all);
        r->strangers = (struct rows){ all, 0, sizeof *all };
    }
    if (r->strangers.count == STRANGERS_MAX)
        return;
    all[r->strangers.count++] = (struct transfer_stranger){ arena_str(a->late.mem, who->kind),
                                                            arena_str(a->late.mem, who->name),
                                                            arena_str(a->late.mem, who->code) };
}

bool transfer_stranger_may_be(const struct transfer_stranger *who)
{
    return !str_is(who->kind, "persons") || who->code.len > 0;
}

static bool is_of(const struct transfer_meaning *m, const struct transfer_stranger *who)
{
    return str_eq(m->kind, who->kind) && str_eq(m->name, who->name) && str_eq(m->code, who->code);
}

/* What is in force, for the report: each once. */
static void meaning_note(struct arriving *a, const struct transfer_stranger *who, str meaning)
{
    struct transfer_report *r = a->report;
    struct transfer_meaning *all = r->meanings.items;
    for (size_t i = 0; i < r->meanings.count; i++)
        if (is_of(&all[i], who))
            return;
    if (!all) {
        all = arena_array(a->late.mem, STRANGERS_MAX, sizeof *all);
        r->meanings = (struct rows){ all, 0, sizeof *all };
    }
    if (r->meanings.count == STRANGERS_MAX)
        return;
    all[r->meanings.count++] =
        (struct transfer_meaning){ .kind = arena_str(a->late.mem, who->kind),
                                   .name = arena_str(a->late.mem, who->name),
                                   .code = arena_str(a->late.mem, who->code),
                                   .meaning = arena_str(a->late.mem, meaning) };
}

/* What is said of one now goes before what was said; an empty one is taken back. */
static err meaning_ask(struct arriving *a, const struct transfer_stranger *who, str *meaning)
{
    const struct transfer_meaning *said = a->how->said.items;
    for (size_t i = 0; i < a->how->said.count; i++)
        if (is_of(&said[i], who)) {
            *meaning = said[i].meaning;
            return OK;
        }
    const struct transfer_meaning asked = { .kind = who->kind,
                                            .name = who->name,
                                            .code = who->code };
    return transfer_meaning_find(a->rq, a->report->peer, &asked, meaning);
}

/* Who is not found may have been said to be somebody; in a look all are noted. */
static err stranger_ask(struct arriving *a, const struct transfer_stranger *who, str *meaning)
{
    if (transfer_stranger_may_be(who))
        TRY(meaning_ask(a, who, meaning));
    if (meaning->len) {
        meaning_note(a, who, *meaning);
        return OK;
    }
    stranger_note(a, who);
    if (!a->take || (a->how->loose && str_is(who->kind, "persons")))
        return OK;
    return err_make_with(ERR_CONFLICT, "transfers.stranger", transfer_kind(who->kind),
                         who->name.len ? who->name : who->code);
}

static err way_find(void *context, const char *kind, const struct json_tree *item, i64 *id)
{
    struct arriving *a = context;
    struct transfer_stranger who;
    str meaning = { 0 };
    TRY(transfer_name_find(a->rq, kind, item, &who, id));
    if (*id)
        return OK;
    TRY(stranger_ask(a, &who, &meaning));
    if (meaning.len && !str_to_i64(meaning, id))
        *id = 0;
    return OK;
}

/* Of what is to be handled the category is the review's here; an answer's codes are the steps'. */
static err way_code(void *context, const char *dictionary, str *code)
{
    struct arriving *a = context;
    const struct transfer_stranger who = { str_of(dictionary), str_of(""), *code };
    str meaning = { 0 };
    if (!str_is(a->report->purpose, "copy"))
        return str_is(a->report->purpose, "handle")
                   ? OK
                   : err_make_with(ERR_INVALID, "transfers.code_unknown", str_of(""), *code);
    TRY(stranger_ask(a, &who, &meaning));
    if (meaning.len)
        *code = meaning;
    return OK;
}

static err way_landed(void *context, i64 id, const struct json_tree *row)
{
    struct arriving *a = context;
    struct transfer_case c = { .transfer_id = a->t->id,
                               .direction = str_of("in"),
                               .purpose = str_of("copy"),
                               .proposal_id = id,
                               .noted_at = a->rq->now_ms };
    struct transfer_origin from;
    if (!transfer_origin_read(row, &from))
        return err_make(ERR_INVALID, "transfers.bad_origin");
    c.house = from.house;
    c.house_id = from.house_id;
    c.begun_at = from.begun_at;
    return transfer_case_store_add(a->rq->db, &c);
}

/* ---- attachments ---- */

static err bytes_write(void *context, int fd)
{
    const bytes *data = context;
    return temp_write(fd, (str){ (const char *)data->ptr, data->len });
}

/* One file: whole, what its row says, and of a kind that the house keeps. */
static err file_judge(struct arriving *a, const struct json_tree *file, str path, str *sha256)
{
    struct attachment_made made = { .made_by = str_of("") };
    str text;
    bytes data;
    if (!json_tree_text(json_tree_member(file, "sha256"), sha256) ||
        !json_tree_text(json_tree_member(file, "base64"), &text) ||
        !base64_read(a->trees, text, &data))
        return err_make_with(ERR_INVALID, "transfers.bad_file", path, str_of(""));
    TRY(attachment_make(a->rq, bytes_write, &data, &made));
    return str_eq(made.sha256, *sha256)
               ? OK
               : err_make_with(ERR_INVALID, "transfers.bad_file", path, str_of(""));
}

static err attachment_judge(struct arriving *a, const struct json_tree *row, str path)
{
    str name = { 0 }, type = { 0 }, sha256 = { 0 };
    int fd;
    json_tree_text(json_tree_member(row, "name"), &name);
    json_tree_text(json_tree_member(row, "type"), &type);
    json_tree_text(json_tree_member(row, "sha256"), &sha256);
    err e = sha256.len == 64 && str_eq(file_name_clean(a->rq->mem, name), name)
                ? blob_open(a->rq->app, a->rq->mem, sha256, &fd)
                : err_make(ERR_INVALID, "transfers.bad_file");
    if (e.code)
        return err_make_with(ERR_INVALID, "transfers.bad_file", path, str_of(""));
    const char *is = file_type_of(a->rq->mem, fd, name);
    struct stat found;
    i64 size = 0;
    json_tree_number(json_tree_member(row, "size_bytes"), &size);
    bool whole = fstat(fd, &found) == 0 && found.st_size == size;
    close(fd);
    return is && str_is(type, is) && whole
               ? OK
               : err_make_with(ERR_INVALID, "transfers.bad_file", path, str_of(""));
}

/* Every attachment has its bytes in the same case: what lies in the store already is nobody's to
 * claim by its digest. */
static err files_judge(struct arriving *a, const struct json_tree *tree, str path)
{
    const struct json_tree *files = json_tree_member(tree, "files");
    const struct json_tree *rows = json_tree_member(tree, "attachments");
    strs given = { 0 };
    if (json_tree_items(files) >
        json_tree_items(rows)) /* each once: what nobody names is not kept */
        return err_make_with(ERR_INVALID, "transfers.bad_file", path, str_of(""));
    for (size_t i = 0; i < json_tree_items(files); i++) {
        str at = arena_printf(a->rq->mem, "%.*s.files[%zu]", (int)path.len, path.ptr, i), sha256;
        TRY(file_judge(a, json_tree_item(files, i), at, &sha256));
        strs_add(a->rq->mem, &given, sha256);
    }
    a->report->files += (i64)given.count;
    for (size_t i = 0; i < json_tree_items(rows); i++) {
        str at = arena_printf(a->rq->mem, "%.*s.attachments[%zu]", (int)path.len, path.ptr, i);
        str sha256 = { 0 };
        bool there = false;
        json_tree_text(json_tree_member(json_tree_item(rows, i), "sha256"), &sha256);
        for (size_t k = 0; k < given.count; k++)
            there = there || str_eq(given.items[k], sha256);
        if (!there)
            return err_make_with(ERR_INVALID, "transfers.bad_file", at, str_of(""));
        TRY(attachment_judge(a, json_tree_item(rows, i), at));
    }
    return OK;
}

/* ---- one case ---- */

/* Where the file says otherwise than what is here: "办理 1→2、答复". */
static str differences_text(struct rq *rq, const struct rows *rows)
{
    const struct transfer_difference *all = rows->items;
    struct buf *b = buf_new(rq->mem, DIFFERS_MAX);
    for (size_t i = 0; i < rows->count; i++) {
        str label = text_label("transfers.table", str_of(all[i].table));
        if (i)
            buf_add(b, text_find("flows.comma"));
        buf_add(b, label);
        if (all[i].here != all[i].there)
            buf_printf(b, " %zu\u2192%zu", all[i].here, all[i].there);
    }
    return buf_str(b);
}

/* Nothing of it is taken: what the file says otherwise is told. */
static err same_note(struct arriving *a, const struct transfer_one *one)
{
    static const char *const NO_FILES[] = { "attachments", NULL };
    struct rows found, *rows = &a->report->same;
    struct proposal p;
    if (!rows->items)
        *rows = (struct rows){ arena_array(a->late.mem, SAME_MAX, sizeof(struct transfer_same)), 0,
                               sizeof(struct transfer_same) };
    if (rows->count == SAME_MAX)
        return OK;
    err e = proposal_find(a->rq, one->here, &p);
    if (e.code == ERR_NOT_FOUND)
        return OK; /* confidential: not for this reader */
    TRY(e);
    a->way.without = json_tree_member(one->tree, "files") ? NULL : NO_FILES;
    TRY(transfer_differ(a->rq, a->plan, &a->way, one, &found));
    struct transfer_same *all = rows->items;
    all[rows->count++] =
        (struct transfer_same){ p.id, arena_str(a->late.mem, p.title),
                                arena_str(a->late.mem, differences_text(a->rq, &found)) };
    return OK;
}

/* ---- the same case, or another one of its number ---- */

static bool is_listed(const strs *keys, str key)
{
    for (size_t i = 0; i < keys->count; i++)
        if (str_eq(keys->items[i], key))
            return true;
    return false;
}

static err doubt_note(struct arriving *a, str key, const struct json_tree *row, i64 id)
{
    struct rows *rows = &a->report->doubts;
    struct proposal p = { .title = str_of("") };
    str title = str_of("");
    err e = proposal_find(a->rq, id, &p); /* its title is for who may read it */
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    if (!rows->items)
        *rows = (struct rows){ arena_array(a->late.mem, SAME_MAX, sizeof(struct transfer_doubt)), 0,
                               sizeof(struct transfer_doubt) };
    if (rows->count == SAME_MAX)
        return OK;
    json_tree_text(json_tree_member(row, "title"), &title);
    struct transfer_doubt *all = rows->items;
    all[rows->count++] = (struct transfer_doubt){ .key = arena_str(a->late.mem, key),
                                                  .title = arena_str(a->late.mem, title),
                                                  .here_title = arena_str(a->late.mem, p.title),
                                                  .proposal_id = e.code ? 0 : id };
    return OK;
}

/* Somebody says it once: the same, then its moment is kept with it; or another, then *id is 0. */
static err doubt_settle(struct arriving *a, const struct transfer_origin *from,
                        const struct json_tree *row, i64 *id)
{
    str key = arena_printf(a->rq->mem, "%.*s:%lld:%lld", (int)from->house.len, from->house.ptr,
                           (long long)from->house_id, (long long)from->begun_at);
    if (is_listed(&a->how->same, key))
        return a->take ? transfer_case_store_set_begun(a->rq->db, from) : OK;
    if (is_listed(&a->how->other, key)) {
        *id = 0;
        return OK;
    }
    TRY(doubt_note(a, key, row, *id));
    const struct transfer_doubt *all = a->report->doubts.items;
    return a->take ? err_make_with(ERR_CONFLICT, "transfers.doubtful",
                                   all[a->report->doubts.count - 1].title, str_of(""))
                   : OK;
}

/* Which case here it is, 0 = none; one that is here in part is a mistake that nobody should repair
 * silently. */
static err is_here(struct arriving *a, const struct json_tree *tree, str path, i64 *here)
{
    const struct json_tree *list = json_tree_member(tree, "proposals");
    size_t there = 0, count = json_tree_items(list);
    for (size_t i = 0; i < count; i++) {
        struct transfer_origin from;
        bool unsure;
        i64 id;
        if (!transfer_origin_read(json_tree_item(list, i), &from))
            return err_make_with(ERR_INVALID, "transfers.bad_origin",
                                 arena_printf(a->rq->mem, "%.*s.proposals[%zu]", (int)path.len,
                                              path.ptr, i),
                                 str_of(""));
        TRY(transfer_case_here(a->rq, &from, &id, &unsure));
        if (unsure)
            TRY(doubt_settle(a, &from, json_tree_item(list, i), &id));
        there += id != 0;
        *here = *here ? *here : id;
    }
    if (there > 0 && there < count)
        return err_make_with(ERR_CONFLICT, "transfers.in_part", path, str_of(""));
    return OK;
}

static err handed_take(struct arriving *a, const struct json_tree *tree, str path)
{
    struct transfer_case came = { .transfer_id = a->t->id,
                                  .direction = str_of("in"),
                                  .purpose = a->report->purpose,
                                  .noted_at = a->rq->now_ms };
    if (str_is(a->report->purpose, "handle"))
        TRY(transfer_handle_take(a->rq, tree, path, a->report->peer_name, &came));
    else
        TRY(transfer_answer_take(a->rq, tree, path, &came));
    return transfer_case_store_add(a->rq->db, &came);
}

static err case_do(struct arriving *a, const struct json_tree *tree, str path)
{
    bool copy = str_is(a->report->purpose, "copy");
    struct transfer_one one = { tree, path, &a->late, 0 };
    if (!str_is(a->report->purpose, "answer"))
        TRY(is_here(a, tree, path, &one.here));
    a->report->here += one.here != 0;
    if (!a->take) {
        TRY(transfer_check(a->rq, a->plan, &a->way, &one));
        if (one.here && copy)
            TRY(same_note(a, &one));
        return files_judge(a, tree, path);
    }
    if (one.here) {
        a->t->left_count++;
        return OK;
    }
    a->t->case_count++;
    return copy ? transfer_read(a->rq, a->plan, &a->way, &one) : handed_take(a, tree, path);
}

static err on_case(void *context, const struct transfer_piece *piece)
{
    struct arriving *a = context;
    struct arena_mark mark = arena_mark(a->rq->mem);
    const struct json_tree *tree;
    str path = arena_printf(a->late.mem, "cases[%zu]", piece->nth);
    str line = arena_printf(a->late.mem, "%lld", (long long)piece->line);
    err e = json_tree_read(a->trees, piece->text, &tree);
    if (e.code)
        e = err_make_with(ERR_INVALID, "transfers.broken_case", path, line);
    else
        e = case_do(a, tree, path);
    if (e.code) { /* it ends the file: what it says, and faults, stand in the memory of this case */
        e.arg[0] = arena_str(a->late.mem, e.arg[0]);
        e.arg[1] = arena_str(a->late.mem, e.arg[1].len ? e.arg[1] : line);
        return e;
    }
    a->report->cases++;
    arena_reset_to(a->rq->mem, mark);
    arena_reset(a->trees);
    return OK;
}

/* ---- what is said of names ---- */

/* first: the first that means nothing here; all that mean nothing count as not said. */
static err said_judge(struct rq *rq, str peer, const struct rows *said, err *first)
{
    struct transfer_meaning *all = said->items;
    for (size_t i = 0; i < said->count; i++) {
        all[i].meaning = str_of("");
        if (!all[i].to.len)
            continue;
        err e = transfer_meaning_judge(rq, peer, &all[i]);
        if (e.code && !err_is(e, "transfers.meaning_unknown"))
            return e;
        if (e.code && !first->code)
            *first = e;
    }
    return OK;
}

err transfer_meanings_keep(struct rq *rq, str peer, const struct rows *said)
{
    const struct transfer_meaning *all = said->items;
    err unknown = OK;
    TRY(said_judge(rq, peer, said, &unknown));
    TRY(unknown);
    for (size_t i = 0; i < said->count; i++)
        TRY(all[i].to.len ? transfer_meaning_keep(rq, peer, &all[i])
                          : transfer_meaning_remove(rq, peer, &all[i]));
    return OK;
}

/* ---- the file ---- */

static err format_check(struct arriving *a, str format)
{
    i64 version;
    str prefix = str_of(TRANSFER_FORMAT);
    if (!str_starts(format, prefix) ||
        !str_to_i64(str_sub(format, prefix.len, format.len), &version) || version < 1)
        return err_make(ERR_INVALID, "transfers.not_ours");
    return version <= TRANSFER_FORMAT_VERSION
               ? OK
               : err_make_with(ERR_INVALID, "transfers.newer", arena_str(a->late.mem, format),
                               str_of(""));
}

static err on_head(void *context, const struct json_tree *head)
{
    struct arriving *a = context;
    struct transfer_report *r = a->report;
    const struct json_tree *from = json_tree_member(head, "from");
    str format = { 0 };
    json_tree_text(json_tree_member(head, "format"), &format);
    TRY(format_check(a, format));
    bool told = json_tree_text(json_tree_member(from, "mark"), &r->peer) &&
                json_tree_text(json_tree_member(from, "name"), &r->peer_name) &&
                json_tree_text(json_tree_member(head, "purpose"), &r->purpose) &&
                json_tree_number(json_tree_member(head, "made_at"), &r->made_at) &&
                json_tree_is_list(json_tree_member(head, "cases"));
    bool known = told && (str_is(r->purpose, "copy") || str_is(r->purpose, "handle") ||
                          str_is(r->purpose, "answer"));
    if (!known || str_chars(r->peer_name) > 200 || r->peer.len > 64 || r->peer.len == 0)
        return err_make(ERR_INVALID, "transfers.not_ours");
    r->peer = arena_str(a->late.mem, r->peer);
    r->peer_name = arena_str(a->late.mem, r->peer_name);
    r->purpose = arena_str(a->late.mem, r->purpose);
    if (!a->take)
        return said_judge(a->rq, r->peer, &a->how->said, &r->unsaid);
    *a->t = (struct transfer){ .direction = str_of("in"),
                               .purpose = r->purpose,
                               .peer = r->peer,
                               .peer_name = r->peer_name,
                               .digest = str_of(""),
                               .made_at = a->rq->now_ms,
                               .made_by = a->rq->actor->account_id,
                               .made_name = a->rq->actor->name };
    TRY(transfer_meanings_keep(a->rq, r->peer, &a->how->said));
    return transfer_store_add(a->rq->db, a->t, &a->t->id);
}

static const char *const ORIGIN_NAMES[] = { "house", "house_id", "begun_at", NULL };
static const char *const OWN_NAMES[] = { "files", "handing", NULL };

static void kept_free(void *mem)
{
    arena_free(mem);
}

static err file_go(struct arriving *a, int fd, struct transfer_report *out)
{
    struct transfer_end end;
    struct rq *rq = a->rq;
    a->report = out;
    a->plan = transfer_plan(rq);
    a->late.mem = arena_new(KEPT_SOFT, 0);
    arena_on_free(rq->mem, kept_free, a->late.mem);
    a->way = (struct transfer_way){ .context = a,
                                    .find = way_find,
                                    .code = way_code,
                                    .elsewhere = way_elsewhere,
                                    .keep = way_keep,
                                    .kept = way_kept,
                                    .landed = way_landed,
                                    .origin_names = ORIGIN_NAMES,
                                    .own_names = OWN_NAMES };
    *out = (struct transfer_report){ 0 };
    const struct transfer_reading reading = { a->late.mem, a, on_head, on_case };
    a->trees = arena_new(TREE_SOFT, 0);
    arena_on_free(rq->mem, kept_free, a->trees); /* a fault may name what stands there */
    TRY(transfer_file_read(fd, &reading, &end));
    out->digest = end.digest;
    if (end.said_count != end.count || !str_eq(end.digest, end.said_digest))
        return err_make(ERR_INVALID, "transfers.digest");
    return OK;
}

err transfer_cases_look(struct rq *rq, int fd, const struct transfer_taking *how,
                        struct transfer_report *out)
{
    struct arriving a = { .rq = rq, .how = how };
    return file_go(&a, fd, out);
}

err transfer_cases_take(struct rq *rq, int fd, const struct transfer_taking *how,
                        struct transfer *out)
{
    struct transfer_report report;
    struct arriving a = { .rq = rq, .take = true, .how = how, .t = out };
    TRY(file_go(&a, fd, &report));
    TRY(transfer_join(rq, a.plan, &a.way, &a.late, &out->open_links));
    out->digest = report.digest;
    TRY(transfer_store_set_counts(rq->db, out));
    return audit_add(rq, &(struct audit_entry){
                             .act = "transfers.import",
                             .object = "transfers",
                             .object_id = out->id,
                             .after = arena_printf(rq->mem, "%.*s: %lld+%lld, %.*s",
                                                   (int)out->purpose.len, out->purpose.ptr,
                                                   (long long)out->case_count,
                                                   (long long)out->left_count,
                                                   (int)report.digest.len, report.digest.ptr) });
}
