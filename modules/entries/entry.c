/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The ledger follows what happens elsewhere: whatever step is made, what stands of the record now
 * is compared with the rows that stand, and the difference is written. So no order of events, no
 * job run twice and no list brought in again can count a thing twice, and no step needs to know
 * what it changes here. */
#include "modules/entries/entry.h"

#include "modules/entries/entry_likeness.h"
#include "modules/flagships/flagship.h"
#include "modules/meetings/meeting.h"
#include "modules/members/member.h"
#include "modules/opinions/opinion_house.h"
#include "modules/opinions/reporter.h"
#include "modules/outcomes/outcome.h"
#include "modules/proposals/proposal.h"
#include "platform/audit/audit.h"
#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { BATCH = 100 };

static const char MAIN_SETTING[] = "entries.main_drafters";
static const char STANDING[] = "standing"; /* what he was, which the row adds by itself */

/* ---- reading ---- */

bool entry_is_missed(str kind)
{
    return str_ends(kind, str_of(".absent")) || str_ends(kind, str_of(".leave")) ||
           str_ends(kind, str_of(".late"));
}

bool entry_is_deed(str kind)
{
    return !entry_is_missed(kind) && !str_is(kind, "plenary.whole") &&
           !str_is(kind, "group.attended");
}

err entry_list(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out)
{
    return entry_store_list(rq->db, &(struct entry_days){ member_id, from_on, to_on }, rq->mem,
                            out);
}

err entry_each(struct rq *rq, const struct entry_each *each)
{
    return entry_store_each(rq->db, each);
}

err entry_list_since(struct rq *rq, i64 after_id, struct rows *out)
{
    return entry_store_list_since(rq->db, after_id, rq->mem, out);
}

err entry_was_standing(struct rq *rq, i64 member_id, i64 on, bool *out)
{
    i64 count = 0;
    TRY(entry_store_standing(rq->db, member_id, on, &count));
    *out = count > 0;
    return OK;
}

/* ---- words ---- */

bool entry_is_outcome(str kind)
{
    static const char *const OUTCOMES[] = { "proposals.docketed",  "proposals.key",
                                            "proposals.commended", "proposals.answered",
                                            "proposals.kept",      "proposals.instructed",
                                            "opinions.issued",     "opinions.adopted",
                                            "opinions.instructed" };
    for (size_t i = 0; i < sizeof OUTCOMES / sizeof *OUTCOMES; i++)
        if (str_is(kind, OUTCOMES[i]))
            return true;
    return str_starts(kind, str_of("honour."));
}

/* ---- following ---- */

struct following {
    struct rq *rq;
    const struct entry_span *span;
    struct entry_tally *tally;
    const struct rows *given; /* what the record gives, where it is told; else NULL */
    i64 named_id;             /* whose number and title are known */
    bool by_actor;
    str recorded_name; /* empty = as by_actor says */
    str number, title;
};

static err know_name(struct following *f, i64 id)
{
    struct proposal p;
    if (f->named_id == id)
        return OK;
    f->named_id = id;
    if (!str_is(f->span->source, "proposals"))
        return opinion_find_name(f->rq, id, &f->number, &f->title);
    TRY(proposal_find_house(f->rq, id, &p));
    f->number = proposal_number(f->rq, &p);
    f->title = p.title;
    return OK;
}

/* What a kind is called: as the record says, else as the ledger has it. */
static str label_of(const struct following *f, const struct entry_mark *e)
{
    const struct entry_given *all = f->given ? f->given->items : NULL;
    for (size_t i = 0; all && i < f->given->count; i++)
        if (str_eq(all[i].kind, e->kind) && all[i].label.len)
            return all[i].label;
    return text_label("entries.kind", e->kind);
}

/* Who recorded a row: account and name as rows keep them. */
struct recorder {
    i64 by;
    str name;
};

/* 谁组织谁记录: whom the record names for this row; whoever recorded the row that this one takes
 * the place of; else a member whose step
 * it was; of others the office, too; of what the house does by itself (as when the last agency has
 * answered) the office that organises it. */
