/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of docs_pdf.h by Pango (shaping, line breaking, font fallback) and Cairo (PDF
 * with embedded subsets). Fonts: the operator's licensed ones first if installed, then free ones;
 * characters that the chosen face lacks (rare names) come from the next font that has them, so
 * that no name is printed as a box. */
#include "platform/docs/docs_pdf.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <pthread.h>
#include <unistd.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs_cut.h"

/* PDF_MAX: its buffer doubles in the request's memory, which ends at 128 MiB. */
enum { FAMILIES_MAX = 8, PDF_MAX = 24 * 1024 * 1024, SQUARE_TOP_PERCENT = 88, PIECE = 65536 };

static const double POINTS_PER_MM = 72.0 / 25.4;

struct family {
    const char *name;
    PangoWeight weight;
};

/* Candidates by face, best first; the last ones are what Debian ships (tools/deps/debian.txt). */
static const struct family FACES[FACE_COUNT][FAMILIES_MAX] = {
    [FACE_FANG] = { { "FangSong_GB2312", PANGO_WEIGHT_NORMAL },
                    { "FZFangSong-Z02S", PANGO_WEIGHT_NORMAL },
                    { "FangSong", PANGO_WEIGHT_NORMAL },
                    { "STFangsong", PANGO_WEIGHT_NORMAL },
                    { "FandolFang R", PANGO_WEIGHT_NORMAL },
                    { "FandolFang", PANGO_WEIGHT_NORMAL },
                    { "Noto Serif CJK SC", PANGO_WEIGHT_NORMAL } },
    [FACE_KAI] = { { "KaiTi_GB2312", PANGO_WEIGHT_NORMAL },
                   { "FZKai-Z03S", PANGO_WEIGHT_NORMAL },
                   { "KaiTi", PANGO_WEIGHT_NORMAL },
                   { "STKaiti", PANGO_WEIGHT_NORMAL },
                   { "FandolKai", PANGO_WEIGHT_NORMAL },
                   { "AR PL UKai CN", PANGO_WEIGHT_NORMAL },
                   { "Noto Serif CJK SC", PANGO_WEIGHT_NORMAL } },
    [FACE_HEI] = { { "SimHei", PANGO_WEIGHT_NORMAL },
                   { "FZHei-B01S", PANGO_WEIGHT_NORMAL },
                   { "STHeiti", PANGO_WEIGHT_NORMAL },
                   { "FandolHei", PANGO_WEIGHT_NORMAL },
                   { "Noto Sans CJK SC", PANGO_WEIGHT_BOLD } },
    [FACE_SONG] = { { "FZXiaoBiaoSong-B05S", PANGO_WEIGHT_NORMAL },
                    { "FZXiaoBiaoSong-B05", PANGO_WEIGHT_NORMAL },
                    { "STZhongsong", PANGO_WEIGHT_NORMAL },
                    { "FandolSong", PANGO_WEIGHT_BOLD },
                    { "Noto Serif CJK SC", PANGO_WEIGHT_BOLD } },
};

/* Chosen once for the process, read-only afterwards. */
static struct family chosen[FACE_COUNT];
static char twins[FACE_COUNT][CUT_NAME_MAX];
static pthread_once_t chosen_once = PTHREAD_ONCE_INIT;

struct canvas {
    struct arena *mem;
    bool wide;
    struct buf *pdf; /* the whole, or what has not been written to fd yet */
    int fd;          /* -1 = in memory */
    bool disk_full;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoContext *context;
    PangoFontDescription *fonts[FACE_COUNT];
};

static bool has_family(PangoFontFamily **families, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(pango_font_family_get_name(families[i]), name) == 0)
            return true;
    return false;
}

/* The small twin of a chosen face; faces that are one font have one. */
static void twin_make(int face)
{
    const struct family *own = &chosen[face];
    for (int i = 0; i < face; i++)
        if (strcmp(chosen[i].name, own->name) == 0 && chosen[i].weight == own->weight) {
            memcpy(twins[face], twins[i], CUT_NAME_MAX);
            return;
        }
    docs_cut(own->name, (int)own->weight, face, twins[face]);
}

