/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counters follow their facts: whatever step is made, the facts of the subject are read anew, and
 * what they differ in from those that are counted already goes to the counters. So no step needs
 * to know what it changes in which figure, and a figure more is a column and a line here. */
#include "modules/dashboards/dashboard_facts.h"

#include "modules/assignments/assignment.h"
#include "modules/disputes/dispute_rules.h"
#include "modules/mailbox/letter.h"
#include "modules/opinions/opinion.h"
#include "modules/orgs/org.h"
#include "modules/outcomes/outcome.h"
#include "modules/proposals/proposal_drafting.h"
#include "modules/publications/publication.h"
#include "modules/urgings/urging.h"
#include "platform/base/str.h"

/* By what a source is counted. is_number: the member is an id or a day. is_partial: an empty code,
 * or the number 0, is not counted. */
static const struct dimension {
    const char *name, *source;
    size_t at;
    bool is_number, is_partial;
} DIMENSIONS[] = {
    { "all", "proposals", SIZE_MAX, false, false },
    { "kind", "proposals", offsetof(struct dashboard_facts, kind), false, false },
    { "timing", "proposals", offsetof(struct dashboard_facts, timing), false, false },
    { "category", "proposals", offsetof(struct dashboard_facts, category), false, false },
    { "sector", "proposals", offsetof(struct dashboard_facts, sector), false, false },
    { "committee", "proposals", offsetof(struct dashboard_facts, committee), false, false },
    { "gender", "proposals", offsetof(struct dashboard_facts, gender), false, false },
    { "ethnic", "proposals", offsetof(struct dashboard_facts, ethnic), false, false },
    { "party", "proposals", offsetof(struct dashboard_facts, party), false, false },
    { "reject_reason", "proposals", offsetof(struct dashboard_facts, reject_reason), false, true },
    { "agency", "assignments", offsetof(struct dashboard_facts, agency_id), true, false },
    { "agency", "promises", offsetof(struct dashboard_facts, agency_id), true, false },
    { "promised_on", "promises", offsetof(struct dashboard_facts, first_due_on), true, false },
    { "all", "reminders", SIZE_MAX, false, false },
    { "agency", "reminders", offsetof(struct dashboard_facts, agency_id), true, true },
    { "all", "urgings", SIZE_MAX, false, false },
    { "agency", "urgings", offsetof(struct dashboard_facts, agency_id), true, true },
    { "all", "disputes", SIZE_MAX, false, false },
    { "agency", "disputes", offsetof(struct dashboard_facts, agency_id), true, true },
    { "opinion_all", "opinions", SIZE_MAX, false, false },
    { "opinion_month", "opinions", offsetof(struct dashboard_facts, month), true, false },
    { "opinion_kind", "opinions", offsetof(struct dashboard_facts, kind), false, true },
    { "opinion_category", "opinions", offsetof(struct dashboard_facts, category), false, false },
    { "opinion_sector", "opinions", offsetof(struct dashboard_facts, sector), false, true },
    { "opinion_committee", "opinions", offsetof(struct dashboard_facts, committee), false, true },
    { "opinion_party", "opinions", offsetof(struct dashboard_facts, party), false, true },
    { "opinion_body", "opinions", offsetof(struct dashboard_facts, body), false, true },
    { "opinion_person", "opinions", offsetof(struct dashboard_facts, person_id), true, true },
    { "letter_all", "letters", SIZE_MAX, false, false },
    { "letter_month", "letters", offsetof(struct dashboard_facts, month), true, false },
    { "letter_kind", "letters", offsetof(struct dashboard_facts, kind), false, false },
    { "letter_lane", "letters", offsetof(struct dashboard_facts, lane), false, false },
    { "letter_via", "letters", offsetof(struct dashboard_facts, via), false, false },
    { "letter_category", "letters", offsetof(struct dashboard_facts, category), false, false },
    { "letter_county", "letters", offsetof(struct dashboard_facts, county), false, false },
    { "letter_town", "letters", offsetof(struct dashboard_facts, town), false, true },
    { "letter_reason", "letters", offsetof(struct dashboard_facts, reason), false, true },
    { "letter_agency", "letters", offsetof(struct dashboard_facts, agency_id), true, true },
    { "letter_agency", "letters", offsetof(struct dashboard_facts, first_agency_id), true, true },
};

