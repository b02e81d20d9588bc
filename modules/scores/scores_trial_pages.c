/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page of what-if (scores_trial.h) and its JSON. */
#include "modules/scores/scores_trial.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/scores.h"

static void mover_json(struct json *j, const struct scores_mover *m)
{
    json_object(j, NULL);
    json_i64(j, "member_id", m->after->person->member_id);
    json_str(j, "name", m->after->person->name);
    json_i64(j, "before_x1000", m->before->score->total);
    json_i64(j, "after_x1000", m->after->score->total);
    json_str(j, "grade_before", m->was);
    json_str(j, "grade_after", m->is);
    json_array(j, "reasons");
    for (size_t i = 0; i < m->reason_count; i++) {
        json_object(j, NULL);
        json_str(j, "rule", m->reasons[i].rule);
        json_i64(j, "before_x1000", m->reasons[i].before);
        json_i64(j, "after_x1000", m->reasons[i].after);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

static err trial_json(struct rq *rq, const struct scores_trial *t, struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "year", t->after.year);
    json_i64(&j, "before_ruleset_id", t->before.rules ? t->before.set.id : 0);
    json_i64(&j, "ruleset_id", t->after.set.id);
    json_i64(&j, "assessed", t->assessed);
    json_i64(&j, "moved", (i64)t->count);
    json_i64(&j, "up", t->up);
    json_i64(&j, "down", t->down);
    json_i64(&j, "before_x1000", t->before_sum);
    json_i64(&j, "after_x1000", t->after_sum);
    json_array(&j, "grades");
    for (size_t i = 0; i < t->grade_count; i++) {
        json_object(&j, NULL);
        json_str(&j, "name", t->grades[i].name);
        json_i64(&j, "before", t->grades[i].before);
        json_i64(&j, "after", t->grades[i].after);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_array(&j, "groups");
    for (size_t i = 0; i < t->moved_groups; i++) {
        json_object(&j, NULL);
        json_str(&j, "label", t->groups[i].label);
        json_i64(&j, "before_x1000", t->groups[i].before);
        json_i64(&j, "after_x1000", t->groups[i].after);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_array(&j, "items");
    for (size_t i = 0; i < t->count; i++)
        mover_json(&j, &t->movers[i]);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_scores_trial(struct rq *rq, struct res *res)
{
    const struct scores_year_input *in = rq->input;
    struct scores_trial *t = arena_zero(rq->mem, sizeof *t);
    TRY(scores_trial_make(rq, rq->path_id, in->year, t));
    if (rq->api)
        return trial_json(rq, t, res);
    const char *path = arena_printf(rq->mem, "/rulesets/%lld/trial", (long long)rq->path_id).ptr;
    str title = text_format(rq->mem, "scores.trial_of", t->after.set.name, str_of(""));
    const struct scores_trial_view v = {
        .t = t,
        .rq = rq,
        .years = scores_years(rq, &t->after, path, str_of(""), NULL),
        .crumbs = view_crumbs_of(rq->mem, "rulesets", t->after.set.id, t->after.set.name,
                                 text_find("scores.trial"))
    };
    struct out *out = page_begin(rq, title, "rulesets");
    view_scores_trial(out, &v);
    page_end(res, out);
    return OK;
}
