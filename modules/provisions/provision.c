/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writing what is offered, and the flow (README.md). Answering: provision_answer.c; how lines are
 * read: provision_lines.c. */
#include "modules/provisions/provision.h"

#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { ANSWER_DAYS = 2, PREFILLED_DAYS = 10 };

/* ---- what is written ---- */

/* What was read, all kinds. */
struct offered {
    struct provision_lines lines[PROVISION_KINDS];
};

static struct provision_days days_of(const struct provision *p)
{
    return (struct provision_days){ p->from_on, p->to_on };
}

static void lines_check(struct rq *rq, enum provision_kind kind, str text,
                        const struct provision *p, struct offered *out)
{
    static const char *const FIELDS[PROVISION_KINDS] = { "there", "back", "meals" };
    const struct provision_days days = days_of(p);
    i64 at = 0;
    const char *fault = provision_lines_read(kind, text, &days, &out->lines[kind], &at);
    if (fault)
        rq_fault(rq, FIELDS[kind], fault, str_number(rq->mem, at), str_of(""));
}

/* Checks all at once. */
static err read(struct rq *rq, const struct provision_input *in, struct provision *p,
                struct offered *out)
{
    const str none = str_of("");
    lines_check(rq, PROVISION_THERE, in->there, p, out);
    lines_check(rq, PROVISION_BACK, in->back, p, out);
    lines_check(rq, PROVISION_MEAL, in->meals, p, out);
    if (!rq_has_faults(rq) && out->lines[0].count + out->lines[1].count + out->lines[2].count == 0)
        rq_fault(rq, "there", "provisions.nothing", none, none);
    if (in->answer_on > p->to_on)
        rq_fault(rq, "answer_on", "provisions.answer_late", text_date(rq->mem, p->to_on), none);
    else if (in->answer_on < rq->today && in->answer_on != p->answer_on)
        rq_fault(rq, "answer_on", "provisions.answer_past", none, none);
    p->answer_on = in->answer_on;
    p->note = in->note;
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err item_add(struct rq *rq, const struct provision *p, const struct provision_item *item)
{
    struct provision_item added = *item;
    added.provision_id = p->id;
    return provision_item_store_add(rq->db, &added);
}

err provision_begin(struct rq *rq, const struct provision_input *in, i64 *id)
{
    struct provision *p = arena_zero(rq->mem, sizeof *p);
    struct offered *offered = arena_zero(rq->mem, sizeof *offered);
    struct meeting_brief m;
    i64 other = 0;
    TRY(meeting_find_choice(rq, in->meeting, &m));
    TRY(provision_store_find_of(rq->db, m.id, &other));
    if (other)
        return err_make(ERR_CONFLICT, "provisions.one_already");
    *p = (struct provision){ .meeting_id = m.id,
                             .from_on = m.from_on,
                             .to_on = m.to_on,
                             .meeting_title = m.title,
                             .state = str_of("draft"),
                             .version = 1 };
    TRY(read(rq, in, p, offered));
    TRY(provision_store_add(rq->db, p, &p->id));
    for (size_t kind = 0; kind < PROVISION_KINDS; kind++)
        for (size_t i = 0; i < offered->lines[kind].count; i++)
            TRY(item_add(rq, p, &offered->lines[kind].items[i]));
    *id = p->id;
    const struct flow_subject subject = { p->id, 1, p->state, p->meeting_title, str_of(""), p };
    return flow_begin(rq, &PROVISIONS_FLOW, &subject, NULL);
}

err provision_input_of(struct rq *rq, const struct provision *p, struct provision_input *out)
{
    const struct provision_days days = days_of(p);
    struct rows items;
    TRY(provision_item_store_list(rq->db, p->id, rq->mem, &items));
    *out = (struct provision_input){
        .id = p->id,
        .version = p->version,
        .answer_on = p->answer_on,
        .note = p->note,
        .there = provision_lines_write(rq->mem, PROVISION_THERE, &items, &days),
        .back = provision_lines_write(rq->mem, PROVISION_BACK, &items, &days),
        .meals = provision_lines_write(rq->mem, PROVISION_MEAL, &items, &days)
    };
    return OK;
}

/* Lunch on each day of it, dinner between its days: struck out where it is not so. */
static str meals_usual(struct rq *rq, const struct meeting_brief *m)
{
    struct provision_item *meals = arena_array(rq->mem, (size_t)2 * PREFILLED_DAYS, sizeof *meals);
    struct rows rows = { meals, 0, sizeof *meals };
    const struct provision_days days = { m->from_on, m->to_on };
    for (i64 day = m->from_on; day <= m->to_on && day < m->from_on + PREFILLED_DAYS; day++) {
        const str kind = str_of("meal");
        meals[rows.count++] =
            (struct provision_item){ .kind = kind, .held_on = day, .meal = str_of("lunch") };
        if (day < m->to_on)
            meals[rows.count++] =
                (struct provision_item){ .kind = kind, .held_on = day, .meal = str_of("dinner") };
    }
    return provision_lines_write(rq->mem, PROVISION_MEAL, &rows, &days);
}

err provision_input_for(struct rq *rq, i64 meeting_id, struct provision_input *out)
{
    struct meeting_brief m;
    *out = (struct provision_input){ .answer_on = -1 };
    if (!meeting_id)
        return OK;
    TRY(meeting_brief_find(rq, meeting_id, &m));
    i64 last = m.from_on - ANSWER_DAYS;
    out->meeting = meeting_choice_of(rq->mem, m.id);
    out->answer_on = last < rq->today ? rq->today : last;
    out->meals = meals_usual(rq, &m);
    return OK;
}

/* ---- telling ---- */

static err tell(struct rq *rq, const struct provision *p, i64 person_id, const char *text,
                str words)
{
    if (!person_id)
        return OK;
    return notify_send(rq, &(struct notify_to){ .person_id = person_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { p->meeting_title, words },
                           .url = arena_printf(rq->mem, "/provisions/%lld", (long long)p->id) });
}

/* Who comes and has not answered. told: how many. */
static err tell_waiting(struct rq *rq, const struct provision *p,
                        const struct provision_people *people, i64 *told)
{
    const struct meeting_invited *all = people->invited.items;
    for (size_t i = 0; i < people->invited.count; i++) {
        if (!provision_comes(&all[i]) || provision_counts(people, &all[i]))
            continue;
        TRY(tell(rq, p, all[i].person_id, "provisions.told_again",
                 provision_day_words(rq->mem, p->answer_on)));
        (*told)++;
    }
    return OK;
}

/* ---- changing ---- */

/* What is at work while lines take the place of those before. */
struct changing {
    struct rq *rq;
    const struct provision *p;
    struct provision_people people;
    bool used[PROVISION_ITEMS_MAX]; /* an item of before that a line is */
    bool tells, added;
};

/* The item of before that a line is, loosely: of which only the time (of a meal the place) is new.
 * NULL = none. */
static const struct provision_item *before_find(struct changing *c,
                                                const struct provision_item *line, bool loosely)
{
    const struct provision_item *all = c->people.items.items;
    for (size_t i = 0; i < c->people.items.count && i < PROVISION_ITEMS_MAX; i++) {
        bool same_place = str_eq(all[i].place, line->place);
        bool same_time = all[i].minute == line->minute;
        bool meal = line->meal.len > 0;
        if (c->used[i] || all[i].held_on != line->held_on || !str_eq(all[i].kind, line->kind) ||
            !str_eq(all[i].meal, line->meal))
            continue;
        if (loosely ? !(meal || same_place) : !(same_place && same_time))
            continue;
        c->used[i] = true;
        return &all[i];
    }
    return NULL;
}

static err tell_takers(struct changing *c, const struct provision_item *item, const char *text,
                       const struct provision_item *now)
{
    const struct provision_answer *all = c->people.answers.items;
    for (size_t i = 0; c->tells && i < c->people.answers.count; i++)
        if (provision_takes(&c->people, &all[i], item->id) &&
            provision_comes(provision_invited(&c->people, all[i].invitee_id)))
            TRY(tell(c->rq, c->p, all[i].person_id, text, provision_item_words(c->rq->mem, now)));
    return OK;
}

static err line_move(struct changing *c, const struct provision_item *before,
                     const struct provision_item *line)
{
    struct provision_item moved = *line;
    moved.id = before->id;
    TRY(provision_item_store_move(c->rq->db, &moved));
    return tell_takers(c, before, "provisions.told_moved", &moved);
}

static err gone_remove(struct changing *c)
{
    const struct provision_item *all = c->people.items.items;
    for (size_t i = 0; i < c->people.items.count && i < PROVISION_ITEMS_MAX; i++) {
        if (c->used[i])
            continue;
        TRY(tell_takers(c, &all[i], "provisions.told_gone", &all[i]));
        TRY(provision_stale(c->rq, &c->people, all[i].id, 0));
        TRY(provision_item_store_remove(c->rq->db, all[i].id));
    }
    return OK;
}

/* Who has answered was not asked about what was added: he is asked anew. Whose answer counts no
 * more has been told so already. */
static err added_tell(struct changing *c)
{
    const struct meeting_invited *all = c->people.invited.items;
    if (!c->tells || !c->added)
        return OK;
    for (size_t i = 0; i < c->people.invited.count; i++)
        if (provision_counts(&c->people, &all[i]))
            TRY(tell(c->rq, c->p, all[i].person_id, "provisions.told_added", str_of("")));
    return provision_stale(c->rq, &c->people, 0, 0);
}

/* Equal lines first, so that a line whose time is new never takes another's place. */
static err lines_replace(struct changing *c, const struct offered *offered)
{
    for (size_t kind = 0; kind < PROVISION_KINDS; kind++) {
        const struct provision_lines *lines = &offered->lines[kind];
        bool done[PROVISION_LINES_MAX] = { false };
        for (size_t i = 0; i < lines->count; i++)
            done[i] = before_find(c, &lines->items[i], false) != NULL;
        for (size_t i = 0; i < lines->count; i++) {
            if (done[i])
                continue;
            const struct provision_item *before = before_find(c, &lines->items[i], true);
            c->added |= !before;
            TRY(before ? line_move(c, before, &lines->items[i])
                       : item_add(c->rq, c->p, &lines->items[i]));
        }
    }
    TRY(gone_remove(c));
    return added_tell(c);
}

err provision_effect_change(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct provision *p = subject->row;
    struct offered *offered = arena_zero(rq->mem, sizeof *offered);
    struct changing *c = arena_zero(rq->mem, sizeof *c);
    TRY(read(rq, step->input, p, offered));
    c->rq = rq;
    c->p = p;
    c->tells = str_is(p->state, "published") || str_is(p->state, "closed");
    TRY(provision_people_find(rq, p->id, p->meeting_id, &c->people));
    TRY(lines_replace(c, offered));
    return provision_todos_set(rq, p, &c->people, arena_cstr(rq->mem, p->state));
}

/* ---- the other steps ---- */

err provision_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct provision *p = arena_zero(rq->mem, sizeof *p);
    TRY(rq->actor->account_id ? list_find(rq, &PROVISION_LIST, id, p)
                              : provision_store_find(rq->db, id, rq->mem, p));
    *out = (struct flow_subject){ p->id, p->version, p->state, p->meeting_title, str_of(""), p };
    return OK;
}

