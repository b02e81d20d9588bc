/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Blindness over all surfaces (rules.md 2.6; assignments/README.md, "Blind"): what who is blind may
 * read does not depend on what the signers said. One case is judged through the true road; every
 * GET route of the house (page, JSON, CSV, workbook, PDF, DOCX, public page) and the events are
 * read before and after, by its agency and its leader, a cohost, a dispatcher, another member and a
 * guest: no byte may differ. After closing whole groups of five may show, never who said what, nor
 * what is over. A planted leak must be found on every kind of surface. The rules of one module:
 * modules/assignments/tests/assignment_blind_test.c. */
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "tests/harness/test_err.h"
#include "tests/matrix/answers.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_flagships.h"
#include "tests/matrix/world_outcomes.h"
#include "tests/matrix/world_proposals.h"
#include "tests/matrix/world_publications.h"
#include "tests/matrix/world_urgings.h"

enum { CASE = REPLIED, SET = SET_SECOND, ANSWERS_MAX = 24000, SIGNERS = 7 };

/* What a signer writes, and what is searched for; nobody blind may read the first at any time. */
#define OPINION "Redstart-said"
#define SOUGHT  "Bittern"

static const enum who BLIND[] = { NOBODY,   A_MEMBER,     A_HEAD,           AN_OPERATOR,
                                  A_LEADER, A_DISPATCHER, ANOTHER_OPERATOR, ANOTHER_LEADER };
static const enum who SEEING[] = { A_STAFF };
enum { BLIND_COUNT = sizeof BLIND / sizeof *BLIND };

/* ---- the case: of the second set's agency, the first one's is its cohost ---- */

static void numbered(struct world *w, int thing, struct sql newest)
{
    w->thing[SET][thing] = world_number(w->t->db, ORG_OWN, newest);
}

static void recommend(struct road *m)
{
    str path = arena_printf(m->w->t->mem, "/api/v1/proposals/%lld/flagships",
                            (long long)m->w->thing[SET][CASE]);
    road_ask(m, STAFF_JOB, path.ptr, str_of("{\"grounds\":\"All wait.\"}"));
    numbered(m->w, FLAGSHIP_NOMINATED, SQL("SELECT MAX(id) FROM flagships WHERE org_id = :org"));
}

static void assign_both(struct road *m)
{
    struct world *w = m->w;
    road_on_proposal(m, DISPATCHER_JOB, "assign",
                     arena_printf(w->t->mem,
                                  "{\"mode\":\"host\",\"host_id\":%lld,\"cohosts\":[%lld]}",
                                  (long long)w->agency[SET], (long long)w->agency[SET_FIRST]));
    i64 id = w->thing[SET][CASE], host = w->agency[SET], cohost = w->agency[SET_FIRST];
    w->assignment[SET][CASE] =
        world_number(w->t->db, ORG_OWN,
                     SQL("SELECT id FROM assignments WHERE org_id = :org AND matter_id = :id "
                         "AND agency_id = :host",
                         P(id), P(host)));
    w->assignment[SET_FIRST][CASE] =
        world_number(w->t->db, ORG_OWN,
                     SQL("SELECT id FROM assignments WHERE org_id = :org AND matter_id = :id "
                         "AND agency_id = :cohost",
                         P(id), P(cohost)));
}

static void press(struct road *m)
{
    str json = arena_printf(m->w->t->mem,
                            "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":\"manual\","
                            "\"text\":\"Say when.\"}",
                            (long long)m->w->assignment[SET][CASE]);
    road_ask(m, STAFF_JOB, "/api/v1/urgings", json);
    numbered(m->w, URGING_ISSUED, SQL("SELECT MAX(id) FROM urgings WHERE org_id = :org"));
    m->version = 1;
    str path = arena_printf(m->w->t->mem, "/api/v1/urgings/%lld/issue",
                            (long long)m->w->thing[SET][URGING_ISSUED]);
    road_ask(m, REVIEWER_JOB, path.ptr, str_of("{\"text\":\"Say when.\"}"));
}

