/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of transfers, for the table in transfer_module.c. Each answers the route that names it;
 * who may is said there. */
#ifndef HT_TRANSFERS_TRANSFER_PAGES_H
#define HT_TRANSFERS_TRANSFER_PAGES_H
#include "platform/web/web.h"

/* transfer_import.c. Errors: those of the import's page (platform/files/import_page.h). */
err page_transfer_import_form(struct rq *rq, struct res *res);
err page_transfer_import_receive(struct rq *rq, struct res *res); /* slow */
err page_transfer_import(struct rq *rq, struct res *res);
err api_transfer_import(struct rq *rq, struct res *res);
#endif
