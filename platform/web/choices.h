/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Choices of a form that are too many to draw: an input's .values gives those that it draws and
 * says how others are found. A field then takes words, and what is read is the value that they
 * mean; of several the person is asked for the number. */
#ifndef HT_WEB_CHOICES_H
#define HT_WEB_CHOICES_H
#include "platform/web/web.h"

/* Those that typed words mean (a value, a name, a number): few struct view_choice rows. */
typedef err choice_find(struct rq *rq, str typed, struct rows *out);

/* From within .values: what is not among its rows is looked for by find. */
void rq_choices_find(struct rq *rq, choice_find *find);
#endif
