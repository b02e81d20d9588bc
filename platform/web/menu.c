/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of menu.h. Every page draws it, so what is the same for all is made at start: the
 * order, the names of the words, and a number for each heading. */
#include "platform/web/menu.h"

#include <assert.h>
#include <string.h>

#include "platform/base/str.h"
#include "platform/web/view_parts.h"
#include "platform/web/web.h"

enum { FLAT = 15, GROUPS_MAX = 16, NO_GROUP = -1 }; /* up to FLAT entries need no headings */

struct entry {
    const struct menu_item *item;
    const char *label; /* name of its words */
    int group;
    const struct entry *within; /* stands there, not in the menu; NULL = in the menu */
};

struct menu {
    struct entry *entries; /* by place */
    size_t count;
    const char *groups[GROUPS_MAX];   /* what the modules call them */
    const char *headings[GROUPS_MAX]; /* names of their words */
    int group_count;
};

static int group_of(struct arena *mem, struct menu *menu, const char *name)
{
    if (!name || name[0] == '/')
        return NO_GROUP;
    for (int i = 0; i < menu->group_count; i++)
        if (strcmp(menu->groups[i], name) == 0)
            return i;
    assert(menu->group_count < GROUPS_MAX);
    menu->groups[menu->group_count] = name;
    menu->headings[menu->group_count] = arena_printf(mem, "menu.group.%s", name).ptr;
    return menu->group_count++;
}

static void entry_add(struct arena *mem, struct menu *menu, const struct menu_item *item)
{
    size_t at = menu->count++;
    for (; at > 0 && menu->entries[at - 1].item->place > item->place; at--)
        menu->entries[at] = menu->entries[at - 1];
    menu->entries[at] = (struct entry){ item, arena_printf(mem, "menu.%s", item->name).ptr,
                                        group_of(mem, menu, item->group), NULL };
}

static struct entry *entry_to(const struct menu *menu, const char *url)
{
    for (struct entry *e = menu->entries; e < menu->entries + menu->count; e++)
        if (strcmp(e->item->url, url) == 0)
            return e;
    return NULL;
}

/* Once all are in their places. Who does not see that entry finds this one under its heading. */
static void put_within(struct menu *menu)
{
    for (struct entry *e = menu->entries; e < menu->entries + menu->count; e++) {
        const char *group = e->item->group;
        e->within = group && group[0] == '/' ? entry_to(menu, group) : NULL;
        if (e->within)
            e->group = e->within->group;
    }
}

const struct menu *menu_new(struct arena *mem, const struct module *const *modules)
{
    struct menu *menu = arena_zero(mem, sizeof *menu);
    size_t most = 0;
    for (const struct module *const *m = modules; *m; m++)
        for (const struct menu_item *i = (*m)->menu; i && i->name; i++)
            most++;
    menu->entries = arena_array(mem, most + 1, sizeof *menu->entries);
    for (const struct module *const *m = modules; *m; m++)
        for (const struct menu_item *i = (*m)->menu; i && i->name; i++)
            entry_add(mem, menu, i);
    put_within(menu);
    return menu;
}

static bool may_see(const struct rq *rq, const struct menu_item *item)
{
    if (strcmp(item->may, PUBLIC) == 0)
        return true;
    if (!rq->actor->account_id || strcmp(item->may, SIGNED_IN) == 0)
        return rq->actor->account_id != 0;
    enum scope scope = actor_scope(rq->actor, item->may);
    if (item->shown == MENU_OFFICE)
        return scope == SCOPE_ORG;
    return scope != SCOPE_NONE && (item->shown != MENU_NO_AGENCY || scope != SCOPE_AGENCY);
}

/* The entry of the menu that an entry is found by. */
static const struct entry *home_of(const struct rq *rq, const struct entry *e)
{
    return e->within && may_see(rq, e->within->item) ? e->within : e;
}

/* What an actor sees of the menu, how much of each group, and what is made of it. */
struct shown {
    const struct menu *menu;
    const char *active;
    const struct entry **seen;
    size_t count, of_group[GROUPS_MAX];
    struct view_menu_item *items;
    struct view_menu_group *groups;
    size_t item_count, group_count;
};

