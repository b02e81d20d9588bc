/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of renewals, and the declared list. */
#include "modules/renewals/renewal.h"

#define COLUMNS_OF_ALL                                                                             \
    "id, term_number, opened_on, closed_on, decided_on, carried_at, stayed, came, gone, version, " \
    "state, organ, document, note FROM renewals "

static const struct field RENEWAL_ROW[] = {
    FIELD(struct renewal, id),
    FIELD(struct renewal, term_number),
    FIELD(struct renewal, opened_on),
    FIELD(struct renewal, closed_on),
    FIELD(struct renewal, decided_on),
    FIELD(struct renewal, carried_at),
    FIELD(struct renewal, stayed),
    FIELD(struct renewal, came),
    FIELD(struct renewal, gone),
    FIELD(struct renewal, version),
    FIELD(struct renewal, state),
    FIELD(struct renewal, organ),
    FIELD(struct renewal, document),
    FIELD(struct renewal, note),
    { 0 },
};

err renewal_store_add(struct db *db, const struct renewal *r, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO renewals (org_id, state, term_number, opened_on, closed_on, "
                         "decided_on, organ, document) VALUES (:org, :state, :term_number, "
                         ":opened_on, :closed_on, :decided_on, :organ, :document) RETURNING id",
                         P(r->state), P(r->term_number), P(r->opened_on), P(r->closed_on),
                         P(r->decided_on), P(r->organ), P(r->document)),
                     id);
}

err renewal_store_find(struct db *db, i64 id, struct arena *mem, struct renewal *out)
{
    err e = db_one(db, SQL("SELECT " COLUMNS_OF_ALL "WHERE org_id = :org AND id = :id", P(id)),
                   RENEWAL_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "renewals.not_found") : e;
}

err renewal_store_update(struct db *db, const struct renewal *r)
{
    return db_update(
        db, SQL("UPDATE renewals SET state = :state, term_number = :term_number, opened_on = "
                ":opened_on, closed_on = :closed_on, decided_on = :decided_on, organ = :organ, "
                "document = :document, carried_at = :carried_at, stayed = :stayed, came = :came, "
                "gone = :gone, note = :note, version = version + 1 WHERE org_id = :org AND id = "
                ":id AND version = :version",
                P(r->state), P(r->term_number), P(r->opened_on), P(r->closed_on), P(r->decided_on),
                P(r->organ), P(r->document), P(r->carried_at), P(r->stayed), P(r->came), P(r->gone),
                P(r->note), P(r->id), P(r->version)));
}

err renewal_store_find_ready(struct db *db, i64 opened_on, struct arena *mem, struct renewal *out)
{
    *out = (struct renewal){ 0 };
    err e = db_one(db,
                   SQL("SELECT " COLUMNS_OF_ALL
                       "WHERE org_id = :org AND state = 'ready' AND opened_on = "
                       ":opened_on ORDER BY id LIMIT 1",
                       P(opened_on)),
                   RENEWAL_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

/* ---- people ---- */

static const struct field PERSON_ROW[] = {
    FIELD(struct renewal_person, member_id),   FIELD(struct renewal_person, person_id),
    FIELD(struct renewal_person, sector_id),   FIELD(struct renewal_person, nomination_id),
    FIELD(struct renewal_person, kept),        FIELD(struct renewal_person, ended),
    FIELD(struct renewal_person, hands),       FIELD(struct renewal_person, birth_on),
    FIELD(struct renewal_person, terms),       FIELD(struct renewal_person, name),
    FIELD(struct renewal_person, sector),      FIELD(struct renewal_person, status),
    FIELD(struct renewal_person, gender),      FIELD(struct renewal_person, ethnic),
    FIELD(struct renewal_person, party),       FIELD(struct renewal_person, employer),
    FIELD(struct renewal_person, job),         FIELD(struct renewal_person, seat_sector_id),
    FIELD(struct renewal_person, seat_sector), { 0 },
};

/* n.id + 0: else SQLite walks all nominations by number for the least one of each member. hands are
 * counted once for all: of each alone it would walk all proposals. */
err renewal_store_list_people(struct db *db, const struct renewal *r, struct arena *mem,
                              struct rows *out)
{
    i64 last_on = r->opened_on - 1;
    out->size = sizeof(struct renewal_person);
    return db_list(
        db,
        SQL("SELECT q.member_id, q.person_id, COALESCE(q.sector_id, 0) AS sector_id, "
            "COALESCE(q.seat_sector_id, 0) AS seat_sector_id, q.seat_sector, q.nomination_id, "
            "q.kept, q.ended, q.name, q.sector, q.status, q.birth_on, q.gender, q.ethnic, "
            "q.party, q.employer, q.job, (SELECT COUNT(DISTINCT x.term_id) FROM seats x "
            "WHERE x.org_id = :org AND x.member_id = q.member_id) AS terms, "
            "COALESCE(h.hands, 0) AS hands "
            "FROM (SELECT m.id AS member_id, m.person_id, "
            "COALESCE(k.sector_id, s.sector_id) AS sector_id, s.sector_id AS seat_sector_id, "
            "p.name, s.status, p.birth_on, p.gender, p.ethnic, p.party, p.employer, p.job, "
            "COALESCE((SELECT "
            "MIN(n.id + 0) FROM nominations n WHERE n.org_id = m.org_id AND n.member_id = m.id AND "
            "n.term_number = :term_number AND n.state IN ('appointed', 'certified')), 0) AS "
            "nomination_id, CASE WHEN k.id IS NULL THEN 0 ELSE 1 END AS kept, "
            "CASE WHEN s.status = 'left' AND s.to_on = :last_on AND EXISTS (SELECT h.id FROM "
            "changes h WHERE h.org_id = s.org_id AND h.seat_id = s.id AND h.act = 'expire') THEN 1 "
            "ELSE 0 END AS ended, COALESCE(c.name, '') AS sector, "
            "COALESCE(o.name, '') AS seat_sector, COALESCE(o.position, 0) AS place FROM members m "
            "JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id "
            "JOIN seats s ON s.org_id = m.org_id AND s.member_id = m.id AND s.id = (SELECT l.id "
            "FROM seats l WHERE l.org_id = m.org_id AND l.member_id = m.id ORDER BY l.from_on "
            "DESC, l.id DESC LIMIT 1) "
            "LEFT JOIN renewal_places k ON k.org_id = m.org_id AND k.member_id = m.id AND "
            "k.renewal_id = :id LEFT JOIN sectors c ON c.org_id = m.org_id AND c.id = "
            "COALESCE(k.sector_id, s.sector_id) LEFT JOIN sectors o ON o.org_id = m.org_id AND "
            "o.id = s.sector_id WHERE m.org_id = :org) AS q LEFT JOIN (SELECT "
            "d.person_id, COUNT(*) AS hands FROM departure_hands d WHERE d.org_id = :org GROUP BY "
            "d.person_id) AS h ON h.person_id = q.person_id WHERE q.status IN "
            "('serving', 'suspended') OR q.ended = 1 OR q.kept = 1 "
            "ORDER BY q.place, q.seat_sector_id, q.member_id LIMIT 5001",
            P(r->term_number), P(last_on), P(r->id)),
        PERSON_ROW, mem, out);
}

err renewal_place_store_add(struct db *db, i64 renewal_id, i64 member_id, i64 sector_id)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO renewal_places (org_id, renewal_id, member_id, sector_id) "
                         "VALUES (:org, :renewal_id, :member_id, :sector_id) RETURNING id",
                         P(renewal_id), P(member_id), P(sector_id)),
                     &id);
}

