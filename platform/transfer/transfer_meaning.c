/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See transfer_meaning.h. */
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/transfer/transfer_meaning_store.h"
#include "platform/web/json_tree.h"

enum { MEANINGS_MAX = 2000 };

err transfer_meaning_find(struct rq *rq, str peer, const struct transfer_meaning *asked,
                          str *meaning)
{
    return meaning_store_find(rq->db, peer, asked, rq->mem, meaning);
}

/* after: empty = taken back. */
static err meaning_audit(struct rq *rq, const struct transfer_meaning *said, str after)
{
    str before =
        arena_printf(rq->mem, "%.*s %.*s %.*s", (int)said->kind.len, said->kind.ptr,
                     (int)said->name.len, said->name.ptr, (int)said->code.len, said->code.ptr);
    return audit_add(rq, &(struct audit_entry){ .act = "transfers.meaning",
                                                .object = "transfers",
                                                .before = before,
                                                .after = after });
}

err transfer_meaning_keep(struct rq *rq, str peer, const struct transfer_meaning *said)
{
    str known;
    TRY(meaning_store_find(rq->db, peer, said, rq->mem, &known));
    if (str_eq(known, said->meaning))
        return OK;
    TRY(meaning_store_put(rq, peer, said));
    return meaning_audit(rq, said,
                         arena_printf(rq->mem, "%.*s (%.*s)", (int)said->to.len, said->to.ptr,
                                      (int)said->meaning.len, said->meaning.ptr));
}

err transfer_meaning_remove(struct rq *rq, str peer, const struct transfer_meaning *said)
{
    bool removed;
    TRY(meaning_store_remove(rq->db, peer, said, &removed));
    return removed ? meaning_audit(rq, said, str_of("")) : OK;
}

err transfer_code_named(struct rq *rq, str dictionary, str text, str *code)
{
    struct rows rows;
    *code = str_of("");
    TRY(dictionary_list_all(rq, arena_cstr(rq->mem, dictionary), &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count && code->len == 0; i++)
        if (str_eq(all[i].code, text) || str_eq(all[i].label, text))
            *code = all[i].code;
    return OK;
}

static bool item_read(struct arena *mem, const struct json_tree *item, struct transfer_meaning *out)
{
    struct {
        const char *name;
        str *to;
    } members[] = {
        { "kind", &out->kind }, { "name", &out->name }, { "code", &out->code }, { "to", &out->to }
    };
    *out = (struct transfer_meaning){ .meaning = str_of("") };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const struct json_tree *value = json_tree_member(item, members[i].name);
        *members[i].to = str_of("");
        if (value && !json_tree_text(value, members[i].to))
            return false;
        *members[i].to = arena_str(mem, str_trim(*members[i].to));
    }
    return json_tree_is_object(item) && out->kind.len && (out->name.len || out->code.len);
}

err transfer_meanings_read(struct arena *mem, str json, struct rows *out)
{
    const struct json_tree *tree = NULL;
    err e = json_tree_read(mem, json, &tree);
    size_t count = json_tree_items(tree);
    if (e.code || !json_tree_is_list(tree) || count > MEANINGS_MAX)
        return err_make_with(ERR_INVALID, "transfers.bad_map", str_of("0"), str_of(""));
    struct transfer_meaning *all = arena_array(mem, count + 1, sizeof *all);
    *out = (struct rows){ all, 0, sizeof *all };
    for (size_t i = 0; i < count; i++) {
        if (!item_read(mem, json_tree_item(tree, i), &all[out->count]))
            return err_make_with(ERR_INVALID, "transfers.bad_map", arena_printf(mem, "%zu", i + 1),
                                 str_of(""));
        out->count += all[out->count].to.len > 0;
    }
    return OK;
}
