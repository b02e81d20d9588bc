/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The embed tool as its users meet it: a small tree in a temporary folder is embedded, compiled
 * with the C compiler and asked for its bytes. Skips where neither $CC nor cc can be run. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    char tool[PATH_MAX];
    char dir[64];
};

__attribute__((format(printf, 1, 2))) static int run(const char *form, ...)
{
    char command[4 * PATH_MAX];
    va_list args;
    va_start(args, form);
    vsnprintf(command, sizeof command, form, args);
    va_end(args);
    return system(command);
}

/* The tool stands at BUILD/tools/embed, this test at BUILD/tests/…; go up until it is found. */
static int place_make(void **state)
{
    static struct place place;
    char at[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", at, sizeof at - 1);
    assert_true(size > 0);
    at[size] = 0;
    for (char *slash; (slash = strrchr(at, '/')) != NULL;) {
        *slash = 0;
        snprintf(place.tool, sizeof place.tool, "%.4000s/tools/embed", at);
        struct stat info;
        if (stat(place.tool, &info) == 0 && S_ISREG(info.st_mode) && access(place.tool, X_OK) == 0)
            break;
    }
    strcpy(place.dir, "/tmp/embed_test.XXXXXX");
    assert_non_null(mkdtemp(place.dir));
    *state = &place;
    return 0;
}

static int place_remove(void **state)
{
    struct place *place = *state;
    return run("rm -r %s", place->dir);
}

static void embeds_nothing_from_an_empty_tree(void **state)
{
    struct place *place = *state;
    assert_int_equal(
        run("mkdir -p %s/a/gen && cd %s/a && %s gen", place->dir, place->dir, place->tool), 0);
    assert_int_equal(run("grep -q 'embed_assets\\[\\] = {$' %s/a/gen/embed.c", place->dir), 0);
    assert_int_not_equal(run("grep -q blob_ %s/a/gen/embed.c", place->dir), 0);
}

static const char TREE[] =
    "mkdir -p gen ui/assets ui/root seed/ref modules/laws/schema modules/laws/text "
    "platform/db/schema"
    " && printf 'CREATE TABLE a(x);\\n' > modules/laws/schema/0001_a.sql"
    " && printf 'second' > modules/laws/schema/0002_b.sql"
    " && echo no > modules/laws/schema/README.md"
    " && printf 'q\"\\\\?\\000\\377\\1779' > seed/ref/odd.bin && : > seed/empty"
    " && printf 'k = \\345\\255\\227\\n' > modules/laws/text/zh.txt"
    " && printf 'body{}' > ui/assets/app.00c0ffee.css && printf BR > ui/assets/app.00c0ffee.css.br"
    " && printf '//' > ui/root/sw.js";

static const char PROGRAM[] =
    "#include \"embed.h\"\n#include <string.h>\n"
    "int main(void) {\n"
    " if (strcmp(laws_schema[0].name, \"0001_a.sql\") || laws_schema[0].size != 19) return 1;\n"
    " if (strcmp(laws_schema[1].name, \"0002_b.sql\") || laws_schema[2].name) return 2;\n"
    " if (strcmp((const char *)laws_schema[1].data, \"second\")) return 3;\n"
    " if (strcmp(embed_data[0].name, \"empty\") || embed_data[0].size) return 4;\n"
    " if (strcmp(embed_data[1].name, \"ref/odd.bin\") || embed_data[1].size != 8) return 5;\n"
    " if (memcmp(embed_data[1].data, \"q\\\"\\\\?\\0\\377\\1779\", 9)) return 6;\n"
    " if (strcmp(embed_texts[0].name, \"modules/laws/text/zh.txt\")) return 7;\n"
    " if (embed_texts[1].name) return 7;\n"
    " const struct embed_asset *css = &embed_assets[0], *sw = &embed_assets[1];\n"
    " if (strcmp(css->path, \"/assets/app.00c0ffee.css\")) return 8;\n"
    " if (strcmp(css->logical, \"app.css\")) return 8;\n"
    " if (strcmp(css->type, \"text/css; charset=utf-8\") || css->br_size != 2) return 9;\n"
    " if (css->etag[0] != '\"' || strlen(css->etag) != 18) return 10;\n"
    " if (strcmp(sw->path, \"/sw.js\") || strcmp(sw->logical, \"sw.js\") || sw->br) return 11;\n"
    " return embed_assets[2].path ? 12 : 0;\n}\n";

static void embeds_every_byte(void **state)
{
    struct place *place = *state;
    const char *cc = getenv("CC") ? getenv("CC") : "cc";
    if (run("%s --version > /dev/null 2>&1", cc) != 0)
        skip();
    assert_int_equal(run("mkdir %s/b && cd %s/b && %s", place->dir, place->dir, TREE), 0);
    char path[128];
    snprintf(path, sizeof path, "%s/b/main.c", place->dir);
    FILE *to = fopen(path, "w");
    assert_non_null(to);
    fputs(PROGRAM, to);
    fclose(to);
    assert_int_equal(run("cd %s/b && %s gen ui && %s -Wall -Wextra -Werror -Igen main.c gen/embed.c"
                         " -o prog",
                         place->dir, place->tool, cc),
                     0);
    assert_int_equal(WEXITSTATUS(run("%s/b/prog", place->dir)), 0);
}

static void leaves_unchanged_output_alone(void **state)
{
    struct place *place = *state;
    assert_int_equal(run("cd %s/a && touch -d 2001-01-01 gen/embed.c gen/embed.h && %s gen &&"
                         " test -z \"$(find gen -newermt 2002-01-01 -name 'embed.*')\"",
                         place->dir, place->tool),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(embeds_nothing_from_an_empty_tree),
        cmocka_unit_test(leaves_unchanged_output_alone),
        cmocka_unit_test(embeds_every_byte),
    };
    return cmocka_run_group_tests(tests, place_make, place_remove);
}
