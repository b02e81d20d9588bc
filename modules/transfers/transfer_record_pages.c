/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of lists of earlier years and of old systems' steps; sessions and bodies that a list names
 * and nobody has entered are offered to be entered as ended; the part in a case's page. */
#include "modules/orgs/org.h"
#include "modules/proposals/proposal.h"
#include "modules/transfers/transfer_import.h"
#include "modules/transfers/transfer_record_forms.h"
#include "modules/transfers/transfer_record_views.h"
#include "platform/files/import_page.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/transfers.h"

enum { PAST_ROWS_MAX = 500, STEP_ROWS_MAX = 3000, OFFERED_MAX = 60, LINES_CHARS = 200 };

const struct form TRANSFER_SESSIONS_FORM = {
    "transfers.sessions",
    sizeof(struct transfer_sessions_input),
    (const struct input[]){
        { FIELD(struct transfer_sessions_input, codes), .kind = INPUT_LINES, .keep_empty = true,
          .max = OFFERED_MAX },
        { FIELD(struct transfer_sessions_input, opened), .kind = INPUT_LINES, .keep_empty = true,
          .max = OFFERED_MAX },
        { FIELD(struct transfer_sessions_input, closed), .kind = INPUT_LINES, .keep_empty = true,
          .max = OFFERED_MAX },
        { .field = { 0 } },
    },
};

const struct form TRANSFER_AGENCIES_FORM = {
    "transfers.agencies",
    sizeof(struct transfer_agencies_input),
    (const struct input[]){
        { FIELD(struct transfer_agencies_input, names), .kind = INPUT_LINES, .keep_empty = true,
          .max = OFFERED_MAX },
        { FIELD(struct transfer_agencies_input, kinds), .kind = INPUT_LINES, .keep_empty = true,
          .max = OFFERED_MAX },
        { FIELD(struct transfer_agencies_input, ended), .kind = INPUT_LINES, .keep_empty = true,
          .max = OFFERED_MAX },
        { .field = { 0 } },
    },
};

/* ---- what a list names and is not there ---- */

static const char *const KINDS[] = { "department",  "government", "party_committee",
                                     "association", "federation", "township" };
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

static void kinds_make(struct rq *rq, struct transfer_offers *v)
{
    struct view_choice *c = arena_array(rq->mem, KIND_COUNT, sizeof *c);
    for (size_t i = 0; i < KIND_COUNT; i++)
        c[i] = (struct view_choice){ .value = str_of(KINDS[i]),
                                     .label = text_label("orgs.kind", str_of(KINDS[i])) };
    v->kinds = c;
    v->kind_count = KIND_COUNT;
}

/* Each once, from the faults of a judged list. */
static struct rows missing_of(struct rq *rq, const struct import_report *report, const char *reason)
{
    struct transfer_missing *all = arena_array(rq->mem, OFFERED_MAX, sizeof *all);
    struct rows out = { .items = all, .size = sizeof *all };
    for (size_t i = 0; i < report->fault_count && out.count < OFFERED_MAX; i++) {
        const struct import_fault *f = &report->faults[i];
        bool known = strcmp(f->reason, reason) != 0;
        for (size_t k = 0; k < out.count && !known; k++)
            known = str_eq(all[k].name, f->arg[0]);
        if (!known)
            all[out.count++] = (struct transfer_missing){ f->arg[0], f->arg[1] };
    }
    return out;
}

static err offers_write(struct rq *rq, const struct import_report *report, struct out *out)
{
    struct transfer_offers v = { .may = actor_may(rq->actor, "orgs.manage") };
    if (!report) {
        view_transfers_past_ways(out);
        return OK;
    }
    v.sessions = missing_of(rq, report, "transfers.no_session");
    v.agencies = missing_of(rq, report, "transfers.no_agency");
    kinds_make(rq, &v);
    if (v.sessions.count || v.agencies.count)
        view_transfers_past_offers(out, &v);
    return OK;
}

err page_transfer_links(struct rq *rq, const struct import_report *report, struct out *out)
{
    (void)rq;
    if (!report)
        view_transfers_past_links(out);
    return OK;
}

/* ---- the two lists ---- */

static const struct import_page PAST = { .kind = &TRANSFER_IMPORTS[TRANSFER_PAST],
                                         .home = "proposals",
                                         .path = "/proposals/past",
                                         .below = offers_write,
                                         .title = "transfers.page.past",
                                         .hint = "transfers.past_hint",
                                         .done = "transfers.past_done",
                                         .act = "proposals.import",
                                         .keep = "past_imports",
                                         .most = PAST_ROWS_MAX };

