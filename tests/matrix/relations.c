/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See relations.h. Cases go their road by requests of the world's people; log-ins and delegations
 * are rows, since what has run out cannot be made by a request of today. */
#include "tests/matrix/relations.h"
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_proposals.h"

#include "modules/accounts/account.h"
#include "modules/members/member_rules.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal.h"
#include "modules/transfers/transfer_record.h"
#include "platform/access/login.h"
#include "platform/access/secret.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "tests/harness/test_err.h"

enum { PEOPLE_MAX = 60, THINGS_MAX = 120 };

struct asker {
    const char *name;
    i64 account_id, login_id;
};

struct named {
    const char *name;
    char table; /* of its version: 'p' proposals, 'a' assignments, 'c' accounts, 0 = none */
    i64 id;
};

static struct asker people[PEOPLE_MAX];
static struct named things[THINGS_MAX];
static size_t people_count, things_count;

static void thing_add(const char *name, char table, i64 id)
{
    assert_true(things_count < THINGS_MAX && id > 0);
    things[things_count++] = (struct named){ name, table, id };
}

static const struct named *thing_find(str name)
{
    for (size_t i = 0; i < things_count; i++)
        if (str_is(name, things[i].name))
            return &things[i];
    fail_msg("no thing %.*s", (int)name.len, name.ptr);
    return NULL;
}

i64 relations_number(const char *name)
{
    return thing_find(str_of(name))->id;
}

static const struct asker *person_find(const char *name)
{
    for (size_t i = 0; i < people_count; i++)
        if (strcmp(people[i].name, name) == 0)
            return &people[i];
    fail_msg("no person %s", name);
    return NULL;
}

/* ---- log-ins ---- */

static str token_of(struct world *w, const char *name)
{
    return arena_printf(w->t->mem, "token-of-%s-0123456789", name);
}

/* A person of the tables: an account with an open log-in, on a delegation or as himself. */
static err person_add(struct rq *rq, struct world *w, const char *name, i64 account_id,
                      i64 delegation_id)
{
    struct asker *p = &people[people_count++];
    str hash = secret_hash(rq->mem, token_of(w, name)), csrf = str_of("csrf-of-relations");
    i64 now = rq->now_ms;
    assert_true(people_count < PEOPLE_MAX);
    *p = (struct asker){ name, account_id, 0 };
    return db_insert(rq->db,
                     SQL("INSERT INTO logins (org_id, account_id, token_hash, csrf, state, "
                         "created_at, seen_at, authenticated_at, delegation_id) VALUES (:org, "
                         ":account_id, :hash, :csrf, 'open', :now, :now, :now, :delegation_id) "
                         "RETURNING id",
                         P(account_id), P(hash), P(csrf), P(now), P(delegation_id)),
                     &p->login_id);
}

struct giving {
    i64 from, to;
    const char *permissions;
    i64 from_on, to_on, ended_at;
};

static err delegation_add(struct rq *rq, const struct giving *g, i64 *id)
{
    i64 from = g->from, to = g->to, from_on = g->from_on, to_on = g->to_on, ended = g->ended_at;
    str permissions = str_of(g->permissions);
    return db_insert(rq->db,
                     SQL("INSERT INTO delegations (org_id, from_account_id, to_account_id, "
                         "permissions, note, from_on, to_on, created_at, ended_at) VALUES (:org, "
                         ":from, :to, :permissions, '', :from_on, :to_on, 1, :ended) RETURNING id",
                         P(from), P(to), P(permissions), P(from_on), P(to_on), P(ended)),
                     id);
}

/* ---- people ---- */

static const struct {
    const char *name;
    enum who who;
} OF_THE_WORLD[] = {
    { "operator", AN_OPERATOR },   { "leader", A_LEADER },     { "operator2", ANOTHER_OPERATOR },
    { "leader2", ANOTHER_LEADER }, { "member", A_MEMBER },     { "member2", ANOTHER_MEMBER },
    { "staff", A_STAFF },          { "reviewer", A_REVIEWER }, { "dispatcher", A_DISPATCHER },
    { "sysadmin", A_SYSADMIN },    { "secadmin", A_SECADMIN }, { "auditor", AN_AUDITOR },
};

