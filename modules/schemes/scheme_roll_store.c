/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of who was at the talks of a group. */
#include "modules/schemes/scheme.h"

static const struct field ROLL_ROW[] = {
    FIELD(struct scheme_roll, id),          FIELD(struct scheme_roll, scheme_id),
    FIELD(struct scheme_roll, group_id),    FIELD(struct scheme_roll, half),
    FIELD(struct scheme_roll, recorded_at), FIELD(struct scheme_roll, recorded_name),
    FIELD(struct scheme_roll, version),     { 0 },
};

err scheme_roll_store_find(struct db *db, i64 group_id, i64 half, struct arena *mem,
                           struct scheme_roll *out)
{
    err e = db_one(db,
                   SQL("SELECT id, scheme_id, group_id, half, recorded_at, recorded_name, version "
                       "FROM scheme_rolls WHERE org_id = :org AND group_id = :group_id AND half = "
                       ":half",
                       P(group_id), P(half)),
                   ROLL_ROW, mem, out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *out = (struct scheme_roll){ .group_id = group_id, .half = half };
    return OK;
}

err scheme_roll_store_add(struct db *db, const struct scheme_roll *r, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO scheme_rolls (org_id, scheme_id, group_id, half, "
                         "recorded_at, recorded_name) VALUES (:org, :scheme_id, :group_id, :half, "
                         ":recorded_at, :recorded_name) RETURNING id",
                         P(r->scheme_id), P(r->group_id), P(r->half), P(r->recorded_at),
                         P(r->recorded_name)),
                     id);
}

err scheme_roll_store_update(struct db *db, const struct scheme_roll *r)
{
    return db_update(db, SQL("UPDATE scheme_rolls SET recorded_at = :recorded_at, recorded_name = "
                             ":recorded_name, version = version + 1 WHERE org_id = :org AND id = "
                             ":id AND version = :version",
                             P(r->recorded_at), P(r->recorded_name), P(r->id), P(r->version)));
}

err scheme_presence_store_put(struct db *db, const struct scheme_presence *p)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO scheme_presences (org_id, roll_id, invitee_id, member_id, "
                         "person_id, presence) VALUES (:org, :roll_id, :invitee_id, :member_id, "
                         ":person_id, :presence) ON CONFLICT (org_id, roll_id, invitee_id) DO "
                         "UPDATE SET presence = excluded.presence RETURNING id",
                         P(p->roll_id), P(p->invitee_id), P(p->member_id), P(p->person_id),
                         P(p->presence)),
                     &id);
}

static const struct field PRESENCE_ROW[] = {
    FIELD(struct scheme_presence, roll_id),       FIELD(struct scheme_presence, invitee_id),
    FIELD(struct scheme_presence, member_id),     FIELD(struct scheme_presence, person_id),
    FIELD(struct scheme_presence, half),          FIELD(struct scheme_presence, presence),
    FIELD(struct scheme_presence, recorded_name), { 0 },
};

err scheme_presence_store_list(struct db *db, i64 roll_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct scheme_presence);
    return db_list(
        db,
        SQL("SELECT p.roll_id, p.invitee_id, p.member_id, p.person_id, r.half, p.presence, "
            "r.recorded_name FROM scheme_presences p JOIN scheme_rolls r ON r.org_id = p.org_id "
            "AND r.id = p.roll_id WHERE p.org_id = :org AND p.roll_id = :roll_id ORDER BY p.id "
            "LIMIT 4000",
            P(roll_id)),
        PRESENCE_ROW, mem, out);
}

err scheme_presence_store_count(struct db *db, i64 scheme_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM scheme_presences p JOIN scheme_rolls r ON r.org_id "
                      "= p.org_id AND r.id = p.roll_id WHERE p.org_id = :org AND r.scheme_id = "
                      ":scheme_id",
                      P(scheme_id)),
                  count);
}

err scheme_presence_store_list_all(struct db *db, i64 meeting_id, struct arena *mem,
                                   struct rows *out)
{
    out->size = sizeof(struct scheme_presence);
    return db_list(
        db,
        SQL("SELECT p.roll_id, p.invitee_id, p.member_id, p.person_id, r.half, p.presence, "
            "r.recorded_name FROM scheme_presences p JOIN scheme_rolls r ON r.org_id = p.org_id "
            "AND r.id = p.roll_id JOIN schemes s ON s.org_id = r.org_id AND s.id = r.scheme_id "
            "WHERE p.org_id = :org AND s.meeting_id = :meeting_id AND s.state = 'published' ORDER "
            "BY p.member_id, r.half, p.id LIMIT 200000",
            P(meeting_id)),
        PRESENCE_ROW, mem, out);
}
