/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Choices and worded days for the pages of this module. */
#include "modules/members/member_parts.h"

#include "modules/members/audience.h"
#include "modules/orgs/org.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

const char *member_tone(str status)
{
    if (str_is(status, "serving"))
        return "ok";
    return str_is(status, "suspended") ? "warn" : "idle";
}

str member_day_text(struct rq *rq, i64 day)
{
    return day == BIRTH_UNKNOWN ? str_of("") : text_day(rq->mem, day);
}

err member_term_text(struct rq *rq, str *out)
{
    struct session session;
    err e = session_on(rq, rq->today, &session);
    *out = str_of("");
    if (e.code == ERR_NONE)
        *out = arena_printf(rq->mem, "%lld", (long long)session.term_number);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err member_dictionary_choices(struct rq *rq, const char *name, str chosen,
                              const struct view_choice **out, size_t *count)
{
    struct rows rows;
    TRY(dictionary_list(rq, name, &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *c = arena_array(rq->mem, rows.count + 1, sizeof *c);
    c[0] = (struct view_choice){ .label = text_find("members.choose") };
    for (size_t i = 0; i < rows.count; i++)
        c[i + 1] = (struct view_choice){ .value = all[i].code,
                                         .label = all[i].label,
                                         .chosen = str_eq(chosen, all[i].code) };
    *out = c;
    *count = rows.count + 1;
    return OK;
}

err member_sector_choices(struct rq *rq, str chosen, const struct view_choice **out, size_t *count)
{
    struct rows rows;
    TRY(sector_list(rq, rq->today, &rows));
    const struct body *all = rows.items;
    struct view_choice *c = arena_array(rq->mem, rows.count + 1, sizeof *c);
    c[0] = (struct view_choice){ .label = text_find("members.choose") };
    for (size_t i = 0; i < rows.count; i++)
        c[i + 1] = (struct view_choice){ .value = all[i].name,
                                         .label = all[i].name,
                                         .chosen = str_eq(chosen, all[i].name) };
    *out = c;
    *count = rows.count + 1;
    return OK;
}

err member_body_choices(struct rq *rq, const struct view_choice **out, size_t *count)
{
    struct rows rows, orgs;
    struct org cppcc;
    TRY(org_proposers(rq, &orgs));
    TRY(audience_bodies(rq, orgs.count + 1, &rows));
    TRY(org_find_cppcc(rq, &cppcc));
    struct view_choice *to = rows.items;
    to[0] = (struct view_choice){ .value = str_of("cppcc"), .label = cppcc.name };
    for (size_t i = 0; i < orgs.count; i++) {
        const struct org *o = &((const struct org *)orgs.items)[i];
        to[i + 1].value = arena_printf(rq->mem, "org:%lld", (long long)o->id);
        to[i + 1].label = o->name;
    }
    *out = to;
    *count = rows.count;
    return OK;
}

const struct view_choice *member_act_choices(struct rq *rq, str status, str chosen, size_t *count)
{
    struct view_choice *c = arena_array(rq->mem, 20, sizeof *c);
    *count = 0;
    for (const struct member_act_kind *k = MEMBER_ACT_KINDS; k->verb; k++)
        if (member_act_fits(k, status))
            c[(*count)++] = (struct view_choice){
                .value = str_of(k->verb),
                .label = text_label("members.act", str_of(k->verb)),
                .hint = text_label("members.act_hint", str_of(k->verb)),
                .chosen = str_is(chosen, k->verb),
            };
    return c;
}
