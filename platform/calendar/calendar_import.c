/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which list of days is in force: the shipped one, in which each import replaces its years.
 * Arithmetic: calendar.c. */
#include <assert.h>
#include <stdatomic.h>

#include "embed.h"
#include "platform/access/access_store.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/base/buf.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/calendar/calendar_store.h"

enum { LISTS_MAX = 8 << 20, YEAR_ZERO = 1900, YEAR_COUNT = 300 };

/* Number of the newest import in the calendar in force; -1 = calendar_start has not run. */
static _Atomic i64 loaded = -1;

/* Year of a data line, 0 for comments and empty lines. */
static int year_of(str line)
{
    str rest = str_trim(line), date;
    i64 day = 0;
    int year = 0, month, mday;
    if (rest.len > 0 && rest.ptr[0] != '#' && str_split(&rest, ' ', &date) && day_parse(date, &day))
        day_to_civil(day, &year, &month, &mday);
    return year >= YEAR_ZERO && year < YEAR_ZERO + YEAR_COUNT ? year : 0;
}

static str shipped(void)
{
    for (const struct embed_file *file = embed_data; file->name; file++)
        if (str_is(str_of(file->name), "calendar/cn.txt"))
            return (str){ (const char *)file->data, file->size };
    return (str){ "", 0 };
}

/* The lines of all lists, each year from the newest list that has it. */
static str lists_join(struct arena *mem, const str *lists, size_t count)
{
    size_t from[YEAR_COUNT] = { 0 };
    struct buf *joined = buf_new(mem, LISTS_MAX);
    for (size_t i = 0; i < count; i++)
        for (str rest = lists[i], line; str_split(&rest, '\n', &line);)
            if (year_of(line))
                from[year_of(line) - YEAR_ZERO] = i;
    for (size_t i = 0; i < count; i++)
        for (str rest = lists[i], line; str_split(&rest, '\n', &line);) {
            if (!year_of(line) || from[year_of(line) - YEAR_ZERO] != i)
                continue;
            buf_add(joined, line);
            buf_put_byte(joined, '\n');
        }
    return buf_str(joined);
}

/* Reads the lists and puts the result in force. scratch: for the texts. */
static err lists_load(struct db *db, struct arena *scratch)
{
    struct rows imports;
    TRY(calendar_store_list(db, scratch, &imports));
    str *lists = arena_array(scratch, imports.count + 1, sizeof *lists);
    i64 newest = 0;
    lists[0] = shipped();
    for (size_t i = 0; i < imports.count; i++) {
        const struct calendar_list *import = (struct calendar_list *)imports.items + i;
        lists[i + 1] = import->lines;
        newest = import->id;
    }
    struct arena *kept =
        arena_new(4 << 20, 0); /* for good: any thread may hold a calendar in force */
    struct calendar *calendar = NULL;
    err failed = calendar_load(kept, lists_join(scratch, lists, imports.count + 1), &calendar);
    if (failed.code != ERR_NONE) {
        log_note(LOG_ERROR, "calendar.shipped", "line", failed.arg[1]);
        arena_free(kept);
        return err_make(ERR_INTERNAL, "calendar.shipped");
    }
    calendar_keep(kept);
    calendar_set_current(calendar);
    atomic_store(&loaded, newest);
    return OK;
}

err calendar_start(struct app *app, struct db *db)
{
    assert(app);
    i64 newest = 0;
    TRY(calendar_store_newest(db, &newest));
    if (newest == atomic_load(&loaded))
        return OK;
    struct arena *scratch = arena_new(16 << 20, 0);
    err failed = lists_load(db, scratch);
    arena_free(scratch);
    return failed;
}

err calendar_is_ours(struct rq *rq, bool *ours)
{
    struct tenant first = { 0 };
    TRY(access_store_first_tenant(rq->db, rq->mem, &first));
    *ours = first.id == rq->actor->org_id;
    return OK;
}

err calendar_import(struct rq *rq, str text, i64 *years)
{
    struct calendar *checked = NULL;
    bool seen[YEAR_COUNT] = { false };
    bool ours = false;
    i64 id = 0;
    TRY(calendar_is_ours(rq, &ours));
    if (!ours)
        return err_make(ERR_FORBIDDEN, "calendar.not_ours");
    TRY(calendar_load(rq->mem, text, &checked));
    *years = 0;
    for (str rest = text, line; str_split(&rest, '\n', &line);) {
        int year = year_of(line);
        if (year && !seen[year - YEAR_ZERO]) {
            seen[year - YEAR_ZERO] = true;
            ++*years;
        }
    }
    TRY(calendar_store_add(rq, text, &id));
    return audit_add(rq, &(struct audit_entry){
                             "calendars.import", "calendars", id,
                             .after = arena_printf(rq->mem, "%lld", (long long)*years) });
}
