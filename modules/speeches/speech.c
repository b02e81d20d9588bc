/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of a speech (README.md): who stands behind it, handing in, choosing, the day itself, what
 * the ledger gets, results. The call: speech_call.c; statements: speech_store.c; pages:
 * speech_pages.c. */
#include "modules/speeches/speech.h"

#include "modules/entries/entry.h"
#include "modules/members/audience.h"
#include "modules/members/member.h"
#include "modules/opinions/opinion_house.h"
#include "modules/proposals/proposal_kinds.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/notify/notify.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { ONE = 1000 };

static const char MEMBER[] = "member:";

static err faults_of(const struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- choices ---- */

err speech_members(struct rq *rq, struct rows *out)
{
    size_t kept = 0;
    TRY(audience_members(rq, out));
    struct view_choice *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (str_starts(all[i].value, str_of(MEMBER)))
            all[kept++] = all[i];
    out->count = kept;
    return OK;
}

err speech_bodies(struct rq *rq, struct rows *out)
{
    struct rows bodies;
    TRY(proposal_bodies(rq, &bodies));
    const struct proposal_body *all = bodies.items;
    struct view_choice *choices = arena_array(rq->mem, bodies.count + 1, sizeof *choices);
    for (size_t i = 0; i < bodies.count; i++)
        choices[i] = (struct view_choice){ .value = all[i].key, .label = all[i].name };
    *out = (struct rows){ choices, bodies.count, sizeof *choices };
    return OK;
}

static err body_name(struct rq *rq, str key, str *out)
{
    struct rows rows;
    *out = str_of("");
    TRY(speech_bodies(rq, &rows));
    const struct view_choice *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].value, key))
            *out = all[i].label;
    return OK;
}

/* ---- who stands behind it ---- */

bool speech_is_own(const struct rq *rq, const struct speech *s)
{
    return s->person_id && s->person_id == rq->actor->person_id;
}

bool speech_may_edit(const struct rq *rq, const struct speech *s)
{
    return speech_is_own(rq, s) && str_is(s->state, "draft") &&
           actor_may(rq->actor, "speeches.write");
}

/* Who speaks first, then those chosen, each once. */
static err authors_of(struct rq *rq, const struct speech *s, const strs *chosen, struct rows *out)
{
    struct rows readers;
    TRY(audience_readers(rq, audience_join(rq->mem, chosen), &readers));
    const struct reader *all = readers.items;
    struct speech_author *authors = arena_array(rq->mem, readers.count + 1, sizeof *authors);
    size_t n = 1;
    authors[0] = (struct speech_author){ .member_id = s->member_id,
                                         .person_id = s->person_id,
                                         .name = s->name };
    for (size_t i = 0; i < readers.count; i++) {
        struct member m;
        if (all[i].person_id == s->person_id)
            continue;
        TRY(member_find_by_person(rq, all[i].person_id, &m));
        authors[n++] =
            (struct speech_author){ .member_id = m.id, .person_id = m.person_id, .name = m.name };
    }
    if (n > SPEECH_AUTHORS_MAX)
        rq_fault(rq, "authors", "speeches.too_many", str_number(rq->mem, SPEECH_AUTHORS_MAX),
                 str_of(""));
    *out = (struct rows){ authors, n, sizeof *authors };
    return OK;
}

static err keep_authors(struct rq *rq, i64 speech_id, const struct rows *authors)
{
    struct rows before;
    const struct speech_author *all = authors->items;
    TRY(speech_author_store_list(rq->db, speech_id, rq->mem, &before));
    const struct speech_author *old = before.items;
    for (size_t i = 0; i < before.count; i++)
        TRY(speech_author_store_remove(rq->db, speech_id, old[i].member_id));
    for (size_t i = 0; i < authors->count; i++) {
        struct speech_author a = all[i];
        a.speech_id = speech_id;
        TRY(speech_author_store_add(rq->db, &a));
    }
    return OK;
}

static err tell(struct rq *rq, const struct speech *s, i64 person_id, const char *text, str more)
{
    return notify_send(rq,
                       &(struct notify_to){ .person_id = person_id,
                                            .except_account_id = rq->actor->account_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { s->title, more },
                           .url = arena_printf(rq->mem, "/speeches/%lld", (long long)s->id) });
}

