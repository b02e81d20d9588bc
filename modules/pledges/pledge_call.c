/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Asking members to sign: whom, from which day on, reminding; what becomes of it when somebody
 * leaves. */
#include "modules/pledges/pledge.h"

#include "modules/members/audience.h"
#include "modules/members/member.h"
#include "modules/scores/scores.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { BATCH = 100, MONTHS = 12 };

/* ---- when ---- */

/* The day of the year of assessment on which who is not of the standing committee may begin (楚雄:
 * standing members pledge first); its first day where nothing is set. */
static i64 others_from(struct rq *rq, const struct scores_days *days)
{
    int month, mday, year, at_month, at_day;
    if (!setting_month_day(setting_text(rq, "pledges.others_from"), &month, &mday))
        return days->from;
    day_to_civil(days->from, &year, &at_month, &at_day);
    for (int y = year; y <= year + 1; y++) {
        i64 next = month == MONTHS ? day_from_civil(y + 1, 1, 1) : day_from_civil(y, month + 1, 1);
        i64 day = day_from_civil(y, month, 1) + mday - 1;
        day = day < next ? day : next - 1;
        if (day >= days->from && day <= days->to)
            return day;
    }
    return days->from;
}

/* ---- whom ---- */

struct calling {
    struct rq *rq;
    i64 year, due_on, from_on, others_on;
    struct rows called, posts; /* i64 rows of members by number; struct member_post rows */
};

static bool is_standing(const struct calling *c, i64 member_id)
{
    const struct member_post *all = c->posts.items;
    for (size_t i = 0; i < c->posts.count; i++)
        if (all[i].member_id == member_id && member_is_standing_post(all[i].post))
            return true;
    return false;
}

static bool is_called(const struct calling *c, i64 member_id)
{
    const i64 *all = c->called.items;
    size_t low = 0, high = c->called.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (all[middle] < member_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->called.count && all[low] == member_id;
}

static err open_todo(struct rq *rq, struct pledge *p)
{
    const struct flow_subject subject = pledge_subject(rq, p);
    TRY(flow_todo_add(rq, &PLEDGES_FLOW, &subject,
                      &(struct todo_new){
                          .holder = "person",
                          .holder_id = p->person_id,
                          .verb = "sign",
                          .due_on = p->due_on,
                          .url = arena_printf(rq->mem, "/pledges/%lld/sign", (long long)p->id) }));
    return pledge_store_tell(rq->db, p);
}

static err ask(const struct calling *c, const struct member *m)
{
    struct rq *rq = c->rq;
    struct pledge lapsed, p = { .state = str_of("asked"),
                                .member_id = m->id,
                                .person_id = m->person_id,
                                .name = m->name,
                                .sector = m->sector_name,
                                .year = c->year,
                                .standing = is_standing(c, m->id),
                                .due_on = c->due_on,
                                .version = 1 };
    p.from_on = p.standing ? c->from_on : c->others_on;
    TRY(pledge_find(rq, m->id, c->year, &lapsed));
    if (lapsed.id) { /* he left, and is back */
        TRY(flow_move(rq, &PLEDGES_FLOW, lapsed.id, "recall", &p));
        TRY(pledge_store_find(rq->db, lapsed.id, rq->mem, &p));
        return p.from_on <= rq->today ? open_todo(rq, &p) : OK;
    }
    TRY(pledge_store_add(rq->db, &p, &p.id));
    const struct flow_subject subject = pledge_subject(rq, &p);
    TRY(flow_begin_quiet(rq, &PLEDGES_FLOW, &subject));
    return p.from_on <= rq->today ? open_todo(rq, &p) : OK;
}

err pledge_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct pledge *p = subject->row;
    const struct pledge *anew = step->input;
    (void)rq;
    p->name = anew->name;
    p->sector = anew->sector;
    p->standing = anew->standing;
    p->from_on = anew->from_on;
    p->due_on = anew->due_on;
    p->told = false;
    return OK;
}

static void judge(struct rq *rq, const struct pledge_call_input *in, const struct calling *c)
{
    i64 last = scores_period_days(rq, c->year).to;
    if (in->due_on < rq->today)
        rq_fault(rq, "due_on", "pledges.due_past", str_of(""), str_of(""));
    else if (in->due_on > last)
        rq_fault(rq, "due_on", "pledges.due_late", text_date(rq->mem, last), str_of(""));
    else if (in->due_on < c->others_on)
        rq_fault(rq, "due_on", "pledges.due_early", text_date(rq->mem, c->others_on), str_of(""));
}

