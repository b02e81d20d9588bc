/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Files that came with a multipart request: written to a temporary folder while they arrive,
 * digest made on the way, limits on count and size. What the bytes are is judged by
 * platform/files, which takes them over. */
#ifndef HT_WEB_UPLOAD_H
#define HT_WEB_UPLOAD_H
#include "platform/web/digest.h"
#include "platform/web/params.h"

struct rq;

/* A received file. path: temporary, removed with the request unless it was moved away. */
struct upload {
    str field, name; /* name as the browser gave it, without folders; may be empty */
    str path;
    str sha256; /* 64 hexadecimal digits; of no meaning where files are dropped */
    i64 size;
    bool ready; /* what has to be done with it before a transaction is done */
};

struct uploads {
    const struct upload *items;
    size_t count;
};

/* The files of one INPUT_FILES field, in order of arrival. Files with neither name nor bytes (an
 * empty input) are not among them. */
struct uploads rq_uploads(const struct rq *rq, const char *field);

/* ---- platform only: a streaming parser of multipart/form-data (RFC 7578) ---- */

struct upload_set; /* what has arrived so far */

struct upload_limits {
    str dir;          /* temporary folder; empty = files are read and dropped */
    i64 files, bytes; /* at most so many files and bytes in all */
};

/* Starts on the value of Content-Type. Errors: INVALID web.multipart (no or bad boundary). */
err upload_start(struct arena *mem, str content_type, struct upload_limits limits,
                 struct upload_set **out);

/* Takes the next piece of the body. Errors: INVALID web.multipart, web.too_many_files,
 * web.too_many_fields; LIMIT web.too_big (files, or 2 MiB of text fields together); BUSY web.disk.
 * After an error nothing more is taken. */
err upload_add(struct upload_set *set, str piece);

/* The body is complete: moves its text fields to params. Errors: INVALID web.multipart (cut
 * off), web.encoding. */
err upload_end(struct upload_set *set, struct params *params);

/* All files, for checks of a form. */
struct uploads upload_all(const struct upload_set *set);

/* One of them, for who changes the file on its way: then size and sha256 are to be set too. */
struct upload *upload_at(struct upload_set *set, size_t number);
#endif
