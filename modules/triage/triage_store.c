/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the desk: groups of copies, and which letters wait. */
#include "modules/triage/triage_store.h"

static const struct field GROUP[] = { FIELD(struct triage_group, id),
                                      FIELD(struct triage_group, first_id),
                                      FIELD(struct triage_group, waiting),
                                      FIELD(struct triage_group, oldest_at),
                                      FIELD(struct triage_group, ending_at),
                                      FIELD(struct triage_group, proved),
                                      FIELD(struct triage_group, ending),
                                      FIELD(struct triage_group, ending_text),
                                      { 0 } };
static const struct field COPY[] = { FIELD(struct triage_copy, letter_id),
                                     FIELD(struct triage_copy, first_id),
                                     { 0 } };

err triage_store_list_alike(struct db *db, i64 sketch, i64 limit, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct triage_copy);
    return db_list(db,
                   SQL("SELECT letter_id, first_id FROM triage_sketches WHERE org_id = :org AND "
                       "sketch = :sketch ORDER BY letter_id DESC LIMIT :limit",
                       P(sketch), P(limit)),
                   COPY, mem, out);
}

err triage_store_add_copy(struct db *db, const struct triage_copy *c)
{
    return db_run(db,
                  SQL("INSERT INTO triage_copies (org_id, letter_id, first_id, waiting) VALUES "
                      "(:org, :letter_id, :first_id, 1)",
                      P(c->letter_id), P(c->first_id)),
                  NULL);
}

err triage_store_add_sketch(struct db *db, const struct triage_copy *c, i64 sketch)
{
    return db_run(db,
                  SQL("INSERT INTO triage_sketches (org_id, letter_id, first_id, sketch) VALUES "
                      "(:org, :letter_id, :first_id, :sketch)",
                      P(c->letter_id), P(c->first_id), P(sketch)),
                  NULL);
}

err triage_store_add_group(struct db *db, const struct triage_group *g)
{
    return db_run(db,
                  SQL("INSERT INTO triage_groups (org_id, first_id, proved, waiting, oldest_at) "
                      "VALUES (:org, :first_id, :proved, 1, :oldest_at)",
                      P(g->first_id), P(g->proved), P(g->oldest_at)),
                  NULL);
}

err triage_store_grow(struct db *db, i64 first_id)
{
    return db_run(db,
                  SQL("UPDATE triage_groups SET waiting = waiting + 1 WHERE org_id = :org AND "
                      "first_id = :first_id",
                      P(first_id)),
                  NULL);
}

err triage_store_take(struct db *db, i64 letter_id)
{
    i64 changed;
    TRY(db_run(db,
               SQL("UPDATE triage_copies SET waiting = 0 WHERE org_id = :org AND letter_id = "
                   ":letter_id AND waiting = 1",
                   P(letter_id)),
               &changed));
    if (!changed)
        return OK;
    TRY(db_run(db,
               SQL("DELETE FROM triage_sketches WHERE org_id = :org AND letter_id = :letter_id",
                   P(letter_id)),
               NULL));
    return db_run(db,
                  SQL("UPDATE triage_groups SET waiting = waiting - 1 WHERE org_id = :org AND "
                      "first_id = (SELECT c.first_id FROM triage_copies c WHERE c.org_id = :org "
                      "AND c.letter_id = :letter_id)",
                      P(letter_id)),
                  NULL);
}

err triage_store_put_back(struct db *db, i64 letter_id)
{
    return db_run(db,
                  SQL("UPDATE triage_copies SET waiting = 1 WHERE org_id = :org AND letter_id = "
                      ":letter_id",
                      P(letter_id)),
                  NULL);
}

err triage_store_set_dismissed(struct db *db, i64 letter_id, i64 account_id, i64 at)
{
    return db_run(db,
                  SQL("UPDATE triage_copies SET dismissed_by = :account_id, dismissed_at = :at "
                      "WHERE org_id = :org AND letter_id = :letter_id",
                      P(account_id), P(at), P(letter_id)),
                  NULL);
}

err triage_store_list_dismissed(struct db *db, i64 account_id, i64 since_ms, struct arena *mem,
                                struct rows *out)
{
    out->size = sizeof(struct triage_copy);
    return db_list(db,
                   SQL("SELECT letter_id, first_id FROM triage_copies WHERE org_id = :org AND "
                       "dismissed_by = :account_id AND dismissed_by > 0 AND dismissed_at > "
                       ":since_ms ORDER BY dismissed_at DESC, letter_id DESC LIMIT 5",
                       P(account_id), P(since_ms)),
                   COPY, mem, out);
}

