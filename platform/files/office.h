/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whoever sends an office file sends his name along, that of who wrote it, of his office, and how
 * long it took (quality U4). All of it stands in parts of their own, docProps/, which are made
 * empty; nothing else of the file changes, not even how it is packed. For .docx, .xlsx and .pptx;
 * names that a reader sees (comments, tracked changes) are content and stay. Older formats, PDF and
 * OFD are kept as they are. For platform/files only. */
#ifndef HT_FILES_OFFICE_H
#define HT_FILES_OFFICE_H
#include "platform/files/sheet_read.h"

enum { OFFICE_BYTES_MAX = 64 << 20 };

/* The child's side (sheet_process.h): the file without authors is appended to in->spool_fd, and one
 * row says how many bytes it has; 0 = there was nothing to take away. Errors: INVALID files.broken,
 * files.too_big (over OFFICE_BYTES_MAX); BUSY docs.disk; the row function's. */
err office_parse(struct arena *mem, const struct sheet_input *in,
                 const struct sheet_reader *reader);

/* The house's side: has it done by a child (or here, where there is no helper) and puts the result
 * in the place of the file at path, as many bytes as *size says; *size 0 = the file is as it was.
 * The bytes are the child's: whoever keeps them judges their type again. Errors: those of
 * office_parse; INVALID files.office_odd (whoever read it died of it, or says what cannot be); BUSY
 * files.reader_gone. */
err office_clean(struct arena *mem, str path, i64 *size);
#endif
