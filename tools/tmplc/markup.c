/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Follows the HTML of a template character by character: in which tag, attribute and value it stands, so that
 * compile.c can tell what is safe there. Refuses inline script and style. Not a validator of HTML. */
#include <ctype.h>
#include <strings.h>

#include "tools/tmplc/tmplc.h"

static const char *const ADDRESSES[] = { "href", "src", "action", "formaction", "poster", "cite",
                                         "xlink:href", "srcset", "ping", "hx-get", "hx-post", "hx-put",
                                         "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url", NULL };
static const char *const LITERALS[] = { "method", "hx-vals", "hx-headers", "http-equiv", NULL };
static const char *const REFUSED[] = { "style", "srcdoc", "formmethod", NULL };
static const char *const ELSEWHERE[] = { "https://", "http://", "tel:", "mailto:", NULL };

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(word, *list))
            return true;
    return false;
}

static bool begins_with_one_of(str text, const char *const *list)
{
    for (; *list; list++)
        if (str_starts(text, str_of(*list)))
            return true;
    return false;
}

static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("-_:.", c));
}

static void end_tag_name(struct tmpl *t)
{
    struct markup *m = &t->html;
    m->place = IN_TAG;
    m->space = m->post = m->has_src = false;
    if (m->tag[0] == '!' && strcmp(m->tag, "!doctype") != 0)
        tmpl_fail(t, "write {# ... #} instead of an HTML comment");
    else if (!strcmp(m->tag, "style"))
        tmpl_fail(t, "<style> is not allowed: style belongs in ui/css");
    else if (m->script && strcmp(m->tag, "/script") != 0)
        tmpl_fail(t, "<script> must be empty: script belongs in ui/js");
}

static void end_tag(struct tmpl *t)
{
    struct markup *m = &t->html;
    const char *plain = m->tag + (m->tag[0] == '/');
    m->place = IN_TEXT;
    t->white = false;
    buf_put_byte(t->literal, '>');
    if (!strcmp(plain, "textarea") || !strcmp(plain, "pre"))
        m->keep = plain == m->tag;
    m->script = !strcmp(m->tag, "script");
    if (m->script && !m->has_src)
        tmpl_fail(t, "<script> without src is not allowed: script belongs in ui/js");
    if (m->post && !strcmp(m->tag, "form")) {
        tmpl_flush(t);
        buf_put(t->body, "    view_csrf(out);\n");
    }
}

static void end_name(struct tmpl *t)
{
    struct markup *m = &t->html;
    str name = { m->name, m->name_len };
    m->place = IN_TAG;
    m->space = false;
    if (str_starts(name, str_of("on")) || str_starts(name, str_of("hx-on")))
        tmpl_fail(t, "the attribute %s is not allowed: behaviour belongs in ui/js", m->name);
    else if (is_one_of(m->name, REFUSED))
        tmpl_fail(t, "the attribute %s is not allowed", m->name);
    bool data_url = str_is(name, "data-url") ||
                    (str_starts(name, str_of("data-")) && str_ends(name, str_of("-url")));
    m->value = is_one_of(m->name, ADDRESSES) || data_url ? VALUE_ADDRESS
               : is_one_of(m->name, LITERALS)            ? VALUE_LITERAL
                                                         : VALUE_TEXT;
    m->has_src |= str_is(name, "src");
}

/* The first characters of an address decide whether the browser may go there. */
static void begin_address(struct tmpl *t, str rest)
{
    struct markup *m = &t->html;
    bool own = rest.ptr[0] == '/' && !str_starts(rest, str_of("//"));
    bool link = !strcmp(m->name, "href") && begins_with_one_of(rest, ELSEWHERE);
    if (!own && !link && rest.ptr[0] != '?' && rest.ptr[0] != '#')
        tmpl_fail(t, "%s must be a literal beginning with / or be built with {url}", m->name);
    m->begun = true;
}

