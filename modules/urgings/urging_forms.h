/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of this module fill; the tables of limits stand in urging_module.c. "opinion" goes
 * into the trail. */
#ifndef HT_URGINGS_URGING_FORMS_H
#define HT_URGINGS_URGING_FORMS_H
#include "platform/web/web.h"

/* back: whose page is shown again: "case", "late"; empty = the subject's. */
struct remind_input {
    str flow, text, back;
    i64 subject_id;
};

struct urging_new_input {
    str flow, cause, text;
    i64 subject_id;
};

struct urging_issue_input {
    i64 id, due_on;
    str text;
};

/* Of answer, drop, pass, close. */
struct urging_words_input {
    i64 id;
    str opinion;
};

struct urging_supplement_input {
    i64 id, due_on;
    str opinion;
};

/* A talk with the head of the agency (约谈). */
struct urging_talk_input {
    i64 id, held_on;
    str with_whom, opinion;
};

struct urging_files_input {
    i64 id;
    ids evidence;
};

struct urging_file_input {
    i64 id, file;
};

struct circular_input {
    str title, text;
    ids urgings;
};

/* Of the page of what is late: how late. */
struct late_input {
    str look;
};
#endif
