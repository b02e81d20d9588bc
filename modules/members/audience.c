/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups and who is in them (audience.h): serving members from this module, agencies from orgs. */
#include "modules/members/audience.h"

#include "modules/members/meant.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/choices.h"

enum { NAMED = 3, NAMES_MAX = 2000 };

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

/* Where the notices' form folds them: committees, sectors, agencies, members by sector. */
static void group_bodies(struct rows *rows)
{
    struct view_choice *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (str_starts(all[i].value, str_of("committee:")))
            all[i].hint = text_find("audiences.committees");
        else if (str_starts(all[i].value, str_of("sector:")))
            all[i].hint = text_find("audiences.sectors");
}

static void add_single(struct rq *rq, struct rows *to, const char *kind, i64 id, str name)
{
    struct view_choice *all = to->items;
    all[to->count++] =
        (struct view_choice){ .value = arena_printf(rq->mem, "%s:%lld", kind, (long long)id),
                              .label = name,
                              .hint = text_find("audiences.units") };
}

static void add_posts(struct rq *rq, struct rows *to, const struct rows *posts)
{
    struct view_choice *choices = to->items;
    for (size_t i = 0; i < posts->count; i++) {
        const struct dictionary_row *post = &((const struct dictionary_row *)posts->items)[i];
        choices[to->count++] =
            (struct view_choice){ .value = arena_printf(rq->mem, "post:%.*s", (int)post->code.len,
                                                        post->code.ptr),
                                  .label = post->label,
                                  .hint = text_find("audiences.posts") };
    }
}

static err find_member(struct rq *rq, str typed, struct rows *out)
{
    struct rows rows;
    TRY(member_list_meant(rq, typed, &rows));
    *out = (struct rows){ .size = sizeof(struct view_choice) };
    out->items = arena_array(rq->mem, rows.count + 1, out->size);
    for (size_t i = 0; i < rows.count; i++) {
        const struct member *m = &((const struct member *)rows.items)[i];
        add_single(rq, out, "member", m->id, member_label(rq, m));
    }
    return OK;
}

/* Behind the bodies: posts, then each agency and each serving member alone. */
static err add_singles(struct rq *rq, struct rows *to)
{
    struct rows posts, agencies, members = { 0 };
    i64 count;
    TRY(dictionary_list(rq, "members.posts", &posts));
    TRY(org_agencies(rq, &agencies));
    TRY(member_count_all(rq, rq->today, &count));
    if (count <= MEMBER_CHOICES_MAX)
        TRY(member_list_serving(rq, 0, &members));
    else
        rq_choices_find(rq, find_member);
    struct view_choice *all =
        arena_array(rq->mem, to->count + posts.count + agencies.count + members.count, sizeof *all);
    memcpy(all, to->items, to->count * sizeof *all);
    to->items = all;
    add_posts(rq, to, &posts);
    for (size_t i = 0; i < agencies.count; i++) {
        const struct org *o = &((const struct org *)agencies.items)[i];
        add_single(rq, to, "agency", o->id, o->name);
    }
    for (size_t i = 0; i < members.count; i++) {
        const struct member *m = &((const struct member *)members.items)[i];
        add_single(rq, to, "member", m->id, m->name);
        all[to->count - 1].hint =
            text_format(rq->mem, "audiences.members_of", m->sector_name, str_of(""));
    }
    return OK;
}

err audience_list(struct rq *rq, struct rows *out)
{
    TRY(audience_bodies(rq, 2, out));
    struct view_choice *all = out->items;
    all[0] =
        (struct view_choice){ .value = str_of("members"), .label = text_find("audiences.members") };
    all[1] = (struct view_choice){ .value = str_of("agencies"),
                                   .label = text_find("audiences.agencies") };
    group_bodies(out);
    return add_singles(rq, out);
}

static bool is_of_agencies(str group)
{
    return str_is(group, "agencies") || str_starts(group, str_of("agency:"));
}

err audience_members(struct rq *rq, struct rows *out)
{
    size_t kept = 0;
    TRY(audience_list(rq, out));
    struct view_choice *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (!is_of_agencies(all[i].value))
            all[kept++] = all[i];
    out->count = kept;
    return OK;
}

static str label_of(const struct rows *rows, str group)
{
    const struct view_choice *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (str_eq(all[i].value, group))
            return all[i].label;
    return str_of("");
}

/* Of one alone among too many to be choices. */
static err name_find(struct rq *rq, str group, str *name)
{
    struct rows rows;
    if (!str_starts(group, str_of("member:")))
        return OK;
    TRY(member_list_meant(rq, group, &rows));
    if (rows.count)
        *name = ((const struct member *)rows.items)->name;
    return OK;
}

err audience_name(struct rq *rq, str groups, str *out)
{
    struct rows rows;
    str group, label;
    i64 count = 0;
    struct buf *b = buf_new(rq->mem, NAMES_MAX);
    TRY(audience_list(rq, &rows));
    while (str_split(&groups, ' ', &group)) {
        label = label_of(&rows, group);
        if (label.len == 0)
            TRY(name_find(rq, group, &label));
        if (label.len == 0 || ++count > NAMED)
            continue;
        buf_add(b, count > 1 ? text_find("audiences.and") : str_of(""));
        buf_add(b, label);
    }
    *out = buf_str(b);
    if (count > NAMED)
        *out = text_format(rq->mem, "audiences.more", *out,
                           arena_printf(rq->mem, "%lld", (long long)count));
    return OK;
}

