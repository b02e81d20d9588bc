/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Where pressing begins: a nudge by one tap, a slip proposed by hand, and the page of all that is
 * late. */
#include "modules/urgings/urging_pages.h"
#include "modules/urgings/urging_views.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/urgings.h"

enum { LATE_EACH = 60 };

/* ---- nudging ---- */

static str back_to(struct rq *rq, const struct remind_input *in, const struct reminder *r)
{
    if (str_is(in->back, "late"))
        return str_of("/urgings/late");
    if (str_is(in->back, "case"))
        return arena_printf(rq->mem, "/%.*s/%lld", (int)r->matter.len, r->matter.ptr,
                            (long long)r->matter_id);
    return arena_printf(rq->mem, "/%.*s/%lld", (int)in->flow.len, in->flow.ptr,
                        (long long)in->subject_id);
}

err page_urging_remind(struct rq *rq, struct res *res)
{
    const struct remind_input *in = rq->input;
    struct reminder sent;
    TRY(reminder_send(rq, in, &sent));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_str(&j, "told", sent.told);
        json_send(&j, res);
        return OK;
    }
    res_flash(res, "urgings.reminded", sent.told);
    res_redirect(res, back_to(rq, in, &sent));
    return OK;
}

/* ---- proposing ---- */

err page_urging_new(struct rq *rq, struct res *res)
{
    static const char *const CAUSES[] = { "overdue", "flagship", "instruction", "unsolved",
                                          "manual" };
    enum { COUNT = sizeof CAUSES / sizeof *CAUSES };
    const struct urging_new_input *in = rq->input;
    struct urging_start v = { .cause_count = COUNT };
    struct view_choice *causes = arena_array(rq->mem, COUNT, sizeof *causes);
    TRY(urged_find(rq, in->flow, in->subject_id, &v.what));
    for (size_t i = 0; i < COUNT; i++)
        causes[i] = (struct view_choice){ .value = str_of(CAUSES[i]),
                                          .label = text_label("choices.cause", str_of(CAUSES[i])) };
    v.causes = causes;
    v.crumbs = view_crumbs(rq->mem, "urgings", text_find("urgings.new"));
    struct out *out = page_begin(rq, text_find("urgings.new"), "urgings");
    view_urgings_start(out, &v);
    page_end(res, out);
    return OK;
}

err page_urging_propose(struct rq *rq, struct res *res)
{
    const struct urging_new_input *in = rq->input;
    struct urging_new wanted = { .flow = arena_cstr(rq->mem, in->flow),
                                 .cause = arena_cstr(rq->mem, in->cause),
                                 .subject_id = in->subject_id,
                                 .text = in->text };
    i64 id = 0;
    TRY(urging_propose(rq, &wanted, &id));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_send(&j, res);
        return OK;
    }
    res_flash(res, "urgings.proposed_now", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/urgings/%lld", (long long)id));
    return OK;
}

/* ---- all that is late ---- */

static const char *const LOOKS[] = { "", "double", "red" };
enum { LOOK_COUNT = sizeof LOOKS / sizeof *LOOKS };

static i64 count_of(const struct rows *rows, str look)
{
    const struct late_thing *all = rows->items;
    i64 n = 0;
    for (size_t i = 0; i < rows->count; i++)
        n += look.len == 0 || str_eq(all[i].look, look);
    return n;
}

static void tabs_make(struct rq *rq, const struct rows *rows, str look, struct view_tabs *out)
{
    struct view_tab *tabs = arena_array(rq->mem, LOOK_COUNT, sizeof *tabs);
    for (size_t i = 0; i < LOOK_COUNT; i++) {
        str one = str_of(LOOKS[i]);
        tabs[i] =
            (struct view_tab){ .label = text_label("urgings.look", one.len ? one : str_of("all")),
                               .url = one.len
                                          ? arena_printf(rq->mem, "/urgings/late?look=%s", LOOKS[i])
                                          : str_of("/urgings/late"),
                               .count = count_of(rows, one),
                               .active = str_eq(one, look) };
    }
    *out = (struct view_tabs){ text_find("urgings.late"), tabs, LOOK_COUNT };
}

static void late_json(struct rq *rq, const struct late_show *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++) {
        const struct late_row *row = &v->items[i].row;
        json_object(&j, NULL);
        json_str(&j, "flow", v->items[i].flow);
        json_i64(&j, "subject_id", row->subject_id);
        json_str(&j, "stage", row->stage);
        json_str(&j, "title", row->title);
        json_str(&j, "number", row->number);
        json_str(&j, "agency_name", row->agency_name);
        json_day(&j, "due_on", row->due_on);
        json_i64(&j, "days_late", row->days_late);
        json_str(&j, "look", v->items[i].look);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_i64(&j, "total", v->total); /* more than there are items where a list is cut */
    json_send(&j, res);
}

err page_urging_late(struct rq *rq, struct res *res)
{
    const struct late_input *in = rq->input;
    struct late_show v = { .may_remind = actor_scope(rq->actor, "urgings.remind") == SCOPE_ORG,
                           .may_propose = actor_may(rq->actor, "urgings.propose") };
    struct rows rows;
    str look = in->look;
    if (actor_scope(rq->actor, "urgings.read") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "urgings.office_only");
    TRY(urging_list_late(rq, LATE_EACH, &rows, &v.total));
    v.each = LATE_EACH;
    v.is_cut = v.total > (i64)rows.count;
    struct late_thing *kept = arena_array(rq->mem, rows.count + 1, sizeof *kept);
    const struct late_thing *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (look.len == 0 || str_eq(all[i].look, look))
            kept[v.count++] = all[i];
    v.items = kept;
    if (rq->api) {
        late_json(rq, &v, res);
        return OK;
    }
    tabs_make(rq, &rows, look, &v.tabs);
    struct out *out = page_begin(rq, text_find("urgings.late"), "urgings");
    view_urgings_late(out, &v);
    page_end(res, out);
    return OK;
}
