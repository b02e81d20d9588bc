/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of quotas: a year, the table, its form, what is counted; the same as JSON and workbook. */
#include "modules/quotas/quota.h"
#include "platform/audit/audit.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/quotas.h"

enum { YEARS_MAX = 5, CREATED = 201 };

static const char XLSX_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static str show_of(const struct rq *rq)
{
    const struct quota_year_input *in = rq->input;
    return in->show.len ? in->show : str_of("all");
}

static str used_word(struct rq *rq)
{
    return text_label("quotas.used_word", setting_text(rq, "quotas.used_means"));
}

/* ---- a year ---- */

static void line_json(struct json *j, const struct quota_group *g, const struct quota_line *line)
{
    json_object(j, NULL);
    json_str(j, "target", g->quota->target);
    json_str(j, "name", line->name);
    json_str(j, "sector", line->note);
    json_i64(j, "sent_wanted", g->quota->sent);
    json_i64(j, "sent", line->sent);
    json_i64(j, "sent_short", line->short_sent);
    json_i64(j, "used_wanted", g->quota->used);
    json_i64(j, "used", line->used);
    json_i64(j, "used_short", line->short_used);
    json_bool(j, "met", line->met);
    json_object_end(j);
}

static err year_json(struct rq *rq, const struct quota_year *y, struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "year", y->year);
    json_str(&j, "used_means", setting_text(rq, "quotas.used_means"));
    json_i64(&j, "reporters", (i64)y->lines);
    json_i64(&j, "met", (i64)y->met);
    json_array(&j, "items");
    for (size_t g = 0; g < y->count; g++)
        for (size_t i = 0; i < y->groups[g].count; i++)
            line_json(&j, &y->groups[g], &y->groups[g].lines[i]);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

static str year_url(struct rq *rq, const char *path, i64 year, str show)
{
    return arena_printf(rq->mem, "%s?year=%lld&show=%.*s", path, (long long)year, (int)show.len,
                        show.ptr);
}

/* Years from the first that a row names to the present one, newest first. */
static err years_of(struct rq *rq, const struct quota_year *y, struct quota_page *v)
{
    struct rows rows;
    int now, month, mday;
    day_to_civil(rq->today, &now, &month, &mday);
    TRY(quota_store_list(rq->db, rq->mem, &rows));
    const struct quota *all = rows.items;
    i64 first = now;
    for (size_t i = 0; i < rows.count; i++)
        first = all[i].from_year < first ? all[i].from_year : first;
    struct view_tab *tabs = arena_array(rq->mem, YEARS_MAX, sizeof *tabs);
    size_t n = 0;
    for (i64 year = now; year >= first && n < YEARS_MAX; year--, n++)
        tabs[n] =
            (struct view_tab){ text_format(rq->mem, "quotas.year_of",
                                           arena_printf(rq->mem, "%lld", (long long)year),
                                           str_of("")),
                               year_url(rq, "/quotas", year, show_of(rq)), -1, year == y->year };
    v->years = (struct view_tabs){ text_find("quotas.year"), tabs, n };
    v->has_table = rows.count > 0;
    return OK;
}

static void shows_of(struct rq *rq, const struct quota_year *y, struct quota_page *v)
{
    static const char *const SHOWS[] = { "all", "short", "met" };
    const i64 counts[] = { (i64)y->lines, (i64)(y->lines - y->met), (i64)y->met };
    struct view_tab *tabs = arena_array(rq->mem, sizeof SHOWS / sizeof *SHOWS, sizeof *tabs);
    for (size_t i = 0; i < sizeof SHOWS / sizeof *SHOWS; i++)
        tabs[i] = (struct view_tab){ text_label("quotas.shows", str_of(SHOWS[i])),
                                     year_url(rq, "/quotas", y->year, str_of(SHOWS[i])), counts[i],
                                     str_is(show_of(rq), SHOWS[i]) };
    v->shows = (struct view_tabs){ text_find("quotas.show"), tabs, sizeof SHOWS / sizeof *SHOWS };
}

static void groups_of(struct rq *rq, const struct quota_year *y, struct quota_page *v)
{
    str *wanted = arena_array(rq->mem, y->count + 1, sizeof *wanted);
    for (size_t g = 0; g < y->count; g++)
        wanted[g] = quota_wanted(rq, y->groups[g].quota);
    v->wanted = wanted;
}

