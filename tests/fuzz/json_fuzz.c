/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes bodies of the JSON API, and documents read as trees. */
#include "platform/web/json_tree.h"
#include "tests/fuzz/request_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = request_input_mem();
    str text = { (const char *)data, size };
    struct params params = { 0 };
    const struct json_tree *tree;
    if (params_json(mem, text, &params).code == ERR_NONE)
        request_input_check(&params);
    if (json_tree_read(mem, text, &tree).code == ERR_NONE)
        for (size_t i = 0; i < json_tree_items(tree); i++)
            json_tree_names(mem, json_tree_item(tree, i));
    arena_free(mem);
    return 0;
}
