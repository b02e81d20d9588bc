/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of docs_word.h: XML parts written into buffers, packed by libzip in memory. Fonts
 * are named as offices name them, with other names of the same face beside (w:altName): nothing is
 * embedded. No part points outside the file; nothing in it tells when or where it was made. */
#include "platform/docs/docs_word.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"
#include "platform/docs/docs_qr.h"

/* PART_MAX: a buffer doubles in the request's memory, which ends at 128 MiB. */
enum { PART_MAX = 24 * 1024 * 1024, SMALL_MAX = 16384, PARTS_MAX = 16, SPOOL = 65536 };

struct word {
    struct arena *mem;
    const struct word_setup *setup;
    struct buf *body; /* of a book: what has not gone to spool yet */
    FILE *spool;      /* of a book, NULL else */
    bool spool_failed;
    bool has_body;  /* a book's text proper has begun */
    struct qr code; /* its picture; width 0 = there is none */
};

static const double BOOK_HEAD = 24;

/* ---- fonts ---- */

struct font {
    const char *name, *others, *family;
};

/* By face; the last one is for page numbers. */
enum { FONT_NUMBER = FACE_COUNT, FONT_COUNT };
static const struct font FONTS[FONT_COUNT] = {
    [FACE_FANG] = { "\u4EFF\u5B8B_GB2312", "\u4EFF\u5B8B,FangSong,STFangsong,Noto Serif CJK SC",
                    "modern" },
    [FACE_KAI] = { "\u6977\u4F53_GB2312", "\u6977\u4F53,KaiTi,STKaiti,AR PL UKai CN", "modern" },
    [FACE_HEI] = { "\u9ED1\u4F53", "SimHei,STHeiti,Noto Sans CJK SC", "swiss" },
    [FACE_SONG] = { "\u65B9\u6B63\u5C0F\u6807\u5B8B\u7B80\u4F53",
                    "FZXiaoBiaoSong-B05S,\u534E\u6587\u4E2D\u5B8B,STZhongsong,Noto Serif CJK SC",
                    "roman" },
    [FONT_NUMBER] = { "\u5B8B\u4F53", "SimSun,Noto Serif CJK SC", "roman" },
};

/* ---- XML ---- */

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define SPACE_W  "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define OFFICE   "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define DRAWING  "http://schemas.openxmlformats.org/drawingml/2006"
#define PACKAGE  "http://schemas.openxmlformats.org/package/2006"

/* Twentieths of a point, the unit of Word. */
static int twips(double mm)
{
    return (int)lround(mm * 1440 / 25.4);
}

/* Height of a line, rounded down: 22 of them must fit in 225 mm. */
static int line_twips(double mm)
{
    return (int)(mm * 1440 / 25.4);
}

/* Text as XML 1.0 can hold it: other control characters are blanks (as in PDF), U+FFFE and U+FFFF
 * and malformed bytes U+FFFD. */
static void put_text(struct buf *b, str text)
{
    for (size_t at = 0; at < text.len;) {
        char c[4];
        uint32_t code = str_next_char(text, &at);
        if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029)
            code = ' ';
        if (code == 0xFFFE || code == 0xFFFF)
            code = 0xFFFD;
        size_t n = str_put_char(code, c);
        if (code == '&' || code == '<' || code == '>')
            buf_put_html(b, (str){ c, n });
        else
            buf_add(b, (str){ c, n });
    }
}

/* 28 of the 16 points of 3号 are more than a line (docs_measures.h), so they stand at 98 in 100 of
 * their width and are spread to both edges. Not by a grid of characters, which gives what is larger
 * than its square a square and a half in LibreOffice; nor closer together, where LibreOffice loses
 * a comma that hangs at the edge. */
static void put_font(struct buf *b, int font, int half_points, bool red)
{
    const int body_size = 32;
    const char *name = FONTS[font].name;
    buf_printf(b, "<w:rPr><w:rFonts w:ascii=\"%s\" w:eastAsia=\"%s\" w:hAnsi=\"%s\" w:cs=\"%s\"/>",
               name, name, name, name);
    buf_printf(b, "%s%s<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr>",
               red ? "<w:color w:val=\"D90000\"/>" : "",
               half_points == body_size ? "<w:w w:val=\"98\"/>" : "", half_points, half_points);
}

static void put_run(struct buf *b, const struct word_style *s, str text)
{
    buf_put(b, "<w:r>");
    put_font(b, (int)s->face, s->half_points, s->red);
    buf_put(b, "<w:t xml:space=\"preserve\">");
    put_text(b, text);
    buf_put(b, "</w:t></w:r>");
}

