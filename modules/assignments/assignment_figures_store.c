/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the figures by agency. Every condition has its twin in a column of the lists
 * (assignment_list.c, modules/dashboards/dashboard_evaluation_list.c), so that a number's link
 * shows what it counts. */
#include "modules/assignments/assignment_figures_store.h"

static const struct field AGENCY_ROW[] = {
    FIELD(struct agency_figures, agency_id), FIELD(struct agency_figures, agency_name),
    FIELD(struct agency_figures, assigned),  FIELD(struct agency_figures, due),
    FIELD(struct agency_figures, answered),  FIELD(struct agency_figures, on_time),
    FIELD(struct agency_figures, closed),    { 0 },
};

static const struct field CLASS_ROW[] = {
    FIELD(struct class_figure, agency_id),
    FIELD(struct class_figure, class),
    FIELD(struct class_figure, count),
    { 0 },
};

static const struct field FORMS_ROW[] = {
    FIELD(struct agency_figures, agency_id),
    FIELD(struct agency_figures, sent),
    FIELD(struct agency_figures, returned),
    FIELD(struct agency_figures, handling_satisfied),
    FIELD(struct agency_figures, handling_fair),
    FIELD(struct agency_figures, handling_dissatisfied),
    FIELD(struct agency_figures, result_satisfied),
    FIELD(struct agency_figures, result_fair),
    FIELD(struct agency_figures, result_dissatisfied),
    { 0 },
};

err figures_store_agencies(struct db *db, const struct figures_query *query, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct agency_figures);
    return db_list(
        db,
        SQL("SELECT a.agency_id, o.name AS agency_name, count(*) AS assigned, "
            "count(*) FILTER (WHERE a.replied_at > 0 OR a.due_on < :today) AS due, "
            "count(*) FILTER (WHERE a.replied_at > 0) AS answered, "
            "count(*) FILTER (WHERE a.replied_at > 0 AND a.was_late = 0) AS on_time, "
            "count(*) FILTER (WHERE a.state = 'closed') AS closed "
            "FROM assignments a JOIN orgs o ON o.org_id = a.org_id AND o.id = a.agency_id "
            "WHERE a.org_id = :org AND a.matter = :matter AND a.role <> 'cohost' "
            "AND a.state <> 'reassigned' AND a.cancelled_at = 0 "
            "AND (:session_id = 0 OR a.session_id = :session_id) "
            "GROUP BY a.agency_id, o.name ORDER BY o.name, a.agency_id LIMIT 5000",
            P(query->matter), P(query->session_id), P(query->today)),
        AGENCY_ROW, mem, out);
}

err figures_store_classes(struct db *db, const struct figures_query *query, struct arena *mem,
                          struct rows *out)
{
    out->size = sizeof(struct class_figure);
    return db_list(db,
                   SQL("SELECT a.agency_id, r.class, count(*) AS count FROM assignments a "
                       "JOIN replies r ON r.org_id = a.org_id AND r.assignment_id = a.id "
                       "AND r.round = a.round "
                       "WHERE a.org_id = :org AND a.matter = :matter AND a.role <> 'cohost' "
                       "AND a.replied_at > 0 AND a.cancelled_at = 0 AND r.delivered_at > 0 "
                       "AND (:session_id = 0 OR a.session_id = :session_id) "
                       "GROUP BY a.agency_id, r.class ORDER BY a.agency_id, r.class LIMIT 50000",
                       P(query->matter), P(query->session_id)),
                   CLASS_ROW, mem, out);
}

err figures_store_forms(struct db *db, const struct figures_query *query, struct arena *mem,
                        struct rows *out)
{
    out->size = sizeof(struct agency_figures);
    return db_list(
        db,
        SQL("SELECT a.agency_id, count(*) AS sent, "
            "count(*) FILTER (WHERE e.given_at > 0) AS returned, "
            "count(*) FILTER (WHERE e.handling = 'satisfied') AS handling_satisfied, "
            "count(*) FILTER (WHERE e.handling = 'fair') AS handling_fair, "
            "count(*) FILTER (WHERE e.handling = 'dissatisfied') AS handling_dissatisfied, "
            "count(*) FILTER (WHERE e.result = 'satisfied') AS result_satisfied, "
            "count(*) FILTER (WHERE e.result = 'fair') AS result_fair, "
            "count(*) FILTER (WHERE e.result = 'dissatisfied') AS result_dissatisfied "
            "FROM evaluations e "
            "JOIN assignments a ON a.org_id = e.org_id AND a.id = e.assignment_id "
            "AND a.round = e.round "
            "WHERE e.org_id = :org AND a.matter = :matter "
            "AND (:session_id = 0 OR a.session_id = :session_id) "
            "AND NOT EXISTS (SELECT 1 FROM assignments v WHERE v.org_id = e.org_id AND v.matter = "
            "a.matter AND v.matter_id = a.matter_id AND v.agency_id = :viewer_agency AND "
            "v.agency_id > 0 AND v.state <> 'reassigned') "
            "GROUP BY a.agency_id ORDER BY a.agency_id LIMIT 5000",
            P(query->matter), P(query->session_id), P(query->viewer_agency)),
        FORMS_ROW, mem, out);
}
