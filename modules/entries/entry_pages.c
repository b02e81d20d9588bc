/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the ledger: what a member has done and what came of it, for himself and for who may see
 * his; the list of all rows; one row; the walk over what there is. No points, no ranking. */
#include "modules/entries/entry_likeness.h"
#include "modules/members/member.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/entries.h"

enum { YEARS_MAX = 8 };

/* ---- a member's ledger ---- */

static bool is_same_source(const struct entry_row *a, const struct entry_row *b)
{
    return a->source_id == b->source_id && str_eq(a->source, b->source);
}

/* Rows come newest first: those of a thing are put in the order in which they happened, and the
 * thing stands where its newest row does. */
static void add_to_thing(struct rq *rq, struct entry_ledger *l, const struct entry_row *all,
                         size_t count, size_t at)
{
    struct entry_thing *t = &l->things[l->thing_count++];
    t->all = arena_array(rq->mem, count - at, sizeof *t->all);
    for (size_t i = count; i-- > at;)
        if (str_is(all[i].state, "live") && is_same_source(&all[i], &all[at]))
            t->all[t->count++] = &all[i];
    t->url = entry_url(rq, t->all[0]);
    t->missed = true;
    for (size_t i = 0; i < t->count; i++)
        t->missed = t->missed && entry_is_missed(t->all[i]->kind);
    l->missed_count += t->missed;
}

static bool is_placed(const struct entry_ledger *l, const struct entry_row *e)
{
    for (size_t i = 0; i < l->thing_count; i++)
        if (is_same_source(l->things[i].all[0], e))
            return true;
    return false;
}

static void arrange(struct rq *rq, const struct rows *rows, struct entry_ledger *l)
{
    const struct entry_row *all = rows->items;
    l->outcomes = arena_array(rq->mem, rows->count + 1, sizeof *l->outcomes);
    l->back = arena_array(rq->mem, rows->count + 1, sizeof *l->back);
    l->things = arena_array(rq->mem, rows->count + 1, sizeof *l->things);
    for (size_t i = 0; i < rows->count; i++) {
        const struct entry_row *e = &all[i];
        if (str_is(e->state, "struck"))
            l->back[l->back_count++] = e;
        if (!str_is(e->state, "live"))
            continue;
        if (entry_is_outcome(e->kind))
            l->outcomes[l->outcome_count++] = e;
        if (!is_placed(l, e))
            add_to_thing(rq, l, all, rows->count, i);
    }
    l->cut = rows->count == ENTRY_PAGE_MAX;
}

static str ledger_path(struct rq *rq, const struct entry_ledger *l)
{
    return l->own ? str_of("/entries/mine")
                  : arena_printf(rq->mem, "/entries/members/%lld", (long long)l->member_id);
}

static err years_of(struct rq *rq, struct entry_ledger *l)
{
    struct rows rows;
    int now, month, mday;
    str path = ledger_path(rq, l);
    TRY(entry_store_list_years(rq->db, l->member_id, rq->mem, &rows));
    day_to_civil(rq->today, &now, &month, &mday);
    struct view_tab *tabs = arena_array(rq->mem, YEARS_MAX + 2, sizeof *tabs);
    const i64 *years = rows.items;
    size_t n = 0, i = 0;
    tabs[n++] = (struct view_tab){ text_format(rq->mem, "entries.year_of", str_number(rq->mem, now),
                                               str_of("")),
                                   path, -1, !l->is_term && l->year == now };
    for (; i < rows.count && n < YEARS_MAX; i++)
        if (years[i] != now)
            tabs[n++] = (struct view_tab){ text_format(rq->mem, "entries.year_of",
                                                       str_number(rq->mem, years[i]), str_of("")),
                                           arena_printf(rq->mem, "%.*s?year=%lld", (int)path.len,
                                                        path.ptr, (long long)years[i]),
                                           -1, !l->is_term && l->year == years[i] };
    tabs[n++] = (struct view_tab){ text_find("entries.term"),
                                   arena_printf(rq->mem, "%.*s?span=term", (int)path.len, path.ptr),
                                   -1, l->is_term };
    l->years = (struct view_tabs){ text_find("entries.year"), tabs, n };
    return OK;
}

