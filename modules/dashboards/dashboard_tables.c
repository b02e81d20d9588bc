/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See dashboard_tables.h. */
#include "modules/dashboards/dashboard_tables.h"

#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"

enum { COLUMNS_MAX = 128, KEY_MAX = 1000, YEAR_DIGITS = 4 };

#define ROAD                                                                            \
    "received docketed docketed_share rejected diverted withdrawn merged assigned due " \
    "replied on_time closed class.* reply_rate strict_rate on_time_rate"
#define OF_AGENCY                                                                       \
    "unit_assigned unit_share cohosted unit_due unit_replied unit_on_time unit_closed " \
    "unit_class.* unit_reply_rate unit_strict_rate unit_on_time_rate"
#define OF_CONTACT                                                  \
    "unit_contacted contact_rate unit_met meet_rate items adopted " \
    "partly_adopted adoption_rate"
#define OF_FORM                                                                              \
    "sent returned handling_satisfied handling_fair handling_dissatisfied result_satisfied " \
    "result_fair result_dissatisfied return_rate handling_rate result_rate satisfied_rate"
#define OF_PROMISE  "promised promises_due kept unconfirmed missed open fulfil_rate"
#define OF_PRESSING "reminded slips slips_due slips_answered slips_on_time slips_rate"
#define OF_DISPUTE  "disputes disputes_open disputes_upheld disputes_moved disputes_dropped"
#define SHORT       "received docketed replied reply_rate"

const struct figure_dimension FIGURE_DIMENSIONS[] = {
    { "category", "category", "proposals.categories", false, "&categorised=0", ROAD },
    { "field", "field", NULL, false, NULL, ROAD },
    { "kind", "kind", "proposals.kind", true, NULL, ROAD },
    { "proposer", "kind", "proposals.figures.proposer", true, NULL, ROAD },
    { "timing", "timing", "proposals.timing", true, NULL, ROAD },
    { "reject_reason", "reject_reason", "proposals.reject_reasons", false, NULL, "rejected" },
    { "sector", "sector_name", NULL, false, NULL, ROAD },
    { "committee", "committee_name", NULL, false, NULL, ROAD },
    { "party", "party", "members.parties", false, NULL, SHORT },
    { "gender", "gender", "members.gender", true, NULL, SHORT },
    { "ethnic", "ethnic", NULL, false, NULL, SHORT },
    { 0 },
};

#define OPINION_ROAD                                                             \
    "opinions waiting chosen stored issued single sourced urgent_sent revising " \
    "choose_rate issue_rate"

const struct figure_dimension OPINION_DIMENSIONS[] = {
    { "opinion_month", "month", NULL, false, NULL,
      OPINION_ROAD " composites composites_issued recast" },
    { "opinion_kind", "kind", "opinions.kind", true, NULL, OPINION_ROAD },
    { "opinion_party", "party", "members.parties", false, NULL, OPINION_ROAD },
    { "opinion_sector", "sector", NULL, false, NULL, OPINION_ROAD },
    { "opinion_committee", "committee", NULL, false, NULL, OPINION_ROAD },
    { "opinion_body", "body_name", NULL, false, NULL, OPINION_ROAD },
    { "opinion_category", "category", "opinions.categories", false, NULL, OPINION_ROAD },
    { 0 },
};
const char WRITER_FIGURES[] = OPINION_ROAD " recast",
           OPINION_YEAR_FIGURES[] = OPINION_ROAD " composites composites_issued recast";

#define LETTER_BEGIN "letters waiting dismissed routed withdrawn handed answered on_time late "
#define LETTER_END \
    "solved partly unsolved unjudged solve_rate again still_yes still_no still_rate fed"
#define LETTER_ROAD LETTER_BEGIN "overdue on_time_rate " LETTER_END

