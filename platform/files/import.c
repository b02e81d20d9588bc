/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Running an import (mapping.h): rows of the file become rows of named texts, each stored by the
 * module's function behind a savepoint; if any is refused, all of it is undone. Headers: mapping.c.
 * Files: sheet.c. */
#include <assert.h>

#include "platform/base/str.h"
#include "platform/files/import_internal.h"
#include "platform/web/exchange.h"

enum { LOOK_ROWS = 20, SCRATCH = 16 << 20, ANALYZE_FIRST = 2000 };

/* ---- the head of a file ---- */

/* Rows at the begin of a file, kept. */
struct beginning {
    struct arena *mem;
    struct sheet_row rows[LOOK_ROWS];
    size_t count;
    bool full;
};

static struct sheet_row row_keep(struct arena *mem, const struct sheet_row *row)
{
    struct sheet_row kept = { row->number, { 0 } };
    for (size_t i = 0; i < row->cells.count; i++)
        strs_add(mem, &kept.cells, arena_str(mem, str_trim(row->cells.items[i])));
    return kept;
}

static err begin_row(void *context, const struct sheet_row *row)
{
    struct beginning *b = context;
    b->rows[b->count++] = row_keep(b->mem, row);
    b->full = b->count == LOOK_ROWS;
    return b->full ? err_make(ERR_LIMIT, "import.enough") : OK;
}

static err begin_read(struct arena *mem, const struct sheet_spool *list, struct beginning *out)
{
    *out = (struct beginning){ .mem = mem };
    const struct sheet_reader reader = { .row = begin_row, .context = out };
    err e = sheet_again(mem, list, &reader);
    return out->full ? OK : e;
}

/* The row of which most cells are known headers: at least two, or the only one that is required. */
static i64 header_find(struct arena *mem, const struct import_kind *kind, const struct beginning *b)
{
    size_t best = 0, most = 1;
    for (size_t i = 0; i < b->count; i++) {
        struct arena_mark mark = arena_mark(mem);
        size_t known = import_known_headers(mem, kind, &b->rows[i].cells);
        arena_reset_to(mem, mark);
        bool only = known == 1 && b->rows[i].cells.count == 1;
        if (known > most || (only && !best)) {
            most = known > most ? known : most;
            best = i + 1;
        }
    }
    return best ? b->rows[best - 1].number : -1;
}

/* Number -1 (row of names before JSON Lines has number 0) means none. */
static err head_find(struct arena *mem, const struct import_kind *kind, const struct beginning *b,
                     struct import_mapping *mapping, struct import_head *out)
{
    i64 lines = mapping->header_rows > 0 ? mapping->header_rows : 1;
    i64 first = mapping->header_row > 0 ? mapping->header_row : header_find(mem, kind, b);
    *out = (struct import_head){ .mapping = mapping };
    for (size_t i = 0; i < b->count && first >= 0; i++) {
        i64 line = b->rows[i].number - first;
        if (line < 0 || line >= lines)
            continue;
        out->lines[line] = b->rows[i].cells;
        out->line_count = (size_t)line + 1;
    }
    if (out->line_count == 0)
        return err_make(ERR_INVALID, "import.no_headers");
    mapping->header_row = first;
    mapping->header_rows = lines;
    return OK;
}

static size_t columns_of(const struct import_head *head)
{
    size_t columns = 0;
    for (size_t i = 0; i < head->line_count; i++)
        columns = head->lines[i].count > columns ? head->lines[i].count : columns;
    return columns;
}

/* ---- looking ---- */

static void columns_look(struct arena *mem, const struct import_kind *kind,
                         const struct import_head *head, struct import_preview *out)
{
    size_t count = columns_of(head);
    struct import_column *columns = arena_array(mem, count + 1, sizeof *columns);
    struct import_pair *pairs = arena_array(mem, count + 1, sizeof *pairs);
    for (size_t c = 0; c < count; c++) {
        const struct import_field *f = import_column_field(mem, kind, head, c);
        columns[c].header = import_header(mem, head, c);
        columns[c].letter = import_letter(mem, c);
        columns[c].field = str_of(f ? f->name : "");
        pairs[c] = (struct import_pair){ columns[c].letter, columns[c].field };
    }
    out->columns = columns;
    out->column_count = count;
    out->mapping.pairs = pairs;
    out->mapping.pair_count = count;
}

