/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of the book: what may be asked for, keeping and taking away, and what makes one untrue.
 * Its content: compendium_book.c; its making: compendium_jobs.c. */
#include "modules/compendium/compendium_store.h"
#include "modules/orgs/org.h"
#include "modules/publications/publication.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/flow/flow.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

err compendium_check(struct rq *rq, const struct compendium_input *in)
{
    ids found;
    struct session session;
    const struct proposal_docket_query query = { in->session_id, in->from_no,
                                                 in->to_no,      COMPENDIUM_ENTRIES_MAX + 1,
                                                 in->category,   in->kind };
    TRY(session_find(rq, in->session_id, &session));
    if (in->to_no > 0 && in->from_no > in->to_no)
        rq_fault(rq, "to_no", "compendium.numbers", str_of(""), str_of(""));
    TRY(proposal_list_docket(rq, &query, &found));
    if (found.count == 0)
        rq_fault(rq, "session_id", "compendium.nothing", str_of(""), str_of(""));
    if (found.count > COMPENDIUM_ENTRIES_MAX)
        rq_fault(rq, "from_no", "compendium.too_many", str_number(rq->mem, COMPENDIUM_ENTRIES_MAX),
                 str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* "六届三次会议提案汇编（城乡建设）". */
static str title_of(struct rq *rq, const struct session *session, str category)
{
    str title =
        text_format(rq->mem, "compendium.title", session_name(rq->mem, session), str_of(""));
    if (category.len == 0)
        return title;
    return text_format(rq->mem, "compendium.title_part", title,
                       dictionary_label(rq, "proposals.categories", category));
}

static str words_of(struct rq *rq, const struct compendium_run *run)
{
    return arena_printf(rq->mem, "session=%lld format=%.*s replies=%d internal=%d",
                        (long long)run->session_id, (int)run->format.len, run->format.ptr,
                        run->with_replies, run->internal);
}

err compendium_ask(struct rq *rq, const struct compendium_input *in, i64 *id)
{
    struct session session;
    i64 open;
    TRY(session_find(rq, in->session_id, &session));
    TRY(compendium_store_count_open(rq->db, &open));
    if (open >= COMPENDIUM_OPEN_MAX)
        return err_make_with(ERR_CONFLICT, "compendium.busy", str_number(rq->mem, open),
                             str_of(""));
    const struct compendium_run run = { .session_id = in->session_id,
                                        .from_no = in->from_no,
                                        .to_no = in->to_no,
                                        .asked_at = rq->now_ms,
                                        .asked_by = rq->actor->account_id,
                                        .with_replies = in->with_replies,
                                        .internal = in->internal,
                                        .title = title_of(rq, &session, in->category),
                                        .format = in->format,
                                        .category = in->category,
                                        .kind = in->kind,
                                        .ordering = in->ordering,
                                        .asked_name = rq->actor->name };
    TRY(compendium_store_add(rq->db, &run, id));
    TRY(audit_add(rq, &(struct audit_entry){ .act = "compendium.make",
                                             .object = "compendium",
                                             .object_id = *id,
                                             .after = words_of(rq, &run) }));
    return job_queue(rq, "compendium.make", str_number(rq->mem, *id), 0);
}

err compendium_remove(struct rq *rq, i64 id, i64 version)
{
    struct compendium_run run;
    i64 changed;
    err e = compendium_store_find(rq->db, id, rq->mem, &run);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "compendium.not_found");
    TRY(e);
    TRY(attachment_remove_all(rq, "compendium", id));
    TRY(compendium_store_remove(rq->db, id, version, &changed));
    if (changed == 0)
        return err_make(ERR_CONFLICT, "db.version");
    return audit_add(rq, &(struct audit_entry){ .act = "compendium.remove",
                                                .object = "compendium",
                                                .object_id = id,
                                                .before = words_of(rq, &run) });
}

err compendium_may_publish(struct rq *rq, const struct proposal *p, bool *out)
{
    const char *why;
    TRY(publication_judge(rq, p, &why));
    *out = !why || strcmp(why, "publications.not_docketed") == 0;
    return OK;
}

/* The office's own copy may hold what is not published, but nothing confidential. Which cases are
 * in a book is not kept, so all of the session's may be untrue. */
err on_compendium_hidden(struct rq *rq, i64 id, const void *fact)
{
    struct proposal p;
    struct rows rows;
    bool open;
    (void)fact;
    TRY(proposal_find_house(rq, id, &p));
    TRY(compendium_may_publish(rq, &p, &open));
    if (open && !str_is(p.outcome, "withdrawn"))
        return OK;
    TRY(compendium_store_list_session(rq->db, p.session_id, rq->mem, &rows));
    const struct compendium_run *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].internal && !p.confidential)
            continue;
        TRY(compendium_store_set_outdated(rq->db, all[i].id, all[i].version));
        TRY(attachment_remove_all(rq, "compendium", all[i].id));
    }
    return OK;
}