static const struct field METRICS[] = {
    FIELD(struct dashboard_facts, received),
    FIELD(struct dashboard_facts, docketed),
    FIELD(struct dashboard_facts, rejected),
    FIELD(struct dashboard_facts, diverted),
    FIELD(struct dashboard_facts, withdrawn),
    FIELD(struct dashboard_facts, merged),
    FIELD(struct dashboard_facts, assigned),
    FIELD(struct dashboard_facts, replied),
    FIELD(struct dashboard_facts, on_time),
    FIELD(struct dashboard_facts, strict),
    FIELD(struct dashboard_facts, closed),
    FIELD(struct dashboard_facts, redone),
    FIELD(struct dashboard_facts, extended),
    FIELD(struct dashboard_facts, mediated),
    FIELD(struct dashboard_facts, flagship),
    FIELD(struct dashboard_facts, cohosted),
    FIELD(struct dashboard_facts, met),
    FIELD(struct dashboard_facts, items),
    FIELD(struct dashboard_facts, adopted),
    FIELD(struct dashboard_facts, partly),
    FIELD(struct dashboard_facts, sent),
    FIELD(struct dashboard_facts, returned),
    FIELD(struct dashboard_facts, handling_satisfied),
    FIELD(struct dashboard_facts, handling_fair),
    FIELD(struct dashboard_facts, handling_dissatisfied),
    FIELD(struct dashboard_facts, result_satisfied),
    FIELD(struct dashboard_facts, result_fair),
    FIELD(struct dashboard_facts, result_dissatisfied),
    FIELD(struct dashboard_facts, promised),
    FIELD(struct dashboard_facts, kept),
    FIELD(struct dashboard_facts, unconfirmed),
    FIELD(struct dashboard_facts, missed),
    FIELD(struct dashboard_facts, pending),
    FIELD(struct dashboard_facts, steps_unknown),
    FIELD(struct dashboard_facts, talks_unknown),
    FIELD(struct dashboard_facts, reminded),
    FIELD(struct dashboard_facts, reminded_by_clock),
    FIELD(struct dashboard_facts, slips),
    FIELD(struct dashboard_facts, slips_answered),
    FIELD(struct dashboard_facts, slips_on_time),
    FIELD(struct dashboard_facts, disputes),
    FIELD(struct dashboard_facts, disputes_upheld),
    FIELD(struct dashboard_facts, disputes_moved),
    FIELD(struct dashboard_facts, disputes_dropped),
    FIELD(struct dashboard_facts, opinions),
    FIELD(struct dashboard_facts, waiting),
    FIELD(struct dashboard_facts, chosen),
    FIELD(struct dashboard_facts, stored),
    FIELD(struct dashboard_facts, issued),
    FIELD(struct dashboard_facts, single),
    FIELD(struct dashboard_facts, urgent_sent),
    FIELD(struct dashboard_facts, revising),
    FIELD(struct dashboard_facts, composites),
    FIELD(struct dashboard_facts, composites_issued),
    FIELD(struct dashboard_facts, recast),
    FIELD(struct dashboard_facts, letters),
    FIELD(struct dashboard_facts, dismissed),
    FIELD(struct dashboard_facts, routed),
    FIELD(struct dashboard_facts, handed),
    FIELD(struct dashboard_facts, answered),
    FIELD(struct dashboard_facts, late),
    FIELD(struct dashboard_facts, unjudged),
    FIELD(struct dashboard_facts, again),
    FIELD(struct dashboard_facts, asked),
    FIELD(struct dashboard_facts, still_yes),
    FIELD(struct dashboard_facts, still_no),
    FIELD(struct dashboard_facts, fed),
    { 0 },
};

/* Of all together alone: a sum by kind or sector is asked by nobody. */
static const struct field TOTALS[] = {
    FIELD(struct dashboard_facts, signers),
    FIELD(struct dashboard_facts, commended),
    FIELD(struct dashboard_facts, publishable),
    FIELD(struct dashboard_facts, published),
    { 0 },
};