static err of_the_world(struct rq *rq, struct world *w)
{
    for (size_t i = 0; i < sizeof OF_THE_WORLD / sizeof *OF_THE_WORLD; i++)
        TRY(person_add(rq, w, OF_THE_WORLD[i].name, w->actor[OF_THE_WORLD[i].who].account_id, 0));
    return OK;
}

static err account_add(struct rq *rq, struct world *w, const char *name, const char *roles,
                       const struct account_new *more)
{
    struct account_new a = more ? *more : (struct account_new){ 0 };
    str rest = str_of(roles), role, scope;
    i64 id;
    a.login_name = str_of(name);
    a.name = str_of(name);
    a.password_hash = str_of("x");
    TRY(account_create(rq, &a, &id));
    while (str_split(&rest, ' ', &role)) { /* "staff:committee" */
        i64 at = str_find(role, str_of(":"), 0);
        scope = at < 0 ? str_of("") : str_sub(role, (size_t)at + 1, role.len);
        role = at < 0 ? role : str_sub(role, 0, (size_t)at);
        TRY(account_give_role(
            rq, id,
            &(struct holding_new){
                .role = role, .scope = scope, .scope_id = str_is(scope, "committee") ? 1 : 0 },
            NULL));
    }
    thing_add(arena_printf(w->t->mem, "account of %s", name).ptr, 'c', id);
    return person_add(rq, w, name, id, 0);
}

static err member_add(struct rq *rq, struct world *w, const char *name, const char *roles)
{
    char result;
    struct member member;
    struct account_new account = { 0 };
    struct member_record record = { .name = str_of(name),
                                    .code = str_of(name),
                                    .sector = str_of("Economy"),
                                    .birth_on = BIRTH_UNKNOWN,
                                    .from_on = rq->today - 700,
                                    .term_number = 6 };
    TRY(member_save_record(rq, &record, &account.member_id, &result));
    TRY(member_find(rq, account.member_id, &member));
    account.person_id = member.person_id;
    thing_add(arena_printf(w->t->mem, "member %s", name).ptr, 0, account.member_id);
    thing_add(arena_printf(w->t->mem, "person %s", name).ptr, 0, account.person_id);
    return account_add(rq, w, name, roles, &account);
}

static err people_add(struct rq *rq, struct world *w)
{
    TRY(of_the_world(rq, w));
    TRY(member_add(rq, w, "outsider", "member"));
    TRY(member_add(rq, w, "contact", "member"));
    TRY(member_add(rq, w, "former", "member"));
    TRY(member_add(rq, w, "departed", "member"));
    TRY(member_add(rq, w, "committee_head", "member head:committee"));
    TRY(member_add(rq, w, "clerk", "member staff editor reviewer personnel"));
    TRY(account_add(rq, w, "seatless", "member", NULL));
    TRY(account_add(rq, w, "insider", "operator staff reviewer dispatcher",
                    &(struct account_new){ .agency_id = w->agency[SET_FIRST] }));
    TRY(account_add(rq, w, "decider", "staff reviewer dispatcher", NULL));
    TRY(account_add(rq, w, "secretary", "", NULL));
    TRY(account_add(rq, w, "committee_staff", "staff:committee", NULL));
    TRY(account_add(rq, w, "committee_reviewer", "reviewer:committee", NULL));
    TRY(account_add(rq, w, "committee_dispatcher", "dispatcher:committee", NULL));
    TRY(account_add(rq, w, "sysadmin2", "sysadmin", NULL));
    TRY(account_add(rq, w, "secadmin2", "secadmin", NULL));
    return account_add(rq, w, "auditor2", "auditor", NULL);
}

/* ---- delegates ---- */

#define MEMBERS_WORK \
    "proposals.read proposals.write assignments.read assignments.evaluate members.read members.own"
#define OWN_WORK                                                                                 \
    "departures.read departures.ask pledges.read pledges.sign talks.read talks.answer speeches." \
    "read speeches.write meetings.read meetings.decide"
