/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Cursors between pages as opaque text: direction, phase, key and value of the row, in hexadecimal.
 * For platform/list only. */
#ifndef HT_LIST_LIST_QUERY_H
#define HT_LIST_LIST_QUERY_H
#include "platform/list/list_sql.h"

/* The text of a cursor, and back; false if it is none. An empty text is a cursor that is not set.
 * */
str list_cursor_text(struct arena *mem, const struct list_cursor *cursor);
bool list_cursor_parse(struct arena *mem, str text, struct list_cursor *out);

/* list_page with only the columns that a look draws, the others zero; look NULL = every one. */
err list_page_of(struct rq *rq, const struct list *list, const struct list_look *look,
                 const struct list_query *query, struct list_result *out);
#endif
