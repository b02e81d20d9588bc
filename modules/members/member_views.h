/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. */
#ifndef HT_MEMBERS_MEMBER_VIEWS_H
#define HT_MEMBERS_MEMBER_VIEWS_H
#include "modules/accounts/account.h"
#include "modules/members/member_forms.h"
#include "platform/web/view_parts.h"

/* One member. person_facts: masked unless unmasked is set. */
struct member_show {
    const struct member *member;
    const struct view_link *crumbs;
    const char *tone;
    struct view_facts facts, person;
    const struct seat *seats;
    size_t seat_count;
    struct view_steps changes;
    const struct tenure *tenures;
    size_t tenure_count;
    str proposals_url; /* empty = not shown */
    bool may_manage, may_decide, may_unmask, may_accounts, unmasked;
    struct account account; /* id 0 = has none */
    const struct view_choice *posts, *bodies;
    size_t post_count, body_count;
};

/* Form of a new or a stored member. */
struct member_form {
    const struct member_input *in;
    const struct view_link *crumbs;
    str title, action, back;
    i64 version;
    bool fresh;
    struct member_secrets masked;
    const struct view_choice *genders, *parties, *sectors, *acts;
    size_t gender_count, party_count, sector_count, act_count;
    str term;
};

/* Form of an act. */
struct member_act_form {
    const struct member *member;
    const struct view_link *crumbs;
    const struct view_choice *acts, *sectors;
    size_t act_count, sector_count;
    i64 today;
    str term;
    bool joins, revocable; /* it can be revoked now */
};

struct member_unmask {
    const struct member *member;
    const struct view_link *crumbs;
};

/* A wish with its field and the new value worded. */
struct amendment_item {
    const struct amendment *amendment;
    str field, before, after, state;
    const char *tone;
};
struct member_me {
    const struct member *member;
    const struct view_link *crumbs;
    struct view_facts facts;
    const struct member_wish *now;
    const struct amendment_item *items;
    size_t count;
    const struct view_choice *parties;
    size_t party_count;
    str departures_url; /* where he asks to leave; empty = not here */
};
struct amendment_page {
    const struct view_link *crumbs;
    const struct amendment_item *items;
    size_t count;
};

/* Accounts. password: once, on the page that made it. */
struct member_account {
    i64 id;
    str name, sector, login_name, password;
};
struct member_accounts_page {
    const struct view_link *crumbs;
    const struct member_account *items; /* done */
    const struct view_choice *choices;  /* to be chosen from, all of them at first */
    size_t count;
    i64 total; /* still without an account */
    bool done; /* items have their passwords */
};
#endif