static void contribute(struct road *m)
{
    m->set = SET_FIRST; /* the cohost's part of the same case */
    road_on_assignment(m, OPERATOR_JOB, "accept", str_of("{}"));
    road_on_assignment(m, OPERATOR_JOB, "contribute",
                       str_of("{\"body\":\"We agree.\",\"operator\":\"Lu\",\"phone\":\"1\"}"));
    m->set = SET;
}

static void reply_with_promise(struct road *m)
{
    road_on_assignment(
        m, OPERATOR_JOB, "reply",
        str_of("{\"class\":\"b\",\"promise_texts\":[\"A bus over the bridge\"],\"promise_days\":["
               "\"2027-06-30\"],\"promise_owners\":[\"Zhao\"],\"opening\":\"We have it.\","
               "\"results\":[\"adopted\",\"planned\"],\"answers\":[\"Opens in June.\",\"At ten.\"],"
               "\"closing\":\"Thanks.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\","
               "\"public\":true}"));
}

static void publish(struct road *m)
{
    struct world *w = m->w;
    numbered(w, PROMISE_MADE, SQL("SELECT MAX(id) FROM promises WHERE org_id = :org"));
    numbered(w, COPY_PUBLISHED, SQL("SELECT MAX(id) FROM publications WHERE org_id = :org"));
    w->attachment[SET][COPY_PUBLISHED] = w->assignment[SET][CASE];
    i64 id = w->thing[SET][COPY_PUBLISHED];
    m->version =
        world_number(w->t->db, ORG_OWN,
                     SQL("SELECT version FROM publications WHERE org_id = :org AND id = :id",
                         P(id)));
    str path = arena_printf(w->t->mem, "/api/v1/publications/%lld/publish", (long long)id);
    road_ask(m, STAFF_JOB, path.ptr, str_of("{\"checked\":true}"));
}

static road_step *const ROAD[] = { road_draft,  road_submit,        road_docket,  recommend,
                                   assign_both, road_accept,        road_contact, press,
                                   contribute,  reply_with_promise, road_sign,    publish,
                                   NULL };

/* More signers, asked as the first one was. */
static err sign_more(struct rq *rq, struct world *w, int set)
{
    i64 assignment_id = w->assignment[set][CASE], now = rq->now_ms, due_on = rq->today + 15;
    for (i64 i = 0; i < SIGNERS; i++) {
        i64 person_id = 9000 + i;
        str name = arena_printf(rq->mem, "Signer %lld", (long long)i);
        TRY(db_run(rq->db,
                   SQL("INSERT INTO evaluations (org_id, assignment_id, round, person_id, "
                       "person_name, asked_at, due_on) VALUES (:org, :assignment_id, 1, "
                       ":person_id, :name, :now, :due_on)",
                       P(assignment_id), P(person_id), P(name), P(now), P(due_on)),
                   NULL));
    }
    return OK;
}

/* asked: what was read before anybody had said a word. */
struct stage {
    struct world *w;
    struct sweep *asked;
};

static int stage_setup(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    void *world = NULL;
    if (!stage || world_setup(&world))
        return 1;
    stage->w = world;
    road_walk(stage->w, SET, CASE, ROAD);
    world_make(stage->w, SET, sign_more);
    *state = stage;
    return 0;
}

/* The other signers' words, of two kinds in turn; and who said which, the other way round. */
struct words {
    i64 from, until; /* persons */
    const char *even, *odd;
};

static const struct words ALL_GIVE = { 9000, 9000 + SIGNERS, "satisfied", "fair" };

static err give(struct rq *rq, struct world *w, const struct words *words)
{
    i64 assignment_id = w->assignment[SET][CASE], now = rq->now_ms;
    str opinion = str_of(SOUGHT " " OPINION);
    for (i64 id = words->from; id < words->until; id++) {
        str result = str_of(id % 2 ? words->odd : words->even);
        TRY(db_run(rq->db,
                   SQL("UPDATE evaluations SET given_at = :now, handling = :result, "
                       "result = :result, visit = 'visited', manner = :result, hearing = 'visit', "
                       "relevance = 'direct', text = :opinion WHERE org_id = :org AND "
                       "assignment_id = :assignment_id AND person_id = :id",
                       P(now), P(result), P(opinion), P(assignment_id), P(id)),
                   NULL));
    }
    return OK;
}

