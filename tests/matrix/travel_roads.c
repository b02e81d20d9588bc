/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See travel_roads.h. Each row comes of a real step: a request by who makes it in life. */
#include "tests/matrix/travel_roads.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/world_flagships.h"
#include "tests/matrix/world_outcomes.h"
#include "tests/matrix/world_proposals.h"
#include "tests/matrix/world_urgings.h"

/* Behind the things of the part. */
enum { WISHED = PART_TRANSFERS * THINGS_EACH + 50, MERGED_MAIN, MERGED_OTHER };

/* ---- from the draft on ---- */

/* Whose it should be, how it was written, how to talk. */
static void draft_with_wishes(struct road *m)
{
    struct world *w = m->w;
    str json = arena_printf(w->t->mem,
                            "{\"title\":\"Wished\",\"situation\":\"Eight thousand wait.\","
                            "\"analysis\":\"Planned for the old town.\",\"suggestions\":[\"A line "
                            "over the bridge.\",\"A later last bus.\"],\"consent\":\"yes\","
                            "\"authorship\":\"own\",\"talk_wish\":\"visit\",\"hosts\":[%lld],"
                            "\"cohosts\":[%lld]}",
                            (long long)w->agency[m->set], (long long)w->spare[m->set]);
    struct test_answer a = road_ask(m, MEMBER_JOB, "/api/v1/proposals", json);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &w->thing[m->set][m->thing]));
}

static void merge_into_main(struct road *m)
{
    road_on_proposal(m, REVIEWER_JOB, "merge",
                     arena_printf(m->w->t->mem, "{\"main_id\":%lld,\"opinion\":\"One bridge.\"}",
                                  (long long)m->w->thing[m->set][MERGED_MAIN]));
}

/* For both: four suggestions. */
static void reply_to_both(struct road *m)
{
    road_on_assignment(m, OPERATOR_JOB, "reply",
                       str_of("{\"class\":\"a\",\"opening\":\"We have both.\",\"results\":["
                              "\"adopted\",\"planned\",\"adopted\",\"planned\"],\"answers\":[\"In "
                              "June.\",\"At ten.\",\"In June.\",\"At ten.\"],\"closing\":"
                              "\"Thanks.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\","
                              "\"public\":true}"));
}

static void walk_new(struct world *w)
{
    static road_step *const WISHES[] = { draft_with_wishes, road_submit, NULL };
    static road_step *const MAIN_ROAD[] = { road_draft, road_submit, road_docket, NULL };
    static road_step *const OTHER[] = { road_draft, road_submit, merge_into_main, NULL };
    static road_step *const ANSWER[] = { road_assign,   road_accept, road_contact, road_contact,
                                         reply_to_both, road_sign,   NULL };
    road_walk(w, SET_FIRST, WISHED, WISHES);
    road_walk(w, SET_FIRST, MERGED_MAIN, MAIN_ROAD);
    road_walk(w, SET_FIRST, MERGED_OTHER, OTHER);
    road_walk(w, SET_FIRST, MERGED_MAIN, ANSWER);
}

/* ---- beside the road of things that the world has ---- */

static void settle(struct road *m)
{
    road_on_proposal(m, REVIEWER_JOB, "settle",
                     str_of("{\"held_on\":\"2026-11-25\",\"place\":\"Room 3\",\"present\":\"Li\","
                            "\"agency_said\":\"At the gate.\",\"proposer_said\":\"Far.\","
                            "\"result\":\"agreed\",\"satisfaction\":\"fair\"}"));
}

static void contribute(struct road *m)
{
    road_on_assignment(m, OPERATOR_JOB, "contribute",
                       str_of("{\"body\":\"Our part.\",\"operator\":\"Ding\",\"phone\":"
                              "\"0883-1234567\"}"));
}

/* A step of the thing: "verb {json}". */
static void ask_of(struct road *m, enum duty duty, const char *collection, const char *rest)
{
    i64 id = m->w->thing[m->set][m->thing];
    const char *verb = rest, *json = strchr(rest, ' ') + 1;
    str path = arena_printf(m->w->t->mem, "/api/v1/%s/%lld/%.*s", collection, (long long)id,
                            (int)(json - verb - 1), verb);
    road_ask(m, duty, path.ptr, str_of(json));
}

static void instruct(struct road *m)
{
    ask_of(m, STAFF_JOB, "proposals",
           "instructions {\"leader\":\"Gao\",\"level\":\"city\",\"text\":\"Do it.\","
           "\"instructed_on\":\"2026-11-25\"}");
}

static void recheck(struct road *m)
{
    ask_of(m, MEMBER_JOB, "followups", "recheck {\"result\":\"solved\"}");
}

static void record(struct road *m)
{
    i64 id = m->w->thing[m->set][m->thing];
    m->version =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT version FROM flagships WHERE org_id = :org AND id = :id", P(id)));
    ask_of(m, STAFF_JOB, "flagships",
           "record {\"kind\":\"visit\",\"held_on\":\"2026-11-24\",\"text\":\"Looked at it.\"}");
}

/* Of a case, of a slip. */
static void remind(struct road *m)
{
    str json = arena_printf(m->w->t->mem, "{\"flow\":\"%s\",\"subject_id\":%lld}",
                            m->thing == URGING_ISSUED ? "urgings" : "proposals",
                            (long long)m->w->thing[m->set][m->thing]);
    road_ask(m, STAFF_JOB, "/api/v1/urgings/remind", json);
}

static void walk_beside(struct world *w)
{
    static const struct {
        int thing;
        road_step *steps[2];
    } ROADS[] = { { MEDIATING, { settle } },        { COHOST, { contribute } },
                  { UNTRACKED, { instruct } },      { FOLLOWUP_PLANNED, { recheck } },
                  { FLAGSHIP_RUNNING, { record } }, { URGED_CASE, { remind } },
                  { URGING_ISSUED, { remind } } };
    for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
        road_walk(w, SET_FIRST, ROADS[i].thing, ROADS[i].steps);
}

/* ---- earlier years ---- */

static void bring(struct world *w, const char *path, const char *list)
{
    const struct test_file files[] = { { "file", "list.csv", { list, strlen(list) } }, { 0 } };
    struct test_answer a = test_upload(w->t, path, files, "run", "1", NULL);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", path, a.status, (int)a.body.len, a.body.ptr);
}

static void walk_past(struct world *w)
{
    test_as(w->t, &w->actor[A_STAFF]);
    struct test_answer a = test_post(w->t, "/proposals/past/sessions", "codes", "6-2", "opened",
                                     "2025-02-10", "closed", "2025-02-14", NULL);
    assert_int_equal(a.status, 303);
    bring(w, "/api/v1/proposals/past",
          "届次,案号,案由,提案者,主办,办理类别,提案日期,办结日期,流程状态\n"
          "6-2,1,修路,Li,Roads,A,2025-02-11,2025-06-10,9\n");
    bring(w, "/api/v1/proposals/past/steps",
          "届次,案号,步骤代码,时间,操作人,单位,意见\n"
          "6-2,1,5,2025-02-20,Sun,,同意立案\n");
}

void travel_roads_walk(struct world *w)
{
    walk_new(w);
    walk_beside(w);
    walk_past(w);
}