const struct figure_dimension LETTER_DIMENSIONS[] = {
    { "letter_month", "month", NULL, false, NULL, LETTER_ROAD },
    { "letter_kind", "kind", "letters.kind", true, NULL, LETTER_ROAD },
    { "letter_category", "category", "mailbox.categories", false, "&sorted=0", LETTER_ROAD },
    { "letter_via", "via", "letters.via", true, NULL, LETTER_ROAD },
    { "letter_lane", "lane", "letters.lane", true, NULL, LETTER_ROAD },
    { "letter_reason", "reason", "mailbox.dismiss_reasons", false, NULL, "dismissed" },
    { 0 },
};
const struct figure_dimension LETTER_PLACES[] = {
    { "letter_county", "county", NULL, false, "&placed=0", LETTER_ROAD },
    { "letter_town", "town", NULL, false, NULL, LETTER_ROAD },
    { 0 },
};
/* What hangs on today is looked up for one year alone. */
const char LETTER_FIGURES[] = "letters withdrawn handed answered on_time late overdue "
                              "on_time_rate " LETTER_END,
           COUNTY_FIGURES[] =
               "letters answered on_time late overdue on_time_rate solved solve_rate",
           LETTER_YEAR_FIGURES[] = LETTER_BEGIN LETTER_END;

const char AGENCY_FIGURES[] = OF_AGENCY, FORM_FIGURES[] = OF_FORM, PROMISE_FIGURES[] = OF_PROMISE,
           URGING_FIGURES[] = OF_PRESSING " " OF_DISPUTE, CONTACT_FIGURES[] = OF_CONTACT,
           ALL_OF_AGENCIES[] =
               OF_AGENCY " " OF_CONTACT " " OF_FORM " " OF_PROMISE " " OF_PRESSING " " OF_DISPUTE;
const char TOTAL_FIGURES[] =
    "received pending docketed rejected diverted withdrawn merged signers assigned due replied "
    "reply_rate strict strict_rate on_time on_time_rate closed class.* share.* "
    "extended redone mediated flagship commended publishable published publish_rate "
    "found found_rate agencies hosts unit_assigned unit_due unit_replied unit_reply_rate "
    "unit_strict_rate unit_on_time "
    "unit_on_time_rate unit_contacted contact_rate unit_met meet_rate items adopted "
    "partly_adopted adoption_rate " OF_PRESSING " reminded_by_clock " OF_DISPUTE
    " case_satisfied case_fair "
    "case_dissatisfied case_rate sent returned return_rate handling_rate result_rate "
    "satisfied_rate promised promises_due kept missed fulfil_rate";

/* ---- which figures ---- */

/* Those of a list of names that the actor may see. */
static size_t chosen(const struct figure_set *s, const char *names,
                     const struct figure *out[COLUMNS_MAX])
{
    str rest = str_of(names), name;
    size_t n = 0;
    while (str_split(&rest, ' ', &name))
        for (size_t i = 0; i < s->figure_count && n < COLUMNS_MAX; i++) {
            str own = str_of(s->figures[i].name);
            bool all = str_ends(name, str_of("*"));
            str begin = str_sub(name, 0, name.len - (all ? 1 : 0));
            if ((all ? str_starts(own, begin) : str_eq(own, name)) &&
                figure_is_shown(s, &s->figures[i]))
                out[n++] = &s->figures[i];
        }
    return n;
}

const struct tally_line *figure_total(const struct figure_set *s, const struct figure *f)
{
    static const struct tally_line NOTHING;
    bool of_agencies = f->of == OF_ANSWERS || f->of == OF_ITEMS || f->of == OF_AGENCIES ||
                       f->of == OF_FORMS || f->of == OF_PROMISES;
    if (of_agencies)
        return &s->handled;
    return s->cases.count ? &s->cases.lines[0] : &NOTHING;
}

str figure_words(const struct figure_set *s, const struct tally_line *line, const struct figure *f)
{
    if (figure_is_unknown(line, f))
        return text_find("proposals.figures.unknown");
    return f->whole ? figure_percent(s, figure_rate(line, f))
                    : arena_printf(s->rq->mem, "%lld", (long long)figure_value(line, f));
}

static struct figure_cell cell_of(const struct figure_set *s, const struct figure *f,
                                  const struct table_line *line)
{
    if (f->whole || figure_is_unknown(line->counts, f))
        return (struct figure_cell){ .rate = figure_words(s, line->counts, f) };
    return (struct figure_cell){ .value = figure_value(line->counts, f),
                                 .url = figure_url(s, f, line->key) };
}

/* ---- lines ---- */

/* Members' (委员提案: personal and joint) and collective ones. */
static const struct {
    const char *name, *kinds;
} PROPOSERS[] = { { "member", "personal,joint" },
                  { "collective", "democratic,association,sector,group,committee,township" } };

static void put_encoded(struct buf *b, str text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_printf(b, "%%%02X", (unsigned char)text.ptr[i]);
}