static err give_some(struct rq *rq, struct world *w, int set)
{
    (void)set;
    return give(rq, w, &(struct words){ 9000, 9004, "satisfied", "dissatisfied" });
}

static err give_all(struct rq *rq, struct world *w, int set)
{
    (void)set;
    return give(rq, w, &ALL_GIVE);
}

/* The lead's own word, through the API. */
static void lead_says(struct world *w, const char *result)
{
    struct road m = { w, SET, CASE, "", 1 };
    road_on_assignment(&m, MEMBER_JOB, "evaluate",
                       arena_printf(w->t->mem,
                                    "{\"visit\":\"visited\",\"manner\":\"fair\",\"hearing\":"
                                    "\"visit\",\"relevance\":\"beside\",\"handling\":\"%s\","
                                    "\"result\":\"%s\",\"text\":\"" SOUGHT " " OPINION "\"}",
                                    result, result));
}

/* ---- reading everything ---- */

enum kind { PAGE, JSON, CSV, WORKBOOK, PDF, OTHER, KINDS };
static const char *const KIND_NAMES[KINDS] = { "page", "JSON", "CSV", "workbook or DOCX",
                                               "PDF",  "other" };

/* All answers in the order in which they were asked; before: what they are held against. grows: the
 * route now read answers by what was asked before (specimens.h), so only words are looked for. */
struct sweep {
    struct world *w;
    struct arena *mem;
    const struct sweep *before;
    const enum who *whos;
    str texts[ANSWERS_MAX];
    size_t who_count, count, differing, opinions, kinds[KINDS], open[KINDS];
    bool questions, quiet, grows;
};

static enum kind kind_of(const struct reply *reply)
{
    if (str_starts(reply->body, str_of("PK\3\4")))
        return WORKBOOK;
    if (str_starts(reply->body, str_of("%PDF-")))
        return PDF;
    if (str_find(reply->type, str_of("json"), 0) >= 0)
        return JSON;
    if (str_find(reply->type, str_of("csv"), 0) >= 0)
        return CSV;
    return str_find(reply->type, str_of("html"), 0) >= 0 ? PAGE : OTHER;
}

/* The first place where two texts part, with what stands around it. */
static void print_difference(str was, str is)
{
    enum { BEFORE = 60, BEHIND = 60 };
    size_t at = 0;
    while (at < was.len && at < is.len && was.ptr[at] == is.ptr[at])
        at++;
    size_t from = at > BEFORE ? at - BEFORE : 0;
    str old = str_sub(was, from, at + BEHIND - from), new = str_sub(is, from, at + BEHIND - from);
    printf("#   was: %.*s\n#   is:  %.*s\n", (int)old.len, old.ptr, (int)new.len, new.ptr);
}

/* A workbook says by the machine's clock when it was made; that is behind what it says. */
static str without_clock(str text, enum kind kind)
{
    i64 at = kind == WORKBOOK ? str_find(text, str_of("<dcterms:created"), 0) : -1;
    char *stamp = (char *)text.ptr + (at < 0 ? 0 : at);
    for (size_t i = 0; at >= 0 && i < 200 && (size_t)at + i < text.len; i++)
        if (stamp[i] >= '0' && stamp[i] <= '9')
            stamp[i] = '0';
    return text;
}

static void take(struct sweep *s, str text, enum kind kind, const char *target, enum who who)
{
    assert_true(s->count < ANSWERS_MAX);
    str *own = &s->texts[s->count++];
    *own = without_clock(arena_str(s->mem, text), kind);
    bool opinion = str_find(text, str_of(OPINION), 0) >= 0;
    bool differs = s->before && !s->grows && !str_eq(*own, s->before->texts[s->count - 1]);
    s->opinions += opinion;
    s->differing += differs;
    s->kinds[kind] += differs;
    if (s->quiet || (!opinion && !differs))
        return;
    printf("# LEAK %s as %s: %s\n", target, WHO[who].name, opinion ? OPINION : "differs");
    if (differs)
        print_difference(s->before->texts[s->count - 1], *own);
}

