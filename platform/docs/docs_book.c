/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A book as PDF: two passes over the entries, the first only counts their pages, so that contents
 * and indexes can stand where readers look for them. After each entry its memory is given back.
 * Page measures: docs_measures.h. As DOCX: docs_book_word.c. */
#include <assert.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"

static const double SMALL_PITCH = 4.9389 * 1.6; /* of contents, indexes and heads: 4号 */
static const double HEAD_Y = 24, HEAD_RULE = 30.5, GUTTER = 3;

/* One running through the book. */
struct print {
    struct arena *mem;
    struct canvas *canvas;
    const struct book *book;
    str chapter, head; /* of the present entry: for running heads */
    double y;
    i64 page;      /* number of the present page in its own count; 0 = it bears none */
    i64 sheets;    /* pages of the file so far, the present one among them */
    bool measures; /* first pass: nothing is drawn */
};

static const struct style BODY = { FACE_FANG, 156.0 / LINE_CHARS, false };
static const struct style KAI = { FACE_KAI, 156.0 / LINE_CHARS, false };
static const struct style HEI = { FACE_HEI, 156.0 / LINE_CHARS, false };
static const struct style SMALL = { FACE_FANG, 4.9389, false };
static const struct style SMALL_HEI = { FACE_HEI, 4.9389, false };

static double bottom(void)
{
    return TOP + TEXT_H;
}

/* ---- pages ---- */

static struct text_lines broken(struct print *p, str text, struct style style, double width)
{
    struct paragraph paragraph = { text, style, width, 0 };
    return canvas_break(p->canvas, &paragraph);
}

static void line_at(struct print *p, const struct text_line *line, double x, double fill)
{
    if (!p->measures)
        canvas_line(p->canvas, line, x, p->y, fill);
}

/* The title of the book on one line. */
static str title_of(struct arena *mem, const struct book *book)
{
    str rest = book->title, one;
    struct buf *b = buf_new(mem, 4096);
    while (str_split(&rest, '\n', &one))
        buf_add(b, one);
    return buf_str(b);
}

/* Odd pages: where one is; even pages: the book. One line each, cut where it is too long. */
static void running_head(struct print *p)
{
    bool odd = p->page % 2 == 1;
    str text = odd && p->head.len ? p->head : title_of(p->mem, p->book);
    struct style style = { FACE_KAI, SIZE_4 * 0.85, false };
    struct text_line line = broken(p, text, style, TEXT_W).items[0];
    double x = odd ? LEFT + TEXT_W - line.width_mm : LEFT;
    canvas_line(p->canvas, &line, x, HEAD_Y, 0);
    canvas_rule(p->canvas, &(struct rule){ LEFT, HEAD_RULE, LEFT + TEXT_W, HEAD_RULE, 0.2, false });
}

/* Ends the present page, with head and number if it has one. */
static void page_end(struct print *p)
{
    if (p->measures)
        return;
    if (p->page > 0) {
        running_head(p);
        paper_page_number(p->canvas, p->page);
    }
    canvas_next_page(p->canvas);
}

static void page_turn(struct print *p)
{
    page_end(p);
    p->page += p->page > 0;
    p->sheets++;
    p->y = TOP;
}

/* Room for height_mm, else the next page. */
static void need(struct print *p, double height_mm)
{
    if (p->y + height_mm > bottom() + 0.1 && p->y > TOP)
        page_turn(p);
}

static void centred(struct print *p, str text, struct style style, double pitch)
{
    str rest = text, one;
    while (str_split(&rest, '\n', &one)) {
        struct text_lines lines = broken(p, one, style, TEXT_W);
        for (size_t i = 0; one.len && i < lines.count; i++, p->y += pitch) {
            need(p, style.size_mm);
            line_at(p, &lines.items[i], LEFT + (TEXT_W - lines.items[i].width_mm) / 2, 0);
        }
    }
}

/* ---- entries ---- */