err provision_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct provision p = *(const struct provision *)subject->row;
    p.state = to;
    return provision_store_update(rq->db, &p);
}

static bool is_answer_off(const struct rq *rq, const struct provision *p)
{
    return p->answer_on < rq->today || p->answer_on > p->to_on;
}

/* Whether an item still stands on the days of before, though they may be near: a meal off the
 * meeting's days, but for dinner the evening before it and breakfast the morning after. */
static bool is_left_behind(const struct provision *p, const struct provision_item *item)
{
    bool early = item->held_on < p->from_on - str_is(item->meal, "dinner");
    bool late = item->held_on > p->to_on + str_is(item->meal, "breakfast");
    return item->meal.len && (early || late);
}

/* Of a meeting that has moved: something is on its days, no meal is left behind. */
static err moved_check(struct rq *rq, const struct provision *p)
{
    struct rows rows;
    bool any = false;
    TRY(provision_item_store_list(rq->db, p->id, rq->mem, &rows));
    const struct provision_item *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (is_left_behind(p, &all[i]))
            return err_make(ERR_CONFLICT, "provisions.days_off");
        any |= all[i].held_on >= p->from_on && all[i].held_on <= p->to_on;
    }
    return any ? OK : err_make(ERR_CONFLICT, "provisions.days_off");
}

