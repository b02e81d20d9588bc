/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands in the book of a session, and what must not: a confidential proposal never; one that
 * must not be published (rules.md 2.1, publication_judge) with its title only, and an answer whose
 * agency does not agree not at all, unless it is the office's own copy; verdicts in none (README,
 * "Blind"). The copy for all is masked, and its answers are those of compendium_public.c. */
#include <assert.h>
#include <stdlib.h>

#include "modules/assignments/assignment.h"
#include "modules/compendium/compendium.h"
#include "modules/orgs/org.h"
#include "modules/publications/publication.h"
#include "modules/replies/reply_letter.h"
#include "platform/settings/settings.h"
#include "platform/text/mask.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { PARTS_MAX = 16, ORDER_LAST = 1000000 };

static const char *const KINDS[] = { "personal", "joint", "democratic", "association",
                                     "sector",   "group", "committee",  "township" };

/* A case with where it stands in the book. */
struct item {
    struct book_entry entry;
    str chapter;
    i64 rank, position; /* of the chapter; in order of numbers */
    bool may, open;     /* may be published; is told of in this book */
    strs proposers, agencies;
};

/* One being collected. rq->mem: what is needed for the present case. */
struct collect {
    struct rq *rq;
    const struct compendium_ask *ask;
    struct rows categories; /* struct dictionary_row */
    struct item *items;
    size_t count;
};

static str kept(struct collect *c, str text)
{
    return arena_str(c->ask->book, text);
}

/* ---- one case ---- */

static str number_of(struct collect *c, const struct proposal *p)
{
    i64 number = p->docket_no ? p->docket_no : p->serial;
    return text_format(c->ask->book, p->docket_no ? "compendium.number" : "compendium.serial",
                       arena_printf(c->rq->mem, "%04lld", (long long)number), str_of(""));
}

/* Text as it is printed: masked where it is for all. */
static str printed(struct collect *c, str text)
{
    return c->ask->run->internal ? text : mask_text(c->rq->mem, text, MASK_NUMBERS);
}

/* Whether what it is handled with may be told of: agencies, number, answers. */
static err is_told(struct collect *c, const struct proposal *main, bool *told)
{
    TRY(compendium_may_publish(c->rq, main, told));
    *told = !main->confidential && (*told || c->ask->run->internal);
    return OK;
}

static str lines_of(struct rq *rq, const strs *texts)
{
    strs lines = { 0 };
    for (size_t i = 0; i < texts->count; i++)
        strs_add(rq->mem, &lines,
                 text_format(rq->mem, "proposals.paper.numbered",
                             arena_printf(rq->mem, "%zu", i + 1), texts->items[i]));
    return proposal_join(rq->mem, &lines, str_of("\n"));
}

