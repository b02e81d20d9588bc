/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How lists of earlier years are read: one line a case, from whichever session, with what became of
 * it. Words become codes (transfer_record_words.c); what they mean together is judged in
 * transfer_record_past.c. */
#include "modules/transfers/transfer_import.h"
#include "modules/transfers/transfer_legacy.h"
#include "modules/transfers/transfer_record_past.h"
#include "modules/transfers/transfer_record_words.h"
#include "platform/access/secret.h"
#include "platform/text/tidy.h"

enum { DIGESTED_MAX = 4 << 20 };

const struct import_field TRANSFER_PAST_FIELDS[] = {
    { "session", "transfers.header.session", true },
    { "number", "transfers.header.number", true },
    { "title", "proposals.header.title", true },
    { "proposers", "transfers.header.proposers", false },
    { "cosigners", "proposals.header.cosigners", false },
    { "signer_count", "proposals.header.signer_count", false },
    { "kind", "proposals.header.kind", false },
    { "sector", "transfers.header.sector", false },
    { "category", "proposals.header.category", false },
    { "outcome", "transfers.header.outcome", false },
    { "reject_reason", "transfers.header.reject_reason", false },
    { "main_number", "transfers.header.main_number", false },
    { "submitted_on", "transfers.header.submitted_on", false },
    { "docketed_on", "transfers.header.docketed_on", false },
    { "assigned_on", "transfers.header.assigned_on", false },
    { "due_on", "transfers.header.due_on", false },
    { "hosts", "transfers.header.hosts", false },
    { "cohosts", "transfers.header.cohosts", false },
    { "splits", "transfers.header.splits", false },
    { "way", "transfers.header.way", false },
    { "talked_on", "transfers.header.talked_on", false },
    { "class", "transfers.header.class", false },
    { "letter_no", "transfers.header.letter_no", false },
    { "answer", "transfers.header.answer", false },
    { "replied_on", "transfers.header.replied_on", false },
    { "closed_on", "transfers.header.closed_on", false },
    { "on_time", "transfers.header.on_time", false },
    { "satisfaction", "transfers.header.satisfaction", false },
    { "tracking", "transfers.header.tracking", false },
    { "flagship", "transfers.header.flagship", false },
    { "confidential", "transfers.header.confidential", false },
    { "reached", "transfers.header.reached", false },
    { "body", "proposals.header.body", false },
    { "situation", "proposals.header.situation", false },
    { "analysis", "proposals.header.analysis", false },
    { "suggestions", "proposals.header.suggestions", false },
    { "research", "proposals.header.research", false },
    { "consent", "proposals.header.consent", false },
    { "consent_reason", "proposals.header.consent_reason", false },
    { 0 },
};

/* ---- days ---- */

static void days_read(struct rq *rq, const struct import_row *row, struct transfer_past *p)
{
    const struct {
        const char *field;
        i64 *day;
    } DAYS[] = {
        { "submitted_on", &p->submitted_on }, { "docketed_on", &p->docketed_on },
        { "assigned_on", &p->assigned_on },   { "due_on", &p->due_on },
        { "talked_on", &p->talked_on },       { "replied_on", &p->replied_on },
        { "closed_on", &p->closed_on },
    };
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
        str text = import_value(row, DAYS[i].field);
        i64 at = 0;
        if (!import_time(text, &at))
            rq_fault(rq, DAYS[i].field, "form.not_a_day", str_of(""), str_of(""));
        *DAYS[i].day = text.len && at ? day_of_ms(at) : 0;
    }
}

/* ---- agencies ---- */

struct role {
    const char *field, *code;
};

static err role_read(struct rq *rq, const struct import_row *row, const struct role *role,
                     struct rows *out)
{
    strs names = import_names(rq->mem, import_value(row, role->field));
    struct assignment_past *all = out->items;
    for (size_t i = 0; i < names.count; i++) {
        struct org org;
        TRY(transfer_find_agency(rq, role->field, names.items[i], &org));
        for (size_t k = 0; k < out->count && org.id; k++)
            if (all[k].agency_id == org.id)
                rq_fault(rq, role->field, "transfers.agency_twice", names.items[i], str_of(""));
        all[out->count++] = (struct assignment_past){ .agency_id = org.id,
                                                      .role = str_of(role->code),
                                                      .name = names.items[i] };
    }
    return OK;
}

/* One host with cohosts, or alone; or two and more that share it out (rules.md 2.3). */
static void roles_judge(struct rq *rq, size_t hosts, size_t cohosts, size_t splits)
{
    if (hosts > 1)
        rq_fault(rq, "hosts", "transfers.one_host", str_of(""), str_of(""));
    if (hosts == 0 && cohosts > 0)
        rq_fault(rq, "hosts", "transfers.cohosts_alone", str_of(""), str_of(""));
    if (splits == 1 || (splits && hosts + cohosts))
        rq_fault(rq, "splits", "transfers.splits", str_of(""), str_of(""));
}

