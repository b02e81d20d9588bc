/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reads the statements of a template and writes C for them. What is allowed where follows from the place in the
 * HTML, which markup.c keeps. C expressions are passed on; only their brackets and strings are looked at. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

#include "tools/tmplc/tmplc.h"

static const size_t NOWHERE = SIZE_MAX;

/* Runtime functions that write plain escaped text and so may stand in an attribute; view_asset is an address. */
static const char *const PLAIN[] = { "view_date", "view_date_short", "view_date_iso",
                                     "view_datetime", "view_days_left", "view_asset" };

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

void tmpl_put_c_char(struct buf *out, char c)
{
    if (c == '\n')
        buf_put(out, "\\n");
    else if ((unsigned char)c < 32 || c == 127)
        buf_printf(out, "\\%03o", (unsigned)c);
    else if (c == '"' || c == '\\')
        buf_printf(out, "\\%c", c);
    else
        buf_put_byte(out, c);
}

static void add_literal(struct buf *out, str text)
{
    buf_put(out, "    buf_add(out->buf, (str){ \"");
    for (size_t i = 0; i < text.len; i++)
        tmpl_put_c_char(out, text.ptr[i]);
    buf_printf(out, "\", %zu });\n", text.len);
}

void tmpl_flush(struct tmpl *t)
{
    if (t->literal->len)
        add_literal(t->body, buf_str(t->literal));
    t->literal->len = 0;
}

static void mark_line(struct tmpl *t, struct buf *out, int line)
{
    buf_printf(out, "#line %d \"", line);
    for (const char *c = t->file; *c; c++)
        tmpl_put_c_char(out, *c);
    buf_put(out, "\"\n");
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
    return NOWHERE;
}

/* Where `stop` stands in the C text s outside of brackets and quotes, from `at` on; s.len if nowhere. */
static size_t scan(struct tmpl *t, str s, size_t at, char stop)
{
    char open[DEPTH_MAX];
    int depth = 0;
    for (; at < s.len; at++) {
        char c = s.ptr[at], next = at + 1 < s.len ? s.ptr[at + 1] : 0;
        if (c == stop && depth == 0)
            return at;
        if (c == '"' || c == '\'') {
            at = scan_quoted(t, s, at);
            if (at == NOWHERE)
                return NOWHERE;
        } else if (c == '(' || c == '[' || c == '{') {
            if (depth == DEPTH_MAX)
                return tmpl_fail(t, "brackets are nested too deeply"), NOWHERE;
            open[depth++] = c == '(' ? ')' : c == '[' ? ']' : '}';
        } else if (c == ')' || c == ']' || c == '}') {
            if (depth == 0 || open[--depth] != c)
                return tmpl_fail(t, "the brackets of the statement do not match"), NOWHERE;
        } else if (c == 0 || c == '#' || c == '\\' || (c == '/' && (next == '/' || next == '*'))) {
            return tmpl_fail(t, "a comment, # or \\ has no place in a statement"), NOWHERE;
        }
    }
    if (depth)
        return tmpl_fail(t, "the brackets of the statement do not match"), NOWHERE;
    return s.len;
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
    i64 end = rest->len && rest->ptr[0] == '"' ? str_find(*rest, str_of("\""), 1) : -1;
    if (end < 0)
        return false;
    *out = str_sub(*rest, 1, (size_t)end - 1);
    *rest = str_trim(str_sub(*rest, (size_t)end + 1, rest->len));
    return str_find(*out, str_of("\\"), 0) < 0;
}

/* Splits name(arguments); both may be empty only where the caller says so later. */
static bool take_call(struct tmpl *t, str rest, str *name, str *args)
{
    *name = take_word(&rest);
    if (!str_starts(*name, str_of("view_")) || rest.len < 2 || rest.ptr[0] != '(')
        return tmpl_fail(t, "expected view_name(arguments)");
    *args = str_sub(rest, 1, rest.len);
    size_t end = scan(t, *args, 0, ')');
    if (end == NOWHERE)
        return false;
    if (end + 1 != args->len)
        return tmpl_fail(t, "expected nothing behind the closing bracket");
    *args = str_trim(str_sub(*args, 0, end));
    return true;
}

static bool is_text_place(const struct markup *m)
{
    return (m->place == IN_TEXT && !m->script) || (m->place == IN_VALUE && m->value == VALUE_TEXT);
}

static bool is_address_place(const struct markup *m)
{
    return m->place == IN_VALUE && m->value == VALUE_ADDRESS && !m->begun;
}

