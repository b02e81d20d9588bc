/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who was at the talks of his group, by half-day: who puts it down, what it gives to the ledger
 * (广水: to stay away without leave costs), its page. */
#include "modules/schemes/scheme.h"

#include <assert.h>

#include "modules/meetings/meeting_groups.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/schemes.h"

enum { POINT = 1000, CHANGES_MAX = 1 << 20 };

static bool is_office(const struct rq *rq)
{
    return actor_may(rq->actor, "schemes.manage");
}

err scheme_may_roll(const struct rq *rq, const struct scheme_group *g)
{
    i64 member_id = rq->actor->member_id;
    bool leads = member_id && (member_id == g->convener_id || member_id == g->recorder_id);
    return is_office(rq) || leads ? OK : err_make(ERR_FORBIDDEN, "schemes.not_convener");
}

err scheme_roll_is_open(struct rq *rq, const struct scheme *s, bool *out)
{
    struct meeting_brief m;
    struct rows halves;
    *out = false;
    if (!str_is(s->state, "published"))
        return OK;
    TRY(meeting_brief_find(rq, s->meeting_id, &m));
    TRY(meeting_list_halves(rq, s->meeting_id, &halves));
    const struct meeting_half *all = halves.items;
    bool goes = str_is(m.state, "notified") || str_is(m.state, "held") ||
                (str_is(m.state, "settled") && is_office(rq));
    *out = goes && halves.count > 0 && all[0].begun;
    return OK;
}

/* ---- what is at work ---- */

struct rolling {
    struct scheme_group group;
    struct scheme s;
    struct scheme_page shown;
    const struct scheme_group_view *view;
    struct rows halves; /* struct meeting_half */
    struct scheme_roll roll;
};

/* half < 0: the last that has begun. */
static err rolling_open(struct rq *rq, i64 id, i64 half, struct rolling *out)
{
    TRY(scheme_group_find(rq, id, &out->group, &out->s));
    TRY(scheme_may_roll(rq, &out->group));
    if (!str_is(out->s.state, "published"))
        return err_make(ERR_CONFLICT, "schemes.roll_closed");
    TRY(scheme_shown_make(rq, &out->s, &out->shown));
    for (size_t i = 0; i < out->shown.count; i++)
        if (out->shown.groups[i].g->id == id)
            out->view = &out->shown.groups[i];
    TRY(meeting_list_halves(rq, out->s.meeting_id, &out->halves));
    const struct meeting_half *all = out->halves.items;
    for (size_t i = 0; half < 0 && i < out->halves.count; i++)
        if (all[i].begun && (i + 1 == out->halves.count || !all[i + 1].begun))
            half = (i64)i;
    return scheme_roll_store_find(rq->db, id, half < 0 ? 0 : half, rq->mem, &out->roll);
}

/* ---- writing ---- */

static err fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static bool is_presence(str word)
{
    return str_is(word, "present") || str_is(word, "leave") || str_is(word, "absent");
}

static const struct scheme_line *line_find(const struct rolling *r, i64 invitee_id)
{
    for (size_t i = 0; i < r->view->count; i++)
        if (r->view->lines[i].invitee_id == invitee_id)
            return &r->view->lines[i];
    return NULL;
}

/* The whole group's, each once. */
static err judge(struct rq *rq, const struct rolling *r, const struct scheme_roll_input *in)
{
    const struct meeting_half *all = r->halves.items;
    if (in->half < 0 || in->half >= (i64)r->halves.count || !all[in->half].begun)
        return fault(rq, "half", "schemes.roll_half");
    if (in->invitees.count != r->view->count || in->presences.count != in->invitees.count)
        return fault(rq, "invitees", "schemes.roll_odd");
    for (size_t i = 0; i < in->invitees.count; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || in->invitees.items[k] == in->invitees.items[i];
        if (again || !line_find(r, in->invitees.items[i]) || !is_presence(in->presences.items[i]))
            return fault(rq, "invitees", "schemes.roll_odd");
    }
    return OK;
}

