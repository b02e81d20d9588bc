/* SPDX-License-Identifier: MulanPSL-2.0 */
/* From untyped params to the typed struct of a declared form, with all faults at once (web.h has
 * the declarations). What is not declared does not exist. Platform only: handlers see rq->input. */
#ifndef HT_WEB_FORMS_H
#define HT_WEB_FORMS_H
#include "platform/web/exchange.h"

/* Where one input's values come from: {names} of the path first; then the query for GET and
 * .query inputs, else the body. */
enum param_source form_source(const struct rq *rq, const struct input *input);

/* Fills a struct of form->size in rq->mem from the params and notes every fault on rq. The
 * result is complete only when rq_has_faults stays false. Needs rq->db for limits from settings
 * and for dictionaries. */
void *form_read(struct rq *rq, const struct form *form);

/* The declared input of a name, or NULL. */
const struct input *form_input(const struct form *form, str name);

/* The text key of an input's label: .label, or "FORM.FIELD" made in mem. */
const char *form_label(struct arena *mem, const struct form *form, const struct input *input);

/* Words of a fault in the reader's language, without the field's label. */
str fault_words(struct arena *mem, const struct fault *fault);
#endif
