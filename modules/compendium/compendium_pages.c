/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page of books: what may be asked for, and what is there. The same as JSON. */
#include "modules/compendium/compendium_pages.h"
#include "modules/compendium/compendium_store.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/compendium.h"

enum { CHOICES_MAX = 16 };

/* ---- what may be asked for ---- */

static err sessions_make(struct rq *rq, struct compendium_page *v)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = session_name(rq->mem, &all[i]),
                                  .chosen = all[i].opened_on <= rq->today &&
                                            (i == 0 || all[i - 1].opened_on > rq->today) };
    v->sessions = choices;
    v->session_count = rows.count;
    return OK;
}

static err categories_make(struct rq *rq, struct compendium_page *v)
{
    struct rows rows;
    TRY(dictionary_list_all(rq, "proposals.categories", &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .label = text_find("compendium.all"), .chosen = true };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] = (struct view_choice){ .value = all[i].code, .label = all[i].label };
    v->categories = choices;
    v->category_count = rows.count + 1;
    return OK;
}

/* Choices worded by texts "prefix.code"; the first is chosen. */
static size_t choices_make(struct rq *rq, const char *prefix, const char *codes,
                           const struct view_choice **out)
{
    struct view_choice *choices = arena_array(rq->mem, CHOICES_MAX, sizeof *choices);
    str rest = str_of(codes), code;
    size_t n = 0;
    while (n < CHOICES_MAX && str_split(&rest, ' ', &code)) {
        choices[n] = (struct view_choice){ .value = code,
                                           .label = code.len ? text_label(prefix, code)
                                                             : text_find("compendium.all"),
                                           .chosen = n == 0 };
        n++;
    }
    *out = choices;
    return n;
}

/* ---- what is there ---- */

static str what_of(struct rq *rq, const struct compendium_run *run)
{
    strs words = { 0 };
    strs_add(rq->mem, &words, text_label("choices.ordering", run->ordering));
    if (run->kind.len)
        strs_add(rq->mem, &words, text_label("proposals.kind", run->kind));
    if (run->from_no > 0 || run->to_no > 0)
        strs_add(rq->mem, &words,
                 text_format(rq->mem, "compendium.range",
                             arena_printf(rq->mem, "%lld",
                                          (long long)(run->from_no ? run->from_no : 1)),
                             run->to_no ? arena_printf(rq->mem, "%lld", (long long)run->to_no)
                                        : text_find("compendium.range_end")));
    strs_add(rq->mem, &words,
             text_find(run->with_replies ? "compendium.replies" : "compendium.no_replies"));
    return proposal_join(rq->mem, &words, text_find("compendium.comma"));
}

static str size_of(struct rq *rq, i64 size)
{
    i64 tenths = size * 10 / (1024 * 1024);
    return tenths > 0 ? arena_printf(rq->mem, "%lld.%lld MB", (long long)(tenths / 10),
                                     (long long)(tenths % 10))
                      : arena_printf(rq->mem, "%lld KB", (long long)(size / 1024 + 1));
}

static err item_make(struct rq *rq, const struct compendium_run *run, struct compendium_item *out)
{
    struct rows files = { 0 };
    *out = (struct compendium_item){ .run = run, .what = what_of(rq, run) };
    out->is_open = str_is(run->state, "queued") || str_is(run->state, "making");
    out->percent = run->total > 0 ? run->done * 100 / run->total : 0;
    if (run->failure.len)
        out->failure = text_find(arena_cstr(rq->mem, run->failure));
    if (!str_is(run->state, "made"))
        return OK;
    TRY(attachment_list(rq, "compendium", run->id, &files));
    if (files.count)
        out->file = size_of(rq, ((const struct attachment *)files.items)->size_bytes);
    return OK;
}

static err items_make(struct rq *rq, struct compendium_page *v)
{
    struct rows rows;
    TRY(compendium_store_list(rq->db, COMPENDIUM_SHOWN_MAX, rq->mem, &rows));
    const struct compendium_run *all = rows.items;
    struct compendium_item *items = arena_array(rq->mem, rows.count + 1, sizeof *items);
    for (size_t i = 0; i < rows.count; i++) {
        TRY(item_make(rq, &all[i], &items[i]));
        v->is_open = v->is_open || items[i].is_open;
    }
    v->items = items;
    v->count = rows.count;
    return OK;
}

