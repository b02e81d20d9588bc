/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Figures as JSON; rates in ten-thousandths. Pages: dashboard_figure_pages.c. */
#include "modules/dashboards/dashboard_gather.h"
#include "platform/base/str.h"
#include "platform/web/json.h"

static const char TOTAL_OF_CASES[] =
    "received pending docketed rejected diverted withdrawn merged signers assigned due replied "
    "on_time closed class.* share.* extended redone mediated flagship commended "
    "publishable published publish_rate reply_rate "
    "strict strict_rate on_time_rate "
    "found found_rate case_satisfied case_fair case_dissatisfied case_rate";

static void tables_json(const struct figures *f, struct json *j)
{
    json_array(j, "tables");
    for (size_t i = 0; i < f->table_count; i++) {
        const struct figure_table *t = &f->tables[i];
        json_object(j, NULL);
        json_str(j, "caption", t->caption);
        json_array(j, "lines");
        for (size_t k = 0; k < t->count; k++) {
            json_object(j, NULL);
            json_str(j, "label", t->lines[k].label);
            json_array(j, "cells");
            for (size_t c = 0; c < t->head_count; c++) {
                json_object(j, NULL);
                json_str(j, "head", t->heads[c].label);
                if (t->lines[k].cells[c].rate.len)
                    json_str(j, "words", t->lines[k].cells[c].rate);
                else
                    json_i64(j, "value", t->lines[k].cells[c].value);
                json_object_end(j);
            }
            json_array_end(j);
            json_object_end(j);
        }
        json_array_end(j);
        json_object_end(j);
    }
    json_array_end(j);
}

static void head_json(const struct figures *f, struct json *j)
{
    json_i64(j, f->set.world->scope, f->set.session_id);
    json_str(j, "session", f->session_name);
}

/* Days from coming in to the first answer. */
static err days_json(const struct figures *f, struct json *j)
{
    struct stage_days days;
    if (!f->set.world->stages)
        return OK;
    TRY(days_of_stage(&f->set, f->set.world->stages, &days));
    json_object(j, f->set.world->stages);
    json_i64(j, "count", days.count);
    if (days.count) {
        json_i64(j, "median", days.median);
        json_i64(j, "most", days.most);
    }
    json_object_end(j);
    return OK;
}

err figures_json_year(struct rq *rq, const struct figures *f, const char *name, struct res *res)
{
    static const struct tally_line NOTHING;
    struct json j = json_begin(rq);
    head_json(f, &j);
    json_object(&j, name);
    figure_json(&f->set, f->set.cases.count ? &f->set.cases.lines[0] : &NOTHING,
                f->set.world->totals, &j);
    json_object_end(&j);
    TRY(days_json(f, &j));
    tables_json(f, &j);
    json_send(&j, res);
    return OK;
}

err figures_json_tables(struct rq *rq, const struct figures *f, struct res *res)
{
    struct json j = json_begin(rq);
    head_json(f, &j);
    tables_json(f, &j);
    json_send(&j, res);
    return OK;
}

static void totals_json(const struct figure_set *s, struct json *j)
{
    static const struct tally_line NOTHING;
    const struct tally_line *cases = s->cases.count ? &s->cases.lines[0] : &NOTHING;
    json_object(j, "proposals");
    figure_json(s, cases, TOTAL_OF_CASES, j);
    json_object_end(j);
    json_object(j, "assignments");
    figure_json(s, &s->handled, "agencies hosts", j);
    figure_json(s, &s->handled, AGENCY_FIGURES, j);
    figure_json(s, &s->handled, CONTACT_FIGURES, j);
    json_object_end(j);
    if (s->urged || s->disputed) {
        json_object(j, "urgings");
        figure_json(s, cases, "reminded_by_clock", j);
        figure_json(s, cases, URGING_FIGURES, j);
        json_object_end(j);
    }
    if (s->forms) {
        json_object(j, "evaluations");
        figure_json(s, &s->handled, FORM_FIGURES, j);
        json_object_end(j);
    }
    if (s->kept) {
        json_object(j, "promises");
        figure_json(s, &s->handled, PROMISE_FIGURES, j);
        json_object_end(j);
    }
}

err figures_json_overview(struct rq *rq, const struct figures *f, struct res *res)
{
    struct json j = json_begin(rq);
    head_json(f, &j);
    totals_json(&f->set, &j);
    json_object(&j, "by");
    for (const struct figure_dimension *d = FIGURE_DIMENSIONS; d->name; d++) {
        struct table_ask ask;
        TRY(figure_lines_of(&f->set, d, &ask));
        json_array(&j, d->name);
        for (size_t i = 0; i < ask.count; i++) {
            json_object(&j, NULL);
            json_str(&j, "code", ask.lines[i].counts->code);
            json_str(&j, "label", ask.lines[i].label);
            figure_json(&f->set, ask.lines[i].counts, d->figures, &j);
            json_object_end(&j);
        }
        json_array_end(&j);
    }
    json_object_end(&j);
    json_send(&j, res);
    return OK;
}

err figures_json_units(struct rq *rq, const struct figures *f, struct res *res)
{
    struct json j = json_begin(rq);
    struct table_ask ask;
    TRY(figures_agencies(rq, f, ALL_OF_AGENCIES, &ask));
    head_json(f, &j);
    i64 total = 0;
    for (size_t i = 0; i < ask.count; i++)
        total += ask.lines[i].counts->agencies;
    json_i64(&j, "total", total);
    json_array(&j, "agencies");
    for (size_t i = 0; i < ask.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "agency_id", ask.lines[i].counts->agency_id);
        json_str(&j, "label", ask.lines[i].label);
        figure_json(&f->set, ask.lines[i].counts, ALL_OF_AGENCIES, &j);
        json_object_end(&j);
    }
    json_array_end(&j);
    TRY(figure_lines_of_systems(&f->set, &ask));
    json_array(&j, "systems");
    for (size_t i = 0; i < ask.count; i++) {
        json_object(&j, NULL);
        json_str(&j, "system", ask.lines[i].counts->code);
        json_str(&j, "label", ask.lines[i].label);
        figure_json(&f->set, ask.lines[i].counts, AGENCY_FIGURES, &j);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err figures_json_definitions(struct rq *rq, const struct figures *f,
                             const struct dashboard_explain *v, struct res *res)
{
    struct json j = json_begin(rq);
    head_json(f, &j);
    json_array(&j, "figures");
    for (size_t i = 0; i < v->count; i++) {
        json_object(&j, NULL);
        json_str(&j, "name", v->items[i].name);
        json_str(&j, "label", v->items[i].label);
        json_str(&j, "meaning", v->items[i].meaning);
        json_str(&j, "value", v->items[i].value);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}
