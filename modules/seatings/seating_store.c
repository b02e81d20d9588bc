/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of seatings and places, and the declared list. */
#include "modules/seatings/seating.h"

/* ---- seatings ---- */

err seating_store_add(struct db *db, const struct seating *s, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO seatings (org_id, state, meeting_id, title, rostrum, floor, numbering, "
            "arrangement, run, leaders, scheme_id) VALUES (:org, :state, :meeting_id, :title, "
            ":rostrum, :floor, :numbering, :arrangement, :run, :leaders, :scheme_id) RETURNING id",
            P(s->state), P(s->meeting_id), P(s->title), P(s->rostrum), P(s->floor), P(s->numbering),
            P(s->arrangement), P(s->run), P(s->leaders), P(s->scheme_id)),
        id);
}

err seating_store_update(struct db *db, const struct seating *s)
{
    return db_update(
        db,
        SQL("UPDATE seatings SET state = :state, title = :title, rostrum = :rostrum, floor = "
            ":floor, numbering = :numbering, arrangement = :arrangement, run = :run, leaders = "
            ":leaders, scheme_id = :scheme_id, published_at = :published_at, version = version + 1 "
            "WHERE org_id = :org AND id = :id AND version = :version",
            P(s->state), P(s->title), P(s->rostrum), P(s->floor), P(s->numbering),
            P(s->arrangement), P(s->run), P(s->leaders), P(s->scheme_id), P(s->published_at),
            P(s->id), P(s->version)));
}

static const struct field SEATING_ROW[] = {
    FIELD(struct seating, id),
    FIELD(struct seating, meeting_id),
    FIELD(struct seating, state),
    FIELD(struct seating, title),
    FIELD(struct seating, rostrum),
    FIELD(struct seating, floor),
    FIELD(struct seating, numbering),
    FIELD(struct seating, arrangement),
    FIELD(struct seating, run),
    FIELD(struct seating, leaders),
    FIELD(struct seating, version),
    FIELD(struct seating, scheme_id),
    { 0 },
};

err seating_store_list(struct db *db, i64 meeting_id, i64 person_id, struct arena *mem,
                       struct rows *out)
{
    out->size = sizeof(struct seating);
    return db_list(
        db,
        SQL("SELECT s.id, s.meeting_id, s.state, s.title, s.rostrum, s.floor, s.numbering, "
            "s.arrangement, s.run, s.leaders, s.version, s.scheme_id FROM seatings s WHERE "
            "s.org_id = :org AND s.meeting_id = :meeting_id AND s.state <> 'dropped' AND "
            "(:person_id = 0 OR (s.state = 'published' AND EXISTS (SELECT p.id FROM seating_places "
            "p WHERE p.org_id = s.org_id AND p.seating_id = s.id AND p.person_id = :person_id))) "
            "ORDER BY s.id DESC LIMIT 20",
            P(meeting_id), P(person_id)),
        SEATING_ROW, mem, out);
}

/* ---- places ---- */

err seating_place_store_add(struct db *db, const struct seating_place *p)
{
    i64 id;
    return db_insert(
        db,
        SQL("INSERT INTO seating_places (org_id, seating_id, part, line, chair, invitee_id, "
            "member_id, person_id, name, fixed) VALUES (:org, :seating_id, :part, :line, :chair, "
            ":invitee_id, :member_id, :person_id, :name, :fixed) RETURNING id",
            P(p->seating_id), P(p->part), P(p->line), P(p->chair), P(p->invitee_id),
            P(p->member_id), P(p->person_id), P(p->name), P(p->fixed)),
        &id);
}

err seating_place_store_remove(struct db *db, i64 id)
{
    i64 changed;
    return db_run(db, SQL("DELETE FROM seating_places WHERE org_id = :org AND id = :id", P(id)),
                  &changed);
}

err seating_place_store_clear(struct db *db, i64 seating_id)
{
    i64 changed;
    return db_run(db,
                  SQL("DELETE FROM seating_places WHERE org_id = :org AND seating_id = :seating_id",
                      P(seating_id)),
                  &changed);
}

