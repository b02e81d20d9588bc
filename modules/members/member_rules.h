/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules that the files of this module share: personal fields, dated acts, offices, amendments.
 * Public face: member.h. */
#ifndef HT_MEMBERS_MEMBER_RULES_H
#define HT_MEMBERS_MEMBER_RULES_H
#include "modules/members/member_act.h"
#include "modules/members/member_store.h"
#include "platform/flow/flow.h"

/* A member has one sector and at most two committees (rules.md 1, C [K11]). */
enum { MEMBER_COMMITTEES_MAX = 2 };

/* ---- personal fields ---- */

/* A text with its middle starred: head and tail characters stay, "138****1234"; all stars when it
 * is too short. */
str member_mask(struct arena *mem, str text, i64 head, i64 tail);

/* A number without spaces and hyphens, in upper case. */
str member_fold_number(struct arena *mem, str text);

/* Whether an 18-digit identity number has the right check digit (GB 11643-1999). Folded: no spaces,
 * X in upper case. */
bool member_identity_is_valid(str number);

/* Whether a folded text can be a telephone number: 7 to 20 digits, + allowed. */
bool member_phone_is_valid(str number);

/* Names in one cell, separated by 、；，; , or line breaks; trimmed, empty ones left out. */
strs member_split_names(struct arena *mem, str text);

/* The sealed fields of a person, opened. */
struct member_secrets {
    str identity, phone, address;
};
err member_secrets_open(struct rq *rq, const struct person *person, struct member_secrets *out);

/* The same with the middle starred; the address keeps its first six characters. */
struct member_secrets member_secrets_mask(struct arena *mem, const struct member_secrets *open);

/* ---- a record ---- */

/* Overwrites the person's data by a form that shows them all: empty texts erase, but for sealed
 * fields. version: what the form showed, 0 = not given. Seat and offices stay. Errors: NOT_FOUND
 * members.not_found; INVALID form.faults; CONFLICT db.version. */
err member_update(struct rq *rq, i64 id, i64 version, const struct member_record *record);

/* A new seat of a member whose last one has ended: term, sector, from_on, act and its papers from
 * the record. Emits members.appointed. Errors: INVALID form.faults (members.no_term, no_sector,
 * seat_overlaps). */
err member_seat_add(struct rq *rq, i64 id, const struct member_record *record);

/* ---- acts on seats ---- */

/* The sector of a name today; 0 for no name. Errors: INVALID form.faults (members.no_sector). */
err member_sector_named(struct rq *rq, str name, i64 *sector_id);

/* Moves a seat to another sector from a day on, in seat and history; what stands of an earlier day
 * stays. What had no sector has it from its first day where no day is said. Errors: INVALID
 * form.faults (members.same_sector, before_seat, sector_moved_since, after_seat, post_since: he has
 * an office of the old sector that began later). What he is in the old sector ends the day before.
 */
struct sector_wish {
    i64 sector_id, on_on;  /* on_on 0 = not said */
    const char *day_field; /* of the form or list, that on_on was said in */
    str organ, document, reason;
};
err member_resector(struct rq *rq, const struct seat *seat, const struct sector_wish *wish);

/* An act: verb, from which status of the latest seat (space-separated, "none" = there is no seat or
 * it ended), to which (NULL: it stays), and what must be said. joins: makes a new seat. Ends with a
 * zero row; the order is that of the form. */
struct member_act_kind {
    const char *verb, *from, *to;
    bool joins, organ, reason;
};
extern const struct member_act_kind MEMBER_ACT_KINDS[];

/* Whether the act fits a status; "none" and "left" are alike for acts that join. */
bool member_act_fits(const struct member_act_kind *kind, str status);

/* ---- offices ---- */

/* Open memberships of committees among struct tenure rows. */
i64 member_committee_count(const struct rows *tenures);

/* Adds an office of a person; ends one on its last day. body: "cppcc", "committee", "sector".
 * Audited. Errors: INVALID form.faults (members.no_body, members.two_committees,
 * members.held_already, members.future);
 * CONFLICT members.tenure_ended. */
err member_tenure_add(struct rq *rq, const struct tenure *tenure, i64 *id);
err member_tenure_end(struct rq *rq, i64 person_id, i64 id, i64 to_on);

/* What ends with a seat: offices, and with the last seat in force the account's membership; who
 * died has no account any more. Emits members.left. member: with the seat; last_on: its last
 * day. */
err member_left(struct rq *rq, const struct member *member, i64 last_on,
                const struct member_change *change);

/* Ends seats of terms that are over, a batch of them; *again: there may be more. */
err member_expire_some(struct rq *rq, bool *again);

/* Hourly: ends the seats of a term that is over. */
err job_member_expire(struct rq *rq, bool *again);

/* Hourly: makes the keys of names by strokes that are not made yet, a batch of them. */
err job_member_strokes(struct rq *rq, bool *again);

/* ---- amendments ---- */

/* A wish by id. Errors: NOT_FOUND members.no_amendment. */
err member_amendment_find(struct rq *rq, i64 id, struct amendment *out);

/* What a member may change on his own word, once staff has looked: members of struct member_wish by
 * name. version: of the profile that he saw, 0 = not told. */
struct member_wish {
    str employer, job, education, party, phone, mail, address;
    i64 version;
};

/* An open wish as a flow: its to-do is that of who holds members.amend; it moves only by
 * member_amendment_decide. */
extern const struct flow AMENDMENTS_FLOW;
err amendment_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err amendment_flow_store(struct rq *rq, const struct flow_subject *subject, str to);

/* Asks for every field that differs from what is stored; *asked = how many. A later wish for the
 * same field replaces the open one. Tells who holds members.manage. Errors: INVALID form.faults. */
err member_amend(struct rq *rq, i64 person_id, const struct member_wish *wish, i64 *asked);

/* Approves an open wish (it is stored now) or declines it with a reason; the member is told.
 * Errors: NOT_FOUND members.no_amendment; CONFLICT members.amendment_done; INVALID form.faults
 * (members.need_reason). */
struct decision {
    bool approve;
    i64 version; /* the moment it was asked, as it was read: the member may change his mind */
    str reason;
};
err member_amendment_decide(struct rq *rq, i64 id, const struct decision *decision);

/* ---- search ---- */

/* For `huotang reindex`: names and employers of all members. */
err member_text_each(struct rq *rq, i64 after, i64 limit, struct rows *out);
#endif
