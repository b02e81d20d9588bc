/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The navigation of every page: what the modules' menu tables declare (module.h), put in order once
 * at start, and shown to each actor as far as he may go. */
#ifndef HT_WEB_MENU_H
#define HT_WEB_MENU_H
#include "platform/module.h"
#include "platform/web/view.h"

struct menu;

/* The entries of all modules by place, in mem. */
const struct menu *menu_new(struct arena *mem, const struct module *const *modules);

/* Fills page's menu and groups with what rq's actor sees: first what stands without a heading, then
 * group by group, each by place; its tabs where entries stand within the one that leads to the
 * page. active: name of the present page's entry, or NULL. */
void menu_show(struct rq *rq, const struct menu *menu, const char *active, struct view_page *page);
#endif
