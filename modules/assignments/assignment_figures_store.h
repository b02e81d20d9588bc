/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counts of assignments and of evaluations by agency, one pass each. What they mean: glossary,
 * rates and counts. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_FIGURES_STORE_H
#define HT_ASSIGNMENTS_ASSIGNMENT_FIGURES_STORE_H
#include "modules/assignments/assignment.h"

/* Of one collection and session (0 = every). today: what is due up to before it. viewer_agency: the
 * matters of that body are left out of the forms (README, "Blind"); 0 = none. */
struct figures_query {
    str matter;
    i64 session_id, today, viewer_agency;
};

/* By agency in order of name: struct agency_figures, its counts of assignments; struct
 * class_figure; struct agency_figures again, its counts of forms. Errors: those of the database. */
err figures_store_agencies(struct db *db, const struct figures_query *query, struct arena *mem,
                           struct rows *out);
err figures_store_classes(struct db *db, const struct figures_query *query, struct arena *mem,
                          struct rows *out);
err figures_store_forms(struct db *db, const struct figures_query *query, struct arena *mem,
                        struct rows *out);
#endif
