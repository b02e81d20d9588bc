/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The demo city: bodies, invented people, accounts, three years of proposals that went their way
 * through the real flows. Shared by the files demo*.c; nothing else uses it. */
#ifndef HT_SERVER_DEMO_H
#define HT_SERVER_DEMO_H
#include "platform/web/web.h"

/* A subject of seed/demo/subjects.txt. done, planned: what is answered to each suggestion. */
struct demo_subject {
    str title, category, host, situation, analysis, talk, advice;
    strs cohosts, suggestions, done, planned;
};

struct demo_member {
    i64 id, person_id, account_id;
    str name;
};

enum { DEMO_CONTACTS_MAX = 60 };
/* Who heads the first committee and has the role of a head, among the members. */
enum { DEMO_HEAD = 60 };

struct demo_agency {
    i64 id, account_id;
    str name;
};

struct demo {
    struct arena *mem;
    struct rng rng, side;  /* side: for who writes, so that the rest stays as it was */
    i64 cases, today;      /* cases: how many proposals */
    i64 first_on;          /* of the first session */
    i64 org_id;            /* the city's cppcc */
    strs places, counties; /* townships, and the county in which each lies */
    strs surnames, first, second;
    struct demo_subject *subjects;
    size_t subject_count;
    struct demo_member *members;
    size_t member_count, sector_count;
    size_t contacts[DEMO_CONTACTS_MAX]; /* members who write for a body: heads, conveners … */
    size_t contact_count, held;         /* held: meetings of the round so far */
    size_t assessed;                    /* assessments so far */
    struct demo_agency *agencies;
    size_t agency_count;
    i64 staff, reviewer, dispatcher, leader; /* accounts */
    str hash;                                /* of the one password of all demo accounts */
};

/* demo_seed.c: reads seed/demo/. Errors: INTERNAL demo.seed. */
err demo_read(struct demo *d);
str demo_seed(const char *name);                 /* a file below seed/ */
bool demo_line(str line, str *name, str *value); /* "name = value"; false: a remark, or empty */
str demo_pick(struct demo *d, const strs *list);
str demo_text(const char *name);                            /* a line of names.txt */
str demo_list(struct demo *d, const char *name, strs *out); /* and its words */
str demo_name(struct demo *d);
str demo_fill(struct demo *d, struct arena *mem, str text, str place); /* {place} {n} {m} */

/* demo.c: the whole city in an empty installation. password: of all its accounts, in d->mem. */
err demo_make(struct app *app, struct demo *d, str *password);

/* demo_world.c: bodies, people, accounts; counties with a little data of their own. */
err demo_make_world(struct rq *rq, void *demo);

/* demo_cases.c: the proposals, in order of time. Called again while *more. */
struct demo_cases;
struct demo_cases *demo_cases_new(struct demo *d);
err demo_cases_run(struct rq *rq, void *cases); /* some hundred steps */
bool demo_cases_done(const struct demo_cases *cases);

/* demo_desks.c: desks of some agencies, and what they have in hand split among them; once, after
 * the cases, in rq's organisation. */
err demo_make_desks(struct rq *rq, void *demo);

/* demo_opinions.c: an editor and a few opinions in each state; once, last of all, in rq's
 * organisation. */
err demo_make_opinions(struct rq *rq, void *demo);

/* demo_duty.c: sets of rules in each state; after the opinions. */
err demo_make_duty(struct rq *rq, void *demo);

/* demo_meetings.c: meetings in each state, with who was there; after the opinions. */
err demo_make_meetings(struct rq *rq, void *demo);

/* The next of the meetings that give members a year's entries; until demo_round_done. */
err demo_make_round(struct rq *rq, void *demo);
bool demo_round_done(const struct demo *d);

/* demo_claims.c: claims and appeals in each state; after the meetings. A welfare day of many, after
 * all else that gives records of the year. */
err demo_make_claims(struct rq *rq, void *demo);
err demo_make_welfare(struct rq *rq, void *demo);
enum { DEMO_CASES = 1000 }; /* of --scale 1 */

/* demo_pledges.c: pledges of all members in each state; after the meetings. */
err demo_make_pledges(struct rq *rq, void *demo);

/* demo_seatings.c: who sits where, in each state; after the groups. */
err demo_make_seatings(struct rq *rq, void *demo);
/* demo_provisions.c: buses and meals, in each state; after the meetings. */
err demo_make_provisions(struct rq *rq, void *demo);

/* demo_schemes.c: groups of meetings in each state; after the meetings. */
err demo_make_schemes(struct rq *rq, void *demo);

/* demo_speeches.c: calls for speeches and speeches in each state; after the meetings. */
err demo_make_speeches(struct rq *rq, void *demo);

/* demo_burdens.c: complaints of burden in each state; after the claims. */
err demo_make_burdens(struct rq *rq, void *demo);

/* demo_statements.c: reports of members in each state; after the pledges. */
err demo_make_statements(struct rq *rq, void *demo);

/* demo_departures.c: members who leave, in each state; after the meetings. */
err demo_make_departures(struct rq *rq, void *demo);

/* demo_dossiers.c: papers of dossiers, and a file of many; last of all. */
err demo_make_dossiers(struct rq *rq, void *demo);

/* demo_assessments.c: years' assessments in each state, one after another until
 * demo_assessments_done; after whatever writes the ledger. */
err demo_make_assessments(struct rq *rq, void *demo);
bool demo_assessments_done(const struct demo *d);

/* demo_talks.c: talks with members, exemptions and warnings in each state; after the assessments,
 * which ask for others. */
err demo_make_talks(struct rq *rq, void *demo);

/* demo_renewals.c: the next term in preparation; after the nominations. */
err demo_make_renewals(struct rq *rq, void *demo);

/* demo_nominations.c: nominations in each state; after the departures, whose seats are vacant. */
err demo_make_nominations(struct rq *rq, void *demo);

/* demo_letters.c: letters of the public in every state, many about the same; after the opinions. */
err demo_make_letters(struct rq *rq, void *demo);

/* demo_photo.c: gives a letter a photo, drawn by the program. Errors: those of files. */
err demo_photo_add(struct rq *rq, i64 letter_id);
#endif
