/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of provisions, items, answers, choices, and the declared list. */
#include "modules/provisions/provision.h"

/* ---- provisions ---- */

err provision_store_add(struct db *db, const struct provision *p, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO provisions (org_id, state, meeting_id, answer_on, note) "
                         "VALUES (:org, :state, :meeting_id, :answer_on, :note) RETURNING id",
                         P(p->state), P(p->meeting_id), P(p->answer_on), P(p->note)),
                     id);
}

err provision_store_update(struct db *db, const struct provision *p)
{
    return db_update(
        db, SQL("UPDATE provisions SET state = :state, answer_on = :answer_on, note = :note, "
                "published_at = :published_at, reminded_on = :reminded_on, version = version + 1 "
                "WHERE org_id = :org AND id = :id AND version = :version",
                P(p->state), P(p->answer_on), P(p->note), P(p->published_at), P(p->reminded_on),
                P(p->id), P(p->version)));
}

err provision_store_find_of(struct db *db, i64 meeting_id, i64 *id)
{
    struct found {
        i64 id;
    } row;
    static const struct field ROW[] = { FIELD(struct found, id), { 0 } };
    TRY(db_one(db,
               SQL("SELECT COALESCE(MAX(id), 0) AS id FROM provisions WHERE org_id = :org AND "
                   "meeting_id = :meeting_id AND state <> 'dropped'",
                   P(meeting_id)),
               ROW, NULL, &row));
    *id = row.id;
    return OK;
}

static const struct field PROVISION_ROW[] = {
    FIELD(struct provision, id),
    FIELD(struct provision, meeting_id),
    FIELD(struct provision, state),
    FIELD(struct provision, answer_on),
    FIELD(struct provision, note),
    FIELD(struct provision, published_at),
    FIELD(struct provision, reminded_on),
    FIELD(struct provision, version),
    FIELD(struct provision, meeting_title),
    FIELD(struct provision, from_on),
    FIELD(struct provision, to_on),
    { 0 },
};

err provision_store_find(struct db *db, i64 id, struct arena *mem, struct provision *out)
{
    return db_one(db,
                  SQL("SELECT p.id, p.meeting_id, p.state, p.answer_on, p.note, p.published_at, "
                      "p.reminded_on, p.version, m.title AS meeting_title, m.from_on, m.to_on FROM "
                      "provisions p JOIN meetings m ON m.org_id = p.org_id AND m.id = "
                      "p.meeting_id WHERE p.org_id = :org AND p.id = :id",
                      P(id)),
                  PROVISION_ROW, mem, out);
}

err provision_store_list_over(struct db *db, i64 today, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct provision);
    return db_list(
        db,
        SQL("SELECT p.id, p.meeting_id, p.state, p.answer_on, p.note, p.published_at, "
            "p.reminded_on, p.version, m.title AS meeting_title, m.from_on, m.to_on FROM "
            "provisions p JOIN meetings m ON m.org_id = p.org_id AND m.id = "
            "p.meeting_id WHERE p.org_id = :org AND p.state = 'published' AND "
            "p.answer_on < :today ORDER BY p.id LIMIT 20",
            P(today)),
        PROVISION_ROW, mem, out);
}

/* ---- items ---- */

err provision_item_store_add(struct db *db, const struct provision_item *item)
{
    i64 id;
    return db_insert(
        db,
        SQL("INSERT INTO provision_items (org_id, provision_id, kind, held_on, minute, meal, "
            "place) VALUES (:org, :provision_id, :kind, :held_on, :minute, :meal, :place) "
            "RETURNING id",
            P(item->provision_id), P(item->kind), P(item->held_on), P(item->minute), P(item->meal),
            P(item->place)),
        &id);
}

err provision_item_store_move(struct db *db, const struct provision_item *item)
{
    i64 changed; /* the provision's version guards it */
    return db_run(db,
                  SQL("UPDATE provision_items SET minute = :minute, place = :place WHERE org_id = "
                      ":org AND id = :id",
                      P(item->minute), P(item->place), P(item->id)),
                  &changed);
}

err provision_item_store_remove(struct db *db, i64 id)
{
    i64 changed;
    TRY(db_run(db,
               SQL("DELETE FROM provision_choices WHERE org_id = :org AND item_id = :id", P(id)),
               &changed));
    return db_run(db, SQL("DELETE FROM provision_items WHERE org_id = :org AND id = :id", P(id)),
                  &changed);
}