static err tell_all(struct rq *rq, const struct speech *s, const char *text, str more)
{
    struct rows rows;
    TRY(speech_author_store_list(rq->db, s->id, rq->mem, &rows));
    const struct speech_author *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(tell(rq, s, all[i].person_id, text, more));
    return OK;
}

/* ---- writing ---- */

static struct flow_subject subject_of(struct speech *s)
{
    return (struct flow_subject){ s->id, s->version, s->state, s->title, str_of(""), s };
}

static err check_length(struct rq *rq, const struct speech_call *c, str text)
{
    i64 now = str_chars(text);
    if (now > c->chars_max)
        rq_fault(rq, "text", "speeches.too_long", str_number(rq->mem, c->chars_max),
                 str_number(rq->mem, now));
    return faults_of(rq);
}

static err take(struct rq *rq, const struct speech_input *in, struct speech *s,
                struct rows *authors)
{
    TRY(body_name(rq, in->body, &s->body_name));
    s->body = s->body_name.len ? in->body : str_of("");
    s->title = in->title;
    s->text = in->text;
    TRY(authors_of(rq, s, &in->authors, authors));
    s->people = (i64)authors->count;
    return OK;
}

static err add(struct rq *rq, const struct speech_input *in, struct speech *s,
               const struct rows *authors)
{
    s->created_at = rq->now_ms;
    s->version = 1;
    TRY(speech_store_add(rq->db, s, &s->id));
    TRY(keep_authors(rq, s->id, authors));
    if (in->papers.count)
        TRY(attachment_keep(rq, "papers", "speeches", s->id));
    struct flow_subject subject = subject_of(s);
    return flow_begin(rq, &SPEECHES_FLOW, &subject, NULL);
}

err speech_begin(struct rq *rq, i64 call_id, const struct speech_input *in, i64 *id)
{
    struct speech *s = arena_zero(rq->mem, sizeof *s);
    struct speech_call c;
    struct member m;
    struct rows authors;
    TRY(list_find(rq, &SPEECH_CALL_LIST, call_id, &c));
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "speeches.no_member");
    if (!speech_call_takes(rq, &c))
        return err_make(ERR_CONFLICT, "speeches.too_late");
    TRY(member_find(rq, rq->actor->member_id, &m));
    *s = (struct speech){ .call_id = c.id,
                          .member_id = m.id,
                          .person_id = m.person_id,
                          .name = m.name,
                          .state = str_of("draft") };
    TRY(take(rq, in, s, &authors));
    TRY(check_length(rq, &c, s->text));
    TRY(add(rq, in, s, &authors));
    *id = s->id;
    return OK;
}

err speech_record(struct rq *rq, i64 call_id, const struct speech_input *in, i64 *id)
{
    struct speech *s = arena_zero(rq->mem, sizeof *s);
    struct speech_call c;
    struct member m;
    struct rows authors;
    i64 member_id = 0;
    TRY(list_find(rq, &SPEECH_CALL_LIST, call_id, &c));
    if (!str_is(c.state, "open") && !str_is(c.state, "closed"))
        return err_make(ERR_CONFLICT, "speech_calls.over");
    str_to_i64(str_sub(in->lead, sizeof MEMBER - 1, in->lead.len), &member_id);
    TRY(member_find(rq, member_id, &m));
    *s = (struct speech){ .call_id = c.id,
                          .member_id = m.id,
                          .person_id = m.person_id,
                          .name = m.name,
                          .filer_name = rq->actor->name,
                          .submitted_at = rq->now_ms,
                          .state = str_of("submitted") };
    TRY(take(rq, in, s, &authors));
    if (s->text.len == 0 && in->papers.count == 0)
        rq_fault(rq, "text", "speeches.no_text", str_of(""), str_of(""));
    TRY(check_length(rq, &c, s->text));
    TRY(add(rq, in, s, &authors));
    *id = s->id;
    return tell_all(rq, s, "speeches.told_recorded", s->filer_name);
}

struct speech_input speech_input_of(struct rq *rq, const struct speech *s,
                                    const struct rows *authors)
{
    struct speech_input in = {
        .id = s->id, .version = s->version, .body = s->body, .title = s->title, .text = s->text
    };
    const struct speech_author *all = authors->items;
    for (size_t i = 0; i < authors->count; i++)
        if (all[i].member_id != s->member_id)
            strs_add(rq->mem, &in.authors,
                     arena_printf(rq->mem, "%s%lld", MEMBER, (long long)all[i].member_id));
    return in;
}