static void choose_families(void)
{
    PangoFontFamily **families;
    int count;
    PangoFontMap *before = pango_cairo_font_map_new(); /* of fonts without twins */
    pango_font_map_list_families(before, &families, &count);
    for (int face = 0; face < FACE_COUNT; face++) {
        const struct family *f = FACES[face];
        while (f[1].name && !has_family(families, count, f->name))
            f++;
        chosen[face] = *f;
        twin_make(face);
    }
    g_free(families);
    g_object_unref(before);
}

/* Writes what has gathered. */
static void flush(struct canvas *c)
{
    str rest = buf_str(c->pdf);
    while (rest.len && !c->disk_full) {
        ssize_t n = write(c->fd, rest.ptr, rest.len);
        c->disk_full = n <= 0;
        rest = str_sub(rest, n > 0 ? (size_t)n : rest.len, rest.len);
    }
    c->pdf->len = 0;
}

static cairo_status_t write_pdf(void *closure, const unsigned char *data, unsigned size)
{
    struct canvas *c = closure;
    str rest = { (const char *)data, size };
    while (c->fd >= 0 && rest.len) {
        str piece = str_sub(rest, 0, PIECE / 2);
        if (c->pdf->len + piece.len > PIECE / 2)
            flush(c);
        buf_add(c->pdf, piece);
        rest = str_sub(rest, piece.len, rest.len);
    }
    if (c->disk_full)
        return CAIRO_STATUS_WRITE_ERROR;
    buf_add(c->pdf, rest);
    return buf_is_full(c->pdf) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void canvas_free(void *ptr)
{
    struct canvas *c = ptr;
    for (int i = 0; i < FACE_COUNT; i++)
        pango_font_description_free(c->fonts[i]);
    g_object_unref(c->context);
    cairo_destroy(c->cairo);
    cairo_surface_destroy(c->surface);
}

/* The first choice, its twin before it, with the widest free fonts behind it; Pango searches all
 * others for what these lack. */
static PangoFontDescription *font_of(enum face face)
{
    PangoFontDescription *font = pango_font_description_new();
    char families[200];
    const char *free_font = face == FACE_HEI ? "Noto Sans CJK SC" : "Noto Serif CJK SC";
    snprintf(families, sizeof families, "%s%s%s,%s,HanaMinA,HanaMinB", twins[face],
             twins[face][0] ? "," : "", chosen[face].name, free_font);
    pango_font_description_set_family(font, families);
    pango_font_description_set_weight(font, chosen[face].weight);
    return font;
}

/* Whether some installed font has Chinese characters: a page of boxes must not leave the house.
 * */
static bool has_chinese(struct canvas *c)
{
    const gunichar zheng = 0x653F;
    PangoFontset *set =
        pango_font_map_load_fontset(pango_cairo_font_map_get_default(), c->context,
                                    c->fonts[FACE_FANG], pango_language_from_string("zh-cn"));
    PangoFont *font = set ? pango_fontset_get_font(set, zheng) : NULL;
    bool has = font && pango_font_has_char(font, zheng);
    if (font)
        g_object_unref(font);
    if (set)
        g_object_unref(set);
    return has;
}

/* Text that Pango takes as one paragraph: well-formed, no control characters, no separators. */
static str clean(struct arena *mem, str text)
{
    char *p = arena_zero(mem, text.len * 3 + 1);
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next_char(text, &at);
        bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
        len += str_put_char(control ? ' ' : c, p + len);
    }
    return (str){ p, len };
}

static void set_meta(struct canvas *c, const struct paper_meta *meta)
{
    cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_TITLE,
                                   clean(c->mem, meta->title).ptr);
    cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_AUTHOR,
                                   clean(c->mem, meta->author).ptr);
    cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_CREATOR, "Huotang");
    if (meta->made_ms == 0)
        return;
    int year, month, day;
    day_to_civil(day_of_ms(meta->made_ms), &year, &month, &day);
    str date = arena_printf(c->mem, "%04d-%02d-%02dT00:00:00+08:00", year, month, day);
    cairo_pdf_surface_set_metadata(c->surface, CAIRO_PDF_METADATA_CREATE_DATE, date.ptr);
}

