/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Many claims at once (一起核实): what waits, what each would give, and approving those that were
 * chosen, each by itself: what fails leaves the others. What is in doubt is decided on its own page
 * alone. */
#include "modules/claims/claim_review.h"

#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/text/texts.h"

enum { YEARS = 8 };

/* Years of assessment, each read once. */
struct reviewing {
    struct rq *rq;
    struct rows *items;
    struct scores_period periods[YEARS];
    size_t period_count;
};

static err period_of(struct reviewing *r, i64 day, const struct scores_period **out)
{
    i64 year = scores_year_of(r->rq, day);
    for (size_t i = 0; i < r->period_count; i++)
        if (r->periods[i].year == year) {
            *out = &r->periods[i];
            return OK;
        }
    size_t at = r->period_count < YEARS ? r->period_count++ : YEARS - 1;
    *out = &r->periods[at];
    return scores_period_find(r->rq, year, &r->periods[at]);
}

/* ---- what each would give ---- */

static err entry_of(struct rq *rq, const struct claim *c, struct entry *out)
{
    bool standing;
    TRY(entry_was_standing(rq, c->member_id, c->happened_on, &standing));
    *out = (struct entry){ .member_id = c->member_id,
                           .happened_on = c->happened_on,
                           .quantity = c->quantity * DUTY_UNIT,
                           .people = 1,
                           .kind = c->kind,
                           .tags = str_of(standing ? "standing" : ""),
                           .source = str_of("claims"),
                           .source_id = c->id };
    return OK;
}

/* After those of the same member and year that stand before it among the chosen ones. */
static err gain_make(struct reviewing *r, size_t at)
{
    struct claim_review *all = (struct claim_review *)r->items->items, *own = &all[at];
    const struct scores_period *period, *other;
    struct entry *given = arena_array(r->rq->mem, at + 1, sizeof *given);
    struct rows rows = { given, 0, sizeof *given };
    TRY(period_of(r, own->c.happened_on, &period));
    own->year = period->year;
    for (size_t i = 0; i <= at; i++) {
        if (all[i].c.member_id != own->c.member_id || (i < at && !all[i].chosen))
            continue;
        TRY(period_of(r, all[i].c.happened_on, &other));
        if (other == period)
            TRY(entry_of(r->rq, &all[i].c, &given[rows.count++]));
    }
    return scores_gain(r->rq, period, own->c.member_id, &rows, &own->gain);
}

/* ---- what waits ---- */

static err look_at(struct rq *rq, struct claim_review *v)
{
    struct rows people;
    TRY(claimant_store_list(rq->db, v->c.id, rq->mem, &people));
    TRY(attachment_list(rq, "claims", v->c.id, &v->evidence));
    return claim_same(rq, &v->c, &people, &v->same);
}

static void item_add(struct rows *out, const struct claim *c, i64 seen)
{
    struct claim_review *all = (struct claim_review *)out->items;
    all[out->count++] = (struct claim_review){ .c = *c, .changed = seen && seen != c->version };
}

/* "id:version", as the reader saw it. */
static bool choice_read(str text, i64 *id, i64 *version)
{
    str first;
    return str_split(&text, ':', &first) && str_to_i64(first, id) && str_to_i64(text, version) &&
           *id > 0 && *version > 0;
}

static err chosen_find(struct rq *rq, const strs *choices, struct rows *out)
{
    for (size_t i = 0; i < choices->count && out->count < CLAIM_AT_ONCE; i++) {
        struct claim c;
        i64 id, version;
        if (!choice_read(choices->items[i], &id, &version))
            return err_make(ERR_INVALID, "claims.choice");
        err e = list_find(rq, &CLAIM_LIST, id, &c);
        if (e.code == ERR_NOT_FOUND)
            continue;
        TRY(e);
        if (str_is(c.state, "submitted"))
            item_add(out, &c, version);
    }
    return OK;
}

