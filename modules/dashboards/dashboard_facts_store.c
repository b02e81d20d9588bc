/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of facts and counters. What a figure means stands in the views dashboard_…_now
 * (schema/0001_counters.sql): here they are only read. Rules: dashboard_facts.c. */
#include "modules/dashboards/dashboard_figures.h"

const struct field DASHBOARD_FACTS_ROW[] = {
    FIELD(struct dashboard_facts, source),
    FIELD(struct dashboard_facts, subject_id),
    FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, agency_id),
    FIELD(struct dashboard_facts, kind),
    FIELD(struct dashboard_facts, timing),
    FIELD(struct dashboard_facts, category),
    FIELD(struct dashboard_facts, sector),
    FIELD(struct dashboard_facts, committee),
    FIELD(struct dashboard_facts, gender),
    FIELD(struct dashboard_facts, ethnic),
    FIELD(struct dashboard_facts, party),
    FIELD(struct dashboard_facts, reject_reason),
    FIELD(struct dashboard_facts, first_due_on),
    FIELD(struct dashboard_facts, owes),
    FIELD(struct dashboard_facts, due_on),
    FIELD(struct dashboard_facts, class),
    FIELD(struct dashboard_facts, tracked),
    FIELD(struct dashboard_facts, satisfaction),
    FIELD(struct dashboard_facts, talks),
    FIELD(struct dashboard_facts, review_days),
    FIELD(struct dashboard_facts, assign_days),
    FIELD(struct dashboard_facts, accept_days),
    FIELD(struct dashboard_facts, handle_days),
    FIELD(struct dashboard_facts, cohost_days),
    FIELD(struct dashboard_facts, evaluate_days),
    FIELD(struct dashboard_facts, received),
    FIELD(struct dashboard_facts, signers),
    FIELD(struct dashboard_facts, docketed),
    FIELD(struct dashboard_facts, rejected),
    FIELD(struct dashboard_facts, diverted),
    FIELD(struct dashboard_facts, withdrawn),
    FIELD(struct dashboard_facts, merged),
    FIELD(struct dashboard_facts, assigned),
    FIELD(struct dashboard_facts, replied),
    FIELD(struct dashboard_facts, on_time),
    FIELD(struct dashboard_facts, strict),
    FIELD(struct dashboard_facts, closed),
    FIELD(struct dashboard_facts, redone),
    FIELD(struct dashboard_facts, extended),
    FIELD(struct dashboard_facts, mediated),
    FIELD(struct dashboard_facts, flagship),
    FIELD(struct dashboard_facts, cohosted),
    FIELD(struct dashboard_facts, met),
    FIELD(struct dashboard_facts, items),
    FIELD(struct dashboard_facts, adopted),
    FIELD(struct dashboard_facts, partly),
    FIELD(struct dashboard_facts, sent),
    FIELD(struct dashboard_facts, returned),
    FIELD(struct dashboard_facts, handling_satisfied),
    FIELD(struct dashboard_facts, handling_fair),
    FIELD(struct dashboard_facts, handling_dissatisfied),
    FIELD(struct dashboard_facts, result_satisfied),
    FIELD(struct dashboard_facts, result_fair),
    FIELD(struct dashboard_facts, result_dissatisfied),
    FIELD(struct dashboard_facts, promised),
    FIELD(struct dashboard_facts, kept),
    FIELD(struct dashboard_facts, unconfirmed),
    FIELD(struct dashboard_facts, missed),
    FIELD(struct dashboard_facts, pending),
    { 0 },
};

