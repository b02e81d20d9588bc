/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A small module for tests of the web layer: a table of things, pages and API over it, every
 * kind of input. */
#ifndef HT_WEB_TESTS_SAMPLE_H
#define HT_WEB_TESTS_SAMPLE_H
#include "platform/web/web.h"

struct sample_input {
    str title, body, kind, password;
    i64 id, count, due_on, agency_id;
    bool agreed;
    ids agencies, files;
    strs lines;
};

extern const struct module *const SAMPLE_MODULES[];

/* How often the handler of POST /things ran since it was set to 0. */
extern int sample_runs;

/* Number of rows in the table. */
i64 sample_count(struct db *db);
#endif