/* "市交通运输局（主办）、市公安局（会办）"; also for the index. */
static err agencies_of(struct collect *c, i64 main_id, struct item *item, str *words)
{
    struct rows rows;
    strs names = { 0 };
    TRY(assignment_list_of(c->rq, "proposals", main_id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        strs_add(c->ask->book, &item->agencies, kept(c, all[i].agency_name));
        strs_add(c->rq->mem, &names,
                 text_format(c->rq->mem, "compendium.agency", all[i].agency_name,
                             text_label("assignments.role", all[i].role)));
    }
    *words = proposal_join(c->rq->mem, &names, text_find("proposals.and"));
    return OK;
}

/* A place for parts that a case may have. */
struct parts {
    struct collect *c;
    struct paper_part items[PARTS_MAX];
    size_t count;
};

static void part_add(struct parts *p, enum paper_kind kind, str text)
{
    if (text.len && p->count < PARTS_MAX)
        p->items[p->count++] = (struct paper_part){ kind, kept(p->c, text) };
}

static void heading_add(struct parts *p, const char *heading, str text)
{
    if (text.len == 0)
        return;
    part_add(p, PAPER_HEADING1, text_find(heading));
    part_add(p, PAPER_BODY, printed(p->c, text));
}

static void fact_add(struct parts *p, const char *name, str value)
{
    if (value.len)
        part_add(p, PAPER_NOTE, text_format(p->c->rq->mem, name, value, str_of("")));
}

static void parts_keep(struct parts *p, struct book_section *section)
{
    struct paper_part *to = arena_array(p->c->ask->book, p->count + 1, sizeof *to);
    if (p->count)
        memcpy(to, p->items, p->count * sizeof *to);
    section->parts = to;
    section->part_count = p->count;
}

static void text_make(struct parts *p, const struct proposal *proposal,
                      const struct proposal_sheet *sheet)
{
    heading_add(p, "proposals.paper.situation", proposal->situation);
    heading_add(p, "proposals.paper.analysis", proposal->analysis);
    heading_add(p, "proposals.paper.suggestions", lines_of(p->c->rq, &sheet->suggestions));
    if (p->c->ask->run->internal)
        heading_add(p, "proposals.paper.research",
                    proposal->researched ? proposal->research : str_of(""));
}

/* "2026年3月13日", as letters are dated. */
static str day_words(struct arena *mem, i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    str with_month = text_format(mem, "compendium.year_month", arena_printf(mem, "%d", year),
                                 arena_printf(mem, "%d", month));
    return text_format(mem, "compendium.day", with_month, arena_printf(mem, "%d", mday));
}

/* The letter without its addressee, who is known, and its contact. */
static void letter_make(struct collect *c, const struct reply_paper *paper,
                        struct book_section *out)
{
    const struct paper_letter *l = paper->letter;
    struct arena *book = c->ask->book;
    struct paper_part *parts = arena_array(book, l->part_count + 2, sizeof *parts);
    size_t n = 0;
    for (size_t i = 0; i < l->part_count; i++)
        if (l->parts[i].kind != PAPER_ADDRESSEE)
            parts[n++] = (struct paper_part){ l->parts[i].kind, kept(c, l->parts[i].text) };
    parts[n++] = (struct paper_part){ PAPER_SIGNATURE, kept(c, l->seal) };
    if (l->signed_on > 0)
        parts[n++] = (struct paper_part){ PAPER_SIGNATURE, day_words(book, l->signed_on) };
    *out = (struct book_section){
        .title = text_format(book, "compendium.answer", paper->agency_name, str_of("")),
        .under = l->mark.len ? text_format(book, "compendium.letter", l->number, l->mark)
                             : kept(c, l->number),
        .parts = parts,
        .part_count = n,
    };
}

/* Behind the text; main: what it is handled with, itself where it is not merged. */
static err letters_make(struct collect *c, const struct proposal *p, const struct proposal *main,
                        struct book_entry *entry)
{
    struct rows rows = { 0 };
    struct book_section *sections;
    bool told, internal = c->ask->run->internal;
    TRY(is_told(c, main, &told));
    if (told && c->ask->run->with_replies)
        TRY(internal ? reply_papers(c->rq, "proposals", main->id, p->id, &rows)
                     : compendium_public_papers(c->rq, main, p, &rows));
    const struct reply_paper *papers = rows.items;
    sections = arena_array(c->ask->book, rows.count + 1, sizeof *sections);
    sections[0] = entry->sections[0];
    entry->section_count = 1;
    for (size_t i = 0; i < rows.count; i++)
        letter_make(c, &papers[i], &sections[entry->section_count++]);
    entry->sections = sections;
    return OK;
}

static err facts_make(struct parts *parts, const struct proposal *p, const struct proposal *main,
                      struct item *item)
{
    struct collect *c = parts->c;
    str agencies = { 0 };
    bool told;
    TRY(is_told(c, main, &told));
    if (p->category.len)
        fact_add(parts, "compendium.fact_category",
                 dictionary_label(c->rq, "proposals.categories", p->category));
    if (told)
        TRY(agencies_of(c, main->id, item, &agencies));
    fact_add(parts, "compendium.fact_agencies", agencies);
    if (main->id != p->id && !main->confidential)
        fact_add(parts, "compendium.fact_merged", number_of(c, main));
    if (!item->may)
        part_add(parts, PAPER_NOTE, text_find("compendium.fact_internal"));
    return OK;
}

/* The office's own copy names all; the other one whom the setting publications.names allows. */
static err proposers_make(struct collect *c, const struct proposal *p,
                          const struct proposal_sheet *sheet, struct item *item)
{
    const struct proposer *all = sheet->proposers.items;
    str how = c->ask->run->internal ? str_of("all") : setting_text(c->rq, "publications.names");
    size_t count = str_is(how, "none") ? 0 : sheet->proposers.count;
    str words = proposal_signers(c->rq, &sheet->proposers);
    if (str_is(how, "lead") && count > 1)
        count = 1;
    for (size_t i = 0; i < count; i++)
        strs_add(c->ask->book, &item->proposers, kept(c, all[i].name));
    if (!c->ask->run->internal)
        TRY(publication_names(c->rq, p, &words));
    item->entry.under = kept(c, words);
    return OK;
}

static err entry_make(struct collect *c, const struct proposal *p, struct item *item)
{
    struct parts *parts = arena_zero(c->rq->mem, sizeof *parts);
    struct book_section *section = arena_zero(c->ask->book, sizeof *section);
    struct proposal_sheet sheet;
    struct proposal main = *p;
    parts->c = c;
    item->entry = (struct book_entry){ .number = number_of(c, p),
                                       .title = kept(c, printed(c, p->title)),
                                       .sections = section,
                                       .section_count = 1 };
    if (!item->open) {
        part_add(parts, PAPER_NOTE, text_find("compendium.title_only"));
        parts_keep(parts, section);
        return OK;
    }
    TRY(proposal_sheet_load(c->rq, p, &sheet));
    if (str_is(p->outcome, "merged") && p->main_id)
        TRY(proposal_find_house(c->rq, p->main_id, &main));
    TRY(proposers_make(c, p, &sheet, item));
    TRY(facts_make(parts, p, &main, item));
    text_make(parts, p, &sheet);
    parts_keep(parts, section);
    return letters_make(c, p, &main, &item->entry);
}

/* ---- chapters ---- */

static i64 rank_of_category(const struct collect *c, str code)
{
    const struct dictionary_row *all = c->categories.items;
    for (size_t i = 0; i < c->categories.count; i++)
        if (str_eq(all[i].code, code))
            return (i64)i;
    return ORDER_LAST;
}

static i64 rank_of_kind(str kind)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_is(kind, KINDS[i]))
            return (i64)i;
    return ORDER_LAST;
}

