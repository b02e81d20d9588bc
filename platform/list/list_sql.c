/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of list_sql.h. Nothing from a request ever gets into a text: the question only
 * chooses among literals. Which of the texts stay prepared is the connection's business
 * (platform/db/made.h). */
#include "platform/list/list_sql.h"

#include <assert.h>
#include <pthread.h>

#include "platform/db/made.h"
#include "platform/text/text.h"

enum {
    VALUES = LIST_FILTERS_MAX * LIST_VALUES_MAX + 2, /* and the place of a page */
    PARAMS = VALUES + 24,
    TEXT_MAX = 32 * 1024,
    COMMITTEES = 4
};

/* Parameters are known by the address of their names: "list_v0" … */
static struct {
    pthread_once_t once;
    char names[VALUES][12];
} values = { .once = PTHREAD_ONCE_INIT };

static void names_make(void)
{
    for (int i = 0; i < VALUES; i++)
        snprintf(values.names[i], sizeof values.names[i], "list_v%d", i);
}

/* ---- columns ---- */

bool list_may_find(const struct rq *rq, const struct list_column *column)
{
    return !column->may || actor_may(rq->actor, column->may);
}

bool list_may_see(const struct rq *rq, const struct list_column *column)
{
    return !column->one && list_may_find(rq, column);
}

const struct list_column *list_column_of(const struct rq *rq, const struct list *list, str name)
{
    for (const struct list_column *c = list->columns; c->field.name; c++)
        if (str_is(name, c->field.name))
            return list_may_see(rq, c) ? c : NULL;
    return NULL;
}

bool list_sort_of(struct list_ask *ask, str sort)
{
    bool own = str_is(sort, ask->list->sort);
    ask->descending = sort.len && sort.ptr[0] == '-';
    str name = str_sub(sort, ask->descending ? 1 : 0, sort.len);
    const struct list_column *c = list_column_of(ask->rq, ask->list, name);
    assert(c || !own); /* the default sort names a column */
    if (!c || (!c->sort && !own))
        return false;
    ask->sort = strcmp(c->sql, ask->list->key) == 0 ? NULL : c;
    return true;
}

static bool is_text(const struct list_column *c)
{
    return c->kind == LIST_TEXT || c->kind == LIST_CODE;
}

bool list_number_of(const struct list_column *column, enum list_op op, str text, i64 *out)
{
    i64 day;
    if (column->kind == LIST_NUMBER)
        return str_to_i64(text, out);
    if (column->kind == LIST_BOOL) {
        bool yes = str_is(text, "1") || str_is(text, "true") || str_is(text, "yes");
        *out = yes;
        return yes || str_is(text, "0") || str_is(text, "false") || str_is(text, "no");
    }
    if (!day_parse(text, &day))
        return false;
    *out = column->kind == LIST_DAY ? day : day_start_ms(op == LIST_TO ? day + 1 : day);
    return true;
}

/* ---- building ---- */

struct builder {
    const struct list_ask *ask;
    struct buf *text;
    struct param *params; /* [0] is the filler */
    size_t count, values;
    bool too_many;
};

static void bind(struct builder *b, struct param param)
{
    if (b->count + 1 >= PARAMS) {
        b->too_many = true;
        return;
    }
    b->params[++b->count] = param;
}

/* Writes ":list_vN" and binds a value to it. */
static void value_put(struct builder *b, struct param param)
{
    if (b->values >= VALUES) {
        b->too_many = true;
        return;
    }
    param.name = values.names[b->values];
    buf_printf(b->text, ":list_v%zu", b->values++);
    bind(b, param);
}

static void filter_value(struct builder *b, const struct list_column *c, enum list_op op, str text)
{
    i64 number = 0;
    if (is_text(c)) {
        value_put(b, param_str("", text));
        return;
    }
    bool fits = list_number_of(c, op, text, &number);
    assert(fits); /* list_parse has judged it */
    value_put(b, param_i64("", number));
}