strs audience_split(struct arena *mem, str groups)
{
    strs out = { 0 };
    str group;
    while (str_split(&groups, ' ', &group))
        if (group.len)
            strs_add(mem, &out, group);
    return out;
}

str audience_join(struct arena *mem, const strs *groups)
{
    size_t len = 0;
    for (size_t i = 0; i < groups->count; i++)
        len += groups->items[i].len + 1;
    struct buf *b = buf_new(mem, len + 1);
    for (size_t i = 0; i < groups->count; i++) {
        buf_put(b, i ? " " : "");
        buf_add(b, groups->items[i]);
    }
    return buf_str(b);
}

/* ---- readers ---- */

/* Readers found so far, each once, in the order in which the groups were named. */
struct gathered {
    struct rq *rq;
    struct rows agencies, members; /* all that there are today, once they are asked for */
    bool has_agencies, has_members;
    struct reader *items;
    size_t count, room;
};

static void add_room(struct gathered *g, size_t more)
{
    struct reader *items = arena_array(g->rq->mem, g->room + more, sizeof *items);
    if (g->count)
        memcpy(items, g->items, g->count * sizeof *items);
    g->items = items;
    g->room += more;
}

static err need_agencies(struct gathered *g)
{
    if (g->has_agencies)
        return OK;
    g->has_agencies = true;
    TRY(org_agencies(g->rq, &g->agencies));
    add_room(g, g->agencies.count + 1);
    return OK;
}

static err need_members(struct gathered *g)
{
    if (g->has_members)
        return OK;
    g->has_members = true;
    TRY(member_list_serving(g->rq, 0, &g->members));
    add_room(g, g->members.count + 1);
    return OK;
}

static void add(struct gathered *g, struct reader reader)
{
    for (size_t i = 0; i < g->count; i++)
        if (g->items[i].person_id == reader.person_id && g->items[i].agency_id == reader.agency_id)
            return;
    g->items[g->count++] = reader;
}

static void add_agencies(struct gathered *g, i64 only)
{
    const struct org *all = g->agencies.items;
    for (size_t i = 0; i < g->agencies.count; i++)
        if (!only || all[i].id == only)
            add(g, (struct reader){ .agency_id = all[i].id, .name = all[i].name });
}

/* Of all who serve: every one, those of a sector, or one. */
static void add_members(struct gathered *g, i64 sector_id, i64 only)
{
    const struct member *all = g->members.items;
    for (size_t i = 0; i < g->members.count; i++)
        if ((!sector_id || all[i].sector_id == sector_id) && (!only || all[i].id == only))
            add(g, (struct reader){ .person_id = all[i].person_id, .name = all[i].name });
}

/* One alone, who is not looked for among all. */
static err add_member(struct gathered *g, str group)
{
    struct rows rows;
    TRY(member_list_meant(g->rq, group, &rows));
    const struct member *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        add_room(g, 1);
        add(g, (struct reader){ .person_id = all[i].person_id, .name = all[i].name });
    }
    return OK;
}

static err add_committee(struct gathered *g, i64 id)
{
    struct rows rows;
    TRY(need_members(g));
    TRY(member_list_committee(g->rq, id, &rows));
    const struct member *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        add_members(g, 0, all[i].id);
    return OK;
}

static err add_post(struct gathered *g, str code)
{
    struct rows rows;
    TRY(need_members(g));
    TRY(member_list_posts(g->rq, g->rq->today, &rows));
    const struct member_post *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (code.len && str_eq(all[i].post, code)) /* most members hold none */
            add_members(g, 0, all[i].member_id);
    return OK;
}

static err add_group(struct gathered *g, str group)
{
    str id_text = group, kind;
    i64 id = 0;
    if (str_starts(group, str_of("post:")))
        return add_post(g, str_sub(group, strlen("post:"), group.len));
    bool one = str_split(&id_text, ':', &kind) && str_to_i64(id_text, &id) && id > 0;
    if (str_is(group, "agencies") || (one && str_is(kind, "agency"))) {
        TRY(need_agencies(g));
        add_agencies(g, id);
    } else if (str_is(group, "members") || (one && str_is(kind, "sector"))) {
        TRY(need_members(g));
        add_members(g, id, 0);
    } else if (one && str_is(kind, "member")) {
        return add_member(g, group);
    } else if (one && str_is(kind, "committee")) {
        return add_committee(g, id);
    }
    return OK;
}

err audience_readers(struct rq *rq, str groups, struct rows *out)
{
    struct gathered g = { .rq = rq };
    str group;
    while (str_split(&groups, ' ', &group))
        TRY(add_group(&g, group));
    *out = (struct rows){ g.items, g.count, sizeof *g.items };
    return OK;
}
