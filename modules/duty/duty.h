/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sets of rules as a committee keeps them (考核办法): drafts, what holds from which day on,
 * what held when. The document itself: ruleset.h; in words: ruleset_words.h. Words, life and who
 * may: README.md. */
#ifndef HT_DUTY_DUTY_H
#define HT_DUTY_DUTY_H
#include "modules/duty/ruleset_words.h"
#include "platform/flow/flow.h"

enum { DUTY_DOCUMENT_MAX = 100000, DUTY_SETS_MAX = 200, DUTY_COMPARED_MAX = 20 };

/* A version. until_on: the last day on which it holds: of a retired one to_on, else the day before
 * the next begins; 0 = open, or never enacted. */
struct duty_set {
    i64 id, from_on, to_on, until_on, enacted_at, edited_at, version;
    str name, document, state, organ, enactor_name, editor_name;
};

/* What it is on a day: a draft; enacted and still to come; in force; past; dropped. */
enum duty_phase { DUTY_DRAFT, DUTY_COMING, DUTY_IN_FORCE, DUTY_PAST, DUTY_DROPPED, DUTY_PHASES };

struct duty_set_input {
    i64 id, version;
    str document;
};
struct duty_new_input {
    str shipped; /* a shipped set to begin with */
    i64 copy;    /* a version of one's own to begin with */
};
struct duty_enact_input {
    i64 id, from_on;
    str organ;
};
struct duty_retire_input {
    i64 id, to_on;
    str opinion;
};
struct duty_compare_input {
    i64 id, with;
};

extern const struct flow RULESETS_FLOW;
extern const struct form DUTY_SET_FORM; /* of struct duty_set_input */

/* ---- rules ---- */

enum duty_phase duty_phase_of(const struct duty_set *set, i64 on);

/* "in_force" …: stable name, texts "duty.phases.NAME". */
const char *duty_phase_name(enum duty_phase phase);

/* One that rq's actor may see: who manages all, others what is or was enacted. Errors: NOT_FOUND
 * rulesets.not_found. */
err duty_set_find(struct rq *rq, i64 id, struct duty_set *out);

/* Those that he may see, without the dropped ones: drafts by edit, then the newest first, without
 * documents; struct duty_set rows. */
err duty_set_list(struct rq *rq, struct rows *out);

/* The one that holds on a day, whoever asks, and its rules in rq->mem; *set NULL = none does.
 * Errors: those of the database. */
err duty_set_on(struct rq *rq, i64 on, struct duty_set *out, const struct ruleset **set);

/* The one that holds at the end of these days, or else the last that held within them. */
err duty_set_within(struct rq *rq, i64 from, i64 to, struct duty_set *out,
                    const struct ruleset **set);

/* Writes a draft (id 0: a new one). Errors: INVALID form.faults: the document's first fault at
 * `document`; NOT_FOUND rulesets.not_found; CONFLICT rulesets.not_draft, web.version. */
err duty_set_save(struct rq *rq, const struct duty_set_input *in, i64 *id);

/* Shipped sets: struct duty_shipped rows; the document of one. Errors: NOT_FOUND
 * rulesets.not_shipped. */
struct duty_shipped {
    str id, name, document;
};
err duty_shipped_list(struct arena *mem, struct rows *out);
err duty_shipped_find(struct arena *mem, str id, str *document);

/* The flow's own functions (flow.h). */
err duty_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err duty_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err duty_guard_recall(struct rq *rq, const struct flow_subject *subject);
err duty_guard_retire(struct rq *rq, const struct flow_subject *subject);
err duty_effect_enact(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err duty_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err duty_effect_retire(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements ---- */

/* Errors: NOT_FOUND db.no_row. */
err duty_store_find(struct db *db, i64 id, struct arena *mem, struct duty_set *out);

/* Without documents. all: drafts too. */
err duty_store_list(struct db *db, bool all, struct arena *mem, struct rows *out);

/* The newest that begins up to a day: one struct duty_set row or none. */
err duty_store_list_on(struct db *db, i64 on, struct arena *mem, struct rows *out);

/* A draft. */
err duty_store_add(struct db *db, const struct duty_set *set, i64 *id);

/* Errors: CONFLICT db.version. */
err duty_store_update(struct db *db, const struct duty_set *set);

/* ---- views ---- */

struct duty_list_view {
    const struct duty_set *sets;
    const str *labels; /* of the phases */
    const char *const *tones;
    size_t count;
    const struct duty_shipped *shipped;
    size_t shipped_count;
    bool may_manage;
};
struct duty_show_view {
    const struct duty_set *set;
    const struct rows *lines; /* struct ruleset_line */
    const struct flow_allowed *acts;
    const struct view_steps *steps;
    str label, compare; /* compare: address, empty = there is nothing to compare with */
    const char *tone;
    bool may_manage, is_draft;
};
struct duty_compare_view {
    const struct duty_set *from, *to;
    const struct rows *changes; /* struct ruleset_change */
    const struct duty_set *others;
    size_t count;
};
struct duty_form_view {
    str document, action, back, title;
    const char *const *kinds, *const *group_kinds,
                                  *const *tags; /* that a document may name; end with NULL */
    i64 version;
};

/* Handlers, of the pages and under /api/v1. */
err page_ruleset_list(struct rq *rq, struct res *res);
err page_ruleset_show(struct rq *rq, struct res *res);
err page_ruleset_new(struct rq *rq, struct res *res);
err page_ruleset_edit(struct rq *rq, struct res *res);
err page_ruleset_save(struct rq *rq, struct res *res);
err page_ruleset_compare(struct rq *rq, struct res *res);
err file_ruleset(struct rq *rq, struct res *res);
#endif
