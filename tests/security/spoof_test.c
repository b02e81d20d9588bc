/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Quality W5 over the whole route table: headers that a client can forge (Host, X-Forwarded-*,
 * Referer …) change nothing in any answer, and no value of any kind sends anybody to another
 * site. */
#include "platform/base/str.h"
#include "platform/web/exchange.h"
#include "tests/matrix/dump.h"
#include "tests/matrix/specimens.h"

struct spoof {
    struct world *w;
    size_t asked, wrong;
};

static const enum who ASKING[] = { NOBODY, A_MEMBER, A_STAFF, AN_OPERATOR, A_SECADMIN };
enum { ASKING_COUNT = sizeof ASKING / sizeof *ASKING };

static void wrong(struct spoof *s, const struct rehearsal *r, enum who who, const char *what)
{
    s->wrong++;
    fprintf(stderr, "# %s %s as %s: %s\n", method_name(r->method), r->target, WHO[who].name, what);
}

static void each_route(struct spoof *s, void (*ask)(struct spoof *, const struct route_entry *))
{
    const struct route_entry *entry;
    for (size_t e = 0; (entry = route_at(s->w, e)); e++)
        ask(s, entry);
}

static struct rehearsal request_of(struct spoof *s, const struct route_entry *entry)
{
    int thing = THING_NONE;
    const struct specimen *specimen = specimen_of(entry);
    specimen_thing(specimen, 0, &thing);
    return specimen_request(s->w, entry, SET_FIRST, thing);
}

/* ---- forged headers ---- */

static struct http_header FORGED[] = {
    { { "x-forwarded-host", 16 }, { "evil.example", 12 } },
    { { "x-forwarded-server", 18 }, { "evil.example", 12 } },
    { { "x-forwarded-proto", 17 }, { "https", 5 } },
    { { "x-forwarded-port", 16 }, { "6666", 4 } },
    { { "x-forwarded-prefix", 18 }, { "/evil", 5 } },
    { { "x-forwarded-for", 15 }, { "203.0.113.66", 12 } },
    { { "forwarded", 9 }, { "for=203.0.113.66;host=evil.example;proto=https", 46 } },
    { { "x-real-ip", 9 }, { "203.0.113.66", 12 } },
    { { "x-host", 6 }, { "evil.example", 12 } },
    { { "x-original-url", 14 }, { "/accounts", 9 } },
    { { "x-rewrite-url", 13 }, { "/accounts", 9 } },
    { { "x-http-method-override", 22 }, { "DELETE", 6 } },
    { { "referer", 7 }, { "https://evil.example/login", 26 } },
    { { 0 }, { 0 } },
};

/* Packed files hold the time of day. */
static bool is_packed(const struct reply *reply)
{
    return reply->body.len > 4 &&
           (memcmp(reply->body.ptr, "PK\3\4", 4) == 0 || memcmp(reply->body.ptr, "%PDF", 4) == 0);
}

static const char *difference(const struct reply *a, const struct reply *b)
{
    if (a->status != b->status)
        return "another status";
    if (!str_eq(a->location, b->location))
        return "another location";
    if (!is_packed(a) && !str_eq(a->headers, b->headers))
        return "other headers";
    return is_packed(a) || str_eq(a->body, b->body) ? NULL : "another body";
}

static struct reply ask(struct spoof *s, enum who who, const struct rehearsal *r)
{
    s->asked++;
    return world_ask(s->w, who, r);
}

static void forge(struct spoof *s, const struct route_entry *entry)
{
    struct rehearsal plain = request_of(s, entry), forged = plain;
    bool hashes = entry->route.method != GET && entry->route.slow; /* argon2id: salts differ */
    forged.host = "evil.example";
    forged.more = FORGED;
    for (size_t i = 0; i < (hashes ? 1 : ASKING_COUNT); i++) {
        i64 start = 1000000 + (i64)s->asked * 1000;
        if (plain.method != GET)
            dump_reset_sequences(s->w->t->db, start); /* numbers in locations are then the same */
        struct reply a = ask(s, ASKING[i], &plain);
        if (plain.method != GET)
            dump_reset_sequences(s->w->t->db, start);
        struct reply b = ask(s, ASKING[i], &forged);
        const char *what = difference(&a, &b);
        bool may_differ = hashes || specimen_of(entry)->grows;
        if (what && !(may_differ && a.status == b.status && str_eq(a.location, b.location)))
            wrong(s, &forged, ASKING[i], what);
        if (reply_has(&b, "evil.example") || str_find(b.headers, str_of("evil"), 0) >= 0)
            wrong(s, &forged, ASKING[i], "what was forged comes back");
        reply_free(&a);
        reply_free(&b);
    }
}

static void forged_headers_change_nothing(void **state)
{
    struct spoof s = { .w = *state };
    each_route(&s, forge);
    printf("# forged headers: %zu requests, %zu wrong\n", s.asked, s.wrong);
    assert_int_equal(s.wrong, 0);
}

/* ---- other sites ---- */