static err agencies_read(struct rq *rq, const struct import_row *row, struct transfer_past *p)
{
    static const struct role ROLES[] = { { "hosts", "host" },
                                         { "cohosts", "cohost" },
                                         { "splits", "split" } };
    size_t counts[3], most = 0, before = 0;
    for (size_t i = 0; i < 3; i++)
        most += import_names(rq->mem, import_value(row, ROLES[i].field)).count;
    struct assignment_past *all = arena_array(rq->mem, most + 1, sizeof *all);
    p->agencies = (struct rows){ .items = all, .size = sizeof *all };
    for (size_t i = 0; i < 3; i++) {
        TRY(role_read(rq, row, &ROLES[i], &p->agencies));
        counts[i] = p->agencies.count - before;
        before = p->agencies.count;
    }
    if (counts[0] == 1 && p->agencies.count == 1)
        all[0].role = str_of("sole");
    roles_judge(rq, counts[0], counts[1], counts[2]);
    return OK;
}

/* ---- what became of it ---- */

/* Outcome: by its own column, by the step that an old system had reached, else docketed. */
static err outcome_read(struct rq *rq, const struct import_row *row, struct transfer_past *p)
{
    static const struct transfer_word OUTCOME = { "outcome", "transfers.outcome",
                                                  "docketed rejected diverted withdrawn merged" };
    str reached = str_of(""), told = transfer_read_word(rq, &OUTCOME, import_value(row, "outcome"));
    TRY(transfer_read_end(rq, import_value(row, "reached"), &reached, &p->reached));
    if (told.len && reached.len && !str_eq(told, reached) && !str_is(told, "merged"))
        rq_fault(rq, "reached", "transfers.reached_otherwise", p->reached, str_of(""));
    p->outcome = told.len ? told : reached.len ? reached : str_of("docketed");
    return OK;
}

static err reason_read(struct rq *rq, const struct import_row *row, struct transfer_past *p)
{
    str text = import_value(row, "reject_reason");
    if (!str_is(p->outcome, "rejected"))
        return OK;
    TRY(transfer_read_code(rq, "proposals.reject_reasons", text, &p->reject_reason));
    if (!p->reject_reason.len)
        p->reject_note = text;
    return OK;
}

/* A way that the dictionary knows is one of its codes; other words stay words. */
static err way_read(struct rq *rq, const struct import_row *row, struct transfer_past *p)
{
    static const char *const WAYS[] = { "visit", "meeting", "phone", "mail" };
    p->way = import_value(row, "way");
    TRY(transfer_read_code(rq, "assignments.contact_ways", p->way, &p->talk_way));
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS && p->way.len && !p->talk_way.len; i++)
        if (transfer_is_listed(rq->mem, p->way,
                               arena_printf(rq->mem, "transfers.way.%s", WAYS[i]).ptr))
            p->talk_way = str_of(WAYS[i]);
    if (!p->talk_way.len)
        p->talk_way = str_of("other");
    return OK;
}

static void words_read(struct rq *rq, const struct import_row *row, struct transfer_past *p)
{
    static const struct transfer_word SATISFACTION = { "satisfaction", "transfers.satisfaction",
                                                       "satisfied fair dissatisfied" };
    static const struct transfer_word TRACKING = { "tracking", "transfers.tracking",
                                                   "solved partly unsolved" };
    static const struct transfer_word ON_TIME = { "on_time", "transfers.on_time", "yes no" };
    static const struct transfer_word FLAGSHIP = { "flagship", "transfers.flagship", "yes no" };
    static const struct transfer_word CONFIDENTIAL = { "confidential", "transfers.confidential",
                                                       "yes no" };
    p->confidential =
        str_is(transfer_read_word(rq, &CONFIDENTIAL, import_value(row, "confidential")), "yes");
    p->satisfaction_word = import_value(row, "satisfaction");
    p->satisfaction = transfer_read_word(rq, &SATISFACTION, p->satisfaction_word);
    p->tracking = transfer_read_word(rq, &TRACKING, import_value(row, "tracking"));
    p->late = str_is(transfer_read_word(rq, &ON_TIME, import_value(row, "on_time")), "no");
    p->flagship = str_is(transfer_read_word(rq, &FLAGSHIP, import_value(row, "flagship")), "yes");
    p->letter_no = import_value(row, "letter_no");
    p->answer = text_tidy(rq->mem, import_value(row, "answer"));
    p->sector = import_value(row, "sector");
}

/* ---- one line ---- */

/* Everything that was read, so that the same line again is known. */
static str digest_of(struct rq *rq, const struct import_row *row)
{
    struct buf *b = buf_new(rq->mem, DIGESTED_MAX);
    for (size_t i = 0; row->fields[i].name; i++) {
        buf_printf(b, "%s:%zu:", row->fields[i].name, row->values[i].len);
        buf_add(b, row->values[i]);
    }
    return secret_hash(rq->mem, buf_str(b));
}

err transfer_past_row(struct rq *rq, const struct import_row *row, char *result)
{
    struct transfer_past *p = arena_zero(rq->mem, sizeof *p);
    TRY(transfer_read_record(rq, row, &p->text));
    TRY(transfer_find_session(rq, import_value(row, "session"), &p->session));
    p->number = transfer_read_number(rq, import_value(row, "number"));
    p->main_number = transfer_read_number(rq, import_value(row, "main_number"));
    days_read(rq, row, p);
    TRY(agencies_read(rq, row, p));
    TRY(outcome_read(rq, row, p));
    TRY(reason_read(rq, row, p));
    TRY(way_read(rq, row, p));
    TRY(transfer_read_class(rq, import_value(row, "class"), &p->class));
    words_read(rq, row, p);
    p->digest = digest_of(rq, row);
    return transfer_save_past(rq, p, result);
}
