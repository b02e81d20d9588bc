/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The two boards: which columns they have, what each asks of its list, and the same as JSON. Steps
 * and marks: board_pages.c. */
#include "modules/assignments/assignment.h"
#include "modules/boards/board_pages.h"
#include "modules/boards/board_store.h"
#include "modules/boards/board_views.h"
#include "modules/boards/board_words.h"
#include "modules/orgs/org.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/boards.h"

/* CARDS: of a column among others, as many as one bulk step takes. COUNT_MAX: counted no further.
 */
enum {
    CARDS = BOARD_AT_ONCE,
    CARDS_ALONE = 50,
    COUNT_MAX = 1000,
    COLUMNS_MAX = 10,
    KINDS = 8,
    LATE_LOOKED = 100
};

/* A column as declared. state: of the list's flow; NULL = what is behind its day. verb: the step
 * that leads here. pending: only for who reads what is under review. setting: while it is off the
 * column stands only as long as there is something in it. */
struct column_kind {
    const char *code, *state, *verb;
    const struct list *list;
    bool pending;
    const char *setting;
};

struct board_kind {
    const char *name, *path, *title;
    const struct column_kind *columns; /* ends with a zero row */
    const char *verbs;
    bool of_session; /* always of one session */
};

/* Only where agencies are asked first. */
static const char PREASSIGN[] = "proposals.preassign";

static const struct column_kind REVIEW[] = {
    { "submitted", "submitted", NULL, &BOARD_PROPOSALS, true, NULL },
    { "screened", "screened", "screen", &BOARD_PROPOSALS, true, NULL },
    { "revising", "revising", "revise", &BOARD_PROPOSALS, true, NULL },
    { "docketed", "docketed", "docket", &BOARD_PROPOSALS, false, NULL },
    { "preassigned", "preassigned", "preassign", &BOARD_PROPOSALS, false, PREASSIGN },
    { "assigned", "assigned", "assign", &BOARD_PROPOSALS, false, NULL },
    { 0 },
};

static const struct column_kind HANDLING[] = {
    { "overdue", NULL, NULL, &BOARD_ASSIGNMENTS, false, NULL },
    { "assigned", "assigned", NULL, &BOARD_ASSIGNMENTS, false, NULL },
    { "accepted", "accepted", NULL, &BOARD_ASSIGNMENTS, false, NULL },
    { "drafted", "drafted", NULL, &BOARD_ASSIGNMENTS, false, NULL },
    { "replied", "replied", NULL, &BOARD_ASSIGNMENTS, false, NULL },
    { "evaluating", "evaluating", NULL, &BOARD_PROPOSALS, false, NULL },
    { "redoing", "redoing", "redo", &BOARD_PROPOSALS, false, NULL },
    { "mediating", "mediating", NULL, &BOARD_PROPOSALS, false, NULL },
    { 0 },
};

static const struct board_kind BOARDS[] = {
    { "review", "/boards/review", "boards.review", REVIEW,
      "screen docket revise reject preassign assign", true },
    { "handling", "/boards/handling", "boards.handling", HANDLING, "redo", false },
};

/* What one board is asked for, while it is made. */
struct asked {
    struct rq *rq;
    const struct board_kind *board;
    const struct board_input *in;
    i64 session_id, ended; /* ended: marks of this moment or before count no more */
};

/* ---- links ---- */

/* The board as it is filtered; of one column where it is given. after: its page. */
static str address(const struct asked *a, str column, str after)
{
    const struct board_input *in = a->in;
    struct buf *b = buf_new(a->rq->mem, 1024);
    str session = in->session_id ? arena_printf(a->rq->mem, "%lld", (long long)in->session_id)
                                 : str_of(""); /* the usual one is not said */
    const struct {
        const char *name;
        str value;
    } all[] = {
        { "session_id", session },
        { "category", in->category },
        { "kind", in->kind },
        { "mine", str_of(in->mine ? "1" : "") },
        { "own", str_of(in->own ? "1" : "") },
        { "column", column },
        { "after", after },
    };
    char mark = '?';
    buf_put(b, a->board->path);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].value.len == 0)
            continue;
        buf_printf(b, "%c%s=%.*s", mark, all[i].name, (int)all[i].value.len, all[i].value.ptr);
        mark = '&';
    }
    return buf_str(b);
}

