/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements: letters that are to be asked again or closed, opinions made from letters, photos of
 * them that units see. */
#include "modules/handlings/handling_rules.h"

static const struct field ID_ROW[] = { FIELD(struct handling_row, id), { 0 } };

static const struct field OPINION_ROW[] = {
    FIELD(struct handling_opinion, opinion_id), FIELD(struct handling_opinion, fed_at),
    FIELD(struct handling_opinion, number),     FIELD(struct handling_opinion, title),
    FIELD(struct handling_opinion, kept),       { 0 },
};

err handling_store_add_opinion(struct db *db, i64 letter_id, i64 opinion_id, i64 fed_at, i64 fed_by)
{
    return db_run(db,
                  SQL("INSERT INTO letter_opinions (org_id, letter_id, opinion_id, fed_at, fed_by) "
                      "VALUES (:org, :letter_id, :opinion_id, :fed_at, :fed_by)",
                      P(letter_id), P(opinion_id), P(fed_at), P(fed_by)),
                  NULL);
}

err handling_store_list_opinions(struct db *db, i64 letter_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct handling_opinion);
    return db_list(db,
                   SQL("SELECT x.opinion_id, x.fed_at, o.number, o.title, CASE WHEN o.state = "
                       "'kept' THEN 1 ELSE 0 END AS kept FROM letter_opinions x JOIN opinions o "
                       "ON o.org_id = :org AND o.id = x.opinion_id WHERE x.org_id = :org AND "
                       "x.letter_id = :letter_id ORDER BY x.id LIMIT 20",
                       P(letter_id)),
                   OPINION_ROW, mem, out);
}

err handling_store_list_fed(struct db *db, i64 opinion_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct handling_row);
    return db_list(db,
                   SQL("SELECT letter_id AS id FROM letter_opinions WHERE org_id = :org AND "
                       "opinion_id = :opinion_id ORDER BY letter_id LIMIT 5000",
                       P(opinion_id)),
                   ID_ROW, mem, out);
}

err handling_store_list_to_ask(struct db *db, i64 before_ms, i64 limit, struct arena *mem,
                               struct rows *out)
{
    out->size = sizeof(struct handling_row);
    return db_list(db,
                   SQL("SELECT id FROM letters WHERE org_id = :org AND state = 'evaluated' AND "
                       "verdict IN ('solved', 'partly') AND evaluated_at < :before_ms AND "
                       "asked_again_at = 0 ORDER BY evaluated_at, id LIMIT :limit",
                       P(before_ms), P(limit)),
                   ID_ROW, mem, out);
}

err handling_store_list_to_close(struct db *db, i64 before_ms, i64 limit, struct arena *mem,
                                 struct rows *out)
{
    out->size = sizeof(struct handling_row);
    return db_list(db,
                   SQL("SELECT id FROM letters WHERE org_id = :org AND state = 'evaluated' AND "
                       "asked_again_at > 0 AND (still = 'yes' OR (still = '' AND "
                       "asked_again_at < :before_ms)) ORDER BY asked_again_at, id LIMIT :limit",
                       P(before_ms), P(limit)),
                   ID_ROW, mem, out);
}

/* ---- photos that units see ---- */

err handling_store_list_disclosed(struct db *db, i64 letter_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct handling_row);
    return db_list(db,
                   SQL("SELECT photo_id AS id FROM letter_disclosures WHERE org_id = :org AND "
                       "letter_id = :letter_id ORDER BY photo_id LIMIT 20",
                       P(letter_id)),
                   ID_ROW, mem, out);
}

static const struct field SHOWN_ROW[] = { FIELD(struct handling_photo, id),
                                          FIELD(struct handling_photo, letter_id),
                                          { 0 } };

err handling_store_list_shown(struct db *db, i64 lead_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct handling_photo);
    return db_list(db,
                   SQL("SELECT d.photo_id AS id, d.letter_id FROM letter_disclosures d JOIN "
                       "letters l ON l.org_id = :org AND l.id = d.letter_id WHERE d.org_id = :org "
                       "AND d.letter_id = :lead_id AND l.erased_at = 0 AND l.ended <> 'withdrawn' "
                       "UNION ALL SELECT d.photo_id AS id, d.letter_id FROM letters l JOIN "
                       "letter_disclosures d ON d.org_id = :org AND d.letter_id = l.id WHERE "
                       "l.org_id = :org AND l.lead_id = :lead_id AND l.lead_id > 0 AND "
                       "l.erased_at = 0 AND l.ended <> 'withdrawn' ORDER BY id LIMIT 60",
                       P(lead_id)),
                   SHOWN_ROW, mem, out);
}

err handling_store_add_disclosed(struct db *db, const struct handling_photo *photo, i64 at, i64 by)
{
    return db_run(db,
                  SQL("INSERT INTO letter_disclosures (org_id, letter_id, photo_id, disclosed_at, "
                      "disclosed_by) VALUES (:org, :letter_id, :id, :at, :by)",
                      P(photo->letter_id), P(photo->id), P(at), P(by)),
                  NULL);
}

err handling_store_remove_disclosed(struct db *db, i64 letter_id)
{
    return db_run(db,
                  SQL("DELETE FROM letter_disclosures WHERE org_id = :org AND letter_id = "
                      ":letter_id",
                      P(letter_id)),
                  NULL);
}
