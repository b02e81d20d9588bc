/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See circle.h. */
#include "modules/cosigners/tests/circle.h"

#include "modules/members/member.h"
#include "modules/members/member_rules.h"
#include "platform/settings/settings.h"

/* ---- who ---- */

static err member_make(struct rq *rq, const char *name, i64 *member_id, i64 *person_id)
{
    char result;
    struct member member;
    struct member_record record = { .name = str_of(name),
                                    .code = str_of(name),
                                    .sector = str_of("Economy"),
                                    .employer = str_of("Paper mill"),
                                    .birth_on = BIRTH_UNKNOWN,
                                    .from_on = rq->today - 100,
                                    .term_number = 6 };
    TRY(member_save_record(rq, &record, member_id, &result));
    TRY(member_find(rq, *member_id, &member));
    *person_id = member.person_id;
    return OK;
}

static err more_make(struct rq *rq, void *context)
{
    struct circle *c = context;
    TRY(member_make(rq, "Chen", &c->member[CHEN], &c->person[CHEN]));
    return member_make(rq, "Sun", &c->member[SUN], &c->person[SUN]);
}

int circle_setup(void **state)
{
    struct circle *c = calloc(1, sizeof *c);
    void *desk = NULL;
    if (!c || desk_setup(&desk))
        return 1;
    c->d = desk;
    for (int i = LEAD; i <= ZHAO; i++) {
        c->member[i] = c->d->member[i];
        c->person[i] = c->d->person[i];
    }
    circle_at(c, 0);
    assert_ok(desk_in_org(c->d, c->d->t->org, more_make, c));
    *state = c;
    return 0;
}

int circle_teardown(void **state)
{
    struct circle *c = *state;
    void *desk = c->d;
    free(c);
    return desk_teardown(&desk);
}

void circle_as(struct circle *c, int who)
{
    desk_as_member(c->d, 0);
    c->d->actor->account_id = 300 + who;
    c->d->actor->person_id = c->person[who];
    c->d->actor->member_id = c->member[who];
}

void circle_at(struct circle *c, i64 ms)
{
    desk_on_day(c->d, "2026-02-03");
    c->d->t->app.clock.fixed_ms += ms;
}

/* ---- asking ---- */

static str path_of(struct circle *c, i64 id, const char *more)
{
    return arena_printf(c->d->t->mem, "/api/v1/proposals/%lld/%s", (long long)id, more);
}

int circle_add(struct circle *c, i64 id, i64 member_id)
{
    str json = arena_printf(c->d->t->mem, "{\"members\":[%lld]}", (long long)member_id);
    return test_api(c->d->t, POST, path_of(c, id, "cosigners/add").ptr, json.ptr).status;
}

i64 circle_draft(struct circle *c, const int *who)
{
    i64 id = desk_draft(c->d, "A bridge");
    circle_as(c, LEAD);
    for (; *who != LEAD; who++)
        assert_int_equal(circle_add(c, id, c->member[*who]), 200);
    return id;
}

i64 circle_sent(struct circle *c, const int *who)
{
    i64 id = circle_draft(c, who);
    assert_int_equal(desk_act(c->d, id, "invite", "{}"), 200);
    return id;
}

struct found {
    i64 id;
    str state;
};

static struct found invitation(struct circle *c, i64 id, int who)
{
    static const struct field ROW[] = { FIELD(struct found, id),
                                        FIELD(struct found, state),
                                        { 0 } };
    struct found found = { 0 };
    i64 person_id = c->person[who];
    err e = db_one(c->d->t->db,
                   SQL("SELECT id, state FROM cosigners WHERE org_id = :org AND proposal_id = :id "
                       "AND person_id = :person_id",
                       P(id), P(person_id)),
                   ROW, c->d->t->mem, &found);
    assert_true(e.code == ERR_NONE || e.code == ERR_NOT_FOUND);
    return found;
}

i64 circle_invitation(struct circle *c, i64 id, int who)
{
    return invitation(c, id, who).id;
}

str circle_state(struct circle *c, i64 id, int who)
{
    return invitation(c, id, who).state;
}

static i64 version_of(struct circle *c, i64 id)
{
    i64 version = 0;
    assert_ok(db_i64(c->d->t->db,
                     SQL("SELECT COALESCE(MAX(version), 1) AS n FROM cosigners WHERE org_id = "
                         ":org AND id = :id",
                         P(id)),
                     &version));
    return version;
}

int circle_answer(struct circle *c, i64 id, int who, const char *verb)
{
    i64 own = circle_invitation(c, id, who);
    str path = arena_printf(c->d->t->mem, "/api/v1/cosigners/%lld/%s", (long long)own, verb);
    const char *json = strcmp(verb, "decline") == 0 ? "{\"opinion\":\"REASON-OF-HIS-OWN\"}" : "{}";
    circle_as(c, who);
    return test_api(c->d->t, POST, path.ptr, test_versioned(c->d->t, json, version_of(c, own)))
        .status;
}

/* ---- the house ---- */

static err run_job(struct rq *rq, void *context)
{
    bool again = true;
    (void)context;
    while (again)
        TRY(job_cosigner_expire(rq, &again));
    return OK;
}

void circle_run_jobs(struct circle *c)
{
    test_as_role(c->d->t, "");
    assert_ok(desk_in_org(c->d, c->d->t->org, run_job, NULL));
}

void circle_set(struct circle *c, const char *setting, const char *value)
{
    struct rq rq = test_system_rq(c->d->t);
    assert_ok(setting_store(&rq, setting, str_of(value), rq.today));
}

static err leave_now(struct rq *rq, void *context)
{
    const i64 *member = context;
    return member_record_act(rq, *member,
                             &(struct member_act){ .verb = str_of("decease"), .on_on = rq->today });
}

void circle_leave(struct circle *c, int who)
{
    assert_ok(desk_in_org(c->d, c->d->t->org, leave_now, &c->member[who]));
}

void circle_without_session(struct circle *c)
{
    assert_ok(
        db_run(c->d->t->db, SQL("UPDATE sessions SET until_on = 1 WHERE org_id = :org"), NULL));
}

void circle_account(struct circle *c, int who, const char *login)
{
    i64 person_id = c->person[who];
    str name = str_of(login);
    assert_ok(db_run(c->d->t->db,
                     SQL("INSERT INTO accounts (org_id, login_name, name, state, person_id, "
                         "created_at) VALUES (:org, :name, :name, 'active', :person_id, 1)",
                         P(name), P(person_id)),
                     NULL));
}

i64 circle_told(struct circle *c, const char *like)
{
    i64 n = 0;
    str words = str_of(like);
    assert_ok(db_i64(c->d->t->db,
                     SQL("SELECT count(*) AS n FROM deliveries WHERE org_id = :org AND words LIKE "
                         ":words",
                         P(words)),
                     &n));
    return n;
}

str circle_signers(struct circle *c, i64 id)
{
    struct rows rows;
    struct buf *b = buf_new(c->d->t->mem, 1000);
    assert_ok(proposal_store_list_proposers(c->d->t->db, id, c->d->t->mem, &rows));
    const struct proposer *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        assert_int_equal(all[i].rank, (i64)i + 1); /* without gaps */
        if (i)
            buf_put_byte(b, ' ');
        buf_add(b, all[i].name);
    }
    return buf_str(b);
}
