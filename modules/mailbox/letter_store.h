/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of letters, senders, messages, consents. Rules: letter.c, sender.c, letter_steps.c. */
#ifndef HT_MAILBOX_LETTER_STORE_H
#define HT_MAILBOX_LETTER_STORE_H
#include "modules/mailbox/letter.h"
#include "modules/mailbox/sender.h"

/* One by id; by receipt (keyed digest of the digits); by where it came from. Errors: NOT_FOUND
 * db.no_row. */
err letter_store_find(struct db *db, i64 id, struct arena *mem, struct letter *out);
err letter_store_find_by_receipt(struct db *db, str receipt_hash, struct arena *mem,
                                 struct letter *out);
err letter_store_find_by_source(struct db *db, str source, str source_id, struct arena *mem,
                                struct letter *out);

/* Of which organisation the letter of a receipt is. Errors: NOT_FOUND db.no_row. */
err letter_store_find_receipt_org(struct db *db, str receipt_hash, i64 *org_id);

/* A new one in state received; all that changes of one, by id and version. Errors: CONFLICT
 * db.unique; of update CONFLICT db.version. */
err letter_store_add(struct db *db, const struct letter *l, str receipt_hash, i64 *id);
err letter_store_update(struct db *db, const struct letter *l, str state);

/* How many run along with one. */
err letter_store_count_along(struct db *db, i64 lead_id, i64 *count);

/* Those that run along with one; those answered before a moment that nobody judged; struct letter
 * rows, oldest first. */
err letter_store_list_along(struct db *db, i64 lead_id, struct arena *mem, struct rows *out);
err letter_store_list_silent(struct db *db, i64 before_ms, i64 limit, struct arena *mem,
                             struct rows *out);

/* The newest whose text is still there, newest first; category empty = not sorted yet: struct
 * letter rows with id, category, title, body alone. */
err letter_store_list_newest(struct db *db, i64 limit, struct arena *mem, struct rows *out);

/* Texts that can be searched, with id > after: struct text_document rows. */
err letter_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                            struct rows *out);

/* Counties, towns of letters of the organisation, by name: struct letter_name rows. */
struct letter_name {
    str name;
};
err letter_store_list_counties(struct db *db, struct arena *mem, struct rows *out);
err letter_store_list_towns(struct db *db, struct arena *mem, struct rows *out);

/* Messages, oldest first; adding; deleting all of a letter. */
err letter_store_list_messages(struct db *db, i64 id, struct arena *mem, struct rows *out);
err letter_store_add_message(struct db *db, i64 id, const struct letter_message *m);
err letter_store_remove_messages(struct db *db, i64 id);

/* Letters whose newest question waits since before a moment: struct letter_message rows, id the
 * letter's. Ends all of a letter that wait. */
err letter_store_list_unanswered(struct db *db, i64 before_ms, i64 limit, struct arena *mem,
                                 struct rows *out);
err letter_store_end_questions(struct db *db, i64 id, str ended);

/* Who wrote it, sealed. Errors of find: NOT_FOUND db.no_row. put replaces. */
err letter_store_find_sender(struct db *db, i64 id, struct arena *mem, struct sender_row *out);
err letter_store_put_sender(struct db *db, i64 id, const struct sender_row *row);
err letter_store_remove_sender(struct db *db, i64 id);

/* Consents, oldest first; giving one; ending those of a purpose that still hold. */
err letter_store_list_consents(struct db *db, i64 id, struct arena *mem, struct rows *out);
err letter_store_add_consent(struct db *db, i64 id, const struct sender_consent *c);
err letter_store_end_consents(struct db *db, i64 id, str purpose, i64 at);
#endif