#define DECIDING                                                                               \
    "assignments.read assignments.reassign assignments.transcribe outcomes.read promises."     \
    "confirm promises.miss followups.record urgings.read urgings.issue urgings.pass disputes." \
    "read disputes.hear proposals.read proposals.mediate preassignments.read preassignments.settle"
#define OFFICE_WORK                                                                    \
    "meetings.read meetings.excuse meetings.decide meetings.manage meetings.organise " \
    "proposals.read proposals.read_pending cosigners.name_drafters"
#define LEADERS_WORK "assignments.read assignments.list assignments.sign assignments.redraft"

static err delegate_add(struct rq *rq, struct world *w, const char *name, const struct giving *g)
{
    i64 id;
    TRY(delegation_add(rq, g, &id));
    thing_add(arena_printf(w->t->mem, "delegation of %s", name).ptr, 0, id);
    return person_add(rq, w, name, g->to, id);
}

static err delegates_add(struct rq *rq, struct world *w)
{
    i64 giver = person_find("member")->account_id, to = person_find("secretary")->account_id;
    i64 operator_id = person_find("operator")->account_id, today = rq->today;
    TRY(delegate_add(rq, w, "delegate",
                     &(struct giving){ giver, to, MEMBERS_WORK, today - 1, today + 5, 0 }));
    TRY(delegate_add(rq, w, "delegate_late",
                     &(struct giving){ giver, to, MEMBERS_WORK, today - 9, today - 1, 0 }));
    TRY(delegate_add(rq, w, "delegate_early",
                     &(struct giving){ giver, to, MEMBERS_WORK, today + 1, today + 5, 0 }));
    TRY(delegate_add(rq, w, "delegate_ended",
                     &(struct giving){ giver, to, MEMBERS_WORK, today - 1, today + 5, 1 }));
    TRY(delegate_add(rq, w, "delegate_reading",
                     &(struct giving){ giver, to, "proposals.read", today - 1, today + 5, 0 }));
    TRY(delegate_add(rq, w, "delegate_operator",
                     &(struct giving){ giver, operator_id, MEMBERS_WORK, today - 1, today + 5,
                                       0 }));
    TRY(delegate_add(rq, w, "standin",
                     &(struct giving){ giver, to, OWN_WORK, today - 1, today + 5, 0 }));
    TRY(delegate_add(rq, w, "deciding_operator",
                     &(struct giving){ person_find("decider")->account_id, operator_id, DECIDING,
                                       today - 1, today + 5, 0 }));
    TRY(delegate_add(rq, w, "deciding_member",
                     &(struct giving){ person_find("decider")->account_id, giver, OFFICE_WORK,
                                       today - 1, today + 5, 0 }));
    TRY(delegate_add(rq, w, "delegate_of_departed",
                     &(struct giving){ person_find("departed")->account_id, to, MEMBERS_WORK,
                                       today - 1, today + 5, 0 }));
    TRY(delegate_add(rq, w, "delegate_of_head",
                     &(struct giving){ person_find("committee_head")->account_id, to,
                                       "meetings.read meetings.organise", today - 1, today + 5,
                                       0 }));
    TRY(delegate_add(rq, w, "delegate_of_admin",
                     &(struct giving){ person_find("sysadmin")->account_id, to,
                                       "accounts.read accounts.reset accounts.disable", today - 1,
                                       today + 5, 0 }));
    TRY(delegate_add(rq, w, "deputy",
                     &(struct giving){ person_find("leader")->account_id, to, LEADERS_WORK, today,
                                       today, 0 }));
    return delegate_add(rq, w, "deputy_late",
                        &(struct giving){ person_find("leader")->account_id, to, LEADERS_WORK,
                                          today - 3, today - 1, 0 });
}

/* ---- bodies and posts ---- */

static err post_add(struct rq *rq, const char *person, i64 body_id, i64 to_on)
{
    i64 id, person_id = relations_number(person);
    TRY(member_tenure_add(rq,
                          &(struct tenure){ .person_id = person_id,
                                            .post = str_of("liaison"),
                                            .body = str_of("org"),
                                            .body_id = body_id,
                                            .from_on = rq->today - 300 },
                          &id));
    if (to_on)
        thing_add("tenure of former", 0, id);
    return OK;
}

