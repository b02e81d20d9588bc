/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Judges and stores proposals of earlier years (transfer_record_past.h). Nothing is invented: what
 * the list lacks stays empty; where a day must stand, another of the list stands in for it, at an
 * hour that counts no days between them, and the record says so. */
#include "modules/transfers/transfer_record_past.h"

#include "modules/assignments/assignment.h"
#include "modules/proposals/proposal_whole.h"
#include "modules/transfers/transfer_record_store.h"
#include "platform/audit/audit.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { NUMBER_MAX = 40, WORDS_MAX = 200, ANSWER_MAX = 100000, GUESSES_MAX = 200 };
enum { HOUR_MS = 3600000, MORNING = 9 * HOUR_MS, NOON = 12 * HOUR_MS, EVENING = 18 * HOUR_MS };

static void fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
}

static bool is_docketed(const struct transfer_past *p)
{
    return str_is(p->outcome, "docketed");
}

/* ---- days ---- */

enum { DAY_COUNT = 6 };
struct day {
    const char *field;
    i64 day; /* 0 = the list has none */
};

/* In the order in which they follow each other. */
static void days_of(const struct transfer_past *p, struct day out[DAY_COUNT])
{
    const struct day days[DAY_COUNT] = {
        { "submitted_on", p->submitted_on }, { "docketed_on", p->docketed_on },
        { "assigned_on", p->assigned_on },   { "talked_on", p->talked_on },
        { "replied_on", p->replied_on },     { "closed_on", p->closed_on }
    };
    memcpy(out, days, sizeof days);
}

static struct day first_day(const struct transfer_past *p)
{
    struct day days[DAY_COUNT];
    size_t i = 0;
    days_of(p, days);
    while (i + 1 < DAY_COUNT && !days[i].day)
        i++;
    return days[i];
}

/* The days that a list has stand in their order, and none lies ahead. */
static void order_check(struct rq *rq, const struct transfer_past *p)
{
    struct day days[DAY_COUNT];
    i64 latest = 0;
    days_of(p, days);
    for (size_t i = 0; i < DAY_COUNT; i++) {
        if (days[i].day > rq->today)
            fault(rq, days[i].field, "transfers.day_ahead");
        else if (days[i].day && days[i].day < latest)
            rq_fault(rq, days[i].field, "transfers.day_order", text_date(rq->mem, latest),
                     str_of(""));
        latest = days[i].day > latest ? days[i].day : latest;
    }
    if (p->due_on && p->assigned_on && p->due_on < p->assigned_on)
        rq_fault(rq, "due_on", "transfers.day_order", text_date(rq->mem, p->assigned_on),
                 str_of(""));
}

/* A proposal belongs to the session whose working year has its day. Where the list has no such day,
 * what became of it lies in no year before. */
static err session_check(struct rq *rq, const struct transfer_past *p)
{
    const struct day first = first_day(p);
    struct session other;
    if (!p->session.id || !first.day || first.day > rq->today)
        return OK;
    TRY(session_on(rq, first.day, &other));
    bool before = other.opened_on < p->session.opened_on;
    if (other.id != p->session.id && (before || p->submitted_on))
        rq_fault(rq, first.field,
                 p->submitted_on ? "transfers.other_session" : "transfers.earlier_session",
                 session_name(rq->mem, &other), text_date(rq->mem, first.day));
    return OK;
}

/* ---- what became of it ---- */

static void docketed_check(struct rq *rq, struct transfer_past *p)
{
    if (!str_to_i64(p->number, &p->docket_no) || p->docket_no < 1 || p->docket_no > INT32_MAX) {
        p->docket_no = 0;
        fault(rq, "number", "transfers.not_a_number");
    }
    if (!p->agencies.count)
        fault(rq, "hosts", "transfers.no_host");
    if (!p->replied_on && !p->closed_on)
        fault(rq, "closed_on", "transfers.not_finished");
}

/* Nobody answers what was not docketed. */
static void other_check(struct rq *rq, const struct transfer_past *p)
{
    const struct {
        const char *field;
        bool given;
    } ANSWERED[] = { { "hosts", p->agencies.count > 0 },
                     { "class", p->class.len > 0 },
                     { "replied_on", p->replied_on > 0 },
                     { "satisfaction", p->satisfaction.len > 0 },
                     { "tracking", p->tracking.len > 0 } };
    str outcome = text_label("proposals.outcome", p->outcome);
    for (size_t i = 0; i < sizeof ANSWERED / sizeof *ANSWERED; i++)
        if (ANSWERED[i].given)
            rq_fault(rq, ANSWERED[i].field, "transfers.not_answered", outcome, str_of(""));
    if (str_is(p->outcome, "merged") && !p->main_number.len)
        fault(rq, "main_number", "transfers.no_main_number");
}

static void length_check(struct rq *rq, const char *field, str text, i64 most)
{
    if (str_chars(text) > most)
        rq_fault(rq, field, "form.too_long", arena_printf(rq->mem, "%lld", (long long)most),
                 arena_printf(rq->mem, "%lld", (long long)str_chars(text)));
}