err import_look(struct arena *mem, const struct sheet_spool *list, const struct import_kind *kind,
                const struct import_mapping *mapping, struct import_preview *out)
{
    struct beginning *b = arena_zero(mem, sizeof *b);
    struct import_head head;
    struct import_mapping used = mapping ? *mapping : (struct import_mapping){ 0 };
    *out = (struct import_preview){ 0 };
    TRY(begin_read(mem, list, b));
    TRY(head_find(mem, kind, b, &used, &head));
    out->mapping = used;
    columns_look(mem, kind, &head, out);
    for (size_t i = 0; i < b->count && out->sample_count < IMPORT_SAMPLE; i++)
        if (b->rows[i].number >= used.header_row + used.header_rows)
            out->sample[out->sample_count++] = b->rows[i];
    for (const struct import_field *f = kind->fields; f->name; f++) {
        bool given = !f->required;
        for (size_t c = 0; c < out->column_count; c++)
            given = given || str_is(out->columns[c].field, f->name);
        if (!given)
            strs_add(mem, &out->missing, str_of(f->name));
    }
    return OK;
}

/* ---- running ---- */

struct run {
    struct rq *rq;
    struct rq row_rq; /* memory of its own, emptied after each row */
    struct arena *mem;
    const struct import_kind *kind;
    const struct import_options *options;
    struct import_report *report;
    struct import_fault *faults;
    struct import_mapping mapping;
    size_t field_count;
    i64 column_of[IMPORT_FIELDS_MAX]; /* -1 = none */
    str header_of[IMPORT_FIELDS_MAX];
    bool fills[IMPORT_FIELDS_MAX];
    i64 analyze_at; /* rows at which the planner's figures are renewed: else the import itself
                       crawls */
    struct buf *above[IMPORT_FIELDS_MAX]; /* last value of a field that is filled */
    str values[IMPORT_FIELDS_MAX];
};

str import_value(const struct import_row *row, const char *field)
{
    size_t i = 0;
    while (row->fields[i].name && strcmp(row->fields[i].name, field) != 0)
        i++;
    assert(row->fields[i].name);
    return row->values[i];
}

static str column_name(const struct run *r, const char *field)
{
    for (size_t i = 0; field && i < r->field_count; i++)
        if (strcmp(r->kind->fields[i].name, field) == 0)
            return r->header_of[i].len ? r->header_of[i] : import_label(&r->kind->fields[i]);
    return str_of(field ? field : "");
}

static void fault_add(struct run *r, i64 row, str column, const char *reason, const str arg[2])
{
    struct import_report *report = r->report;
    if (report->fault_count == IMPORT_FAULTS_MAX)
        return;
    r->faults[report->fault_count++] = (struct import_fault){
        row,
        arena_str(r->mem, column),
        reason,
        { arena_str(r->mem, arg[0]), arena_str(r->mem, arg[1]) },
    };
}

static void faults_clear(struct rq *rq)
{
    rq->faults = NULL;
    rq->web->fault_count = rq->web->fault_cap = 0;
    rq->web->collected = NULL;
}

/* The faults that the row's function noted, or its error. */
static void refuse(struct run *r, i64 number, err e)
{
    const struct fault *f = r->row_rq.faults;
    r->report->refused++;
    for (; f && f->name; f++)
        fault_add(r, number, column_name(r, f->field), f->name, f->arg);
    if (!r->row_rq.faults)
        fault_add(r, number, str_of(""), e.name, e.arg);
}

static bool is_refusal(err e)
{
    return e.code == ERR_INVALID || e.code == ERR_CONFLICT || e.code == ERR_NOT_FOUND ||
           e.code == ERR_FORBIDDEN;
}

static err row_store(struct run *r, const struct import_row *row)
{
    char result = '=';
    TRY(db_savepoint(r->rq->db));
    err e = r->kind->row(&r->row_rq, row, &result);
    if (e.code != ERR_NONE)
        db_savepoint_rollback(r->rq->db);
    else
        TRY(db_savepoint_release(r->rq->db));
    if (is_refusal(e))
        refuse(r, row->number, e);
    faults_clear(&r->row_rq);
    assert(e.code != ERR_NONE || strchr("cu=", result));
    r->report->created += e.code == ERR_NONE && result == 'c';
    r->report->updated += e.code == ERR_NONE && result == 'u';
    r->report->unchanged += e.code == ERR_NONE && result == '=';
    return is_refusal(e) ? OK : e;
}

/* Fills values; false when the row has none at all. */
static bool values_take(struct run *r, const struct sheet_row *row)
{
    bool any = false;
    for (size_t i = 0; i < r->field_count; i++) {
        i64 column = r->column_of[i];
        bool has = column >= 0 && column < (i64)row->cells.count;
        str value = has ? str_trim(row->cells.items[column]) : str_of("");
        any = any || value.len;
        if (r->fills[i] && value.len) {
            r->above[i]->len = 0;
            buf_add(r->above[i], value);
        }
        r->values[i] = r->fills[i] ? buf_str(r->above[i]) : value;
    }
    return any;
}

