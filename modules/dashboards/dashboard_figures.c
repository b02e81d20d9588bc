/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See dashboard_figures.h. A figure more is a line of FIGURES; its words stand in text/zh.txt. That
 * each query's list has as many records as the figure says, a test compares. */
#include "modules/dashboards/dashboard_tables.h"

#include <assert.h>

#include "modules/outcomes/outcome.h"
#include "modules/proposals/proposal.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { CLASSES_MAX = 8, SUM_MAX = 1000, URL_MAX = 4096, METRICS_MAX = 400, WHOLE = 10000 };
enum { MORE = 8, PER_CLASS = 3, TALKS_MAX = 9 };

/* A day before every record: with it, "has a day at all". */
#define CLOSED "&outcome=docketed&closed_at_from=1990-01-01"

static const struct figure FIGURES[] = {
    { "received", OF_CASES, "received", NULL, "" },
    { "pending", OF_CASES, "received -docketed -rejected -diverted -withdrawn -merged", NULL,
      "&state=submitted,revising,screened" },
    { "rejected", OF_CASES, "rejected", NULL, "&outcome=rejected" },
    { "diverted", OF_CASES, "diverted", NULL, "&outcome=diverted" },
    { "withdrawn", OF_CASES, "withdrawn", NULL, "&outcome=withdrawn" },
    { "merged", OF_CASES, "merged", NULL, "&outcome=merged" },
    { "signers", OF_SIGNERS, "signers", NULL, "" },
    { "assigned", OF_CASES, "assigned", NULL, "&assigned=1" },
    { "due", OF_CASES, "replied overdue", NULL, "&is_due=1" },
    { "replied", OF_CASES, "replied", NULL, "&replied=1" },
    { "on_time", OF_CASES, "on_time", NULL, "&replied=1&first_late=0" },
    { "strict", OF_CASES, "strict", NULL, "&replied=1&strict=1" },
    { "closed", OF_CASES, "closed", NULL, CLOSED },
    { "extended", OF_CASES, "extended", NULL, "&extended=1" },
    { "redone", OF_CASES, "redone", NULL, "&redone=1" },
    { "mediated", OF_CASES, "mediated", NULL, "&mediated=1" },
    { "flagship", OF_CASES, "flagship", NULL, "&flagship=1" },
    { "commended", OF_CASES, "commended", NULL, "&commended=1" },
    { "publishable", OF_CASES, "publishable", NULL, "&publishable=1" },
    { "published", OF_CASES, "published", NULL, "&published=1" },
    { "publish_rate", OF_CASES, "published", "publishable", NULL },
    { "agencies", OF_AGENCIES, "agencies", NULL, "" },
    { "hosts", OF_AGENCIES, "hosts", NULL, "&hosts=1" },
    { "reply_rate", OF_CASES, "replied", "replied overdue", NULL },
    { "strict_rate", OF_CASES, "strict", "replied overdue -steps_unknown", NULL },
    { "on_time_rate", OF_CASES, "on_time", "replied overdue", NULL },
    { "unit_assigned", OF_ANSWERS, "assigned", NULL, "&answers=1" },
    { "unit_share", OF_ANSWERS, "assigned", "all_assigned", NULL },
    { "cohosted", OF_ANSWERS, "cohosted", NULL,
      "&role=cohost&cancelled=0&state=assigned,accepted,bouncing,contributed,drafted,"
      "redrafting,closed" },
    { "unit_due", OF_ANSWERS, "replied overdue", NULL, "&answers=1&owed=1" },
    { "unit_replied", OF_ANSWERS, "replied", NULL, "&answers=1&answered=1" },
    { "unit_on_time", OF_ANSWERS, "on_time", NULL, "&answers=1&answered=1&first_late=0" },
    { "unit_strict", OF_ANSWERS, "strict", NULL, "&answers=1&answered=1&strict=1" },
    { "unit_closed", OF_ANSWERS, "closed", NULL, "&answers=1&state=closed" },
    { "unit_reply_rate", OF_ANSWERS, "replied", "replied overdue", NULL },
    { "unit_strict_rate", OF_ANSWERS, "strict", "replied overdue -steps_unknown", NULL },
    { "unit_on_time_rate", OF_ANSWERS, "on_time", "replied overdue", NULL },
    { "unit_met", OF_ANSWERS, "met", NULL, "&answers=1&answered=1&met=1" },
    { "meet_rate", OF_ANSWERS, "met", "replied -talks_unknown", NULL },
    { "items", OF_ITEMS, "items", NULL, "" },
    { "adopted", OF_ITEMS, "adopted", NULL, "&result=adopted" },
    { "partly_adopted", OF_ITEMS, "partly", NULL, "&result=partly" },
    { "adoption_rate", OF_ITEMS, "adopted partly", "items", NULL },
    { "case_satisfied", OF_VERDICTS, "satisfaction.satisfied", NULL,
      CLOSED "&satisfaction=satisfied" },
    { "case_fair", OF_VERDICTS, "satisfaction.fair", NULL, CLOSED "&satisfaction=fair" },
    { "case_dissatisfied", OF_VERDICTS, "satisfaction.dissatisfied", NULL,
      CLOSED "&satisfaction=dissatisfied" },
    { "case_rate", OF_VERDICTS, "satisfaction.satisfied satisfaction.fair",
      "satisfaction.satisfied satisfaction.fair satisfaction.dissatisfied", NULL },
    { "sent", OF_FORMS, "sent", NULL, "&latest=1" },
    { "returned", OF_FORMS, "returned", NULL, "&latest=1&given=1" },
    { "handling_satisfied", OF_FORMS, "handling_satisfied", NULL, "&latest=1&handling=satisfied" },
    { "handling_fair", OF_FORMS, "handling_fair", NULL, "&latest=1&handling=fair" },
    { "handling_dissatisfied", OF_FORMS, "handling_dissatisfied", NULL,
      "&latest=1&handling=dissatisfied" },
    { "result_satisfied", OF_FORMS, "result_satisfied", NULL, "&latest=1&result=satisfied" },
    { "result_fair", OF_FORMS, "result_fair", NULL, "&latest=1&result=fair" },
    { "result_dissatisfied", OF_FORMS, "result_dissatisfied", NULL,
      "&latest=1&result=dissatisfied" },
    { "return_rate", OF_FORMS, "returned", "sent", NULL },
    { "handling_rate", OF_FORMS, "handling_satisfied handling_fair", "returned", NULL },
    { "result_rate", OF_FORMS, "result_satisfied result_fair", "returned", NULL },
    { "satisfied_rate", OF_FORMS, "result_satisfied", "returned", NULL },
    { "promised", OF_PROMISES, "promised", NULL, "&state=made,progressing,renewed,met,missed" },
    { "promises_due", OF_PROMISES, "kept missed due", NULL, "&is_due=1" },
    { "kept", OF_PROMISES, "kept", NULL, "&state=met" },
    { "unconfirmed", OF_PROMISES, "unconfirmed", NULL, "&unconfirmed=1" },
    { "missed", OF_PROMISES, "missed", NULL, "&state=missed" },
    { "open", OF_PROMISES, "pending", NULL, "&is_open=1" },
    { "fulfil_rate", OF_PROMISES, "kept", "kept missed due", NULL },
    { "reminded", OF_REMINDERS, "reminded", NULL, "" },
    { "reminded_by_clock", OF_REMINDERS, "reminded_by_clock", NULL, "&kind=house" },
    { "slips", OF_SLIPS, "slips", NULL, "&issued=1" },
    { "slips_due", OF_SLIPS, "slips_answered slips_overdue", NULL, "&is_due=1" },
    { "slips_answered", OF_SLIPS, "slips_answered", NULL, "&answered=1" },
    { "slips_on_time", OF_SLIPS, "slips_on_time", NULL, "&answered=1&was_late=0" },
    { "slips_rate", OF_SLIPS, "slips_on_time", "slips_answered slips_overdue", NULL },
    { "disputes", OF_DISPUTES, "disputes", NULL, "" },
    { "disputes_open", OF_DISPUTES, "disputes -disputes_upheld -disputes_moved -disputes_dropped",
      NULL, "&state=opened,heard" },
    { "disputes_upheld", OF_DISPUTES, "disputes_upheld", NULL, "&decision=upheld" },
    { "disputes_moved", OF_DISPUTES, "disputes_moved", NULL, "&decision=moved" },
    { "disputes_dropped", OF_DISPUTES, "disputes_dropped", NULL, "&decision=dropped" },
};
enum { FIGURE_COUNT = sizeof FIGURES / sizeof *FIGURES };

