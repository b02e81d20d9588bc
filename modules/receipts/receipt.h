/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the holder of a receipt's digits may see. */
#ifndef HT_RECEIPTS_RECEIPT_H
#define HT_RECEIPTS_RECEIPT_H
#include "modules/proposals/proposal.h"

struct receipt_input {
    str receipt;
};

/* By digits as typed, spaces and full-width ones too. Errors: INVALID form.faults. */
err receipt_read(struct rq *rq, str typed, struct receipt_found *out);
#endif
