/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a stranger sends: the form of a letter, and the page with which its sender follows it.
 * Nobody is known here (platform/web/anonymous.h). */
#ifndef HT_MAILBOX_INTAKE_H
#define HT_MAILBOX_INTAKE_H
#include "modules/mailbox/letter_views.h"
#include "modules/orgs/org.h"
#include "platform/files/photo.h"
#include "platform/web/anonymous.h"

/* Limits of both forms of a letter: a stranger's and that of staff (transcribe.h). */
enum {
    INTAKE_PHOTOS = 5,
    INTAKE_BODY_MIN = 5,
    INTAKE_BODY = 3000,
    INTAKE_TITLE = 60,
    INTAKE_PLACE = 100,
    INTAKE_POINT = 40,
    INTAKE_NAME = 40,
    INTAKE_PHONE = 30,
    INTAKE_MAIL = 100
};

/* area: code of the place; notice: version of the words about consent on the page; once: 32
 * hexadecimal digits of a telephone that sends later, so that it is one letter however often it
 * comes; point: as typed; point_by: "phone" where a telephone measured it. Of staff: area: what it
 * is called; via, received_on (-1 = today): how and when it came. */
struct intake_input {
    bool consent, handover;
    i64 received_on;
    str via, area, kind, title, body, place, name, phone, mail, notice, once;
    str point, point_by;
    ids photos;
};

/* What the slow half found: the receipt, and whether the letter is kept already. */
struct intake_found {
    str digits, hash;
    struct photos photos;
    bool known;
};
struct intake_place_input {
    str area;
};

/* act: "" only looks; "add", "contact", "evaluate", "withdraw". */
struct follow_input {
    bool consent, handover;
    str receipt, act, text, verdict, name, phone, mail, notice;
};

extern const struct anonymous INTAKE, FOLLOW;
extern const struct form INTAKE_FORM, FOLLOW_FORM;

/* The area of a code; id 0 = none. Errors: those of the database. */
err intake_area(struct rq *rq, str code, struct area *out);

/* Which organisation a letter about a place goes to: for INTAKE. */
err intake_org_of(struct rq *rq, str area, struct anonymous_org *out);

/* Notes what is wrong with contact and consent: of both forms. */
void intake_judge_sender(struct rq *rq, const struct letter_sender *s, bool consent);

/* The slow half of both forms: judges who wrote it, makes the photos clean. Errors: INVALID
 * form.faults; those of photo_take. */
err intake_receive(struct rq *rq, const struct intake_input *in, struct photos *photos);

/* Adds what was typed, with its photos; more: what the form does not say (lane, via, area_id,
 * received_at, receipt_hash, quiet). Errors: those of letter_add, photo_keep. */
err intake_add(struct rq *rq, const struct intake_input *in, const struct letter_new *more,
               const struct photos *photos, i64 *id);

/* Kinds to choose from, the first chosen; names from the county down. */
enum { INTAKE_KINDS = 4 };
const struct view_choice *intake_kinds(struct rq *rq);
err intake_area_name(struct rq *rq, const struct area *area, str *out);

/* The square code that leads to the sender's page with these digits. Errors: INTERNAL docs.qr. */
err intake_qr(struct rq *rq, str digits, html *out);

/* Choosing the place step by step; the form; sending it, in two halves. */
err page_intake_place(struct rq *rq, struct res *res);
err page_intake_new(struct rq *rq, struct res *res);
err slow_intake_send(struct rq *rq, struct res *res);
err page_intake_send(struct rq *rq, struct res *res);

/* The sender's page: asking for the receipt; looking and acting, in two halves. */
err page_follow_new(struct rq *rq, struct res *res);
err slow_follow_find(struct rq *rq, struct res *res);
err page_follow_act(struct rq *rq, struct res *res);

/* ---- what the views show ---- */

/* below: struct area rows. here: the area itself, id 0 = at the top; path: its names. */
struct place_page {
    struct area_here {
        str code, name, level;
    } here;
    struct rows below;
    str path;
};

/* area_name empty = no place chosen. stamp: anonymous_stamp. */
struct intake_page {
    str stamp, area, area_name, org, action, accept, point_by;
    const struct view_choice *kinds;
    size_t kind_count;
    i64 max_mb;
};

struct receipt_page {
    str digits, org;
    html qr;
    i64 days;
    bool again;
    const struct attestation *attested;
};

/* The sender's page. l NULL = the receipt is asked for. said: what was just done, worded; empty =
 * nothing. steps: the road in plain words. extra: what modules above tell him. */
struct follow_page {
    const struct letter *l;
    str receipt, stamp, act_stamp, contact_stamp, withdraw_stamp, said, now, next, reason;
    struct rows messages, consents;
    struct letter_sender sender;
    struct letter_question question;
    struct attestation attested;
    struct view_steps steps;
    html extra;
    bool is_open;
};
#endif