/* ---- cards ---- */

static bool is_of_proposals(const struct column_kind *kind)
{
    return kind->list == &BOARD_PROPOSALS;
}

static str number_of(struct rq *rq, const struct board_row *row)
{
    if (row->number.len)
        return row->number;
    return text_format(rq->mem, row->docket_no ? "boards.docket_no" : "boards.serial",
                       arena_printf(rq->mem, "%lld",
                                    (long long)(row->docket_no ? row->docket_no : row->serial)),
                       str_of(""));
}

static void card_make(const struct asked *a, const struct column_kind *kind,
                      const struct board_row *row, struct board_card *out)
{
    struct rq *rq = a->rq;
    bool read = row->reader_id > 0 && row->taken_at > a->ended;
    *out = (struct board_card){ .row = row, .number = number_of(rq, row) };
    out->mine = read && row->reader_id == rq->actor->account_id;
    if (read)
        out->reader =
            text_format(rq->mem, "boards.since", row->reader_name, board_moment(rq, row->taken_at));
    if (!is_of_proposals(kind)) {
        out->place = arena_printf(rq->mem, "/assignments/%lld", (long long)row->id);
        out->kind = text_label("assignments.role", row->role);
        return;
    }
    out->place = arena_printf(rq->mem, "/proposals/%lld", (long long)row->id);
    out->seen = arena_printf(rq->mem, "%lld:%lld", (long long)row->id, (long long)row->version);
    out->kind = text_label("proposals.kind", row->kind);
    if (row->category.len)
        out->category = dictionary_label(rq, "proposals.categories", row->category);
}

static void cards_make(const struct asked *a, const struct column_kind *kind,
                       const struct rows *rows, struct board_column *out)
{
    const struct board_row *all = rows->items;
    struct board_card *cards = arena_array(a->rq->mem, rows->count + 1, sizeof *cards);
    for (size_t i = 0; i < rows->count; i++)
        card_make(a, kind, &all[i], &cards[i]);
    out->cards = cards;
    out->count = rows->count;
}

/* ---- columns ---- */

static void filter(struct rq *rq, struct list_query *q, const struct list *list, const char *name,
                   str value)
{
    for (const struct list_column *c = list->columns; c->field.name; c++) {
        if (strcmp(c->field.name, name) != 0)
            continue;
        struct list_filter *f = &q->filters[q->filter_count++];
        *f = (struct list_filter){ .column = c, .op = LIST_IS };
        strs_add(rq->mem, &f->values, value);
        return;
    }
}

static void filter_id(struct rq *rq, struct list_query *q, const struct list *list,
                      const char *name, i64 id)
{
    if (id > 0)
        filter(rq, q, list, name, arena_printf(rq->mem, "%lld", (long long)id));
}

static err state_column(const struct asked *a, const struct column_kind *kind, bool alone,
                        struct board_column *out)
{
    struct rq *rq = a->rq;
    const struct board_input *in = a->in;
    struct list_query q = { .limit = alone ? CARDS_ALONE : CARDS,
                            .count_max = COUNT_MAX,
                            .sort = str_of(kind->list->sort) };
    struct list_result page;
    if (alone)
        q.after = in->after;
    filter(rq, &q, kind->list, "state", str_of(kind->state));
    if (in->category.len)
        filter(rq, &q, kind->list, "category", in->category);
    if (in->kind.len)
        filter(rq, &q, kind->list, "kind", in->kind);
    filter_id(rq, &q, kind->list, "session_id", a->session_id);
    filter_id(rq, &q, kind->list, "mine_id", in->mine ? rq->actor->account_id : 0);
    filter_id(rq, &q, kind->list, "system_id", in->own ? rq->actor->agency_id : 0);
    TRY(list_page(rq, kind->list, &q, &page));
    cards_make(a, kind, &page.rows, out);
    out->capped = page.total > page.cap;
    out->total = out->capped ? page.cap : page.total;
    if (alone && page.next.len)
        out->next = address(a, out->code, page.next);
    if (alone && page.previous.len)
        out->previous = address(a, out->code, page.previous);
    return OK;
}

