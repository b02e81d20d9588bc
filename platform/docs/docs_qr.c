/* SPDX-License-Identifier: MulanPSL-2.0 */
/* QR codes by libqrencode as one SVG path of runs: no script, no style attribute, sharp at any
 * size. Error correction M; a quiet zone of four modules is part of the picture (ISO/IEC 18004).
 * */
#include <qrencode.h>

#include "platform/docs/docs.h"

enum { QUIET = 4 };

/* A run of dark modules of one line as a rectangle in the path. */
static void run_add(struct buf *out, int x, int y, int length)
{
    buf_printf(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, length, length);
}

err qr_svg(struct arena *mem, str text, struct buf *out)
{
    QRcode *code = QRcode_encodeString8bit(arena_cstr(mem, text), 0, QR_ECLEVEL_M);
    if (!code)
        return err_make(ERR_INVALID, "docs.qr_too_long");
    int size = code->width + 2 * QUIET;
    buf_printf(out,
               "<svg class=\"qr\" aria-hidden=\"true\" viewBox=\"0 0 %d %d\" "
               "shape-rendering=\"crispEdges\">"
               "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"",
               size, size, size, size);
    for (int y = 0; y < code->width; y++) {
        int run = 0;
        for (int x = 0; x <= code->width; x++) {
            bool dark = x < code->width && code->data[y * code->width + x] & 1;
            if (!dark && run)
                run_add(out, x - run, y, run);
            run = dark ? run + 1 : 0;
        }
    }
    buf_put(out, "\"/></svg>");
    QRcode_free(code);
    return OK;
}
