/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bodies, people and accounts of the demo. Everything goes through the modules' own functions. */
#include "embed.h"
#include "modules/accounts/account.h"
#include "modules/members/member.h"
#include "modules/members/member_rules.h"
#include "modules/orgs/area.h"
#include "platform/settings/settings.h"
#include "server/demo.h"

enum { MEMBERS = 320, TERM = 6, COUNTY_MEMBERS = 6, BEFORE = 60 };

/* ---- bodies ---- */

static err make_sessions(struct rq *rq, struct demo *d)
{
    int year, month, mday;
    day_to_civil(d->today, &year, &month, &mday);
    int last = month > 2 || (month == 2 && mday > 24) ? year : year - 1;
    d->first_on = day_from_civil(last - 2, 2, 20);
    for (int number = 1; number <= 3; number++) {
        i64 opened = day_from_civil(last - 3 + number, 2, 20), id;
        TRY(session_add(rq,
                        &(struct session){ .term_number = TERM,
                                           .number = number,
                                           .opened_on = opened,
                                           .closed_on = opened + 4 },
                        &id));
    }
    return OK;
}

static err make_bodies(struct rq *rq, struct demo *d)
{
    strs sectors, committees;
    i64 id;
    demo_list(d, "sectors", &sectors);
    demo_list(d, "committees", &committees);
    d->sector_count = sectors.count;
    for (size_t i = 0; i < sectors.count; i++)
        TRY(sector_save(rq, sectors.items[i], (i64)i, &id));
    for (size_t i = 0; i < committees.count; i++)
        TRY(committee_save(rq, committees.items[i], (i64)i, &id));
    return make_sessions(rq, d);
}

/* Where a body stands: the county that its name begins with, by two characters, else the city. */
static err area_of(struct rq *rq, str name, i64 *id)
{
    struct rows rows;
    TRY(area_search(rq, str_of("5309"), &rows)); /* the city, then its counties */
    const struct area *all = rows.items;
    *id = rows.count ? all[0].id : 0;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].level, "county") && str_starts(name, str_cut_chars(all[i].name, 2)))
            *id = all[i].id;
    return OK;
}

static str agencies_text(void)
{
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (strcmp(f->name, "demo/agencies.txt") == 0)
            return (str){ (const char *)f->data, f->size };
    return str_of("");
}

static err make_agencies(struct rq *rq, struct demo *d)
{
    str text = agencies_text(), line;
    d->agencies = arena_array(d->mem, 100, sizeof *d->agencies);
    while (str_split(&text, '\n', &line)) {
        i64 at = str_find(line, str_of(" = "), 0);
        if (at < 0 || line.ptr[0] == '#')
            continue;
        struct demo_agency *a = &d->agencies[d->agency_count++];
        a->name = str_sub(line, 0, (size_t)at);
        i64 area_id;
        TRY(area_of(rq, a->name, &area_id));
        TRY(org_save(rq,
                     &(struct org){ .kind = str_of("department"),
                                    .name = a->name,
                                    .area_id = area_id,
                                    .agency = true,
                                    .dispatcher = d->agency_count <= 2,
                                    .letter_prefix = str_sub(line, (size_t)at + 3, line.len),
                                    .position = (i64)d->agency_count },
                     &a->id));
    }
    return OK;
}

/* ---- accounts ---- */

struct who {
    const char *login_name;
    str name;
    const char *role, *scope;
    i64 person_id, member_id, agency_id;
};

static err make_account(struct rq *rq, struct demo *d, const struct who *who, i64 *id)
{
    TRY(account_create(rq,
                       &(struct account_new){ .login_name = str_of(who->login_name),
                                              .name = who->name,
                                              .password_hash = d->hash,
                                              .person_id = who->person_id,
                                              .member_id = who->member_id,
                                              .agency_id = who->agency_id },
                       id));
    return account_give_role(
        rq, *id, &(struct holding_new){ .role = str_of(who->role), .scope = str_of(who->scope) },
        NULL);
}

static err make_office(struct rq *rq, struct demo *d)
{
    static const struct {
        const char *login_name, *role;
    } OFFICE[] = {
        { "staff", "staff" },     { "reviewer", "reviewer" }, { "dispatcher", "dispatcher" },
        { "leader", "leader" },   { "sysadmin", "sysadmin" }, { "secadmin", "secadmin" },
        { "auditor", "auditor" },
    };
    for (size_t i = 0; i < sizeof OFFICE / sizeof *OFFICE; i++) {
        i64 id;
        struct who who = { OFFICE[i].login_name, demo_name(d), OFFICE[i].role, "", 0, 0, 0 };
        TRY(make_account(rq, d, &who, &id));
        if (i < 4)
            *(i64 *[]){ &d->staff, &d->reviewer, &d->dispatcher, &d->leader }[i] = id;
        if (i == 0) { /* one clerk does the review, and who comes and goes, in a small office */
            TRY(account_give_role(rq, id, &(struct holding_new){ .role = str_of("reviewer") },
                                  NULL));
            TRY(account_give_role(rq, id, &(struct holding_new){ .role = str_of("personnel") },
                                  NULL));
        }
    }
    return OK;
}