static struct recorder recorder_of(const struct following *f, const struct entry_mark *e,
                                   const struct entry_mark *before)
{
    const struct actor *actor = f->rq->actor;
    bool person = actor->account_id > 0 && actor->agency_id == 0;
    if (e && e->recorded_name.len)
        return (struct recorder){ 0, e->recorded_name };
    if (f->given && f->recorded_name.len)
        return (struct recorder){ f->by_actor ? actor->account_id : 0, f->recorded_name };
    if (f->given)
        return f->by_actor ? (struct recorder){ actor->account_id, actor->name }
                           : (struct recorder){ 0, str_of("") };
    if (before && before->recorded_name.len)
        return (struct recorder){ before->recorded_by, before->recorded_name };
    str office = text_label("entries.office", f->span->source);
    if (!person)
        return (struct recorder){ 0, office };
    return (struct recorder){ actor->account_id,
                              actor->member_id
                                  ? actor->name
                                  : text_format(f->rq->mem, "entries.organised_recorded", office,
                                                actor->name) };
}

/* before: the row that it takes the place of, or NULL. */
static err add(struct following *f, const struct entry_mark *e, const struct entry_mark *before)
{
    struct recorder by = recorder_of(f, e, before);
    int year, month, mday;
    i64 id;
    TRY(know_name(f, e->source_id));
    day_to_civil(e->happened_on, &year, &month, &mday);
    f->tally->added++;
    f->tally->submitted += str_ends(e->kind, str_of(".submitted"));
    return entry_store_add(f->rq->db,
                           &(struct entry_new){ .member_id = e->member_id,
                                                .happened_on = e->happened_on,
                                                .year = year,
                                                .quantity = e->quantity,
                                                .people = e->people,
                                                .source = f->span->source,
                                                .source_id = e->source_id,
                                                .part_id = e->part_id,
                                                .recorded_at = f->rq->now_ms,
                                                .recorded_by = by.by,
                                                .recorded_name = by.name,
                                                .kind = e->kind,
                                                .label = label_of(f, e),
                                                .tags = e->tags,
                                                .number = f->number,
                                                .title = f->title },
                           &id);
}

static err take_back(struct following *f, const struct entry_mark *e)
{
    struct recorder by = recorder_of(f, NULL, NULL);
    i64 id;
    f->tally->reversed++;
    return entry_store_reverse(f->rq->db,
                               &(struct entry_reversal){ .id = e->id,
                                                         .recorded_at = f->rq->now_ms,
                                                         .recorded_by = by.by,
                                                         .recorded_name = by.name,
                                                         .state = str_of("reversed") },
                               &id);
}

static bool is_same_thing(const struct entry_mark *a, const struct entry_mark *b)
{
    return a->member_id == b->member_id && a->part_id == b->part_id && str_eq(a->kind, b->kind);
}

/* Tags without what the member was on the day: the row adds that when it is written, and a post
 * that is corrected later does not touch what stands. */
static str without_standing(str tags)
{
    if (!str_ends(tags, str_of(STANDING)))
        return tags;
    tags.len -= sizeof STANDING - 1;
    if (tags.len)
        tags.len--;
    return tags;
}

static bool says_the_same(const struct entry_mark *stands, const struct entry_mark *wanted)
{
    return stands->happened_on == wanted->happened_on && stands->quantity == wanted->quantity &&
           stands->people == wanted->people && str_eq(without_standing(stands->tags), wanted->tags);
}

/* Rows of one record. */
struct group {
    const struct entry_mark *all;
    size_t count;
};

static const struct entry_mark *find(const struct group *g, const struct entry_mark *e)
{
    const struct entry_mark *found = NULL;
    for (size_t i = 0; i < g->count; i++)
        if (is_same_thing(&g->all[i], e) && (!found || str_is(g->all[i].state, "struck")))
            found = &g->all[i];
    return found;
}

