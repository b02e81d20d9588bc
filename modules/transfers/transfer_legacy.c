/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Numeric steps of an old system (transfer_legacy.h). An unknown number is a fault of its line;
 * nothing is made of it. Pages: transfer_legacy_pages.c. */
#include "modules/transfers/transfer_legacy.h"

#include "modules/proposals/proposal.h"
#include "modules/transfers/transfer_import.h"
#include "modules/transfers/transfer_record_words.h"
#include "platform/audit/audit.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"
#include "platform/text/tidy.h"

enum {
    CODE_MOST = 999,
    NAME_MAX = 60,
    OPINION_MAX = 3000
}; /* a case has up to 1,000 steps: all are read at once */

const struct import_field TRANSFER_STEP_FIELDS[] = {
    { "session", "transfers.header.session", true },
    { "number", "transfers.header.number", true },
    { "code", "transfers.header.code", true },
    { "at", "transfers.header.at", true },
    { "actor", "transfers.header.actor", false },
    { "agency", "transfers.header.agency", false },
    { "opinion", "transfers.header.opinion", false },
    { 0 },
};

/* ---- what codes mean ---- */

/* rules.md 12.1, last paragraph (K11); states and steps: modules/proposals. Words are texts
 * "transfers.legacy.…". */
static const struct shipped {
    i64 code;
    const char *word, *state, *verb;
} SHIPPED[] = {
    { 1, "transfers.legacy.saved", "draft", "" },
    { 2, "transfers.legacy.sent_outside", "submitted", "submit" },
    { 3, "transfers.legacy.sent", "submitted", "submit" },
    { 4, "transfers.legacy.screened", "screened", "screen" },
    { -4, "transfers.legacy.screened_out", "revising", "revise" },
    { 5, "transfers.legacy.docketed", "docketed", "docket" },
    { -5, "transfers.legacy.rejected", "rejected", "reject" },
    { 6, "transfers.legacy.sorted", "assigned", "assign" },
    { -6, "transfers.legacy.sorted_back", "docketed", "" },
    { 7, "transfers.legacy.awaited", "evaluating", "deliver" },
    { 8, "transfers.legacy.told", "closed", "close" },
    { 9, "transfers.legacy.filed", "archived", "archive" },
    { -9, "transfers.legacy.redone", "redoing", "redo" },
    { 98, "transfers.legacy.diverting", "submitted", "" },
    { 99, "transfers.legacy.diverted", "diverted", "divert" },
    { 100, "transfers.legacy.kept", "rejected", "reject" },
};
enum { SHIPPED_COUNT = sizeof SHIPPED / sizeof *SHIPPED };

static struct transfer_code shipped_code(size_t i)
{
    return (struct transfer_code){ .code = SHIPPED[i].code,
                                   .word = text_find(SHIPPED[i].word),
                                   .state = str_of(SHIPPED[i].state),
                                   .verb = str_of(SHIPPED[i].verb) };
}

err transfer_list_codes(struct rq *rq, struct rows *out)
{
    struct rows own;
    TRY(code_store_list(rq->db, rq->mem, &own));
    const struct transfer_code *theirs = own.items;
    struct transfer_code *all = arena_array(rq->mem, SHIPPED_COUNT + own.count, sizeof *all);
    *out = (struct rows){ .items = all, .count = SHIPPED_COUNT, .size = sizeof *all };
    for (size_t i = 0; i < SHIPPED_COUNT; i++)
        all[i] = shipped_code(i);
    for (size_t k = 0; k < own.count; k++) {
        size_t at = 0;
        while (at < out->count && all[at].code != theirs[k].code)
            at++;
        all[at] = theirs[k];
        out->count += at == out->count;
    }
    return OK;
}

/* "−4", "－4" and "-4" are one number. */
static bool read_number(struct rq *rq, str text, i64 *out)
{
    str rest = text_find("transfers.minus_signs"), sign;
    text = str_trim(text);
    while (str_split(&rest, '|', &sign))
        if (sign.len && str_starts(text, sign)) {
            text = str_trim(str_sub(text, sign.len, text.len - sign.len));
            return str_to_i64(fold_text(rq->mem, text), out) && (*out = -*out) <= 0;
        }
    return str_to_i64(fold_text(rq->mem, text), out);
}

err transfer_find_code(struct rq *rq, str text, struct transfer_code *out, bool *found)
{
    struct rows rows;
    i64 number = 0;
    bool is_number = read_number(rq, text, &number);
    *found = false;
    TRY(transfer_list_codes(rq, &rows));
    const struct transfer_code *all = rows.items;
    for (size_t i = 0; i < rows.count && !*found; i++) {
        bool same =
            is_number ? all[i].code == number : transfer_is_alike(rq->mem, all[i].word, text);
        if (!same || !all[i].state.len)
            continue;
        *out = all[i];
        *found = true;
    }
    return OK;
}

