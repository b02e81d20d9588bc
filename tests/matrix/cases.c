/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See cases.h. Every step is a request to the API by who does it in life. */
#include "tests/matrix/cases.h"

#include "platform/base/str.h"

/* Who does what for a set. */
enum duty { MEMBER_JOB, OPERATOR_JOB, LEADER_JOB, REVIEWER_JOB, DISPATCHER_JOB, STAFF_JOB, JOBS };

static const enum who DOERS[SETS][JOBS] = {
    { A_MEMBER, AN_OPERATOR, A_LEADER, A_REVIEWER, A_DISPATCHER, A_STAFF },
    { ANOTHER_MEMBER, ANOTHER_OPERATOR, ANOTHER_LEADER, A_REVIEWER, A_DISPATCHER, A_STAFF },
    { FOREIGN_MEMBER, FOREIGN_OPERATOR, FOREIGN_LEADER, FOREIGN_REVIEWER, FOREIGN_DISPATCHER,
      FOREIGN_STAFF },
};

struct making {
    struct world *w;
    int set;
    enum thing thing;
    const char *mark; /* CANARY- in texts of the second organisation */
    i64 version;      /* of what the step is on */
};

static struct test_answer ask(struct making *m, enum duty duty, const char *path, str json)
{
    struct world *w = m->w;
    test_as(w->t, &w->actor[DOERS[m->set][duty]]);
    struct test_answer a =
        test_api(w->t, POST, path, test_versioned(w->t, arena_cstr(w->t->mem, json), m->version));
    if (a.status >= 300)
        fail_msg("%s %.*s: %d %.*s", path, (int)json.len, json.ptr, a.status, (int)a.body.len,
                 a.body.ptr);
    return a;
}

static void on_proposal(struct making *m, enum duty duty, const char *verb, str json)
{
    i64 id = m->w->thing[m->set][m->thing];
    str path = arena_printf(m->w->t->mem, "/api/v1/proposals/%lld/%s", (long long)id, verb);
    m->version =
        world_number(m->w->t->db, m->w->actor[DOERS[m->set][duty]].org_id,
                     SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id", P(id)));
    ask(m, duty, path.ptr, json);
}

static void on_assignment(struct making *m, enum duty duty, const char *verb, str json)
{
    i64 id = m->w->assignment[m->set][m->thing];
    str path = arena_printf(m->w->t->mem, "/api/v1/assignments/%lld/%s", (long long)id, verb);
    m->version =
        world_number(m->w->t->db, m->w->actor[DOERS[m->set][duty]].org_id,
                     SQL("SELECT version FROM assignments WHERE org_id = :org AND id = :id",
                         P(id)));
    ask(m, duty, path.ptr, json);
}

/* ---- up to the assignment ---- */

static void attach(struct making *m, i64 id)
{
    struct world *w = m->w;
    static const char PDF[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const struct test_file files[] = { { "attachments", "paper.pdf", str_of(PDF) }, { 0 } };
    str path = arena_printf(w->t->mem, "/proposals/%lld/edit", (long long)id);
    str title = arena_printf(w->t->mem, "%sTitle %d", m->mark, (int)m->thing);
    struct test_answer a =
        test_upload(w->t, path.ptr, files, "version", "1", "title", title.ptr, "situation",
                    "Eight thousand wait for one bus.", "analysis", "Planned for the old town.",
                    "suggestions", "A line over the bridge.", "suggestions", "A later last bus.",
                    "consent", "yes", NULL);
    if (a.status != 303)
        fail_msg("attachment: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    db_set_org(w->t->db, w->actor[DOERS[m->set][MEMBER_JOB]].org_id);
    w->attachment[m->set][m->thing] =
        world_number(w->t->db, db_org(w->t->db),
                     SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org"));
}

static void draft(struct making *m)
{
    struct world *w = m->w;
    str text = arena_printf(w->t->mem,
                            "{\"title\":\"%sTitle %d\",\"situation\":\"%sEight thousand wait.\","
                            "\"analysis\":\"Planned for the old town.\",\"suggestions\":["
                            "\"A line over the bridge.\",\"A later last bus.\"],%s}",
                            m->mark, (int)m->thing, m->mark,
                            m->thing == PRIVATE
                                ? "\"consent\":\"no\",\"consent_reason\":\"Ongoing talks.\""
                                : "\"consent\":\"yes\"");
    struct test_answer a = ask(m, MEMBER_JOB, "/api/v1/proposals", text);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &w->thing[m->set][m->thing]));
    if (m->thing == DRAFT || m->thing == SUBMITTED || m->thing == ASSIGNED)
        attach(m, w->thing[m->set][m->thing]);
}

/* By staff, for the member without account. */
static void transcribe(struct making *m)
{
    struct world *w = m->w;
    str text = arena_printf(
        w->t->mem,
        "{\"proposer_id\":%lld,\"title\":\"%sTitle %d\",\"situation\":\"On paper.\","
        "\"analysis\":\"It came by post.\",\"suggestions\":[\"Read it.\"],\"consent\":\"yes\"}",
        (long long)w->newcomer[m->set], m->mark, (int)m->thing);
    struct test_answer a = ask(m, STAFF_JOB, "/api/v1/proposals", text);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &w->thing[m->set][m->thing]));
}

