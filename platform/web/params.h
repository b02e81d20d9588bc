/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Names and values as they came in: query string, url-encoded body, JSON object, multipart
 * fields, path. Untyped; forms.c makes typed input of them. Decoding is strict: what is not text
 * is refused, nothing is guessed. */
#ifndef HT_WEB_PARAMS_H
#define HT_WEB_PARAMS_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/base/types.h"

/* Where a value came from. */
enum param_source { FROM_PATH, FROM_QUERY, FROM_BODY };

/* One value. other: it was no text, number or truth value (a JSON object, a list in a list, a
 * broken number). */
struct web_param {
    str name, value;
    enum param_source source;
    bool other;
};

enum { PARAMS_MAX = 2000 };

/* A growing list, in order of arrival, at most PARAMS_MAX. */
struct params {
    struct web_param *items;
    size_t count, cap;
};

/* Adds one. Errors: INVALID web.too_many_fields. */
err params_add(struct arena *mem, struct params *list, struct web_param item);

/* The i-th value of a name from one source, or NULL. */
const struct web_param *params_find(const struct params *list, str name, enum param_source source);

/* Adds the pairs of a url-encoded text ("a=1&b=2", + means space).
 * Errors: INVALID web.encoding (broken %XX, NUL, not UTF-8), web.too_many_fields. */
err params_urlencoded(struct arena *mem, str text, enum param_source source, struct params *list);

/* Adds the members of a JSON object; null is left out, lists give one value an item, true is "1"
 * and false "0". Errors: INVALID web.json (not an object, broken, double keys),
 * web.too_many_fields. */
err params_json(struct arena *mem, str text, struct params *list);

/* Decodes %XX; plus: + means space. Errors: INVALID web.encoding. */
err params_decode(struct arena *mem, str text, bool plus, str *out);
#endif
