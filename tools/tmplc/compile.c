/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reads the statements of a template and writes C for them. What is allowed where follows from the
 * place in the HTML, which markup.c keeps. C expressions are passed on; only their brackets and
 * strings are looked at. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

#include "tools/tmplc/tmplc.h"

static const size_t NOWHERE = SIZE_MAX;
static const str NONE = { "", 0 };

/* Runtime functions that write plain escaped text and so may stand in an attribute. */
static const char *const PLAIN[] = { "view_date",     "view_date_short", "view_date_iso",
                                     "view_datetime", "view_days_left",  "view_asset" };

bool tmpl_fail(struct tmpl *t, const char *format, ...)
{
    char message[256];
    va_list args;
    if (t->error->len)
        return false;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    buf_printf(t->error, "%s:%d: %s\n", t->file, t->line, message);
    return false;
}

/* Writes C: $ stands for a, then for b. */
static void put(struct buf *out, const char *form, str a, str b)
{
    for (bool first = true; *form; form++) {
        if (*form != '$')
            buf_put_byte(out, *form);
        else
            buf_add(out, first ? a : b);
        first &= *form != '$';
    }
}

static void put_c_string(struct buf *out, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 32 || c == 127 || c == '"' || c == '\\')
            buf_printf(out, c == '\n' ? "\\n" : c < 32 || c == 127 ? "\\%03o" : "\\%c", c);
        else
            buf_put_byte(out, (char)c);
    }
}

void tmpl_flush(struct tmpl *t)
{
    if (t->literal->len) {
        buf_put(t->body, "    buf_add(out->buf, (str){ \"");
        put_c_string(t->body, buf_str(t->literal));
        buf_printf(t->body, "\", %zu });\n", t->literal->len);
    }
    t->literal->len = 0;
}