err speech_edit(struct rq *rq, i64 id, const struct speech_input *in)
{
    struct speech s;
    struct speech_call c;
    struct rows authors;
    TRY(list_find(rq, &SPEECH_LIST, id, &s));
    if (!speech_is_own(rq, &s))
        return err_make(ERR_FORBIDDEN, "speeches.not_yours");
    if (!speech_may_edit(rq, &s))
        return err_make(ERR_CONFLICT, "speeches.not_draft");
    TRY(speech_author_store_list(rq->db, id, rq->mem, &authors));
    struct speech_input stored = speech_input_of(rq, &s, &authors);
    TRY(conflict_check(rq, "web.version", in->version, s.version, &stored));
    TRY(speech_call_store_find(rq->db, s.call_id, rq->mem, &c));
    TRY(take(rq, in, &s, &authors));
    TRY(check_length(rq, &c, s.text));
    TRY(speech_store_update(rq->db, &s));
    TRY(keep_authors(rq, id, &authors));
    if (in->papers.count)
        TRY(attachment_keep(rq, "papers", "speeches", id));
    return audit_add(rq,
                     &(struct audit_entry){ "speeches.edit", "speeches", id, .after = s.title });
}

/* ---- the ledger ---- */

/* A row of a kind for each author. */
static void give_kind(const struct rows *authors, size_t count, const struct entry_given *one,
                      struct rows *out)
{
    const struct speech_author *all = authors->items;
    struct entry_given *given = out->items;
    for (size_t i = 0; i < count; i++) {
        struct entry_given *g = &given[out->count++];
        *g = *one;
        g->member_id = all[i].member_id;
        g->people = (i64)count;
        g->tags = str_of(count == 1 ? "" : i == 0 ? "first shared" : "joint shared");
    }
}

/* Each result is a row of its own, on its day: it counts in that day's year, and where one is
 * struck the others stand. */
static void give_all(const struct speech *s, const struct rows *authors, const struct rows *results,
                     const struct entry_given *own, struct rows *out)
{
    const struct speech_result *all = results->items;
    bool spoke = str_is(own->kind, "speech.spoken");
    size_t behind = s->body.len ? 0 : authors->count;
    give_kind(authors, s->body.len && spoke && authors->count ? 1 : behind, own, out);
    for (size_t i = 0; i < results->count; i++) {
        bool adopted = str_is(all[i].kind, "adopted");
        if (!adopted && !str_is(all[i].kind, "instructed"))
            continue;
        const struct entry_given one = { .happened_on = all[i].happened_on,
                                         .quantity = ONE,
                                         .part_id = all[i].id,
                                         .kind = str_of(adopted ? "speech.adopted"
                                                                : "speech.instructed") };
        give_kind(authors, behind, &one, out);
    }
}

/* What is in a body's name is nobody's own row, but that he spoke. */
err speech_give(struct rq *rq, const struct speech *s, str to, bool settled)
{
    struct rows authors, results, given = { .size = sizeof(struct entry_given) };
    struct speech_call c;
    bool spoke = settled && str_is(to, "given"), written = settled && str_is(to, "written");
    TRY(speech_call_store_find(rq->db, s->call_id, rq->mem, &c));
    TRY(speech_author_store_list(rq->db, s->id, rq->mem, &authors));
    TRY(speech_result_store_list(rq->db, s->id, rq->mem, &results));
    given.items = arena_array(rq->mem, authors.count * (1 + results.count) + 1, given.size);
    const struct entry_given own = { .happened_on = c.meeting_on,
                                     .quantity = ONE,
                                     .kind = str_of(spoke ? "speech.spoken" : "speech.written") };
    if (spoke || written)
        give_all(s, &authors, &results, &own, &given);
    const struct entry_record record = {
        .source = str_of("speeches"), .id = s->id, .title = s->title, .by_actor = true
    };
    return entry_give(rq, &record, &given);
}

static err is_settled(struct rq *rq, const struct speech *s, bool *out)
{
    struct speech_call c;
    TRY(speech_call_store_find(rq->db, s->call_id, rq->mem, &c));
    *out = str_is(c.state, "settled");
    return OK;
}

/* ---- the flow ---- */

err speech_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct speech *s = arena_zero(rq->mem, sizeof *s);
    TRY(rq->actor->account_id ? list_find(rq, &SPEECH_LIST, id, s)
                              : speech_store_find(rq->db, id, rq->mem, s));
    *out = subject_of(s);
    return OK;
}

