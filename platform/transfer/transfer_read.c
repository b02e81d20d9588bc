/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A case from JSON: every row is judged against its declaration, then stored in the order of the
 * plan, so that what a row names is there before it. What the file around it is:
 * modules/transfers. */
#include <assert.h>

#include "platform/db/made.h"
#include "platform/flow/flow.h"
#include "platform/settings/settings.h"
#include "platform/transfer/transfer_plan.h"
#include "platform/web/json_tree.h"

struct reader {
    struct transfer_work c;
    const struct json_tree *tree;
    str path;
    struct transfer_late *late;
    bool store;
};

/* ---- faults: each says where ---- */

static str place_text(struct reader *r, const struct transfer_entry *e, size_t nth,
                      const char *column)
{
    return arena_printf(r->c.rq->mem, "%.*s.%s[%zu]%s%s", (int)r->path.len, r->path.ptr,
                        e->table->name, nth, *column ? "." : "", column);
}

static err bad(const char *name, str where)
{
    return err_make_with(ERR_INVALID, name, where, str_of(""));
}

static bool is_listed(const char *const *names, str name)
{
    for (; names && *names; names++)
        if (str_is(name, *names))
            return true;
    return false;
}

/* A member that nobody reads would be lost in silence. */
static err row_members_check(struct reader *r, const struct transfer_entry *e, size_t nth,
                             const struct json_tree *row)
{
    strs names = json_tree_names(r->c.rq->mem, row);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.items[i].ptr;
        bool own = !e->table->under && is_listed(r->c.way->origin_names, names.items[i]);
        if (plan_column(e, name) < 0 && !own)
            return bad("transfers.unknown_member", place_text(r, e, nth, name));
    }
    return OK;
}

static bool is_outside(const struct transfer_plan *plan, str name)
{
    for (size_t i = 0; i < plan->count; i++)
        for (const struct transfer_link *l = plan->entries[i].table->links; l && l->column; l++) {
            str rest = str_of(l->to), word;
            while (str_split(&rest, ' ', &word)) {
                i64 colon = str_find(word, str_of(":"), 0);
                if (str_eq(str_sub(word, (size_t)(colon + 1), word.len), name))
                    return true;
            }
        }
    return false;
}

static err case_members_check(struct reader *r)
{
    strs names = json_tree_names(r->c.rq->mem, r->tree);
    for (size_t i = 0; i < names.count; i++)
        if (!plan_find(r->c.plan, names.items[i]) && !is_outside(r->c.plan, names.items[i]) &&
            !is_listed(r->c.way->own_names, names.items[i]))
            return bad("transfers.unknown_member",
                       arena_printf(r->c.rq->mem, "%.*s.%s", (int)r->path.len, r->path.ptr,
                                    names.items[i].ptr));
    return OK;
}

/* ---- values ---- */

enum { DAYS_MOST = 84006, PLACE_MOST = 1000000, SHORT_TEXT_MAX = 2000 };

/* What the house counts on from: a day and a moment before the year 2200, a place in a sequence
 * that nobody fills. */
static bool is_bounded(const char *name, i64 number)
{
    static const char *const PLACES[] = { "serial", "docket_no", "number", "year",
                                          "last",   "position",  "round" };
    if (str_ends(str_of(name), str_of("_on")))
        return number >= -DAYS_MOST && number <= DAYS_MOST;
    if (str_ends(str_of(name), str_of("_at")))
        return number >= -1 && number <= day_start_ms(DAYS_MOST);
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++)
        if (strcmp(name, PLACES[i]) == 0)
            return number >= 0 && number <= PLACE_MOST;
    return true;
}

bool plan_number_read(const char *name, const struct json_tree *value, i64 *out)
{
    str text;
    if (!json_tree_number(value, out) && !(str_ends(str_of(name), str_of("_on")) &&
                                           json_tree_text(value, &text) && day_parse(text, out)))
        return false;
    return is_bounded(name, *out);
}

/* What lists and heads show stays a line. */
static i64 text_most(const char *name)
{
    bool is_short = str_ends(str_of(name), str_of("title")) ||
                    str_ends(str_of(name), str_of("name")) ||
                    str_ends(str_of(name), str_of("number")) || strcmp(name, "url") == 0 ||
                    strcmp(name, "source") == 0;
    return is_short ? SHORT_TEXT_MAX : TRANSFER_TEXT_MAX;
}

