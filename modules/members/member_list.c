/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns and scopes of the roster. Everybody who may read it sees all members of the organisation;
 * sealed fields are not in it. */
#include "modules/members/member_list.h"

#include "modules/orgs/org.h"

static err names_of(struct rq *rq, const struct rows *rows, strs *out)
{
    const struct body *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        strs_add(rq->mem, out, all[i].name);
    return OK;
}

static err sectors(struct rq *rq, strs *out)
{
    struct rows rows;
    TRY(sector_list(rq, rq->today, &rows));
    return names_of(rq, &rows, out);
}

static err committees(struct rq *rq, strs *out)
{
    struct rows rows;
    TRY(committee_list(rq, rq->today, &rows));
    return names_of(rq, &rows, out);
}

static err terms(struct rq *rq, strs *out)
{
    struct rows rows;
    i64 last = 0;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].term_number != last)
            strs_add(rq->mem, out, arena_printf(rq->mem, "%lld", (long long)all[i].term_number));
        last = all[i].term_number;
    }
    return OK;
}

static const struct list_column COLUMNS[] = {
    { FIELD(struct member_row, id), LIST_NUMBER, .sql = "m.id", .hidden = true, .filter = true },
    { FIELD(struct member_row, person_id), LIST_NUMBER, .sql = "m.person_id", .hidden = true },
    { FIELD(struct member_row, name), LIST_TEXT, .sql = "p.name" },
    { FIELD(struct member_row, strokes), LIST_TEXT, .sql = "p.strokes", .sort = true,
      .hidden = true },
    { FIELD(struct member_row, code), LIST_TEXT, .sql = "m.code", .sort = true },
    { FIELD(struct member_row, sector), LIST_TEXT, .sql = "COALESCE(c.name, '')", .filter = true,
      .values = sectors },
    { FIELD(struct member_row, committee), LIST_TEXT,
      .sql = "COALESCE((SELECT n.name FROM tenures u JOIN committees n ON n.org_id = u.org_id "
             "AND n.id = u.body_id WHERE u.org_id = m.org_id AND u.person_id = m.person_id "
             "AND u.body = 'committee' AND u.to_on = 0 ORDER BY u.from_on, u.id LIMIT 1), '')",
      .filter = true, .values = committees,
      .many = "EXISTS (SELECT n.id FROM tenures u JOIN committees n ON n.org_id = u.org_id "
              "AND n.id = u.body_id WHERE u.org_id = m.org_id AND u.person_id = m.person_id "
              "AND u.body = 'committee' AND u.to_on = 0 AND n.name" },
    { FIELD(struct member_row, employer), LIST_TEXT, .sql = "p.employer" },
    { FIELD(struct member_row, job), LIST_TEXT, .sql = "p.job" },
    { FIELD(struct member_row, status), LIST_CODE, .sql = "COALESCE(s.status, '')", .filter = true,
      .states = "states.members", .choices = "serving suspended left nominee candidate" },
    { FIELD(struct member_row, term), LIST_NUMBER, .sql = "COALESCE(t.number, 0)", .filter = true,
      .hidden = true, .values = terms,
      .many =
          "EXISTS (SELECT a.id FROM seats a JOIN terms b ON b.org_id = a.org_id "
          "AND b.id = a.term_id WHERE a.org_id = m.org_id AND a.member_id = m.id AND b.number" },
    { FIELD(struct member_row, gender), LIST_CODE, .sql = "p.gender", .hidden = true,
      .filter = true, .states = "members.gender", .choices = "male female" },
    { FIELD(struct member_row, party), LIST_CODE, .sql = "p.party", .hidden = true, .filter = true,
      .dictionary = "members.parties" },
    { FIELD(struct member_row, from_on), LIST_DAY, .sql = "COALESCE(s.from_on, 0)",
      .hidden = true },
    { FIELD(struct member_row, to_on), LIST_DAY, .sql = "COALESCE(s.to_on, 0)", .hidden = true },
    { FIELD(struct member_row, account), LIST_BOOL,
      .sql = "CASE WHEN EXISTS (SELECT k.id FROM accounts k WHERE k.org_id = m.org_id "
             "AND k.person_id = m.person_id) THEN 1 ELSE 0 END",
      .hidden = true, .filter = true, .may = "members.manage" },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_SELF, .sql = "" },
    { SCOPE_COMMITTEE, .sql = "" },
    { 0 },
};

err member_list_may(const struct rq *rq)
{
    return actor_scope(rq->actor, "members.read") == SCOPE_AGENCY
               ? err_make(ERR_FORBIDDEN, "list.forbidden")
               : OK;
}

const struct list MEMBER_LIST = {
    .name = "members",
    .may = "members.read",
    .from = "members m JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id "
            "LEFT JOIN seats s ON s.org_id = m.org_id AND s.member_id = m.id AND s.id = "
            "(SELECT l.id FROM seats l WHERE l.org_id = m.org_id AND l.member_id = m.id "
            "ORDER BY l.from_on DESC, l.id DESC LIMIT 1) "
            "LEFT JOIN terms t ON t.org_id = s.org_id AND t.id = s.term_id "
            "LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = s.sector_id",
    .where = "m.org_id = :org",
    .key = "m.id",
    .sort = "code",
    .search = "members",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .row_size = sizeof(struct member_row),
};
