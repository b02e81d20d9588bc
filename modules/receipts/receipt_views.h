/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by receipt_pages.c; all texts unescaped. */
#ifndef HT_RECEIPTS_RECEIPT_VIEWS_H
#define HT_RECEIPTS_RECEIPT_VIEWS_H
#include "modules/proposals/proposal.h"
#include "platform/web/view_parts.h"

struct receipt_view {
    const struct proposal *p; /* NULL: nothing found or nothing asked */
    const struct view_link *crumbs;
    str receipt, number, digest;
    const struct attestation *attested; /* seq 0: it came before these were kept */
    struct view_facts facts;            /* of the public page */
    html qr;
};
#endif