err plan_code_read(const struct transfer_work *work, const struct transfer_entry *e,
                   const char *column, str *code)
{
    struct rows rows;
    for (const struct transfer_code *c = e->table->codes; code->len && c && c->column; c++) {
        if (strcmp(c->column, column) != 0)
            continue;
        bool known = false;
        TRY(dictionary_list_all(work->rq, c->dictionary, &rows));
        const struct dictionary_row *all = rows.items;
        for (size_t i = 0; i < rows.count && !known; i++)
            known = str_eq(all[i].code, *code);
        if (!known && work->way->code)
            TRY(work->way->code(work->way->context, c->dictionary, code));
        else if (!known)
            return err_make_with(ERR_INVALID, "transfers.code_unknown", str_of(""), *code);
    }
    return OK;
}

/* "/assignments/#2/sign" with the id of the second. */
static str url_read(struct reader *r, str url)
{
    str rest = str_sub(url, 1, url.len), name, number;
    const struct transfer_entry *e;
    i64 place;
    if (!web_is_own_path(url) || !str_split(&rest, '/', &name))
        return str_of("/"); /* nobody is led out of the house */
    e = plan_find(r->c.plan, name);
    if (!str_split(&rest, '/', &number) || number.len < 2 || number.ptr[0] != '#' || !e ||
        !str_to_i64(str_sub(number, 1, number.len), &place))
        return url;
    const struct transfer_rows *rows = &r->c.rows[e - r->c.plan->entries];
    if (place < 1 || (size_t)place > rows->count)
        return arena_printf(r->c.rq->mem, "/%.*s", (int)name.len, name.ptr);
    return arena_printf(r->c.rq->mem, "/%.*s/%lld%s%.*s", (int)name.len, name.ptr,
                        (long long)rows->items[place - 1].cells[0].number, rest.len ? "/" : "",
                        (int)rest.len, rest.ptr);
}

/* ---- links ---- */

static err outside_find(struct reader *r, str kind, i64 place, i64 *id)
{
    const char *name = arena_cstr(r->c.rq->mem, kind);
    const struct json_tree *list = json_tree_member(r->tree, name);
    if ((size_t)place > json_tree_items(list))
        return err_make(ERR_INVALID, "transfers.bad_link");
    return r->c.way->find(r->c.way->context, name, json_tree_item(list, (size_t)place - 1), id);
}

/* Where a link leads; its place in the list has become an id. */
static err link_read(struct reader *r, const struct transfer_entry *e, struct transfer_row *row,
                     size_t column, i64 place)
{
    const struct transfer_column *col = &e->columns[column];
    i64 *id = &row->cells[column + 1].number;
    if (place == 0)
        return OK;
    str target = plan_target(e, plan_above(r->c.plan, e, row), row, col->link);
    const struct transfer_entry *to = plan_find(r->c.plan, target);
    if (place < 0 || target.len == 0)
        return err_make(ERR_INVALID, "transfers.bad_link");
    if (!to)
        return is_outside(r->c.plan, target) ? outside_find(r, target, place, id)
                                             : err_make(ERR_INVALID, "transfers.bad_link");
    const struct transfer_rows *rows = &r->c.rows[to - r->c.plan->entries];
    /* its own table: only what stands before it, or is the row itself */
    if ((size_t)place > rows->count || (to == e && (size_t)place == rows->count))
        return err_make(ERR_INVALID, "transfers.bad_link");
    *id = rows->items[place - 1].cells[0].number;
    return OK;
}

static void loose_add(struct reader *r, const struct transfer_entry *e,
                      const struct transfer_link *link, const struct json_tree *item)
{
    struct transfer_late *late = r->late;
    if (!late || !r->store)
        return;
    if ((late->count & (late->count + 1)) == 0) { /* 0, 1, 3, 7 … : room for as many again */
        struct transfer_loose *more = arena_array(late->mem, late->count * 2 + 1, sizeof *more);
        if (late->count)
            memcpy(more, late->items, late->count * sizeof *more);
        late->items = more;
    }
    late->items[late->count++] =
        (struct transfer_loose){ e, link, 0, r->c.way->keep(r->c.way->context, item) };
}

