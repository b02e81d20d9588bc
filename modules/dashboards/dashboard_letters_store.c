/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the facts of letters; what a figure means stands in the view
 * dashboard_letters_now_2 (schema/0008_via.sql). Those of all others, and of counters:
 * dashboard_facts_store.c. */
#include "modules/dashboards/dashboard_figures.h"

const struct field DASHBOARD_LETTER_ROW[] = {
    FIELD(struct dashboard_facts, source),
    FIELD(struct dashboard_facts, subject_id),
    FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, month),
    FIELD(struct dashboard_facts, kind),
    FIELD(struct dashboard_facts, lane),
    FIELD(struct dashboard_facts, category),
    FIELD(struct dashboard_facts, county),
    FIELD(struct dashboard_facts, town),
    FIELD(struct dashboard_facts, reason),
    FIELD(struct dashboard_facts, agency_id),
    FIELD(struct dashboard_facts, owes),
    FIELD(struct dashboard_facts, due_on),
    FIELD(struct dashboard_facts, answer_days),
    FIELD(struct dashboard_facts, verdict),
    FIELD(struct dashboard_facts, letters),
    FIELD(struct dashboard_facts, waiting),
    FIELD(struct dashboard_facts, dismissed),
    FIELD(struct dashboard_facts, routed),
    FIELD(struct dashboard_facts, withdrawn),
    FIELD(struct dashboard_facts, handed),
    FIELD(struct dashboard_facts, answered),
    FIELD(struct dashboard_facts, on_time),
    FIELD(struct dashboard_facts, late),
    FIELD(struct dashboard_facts, again),
    FIELD(struct dashboard_facts, asked),
    FIELD(struct dashboard_facts, still_yes),
    FIELD(struct dashboard_facts, still_no),
    FIELD(struct dashboard_facts, via),
    FIELD(struct dashboard_facts, first_agency_id),
    FIELD(struct dashboard_facts, unjudged),
    FIELD(struct dashboard_facts, fed),
    { 0 },
};

err letter_facts_store_now(struct db *db, const struct facts_reader *reader)
{
    return facts_store_read(
        db,
        SQL("SELECT 'letters' AS source, subject_id, session_id, month, kind, lane, "
            "via, category, county, town, reason, agency_id, first_agency_id, owes, "
            "due_on, answer_days, verdict, letters, waiting, dismissed, routed, "
            "withdrawn, handed, answered, on_time, late, unjudged, again, asked, "
            "still_yes, still_no, fed FROM dashboard_letters_now_2 WHERE org_id = :org "
            "AND subject_id BETWEEN :first_id AND :last_id ORDER BY subject_id",
            P(reader->first_id), P(reader->last_id)),
        DASHBOARD_LETTER_ROW, reader);
}

err letter_facts_store_find(struct db *db, i64 subject_id, struct arena *mem, struct rows *out)
{
    return db_list(db,
                   SQL("SELECT 'letters' AS source, subject_id, session_id, month, kind, lane, "
                       "via, category, county, town, reason, agency_id, first_agency_id, owes, "
                       "due_on, answer_days, verdict, letters, waiting, dismissed, routed, "
                       "withdrawn, handed, answered, on_time, late, unjudged, again, asked, "
                       "still_yes, still_no, fed FROM dashboard_letter_facts WHERE org_id = :org "
                       "AND subject_id = :subject_id",
                       P(subject_id)),
                   DASHBOARD_LETTER_ROW, mem, out);
}

