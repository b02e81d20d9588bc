/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of urgings, of the pages and under /api/v1, for the table in urging_module.c. Each
 * answers the route that names it. */
#ifndef HT_URGINGS_URGING_PAGES_H
#define HT_URGINGS_URGING_PAGES_H
#include "platform/web/web.h"

/* urging_pages.c */
extern const struct list_look URGING_LOOK;
err page_urging_list(struct rq *rq, struct res *res);
err page_urging_reminders(struct rq *rq, struct res *res);
err page_urging_show(struct rq *rq, struct res *res);
err page_urging_issue(struct rq *rq, struct res *res);
err page_urging_evidence(struct rq *rq, struct res *res);
err file_urging_evidence(struct rq *rq, struct res *res);

/* urging_start_pages.c */
err page_urging_new(struct rq *rq, struct res *res);
err page_urging_propose(struct rq *rq, struct res *res);
err page_urging_remind(struct rq *rq, struct res *res);
err page_urging_late(struct rq *rq, struct res *res); /* slow */

/* urging_letter.c */
err file_urging_pdf(struct rq *rq, struct res *res);  /* slow */
err file_urging_docx(struct rq *rq, struct res *res); /* slow */

/* circular_pages.c */
err page_circular_list(struct rq *rq, struct res *res);
err page_circular_show(struct rq *rq, struct res *res);
err page_circular_new(struct rq *rq, struct res *res);
err page_circular_publish(struct rq *rq, struct res *res);
#endif
