/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who was there: recording, figures and quorum, settling, correcting, and what the ledger gets.
 * Rules.md 1 (two thirds, 应到 / 请假 / 出席), 12.8; kinds: modules/duty/README.md. */
#include "modules/meetings/checkin.h"

#include "modules/meetings/meeting_groups.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { POINT = 1000, TAGS_MAX = 128, KINDS_EACH = 3, NOTED_MAX = 1 << 20 };

/* ---- what counts ---- */

static i64 halves_of(const struct invitee *i)
{
    return meeting_halves(i->from_on, i->from_half, i->to_on, i->to_half);
}

str attendance_outcome(const struct invitee *i)
{
    if (str_is(i->result, "part") && i->two_thirds && 3 * i->halves < 2 * halves_of(i))
        return str_of("absent");
    return i->result;
}

static bool is_present(str outcome)
{
    return str_is(outcome, "whole") || str_is(outcome, "part") || str_is(outcome, "late");
}

/* Who was not asked before it was held counts as due where one must come; a guest never does. */
static bool is_due(const struct invitee *i)
{
    return !invitee_is_guest(i) && (i->mandatory || str_is(i->state, "going"));
}

static void count_answer(struct meeting_figures *f, const struct invitee *i)
{
    f->waiting += str_is(i->state, "pending");
    f->confirmed += str_is(i->state, "going");
    f->declined += str_is(i->state, "absenting");
    f->undecided += str_is(i->state, "leave_asked");
    f->excused += str_is(i->state, "leave_granted");
    f->denied += str_is(i->state, "leave_refused");
}

i64 meeting_quorum_of(str kind, i64 all_members)
{
    return str_is(kind, "standing") ? all_members / 2 + 1 : (2 * all_members + 2) / 3;
}

struct meeting_figures meeting_figures_of(const struct meeting *m, const struct rows *invitees)
{
    struct meeting_figures f = { .all_members = m->all_members };
    const struct invitee *all = invitees->items;
    for (size_t k = 0; k < invitees->count; k++) {
        const struct invitee *i = &all[k];
        str outcome = attendance_outcome(i);
        count_answer(&f, i);
        f.guests += invitee_is_guest(i) && is_present(outcome);
        if (invitee_is_guest(i))
            continue;
        f.present += is_present(outcome);
        f.counted += is_present(outcome) && (i->standing || !str_is(m->kind, "standing"));
        f.extra += is_present(outcome) && !is_due(i);
        f.part += str_is(outcome, "part");
        f.late += str_is(outcome, "late");
        if (!is_due(i))
            continue;
        f.due++;
        f.leave += str_is(outcome, "leave");
        f.absent += str_is(outcome, "absent");
        f.open += outcome.len == 0;
    }
    f.quorum = f.all_members > 0 && f.counted >= meeting_quorum_of(m->kind, f.all_members);
    return f;
}

str meeting_quorum_words(struct rq *rq, const struct meeting *m, const struct meeting_figures *f)
{
    bool plenary = str_is(m->kind, "plenary");
    if (!(plenary || str_is(m->kind, "standing")) || f->all_members == 0)
        return str_of("");
    const char *yes = plenary ? "meetings.quorum.plenary" : "meetings.quorum.standing";
    const char *no = plenary ? "meetings.no_quorum.plenary" : "meetings.no_quorum.standing";
    return text_format(rq->mem, f->quorum ? yes : no,
                       arena_printf(rq->mem, "%lld", (long long)f->all_members),
                       arena_printf(rq->mem, "%lld", (long long)f->counted));
}

/* ---- recording ---- */

/* What is put down of one. leave_kind: of a leave; empty = as he asked for it, if he did. */
struct said {
    str result, halves, leave_kind;
};

/* The office says what leave it was, too, where nobody asked for it or the kind was wrong. */
static bool leave_take(struct rq *rq, const struct said *said, struct invitee *to)
{
    str kind = str_trim(said->leave_kind);
    if (!str_is(said->result, "leave") || kind.len == 0 || str_eq(kind, to->leave_kind))
        return true;
    if (!dictionary_has(rq, "meetings.leave_kinds", kind)) {
        rq_fault(rq, "leave_kinds", "meetings.leave_kind_odd", to->name, kind);
        return false;
    }
    to->leave_kind = kind;
    return true;
}

