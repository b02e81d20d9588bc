/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of docs_cut.h by fontconfig (which file a family is) and HarfBuzz (the cut). A
 * twin is a file in memory without a name, which fontconfig and FreeType open by its descriptor. */
#include "platform/docs/docs_cut.h"

#include <fontconfig/fontconfig.h>
#include <hb-subset.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { NAME_TABLE_MAX = 1024, NAMES = 4, PATH_MAX_BYTES = 40, TABLES_MAX = 64 };

/* Whole blocks beside the hanzi: Latin, punctuation, arrows, numerals in circles, lines and
 * squares, full-width forms. */
static const struct {
    hb_codepoint_t first, last;
} BLOCKS[] = { { 0x20, 0x7E },     { 0xA0, 0xFF },     { 0x2010, 0x203B }, { 0x2100, 0x2122 },
               { 0x2150, 0x218F }, { 0x2190, 0x2199 }, { 0x2200, 0x22A5 }, { 0x2460, 0x249B },
               { 0x2500, 0x257F }, { 0x25A0, 0x25EF }, { 0x2605, 0x2606 }, { 0x2610, 0x2612 },
               { 0x2713, 0x2714 }, { 0x3000, 0x301F }, { 0x3220, 0x3243 }, { 0xFF01, 0xFF5E },
               { 0xFFE0, 0xFFE6 } };

/* The installed font, or NULL where fontconfig would choose another one, or where it has no CFF. */
static FcPattern *font_find(const char *family, int weight)
{
    FcPattern *wanted = FcPatternCreate();
    FcResult result;
    FcChar8 *found, *format;
    FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddInteger(wanted, FC_WEIGHT, FcWeightFromOpenType(weight));
    FcConfigSubstitute(NULL, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    FcPattern *font = FcFontMatch(NULL, wanted, &result);
    FcPatternDestroy(wanted);
    if (!font)
        return NULL;
    bool is_it = false;
    for (int i = 0; FcPatternGetString(font, FC_FAMILY, i, &found) == FcResultMatch; i++)
        is_it = is_it || strcmp((const char *)found, family) == 0;
    if (is_it && FcPatternGetString(font, FC_FONTFORMAT, 0, &format) == FcResultMatch &&
        strcmp((const char *)format, "CFF") == 0)
        return font;
    FcPatternDestroy(font);
    return NULL;
}

/* The hanzi are those that fontconfig wants of a font for zh-cn: GB 2312, both levels. */
static void add_characters(hb_set_t *set)
{
    const FcCharSet *hanzi = FcLangGetCharSet((const FcChar8 *)"zh-cn");
    FcChar32 map[FC_CHARSET_MAP_SIZE], next;
    FcChar32 base = hanzi ? FcCharSetFirstPage(hanzi, map, &next) : FC_CHARSET_DONE;
    for (; base != FC_CHARSET_DONE; base = FcCharSetNextPage(hanzi, map, &next))
        for (unsigned i = 0; i < FC_CHARSET_MAP_SIZE * 32; i++)
            if (map[i / 32] >> (i % 32) & 1)
                hb_set_add(set, base + i);
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
        hb_set_add_range(set, BLOCKS[i].first, BLOCKS[i].last);
}

/* By this table Pango puts fonts of one line level: twin and font must say the same. */
#define BASELINES HB_TAG('B', 'A', 'S', 'E')

/* Forms for other languages are left out; subroutines are written out, which is half the time. The
 * outcome is read anew from its bytes: what HarfBuzz has cut does not tell its tables. */
static hb_face_t *cut(const char *file, unsigned index)
{
    hb_blob_t *blob = hb_blob_create_from_file(file), *bytes = NULL;
    hb_face_t *whole = hb_face_create(blob, index), *out = NULL;
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input && hb_face_get_glyph_count(whole)) {
        add_characters(hb_subset_input_unicode_set(input));
        hb_set_del(hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG),
                   HB_TAG('l', 'o', 'c', 'l'));
        hb_set_del(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), BASELINES);
        hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_NO_SUBSET_TABLE_TAG), BASELINES);
        hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_DESUBROUTINIZE);
        out = hb_subset_or_fail(whole, input);
    }
    if (out)
        bytes = hb_face_reference_blob(out);
    hb_face_destroy(out);
    out = bytes ? hb_face_create(bytes, 0) : NULL;
    hb_subset_input_destroy(input);
    hb_face_destroy(whole);
    hb_blob_destroy(bytes);
    hb_blob_destroy(blob);
    return out;
}

