/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of list_sql.h. Nothing from a request ever gets into a text: the question only
 * chooses among literals. The number of kept texts is bounded; past the bound a form is used that
 * has all filters, switched by parameters (README). */
#include "platform/list/list_sql.h"

#include <assert.h>
#include <pthread.h>

#include "platform/text/text.h"

enum {
    TEXTS_MAX = 1024,
    TEXTS_ALL = 2048,
    VALUES =
        LIST_COLUMNS_MAX * 14, /* a switch and eight values, two ends of a range: always fits */
    PARAMS = VALUES + 24,
    TEXT_MAX = 32 * 1024
};
enum { COMMITTEES = 4, STORE_CAP = 64 << 20 };

/* ---- texts that live as long as the process ---- */

struct kept {
    struct kept *next;
    uint64_t hash;
    const char *text;
    const struct field *map;
};

static struct {
    pthread_mutex_t lock;
    struct arena *mem;
    struct kept *slots[TEXTS_ALL];
    size_t count;
    char names[VALUES][12]; /* "list_v0" …: parameter names are known by address too */
} store = { .lock = PTHREAD_MUTEX_INITIALIZER };

size_t list_texts_kept(void)
{
    pthread_mutex_lock(&store.lock);
    size_t count = store.count;
    pthread_mutex_unlock(&store.lock);
    return count;
}