static const char RULE[] = "<w:%s w:val=\"single\" w:sz=\"%d\" w:space=\"1\" w:color=\"%s\"/>";

static void put_rules(struct buf *b, const struct word_style *s)
{
    if (!s->rule_above && !s->rule_below)
        return;
    const char *color = s->red ? "D90000" : "auto";
    int eighths = s->red ? 16 : 8; /* of a point */
    buf_put(b, "<w:pBdr>");
    if (s->rule_above)
        buf_printf(b, RULE, "top", eighths, color);
    if (s->rule_below)
        buf_printf(b, RULE, "bottom", eighths, color);
    buf_put(b, "</w:pBdr>");
}

/* Begins a paragraph; the order of these elements is the schema's. tab: one at the right edge. */
static void put_begin(struct buf *b, const struct word_style *s, bool tab)
{
    static const char *const ALIGN[] = { "both", "left", "right", "center" };
    buf_put(b, "<w:p><w:pPr>");
    if (s->level)
        buf_printf(b, "<w:pStyle w:val=\"Heading%d\"/>", s->level);
    buf_put(b, s->keep ? "<w:keepNext/>" : "");
    buf_put(b, s->page_before ? "<w:pageBreakBefore/>" : "");
    if (s->foot)
        buf_printf(b,
                   "<w:framePr w:w=\"%d\" w:hSpace=\"0\" w:wrap=\"around\" w:vAnchor=\"margin\" "
                   "w:hAnchor=\"margin\" w:xAlign=\"left\" w:yAlign=\"bottom\"/>",
                   twips(TEXT_W));
    put_rules(b, s);
    if (tab)
        buf_printf(b, "<w:tabs><w:tab w:val=\"right\" %sw:pos=\"%d\"/></w:tabs>",
                   s->dots ? "w:leader=\"dot\" " : "", twips(TEXT_W));
    /* as the PDF: no mark hangs beyond the edge, no gap between Chinese and digits */
    buf_put(b, "<w:overflowPunct w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/>"
               "<w:autoSpaceDN w:val=\"0\"/>");
    buf_printf(b, "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"%d\" w:lineRule=\"exact\"/>",
               line_twips(s->line_mm));
    double left = s->first_mm < 0 ? s->left_mm - s->first_mm : s->left_mm;
    buf_printf(b, "<w:ind w:left=\"%d\" w:right=\"%d\" w:%s=\"%d\"/><w:jc w:val=\"%s\"/></w:pPr>",
               twips(left), twips(s->right_mm), s->first_mm < 0 ? "hanging" : "firstLine",
               twips(fabs(s->first_mm)), ALIGN[s->align]);
}

/* ---- body ---- */

static void spool_close(void *ptr)
{
    struct word *w = ptr;
    if (w->spool && fclose(w->spool) != 0)
        return; /* nobody reads it any more */
}

/* A file without a name; its buffer is libc's. */
static FILE *spool_open(void)
{
    char path[512];
    const char *dir = getenv("TMPDIR");
    int n = snprintf(path, sizeof path, "%s/huotang-XXXXXX", dir && dir[0] ? dir : "/tmp");
    int fd = n > 0 && (size_t)n < sizeof path ? mkstemp(path) : -1;
    if (fd < 0)
        return NULL;
    unlink(path);
    FILE *file = fdopen(fd, "w+b");
    if (!file)
        close(fd);
    return file;
}

/* A paragraph has ended: what has gathered goes to disk. */
static void spool(struct word *w)
{
    struct buf *b = w->body;
    if (!w->spool || b->len < SPOOL)
        return;
    w->spool_failed = fwrite(b->ptr, 1, b->len, w->spool) != b->len || w->spool_failed;
    b->len = 0;
}

struct word *word_open(struct arena *mem, const struct word_setup *setup)
{
    struct word *w = arena_zero(mem, sizeof *w);
    *w = (struct word){ .mem = mem, .setup = setup, .body = buf_new(mem, PART_MAX) };
    if (setup->book) {
        w->spool = spool_open();
        w->spool_failed = !w->spool;
        arena_on_free(mem, spool_close, w);
    }
    buf_put(w->body, XML_HEAD "<w:document " SPACE_W " xmlns:r=\"" OFFICE "\"><w:body>");
    return w;
}

struct arena *word_memory(struct word *w)
{
    return w->mem;
}