/* "&category=%E4%BA%A4": an empty filter would mean none. */
static str key_of(struct rq *rq, const struct figure_dimension *d, str code)
{
    struct buf *b = buf_new(rq->mem, KEY_MAX);
    if (code.len == 0)
        return str_of(d->empty);
    if (strcmp(d->name, "proposer") == 0)
        return arena_printf(rq->mem, "&kind=%s", PROPOSERS[str_is(code, "member") ? 0 : 1].kinds);
    if (strcmp(d->query, "town") == 0) { /* behind its county */
        str county;
        (void)str_split(&code, '/', &county);
        buf_put(b, "&county=");
        put_encoded(b, county);
    }
    buf_printf(b, "&%s=", d->query);
    put_encoded(b, code);
    return buf_str(b);
}

static str label_of(const struct figure_set *s, const struct figure_dimension *d, str code)
{
    struct rq *rq = s->rq;
    if (code.len == 0)
        return text_find("proposals.figures.none");
    if (strcmp(d->query, "month") == 0)
        return text_format(rq->mem, figure_key(s, "month_of"), str_sub(code, 0, YEAR_DIGITS),
                           str_sub(code, YEAR_DIGITS, code.len));
    if (strcmp(d->query, "town") == 0) {
        str county;
        (void)str_split(&code, '/', &county);
        return arena_printf(rq->mem, "%.*s %.*s", (int)county.len, county.ptr, (int)code.len,
                            code.ptr);
    }
    if (!d->words)
        return code;
    return d->is_text ? text_label(d->words, code) : dictionary_label(rq, d->words, code);
}

/* A category's field stands in its note (大类); lines without one are none. */
static err fields_make(const struct figure_set *s, struct tally *out)
{
    struct rows rows;
    struct tally t;
    TRY(tally_make(s, "category", &t));
    TRY(dictionary_list_all(s->rq, "proposals.categories", &rows));
    const struct dictionary_row *all = rows.items;
    str *groups = arena_array(s->rq->mem, t.count + 1, sizeof *groups);
    for (size_t i = 0; i < t.count; i++) {
        groups[i] = str_of("");
        for (size_t k = 0; k < rows.count; k++)
            if (str_eq(all[k].code, t.lines[i].code))
                groups[i] = all[k].note;
    }
    tally_group(s, &t, groups, out);
    return OK;
}

static err proposers_make(const struct figure_set *s, struct tally *out)
{
    struct tally t;
    TRY(tally_make(s, "kind", &t));
    str *groups = arena_array(s->rq->mem, t.count + 1, sizeof *groups);
    for (size_t i = 0; i < t.count; i++) {
        str kind = t.lines[i].code;
        bool member = str_is(kind, "personal") || str_is(kind, "joint");
        groups[i] = str_of(PROPOSERS[member ? 0 : 1].name);
    }
    tally_group(s, &t, groups, out);
    return OK;
}

static err dimension_make(const struct figure_set *s, const struct figure_dimension *d,
                          struct tally *out)
{
    if (strcmp(d->name, "field") == 0)
        return fields_make(s, out);
    return strcmp(d->name, "proposer") == 0 ? proposers_make(s, out) : tally_make(s, d->name, out);
}

/* What is under no code stands last. */
err figure_lines_of(const struct figure_set *s, const struct figure_dimension *d,
                    struct table_ask *out)
{
    struct tally t;
    TRY(dimension_make(s, d, &t));
    struct table_line *lines = arena_array(s->rq->mem, t.count + 1, sizeof *lines);
    *out = (struct table_ask){ d->name, d->figures, lines, 0 };
    for (size_t last = 0; last < 2; last++)
        for (size_t i = 0; i < t.count; i++)
            if ((t.lines[i].code.len == 0) == (last == 1) && (t.lines[i].code.len || d->empty))
                lines[out->count++] =
                    (struct table_line){ label_of(s, d, t.lines[i].code),
                                         key_of(s->rq, d, t.lines[i].code), &t.lines[i] };
    return OK;
}

static const struct org *org_of(const struct rows *orgs, i64 id)
{
    const struct org *all = orgs->items;
    for (size_t i = 0; i < orgs->count; i++)
        if (all[i].id == id)
            return &all[i];
    return NULL;
}

static int by_label(const void *a, const void *b)
{
    const struct table_line *x = a, *y = b;
    return str_cmp(x->label, y->label);
}