static err meeting_takes(struct rq *rq, i64 meeting_id, bool *settled)
{
    struct meeting_brief m;
    TRY(meeting_brief_find(rq, meeting_id, &m));
    *settled = str_is(m.state, "settled");
    if (*settled && !is_office(rq))
        return err_make(ERR_CONFLICT, "schemes.roll_settled");
    if (!*settled && !str_is(m.state, "notified") && !str_is(m.state, "held"))
        return err_make(ERR_CONFLICT, "schemes.roll_closed");
    return OK;
}

/* What stands of one who is invited; empty = nothing yet. */
static str standing_of(const struct rows *presences, i64 invitee_id)
{
    const struct scheme_presence *all = presences->items;
    for (size_t i = 0; i < presences->count; i++)
        if (all[i].invitee_id == invitee_id)
            return all[i].presence;
    return str_of("");
}

static str half_words(const struct rolling *r)
{
    const struct meeting_half *all = r->halves.items;
    return all[r->roll.half].words;
}

/* To whom he can say that it is not so: who put it down, or the office. */
static err tell_absent(struct rq *rq, const struct rolling *r, i64 person_id)
{
    return notify_send(
        rq,
        &(struct notify_to){ .person_id = person_id, .except_account_id = rq->actor->account_id },
        &(struct notify_message){
            .text = "schemes.told_absent",
            .arg = { text_format(rq->mem, "schemes.roll_at", r->s.title, half_words(r)),
                     rq->actor->name },
            .url = arena_printf(rq->mem, "/schemes/%lld", (long long)r->s.id) });
}

/* Of him the ledger has no absence, whatever is put down. */
static bool is_excused(const struct scheme_line *l)
{
    return l->guest || str_is(l->state, "leave_granted") || str_is(l->result, "leave");
}

/* Who was put down otherwise before, for the audit: "Li absent; Wang present; ". */
struct changes {
    struct buf *before, *after;
};

static void note(struct rq *rq, struct buf *b, str name, str presence)
{
    if (presence.len)
        buf_add(b, text_format(rq->mem, "schemes.roll_one", name,
                               text_label("choices.presence", presence)));
}

static err rows_write(struct rq *rq, const struct rolling *r, const struct scheme_roll_input *in,
                      struct changes *changes)
{
    struct rows presences;
    TRY(scheme_presence_store_list(rq->db, r->roll.id, rq->mem, &presences));
    for (size_t i = 0; i < in->invitees.count; i++) {
        const struct scheme_line *l = line_find(r, in->invitees.items[i]);
        str now = in->presences.items[i], was = standing_of(&presences, l->invitee_id);
        if (str_eq(now, was))
            continue;
        TRY(scheme_presence_store_put(rq->db,
                                      &(struct scheme_presence){ .roll_id = r->roll.id,
                                                                 .invitee_id = l->invitee_id,
                                                                 .member_id = l->member_id,
                                                                 .person_id = l->person_id,
                                                                 .presence = now }));
        note(rq, changes->before, l->name, was);
        note(rq, changes->after, l->name, now);
        if (str_is(now, "absent") && !is_excused(l))
            TRY(tell_absent(rq, r, l->person_id));
    }
    return OK;
}

static err audit(struct rq *rq, const struct rolling *r, const struct changes *changes)
{
    str where = text_format(rq->mem, "schemes.roll_at", r->group.name, half_words(r));
    return audit_add(rq,
                     &(struct audit_entry){ .act = "schemes.roll",
                                            .object = "schemes",
                                            .object_id = r->s.id,
                                            .before = text_format(rq->mem, "schemes.roll_was",
                                                                  where, buf_str(changes->before)),
                                            .after = text_format(rq->mem, "schemes.roll_was", where,
                                                                 buf_str(changes->after)) });
}

err scheme_roll_save(struct rq *rq, const struct scheme_roll_input *in)
{
    struct rolling *r = arena_zero(rq->mem, sizeof *r);
    struct changes changes = { buf_new(rq->mem, CHANGES_MAX), buf_new(rq->mem, CHANGES_MAX) };
    bool settled;
    TRY(rolling_open(rq, in->id, in->half, r));
    TRY(meeting_takes(rq, r->s.meeting_id, &settled));
    TRY(judge(rq, r, in));
    if (r->roll.id && in->version != r->roll.version)
        return err_make(ERR_CONFLICT, "schemes.roll_changed");
    r->roll.scheme_id = r->s.id;
    r->roll.recorded_at = rq->now_ms;
    r->roll.recorded_name = rq->actor->name;
    if (r->roll.id)
        TRY(scheme_roll_store_update(rq->db, &r->roll));
    else
        TRY(scheme_roll_store_add(rq->db, &r->roll, &r->roll.id));
    TRY(rows_write(rq, r, in, &changes));
    TRY(audit(rq, r, &changes));
    return settled ? event_emit(rq, "meetings.corrected", r->s.meeting_id, NULL) : OK;
}

