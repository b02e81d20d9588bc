/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of pledges, and the declared list: columns, and who sees which rows. A member his own,
 * who organises a committee those of its members, the office all. */
#include "modules/pledges/pledge.h"

#define COLUMNS_OF_ALL                                                                           \
    "id, member_id, person_id, year, from_on, due_on, edition, signed_at, amended_at, version, " \
    "standing, told, state, name, sector FROM pledges"

static const struct field PLEDGE_ROW[] = {
    FIELD(struct pledge, id),         FIELD(struct pledge, member_id),
    FIELD(struct pledge, person_id),  FIELD(struct pledge, year),
    FIELD(struct pledge, from_on),    FIELD(struct pledge, due_on),
    FIELD(struct pledge, edition),    FIELD(struct pledge, signed_at),
    FIELD(struct pledge, amended_at), FIELD(struct pledge, version),
    FIELD(struct pledge, standing),   FIELD(struct pledge, told),
    FIELD(struct pledge, state),      FIELD(struct pledge, name),
    FIELD(struct pledge, sector),     { 0 },
};

err pledge_store_add(struct db *db, const struct pledge *p, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO pledges (org_id, state, member_id, person_id, name, sector, year, "
            "standing, from_on, due_on) VALUES (:org, :state, :member_id, :person_id, :name, "
            ":sector, :year, :standing, :from_on, :due_on) RETURNING id",
            P(p->state), P(p->member_id), P(p->person_id), P(p->name), P(p->sector), P(p->year),
            P(p->standing), P(p->from_on), P(p->due_on)),
        id);
}

err pledge_store_update(struct db *db, const struct pledge *p)
{
    return db_update(
        db,
        SQL("UPDATE pledges SET state = :state, edition = :edition, signed_at = :signed_at, "
            "amended_at = :amended_at, name = :name, sector = :sector, standing = :standing, "
            "from_on = :from_on, due_on = :due_on, told = :told, version = version + 1 WHERE "
            "org_id = :org AND id = :id AND version = :version",
            P(p->state), P(p->edition), P(p->signed_at), P(p->amended_at), P(p->name), P(p->sector),
            P(p->standing), P(p->from_on), P(p->due_on), P(p->told), P(p->id), P(p->version)));
}

err pledge_store_find(struct db *db, i64 id, struct arena *mem, struct pledge *out)
{
    err e = db_one(db, SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND id = :id", P(id)),
                   PLEDGE_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "pledges.not_found") : e;
}

err pledge_store_find_of(struct db *db, i64 member_id, i64 year, struct arena *mem,
                         struct pledge *out)
{
    *out = (struct pledge){ 0 };
    err e = db_one(db,
                   SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND member_id = :member_id "
                       "AND year = :year",
                       P(member_id), P(year)),
                   PLEDGE_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err pledge_store_tell(struct db *db, struct pledge *p)
{
    TRY(db_update(db, SQL("UPDATE pledges SET told = 1, version = version + 1 WHERE org_id = :org "
                          "AND id = :id AND version = :version",
                          P(p->id), P(p->version))));
    p->version++;
    return OK;
}

err pledge_store_list_untold(struct db *db, i64 on, i64 limit, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct pledge);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND told = 0 AND from_on <= "
                       ":on AND state = 'asked' ORDER BY from_on, id LIMIT :limit",
                       P(on), P(limit)),
                   PLEDGE_ROW, mem, out);
}

err pledge_store_list_past(struct db *db, i64 before_year, i64 limit, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct pledge);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND year < :before_year AND "
                       "state = 'asked' ORDER BY id LIMIT :limit",
                       P(before_year), P(limit)),
                   PLEDGE_ROW, mem, out);
}

err pledge_store_list_open(struct db *db, i64 year, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct pledge);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND year = :year AND state = "
                       "'asked' AND from_on <= :on ORDER BY id LIMIT 10000",
                       P(year), P(on)),
                   PLEDGE_ROW, mem, out);
}

static const struct field ID_ROW[] = { { .name = "id", .type = FIELD_I64 }, { 0 } };

err pledge_store_list_members(struct db *db, i64 year, struct arena *mem, struct rows *out)
{
    out->size = sizeof(i64);
    return db_list(db,
                   SQL("SELECT member_id AS id FROM pledges WHERE org_id = :org AND year = :year "
                       "AND state <> 'lapsed' ORDER BY member_id LIMIT 100000",
                       P(year)),
                   ID_ROW, mem, out);
}

err pledge_store_count(struct db *db, i64 year, str state, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM pledges WHERE org_id = :org AND year = :year AND state "
                      "= :state",
                      P(year), P(state)),
                  out);
}

/* ---- editions ---- */

