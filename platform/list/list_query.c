/* SPDX-License-Identifier: MulanPSL-2.0 */
/* From a query string to a question, and back to links (list.h). Every fault is noted by the name
 * that was typed, so that a misspelt filter never shows everything. */
#include "platform/list/list_query.h"

#include <stdlib.h>

#include "platform/web/params.h"

/* VALUES_BYTES_MAX: of all values of a question together, so that its link, where a byte may take
 * three, stays one that a browser can ask with. LINK_MAX is far above that. */
enum { LINK_MAX = 256 * 1024, VALUE_CHARS_MAX = 200, VALUES_BYTES_MAX = 4096 };

/* ---- cursors ---- */

str list_cursor_text(struct arena *mem, const struct list_cursor *c)
{
    str plain = arena_printf(mem, "%c%c%lld:%.*s", c->backward ? 'b' : 'f',
                             c->phase == PHASE_EMPTY ? 'e' : 'v', (long long)c->key,
                             (int)c->value.len, c->value.ptr);
    return str_hex(mem, (bytes){ (const unsigned char *)plain.ptr, plain.len });
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool list_cursor_parse(struct arena *mem, str text, struct list_cursor *out)
{
    *out = (struct list_cursor){ 0 };
    if (text.len == 0)
        return true;
    char *plain = arena_zero(mem, text.len / 2 + 1);
    for (size_t i = 0; i + 1 < text.len; i += 2) {
        int high = hex_digit(text.ptr[i]), low = hex_digit(text.ptr[i + 1]);
        if (high < 0 || low < 0)
            return false;
        plain[i / 2] = (char)(high << 4 | low);
    }
    str s = { plain, text.len / 2 };
    i64 colon = str_find(s, str_of(":"), 0);
    if (text.len % 2 || colon < 3 || !str_is_utf8(s) || memchr(plain, 0, s.len))
        return false;
    bool known = (plain[0] == 'f' || plain[0] == 'b') && (plain[1] == 'v' || plain[1] == 'e');
    out->set = true;
    out->backward = plain[0] == 'b';
    out->phase = plain[1] == 'e' ? PHASE_EMPTY : PHASE_VALUES;
    out->value = str_sub(s, (size_t)colon + 1, s.len);
    return known && str_to_i64(str_sub(s, 2, (size_t)colon - 2), &out->key);
}

/* ---- parsing ---- */

struct parser {
    struct rq *rq;
    const struct list *list;
    struct list_query *query;
    bool faulty;
    size_t bytes; /* of the values taken */
};

static void fault(struct parser *p, str name, const char *what, str value)
{
    p->faulty = true;
    rq_fault(p->rq, arena_cstr(p->rq->mem, name), what, value, str_of(""));
}

static struct list_filter *filter_for(struct parser *p, const struct list_column *c,
                                      enum list_op op)
{
    struct list_query *q = p->query;
    for (size_t i = 0; i < q->filter_count; i++)
        if (q->filters[i].column == c && q->filters[i].op == op)
            return &q->filters[i];
    if (q->filter_count == LIST_FILTERS_MAX)
        return NULL;
    q->filters[q->filter_count] = (struct list_filter){ .column = c, .op = op };
    return &q->filters[q->filter_count++];
}

static void value_add(struct parser *p, const struct list_column *c, enum list_op op, str value)
{
    i64 number;
    bool text = c->kind == LIST_TEXT || c->kind == LIST_CODE;
    if (text ? str_chars(value) > VALUE_CHARS_MAX : !list_number_of(c, op, value, &number)) {
        fault(p, str_of(c->field.name), "list.bad_value", value);
        return;
    }
    struct list_filter *f = filter_for(p, c, op);
    size_t most = op == LIST_IS ? LIST_VALUES_MAX : 1;
    if (!f || f->values.count >= most)
        fault(p, str_of(c->field.name), "list.too_many_values", value);
    else
        strs_add(p->rq->mem, &f->values, value);
    p->bytes += value.len;
}

static void equality_add(struct parser *p, const struct list_column *c, str value)
{
    str rest = value, one;
    if (c->kind == LIST_TIME) {
        value_add(p, c, LIST_FROM, value);
        value_add(p, c, LIST_TO, value);
    } else if (c->kind == LIST_TEXT) {
        value_add(p, c, LIST_IS, value);
    } else {
        while (str_split(&rest, ',', &one))
            if (one.len)
                value_add(p, c, LIST_IS, str_trim(one));
    }
}

/* "due_on_from" is the column due_on. */
static const struct list_column *ranged(struct parser *p, str name, enum list_op *op)
{
    static const char *const ENDS[] = { [LIST_FROM] = "_from", [LIST_TO] = "_to" };
    for (int i = LIST_FROM; i <= LIST_TO; i++) {
        str end = str_of(ENDS[i]);
        const struct list_column *c = NULL;
        if (str_ends(name, end))
            c = list_column_of(p->rq, p->list, str_sub(name, 0, name.len - end.len));
        bool range = c && (c->kind == LIST_NUMBER || c->kind == LIST_DAY || c->kind == LIST_TIME);
        if (range) {
            *op = (enum list_op)i;
            return c;
        }
    }
    return NULL;
}

static bool is_form_field(const struct rq *rq, str name)
{
    const struct form *form = rq->route ? rq->route->form : NULL;
    for (const struct input *i = form ? form->inputs : NULL; i && i->field.name; i++)
        if (str_is(name, i->field.name))
            return true;
    return false;
}

static void limit_take(struct parser *p, str value)
{
    i64 limit;
    if (str_to_i64(value, &limit) && limit >= 1 && limit <= LIST_LIMIT_MAX)
        p->query->limit = limit;
    else
        fault(p, str_of("limit"), "list.bad_limit", value);
}

static bool general_take(struct parser *p, str name, str value)
{
    struct list_ask ask = { .rq = p->rq, .list = p->list };
    struct list_cursor cursor;
    if (str_is(name, "q") && p->list->search)
        p->query->q = str_cut_chars(str_trim(value), VALUE_CHARS_MAX);
    else if (str_is(name, "sort") && list_sort_of(&ask, value))
        p->query->sort = value;
    else if (str_is(name, "sort"))
        fault(p, name, "list.bad_sort", value);
    else if (str_is(name, "after") && list_cursor_parse(p->rq->mem, value, &cursor))
        p->query->after = value;
    else if (str_is(name, "after"))
        fault(p, name, "list.bad_after", str_of(""));
    else if (str_is(name, "more") && !p->rq->api)
        p->query->more = true;
    else if (str_is(name, "limit"))
        limit_take(p, value);
    else
        return false;
    return true;
}

static void pair_take(struct parser *p, str name, str value)
{
    enum list_op op = LIST_IS;
    if (value.len == 0 || general_take(p, name, value))
        return; /* a filter bar sends its empty fields too */
    const struct list_column *c = list_column_of(p->rq, p->list, name);
    if (c && c->filter) {
        equality_add(p, c, str_trim(value));
        return;
    }
    c = ranged(p, name, &op);
    if (c && c->filter)
        value_add(p, c, op, str_trim(value));
    else if (!is_form_field(p->rq, name))
        fault(p, str_cut_chars(name, 50), "list.unknown_name", str_cut_chars(name, 50));
}

static int by_column(const void *a, const void *b)
{
    const struct list_filter *x = a, *y = b;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (int)x->op - (int)y->op;
}

err list_parse_text(struct rq *rq, const struct list *list, str query, struct list_query *out)
{
    struct parser p = { .rq = rq, .list = list, .query = out };
    struct params params = { 0 };
    *out = (struct list_query){ .sort = str_of(list->sort), .limit = LIST_LIMIT };
    TRY(params_urlencoded(rq->mem, query, FROM_QUERY, &params));
    for (size_t i = 0; i < params.count; i++)
        pair_take(&p, params.items[i].name, params.items[i].value);
    /* in order of declaration: the same question is one statement however it was typed */
    qsort(out->filters, out->filter_count, sizeof *out->filters, by_column);
    if (p.bytes > VALUES_BYTES_MAX)
        return err_make(ERR_LIMIT, "list.too_varied");
    return p.faulty ? err_make(ERR_INVALID, "form.faults") : OK;
}

err list_parse(struct rq *rq, const struct list *list, struct list_query *out)
{
    return list_parse_text(rq, list, rq->query, out);
}

/* ---- links ---- */

static void pair_put(struct buf *b, const char *name, const char *end, str value)
{
    static const char DIGITS[] = "0123456789ABCDEF";
    if (value.len == 0)
        return;
    buf_printf(b, "%s%s%s=", b->len > 1 ? "&" : "", name, end);
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     memchr("-._~,", c, 5);
        if (plain)
            buf_put_byte(b, (char)c);
        else
            buf_printf(b, "%%%c%c", DIGITS[c >> 4], DIGITS[c & 15]);
    }
}

