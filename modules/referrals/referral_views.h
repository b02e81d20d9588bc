/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of referrals show. Filled by referral_pages.c; all texts unescaped. */
#ifndef HT_REFERRALS_REFERRAL_VIEWS_H
#define HT_REFERRALS_REFERRAL_VIEWS_H
#include "modules/referrals/referral_rules.h"
#include "platform/web/view_parts.h"

struct referral_show {
    const struct referral *r;
    const struct proposal *p;
    strs suggestions;
    bool may_note; /* the actor works for the body */
};

struct referral_form {
    const struct proposal *p;
    const struct view_link *crumbs;
    const struct view_choice *agencies;
    size_t agency_count;
};

/* In a case's page. may_refer: the actor passes such on. */
struct referral_case {
    i64 proposal_id;
    struct rows referrals;  /* struct referral */
    bool may_refer, wanted; /* wanted: the review said so */
};
#endif