/* ---- the ledger ---- */

/* What the ledger has of it would stay without anything that it rests on. */
err scheme_guard_drop(struct rq *rq, const struct flow_subject *subject)
{
    const struct scheme *s = subject->row;
    struct meeting_brief m;
    i64 count = 0;
    TRY(meeting_brief_find(rq, s->meeting_id, &m));
    if (!str_is(m.state, "settled"))
        return OK;
    TRY(scheme_presence_store_count(rq->db, s->id, &count));
    return count ? err_make(ERR_CONFLICT, "schemes.credited") : OK;
}

/* Leave that he asked for and got, or that the office put down for him. */
static bool has_leave(const struct rows *invited, i64 invitee_id)
{
    const struct meeting_invited *all = invited->items;
    for (size_t i = 0; i < invited->count; i++)
        if (all[i].invitee_id == invitee_id)
            return str_is(all[i].state, "leave_granted") || str_is(all[i].result, "leave") ||
                   str_is(all[i].role, "guest");
    return true; /* left out of the meeting since */
}

/* So many half-days of one kind, and who kept the rolls that say so, each once. */
struct counted {
    i64 halves;
    strs keepers;
};

static void count_half(struct rq *rq, struct counted *c, str keeper)
{
    bool again = false;
    for (size_t i = 0; i < c->keepers.count; i++)
        again = again || str_eq(c->keepers.items[i], keeper);
    if (!again)
        strs_add(rq->mem, &c->keepers, keeper);
    c->halves++;
}

static str keepers_words(struct rq *rq, const strs *keepers)
{
    str words = keepers->items[0];
    for (size_t i = 1; i < keepers->count; i++)
        words = text_format(rq->mem, "schemes.keepers", words, keepers->items[i]);
    return words;
}

static void credit(struct rq *rq, const struct meeting_credits *to,
                   const struct meeting_attended *what, struct counted *c)
{
    struct meeting_attended entry = *what;
    if (c->halves) {
        entry.happened_on = to->happened_on;
        entry.quantity = c->halves * POINT;
        entry.tags = str_of("");
        entry.recorded_name = keepers_words(rq, &c->keepers);
        meeting_credit_add(rq, to, &entry);
    }
    *c = (struct counted){ 0 };
}

/* What a roll says of one: there beats leave beats absent. */
enum told { TOLD_ABSENT, TOLD_EXCUSED, TOLD_PRESENT };

static enum told told_by(const struct rows *invited, const struct scheme_presence *p)
{
    if (str_is(p->presence, "present"))
        return TOLD_PRESENT;
    bool absent = str_is(p->presence, "absent") && !has_leave(invited, p->invitee_id);
    return absent ? TOLD_ABSENT : TOLD_EXCUSED;
}

/* Of each at how many half-days he was there, and at how many he stayed away without leave; a
 * half-day counts once, however many rolls of the meeting name him in it. */
err on_scheme_meeting_credited(struct rq *rq, i64 id, const void *fact)
{
    const struct meeting_credits *to = fact;
    struct rows rows, invited;
    struct counted present = { 0 }, absent = { 0 };
    TRY(scheme_presence_store_list_all(rq->db, id, rq->mem, &rows));
    if (rows.count == 0)
        return OK;
    TRY(meeting_list_invited(rq, id, &invited));
    const struct scheme_presence *all = rows.items;
    assert(all);
    for (size_t i = 0, best = 0; i < rows.count; i++) {
        const struct scheme_presence *next = i + 1 < rows.count ? &all[i + 1] : NULL;
        bool more = next && next->member_id == all[i].member_id;
        if (told_by(&invited, &all[i]) > told_by(&invited, &all[best]))
            best = i;
        if (more && next->half == all[i].half)
            continue;
        enum told told = told_by(&invited, &all[best]);
        if (told != TOLD_EXCUSED)
            count_half(rq, told == TOLD_PRESENT ? &present : &absent, all[best].recorded_name);
        best = i + 1;
        if (more)
            continue;
        credit(rq, to,
               &(struct meeting_attended){ .member_id = all[i].member_id,
                                           .kind = str_of("group.attended") },
               &present);
        credit(rq, to,
               &(struct meeting_attended){ .member_id = all[i].member_id,
                                           .kind = str_of("group.absent") },
               &absent);
    }
    return OK;
}