/* What a line would be; false, with a fault, where the half-days or the leave do not fit. */
static bool line_take(struct rq *rq, const struct invitee *was, const struct said *said,
                      struct invitee *to)
{
    i64 total = halves_of(was), n = 0;
    str result = said->result;
    *to = *was;
    to->result = result;
    to->halves = str_is(result, "whole") || str_is(result, "late") ? total : 0;
    if (!str_is(result, "part"))
        return leave_take(rq, said, to);
    if (str_to_i64(str_trim(said->halves), &n) && n >= 1 && n < total) {
        to->halves = n;
        return true;
    }
    if (total < 2)
        rq_fault(rq, "halves", "meetings.one_half", was->name, str_of(""));
    else
        rq_fault(rq, "halves", "meetings.halves_wrong", was->name,
                 arena_printf(rq->mem, "%lld", (long long)(total - 1)));
    return false;
}

static const struct invitee *line_find(const struct rows *rows, i64 id)
{
    const struct invitee *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].id == id)
            return &all[i];
    return NULL;
}

static bool is_result(str result)
{
    static const char *const RESULTS[] = { "whole", "part", "late", "leave", "absent" };
    for (size_t i = 0; i < sizeof RESULTS / sizeof *RESULTS; i++)
        if (str_is(result, RESULTS[i]))
            return true;
    return false;
}

static str result_words(struct rq *rq, const struct invitee *i)
{
    str words =
        i->result.len ? text_label("choices.result", i->result) : text_find("meetings.no_result");
    if (str_is(i->result, "leave") && i->leave_kind.len)
        return text_format(rq->mem, "meetings.result_leave", words,
                           dictionary_label(rq, "meetings.leave_kinds", i->leave_kind));
    if (!str_is(i->result, "part"))
        return words;
    return text_format(rq->mem, "meetings.result_halves", words,
                       arena_printf(rq->mem, "%lld", (long long)i->halves));
}

/* A page of lines at work. before, after: whose line was what, for the audit. */
struct recording {
    const struct attendance_input *in;
    struct rows rows;
    struct buf *before, *after;
};

/* Who is not the office puts down of himself what he answered, where nothing is yet, and nothing
 * else. */
static bool is_own_word(struct rq *rq, const struct invitee *was, const struct invitee *to)
{
    if (meeting_is_office(rq) || !actor_is_person(rq->actor, was->person_id))
        return false;
    bool follows = (str_is(to->result, "whole") && str_is(was->state, "going")) ||
                   (str_is(to->result, "leave") && str_is(was->state, "leave_granted"));
    return was->result.len || !follows || !str_eq(to->leave_kind, was->leave_kind);
}

static void note(struct rq *rq, struct buf *b, const struct invitee *i)
{
    buf_add(b, text_format(rq->mem, "meetings.record_one", i->name, result_words(rq, i)));
}

static bool is_same(const struct invitee *to, const struct invitee *was)
{
    return str_eq(to->result, was->result) && to->halves == was->halves &&
           str_eq(to->leave_kind, was->leave_kind);
}

static str item_of(const strs *all, size_t k)
{
    return k < all->count ? all->items[k] : str_of("");
}

/* One line of the page; who else wrote it meanwhile is not overwritten. */
static err line_record(struct rq *rq, const struct recording *r, size_t k)
{
    const struct attendance_input *in = r->in;
    struct said said = { in->results.items[k], item_of(&in->halves, k),
                         item_of(&in->leave_kinds, k) };
    const struct invitee *was = line_find(&r->rows, in->invitees.items[k]);
    struct invitee to;
    i64 version = 0;
    if (said.result.len == 0)
        return OK;
    if (!was || !is_result(said.result)) {
        rq_fault(rq, "results", "meetings.lines_odd", str_of(""), str_of(""));
        return OK;
    }
    if (!line_take(rq, was, &said, &to))
        return OK;
    if (is_same(&to, was))
        return OK;
    if (!str_to_i64(in->versions.items[k], &version) || version != was->version)
        rq_fault(rq, "results", "meetings.line_changed", was->name, str_of(""));
    else if (is_own_word(rq, was, &to))
        rq_fault(rq, "results", "meetings.own_result", was->name, str_of(""));
    if (rq_has_faults(rq))
        return OK;
    note(rq, r->before, was);
    note(rq, r->after, &to);
    return invitee_store_update(rq->db, &to);
}