static err bodies_add(struct rq *rq, struct world *w)
{
    i64 id;
    (void)w;
    TRY(org_save(rq, &(struct org){ .kind = str_of("democratic"), .name = str_of("League") }, &id));
    thing_add("party", 0, id);
    TRY(post_add(rq, "person contact", id, 0));
    return post_add(rq, "person former", id, rq->today - 1);
}

/* A committee with a meeting of its own that is not announced; headed: committee_head is its
 * director. */
static err committee_add(struct rq *rq, const char *name, bool headed, const char *meeting)
{
    str called = str_of(name), organiser;
    i64 id, other, person_id = relations_number("person committee_head");
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO committees (org_id, name, from_on) VALUES (:org, :called, 1) "
                      "RETURNING id",
                      P(called)),
                  &id));
    organiser = arena_printf(rq->mem, "committee:%lld", (long long)id);
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, "
                      "organiser_name, mandatory, from_on, from_half, to_on, to_half, place, "
                      "audience, audience_name) VALUES (:org, 'draft', 'committee', 'Roads', "
                      ":organiser, :called, 1, 40000, "
                      "'morning', 40000, 'morning', 'Hall', :organiser, :called) RETURNING id",
                      P(organiser), P(called)),
                  &other));
    thing_add(meeting, 'm', other);
    const struct tenure t = { .person_id = person_id,
                              .post = str_of("director"),
                              .body = str_of("committee"),
                              .body_id = id,
                              .from_on = rq->today - 300 };
    return headed ? member_tenure_add(rq, &t, &other) : OK;
}

static err committees_add(struct rq *rq, struct world *w)
{
    (void)w;
    TRY(committee_add(rq, "Committee that is headed", true, "headed_meeting"));
    return committee_add(rq, "Another committee", false, "other_meeting");
}

static err former_ends(struct rq *rq, struct world *w)
{
    (void)w;
    return member_tenure_end(rq, relations_number("person former"),
                             relations_number("tenure of former"), rq->today - 1);
}

static err departed_leaves(struct rq *rq, struct world *w)
{
    (void)w;
    return member_record_act(rq, relations_number("member departed"),
                             &(struct member_act){ .verb = str_of("resign"),
                                                   .organ = str_of("Standing committee"),
                                                   .reason = str_of("Called elsewhere"),
                                                   .on_on = rq->today });
}

/* He signs in again: his account stays. */
static err departed_returns(struct rq *rq, struct world *w)
{
    return person_add(rq, w, "departed later", person_find("departed")->account_id, 0);
}

/* ---- cases ---- */

static i64 version_of(struct world *w, const struct named *t)
{
    i64 id = t->id;
    struct db *db = w->t->db;
    if (t->table == 'p')
        return world_number(db, ORG_OWN,
                            SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id",
                                P(id)));
    if (t->table == 'a')
        return world_number(db, ORG_OWN,
                            SQL("SELECT version FROM assignments WHERE org_id = :org AND id = :id",
                                P(id)));
    if (t->table == 'm')
        return world_number(db, ORG_OWN,
                            SQL("SELECT version FROM meetings WHERE org_id = :org AND id = :id",
                                P(id)));
    return t->table == 'c'
               ? world_number(db, ORG_OWN,
                              SQL("SELECT version FROM accounts WHERE org_id = :org AND id = :id",
                                  P(id)))
               : 0;
}

/* "/api/v1/proposals/{draft}/submit" with the number in; *named = the first thing of it. */
static const char *fill(struct world *w, const char *target, const struct named **named)
{
    struct buf *b = buf_new(w->t->mem, 1 << 12);
    *named = NULL;
    for (const char *c = target; *c; c++) {
        const char *end = *c == '{' ? strchr(c, '}') : NULL;
        if (!end) {
            buf_put_byte(b, *c);
            continue;
        }
        const struct named *t = thing_find((str){ c + 1, (size_t)(end - c) - 1 });
        *named = *named ? *named : t;
        buf_put_i64(b, t->id);
        c = end;
    }
    return arena_cstr(w->t->mem, buf_str(b));
}

