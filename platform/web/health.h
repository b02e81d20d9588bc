/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What /livez and /readyz say (quality O4): alive as long as a loop thread answers; ready while the
 * database takes writes, the disk has room, the last backup is not too old and nobody asked us to
 * stop. Nothing is waited for: the ticker has found out before. */
#ifndef HT_WEB_HEALTH_H
#define HT_WEB_HEALTH_H
#include "platform/web/exchange.h"

/* Answers /livez or /readyz; false when the path is neither. */
bool health_answer(struct exchange *ex);

/* Notes that a backup was made now: `huotang backup` does, and so may a script that saves a
 * PostgreSQL database (touch DATA/last-backup). false when the note cannot be written. */
bool health_backup_made(struct arena *mem, const struct config *config);

/* Room in the file system of the data directory, in bytes; false when it cannot be told. */
struct health_room {
    i64 free, size;
};
bool health_room_of(struct arena *mem, const struct config *config, struct health_room *out);

/* When the last backup was made, UTC milliseconds; 0 = never. */
i64 health_backup_at(struct arena *mem, const struct config *config);
#endif
