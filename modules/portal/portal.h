/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers and views' structs of the portal; both for portal_module.c. */
#ifndef HT_PORTAL_PORTAL_H
#define HT_PORTAL_PORTAL_H
#include "modules/proposals/proposal_views.h"
#include "platform/flow/flow.h"
#include "platform/web/view_parts.h"
#include "platform/web/web.h"

/* One to-do as shown: what to do, on what, by when, where to go. */
struct portal_todo {
    const struct todo *todo;
    str verb, url;
};

/* To-dos of one urgency; so many stand open on the page. */
enum { PORTAL_SHOWN = 8 };

struct portal_group {
    str title;
    const struct portal_todo *items;
    size_t count;
};

/* A step of the road: how many stand there, and the list of them. */
struct portal_step {
    str label, url;
    i64 count;
};

struct portal_entry {
    str label, note, url, icon;
    bool main;
};

struct portal_home {
    str title;
    i64 total;
    struct portal_group groups[3]; /* late, soon, later */
    const struct portal_step *steps;
    size_t step_count;
    const struct portal_entry *entries;
    size_t entry_count;
};

struct portal_public {
    str org;
    str contact;
    bool burdens; /* who is not signed in may say what weighs on him */
};

/* A thing found. */
struct portal_hit {
    str url, title, under;
    html snippet;
};
struct portal_search {
    str q;
    const struct portal_hit *proposals, *members;
    size_t proposal_count, member_count;
    bool asked;
};

/* ---- a member's own proposals ---- */

enum { MINE_ROAD = 7 };

/* A step of the road of one proposal. look: "done", "now" or empty. */
struct mine_step {
    str label, look;
};

/* place: of the step that is now; main_id: what it is merged into, if its reader may see that. */
struct mine_card {
    struct proposal p;
    struct proposal_now now;
    const struct mine_step *steps;
    size_t place;
    i64 main_id;
    str number, short_number, why, main_number;
    const char *tone;
    bool is_over;
};

struct mine_view {
    struct portal_group todos;
    const struct mine_card *cards;
    size_t count;
    i64 total;
    str next;
    bool may_write;
};

struct mine_input {
    str after;
};

struct search_input {
    str q;
};

/* Pages. */
err page_portal_public(struct rq *rq, struct res *res);
err page_portal_home(struct rq *rq, struct res *res);
err page_portal_help(struct rq *rq, struct res *res);
err page_portal_search(struct rq *rq, struct res *res);

/* Those that the signed-in person signs, also as JSON. Errors: those of list_page. */
err page_portal_mine(struct rq *rq, struct res *res);

/* To-dos (struct todo rows) as a group of the page, in their order. */
void portal_todos_make(struct rq *rq, const struct rows *todos, struct portal_group *out);

/* Where to act on a to-do: its own address, else its subject's page. */
str portal_todo_url(struct rq *rq, const struct todo *t);

/* The signed-in person's to-dos as JSON. */
err api_portal_todos(struct rq *rq, struct res *res);
#endif