/* A body without brackets becomes JSON with the version; numbers of things go in. An answer's
 * draft has a version of its own, which is said where there is one. */
static const char *json_of(struct world *w, const char *body, const struct named *named)
{
    const struct named *unused;
    const char *text = fill(w, body ? body : "", &unused);
    bool own = body && strstr(body, "\"version\"");
    i64 version = named && !own ? version_of(w, named) : 0;
    if (!version)
        return arena_printf(w->t->mem, "{%s}", text).ptr;
    return arena_printf(w->t->mem, "{%s%s\"version\":%lld}", text, *text ? "," : "",
                        (long long)version)
        .ptr;
}

/* Somebody does it, for good. */
static struct test_answer must(struct world *w, const char *who, enum web_method method,
                               const char *target, const char *body)
{
    const struct named *named;
    const char *path = fill(w, target, &named);
    str cookie = token_of(w, who);
    struct test_request rq = { .method = method_name(method), .target = path };
    test_as_cookie(w->t);
    test_header(&rq, "cookie", arena_printf(w->t->mem, LOGIN_COOKIE "=%s", cookie.ptr));
    test_header(&rq, "content-type", str_of("application/json"));
    test_header(&rq, "sec-fetch-site", str_of("same-origin"));
    test_header(&rq, "x-csrf-token", str_of("csrf-of-relations"));
    rq.body = str_of(json_of(w, body, named));
    struct test_answer a = test_ask(w->t, &rq);
    if (a.status >= 300)
        fail_msg("%s %s %s: %d %.*s", who, path, rq.body.ptr, a.status, (int)a.body.len,
                 a.body.ptr);
    return a;
}

#define PARTS                                                                            \
    "\"situation\":\"Eight thousand wait.\",\"analysis\":\"Planned for the old town.\"," \
    "\"suggestions\":[\"A line over the bridge.\",\"A later last bus.\"],\"consent\":\"yes\""
#define REPLY                                                                                 \
    "\"class\":\"a\",\"opening\":\"We have it.\",\"results\":[\"adopted\",\"planned\"],"      \
    "\"answers\":[\"SECRET-OF-THE-DRAFT\",\"At ten.\"],\"closing\":\"Thanks.\",\"operator\":" \
    "\"Ding\",\"phone\":\"0883-1234567\",\"public\":true"
#define TALK \
    "\"way\":\"visit\",\"held_on\":\"2026-11-25\",\"with_whom\":\"Li\",\"content\":\"Talked.\""

static void write_one(struct world *w, const char *name, const char *who, const char *more)
{
    i64 id = 0;
    struct test_answer a =
        must(w, who, POST, "/api/v1/proposals",
             arena_printf(w->t->mem, "\"title\":\"Case %s\"," PARTS "%s", name, more).ptr);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &id));
    thing_add(name, 'p', id);
}

static void on(struct world *w, const char *who, const char *thing, const char *verb,
               const char *body)
{
    char table = thing_find(str_of(thing))->table;
    must(w, who, POST,
         arena_printf(w->t->mem, "/api/v1/%s/{%s}/%s", table == 'p' ? "proposals" : "assignments",
                      thing, verb)
             .ptr,
         body);
}

/* From a draft or, where it was handed in, from there to handing out. */
static void hand_out(struct world *w, const char *name, const char *who, const char *mode)
{
    if (who)
        on(w, who, name, "submit", "\"confirmed\":true");
    on(w, "reviewer", name, "docket", "\"category\":\"transport\"");
    on(w, "dispatcher", name, "assign", mode);
}

/* The assignment that an agency has of a case. */
static void name_assignment(struct world *w, const char *name, const char *of, i64 agency_id)
{
    i64 id = relations_number(of);
    thing_add(name, 'a',
              world_number(w->t->db, ORG_OWN,
                           SQL("SELECT id FROM assignments WHERE org_id = :org AND matter_id = :id "
                               "AND matter = 'proposals' AND agency_id = :agency_id",
                               P(id), P(agency_id))));
}