/* The row above is told by the first column. */
static const struct transfer_row *row_above(struct reader *r, const struct transfer_entry *e,
                                            const struct transfer_row *row, i64 place)
{
    const struct transfer_entry *above = plan_above(r->c.plan, e, row);
    bool any = above && strcmp(e->table->under, "*") == 0;
    if (any && !above->table->moves)
        return NULL; /* history of something that has none */
    const struct transfer_rows *rows = above ? &r->c.rows[above - r->c.plan->entries] : NULL;
    if (!rows || place < 1 || (size_t)place > rows->count)
        return NULL;
    return &rows->items[place - 1];
}

/* Only a link to another case says it by house and number; of what is one with its case
 * (transfer_table.also) there is none beyond the file. */
static bool may_lead_beyond(struct reader *r, const struct transfer_entry *e,
                            struct transfer_row *row, const struct transfer_column *col)
{
    str target = plan_target(e, plan_above(r->c.plan, e, row), row, col->link);
    const struct transfer_entry *to = plan_find(r->c.plan, target);
    bool one = e->table->also && strcmp(e->table->also, col->name) == 0;
    return to && !to->table->under && !one;
}

static err link_column_read(struct reader *r, const struct transfer_entry *e,
                            struct transfer_row *row, size_t column, const struct json_tree *value)
{
    const struct transfer_column *col = &e->columns[column];
    i64 place = 0;
    if (json_tree_is_object(value)) {
        if (!may_lead_beyond(r, e, row, col))
            return err_make(ERR_INVALID, "transfers.bad_link");
        TRY(r->c.way->elsewhere(r->c.way->context, value, &row->cells[column + 1].number));
        if (!row->cells[column + 1].number)
            loose_add(r, e, col->link, value);
        return OK;
    }
    if (value && !json_tree_number(value, &place))
        return err_make(ERR_INVALID, "transfers.want_number");
    return link_read(r, e, row, column, place);
}

/* ---- rows ---- */

/* What is not to be taken over with the row. */
str plan_decided(const struct transfer_entry *e, const char *column, str text)
{
    for (const struct transfer_undecided *u = e->table->undecided; u && u->column; u++)
        if (strcmp(u->column, column) == 0 && str_is(text, u->there))
            return str_of(u->here);
    return text;
}

static err plain_read(struct reader *r, const struct transfer_entry *e, struct transfer_row *row,
                      size_t column, const struct json_tree *value)
{
    const struct transfer_column *col = &e->columns[column];
    struct transfer_cell *cell = &row->cells[column + 1];
    cell->text = str_of("");
    if (!value)
        return OK; /* of a house that did not know the column yet */
    if (col->kind == COLUMN_NUMBER)
        return plan_number_read(col->name, value, &cell->number)
                   ? OK
                   : err_make(ERR_INVALID, "transfers.want_number");
    if (!json_tree_text(value, &cell->text) || (i64)cell->text.len > text_most(col->name))
        return err_make(ERR_INVALID, "transfers.not_a_text");
    bool tells_above = e->table->matter && strcmp(e->table->matter, col->name) == 0 &&
                       e->table->under && strcmp(e->table->under, "*") != 0;
    if (tells_above && !str_is(cell->text, e->table->under))
        return err_make(ERR_INVALID, "transfers.bad_link");
    if (e->table->url && strcmp(e->table->url, col->name) == 0)
        cell->text = url_read(r, cell->text);
    cell->text = plan_decided(e, col->name, cell->text);
    return plan_code_read(&r->c, e, col->name, &cell->text);
}

/* Texts first: they tell where links lead. */
static err values_read(struct reader *r, const struct transfer_entry *e, struct transfer_row *row,
                       const struct json_tree *item, const char **column)
{
    for (int links = 0; links <= 1; links++)
        for (size_t i = 0; i < e->column_count; i++) {
            const struct json_tree *value = json_tree_member(item, e->columns[i].name);
            *column = e->columns[i].name;
            if ((e->columns[i].kind == COLUMN_LINK) != links)
                continue;
            if (!links) {
                TRY(plain_read(r, e, row, i, value));
                continue;
            }
            i64 place = 0;
            bool first = i == 0 && e->table->by;
            if (first && json_tree_number(value, &place))
                row->above = row_above(r, e, row, place);
            if (first && !row->above)
                return err_make(ERR_INVALID, "transfers.bad_link");
            TRY(link_column_read(r, e, row, i, value));
        }
    return OK;
}

/* ---- two of theirs that are one here ---- */

static str cell_text(const struct transfer_entry *e, const struct transfer_row *row,
                     const char *column)
{
    int i = plan_column(e, column);
    return i < 0 ? str_of("") : row->cells[i + 1].text;
}

