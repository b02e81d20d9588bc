/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of the compendium, for the table in compendium_module.c. */
#ifndef HT_COMPENDIUM_COMPENDIUM_PAGES_H
#define HT_COMPENDIUM_COMPENDIUM_PAGES_H
#include "platform/web/web.h"

/* compendium_paper.c: the form of one proposal, slow lane. Errors: those of proposal_find. */
err file_compendium_pdf(struct rq *rq, struct res *res);
err file_compendium_docx(struct rq *rq, struct res *res);
#endif
