/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bodies, terms, sessions, sectors, committees: what other modules need of them. Everything is
 * dated; functions that take `on` answer for that day. Tables and rules: README.md. */
#ifndef HT_ORGS_ORG_H
#define HT_ORGS_ORG_H
#include "platform/web/web.h"

struct org {
    i64 id, org_id, area_id, parent_id, position, from_on, to_on, version;
    bool agency, dispatcher;
    str kind, name, short_name, code, letter_prefix, source, source_id;
};

struct term {
    i64 id, number, from_on, to_on, version;
};

/* A session with its term: names are made by session_name ("六届三次会议"). */
struct session {
    i64 id, term_id, number, opened_on, closed_on, until_on, term_number, version;
};

/* A sector or a committee; both have the same rules, each its own table. */
enum body_kind { BODY_SECTOR, BODY_COMMITTEE };
struct body {
    i64 id, position, from_on, to_on, version;
    str name;
};

/* What an area, a sector or a committee was called until a day. */
struct former_name {
    i64 until_on;
    str name;
};

/* An administrative area. level: nation, province, city, county, town, village (a community of a
 * town too). Rules: area.h. */
struct area {
    i64 id, parent_id, from_on, to_on, version;
    str code, name, level;
};

/* Loads the shipped areas (seed/areas/), parents first; those there already are renamed. */
err area_load(struct rq *rq);

/* The area that a text names: by code, or by a name that only one has that is still there; id 0
 * when there is none, or more than one of the name. */
err area_find_by_text(struct rq *rq, str code_or_name, struct area *out);

/* An area by id, whoever asks, a stranger too. Errors: NOT_FOUND areas.not_found. */
err area_find(struct rq *rq, i64 id, struct area *out);

/* From the top down to the area itself: struct area rows. */
err area_path(struct rq *rq, const struct area *area, struct rows *out);

/* Those right under one that are there today, by code: to choose a place step by step; struct area
 * rows. parent_id 0 = those at the top. */
err area_list_below(struct rq *rq, i64 parent_id, struct rows *out);

/* The cppcc whose data rq works on. */
err org_find_cppcc(struct rq *rq, struct org *out);

/* A body by exact name; id 0 when there is none. kind empty = of any kind. */
err org_find_by_name(struct rq *rq, str kind, str name, struct org *out);

/* A body by id in rq's organisation. Errors: NOT_FOUND orgs.not_found. */
err org_find(struct rq *rq, i64 id, struct org *out);

/* Bodies that may be given assignments today, in the site's order; struct org rows. */
err org_agencies(struct rq *rq, struct rows *out);

/* Bodies that may hand in a proposal in their own name today, in the site's order: parties,
 * federations, people's associations, townships (rules.md 2.1); struct org rows. */
err org_proposers(struct rq *rq, struct rows *out);
bool org_may_propose(const struct org *org, i64 on);

/* The one of the agencies that a text names: by name, short name or code; id 0 when there is none,
 * or more than one of a short name or code. */
err org_find_agency(struct rq *rq, str name_or_code, struct org *out);

/* Adds or, when source and source_id are known, updates a body; returns its id. Audited. Errors:
 * CONFLICT orgs.name_taken. */
err org_save(struct rq *rq, const struct org *org, i64 *id);

/* A new cppcc with its own scope: row, shipped roles, settings. For `init`, `demo` and a city
 * adding its counties. Errors: CONFLICT orgs.cppcc_there, orgs.code_there (one of that name or code
 * is in this house already). */
err org_found_cppcc(struct rq *rq, const struct org *org, i64 *id);

/* Whether rq's organisation is the one that runs this installation: the first of the tenants. Only
 * its administrator changes what belongs to all (areas) and opens another cppcc. */
err org_is_host(struct rq *rq, bool *host);

/* The cppcc of this installation that looks after an area: its own, else that of the next one
 * above; id 0 = none stands there. Whoever asks, a stranger too; only id and name are filled. */
err org_find_of_area(struct rq *rq, i64 area_id, struct org *out);

/* The cppccs of this installation that stand right below rq's own (a city's counties), by the code
 * of their areas: struct org rows with id and name alone. Errors: those of the database. */
err org_list_below(struct rq *rq, struct rows *out);

/* The session whose working year contains the day; and its timing code: "before", "during" or
 * "between". Errors: NOT_FOUND orgs.no_session (no session has been entered: staff must add one).
 */
err session_on(struct rq *rq, i64 on, struct session *out);
const char *session_timing(const struct session *session, i64 on);
err session_find(struct rq *rq, i64 id, struct session *out);
err session_list(struct rq *rq, struct rows *out); /* newest first */

/* Adds one, between those before and after by number. Makes the term when it is new and ends the
 * one before; its seats then end by themselves (members.expire, rules.md 12.7). A session before
 * that is still open ends orgs.collect_days before this opening, but never before its own plenary's
 * end nor the last of what counts for it already (emits orgs.session_closing); until_on 0 = open,
 * or, where a later one is there, the same of itself. Emits orgs.session_corrected for each session
 * whose days change; all rows that change are audited. Errors: INVALID with faults; CONFLICT
 * orgs.session_taken, or what a listener refuses. */
err session_add(struct rq *rq, const struct session *session, i64 *id);

/* "六届三次会议": Chinese numerals from text "orgs.session_name". */
str session_name(struct arena *mem, const struct session *session);

/* Sectors or committees in force on a day, by the names they had then; struct body rows in order.
 * Saving adds one, from today where one of the name has ended. Correcting, renaming, ending:
 * body.h. Errors: CONFLICT orgs.body_taken (one of the name is there, or ends later than
 * yesterday). */
err body_list(struct rq *rq, enum body_kind kind, i64 on, struct rows *out);
err body_save(struct rq *rq, enum body_kind kind, const struct body *body, i64 *id);
err sector_list(struct rq *rq, i64 on, struct rows *out);
err sector_save(struct rq *rq, str name, i64 position, i64 *id);
err committee_list(struct rq *rq, i64 on, struct rows *out);
err committee_save(struct rq *rq, str name, i64 position, i64 *id);

/* The fact of orgs.session_corrected: the session as it was and as it is, and the session after it
 * (0 = none). Of a new one that takes days from the next, before.until_on is the last day of the
 * one before it (-1 = there is none). Who keeps things that hang on a session refuses what would
 * break them. */
struct session_corrected {
    struct session before, after;
    i64 next_id;
};

/* The fact of orgs.session_closing: a session is about to get a last day. Who keeps things by their
 * day puts *used_on at least to the day of the last one that counts for it. */
struct session_closing {
    i64 session_id;
    i64 *used_on;
};

/* Emitted: orgs.founded (id = the new cppcc) — other modules set up what an organisation needs;
 * orgs.session_closing, orgs.session_corrected (id = the session). */
#endif
