/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the pages of this module show, and their handlers. */
#ifndef HT_ASSESSMENTS_ASSESSMENT_VIEWS_H
#define HT_ASSESSMENTS_ASSESSMENT_VIEWS_H
#include "modules/assessments/assessment_rules.h"
#include "platform/web/view_parts.h"

enum { GRADINGS_SHOWN = 50, DIFFERENCES_SHOWN = 20 };

/* show: changed = people chose another grade, honour = proposed, granted or withheld, talk = a talk
 * is to be arranged, away = who is not assessed, other = another grade than in the decision before;
 * grade: only those who have it. */
struct assessment_show_input {
    i64 id, start;
    str show, grade;
};

struct assessment_view {
    const struct assessment *a;
    const struct grading *const *rows; /* of this page */
    const struct grading_sum *sums;
    const struct grading_difference *differences;
    size_t count, sum_count, difference_count;
    i64 people, assessed, talks; /* talks: still to be held */
    struct scores_shows shows;
    const struct flow_allowed *acts;
    struct view_steps steps;
    struct view_tabs filters;
    struct view_pager pager;
    const struct view_link *crumbs;
    str export;  /* address; empty = not for him */
    i64 honours; /* proposed or granted */
    bool may_retake, may_change, running, has_circular;
    bool has_employers, has_nominators; /* somebody to write to */
};

struct grading_view {
    const struct grading *g;
    const struct assessment *a;
    const struct rows *ballots; /* struct ballot_result: on his reports of the year */
    struct scores_shows shows;
    const struct view_link *crumbs;
    str change;    /* address; empty = not for him or not now */
    str withhold;  /* the same of the page where he is taken out of the proposal, or put back */
    bool may_talk; /* may open the page of the talk */
};

struct assessment_own_view {
    const struct assessment_grade *grades;
    size_t count;
};

/* Handlers of ROUTES, of the pages and under /api/v1. */
err page_assessment_list(struct rq *rq, struct res *res);
err page_assessment_new(struct rq *rq, struct res *res);
err slow_assessment_open(struct rq *rq, struct res *res);
err page_assessment_open(struct rq *rq, struct res *res);
err page_assessment_own(struct rq *rq, struct res *res);
err page_assessment_show(struct rq *rq, struct res *res);
err page_assessment_retake(struct rq *rq, struct res *res);
err file_assessment(struct rq *rq, struct res *res);
err file_assessment_pdf(struct rq *rq, struct res *res);
err file_assessment_letters(struct rq *rq, struct res *res);
err page_grading_withhold_form(struct rq *rq, struct res *res);
err page_grading_withhold(struct rq *rq, struct res *res);
err file_assessment_docx(struct rq *rq, struct res *res);
err page_grading_show(struct rq *rq, struct res *res);
err page_grading_change_form(struct rq *rq, struct res *res);
err page_grading_change(struct rq *rq, struct res *res);

/* A grading as an object; points only where they are shown. key NULL = in an array. */
struct json;
void grading_json(struct json *j, const char *key, const struct grading *g,
                  struct scores_shows shows);

/* Choices of a grading's form. */
err grading_choices(struct rq *rq, struct rows *out);
#endif
