/* SPDX-License-Identifier: MulanPSL-2.0 */
/* DOCX files taken apart: well-formed parts, relations that all lead inside the file, the measures
 * of GB/T 9704-2012 (rules.md 10.1), the same texts in the same order as the PDF, the same bytes
 * each time. LibreOffice opens them where it is installed. */
#include <expat.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

#include <cmocka.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_qr.h"

enum { PARTS_MAX = 20 };

/* A file taken apart. text: what a reader reads, in order, without white space. */
struct docx {
    struct arena *mem;
    str names[PARTS_MAX], parts[PARTS_MAX];
    size_t count;
    struct buf *text;
    bool in_text;
};

/* ---- taking apart ---- */

static void on_begin(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct docx *d = context;
    d->in_text = strcmp(name, "w:t") == 0;
    for (; attributes[0]; attributes += 2)
        if (strcmp(attributes[0], "TargetMode") == 0)
            fail_msg("a relation leads outside");
}

static void on_end(void *context, const XML_Char *name)
{
    (void)name;
    ((struct docx *)context)->in_text = false;
}

static void put_dense(struct buf *b, str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = str_next_char(text, &at);
        if (c > 0x20 && c != 0x3000 && c != 0xA0)
            buf_add(b, str_sub(text, from, at - from));
    }
}

static void on_text(void *context, const XML_Char *text, int len)
{
    struct docx *d = context;
    if (d->in_text && d->text)
        put_dense(d->text, (str){ text, (size_t)len });
}

/* Fails where a part is no well-formed XML. */
static void part_parse(struct docx *d, str part)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, d);
    XML_SetElementHandler(parser, on_begin, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    if (XML_Parse(parser, part.ptr, (int)part.len, 1) != XML_STATUS_OK)
        fail_msg("%s at byte %ld", XML_ErrorString(XML_GetErrorCode(parser)),
                 (long)XML_GetCurrentByteIndex(parser));
    XML_ParserFree(parser);
}

static str part_of(const struct docx *d, const char *name)
{
    for (size_t i = 0; i < d->count; i++)
        if (str_is(d->names[i], name))
            return d->parts[i];
    return (str){ NULL, 0 };
}

/* The head of the first page, then the body. */
static void text_read(struct docx *d)
{
    d->text = buf_new(d->mem, 64 << 20);
    if (part_of(d, "word/header1.xml").ptr)
        part_parse(d, part_of(d, "word/header1.xml"));
    part_parse(d, part_of(d, "word/document.xml"));
}

