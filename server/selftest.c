/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What selftest.h promises, table by table. Nothing here touches the database. */
#include "server/selftest.h"

#include "platform/flow/flow.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

struct test {
    const struct module *const *modules;
    const struct module *module; /* the one being looked at */
    struct buf *faults;
    bool good;
};

static void fault(struct test *t, const char *what, const char *name)
{
    buf_printf(t->faults, "%s: %s: %s\n", t->module->name, what, name);
    t->good = false;
}

static bool is_own_name(const struct module *m, const char *name)
{
    size_t n = strlen(m->name);
    return strncmp(name, m->name, n) == 0 && name[n] == '.';
}

static const struct module *find_module(const struct test *t, const char *name, size_t length)
{
    for (const struct module *const *m = t->modules; *m; m++)
        if (strlen((*m)->name) == length && strncmp((*m)->name, name, length) == 0)
            return *m;
    return NULL;
}

/* "audits.keep_days" may be declared by accounts, which keeps the audits: but not if a module
 * audits stood in the list. */
static void check_name(struct test *t, const char *what, const char *name)
{
    const char *dot = strchr(name, '.');
    const struct module *named = dot ? find_module(t, name, (size_t)(dot - name)) : NULL;
    if (!dot || dot == name || (named && named != t->module))
        fault(t, what, name);
}

static bool is_needed(const struct test *t, const char *event)
{
    const char *dot = strchr(event, '.');
    size_t length = dot ? (size_t)(dot - event) : 0;
    for (const char *const *need = t->module->needs; need && *need; need++)
        if (strlen(*need) == length && strncmp(*need, event, length) == 0)
            return true;
    return is_own_name(t->module, event);
}

static bool has_permission(const struct test *t, const char *name)
{
    if (strcmp(name, PUBLIC) == 0 || strcmp(name, SIGNED_IN) == 0 || strcmp(name, FLOW_SYSTEM) == 0)
        return true;
    for (const struct module *const *m = t->modules; *m; m++)
        for (const struct permission *p = (*m)->permissions; p && p->name; p++)
            if (strcmp(p->name, name) == 0)
                return true;
    return false;
}

static void check_needs(struct test *t)
{
    for (const char *const *need = t->module->needs; need && *need; need++) {
        const struct module *const *m = t->modules;
        while (*m != t->module && strcmp((*m)->name, *need) != 0)
            m++;
        if (*m == t->module)
            fault(t, "needs a module that does not stand before it", *need);
    }
}

static void check_routes(struct test *t)
{
    for (const struct route *r = t->module->routes; r && r->path; r++) {
        if (!r->may)
            fault(t, "route without permission", r->path);
        else if (!has_permission(t, r->may))
            fault(t, "route with an undeclared permission", r->may);
    }
}

/* An entry that leads there, itself in the menu. */
static bool is_in_menu(const struct test *t, const char *url)
{
    for (const struct module *const *m = t->modules; *m; m++)
        for (const struct menu_item *i = (*m)->menu; i && i->name; i++)
            if (strcmp(i->url, url) == 0)
                return !i->group || i->group[0] != '/';
    return false;
}

static void check_menu(struct test *t)
{
    for (const struct menu_item *i = t->module->menu; i && i->name; i++) {
        if (!i->may || !has_permission(t, i->may))
            fault(t, "menu entry with an undeclared permission", i->name);
        struct arena *mem = arena_new(1 << 16, 0);
        if (!text_has(arena_printf(mem, "menu.%s", i->name).ptr))
            fault(t, "menu entry without a label in zh.txt", i->name);
        bool within = i->group && i->group[0] == '/';
        if (within && !is_in_menu(t, i->group))
            fault(t, "menu entry within one that is not in the menu", i->name);
        if (i->group && !within && !text_has(arena_printf(mem, "menu.group.%s", i->group).ptr))
            fault(t, "menu group without a label in zh.txt", i->group);
        arena_free(mem);
    }
}

static bool is_api(const struct route *r)
{
    return strncmp(r->path, "/api/v1/", 8) == 0;
}

