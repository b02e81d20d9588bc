/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of buses and meals, and the same as JSON. Verbs of the flow have theirs from the engine;
 * what the meeting's page says: provision_meeting.c; printed: provision_paper.c. */
#include "modules/provisions/provision.h"

#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/provisions.h"

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/provisions/%lld", (long long)id);
}

static err answer(struct rq *rq, struct res *res, i64 id, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

err page_provision_list(struct rq *rq, struct res *res)
{
    bool office = actor_may(rq->actor, "provisions.manage");
    const struct list_look look = { .list = &PROVISION_LIST,
                                    .path = "/provisions",
                                    .title = "menu.provisions",
                                    .menu = "provisions",
                                    .main = "meeting_title",
                                    .empty = office ? "provisions.none" : "provisions.none_own",
                                    .create = "provisions.manage" };
    return list_show(rq, &look, res);
}

/* ---- writing ---- */

err page_provision_form(struct rq *rq, struct res *res)
{
    const struct provision_begin_query *query = rq->input;
    struct provision_input stored;
    TRY(provision_input_for(rq, query && !rq->error.code ? query->meeting : 0, &stored));
    return form_page(rq, res,
                     &(struct form_look){ .form = &PROVISION_FORM,
                                          .stored = &stored,
                                          .menu = "provisions",
                                          .title = text_find("provisions.new"),
                                          .subject = text_find("provisions.new_hint") });
}

err page_provision_begin(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(provision_begin(rq, rq->input, &id));
    return answer(rq, res, id, "provisions.begun");
}

err page_provision_change(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct provision_input stored;
    TRY(provision_flow_load(rq, rq->path_id, &subject));
    TRY(flow_may(rq, &PROVISIONS_FLOW, &subject, "change"));
    const struct provision *p = subject.row;
    TRY(provision_input_of(rq, p, &stored));
    str title = flow_verb_label(rq, &PROVISIONS_FLOW, str_of("change"));
    return form_page(rq, res,
                     &(struct form_look){ .form = &PROVISION_CHANGE_FORM,
                                          .stored = &stored,
                                          .menu = "provisions",
                                          .title = title,
                                          .subject = text_find("provisions.change_hint"),
                                          .version = p->version,
                                          .back = url_of(rq, p->id),
                                          .crumbs = view_crumbs_of(rq->mem, "provisions", p->id,
                                                                   p->meeting_title, title) });
}

/* ---- one, as JSON ---- */

static void persons_json(struct json *j, const char *key, const struct provision_persons *list)
{
    json_array(j, key);
    for (size_t i = 0; i < list->count; i++) {
        json_object(j, NULL);
        json_i64(j, "invitee_id", list->items[i].who->invitee_id);
        json_str(j, "name", list->items[i].who->name);
        json_str(j, "sector_name", list->items[i].who->sector_name);
        json_object_end(j);
    }
    json_array_end(j);
}

static void item_json(struct json *j, struct rq *rq, const struct provision_item *item,
                      const struct provision_item_view *v)
{
    json_object(j, NULL);
    json_i64(j, "id", item->id);
    json_str(j, "kind", item->kind);
    json_day(j, "held_on", item->held_on);
    if (item->meal.len)
        json_str(j, "meal", item->meal);
    else
        json_str(j, "time", provision_time_words(rq->mem, item->minute));
    json_str(j, "place", item->place);
    if (v) {
        json_i64(j, "count", (i64)v->takers.count);
        if (item->meal.len) {
            json_i64(j, "plain", v->plain);
            json_i64(j, "halal", v->halal);
            json_i64(j, "vegetarian", v->vegetarian);
        }
        persons_json(j, "takers", &v->takers);
    }
    json_object_end(j);
}

static void answer_json(struct json *j, const char *key, const struct provision_answer *a)
{
    json_object(j, key);
    json_i64(j, "invitee_id", a->invitee_id);
    json_str(j, "chosen", a->chosen);
    json_bool(j, "drives", a->drives);
    json_str(j, "plate", a->plate);
    json_str(j, "diet", a->diet);
    json_str(j, "avoid", a->avoid);
    json_bool(j, "stale", a->stale);
    json_time(j, "answered_at", a->answered_at);
    json_str(j, "proxy_name", a->proxy_name);
    json_i64(j, "version", a->version);
    json_object_end(j);
}

static void counts_json(struct json *j, const struct provision_counts *counts)
{
    json_i64(j, "coming", counts->coming);
    persons_json(j, "unanswered", &counts->unanswered);
    json_array(j, "given");
    for (size_t i = 0; i < counts->answered.count; i++)
        answer_json(j, NULL, counts->answered.items[i].answer);
    json_array_end(j);
}

static err show_json(struct rq *rq, const struct provision_page *v,
                     const struct flow_subject *subject, struct res *res)
{
    struct json j = json_begin(rq);
    const struct provision_item *all = v->items->items;
    list_row_json(rq, &PROVISION_LIST, v->p, LIST_ROW_ONE, &j);
    json_array(&j, "items");
    for (size_t i = 0; i < v->items->count; i++)
        item_json(&j, rq, &all[i], v->counts ? &v->counts->items[i] : NULL);
    json_array_end(&j);
    json_bool(&j, "asked", v->asked != NULL);
    if (v->mine)
        answer_json(&j, "mine", v->mine);
    if (v->counts)
        counts_json(&j, v->counts);
    flow_json_allowed(&j, "actions", &PROVISIONS_FLOW, subject, v->acts);
    json_send(&j, res);
    return OK;
}

/* ---- one ---- */

/* What who looks is asked himself, and what the office sees of all. */
static err fill(struct rq *rq, const struct provision *p, const struct provision_people *people,
                struct provision_page *v)
{
    const struct meeting_invited *who = provision_own(people, rq->actor->person_id);
    v->items = &people->items;
    if (who && provision_comes(who) && actor_may(rq->actor, "provisions.answer")) {
        v->comes = true;
        v->mine = provision_answer_of(people, who->invitee_id);
        if (provision_is_open(rq, p)) {
            struct provision_asked *asked = arena_zero(rq->mem, sizeof *asked);
            provision_ask(rq, p, people, who, asked);
            v->asked = asked;
        }
    }
    if (actor_may(rq->actor, "provisions.manage")) {
        struct provision_counts *counts = arena_zero(rq->mem, sizeof *counts);
        provision_count(rq, p, people, counts);
        v->counts = counts;
    }
    return OK;
}

err page_provision_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct provision_people people;
    struct provision_page v = { 0 };
    TRY(provision_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &PROVISIONS_FLOW, &subject);
    v.p = subject.row;
    v.acts = &acts;
    v.crumbs = view_crumbs(rq->mem, "provisions", subject.title);
    TRY(provision_people_find(rq, v.p->id, v.p->meeting_id, &people));
    TRY(fill(rq, v.p, &people, &v));
    if (rq->api)
        return show_json(rq, &v, &subject, res);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "provisions.page", subject.title, str_of("")),
                   "provisions");
    view_provisions_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_provision_answer(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(provision_flow_load(rq, rq->path_id, &subject));
    TRY(provision_answer_own(rq, subject.row, rq->input));
    return answer(rq, res, subject.id, "provisions.answered");
}