err seating_place_store_fix(struct db *db, i64 id, i64 fixed)
{
    i64 changed; /* the seating's version guards it */
    return db_run(db,
                  SQL("UPDATE seating_places SET fixed = :fixed WHERE org_id = :org AND id = :id",
                      P(fixed), P(id)),
                  &changed);
}

static const struct field PLACE_ROW[] = {
    FIELD(struct seating_place, id),
    FIELD(struct seating_place, seating_id),
    FIELD(struct seating_place, part),
    FIELD(struct seating_place, line),
    FIELD(struct seating_place, chair),
    FIELD(struct seating_place, invitee_id),
    FIELD(struct seating_place, member_id),
    FIELD(struct seating_place, person_id),
    FIELD(struct seating_place, name),
    FIELD(struct seating_place, fixed),
    { 0 },
};

err seating_place_store_list(struct db *db, i64 seating_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct seating_place);
    return db_list(db,
                   SQL("SELECT id, seating_id, part, line, chair, invitee_id, member_id, "
                       "person_id, name, fixed FROM seating_places WHERE org_id = :org AND "
                       "seating_id = :seating_id ORDER BY part, line, chair LIMIT 4000",
                       P(seating_id)),
                   PLACE_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct seating, title), LIST_TEXT, .sql = "s.title" },
    { FIELD(struct seating, meeting_title), LIST_TEXT, .sql = "m.title" },
    { FIELD(struct seating, arrangement), LIST_CODE, .sql = "s.arrangement",
      .states = "choices.arrangement", .choices = "groups sectors names hand" },
    { FIELD(struct seating, state), LIST_CODE, .sql = "s.state", .filter = true,
      .states = "states.seatings", .choices = "draft published dropped" },
    { FIELD(struct seating, seated), LIST_NUMBER,
      .sql = "(SELECT count(*) FROM seating_places p WHERE p.org_id = s.org_id AND p.seating_id = "
             "s.id)" },
    { FIELD(struct seating, id), LIST_NUMBER, .sql = "s.id", .hidden = true, .sort = true },
    { FIELD(struct seating, meeting_id), LIST_NUMBER, .sql = "s.meeting_id", .hidden = true },
    { FIELD(struct seating, meeting_on), LIST_DAY, .sql = "m.from_on", .hidden = true },
    { FIELD(struct seating, rostrum), LIST_TEXT, .sql = "s.rostrum", .one = true },
    { FIELD(struct seating, floor), LIST_TEXT, .sql = "s.floor", .one = true },
    { FIELD(struct seating, numbering), LIST_CODE, .sql = "s.numbering",
      .states = "choices.numbering", .choices = "odd_even left", .one = true },
    { FIELD(struct seating, run), LIST_CODE, .sql = "s.run", .states = "choices.run",
      .choices = "rows blocks", .one = true },
    { FIELD(struct seating, leaders), LIST_TEXT, .sql = "s.leaders", .one = true,
      .may = "seatings.manage" },
    { FIELD(struct seating, scheme_id), LIST_NUMBER, .sql = "s.scheme_id", .one = true,
      .may = "seatings.manage" },
    { FIELD(struct seating, published_at), LIST_TIME, .sql = "s.published_at", .one = true },
    { FIELD(struct seating, version), LIST_NUMBER, .sql = "s.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .needs = "seatings.manage", .sql = "" },
    { SCOPE_ORG, .sql = "s.state = 'published'" },
    { .sql = "s.state = 'published' AND EXISTS (SELECT p.id FROM seating_places p WHERE p.org_id = "
             "s.org_id AND p.seating_id = s.id AND p.person_id = NULLIF(:actor_person, 0))" },
    { 0 },
};

const struct list SEATING_LIST = {
    .name = "seatings",
    .may = "seatings.read",
    .from = "seatings s JOIN meetings m ON m.org_id = s.org_id AND m.id = s.meeting_id",
    .where = "s.org_id = :org",
    .key = "s.id",
    .sort = "-id",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "seatings.not_found",
    .row_size = sizeof(struct seating),
};
