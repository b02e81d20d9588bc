/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A bulletin's issue from putting it together to what its reporters read: numbers without gaps,
 * what may be signed, the text that stays, where it goes, adoptions at each level, instructions
 * with their scan, a unit's answer, who sees what, figures; the other organisation. Expectations:
 * README.md, rules.md 3 and 12.2. */
#include "modules/bulletins/adoption.h"
#include "modules/opinions/opinion_edit.h"
#include "modules/proposals/tests/desk.h"

static void as_editor(struct desk *d)
{
    struct actor *actor = test_as_role(d->t, "editor");
    actor->account_id = 140;
    actor->person_id = 0;
    actor->name = str_of("He");
    d->actor = actor;
}

static void as_leader(struct desk *d)
{
    struct actor *actor = test_as_role(d->t, "leader");
    actor->account_id = 141;
    actor->person_id = 0;
    actor->name = str_of("Zhou");
    d->actor = actor;
}

static i64 number_of(struct desk *d, struct test_answer *a, const char *member)
{
    i64 n = 0;
    if (!str_to_i64(test_json(d->t, a, member), &n))
        fail_msg("no %s: %d %.*s", member, a->status, (int)a->body.len, a->body.ptr);
    return n;
}

static struct test_answer one(struct desk *d, const char *what, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/%s/%lld", what, (long long)id).ptr);
}