/* Texts that make a count of their own name: "class.a". */
static const struct field WORDS[] = {
    FIELD(struct dashboard_facts, class),        FIELD(struct dashboard_facts, tracked),
    FIELD(struct dashboard_facts, satisfaction), FIELD(struct dashboard_facts, talks),
    FIELD(struct dashboard_facts, verdict),      { 0 },
};

/* Days that a stage took: a dimension of its own, by agency, with a count for each number. */
static const struct field STAGES[] = {
    FIELD(struct dashboard_facts, review_days),   FIELD(struct dashboard_facts, assign_days),
    FIELD(struct dashboard_facts, accept_days),   FIELD(struct dashboard_facts, handle_days),
    FIELD(struct dashboard_facts, sign_days),     FIELD(struct dashboard_facts, cohost_days),
    FIELD(struct dashboard_facts, evaluate_days), FIELD(struct dashboard_facts, dispute_days),
    FIELD(struct dashboard_facts, answer_days),   { 0 },
};

/* ---- what changes ---- */

/* Facts as they were counted and as they are; none of a side: all empty. */
struct change {
    struct rq *rq;
    const struct dashboard_facts *old, *new;
};

static str text_at(const struct dashboard_facts *f, size_t at)
{
    str text;
    memcpy(&text, (const char *)f + at, sizeof text);
    return text;
}

static i64 number_at(const struct dashboard_facts *f, size_t at)
{
    i64 number;
    memcpy(&number, (const char *)f + at, sizeof number);
    return number;
}

static str code_of(struct rq *rq, const struct dimension *d, const struct dashboard_facts *f)
{
    if (d->at == SIZE_MAX)
        return str_of("");
    return d->is_number ? str_number(rq->mem, number_at(f, d->at)) : text_at(f, d->at);
}

static err add(const struct change *c, struct dashboard_count count)
{
    return count.value ? counts_store_add(c->rq->db, &count) : OK;
}

/* One metric: where the counter is the same, only the difference. */
static err move(const struct change *c, struct dashboard_count from, struct dashboard_count to)
{
    if (from.session_id == to.session_id && str_eq(from.code, to.code) &&
        str_eq(from.metric, to.metric)) {
        to.value += from.value;
        return add(c, to);
    }
    TRY(add(c, from));
    return add(c, to);
}

static str word_metric(struct rq *rq, const struct field *word, str value)
{
    return arena_printf(rq->mem, "%s.%.*s", word->name, (int)value.len, value.ptr);
}

/* A dimension's counter before and after. was, is: whether it counts under that code at all. */
struct codes {
    const struct dimension *dimension;
    struct dashboard_count from, to;
    bool was, is;
};

/* What a unit's line has of the first answer to a letter stands under who gave it; all else under
 * who has the letter. */
static bool is_first_answers(const struct dimension *d)
{
    return d->at == offsetof(struct dashboard_facts, first_agency_id);
}

static bool has_metric(const struct dimension *d, const struct field *metric)
{
    bool of_first = metric->offset == offsetof(struct dashboard_facts, answered) ||
                    metric->offset == offsetof(struct dashboard_facts, on_time) ||
                    metric->offset == offsetof(struct dashboard_facts, late);
    return strcmp(d->name, "letter_agency") != 0 || of_first == is_first_answers(d);
}

static err count_metrics(const struct change *c, struct codes *k, const struct field *metrics)
{
    for (const struct field *m = metrics; m->name; m++) {
        if (!has_metric(k->dimension, m))
            continue;
        k->from.metric = k->to.metric = str_of(m->name);
        k->from.value = k->was ? -number_at(c->old, m->offset) : 0;
        k->to.value = k->is ? number_at(c->new, m->offset) : 0;
        if (k->from.value || k->to.value)
            TRY(move(c, k->from, k->to));
    }
    return OK;
}

static err count_words(const struct change *c, struct codes *k)
{
    for (const struct field *w = WORDS; w->name; w++) {
        str before = text_at(c->old, w->offset), after = text_at(c->new, w->offset);
        k->from.value = k->was && before.len ? -1 : 0;
        k->to.value = k->is && after.len ? 1 : 0;
        if (!k->from.value && !k->to.value)
            continue;
        k->from.metric = word_metric(c->rq, w, before);
        k->to.metric = word_metric(c->rq, w, after);
        TRY(move(c, k->from, k->to));
    }
    return OK;
}