err page_quota_year(struct rq *rq, struct res *res)
{
    struct quota_year y;
    struct quota_page v = { .y = &y };
    TRY(quota_year_load(rq, &y));
    shows_of(rq, &y, &v);
    quota_year_show(&y, show_of(rq));
    if (rq->api)
        return year_json(rq, &y, res);
    TRY(years_of(rq, &y, &v));
    groups_of(rq, &y, &v);
    int now, month, mday;
    day_to_civil(rq->today, &now, &month, &mday);
    v.used_word = used_word(rq);
    v.short_count = (i64)(y.lines - y.met);
    v.may_manage = actor_may(rq->actor, "quotas.manage");
    v.may_export = y.all && actor_may(rq->actor, "quotas.export") && y.lines > 0;
    v.may_remind = v.may_manage && y.year == now && v.short_count > 0;
    v.xlsx = year_url(rq, "/quotas.xlsx", y.year, show_of(rq));
    struct out *out = page_begin(rq, text_find("menu.quotas"), "quotas");
    view_quotas_year(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the workbook ---- */

static void line_write(struct workbook *w, const struct quota_group *g,
                       const struct quota_line *line)
{
    workbook_text(w, g->label);
    workbook_text(w, line->name);
    workbook_text(w, line->note);
    workbook_number(w, g->quota->sent);
    workbook_number(w, line->sent);
    workbook_number(w, line->short_sent);
    workbook_number(w, g->quota->used);
    workbook_number(w, line->used);
    workbook_number(w, line->short_used);
    workbook_text(w, text_find(line->met ? "quotas.sheet.met" : "quotas.sheet.short"));
    workbook_row_end(w);
}

err file_quota_year(struct rq *rq, struct res *res)
{
    static const char *const HEADS[] = { "target",     "name",       "sector",      "sent_wanted",
                                         "sent",       "sent_short", "used_wanted", "used",
                                         "used_short", "state" };
    struct quota_year y;
    struct workbook *w;
    int fd = -1;
    TRY(quota_year_load(rq, &y));
    if (!y.all)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    quota_year_show(&y, show_of(rq));
    str year = arena_printf(rq->mem, "%lld", (long long)y.year);
    TRY(workbook_open(rq->mem, text_format(rq->mem, "quotas.year_of", year, str_of("")), &w));
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        workbook_text(w, text_label("quotas.sheet", str_of(HEADS[i])));
    workbook_header_end(w);
    for (size_t g = 0; g < y.count; g++)
        for (size_t i = 0; i < y.groups[g].count; i++)
            line_write(w, &y.groups[g], &y.groups[g].lines[i]);
    TRY(workbook_finish(w, &fd));
    err e = audit_leaving(rq, &(struct audit_entry){
                                  .act = "quotas.export", .object = "quotas", .after = year });
    res_file(res, fd, text_format(rq->mem, "quotas.file", year, str_of("")), XLSX_TYPE, false);
    return e;
}

/* ---- what is counted ---- */

err page_quota_explain(struct rq *rq, struct res *res)
{
    str title = text_find("quotas.explain");
    struct quota_page v = { .crumbs = view_crumbs(rq->mem, "quotas", title),
                            .used_word = used_word(rq),
                            .may_manage = actor_may(rq->actor, "quotas.manage") };
    struct out *out = page_begin(rq, title, "quotas");
    view_quotas_explain(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the table ---- */

static void quota_json(struct json *j, const struct quota *q)
{
    json_object(j, NULL);
    json_i64(j, "id", q->id);
    json_str(j, "target", q->target);
    json_i64(j, "from_year", q->from_year);
    json_i64(j, "sent", q->sent);
    json_i64(j, "used", q->used);
    json_i64(j, "place", q->place);
    json_bool(j, "whole", q->whole);
    json_str(j, "names", q->names);
    json_i64(j, "version", q->version);
    json_object_end(j);
}

err page_quota_table(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(quota_store_list(rq->db, rq->mem, &rows));
    const struct quota *all = rows.items;
    if (rq->api) {
        struct json j = json_begin(rq);
        json_array(&j, "items");
        for (size_t i = 0; i < rows.count; i++)
            quota_json(&j, &all[i]);
        json_array_end(&j);
        json_send(&j, res);
        return OK;
    }
    str *labels = arena_array(rq->mem, rows.count + 1, sizeof *labels);
    str *wanted = arena_array(rq->mem, rows.count + 1, sizeof *wanted);
    for (size_t i = 0; i < rows.count; i++) {
        labels[i] = quota_label(rq, all[i].target);
        wanted[i] = all[i].sent || all[i].used ? quota_wanted(rq, &all[i])
                                               : text_find("quotas.wanted_none");
    }
    struct quota_rows_page v = { all, labels, wanted, rows.count };
    struct out *out = page_begin(rq, text_find("quotas.table"), "quotas");
    view_quotas_table(out, &v);
    page_end(res, out);
    return OK;
}

err page_quota_form(struct rq *rq, struct res *res)
{
    struct quota q = { .place = 50 };
    int year, month, mday;
    day_to_civil(rq->today, &year, &month, &mday);
    q.from_year = year;
    if (rq->path_id)
        TRY(quota_store_find(rq->db, rq->path_id, rq->mem, &q));
    struct quota_input in = { .from_year = q.from_year,
                              .sent = q.sent,
                              .used = q.used,
                              .place = q.place,
                              .whole = q.whole,
                              .target = q.target,
                              .names = q.names };
    str title = text_find(q.id ? "quotas.edit" : "quotas.new");
    return form_page(rq, res,
                     &(struct form_look){ .form = &QUOTA_FORM,
                                          .stored = &in,
                                          .menu = "quotas",
                                          .title = title,
                                          .version = q.version,
                                          .back = str_of("/quotas/table"),
                                          .crumbs = view_crumbs(rq->mem, "quotas", title) });
}

static void done(struct rq *rq, struct res *res, i64 id, const char *flash)
{
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_send(&j, res);
        return;
    }
    res_flash(res, flash, str_of(""));
    res_redirect(res, str_of("/quotas/table"));
}

err page_quota_save(struct rq *rq, struct res *res)
{
    const struct quota_input *in = rq->input;
    i64 id = 0;
    TRY(quota_save(rq, in, &id));
    done(rq, res, id, "quotas.saved");
    if (rq->api && in->id == 0)
        res_status(res, CREATED);
    return OK;
}

err page_quota_remove(struct rq *rq, struct res *res)
{
    const struct quota_remove_input *in = rq->input;
    TRY(quota_remove(rq, in->id, in->version));
    done(rq, res, in->id, "quotas.removed");
    return OK;
}

err page_quota_remind(struct rq *rq, struct res *res)
{
    struct quota_told told;
    TRY(quota_remind(rq, &told));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "told", told.told);
        json_i64(&j, "unreached", told.unreached);
        json_send(&j, res);
        return OK;
    }
    res_flash(res, told.unreached ? "quotas.reminded_some" : "quotas.reminded",
              arena_printf(rq->mem, "%lld",
                           (long long)(told.unreached ? told.unreached : told.told)));
    res_redirect(res, str_of("/quotas?show=short"));
    return OK;
}