static const struct figure OPINIONS[] = {
    { "opinions", OF_OPINIONS, "opinions", NULL, "&counted=1" },
    { "waiting", OF_OPINIONS, "waiting", NULL, "&counted=1&state=submitted" },
    { "chosen", OF_OPINIONS, "chosen", NULL, "&counted=1&chosen=1" },
    { "stored", OF_OPINIONS, "stored", NULL, "&counted=1&state=kept" },
    { "issued", OF_OPINIONS, "issued", NULL, "&counted=1&issued=1" },
    { "single", OF_OPINIONS, "single", NULL, "&counted=1&issued=1&sourced=0" },
    { "sourced", OF_OPINIONS, "issued -single", NULL, "&counted=1&issued=1&sourced=1" },
    { "urgent_sent", OF_OPINIONS, "urgent_sent", NULL, "&counted=1&urgent=1" },
    { "revising", OF_OPINIONS, "revising", NULL, NULL },
    { "composites", OF_OPINIONS, "composites", NULL, "&composite=1" },
    { "composites_issued", OF_OPINIONS, "composites_issued", NULL, "&composite=1&issued=1" },
    { "recast", OF_OPINIONS, "recast", NULL, "&recast=1" },
    { "choose_rate", OF_OPINIONS, "chosen", "opinions", NULL },
    { "issue_rate", OF_OPINIONS, "issued", "opinions", NULL },
};