static bool has_any(const struct figure_set *s, const struct tally_line *line, const char *figures)
{
    const struct figure *all[COLUMNS_MAX];
    size_t n = chosen(s, figures, all);
    for (size_t i = 0; i < n; i++)
        if (!all[i]->whole && figure_value(line, all[i]))
            return true;
    return false;
}

err figure_lines_of_agencies(const struct figure_set *s, const char *figures, struct table_ask *out)
{
    struct rows orgs;
    TRY(org_agencies(s->rq, &orgs));
    struct table_line *lines = arena_array(s->rq->mem, s->agencies.count + 1, sizeof *lines);
    *out = (struct table_ask){ "agency", figures, lines, 0 };
    for (size_t i = 0; i < s->agencies.count; i++) {
        const struct tally_line *line = &s->agencies.lines[i];
        const struct org *org = org_of(&orgs, line->agency_id);
        struct org former;
        if (!has_any(s, line, figures))
            continue;
        if (!org) {
            TRY(org_find(s->rq, line->agency_id, &former));
            org = &former;
        }
        lines[out->count++] = (struct table_line){
            org->name, arena_printf(s->rq->mem, "&agency_id=%lld", (long long)line->agency_id), line
        };
    }
    qsort(lines, out->count, sizeof *lines, by_label);
    return OK;
}

err figure_lines_of_systems(const struct figure_set *s, struct table_ask *out)
{
    static const char *const ORDER[] = { "party", "government", "other" };
    enum { SYSTEMS = sizeof ORDER / sizeof *ORDER };
    struct rows rows;
    struct tally t;
    TRY(facts_store_list_systems(s->rq->db, s->rq->mem, &rows));
    const struct agency_system *all = rows.items;
    str *groups = arena_array(s->rq->mem, s->agencies.count + 1, sizeof *groups);
    for (size_t i = 0; i < s->agencies.count; i++) {
        groups[i] = str_of("other");
        for (size_t k = 0; k < rows.count; k++)
            if (all[k].agency_id == s->agencies.lines[i].agency_id)
                groups[i] = all[k].name;
    }
    tally_group(s, &s->agencies, groups, &t);
    struct table_line *lines = arena_array(s->rq->mem, SYSTEMS, sizeof *lines);
    *out = (struct table_ask){ "system", AGENCY_FIGURES, lines, 0 };
    for (size_t i = 0; i < SYSTEMS; i++)
        for (size_t k = 0; k < t.count; k++)
            if (str_is(t.lines[k].code, ORDER[i]) && has_any(s, &t.lines[k], AGENCY_FIGURES))
                lines[out->count++] =
                    (struct table_line){ text_label("assignments.system", t.lines[k].code),
                                         arena_printf(s->rq->mem, "&agency_system=%s", ORDER[i]),
                                         &t.lines[k] };
    return OK;
}

/* ---- writers and years ---- */

struct writer {
    i64 count;
    struct table_line line;
};

static int by_count(const void *a, const void *b)
{
    const struct writer *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return str_cmp(x->line.label, y->line.label);
}

/* Both in order: lines of a tally by the text of their code, names by id. */
static str name_of(const struct rows *names, i64 id)
{
    const struct figure_name *all = names->items;
    size_t low = 0, high = names->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < names->count && all[low].id == id ? all[low].name
                                                   : text_find("proposals.figures.none");
}

err figure_lines_of_writers(const struct figure_set *s, struct table_ask *out)
{
    const struct figure *opinions = figure_find(s, "opinions");
    struct rows names;
    struct tally t;
    TRY(tally_make(s, "opinion_person", &t));
    TRY(counts_store_list_writers(s->rq->db, s->session_id, s->rq->mem, &names));
    struct writer *writers = arena_array(s->rq->mem, t.count + 1, sizeof *writers);
    struct table_line *lines = arena_array(s->rq->mem, t.count + 1, sizeof *lines);
    for (size_t i = 0; i < t.count; i++) {
        i64 id = 0;
        (void)str_to_i64(t.lines[i].code, &id);
        writers[i].count = figure_value(&t.lines[i], opinions);
        writers[i].line = (struct table_line){
            name_of(&names, id),
            arena_printf(s->rq->mem, "&kind=member&person_id=%lld", (long long)id), &t.lines[i]
        };
    }
    qsort(writers, t.count, sizeof *writers, by_count);
    for (size_t i = 0; i < t.count; i++)
        lines[i] = writers[i].line;
    *out = (struct table_ask){ "opinion_person", WRITER_FIGURES, lines, t.count };
    return OK;
}

