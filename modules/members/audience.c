/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups and who is in them (audience.h): serving members from this module, agencies from orgs. */
#include "modules/members/audience.h"

#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

static void add_bodies(struct rq *rq, struct rows *to, const char *kind, const struct rows *rows)
{
    struct view_choice *choices = to->items;
    for (size_t i = 0; i < rows->count; i++) {
        const struct body *b = &((const struct body *)rows->items)[i];
        choices[to->count].label = b->name;
        choices[to->count++].value = arena_printf(rq->mem, "%s:%lld", kind, (long long)b->id);
    }
}

err audience_bodies(struct rq *rq, size_t before, struct rows *out)
{
    struct rows committees, sectors;
    TRY(committee_list(rq, rq->today, &committees));
    TRY(sector_list(rq, rq->today, &sectors));
    *out = (struct rows){ .count = before, .size = sizeof(struct view_choice) };
    out->items = arena_array(rq->mem, before + committees.count + sectors.count, out->size);
    add_bodies(rq, out, "committee", &committees);
    add_bodies(rq, out, "sector", &sectors);
    return OK;
}

static struct view_choice single(struct rq *rq, const char *kind, i64 id, str name)
{
    str words = text_format(rq->mem, arena_printf(rq->mem, "audiences.%s", kind).ptr, name, name);
    return (struct view_choice){ .value = arena_printf(rq->mem, "%s:%lld", kind, (long long)id),
                                 .label = words };
}

/* Behind the groups: each agency and each serving member alone. */
static err add_singles(struct rq *rq, struct rows *to)
{
    struct rows agencies, members;
    TRY(org_agencies(rq, &agencies));
    TRY(member_list_serving(rq, 0, &members));
    struct view_choice *all =
        arena_array(rq->mem, to->count + agencies.count + members.count, sizeof *all);
    memcpy(all, to->items, to->count * sizeof *all);
    for (size_t i = 0; i < agencies.count; i++) {
        const struct org *o = &((const struct org *)agencies.items)[i];
        all[to->count++] = single(rq, "agency", o->id, o->name);
    }
    for (size_t i = 0; i < members.count; i++) {
        const struct member *m = &((const struct member *)members.items)[i];
        all[to->count++] = single(rq, "member", m->id, m->name);
    }
    to->items = all;
    return OK;
}

err audience_list(struct rq *rq, struct rows *out)
{
    TRY(audience_bodies(rq, 2, out));
    TRY(add_singles(rq, out));
    struct view_choice *all = out->items;
    all[0] =
        (struct view_choice){ .value = str_of("members"), .label = text_find("audiences.members") };
    all[1] = (struct view_choice){ .value = str_of("agencies"),
                                   .label = text_find("audiences.agencies") };
    return OK;
}

err audience_name(struct rq *rq, str group, str *out)
{
    struct rows rows;
    TRY(audience_list(rq, &rows));
    const struct view_choice *all = rows.items;
    *out = str_of("");
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].value, group))
            *out = all[i].label;
    return OK;
}

/* All agencies, or the one of this id. */
static err agencies(struct rq *rq, i64 only, struct rows *out)
{
    struct rows rows;
    TRY(org_agencies(rq, &rows));
    struct reader *to = arena_array(rq->mem, rows.count + 1, sizeof *to);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct org *o = &((const struct org *)rows.items)[i];
        if (!only || o->id == only)
            to[count++] = (struct reader){ .agency_id = o->id, .name = o->name };
    }
    *out = (struct rows){ to, count, sizeof *to };
    return OK;
}

/* Members as readers, or the one of this id. */
static struct rows persons(struct rq *rq, const struct rows *members, i64 only)
{
    struct reader *to = arena_array(rq->mem, members->count + 1, sizeof *to);
    size_t count = 0;
    for (size_t i = 0; i < members->count; i++) {
        const struct member *m = &((const struct member *)members->items)[i];
        if (!only || m->id == only)
            to[count++] = (struct reader){ .person_id = m->person_id, .name = m->name };
    }
    return (struct rows){ to, count, sizeof *to };
}

err audience_readers(struct rq *rq, str group, struct rows *out)
{
    str id_text = group, kind;
    struct rows rows = { 0 };
    i64 id = 0;
    bool one = str_split(&id_text, ':', &kind) && str_to_i64(id_text, &id) && id > 0;
    if (str_is(group, "agencies") || (one && str_is(kind, "agency")))
        return agencies(rq, id, out);
    bool member = one && str_is(kind, "member");
    if (one && str_is(kind, "committee"))
        TRY(member_list_committee(rq, id, &rows));
    else if (str_is(group, "members") || member || (one && str_is(kind, "sector")))
        TRY(member_list_serving(rq, member ? 0 : id, &rows));
    *out = persons(rq, &rows, member ? id : 0);
    return OK;
}
