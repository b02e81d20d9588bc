/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of proposals, for the table in proposal_module.c. Each answers the route that names it;
 * who may is said there and in proposal.c. Errors are those of proposal_find and of the rules
 * called. */
#ifndef HT_PROPOSALS_PROPOSAL_PAGES_H
#define HT_PROPOSALS_PROPOSAL_PAGES_H
#include "platform/web/web.h"

/* proposal_pages.c: list, one proposal, its text on an assignment's page. */
extern const struct list_look PROPOSAL_LOOK;
err page_proposal_list(struct rq *rq, struct res *res);
err page_proposal_show(struct rq *rq, struct res *res);
err on_assignment_shown(struct rq *rq, i64 id, const void *fact);

/* proposal_sessions.c: refuses a correction of a session that would make numbers or days of
 * proposals untrue (CONFLICT proposals.session_numbered, proposals.session_days); else their timing
 * follows. A session that gets a last day keeps what has been handed in. */
err on_session_closing(struct rq *rq, i64 id, const void *fact);
err on_session_corrected(struct rq *rq, i64 id, const void *fact);

/* proposal_files.c */
err file_proposal_attachment(struct rq *rq, struct res *res);

/* proposal_api.c */
err api_proposal_list(struct rq *rq, struct res *res);
err api_proposal_show(struct rq *rq, struct res *res);

/* proposal_jobs.c */
err job_proposal_warn_due(struct rq *rq, bool *again);
err job_proposal_archive(struct rq *rq, bool *again);
#endif