static err follow_record(struct following *f, const struct group *stand, const struct group *want)
{
    for (size_t i = 0; i < stand->count; i++) {
        const struct entry_mark *mark = &stand->all[i], *wanted = find(want, mark);
        if (str_is(mark->state, "live") && (!wanted || !says_the_same(mark, wanted)))
            TRY(take_back(f, mark));
    }
    for (size_t i = 0; i < want->count; i++) {
        const struct entry_mark *e = &want->all[i], *stands = find(stand, e);
        if (find(want, e) != e) /* named twice: counted once */
            continue;
        if (!stands || (str_is(stands->state, "live") && !says_the_same(stands, e)))
            TRY(add(f, e, stands));
    }
    return OK;
}

static str with(struct rq *rq, str words, str word)
{
    if (words.len == 0 || word.len == 0)
        return words.len ? words : word;
    return arena_printf(rq->mem, "%.*s %.*s", (int)words.len, words.ptr, (int)word.len, word.ptr);
}

/* What stands of a record: each who did it, with each fact; who did earlier ones that it is like.
 */
struct record {
    const struct entry_doer *doers;
    const struct entry_fact *facts;
    const struct likeness_doer *likes;
    size_t doer_count, fact_count, like_count;
};

/* Whether he, or else somebody else, has handed in the like before. */
static str likeness_tag(const struct record *r, i64 member_id)
{
    bool echo = false;
    for (size_t i = 0; i < r->like_count; i++) {
        if (r->likes[i].member_id == member_id)
            return str_of("similar");
        echo = echo || !r->likes[i].is_split;
    }
    return str_of(echo ? "echo" : "");
}

/* How many of those who wrote for a body are its main ones is one rule for all of a year, what it
 * is today or was on the last day of a year that is over: a later change leaves that one alone. */
static bool is_main(struct rq *rq, size_t place, i64 on)
{
    i64 most = 0;
    int year, month, mday;
    day_to_civil(on, &year, &month, &mday);
    i64 last = day_from_civil(year, 12, 31);
    bool ok =
        str_to_i64(setting_text_on(rq, MAIN_SETTING, rq->today < last ? rq->today : last), &most);
    return ok && (i64)place < most;
}

static struct entry_mark wanted_of(struct rq *rq, const struct record *r, size_t place,
                                   const struct entry_fact *fact)
{
    i64 together = (i64)r->doer_count, people = fact->people ? fact->people : together;
    bool body = r->doers[place].collective, alone = together < 2 && !body;
    str tags = str_of(alone ? "" : place == 0 ? "first" : "joint");
    if (body)
        tags =
            with(rq, tags,
                 str_of(is_main(rq, place, fact->happened_on) ? "collective main" : "collective"));
    tags = with(rq, tags, str_of(people < 2 ? "" : "shared"));
    tags = with(rq, tags, likeness_tag(r, r->doers[place].member_id));
    return (struct entry_mark){ .member_id = r->doers[place].member_id,
                                .happened_on = fact->happened_on,
                                .quantity = ENTRY_ONE,
                                .people = people,
                                .source_id = fact->source_id,
                                .part_id = fact->part_id,
                                .kind = fact->kind,
                                .tags = with(rq, tags, fact->extra) };
}

static struct group wanted_by(struct rq *rq, const struct record *r)
{
    struct entry_mark *all = arena_array(rq->mem, r->doer_count * r->fact_count + 1, sizeof *all);
    size_t n = 0;
    for (size_t d = 0; d < r->doer_count; d++)
        for (size_t f = 0; r->doers[d].member_id && f < r->fact_count; f++)
            all[n++] = wanted_of(rq, r, d, &r->facts[f]);
    return (struct group){ all, n };
}

/* Lists by record, read side by side; each row begins with the record's number or has it at
 * `number`. */
struct side {
    struct rows rows;
    size_t at, number;
};

static i64 record_at(const struct side *s)
{
    i64 id = INT64_MAX;
    if (s->at < s->rows.count)
        memcpy(&id, (const char *)s->rows.items + s->at * s->rows.size + s->number, sizeof id);
    return id;
}

