/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See year.h. */
#include "modules/assessments/tests/year.h"

#include <zip.h>

/* Good is for a quarter of those assessed: of four for one. */
static const char RULES[] =
    "{\"id\":\"rules\",\"name\":\"Rules\",\"without_gates\":\"Fair\",\"items\":["
    "{\"category\":\"Work\",\"item\":\"Came\",\"points\":3,\"unit\":\"次\",\"counts\":["
    "\"meeting.attended\"]},{\"category\":\"Work\",\"item\":\"Missed\",\"points\":-2,\"unit\":"
    "\"次\",\"type\":\"deduct\",\"counts\":[\"meeting.absent\"]},{\"category\":\"Work\",\"item\":"
    "\"Wrote\",\"points\":5,\"unit\":\"件\",\"counts\":[\"proposals.submitted\"]}],"
    "\"gates\":[{\"text\":\"Write once\",\"counts\":[\"proposals.submitted\"]}],"
    "\"vetoes\":[{\"text\":\"Absent twice\",\"counts\":[\"meeting.absent\"],\"need\":2,"
    "\"grade\":\"Poor\"}],"
    "\"grades\":[{\"name\":\"Good\",\"threshold\":8,\"quota\":25},{\"name\":\"Fair\","
    "\"threshold\":3},{\"name\":\"Poor\",\"threshold\":-100}]}";

i64 year_member[PEOPLE], year_person[PEOPLE];

i64 year_added(struct desk *d, struct sql sql)
{
    i64 id = 0;
    assert_ok(db_insert(d->t->db, sql, &id));
    return id;
}

void year_run(struct desk *d, struct sql sql)
{
    assert_ok(db_run(d->t->db, sql, NULL));
}

i64 year_day(const char *text)
{
    i64 out = 0;
    assert_true(day_parse(str_of(text), &out));
    return out;
}

static i64 year_seat_add(struct desk *d, int who, const char *to, const char *status)
{
    str name = arena_printf(d->t->mem, "Member %d", who);
    str code = arena_printf(d->t->mem, "S%02d", who), is = str_of(status);
    i64 from_on = year_day("2024-01-01"), to_on = to ? year_day(to) : 0;
    year_person[who] =
        year_added(d, SQL("INSERT INTO persons (org_id, name, birth_on) VALUES (:org, :name, "
                          "0) RETURNING id",
                          P(name)));
    i64 person_id = year_person[who];
    year_member[who] =
        year_added(d, SQL("INSERT INTO members (org_id, person_id, code) VALUES (:org, "
                          ":person_id, :code) RETURNING id",
                          P(person_id), P(code)));
    i64 member_id = year_member[who];
    year_run(d, SQL("INSERT INTO accounts (org_id, login_name, name, person_id, created_at) VALUES "
                    "(:org, :code, :name, :person_id, 1)",
                    P(code), P(name), P(person_id)));
    return year_added(
        d, SQL("INSERT INTO seats (org_id, member_id, term_id, status, from_on, to_on) "
               "SELECT :org, :member_id, MIN(id), :is, :from_on, :to_on FROM terms WHERE "
               "org_id = :org RETURNING id",
               P(member_id), P(is), P(from_on), P(to_on)));
}

void year_entry_add(struct desk *d, int who, const char *kind, const char *on)
{
    static i64 source_id;
    str what = str_of(kind);
    i64 happened_on = year_day(on), member_id = year_member[who];
    source_id++;
    year_run(d,
             SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, "
                 "year, kind, label, quantity, people, tags, source, source_id, part_id, number, "
                 "title, text, state, recorded_at, recorded_by, recorded_name) VALUES (:org, "
                 ":member_id, '', '', '', :happened_on, 2025, :what, :what, 1000, 1, '', 'claims', "
                 ":source_id, 0, '', '', '', 'live', 1, 1, '')",
                 P(member_id), P(happened_on), P(what), P(source_id)));
}

/* Ann 3 + 3 + 5 = 11: Good. Bob 3 + 5 = 8: Good by points, but one may have it. Cid 9 without
 * having written. Eve 3 + 5 - 4 = 4, absent twice. */
static void ledger_add(struct desk *d)
{
    year_entry_add(d, ANN, "meeting.attended", "2025-02-01");
    year_entry_add(d, ANN, "meeting.attended", "2025-03-01");
    year_entry_add(d, ANN, "proposals.submitted", "2025-03-02");
    year_entry_add(d, BOB, "meeting.attended", "2025-02-01");
    year_entry_add(d, BOB, "proposals.submitted", "2025-12-31");
    for (int i = 0; i < 3; i++)
        year_entry_add(d, CID, "meeting.attended", "2025-02-01");
    year_entry_add(d, EVE, "meeting.attended", "2025-02-01");
    year_entry_add(d, EVE, "proposals.submitted", "2025-02-02");
    year_entry_add(d, EVE, "meeting.absent", "2025-04-01");
    year_entry_add(d, EVE, "meeting.absent", "2025-05-01");
    year_entry_add(d, FAY, "meeting.attended", "2025-02-01");
    year_entry_add(d, BOB, "meeting.attended", "2024-12-31");
}

