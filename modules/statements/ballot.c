/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of the ballot on those who reported: what tellers counted must agree, paper by paper and
 * row by row. Statements: ballot_store.c. */
#include "modules/statements/ballot.h"

#include "modules/meetings/meeting.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { VOTES_MAX = 100000 };

const char *const BALLOT_GRADE_CODES[BALLOT_GRADES] = { "excellent", "competent", "basic",
                                                        "incompetent", "abstained" };

static i64 *votes_at(struct ballot_count *c, size_t grade)
{
    i64 *const all[BALLOT_GRADES] = { &c->excellent, &c->competent, &c->basic, &c->incompetent,
                                      &c->abstained };
    return all[grade];
}

i64 ballot_votes(const struct ballot_count *c, size_t grade)
{
    struct ballot_count copy = *c;
    return *votes_at(&copy, grade);
}

enum ballot_row ballot_read_row(const str cells[BALLOT_GRADES], i64 valid, struct ballot_count *out)
{
    i64 sum = 0;
    bool typed = false, number = true;
    for (size_t g = 0; g < BALLOT_GRADES; g++) {
        str cell = str_trim(cells[g]);
        i64 *votes = votes_at(out, g);
        *votes = 0;
        typed |= cell.len > 0;
        if (cell.len && (!str_to_i64(cell, votes) || *votes < 0 || *votes > VOTES_MAX)) {
            number = false;
            *votes = 0; /* counted with no other */
        }
        sum += *votes;
    }
    if (!typed)
        return BALLOT_EMPTY;
    if (!number)
        return BALLOT_NO_NUMBER;
    return sum == valid ? BALLOT_AGREES : BALLOT_OTHER_SUM;
}

void ballot_cells(const struct ballot_input *in, size_t row, str out[BALLOT_GRADES])
{
    const strs *const lists[BALLOT_GRADES] = { &in->excellent, &in->competent, &in->basic,
                                               &in->incompetent, &in->abstained };
    for (size_t g = 0; g < BALLOT_GRADES; g++)
        out[g] = row < lists[g]->count ? lists[g]->items[row] : str_of("");
}

bool ballot_is_open_to(const struct statement *s, const struct ballot_count *before)
{
    return before || statement_is_handed_in(s);
}

err ballot_may_save(const struct rq *rq, const struct rows *statements)
{
    const struct statement *all = statements->items;
    for (size_t i = 0; i < statements->count; i++)
        if (actor_is_person(rq->actor, all[i].person_id))
            return err_make(ERR_FORBIDDEN, "ballots.own");
    return OK;
}

const struct ballot_count *ballot_count_of(const struct rows *counts, i64 statement_id)
{
    const struct ballot_count *all = counts->items;
    for (size_t i = 0; i < counts->count; i++)
        if (all[i].statement_id == statement_id)
            return &all[i];
    return NULL;
}

err ballot_find(struct rq *rq, i64 call_id, struct ballot *out, struct rows *counts)
{
    *out = (struct ballot){ 0 };
    *counts = (struct rows){ 0 };
    err e = ballot_store_find(rq->db, call_id, rq->mem, out);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    return ballot_store_list_counts(rq->db, out->id, rq->mem, counts);
}

err ballot_list_of(struct rq *rq, i64 member_id, i64 year, struct rows *out)
{
    return ballot_store_list_of(rq->db, member_id, year, rq->mem, out);
}

/* ---- the papers ---- */

static bool is_choice(const struct rows *choices, str value)
{
    const struct view_choice *all = choices->items;
    for (size_t i = 0; i < choices->count; i++)
        if (str_eq(all[i].value, value))
            return true;
    return false;
}

