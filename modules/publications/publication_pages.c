/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The public pages, and the same as JSON: list and one proposal. No log-in, the same bytes for
 * everybody. Unknown names in the address are passed over: links that wander through messengers
 * gather them. */
#include "modules/orgs/org.h"
#include "modules/publications/publication_store.h"
#include "modules/publications/publication_views.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/publications.h"

enum { ITEMS_EACH = 20, LINK_MAX = 4096 };

/* ---- the question ---- */

static void filter(struct rq *rq, struct list_query *q, const char *name, str value)
{
    const struct list_column *c = PUBLICATION_LIST.columns;
    if (value.len == 0)
        return;
    while (strcmp(c->field.name, name) != 0)
        c++;
    struct list_filter *f = &q->filters[q->filter_count++];
    *f = (struct list_filter){ .column = c, .op = LIST_IS };
    strs_add(rq->mem, &f->values, value);
}

static str number_text(struct rq *rq, i64 number)
{
    return number ? arena_printf(rq->mem, "%lld", (long long)number) : str_of("");
}

/* One that was ever given. */
static err category_check(struct rq *rq, str code)
{
    struct rows rows;
    TRY(dictionary_list_all(rq, "proposals.categories", &rows));
    const struct dictionary_row *all = rows.items;
    bool known = code.len == 0;
    for (size_t i = 0; i < rows.count; i++)
        known = known || str_eq(all[i].code, code);
    if (known)
        return OK;
    rq_fault(rq, "category", "form.not_a_choice", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static err question(struct rq *rq, struct list_query *q)
{
    const struct publication_find_input *in = rq->input;
    TRY(category_check(rq, in->category));
    TRY(list_parse_text(rq, &PUBLICATION_LIST, str_of(""), q));
    q->q = in->q;
    q->after = in->after;
    q->limit = ITEMS_EACH;
    filter(rq, q, "session_id", number_text(rq, in->session_id));
    filter(rq, q, "category", in->category);
    filter(rq, q, "host_name", in->agency);
    return OK;
}

/* ---- choices ---- */

static err sessions_make(struct rq *rq, const struct publication_find_input *in,
                         struct publication_find *v)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[v->session_count++].label = text_find("publications.all_sessions");
    for (size_t i = 0; i < rows.count; i++)
        choices[v->session_count++] = (struct view_choice){ .value = number_text(rq, all[i].id),
                                                            .label = session_name(rq->mem, &all[i]),
                                                            .chosen = all[i].id == in->session_id };
    v->sessions = choices;
    return OK;
}

static bool is_there(const struct view_choice *choices, size_t count, str value)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(choices[i].value, value))
            return true;
    return false;
}