static void see(struct rq *rq, struct shown *s)
{
    const struct menu *menu = s->menu;
    s->seen = arena_array(rq->mem, menu->count + 1, sizeof *s->seen);
    for (const struct entry *e = menu->entries; e < menu->entries + menu->count; e++) {
        if (!may_see(rq, e->item))
            continue;
        const struct entry *home = home_of(rq, e);
        if (s->active && strcmp(e->item->name, s->active) == 0)
            s->active = home->item->name;
        if (home != e)
            continue;
        s->seen[s->count++] = e;
        if (e->group != NO_GROUP)
            s->of_group[e->group]++;
    }
}

/* The heading that an entry stands under: none if it is alone there, or all are few. */
static int heading_of(const struct shown *s, const struct entry *entry)
{
    bool under = s->count > FLAT && entry->group != NO_GROUP && s->of_group[entry->group] > 1;
    return under ? entry->group : NO_GROUP;
}

static struct view_menu_item item_of(const struct shown *s, const struct entry *entry)
{
    const struct menu_item *item = entry->item;
    return (struct view_menu_item){
        .url = str_of(item->url),
        .label = text_find(entry->label),
        .icon = str_of(item->icon),
        .active = s->active && strcmp(s->active, item->name) == 0,
        .tab = item->shown == MENU_TAB,
    };
}

static void group_add(struct shown *s, int heading)
{
    struct view_menu_group group = { .items = &s->items[s->item_count] };
    if (heading != NO_GROUP)
        group.heading = text_find(s->menu->headings[heading]);
    for (size_t i = 0; i < s->count; i++) {
        if (heading_of(s, s->seen[i]) != heading)
            continue;
        struct view_menu_item item = item_of(s, s->seen[i]);
        group.open |= item.active;
        group.count++;
        s->items[s->item_count++] = item;
    }
    if (group.count)
        s->groups[s->group_count++] = group;
}

static void tab_add(const struct rq *rq, const struct entry *e, struct view_tab *items,
                    struct view_tabs *tabs)
{
    str url = str_of(e->item->url);
    items[tabs->count++] = (struct view_tab){
        .label = text_find(e->label), .url = url, .count = -1, .active = str_eq(url, rq->path)
    };
}

/* On the page that an entry leads to: the entry of the menu, and what stands within it. */
static const struct view_tabs *tabs_of(struct rq *rq, const struct menu *menu)
{
    const struct entry *home = NULL, *end = menu->entries + menu->count;
    struct view_tab *items = arena_array(rq->mem, menu->count + 1, sizeof *items);
    struct view_tabs *tabs = arena_zero(rq->mem, sizeof *tabs);
    for (const struct entry *e = menu->entries; e < end && !home; e++)
        if (str_is(rq->path, e->item->url) && may_see(rq, e->item))
            home = home_of(rq, e);
    if (!home)
        return NULL;
    tab_add(rq, home, items, tabs);
    for (const struct entry *e = menu->entries; e < end; e++)
        if (e->within == home && may_see(rq, e->item))
            tab_add(rq, e, items, tabs);
    tabs->name = items[0].label;
    tabs->items = items;
    return tabs->count > 1 ? tabs : NULL;
}

void menu_show(struct rq *rq, const struct menu *menu, const char *active, struct view_page *page)
{
    struct shown s = { .menu = menu, .active = active };
    bool added[GROUPS_MAX] = { false };
    see(rq, &s);
    s.items = arena_array(rq->mem, s.count + 1, sizeof *s.items);
    s.groups = arena_array(rq->mem, GROUPS_MAX + 1, sizeof *s.groups);
    group_add(&s, NO_GROUP);
    for (size_t i = 0; i < s.count; i++) {
        int heading = heading_of(&s, s.seen[i]);
        if (heading == NO_GROUP || added[heading])
            continue;
        added[heading] = true;
        group_add(&s, heading);
    }
    page->menu = s.items;
    page->menu_count = s.item_count;
    page->groups = s.groups;
    page->group_count = s.group_count;
    page->tabs = tabs_of(rq, menu);
}