void word_paragraph(struct word *w, const struct word_style *style, str text)
{
    str rest = text, one;
    bool any = false;
    while (str_split(&rest, '\n', &one) || !any) {
        put_begin(w->body, style, false);
        if (text.len && one.len)
            put_run(w->body, style, one);
        buf_put(w->body, "</w:p>");
        any = true;
    }
    spool(w);
}

void word_ends(struct word *w, const struct word_style *style, const str left[2], str right)
{
    struct word_style kai = *style;
    kai.face = FACE_KAI;
    put_begin(w->body, style, right.len > 0);
    if (left[0].len)
        put_run(w->body, style, left[0]);
    if (left[1].len)
        put_run(w->body, &kai, left[1]);
    if (right.len) {
        buf_put(w->body, "<w:r><w:tab/></w:r>");
        put_run(w->body, style, right);
    }
    buf_put(w->body, "</w:p>");
}

/* ---- the picture of a code ---- */

/* Each square so many points of the picture, or Word would blur them. */
enum { CODE_SCALE = 6, BMP_HEAD = 62 };

static void put_number(struct buf *b, uint32_t number, int size)
{
    for (int i = 0; i < size; i++)
        buf_put_byte(b, (char)(number >> (8 * i) & 0xFF));
}

/* A line of the picture: a bit a point, set is dark, filled up to 32 of them. */
static void put_points(struct buf *b, const struct qr *qr, int y, int points)
{
    int line = y / CODE_SCALE - QR_QUIET;
    for (int x = 0; x < (points + 31) / 32 * 32; x += 8) {
        unsigned bits = 0;
        for (int i = x; i < x + 8; i++) {
            int at = i / CODE_SCALE - QR_QUIET;
            bool inside = at >= 0 && at < qr->width && line >= 0 && line < qr->width;
            bits = bits << 1 | (inside && qr->dark[line * qr->width + at]);
        }
        buf_put_byte(b, (char)bits);
    }
}

/* A Windows bitmap of two colours, lines from the bottom up: the one picture format that needs no
 * library. */
static void put_code(struct word *w, struct buf *b)
{
    int points = (w->code.width + 2 * QR_QUIET) * CODE_SCALE;
    uint32_t size = (uint32_t)((points + 31) / 32 * 4 * points);
    const struct {
        uint32_t number;
        int size;
    } head[] = { { 0x4D42, 2 },
                 { BMP_HEAD + size, 4 },
                 { 0, 4 },
                 { BMP_HEAD, 4 },
                 { 40, 4 },
                 { (uint32_t)points, 4 },
                 { (uint32_t)points, 4 },
                 { 1, 2 },
                 { 1, 2 },
                 { 0, 4 },
                 { size, 4 },
                 { 0, 4 },
                 { 0, 4 },
                 { 2, 4 },
                 { 2, 4 },
                 { 0xFFFFFF, 4 },
                 { 0, 4 } };
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_number(b, head[i].number, head[i].size);
    for (int y = points - 1; y >= 0; y--)
        put_points(b, &w->code, y, points);
}

err word_code(struct word *w, const struct word_style *style, str text, double size_mm)
{
    const double emu_mm = 36000;
    const long size = lround(size_mm * emu_mm);
    struct buf *b = w->body;
    TRY(qr_make(w->mem, text, &w->code));
    put_begin(b, style, false);
    buf_printf(b,
               "<w:r><w:drawing><wp:inline xmlns:wp=\"" DRAWING "/wordprocessingDrawing\">"
               "<wp:extent cx=\"%ld\" cy=\"%ld\"/><wp:docPr id=\"1\" name=\"QR\"/>"
               "<a:graphic xmlns:a=\"" DRAWING "/main\"><a:graphicData uri=\"" DRAWING
               "/picture\"><pic:pic xmlns:pic=\"" DRAWING "/picture\"><pic:nvPicPr>"
               "<pic:cNvPr id=\"1\" name=\"QR\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
               "<a:blip r:embed=\"rId12\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>",
               size, size);
    buf_printf(b,
               "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/>"
               "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
               "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
               size, size);
    return OK;
}

/* ---- books: marks, references, the two sections ---- */

static void put_field(struct buf *b, const struct word_style *s, const char *field, str shown)
{
    static const char *const KINDS[] = { "begin", "separate", "end" };
    for (int i = 0; i < 3; i++) {
        buf_put(b, "<w:r>");
        put_font(b, (int)s->face, s->half_points, false);
        buf_printf(b, "<w:fldChar w:fldCharType=\"%s\"/></w:r>", KINDS[i]);
        if (i == 0) {
            buf_put(b, "<w:r>");
            put_font(b, (int)s->face, s->half_points, false);
            buf_printf(b, "<w:instrText xml:space=\"preserve\"> %s </w:instrText></w:r>", field);
        }
        if (i == 1 && shown.len)
            put_run(b, s, shown);
    }
}