static bool need_text_place(struct tmpl *t, const char *what)
{
    const struct markup *m = &t->html;
    t->white = false;
    if (is_text_place(m))
        return true;
    if (m->place == BEFORE_VALUE)
        return tmpl_fail(t, "the value of %s must be quoted", m->name);
    if (m->place == IN_VALUE)
        return tmpl_fail(t, m->value == VALUE_ADDRESS ? "%s has no place in %s: use one {url} for the whole address"
                                                      : "%s has no place in %s: the value must be literal",
                         what, m->name);
    return tmpl_fail(t, "%s has no place inside a tag or <script>", what);
}

/* Writes a call chosen by the type of the value, at the template's line. */
static void put_typed(struct tmpl *t, const char *kinds, str value)
{
    buf_printf(t->body, "    _Generic((%.*s), %s)(out, %.*s);\n", (int)value.len, value.ptr, kinds,
               (int)value.len, value.ptr);
}

static bool do_put(struct tmpl *t, str rest)
{
    if (!need_text_place(t, "{=}"))
        return false;
    if (t->html.place == IN_TEXT)
        buf_printf(t->body, "    PUT(out, %.*s);\n", (int)rest.len, rest.ptr);
    else
        put_typed(t, "str: view_put_str, i64: view_put_i64, int: view_put_int", rest);
    return true;
}

static bool do_text(struct tmpl *t, str rest)
{
    for (size_t i = 0; i < rest.len; i++)
        if (!isalnum((unsigned char)rest.ptr[i]) && !strchr("_.-", rest.ptr[i]))
            return tmpl_fail(t, "{text} takes the stable name of a text");
    buf_printf(t->body, "    view_text(out, \"%.*s\");\n", (int)rest.len, rest.ptr);
    return need_text_place(t, "{text}");
}

/* {url "/x/{}/y", a}: the literal parts as they are, the values percent-encoded. */
static bool do_url_pattern(struct tmpl *t, str pattern, str rest)
{
    bool own = str_starts(pattern, str_of("/")) && !str_starts(pattern, str_of("//"));
    if (!own && !str_starts(pattern, str_of("?")) && !str_starts(pattern, str_of("#")))
        return tmpl_fail(t, "an address begins with a single /, ? or #");
    for (i64 at; (at = str_find(pattern, str_of("{}"), 0)) >= 0;
         pattern = str_sub(pattern, (size_t)at + 2, pattern.len)) {
        buf_put_html(t->literal, str_sub(pattern, 0, (size_t)at));
        tmpl_flush(t);
        if (!rest.len || rest.ptr[0] != ',')
            return tmpl_fail(t, "the address has more {} than values");
        size_t end = scan(t, rest, 1, ',');
        if (end == NOWHERE)
            return false;
        put_typed(t, "str: view_url_str, i64: view_put_i64, int: view_put_int", str_trim(str_sub(rest, 1, end - 1)));
        rest = str_sub(rest, end, rest.len);
    }
    buf_put_html(t->literal, pattern);
    return rest.len ? tmpl_fail(t, "the address has fewer {} than values") : true;
}

static bool do_url(struct tmpl *t, str rest)
{
    str pattern;
    if (t->html.place == IN_VALUE && t->html.value == VALUE_ADDRESS && t->html.begun)
        return tmpl_fail(t, "an address is one {url}, which stands first");
    if (!is_address_place(&t->html) && !need_text_place(t, "{url}"))
        return false;
    t->html.begun = true;
    t->white = false;
    if (take_quoted(&rest, &pattern))
        return do_url_pattern(t, pattern, rest);
    buf_printf(t->body, "    view_url(out, %.*s);\n", (int)rest.len, rest.ptr);
    return true;
}

static bool do_call(struct tmpl *t, str rest)
{
    str name, args;
    bool plain = false;
    if (!take_call(t, rest, &name, &args))
        return false;
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++)
        plain |= str_is(name, PLAIN[i]);
    if (t->html.place == IN_VALUE && !plain)
        return tmpl_fail(t, "{call} of a view has no place in an attribute");
    if (!(str_is(name, "view_asset") && is_address_place(&t->html)) && !need_text_place(t, "{call}"))
        return false;
    t->html.begun = true;
    t->white = false;
    buf_printf(t->body, "    %.*s(out%s%.*s);\n", (int)name.len, name.ptr, args.len ? ", " : "",
               (int)args.len, args.ptr);
    return true;
}

static bool open_block(struct tmpl *t, char kind)
{
    if (t->html.place == BEFORE_VALUE || t->html.script || t->depth == DEPTH_MAX)
        return tmpl_fail(t, t->depth == DEPTH_MAX ? "blocks are nested too deeply"
                                                  : "a statement has no place here");
    t->stack[t->depth++] = (struct block){
        .kind = kind, .line = t->line, .at = t->html, .before = t->white, .white = t->white
    };
    return true;
}

static bool do_if(struct tmpl *t, str rest)
{
    buf_printf(t->body, "    if (%.*s) {\n", (int)rest.len, rest.ptr);
    return open_block(t, 'i');
}

