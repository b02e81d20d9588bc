/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What can be guessed, and from where its texts come: one row a question. How each is shown and
 * kept: guess_shown.c. */
#include "modules/guesses/guess_agency.h"
#include "modules/mailbox/letter.h"
#include "modules/proposals/proposal.h"

/* A category says what a person decided from the docketing on. */
static err list_proposals(struct rq *rq, i64 limit, struct arena *mem, struct rows *out)
{
    struct rows rows;
    TRY(proposal_list_texts(rq, limit, mem, &rows));
    const struct proposal_text *all = rows.items;
    struct classify_text *texts = arena_array(mem, rows.count + 1, sizeof *texts);
    for (size_t i = 0; i < rows.count; i++) {
        const struct proposal_text *p = &all[rows.count - 1 - i]; /* the newest last there */
        texts[i] = (struct classify_text){ p->category, p->title, p->body };
    }
    *out = (struct rows){ texts, rows.count, sizeof *texts };
    return OK;
}

/* A letter's category is what a person has said from the sorting on. */
static err list_letters(struct rq *rq, i64 limit, struct arena *mem, struct rows *out)
{
    struct rows rows;
    TRY(letter_list_newest(rq, limit, mem, &rows));
    const struct letter *all = rows.items;
    struct classify_text *texts = arena_array(mem, rows.count + 1, sizeof *texts);
    for (size_t i = 0; i < rows.count; i++)
        texts[i] = (struct classify_text){ all[i].category, all[i].title, all[i].body };
    *out = (struct rows){ texts, rows.count, sizeof *texts };
    return OK;
}

const struct guess_question GUESS_QUESTIONS[] = {
    { "proposals.category", "proposals.categories", list_proposals },
    { "letters.category", "mailbox.categories", list_letters },
    { GUESS_AGENCY, NULL, NULL },
    { 0 },
};

const struct guess_question *guess_question_find(str name)
{
    for (const struct guess_question *q = GUESS_QUESTIONS; q->name; q++)
        if (str_is(name, q->name))
            return q;
    return NULL;
}
