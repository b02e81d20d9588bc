/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of groups of a meeting (README.md): dividing, moving, who leads a group. Statements:
 * scheme_store.c; pages: scheme_pages.c. */
#include "modules/schemes/scheme.h"

#include "modules/members/member.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

static const char GROUP[] = "group:", MEMBER[] = "member:";

/* ---- dividing ---- */

static int by_together(const void *a, const void *b)
{
    const struct scheme_person *x = a, *y = b;
    int order = str_cmp(x->together, y->together);
    if (order)
        return order;
    return x->invitee_id < y->invitee_id ? -1 : x->invitee_id > y->invitee_id;
}

/* Side by side those that belong together; cut into runs, or dealt out one by one. */
void scheme_divide(struct scheme_person *people, size_t count, i64 groups, bool spread)
{
    i64 n = (i64)count;
    qsort(people, count, sizeof *people, by_together);
    for (i64 i = 0; i < n; i++)
        people[i].number = spread ? i % groups + 1 : i * groups / n + 1;
}

static err people_of(struct rq *rq, const struct scheme *s, const struct rows *invited,
                     struct scheme_person **out)
{
    const struct meeting_invited *all = invited->items;
    struct scheme_person *people = arena_array(rq->mem, invited->count + 1, sizeof *people);
    for (size_t i = 0; i < invited->count; i++) {
        struct member_traits traits = { 0 };
        if (str_is(s->kind, "study"))
            TRY(member_find_traits(rq, all[i].person_id, &traits));
        people[i] =
            (struct scheme_person){ .invitee_id = all[i].invitee_id,
                                    .together = str_is(s->kind, "study") ? traits.committee
                                                                         : all[i].sector_name };
    }
    *out = people;
    return OK;
}

static const struct meeting_invited *invited_find(const struct rows *invited, i64 invitee_id)
{
    const struct meeting_invited *all = invited->items;
    for (size_t i = 0; i < invited->count; i++)
        if (all[i].invitee_id == invitee_id)
            return &all[i];
    return NULL;
}

static err place(struct rq *rq, const struct meeting_invited *who, i64 scheme_id, i64 group_id)
{
    return placement_store_add(rq->db, &(struct placement){ .scheme_id = scheme_id,
                                                            .group_id = group_id,
                                                            .invitee_id = who->invitee_id,
                                                            .member_id = who->member_id,
                                                            .person_id = who->person_id });
}

/* Groups and everybody's place anew. */
static err divide(struct rq *rq, const struct scheme *s, i64 groups)
{
    struct rows invited;
    struct scheme_person *people;
    i64 ids_of[SCHEME_GROUPS_MAX + 1] = { 0 };
    TRY(meeting_list_invited(rq, s->meeting_id, &invited));
    if (invited.count == 0)
        return err_make(ERR_CONFLICT, "schemes.nobody");
    if ((i64)invited.count < groups)
        return err_make_with(ERR_CONFLICT, "schemes.too_few",
                             str_number(rq->mem, (i64)invited.count), str_number(rq->mem, groups));
    TRY(people_of(rq, s, &invited, &people));
    scheme_divide(people, invited.count, groups, str_is(s->kind, "free"));
    TRY(scheme_store_clear(rq->db, s->id));
    for (i64 k = 1; k <= groups; k++) {
        const struct scheme_group g = { .scheme_id = s->id,
                                        .number = k,
                                        .name = text_format(rq->mem, "schemes.group_name",
                                                            str_number(rq->mem, k), str_of("")) };
        TRY(scheme_group_store_add(rq->db, &g, &ids_of[k]));
    }
    for (size_t i = 0; i < invited.count; i++)
        TRY(place(rq, invited_find(&invited, people[i].invitee_id), s->id,
                  ids_of[people[i].number]));
    return OK;
}

static struct flow_subject subject_of(struct scheme *s)
{
    return (struct flow_subject){ s->id, s->version, s->state, s->title, str_of(""), s };
}

err scheme_begin(struct rq *rq, const struct scheme_input *in, i64 *id)
{
    struct scheme *s = arena_zero(rq->mem, sizeof *s);
    struct meeting_brief m;
    TRY(meeting_find_choice(rq, in->meeting, &m));
    *s = (struct scheme){ .meeting_id = m.id,
                          .state = str_of("draft"),
                          .kind = in->kind,
                          .title = in->title,
                          .version = 1 };
    TRY(scheme_store_add(rq->db, s, &s->id));
    TRY(divide(rq, s, in->groups));
    *id = s->id;
    struct flow_subject subject = subject_of(s);
    return flow_begin(rq, &SCHEMES_FLOW, &subject, NULL);
}

