/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of receipts, and nothing else; read this first. Pages: receipt_pages.c. */
#include "modules/receipts/receipt.h"
#include "modules/receipts/receipt_pages.h"

static const struct form RECEIPT_FORM = {
    "proposals.receipt",
    sizeof(struct receipt_input),
    (const struct input[]){
        { FIELD(struct receipt_input, receipt), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/proposals/{id}/receipt", page_receipt_show, .may = "proposals.read" },
    { GET, "/receipt", page_receipt_check, .may = PUBLIC },
    { POST, "/receipt", page_receipt_find, .may = PUBLIC, .form = &RECEIPT_FORM,
      .redraw = page_receipt_check },
    { POST, "/api/v1/receipt", api_receipt_find, .may = PUBLIC, .form = &RECEIPT_FORM },
    { 0 },
};

const struct module receipt_module = {
    .name = "receipts",
    .needs = (const char *const[]){ "proposals", NULL },
    .routes = ROUTES,
};
