/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of matters that are answered together (assignment_origin.h). */
#include "modules/assignments/assignment_origin.h"

static const struct field ORIGIN_ROW[] = {
    FIELD(struct assignment_origin, position),  FIELD(struct assignment_origin, origin_id),
    FIELD(struct assignment_origin, number),    FIELD(struct assignment_origin, title),
    FIELD(struct assignment_origin, addressee), { 0 },
};

static const struct field LETTER_ROW[] = {
    FIELD(struct reply_letter, reply_id),
    FIELD(struct reply_letter, origin_id),
    FIELD(struct reply_letter, number),
    { 0 },
};

err origin_store_add(struct db *db, const struct matter_key *key,
                     const struct assignment_origin *origin)
{
    return db_run(db,
                  SQL("INSERT INTO assignment_origins (org_id, matter, matter_id, position, "
                      "origin_id, number, title, addressee) VALUES (:org, :matter, :matter_id, "
                      ":position, :origin_id, :number, :title, :addressee)",
                      P(key->matter), P(key->matter_id), P(origin->position), P(origin->origin_id),
                      P(origin->number), P(origin->title), P(origin->addressee)),
                  NULL);
}

err origin_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                      struct rows *out)
{
    out->size = sizeof(struct assignment_origin);
    return db_list(db,
                   SQL("SELECT position, origin_id, number, title, addressee FROM "
                       "assignment_origins WHERE org_id = :org AND matter = :matter AND matter_id "
                       "= :matter_id ORDER BY position LIMIT 200",
                       P(key->matter), P(key->matter_id)),
                   ORIGIN_ROW, mem, out);
}

err letter_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                      struct rows *out)
{
    out->size = sizeof(struct reply_letter);
    return db_list(db,
                   SQL("SELECT l.reply_id, l.origin_id, l.number FROM reply_letters l JOIN "
                       "replies r ON r.org_id = l.org_id AND r.id = l.reply_id JOIN assignments a "
                       "ON a.org_id = l.org_id AND a.id = r.assignment_id WHERE l.org_id = :org "
                       "AND a.matter = :matter AND a.matter_id = :matter_id ORDER BY l.id LIMIT "
                       "2000",
                       P(key->matter), P(key->matter_id)),
                   LETTER_ROW, mem, out);
}