static void mark_line(struct tmpl *t, struct buf *out)
{
    buf_printf(out, "#line %d \"", t->line);
    put_c_string(out, str_of(t->file));
    buf_put(out, "\"\n");
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* The end of a string or character constant that begins at `at`. */
static size_t scan_quoted(struct tmpl *t, str s, size_t at)
{
    for (size_t i = at + 1; i < s.len && s.ptr[i] != '\n'; i++) {
        if (s.ptr[i] == s.ptr[at])
            return i;
        if (s.ptr[i] == '\\' && i + 1 < s.len && s.ptr[i + 1] != '\n')
            i++;
    }
    tmpl_fail(t, "a quote in the statement is not closed");
    return s.len;
}

static bool is_foreign(str s, size_t at)
{
    char c = s.ptr[at], next = at + 1 < s.len ? s.ptr[at + 1] : 0;
    return c == 0 || c == '#' || c == '\\' || (c == '/' && (next == '/' || next == '*'));
}

/* Where `stop` stands in the C text s outside of brackets and quotes; s.len if nowhere. */
static size_t scan(struct tmpl *t, str s, size_t at, char stop)
{
    static const char PAIRS[] = "()[]{}";
    char open[DEPTH_MAX];
    int depth = 0;
    for (; at < s.len; at++) {
        char c = s.ptr[at];
        const char *pair = c ? strchr(PAIRS, c) : NULL;
        bool opens = pair && (pair - PAIRS) % 2 == 0;
        if (c == stop && depth == 0)
            return at;
        if (is_foreign(s, at))
            tmpl_fail(t, "a comment, # or \\ has no place in a statement");
        if (is_quote(c))
            at = scan_quoted(t, s, at);
        else if (opens && depth < DEPTH_MAX)
            open[depth++] = pair[1];
        else if (pair && (depth == 0 || open[--depth] != c))
            tmpl_fail(t, "the brackets of the statement do not match");
    }
    if (depth)
        tmpl_fail(t, "the brackets of the statement do not match");
    return t->error->len ? NOWHERE : s.len;
}

/* Takes the identifier at the beginning of *rest. */
static str take_word(str *rest)
{
    size_t n = 0;
    while (n < rest->len && (isalnum((unsigned char)rest->ptr[n]) || rest->ptr[n] == '_'))
        n++;
    str word = str_sub(*rest, 0, n);
    *rest = str_trim(str_sub(*rest, n, rest->len));
    return word;
}

/* Takes a "constant" without escapes from the beginning of *rest. */
static bool take_quoted(str *rest, str *out)
{
    i64 end = str_starts(*rest, str_of("\"")) ? str_find(*rest, str_of("\""), 1) : -1;
    if (end < 0)
        return false;
    *out = str_sub(*rest, 1, (size_t)end - 1);
    *rest = str_trim(str_sub(*rest, (size_t)end + 1, rest->len));
    return str_find(*out, str_of("\\"), 0) < 0;
}

/* Takes view_name(arguments) apart; arguments get a comma in front unless there are none. */
static bool take_call(struct tmpl *t, str rest, str *name, str *args)
{
    *name = take_word(&rest);
    if (!str_starts(*name, str_of("view_")) || !str_starts(rest, str_of("(")))
        return tmpl_fail(t, "expected view_name(arguments)");
    size_t end = scan(t, rest, 1, ')');
    if (end == NOWHERE || end + 1 != rest.len)
        return tmpl_fail(t, "expected nothing behind the closing bracket");
    str inner = str_trim(str_sub(rest, 1, end - 1));
    *args = inner.len ? arena_printf(t->body->mem, ", %.*s", (int)inner.len, inner.ptr) : NONE;
    return true;
}

static bool is_address_place(const struct markup *m)
{
    return m->place == IN_VALUE && m->value == VALUE_ADDRESS && !m->begun;
}

static bool need_text_place(struct tmpl *t, const char *what)
{
    const struct markup *m = &t->html;
    if (m->place == BEFORE_VALUE)
        return tmpl_fail(t, "the value of %s must be quoted", m->name);
    if (m->place == IN_VALUE && m->value == VALUE_ADDRESS)
        return tmpl_fail(t, "%s has no place in %s: use one {url} for all of it", what, m->name);
    if (m->place == IN_VALUE && m->value == VALUE_LITERAL)
        return tmpl_fail(t, "%s has no place in %s: the value must be literal", what, m->name);
    if (m->place == IN_VALUE || (m->place == IN_TEXT && !m->script))
        return true;
    return tmpl_fail(t, "%s has no place inside a tag or <script>", what);
}

static bool do_put(struct tmpl *t, str rest)
{
    const char *typed = "    _Generic(($), str: view_put_str, i64: view_put_i64,"
                        " int: view_put_int)(out, $);\n";
    put(t->body, t->html.place == IN_TEXT ? "    PUT(out, $);\n" : typed, rest, rest);
    return need_text_place(t, "{=}");
}

static bool do_text(struct tmpl *t, str rest)
{
    for (size_t i = 0; i < rest.len; i++)
        if (!isalnum((unsigned char)rest.ptr[i]) && !strchr("_.-", rest.ptr[i]))
            return tmpl_fail(t, "{text} takes the stable name of a text");
    put(t->body, "    view_text(out, \"$\");\n", rest, NONE);
    return need_text_place(t, "{text}");
}

/* {url "/x/{}/y", a}: the literal parts as they are, the values percent-encoded. */
static bool do_url_pattern(struct tmpl *t, str pattern, str rest)
{
    bool own = pattern.len && strchr("/?#", pattern.ptr[0]) && !str_starts(pattern, str_of("//"));
    if (!own && !str_starts(pattern, str_of("geo:"))) /* a place: the device's own map */
        return tmpl_fail(t, "an address begins with a single /, ? or #, or with geo:");
    for (i64 at; (at = str_find(pattern, str_of("{}"), 0)) >= 0;) {
        buf_put_html(t->literal, str_sub(pattern, 0, (size_t)at));
        tmpl_flush(t);
        size_t end = str_starts(rest, str_of(",")) ? scan(t, rest, 1, ',') : NOWHERE;
        if (end == NOWHERE)
            return tmpl_fail(t, "the address has more {} than values");
        str value = str_trim(str_sub(rest, 1, end - 1));
        mark_line(t, t->body);
        put(t->body,
            "    _Generic(($), str: view_url_str, i64: view_put_i64, int: view_put_int)"
            "(out, $);\n",
            value, value);
        rest = str_sub(rest, end, rest.len);
        pattern = str_sub(pattern, (size_t)at + 2, pattern.len);
    }
    buf_put_html(t->literal, pattern);
    return rest.len ? tmpl_fail(t, "the address has fewer {} than values") : true;
}

static bool do_url(struct tmpl *t, str rest)
{
    str pattern;
    bool address = t->html.place == IN_VALUE && t->html.value == VALUE_ADDRESS;
    if (address && t->html.begun)
        return tmpl_fail(t, "an address is one {url}, which stands first");
    if (!address && !need_text_place(t, "{url}"))
        return false;
    t->html.begun = true;
    if (take_quoted(&rest, &pattern))
        return do_url_pattern(t, pattern, rest);
    put(t->body, "    view_url(out, $);\n", rest, NONE);
    return true;
}

static bool do_call(struct tmpl *t, str rest)
{
    str name, args;
    bool plain = t->html.place != IN_VALUE;
    if (!take_call(t, rest, &name, &args))
        return false;
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++)
        plain |= str_is(name, PLAIN[i]);
    if (!plain)
        return tmpl_fail(t, "{call} of a view has no place in an attribute");
    if (!str_is(name, "view_asset") || !is_address_place(&t->html))
        need_text_place(t, "{call}");
    t->html.begun = true;
    put(t->body, "    $(out$);\n", name, args);
    return true;
}