#define ANSWERED "&first_answer=on_time,late,untimed"

static const struct figure LETTERS[] = {
    { "letters", OF_LETTERS, "letters", NULL, "" },
    { "waiting", OF_LETTERS, "waiting", NULL, "&state=received,triaged" },
    { "dismissed", OF_LETTERS, "dismissed", NULL, "&ended=dismissed" },
    { "routed", OF_LETTERS, "routed", NULL, "&ended=routed" },
    { "withdrawn", OF_LETTERS, "withdrawn", NULL, "&ended=withdrawn" },
    { "handed", OF_LETTERS, "handed", NULL, "&handed=1" },
    { "answered", OF_FIRST_ANSWERS, "answered", NULL, ANSWERED },
    { "on_time", OF_FIRST_ANSWERS, "on_time", NULL, "&first_answer=on_time" },
    { "late", OF_FIRST_ANSWERS, "late", NULL, "&first_answer=late" },
    { "overdue", OF_LETTERS, "overdue", NULL, "&overdue=1" },
    { "on_time_rate", OF_LETTERS, "on_time", "on_time late overdue", NULL },
    { "solved", OF_LETTERS, "verdict.solved", NULL, "&verdict=solved" },
    { "partly", OF_LETTERS, "verdict.partly", NULL, "&verdict=partly" },
    { "unsolved", OF_LETTERS, "verdict.unsolved", NULL, "&verdict=unsolved" },
    { "unjudged", OF_LETTERS, "unjudged", NULL, "&judged=0" ANSWERED },
    { "solve_rate", OF_LETTERS, "verdict.solved", "verdict.solved verdict.partly verdict.unsolved",
      NULL },
    { "again", OF_LETTERS, "again", NULL, "&reopened=1" },
    { "asked", OF_LETTERS, "asked", NULL, "&asked=1" },
    { "still_yes", OF_LETTERS, "still_yes", NULL, "&still=yes" },
    { "still_no", OF_LETTERS, "still_no", NULL, "&still=no" },
    { "still_rate", OF_LETTERS, "still_yes", "still_yes still_no", NULL },
    { "fed", OF_LETTERS, "fed", NULL, "&fed=1" },
};

