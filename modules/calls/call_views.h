/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show; all texts unescaped. */
#ifndef HT_CALLS_CALL_VIEWS_H
#define HT_CALLS_CALL_VIEWS_H
#include "modules/calls/call_rules.h"
#include "platform/web/view_parts.h"

/* from, until: worded. tone, state: of what it is now, worded; is_now: it takes proposals. */
struct call_item {
    const struct call *call;
    str from, until, state, session;
    const char *tone;
    bool is_now;
};

struct call_list {
    const struct call_item *items;
    size_t count;
    bool may_manage;
};

struct call_show {
    struct call_item item;
    const struct call_topic *topics;
    size_t topic_count;
    struct flow_allowed allowed;
    bool may_write, may_edit; /* a proposal; the call */
};

/* rows: of topics to fill in, empty ones at the end. */
struct call_form {
    const struct call_input *in;
    str action, back;
    const struct view_choice *timings;
    strs titles, texts, sources;
    size_t rows;
    i64 version;
};
#endif