#define HOSTED "\"mode\":\"host\",\"host_id\":{roads},\"cohosts\":[{health}]"
#define SPLIT  "\"mode\":\"split\",\"splits\":[{roads},{health}]"
#define SOLE   "\"mode\":\"sole\",\"host_id\":{roads}"

static void take(struct world *w, const char *assignment, const char *who)
{
    on(w, who, assignment, "accept", "");
}

static void save_draft(struct world *w, const char *assignment, const char *who)
{
    must(w, who, PUT, arena_printf(w->t->mem, "/api/v1/assignments/{%s}/draft", assignment).ptr,
         REPLY ",\"version\":0");
}

static void answer(struct world *w, const char *assignment, const char *who, const char *leader)
{
    on(w, who, assignment, "contact", TALK);
    on(w, who, assignment, "reply", REPLY);
    on(w, leader, assignment, "sign", "\"signer\":\"He\"");
}

static void cohosted_cases(struct world *w)
{
    write_one(w, "hosted", "member", "");
    hand_out(w, "hosted", "member", HOSTED);
    name_assignment(w, "hosted.host", "hosted", w->agency[SET_FIRST]);
    name_assignment(w, "hosted.cohost", "hosted", w->agency[SET_SECOND]);
    take(w, "hosted.host", "operator");
    take(w, "hosted.cohost", "operator2");
    on(w, "operator", "hosted.host", "contact", TALK);
    save_draft(w, "hosted.host", "operator");
    write_one(w, "answered", "member", "");
    hand_out(w, "answered", "member", HOSTED);
    name_assignment(w, "answered.host", "answered", w->agency[SET_FIRST]);
    name_assignment(w, "answered.cohost", "answered", w->agency[SET_SECOND]);
    take(w, "answered.host", "operator");
    take(w, "answered.cohost", "operator2");
    on(w, "operator2", "answered.cohost", "contribute",
       "\"body\":\"Our part.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\"");
    answer(w, "answered.host", "operator", "leader");
    write_one(w, "split", "member", "");
    hand_out(w, "split", "member", SPLIT);
    name_assignment(w, "split.first", "split", w->agency[SET_FIRST]);
    name_assignment(w, "split.second", "split", w->agency[SET_SECOND]);
    take(w, "split.first", "operator");
    take(w, "split.second", "operator2");
    on(w, "operator", "split.first", "contact", TALK);
    on(w, "operator", "split.first", "reply", REPLY);
}

static void taken_cases(struct world *w)
{
    write_one(w, "bounced", "member", "");
    hand_out(w, "bounced", "member", SOLE);
    name_assignment(w, "bounced.old", "bounced", w->agency[SET_FIRST]);
    on(w, "operator", "bounced.old", "bounce", "\"opinion\":\"Not our business.\"");
    on(w, "dispatcher", "bounced.old", "reassign", "\"agency_id\":{health}");
    name_assignment(w, "bounced.new", "bounced", w->agency[SET_SECOND]);
    write_one(w, "moved", "member", "");
    hand_out(w, "moved", "member", SOLE);
    name_assignment(w, "moved.old", "moved", w->agency[SET_FIRST]);
    take(w, "moved.old", "operator");
    save_draft(w, "moved.old", "operator");
    on(w, "dispatcher", "moved.old", "reassign", "\"agency_id\":{health}");
    name_assignment(w, "moved.new", "moved", w->agency[SET_SECOND]);
}

/* Signed by several before the house knew it: such ones come in lists. */
static err joint_add(struct rq *rq, struct world *w, const char *name)
{
    struct transfer_record r = { .title = arena_printf(w->t->mem, "Case %s", name),
                                 .situation = str_of("Both saw it."),
                                 .analysis = str_of("Both thought."),
                                 .consent = str_of("no"),
                                 .consent_reason = str_of("Ongoing talks."),
                                 .source = str_of("paper"),
                                 .source_id = str_of(name) };
    i64 id;
    char result;
    strs_add(rq->mem, &r.suggestions, str_of("Mend it."));
    strs_add(rq->mem, &r.proposers, str_of("Lihua"));
    strs_add(rq->mem, &r.proposers, str_of("Wanglei"));
    TRY(transfer_save_record(rq, &r, &id, &result));
    thing_add(name, 'p', id);
    return OK;
}

