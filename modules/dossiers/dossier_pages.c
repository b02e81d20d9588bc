/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of one dossier and of its papers, and the public page where a paper's digits are asked
 * for; the same as JSON, the rows as a workbook. */
#include "modules/dossiers/dossier.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/dossiers.h"

#include <unistd.h>

enum { TABS = 8, PAPERS_A_DAY = 20 };
#define DAY_MS INT64_C(86400000)

static const char XLSX_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static str path_of(struct rq *rq, bool own, i64 member_id)
{
    return own ? str_of("/dossiers/mine")
               : arena_printf(rq->mem, "/dossiers/%lld", (long long)member_id);
}

/* ---- JSON ---- */

static void event_json(struct json *j, const struct dossier_event *e)
{
    json_object(j, NULL);
    json_day(j, "happened_on", e->on_on);
    json_str(j, "label", e->what);
    json_str(j, "words", e->words);
    if (e->entry) {
        json_i64(j, "entry_id", e->entry->id);
        json_str(j, "kind", e->entry->kind);
        json_i64(j, "quantity", e->entry->quantity);
        json_i64(j, "people", e->entry->people);
        json_str(j, "source", e->entry->source);
        json_i64(j, "source_id", e->entry->source_id);
        json_str(j, "number", e->entry->number);
        json_str(j, "title", e->entry->title);
        json_bool(j, "outcome", e->entry->is_outcome);
    }
    json_object_end(j);
}

static void counts_json(struct json *j, const struct dossier_counts *counts)
{
    json_array(j, "counts");
    for (size_t i = 0; i < counts->count; i++) {
        json_object(j, NULL);
        json_str(j, "kind", counts->items[i].kind);
        json_str(j, "label", counts->items[i].label);
        json_i64(j, "count", counts->items[i].quantity);
        json_str(j, "words", counts->items[i].words);
        json_object_end(j);
    }
    json_array_end(j);
}

static void years_json(struct json *j, const struct dossier *d)
{
    json_array(j, "years");
    for (size_t i = 0; i < d->year_count; i++) {
        const struct dossier_year *y = &d->years[i];
        json_object(j, NULL);
        json_i64(j, "year", y->year);
        json_day(j, "from_on", y->from_on);
        json_day(j, "to_on", y->to_on);
        json_bool(j, "assessed", y->assessed);
        json_i64(j, "gates_due", y->gates_due);
        json_i64(j, "gates_met", y->gates_met);
        json_day(j, "pledged_on", y->pledged_on);
        json_day(j, "stated_on", y->stated_on);
        json_str(j, "grade", y->grade);
        json_day(j, "decided_on", y->decided_on);
        json_str(j, "honour", y->honour);
        json_day(j, "honour_on", y->honour_on);
        counts_json(j, &y->counts);
        json_object_end(j);
    }
    json_array_end(j);
}

static void papers_json(struct json *j, const struct rows *papers)
{
    const struct dossier_paper *all = papers->items;
    json_array(j, "papers");
    for (size_t i = 0; i < papers->count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", all[i].id);
        json_str(j, "code", all[i].code);
        json_str(j, "digest", all[i].digest);
        json_str(j, "format", all[i].format);
        json_time(j, "issued_at", all[i].issued_at);
        json_str(j, "issued_name", all[i].issued_name);
        json_object_end(j);
    }
    json_array_end(j);
}

static void person_json(struct json *j, const struct dossier *d)
{
    if (!d->is_known)
        return;
    json_str(j, "gender", d->traits.gender);
    json_str(j, "ethnic", d->traits.ethnic);
    if (d->traits.birth_on != BIRTH_UNKNOWN)
        json_day(j, "birth_on", d->traits.birth_on);
    json_str(j, "party", d->traits.party);
    json_str(j, "education", d->traits.education);
}

static void dossier_json(struct rq *rq, const struct dossier *d, const struct rows *papers,
                         struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "member_id", d->member.id);
    json_str(&j, "code", d->member.code);
    json_str(&j, "name", d->member.name);
    json_str(&j, "sector", d->person->sector);
    json_str(&j, "committee", d->person->committee);
    person_json(&j, d);
    json_i64(&j, "term", d->span->term.number);
    json_day(&j, "from_on", d->span->term.from_on);
    json_day(&j, "to_on", d->span->until_on);
    json_i64(&j, "entries", (i64)d->entry_count);
    json_i64(&j, "outcomes", d->outcome_count);
    json_i64(&j, "plenary_absent", d->plenary_absent);
    json_i64(&j, "plenary_leave", d->plenary_leave);
    json_i64(&j, "standing_absent", d->standing_absent);
    json_i64(&j, "standing_leave", d->standing_leave);
    counts_json(&j, &d->counts);
    years_json(&j, d);
    json_array(&j, "events");
    for (size_t i = 0; i < d->event_count; i++)
        event_json(&j, &d->events[i]);
    json_array_end(&j);
    papers_json(&j, papers);
    json_send(&j, res);
}

