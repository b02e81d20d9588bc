/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of checking in. */
#include "modules/meetings/checkin.h"

static const struct field CHECKIN_ROW[] = {
    FIELD(struct checkin, id),
    FIELD(struct checkin, meeting_id),
    FIELD(struct checkin, invitee_id),
    FIELD(struct checkin, half),
    FIELD(struct checkin, way),
    FIELD(struct checkin, came_at),
    FIELD(struct checkin, noted_at),
    FIELD(struct checkin, noted_name),
    { 0 },
};

err checkin_store_add(struct db *db, const struct checkin *c, i64 *changed)
{
    i64 n = 0;
    TRY(db_run(db,
               SQL("INSERT INTO checkins (org_id, meeting_id, invitee_id, half, way, came_at, "
                   "noted_at, noted_name) SELECT :org, :meeting_id, :invitee_id, :half, :way, "
                   ":came_at, :noted_at, :noted_name WHERE NOT EXISTS (SELECT 1 FROM checkins x "
                   "WHERE x.org_id = :org AND x.invitee_id = :invitee_id AND x.half = :half AND "
                   "(x.undone_at = 0 OR x.undone_at >= :came_at)) ON CONFLICT DO NOTHING",
                   P(c->meeting_id), P(c->invitee_id), P(c->half), P(c->way), P(c->came_at),
                   P(c->noted_at), P(c->noted_name)),
               &n));
    *changed += n;
    return OK;
}

err checkin_store_advance(struct db *db, const struct checkin *c)
{
    i64 n = 0;
    return db_run(db,
                  SQL("UPDATE checkins SET came_at = :came_at WHERE org_id = :org AND invitee_id = "
                      ":invitee_id AND half = :half AND undone_at = 0 AND came_at > :came_at AND "
                      "NOT EXISTS (SELECT 1 FROM checkins x WHERE x.org_id = :org AND x.invitee_id "
                      "= :invitee_id AND x.half = :half AND x.undone_at >= :came_at)",
                      P(c->came_at), P(c->invitee_id), P(c->half)),
                  &n);
}

static const struct field UNDONE_ROW[] = {
    FIELD(struct checkin, undone_at),
    FIELD(struct checkin, undone_name),
    { 0 },
};

err checkin_store_undone(struct db *db, const struct checkin *c, struct arena *mem,
                         struct checkin *out)
{
    return db_one(db,
                  SQL("SELECT undone_at, undone_name FROM checkins WHERE org_id = :org AND "
                      "invitee_id = :invitee_id AND half = :half AND (undone_at = 0 OR undone_at "
                      ">= :came_at) ORDER BY undone_at LIMIT 1",
                      P(c->invitee_id), P(c->half), P(c->came_at)),
                  UNDONE_ROW, mem, out);
}

err checkin_store_undo(struct db *db, const struct checkin *c, i64 *changed)
{
    i64 n = 0;
    TRY(db_run(db,
               SQL("UPDATE checkins SET undone_at = :noted_at, undone_name = :noted_name WHERE "
                   "org_id = :org AND invitee_id = :invitee_id AND half = :half AND undone_at = 0",
                   P(c->noted_at), P(c->noted_name), P(c->invitee_id), P(c->half)),
               &n));
    *changed += n;
    return OK;
}

err checkin_store_list(struct db *db, i64 meeting_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct checkin);
    return db_list(
        db,
        SQL("SELECT id, meeting_id, invitee_id, half, way, came_at, noted_at, noted_name "
            "FROM checkins WHERE org_id = :org AND meeting_id = :meeting_id AND "
            "undone_at = 0 ORDER BY came_at, id LIMIT 200000",
            P(meeting_id)),
        CHECKIN_ROW, mem, out);
}
