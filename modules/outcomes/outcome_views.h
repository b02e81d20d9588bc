/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_OUTCOMES_OUTCOME_VIEWS_H
#define HT_OUTCOMES_OUTCOME_VIEWS_H
#include "modules/outcomes/outcome_store.h"
#include "platform/files/files.h"
#include "platform/web/view_parts.h"

enum { PROMISE_SOON_DAYS = 30 };

/* One promise. */
struct promise_show {
    const struct promise *p;
    struct flow_allowed allowed;
    struct view_steps steps;
    struct rows files; /* struct attachment */
    str words;         /* item and evidence wanted */
    bool may_add;
};

/* What came of it, in a case's page below one agency. */
struct promise_part {
    str agency_name;
    struct rows promises; /* struct promise */
    i64 id;               /* of the assignment, for names in the page */
};

struct followup_show {
    const struct followup *f;
    struct flow_allowed allowed;
    struct rows rechecks;      /* struct recheck */
    str class;                 /* worded */
    i64 promised, met, missed; /* promises of the case that count */
};

/* In a case's page: looks planned and held; instructions. */
struct case_part {
    i64 proposal_id;
    str class;
    struct rows followups, instructions;
    bool may_plan, may_record;
};

/* Looks of states and results. */
const char *promise_tone(str state);
const char *followup_tone(const struct followup *f);
const char *tracking_tone(str result);

/* Words of the class in which it was answered, as they were on that day; empty without a class. */
struct proposal;
str outcome_class_words(struct rq *rq, const struct proposal *p);

/* Words of an instruction's level, in the site's dictionary. */
str instruction_level(struct rq *rq, str level);

/* The last thing that was found, NULL if nobody has looked. */
const struct followup *followup_last(const struct rows *followups);
#endif