static err waiting_find(struct rq *rq, struct rows *out, i64 *total)
{
    struct list_query query;
    struct list_result found;
    str ask = arena_printf(rq->mem, "state=submitted&sort=happened_on&limit=%d", CLAIM_AT_ONCE);
    TRY(list_parse_text(rq, &CLAIM_LIST, ask, &query));
    TRY(list_page(rq, &CLAIM_LIST, &query, &found));
    const struct claim *all = found.rows.items;
    *total = found.total;
    for (size_t i = 0; i < found.rows.count && out->count < CLAIM_AT_ONCE; i++) {
        struct claim c;
        TRY(list_find(rq, &CLAIM_LIST, all[i].id, &c));
        item_add(out, &c, 0);
    }
    return OK;
}

err claim_review_load(struct rq *rq, const strs *choices, struct rows *out, i64 *total)
{
    bool some = choices->count > 0;
    *out = (struct rows){ arena_array(rq->mem, CLAIM_AT_ONCE, sizeof(struct claim_review)), 0,
                          sizeof(struct claim_review) };
    *total = 0;
    TRY(some ? chosen_find(rq, choices, out) : waiting_find(rq, out, total));
    struct claim_review *all = (struct claim_review *)out->items;
    struct reviewing r = { .rq = rq, .items = out };
    for (size_t i = 0; i < out->count; i++) {
        TRY(look_at(rq, &all[i]));
        all[i].chosen = some && !all[i].same.len;
        TRY(gain_make(&r, i));
    }
    return OK;
}

/* ---- approving ---- */

struct approving {
    i64 id, version;
    struct claim_review *v;
};

static err approve_one(struct rq *rq, void *context)
{
    struct approving *a = context;
    struct claim_review *v = a->v;
    TRY(list_find(rq, &CLAIM_LIST, a->id, &v->c));
    TRY(look_at(rq, v));
    if (v->same.len && str_is(v->c.state, "submitted"))
        return err_make_with(ERR_CONFLICT, "claims.in_doubt", v->same, v->c.label);
    str files = arena_printf(rq->mem, "%zu", v->evidence.count);
    TRY(flow_act(rq, &CLAIMS_FLOW, a->id, "approve", a->version));
    return audit_add(rq, &(struct audit_entry){
                             .act = "claims.review",
                             .object = "claims",
                             .object_id = a->id,
                             .after = text_format(rq->mem, "claims.reviewed", v->c.title, files) });
}

static err has_evidence(struct rq *rq, const strs *choices, bool *out)
{
    *out = false;
    for (size_t i = 0; i < choices->count; i++) {
        i64 id, version;
        struct rows files;
        struct claim c;
        if (!choice_read(choices->items[i], &id, &version))
            return err_make(ERR_INVALID, "claims.choice");
        err e = list_find(rq, &CLAIM_LIST, id, &c);
        if (e.code == ERR_NOT_FOUND)
            continue;
        TRY(e);
        TRY(attachment_list(rq, "claims", id, &files));
        *out = *out || files.count > 0;
    }
    return OK;
}

err claim_review_approve(struct rq *rq, const struct claim_review_input *in, struct rows *out)
{
    struct claim_review *all = arena_array(rq->mem, in->claims.count + 1, sizeof *all);
    bool evidence;
    *out = (struct rows){ all, 0, sizeof *all };
    TRY(has_evidence(rq, &in->claims, &evidence));
    if (evidence && !in->seen) {
        rq_fault(rq, "seen", "claims.not_seen", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    for (size_t i = 0; i < in->claims.count; i++) {
        struct approving one = { .v = &all[out->count++] };
        (void)choice_read(in->claims.items[i], &one.id, &one.version);
        err e = job_part(rq, approve_one, &one);
        if (db_may_retry(e) || e.code == ERR_INTERNAL)
            return e;
        one.v->failure = e;
        if (e.code)
            one.v->words = text_format(rq->mem, e.name, e.arg[0], e.arg[1]);
    }
    return OK;
}
