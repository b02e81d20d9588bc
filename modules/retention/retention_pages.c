/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page of how long everything is kept: what ends and what would end now, what stays and why,
 * and the holds; the same as JSON. Counting walks over tables, so it is done on the slow lane. */
#include "modules/retention/retention_pages.h"

#include <string.h>

#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings_handlers.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/retention.h"

enum { GROUPS_MAX = 40, NAMES_MAX = 200, CREATED = 201 };

/* ---- rules ---- */

/* Where the days of a rule are changed, if this actor may. */
static str change_url(struct rq *rq, const struct retention_rule *r)
{
    return r->setting && actor_may(rq->actor, SETTINGS_MANAGE)
               ? arena_printf(rq->mem, "/settings/edit?name=%s", r->setting)
               : str_of("");
}

static err line_make(struct rq *rq, const struct retention_rule *r, struct retention_line *out)
{
    *out = (struct retention_line){
        .rule = r,
        .label = text_label("retention.rules", str_of(r->name)),
        .help = text_find(arena_printf(rq->mem, "retention.rules.%s.help", r->name).ptr),
        .url = change_url(rq, r),
        .days = retention_days(rq, r),
    };
    TRY(retention_count(rq, r, &out->due));
    return retention_store_find_run(rq, r->name, &out->last);
}

static err lines_make(struct rq *rq, struct retention_page *v)
{
    size_t count = 0;
    while (RETENTION_RULES[count].name)
        count++;
    v->lines = arena_array(rq->mem, count, sizeof *v->lines);
    for (; v->line_count < count; v->line_count++)
        TRY(line_make(rq, &RETENTION_RULES[v->line_count], &v->lines[v->line_count]));
    return OK;
}

/* ---- what stays ---- */

/* What a table's stay is founded on: of what goes with another one, that one's; NULL when it ends
 * by a rule. */
static const struct retention *root_of(const struct retention *r)
{
    for (int steps = 0; r && steps < 10; steps++) {
        if (r->kind != RETAIN_WITH && r->kind != RETAIN_DERIVED)
            return r;
        r = retention_find(str_of(r->by));
    }
    return NULL;
}

static struct retention_group *group_of(struct rq *rq, struct retention_group *groups,
                                        size_t *count, const struct retention *root)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(groups[i].by, root->by) == 0)
            return &groups[i];
    if (*count == GROUPS_MAX)
        return NULL;
    groups[*count] = (struct retention_group){
        .by = root->by,
        .why = text_label(root->kind == RETAIN_TIMER ? "retention.timers" : "retention.why",
                          str_of(root->by)),
        .names = arena_array(rq->mem, NAMES_MAX, sizeof(str)),
    };
    return &groups[(*count)++];
}

static void table_put(struct rq *rq, struct retention_page *v, const struct retention *r)
{
    const struct retention *root = root_of(r);
    struct retention_group *group = NULL;
    if (root && root->kind == RETAIN_ARCHIVE)
        group = group_of(rq, v->kept, &v->kept_count, root);
    else if (root && root->kind == RETAIN_IN_USE)
        group = group_of(rq, v->used, &v->used_count, root);
    else if (root && root->kind == RETAIN_TIMER)
        group = group_of(rq, v->timers, &v->timer_count, root);
    else if (root && root != r) /* the row stays for the figures when its words have gone */
        group = group_of(rq, v->kept, &v->kept_count, retention_find(str_of("clusters")));
    if (group && group->count < NAMES_MAX)
        group->names[group->count++] = retention_title(rq->mem, str_of(r->table));
}

static void groups_make(struct rq *rq, struct retention_page *v)
{
    v->kept = arena_array(rq->mem, GROUPS_MAX, sizeof *v->kept);
    v->used = arena_array(rq->mem, GROUPS_MAX, sizeof *v->used);
    v->timers = arena_array(rq->mem, GROUPS_MAX, sizeof *v->timers);
    for (const struct retention *r = RETENTIONS; r->table; r++)
        table_put(rq, v, r);
}

static err holds_make(struct rq *rq, struct retention_page *v)
{
    struct rows rows;
    TRY(retention_store_list_holds(rq, &rows));
    const struct retention_hold *all = rows.items;
    v->holds = arena_array(rq->mem, rows.count + 1, sizeof *v->holds);
    v->hold_count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        v->holds[i] =
            (struct retention_held){ all[i], retention_title(rq->mem, all[i].collection) };
    return OK;
}

/* ---- the page ---- */

err slow_retention(struct rq *rq, struct res *res)
{
    struct retention_page *v = arena_zero(rq->mem, sizeof *v);
    (void)res;
    TRY(lines_make(rq, v));
    groups_make(rq, v);
    TRY(holds_make(rq, v));
    rq->found = v;
    return OK;
}

static void line_json(struct json *j, const struct retention_line *line)
{
    json_object(j, NULL);
    json_str(j, "rule", str_of(line->rule->name));
    json_str(j, "title", line->label);
    json_str(j, "setting", str_of(line->rule->setting ? line->rule->setting : ""));
    json_i64(j, "days", line->days);
    json_i64(j, "due", line->due.now);
    json_i64(j, "due_soon", line->due.soon);
    json_i64(j, "held", line->due.held);
    json_i64(j, "last_on", line->last.ran_on);
    json_i64(j, "last_ended", line->last.ended);
    json_object_end(j);
}