err canvas_open(struct arena *mem, const struct paper_meta *meta, struct canvas **out)
{
    return canvas_open_fd(mem, meta, -1, out);
}

err canvas_open_fd(struct arena *mem, const struct paper_meta *meta, int fd, struct canvas **out)
{
    pthread_once(&chosen_once, choose_families);
    struct canvas *c = arena_zero(mem, sizeof *c);
    c->mem = mem;
    c->wide = meta->wide;
    c->fd = fd;
    c->pdf = buf_new(mem, fd < 0 ? PDF_MAX : PIECE);
    if (fd >= 0 && !buf_room(c->pdf, PIECE / 2 + 1)) /* grows later in nobody's loop */
        return err_make(ERR_INTERNAL, "docs.failed");
    c->surface =
        cairo_pdf_surface_create_for_stream(write_pdf, c, (meta->wide ? 297 : 210) * POINTS_PER_MM,
                                            (meta->wide ? 210 : 297) * POINTS_PER_MM);
    c->cairo = cairo_create(c->surface);
    c->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    for (int i = 0; i < FACE_COUNT; i++)
        c->fonts[i] = font_of((enum face)i);
    arena_on_free(mem, canvas_free, c);
    pango_context_set_language(c->context, pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(c->context, PANGO_DIRECTION_LTR);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(c->context, options);
    pango_context_set_round_glyph_positions(c->context, FALSE);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(c->context, 72);
    set_meta(c, meta);
    if (cairo_status(c->cairo) != CAIRO_STATUS_SUCCESS)
        return err_make(ERR_INTERNAL, "docs.failed");
    if (!has_chinese(c))
        return err_make(ERR_INTERNAL, "docs.font");
    *out = c;
    return OK;
}

static int to_pango(double mm)
{
    return (int)(mm * POINTS_PER_MM * PANGO_SCALE + (mm < 0 ? -0.5 : 0.5));
}

static double from_pango(int units)
{
    return units / (double)PANGO_SCALE / POINTS_PER_MM;
}

static PangoLayout *layout_new(struct canvas *c, str text, struct style style)
{
    PangoLayout *layout = pango_layout_new(c->context);
    arena_on_free(c->mem, g_object_unref, layout);
    pango_font_description_set_absolute_size(c->fonts[style.face], to_pango(style.size_mm));
    pango_layout_set_font_description(layout, c->fonts[style.face]);
    pango_layout_set_text(layout, text.ptr, (int)text.len);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    return layout;
}

struct text_lines canvas_break(struct canvas *c, const struct paragraph *paragraph)
{
    str text = clean(c->mem, paragraph->text);
    PangoLayout *layout = layout_new(c, text, paragraph->style);
    /* a hundredth of a millimetre of slack: 28 squares must fit 156 mm in spite of rounding to
     * Pango's units */
    pango_layout_set_width(layout, to_pango(paragraph->width_mm + 0.01));
    pango_layout_set_indent(layout, to_pango(paragraph->indent_mm));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    int count = pango_layout_get_line_count(layout);
    struct text_lines lines = { arena_array(c->mem, (size_t)count, sizeof *lines.items),
                                (size_t)count };
    for (int i = 0; i < count; i++) {
        PangoLayoutLine *line = pango_layout_get_line(layout, i);
        PangoRectangle logical;
        pango_layout_line_get_extents(line, NULL, &logical);
        bool first = i == 0;
        double indent = paragraph->indent_mm;
        lines.items[i] = (struct text_line){
            .line = line,
            .style = paragraph->style,
            .text = str_sub(text, (size_t)line->start_index, (size_t)line->length),
            .width_mm = from_pango(logical.width),
            .indent_mm = first ? (indent > 0 ? indent : 0) : (indent < 0 ? -indent : 0),
            .last = i == count - 1,
        };
    }
    return lines;
}

double canvas_width(struct canvas *c, str text, struct style style)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout_new(c, clean(c->mem, text), style), NULL, &logical);
    return from_pango(logical.width);
}

static int count_clusters(const PangoLayoutLine *line)
{
    int clusters = 0;
    for (GSList *r = line->runs; r; r = r->next) {
        const PangoGlyphString *glyphs = ((PangoGlyphItem *)r->data)->glyphs;
        for (int i = 0; i < glyphs->num_glyphs; i++)
            clusters += glyphs->glyphs[i].attr.is_cluster_start;
    }
    return clusters;
}