/* Also those that are no longer given: what was published under them is still there. */
static err categories_make(struct rq *rq, const struct publication_find_input *in,
                           struct publication_find *v)
{
    struct rows rows;
    TRY(dictionary_list_all(rq, "proposals.categories", &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[v->category_count++].label = text_find("publications.all_categories");
    for (size_t i = 0; i < rows.count; i++)
        if (!is_there(choices, v->category_count, all[i].code))
            choices[v->category_count++] =
                (struct view_choice){ .value = all[i].code,
                                      .label = all[i].label,
                                      .chosen = str_eq(all[i].code, in->category) };
    v->categories = choices;
    return OK;
}

static err agencies_make(struct rq *rq, const struct publication_find_input *in,
                         struct publication_find *v)
{
    strs names;
    TRY(publication_store_list_hosts(rq->db, rq->mem, &names));
    struct view_choice *choices = arena_array(rq->mem, names.count + 1, sizeof *choices);
    choices[v->agency_count++].label = text_find("publications.all_agencies");
    for (size_t i = 0; i < names.count; i++)
        choices[v->agency_count++] =
            (struct view_choice){ .value = names.items[i],
                                  .label = names.items[i],
                                  .chosen = str_eq(names.items[i], in->agency) };
    v->agencies = choices;
    return OK;
}

/* ---- the list ---- */

static void items_make(struct rq *rq, const struct rows *rows, struct publication_find *v)
{
    const struct publication_row *all = rows->items;
    struct publication_item *items = arena_array(rq->mem, rows->count + 1, sizeof *items);
    for (size_t i = 0; i < rows->count; i++)
        items[i] =
            (struct publication_item){ .id = all[i].id,
                                       .published_on = day_of_ms(all[i].published_at),
                                       .title = all[i].title,
                                       .number = publication_number(rq, &all[i]),
                                       .category = dictionary_label(rq, "proposals.categories",
                                                                    all[i].category),
                                       .host_name = all[i].host_name,
                                       .stage = all[i].stage,
                                       .tone = publication_tone(all[i].stage) };
    v->items = items;
    v->count = rows->count;
}

static void link_part(struct out *out, const char *name, str value)
{
    if (value.len == 0)
        return;
    buf_printf(out->buf, "%s%s=", buf_str(out->buf).len ? "&" : "/publications?", name);
    view_url_str(out, value);
}

/* The same question from another row on, in the page's own names. */
static str page_link(struct rq *rq, str after)
{
    const struct publication_find_input *in = rq->input;
    struct out out = { .buf = buf_new(rq->mem, LINK_MAX) };
    if (after.len == 0)
        return after;
    link_part(&out, "after", after);
    link_part(&out, "q", in->q);
    link_part(&out, "session_id", number_text(rq, in->session_id));
    link_part(&out, "category", in->category);
    link_part(&out, "agency", in->agency);
    return buf_str(out.buf);
}

err page_publication_list(struct rq *rq, struct res *res)
{
    const struct publication_find_input *in = rq->input;
    struct publication_find v = { .org = rq->actor->org_name, .q = in->q };
    struct list_query query;
    struct list_result result;
    TRY(question(rq, &query));
    if (rq->api)
        return list_json(rq, &PUBLICATION_LIST, &query, res);
    TRY(list_page(rq, &PUBLICATION_LIST, &query, &result));
    TRY(sessions_make(rq, in, &v));
    TRY(categories_make(rq, in, &v));
    TRY(agencies_make(rq, in, &v));
    items_make(rq, &result.rows, &v);
    v.filtered = query.filter_count > 0;
    v.pager = (struct view_pager){ .shown = (i64)result.rows.count,
                                   .total = result.total > result.cap ? result.cap : result.total,
                                   .capped = result.total > result.cap,
                                   .previous = page_link(rq, result.previous),
                                   .next = page_link(rq, result.next) };
    struct out *out = page_begin(rq, text_find("publications.page.list"), "");
    view_publications_list(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- one ---- */

static const struct field STEP[] = { FIELD(struct publication_step, what),
                                     FIELD(struct publication_step, who),
                                     FIELD(struct publication_step, on),
                                     FIELD(struct publication_step, due_on),
                                     { 0 } };
static const struct field PROMISE[] = { FIELD(struct publication_promise, text),
                                        FIELD(struct publication_promise, agency_name),
                                        FIELD(struct publication_promise, state),
                                        FIELD(struct publication_promise, due_on),
                                        { 0 } };
static const struct field ANSWER[] = { FIELD(struct publication_answer, number),
                                       FIELD(struct publication_answer, result),
                                       FIELD(struct publication_answer, text),
                                       { 0 } };

static void replies_json(struct json *j, const struct publication_facts *f)
{
    const struct publication_reply *all = f->replies.items;
    json_array(j, "replies");
    for (size_t i = 0; i < f->replies.count; i++) {
        json_object(j, NULL);
        json_i64(j, "reply", all[i].assignment_id);
        json_str(j, "agency_name", all[i].agency_name);
        json_str(j, "number", all[i].number);
        json_str(j, "class", all[i].class);
        json_day(j, "signed_on", all[i].signed_on);
        json_str(j, "opening", all[i].opening);
        json_rows(j, "answers", ANSWER, &all[i].answers);
        json_str(j, "closing", all[i].closing);
        json_object_end(j);
    }
    json_array_end(j);
}

static void show_json(struct rq *rq, struct res *res, const struct publication_facts *f)
{
    struct json j = json_begin(rq);
    json_i64(&j, "id", f->row.id);
    json_str(&j, "number", f->number);
    json_str(&j, "session", f->session);
    json_str(&j, "category", f->category);
    json_str(&j, "stage", f->row.stage);
    json_str(&j, "proposers", f->names);
    json_time(&j, "published_at", f->row.published_at);
    json_str(&j, "title", f->row.title);
    json_str(&j, "situation", f->row.situation);
    json_str(&j, "analysis", f->row.analysis);
    json_array(&j, "suggestions");
    for (size_t i = 0; i < f->suggestions.count; i++)
        json_str(&j, NULL, f->suggestions.items[i]);
    json_array_end(&j);
    if (f->main_id)
        json_i64(&j, "main_id", f->main_id);
    json_rows(&j, "progress", STEP, &f->steps);
    json_rows(&j, "promises", PROMISE, &f->promises);
    if (str_is(f->row.reply_mode, "summary"))
        json_str(&j, "summary", f->row.summary);
    replies_json(&j, f);
    json_send(&j, res);
}

err page_publication_show(struct rq *rq, struct res *res)
{
    struct publication_facts facts;
    bool manages = actor_may(rq->actor, "publications.manage");
    err e = publication_facts_load(rq, rq->path_id, &facts);
    if (e.code == ERR_NOT_FOUND && manages && !rq->api) { /* to-dos and steps lead here */
        struct publishing_row row;
        TRY(list_find(rq, &PUBLISHING_LIST, rq->path_id, &row));
        res_redirect(res, arena_printf(rq->mem, "/publications/%lld/edit", (long long)row.id));
        return OK;
    }
    TRY(e);
    if (rq->api) {
        show_json(rq, res, &facts);
        return OK;
    }
    res_header(res, "X-Robots-Tag", str_of("all"));
    struct publication_page v = { &facts, rq->actor->org_name, manages };
    struct out *out =
        page_begin(rq, text_format(rq->mem, "publications.page.show", facts.row.title, str_of("")),
                   "");
    view_publications_show(out, &v);
    page_end(res, out);
    return OK;
}
