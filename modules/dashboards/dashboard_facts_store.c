/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of facts and counters. What a figure means stands in the views dashboard_…_now
 * (schema/0001_counters.sql, 0003_sides.sql): here they are only read. Rules: dashboard_facts.c. */
#include "modules/dashboards/dashboard_figures.h"
#include "platform/base/str.h"
#include "platform/db/sums.h"

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
    FIELD(struct dashboard_facts, sign_days),
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
    FIELD(struct dashboard_facts, commended),
    FIELD(struct dashboard_facts, publishable),
    FIELD(struct dashboard_facts, published),
    FIELD(struct dashboard_facts, steps_unknown),
    FIELD(struct dashboard_facts, talks_unknown),
    { 0 },
};

const struct field DASHBOARD_SIDE_ROW[] = {
    FIELD(struct dashboard_facts, source),
    FIELD(struct dashboard_facts, subject_id),
    FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, agency_id),
    FIELD(struct dashboard_facts, owes),
    FIELD(struct dashboard_facts, due_on),
    FIELD(struct dashboard_facts, dispute_days),
    FIELD(struct dashboard_facts, reminded),
    FIELD(struct dashboard_facts, reminded_by_clock),
    FIELD(struct dashboard_facts, slips),
    FIELD(struct dashboard_facts, slips_answered),
    FIELD(struct dashboard_facts, slips_on_time),
    FIELD(struct dashboard_facts, disputes),
    FIELD(struct dashboard_facts, disputes_upheld),
    FIELD(struct dashboard_facts, disputes_moved),
    FIELD(struct dashboard_facts, disputes_dropped),
    { 0 },
};

const struct field DASHBOARD_OPINION_ROW[] = {
    FIELD(struct dashboard_facts, source),
    FIELD(struct dashboard_facts, subject_id),
    FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, kind),
    FIELD(struct dashboard_facts, category),
    FIELD(struct dashboard_facts, sector),
    FIELD(struct dashboard_facts, committee),
    FIELD(struct dashboard_facts, party),
    FIELD(struct dashboard_facts, body),
    FIELD(struct dashboard_facts, month),
    FIELD(struct dashboard_facts, person_id),
    FIELD(struct dashboard_facts, opinions),
    FIELD(struct dashboard_facts, waiting),
    FIELD(struct dashboard_facts, chosen),
    FIELD(struct dashboard_facts, stored),
    FIELD(struct dashboard_facts, issued),
    FIELD(struct dashboard_facts, single),
    FIELD(struct dashboard_facts, urgent_sent),
    FIELD(struct dashboard_facts, revising),
    FIELD(struct dashboard_facts, composites),
    FIELD(struct dashboard_facts, composites_issued),
    FIELD(struct dashboard_facts, recast),
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
    FIELD(struct dashboard_facts, commended),
    FIELD(struct dashboard_facts, publishable),
    FIELD(struct dashboard_facts, published),
    FIELD(struct dashboard_facts, steps_unknown),
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
    FIELD(struct dashboard_facts, sign_days),
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
    FIELD(struct dashboard_facts, steps_unknown),
    FIELD(struct dashboard_facts, talks_unknown),
    { 0 },
};

static const struct field PROMISES_ROW[] = {
    FIELD(struct dashboard_facts, subject_id),  FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, agency_id),   FIELD(struct dashboard_facts, first_due_on),
    FIELD(struct dashboard_facts, promised),    FIELD(struct dashboard_facts, kept),
    FIELD(struct dashboard_facts, unconfirmed), FIELD(struct dashboard_facts, missed),
    FIELD(struct dashboard_facts, pending),     { 0 },
};

err facts_store_read(struct db *db, struct sql sql, const struct field *map,
                     const struct facts_reader *reader)
{
    if (reader->rows) {
        reader->rows->size = sizeof(struct dashboard_facts);
        return db_list(db, sql, map, reader->mem, reader->rows);
    }
    return db_each(db, sql,
                   &(struct db_each){ map, sizeof(struct dashboard_facts), reader->mem, reader->fn,
                                      reader->context });
}