static struct test_answer step(struct desk *d, const char *what, i64 id, const char *verb,
                               const char *json)
{
    struct test_answer a = one(d, what, id);
    i64 version = a.status == 200 ? number_of(d, &a, "version") : 1;
    str path = arena_printf(d->t->mem, "/api/v1/%s/%lld/%s", what, (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void done(struct desk *d, const char *what, i64 id, const char *verb, const char *json)
{
    struct test_answer a = step(d, what, id, verb, json);
    if (a.status != 200)
        fail_msg("%s %s: %d %.*s", what, verb, a.status, (int)a.body.len, a.body.ptr);
}

static void is(struct desk *d, const char *what, i64 id, const char *member, const char *wanted)
{
    struct test_answer a = one(d, what, id);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, member), wanted);
}

static void refused(const struct test_answer *a, int status, const char *name)
{
    if (a->status != status || !test_has(a, name))
        fail_msg("%s: %d %.*s", name, a->status, (int)a->body.len, a->body.ptr);
}

/* ---- on the way ---- */

static i64 bulletin(struct desk *d, const char *name, i64 total)
{
    str json =
        arena_printf(d->t->mem,
                     "{\"name\":\"%s\",\"office\":\"The office\",\"mark\":\"Internal\","
                     "\"total\":%lld,\"named\":true,\"province\":\"Province committee\","
                     "\"city\":\"Party office\\nGovernment office\",\"copies\":\"Counties\"}",
                     name, (long long)total);
    as_editor(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/bulletins", json.ptr);
    if (a.status / 100 != 2)
        fail_msg("bulletin: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    a = test_get(d->t, "/api/v1/bulletins");
    i64 count = number_of(d, &a, "total");
    return number_of(d, &a, arena_printf(d->t->mem, "items.%lld.id", (long long)count - 1).ptr);
}

/* Of a member, sent, taken, edited, and waiting for its issue. */
static i64 waiting(struct desk *d, size_t member, const char *title, const char *more)
{
    str json = arena_printf(d->t->mem,
                            "{\"title\":\"%s\",\"situation\":\"%s: many wait.\",\"analysis\":\"No "
                            "money.\",\"suggestions\":\"Build it.\"%s}",
                            title, title, more);
    desk_as_member(d, member);
    d->actor->name = str_of(member == 0 ? "Li" : member == 1 ? "Wang" : "Zhao");
    struct test_answer a = test_api(d->t, POST, "/api/v1/opinions", json.ptr);
    assert_int_equal(a.status, 201);
    i64 id = number_of(d, &a, "id");
    done(d, "opinions", id, "submit", "{}");
    as_editor(d);
    done(d, "opinions", id, "take", "{\"category\":\"city\"}");
    done(d, "opinions", id, "edit", "{}");
    done(d, "opinions", id, "pass", "{}");
    return id;
}

static struct test_answer put_together(struct desk *d, i64 bulletin_id, i64 first, i64 second)
{
    str more = second ? arena_printf(d->t->mem, ",\"%lld\"", (long long)second) : str_of("");
    str json = arena_printf(d->t->mem, "{\"bulletin\":\"%lld\",\"opinions\":[\"%lld\"%.*s]}",
                            (long long)bulletin_id, (long long)first, (int)more.len, more.ptr);
    as_editor(d);
    return test_api(d->t, POST, "/api/v1/issues", json.ptr);
}

static i64 issue(struct desk *d, i64 bulletin_id, i64 first, i64 second)
{
    struct test_answer a = put_together(d, bulletin_id, first, second);
    if (a.status / 100 != 2)
        fail_msg("issue: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    str path = test_json(d->t, &a, "location");
    i64 id = 0;
    assert_true(str_to_i64(str_sub(path, sizeof "/issues/" - 1, path.len), &id));
    return id;
}

static i64 signed_issue(struct desk *d, i64 bulletin_id, i64 first, i64 second)
{
    i64 id = issue(d, bulletin_id, first, second);
    done(d, "issues", id, "pass", "{}");
    as_leader(d);
    done(d, "issues", id, "sign", "{}");
    return id;
}

static const char EVERYWHERE[] = "{\"to\":[\"province:Province_committee\",\"city:Party_office\"]}";

static i64 forwarded(struct desk *d, i64 opinion)
{
    i64 id = signed_issue(d, bulletin(d, "Voices", 356), opinion, 0);
    as_editor(d);
    done(d, "issues", id, "forward", EVERYWHERE);
    return id;
}

static struct test_answer adopt(struct desk *d, i64 opinion, i64 destination, const char *rest)
{
    str path = arena_printf(d->t->mem, "/api/v1/opinions/%lld/adoptions", (long long)opinion);
    str json =
        arena_printf(d->t->mem, "{\"destination\":\"%lld\",%s}", (long long)destination, rest);
    return test_api(d->t, POST, path.ptr, json.ptr);
}

static i64 destination(struct desk *d, i64 opinion, size_t i)
{
    struct test_answer a = one(d, "opinions", opinion);
    return number_of(d, &a, arena_printf(d->t->mem, "outcome.destinations.%zu.id", i).ptr);
}

static struct test_answer instruct(struct desk *d, i64 opinion, const char *rest)
{
    str path = arena_printf(d->t->mem, "/api/v1/opinions/%lld/instructions", (long long)opinion);
    str json = arena_printf(d->t->mem,
                            "{\"leader\":\"Secretary Zhang\",\"level\":\"city\","
                            "\"instructed_on\":\"2026-11-25\",\"text\":\"Solve it.\"%s}",
                            rest);
    return test_api(d->t, POST, path.ptr, json.ptr);
}

static i64 count(struct desk *d, struct sql sql)
{
    i64 n = 0;
    assert_int_equal(db_i64(d->t->db, sql, &n).code, ERR_NONE);
    return n;
}

/* ---- bulletins ---- */

static void a_bulletin_has_one_name_and_counts_upward(void **state)
{
    struct desk *d = *state;
    i64 id = bulletin(d, "Voices", 356);
    struct test_answer a = test_api(d->t, POST, "/api/v1/bulletins",
                                    "{\"name\":\"\u300AVoices\u300B\","
                                    "\"office\":\"O\",\"total\":1}");
    refused(&a, 422, "bulletins.name_taken"); /* marks are not part of a name */
    a = test_api(d->t, POST, "/api/v1/bulletins", "{\"name\":\"Other\"}");
    refused(&a, 422, "office");
    signed_issue(d, id, waiting(d, 0, "East", ""), 0);
    as_editor(d);
    is(d, "bulletins", id, "total", "357");
    a = one(d, "bulletins", id);
    str path = arena_printf(d->t->mem, "/api/v1/bulletins/%lld", (long long)id);
    a = test_api(d->t, PUT, path.ptr,
                 test_versioned(d->t, "{\"name\":\"Voices\",\"office\":\"O\",\"total\":356}",
                                number_of(d, &a, "version")));
    refused(&a, 422, "bulletins.total_behind");
    a = test_api(d->t, PUT, path.ptr,
                 test_versioned(d->t, "{\"name\":\"Voices\",\"office\":\"O\",\"total\":357}", 1));
    refused(&a, 409, "bulletins.version"); /* it was counted on since */
    as_leader(d);
    assert_int_equal(
        test_api(d->t, POST, "/api/v1/bulletins", "{\"name\":\"X\",\"office\":\"O\"}").status, 403);
}

/* ---- issues ---- */

static void only_what_waits_goes_in_and_once(void **state)
{
    struct desk *d = *state;
    i64 id = bulletin(d, "Voices", 0), east = waiting(d, 0, "East", "");
    struct test_answer a = put_together(d, id + 1000, east, 0);
    refused(&a, 422, "form.not_a_choice");
    a = test_api(d->t, POST, "/api/v1/issues", "{}");
    refused(&a, 422, "opinions");
    i64 first = issue(d, id, east, east);
    is(d, "issues", first, "title", "East"); /* once */
    a = put_together(d, id, east, 0);
    refused(&a, 422, "form.not_a_choice"); /* in one issue at a time */
    i64 west = waiting(d, 1, "West", "");
    done(d, "opinions", west, "unpass", "{}");
    a = put_together(d, id, west, 0);
    refused(&a, 422, "form.not_a_choice"); /* it is edited */
    done(d, "opinions", east, "unpass", "{}");
    a = step(d, "issues", first, "pass", "{}");
    refused(&a, 409, "issues.not_waiting"); /* it went back meanwhile */
    done(d, "opinions", east, "revise", "{\"opinion\":\"How many?\"}");
    a = one(d, "issues", first); /* a draft is its writer's alone, and the issue can be opened */
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "East: many wait."));
    done(d, "issues", first, "drop", "{}");
    done(d, "opinions", west, "pass", "{}");
    issue(d, id, west, 0);
}

/* Two bulletins count apart; a year begins again at 1, all of them go on; nobody else signs. */
static void numbers_have_no_gaps(void **state)
{
    struct desk *d = *state;
    i64 voices = bulletin(d, "Voices", 356), other = bulletin(d, "Special", 0);
    i64 a = waiting(d, 0, "One", ""), b = waiting(d, 1, "Two", ""), c = waiting(d, 2, "Three", "");
    i64 first = issue(d, voices, a, 0);
    done(d, "issues", first, "pass", "{}");
    assert_int_equal(step(d, "issues", first, "sign", "{}").status, 403); /* not the editor */
    as_leader(d);
    done(d, "issues", first, "sign", "{}");
    is(d, "issues", first, "number", "2026\u5E74\u7B2C1\u671F\uFF08\u603B\u7B2C357\u671F\uFF09");
    is(d, "issues", first, "signer_name", "Zhou");
    is(d, "issues", first, "issued_on", "2026-11-25");
    assert_int_equal(step(d, "issues", first, "sign", "{}").status, 409);
    i64 special = signed_issue(d, other, b, 0);
    is(d, "issues", special, "number", "2026\u5E74\u7B2C1\u671F\uFF08\u603B\u7B2C1\u671F\uFF09");
    desk_on_day(d, "2027-01-04");
    i64 next = signed_issue(d, voices, c, 0);
    is(d, "issues", next, "number", "2027\u5E74\u7B2C1\u671F\uFF08\u603B\u7B2C358\u671F\uFF09");
}

static void sent_back_its_opinions_are_edited_again(void **state)
{
    struct desk *d = *state;
    i64 east = waiting(d, 0, "East", ""), west = waiting(d, 1, "West", "");
    i64 id = issue(d, bulletin(d, "Voices", 0), east, west);
    is(d, "issues", id, "title", "East\u7B49 2 \u4EF6");
    done(d, "issues", id, "pass", "{}");
    as_leader(d);
    assert_int_equal(step(d, "issues", id, "redraft", "{}").status, 422); /* why? */
    done(d, "issues", id, "redraft", "{\"opinion\":\"How many houses?\"}");
    is(d, "issues", id, "returned", "How many houses?");
    as_editor(d);
    is(d, "opinions", east, "state", "editing");
    is(d, "opinions", west, "redraft_reason", "How many houses?");
    struct test_answer a = step(d, "issues", id, "pass", "{}");
    refused(&a, 409, "issues.not_waiting");
    done(d, "opinions", east, "pass", "{}");
    done(d, "opinions", west, "pass", "{}");
    done(d, "issues", id, "pass", "{}");
    done(d, "issues", id, "unpass", "{}");
    done(d, "issues", id, "pass", "{}");
    as_leader(d);
    done(d, "issues", id, "sign", "{}");
    is(d, "issues", id, "returned", "");
    is(d, "opinions", west, "state", "issued");
}

/* The text is that of the day; the digest of it stands in the audit. */
static void what_was_signed_stays(void **state)
{
    struct desk *d = *state;
    i64 east = waiting(d, 0, "East", ""), id = signed_issue(d, bulletin(d, "Voices", 0), east, 0);
    assert_int_equal(count(d, SQL("UPDATE opinions SET edited_title = 'Changed' WHERE org_id = "
                                  ":org AND id = :east AND version > 0 RETURNING 1",
                                  P(east))),
                     1);
    is(d, "issues", id, "items.0.title", "East");
    is(d, "issues", id, "items.0.reporters", "Li");
    struct test_answer a = one(d, "issues", id);
    str digest = test_json(d->t, &a, "digest");
    assert_int_equal(digest.len, 64);
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                                  "'issues.sign' AND after_text = :digest",
                                  P(digest))),
                     1);
    as_editor(d);
    a = test_api(d->t, PUT, arena_printf(d->t->mem, "/api/v1/issues/%lld", (long long)id).ptr,
                 test_versioned(d->t, "{}", 5));
    assert_int_equal(a.status, 422);
    a = test_api(d->t, PUT, arena_printf(d->t->mem, "/api/v1/issues/%lld", (long long)id).ptr,
                 test_versioned(d->t, "{\"bulletin\":\"1\",\"opinions\":[\"1\"]}", 5));
    refused(&a, 409, "issues.not_draft");
}

