/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The generic page of a list (list.h): makes what views/list.html draws from declaration, question
 * and rows. Labels are texts "LIST.column.NAME". */
#include "platform/list/list_show.h"

#include <assert.h>

#include "platform/list/list_query.h"
#include "platform/settings/settings.h"
#include "views/list.h"

enum { ROW_PLACES = 3, OPEN_MAX = 2048, CHIPS_MAX = LIST_FILTERS_MAX + 2, FEW = 8 };

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

static bool is_range(const struct list_column *c)
{
    return !c->values && !c->word &&
           (c->kind == LIST_DAY || c->kind == LIST_TIME || c->kind == LIST_NUMBER);
}

static err control_make(const struct maker *m, const struct list_column *c,
                        struct list_control *out)
{
    *out =
        (struct list_control){ .name = str_of(c->field.name), .label = label_of(m, c->field.name) };
    out->kept = c->word != NULL;
    out->range = is_range(c);
    out->type = c->kind == LIST_NUMBER ? "number" : out->range ? "date" : "text";
    out->from = asked_text(m, c, LIST_FROM);
    out->to = asked_text(m, c, LIST_TO);
    out->value = asked_text(m, c, LIST_IS);
    if (c->asked && c->values)
        return offers_make(m, c, out);
    bool coded = c->kind == LIST_BOOL || c->dictionary || c->states || c->choices || c->values;
    return coded ? choices_make(m, out, c) : OK;
}

static bool is_asked(const struct maker *m, const struct list_column *c)
{
    return asked(m, c, LIST_IS) || asked(m, c, LIST_FROM) || asked(m, c, LIST_TO);
}

static bool is_in_bar(const struct maker *m, const struct list_column *c)
{
    str rest = str_of(m->look->bar), name;
    while (str_split(&rest, ' ', &name))
        if (str_is(name, c->field.name))
            return true;
    return false;
}

/* The columns with a filter: what the look wants in sight first, in its order; then the others. */
static size_t filters_of(const struct maker *m, const struct list_column **out)
{
    size_t count = 0;
    str rest = str_of(m->look->bar), name;
    while (str_split(&rest, ' ', &name)) {
        const struct list_column *c = list_column_of(m->rq, m->list, name);
        if (c && c->filter)
            out[count++] = c;
    }
    for (const struct list_column *c = m->list->columns; c->field.name; c++)
        if (c->filter && !is_in_bar(m, c) && list_may_see(m->rq, c))
            out[count++] = c;
    return count;
}

/* On a phone the list itself must not lie below a screen of filters: as many as fill one row stay
 * in sight. */
static size_t plain_of(const struct list_column *const *filters, size_t count)
{
    size_t places = 0, i = 0;
    for (; i < count && places <= ROW_PLACES; i++)
        places += is_range(filters[i]) ? 2 : filters[i]->word ? 0 : 1;
    return places > ROW_PLACES ? i - 1 : i;
}

/* The others are drawn only where they are wanted (?more=1) or one of them is in force: nearly
 * every page is looked at without them. */
