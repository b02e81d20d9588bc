/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements: acts on seats, papers that were issued, runs. What members did is read by
 * modules/entries, their seats and posts by modules/scores. */
#include "modules/dossiers/dossier.h"

err dossier_store_list_acts(struct db *db, const struct dossier_days *days, struct arena *mem,
                            struct rows *out)
{
    static const struct field ACT_ROW[] = { FIELD(struct dossier_act, id),
                                            FIELD(struct dossier_act, on_on),
                                            FIELD(struct dossier_act, act),
                                            FIELD(struct dossier_act, organ),
                                            FIELD(struct dossier_act, document),
                                            FIELD(struct dossier_act, reason),
                                            { 0 } };
    out->size = sizeof(struct dossier_act);
    return db_list(db,
                   SQL("SELECT c.on_on AS on_on, c.act, c.organ, c.document, c.reason, c.id AS id "
                       "FROM seats s JOIN changes c ON c.org_id = s.org_id AND c.seat_id = s.id "
                       "WHERE s.org_id = :org AND s.member_id = :member_id AND c.on_on BETWEEN "
                       ":from_on AND :to_on UNION ALL SELECT v.on_on, 'resector' AS act, v.organ, "
                       "v.document, TRIM(COALESCE(f.name, '') || ' → ' || t.name || ' ' || "
                       "v.reason) AS reason, v.id FROM seats s JOIN "
                       "sector_moves v ON v.org_id = s.org_id AND v.seat_id = s.id JOIN sectors t "
                       "ON t.org_id = v.org_id AND t.id = v.to_sector_id LEFT JOIN sectors f ON "
                       "f.org_id = v.org_id AND f.id = v.from_sector_id WHERE s.org_id = :org AND "
                       "s.member_id = :member_id AND v.on_on BETWEEN :from_on AND :to_on "
                       "ORDER BY on_on, id LIMIT 1000",
                       P(days->member_id), P(days->from_on), P(days->to_on)),
                   ACT_ROW, mem, out);
}

/* ---- papers ---- */

static const struct field PAPER_ROW[] = {
    FIELD(struct dossier_paper, id),
    FIELD(struct dossier_paper, member_id),
    FIELD(struct dossier_paper, term_number),
    FIELD(struct dossier_paper, until_on),
    FIELD(struct dossier_paper, entries),
    FIELD(struct dossier_paper, outcomes),
    FIELD(struct dossier_paper, run_id),
    FIELD(struct dossier_paper, issued_at),
    FIELD(struct dossier_paper, issued_by),
    FIELD(struct dossier_paper, name),
    FIELD(struct dossier_paper, code),
    FIELD(struct dossier_paper, digest),
    FIELD(struct dossier_paper, format),
    FIELD(struct dossier_paper, issued_name),
    { 0 },
};

err dossier_paper_store_add(struct db *db, const struct dossier_paper *paper, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO dossier_papers (org_id, member_id, name, term_number, until_on, entries, "
            "outcomes, code, digest, format, run_id, issued_at, issued_by, issued_name) VALUES "
            "(:org, :member_id, :name, :term_number, :until_on, :entries, :outcomes, :code, "
            ":digest, :format, :run_id, :issued_at, :issued_by, :issued_name) RETURNING id",
            P(paper->member_id), P(paper->name), P(paper->term_number), P(paper->until_on),
            P(paper->entries), P(paper->outcomes), P(paper->code), P(paper->digest),
            P(paper->format), P(paper->run_id), P(paper->issued_at), P(paper->issued_by),
            P(paper->issued_name)),
        id);
}

err dossier_paper_store_find(struct db *db, i64 id, struct arena *mem, struct dossier_paper *out)
{
    return db_one(db,
                  SQL("SELECT id, member_id, term_number, until_on, entries, outcomes, run_id, "
                      "issued_at, issued_by, name, code, digest, format, issued_name FROM "
                      "dossier_papers WHERE org_id = :org AND id = :id",
                      P(id)),
                  PAPER_ROW, mem, out);
}

err dossier_paper_store_list(struct db *db, i64 member_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dossier_paper);
    return db_list(db,
                   SQL("SELECT id, member_id, term_number, until_on, entries, outcomes, run_id, "
                       "issued_at, issued_by, name, code, digest, format, issued_name FROM "
                       "dossier_papers WHERE org_id = :org AND member_id = :member_id ORDER BY id "
                       "DESC LIMIT 20",
                       P(member_id)),
                   PAPER_ROW, mem, out);
}

err dossier_paper_store_count(struct db *db, i64 issued_by, i64 since, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM dossier_papers WHERE org_id = :org AND issued_by = "
                      ":issued_by AND run_id = 0 AND issued_at >= :since",
                      P(issued_by), P(since)),
                  count);
}

err dossier_paper_store_find_org(struct db *db, str code, i64 *org_id)
{
    return db_i64(db,
                  SQL("SELECT CAST(COALESCE(MAX(org_id), 0) AS BIGINT) AS id FROM dossier_papers "
                      "WHERE code = :code",
                      P(code)),
                  org_id);
}