/* ---- a dossier ---- */

static struct view_tabs terms_of(struct rq *rq, const struct dossier *d, const struct rows *terms,
                                 str path)
{
    const struct term *all = terms->items;
    struct view_tab *tabs = arena_array(rq->mem, TABS, sizeof *tabs);
    size_t n = 0;
    for (; terms->count > 1 && n < terms->count && n < TABS; n++) {
        struct dossier_span span = { .term = all[n] };
        const struct dossier of = { .span = &span };
        tabs[n] = (struct view_tab){ dossier_term_words(rq, &of),
                                     arena_printf(rq->mem, "%.*s?term=%lld", (int)path.len,
                                                  path.ptr, (long long)all[n].number),
                                     -1, all[n].number == d->span->term.number };
    }
    return (struct view_tabs){ text_find("dossiers.term"), tabs, n };
}

static err show(struct rq *rq, i64 member_id, bool own, struct res *res)
{
    const struct dossier_input *in = rq->input;
    struct rows terms, papers;
    struct dossier *d = arena_zero(rq->mem, sizeof *d);
    TRY(dossier_open(rq, member_id, in->term, &terms, d));
    TRY(dossier_paper_store_list(rq->db, member_id, rq->mem, &papers));
    if (rq->api) {
        dossier_json(rq, d, &papers, res);
        return OK;
    }
    bool mine = rq->actor->member_id == member_id;
    const struct dossier_page v = {
        .d = d,
        .terms = terms_of(rq, d, &terms, path_of(rq, own, member_id)),
        .papers = &papers,
        .rq = rq,
        .own = own,
        .may_issue = dossier_may_issue(rq, member_id),
        .may_object = mine && actor_may(rq->actor, "claims.file"),
        .has_others = own && actor_scope(rq->actor, "dossiers.read") > SCOPE_SELF,
        .crumbs = own ? NULL : view_crumbs(rq->mem, "dossiers", d->member.name)
    };
    str title = own ? text_find("dossiers.mine")
                    : text_format(rq->mem, "dossiers.of", d->member.name, str_of(""));
    struct out *out = page_begin(rq, title, own ? "my_dossier" : "dossiers");
    view_dossiers_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_dossier_own(struct rq *rq, struct res *res)
{
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "dossiers.no_member");
    return show(rq, rq->actor->member_id, true, res);
}

err page_dossier_show(struct rq *rq, struct res *res)
{
    return show(rq, rq->path_id, false, res);
}

/* ---- all rows as a workbook ---- */

static void heads_write(struct workbook *w)
{
    static const char *const HEADS[] = { "on",    "what",  "words",  "number",
                                         "title", "count", "outcome" };
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        workbook_text(w, text_label("dossiers.sheet", str_of(HEADS[i])));
    workbook_header_end(w);
}

static void event_write(struct workbook *w, const struct dossier_event *e)
{
    const struct entry_told *entry = e->entry;
    workbook_day(w, e->on_on);
    workbook_text(w, e->what);
    workbook_text(w, e->words);
    workbook_text(w, entry ? entry->number : str_of(""));
    workbook_text(w, entry ? entry->title : str_of(""));
    workbook_number(w, entry ? entry->quantity / 1000 : 1);
    workbook_text(w, entry && entry->is_outcome ? text_find("dossiers.yes") : str_of(""));
    workbook_row_end(w);
}

err file_dossier_records(struct rq *rq, struct res *res)
{
    const struct dossier_input *in = rq->input;
    struct dossier d;
    struct rows terms;
    struct workbook *w;
    int fd = -1;
    TRY(dossier_open(rq, rq->path_id, in->term, &terms, &d));
    if (!dossier_may_issue(rq, rq->path_id))
        return err_make(ERR_FORBIDDEN, "dossiers.not_yours");
    TRY(workbook_open(rq->mem, dossier_term_words(rq, &d), &w));
    heads_write(w);
    for (size_t i = 0; i < d.event_count; i++)
        event_write(w, &d.events[i]);
    TRY(workbook_finish(w, &fd));
    err e = audit_leaving(rq, &(struct audit_entry){ .act = "dossiers.export",
                                                     .object = "members",
                                                     .object_id = d.member.id,
                                                     .after = dossier_term_words(rq, &d) });
    res_file(res, fd,
             text_format(rq->mem, "dossiers.file_xlsx", d.member.name, dossier_term_words(rq, &d)),
             XLSX_TYPE, false);
    return e;
}

/* ---- papers ---- */