err attendance_record(struct rq *rq, const struct meeting *m, const struct attendance_input *in)
{
    struct recording r = { .in = in,
                           .before = buf_new(rq->mem, NOTED_MAX),
                           .after = buf_new(rq->mem, NOTED_MAX) };
    if (!str_is(m->state, "held"))
        return err_make(ERR_CONFLICT, "meetings.not_held");
    if (!checkin_has_register(rq))
        return err_make(ERR_CONFLICT, "meetings.register_off");
    if (in->results.count != in->invitees.count || in->versions.count != in->invitees.count) {
        rq_fault(rq, "results", "meetings.lines_odd", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &r.rows));
    for (size_t k = 0; k < in->invitees.count; k++)
        TRY(line_record(rq, &r, k));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    return audit_add(rq, &(struct audit_entry){ "meetings.record", "meetings", m->id,
                                                .before = buf_str(r.before),
                                                .after = buf_str(r.after) });
}

/* Those without a result: who confirmed was there, who has leave was not. */
err meeting_effect_presume(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct meeting *m = subject->row;
    struct rows rows;
    (void)step;
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &rows));
    struct invitee *all = rows.items;
    for (size_t k = 0; k < rows.count; k++) {
        struct invitee *i = &all[k];
        bool came = str_is(i->state, "going");
        if (i->result.len || !(came || str_is(i->state, "leave_granted")))
            continue;
        i->result = str_of(came ? "whole" : "leave");
        i->halves = came ? halves_of(i) : 0;
        TRY(invitee_store_update(rq->db, i));
    }
    return OK;
}

/* ---- settling, correcting ---- */

err meeting_guard_settle(struct rq *rq, const struct flow_subject *subject)
{
    const struct meeting *m = subject->row;
    struct rows rows;
    TRY(meeting_may_manage(rq, m));
    if (m->to_on > rq->today)
        return err_make(ERR_CONFLICT, "meetings.not_over");
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &rows));
    struct meeting_figures f = meeting_figures_of(m, &rows);
    if (f.undecided)
        return err_make_with(ERR_CONFLICT, "meetings.undecided",
                             arena_printf(rq->mem, "%lld", (long long)f.undecided), str_of(""));
    if (f.open)
        return err_make_with(ERR_CONFLICT, "meetings.unrecorded",
                             arena_printf(rq->mem, "%lld", (long long)f.open), str_of(""));
    return OK;
}

err meeting_effect_settle(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct meeting *m = subject->row;
    (void)step;
    m->two_thirds = setting_on(rq, "meetings.two_thirds");
    m->settled_at = rq->now_ms;
    m->settled_name = rq->actor->name;
    return OK;
}

