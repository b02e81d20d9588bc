/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Assignments for other modules: hand a matter to agencies, hear what became of it. An agency
 * has one inbox, whatever the matter. Life cycle: README.md; table: assignment_module.c. Rules:
 * rules.md 2.3-2.6. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_H
#define HT_ASSIGNMENTS_ASSIGNMENT_H
#include "platform/flow/flow.h"
#include "platform/web/web.h"

struct json;
struct out;

/* Names of agency, matter and persons are those of the day it was assigned. */
struct assignment {
    i64 id, matter_id, agency_id, round, dispatcher_id, assigned_at, assigned_by, accept_due_on,
        due_on, accepted_at, accepted_by, replied_at, closed_at, version;
    i64 cancelled_at; /* the matter was withdrawn; then it is closed too */
    i64 session_id;   /* only when it is added: 0 = as others of the matter */
    /* The first answer or opinion of all rounds, and whether it came behind its day. */
    i64 first_replied_at;
    /* talks: of the present round; contacted_on: day of the first of all; contact_due_on: the last
     * day for that, 0 = by setting there is none. */
    i64 talks, contacted_on, contact_due_on;
    /* Signed, and waiting to be released since; 0 = not. */
    i64 held_at;
    /* A refused bounce that is contested: 0 none, 1 open, 2 heard, 3 decided; when it was contested
     * and decided. decider: who decided, by name. */
    i64 disputed, disputed_at, settled_at;
    /* blind: set by the effect of a step that changes nothing here: its version stays, because it
     * would count verdicts to an agency that can act meanwhile. */
    bool blind;
    /* strict: the first answer was one in the strict sense (rules.md 2.6: 办复率). */
    bool was_late, first_late, plenary, party, strict;
    /* As they came with the matter; extend_to_on: more time goes no further, 0 = as the settings
     * say. */
    bool plain, examine, numbered;
    i64 extend_to_on;
    /* quality: of the proposal, as the agency sees it: '' good fair poor; for the office. */
    str matter, matter_title, matter_number, agency_name, role, state, warning, contact_warning,
        decider, quality;
};

/* How far a contested refusal is: assignment.disputed. */
enum dispute_mark { DISPUTE_NONE, DISPUTE_OPEN, DISPUTE_HEARD, DISPUTE_DECIDED };

/* One agency of a handing-out. due_on 0 = by the settings for the role and the matter
 * (assignment_due). */
struct assignment_new {
    i64 agency_id;
    const char *role; /* "sole", "host", "cohost", "split" */
    i64 due_on;
};

/* The matter as assignments need it. persons: whose verdict is wanted when the answer comes
 * (every signer), in order; 0 = a body or a stranger, who is only addressed; where there is no
 * person at all, the office writes down the verdict of the first name. names: theirs, as many as
 * persons. plenary, party: what its days hang on: whether it came for the plenary, and from a party
 * or federation of industry and commerce (rules.md 2.4). */
/* Several that are answered together (并案), the main one first: how many of the matter's items are
 * its own, in the same order; persons and names: whom its own letter is for. */
struct matter_origin {
    i64 id;
    str number, title;
    size_t items;
    ids persons;
    strs names;
};
struct matter {
    const char *collection; /* "proposals" */
    i64 id, session_id;     /* session 0 = of none */
    str title, number;
    strs items; /* numbered suggestions */
    ids persons;
    strs names;
    bool plenary, party;
    /* plain (简便答复): no talks, class, promises, strict judging; nobody is asked for a verdict.
     * examine: its answers are released by the office, whatever the site's setting. numbered: a
     * plain answer gets a number all the same. The last day to take it, and the last that more
     * time goes to: 0 = by the settings; the settings of more time bound it too. */
    bool plain, examine, numbered;
    i64 accept_due_on, extend_to_on;
    const struct matter_origin *origins; /* where there are several; persons: all of theirs, once */
    size_t origin_count;
};

/* What the day to answer hangs on; from_on: the day of handing out. */
struct due_ask {
    str role;
    bool plenary, party;
    i64 from_on;
};

/* The day until which a role has to answer (rules.md 2.3, 2.4): months by role and plenary, rolled
 * to a working day, but not behind the last day of the year that is set for such a matter. */
i64 assignment_due(struct rq *rq, const struct due_ask *ask);

/* Whether a change of settings is of one that assignment_due reads. */
struct settings_preview;
bool assignment_due_changes(const struct settings_preview *preview);

/* Most numbered suggestions of one matter: an answer speaks to each. */
enum { ASSIGNMENT_ITEMS_MAX = 200 };

/* Hands out. Rules: one sole; or one host with any cohosts; or two or more split (rules.md 2.3).
 * Errors: INVALID assignments.roles, assignments.agency_twice, assignments.not_an_agency;
 * CONFLICT assignments.already, assignments.too_many_items. */
err assignment_hand_out(struct rq *rq, const struct matter *matter,
                        const struct assignment_new *agencies, size_t count);

/* Judges whom a matter would be handed out to, and does nothing. Errors: INVALID of
 * assignment_hand_out. */
