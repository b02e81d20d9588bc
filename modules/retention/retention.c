/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which tables and rules there are, whether they fit together, and ending what is over its time.
 * Statements: retention_store.c; the timer and the page: retention_module.c, retention_pages.c. */
#include "modules/retention/retention.h"

#include <string.h>

#include "modules/retention/retention_store.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/db/tables.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/view_parts.h"

static const i64 DAY_MS = INT64_C(86400000);

/* ---- declarations ---- */

const struct retention *retention_find(str table)
{
    for (const struct retention *r = RETENTIONS; r->table; r++)
        if (str_is(table, r->table))
            return r;
    return NULL;
}

const struct retention_rule *retention_rule_find(str name)
{
    for (const struct retention_rule *r = RETENTION_RULES; r->name; r++)
        if (str_is(name, r->name))
            return r;
    return NULL;
}

const struct retention_rule *retention_rule_of(str table)
{
    for (const struct retention_rule *r = RETENTION_RULES; r->name; r++)
        if (str_is(table, r->table))
            return r;
    return NULL;
}

err retention_collections(struct rq *rq, struct rows *out)
{
    size_t count = 0;
    while (RETENTION_RULES[count].name)
        count++;
    struct view_choice *choices = arena_array(rq->mem, count, sizeof *choices);
    *out = (struct rows){ choices, 0, sizeof *choices };
    for (const struct retention_rule *r = RETENTION_RULES; r->name; r++)
        if (retention_rule_of(str_of(r->table)) == r)
            choices[out->count++] =
                (struct view_choice){ .value = str_of(r->table),
                                      .label = retention_title(rq->mem, str_of(r->table)) };
    return OK;
}

str retention_title(struct arena *mem, str table)
{
    const char *own = arena_printf(mem, "retention.tables.%.*s", (int)table.len, table.ptr).ptr;
    return text_has(own) ? text_find(own) : text_label("personal.tables", table);
}

/* ---- whether they fit ---- */

struct checking {
    const struct module *const *modules;
    struct arena *mem;
    struct buf *faults;
    const struct db_table *tables;
    size_t count;
};

static bool has_text(struct checking *c, const char *prefix, const char *name)
{
    return text_has(arena_printf(c->mem, "%s.%s", prefix, name).ptr);
}

static const struct db_table *table_find(const struct checking *c, const char *name)
{
    for (size_t i = 0; i < c->count; i++)
        if (str_is(c->tables[i].name, name))
            return &c->tables[i];
    return NULL;
}

/* Submissions that were answered are of no organisation; platform/web ends them by itself. */
static bool is_timer(const struct checking *c, const char *name)
{
    for (const struct module *const *m = c->modules; *m; m++)
        for (const struct job *j = (*m)->jobs; j && j->name; j++)
            if (strcmp(j->name, name) == 0)
                return true;
    return strcmp(name, "web.requests") == 0;
}

/* Whether what `by` names is there, as the kind has it. */
static bool is_founded(struct checking *c, const struct retention *r)
{
    switch (r->kind) {
    case RETAIN_ARCHIVE:
    case RETAIN_IN_USE:
        return has_text(c, "retention.why", r->by);
    case RETAIN_WITH:
    case RETAIN_DERIVED:
        return table_find(c, r->by);
    case RETAIN_RULE:
        return retention_rule_find(str_of(r->by));
    case RETAIN_TIMER:
        return is_timer(c, r->by) && has_text(c, "retention.timers", r->by);
    }
    return false;
}

static void declaration_check(struct checking *c, const struct retention *r)
{
    const char *why = NULL;
    if (!table_find(c, r->table))
        why = "is no table";
    else if (!has_text(c, "retention.tables", r->table) &&
             !has_text(c, "personal.tables", r->table))
        why = "has no name in zh.txt: retention.tables.NAME";
    else if (!is_founded(c, r))
        why = "is kept by what is not there: a reason, table, rule or timer";
    if (why)
        buf_printf(c->faults, "retention: %s %s: %s\n", r->table, why, r->by);
}

static bool has_column(const struct db_table *t, const char *name)
{
    for (size_t i = 0; i < t->count; i++)
        if (str_is(t->columns[i].name, name))
            return true;
    return false;
}

