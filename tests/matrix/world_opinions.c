/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_opinions.h. Whose they are: modules/opinions/README.md, "Who may see". */
#include "tests/matrix/world_opinions.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

static const i64 NEVER = (i64)1 << 50;

static i64 opinion_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM opinions WHERE org_id = :org AND id = :id",
                            P(id)));
}

static void write_opinion(struct road *m)
{
    struct world *w = m->w;
    str json = arena_printf(w->t->mem,
                            "{\"title\":\"%sOpinion %d\",\"situation\":\"%sEight thousand wait.\","
                            "\"analysis\":\"No bus after eight.\",\"suggestions\":\"A later last "
                            "bus.\"}",
                            m->mark, m->thing, m->mark);
    struct test_answer a = road_ask(m, MEMBER_JOB, "/api/v1/opinions", json);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &w->thing[m->set][m->thing]));
}

static void attach(struct road *m)
{
    struct world *w = m->w;
    static const char PDF[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const struct test_file files[] = { { "attachments", "paper.pdf", str_of(PDF) }, { 0 } };
    i64 id = w->thing[m->set][m->thing], version = opinion_version(w, m->set, m->thing);
    str path = arena_printf(w->t->mem, "/opinions/%lld/draft", (long long)id);
    str seen = arena_printf(w->t->mem, "%lld", (long long)version);
    str title = arena_printf(w->t->mem, "%sOpinion %d", m->mark, m->thing);
    struct test_answer a =
        test_upload(w->t, path.ptr, files, "version", seen.ptr, "title", title.ptr, "situation",
                    "Eight thousand wait.", "analysis", "No bus after eight.", "suggestions",
                    "A later last bus.", NULL);
    if (a.status != 303)
        fail_msg("attachment: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    db_set_org(w->t->db, world_org(m->set));
    w->attachment[m->set][m->thing] =
        world_number(w->t->db, db_org(w->t->db),
                     SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org"));
}

static void submit(struct road *m)
{
    struct world *w = m->w;
    i64 id = w->thing[m->set][m->thing];
    m->version = opinion_version(w, m->set, m->thing);
    road_ask(m, MEMBER_JOB,
             arena_printf(w->t->mem, "/api/v1/opinions/%lld/submit", (long long)id).ptr,
             str_of("{}"));
}

static const struct {
    int thing;
    road_step *steps[8];
} ROADS[] = {
    { OPINION_DRAFT, { write_opinion } },
    { OPINION_SENT, { write_opinion, submit } },
    { OPINION_TAKEN, { write_opinion, submit } },
    { OPINION_KEPT, { write_opinion, submit } },
    { OPINION_FILED, { write_opinion, attach, submit } },
    { OPINION_ALIKE, { write_opinion, submit } },
    { OPINION_EDITING, { write_opinion, submit } },
    { OPINION_SIGNING, { write_opinion, submit } },
};

/* As if an editor had chosen, and was editing. */
static err put_on(struct rq *rq, i64 id, const char *state)
{
    str to = str_of(state);
    return db_run(rq->db,
                  SQL("UPDATE opinions SET state = :to, edited_title = title, edited_situation = "
                      "situation, edited_analysis = analysis, edited_suggestions = suggestions, "
                      "edited_at = submitted_at WHERE org_id = :org AND id = :id AND version > 0",
                      P(to), P(id)),
                  NULL);
}

static err edit(struct rq *rq, struct world *w, int set)
{
    i64 like = w->thing[set][OPINION_EDITING];
    TRY(put_on(rq, w->thing[set][OPINION_ALIKE], "taken"));
    TRY(put_on(rq, w->thing[set][OPINION_EDITING], "editing"));
    TRY(put_on(rq, w->thing[set][OPINION_SIGNING], "signing"));
    return db_insert(rq->db,
                     SQL("INSERT INTO opinions (org_id, state, kind, reporter_name, title, "
                         "situation, suggestions, edited_title, edited_situation, "
                         "edited_suggestions, edited_at, created_at, updated_at) SELECT org_id, "
                         "'editing', 'composite', 'several', title, situation, suggestions, "
                         "edited_title, edited_situation, edited_suggestions, edited_at, "
                         "created_at, updated_at FROM opinions WHERE org_id = :org AND id = :like "
                         "RETURNING id",
                         P(like)),
                     &w->thing[set][OPINION_COMPOSITE]);
}

/* As if an editor had chosen, and another one had asked the set's member to report with him. */
static err choose(struct rq *rq, struct world *w, int set)
{
    i64 taken = w->thing[set][OPINION_TAKEN], kept = w->thing[set][OPINION_KEPT];
    i64 sent = w->thing[set][OPINION_SENT], person_id = w->person[set], expires_at = NEVER;
    TRY(db_run(rq->db,
               SQL("UPDATE opinions SET state = 'taken' WHERE org_id = :org AND id = :taken AND "
                   "version > 0",
                   P(taken)),
               NULL));
    TRY(db_run(rq->db,
               SQL("UPDATE opinions SET state = 'kept' WHERE org_id = :org AND id = :kept AND "
                   "version > 0",
                   P(kept)),
               NULL));
    return db_insert(rq->db,
                     SQL("INSERT INTO reporters (org_id, opinion_id, rank, person_id, name, title, "
                         "lead_name, state, asked_at, expires_at) VALUES (:org, :sent, 2, "
                         ":person_id, 'Li', 'Opinion', 'Wang', 'asked', 1, :expires_at) RETURNING "
                         "id",
                         P(sent), P(person_id), P(expires_at)),
                     &w->thing[set][REPORTER_ASKED]);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++) {
        for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
            road_walk(w, set, ROADS[i].thing, ROADS[i].steps);
        world_make(w, set, choose);
        world_make(w, set, edit);
    }
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    if (thing == REPORTER_ASKED)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM reporters WHERE org_id = :org AND id = :id",
                                P(id)));
    return opinion_version(w, set, thing);
}

