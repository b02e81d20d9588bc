/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The generic page of a list (list.h): makes what views/list.html draws from declaration, question
 * and rows. Labels are texts "LIST.column.NAME". */
#include "platform/list/list_show.h"

#include <assert.h>

#include "platform/list/list_query.h"
#include "platform/settings/settings.h"
#include "views/list.h"

enum { ROW_PLACES = 3, CHIPS_MAX = LIST_FILTERS_MAX + 2 };

struct maker {
    struct rq *rq;
    const struct list_look *look;
    const struct list *list;
    const struct list_query *query;
    struct list_page_data *page;
    const char *columns; /* prefix of the columns' labels */
};

static str label_of(const struct maker *m, const char *column)
{
    return text_label(m->columns, str_of(column));
}

static str here(const struct maker *m, const char *name, str value)
{
    str link = list_link(m->rq, m->list, m->query, name, value);
    return arena_printf(m->rq->mem, "%s%.*s", m->look->path, link.len > 1 ? (int)link.len : 0,
                        link.ptr);
}

static str words_of(struct rq *rq, const struct list_column *c, str value)
{
    str word = value;
    if (c->word) /* a thing that is not there any more keeps its number */
        return c->word(rq, value, &word).code ? value : word;
    if (c->kind == LIST_BOOL)
        return text_find(str_is(value, "1") ? "list.yes" : "list.no");
    if (c->kind != LIST_CODE)
        return value;
    return c->dictionary ? dictionary_label(rq, c->dictionary, value)
           : c->states   ? text_label(c->states, value)
                         : value;
}

/* ---- filter bar ---- */

static const struct list_filter *asked(const struct maker *m, const struct list_column *c,
                                       enum list_op op)
{
    for (size_t i = 0; i < m->query->filter_count; i++)
        if (m->query->filters[i].column == c && m->query->filters[i].op == op)
            return &m->query->filters[i];
    return NULL;
}

static str asked_text(const struct maker *m, const struct list_column *c, enum list_op op)
{
    const struct list_filter *f = asked(m, c, op);
    return f ? f->values.items[0] : str_of("");
}

static void choice_add(const struct maker *m, struct list_control *control,
                       const struct list_column *c, str code, str label)
{
    struct view_choice *choices = (struct view_choice *)(uintptr_t)control->choices;
    const struct list_filter *f = asked(m, c, LIST_IS);
    struct view_choice choice = { .value = code, .label = label };
    for (size_t i = 0; f && i < f->values.count; i++)
        choice.chosen = choice.chosen || str_eq(f->values.items[i], code);
    choices[control->choice_count++] = choice;
}

static void choices_room(const struct maker *m, struct list_control *control, size_t count)
{
    control->choices = arena_array(m->rq->mem, count + 1, sizeof(struct view_choice));
}