/* ---- the table of names ---- */

static size_t put16(unsigned char *at, unsigned value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
    return 2;
}

/* OpenType "name", format 0: family, style, full name and the PostScript name, which readers of the
 * PDF show: that stays the font's own. All are ASCII. */
static hb_blob_t *names_make(const char *family, const char *postscript)
{
    const struct {
        unsigned id;
        const char *text;
    } names[NAMES] = { { 1, family }, { 2, "Regular" }, { 4, family }, { 6, postscript } };
    unsigned char table[NAME_TABLE_MAX];
    size_t at = 0, texts = 6 + (size_t)NAMES * 12, end = texts;
    at += put16(table + at, 0);
    at += put16(table + at, NAMES);
    at += put16(table + at, (unsigned)texts);
    for (size_t i = 0; i < NAMES; i++) {
        size_t len = strnlen(names[i].text, 63);
        const unsigned record[] = {
            3, 1, 0x409, names[i].id, (unsigned)(2 * len), (unsigned)(end - texts)
        };
        for (size_t k = 0; k < sizeof record / sizeof *record; k++)
            at += put16(table + at, record[k]);
        for (size_t k = 0; k < len; k++)
            end += put16(table + end, (unsigned char)names[i].text[k]);
    }
    return hb_blob_create((const char *)table, (unsigned)end, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
}

static hb_blob_t *renamed(hb_face_t *face, const char *family, const char *postscript)
{
    hb_tag_t tags[TABLES_MAX];
    unsigned count = TABLES_MAX;
    hb_face_t *built = hb_face_builder_create();
    hb_face_get_table_tags(face, 0, &count, tags);
    for (unsigned i = 0; i < count; i++) {
        hb_blob_t *table = tags[i] == HB_TAG('n', 'a', 'm', 'e')
                               ? names_make(family, postscript)
                               : hb_face_reference_table(face, tags[i]);
        hb_face_builder_add_table(built, tags[i], table);
        hb_blob_destroy(table);
    }
    hb_blob_t *file = hb_face_reference_blob(built);
    hb_face_destroy(built);
    return file;
}

/* ---- the file ---- */

static bool write_all(int fd, const char *data, size_t len)
{
    while (len) {
        ssize_t n = write(fd, data, len);
        if (n <= 0)
            return false;
        data += n;
        len -= (size_t)n;
    }
    return true;
}

static bool publish(hb_blob_t *file)
{
    unsigned len;
    const char *data = hb_blob_get_data(file, &len);
    char path[PATH_MAX_BYTES];
    int fd = memfd_create("font", MFD_CLOEXEC);
    if (fd < 0)
        return false;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (len && write_all(fd, data, len) && FcConfigAppFontAddFile(NULL, (const FcChar8 *)path))
        return true; /* the descriptor is the font's for as long as the process lives */
    close(fd);
    return false;
}

bool docs_cut(const char *family, int weight, int number, char name[CUT_NAME_MAX])
{
    FcChar8 *file, *postscript;
    int index;
    bool made = false;
    FcPattern *font = font_find(family, weight);
    snprintf(name, CUT_NAME_MAX, "Huotang cut %d", number);
    if (font && FcPatternGetString(font, FC_FILE, 0, &file) == FcResultMatch &&
        FcPatternGetInteger(font, FC_INDEX, 0, &index) == FcResultMatch &&
        FcPatternGetString(font, FC_POSTSCRIPT_NAME, 0, &postscript) == FcResultMatch) {
        hb_face_t *face = cut((const char *)file, (unsigned)index);
        hb_blob_t *blob =
            face ? renamed(face, name, (const char *)postscript) : hb_blob_get_empty();
        made = publish(blob);
        hb_blob_destroy(blob);
        hb_face_destroy(face);
    }
    if (font)
        FcPatternDestroy(font);
    if (!made)
        *name = 0;
    return made;
}
