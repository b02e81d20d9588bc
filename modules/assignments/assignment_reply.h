/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An answer as it stands in the tables and on a sheet: rows and their maps. Who may see them:
 * assignment_sheet.c; how they come to be: modules/replies. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_REPLY_H
#define HT_ASSIGNMENTS_ASSIGNMENT_REPLY_H
#include "platform/web/web.h"

struct reply {
    i64 id, assignment_id, round, drafted_at, drafted_by, signed_at, signed_by, delivered_at,
        version;
    i64 vetted_at, vetted_by, examined_at, examined_by; /* of its way out; 0 = not */
    bool public;
    str signed_class; /* class as signed: who releases it may change it */
    str class, opening, closing, number, signer, operator, phone, copies;
};

/* The answer to one item. */
struct reply_answer {
    i64 reply_id, number;
    str result, text;
};

/* A dated promise in a reply, as it was given (rules.md 2.5). number: from 1 in the reply;
 * item_number: of the item that it is about, 0 = of the whole answer. owner: who answers for it,
 * named by the agency. evidence_kind: "document" "photo" "acceptance" "site" "other" or empty. */
struct reply_promise {
    i64 reply_id, number, item_number, due_on;
    str text, owner, phone, evidence_kind;
};

/* All columns of each. */
extern const struct field REPLY_ROW[], REPLY_ANSWER_ROW[], REPLY_PROMISE_ROW[];
#endif