static void item_json(struct rq *rq, const struct compendium_item *item, struct json *j)
{
    const struct compendium_run *r = item->run;
    json_object(j, NULL);
    json_i64(j, "id", r->id);
    json_i64(j, "version", r->version);
    json_str(j, "title", r->title);
    json_str(j, "state", r->state);
    json_i64(j, "session_id", r->session_id);
    json_str(j, "format", r->format);
    json_str(j, "category", r->category);
    json_str(j, "kind", r->kind);
    json_i64(j, "from_no", r->from_no);
    json_i64(j, "to_no", r->to_no);
    json_str(j, "ordering", r->ordering);
    json_bool(j, "with_replies", r->with_replies);
    json_bool(j, "internal", r->internal);
    json_i64(j, "percent", item->percent);
    json_i64(j, "entries", r->entries);
    json_i64(j, "pages", r->pages);
    json_str(j, "failure", r->failure);
    json_time(j, "asked_at", r->asked_at);
    json_str(j, "asked_name", r->asked_name);
    if (item->file.len)
        json_str(j, "url", arena_printf(rq->mem, "/api/v1/compendium/%lld/file", (long long)r->id));
    json_object_end(j);
}

static err list_json(struct rq *rq, const struct compendium_page *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++)
        item_json(rq, &v->items[i], &j);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_compendium_list(struct rq *rq, struct res *res)
{
    struct compendium_page v = { .keep_days = setting_number(rq, "compendium.keep_days") };
    TRY(items_make(rq, &v));
    if (rq->api)
        return list_json(rq, &v, res);
    TRY(sessions_make(rq, &v));
    TRY(categories_make(rq, &v));
    v.kind_count =
        choices_make(rq, "proposals.kind",
                     " personal joint democratic association sector group committee township",
                     &v.kinds);
    v.ordering_count =
        choices_make(rq, "choices.ordering", "number category agency kind", &v.orderings);
    v.format_count = choices_make(rq, "choices.format", "pdf docx", &v.formats);
    struct out *out = page_begin(rq, text_find("menu.compendium"), "compendium");
    view_compendium_list(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- asking, fetching, taking away ---- */

/* Counting looks at all of a session: not in a write transaction. */
err slow_compendium_check(struct rq *rq, struct res *res)
{
    (void)res;
    return compendium_check(rq, rq->input);
}

err page_compendium_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(compendium_ask(rq, rq->input, &id));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_send(&j, res);
        res_status(res, 201);
        return OK;
    }
    res_flash(res, "compendium.asked", str_of(""));
    res_redirect(res, str_of("/compendium"));
    return OK;
}

err file_compendium_run(struct rq *rq, struct res *res)
{
    struct compendium_run run;
    struct rows files;
    err e = compendium_store_find(rq->db, rq->path_id, rq->mem, &run);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "compendium.not_found");
    TRY(e);
    if (str_is(run.state, "outdated"))
        return err_make(ERR_CONFLICT, "compendium.outdated");
    TRY(attachment_list(rq, "compendium", run.id, &files));
    if (!str_is(run.state, "made") || files.count == 0)
        return err_make(ERR_CONFLICT, "compendium.not_made");
    const struct attachment *file = files.items;
    TRY(audit_leaving(rq, &(struct audit_entry){ .act = "compendium.file",
                                                 .object = "compendium",
                                                 .object_id = run.id,
                                                 .after = run.title }));
    return attachment_send(rq, res, "compendium", run.id, file->id);
}

err page_compendium_remove(struct rq *rq, struct res *res)
{
    const struct compendium_remove_input *in = rq->input;
    TRY(rq_need_version(rq, in->version));
    TRY(compendium_remove(rq, in->id, in->version));
    res_flash(res, "compendium.removed", str_of(""));
    res_redirect(res, str_of("/compendium"));
    return OK;
}
