/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What modules that belong to a meeting need of it: which there are, one as a choice of a form, who
 * is invited. See meeting.h. */
#include "modules/meetings/meeting_rules.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

static const char MEETING[] = "meeting:";

err meeting_brief_find(struct rq *rq, i64 meeting_id, struct meeting_brief *out)
{
    struct meeting m;
    TRY(meeting_store_find(rq->db, meeting_id, rq->mem, &m));
    *out = (struct meeting_brief){ m.id, m.from_on, m.to_on, m.title, m.kind, m.state };
    return OK;
}

err meeting_list_open(struct rq *rq, struct rows *out)
{
    return meeting_store_list_open(rq->db, rq->mem, out);
}

str meeting_choice_of(struct arena *mem, i64 meeting_id)
{
    return arena_printf(mem, "%s%lld", MEETING, (long long)meeting_id);
}

err meeting_choices(struct rq *rq, struct rows *out)
{
    struct rows meetings;
    TRY(meeting_list_open(rq, &meetings));
    const struct meeting_brief *all = meetings.items;
    struct view_choice *choices = arena_array(rq->mem, meetings.count + 1, sizeof *choices);
    for (size_t i = 0; i < meetings.count; i++)
        choices[i] =
            (struct view_choice){ .value = meeting_choice_of(rq->mem, all[i].id),
                                  .label = text_format(rq->mem, "meetings.choice", all[i].title,
                                                       text_day(rq->mem, all[i].from_on)) };
    *out = (struct rows){ choices, meetings.count, sizeof *choices };
    return OK;
}

err meeting_find_choice(struct rq *rq, str choice, struct meeting_brief *out)
{
    i64 id = 0;
    if (!str_to_i64(str_sub(choice, sizeof MEETING - 1, choice.len), &id))
        return err_make(ERR_NOT_FOUND, "meetings.not_found");
    return meeting_brief_find(rq, id, out);
}

err meeting_list_invited(struct rq *rq, i64 meeting_id, struct rows *out)
{
    struct rows rows;
    TRY(invitee_store_list(rq->db, meeting_id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    struct meeting_invited *invited = arena_array(rq->mem, rows.count + 1, sizeof *invited);
    for (size_t i = 0; i < rows.count; i++)
        invited[i] = (struct meeting_invited){
            all[i].id,          all[i].member_id, all[i].person_id,           all[i].name,
            all[i].sector_name, all[i].state,     attendance_outcome(&all[i])
        };
    *out = (struct rows){ invited, rows.count, sizeof *invited };
    return OK;
}