/* Nobody is told of a meeting that he was not told of, of days that it has left behind, of a day to
 * answer that is past. */
err provision_guard_publish(struct rq *rq, const struct flow_subject *subject)
{
    struct provision p = *(const struct provision *)subject->row;
    struct provision_input in;
    struct provision_lines *lines = arena_zero(rq->mem, sizeof *lines);
    const struct provision_days days = days_of(&p);
    struct meeting_brief m;
    i64 at;
    TRY(meeting_brief_find(rq, p.meeting_id, &m));
    if (!str_is(m.state, "notified") && !str_is(m.state, "held"))
        return err_make(ERR_CONFLICT, "provisions.meeting_off");
    if (is_answer_off(rq, &p))
        return err_make(ERR_CONFLICT, "provisions.answer_off");
    TRY(provision_input_of(rq, &p, &in));
    if (provision_lines_read(PROVISION_THERE, in.there, &days, lines, &at) ||
        provision_lines_read(PROVISION_BACK, in.back, &days, lines, &at) ||
        provision_lines_read(PROVISION_MEAL, in.meals, &days, lines, &at))
        return err_make(ERR_CONFLICT, "provisions.days_off");
    return str_is(subject->state, "outdated") ? moved_check(rq, &p) : OK;
}

err provision_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct provision *p = subject->row;
    struct provision_people people;
    (void)step;
    p->published_at = rq->now_ms;
    TRY(provision_people_find(rq, p->id, p->meeting_id, &people));
    return provision_todos_set(rq, p, &people, "published"); /* whose notices tell them */
}

