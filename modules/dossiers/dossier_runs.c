/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Dossiers of many members in one .zip, made on the slow lane: everybody's years once, then paper
 * by paper into the file; what was made is issued in small transactions, at last the file is given
 * to its row. Where the row is gone by then, the work ends. */
#include "modules/dossiers/dossier.h"
#include "modules/orgs/session.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/files/pack.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/text/texts.h"
#include "platform/web/lanes.h"

enum { RUN_MEMORY = 96 << 20, STEP_MEMORY = 96 << 20, BATCH = 40, OPEN_MAX = 3 };
#define HOUR_MS INT64_C(3600000)
#define KEEP_MS (30 * 24 * HOUR_MS)

/* ---- asking ---- */

/* Only one's own year needs nobody else's. */
static bool sees_others(const struct rq *rq)
{
    return actor_scope(rq->actor, "scores.read") > SCOPE_SELF;
}

err dossier_people(struct rq *rq, i64 year, struct scores_period *period, struct rows *out)
{
    i64 only = sees_others(rq) ? 0 : rq->actor->member_id;
    *out = (struct rows){ .size = sizeof(struct scores_row) };
    TRY(scores_period_find(rq, year, period));
    if (!only && !sees_others(rq))
        return OK;
    TRY(scores_list(rq, &(struct scores_ask){ .period = period, .only = only }, out));
    struct scores_row *all = (struct scores_row *)out->items;
    size_t n = 0;
    for (size_t i = 0; i < out->count; i++)
        if (scores_may_see(rq, all[i].person))
            all[n++] = all[i];
    out->count = n;
    return OK;
}

struct rows dossier_people_of(struct rq *rq, const struct rows *people, str body)
{
    const struct scores_row *all = people->items;
    struct scores_row *some = arena_array(rq->mem, people->count + 1, sizeof *some);
    str name = body, kind;
    if (body.len == 0 || !str_split(&name, ':', &kind))
        return *people;
    enum scores_by by = str_is(kind, "committee") ? SCORES_BY_COMMITTEE : SCORES_BY_SECTOR;
    size_t n = 0;
    for (size_t i = 0; i < people->count; i++)
        if (scores_is_in(&all[i], by, name))
            some[n++] = all[i];
    return (struct rows){ some, n, sizeof *some };
}

static str title_of(struct rq *rq, str body, i64 year)
{
    str name = body, kind;
    if (body.len == 0 || !str_split(&name, ':', &kind) || name.len == 0)
        name = text_find("dossiers.everybody");
    return text_format(rq->mem, "dossiers.run_title", str_number(rq->mem, year), name);
}