static bool open_block(struct tmpl *t, char kind)
{
    if (t->html.place == BEFORE_VALUE || t->html.script)
        return tmpl_fail(t, "a statement has no place here");
    if (t->depth == DEPTH_MAX)
        return tmpl_fail(t, "blocks are nested too deeply");
    t->stack[t->depth++] = (struct block){
        .kind = kind, .line = t->line, .at = t->html, .before = t->white, .white = t->white
    };
    return true;
}

static bool do_if(struct tmpl *t, str rest)
{
    put(t->body, "    if ($) {\n", rest, NONE);
    return open_block(t, 'i');
}

static bool do_for(struct tmpl *t, str rest)
{
    size_t one = scan(t, rest, 0, ';');
    size_t two = one < rest.len ? scan(t, rest, one + 1, ';') : NOWHERE;
    if (two >= rest.len || scan(t, rest, two + 1, ';') < rest.len)
        return tmpl_fail(t, "{for} takes start; condition; step");
    put(t->body, "    for ($) {\n", rest, NONE);
    return open_block(t, 'f');
}

static bool do_wrap(struct tmpl *t, str rest)
{
    str name, args;
    if (t->html.place != IN_TEXT)
        return tmpl_fail(t, "{wrap} has no place inside a tag");
    if (!take_call(t, rest, &name, &args) || !open_block(t, 'w'))
        return false;
    t->stack[t->depth - 1].name = name;
    t->stack[t->depth - 1].args = args;
    put(t->body, "    $_open(out$);\n", name, args);
    return true;
}

/* Ends a branch: it must stand where it began; what it learned about the tag is kept. */
static bool end_branch(struct tmpl *t, struct block *b)
{
    if (!markup_same(&t->html, &b->at))
        return tmpl_fail(t, "the branch from line %d ends elsewhere in the HTML", b->line);
    b->white &= t->white;
    b->at.post |= t->html.post;
    b->at.has_src |= t->html.has_src;
    t->white = b->before;
    t->html = b->at;
    return true;
}