static uint64_t hash_of(str text, const struct list *list)
{
    uint64_t hash = 14695981039346656037u ^ (uintptr_t)list;
    for (size_t i = 0; i < text.len; i += 8) {
        uint64_t piece = 0;
        memcpy(&piece, text.ptr + i, text.len - i < 8 ? text.len - i : 8);
        hash = (hash ^ piece) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return hash;
}

/* The kept text that equals text, or NULL. Under the lock. */
static struct kept *kept_find(uint64_t hash, str text)
{
    for (struct kept *k = store.slots[hash % TEXTS_ALL]; k; k = k->next)
        if (k->hash == hash && str_is(text, k->text))
            return k;
    return NULL;
}

/* Keeps a text with a map made by copying; past `most` nothing is kept and NULL returned. */
static struct kept *keep(const struct list *list, str text, const struct field *map, size_t most)
{
    uint64_t hash = hash_of(text, list);
    pthread_mutex_lock(&store.lock);
    if (!store.mem) {
        store.mem = arena_new(STORE_CAP, 0);
        for (int i = 0; i < VALUES; i++)
            snprintf(store.names[i], sizeof store.names[i], "list_v%d", i);
    }
    struct kept *k = kept_find(hash, text);
    if (!k && store.count < most) {
        size_t fields = 0;
        while (map[fields].name)
            fields++;
        struct field *copy = arena_array(store.mem, fields + 1, sizeof *copy);
        memcpy(copy, map, fields * sizeof *copy);
        k = arena_zero(store.mem, sizeof *k);
        *k =
            (struct kept){ store.slots[hash % TEXTS_ALL], hash, arena_cstr(store.mem, text), copy };
        store.slots[hash % TEXTS_ALL] = k;
        store.count++;
    }
    pthread_mutex_unlock(&store.lock);
    return k;
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
    param.name = store.names[b->values];
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
    bool fits = text.len == 0 || list_number_of(c, op, text, &number);
    assert(fits); /* list_parse has judged it */
    value_put(b, param_i64("", number));
}

/* "sql IN (…)" of so many places, the last value repeated; values may be none, then the clause is
 * switched off. */
static void in_put(struct builder *b, const struct list_column *c, strs values, size_t places)
{
    buf_printf(b->text, "%s %s", c->many ? c->many : c->sql, places == 1 ? "= " : "IN (");
    for (size_t i = 0; i < places; i++) {
        size_t nth = i < values.count ? i : values.count - 1;
        buf_put(b->text, i ? ", " : "");
        filter_value(b, c, LIST_IS, values.count ? values.items[nth] : str_of(""));
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

static const struct list_filter *asked(const struct list_query *q, const struct list_column *c,
                                       enum list_op op)
{
    for (size_t i = 0; i < q->filter_count; i++)
        if (q->filters[i].column == c && q->filters[i].op == op)
            return &q->filters[i];
    return NULL;
}

/* Every filter that the list has, each behind a switch. */
static void switches_put(struct builder *b)
{
    for (const struct list_column *c = b->ask->list->columns; c->field.name; c++)
        for (int op = LIST_IS; c->filter && op <= LIST_TO; op++) {
            bool fits = op == LIST_IS ? c->kind != LIST_TIME : !is_text(c) && c->kind != LIST_BOOL;
            if (!fits || !list_may_see(b->ask->rq, c))
                continue;
            const struct list_filter *f = asked(b->ask->query, c, (enum list_op)op);
            buf_put(b->text, " AND (");
            value_put(b, param_i64("", f != NULL));
            buf_put(b->text, " = 0 OR ");
            if (op == LIST_IS)
                in_put(b, c, f ? f->values : (strs){ 0 }, LIST_VALUES_MAX);
            else
                range_put(b, c, (enum list_op)op, f ? f->values.items[0] : str_of(""));
            buf_put(b->text, ")");
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

/* Whether a column is fetched. Half as many columns are half the work of a page of rows. */
static bool is_fetched(const struct list_ask *a, const struct list_column *c)
{
    const struct list_look *look = a->look;
    if (c->asked)
        return false;
    if (a->want == WANT_ONE)
        return list_may_find(a->rq, c);
    bool drawn = !look || !c->hidden || is_named(c, "id") || is_named(c, look->row_id) ||
                 is_named(c, look->main) || is_named(c, look->under);
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
static err rows_put(struct builder *b, bool switched)
{
    const struct list_ask *a = b->ask;
    buf_printf(b->text, " WHERE %s", a->list->where);
    TRY(scope_put(b));
    if (a->want == WANT_ONE) {
        buf_printf(b->text, " AND %s = :list_one", a->list->key);
        bind(b, param_i64("list_one", a->one));
    } else if (switched) {
        switches_put(b);
    } else {
        filters_put(b);
    }
    if (a->want == WANT_PAGE || a->want == WANT_ALL)
        place_put(b);
    return OK;
}

/* Only the nearest rows, chosen before any is looked at. */
static err near_put(struct builder *b, bool switched)
{
    const struct list_ask *a = b->ask;
    buf_printf(b->text, " WHERE %s IN (SELECT %s FROM %s", a->list->key, a->list->key,
               a->list->from);
    TRY(rows_put(b, switched));
    order_put(b);
    buf_put(b->text, " LIMIT :list_near)");
    bind(b, param_i64("list_near", LIST_NEAR));
    return OK;
}

/* The rows that have the words. */
static err found_put(struct builder *b, bool switched)
{
    const struct list_ask *a = b->ask;
    if (a->seek == SEEK_INDEX) {
        buf_printf(b->text, " JOIN %s hits ON hits.item_id = %s", text_list_sql(a->rq->db),
                   a->list->key);
        return rows_put(b, switched);
    }
    TRY(a->seek == SEEK_NEAR ? near_put(b, switched) : rows_put(b, switched));
    buf_put(b->text, " AND ");
    text_check_put(b->text, a->list->key);
    return OK;
}

static err text_put(struct builder *b, bool switched)
{
    const struct list_ask *a = b->ask;
    bool search = !a->all && a->query->q.len && a->list->search;
    b->text->len = b->count = b->values = 0;
    b->too_many = false;
    buf_put(b->text,
            a->want == WANT_COUNT ? "SELECT COUNT(*) AS n FROM (SELECT 1 AS one" : "SELECT ");
    if (a->want != WANT_COUNT)
        columns_put(b);
    buf_printf(b->text, " FROM %s", a->list->from);
    TRY(search ? found_put(b, switched) : rows_put(b, switched));
    if (a->want == WANT_PAGE || a->want == WANT_ALL)
        order_put(b);
    buf_printf(b->text, " LIMIT :list_limit%s", a->want == WANT_COUNT ? ") counted" : "");
    bind(b, param_i64("list_limit", a->limit));
    struct names names = { .count = 0 };
    actor_names(a, &names);
    if (search)
        term_names(a, &names);
    names_bind(b, &names);
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

/* How many texts may be kept when one with so many filters is to be added: odd questions, of which
 * there are very many, leave room for the usual ones. */
static size_t share_of(size_t filters)
{
    return filters <= 1 ? TEXTS_MAX : filters == 2 ? TEXTS_MAX / 4 * 3 : TEXTS_MAX / 2;
}

err list_statement(const struct list_ask *ask, struct list_statement *out)
{
    struct arena *mem = ask->rq->mem;
    size_t align = _Alignof(struct list_tail);
    out->tail_at = (ask->list->row_size + align - 1) / align * align;
    out->size = out->tail_at + sizeof(struct list_tail);
    struct field *map = map_make(ask, out->tail_at);
    struct builder b = { .ask = ask, .text = buf_new(mem, TEXT_MAX) };
    b.params = arena_bytes(mem, PARAMS * sizeof *b.params);
    b.params[0] = (struct param){ 0 };
    TRY(text_put(&b, false));
    struct kept *kept = keep(ask->list, buf_str(b.text), map, share_of(ask->query->filter_count));
    if (!kept) {
        TRY(text_put(&b, true));
        kept = keep(ask->list, buf_str(b.text), map, TEXTS_ALL);
    }
    if (!kept)
        return err_make(ERR_LIMIT, "list.too_varied");
    out->map = kept->map;
    out->sql = (struct sql){ kept->text, __FILE__, __LINE__, b.count, b.params };
    return OK;
}
