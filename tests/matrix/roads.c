/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See roads.h. Every step is a request to the API by who does it in life. */
#include "tests/matrix/roads.h"

#include "platform/base/str.h"

static const enum who DOERS[SETS][JOBS] = {
    { A_MEMBER, AN_OPERATOR, A_LEADER, A_REVIEWER, A_DISPATCHER, A_STAFF },
    { ANOTHER_MEMBER, ANOTHER_OPERATOR, ANOTHER_LEADER, A_REVIEWER, A_DISPATCHER, A_STAFF },
    { FOREIGN_MEMBER, FOREIGN_OPERATOR, FOREIGN_LEADER, FOREIGN_REVIEWER, FOREIGN_DISPATCHER,
      FOREIGN_STAFF },
};

struct test_answer road_ask(struct road *m, enum duty duty, const char *path, str json)
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

void road_on_proposal(struct road *m, enum duty duty, const char *verb, str json)
{
    i64 id = m->w->thing[m->set][m->thing];
    str path = arena_printf(m->w->t->mem, "/api/v1/proposals/%lld/%s", (long long)id, verb);
    m->version =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id", P(id)));
    road_ask(m, duty, path.ptr, json);
}

void road_on_assignment(struct road *m, enum duty duty, const char *verb, str json)
{
    i64 id = m->w->assignment[m->set][m->thing];
    str path = arena_printf(m->w->t->mem, "/api/v1/assignments/%lld/%s", (long long)id, verb);
    m->version =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT version FROM assignments WHERE org_id = :org AND id = :id",
                         P(id)));
    road_ask(m, duty, path.ptr, json);
}

/* ---- up to the assignment ---- */

static void attach(struct road *m, i64 id)
{
    struct world *w = m->w;
    static const char PDF[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const struct test_file files[] = { { "attachments", "paper.pdf", str_of(PDF) }, { 0 } };
    str path = arena_printf(w->t->mem, "/proposals/%lld/edit", (long long)id);
    str title = arena_printf(w->t->mem, "%sTitle %d", m->mark, m->thing);
    struct test_answer a =
        test_upload(w->t, path.ptr, files, "version", "1", "title", title.ptr, "situation",
                    "Eight thousand wait for one bus.", "analysis", "Planned for the old town.",
                    "suggestions", "A line over the bridge.", "suggestions", "A later last bus.",
                    "consent", "yes", NULL);
    if (a.status != 303)
        fail_msg("attachment: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    db_set_org(w->t->db, world_org(m->set));
    w->attachment[m->set][m->thing] =
        world_number(w->t->db, db_org(w->t->db),
                     SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org"));
}

static void draft(struct road *m, const char *consent)
{
    struct world *w = m->w;
    str text = arena_printf(w->t->mem,
                            "{\"title\":\"%sTitle %d\",\"situation\":\"%sEight thousand wait.\","
                            "\"analysis\":\"Planned for the old town.\",\"suggestions\":["
                            "\"A line over the bridge.\",\"A later last bus.\"],%s}",
                            m->mark, m->thing, m->mark, consent);
    struct test_answer a = road_ask(m, MEMBER_JOB, "/api/v1/proposals", text);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &w->thing[m->set][m->thing]));
}

void road_draft(struct road *m)
{
    draft(m, "\"consent\":\"yes\"");
}

void road_draft_private(struct road *m)
{
    draft(m, "\"consent\":\"no\",\"consent_reason\":\"Ongoing talks.\"");
}

void road_draft_attached(struct road *m)
{
    road_draft(m);
    attach(m, m->w->thing[m->set][m->thing]);
}

/* By staff, for the member without account. */
void road_transcribe(struct road *m)
{
    struct world *w = m->w;
    str text = arena_printf(
        w->t->mem,
        "{\"proposer_id\":%lld,\"title\":\"%sTitle %d\",\"situation\":\"On paper.\","
        "\"analysis\":\"It came by post.\",\"suggestions\":[\"Read it.\"],\"consent\":\"yes\"}",
        (long long)w->newcomer[m->set], m->mark, m->thing);
    struct test_answer a = road_ask(m, STAFF_JOB, "/api/v1/proposals", text);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &w->thing[m->set][m->thing]));
}

void road_submit_transcribed(struct road *m)
{
    road_on_proposal(m, STAFF_JOB, "submit", str_of("{\"confirmed\":true}"));
}

void road_submit(struct road *m)
{
    road_on_proposal(m, MEMBER_JOB, "submit", str_of("{\"confirmed\":true}"));
}

