/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Editing and signing (opinion_edit.h): the edited text and its versions, who sees it, the steps
 * edit, pass, redraft, sign. Composites: composite.c; pages: opinion_edit_pages.c. */
#include "modules/opinions/opinion_edit.h"

#include "modules/opinions/opinion_store.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/view_parts.h"

static struct opinion *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

bool opinion_is_composite(const struct opinion *o)
{
    return str_is(o->kind, "composite");
}

/* ---- the edited text ---- */

struct opinion_text opinion_text_of(const struct opinion *o)
{
    return (struct opinion_text){ o->edited_title, o->edited_situation, o->edited_analysis,
                                  o->edited_suggestions };
}

bool opinion_shows_edited(const struct rq *rq, const struct opinion *o)
{
    bool house = actor_may(rq->actor, "opinions.edit") || actor_may(rq->actor, "opinions.sign");
    return o->edited_at > 0 && o->edited_at >= o->submitted_at && (house || o->signed_at > 0);
}

err opinion_find_in_editing(struct rq *rq, i64 id, struct opinion *out)
{
    TRY(opinion_find(rq, id, out));
    return str_is(out->state, "editing") ? OK : err_make(ERR_CONFLICT, "opinions.not_editing");
}

err opinion_find_signing(struct rq *rq, i64 id, struct opinion *out)
{
    TRY(opinion_find(rq, id, out));
    return str_is(out->state, "signing") ? OK : err_make(ERR_CONFLICT, "opinions.not_signing");
}

static void set_edited(const struct rq *rq, struct opinion *o, const struct opinion_text *text)
{
    o->edited_title = text->title;
    o->edited_situation = text->situation;
    o->edited_analysis = text->analysis;
    o->edited_suggestions = text->suggestions;
    o->edited_at = rq->now_ms;
    o->edited_name = rq->actor->name;
}

/* Those of one editor in the same five minutes share one, saved by hand or by itself. */
static err keep_edit(struct rq *rq, const struct opinion *o)
{
    const struct opinion edited = { .id = o->id,
                                    .title = o->edited_title,
                                    .situation = o->edited_situation,
                                    .analysis = o->edited_analysis,
                                    .suggestions = o->edited_suggestions };
    return opinion_keep_version(rq, &edited, o->version, "edit");
}

err opinion_save_text(struct rq *rq, const struct opinion_text_input *in, struct opinion *out)
{
    struct opinion_text_input stored = *in;
    TRY(opinion_find_in_editing(rq, in->id, out));
    stored.title = out->edited_title;
    stored.situation = out->edited_situation;
    stored.analysis = out->edited_analysis;
    stored.suggestions = out->edited_suggestions;
    TRY(conflict_check(rq, "opinions.version", in->version, out->version, &stored));
    const struct opinion_text text = { in->title, in->situation, in->analysis, in->suggestions };
    set_edited(rq, out, &text);
    if (opinion_is_composite(out))
        out->title = in->title; /* it has no other writer, and is looked for by it */
    out->updated_at = rq->now_ms;
    TRY(opinion_store_update(rq->db, out, out->state));
    out->version++;
    return keep_edit(rq, out);
}

/* ---- steps ---- */

/* What goes its own way: neither made of others nor part of one that is. */
err opinion_is_single(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = row_of(subject)->composite_id == 0;
    return OK;
}

err opinion_guard_single(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    if (opinion_is_composite(row_of(subject)))
        return err_make(ERR_CONFLICT, "opinions.is_composite");
    return row_of(subject)->composite_id ? err_make(ERR_CONFLICT, "opinions.is_source") : OK;
}

/* Only to who signs in here: what was written down for others would be seen by nobody. */
err opinion_guard_revise(struct rq *rq, const struct flow_subject *subject)
{
    const struct opinion *o = row_of(subject);
    TRY(opinion_guard_single(rq, subject));
    return o->person_id || o->account_id ? OK : err_make(ERR_CONFLICT, "opinions.no_writer");
}

err opinion_guard_composite(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    return opinion_is_composite(row_of(subject))
               ? OK
               : err_make(ERR_CONFLICT, "opinions.is_not_composite");
}

/* Taken up again it goes on from what was edited, unless the writer has sent another text since. */
err opinion_effect_edit(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct opinion *o = row_of(subject);
    const struct opinion_text text = { o->title, o->situation, o->analysis, o->suggestions };
    (void)step;
    if (o->edited_at < o->submitted_at)
        set_edited(rq, o, &text);
    return OK;
}

/* What must be there before anybody is asked to sign (rules.md 3; peers.md: about 1,500 characters
 * of the text that is signed off). */
err opinion_guard_pass(struct rq *rq, const struct flow_subject *subject)
{
    const struct opinion *o = row_of(subject);
    i64 most = setting_number(rq, "opinions.edited_max");
    i64 now = str_chars(o->edited_situation) + str_chars(o->edited_analysis) +
              str_chars(o->edited_suggestions);
    if (!str_trim(o->edited_title).len || !str_trim(o->edited_situation).len ||
        !str_trim(o->edited_suggestions).len)
        return err_make(ERR_CONFLICT, "opinions.edited_missing");
    if (now > most)
        return err_make_with(ERR_CONFLICT, "opinions.edited_long", str_number(rq->mem, most),
                             str_number(rq->mem, now));
    return OK;
}

err opinion_effect_pass(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)rq;
    (void)step;
    row_of(subject)->redraft_reason = str_of("");
    subject->title = row_of(subject)->edited_title; /* the words that are to be signed */
    return OK;
}

err opinion_effect_redraft(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct opinion_redraft_input *in = step->input;
    (void)rq;
    row_of(subject)->redraft_reason = in->opinion;
    return OK;
}

err opinion_effect_sign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct opinion_signing *in = step->input;
    struct opinion *o = row_of(subject);
    struct rows rows;
    o->signed_at = rq->now_ms;
    o->signed_name = in->name;
    step->opinion = in->name;
    TRY(opinion_sources(rq, o, &rows));
    const struct opinion *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &OPINIONS_FLOW, all[i].id, "credit", NULL));
    return OK;
}

err opinion_list_signing(struct rq *rq, struct rows *out)
{
    return opinion_store_list_desk(rq->db, str_of("signing"), rq->mem, out);
}

err opinion_agency_choices(struct rq *rq, struct rows *out)
{
    struct rows rows;
    struct opinion o;
    TRY(opinion_find(rq, rq->path_id, &o));
    TRY(org_agencies(rq, &rows));
    const struct org *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}