static err load(struct rq *rq, struct entry_ledger *l)
{
    const struct entry_year_input *in = rq->input;
    struct entry_days days = { .member_id = l->member_id };
    struct rows rows;
    int now, month, mday;
    day_to_civil(rq->today, &now, &month, &mday);
    l->is_term = str_is(in->span, "term");
    l->year = in->year ? in->year : now;
    days.from_on = day_from_civil((int)l->year, 1, 1);
    days.to_on = day_from_civil((int)l->year + 1, 1, 1) - 1;
    if (l->is_term) {
        TRY(entry_store_term(rq->db, rq->today, &days.from_on));
        days.to_on = rq->today;
    }
    TRY(entry_store_list_member(rq->db, &days, rq->mem, &rows));
    arrange(rq, &rows, l);
    return years_of(rq, l);
}

static const struct field JSON_ROW[] = {
    FIELD(struct entry_row, id),
    FIELD(struct entry_row, kind),
    FIELD(struct entry_row, label),
    FIELD(struct entry_row, quantity),
    FIELD(struct entry_row, people),
    FIELD(struct entry_row, tags),
    FIELD(struct entry_row, source),
    FIELD(struct entry_row, source_id),
    FIELD(struct entry_row, part_id),
    FIELD(struct entry_row, number),
    FIELD(struct entry_row, recorded_name),
    { 0 },
};

static void row_members(struct rq *rq, struct json *j, const struct entry_row *e)
{
    json_fields(j, JSON_ROW, e);
    json_str(j, "title", entry_may_read_title(rq, e) ? e->title : str_of(""));
    json_day(j, "happened_on", e->happened_on);
    json_bool(j, "outcome", entry_is_outcome(e->kind));
    json_bool(j, "deed", entry_is_deed(e->kind));
}

static void ledger_json(struct rq *rq, const struct entry_ledger *l, struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "member_id", l->member_id);
    json_i64(&j, "year", l->is_term ? 0 : l->year);
    json_array(&j, "items");
    for (size_t i = 0; i < l->thing_count; i++)
        for (size_t k = 0; k < l->things[i].count; k++) {
            json_object(&j, NULL);
            row_members(rq, &j, l->things[i].all[k]);
            json_object_end(&j);
        }
    json_array_end(&j);
    json_send(&j, res);
}

/* What rq's actor may not read is left empty in the rows that the page shows. */
static void hide_titles(struct rq *rq, const struct entry_ledger *l)
{
    for (size_t i = 0; i < l->thing_count; i++)
        for (size_t k = 0; k < l->things[i].count; k++) {
            struct entry_row *e = (struct entry_row *)l->things[i].all[k];
            if (!entry_may_read_title(rq, e))
                e->title = str_of("");
        }
}

static err ledger_show(struct rq *rq, struct entry_ledger *l, struct res *res)
{
    TRY(load(rq, l));
    if (rq->api) {
        ledger_json(rq, l, res);
        return OK;
    }
    hide_titles(rq, l);
    str title = l->own ? text_find("menu.my_entries")
                       : text_format(rq->mem, "entries.of", l->name, str_of(""));
    struct out *out = page_begin(rq, title, l->own ? "my_entries" : "entries");
    view_entries_ledger(out, l);
    page_end(res, out);
    return OK;
}

/* The way home: from one's own ledger, or from the list. */
static const struct view_link *crumbs_of(struct rq *rq, const struct entry_row *e)
{
    struct view_link *crumbs = arena_array(rq->mem, 3, sizeof *crumbs);
    if (actor_scope(rq->actor, "entries.read") != SCOPE_SELF)
        return view_crumbs(rq->mem, "entries", e->label);
    crumbs[0] = (struct view_link){ text_find("menu.my_entries"), str_of("/entries/mine") };
    crumbs[1] = (struct view_link){ e->label, str_of("") };
    return crumbs;
}

err page_entry_own(struct rq *rq, struct res *res)
{
    struct entry_ledger *l = arena_zero(rq->mem, sizeof *l);
    struct view_link *crumbs = arena_array(rq->mem, 2, sizeof *crumbs);
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "entries.no_member");
    l->own = true;
    l->rq = rq;
    l->member_id = rq->actor->member_id;
    crumbs[0] = (struct view_link){ text_find("menu.my_entries"), str_of("") };
    l->crumbs = crumbs;
    return ledger_show(rq, l, res);
}

/* Whose rows rq's actor sees in the list: the office everybody's, others those of the members whom
 * they organise, or their own. */
