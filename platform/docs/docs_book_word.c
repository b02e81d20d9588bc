/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A book as DOCX, from the same struct and in the same order as the PDF (docs_book.c). Pages are
 * Word's own, so contents and indexes refer to marks at the entries' titles. How a paragraph is
 * written and the file packed: docs_word.c. */
#include <assert.h>
#include <unistd.h>

#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"
#include "platform/docs/docs_word.h"

/* Sizes as office programs name them, in half points. */
enum { WORD_1 = 52, WORD_2 = 44, WORD_3 = 32, WORD_4 = 28 };

static const double LINE = 225.0 / PAGE_LINES, SMALL_LINE = 4.9389 * 1.6;

static struct word_style centred_style(enum face face, int half_points, double line_mm)
{
    return (struct word_style){
        .face = face, .half_points = half_points, .line_mm = line_mm, .align = WORD_CENTRE
    };
}

static struct word_style small_style(enum face face)
{
    return (struct word_style){
        .face = face, .half_points = WORD_4, .line_mm = SMALL_LINE, .align = WORD_LEFT
    };
}

static void blank(struct word *w, int lines)
{
    const struct word_style style = { .half_points = WORD_3, .line_mm = 225.0 / PAGE_LINES };
    for (int i = 0; i < lines; i++)
        word_paragraph(w, &style, str_of(""));
}

static void centred_add(struct word *w, const struct word_style *style, str text)
{
    if (text.len)
        word_paragraph(w, style, text);
}

/* ---- entries ---- */

static struct word_style style_of(enum paper_kind kind)
{
    struct word_style style = { .half_points = WORD_3, .line_mm = 225.0 / PAGE_LINES };
    bool flush = kind == PAPER_ADDRESSEE || kind == PAPER_SIGNATURE;
    style.keep = kind >= PAPER_HEADING1 && kind <= PAPER_HEADING3;
    style.face = kind == PAPER_HEADING1                         ? FACE_HEI
                 : kind == PAPER_HEADING2 || kind == PAPER_NOTE ? FACE_KAI
                                                                : FACE_FANG;
    style.first_mm = flush ? 0 : 2 * SQUARE;
    if (kind == PAPER_SIGNATURE) {
        style.align = WORD_RIGHT;
        style.right_mm = 2 * SQUARE;
    }
    return style;
}

static void part_add(struct word *w, const struct paper_part *part)
{
    struct word_style style = style_of(part->kind);
    str rest = part->text, text;
    while (str_split(&rest, '\n', &text)) {
        text = str_trim(text);
        if (text.len)
            word_paragraph(w, &style, text);
    }
}

static void section_add(struct word *w, const struct book_section *section)
{
    struct word_style title = centred_style(FACE_HEI, WORD_3, LINE);
    struct word_style under = centred_style(FACE_KAI, WORD_3, LINE);
    title.keep = under.keep = true;
    if (section->title.len)
        blank(w, 1);
    centred_add(w, &title, section->title);
    centred_add(w, &under, section->under);
    for (size_t i = 0; i < section->part_count; i++)
        part_add(w, &section->parts[i]);
}

/* The first one begins the page by its section already. */
static void entry_add(struct word *w, const struct book_entry *entry, i64 mark)
{
    struct word_style number = centred_style(FACE_KAI, WORD_3, LINE);
    struct word_style title = centred_style(FACE_SONG, WORD_2, SIZE_2 * 1.5);
    struct word_style under = centred_style(FACE_KAI, WORD_3, LINE);
    number.keep = title.keep = under.keep = true;
    number.page_before = mark > 1;
    title.level = 1;
    word_paragraph(w, &number, entry->number);
    word_marked(w, &title, entry->title, mark);
    centred_add(w, &under, entry->under);
    for (size_t i = 0; i < entry->section_count; i++)
        section_add(w, &entry->sections[i]);
}

