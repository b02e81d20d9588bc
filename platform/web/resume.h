/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages for failures: the plain error page, and the one that keeps what was typed when a
 * submission could not be taken (login expired, token too old, database away): the same values
 * stand in a form that sends them again. */
#ifndef HT_WEB_RESUME_H
#define HT_WEB_RESUME_H
#include "platform/web/exchange.h"

/* What the page says. words: what happened, why and what to do. obstacle: own path where it can
 * be lifted, or empty. again: what a page that asks again by itself asks for, or empty. */
struct failure_page {
    int status;
    str words, obstacle, again;
};

/* A value that was typed. shown: long enough to be seen; others go along hidden. */
struct resume_field {
    str name, label, value;
    bool shown;
};

/* What views/form.html shows of a submission that was not taken. */
struct resume {
    str title, words, obstacle, obstacle_label, action;
    i64 status;
    struct resume_field *fields;
    size_t count;
    bool lost; /* a password or a file was left out */
};

/* Makes the page into res: the resuming one when something was typed and nobody else's page sent
 * it. rq->db may be NULL; then it shows no figures. */
void failure_page_make(struct rq *rq, struct res *res, const struct failure_page *failure);
#endif
