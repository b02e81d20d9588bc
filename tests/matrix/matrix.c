/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See matrix.h. */
#include "tests/matrix/matrix.h"

#include "platform/base/str.h"
#include "platform/web/exchange.h"

static bool row_add(struct matrix *m, const struct route_entry *entry, size_t i)
{
    struct row *row = &m->rows[m->count];
    const struct specimen *s = specimen_of(entry);
    if (!specimen_thing(s, i, &row->thing))
        return false;
    assert_true(++m->count < ROWS_MAX);
    row->entry = entry;
    row->specimen = s;
    row->part = specimen_part(entry);
    row->sets = row->thing == THING_NONE ? 1 : SETS;
    row->may = entry->route.may;
    snprintf(row->name, sizeof row->name, "%s\t%s\t%s", method_name(entry->route.method),
             entry->route.path, thing_of(row->thing)->name);
    return true;
}

struct matrix *matrix_new(struct world *w)
{
    struct matrix *m = calloc(1, sizeof *m);
    const struct route_entry *entry;
    assert_non_null(m);
    m->w = w;
    for (size_t e = 0; (entry = route_at(w, e)); e++)
        for (size_t i = 0; row_add(m, entry, i); i++)
            ;
    return m;
}

int matrix_place(const struct part *part)
{
    for (int place = PART_NONE + 1; place < PARTS_END; place++)
        if (part_at(place) == part)
            return place;
    return PART_NONE;
}

/* ---- the reviewed tables ---- */

static str table_read(struct matrix *m, const struct part *part)
{
    const char *path = arena_printf(m->w->t->mem, TABLES "/%s.tsv", part->name).ptr;
    FILE *f = fopen(path, "r");
    if (!f)
        fail_msg("%s is missing (run from the root of the repository)", path);
    char *text = arena_zero(m->w->t->mem, 1 << 18);
    size_t len = fread(text, 1, (1 << 18) - 1, f);
    fclose(f);
    return (str){ text, len };
}

static void row_read(struct row *row, str table)
{
    str line = { "", 0 }, name = str_of(row->name), cell = line;
    memset(row->wanted, '?', sizeof row->wanted);
    while (str_split(&table, '\n', &line))
        if (str_starts(line, name) && line.len > name.len && line.ptr[name.len] == '\t')
            break;
    for (int i = 0; i < 3; i++)
        str_split(&line, '\t', &cell);
    for (enum who who = NOBODY; who < WHOS && str_split(&line, '\t', &cell); who++)
        for (size_t set = 0; set < SETS && set < cell.len; set++)
            row->wanted[who][set] = cell.ptr[set];
}

void matrix_read(struct matrix *m)
{
    for (int place = PART_NONE + 1; place < PARTS_END; place++)
        m->tables[place] = table_read(m, part_at(place));
    for (size_t i = 0; i < m->count; i++)
        row_read(&m->rows[i], m->tables[matrix_place(m->rows[i].part)]);
}

/* ---- asking ---- */

struct reply matrix_ask(struct matrix *m, const struct row *row, enum who who, int set)
{
    bool foreigner = row->thing == THING_NONE && WHO[who].org_id == ORG_OTHER;
    struct rehearsal r =
        specimen_swapped(m->w, row->entry, set, foreigner ? SET_FOREIGN : set, row->thing);
    return world_ask(m->w, who, &r);
}

bool matrix_asks_permission(const struct row *row)
{
    return strcmp(row->may, PUBLIC) != 0 && strcmp(row->may, SIGNED_IN) != 0;
}

struct actor matrix_all(struct matrix *m)
{
    struct actor all = m->w->actor[A_MEMBER];
    all.agency_id = m->w->agency[SET_FIRST];
    memset(all.scopes, SCOPE_ORG, sizeof all.scopes);
    return all;
}

struct reply matrix_ask_all_but(struct matrix *m, const struct row *row, const char *permission)
{
    struct actor *member = &m->w->actor[A_MEMBER], kept = *member;
    *member = matrix_all(m);
    if (permission)
        member->scopes[permission_number(permission)] = SCOPE_NONE;
    struct reply reply = matrix_ask(m, row, A_MEMBER, SET_FIRST);
    *member = kept;
    return reply;
}

static bool are_all_among(const char *words, const char *names)
{
    str rest = str_of(words), word;
    while (str_split(&rest, ' ', &word))
        if (!str_has_word(str_of(names), word))
            return false;
    return true;
}

/* What is not another's: each member acts for himself there; an invitation is shown by the scope of
 * its list. */
static bool is_everybodys(const struct row *row)
{
    static const char *const PATHS[] = { "/proposals/{id}/endorse", "/proposals/{id}/unendorse",
                                         "/meetings/{id}/checkin", "/speech_calls/{id}/write",
                                         "/invitations/{id}" };
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
        if (strstr(row->entry->route.path, PATHS[i]))
            return true;
    return false;
}

bool matrix_is_for_own(const struct row *row)
{
    size_t count;
    const struct permission *all = permission_all(&count);
    if (row->sets < SETS || is_everybodys(row))
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].name, row->may) == 0)
            return are_all_among(all[i].roles, "member head") ||
                   are_all_among(all[i].roles, "operator agency_leader");
    return false;
}

struct reply matrix_ask_as_stranger(struct matrix *m, const struct row *row)
{
    struct actor *member = &m->w->actor[A_MEMBER], kept = *member;
    *member = matrix_all(m);
    struct reply reply = matrix_ask(m, row, A_MEMBER, SET_SECOND);
    *member = kept;
    return reply;
}
