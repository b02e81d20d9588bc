/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A small flow for tests: a paper that is submitted, docketed, assigned to an agency, replied to
 * and evaluated by its author. It has every feature of the engine once. Table `samples` is made by
 * SAMPLE_SCHEMA. */
#ifndef HT_FLOW_TESTS_SAMPLE_H
#define HT_FLOW_TESTS_SAMPLE_H
#include "platform/flow/flow.h"

struct sample {
    i64 id, version, agency_id, author_id;
    str state, title;
};

/* Input of every form of the sample: the words, and for `assign` and `evaluate` what the effect
 * needs. */
struct sample_input {
    str opinion;
    i64 agency_id;
    bool satisfied;
};

extern const struct flow SAMPLE_FLOW;
extern const struct module SAMPLE_MODULE;
extern const char SAMPLE_SCHEMA[];

/* Inserts a paper of a person in its first state and begins its flow. */
i64 sample_new(struct rq *rq, const char *title, i64 author_id);

/* Reads a paper as it is. */
struct sample sample_read(struct rq *rq, i64 id);
#endif
