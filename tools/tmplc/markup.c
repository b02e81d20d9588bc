/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Follows the HTML of a template character by character: in which tag, attribute and value it
 * stands, so that compile.c can tell what is safe there. Refuses inline script and style.
 * Not a validator of HTML. */
#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "tools/tmplc/tmplc.h"

/* Words between spaces. */
static const char ADDRESSES[] =
    " href src action formaction poster cite xlink:href srcset ping hx-get hx-post hx-put hx-patch"
    " hx-delete hx-push-url hx-replace-url data-url data-autosave data-similar data-live-src ";
static const char LITERALS[] = " method hx-vals hx-vars hx-headers hx-trigger http-equiv ";
static const char REFUSED[] = " style srcdoc formmethod ";

static bool is_one_of(const char *list, const char *word)
{
    char spaced[sizeof((struct markup *)0)->name + 3];
    snprintf(spaced, sizeof spaced, " %s ", word);
    return strstr(list, spaced);
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
    str name = str_of(m->name);
    bool address = is_one_of(ADDRESSES, m->name) ||
                   (str_starts(name, str_of("data-")) && str_ends(name, str_of("-url")));
    m->place = IN_TAG;
    m->space = false;
    m->value = address ? VALUE_ADDRESS : is_one_of(LITERALS, m->name) ? VALUE_LITERAL : VALUE_TEXT;
    m->has_src |= str_is(name, "src");
    if (str_starts(name, str_of("on")) || str_starts(name, str_of("hx-on")) ||
        is_one_of(REFUSED, m->name))
        tmpl_fail(t, "the attribute %s is not allowed: style and behaviour belong in ui/", m->name);
}

/* The first characters of an address decide whether the browser may go there. */
static void begin_address(struct tmpl *t, str rest)
{
    static const char *const LINKS[] = { "https://", "http://", "tel:", "mailto:" };
    bool good = (strchr("/?#", rest.ptr[0]) && !str_starts(rest, str_of("//"))) || !rest.ptr[0];
    for (size_t i = 0; i < sizeof LINKS / sizeof *LINKS && !strcmp(t->html.name, "href"); i++)
        good |= str_starts(rest, str_of(LINKS[i]));
    if (!good)
        tmpl_fail(t, "%s must be a literal beginning with / or be built with {url}", t->html.name);
    t->html.begun = true;
}

static void in_value(struct tmpl *t, char c)
{
    struct markup *m = &t->html;
    str rest = str_sub(t->src, t->at, t->src.len);
    if (c == m->quote) {
        m->place = IN_TAG;
        m->space = false;
    } else if (m->value == VALUE_ADDRESS && !m->begun) {
        begin_address(t, rest);
    } else if (!strcmp(m->name, "method") && rest.len > 4 && !strncasecmp(rest.ptr, "post", 4)) {
        m->post = true;
    }
}

static void before_value(struct tmpl *t, char c)
{
    if (c != '"' && c != '\'')
        tmpl_fail(t, "the value of %s must be quoted", t->html.name);
    t->html.place = IN_VALUE;
    t->html.quote = c;
    t->html.begun = false;
}

static void in_name(struct tmpl *t, char c, char *name)
{
    size_t len = strlen(name);
    if (len + 1 >= sizeof t->html.name)
        tmpl_fail(t, "the name %s... is too long", name);
    else
        memcpy(name + len, (char[]){ (char)tolower((unsigned char)c), 0 }, 2);
}

static void in_tag(struct tmpl *t, char c)
{
    struct markup *m = &t->html;
    if (isspace((unsigned char)c)) {
        m->space = true;
    } else if (c == '>') {
        end_tag(t);
    } else if (c == '=') {
        tmpl_fail(t, "write an attribute as name=\"value\", without spaces");
    } else if (c != '/' && !is_name_char(c)) {
        tmpl_fail(t, "the character %c has no place in a tag", c);
    } else if (c != '/' && !m->space) {
        tmpl_fail(t, "a space is missing before an attribute of <%s>", m->tag);
    } else if (c != '/') {
        m->place = IN_NAME;
        m->name[0] = 0;
        in_name(t, c, m->name);
    }
}

static void in_text(struct tmpl *t, char c)
{
    struct markup *m = &t->html;
    char next = t->at + 1 < t->src.len ? t->src.ptr[t->at + 1] : 0;
    if (c == '<' && !isalpha((unsigned char)next) && next != '/' && next != '!')
        tmpl_fail(t, "write &lt; for a < that opens no tag");
    if (m->script && c != '<' && !isspace((unsigned char)c))
        tmpl_fail(t, "<script> must be empty: script belongs in ui/js");
    if (c == '<') {
        m->place = IN_TAG_NAME;
        m->tag[0] = 0;
    }
}

void markup_settle(struct tmpl *t)
{
    if (t->html.place == IN_TAG_NAME)
        end_tag_name(t);
    else if (t->html.place == IN_NAME)
        end_name(t);
}

static void in_any_name(struct tmpl *t, char c)
{
    struct markup *m = &t->html;
    char *name = m->place == IN_NAME ? m->name : m->tag;
    if (is_name_char(c) || (!name[0] && (c == '/' || c == '!'))) {
        in_name(t, c, name);
        return;
    }
    bool value = m->place == IN_NAME && c == '=';
    markup_settle(t);
    if (value)
        m->place = BEFORE_VALUE;
    else
        in_tag(t, c);
}

/* White space in text and between attributes is written once, and not at all after white space. */
static void write_once(struct tmpl *t, char c)
{
    const struct markup *m = &t->html;
    bool verbatim = m->place == IN_VALUE || (m->place == IN_TEXT && m->keep);
    if (!isspace((unsigned char)c) || verbatim)
        buf_put_byte(t->literal, c);
    else if (!(m->place == IN_TEXT ? t->white : m->space && m->place == IN_TAG))
        buf_put_byte(t->literal, m->place == IN_TEXT && c == '\n' ? '\n' : ' ');
    if (m->place == IN_TEXT)
        t->white = isspace((unsigned char)c) && !m->keep;
}

void markup_read(struct tmpl *t)
{
    static void (*const READ[])(struct tmpl *, char) = {
        [IN_TEXT] = in_text,   [IN_TAG] = in_tag,       [BEFORE_VALUE] = before_value,
        [IN_VALUE] = in_value, [IN_NAME] = in_any_name, [IN_TAG_NAME] = in_any_name,
    };
    char c = t->src.ptr[t->at];
    write_once(t, c);
    READ[t->html.place](t, c);
}

bool markup_same(const struct markup *a, const struct markup *b)
{
    return a->place == b->place && a->keep == b->keep && a->script == b->script &&
           (a->place == IN_TEXT || !strcmp(a->tag, b->tag)) &&
           (a->place != IN_VALUE || (!strcmp(a->name, b->name) && a->quote == b->quote));
}