static str code_words(struct rq *rq, const struct transfer_code *c)
{
    return arena_printf(rq->mem, "%lld %.*s", (long long)c->code, (int)c->word.len, c->word.ptr);
}

err transfer_read_end(struct rq *rq, str text, str *outcome, str *words)
{
    static const struct {
        const char *state, *outcome;
    } ENDS[] = { { "closed", "docketed" },     { "archived", "docketed" },
                 { "fulfilled", "docketed" },  { "tracking", "docketed" },
                 { "rejected", "rejected" },   { "diverted", "diverted" },
                 { "withdrawn", "withdrawn" }, { "merged", "merged" } };
    struct transfer_code c;
    bool found = false;
    *outcome = *words = str_of("");
    if (text.len == 0)
        return OK;
    TRY(transfer_find_code(rq, text, &c, &found));
    if (!found) {
        rq_fault(rq, "reached", "transfers.unknown_code", text, str_of(""));
        return OK;
    }
    *words = code_words(rq, &c);
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        if (str_is(c.state, ENDS[i].state))
            *outcome = str_of(ENDS[i].outcome);
    if (!outcome->len)
        rq_fault(rq, "reached", "transfers.no_end", *words, str_of(""));
    return OK;
}

/* ---- saying otherwise ---- */

/* Whether a step of ours can lead to a state. */
static bool leads_to(str verb, str state)
{
    for (const struct flow_action *a = PROPOSALS_FLOW.actions; a->verb; a++) {
        str rest = str_of(a->outcomes ? a->outcomes : ""), one;
        if (!str_is(verb, a->verb))
            continue;
        if (a->to && str_is(state, a->to))
            return true;
        while (str_split(&rest, ' ', &one))
            if (one.len && str_eq(one, state))
                return true;
    }
    return false;
}

static err word_check(struct rq *rq, const struct transfer_code *c)
{
    struct rows rows;
    TRY(transfer_list_codes(rq, &rows));
    const struct transfer_code *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].code != c->code && all[i].state.len &&
            transfer_is_alike(rq->mem, all[i].word, c->word))
            rq_fault(rq, "word", "transfers.word_taken", c->word,
                     arena_printf(rq->mem, "%lld", (long long)all[i].code));
    return OK;
}