static const struct field ITEM_ROW[] = {
    FIELD(struct provision_item, id),     FIELD(struct provision_item, provision_id),
    FIELD(struct provision_item, kind),   FIELD(struct provision_item, held_on),
    FIELD(struct provision_item, minute), FIELD(struct provision_item, meal),
    FIELD(struct provision_item, place),  { 0 },
};

err provision_item_store_list(struct db *db, i64 provision_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct provision_item);
    return db_list(
        db,
        SQL("SELECT id, provision_id, kind, held_on, minute, meal, place FROM provision_items "
            "WHERE org_id = :org AND provision_id = :provision_id ORDER BY CASE kind WHEN 'there' "
            "THEN 1 WHEN 'back' THEN 2 ELSE 3 END, held_on, minute, CASE meal WHEN 'breakfast' "
            "THEN 1 WHEN 'lunch' THEN 2 ELSE 3 END, id LIMIT 200",
            P(provision_id)),
        ITEM_ROW, mem, out);
}

/* ---- answers ---- */

err provision_answer_store_add(struct db *db, const struct provision_answer *a, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO provision_answers (org_id, provision_id, invitee_id, member_id, "
            "person_id, chosen, drives, plate, diet, avoid, answered_at, proxy_name, until_on) "
            "VALUES (:org, :provision_id, :invitee_id, :member_id, :person_id, :chosen, :drives, "
            ":plate, :diet, :avoid, :answered_at, :proxy_name, :until_on) RETURNING id",
            P(a->provision_id), P(a->invitee_id), P(a->member_id), P(a->person_id), P(a->chosen),
            P(a->drives), P(a->plate), P(a->diet), P(a->avoid), P(a->answered_at), P(a->proxy_name),
            P(a->until_on)),
        id);
}

err provision_answer_store_update(struct db *db, const struct provision_answer *a)
{
    return db_update(
        db, SQL("UPDATE provision_answers SET chosen = :chosen, drives = :drives, plate = :plate, "
                "diet = :diet, avoid = :avoid, stale = :stale, answered_at = :answered_at, "
                "proxy_name = :proxy_name, until_on = :until_on, version = version + 1 WHERE "
                "org_id = :org AND id = :id AND version = :version",
                P(a->chosen), P(a->drives), P(a->plate), P(a->diet), P(a->avoid), P(a->stale),
                P(a->answered_at), P(a->proxy_name), P(a->until_on), P(a->id), P(a->version)));
}

static const struct field ANSWER_ROW[] = {
    FIELD(struct provision_answer, id),         FIELD(struct provision_answer, provision_id),
    FIELD(struct provision_answer, invitee_id), FIELD(struct provision_answer, member_id),
    FIELD(struct provision_answer, person_id),  FIELD(struct provision_answer, chosen),
    FIELD(struct provision_answer, drives),     FIELD(struct provision_answer, plate),
    FIELD(struct provision_answer, diet),       FIELD(struct provision_answer, avoid),
    FIELD(struct provision_answer, stale),      FIELD(struct provision_answer, answered_at),
    FIELD(struct provision_answer, proxy_name), FIELD(struct provision_answer, until_on),
    FIELD(struct provision_answer, version),    { 0 },
};

#define ANSWER_COLUMNS                                                                         \
    "id, provision_id, invitee_id, member_id, person_id, chosen, drives, plate, diet, avoid, " \
    "stale, answered_at, proxy_name, until_on, version"

err provision_answer_store_list(struct db *db, i64 provision_id, struct arena *mem,
                                struct rows *out)
{
    out->size = sizeof(struct provision_answer);
    return db_list(db,
                   SQL("SELECT " ANSWER_COLUMNS " FROM provision_answers WHERE org_id = :org AND "
                       "provision_id = :provision_id ORDER BY invitee_id LIMIT 4000",
                       P(provision_id)),
                   ANSWER_ROW, mem, out);
}

err provision_answer_store_list_of(struct db *db, i64 provision_id, i64 invitee_id,
                                   struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct provision_answer);
    return db_list(db,
                   SQL("SELECT " ANSWER_COLUMNS " FROM provision_answers WHERE org_id = :org AND "
                       "provision_id = :provision_id AND invitee_id = :invitee_id",
                       P(provision_id), P(invitee_id)),
                   ANSWER_ROW, mem, out);
}