/* "sql IN (…)" of so many places, the last value repeated. */
static void in_put(struct builder *b, const struct list_column *c, strs asked, size_t places)
{
    buf_printf(b->text, "%s %s", c->many ? c->many : c->sql, places == 1 ? "= " : "IN (");
    for (size_t i = 0; i < places; i++) {
        size_t nth = i < asked.count ? i : asked.count - 1;
        buf_put(b->text, i ? ", " : "");
        filter_value(b, c, LIST_IS, asked.items[nth]);
    }
    buf_put(b->text, places == 1 ? "" : ")");
    buf_put(b->text, c->many ? ")" : "");
}

static void range_put(struct builder *b, const struct list_column *c, enum list_op op, str value)
{
    const char *sign = op == LIST_FROM ? ">=" : c->kind == LIST_TIME ? "<" : "<=";
    buf_printf(b->text, "%s %s ", c->sql, sign);
    filter_value(b, c, op, value);
}

static void filters_put(struct builder *b)
{
    const struct list_query *q = b->ask->query;
    for (size_t i = 0; i < q->filter_count; i++) {
        const struct list_filter *f = &q->filters[i];
        buf_put(b->text, " AND ");
        if (f->op == LIST_IS)
            in_put(b, f->column, f->values, f->values.count == 1 ? 1 : LIST_VALUES_MAX);
        else
            range_put(b, f->column, f->op, f->values.items[0]);
    }
}

/* Only rows of this phase, and only those behind the cursor. */
static void place_put(struct builder *b)
{
    const struct list_ask *a = b->ask;
    const struct list_cursor *cursor = &a->cursor;
    const char *sign = a->descending != cursor->backward ? "<" : ">";
    bool by_value = a->sort && a->phase == PHASE_VALUES;
    if (a->sort)
        buf_printf(b->text, " AND %s IS %sNULL", a->sort->sql, by_value ? "NOT " : "");
    if (!cursor->set)
        return;
    if (by_value) {
        buf_printf(b->text, " AND (%s, %s) %s (", a->sort->sql, a->list->key, sign);
        i64 number = 0;
        if (!is_text(a->sort) && !str_to_i64(cursor->value, &number))
            number = 0;
        value_put(b, is_text(a->sort) ? param_str("", cursor->value) : param_i64("", number));
        buf_put(b->text, ", ");
    } else {
        buf_printf(b->text, " AND %s %s ", a->list->key, sign);
    }
    value_put(b, param_i64("", cursor->key));
    buf_put(b->text, by_value ? ")" : "");
}

static bool fits(const struct actor *actor, enum scope scope, const struct list_scope *s)
{
    return (s->scope == scope || s->scope == SCOPE_NONE) &&
           (!s->needs || actor_may(actor, s->needs));
}

static const struct list_scope *scope_find(const struct list *list, const struct actor *actor,
                                           enum scope scope)
{
    const struct list_scope *s = list->scopes;
    while (s && s->sql && !fits(actor, scope, s))
        s++;
    return s && s->sql ? s : NULL;
}

static err scope_put(struct builder *b)
{
    const struct list *list = b->ask->list;
    if (strcmp(list->may, PUBLIC) == 0 || strcmp(list->may, SIGNED_IN) == 0)
        return OK;
    const struct actor *actor = b->ask->rq->actor;
    enum scope scope = actor_scope(actor, list->may);
    const struct list_scope *s = scope_find(list, actor, scope);
    if (!s && scope == SCOPE_COMMITTEE)
        s = scope_find(list, actor, SCOPE_SELF);
    if (scope == SCOPE_NONE || (!s && scope != SCOPE_ORG))
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    if (s && *s->sql)
        buf_printf(b->text, " AND (%s)", s->sql);
    return OK;
}

static bool is_named(const struct list_column *c, const char *name)
{
    return name && strcmp(c->field.name, name) == 0;
}

static bool is_among(const struct list_column *c, const char *names)
{
    str rest = str_of(names), name;
    while (str_split(&rest, ' ', &name))
        if (str_is(name, c->field.name))
            return true;
    return false;
}

/* Whether a column is fetched. Half as many columns are half the work of a page of rows. */
static bool is_fetched(const struct list_ask *a, const struct list_column *c)
{
    const struct list_look *look = a->look;
    if (c->asked)
        return false;
    if (a->want == WANT_ONE)
        return list_may_find(a->rq, c);
    bool drawn = !look || !c->hidden || is_named(c, "id") || is_named(c, look->row_id) ||
                 is_named(c, look->main) || is_named(c, look->under) || is_among(c, look->also);
    return drawn && list_may_see(a->rq, c);
}