static const void *take(struct side *s, i64 id, size_t *count)
{
    const char *from = (const char *)s->rows.items + s->at * s->rows.size;
    for (*count = 0; record_at(s) == id; s->at++)
        (*count)++;
    return from;
}

err entry_follow(struct rq *rq, const struct entry_span *span, struct entry_tally *tally)
{
    struct entry_tally none = { 0 };
    struct following f = { .rq = rq, .span = span, .tally = tally ? tally : &none };
    struct side stand = { .number = offsetof(struct entry_mark, source_id) };
    struct side doers = { .number = offsetof(struct entry_doer, source_id) };
    struct side facts = { .number = offsetof(struct entry_fact, source_id) };
    struct side likes = { .number = offsetof(struct likeness_doer, source_id) };
    TRY(entry_store_list_marks(rq->db, span, rq->mem, &stand.rows));
    TRY(entry_store_list_doers(rq->db, span, rq->mem, &doers.rows));
    TRY(entry_store_list_facts(rq->db, span, rq->mem, &facts.rows));
    TRY(likeness_store_list_doers(rq->db, span, rq->mem, &likes.rows));
    for (;;) {
        i64 id = record_at(&stand) < record_at(&doers) ? record_at(&stand) : record_at(&doers);
        id = record_at(&facts) < id ? record_at(&facts) : id;
        id = record_at(&likes) < id ? record_at(&likes) : id;
        if (id == INT64_MAX)
            return OK;
        struct group standing;
        struct record r;
        standing.all = take(&stand, id, &standing.count);
        r.doers = take(&doers, id, &r.doer_count);
        r.facts = take(&facts, id, &r.fact_count);
        r.likes = take(&likes, id, &r.like_count);
        struct group wanted = wanted_by(rq, &r);
        TRY(follow_record(&f, &standing, &wanted));
    }
}

/* ---- what a record gives by itself ---- */

/* Without what he was, which the row adds by itself: the record may tell it among others. */
static str without_word(struct rq *rq, str tags, const char *word)
{
    str out = str_of(""), tag;
    while (str_split(&tags, ' ', &tag))
        if (!str_is(tag, word))
            out = with(rq, out, tag);
    return out;
}

static struct group wanted_of_given(struct rq *rq, i64 id, const struct rows *rows)
{
    const struct entry_given *all = rows->items;
    struct entry_mark *want = arena_array(rq->mem, rows->count + 1, sizeof *want);
    for (size_t i = 0; i < rows->count; i++)
        want[i] = (struct entry_mark){ .member_id = all[i].member_id,
                                       .happened_on = all[i].happened_on,
                                       .quantity = all[i].quantity,
                                       .people = all[i].people ? all[i].people : 1,
                                       .source_id = id,
                                       .part_id = all[i].part_id,
                                       .kind = all[i].kind,
                                       .tags = without_word(rq, all[i].tags, STANDING),
                                       .recorded_name = all[i].recorded_name };
    return (struct group){ want, rows->count };
}

static err give(struct rq *rq, const struct entry_record *record, const struct rows *given,
                struct entry_tally *tally)
{
    struct entry_span span = { record->source, record->id, record->id };
    struct following f = { .rq = rq,
                           .span = &span,
                           .tally = tally,
                           .given = given,
                           .named_id = record->id,
                           .by_actor = record->by_actor,
                           .recorded_name = record->recorded_name,
                           .number = record->number,
                           .title = record->title };
    struct rows stand;
    TRY(entry_store_list_marks(rq->db, &span, rq->mem, &stand));
    struct group standing = { stand.items, stand.count };
    struct group wanted = wanted_of_given(rq, record->id, given);
    return follow_record(&f, &standing, &wanted);
}

err entry_give(struct rq *rq, const struct entry_record *record, const struct rows *given)
{
    struct entry_tally none = { 0 };
    return give(rq, record, given, &none);
}

/* ---- meetings: what was settled of who was there ---- */