/* ---- choices ---- */

err provision_choice_store_add(struct db *db, i64 answer_id, i64 item_id)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO provision_choices (org_id, answer_id, item_id) VALUES (:org, "
                         ":answer_id, :item_id) RETURNING id",
                         P(answer_id), P(item_id)),
                     &id);
}

err provision_choice_store_clear(struct db *db, i64 answer_id)
{
    i64 changed;
    return db_run(db,
                  SQL("DELETE FROM provision_choices WHERE org_id = :org AND answer_id = "
                      ":answer_id",
                      P(answer_id)),
                  &changed);
}

static const struct field CHOICE_ROW[] = {
    FIELD(struct provision_choice, id),
    FIELD(struct provision_choice, answer_id),
    FIELD(struct provision_choice, item_id),
    { 0 },
};

err provision_choice_store_list(struct db *db, i64 provision_id, struct arena *mem,
                                struct rows *out)
{
    out->size = sizeof(struct provision_choice);
    return db_list(
        db,
        SQL("SELECT c.id, c.answer_id, c.item_id FROM provision_choices c JOIN provision_answers a "
            "ON a.org_id = c.org_id AND a.id = c.answer_id WHERE c.org_id = :org AND "
            "a.provision_id = :provision_id ORDER BY c.answer_id, c.item_id LIMIT 100000",
            P(provision_id)),
        CHOICE_ROW, mem, out);
}

/* ---- the list ---- */

/* Of an invitee i: he comes, as provision_comes has it. */
#define COMES_SQL "i.state NOT IN ('absenting', 'leave_granted', 'cancelled', 'dropped')"

static const struct list_column COLUMNS[] = {
    { FIELD(struct provision, meeting_title), LIST_TEXT, .sql = "m.title" },
    { FIELD(struct provision, from_on), LIST_DAY, .sql = "m.from_on" },
    { FIELD(struct provision, answer_on), LIST_DAY, .sql = "p.answer_on" },
    { FIELD(struct provision, state), LIST_CODE, .sql = "p.state", .filter = true,
      .states = "states.provisions", .choices = "draft published outdated closed dropped" },
    { FIELD(struct provision, answers), LIST_NUMBER, .may = "provisions.manage",
      .sql = "(SELECT count(*) FROM provision_answers a WHERE a.org_id = p.org_id AND "
             "a.provision_id = p.id AND a.stale = 0 AND EXISTS (SELECT i.id FROM invitees i WHERE "
             "i.org_id = a.org_id AND i.id = a.invitee_id AND " COMES_SQL "))" },
    { FIELD(struct provision, id), LIST_NUMBER, .sql = "p.id", .hidden = true, .sort = true },
    { FIELD(struct provision, meeting_id), LIST_NUMBER, .sql = "p.meeting_id", .hidden = true },
    { FIELD(struct provision, to_on), LIST_DAY, .sql = "m.to_on", .hidden = true },
    { FIELD(struct provision, meeting_state), LIST_CODE, .sql = "m.state", .hidden = true,
      .states = "states.meetings" },
    { FIELD(struct provision, note), LIST_TEXT, .sql = "p.note", .one = true },
    { FIELD(struct provision, published_at), LIST_TIME, .sql = "p.published_at", .one = true },
    { FIELD(struct provision, reminded_on), LIST_DAY, .sql = "p.reminded_on", .one = true,
      .may = "provisions.manage" },
    { FIELD(struct provision, version), LIST_NUMBER, .sql = "p.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .needs = "provisions.manage", .sql = "" },
    { .sql = "p.published_at > 0 AND p.state <> 'dropped' AND EXISTS (SELECT i.id FROM invitees i "
             "WHERE i.org_id = p.org_id AND i.meeting_id = p.meeting_id AND i.person_id = "
             "NULLIF(:actor_person, 0) AND " COMES_SQL ")" },
    { 0 },
};

const struct list PROVISION_LIST = {
    .name = "provisions",
    .may = "provisions.read",
    .from = "provisions p JOIN meetings m ON m.org_id = p.org_id AND m.id = p.meeting_id",
    .where = "p.org_id = :org",
    .key = "p.id",
    .sort = "-id",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "provisions.not_found",
    .row_size = sizeof(struct provision),
};