err invitee_effect_correct(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitee *i = subject->row, to;
    const struct invitee_correct_input *in = step->input;
    struct said said = { in->result, arena_printf(rq->mem, "%lld", (long long)in->halves),
                         in->leave_kind };
    if (!line_take(rq, i, &said, &to))
        return err_make(ERR_INVALID, "form.faults");
    if (is_same(&to, i)) {
        rq_fault(rq, "result", "meetings.same_result", result_words(rq, i), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    str before = result_words(rq, i), after = result_words(rq, &to);
    str change = text_format(rq->mem, "meetings.corrected", before, after);
    step->opinion = text_format(rq->mem, "meetings.corrected_why", change, in->opinion);
    i->result = to.result;
    i->halves = to.halves;
    i->leave_kind = to.leave_kind;
    return audit_add(rq, &(struct audit_entry){ "meetings.correct", "invitees", i->id, before,
                                                after, NULL });
}

err on_invitee_corrected(struct rq *rq, i64 id, const void *fact)
{
    struct invitee i;
    (void)fact;
    TRY(invitee_store_find(rq->db, id, rq->mem, &i));
    return event_emit(rq, "meetings.corrected", i.meeting_id, NULL);
}

/* ---- what the ledger gets ---- */

enum group { PLENARY, STANDING, MEETING, ACTIVITY, TRAINING, WELFARE };

static enum group group_of(str kind)
{
    static const struct {
        const char *kind;
        enum group group;
    } GROUPS[] = { { "plenary", PLENARY },     { "standing", STANDING }, { "research", ACTIVITY },
                   { "inspection", ACTIVITY }, { "party", ACTIVITY },    { "training", TRAINING },
                   { "study", TRAINING },      { "welfare", WELFARE } };
    for (size_t i = 0; i < sizeof GROUPS / sizeof *GROUPS; i++)
        if (str_is(kind, GROUPS[i].kind))
            return GROUPS[i].group;
    return MEETING;
}

static const char *prefix_of(enum group group)
{
    return group == PLENARY ? "plenary" : group == STANDING ? "standing" : "meeting";
}

struct giving {
    struct rq *rq;
    const struct invitee *i;
    str tags;
    struct rows *out;
};

static void give(struct giving *g, const char *kind, const char *what, i64 count)
{
    struct meeting_attended *all = g->out->items;
    all[g->out->count++] =
        (struct meeting_attended){ .member_id = g->i->member_id,
                                   .happened_on = g->i->from_on,
                                   .quantity = count * POINT,
                                   .kind = arena_printf(g->rq->mem, "%s.%s", kind, what),
                                   .tags = g->tags };
}

/* What leave it was, too: rules may leave out who was sent officially (rules.md 1). */
static str tags_of(struct rq *rq, const struct invitee *i, str outcome)
{
    bool present = is_present(outcome);
    struct buf *b = buf_new(rq->mem, TAGS_MAX);
    buf_put(b, invitee_must(i) ? " mandatory" : "");
    buf_put(b, i->standing ? " standing" : "");
    if (!str_is(i->role, "member")) {
        buf_put(b, " ");
        buf_add(b, i->role);
    }
    if (str_is(outcome, "leave") && i->leave_kind.len) {
        buf_put(b, " leave_");
        buf_add(b, i->leave_kind);
    }
    buf_put(b, present && !is_due(i) && !invitee_is_guest(i) ? " unregistered" : "");
    return str_trim(buf_str(b));
}

static void give_present(struct giving *g, enum group group, str outcome)
{
    static const char *const ATTENDED[] = { [STANDING] = "standing",
                                            [MEETING] = "meeting",
                                            [ACTIVITY] = "activity",
                                            [WELFARE] = "welfare" };
    bool late = str_is(outcome, "late"), whole = str_is(outcome, "whole");
    if (group == PLENARY && whole)
        give(g, "plenary", "whole", 1);
    if (group == PLENARY)
        give(g, "plenary", "halfday", g->i->halves);
    else if (group == TRAINING)
        give(g, "training", whole ? "whole" : "part", 1);
    else
        give(g, ATTENDED[group], "attended", 1);
    if (late)
        give(g, prefix_of(group), "late", 1);
}

static void give_one(struct rq *rq, const struct invitee *i, struct rows *out)
{
    str outcome = attendance_outcome(i);
    enum group group = group_of(i->kind);
    struct giving g = { rq, i, tags_of(rq, i, outcome), out };
    if (is_present(outcome))
        give_present(&g, group, outcome);
    else if (is_due(i) && str_is(outcome, "leave"))
        give(&g, prefix_of(group), "leave", 1);
    else if (is_due(i) && str_is(outcome, "absent"))
        give(&g, prefix_of(group), "absent", 1);
}

void meeting_credit_add(struct rq *rq, const struct meeting_credits *to,
                        const struct meeting_attended *entry)
{
    struct meeting_credit_list *list = to->list;
    if (list->count == list->room) {
        struct meeting_attended *items = arena_array(rq->mem, 2 * list->room + 1, sizeof *items);
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->room = 2 * list->room + 1;
    }
    list->items[list->count++] = *entry;
}

err meeting_attendance(struct rq *rq, i64 meeting_id, struct rows *out)
{
    struct meeting m;
    struct rows rows;
    *out = (struct rows){ .size = sizeof(struct meeting_attended) };
    TRY(meeting_store_find(rq->db, meeting_id, rq->mem, &m));
    if (!str_is(m.state, "settled"))
        return OK;
    TRY(invitee_store_list(rq->db, meeting_id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    out->items = arena_array(rq->mem, KINDS_EACH * rows.count + 1, out->size);
    for (size_t k = 0; k < rows.count; k++)
        give_one(rq, &all[k], out);
    struct meeting_credit_list list = { out->items, out->count, KINDS_EACH * rows.count + 1 };
    TRY(event_emit(rq, "meetings.credited", meeting_id,
                   &(struct meeting_credits){ m.from_on, &list }));
    out->items = list.items;
    out->count = list.count;
    return OK;
}

err meeting_record_find(struct rq *rq, i64 meeting_id, struct meeting_record *out)
{
    struct meeting m;
    TRY(meeting_store_find(rq->db, meeting_id, rq->mem, &m));
    *out = (struct meeting_record){ m.title, m.organiser_name, m.settled_name };
    return OK;
}