static i64 cell_number(const struct transfer_entry *e, const struct transfer_row *row,
                       const char *column)
{
    int i = plan_column(e, column);
    return i < 0 ? 0 : row->cells[i + 1].number;
}

/* What the file calls the one that a row names. */
static str name_there(struct reader *r, const struct transfer_entry *e, size_t nth)
{
    const struct transfer_once *once = &e->table->once;
    const struct transfer_column *col = &e->columns[plan_column(e, once->link)];
    const struct json_tree *list = json_tree_member(r->tree, e->table->name), *whom;
    str name = { "", 0 };
    i64 place = 0;
    json_tree_number(json_tree_member(json_tree_item(list, nth), once->link), &place);
    whom = json_tree_item(json_tree_member(r->tree, col->link->to), (size_t)(place - 1));
    if (!json_tree_text(json_tree_member(whom, "name"), &name) || !name.len)
        json_tree_text(json_tree_member(whom, "code"), &name);
    return name;
}

static bool is_once_same(const struct transfer_entry *e, const struct transfer_row *a,
                         const struct transfer_row *b)
{
    const struct transfer_once *o = &e->table->once;
    if (a->above != b->above || cell_number(e, a, o->link) != cell_number(e, b, o->link))
        return false;
    if (o->with && (!str_eq(cell_text(e, a, o->with), cell_text(e, b, o->with)) ||
                    cell_number(e, a, o->with) != cell_number(e, b, o->with)))
        return false;
    return !o->column || (!str_is(cell_text(e, a, o->column), o->gone) &&
                          !str_is(cell_text(e, b, o->column), o->gone));
}

/* A row that stands alone among those before it, by whom it names; places that are the same are a
 * fault of the file, which the store tells. */
static err once_check(struct reader *r, const struct transfer_entry *e, size_t nth)
{
    const struct transfer_once *once = &e->table->once;
    const struct transfer_row *rows = r->c.rows[e - r->c.plan->entries].items;
    if (!once->link || cell_number(e, &rows[nth], once->link) == 0)
        return OK;
    for (size_t i = 0; i < nth; i++) {
        if (!is_once_same(e, &rows[i], &rows[nth]))
            continue;
        str first = name_there(r, e, i), second = name_there(r, e, nth);
        if (!str_eq(first, second))
            return err_make_with(ERR_CONFLICT, "transfers.two_are_one", first, second);
    }
    return OK;
}

static err row_store(struct reader *r, const struct transfer_entry *e, struct transfer_row *row)
{
    struct param *params = arena_array(r->c.rq->mem, e->column_count + 1, sizeof *params);
    for (size_t i = 0; i < e->column_count; i++)
        params[i + 1] = e->columns[i].kind == COLUMN_TEXT
                            ? param_str(e->columns[i].name, row->cells[i + 1].text)
                            : param_i64(e->columns[i].name, row->cells[i + 1].number);
    return db_insert(r->c.rq->db, db_made(e->insert, e->column_count, params),
                     &row->cells[0].number);
}

static err row_read(struct reader *r, const struct transfer_entry *e, size_t nth,
                    const struct json_tree *item)
{
    struct transfer_row *row = plan_add_row(&r->c, e);
    size_t late = r->late ? r->late->count : 0;
    const char *column = "";
    if (!json_tree_is_object(item))
        return bad("transfers.not_an_object", place_text(r, e, nth, ""));
    TRY(row_members_check(r, e, nth, item));
    row->cells = arena_array(r->c.rq->mem, e->column_count + 1, sizeof *row->cells);
    err read = values_read(r, e, row, item, &column);
    if (read.code && read.arg[0].len == 0)
        read.arg[0] = place_text(r, e, nth, column);
    TRY(read);
    TRY(once_check(r, e, nth));
    if (!r->store) {
        row->cells[0].number = (i64)nth + 1;
        return OK;
    }
    err e2 = row_store(r, e, row);
    if (e2.code == ERR_CONFLICT)
        return err_make_with(ERR_CONFLICT, "transfers.taken", place_text(r, e, nth, ""),
                             str_of(""));
    TRY(e2);
    for (size_t i = late; r->late && i < r->late->count; i++)
        r->late->items[i].id = row->cells[0].number;
    return OK;
}

