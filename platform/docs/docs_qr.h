/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The squares of a QR code, for papers that draw it themselves. As SVG: docs.h. */
#ifndef HT_DOCS_DOCS_QR_H
#define HT_DOCS_DOCS_QR_H
#include "platform/docs/docs.h"

/* width squares a line, without the quiet zone of QR_QUIET on each side (ISO/IEC 18004). */
enum { QR_QUIET = 4 };
struct qr {
    int width;
    const bool *dark; /* line by line */
};

/* Makes the code of a text (UTF-8), error correction M. Errors: INVALID docs.qr_too_long. */
err qr_make(struct arena *mem, str text, struct qr *out);

/* How many squares from (x, y) on have the same colour, up to the end of the line. */
int qr_run(const struct qr *qr, int x, int y);
#endif