static bool do_for(struct tmpl *t, str rest)
{
    size_t one = scan(t, rest, 0, ';');
    size_t two = one < rest.len ? scan(t, rest, one + 1, ';') : NOWHERE;
    if (two >= rest.len || scan(t, rest, two + 1, ';') < rest.len)
        return tmpl_fail(t, "{for} takes start; condition; step");
    buf_printf(t->body, "    for (%.*s) {\n", (int)rest.len, rest.ptr);
    return open_block(t, 'f');
}

/* Ends a branch: it must stand where it began; what it learned about the tag is kept. */
static bool end_branch(struct tmpl *t, struct block *b)
{
    if (!markup_same(&t->html, &b->at))
        return tmpl_fail(t, "the branch from line %d ends elsewhere in the HTML than it began", b->line);
    b->white &= t->white;
    t->white = b->before;
    b->at.post |= t->html.post;
    b->at.has_src |= t->html.has_src;
    t->html = b->at;
    return true;
}

static bool do_else(struct tmpl *t, str rest)
{
    struct block *b = t->depth ? &t->stack[t->depth - 1] : NULL;
    bool is_if = str_is(take_word(&rest), "if");
    if (!b || b->kind != 'i' || is_if != (rest.len > 0))
        return tmpl_fail(t, "{else} or {else if condition} belongs to an {if}");
    buf_printf(t->body, is_if ? "    } else if (%.*s) {\n" : "    } else {%.*s\n", (int)rest.len, rest.ptr);
    b->kind = is_if ? 'i' : 'e';
    return end_branch(t, b);
}

static bool do_wrap(struct tmpl *t, str rest)
{
    str name, args;
    if (t->html.place != IN_TEXT)
        return tmpl_fail(t, "{wrap} has no place inside a tag");
    if (!take_call(t, rest, &name, &args) || !open_block(t, 'w'))
        return false;
    const char *comma = args.len ? ", " : "";
    buf_printf(t->body, "    %.*s_open(out%s%.*s);\n", (int)name.len, name.ptr, comma, (int)args.len, args.ptr);
    t->stack[t->depth - 1].close = arena_printf(t->body->mem, "    %.*s_close(out%s%.*s);\n", (int)name.len,
                                                name.ptr, comma, (int)args.len, args.ptr);
    return true;
}

static bool do_let(struct tmpl *t, str rest)
{
    buf_printf(t->body, "    %.*s;\n", (int)rest.len, rest.ptr);
    return t->html.place != BEFORE_VALUE || tmpl_fail(t, "a statement has no place here");
}

static bool do_attr(struct tmpl *t, str rest)
{
    str name;
    if (t->html.place != IN_TAG)
        return tmpl_fail(t, "{attr} stands inside a tag");
    if (!take_quoted(&rest, &name) || !rest.len || str_starts(name, str_of("on")))
        return tmpl_fail(t, "{attr} takes \"name\" condition");
    buf_printf(t->body, "    if (%.*s)\n        buf_put(out->buf, \" %.*s\");\n", (int)rest.len, rest.ptr,
               (int)name.len, name.ptr);
    t->html.space = false;
    return true;
}

static bool do_include(struct tmpl *t, str rest)
{
    str path;
    if (t->in_view || !take_quoted(&rest, &path) || rest.len)
        return tmpl_fail(t, "{include \"path.h\"} stands before the views");
    mark_line(t, t->includes, t->line);
    buf_printf(t->includes, "#include \"%.*s\"\n", (int)path.len, path.ptr);
    return true;
}

/* Writes the head of a view's function: void name(struct out *out, params). */
static void put_head(struct tmpl *t, struct buf *out, const char *suffix, const char *end)
{
    buf_printf(out, "void %.*s%s(struct out *out%s%.*s)%s\n", (int)t->name.len, t->name.ptr, suffix,
               t->params.len ? ", " : "", (int)t->params.len, t->params.ptr, end);
}

static bool do_view(struct tmpl *t, str rest)
{
    if (t->in_view)
        return tmpl_fail(t, "the view before is not closed with {end}");
    if (!take_call(t, rest, &t->name, &t->params))
        return false;
    if (str_is(t->params, "void"))
        t->params.len = 0;
    t->in_view = t->white = true;
    t->has_content = false;
    t->html = (struct markup){ 0 };
    t->body->len = 0;
    mark_line(t, t->protos, t->line);
    return true;
}

static bool do_content(struct tmpl *t, str rest)
{
    bool wraps_only = true;
    for (int i = 0; i < t->depth; i++)
        wraps_only &= t->stack[i].kind == 'w';
    if (rest.len || t->has_content || !wraps_only || t->html.place != IN_TEXT)
        return tmpl_fail(t, "{content} stands once in a view, outside of tags, {if} and {for}");
    t->has_content = true;
    buf_put(t->body, "}\n\n");
    put_head(t, t->body, "_close", "\n{");
    return true;
}