/* Each paper is kept for ever, with what it takes on disk. */
static err has_room(struct rq *rq)
{
    i64 count;
    TRY(dossier_paper_store_count(rq->db, rq->actor->account_id, rq->now_ms - DAY_MS, &count));
    return count < PAPERS_A_DAY
               ? OK
               : err_make_with(ERR_LIMIT, "dossiers.enough_today",
                               arena_printf(rq->mem, "%d", PAPERS_A_DAY), str_of(""));
}

/* Setting a paper takes too long for a write transaction. */
err slow_dossier_issue(struct rq *rq, struct res *res)
{
    const struct dossier_issue_input *in = rq->input;
    struct dossier d;
    struct rows terms;
    struct dossier_made *made = arena_zero(rq->mem, sizeof *made);
    (void)res;
    TRY(dossier_open(rq, rq->path_id, in->term, &terms, &d));
    if (!dossier_may_issue(rq, rq->path_id))
        return err_make(ERR_FORBIDDEN, "dossiers.not_yours");
    TRY(has_room(rq));
    TRY(dossier_paper_file(rq, &d, in->format, made));
    rq->found = made;
    return OK;
}

err page_dossier_issue(struct rq *rq, struct res *res)
{
    const struct dossier_made *made = rq->found;
    bool own = rq->actor->member_id == rq->path_id;
    i64 id;
    TRY(dossier_paper_issue(rq, made, &id));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_str(&j, "code", made->paper.code);
        json_str(&j, "digest", made->paper.digest);
        json_str(&j, "url",
                 arena_printf(rq->mem, "/api/v1/dossiers/papers/%lld/file", (long long)id));
        json_send(&j, res);
        res_status(res, 201);
        return OK;
    }
    str path = path_of(rq, own, rq->path_id);
    res_flash(res, "dossiers.issued", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "%.*s?term=%lld", (int)path.len, path.ptr,
                                   (long long)made->paper.term_number));
    return OK;
}

err file_dossier_paper(struct rq *rq, struct res *res)
{
    struct dossier_paper paper;
    struct rows files, terms;
    struct dossier d;
    err e = dossier_paper_store_find(rq->db, rq->path_id, rq->mem, &paper);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "dossiers.paper_not_found");
    TRY(e);
    e = dossier_open(rq, paper.member_id, paper.term_number, &terms, &d);
    if (e.code == ERR_NOT_FOUND || (!e.code && !dossier_may_issue(rq, paper.member_id)))
        return err_make(ERR_NOT_FOUND, "dossiers.paper_not_found");
    TRY(e);
    if (!dossier_may_take(rq, &paper))
        return err_make(ERR_NOT_FOUND, "dossiers.paper_not_found");
    TRY(attachment_list(rq, "dossier_papers", paper.id, &files));
    if (files.count == 0)
        return err_make(ERR_NOT_FOUND, "dossiers.paper_not_found");
    TRY(audit_leaving(rq, &(struct audit_entry){ .act = "dossiers.export",
                                                 .object = "dossier_papers",
                                                 .object_id = paper.id,
                                                 .after = paper.name }));
    return attachment_send(rq, res, "dossier_papers", paper.id,
                           ((const struct attachment *)files.items)->id);
}

/* ---- the public page ---- */

static void found_json(struct rq *rq, const struct dossier_found *found, struct res *res)
{
    struct json j = json_begin(rq);
    json_bool(&j, "issued", true);
    json_str(&j, "organisation", found->org_name);
    json_str(&j, "name", found->name);
    json_i64(&j, "term", found->paper.term_number);
    json_day(&j, "until_on", found->paper.until_on);
    json_i64(&j, "entries", found->paper.entries);
    json_i64(&j, "outcomes", found->paper.outcomes);
    json_time(&j, "issued_at", found->paper.issued_at);
    json_str(&j, "digest", found->paper.digest);
    if (found->asked)
        json_bool(&j, "digest_same", found->same);
    attestation_json(&found->attested, &j);
    json_send(&j, res);
}

err page_dossier_check(struct rq *rq, struct res *res)
{
    const struct dossier_check_input *in = rq->input;
    struct dossier_found found;
    struct dossier_check_page v = { .code = in->code, .digest = in->digest };
    err e = OK;
    if (in->code.len || in->digest.len || rq->api)
        e = dossier_paper_check(rq, in->code, in->digest, &found);
    if (e.code && (rq->api || e.code != ERR_INVALID))
        return e;
    if (rq->api) {
        found_json(rq, &found, res);
        return OK;
    }
    v.found = !e.code && in->code.len ? &found : NULL;
    struct out *out = page_begin(rq, text_find("dossiers.check_title"), NULL);
    view_dossiers_check(out, &v);
    page_end(res, out);
    if (e.code)
        res_status(res, 422);
    return OK;
}
