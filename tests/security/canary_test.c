/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Quality Z3 within one organisation: what belongs to one person, one agency or the office is
 * planted, then everybody asks for everything: pages, JSON, CSV, workbooks, PDF, searches, forms
 * that are drawn again, events; and the log is read. Who may see which is written down here from
 * the modules' README files. Two organisations: tests/matrix/object_swap_test.c. */
#include <fcntl.h>
#include <unistd.h>

#include "modules/members/member.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/web/exchange.h"
#include "tests/harness/test_err.h"
#include "tests/matrix/answers.h"
#include "tests/matrix/world_burdens.h"
#include "tests/matrix/world_exemptions.h"
#include "tests/matrix/world_meetings.h"
#include "tests/matrix/world_nominations.h"
#include "tests/matrix/world_proposals.h"
#include "tests/matrix/world_publications.h"
#include "tests/matrix/world_talks.h"
#include "tests/matrix/world_urgings.h"

#define PHONE    "13866667771"
#define CALL     "13755550001" /* in the text of a proposal that is published */
#define IDENTITY "530102198001014577"

struct question {
    struct world *w;
    const struct rehearsal *r;
    enum who who;
};

static bool asks_for(const struct question *q, const char *path)
{
    return strstr(q->r->target, path) != NULL;
}

/* In full only to the member himself, to staff deciding on his amendment, and on …/unmask, which is
 * audited (members/README.md). */
static bool sees_personal(const struct question *q)
{
    bool office = asks_for(q, "/amendments") || (asks_for(q, "/unmask") && q->r->method == POST);
    return q->who == ANOTHER_MEMBER || (q->who == A_STAFF && office);
}

/* Nobody but who wrote it sees a draft, staff neither (proposals/README.md). */
static bool sees_draft(const struct question *q)
{
    return q->who == ANOTHER_MEMBER;
}

/* The office sees everything but drafts of answers (assignments/README.md). */
static bool sees_answer(const struct question *q)
{
    return q->who == ANOTHER_OPERATOR || q->who == ANOTHER_LEADER;
}

/* What is written at the screening stays in the office (proposals/README.md). */
static bool sees_finding(const struct question *q)
{
    return actor_scope(&q->w->actor[q->who], "proposals.read") == SCOPE_ORG;
}

/* Before it is published: who writes notices (notices/README.md). */
static bool sees_notice(const struct question *q)
{
    return actor_may(&q->w->actor[q->who], "notices.write");
}

/* The office, its writer and the agency that has it; no other member (proposals/README.md). */
static bool sees_confidential(const struct question *q)
{
    return sees_finding(q) || q->who == ANOTHER_MEMBER || sees_answer(q);
}

/* The public copy is masked (publications/README.md); the proposal is read by the office and, once
 * docketed, by members. Who publishes has the original beside the copy. */
static bool sees_call(const struct question *q)
{
    bool public = asks_for(q, "/publications") || asks_for(q, "/sitemap.xml");
    const struct actor *actor = &q->w->actor[q->who];
    return actor_may(actor, "publications.manage") ||
           (!public && actor_may(actor, "proposals.read") && WHO[q->who].scope != SCOPE_AGENCY);
}

/* The text, while its signers are asked: its writer and who is asked; the office knows the title
 * (cosigners/README.md). The head is the first set's member. */
static bool sees_cosigning(const struct question *q)
{
    return q->who == ANOTHER_MEMBER || q->who == A_MEMBER || q->who == A_HEAD;
}

/* A slip that is only proposed: the office (urgings/README.md). */
static bool sees_slip(const struct question *q)
{
    return actor_scope(&q->w->actor[q->who], "urgings.read") == SCOPE_ORG;
}

/* A hidden instruction: the office and whom it is for, here nobody (outcomes/README.md). */
static bool sees_instruction(const struct question *q)
{
    return actor_scope(&q->w->actor[q->who], "outcomes.read") == SCOPE_ORG;
}

/* The talk's member, and who works on people (talks/README.md, "Confidential"); what was written
 * down of it the latter alone, as long as talks.member_reads_record is off. */
static bool sees_talk(const struct question *q)
{
    return actor_may(&q->w->actor[q->who], "talks.manage") || q->who == ANOTHER_MEMBER;
}

static bool sees_record(const struct question *q)
{
    return actor_may(&q->w->actor[q->who], "talks.manage");
}

