/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of clusters, and the same as JSON: the hot list of a period, one cluster with its growth,
 * places and letters, what is like a letter. Steps have their pages from the engine. */
#include "modules/clusters/cluster_pages.h"

#include "modules/clusters/cluster_views.h"
#include "modules/handlings/handling.h"
#include "platform/settings/settings.h"
#include "platform/text/copies.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/clusters.h"

/* Letters of a cluster in one answer: of the hot list, of a page. */
enum { HOT_LETTERS = 1000, PAGE_LETTERS = 50, SIMILAR = 10 };

/* Way home; title: of one of them, empty on the list itself. */
static const struct view_link *crumbs_of(struct rq *rq, str title)
{
    struct view_link *crumbs = arena_array(rq->mem, 3, sizeof *crumbs);
    crumbs[0] =
        (struct view_link){ text_find("menu.clusters"), str_of(title.len ? "/clusters" : "") };
    if (title.len)
        crumbs[1] = (struct view_link){ title, str_of("") };
    return crumbs;
}

/* ---- the hot list ---- */

static const struct {
    const char *name;
    i64 days;
} PERIODS[] = { { "week", 7 }, { "month", 30 }, { "quarter", 90 }, { "all", 0 } };
enum { PERIOD_COUNT = sizeof PERIODS / sizeof *PERIODS, MONTH = 1 };

static size_t period_of(str name)
{
    for (size_t i = 0; i < PERIOD_COUNT; i++)
        if (str_is(name, PERIODS[i].name))
            return i;
    return MONTH;
}

static struct view_tabs tabs_of(struct rq *rq, size_t chosen)
{
    struct view_tab *tabs = arena_array(rq->mem, PERIOD_COUNT, sizeof *tabs);
    for (size_t i = 0; i < PERIOD_COUNT; i++)
        tabs[i] = (struct view_tab){
            .label = text_label("clusters.period", str_of(PERIODS[i].name)),
            .url = arena_printf(rq->mem, "/clusters?period=%s", PERIODS[i].name),
            .count = -1,
            .active = i == chosen,
        };
    return (struct view_tabs){ text_find("clusters.periods"), tabs, PERIOD_COUNT };
}

err page_cluster_list(struct rq *rq, struct res *res)
{
    const struct cluster_period_input *in = rq->input;
    size_t chosen = period_of(in->period);
    i64 days = PERIODS[chosen].days, rank = 0;
    struct rows rows;
    TRY(cluster_list_hot(rq, days, CLUSTER_HOT, &rows));
    const struct cluster_hot *hot = rows.items;
    struct cluster_line *lines = arena_array(rq->mem, rows.count + 1, sizeof *lines);
    for (size_t i = 0; i < rows.count; i++) {
        rank += !hot[i].cluster.pinned;
        lines[i] = (struct cluster_line){ &hot[i], hot[i].cluster.pinned ? 0 : rank,
                                          cluster_explain(rq, &hot[i], days) };
    }
    const struct view_link *crumbs = crumbs_of(rq, str_of(""));
    struct cluster_hot_page v = { crumbs, tabs_of(rq, chosen), lines, rows.count };
    struct out *out = page_begin(rq, text_find("menu.clusters"), "clusters");
    view_clusters_list(out, &v);
    page_end(res, out);
    return OK;
}

static void cluster_json(struct json *j, const struct cluster *c)
{
    json_i64(j, "id", c->id);
    json_str(j, "title", c->title);
    json_str(j, "name", c->name);
    json_str(j, "state", c->state);
    json_bool(j, "pinned", c->pinned);
    json_i64(j, "count", c->texts);
    json_day(j, "first_on", c->first_on);
    json_day(j, "last_on", c->last_on);
    json_i64(j, "crowd", c->crowd);
    json_day(j, "crowd_from_on", c->crowd_from_on);
    json_day(j, "crowd_to_on", c->crowd_to_on);
    json_i64(j, "version", c->version);
}

static void letter_json(struct json *j, const struct cluster_letter *l)
{
    json_object(j, NULL);
    json_i64(j, "id", l->id);
    json_str(j, "title", l->title);
    json_str(j, "state", l->state);
    json_str(j, "category", l->category);
    json_str(j, "area_name", l->area_name);
    json_str(j, "source", l->source);
    json_str(j, "source_id", l->source_id);
    json_time(j, "received_at", l->received_at);
    if (l->degree) {
        json_i64(j, "degree", l->degree);
        json_bool(j, "copy", l->copy >= TEXT_COPY);
    }
    json_object_end(j);
}

