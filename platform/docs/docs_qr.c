/* SPDX-License-Identifier: MulanPSL-2.0 */
/* QR codes by libqrencode: their squares, and as one SVG path of runs: no script, no style
 * attribute, sharp at any size. Error correction M; a quiet zone of four squares is part of the
 * picture (ISO/IEC 18004). */
#include "platform/docs/docs_qr.h"

#include <qrencode.h>

err qr_make(struct arena *mem, str text, struct qr *out)
{
    QRcode *code = QRcode_encodeString8bit(arena_cstr(mem, text), 0, QR_ECLEVEL_M);
    if (!code)
        return err_make(ERR_INVALID, "docs.qr_too_long");
    int count = code->width * code->width;
    bool *dark = arena_array(mem, (size_t)count, sizeof *dark);
    for (int i = 0; i < count; i++)
        dark[i] = code->data[i] & 1;
    *out = (struct qr){ code->width, dark };
    QRcode_free(code);
    return OK;
}

int qr_run(const struct qr *qr, int x, int y)
{
    const bool *line = qr->dark + y * qr->width;
    int end = x + 1;
    while (end < qr->width && line[end] == line[x])
        end++;
    return end - x;
}

/* A run of dark squares of one line as a rectangle in the path. */
static void run_add(struct buf *out, int x, int y, int length)
{
    buf_printf(out, "M%d %dh%dv1h-%dz", x + QR_QUIET, y + QR_QUIET, length, length);
}

err qr_svg(struct arena *mem, str text, struct buf *out)
{
    struct qr qr;
    TRY(qr_make(mem, text, &qr));
    int size = qr.width + 2 * QR_QUIET;
    buf_printf(out,
               "<svg class=\"qr\" aria-hidden=\"true\" viewBox=\"0 0 %d %d\" "
               "shape-rendering=\"crispEdges\">"
               "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"",
               size, size, size, size);
    for (int y = 0; y < qr.width; y++)
        for (int x = 0, length; x < qr.width; x += length) {
            length = qr_run(&qr, x, y);
            if (qr.dark[y * qr.width + x])
                run_add(out, x, y, length);
        }
    buf_put(out, "\"/></svg>");
    return OK;
}