err ballot_meetings(struct rq *rq, struct rows *out)
{
    struct ballot b;
    struct rows counts;
    TRY(meeting_choices_begun(rq, out));
    TRY(ballot_find(rq, rq->path_id, &b, &counts));
    if (!b.meeting_id || is_choice(out, meeting_choice_of(rq->mem, b.meeting_id)))
        return OK;
    struct view_choice *all = arena_array(rq->mem, out->count + 1, sizeof *all);
    for (size_t i = 0; i < out->count; i++)
        all[i] = ((const struct view_choice *)out->items)[i];
    all[out->count] = (struct view_choice){ .value = meeting_choice_of(rq->mem, b.meeting_id),
                                            .label = b.meeting_title };
    *out = (struct rows){ all, out->count + 1, sizeof *all };
    return OK;
}

static bool is_among(const struct rows *statements, str name)
{
    const struct statement *all = statements->items;
    for (size_t i = 0; i < statements->count; i++)
        if (str_eq(all[i].name, name))
            return true;
    return false;
}

/* Two, and none of whom is voted on. */
static void check_tellers(struct rq *rq, const struct ballot_input *in, const struct rows *all)
{
    if (str_eq(in->teller_name, in->second_teller_name))
        rq_fault(rq, "second_teller_name", "ballots.one_teller", str_of(""), str_of(""));
    if (is_among(all, in->teller_name))
        rq_fault(rq, "teller_name", "ballots.teller_reports", in->teller_name, str_of(""));
    if (is_among(all, in->second_teller_name))
        rq_fault(rq, "second_teller_name", "ballots.teller_reports", in->second_teller_name,
                 str_of(""));
}

static void check_papers(struct rq *rq, const struct ballot_input *in)
{
    if (in->returned > in->issued)
        rq_fault(rq, "returned", "ballots.more_returned", str_number(rq->mem, in->returned),
                 str_number(rq->mem, in->issued));
    if (in->valid > in->returned)
        rq_fault(rq, "valid", "ballots.more_valid", str_number(rq->mem, in->valid),
                 str_number(rq->mem, in->returned));
}

static err check_day(struct rq *rq, const struct ballot_input *in, const struct statement_call *c,
                     struct ballot *b)
{
    struct meeting_brief meeting = { 0 };
    i64 called_on = day_of_ms(c->called_at);
    b->meeting_id = 0;
    b->meeting_title = str_of("");
    if (in->held_on > rq->today)
        rq_fault(rq, "held_on", "ballots.to_come", str_of(""), str_of(""));
    else if (in->held_on < called_on)
        rq_fault(rq, "held_on", "ballots.before_call", text_date(rq->mem, called_on), str_of(""));
    if (!in->meeting.len)
        return OK;
    TRY(meeting_find_choice(rq, in->meeting, &meeting));
    if (in->held_on < meeting.from_on || in->held_on > meeting.to_on)
        rq_fault(rq, "held_on", "ballots.not_that_day", text_date(rq->mem, meeting.from_on),
                 text_date(rq->mem, meeting.to_on));
    b->meeting_id = meeting.id;
    b->meeting_title = meeting.title;
    return OK;
}

/* ---- the rows ---- */

static const struct statement *statement_of(const struct rows *statements, i64 id)
{
    const struct statement *all = statements->items;
    for (size_t i = 0; i < statements->count; i++)
        if (all[i].id == id)
            return &all[i];
    return NULL;
}

static i64 sum_of(const struct ballot_count *c)
{
    i64 sum = 0;
    for (size_t g = 0; g < BALLOT_GRADES; g++)
        sum += ballot_votes(c, g);
    return sum;
}

static void fault_row(struct rq *rq, enum ballot_row what, str name, i64 sum)
{
    if (what == BALLOT_NO_NUMBER)
        rq_fault(rq, "excellent", "ballots.bad_number", name, str_of(""));
    if (what == BALLOT_OTHER_SUM)
        rq_fault(rq, "excellent", "ballots.bad_sum", name, str_number(rq->mem, sum));
}

/* Each list as long as that of whom they are of, or empty, and nobody twice: else votes would be
 * put down to another. */