static void in_value(struct tmpl *t, char c)
{
    struct markup *m = &t->html;
    str rest = { t->src.ptr + t->at, t->src.len - t->at };
    if (c == m->quote) {
        m->place = IN_TAG;
        m->space = false;
    } else if (m->value == VALUE_ADDRESS && !m->begun) {
        begin_address(t, rest);
    } else if (!strcmp(m->name, "method") && rest.len > 4 && !strncasecmp(rest.ptr, "post", 4)) {
        m->post = true;
    }
    buf_put_byte(t->literal, c);
}

static void in_name(struct tmpl *t, char c, char *name, size_t *len)
{
    if (*len + 1 >= sizeof t->html.name) {
        tmpl_fail(t, "the name %s… is too long", name);
        return;
    }
    name[(*len)++] = (char)tolower((unsigned char)c);
    name[*len] = 0;
    buf_put_byte(t->literal, c);
}

static void in_tag(struct tmpl *t, char c)
{
    struct markup *m = &t->html;
    if (isspace((unsigned char)c)) {
        if (!m->space)
            buf_put_byte(t->literal, ' ');
        m->space = true;
    } else if (c == '>') {
        end_tag(t);
    } else if (c == '/') {
        buf_put_byte(t->literal, c);
    } else if (!is_name_char(c)) {
        tmpl_fail(t, c == '=' ? "write an attribute as name=\"value\", without spaces"
                              : "the character %c has no place in a tag", c);
    } else if (!m->space) {
        tmpl_fail(t, "a space is missing before an attribute of <%s>", m->tag);
    } else {
        m->place = IN_NAME;
        m->name_len = 0;
        in_name(t, c, m->name, &m->name_len);
    }
}

static void in_text(struct tmpl *t, char c)
{
    struct markup *m = &t->html;
    char next = t->at + 1 < t->src.len ? t->src.ptr[t->at + 1] : 0;
    if (isspace((unsigned char)c) && !m->keep) {
        if (!t->white)
            buf_put_byte(t->literal, c == '\n' ? '\n' : ' ');
        t->white = true;
        return;
    }
    t->white = false;
    if (c == '<') {
        if (!isalpha((unsigned char)next) && next != '/' && next != '!')
            tmpl_fail(t, "write &lt; for a < that opens no tag");
        m->place = IN_TAG_NAME;
        m->tag_len = 0;
        m->tag[0] = 0;
    } else if (m->script) {
        tmpl_fail(t, "<script> must be empty: script belongs in ui/js");
    }
    buf_put_byte(t->literal, c);
}

void markup_settle(struct tmpl *t)
{
    if (t->html.place == IN_TAG_NAME)
        end_tag_name(t);
    else if (t->html.place == IN_NAME)
        end_name(t);
}

void markup_read(struct tmpl *t)
{
    struct markup *m = &t->html;
    char c = t->src.ptr[t->at];
    bool first = m->place == IN_TAG_NAME && m->tag_len == 0 && (c == '/' || c == '!');
    if (m->place == IN_TAG_NAME && (first || is_name_char(c))) {
        in_name(t, c, m->tag, &m->tag_len);
    } else if (m->place == IN_NAME && is_name_char(c)) {
        in_name(t, c, m->name, &m->name_len);
    } else if (m->place == IN_NAME && c == '=') {
        end_name(t);
        m->place = BEFORE_VALUE;
        buf_put_byte(t->literal, c);
    } else if (m->place == BEFORE_VALUE) {
        if (c != '"' && c != '\'')
            tmpl_fail(t, "the value of %s must be quoted", m->name);
        m->place = IN_VALUE;
        m->quote = c;
        m->begun = false;
        buf_put_byte(t->literal, c);
    } else if (m->place == IN_VALUE) {
        in_value(t, c);
    } else if (m->place == IN_TEXT) {
        in_text(t, c);
    } else {
        markup_settle(t);
        in_tag(t, c);
    }
}

bool markup_same(const struct markup *a, const struct markup *b)
{
    if (a->place != b->place || a->keep != b->keep || a->script != b->script)
        return false;
    if (a->place != IN_TEXT && strcmp(a->tag, b->tag) != 0)
        return false;
    return a->place != IN_VALUE || (!strcmp(a->name, b->name) && a->quote == b->quote);
}
