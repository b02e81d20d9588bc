/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON bodies into params by jansson, which refuses double keys and broken UTF-8. The only file
 * that includes it; writing JSON is json.c. */
#include <jansson.h>

#include "platform/base/str.h"
#include "platform/web/params.h"

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
