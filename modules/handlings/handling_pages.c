/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the steps of a letter that need a choice: handing out, running along, becoming an
 * opinion; they are those of mailbox's flow (platform/web/router.h). What the steps do:
 * handling.c. */
#include "modules/handlings/handling_pages.h"

#include "modules/assignments/assignment_rules.h"
#include "modules/handlings/handling_views.h"
#include "modules/mailbox/sender.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/files/photo.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "views/handlings.h"

enum { ALIKE = 12 };

/* The letter for the page of a verb that its reader may do now. Errors: those of flow_may. */
static err find_for(struct rq *rq, const char *verb, const struct letter **out,
                    const struct view_link **crumbs)
{
    struct flow_subject subject = { 0 };
    TRY(LETTERS_FLOW.load(rq, rq->path_id, &subject));
    const struct letter *l = subject.row;
    *out = l;
    *crumbs = view_crumbs_of(rq->mem, "letters", l->id, l->title,
                             flow_verb_label(rq, &LETTERS_FLOW, str_of(verb)));
    return flow_may(rq, &LETTERS_FLOW, &subject, verb);
}

static struct out *begin(struct rq *rq, const char *verb)
{
    return page_begin(rq, flow_verb_label(rq, &LETTERS_FLOW, str_of(verb)), "letters");
}

/* ---- handing out ---- */

static struct view_choice agency_choice(struct rq *rq, i64 id, str name)
{
    return (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)id),
                                 .label = name };
}

static const struct view_choice *cohosts_of(struct rq *rq, const struct rows *orgs)
{
    const struct org *all = orgs->items;
    struct view_choice *choices = arena_array(rq->mem, orgs->count + 1, sizeof *choices);
    for (size_t i = 0; i < orgs->count; i++)
        choices[i] = agency_choice(rq, all[i].id, all[i].name);
    return choices;
}

/* None, then those that are suggested, then the others. */
static const struct view_choice *hosts_of(struct rq *rq, const struct rows *orgs,
                                          const struct guess_agencies *guesses)
{
    const struct org *all = orgs->items;
    struct view_choice *choices = arena_array(rq->mem, orgs->count + 2, sizeof *choices);
    size_t n = 0;
    choices[n++] =
        (struct view_choice){ .value = str_of(""), .label = text_find("handlings.choose") };
    for (size_t i = 0; i < guesses->count; i++)
        choices[n++] = agency_choice(rq, guesses->items[i].agency_id, guesses->items[i].name);
    for (size_t i = 0; i < orgs->count; i++) {
        bool known = false;
        for (size_t k = 0; k < guesses->count; k++)
            known |= guesses->items[k].agency_id == all[i].id;
        if (!known)
            choices[n++] = agency_choice(rq, all[i].id, all[i].name);
    }
    return choices;
}

/* Photos of a letter, each to be chosen or not. */
static err photo_choices(struct rq *rq, i64 letter_id, struct handling_choice *out)
{
    struct rows rows;
    TRY(handling_list_photos(rq, letter_id, &rows));
    const struct handling_photo *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name,
                                  .chosen = all[i].disclosed };
    *out = (struct handling_choice){ letter_id, all, choices, rows.count };
    return OK;
}

