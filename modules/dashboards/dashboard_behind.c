/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See dashboard_behind.h. What each shows is what the views in schema/0003_sides.sql count; a test
 * compares. */
#include "modules/dashboards/dashboard_behind.h"

/* What is still under review is named only to who may read it: as PROPOSAL_LIST says. */
#define PENDING                                                                            \
    "('draft', 'cosigning', 'submitted', 'revising', 'screened', 'rejected', 'diverted', " \
    "'withdrawn', 'merged')"

static const struct list_column SIGNERS[] = {
    { FIELD(struct signer_row, name), LIST_TEXT, .sql = "s.name", .filter = true },
    { FIELD(struct signer_row, title), LIST_TEXT, .sql = "p.title" },
    { FIELD(struct signer_row, kind), LIST_CODE, .sql = "p.kind", .filter = true,
      .states = "proposals.kind", .choices = "personal joint" },
    { FIELD(struct signer_row, rank), LIST_NUMBER, .sql = "s.rank" },
    { FIELD(struct signer_row, serial), LIST_NUMBER, .sql = "p.serial" },
    { FIELD(struct signer_row, session_id), LIST_NUMBER, .sql = "p.session_id", .hidden = true,
      .filter = true },
    { FIELD(struct signer_row, proposal_id), LIST_NUMBER, .sql = "s.proposal_id", .hidden = true },
    { FIELD(struct signer_row, id), LIST_NUMBER, .sql = "s.id", .hidden = true, .sort = true },
    { .field = { 0 } },
};

static const struct list_scope SIGNER_SCOPES[] = {
    { SCOPE_ORG, .needs = "proposals.read_pending", .sql = "" },
    { SCOPE_ORG,
      .sql = "p.state NOT IN " PENDING " AND (p.state <> 'archived' OR p.closed_at > 0)" },
    { 0 },
};

const struct list SIGNER_LIST = {
    .name = "signers",
    .may = "proposals.figures",
    .from = "proposers s JOIN proposals p ON p.org_id = s.org_id AND p.id = s.proposal_id",
    .where = "s.org_id = :org AND p.serial > 0 AND p.kind IN ('personal', 'joint') AND s.state = "
             "'cosigned'",
    .key = "s.id",
    .sort = "-id",
    .columns = SIGNERS,
    .scopes = SIGNER_SCOPES,
    .row_size = sizeof(struct signer_row),
};

static const struct list_look SIGNER_LOOK = {
    .list = &SIGNER_LIST,
    .path = "/proposals/figures/signers",
    .rows = "/proposals",
    .row_id = "proposal_id",
    .title = "menu.signers",
    .menu = "proposal_figures",
    .main = "name",
    .under = "title",
    .empty = "signers.none",
};

static const struct list_column ANSWERS[] = {
    { FIELD(struct answer_row, title), LIST_TEXT, .sql = "a.matter_title" },
    { FIELD(struct answer_row, case_number), LIST_TEXT, .sql = "a.matter_number", .filter = true },
    { FIELD(struct answer_row, agency_name), LIST_TEXT, .sql = "a.agency_name", .filter = true },
    { FIELD(struct answer_row, number), LIST_NUMBER, .sql = "w.number" },
    { FIELD(struct answer_row, result), LIST_CODE, .sql = "w.result", .filter = true,
      .states = "assignments.result", .choices = "adopted partly planned not_adopted" },
    { FIELD(struct answer_row, text), LIST_TEXT, .sql = "w.text" },
    { FIELD(struct answer_row, delivered_at), LIST_TIME, .sql = "r.delivered_at" },
    { FIELD(struct answer_row, session_id), LIST_NUMBER, .sql = "a.session_id", .hidden = true,
      .filter = true },
    { FIELD(struct answer_row, agency_id), LIST_NUMBER, .sql = "a.agency_id", .hidden = true,
      .filter = true },
    { FIELD(struct answer_row, assignment_id), LIST_NUMBER, .sql = "r.assignment_id",
      .hidden = true },
    { FIELD(struct answer_row, id), LIST_NUMBER, .sql = "w.id", .hidden = true, .sort = true },
    { .field = { 0 } },
};

static const struct list_scope ANSWER_SCOPES[] = { { 0 } };

const struct list ANSWER_LIST = {
    .name = "answers",
    .may = "proposals.figures",
    .from = "reply_answers w JOIN replies r ON r.org_id = w.org_id AND r.id = w.reply_id JOIN "
            "assignments a ON a.org_id = r.org_id AND a.id = r.assignment_id",
    .where = "w.org_id = :org AND a.matter = 'proposals' AND a.state <> 'reassigned' AND "
             "a.cancelled_at = 0 AND r.delivered_at > 0 AND NOT EXISTS (SELECT l.id FROM replies l "
             "WHERE l.org_id = r.org_id AND l.assignment_id = r.assignment_id AND l.delivered_at > "
             "0 AND l.round > r.round)",
    .key = "w.id",
    .sort = "-id",
    .columns = ANSWERS,
    .scopes = ANSWER_SCOPES,
    .row_size = sizeof(struct answer_row),
};

static const struct list_look ANSWER_LOOK = {
    .list = &ANSWER_LIST,
    .path = "/proposals/figures/answers",
    .rows = "/assignments",
    .row_id = "assignment_id",
    .title = "menu.answers",
    .menu = "proposal_figures",
    .main = "title",
    .under = "case_number",
    .empty = "answers.none",
    .bar = "result agency_name",
};

err page_dashboard_signers(struct rq *rq, struct res *res)
{
    return list_show(rq, &SIGNER_LOOK, res);
}

err page_dashboard_answers(struct rq *rq, struct res *res)
{
    return list_show(rq, &ANSWER_LOOK, res);
}