static bool fits(const struct asked *a, const struct board_row *row)
{
    const struct board_input *in = a->in;
    if (a->session_id > 0 && row->session_id != a->session_id)
        return false;
    if (in->own && row->system_id != a->rq->actor->agency_id)
        return false;
    return !in->mine || (row->reader_id == a->rq->actor->account_id && row->taken_at > a->ended);
}

/* The departments' part in what the reader has marked, of one state: few, so they are looked at one
 * by one. */
static err mine_column(const struct asked *a, const struct column_kind *kind,
                       struct board_column *out)
{
    struct rq *rq = a->rq;
    const struct board_mark_query query = { rq->actor->account_id, a->ended, CARDS_ALONE };
    struct rows marks, units, found = { NULL, 0, sizeof(struct board_row) };
    TRY(board_store_list(rq->db, &query, rq->mem, &marks));
    struct board_row *rows = arena_array(rq->mem, CARDS_ALONE + 1, sizeof *rows);
    for (size_t i = 0; i < marks.count; i++) {
        TRY(assignment_list_of(rq, "proposals",
                               ((const struct board_mark *)marks.items)[i].proposal_id, &units));
        const struct assignment *all = units.items;
        for (size_t k = 0; k < units.count && found.count < CARDS_ALONE; k++) {
            if (!str_is(all[k].state, kind->state))
                continue;
            TRY(list_find(rq, kind->list, all[k].id, &rows[found.count]));
            found.count += fits(a, &rows[found.count]);
        }
    }
    found.items = rows;
    out->total = (i64)found.count;
    cards_make(a, kind, &found, out);
    return OK;
}

/* Where a page of what is late begins: behind "day.clock". */
static void late_cursor(str text, struct flow_due_row *out)
{
    str rest = text, day;
    *out = (struct flow_due_row){ 0 };
    if (str_split(&rest, '.', &day) && str_to_i64(day, &out->due_on))
        (void)str_to_i64(rest, &out->id);
}

/* Rows of clocks: the first `seen` are looked at until there are `most` cards; next: behind the
 * last that was. */
struct late_walk {
    const struct rows *due;
    size_t seen, most, next;
};

static err late_walk(const struct asked *a, const struct column_kind *kind, struct late_walk *walk,
                     struct rows *out)
{
    const struct flow_due_row *all = walk->due->items;
    struct board_row *rows = arena_array(a->rq->mem, walk->most + 1, sizeof *rows);
    *out = (struct rows){ rows, 0, sizeof *rows };
    size_t i = 0;
    for (; i < walk->seen && out->count < walk->most; i++) {
        err e = list_find(a->rq, kind->list, all[i].subject_id, &rows[out->count]);
        if (e.code == ERR_NOT_FOUND)
            continue;
        TRY(e);
        out->count += fits(a, &rows[out->count]);
    }
    walk->next = i;
    return OK;
}

/* The longest behind first, by the clocks that run; what waits for another stands still and is not
 * late. Filtered, LATE_LOOKED are looked at for a page, and the next one goes on from there. */