static err check(struct rq *rq, struct transfer_past *p)
{
    length_check(rq, "number", p->number, NUMBER_MAX);
    length_check(rq, "sector", p->sector, WORDS_MAX);
    length_check(rq, "way", p->way, WORDS_MAX);
    length_check(rq, "letter_no", p->letter_no, WORDS_MAX);
    length_check(rq, "reject_reason", p->reject_note, WORDS_MAX);
    length_check(rq, "answer", p->answer, ANSWER_MAX);
    order_check(rq, p);
    TRY(session_check(rq, p));
    if (is_docketed(p))
        docketed_check(rq, p);
    else
        other_check(rq, p);
    return transfer_check_record(rq, &p->text);
}

/* ---- storing ---- */

static i64 moment(i64 day, i64 hour)
{
    return day ? day_start_ms(day) + hour : 0;
}

/* Moments of the case; what stands in for a day is named in guesses. */
static void moments_make(const struct transfer_past *p, struct proposal *row, struct buf *guesses)
{
    row->assigned_at = row->replied_at = row->first_replied_at = row->closed_at = 0;
    row->docketed_at = moment(p->docketed_on, NOON);
    row->submitted_at = moment(p->submitted_on, MORNING);
    if (!p->submitted_on) { /* evening: behind docketing, so that no days of review are counted */
        buf_printf(guesses, "submitted_on ");
        row->submitted_at = moment(p->docketed_on ? p->docketed_on : p->session.opened_on, EVENING);
    }
    if (!is_docketed(p))
        return;
    row->assigned_at = moment(p->assigned_on, NOON);
    if (!p->assigned_on) { /* before docketing: no days of handing out are counted */
        buf_printf(guesses, "assigned_on ");
        row->assigned_at = p->submitted_on ? row->submitted_at : row->docketed_at - HOUR_MS;
        if (row->assigned_at <= 0)
            row->assigned_at = row->submitted_at;
    }
    if (!p->replied_on)
        buf_printf(guesses, "replied_on ");
    if (!p->closed_on)
        buf_printf(guesses, "closed_on ");
    row->replied_at = moment(p->replied_on ? p->replied_on : p->closed_on, NOON);
    row->closed_at = moment(p->closed_on ? p->closed_on : p->replied_on, EVENING);
    row->first_replied_at = row->replied_at;
}