static bool is_counted(const struct dimension *d, str code)
{
    return !d->is_partial || !(d->is_number ? str_is(code, "0") : code.len == 0);
}

static err count_dimension(const struct change *c, const struct dimension *d)
{
    struct codes k = { .dimension = d };
    str none = str_of("");
    k.from = (struct dashboard_count){ c->old->session_id, 0, str_of(d->name),
                                       code_of(c->rq, d, c->old), none };
    k.to = (struct dashboard_count){ c->new->session_id, 0, str_of(d->name),
                                     code_of(c->rq, d, c->new), none };
    k.was = is_counted(d, k.from.code);
    k.is = is_counted(d, k.to.code);
    TRY(count_metrics(c, &k, METRICS));
    if (d->at == SIZE_MAX)
        TRY(count_metrics(c, &k, TOTALS));
    return is_first_answers(d) ? OK : count_words(c, &k);
}

/* Days of letters are those to the first answer: whose that was. */
static str stage_code(struct rq *rq, const struct dashboard_facts *f)
{
    i64 agency_id = f->letters ? f->first_agency_id : f->agency_id;
    return agency_id ? str_number(rq->mem, agency_id) : str_of("");
}

static err count_stages(const struct change *c)
{
    for (const struct field *s = STAGES; s->name; s++) {
        str before = text_at(c->old, s->offset), after = text_at(c->new, s->offset);
        if (before.len || after.len)
            TRY(move(c,
                     (struct dashboard_count){ c->old->session_id, before.len ? -1 : 0,
                                               str_of(s->name), stage_code(c->rq, c->old), before },
                     (struct dashboard_count){ c->new->session_id, after.len ? 1 : 0,
                                               str_of(s->name), stage_code(c->rq, c->new),
                                               after }));
    }
    return OK;
}

static bool is_same_in(const struct field *fields, const struct dashboard_facts *a,
                       const struct dashboard_facts *b)
{
    for (const struct field *f = fields; f->name; f++)
        if (f->type == FIELD_STR ? !str_eq(text_at(a, f->offset), text_at(b, f->offset))
                                 : number_at(a, f->offset) != number_at(b, f->offset))
            return false;
    return true;
}

static bool is_same(const struct dashboard_facts *a, const struct dashboard_facts *b)
{
    return is_same_in(DASHBOARD_FACTS_ROW, a, b) && is_same_in(DASHBOARD_SIDE_ROW, a, b) &&
           is_same_in(DASHBOARD_OPINION_ROW, a, b) && is_same_in(DASHBOARD_LETTER_ROW, a, b);
}

str dashboard_code(struct rq *rq, const char *dimension, const struct dashboard_facts *f)
{
    for (size_t i = 0; i < sizeof DIMENSIONS / sizeof *DIMENSIONS; i++)
        if (strcmp(DIMENSIONS[i].name, dimension) == 0)
            return code_of(rq, &DIMENSIONS[i], f);
    return str_of("");
}

/* ---- one subject ---- */

static err refresh(struct rq *rq, const char *source, i64 subject_id)
{
    static const struct dashboard_facts NONE;
    struct rows now, kept;
    struct facts_reader reader = { subject_id, subject_id, rq->mem, &now, NULL, NULL };
    TRY(facts_store_now(rq->db, source, &reader));
    TRY(facts_store_find(rq->db, str_of(source), subject_id, rq->mem, &kept));
    struct dashboard_facts *new = now.items;
    if (now.count)
        new->source = str_of(source);
    const struct change c = { rq, kept.count ? kept.items : &NONE, now.count ? new : &NONE };
    if (is_same(c.old, c.new))
        return OK;
    for (size_t i = 0; i < sizeof DIMENSIONS / sizeof *DIMENSIONS; i++)
        if (strcmp(DIMENSIONS[i].source, source) == 0)
            TRY(count_dimension(&c, &DIMENSIONS[i]));
    TRY(count_stages(&c));
    return now.count ? facts_store_put(rq->db, new)
                     : facts_store_remove(rq->db, str_of(source), subject_id);
}