static const struct field PROPOSALS_ROW[] = {
    FIELD(struct dashboard_facts, subject_id),
    FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, kind),
    FIELD(struct dashboard_facts, timing),
    FIELD(struct dashboard_facts, category),
    FIELD(struct dashboard_facts, sector),
    FIELD(struct dashboard_facts, committee),
    FIELD(struct dashboard_facts, gender),
    FIELD(struct dashboard_facts, ethnic),
    FIELD(struct dashboard_facts, party),
    FIELD(struct dashboard_facts, reject_reason),
    FIELD(struct dashboard_facts, owes),
    FIELD(struct dashboard_facts, due_on),
    FIELD(struct dashboard_facts, class),
    FIELD(struct dashboard_facts, tracked),
    FIELD(struct dashboard_facts, satisfaction),
    FIELD(struct dashboard_facts, review_days),
    FIELD(struct dashboard_facts, assign_days),
    FIELD(struct dashboard_facts, received),
    FIELD(struct dashboard_facts, signers),
    FIELD(struct dashboard_facts, docketed),
    FIELD(struct dashboard_facts, rejected),
    FIELD(struct dashboard_facts, diverted),
    FIELD(struct dashboard_facts, withdrawn),
    FIELD(struct dashboard_facts, merged),
    FIELD(struct dashboard_facts, assigned),
    FIELD(struct dashboard_facts, replied),
    FIELD(struct dashboard_facts, on_time),
    FIELD(struct dashboard_facts, strict),
    FIELD(struct dashboard_facts, closed),
    FIELD(struct dashboard_facts, redone),
    FIELD(struct dashboard_facts, extended),
    FIELD(struct dashboard_facts, mediated),
    FIELD(struct dashboard_facts, flagship),
    { 0 },
};

static const struct field ASSIGNMENTS_ROW[] = {
    FIELD(struct dashboard_facts, subject_id),
    FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, agency_id),
    FIELD(struct dashboard_facts, owes),
    FIELD(struct dashboard_facts, due_on),
    FIELD(struct dashboard_facts, class),
    FIELD(struct dashboard_facts, talks),
    FIELD(struct dashboard_facts, accept_days),
    FIELD(struct dashboard_facts, handle_days),
    FIELD(struct dashboard_facts, cohost_days),
    FIELD(struct dashboard_facts, evaluate_days),
    FIELD(struct dashboard_facts, assigned),
    FIELD(struct dashboard_facts, replied),
    FIELD(struct dashboard_facts, on_time),
    FIELD(struct dashboard_facts, strict),
    FIELD(struct dashboard_facts, closed),
    FIELD(struct dashboard_facts, cohosted),
    FIELD(struct dashboard_facts, met),
    FIELD(struct dashboard_facts, items),
    FIELD(struct dashboard_facts, adopted),
    FIELD(struct dashboard_facts, partly),
    FIELD(struct dashboard_facts, sent),
    FIELD(struct dashboard_facts, returned),
    FIELD(struct dashboard_facts, handling_satisfied),
    FIELD(struct dashboard_facts, handling_fair),
    FIELD(struct dashboard_facts, handling_dissatisfied),
    FIELD(struct dashboard_facts, result_satisfied),
    FIELD(struct dashboard_facts, result_fair),
    FIELD(struct dashboard_facts, result_dissatisfied),
    { 0 },
};

static const struct field PROMISES_ROW[] = {
    FIELD(struct dashboard_facts, subject_id),  FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, agency_id),   FIELD(struct dashboard_facts, first_due_on),
    FIELD(struct dashboard_facts, promised),    FIELD(struct dashboard_facts, kept),
    FIELD(struct dashboard_facts, unconfirmed), FIELD(struct dashboard_facts, missed),
    FIELD(struct dashboard_facts, pending),     { 0 },
};

/* Each row to one.each, or all into one.rows. */
static err read(struct db *db, struct sql sql, const struct field *map,
                const struct facts_reader *one)
{
    if (one->rows) {
        one->rows->size = sizeof(struct dashboard_facts);
        return db_list(db, sql, map, one->mem, one->rows);
    }
    return db_each(db, sql,
                   &(struct db_each){ map, sizeof(struct dashboard_facts), one->mem, one->fn,
                                      one->context });
}

