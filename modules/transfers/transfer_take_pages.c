/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Receiving cases in two steps: the file is looked at and kept, then taken in. Large files go by
 * the command line, where nobody waits for them. */
#include <fcntl.h>
#include <unistd.h>

#include "modules/orgs/body.h"
#include "modules/orgs/org.h"
#include "modules/transfers/transfer_case_parts.h"
#include "modules/transfers/transfer_names.h"
#include "platform/files/blob.h"
#include "platform/files/files.h"
#include "platform/files/import_page.h"
#include "platform/files/temp.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/transfer/transfer_meaning.h"
#include "platform/web/json.h"
#include "platform/web/upload.h"
#include "platform/web/view.h"
#include "views/transfers.h"

enum { PIECE = 64 * 1024, PAGE_CASES_MAX = 300 };

static const char KEEP[] = "transfer_files";

/* What the slow half found: the file, and what is in it. problem.code: why it cannot be taken. */
struct received {
    struct attachment_made made; /* of one just sent */
    str name;
    i64 kept;
    int fd;
    i64 uploaded_at;
    struct transfer_report report;
    struct transfer_taking how; /* what is said now */
    err problem;
};

/* A problem that a change of what was said can mend: the file waits for it. */
static bool is_mendable(err problem)
{
    return err_is(problem, "transfers.two_are_one");
}

static void received_close(void *received)
{
    close(((struct received *)received)->fd);
}

static err copy_upload(void *context, int fd)
{
    const struct upload *upload = context;
    char piece[PIECE];
    ssize_t n = -1;
    int from = open(upload->path.ptr, O_RDONLY | O_CLOEXEC);
    err e = OK;
    while (from >= 0 && !e.code && (n = read(from, piece, sizeof piece)) > 0)
        e = temp_write(fd, (str){ piece, (size_t)n });
    if (from >= 0)
        close(from);
    return !e.code && n != 0 ? err_make(ERR_BUSY, "docs.disk") : e;
}

static err upload_keep(struct rq *rq, const struct upload *upload, struct received *r)
{
    struct upload copy = *upload;
    copy.path = (str){ arena_cstr(rq->mem, upload->path), upload->path.len };
    r->made =
        (struct attachment_made){ .owner = str_of(KEEP),
                                  .owner_id = rq->actor->account_id,
                                  .name = upload->name.len ? upload->name : str_of("cases.json"),
                                  .type = "application/json",
                                  .made_by = rq->actor->name };
    r->name = r->made.name;
    return attachment_make(rq, copy_upload, &copy, &r->made);
}

/* The one of the look before, of the same account. */
static err kept_find(struct rq *rq, i64 id, struct received *r, str *sha256)
{
    struct rows rows;
    TRY(attachment_list(rq, KEEP, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].id == id) {
            r->kept = id;
            r->name = all[i].name;
            r->uploaded_at = all[i].uploaded_at;
            *sha256 = all[i].sha256;
        }
    return r->kept ? OK : err_make(ERR_INVALID, "transfers.gone");
}

/* What the form says of strangers, of those who were said before, and of doubts. */
static void said_read(struct rq *rq, struct transfer_taking *how)
{
    const struct transfer_file_input *in = rq->input;
    struct transfer_meaning *said = arena_array(rq->mem, in->said.count + 1, sizeof *said);
    *how = (struct transfer_taking){ .loose = in->loose, .said = { said, 0, sizeof *said } };
    for (size_t i = 0;
         i < in->said.count && i < in->kinds.count && i < in->names.count && i < in->codes.count;
         i++) {
        const struct transfer_stranger who = { in->kinds.items[i], in->names.items[i],
                                               in->codes.items[i] };
        if (transfer_stranger_may_be(&who))
            said[how->said.count++] =
                (struct transfer_meaning){ who.kind, who.name, who.code,
                                           str_trim(in->said.items[i]), str_of("") };
    }
    for (size_t i = 0; i < in->doubts.count && i < in->verdicts.count; i++)
        if (str_is(in->verdicts.items[i], "same"))
            strs_add(rq->mem, &how->same, in->doubts.items[i]);
        else if (str_is(in->verdicts.items[i], "other"))
            strs_add(rq->mem, &how->other, in->doubts.items[i]);
}

static err look(struct rq *rq, struct received *r, str sha256)
{
    TRY(blob_open(rq->app, rq->mem, sha256, &r->fd));
    arena_on_free(rq->mem, received_close, r);
    said_read(rq, &r->how);
    TRY(transfer_cases_look(rq, r->fd, &r->how, &r->report));
    return r->report.cases <= PAGE_CASES_MAX ? OK
                                             : err_make(ERR_LIMIT, "transfers.too_many_for_page");
}