static struct style style_of(enum paper_kind kind)
{
    return kind == PAPER_HEADING1 ? HEI : kind == PAPER_HEADING2 || kind == PAPER_NOTE ? KAI : BODY;
}

static void paragraph_add(struct print *p, const struct paper_part *part, str text)
{
    bool sign = part->kind == PAPER_SIGNATURE;
    bool flush = sign || part->kind == PAPER_ADDRESSEE;
    bool heading = part->kind >= PAPER_HEADING1 && part->kind <= PAPER_HEADING3;
    struct paragraph paragraph = { text, style_of(part->kind), TEXT_W, flush ? 0 : 2 * SQUARE };
    struct text_lines lines = canvas_break(p->canvas, &paragraph);
    need(p, heading ? PITCH + SQUARE : SQUARE);
    for (size_t i = 0; i < lines.count; i++, p->y += PITCH) {
        const struct text_line *line = &lines.items[i];
        double right = LEFT + TEXT_W - 2 * SQUARE - line->width_mm;
        need(p, SQUARE);
        line_at(p, line, sign ? right : LEFT + line->indent_mm,
                sign ? 0 : TEXT_W - line->indent_mm);
    }
}

static void part_add(struct print *p, const struct paper_part *part)
{
    str rest = part->text, text;
    while (str_split(&rest, '\n', &text)) {
        text = str_trim(text);
        if (text.len)
            paragraph_add(p, part, text);
    }
}

static void section_add(struct print *p, const struct book_section *section)
{
    if (section->title.len) {
        p->y += p->y > TOP ? PITCH : 0;
        need(p, 3 * PITCH);
        centred(p, section->title, HEI, PITCH);
    }
    centred(p, section->under, KAI, PITCH);
    for (size_t i = 0; i < section->part_count; i++)
        part_add(p, &section->parts[i]);
}

/* From the top of a page; head: what stands above its pages. */
static void entry_add(struct print *p, const struct book_entry *entry)
{
    p->y = TOP;
    centred(p, entry->number, KAI, PITCH);
    centred(p, entry->title, (struct style){ FACE_SONG, SIZE_2, false }, SIZE_2 * 1.5);
    p->y += (PITCH - SQUARE) / 2;
    centred(p, entry->under, KAI, PITCH);
    p->y += PITCH - SQUARE;
    for (size_t i = 0; i < entry->section_count; i++)
        section_add(p, &entry->sections[i]);
}

static str head_of(struct arena *mem, const struct book_chapter *chapter,
                   const struct book_entry *entry)
{
    str part = chapter->title.len ? chapter->title : entry->title;
    return arena_printf(mem, "%.*s  %.*s", (int)entry->number.len, entry->number.ptr, (int)part.len,
                        part.ptr);
}

/* Each entry in turn, drawn or measured; pages: where each begins. */
static err entries_add(struct print *p, i64 *pages, i64 done, i64 all)
{
    size_t at = 0;
    int parent = 0;
    for (size_t c = 0; c < p->book->chapter_count; c++) {
        const struct book_chapter *chapter = &p->book->chapters[c];
        for (size_t i = 0; i < chapter->count; i++, at++) {
            const struct book_entry *entry = &chapter->entries[i];
            struct arena_mark mark = arena_mark(p->mem);
            assert(!pages[at] || pages[at] == p->page);
            pages[at] = p->page;
            p->head = head_of(p->mem, chapter, entry);
            if (!p->measures && i == 0 && chapter->title.len)
                parent = canvas_outline(p->canvas, chapter->title, p->sheets, 0);
            if (!p->measures)
                canvas_outline(p->canvas, head_of(p->mem, &(struct book_chapter){ 0 }, entry),
                               p->sheets, chapter->title.len ? parent : 0);
            entry_add(p, entry);
            page_turn(p);
            arena_reset_to(p->mem, mark);
            if (p->book->progress)
                TRY(p->book->progress(p->book->context, done + (i64)at + 1, all));
        }
    }
    return OK;
}