static struct docx *open_docx(struct arena *mem, bytes file)
{
    struct docx *d = arena_zero(mem, sizeof *d);
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(file.ptr, file.len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    assert_non_null(zip);
    d->mem = mem;
    zip_int64_t count = zip_get_num_entries(zip, 0);
    assert_true(count > 0 && count <= PARTS_MAX);
    for (zip_int64_t i = 0; i < count; i++) {
        struct zip_stat stat;
        assert_int_equal(zip_stat_index(zip, (zip_uint64_t)i, 0, &stat), 0);
        char *data = arena_zero(mem, stat.size + 1);
        zip_file_t *f = zip_fopen_index(zip, (zip_uint64_t)i, 0);
        assert_int_equal(zip_fread(f, data, stat.size), (zip_int64_t)stat.size);
        zip_fclose(f);
        d->names[d->count] = arena_str(mem, str_of(stat.name));
        d->parts[d->count++] = (str){ data, stat.size };
        if (!str_ends(str_of(stat.name), str_of(".bmp")))
            part_parse(d, (str){ data, stat.size });
    }
    zip_discard(zip);
    text_read(d);
    return d;
}

static bool has(str part, const char *text)
{
    return str_find(part, str_of(text), 0) >= 0;
}

/* Every target of the relations is a part, and every part has a type. */
static void relations_check(struct docx *d)
{
    static const struct {
        const char *part, *folder;
    } RELATIONS[] = { { "_rels/.rels", "" }, { "word/_rels/document.xml.rels", "word/" } };
    static const char TARGET[] = "Target=\"";
    str types = part_of(d, "[Content_Types].xml"), document = part_of(d, "word/document.xml");
    for (size_t i = 0; i < 2; i++) {
        str part = part_of(d, RELATIONS[i].part);
        assert_non_null(part.ptr);
        for (i64 at = str_find(part, str_of(TARGET), 0); at >= 0;
             at = str_find(part, str_of(TARGET), (size_t)at)) {
            at += (i64)sizeof TARGET - 1;
            i64 end = str_find(part, str_of("\""), (size_t)at);
            str name =
                arena_printf(d->mem, "%s%.*s", RELATIONS[i].folder, (int)(end - at), part.ptr + at);
            assert_non_null(part_of(d, name.ptr).ptr);
            assert_true(has(types, arena_printf(d->mem, "PartName=\"/%s\"", name.ptr).ptr));
        }
    }
    static const char USED[] = "r:id=\"";
    for (i64 at = str_find(document, str_of(USED), 0); at >= 0;
         at = str_find(document, str_of(USED), (size_t)at + 1)) {
        str id = str_sub(document, (size_t)at + sizeof USED - 1, 5); /* rId4" */
        str wanted = arena_printf(d->mem, "Id=\"%.*s", (int)id.len, id.ptr);
        assert_true(has(part_of(d, "word/_rels/document.xml.rels"), wanted.ptr));
    }
}

/* ---- what is written ---- */

static const char SENTENCE[] =
    "近年来全市公共停车位建设加快推进新增泊位三千余个但老旧小区停车难问题仍然突出，";

static str repeat(struct arena *mem, const char *z, int times)
{
    struct buf *b = buf_new(mem, 64 << 20);
    for (int i = 0; i < times; i++)
        buf_put(b, z);
    return buf_str(b);
}

static struct paper_letter letter_of(struct arena *mem, struct paper_part parts[8])
{
    parts[0] = (struct paper_part){ PAPER_ADDRESSEE, str_of("李某某委员：") };
    parts[1] = (struct paper_part){ PAPER_BODY, str_of("  您的提案收悉。\n\n 现答复如下：") };
    parts[2] = (struct paper_part){ PAPER_HEADING1, str_of("一、关于增加停车泊位的建议") };
    parts[3] = (struct paper_part){ PAPER_HEADING2, str_of("（一）已经做的工作") };
    parts[4] = (struct paper_part){ PAPER_BODY, repeat(mem, SENTENCE, 30) };
    parts[5] = (struct paper_part){ PAPER_HEADING3, str_of("1.老旧小区") };
    parts[6] = (struct paper_part){ PAPER_NOTE, str_of("附件：泊位清单") };
    parts[7] = (struct paper_part){ PAPER_SIGNATURE, str_of("经办处室（章）") };
    return (struct paper_letter){
        .issuer = str_of("临沧市交通运输局"),
        .number = str_of("临交函〔2026〕58号"),
        .mark = str_of("A"),
        .signer = str_of("签发人：王喆堃"),
        .title = str_of("关于政协第五届临沧市委员会\n第二次会议第58号提案的答复"),
        .parts = parts,
        .part_count = 8,
        .seal = str_of("临沧市交通运输局"),
        .signed_on = day_from_civil(2026, 6, 8),
        .contact = str_of("联系人：赵昇  电话：0883-2120000"),
        .copies = str_of("抄送：市政协提案委员会，市政府办公室，市住房和城乡建设局。"),
        .print_note = str_of("临沧市交通运输局办公室  2026年6月8日印发"),
    };
}

/* The same letter as a bulletin, with a second text. */
static struct paper_letter bulletin_of(struct arena *mem, struct paper_masthead *head,
                                       struct paper_part parts[8])
{
    struct paper_letter letter = letter_of(mem, parts);
    *head = (struct paper_masthead){ .name = str_of("社情民意"),
                                     .issue = str_of("第12期（总第356期）"),
                                     .office = str_of("政协临沧市委员会办公室"),
                                     .mark = str_of("内部资料  注意保存"),
                                     .issued_on = day_from_civil(2026, 6, 8) };
    parts[6] = (struct paper_part){ PAPER_TITLE, str_of("乡镇卫生院夜间急诊力量不足应予重视") };
    letter.masthead = head;
    letter.copies = str_of("报送：省政协办公厅，市委办公室。\n发送：市住房和城乡建设局。");
    letter.contact = str_of("");
    return letter;
}

static struct paper_form form_of(struct paper_row rows[3], struct paper_part parts[2])
{
    rows[0] = (struct paper_row){ str_of("案由"), str_of("关于<增加>停车泊位 & 充电桩的提案") };
    rows[1] = (struct paper_row){ str_of("提案者"), str_of("李某某\n王某某") };
    rows[2] = (struct paper_row){ str_of("电话"), str_of("") };
    parts[0] = (struct paper_part){ PAPER_HEADING1, str_of("情况") };
    parts[1] = (struct paper_part){ PAPER_BODY, str_of("停车难。\n“停车”——难……") };
    return (struct paper_form){ .title = str_of("中国人民政治协商会议\n临沧市委员会提案表"),
                                .subtitle = str_of("（第58号）"),
                                .rows = rows,
                                .row_count = 3,
                                .parts = parts,
                                .part_count = 2,
                                .footer = str_of("校验码 0a1b2c") };
}

static struct docx *letter_docx(struct arena *mem, const struct paper_letter *letter)
{
    bytes file;
    assert_int_equal(paper_letter_docx(mem, letter, &file).code, ERR_NONE);
    return open_docx(mem, file);
}

/* ---- other programs ---- */

static void file_write(bytes file, const char *path)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(file.ptr, 1, file.len, f), file.len);
    fclose(f);
}