static err main_find(struct rq *rq, const struct transfer_past *p, struct proposal *row)
{
    struct transfer_kept kept;
    row->main_id = 0;
    if (!str_is(p->outcome, "merged"))
        return OK;
    TRY(record_store_find(rq->db, p->session.id, p->main_number, rq->mem, &kept));
    struct proposal main = { 0 };
    if (kept.id)
        TRY(proposal_find_house(rq, kept.proposal_id, &main));
    if (!main.id || main.id == row->id || !str_is(main.outcome, "docketed")) {
        rq_fault(rq, "main_number", "transfers.no_main", p->main_number, str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    row->main_id = main.id;
    return OK;
}

/* What was merged into it would lose its main one: that is corrected first, above it. */
static err merged_check(struct rq *rq, const struct transfer_past *p, const struct proposal *was)
{
    struct rows merged;
    if (!was->merged_count || is_docketed(p))
        return OK;
    TRY(proposal_list_merged(rq, was->id, &merged));
    const struct proposal *all = merged.items;
    strs numbers = { 0 };
    for (size_t i = 0; i < merged.count; i++) {
        struct transfer_kept kept;
        TRY(record_store_find_by_proposal(rq->db, all[i].id, rq->mem, &kept));
        strs_add(rq->mem, &numbers, kept.number);
    }
    rq_fault(rq, "outcome", "transfers.has_merged",
             proposal_join(rq->mem, &numbers, text_find("import.comma")), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static str host_name(const struct transfer_past *p)
{
    const struct assignment_past *all = p->agencies.items;
    return is_docketed(p) && p->agencies.count ? all[0].name : str_of("");
}

static err whole_make(struct rq *rq, struct transfer_past *p, struct proposal_whole *whole,
                      struct buf *guesses)
{
    struct proposal *row = &whole->row;
    row->session_id = p->session.id;
    moments_make(p, row, guesses);
    p->text.submitted_at = row->submitted_at;
    p->text.served_on = day_of_ms(row->submitted_at);
    row->source = p->text.source;
    row->docket_no = p->docket_no;
    row->outcome = p->outcome;
    row->class = p->class;
    row->satisfaction = p->satisfaction;
    row->reject_reason = p->reject_reason;
    row->reject_note = p->reject_note;
    row->host_name = host_name(p);
    row->flagship = p->flagship;
    row->confidential = row->confidential || p->confidential; /* no list takes that back */
    if (!p->text.consent.len) { /* nor by saying nothing what the proposer wants */
        p->text.consent = row->consent;
        p->text.consent_reason = row->consent_reason;
    }
    row->first_late = p->late || (p->due_on && p->replied_on > p->due_on);
    whole->tracking = p->tracking;
    whole->sector = p->sector;
    TRY(main_find(rq, p, row));
    return transfer_take_record(rq, &p->text, whole);
}

/* Each agency's part, which a list tells once for all of them. Of a cohost's opinion it tells no
 * day. */
static void parts_make(const struct transfer_past *p, const struct proposal *row)
{
    struct assignment_past *all = p->agencies.items;
    for (size_t i = 0; i < p->agencies.count; i++) {
        bool answers = !str_is(all[i].role, "cohost");
        all[i].assigned_at = row->assigned_at;
        all[i].due_on = p->due_on;
        all[i].closed_at = row->closed_at;
        if (!answers)
            continue;
        all[i].replied_at = row->replied_at;
        all[i].late = row->first_late;
        all[i].class = p->class;
        all[i].answer = p->answer;
        all[i].talk_way = p->talk_way;
        all[i].talked_on = i == 0 ? p->talked_on : 0; /* whose talk it was: the first's */
    }
}

static err agencies_put(struct rq *rq, const struct transfer_past *p,
                        const struct proposal_whole *whole)
{
    const struct proposer *all = whole->signers.items;
    struct matter matter = { .collection = "proposals",
                             .id = whole->row.id,
                             .session_id = p->session.id,
                             .title = whole->row.title,
                             .number = proposal_number(rq, &whole->row),
                             .plenary = !str_is(whole->row.timing, "between"),
                             .party = str_is(whole->row.kind, "democratic") };
    matter.persons.items = arena_array(rq->mem, whole->signers.count + 1, sizeof(i64));
    for (size_t i = 0; i < whole->signers.count; i++) {
        matter.persons.items[matter.persons.count++] = all[i].person_id;
        strs_add(rq->mem, &matter.names, all[i].name);
    }
    parts_make(p, &whole->row);
    return assignment_put_past(rq, &matter, p->agencies.items, p->agencies.count);
}

/* ---- once ---- */

static struct transfer_kept kept_make(struct rq *rq, const struct transfer_past *p, str guesses)
{
    return (struct transfer_kept){ .session_id = p->session.id,
                                   .number = p->number,
                                   .digest = p->digest,
                                   .source = p->text.source,
                                   .satisfaction = p->satisfaction_word,
                                   .way = p->way,
                                   .letter_no = p->letter_no,
                                   .reached = p->reached,
                                   .guesses = guesses,
                                   .recorded_at = rq->now_ms,
                                   .recorded_by = rq->actor->account_id,
                                   .seen_at = rq->now_ms };
}

static err whole_load(struct rq *rq, i64 id, struct proposal_whole *whole)
{
    return id ? proposal_find_house(rq, id, &whole->row) : OK;
}

/* Whom the list's names are now linked to counts too: a roll that was completed links more. */
static str linked_digest(struct rq *rq, const struct transfer_past *p,
                         const struct proposal_whole *whole)
{
    const struct proposer *all = whole->signers.items;
    struct buf *b = buf_new(rq->mem, 1 << 16);
    buf_add(b, p->digest);
    for (size_t i = 0; i < whole->signers.count; i++)
        buf_printf(b, " %lld", (long long)all[i].person_id);
    return buf_str(b);
}

static err store(struct rq *rq, struct transfer_past *p, struct proposal_whole *whole,
                 const struct transfer_kept *kept)
{
    TRY(proposal_put_past(rq, whole));
    TRY(agencies_put(rq, p, whole));
    TRY(event_emit(rq, "proposals.retold", whole->row.id, NULL));
    TRY(audit_add(rq, &(struct audit_entry){ .act = "transfers.record",
                                             .object = "proposals",
                                             .object_id = whole->row.id,
                                             .after = proposal_number(rq, &whole->row) }));
    struct transfer_kept row = *kept;
    row.proposal_id = whole->row.id;
    return row.id ? record_store_update(rq->db, &row) : record_store_add(rq->db, &row);
}

err transfer_save_past(struct rq *rq, struct transfer_past *past, char *result)
{
    struct transfer_kept kept;
    struct proposal_whole whole = { 0 };
    struct buf *guesses = buf_new(rq->mem, GUESSES_MAX);
    TRY(check(rq, past));
    TRY(record_store_find(rq->db, past->session.id, past->number, rq->mem, &kept));
    if (kept.id && kept.seen_at == rq->now_ms)
        return err_make_with(ERR_CONFLICT, "transfers.twice", past->number,
                             session_name(rq->mem, &past->session));
    TRY(whole_load(rq, kept.proposal_id, &whole));
    TRY(merged_check(rq, past, &whole.row));
    TRY(whole_make(rq, past, &whole, guesses));
    past->digest = linked_digest(rq, past, &whole);
    *result = !kept.id ? 'c' : str_eq(kept.digest, past->digest) ? '=' : 'u';
    if (*result == '=')
        return record_store_see(rq->db, kept.id, rq->now_ms);
    struct transfer_kept new = kept_make(rq, past, buf_str(guesses));
    new.id = kept.id;
    return store(rq, past, &whole, &new);
}
