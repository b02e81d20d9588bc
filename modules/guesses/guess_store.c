/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of guesses and their models. */
#include "modules/guesses/guess_store.h"

static const struct field MODEL[] = { FIELD(struct guess_model, question),
                                      FIELD(struct guess_model, made_at),
                                      FIELD(struct guess_model, texts),
                                      FIELD(struct guess_model, model),
                                      { 0 } };
static const struct field MADE[] = { FIELD(struct guess_model, question),
                                     FIELD(struct guess_model, made_at),
                                     FIELD(struct guess_model, texts),
                                     { 0 } };

err guess_store_find_model(struct db *db, str question, struct arena *mem, struct guess_model *out)
{
    return db_one(db,
                  SQL("SELECT question, made_at, texts, model FROM guess_models WHERE org_id = "
                      ":org AND question = :question",
                      P(question)),
                  MODEL, mem, out);
}

err guess_store_find_made(struct db *db, str question, struct arena *mem, struct guess_model *out)
{
    return db_one(db,
                  SQL("SELECT question, made_at, texts FROM guess_models WHERE org_id = :org AND "
                      "question = :question",
                      P(question)),
                  MADE, mem, out);
}

err guess_store_put_model(struct db *db, const struct guess_model *m)
{
    return db_run(db,
                  SQL("INSERT INTO guess_models (org_id, question, made_at, texts, model) VALUES "
                      "(:org, :question, :made_at, :texts, :model) ON CONFLICT (org_id, question) "
                      "DO UPDATE SET made_at = :made_at, texts = :texts, model = :model",
                      P(m->question), P(m->made_at), P(m->texts), P(m->model)),
                  NULL);
}

err guess_store_put(struct db *db, const struct guess *g)
{
    return db_run(
        db,
        SQL("INSERT INTO guesses (org_id, question, subject_id, label, degree, because, decided, "
            "is_right, decided_at) VALUES (:org, :question, :subject_id, :label, :degree, "
            ":because, :decided, :is_right, :decided_at) ON CONFLICT (org_id, question, "
            "subject_id) DO UPDATE SET label = :label, degree = :degree, because = :because, "
            "decided = :decided, is_right = :is_right, decided_at = :decided_at",
            P(g->question), P(g->subject_id), P(g->label), P(g->degree), P(g->because),
            P(g->decided), P(g->is_right), P(g->decided_at)),
        NULL);
}

err guess_store_forget_words(struct db *db, const char *name, i64 subject_id)
{
    str question = str_of(name);
    return db_run(db,
                  SQL("UPDATE guesses SET because = '' WHERE org_id = :org AND question = "
                      ":question AND subject_id = :subject_id",
                      P(question), P(subject_id)),
                  NULL);
}

err guess_store_count_after(struct db *db, str question, i64 made_at, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM guesses WHERE org_id = :org AND question = :question "
                      "AND decided_at > :made_at",
                      P(question), P(made_at)),
                  count);
}

static const struct field SUM[] = { FIELD(struct guess_sum, decided),
                                    FIELD(struct guess_sum, seen),
                                    FIELD(struct guess_sum, hits),
                                    { 0 } };

err guess_store_list_sums(struct db *db, str question, i64 since, struct arena *mem,
                          struct rows *out)
{
    out->size = sizeof(struct guess_sum);
    return db_list(db,
                   SQL("SELECT decided, COUNT(*) AS seen, CAST(SUM(is_right) AS BIGINT) AS hits "
                       "FROM guesses WHERE org_id = :org AND question = :question AND label <> '' "
                       "AND decided_at >= :since GROUP BY decided ORDER BY seen DESC, decided "
                       "LIMIT 200",
                       P(question), P(since)),
                   SUM, mem, out);
}

static const struct field HANDLED[] = { FIELD(struct guess_handled, agency_id),
                                        FIELD(struct guess_handled, letters),
                                        FIELD(struct guess_handled, near),
                                        { 0 } };

err guess_store_list_handled(struct db *db, const struct guess_kind *kind, struct arena *mem,
                             struct rows *out)
{
    out->size = sizeof(struct guess_handled);
    return db_list(
        db,
        SQL("SELECT n.agency_id, COUNT(*) AS letters, CAST(SUM(CASE WHEN n.county = :county AND "
            ":county <> '' THEN 1 ELSE 0 END) AS BIGINT) AS near FROM (SELECT l.agency_id, "
            "l.county FROM letters l WHERE l.org_id = :org AND l.category = :category AND "
            "l.first_replied_at >= :since AND l.first_agency_id > 0 AND l.lead_id = 0 AND "
            "l.agency_id > 0 AND l.id <> :but_id ORDER BY l.first_replied_at DESC LIMIT :most) n "
            "GROUP BY n.agency_id ORDER BY letters DESC, n.agency_id LIMIT 200",
            P(kind->county), P(kind->category), P(kind->since), P(kind->but_id), P(kind->most)),
        HANDLED, mem, out);
}

err guess_store_decide(struct db *db, const char *question, i64 subject_id, str decided)
{
    str name = str_of(question);
    return db_run(db,
                  SQL("UPDATE guesses SET decided = :decided, is_right = CASE WHEN label = "
                      ":decided THEN 1 ELSE 0 END WHERE org_id = :org AND question = :name AND "
                      "subject_id = :subject_id AND decided <> :decided",
                      P(decided), P(name), P(subject_id)),
                  NULL);
}