static bool do_else(struct tmpl *t, str rest)
{
    struct block *b = t->depth ? &t->stack[t->depth - 1] : NULL;
    str word = take_word(&rest);
    bool is_if = str_is(word, "if");
    if (!b || b->kind != 'i' || (is_if ? !rest.len : word.len + rest.len > 0))
        return tmpl_fail(t, "{else} or {else if condition} belongs to an {if}");
    put(t->body, is_if ? "    } else if ($) {\n" : "    } else {$\n", rest, NONE);
    b->kind = is_if ? 'i' : 'e';
    return end_branch(t, b);
}

static bool do_let(struct tmpl *t, str rest)
{
    put(t->body, "    $;\n", rest, NONE);
    return t->html.place != BEFORE_VALUE || tmpl_fail(t, "a statement has no place here");
}

static bool do_attr(struct tmpl *t, str rest)
{
    str name;
    if (t->html.place != IN_TAG)
        return tmpl_fail(t, "{attr} stands inside a tag");
    if (!take_quoted(&rest, &name) || !rest.len || str_starts(name, str_of("on")))
        return tmpl_fail(t, "{attr} takes \"name\" condition");
    put(t->body, "    if ($)\n        buf_put(out->buf, \" $\");\n", rest, name);
    t->html.space = false;
    return true;
}

static bool do_include(struct tmpl *t, str rest)
{
    str path;
    if (t->view_line || !take_quoted(&rest, &path) || rest.len)
        return tmpl_fail(t, "{include \"path.h\"} stands before the views");
    mark_line(t, t->includes);
    put(t->includes, "#include \"$\"\n", path, NONE);
    return true;
}

static bool do_view(struct tmpl *t, str rest)
{
    if (t->view_line)
        return tmpl_fail(t, "the view before is not closed with {end}");
    if (!take_call(t, rest, &t->name, &t->params))
        return false;
    t->view_line = t->line;
    t->white = true;
    t->has_content = false;
    t->html = (struct markup){ 0 };
    t->body->len = 0;
    mark_line(t, t->protos);
    return true;
}

static bool do_content(struct tmpl *t, str rest)
{
    bool inside = rest.len || t->has_content || t->html.place != IN_TEXT || t->html.script;
    for (int i = 0; i < t->depth; i++)
        inside |= t->stack[i].kind != 'w';
    if (inside)
        return tmpl_fail(t, "{content} stands once in a view, outside of tags, {if} and {for}");
    t->has_content = true;
    put(t->body, "}\n\nvoid $_close(struct out *out$)\n{\n", t->name, t->params);
    return true;
}

static bool end_view(struct tmpl *t)
{
    bool two = t->has_content;
    if (t->html.place != IN_TEXT || t->html.keep || t->html.script)
        return tmpl_fail(t, "the view ends inside <%s>", t->html.tag);
    if (two)
        put(t->protos, "void $_close(struct out *out$);\n", t->name, t->params);
    put(t->protos, two ? "void $_open(struct out *out$);\n" : "void $(struct out *out$);\n",
        t->name, t->params);
    put(t->views, two ? "\nvoid $_open(struct out *out$)\n{\n" : "\nvoid $(struct out *out$)\n{\n",
        t->name, t->params);
    buf_add(t->views, buf_str(t->body));
    buf_put(t->views, "}\n");
    t->view_line = 0;
    return true;
}

static bool do_end(struct tmpl *t, str rest)
{
    if (rest.len)
        return tmpl_fail(t, "{end} takes nothing");
    if (!t->depth)
        return end_view(t);
    struct block *b = &t->stack[--t->depth];
    put(t->body, b->kind == 'w' ? "    $_close(out$);\n" : "    }\n", b->name, b->args);
    bool white = t->white && b->kind != 'w';
    if (!end_branch(t, b))
        return false;
    t->white = white && b->white;
    t->html.space = false;
    return true;
}

/* The statements by first word. text: writes something, so that white space behind it counts.
 * bare: may stand alone. outside: stands outside of a view. */