err speech_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct speech s = *(const struct speech *)subject->row;
    s.state = to;
    return speech_store_update(rq->db, &s);
}

err speech_flow_holder(struct rq *rq, const struct flow_subject *subject,
                       const struct flow_todo *todo, ids *out)
{
    const struct speech *s = subject->row;
    i64 *one = arena_array(rq->mem, 1, sizeof *one);
    (void)todo;
    *one = s->person_id;
    *out = (ids){ one, 1 };
    return OK;
}

err speech_when_unmade(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    const struct speech *s = subject->row;
    (void)rq;
    *out = s->opinion_id == 0;
    return OK;
}

err speech_guard_own(struct rq *rq, const struct flow_subject *subject)
{
    return speech_is_own(rq, subject->row) ? OK : err_make(ERR_FORBIDDEN, "speeches.not_yours");
}

/* What came back may be handed in again after the last day, until it is settled. */
err speech_guard_submit(struct rq *rq, const struct flow_subject *subject)
{
    const struct speech *s = subject->row;
    struct speech_call c;
    TRY(speech_guard_own(rq, subject));
    TRY(speech_call_store_find(rq->db, s->call_id, rq->mem, &c));
    bool back = s->reason.len && !str_is(c.state, "settled");
    return back || speech_call_takes(rq, &c) ? OK : err_make(ERR_CONFLICT, "speeches.too_late");
}

static err has_text(struct rq *rq, const struct speech *s)
{
    struct rows papers;
    TRY(attachment_list(rq, "speeches", s->id, &papers));
    return s->text.len || papers.count ? OK : err_make(ERR_CONFLICT, "speeches.no_text");
}

static err tell_named(struct rq *rq, const struct speech *s)
{
    struct rows rows;
    TRY(speech_author_store_list(rq->db, s->id, rq->mem, &rows));
    const struct speech_author *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].member_id != s->member_id)
            TRY(tell(rq, s, all[i].person_id, "speeches.told_named", s->name));
    return OK;
}

err speech_effect_submit(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct speech *s = subject->row;
    struct speech_call c;
    bool serving;
    (void)step;
    TRY(has_text(rq, s));
    TRY(speech_call_store_find(rq->db, s->call_id, rq->mem, &c));
    TRY(check_length(rq, &c, s->text));
    TRY(member_is_serving(rq, s->member_id, rq->today, &serving));
    if (!serving)
        return err_make(ERR_FORBIDDEN, "speeches.not_serving");
    if (s->body.len) { /* he may have left the office since he wrote it */
        str name;
        TRY(body_name(rq, s->body, &name));
        if (name.len == 0)
            return err_make(ERR_CONFLICT, "speeches.not_for_body");
    }
    s->submitted_at = rq->now_ms;
    s->reason = str_of("");
    return tell_named(rq, s);
}

/* Whoever was named with him may step out; who speaks takes it back. */
err speech_guard_leave(struct rq *rq, const struct flow_subject *subject)
{
    struct rows rows;
    TRY(speech_author_store_list(rq->db, subject->id, rq->mem, &rows));
    const struct speech_author *all = rows.items;
    for (size_t i = 1; i < rows.count; i++)
        if (all[i].person_id == rq->actor->person_id)
            return OK;
    return err_make(ERR_FORBIDDEN, "speeches.not_named");
}

err speech_effect_leave(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct speech *s = subject->row;
    bool settled;
    (void)step;
    TRY(speech_author_store_remove(rq->db, s->id, rq->actor->member_id));
    s->people--;
    TRY(is_settled(rq, s, &settled));
    if (settled)
        TRY(speech_give(rq, s, s->state, true));
    return tell(rq, s, s->person_id, "speeches.told_left", rq->actor->name);
}

/* ---- choosing ---- */

err speech_guard_choose(struct rq *rq, const struct flow_subject *subject)
{
    const struct speech *s = subject->row;
    bool settled;
    TRY(is_settled(rq, s, &settled));
    if (s->opinion_id)
        return err_make(ERR_CONFLICT, "speeches.made");
    /* Afterwards only what was not given becomes a written one. */
    return settled && !str_is(s->state, "missed") ? err_make(ERR_CONFLICT, "speech_calls.over")
                                                  : OK;
}

