/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Limits of attachments that photos share, and the owner of previews. For platform/files only;
 * others use files.h and photo.h. */
#ifndef HT_FILES_ATTACHMENT_INTERNAL_H
#define HT_FILES_ATTACHMENT_INTERNAL_H
#include "platform/files/files.h"

/* Owner of the preview of a photo; its owner_id is the photo's id. */
#define ATTACHMENT_PREVIEWS "previews"

/* files.max_mb as it is set. */
i64 attachment_max_mb(struct rq *rq);

/* Faults the field with files.quota {MB} when whoever is signed in has no room for so many bytes
 * more. */
err attachment_quota_check(struct rq *rq, const char *field, i64 more_bytes);
#endif
