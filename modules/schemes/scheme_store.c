/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of schemes, their groups and who is in them, and the declared list. */
#include "modules/schemes/scheme.h"

/* ---- schemes ---- */

err scheme_store_add(struct db *db, const struct scheme *s, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO schemes (org_id, state, meeting_id, kind, title) VALUES "
                         "(:org, :state, :meeting_id, :kind, :title) RETURNING id",
                         P(s->state), P(s->meeting_id), P(s->kind), P(s->title)),
                     id);
}

err scheme_store_update(struct db *db, const struct scheme *s)
{
    return db_update(db,
                     SQL("UPDATE schemes SET state = :state, published_at = :published_at, version "
                         "= version + 1 WHERE org_id = :org AND id = :id AND version = :version",
                         P(s->state), P(s->published_at), P(s->id), P(s->version)));
}

static const struct field SCHEME_ROW[] = {
    FIELD(struct scheme, id),
    FIELD(struct scheme, meeting_id),
    FIELD(struct scheme, version),
    FIELD(struct scheme, state),
    FIELD(struct scheme, kind),
    FIELD(struct scheme, title),
    { 0 },
};

err scheme_store_list(struct db *db, i64 meeting_id, i64 person_id, struct arena *mem,
                      struct rows *out)
{
    out->size = sizeof(struct scheme);
    return db_list(db,
                   SQL("SELECT s.id, s.meeting_id, s.version, s.state, s.kind, s.title FROM "
                       "schemes s WHERE s.org_id = :org AND s.meeting_id = :meeting_id AND s.state "
                       "<> 'dropped' AND (:person_id = 0 OR (s.state = 'published' AND EXISTS "
                       "(SELECT p.id FROM placements p WHERE p.org_id = s.org_id AND p.scheme_id = "
                       "s.id AND p.person_id = :person_id))) ORDER BY s.id LIMIT 20",
                       P(meeting_id), P(person_id)),
                   SCHEME_ROW, mem, out);
}

err scheme_store_clear(struct db *db, i64 scheme_id)
{
    i64 changed;
    TRY(db_run(db,
               SQL("DELETE FROM placements WHERE org_id = :org AND scheme_id = :scheme_id",
                   P(scheme_id)),
               &changed));
    return db_run(db,
                  SQL("DELETE FROM scheme_groups WHERE org_id = :org AND scheme_id = :scheme_id",
                      P(scheme_id)),
                  &changed);
}

/* ---- groups ---- */

err scheme_group_store_add(struct db *db, const struct scheme_group *g, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO scheme_groups (org_id, scheme_id, number, name) VALUES "
                         "(:org, :scheme_id, :number, :name) RETURNING id",
                         P(g->scheme_id), P(g->number), P(g->name)),
                     id);
}

static const struct field GROUP_ROW[] = {
    FIELD(struct scheme_group, id),
    FIELD(struct scheme_group, scheme_id),
    FIELD(struct scheme_group, number),
    FIELD(struct scheme_group, convener_id),
    FIELD(struct scheme_group, recorder_id),
    FIELD(struct scheme_group, version),
    FIELD(struct scheme_group, name),
    FIELD(struct scheme_group, room),
    { 0 },
};

#define GROUP_COLUMNS \
    "id, scheme_id, number, convener_id, recorder_id, version, name, room FROM scheme_groups "

err scheme_group_store_find(struct db *db, i64 id, struct arena *mem, struct scheme_group *out)
{
    err e = db_one(db, SQL("SELECT " GROUP_COLUMNS "WHERE org_id = :org AND id = :id", P(id)),
                   GROUP_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "schemes.no_group") : e;
}

err scheme_group_store_update(struct db *db, const struct scheme_group *g)
{
    return db_update(
        db,
        SQL("UPDATE scheme_groups SET name = :name, room = :room, convener_id = :convener_id, "
            "recorder_id = :recorder_id, version = version + 1 WHERE org_id = :org AND id = "
            ":id AND version = :version",
            P(g->name), P(g->room), P(g->convener_id), P(g->recorder_id), P(g->id), P(g->version)));
}

