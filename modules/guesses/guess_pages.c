/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How often guesses were right, and learning anew; the same as JSON. */
#include "modules/guesses/guess_store.h"
#include "modules/guesses/guess_views.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/guesses.h"

static const i64 DAY_MS = 86400000;
enum { SINCE_DAYS = 365 };

/* A body that is gone keeps its number. */
static err label_of(struct rq *rq, const struct guess_question *q, str decided, str *out)
{
    struct org org;
    i64 id = 0;
    *out = decided;
    if (rq->api)
        return OK;
    if (q->dictionary) {
        *out = dictionary_label(rq, q->dictionary, decided);
        return OK;
    }
    if (!str_to_i64(decided, &id))
        return OK;
    err e = org_find(rq, id, &org);
    *out = e.code ? decided : org.name;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err report_make(struct rq *rq, const struct guess_question *q, struct guess_report *out)
{
    struct guess_model m;
    struct rows rows;
    *out = (struct guess_report){ .name = q->name, .counted = !q->list };
    err e = guess_store_find_made(rq->db, str_of(q->name), rq->mem, &m);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    if (!e.code) {
        out->made_at = m.made_at;
        out->texts = m.texts;
    }
    TRY(guess_store_list_sums(rq->db, str_of(q->name), rq->now_ms - SINCE_DAYS * DAY_MS, rq->mem,
                              &rows));
    const struct guess_sum *all = rows.items;
    struct guess_count *counts = arena_array(rq->mem, rows.count + 1, sizeof *counts);
    for (size_t i = 0; i < rows.count; i++) {
        str label;
        TRY(label_of(rq, q, all[i].decided, &label));
        counts[i] = (struct guess_count){ label, all[i].seen, all[i].hits };
        out->seen += all[i].seen;
        out->hits += all[i].hits;
    }
    out->counts = counts;
    out->count = rows.count;
    return OK;
}

static void report_json(struct json *j, const struct guess_report *r)
{
    json_object(j, NULL);
    json_str(j, "question", str_of(r->name));
    json_time(j, "made_at", r->made_at);
    json_i64(j, "texts", r->texts);
    json_i64(j, "seen", r->seen);
    json_i64(j, "right", r->hits);
    json_array(j, "labels");
    for (size_t i = 0; i < r->count; i++) {
        json_object(j, NULL);
        json_str(j, "label", r->counts[i].label);
        json_i64(j, "seen", r->counts[i].seen);
        json_i64(j, "right", r->counts[i].hits);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

static void send_json(struct rq *rq, struct res *res, const struct guess_page *v)
{
    struct json j = json_begin(rq);
    json_i64(&j, "days", v->days);
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++)
        report_json(&j, &v->reports[i]);
    json_array_end(&j);
    json_send(&j, res);
}

err page_guess_list(struct rq *rq, struct res *res)
{
    struct guess_page v = { .days = SINCE_DAYS,
                            .may_train = actor_may(rq->actor, "guesses.train") };
    size_t count = 0;
    while (GUESS_QUESTIONS[count].name)
        count++;
    struct guess_report *reports = arena_array(rq->mem, count + 1, sizeof *reports);
    for (; v.count < count; v.count++)
        TRY(report_make(rq, &GUESS_QUESTIONS[v.count], &reports[v.count]));
    v.reports = reports;
    if (rq->api) {
        send_json(rq, res, &v);
        return OK;
    }
    struct out *out = page_begin(rq, text_find("menu.guesses"), "guesses");
    view_guesses_list(out, &v);
    page_end(res, out);
    return OK;
}

err page_guess_train(struct rq *rq, struct res *res)
{
    TRY(guess_ask(rq));
    TRY(audit_add(rq, &(struct audit_entry){ .act = "guesses.train", .object = "guesses" }));
    res_flash(res, "guesses.asked", str_of(""));
    res_redirect(res, str_of("/guesses"));
    return OK;
}
