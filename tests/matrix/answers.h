/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What an answer says, whatever it is packed in; for tests that look for words which must not be
 * there. */
#ifndef HT_TESTS_MATRIX_ANSWERS_H
#define HT_TESTS_MATRIX_ANSWERS_H
#include "tests/matrix/world.h"

/* The text of an answer in its memory: of a workbook all parts unpacked, of a PDF what pdftotext
 * reads, of others the body; with Location and the other headers behind. Stops the program when it
 * cannot be unpacked. */
str answer_text(struct reply *reply);

/* All events that are kept since the house began, as a person's stream gets them; in mem. */
str answer_events(struct world *w, enum who who, struct arena *mem);

/* The first word of a list, ended by NULL, that an answer says; NULL = none. */
const char *answer_says(struct reply *reply, const char *const *words);
#endif