/* Nothing of it stays: a list brings thousands in one request. */
err dashboard_refresh(struct rq *rq, const char *source, i64 subject_id)
{
    struct arena_mark mark = arena_mark(rq->mem);
    err e = refresh(rq, source, subject_id);
    if (e.code == ERR_NONE)
        arena_reset_to(rq->mem, mark);
    return e;
}

/* ---- all again ---- */

struct recount {
    struct rq *rq;
    const char *source;
    struct arena *mem;
    struct dashboard_check *check;
};

static err look(void *context, void *row)
{
    struct recount *r = context;
    struct dashboard_facts *now = row;
    struct rows kept;
    now->source = str_of(r->source);
    TRY(facts_store_find(r->rq->db, now->source, now->subject_id, r->mem, &kept));
    r->check->subjects++;
    r->check->stale += kept.count == 0 || !is_same(kept.items, now);
    return OK;
}

err dashboard_verify(struct rq *rq, struct dashboard_check *out)
{
    static const char *const SOURCES[] = { "proposals", "assignments", "promises", "reminders",
                                           "urgings",   "disputes",    "opinions", "letters" };
    i64 total;
    *out = (struct dashboard_check){ 0 };
    for (size_t i = 0; i < sizeof SOURCES / sizeof *SOURCES; i++) {
        struct recount r = { rq, SOURCES[i], rq->mem, out };
        struct facts_reader reader = { 0, INT64_MAX, rq->mem, NULL, look, &r };
        TRY(facts_store_now(rq->db, SOURCES[i], &reader));
    }
    TRY(facts_store_total(rq->db, &total));
    if (total > out->subjects)
        out->stale += total - out->subjects;
    return counts_store_wrong(rq->db, &out->counters);
}

err dashboard_recount(struct rq *rq)
{
    TRY(facts_store_clear(rq->db));
    return facts_store_fill(rq->db);
}

/* ---- facts of others ---- */

static err published_or_not(struct rq *rq, i64 publication_id)
{
    i64 proposal_id;
    TRY(facts_store_published(rq->db, publication_id, &proposal_id));
    return dashboard_refresh(rq, "proposals", proposal_id);
}

/* A step of an assignment may change its proposal too, without a step of that one (a day moved). */
err on_flow_stepped(struct rq *rq, i64 id, const void *fact)
{
    static const struct flow *const OWN[] = { &PROPOSALS_FLOW, &PROMISES_FLOW, &URGINGS_FLOW,
                                              &DISPUTES_FLOW,  &OPINIONS_FLOW, &LETTERS_FLOW };
    const struct flow_step *step = fact;
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
        if (step->flow == OWN[i])
            return dashboard_refresh(rq, step->flow->name, id);
    if (step->flow == &PUBLICATIONS_FLOW)
        return published_or_not(rq, id);
    if (step->flow != &ASSIGNMENTS_FLOW)
        return OK;
    const struct assignment *a = step->subject->row;
    TRY(dashboard_refresh(rq, "assignments", id));
    return str_is(a->matter, "proposals") ? dashboard_refresh(rq, "proposals", a->matter_id) : OK;
}

/* A list has brought it anew; a draft counts nowhere. */
err on_dashboard_proposal_saved(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_saved *saved = fact;
    return saved->proposal->serial ? dashboard_refresh(rq, "proposals", id) : OK;
}

err on_proposal_retold(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return dashboard_refresh(rq, "proposals", id);
}

err on_dashboard_reminded(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return dashboard_refresh(rq, "reminders", id);
}

err on_dashboard_opinion_retold(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return dashboard_refresh(rq, "opinions", id);
}

err on_dashboard_letter_retold(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return dashboard_refresh(rq, "letters", id);
}

err on_assignment_retold(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return dashboard_refresh(rq, "assignments", id);
}

err on_dashboard_session_corrected(struct rq *rq, i64 id, const void *fact)
{
    struct rows moved;
    (void)fact;
    TRY(facts_store_list_moved(rq->db, id, rq->mem, &moved));
    const i64 *all = moved.items;
    for (size_t i = 0; i < moved.count; i++)
        TRY(dashboard_refresh(rq, "proposals", all[i]));
    return OK;
}
