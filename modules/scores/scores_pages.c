/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages: everybody's year, sums of groups, a member's year; the same as JSON; the list as a
 * table: scores_sheet.c. What of points is shown is for each audience to settings. */
#include "modules/scores/scores_views.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/scores.h"

enum { ASKED_MAX = 4096 };

static void group_json(struct json *j, const struct scores_group *g, struct scores_shows shows)
{
    json_str(j, "label", g->label);
    json_i64(j, "people", g->people);
    json_i64(j, "assessed", g->assessed);
    json_i64(j, "entries", g->entries);
    json_i64(j, "gates_due", g->due);
    json_i64(j, "gates_met", g->met);
    if (shows.points && shows.comparison) {
        json_i64(j, "points_x1000", g->sum);
        json_i64(j, "average_x1000", scores_average(g));
    }
    if (!g->own || !shows.points)
        return;
    json_i64(j, "own_x1000", g->own->total);
    json_array(j, "own_lines");
    for (size_t i = 0; i < g->line_count; i++) {
        json_object(j, NULL);
        json_str(j, "rule", g->lines[i].rule);
        json_str(j, "words", g->lines[i].words);
        json_i64(j, "entry_id", g->lines[i].entry_id);
        json_day(j, "happened_on", g->lines[i].happened_on);
        json_i64(j, "points_x1000", g->lines[i].points);
        json_object_end(j);
    }
    json_array_end(j);
}

static void period_json(struct json *j, const struct scores_period *period)
{
    json_i64(j, "year", period->year);
    json_day(j, "from_on", period->from);
    json_day(j, "to_on", period->to);
    json_i64(j, "ruleset_id", period->rules ? period->set.id : 0);
}

static void row_json(struct json *j, const struct scores_period *period,
                     const struct scores_row *row, struct scores_shows shows)
{
    json_i64(j, "member_id", row->person->member_id);
    json_str(j, "code", row->person->code);
    json_str(j, "name", row->person->name);
    json_str(j, "sector", row->person->sector);
    json_str(j, "committee", row->person->committee);
    json_i64(j, "entries", row->entries);
    json_bool(j, "assessed", row->assessed);
    json_i64(j, "gates_due", scores_count(row->score->duties));
    json_i64(j, "gates_met", scores_count(row->score->met));
    if (shows.points)
        json_i64(j, "points_x1000", row->score->total);
    if (shows.grade)
        json_str(j, "grade", scores_grade(period, row));
    if (shows.ranking)
        json_i64(j, "place", row->place);
}

/* The place of the first row that is asked for; past the last one: of the first. */
static size_t start_of(const struct rq *rq, const struct rows *rows)
{
    const struct scores_list_input *in = rq->input;
    return (size_t)in->start < rows->count ? (size_t)in->start : 0;
}

/* From where the table begins, so many at once: sums are of all. */
static err list_json_send(struct rq *rq, const struct scores_list_view *v, const struct rows *rows,
                          struct res *res)
{
    const struct scores_row *all = rows->items;
    struct json j = json_begin(rq);
    period_json(&j, v->period);
    json_object(&j, "sums");
    group_json(&j, &v->shown, v->shows);
    json_object_end(&j);
    size_t from = start_of(rq, rows), end = from + SCORES_AT_ONCE;
    json_array(&j, "items");
    for (size_t i = from; i < rows->count && i < end; i++) {
        json_object(&j, NULL);
        row_json(&j, v->period, &all[i], v->shows);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_i64(&j, "total", (i64)rows->count);
    if (end < rows->count)
        json_i64(&j, "next_start", (i64)end);
    else
        json_null(&j, "next_start");
    json_send(&j, res);
    return OK;
}

/* What is asked beside the year, for links; one part left out. */
static str asked(struct rq *rq, const char *without)
{
    const struct scores_list_input *in = rq->input;
    struct buf *out = buf_new(rq->mem, ASKED_MAX);
    const struct {
        const char *name;
        str value;
        bool sent;
    } parts[] = { { "by", in->by, in->by.len > 0 },
                  { "name", in->name, in->by.len > 0 },
                  { "show", in->show, in->show.len > 0 },
                  { "sort", in->sort, in->sort.len > 0 } };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].sent || strcmp(parts[i].name, without) == 0)
            continue;
        buf_put(out, arena_printf(rq->mem, "&%s=", parts[i].name).ptr);
        view_url_str(&(struct out){ .buf = out }, parts[i].value);
    }
    return buf_str(out);
}

static str list_url(struct rq *rq, const char *path, i64 year, str more)
{
    return arena_printf(rq->mem, "%s?year=%lld%.*s", path, (long long)year, (int)more.len,
                        more.ptr);
}