err dossier_paper_store_find_code(struct db *db, str code, struct arena *mem,
                                  struct dossier_paper *out)
{
    return db_one(db,
                  SQL("SELECT id, member_id, term_number, until_on, entries, outcomes, run_id, "
                      "issued_at, issued_by, name, code, digest, format, issued_name FROM "
                      "dossier_papers WHERE org_id = :org AND code = :code",
                      P(code)),
                  PAPER_ROW, mem, out);
}

/* ---- runs ---- */

static const struct field RUN_ROW[] = {
    FIELD(struct dossier_run, id),       FIELD(struct dossier_run, year),
    FIELD(struct dossier_run, done),     FIELD(struct dossier_run, total),
    FIELD(struct dossier_run, asked_at), FIELD(struct dossier_run, asked_by),
    FIELD(struct dossier_run, made_at),  FIELD(struct dossier_run, version),
    FIELD(struct dossier_run, body),     FIELD(struct dossier_run, title),
    FIELD(struct dossier_run, format),   FIELD(struct dossier_run, state),
    FIELD(struct dossier_run, failure),  FIELD(struct dossier_run, asked_name),
    FIELD(struct dossier_run, titled),   { 0 },
};

err dossier_run_store_add(struct db *db, const struct dossier_run *run, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO dossier_runs (org_id, year, body, title, format, "
                         "titled, state, asked_at, asked_by, asked_name) VALUES (:org, :year, "
                         ":body, :title, :format, :titled, 'queued', :asked_at, "
                         ":asked_by, :asked_name) RETURNING id",
                         P(run->year), P(run->body), P(run->title), P(run->format), P(run->titled),
                         P(run->asked_at), P(run->asked_by), P(run->asked_name)),
                     id);
}

err dossier_run_store_find(struct db *db, i64 id, struct arena *mem, struct dossier_run *out)
{
    return db_one(db,
                  SQL("SELECT id, year, done, total, asked_at, asked_by, made_at, version, "
                      "body, title, format, state, failure, asked_name, titled FROM "
                      "dossier_runs WHERE org_id = :org AND id = :id",
                      P(id)),
                  RUN_ROW, mem, out);
}

err dossier_run_store_list(struct db *db, i64 asked_by, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dossier_run);
    return db_list(db,
                   SQL("SELECT id, year, done, total, asked_at, asked_by, made_at, version, "
                       "body, title, format, state, failure, asked_name, titled FROM "
                       "dossier_runs WHERE org_id = :org AND asked_by = :asked_by ORDER BY id DESC "
                       "LIMIT 10",
                       P(asked_by)),
                   RUN_ROW, mem, out);
}

err dossier_run_store_count_open(struct db *db, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM dossier_runs WHERE org_id = :org AND state IN "
                      "('queued', 'making')"),
                  count);
}

err dossier_run_store_progress(struct db *db, const struct dossier_run *run, i64 *changed)
{
    return db_run(db,
                  SQL("UPDATE dossier_runs SET state = 'making', done = :done, total = :total "
                      "WHERE org_id = :org AND id = :id AND version = :version",
                      P(run->done), P(run->total), P(run->id), P(run->version)),
                  changed);
}

err dossier_run_store_end(struct db *db, const struct dossier_run *run, i64 *changed)
{
    return db_run(db,
                  SQL("UPDATE dossier_runs SET state = :state, failure = :failure, done = :done, "
                      "total = :total, made_at = :made_at, version = version + 1 WHERE org_id = "
                      ":org AND id = :id AND version = :version",
                      P(run->state), P(run->failure), P(run->done), P(run->total), P(run->made_at),
                      P(run->id), P(run->version)),
                  changed);
}

err dossier_run_store_list_stuck(struct db *db, i64 before, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dossier_run);
    return db_list(db,
                   SQL("SELECT id, year, done, total, asked_at, asked_by, made_at, version, "
                       "body, title, format, state, failure, asked_name, titled FROM "
                       "dossier_runs WHERE org_id = :org AND state = 'making' AND asked_at < "
                       ":before ORDER BY id LIMIT 100",
                       P(before)),
                   RUN_ROW, mem, out);
}

err dossier_run_store_list_old(struct db *db, i64 before, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dossier_run);
    return db_list(db,
                   SQL("SELECT id, year, done, total, asked_at, asked_by, made_at, version, "
                       "body, title, format, state, failure, asked_name, titled FROM "
                       "dossier_runs WHERE org_id = :org AND state IN ('made', 'failed') AND "
                       "asked_at < :before ORDER BY id LIMIT 100",
                       P(before)),
                   RUN_ROW, mem, out);
}

err dossier_run_store_remove(struct db *db, i64 id, i64 version)
{
    return db_update(db, SQL("DELETE FROM dossier_runs WHERE org_id = :org AND id = :id AND "
                             "version = :version",
                             P(id), P(version)));
}