static void put_page_of(struct buf *b, const struct word_style *s, i64 mark)
{
    char field[48];
    snprintf(field, sizeof field, "PAGEREF _e%lld \\h", (long long)mark);
    put_field(b, s, field, str_of(""));
}

void word_marked(struct word *w, const struct word_style *style, str text, i64 mark)
{
    struct buf *b = w->body;
    put_begin(b, style, false);
    buf_printf(b, "<w:bookmarkStart w:id=\"%lld\" w:name=\"_e%lld\"/>", (long long)mark,
               (long long)mark);
    put_run(b, style, text);
    buf_printf(b, "<w:bookmarkEnd w:id=\"%lld\"/></w:p>", (long long)mark);
    spool(w);
}

void word_leader(struct word *w, const struct word_style *style, str text, i64 mark)
{
    struct word_style dotted = *style;
    struct buf *b = w->body;
    dotted.dots = true;
    put_begin(b, &dotted, true);
    put_run(b, style, text);
    buf_put(b, "<w:r><w:tab/></w:r>");
    put_page_of(b, style, mark);
    buf_put(b, "</w:p>");
    spool(w);
}

void word_pages(struct word *w, const struct word_style *style, str text, const size_t *marks,
                size_t count)
{
    struct buf *b = w->body;
    put_begin(b, style, false);
    put_run(b, style, text);
    for (size_t i = 0; i < count; i++) {
        put_run(b, style, str_of(i ? ", " : "\u3000"));
        put_page_of(b, style, (i64)marks[i] + 1);
    }
    buf_put(b, "</w:p>");
    spool(w);
}

static void put_page(const struct word *w);

void word_body_begin(struct word *w)
{
    buf_put(w->body, "<w:p><w:pPr><w:sectPr>");
    put_page(w);
    buf_put(w->body, "</w:sectPr></w:pPr></w:p>");
    w->has_body = true;
}

/* ---- table ---- */

