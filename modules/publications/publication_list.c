/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared lists: what everybody may see, which is also the one way to a public page; and the
 * publisher's. The state alone is not believed: what must not be public is not shown even where
 * taking it down was missed. h is what is handled: the main one of what is merged. */
#include "modules/publications/publication.h"

#define FROM                                                                                     \
    "publications u JOIN proposals p ON p.org_id = u.org_id AND p.id = u.proposal_id JOIN "      \
    "proposals h ON h.org_id = u.org_id AND h.id = CASE WHEN p.main_id > 0 THEN p.main_id ELSE " \
    "p.id END"

/* How far it is, without what tells of verdicts: asked again or talked over, it stays replied. */
#define STAGE                                                                                   \
    "CASE WHEN u.show_progress = 0 THEN '' WHEN h.state IN ('tracking', 'fulfilled') THEN "     \
    "h.state WHEN h.state IN ('closed', 'archived') THEN 'closed' WHEN h.first_replied_at > 0 " \
    "THEN 'replied' WHEN h.assigned_at > 0 THEN 'assigned' ELSE 'docketed' END"

static const struct list_column OPEN_COLUMNS[] = {
    { FIELD(struct publication_row, title), LIST_TEXT, .sql = "u.title" },
    { FIELD(struct publication_row, docket_no), LIST_NUMBER, .sql = "p.docket_no" },
    { FIELD(struct publication_row, category), LIST_CODE, .sql = "p.category", .filter = true,
      .dictionary = "proposals.categories" },
    { FIELD(struct publication_row, host_name), LIST_TEXT,
      .sql = "CASE WHEN u.show_progress = 1 AND h.assigned_at > 0 THEN h.host_name ELSE '' END",
      .filter = true },
    { FIELD(struct publication_row, stage), LIST_CODE, .sql = STAGE, .states = "publications.stage",
      .choices = "docketed assigned replied closed tracking fulfilled" },
    { FIELD(struct publication_row, docketed_at), LIST_TIME, .sql = "NULLIF(p.docketed_at, 0)" },
    { FIELD(struct publication_row, published_at), LIST_TIME, .sql = "u.published_at",
      .sort = true },
    { FIELD(struct publication_row, session_id), LIST_NUMBER, .sql = "p.session_id", .hidden = true,
      .filter = true },
    { FIELD(struct publication_row, serial), LIST_NUMBER, .sql = "p.serial", .hidden = true },
    { FIELD(struct publication_row, id), LIST_NUMBER, .sql = "u.id", .hidden = true },
    { FIELD(struct publication_row, proposal_id), LIST_NUMBER, .sql = "u.proposal_id",
      .one = true },
    { FIELD(struct publication_row, handled_id), LIST_NUMBER, .sql = "h.id", .one = true },
    { FIELD(struct publication_row, show_progress), LIST_BOOL, .sql = "u.show_progress",
      .one = true },
    { FIELD(struct publication_row, situation), LIST_TEXT, .sql = "u.situation", .one = true },
    { FIELD(struct publication_row, analysis), LIST_TEXT, .sql = "u.analysis", .one = true },
    { FIELD(struct publication_row, reply_mode), LIST_TEXT, .sql = "u.reply_mode", .one = true },
    { FIELD(struct publication_row, summary), LIST_TEXT, .sql = "u.summary", .one = true },
    { .field = { 0 } },
};

const struct list PUBLICATION_LIST = {
    .name = "publications",
    .may = PUBLIC,
    .from = FROM,
    .where = "u.org_id = :org AND u.state = 'published' AND p.consent = 'yes' AND p.confidential = "
             "0 AND p.outcome IN ('docketed', 'merged') AND h.outcome = 'docketed' AND "
             "h.confidential = 0 AND NOT EXISTS (SELECT 1 FROM publication_objections o WHERE "
             "o.org_id = u.org_id AND o.proposal_id = u.proposal_id AND o.withdrawn_at = 0)",
    .key = "u.id",
    .sort = "-published_at",
    .search = "publications",
    .columns = OPEN_COLUMNS,
    .missing = "publications.not_found",
    .row_size = sizeof(struct publication_row),
};

static const struct list_column PUBLISHING_COLUMNS[] = {
    { FIELD(struct publishing_row, title), LIST_TEXT, .sql = "u.title" },
    { FIELD(struct publishing_row, docket_no), LIST_NUMBER, .sql = "NULLIF(p.docket_no, 0)" },
    { FIELD(struct publishing_row, state), LIST_CODE, .sql = "u.state", .filter = true,
      .states = "states.publications", .choices = "prepared published retracted" },
    { FIELD(struct publishing_row, prepared_at), LIST_TIME, .sql = "u.prepared_at", .sort = true },
    { FIELD(struct publishing_row, published_at), LIST_TIME, .sql = "NULLIF(u.published_at, 0)" },
    { FIELD(struct publishing_row, retract_reason), LIST_TEXT, .sql = "u.retract_reason" },
    { FIELD(struct publishing_row, id), LIST_NUMBER, .sql = "u.id", .hidden = true },
    { FIELD(struct publishing_row, proposal_id), LIST_NUMBER, .sql = "u.proposal_id", .one = true },
    { .field = { 0 } },
};

/* What is confidential has no place on a publisher's desk. */
const struct list PUBLISHING_LIST = {
    .name = "publishing",
    .may = "publications.manage",
    .from = FROM,
    .where = "u.org_id = :org AND p.confidential = 0 AND h.confidential = 0",
    .key = "u.id",
    .sort = "-prepared_at",
    .columns = PUBLISHING_COLUMNS,
    .missing = "publications.not_found",
    .row_size = sizeof(struct publishing_row),
};
