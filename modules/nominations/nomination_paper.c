/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The list of nominees that a meeting has before it: who is on it, in its order. Paper: nominee.c.
 */
#include "modules/meetings/meeting.h"
#include "modules/nominations/nominee.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

err nomination_slate_load(struct rq *rq, struct meeting_brief *meeting, struct rows *out)
{
    struct rows rows, nominees;
    TRY(meeting_brief_find(rq, rq->path_id, meeting));
    if (!str_is(meeting->kind, "standing"))
        return err_make(ERR_NOT_FOUND, "meetings.not_found");
    TRY(nomination_store_list_of(rq->db, meeting->id, rq->mem, &rows));
    TRY(nomination_check_count(rq, &rows));
    nominees_of(rq, &rows, &nominees);
    TRY(nominees_order(rq, rq->today, &nominees));
    const struct nominee *order = nominees.items;
    const struct nomination *all = rows.items;
    struct nomination *ordered = arena_array(rq->mem, rows.count + 1, sizeof *ordered);
    for (size_t i = 0; i < rows.count; i++)
        ordered[i] = all[order[i].at];
    *out = (struct rows){ ordered, rows.count, sizeof *ordered };
    return OK;
}

/* Who withdrew is not put to the vote; who is forgotten would be a row without a name. */
static err list_load(struct rq *rq, struct nominee_list *list)
{
    struct meeting_brief meeting;
    struct rows rows;
    TRY(nomination_slate_load(rq, &meeting, &rows));
    struct nomination *all = rows.items;
    size_t stay = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (!str_is(all[i].state, "withdrawn") && !all[i].forgotten_at)
            all[stay++] = all[i];
    rows.count = stay;
    *list = (struct nominee_list){
        .title = text_format(rq->mem, "nominations.slate", meeting.title, str_of("")),
        .act = "nominations.paper",
        .object = "meetings",
        .object_id = meeting.id,
    };
    nominees_of(rq, &rows, &list->nominees);
    return OK;
}

err file_nomination_pdf(struct rq *rq, struct res *res)
{
    struct nominee_list list;
    TRY(list_load(rq, &list));
    return nominee_list_pdf(rq, &list, res);
}

err file_nomination_docx(struct rq *rq, struct res *res)
{
    struct nominee_list list;
    TRY(list_load(rq, &list));
    return nominee_list_docx(rq, &list, res);
}

err file_nomination_xlsx(struct rq *rq, struct res *res)
{
    struct nominee_list list;
    TRY(list_load(rq, &list));
    return nominee_list_xlsx(rq, &list, res);
}