err figure_lines_of_years(const struct figure_set *s, struct figure_set *out_set,
                          struct table_ask *out)
{
    struct tally t;
    *out_set = *s;
    out_set->session_id = 0;
    TRY(tally_make_years(s, &t));
    struct table_line *lines = arena_array(s->rq->mem, t.count + 1, sizeof *lines);
    for (size_t i = 0; i < t.count; i++)
        lines[i] = (struct table_line){
            text_format(s->rq->mem, figure_key(s, "year_of"), t.lines[i].code, str_of("")),
            arena_printf(s->rq->mem, "&year=%.*s", (int)t.lines[i].code.len, t.lines[i].code.ptr),
            &t.lines[i]
        };
    *out = (struct table_ask){ s->world->by_year[0], s->world->by_year[1], lines, t.count };
    return OK;
}

/* ---- tables ---- */

static struct figure_head head_of(const struct figure_set *s, const struct figure *f)
{
    return (struct figure_head){ figure_label(s, f),
                                 arena_printf(s->rq->mem, "%s#%s", s->world->explain, f->name) };
}

void figure_table_make(const struct figure_set *s, const struct table_ask *ask,
                       struct figure_table *out)
{
    const struct figure *figures[COLUMNS_MAX];
    size_t width = chosen(s, ask->figures, figures);
    struct figure_head *heads = arena_array(s->rq->mem, width + 1, sizeof *heads);
    struct figure_line *lines = arena_array(s->rq->mem, ask->count + 1, sizeof *lines);
    for (size_t c = 0; c < width; c++)
        heads[c] = head_of(s, figures[c]);
    for (size_t i = 0; i < ask->count; i++) {
        struct figure_cell *cells = arena_array(s->rq->mem, width + 1, sizeof *cells);
        for (size_t c = 0; c < width; c++)
            cells[c] = cell_of(s, figures[c], &ask->lines[i]);
        lines[i] = (struct figure_line){ .label = ask->lines[i].label, .cells = cells };
    }
    *out = (struct figure_table){
        .caption = text_find(arena_printf(s->rq->mem, "%sby.%s", s->world->words, ask->name).ptr),
        .first = text_find(arena_printf(s->rq->mem, "%s%s", s->world->words, ask->name).ptr),
        .heads = heads,
        .head_count = width,
        .lines = lines,
        .count = ask->count,
    };
}

void figure_table_compare(const struct figure_set *const *sets, size_t count,
                          struct figure_table *out)
{
    const struct figure *figures[COLUMNS_MAX];
    const struct figure_set *first = sets[0];
    size_t n = chosen(first, first->world->totals, figures);
    struct figure_line *lines = arena_array(first->rq->mem, n + 1, sizeof *lines);
    for (size_t i = 0; i < n; i++) {
        struct figure_cell *cells = arena_array(first->rq->mem, count + 1, sizeof *cells);
        struct figure_head head = head_of(first, figures[i]);
        for (size_t k = 0; k < count; k++) {
            const struct figure *f = figure_find(sets[k], figures[i]->name);
            struct table_line total = { .counts = figure_total(sets[k], f) };
            cells[k] = cell_of(sets[k], f, &total);
        }
        lines[i] = (struct figure_line){ head.label, head.explain,
                                         figure_meaning(first, figures[i]), cells };
    }
    out->lines = lines;
    out->count = n;
}

/* "class_a", "share_a_x10000". */
static const char *json_name(struct rq *rq, const struct figure *f)
{
    struct buf *b = buf_new(rq->mem, KEY_MAX);
    for (const char *c = f->name; *c; c++)
        buf_put_byte(b, *c == '.' ? '_' : *c);
    if (f->whole)
        buf_put(b, "_x10000");
    return arena_cstr(rq->mem, buf_str(b));
}

void figure_json(const struct figure_set *s, const struct tally_line *line, const char *names,
                 struct json *j)
{
    const struct figure *figures[COLUMNS_MAX];
    size_t n = chosen(s, names, figures);
    for (size_t i = 0; i < n; i++) {
        const struct figure *f = figures[i];
        const char *name = json_name(s->rq, f);
        i64 value = f->whole ? figure_rate(line, f) : figure_value(line, f);
        if ((f->whole && value < 0) || figure_is_unknown(line, f))
            json_null(j, name);
        else
            json_i64(j, name, value);
    }
}