/* Of two routes, whether one is the other's page or JSON: the same path, or what takes the same
 * form under the same permission. */
static bool are_twins(const struct route *a, const struct route *b)
{
    const char *path = is_api(b) ? b->path + 7 : b->path;
    if (a->method == GET || b->method == GET || !a->may || !b->may || is_api(a) || !is_api(b))
        return false;
    return strcmp(a->path, path) == 0 ||
           (a->form && a->form == b->form && strcmp(a->may, b->may) == 0);
}

/* A password asked again on the page must not be got round by the API. */
static void check_twins(struct test *t)
{
    for (const struct route *a = t->module->routes; a && a->path; a++)
        for (const struct route *b = t->module->routes; b->path; b++)
            if (are_twins(a, b) && (a->reauth != b->reauth || strcmp(a->may, b->may) != 0))
                fault(t, "page and API differ in permission or in asking the password", b->path);
}

static void check_permissions(struct test *t)
{
    for (const struct permission *p = t->module->permissions; p && p->name; p++) {
        struct arena *mem = arena_new(1 << 16, 0);
        if (!text_has(arena_printf(mem, "permissions.%s", p->name).ptr))
            fault(t, "permission without a label in zh.txt", p->name);
        arena_free(mem);
    }
}

static bool is_declared_event(const struct test *t, const char *name)
{
    const char *dot = strchr(name, '.');
    const struct module *m = dot ? find_module(t, name, (size_t)(dot - name)) : NULL;
    for (const struct event *e = m ? m->events : NULL; e && e->name; e++)
        if (strcmp(e->name, name) == 0)
            return true;
    return false;
}

static void check_events(struct test *t)
{
    for (const struct listener *l = t->module->listens; l && l->event; l++)
        if (!is_declared_event(t, l->event))
            fault(t, "listens to an event that nobody declares", l->event);
        else if (!is_needed(t, l->event))
            fault(t, "listens to an event of a module that it does not need", l->event);
    for (const struct event *e = t->module->events; e && e->name; e++)
        if (!is_own_name(t->module, e->name))
            fault(t, "event not named after the module", e->name);
}

static void check_flows(struct test *t)
{
    for (const struct flow *const *f = t->module->flows; f && *f; f++) {
        if (!flow_check(*f, t->modules, t->faults))
            fault(t, "flow does not hold together", (*f)->name);
        for (const struct flow_action *a = (*f)->actions; a->verb; a++) {
            if (!a->may || !has_permission(t, a->may))
                fault(t, "flow action with an undeclared permission", a->verb);
            if (a->event && !is_declared_event(t, a->event))
                fault(t, "flow action with an undeclared event", a->event);
        }
    }
}

static void check_settings(struct test *t)
{
    for (const struct setting *s = t->module->settings; s && s->name; s++) {
        check_name(t, "setting named after another module", s->name);
        struct arena *mem = arena_new(1 << 16, 0);
        if (!text_has(arena_printf(mem, "settings.%s", s->name).ptr))
            fault(t, "setting without a label in zh.txt", s->name);
        arena_free(mem);
    }
}

static void check_jobs(struct test *t)
{
    for (const struct job *j = t->module->jobs; j && j->name; j++)
        check_name(t, "job named after another module", j->name);
}

static void check_once(struct test *t)
{
    for (const struct module *const *m = t->modules; *m != t->module; m++)
        if (strcmp((*m)->name, t->module->name) == 0)
            fault(t, "two modules of this name", t->module->name);
}

bool selftest_run(const struct module *const *modules, struct buf *faults)
{
    struct test t = { modules, NULL, faults, true };
    for (const struct module *const *m = modules; *m; m++) {
        t.module = *m;
        check_once(&t);
        check_needs(&t);
        check_permissions(&t);
        check_routes(&t);
        check_menu(&t);
        check_twins(&t);
        check_events(&t);
        check_flows(&t);
        check_settings(&t);
        check_jobs(&t);
    }
    bool jobs = jobs_check(modules, faults), settings = settings_check(modules, faults);
    return jobs && settings && t.good;
}