/* Why somebody cannot come: himself and who decides on it (meetings/README.md). */
static bool sees_leave(const struct question *q)
{
    return actor_may(&q->w->actor[q->who], "meetings.excuse") || q->who == ANOTHER_MEMBER;
}

/* Why somebody is exempt: himself, who works on people, the leaders (exemptions/README.md). */
static bool sees_exemption(const struct question *q)
{
    return actor_scope(&q->w->actor[q->who], "exemptions.read") == SCOPE_ORG ||
           q->who == ANOTHER_MEMBER;
}

/* What a background check was told: who works on people and the leaders (nominations/README.md). */
static bool sees_check(const struct question *q)
{
    return actor_may(&q->w->actor[q->who], "nominations.read");
}

/* A complaint of burdens: who made it, and who answers (burdens/README.md). */
static bool sees_complaint(const struct question *q)
{
    return actor_scope(&q->w->actor[q->who], "burdens.read") == SCOPE_ORG ||
           q->who == ANOTHER_MEMBER;
}

static bool sees_never(const struct question *q)
{
    (void)q;
    return false;
}

static const struct canary {
    const char *word;
    bool (*may)(const struct question *q);
} PLANTED[] = {
    { PHONE, sees_personal },
    { IDENTITY, sees_personal },
    { "Larkspur-alley", sees_personal }, /* where he lives */
    { "Heronword", sees_draft },
    { "Kestrelword", sees_answer },
    { "Osprey-finding", sees_finding },
    { "Plover-notice", sees_notice },
    { "Nightjarword", sees_confidential },
    { CALL, sees_call },
    { "Dunlinword", sees_cosigning },
    { "Corncrake-slip", sees_slip },
    { "Godwit-note", sees_instruction },
    { "Lapwing-inquiry", sees_talk },
    { "Sandpiper-record", sees_record },
    { "Whimbrel-leave", sees_leave },
    { "Avocet-illness", sees_exemption },
    { "Dotterel-check", sees_check },
    { "Wigeon-complaint", sees_complaint },
    { "argon2id", sees_never },       /* hashes of passwords */
    { "hash of set", sees_never },    /* of tokens */
    { "hash of member2", sees_never } /* of a log-in */
};
enum { PLANTED_COUNT = sizeof PLANTED / sizeof *PLANTED, NEVER = 3 }; /* the last are nobody's */

/* ---- planting ---- */

static err plant_person(struct rq *rq, void *context)
{
    struct world *w = context;
    char result;
    i64 id;
    const struct member_record record = { .name = str_of("Wanglei"),
                                          .code = str_of("W2"),
                                          .identity = str_of(IDENTITY),
                                          .phone = str_of(PHONE),
                                          .address = str_of("Larkspur-alley 7"),
                                          .sector = str_of("Science"),
                                          .birth_on = BIRTH_UNKNOWN,
                                          .from_on = rq->today - 700,
                                          .term_number = 6 };
    TRY(member_save_record(rq, &record, &id, &result));
    return id == w->member[SET_SECOND] ? OK : err_make(ERR_INTERNAL, "test.another_member");
}

static void plant(struct world *w, enum who who, enum web_method method, str path, const char *json)
{
    test_as(w->t, &w->actor[who]);
    struct test_answer a = test_api(w->t, method, arena_cstr(w->t->mem, path), json);
    if (a.status >= 300)
        fail_msg("planting %.*s: %d %.*s", (int)path.len, path.ptr, a.status, (int)a.body.len,
                 a.body.ptr);
}

static i64 newest(struct world *w, struct sql sql)
{
    return world_number(w->t->db, ORG_OWN, sql);
}

/* A proposal of the second member with a word in its text, and one in its title, in the place of a
 * thing of the world; gives its path. */
static str plant_proposal(struct world *w, int thing, const char *title, const char *word)
{
    str json =
        arena_printf(w->t->mem,
                     "{\"title\":\"Quietlake %s road\",\"situation\":\"Quietlake %s waits.\","
                     "\"analysis\":\"Quietlake is far.\",\"suggestions\":[\"Quietlake %s "
                     "path.\"],\"consent\":\"yes\"}",
                     title, word, word);
    plant(w, ANOTHER_MEMBER, POST, str_of("/api/v1/proposals"), json.ptr);
    i64 id =
        world_number(w->t->db, ORG_OWN, SQL("SELECT MAX(id) FROM proposals WHERE org_id = :org"));
    w->thing[SET_SECOND][thing] = id;
    return arena_printf(w->t->mem, "/api/v1/proposals/%lld", (long long)id);
}