static err overdue_column(const struct asked *a, const struct column_kind *kind, bool alone,
                          struct board_column *out)
{
    struct rq *rq = a->rq;
    struct flow_due_query clocks = { "handle", rq->today - 1, 0, 0, COUNT_MAX + 1 };
    struct flow_due_row cursor = { 0 };
    struct rows due, rest, found;
    bool narrow = a->session_id > 0 || a->in->mine || a->in->own;
    if (actor_scope(rq->actor, kind->list->may) != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    TRY(flow_due_list(rq, &ASSIGNMENTS_FLOW, &clocks, &due));
    if (alone)
        late_cursor(a->in->after, &cursor);
    clocks.after_on = cursor.due_on;
    clocks.after_id = cursor.id;
    rest = due;
    if (cursor.due_on > 0)
        TRY(flow_due_list(rq, &ASSIGNMENTS_FLOW, &clocks, &rest));
    size_t most = narrow ? LATE_LOOKED : COUNT_MAX;
    struct late_walk walk = { &rest, rest.count < most ? rest.count : most,
                              alone ? CARDS_ALONE : CARDS, 0 };
    TRY(late_walk(a, kind, &walk, &found));
    const struct flow_due_row *all = rest.items;
    size_t i = walk.next;
    bool more = i > 0 && i < rest.count;
    out->capped = narrow ? more : due.count > COUNT_MAX;
    out->total = (i64)(narrow ? found.count : out->capped ? COUNT_MAX : due.count);
    if (alone && more)
        out->next = address(a, out->code,
                            arena_printf(rq->mem, "%lld.%lld", (long long)all[i - 1].due_on,
                                         (long long)all[i - 1].id));
    cards_make(a, kind, &found, out);
    return OK;
}

static err column_make(const struct asked *a, const struct column_kind *kind, bool alone,
                       struct board_column *out)
{
    const struct flow *flow = is_of_proposals(kind) ? &PROPOSALS_FLOW : &ASSIGNMENTS_FLOW;
    *out = (struct board_column){ .code = str_of(kind->code) };
    out->label = kind->state ? flow_state_label(a->rq, flow, str_of(kind->state))
                             : text_find("boards.overdue");
    if (kind->verb)
        out->verb = str_of(kind->verb);
    out->all = address(a, out->code, str_of(""));
    if (!kind->state)
        return overdue_column(a, kind, alone, out);
    return a->in->mine && !is_of_proposals(kind) ? mine_column(a, kind, out)
                                                 : state_column(a, kind, alone, out);
}

/* Whether a board has the column for who asks: a state that the flow does not know has none. */
static bool has_column(struct rq *rq, const struct column_kind *kind)
{
    const struct flow *flow = is_of_proposals(kind) ? &PROPOSALS_FLOW : &ASSIGNMENTS_FLOW;
    if (kind->pending && actor_scope(rq->actor, "proposals.read_pending") != SCOPE_ORG)
        return false;
    return !kind->state || flow_state_find(flow, str_of(kind->state));
}

static err columns_make(const struct asked *a, struct board_page *v)
{
    struct board_column *columns = arena_array(a->rq->mem, COLUMNS_MAX, sizeof *columns);
    struct view_tab *tabs = arena_array(a->rq->mem, COLUMNS_MAX + 1, sizeof *tabs);
    bool single = a->in->column.len > 0;
    tabs[v->tabs.count++] = (struct view_tab){ .label = text_find("boards.all_columns"),
                                               .url = address(a, str_of(""), str_of("")),
                                               .count = -1,
                                               .active = !single };
    for (const struct column_kind *k = a->board->columns; k->code; k++) {
        if (!has_column(a->rq, k))
            continue;
        bool chosen = str_is(a->in->column, k->code);
        struct board_column *c = &columns[v->count];
        if (single && !chosen) {
            const struct flow *flow = is_of_proposals(k) ? &PROPOSALS_FLOW : &ASSIGNMENTS_FLOW;
            *c = (struct board_column){ .code = str_of(k->code) };
            c->label = k->state ? flow_state_label(a->rq, flow, str_of(k->state))
                                : text_find("boards.overdue");
        } else {
            TRY(column_make(a, k, single, c));
            if (!single && k->setting && c->total == 0 && !setting_on(a->rq, k->setting))
                continue;
            v->count++;
        }
        tabs[v->tabs.count++] = (struct view_tab){ .label = c->label,
                                                   .url = address(a, str_of(k->code), str_of("")),
                                                   .count = single && !chosen ? -1 : c->total,
                                                   .active = chosen };
    }
    v->columns = columns;
    v->tabs.items = tabs;
    v->tabs.name = text_find("boards.columns");
    v->single = single;
    return v->count ? OK : err_make(ERR_NOT_FOUND, "boards.no_column");
}

/* ---- filters ---- */

static err sessions_make(struct rq *rq, const struct asked *a, struct board_page *v)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    if (!a->board->of_session)
        choices[v->session_count++] =
            (struct view_choice){ .value = str_of(""), .label = text_find("boards.every") };
    for (size_t i = 0; i < rows.count; i++)
        choices[v->session_count++] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = session_name(rq->mem, &all[i]),
                                  .chosen = all[i].id == a->session_id };
    v->sessions = choices;
    return OK;
}