static void opening_an_issue_is_noted(void **state)
{
    struct desk *d = *state;
    i64 id = issue(d, bulletin(d, "Voices", 0), waiting(d, 0, "East", ""), 0);
    struct sql seen =
        SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = 'issues.read'");
    i64 before = count(d, seen);
    assert_int_equal(desk_page(d, "/issues/", id, "").status, 200);
    assert_int_equal(desk_page(d, "/issues/", id, "/pdf").status, 200);
    struct test_answer a = desk_page(d, "/issues/", id, "/docx");
    assert_true(a.status == 200 && a.body.len > 4 && memcmp(a.body.ptr, "PK", 2) == 0);
    assert_int_equal(count(d, seen), before + 3);
    desk_as_staff(d);
    assert_int_equal(one(d, "issues", id).status, 403);
    desk_as_member(d, 0);
    assert_int_equal(one(d, "issues", id).status, 403);
    desk_as_other_reviewer(d);
    assert_int_equal(one(d, "issues", id).status, 403);
}

/* ---- where it goes, what comes back ---- */

static void forwarded_to_many_and_to_more_later(void **state)
{
    struct desk *d = *state;
    i64 east = waiting(d, 0, "East", ""), id = signed_issue(d, bulletin(d, "Voices", 0), east, 0);
    as_editor(d);
    struct test_answer a = step(d, "issues", id, "forward", "{}");
    refused(&a, 422, "issues.no_destination");
    a = step(d, "issues", id, "forward", "{\"to\":[\"moon Base\"]}");
    refused(&a, 422, "form.not_a_choice");
    a = step(d, "issues", id, "forward", "{\"other\":\"Bureau\"}");
    refused(&a, 422, "issues.no_level");
    a = step(d, "issues", id, "forward",
             "{\"to\":[\"city:Party_office\"],\"sent_on\":\"2026-11-24\"}");
    refused(&a, 422, "issues.sent_day"); /* before it was signed */
    done(d, "issues", id, "forward", EVERYWHERE);
    is(d, "issues", id, "state", "forwarded");
    is(d, "opinions", east, "state", "forwarded");
    desk_on_day(d, "2026-12-01");
    as_editor(d);
    a = step(d, "issues", id, "forward", EVERYWHERE); /* they have it */
    refused(&a, 422, "form.not_a_choice");
    done(d, "issues", id, "forward",
         "{\"other\":\"National committee\",\"other_level\":\"national\"}");
    a = one(d, "opinions", east);
    desk_same(test_json(d->t, &a, "outcome.destinations.1.sent_on"), "2026-11-25"); /* the first */
    desk_same(test_json(d->t, &a, "outcome.destinations.2.level"), "national");
    assert_false(test_has(&a, "outcome.destinations.3"));
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM destinations WHERE org_id = :org")), 3);
}