static void filters_make(struct rq *rq, struct scores_list_view *v)
{
    static const char *const SHOWS[] = { "all", "open", "away" };
    const struct scores_list_input *in = rq->input;
    struct view_tab *tabs = arena_array(rq->mem, sizeof SHOWS / sizeof *SHOWS, sizeof *tabs);
    str rest = asked(rq, "show"), show = in->show.len ? in->show : str_of("all");
    for (size_t i = 0; i < sizeof SHOWS / sizeof *SHOWS; i++)
        tabs[i] = (struct view_tab){ text_label("scores.shows", str_of(SHOWS[i])),
                                     list_url(rq, "/scores", v->period->year,
                                              arena_printf(rq->mem, "%.*s&show=%s", (int)rest.len,
                                                           rest.ptr, SHOWS[i])),
                                     -1, str_is(show, SHOWS[i]) };
    v->filters = (struct view_tabs){ text_find("scores.show"), tabs, sizeof SHOWS / sizeof *SHOWS };
}

static void page_make(struct rq *rq, const struct rows *rows, struct scores_list_view *v)
{
    const struct scores_row *all = rows->items;
    const struct scores_row **shown = arena_array(rq->mem, SCORES_PAGE, sizeof *shown);
    size_t from = start_of(rq, rows);
    for (size_t i = from; i < rows->count && v->count < SCORES_PAGE; i++)
        shown[v->count++] = &all[i];
    v->rows = shown;
    str rest = asked(rq, "");
    v->pager = (struct view_pager){ .shown = (i64)v->count,
                                    .total = (i64)rows->count,
                                    .unit = text_find("members.unit") };
    if (from)
        v->pager.previous =
            list_url(rq, "/scores", v->period->year,
                     arena_printf(rq->mem, "%.*s&start=%zu", (int)rest.len, rest.ptr,
                                  from < SCORES_PAGE ? 0 : from - SCORES_PAGE));
    if (from + v->count < rows->count)
        v->pager.next = list_url(rq, "/scores", v->period->year,
                                 arena_printf(rq->mem, "%.*s&start=%zu", (int)rest.len, rest.ptr,
                                              from + v->count));
}

static void links_make(struct rq *rq, struct scores_list_view *v)
{
    const struct scores_list_input *in = rq->input;
    bool sorted = v->shows.ranking && str_is(in->sort, "place");
    str rest = asked(rq, "sort");
    v->years = scores_years(rq, v->period, "/scores", asked(rq, ""), NULL);
    v->groups = list_url(rq, "/scores/groups", v->period->year, str_of(""));
    if (actor_may(rq->actor, "scores.export")) {
        v->export = list_url(rq, "/scores.xlsx", v->period->year, asked(rq, ""));
        v->csv = list_url(rq, "/scores.csv", v->period->year, asked(rq, ""));
    }
    if (v->shows.ranking)
        v->sorted =
            list_url(rq, "/scores", v->period->year,
                     sorted ? rest
                            : arena_printf(rq->mem, "%.*s&sort=place", (int)rest.len, rest.ptr));
    v->sort_label = text_find(sorted ? "scores.sort.roster" : "scores.sort.place");
    if (in->by.len)
        v->group = scores_key_label(rq, scores_by_of(in->by), in->name);
}

err page_scores_list(struct rq *rq, struct res *res)
{
    struct scores_period period;
    struct scores_list_view v = { 0 };
    struct rows rows;
    TRY(scores_list_load(rq, &period, &rows, &v));
    if (rq->api)
        return list_json_send(rq, &v, &rows, res);
    filters_make(rq, &v);
    page_make(rq, &rows, &v);
    links_make(rq, &v);
    struct out *out = page_begin(rq, text_find("menu.scores"), "scores");
    view_scores_list(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- groups ---- */

static err groups_json(struct rq *rq, const struct scores_groups_view *v, struct res *res)
{
    struct json j = json_begin(rq);
    period_json(&j, v->period);
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++) {
        json_object(&j, NULL);
        json_str(&j, "key", v->groups[i].key);
        group_json(&j, &v->groups[i], v->shows);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object(&j, "whole");
    group_json(&j, &v->whole, v->shows);
    json_object_end(&j);
    json_send(&j, res);
    return OK;
}

static str groups_url(struct rq *rq, const struct scores_groups_view *v, enum scores_by by,
                      bool standing)
{
    return list_url(rq, "/scores/groups", v->period->year,
                    arena_printf(rq->mem, "&by=%s%s", scores_by_name(by),
                                 standing ? "&standing=1" : ""));
}

static void kinds_make(struct rq *rq, struct scores_groups_view *v)
{
    struct view_tab *tabs = arena_array(rq->mem, SCORES_BYS + 2, sizeof *tabs);
    struct view_tab *whom = tabs + SCORES_BYS;
    for (enum scores_by by = 0; by < SCORES_BYS; by++)
        tabs[by] = (struct view_tab){ text_label("scores.bys", str_of(scores_by_name(by))),
                                      groups_url(rq, v, by, v->standing), -1, by == v->by };
    v->kinds = (struct view_tabs){ text_find("scores.by"), tabs, SCORES_BYS };
    whom[0] = (struct view_tab){ text_find("scores.all"), groups_url(rq, v, v->by, false), -1,
                                 !v->standing };
    whom[1] = (struct view_tab){ text_find("scores.standing"), groups_url(rq, v, v->by, true), -1,
                                 v->standing };
    v->whom = (struct view_tabs){ text_find("scores.whom"), whom, 2 };
}

static void keep_standing(struct rows *rows)
{
    struct scores_row *all = (struct scores_row *)rows->items;
    size_t n = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].person->standing)
            all[n++] = all[i];
    rows->count = n;
}

