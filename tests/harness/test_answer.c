/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Looking at answers in tests (test_app.h): enough HTML to find words, links and fields of the
 * house's own pages, which are well-formed with double-quoted attributes. */
#include <jansson.h>

#include "platform/base/str.h"
#include "tests/harness/test_app.h"

bool test_has(const struct test_answer *a, const char *text)
{
    return str_find(a->body, str_of(text), 0) >= 0;
}

str test_header_of(const struct test_answer *a, const char *name)
{
    for (size_t i = 0; i < a->header_count; i++)
        if (str_is(a->headers[i].name, name))
            return a->headers[i].value;
    return str_of("");
}

static str decode(struct arena *mem, str s)
{
    static const char *const NAMES[][2] = {
        { "&amp;", "&" },   { "&lt;", "<" },  { "&gt;", ">" },
        { "&quot;", "\"" }, { "&#39;", "'" }, { "&nbsp;", " " }
    };
    char *to = arena_zero(mem, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len;) {
        size_t k = 0;
        while (k < 6 && !str_starts(str_sub(s, i, 8), str_of(NAMES[k][0])))
            k++;
        to[len++] = k < 6 ? NAMES[k][1][0] : s.ptr[i];
        i += k < 6 ? strlen(NAMES[k][0]) : 1;
    }
    return (str){ to, len };
}

/* Text without tags, white space folded. */
static str words_of(struct arena *mem, str page)
{
    char *to = arena_zero(mem, page.len + 1);
    size_t len = 0;
    bool in_tag = false, space = true;
    for (size_t i = 0; i < page.len; i++) {
        char c = page.ptr[i];
        bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '<';
        if (!in_tag && blank && !space)
            to[len++] = ' ';
        if (!in_tag)
            space = blank;
        if (c == '<')
            in_tag = true;
        else if (c == '>' && in_tag)
            in_tag = false;
        else if (!in_tag && !blank)
            to[len++] = c;
    }
    return str_trim(decode(mem, (str){ to, len }));
}

str test_words(struct test_app *t, const struct test_answer *a)
{
    return words_of(t->mem, a->body);
}

/* The next tag of a name from *at on; *at moves behind it. */
static bool next_tag(str page, const char *name, size_t *at, str *tag)
{
    size_t n = strlen(name);
    for (i64 i; (i = str_find(page, str_of("<"), *at)) >= 0;) {
        str rest = str_sub(page, (size_t)i + 1, page.len);
        i64 end = str_find(rest, str_of(">"), 0);
        *at = (size_t)i + 1;
        if (end < 0 || !str_starts(rest, str_of(name)) ||
            (rest.len > n && rest.ptr[n] != ' ' && rest.ptr[n] != '\n' && rest.ptr[n] != '>'))
            continue;
        *tag = str_sub(rest, 0, (size_t)end);
        *at += (size_t)end + 1;
        return true;
    }
    return false;
}

static bool attribute(struct test_app *t, str tag, const char *name, str *value)
{
    str want = arena_printf(t->mem, "%s=\"", name);
    for (i64 i = 0; (i = str_find(tag, want, (size_t)i)) >= 0; i++) {
        if (i > 0 && tag.ptr[i - 1] != ' ' && tag.ptr[i - 1] != '\n')
            continue;
        size_t from = (size_t)i + want.len;
        i64 end = str_find(tag, str_of("\""), from);
        *value = decode(t->mem, str_sub(tag, from, end < 0 ? 0 : (size_t)end - from));
        return true;
    }
    return false;
}

str test_link(struct test_app *t, const struct test_answer *a, const char *words)
{
    str tag, href;
    for (size_t at = 0; next_tag(a->body, "a", &at, &tag);) {
        i64 end = str_find(a->body, str_of("</a>"), at);
        str inside = words_of(t->mem, str_sub(a->body, at, end < 0 ? 0 : (size_t)end - at));
        if (str_starts(inside, str_of(words)) && attribute(t, tag, "href", &href))
            return href;
    }
    return str_of("");
}