static const char *end_of(enum list_op op)
{
    return op == LIST_FROM ? "_from" : op == LIST_TO ? "_to" : "";
}

/* All filters but that of the changed name, which stands at the end with its new value. */
static void filters_put(struct buf *b, const struct list_query *q, str changed)
{
    for (size_t i = 0; i < q->filter_count; i++) {
        const struct list_filter *f = &q->filters[i];
        str name = arena_printf(b->mem, "%s%s", f->column->field.name, end_of(f->op));
        if (str_eq(name, changed))
            continue;
        for (size_t k = 0; k < f->values.count; k++)
            pair_put(b, f->column->field.name, end_of(f->op), f->values.items[k]);
    }
}

str list_link(struct rq *rq, const struct list *list, const struct list_query *query,
              const char *name, str value)
{
    struct buf *b = buf_new(rq->mem, LINK_MAX);
    bool page = strcmp(name, "after") == 0;
    buf_put_byte(b, '?');
    pair_put(b, "q", "", strcmp(name, "q") == 0 ? value : query->q);
    filters_put(b, query, str_of(name));
    str sort = strcmp(name, "sort") == 0 ? value : query->sort;
    pair_put(b, "sort", "", str_is(sort, list->sort) ? str_of("") : sort);
    if (query->limit != LIST_LIMIT && strcmp(name, "limit") != 0)
        pair_put(b, "limit", "", arena_printf(rq->mem, "%lld", (long long)query->limit));
    if (strcmp(name, "q") != 0 && strcmp(name, "sort") != 0 && !(page && value.len == 0))
        pair_put(b, name, "", value);
    return buf_is_full(b) ? str_of("?") : buf_str(b); /* full: by the cursor of a huge value */
}
