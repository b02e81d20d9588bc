/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whose receipt it is. How digits are typed: platform/text/digits.h. */
#include "modules/receipts/receipt.h"

#include "platform/text/digits.h"

enum { RECEIPT_DIGITS = 20 };

err receipt_read(struct rq *rq, str typed, struct receipt_found *out)
{
    str digits = digits_read(rq->mem, typed, RECEIPT_DIGITS);
    const char *fault = "proposals.receipt_form";
    if (digits.len) {
        err e = proposal_find_by_receipt(rq, digits, out);
        if (e.code != ERR_NOT_FOUND)
            return e;
        fault = "proposals.receipt_unknown";
    }
    rq_fault(rq, "receipt", fault, str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}
