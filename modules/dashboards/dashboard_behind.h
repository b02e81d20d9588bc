/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists behind figures that no other module's list counts: signers, one by one (人次), and the
 * suggestions that were answered. For who sees figures. */
#ifndef HT_DASHBOARDS_DASHBOARD_BEHIND_H
#define HT_DASHBOARDS_DASHBOARD_BEHIND_H
#include "platform/list/list.h"

/* One who signs a personal or joint proposal; once for each. */
struct signer_row {
    i64 id, proposal_id, session_id, serial, rank;
    str name, title, kind;
};

/* A numbered suggestion in the last answer that was delivered. */
struct answer_row {
    i64 id, assignment_id, session_id, agency_id, number, delivered_at;
    str title, case_number, agency_name, result, text;
};

extern const struct list SIGNER_LIST, ANSWER_LIST;

/* Handlers; those of list_show. */
err page_dashboard_signers(struct rq *rq, struct res *res);
err page_dashboard_answers(struct rq *rq, struct res *res);
#endif
