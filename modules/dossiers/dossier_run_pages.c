/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The list of dossiers, of a year and of a group, and files of many: what was asked for and how far
 * it is. The same as JSON. */
#include "modules/dossiers/dossier.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/dossiers.h"

enum { YEARS = 6, CHOICES_MAX = 200 };

/* ---- links ---- */

/* What is asked beside the year, for links. */
static str asked(struct rq *rq, str body)
{
    struct buf out = { .mem = rq->mem };
    if (body.len == 0)
        return body;
    buf_put(&out, "&body=");
    view_url_str(&(struct out){ .buf = &out }, body);
    return buf_str(&out);
}

static str url_of(struct rq *rq, i64 year, str more)
{
    return arena_printf(rq->mem, "/dossiers?year=%lld%.*s", (long long)year, (int)more.len,
                        more.ptr);
}

static void years_make(struct rq *rq, struct dossier_list_page *v)
{
    struct view_tab *tabs = arena_array(rq->mem, YEARS, sizeof *tabs);
    i64 now = scores_year_of(rq, rq->today);
    i64 newest = v->period->year < now - YEARS + 1 ? v->period->year : now;
    for (i64 i = 0; i < YEARS; i++)
        tabs[i] = (struct view_tab){
            text_format(rq->mem, "dossiers.year_of",
                        arena_printf(rq->mem, "%lld", (long long)(newest - i)), str_of("")),
            url_of(rq, newest - i, asked(rq, v->body)), -1, newest - i == v->period->year
        };
    v->years = (struct view_tabs){ text_find("dossiers.year"), tabs, YEARS };
}

static void page_make(struct rq *rq, const struct rows *rows, i64 start,
                      struct dossier_list_page *v)
{
    const struct scores_row *all = rows->items;
    const struct scores_row **shown = arena_array(rq->mem, DOSSIER_PAGE, sizeof *shown);
    size_t from = (size_t)start < rows->count ? (size_t)start : 0;
    str rest = asked(rq, v->body);
    for (size_t i = from; i < rows->count && v->count < DOSSIER_PAGE; i++)
        shown[v->count++] = &all[i];
    v->rows = shown;
    v->pager = (struct view_pager){ .shown = (i64)v->count,
                                    .total = (i64)rows->count,
                                    .unit = text_find("members.unit") };
    if (from)
        v->pager.previous = url_of(rq, v->period->year,
                                   arena_printf(rq->mem, "%.*s&start=%zu", (int)rest.len, rest.ptr,
                                                from < DOSSIER_PAGE ? 0 : from - DOSSIER_PAGE));
    if (from + v->count < rows->count)
        v->pager.next = url_of(rq, v->period->year,
                               arena_printf(rq->mem, "%.*s&start=%zu", (int)rest.len, rest.ptr,
                                            from + v->count));
}

/* Everybody, then sectors and committees of the year's members. */
static void choices_make(struct rq *rq, const struct rows *all, struct dossier_list_page *v)
{
    struct view_choice *choices = arena_array(rq->mem, CHOICES_MAX, sizeof *choices);
    struct scores_group whole;
    size_t n = 0;
    choices[n++] = (struct view_choice){ .label = text_find("dossiers.everybody"),
                                         .chosen = v->body.len == 0 };
    for (enum scores_by by = SCORES_BY_SECTOR; by <= SCORES_BY_COMMITTEE; by++) {
        struct rows groups = scores_groups(rq, all, by, &whole);
        const struct scores_group *group = groups.items;
        for (size_t i = 0; i < groups.count && n < CHOICES_MAX; i++) {
            str value = arena_printf(rq->mem, "%s:%.*s", scores_by_name(by), (int)group[i].key.len,
                                     group[i].key.ptr);
            if (group[i].key.len)
                choices[n++] = (struct view_choice){ .value = value,
                                                     .label = group[i].label,
                                                     .chosen = str_eq(v->body, value) };
        }
    }
    v->choices = choices;
    v->choice_count = n;
}

/* ---- the list ---- */

