/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The lists that `huotang import` and pages take: proposals that come in now ("proposals"), those
 * of earlier years ("past"), steps of an old system ("steps"). */
#ifndef HT_TRANSFERS_TRANSFER_IMPORT_H
#define HT_TRANSFERS_TRANSFER_IMPORT_H
#include "modules/transfers/transfer_record.h"
#include "platform/files/mapping.h"

/* The three kinds; ends with a zero row. */
enum { TRANSFER_PROPOSALS, TRANSFER_PAST, TRANSFER_STEPS };
extern const struct import_kind TRANSFER_IMPORTS[];

/* Fields of the second and the third, and what stores a row of theirs. */
extern const struct import_field TRANSFER_PAST_FIELDS[], TRANSFER_STEP_FIELDS[];
err transfer_past_row(struct rq *rq, const struct import_row *row, char *result);
err transfer_step_row(struct rq *rq, const struct import_row *row, char *result);

/* What a row says of a proposal's text and signers; a list of earlier years has the same fields.
 * Days and ids are the caller's. Errors: those of the database. */
err transfer_read_record(struct rq *rq, const struct import_row *row, struct transfer_record *out);

/* Whether a text is one of the words "a|b|c" of a text key, whatever its width and case. */
bool transfer_is_listed(struct arena *mem, str text, const char *key);
bool transfer_is_alike(struct arena *mem, str a, str b);
#endif