/* ---- cover and contents ---- */

static void cover(struct print *p)
{
    const struct book *b = p->book;
    p->y = 80;
    centred(p, b->title, (struct style){ FACE_SONG, SIZE_2 * 1.25, false }, SIZE_2 * 2);
    p->y += PITCH;
    centred(p, b->subtitle, KAI, PITCH);
    p->y = TOP + TEXT_H - 3 * PITCH;
    centred(p, b->publisher, KAI, PITCH);
    if (b->made_on > 0)
        centred(p, paper_day(p->mem, b->made_on), KAI, PITCH);
    page_turn(p);
    if (b->note.len)
        part_add(p, &(struct paper_part){ PAPER_NOTE, b->note });
    page_turn(p);
}

/* "title ........ 12": dots up to the column of the number. */
static void leader(struct print *p, const struct text_line *line, double x, i64 page)
{
    char text[400];
    int n = snprintf(text, sizeof text, "%lld", (long long)page);
    struct text_line number = broken(p, (str){ text, (size_t)n }, SMALL, TEXT_W).items[0];
    double right = LEFT + TEXT_W, dot = canvas_width(p->canvas, str_of("."), SMALL);
    double from = x + line->width_mm + GUTTER / 2, to = right - number.width_mm - GUTTER / 2;
    size_t dots = to > from + dot ? (size_t)((to - from) / dot) : 0;
    dots = dots < sizeof text ? dots : sizeof text;
    memset(text, '.', dots);
    line_at(p, &number, right - number.width_mm, 0);
    if (dots == 0)
        return;
    struct text_line dotted = broken(p, (str){ text, dots }, SMALL, 2 * TEXT_W).items[0];
    line_at(p, &dotted, to - dotted.width_mm, 0);
}

/* Number left in a column of its own, title, page. */
static void contents_line(struct print *p, const struct book_entry *entry, double column, i64 page)
{
    struct arena_mark mark = arena_mark(p->mem);
    double width = TEXT_W - column - 5 * SIZE_4 / 2 - GUTTER;
    struct text_lines title = broken(p, entry->title, SMALL, width);
    struct text_line number = broken(p, entry->number, SMALL, TEXT_W).items[0];
    need(p, (double)title.count * SMALL_PITCH);
    line_at(p, &number, LEFT, 0);
    for (size_t i = 0; i < title.count; i++, p->y += SMALL_PITCH) {
        line_at(p, &title.items[i], LEFT + column, 0);
        if (i + 1 == title.count)
            leader(p, &title.items[i], LEFT + column, page);
    }
    arena_reset_to(p->mem, mark);
}

static double number_column(struct print *p)
{
    double widest = 0;
    for (size_t c = 0; c < p->book->chapter_count; c++)
        for (size_t i = 0; i < p->book->chapters[c].count; i++) {
            struct arena_mark mark = arena_mark(p->mem);
            double w = canvas_width(p->canvas, p->book->chapters[c].entries[i].number, SMALL);
            widest = w > widest ? w : widest;
            arena_reset_to(p->mem, mark);
        }
    return widest + GUTTER;
}

static void title_line(struct print *p, str title, i64 page)
{
    struct text_line line = broken(p, title, SMALL_HEI, TEXT_W).items[0];
    need(p, 2 * SMALL_PITCH);
    line_at(p, &line, LEFT, 0);
    leader(p, &line, LEFT, page);
    p->y += SMALL_PITCH;
}