static const struct import_page STEPS = { .kind = &TRANSFER_IMPORTS[TRANSFER_STEPS],
                                          .home = "proposals",
                                          .path = "/proposals/past/steps",
                                          .below = offers_write,
                                          .title = "transfers.page.steps",
                                          .hint = "transfers.steps_hint",
                                          .done = "transfers.steps_done",
                                          .act = "proposals.import",
                                          .keep = "step_imports",
                                          .most = STEP_ROWS_MAX };

err page_transfer_past_form(struct rq *rq, struct res *res)
{
    return import_page_form(rq, res, &PAST);
}

err page_transfer_past_receive(struct rq *rq, struct res *res)
{
    return import_page_receive(rq, res, &PAST);
}

err page_transfer_past(struct rq *rq, struct res *res)
{
    return import_page_take(rq, res, &PAST);
}

err api_transfer_past(struct rq *rq, struct res *res)
{
    return import_page_api(rq, res, &PAST);
}

err page_transfer_steps_form(struct rq *rq, struct res *res)
{
    return import_page_form(rq, res, &STEPS);
}

err page_transfer_steps_receive(struct rq *rq, struct res *res)
{
    return import_page_receive(rq, res, &STEPS);
}

err page_transfer_steps(struct rq *rq, struct res *res)
{
    return import_page_take(rq, res, &STEPS);
}

err api_transfer_steps(struct rq *rq, struct res *res)
{
    return import_page_api(rq, res, &STEPS);
}

/* ---- entering what is not there ---- */

static str line_at(const strs *lines, size_t i)
{
    return i < lines->count ? str_trim(lines->items[i]) : str_of("");
}

static bool read_day(struct rq *rq, const char *field, str text, i64 *day)
{
    if (day_parse(text, day) && *day < rq->today)
        return true;
    rq_fault(rq, field, "transfers.day_before", text, str_of(""));
    return false;
}

static bool session_read(struct rq *rq, const struct transfer_sessions_input *in, size_t i,
                         struct session *out)
{
    str rest = line_at(&in->codes, i), term;
    *out = (struct session){ 0 };
    if (line_at(&in->opened, i).len == 0)
        return false;
    if (!str_split(&rest, '-', &term) || !str_to_i64(term, &out->term_number) ||
        !str_to_i64(rest, &out->number) || out->term_number < 1 || out->term_number > 99 ||
        out->number < 1 || out->number > 20) {
        rq_fault(rq, "codes", "transfers.session_unreadable", line_at(&in->codes, i), str_of(""));
        return false;
    }
    return read_day(rq, "opened", line_at(&in->opened, i), &out->opened_on) &&
           read_day(rq, "closed", line_at(&in->closed, i), &out->closed_on);
}

/* Later ones first: each ends before the one that is there already. */
static void sort_down(struct session *all, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0; k--) {
            struct session one = all[k], before = all[k - 1];
            if (one.term_number * 100 + one.number > before.term_number * 100 + before.number) {
                all[k] = before;
                all[k - 1] = one;
            }
        }
}

err page_transfer_sessions_add(struct rq *rq, struct res *res)
{
    const struct transfer_sessions_input *in = rq->input;
    struct session *all = arena_array(rq->mem, OFFERED_MAX, sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < in->codes.count && i < OFFERED_MAX; i++)
        count += session_read(rq, in, i, &all[count]);
    if (!count && !rq_has_faults(rq))
        rq_fault(rq, "opened", "transfers.none_filled", str_of(""), str_of(""));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    sort_down(all, count);
    for (size_t i = 0; i < count; i++) {
        i64 id = 0;
        struct session added;
        TRY(session_add(rq, &all[i], &id));
        TRY(session_find(rq, id, &added));
        if (!added.until_on) /* nothing follows it: it would be the running one */
            return err_make_with(ERR_CONFLICT, "transfers.session_not_ended",
                                 session_name(rq->mem, &added), str_of(""));
    }
    res_flash(res, "transfers.sessions_added", arena_printf(rq->mem, "%zu", count));
    res_redirect(res, str_of("/proposals/past"));
    return OK;
}