static const struct figure_world
    PROPOSALS_WORLD = { .scope = "session_id",
                        .words = "proposals.figures.",
                        .explain = "/proposals/figures/explain",
                        .totals = TOTAL_FIGURES,
                        .stages = "review_days assign_days accept_days handle_days sign_days "
                                  "cohost_days evaluate_days dispute_days" },
    OPINIONS_WORLD = { .scope = "year",
                       .words = "opinions.figures.",
                       .explain = "/opinions/figures/explain",
                       .totals = "opinions waiting chosen choose_rate stored issued issue_rate "
                                 "single sourced urgent_sent revising composites composites_issued "
                                 "recast",
                       .all = "opinion_all",
                       .by_year = { "opinion_year", OPINION_YEAR_FIGURES } },
    LETTERS_WORLD = { .scope = "year",
                      .words = "letters.figures.",
                      .explain = "/letters/figures/explain",
                      .totals =
                          "letters waiting dismissed routed withdrawn handed answered on_time "
                          "late overdue on_time_rate solved partly unsolved unjudged "
                          "solve_rate again asked still_yes still_no still_rate fed",
                      .stages = "answer_days",
                      .all = "letter_all",
                      .by_year = { "letter_year", LETTER_YEAR_FIGURES } };

const struct figure_list FIGURE_LISTS[FIGURE_KINDS] = {
    [OF_CASES] = { "/proposals", false },
    [OF_SIGNERS] = { "/proposals/figures/signers", false },
    [OF_ANSWERS] = { "/assignments", true },
    [OF_ITEMS] = { "/proposals/figures/answers", false },
    [OF_AGENCIES] = { "/proposals/figures/units", false },
    [OF_VERDICTS] = { "/proposals", false },
    [OF_TRACKED] = { "/proposals", false },
    [OF_FORMS] = { "/evaluations", true },
    [OF_PROMISES] = { "/promises", true },
    [OF_REMINDERS] = { "/urgings/reminders", true },
    [OF_SLIPS] = { "/urgings", true },
    [OF_DISPUTES] = { "/disputes", true },
    [OF_OPINIONS] = { "/opinions", false },
    [OF_LETTERS] = { "/letters", false },
    [OF_FIRST_ANSWERS] = { "/letters", false },
};

/* ---- lines ---- */

static i64 metric_value(const struct tally_line *line, str metric)
{
    if (str_is(metric, "overdue"))
        return line->overdue;
    if (str_is(metric, "due"))
        return line->due;
    if (str_is(metric, "slips_overdue"))
        return line->slips_overdue;
    if (str_is(metric, "agencies"))
        return line->agencies;
    if (str_is(metric, "hosts"))
        return line->hosts;
    if (str_is(metric, "all_docketed"))
        return line->all_docketed;
    if (str_is(metric, "all_assigned"))
        return line->all_assigned;
    for (size_t i = 0; i < line->count; i++)
        if (str_eq(line->counts[i].metric, metric))
            return line->counts[i].value;
    return 0;
}

static void lines_cut(const struct figure_set *s, const struct rows *rows, struct tally *out)
{
    const struct dashboard_count *all = rows->items;
    struct tally_line *line = NULL;
    out->lines = arena_array(s->rq->mem, rows->count + 1, sizeof *out->lines);
    out->count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (!line || !str_eq(line->code, all[i].code)) {
            line = &out->lines[out->count++];
            *line = (struct tally_line){ .code = all[i].code, .counts = &all[i] };
            (void)str_to_i64(line->code, &line->agency_id);
        }
        line->count++;
    }
}

static struct tally_line *line_find(const struct tally *t, str code)
{
    for (size_t i = 0; i < t->count; i++)
        if (str_eq(t->lines[i].code, code))
            return &t->lines[i];
    return NULL;
}

err tally_make(const struct figure_set *s, const char *dimension, struct tally *out)
{
    struct rows rows;
    TRY(counts_store_list(s->rq->db,
                          &(struct counts_query){ s->session_id, s->rq->today, str_of(dimension) },
                          s->rq->mem, &rows));
    lines_cut(s, &rows, out);
    for (size_t i = 0; i < out->count; i++)
        out->lines[i].all_docketed = s->docketed;
    const struct dashboard_facts *overdue = s->overdue.items;
    for (size_t i = 0; i < s->overdue.count; i++) {
        struct tally_line *line = line_find(out, dashboard_code(s->rq, dimension, &overdue[i]));
        if (line)
            line->overdue += overdue[i].owes;
    }
    return OK;
}