static void adopted_at_each_level(void **state)
{
    struct desk *d = *state;
    i64 east = waiting(d, 0, "East", "");
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/opinions/%lld/adoptions", (long long)east).ptr);
    assert_int_equal(a.status, 409); /* not issued */
    forwarded(d, east);
    i64 province = destination(d, east, 0), city = destination(d, east, 1);
    a = adopt(d, east, province, "\"kind\":\"single\",\"adopted_on\":\"2026-11-25\"");
    refused(&a, 422, "adoptions.no_place");
    a = adopt(d, east, province,
              "\"kind\":\"single\",\"adopted_on\":\"2026-11-26\",\"place\":\"P\"");
    refused(&a, 422, "adoptions.day"); /* not yet */
    a = adopt(d, east, province + 1000, "\"kind\":\"unused\",\"adopted_on\":\"2026-11-25\"");
    refused(&a, 422, "destination");
    a = adopt(d, east, province, "\"kind\":\"eaten\",\"adopted_on\":\"2026-11-25\"");
    refused(&a, 422, "kind");
    a = adopt(d, east, province,
              "\"kind\":\"passed\",\"adopted_on\":\"2026-11-25\",\"place\":\"To Roads\"");
    assert_int_equal(a.status, 201);
    a = adopt(d, east, province,
              "\"kind\":\"combined\",\"adopted_on\":\"2026-11-25\",\"place\":\"News 45\"");
    assert_int_equal(a.status, 201);
    a = adopt(d, east, province,
              "\"kind\":\"combined\",\"adopted_on\":\"2026-11-25\",\"place\":\"News 46\"");
    refused(&a, 409, "adoptions.already"); /* scored once */
    a = adopt(d, east, city, "\"kind\":\"unused\",\"adopted_on\":\"2026-11-25\"");
    assert_int_equal(a.status, 201);
    a = test_get(d->t, "/api/v1/adoptions?level=province&kind=combined");
    assert_int_equal(number_of(d, &a, "total"), 1);
    desk_same(test_json(d->t, &a, "items.0.place"), "News 45");
    as_leader(d);
    a = adopt(d, east, city, "\"kind\":\"single\",\"adopted_on\":\"2026-11-25\",\"place\":\"P\"");
    assert_int_equal(a.status, 403);
}

