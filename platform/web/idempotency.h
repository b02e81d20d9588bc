/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A submission sent twice is done once: header Idempotency-Key or the hidden field that forms
 * carry. The key is claimed in the request's own transaction, so a rolled-back submission may be
 * sent again and two at once cannot both win. Kept 24 hours. A key counts only where it belongs to
 * an account or a browser with its cookie, and not for a form that holds a password. An anonymous
 * form (anonymous.h) has its stamp for a key, which is used once and answers nothing again. */
#ifndef HT_WEB_IDEMPOTENCY_H
#define HT_WEB_IDEMPOTENCY_H
#include "platform/web/exchange.h"

enum { IDEMPOTENCY_KEPT_MS = 24 * 3600 * 1000, IDEMPOTENCY_BODY_MAX = 64 * 1024 };

/* Claims the request's key in the present transaction. *replayed: it was answered before and res
 * holds that answer again. Without a key nothing happens. Errors: CONFLICT web.stamp_used;
 * web.idempotency (the key was used for something else), web.shown_once (answered, but that answer
 * was not kept: it held what is shown once, or was too large); those of the database. */
err idempotency_begin(struct exchange *ex, struct db *db, bool *replayed);

/* Claims the stamp of an anonymous form in the present transaction, before slow work that belongs
 * to it. Errors: CONFLICT web.stamp_used; those of the database. */
err idempotency_claim(struct exchange *ex, struct db *db);

/* Keeps the answer under the claimed key. Errors: those of the database. */
err idempotency_keep(struct exchange *ex, struct db *db);
#endif