/* A step with the version that who takes it reads. */
static void step(struct world *w, enum who who, str thing, const char *verb, const char *json)
{
    i64 version = 0;
    test_as(w->t, &w->actor[who]);
    struct test_answer seen = test_api(w->t, GET, arena_cstr(w->t->mem, thing), NULL);
    assert_true(str_to_i64(test_json(w->t, &seen, "version"), &version));
    str path = arena_printf(w->t->mem, "%.*s/%s", (int)thing.len, thing.ptr, verb);
    plant(w, who, POST, path, test_versioned(w->t, json, version));
}

static void docketed(struct world *w, str proposal)
{
    step(w, ANOTHER_MEMBER, proposal, "submit", "{\"confirmed\":true}");
    step(w, A_REVIEWER, proposal, "docket", "{\"category\":\"transport\"}");
}

static void plant_confidential(struct world *w)
{
    str proposal = plant_proposal(w, PRIVATE, "Nightjarword", "Nightjarword");
    docketed(w, proposal);
    step(w, A_STAFF, proposal, "mark", "{\"confidential\":true,\"opinion\":\"Security.\"}");
    step(w, A_DISPATCHER, proposal, "assign",
         arena_printf(w->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld}",
                      (long long)w->agency[SET_SECOND])
             .ptr);
    w->assignment[SET_SECOND][PRIVATE] =
        newest(w, SQL("SELECT MAX(id) FROM assignments WHERE org_id = :org"));
}

static void plant_published(struct world *w)
{
    docketed(w, plant_proposal(w, DIVERTED, "", CALL));
    i64 id = newest(w, SQL("SELECT MAX(id) FROM publications WHERE org_id = :org"));
    w->thing[SET_SECOND][COPY_PUBLISHED] = id;
    str copy = arena_printf(w->t->mem, "/api/v1/publications/%lld/publish", (long long)id);
    plant(w, A_STAFF, POST, copy, "{\"checked\":true,\"version\":1}");
}

static void plant_cosigning(struct world *w)
{
    str proposal = plant_proposal(w, COSIGNING, "", "Dunlinword");
    str list = arena_printf(w->t->mem, "%.*s/cosigners/add", (int)proposal.len, proposal.ptr);
    plant(w, ANOTHER_MEMBER, POST, list,
          arena_printf(w->t->mem, "{\"members\":[%lld]}", (long long)w->member[SET_FIRST]).ptr);
    step(w, ANOTHER_MEMBER, proposal, "invite", "{}");
}

static void plant_notes_of_the_office(struct world *w)
{
    struct arena *mem = w->t->mem;
    plant(w, A_STAFF, POST, str_of("/api/v1/urgings"),
          arena_printf(mem,
                       "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":\"manual\","
                       "\"text\":\"Quietlake Corncrake-slip\"}",
                       (long long)w->assignment[SET_SECOND][REPLIED])
              .ptr);
    w->thing[SET_SECOND][URGING_PROPOSED] =
        newest(w, SQL("SELECT MAX(id) FROM urgings WHERE org_id = :org"));
    plant(w, A_STAFF, POST,
          arena_printf(mem, "/api/v1/proposals/%lld/instructions",
                       (long long)w->thing[SET_SECOND][ASSIGNED]),
          "{\"leader\":\"Gao\",\"level\":\"city\",\"instructed_on\":\"2026-11-20\","
          "\"text\":\"Quietlake Godwit-note\",\"hidden\":true}");
}

/* Words of the second set's member and of whom the office works on. */
static err plant_people(struct rq *rq, void *context)
{
    struct world *w = context;
    const i64 *thing = w->thing[SET_SECOND];
    i64 talk = thing[TALK_HELD], leave = w->member[SET_SECOND];
    i64 exemption = thing[EXEMPTION_GRANTED], nominee = thing[NOMINATION_NAMED];
    i64 burden = thing[BURDEN_ASKED];
    TRY(db_update(rq->db, SQL("UPDATE talks SET answer = 'Lapwing-inquiry', record = "
                              "'Sandpiper-record' WHERE org_id = :org AND id = :talk",
                              P(talk))));
    TRY(db_run(rq->db,
               SQL("UPDATE invitees SET reason = 'Whimbrel-leave' WHERE org_id = :org AND "
                   "member_id = :leave AND reason <> ''",
                   P(leave)),
               NULL));
    TRY(db_update(rq->db, SQL("UPDATE exemptions SET words = 'Avocet-illness' WHERE org_id = :org "
                              "AND id = :exemption",
                              P(exemption))));
    TRY(db_update(rq->db, SQL("UPDATE nominations SET checked_words = 'Dotterel-check' WHERE "
                              "org_id = :org AND id = :nominee",
                              P(nominee))));
    return db_update(rq->db, SQL("UPDATE burdens SET words = 'Wigeon-complaint' WHERE org_id = "
                                 ":org AND id = :burden",
                                 P(burden)));
}