/* The body then begins on a right-hand page. */
static void contents(struct print *p, const i64 *pages, const i64 *index_pages)
{
    size_t at = 0;
    double column = number_column(p);
    canvas_outline(p->canvas, p->book->contents, p->sheets, 0);
    centred(p, p->book->contents, (struct style){ FACE_SONG, SIZE_2, false }, SIZE_2 * 2);
    for (size_t c = 0; c < p->book->chapter_count; c++) {
        const struct book_chapter *chapter = &p->book->chapters[c];
        if (chapter->count && chapter->title.len)
            title_line(p, chapter->title, pages[at]);
        for (size_t i = 0; i < chapter->count; i++, at++)
            contents_line(p, &chapter->entries[i], column, pages[at]);
    }
    for (size_t i = 0; i < p->book->index_count; i++)
        if (p->book->indexes[i].count)
            title_line(p, p->book->indexes[i].title, index_pages[i]);
    page_turn(p);
    if (p->sheets % 2 == 0)
        page_turn(p);
}

/* ---- indexes ---- */

/* "name  3, 17, 22"; a page is named once. */
static str name_line(struct arena *mem, const struct book_name *name, const i64 *pages)
{
    struct buf *b = buf_new(mem, 1 << 20);
    i64 last = 0;
    buf_add(b, name->name);
    buf_put(b, "\u3000");
    for (size_t i = 0; i < name->count; i++) {
        i64 page = pages[name->entries[i]];
        if (page != last)
            buf_printf(b, "%s%lld", last ? ", " : "", (long long)page);
        last = page;
    }
    return buf_str(b);
}

static void index_add(struct print *p, const struct book_index *index, const i64 *pages)
{
    p->head = index->title;
    centred(p, index->title, (struct style){ FACE_SONG, SIZE_2, false }, SIZE_2 * 2);
    for (size_t i = 0; i < index->count; i++) {
        struct arena_mark mark = arena_mark(p->mem);
        struct paragraph paragraph = { name_line(p->mem, &index->names[i], pages), SMALL, TEXT_W,
                                       -2 * SIZE_4 };
        struct text_lines lines = canvas_break(p->canvas, &paragraph);
        for (size_t k = 0; k < lines.count; k++, p->y += SMALL_PITCH) {
            need(p, SIZE_4);
            line_at(p, &lines.items[k], LEFT + lines.items[k].indent_mm, 0);
        }
        arena_reset_to(p->mem, mark);
    }
    page_turn(p);
}

static void indexes_add(struct print *p, const i64 *pages, i64 *index_pages)
{
    for (size_t i = 0; i < p->book->index_count; i++) {
        const struct book_index *index = &p->book->indexes[i];
        if (index->count == 0)
            continue;
        index_pages[i] = p->page;
        if (!p->measures)
            canvas_outline(p->canvas, index->title, p->sheets, 0);
        index_add(p, index, pages);
    }
}

static size_t entry_count(const struct book *book)
{
    size_t count = 0;
    for (size_t c = 0; c < book->chapter_count; c++)
        count += book->chapters[c].count;
    return count;
}

err book_pdf(struct arena *mem, const struct book *book, int fd, i64 *pages)
{
    assert(book && fd >= 0);
    size_t count = entry_count(book);
    i64 *begins = arena_array(mem, count + 1, sizeof *begins), all = 2 * (i64)count;
    i64 *index_pages = arena_array(mem, book->index_count + 1, sizeof *index_pages);
    struct print p = { .mem = mem, .book = book, .y = TOP, .page = 1, .measures = true };
    struct paper_meta meta = { .title = title_of(mem, book),
                               .author = book->publisher,
                               .made_ms = book->made_on > 0 ? day_start_ms(book->made_on) : 0 };
    TRY(canvas_open_fd(mem, &meta, fd, &p.canvas));
    TRY(entries_add(&p, begins, 0, all));
    indexes_add(&p, begins, index_pages);
    p = (struct print){ .mem = mem, .canvas = p.canvas, .book = book, .y = TOP, .sheets = 1 };
    cover(&p);
    contents(&p, begins, index_pages);
    p.page = 1;
    TRY(entries_add(&p, begins, (i64)count, all));
    indexes_add(&p, begins, index_pages);
    *pages = p.sheets - 1;
    return canvas_close(p.canvas, NULL);
}