static bool agency_read(struct rq *rq, const struct transfer_agencies_input *in, size_t i,
                        struct org *out)
{
    enum { NAME_MAX = 60 };
    str name = line_at(&in->names, i), kind = line_at(&in->kinds, i);
    bool known = false;
    *out = (struct org){ .name = name, .kind = kind, .agency = true };
    if (line_at(&in->ended, i).len == 0)
        return false;
    for (size_t k = 0; k < KIND_COUNT; k++)
        known = known || str_is(kind, KINDS[k]);
    if (!known)
        rq_fault(rq, "kinds", "transfers.kind_unknown", name, str_of(""));
    if (name.len == 0 || str_chars(name) > NAME_MAX)
        rq_fault(rq, "names", "transfers.name_length", name, str_of(""));
    return read_day(rq, "ended", line_at(&in->ended, i), &out->to_on);
}

err page_transfer_agencies_add(struct rq *rq, struct res *res)
{
    const struct transfer_agencies_input *in = rq->input;
    size_t count = 0;
    for (size_t i = 0; i < in->names.count && i < OFFERED_MAX; i++) {
        struct org org;
        i64 id = 0;
        if (!agency_read(rq, in, i, &org) || rq_has_faults(rq))
            continue;
        TRY(org_save(rq, &org, &id));
        count++;
    }
    if (!count && !rq_has_faults(rq))
        rq_fault(rq, "ended", "transfers.none_filled", str_of(""), str_of(""));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    res_flash(res, "transfers.agencies_added", arena_printf(rq->mem, "%zu", count));
    res_redirect(res, str_of("/proposals/past"));
    return OK;
}

/* ---- in a case's page ---- */

static str guesses_words(struct rq *rq, str guesses)
{
    str rest = str_trim(guesses), one;
    strs words = { 0 };
    while (rest.len && str_split(&rest, ' ', &one))
        strs_add(rq->mem, &words, text_label("transfers.guess", one));
    return proposal_join(rq->mem, &words, text_find("import.comma"));
}

static err shown_make(struct rq *rq, const struct proposal *p, struct transfer_shown *v)
{
    v->is_office = actor_scope(rq->actor, "proposals.read") == SCOPE_ORG;
    v->guesses = guesses_words(rq, v->kept->guesses);
    /* blind for the agencies and who hands out: a step may hold the proposer's verdict too */
    bool reads_verdicts =
        actor_scope(rq->actor, "evaluations.read") == SCOPE_ORG && !rq->actor->agency_id;
    if (reads_verdicts)
        v->satisfaction = v->kept->satisfaction;
    struct proposal main;
    err e = p->main_id ? proposal_find(rq, p->main_id, &main)
                       : err_make(ERR_NOT_FOUND, "proposals.not_found");
    if (e.code != ERR_NOT_FOUND) {
        TRY(e);
        v->main_id = main.id;
        v->main_number = proposal_number(rq, &main);
    }
    return v->is_office && reads_verdicts ? step_store_list(rq->db, p->id, rq->mem, &v->steps) : OK;
}

static void shown_json(const struct transfer_shown *v, struct json *j)
{
    static const struct field STEP[] = { FIELD(struct transfer_step, at),
                                         FIELD(struct transfer_step, code),
                                         FIELD(struct transfer_step, word),
                                         FIELD(struct transfer_step, actor),
                                         FIELD(struct transfer_step, agency),
                                         FIELD(struct transfer_step, opinion),
                                         { 0 } };
    json_object(j, "past");
    json_str(j, "number", v->kept->number);
    json_i64(j, "main_id", v->main_id);
    if (v->is_office) {
        json_str(j, "source", v->kept->source);
        json_str(j, "way", v->kept->way);
        json_str(j, "letter_no", v->kept->letter_no);
        json_str(j, "reached", v->kept->reached);
        json_str(j, "satisfaction", v->satisfaction);
        json_rows(j, "steps", STEP, &v->steps);
    }
    json_object_end(j);
}

err on_transfer_case(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    struct transfer_kept kept;
    struct transfer_shown v = { .kept = &kept };
    bool head = shown->out && strcmp(shown->place, "head") == 0;
    if (!str_is(shown->proposal->state, "archived") ||
        (shown->out && !head && strcmp(shown->place, "side") != 0))
        return OK;
    TRY(record_store_find_by_proposal(rq->db, id, rq->mem, &kept));
    if (!kept.id)
        return OK;
    TRY(shown_make(rq, shown->proposal, &v));
    if (shown->json)
        shown_json(&v, shown->json);
    else if (head)
        view_transfers_past_tag(shown->out);
    else
        view_transfers_past_case(shown->out, &v);
    return OK;
}