static err code_check(struct rq *rq, const struct transfer_code *c)
{
    i64 number;
    if (c->state.len && !flow_state_find(&PROPOSALS_FLOW, c->state))
        rq_fault(rq, "state", "transfers.state_unknown", str_of(""), str_of(""));
    if (!c->state.len && c->verb.len)
        rq_fault(rq, "verb", "transfers.verb_without_state", str_of(""), str_of(""));
    else if (c->verb.len && !leads_to(c->verb, c->state))
        rq_fault(rq, "verb", "transfers.verb_elsewhere", text_label("flows.proposals", c->verb),
                 text_label("states.proposals", c->state));
    if (read_number(rq, c->word, &number)) /* words and numbers are told apart in lists */
        rq_fault(rq, "word", "transfers.word_is_number", str_of(""), str_of(""));
    TRY(word_check(rq, c));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static str code_digest(struct rq *rq, const struct transfer_code *c)
{
    return arena_printf(rq->mem, "%lld %.*s|%.*s|%.*s", (long long)c->code, (int)c->word.len,
                        c->word.ptr, (int)c->state.len, c->state.ptr, (int)c->verb.len,
                        c->verb.ptr);
}

static i64 code_read(struct rq *rq, str text)
{
    i64 code = 0;
    if (!read_number(rq, text, &code) || code < -CODE_MOST || code > CODE_MOST || code == 0)
        rq_fault(rq, "code", "transfers.code_number", str_of(""), str_of(""));
    return code;
}

err transfer_save_code(struct rq *rq, const struct transfer_code_input *in)
{
    const struct transfer_code c = { .code = code_read(rq, in->code),
                                     .changed_at = rq->now_ms,
                                     .changed_by = rq->actor->account_id,
                                     .word = in->word,
                                     .state = in->state,
                                     .verb = in->verb };
    TRY(code_check(rq, &c));
    TRY(code_store_save(rq->db, &c));
    return audit_add(rq, &(struct audit_entry){ .act = "transfers.code",
                                                .object = "transfer_codes",
                                                .after = code_digest(rq, &c) });
}

err transfer_reset_code(struct rq *rq, str text)
{
    i64 code = code_read(rq, text);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(code_store_remove(rq->db, code));
    return audit_add(rq, &(struct audit_entry){
                             .act = "transfers.code_reset",
                             .object = "transfer_codes",
                             .after = arena_printf(rq->mem, "%lld", (long long)code) });
}

/* ---- steps ---- */

/* What was written is for the office; but why something was sent back or not taken up is told to
 * its proposer, as it is here (rules.md 2.2). */
static bool is_reason(str state)
{
    return str_is(state, "revising") || str_is(state, "rejected") || str_is(state, "diverted");
}

static err trail_add(struct rq *rq, const struct transfer_step *s, const struct transfer_code *c)
{
    str words = text_format(rq->mem, "transfers.step_words", code_words(rq, c), str_of(""));
    if (s->opinion.len && is_reason(c->state))
        words = text_format(rq->mem, "transfers.step_reason", code_words(rq, c), s->opinion);
    const struct flow_trail trail = { .at = s->at,
                                      .verb = c->verb.len ? c->verb : str_of("legacy"),
                                      .to_state = c->state,
                                      .actor_name = s->actor,
                                      .agency_name = s->agency,
                                      .opinion = words };
    return flow_trail_add(rq, &PROPOSALS_FLOW, s->proposal_id, &trail);
}

/* A step that is there already, by moment, code and who did it. */
static err step_same(struct rq *rq, const struct transfer_step *s, bool *there)
{
    struct rows rows;
    TRY(step_store_list(rq->db, s->proposal_id, rq->mem, &rows));
    const struct transfer_step *all = rows.items;
    *there = false;
    for (size_t i = 0; i < rows.count && !*there; i++) {
        *there = all[i].at == s->at && all[i].code == s->code && str_eq(all[i].actor, s->actor) &&
                 str_eq(all[i].agency, s->agency);
        if (*there && !str_eq(all[i].opinion, s->opinion))
            return err_make(ERR_CONFLICT, "transfers.step_otherwise");
    }
    return OK;
}

static void text_check(struct rq *rq, const char *field, str text, i64 most)
{
    if (!str_is_utf8(text))
        rq_fault(rq, field, "form.not_text", str_of(""), str_of(""));
    else if (str_chars(text) > most)
        rq_fault(rq, field, "form.too_long", arena_printf(rq->mem, "%lld", (long long)most),
                 arena_printf(rq->mem, "%lld", (long long)str_chars(text)));
}

/* The case of a line: one of earlier years. History of a living one is not written by lists. */
static err case_find(struct rq *rq, const struct import_row *row, struct transfer_step *s)
{
    struct session session;
    struct transfer_kept kept = { 0 };
    str number = transfer_read_number(rq, import_value(row, "number"));
    TRY(transfer_find_session(rq, import_value(row, "session"), &session));
    if (session.id)
        TRY(record_store_find(rq->db, session.id, number, rq->mem, &kept));
    if (session.id && !kept.id)
        rq_fault(rq, "number", "transfers.no_record", number, session_name(rq->mem, &session));
    s->proposal_id = kept.proposal_id;
    return OK;
}

static err step_read(struct rq *rq, const struct import_row *row, struct transfer_step *s,
                     struct transfer_code *c)
{
    bool found = false;
    str code = import_value(row, "code");
    *s = (struct transfer_step){ .actor = import_value(row, "actor"),
                                 .agency = import_value(row, "agency"),
                                 .opinion = text_tidy(rq->mem, import_value(row, "opinion")),
                                 .recorded_at = rq->now_ms,
                                 .recorded_by = rq->actor->account_id };
    TRY(case_find(rq, row, s));
    TRY(transfer_find_code(rq, code, c, &found));
    if (!found)
        rq_fault(rq, "code", "transfers.unknown_code", code, str_of(""));
    if (!import_time(import_value(row, "at"), &s->at) || s->at <= 0)
        rq_fault(rq, "at", "form.not_a_day", str_of(""), str_of(""));
    else if (s->at > rq->now_ms)
        rq_fault(rq, "at", "transfers.day_ahead", str_of(""), str_of(""));
    text_check(rq, "actor", s->actor, NAME_MAX);
    text_check(rq, "agency", s->agency, NAME_MAX);
    text_check(rq, "opinion", s->opinion, OPINION_MAX);
    s->code = c->code;
    s->word = c->word;
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err transfer_step_row(struct rq *rq, const struct import_row *row, char *result)
{
    struct transfer_step step;
    struct transfer_code code = { 0 };
    bool there = false;
    TRY(step_read(rq, row, &step, &code));
    TRY(step_same(rq, &step, &there));
    *result = there ? '=' : 'c';
    if (there)
        return OK;
    TRY(step_store_add(rq->db, &step));
    return trail_add(rq, &step, &code);
}
