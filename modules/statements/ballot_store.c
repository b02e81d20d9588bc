/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of ballots on those who reported. */
#include "modules/statements/ballot.h"

err ballot_store_add(struct db *db, const struct ballot *b, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO ballots (org_id, statement_call_id, meeting_id, meeting_title, held_on, "
            "issued, returned, valid, teller_name, second_teller_name, noted_at, noter_name) "
            "VALUES (:org, :statement_call_id, :meeting_id, :meeting_title, :held_on, :issued, "
            ":returned, :valid, :teller_name, :second_teller_name, :noted_at, :noter_name) "
            "RETURNING id",
            P(b->statement_call_id), P(b->meeting_id), P(b->meeting_title), P(b->held_on),
            P(b->issued), P(b->returned), P(b->valid), P(b->teller_name), P(b->second_teller_name),
            P(b->noted_at), P(b->noter_name)),
        id);
}

err ballot_store_update(struct db *db, const struct ballot *b)
{
    return db_update(
        db,
        SQL("UPDATE ballots SET meeting_id = :meeting_id, meeting_title = :meeting_title, held_on "
            "= :held_on, issued = :issued, returned = :returned, valid = :valid, teller_name = "
            ":teller_name, second_teller_name = :second_teller_name, noted_at = :noted_at, "
            "noter_name = :noter_name, version = version + 1 WHERE org_id = :org AND id = :id AND "
            "version = :version",
            P(b->meeting_id), P(b->meeting_title), P(b->held_on), P(b->issued), P(b->returned),
            P(b->valid), P(b->teller_name), P(b->second_teller_name), P(b->noted_at),
            P(b->noter_name), P(b->id), P(b->version)));
}

static const struct field BALLOT_ROW[] = {
    FIELD(struct ballot, id),          FIELD(struct ballot, statement_call_id),
    FIELD(struct ballot, meeting_id),  FIELD(struct ballot, held_on),
    FIELD(struct ballot, issued),      FIELD(struct ballot, returned),
    FIELD(struct ballot, valid),       FIELD(struct ballot, noted_at),
    FIELD(struct ballot, version),     FIELD(struct ballot, meeting_title),
    FIELD(struct ballot, teller_name), FIELD(struct ballot, second_teller_name),
    FIELD(struct ballot, noter_name),  { 0 },
};

err ballot_store_find(struct db *db, i64 call_id, struct arena *mem, struct ballot *out)
{
    return db_one(db,
                  SQL("SELECT id, statement_call_id, meeting_id, held_on, issued, returned, valid, "
                      "noted_at, version, meeting_title, teller_name, second_teller_name, "
                      "noter_name FROM ballots WHERE org_id = :org AND statement_call_id = "
                      ":call_id",
                      P(call_id)),
                  BALLOT_ROW, mem, out);
}

err ballot_store_remove(struct db *db, const struct ballot *b)
{
    return db_update(
        db, SQL("DELETE FROM ballots WHERE org_id = :org AND id = :id AND version = :version",
                P(b->id), P(b->version)));
}

err ballot_store_remove_count(struct db *db, i64 ballot_id, i64 statement_id)
{
    return db_run(
        db,
        SQL("DELETE FROM ballot_counts WHERE org_id = :org AND ballot_id = :ballot_id AND "
            "statement_id = :statement_id",
            P(ballot_id), P(statement_id)),
        NULL);
}

err ballot_store_clear(struct db *db, i64 ballot_id)
{
    return db_run(db,
                  SQL("DELETE FROM ballot_counts WHERE org_id = :org AND ballot_id = :ballot_id",
                      P(ballot_id)),
                  NULL);
}

err ballot_store_add_count(struct db *db, i64 ballot_id, const struct ballot_count *c)
{
    i64 id;
    return db_insert(
        db,
        SQL("INSERT INTO ballot_counts (org_id, ballot_id, statement_id, excellent, competent, "
            "basic, incompetent, abstained) VALUES (:org, :ballot_id, :statement_id, :excellent, "
            ":competent, :basic, :incompetent, :abstained) RETURNING id",
            P(ballot_id), P(c->statement_id), P(c->excellent), P(c->competent), P(c->basic),
            P(c->incompetent), P(c->abstained)),
        &id);
}

static const struct field COUNT_ROW[] = {
    FIELD(struct ballot_count, statement_id),
    FIELD(struct ballot_count, excellent),
    FIELD(struct ballot_count, competent),
    FIELD(struct ballot_count, basic),
    FIELD(struct ballot_count, incompetent),
    FIELD(struct ballot_count, abstained),
    { 0 },
};

err ballot_store_list_counts(struct db *db, i64 ballot_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct ballot_count);
    return db_list(db,
                   SQL("SELECT statement_id, excellent, competent, basic, incompetent, abstained "
                       "FROM ballot_counts WHERE org_id = :org AND ballot_id = :ballot_id ORDER BY "
                       "id LIMIT 1000",
                       P(ballot_id)),
                   COUNT_ROW, mem, out);
}

static const struct field RESULT_ROW[] = {
    FIELD(struct ballot_result, statement_id),
    FIELD(struct ballot_result, held_on),
    FIELD(struct ballot_result, issued),
    FIELD(struct ballot_result, returned),
    FIELD(struct ballot_result, valid),
    FIELD(struct ballot_result, excellent),
    FIELD(struct ballot_result, competent),
    FIELD(struct ballot_result, basic),
    FIELD(struct ballot_result, incompetent),
    FIELD(struct ballot_result, abstained),
    FIELD(struct ballot_result, meeting_title),
    FIELD(struct ballot_result, post),
    { 0 },
};

err ballot_store_list_of(struct db *db, i64 member_id, i64 year, struct arena *mem,
                         struct rows *out)
{
    out->size = sizeof(struct ballot_result);
    return db_list(
        db,
        SQL("SELECT c.statement_id, b.held_on, b.issued, b.returned, b.valid, c.excellent, "
            "c.competent, c.basic, c.incompetent, c.abstained, b.meeting_title, s.post FROM "
            "statements s JOIN ballot_counts c ON c.org_id = s.org_id AND c.statement_id = s.id "
            "JOIN ballots b ON b.org_id = c.org_id AND b.id = c.ballot_id WHERE s.org_id = :org "
            "AND s.member_id = :member_id AND s.year = :year ORDER BY b.held_on, b.id LIMIT 100",
            P(member_id), P(year)),
        RESULT_ROW, mem, out);
}
