/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of the routes in preassignment_module.c. Pages and their JSON: each answers with what
 * rq's actor may see. */
#ifndef HT_PREASSIGNMENTS_PREASSIGNMENT_PAGES_H
#define HT_PREASSIGNMENTS_PREASSIGNMENT_PAGES_H
#include "platform/web/web.h"

/* ---- preassignment_pages.c: one agency's answer ---- */

/* The list and its exports; one with the text of its proposal. */
extern const struct list_look PREASSIGNMENT_LOOK;
err page_preassignment_list(struct rq *rq, struct res *res);
err page_preassignment_show(struct rq *rq, struct res *res);

/* Another agency instead of one that objects. */
err page_preassignment_move_form(struct rq *rq, struct res *res);
err page_preassignment_move(struct rq *rq, struct res *res);

/* ---- preassignment_meeting_pages.c ---- */

/* Meetings; a new one; one with its list; its days and minutes; handing out. */
err page_preassignment_meeting_list(struct rq *rq, struct res *res);
err page_preassignment_meeting_new(struct rq *rq, struct res *res);
err page_preassignment_meeting_add(struct rq *rq, struct res *res);
err page_preassignment_meeting_show(struct rq *rq, struct res *res);
err page_preassignment_meeting_edit(struct rq *rq, struct res *res);
err page_preassignment_meeting_save(struct rq *rq, struct res *res);
err page_preassignment_meeting_minutes(struct rq *rq, struct res *res);
err page_preassignment_meeting_record(struct rq *rq, struct res *res);
err page_preassignment_meeting_hand_out(struct rq *rq, struct res *res);

/* ---- preassignment_paper.c ---- */

/* Its list on paper, a new page for each agency; in one sheet. */
err file_preassignment_meeting_pdf(struct rq *rq, struct res *res);
err file_preassignment_meeting_docx(struct rq *rq, struct res *res);
err file_preassignment_meeting_xlsx(struct rq *rq, struct res *res);
#endif