err assignment_judge(struct rq *rq, const char *collection, i64 matter_id,
                     const struct assignment_new *agencies, size_t count);

/* Assignments of a matter that were not taken away, in the order sole or host, cohosts, splits;
 * struct assignment rows. */
err assignment_list_of(struct rq *rq, const char *collection, i64 matter_id, struct rows *out);

/* Whether who acts works for the agency, be it while he acts for somebody else: then he neither
 * decides what it asks for nor judges what it did (peers.md 6.1). */
bool assignment_works_for(const struct rq *rq, i64 agency_id);

/* The same of any agency that has the matter. */
err assignment_works_on(struct rq *rq, const char *collection, i64 matter_id, bool *out);

/* Whether the agency has an assignment of the matter that was not taken from it; what its
 * operators may see hangs on it. */
err assignment_is_with(struct rq *rq, const char *collection, i64 matter_id, i64 agency_id,
                       bool *out);

/* The persons whose verdict on the matter is wanted, signers of what was merged into it among them,
 * in order. Errors: those of the database. */
err assignment_persons(struct rq *rq, const char *collection, i64 matter_id, ids *out);

/* Sends one that has replied into a new round, due on a day; 0 = by setting
 * assignments.redo_months. rules.md 2.6. Errors: those of flow_move. */
err assignment_redo(struct rq *rq, i64 id, i64 due_on);

/* Closes every assignment of the matter. */
err assignment_close(struct rq *rq, const char *collection, i64 matter_id);

/* The matter was withdrawn: every assignment that is not closed or taken away ends (state closed,
 * cancelled_at), its clocks and to-dos too, and its agency is told. Whether it may be withdrawn is
 * the caller's business (rules.md 12.1: before the answer). */
err assignment_cancel(struct rq *rq, const char *collection, i64 matter_id);

/* One of rq's organisation, whoever asks: for listeners. Errors: NOT_FOUND db.no_row. */
err assignment_find_house(struct rq *rq, i64 id, struct assignment *out);

/* Marks how far a contested refusal is; not a step of the flow. Errors: NOT_FOUND db.no_row;
 * CONFLICT db.version. */
err assignment_set_disputed(struct rq *rq, i64 id, enum dispute_mark mark);

/* HTML parts of a matter's page (agencies, contacts, replies, verdicts as this actor may see
 * them), written into out; and the same as JSON member "assignments". */
err assignment_section(struct rq *rq, const char *collection, i64 matter_id, struct out *out);
err assignment_json(struct rq *rq, const char *collection, i64 matter_id, struct json *j);

/* The agencies of a plain matter with their delivered answers, for whom its own module has judged
 * that he may read all of them, though he reads no assignments; as a part of its page, and as JSON
 * member "answers". */
err assignment_answers_section(struct rq *rq, const char *collection, i64 matter_id,
                               struct out *out);
err assignment_answers_json(struct rq *rq, const char *collection, i64 matter_id, struct json *j);

/* Event assignments.shown (id = the matter): the page or JSON of an assignment is being made,
 * and the module whose matter it is puts the matter's text in, as this actor may see it. One of
 * out and json is set. A listener looks at collection first. assignment: the one that is shown. */
struct matter_shown {
    str collection;
    const struct assignment *assignment;
    struct out *out;
    struct json *json; /* inside an object that is open: write members of it */
};

/* Event assignments.section_shown (id = the assignment): the page or JSON of a matter or of one
 * assignment is being made, and a module above puts in what it knows of this agency's part; on a
 * page below its replies, in JSON within its object. It comes for every assignment that stands
 * there, also one that the actor does not work for: is_own, is_signer (the answer is for him),
 * is_office (reads all of the organisation), reads_verdicts (single ones). Exactly one of out and
 * json is set. acts: on the page of this one, behind the buttons of what he can do now, for what he
 * has to wait for; else NULL. Listeners only read, and write only what rq's actor may see. */
struct assignment_section_shown {
    const struct assignment *assignment;
    bool is_own, is_signer, is_office, reads_verdicts;
    struct out *out, *acts;
    struct json *json;
};

/* Fact of assignments.due_changed (id = the assignment): the day to answer, after an extension was
 * decided or a bounce refused. from_on: the day before; the same as assignment->due_on where it
 * stayed. extended: an extension was granted. */
struct due_change {
    const struct assignment *assignment;
    i64 from_on;
    bool extended;
};

extern const struct flow ASSIGNMENTS_FLOW;
extern const struct module assignment_module;

/* Events: id = the assignment, fact = const struct assignment * as it is after the step:
 * assignments.accepted, .bounced, .contacted, .contributed, .replied, .evaluated, .redone, .closed,
 * .cancelled. assignments.disputed: fact = const struct flow_step *, its input a struct
 * dispute_input (assignment_forms.h). assignments.reassigned: id = the one taken away, fact = the
 * new one. assignments.due_changed: fact = const struct due_change *. assignments.retold: no fact,
 * assignment_past.h. */
#endif