static void column_put(struct builder *b, const struct list_column *c)
{
    buf_put(b->text, c->sql);
    buf_put(b->text, " AS ");
    buf_put(b->text, c->field.name);
    buf_put(b->text, ", ");
}

static void columns_put(struct builder *b)
{
    const struct list_ask *a = b->ask;
    for (const struct list_column *c = a->list->columns; c->field.name; c++)
        if (is_fetched(a, c))
            column_put(b, c);
    buf_printf(b->text, "%s AS list_key", a->list->key);
    if (a->sort && a->phase == PHASE_VALUES)
        buf_printf(b->text, ", %s AS list_%s", a->sort->sql, is_text(a->sort) ? "text" : "number");
}

/* Descending in the phase of values means NULLs never meet values, so no NULLS LAST is needed. */
static void order_put(struct builder *b)
{
    const struct list_ask *a = b->ask;
    const char *direction = a->descending != a->cursor.backward ? "DESC" : "ASC";
    buf_put(b->text, " ORDER BY ");
    if (a->sort && a->phase == PHASE_VALUES)
        buf_printf(b->text, "%s %s, ", a->sort->sql, direction);
    buf_printf(b->text, "%s %s", a->list->key, direction);
}

enum { NAMES_MAX = 16 };

/* Parameters that the text may name, each bound once if it does. */
struct names {
    struct param all[NAMES_MAX];
    size_t count;
};

static void name_add(struct names *names, const char *name, struct param param)
{
    assert(names->count < NAMES_MAX);
    param.name = name;
    names->all[names->count++] = param;
}

static void actor_names(const struct list_ask *a, struct names *names)
{
    static const char *const COMMITTEE[COMMITTEES] = { "actor_committee1", "actor_committee2",
                                                       "actor_committee3", "actor_committee4" };
    const struct actor *actor = a->rq->actor;
    i64 author = actor->delegator_account_id ? actor->delegator_account_id : actor->account_id;
    name_add(names, "today", param_i64("", a->rq->today));
    name_add(names, "actor_agency", param_i64("", actor->agency_id));
    name_add(names, "actor_person", param_i64("", actor->person_id));
    name_add(names, "actor_member", param_i64("", actor->member_id));
    name_add(names, "actor_author", param_i64("", author));
    for (size_t i = 0; i < COMMITTEES; i++) {
        i64 id = i < actor->committees.count ? actor->committees.items[i] : 0;
        name_add(names, COMMITTEE[i], param_i64("", id));
    }
}

static void term_names(const struct list_ask *a, struct names *names)
{
    struct text_terms t = text_terms_of(a->rq, a->list->search, a->query->q);
    name_add(names, "text_terms", param_str("", t.text_terms));
    name_add(names, "text_collection", param_str("", str_of(a->list->search)));
    name_add(names, "text_word1", param_str("", t.text_word1));
    name_add(names, "text_word2", param_str("", t.text_word2));
    name_add(names, "text_word3", param_str("", t.text_word3));
    name_add(names, "text_word4", param_str("", t.text_word4));
}