static void submit_transcribed(struct making *m)
{
    on_proposal(m, STAFF_JOB, "submit", str_of("{\"confirmed\":true}"));
}

static void submit(struct making *m)
{
    on_proposal(m, MEMBER_JOB, "submit", str_of("{\"confirmed\":true}"));
}

static void docket(struct making *m)
{
    str json = arena_printf(m->w->t->mem, "{\"category\":\"transport\",\"opinion\":\"%sfinding\"}",
                            m->mark);
    on_proposal(m, REVIEWER_JOB, "docket", json);
}

static void assign(struct making *m)
{
    struct world *w = m->w;
    long long own = (long long)w->agency[m->set], spare = (long long)w->spare[m->set];
    str json =
        m->thing == COHOST
            ? arena_printf(w->t->mem, "{\"mode\":\"host\",\"host_id\":%lld,\"cohosts\":[%lld]}",
                           spare, own)
            : arena_printf(w->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld}", own);
    on_proposal(m, DISPATCHER_JOB, "assign", json);
    i64 id = w->thing[m->set][m->thing], agency_id = w->agency[m->set];
    w->assignment[m->set][m->thing] =
        world_number(w->t->db, w->actor[DOERS[m->set][MEMBER_JOB]].org_id,
                     SQL("SELECT id FROM assignments WHERE org_id = :org AND matter_id = :id "
                         "AND agency_id = :agency_id",
                         P(id), P(agency_id)));
}

/* ---- the agency ---- */

static void accept(struct making *m)
{
    on_assignment(m, OPERATOR_JOB, "accept", str_of("{}"));
}

static void bounce(struct making *m)
{
    on_assignment(m, OPERATOR_JOB, "bounce",
                  arena_printf(m->w->t->mem, "{\"opinion\":\"%sNot our business.\"}", m->mark));
}

static void extend(struct making *m)
{
    on_assignment(m, OPERATOR_JOB, "extend",
                  str_of("{\"to_on\":\"2027-03-25\",\"opinion\":\"Survey takes longer.\"}"));
}

static void contact(struct making *m)
{
    on_assignment(m, OPERATOR_JOB, "contact",
                  arena_printf(m->w->t->mem,
                               "{\"way\":\"visit\",\"held_on\":\"2026-11-25\",\"with_whom\":\"Li\","
                               "\"content\":\"%sLooked at it together.\"}",
                               m->mark));
}

static void reply(struct making *m)
{
    on_assignment(
        m, OPERATOR_JOB, "reply",
        arena_printf(m->w->t->mem,
                     "{\"class\":\"a\",\"opening\":\"%sWe have it.\",\"results\":[\"adopted\","
                     "\"planned\"],\"answers\":[\"Opens in June.\",\"At ten.\"],\"closing\":"
                     "\"Thanks.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\","
                     "\"public\":true}",
                     m->mark));
}

static void sign(struct making *m)
{
    on_assignment(m, LEADER_JOB, "sign", str_of("{\"signer\":\"He\"}"));
}