/* ---- the page ---- */

static str url_of(struct rq *rq, const struct rolling *r, i64 half)
{
    return arena_printf(rq->mem, "/scheme_groups/%lld/roll?half=%lld", (long long)r->group.id,
                        (long long)half);
}

static struct view_tabs tabs_make(struct rq *rq, const struct rolling *r)
{
    const struct meeting_half *all = r->halves.items;
    struct view_tab *tabs = arena_array(rq->mem, r->halves.count + 1, sizeof *tabs);
    size_t count = 0;
    for (size_t i = 0; i < r->halves.count; i++)
        if (all[i].begun)
            tabs[count++] = (struct view_tab){ all[i].words, url_of(rq, r, (i64)i), -1,
                                               (i64)i == r->roll.half };
    return (struct view_tabs){ text_find("scheme_groups.roll.half"), tabs, count };
}

/* What stands, else what follows from the meeting's answer. */
static str presence_of(const struct rows *presences, const struct scheme_line *l)
{
    str stands = standing_of(presences, l->invitee_id);
    if (stands.len)
        return stands;
    return str_of(is_excused(l) && !l->guest ? "leave" : "present");
}

static void roll_json(struct rq *rq, const struct scheme_roll_page *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_str(&j, "title", v->s->title);
    json_str(&j, "group", v->g->g->name);
    json_i64(&j, "half", v->roll->half);
    json_str(&j, "words", v->words);
    json_i64(&j, "version", v->roll->version);
    json_bool(&j, "recorded", v->roll->id > 0);
    json_array(&j, "items");
    for (size_t i = 0; i < v->g->count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "invitee_id", v->g->lines[i].invitee_id);
        json_str(&j, "name", v->g->lines[i].name);
        json_str(&j, "presence", v->now[i]);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
}

err page_scheme_roll(struct rq *rq, struct res *res)
{
    const struct scheme_roll_input *in = rq->input;
    struct rolling *r = arena_zero(rq->mem, sizeof *r);
    struct rows presences;
    str asked = rq_typed(rq, "half", str_of(""));
    i64 half = in && in->half > 0 ? in->half : asked.len && str_is(asked, "0") ? 0 : -1;
    TRY(rolling_open(rq, rq->path_id, half, r));
    const struct meeting_half *all = r->halves.items;
    if (r->roll.half >= (i64)r->halves.count || !all[r->roll.half].begun)
        return err_make(ERR_CONFLICT, "schemes.roll_half");
    TRY(scheme_presence_store_list(rq->db, r->roll.id, rq->mem, &presences));
    strs now = { 0 };
    for (size_t i = 0; i < r->view->count; i++)
        strs_add(rq->mem, &now, presence_of(&presences, &r->view->lines[i]));
    strs typed = rq_typed_all(rq, "presences", now);
    str title = text_find("schemes.roll");
    struct scheme_roll_page v = {
        .s = &r->s,
        .g = r->view,
        .roll = &r->roll,
        .now = typed.count == now.count ? typed.items : now.items,
        .version = r->roll.version,
        .words = half_words(r),
        .halves = tabs_make(rq, r),
        .crumbs = view_crumbs_of(rq->mem, "schemes", r->s.id, r->s.title, title),
    };
    if (rq->api) {
        roll_json(rq, &v, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "schemes.roll_of", r->s.title, r->group.name),
                   "schemes");
    view_schemes_roll(out, &v);
    page_end(res, out);
    return OK;
}

err page_scheme_roll_save(struct rq *rq, struct res *res)
{
    const struct scheme_roll_input *in = rq->input;
    TRY(scheme_roll_save(rq, in));
    res_flash(res, "schemes.rolled", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/scheme_groups/%lld/roll?half=%lld", (long long)in->id,
                                   (long long)in->half));
    return OK;
}