/* One walk over the text: at each colon the name behind it. */
static void names_bind(struct builder *b, struct names *names)
{
    const char *end = b->text->ptr + b->text->len, *at = b->text->ptr;
    while ((at = memchr(at, ':', (size_t)(end - at))) != NULL) {
        const char *from = ++at;
        while (at < end && (*at == '_' || (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')))
            at++;
        str name = { from, (size_t)(at - from) };
        for (size_t i = 0; i < names->count; i++)
            if (str_is(name, names->all[i].name)) {
                bind(b, names->all[i]);
                names->all[i] = names->all[--names->count];
                break;
            }
    }
}

/* FROM and WHERE with everything that says which rows; search apart. */
static err rows_put(struct builder *b)
{
    const struct list_ask *a = b->ask;
    buf_printf(b->text, " WHERE %s", a->list->where);
    TRY(scope_put(b));
    if (a->want == WANT_ONE) {
        buf_printf(b->text, " AND %s = :list_one", a->list->key);
        bind(b, param_i64("list_one", a->one));
    } else {
        filters_put(b);
    }
    if (a->want == WANT_PAGE || a->want == WANT_ALL)
        place_put(b);
    return OK;
}

/* Only the nearest rows, chosen before any is looked at. */
static err near_put(struct builder *b)
{
    const struct list_ask *a = b->ask;
    buf_printf(b->text, " WHERE %s IN (SELECT %s FROM %s", a->list->key, a->list->key,
               a->list->from);
    TRY(rows_put(b));
    order_put(b);
    buf_put(b->text, " LIMIT :list_near)");
    bind(b, param_i64("list_near", LIST_NEAR));
    return OK;
}

/* The rows that have the words. */
static err found_put(struct builder *b)
{
    const struct list_ask *a = b->ask;
    if (a->seek == SEEK_INDEX) {
        buf_printf(b->text, " JOIN %s hits ON hits.item_id = %s", text_list_sql(a->rq->db),
                   a->list->key);
        return rows_put(b);
    }
    TRY(a->seek == SEEK_NEAR ? near_put(b) : rows_put(b));
    buf_put(b->text, " AND ");
    text_check_put(b->text, a->list->key);
    return OK;
}

static err text_put(struct builder *b)
{
    const struct list_ask *a = b->ask;
    bool search = !a->all && a->query->q.len && a->list->search;
    buf_put(b->text,
            a->want == WANT_COUNT ? "SELECT COUNT(*) AS n FROM (SELECT 1 AS one" : "SELECT ");
    if (a->want != WANT_COUNT)
        columns_put(b);
    buf_printf(b->text, " FROM %s", a->list->from);
    TRY(search ? found_put(b) : rows_put(b));
    if (a->want == WANT_PAGE || a->want == WANT_ALL)
        order_put(b);
    buf_printf(b->text, " LIMIT :list_limit%s", a->want == WANT_COUNT ? ") counted" : "");
    bind(b, param_i64("list_limit", a->limit));
    struct names names = { .count = 0 };
    actor_names(a, &names);
    if (search)
        term_names(a, &names);
    names_bind(b, &names);
    buf_put_byte(b->text, '\0'); /* it is read as a literal is */
    return b->too_many || buf_is_full(b->text) ? err_make(ERR_LIMIT, "list.too_varied") : OK;
}

/* Fields of the columns that are fetched, then those of the tail. */
static struct field *map_make(const struct list_ask *a, size_t tail_at)
{
    struct field *map = arena_array(a->rq->mem, LIST_COLUMNS_MAX + 4, sizeof *map);
    size_t count = 0;
    for (const struct list_column *c = a->list->columns; c->field.name; c++) {
        assert(count < LIST_COLUMNS_MAX);
        if (is_fetched(a, c))
            map[count++] = c->field;
    }
    const struct field tail[] = { FIELD(struct list_tail, list_key),
                                  FIELD(struct list_tail, list_number),
                                  FIELD(struct list_tail, list_text) };
    size_t value = !a->sort || a->phase == PHASE_EMPTY ? 0 : is_text(a->sort) ? 2 : 1;
    map[count] = tail[0];
    map[count++].offset += tail_at;
    if (value) {
        map[count] = tail[value];
        map[count].offset += tail_at;
    }
    return map;
}

err list_statement(const struct list_ask *ask, struct list_statement *out)
{
    struct arena *mem = ask->rq->mem;
    size_t align = _Alignof(struct list_tail);
    pthread_once(&values.once, names_make);
    out->tail_at = (ask->list->row_size + align - 1) / align * align;
    out->size = out->tail_at + sizeof(struct list_tail);
    out->map = map_make(ask, out->tail_at);
    struct builder b = { .ask = ask, .text = buf_new(mem, TEXT_MAX) };
    b.params = arena_bytes(mem, PARAMS * sizeof *b.params);
    b.params[0] = (struct param){ 0 };
    TRY(text_put(&b));
    out->sql = db_made(b.text->ptr, b.count, b.params);
    return OK;
}