static const struct statement {
    const char *word;
    bool (*run)(struct tmpl *t, str rest);
    bool text, bare, outside;
} STATEMENTS[] = {
    { "=", do_put, .text = true },
    { "text", do_text, .text = true },
    { "url", do_url, .text = true },
    { "call", do_call, .text = true },
    { "wrap", do_wrap, .text = true },
    { "if", do_if, 0, 0, 0 },
    { "else", do_else, .bare = true },
    { "end", do_end, .bare = true },
    { "for", do_for, 0, 0, 0 },
    { "let", do_let, 0, 0, 0 },
    { "attr", do_attr, 0, 0, 0 },
    { "content", do_content, .text = true, .bare = true },
    { "include", do_include, .outside = true },
    { "view", do_view, .outside = true },
};

static const struct statement *find_statement(str word)
{
    for (size_t i = 0; i < sizeof STATEMENTS / sizeof *STATEMENTS; i++)
        if (str_is(word, STATEMENTS[i].word))
            return &STATEMENTS[i];
    return NULL;
}

static bool run_statement(struct tmpl *t, str rest)
{
    bool equals = str_starts(rest, str_of("="));
    str word = equals ? str_sub(rest, 0, 1) : take_word(&(str){ rest.ptr, rest.len });
    const struct statement *s = find_statement(word);
    rest = str_trim(str_sub(rest, word.len, rest.len));
    if (!s)
        return tmpl_fail(t, "unknown statement {%.*s}; write &#123; for a brace", (int)word.len,
                         word.ptr);
    if (!s->bare && !rest.len)
        return tmpl_fail(t, "{%s} takes something", s->word);
    if (!s->outside && !t->view_line)
        return tmpl_fail(t, "{%s} stands inside a {view}", s->word);
    if (s->run != do_for && scan(t, rest, 0, ';') < rest.len)
        return tmpl_fail(t, "a ; has no place in a statement");
    markup_settle(t);
    if (s->run == do_end && !t->depth && t->white && t->literal->len)
        t->literal->len--;
    tmpl_flush(t);
    mark_line(t, t->body);
    t->white &= !s->text;
    return s->run(t, rest);
}

/* Reads the statement at the brace where t->at stands; its length with both braces. */
static size_t read_statement(struct tmpl *t)
{
    str rest = str_sub(t->src, t->at + 1, t->src.len);
    if (str_starts(rest, str_of("#"))) {
        i64 close = str_find(rest, str_of("#}"), 1);
        if (close < 0)
            tmpl_fail(t, "the comment is not closed with #}");
        return (size_t)close + 3;
    }
    size_t end = scan(t, rest, 0, '}');
    if (end >= rest.len)
        tmpl_fail(t, "the statement is not closed with }");
    else
        run_statement(t, str_sub(rest, 0, end));
    return end + 2;
}

void tmpl_init(struct tmpl *t, struct arena *mem, const char *file, str src)
{
    struct buf **bufs[] = { &t->includes, &t->protos, &t->views, &t->body, &t->literal, &t->error };
    *t = (struct tmpl){ .file = file, .src = src, .line = 1 };
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        *bufs[i] = buf_new(mem, 16 << 20);
}

bool tmpl_compile(struct tmpl *t)
{
    if (!str_starts(t->src, str_of("{# SPDX-License-Identifier:")))
        return tmpl_fail(t, "a view opens with {# SPDX-License-Identifier: ... #}");
    while (t->at < t->src.len && !t->error->len) {
        size_t size = 1;
        char c = t->src.ptr[t->at];
        if (c == '{')
            size = read_statement(t);
        else if (t->view_line)
            markup_read(t);
        else if (!isspace((unsigned char)c))
            tmpl_fail(t, "text stands outside of a {view}");
        for (; size && !t->error->len; size--)
            t->line += t->src.ptr[t->at++] == '\n';
    }
    if (t->error->len || !t->view_line)
        return !t->error->len;
    t->line = t->depth ? t->stack[t->depth - 1].line : t->view_line;
    return tmpl_fail(t, "{end} is missing");
}