static err choices_make(struct rq *rq, const struct asked *a, struct board_page *v)
{
    static const char *const ALL[KINDS] = { "personal", "joint", "democratic", "association",
                                            "sector",   "group", "committee",  "township" };
    struct rows rows;
    TRY(sessions_make(rq, a, v));
    if (!a->board->of_session)
        return OK; /* departments' papers have neither category nor kind */
    TRY(dictionary_list(rq, "proposals.categories", &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *categories = arena_array(rq->mem, rows.count + 1, sizeof *categories);
    struct view_choice *kinds = arena_array(rq->mem, KINDS + 1, sizeof *kinds);
    categories[0] = kinds[0] =
        (struct view_choice){ .value = str_of(""), .label = text_find("boards.every") };
    for (size_t i = 0; i < rows.count; i++)
        categories[i + 1] = (struct view_choice){ .value = all[i].code,
                                                  .label = all[i].label,
                                                  .chosen = str_eq(all[i].code, a->in->category) };
    for (size_t i = 0; i < KINDS; i++)
        kinds[i + 1] = (struct view_choice){ .value = str_of(ALL[i]),
                                             .label = text_label("proposals.kind", str_of(ALL[i])),
                                             .chosen = str_is(a->in->kind, ALL[i]) };
    v->categories = categories;
    v->category_count = rows.count + 1;
    v->kinds = kinds;
    v->kind_count = KINDS + 1;
    return OK;
}

/* The steps that the reader may do at all, in the order of the way. */
static void verbs_make(struct rq *rq, const struct board_kind *board, struct board_page *v)
{
    static const struct {
        const char *verb, *key;
    } KEYS[] = { { "screen", "S" }, { "docket", "L" }, { "revise", "Z" }, { "assign", "J" } };
    struct board_verb *verbs = arena_array(rq->mem, 8, sizeof *verbs);
    str rest = str_of(board->verbs), verb;
    while (str_split(&rest, ' ', &verb))
        for (const struct flow_action *action = PROPOSALS_FLOW.actions; action->verb; action++) {
            if (!str_is(verb, action->verb) || !actor_may(rq->actor, action->may) ||
                (str_is(verb, "preassign") && !setting_on(rq, PREASSIGN)))
                continue;
            struct board_verb *one = &verbs[v->verb_count++];
            *one = (struct board_verb){ .verb = verb };
            one->label = flow_verb_label(rq, &PROPOSALS_FLOW, verb);
            for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
                if (str_is(verb, KEYS[i].verb))
                    one->key = str_of(KEYS[i].key);
            break;
        }
    v->verbs = verbs;
}

/* ---- the page, and the same as JSON ---- */

static void card_json(struct json *j, const struct board_card *c)
{
    const struct board_row *row = c->row;
    json_object(j, NULL);
    json_i64(j, "id", row->id);
    json_i64(j, "proposal_id", row->proposal_id);
    if (row->version)
        json_i64(j, "version", row->version);
    json_str(j, "number", c->number);
    json_str(j, "title", row->title);
    json_str(j, "name", row->name);
    json_str(j, "state", row->state);
    json_str(j, "category", row->category);
    json_str(j, "kind", row->kind);
    json_str(j, "role", row->role);
    json_day(j, "due_on", row->due_on);
    json_bool(j, "urgent", row->urgent);
    json_bool(j, "confidential", row->confidential);
    json_str(j, "reader", c->reader);
    json_bool(j, "mine", c->mine);
    json_object_end(j);
}

static void board_json(struct rq *rq, const struct board_page *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_str(&j, "board", v->board);
    json_array(&j, "columns");
    for (size_t i = 0; i < v->count; i++) {
        const struct board_column *c = &v->columns[i];
        json_object(&j, NULL);
        json_str(&j, "column", c->code);
        json_str(&j, "label", c->label);
        json_i64(&j, "total", c->total);
        json_bool(&j, "capped", c->capped);
        json_array(&j, "items");
        for (size_t k = 0; k < c->count; k++)
            card_json(&j, &c->cards[k]);
        json_array_end(&j);
        if (c->next.len)
            json_str(&j, "next", c->next);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
}

static void frame_make(const struct asked *a, struct board_page *v)
{
    struct rq *rq = a->rq;
    struct view_link *crumbs = arena_array(rq->mem, 2, sizeof *crumbs);
    struct view_tab *boards = arena_array(rq->mem, 2, sizeof *boards);
    for (size_t i = 0; i < 2; i++)
        boards[i] = (struct view_tab){ .label = text_find(BOARDS[i].title),
                                       .url = str_of(BOARDS[i].path),
                                       .count = -1,
                                       .active = a->board == &BOARDS[i] };
    crumbs[0] = (struct view_link){ text_find(a->board->title), str_of("") };
    v->crumbs = crumbs;
    v->boards = (struct view_tabs){ text_find("menu.boards"), boards, 2 };
    v->board = str_of(a->board->name);
    v->title = text_find(a->board->title);
    v->path = str_of(a->board->path);
    v->next = address(a, a->in->column, str_of(""));
    v->mine = a->in->mine;
    v->own = a->in->own;
    v->may_own = rq->actor->agency_id > 0;
}

/* Without one chosen, the session that is on. */
static err session_make(struct asked *a, struct board_page *v)
{
    struct session now;
    err e = session_on(a->rq, a->rq->today, &now);
    v->no_session = e.code == ERR_NOT_FOUND;
    if (v->no_session)
        return OK;
    TRY(e);
    a->session_id = now.id;
    return OK;
}

static err board_show(struct rq *rq, const struct board_kind *board, struct res *res)
{
    static const struct board_input USUAL = { 0 };
    const struct board_input *in = rq->route->method == GET ? rq->input : &USUAL;
    struct asked a = { rq, board, in, in->session_id, board_marks_ended(rq) };
    struct board_page v = { 0 };
    if (actor_scope(rq->actor, "boards.read") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    if (board->of_session && a.session_id == 0)
        TRY(session_make(&a, &v));
    frame_make(&a, &v);
    if (!v.no_session)
        TRY(columns_make(&a, &v));
    if (rq->api) {
        board_json(rq, &v, res);
        return OK;
    }
    TRY(choices_make(rq, &a, &v));
    verbs_make(rq, board, &v);
    struct out *out = page_begin(rq, v.title, "boards");
    view_boards_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_board_review(struct rq *rq, struct res *res)
{
    return board_show(rq, &BOARDS[0], res);
}

err page_board_handling(struct rq *rq, struct res *res)
{
    return board_show(rq, &BOARDS[1], res);
}

err page_board_again(struct rq *rq, struct res *res)
{
    const struct board_take_input *in = rq->input;
    return board_show(rq, &BOARDS[str_starts(in->next, str_of(BOARDS[1].path)) ? 1 : 0], res);
}
