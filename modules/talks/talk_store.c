/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of talks, and the declared list: columns, and who sees which rows. */
#include "modules/talks/talk_rules.h"

#define COLUMNS_OF_ALL                                                                     \
    "id, member_id, person_id, decided_on, leader_id, asked_at, due_on, held_on, "         \
    "answered_at, outcome_on, next_id, ended_at, version, state, kind, ground, name, "     \
    "words, asker, organ, document, leader_name, talkers, record, answer, outcome_organ, " \
    "outcome_document, note FROM talks"

static const struct field TALK_ROW[] = {
    FIELD(struct talk, id),
    FIELD(struct talk, member_id),
    FIELD(struct talk, person_id),
    FIELD(struct talk, decided_on),
    FIELD(struct talk, leader_id),
    FIELD(struct talk, asked_at),
    FIELD(struct talk, due_on),
    FIELD(struct talk, held_on),
    FIELD(struct talk, answered_at),
    FIELD(struct talk, outcome_on),
    FIELD(struct talk, next_id),
    FIELD(struct talk, ended_at),
    FIELD(struct talk, version),
    FIELD(struct talk, state),
    FIELD(struct talk, kind),
    FIELD(struct talk, ground),
    FIELD(struct talk, name),
    FIELD(struct talk, words),
    FIELD(struct talk, asker),
    FIELD(struct talk, organ),
    FIELD(struct talk, document),
    FIELD(struct talk, leader_name),
    FIELD(struct talk, talkers),
    FIELD(struct talk, record),
    FIELD(struct talk, answer),
    FIELD(struct talk, outcome_organ),
    FIELD(struct talk, outcome_document),
    FIELD(struct talk, note),
    { 0 },
};

err talk_store_add(struct db *db, const struct talk *t, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO talks (org_id, member_id, person_id, state, kind, ground, name, words, "
            "asker, organ, decided_on, document, leader_id, leader_name, asked_at, due_on) VALUES "
            "(:org, :member_id, :person_id, :state, :kind, :ground, :name, :words, :asker, :organ, "
            ":decided_on, :document, :leader_id, :leader_name, :asked_at, :due_on) RETURNING id",
            P(t->member_id), P(t->person_id), P(t->state), P(t->kind), P(t->ground), P(t->name),
            P(t->words), P(t->asker), P(t->organ), P(t->decided_on), P(t->document),
            P(t->leader_id), P(t->leader_name), P(t->asked_at), P(t->due_on)),
        id);
}

err talk_store_find(struct db *db, i64 id, struct arena *mem, struct talk *out)
{
    err e = db_one(db, SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND id = :id", P(id)),
                   TALK_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "talks.not_found") : e;
}

err talk_store_update(struct db *db, const struct talk *t)
{
    return db_update(
        db,
        SQL("UPDATE talks SET state = :state, held_on = :held_on, talkers = :talkers, record = "
            ":record, answer = :answer, answered_at = :answered_at, outcome_on = :outcome_on, "
            "outcome_organ = :outcome_organ, outcome_document = :outcome_document, note = :note, "
            "next_id = :next_id, ended_at = :ended_at, version = version + 1 WHERE org_id = :org "
            "AND id = :id AND version = :version",
            P(t->state), P(t->held_on), P(t->talkers), P(t->record), P(t->answer),
            P(t->answered_at), P(t->outcome_on), P(t->outcome_organ), P(t->outcome_document),
            P(t->note), P(t->next_id), P(t->ended_at), P(t->id), P(t->version)));
}

err talk_store_list_open(struct db *db, i64 member_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct talk);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND member_id = :member_id "
                       "AND state IN ('asked', 'held') AND outcome_on = 0 ORDER BY id LIMIT 100",
                       P(member_id)),
                   TALK_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct talk, name), LIST_TEXT, .sql = "t.name", .filter = true },
    { FIELD(struct talk, kind), LIST_CODE, .sql = "t.kind", .filter = true,
      .states = "choices.kind", .choices = "caution interview inquiry" },
    { FIELD(struct talk, ground), LIST_CODE, .sql = "t.ground", .filter = true,
      .states = "choices.ground", .choices = "grade absence conduct other" },
    { FIELD(struct talk, state), LIST_CODE, .sql = "t.state", .filter = true,
      .states = "states.talks",
      .choices = "asked held corrected raised compelled revoked dropped ended" },
    { FIELD(struct talk, due_on), LIST_DAY, .sql = "t.due_on", .sort = true },
    { FIELD(struct talk, held_on), LIST_DAY, .sql = "t.held_on" },
    { FIELD(struct talk, asked_at), LIST_TIME, .sql = "t.asked_at", .filter = true, .sort = true },
    { FIELD(struct talk, id), LIST_NUMBER, .sql = "t.id", .hidden = true },
    { FIELD(struct talk, member_id), LIST_NUMBER, .sql = "t.member_id", .hidden = true },
    { FIELD(struct talk, words), LIST_TEXT, .sql = "t.words", .one = true },
    { FIELD(struct talk, asker), LIST_TEXT, .sql = "t.asker", .one = true },
    { FIELD(struct talk, organ), LIST_TEXT, .sql = "t.organ", .one = true },
    { FIELD(struct talk, decided_on), LIST_DAY, .sql = "t.decided_on", .one = true },
    { FIELD(struct talk, document), LIST_TEXT, .sql = "t.document", .one = true },
    { FIELD(struct talk, leader_name), LIST_TEXT, .sql = "t.leader_name", .one = true },
    { FIELD(struct talk, talkers), LIST_TEXT, .sql = "t.talkers", .one = true },
    { FIELD(struct talk, outcome_on), LIST_DAY, .sql = "t.outcome_on", .one = true },
    { FIELD(struct talk, outcome_organ), LIST_TEXT, .sql = "t.outcome_organ", .one = true },
    { FIELD(struct talk, outcome_document), LIST_TEXT, .sql = "t.outcome_document", .one = true },
    { FIELD(struct talk, note), LIST_TEXT, .sql = "t.note", .one = true },
    { FIELD(struct talk, next_id), LIST_NUMBER, .sql = "t.next_id", .one = true },
    { FIELD(struct talk, version), LIST_NUMBER, .sql = "t.version", .one = true },
    { .field = { 0 } },
};

/* Who manages talks sees all; of the leaders who is named in it; everybody his own. */
static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, "talks.manage", "" },
    { .sql = "t.leader_id = NULLIF(:actor_author, 0) OR t.person_id = NULLIF(:actor_person, 0)" },
    { 0 },
};

const struct list TALK_LIST = {
    .name = "talks",
    .may = "talks.read",
    .from = "talks t",
    .where = "t.org_id = :org",
    .key = "t.id",
    .sort = "-asked_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "talks.not_found",
    .row_size = sizeof(struct talk),
};
