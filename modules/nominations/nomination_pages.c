/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of nominations, and the same as JSON; verbs of the flow have theirs from the engine. */
#include "modules/meetings/meeting.h"
#include "modules/nominations/nomination.h"
#include "platform/base/str.h"
#include "platform/flow/flow_pages.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/nominations.h"

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/nominations/%lld", (long long)id);
}

/* ---- the list, writing ---- */

static void list_acts(struct out *out, struct rq *rq)
{
    (void)rq;
    view_nominations_acts(out);
}

err page_nomination_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &NOMINATION_LIST,
                                    .path = "/nominations",
                                    .title = "menu.nominations",
                                    .menu = "nominations",
                                    .main = "name",
                                    .bar = "state kind",
                                    .empty = "nominations.none",
                                    .create = "nominations.manage",
                                    .acts = list_acts };
    return list_show(rq, &look, res);
}

/* Whether he is somebody else of that name is asked once there is one, and stays asked. */
static const struct form *form_of(const struct rq *rq)
{
    bool doubt = rq_fault_of(rq, "distinct") || rq_typed(rq, "distinct", str_of("")).len;
    return doubt ? &NOMINATION_FORM : &NOMINATION_PLAIN_FORM;
}

err page_nomination_new(struct rq *rq, struct res *res)
{
    const struct nomination_input blank = { .nominated_on = rq->today };
    return form_page(rq, res,
                     &(struct form_look){ .form = form_of(rq),
                                          .stored = &blank,
                                          .menu = "nominations",
                                          .title = text_find("nominations.new_title"),
                                          .subject = text_find("nominations.new_about"),
                                          .button = text_find("nominations.save") });
}

static err answer(struct rq *rq, struct res *res, i64 id)
{
    res_flash(res, "nominations.saved", str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

err page_nomination_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(nomination_save(rq, 0, rq->input, &id));
    return answer(rq, res, id);
}

static err input_of(struct rq *rq, const struct nomination *n, struct nomination_input *out)
{
    struct member member = { 0 };
    if (n->member_id)
        TRY(member_find(rq, n->member_id, &member));
    *out = (struct nomination_input){
        .nominated_on = n->nominated_on,
        .kind = n->kind,
        .vacancy = n->vacant_seat_id ? arena_printf(rq->mem, "%lld", (long long)n->vacant_seat_id)
                                     : str_of(""),
        .nominator_kind = n->nominator_kind,
        .nominator = n->nominator,
        .name = n->name,
        .gender = n->gender,
        .ethnic = n->ethnic,
        .birth = text_day(rq->mem, n->birth_on),
        .party = n->party,
        .education = n->education,
        .employer = n->employer,
        .job = n->job,
        .sector = arena_printf(rq->mem, "%lld", (long long)n->sector_id),
        .reason = n->reason,
        .code = member.code,
    };
    return OK;
}

err page_nomination_edit_form(struct rq *rq, struct res *res)
{
    struct nomination n;
    struct nomination_input stored;
    TRY(list_find(rq, &NOMINATION_LIST, rq->path_id, &n));
    if (!nomination_may_edit(&n))
        return err_make(ERR_CONFLICT, "nominations.checked");
    TRY(input_of(rq, &n, &stored));
    return form_page(rq, res,
                     &(struct form_look){
                         .form = form_of(rq),
                         .stored = &stored,
                         .menu = "nominations",
                         .title =
                             text_format(rq->mem, "nominations.edit_title", n.name, str_of("")),
                         .version = n.version,
                         .back = url_of(rq, n.id),
                         .crumbs = view_crumbs_of(rq->mem, "nominations", n.id, n.name,
                                                  text_find("nominations.edit")),
                         .button = text_find("nominations.save") });
}

err page_nomination_edit(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(nomination_save(rq, rq->path_id, rq->input, &id));
    return answer(rq, res, id);
}

/* ---- one ---- */

err page_nomination_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "recheck", "unlist", "decline", "withdraw", NULL };
    struct flow_subject subject;
    struct view_steps steps;
    TRY(nomination_flow_load(rq, rq->path_id, &subject));
    struct nomination_page v = { .n = subject.row,
                                 .allowed = flow_allowed(rq, &NOMINATIONS_FLOW, &subject),
                                 .steps = &steps };
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &NOMINATION_LIST, v.n, LIST_ROW_ONE, &j);
        flow_json_allowed(&j, "actions", &NOMINATIONS_FLOW, &subject, &v.allowed);
        json_send(&j, res);
        return OK;
    }
    v.may_edit = nomination_may_edit(v.n) && actor_may(rq->actor, "nominations.manage");
    TRY(flow_steps(rq, &NOMINATIONS_FLOW, v.n->id, BACK, &steps));
    struct out *out =
        page_begin(rq, text_format(rq->mem, "nominations.page", subject.title, str_of("")),
                   "nominations");
    view_nominations_show(out, &v, rq);
    page_end(res, out);
    return OK;
}