static int canaries_setup(void **state)
{
    struct world *w;
    if (world_setup(state))
        return 1;
    w = *state;
    struct arena *mem = w->t->mem;
    assert_ok(test_write(w->t, plant_person, w));
    plant(w, ANOTHER_MEMBER, POST, str_of("/api/v1/proposals"),
          "{\"title\":\"Quietlake Heronword\",\"situation\":\"Quietlake Heronword waits.\","
          "\"suggestions\":[\"Quietlake Heronword path.\"],\"consent\":\"yes\"}");
    plant(w, ANOTHER_OPERATOR, PUT,
          arena_printf(mem, "/api/v1/assignments/%lld/draft",
                       (long long)w->assignment[SET_SECOND][ACCEPTED]),
          "{\"opening\":\"Quietlake Kestrelword\",\"closing\":\"Kestrelword\"}");
    str submitted =
        arena_printf(mem, "/api/v1/proposals/%lld", (long long)w->thing[SET_SECOND][SUBMITTED]);
    test_as(w->t, &w->actor[A_REVIEWER]);
    struct test_answer seen = test_api(w->t, GET, submitted.ptr, NULL);
    i64 version = 0;
    assert_true(str_to_i64(test_json(w->t, &seen, "version"), &version));
    plant(w, A_REVIEWER, POST, arena_printf(mem, "%s/screen", submitted.ptr),
          test_versioned(w->t, "{\"opinion\":\"Quietlake Osprey-finding\"}", version));
    plant(w, A_STAFF, POST, str_of("/api/v1/notices"),
          "{\"title\":\"Quietlake Plover-notice\",\"body\":\"Plover-notice\","
          "\"audience\":\"members\"}");
    plant_confidential(w);
    plant_published(w);
    plant_cosigning(w);
    plant_notes_of_the_office(w);
    assert_ok(test_write(w->t, plant_people, w));
    return 0;
}

/* ---- asking ---- */

struct crawl {
    struct world *w;
    size_t asked, leaks, faults, seen[PLANTED_COUNT];
};

static void look_at(struct crawl *c, const struct question *q, str text)
{
    for (size_t i = 0; i < PLANTED_COUNT; i++) {
        if (str_find(text, str_of(PLANTED[i].word), 0) < 0)
            continue;
        c->seen[i]++;
        if (PLANTED[i].may(q))
            continue;
        c->leaks++;
        printf("# LEAK %s %s as %s: %s\n", method_name(q->r->method), q->r->target,
               WHO[q->who].name, PLANTED[i].word);
    }
}

static char ask(struct crawl *c, const struct rehearsal *r, enum who who)
{
    const struct question q = { c->w, r, who };
    struct reply reply = world_ask(c->w, who, r);
    char class = reply_class(&reply);
    look_at(c, &q, answer_text(&reply));
    c->asked++;
    if (class == '!') {
        c->faults++;
        printf("# %s %s as %s: %d\n", method_name(r->method), r->target, WHO[who].name,
               reply.status);
    }
    reply_free(&reply);
    return class;
}

/* As everybody; a right that is missing for the route is missing for all its things. */
static void ask_all(struct crawl *c, const struct rehearsal *r)
{
    for (enum who who = NOBODY; who < FOREIGN_MEMBER; who++)
        ask(c, r, who);
}

static const char *const QUESTIONS[] = { "q=Quietlake", "q=Quietlake&title=Quietlake+Quietlake",
                                         "q=1386666777", "q=53010219800101457",
                                         "q=Larkspur&sort=name&limit=200" };

