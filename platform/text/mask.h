/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What in a text leads to a person: numbers, accounts, plates of cars, names that somebody says to
 * be his. Rules only, no guessing; somebody reads the text afterwards. What is found and what is
 * not: the table in tests/mask_test.c. Pure but for its words (text/zh.txt). */
#ifndef HT_TEXT_MASK_H
#define HT_TEXT_MASK_H
#include "platform/db/db.h"

/* What it is: PHONE is a land line or a service number; NUMBER is of a card, or of fifteen digits
 * and more that are no identity; CONTACT stands behind a word such as 微信号. */
enum mask_kind {
    MASK_MOBILE,
    MASK_PHONE,
    MASK_IDENTITY,
    MASK_NUMBER,
    MASK_CONTACT,
    MASK_PLATE,
    MASK_NAME
};

/* MASK_NUMBERS: what a text for everybody must never have. MASK_ALL: also plates and names, of a
 * letter that goes to those it may complain about. */
enum mask_scope { MASK_NUMBERS, MASK_ALL };

/* Bytes [from, to) of the text. */
struct mask_hit {
    i64 from, to;
    enum mask_kind kind;
};

/* struct mask_hit rows in mem, in order, none within another. text: UTF-8. */
struct rows mask_find(struct arena *mem, str text, enum mask_scope scope);

/* The text with what mask_find finds replaced by a word in brackets ("mask.shown.phone" …); masked
 * again it stays as it is. In mem. */
str mask_text(struct arena *mem, str text, enum mask_scope scope);
#endif
