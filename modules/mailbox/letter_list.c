/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns of the list of letters. Whoever may read letters reads those of the organisation; units
 * do not: they see what is handed to them, as an assignment. */
#include "modules/mailbox/letter_pages.h"
#include "modules/mailbox/letter_store.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"

static err names_of(struct rq *rq, err (*list)(struct db *, struct arena *, struct rows *),
                    strs *out)
{
    struct rows rows;
    TRY(list(rq->db, rq->mem, &rows));
    const struct letter_name *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        strs_add(rq->mem, out, all[i].name);
    return OK;
}

static err counties(struct rq *rq, strs *out)
{
    return names_of(rq, letter_store_list_counties, out);
}

static err towns(struct rq *rq, strs *out)
{
    return names_of(rq, letter_store_list_towns, out);
}

/* Who answers, where the list is asked for one body's. */
static err agency_word(struct rq *rq, str value, str *out)
{
    struct org org;
    i64 id;
    *out = value;
    if (!str_to_i64(value, &id))
        return OK;
    err e = org_find(rq, id, &org);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    *out = org.name;
    return OK;
}

static const struct list_column COLUMNS[] = {
    { FIELD(struct letter, title), LIST_TEXT, .sql = "l.title" },
    { FIELD(struct letter, state), LIST_CODE, .sql = "l.state", .filter = true,
      .states = "states.letters",
      .choices = "received triaged routed assigned replied evaluated closed" },
    { FIELD(struct letter, kind), LIST_CODE, .sql = "l.kind", .filter = true,
      .states = "letters.kind", .choices = "concern idea complaint praise member_letter" },
    { FIELD(struct letter, category), LIST_CODE, .sql = "l.category", .filter = true,
      .dictionary = "mailbox.categories" },
    { FIELD(struct letter, area_name), LIST_TEXT, .sql = "l.area_name" },
    { FIELD(struct letter, received_at), LIST_TIME, .sql = "l.received_at", .filter = true,
      .sort = true },
    { FIELD(struct letter, via), LIST_CODE, .sql = "l.via", .filter = true, .states = "letters.via",
      .choices = "web phone visit post window import" },
    { FIELD(struct letter, county), LIST_TEXT, .sql = "l.county", .hidden = true, .filter = true,
      .values = counties },
    { FIELD(struct letter, town), LIST_TEXT, .sql = "l.town", .hidden = true, .filter = true,
      .values = towns },
    { FIELD(struct letter, lane), LIST_CODE, .sql = "l.lane", .hidden = true, .filter = true,
      .states = "letters.lane", .choices = "proved unproved staff import" },
    { FIELD(struct letter, verdict), LIST_CODE, .sql = "l.verdict", .hidden = true, .filter = true,
      .states = "letters.verdict", .choices = "solved partly unsolved" },
    { FIELD(struct letter, ended), LIST_CODE, .sql = "l.ended", .hidden = true, .filter = true,
      .states = "letters.ended", .choices = "routed dismissed withdrawn silent solved office" },
    { FIELD(struct letter, round), LIST_NUMBER, .sql = "l.round", .hidden = true, .filter = true },
    { FIELD(struct letter, due_on), LIST_DAY, .sql = "l.due_on", .hidden = true },
    { FIELD(struct letter, replied_at), LIST_TIME, .sql = "l.replied_at", .hidden = true,
      .filter = true },
    { FIELD(struct letter, place), LIST_TEXT, .sql = "l.place", .hidden = true, .filed = true },
    { FIELD(struct letter, point), LIST_TEXT, .sql = "l.point", .hidden = true, .filed = true },
    { FIELD(struct letter, point_by), LIST_CODE, .sql = "l.point_by", .hidden = true, .filed = true,
      .filter = true, .states = "letters.point_by", .choices = "phone typed" },
    { FIELD(struct letter, point_disclosed), LIST_BOOL, .sql = "l.point_disclosed", .hidden = true,
      .filed = true, .filter = true },
    { FIELD(struct letter, year), LIST_NUMBER, .sql = "l.year", .hidden = true, .filter = true },
    { FIELD(struct letter, month), LIST_NUMBER, .sql = "l.month", .hidden = true, .filter = true },
    { FIELD(struct letter, agency_id), LIST_NUMBER, .sql = "l.agency_id", .hidden = true,
      .filter = true, .word = agency_word },
    { FIELD(struct letter, first_agency_id), LIST_NUMBER, .sql = "l.first_agency_id",
      .hidden = true, .filter = true, .word = agency_word },
    { FIELD(struct letter, reason), LIST_CODE, .sql = "l.reason", .hidden = true, .filter = true,
      .dictionary = "mailbox.dismiss_reasons" },
    { FIELD(struct letter, first_answer), LIST_CODE, .sql = "l.first_answer", .hidden = true,
      .filter = true, .states = "letters.first_answer", .choices = "on_time late untimed" },
    { FIELD(struct letter, still), LIST_CODE, .sql = "l.still", .hidden = true, .filter = true,
      .states = "letters.still", .choices = "yes no" },
    { FIELD(struct letter, handed), LIST_BOOL,
      .sql = "CASE WHEN l.assigned_at > 0 THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct letter, overdue), LIST_BOOL,
      .sql =
          "CASE WHEN l.state = 'assigned' AND l.first_answer = '' AND l.due_on > 0 AND l.due_on < "
          ":today THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct letter, judged), LIST_BOOL, .sql = "CASE WHEN l.verdict <> '' THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct letter, reopened), LIST_BOOL, .sql = "CASE WHEN l.round > 1 THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct letter, asked), LIST_BOOL,
      .sql = "CASE WHEN l.asked_again_at > 0 THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct letter, fed), LIST_BOOL, .sql = "CASE WHEN l.fed_at > 0 THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct letter, sorted), LIST_BOOL,
      .sql = "CASE WHEN l.category <> '' THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct letter, placed), LIST_BOOL, .sql = "CASE WHEN l.county <> '' THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct letter, id), LIST_NUMBER, .sql = "l.id", .hidden = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = { { 0 } };

const struct list LETTER_LIST = {
    .name = "letters",
    .may = "letters.read",
    .from = "letters l",
    .where = "l.org_id = :org",
    .key = "l.id",
    .sort = "-received_at",
    .search = "letters",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "letters.not_found",
    .row_size = sizeof(struct letter),
};