static err make_operators(struct rq *rq, struct demo *d)
{
    for (size_t i = 0; i < d->agency_count; i++) {
        struct demo_agency *a = &d->agencies[i];
        i64 signer;
        struct who operator= { arena_printf(d->mem, "op%02zu", i + 1).ptr,
                               demo_name(d),
                               "operator",
                               "agency",
                               0,
                               0,
                               a->id };
        struct who head = { arena_printf(d->mem, "head%02zu", i + 1).ptr,
                            demo_name(d),
                            "agency_leader",
                            "agency",
                            0,
                            0,
                            a->id };
        TRY(make_account(rq, d, &operator, & a->account_id));
        TRY(make_account(rq, d, &head, &signer));
    }
    return OK;
}

/* ---- members ---- */

/* The parties stand in the order of the first sectors; in the others every second is of the party,
 * the rest of none. Without the dice, so that the same seed gives the same cases as before. */
static str party_of(struct demo *d, size_t sector, size_t i)
{
    strs parties;
    demo_list(d, "parties", &parties);
    if (sector < parties.count)
        return parties.items[sector];
    return str_of(i % 2 ? "cpc" : "masses");
}

static err give_post(struct rq *rq, const struct demo *d, size_t member, const struct tenure *what)
{
    struct tenure t = *what;
    i64 id;
    if (member >= d->member_count)
        return OK;
    t.person_id = d->members[member].person_id;
    t.from_on = d->first_on - BEFORE;
    return member_tenure_add(rq, &t, &id);
}

/* A post in which one writes proposals for the body. */
static err give_contact(struct rq *rq, struct demo *d, size_t member, const struct tenure *what)
{
    if (member < d->member_count && d->contact_count < DEMO_CONTACTS_MAX)
        d->contacts[d->contact_count++] = member;
    return give_post(rq, d, member, what);
}

/* Parties, the federation and associations with their contact, of the sector of the same name. */
static err make_proposers(struct rq *rq, struct demo *d, const struct rows *sectors)
{
    strs bodies;
    const struct body *s = sectors->items;
    demo_list(d, "bodies", &bodies);
    for (size_t i = 0; i < bodies.count; i++) {
        str name = bodies.items[i], kind;
        size_t sector = 0;
        i64 id;
        str_split(&name, ':', &kind);
        TRY(org_save(rq, &(struct org){ .kind = kind, .name = name, .position = 100 + (i64)i },
                     &id));
        for (size_t k = 0; k < sectors->count; k++)
            sector = str_find(name, s[k].name, 0) >= 0 ? k : sector;
        TRY(give_contact(rq, d, sectors->count * 5 + sector,
                         &(struct tenure){
                             .post = str_of("liaison"), .body = str_of("org"), .body_id = id }));
    }
    return OK;
}

/* Chair, vice chairs, secretary-general, standing members; heads of committees that have them as
 * members, conveners of sectors. */
static err make_posts(struct rq *rq, struct demo *d)
{
    struct rows committees, sectors;
    static const struct {
        const char *post;
        size_t first, end;
    } POSTS[] = { { "chair", 0, 1 },
                  { "vice_chair", 1, 5 },
                  { "secretary_general", 5, 6 },
                  { "standing_member", 6, 50 } };
    for (size_t p = 0; p < sizeof POSTS / sizeof *POSTS; p++)
        for (size_t i = POSTS[p].first; i < POSTS[p].end; i++)
            TRY(give_post(rq, d, i,
                          &(struct tenure){ .post = str_of(POSTS[p].post),
                                            .body = str_of("cppcc"),
                                            .body_id = d->org_id }));
    TRY(committee_list(rq, rq->today, &committees));
    TRY(sector_list(rq, rq->today, &sectors));
    const struct body *c = committees.items, *s = sectors.items;
    for (size_t i = 0; i < committees.count; i++) /* who is in no other one: every third */
        TRY(give_contact(rq, d, DEMO_HEAD + 3 * i,
                         &(struct tenure){ .post = str_of("director"),
                                           .body = str_of("committee"),
                                           .body_id = c[i].id }));
    TRY(account_give_role(rq, d->members[DEMO_HEAD].account_id,
                          &(struct holding_new){ .role = str_of("head") }, NULL));
    for (size_t i = 0; i < sectors.count; i++) /* the members of a sector follow by its number */
        TRY(give_contact(rq, d, sectors.count * 4 + i,
                         &(struct tenure){ .post = str_of("convener"),
                                           .body = str_of("sector"),
                                           .body_id = s[i].id }));
    return make_proposers(rq, d, &sectors);
}