/* Spreads what is missing to the full width evenly between the characters, as official documents
 * do. */
static void stretch(PangoLayoutLine *line, int missing, int square)
{
    int gaps = count_clusters(line) - 1;
    if (gaps < 1 || missing <= 0 || missing / gaps > square / 4)
        return;
    int done = 0, nth = 0;
    for (GSList *r = line->runs; r; r = r->next) {
        PangoGlyphString *glyphs = ((PangoGlyphItem *)r->data)->glyphs;
        for (int i = 0; i < glyphs->num_glyphs && nth < gaps; i++) {
            bool ends_cluster =
                i + 1 == glyphs->num_glyphs || glyphs->glyphs[i + 1].attr.is_cluster_start;
            if (!ends_cluster)
                continue;
            nth++;
            int upto = (int)((i64)missing * nth / gaps);
            glyphs->glyphs[i].geometry.width += upto - done;
            done = upto;
        }
    }
}

void canvas_line(struct canvas *c, const struct text_line *line, double x, double y, double fill_mm)
{
    PangoLayoutLine *pango_line = line->line;
    if (fill_mm > 0 && !line->last)
        stretch(pango_line, to_pango(fill_mm - line->width_mm), to_pango(line->style.size_mm));
    cairo_set_source_rgb(c->cairo, line->style.red ? 0.85 : 0, 0, 0);
    double baseline = y + line->style.size_mm * SQUARE_TOP_PERCENT / 100;
    cairo_move_to(c->cairo, x * POINTS_PER_MM, baseline * POINTS_PER_MM);
    pango_cairo_show_layout_line(c->cairo, pango_line);
}

void canvas_ink(const struct text_line *line, double *top, double *bottom)
{
    PangoRectangle ink;
    pango_layout_line_get_extents(line->line, &ink, NULL);
    double baseline = line->style.size_mm * SQUARE_TOP_PERCENT / 100;
    *top = baseline + from_pango(ink.y);
    *bottom = baseline + from_pango(ink.y + ink.height);
}

void canvas_rule(struct canvas *c, const struct rule *rule)
{
    cairo_set_source_rgb(c->cairo, rule->red ? 0.85 : 0, 0, 0);
    cairo_set_line_width(c->cairo, rule->thick_mm * POINTS_PER_MM);
    cairo_move_to(c->cairo, rule->x0 * POINTS_PER_MM, rule->y0 * POINTS_PER_MM);
    cairo_line_to(c->cairo, rule->x1 * POINTS_PER_MM, rule->y1 * POINTS_PER_MM);
    cairo_stroke(c->cairo);
}

void canvas_turn(struct canvas *c)
{
    cairo_translate(c->cairo, (c->wide ? 297 : 210) * POINTS_PER_MM,
                    (c->wide ? 210 : 297) * POINTS_PER_MM);
    cairo_scale(c->cairo, -1, -1);
}

void canvas_next_page(struct canvas *c)
{
    cairo_show_page(c->cairo);
}

int canvas_outline(struct canvas *c, str title, i64 page, int parent)
{
    char place[48];
    snprintf(place, sizeof place, "page=%lld pos=[0 0]", (long long)page);
    return cairo_pdf_surface_add_outline(c->surface, parent ? parent : CAIRO_PDF_OUTLINE_ROOT,
                                         clean(c->mem, title).ptr, place, 0);
}

err canvas_close(struct canvas *c, bytes *out)
{
    cairo_surface_finish(c->surface);
    if (c->fd >= 0)
        flush(c);
    if (c->disk_full)
        return err_make(ERR_BUSY, "docs.disk");
    if (cairo_surface_status(c->surface) != CAIRO_STATUS_SUCCESS || buf_is_full(c->pdf))
        return err_make(ERR_INTERNAL, "docs.failed");
    if (c->fd >= 0)
        return OK;
    str pdf = buf_str(c->pdf);
    assert(str_starts(pdf, str_of("%PDF-")));
    *out = (bytes){ (const unsigned char *)pdf.ptr, pdf.len };
    return OK;
}
