/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of departures, and the declared list: columns, and who sees which rows. */
#include "modules/departures/departure.h"

#define COLUMNS_OF_ALL                                                                         \
    "id, member_id, person_id, begun_at, on_on, answered_on, closed_at, version, state, act, " \
    "name, words, organ, document, reason, answer_organ, answer_document, note, closer_name "  \
    "FROM departures"

static const struct field DEPARTURE_ROW[] = {
    FIELD(struct departure, id),
    FIELD(struct departure, member_id),
    FIELD(struct departure, person_id),
    FIELD(struct departure, begun_at),
    FIELD(struct departure, on_on),
    FIELD(struct departure, answered_on),
    FIELD(struct departure, closed_at),
    FIELD(struct departure, version),
    FIELD(struct departure, state),
    FIELD(struct departure, act),
    FIELD(struct departure, name),
    FIELD(struct departure, words),
    FIELD(struct departure, organ),
    FIELD(struct departure, document),
    FIELD(struct departure, reason),
    FIELD(struct departure, answer_organ),
    FIELD(struct departure, answer_document),
    FIELD(struct departure, note),
    FIELD(struct departure, closer_name),
    { 0 },
};

err departure_store_add(struct db *db, const struct departure *d, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO departures (org_id, member_id, person_id, state, act, name, words, "
            "begun_at, on_on, organ, document, reason) VALUES (:org, :member_id, :person_id, "
            ":state, :act, :name, :words, :begun_at, :on_on, :organ, :document, :reason) "
            "RETURNING id",
            P(d->member_id), P(d->person_id), P(d->state), P(d->act), P(d->name), P(d->words),
            P(d->begun_at), P(d->on_on), P(d->organ), P(d->document), P(d->reason)),
        id);
}

err departure_store_find(struct db *db, i64 id, struct arena *mem, struct departure *out)
{
    err e = db_one(db, SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND id = :id", P(id)),
                   DEPARTURE_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "departures.not_found") : e;
}

err departure_store_update(struct db *db, const struct departure *d)
{
    return db_update(
        db, SQL("UPDATE departures SET state = :state, act = :act, on_on = :on_on, organ = :organ, "
                "document = :document, reason = :reason, answered_on = :answered_on, answer_organ "
                "= :answer_organ, answer_document = :answer_document, note = :note, closed_at = "
                ":closed_at, closer_name = :closer_name, version = version + 1 WHERE org_id = :org "
                "AND id = :id AND version = :version",
                P(d->state), P(d->act), P(d->on_on), P(d->organ), P(d->document), P(d->reason),
                P(d->answered_on), P(d->answer_organ), P(d->answer_document), P(d->note),
                P(d->closed_at), P(d->closer_name), P(d->id), P(d->version)));
}

err departure_store_find_in(struct db *db, i64 member_id, str state, struct arena *mem,
                            struct departure *out)
{
    *out = (struct departure){ 0 };
    err e = db_one(db,
                   SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND member_id = :member_id "
                       "AND state = :state ORDER BY id DESC LIMIT 1",
                       P(member_id), P(state)),
                   DEPARTURE_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static const struct field HAND_ROW[] = {
    FIELD(struct departure_hand, source_id), FIELD(struct departure_hand, others),
    FIELD(struct departure_hand, kind),      FIELD(struct departure_hand, state),
    FIELD(struct departure_hand, title),     { 0 }
};

err departure_store_list_hands(struct db *db, i64 person_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct departure_hand);
    return db_list(db,
                   SQL("SELECT source_id, others, kind, state, title FROM departure_hands WHERE "
                       "org_id = :org AND person_id = :person_id ORDER BY kind DESC, source_id "
                       "LIMIT 200",
                       P(person_id)),
                   HAND_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct departure, name), LIST_TEXT, .sql = "d.name" },
    { FIELD(struct departure, act), LIST_CODE, .sql = "d.act", .filter = true,
      .states = "members.act", .choices = "resign compel advise remove revoke decease" },
    { FIELD(struct departure, state), LIST_CODE, .sql = "d.state", .filter = true,
      .states = "states.departures",
      .choices = "asked withdrawn declined unratified annulled left closed" },
    { FIELD(struct departure, on_on), LIST_DAY, .sql = "d.on_on" },
    { FIELD(struct departure, organ), LIST_TEXT, .sql = "d.organ" },
    { FIELD(struct departure, begun_at), LIST_TIME, .sql = "d.begun_at", .filter = true,
      .sort = true },
    { FIELD(struct departure, id), LIST_NUMBER, .sql = "d.id", .hidden = true },
    { FIELD(struct departure, member_id), LIST_NUMBER, .sql = "d.member_id", .hidden = true },
    { FIELD(struct departure, person_id), LIST_NUMBER, .sql = "d.person_id", .one = true },
    { FIELD(struct departure, words), LIST_TEXT, .sql = "d.words", .one = true },
    { FIELD(struct departure, document), LIST_TEXT, .sql = "d.document", .one = true },
    { FIELD(struct departure, reason), LIST_TEXT, .sql = "d.reason", .one = true },
    { FIELD(struct departure, answered_on), LIST_DAY, .sql = "d.answered_on", .one = true },
    { FIELD(struct departure, answer_organ), LIST_TEXT, .sql = "d.answer_organ", .one = true },
    { FIELD(struct departure, answer_document), LIST_TEXT, .sql = "d.answer_document",
      .one = true },
    { FIELD(struct departure, note), LIST_TEXT, .sql = "d.note", .one = true },
    { FIELD(struct departure, closed_at), LIST_TIME, .sql = "d.closed_at", .one = true },
    { FIELD(struct departure, closer_name), LIST_TEXT, .sql = "d.closer_name", .one = true },
    { FIELD(struct departure, version), LIST_NUMBER, .sql = "d.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .sql = "" },
    { .sql = "d.person_id = NULLIF(:actor_person, 0)" },
    { 0 },
};

const struct list DEPARTURE_LIST = {
    .name = "departures",
    .may = "departures.read",
    .from = "departures d",
    .where = "d.org_id = :org",
    .key = "d.id",
    .sort = "-begun_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "departures.not_found",
    .row_size = sizeof(struct departure),
};
