/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The working-day calendar as a page, its import, and the yearly reminder to import the new notice.
 * What an import does: calendar_import.c. */
#include "platform/access/access.h"
#include "platform/app.h"
#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/calendar/calendar_pages.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "views/calendar.h"

enum { YEAR_DAYS = 366, LIST_CHARS = 60000 };

static const char IMPORT[] = "calendars.import";

struct calendar_input {
    i64 year;
    str lines;
};

static const struct input YEAR_INPUTS[] = {
    { FIELD(struct calendar_input, year), .kind = INPUT_NUMBER, .min = 2000, .max = 2099 },
    { .field = { 0 } },
};
static const struct form YEAR_FORM = { "calendar", sizeof(struct calendar_input), YEAR_INPUTS };

static const struct input LINES_INPUTS[] = {
    { FIELD(struct calendar_input, lines), .kind = INPUT_AREA, .required = true,
      .max = LIST_CHARS },
    { .field = { 0 } },
};
static const struct form LINES_FORM = { "calendar", sizeof(struct calendar_input), LINES_INPUTS };

static int year_of(i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    return year;
}

static void days_make(struct rq *rq, const struct calendar *c, struct calendar_page *page)
{
    static const char *const WEEKDAYS[] = { "weekday.0", "weekday.1", "weekday.2", "weekday.3",
                                            "weekday.4", "weekday.5", "weekday.6" };
    i64 first = day_from_civil((int)page->year, 1, 1);
    i64 last = day_from_civil((int)page->year, 12, 31);
    struct calendar_day *days = arena_array(rq->mem, YEAR_DAYS, sizeof *days);
    page->days = days;
    page->working = calendar_working_between(c, first - 1, last);
    for (i64 day = first; day <= last; day++)
        if (calendar_name(c, day).len > 0)
            days[page->count++] =
                (struct calendar_day){ .day = day,
                                       .name = calendar_name(c, day),
                                       .weekday = text_find(WEEKDAYS[day_weekday(day)]),
                                       .working = calendar_is_working(c, day) };
}

static err page_calendar_show(struct rq *rq, struct res *res)
{
    const struct calendar *c = calendar_current();
    const struct calendar_input *in = rq->input;
    struct calendar_page page = { .year = in->year > 0 ? in->year : year_of(rq->today),
                                  .covers = calendar_covers(c),
                                  .ending = calendar_is_ending(c, rq->today),
                                  .may_import = actor_may(rq->actor, IMPORT) };
    bool ours = false;
    TRY(calendar_is_ours(rq, &ours));
    page.may_import = page.may_import && ours;
    days_make(rq, c, &page);
    if (page.year > 2000)
        page.previous =
            arena_printf(rq->mem, "/settings/calendar?year=%lld", (long long)page.year - 1);
    if (page.year < 2099)
        page.next = arena_printf(rq->mem, "/settings/calendar?year=%lld", (long long)page.year + 1);
    page.crumbs[0] = (struct view_link){ text_find("menu.calendar"), { "", 0 } };
    struct out *out = page_begin(rq, text_find("menu.calendar"), "calendar");
    view_calendar_show(out, &page);
    page_end(res, out);
    return OK;
}

static err page_calendar_import(struct rq *rq, struct res *res)
{
    const struct calendar_input *in = rq->input;
    i64 years = 0;
    err imported = calendar_import(rq, in->lines, &years);
    if (imported.code == ERR_INVALID) {
        rq_fault(rq, "lines", imported.name, imported.arg[0], imported.arg[1]);
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(imported);
    res_flash(res, "calendar.imported", arena_printf(rq->mem, "%lld", (long long)years));
    res_redirect(res, str_of("/settings/calendar"));
    return OK;
}

/* Once for each year whose notice is missing: from 60 days before the data ends. */
static err ending_warn(struct rq *rq, bool *again)
{
    const struct calendar *c = calendar_current();
    bool ours = false;
    (void)again;
    TRY(calendar_is_ours(rq, &ours));
    if (!ours || !calendar_is_ending(c, rq->today))
        return OK;
    int year = calendar_covers(c) > 0 ? year_of(calendar_covers(c)) + 1 : year_of(rq->today);
    struct notify_message message = {
        .text = "calendar.ending",
        .arg = { arena_printf(rq->mem, "%d", year), { "", 0 } },
        .url = str_of("/settings/calendar"),
        .key = arena_cstr(rq->mem, arena_printf(rq->mem, "calendar.ending.%d", year)),
    };
    return notify_send(rq, &(struct notify_to){ .permission = IMPORT }, &message);
}

static const struct route ROUTES[] = {
    { GET, "/settings/calendar", page_calendar_show, .may = SIGNED_IN, .form = &YEAR_FORM },
    { POST, "/settings/calendar", page_calendar_import, .may = IMPORT, .form = &LINES_FORM,
      .redraw = page_calendar_show },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { .name = IMPORT, .roles = "sysadmin", .admin = ADMIN_SYSTEM },
    { 0 },
};

static const struct menu_item MENU[] = {
    { .name = "calendar",
      .url = "/settings/calendar",
      .icon = "calendar",
      .may = IMPORT,
      .place = 92,
      .group = "settings" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "calendars.warn_ending",
      .every_s = 24 * 60 * 60,
      .per_org = true,
      .run = ending_warn },
    { 0 },
};

const struct module calendar_module = {
    .name = "calendar", .routes = ROUTES, .permissions = PERMISSIONS, .menu = MENU, .jobs = JOBS
};