/* Nobody is told before the editor says so; what is written down afterwards waits for the next
 * time. */
static void reporters_read_what_they_were_told(void **state)
{
    struct desk *d = *state;
    i64 east = waiting(d, 0, "East", "");
    forwarded(d, east);
    struct test_answer a = step(d, "opinions", east, "inform", "{\"opinion\":\"Well done.\"}");
    refused(&a, 409, "adoptions.nothing_new");
    adopt(d, east, destination(d, east, 0),
          "\"kind\":\"single\",\"adopted_on\":\"2026-11-25\",\"place\":\"News 45\"");
    desk_as_member(d, 0);
    a = one(d, "opinions", east);
    assert_true(test_has(&a, "Voices") && !test_has(&a, "News 45"));
    as_editor(d);
    done(d, "opinions", east, "inform", "{\"opinion\":\"Well done.\"}");
    is(d, "opinions", east, "state", "informed");
    desk_on_day(d, "2026-11-26");
    as_editor(d);
    assert_int_equal(instruct(d, east, "").status, 201);
    desk_as_member(d, 0);
    a = one(d, "opinions", east);
    assert_true(test_has(&a, "News 45") && !test_has(&a, "Solve it."));
    as_editor(d);
    done(d, "opinions", east, "inform", "{\"opinion\":\"And an instruction.\"}");
    desk_as_member(d, 0);
    a = desk_page(d, "/opinions/", east, "");
    assert_true(desk_has(&a, "Solve it.") && desk_has(&a, "Secretary Zhang"));
    desk_as_member(d, 1);
    assert_int_equal(one(d, "opinions", east).status, 404);
}

