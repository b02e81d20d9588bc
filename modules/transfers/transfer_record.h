/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A proposal as a row of a list gives it: judged, added once, later updated. */
#ifndef HT_TRANSFERS_TRANSFER_RECORD_H
#define HT_TRANSFERS_TRANSFER_RECORD_H
#include "platform/web/web.h"

/* One proposal as a list gives it: submitted, on that moment (0 = now), without
 * completeness being judged; nobody is notified and no clock runs. Adds, or updates by source +
 * source_id while it is not yet docketed. Proposers: names in order, the first leads; who is the
 * only member of that name is linked to him. kind empty: by number and form of the names. category:
 * code. signer_count 0 = as many as names. result: 'c', 'u', '='. Errors: INVALID with faults on
 * rq; CONFLICT proposals.under_way (it differs, but is docketed), proposals.other_year (the same
 * number in another year: another source is needed). */
struct transfer_record {
    str title, situation, analysis, research, kind, category, consent, consent_reason, source,
        source_id;
    strs suggestions, proposers;
    i64 submitted_at, signer_count;
    i64 served_on; /* of earlier years: only who was a member on that day is linked */
};
err transfer_save_record(struct rq *rq, const struct transfer_record *record, i64 *id,
                         char *result);

/* Judges the texts of one; faults are noted on rq. Errors: INVALID form.faults. */
err transfer_check_record(struct rq *rq, const struct transfer_record *record);

/* Puts its texts, kind and signers into a whole. Errors: those of the database. */
struct proposal_whole;
err transfer_take_record(struct rq *rq, const struct transfer_record *record,
                         struct proposal_whole *whole);
#endif
