/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pledges (履责承诺): rows, inputs, rules, statements, handlers; and for modules above what a
 * member pledged and what his ledger says of it. Words: README.md. */
#ifndef HT_PLEDGES_PLEDGE_H
#define HT_PLEDGES_PLEDGE_H
#include "platform/audit/attest.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

enum { PLEDGE_GOALS_COUNT = 5 };

struct pledge {
    i64 id, member_id, person_id, year, from_on, due_on, edition, signed_at, amended_at, version;
    bool standing, told;
    str state, name, sector;
};

/* need 0: a text of an aspect; else a goal. */
struct pledge_line {
    i64 edition, need;
    str code, label, text;
};
struct pledge_edition {
    i64 edition, signed_at;
    str reason;
};

/* texts: one for each of aspects (codes), which may be left out where all are given in order.
 * Goals: 0 = none. */
struct pledge_input {
    i64 id, version, trainings, activities, proposals, opinions, welfares;
    strs aspects, texts;
    str signature, reason;
};
struct pledge_call_input {
    i64 due_on;
    strs audience;
};

extern const struct form PLEDGE_SIGN_FORM, PLEDGE_AMEND_FORM, PLEDGE_DRAFT_FORM, PLEDGE_CALL_FORM;
extern const struct flow PLEDGES_FLOW;
extern const struct list PLEDGE_LIST;

/* ---- for other modules ---- */

/* A member's pledge of a year of assessment, signed or not; id 0 = he was not asked. Who may see it
 * is the caller's business. Errors: those of the database. */
err pledge_find(struct rq *rq, i64 member_id, i64 year, struct pledge *out);

/* What a pledge said in an edition (0 = the newest): struct pledge_line rows, aspects in order,
 * then goals. Errors: those of the database. */
err pledge_lines(struct rq *rq, const struct pledge *p, i64 edition, struct rows *out);

/* What the ledger has of a member in a year, summed by kind: struct pledge_fact rows in the order
 * of the first of each. aspect: the code to which such a thing belongs ("" = to none); quantity in
 * thousandths. Errors: those of the database. */
struct pledge_fact {
    str kind, label, aspect;
    i64 quantity, rows;
};
err pledge_facts(struct rq *rq, i64 member_id, i64 year, struct rows *out);

/* ---- goals ---- */

/* A goal in numbers: its code is a member of pledge_input, its words "pledges.CODE"; kinds of the
 * ledger that count towards it. */
struct pledge_goal {
    const char *code, *aspect;
    const char *kinds[3];
};
extern const struct pledge_goal PLEDGE_GOALS[PLEDGE_GOALS_COUNT];

/* The number that an input gives for a goal; puts those of lines into an input; how much of it
 * facts (struct pledge_fact rows) hold, in thousandths. */
i64 pledge_goal_given(const struct pledge_input *in, size_t goal);
void pledge_goals_put(struct pledge_input *out, const struct rows *lines);
i64 pledge_goal_has(size_t goal, const struct rows *facts);

/* ---- rules ---- */

/* Whether it is the actor's own. */
bool pledge_is_own(const struct rq *rq, const struct pledge *p);

/* Whether a change needs a reason today: the last day is over. */
bool pledge_is_late(const struct rq *rq, const struct pledge *p);

/* Keeps what is being written of one's own pledge until it is signed; nobody else sees it. *p: with
 * the version that stands now. Errors: those of flow_may; CONFLICT web.version; INVALID
 * form.faults. */
err pledge_save(struct rq *rq, const struct pledge_input *in, struct pledge *p);

/* What the form begins with: what was kept, else what was signed last; *kept: which. */
err pledge_begun(struct rq *rq, const struct pledge *p, struct rows *out, bool *kept);

/* Asks members of the running year to sign: those of the groups who serve and were not asked yet;
 * *count: how many. Who is not of the standing committee may sign from pledges.others_from on.
 * Errors: INVALID form.faults. */
err pledge_call(struct rq *rq, const struct pledge_call_input *in, i64 *count);

/* Tells those of the running year who may sign and have not, once a day; *count: how many such
 * there are. */
err pledge_remind(struct rq *rq, i64 *count);

/* How many were asked in the running year, how many have signed. */
struct pledge_counts {
    i64 asked, signed_;
};
err pledge_count(struct rq *rq, i64 year, struct pledge_counts *out);

/* The digest of an edition as it stands in the log: docs in README.md. */
str pledge_digest(struct arena *mem, const struct pledge *p, i64 edition, const struct rows *lines);

/* As the flow sees it. */
struct flow_subject pledge_subject(struct rq *rq, struct pledge *p);