/* Agencies have two sources: what they owe, and what they have promised. */
static err agencies_make(struct figure_set *s)
{
    struct rows owing, due, slips;
    const struct counts_query query = { s->session_id, s->rq->today, str_of("agency") };
    struct rows rows;
    TRY(counts_store_list(s->rq->db, &query, s->rq->mem, &rows));
    TRY(facts_store_list_owing(s->rq->db, &query, s->rq->mem, &owing));
    TRY(facts_store_list_due(s->rq->db, &query, s->rq->mem, &due));
    TRY(facts_store_list_slips(s->rq->db, &query, s->rq->mem, &slips));
    lines_cut(s, &rows, &s->agencies);
    const struct dashboard_facts *o = owing.items, *d = due.items, *l = slips.items;
    for (size_t i = 0; i < s->agencies.count; i++) {
        struct tally_line *line = &s->agencies.lines[i];
        for (size_t k = 0; k < owing.count; k++)
            line->overdue += o[k].agency_id == line->agency_id ? o[k].owes : 0;
        for (size_t k = 0; k < due.count; k++)
            line->due += d[k].agency_id == line->agency_id ? d[k].owes : 0;
        for (size_t k = 0; k < slips.count; k++)
            line->slips_overdue += l[k].agency_id == line->agency_id ? l[k].owes : 0;
        line->hosts = metric_value(line, str_of("assigned")) > 0;
        line->agencies = line->hosts || metric_value(line, str_of("cohosted")) > 0;
    }
    return OK;
}

/* Those lines in one that are of this group, all where it is NULL. */
static struct tally_line sum_of(const struct figure_set *s, const struct tally *t,
                                const str *groups, const str *group)
{
    struct tally_line sum = { .code = group ? *group : (str){ "", 0 },
                              .all_docketed = s->docketed,
                              .all_assigned = t->count ? t->lines[0].all_assigned : 0 };
    struct dashboard_count *counts = arena_array(s->rq->mem, METRICS_MAX, sizeof *counts);
    sum.counts = counts;
    for (size_t i = 0; i < t->count; i++) {
        if (group && !str_eq(groups[i], *group))
            continue;
        sum.overdue += t->lines[i].overdue;
        sum.due += t->lines[i].due;
        sum.slips_overdue += t->lines[i].slips_overdue;
        sum.agencies += t->lines[i].agencies;
        sum.hosts += t->lines[i].hosts;
        for (size_t k = 0; k < t->lines[i].count; k++) {
            const struct dashboard_count *c = &t->lines[i].counts[k];
            size_t m = 0;
            while (m < sum.count && !str_eq(counts[m].metric, c->metric))
                m++;
            if (m == sum.count && m < METRICS_MAX)
                counts[sum.count++] = (struct dashboard_count){ .metric = c->metric };
            if (m < METRICS_MAX)
                counts[m].value += c->value;
        }
    }
    return sum;
}

struct tally_line tally_sum(const struct figure_set *s, const struct tally *t)
{
    return sum_of(s, t, NULL, NULL);
}

void tally_group(const struct figure_set *s, const struct tally *t, const str *groups,
                 struct tally *out)
{
    out->lines = arena_array(s->rq->mem, t->count + 1, sizeof *out->lines);
    out->count = 0;
    for (size_t i = 0; i < t->count; i++)
        if (!line_find(out, groups[i]))
            out->lines[out->count++] = sum_of(s, t, groups, &groups[i]);
}

/* ---- figures that hang on classes and settings ---- */

static void figure_add(struct figure_set *s, struct figure f)
{
    ((struct figure *)s->figures)[s->figure_count++] = f;
}

/* Each class in the order of the site's dictionary, also one that can no longer be chosen: it was
 * answered with. */