int year_open(void **state)
{
    int e = desk_setup(state);
    struct desk *d = *state;
    str document = str_of(RULES);
    i64 from_on = year_day("2025-01-01"), fay, suspended_on = year_day("2025-10-01");
    year_run(d, SQL("UPDATE seats SET status = 'nominee' WHERE org_id = :org"));
    for (int who = ANN; who <= EVE; who++)
        year_seat_add(d, who, NULL, "serving");
    year_seat_add(d, DAN, "2025-05-31", "left");
    fay = year_seat_add(d, FAY, NULL, "suspended");
    year_run(
        d, SQL("INSERT INTO changes (org_id, seat_id, act, on_on, recorded_by, recorded_at) VALUES "
               "(:org, :fay, 'suspend', :suspended_on, 1, 1)",
               P(fay), P(suspended_on)));
    ledger_add(d);
    year_run(d, SQL("INSERT INTO rulesets (org_id, name, document, state, from_on, edited_at, "
                    "editor_name) VALUES (:org, 'Rules', :document, 'enacted', :from_on, 1, 'She')",
                    P(document), P(from_on)));
    return e;
}

/* ---- asking ---- */

void year_as_own(struct desk *d, int who)
{
    struct actor *actor = test_as_role(d->t, "member");
    actor->account_id = 500 + who;
    actor->person_id = year_person[who];
    actor->member_id = year_member[who];
    d->actor = actor;
}

void year_said(struct desk *d, const struct test_answer *a, const char *name, const char *wanted)
{
    str found = test_json(d->t, a, name);
    if (!str_is(found, wanted))
        fail_msg("%s is %.*s, not %s", name, (int)found.len, found.ptr, wanted);
}

i64 year_opened(struct desk *d, const char *json)
{
    test_as_role(d->t, "staff");
    struct test_answer a = test_api(d->t, POST, "/api/v1/assessments", json);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM assessments WHERE org_id = :org"));
}

struct test_answer year_at(struct desk *d, i64 id)
{
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/api/v1/assessments/%lld", (long long)id).ptr);
    assert_int_equal(a.status, 200);
    return a;
}

struct test_answer year_step(struct desk *d, const char *role, i64 id, const char *verb,
                             const char *json)
{
    i64 version = 0;
    test_as_role(d->t, role);
    struct test_answer a = year_at(d, id);
    assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    const char *path =
        arena_printf(d->t->mem, "/api/v1/assessments/%lld/%s", (long long)id, verb).ptr;
    return test_api(d->t, POST, path, test_versioned(d->t, json, version));
}

void year_does(struct desk *d, const char *role, i64 id, const char *verb, const char *json)
{
    struct test_answer a = year_step(d, role, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

i64 year_grading_of(struct desk *d, i64 assessment_id, int who)
{
    i64 member_id = year_member[who];
    return desk_count(d, SQL("SELECT id FROM gradings WHERE org_id = :org AND assessment_id = "
                             ":assessment_id AND member_id = :member_id",
                             P(assessment_id), P(member_id)));
}

struct test_answer year_changes(struct desk *d, const char *role, i64 grading_id, const char *json)
{
    i64 version = 0;
    test_as_role(d->t, role);
    const char *path = arena_printf(d->t->mem, "/api/v1/gradings/%lld", (long long)grading_id).ptr;
    struct test_answer a = test_get(d->t, path);
    assert_int_equal(a.status, 200);
    assert_true(str_to_i64(test_json(d->t, &a, "grading.version"), &version));
    return test_api(d->t, PUT, path, test_versioned(d->t, json, version));
}

i64 year_told(struct desk *d, int who)
{
    i64 person_id = year_person[who]; /* of his grade, whatever else he hears */
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries v JOIN accounts c ON c.org_id = "
                             "v.org_id AND c.id = v.account_id WHERE v.org_id = :org AND "
                             "c.person_id = :person_id AND v.url = '/assessments/mine'",
                             P(person_id)));
}

/* What stands in a DOCX. */
str year_docx_words(struct desk *d, const struct test_answer *a)
{
    zip_error_t error;
    struct zip_stat stat;
    zip_source_t *source = zip_source_buffer_create(a->body.ptr, a->body.len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, "word/document.xml", 0, &stat), 0);
    char *text = arena_zero(d->t->mem, stat.size + 1);
    zip_file_t *file = zip_fopen(zip, "word/document.xml", 0);
    assert_int_equal(zip_fread(file, text, stat.size), (zip_int64_t)stat.size);
    zip_fclose(file);
    zip_discard(zip);
    return (str){ text, stat.size };
}