/* PLEDGES_FLOW: loading, storing, who has its to-do; guard and effect of signing, also anew. */
err pledge_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err pledge_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err pledge_flow_holder(struct rq *rq, const struct flow_subject *subject,
                       const struct flow_todo *todo, ids *out);
err pledge_guard_sign(struct rq *rq, const struct flow_subject *subject);
err pledge_effect_sign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err pledge_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err pledge_effect_lapse(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Timer (pledge_call.c): whose first day has come gets his to-do. */
err job_pledge_open(struct rq *rq, bool *again);

/* Listener: members.left. */
err on_pledge_left(struct rq *rq, i64 id, const void *fact);

/* ---- statements ---- */

/* find: NOT_FOUND pledges.not_found; find_of: id 0 = there is none. tell: it has its to-do; raises
 * p->version. untold: asked, without it, whose first day is not after `on`; open: of a year, asked,
 * likewise; members: i64 rows of who was asked in a year. */
err pledge_store_add(struct db *db, const struct pledge *p, i64 *id);
err pledge_store_update(struct db *db, const struct pledge *p);
err pledge_store_find(struct db *db, i64 id, struct arena *mem, struct pledge *out);
err pledge_store_find_of(struct db *db, i64 member_id, i64 year, struct arena *mem,
                         struct pledge *out);
err pledge_store_tell(struct db *db, struct pledge *p);
err pledge_store_list_untold(struct db *db, i64 on, i64 limit, struct arena *mem, struct rows *out);
err pledge_store_list_past(struct db *db, i64 before_year, i64 limit, struct arena *mem,
                           struct rows *out);
err pledge_store_list_open(struct db *db, i64 year, i64 on, struct arena *mem, struct rows *out);
err pledge_store_list_members(struct db *db, i64 year, struct arena *mem, struct rows *out);
err pledge_store_count(struct db *db, i64 year, str state, i64 *out);

/* Editions, newest first; lines in the order in which they were written. Of edition 0 are those
 * that are being written; remove_draft removes these. */
err pledge_edition_store_add(struct db *db, i64 pledge_id, const struct pledge_edition *e);
err pledge_edition_store_list(struct db *db, i64 pledge_id, struct arena *mem, struct rows *out);
err pledge_line_store_add(struct db *db, i64 pledge_id, const struct pledge_line *line);
err pledge_line_store_list(struct db *db, i64 pledge_id, i64 edition, struct arena *mem,
                           struct rows *out);
err pledge_line_store_remove_draft(struct db *db, i64 pledge_id);

/* ---- views and pages ---- */

/* A field of the form; what a page shows of an aspect or of what belongs to none. */
struct pledge_field {
    str code, label, text;
    struct view_field goals[PLEDGE_GOALS_COUNT];
    size_t goal_count;
};
struct pledge_form {
    const struct pledge *p;
    const struct pledge_field *fields;
    size_t count;
    i64 version, text_max;
    str title, action;
    bool needs_reason, kept;
    const struct view_link *crumbs;
};
struct pledge_goal_line {
    str label;
    i64 need, has;
};
struct pledge_part {
    str label, text;
    struct pledge_goal_line goals[PLEDGE_GOALS_COUNT];
    size_t goal_count;
    const struct pledge_fact *facts[64];
    size_t fact_count;
    bool discipline; /* what the ledger has here is what was missed */
    bool unrecorded; /* the ledger knows no things of this kind */
};
struct pledge_page {
    const struct pledge *p;
    const struct pledge_part *parts;
    size_t part_count;
    const struct pledge_edition *editions;
    size_t edition_count;
    i64 edition; /* the one that is shown */
    bool own, over;
    str ledger;
    struct flow_allowed acts;
    struct attestation attested;
    const struct view_link *crumbs;
};

/* Parts of a page: lines beside facts; what belongs to no aspect of them last, without text. */
struct pledge_part *pledge_parts(struct rq *rq, const struct rows *lines, const struct rows *facts,
                                 size_t *count);

struct pledge_show_input {
    i64 id, edition;
};

/* Handlers, of the pages and under /api/v1. */
err page_pledge_list(struct rq *rq, struct res *res);
err page_pledge_show(struct rq *rq, struct res *res);
err page_pledge_sign(struct rq *rq, struct res *res);
err page_pledge_amend(struct rq *rq, struct res *res);
err api_pledge_autosave(struct rq *rq, struct res *res);
err page_pledge_call_form(struct rq *rq, struct res *res);
err page_pledge_call(struct rq *rq, struct res *res);
err page_pledge_remind(struct rq *rq, struct res *res);
#endif
