/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps that bring a case of the world where a test wants it, each a request by who does it in
 * life, and walking along them. A module's world strings them together with its own. */
#ifndef HT_TESTS_MATRIX_ROADS_H
#define HT_TESTS_MATRIX_ROADS_H
#include "tests/matrix/world.h"

/* Who does what for a set. */
enum duty { MEMBER_JOB, OPERATOR_JOB, LEADER_JOB, REVIEWER_JOB, DISPATCHER_JOB, STAFF_JOB, JOBS };

/* A thing on its road. */
struct road {
    struct world *w;
    int set, thing;
    const char *mark; /* CANARY- in texts of the second organisation */
    i64 version;      /* of what the step is on */
};
typedef void road_step(struct road *m);

/* Walks the steps, ended by NULL, for a thing of a set; the first makes it and keeps its number in
 * the world. Fails the test when a step is refused. */
void road_walk(struct world *w, int set, int thing, road_step *const *steps);

/* A proposal of the set's member, without and with an attachment, or without consent to
 * publication; of the member without account, by staff. */
road_step road_draft, road_draft_attached, road_draft_private, road_transcribe;

/* Steps of the proposal: by its writer, by the review, by the dispatcher (to the set's agency, or
 * to another one with that as cohost). */
road_step road_submit, road_submit_transcribed;
road_step road_docket, road_revise, road_reject, road_redo;
road_step road_assign, road_assign_cohost;

/* Steps of its assignment to the set's agency; verdicts are the member's. */
road_step road_accept, road_bounce, road_extend, road_contact, road_reply, road_sign;
road_step road_evaluate, road_evaluate_well;

/* For a module's own steps: a request to the API; a step of the thing's proposal or assignment,
 * with the version that it has. Each fails the test when refused. */
struct test_answer road_ask(struct road *m, enum duty duty, const char *path, str json);
void road_on_proposal(struct road *m, enum duty duty, const char *verb, str json);
void road_on_assignment(struct road *m, enum duty duty, const char *verb, str json);
#endif