/* Who kept the roll that it rests on, where that was not who settled the meeting. */
static str recorder_words(struct rq *rq, const struct meeting_record *m,
                          const struct meeting_attended *a)
{
    return a->recorded_name.len ? text_format(rq->mem, "entries.organised_recorded",
                                              m->organiser_name, a->recorded_name)
                                : str_of("");
}

/* Who organised it, and the person who settled or corrects it (谁组织谁记录). */
static err follow_meeting(struct rq *rq, i64 id, struct entry_tally *tally)
{
    struct meeting_record m;
    struct rows rows;
    TRY(meeting_record_find(rq, id, &m));
    bool person = rq->actor->account_id > 0;
    struct entry_record record = {
        .source = str_of("meetings"),
        .title = m.title,
        .recorded_name = text_format(rq->mem, "entries.organised_recorded", m.organiser_name,
                                     person ? rq->actor->name : m.settled_name),
        .id = id,
        .by_actor = person,
    };
    TRY(meeting_attendance(rq, id, &rows));
    const struct meeting_attended *all = rows.items;
    struct entry_given *given = arena_array(rq->mem, rows.count + 1, sizeof *given);
    for (size_t i = 0; i < rows.count; i++)
        given[i] = (struct entry_given){ .member_id = all[i].member_id,
                                         .happened_on = all[i].happened_on,
                                         .quantity = all[i].quantity,
                                         .kind = all[i].kind,
                                         .tags = all[i].tags,
                                         .recorded_name = recorder_words(rq, &m, &all[i]) };
    return give(rq, &record, &(struct rows){ given, rows.count, sizeof *given }, tally);
}

err on_entry_meeting(struct rq *rq, i64 id, const void *fact)
{
    struct entry_tally none = { 0 };
    (void)fact;
    return follow_meeting(rq, id, &none);
}

static err follow_all(struct rq *rq, str source, const struct rows *ids_of)
{
    const i64 *all = ids_of->items;
    for (size_t i = 0; i < ids_of->count; i++)
        TRY(entry_follow(rq, &(struct entry_span){ source, all[i], all[i] }, NULL));
    return OK;
}

/* One record, what is handled or printed with it, and what is like it. What is handed in is
 * compared with the rest afterwards. */
static err follow_one(struct rq *rq, const char *source, i64 id)
{
    struct rows parts, alike;
    struct entry_tally tally = { 0 };
    struct entry_span span = { str_of(source), id, id };
    if (id == 0)
        return OK;
    TRY(entry_follow(rq, &span, &tally));
    if (tally.submitted)
        TRY(likeness_ask(rq, &span));
    TRY(entry_store_list_parts(rq->db, span.source, id, rq->mem, &parts));
    TRY(follow_all(rq, span.source, &parts));
    TRY(likeness_store_list_others(rq->db, span.source, id, rq->mem, &alike));
    return follow_all(rq, span.source, &alike);
}

err on_entry_stepped(struct rq *rq, i64 id, const void *fact)
{
    static const struct side {
        const struct flow *flow;
        const char *source;
        err (*of)(struct db *db, i64 id, i64 *out); /* NULL = itself */
    } SIDES[] = {
        { &PROPOSALS_FLOW, "proposals", NULL },
        { &OPINIONS_FLOW, "opinions", NULL },
        { &FLAGSHIPS_FLOW, "proposals", entry_store_flagship },
        { &COMMENDATIONS_FLOW, "proposals", entry_store_commendation },
        { &PROMISES_FLOW, "proposals", entry_store_promise },
        { &REPORTERS_FLOW, "opinions", entry_store_reporter },
    };
    const struct flow_step *step = fact;
    if (!step->action && str_is(step->subject->state, "draft"))
        return OK;
    for (size_t i = 0; i < sizeof SIDES / sizeof *SIDES; i++) {
        i64 of = id;
        if (step->flow != SIDES[i].flow)
            continue;
        if (SIDES[i].of)
            TRY(SIDES[i].of(rq->db, id, &of));
        return follow_one(rq, SIDES[i].source, of);
    }
    return OK;
}

err on_entry_proposal_retold(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return follow_one(rq, "proposals", id);
}