/* Lists and searches; who may not ask at all is asked once. */
static void ask_questions(struct crawl *c, const struct route_entry *entry)
{
    enum { COUNT = sizeof QUESTIONS / sizeof *QUESTIONS };
    struct rehearsal r[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        r[i] = (struct rehearsal){
            .method = GET,
            .target = arena_printf(c->w->t->mem, "%s?%s", entry->route.path, QUESTIONS[i]).ptr
        };
    for (enum who who = NOBODY; who < FOREIGN_MEMBER; who++)
        for (size_t i = 0; i < COUNT && !strchr("fl", ask(c, &r[i], who)); i++)
            ;
}

static void crawl_entry(struct crawl *c, const struct route_entry *entry)
{
    const struct specimen *specimen = specimen_of(entry);
    bool hashes = entry->route.method != GET && entry->route.slow;
    int thing;
    for (size_t i = 0; !hashes && specimen_thing(specimen, i, &thing); i++)
        for (int set = SET_FIRST; set < (thing == THING_NONE ? SET_SECOND : SET_FOREIGN); set++) {
            struct rehearsal r = specimen_request(c->w, entry, set, thing);
            ask_all(c, &r);
        }
    if (entry->route.method == GET && specimen->things[0] == THING_NONE)
        ask_questions(c, entry);
}

static void crawl(struct crawl *c, enum web_method only)
{
    const struct route_entry *entry;
    for (size_t e = 0; (entry = route_at(c->w, e)); e++)
        if ((entry->route.method == GET) == (only == GET))
            crawl_entry(c, entry);
}

static void report(const struct crawl *c, const char *what)
{
    printf("# %s: %zu answers, %zu leaks, %zu faults of the house\n", what, c->asked, c->leaks,
           c->faults);
    assert_int_equal(c->leaks + c->faults, 0);
}

/* ---- the log ---- */

struct log_file {
    int kept, file;
};

static struct log_file log_divert(void)
{
    char path[] = "/tmp/huotang-log-XXXXXX";
    struct log_file log = { .kept = dup(2), .file = mkstemp(path) };
    unlink(path);
    fflush(stderr);
    dup2(log.file, 2);
    log_set_level(LOG_DEBUG);
    return log;
}

static str log_read(struct log_file log, struct arena *mem)
{
    fflush(stderr);
    dup2(log.kept, 2);
    close(log.kept);
    log_set_level(LOG_INFO);
    size_t size = (size_t)lseek(log.file, 0, SEEK_END);
    char *text = arena_zero(mem, size + 1);
    assert_int_equal(pread(log.file, text, size, 0), (ssize_t)size);
    close(log.file);
    return (str){ text, size };
}

static void log_must_not_tell(str text)
{
    for (size_t i = 0; i < PLANTED_COUNT; i++)
        if (str_find(text, str_of(PLANTED[i].word), 0) >= 0)
            fail_msg("the log tells %s", PLANTED[i].word);
    printf("# log: %zu bytes\n", text.len);
}

/* ---- tests ---- */

static void what_is_read_tells_nothing(void **state)
{
    struct crawl c = { .w = *state };
    struct log_file log = log_divert();
    crawl(&c, GET);
    log_must_not_tell(log_read(log, c.w->t->mem));
    for (size_t i = 0; i < PLANTED_COUNT - NEVER; i++)
        if (!c.seen[i])
            fail_msg("nobody ever sees %s: it is not planted", PLANTED[i].word);
    report(&c, "reading");
}

static void what_is_written_tells_nothing(void **state)
{
    struct crawl c = { .w = *state };
    struct log_file log = log_divert();
    crawl(&c, POST);
    log_must_not_tell(log_read(log, c.w->t->mem));
    report(&c, "writing");
}

/* All events that are kept since the house began, as each person's stream gets them. */
static void events_tell_nothing(void **state)
{
    struct world *w = *state;
    struct crawl c = { .w = w };
    for (enum who who = A_MEMBER; who < FOREIGN_MEMBER; who++) {
        struct arena *mem = arena_new(1 << 20, 0);
        const struct rehearsal r = { .method = GET, .target = "/events" };
        str text = answer_events(w, who, mem);
        look_at(&c, &(struct question){ w, &r, who }, text);
        c.asked += text.len > 0;
        arena_free(mem);
    }
    assert_true(c.asked > 0);
    report(&c, "events");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_tells_nothing),
        cmocka_unit_test(what_is_written_tells_nothing),
        cmocka_unit_test(events_tell_nothing),
    };
    return cmocka_run_group_tests(tests, canaries_setup, world_teardown);
}
