/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One member's page: facts, seats, how things went, offices. Personal fields are masked; they are
 * shown in full only after a reason has been given, and that is audited (rules.md 13; PIPL art.
 * 28). */
#include "modules/accounts/account.h"
#include "modules/members/member_list.h"
#include "modules/members/member_parts.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "views/members.h"

enum { FACTS_MAX = 12 };

static void fact(struct view_fact *f, size_t *n, const char *label, str value)
{
    f[(*n)++] = (struct view_fact){ .label = text_find(label), .value = value };
}

static struct view_facts head_facts(struct rq *rq, const struct member *m, const struct person *p)
{
    struct view_fact *f = arena_array(rq->mem, FACTS_MAX, sizeof *f);
    size_t n = 0;
    fact(f, &n, "members.sector", m->sector_name);
    fact(f, &n, "members.code", m->code);
    fact(f, &n, "members.employer", p->employer);
    fact(f, &n, "members.job", p->job);
    return (struct view_facts){ f, n };
}

static struct view_facts person_facts(struct rq *rq, const struct person *p,
                                      const struct member_secrets *shown)
{
    struct view_fact *f = arena_array(rq->mem, FACTS_MAX, sizeof *f);
    size_t n = 0;
    fact(f, &n, "members.gender",
         p->gender.len ? text_label("members.gender", p->gender) : p->gender);
    fact(f, &n, "members.ethnic", p->ethnic);
    fact(f, &n, "members.birth", member_day_text(rq, p->birth_on));
    fact(f, &n, "members.party", dictionary_label(rq, "members.parties", p->party));
    fact(f, &n, "members.education", p->education);
    fact(f, &n, "members.mail", p->mail);
    fact(f, &n, "members.phone", shown->phone);
    fact(f, &n, "members.identity", shown->identity);
    fact(f, &n, "members.address", shown->address);
    return (struct view_facts){ f, n };
}

static str join(struct rq *rq, str a, str b)
{
    if (a.len == 0 || b.len == 0)
        return a.len ? a : b;
    return arena_printf(rq->mem, "%.*s \xC2\xB7 %.*s", (int)a.len, a.ptr, (int)b.len, b.ptr);
}

static str act_words(struct rq *rq, const struct change *c)
{
    str act = text_label("members.act", c->act);
    if (!str_is(c->act, "resector"))
        return act;
    str from = c->sector_from.len ? c->sector_from : text_find("members.no_sector_yet");
    return arena_printf(rq->mem, "%.*s  %.*s \xE2\x86\x92 %.*s", (int)act.len, act.ptr,
                        (int)from.len, from.ptr, (int)c->sector_to.len, c->sector_to.ptr);
}

static err changes(struct rq *rq, i64 member_id, struct view_steps *out)
{
    struct rows rows;
    TRY(change_store_list(rq->db, member_id, rq->mem, &rows));
    const struct change *all = rows.items;
    struct view_step *s = arena_array(rq->mem, rows.count, sizeof *s);
    for (size_t i = 0; i < rows.count; i++)
        s[i] = (struct view_step){ .when = text_date(rq->mem, all[i].on_on),
                                   .what = act_words(rq, &all[i]),
                                   .who = join(rq, all[i].organ, all[i].document),
                                   .words = all[i].reason };
    *out = (struct view_steps){ s, rows.count };
    return OK;
}

static err parts(struct rq *rq, struct member_show *v, i64 person_id)
{
    struct rows seats, tenures;
    TRY(seat_store_list(rq->db, v->member->id, rq->mem, &seats));
    TRY(tenure_store_list(rq->db, person_id, rq->mem, &tenures));
    TRY(changes(rq, v->member->id, &v->changes));
    v->seats = seats.items;
    v->seat_count = seats.count;
    v->tenures = tenures.items;
    v->tenure_count = tenures.count;
    if (!v->may_manage)
        return OK;
    TRY(member_dictionary_choices(rq, "members.posts", str_of(""), &v->posts, &v->post_count));
    return member_body_choices(rq, &v->bodies, &v->body_count);
}

/* The proposals that the viewer may see of this member, whatever others are called like him. */
static str proposals_url(struct rq *rq, const struct member *m)
{
    if (permission_number("proposals.read") < 0 || !actor_may(rq->actor, "proposals.read"))
        return str_of("");
    return arena_printf(rq->mem, "/proposals?person_id=%lld", (long long)m->person_id);
}

static err draw(struct rq *rq, struct res *res, i64 id, bool unmasked)
{
    struct member member;
    struct person person;
    struct member_secrets open, shown;
    TRY(member_list_may(rq));
    TRY(member_find(rq, id, &member));
    TRY(person_store_find(rq->db, member.person_id, rq->mem, &person));
    struct member_show v = { .member = &member,
                             .crumbs = view_crumbs(rq->mem, "members", member.name),
                             .tone = member_tone(member.status),
                             .may_manage = actor_may(rq->actor, "members.manage"),
                             .may_decide = actor_may(rq->actor, "members.decide"),
                             .may_unmask = actor_may(rq->actor, "members.unmask"),
                             .unmasked = unmasked };
    v.facts = head_facts(rq, &member, &person);
    if (v.may_manage || unmasked) {
        TRY(member_secrets_open(rq, &person, &open));
        shown = unmasked ? open : member_secrets_mask(rq->mem, &open);
        v.person = person_facts(rq, &person, &shown);
    }
    v.proposals_url = proposals_url(rq, &member);
    v.may_accounts = actor_may(rq->actor, "members.accounts");
    if (v.may_accounts)
        TRY(account_find_of_person(rq, person.id, &v.account));
    TRY(parts(rq, &v, person.id));
    struct out *out = page_begin(rq, member.name, "members");
    view_members_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_member_show(struct rq *rq, struct res *res)
{
    return draw(rq, res, rq->path_id, false);
}

err page_member_unmask_form(struct rq *rq, struct res *res)
{
    struct member member;
    TRY(member_find(rq, rq->path_id, &member));
    str title = text_find("members.unmask");
    struct member_unmask v = { &member,
                               view_crumbs_of(rq->mem, "members", member.id, member.name, title) };
    struct out *out = page_begin(rq, title, "members");
    view_members_unmask(out, &v);
    page_end(res, out);
    return OK;
}

/* A POST, so that looking is written down in the transaction that shows. */
err page_member_unmask(struct rq *rq, struct res *res)
{
    const struct unmask_input *in = rq->input;
    struct member member;
    TRY(member_find(rq, in->id, &member));
    TRY(audit_add(rq, &(struct audit_entry){ "members.unmask", "members", in->id,
                                             .after = in->reason }));
    return rq->api ? api_member_show(rq, res) : draw(rq, res, in->id, true);
}