static err may_see(struct rq *rq, i64 member_id)
{
    struct list_query query = { 0 };
    struct list_result found;
    if (actor_scope(rq->actor, "entries.read") == SCOPE_ORG ||
        (rq->actor->member_id && rq->actor->member_id == member_id))
        return OK;
    str of = arena_printf(rq->mem, "member_id=%lld&limit=1", (long long)member_id);
    TRY(list_parse_text(rq, &ENTRY_LIST, of, &query));
    TRY(list_page(rq, &ENTRY_LIST, &query, &found));
    return found.rows.count ? OK : err_make(ERR_NOT_FOUND, "members.not_found");
}

err page_entry_member(struct rq *rq, struct res *res)
{
    struct entry_ledger *l = arena_zero(rq->mem, sizeof *l);
    struct member m;
    TRY(may_see(rq, rq->path_id));
    TRY(member_find(rq, rq->path_id, &m));
    l->member_id = m.id;
    l->rq = rq;
    l->name = m.name;
    l->sector = m.sector_name;
    l->crumbs = view_crumbs(rq->mem, "entries", m.name);
    return ledger_show(rq, l, res);
}

/* ---- the list and one row ---- */

static void put_acts(struct out *out, struct rq *rq)
{
    view_entries_acts(out, actor_may(rq->actor, "entries.manage"));
}

const struct list_look ENTRY_LOOK = { .list = &ENTRY_LIST,
                                      .path = "/entries",
                                      .title = "menu.entries",
                                      .menu = "entries",
                                      .main = "name",
                                      .empty = "entries.none",
                                      .bar = "name label year state",
                                      .exports = true,
                                      .acts = put_acts };

err page_entry_list(struct rq *rq, struct res *res)
{
    struct list_look look = ENTRY_LOOK;
    look.exports = actor_may(rq->actor, "entries.export");
    return list_show(rq, &look, res);
}

/* What its record is like, as far as it stands. */
static err likes_of(struct rq *rq, const struct entry_row *e, struct rows *out)
{
    const struct entry of = { .member_id = e->member_id,
                              .source_id = e->source_id,
                              .tags = str_is(e->state, "live") ? e->tags : str_of(""),
                              .source = e->source };
    return entry_list_like(rq, &of, out);
}

static void likes_json(struct json *j, const struct rows *likes)
{
    const struct entry_like *all = likes->items;
    json_array(j, "alike");
    for (size_t i = 0; i < likes->count; i++) {
        json_object(j, NULL);
        json_i64(j, "entry_id", all[i].entry_id);
        json_i64(j, "degree", all[i].degree);
        json_bool(j, "own", all[i].is_own);
        json_bool(j, "split", all[i].is_split);
        json_str(j, "words", all[i].words);
        json_object_end(j);
    }
    json_array_end(j);
}