static int ask(struct sweep *s, const struct rehearsal *r, enum who who)
{
    int status;
    struct reply reply = world_ask(s->w, who, r);
    enum kind kind = kind_of(&reply);
    s->open[kind] += reply.status == 200;
    if (reply.status == 200)
        take(s, answer_text(&reply), kind, r->target, who);
    else
        take(s,
             arena_printf(reply.mem, "%d %.*s", reply.status, (int)reply.location.len,
                          reply.location.ptr),
             kind, r->target, who);
    status = reply.status;
    reply_free(&reply);
    return status;
}

static void ask_as_all(struct sweep *s, const struct rehearsal *r)
{
    for (size_t i = 0; i < s->who_count; i++)
        ask(s, r, s->whos[i]);
}

static bool names_a_case(const char *path)
{
    return strstr(path, "/proposals/{id}") || strstr(path, "/assignments/{id}") ||
           strstr(path, "/matters/{id}");
}

/* A route about all its things of the case's set, and about the case itself; as cohost its part. */
static void sweep_entry(struct sweep *s, const struct route_entry *entry)
{
    const struct specimen *specimen = specimen_of(entry);
    struct rehearsal r;
    int thing;
    bool of_case = names_a_case(entry->route.path), met = false;
    s->grows = specimen->grows;
    for (size_t i = 0; specimen_thing(specimen, i, &thing); i++) {
        if (of_case && thing != CASE && i > 0)
            continue; /* one other case is enough */
        met = met || thing == CASE;
        r = specimen_request(s->w, entry, SET, thing);
        ask_as_all(s, &r);
    }
    if (of_case && !met) {
        r = specimen_request(s->w, entry, SET, CASE);
        ask_as_all(s, &r);
    }
    if (of_case && specimen->assignment) {
        r = specimen_request(s->w, entry, SET_FIRST, CASE);
        ask_as_all(s, &r);
    }
}

/* What lists and searches take: filters and orders may be asked for that are not offered. */
static const char *const QUESTIONS[] = { "satisfaction=dissatisfied", "sort=satisfaction&limit=200",
                                         "q=" SOUGHT, "all=1&state=evaluating" };

static void sweep_questions(struct sweep *s, const struct route_entry *entry)
{
    enum { COUNT = sizeof QUESTIONS / sizeof *QUESTIONS };
    struct rehearsal r[COUNT];
    s->grows = specimen_of(entry)->grows;
    for (size_t i = 0; i < COUNT; i++)
        r[i] = (struct rehearsal){
            .method = GET,
            .target = arena_printf(s->w->t->mem, "%s?%s", entry->route.path, QUESTIONS[i]).ptr
        };
    for (size_t k = 0; k < s->who_count; k++) /* who may not ask at all is asked once */
        for (size_t i = 0; i < COUNT && ask(s, &r[i], s->whos[k]) == 200; i++)
            ;
}

/* Files say what their list says, but slower. */
static bool takes_questions(const char *path)
{
    return !strchr(path, '{') && !strstr(path, ".xlsx") && !strstr(path, ".pdf");
}

/* First all routes and the events, then the questions: where those are not asked again, the rest is
 * in the same order. */
static void sweep(struct sweep *s)
{
    const struct route_entry *entry;
    for (size_t e = 0; (entry = route_at(s->w, e)); e++)
        if (entry->route.method == GET && strcmp(entry->route.path, "/metrics") != 0)
            sweep_entry(s, entry); /* metrics: how many requests there were */
    s->grows = false;
    for (size_t i = 0; i < s->who_count; i++)
        if (s->whos[i] != NOBODY)
            take(s, answer_events(s->w, s->whos[i], s->mem), OTHER, "/events", s->whos[i]);
    for (size_t e = 0; s->questions && (entry = route_at(s->w, e)); e++)
        if (entry->route.method == GET && takes_questions(entry->route.path))
            sweep_questions(s, entry);
}