err triage_store_find(struct db *db, i64 first_id, struct arena *mem, struct triage_group *out)
{
    return db_one(db,
                  SQL("SELECT id, first_id, waiting, oldest_at, ending_at, proved, ending, "
                      "ending_text FROM triage_groups WHERE org_id = :org AND first_id = "
                      ":first_id",
                      P(first_id)),
                  GROUP, mem, out);
}

err triage_store_find_of(struct db *db, i64 letter_id, struct arena *mem, struct triage_group *out)
{
    return db_one(
        db,
        SQL("SELECT g.id, g.first_id, g.waiting, g.oldest_at, g.ending_at, g.proved, g.ending, "
            "g.ending_text FROM triage_groups g JOIN triage_copies c ON c.org_id = g.org_id AND "
            "c.first_id = g.first_id WHERE g.org_id = :org AND c.letter_id = :letter_id",
            P(letter_id)),
        GROUP, mem, out);
}

err triage_store_list(struct db *db, const struct triage_from *from, i64 limit, struct arena *mem,
                      struct rows *out)
{
    out->size = sizeof(struct triage_group);
    return db_list(db,
                   SQL("SELECT id, first_id, waiting, oldest_at, ending_at, proved, ending, "
                       "ending_text FROM triage_groups WHERE org_id = :org AND proved = :proved "
                       "AND waiting > 0 AND ending = '' AND (oldest_at, first_id) >= (:oldest_at, "
                       ":first_id) ORDER BY oldest_at, first_id LIMIT :limit",
                       P(from->proved), P(from->oldest_at), P(from->first_id), P(limit)),
                   GROUP, mem, out);
}

err triage_store_find_before(struct db *db, const struct triage_from *from, struct arena *mem,
                             struct triage_group *out)
{
    return db_one(db,
                  SQL("SELECT id, first_id, waiting, oldest_at, ending_at, proved, ending, "
                      "ending_text FROM triage_groups WHERE org_id = :org AND proved = :proved "
                      "AND waiting > 0 AND ending = '' AND (oldest_at, first_id) < (:oldest_at, "
                      ":first_id) ORDER BY oldest_at DESC, first_id DESC LIMIT 1",
                      P(from->proved), P(from->oldest_at), P(from->first_id)),
                  GROUP, mem, out);
}

err triage_store_list_many(struct db *db, bool proved, i64 many, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct triage_group);
    return db_list(db,
                   SQL("SELECT id, first_id, waiting, oldest_at, ending_at, proved, ending, "
                       "ending_text FROM triage_groups WHERE org_id = :org AND proved = :proved "
                       "AND waiting >= :many AND waiting > 0 AND ending = '' ORDER BY waiting "
                       "DESC, first_id LIMIT 5",
                       P(proved), P(many)),
                   GROUP, mem, out);
}

err triage_store_list_ending(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct triage_group);
    return db_list(db,
                   SQL("SELECT id, first_id, waiting, oldest_at, ending_at, proved, ending, "
                       "ending_text FROM triage_groups WHERE org_id = :org AND waiting > 0 AND "
                       "ending <> '' ORDER BY ending_at, first_id LIMIT 20"),
                   GROUP, mem, out);
}

err triage_store_count(struct db *db, bool proved, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT CAST(COALESCE(SUM(waiting), 0) AS BIGINT) FROM triage_groups WHERE "
                      "org_id = :org AND proved = :proved AND waiting > 0 AND ending = ''",
                      P(proved)),
                  count);
}

err triage_store_list_waiting(struct db *db, i64 first_id, i64 limit, struct arena *mem,
                              struct rows *out)
{
    out->size = sizeof(struct triage_copy);
    return db_list(db,
                   SQL("SELECT letter_id, first_id FROM triage_copies WHERE org_id = :org AND "
                       "first_id = :first_id AND waiting = 1 ORDER BY letter_id LIMIT :limit",
                       P(first_id), P(limit)),
                   COPY, mem, out);
}

err triage_store_set_ending(struct db *db, const struct triage_group *g)
{
    return db_run(db,
                  SQL("UPDATE triage_groups SET ending = :ending, ending_text = :ending_text, "
                      "ending_at = :ending_at WHERE org_id = :org AND first_id = :first_id",
                      P(g->ending), P(g->ending_text), P(g->ending_at), P(g->first_id)),
                  NULL);
}
