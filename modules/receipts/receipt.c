/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Digits as people type them. */
#include "modules/receipts/receipt.h"

enum { RECEIPT_DIGITS = 20 };

/* The 20 digits out of what was typed, full-width ones too; empty when there are more or fewer. */
static str digits_of(struct rq *rq, str typed)
{
    char *digits = arena_zero(rq->mem, RECEIPT_DIGITS + 1);
    size_t n = 0, at = 0;
    while (at < typed.len) {
        uint32_t c = str_next_char(typed, &at);
        if (c >= 0xFF10 && c <= 0xFF19)
            c -= 0xFEE0;
        if (c == ' ' || c == '-' || c == 0x3000)
            continue;
        if (c < '0' || c > '9' || n == RECEIPT_DIGITS)
            return str_of("");
        digits[n++] = (char)c;
    }
    return n == RECEIPT_DIGITS ? (str){ digits, n } : str_of("");
}

err receipt_read(struct rq *rq, str typed, struct receipt_found *out)
{
    str digits = digits_of(rq, typed);
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