err pledge_call(struct rq *rq, const struct pledge_call_input *in, i64 *count)
{
    struct calling c = { .rq = rq, .year = scores_year_of(rq, rq->today), .due_on = in->due_on };
    struct scores_days days = scores_period_days(rq, c.year);
    struct rows readers;
    c.from_on = days.from;
    c.others_on = others_from(rq, &days);
    *count = 0;
    judge(rq, in, &c);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(pledge_store_list_members(rq->db, c.year, rq->mem, &c.called));
    TRY(member_list_posts(rq, rq->today, &c.posts));
    TRY(audience_readers(rq, audience_join(rq->mem, &in->audience), &readers));
    const struct reader *all = readers.items;
    for (size_t i = 0; i < readers.count; i++) {
        struct member m;
        TRY(member_find_by_person(rq, all[i].person_id, &m));
        if (is_called(&c, m.id) || !str_is(m.status, "serving"))
            continue;
        TRY(ask(&c, &m));
        ++*count;
    }
    if (*count == 0) {
        rq_fault(rq, "audience", "pledges.nobody", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return audit_add(rq, &(struct audit_entry){ .act = "pledges.call",
                                                .object = "pledges",
                                                .after = str_number(rq->mem, *count) });
}

/* ---- reminding ---- */

err pledge_remind(struct rq *rq, i64 *count)
{
    i64 year = scores_year_of(rq, rq->today);
    struct rows open;
    TRY(pledge_store_list_open(rq->db, year, rq->today, rq->mem, &open));
    const struct pledge *all = open.items;
    for (size_t i = 0; i < open.count; i++) {
        const char *key =
            arena_printf(rq->mem, "pledges.%lld.%lld", (long long)all[i].id, (long long)rq->today)
                .ptr;
        TRY(notify_send(rq, &(struct notify_to){ .person_id = all[i].person_id },
                        &(struct notify_message){ .text = "pledges.told_remind",
                                                  .arg = { str_number(rq->mem, all[i].year),
                                                           text_date(rq->mem, all[i].due_on) },
                                                  .url = arena_printf(rq->mem, "/pledges/%lld/sign",
                                                                      (long long)all[i].id),
                                                  .key = key }));
    }
    *count = (i64)open.count;
    return audit_add(rq, &(struct audit_entry){ .act = "pledges.remind",
                                                .object = "pledges",
                                                .after = str_number(rq->mem, *count) });
}

err pledge_count(struct rq *rq, i64 year, struct pledge_counts *out)
{
    i64 open = 0;
    TRY(pledge_store_count(rq->db, year, str_of("asked"), &open));
    TRY(pledge_store_count(rq->db, year, str_of("signed"), &out->signed_));
    out->asked = open + out->signed_;
    return OK;
}

/* What was not signed when its year ended nobody can sign any more: no to-do waits for it. */
static err lapse_past(struct rq *rq, bool *again)
{
    struct rows past;
    TRY(pledge_store_list_past(rq->db, scores_year_of(rq, rq->today), BATCH, rq->mem, &past));
    const struct pledge *all = past.items;
    for (size_t i = 0; i < past.count; i++)
        TRY(flow_move(rq, &PLEDGES_FLOW, all[i].id, "lapse", NULL));
    *again = past.count == BATCH;
    return OK;
}

err job_pledge_open(struct rq *rq, bool *again)
{
    struct rows untold;
    TRY(lapse_past(rq, again));
    TRY(pledge_store_list_untold(rq->db, rq->today, BATCH, rq->mem, &untold));
    struct pledge *all = untold.items;
    for (size_t i = 0; i < untold.count; i++)
        TRY(open_todo(rq, &all[i]));
    *again = *again || untold.count == BATCH;
    return OK;
}

/* ---- somebody leaves ---- */

err on_pledge_left(struct rq *rq, i64 id, const void *fact)
{
    struct pledge p;
    (void)fact;
    TRY(pledge_find(rq, id, scores_year_of(rq, rq->today), &p));
    return p.id && str_is(p.state, "asked") ? flow_move(rq, &PLEDGES_FLOW, p.id, "lapse", NULL)
                                            : OK;
}