err renewal_place_store_remove(struct db *db, i64 renewal_id, i64 member_id)
{
    return db_run(db,
                  SQL("DELETE FROM renewal_places WHERE org_id = :org AND renewal_id = :renewal_id "
                      "AND member_id = :member_id",
                      P(renewal_id), P(member_id)),
                  NULL);
}

err renewal_place_store_update(struct db *db, i64 renewal_id, i64 member_id, i64 sector_id)
{
    return db_run(db,
                  SQL("UPDATE renewal_places SET sector_id = :sector_id WHERE org_id = :org AND "
                      "renewal_id = :renewal_id AND member_id = :member_id",
                      P(renewal_id), P(member_id), P(sector_id)),
                  NULL);
}

static const struct field COUNTS_ROW[] = { FIELD(struct renewal_counts, seated),
                                           FIELD(struct renewal_counts, leaving),
                                           FIELD(struct renewal_counts, posts),
                                           { 0 } };

err renewal_store_count(struct db *db, i64 term_number, struct arena *mem,
                        struct renewal_counts *out)
{
    return db_one(
        db,
        SQL("SELECT (SELECT COUNT(*) FROM seats s JOIN terms t ON t.org_id = s.org_id AND t.id = "
            "s.term_id WHERE s.org_id = :org AND t.number = :term_number) AS seated, (SELECT "
            "COUNT(*) FROM departures d WHERE d.org_id = :org AND d.state IN ('asked', "
            "'unratified')) AS leaving, (SELECT COUNT(*) FROM tenures e JOIN members m ON m.org_id "
            "= e.org_id AND m.person_id = e.person_id WHERE e.org_id = :org AND e.to_on = 0 AND "
            "e.body IN ('cppcc', 'committee', 'sector')) AS posts",
            P(term_number)),
        COUNTS_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct renewal, term_number), LIST_NUMBER, .sql = "r.term_number", .filter = true },
    { FIELD(struct renewal, state), LIST_CODE, .sql = "r.state", .filter = true,
      .states = "states.renewals", .choices = "draft ready carried closed dropped" },
    { FIELD(struct renewal, opened_on), LIST_DAY, .sql = "r.opened_on", .filter = true,
      .sort = true },
    { FIELD(struct renewal, stayed), LIST_NUMBER, .sql = "r.stayed" },
    { FIELD(struct renewal, came), LIST_NUMBER, .sql = "r.came" },
    { FIELD(struct renewal, gone), LIST_NUMBER, .sql = "r.gone" },
    { FIELD(struct renewal, id), LIST_NUMBER, .sql = "r.id", .hidden = true },
    { FIELD(struct renewal, closed_on), LIST_DAY, .sql = "r.closed_on", .one = true },
    { FIELD(struct renewal, organ), LIST_TEXT, .sql = "r.organ", .one = true },
    { FIELD(struct renewal, document), LIST_TEXT, .sql = "r.document", .one = true },
    { FIELD(struct renewal, decided_on), LIST_DAY, .sql = "NULLIF(r.decided_on, 0)", .one = true },
    { FIELD(struct renewal, carried_at), LIST_TIME, .sql = "NULLIF(r.carried_at, 0)", .one = true },
    { FIELD(struct renewal, note), LIST_TEXT, .sql = "r.note", .one = true },
    { FIELD(struct renewal, version), LIST_NUMBER, .sql = "r.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = { { SCOPE_ORG, .sql = "" }, { 0 } };

const struct list RENEWAL_LIST = {
    .name = "renewals",
    .may = "renewals.read",
    .from = "renewals r",
    .where = "r.org_id = :org",
    .key = "r.id",
    .sort = "-opened_on",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "renewals.not_found",
    .row_size = sizeof(struct renewal),
};