static struct sweep *sweep_new(struct world *w, const struct sweep *before, bool blind)
{
    struct arena *mem = arena_new(64 << 20, (size_t)1 << 30);
    struct sweep *s = arena_zero(mem, sizeof *s);
    s->w = w;
    s->mem = mem;
    s->before = before;
    s->whos = blind ? BLIND : SEEING;
    s->who_count = blind ? BLIND_COUNT : sizeof SEEING / sizeof *SEEING;
    return s;
}

/* Everything, as those who are blind. */
static struct sweep *swept(struct world *w, const struct sweep *before, bool questions)
{
    struct sweep *s = sweep_new(w, before, true);
    s->questions = questions;
    sweep(s);
    return s;
}

static void must_tell_nothing(struct world *w, const struct sweep *before, const char *when)
{
    struct sweep *s = swept(w, before, before->questions);
    printf("# %s: %zu answers read again, %zu differ, %zu with an opinion\n", when, s->count,
           s->differing, s->opinions);
    assert_int_equal(s->count, before->count);
    assert_int_equal(s->differing + s->opinions, 0);
    arena_free(s->mem);
}

/* ---- tests ---- */

/* Of what is not asked here a leak would not be found. */
static void must_have_read_much(const struct sweep *s)
{
    for (int kind = PAGE; kind < OTHER; kind++)
        if (s->open[kind] < 5)
            fail_msg("%zu answers as %s: too few", s->open[kind], KIND_NAMES[kind]);
}

static void nothing_shows_before_closing(void **state)
{
    struct stage *stage = *state;
    struct world *w = stage->w;
    struct sweep *asked = stage->asked = swept(w, NULL, true), *staff = sweep_new(w, NULL, false);
    sweep(staff);
    must_have_read_much(asked);
    lead_says(w, "dissatisfied");
    world_make(w, SET, give_some);
    must_tell_nothing(w, asked, "five of eight said");
    struct sweep *seen = sweep_new(w, staff, false); /* who may read it does */
    seen->quiet = true;
    sweep(seen);
    assert_true(seen->differing > 0 && seen->opinions > 0);
    arena_free(staff->mem);
    arena_free(seen->mem);
}

/* Verdicts are put where everybody reads, through the title of the case. */
static err leak(struct rq *rq, struct world *w, int set)
{
    i64 id = w->thing[set][CASE];
    str word = str_of(" dissatisfied");
    TRY(db_run(rq->db,
               SQL("UPDATE proposals SET title = title || :word WHERE org_id = :org AND id = :id",
                   P(word), P(id)),
               NULL));
    return db_run(rq->db,
                  SQL("UPDATE assignments SET matter_title = matter_title || :word WHERE org_id = "
                      ":org AND matter_id = :id",
                      P(word), P(id)),
                  NULL);
}

static err leak_no_more(struct rq *rq, struct world *w, int set)
{
    i64 id = w->thing[set][CASE];
    TRY(db_run(rq->db,
               SQL("UPDATE proposals SET title = REPLACE(title, ' dissatisfied', '') WHERE org_id "
                   "= :org AND id = :id",
                   P(id)),
               NULL));
    return db_run(rq->db,
                  SQL("UPDATE assignments SET matter_title = REPLACE(matter_title, "
                      "' dissatisfied', '') WHERE org_id = :org AND matter_id = :id",
                      P(id)),
                  NULL);
}

static void a_planted_leak_is_found_everywhere(void **state)
{
    const struct stage *stage = *state;
    struct world *w = stage->w;
    struct sweep *leaking = sweep_new(w, stage->asked, true);
    world_make(w, SET, leak);
    leaking->quiet = true;
    sweep(leaking);
    world_make(w, SET, leak_no_more);
    for (int kind = PAGE; kind < OTHER; kind++)
        if (!leaking->kinds[kind])
            fail_msg("the planted leak was found in no %s", KIND_NAMES[kind]);
    arena_free(leaking->mem);
}

/* The others change their minds: the same sums of whole groups of five, said by other persons; what
 * is over the last group quite another. Behind them closed the case. */