static bool is_complete(struct run *r, i64 number)
{
    bool complete = true;
    const str none[2] = { { "", 0 }, { "", 0 } };
    for (size_t i = 0; i < r->field_count; i++)
        if (r->kind->fields[i].required && r->values[i].len == 0) {
            fault_add(r, number, column_name(r, r->kind->fields[i].name), "import.value_missing",
                      none);
            complete = false;
        }
    r->report->refused += !complete;
    return complete;
}

static bool is_skipped(const struct run *r, i64 number)
{
    bool head = number < r->mapping.header_row + r->mapping.header_rows;
    for (size_t i = 0; i < r->mapping.skip_rows.count; i++)
        head = head || r->mapping.skip_rows.items[i] == number;
    return head;
}

static err run_row(void *context, const struct sheet_row *row)
{
    struct run *r = context;
    if (is_skipped(r, row->number) || !values_take(r, row))
        return OK;
    if (row->number < r->options->first_row)
        return OK; /* values of filled fields were noted all the same */
    if (r->options->most > 0 && r->report->rows == r->options->most) {
        r->report->next_row = row->number;
        return err_make(ERR_LIMIT, "import.enough");
    }
    r->report->rows++;
    if (!is_complete(r, row->number))
        return OK;
    const struct import_row named = { row->number, r->kind->fields, r->values, r->options->source };
    err e = row_store(r, &named);
    if (e.code == ERR_NONE)
        arena_reset(r->row_rq.mem);
    if (e.code == ERR_NONE && r->report->rows == r->analyze_at) {
        e = db_analyze(r->rq->db, true);
        r->analyze_at *= 2;
    }
    return e;
}

/* Which column gives which field; the first column wins. */
static err columns_map(struct run *r, const struct import_head *head)
{
    for (const struct import_field *f = r->kind->fields; f->name; f++)
        r->column_of[r->field_count++] = -1;
    assert(r->field_count <= IMPORT_FIELDS_MAX);
    for (size_t c = 0; c < columns_of(head); c++) {
        const struct import_field *f = import_column_field(r->mem, r->kind, head, c);
        str header = import_header(r->mem, head, c);
        size_t i = f ? (size_t)(f - r->kind->fields) : 0;
        if (!f || r->column_of[i] >= 0) {
            strs_add(r->mem, &r->report->ignored, header);
            continue;
        }
        r->column_of[i] = (i64)c;
        r->header_of[i] = header.len ? header : import_letter(r->mem, c);
    }
    for (size_t i = 0; i < r->field_count; i++)
        if (r->kind->fields[i].required && r->column_of[i] < 0)
            return err_make_with(ERR_INVALID, "import.column_missing",
                                 import_label(&r->kind->fields[i]), str_of(""));
    for (size_t k = 0; k < r->mapping.fill.count; k++) {
        const struct import_field *f = import_field_of(r->kind, r->mapping.fill.items[k]);
        size_t i = f ? (size_t)(f - r->kind->fields) : 0;
        if (!f || r->fills[i])
            continue;
        r->fills[i] = true;
        r->above[i] = buf_new(r->mem, 1 << 20);
    }
    return OK;
}

static err rows_run(struct run *r)
{
    const struct sheet_reader reader = { .row = run_row, .context = r };
    err e = sheet_again(r->mem, r->options->list, &reader);
    return err_is(e, "import.enough") ? OK : e;
}

err import_run(struct rq *rq, struct arena *mem, const struct import_kind *kind,
               const struct import_options *options, struct import_report *out)
{
    struct run *r = arena_zero(mem, sizeof *r);
    struct beginning *b = arena_zero(mem, sizeof *b);
    struct import_head head;
    *out = (struct import_report){ 0 };
    r->rq = rq;
    r->mem = mem;
    r->kind = kind;
    r->options = options;
    r->report = out;
    r->analyze_at = ANALYZE_FIRST;
    r->mapping = options->mapping ? *options->mapping : (struct import_mapping){ 0 };
    r->faults = arena_array(mem, IMPORT_FAULTS_MAX, sizeof *r->faults);
    out->faults = r->faults;
    if (kind->ready)
        TRY(kind->ready(rq));
    TRY(begin_read(mem, options->list, b));
    TRY(head_find(mem, kind, b, &r->mapping, &head));
    TRY(columns_map(r, &head));
    r->row_rq = *rq;
    r->row_rq.mem = arena_new(SCRATCH, 0);
    err e = db_savepoint(rq->db);
    if (e.code == ERR_NONE) {
        e = rows_run(r);
        if (e.code != ERR_NONE || options->dry_run || out->refused)
            db_savepoint_rollback(rq->db);
        else
            e = db_savepoint_release(rq->db);
    }
    faults_clear(rq);
    arena_free(r->row_rq.mem);
    return e;
}
