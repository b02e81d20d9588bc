/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What somebody begins a report with: by headings what the ledger has of his year, sums and titles;
 * what he pledged; and the headings of what only he can say. Nothing is stored: he edits it. */
#include "modules/duty/ruleset_words.h"
#include "modules/entries/entry.h"
#include "modules/pledges/pledge.h"
#include "modules/scores/scores.h"
#include "modules/statements/statement_rules.h"
#include "platform/base/str.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { FILL_MAX = 1 << 16, TITLES_MAX = 20 };

/* Aspects of the ledger (modules/pledges), in the order of a report. */
static const struct {
    const char *aspect, *heading;
} HEADINGS[] = {
    { "consult", "statements.heading.consult" },
    { "propose", "statements.heading.propose" },
    { "understand", "statements.heading.understand" },
    { "conduct", "statements.heading.conduct" },
    { "", "statements.heading.other" },
    { "discipline", "statements.heading.discipline" },
};

/* Kinds of which each thing is named. */
static const char *const TITLED[] = { "proposals.submitted", "opinions.submitted", "speech.written",
                                      "lecture.given",       "history.written",    "project.served",
                                      "household.helped" };

struct filling {
    struct rq *rq;
    struct buf *b;
    struct rows facts, entries;
    i64 headings, titles;
};

static bool is_titled(str kind)
{
    for (size_t i = 0; i < sizeof TITLED / sizeof *TITLED; i++)
        if (str_is(kind, TITLED[i]))
            return true;
    return false;
}

static void heading(struct filling *f, const char *name)
{
    str numeral = text_find(
        arena_printf(f->rq->mem, "statements.numeral.%lld", (long long)++f->headings).ptr);
    buf_put(f->b, f->headings > 1 ? "\n\n" : "");
    buf_add(f->b, text_format(f->rq->mem, "statements.heading", numeral, text_find(name)));
    buf_put(f->b, "\n");
}

/* "参加会议 3，参加活动 2。" */
static void sums(struct filling *f, const char *aspect)
{
    const struct pledge_fact *all = f->facts.items;
    bool any = false;
    for (size_t i = 0; i < f->facts.count; i++) {
        if (!str_is(all[i].aspect, aspect))
            continue;
        buf_add(f->b, any ? text_find("statements.comma") : str_of(""));
        buf_add(f->b, text_format(f->rq->mem, "statements.sum", all[i].label,
                                  ruleset_points(f->rq->mem, all[i].quantity)));
        any = true;
    }
    if (any)
        buf_add(f->b, text_find("statements.stop"));
}

static str aspect_of(const struct filling *f, str kind)
{
    const struct pledge_fact *all = f->facts.items;
    for (size_t i = 0; i < f->facts.count; i++)
        if (str_eq(all[i].kind, kind))
            return all[i].aspect;
    return str_of("");
}

static err titles(struct filling *f, const char *aspect)
{
    const struct entry *all = f->entries.items;
    for (size_t i = 0; i < f->entries.count && f->titles < TITLES_MAX; i++) {
        struct entry_words words;
        if (!is_titled(all[i].kind) || !str_is(aspect_of(f, all[i].kind), aspect))
            continue;
        TRY(entry_words(f->rq, all[i].id, &words));
        if (!words.title.len)
            continue;
        f->titles++;
        buf_put(f->b, "\n");
        buf_add(f->b, text_format(f->rq->mem, "statements.title_of", words.title,
                                  text_date(f->rq->mem, all[i].happened_on)));
    }
    return OK;
}

/* What was pledged, to be answered point by point. */
static err pledged(struct filling *f, const struct statement *s)
{
    struct pledge p;
    struct rows rows;
    TRY(pledge_find(f->rq, s->member_id, s->year, &p));
    if (!p.edition)
        return OK;
    TRY(pledge_lines(f->rq, &p, 0, &rows));
    const struct pledge_line *lines = rows.items;
    heading(f, "statements.heading.pledged");
    for (size_t i = 0, n = 0; i < rows.count; i++)
        if (!lines[i].need) {
            buf_put(f->b, n++ ? "\n" : "");
            buf_add(f->b,
                    text_format(f->rq->mem, "statements.pledged", lines[i].label, lines[i].text));
        }
    return OK;
}

err statement_fill(struct rq *rq, const struct statement *s, str *out)
{
    const struct scores_days days = scores_period_days(rq, s->year);
    struct filling f = { .rq = rq, .b = buf_new(rq->mem, FILL_MAX) };
    TRY(pledge_facts(rq, s->member_id, s->year, &f.facts));
    TRY(entry_list(rq, s->member_id, days.from, days.to, &f.entries));
    for (size_t i = 0; i < sizeof HEADINGS / sizeof *HEADINGS; i++) {
        const struct pledge_fact *all = f.facts.items;
        size_t k = 0;
        while (k < f.facts.count && !str_is(all[k].aspect, HEADINGS[i].aspect))
            k++;
        if (k == f.facts.count)
            continue;
        heading(&f, HEADINGS[i].heading);
        sums(&f, HEADINGS[i].aspect);
        TRY(titles(&f, HEADINGS[i].aspect));
    }
    TRY(pledged(&f, s));
    heading(&f, "statements.heading.lacking");
    heading(&f, "statements.heading.next");
    *out = buf_str(f.b);
    return OK;
}