err page_scores_groups(struct rq *rq, struct res *res)
{
    const struct scores_year_input *in = rq->input;
    struct scores_period period;
    struct rows rows;
    TRY(scores_period_find(rq, in->year, &period));
    TRY(scores_list(rq, &(struct scores_ask){ .period = &period }, &rows));
    scores_keep_seen(rq, &rows);
    struct scores_groups_view v = { .period = &period,
                                    .shows = scores_shows_others(rq),
                                    .by = scores_by_of(in->by.len ? in->by : str_of("sector")),
                                    .standing = in->standing,
                                    .rq = rq };
    if (v.standing)
        keep_standing(&rows);
    struct rows groups = scores_groups(rq, &rows, v.by, &v.whole);
    /* what a group earns comes from any of its members: not told from a part of them */
    bool whole = !v.standing && actor_scope(rq->actor, "scores.read") == SCOPE_ORG;
    if (whole)
        TRY(scores_groups_score(rq, &period, &rows, v.by, &groups));
    v.earn = whole && v.shows.points && scores_groups_earn(&period, v.by);
    v.groups = groups.items;
    v.count = groups.count;
    if (rq->api)
        return groups_json(rq, &v, res);
    str title = text_find("scores.groups");
    str by =
        arena_printf(rq->mem, "&by=%s%s", scores_by_name(v.by), v.standing ? "&standing=1" : "");
    v.years = scores_years(rq, &period, "/scores/groups", by, NULL);
    v.crumbs = view_crumbs(rq->mem, "scores", title);
    kinds_make(rq, &v);
    struct out *out = page_begin(rq, title, "scores");
    view_scores_groups(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- a member's year ---- */

static void record_json(struct json *j, const struct scores_record *record)
{
    json_i64(j, "entry_id", record->id);
    json_str(j, "label", record->label);
    json_day(j, "happened_on", record->happened_on);
}

static void gates_json(struct json *j, const struct scores_member_view *v)
{
    json_array(j, "gates");
    for (size_t i = 0; i < v->gate_count; i++) {
        const struct scores_gate *g = &v->gates[i];
        json_object(j, NULL);
        json_str(j, "text", g->text);
        json_bool(j, "met", g->met);
        json_i64(j, "need_x1000", g->need);
        json_i64(j, "has_x1000", g->has);
        json_array(j, "entries");
        for (size_t k = 0; k < g->count; k++) {
            json_object(j, NULL);
            record_json(j, &g->records[k]);
            json_object_end(j);
        }
        json_array_end(j);
        json_object_end(j);
    }
    json_array_end(j);
}

static void lines_json(struct json *j, const struct scores_member_view *v)
{
    json_array(j, "lines");
    for (size_t p = 0; p < v->part_count; p++)
        for (size_t i = 0; i < v->parts[p].count; i++) {
            const struct scores_line *line = &v->parts[p].lines[i];
            json_object(j, NULL);
            json_str(j, "section", v->parts[p].name);
            json_str(j, "rule", line->rule);
            json_str(j, "words", line->words);
            json_i64(j, "points_x1000", line->points);
            if (line->record)
                record_json(j, line->record);
            if (line->like) {
                json_i64(j, "like_entry_id", line->like->entry_id);
                json_i64(j, "like_degree", line->like->degree);
            }
            json_object_end(j);
        }
    json_array_end(j);
}

static err member_json(struct rq *rq, const struct scores_member_view *v, struct res *res)
{
    struct json j = json_begin(rq);
    period_json(&j, v->period);
    row_json(&j, v->period, v->row, v->shows);
    gates_json(&j, v);
    if (v->shows.points)
        lines_json(&j, v);
    if (v->sector) {
        json_i64(&j, "sector_average_x1000", scores_average(v->sector));
        json_i64(&j, "average_x1000", scores_average(v->whole));
    }
    TRY(event_emit(rq, "scores.shown", v->row->person->member_id,
                   &(struct scores_shown){ .json = &j, .period = v->period }));
    json_send(&j, res);
    return OK;
}

static err member_page(struct rq *rq, struct scores_member_view *v, struct out *out,
                       struct res *res)
{
    struct out inner = { .buf = buf_new(rq->mem, out->buf->max), .page = out->page };
    TRY(event_emit(rq, "scores.shown", v->row->person->member_id,
                   &(struct scores_shown){ .out = &inner, .period = v->period }));
    v->more.s = buf_str(inner.buf);
    view_scores_member(out, v);
    page_end(res, out);
    return OK;
}

/* Beside his sector and all: one year's averages. */
static void compare(struct rq *rq, const struct rows *all, struct scores_member_view *v)
{
    struct scores_group *whole = arena_zero(rq->mem, sizeof *whole);
    struct rows groups = scores_groups(rq, all, SCORES_BY_SECTOR, whole);
    const struct scores_group *found = groups.items;
    v->places = whole->assessed;
    for (size_t i = 0; i < groups.count && v->shows.comparison && v->shows.points; i++)
        if (str_eq(found[i].key, v->row->person->sector)) {
            v->sector = &found[i];
            v->whole = whole;
        }
}

/* Whether what is shown of one hangs on all others: a place, an average, a grade that is only for
 * so many. */
static bool needs_all(const struct scores_member_view *v)
{
    const struct ruleset *rules = v->period->rules;
    bool quotas = false;
    for (size_t i = 0; rules && i < rules->grade_count; i++)
        quotas |= rules->grades[i].quota > 0;
    return v->shows.ranking || (v->shows.comparison && v->shows.points) ||
           (v->shows.grade && quotas);
}

static err member_load(struct rq *rq, struct scores_period *period, i64 member_id,
                       struct scores_member_view *v)
{
    const struct scores_year_input *in = rq->input;
    struct rows rows, all = { 0 };
    TRY(scores_period_find(rq, in->year, period));
    v->period = period;
    v->rq = rq;
    v->own = rq->actor->member_id == member_id;
    v->shows = v->own && !actor_may(rq->actor, "scores.export") ? scores_shows_own(rq)
                                                                : scores_shows_others(rq);
    const struct scores_ask ask = { .period = period,
                                    .only = member_id,
                                    .all = needs_all(v) ? &all : NULL };
    TRY(scores_list(rq, &ask, &rows));
    v->row = rows.items;
    if (rows.count == 0 || !scores_may_see(rq, v->row->person))
        return err_make(ERR_NOT_FOUND, "scores.not_found");
    TRY(scores_store_list_seats(rq->db, member_id, rq->today, rq->mem, &v->seats));
    TRY(scores_gates_make(rq, period, v->row, v));
    if (v->shows.points)
        TRY(scores_parts_make(rq, period, v->row, v));
    if (v->shows.grade) {
        v->grade = scores_grade(period, v->row);
        v->vetoes = scores_vetoes(rq, period, v->row);
    }
    if (ask.all)
        compare(rq, &all, v);
    return OK;
}

err page_scores_own(struct rq *rq, struct res *res)
{
    struct scores_period period;
    struct scores_member_view v = { 0 };
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "scores.no_member");
    TRY(member_load(rq, &period, rq->actor->member_id, &v));
    if (rq->api)
        return member_json(rq, &v, res);
    v.ledger = arena_printf(rq->mem, "/entries/mine?year=%lld", (long long)period.year);
    v.has_others = actor_may(rq->actor, "scores.read");
    v.years = scores_years(rq, &period, "/scores/mine", str_of(""), &v.seats);
    struct out *out = page_begin(rq, text_find("scores.mine"), "my_scores");
    return member_page(rq, &v, out, res);
}

err page_scores_member(struct rq *rq, struct res *res)
{
    struct scores_period period;
    struct scores_member_view v = { 0 };
    TRY(member_load(rq, &period, rq->path_id, &v));
    if (rq->api)
        return member_json(rq, &v, res);
    const char *path = arena_printf(rq->mem, "/scores/members/%lld", (long long)rq->path_id).ptr;
    v.ledger = arena_printf(rq->mem, "/entries/members/%lld?year=%lld", (long long)rq->path_id,
                            (long long)period.year);
    v.years = scores_years(rq, &period, path, str_of(""), &v.seats);
    v.crumbs = view_crumbs(rq->mem, "scores", v.row->person->name);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "scores.of", v.row->person->name, str_of("")),
                   "scores");
    return member_page(rq, &v, out, res);
}
