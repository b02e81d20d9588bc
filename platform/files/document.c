/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Documents in (files.h): paragraphs by the readers of lists, in their process and under their
 * guards; an office's text is short, so the limits are lower. */
#include "platform/files/files.h"

enum { PARAGRAPHS_MAX = 5000, PARAGRAPH_BYTES = 256 * 1024, UNPACKED_BYTES = 16 << 20 };

struct paragraphs {
    struct arena *mem;
    strs *out;
};

static err take(void *context, const struct sheet_row *row)
{
    const struct paragraphs *p = context;
    str text = row->cells.count ? str_trim(row->cells.items[0]) : str_of("");
    if (text.len)
        strs_add(p->mem, p->out, arena_str(p->mem, text));
    return OK;
}

/* What a list's reader says of a document. */
static err worded(err e)
{
    static const struct {
        const char *list, *document;
    } NAMES[] = {
        { "files.not_a_table", "files.not_a_document" },
        { "files.old_xls", "files.old_doc" },
        { "files.too_big", "files.document_too_long" },
        { "files.too_many_rows", "files.document_too_long" },
        { "files.cell_too_big", "files.document_too_long" },
        { "files.bomb", "files.document_odd" },
        { "files.reader_died", "files.document_odd" },
        { "files.encoding", "files.document_encoding" },
        { "files.encrypted", "files.document_locked" },
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (err_is(e, NAMES[i].list))
            return err_make(ERR_INVALID, NAMES[i].document);
    return e;
}

err document_read(struct arena *mem, str path, strs *out)
{
    struct paragraphs p = { mem, out };
    const struct sheet_reader reader = {
        take,
        &p,
        { .unpacked_bytes = UNPACKED_BYTES,
          .rows = PARAGRAPHS_MAX,
          .cell_bytes = PARAGRAPH_BYTES,
          .paragraphs = true },
    };
    *out = (strs){ 0 };
    TRY(worded(sheet_read(mem, path, &reader)));
    return out->count ? OK : err_make(ERR_INVALID, "files.not_a_document");
}