err letter_facts_store_put(struct db *db, const struct dashboard_facts *f)
{
    return db_run(db,
                  SQL("INSERT INTO dashboard_letter_facts (org_id, subject_id, session_id, month, "
                      "kind, lane, via, category, county, town, reason, agency_id, "
                      "first_agency_id, owes, due_on, answer_days, verdict, letters, waiting, "
                      "dismissed, routed, withdrawn, handed, answered, on_time, late, unjudged, "
                      "again, asked, still_yes, still_no, fed) VALUES (:org, :subject_id, "
                      ":session_id, :month, :kind, :lane, :via, :category, :county, :town, "
                      ":reason, :agency_id, :first_agency_id, :owes, :due_on, :answer_days, "
                      ":verdict, :letters, :waiting, :dismissed, :routed, :withdrawn, :handed, "
                      ":answered, :on_time, :late, :unjudged, :again, :asked, :still_yes, "
                      ":still_no, :fed) ON CONFLICT (org_id, subject_id) DO UPDATE SET session_id "
                      "= excluded.session_id, month = excluded.month, kind = excluded.kind, lane "
                      "= excluded.lane, via = excluded.via, category = excluded.category, county "
                      "= excluded.county, town = excluded.town, reason = excluded.reason, "
                      "agency_id = excluded.agency_id, first_agency_id = "
                      "excluded.first_agency_id, owes = excluded.owes, due_on = excluded.due_on, "
                      "answer_days = excluded.answer_days, verdict = excluded.verdict, letters = "
                      "excluded.letters, waiting = excluded.waiting, dismissed = "
                      "excluded.dismissed, routed = excluded.routed, withdrawn = "
                      "excluded.withdrawn, handed = excluded.handed, answered = "
                      "excluded.answered, on_time = excluded.on_time, late = excluded.late, "
                      "unjudged = excluded.unjudged, again = excluded.again, asked = "
                      "excluded.asked, still_yes = excluded.still_yes, still_no = "
                      "excluded.still_no, fed = excluded.fed",
                      P(f->subject_id), P(f->session_id), P(f->month), P(f->kind), P(f->lane),
                      P(f->via), P(f->category), P(f->county), P(f->town), P(f->reason),
                      P(f->agency_id), P(f->first_agency_id), P(f->owes), P(f->due_on),
                      P(f->answer_days), P(f->verdict), P(f->letters), P(f->waiting),
                      P(f->dismissed), P(f->routed), P(f->withdrawn), P(f->handed), P(f->answered),
                      P(f->on_time), P(f->late), P(f->unjudged), P(f->again), P(f->asked),
                      P(f->still_yes), P(f->still_no), P(f->fed)),
                  NULL);
}

err letter_facts_store_remove(struct db *db, i64 subject_id)
{
    return db_run(db,
                  SQL("DELETE FROM dashboard_letter_facts WHERE org_id = :org AND subject_id = "
                      ":subject_id",
                      P(subject_id)),
                  NULL);
}

err letter_facts_store_clear(struct db *db)
{
    return db_run(db, SQL("DELETE FROM dashboard_letter_facts WHERE org_id = :org"), NULL);
}

err letter_facts_store_fill(struct db *db)
{
    return db_run(db,
                  SQL("INSERT INTO dashboard_letter_facts (org_id, subject_id, session_id, month, "
                      "kind, lane, via, category, county, town, reason, agency_id, "
                      "first_agency_id, owes, due_on, answer_days, verdict, letters, waiting, "
                      "dismissed, routed, withdrawn, handed, answered, on_time, late, unjudged, "
                      "again, asked, still_yes, still_no, fed) SELECT org_id, subject_id, "
                      "session_id, month, kind, lane, via, category, county, town, reason, "
                      "agency_id, first_agency_id, owes, due_on, answer_days, verdict, letters, "
                      "waiting, dismissed, routed, withdrawn, handed, answered, on_time, late, "
                      "unjudged, again, asked, still_yes, still_no, fed FROM "
                      "dashboard_letters_now_2 WHERE org_id = :org"),
                  NULL);
}

err letter_facts_store_total(struct db *db, i64 *count)
{
    return db_i64(db, SQL("SELECT COUNT(*) FROM dashboard_letter_facts WHERE org_id = :org"),
                  count);
}

static const struct field OVERDUE_ROW[] = {
    FIELD(struct dashboard_facts, session_id),
    FIELD(struct dashboard_facts, kind),
    FIELD(struct dashboard_facts, lane),
    FIELD(struct dashboard_facts, via),
    FIELD(struct dashboard_facts, category),
    FIELD(struct dashboard_facts, county),
    FIELD(struct dashboard_facts, town),
    FIELD(struct dashboard_facts, month),
    FIELD(struct dashboard_facts, agency_id),
    FIELD(struct dashboard_facts, owes),
    { 0 },
};

err letter_facts_store_list_overdue(struct db *db, const struct counts_query *query,
                                    struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dashboard_facts);
    return db_list(
        db,
        SQL("SELECT session_id, kind, lane, via, category, county, town, month, agency_id, "
            "COUNT(*) AS owes FROM dashboard_letter_facts WHERE org_id = :org AND owes = 1 "
            "AND session_id = :session_id AND due_on < :today GROUP BY session_id, kind, "
            "lane, via, category, county, town, month, agency_id LIMIT 100000",
            P(query->session_id), P(query->today)),
        OVERDUE_ROW, mem, out);
}
