/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of the ledger, and who sees which rows of it: a member his own, who organises a
 * committee those of its members, the office all. Titles are for the office, those of opinions for
 * the desk alone (modules/opinions): here stands their number. */
#include "modules/entries/entry_rules.h"
#include "modules/members/member.h"
#include "platform/base/str.h"

static err member_word(struct rq *rq, str value, str *out)
{
    struct member m;
    i64 id;
    *out = value;
    if (!str_to_i64(value, &id))
        return OK;
    err e = member_find(rq, id, &m);
    if (e.code == ERR_NONE)
        *out = m.name;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static const struct list_column COLUMNS[] = {
    { FIELD(struct entry_row, id), LIST_NUMBER, .sql = "e.id", .hidden = true },
    { FIELD(struct entry_row, name), LIST_TEXT, .sql = "e.name", .filter = true },
    { FIELD(struct entry_row, happened_on), LIST_DAY, .sql = "e.happened_on", .filter = true,
      .sort = true },
    { FIELD(struct entry_row, label), LIST_TEXT, .sql = "e.label", .filter = true },
    { FIELD(struct entry_row, count), LIST_NUMBER, .sql = "e.quantity / 1000" },
    { FIELD(struct entry_row, number), LIST_TEXT, .sql = "e.number" },
    { FIELD(struct entry_row, title), LIST_TEXT, .may = "entries.manage",
      .sql = "CASE WHEN e.source = 'opinions' THEN '' ELSE e.title END" },
    { FIELD(struct entry_row, sector), LIST_TEXT, .sql = "e.sector", .filter = true },
    { FIELD(struct entry_row, committee), LIST_TEXT, .sql = "e.committee", .filter = true },
    { FIELD(struct entry_row, state), LIST_CODE, .sql = "e.state", .filter = true,
      .states = "states.entries", .choices = "live reversed struck reversal" },
    { FIELD(struct entry_row, year), LIST_NUMBER, .sql = "e.year", .filter = true, .hidden = true },
    { FIELD(struct entry_row, kind), LIST_TEXT, .sql = "e.kind", .hidden = true },
    { FIELD(struct entry_row, member_id), LIST_NUMBER, .sql = "e.member_id", .hidden = true,
      .filter = true, .word = member_word },
    { FIELD(struct entry_row, quantity), LIST_NUMBER, .sql = "e.quantity", .hidden = true },
    { FIELD(struct entry_row, people), LIST_NUMBER, .sql = "e.people", .hidden = true },
    { FIELD(struct entry_row, tags), LIST_TEXT, .sql = "e.tags", .hidden = true },
    { FIELD(struct entry_row, source), LIST_TEXT, .sql = "e.source", .hidden = true },
    { FIELD(struct entry_row, source_id), LIST_NUMBER, .sql = "e.source_id", .hidden = true },
    { FIELD(struct entry_row, part_id), LIST_NUMBER, .sql = "e.part_id", .hidden = true },
    { FIELD(struct entry_row, reverses_id), LIST_NUMBER, .sql = "e.reverses_id", .hidden = true },
    { FIELD(struct entry_row, recorded_at), LIST_TIME, .sql = "e.recorded_at", .hidden = true },
    { FIELD(struct entry_row, recorded_name), LIST_TEXT, .sql = "e.recorded_name", .hidden = true },
    { FIELD(struct entry_row, text), LIST_TEXT, .sql = "e.text", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_COMMITTEE,
      .sql = "(e.member_id = :actor_member OR e.member_id IN (SELECT m.id FROM members m JOIN "
             "tenures t ON t.org_id = m.org_id AND t.person_id = m.person_id AND t.body = "
             "'committee' AND t.to_on = 0 AND t.body_id IN (:actor_committee1, :actor_committee2, "
             ":actor_committee3, :actor_committee4) WHERE m.org_id = e.org_id))" },
    { SCOPE_SELF, .sql = "e.member_id = :actor_member AND :actor_member > 0" },
    { 0 },
};

const struct list ENTRY_LIST = {
    .name = "entries",
    .may = "entries.read",
    .from = "entries e",
    .where = "e.org_id = :org",
    .key = "e.id",
    .sort = "-happened_on",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "entries.not_found",
    .row_size = sizeof(struct entry_row),
};