static err proposals_now(struct db *db, const struct facts_reader *reader)
{
    return read(
        db,
        SQL("SELECT subject_id, session_id, kind, timing, category, sector, committee, gender, "
            "ethnic, party, reject_reason, owes, due_on, class, tracked, satisfaction, "
            "review_days, assign_days, received, signers, docketed, rejected, diverted, "
            "withdrawn, merged, assigned, replied, on_time, strict, closed, "
            "redone, extended, mediated, "
            "flagship FROM dashboard_proposals_now WHERE org_id = :org AND subject_id BETWEEN "
            ":first_id AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        PROPOSALS_ROW, reader);
}

static err assignments_now(struct db *db, const struct facts_reader *reader)
{
    return read(
        db,
        SQL("SELECT subject_id, session_id, agency_id, owes, due_on, class, talks, accept_days, "
            "handle_days, cohost_days, evaluate_days, assigned, replied, on_time, strict, closed, "
            "cohosted, met, items, adopted, partly, sent, returned, handling_satisfied, "
            "handling_fair, handling_dissatisfied, result_satisfied, result_fair, "
            "result_dissatisfied FROM dashboard_assignments_now WHERE org_id = :org AND "
            "subject_id BETWEEN :first_id AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        ASSIGNMENTS_ROW, reader);
}

static err promises_now(struct db *db, const struct facts_reader *reader)
{
    return read(
        db,
        SQL("SELECT subject_id, session_id, agency_id, first_due_on, promised, kept, unconfirmed, "
            "missed, pending FROM dashboard_promises_now WHERE org_id = :org AND subject_id "
            "BETWEEN :first_id AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        PROMISES_ROW, reader);
}

err facts_store_now(struct db *db, const char *source, const struct facts_reader *reader)
{
    return *source == 'a'                    ? assignments_now(db, reader)
           : strcmp(source, "promises") == 0 ? promises_now(db, reader)
                                             : proposals_now(db, reader);
}

err facts_store_find(struct db *db, str source, i64 subject_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dashboard_facts);
    return db_list(
        db,
        SQL("SELECT source, subject_id, session_id, agency_id, kind, timing, category, sector, "
            "committee, gender, ethnic, party, reject_reason, first_due_on, owes, due_on, class, "
            "tracked, satisfaction, talks, review_days, assign_days, accept_days, handle_days, "
            "cohost_days, evaluate_days, received, signers, docketed, rejected, diverted, "
            "withdrawn, merged, assigned, replied, on_time, strict, closed, "
            "redone, extended, mediated, "
            "flagship, cohosted, met, items, adopted, partly, sent, returned, handling_satisfied, "
            "handling_fair, handling_dissatisfied, result_satisfied, result_fair, "
            "result_dissatisfied, promised, kept, unconfirmed, missed, pending FROM "
            "dashboard_facts WHERE org_id = :org AND source = :source AND subject_id = "
            ":subject_id",
            P(source), P(subject_id)),
        DASHBOARD_FACTS_ROW, mem, out);
}

err facts_store_put(struct db *db, const struct dashboard_facts *f)
{
    return db_run(
        db,
        SQL("INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, agency_id, "
            "kind, timing, category, sector, committee, gender, ethnic, party, reject_reason, "
            "first_due_on, owes, due_on, class, tracked, satisfaction, talks, review_days, "
            "assign_days, accept_days, handle_days, cohost_days, evaluate_days, received, "
            "signers, docketed, rejected, diverted, withdrawn, merged, assigned, replied, "
            "on_time, strict, closed, redone, extended, mediated, flagship, cohosted, met, items, "
            "adopted, partly, sent, returned, handling_satisfied, handling_fair, "
            "handling_dissatisfied, result_satisfied, result_fair, result_dissatisfied, promised, "
            "kept, unconfirmed, missed, pending) VALUES (:org, :source, :subject_id, :session_id, "
            ":agency_id, :kind, :timing, :category, :sector, :committee, :gender, :ethnic, "
            ":party, :reject_reason, :first_due_on, :owes, :due_on, :class, :tracked, "
            ":satisfaction, :talks, :review_days, :assign_days, :accept_days, :handle_days, "
            ":cohost_days, :evaluate_days, :received, :signers, :docketed, :rejected, :diverted, "
            ":withdrawn, :merged, :assigned, :replied, :on_time, :strict, :closed, "
            ":redone, :extended, "
            ":mediated, :flagship, :cohosted, :met, :items, :adopted, :partly, :sent, :returned, "
            ":handling_satisfied, :handling_fair, :handling_dissatisfied, :result_satisfied, "
            ":result_fair, :result_dissatisfied, :promised, :kept, :unconfirmed, :missed, "
            ":pending) ON CONFLICT (org_id, source, subject_id) DO UPDATE SET session_id = "
            "excluded.session_id, agency_id = excluded.agency_id, kind = excluded.kind, timing = "
            "excluded.timing, category = excluded.category, sector = excluded.sector, committee = "
            "excluded.committee, gender = excluded.gender, ethnic = excluded.ethnic, party = "
            "excluded.party, reject_reason = excluded.reject_reason, first_due_on = "
            "excluded.first_due_on, owes = excluded.owes, due_on = excluded.due_on, class = "
            "excluded.class, tracked = excluded.tracked, satisfaction = excluded.satisfaction, "
            "talks = excluded.talks, review_days = excluded.review_days, assign_days = "
            "excluded.assign_days, accept_days = excluded.accept_days, handle_days = "
            "excluded.handle_days, cohost_days = excluded.cohost_days, evaluate_days = "
            "excluded.evaluate_days, received = excluded.received, signers = excluded.signers, "
            "docketed = excluded.docketed, rejected = excluded.rejected, diverted = "
            "excluded.diverted, withdrawn = excluded.withdrawn, merged = excluded.merged, "
            "assigned = excluded.assigned, replied = excluded.replied, on_time = "
            "excluded.on_time, strict = excluded.strict, closed = excluded.closed, "
            "redone = excluded.redone, extended = "
            "excluded.extended, mediated = excluded.mediated, flagship = excluded.flagship, "
            "cohosted = excluded.cohosted, met = excluded.met, items = excluded.items, adopted = "
            "excluded.adopted, partly = excluded.partly, sent = excluded.sent, returned = "
            "excluded.returned, handling_satisfied = excluded.handling_satisfied, handling_fair = "
            "excluded.handling_fair, handling_dissatisfied = excluded.handling_dissatisfied, "
            "result_satisfied = excluded.result_satisfied, result_fair = excluded.result_fair, "
            "result_dissatisfied = excluded.result_dissatisfied, promised = excluded.promised, "
            "kept = excluded.kept, unconfirmed = excluded.unconfirmed, missed = excluded.missed, "
            "pending = excluded.pending",
            P(f->source), P(f->subject_id), P(f->session_id), P(f->agency_id), P(f->kind),
            P(f->timing), P(f->category), P(f->sector), P(f->committee), P(f->gender), P(f->ethnic),
            P(f->party), P(f->reject_reason), P(f->first_due_on), P(f->owes), P(f->due_on),
            P(f->class), P(f->tracked), P(f->satisfaction), P(f->talks), P(f->review_days),
            P(f->assign_days), P(f->accept_days), P(f->handle_days), P(f->cohost_days),
            P(f->evaluate_days), P(f->received), P(f->signers), P(f->docketed), P(f->rejected),
            P(f->diverted), P(f->withdrawn), P(f->merged), P(f->assigned), P(f->replied),
            P(f->on_time), P(f->strict), P(f->closed), P(f->redone), P(f->extended), P(f->mediated),
            P(f->flagship), P(f->cohosted), P(f->met), P(f->items), P(f->adopted), P(f->partly),
            P(f->sent), P(f->returned), P(f->handling_satisfied), P(f->handling_fair),
            P(f->handling_dissatisfied), P(f->result_satisfied), P(f->result_fair),
            P(f->result_dissatisfied), P(f->promised), P(f->kept), P(f->unconfirmed), P(f->missed),
            P(f->pending)),
        NULL);
}

err facts_store_remove(struct db *db, str source, i64 subject_id)
{
    return db_run(db,
                  SQL("DELETE FROM dashboard_facts WHERE org_id = :org AND source = :source AND "
                      "subject_id = :subject_id",
                      P(source), P(subject_id)),
                  NULL);
}

err facts_store_clear(struct db *db)
{
    TRY(db_run(db, SQL("DELETE FROM dashboard_counts WHERE org_id = :org"), NULL));
    return db_run(db, SQL("DELETE FROM dashboard_facts WHERE org_id = :org"), NULL);
}

err facts_store_fill(struct db *db)
{
    TRY(db_run(
        db,
        SQL("INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, kind, timing, "
            "category, sector, committee, gender, ethnic, party, reject_reason, owes, due_on, "
            "class, tracked, satisfaction, review_days, assign_days, received, signers, docketed, "
            "rejected, diverted, withdrawn, merged, assigned, replied, on_time, "
            "strict, closed, redone, "
            "extended, mediated, flagship) SELECT org_id, 'proposals', subject_id, session_id, "
            "kind, timing, category, sector, committee, gender, ethnic, party, reject_reason, "
            "owes, due_on, class, tracked, satisfaction, review_days, assign_days, received, "
            "signers, docketed, rejected, diverted, withdrawn, merged, assigned, replied, "
            "on_time, strict, closed, redone, extended, mediated, flagship FROM "
            "dashboard_proposals_now "
            "WHERE org_id = :org"),
        NULL));
    TRY(db_run(
        db,
        SQL("INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, agency_id, "
            "owes, due_on, class, talks, accept_days, handle_days, cohost_days, evaluate_days, "
            "assigned, replied, on_time, strict, closed, cohosted, met, items, "
            "adopted, partly, sent, "
            "returned, handling_satisfied, handling_fair, handling_dissatisfied, "
            "result_satisfied, result_fair, result_dissatisfied) SELECT org_id, 'assignments', "
            "subject_id, session_id, agency_id, owes, due_on, class, talks, accept_days, "
            "handle_days, cohost_days, evaluate_days, assigned, replied, on_time, strict, closed, "
            "cohosted, met, items, adopted, partly, sent, returned, handling_satisfied, "
            "handling_fair, handling_dissatisfied, result_satisfied, result_fair, "
            "result_dissatisfied FROM dashboard_assignments_now WHERE org_id = :org"),
        NULL));
    TRY(db_run(
        db,
        SQL("INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, agency_id, "
            "first_due_on, promised, kept, unconfirmed, missed, pending) SELECT org_id, "
            "'promises', subject_id, session_id, agency_id, first_due_on, promised, kept, "
            "unconfirmed, missed, pending FROM dashboard_promises_now WHERE org_id = :org"),
        NULL));
    return db_run(
        db,
        SQL("INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value) "
            "SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_sums WHERE "
            "org_id = :org AND value <> 0 AND (metric <> 'signers' OR dimension = 'all')"),
        NULL);
}

err facts_store_total(struct db *db, i64 *count)
{
    return db_i64(db, SQL("SELECT COUNT(*) FROM dashboard_facts WHERE org_id = :org"), count);
}

err counts_store_add(struct db *db, const struct dashboard_count *c)
{
    return db_run(
        db,
        SQL("INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value) "
            "VALUES (:org, :session_id, :dimension, :code, :metric, :value) ON CONFLICT (org_id, "
            "dimension, session_id, code, metric) DO UPDATE SET value = dashboard_counts.value + "
            "excluded.value",
            P(c->session_id), P(c->dimension), P(c->code), P(c->metric), P(c->value)),
        NULL);
}

err counts_store_wrong(struct db *db, i64 *count)
{
    return db_i64(
        db,
        SQL("SELECT COUNT(*) FROM (SELECT SUM(value) AS difference FROM (SELECT session_id, "
            "dimension, code, metric, value FROM dashboard_sums WHERE org_id = :org AND (metric <> "
            "'signers' OR dimension = 'all') UNION ALL "
            "SELECT session_id, dimension, code, metric, -value FROM dashboard_counts WHERE "
            "org_id = :org) "
            "both_sides GROUP BY session_id, dimension, code, metric) found WHERE "
            "difference <> 0"),
        count);
}

err facts_store_list_moved(struct db *db, i64 session_id, struct arena *mem, struct rows *out)
{
    static const struct field ROW[] = { { .name = "subject_id", .type = FIELD_I64 }, { 0 } };
    out->size = sizeof(i64);
    return db_list(db,
                   SQL("SELECT f.subject_id FROM dashboard_facts f JOIN proposals p ON p.org_id = "
                       "f.org_id AND p.id = f.subject_id WHERE f.org_id = :org AND f.source = "
                       "'proposals' AND f.session_id = :session_id AND f.timing <> p.timing LIMIT "
                       "1000000",
                       P(session_id)),
                   ROW, mem, out);
}

/* ---- for pages ---- */

static const struct field COUNT_ROW[] = {
    FIELD(struct dashboard_count, code),
    FIELD(struct dashboard_count, metric),
    FIELD(struct dashboard_count, value),
    { 0 },
};

/* Two texts each: a session that may be any would keep the key from use. */

err counts_store_list(struct db *db, const struct counts_query *query, struct arena *mem,
                      struct rows *out)
{
    out->size = sizeof(struct dashboard_count);
    if (query->session_id)
        return db_list(db,
                       SQL("SELECT code, metric, value FROM dashboard_counts WHERE org_id = :org "
                           "AND dimension = :dimension AND session_id = :session_id AND value <> "
                           "0 ORDER BY code, metric LIMIT 100000",
                           P(query->dimension), P(query->session_id)),
                       COUNT_ROW, mem, out);
    return db_list(db,
                   SQL("SELECT code, metric, CAST(SUM(value) AS BIGINT) AS value FROM "
                       "dashboard_counts WHERE org_id = :org AND dimension = :dimension AND value "
                       "<> 0 GROUP BY code, metric ORDER BY code, metric LIMIT 100000",
                       P(query->dimension)),
                   COUNT_ROW, mem, out);
}

/* A signed answer that waits for its release is not overdue: the office has it. */
static const struct field OVERDUE_ROW[] = {
    FIELD(struct dashboard_facts, kind),      FIELD(struct dashboard_facts, timing),
    FIELD(struct dashboard_facts, category),  FIELD(struct dashboard_facts, sector),
    FIELD(struct dashboard_facts, committee), FIELD(struct dashboard_facts, gender),
    FIELD(struct dashboard_facts, ethnic),    FIELD(struct dashboard_facts, party),
    FIELD(struct dashboard_facts, owes),      { 0 },
};

err facts_store_list_overdue(struct db *db, const struct counts_query *query, struct arena *mem,
                             struct rows *out)
{
    out->size = sizeof(struct dashboard_facts);
    return db_list(db,
                   SQL("SELECT f.kind, f.timing, f.category, f.sector, f.committee, f.gender, "
                       "f.ethnic, f.party, COUNT(*) AS owes FROM dashboard_facts f WHERE f.org_id "
                       "= :org AND f.source = 'proposals' AND f.owes = 1 AND f.due_on < :today AND "
                       "(:session_id = 0 OR f.session_id = :session_id) AND (NOT EXISTS (SELECT "
                       "h.id FROM assignments h WHERE h.org_id = f.org_id AND h.matter = "
                       "'proposals' AND h.matter_id = f.subject_id AND h.held_at > 0) OR EXISTS "
                       "(SELECT o.id FROM assignments o WHERE o.org_id = f.org_id AND o.matter = "
                       "'proposals' AND o.matter_id = f.subject_id AND o.role <> 'cohost' AND "
                       "o.state <> 'reassigned' AND o.cancelled_at = 0 AND o.first_replied_at = 0 "
                       "AND o.held_at = 0)) GROUP BY f.kind, f.timing, f.category, f.sector, "
                       "f.committee, f.gender, f.ethnic, f.party LIMIT 100000",
                       P(query->today), P(query->session_id)),
                   OVERDUE_ROW, mem, out);
}

static const struct field OWING_ROW[] = {
    FIELD(struct dashboard_facts, agency_id),
    FIELD(struct dashboard_facts, owes),
    { 0 },
};

err facts_store_list_owing(struct db *db, const struct counts_query *query, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct dashboard_facts);
    return db_list(
        db,
        SQL("SELECT f.agency_id, COUNT(*) AS owes FROM dashboard_facts f JOIN assignments "
            "a ON a.org_id = f.org_id AND a.id = f.subject_id AND a.held_at = 0 WHERE "
            "f.org_id = :org AND f.source = 'assignments' AND f.owes = 1 AND f.due_on < "
            ":today AND (:session_id = 0 OR f.session_id = :session_id) GROUP BY "
            "f.agency_id LIMIT 5000",
            P(query->today), P(query->session_id)),
        OWING_ROW, mem, out);
}

err facts_store_list_due(struct db *db, const struct counts_query *query, struct arena *mem,
                         struct rows *out)
{
    out->size = sizeof(struct dashboard_facts);
    return db_list(db,
                   SQL("SELECT agency_id, COUNT(*) AS owes FROM dashboard_facts WHERE org_id = "
                       ":org AND pending = 1 AND first_due_on <= :today AND (:session_id = 0 OR "
                       "session_id = :session_id) GROUP BY agency_id LIMIT 5000",
                       P(query->today), P(query->session_id)),
                   OWING_ROW, mem, out);
}