err slow_transfer_take(struct rq *rq, struct res *res)
{
    const struct transfer_file_input *in = rq->input;
    struct uploads files = rq_uploads(rq, "file");
    struct received *r = arena_zero(rq->mem, sizeof *r);
    str sha256 = { 0 };
    (void)res;
    rq->found = r;
    if (files.count) {
        TRY(upload_keep(rq, &files.items[0], r));
        sha256 = r->made.sha256;
    } else if (in->kept) {
        r->problem = kept_find(rq, in->kept, r, &sha256);
    } else {
        rq_fault(rq, "file", "form.required", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (!r->problem.code)
        r->problem = look(rq, r, sha256);
    bool of_file = r->problem.code == ERR_INVALID || r->problem.code == ERR_CONFLICT ||
                   r->problem.code == ERR_LIMIT;
    return r->problem.code && !of_file ? r->problem : OK;
}

/* ---- the second half ---- */

/* One just sent takes the place of earlier ones. */
static err keep(struct rq *rq, const struct received *r, i64 *kept)
{
    struct rows rows;
    *kept = r->kept;
    if (r->kept || (r->problem.code && !is_mendable(r->problem)))
        return OK;
    TRY(attachment_remove_all(rq, KEEP, rq->actor->account_id));
    TRY(attachment_add(rq, &r->made));
    TRY(attachment_list(rq, KEEP, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    *kept = rows.count ? all[rows.count - 1].id : 0;
    return OK;
}

/* What a stranger of a kind could be here, to be chosen from; persons are told by number. */
static err known_make(struct rq *rq, str kind, strs *out)
{
    struct rows rows = { 0 };
    bool dictionary = str_find(kind, str_of("."), 0) > 0;
    if (str_is(kind, "orgs"))
        TRY(org_agencies(rq, &rows));
    else if (str_is(kind, "sectors") || str_is(kind, "committees"))
        TRY(body_list(rq, str_is(kind, "sectors") ? BODY_SECTOR : BODY_COMMITTEE, rq->today,
                      &rows));
    else if (dictionary)
        TRY(dictionary_list(rq, arena_cstr(rq->mem, kind), &rows));
    for (size_t i = 0; i < rows.count; i++)
        strs_add(rq->mem, out,
                 str_is(kind, "orgs") ? ((const struct org *)rows.items)[i].name
                 : dictionary         ? ((const struct dictionary_row *)rows.items)[i].label
                                      : ((const struct body *)rows.items)[i].name);
    return OK;
}

/* What was typed for one; false = nothing came of it. */
static bool said_of(const struct received *r, const struct transfer_stranger *who, str *to)
{
    const struct transfer_meaning *said = r->how.said.items;
    for (size_t i = 0; i < r->how.said.count; i++)
        if (str_eq(said[i].kind, who->kind) && str_eq(said[i].name, who->name) &&
            str_eq(said[i].code, who->code)) {
            *to = said[i].to;
            return true;
        }
    *to = str_of("");
    return false;
}

static err strangers_make(struct rq *rq, const struct received *r, struct transfer_list_view *v)
{
    const struct transfer_stranger *all = r->report.strangers.items;
    struct transfer_stranger_item *items =
        arena_array(rq->mem, r->report.strangers.count + 1, sizeof *items);
    for (size_t i = 0; i < r->report.strangers.count; i++) {
        items[i] =
            (struct transfer_stranger_item){ .who = &all[i], .kind = transfer_kind(all[i].kind) };
        said_of(r, &all[i], &items[i].said);
        TRY(known_make(rq, all[i].kind, &items[i].known));
        v->has_persons = v->has_persons || str_is(all[i].kind, "persons");
        v->has_sessions = v->has_sessions || str_is(all[i].kind, "sessions");
    }
    v->strangers = items;
    return OK;
}

/* What was said before, in the words in which it would be said now, or as just typed. */
static err meanings_make(struct rq *rq, const struct received *r, struct transfer_list_view *v)
{
    struct transfer_meaning *all = r->report.meanings.items;
    struct transfer_stranger_item *items =
        arena_array(rq->mem, r->report.meanings.count + 1, sizeof *items);
    for (size_t i = 0; i < r->report.meanings.count; i++) {
        struct transfer_stranger *who = arena_zero(rq->mem, sizeof *who);
        *who = (struct transfer_stranger){ all[i].kind, all[i].name, all[i].code };
        items[i] = (struct transfer_stranger_item){ .who = who, .kind = transfer_kind(who->kind) };
        if (!said_of(r, who, &items[i].said)) {
            TRY(transfer_meaning_word(rq, &all[i]));
            items[i].said = all[i].to;
        }
        TRY(known_make(rq, who->kind, &items[i].known));
    }
    v->meanings = items;
    return OK;
}

static bool is_among(const strs *keys, str key)
{
    for (size_t i = 0; i < keys->count; i++)
        if (str_eq(keys->items[i], key))
            return true;
    return false;
}

static void doubts_make(struct rq *rq, const struct received *r, struct transfer_list_view *v)
{
    const struct transfer_doubt *all = r->report.doubts.items;
    struct transfer_doubt_item *items =
        arena_array(rq->mem, r->report.doubts.count + 1, sizeof *items);
    for (size_t i = 0; i < r->report.doubts.count; i++)
        items[i] = (struct transfer_doubt_item){ &all[i], is_among(&r->how.same, all[i].key),
                                                 is_among(&r->how.other, all[i].key) };
    v->doubts = items;
}

static err draw(struct rq *rq, struct res *res, const struct received *r, i64 kept, err unsaid)
{
    struct transfer_list_view v = { .report = &r->report, .kept = kept, .file = r->name };
    i64 since = r->uploaded_at ? r->uploaded_at : rq->now_ms;
    v.kept_until = kept ? day_of_ms(since) + IMPORT_KEEP_DAYS : 0;
    v.mendable = is_mendable(r->problem);
    v.saved = ((const struct transfer_file_input *)rq->input)->keep && !unsaid.code;
    TRY(transfer_list_make(rq, &v));
    TRY(strangers_make(rq, r, &v));
    TRY(meanings_make(rq, r, &v));
    doubts_make(rq, r, &v);
    if (r->problem.code)
        v.problem = text_format(rq->mem, r->problem.name, r->problem.arg[0], r->problem.arg[1]);
    if (unsaid.code)
        v.unsaid = text_format(rq->mem, unsaid.name, unsaid.arg[0], unsaid.arg[1]);
    if (r->problem.code || unsaid.code)
        res_status(res, err_status(r->problem.code ? r->problem.code : unsaid.code));
    v.what = r->problem.code ? str_of("") : text_label("transfers.came", r->report.purpose);
    struct out *out = page_begin(rq, text_find("menu.transfers"), "transfers");
    view_transfers_list(out, &v);
    page_end(res, out);
    return OK;
}

/* What was said before, and what nobody has said yet of cases in doubt. */
static err meanings_json(struct rq *rq, const struct received *r, struct json *j)
{
    struct transfer_meaning *all = r->report.meanings.items;
    const struct transfer_doubt *doubts = r->report.doubts.items;
    json_array(j, "meanings");
    for (size_t i = 0; i < r->report.meanings.count; i++) {
        TRY(transfer_meaning_word(rq, &all[i]));
        json_object(j, NULL);
        json_str(j, "kind", all[i].kind);
        json_str(j, "name", all[i].name);
        json_str(j, "code", all[i].code);
        json_str(j, "to", all[i].to);
        json_object_end(j);
    }
    json_array_end(j);
    json_array(j, "doubts");
    for (size_t i = 0; i < r->report.doubts.count; i++) {
        json_object(j, NULL);
        json_str(j, "key", doubts[i].key);
        json_str(j, "title", doubts[i].title);
        json_i64(j, "proposal_id", doubts[i].proposal_id);
        json_str(j, "here_title", doubts[i].here_title);
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

static err looked_json(struct rq *rq, struct res *res, const struct received *r, i64 kept)
{
    struct json j = json_begin(rq);
    const struct transfer_stranger *all = r->report.strangers.items;
    json_bool(&j, "imported", false);
    json_i64(&j, "kept", kept);
    json_str(&j, "purpose", r->report.purpose);
    json_str(&j, "peer_name", r->report.peer_name);
    if (r->problem.code)
        json_str(&j, "problem", str_of(r->problem.name));
    json_i64(&j, "cases", r->report.cases);
    json_i64(&j, "here", r->report.here);
    json_array(&j, "strangers");
    for (size_t i = 0; i < r->report.strangers.count; i++) {
        json_object(&j, NULL);
        json_str(&j, "kind", all[i].kind);
        json_str(&j, "name", all[i].name);
        json_str(&j, "code", all[i].code);
        json_object_end(&j);
    }
    json_array_end(&j);
    TRY(meanings_json(rq, r, &j));
    const struct transfer_same *same = r->report.same.items;
    json_array(&j, "same");
    for (size_t i = 0; i < r->report.same.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "proposal_id", same[i].proposal_id);
        json_str(&j, "title", same[i].title);
        json_str(&j, "differs", same[i].differs);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

/* Each stranger of the file must be said, but persons who may stay names; of each case in doubt,
 * whether it is the one. */
static err unsaid_find(const struct received *r)
{
    const struct transfer_stranger *all = r->report.strangers.items;
    const struct transfer_doubt *doubts = r->report.doubts.items;
    TRY(r->report.unsaid);
    for (size_t i = 0; i < r->report.strangers.count; i++)
        if (!r->how.loose || !str_is(all[i].kind, "persons"))
            return err_make_with(ERR_INVALID, "transfers.unsaid", transfer_kind(all[i].kind),
                                 all[i].name.len ? all[i].name : all[i].code);
    return r->report.doubts.count
               ? err_make_with(ERR_INVALID, "transfers.undecided", doubts[0].title, str_of(""))
               : OK;
}

/* Of all that was said, what the file asks for: nothing else is kept. */
static struct rows said_asked(struct rq *rq, const struct received *r)
{
    const struct transfer_meaning *said = r->how.said.items;
    const struct rows *asked[] = { &r->report.strangers, &r->report.meanings };
    struct transfer_meaning *some = arena_array(rq->mem, r->how.said.count + 1, sizeof *some);
    struct rows out = { some, 0, sizeof *some };
    for (size_t i = 0; i < r->how.said.count; i++) {
        bool is_asked = false;
        for (size_t k = 0; k < asked[0]->count; k++) {
            const struct transfer_stranger *who = (struct transfer_stranger *)asked[0]->items + k;
            is_asked |= str_eq(who->kind, said[i].kind) && str_eq(who->name, said[i].name) &&
                        str_eq(who->code, said[i].code);
        }
        for (size_t k = 0; k < asked[1]->count; k++) {
            const struct transfer_meaning *m = (struct transfer_meaning *)asked[1]->items + k;
            is_asked |= str_eq(m->kind, said[i].kind) && str_eq(m->name, said[i].name) &&
                        str_eq(m->code, said[i].code);
        }
        if (is_asked)
            some[out.count++] = said[i];
    }
    return out;
}

static err take(struct rq *rq, struct res *res, const struct received *r,
                const struct transfer_taking *how)
{
    struct transfer t;
    TRY(transfer_cases_take(rq, r->fd, how, &t));
    TRY(attachment_remove_all(rq, KEEP, rq->actor->account_id));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_bool(&j, "imported", true);
        transfer_json(&j, &t);
        json_send(&j, res);
        return OK;
    }
    res_flash(res, "transfers.taken_in", arena_printf(rq->mem, "%lld", (long long)t.case_count));
    res_redirect(res, arena_printf(rq->mem, "/transfers/%lld", (long long)t.id));
    return OK;
}

/* Keeps what is said of names without importing. */
static err said_keep(struct rq *rq, const struct received *r)
{
    struct rows said = said_asked(rq, r);
    return transfer_meanings_keep(rq, r->report.peer, &said);
}

/* What is asked for with the file: taken (*done), or what is said of names kept. Gives what is
 * wrong with what is said. */
static err asked_do(struct rq *rq, struct res *res, const struct received *r, err *unsaid,
                    bool *done)
{
    const struct transfer_file_input *in = rq->input;
    *done = false;
    if (in->run && !r->problem.code) {
        struct transfer_taking how = r->how;
        how.said = said_asked(rq, r);
        *unsaid = unsaid_find(r);
        *done = !unsaid->code;
        return *done ? take(rq, res, r, &how) : OK;
    }
    return in->keep && !unsaid->code ? said_keep(rq, r) : OK;
}

err page_transfer_take(struct rq *rq, struct res *res)
{
    const struct received *r = rq->found;
    bool legible = !r->problem.code || is_mendable(r->problem), done = false;
    err unsaid = legible ? r->report.unsaid : OK;
    i64 kept;
    if (legible)
        TRY(asked_do(rq, res, r, &unsaid, &done));
    if (done)
        return OK;
    /* what is wrong with the file is told with what was kept */
    bool mends = ((const struct transfer_file_input *)rq->input)->keep && legible;
    if (rq->api && ((r->problem.code && !mends) || unsaid.code))
        return r->problem.code ? r->problem : unsaid;
    TRY(keep(rq, r, &kept));
    return rq->api ? looked_json(rq, res, r, kept) : draw(rq, res, r, kept, unsaid);
}
