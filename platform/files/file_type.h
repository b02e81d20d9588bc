/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a file is: by its content, which must agree with the ending of its name, from a short list
 * of what offices send. */
#ifndef HT_FILES_FILE_TYPE_H
#define HT_FILES_FILE_TYPE_H
#include "platform/base/arena.h"
#include "platform/base/str.h"

/* The media type ("application/pdf") of an open file, or NULL when it is not on the list or not
 * what its name says. A name without ending gets the type of its content where that is certain
 * (PDF, JPEG, PNG). */
const char *file_type_of(struct arena *mem, int fd, str name);

/* Whether a media type is that of .docx, .xlsx, .pptx. */
bool file_type_is_office(const char *type);

/* The name to keep: without folders, control characters and direction marks, at most 120 characters
 * with the ending kept; "file" when nothing is left. */
str file_name_clean(struct arena *mem, str name);

/* Endings on the list as the accept attribute of a file field has them: ".pdf,.docx,…". */
const char *file_types_accepted(void);
#endif
