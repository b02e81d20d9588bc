/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which category, or which agency, a text probably belongs to, learned from those that people have
 * handled: a linear model per collection and question. A model is bytes that the caller stores; it
 * holds no text but the names of its labels. Nothing leaves the house. The only user of liblinear.
 */
#ifndef HT_TEXT_CLASSIFY_H
#define HT_TEXT_CLASSIFY_H
#include "platform/base/arena.h"
#include "platform/base/str.h"
#include "platform/db/db.h"

enum {
    CLASSIFY_LABELS_MAX = 200,
    CLASSIFY_LABEL_BYTES = 200,
    CLASSIFY_MODEL_MAX = 4 << 20, /* bytes of a model */
    CLASSIFY_BECAUSE = 5
};

/* A text as it was written. label: what people decided; empty = nobody yet: such a text only tells
 * which words are common. */
struct classify_text {
    str label, title, body;
};

/* Learns from texts, newest first; what comes after some four million different words of texts
 * together is left out, so that it needs at most 400 MB; 7,000 letters take some seconds: for jobs
 * and the slow lane only. One at a time in the process. The same texts give the same bytes. false:
 * fewer than two labels, more than CLASSIFY_LABELS_MAX, one that is too long, or no word that two
 * texts share. model: in mem; all else is freed. */
bool classify_train(struct arena *mem, const struct classify_text *texts, size_t count,
                    bytes *model);

/* A label with how sure the model is, all labels together 100; and up to five words of the text
 * that spoke for it, most first. */
struct classify_guess {
    str label;
    i64 degree;
    strs because;
};

/* Every label of the model as struct classify_guess rows, most probable first; none where the text
 * has no word that the model knows. Some 0.3 ms. false: the bytes are no model. out: in mem, labels
 * point into the model. */
bool classify_guess(struct arena *mem, bytes model, const struct classify_text *text,
                    struct rows *out);
#endif