void word_grid(struct word *w, const double *widths_mm, size_t count)
{
    static const char *const EDGES[] = { "top", "left", "bottom", "right", "insideH", "insideV" };
    int whole = 0;
    for (size_t i = 0; i < count; i++)
        whole += twips(widths_mm[i]);
    buf_printf(w->body, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblBorders>", whole);
    for (size_t i = 0; i < sizeof EDGES / sizeof *EDGES; i++)
        buf_printf(w->body, "<w:%s w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/>",
                   EDGES[i]);
    buf_put(w->body, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < count; i++)
        buf_printf(w->body, "<w:gridCol w:w=\"%d\"/>", twips(widths_mm[i]));
    buf_put(w->body, "</w:tblGrid>");
}

void word_table(struct word *w, double label_mm, double value_mm)
{
    const double widths_mm[2] = { label_mm, value_mm };
    word_grid(w, widths_mm, 2);
}

void word_grid_row(struct word *w, const struct word_style *style, const str *texts, size_t count,
                   bool head)
{
    buf_printf(w->body, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", head ? "<w:tblHeader/>" : "");
    for (size_t i = 0; i < count; i++) {
        buf_put(w->body, "<w:tc><w:tcPr><w:vAlign w:val=\"center\"/></w:tcPr>");
        word_paragraph(w, style, texts[i]);
        buf_put(w->body, "</w:tc>");
    }
    buf_put(w->body, "</w:tr>");
}

void word_row(struct word *w, const struct word_style styles[2], str label, str value)
{
    const str texts[2] = { label, value };
    buf_put(w->body, "<w:tr>");
    for (int i = 0; i < 2; i++) {
        buf_put(w->body, "<w:tc><w:tcPr><w:vAlign w:val=\"center\"/></w:tcPr>");
        word_paragraph(w, &styles[i], texts[i]);
        buf_put(w->body, "</w:tc>");
    }
    buf_put(w->body, "</w:tr>");
}

void word_table_end(struct word *w)
{
    buf_put(w->body, "</w:tbl>");
}

/* ---- head and foot of the pages ---- */

/* As large as the head of the letter may be, smaller when the name is long: 28 squares of 3号 are
 * 442 points. */
static int issuer_size(str issuer)
{
    const double line_points = TEXT_W * 72 / 25.4, large = 36;
    double fits = line_points / (double)(str_chars(issuer) ? str_chars(issuer) : 1);
    return 2 * (int)fmax(5, fmin(large, fits));
}

/* The red double line of 170 mm below the name, above the lower edge (chapter 10.1): a border of
 * the paragraph that reaches beyond the text on both sides. */
static void put_red_line(struct buf *b, const char *edge, const char *kind)
{
    double beyond = (RED_W - TEXT_W) / 2, right = PAGE_W - LEFT - TEXT_W;
    double shift = (LEFT - right) / 2; /* the line stands in the middle of the page */
    buf_printf(b,
               "<w:pBdr><w:%s w:val=\"%s\" w:sz=\"24\" w:space=\"%d\" w:color=\"D90000\"/></w:pBdr>"
               "<w:spacing w:before=\"0\" w:after=\"0\"/>"
               "<w:ind w:left=\"%d\" w:right=\"%d\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
               edge, kind, str_is(str_of(edge), "bottom") ? 11 : 0, twips(-beyond - shift),
               twips(-beyond + shift));
}

static void put_letter_head(struct word *w, struct buf *b)
{
    struct word_style style = { .face = FACE_SONG, .red = true };
    style.half_points = issuer_size(w->setup->issuer);
    buf_put(b, XML_HEAD "<w:hdr " SPACE_W "><w:p><w:pPr>");
    put_red_line(b, "bottom", "thickThinSmallGap");
    buf_put(b, "</w:pPr>");
    put_run(b, &style, w->setup->issuer);
    buf_put(b, "</w:p></w:hdr>");
}

static void put_letter_foot(struct word *w, struct buf *b)
{
    (void)w;
    buf_put(b, XML_HEAD "<w:ftr " SPACE_W "><w:p><w:pPr>");
    put_red_line(b, "top", "thinThickSmallGap");
    buf_put(b, "</w:pPr></w:p></w:ftr>");
}

/* Odd pages: the heading of level 1 that stands there; even pages: the book. */
static void put_book_head(struct word *w, struct buf *b, bool even)
{
    const struct word_style style = { .face = FACE_KAI, .half_points = 24 };
    struct buf *title = buf_new(w->mem, SMALL_MAX);
    str rest = w->setup->title, one;
    while (str_split(&rest, '\n', &one))
        buf_add(title, one);
    buf_printf(b,
               XML_HEAD "<w:hdr " SPACE_W "><w:p><w:pPr><w:pBdr><w:bottom w:val=\"single\" "
                        "w:sz=\"4\" w:space=\"1\" w:color=\"auto\"/></w:pBdr>"
                        "<w:jc w:val=\"%s\"/></w:pPr>",
               even ? "left" : "right");
    if (even)
        put_run(b, &style, buf_str(title));
    else
        put_field(b, &style, "STYLEREF 1", buf_str(title));
    buf_put(b, "</w:p></w:hdr>");
}

static void put_book_odd(struct word *w, struct buf *b)
{
    put_book_head(w, b, false);
}

static void put_book_even(struct word *w, struct buf *b)
{
    put_book_head(w, b, true);
}

static void put_number_part(struct buf *b, const char *text)
{
    buf_put(b, "<w:r>");
    put_font(b, FONT_NUMBER, 28, false);
    buf_printf(b, "%s</w:r>", text);
}

/* "— 1 —" in 4号: odd pages right, even pages left, a blank from the edge. */
static void put_page_number(struct buf *b, bool even)
{
    const double blank = 4.9389, above_foot = 3;
    buf_printf(b,
               XML_HEAD "<w:ftr " SPACE_W "><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"%d\" "
                        "w:line=\"%d\" w:lineRule=\"exact\"/><w:ind w:%s=\"%d\"/>"
                        "<w:jc w:val=\"%s\"/></w:pPr>",
               twips(above_foot), twips(SIZE_4 * 1.2), even ? "left" : "right", twips(blank),
               even ? "left" : "right");
    put_number_part(b, "<w:t xml:space=\"preserve\">\u2014 </w:t>");
    put_number_part(b, "<w:fldChar w:fldCharType=\"begin\"/>");
    put_number_part(b, "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>");
    put_number_part(b, "<w:fldChar w:fldCharType=\"separate\"/>");
    put_number_part(b, "<w:t>1</w:t>");
    put_number_part(b, "<w:fldChar w:fldCharType=\"end\"/>");
    put_number_part(b, "<w:t xml:space=\"preserve\"> \u2014</w:t>");
    buf_put(b, "</w:p></w:ftr>");
}

static void put_foot_odd(struct word *w, struct buf *b)
{
    (void)w;
    put_page_number(b, false);
}

static void put_foot_even(struct word *w, struct buf *b)
{
    (void)w;
    put_page_number(b, true);
}

/* ---- the other parts ---- */

static void put_fonts(struct word *w, struct buf *b)
{
    (void)w;
    buf_put(b, XML_HEAD "<w:fonts " SPACE_W ">");
    for (int i = 0; i < FONT_COUNT; i++)
        buf_printf(b,
                   "<w:font w:name=\"%s\"><w:altName w:val=\"%s\"/><w:charset w:val=\"86\"/>"
                   "<w:family w:val=\"%s\"/><w:pitch w:val=\"variable\"/></w:font>",
                   FONTS[i].name, FONTS[i].others, FONTS[i].family);
    buf_put(b, "</w:fonts>");
}

static void put_styles(struct word *w, struct buf *b)
{
    (void)w;
    buf_put(b, XML_HEAD "<w:styles " SPACE_W "><w:docDefaults><w:rPrDefault>");
    buf_printf(b,
               "<w:rPr><w:rFonts w:ascii=\"%s\" w:eastAsia=\"%s\" w:hAnsi=\"%s\" w:cs=\"%s\"/>"
               "<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>"
               "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>",
               FONTS[FACE_FANG].name, FONTS[FACE_FANG].name, FONTS[FACE_FANG].name,
               FONTS[FACE_FANG].name);
    buf_put(b, "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
               "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
               "<w:name w:val=\"Normal\"/><w:qFormat/></w:style>");
    for (int level = 1; level <= 3; level++)
        buf_printf(b,
                   "<w:style w:type=\"paragraph\" w:styleId=\"Heading%d\">"
                   "<w:name w:val=\"heading %d\"/><w:basedOn w:val=\"Normal\"/>"
                   "<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/>"
                   "<w:outlineLvl w:val=\"%d\"/></w:pPr></w:style>",
                   level, level, level - 1);
    buf_put(b, "</w:styles>");
}

static void put_settings(struct word *w, struct buf *b)
{
    buf_put(b, XML_HEAD "<w:settings " SPACE_W "><w:evenAndOddHeaders/>"
                        "<w:characterSpacingControl w:val=\"compressPunctuation\"/>");
    buf_put(b, w->setup->book ? "<w:updateFields w:val=\"true\"/>" : "");
    buf_put(b, "<w:compat><w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" "
               "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
               "</w:compat></w:settings>");
}

static void put_core(struct word *w, struct buf *b)
{
    buf_put(b, XML_HEAD "<cp:coreProperties xmlns:cp=\"" PACKAGE "/metadata/core-properties\" "
                        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                        "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
    put_text(b, w->setup->title);
    buf_put(b, "</dc:title><dc:creator>");
    put_text(b, w->setup->author);
    buf_put(b, "</dc:creator>");
    if (w->setup->made_on > 0) {
        int year, month, day;
        day_to_civil(w->setup->made_on, &year, &month, &day);
        buf_printf(b,
                   "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%04d-%02d-%02dT00:00:00+08:00"
                   "</dcterms:created>",
                   year, month, day);
    }
    buf_put(b, "</cp:coreProperties>");
}

/* ---- what is in the file ---- */

/* A part: its name, its content type, whose relation it is ('d': the document's, 'p': the
 * package's, 0: none), and of which kind. */
struct part {
    const char *name, *type, *relation;
    void (*put)(struct word *w, struct buf *b);
    char of;
    char only; /* 'l': in letters only, 'b': in books only, 'c': where there is a code */
};

#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const struct part PARTS[] = {
    { "word/styles.xml", WORD_TYPE "styles+xml", OFFICE "/styles", put_styles, 'd', 0 },
    { "word/settings.xml", WORD_TYPE "settings+xml", OFFICE "/settings", put_settings, 'd', 0 },
    { "word/fontTable.xml", WORD_TYPE "fontTable+xml", OFFICE "/fontTable", put_fonts, 'd', 0 },
    { "word/footer1.xml", WORD_TYPE "footer+xml", OFFICE "/footer", put_foot_odd, 'd', 0 },
    { "word/footer2.xml", WORD_TYPE "footer+xml", OFFICE "/footer", put_foot_even, 'd', 0 },
    { "word/header1.xml", WORD_TYPE "header+xml", OFFICE "/header", put_letter_head, 'd', 'l' },
    { "word/footer3.xml", WORD_TYPE "footer+xml", OFFICE "/footer", put_letter_foot, 'd', 'l' },
    { "word/document.xml", WORD_TYPE "document.main+xml", OFFICE "/officeDocument", NULL, 'p', 0 },
    { "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml",
      PACKAGE "/relationships/metadata/core-properties", put_core, 'p', 0 },
    { "word/header2.xml", WORD_TYPE "header+xml", OFFICE "/header", put_book_odd, 'd', 'b' },
    { "word/header3.xml", WORD_TYPE "header+xml", OFFICE "/header", put_book_even, 'd', 'b' },
    { "word/media/code.bmp", "image/bmp", OFFICE "/image", put_code, 'd', 'c' },
};
enum { PART_COUNT = sizeof PARTS / sizeof *PARTS };

/* The relation of a part is named by its place in the table: rId1 … */
static bool has_part(const struct word *w, size_t i)
{
    switch (PARTS[i].only) {
    case 'l':
        return w->setup->letter;
    case 'b':
        return w->setup->book;
    case 'c':
        return w->code.width > 0;
    default:
        return true;
    }
}

static void put_types(const struct word *w, struct buf *b)
{
    buf_put(b, XML_HEAD "<Types xmlns=\"" PACKAGE "/content-types\"><Default Extension=\"rels\" "
                        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
    for (size_t i = 0; i < PART_COUNT; i++)
        if (has_part(w, i))
            buf_printf(b, "<Override PartName=\"/%s\" ContentType=\"%s\"/>", PARTS[i].name,
                       PARTS[i].type);
    buf_put(b, "</Types>");
}

static void put_relations(const struct word *w, struct buf *b, char of)
{
    buf_put(b, XML_HEAD "<Relationships xmlns=\"" PACKAGE "/relationships\">");
    for (size_t i = 0; i < PART_COUNT; i++) {
        const char *name = PARTS[i].name;
        if (!has_part(w, i) || PARTS[i].of != of)
            continue;
        buf_printf(b, "<Relationship Id=\"rId%zu\" Type=\"%s\" Target=\"%s\"/>", i + 1,
                   PARTS[i].relation, of == 'd' ? name + sizeof "word/" - 1 : name);
    }
    buf_put(b, "</Relationships>");
}

/* A list's pages: as docs_list.c has them in the PDF. */
static void put_wide_section(struct buf *b)
{
    const double margin = (PAGE_H - PAPER_LIST_W) / 2, top = 20, foot = 10;
    buf_put(b, "<w:footerReference w:type=\"default\" r:id=\"rId4\"/>"
               "<w:footerReference w:type=\"even\" r:id=\"rId5\"/>");
    buf_printf(b,
               "<w:pgSz w:w=\"%d\" w:h=\"%d\" w:orient=\"landscape\"/><w:pgMar w:top=\"%d\" "
               "w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" "
               "w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
               twips(PAGE_H), twips(PAGE_W), twips(top), twips(margin), twips(top), twips(margin),
               twips(foot), twips(foot));
}

/* Page measures of GB/T 9704-2012 7: 22 lines a page; 28 characters a line by put_font. */
static void put_page(const struct word *w)
{
    const double right = PAGE_W - LEFT - TEXT_W, below = PAGE_H - TOP - TEXT_H;
    struct buf *b = w->body;
    buf_printf(b,
               "<w:pgSz w:w=\"%d\" w:h=\"%d\"/><w:pgMar w:top=\"%d\" w:right=\"%d\" "
               "w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>",
               twips(PAGE_W), twips(PAGE_H), twips(TOP), twips(right), twips(below), twips(LEFT),
               twips(w->setup->book ? BOOK_HEAD : HEAD_TOP), twips(RED_FOOT));
    buf_put(b, w->has_body ? "<w:pgNumType w:start=\"1\"/>" : "");
    buf_put(b, w->setup->letter ? "<w:titlePg/>" : "");
    buf_printf(b, "<w:docGrid w:type=\"lines\" w:linePitch=\"%d\"/>",
               line_twips(TEXT_H / PAGE_LINES));
}

static void put_section(const struct word *w)
{
    struct buf *b = w->body;
    buf_put(b, "<w:sectPr>");
    if (w->setup->wide) {
        put_wide_section(b);
        return;
    }
    if (w->setup->letter)
        buf_put(b, "<w:headerReference w:type=\"first\" r:id=\"rId6\"/>"
                   "<w:footerReference w:type=\"first\" r:id=\"rId7\"/>");
    if (w->setup->book)
        buf_put(b, "<w:headerReference w:type=\"default\" r:id=\"rId10\"/>"
                   "<w:headerReference w:type=\"even\" r:id=\"rId11\"/>");
    buf_put(b, "<w:footerReference w:type=\"default\" r:id=\"rId4\"/>"
               "<w:footerReference w:type=\"even\" r:id=\"rId5\"/>");
    put_page(w);
    buf_put(b, "</w:sectPr></w:body></w:document>");
}

/* ---- packing ---- */

struct pack {
    zip_t *zip;
    bool failed;
};

/* The bytes stay in mem until the archive is closed. Every entry is of 1980-01-01, the first day
 * that the format knows. */
static void pack_add(struct pack *p, const char *name, struct buf *b)
{
    const zip_uint16_t first_day = 0x21;
    p->failed = p->failed || buf_is_full(b);
    if (p->failed)
        return;
    zip_source_t *source = zip_source_buffer(p->zip, b->ptr, b->len, 0);
    zip_int64_t at = source ? zip_file_add(p->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (source && at < 0)
        zip_source_free(source);
    p->failed = at < 0 || zip_file_set_dostime(p->zip, (zip_uint64_t)at, 0, first_day, 0) != 0;
}

/* The text of a book, from its file, which the archive closes. */
static void pack_spool(struct word *w, struct pack *p, const char *name)
{
    const zip_uint16_t first_day = 0x21;
    struct buf *b = w->body;
    p->failed = p->failed || w->spool_failed || buf_is_full(b) ||
                fwrite(b->ptr, 1, b->len, w->spool) != b->len || fflush(w->spool) != 0;
    if (p->failed)
        return;
    rewind(w->spool);
    zip_source_t *source = zip_source_filep(p->zip, w->spool, 0, -1);
    zip_int64_t at = source ? zip_file_add(p->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (source)
        w->spool = NULL;
    if (source && at < 0)
        zip_source_free(source);
    p->failed = at < 0 || zip_file_set_dostime(p->zip, (zip_uint64_t)at, 0, first_day, 0) != 0;
}

static void parts_pack(struct word *w, struct pack *p)
{
    struct buf *b = buf_new(w->mem, SMALL_MAX);
    put_types(w, b);
    pack_add(p, "[Content_Types].xml", b);
    put_relations(w, b = buf_new(w->mem, SMALL_MAX), 'p');
    pack_add(p, "_rels/.rels", b);
    put_relations(w, b = buf_new(w->mem, SMALL_MAX), 'd');
    pack_add(p, "word/_rels/document.xml.rels", b);
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (!has_part(w, i))
            continue;
        if (!PARTS[i].put && w->setup->book) {
            pack_spool(w, p, PARTS[i].name);
            continue;
        }
        b = PARTS[i].put ? buf_new(w->mem, PART_MAX) : w->body;
        if (PARTS[i].put)
            PARTS[i].put(w, b);
        pack_add(p, PARTS[i].name, b);
    }
}

/* What libzip has written, copied into mem. */
static bool bytes_take(struct arena *mem, zip_source_t *source, bytes *out)
{
    struct zip_stat stat;
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
        return false;
    unsigned char *to = arena_zero(mem, stat.size + 1);
    bool whole = zip_source_read(source, to, stat.size) == (zip_int64_t)stat.size;
    zip_source_close(source);
    *out = (bytes){ to, stat.size };
    return whole;
}

err word_close(struct word *w, bytes *out)
{
    zip_error_t error;
    put_section(w);
    zip_error_init(&error);
    zip_source_t *made = zip_source_buffer_create(NULL, 0, 0, &error);
    struct pack p = { made ? zip_open_from_source(made, ZIP_TRUNCATE, &error) : NULL, false };
    if (!p.zip) {
        zip_source_free(made);
        return err_make(ERR_INTERNAL, "docs.failed");
    }
    zip_source_keep(made);
    parts_pack(w, &p);
    bool closed = !p.failed && zip_close(p.zip) == 0;
    if (!closed)
        zip_discard(p.zip);
    bool taken = closed && bytes_take(w->mem, made, out);
    zip_source_free(made);
    if (!taken)
        return err_make(ERR_INTERNAL, "docs.failed");
    assert(out->len > 4 && memcmp(out->ptr, "PK", 2) == 0);
    return OK;
}