/* ---- balance ---- */

static void balance_json(struct rq *rq, const struct rows *shares, struct res *res)
{
    static const struct field SHARE[] = { FIELD(struct nomination_share, kind),
                                          FIELD(struct nomination_share, label),
                                          FIELD(struct nomination_share, seated),
                                          FIELD(struct nomination_share, coming),
                                          { 0 } };
    struct json j = json_begin(rq);
    json_rows(&j, "items", SHARE, shares);
    json_send(&j, res);
}

/* Rows come by kind. */
static void tables_of(const struct rows *shares, struct nomination_balance *v)
{
    static const char *const KINDS[NOMINATION_KINDS] = { "sector", "gender", "party", "age" };
    const struct nomination_share *all = shares->items;
    for (size_t k = 0; k < NOMINATION_KINDS; k++) {
        struct nomination_table *t = &v->tables[k];
        t->kind = KINDS[k];
        for (size_t i = 0; i < shares->count; i++) {
            if (!str_is(all[i].kind, KINDS[k]))
                continue;
            t->items = t->count ? t->items : &all[i];
            t->count++;
            t->seated += all[i].seated;
            t->coming += all[i].coming;
        }
    }
}

enum { MONTHS = 12 };

err page_nomination_balance(struct rq *rq, struct res *res)
{
    const struct nomination_born born = { BIRTH_UNKNOWN, day_add_months(rq->today, -40 * MONTHS),
                                          day_add_months(rq->today, -50 * MONTHS),
                                          day_add_months(rq->today, -60 * MONTHS) };
    struct rows shares;
    struct nomination_balance v = { .rq = rq };
    TRY(nomination_store_list_shares(rq->db, &born, rq->mem, &shares));
    if (rq->api) {
        balance_json(rq, &shares, res);
        return OK;
    }
    tables_of(&shares, &v);
    struct out *out = page_begin(rq, text_find("nominations.balance"), "nominations");
    view_nominations_balance(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- a meeting's list ---- */

static void slate_json(struct rq *rq, const struct nomination_slate *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "meeting_id", v->meeting_id);
    json_str(&j, "title", v->title);
    json_day(&j, "on_on", v->on_on);
    json_i64(&j, "standing", v->standing.all);
    json_i64(&j, "able", v->standing.able);
    json_i64(&j, "needed", nomination_needed(v->standing.all));
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++) {
        json_object(&j, NULL);
        list_row_json(rq, &NOMINATION_LIST, &v->items[i], LIST_ROW_ONE, &j);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
}

err page_nomination_slate(struct rq *rq, struct res *res)
{
    struct meeting_brief meeting;
    struct rows rows;
    TRY(nomination_slate_load(rq, &meeting, &rows));
    struct nomination_slate v = {
        .meeting_id = meeting.id,
        .title = meeting.title,
        .on_on = meeting.from_on < rq->today ? meeting.from_on : rq->today,
        .items = rows.items,
        .count = rows.count,
        .shows_meeting = actor_may(rq->actor, "meetings.manage") ||
                         (actor_may(rq->actor, "meetings.read") && !str_is(meeting.state, "draft"))
    };
    for (size_t i = 0; i < v.count; i++)
        v.on_on = v.items[i].voted_on ? v.items[i].voted_on : v.on_on;
    TRY(member_count_standing(rq, v.on_on, &v.standing));
    if (rq->api) {
        slate_json(rq, &v, res);
        return OK;
    }
    struct out *out = page_begin(rq, text_format(rq->mem, "nominations.slate", v.title, str_of("")),
                                 "nominations");
    view_nominations_slate(out, &v);
    page_end(res, out);
    return OK;
}
