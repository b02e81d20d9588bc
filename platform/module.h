/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a module declares. A module is one constant of struct module; start-up reads all of them,
 * refuses a broken set (server/selftest.c) and `huotang describe` prints them. Tables end with a
 * zero row. */
#ifndef HT_PLATFORM_MODULE_H
#define HT_PLATFORM_MODULE_H
#include "platform/base/err.h"
#include "platform/base/types.h"

struct rq;
struct route;
struct flow;
struct flow_act;
struct job;
struct setting;
struct dictionary;
struct embed_file;
struct import_kind;
struct list;
struct text_source;
struct transfer_table;

/* A permission: "proposals.docket". roles: shipped roles that hold it at first, space-separated;
 * the operator may change that. admin: which of the three separated administrators' areas it
 * belongs to, or ADMIN_NONE (business). */
enum admin_area { ADMIN_NONE, ADMIN_SYSTEM, ADMIN_SECURITY, ADMIN_AUDIT };
struct permission {
    const char *name;
    const char *roles;
    enum admin_area admin;
};

/* An entry of the navigation, shown to who holds `may`. label is text "menu.NAME" in zh.txt; icon
 * a sprite id. place: smaller stands before greater. shown: MENU_TAB = in the phone's bottom bar
 * too; MENU_OFFICE = only to who holds `may` in the whole organisation; MENU_NO_AGENCY = not to
 * who holds it for one agency. group: who has many entries finds it under this heading, text
 * "menu.group.GROUP"; NULL = always at hand, before all groups; "/opinions" = it stands within the
 * entry that leads there, as a tab on its page, for who sees that one. */
enum menu_shown { MENU_SIDE, MENU_TAB, MENU_OFFICE, MENU_NO_AGENCY };
struct menu_item {
    const char *name;
    const char *url;
    const char *icon;
    const char *may;
    enum menu_shown shown;
    int place;
    const char *group;
};

/* A reaction to a fact of another module, in the same transaction. fact: the payload that the
 * event's README names. */
struct listener {
    const char *event; /* "assignments.replied" */
    err (*on)(struct rq *rq, i64 id, const void *fact);
};

/* An event that the module emits, for `describe events` and the self-test. */
struct event {
    const char *name;
    const char *meaning; /* English, one line */
};

struct module {
    const char *name;         /* folder name: collection */
    const char *const *needs; /* modules whose public headers it includes; ends with NULL */
    const struct route *routes;
    const struct permission *permissions;
    const struct menu_item *menu;
    const struct flow *const *flows; /* ends with NULL */
    const struct flow_act *acts;     /* what steps of flows below leave to it (flow.h) */
    const struct job *jobs;
    const struct setting *settings;
    const char *settings_may; /* who changes them; NULL = "settings.manage" */
    const struct dictionary *dictionaries;
    const struct event *events;
    const struct listener *listens;
    const struct import_kind *imports;      /* lists that `huotang import` and its page take */
    const struct list *const *lists;        /* what `huotang export` writes; ends with NULL */
    const struct text_source *texts;        /* how `huotang reindex` reads what is searchable */
    const struct transfer_table *transfers; /* its tables that belong to a case that travels */
    const struct embed_file *schema;
};

/* The modules in order of need, ended by NULL: defined in modules/modules.c, the only file that
 * knows them all. */
extern const struct module *const MODULES[];

/* Calls every listener of the event, in module order, within rq's transaction. id: the subject's
 * id. Errors: the first listener's error, which rolls the request back. */
err event_emit(struct rq *rq, const char *event, i64 id, const void *fact);
#endif