static err rows_read(struct reader *r, const struct transfer_entry *e)
{
    const struct json_tree *list = json_tree_member(r->tree, e->table->name);
    struct transfer_rows *rows = &r->c.rows[e - r->c.plan->entries];
    if (!list)
        return OK;
    if (!json_tree_is_list(list) || json_tree_items(list) > TRANSFER_ROWS_MAX)
        return bad("transfers.not_a_list", arena_printf(r->c.rq->mem, "%.*s.%s", (int)r->path.len,
                                                        r->path.ptr, e->table->name));
    rows->cap = json_tree_items(list);
    rows->items = arena_array(r->c.rq->mem, rows->cap, sizeof *rows->items);
    for (size_t i = 0; i < rows->cap; i++) {
        TRY(row_read(r, e, i, json_tree_item(list, i)));
        if (arena_is_over(r->c.rq->mem))
            return err_make_with(ERR_LIMIT, "transfers.case_heavy", r->path, str_of(""));
    }
    return OK;
}

/* ---- afterwards ---- */

/* As if everything that moves had begun here: for who counts. */
static err begun_tell(struct reader *r, const struct transfer_entry *e, i64 id)
{
    struct rq *rq = r->c.rq;
    const struct flow *flow = flow_find(rq->app, str_of(e->table->name));
    struct flow_subject subject = { 0 };
    if (!flow)
        return OK;
    err found = flow->load(rq, id, &subject);
    if (found.code == ERR_NOT_FOUND)
        return OK; /* a draft: counted nowhere */
    TRY(found);
    const struct flow_step step = { .flow = flow, .subject = &subject, .to = subject.state };
    return event_emit(rq, "flow.stepped", id, &step);
}

static err landed_tell(struct reader *r)
{
    for (size_t i = 0; i < r->c.plan->count; i++) {
        const struct transfer_entry *e = &r->c.plan->entries[i];
        for (size_t k = 0; k < r->c.rows[i].count; k++) {
            i64 id = r->c.rows[i].items[k].cells[0].number;
            const struct json_tree *row =
                json_tree_item(json_tree_member(r->tree, e->table->name), k);
            if (!e->table->under)
                TRY(r->c.way->landed(r->c.way->context, id, row));
            if (e->table->landed)
                TRY(e->table->landed(r->c.rq, id, row));
            if (e->table->moves)
                TRY(begun_tell(r, e, id));
        }
    }
    return OK;
}

static err case_read(struct reader *r)
{
    r->c.rows = arena_array(r->c.rq->mem, r->c.plan->count, sizeof *r->c.rows);
    if (!json_tree_is_object(r->tree))
        return bad("transfers.not_an_object", r->path);
    TRY(case_members_check(r));
    for (size_t i = 0; i < r->c.plan->count; i++)
        TRY(rows_read(r, &r->c.plan->entries[i]));
    if (r->c.rows[0].count == 0)
        return bad("transfers.not_a_list",
                   arena_printf(r->c.rq->mem, "%.*s.%s", (int)r->path.len, r->path.ptr,
                                r->c.plan->entries[0].table->name));
    return r->store ? landed_tell(r) : OK;
}

err transfer_read(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                  const struct transfer_one *one)
{
    struct reader r = { { rq, plan, way, NULL }, one->tree, one->path, one->late, true };
    return case_read(&r);
}

err transfer_check(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                   const struct transfer_one *one)
{
    struct reader r = { { rq, plan, way, NULL }, one->tree, one->path, NULL, false };
    return case_read(&r);
}

/* ---- links to other cases ---- */

static err loose_store(struct rq *rq, const struct transfer_loose *l, i64 to)
{
    struct param params[3] = { { 0 } };
    str text = arena_printf(rq->mem,
                            "UPDATE %s SET %s = :transfer_to WHERE org_id = :org AND id = "
                            ":transfer_id",
                            l->entry->table->name, l->link->column);
    params[1] = param_i64("transfer_to", to);
    params[2] = param_i64("transfer_id", l->id);
    return db_run(rq->db, db_made(text.ptr, 2, params), NULL);
}

err transfer_join(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                  struct transfer_late *late, i64 *open)
{
    (void)plan;
    *open = 0;
    for (size_t i = 0; i < late->count; i++) {
        i64 to = 0;
        TRY(way->kept(way->context, late->items[i].token, &to));
        if (to)
            TRY(loose_store(rq, &late->items[i], to));
        else
            ++*open;
    }
    return OK;
}
