/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of notices and readers. Rules: notice.c. */
#ifndef HT_NOTICES_NOTICE_STORE_H
#define HT_NOTICES_NOTICE_STORE_H
#include "modules/notices/notice.h"

/* One notice (NOT_FOUND db.no_row); adds a draft; writes one over by version (CONFLICT db.version).
 */
err notice_store_find(struct db *db, i64 id, struct arena *mem, struct notice *out);
err notice_store_add(struct db *db, const struct notice *n, i64 *id);
err notice_store_update(struct db *db, const struct notice *n);

/* Readers of a notice by name; adds one, twice is once; marks a person's or an agency's row read.
 */
err reader_store_list(struct db *db, i64 notice_id, struct arena *mem, struct rows *out);
err reader_store_add(struct db *db, i64 notice_id, const struct reader *r);
err reader_store_read(struct db *db, i64 notice_id, const struct reader *r);
#endif
