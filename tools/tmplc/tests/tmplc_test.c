/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The view compiler: what a template becomes, and that every unsafe or broken one is refused at
 * the right line. The last tests run the C compiler on what was made: a misspelt member is an
 * error at the template's line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tools/tmplc/tmplc.h"

static const char SPDX[] = "{# SPDX-License-Identifier: MulanPSL-2.0 #}\n";

/* Compiles a body as line 3 and following of view view_t_x(const struct t *v). */
static bool compile(struct arena *mem, const char *body, struct tmpl *t)
{
    str src = arena_printf(mem, "%s{view view_t_x(const struct t *v)}\n%s\n{end}\n", SPDX, body);
    tmpl_init(t, mem, "t.html", src);
    return tmpl_compile(t);
}

static bool contains(struct buf *text, const char *part)
{
    return str_find(buf_str(text), str_of(part), 0) >= 0;
}

struct bad {
    const char *body;
    int line; /* within the body, from 1 */
    const char *message;
};

static void bad_is_refused(const struct bad *bad)
{
    struct arena *mem = arena_new(64 << 20, 0);
    struct tmpl t;
    bool good = compile(mem, bad->body, &t);
    str begin = arena_printf(mem, "t.html:%d: ", bad->line + 2);
    if (good || !str_starts(buf_str(t.error), begin) || !contains(t.error, bad->message))
        fail_msg("%s\ngave: %s\nexpected line %d: %s", bad->body,
                 good ? "no error" : arena_cstr(mem, buf_str(t.error)), bad->line + 2,
                 bad->message);
    arena_free(mem);
}