void road_docket(struct road *m)
{
    str json = arena_printf(m->w->t->mem, "{\"category\":\"transport\",\"opinion\":\"%sfinding\"}",
                            m->mark);
    road_on_proposal(m, REVIEWER_JOB, "docket", json);
}

static void assign(struct road *m, str json)
{
    struct world *w = m->w;
    road_on_proposal(m, DISPATCHER_JOB, "assign", json);
    i64 id = w->thing[m->set][m->thing], agency_id = w->agency[m->set];
    w->assignment[m->set][m->thing] =
        world_number(w->t->db, world_org(m->set),
                     SQL("SELECT id FROM assignments WHERE org_id = :org AND matter_id = :id "
                         "AND agency_id = :agency_id",
                         P(id), P(agency_id)));
}

void road_assign(struct road *m)
{
    assign(m, arena_printf(m->w->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld}",
                           (long long)m->w->agency[m->set]));
}

void road_assign_cohost(struct road *m)
{
    assign(m, arena_printf(m->w->t->mem, "{\"mode\":\"host\",\"host_id\":%lld,\"cohosts\":[%lld]}",
                           (long long)m->w->spare[m->set], (long long)m->w->agency[m->set]));
}

/* ---- the agency ---- */

void road_accept(struct road *m)
{
    road_on_assignment(m, OPERATOR_JOB, "accept", str_of("{}"));
}

void road_bounce(struct road *m)
{
    road_on_assignment(m, OPERATOR_JOB, "bounce",
                       arena_printf(m->w->t->mem, "{\"opinion\":\"%sNot our business.\"}",
                                    m->mark));
}

void road_extend(struct road *m)
{
    road_on_assignment(m, OPERATOR_JOB, "extend",
                       str_of("{\"to_on\":\"2027-03-25\",\"opinion\":\"Survey takes longer.\"}"));
}

void road_contact(struct road *m)
{
    road_on_assignment(
        m, OPERATOR_JOB, "contact",
        arena_printf(m->w->t->mem,
                     "{\"way\":\"visit\",\"held_on\":\"2026-11-25\",\"with_whom\":\"Li\","
                     "\"content\":\"%sLooked at it together.\"}",
                     m->mark));
}

void road_reply(struct road *m)
{
    road_on_assignment(
        m, OPERATOR_JOB, "reply",
        arena_printf(m->w->t->mem,
                     "{\"class\":\"a\",\"opening\":\"%sWe have it.\",\"results\":[\"adopted\","
                     "\"planned\"],\"answers\":[\"Opens in June.\",\"At ten.\"],\"closing\":"
                     "\"Thanks.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\","
                     "\"public\":true}",
                     m->mark));
}

void road_sign(struct road *m)
{
    road_on_assignment(m, LEADER_JOB, "sign", str_of("{\"signer\":\"He\"}"));
}

void road_evaluate(struct road *m)
{
    road_on_assignment(m, MEMBER_JOB, "evaluate",
                       str_of("{\"visit\":\"visited\",\"manner\":\"fair\",\"hearing\":\"visit\","
                              "\"relevance\":\"beside\",\"handling\":\"dissatisfied\","
                              "\"result\":\"dissatisfied\",\"text\":\"Not what was asked.\"}"));
}

void road_evaluate_well(struct road *m)
{
    road_on_assignment(m, MEMBER_JOB, "evaluate",
                       str_of(
                           "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
                           "\"relevance\":\"direct\",\"handling\":\"satisfied\","
                           "\"result\":\"satisfied\"}"));
}

void road_redo(struct road *m)
{
    road_on_proposal(m, REVIEWER_JOB, "redo", str_of("{\"opinion\":\"Answer the question.\"}"));
}

void road_reject(struct road *m)
{
    road_on_proposal(m, REVIEWER_JOB, "reject",
                     str_of("{\"reason\":\"private\",\"destination\":\"letter\",\"opinion\":"
                            "\"A private matter.\"}"));
}

void road_revise(struct road *m)
{
    road_on_proposal(m, REVIEWER_JOB, "revise", str_of("{\"opinion\":\"Say where.\"}"));
}

void road_walk(struct world *w, int set, int thing, road_step *const *steps)
{
    struct road m = { w, set, thing, set == SET_FOREIGN ? "CANARY-" : "", 1 };
    for (; *steps; steps++)
        (*steps)(&m);
    db_set_org(w->t->db, w->t->org);
}
