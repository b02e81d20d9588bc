/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of this module fill, and its handlers; both for the table in member_module.c. */
#ifndef HT_MEMBERS_MEMBER_FORMS_H
#define HT_MEMBERS_MEMBER_FORMS_H
#include "modules/members/member_rules.h"
#include "platform/files/mapping.h"

/* A member's data; the last line only of a new one. birth is text, for any day may be a birthday.
 */
struct member_input {
    i64 id, version;
    str code, name, gender, ethnic, birth, party, education, employer, job;
    str identity, phone, mail, address;
    str sector, committees, act, organ, document;
    i64 from_on, term_number;
    bool invited;
};

struct member_act_input {
    i64 id, on_on, term_number;
    str act, organ, document, reason, sector;
    bool invited, by_chairs;
};

/* body: "cppcc", "committee:3", "sector:5" or "org:7". */
struct tenure_input {
    i64 id, from_on;
    str post, body;
};
struct tenure_end_input {
    i64 id, tenure_id, to_on;
};

struct unmask_input {
    i64 id;
    str reason;
};

struct amendment_input {
    i64 id, version;
    bool approve;
    str reason;
};

struct member_accounts_input {
    ids members;
};

/* An account that is there already and belongs to this member. */
struct member_link_input {
    i64 id;
    str login_name;
};

extern const struct import_kind MEMBER_IMPORTS[];

/* Pages: roster, one member, forms, acts, offices, unmasking. The POST handlers serve the API too.
 */
extern const struct list_look MEMBER_LOOK;
err page_member_list(struct rq *rq, struct res *res);
err page_member_show(struct rq *rq, struct res *res);
err page_member_new(struct rq *rq, struct res *res);
err page_member_add(struct rq *rq, struct res *res);
err page_member_edit(struct rq *rq, struct res *res);
err page_member_update(struct rq *rq, struct res *res);
err page_member_act_form(struct rq *rq, struct res *res);
err page_member_act(struct rq *rq, struct res *res);
err page_tenure_add(struct rq *rq, struct res *res);
err page_tenure_end(struct rq *rq, struct res *res);
err page_member_unmask_form(struct rq *rq, struct res *res);
err page_member_unmask(struct rq *rq, struct res *res);

/* The official list: page and JSON; as PDF and DOCX (slow). */
err page_member_roster(struct rq *rq, struct res *res);
err file_member_roster_pdf(struct rq *rq, struct res *res);
err file_member_roster_docx(struct rq *rq, struct res *res);

/* Own profile and wishes of change. */
err page_member_me(struct rq *rq, struct res *res);
err page_member_wish(struct rq *rq, struct res *res);
err page_amendment_list(struct rq *rq, struct res *res);
err page_amendment_show(struct rq *rq, struct res *res);
err page_amendment_decide(struct rq *rq, struct res *res);

/* Import. */
err page_member_import_form(struct rq *rq, struct res *res);
err page_member_import_receive(struct rq *rq, struct res *res); /* slow */
err page_member_import(struct rq *rq, struct res *res);

/* Accounts for members: passwords are made on the slow lane and shown once. */
err page_member_accounts_form(struct rq *rq, struct res *res);
err page_member_accounts_slow(struct rq *rq, struct res *res);
err page_member_accounts(struct rq *rq, struct res *res);
err page_member_link(struct rq *rq, struct res *res);

/* JSON. */
err api_member_show(struct rq *rq, struct res *res);
err api_member_me(struct rq *rq, struct res *res);
err api_amendment_list(struct rq *rq, struct res *res);
err api_member_import(struct rq *rq, struct res *res);
#endif