err scheme_group_store_list(struct db *db, i64 scheme_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct scheme_group);
    return db_list(db,
                   SQL("SELECT " GROUP_COLUMNS "WHERE org_id = :org AND scheme_id = :scheme_id "
                       "ORDER BY number LIMIT 100",
                       P(scheme_id)),
                   GROUP_ROW, mem, out);
}

/* ---- placements ---- */

err placement_store_add(struct db *db, const struct placement *p)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO placements (org_id, scheme_id, group_id, invitee_id, "
                         "member_id, person_id) VALUES (:org, :scheme_id, :group_id, :invitee_id, "
                         ":member_id, :person_id) RETURNING id",
                         P(p->scheme_id), P(p->group_id), P(p->invitee_id), P(p->member_id),
                         P(p->person_id)),
                     &id);
}

err placement_store_remove(struct db *db, i64 scheme_id, i64 invitee_id)
{
    i64 changed;
    return db_run(db,
                  SQL("DELETE FROM placements WHERE org_id = :org AND scheme_id = :scheme_id AND "
                      "invitee_id = :invitee_id",
                      P(scheme_id), P(invitee_id)),
                  &changed);
}

static const struct field PLACEMENT_ROW[] = {
    FIELD(struct placement, id),
    FIELD(struct placement, scheme_id),
    FIELD(struct placement, group_id),
    FIELD(struct placement, invitee_id),
    FIELD(struct placement, member_id),
    FIELD(struct placement, person_id),
    { 0 },
};

err placement_store_list(struct db *db, i64 scheme_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct placement);
    return db_list(db,
                   SQL("SELECT id, scheme_id, group_id, invitee_id, member_id, person_id FROM "
                       "placements WHERE org_id = :org AND scheme_id = :scheme_id ORDER BY id "
                       "LIMIT 4000",
                       P(scheme_id)),
                   PLACEMENT_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct scheme, title), LIST_TEXT, .sql = "s.title" },
    { FIELD(struct scheme, meeting_title), LIST_TEXT, .sql = "m.title" },
    { FIELD(struct scheme, kind), LIST_CODE, .sql = "s.kind", .states = "choices.scheme_kind",
      .choices = "sectoral study free" },
    { FIELD(struct scheme, state), LIST_CODE, .sql = "s.state", .filter = true,
      .states = "states.schemes", .choices = "draft published dropped" },
    { FIELD(struct scheme, groups), LIST_NUMBER,
      .sql = "(SELECT count(*) FROM scheme_groups g WHERE g.org_id = s.org_id AND g.scheme_id = "
             "s.id)" },
    { FIELD(struct scheme, id), LIST_NUMBER, .sql = "s.id", .hidden = true, .sort = true },
    { FIELD(struct scheme, meeting_id), LIST_NUMBER, .sql = "s.meeting_id", .hidden = true },
    { FIELD(struct scheme, meeting_on), LIST_DAY, .sql = "m.from_on", .hidden = true },
    { FIELD(struct scheme, published_at), LIST_TIME, .sql = "s.published_at", .one = true },
    { FIELD(struct scheme, version), LIST_NUMBER, .sql = "s.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .needs = "schemes.manage", .sql = "" },
    { SCOPE_ORG, .sql = "s.state = 'published'" },
    { .sql = "s.state = 'published' AND EXISTS (SELECT p.id FROM placements p WHERE p.org_id = "
             "s.org_id AND p.scheme_id = s.id AND p.person_id = NULLIF(:actor_person, 0))" },
    { 0 },
};

const struct list SCHEME_LIST = {
    .name = "schemes",
    .may = "schemes.read",
    .from = "schemes s JOIN meetings m ON m.org_id = s.org_id AND m.id = s.meeting_id",
    .where = "s.org_id = :org",
    .key = "s.id",
    .sort = "-id",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "schemes.not_found",
    .row_size = sizeof(struct scheme),
};