static err joints_add(struct rq *rq, struct world *w)
{
    TRY(joint_add(rq, w, "joint_new"));
    TRY(joint_add(rq, w, "joint_revising"));
    return joint_add(rq, w, "joint");
}

#define ONE_REPLY                                                                             \
    "\"class\":\"a\",\"opening\":\"We have it.\",\"results\":[\"adopted\"],\"answers\":["     \
    "\"In June.\"],\"closing\":\"Thanks.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\"," \
    "\"public\":false"
#define VERDICT                                                                           \
    "\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\",\"relevance\":" \
    "\"direct\",\"handling\":\"satisfied\",\"result\":\"satisfied\""

static void joint_cases(struct world *w)
{
    on(w, "reviewer", "joint_revising", "revise", "\"opinion\":\"Say where.\"");
    hand_out(w, "joint", NULL, SOLE);
    name_assignment(w, "joint.sole", "joint", w->agency[SET_FIRST]);
    take(w, "joint.sole", "operator");
    on(w, "operator", "joint.sole", "contact", TALK);
    on(w, "operator", "joint.sole", "reply", ONE_REPLY);
    on(w, "leader", "joint.sole", "sign", "\"signer\":\"He\"");
    on(w, "member", "joint.sole", "evaluate", VERDICT ",\"text\":\"SECRET-OF-THE-FIRST\"");
}

static void answered_case(struct world *w, const char *name, const char *who, const char *more)
{
    const char *assignment = arena_printf(w->t->mem, "%s.sole", name).ptr;
    write_one(w, name, who, more);
    hand_out(w, name, who, SOLE);
    name_assignment(w, assignment, name, w->agency[SET_FIRST]);
    take(w, assignment, "operator");
    answer(w, assignment, "operator", "leader");
}

static void old_cases(struct world *w)
{
    write_one(w, "left_draft", "departed", "");
    write_one(w, "left_revising", "departed", "");
    on(w, "departed", "left_revising", "submit", "\"confirmed\":true");
    on(w, "reviewer", "left_revising", "revise", "\"opinion\":\"Say where.\"");
    answered_case(w, "left_replied", "departed", "");
    answered_case(w, "asked", "member", "");
    write_one(w, "contact_draft", "contact", ",\"body\":\"org:{party}\"");
    answered_case(w, "contact_replied", "contact", ",\"body\":\"org:{party}\"");
    write_one(w, "former_draft", "former", ",\"body\":\"org:{party}\"");
    answered_case(w, "former_replied", "former", ",\"body\":\"org:{party}\"");
}

/* ---- set-up ---- */

struct making {
    struct world *w;
    err (*fn)(struct rq *rq, struct world *w);
};

static err make_in(struct rq *rq, void *context)
{
    const struct making *m = context;
    return m->fn(rq, m->w);
}

static void make(struct world *w, err (*fn)(struct rq *rq, struct world *w))
{
    assert_ok(test_write(w->t, make_in, &(struct making){ w, fn }));
}

/* The second factor has its own tests; here it would stand before every question. */
static err no_factor(struct rq *rq, struct world *w)
{
    (void)w;
    TRY(setting_store(rq, "settings.demo", str_of("1"), 1));
    return setting_store(rq, "accounts.second_factor", str_of("none"), 1);
}

static void log_ins(struct world *w)
{
    for (size_t i = 0; i < sizeof OF_THE_WORLD / sizeof *OF_THE_WORLD; i++)
        thing_add(arena_printf(w->t->mem, "account of %s", OF_THE_WORLD[i].name).ptr, 'c',
                  w->actor[OF_THE_WORLD[i].who].account_id);
    for (size_t i = 0; i < people_count; i++)
        if (strcmp(people[i].name, "secadmin") == 0)
            thing_add("login of secadmin", 0, people[i].login_id);
    thing_add("roads", 0, w->agency[SET_FIRST]);
    thing_add("health", 0, w->agency[SET_SECOND]);
    thing_add("draft", 'p', w->thing[SET_FIRST][DRAFT]);
    thing_add("docketed", 'p', w->thing[SET_FIRST][DOCKETED]);
    thing_add("submitted", 'p', w->thing[SET_FIRST][SUBMITTED]);
    thing_add("bouncing", 'a', w->assignment[SET_FIRST][BOUNCING]);
    thing_add("drafted", 'a', w->assignment[SET_FIRST][DRAFTED]);
}

