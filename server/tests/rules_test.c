/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang rules`: every shipped set is sound and can be read; a faulty document is refused with
 * its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "server/command.h"

enum { SAID_MAX = 16384 };

/* What the command prints, to both outputs, and its status. */
struct said {
    char text[SAID_MAX];
    int status;
};

static struct said *ask(struct arena *mem, const char *word)
{
    struct said *said = arena_zero(mem, sizeof *said);
    struct command_line line = { .mem = mem };
    FILE *file = tmpfile();
    int out = dup(STDOUT_FILENO), problems = dup(STDERR_FILENO);
    if (word)
        strs_add(mem, &line.words, str_of(word));
    fflush(stdout);
    dup2(fileno(file), STDOUT_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    said->status = command_rules(&line);
    fflush(stdout);
    dup2(out, STDOUT_FILENO);
    dup2(problems, STDERR_FILENO);
    close(out);
    close(problems);
    rewind(file);
    said->text[fread(said->text, 1, SAID_MAX - 1, file)] = '\0';
    fclose(file);
    return said;
}

static void every_shipped_set_is_listed_and_reads(void **state)
{
    struct said *list = ask(*state, NULL);
    size_t count = 0;
    assert_int_equal(list->status, EXIT_DONE);
    for (const struct embed_file *f = embed_data; f->name; f++) {
        char id[64];
        if (sscanf(f->name, "rulesets/%60[^.].json", id) != 1)
            continue;
        count++;
        assert_non_null(strstr(list->text, id));
        assert_int_equal(ask(*state, id)->status, EXIT_DONE);
    }
    assert_true(count >= 21);
}

static void a_set_is_told_in_words(void **state)
{
    const char *text = ask(*state, "hefei-2015")->text;
    assert_non_null(strstr(text, "合肥市政协委员履职量化考核暂行办法"));
    assert_non_null(strstr(text, "第2件起每多立案1件: 每件 5 分；前 1 件不计；最多 20 分"));
    assert_non_null(strstr(text, "常委无故缺席全会和常委会会议: 每次扣 4 分"));
    assert_non_null(strstr(text, "信息被采用: 原文未写明分值"));
    text = ask(*state, "jinan-2015")->text;
    assert_non_null(strstr(text, "必达项（不计分）"));
    assert_non_null(strstr(text, "优秀: 85 分起"));
}

static void a_fault_is_told_and_where(void **state)
{
    char path[] = "/tmp/huotang-rules-XXXXXX";
    int fd = mkstemp(path);
    const char *document = "{\"id\": \"x\", \"name\": \"X\", \"items\": [\n"
                           "{\"category\": \"a\", \"item\": \"b\", \"point\": 1}]}";
    assert_int_equal(write(fd, document, strlen(document)), (ssize_t)strlen(document));
    close(fd);
    struct said *said = ask(*state, path);
    unlink(path);
    assert_int_equal(said->status, EXIT_FAILED);
    assert_non_null(strstr(said->text, "第 2 行（items 第 1 项）：没有“point”这个字段"));
    said = ask(*state, "/nowhere/rules.json");
    assert_int_equal(said->status, EXIT_FAILED);
    assert_non_null(strstr(said->text, "读不了文件 /nowhere/rules.json"));
}

static int set_up(void **state)
{
    *state = arena_new(64 << 20, 0);
    return text_load(*state, embed_texts).code == ERR_NONE ? 0 : -1;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_set_is_listed_and_reads),
        cmocka_unit_test(a_set_is_told_in_words),
        cmocka_unit_test(a_fault_is_told_and_where),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
