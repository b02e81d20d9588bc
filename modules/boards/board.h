/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The office's boards (审查看板), and one step for several cases at once. Other modules that hand
 * out or screen many at a time call board_steps; nothing else here is for them. */
#ifndef HT_BOARDS_BOARD_H
#define HT_BOARDS_BOARD_H
#include "platform/flow/flow.h"
#include "platform/web/web.h"

/* Most cases of one bulk step: more would keep everybody else's writing waiting. */
enum { BOARD_AT_ONCE = 20 };

/* One of the cases that take a step together. version: as its reader saw it. input: struct of the
 * action's form, whose limits the caller has judged; NULL for an action without a form. */
struct board_case {
    i64 id, version;
    const void *input;
};

/* A verb of a flow for up to BOARD_AT_ONCE of its subjects, all of them or none. Each is judged and
 * done as flow_act does it: sight, state, permission, guard, version, effect, and its own history,
 * to-dos, audit entry and event. The first refusal does not end it: rq gets one fault for each
 * refused case (field "cases"), which names it, says why, and who was there first with what if
 * somebody was. Whoever gets an error must pass it on, so that the request is rolled back and
 * nothing is done. rq->input stays as it was.
 * Errors: CONFLICT boards.refused, with the faults boards.refused_case (why), boards.refused_late
 * (somebody else was first), boards.refused_gone (not to be seen, or not there); INVALID
 * form.faults with what the effect has against the input, and the case; LIMIT boards.too_many;
 * INVALID boards.none; BUSY and INTERNAL as they come. */
err board_steps(struct rq *rq, const struct flow *flow, const char *verb,
                const struct board_case *cases, size_t count);
#endif
