/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Staff write down what somebody tells them: by telephone, in person, on paper. The form has the
 * parts and rules of the stranger's own (intake.h); who speaks gets the same receipt. */
#ifndef HT_MAILBOX_TRANSCRIBE_H
#define HT_MAILBOX_TRANSCRIBE_H
#include "modules/mailbox/intake.h"

/* The place that somebody names: by code, by a name that only one has, or by names from above,
 * "Lindistrict Mangtown"; id 0 = none, or several are called so. Errors: those of the database. */
err transcribe_area(struct rq *rq, str text, struct area *out);

/* Names of counties and towns around the organisation, as transcribe_area takes them, to choose
 * from. Errors: those of the database. */
err transcribe_areas(struct rq *rq, strs *out);

/* The form; adding one, in two halves: the answer is the receipt, once. Also as JSON. */
err page_transcribe_new(struct rq *rq, struct res *res);
err slow_transcribe_receive(struct rq *rq, struct res *res);
err page_transcribe_add(struct rq *rq, struct res *res);

/* ---- what the views show ---- */

struct transcribe_page {
    const struct view_link *crumbs;
    str accept;
    strs areas;
    const struct view_choice *vias, *kinds;
    size_t via_count, kind_count;
    i64 max_mb;
};

/* The receipt as it is printed for who spoke. */
struct transcribed_page {
    const struct view_link *crumbs;
    str digits, org, title, via, address;
    html qr;
    struct attestation attested;
    i64 id, received_on, days;
};
#endif