static void evaluate(struct making *m)
{
    on_assignment(m, MEMBER_JOB, "evaluate",
                  str_of("{\"visit\":\"visited\",\"manner\":\"fair\",\"hearing\":\"visit\","
                         "\"relevance\":\"beside\",\"handling\":\"dissatisfied\","
                         "\"result\":\"dissatisfied\",\"text\":\"Not what was asked.\"}"));
}

static void evaluate_well(struct making *m)
{
    on_assignment(m, MEMBER_JOB, "evaluate",
                  str_of("{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
                         "\"relevance\":\"direct\",\"handling\":\"satisfied\","
                         "\"result\":\"satisfied\"}"));
}

static void redo(struct making *m)
{
    on_proposal(m, REVIEWER_JOB, "redo", str_of("{\"opinion\":\"Answer the question.\"}"));
}

static void reject(struct making *m)
{
    on_proposal(m, REVIEWER_JOB, "reject",
                str_of("{\"reason\":\"private\",\"destination\":\"letter\",\"opinion\":"
                       "\"A private matter.\"}"));
}

static void revise(struct making *m)
{
    on_proposal(m, REVIEWER_JOB, "revise", str_of("{\"opinion\":\"Say where.\"}"));
}

/* ---- notices ---- */

static void notice(struct making *m)
{
    struct world *w = m->w;
    i64 *id = &w->thing[m->set][m->thing];
    ask(m, STAFF_JOB, "/api/v1/notices",
        arena_printf(
            w->t->mem,
            "{\"title\":\"%sMeeting\",\"body\":\"%sAt nine.\",\"audience\":\"sector:%lld\"}",
            m->mark, m->mark, (long long)w->sector[m->set]));
    *id = world_number(w->t->db, w->actor[DOERS[m->set][STAFF_JOB]].org_id,
                       SQL("SELECT MAX(id) FROM notices WHERE org_id = :org"));
    m->version = 1;
    if (m->thing == NOTICE_OUT)
        ask(m, STAFF_JOB,
            arena_printf(w->t->mem, "/api/v1/notices/%lld/publish", (long long)*id).ptr,
            str_of("{}"));
}

/* ---- the roads ---- */

enum { STEPS = 10 };

static void (*const ROADS[THINGS][STEPS])(struct making *m) = {
    [DRAFT] = { draft },
    [SUBMITTED] = { draft, submit },
    [REVISING] = { draft, submit, revise },
    [DOCKETED] = { draft, submit, docket },
    [ASSIGNED] = { draft, submit, docket, assign },
    [ACCEPTED] = { draft, submit, docket, assign, accept, contact },
    [BOUNCING] = { draft, submit, docket, assign, bounce },
    [EXTENDING] = { draft, submit, docket, assign, accept, extend },
    [DRAFTED] = { draft, submit, docket, assign, accept, contact, reply },
    [REPLIED] = { draft, submit, docket, assign, accept, contact, reply, sign },
    [REDOABLE] = { draft, submit, docket, assign, accept, contact, reply, sign, evaluate },
    [COHOST] = { draft, submit, docket, assign, accept },
    [CLOSED] = { draft, submit, docket, assign, accept, contact, reply, sign, evaluate_well },
    [REDOING] = { draft, submit, docket, assign, accept, contact, reply, sign, evaluate, redo },
    [PRIVATE] = { draft, submit, docket, assign },
    [REJECTED] = { draft, submit, reject },
    [UNREACHED] = { transcribe, submit_transcribed, reject },
    [TRANSCRIBED] = { transcribe },
};

void cases_make(struct world *w, int set)
{
    struct making m = { w, set, THING_NONE, set == SET_FOREIGN ? "CANARY-" : "", 1 };
    for (m.thing = DRAFT; m.thing <= TRANSCRIBED; m.thing++)
        for (int i = 0; i < STEPS && ROADS[m.thing][i]; i++)
            ROADS[m.thing][i](&m);
    for (m.thing = NOTICE_DRAFT; m.thing <= NOTICE_OUT; m.thing++)
        notice(&m);
    db_set_org(w->t->db, w->t->org);
}