static err make_member(struct rq *rq, struct demo *d, size_t i, struct demo_member *m)
{
    strs sectors, committees, employers, jobs, ethnics;
    char result;
    demo_list(d, "sectors", &sectors);
    demo_list(d, "committees", &committees);
    demo_list(d, "employers", &employers);
    demo_list(d, "jobs", &jobs);
    demo_list(d, "ethnics", &ethnics);
    m->name = demo_name(d);
    struct member_record r = {
        .code = arena_printf(d->mem, "%s%03zu", "W", i + 1),
        .name = m->name,
        .gender = str_of(rng_below(&d->rng, 3) ? "male" : "female"),
        .ethnic = ethnics.items[i % ethnics.count],
        .party = party_of(d, i % sectors.count, i),
        .employer = demo_pick(d, &employers),
        .job = demo_pick(d, &jobs),
        .phone = arena_printf(d->mem, "1990000%04zu", i + 1), /* a range that belongs to nobody */
        .sector = sectors.items[i % sectors.count],
        .committees = i % 3 ? demo_pick(d, &committees) : str_of(""),
        .birth_on =
            day_from_civil(1962 + (int)rng_below(&d->rng, 35), 1 + (int)rng_below(&d->rng, 12),
                           1 + (int)rng_below(&d->rng, 28)),
        .from_on = d->first_on - BEFORE,
    };
    TRY(member_save_record(rq, &r, &m->id, &result));
    struct member member;
    TRY(member_find(rq, m->id, &member));
    m->person_id = member.person_id;
    struct who who = {
        arena_printf(d->mem, "m%03zu", i + 1).ptr, m->name, "member", "", m->person_id, m->id, 0
    };
    return make_account(rq, d, &who, &m->account_id);
}

static err make_members(struct rq *rq, struct demo *d, size_t count)
{
    d->members = arena_array(d->mem, count, sizeof *d->members);
    d->member_count = count;
    for (size_t i = 0; i < count; i++)
        TRY(make_member(rq, d, i, &d->members[i]));
    return make_posts(rq, d);
}

/* The banner, and no second factor: a demo is looked at at once. */
static err mark_as_demo(struct rq *rq)
{
    TRY(setting_store(rq, "settings.demo", str_of("1"), 1));
    return setting_store(rq, "accounts.second_factor", str_of("none"), 1);
}

/* ---- counties: each an organisation of its own, which the city does not see ---- */

static err in_county(struct rq *rq, struct demo *d, i64 org_id, size_t number)
{
    struct actor actor = *rq->actor;
    struct rq county = *rq;
    struct who clerk = {
        arena_printf(d->mem, "county%zu", number).ptr, demo_name(d), "staff", "", 0, 0, 0
    };
    strs unused;
    i64 id, agency;
    char result;
    actor.org_id = org_id;
    county.actor = &actor;
    db_set_org(rq->db, org_id);
    TRY(mark_as_demo(&county));
    TRY(make_bodies(&county, d));
    TRY(org_save(&county,
                 &(struct org){ .kind = str_of("government"),
                                .name = demo_list(d, "government", &unused),
                                .agency = true },
                 &agency));
    for (size_t i = 0; i < COUNTY_MEMBERS; i++)
        TRY(member_save_record(&county,
                               &(struct member_record){ .name = demo_name(d),
                                                        .birth_on = BIRTH_UNKNOWN,
                                                        .code =
                                                            arena_printf(d->mem, "X%zu", i + 1) },
                               &id, &result));
    return make_account(&county, d, &clerk, &id);
}

static err make_counties(struct rq *rq, struct demo *d)
{
    strs counties;
    str suffix = demo_list(d, "cppcc", &counties);
    demo_list(d, "counties", &counties);
    for (size_t i = 0; i < counties.count; i++) {
        i64 id;
        str name = arena_printf(d->mem, "%.*s%.*s", (int)counties.items[i].len,
                                counties.items[i].ptr, (int)suffix.len, suffix.ptr);
        struct org org = { .name = name, .position = (i64)i + 1 };
        TRY(area_of(rq, name, &org.area_id));
        TRY(org_found_cppcc(rq, &org, &id));
        TRY(in_county(rq, d, id, i + 1));
        db_set_org(rq->db, d->org_id);
    }
    return OK;
}

err demo_make_world(struct rq *rq, void *context)
{
    struct demo *d = context;
    struct actor *actor = arena_zero(rq->mem, sizeof *actor); /* outlives this call, as rq does */
    *actor = *rq->actor;
    strs city;
    str name = demo_list(d, "city", &city);
    struct org org = { .name = name };
    TRY(area_load(rq));
    TRY(area_of(rq, name, &org.area_id));
    TRY(org_found_cppcc(rq, &org, &d->org_id));
    actor->org_id = d->org_id;
    rq->actor = actor;
    db_set_org(rq->db, d->org_id);
    TRY(mark_as_demo(rq));
    if (d->cases > 0) /* its proposals also go the road of the trial */
        TRY(setting_store(rq, "proposals.preassign", str_of("1"), 1));
    TRY(make_bodies(rq, d));
    TRY(make_agencies(rq, d));
    TRY(make_office(rq, d));
    TRY(make_operators(rq, d));
    TRY(make_members(rq, d, MEMBERS));
    return make_counties(rq, d);
}
