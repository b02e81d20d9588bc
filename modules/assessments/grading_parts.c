/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What pages of gradings are put together from: a grading as JSON, the choices of its form. */
#include "modules/assessments/assessment_views.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"

void grading_json(struct json *j, const char *key, const struct grading *g,
                  struct scores_shows shows)
{
    json_object(j, key);
    json_i64(j, "id", g->id);
    json_i64(j, "member_id", g->member_id);
    json_str(j, "code", g->code);
    json_str(j, "name", g->name);
    json_str(j, "sector", g->sector);
    json_str(j, "committee", g->committee);
    json_str(j, "stand", g->stand);
    json_bool(j, "assessed", g->assessed);
    json_i64(j, "gates_due", g->gates_due);
    json_i64(j, "gates_met", g->gates_met);
    json_str(j, "missed", g->missed);
    json_str(j, "vetoes", g->vetoes);
    json_str(j, "why", g->why);
    json_str(j, "proposed", g->proposed);
    json_str(j, "grade", g->grade);
    json_str(j, "reason", g->reason);
    json_str(j, "earlier", g->earlier);
    json_bool(j, "talk", g->talk);
    json_i64(j, "talk_id", g->talk_id);
    json_str(j, "talk_state", g->talk_state);
    json_str(j, "honour", g->honour);
    json_str(j, "honour_note", g->honour_note);
    json_str(j, "honour_title", g->honour_title);
    json_str(j, "honour_organ", g->honour_organ);
    json_str(j, "honour_meeting", g->honour_meeting);
    json_day(j, "honour_on", g->honour_on);
    json_str(j, "honour_document", g->honour_document);
    json_str(j, "honour_level", g->honour_level);
    json_i64(j, "version", g->version);
    if (shows.points)
        json_i64(j, "points_x1000", g->points_x1000);
    json_object_end(j);
}

err grading_choices(struct rq *rq, struct rows *out)
{
    const struct ruleset *rules;
    struct grading g;
    struct assessment a;
    TRY(grading_load(rq, rq->path_id, &g, &a));
    TRY(assessment_rules(rq, &a, &rules));
    struct rows grades = grading_grades(rq, rules);
    const struct grading_sum *all = grades.items;
    struct view_choice *choices = arena_array(rq->mem, grades.count + 1, sizeof *choices);
    for (size_t i = 0; i < grades.count; i++)
        choices[i] = (struct view_choice){ .value = all[i].name, .label = all[i].name };
    choices[grades.count] =
        (struct view_choice){ .value = str_of("none"), .label = text_find("assessments.ungraded") };
    *out = (struct rows){ choices, grades.count + 1, sizeof *choices };
    return OK;
}