static void an_instruction_is_of_a_leader_and_a_day(void **state)
{
    struct desk *d = *state;
    i64 east = waiting(d, 0, "East", "");
    struct test_answer a = instruct(d, east, "");
    refused(&a, 409, "adoptions.not_issued");
    forwarded(d, east);
    a = instruct(d, east, ",\"instructed_on\":\"2026-11-30\"");
    assert_int_equal(a.status, 422);
    a = test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/opinions/%lld/instructions", (long long)east).ptr,
                 "{\"level\":\"moon\"}");
    assert_true(a.status == 422 && test_has(&a, "leader") && test_has(&a, "level"));
}

static void the_scan_goes_with_the_instruction(void **state)
{
    static const char PDF[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const struct test_file files[] = { { "scans", "note.pdf", str_of(PDF) }, { 0 } };
    struct desk *d = *state;
    i64 east = waiting(d, 0, "East", "");
    forwarded(d, east);
    str path = arena_printf(d->t->mem, "/opinions/%lld/instructions", (long long)east);
    struct test_answer a =
        test_upload(d->t, path.ptr, files, "leader", "Secretary Zhang", "level", "city",
                    "instructed_on", "2026-11-25", "text", "Solve it.", NULL);
    assert_int_equal(a.status, 303);
    a = one(d, "opinions", east);
    str scan = arena_printf(d->t->mem, "/opinions/%lld/scans/%lld", (long long)east,
                            (long long)number_of(d, &a, "outcome.scans.0.id"));
    assert_int_equal(test_get(d->t, scan.ptr).status, 200);
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, scan.ptr).status, 404); /* not told yet */
    as_editor(d);
    done(d, "opinions", east, "inform", "{\"opinion\":\"An instruction.\"}");
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, scan.ptr).status, 200);
    desk_as_member(d, 1);
    assert_int_equal(test_get(d->t, scan.ptr).status, 404);
}

/* ---- units ---- */

static i64 part_of(struct desk *d, i64 opinion)
{
    return count(d, SQL("SELECT MIN(id) FROM assignments WHERE org_id = :org AND matter = "
                        "'opinions' AND matter_id = :opinion",
                        P(opinion)));
}

/* 30 days of Wednesday 2026-11-25 end on Friday 2026-12-25; 15 of an urgent one on 2026-12-10. */
static void a_unit_has_its_days(void **state)
{
    struct desk *d = *state;
    i64 id = bulletin(d, "Voices", 0);
    i64 common = waiting(d, 0, "East", "");
    i64 urgent = waiting(d, 1, "West", ",\"urgent\":true,\"urgent_reason\":\"The bank slides.\"");
    signed_issue(d, id, common, urgent);
    as_editor(d);
    str to = arena_printf(d->t->mem, "{\"agencies\":[\"%lld\"]%s", (long long)d->agency[0], "}");
    struct test_answer a = step(d, "opinions", common, "assign", "{}");
    refused(&a, 422, "agencies");
    str past = arena_printf(d->t->mem, "{\"agencies\":[\"%lld\"],\"due_on\":\"2026-11-25\"}",
                            (long long)d->agency[0]);
    a = step(d, "opinions", common, "assign", past.ptr);
    refused(&a, 422, "bulletins.due_past");
    a = step(d, "opinions", common, "assign", "{\"agencies\":[\"x\"]}");
    refused(&a, 422, "agencies");
    done(d, "opinions", common, "assign", to.ptr);
    done(d, "opinions", urgent, "assign", to.ptr);
    desk_as_operator(d, 0);
    i64 part = part_of(d, common);
    is(d, "assignments", part, "due_on", "2026-12-25");
    is(d, "assignments", part_of(d, urgent), "due_on", "2026-12-10");
}

/* How often its text was opened by who did not write it. */
static i64 readings(struct desk *d, i64 opinion)
{
    return count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                        "'opinions.read' AND object_id = :opinion AND result = 'ok'",
                        P(opinion)));
}