/* ---- for another ---- */

err page_provision_proxy(struct rq *rq, struct res *res)
{
    const struct provision_answer_input *in = rq->input;
    struct flow_subject subject;
    struct provision_people people;
    struct provision_asked asked;
    i64 invitee_id = in ? in->invitee : 0;
    TRY(provision_flow_load(rq, rq->path_id, &subject));
    if (!in)
        str_to_i64(rq_typed(rq, "invitee", str_of("")), &invitee_id);
    const struct provision *p = subject.row;
    TRY(provision_people_find(rq, p->id, p->meeting_id, &people));
    const struct meeting_invited *who = provision_invited(&people, invitee_id);
    if (!who)
        return err_make(ERR_NOT_FOUND, "provisions.nobody");
    provision_ask(rq, p, &people, who, &asked);
    asked.action = arena_printf(rq->mem, "/provisions/%lld/proxy", (long long)p->id);
    asked.back = url_of(rq, p->id);
    str title = text_format(rq->mem, "provisions.proxy_page", who->name, p->meeting_title);
    struct out *out = page_begin(rq, title, "provisions");
    view_provisions_proxy(out,
                          view_crumbs_of(rq->mem, "provisions", p->id, p->meeting_title, who->name),
                          &asked);
    page_end(res, out);
    return OK;
}

err page_provision_proxy_save(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(provision_flow_load(rq, rq->path_id, &subject));
    TRY(provision_answer_for(rq, subject.row, rq->input));
    return answer(rq, res, subject.id, "provisions.answered_for");
}