err page_handling_assign(struct rq *rq, struct res *res)
{
    struct handling_assign v = { 0 };
    struct guess_agencies guesses;
    struct rows orgs;
    TRY(find_for(rq, "assign", &v.l, &v.crumbs));
    TRY(org_agencies(rq, &orgs));
    TRY(handling_mask(rq, v.l->id, letter_text_for_units(rq, v.l), &v.text));
    TRY(photo_choices(rq, v.l->id, &v.photos));
    TRY(guess_agency_list(rq, v.l, v.l->category, &guesses));
    v.guesses = &guesses;
    v.may_read = actor_may(rq->actor, "guesses.read");
    v.hosts = hosts_of(rq, &orgs, &guesses);
    v.cohosts = cohosts_of(rq, &orgs);
    v.count = orgs.count;
    v.due_on = handling_due(rq);
    v.shows_point = handling_suggests_point(v.l);
    struct out *out = begin(rq, "assign");
    view_handlings_assign(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- photos that units see ---- */

err page_handling_disclose(struct rq *rq, struct res *res)
{
    struct handling_disclose v = { 0 };
    TRY(find_for(rq, "disclose", &v.l, &v.crumbs));
    TRY(photo_choices(rq, v.l->id, &v.photos));
    struct out *out = begin(rq, "disclose");
    view_handlings_disclose(out, &v);
    page_end(res, out);
    return OK;
}

static err photo_of(struct rq *rq, struct assignment *a, struct handling_photo *photo)
{
    const struct handling_photo_input *in = rq->input;
    TRY(assignment_find(rq, in->id, a));
    return handling_find_shown(rq, a, in->file, photo);
}

/* Who of a unit has looked at it stands in the audit before it leaves: it may show somebody. */
err file_handling_photo(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct handling_photo photo;
    TRY(photo_of(rq, &a, &photo));
    const struct photo_key key = { "letters", photo.letter_id, photo.id };
    TRY(audit_leaving(rq, &(struct audit_entry){
                              .act = "letters.photo_seen",
                              .object = "assignments",
                              .object_id = a.id,
                              .after = arena_printf(rq->mem, "%lld", (long long)photo.id) }));
    return photo_send(rq, res, &key, PHOTO_PICTURE);
}

err file_handling_preview(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct handling_photo photo;
    TRY(photo_of(rq, &a, &photo));
    const struct photo_key key = { "letters", photo.letter_id, photo.id };
    return photo_send(rq, res, &key, PHOTO_PREVIEW);
}

/* ---- running along ---- */

/* "第12号 · 已交办 · 路灯不亮": what can be told of it in one line. */
static err lead_choice(struct rq *rq, i64 id, struct view_choice *out)
{
    struct letter l;
    TRY(letter_find(rq, id, &l));
    *out = (struct view_choice){
        .value = arena_printf(rq->mem, "%lld", (long long)l.id),
        .label = l.title,
        .hint = text_format(rq->mem, "handlings.lead_hint", text_label("states.letters", l.state),
                            l.area_name.len ? l.area_name : text_find("handlings.nowhere")),
    };
    return OK;
}

err page_handling_attach(struct rq *rq, struct res *res)
{
    struct handling_attach v = { 0 };
    struct rows twins;
    TRY(find_for(rq, "attach", &v.l, &v.crumbs));
    TRY(text_twins(rq,
                   &(struct twin_query){ .collection = "letters",
                                         .self_id = v.l->id,
                                         .title = v.l->title,
                                         .body = v.l->body,
                                         .limit = ALIKE },
                   &twins));
    const struct twin *all = twins.items;
    struct view_choice *leads = arena_array(rq->mem, twins.count + 1, sizeof *leads);
    for (size_t i = 0; i < twins.count; i++)
        TRY(lead_choice(rq, all[i].item_id, &leads[v.count++]));
    v.leads = leads;
    v.back = arena_printf(rq->mem, "/letters/%lld", (long long)v.l->id);
    struct out *out = begin(rq, "attach");
    view_handlings_attach(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- an opinion ---- */

err page_handling_feed(struct rq *rq, struct res *res)
{
    struct handling_feed v = { 0 };
    struct letter_sender sender;
    TRY(find_for(rq, "feed", &v.l, &v.crumbs));
    TRY(handling_mask(rq, v.l->id, letter_text_for_units(rq, v.l), &v.situation));
    TRY(handling_mask(rq, v.l->id, v.l->title, &v.title));
    TRY(sender_find(rq, v.l->id, &sender));
    v.analysis_needed = setting_on(rq, "opinions.analysis_needed");
    v.may_name = sender.handover && sender.name.len;
    struct out *out = begin(rq, "feed");
    view_handlings_feed(out, &v);
    page_end(res, out);
    return OK;
}