static err change(struct rq *rq, struct world *w, int set)
{
    (void)set;
    i64 agency_id = w->agency[SET], count = 0;
    TRY(db_i64(rq->db,
               SQL("SELECT COUNT(*) FROM evaluations e JOIN assignments a ON a.org_id = e.org_id "
                   "AND a.id = e.assignment_id WHERE e.org_id = :org AND a.agency_id = :agency_id "
                   "AND a.state = 'closed' AND e.given_at > 0",
                   P(agency_id)),
               &count));
    i64 over = count % 5, last = 9000 + SIGNERS - over;
    printf("# %lld closed verdicts of the agency, %lld over whole groups\n", (long long)count,
           (long long)over);
    assert_true(over > 0 && last >= 9005); /* else nothing is said of them */
    TRY(give(rq, w, &(struct words){ 9000, 9002, ALL_GIVE.odd, ALL_GIVE.even }));
    return give(rq, w, &(struct words){ last, 9000 + SIGNERS, "dissatisfied", "dissatisfied" });
}

static i64 sum_given(struct world *w)
{
    i64 given = -1;
    test_as(w->t, &w->actor[ANOTHER_OPERATOR]);
    struct test_answer a = test_api(w->t, GET, "/api/v1/assignments/feedback", NULL);
    assert_true(str_to_i64(test_json(w->t, &a, "given"), &given));
    return given;
}

static void sums_of_five_show_after_closing(void **state)
{
    struct world *w = ((struct stage *)*state)->w;
    i64 before = sum_given(w);
    world_make(w, SET, give_all);
    lead_says(w, "satisfied");
    i64 id = w->thing[SET][CASE];
    assert_int_equal(world_number(w->t->db, ORG_OWN,
                                  SQL("SELECT COUNT(*) FROM proposals WHERE org_id = :org AND id = "
                                      ":id AND state IN ('closed', 'tracking')",
                                      P(id))),
                     1);
    i64 after = sum_given(w);
    assert_int_equal(before % 5, 0);
    assert_int_equal(after % 5, 0);
    assert_true(after > before); /* eight more are said: one group at least */
    struct sweep *closed = swept(w, NULL, false);
    assert_int_equal(closed->opinions, 0);
    world_make(w, SET, change);
    must_tell_nothing(w, closed, "the same sums by others");
    arena_free(closed->mem);
}

/* The book goes out of the house: nothing of a verdict is in it, whoever prints it. */
static void no_verdict_is_printed(void **state)
{
    struct world *w = ((struct stage *)*state)->w;
    str json = arena_printf(w->t->mem,
                            "{\"session_id\":%lld,\"format\":\"docx\",\"ordering\":\"number\","
                            "\"with_replies\":true,\"internal\":true}",
                            (long long)w->session[SET]);
    test_as(w->t, &w->actor[A_STAFF]);
    struct test_answer a = test_api(w->t, POST, "/api/v1/compendium", json.ptr);
    assert_int_equal(a.status, 201);
    str id = test_json(w->t, &a, "id");
    assert_ok(jobs_run_due(&w->t->app, w->t->app.clock.fixed_ms, NULL));
    struct rehearsal r = {
        .method = GET,
        .target = arena_printf(w->t->mem, "/compendium/%.*s/file", (int)id.len, id.ptr).ptr
    };
    struct reply reply = world_ask(w, A_STAFF, &r);
    str text = answer_text(&reply);
    assert_int_equal(reply.status, 200);
    assert_true(str_find(text, str_of("Eight thousand wait"), 0) >= 0);
    assert_true(str_find(text, str_of(OPINION), 0) < 0);
    assert_true(str_find(text, str_of("满意"), 0) < 0);
    reply_free(&reply);
}

static int stage_teardown(void **state)
{
    struct stage *stage = *state;
    void *world = stage->w;
    if (stage->asked)
        arena_free(stage->asked->mem);
    free(stage);
    return world_teardown(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_shows_before_closing),
        cmocka_unit_test(a_planted_leak_is_found_everywhere),
        cmocka_unit_test(sums_of_five_show_after_closing),
        cmocka_unit_test(no_verdict_is_printed),
    };
    return cmocka_run_group_tests(tests, stage_setup, stage_teardown);
}
