/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Readers of a thing: the persons and agencies to whom it was sent, and who of them has read it.
 * They are fixed when it is sent: who joins later was not told. A thing is a collection and an id,
 * "notices" 5. Its own list joins `readers` to say who may see it (README). */
#ifndef HT_NOTIFY_READER_H
#define HT_NOTIFY_READER_H
#include "platform/notify/notify.h"

struct json;

/* A person, or an agency for which any of its operators reads. read_at: UTC milliseconds; 0 =
 * unread. */
struct reader {
    i64 person_id, agency_id, read_at;
    str name; /* as shown in the list of who has read */
};

/* Adds readers (struct reader rows); one that is there already stays as he is. */
err reader_add(struct rq *rq, const char *collection, i64 id, const struct rows *readers);

/* All readers, in the order in which they were added; struct reader rows, at most 5,000. */
err reader_list(struct rq *rq, const char *collection, i64 id, struct rows *out);

/* "readers": their names and when they read (null: not yet). */
void reader_json(struct json *j, const struct rows *readers);

/* How many of them have read. */
i64 reader_count_read(const struct rows *readers);

/* Sends a message to each reader who has not read. */
err reader_tell(struct rq *rq, const char *collection, i64 id,
                const struct notify_message *message);

/* The actor has read it, for himself or for his agency; again changes nothing. Whether he may see
 * it is the caller's to judge. */
err reader_read(struct rq *rq, const char *collection, i64 id);
#endif