static bool is_even(const struct ballot_input *in)
{
    const strs *const lists[BALLOT_GRADES] = { &in->excellent, &in->competent, &in->basic,
                                               &in->incompetent, &in->abstained };
    for (size_t g = 0; g < BALLOT_GRADES; g++)
        if (lists[g]->count && lists[g]->count != in->statements.count)
            return false;
    for (size_t i = 0; i < in->statements.count; i++)
        for (size_t k = 0; k < i; k++)
            if (in->statements.items[i] == in->statements.items[k])
                return false;
    return true;
}

static bool is_named(const struct ballot_input *in, i64 statement_id)
{
    for (size_t i = 0; i < in->statements.count; i++)
        if (in->statements.items[i] == statement_id)
            return true;
    return false;
}

/* What stands of those who are not named now stays, if it still agrees with the papers. */
static void keep_rows(struct rq *rq, const struct ballot_input *in, const struct rows *statements,
                      const struct rows *before, struct rows *out)
{
    const struct ballot_count *was = before->items;
    struct ballot_count *all = out->items;
    for (size_t i = 0; i < before->count; i++) {
        if (is_named(in, was[i].statement_id))
            continue;
        const struct statement *s = statement_of(statements, was[i].statement_id);
        all[out->count++] = was[i];
        if (sum_of(&was[i]) != in->valid && s) {
            rq_fault(rq, "valid", "ballots.kept_sum", s->name,
                     str_number(rq->mem, sum_of(&was[i])));
            return;
        }
    }
}

/* Those that were typed, into an array with room for all; counts what it takes. */
static void read_rows(struct rq *rq, const struct ballot_input *in, const struct rows *statements,
                      const struct rows *before, struct rows *out)
{
    struct ballot_count *all = out->items;
    if (!is_even(in)) {
        rq_fault(rq, "statements", "ballots.uneven", str_of(""), str_of(""));
        return;
    }
    for (size_t i = 0; i < in->statements.count; i++) {
        struct ballot_count *c = &all[out->count];
        const struct statement *s = statement_of(statements, in->statements.items[i]);
        str cells[BALLOT_GRADES];
        ballot_cells(in, i, cells);
        enum ballot_row what = ballot_read_row(cells, in->valid, c);
        if (what == BALLOT_EMPTY)
            continue;
        if (!s || !ballot_is_open_to(s, ballot_count_of(before, s->id))) {
            rq_fault(rq, "statements", "ballots.not_handed_in", s ? s->name : str_of(""),
                     str_of(""));
            return;
        }
        c->statement_id = s->id;
        fault_row(rq, what, s->name, sum_of(c));
        out->count++;
    }
    if (out->count == 0)
        rq_fault(rq, "excellent", "ballots.no_votes", str_of(""), str_of(""));
}

/* ---- saving ---- */

/* What stands, as the form has it. */
static struct ballot_input stored_of(struct rq *rq, const struct ballot_input *in,
                                     const struct ballot *b, const struct rows *counts)
{
    struct ballot_input out = *in;
    strs *const lists[BALLOT_GRADES] = { &out.excellent, &out.competent, &out.basic,
                                         &out.incompetent, &out.abstained };
    out.held_on = b->held_on;
    out.issued = b->issued;
    out.returned = b->returned;
    out.valid = b->valid;
    out.meeting = b->meeting_id ? meeting_choice_of(rq->mem, b->meeting_id) : str_of("");
    out.teller_name = b->teller_name;
    out.second_teller_name = b->second_teller_name;
    for (size_t g = 0; g < BALLOT_GRADES; g++) {
        *lists[g] = (strs){ 0 };
        for (size_t i = 0; i < in->statements.count; i++) {
            const struct ballot_count *c = ballot_count_of(counts, in->statements.items[i]);
            strs_add(rq->mem, lists[g], c ? str_number(rq->mem, ballot_votes(c, g)) : str_of(""));
        }
    }
    return out;
}

