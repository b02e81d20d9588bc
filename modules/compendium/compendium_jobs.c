/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Making a book on the slow lane: what it holds is collected, printed into a file, and given to its
 * row in one transaction. Between two cases, about once a second, the row says how far it is; where
 * it is gone or untrue by then, the work ends. */
#include "modules/compendium/compendium_store.h"
#include "platform/app.h"
#include "platform/base/clock.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/lanes.h"

enum { BOOK_MEMORY = 64 << 20, STEP_MEMORY = 64 << 20, TOLD_MS = 1000, EXPIRE_BATCH = 50 };
#define DAY_MS  INT64_C(86400000)
#define HOUR_MS INT64_C(3600000)

/* One book being made. */
struct making {
    struct rq *rq;
    struct compendium_run run;
    struct arena *mem; /* of the book */
    struct book book;
    struct attachment_made made;
    i64 told_ms, base; /* base: steps of the parts before this one */
    bool dropped;      /* taken away or untrue in between */
};

/* ---- short writes in between ---- */

static err progress_write(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct making *m = context;
    i64 changed;
    (void)app;
    (void)mem;
    db_set_org(db, m->rq->actor->org_id);
    TRY(compendium_store_progress(db, &m->run, &changed));
    m->dropped = changed == 0;
    return OK;
}

static err told(struct making *m, i64 done, i64 total)
{
    i64 now_ms = clock_steady_ms();
    if (now_ms - m->told_ms < TOLD_MS)
        return OK;
    m->told_ms = now_ms;
    m->run.done = done;
    m->run.total = total;
    TRY(lanes_write(m->rq->app, progress_write, m));
    return m->dropped ? err_make(ERR_CONFLICT, "compendium.dropped") : OK;
}

/* Collecting counts each case once, printing once or twice. */
static i64 parts_of(const struct making *m)
{
    return str_is(m->run.format, "pdf") ? 3 : 2;
}

static err on_collected(void *context, i64 done, i64 all)
{
    struct making *m = context;
    m->base = all;
    return told(m, done, parts_of(m) * all);
}

static err on_printed(void *context, i64 done, i64 all)
{
    struct making *m = context;
    (void)all;
    return told(m, m->base + done, parts_of(m) * m->base);
}

static err end_write(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct making *m = context;
    struct rq rq;
    i64 changed, now_ms = m->rq->now_ms;
    db_set_org(db, m->rq->actor->org_id);
    app_system_rq(app, db, mem, m->rq->actor->org_id, &rq);
    rq.now_ms = now_ms;
    TRY(compendium_store_end(db, &m->run, &changed));
    m->dropped = changed == 0;
    if (m->dropped)
        return OK;
    bool is_made = str_is(m->run.state, "made");
    if (is_made)
        TRY(attachment_add(&rq, &m->made));
    const struct notify_message message = { .text = is_made ? "compendium.told_made"
                                                            : "compendium.told_failed",
                                            .arg = { m->run.title, str_of("") },
                                            .url = str_of("/compendium") };
    return notify_send(&rq, &(struct notify_to){ .account_id = m->run.asked_by }, &message);
}

/* ---- the work ---- */

static err book_write(void *context, int fd)
{
    struct making *m = context;
    m->book.progress = on_printed;
    m->book.context = m;
    return str_is(m->run.format, "pdf") ? book_pdf(m->mem, &m->book, fd, &m->run.pages)
                                        : book_docx(m->mem, &m->book, fd);
}

static str file_name(struct making *m)
{
    return text_format(m->rq->mem,
                       str_is(m->run.format, "pdf") ? "compendium.file_pdf"
                                                    : "compendium.file_docx",
                       m->run.title, str_of(""));
}

static err make(struct making *m)
{
    struct arena *scratch = arena_new(STEP_MEMORY, 0);
    struct rq rq = *m->rq;
    rq.mem = scratch;
    const struct compendium_ask ask = { &m->run, m->mem, on_collected, m };
    err e = compendium_collect(&rq, &ask, &m->book);
    arena_free(scratch);
    TRY(e);
    for (size_t i = 0; i < m->book.chapter_count; i++)
        m->run.entries += (i64)m->book.chapters[i].count;
    TRY(attachment_make(m->rq, book_write, m, &m->made));
    m->made.owner = str_of("compendium");
    m->made.owner_id = m->run.id;
    m->made.name = file_name(m);
    m->made.type = str_is(m->run.format, "pdf") ? "application/pdf" : DOCX_TYPE;
    m->made.made_by = m->run.asked_name;
    m->run.made_at = m->rq->now_ms;
    return OK;
}

/* Whatever goes wrong with the book is told to who asked; only what says nothing about the book is
 * tried again. */
err job_compendium_make(struct rq *rq, str payload)
{
    struct making *m = arena_zero(rq->mem, sizeof *m);
    i64 id = 0;
    m->rq = rq;
    if (!str_to_i64(payload, &id))
        return err_make(ERR_INTERNAL, "compendium.not_found");
    err e = compendium_store_find(rq->db, id, rq->mem, &m->run);
    if (e.code == ERR_NOT_FOUND)
        return OK; /* taken away before it was begun */
    TRY(e);
    m->mem = arena_new(BOOK_MEMORY, 0);
    m->run.total = 1;
    e = lanes_write(rq->app, progress_write, m);
    if (!e.code && !m->dropped)
        e = make(m);
    if (!m->dropped && !db_may_retry(e)) {
        m->run.state = str_of(e.code ? "failed" : "made");
        m->run.failure = str_of(e.code ? e.name : "");
        e = lanes_write(rq->app, end_write, m);
    }
    arena_free(m->mem);
    return m->dropped ? OK : e;
}

/* What the process left behind when it ended while it was making a book: nobody makes it any more,
 * and it would hold a place for ever. */
static err broken_off(struct rq *rq)
{
    struct rows rows;
    TRY(compendium_store_list_stuck(rq->db, rq->now_ms - HOUR_MS, rq->mem, &rows));
    struct compendium_run *all = (struct compendium_run *)rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        i64 changed;
        all[i].state = str_of("failed");
        all[i].failure = str_of("compendium.broken_off");
        TRY(compendium_store_end(rq->db, &all[i], &changed));
        const struct notify_message message = { .text = "compendium.told_failed",
                                                .arg = { all[i].title, str_of("") },
                                                .url = str_of("/compendium") };
        if (changed)
            TRY(notify_send(rq, &(struct notify_to){ .account_id = all[i].asked_by }, &message));
    }
    return OK;
}

err job_compendium_expire(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(broken_off(rq));
    i64 before = rq->now_ms - setting_number(rq, "compendium.keep_days") * DAY_MS;
    TRY(compendium_store_list_before(rq->db, before, EXPIRE_BATCH, rq->mem, &rows));
    const struct compendium_run *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(compendium_remove(rq, all[i].id, all[i].version));
    *again = rows.count == EXPIRE_BATCH;
    return OK;
}