static err controls_make(const struct maker *m)
{
    struct list_page_data *page = m->page;
    const struct list_column *filters[LIST_COLUMNS_MAX];
    struct list_control *controls = arena_array(m->rq->mem, LIST_COLUMNS_MAX, sizeof *controls);
    size_t count = filters_of(m, filters), plain = plain_of(filters, count);
    page->more_open = m->query->more && plain < count;
    for (size_t i = plain; i < count; i++)
        page->more_open = page->more_open || (!filters[i]->word && is_asked(m, filters[i]));
    for (size_t i = 0; i < count; i++)
        if (i < plain || page->more_open || (filters[i]->word && is_asked(m, filters[i])))
            TRY(control_make(m, filters[i], &controls[page->control_count++]));
    page->controls = controls;
    page->plain_count = plain;
    if (plain < count && !page->more_open)
        page->more = here(m, "more", str_of("1"));
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

static html open_of(const struct maker *m, const struct list_shown *shown, bool empty)
{
    struct out out = { buf_new(m->rq->mem, OPEN_MAX), NULL };
    view_list_open(&out, shown, empty);
    return (html){ str_trim(buf_str(out.buf)) }; /* its line's end would stand in every cell */
}

static struct list_shown shown_make(const struct maker *m, const struct list_column *c)
{
    struct list_shown shown = {
        .column = c,
        .label = label_of(m, c->field.name),
        .put = put_of(m, c),
        .flow = flow_of(m->rq, c),
        .words = arena_array(m->rq->mem, LIST_WORDS, sizeof(struct list_word)),
    };
    shown.open = open_of(m, &shown, false);
    shown.open_void = open_of(m, &shown, true);
    return shown;
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
        struct list_shown one = shown_make(m, c);
        struct list_shown *kept = under ? arena_zero(m->rq->mem, sizeof *kept) : NULL;
        if (under) {
            *kept = one;
            page->under = kept;
            continue;
        }
        one.main = m->look->main ? is_named(c, m->look->main) : page->column_count == 0;
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
    if (page->id->kind == LIST_TEXT)
        return *(const str *)(const void *)((const char *)row + page->id->field.offset);
    i64 number = *(const i64 *)(const void *)((const char *)row + page->id->field.offset);
    const char *path = page->look->rows ? page->look->rows : page->look->path;
    struct buf b = { .mem = page->rq->mem, .max = strlen(path) + 24 };
    buf_room(&b, b.max - 1);
    buf_put(&b, path);
    buf_put_byte(&b, '/');
    buf_put_i64(&b, number);
    return buf_str(&b);
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

/* What there is to say about a code, each once a page; past LIST_WORDS it is made anew in `more`.
 */
static const struct list_word *word_of(const struct list_page_data *page,
                                       const struct list_shown *shown, str code,
                                       struct list_word *more)
{
    struct list_word *word = shown->words, *end = word + LIST_WORDS;
    while (word < end && word->words.ptr)
        if (str_eq(word->code, code))
            return word;
        else
            word++;
    const struct flow_state *state = shown->flow ? flow_state_find(shown->flow, code) : NULL;
    if (word == end)
        word = more;
    *word = (struct list_word){ code, words_of(page->rq, shown->column, code),
                                state ? state->tone : NULL };
    return word;
}

static void code_cell(struct out *out, const struct list_page_data *page,
                      const struct list_shown *shown, str code)
{
    struct list_word more;
    const struct list_word *word = word_of(page, shown, code, &more);
    if (word->tone)
        view_tag(out, word->tone, word->words);
    else
        PUT(out, word->words);
}

static void text_cell(struct out *out, const struct list_page_data *page,
                      const struct list_shown *shown, str text)
{
    if (text.len == 0)
        dash(out);
    else if (shown->column->kind == LIST_CODE)
        code_cell(out, page, shown, text);
    else
        PUT(out, text);
}

void view_list_cell(struct out *out, const struct list_page_data *page,
                    const struct list_shown *shown, const void *row)
{
    const char *at = (const char *)row + shown->column->field.offset;
    if (shown->put)
        shown->put(out, row);
    else if (shown->column->field.type == FIELD_I64)
        number_cell(out, page, shown, *(const i64 *)(const void *)at);
    else if (shown->column->field.type == FIELD_BOOL)
        number_cell(out, page, shown, *(const bool *)(const void *)at);
    else
        text_cell(out, page, shown, *(const str *)(const void *)at);
}

bool list_cell_is_empty(const struct list_shown *shown, const void *row)
{
    const char *at = (const char *)row + shown->column->field.offset;
    if (shown->column->field.type == FIELD_STR)
        return ((const str *)(const void *)at)->len == 0;
    if (shown->column->field.type == FIELD_BOOL)
        return !*(const bool *)(const void *)at;
    i64 number = shown->column->field.type == FIELD_I64 ? *(const i64 *)(const void *)at : 1;
    bool is_day = shown->column->kind == LIST_DAY || shown->column->kind == LIST_TIME;
    return is_day && (number == 0 || number == -1);
}

str list_create_label(const struct list_page_data *page)
{
    return text_find(arena_printf(page->rq->mem, "%s.new", page->look->list->name).ptr);
}

static bool may_create(const struct list_page_data *page)
{
    return page->look->create && actor_may(page->rq->actor, page->look->create);
}

/* The next step where there is nothing yet; empty = none is here. */
struct view_link list_begin(const struct list_page_data *page)
{
    if (!may_create(page))
        return (struct view_link){ str_of(""), str_of("") };
    return (struct view_link){ list_create_label(page),
                               arena_printf(page->rq->mem, "%s/new", page->look->path) };
}

void view_list_acts(struct out *out, const struct list_page_data *page)
{
    if (may_create(page))
        view_list_create(out, page);
    if (page->look->acts)
        page->look->acts(out, page->rq);
}

/* ---- the page ---- */

/* What rows are counted in: a text of the list, where they are no things. */
static str unit_of(const struct maker *m)
{
    const char *name = arena_printf(m->rq->mem, "%s.unit", m->list->name).ptr;
    return text_has(name) ? text_find(name) : str_of("");
}

static void pager_make(const struct maker *m, const struct list_result *result)
{
    struct list_page_data *page = m->page;
    bool whole = !result->previous.len && !result->next.len;
    page->few = !page->search.len && whole && result->rows.count <= FEW &&
                !page->chips->label.len && !page->more_open && !page->faults->words.ptr;
    page->pager = (struct view_pager){
        .unit = unit_of(m),
        .shown = (i64)result->rows.count,
        .total = result->total > result->cap ? result->cap : result->total,
        .capped = result->total > result->cap,
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