static void a_unit_answers_and_does_not_learn_whose_it_is(void **state)
{
    struct desk *d = *state;
    i64 east = waiting(d, 0, "East", "");
    forwarded(d, east);
    assert_int_equal(instruct(d, east, "").status, 201);
    str to = arena_printf(d->t->mem, "{\"agencies\":[\"%lld\"],\"opinion\":\"Say what you do.\"}",
                          (long long)d->agency[0]);
    done(d, "opinions", east, "assign", to.ptr);
    is(d, "opinions", east, "state", "assigned");
    i64 part = part_of(d, east);
    desk_as_operator(d, 0);
    struct test_answer a = desk_page(d, "/assignments/", part, "");
    assert_true(desk_has(&a, "Say what you do."));
    assert_false(desk_has(&a, "East: many wait."));
    a = one(d, "assignments", part);
    assert_true(test_has(&a, "Say what you do.") && !test_has(&a, "East"));
    i64 before = readings(d, east);
    a = desk_page(d, "/opinions/", east, "/issued");
    assert_true(desk_has(&a, "East: many wait.") && desk_has(&a, "Solve it."));
    assert_false(desk_has(&a, "Li"));
    a = desk_page(d, "/api/v1/opinions/", east, "/issued");
    assert_true(test_has(&a, "East: many wait.") && !test_has(&a, "\"Li\""));
    assert_int_equal(readings(d, east), before + 2);
    assert_int_equal(one(d, "opinions", east).status, 403);
    desk_as_dispatcher(d);
    a = desk_page(d, "/assignments/", part, "");
    assert_true(a.status == 200 && !desk_has(&a, "East"));
    assert_int_equal(desk_page(d, "/opinions/", east, "/issued").status, 404);
    desk_as_operator(d, 1);
    assert_int_equal(desk_page(d, "/opinions/", east, "/issued").status, 404);
    desk_as_operator(d, 0);
    done(d, "assignments", part, "accept", "{}");
    done(d, "assignments", part, "reply",
         "{\"answers\":[\"A bus comes in March.\"],\"results\":[\"adopted\"],\"opening\":\"Re "
         "East.\",\"closing\":\"Thanks.\",\"operator\":\"Zhao\",\"phone\":\"2120000\"}");
    desk_as_agency_leader(d, 0);
    done(d, "assignments", part, "sign", "{\"signer\":\"Wu\"}");
    as_editor(d);
    is(d, "opinions", east, "state", "replied");
    a = desk_page(d, "/opinions/", east, "");
    assert_true(desk_has(&a, "A bus comes in March."));
    done(d, "opinions", east, "inform", "{\"opinion\":\"A bus comes.\"}");
    is(d, "opinions", east, "state", "informed");
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM assignments WHERE org_id = :org AND id = "
                                  ":part AND state = 'closed'",
                                  P(part))),
                     1);
}

/* ---- composites ---- */

/* Whoever's report went into a composite reads what came of that, in his own report. */
static void sources_read_what_came_of_the_composite(void **state)
{
    struct desk *d = *state;
    i64 source[2];
    for (size_t i = 0; i < 2; i++) {
        source[i] = waiting(d, i, i ? "West" : "East", "");
        done(d, "opinions", source[i], "unpass", "{}");
        done(d, "opinions", source[i], "keep", "{\"keep_reason\":\"vague\"}");
        done(d, "opinions", source[i], "take", "{\"category\":\"city\"}");
    }
    str json = arena_printf(d->t->mem, "{\"title\":\"Both\",\"opinions\":[%lld,%lld]}",
                            (long long)source[0], (long long)source[1]);
    struct test_answer a = test_api(d->t, POST, "/api/v1/opinions/compose", json.ptr);
    i64 id = number_of(d, &a, "id");
    done(d, "opinions", id, "pass", "{}");
    i64 n = forwarded(d, id);
    is(d, "issues", n, "items.0.reporters", "Li\u3001Wang");
    adopt(d, id, destination(d, id, 0),
          "\"kind\":\"single\",\"adopted_on\":\"2026-11-25\",\"place\":\"News 45\"");
    done(d, "opinions", id, "inform", "{\"opinion\":\"Well done.\"}");
    for (size_t i = 0; i < 2; i++) {
        desk_as_member(d, i);
        is(d, "opinions", source[i], "state", "issued");
        is(d, "opinions", source[i], "outcome.adoptions.0.place", "News 45");
    }
    desk_as_member(d, 2);
    assert_int_equal(one(d, "opinions", source[0]).status, 404);
}