static err last_place(struct rq *rq, const struct speech *s, i64 *out)
{
    struct rows rows;
    *out = 0;
    TRY(speech_store_list(rq->db, s->call_id, rq->mem, &rows));
    const struct speech *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        *out = all[i].place > *out ? all[i].place : *out;
    return OK;
}

static err take_turn(struct rq *rq, struct speech *s)
{
    struct speech_call c;
    TRY(speech_call_store_find(rq->db, s->call_id, rq->mem, &c));
    TRY(last_place(rq, s, &s->place));
    s->place++;
    s->minutes = c.minutes;
    return OK;
}

/* What its authors are told. */
static const char *words_of(const char *to)
{
    static const struct {
        const char *state, *text;
    } WORDS[] = { { "spoken", "speeches.told_spoken" },
                  { "written", "speeches.told_written" },
                  { "diverted", "speeches.told_diverted" },
                  { "declined", "speeches.told_declined" } };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(WORDS[i].state, to) == 0)
            return WORDS[i].text;
    return "speeches.told_draft";
}

/* Who stands behind it hears what was chosen, with the reason where there is one. */
err speech_effect_choose(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct speech *s = subject->row;
    const struct speech_reason_input *in = step->input;
    const char *to = step->action->to;
    bool settled;
    s->reason = step->action->form ? in->opinion : str_of("");
    s->decided_at = rq->now_ms;
    s->decider_name = rq->actor->name;
    s->place = s->minutes = 0;
    if (strcmp(to, "spoken") == 0)
        TRY(take_turn(rq, s));
    TRY(is_settled(rq, s, &settled));
    if (settled)
        TRY(speech_give(rq, s, str_of(to), true));
    return tell_all(rq, s, words_of(to), s->reason);
}

/* ---- the day ---- */

err speech_guard_day(struct rq *rq, const struct flow_subject *subject)
{
    const struct speech *s = subject->row;
    struct speech_call c;
    TRY(speech_call_store_find(rq->db, s->call_id, rq->mem, &c));
    return rq->today < c.meeting_on ? err_make(ERR_CONFLICT, "speeches.not_yet") : OK;
}

err speech_effect_day(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct speech *s = subject->row;
    const struct speech_reason_input *in = step->input;
    bool settled;
    s->reason = step->action->form ? in->opinion : str_of("");
    TRY(is_settled(rq, s, &settled));
    return settled ? speech_give(rq, s, str_of(step->action->to), true) : OK;
}

/* ---- what becomes of it ---- */

err speech_guard_rewrite(struct rq *rq, const struct flow_subject *subject)
{
    const struct speech *s = subject->row;
    TRY(speech_guard_own(rq, subject));
    return s->opinion_id ? err_make(ERR_CONFLICT, "speeches.made") : OK;
}

/* Where that body may report. */
static err opinion_body(struct rq *rq, const struct speech *s, str *out)
{
    struct rows rows;
    *out = str_of("");
    TRY(opinion_bodies(rq, &rows));
    const struct opinion_body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].key, s->body))
            *out = s->body;
    return OK;
}

/* A draft of his, in the same body's name: it counts as an opinion once he has sent it, and the
 * speech counts nowhere. */
err speech_effect_rewrite(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct speech *s = subject->row;
    struct opinion_input in = { .title = s->title, .situation = s->text };
    struct opinion o;
    (void)step;
    TRY(opinion_body(rq, s, &in.body));
    TRY(opinion_begin(rq, &in, &o));
    s->opinion_id = o.id;
    return OK;
}

err speech_effect_result(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct speech *s = subject->row;
    const struct speech_result_input *in = step->input;
    bool settled;
    if (in->happened_on > rq->today) {
        rq_fault(rq, "happened_on", "speeches.future", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(speech_result_store_add(rq->db,
                                &(struct speech_result){ .speech_id = s->id,
                                                         .kind = in->kind,
                                                         .organ = in->organ,
                                                         .text = in->text,
                                                         .happened_on = in->happened_on,
                                                         .recorded_at = rq->now_ms,
                                                         .recorded_name = rq->actor->name }));
    TRY(is_settled(rq, s, &settled));
    if (settled)
        TRY(speech_give(rq, s, s->state, true));
    return tell_all(rq, s,
                    str_is(in->kind, "adopted") ? "speeches.told_adopted"
                                                : "speeches.told_instructed",
                    in->organ);
}
