/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A JSON text as a tree that can only be read, for documents with more shape than a form has
 * (cases that travel). Bounded: what would take more is refused before it is built. Bodies of
 * requests are forms: params.h. Writing: json.h. */
#ifndef HT_WEB_JSON_TREE_H
#define HT_WEB_JSON_TREE_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/base/types.h"

struct json_tree;

/* How deep brackets may stand in each other, and how many values one text may hold: a value of two
 * bytes takes about a hundred in memory. */
enum { JSON_TREE_DEPTH = 32, JSON_TREE_VALUES = 400000 };

/* Reads a whole text; the tree lives as long as mem. Errors: INVALID web.json_broken (with the
 * line, from 1; also broken UTF-8, NUL, double keys, numbers beyond 64 bits), web.json_deep,
 * web.json_many. */
err json_tree_read(struct arena *mem, str text, const struct json_tree **out);

/* The value of an object's member; NULL when tree is no object (or NULL) or has none of the name.
 */
const struct json_tree *json_tree_member(const struct json_tree *tree, const char *name);

/* Names of an object's members, as they came; none of anything else. */
strs json_tree_names(struct arena *mem, const struct json_tree *tree);

/* How many items a list has, 0 of anything else; one of them, from 0. */
bool json_tree_is_list(const struct json_tree *tree);
size_t json_tree_items(const struct json_tree *tree);
const struct json_tree *json_tree_item(const struct json_tree *tree, size_t nth);

/* The value, if it is of the kind; NULL is of none. Numbers are whole ones. */
bool json_tree_text(const struct json_tree *tree, str *out);
bool json_tree_number(const struct json_tree *tree, i64 *out);
/* A number with a fraction, in parts of one: 1.5 in thousandths is 1500. False where it is none, or
 * does not come out even. */
bool json_tree_parts(const struct json_tree *tree, i64 parts, i64 *out);
bool json_tree_truth(const struct json_tree *tree, bool *out);
bool json_tree_is_null(const struct json_tree *tree);
bool json_tree_is_object(const struct json_tree *tree);
#endif