static void list_json(struct rq *rq, const struct dossier_list_page *v, const struct rows *rows,
                      struct res *res)
{
    const struct scores_row *all = rows->items;
    struct json j = json_begin(rq);
    json_i64(&j, "year", v->period->year);
    json_array(&j, "items");
    for (size_t i = 0; i < rows->count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "member_id", all[i].person->member_id);
        json_str(&j, "code", all[i].person->code);
        json_str(&j, "name", all[i].person->name);
        json_str(&j, "sector", all[i].person->sector);
        json_str(&j, "committee", all[i].person->committee);
        json_i64(&j, "entries", all[i].entries);
        json_object_end(&j);
    }
    json_array_end(&j);
    const struct dossier_run *run = v->runs->items;
    json_array(&j, "runs");
    for (size_t i = 0; i < v->runs->count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", run[i].id);
        json_str(&j, "title", run[i].title);
        json_str(&j, "state", run[i].state);
        json_str(&j, "format", run[i].format);
        json_i64(&j, "done", run[i].done);
        json_i64(&j, "total", run[i].total);
        json_str(&j, "failure", run[i].failure);
        json_time(&j, "asked_at", run[i].asked_at);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
}

static err show(struct rq *rq, const struct dossier_list_input *in, struct res *res)
{
    struct scores_period period;
    struct rows all, rows, runs = { 0 };
    struct dossier_list_page v = { .period = &period, .runs = &runs, .rq = rq };
    v.body = in->body;
    v.may_export = actor_scope(rq->actor, "dossiers.export") == SCOPE_ORG;
    TRY(dossier_people(rq, in->year, &period, &all));
    rows = dossier_people_of(rq, &all, in->body);
    if (v.may_export)
        TRY(dossier_run_store_list(rq->db, rq->actor->account_id, rq->mem, &runs));
    v.all = (i64)all.count;
    choices_make(rq, &all, &v);
    if (rq->api) {
        list_json(rq, &v, &rows, res);
        return OK;
    }
    const struct dossier_run *run = runs.items;
    for (size_t i = 0; i < runs.count; i++)
        v.is_open = v.is_open || str_is(run[i].state, "queued") || str_is(run[i].state, "making");
    years_make(rq, &v);
    page_make(rq, &rows, in->start, &v);
    struct out *out = page_begin(rq, text_find("menu.dossiers"), "dossiers");
    view_dossiers_list(out, &v);
    page_end(res, out);
    return OK;
}

err page_dossier_list(struct rq *rq, struct res *res)
{
    return show(rq, rq->input, res);
}

/* ---- files of many ---- */

err slow_dossier_run(struct rq *rq, struct res *res)
{
    (void)res;
    return dossier_run_check(rq, rq->input);
}

err page_dossier_run_add(struct rq *rq, struct res *res)
{
    const struct dossier_run_input *in = rq->input;
    i64 id;
    TRY(dossier_run_ask(rq, in, &id));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_send(&j, res);
        res_status(res, 201);
        return OK;
    }
    i64 year = in->year ? in->year : scores_year_of(rq, rq->today);
    res_flash(res, "dossiers.asked", str_of(""));
    res_redirect(res, url_of(rq, year, asked(rq, in->body)));
    return OK;
}

/* The page again, with what was wrong. */
err page_dossier_run_again(struct rq *rq, struct res *res)
{
    const struct dossier_list_input in = { 0 };
    return show(rq, &in, res);
}

err file_dossier_run(struct rq *rq, struct res *res)
{
    struct dossier_run run;
    struct rows files;
    err e = dossier_run_store_find(rq->db, rq->path_id, rq->mem, &run);
    if (e.code == ERR_NOT_FOUND || (!e.code && run.asked_by != rq->actor->account_id))
        return err_make(ERR_NOT_FOUND, "dossiers.run_not_found");
    TRY(e);
    TRY(attachment_list(rq, "dossier_runs", run.id, &files));
    if (!str_is(run.state, "made") || files.count == 0)
        return err_make(ERR_CONFLICT, "dossiers.not_made");
    TRY(audit_leaving(rq, &(struct audit_entry){ .act = "dossiers.export",
                                                 .object = "dossier_runs",
                                                 .object_id = run.id,
                                                 .after = run.title }));
    return attachment_send(rq, res, "dossier_runs", run.id,
                           ((const struct attachment *)files.items)->id);
}
