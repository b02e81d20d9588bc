/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Small twins of large fonts. What draws a PDF copies and reads the whole of a font for each subset
 * that it embeds: 24 MB for a face of Noto CJK, twice a face, for every letter. A twin holds the
 * characters that papers are made of, and is a tenth of that; what it lacks comes from the font
 * itself, so a page looks the same. Process-wide: to be called before anything is drawn. */
#ifndef HT_DOCS_DOCS_CUT_H
#define HT_DOCS_DOCS_CUT_H
#include <stdbool.h>

enum { CUT_NAME_MAX = 32 };

/* Makes the twin of the installed font of this family and weight (OpenType, 400 regular), known to
 * fontconfig under a family of its own, which is written to name. False, and an empty name, where
 * the font needs none (its outlines are not CFF) or where no twin can be made: then the font serves
 * itself. number: tells twins apart. The twin lives as long as the process. */
bool docs_cut(const char *family, int weight, int number, char name[CUT_NAME_MAX]);
#endif
