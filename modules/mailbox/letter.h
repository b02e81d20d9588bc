/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters (来信) of the public's mailbox (微社情民意) for other modules: what a letter is, finding
 * and adding one, the flow, what is heard of it. Who wrote it is never in struct letter: sender.h.
 */
#ifndef HT_MAILBOX_LETTER_H
#define HT_MAILBOX_LETTER_H
#include "platform/audit/attest.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

struct json;
struct out;

/* How long a dismissal can be taken back. */
enum { LETTER_UNDO_MS = 60000 };

/* Columns of the table: schema/0001_letters.sql. */
struct letter {
    i64 id, area_id, lead_id, received_at, triaged_at, assigned_at, due_on, replied_at,
        evaluated_at, closed_at, round, reopened_at, asked_again_at, erased_at, version, year,
        month, agency_id, first_replied_at, fed_at, offered_at, first_agency_id;
    str state, kind, lane, via, title, body, masked_body, area_name, county, town, place, category,
        ended, reason, guidance, reply, reply_agency, verdict, verdict_text, still, source,
        source_id, first_answer, point, point_by;
    bool point_disclosed; /* the units that handle it see its point (modules/handlings) */
    bool offer_rejected;  /* what was made of it as a topic was not taken up */
    bool sorted, placed, handed, overdue, judged, reopened, asked, fed; /* of the list alone */
};

/* What is said of who wrote it; empty = nothing. contact: he agrees that it is kept to ask him
 * back; handover: that whoever handles the letter may know it. */
struct letter_sender {
    str name, phone, mail;
    bool contact, handover;
};

/* A letter to be added. title empty = made of the text; lane "proved", "unproved", "staff",
 * "import"; via: how it reached the staff who wrote it down: "phone", "visit", "post", "window",
 * else empty; area_id 0 = not said; received_at 0 = now; receipt_hash: what is kept of the digits
 * (letter_receipt_hash), empty = there are none; receipt: the digits themselves, kept nowhere, for
 * the digest that proves the letter; notice: version of the text about consent that was
 * read; point: where, "23.88424,100.08612", empty = not said; point_by: "phone", "typed"; quiet:
 * one of many, nobody is told. */
struct letter_new {
    str kind, lane, via, title, body, place, category, source, source_id, receipt_hash, receipt;
    str notice;
    str point, point_by;
    i64 area_id, received_at;
    struct letter_sender sender;
    bool quiet;
};

/* Adds one in state received, indexed for search; emits mailbox.received, also where quiet. Errors:
 * INVALID mailbox.no_area; CONFLICT db.unique (receipt, source_id). */
err letter_add(struct rq *rq, const struct letter_new *in, i64 *id);

/* One by id, if rq's actor may see it. Errors: NOT_FOUND letters.not_found; FORBIDDEN. */
err letter_find(struct rq *rq, i64 id, struct letter *out);

/* One of rq's organisation, whoever asks: for listeners and jobs. Errors: NOT_FOUND
 * letters.not_found. */
err letter_find_house(struct rq *rq, i64 id, struct letter *out);

/* By where it came from; id 0 = none. Errors: those of the database. */
err letter_find_source(struct rq *rq, str source, str source_id, struct letter *out);

/* The newest whose text is still there, newest first, for learning from them; category empty = not
 * sorted yet: struct letter rows with id, category, title, body alone, in mem. Nothing is asked
 * about who may see them. Errors: those of the database. */
err letter_list_newest(struct rq *rq, i64 limit, struct arena *mem, struct rows *out);

/* Letters that run along with one (lead_id), oldest first: struct letter rows. */
err letter_list_along(struct rq *rq, i64 lead_id, struct rows *out);

/* How many these are. */
err letter_count_along(struct rq *rq, i64 lead_id, i64 *count);

/* Writes a letter outside a step of its flow (an effect changes subject->row, which is written with
 * the step); raises l->version, emits mailbox.retold. Errors: CONFLICT db.version. */
err letter_update(struct rq *rq, struct letter *l);

/* Its sender can read an answer since at. how it is counted if it is the first: "on_time", "late",
 * "untimed" (no day ran for it); agency_id: whose it is, 0 = the office's, or not known. */
void letter_mark_answered(struct letter *l, i64 at, const char *how, i64 agency_id);

/* The text as units may see it: masked_body, else the body with numbers masked. */
str letter_text_for_units(struct rq *rq, const struct letter *l);

/* Writes its point (定位), if it has one: the numbers, how they came, ways to a map. */
void view_letter_point(struct out *out, const struct letter *l);

/* What sender and office said to each other, oldest first: struct letter_message rows. author:
 * "sender" or "office". Adding one of the office is how he is asked; asked_by: the account that
 * did; ended: how the question ended ("answered", "recalled", "lapsed"), empty = it waits. Errors:
 * those of the database. */
struct letter_message {
    i64 id, at, asked_by;
    str author, text, ended;
};
err letter_list_messages(struct rq *rq, i64 id, struct rows *out);
err letter_add_message(struct rq *rq, i64 id, const char *author, str text);

/* His mail address, if he left one and still agrees; empty = none. For the outbox alone: it is
 * shown to nobody. Errors: those of the database. */
err letter_find_mail(struct rq *rq, i64 id, str *out);

/* ---- the flow and the list ---- */

extern const struct flow LETTERS_FLOW;
extern const struct list LETTER_LIST; /* rows: struct letter */
extern const struct module mailbox_module;

/* Look of a state. */
const char *letter_tone(str state);

/* Event mailbox.shown (id = the letter): its page or JSON is being made for staff, and a module
 * above puts in what it knows. Exactly one of out (below the letter), side (in the column of acts;
 * comes in a second call) and json is set. */
struct letter_shown {
    const struct letter *letter;
    struct out *out, *side;
    struct json *json;
};

/* Event mailbox.followed (id = the letter): the same for the sender's own page, who has shown his
 * receipt; whatever is written here, he reads. */
struct letter_followed {
    const struct letter *letter;
    str receipt;
    struct out *out;
};

/* Events: mailbox.received, .retold (changed without a step), .added (its sender said more),
 * .erased: fact const struct letter *;
 * mailbox.triaged, .routed, .replied, .evaluated, .closed, .restored, .withdrawn: fact const struct
 * flow_step
 * *, its subject's row a struct letter as it is after the step. */
#endif
