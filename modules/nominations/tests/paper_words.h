/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a list on paper says, whatever it is packed in. */
#ifndef HT_NOMINATIONS_TESTS_PAPER_WORDS_H
#define HT_NOMINATIONS_TESTS_PAPER_WORDS_H
#include "platform/base/arena.h"
#include "platform/base/str.h"

/* The words of a PDF, DOCX or workbook, lines joined; empty where nothing here can unpack it. */
str paper_words(struct arena *mem, str file);
#endif