/* For the log: papers, then each row by its report; nothing of who voted is known. */
static str words_of(struct rq *rq, const struct ballot *b, const struct rows *counts)
{
    const struct ballot_count *all = counts->items;
    if (!b->id)
        return str_of("");
    str words = arena_printf(rq->mem, "%lld/%lld/%lld", (long long)b->issued,
                             (long long)b->returned, (long long)b->valid);
    for (size_t i = 0; i < counts->count; i++)
        words = arena_printf(rq->mem, "%.*s; %lld: %lld %lld %lld %lld %lld", (int)words.len,
                             words.ptr, (long long)all[i].statement_id, (long long)all[i].excellent,
                             (long long)all[i].competent, (long long)all[i].basic,
                             (long long)all[i].incompetent, (long long)all[i].abstained);
    return words;
}

/* Rows that are not named are left alone. */
static err write(struct rq *rq, const struct ballot_input *in, struct ballot *b,
                 const struct rows *counts)
{
    const struct ballot_count *all = counts->items;
    if (b->id)
        TRY(ballot_store_update(rq->db, b));
    else
        TRY(ballot_store_add(rq->db, b, &b->id));
    for (size_t i = 0; i < in->statements.count; i++)
        TRY(ballot_store_remove_count(rq->db, b->id, in->statements.items[i]));
    for (size_t i = 0; i < counts->count; i++)
        if (is_named(in, all[i].statement_id))
            TRY(ballot_store_add_count(rq->db, b->id, &all[i]));
    return OK;
}

static err log_add(struct rq *rq, i64 call_id, str before, str after)
{
    return audit_add(rq, &(struct audit_entry){ .act = "statements.ballot",
                                                .object = "statement_calls",
                                                .object_id = call_id,
                                                .before = before,
                                                .after = after });
}

err ballot_save(struct rq *rq, const struct ballot_input *in)
{
    struct statement_call c;
    struct ballot b;
    struct rows statements, before;
    TRY(list_find(rq, &STATEMENT_CALL_LIST, in->id, &c));
    TRY(statement_store_list_call(rq->db, c.id, rq->mem, &statements));
    TRY(ballot_may_save(rq, &statements));
    TRY(ballot_find(rq, c.id, &b, &before));
    const struct ballot_input stored = stored_of(rq, in, &b, &before);
    TRY(conflict_check(rq, "web.version", in->version, c.version, &stored));
    struct ballot_count *room =
        arena_array(rq->mem, before.count + in->statements.count + 1, sizeof *room);
    struct rows counts = { room, 0, sizeof *room };
    str was = words_of(rq, &b, &before);
    check_papers(rq, in);
    check_tellers(rq, in, &statements);
    TRY(check_day(rq, in, &c, &b));
    keep_rows(rq, in, &statements, &before, &counts);
    read_rows(rq, in, &statements, &before, &counts);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    b.statement_call_id = c.id;
    b.held_on = in->held_on;
    b.issued = in->issued;
    b.returned = in->returned;
    b.valid = in->valid;
    b.teller_name = in->teller_name;
    b.second_teller_name = in->second_teller_name;
    b.noted_at = rq->now_ms;
    b.noter_name = rq->actor->name;
    TRY(write(rq, in, &b, &counts));
    TRY(statement_call_store_raise(rq->db, &c));
    return log_add(rq, c.id, was, words_of(rq, &b, &counts));
}

err ballot_remove(struct rq *rq, const struct ballot_remove_input *in)
{
    struct statement_call c;
    struct ballot b;
    struct rows statements, counts;
    TRY(list_find(rq, &STATEMENT_CALL_LIST, in->id, &c));
    TRY(statement_store_list_call(rq->db, c.id, rq->mem, &statements));
    TRY(ballot_may_save(rq, &statements));
    TRY(conflict_check(rq, "web.version", in->version, c.version, in));
    TRY(ballot_find(rq, c.id, &b, &counts));
    if (!b.id)
        return err_make(ERR_CONFLICT, "ballots.none");
    str was = words_of(rq, &b, &counts);
    TRY(ballot_store_clear(rq->db, b.id));
    TRY(ballot_store_remove(rq->db, &b));
    TRY(statement_call_store_raise(rq->db, &c));
    return log_add(rq, c.id, was,
                   text_format(rq->mem, "ballots.taken_away", in->reason, str_of("")));
}