/* The writer's, and, once it is sent, the desk's and the house's leader's; an invitation is his who
 * is asked, a composite nobody's before it is signed. Text that was sent is not changed; the edited
 * one while it is edited. */
static char own(const struct question *q)
{
    const char *verb = rules_verb(q);
    bool text = strstr(q->entry->route.path, "/text") != NULL;
    bool writes = !text && (strcmp(verb, "draft") == 0 || strcmp(verb, "autosave") == 0 ||
                            q->entry->route.method == PUT);
    bool house =
        WHO[q->who].scope == SCOPE_ORG && q->thing != OPINION_DRAFT && q->thing != REPORTER_ASKED;
    if ((!rules_is_person(q) || q->thing == OPINION_COMPOSITE) && !house)
        return 'n';
    if (text && q->thing != OPINION_EDITING)
        return 'c';
    return writes && q->thing != OPINION_DRAFT ? 'c' : 'o';
}

static const struct thing THINGS_OWN[] = {
    { OPINION_DRAFT, "draft_opinion", NULL, false },
    { OPINION_SENT, "sent_opinion", NULL, false },
    { OPINION_TAKEN, "taken_opinion", "taken_opinion", false },
    { OPINION_KEPT, "kept_opinion", NULL, false },
    { OPINION_FILED, "filed_opinion", NULL, false },
    { REPORTER_ASKED, "asked_reporter", NULL, false },
    { OPINION_ALIKE, "alike_opinion", "alike_opinion", false },
    { OPINION_EDITING, "edited_opinion", NULL, false },
    { OPINION_SIGNING, "signing_opinion", NULL, false },
    { OPINION_COMPOSITE, "composite_opinion", NULL, false },
    { 0 },
};

const struct part PART_OF_OPINIONS = { .name = "opinions",
                                       .specimens = SPECIMENS_OPINIONS,
                                       .things = THINGS_OWN,
                                       .make = make,
                                       .version = version,
                                       .own = own };
