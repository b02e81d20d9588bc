/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Buses and meals of a meeting (用餐乘车): rows, inputs, rules, statements, handlers. A single
 * header: no other module reads it. Words and rules: README.md. */
#ifndef HT_PROVISIONS_PROVISION_H
#define HT_PROVISIONS_PROVISION_H
#include "modules/meetings/meeting.h"
#include "platform/docs/docs.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

enum { PROVISION_LINES_MAX = 40, PROVISION_ITEMS_MAX = 120, PROVISION_KINDS = 3 };

/* Columns: schema/0001_provisions.sql. from_on, to_on, meeting_state: of the meeting; answers: how
 * many of who come have answered. */
struct provision {
    i64 id, meeting_id, answer_on, published_at, reminded_on, version;
    i64 from_on, to_on, answers;
    str state, note, meeting_title, meeting_state;
};
struct provision_item {
    i64 id, provision_id, held_on, minute;
    str kind, meal, place;
};
struct provision_answer {
    i64 id, provision_id, invitee_id, member_id, person_id, drives, stale, answered_at, until_on;
    i64 version;
    str chosen, plate, diet, avoid, proxy_name;
};
struct provision_choice {
    i64 id, answer_id, item_id;
};

struct provision_input {
    i64 id, version, answer_on;
    str meeting, there, back, meals, note;
};
/* Beginning one from the page of a meeting. */
struct provision_begin_query {
    i64 meeting;
};
/* rides: one for each day and direction that has buses, a bus's number or "none:KEY" (struct
 * provision_ride). invitee: whose, where the office answers. */
struct provision_answer_input {
    i64 id, version, invitee;
    strs rides;
    ids meals;
    bool drives;
    str plate, diet, avoid;
};

extern const struct flow PROVISIONS_FLOW;
extern const struct form PROVISION_FORM, PROVISION_CHANGE_FORM;

/* The office all; who comes to the meeting what was published; list_find gives NOT_FOUND
 * provisions.not_found. */
extern const struct list PROVISION_LIST;

/* ---- lines: provision_lines.c, pure ---- */

enum provision_kind { PROVISION_THERE, PROVISION_BACK, PROVISION_MEAL };

/* The code of a kind, as it is stored. */
const char *provision_kind_name(enum provision_kind kind);

/* Days of the meeting that lines without a day, and days without a year, are of. */
struct provision_days {
    i64 from_on, to_on;
};
struct provision_lines {
    struct provision_item items[PROVISION_LINES_MAX];
    size_t count;
};

/* Reads what the office wrote of one kind; places lie in text. NULL, or the name of the fault and
 * in which line it is. */
const char *provision_lines_read(enum provision_kind kind, str text,
                                 const struct provision_days *days, struct provision_lines *out,
                                 i64 *at);

/* The lines of one kind as they would be written, of items in order. */
str provision_lines_write(struct arena *mem, enum provision_kind kind, const struct rows *items,
                          const struct provision_days *days);

/* A bus or meal in words; the time of a bus, "7:30"; a day without its year. */
str provision_item_words(struct arena *mem, const struct provision_item *item);
str provision_time_words(struct arena *mem, i64 minute);
str provision_day_words(struct arena *mem, i64 day);

/* A ride, named by one of its buses; that none of its buses is taken. */
str provision_ride_words(struct arena *mem, const struct provision_item *bus);
str provision_declined_words(struct arena *mem, const struct provision_item *bus);

/* ---- writing: provision.c ---- */

/* Begins one for a meeting. Errors: INVALID form.faults; CONFLICT provisions.one_already. */
err provision_begin(struct rq *rq, const struct provision_input *in, i64 *id);

/* What stands in the form: of one that is stored; for a meeting that has none yet (0 = none is
 * chosen). */
err provision_input_of(struct rq *rq, const struct provision *p, struct provision_input *out);
err provision_input_for(struct rq *rq, i64 meeting_id, struct provision_input *out);

/* The flow's own functions (flow.h). Errors of the effects beside the engine's: INVALID
 * form.faults; CONFLICT provisions.answer_off, .days_off, .meeting_off, .nobody_left,
 * .reminded_today. */
