/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Everything that the public may know of a proposal: the only source of its page, JSON and letters,
 * so that there is one gate. All texts unescaped; what agencies wrote is masked. */
#ifndef HT_PUBLICATIONS_PUBLICATION_FACTS_H
#define HT_PUBLICATIONS_PUBLICATION_FACTS_H
#include "modules/publications/publication.h"
#include "platform/web/view_parts.h"

/* One thing that has happened, or is now. look: "" done, "now". due_on: 0 = not said. */
struct publication_step {
    i64 on, due_on;
    str what, who, look;
};

struct publication_promise {
    i64 due_on;
    str text, agency_name, state;
    const char *tone;
};

/* The answer to a suggestion by its number. */
struct publication_answer {
    i64 number;
    str result, text;
};

struct publication_reply {
    i64 assignment_id, signed_on;
    str agency_name, number, class, mark, opening, closing;
    struct rows answers; /* struct publication_answer */
};

struct publication_facts {
    struct publication_row row;
    str number, session, category, names, main_number;
    i64 submitted_on, main_id; /* main_id: publication of what it is handled with, 0 = none */
    bool is_merged;
    strs suggestions;
    struct rows steps, promises, replies;
};

/* Loads it. Errors: NOT_FOUND publications.not_found. */
err publication_facts_load(struct rq *rq, i64 id, struct publication_facts *out);

/* "六届三次会议第0137号" of a row of the public list. */
str publication_number(struct rq *rq, const struct publication_row *row);

/* Look of a stage's tag. */
const char *publication_tone(str stage);
#endif