err page_entry_show(struct rq *rq, struct res *res)
{
    struct entry_row *e = arena_zero(rq->mem, sizeof *e);
    struct entry_row *other = arena_zero(rq->mem, sizeof *other);
    struct rows likes;
    TRY(list_find(rq, &ENTRY_LIST, rq->path_id, e)); /* his to see? */
    TRY(entry_store_find(rq->db, rq->path_id, rq->mem, e));
    if (e->reverses_id)
        TRY(entry_store_find(rq->db, e->reverses_id, rq->mem, other));
    else
        TRY(entry_store_find_reversal(rq->db, e->id, rq->mem, other));
    if (!entry_may_read_title(rq, e))
        e->title = str_of("");
    TRY(likes_of(rq, e, &likes));
    if (rq->api) {
        struct json j = json_begin(rq);
        row_members(rq, &j, e);
        json_str(&j, "name", e->name);
        json_i64(&j, "member_id", e->member_id);
        json_str(&j, "state", e->state);
        json_str(&j, "text", e->text);
        json_i64(&j, "reverses_id", e->reverses_id);
        json_i64(&j, "reversed_by_id", e->reverses_id ? 0 : other->id);
        json_str(&j, "recorded_name", e->recorded_name);
        json_time(&j, "recorded_at", e->recorded_at);
        likes_json(&j, &likes);
        TRY(event_emit(rq, "entries.shown", e->id,
                       &(struct entry_shown){
                           .json = &j, .member_id = e->member_id, .state = e->state }));
        json_send(&j, res);
        return OK;
    }
    struct entry_show_page v = { e,
                                 other->id ? other : NULL,
                                 entry_url(rq, e),
                                 entry_tags_words(rq, e),
                                 likes,
                                 { .s = str_of("") },
                                 crumbs_of(rq, e),
                                 actor_may(rq->actor, "entries.manage") &&
                                     str_is(e->state, "live") };
    bool office = actor_scope(rq->actor, "entries.read") != SCOPE_SELF;
    struct out *out = page_begin(rq, text_format(rq->mem, "entries.one", e->label, str_of("")),
                                 office ? "entries" : "my_entries");
    struct out inner = { .buf = buf_new(rq->mem, out->buf->max), .page = out->page };
    TRY(event_emit(rq, "entries.shown", e->id,
                   &(struct entry_shown){
                       .out = &inner, .member_id = e->member_id, .state = e->state }));
    v.more.s = buf_str(inner.buf);
    view_entries_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- taken back by a person ---- */

err page_entry_strike_form(struct rq *rq, struct res *res)
{
    struct entry_row e;
    struct entry_strike_input in = { 0 };
    TRY(list_find(rq, &ENTRY_LIST, rq->path_id, &e));
    if (!str_is(e.state, "live"))
        return err_make(ERR_CONFLICT, "entries.not_live");
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &ENTRY_STRIKE_FORM,
                         .stored = &in,
                         .menu = "entries",
                         .title = text_find("entries.strike"),
                         .subject = text_format(rq->mem, "entries.strike_of", e.name, e.label),
                         .back = arena_printf(rq->mem, "/entries/%lld", (long long)e.id),
                         .crumbs = view_crumbs_of(rq->mem, "entries", e.id, e.label,
                                                  text_find("entries.strike")),
                         .button = text_find("entries.strike") });
}

err page_entry_strike(struct rq *rq, struct res *res)
{
    const struct entry_strike_input *in = rq->input;
    TRY(entry_strike(rq, rq->path_id, in->text));
    res_redirect(res, arena_printf(rq->mem, "/entries/%lld", (long long)rq->path_id));
    return OK;
}

/* ---- two matters ---- */

err page_entry_apart_form(struct rq *rq, struct res *res)
{
    struct entry_row e;
    struct entry_apart_input in = { 0 };
    TRY(list_find(rq, &ENTRY_LIST, rq->path_id, &e));
    if (!str_is(e.state, "live"))
        return err_make(ERR_CONFLICT, "entries.not_live");
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &ENTRY_APART_FORM,
                         .stored = &in,
                         .menu = "entries",
                         .title = text_find("entries.apart"),
                         .subject = text_format(rq->mem, "entries.apart_of", e.name, e.label),
                         .back = arena_printf(rq->mem, "/entries/%lld", (long long)e.id),
                         .crumbs = view_crumbs_of(rq->mem, "entries", e.id, e.label,
                                                  text_find("entries.apart")),
                         .button = text_find("entries.apart") });
}

err page_entry_apart(struct rq *rq, struct res *res)
{
    const struct entry_apart_input *in = rq->input;
    struct entry_row e;
    TRY(list_find(rq, &ENTRY_LIST, rq->path_id, &e));
    TRY(entry_apart(rq, e.id, in->text));
    res_redirect(res, arena_printf(rq->mem, "/entries/members/%lld", (long long)e.member_id));
    return OK;
}

/* ---- the walk over what there is ---- */

err page_entry_gather(struct rq *rq, struct res *res)
{
    struct entry_gather_page v = { 0 };
    TRY(entry_run_store_find(rq->db, rq->mem, &v.run));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_bool(&j, "running", v.run.id && !v.run.finished_at);
        json_i64(&j, "checked", v.run.checked);
        json_i64(&j, "added", v.run.added);
        json_i64(&j, "reversed", v.run.reversed);
        json_time(&j, "started_at", v.run.started_at);
        json_time(&j, "finished_at", v.run.finished_at);
        json_send(&j, res);
        return OK;
    }
    struct out *out = page_begin(rq, text_find("entries.gather"), "entries");
    view_entries_gather(out, &v);
    page_end(res, out);
    return OK;
}

err page_entry_gather_begin(struct rq *rq, struct res *res)
{
    TRY(entry_gather_begin(rq));
    res_redirect(res, str_of("/entries/gather"));
    return OK;
}