/* Brings the to-dos in line with the state that is coming. */
static err todos_follow(struct rq *rq, const struct provision *p, const char *state)
{
    struct provision_people people;
    TRY(provision_people_find(rq, p->id, p->meeting_id, &people));
    return provision_todos_set(rq, p, &people, state);
}

err provision_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return todos_follow(rq, subject->row, "closed");
}

err provision_effect_reopen(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return todos_follow(rq, subject->row, "published");
}

err provision_guard_remind(struct rq *rq, const struct flow_subject *subject)
{
    const struct provision *p = subject->row;
    if (is_answer_off(rq, p))
        return err_make(ERR_CONFLICT, "provisions.answer_off");
    return p->reminded_on == rq->today ? err_make(ERR_CONFLICT, "provisions.reminded_today") : OK;
}

err provision_guard_reopen(struct rq *rq, const struct flow_subject *subject)
{
    return is_answer_off(rq, subject->row) ? err_make(ERR_CONFLICT, "provisions.answer_off") : OK;
}

err provision_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct provision *p = subject->row;
    struct provision_people people;
    i64 told = 0;
    (void)step;
    TRY(provision_people_find(rq, p->id, p->meeting_id, &people));
    TRY(tell_waiting(rq, p, &people, &told));
    p->reminded_on = rq->today;
    return told ? OK : err_make(ERR_CONFLICT, "provisions.nobody_left");
}

/* input: the meeting's last day now. */
err provision_effect_outdate(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct provision *p = subject->row;
    const i64 *until_on = step->input;
    struct provision_people people;
    TRY(provision_people_find(rq, p->id, p->meeting_id, &people));
    TRY(provision_stale(rq, &people, 0, *until_on));
    return provision_todos_set(rq, p, &people, "outdated");
}

/* Of one that was out, everybody who comes and had answered, though he was to answer anew. */
err provision_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct provision *p = subject->row;
    struct provision_people people;
    TRY(provision_people_find(rq, p->id, p->meeting_id, &people));
    const struct meeting_invited *all = people.invited.items;
    for (size_t i = 0; !str_is(step->from, "draft") && i < people.invited.count; i++)
        if (provision_comes(&all[i]) && provision_answer_of(&people, all[i].invitee_id))
            TRY(notify_send(rq, &(struct notify_to){ .person_id = all[i].person_id },
                            &(struct notify_message){
                                .text = "provisions.told_dropped",
                                .arg = { p->meeting_title },
                                .url = arena_printf(rq->mem, "/meetings/%lld",
                                                    (long long)p->meeting_id) }));
    return provision_todos_set(rq, p, &people, "dropped");
}
