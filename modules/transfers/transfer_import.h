/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The list of proposals that `huotang import proposals` and the page /proposals/import take. */
#ifndef HT_TRANSFERS_TRANSFER_IMPORT_H
#define HT_TRANSFERS_TRANSFER_IMPORT_H
#include "platform/files/mapping.h"

/* One kind, "proposals"; ends with a zero row. */
extern const struct import_kind TRANSFER_IMPORTS[];
#endif
