/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Members to choose from who serve today or served on a day, by name, employer or sector: those who
 * are asked to sign, those who are named as drafters. */
#include "modules/cosigners/cosigner_views.h"
#include "modules/members/meant.h"
#include "modules/orgs/org.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"

enum { FOUND_MAX = 60 };

static bool is_found(const struct cosigner_search *s, const struct member *m)
{
    for (size_t i = 0; i < s->taken.count; i++)
        if (s->taken.items[i] == m->person_id)
            return false;
    return s->q.len == 0 || str_find(m->name, s->q, 0) >= 0 || str_find(m->employer, s->q, 0) >= 0;
}

static err found_make(struct rq *rq, struct cosigner_search *s)
{
    struct rows rows;
    if (s->q.len == 0 && s->sector_id == 0)
        return OK;
    s->searched = true;
    TRY(s->on ? member_list_served(rq, s->sector_id, s->on, &rows)
              : member_list_serving(rq, s->sector_id, &rows));
    const struct member *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, FOUND_MAX, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++) {
        if (!is_found(s, &all[i]))
            continue;
        if (s->found_count == FOUND_MAX) {
            s->more = true;
            break;
        }
        choices[s->found_count++] = (struct view_choice){
            .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
            .label = all[i].name,
            .hint = all[i].sector_name.len && all[i].employer.len
                        ? text_format(rq->mem, "cosigners.member_of", all[i].sector_name,
                                      all[i].employer)
                        : all[i].sector_name,
        };
    }
    s->found = choices;
    return OK;
}

static err sectors_make(struct rq *rq, struct cosigner_search *s)
{
    struct rows rows;
    TRY(sector_list(rq, s->on ? s->on : rq->today, &rows));
    const struct body *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] =
        (struct view_choice){ .value = str_of(""), .label = text_find("cosigners.all_sectors") };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name,
                                  .chosen = all[i].id == s->sector_id };
    s->sectors = choices;
    s->sector_count = rows.count + 1;
    return OK;
}

err cosigner_search_make(struct rq *rq, struct cosigner_search *s)
{
    TRY(sectors_make(rq, s));
    return found_make(rq, s);
}

void cosigner_search_json(struct json *j, const struct cosigner_search *s)
{
    json_array(j, "found");
    for (size_t i = 0; i < s->found_count; i++) {
        i64 id = 0;
        json_object(j, NULL);
        json_i64(j, "member_id", str_to_i64(s->found[i].value, &id) ? id : 0);
        json_str(j, "name", s->found[i].label);
        json_str(j, "of", s->found[i].hint);
        json_object_end(j);
    }
    json_array_end(j);
}
