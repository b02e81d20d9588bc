/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of deliveries and addresses, and who is to be told. Between the files of this part only. */
#ifndef HT_NOTIFY_NOTIFY_STORE_H
#define HT_NOTIFY_NOTIFY_STORE_H
#include "platform/notify/reader.h"

/* An account to be told; mail: empty = not by mail. */
struct recipient {
    i64 account_id, agency_id;
    str mail;
};

/* Active accounts by id, person, agency (exactly one of them set), or by permission (of an agency's
 * people, where that is set too). business:
 * the permission is none of the separated administrators', so their roles do not open it. */
struct recipient_query {
    i64 account_id, person_id, agency_id, except_id;
    str permission;
    bool business;
};
err recipients_store_list(struct rq *rq, const struct recipient_query *query, struct rows *out);

/* Adds a message; *added is false when its key was used for the account. */
struct delivery_new {
    i64 account_id;
    str words, url, once_key;
};
err deliveries_store_add(struct rq *rq, const struct delivery_new *delivery, bool *added);

/* Messages of an account; one of them; unread ones, counted to 100. */
err deliveries_store_list(struct rq *rq, const struct notify_query *query, struct rows *out);
err deliveries_store_find(struct rq *rq, i64 id, struct notify_delivery *out);
err deliveries_store_unread(struct rq *rq, i64 account_id, i64 *count);

/* Marks one or (id 0) all messages of the actor's account read. */
err deliveries_store_read(struct rq *rq, i64 id);

/* Forgets at most 500 messages sent before a time; *more when there may be others. */
err deliveries_store_forget(struct rq *rq, i64 before_ms, bool *more);

/* An address of an account. */
struct gateway_address {
    i64 account_id;
    str gateway, address;
    bool active;
};
err addresses_store_put(struct rq *rq, const struct gateway_address *address);
err addresses_store_find(struct rq *rq, i64 account_id, str gateway, struct gateway_address *out);

/* A thing with readers. Adding one twice is once; read: marks the rows of a person and of an agency
 * (0 = none) that are unread. */
struct reader_key {
    str collection;
    i64 subject_id;
};
err reader_store_list(struct db *db, struct reader_key key, struct arena *mem, struct rows *out);
err reader_store_add(struct db *db, struct reader_key key, const struct reader *r);
err reader_store_read(struct db *db, struct reader_key key, const struct reader *r);
#endif
