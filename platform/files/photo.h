/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Photos that anybody may send (quality U4, U5, U7): what is kept is a JPEG made anew, turned
 * upright, at most 2,000 pixels on its longer side, and a preview of 320; nothing of the file goes
 * through but its pixels: no place, time, camera, name. The file as sent is read once, by a process
 * that can do nothing else (sheet_process.h), and is gone with the request.
 *
 * They are attachments of their owner (files.h): attachment_list lists them, attachment_remove
 * removes one with its preview, and who may see them is the owner's rule.
 *
 *     err slow_letter_send(rq, res)   { ... photo_take(rq, "photos", 5, photos); rq->found =
 * photos; } err page_letter_send(rq, res)   { ... photo_keep(rq, rq->found, "letters", id); } err
 * page_letter_photo(rq, res)  { may he see it? ... photo_send(rq, res, &key, PHOTO_PREVIEW); }
 */
#ifndef HT_FILES_PHOTO_H
#define HT_FILES_PHOTO_H
#include "platform/files/files.h"

/* Clean ones of one request, in the order of arrival; their bytes are in the store. */
struct photo {
    struct attachment_made picture, preview;
};
struct photos {
    const struct photo *items;
    size_t count;
    const char *field;
    i64 most;
};

/* The slow half of a route: cleans what came in the INPUT_FILES field and puts the results into the
 * store on disk. Never to be called in a transaction that writes: a photo may take 10 s of
 * processor time. field: lives as long as the request. most: how many an owner may have. out: in
 * rq->mem, for rq->found. Each photo that is not taken is a fault of the field, with its name as
 * sent: files.photo_type, files.photo_heic (both say what to send instead), files.photo_large {MB},
 * files.photo_pixels (over 40 million), files.photo_broken (cut off, or its header lies),
 * files.photo_animated, files.photo_mixed (it is something else as well), files.photo_odd (whoever
 * read it died of it), files.photo_slow (those before it took all of the request's ten seconds);
 * too many are files.photo_count {most}. Errors: INVALID form.faults; BUSY files.reader_gone (no
 * process to read them), files.disk, docs.disk. */
err photo_take(struct rq *rq, const char *field, i64 most, struct photos *out);

/* Gives them to the owner in the present transaction, under names of ours ("照片1.jpg": the name of
 * a file may tell who took it). They count for the quota of whoever is signed in. Errors: INVALID
 * form.faults with files.photo_count, files.quota. */
err photo_keep(struct rq *rq, const struct photos *photos, const char *owner, i64 owner_id);

/* One photo of an owner. */
struct photo_key {
    const char *owner;
    i64 owner_id, id;
};
enum photo_form { PHOTO_PICTURE, PHOTO_PREVIEW };

/* Sends it to be looked at in the page (image/jpeg, inline, sandboxed, nosniff, no-store); the
 * caller has checked that the actor may see the owner. An attachment that has no preview, since it
 * did not come this way, is sent whole and as a download, as attachment_send does. Errors:
 * NOT_FOUND db.no_row; INTERNAL files.lost. */
err photo_send(struct rq *rq, struct res *res, const struct photo_key *key, enum photo_form form);

/* The accept attribute of a photo field. Without HEIC in it, so that iPhones convert by themselves.
 */
const char *photo_types_accepted(void);
#endif