err scheme_effect_divide(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct scheme_divide_input *in = step->input;
    return divide(rq, subject->row, in->groups);
}

/* ---- telling ---- */

static err tell(struct rq *rq, const struct scheme *s, const struct scheme_group *g, i64 person_id)
{
    str where = g->room.len ? text_format(rq->mem, "schemes.in_room", g->name, g->room) : g->name;
    return notify_send(rq, &(struct notify_to){ .person_id = person_id },
                       &(struct notify_message){
                           .text = "schemes.told",
                           .arg = { s->title, where },
                           .url = arena_printf(rq->mem, "/schemes/%lld", (long long)s->id) });
}

err scheme_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct scheme *s = subject->row;
    struct rows groups, placed;
    (void)step;
    s->published_at = rq->now_ms;
    TRY(scheme_group_store_list(rq->db, s->id, rq->mem, &groups));
    TRY(placement_store_list(rq->db, s->id, rq->mem, &placed));
    const struct scheme_group *all = groups.items;
    const struct placement *p = placed.items;
    for (size_t i = 0; i < placed.count; i++)
        for (size_t k = 0; k < groups.count; k++)
            if (all[k].id == p[i].group_id)
                TRY(tell(rq, s, &all[k], p[i].person_id));
    return OK;
}

/* ---- moving ---- */

/* Who led a group and is no longer in it leads it no more. */
static err unlead(struct rq *rq, const struct scheme *s, i64 member_id, i64 group_id)
{
    struct rows groups;
    TRY(scheme_group_store_list(rq->db, s->id, rq->mem, &groups));
    struct scheme_group *all = groups.items;
    for (size_t k = 0; k < groups.count; k++) {
        bool leads = all[k].convener_id == member_id || all[k].recorder_id == member_id;
        if (!leads || all[k].id == group_id)
            continue;
        all[k].convener_id = all[k].convener_id == member_id ? 0 : all[k].convener_id;
        all[k].recorder_id = all[k].recorder_id == member_id ? 0 : all[k].recorder_id;
        TRY(scheme_group_store_update(rq->db, &all[k]));
    }
    return OK;
}

static bool is_there(const struct rows *placed, i64 invitee_id, i64 group_id)
{
    const struct placement *all = placed->items;
    for (size_t i = 0; i < placed->count; i++)
        if (all[i].invitee_id == invitee_id)
            return all[i].group_id == group_id;
    return group_id == 0;
}

str scheme_target(struct arena *mem, const struct scheme_group *g)
{
    return arena_printf(mem, "%s%lld", GROUP, (long long)g->id);
}