int relations_setup(void **state)
{
    if (world_setup(state))
        return 1;
    struct world *w = *state;
    make(w, no_factor);
    make(w, people_add);
    make(w, delegates_add);
    make(w, bodies_add);
    make(w, committees_add);
    log_ins(w);
    cohosted_cases(w);
    taken_cases(w);
    make(w, joints_add);
    joint_cases(w);
    old_cases(w);
    make(w, former_ends);
    make(w, departed_leaves);
    make(w, departed_returns);
    return 0;
}

int relations_teardown(void **state)
{
    people_count = things_count = 0;
    return world_teardown(state);
}

/* ---- asking ---- */

/* Undone. */
static struct reply ask_as(struct world *w, const char *who, struct rehearsal r)
{
    struct http_header more[] = { { str_of("cookie"), arena_printf(w->t->mem, LOGIN_COOKIE "=%s",
                                                                   token_of(w, who).ptr) },
                                  { { 0 }, { 0 } } };
    person_find(who);
    r.t = w->t;
    r.read = w->read;
    r.more = more;
    r.token = str_of("csrf-of-relations");
    test_as_cookie(w->t);
    access_forget();
    return rehearse(&r);
}

static struct reply ask(struct world *w, const struct relation_row *row)
{
    const struct named *named;
    struct rehearsal r = { .method = row->method,
                           .target = fill(w, row->target, &named),
                           .type = "application/json" };
    if (row->method != GET)
        r.body = json_of(w, row->body, named);
    return ask_as(w, row->who, r);
}

/* Whether it was answered otherwise than wanted; frees it. */
static bool is_wrong(const char *who, const struct rehearsal *r, char wanted, struct reply *reply)
{
    char got = reply->status == 422 ? 'v' : reply_class(reply);
    bool wrong = got != wanted;
    if (wrong)
        fprintf(stderr, "# %s %s %s: wanted %c, got %c (%d) %.*s\n", who, method_name(r->method),
                r->target, wanted, got, reply->status,
                (int)(reply->body.len < 400 ? reply->body.len : 0), reply->body.ptr);
    reply_free(reply);
    return wrong;
}

void relations_ask(struct world *w, const struct relation_row *rows)
{
    size_t wrong = 0;
    for (; rows->who; rows++) {
        struct reply reply = ask(w, rows);
        wrong += is_wrong(rows->who,
                          &(struct rehearsal){ .method = rows->method, .target = rows->target },
                          rows->wanted, &reply);
    }
    assert_int_equal(wrong, 0);
}

static const struct route_entry *route_of(struct world *w, enum web_method method, const char *path)
{
    const struct route_entry *entry;
    for (size_t i = 0; (entry = route_at(w, i)); i++)
        if (entry->route.method == method && strcmp(entry->route.path, path) == 0)
            return entry;
    fail_msg("no route %s %s", method_name(method), path);
    return NULL;
}

void relations_ask_ways(struct world *w, const struct relation_way *ways)
{
    size_t wrong = 0;
    for (; ways->who; ways++) {
        const struct route_entry *entry = route_of(w, ways->method, ways->path);
        struct rehearsal r =
            specimen_request(w, entry, ways->other ? SET_SECOND : SET_FIRST, ways->thing);
        struct reply reply = ask_as(w, ways->who, r);
        wrong += is_wrong(ways->who, &r, ways->wanted, &reply);
    }
    assert_int_equal(wrong, 0);
}

struct reply relations_get(struct world *w, const char *who, const char *target)
{
    return ask(w, &(struct relation_row){ who, GET, target, NULL, 'o' });
}