static err dictionary_choices(const struct maker *m, struct list_control *control,
                              const struct list_column *c)
{
    struct rows rows;
    TRY(dictionary_list(m->rq, c->dictionary, &rows));
    const struct dictionary_row *all = rows.items;
    choices_room(m, control, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        choice_add(m, control, c, all[i].code, all[i].label);
    return OK;
}

/* Declared codes, what the module finds, or every code that has a word. */
static err codes_of(const struct maker *m, const struct list_column *c, strs *out)
{
    str rest = str_of(c->kind == LIST_BOOL ? "1 0" : c->choices ? c->choices : ""), code;
    *out = (strs){ 0 };
    while (str_split(&rest, ' ', &code))
        strs_add(m->rq->mem, out, code);
    if (out->count)
        return OK;
    if (c->values)
        return c->values(m->rq, out);
    *out = text_codes(m->rq->mem, c->states);
    return OK;
}

static err choices_make(const struct maker *m, struct list_control *control,
                        const struct list_column *c)
{
    strs codes;
    if (c->dictionary)
        return dictionary_choices(m, control, c);
    TRY(codes_of(m, c, &codes));
    choices_room(m, control, codes.count);
    for (size_t i = 0; i < codes.count; i++)
        choice_add(m, control, c, codes.items[i], words_of(m->rq, c, codes.items[i]));
    return OK;
}

/* The first of the columns that offer the same values. */
static const struct list_column *offered_by(const struct maker *m, const struct list_column *c)
{
    const struct list_column *first = m->list->columns;
    while (!first->asked || first->values != c->values || !list_may_see(m->rq, first))
        first++;
    return first;
}

static err offers_make(const struct maker *m, const struct list_column *c, struct list_control *out)
{
    const struct list_column *first = offered_by(m, c);
    out->offers = arena_printf(m->rq->mem, "%s-offers", first->field.name);
    return first == c ? choices_make(m, out, c) : OK;
}

static err control_make(const struct maker *m, const struct list_column *c,
                        struct list_control *out)
{
    *out =
        (struct list_control){ .name = str_of(c->field.name), .label = label_of(m, c->field.name) };
    out->kept = c->word != NULL;
    out->range = !c->values && !out->kept &&
                 (c->kind == LIST_DAY || c->kind == LIST_TIME || c->kind == LIST_NUMBER);
    out->type = c->kind == LIST_NUMBER ? "number" : out->range ? "date" : "text";
    out->from = asked_text(m, c, LIST_FROM);
    out->to = asked_text(m, c, LIST_TO);
    out->value = asked_text(m, c, LIST_IS);
    if (c->asked && c->values)
        return offers_make(m, c, out);
    bool coded = c->kind == LIST_BOOL || c->dictionary || c->states || c->choices || c->values;
    return coded ? choices_make(m, out, c) : OK;
}

static bool is_used(const struct list_control *c)
{
    bool used = (c->value.len && !c->kept) || c->from.len || c->to.len;
    for (size_t i = 0; i < c->choice_count; i++)
        used = used || c->choices[i].chosen;
    return used;
}

/* On a phone the list itself must not lie below a screen of filters: as many as fill one row stay
 * in sight. */
static void fold(struct list_page_data *page)
{
    size_t places = 0;
    while (page->plain_count < page->control_count) {
        const struct list_control *next = &page->controls[page->plain_count];
        places += next->range ? 2 : next->kept ? 0 : 1;
        if (places > ROW_PLACES)
            break;
        page->plain_count++;
    }
    for (size_t i = page->plain_count; i < page->control_count; i++)
        page->more_open = page->more_open || is_used(&page->controls[i]);
}

static bool is_in_bar(const struct maker *m, const struct list_column *c)
{
    str rest = str_of(m->look->bar), name;
    while (str_split(&rest, ' ', &name))
        if (str_is(name, c->field.name))
            return true;
    return false;
}

/* What the look wants in sight first, in its order; then the others. */
static err controls_make(const struct maker *m)
{
    struct list_control *controls = arena_array(m->rq->mem, LIST_COLUMNS_MAX, sizeof *controls);
    str rest = str_of(m->look->bar), name;
    while (str_split(&rest, ' ', &name)) {
        const struct list_column *c = list_column_of(m->rq, m->list, name);
        if (c && c->filter)
            TRY(control_make(m, c, &controls[m->page->control_count++]));
    }
    for (const struct list_column *c = m->list->columns; c->field.name; c++)
        if (c->filter && !is_in_bar(m, c) && list_may_see(m->rq, c))
            TRY(control_make(m, c, &controls[m->page->control_count++]));
    m->page->controls = controls;
    fold(m->page);
    return OK;
}

/* ---- chips, tabs, head ---- */

static str chip_words(const struct maker *m, const struct list_filter *f)
{
    struct buf *b = buf_new(m->rq->mem, 8192);
    const char *sign = f->op == LIST_FROM ? "\u2265" : f->op == LIST_TO ? "\u2264" : "";
    buf_add(b, label_of(m, f->column->field.name));
    buf_put(b, "\uFF1A");
    for (size_t i = 0; i < f->values.count; i++) {
        buf_put(b, i ? "\u3001" : sign);
        buf_add(b, words_of(m->rq, f->column, f->values.items[i]));
    }
    return buf_str(b);
}

static void chips_make(const struct maker *m)
{
    struct view_link *chips = arena_array(m->rq->mem, CHIPS_MAX + 1, sizeof *chips);
    static const char *const ENDS[] = { "", "_from", "_to" };
    size_t count = 0;
    if (m->query->q.len)
        chips[count++] = (struct view_link){ m->query->q, here(m, "q", str_of("")) };
    for (size_t i = 0; i < m->query->filter_count; i++) {
        const struct list_filter *f = &m->query->filters[i];
        str name = arena_printf(m->rq->mem, "%s%s", f->column->field.name, ENDS[f->op]);
        chips[count++] = (struct view_link){ chip_words(m, f), here(m, name.ptr, str_of("")) };
    }
    m->page->chips = chips;
    m->page->clear = count > 1 ? str_of(m->look->path) : str_of("");
}

static err tabs_make(const struct maker *m)
{
    struct rows rows = { 0 };
    struct list_page_data *page = m->page;
    if (!m->look->views || m->rq->actor->account_id == 0)
        return OK;
    TRY(list_views(m->rq, m->list, &rows));
    struct list_tab *tabs = arena_array(m->rq->mem, rows.count + 1, sizeof *tabs);
    str question = str_sub(page->question, 1, page->question.len);
    tabs[0] = (struct list_tab){ text_find("list.all"), page->path, str_of(""), !question.len };
    for (size_t i = 0; i < rows.count; i++) {
        const struct list_view *v = &((struct list_view *)rows.items)[i];
        tabs[i + 1] = (struct list_tab){
            v->name,
            arena_printf(m->rq->mem, "%s?%.*s", m->look->path, (int)v->query.len, v->query.ptr),
            arena_printf(m->rq->mem, "%s/views/%lld/remove", m->look->path, (long long)v->id),
            str_eq(v->query, question),
        };
    }
    page->tabs = tabs;
    page->tab_count = rows.count + 1;
    return OK;
}

/* The head of a column; a click sorts by it, a second one the other way round. */
static struct view_column head_of(const struct maker *m, const struct list_shown *shown)
{
    const struct list_column *c = shown->column;
    struct view_column head = { .label = shown->label, .number = c->kind == LIST_NUMBER };
    str sort = m->query->sort;
    bool down = sort.len && sort.ptr[0] == '-';
    bool now = str_is(str_sub(sort, down ? 1 : 0, sort.len), c->field.name);
    if (c->sort && !(now && !down))
        head.url = here(m, "sort", str_of(c->field.name));
    if (c->sort && now && !down)
        head.url = here(m, "sort", arena_printf(m->rq->mem, "-%s", c->field.name));
    if (now)
        head.sort = str_of(down ? "descending" : "ascending");
    return head;
}

static bool is_named(const struct list_column *c, const char *name)
{
    return name && strcmp(c->field.name, name) == 0;
}

static list_put_fn put_of(const struct maker *m, const struct list_column *c)
{
    for (const struct list_cell *cell = m->look->cells; cell && cell->column; cell++)
        if (is_named(c, cell->column))
            return cell->put;
    return NULL;
}

/* The flow whose states a column shows: "states.FLOW". */
static const struct flow *flow_of(const struct rq *rq, const struct list_column *c)
{
    str rest = str_of(c->states ? c->states : ""), word;
    return str_split(&rest, '.', &word) && str_is(word, "states") ? flow_find(rq->app, rest) : NULL;
}

static void columns_make(const struct maker *m)
{
    struct list_shown *shown = arena_array(m->rq->mem, LIST_COLUMNS_MAX, sizeof *shown);
    struct view_column *heads = arena_array(m->rq->mem, LIST_COLUMNS_MAX, sizeof *heads);
    struct list_page_data *page = m->page;
    for (const struct list_column *c = m->list->columns; c->field.name; c++) {
        bool under = is_named(c, m->look->under);
        if (is_named(c, m->look->row_id ? m->look->row_id : "id"))
            page->id = c;
        if ((c->hidden && !under) || !list_may_see(m->rq, c))
            continue;
        struct list_shown one = { c, label_of(m, c->field.name), put_of(m, c), flow_of(m->rq, c),
                                  arena_array(m->rq->mem, LIST_WORDS, sizeof *one.words) };
        struct list_shown *kept = under ? arena_zero(m->rq->mem, sizeof *kept) : NULL;
        if (under) {
            *kept = one;
            page->under = kept;
            continue;
        }
        shown[page->column_count] = one;
        heads[page->column_count++] = head_of(m, &one);
    }
    page->columns = shown;
    page->head = (struct view_table){ page->title, heads, page->column_count };
}

/* ---- what the view asks ---- */

const void *list_row_at(const struct list_page_data *page, size_t i)
{
    assert(i < page->rows.count);
    return (const char *)page->rows.items + i * page->rows.size;
}

str list_row_url(const struct list_page_data *page, const void *row)
{
    assert(page->id); /* rows that are links have an id */
    i64 number = *(const i64 *)(const void *)((const char *)row + page->id->field.offset);
    const char *path = page->look->rows ? page->look->rows : page->look->path;
    struct buf *b = buf_new(page->rq->mem, strlen(path) + 24);
    buf_put(b, path);
    buf_put_byte(b, '/');
    buf_put_i64(b, number);
    return buf_str(b);
}

static void dash(struct out *out)
{
    PUT(out, str_of("\u2014"));
}

static void number_cell(struct out *out, const struct list_page_data *page,
                        const struct list_shown *shown, i64 number)
{
    const struct list_column *c = shown->column;
    if (c->tone && number)
        view_tag(out, c->tone, shown->label);
    else if (c->tone)
        dash(out);
    else if (c->kind == LIST_DAY)
        view_date(out, number);
    else if (c->kind == LIST_TIME)
        view_datetime(out, number);
    else if (c->kind == LIST_BOOL)
        PUT(out, words_of(page->rq, c, str_of(number ? "1" : "0")));
    else
        PUT(out, number);
}

/* words_of, each code once a page. */
static str word_of(const struct list_page_data *page, const struct list_shown *shown, str code)
{
    if (shown->column->kind != LIST_CODE)
        return code;
    struct list_word *word = shown->words;
    while (word < shown->words + LIST_WORDS && word->words.ptr)
        if (str_eq(word->code, code))
            return word->words;
        else
            word++;
    str words = words_of(page->rq, shown->column, code);
    if (word < shown->words + LIST_WORDS)
        *word = (struct list_word){ code, words };
    return words;
}

static bool state_cell(struct out *out, const struct list_shown *shown, str code)
{
    const struct flow_state *state = flow_state_find(shown->flow, code);
    if (state)
        view_state(out, shown->column->states, code, state->tone);
    return state;
}

void view_list_cell(struct out *out, const struct list_page_data *page,
                    const struct list_shown *shown, const void *row)
{
    const char *at = (const char *)row + shown->column->field.offset;
    if (shown->put)
        shown->put(out, row);
    else if (shown->flow && state_cell(out, shown, *(const str *)(const void *)at))
        return;
    else if (shown->column->field.type == FIELD_I64)
        number_cell(out, page, shown, *(const i64 *)(const void *)at);
    else if (shown->column->field.type == FIELD_BOOL)
        number_cell(out, page, shown, *(const bool *)(const void *)at);
    else if (((const str *)(const void *)at)->len)
        PUT(out, word_of(page, shown, *(const str *)(const void *)at));
    else
        dash(out);
}

bool list_cell_is_empty(const struct list_shown *shown, const void *row)
{
    const char *at = (const char *)row + shown->column->field.offset;
    if (shown->column->field.type == FIELD_STR)
        return ((const str *)(const void *)at)->len == 0;
    i64 number = shown->column->field.type == FIELD_I64 ? *(const i64 *)(const void *)at : 1;
    bool is_day = shown->column->kind == LIST_DAY || shown->column->kind == LIST_TIME;
    return is_day && (number == 0 || number == -1);
}

str list_create_label(const struct list_page_data *page)
{
    return text_find(arena_printf(page->rq->mem, "%s.new", page->look->list->name).ptr);
}

void view_list_acts(struct out *out, const struct list_page_data *page)
{
    if (page->look->create && actor_may(page->rq->actor, page->look->create))
        view_list_create(out, page);
    if (page->look->acts)
        page->look->acts(out, page->rq);
}

/* ---- the page ---- */

static void pager_make(const struct maker *m, const struct list_result *result)
{
    struct list_page_data *page = m->page;
    page->pager = (struct view_pager){
        .shown = (i64)result->rows.count,
        .total = result->total > 10000 ? 10000 : result->total,
        .capped = result->total > 10000,
        .previous = result->previous.len ? here(m, "after", result->previous) : str_of(""),
        .next = result->next.len ? here(m, "after", result->next) : str_of(""),
    };
}

/* Faults of the question, worded: the list is then shown without filters. */
static void faults_make(const struct maker *m)
{
    size_t count = 0;
    for (const struct fault *f = m->rq->faults; f && f->name; f++)
        count++;
    struct view_fault *faults = arena_array(m->rq->mem, count + 1, sizeof *faults);
    for (size_t i = 0; i < count; i++) {
        const struct fault *f = &m->rq->faults[i];
        faults[i].field = str_of(f->field);
        faults[i].words = text_format(m->rq->mem, f->name, f->arg[0], f->arg[1]);
    }
    m->page->faults = faults;
}

/* "PATH.xlsx?state=filed" */
static str beside(const struct maker *m, const char *end, bool question)
{
    str q = question && m->page->question.len > 1 ? m->page->question : str_of("");
    return arena_printf(m->rq->mem, "%s%s%.*s", m->look->path, end, (int)q.len, q.ptr);
}

static err page_make(const struct maker *m, const struct list_result *result)
{
    struct list_page_data *page = m->page;
    *page = (struct list_page_data){
        .rq = m->rq,
        .look = m->look,
        .title = text_find(m->look->title),
        .path = str_of(m->look->path),
        .empty = m->look->empty ? text_find(m->look->empty) : str_of(""),
        .search = m->list->search ? text_find("list.search") : str_of(""),
        .q = m->query->q,
        .sort = str_is(m->query->sort, m->list->sort) ? str_of("") : m->query->sort,
        .rows = result->rows,
        .question = list_link(m->rq, m->list, m->query, "after", str_of("")),
    };
    page->views_url = beside(m, "/views", false);
    page->xlsx_url = beside(m, ".xlsx", true);
    page->csv_url = beside(m, ".csv", true);
    faults_make(m);
    TRY(controls_make(m));
    TRY(tabs_make(m));
    chips_make(m);
    columns_make(m);
    pager_make(m, result);
    return OK;
}

err list_show(struct rq *rq, const struct list_look *look, struct res *res)
{
    struct list_query query;
    struct list_result result;
    struct list_page_data page;
    struct maker m = { rq, look, look->list, &query, &page, NULL };
    m.columns = arena_printf(rq->mem, "%s.column", look->list->name).ptr;
    err e = list_parse(rq, look->list, &query);
    if (rq->api) {
        TRY(e);
        return list_json(rq, look->list, &query, res);
    }
    if (err_is(e, "form.faults")) {
        res_status(res, err_status(ERR_INVALID));
        TRY(list_parse_text(rq, look->list, str_of(""), &query));
    } else {
        TRY(e);
    }
    TRY(list_page_of(rq, look->list, look, &query, &result));
    TRY(page_make(&m, &result));
    struct out *out = page_begin(rq, page.title, look->menu);
    view_list_page(out, &page);
    page_end(res, out);
    return OK;
}
