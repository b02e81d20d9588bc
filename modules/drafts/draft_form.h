/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page of the form, for whoever draws it: as it is stored (draft_pages.c), or filled from a
 * document (draft_fill_pages.c). */
#ifndef HT_DRAFTS_DRAFT_FORM_H
#define HT_DRAFTS_DRAFT_FORM_H
#include "modules/drafts/draft.h"
#include "modules/drafts/draft_views.h"

/* What stands in the form. wishes: struct wish rows. */
struct draft_stand {
    const struct proposal *p;
    strs suggestions;
    struct rows wishes;
    struct draft_note note;
};

/* Everything that the form shows; after a fault what was typed, as its fields do by themselves.
 * more: one more empty suggestion. Errors: those of the database. */
err draft_form_make(struct rq *rq, const struct draft_stand *stand, bool more,
                    struct draft_form *v);
#endif
