/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A member's own profile, where he asks for changes, and the page where staff decides on them. */
#include "modules/members/member_parts.h"
#include "platform/access/secret.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "views/members.h"

static const char *tone_of(str state)
{
    if (str_is(state, "asked"))
        return "info";
    return str_is(state, "approved") ? "ok" : "warn";
}

/* A sealed wish is shown in full to its owner and to who decides: he must see what he approves. */
static err item_of(struct rq *rq, const struct amendment *a, struct amendment_item *out)
{
    *out = (struct amendment_item){ .amendment = a,
                                    .field = text_label("members", a->field),
                                    .before = a->before,
                                    .after = a->after,
                                    .state = text_label("states.amendments", a->state),
                                    .tone = tone_of(a->state) };
    if (str_is(a->field, "party")) {
        out->before = dictionary_label(rq, "members.parties", a->before);
        out->after = dictionary_label(rq, "members.parties", a->after);
    }
    if (a->after_sealed.len == 0)
        return OK;
    return field_open(rq->app, rq->mem, "amendments.after", a->after_sealed, &out->after);
}

static err items_of(struct rq *rq, const struct rows *rows, const struct amendment_item **out)
{
    const struct amendment *all = rows->items;
    struct amendment_item *items = arena_array(rq->mem, rows->count, sizeof *items);
    for (size_t i = 0; i < rows->count; i++)
        TRY(item_of(rq, &all[i], &items[i]));
    *out = items;
    return OK;
}

static err own(struct rq *rq, struct member *out)
{
    err e = member_find_by_person(rq, rq->actor->person_id, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_FORBIDDEN, "members.not_a_member") : e;
}

static struct member_wish wish_now(const struct person *p, const struct member_secrets *open)
{
    return (struct member_wish){
        .employer = p->employer,
        .job = p->job,
        .education = p->education,
        .party = p->party,
        .phone = open->phone,
        .mail = p->mail,
        .address = open->address,
        .version = p->version,
    };
}

err page_member_me(struct rq *rq, struct res *res)
{
    struct member member;
    struct person p;
    struct member_secrets open;
    struct rows rows;
    TRY(own(rq, &member));
    TRY(person_store_find(rq->db, member.person_id, rq->mem, &p));
    TRY(member_secrets_open(rq, &p, &open));
    TRY(amendment_store_list_of(rq->db, p.id, rq->mem, &rows));
    struct view_fact facts[] = {
        { .label = text_find("members.sector"), .value = member.sector_name },
        { .label = text_find("members.code"), .value = member.code },
        { .label = text_find("members.status"),
          .value = text_label("states.members", member.status) },
        { .label = text_find("members.identity"),
          .value = member_secrets_mask(rq->mem, &open).identity },
    };
    struct member_wish now = wish_now(&p, &open);
    now.version = conflict_version(rq, p.version);
    str title = text_find("members.me");
    struct member_me v = { .member = &member,
                           .crumbs = view_crumbs(rq->mem, "members", title),
                           .facts = { facts, sizeof facts / sizeof *facts },
                           .now = &now,
                           .count = rows.count };
    if (permission_number("departures.ask") >= 0 && actor_may(rq->actor, "departures.ask"))
        v.departures_url = str_of("/departures");
    TRY(items_of(rq, &rows, &v.items));
    TRY(member_dictionary_choices(rq, "members.parties", p.party, &v.parties, &v.party_count));
    struct out *out = page_begin(rq, title, "members_me");
    view_members_own_me(out, &v);
    page_end(res, out);
    return OK;
}

/* Somebody has changed the profile since: what he left as it was must not become a wish. A field
 * that was not sent wishes nothing. */
static err check_seen(struct rq *rq, i64 person_id, const struct member_wish *in)
{
    struct person p;
    struct member_secrets open;
    TRY(person_store_find(rq->db, person_id, rq->mem, &p));
    if (in->version == 0 || in->version == p.version)
        return OK;
    TRY(member_secrets_open(rq, &p, &open));
    struct member_wish stored = wish_now(&p, &open);
    str *const texts[] = { &stored.employer, &stored.job,  &stored.education, &stored.party,
                           &stored.phone,    &stored.mail, &stored.address };
    const str typed[] = { in->employer, in->job,  in->education, in->party,
                          in->phone,    in->mail, in->address };
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        *texts[i] = typed[i].len ? *texts[i] : typed[i];
    return conflict_found(rq, "web.version", p.version, &stored);
}

err page_member_wish(struct rq *rq, struct res *res)
{
    struct member member;
    i64 asked;
    TRY(own(rq, &member));
    TRY(check_seen(rq, member.person_id, rq->input));
    TRY(member_amend(rq, member.person_id, rq->input, &asked));
    res_flash(res, asked ? "members.asked" : "members.nothing_changed",
              arena_printf(rq->mem, "%lld", (long long)asked));
    res_redirect(res, str_of("/members/me"));
    return OK;
}

err page_amendment_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    str title = text_find("members.amendments");
    struct amendment_page v = { .crumbs = view_crumbs(rq->mem, "members", title) };
    TRY(amendment_store_list_open(rq->db, rq->mem, &rows));
    TRY(items_of(rq, &rows, &v.items));
    v.count = rows.count;
    struct out *out = page_begin(rq, title, "members");
    view_members_own_amendments(out, &v);
    page_end(res, out);
    return OK;
}

err page_amendment_decide(struct rq *rq, struct res *res)
{
    const struct amendment_input *in = rq->input;
    TRY(member_amendment_decide(rq, in->id,
                                &(struct decision){ in->approve, in->version, in->reason }));
    res_flash(res, in->approve ? "members.approved" : "members.declined", str_of(""));
    res_redirect(res, str_of("/members/amendments"));
    return OK;
}

err page_amendment_show(struct rq *rq, struct res *res)
{
    struct amendment a;
    struct amendment_item item;
    TRY(member_amendment_find(rq, rq->path_id, &a));
    TRY(item_of(rq, &a, &item));
    str title = text_format(rq->mem, "members.amendment_title", a.person_name, item.field);
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.members"), str_of("/members") };
    crumbs[1] =
        (struct view_link){ text_find("members.amendments"), str_of("/members/amendments") };
    crumbs[2] = (struct view_link){ title, str_of("") };
    const struct amendment_page v = { .crumbs = crumbs, .items = &item, .count = 1 };
    struct out *out = page_begin(rq, title, "members");
    view_members_own_amendment_page(out, &v);
    page_end(res, out);
    return OK;
}