static void unsafe_places_are_refused(void **state)
{
    static const struct bad BAD[] = {
        { "<p class={= v->a}>", 1, "the value of class must be quoted" },
        { "<p class=a>", 1, "the value of class must be quoted" },
        { "<p>\n<p {= v->a}>", 2, "inside a tag" },
        { "<{= v->a}>", 1, "write &lt;" },
        { "<p{= v->a}>", 1, "inside a tag" },
        { "<p {text a.b}>", 1, "inside a tag" },
        { "<script>x</script>", 1, "<script> without src" },
        { "<SCRIPT>x</SCRIPT>", 1, "<script> without src" },
        { "<script src=\"/a.js\">\nx</script>", 2, "<script> must be empty" },
        { "<script src=\"/a.js\">{= v->a}</script>", 1, "inside a tag or <script>" },
        { "<script src=\"/a.js\">{if v->a}{end}</script>", 1, "has no place here" },
        { "<script src=\"/a.js\"><b></b></script>", 1, "<script> must be empty" },
        { "<style>p{}</style>", 1, "<style> is not allowed" },
        { "<p style=\"color:red\">", 1, "the attribute style is not allowed" },
        { "<p\n\nonclick=\"x()\">", 3, "the attribute onclick is not allowed" },
        { "<p OnClick=\"x()\">", 1, "the attribute onclick is not allowed" },
        { "<p hx-on:click=\"x()\">", 1, "is not allowed" },
        { "<iframe srcdoc=\"{= v->a}\">", 1, "the attribute srcdoc is not allowed" },
        { "<button formmethod=\"post\">", 1, "the attribute formmethod is not allowed" },
        { "<form method=\"{= v->a}\">", 1, "the value must be literal" },
        { "<div hx-vals='{= v->a}'>", 1, "the value must be literal" },
        { "{call view_a()}<p title=\"{call view_a()}\">", 1,
          "{call} of a view has no place in an attribute" },
        { "<p title=\"{wrap view_a()}\">", 1, "{wrap} has no place inside a tag" },
        { "<!-- x -->", 1, "instead of an HTML comment" },
        { "<a{if v->a} hr{end}ef=\"{= v->a}\">", 1, "a space is missing before an attribute" },
        { "<p a=\"b\"c=\"d\">", 1, "a space is missing before an attribute" },
        { "<p a = \"b\">", 1, "without spaces" },
        { "<p \"b\">", 1, "has no place in a tag" },
        { "a < b", 1, "write &lt;" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        bad_is_refused(&BAD[i]);
}

static void unsafe_addresses_are_refused(void **state)
{
    static const struct bad BAD[] = {
        { "<a href=\"{= v->a}\">", 1, "use one {url}" },
        { "<a href=\"/x/{= v->a}\">", 1, "use one {url}" },
        { "<a href=\"{text a.b}\">", 1, "use one {url}" },
        { "<a href=\"{call view_date(v->a)}\">", 1, "use one {url}" },
        { "<a href=\"javascript:alert(1)\">", 1, "href must be a literal beginning with /" },
        { "<a href=\" /x\">", 1, "href must be a literal beginning with /" },
        { "<a href=\"//evil.example\">", 1, "href must be a literal beginning with /" },
        { "<img src=\"https://evil.example/x\">", 1, "src must be a literal beginning with /" },
        { "<form action=\"https://evil.example\">", 1,
          "action must be a literal beginning with /" },
        { "<div data-url=\"{= v->a}\">", 1, "use one {url}" },
        { "<div data-save-url=\"{= v->a}\">", 1, "use one {url}" },
        { "<div hx-get=\"{= v->a}\">", 1, "use one {url}" },
        { "<use xlink:href=\"{= v->a}\">", 1, "use one {url}" },
        { "<a HREF=\"{= v->a}\">", 1, "use one {url}" },
        { "<a href=\"/x{url v->a}\">", 1, "which stands first" },
        { "<a href=\"{if v->a}/x{end}javascript:\">", 1, "href must be a literal" },
        { "<a href=\"{if v->a}/x{else}data:{end}\">", 1, "href must be a literal" },
        { "<a href=\"{url \"x/{}\", v->a}\">", 1, "an address begins with" },
        { "<a href=\"{url \"//x/{}\", v->a}\">", 1, "an address begins with" },
        { "<a\nhref=\"{url \"/x/{}/{}\", v->a}\">", 2, "more {} than values" },
        { "<a href=\"{url \"/x/{}\", v->a, v->b}\">", 1, "fewer {} than values" },
        { "<a href=\"{url \"/x\" v->a}\">", 1, "fewer {} than values" },
        { "<a {url \"/x\"}>", 1, "inside a tag" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        bad_is_refused(&BAD[i]);
}

static void broken_statements_are_refused(void **state)
{
    static const struct bad BAD[] = {
        { "<p>\n{foo}", 2, "unknown statement {foo}" },
        { "{ = v->a}", 1, "unknown statement" },
        { "\n\n{= (v->a}", 3, "brackets" },
        { "{= v->a[0)}", 1, "brackets" },
        { "{= \"x}", 1, "a quote in the statement is not closed" },
        { "{= v->a; system(0)}", 1, "has no place in a statement" },
        { "{if v->a) { abort(); } if (1}{end}", 1, "brackets" },
        { "{= v->a // x\n}", 1, "a comment, # or \\" },
        { "{= v->a /* x */}", 1, "a comment, # or \\" },
        { "{let int a\n#define x\n}", 1, "a comment, # or \\" },
        { "{if v->a}", 0,
          "{end} is missing" }, /* the last {end} closes the {if}: the view is open */
        { "a\n{for int i = 0; i < 3; i++}\n{if v->a}b", 2, "{end} is missing" },
        { "{=}", 1, "{=} takes something" },
        { "{if}x{end}", 1, "{if} takes something" },
        { "{for int i = 0; i < 3}{end}", 1, "{for} takes start; condition; step" },
        { "{for a; b; c; d}{end}", 1, "{for} takes start; condition; step" },
        { "{else}", 1, "belongs to an {if}" },
        { "{for a; b; c}{else}{end}", 1, "belongs to an {if}" },
        { "{if v->a}{else}{else}{end}", 1, "belongs to an {if}" },
        { "{if v->a}{else x}{end}", 1, "belongs to an {if}" },
        { "{if v->a}{else if}{end}", 1, "belongs to an {if}" },
        { "{if v->a}\n<p\n{end}>", 3, "the branch from line 3 ends elsewhere" },
        { "<p class=\"{if v->a}\" id=\"{end}\">", 1, "ends elsewhere" },
        { "{if v->a}<textarea>{end}</textarea>", 1, "ends elsewhere" },
        { "{call view_a}", 1, "expected view_name(arguments)" },
        { "{call printf(\"x\")}", 1, "expected view_name(arguments)" },
        { "{call view_a(1) + 2}", 1, "expected nothing behind" },
        { "{call view_a(1)(2)}", 1, "expected nothing behind" },
        { "{text a b}", 1, "stable name" },
        { "{attr \"checked\" v->a}", 1, "{attr} stands inside a tag" },
        { "<p {attr checked v->a}>", 1, "{attr} takes" },
        { "<p {attr \"onclick\" v->a}>", 1, "{attr} takes" },
        { "{if v->a}{content}{end}", 1, "{content} stands once" },
        { "{content}{content}", 1, "{content} stands once" },
        { "<script src=\"/x\">{content}</script>", 1, "{content} stands once" },
        { "{include \"x.h\"}", 1, "stands before the views" },
        { "{view view_t_y()}", 1, "not closed with {end}" },
        { "{# x", 1, "the comment is not closed" },
        { "\n{= v->a", 2, "the statement is not closed" },
        { "<p", 2, "the view ends inside <p>" },
        { "<textarea>", 2, "the view ends inside <textarea>" },
        { "<script src=\"/x\">", 2, "the view ends inside <script>" },
        { "{end}\nx", 2, "text stands outside of a {view}" },
        { "{end}\n{= v->a}", 2, "stands inside a {view}" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        bad_is_refused(&BAD[i]);
}

static void files_begin_with_their_licence(void **state)
{
    struct arena *mem = arena_new(64 << 20, 0);
    struct tmpl t;
    (void)state;
    tmpl_init(&t, mem, "t.html", str_of("{view view_a()}{end}"));
    assert_false(tmpl_compile(&t));
    assert_true(contains(t.error, "t.html:1: a view opens with"));
    arena_free(mem);
}

struct good {
    const char *body;
    const char *made; /* part of the C */
};

static void statements_become_c(void **state)
{
    static const struct good GOOD[] = {
        { "{= v->a}", "PUT(out, v->a);" },
        { "<p title=\"{= v->a}\">",
          "str: view_put_str, i64: view_put_i64, int: view_put_int)(out, v->a)" },
        { "{= f(\"}\", '}', (struct q){ 1 }.a)}", "PUT(out, f(\"}\", '}', (struct q){ 1 }.a));" },
        { "{if v->a}x{else if v->b}y{else}z{end}", "} else if (v->b) {" },
        { "{for i64 i = 0; i < v->n; i++}x{end}", "for (i64 i = 0; i < v->n; i++) {" },
        { "{let const struct t *p = &v->items[i]}", "const struct t *p = &v->items[i];" },
        { "{call view_a()}", "view_a(out);" },
        { "{call view_a(v->a, 1)}", "view_a(out, v->a, 1);" },
        { "{wrap view_f(v)}x{end}", "view_f_open(out, v);" },
        { "{wrap view_f(v)}x{end}", "view_f_close(out, v);" },
        { "<a>{content}</a>", "void view_t_x_close(struct out *out, const struct t *v)\n{" },
        { "{wrap view_f()}{content}{end}", "view_f_close(out);" },
        { "{text proposals.none-yet}", "view_text(out, \"proposals.none-yet\");" },
        { "<a href=\"{url \"/x/{}?y=1&z={}\", v->a, v->b}\">", "\"?y=1&amp;z=\", 11 });" },
        { "<a href=\"{url \"/x/{}?y=1&z={}\", v->a, v->b}\">",
          "str: view_url_str, i64: view_put_i64, int: view_put_int)(out, v->b)" },
        { "<a href=\"{url v->a}\">", "view_url(out, v->a);" },
        { "<a href=\"{if v->a}{url v->a}{else}/x{end}\">", "view_url(out, v->a);" },
        { "<use href=\"{call view_asset(\"i.svg\")}#x\">", "view_asset(out, \"i.svg\");" },
        { "<a href=\"https://beian.miit.gov.cn/\">", "https://beian.miit.gov.cn/" },
        { "<a href=\"{url \"geo:{}\", at}\">", "geo:" },
        { "<a href=\"#main\"></a><a href=\"?a=1\"></a><a href=\"tel:12345\"></a>", "tel:12345" },
        { "<time datetime=\"{call view_date_iso(v->d)}\">", "view_date_iso(out, v->d);" },
        { "<input{attr \"checked\" v->a}>", "if (v->a)\n        buf_put(out->buf, \" checked\");" },
        { "<li{if v->a} class=\"x\"{end}>", "\" class=\\\"x\\\"\"" },
        { "<form method=\"post\" action=\"/x\">", "\"/x\\\">\", 32 });\n    view_csrf(out);" },
        { "<FORM METHOD='POST'>", "view_csrf(out);" },
        { "<form{if v->a} method=\"post\"{end}>", "view_csrf(out);" },
        { "<script src=\"/a.js\" defer>\n</script>", "</script>" },
        { "提案\"\\", "\"提案\\\"\\\\\"" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        struct arena *mem = arena_new(64 << 20, 0);
        struct tmpl t;
        if (!compile(mem, GOOD[i].body, &t))
            fail_msg("%s\ngave: %s", GOOD[i].body, arena_cstr(mem, buf_str(t.error)));
        if (!contains(t.views, GOOD[i].made))
            fail_msg("%s\nmade: %s\nexpected: %s", GOOD[i].body, arena_cstr(mem, buf_str(t.views)),
                     GOOD[i].made);
        arena_free(mem);
    }
}

static void other_forms_bring_no_token(void **state)
{
    struct arena *mem = arena_new(64 << 20, 0);
    struct tmpl t;
    (void)state;
    assert_true(compile(
        mem, "<form action=\"/x\"></form><form method=\"get\"></form><b data-method=\"post\">",
        &t));
    assert_false(contains(t.views, "view_csrf"));
    arena_free(mem);
}

/* Joins the literals of the made C, with each statement as one |. */
static str text_of(struct arena *mem, struct buf *c)
{
    struct buf *text = buf_new(mem, 1 << 20);
    str rest = buf_str(c), line;
    while (str_split(&rest, '\n', &line)) {
        str body = str_trim(line), begin = str_of("buf_add(out->buf, (str){ \"");
        if (str_starts(body, begin))
            buf_add(text, str_sub(body, begin.len,
                                  (size_t)str_find(body, str_of("\", "), 0) - begin.len));
        else if (str_starts(body, str_of("PUT")) || str_starts(body, str_of("if")) ||
                 str_starts(body, str_of("}  ")))
            buf_put_byte(text, '|');
    }
    return buf_str(text);
}

static void white_space_is_kept_once(void **state)
{
    static const struct good SPACE[] = {
        { "<p>\n   <b>x</b>  <i>", "<p>\\n<b>x</b> <i>" },
        { "<p\n   class=\"a  b\"\n id=\"c\">", "<p class=\\\"a  b\\\" id=\\\"c\\\">" },
        { "<b></b>\n{if v->a}\n<i>x</i>\n{end}\n<u></u>", "<b></b>\\n|<i>x</i>\\n<u></u>" },
        { "<b></b>{if v->a}<i>x</i>{end}\n<u></u>", "<b></b>|<i>x</i>\\n<u></u>" },
        { "a {= v->a} b", "a | b" },
        { "<textarea>\n a\n  b </textarea>", "<textarea>\\n a\\n  b </textarea>" },
        { "<pre>  a\n</pre>  <p>  x", "<pre>  a\\n</pre> <p> x" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof SPACE / sizeof *SPACE; i++) {
        struct arena *mem = arena_new(64 << 20, 0);
        struct tmpl t;
        assert_true(compile(mem, SPACE[i].body, &t));
        assert_string_equal(arena_cstr(mem, text_of(mem, t.views)), SPACE[i].made);
        arena_free(mem);
    }
}

/* Runs the C compiler on a view with the given body; what it says is in output. */
static int run_compiler(struct arena *mem, const char *body, const char **output)
{
    char name[] = "/tmp/tmplc-test-XXXXXX.c";
    struct tmpl t;
    assert_true(compile(mem, body, &t));
    int fd = mkstemps(name, 2);
    FILE *file = fdopen(fd, "w");
    assert_non_null(file);
    fputs("#include \"platform/web/view.h\"\n", file);
    fputs("struct t { str title; i64 n; bool open; html body; };\n", file);
    fwrite(t.protos->ptr, 1, t.protos->len, file);
    fwrite(t.views->ptr, 1, t.views->len, file);
    fclose(file);
    const char *cc = getenv("CC");
    str command =
        arena_printf(mem, "%s -std=gnu11 -I. -fsyntax-only %s %s 2>&1", cc ? cc : "cc",
                     cc && strstr(cc, "clang") ? "-fdouble-square-bracket-attributes" : "", name);
    FILE *pipe = popen(arena_cstr(mem, command), "r");
    assert_non_null(pipe);
    struct buf *said = buf_new(mem, 1 << 20);
    for (int c; (c = fgetc(pipe)) != EOF;)
        buf_put_byte(said, (char)c);
    *output = arena_cstr(mem, buf_str(said));
    remove(name);
    return pclose(pipe);
}

static void the_compiler_complains_at_the_templates_line(void **state)
{
    static const struct bad BAD[] = {
        { "<p>\n{= v->titel}", 2, "error: " },
        { "{if v->open}\n<b title=\"{= v->titel}\">\n{end}", 2, "error: " },
        { "\n\n{= \"a char pointer\"}", 3, "" },
        { "<p>{= v->n}\n<p>{= v->open}", 2, "" },
        { "\n<p title=\"{= v->body}\">", 2, "error: " },
        { "\n<a href=\"{url \"/x/{}\", v->open}\">", 2, "error: " },
        { "x\n{for i64 i = 0; i < v->m; i++}x{end}", 2, "error: " },
    };
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct arena *mem = arena_new(64 << 20, 0);
        const char *said;
        assert_int_not_equal(run_compiler(mem, BAD[i].body, &said), 0);
        const char *place = arena_cstr(mem, arena_printf(mem, "t.html:%d:", BAD[i].line + 2));
        if (!strstr(said, place) || !strstr(said, BAD[i].message))
            fail_msg("%s\ngave: %s", BAD[i].body, said);
        arena_free(mem);
    }
}

static void a_right_view_compiles(void **state)
{
    struct arena *mem = arena_new(64 << 20, 0);
    const char *said;
    (void)state;
    int status = run_compiler(
        mem, "<a href=\"{url \"/x/{}\", v->n}\" title=\"{= v->title}\">{= v->body}</a>", &said);
    if (status)
        fail_msg("%s", said);
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unsafe_places_are_refused),
        cmocka_unit_test(unsafe_addresses_are_refused),
        cmocka_unit_test(broken_statements_are_refused),
        cmocka_unit_test(files_begin_with_their_licence),
        cmocka_unit_test(statements_become_c),
        cmocka_unit_test(other_forms_bring_no_token),
        cmocka_unit_test(white_space_is_kept_once),
        cmocka_unit_test(the_compiler_complains_at_the_templates_line),
        cmocka_unit_test(a_right_view_compiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