static err entries_add(struct word *w, const struct book *book, i64 all)
{
    i64 done = 0;
    for (size_t c = 0; c < book->chapter_count; c++)
        for (size_t i = 0; i < book->chapters[c].count; i++) {
            entry_add(w, &book->chapters[c].entries[i], ++done);
            if (book->progress)
                TRY(book->progress(book->context, done, all));
        }
    return OK;
}

/* ---- cover, contents, indexes ---- */

static void cover(struct word *w, const struct book *book)
{
    const struct word_style title = centred_style(FACE_SONG, WORD_1, SIZE_2 * 2);
    const struct word_style under = centred_style(FACE_KAI, WORD_3, LINE);
    struct word_style note = style_of(PAPER_NOTE);
    blank(w, 4);
    centred_add(w, &title, book->title);
    blank(w, 1);
    centred_add(w, &under, book->subtitle);
    blank(w, 8);
    centred_add(w, &under, book->publisher);
    if (book->made_on > 0)
        centred_add(w, &under, paper_day(word_memory(w), book->made_on));
    note.page_before = true;
    if (book->note.len)
        word_paragraph(w, &note, book->note);
}

static void contents_line(struct word *w, const struct book_entry *entry, i64 mark)
{
    struct word_style style = small_style(FACE_FANG);
    struct arena *mem = word_memory(w);
    style.first_mm = -4 * SIZE_4;
    str text = arena_printf(mem, "%.*s\u3000%.*s", (int)entry->number.len, entry->number.ptr,
                            (int)entry->title.len, entry->title.ptr);
    word_leader(w, &style, text, mark);
}

static void contents(struct word *w, const struct book *book, i64 index_mark)
{
    const struct word_style head = small_style(FACE_HEI);
    struct word_style title = centred_style(FACE_SONG, WORD_2, SIZE_2 * 2);
    i64 mark = 0;
    title.page_before = true;
    word_paragraph(w, &title, book->contents);
    for (size_t c = 0; c < book->chapter_count; c++) {
        const struct book_chapter *chapter = &book->chapters[c];
        if (chapter->count && chapter->title.len)
            word_leader(w, &head, chapter->title, mark + 1);
        for (size_t i = 0; i < chapter->count; i++)
            contents_line(w, &chapter->entries[i], ++mark);
    }
    for (size_t i = 0; i < book->index_count; i++)
        if (book->indexes[i].count)
            word_leader(w, &head, book->indexes[i].title, index_mark + (i64)i);
}

static void index_add(struct word *w, const struct book_index *index, i64 mark)
{
    struct word_style title = centred_style(FACE_SONG, WORD_2, SIZE_2 * 2);
    struct word_style line = small_style(FACE_FANG);
    title.page_before = true;
    title.level = 1;
    line.first_mm = -2 * SIZE_4;
    word_marked(w, &title, index->title, mark);
    for (size_t i = 0; i < index->count; i++)
        word_pages(w, &line, index->names[i].name, index->names[i].entries, index->names[i].count);
}

static err write_all(int fd, bytes data)
{
    while (data.len) {
        ssize_t n = write(fd, data.ptr, data.len);
        if (n <= 0)
            return err_make(ERR_BUSY, "docs.disk");
        data = (bytes){ data.ptr + n, data.len - (size_t)n };
    }
    return OK;
}

err book_docx(struct arena *mem, const struct book *book, int fd)
{
    assert(book && fd >= 0);
    const struct word_setup setup = {
        .title = book->title, .author = book->publisher, .made_on = book->made_on, .book = true
    };
    bytes packed;
    i64 count = 0;
    for (size_t c = 0; c < book->chapter_count; c++)
        count += (i64)book->chapters[c].count;
    struct word *w = word_open(mem, &setup);
    cover(w, book);
    contents(w, book, count + 1);
    word_body_begin(w);
    TRY(entries_add(w, book, count));
    for (size_t i = 0; i < book->index_count; i++)
        if (book->indexes[i].count)
            index_add(w, &book->indexes[i], count + 1 + (i64)i);
    TRY(word_close(w, &packed));
    return write_all(fd, packed);
}
