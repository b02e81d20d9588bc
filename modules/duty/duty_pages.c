/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of sets of rules: all, one in words, the form, two beside each other; the same as JSON.
 * Verbs of the flow have theirs from the engine. */
#include "modules/duty/duty.h"
#include "platform/base/str.h"
#include "platform/flow/flow_pages.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"
#include "views/duty.h"

enum { CREATED = 201 };

static const char *tone_of(enum duty_phase phase)
{
    static const char *const TONES[DUTY_PHASES] = { [DUTY_DRAFT] = "idle",
                                                    [DUTY_COMING] = "info",
                                                    [DUTY_IN_FORCE] = "ok",
                                                    [DUTY_PAST] = "idle",
                                                    [DUTY_DROPPED] = "idle" };
    return TONES[phase];
}

static str label_of(enum duty_phase phase)
{
    return text_label("duty.phases", str_of(duty_phase_name(phase)));
}

static str path_of(struct rq *rq, i64 id, const char *more)
{
    return arena_printf(rq->mem, "/rulesets/%lld%s", (long long)id, more);
}

static void set_json(const struct rq *rq, const struct duty_set *set, struct json *j)
{
    json_i64(j, "id", set->id);
    json_str(j, "name", set->name);
    json_str(j, "state", set->state);
    json_str(j, "phase", str_of(duty_phase_name(duty_phase_of(set, rq->today))));
    json_day(j, "from_on", set->from_on);
    json_day(j, "until_on", set->until_on);
    json_str(j, "organ", set->organ);
    json_time(j, "enacted_at", set->enacted_at);
    json_time(j, "edited_at", set->edited_at);
    json_i64(j, "version", set->version);
}

/* ---- all ---- */

