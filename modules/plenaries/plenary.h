/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The space of a plenary (全体会议): what is gathered, the rules, handlers. No other module needs
 * this one, so there is a single header. Words and rules: README.md. */
#ifndef HT_PLENARIES_PLENARY_H
#define HT_PLENARIES_PLENARY_H
#include "modules/calls/call.h"
#include "modules/meetings/meeting.h"
#include "modules/schemes/scheme.h"
#include "modules/speeches/speech.h"

enum { PLENARY_TODOS_MAX = 10 };

/* Something that the clerk should do, and where. */
struct plenary_todo {
    str words, url;
};

/* A scheme with the group of who looks; unplaced: who is in no group. */
struct plenary_scheme {
    const struct scheme *s;
    const struct scheme_group_view *mine;
    i64 groups, placed, unplaced;
};

/* A call for speeches; spoken … minutes: of those chosen to speak. next: who speaks next. mine: the
 * first of who looks. */
struct plenary_speeches {
    const struct speech_call *c;
    struct rows all;
    i64 waiting, spoken, given, written, minutes;
    const struct speech *next, *mine;
};

/* session_id 0: no session has been entered for its day. call NULL: none is published. wanted: how
 * many make two thirds. handed_in: of the session, by whom who looks leads where he is no staff. */
struct plenary {
    struct meeting_overview m;
    const struct call *call;
    str until, next; /* next: line of the programme that comes next, empty = not known */
    i64 session_id, handed_in, wanted;
    struct plenary_scheme *schemes;
    size_t scheme_count;
    struct plenary_speeches *speeches;
    size_t speech_count;
    struct plenary_todo todos[PLENARY_TODOS_MAX];
    size_t todo_count;
    bool office, member, takes; /* takes: proposals are taken now */
};

/* A plenary as rq's actor may see it. Errors: NOT_FOUND plenaries.not_found. */
err plenary_find(struct rq *rq, i64 id, struct plenary *out);

/* The line of a programme that comes next after a moment: lines that begin with a day ("3月5日",
 * once for those that follow) and have an hour ("9:00"); empty = none does. minute: of the day.
 * Pure. */
str plenary_next_line(str agenda, i64 from_on, i64 today, i64 minute);

/* Whether the quorum is there: by what is put down, before that by who checked in to the half-day
 * that goes on. */
bool plenary_has_quorum(const struct plenary *p);

/* ---- views ---- */

struct plenary_page {
    const struct plenary *p;
    const struct view_link *crumbs;
};
struct plenary_list_page {
    const struct rows *rows;
    i64 today;
    bool office;
};

/* Handlers, of the pages and under /api/v1. */
err page_plenary_list(struct rq *rq, struct res *res);
err page_plenary_show(struct rq *rq, struct res *res);
err file_plenary_pdf(struct rq *rq, struct res *res);
err file_plenary_docx(struct rq *rq, struct res *res);

/* Listener: meetings.shown; a plenary's page leads to its space. */
err on_plenary_meeting_shown(struct rq *rq, i64 id, const void *fact);
#endif