static bool has_program(const char *name)
{
    char command[100];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", name);
    if (system(command) == 0)
        return true;
    printf("# %s is not installed: not tried\n", name);
    return false;
}

/* Text of a PDF in the order of its writing, without white space and page numbers "— 2 —". */
static str pdf_text(struct arena *mem, const char *path)
{
    char command[200], line[4000];
    snprintf(command, sizeof command, "pdftotext -raw -nopgbrk %s -", path);
    struct buf *b = buf_new(mem, 8 << 20);
    FILE *in = popen(command, "r");
    assert_non_null(in);
    while (fgets(line, sizeof line, in)) {
        struct buf *one = buf_new(mem, sizeof line);
        put_dense(one, str_of(line));
        str text = buf_str(one), dash = str_of("—");
        i64 number;
        bool page = str_starts(text, dash) && str_ends(text, dash) && text.len > 6 &&
                    str_to_i64(str_sub(text, 3, text.len - 6), &number);
        if (!page)
            buf_add(b, text);
    }
    assert_int_equal(pclose(in), 0);
    return buf_str(b);
}

static str text_of_pdf(struct arena *mem, bytes pdf)
{
    char path[] = "/tmp/docx-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    file_write(pdf, path);
    str text = pdf_text(mem, path);
    unlink(path);
    return text;
}

/* ---- tests ---- */

static void parts_are_whole_and_lead_nowhere_else(void **state)
{
    (void)state;
    struct arena *mem = arena_new(128 << 20, 0);
    struct paper_part parts[8], form_parts[2];
    struct paper_row rows[3];
    struct paper_letter letter = letter_of(mem, parts);
    struct paper_form form = form_of(rows, form_parts);
    bytes file;
    relations_check(letter_docx(mem, &letter));
    assert_int_equal(paper_form_docx(mem, &form, &file).code, ERR_NONE);
    relations_check(open_docx(mem, file));
    arena_free(mem);
}

