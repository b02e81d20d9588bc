/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns and scopes of the list: a draft is its writer's alone, whoever is asked or has agreed to
 * report with him sees what was sent, the desk everything that was (README.md, "Who may see").
 * A composite is seen by those of its sources once it is signed. */
#include "modules/members/member.h"
#include "modules/opinions/opinion.h"
#include "platform/base/str.h"

/* Whose they are, where the list is asked for one person's. */
static err writer_word(struct rq *rq, str value, str *out)
{
    i64 id;
    *out = value;
    if (!str_to_i64(value, &id))
        return OK;
    err e = person_name(rq, id, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static const struct list_column COLUMNS[] = {
    { FIELD(struct opinion, number), LIST_TEXT, .sql = "o.number", .filter = true },
    { FIELD(struct opinion, title), LIST_TEXT, .sql = "o.title" },
    { FIELD(struct opinion, state), LIST_CODE, .sql = "o.state", .filter = true,
      .states = "states.opinions",
      .choices = "draft submitted kept taken editing signing issued forwarded assigned replied "
                 "informed" },
    { FIELD(struct opinion, reporter_name), LIST_TEXT, .sql = "o.reporter_name", .filter = true },
    { FIELD(struct opinion, kind), LIST_CODE, .sql = "o.kind", .filter = true,
      .states = "opinions.kind",
      .choices = "member committee party association sector station county correspondent staff "
                 "composite" },
    { FIELD(struct opinion, category), LIST_CODE, .sql = "o.category", .filter = true,
      .dictionary = "opinions.categories" },
    { FIELD(struct opinion, urgent), LIST_BOOL, .sql = "o.urgent", .filter = true, .tone = "bad" },
    { FIELD(struct opinion, submitted_at), LIST_TIME, .sql = "o.submitted_at", .filter = true,
      .sort = true },
    { FIELD(struct opinion, updated_at), LIST_TIME, .sql = "o.updated_at", .hidden = true,
      .sort = true },
    { FIELD(struct opinion, body_name), LIST_TEXT, .sql = "o.body_name", .hidden = true,
      .filter = true },
    { FIELD(struct opinion, year), LIST_NUMBER, .sql = "o.year", .hidden = true, .filter = true },
    { FIELD(struct opinion, month), LIST_NUMBER, .sql = "o.month", .hidden = true, .filter = true },
    { FIELD(struct opinion, sector), LIST_TEXT, .sql = "o.sector", .hidden = true, .filter = true },
    { FIELD(struct opinion, committee), LIST_TEXT, .sql = "o.committee", .hidden = true,
      .filter = true },
    { FIELD(struct opinion, party), LIST_CODE, .sql = "o.party", .hidden = true, .filter = true,
      .dictionary = "members.parties" },
    { FIELD(struct opinion, person_id), LIST_NUMBER, .sql = "o.person_id", .hidden = true,
      .filter = true, .word = writer_word },
    { FIELD(struct opinion, counted), LIST_BOOL,
      .sql =
          "CASE WHEN o.kind <> 'composite' AND o.state <> 'draft' AND o.recast = 0 THEN 1 ELSE 0 "
          "END",
      .hidden = true, .filter = true },
    { FIELD(struct opinion, recast), LIST_BOOL, .sql = "o.recast", .hidden = true, .filter = true },
    { FIELD(struct opinion, chosen), LIST_BOOL, .sql = "CASE WHEN o.taken_at > 0 THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct opinion, issued), LIST_BOOL,
      .sql = "CASE WHEN o.signed_at > 0 THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct opinion, sourced), LIST_BOOL,
      .sql = "CASE WHEN o.composite_id > 0 THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct opinion, composite), LIST_BOOL,
      .sql = "CASE WHEN o.kind = 'composite' AND o.state <> 'kept' THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct opinion, choose_due_on), LIST_DAY, .sql = "o.choose_due_on", .hidden = true },
    { FIELD(struct opinion, source), LIST_TEXT, .sql = "o.source", .hidden = true, .filter = true },
    { FIELD(struct opinion, source_id), LIST_TEXT, .sql = "o.source_id", .hidden = true,
      .filter = true },
    { FIELD(struct opinion, id), LIST_NUMBER, .sql = "o.id", .hidden = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_SELF,
      .sql = "(o.person_id = :actor_person AND :actor_person > 0) OR (o.person_id = 0 AND "
             "o.account_id = :actor_author) OR EXISTS (SELECT 1 FROM reporters r WHERE r.org_id = "
             "o.org_id AND r.opinion_id = o.id AND r.person_id = :actor_person AND r.state IN "
             "('asked', 'joined')) OR (o.kind = 'composite' AND o.signed_at > 0 AND EXISTS (SELECT "
             "1 FROM opinions s WHERE s.org_id = o.org_id AND s.composite_id = o.id AND "
             "((s.person_id = :actor_person AND :actor_person > 0) OR (s.person_id = 0 AND "
             "s.account_id = :actor_author) OR EXISTS (SELECT 1 FROM reporters r WHERE r.org_id = "
             "s.org_id AND r.opinion_id = s.id AND r.person_id = :actor_person AND r.state = "
             "'joined'))))" },
    { 0 },
};

const struct list OPINION_LIST = {
    .name = "opinions",
    .may = "opinions.read",
    .from = "opinions o",
    .where = "o.org_id = :org AND (o.state <> 'draft' OR (o.person_id = :actor_person AND "
             ":actor_person > 0) OR (o.person_id = 0 AND o.account_id = :actor_author))",
    .key = "o.id",
    .sort = "-updated_at",
    .search = "opinions",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "opinions.not_found",
    .row_size = sizeof(struct opinion),
};