static bool end_view(struct tmpl *t)
{
    const char *suffix = t->has_content ? "_open" : "";
    if (t->html.place != IN_TEXT || t->html.keep)
        return tmpl_fail(t, "the view ends inside <%s>", t->html.tag);
    put_head(t, t->protos, suffix, ";");
    if (t->has_content)
        put_head(t, t->protos, "_close", ";");
    buf_put(t->views, "\n");
    put_head(t, t->views, suffix, "\n{");
    buf_add(t->views, buf_str(t->body));
    buf_put(t->views, "}\n");
    t->in_view = false;
    return true;
}

static bool do_end(struct tmpl *t, str rest)
{
    if (rest.len)
        return tmpl_fail(t, "{end} takes nothing");
    if (!t->depth)
        return end_view(t);
    struct block *b = &t->stack[--t->depth];
    if (b->kind == 'w') {
        buf_add(t->body, b->close);
        t->white = false;
        return markup_same(&t->html, &b->at) || tmpl_fail(t, "{wrap} ends inside a tag");
    }
    if (!end_branch(t, b))
        return false;
    t->white = b->white;
    t->html.space = false;
    buf_put(t->body, "    }\n");
    return true;
}

/* The statements, by first word. `empty`: takes nothing behind the word. */
static const struct {
    const char *word;
    bool (*run)(struct tmpl *t, str rest);
    bool empty, outside;
} STATEMENTS[] = {
    { "=", do_put, 0, 0 },           { "if", do_if, 0, 0 },     { "else", do_else, 1, 0 },
    { "end", do_end, 1, 0 },         { "for", do_for, 0, 0 },   { "let", do_let, 0, 0 },
    { "text", do_text, 0, 0 },       { "url", do_url, 0, 0 },   { "call", do_call, 0, 0 },
    { "wrap", do_wrap, 0, 0 },       { "attr", do_attr, 0, 0 }, { "content", do_content, 1, 0 },
    { "include", do_include, 0, 1 }, { "view", do_view, 0, 1 },
};

static bool run_statement(struct tmpl *t, str rest)
{
    str word = str_starts(rest, str_of("=")) ? str_sub(rest, 0, 1) : take_word(&(str){ rest.ptr, rest.len });
    rest = str_trim(str_sub(rest, word.len, rest.len));
    markup_settle(t);
    for (size_t i = 0; i < sizeof STATEMENTS / sizeof *STATEMENTS; i++) {
        if (!str_is(word, STATEMENTS[i].word))
            continue;
        if (!STATEMENTS[i].empty && !rest.len)
            return tmpl_fail(t, "{%s} takes something", STATEMENTS[i].word);
        if (!STATEMENTS[i].outside && !t->in_view)
            return tmpl_fail(t, "{%s} stands inside a {view}", STATEMENTS[i].word);
        bool last = !strcmp(STATEMENTS[i].word, "end") && !t->depth && !t->html.keep;
        while (last && t->literal->len && isspace((unsigned char)t->literal->ptr[t->literal->len - 1]))
            t->literal->len--;
        tmpl_flush(t);
        mark_line(t, t->body, t->line);
        return STATEMENTS[i].run(t, rest);
    }
    return tmpl_fail(t, "unknown statement {%.*s}; write &#123; for a brace", (int)word.len, word.ptr);
}

/* Reads the statement at the brace where t->at stands; size: its length with both braces. */
static bool read_statement(struct tmpl *t, size_t *size)
{
    str rest = str_sub(t->src, t->at + 1, t->src.len);
    if (str_starts(rest, str_of("#"))) {
        i64 close = str_find(rest, str_of("#}"), 1);
        *size = (size_t)close + 3;
        return close >= 0 || tmpl_fail(t, "the comment is not closed with #}");
    }
    size_t end = scan(t, rest, 0, '}');
    if (end >= rest.len)
        return tmpl_fail(t, "the statement is not closed with }");
    *size = end + 2;
    return run_statement(t, str_sub(rest, 0, end));
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
            read_statement(t, &size);
        else if (t->in_view)
            markup_read(t);
        else if (!isspace((unsigned char)c))
            tmpl_fail(t, "text stands outside of a {view}");
        for (size_t end = t->at + size; !t->error->len && t->at < end; t->at++)
            t->line += t->src.ptr[t->at] == '\n';
    }
    if (t->in_view || t->depth)
        t->line = t->depth ? t->stack[t->depth - 1].line : t->line;
    return t->in_view ? tmpl_fail(t, "{end} is missing") : !t->error->len;
}
