/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of this module fill; the tables of limits stand in outcome_module.c. "opinion"
 * goes into the trail. */
#ifndef HT_OUTCOMES_OUTCOME_FORMS_H
#define HT_OUTCOMES_OUTCOME_FORMS_H
#include "platform/web/web.h"

struct progress_input {
    i64 id, percent;
    str opinion;
};

/* Of meet, confirm, supplement, miss: what shows it, or why. */
struct promise_reason_input {
    i64 id;
    str opinion;
};

/* Of renew and reopen. */
struct promise_day_input {
    i64 id, to_on;
    str opinion;
};

struct decide_renewal_input {
    i64 id;
    str decision, opinion;
};

struct evidence_input {
    i64 id;
    ids evidence;
};

struct promise_file_input {
    i64 id, file;
};

struct record_input {
    i64 id, held_on;
    str place, visitors, result, text;
};

struct postpone_input {
    i64 id, planned_on;
    str opinion;
};

struct recheck_input {
    i64 id;
    str result, text;
};

struct plan_input {
    i64 id, planned_on;
};

/* to_agency: the id of an agency that has the case; empty = to nobody by name. */
struct instruction_input {
    i64 id, instructed_on;
    bool hidden;
    str leader, level, text, to_agency;
};
#endif