static err find_target(struct rq *rq, const struct scheme *s, str to, struct scheme_group *out)
{
    i64 id = 0;
    *out = (struct scheme_group){ 0 };
    if (str_is(to, "out"))
        return OK;
    if (str_starts(to, str_of(GROUP)))
        str_to_i64(str_sub(to, sizeof GROUP - 1, to.len), &id);
    err e = scheme_group_store_find(rq->db, id, rq->mem, out);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    if (e.code || out->scheme_id != s->id) {
        rq_fault(rq, "to", "schemes.choose_group", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return OK;
}

err scheme_move(struct rq *rq, const struct scheme_move_input *in)
{
    struct scheme s;
    struct scheme_group to;
    struct rows invited, placed;
    i64 moved = 0;
    TRY(list_find(rq, &SCHEME_LIST, in->id, &s));
    if (str_is(s.state, "dropped"))
        return err_make(ERR_CONFLICT, "schemes.dropped");
    TRY(rq_need_version(rq, in->version));
    if (in->version != s.version)
        return err_make(ERR_CONFLICT, "schemes.moved_since");
    TRY(find_target(rq, &s, in->to, &to));
    TRY(meeting_list_invited(rq, s.meeting_id, &invited));
    TRY(placement_store_list(rq->db, s.id, rq->mem, &placed));
    for (size_t i = 0; i < in->invitees.count; i++) {
        const struct meeting_invited *who = invited_find(&invited, in->invitees.items[i]);
        if (!who) {
            rq_fault(rq, "invitees", "schemes.not_invited", str_of(""), str_of(""));
            return err_make(ERR_INVALID, "form.faults");
        }
        if (is_there(&placed, who->invitee_id, to.id))
            continue;
        moved++;
        TRY(placement_store_remove(rq->db, s.id, who->invitee_id));
        TRY(unlead(rq, &s, who->member_id, to.id));
        if (to.id)
            TRY(place(rq, who, s.id, to.id));
        if (to.id && str_is(s.state, "published"))
            TRY(tell(rq, &s, &to, who->person_id));
    }
    if (moved == 0)
        return OK;
    TRY(scheme_store_update(rq->db, &s));
    return audit_add(rq, &(struct audit_entry){ .act = "schemes.move",
                                                .object = "schemes",
                                                .object_id = s.id,
                                                .before = str_number(rq->mem, moved),
                                                .after = to.name });
}

/* ---- one group ---- */

err scheme_group_find(struct rq *rq, i64 id, struct scheme_group *out, struct scheme *scheme)
{
    TRY(scheme_group_store_find(rq->db, id, rq->mem, out));
    err e = list_find(rq, &SCHEME_LIST, out->scheme_id, scheme);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "schemes.no_group") : e;
}

err scheme_group_members(struct rq *rq, struct rows *out)
{
    struct scheme_group g;
    struct scheme s;
    struct rows placed, invited;
    *out = (struct rows){ .size = sizeof(struct view_choice) };
    err e = scheme_group_find(rq, rq->path_id, &g, &s);
    if (e.code == ERR_NOT_FOUND)
        return OK; /* the handler says so */
    TRY(e);
    TRY(placement_store_list(rq->db, s.id, rq->mem, &placed));
    TRY(meeting_list_invited(rq, s.meeting_id, &invited));
    struct view_choice *choices = arena_array(rq->mem, placed.count + 1, sizeof *choices);
    const struct placement *all = placed.items;
    for (size_t i = 0; i < placed.count; i++) {
        const struct meeting_invited *who = invited_find(&invited, all[i].invitee_id);
        if (all[i].group_id != g.id || !who)
            continue;
        choices[out->count++] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%s%lld", MEMBER,
                                                        (long long)who->member_id),
                                  .label = who->name };
    }
    out->items = choices;
    return OK;
}

/* The form has checked that he is one of the group. */
static i64 member_of(str choice)
{
    i64 id = 0;
    str_to_i64(str_sub(choice, sizeof MEMBER - 1, choice.len), &id);
    return id;
}

static str choice_of(struct rq *rq, i64 member_id)
{
    return member_id ? arena_printf(rq->mem, "%s%lld", MEMBER, (long long)member_id) : str_of("");
}

struct scheme_group_input scheme_group_input_of(struct rq *rq, const struct scheme_group *g)
{
    return (struct scheme_group_input){ .id = g->id,
                                        .version = g->version,
                                        .name = g->name,
                                        .room = g->room,
                                        .convener = choice_of(rq, g->convener_id),
                                        .recorder = choice_of(rq, g->recorder_id) };
}

err scheme_group_save(struct rq *rq, const struct scheme_group_input *in, i64 *scheme_id)
{
    struct scheme_group g;
    struct scheme s;
    TRY(scheme_group_find(rq, in->id, &g, &s));
    *scheme_id = s.id;
    if (str_is(s.state, "dropped"))
        return err_make(ERR_CONFLICT, "schemes.dropped");
    struct scheme_group_input stored = scheme_group_input_of(rq, &g);
    TRY(conflict_check(rq, "web.version", in->version, g.version, &stored));
    g.name = in->name;
    g.room = in->room;
    g.convener_id = in->convener.len ? member_of(in->convener) : 0;
    g.recorder_id = in->recorder.len ? member_of(in->recorder) : 0;
    TRY(scheme_group_store_update(rq->db, &g));
    return audit_add(rq, &(struct audit_entry){ .act = "schemes.group",
                                                .object = "schemes",
                                                .object_id = s.id,
                                                .before = stored.name,
                                                .after = g.name });
}

/* ---- the flow ---- */

err scheme_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct scheme *s = arena_zero(rq->mem, sizeof *s);
    TRY(list_find(rq, &SCHEME_LIST, id, s));
    *out = subject_of(s);
    return OK;
}

err scheme_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct scheme s = *(const struct scheme *)subject->row;
    s.state = to;
    return scheme_store_update(rq->db, &s);
}
