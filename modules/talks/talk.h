/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Talks with members (提醒谈话, 约谈, 函询), for other modules: asking for one. Words, life and
 * who may: README.md. Within the module: talk_rules.h. */
#ifndef HT_TALKS_TALK_H
#define HT_TALKS_TALK_H
#include "platform/web/web.h"

/* A talk to be asked for. kind: "caution", "interview", "inquiry"; ground: "grade", "absence",
 * "conduct", "other". words: what the member is told that it is about. asker: who asks for it;
 * organ, document, decided_on: of the chairs' decision. leader_id: account of a leader who is named
 * and reads the record, 0 = none. due_on 0 = by the setting. */
struct talk_new {
    i64 member_id, leader_id, decided_on, due_on;
    str kind, ground, words, asker, organ, document;
};

/* Asks for it: the office has a to-do, the member is told. Whether rq's actor may is the caller's
 * business. Errors: NOT_FOUND members.not_found; CONFLICT talks.not_serving,
 * talks.asked_already: the very same waits to be held. */
err talk_open(struct rq *rq, const struct talk_new *in, i64 *id);

/* The house takes back one that is not held yet; of one that is, nothing changes. words: why.
 * Errors: those of the database. */
err talk_void(struct rq *rq, i64 id, str words);

/* Whether rq's actor may open the page of a talk. */
bool talk_may_open(struct rq *rq, i64 id);
#endif