/* Of what has its title only nothing else is told, not even by its place. */
static void chapter_make(struct collect *c, const struct proposal *p, struct item *item)
{
    str ordering = c->ask->run->ordering;
    if (str_is(ordering, "number"))
        return;
    if (!item->open) {
        item->rank = ORDER_LAST + 1;
        item->chapter = text_find("compendium.closed_chapter");
    } else if (str_is(ordering, "category")) {
        item->rank = rank_of_category(c, p->category);
        item->chapter = p->category.len
                            ? kept(c, dictionary_label(c->rq, "proposals.categories", p->category))
                            : text_find("compendium.no_category");
    } else if (str_is(ordering, "kind")) {
        item->rank = rank_of_kind(p->kind);
        item->chapter = text_label("proposals.kind", kept(c, p->kind));
    } else if (item->agencies.count) {
        item->chapter = item->agencies.items[0];
    } else {
        item->rank = ORDER_LAST;
        item->chapter = text_find("compendium.no_agency");
    }
}

static int compare_text(str a, str b)
{
    size_t both = a.len < b.len ? a.len : b.len;
    int order = both ? memcmp(a.ptr, b.ptr, both) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_items(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    int chapter = compare_text(x->chapter, y->chapter);
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (chapter)
        return chapter;
    return (x->position > y->position) - (x->position < y->position);
}

static void chapters_make(struct collect *c, struct book *out)
{
    struct arena *book = c->ask->book;
    struct book_chapter *chapters = arena_array(book, c->count + 1, sizeof *chapters);
    struct book_entry *entries = arena_array(book, c->count + 1, sizeof *entries);
    size_t n = 0;
    if (c->count)
        qsort(c->items, c->count, sizeof *c->items, compare_items);
    for (size_t i = 0; i < c->count; i++) {
        bool same = i > 0 && c->items[i].rank == c->items[i - 1].rank &&
                    str_eq(c->items[i].chapter, c->items[i - 1].chapter);
        entries[i] = c->items[i].entry;
        if (!same)
            chapters[n++] = (struct book_chapter){ c->items[i].chapter, &entries[i], 0 };
        chapters[n - 1].count++;
    }
    out->chapters = chapters;
    out->chapter_count = n;
}

/* ---- indexes ---- */

struct mention {
    str name;
    size_t entry;
};

static int compare_mentions(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    int order = compare_text(x->name, y->name);
    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static const strs *names_of(const struct item *item, bool agencies)
{
    return agencies ? &item->agencies : &item->proposers;
}

static void index_make(struct collect *c, bool agencies, struct book_index *out)
{
    struct arena *book = c->ask->book;
    size_t count = 0, n = 0;
    for (size_t i = 0; i < c->count; i++)
        count += names_of(&c->items[i], agencies)->count;
    struct mention *all = arena_array(book, count + 1, sizeof *all);
    struct book_name *names = arena_array(book, count + 1, sizeof *names);
    size_t *entries = arena_array(book, count + 1, sizeof *entries);
    count = 0;
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = 0; k < names_of(&c->items[i], agencies)->count; k++)
            all[count++] = (struct mention){ names_of(&c->items[i], agencies)->items[k], i };
    if (count)
        qsort(all, count, sizeof *all, compare_mentions);
    for (size_t i = 0; i < count; i++) {
        entries[i] = all[i].entry;
        if (i == 0 || !str_eq(all[i].name, all[i - 1].name))
            names[n++] = (struct book_name){ all[i].name, &entries[i], 0 };
        names[n - 1].count++;
    }
    *out = (struct book_index){
        text_find(agencies ? "compendium.index_agencies" : "compendium.index_proposers"), names, n
    };
}

/* ---- the whole ---- */

static str note_of(struct collect *c)
{
    const char *name = c->ask->run->internal ? "compendium.note_internal" : "compendium.note";
    return text_format(c->ask->book, name, arena_printf(c->rq->mem, "%zu", c->count),
                       text_date(c->rq->mem, c->rq->today));
}

static err cover_make(struct collect *c, struct book *out)
{
    const struct compendium_run *run = c->ask->run;
    struct org house;
    struct session session;
    struct arena *book = c->ask->book;
    TRY(org_find_cppcc(c->rq, &house));
    TRY(session_find(c->rq, run->session_id, &session));
    str range = { 0 };
    if (run->from_no > 0 || run->to_no > 0)
        range =
            text_format(book, "compendium.range",
                        arena_printf(book, "%lld", (long long)(run->from_no ? run->from_no : 1)),
                        run->to_no ? arena_printf(book, "%lld", (long long)run->to_no)
                                   : text_find("compendium.range_end"));
    str part = run->category.len ? dictionary_label(c->rq, "proposals.categories", run->category)
                                 : str_of("");
    *out = (struct book){
        .title =
            text_format(book, "compendium.cover", house.name, session_name(c->rq->mem, &session)),
        .subtitle =
            arena_printf(book, "%.*s\n%.*s", (int)part.len, part.ptr, (int)range.len, range.ptr),
        .publisher = kept(c, house.name),
        .note = note_of(c),
        .contents = text_find("compendium.contents"),
        .made_on = c->rq->today,
    };
    return OK;
}

/* One case; since it was listed it may have been marked confidential, withdrawn or unmerged. */
static err item_make(struct collect *c, i64 id, size_t position)
{
    struct proposal p;
    struct item *item = &c->items[c->count];
    TRY(proposal_find_house(c->rq, id, &p));
    if (p.confidential || !(str_is(p.outcome, "docketed") || str_is(p.outcome, "merged")))
        return OK;
    *item = (struct item){ .position = (i64)position };
    TRY(compendium_may_publish(c->rq, &p, &item->may));
    item->open = item->may || c->ask->run->internal;
    TRY(entry_make(c, &p, item));
    chapter_make(c, &p, item);
    c->count++;
    return OK;
}

err compendium_collect(struct rq *rq, const struct compendium_ask *ask, struct book *out)
{
    const struct compendium_run *run = ask->run;
    struct collect c = { .rq = rq, .ask = ask };
    const struct proposal_docket_query query = { run->session_id,        run->from_no,  run->to_no,
                                                 COMPENDIUM_ENTRIES_MAX, run->category, run->kind };
    ids all;
    struct book_index *indexes = arena_array(ask->book, 2, sizeof *indexes);
    TRY(proposal_list_docket(rq, &query, &all));
    TRY(dictionary_list_all(rq, "proposals.categories", &c.categories));
    c.items = arena_array(ask->book, all.count + 1, sizeof *c.items);
    for (size_t i = 0; i < all.count; i++) {
        struct arena_mark mark = arena_mark(rq->mem);
        TRY(item_make(&c, all.items[i], i));
        arena_reset_to(rq->mem, mark);
        if (ask->step)
            TRY(ask->step(ask->context, (i64)i + 1, (i64)all.count));
    }
    TRY(cover_make(&c, out));
    chapters_make(&c, out);
    index_make(&c, true, &indexes[0]);
    index_make(&c, false, &indexes[1]);
    out->indexes = indexes;
    out->index_count =
        run->internal || !str_is(setting_text(rq, "publications.names"), "none") ? 2 : 1;
    return OK;
}
