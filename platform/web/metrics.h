/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Figures for Prometheus: answers by route template with a histogram of their times, lanes,
 * streams, process. */
#ifndef HT_WEB_METRICS_H
#define HT_WEB_METRICS_H
#include "platform/web/exchange.h"

/* Counts an answer. micros: from the head to the answer ready to be sent. */
void metrics_count(struct exchange *ex, i64 micros);

/* All figures in Prometheus' text format 0.0.4. db: for those of jobs; NULL leaves them out. */
void metrics_write(struct web *web, struct db *db, struct buf *out);
#endif
