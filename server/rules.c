/* SPDX-License-Identifier: MulanPSL-2.0 */
/* rules [SET]: what a set of assessment rules says, as the program understands it; or what is wrong
 * with it. Needs no database, so that an office can write its rules before anything else stands. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "embed.h"
#include "modules/duty/ruleset_words.h"
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

static void say(const struct ruleset_line *line, enum ruleset_part before)
{
    static const char *const HEADS[RULESET_PARTS] = { [RULESET_GATE] = "duty.parts.gates",
                                                      [RULESET_VETO] = "duty.parts.vetoes",
                                                      [RULESET_GRADE] = "duty.parts.grades",
                                                      [RULESET_GROUP] = "duty.parts.group" };
    bool begins = HEADS[line->part] && line->part != before;
    str head = begins ? text_find(HEADS[line->part]) : str_of(""), worth = line->worth,
        terms = line->terms, between = terms.len ? text_find("duty.semicolon") : str_of("");
    if (begins)
        printf("\n%.*s\n", (int)head.len, head.ptr);
    printf("%s%.*s%s%.*s%.*s%.*s\n", line->part == RULESET_SECTION ? "\n" : "  ",
           (int)line->name.len, line->name.ptr, worth.len || terms.len ? ": " : "", (int)worth.len,
           worth.ptr, worth.len ? (int)between.len : 0, between.ptr, (int)terms.len, terms.ptr);
}

static err show(struct command_line *line, str name)
{
    const struct ruleset *set;
    str document;
    TRY(document_of(line, name, &document));
    TRY(ruleset_read(line->mem, document, &set));
    printf("%.*s\n", (int)set->name.len, set->name.ptr);
    struct rows rows = ruleset_lines(line->mem, set);
    const struct ruleset_line *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        say(&all[i], i ? all[i - 1].part : RULESET_WHOLE);
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