static void page_is_that_of_the_standard(void **state)
{
    (void)state;
    struct arena *mem = arena_new(64 << 20, 0);
    struct paper_part parts[8];
    struct paper_letter letter = letter_of(mem, parts);
    struct docx *d = letter_docx(mem, &letter);
    str body = part_of(d, "word/document.xml");
    /* twentieths of a point: A4, 37 mm above, 26 mm right, 35 mm below, 28 mm left */
    assert_true(has(body, "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
    assert_true(has(body, "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\""));
    /* 225 mm / 22 = 28.99 pt; 28 characters of 16 pt at 98 in 100 are 439 pt, 29 are more than the
     * 442.2 pt of 156 mm */
    assert_true(has(body, "w:linePitch=\"579\"") && has(body, "<w:w w:val=\"98\"/>"));
    assert_true(22 * 579 <= 16838 - 2098 - 1984);
    assert_true(has(body, "w:eastAsia=\"仿宋_GB2312\"") && has(body, "w:eastAsia=\"黑体\""));
    assert_true(has(body, "w:eastAsia=\"方正小标宋简体\"") && has(body, "\"楷体_GB2312\""));
    str fonts = part_of(d, "word/fontTable.xml");
    assert_true(has(fonts, "<w:font w:name=\"仿宋_GB2312\"><w:altName w:val=\"仿宋,FangSong"));
    assert_true(has(body, "<w:pStyle w:val=\"Heading1\"/>"));
    assert_true(has(body, "w:yAlign=\"bottom\"")); /* copies at the foot of the last page */
    arena_free(mem);
}

static void first_page_of_a_letter_has_red_lines_and_no_number(void **state)
{
    (void)state;
    struct arena *mem = arena_new(64 << 20, 0);
    struct paper_part parts[8], form_parts[2];
    struct paper_row rows[3];
    struct paper_letter letter = letter_of(mem, parts);
    struct paper_form form = form_of(rows, form_parts);
    struct docx *d = letter_docx(mem, &letter);
    bytes file;
    assert_true(has(part_of(d, "word/document.xml"), "<w:titlePg/>"));
    assert_true(has(part_of(d, "word/header1.xml"), "thickThinSmallGap"));
    assert_true(has(part_of(d, "word/footer3.xml"), "thinThickSmallGap"));
    assert_false(has(part_of(d, "word/footer3.xml"), "PAGE"));
    str odd = part_of(d, "word/footer1.xml"), even = part_of(d, "word/footer2.xml");
    assert_true(has(odd, "<w:jc w:val=\"right\"/>") && has(odd, ">— <") && has(odd, "> —<"));
    assert_true(has(even, "<w:jc w:val=\"left\"/>") && has(even, " PAGE "));
    assert_true(has(part_of(d, "word/settings.xml"), "<w:evenAndOddHeaders/>"));
    assert_int_equal(paper_form_docx(mem, &form, &file).code, ERR_NONE);
    d = open_docx(mem, file);
    assert_false(has(part_of(d, "word/document.xml"), "titlePg"));
    assert_null(part_of(d, "word/header1.xml").ptr);
    arena_free(mem);
}

static void texts_are_those_of_the_pdf(void **state)
{
    (void)state;
    if (!has_program("pdftotext"))
        skip();
    struct arena *mem = arena_new(256 << 20, 0);
    struct paper_part parts[8], form_parts[2];
    struct paper_row rows[3];
    struct paper_letter letter = letter_of(mem, parts);
    struct paper_form form = form_of(rows, form_parts);
    bytes pdf, file;
    for (int turn = 0; turn < 3; turn++) {
        assert_int_equal(paper_letter_pdf(mem, &letter, &pdf).code, ERR_NONE);
        str text = buf_str(letter_docx(mem, &letter)->text);
        assert_string_equal(arena_cstr(mem, text), arena_cstr(mem, text_of_pdf(mem, pdf)));
        letter.mark = letter.signer = letter.print_note = str_of("");
        letter.copies = turn ? str_of("") : letter.copies;
        letter.contact = str_of("（联系人：赵昇）");
    }
    assert_int_equal(paper_form_pdf(mem, &form, &pdf).code, ERR_NONE);
    assert_int_equal(paper_form_docx(mem, &form, &file).code, ERR_NONE);
    str text = buf_str(open_docx(mem, file)->text);
    assert_string_equal(arena_cstr(mem, text), arena_cstr(mem, text_of_pdf(mem, pdf)));
    arena_free(mem);
}

static void bulletin_has_its_head_in_the_text_and_all_pages_numbered(void **state)
{
    (void)state;
    struct arena *mem = arena_new(128 << 20, 0);
    struct paper_part parts[8];
    struct paper_masthead head;
    struct paper_letter letter = bulletin_of(mem, &head, parts);
    struct docx *d = letter_docx(mem, &letter);
    str body = part_of(d, "word/document.xml");
    relations_check(d);
    assert_null(part_of(d, "word/header1.xml").ptr);
    assert_false(has(body, "titlePg"));
    assert_true(has(body, "w:color=\"D90000\"/></w:pBdr>")); /* the red line */
    assert_false(has(body, "签发人"));
    assert_false(has(body, "临交函"));
    if (has_program("pdftotext")) {
        bytes pdf;
        assert_int_equal(paper_letter_pdf(mem, &letter, &pdf).code, ERR_NONE);
        str text = buf_str(d->text);
        assert_string_equal(arena_cstr(mem, text), arena_cstr(mem, text_of_pdf(mem, pdf)));
    }
    arena_free(mem);
}

static void same_document_gives_the_same_bytes(void **state)
{
    (void)state;
    struct arena *mem = arena_new(128 << 20, 0);
    struct paper_part parts[8];
    struct paper_letter letter = letter_of(mem, parts);
    bytes one, two;
    assert_int_equal(paper_letter_docx(mem, &letter, &one).code, ERR_NONE);
    setenv("TZ", "America/New_York", 1);
    tzset();
    assert_int_equal(paper_letter_docx(mem, &letter, &two).code, ERR_NONE);
    unsetenv("TZ");
    tzset();
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.ptr, two.ptr, one.len);
    arena_free(mem);
}

/* What is written, and what is read out of the file again. */
static void odd_characters_go_through_or_become_blanks(void **state)
{
    static const struct {
        str given;
        const char *wanted;
    } CASES[] = {
        { { "a<b>&amp;\"'", 11 }, "a<b>&amp;\"'" },
        { { "]]></w:t>", 9 }, "]]></w:t>" },
        { { "<?xml?><!--", 11 }, "<?xml?><!--" },
        { { "\U00020C53\U00030000\U0002B820", 12 }, "\U00020C53\U00030000\U0002B820" },
        { { "\u908A\U000E0101", 7 }, "\u908A\U000E0101" },
        { { "\U0001F468\u200D\U0001F469", 11 }, "\U0001F468\u200D\U0001F469" },
        { { "a\x01\x08\x0B\x1F\x7F"
            "b",
            7 },
          "ab" },
        { { "a\0b", 3 }, "ab" },
        { { "a\xC2\x85"
            "b",
            4 },
          "ab" },
        { { "a\xFF\xC0\xAFz", 5 }, "a\uFFFD\uFFFD\uFFFDz" },
        { { "a\xED\xA0\x80z", 5 }, "a\uFFFD\uFFFD\uFFFDz" },
        { { "a\xEF\xBF\xBEz", 5 }, "a\uFFFDz" },
        { { "a\xEF\xBF\xBFz", 5 }, "a\uFFFDz" },
    };
    (void)state;
    struct arena *mem = arena_new(128 << 20, 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct paper_part part = { PAPER_BODY, CASES[i].given };
        struct paper_row row = { CASES[i].given, CASES[i].given };
        struct paper_letter letter = {
            .issuer = CASES[i].given, .title = CASES[i].given, .parts = &part, .part_count = 1
        };
        struct paper_form form = {
            .title = CASES[i].given, .rows = &row, .row_count = 1, .parts = &part, .part_count = 1
        };
        str once = str_of(CASES[i].wanted);
        str three = arena_printf(mem, "%s%s%s", once.ptr, once.ptr, once.ptr);
        str four = arena_printf(mem, "%s%s", three.ptr, once.ptr);
        bytes file;
        str text = buf_str(letter_docx(mem, &letter)->text);
        assert_string_equal(arena_cstr(mem, text), three.ptr);
        assert_int_equal(paper_form_docx(mem, &form, &file).code, ERR_NONE);
        text = buf_str(open_docx(mem, file)->text);
        assert_string_equal(arena_cstr(mem, text), four.ptr);
    }
    arena_free(mem);
}

static void a_huge_text_is_made_and_a_monstrous_one_refused(void **state)
{
    (void)state;
    struct arena *mem = arena_new(512 << 20, 0);
    str huge = repeat(mem, "政协提案办理答复。\n", 100000); /* 2.8 MB, 100,000 paragraphs */
    struct paper_part part = { PAPER_BODY, str_of("") };
    struct paper_letter letter = { .title = str_of("题"), .parts = &part, .part_count = 1 };
    bytes file;
    part.text = str_sub(huge, 0, huge.len / 4);
    struct docx *d = letter_docx(mem, &letter);
    assert_int_equal(d->text->len, 3 + 25000 * 27);
    part.text = huge;
    err e = paper_letter_docx(mem, &letter, &file);
    assert_int_equal(e.code, ERR_INTERNAL);
    assert_string_equal(e.name, "docs.failed");
    arena_free(mem);
}

static void an_empty_document_is_one(void **state)
{
    (void)state;
    struct arena *mem = arena_new(64 << 20, 0);
    struct paper_letter letter = { .issuer = str_of("") };
    struct paper_form form = { .title = str_of("") };
    bytes file;
    assert_int_equal(letter_docx(mem, &letter)->text->len, 0);
    assert_int_equal(paper_form_docx(mem, &form, &file).code, ERR_NONE);
    assert_int_equal(open_docx(mem, file)->text->len, 0);
    arena_free(mem);
}

/* A square of the picture, lines from the bottom up, a bit a point, set is dark. */
static bool is_dark(str bmp, int points, int x, int y)
{
    const int head = 62, scale = 6, half = 3;
    int px = x * scale + half, py = points - 1 - (y * scale + half);
    int at = head + py * ((points + 31) / 32 * 4) + px / 8;
    return (unsigned char)bmp.ptr[at] >> (7 - px % 8) & 1;
}

/* The picture says what the code says, with its light frame of four squares. */
static void a_form_has_its_code_beside_the_footer(void **state)
{
    (void)state;
    struct arena *mem = arena_new(64 << 20, 0);
    struct paper_form form = { .title = str_of("题"),
                               .footer = str_of("注"),
                               .code = str_of("https://example.org/dossiers/check?code=1") };
    struct qr qr;
    bytes file;
    assert_int_equal(paper_form_docx(mem, &form, &file).code, ERR_NONE);
    struct docx *d = open_docx(mem, file);
    str bmp = part_of(d, "word/media/code.bmp");
    assert_int_equal(qr_make(mem, form.code, &qr).code, ERR_NONE);
    int squares = qr.width + 2 * QR_QUIET, points = squares * 6;
    assert_int_equal(bmp.len, 62 + points * ((points + 31) / 32 * 4));
    assert_memory_equal(bmp.ptr, "BM", 2);
    for (int y = 0; y < squares; y++)
        for (int x = 0; x < squares; x++) {
            int qx = x - QR_QUIET, qy = y - QR_QUIET;
            bool inside = qx >= 0 && qy >= 0 && qx < qr.width && qy < qr.width;
            assert_int_equal(is_dark(bmp, points, x, y), inside && qr.dark[qy * qr.width + qx]);
        }
    assert_true(str_find(part_of(d, "word/document.xml"), str_of("r:embed=\"rId12\""), 0) > 0);
    assert_true(str_find(part_of(d, "word/_rels/document.xml.rels"), str_of("Id=\"rId12\""), 0) >
                0);
    form.code = repeat(mem, "x", 4000);
    err e = paper_form_docx(mem, &form, &file);
    assert_string_equal(e.name, "docs.qr_too_long");
    e = paper_form_pdf(mem, &form, &file);
    assert_true(e.code == ERR_INVALID || e.code == ERR_INTERNAL); /* too long, or no font here */
    arena_free(mem);
}

static void libreoffice_reads_the_same_text(void **state)
{
    (void)state;
    if (!has_program("soffice") || !has_program("pdftotext"))
        skip();
    struct arena *mem = arena_new(128 << 20, 0);
    struct paper_part parts[8];
    struct paper_letter letter = letter_of(mem, parts);
    char folder[] = "/tmp/docx-office-XXXXXX", command[400];
    bytes file;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(paper_letter_docx(mem, &letter, &file).code, ERR_NONE);
    file_write(file, arena_printf(mem, "%s/letter.docx", folder).ptr);
    snprintf(command, sizeof command,
             "cd %s && HOME=%s timeout 120 soffice -env:UserInstallation=file://%s/profile "
             "--headless --convert-to txt:Text letter.docx >/dev/null 2>&1",
             folder, folder, folder);
    int status = system(command);
    struct buf *text = buf_new(mem, 1 << 20);
    char line[8000];
    FILE *in = fopen(arena_printf(mem, "%s/letter.txt", folder).ptr, "r");
    while (in && fgets(line, sizeof line, in))
        put_dense(text, str_of(line));
    if (in)
        fclose(in);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(status, 0);
    for (size_t i = 0; i < 8; i++) { /* heads and frames come elsewhere: the body's parts */
        struct buf *wanted = buf_new(mem, 1 << 20);
        put_dense(wanted, parts[i].text);
        assert_true(str_find(buf_str(text), buf_str(wanted), 0) >= 0);
    }
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_whole_and_lead_nowhere_else),
        cmocka_unit_test(page_is_that_of_the_standard),
        cmocka_unit_test(first_page_of_a_letter_has_red_lines_and_no_number),
        cmocka_unit_test(texts_are_those_of_the_pdf),
        cmocka_unit_test(bulletin_has_its_head_in_the_text_and_all_pages_numbered),
        cmocka_unit_test(same_document_gives_the_same_bytes),
        cmocka_unit_test(odd_characters_go_through_or_become_blanks),
        cmocka_unit_test(a_huge_text_is_made_and_a_monstrous_one_refused),
        cmocka_unit_test(an_empty_document_is_one),
        cmocka_unit_test(a_form_has_its_code_beside_the_footer),
        cmocka_unit_test(libreoffice_reads_the_same_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