static void rule_check(struct checking *c, const struct retention_rule *r)
{
    const struct db_table *t = table_find(c, r->table);
    const char *why = NULL;
    if (!t || !has_column(t, "id") || !has_column(t, r->from))
        why = "is of no table with id and the column it counts from";
    else if (retention_rule_find(str_of(r->name)) != r)
        why = "is declared twice";
    else if (!has_text(c, "retention.rules", r->name))
        why = "has no words in zh.txt";
    else if (!r->setting == !r->days)
        why = "needs either a setting or days";
    else if (r->sets && r->erase)
        why = "ends in two ways";
    if (why)
        buf_printf(c->faults, "retention: rule %s %s\n", r->name, why);
}

static void table_check(struct checking *c, const struct db_table *t)
{
    size_t times = 0;
    for (const struct retention *r = RETENTIONS; r->table; r++)
        times += str_is(t->name, r->table);
    if (times != 1)
        buf_printf(c->faults,
                   "retention: table %.*s of %s is declared %zu times: one row in "
                   "retention_tables.c says how long it is kept\n",
                   (int)t->name.len, t->name.ptr, t->owner, times);
}

bool retention_check(const struct module *const *modules, struct buf *faults)
{
    struct checking c = { .modules = modules, .mem = arena_new(8 << 20, 0), .faults = faults };
    size_t before = faults->len;
    struct rows rows;
    db_tables(c.mem, app_schemas(c.mem, modules), &rows);
    c.tables = rows.items;
    c.count = rows.count;
    for (size_t i = 0; i < c.count; i++)
        table_check(&c, &c.tables[i]);
    for (const struct retention *r = RETENTIONS; r->table; r++)
        declaration_check(&c, r);
    for (const struct retention_rule *r = RETENTION_RULES; r->name; r++)
        rule_check(&c, r);
    arena_free(c.mem);
    return faults->len == before;
}

/* ---- what is over its time ---- */

i64 retention_days(struct rq *rq, const struct retention_rule *rule)
{
    return rule->setting ? setting_number(rq, rule->setting) : rule->days;
}

/* The first moment or day that is not over yet. */
static i64 before_of(struct rq *rq, const struct retention_rule *rule, i64 ahead)
{
    i64 days = retention_days(rq, rule) - ahead;
    return str_ends(str_of(rule->from), str_of("_on")) ? rq->today - days
                                                       : rq->now_ms - days * DAY_MS;
}

err retention_count(struct rq *rq, const struct retention_rule *rule, struct retention_due *out)
{
    struct retention_ask ask = { .rule = rule, .limit = RETENTION_COUNT_MAX + 1 };
    ask.before = before_of(rq, rule, 0);
    TRY(retention_store_count(rq, &ask, &out->now));
    ask.held = true;
    TRY(retention_store_count(rq, &ask, &out->held));
    ask.held = false;
    ask.before = before_of(rq, rule, RETENTION_SOON_DAYS);
    TRY(retention_store_count(rq, &ask, &out->soon));
    out->soon -= out->now;
    return OK;
}

struct erasing {
    const struct retention_rule *rule;
    i64 id;
};

static err one_erase(struct rq *rq, void *context)
{
    const struct erasing *e = context;
    return e->rule->erase(rq, e->id);
}

/* What one row cannot do keeps no other from its end: it is told in the log and tried again. */
static err each_erase(struct rq *rq, const struct retention_ask *ask, i64 *ended)
{
    struct rows rows;
    TRY(retention_store_list(rq, ask, &rows));
    const i64 *numbers = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct erasing erasing = { ask->rule, numbers[i] };
        err e = job_part(rq, one_erase, &erasing);
        if (db_may_retry(e))
            return e;
        if (e.code == ERR_NONE)
            ++*ended;
        else
            log_line(LOG_ERROR, "retention.row_failed",
                     (const struct log_pair[]){ { "rule", str_of(ask->rule->name), 0 },
                                                { "id", { 0 }, numbers[i] },
                                                { "error", str_of(e.name), 0 },
                                                { 0 } });
    }
    return OK;
}

err retention_end(struct rq *rq, const struct retention_rule *rule, i64 limit, i64 *ended)
{
    const struct retention_ask ask = { .rule = rule,
                                       .before = before_of(rq, rule, 0),
                                       .limit = limit };
    *ended = 0;
    if (rule->erase)
        TRY(each_erase(rq, &ask, ended));
    else
        TRY(retention_store_end(rq, &ask, ended));
    if (*ended == 0)
        return OK;
    TRY(retention_store_add_run(rq, rule->name, *ended));
    str after =
        arena_printf(rq->mem, "{\"rule\":\"%s\",\"rows\":%lld}", rule->name, (long long)*ended);
    return audit_add(rq, &(struct audit_entry){
                             .act = "retention.ended", .object = rule->table, .after = after });
}
