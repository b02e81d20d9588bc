/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Yearly assessments (年度考核) for other modules: what was decided of a member. Words, life and
 * who may: README.md. Within the module: assessment_rules.h. */
#ifndef HT_ASSESSMENTS_ASSESSMENT_H
#define HT_ASSESSMENTS_ASSESSMENT_H
#include "platform/web/web.h"

/* A grade that stands by a decision. grade: empty = he was not graded; stand: why, as in gradings.
 * organ: "chairs", "standing"; told: he was notified; honour_title: what he was commended as on
 * honour_on, empty = he was not. */
struct assessment_grade {
    i64 year, assessment_id, decided_on, told, honour_on;
    str grade, stand, organ, meeting, document, honour_title;
};

/* A member's grades of the years that end in these days, newest first, as far as they are decided:
 * struct assessment_grade rows. Input to re-nomination; whether rq's actor may know is the caller's
 * business. Errors: those of the database. */
err assessments_of_member(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out);

/* Everybody's of the years that end in these days, as far as they are decided, by member and year.
 * words: the grade and whether he was commended, or why he has none; vetoes: that held, in words.
 * Else as above. */
struct assessment_verdict {
    i64 member_id, year, assessed, honoured;
    str words, stand, vetoes;
};
err assessments_of_all(struct rq *rq, i64 from_on, i64 to_on, struct rows *out);

/* Emitted: assessments.approved (id: the assessment; fact: const struct flow_step *). */
#endif
