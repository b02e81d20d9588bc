/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON bodies into params, and documents into trees (json_tree.h), by jansson, which refuses double
 * keys and broken UTF-8. The only file that includes it; writing JSON is json.c. */
#include <jansson.h>
#include <math.h>

#include "platform/base/str.h"
#include "platform/web/json_tree.h"
#include "platform/web/params.h"

/* Far below where a double loses whole numbers. */
static const double PARTS_MAX = 1e15;

static err add_value(struct arena *mem, struct params *list, str name, const json_t *value)
{
    struct web_param item = { .name = name, .source = FROM_BODY };
    if (json_is_string(value))
        item.value = arena_str(mem, (str){ json_string_value(value), json_string_length(value) });
    else if (json_is_integer(value))
        item.value = arena_printf(mem, "%lld", (long long)json_integer_value(value));
    else if (json_is_boolean(value))
        item.value = str_of(json_is_true(value) ? "1" : "0");
    else
        item.other = true;
    return params_add(mem, list, item);
}

static err add_member(struct arena *mem, struct params *list, str name, json_t *value)
{
    if (json_is_null(value))
        return OK;
    if (!json_is_array(value))
        return add_value(mem, list, name, value);
    for (size_t i = 0; i < json_array_size(value); i++)
        TRY(add_value(mem, list, name, json_array_get(value, i)));
    return OK;
}

static err add_members(struct arena *mem, struct params *list, json_t *object)
{
    for (void *i = json_object_iter(object); i; i = json_object_iter_next(object, i)) {
        str name = arena_str(mem, str_of(json_object_iter_key(i)));
        TRY(add_member(mem, list, name, json_object_iter_value(i)));
    }
    return OK;
}

err params_json(struct arena *mem, str text, struct params *list)
{
    json_error_t ignored;
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &ignored);
    if (!json_is_object(root)) {
        json_decref(root);
        return err_make(ERR_INVALID, "web.json");
    }
    err e = add_members(mem, list, root);
    json_decref(root);
    return e;
}

/* ---- trees ---- */

/* What a text would build, counted without building: brackets and commas outside strings. */
struct extent {
    size_t values, depth, deepest;
};

static size_t string_end(str text, size_t at)
{
    for (at++; at < text.len && text.ptr[at] != '"'; at++)
        at += text.ptr[at] == '\\';
    return at;
}

static struct extent extent_of(str text)
{
    struct extent x = { .values = 1 };
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '"') {
            i = string_end(text, i);
        } else if (c == '{' || c == '[') {
            x.values++;
            x.depth++;
            x.deepest = x.depth > x.deepest ? x.depth : x.deepest;
        } else if (c == '}' || c == ']') {
            x.depth -= x.depth > 0;
        } else if (c == ',') {
            x.values++;
        }
    }
    return x;
}

static void tree_free(void *root)
{
    json_decref(root);
}

err json_tree_read(struct arena *mem, str text, const struct json_tree **out)
{
    json_error_t error = { .line = 0 };
    struct extent x = extent_of(text);
    *out = NULL;
    if (x.deepest > JSON_TREE_DEPTH)
        return err_make(ERR_INVALID, "web.json_deep");
    if (x.values > JSON_TREE_VALUES)
        return err_make(ERR_INVALID, "web.json_many");
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        return err_make_with(ERR_INVALID, "web.json_broken",
                             arena_printf(mem, "%d", error.line > 0 ? error.line : 1), str_of(""));
    arena_on_free(mem, tree_free, root);
    *out = (const struct json_tree *)root;
    return OK;
}

static const json_t *node(const struct json_tree *tree)
{
    return (const json_t *)tree;
}

const struct json_tree *json_tree_member(const struct json_tree *tree, const char *name)
{
    return (const struct json_tree *)json_object_get(node(tree), name);
}

strs json_tree_names(struct arena *mem, const struct json_tree *tree)
{
    strs names = { 0 };
    json_t *object = (json_t *)(uintptr_t)node(tree);
    if (!json_is_object(object))
        return names;
    for (void *i = json_object_iter(object); i; i = json_object_iter_next(object, i))
        strs_add(mem, &names, arena_str(mem, str_of(json_object_iter_key(i))));
    return names;
}

bool json_tree_is_list(const struct json_tree *tree)
{
    return json_is_array(node(tree));
}

bool json_tree_is_object(const struct json_tree *tree)
{
    return json_is_object(node(tree));
}

size_t json_tree_items(const struct json_tree *tree)
{
    return json_is_array(node(tree)) ? json_array_size(node(tree)) : 0;
}

const struct json_tree *json_tree_item(const struct json_tree *tree, size_t nth)
{
    return (const struct json_tree *)json_array_get(node(tree), nth);
}

bool json_tree_text(const struct json_tree *tree, str *out)
{
    if (!json_is_string(node(tree)))
        return false;
    *out = (str){ json_string_value(node(tree)), json_string_length(node(tree)) };
    return true;
}

bool json_tree_number(const struct json_tree *tree, i64 *out)
{
    if (!json_is_integer(node(tree)))
        return false;
    *out = json_integer_value(node(tree));
    return true;
}

bool json_tree_parts(const struct json_tree *tree, i64 parts, i64 *out)
{
    double value = json_number_value(node(tree)) * (double)parts;
    if (!json_is_number(node(tree)) || fabs(value) > PARTS_MAX || fabs(value - round(value)) > 1e-6)
        return false;
    *out = (i64)round(value);
    return true;
}

bool json_tree_truth(const struct json_tree *tree, bool *out)
{
    *out = json_is_true(node(tree));
    return json_is_boolean(node(tree));
}

bool json_tree_is_null(const struct json_tree *tree)
{
    return json_is_null(node(tree));
}
