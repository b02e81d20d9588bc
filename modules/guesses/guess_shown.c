/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Guesses on others' pages, and what is kept when somebody decides: of proposals while they are
 * reviewed. */
#include "modules/guesses/guess_views.h"
#include "modules/proposals/proposal.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/guesses.h"

static const char CATEGORY[] = "proposals.category";

static err text_of(struct rq *rq, const struct proposal *p, struct classify_text *out)
{
    *out = (struct classify_text){ .label = p->category, .title = p->title };
    return proposal_body(rq, p, &out->body);
}

err on_guess_docketed(struct rq *rq, i64 id, const void *fact)
{
    struct proposal p;
    struct classify_text text;
    (void)fact;
    TRY(proposal_find_house(rq, id, &p));
    if (p.category.len == 0)
        return OK; /* from another house, which has words of its own */
    TRY(text_of(rq, &p, &text));
    return guess_note(rq, CATEGORY, id, &text);
}

static void card_put(struct rq *rq, const struct rows *rows, struct out *out)
{
    struct guess_card card = { .may_read = actor_may(rq->actor, "guesses.read") };
    const struct classify_guess *all = rows->items;
    for (size_t i = 0; i < rows->count && i < GUESS_SHOWN; i++)
        card.lines[card.count++] =
            (struct guess_line){ dictionary_label(rq, "proposals.categories", all[i].label),
                                 guess_words(rq->mem, &all[i].because), all[i].degree };
    view_guesses_card(out, &card);
}

static void json_put(const struct rows *rows, struct json *j)
{
    const struct classify_guess *all = rows->items;
    json_array(j, "guesses");
    for (size_t i = 0; i < rows->count; i++) {
        json_object(j, NULL);
        json_str(j, "category", all[i].label);
        json_i64(j, "degree", all[i].degree);
        json_array(j, "because");
        for (size_t k = 0; k < all[i].because.count; k++)
            json_str(j, NULL, all[i].because.items[k]);
        json_array_end(j);
        json_object_end(j);
    }
    json_array_end(j);
}

static bool is_asked(struct rq *rq, const struct proposal_shown *shown)
{
    const struct proposal *p = shown->proposal;
    str place = str_of(shown->place);
    bool review = str_is(p->state, "submitted") || str_is(p->state, "screened");
    return review && actor_may(rq->actor, "proposals.docket") &&
           (shown->json || str_is(place, "side") || str_is(place, "docket"));
}

err on_guess_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    struct classify_text text;
    struct rows rows;
    (void)id;
    if (!is_asked(rq, shown))
        return OK;
    TRY(text_of(rq, shown->proposal, &text));
    TRY(guess_list(rq, CATEGORY, &text, &rows));
    if (shown->json)
        json_put(&rows, shown->json);
    else if (rows.count)
        card_put(rq, &rows, shown->out);
    return OK;
}