static bool is_checked(str tag)
{
    str type_radio = str_of("type=\"radio\""), type_box = str_of("type=\"checkbox\"");
    bool box = str_find(tag, type_radio, 0) >= 0 || str_find(tag, type_box, 0) >= 0;
    return !box || str_find(tag, str_of(" checked"), 0) >= 0;
}

static bool find_input(struct test_app *t, str page, const char *name, str *value)
{
    str tag, own;
    bool found = false;
    *value = str_of("");
    for (size_t at = 0; next_tag(page, "input", &at, &tag);) {
        if (!attribute(t, tag, "name", &own) || !str_is(own, name))
            continue;
        found = true;
        if (is_checked(tag) && attribute(t, tag, "value", value))
            return true;
    }
    return found;
}

static bool find_area(struct test_app *t, str page, const char *name, str *value)
{
    str tag, own;
    for (size_t at = 0; next_tag(page, "textarea", &at, &tag);) {
        if (!attribute(t, tag, "name", &own) || !str_is(own, name))
            continue;
        i64 end = str_find(page, str_of("</textarea>"), at);
        str inside = str_sub(page, at, end < 0 ? 0 : (size_t)end - at);
        if (inside.len && inside.ptr[0] == '\n')
            inside = str_sub(inside, 1, inside.len);
        *value = decode(t->mem, inside);
        return true;
    }
    return false;
}

static bool find_select(struct test_app *t, str page, const char *name, str *value)
{
    str tag, own, option;
    for (size_t at = 0; next_tag(page, "select", &at, &tag);) {
        if (!attribute(t, tag, "name", &own) || !str_is(own, name))
            continue;
        i64 end = str_find(page, str_of("</select>"), at);
        str inside = str_sub(page, at, end < 0 ? 0 : (size_t)end - at);
        *value = str_of("");
        for (size_t k = 0; next_tag(inside, "option", &k, &option);)
            if (str_find(option, str_of(" selected"), 0) >= 0)
                attribute(t, option, "value", value);
        return true;
    }
    return false;
}

static bool find_field(struct test_app *t, str page, const char *name, str *value)
{
    return find_area(t, page, name, value) || find_select(t, page, name, value) ||
           find_input(t, page, name, value);
}

str test_field(struct test_app *t, const struct test_answer *a, const char *name)
{
    str value = str_of("");
    find_field(t, a->body, name, &value);
    return value;
}

bool test_has_field(struct test_app *t, const struct test_answer *a, const char *name)
{
    str value;
    return find_field(t, a->body, name, &value);
}

bool test_has_form(const struct test_answer *a, const char *path)
{
    size_t n = strlen(path);
    for (i64 i = 0; (i = str_find(a->body, str_of("action=\""), (size_t)i)) >= 0; i++) {
        str rest = str_sub(a->body, (size_t)i + 8, n + 1);
        if (str_starts(rest, str_of(path)) && rest.len > n && rest.ptr[n] == '"')
            return true;
    }
    return false;
}

str test_json(struct test_app *t, const struct test_answer *a, const char *path)
{
    json_t *root = json_loadb(a->body.ptr, a->body.len, 0, NULL);
    const json_t *at = root;
    str rest = str_of(path), part, out = str_of("");
    while (at && str_split(&rest, '.', &part)) {
        i64 index;
        if (json_is_array(at) && str_to_i64(part, &index))
            at = json_array_get(at, (size_t)index);
        else
            at = json_object_get(at, arena_cstr(t->mem, part));
    }
    if (json_is_string(at))
        out = arena_str(t->mem, str_of(json_string_value(at)));
    else if (json_is_integer(at))
        out = arena_printf(t->mem, "%lld", (long long)json_integer_value(at));
    else if (json_is_boolean(at))
        out = str_of(json_is_true(at) ? "true" : "false");
    json_decref(root);
    return out;
}
