/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One function for each kind of declaration. Columns and comments of tables come from the schema
 * files themselves. */
#include "server/describe.h"

#include "platform/db/tables.h"
#include "platform/flow/flow.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/router.h"

static const char *or_dash(const char *text)
{
    return text && *text ? text : "–";
}

static void put_title(struct buf *out, const char *title, const char *intro)
{
    buf_printf(out, "# %s\n\n%s Made by `huotang describe`; do not edit.\n\n", title, intro);
}

static err describe_routes(const struct module *const *modules, struct buf *out)
{
    struct arena *mem = arena_new(4 << 20, 0);
    struct router *router;
    put_title(out, "Routes",
              "Every address, with the permission that it asks for and the fields that it reads.");
    buf_put(out, "| method | path | may | form | kind |\n| --- | --- | --- | --- | --- |\n");
    err e = router_new(mem, modules, NULL, &router);
    size_t count = 0;
    const struct route_entry *const *entries = e.code ? NULL : router_entries(router, &count);
    for (size_t i = 0; i < count; i++) {
        const struct route *r = &entries[i]->route;
        buf_printf(out, "| %s | `%s` | `%s` | %s | %s |\n", method_name(r->method), r->path, r->may,
                   or_dash(r->form ? r->form->name : NULL),
                   entries[i]->flow ? "flow step"
                   : r->anonymous   ? "anonymous"
                   : r->slow        ? "slow lane"
                   : r->cached      ? "cached"
                                    : "");
    }
    arena_free(mem);
    return e;
}

static err describe_permissions(const struct module *const *modules, struct buf *out)
{
    put_title(out, "Permissions",
              "Names, Chinese labels, and the shipped roles that hold them at first.");
    buf_put(out, "| permission | label | roles |\n| --- | --- | --- |\n");
    struct arena *mem = arena_new(4 << 20, 0);
    for (const struct module *const *m = modules; *m; m++)
        for (const struct permission *p = (*m)->permissions; p && p->name; p++) {
            str label = text_find(arena_printf(mem, "permissions.%s", p->name).ptr);
            buf_printf(out, "| `%s` | %.*s | %s |\n", p->name, (int)label.len, label.ptr,
                       or_dash(p->roles));
        }
    arena_free(mem);
    return OK;
}

static err describe_flows(const struct module *const *modules, struct buf *out)
{
    put_title(out, "Flows",
              "States and actions of every flow. Drawings: `huotang describe flows --svg NAME`.");
    for (const struct module *const *m = modules; *m; m++)
        for (const struct flow *const *f = (*m)->flows; f && *f; f++)
            flow_describe(*f, out);
    return OK;
}

static err describe_settings(const struct module *const *modules, struct buf *out)
{
    static const char *const TYPES[] = { "number", "yes/no", "text", "choice" };
    put_title(out, "Settings",
              "Rules that a site may change from a day on; the default and where it comes from.");
    buf_put(out, "| setting | label | type | unit | default | allowed | source |\n");
    buf_put(out, "| --- | --- | --- | --- | --- | --- | --- |\n");
    struct arena *mem = arena_new(4 << 20, 0);
    for (const struct module *const *m = modules; *m; m++)
        for (const struct setting *s = (*m)->settings; s && s->name; s++) {
            str label = text_find(arena_printf(mem, "settings.%s", s->name).ptr);
            str range = str_of(or_dash(s->bound));
            if (s->type == SETTING_NUMBER)
                range = arena_printf(mem, "%lld–%lld%s%s%s", (long long)s->min, (long long)s->max,
                                     s->bound ? ", over `" : "", s->bound ? s->bound : "",
                                     s->bound ? "`" : "");
            buf_printf(out, "| `%s` | %.*s | %s | %s | %s | %.*s | %s |\n", s->name, (int)label.len,
                       label.ptr, TYPES[s->type], or_dash(s->unit), or_dash(s->fallback),
                       (int)range.len, range.ptr, or_dash(s->source));
        }
    arena_free(mem);
    return OK;
}

static err describe_events(const struct module *const *modules, struct buf *out)
{
    put_title(out, "Events", "Facts that modules emit within the transaction, and who listens.");
    buf_put(out, "| event | meaning | listeners |\n| --- | --- | --- |\n");
    for (const struct module *const *m = modules; *m; m++)
        for (const struct event *e = (*m)->events; e && e->name; e++) {
            buf_printf(out, "| `%s` | %s |", e->name, e->meaning);
            for (const struct module *const *o = modules; *o; o++)
                for (const struct listener *l = (*o)->listens; l && l->event; l++)
                    buf_printf(out, "%s%s", strcmp(l->event, e->name) == 0 ? " " : "",
                               strcmp(l->event, e->name) == 0 ? (*o)->name : "");
            buf_put(out, " |\n");
        }
    return OK;
}

static err describe_jobs(const struct module *const *modules, struct buf *out)
{
    put_title(out, "Jobs", "Work that no request waits for.");
    buf_put(out, "| job | every | kind |\n| --- | --- | --- |\n");
    for (const struct module *const *m = modules; *m; m++)
        for (const struct job *j = (*m)->jobs; j && j->name; j++)
            buf_printf(out, "| `%s` | %lld s | %s |\n", j->name, (long long)j->every_s,
                       j->work      ? "queue"
                       : j->per_org ? "timer, per organisation"
                                    : "timer");
    return OK;
}

static void put_table(struct buf *out, const struct db_table *t)
{
    buf_printf(out, "\n### %.*s\n\n| column | meaning |\n| --- | --- |\n", (int)t->name.len,
               t->name.ptr);
    for (size_t i = 0; i < t->count; i++) {
        str name = t->columns[i].name, meaning = t->columns[i].comment;
        buf_printf(out, "| `%.*s` | ", (int)name.len, name.ptr);
        for (size_t k = 0; k < meaning.len; k++)
            buf_printf(out, meaning.ptr[k] == '|' ? "\\|" : "%c", meaning.ptr[k]);
        buf_put(out, " |\n");
    }
}

static err describe_tables(const struct module *const *modules, struct buf *out)
{
    struct arena *mem = arena_new(4 << 20, 0);
    struct rows rows;
    const char *owner = "";
    put_title(out, "Tables", "Every table and column, from the schema files.");
    db_tables(mem, app_schemas(mem, modules), &rows);
    const struct db_table *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (strcmp(owner, all[i].owner) != 0)
            buf_printf(out, "\n## %s\n", all[i].owner);
        owner = all[i].owner;
        put_table(out, &all[i]);
    }
    arena_free(mem);
    return OK;
}

err describe(const struct module *const *modules, str kind, struct buf *out)
{
    static const struct {
        const char *kind;
        err (*write)(const struct module *const *modules, struct buf *out);
    } KINDS[] = {
        { "routes", describe_routes }, { "permissions", describe_permissions },
        { "flows", describe_flows },   { "settings", describe_settings },
        { "events", describe_events }, { "tables", describe_tables },
        { "jobs", describe_jobs },
    };
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_is(kind, KINDS[i].kind))
            return KINDS[i].write(modules, out);
    return err_make_with(ERR_INVALID, "describe.kind", kind, str_of(""));
}

err describe_svg(const struct module *const *modules, str name, struct buf *out)
{
    for (const struct module *const *m = modules; *m; m++)
        for (const struct flow *const *f = (*m)->flows; f && *f; f++)
            if (str_is(name, (*f)->name)) {
                flow_draw_svg(*f, out);
                return OK;
            }
    return err_make_with(ERR_INVALID, "describe.kind", name, str_of(""));
}