static err proposals_now(struct db *db, const struct facts_reader *reader)
{
    return facts_store_read(
        db,
        SQL("SELECT subject_id, session_id, kind, timing, category, sector, committee, gender, "
            "ethnic, party, reject_reason, owes, due_on, class, tracked, satisfaction, "
            "review_days, assign_days, received, signers, docketed, rejected, diverted, "
            "withdrawn, merged, assigned, replied, on_time, strict, closed, "
            "redone, extended, mediated, "
            "flagship, commended, publishable, published, steps_unknown FROM "
            "dashboard_proposals_now_3 WHERE "
            "org_id = :org AND subject_id BETWEEN "
            ":first_id AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        PROPOSALS_ROW, reader);
}

static err assignments_now(struct db *db, const struct facts_reader *reader)
{
    return facts_store_read(
        db,
        SQL("SELECT subject_id, session_id, agency_id, owes, due_on, class, talks, accept_days, "
            "handle_days, sign_days, cohost_days, evaluate_days, assigned, replied, on_time, "
            "strict, closed, "
            "cohosted, met, items, adopted, partly, sent, returned, handling_satisfied, "
            "handling_fair, handling_dissatisfied, result_satisfied, result_fair, "
            "result_dissatisfied, steps_unknown, talks_unknown FROM dashboard_assignments_now_3 "
            "WHERE org_id = :org AND "
            "subject_id BETWEEN :first_id AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        ASSIGNMENTS_ROW, reader);
}

static err promises_now(struct db *db, const struct facts_reader *reader)
{
    return facts_store_read(
        db,
        SQL("SELECT subject_id, session_id, agency_id, first_due_on, promised, kept, unconfirmed, "
            "missed, pending FROM dashboard_promises_now WHERE org_id = :org AND subject_id "
            "BETWEEN :first_id AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        PROMISES_ROW, reader);
}

/* ---- nudges, slips, disputes ---- */

static const struct field REMINDERS_ROW[] = {
    FIELD(struct dashboard_facts, subject_id),        FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, agency_id),         FIELD(struct dashboard_facts, reminded),
    FIELD(struct dashboard_facts, reminded_by_clock), { 0 },
};

static const struct field URGINGS_ROW[] = {
    FIELD(struct dashboard_facts, subject_id),
    FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, agency_id),
    FIELD(struct dashboard_facts, owes),
    FIELD(struct dashboard_facts, due_on),
    FIELD(struct dashboard_facts, slips),
    FIELD(struct dashboard_facts, slips_answered),
    FIELD(struct dashboard_facts, slips_on_time),
    { 0 },
};

static const struct field DISPUTES_ROW[] = {
    FIELD(struct dashboard_facts, subject_id),
    FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, agency_id),
    FIELD(struct dashboard_facts, dispute_days),
    FIELD(struct dashboard_facts, disputes),
    FIELD(struct dashboard_facts, disputes_upheld),
    FIELD(struct dashboard_facts, disputes_moved),
    FIELD(struct dashboard_facts, disputes_dropped),
    { 0 },
};

static err reminders_now(struct db *db, const struct facts_reader *reader)
{
    return facts_store_read(
        db,
        SQL("SELECT subject_id, session_id, agency_id, reminded, reminded_by_clock FROM "
            "dashboard_reminders_now WHERE org_id = :org AND subject_id BETWEEN :first_id "
            "AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        REMINDERS_ROW, reader);
}

static err urgings_now(struct db *db, const struct facts_reader *reader)
{
    return facts_store_read(
        db,
        SQL("SELECT subject_id, session_id, agency_id, owes, due_on, slips, "
            "slips_answered, slips_on_time FROM dashboard_urgings_now WHERE org_id = :org "
            "AND subject_id BETWEEN :first_id AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        URGINGS_ROW, reader);
}

static err disputes_now(struct db *db, const struct facts_reader *reader)
{
    return facts_store_read(
        db,
        SQL("SELECT subject_id, session_id, agency_id, dispute_days, disputes, "
            "disputes_upheld, disputes_moved, disputes_dropped FROM "
            "dashboard_disputes_now WHERE org_id = :org AND subject_id BETWEEN :first_id "
            "AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        DISPUTES_ROW, reader);
}

/* ---- opinions ---- */

static err opinions_now(struct db *db, const struct facts_reader *reader)
{
    return facts_store_read(
        db,
        SQL("SELECT 'opinions' AS source, subject_id, session_id, kind, category, sector, "
            "committee, party, body, month, person_id, opinions, "
            "waiting, chosen, stored, issued, single, urgent_sent, "
            "revising, composites, composites_issued, recast FROM "
            "dashboard_opinions_now_2 WHERE org_id = :org AND "
            "subject_id BETWEEN :first_id AND :last_id ORDER BY "
            "subject_id",
            P(reader->first_id), P(reader->last_id)),
        DASHBOARD_OPINION_ROW, reader);
}

static bool is_letter(str source)
{
    return str_is(source, "letters");
}

static bool is_opinion(str source)
{
    return str_is(source, "opinions");
}

static err opinion_facts_find(struct db *db, i64 subject_id, struct arena *mem, struct rows *out)
{
    return db_list(db,
                   SQL("SELECT 'opinions' AS source, subject_id, "
                       "session_id, kind, category, sector, committee, "
                       "party, body, month, person_id, opinions, waiting, "
                       "chosen, stored, issued, single, urgent_sent, "
                       "revising, composites, composites_issued, recast FROM "
                       "dashboard_opinion_facts WHERE org_id = :org AND "
                       "subject_id = :subject_id",
                       P(subject_id)),
                   DASHBOARD_OPINION_ROW, mem, out);
}

static err opinion_facts_put(struct db *db, const struct dashboard_facts *f)
{
    return db_run(db,
                  SQL("INSERT INTO dashboard_opinion_facts (org_id, subject_id, "
                      "session_id, kind, category, sector, committee, party, body, "
                      "month, person_id, opinions, waiting, chosen, stored, issued, "
                      "single, urgent_sent, revising, composites, composites_issued, recast) "
                      "VALUES (:org, :subject_id, :session_id, :kind, :category, "
                      ":sector, :committee, :party, :body, :month, :person_id, "
                      ":opinions, :waiting, :chosen, :stored, :issued, :single, "
                      ":urgent_sent, :revising, :composites, :composites_issued, :recast) ON "
                      "CONFLICT (org_id, subject_id) DO UPDATE SET session_id = "
                      "excluded.session_id, kind = excluded.kind, category = "
                      "excluded.category, sector = excluded.sector, committee = "
                      "excluded.committee, party = excluded.party, body = "
                      "excluded.body, month = excluded.month, person_id = "
                      "excluded.person_id, opinions = excluded.opinions, waiting = "
                      "excluded.waiting, chosen = excluded.chosen, stored = "
                      "excluded.stored, issued = excluded.issued, single = "
                      "excluded.single, urgent_sent = excluded.urgent_sent, revising "
                      "= excluded.revising, composites = excluded.composites, "
                      "composites_issued = excluded.composites_issued, recast = excluded.recast",
                      P(f->subject_id), P(f->session_id), P(f->kind), P(f->category), P(f->sector),
                      P(f->committee), P(f->party), P(f->body), P(f->month), P(f->person_id),
                      P(f->opinions), P(f->waiting), P(f->chosen), P(f->stored), P(f->issued),
                      P(f->single), P(f->urgent_sent), P(f->revising), P(f->composites),
                      P(f->composites_issued), P(f->recast)),
                  NULL);
}

static err opinion_facts_fill(struct db *db)
{
    return db_run(db,
                  SQL("INSERT INTO dashboard_opinion_facts (org_id, subject_id, "
                      "session_id, kind, category, sector, committee, party, body, "
                      "month, person_id, opinions, waiting, chosen, stored, issued, "
                      "single, urgent_sent, revising, composites, composites_issued, recast) "
                      "SELECT org_id, subject_id, session_id, kind, category, sector, "
                      "committee, party, body, month, person_id, opinions, waiting, "
                      "chosen, stored, issued, single, urgent_sent, revising, "
                      "composites, composites_issued, recast FROM dashboard_opinions_now_2 "
                      "WHERE org_id = :org"),
                  NULL);
}

/* Which table keeps them. */
static bool is_side(str source)
{
    return str_is(source, "reminders") || str_is(source, "urgings") || str_is(source, "disputes");
}

err facts_store_now(struct db *db, const char *source, const struct facts_reader *reader)
{
    static const struct {
        const char *source;
        err (*now)(struct db *db, const struct facts_reader *reader);
    } ALL[] = {
        { "proposals", proposals_now }, { "assignments", assignments_now },
        { "promises", promises_now },   { "reminders", reminders_now },
        { "urgings", urgings_now },     { "disputes", disputes_now },
        { "opinions", opinions_now },   { "letters", letter_facts_store_now },
    };
    size_t i = 0;
    while (strcmp(ALL[i].source, source) != 0)
        i++;
    return ALL[i].now(db, reader);
}

static err side_find(struct db *db, str source, i64 subject_id, struct arena *mem, struct rows *out)
{
    return db_list(db,
                   SQL("SELECT source, subject_id, session_id, agency_id, owes, due_on, "
                       "dispute_days, reminded, reminded_by_clock, slips, slips_answered, "
                       "slips_on_time, disputes, disputes_upheld, disputes_moved, "
                       "disputes_dropped FROM dashboard_side_facts WHERE org_id = :org AND source "
                       "= :source AND subject_id = :subject_id",
                       P(source), P(subject_id)),
                   DASHBOARD_SIDE_ROW, mem, out);
}

err facts_store_find(struct db *db, str source, i64 subject_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dashboard_facts);
    if (is_letter(source))
        return letter_facts_store_find(db, subject_id, mem, out);
    if (is_opinion(source))
        return opinion_facts_find(db, subject_id, mem, out);
    if (is_side(source))
        return side_find(db, source, subject_id, mem, out);
    return db_list(
        db,
        SQL("SELECT source, subject_id, session_id, agency_id, kind, timing, category, sector, "
            "committee, gender, ethnic, party, reject_reason, first_due_on, owes, due_on, class, "
            "tracked, satisfaction, talks, review_days, assign_days, accept_days, handle_days, "
            "cohost_days, sign_days, evaluate_days, received, signers, docketed, rejected, "
            "diverted, "
            "withdrawn, merged, assigned, replied, on_time, strict, closed, "
            "redone, extended, mediated, "
            "flagship, cohosted, met, items, adopted, partly, sent, returned, handling_satisfied, "
            "handling_fair, handling_dissatisfied, result_satisfied, result_fair, "
            "result_dissatisfied, promised, kept, unconfirmed, missed, pending, commended, "
            "publishable, published, steps_unknown, talks_unknown FROM dashboard_facts WHERE "
            "org_id = :org AND source = "
            ":source AND subject_id = "
            ":subject_id",
            P(source), P(subject_id)),
        DASHBOARD_FACTS_ROW, mem, out);
}

static err side_put(struct db *db, const struct dashboard_facts *f)
{
    return db_run(
        db,
        SQL("INSERT INTO dashboard_side_facts (org_id, source, subject_id, session_id, agency_id, "
            "owes, due_on, dispute_days, reminded, reminded_by_clock, slips, slips_answered, "
            "slips_on_time, disputes, disputes_upheld, disputes_moved, disputes_dropped) VALUES "
            "(:org, :source, :subject_id, :session_id, :agency_id, :owes, :due_on, :dispute_days, "
            ":reminded, :reminded_by_clock, :slips, :slips_answered, :slips_on_time, :disputes, "
            ":disputes_upheld, :disputes_moved, :disputes_dropped) ON CONFLICT (org_id, source, "
            "subject_id) DO UPDATE SET session_id = excluded.session_id, agency_id = "
            "excluded.agency_id, owes = excluded.owes, due_on = excluded.due_on, dispute_days = "
            "excluded.dispute_days, reminded = excluded.reminded, reminded_by_clock = "
            "excluded.reminded_by_clock, slips = excluded.slips, slips_answered = "
            "excluded.slips_answered, slips_on_time = excluded.slips_on_time, disputes = "
            "excluded.disputes, disputes_upheld = excluded.disputes_upheld, disputes_moved = "
            "excluded.disputes_moved, disputes_dropped = excluded.disputes_dropped",
            P(f->source), P(f->subject_id), P(f->session_id), P(f->agency_id), P(f->owes),
            P(f->due_on), P(f->dispute_days), P(f->reminded), P(f->reminded_by_clock), P(f->slips),
            P(f->slips_answered), P(f->slips_on_time), P(f->disputes), P(f->disputes_upheld),
            P(f->disputes_moved), P(f->disputes_dropped)),
        NULL);
}

err facts_store_put(struct db *db, const struct dashboard_facts *f)
{
    if (is_letter(f->source))
        return letter_facts_store_put(db, f);
    if (is_opinion(f->source))
        return opinion_facts_put(db, f);
    if (is_side(f->source))
        return side_put(db, f);
    return db_run(
        db,
        SQL("INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, agency_id, "
            "kind, timing, category, sector, committee, gender, ethnic, party, reject_reason, "
            "first_due_on, owes, due_on, class, tracked, satisfaction, talks, review_days, "
            "assign_days, accept_days, handle_days, cohost_days, sign_days, evaluate_days, "
            "received, "
            "signers, docketed, rejected, diverted, withdrawn, merged, assigned, replied, "
            "on_time, strict, closed, redone, extended, mediated, flagship, cohosted, met, items, "
            "adopted, partly, sent, returned, handling_satisfied, handling_fair, "
            "handling_dissatisfied, result_satisfied, result_fair, result_dissatisfied, promised, "
            "kept, unconfirmed, missed, pending, commended, publishable, published, "
            "steps_unknown, talks_unknown) VALUES "
            "(:org, :source, :subject_id, :session_id, "
            ":agency_id, :kind, :timing, :category, :sector, :committee, :gender, :ethnic, "
            ":party, :reject_reason, :first_due_on, :owes, :due_on, :class, :tracked, "
            ":satisfaction, :talks, :review_days, :assign_days, :accept_days, :handle_days, "
            ":cohost_days, :sign_days, :evaluate_days, :received, :signers, :docketed, "
            ":rejected, :diverted, "
            ":withdrawn, :merged, :assigned, :replied, :on_time, :strict, :closed, "
            ":redone, :extended, "
            ":mediated, :flagship, :cohosted, :met, :items, :adopted, :partly, :sent, :returned, "
            ":handling_satisfied, :handling_fair, :handling_dissatisfied, :result_satisfied, "
            ":result_fair, :result_dissatisfied, :promised, :kept, :unconfirmed, :missed, "
            ":pending, :commended, :publishable, :published, :steps_unknown, :talks_unknown) ON "
            "CONFLICT (org_id, source, "
            "subject_id) DO UPDATE SET session_id = "
            "excluded.session_id, agency_id = excluded.agency_id, kind = excluded.kind, timing = "
            "excluded.timing, category = excluded.category, sector = excluded.sector, committee = "
            "excluded.committee, gender = excluded.gender, ethnic = excluded.ethnic, party = "
            "excluded.party, reject_reason = excluded.reject_reason, first_due_on = "
            "excluded.first_due_on, owes = excluded.owes, due_on = excluded.due_on, class = "
            "excluded.class, tracked = excluded.tracked, satisfaction = excluded.satisfaction, "
            "talks = excluded.talks, review_days = excluded.review_days, assign_days = "
            "excluded.assign_days, accept_days = excluded.accept_days, handle_days = "
            "excluded.handle_days, cohost_days = excluded.cohost_days, sign_days = "
            "excluded.sign_days, evaluate_days = "
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
            "pending = excluded.pending, commended = excluded.commended, publishable = "
            "excluded.publishable, published = excluded.published, steps_unknown = "
            "excluded.steps_unknown, talks_unknown = excluded.talks_unknown",
            P(f->source), P(f->subject_id), P(f->session_id), P(f->agency_id), P(f->kind),
            P(f->timing), P(f->category), P(f->sector), P(f->committee), P(f->gender), P(f->ethnic),
            P(f->party), P(f->reject_reason), P(f->first_due_on), P(f->owes), P(f->due_on),
            P(f->class), P(f->tracked), P(f->satisfaction), P(f->talks), P(f->review_days),
            P(f->assign_days), P(f->accept_days), P(f->handle_days), P(f->cohost_days),
            P(f->sign_days), P(f->evaluate_days), P(f->received), P(f->signers), P(f->docketed),
            P(f->rejected), P(f->diverted), P(f->withdrawn), P(f->merged), P(f->assigned),
            P(f->replied), P(f->on_time), P(f->strict), P(f->closed), P(f->redone), P(f->extended),
            P(f->mediated), P(f->flagship), P(f->cohosted), P(f->met), P(f->items), P(f->adopted),
            P(f->partly), P(f->sent), P(f->returned), P(f->handling_satisfied), P(f->handling_fair),
            P(f->handling_dissatisfied), P(f->result_satisfied), P(f->result_fair),
            P(f->result_dissatisfied), P(f->promised), P(f->kept), P(f->unconfirmed), P(f->missed),
            P(f->pending), P(f->commended), P(f->publishable), P(f->published), P(f->steps_unknown),
            P(f->talks_unknown)),
        NULL);
}

err facts_store_remove(struct db *db, str source, i64 subject_id)
{
    if (is_letter(source))
        return letter_facts_store_remove(db, subject_id);
    if (is_opinion(source))
        return db_run(
            db,
            SQL("DELETE FROM dashboard_opinion_facts WHERE org_id = :org AND subject_id = "
                ":subject_id",
                P(subject_id)),
            NULL);
    if (is_side(source))
        return db_run(db,
                      SQL("DELETE FROM dashboard_side_facts WHERE org_id = :org AND source = "
                          ":source AND subject_id = :subject_id",
                          P(source), P(subject_id)),
                      NULL);
    return db_run(db,
                  SQL("DELETE FROM dashboard_facts WHERE org_id = :org AND source = :source AND "
                      "subject_id = :subject_id",
                      P(source), P(subject_id)),
                  NULL);
}

err facts_store_clear(struct db *db)
{
    TRY(db_run(db, SQL("DELETE FROM dashboard_counts WHERE org_id = :org"), NULL));
    TRY(db_run(db, SQL("DELETE FROM dashboard_side_facts WHERE org_id = :org"), NULL));
    TRY(db_run(db, SQL("DELETE FROM dashboard_opinion_facts WHERE org_id = :org"), NULL));
    TRY(letter_facts_store_clear(db));
    return db_run(db, SQL("DELETE FROM dashboard_facts WHERE org_id = :org"), NULL);
}

static err side_fill(struct db *db)
{
    TRY(db_run(db,
               SQL("INSERT INTO dashboard_side_facts (org_id, source, subject_id, session_id, "
                   "agency_id, owes, due_on, dispute_days, reminded, reminded_by_clock, slips, "
                   "slips_answered, slips_on_time, disputes, disputes_upheld, disputes_moved, "
                   "disputes_dropped) SELECT org_id, 'reminders', subject_id, session_id, "
                   "agency_id, 0, 0, '', reminded, reminded_by_clock, 0, 0, 0, 0, 0, 0, 0 FROM "
                   "dashboard_reminders_now WHERE org_id = :org"),
               NULL));
    TRY(db_run(db,
               SQL("INSERT INTO dashboard_side_facts (org_id, source, subject_id, session_id, "
                   "agency_id, owes, due_on, dispute_days, reminded, reminded_by_clock, slips, "
                   "slips_answered, slips_on_time, disputes, disputes_upheld, disputes_moved, "
                   "disputes_dropped) SELECT org_id, 'urgings', subject_id, session_id, "
                   "agency_id, owes, due_on, '', 0, 0, slips, slips_answered, slips_on_time, 0, "
                   "0, 0, 0 FROM dashboard_urgings_now WHERE org_id = :org"),
               NULL));
    return db_run(db,
                  SQL("INSERT INTO dashboard_side_facts (org_id, source, subject_id, session_id, "
                      "agency_id, owes, due_on, dispute_days, reminded, reminded_by_clock, slips, "
                      "slips_answered, slips_on_time, disputes, disputes_upheld, disputes_moved, "
                      "disputes_dropped) SELECT org_id, 'disputes', subject_id, session_id, "
                      "agency_id, 0, 0, dispute_days, 0, 0, 0, 0, 0, disputes, disputes_upheld, "
                      "disputes_moved, disputes_dropped FROM dashboard_disputes_now WHERE org_id = "
                      ":org"),
                  NULL);
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
            "extended, mediated, flagship, commended, publishable, published, steps_unknown) "
            "SELECT org_id, "
            "'proposals', subject_id, session_id, "
            "kind, timing, category, sector, committee, gender, ethnic, party, reject_reason, "
            "owes, due_on, class, tracked, satisfaction, review_days, assign_days, received, "
            "signers, docketed, rejected, diverted, withdrawn, merged, assigned, replied, "
            "on_time, strict, closed, redone, extended, mediated, flagship, commended, "
            "publishable, published, steps_unknown FROM dashboard_proposals_now_3 "
            "WHERE org_id = :org"),
        NULL));
    TRY(db_run(
        db,
        SQL("INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, agency_id, "
            "owes, due_on, class, talks, accept_days, handle_days, sign_days, cohost_days, "
            "evaluate_days, "
            "assigned, replied, on_time, strict, closed, cohosted, met, items, "
            "adopted, partly, sent, "
            "returned, handling_satisfied, handling_fair, handling_dissatisfied, "
            "result_satisfied, result_fair, result_dissatisfied, steps_unknown, talks_unknown) "
            "SELECT org_id, 'assignments', "
            "subject_id, session_id, agency_id, owes, due_on, class, talks, accept_days, "
            "handle_days, sign_days, cohost_days, evaluate_days, assigned, replied, on_time, "
            "strict, closed, "
            "cohosted, met, items, adopted, partly, sent, returned, handling_satisfied, "
            "handling_fair, handling_dissatisfied, result_satisfied, result_fair, "
            "result_dissatisfied, steps_unknown, talks_unknown FROM dashboard_assignments_now_3 "
            "WHERE org_id = :org"),
        NULL));
    TRY(db_run(
        db,
        SQL("INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, agency_id, "
            "first_due_on, promised, kept, unconfirmed, missed, pending) SELECT org_id, "
            "'promises', subject_id, session_id, agency_id, first_due_on, promised, kept, "
            "unconfirmed, missed, pending FROM dashboard_promises_now WHERE org_id = :org"),
        NULL));
    TRY(side_fill(db));
    TRY(opinion_facts_fill(db));
    TRY(letter_facts_store_fill(db));
    return db_run(
        db,
        SQL("INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value) "
            "SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_sums_7 WHERE "
            "org_id = :org AND value <> 0 AND (metric <> 'signers' OR dimension = 'all')"),
        NULL);
}

err facts_store_total(struct db *db, i64 *count)
{
    i64 side, opinions, letters;
    TRY(letter_facts_store_total(db, &letters));
    TRY(db_i64(db, SQL("SELECT COUNT(*) FROM dashboard_opinion_facts WHERE org_id = :org"),
               &opinions));
    TRY(db_i64(db, SQL("SELECT COUNT(*) FROM dashboard_side_facts WHERE org_id = :org"), &side));
    TRY(db_i64(db, SQL("SELECT COUNT(*) FROM dashboard_facts WHERE org_id = :org"), count));
    *count += side + opinions + letters;
    return OK;
}

err facts_store_published(struct db *db, i64 publication_id, i64 *proposal_id)
{
    return db_i64(db,
                  SQL("SELECT proposal_id FROM publications WHERE org_id = :org AND id = "
                      ":publication_id",
                      P(publication_id)),
                  proposal_id);
}

err counts_store_add(struct db *db, const struct dashboard_count *c)
{
    return db_sum(
        db,
        SQL("INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value) "
            "VALUES (:org, :session_id, :dimension, :code, :metric, :value) ON CONFLICT (org_id, "
            "dimension, session_id, code, metric) DO UPDATE SET value = dashboard_counts.value + "
            "excluded.value",
            P(c->session_id), P(c->dimension), P(c->code), P(c->metric), P(c->value)));
}

err counts_store_wrong(struct db *db, i64 *count)
{
    return db_i64(
        db,
        SQL("SELECT COUNT(*) FROM (SELECT SUM(value) AS difference FROM (SELECT session_id, "
            "dimension, code, metric, value FROM dashboard_sums_7 WHERE org_id = :org AND "
            "(metric <> "
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

err counts_store_list_years(struct db *db, str dimension, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dashboard_count);
    return db_list(db,
                   SQL("SELECT CAST(session_id AS TEXT) AS code, metric, value FROM "
                       "dashboard_counts WHERE org_id = :org AND dimension = :dimension AND "
                       "value <> 0 ORDER BY session_id DESC, metric LIMIT 10000",
                       P(dimension)),
                   COUNT_ROW, mem, out);
}

err counts_store_list_writers(struct db *db, i64 year, struct arena *mem, struct rows *out)
{
    static const struct field ROW[] = { FIELD(struct figure_name, id),
                                        FIELD(struct figure_name, name),
                                        { 0 } };
    out->size = sizeof(struct figure_name);
    return db_list(db,
                   SQL("SELECT DISTINCT p.id, p.name FROM dashboard_counts c JOIN persons p ON "
                       "p.org_id = c.org_id AND p.id = CAST(c.code AS BIGINT) WHERE c.org_id = "
                       ":org AND c.dimension = 'opinion_person' AND c.session_id = :year ORDER BY "
                       "p.id LIMIT 100000",
                       P(year)),
                   ROW, mem, out);
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

err facts_store_list_slips(struct db *db, const struct counts_query *query, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct dashboard_facts);
    return db_list(db,
                   SQL("SELECT agency_id, COUNT(*) AS owes FROM dashboard_side_facts WHERE org_id "
                       "= :org AND owes = 1 AND due_on < :today AND (:session_id = 0 OR "
                       "session_id = :session_id) GROUP BY agency_id LIMIT 5000",
                       P(query->today), P(query->session_id)),
                   OWING_ROW, mem, out);
}

static const struct field SYSTEM_ROW[] = {
    FIELD(struct agency_system, agency_id),
    FIELD(struct agency_system, name),
    { 0 },
};

err facts_store_list_systems(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct agency_system);
    return db_list(db,
                   SQL("SELECT o.id AS agency_id, CASE WHEN o.kind = 'party_committee' OR "
                       "COALESCE(t.kind, '') = 'party_committee' THEN 'party' WHEN o.kind IN "
                       "('government', 'department') THEN 'government' ELSE 'other' END AS name "
                       "FROM orgs o LEFT JOIN orgs t ON t.org_id = o.org_id AND t.id = "
                       "o.parent_id WHERE o.org_id = :org AND o.kind <> 'employer' LIMIT 5000"),
                   SYSTEM_ROW, mem, out);
}