err provision_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err provision_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err provision_guard_publish(struct rq *rq, const struct flow_subject *subject);
err provision_guard_remind(struct rq *rq, const struct flow_subject *subject);
err provision_guard_reopen(struct rq *rq, const struct flow_subject *subject);
err provision_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err provision_effect_change(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err provision_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err provision_effect_reopen(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err provision_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err provision_effect_outdate(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err provision_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- answering: provision_answer.c ---- */

/* All that belongs to one, in rq->mem: struct meeting_invited, provision_item, provision_answer,
 * provision_choice rows. */
struct provision_people {
    struct rows invited, items, answers, choices;
};
err provision_people_find(struct rq *rq, i64 provision_id, i64 meeting_id,
                          struct provision_people *out);

/* Whether he comes: a leave that is only asked for still does. */
bool provision_comes(const struct meeting_invited *who);

/* Of the people: who is invited (by invitee, by person); what he answered; whether he takes
 * something; NULL = nobody, nothing. */
const struct meeting_invited *provision_invited(const struct provision_people *p, i64 invitee_id);
const struct meeting_invited *provision_own(const struct provision_people *p, i64 person_id);
const struct provision_answer *provision_answer_of(const struct provision_people *p,
                                                   i64 invitee_id);
bool provision_takes(const struct provision_people *p, const struct provision_answer *a,
                     i64 item_id);

/* Whether his answer counts: he comes, and it is not stale. */
bool provision_counts(const struct provision_people *p, const struct meeting_invited *who);

/* One choice to make: the buses of a day and direction, among the items from first on. key:
 * "there:20790". */
struct provision_ride {
    size_t first, count;
    str key;
};
/* All rides of items in order: struct provision_ride rows. */
struct rows provision_rides(struct arena *mem, const struct rows *items);

/* Whether members may answer by themselves today. */
bool provision_is_open(const struct rq *rq, const struct provision *p);

/* Writes the own answer, or that of in->invitee by the office. Errors: CONFLICT provisions.over,
 * .not_out, .not_coming, web.version; FORBIDDEN provisions.not_invited; INVALID form.faults. */
err provision_answer_own(struct rq *rq, const struct provision *p,
                         const struct provision_answer_input *in);
err provision_answer_for(struct rq *rq, const struct provision *p,
                         const struct provision_answer_input *in);

/* Makes answers stale: all; of who takes an item. until_on: last day of the meeting now, 0 = as it
 * was. */
err provision_stale(struct rq *rq, const struct provision_people *people, i64 item_id,
                    i64 until_on);

/* ---- to-dos: provision_todos.c ---- */

/* Ends the to-do of one who has answered; brings those of all in line with a state, the one that is
 * coming. */
err provision_todo_end(struct rq *rq, i64 invitee_id);
err provision_todos_set(struct rq *rq, const struct provision *p,
                        const struct provision_people *people, const char *state);

/* meetings.answered (id = the invitee), meetings.invited (id = the meeting). */
err on_provision_answered(struct rq *rq, i64 id, const void *fact);
err on_provision_invited(struct rq *rq, i64 id, const void *fact);

/* Timer, each hour: closes those whose last day is past. */
err job_provision_close(struct rq *rq, bool *again);

/* ---- statements: provision_store.c; updates: CONFLICT db.version ---- */

/* A new one; all that may change of it. */
err provision_store_add(struct db *db, const struct provision *p, i64 *id);
err provision_store_update(struct db *db, const struct provision *p);
/* One, for the house itself. Errors: NOT_FOUND db.no_row. */
err provision_store_find(struct db *db, i64 id, struct arena *mem, struct provision *out);
/* Published ones whose last day to answer is past, at most 20: struct provision rows. */
err provision_store_list_over(struct db *db, i64 today, struct arena *mem, struct rows *out);
/* Of a meeting, not dropped; 0 = none. */
err provision_store_find_of(struct db *db, i64 meeting_id, i64 *id);

/* Of items: by kind, day, time: struct provision_item rows. Removing one takes its choices along.
 */
err provision_item_store_add(struct db *db, const struct provision_item *item);
err provision_item_store_move(struct db *db, const struct provision_item *item);
err provision_item_store_remove(struct db *db, i64 id);
err provision_item_store_list(struct db *db, i64 provision_id, struct arena *mem, struct rows *out);

/* Of answers, by invitee: struct provision_answer rows. */
err provision_answer_store_add(struct db *db, const struct provision_answer *a, i64 *id);
err provision_answer_store_update(struct db *db, const struct provision_answer *a);
err provision_answer_store_list(struct db *db, i64 provision_id, struct arena *mem,
                                struct rows *out);
/* That of one invitee, or none. */
err provision_answer_store_list_of(struct db *db, i64 provision_id, i64 invitee_id,
                                   struct arena *mem, struct rows *out);

/* Of choices: one more; all of an answer gone; all of a provision: struct provision_choice rows. */
err provision_choice_store_add(struct db *db, i64 answer_id, i64 item_id);
err provision_choice_store_clear(struct db *db, i64 answer_id);
err provision_choice_store_list(struct db *db, i64 provision_id, struct arena *mem,
                                struct rows *out);

/* ---- as it is shown: provision_parts.c ---- */

/* A person on a list. words: what he takes; avoid, diet: as the office sees them. */
struct provision_person {
    const struct meeting_invited *who;
    const struct provision_answer *answer; /* NULL = none */
    str url;
};
struct provision_persons {
    const struct provision_person *items;
    size_t count;
};
/* A bus or a meal with who takes it; of a meal how many of each diet. */
struct provision_item_view {
    const struct provision_item *item;
    str words;
    struct provision_persons takers;
    i64 plain, halal, vegetarian;
};
/* What the office sees. drivers: come by own car; avoiding: have something to avoid. */
struct provision_counts {
    const struct provision_item_view *items;
    size_t count;
    struct provision_persons unanswered, answered, drivers, avoiding;
    i64 coming;
};
/* The form of one answer. rides: view fields, a select each; meals: a group of checks. */
struct provision_asked {
    const struct meeting_invited *who;
    const struct provision_answer *answer; /* NULL = none yet */
    const struct view_field *rides;
    size_t ride_count;
    struct view_field meals, diet;
    str action, back; /* back: empty on the own page */
    i64 version, keep_days;
    bool drives, faulty;
};
struct provision_page {
    const struct provision *p;
    const struct provision_counts *counts; /* NULL = not the office */
    const struct provision_asked *asked;   /* NULL = may not answer now */
    const struct provision_answer *mine;   /* NULL = has not answered */
    const struct rows *items;
    const struct flow_allowed *acts;
    const struct view_link *crumbs;
    bool comes; /* who looks is asked himself */
};
/* What a meeting's page says; p NULL = there is none, and the office may begin one. */
struct provision_meeting_view {
    const struct provision *p;
    const struct provision_counts *counts;
    const struct provision_answer *mine;
    i64 meeting_id;
    bool comes, open;
};

/* Counts everybody who comes. Errors: none but those of the database. */
void provision_count(struct rq *rq, const struct provision *p,
                     const struct provision_people *people, struct provision_counts *out);

/* The form for one, with what he said, or what is sensible; after a fault what was typed. */
void provision_ask(struct rq *rq, const struct provision *p, const struct provision_people *people,
                   const struct meeting_invited *who, struct provision_asked *out);

/* Handlers, of the pages and under /api/v1. */
err page_provision_list(struct rq *rq, struct res *res);
err page_provision_form(struct rq *rq, struct res *res);
err page_provision_begin(struct rq *rq, struct res *res);
err page_provision_change(struct rq *rq, struct res *res);
err page_provision_show(struct rq *rq, struct res *res);
err page_provision_answer(struct rq *rq, struct res *res);
err page_provision_proxy(struct rq *rq, struct res *res);
err page_provision_proxy_save(struct rq *rq, struct res *res);
err file_provision_buses(struct rq *rq, struct res *res);
err file_provision_meals(struct rq *rq, struct res *res);
err file_provision_xlsx(struct rq *rq, struct res *res);

/* Listeners (provision_meeting.c): meetings.shown, meetings.changed. */
err on_provision_meeting_shown(struct rq *rq, i64 id, const void *fact);
err on_provision_meeting_changed(struct rq *rq, i64 id, const void *fact);
#endif
