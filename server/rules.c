/* SPDX-License-Identifier: MulanPSL-2.0 */
/* rules [SET]: what a set of assessment rules says, as the program understands it; or what is wrong
 * with it. Needs no database, so that an office can write its rules before anything else stands. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "embed.h"
#include "modules/duty/ruleset.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "server/command.h"

enum { DOCUMENT_MAX = 1 << 20 };

static const char SHIPPED[] = "rulesets/", END[] = ".json";

static bool is_shipped(const struct embed_file *file)
{
    return str_starts(str_of(file->name), str_of(SHIPPED));
}

static str content(const struct embed_file *file)
{
    return (str){ (const char *)file->data, file->size };
}

static str id_of(const struct embed_file *file)
{
    str name = str_of(file->name);
    size_t head = sizeof SHIPPED - 1, tail = sizeof END - 1;
    return str_sub(name, head, name.len - head - tail);
}

static err list_shipped(struct command_line *line)
{
    for (const struct embed_file *f = embed_data; f->name; f++) {
        const struct ruleset *set;
        if (!is_shipped(f))
            continue;
        TRY(ruleset_read(line->mem, content(f), &set));
        str id = id_of(f);
        printf("%-18.*s %.*s\n", (int)id.len, id.ptr, (int)set->name.len, set->name.ptr);
    }
    return OK;
}

/* A shipped set by its id, else the file of that path. */
static err document_of(struct command_line *line, str name, str *out)
{
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (is_shipped(f) && str_eq(id_of(f), name)) {
            *out = content(f);
            return OK;
        }
    char *space = arena_bytes(line->mem, DOCUMENT_MAX);
    int fd = open(arena_cstr(line->mem, name), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, space, DOCUMENT_MAX);
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return err_make_with(ERR_INVALID, "command.unreadable", name, str_of(""));
    if (n == DOCUMENT_MAX)
        return err_make_with(ERR_INVALID, "rules.too_long", name, str_of(""));
    *out = (str){ space, (size_t)n };
    return OK;
}

/* 1500 as "1.5". */
static str points(struct command_line *line, i64 value)
{
    i64 whole = value / POINT, rest = value % POINT < 0 ? -(value % POINT) : value % POINT;
    const char *sign = value < 0 && whole == 0 ? "-" : "";
    str text = arena_printf(line->mem, "%s%lld.%03lld", sign, (long long)whole, (long long)rest);
    while (text.ptr[text.len - 1] == '0')
        text.len--;
    if (text.ptr[text.len - 1] == '.')
        text.len--;
    return text;
}

static str many(struct command_line *line, const char *name, i64 value)
{
    return value ? text_format(line->mem, name, points(line, value), str_of("")) : str_of("");
}

static void say_rule(struct command_line *line, const struct rule *rule)
{
    str worth = rule->known ? points(line, rule->points) : text_find("rules.unknown");
    str unit = rule->unit.len ? rule->unit : text_find("rules.once");
    str cap = many(line, "rules.cap", rule->cap), from = many(line, "rules.after", rule->from),
        need = many(line, "rules.each", rule->need);
    printf("  %.*s: %.*s / %.*s%.*s%.*s%.*s\n", (int)rule->text.len, rule->text.ptr, (int)worth.len,
           worth.ptr, (int)unit.len, unit.ptr, (int)from.len, from.ptr, (int)need.len, need.ptr,
           (int)cap.len, cap.ptr);
}

static void say_sections(struct command_line *line, const struct ruleset *set)
{
    for (size_t s = 0; s < set->section_count; s++) {
        str cap = many(line, "rules.cap", set->sections[s].cap);
        printf("\n%.*s%.*s\n", (int)set->sections[s].name.len, set->sections[s].name.ptr,
               (int)cap.len, cap.ptr);
        for (size_t i = 0; i < set->rule_count; i++)
            if (set->rules[i].section == (int)s)
                say_rule(line, &set->rules[i]);
    }
}

static void say_rest(struct command_line *line, const struct ruleset *set)
{
    if (set->gate_count)
        printf("\n%s\n", text_find("rules.gates").ptr);
    for (size_t i = 0; i < set->gate_count; i++) {
        str need = points(line, set->gates[i].need);
        printf("  %.*s: %.*s\n", (int)set->gates[i].text.len, set->gates[i].text.ptr, (int)need.len,
               need.ptr);
    }
    if (set->veto_count)
        printf("\n%s\n", text_find("rules.vetoes").ptr);
    for (size_t i = 0; i < set->veto_count; i++)
        printf("  %.*s\n", (int)set->vetoes[i].text.len, set->vetoes[i].text.ptr);
    if (set->grade_count)
        printf("\n%s\n", text_find("rules.grades").ptr);
    for (size_t i = 0; i < set->grade_count; i++) {
        const struct ruleset_grade *grade = &set->grades[i];
        str from = grade->known ? points(line, grade->threshold) : text_find("rules.unknown");
        printf("  %.*s: %.*s\n", (int)grade->name.len, grade->name.ptr, (int)from.len, from.ptr);
    }
}

static err show(struct command_line *line, str name)
{
    const struct ruleset *set;
    str document;
    TRY(document_of(line, name, &document));
    TRY(ruleset_read(line->mem, document, &set));
    printf("%.*s\n", (int)set->name.len, set->name.ptr);
    say_sections(line, set);
    say_rest(line, set);
    return OK;
}

int command_rules(struct command_line *line)
{
    if (line->words.count > 1)
        return command_failed(line, err_make(ERR_INVALID, "rules.usage")), EXIT_USAGE;
    err e = line->words.count ? show(line, line->words.items[0]) : list_shipped(line);
    fflush(stdout);
    return e.code ? command_failed(line, e) : EXIT_DONE;
}