/* It may count as a proposal from now on: then that one stands, too. */
err on_entry_opinion_retold(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return follow_one(rq, "opinions", id);
}

err on_entry_instructed(struct rq *rq, i64 id, const void *fact)
{
    const struct instruction *i = fact;
    (void)id;
    if (str_is(i->matter, "proposals"))
        return follow_one(rq, "proposals", i->matter_id);
    return str_is(i->matter, "opinions") ? follow_one(rq, "opinions", i->matter_id) : OK;
}

/* ---- taken back by a person ---- */

err entry_strike(struct rq *rq, i64 id, str text)
{
    struct entry_row e;
    struct member m;
    i64 reversal;
    TRY(list_find(rq, &ENTRY_LIST, id, &e));
    if (!str_is(e.state, "live"))
        return err_make(ERR_CONFLICT, "entries.not_live");
    TRY(member_find(rq, e.member_id, &m));
    TRY(entry_store_reverse(rq->db,
                            &(struct entry_reversal){ .id = id,
                                                      .recorded_at = rq->now_ms,
                                                      .recorded_by = rq->actor->account_id,
                                                      .state = str_of("struck"),
                                                      .text = text,
                                                      .recorded_name = rq->actor->name },
                            &reversal));
    TRY(notify_send(rq, &(struct notify_to){ .person_id = m.person_id },
                    &(struct notify_message){
                        .text = "entries.told_struck",
                        .arg = { e.label, text_date(rq->mem, e.happened_on) },
                        .url = arena_printf(rq->mem, "/entries/%lld", (long long)id) }));
    return audit_add(rq, &(struct audit_entry){ .act = "entries.strike",
                                                .object = "entries",
                                                .object_id = id,
                                                .before = e.label,
                                                .after = text });
}

/* ---- walks ---- */

err entry_gather_begin(struct rq *rq)
{
    struct entry_run run = { 0 };
    TRY(entry_run_store_find(rq->db, rq->mem, &run));
    if (run.id && !run.finished_at)
        return err_make(ERR_CONFLICT, "entries.gathering");
    run = (struct entry_run){ .started_at = rq->now_ms, .started_name = rq->actor->name };
    TRY(entry_run_store_add(rq->db, &run));
    return audit_add(rq, &(struct audit_entry){ .act = "entries.gather", .object = "entries" });
}

/* What the walk looks at, one after the other; a meeting is asked by itself. */
static str next_source(str source)
{
    if (str_is(source, "proposals"))
        return str_of("opinions");
    return str_of(str_is(source, "opinions") ? "meetings" : "");
}

static err gather_batch(struct rq *rq, struct entry_run *run, struct entry_tally *tally)
{
    bool meetings = str_is(run->source, "meetings");
    i64 last = 0;
    TRY(entry_store_next(rq->db,
                         &(struct entry_next){ run->source, run->after_id, meetings ? 1 : BATCH },
                         rq->mem, &last, &tally->checked));
    if (last == 0) {
        run->source = next_source(run->source);
        run->after_id = 0;
        return OK;
    }
    struct entry_span span = { run->source, run->after_id + 1, last };
    run->after_id = last;
    if (!meetings && run->started_name.len) /* staff asked: what is like what is looked at, too */
        TRY(likeness_ask(rq, &span));
    return meetings ? follow_meeting(rq, last, tally) : entry_follow(rq, &span, tally);
}

err job_entry_gather(struct rq *rq, bool *again)
{
    struct entry_run run = { 0 };
    struct entry_tally tally = { 0 };
    *again = false;
    TRY(entry_run_store_find(rq->db, rq->mem, &run));
    if (run.id == 0 || run.finished_at)
        return OK;
    TRY(gather_batch(rq, &run, &tally));
    run.checked += tally.checked;
    run.added += tally.added;
    run.reversed += tally.reversed;
    *again = run.source.len > 0;
    if (!*again)
        run.finished_at = rq->now_ms;
    return entry_run_store_update(rq->db, &run);
}
