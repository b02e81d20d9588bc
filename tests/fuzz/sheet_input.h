/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bytes as a file that sheet_read reads, and what must hold of every row whatever the bytes are.
 * For the fuzz targets. */
#ifndef HT_TESTS_FUZZ_SHEET_INPUT_H
#define HT_TESTS_FUZZ_SHEET_INPUT_H
#include "platform/files/files.h"

/* Reads the bytes as a file that has this ending. Aborts when a row breaks a promise of files.h. */
void sheet_input_read(const void *data, size_t size, const char *ending);
#endif