err pledge_edition_store_add(struct db *db, i64 pledge_id, const struct pledge_edition *e)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO pledge_editions (org_id, pledge_id, edition, signed_at, "
                         "reason) VALUES (:org, :pledge_id, :edition, :signed_at, :reason) "
                         "RETURNING id",
                         P(pledge_id), P(e->edition), P(e->signed_at), P(e->reason)),
                     &id);
}

static const struct field EDITION_ROW[] = {
    FIELD(struct pledge_edition, edition),
    FIELD(struct pledge_edition, signed_at),
    FIELD(struct pledge_edition, reason),
    { 0 },
};

err pledge_edition_store_list(struct db *db, i64 pledge_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct pledge_edition);
    return db_list(db,
                   SQL("SELECT edition, signed_at, reason FROM pledge_editions WHERE org_id = :org "
                       "AND pledge_id = :pledge_id ORDER BY edition DESC LIMIT 100",
                       P(pledge_id)),
                   EDITION_ROW, mem, out);
}

err pledge_line_store_add(struct db *db, i64 pledge_id, const struct pledge_line *line)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO pledge_lines (org_id, pledge_id, edition, code, label, text, "
                         "need) VALUES (:org, :pledge_id, :edition, :code, :label, :text, :need) "
                         "RETURNING id",
                         P(pledge_id), P(line->edition), P(line->code), P(line->label),
                         P(line->text), P(line->need)),
                     &id);
}

static const struct field LINE_ROW[] = {
    FIELD(struct pledge_line, edition), FIELD(struct pledge_line, need),
    FIELD(struct pledge_line, code),    FIELD(struct pledge_line, label),
    FIELD(struct pledge_line, text),    { 0 },
};

err pledge_line_store_list(struct db *db, i64 pledge_id, i64 edition, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct pledge_line);
    return db_list(db,
                   SQL("SELECT edition, need, code, label, text FROM pledge_lines WHERE org_id = "
                       ":org AND pledge_id = :pledge_id AND edition = :edition ORDER BY id LIMIT "
                       "100",
                       P(pledge_id), P(edition)),
                   LINE_ROW, mem, out);
}

err pledge_line_store_remove_draft(struct db *db, i64 pledge_id)
{
    return db_run(db,
                  SQL("DELETE FROM pledge_lines WHERE org_id = :org AND pledge_id = :pledge_id AND "
                      "edition = 0",
                      P(pledge_id)),
                  NULL);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct pledge, name), LIST_TEXT, .sql = "p.name", .filter = true },
    { FIELD(struct pledge, sector), LIST_TEXT, .sql = "p.sector", .filter = true },
    { FIELD(struct pledge, year), LIST_NUMBER, .sql = "p.year", .filter = true, .sort = true },
    { FIELD(struct pledge, state), LIST_CODE, .sql = "p.state", .filter = true,
      .states = "states.pledges", .choices = "asked signed lapsed" },
    { FIELD(struct pledge, standing), LIST_BOOL, .sql = "p.standing", .filter = true,
      .tone = "info" },
    { FIELD(struct pledge, due_on), LIST_DAY, .sql = "p.due_on" },
    { FIELD(struct pledge, signed_at), LIST_TIME, .sql = "NULLIF(p.signed_at, 0)" },
    { FIELD(struct pledge, amended_at), LIST_TIME, .sql = "NULLIF(p.amended_at, 0)",
      .hidden = true },
    { FIELD(struct pledge, edition), LIST_NUMBER, .sql = "p.edition", .hidden = true },
    { FIELD(struct pledge, from_on), LIST_DAY, .sql = "p.from_on", .hidden = true },
    { FIELD(struct pledge, id), LIST_NUMBER, .sql = "p.id", .hidden = true },
    { FIELD(struct pledge, member_id), LIST_NUMBER, .sql = "p.member_id", .hidden = true },
    { FIELD(struct pledge, person_id), LIST_NUMBER, .sql = "p.person_id", .one = true },
    { FIELD(struct pledge, told), LIST_BOOL, .sql = "p.told", .one = true },
    { FIELD(struct pledge, version), LIST_NUMBER, .sql = "p.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_COMMITTEE,
      .sql = "(p.member_id = :actor_member OR p.member_id IN (SELECT m.id FROM members m JOIN "
             "tenures t ON t.org_id = m.org_id AND t.person_id = m.person_id AND t.body = "
             "'committee' AND t.to_on = 0 AND t.body_id IN (:actor_committee1, :actor_committee2, "
             ":actor_committee3, :actor_committee4) WHERE m.org_id = p.org_id))" },
    { SCOPE_SELF, .sql = "p.member_id = :actor_member AND :actor_member > 0" },
    { 0 },
};

const struct list PLEDGE_LIST = {
    .name = "pledges",
    .may = "pledges.read",
    .from = "pledges p",
    .where = "p.org_id = :org",
    .key = "p.id",
    .sort = "-year",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "pledges.not_found",
    .row_size = sizeof(struct pledge),
};
