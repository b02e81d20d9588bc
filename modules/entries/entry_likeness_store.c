/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of records that are alike. Which of two is the earlier, and whether it stands, is said
 * by the view of schema/0002_likenesses.sql. */
#include "modules/entries/entry_likeness.h"

static const struct field ID_ROW[] = { { .name = "id", .type = FIELD_I64 }, { 0 } };

static const struct field DOER_ROW[] = {
    FIELD(struct likeness_doer, source_id),
    FIELD(struct likeness_doer, member_id),
    FIELD(struct likeness_doer, is_split),
    { 0 },
};

err likeness_store_list_doers(struct db *db, const struct entry_span *span, struct arena *mem,
                              struct rows *out)
{
    out->size = sizeof(struct likeness_doer);
    return db_list(db,
                   SQL("SELECT DISTINCT source_id, member_id, CASE WHEN kind = 'split' THEN 1 ELSE "
                       "0 END AS is_split FROM entry_likenesses_2 WHERE org_id = :org AND source = "
                       ":source AND source_id BETWEEN :from_id AND :to_id ORDER BY source_id, "
                       "member_id, is_split LIMIT 1000000",
                       P(span->source), P(span->from_id), P(span->to_id)),
                   DOER_ROW, mem, out);
}

static const struct field LIKENESS_ROW[] = {
    FIELD(struct likeness, other_id),
    FIELD(struct likeness, degree),
    FIELD(struct likeness, is_own),
    FIELD(struct likeness, is_split),
    { 0 },
};

err likeness_store_list(struct db *db, const struct likeness_of *of, struct arena *mem,
                        struct rows *out)
{
    out->size = sizeof(struct likeness);
    return db_list(
        db,
        SQL("SELECT other_id, degree, MAX(CASE WHEN member_id = :member_id THEN 1 ELSE 0 END) AS "
            "is_own, MAX(CASE WHEN kind = 'split' THEN 1 ELSE 0 END) AS is_split FROM "
            "entry_likenesses_2 WHERE org_id = :org AND source = :source AND source_id = "
            ":source_id GROUP BY other_id, degree ORDER BY is_own DESC, degree DESC, other_id "
            "LIMIT 20",
            P(of->source), P(of->source_id), P(of->member_id)),
        LIKENESS_ROW, mem, out);
}

err likeness_store_list_others(struct db *db, str source, i64 id, struct arena *mem,
                               struct rows *out)
{
    out->size = sizeof(i64);
    return db_list(db,
                   SQL("SELECT other_id AS id FROM likenesses WHERE org_id = :org AND source = "
                       ":source AND source_id = :id ORDER BY other_id LIMIT 1000",
                       P(source), P(id)),
                   ID_ROW, mem, out);
}

err likeness_store_clear(struct db *db, str source, i64 id)
{
    TRY(db_run(db,
               SQL("DELETE FROM likenesses WHERE org_id = :org AND source = :source AND source_id "
                   "= :id AND apart_at = 0",
                   P(source), P(id)),
               NULL));
    return db_run(db,
                  SQL("DELETE FROM likenesses WHERE org_id = :org AND source = :source AND "
                      "other_id = :id AND apart_at = 0",
                      P(source), P(id)),
                  NULL);
}

err likeness_store_add(struct db *db, str source, const struct likeness_found *l)
{
    str kind = str_of(l->is_split ? "split" : "similar");
    return db_run(db,
                  SQL("INSERT INTO likenesses (org_id, source, source_id, other_id, degree, kind, "
                      "found_at) VALUES (:org, :source, :source_id, :other_id, :degree, :kind, "
                      ":found_at), (:org, :source, :other_id, :source_id, :degree, :kind, "
                      ":found_at) ON CONFLICT DO NOTHING",
                      P(source), P(l->source_id), P(l->other_id), P(l->degree), P(kind),
                      P(l->found_at)),
                  NULL);
}

err likeness_store_part(struct db *db, const struct likeness_apart *a, i64 *changed)
{
    return db_run(
        db,
        SQL("UPDATE likenesses SET apart_at = :apart_at, apart_name = :apart_name, apart_text = "
            ":apart_text WHERE org_id = :org AND source = :source AND apart_at = 0 AND "
            "((source_id = :source_id AND other_id = :other_id) OR (source_id = :other_id AND "
            "other_id = :source_id))",
            P(a->source), P(a->source_id), P(a->other_id), P(a->apart_at), P(a->apart_name),
            P(a->apart_text)),
        changed);
}

err likeness_store_entry(struct db *db, const struct likeness_of *of, struct arena *mem,
                         struct rows *out)
{
    out->size = sizeof(i64);
    return db_list(db,
                   SQL("SELECT id FROM entries WHERE org_id = :org AND source = :source AND "
                       "source_id = :source_id AND kind = :source || '.submitted' AND state = "
                       "'live' ORDER BY CASE WHEN member_id = :member_id THEN 0 ELSE 1 END, id "
                       "LIMIT 1",
                       P(of->source), P(of->source_id), P(of->member_id)),
                   ID_ROW, mem, out);
}
