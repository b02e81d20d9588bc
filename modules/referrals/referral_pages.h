/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of referrals, of the pages and under /api/v1, for the table in referral_module.c. Each
 * answers the route that names it. */
#ifndef HT_REFERRALS_REFERRAL_PAGES_H
#define HT_REFERRALS_REFERRAL_PAGES_H
#include "platform/web/web.h"

/* referral_pages.c */
err page_referral_list(struct rq *rq, struct res *res);
err page_referral_show(struct rq *rq, struct res *res);
err page_referral_read(struct rq *rq, struct res *res);
err page_referral_note(struct rq *rq, struct res *res);
err page_referral_form(struct rq *rq, struct res *res);
err page_referral_add(struct rq *rq, struct res *res);
#endif
