/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Editing (采编) and signing of opinions, rules.md 12.2: the text for signing beside the original,
 * composites of several, and what a module above needs to issue them. What is written by whom
 * before: opinion.h. */
#ifndef HT_OPINIONS_OPINION_EDIT_H
#define HT_OPINIONS_OPINION_EDIT_H
#include "modules/opinions/reporter.h"

/* Most that one composite is made of. */
enum { SOURCES_MAX = 20 };

/* ---- inputs ---- */

/* What the editor's form sends; more: which button ("later", "pass"). */
struct opinion_text_input {
    i64 id, version;
    str title, situation, analysis, suggestions, more;
};
struct opinion_redraft_input {
    i64 id;
    str opinion;
};
struct opinion_assign_input {
    i64 id, due_on;
    strs agencies; /* ids */
    str opinion;
};
struct opinion_inform_input {
    i64 id;
    str opinion;
};
struct opinion_compose_input {
    ids opinions;
    str title;
};

/* ---- for modules above ---- */

/* The words that are signed and printed: as edited. */
struct opinion_text {
    str title, situation, analysis, suggestions;
};
struct opinion_text opinion_text_of(const struct opinion *o);

/* One that may be issued now: state signing, seen by rq's actor. Errors: as opinion_find; CONFLICT
 * opinions.not_signing. */
err opinion_find_signing(struct rq *rq, i64 id, struct opinion *out);

/* Whom an issue credits: the writer and whoever joined him, of a composite those of its sources in
 * their order, nobody twice; struct opinion_credit rows. person_id 0: an account without person. */
struct opinion_credit {
    i64 opinion_id, person_id, account_id, body_id;
    str name, body_name, kind;
};
err opinion_credits(struct rq *rq, const struct opinion *o, struct rows *out);

/* Tells all of them: arg 0 of the text is the title of their own opinion, arg 1 is more; the link
 * leads to it. */
err opinion_tell_credited(struct rq *rq, const struct opinion *o, const char *text, str more);

/* Those that wait to be signed, as opinion_store_list_desk; struct opinion rows. Whether rq's actor
 * may see them is the caller's business. Errors: those of the database. */
err opinion_list_signing(struct rq *rq, struct rows *out);

/* Input of `sign`, which is a step of the house alone: whoever signs an issue (modules/bulletins)
 * signs what stands in it. name: who signed. The effect takes the sources of a composite along
 * (verb credit); telling those credited is the caller's business. */
struct opinion_signing {
    str name;
};

/* Event opinions.shown (id = the opinion): its page or JSON is being made, and a module above puts
 * in what it knows of it, as rq's actor may read it; on the page below the text. Exactly one of out
 * and json is set. */
struct out;
struct json;
struct opinion_shown {
    const struct opinion *opinion;
    struct out *out;
    struct json *json;
};

/* Agencies of today, as choices of a form about the opinion of rq's path. */
err opinion_agency_choices(struct rq *rq, struct rows *out);

/* ---- editing ---- */

/* The one whose text the desk may change now. Errors: as opinion_find; FORBIDDEN
 * opinions.not_editor; CONFLICT opinions.not_editing. */
err opinion_find_in_editing(struct rq *rq, i64 id, struct opinion *out);

/* Saves the edited text and keeps a version. Errors: as opinion_find_in_editing; CONFLICT
 * opinions.version. */
err opinion_save_text(struct rq *rq, const struct opinion_text_input *in, struct opinion *out);

/* Whether rq's actor sees the edited text: the desk and who signs, the others once it is signed. */
bool opinion_shows_edited(const struct rq *rq, const struct opinion *o);

/* ---- composites ---- */

/* Makes one of several that are taken, sources in the given order, and begins its editing with
 * their texts. Errors: INVALID form.faults with opinions.sources_few, opinions.sources_many {most},
 * opinions.source_taken {title}; as opinion_find. */
err opinion_compose(struct rq *rq, const struct opinion_compose_input *in, struct opinion *out);

/* The sources of a composite: struct opinion rows. */
err opinion_sources(struct rq *rq, const struct opinion *o, struct rows *out);

/* Whether it is one. */
bool opinion_is_composite(const struct opinion *o);

/* Functions of the table in opinion_module.c, as struct flow wants them. */
err opinion_guard_single(struct rq *rq, const struct flow_subject *subject);
err opinion_guard_revise(struct rq *rq, const struct flow_subject *subject);
err opinion_guard_composite(struct rq *rq, const struct flow_subject *subject);
err opinion_guard_pass(struct rq *rq, const struct flow_subject *subject);
err opinion_is_single(struct rq *rq, const struct flow_subject *subject, bool *out);
err opinion_effect_edit(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_pass(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_sign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_redraft(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_compose(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_uncompose(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_release(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_credit(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Pages: the text for signing beside the original (slow: it is noted who opens it), saving it;
 * choosing and making a composite. */
err page_opinion_text(struct rq *rq, struct res *res);
err page_opinion_text_again(struct rq *rq, struct res *res);
err page_opinion_text_save(struct rq *rq, struct res *res);
err api_opinion_text_save(struct rq *rq, struct res *res);
err api_opinion_text_autosave(struct rq *rq, struct res *res);
err page_opinion_compose(struct rq *rq, struct res *res);
err page_opinion_compose_make(struct rq *rq, struct res *res);
#endif