err dossier_run_check(struct rq *rq, const struct dossier_run_input *in)
{
    struct scores_period period;
    struct rows people;
    if (actor_scope(rq->actor, "dossiers.export") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "dossiers.not_all");
    TRY(dossier_people(rq, in->year, &period, &people));
    people = dossier_people_of(rq, &people, in->body);
    if (people.count == 0 || people.count > DOSSIER_RUN_MAX) {
        rq_fault(rq, "body", people.count ? "dossiers.too_many" : "dossiers.nobody",
                 str_number(rq->mem, DOSSIER_RUN_MAX), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return OK;
}

err dossier_run_ask(struct rq *rq, const struct dossier_run_input *in, i64 *id)
{
    i64 open, year = in->year ? in->year : scores_year_of(rq, rq->today);
    TRY(dossier_run_store_count_open(rq->db, &open));
    if (open >= OPEN_MAX)
        return err_make_with(ERR_CONFLICT, "dossiers.busy", str_number(rq->mem, open), str_of(""));
    const struct dossier_run run = { .year = year,
                                     .body = in->body,
                                     .title = title_of(rq, in->body, year),
                                     .format = in->format.len ? in->format : str_of("pdf"),
                                     .titled = actor_may(rq->actor, "entries.manage") &&
                                               actor_may(rq->actor, "members.manage"),
                                     .asked_at = rq->now_ms,
                                     .asked_by = rq->actor->account_id,
                                     .asked_name = rq->actor->name };
    TRY(dossier_run_store_add(rq->db, &run, id));
    TRY(audit_add(rq, &(struct audit_entry){ .act = "dossiers.run",
                                             .object = "dossier_runs",
                                             .object_id = *id,
                                             .after = run.title }));
    return job_queue(rq, "dossiers.make", str_number(rq->mem, *id), 0);
}

/* ---- making ---- */

struct making {
    struct rq *rq;
    struct actor actor; /* the house, without titles where who asked may not read them */
    struct dossier_run run;
    struct arena *mem, *step; /* of the run, of a paper */
    struct dossier_span span;
    struct rows people;
    struct bundle *bundle;
    struct dossier_made *made; /* not issued yet */
    size_t made_count;
    struct attachment_made file;
    bool dropped; /* gone in between */
};

/* Issues what was made since last time, and says how far it is. */
static err batch_write(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct making *m = context;
    struct rq rq;
    i64 changed, id;
    app_system_rq(app, db, mem, m->rq->actor->org_id, &rq);
    rq.now_ms = m->rq->now_ms;
    TRY(dossier_run_store_progress(db, &m->run, &changed));
    m->dropped = changed == 0;
    for (size_t i = 0; i < m->made_count && !m->dropped; i++)
        TRY(dossier_paper_issue(&rq, &m->made[i], &id));
    return OK;
}

static err batch_end(struct making *m)
{
    TRY(lanes_write(m->rq->app, batch_write, m));
    m->made_count = 0;
    return m->dropped ? err_make(ERR_CONFLICT, "dossiers.dropped") : OK;
}

static err end_write(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct making *m = context;
    struct rq rq;
    i64 changed;
    app_system_rq(app, db, mem, m->rq->actor->org_id, &rq);
    rq.now_ms = m->rq->now_ms;
    TRY(dossier_run_store_end(db, &m->run, &changed));
    m->dropped = changed == 0;
    if (m->dropped)
        return OK;
    bool is_made = str_is(m->run.state, "made");
    if (is_made)
        TRY(attachment_add(&rq, &m->file));
    const struct notify_message message = { .text = is_made ? "dossiers.told_made"
                                                            : "dossiers.told_failed",
                                            .arg = { m->run.title, str_of("") },
                                            .url = str_of("/dossiers") };
    return notify_send(&rq, &(struct notify_to){ .account_id = m->run.asked_by }, &message);
}

/* The member's number makes names differ. */
static str name_in(struct rq *rq, const struct dossier *d, str file_name)
{
    str first = d->member.code.len ? d->member.code : str_number(rq->mem, d->member.id);
    return text_format(rq->mem, "dossiers.name_in", first, file_name);
}

/* What is kept of a paper until its batch ends lives with the run. */
static void made_keep(struct making *m, const struct dossier_made *made)
{
    struct dossier_paper *p = &m->made[m->made_count++].paper;
    *p = made->paper;
    p->run_id = m->run.id;
    p->issued_by = m->run.asked_by;
    p->issued_name = m->run.asked_name;
    p->format = m->run.format;
    p->name = arena_printf(m->mem, "%.*s", (int)p->name.len, p->name.ptr);
    p->code = arena_printf(m->mem, "%.*s", (int)p->code.len, p->code.ptr);
    p->digest = arena_printf(m->mem, "%.*s", (int)p->digest.len, p->digest.ptr);
}

static err paper_add(struct making *m, i64 member_id)
{
    struct rq rq = *m->rq;
    struct dossier *d = arena_zero(m->step, sizeof *d);
    struct dossier_made made;
    rq.mem = m->step;
    rq.actor = &m->actor;
    err e = dossier_make(&rq, &m->span, member_id, d);
    if (err_is(e, "dossiers.not_found")) /* a seat of the year, but not of the term that ends it */
        return OK;
    TRY(e);
    TRY(dossier_paper_make(&rq, d, m->run.format, &made));
    TRY(bundle_add(m->bundle, m->step, name_in(&rq, d, made.file_name), made.body));
    made_keep(m, &made);
    return OK;
}

static err zip_write(void *context, int fd)
{
    struct making *m = context;
    const struct scores_row *all = m->people.items;
    TRY(bundle_begin(m->mem, fd, m->rq->now_ms, &m->bundle));
    for (size_t i = 0; i < m->people.count; i++) {
        m->step = arena_new(STEP_MEMORY, 0);
        err e = paper_add(m, all[i].person->member_id);
        arena_free(m->step);
        TRY(e);
        m->run.done = (i64)i + 1;
        if (m->made_count == BATCH)
            TRY(batch_end(m));
    }
    TRY(batch_end(m));
    return bundle_end(m->bundle);
}

/* The term in which the year ends, or today while it goes on. */
static err term_load(struct rq *rq, const struct scores_period *period, struct dossier_span *out)
{
    struct rows terms;
    i64 at = period->to < rq->today ? period->to : rq->today;
    TRY(term_list(rq, &terms));
    const struct term *all = terms.items;
    for (size_t i = 0; i < terms.count; i++)
        if (all[i].from_on <= at)
            return dossier_span_load(rq, &all[i], 0, out);
    return err_make(ERR_NOT_FOUND, "dossiers.not_found");
}

static err make(struct making *m)
{
    struct rq rq = *m->rq;
    struct scores_period period;
    rq.mem = m->mem;
    TRY(dossier_people(&rq, m->run.year, &period, &m->people));
    m->people = dossier_people_of(&rq, &m->people, m->run.body);
    m->run.total = (i64)m->people.count;
    TRY(term_load(&rq, &period, &m->span));
    m->made = arena_array(m->mem, BATCH, sizeof *m->made);
    TRY(attachment_make(m->rq, zip_write, m, &m->file));
    m->file.owner = str_of("dossier_runs");
    m->file.owner_id = m->run.id;
    m->file.name = text_format(m->rq->mem, "dossiers.file_zip", m->run.title, str_of(""));
    m->file.type = "application/zip";
    m->file.made_by = m->run.asked_name;
    m->run.made_at = m->rq->now_ms;
    return OK;
}

/* Whatever goes wrong is told to who asked; only what says nothing about the file is tried again.
 */
err job_dossier_make(struct rq *rq, str payload)
{
    struct making *m = arena_zero(rq->mem, sizeof *m);
    i64 id = 0;
    m->rq = rq;
    m->actor = *rq->actor;
    if (!str_to_i64(payload, &id))
        return err_make(ERR_INTERNAL, "dossiers.run_not_found");
    err e = dossier_run_store_find(rq->db, id, rq->mem, &m->run);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    m->actor.scopes[permission_number("assessments.read")] = SCOPE_NONE;
    if (!m->run.titled) {
        m->actor.scopes[permission_number("entries.manage")] = SCOPE_NONE;
        m->actor.scopes[permission_number("members.manage")] = SCOPE_NONE;
    }
    m->mem = arena_new(RUN_MEMORY, 0);
    e = make(m);
    if (!m->dropped && !db_may_retry(e)) {
        m->run.state = str_of(e.code ? "failed" : "made");
        m->run.failure = str_of(e.code ? e.name : "");
        e = lanes_write(rq->app, end_write, m);
    }
    arena_free(m->mem);
    return m->dropped ? OK : e;
}

/* ---- afterwards ---- */

/* What the process left behind when it ended in the middle: nobody makes it any more. */
static err broken_off(struct rq *rq)
{
    struct rows rows;
    TRY(dossier_run_store_list_stuck(rq->db, rq->now_ms - HOUR_MS, rq->mem, &rows));
    struct dossier_run *all = (struct dossier_run *)rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        i64 changed;
        all[i].state = str_of("failed");
        all[i].failure = str_of("dossiers.broken_off");
        TRY(dossier_run_store_end(rq->db, &all[i], &changed));
        const struct notify_message message = { .text = "dossiers.told_failed",
                                                .arg = { all[i].title, str_of("") },
                                                .url = str_of("/dossiers") };
        if (changed)
            TRY(notify_send(rq, &(struct notify_to){ .account_id = all[i].asked_by }, &message));
    }
    return OK;
}

err job_dossier_expire(struct rq *rq, bool *again)
{
    struct rows rows;
    (void)again;
    TRY(broken_off(rq));
    TRY(dossier_run_store_list_old(rq->db, rq->now_ms - KEEP_MS, rq->mem, &rows));
    const struct dossier_run *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        TRY(attachment_remove_all(rq, "dossier_runs", all[i].id));
        TRY(dossier_run_store_remove(rq->db, all[i].id, all[i].version));
    }
    return OK;
}
