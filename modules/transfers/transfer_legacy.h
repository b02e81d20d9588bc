/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An old district system counts its steps (rules.md 12.1: 1 暂存 … 100 不转用). What each number
 * means here is a table, shipped and then the organisation's own; lists of steps become lines in
 * the history of cases that came as records of earlier years. */
#ifndef HT_TRANSFERS_TRANSFER_LEGACY_H
#define HT_TRANSFERS_TRANSFER_LEGACY_H
#include "modules/transfers/transfer_record_store.h"
#include "platform/web/web.h"

/* What all codes mean to the organisation, in the old system's order: struct transfer_code rows;
 * changed_at 0 = as shipped; state empty = not used. Errors: those of the database. */
err transfer_list_codes(struct rq *rq, struct rows *out);

/* A code by number ("4", "-4", also with a long or wide minus) or by its word there. False: it is
 * none, or not used. Errors: those of the database. */
err transfer_find_code(struct rq *rq, str text, struct transfer_code *out, bool *found);

/* Says what a code means: number, the old system's word, where a case is after it (empty = not
 * used), our step that it was (empty = none of ours). Errors: INVALID with faults: no number from
 * -999 to 999, state unknown, a step that does not lead to that state, a word that another code has
 * or that is a number. */
struct transfer_code_input {
    str code, word, state, verb;
};
err transfer_save_code(struct rq *rq, const struct transfer_code_input *in);

/* As shipped again; one that was not shipped is gone. Errors: INVALID with a fault at code. */
err transfer_reset_code(struct rq *rq, str code);

/* The outcome that an end in the old system stands for, by its code or word; words: number and
 * word, "9 归档". Both empty for an empty text. Faults at "reached": an unknown code, one that is
 * no end. Errors: those of the database. */
err transfer_read_end(struct rq *rq, str text, str *outcome, str *words);
#endif