static err classes_add(struct figure_set *s)
{
    struct rows rows;
    TRY(dictionary_list_all(s->rq, "assignments.classes", &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count && i < CLASSES_MAX; i++) {
        struct arena *mem = s->rq->mem;
        int len = (int)all[i].code.len;
        const char *code = all[i].code.ptr;
        const char *sum = arena_printf(mem, "class.%.*s", len, code).ptr;
        figure_add(s, (struct figure){ sum, OF_CASES, sum, NULL,
                                       arena_printf(mem, "&replied=1&class=%.*s", len, code).ptr });
        figure_add(s, (struct figure){ arena_printf(mem, "share.%.*s", len, code).ptr, OF_CASES,
                                       sum, "replied", NULL });
        figure_add(s,
                   (struct figure){
                       arena_printf(mem, "unit_class.%.*s", len, code).ptr, OF_ANSWERS, sum, NULL,
                       arena_printf(mem, "&answers=1&answered=1&class=%.*s", len, code).ptr });
    }
    return OK;
}

/* rules.md 4: a site says how many talks make one "talked over". */
static void contacts_add(struct figure_set *s)
{
    struct buf *b = buf_new(s->rq->mem, SUM_MAX);
    for (i64 n = setting_number(s->rq, "assignments.contacts_min"); n <= TALKS_MAX; n++)
        buf_printf(b, "talks.%lld ", (long long)n);
    const char *sum = arena_cstr(s->rq->mem, buf_str(b));
    i64 least = setting_number(s->rq, "assignments.contacts_min");
    figure_add(s,
               (struct figure){ "unit_contacted", OF_ANSWERS, sum, NULL,
                                arena_printf(s->rq->mem, "&answers=1&answered=1&talked_from=%lld",
                                             (long long)least)
                                    .ptr });
    /* a list of earlier years tells of one talk at most */
    figure_add(s, (struct figure){ "contact_rate", OF_ANSWERS, sum,
                                   least > 1 ? "replied -steps_unknown" : "replied -talks_unknown",
                                   NULL });
}

/* B to A: of what was closed in a class that is followed up, what was found solved since. */
static void found_add(struct figure_set *s)
{
    struct arena *mem = s->rq->mem;
    struct buf *sums[] = { buf_new(mem, SUM_MAX), buf_new(mem, SUM_MAX), buf_new(mem, SUM_MAX) };
    struct buf *classes = buf_new(mem, SUM_MAX);
    str codes = setting_text(s->rq, "outcomes.track_classes"), code;
    while (str_split(&codes, ' ', &code)) {
        int len = (int)code.len;
        if (!len)
            continue;
        buf_printf(sums[0], "tracked.%.*s.solved ", len, code.ptr);
        buf_printf(sums[1], "tracked.%.*s.partly ", len, code.ptr);
        buf_printf(sums[2], "tracked.%.*s. tracked.%.*s.unsolved ", len, code.ptr, len, code.ptr);
        buf_printf(classes, "%s%.*s", classes->len ? "," : CLOSED "&class=", len, code.ptr);
    }
    const char *solved = arena_cstr(mem, buf_str(sums[0])),
               *partly = arena_cstr(mem, buf_str(sums[1])),
               *query = arena_cstr(mem, buf_str(classes)),
               *all = arena_printf(mem, "%s%s%s", solved, partly, arena_cstr(mem, buf_str(sums[2])))
                          .ptr;
    figure_add(s, (struct figure){ "tracked", OF_TRACKED, all, NULL, query });
    figure_add(s, (struct figure){ "found", OF_TRACKED, solved, NULL,
                                   arena_printf(mem, "%s&tracking=solved", query).ptr });
    figure_add(s, (struct figure){ "found_partly", OF_TRACKED, partly, NULL,
                                   arena_printf(mem, "%s&tracking=partly", query).ptr });
    figure_add(s, (struct figure){ "found_rate", OF_TRACKED, solved, all, NULL });
}

/* Places differ: what was merged is docketed too, or stands apart (glossary, docketed). */
static void docketed_add(struct figure_set *s)
{
    bool apart = setting_on(s->rq, "dashboards.merged_apart");
    const char *sum = apart ? "docketed" : "docketed merged";
    figure_add(s, (struct figure){ "docketed", OF_CASES, sum, NULL,
                                   apart ? "&outcome=docketed" : "&outcome=docketed,merged" });
    figure_add(s, (struct figure){ "docketed_share", OF_CASES, sum, "all_docketed", NULL });
}

err figure_set_make(struct rq *rq, i64 session_id, struct figure_set *out)
{
    *out = (struct figure_set){ .rq = rq, .world = &PROPOSALS_WORLD, .session_id = session_id };
    const struct counts_query query = { session_id, rq->today, str_of("") };
    out->digits = setting_number(rq, "dashboards.digits");
    /* Who works for an agency, whatever else he is, sees no sums that hold his own. */
    out->forms = actor_scope(rq->actor, "evaluations.read") == SCOPE_ORG && !rq->actor->agency_id;
    out->kept = actor_scope(rq->actor, "outcomes.read") == SCOPE_ORG;
    out->urged = actor_scope(rq->actor, "urgings.read") == SCOPE_ORG;
    out->disputed = actor_scope(rq->actor, "disputes.read") == SCOPE_ORG;
    out->figures =
        arena_array(rq->mem, FIGURE_COUNT + MORE + PER_CLASS * CLASSES_MAX, sizeof *out->figures);
    for (size_t i = 0; i < FIGURE_COUNT; i++)
        figure_add(out, FIGURES[i]);
    docketed_add(out);
    contacts_add(out);
    found_add(out);
    TRY(classes_add(out));
    TRY(facts_store_list_overdue(rq->db, &query, rq->mem, &out->overdue));
    TRY(agencies_make(out));
    out->handled = tally_sum(out, &out->agencies);
    out->handled.all_assigned = metric_value(&out->handled, str_of("assigned"));
    for (size_t i = 0; i < out->agencies.count; i++)
        out->agencies.lines[i].all_assigned = out->handled.all_assigned;
    TRY(tally_make(out, "all", &out->cases));
    if (out->cases.count) {
        struct tally_line *all = &out->cases.lines[0];
        all->slips_overdue = out->handled.slips_overdue;
        all->all_docketed = out->docketed = figure_value(all, figure_find(out, "docketed"));
    }
    return OK;
}

/* Of a year, all figures those of the table. */
static err year_make(struct rq *rq, const struct figure_set *set, struct figure_set *out)
{
    const struct counts_query query = { set->session_id, rq->today, str_of("") };
    *out = *set;
    out->rq = rq;
    out->digits = setting_number(rq, "dashboards.digits");
    if (out->world == &LETTERS_WORLD)
        TRY(letter_facts_store_list_overdue(rq->db, &query, rq->mem, &out->overdue));
    return tally_make(out, out->world->all, &out->cases);
}

err opinion_figures_make(struct rq *rq, i64 year, struct figure_set *out)
{
    const struct figure_set set = { .world = &OPINIONS_WORLD,
                                    .session_id = year,
                                    .figures = OPINIONS,
                                    .figure_count = sizeof OPINIONS / sizeof *OPINIONS };
    return year_make(rq, &set, out);
}

err letter_figures_make(struct rq *rq, i64 year, struct figure_set *out)
{
    const struct figure_set set = { .world = &LETTERS_WORLD,
                                    .session_id = year,
                                    .figures = LETTERS,
                                    .figure_count = sizeof LETTERS / sizeof *LETTERS };
    TRY(year_make(rq, &set, out));
    return tally_make(out, "letter_agency", &out->agencies);
}

err tally_make_years(const struct figure_set *s, struct tally *out)
{
    struct rows rows;
    TRY(counts_store_list_years(s->rq->db, str_of(s->world->all), s->rq->mem, &rows));
    lines_cut(s, &rows, out);
    return OK;
}

const struct figure *figure_find(const struct figure_set *s, const char *name)
{
    for (size_t i = 0; i < s->figure_count; i++)
        if (strcmp(s->figures[i].name, name) == 0)
            return &s->figures[i];
    assert(s->figure_count == SIZE_MAX); /* a figure of that name is always declared */
    return NULL;
}

bool figure_is_shown(const struct figure_set *s, const struct figure *f)
{
    if (f->of == OF_FORMS || f->of == OF_VERDICTS)
        return s->forms;
    if (f->of == OF_REMINDERS || f->of == OF_SLIPS)
        return s->urged;
    if (f->of == OF_DISPUTES)
        return s->disputed;
    return f->of == OF_PROMISES || f->of == OF_TRACKED ? s->kept : true;
}

/* ---- values ---- */

static i64 sum_value(const struct tally_line *line, const char *sum)
{
    str rest = str_of(sum), word;
    i64 value = 0;
    while (str_split(&rest, ' ', &word))
        if (word.len && *word.ptr == '-')
            value -= metric_value(line, str_sub(word, 1, word.len));
        else if (word.len)
            value += metric_value(line, word);
    return value;
}

i64 figure_value(const struct tally_line *line, const struct figure *f)
{
    return sum_value(line, f->sum);
}

i64 figure_rate(const struct tally_line *line, const struct figure *f)
{
    i64 part = sum_value(line, f->sum), whole = sum_value(line, f->whole);
    return whole > 0 ? (part * 2 * WHOLE + whole) / (whole * 2) : -1;
}

bool figure_is_unknown(const struct tally_line *line, const struct figure *f)
{
    static const struct {
        const char *figure, *unknown;
    } UNTOLD[] = { { "strict", "steps_unknown" },         { "unit_strict", "steps_unknown" },
                   { "strict_rate", "steps_unknown" },    { "unit_strict_rate", "steps_unknown" },
                   { "unit_contacted", "steps_unknown" }, { "contact_rate", "steps_unknown" },
                   { "unit_met", "talks_unknown" },       { "meet_rate", "talks_unknown" } };
    for (size_t i = 0; i < sizeof UNTOLD / sizeof *UNTOLD; i++) {
        if (strcmp(UNTOLD[i].figure, f->name) != 0)
            continue;
        i64 unknown = metric_value(line, str_of(UNTOLD[i].unknown));
        bool none = f->whole ? figure_rate(line, f) < 0
                             : figure_value(line, f) == 0 &&
                                   unknown == metric_value(line, str_of("replied"));
        return unknown > 0 && none;
    }
    return false;
}

/* ---- words and addresses ---- */

str figure_percent(const struct figure_set *s, i64 rate)
{
    static const i64 UNITS[] = { 100, 10, 1 }; /* of a ten-thousandth, by digits shown */
    if (rate < 0)
        return str_of("\u2014");
    i64 unit = UNITS[s->digits], shown = (rate + unit / 2) / unit, tens = 100 / unit;
    if (s->digits == 0)
        return arena_printf(s->rq->mem, "%lld%%", (long long)shown);
    return arena_printf(s->rq->mem, "%lld.%0*lld%%", (long long)(shown / tens), (int)s->digits,
                        (long long)(shown % tens));
}

/* "class.a": the words of the figure, and the code behind the dot. */
static str named(const struct figure_set *s, const char *prefix, const char *name)
{
    str all = str_of(name), first;
    (void)str_split(&all, '.', &first);
    str key = arena_printf(s->rq->mem, "%s%.*s", prefix, (int)first.len, first.ptr);
    if (all.len == 0)
        return text_find(key.ptr);
    return text_format(s->rq->mem, key.ptr, proposal_class(s->rq, all, 0), str_of(""));
}

const char *figure_key(const struct figure_set *s, const char *name)
{
    return arena_printf(s->rq->mem, "%s%s", s->world->words, name).ptr;
}

str figure_label(const struct figure_set *s, const struct figure *f)
{
    return named(s, s->world->words, f->name);
}

str figure_meaning(const struct figure_set *s, const struct figure *f)
{
    if (strcmp(f->name, "docketed") == 0 && !setting_on(s->rq, "dashboards.merged_apart"))
        return text_find("proposals.figures.means.docketed_with");
    return named(s, arena_printf(s->rq->mem, "%smeans.", s->world->words).ptr, f->name);
}

/* First answers of a unit are asked for by who gave them. */
static void key_add(struct buf *b, const struct figure *f, str key)
{
    bool first = f->of == OF_FIRST_ANSWERS && str_starts(key, str_of("&agency_id="));
    buf_put(b, first ? "&first_" : "");
    buf_add(b, first ? str_sub(key, 1, key.len) : key);
}

str figure_url(const struct figure_set *s, const struct figure *f, str key)
{
    struct buf *b = buf_new(s->rq->mem, URL_MAX);
    if (!f->query)
        return str_of("");
    if (FIGURE_LISTS[f->of].of_matters)
        buf_put(b, "&matter=proposals");
    if (s->session_id)
        buf_printf(b, "&%s=%lld", s->world->scope, (long long)s->session_id);
    else if (f->of == OF_AGENCIES) /* without a session that page shows the present one */
        buf_put(b, "&all=1");
    key_add(b, f, key);
    buf_put(b, f->query);
    str rest = buf_str(b);
    return arena_printf(s->rq->mem, "%s%s%.*s", FIGURE_LISTS[f->of].path, rest.len ? "?" : "",
                        rest.len ? (int)rest.len - 1 : 0, rest.ptr + (rest.len ? 1 : 0));
}