static const char *const KINDS[] = {
    [RETAIN_ARCHIVE] = "archive", [RETAIN_IN_USE] = "in_use", [RETAIN_WITH] = "with",
    [RETAIN_DERIVED] = "derived", [RETAIN_RULE] = "rule",     [RETAIN_TIMER] = "timer"
};

static void tables_json(struct rq *rq, struct json *j)
{
    for (const struct retention *r = RETENTIONS; r->table; r++) {
        json_object(j, NULL);
        json_str(j, "table", str_of(r->table));
        json_str(j, "title", retention_title(rq->mem, str_of(r->table)));
        json_str(j, "kept", str_of(KINDS[r->kind]));
        json_str(j, "by", str_of(r->by));
        json_object_end(j);
    }
}

static void hold_json(struct json *j, const struct retention_hold *h)
{
    json_object(j, NULL);
    json_i64(j, "id", h->id);
    json_str(j, "collection", h->collection);
    json_i64(j, "item_id", h->item_id);
    json_str(j, "reason", h->reason);
    json_i64(j, "placed_at", h->placed_at);
    json_str(j, "placed_name", h->placed_name);
    json_i64(j, "version", h->version);
    json_object_end(j);
}

static void page_json(struct rq *rq, const struct retention_page *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_array(&j, "rules");
    for (size_t i = 0; i < v->line_count; i++)
        line_json(&j, &v->lines[i]);
    json_array_end(&j);
    json_array(&j, "tables");
    tables_json(rq, &j);
    json_array_end(&j);
    json_array(&j, "holds");
    for (size_t i = 0; i < v->hold_count; i++)
        hold_json(&j, &v->holds[i].hold);
    json_array_end(&j);
    json_send(&j, res);
}

err page_retention(struct rq *rq, struct res *res)
{
    const struct retention_page *v = rq->found;
    if (rq->api) {
        page_json(rq, v, res);
        return OK;
    }
    struct out *out = page_begin(rq, text_find("menu.retention"), "retention");
    view_retention_page(out, v);
    page_end(res, out);
    return OK;
}

/* ---- holds ---- */

err page_retention_hold_form(struct rq *rq, struct res *res)
{
    const struct retention_hold_input in = { .collection = str_of("") };
    str title = text_find("retention.hold");
    return form_page(rq, res,
                     &(struct form_look){ .form = &RETENTION_HOLD_FORM,
                                          .stored = &in,
                                          .menu = "retention",
                                          .title = title,
                                          .back = str_of("/retention"),
                                          .button = title,
                                          .crumbs = view_crumbs(rq->mem, "retention", title) });
}

/* The number in "123", "/letters/123", "https://…/letters/123?tab=log"; 0 = there is none, or it is
 * the address of something else: its number would be that of a stranger. */
static i64 record_number(str collection, str typed)
{
    str path, part, before = str_of("");
    i64 number = 0;
    str_split(&typed, '?', &path);
    if (str_to_i64(str_trim(path), &number))
        return number;
    while (str_split(&path, '/', &part)) {
        if (str_eq(before, collection) && str_to_i64(str_trim(part), &number))
            return number;
        before = part;
    }
    return 0;
}

err page_retention_hold(struct rq *rq, struct res *res)
{
    const struct retention_hold_input *in = rq->input;
    struct retention_hold h = { .collection = in->collection,
                                .reason = in->reason,
                                .placed_at = rq->now_ms,
                                .placed_name = rq->actor->name };
    bool has = true, held;
    if (in->record.len && !retention_rule_of(in->collection)->numbered) {
        rq_fault(rq, "record", "retention.only_all", retention_title(rq->mem, in->collection),
                 str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (in->record.len) {
        h.item_id = record_number(in->collection, in->record);
        TRY(retention_store_has(rq, retention_rule_of(in->collection), h.item_id, &has));
    }
    if (!has) {
        rq_fault(rq, "record", "retention.no_record", retention_title(rq->mem, in->collection),
                 str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(retention_store_is_held(rq, &h, &held));
    if (held)
        return err_make(ERR_CONFLICT, "retention.held_already");
    TRY(retention_store_add_hold(rq, &h, &h.id));
    TRY(audit_add(rq, &(struct audit_entry){ .act = "retention.hold",
                                             .object = "retention_holds",
                                             .object_id = h.id,
                                             .after = arena_printf(rq->mem,
                                                                   "{\"collection\":\"%.*s\","
                                                                   "\"item_id\":%lld}",
                                                                   (int)h.collection.len,
                                                                   h.collection.ptr,
                                                                   (long long)h.item_id) }));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", h.id);
        json_send(&j, res);
        res_status(res, CREATED);
        return OK;
    }
    res_flash(res, "retention.held", str_of(""));
    res_redirect(res, str_of("/retention"));
    return OK;
}

err page_retention_lift(struct rq *rq, struct res *res)
{
    const struct retention_lift_input *in = rq->input;
    struct retention_hold h;
    TRY(retention_store_find_hold(rq, in->id, &h));
    if (h.lifted_at > 0)
        return err_make(ERR_CONFLICT, "retention.lifted_already");
    h.version = in->version ? in->version : h.version;
    h.lifted_at = rq->now_ms;
    h.lifted_name = rq->actor->name;
    TRY(retention_store_lift_hold(rq, &h));
    TRY(audit_add(rq, &(struct audit_entry){ .act = "retention.lift",
                                             .object = "retention_holds",
                                             .object_id = h.id }));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", h.id);
        json_send(&j, res);
        return OK;
    }
    res_flash(res, "retention.lifted", str_of(""));
    res_redirect(res, str_of("/retention"));
    return OK;
}