/* ---- figures ---- */

/* One issue of two opinions in 2026, both sent to the province, one of them to two bodies of the
 * city; one adopted alone by the province in 2027, an instruction of 2026. */
static void figures_are_by_year_and_level(void **state)
{
    struct desk *d = *state;
    i64 east = waiting(d, 0, "East", ""), west = waiting(d, 1, "West", "");
    i64 id = signed_issue(d, bulletin(d, "Voices", 0), east, west);
    as_editor(d);
    done(d, "issues", id, "forward",
         "{\"to\":[\"province:Province_committee\",\"city:Party_office\",\"city:Government_"
         "office\"]}");
    assert_int_equal(instruct(d, east, "").status, 201);
    desk_on_day(d, "2027-01-04");
    as_editor(d);
    adopt(d, west, destination(d, west, 0),
          "\"kind\":\"single\",\"adopted_on\":\"2027-01-04\",\"place\":\"News 1\"");
    struct test_answer a = test_get(d->t, "/api/v1/bulletins/figures");
    assert_int_equal(number_of(d, &a, "years.0.year"), 2027);
    assert_int_equal(number_of(d, &a, "years.0.issues"), 0);
    desk_same(test_json(d->t, &a, "years.0.levels.0.level"), "province");
    assert_int_equal(number_of(d, &a, "years.0.levels.0.single"), 1);
    assert_int_equal(number_of(d, &a, "years.0.levels.0.sent"), 0);
    assert_int_equal(number_of(d, &a, "years.1.issues"), 1);
    assert_int_equal(number_of(d, &a, "years.1.opinions"), 2);
    assert_int_equal(number_of(d, &a, "years.1.levels.0.sent"), 2);
    desk_same(test_json(d->t, &a, "years.1.levels.1.level"), "city");
    assert_int_equal(number_of(d, &a, "years.1.levels.1.sent"), 2); /* once a level */
    assert_int_equal(number_of(d, &a, "years.1.levels.1.instructions"), 1);
    assert_int_equal(test_get(d->t, "/bulletins/figures").status, 200);
    desk_as_staff(d);
    assert_int_equal(test_get(d->t, "/api/v1/bulletins/figures").status, 403);
}

/* What was typed stands in the form again. */
static void pages_keep_what_was_typed(void **state)
{
    struct desk *d = *state;
    bulletin(d, "Voices", 0);
    struct test_answer a = test_post(d->t, "/issues/new", "reports", "Typed body", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "Typed body"));
    a = test_post(d->t, "/bulletins/new", "mark", "Second", NULL);
    assert_true(a.status == 422 && desk_has(&a, "Second"));
    i64 east = waiting(d, 0, "East", "");
    signed_issue(d, bulletin(d, "Other", 0), east, 0);
    as_editor(d);
    str path = arena_printf(d->t->mem, "/opinions/%lld/adoptions", (long long)east);
    a = test_post(d->t, path.ptr, "place", "News 45", NULL);
    assert_true(a.status == 422 && desk_has(&a, "News 45"));
    path = arena_printf(d->t->mem, "/opinions/%lld/instructions", (long long)east);
    a = test_post(d->t, path.ptr, "text", "Half a note", NULL);
    assert_true(a.status == 422 && desk_has(&a, "Half a note"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_bulletin_has_one_name_and_counts_upward, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(only_what_waits_goes_in_and_once, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(numbers_have_no_gaps, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(sent_back_its_opinions_are_edited_again, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_was_signed_stays, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(opening_an_issue_is_noted, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(forwarded_to_many_and_to_more_later, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(adopted_at_each_level, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(reporters_read_what_they_were_told, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(an_instruction_is_of_a_leader_and_a_day, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_scan_goes_with_the_instruction, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_unit_has_its_days, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_unit_answers_and_does_not_learn_whose_it_is, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(sources_read_what_came_of_the_composite, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(figures_are_by_year_and_level, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(pages_keep_what_was_typed, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