static err list_json_send(struct rq *rq, const struct rows *rows, struct res *res)
{
    const struct duty_set *all = rows->items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows->count; i++) {
        json_object(&j, NULL);
        set_json(rq, &all[i], &j);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_ruleset_list(struct rq *rq, struct res *res)
{
    struct rows rows, shipped = { 0 };
    TRY(duty_set_list(rq, &rows));
    if (rq->api)
        return list_json_send(rq, &rows, res);
    const struct duty_set *all = rows.items;
    str *labels = arena_array(rq->mem, rows.count + 1, sizeof *labels);
    const char **tones = arena_array(rq->mem, rows.count + 1, sizeof *tones);
    for (size_t i = 0; i < rows.count; i++) {
        labels[i] = label_of(duty_phase_of(&all[i], rq->today));
        tones[i] = tone_of(duty_phase_of(&all[i], rq->today));
    }
    bool may_manage = actor_may(rq->actor, "rulesets.manage");
    if (may_manage)
        TRY(duty_shipped_list(rq->mem, &shipped));
    const struct duty_list_view v = { .sets = all,
                                      .labels = labels,
                                      .tones = tones,
                                      .count = rows.count,
                                      .shipped = shipped.items,
                                      .shipped_count = shipped.count,
                                      .may_manage = may_manage };
    struct out *out = page_begin(rq, text_find("menu.rulesets"), "rulesets");
    view_duty_list(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- one ---- */

static void line_json(struct json *j, const char *key, const struct ruleset_line *line)
{
    json_object(j, key);
    json_str(j, "part", str_of(ruleset_part_name(line->part)));
    json_str(j, "section", line->section);
    json_str(j, "name", line->name);
    json_str(j, "worth", line->worth);
    json_str(j, "terms", line->terms);
    json_object_end(j);
}

static err show_json(struct rq *rq, const struct flow_subject *subject, const struct rows *lines,
                     const struct flow_allowed *acts, struct res *res)
{
    const struct duty_set *set = subject->row;
    const struct ruleset_line *all = lines->items;
    struct json j = json_begin(rq);
    set_json(rq, set, &j);
    json_str(&j, "document", set->document);
    json_array(&j, "lines");
    for (size_t i = 0; i < lines->count; i++)
        line_json(&j, NULL, &all[i]);
    json_array_end(&j);
    flow_json_allowed(&j, "actions", &RULESETS_FLOW, subject, acts);
    json_send(&j, res);
    return OK;
}

/* What one is compared with, where nobody says with which: the one before it, of a draft the one in
 * force or else the newest. 0 = there is none. */
static i64 other_of(const struct rq *rq, const struct duty_set *set, const struct rows *rows)
{
    const struct duty_set *all = rows->items, *found = NULL;
    for (size_t i = 0; i < rows->count; i++) {
        bool before = set->from_on ? all[i].from_on < set->from_on : all[i].from_on <= rq->today;
        if (all[i].id != set->id && all[i].from_on && before &&
            (!found || all[i].from_on > found->from_on))
            found = &all[i];
    }
    for (size_t i = 0; i < rows->count && !found; i++)
        if (all[i].id != set->id && all[i].from_on)
            found = &all[i];
    return found ? found->id : 0;
}

err page_ruleset_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    const struct ruleset *rules;
    struct rows rows;
    struct view_steps steps = { 0 };
    TRY(duty_flow_load(rq, rq->path_id, &subject));
    const struct duty_set *set = subject.row;
    enum duty_phase phase = duty_phase_of(set, rq->today);
    TRY(ruleset_read(rq->mem, set->document, &rules));
    struct rows lines = ruleset_lines(rq->mem, rules);
    struct flow_allowed acts = flow_allowed(rq, &RULESETS_FLOW, &subject);
    if (rq->api)
        return show_json(rq, &subject, &lines, &acts, res);
    bool may_manage = actor_may(rq->actor, "rulesets.manage");
    TRY(duty_set_list(rq, &rows));
    if (may_manage)
        TRY(flow_steps(rq, &RULESETS_FLOW, set->id, (const char *const[]){ "recall", NULL },
                       &steps));
    struct duty_show_view v = { .set = set,
                                .lines = &lines,
                                .acts = &acts,
                                .steps = &steps,
                                .label = label_of(phase),
                                .tone = tone_of(phase),
                                .may_manage = may_manage,
                                .is_draft = phase == DUTY_DRAFT };
    if (other_of(rq, set, &rows))
        v.compare = path_of(rq, set->id, "/compare");
    struct out *out = page_begin(rq, set->name, "rulesets");
    view_duty_show(out, &v);
    page_end(res, out);
    return OK;
}

err file_ruleset(struct rq *rq, struct res *res)
{
    struct duty_set set;
    TRY(duty_set_find(rq, rq->path_id, &set));
    str name = text_format(rq->mem, "rulesets.file", set.name, str_of(""));
    res_bytes(res, (bytes){ (const unsigned char *)set.document.ptr, set.document.len }, name,
              "application/json", false);
    return OK;
}

/* ---- two beside each other ---- */

static err compare_json(struct rq *rq, const struct duty_compare_view *v, struct res *res)
{
    const struct ruleset_change *all = v->changes->items;
    struct json j = json_begin(rq);
    json_i64(&j, "from_id", v->from->id);
    json_i64(&j, "to_id", v->to->id);
    json_array(&j, "changes");
    for (size_t i = 0; i < v->changes->count; i++) {
        json_object(&j, NULL);
        if (all[i].before)
            line_json(&j, "before", all[i].before);
        if (all[i].after)
            line_json(&j, "after", all[i].after);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_ruleset_compare(struct rq *rq, struct res *res)
{
    const struct duty_compare_input *in = rq->input;
    struct duty_set from, to;
    const struct ruleset *old, *new;
    struct rows rows;
    TRY(duty_set_find(rq, rq->path_id, &to));
    TRY(duty_set_list(rq, &rows));
    i64 with = in->with ? in->with : other_of(rq, &to, &rows);
    if (!with)
        return err_make(ERR_NOT_FOUND, "rulesets.nothing_before");
    TRY(duty_set_find(rq, with, &from));
    TRY(ruleset_read(rq->mem, from.document, &old));
    TRY(ruleset_read(rq->mem, to.document, &new));
    struct rows changes = ruleset_changes(rq->mem, old, new);
    const struct duty_compare_view v = {
        .from = &from, .to = &to, .changes = &changes, .others = rows.items, .count = rows.count
    };
    if (rq->api)
        return compare_json(rq, &v, res);
    str title = text_format(rq->mem, "rulesets.compared", to.name, str_of(""));
    struct out *out = page_begin(rq, title, "rulesets");
    view_duty_compare(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the form ---- */

/* What the ledger holds (README.md), for who writes a document. */
static const char *const KINDS[] = {
    "plenary.whole",
    "plenary.halfday",
    "plenary.leave",
    "plenary.absent",
    "plenary.late",
    "standing.attended",
    "standing.leave",
    "standing.absent",
    "standing.late",
    "meeting.attended",
    "meeting.leave",
    "meeting.absent",
    "meeting.late",
    "group.attended",
    "group.absent",
    "activity.attended",
    "training.whole",
    "training.part",
    "welfare.attended",
    "proposals.submitted",
    "proposals.docketed",
    "proposals.key",
    "proposals.commended",
    "proposals.recast",
    "opinions.submitted",
    "opinions.adopted",
    "speech.written",
    "statements.submitted",
    "advice.given",
    "lecture.given",
    "history.written",
    "notes.kept",
    "essay.written",
    "project.served",
    "household.helped",
    "honour.nation",
    "honour.province",
    "honour.prefecture",
    "honour.city",
    "other.done",
    NULL,
};
static const char *const GROUP_KINDS[] = { "group.planned", "group.registered", "group.ordered",
                                           "group.published", NULL };
static const char *const TAGS[] = {
    "first",    "joint",          "collective",   "main",          "shared",       "composite",
    "standing", "mandatory",      "similar",      "echo",          "unregistered", "guest",
    "speaker",  "leave_official", "leave_abroad", "leave_illness", "leave_affair", "leave_other",
    NULL,
};

static err form_draw(struct rq *rq, struct res *res, struct duty_form_view *v)
{
    v->kinds = KINDS;
    v->tags = TAGS;
    v->group_kinds = GROUP_KINDS;
    struct out *out = page_begin(rq, v->title, "rulesets");
    view_duty_form(out, v);
    page_end(res, out);
    return OK;
}

err page_ruleset_new(struct rq *rq, struct res *res)
{
    struct duty_form_view v = { .action = str_of("/rulesets/new"),
                                .back = str_of("/rulesets"),
                                .title = text_find("rulesets.new") };
    const struct duty_new_input *in = rq->route->method == GET ? rq->input : NULL;
    struct duty_set set;
    if (in && in->shipped.len) {
        TRY(duty_shipped_find(rq->mem, in->shipped, &v.document));
    } else if (in && in->copy) {
        TRY(duty_set_find(rq, in->copy, &set));
        v.document = set.document;
    }
    return form_draw(rq, res, &v);
}

err page_ruleset_edit(struct rq *rq, struct res *res)
{
    struct duty_set set;
    TRY(duty_set_find(rq, rq->path_id, &set));
    if (!str_is(set.state, "draft"))
        return err_make(ERR_CONFLICT, "rulesets.not_draft");
    struct duty_form_view v = { .action = path_of(rq, set.id, "/edit"),
                                .back = path_of(rq, set.id, ""),
                                .title = text_find("rulesets.edit"),
                                .document = set.document,
                                .version = conflict_version(rq, set.version) };
    return form_draw(rq, res, &v);
}

err page_ruleset_save(struct rq *rq, struct res *res)
{
    i64 id = 0;
    const struct duty_set_input *in = rq->input;
    TRY(duty_set_save(rq, in, &id));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_send(&j, res);
        if (!in->id)
            res_status(res, CREATED);
        return OK;
    }
    res_flash(res, "rulesets.saved", str_of(""));
    res_redirect(res, path_of(rq, id, ""));
    return OK;
}