static void letters_json(struct json *j, const char *key, const struct rows *rows)
{
    const struct cluster_letter *letters = rows->items;
    json_array(j, key);
    for (size_t i = 0; i < rows->count; i++)
        letter_json(j, &letters[i]);
    json_array_end(j);
}

err api_cluster_list(struct rq *rq, struct res *res)
{
    const struct cluster_hot_input *in = rq->input;
    struct rows rows, letters;
    TRY(cluster_list_hot(rq, in->days, in->hot ? in->hot : CLUSTER_HOT, &rows));
    const struct cluster_hot *hot = rows.items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        TRY(cluster_list_letters(rq, hot[i].cluster.id, 0, HOT_LETTERS, &letters));
        json_object(&j, NULL);
        cluster_json(&j, &hot[i].cluster);
        json_i64(&j, "now", hot[i].now);
        json_i64(&j, "before", hot[i].before);
        json_i64(&j, "areas", hot[i].areas);
        json_str(&j, "why", cluster_explain(rq, &hot[i], in->days));
        letters_json(&j, "letters", &letters);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

/* ---- one cluster: its growth ---- */

enum { DAY_SPAN = CLUSTER_BARS_MAX, WEEK_SPAN = CLUSTER_BARS_MAX * 7 };

/* Where the bar of a day begins: the day itself, its Monday, the first of its month. */
static i64 bar_begin(i64 day, i64 span)
{
    int year, month, mday;
    if (span <= DAY_SPAN)
        return day;
    if (span <= WEEK_SPAN)
        return day - (day_weekday(day) + 6) % 7;
    day_to_civil(day, &year, &month, &mday);
    return day - mday + 1;
}

static i64 bar_end(i64 begin, i64 span)
{
    return span <= DAY_SPAN ? begin : span <= WEEK_SPAN ? begin + 6 : day_add_months(begin, 1) - 1;
}

static str bar_label(struct rq *rq, i64 begin, i64 span)
{
    int year, month, mday;
    day_to_civil(begin, &year, &month, &mday);
    return span <= WEEK_SPAN ? arena_printf(rq->mem, "%d-%d", month, mday)
                             : arena_printf(rq->mem, "%d-%02d", year, month);
}

/* The last 31 days, weeks or months of its life, whichever hold it; none left out between. */
static void bars_begin(struct rq *rq, struct cluster_page *v, i64 span)
{
    i64 begins[CLUSTER_BARS_MAX], at = bar_begin(v->c->last_on, span);
    size_t n = 0;
    for (; n < CLUSTER_BARS_MAX && bar_end(at, span) >= v->c->first_on;
         at = bar_begin(at - 1, span))
        begins[n++] = at;
    v->bar_count = n;
    for (size_t i = 0; i < n; i++)
        v->bars[i] = (struct cluster_bar){ .from_on = begins[n - 1 - i],
                                           .to_on = bar_end(begins[n - 1 - i], span),
                                           .label = bar_label(rq, begins[n - 1 - i], span) };
}

/* Where they stand, in the measures of the view; every so many has its label. */
static void bars_place(struct cluster_page *v)
{
    i64 n = (i64)v->bar_count, step = n ? CLUSTER_CHART_WIDTH / n : 0, each = (n + 6) / 7;
    for (i64 i = 0; i < n; i++)
        v->top = v->bars[i].texts > v->top ? v->bars[i].texts : v->top;
    for (i64 i = 0; i < n; i++) {
        struct cluster_bar *b = &v->bars[i];
        b->x = i * step;
        b->width = step > 60 ? 48 : step - step / 5;
        b->height = v->top ? b->texts * CLUSTER_BAR_TOP / v->top : 0;
        b->shown = i % each == 0;
    }
}

static void bars_make(struct rq *rq, const struct rows *rows, struct cluster_page *v)
{
    const struct cluster_day *days = rows->items;
    i64 span = v->c->last_on - v->c->first_on + 1;
    bars_begin(rq, v, span);
    for (size_t i = 0, k = 0; i < rows->count; i++) {
        while (k < v->bar_count && days[i].day_on > v->bars[k].to_on)
            k++;
        if (k < v->bar_count && days[i].day_on >= v->bars[k].from_on)
            v->bars[k].texts += days[i].texts;
    }
    bars_place(v);
    v->unit = text_find(span <= DAY_SPAN    ? "clusters.by_day"
                        : span <= WEEK_SPAN ? "clusters.by_week"
                                            : "clusters.by_month");
}

/* ---- one cluster: the page ---- */

static err steps_make(struct rq *rq, struct cluster_page *v)
{
    struct rows rows;
    TRY(flow_trails(rq, &CLUSTERS_FLOW, v->c->id, &rows));
    const struct flow_trail *all = rows.items;
    struct view_step *steps = arena_array(rq->mem, rows.count + 1, sizeof *steps);
    for (size_t i = 0; i < rows.count; i++)
        steps[i] = (struct view_step){ .at = all[i].at,
                                       .what = flow_verb_label(rq, &CLUSTERS_FLOW, all[i].verb),
                                       .who = all[i].actor_name,
                                       .words = all[i].opinion };
    v->steps = (struct view_steps){ steps, rows.count };
    return OK;
}

static err words_of(struct rq *rq, struct rows *rows, const char *dictionary, const char *prefix)
{
    struct cluster_part *parts = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        parts[i].word = dictionary ? dictionary_label(rq, dictionary, parts[i].word)
                                   : text_label(prefix, parts[i].word);
    return OK;
}

static err parts_make(struct rq *rq, struct cluster_page *v)
{
    i64 id = v->c->id;
    TRY(cluster_list_parts(rq, id, CLUSTER_BY_TOWN, &v->towns));
    TRY(cluster_list_parts(rq, id, CLUSTER_BY_CATEGORY, &v->categories));
    TRY(cluster_list_parts(rq, id, CLUSTER_BY_AGENCY, &v->agencies));
    TRY(cluster_list_parts(rq, id, CLUSTER_BY_STATE, &v->states));
    TRY(words_of(rq, &v->categories, "mailbox.categories", NULL));
    return words_of(rq, &v->states, NULL, "states.letters");
}

static err page_make(struct rq *rq, const struct flow_subject *subject, i64 before,
                     struct cluster_page *v)
{
    const struct cluster *c = v->c;
    struct rows days;
    struct cluster_hot hot = { .cluster = *c };
    TRY(cluster_list_days(rq, c->id, &days));
    bars_make(rq, &days, v);
    TRY(parts_make(rq, v));
    TRY(cluster_list_near(rq, c, &v->near));
    TRY(cluster_choices_joined(rq, &v->joined));
    TRY(steps_make(rq, v));
    v->why = cluster_explain(rq, &hot, 0);
    TRY(cluster_list_letters(rq, c->id, before, PAGE_LETTERS + 1, &v->letters));
    if (v->letters.count > PAGE_LETTERS) {
        const struct cluster_letter *letters = v->letters.items;
        v->letters.count = PAGE_LETTERS;
        v->older = arena_printf(rq->mem, "/clusters/%lld?before=%lld", (long long)c->id,
                                (long long)letters[PAGE_LETTERS - 1].id);
    }
    TRY(cluster_list_opinions(rq, c->id, &v->opinions));
    v->may_edit = actor_may(rq->actor, "clusters.edit");
    v->allowed = flow_allowed(rq, &CLUSTERS_FLOW, subject);
    return OK;
}

static void bars_json(struct json *j, const struct cluster_page *v)
{
    json_array(j, "growth");
    for (size_t i = 0; i < v->bar_count; i++) {
        json_object(j, NULL);
        json_day(j, "from_on", v->bars[i].from_on);
        json_day(j, "to_on", v->bars[i].to_on);
        json_i64(j, "letters", v->bars[i].texts);
        json_object_end(j);
    }
    json_array_end(j);
}

static err page_json(struct rq *rq, const struct flow_subject *subject,
                     const struct cluster_page *v, struct res *res)
{
    static const struct field PART[] = { FIELD(struct cluster_part, word),
                                         FIELD(struct cluster_part, texts),
                                         { 0 } };
    static const struct field NEAR[] = {
        FIELD(struct cluster_near, id),    FIELD(struct cluster_near, title),
        FIELD(struct cluster_near, texts), FIELD(struct cluster_near, degree),
        FIELD(struct cluster_near, apart), { 0 }
    };
    struct json j = json_begin(rq);
    cluster_json(&j, v->c);
    json_str(&j, "why", v->why);
    bars_json(&j, v);
    json_rows(&j, "towns", PART, &v->towns);
    json_rows(&j, "categories", PART, &v->categories);
    json_rows(&j, "agencies", PART, &v->agencies);
    json_rows(&j, "states", PART, &v->states);
    json_rows(&j, "near", NEAR, &v->near);
    handling_opinions_json(rq, &v->opinions, &j);
    TRY(event_emit(rq, "clusters.shown", v->c->id,
                   &(struct cluster_shown){ .cluster = v->c, .json = &j }));
    letters_json(&j, "letters", &v->letters);
    flow_json_allowed(&j, "actions", &CLUSTERS_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

err page_cluster_show(struct rq *rq, struct res *res)
{
    const struct cluster_show_input *in = rq->input;
    struct flow_subject subject;
    struct cluster found;
    TRY(cluster_find(rq, rq->path_id, &found));
    if (found.into_id) {
        res_redirect(res, arena_printf(rq->mem, "/clusters/%lld", (long long)found.into_id));
        return OK;
    }
    TRY(cluster_flow_load(rq, rq->path_id, &subject));
    const struct view_link *crumbs = crumbs_of(rq, subject.title);
    struct cluster_page v = { .c = subject.row, .crumbs = crumbs };
    TRY(page_make(rq, &subject, in->before, &v));
    if (rq->api)
        return page_json(rq, &subject, &v, res);
    struct out *out = page_begin(rq, subject.title, "clusters");
    struct out inner = { .buf = buf_new(rq->mem, out->buf->max), .page = out->page };
    handling_opinions_section(rq, &v.opinions, &inner);
    TRY(event_emit(rq, "clusters.shown", v.c->id,
                   &(struct cluster_shown){ .cluster = v.c, .out = &inner }));
    v.fed.s = buf_str(inner.buf);
    view_clusters_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- what is like a letter ---- */

err api_cluster_similar(struct rq *rq, struct res *res)
{
    const struct cluster_similar_input *in = rq->input;
    struct rows rows;
    TRY(cluster_list_similar(rq, rq->path_id, in->limit ? in->limit : SIMILAR, &rows));
    struct json j = json_begin(rq);
    letters_json(&j, "items", &rows);
    json_send(&j, res);
    return OK;
}

/* ---- steps with something to choose from ---- */

/* What the page says below its title: of which cluster, and of attach what will happen. */
static err subject_of(struct rq *rq, const struct flow_subject *subject, const char *verb, str *out)
{
    i64 open;
    *out = subject->title;
    if (str_is(str_of(verb), "feed"))
        *out = text_format(rq->mem, "clusters.feed_preview", subject->title, str_of(""));
    if (!str_is(str_of(verb), "attach"))
        return OK;
    TRY(cluster_count_open(rq, subject->id, &open));
    *out = text_format(rq->mem, "clusters.attach_preview", subject->title,
                       arena_printf(rq->mem, "%lld", (long long)open));
    return OK;
}

static err step_page(struct rq *rq, struct res *res, const char *verb, const struct form *form)
{
    union {
        struct cluster_split_input split;
        struct cluster_feed_input feed;
    } begun = { 0 };
    struct flow_subject subject;
    TRY(cluster_flow_load(rq, rq->path_id, &subject));
    if (rq->error.code == ERR_NONE)
        TRY(flow_may(rq, &CLUSTERS_FLOW, &subject, verb));
    if (form == &CLUSTER_FEED_FORM)
        TRY(cluster_feed_begin(rq, subject.row, &begun.feed));
    str label = flow_verb_label(rq, &CLUSTERS_FLOW, str_of(verb)), about;
    TRY(subject_of(rq, &subject, verb, &about));
    return form_page(rq, res,
                     &(struct form_look){
                         .form = form,
                         .stored = &begun,
                         .menu = "clusters",
                         .title = label,
                         .subject = about,
                         .version = subject.version,
                         .button = label,
                         .back = arena_printf(rq->mem, "/clusters/%lld", (long long)subject.id) });
}

err page_cluster_join(struct rq *rq, struct res *res)
{
    return step_page(rq, res, "join", &CLUSTER_JOIN_PAGE);
}

err page_cluster_split(struct rq *rq, struct res *res)
{
    return step_page(rq, res, "split", &CLUSTER_SPLIT_PAGE);
}

err page_cluster_apart(struct rq *rq, struct res *res)
{
    return step_page(rq, res, "apart", &CLUSTER_APART_PAGE);
}

err page_cluster_together(struct rq *rq, struct res *res)
{
    return step_page(rq, res, "together", &CLUSTER_TOGETHER_PAGE);
}

err page_cluster_attach(struct rq *rq, struct res *res)
{
    return step_page(rq, res, "attach", &CLUSTER_ATTACH_PAGE);
}

err page_cluster_feed(struct rq *rq, struct res *res)
{
    return step_page(rq, res, "feed", &CLUSTER_FEED_FORM);
}
