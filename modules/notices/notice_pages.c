/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of notices. The verbs of the flow have their pages from the engine. */
#include "modules/notices/notice_store.h"
#include "platform/text/texts.h"
#include "views/notices.h"
#include "views/web.h"

static void cell_unread(struct out *out, const void *row)
{
    view_notices_unread(out, ((const struct notice_row *)row)->unread);
}

static void cell_state(struct out *out, const void *row)
{
    const struct notice_row *n = row;
    view_state(out, "states.notices", n->state, flow_state_find(&NOTICES_FLOW, n->state)->tone);
}

static const struct list_cell CELLS[] = { { "unread", cell_unread },
                                          { "state", cell_state },
                                          { 0 } };

static void acts(struct out *out, struct rq *rq)
{
    view_notices_acts(out, actor_may(rq->actor, "notices.write"));
}

err page_notice_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = notice_list(rq),
                                    .path = "/notices",
                                    .title = "menu.notices",
                                    .menu = "notices",
                                    .main = "title",
                                    .empty = "notices.none",
                                    .cells = CELLS,
                                    .acts = acts };
    return list_show(rq, &look, res);
}

static const struct view_link *crumbs(struct rq *rq, str here)
{
    struct view_link *links = arena_array(rq->mem, 3, sizeof *links);
    links[0] = (struct view_link){ text_find("menu.notices"), str_of("/notices") };
    links[1].label = here;
    return links;
}

/* Who may write sees all readers, anyone else only whether he has read. */
static err readers(struct rq *rq, struct notice_show *v)
{
    struct rows rows;
    TRY(reader_store_list(rq->db, v->notice->id, rq->mem, &rows));
    const struct reader *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        bool mine = (all[i].person_id && all[i].person_id == rq->actor->person_id) ||
                    (all[i].agency_id && all[i].agency_id == rq->actor->agency_id);
        v->read += all[i].read_at > 0;
        v->unread = v->unread || (mine && all[i].read_at == 0);
    }
    if (!actor_may(rq->actor, "notices.write"))
        return OK;
    v->readers = all;
    v->reader_count = rows.count;
    return OK;
}

err page_notice_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(notice_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed allowed = flow_allowed(rq, &NOTICES_FLOW, &subject);
    struct notice_show v = { .notice = subject.row,
                             .crumbs = crumbs(rq, subject.title),
                             .acts = &allowed,
                             .may_edit = actor_may(rq->actor, "notices.write") &&
                                         str_is(subject.state, "draft") };
    TRY(readers(rq, &v));
    struct out *out = page_begin(rq, subject.title, "notices");
    view_notices_show(out, &v);
    page_end(res, out);
    return OK;
}

static err draw_form(struct rq *rq, struct res *res, const struct notice *n, str action)
{
    str title = text_find(n->id ? "notices.edit" : "notices.new");
    struct notice_form v = { .notice = n, .crumbs = crumbs(rq, title), .action = action };
    TRY(notice_audiences(rq, n->audience, &v.audiences, &v.count));
    struct out *out = page_begin(rq, title, "notices");
    view_notices_form(out, &v);
    page_end(res, out);
    return OK;
}

err page_notice_new(struct rq *rq, struct res *res)
{
    return draw_form(rq, res, &(struct notice){ .audience = str_of("members") },
                     str_of("/notices/new"));
}

err page_notice_edit(struct rq *rq, struct res *res)
{
    struct notice n;
    TRY(notice_find(rq, rq->path_id, &n));
    return draw_form(rq, res, &n, arena_printf(rq->mem, "/notices/%lld/edit", (long long)n.id));
}

err page_notice_save(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(notice_save(rq, rq->input, &id));
    res_redirect(res, arena_printf(rq->mem, "/notices/%lld", (long long)id));
    return OK;
}

err page_notice_open(struct rq *rq, struct res *res)
{
    TRY(notice_open(rq, rq->path_id));
    res_redirect(res, arena_printf(rq->mem, "/notices/%lld", (long long)rq->path_id));
    return OK;
}
