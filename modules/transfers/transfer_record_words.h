/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What offices write in lists of earlier years, as our codes. What cannot be read is a fault at the
 * field, never a guess. Words: text/zh.txt, "transfers.…". */
#ifndef HT_TRANSFERS_TRANSFER_RECORD_WORDS_H
#define HT_TRANSFERS_TRANSFER_RECORD_WORDS_H
#include "modules/orgs/org.h"
#include "platform/web/web.h"

/* A session as lists name it: "三届二次会议", "第三届委员会第二次会议", "3届2次", "3-2". False: it
 * names none. */
bool transfer_read_session(struct rq *rq, str text, i64 *term, i64 *number);

/* The ended session of the organisation that a text names; faults at "session": it names none, is
 * not entered (transfers.no_session, with its name and "TERM-NUMBER"), or runs still. Errors: those
 * of the database. */
err transfer_find_session(struct rq *rq, str text, struct session *out);

/* "第0012号" is "12"; other text as it is. */
str transfer_read_number(struct rq *rq, str text);

/* A code by the words of texts "PREFIX.CODE"; codes are separated by spaces. Empty for an empty
 * text; else a fault transfers.unknown_word at the field. */
struct transfer_word {
    const char *field, *prefix, *codes;
};
str transfer_read_word(struct rq *rq, const struct transfer_word *word, str text);

/* A class by code, letter ("A", "A类") or words of the dictionary; empty for an empty text, else a
 * fault at "class". Errors: those of the database. */
err transfer_read_class(struct rq *rq, str text, str *out);

/* A row of a dictionary by code or label; empty where none is meant. Errors: those of the
 * database. */
err transfer_read_code(struct rq *rq, const char *dictionary, str text, str *out);

/* A body by name, also one that has ended, short name or code. id 0 and a fault
 * transfers.no_agency at the field: there is none. Errors: those of the database. */
err transfer_find_agency(struct rq *rq, const char *field, str name, struct org *out);
#endif