/* URL-encoded. */
static const char *const ELSEWHERE[] = {
    "%2F%2Fevil.example",
    "https%3A%2F%2Fevil.example%2F",
    "%2F%5Cevil.example",
    "%5C%5Cevil.example",
    "http%3Aevil.example",
    "%2F%2F%2Fevil.example",
    "%2F%09%2Fevil.example",
    "%2F%0A%2Fevil.example",
    "%09%2F%2Fevil.example",
    "+%2F%2Fevil.example",
    "javascript%3Aalert%281%29",
    "data%3Atext%2Fhtml%2Cevil",
    "evil.example",
    "%40evil.example",
    ".evil.example",
    "%2Fhome%0D%0ALocation%3A+https%3A%2F%2Fevil.example",
    "%2F%2Fevil.example%40huotang.test%2F",
    "%EF%BC%8F%EF%BC%8Fevil.example",
};
enum { ELSEWHERE_COUNT = sizeof ELSEWHERE / sizeof *ELSEWHERE };

static const char *const NAMES[] = {
    "next", "back", "url", "return", "return_to", "redirect", "to"
};

static const char *with_names(struct spoof *s, const char *text, const char *value, char first)
{
    struct buf *b = buf_new(s->w->t->mem, 1 << 16);
    buf_put(b, text);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        bool joined = first == '?' ? strchr(b->ptr, '?') != NULL : b->len > 0;
        buf_printf(b, "%s%s=%s", joined ? "&" : first == '?' ? "?" : "", NAMES[i], value);
    }
    return arena_cstr(s->w->t->mem, buf_str(b));
}

static bool stays(str location)
{
    if (!location.len)
        return true;
    for (size_t i = 0; i < location.len; i++)
        if ((unsigned char)location.ptr[i] <= ' ')
            return false;
    return location.ptr[0] == '/' &&
           (location.len == 1 || (location.ptr[1] != '/' && location.ptr[1] != '\\'));
}

/* Where links and forms of a page lead: an own path, a place or a question of the same page. */
static bool links_stay(const struct reply *reply)
{
    static const char *const PLACES[] = { " href=\"", " action=\"", " src=\"", " formaction=\"" };
    for (size_t p = 0; p < sizeof PLACES / sizeof *PLACES; p++) {
        size_t len = strlen(PLACES[p]);
        for (i64 at = str_find(reply->body, str_of(PLACES[p]), 0); at >= 0;
             at = str_find(reply->body, str_of(PLACES[p]), (size_t)at + 1)) {
            str rest = str_sub(reply->body, (size_t)at + len, reply->body.len);
            i64 end = str_find(rest, str_of("\""), 0);
            str link = str_sub(rest, 0, end < 0 ? rest.len : (size_t)end);
            bool inner = link.len == 0 || link.ptr[0] == '#' || link.ptr[0] == '?' ||
                         str_starts(link, str_of("mailto:")) || str_starts(link, str_of("tel:")) ||
                         str_starts(link, str_of("data:image/"));
            if (!inner && !stays(link))
                return false;
        }
    }
    return true;
}

static void send_away(struct spoof *s, const struct rehearsal *asked, enum who who,
                      const char *value)
{
    struct rehearsal r = *asked;
    r.target = with_names(s, asked->target, value, '?');
    if (r.method != GET)
        r.body = with_names(s, asked->body ? asked->body : "", value, '&');
    struct reply reply = ask(s, who, &r);
    if (!stays(reply.location))
        wrong(s, &r, who, "leads to another site");
    if (str_starts(reply.type, str_of("text/html")) && !links_stay(&reply))
        wrong(s, &r, who, "has a link to another site");
    if (str_find(reply.headers, str_of("\n\n"), 0) >= 0 ||
        str_find(reply.headers, str_of("Location: https://evil"), 0) >= 0)
        wrong(s, &r, who, "has a header of the sender's");
    reply_free(&reply);
}

static void redirect(struct spoof *s, const struct route_entry *entry)
{
    const struct rehearsal r = request_of(s, entry);
    const char *path = entry->route.path;
    bool hashes = entry->route.method != GET && entry->route.slow;
    bool door = strcmp(path, "/login") == 0 || strcmp(path, "/login/again") == 0;
    for (size_t i = 0; i < (hashes ? 2 : 3); i++)
        for (size_t v = 0; v < (hashes && !door ? 1 : ELSEWHERE_COUNT); v++)
            send_away(s, &r, ASKING[i], ELSEWHERE[v]);
}

static void nobody_is_sent_to_another_site(void **state)
{
    struct spoof s = { .w = *state };
    each_route(&s, redirect);
    printf("# other sites: %zu requests, %zu wrong\n", s.asked, s.wrong);
    assert_int_equal(s.wrong, 0);
}

/* What is sent along to the door is followed when it is an own path: the test above would pass,
 * too, if nothing were followed. */
static void an_own_path_is_followed(void **state)
{
    struct world *w = *state;
    struct rehearsal r = { .method = POST,
                           .target = "/login",
                           .body =
                               "login_name=member&password=Quiet-River-2026-stone&next=%2Ftodos" };
    struct reply reply = world_ask(w, NOBODY, &r);
    assert_int_equal(reply.status, 303);
    assert_true(str_is(reply.location, "/todos"));
    reply_free(&reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_own_path_is_followed),
        cmocka_unit_test(nobody_is_sent_to_another_site),
        cmocka_unit_test(forged_headers_change_nothing),
    };
    return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
