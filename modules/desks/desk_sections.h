/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Desks of an agency (科室): names, order, head, which accounts belong. An agency's own business:
 * nobody outside sees them, the office neither. What is split among them: errand.h. */
#ifndef HT_DESKS_DESK_SECTIONS_H
#define HT_DESKS_DESK_SECTIONS_H
#include "platform/web/web.h"

/* head_id: account, 0 = nobody; to_on: last day, 0 = open. accounts, open: how many belong to it,
 * how many errands of it are open. */
struct desk {
    i64 id, agency_id, position, head_id, from_on, to_on, accounts, open, version;
    str name;
};

/* One who works for the agency, as an account; desk_id: of a desk that he belongs to, or 0. */
struct desk_account {
    i64 desk_id, account_id;
};

/* A new desk (id 0) or a changed one. head: number of an account, empty = nobody. */
struct desk_input {
    i64 id, version, position;
    str name, head;
    ids accounts;
};

extern const struct form DESK_FORM;

/* Desks of rq's actor's agency in their order, open ones first: struct desk rows. Errors: those of
 * the database. */
err desk_list(struct rq *rq, struct rows *out);

/* One of the agency's. Errors: NOT_FOUND desks.not_found. */
err desk_find(struct rq *rq, i64 id, struct desk *out);

/* Who works for the agency today: struct account rows; and as choices of a form. */
err desk_colleagues(struct rq *rq, struct rows *out);
err desk_heads(struct rq *rq, struct rows *out);

/* Who of them belongs to a desk: struct account rows. */
err desk_accounts_of(struct rq *rq, i64 desk_id, struct rows *out);

/* Makes or changes one; audited. Errors: NOT_FOUND desks.not_found; CONFLICT web.version,
 * desks.ended; INVALID with faults: desks.name_taken, desks.not_ours, desks.nobody. */
err desk_save(struct rq *rq, const struct desk_input *in, i64 *id);

/* Ends it; it stays readable. Audited. Errors: NOT_FOUND; CONFLICT desks.ended,
 * desks.has_errands. */
err desk_end(struct rq *rq, i64 id);

/* ---- desk_sections_store.c ---- */

/* One of the organisation, whoever asks (NOT_FOUND db.no_row); those of an agency; one of them that
 * is open and has the name (id 0 = none). */
err desk_store_find(struct rq *rq, i64 id, struct desk *out);
err desk_store_list(struct rq *rq, i64 agency_id, struct rows *out);
err desk_store_find_named(struct rq *rq, i64 agency_id, str name, i64 *id);

/* Adding; changing by id and version (CONFLICT db.version). */
err desk_store_add(struct rq *rq, const struct desk *d, i64 *id);
err desk_store_update(struct rq *rq, const struct desk *d);

/* Who belongs: struct desk_account rows of an agency's open desks (desk_id 0), or of one; whether
 * an account does; all away, one more. */
err desk_store_list_accounts(struct rq *rq, i64 agency_id, i64 desk_id, struct rows *out);
err desk_store_has_account(struct rq *rq, i64 desk_id, i64 account_id, bool *out);
err desk_store_remove_accounts(struct rq *rq, i64 desk_id);
err desk_store_add_account(struct rq *rq, i64 desk_id, i64 account_id);

/* ---- desk_sections_pages.c ---- */

/* The agency's desks; a new one; one; changing and ending it. */
err page_desk_list(struct rq *rq, struct res *res);
err page_desk_new(struct rq *rq, struct res *res);
err page_desk_add(struct rq *rq, struct res *res);
err page_desk_show(struct rq *rq, struct res *res);
err page_desk_edit(struct rq *rq, struct res *res);
err page_desk_save(struct rq *rq, struct res *res);
err page_desk_end(struct rq *rq, struct res *res);
#endif
