/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Workbooks in: the first visible sheet, row by row, by libzip and expat; and documents, paragraph
 * by paragraph. Nothing is ever unpacked to disk by name; shared texts are spooled to a nameless
 * temporary file that the caller opened, so memory does not grow with the workbook. What the ZIP
 * says about sizes is not believed: bytes are counted as they come. Formats of cells: sheet_cell.c.
 */
#include <assert.h>
#include <expat.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "platform/files/sheet_cell.h"
#include "platform/files/sheet_read.h"
#include "platform/files/temp.h"

enum {
    PIECE = 64 * 1024,
    DIRECTORY_MAX = 1024 * 1024, /* bytes of the ZIP's directory */
    DEPTH_MAX = 32,
    PENDING_MAX = 2 * 1024 * 1024, /* bytes of one tag */
    NAMES = 2048,                  /* slots for names of elements and attributes */
    NAMES_MAX = 512,
    SHARED_MAX = 2000000,
    RATIO_FROM = 1024 * 1024
};

/* Shared texts in a spool: text i lies from ends[i - 1] to ends[i]. */
struct spool {
    int fd;
    i64 *ends;
    size_t count, cap;
    i64 written;
    struct buf *pending;
};

enum { ROWS_MAX = 1 << 20 }; /* of a sheet, as the office's program has it */
enum part { PART_WORKBOOK, PART_RELATIONS, PART_STYLES, PART_SHARED, PART_SHEET, PART_DOCUMENT };

struct xlsx {
    struct row_builder *b;
    zip_t *zip;
    i64 stored_bytes, unpacked, repeated; /* repeated: bytes of shared texts put into cells */
    XML_Parser parser;
    enum part part;
    err error;
    int depth;
    uint32_t names[NAMES];
    size_t name_count;

    str relation, target; /* of the first visible sheet */
    struct cell_styles *styles;
    struct spool spool;
    bool text_on, phonetic, in_cell_formats; /* where in the XML */
    int fallback;  /* depth of what newer programs do not show; 0 = none */
    char type[16]; /* t= of the cell */
    i64 style, row, column, next_row;
    size_t start; /* of the cell's or shared text in its buf */
    char piece[PIECE];
};

static void stop(struct xlsx *x, err e)
{
    if (x->error.code == ERR_NONE)
        x->error = e;
    XML_StopParser(x->parser, XML_FALSE);
}

static err bomb(void)
{
    return err_make(ERR_INVALID, "files.bomb");
}

static err broken(void)
{
    return err_make(ERR_INVALID, "files.broken");
}

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

/* The same for a name without regard to prefix being absent: "id" and "r:id" are two. */
static const char *prefixed(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strchr(attributes[0], ':') && strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

static i64 number_of(const char *text, i64 fallback)
{
    i64 value;
    return text && str_to_i64(str_of(text), &value) ? value : fallback;
}

/* ---- guards: expat keeps every distinct name and every open element in memory ---- */

static bool name_is_new(struct xlsx *x, const char *name)
{
    uint32_t hash = 2166136261u;
    for (const char *p = name; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619u;
    hash = hash ? hash : 1;
    size_t at = hash % NAMES;
    while (x->names[at] && x->names[at] != hash)
        at = (at + 1) % NAMES;
    if (x->names[at])
        return false;
    x->names[at] = hash;
    return true;
}

static bool is_hostile(struct xlsx *x, const char *name, const char **attributes)
{
    if (++x->depth > DEPTH_MAX)
        return true;
    x->name_count += name_is_new(x, name);
    for (; attributes[0] && x->name_count <= NAMES_MAX; attributes += 2)
        x->name_count += name_is_new(x, attributes[0]);
    return x->name_count > NAMES_MAX;
}

static void on_doctype(void *context, const char *name, const char *system_id,
                       const char *public_id, int internal)
{
    (void)name, (void)system_id, (void)public_id, (void)internal;
    stop(context, bomb());
}

/* ---- workbook, relations, styles ---- */

static void workbook_start(struct xlsx *x, const char *name, const char **attributes)
{
    if (strcmp(name, "workbookPr") == 0) {
        const char *date1904 = attribute(attributes, "date1904");
        x->styles->from_1904 = date1904 && (date1904[0] == '1' || date1904[0] == 't');
    }
    const char *id = prefixed(attributes, "id"), *state = attribute(attributes, "state");
    bool visible = !state || strcmp(state, "visible") == 0;
    if (strcmp(name, "sheet") == 0 && visible && id && x->relation.len == 0)
        x->relation = arena_str(x->b->mem, str_of(id));
}

static void relations_start(struct xlsx *x, const char *name, const char **attributes)
{
    const char *id = attribute(attributes, "Id"), *target = attribute(attributes, "Target");
    if (strcmp(name, "Relationship") || !id || !target || !str_is(x->relation, id))
        return;
    str path = str_of(target);
    x->target = path.len && path.ptr[0] == '/' ? arena_str(x->b->mem, str_sub(path, 1, path.len))
                                               : arena_printf(x->b->mem, "xl/%s", target);
}

static void styles_start(struct xlsx *x, const char *name, const char **attributes)
{
    if (strcmp(name, "numFmt") == 0) {
        const char *code = attribute(attributes, "formatCode");
        cell_format_add(x->styles, number_of(attribute(attributes, "numFmtId"), -1),
                        str_of(code ? code : ""));
    } else if (strcmp(name, "cellXfs") == 0) {
        x->in_cell_formats = true;
    } else if (strcmp(name, "xf") == 0 && x->in_cell_formats) {
        cell_style_add(x->styles, number_of(attribute(attributes, "numFmtId"), 0));
    }
}

/* ---- shared texts ---- */

static err spool_flush(struct spool *s)
{
    TRY(temp_write(s->fd, buf_str(s->pending)));
    s->written += (i64)s->pending->len;
    s->pending->len = 0;
    return OK;
}

/* Ends a shared text: what was added to pending since the last one. */
static err shared_end(struct xlsx *x)
{
    struct spool *s = &x->spool;
    if (buf_is_full(s->pending) || s->count >= SHARED_MAX)
        return bomb();
    if (s->count == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 1024;
        i64 *more = arena_array(x->b->mem, cap, sizeof *more);
        if (s->count)
            memcpy(more, s->ends, s->count * sizeof *more);
        s->ends = more;
        s->cap = cap;
    }
    s->ends[s->count++] = s->written + (i64)s->pending->len;
    return s->pending->len > PIECE ? spool_flush(s) : OK;
}

/* Appends shared text number i to the cell. */
static err shared_put(struct xlsx *x, i64 i)
{
    struct spool *s = &x->spool;
    if (i < 0 || i >= (i64)s->count)
        return broken();
    i64 from = i ? s->ends[i - 1] : 0;
    size_t len = (size_t)(s->ends[i] - from);
    x->repeated += (i64)len;
    if (x->repeated > x->b->limits.unpacked_bytes)
        return bomb();
    char *to = buf_room(x->b->text, len);
    if (!to)
        return OK; /* the buf is full now, and row_cell says so */
    if (len && pread(s->fd, to, len, from) != (ssize_t)len)
        return err_make(ERR_BUSY, "docs.disk");
    x->b->text->len += len;
    return OK;
}

/* ---- the sheet ---- */

/* Column of "BC12": 54. -1 when there is none. */
static i64 column_of(const char *reference)
{
    i64 column = 0;
    for (; *reference >= 'A' && *reference <= 'Z' && column < 1 << 20; reference++)
        column = column * 26 + (*reference - 'A' + 1);
    return column - 1;
}

static void cell_start(struct xlsx *x, const char **attributes)
{
    const char *reference = attribute(attributes, "r"), *type = attribute(attributes, "t");
    x->column = reference ? column_of(reference) : x->column + 1;
    if (x->column < 0) {
        stop(x, broken());
        return;
    }
    snprintf(x->type, sizeof x->type, "%s", type ? type : "n");
    x->style = number_of(attribute(attributes, "s"), 0);
    x->start = x->b->text->len;
}

static void sheet_start(struct xlsx *x, const char *name, const char **attributes)
{
    if (strcmp(name, "row") == 0) {
        x->row = number_of(attribute(attributes, "r"), x->next_row);
        if (x->row < 0 || x->row > ROWS_MAX) {
            stop(x, x->row < 0 ? broken() : bomb());
            return;
        }
        x->next_row = x->row + 1;
        x->column = -1;
    } else if (strcmp(name, "c") == 0) {
        cell_start(x, attributes);
    } else if (strcmp(name, "rPh") == 0) {
        x->phonetic = true;
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        x->text_on = !x->phonetic;
    }
}

/* Turns what stands in the XML into what the office's program shows. */
static err cell_end(struct xlsx *x)
{
    struct buf *text = x->b->text;
    str raw = str_sub(buf_str(text), x->start, text->len);
    i64 number;
    if (strcmp(x->type, "s") == 0 && raw.len) {
        if (!str_to_i64(raw, &number))
            return broken();
        text->len = x->start;
        TRY(shared_put(x, number));
    } else if (strcmp(x->type, "n") == 0 && raw.len) {
        char shown[CELL_TEXT_MAX];
        str value = cell_number(x->styles, x->style, raw, shown);
        text->len = x->start;
        buf_add(text, value);
    } else if (strcmp(x->type, "b") == 0 && raw.len) {
        bool yes = raw.ptr[0] == '1';
        text->len = x->start;
        buf_put(text, yes ? "TRUE" : "FALSE");
    } else {
        text->len = x->start + cell_unescape(text->ptr + x->start, raw.len);
    }
    return row_cell(x->b, x->column, x->start);
}

static void sheet_end(struct xlsx *x, const char *name)
{
    err e = OK;
    if (strcmp(name, "c") == 0)
        e = cell_end(x);
    else if (strcmp(name, "row") == 0)
        e = row_end(x->b, x->row);
    else if (strcmp(name, "rPh") == 0)
        x->phonetic = false;
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        x->text_on = false;
    if (e.code != ERR_NONE)
        stop(x, e);
}

/* ---- the paragraphs of a document ---- */

static void document_start(struct xlsx *x, const char *name)
{
    if (x->fallback == 0 && strcmp(name, "Fallback") == 0)
        x->fallback = x->depth;
    if (x->fallback)
        return;
    if (strcmp(name, "tab") == 0)
        buf_put_byte(x->b->text, ' ');
    else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
        buf_put_byte(x->b->text, '\n');
    x->text_on = strcmp(name, "t") == 0;
}

/* depth: of the element that ends. A text box stands within a paragraph: what came before it is a
 * paragraph too. */
static void document_end(struct xlsx *x, const char *name, int depth)
{
    x->text_on = false;
    if (x->fallback == depth)
        x->fallback = 0;
    if (x->fallback || strcmp(name, "p") != 0)
        return;
    err e = row_cell(x->b, 0, 0);
    if (e.code == ERR_NONE)
        e = row_end(x->b, x->next_row++);
    if (e.code != ERR_NONE)
        stop(x, e);
}

/* ---- expat's callbacks, by part ---- */

static void on_start(void *context, const char *name, const char **attributes)
{
    struct xlsx *x = context;
    if (is_hostile(x, name, attributes)) {
        stop(x, bomb());
        return;
    }
    name = local(name);
    switch (x->part) {
    case PART_WORKBOOK:
        workbook_start(x, name, attributes);
        break;
    case PART_RELATIONS:
        relations_start(x, name, attributes);
        break;
    case PART_STYLES:
        styles_start(x, name, attributes);
        break;
    case PART_SHARED:
        x->phonetic = x->phonetic || strcmp(name, "rPh") == 0;
        x->text_on = strcmp(name, "t") == 0 && !x->phonetic;
        break;
    case PART_SHEET:
        sheet_start(x, name, attributes);
        break;
    case PART_DOCUMENT:
        document_start(x, name);
        break;
    }
}

static void shared_element_end(struct xlsx *x, const char *name)
{
    struct buf *pending = x->spool.pending;
    x->text_on = false;
    if (strcmp(name, "rPh") == 0)
        x->phonetic = false;
    if (strcmp(name, "si") != 0)
        return;
    if (!buf_is_full(pending)) {
        size_t length = pending->len - x->start;
        pending->len = x->start + cell_unescape(pending->ptr + x->start, length);
    }
    err e = shared_end(x);
    if (e.code != ERR_NONE)
        stop(x, e);
    x->start = pending->len;
}

static void on_end(void *context, const char *name)
{
    struct xlsx *x = context;
    x->depth--;
    name = local(name);
    if (x->part == PART_DOCUMENT)
        document_end(x, name, x->depth + 1);
    else if (x->part == PART_SHEET)
        sheet_end(x, name);
    else if (x->part == PART_SHARED)
        shared_element_end(x, name);
    else if (x->part == PART_STYLES && strcmp(name, "cellXfs") == 0)
        x->in_cell_formats = false;
}

static void on_text(void *context, const char *text, int length)
{
    struct xlsx *x = context;
    if (!x->text_on)
        return;
    struct buf *to = x->part == PART_SHARED ? x->spool.pending : x->b->text;
    buf_add(to, (str){ text, (size_t)length });
    if (buf_is_full(to))
        stop(x, row_cell(x->b, x->column < 0 ? 0 : x->column, 0));
}

/* ---- the ZIP ---- */

/* Next bytes of an entry; counts what comes out against the size of the whole file. */
static err unpack(struct xlsx *x, zip_file_t *file, size_t *len)
{
    zip_int64_t n = zip_fread(file, x->piece, PIECE);
    if (n < 0)
        return broken();
    x->unpacked += n;
    bool much = x->unpacked > RATIO_FROM && x->unpacked / x->b->limits.ratio > x->stored_bytes;
    if (much || x->unpacked > x->b->limits.unpacked_bytes)
        return bomb();
    *len = (size_t)n;
    return OK;
}

/* How far the parser has come. From 2.8 on expat has a name of its own for 64 bits and warns of the
 * old one. */
static i64 parsed_bytes(XML_Parser parser)
{
#ifdef XML_ATTR_DEPRECATED
    return XML_GetCurrentByteIndex64(parser);
#else
    return XML_GetCurrentByteIndex(parser);
#endif
}

/* All of an entry; what comes out must be as much as the directory says. */
static err feed(struct xlsx *x, zip_file_t *file, i64 wanted)
{
    i64 fed = 0;
    size_t len;
    do {
        TRY(unpack(x, file, &len));
        fed += (i64)len;
        enum XML_Status status = XML_Parse(x->parser, x->piece, (int)len, len == 0);
        TRY(x->error);
        if (status != XML_STATUS_OK)
            return broken();
        if (fed > wanted || (len == 0 && fed != wanted))
            return broken();
        if (len && fed - parsed_bytes(x->parser) > PENDING_MAX)
            return bomb();
    } while (len);
    return OK;
}

/* Parses one entry. A missing one is NOT_FOUND. */
static err part_read(struct xlsx *x, const char *entry, enum part part)
{
    zip_int64_t index = zip_name_locate(x->zip, entry, ZIP_FL_NOCASE);
    if (index < 0)
        return err_make(ERR_NOT_FOUND, "files.broken");
    struct zip_stat stat;
    zip_file_t *file = zip_fopen_index(x->zip, (zip_uint64_t)index, 0);
    if (!file || zip_stat_index(x->zip, (zip_uint64_t)index, 0, &stat) != 0)
        return broken();
    x->part = part;
    x->depth = 0;
    x->start = 0;
    x->text_on = x->phonetic = false;
    x->parser = XML_ParserCreate(NULL);
    assert(x->parser);
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
    err e = feed(x, file, (i64)stat.size);
    XML_ParserFree(x->parser);
    x->parser = NULL;
    zip_fclose(file);
    return e;
}

static err optional(err e)
{
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static uint32_t le32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Reads the ZIP's end record ourselves, before libzip makes memory for as many entries as it names.
 * Of several candidates libzip may take any, so none may ask for too much; ZIP64 is for sizes that
 * are refused anyway. */
static err directory_check(struct xlsx *x, int fd)
{
    enum { END = 22, COMMENT = 65535, LOCATOR = 20 };
    i64 from = x->stored_bytes > END + COMMENT ? x->stored_bytes - END - COMMENT : 0;
    unsigned char *tail = arena_zero(x->b->mem, END + COMMENT);
    ssize_t n = pread(fd, tail, END + COMMENT, from);
    bool found = false;
    for (ssize_t at = n - END; at >= 0; at--) {
        if (memcmp(tail + at, "PK\5\6", 4) != 0)
            continue;
        found = true;
        i64 entries = tail[at + 10] | tail[at + 11] << 8;
        bool zip64 = at >= LOCATOR && memcmp(tail + at - LOCATOR, "PK\6\7", 4) == 0;
        if (zip64 || entries > x->b->limits.entries || le32(tail + at + 12) > DIRECTORY_MAX)
            return bomb();
    }
    return found ? OK : broken();
}

/* Names that climb out of the folder and symbolic links have no business in a workbook. */
static err entries_check(struct xlsx *x)
{
    zip_int64_t count = zip_get_num_entries(x->zip, 0);
    if (count > x->b->limits.entries)
        return bomb();
    for (zip_int64_t i = 0; i < count; i++) {
        const char *name = zip_get_name(x->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        zip_uint8_t made_on;
        zip_uint32_t mode;
        if (!name || zip_file_get_external_attributes(x->zip, (zip_uint64_t)i, 0, &made_on, &mode))
            return broken();
        bool link = made_on == ZIP_OPSYS_UNIX && S_ISLNK(mode >> 16);
        if (link || strstr(name, "..") || name[0] == '/')
            return bomb();
    }
    return OK;
}

static void xlsx_free(void *ptr)
{
    struct xlsx *x = ptr;
    if (x->zip)
        zip_discard(x->zip);
}

static err zip_begin(struct xlsx *x, int list_fd)
{
    struct stat stat;
    int fd = dup(list_fd); /* the library closes it */
    if (fd < 0 || fstat(fd, &stat)) {
        if (fd >= 0)
            close(fd);
        return err_make(ERR_NOT_FOUND, "files.missing");
    }
    lseek(fd, 0, SEEK_SET);
    x->stored_bytes = stat.st_size;
    err e = directory_check(x, fd);
    x->zip = e.code == ERR_NONE ? zip_fdopen(fd, 0, NULL) : NULL;
    if (!x->zip)
        close(fd);
    TRY(e);
    if (!x->zip)
        return broken();
    arena_on_free(x->b->mem, xlsx_free, x);
    return entries_check(x);
}

err sheet_read_docx(struct row_builder *b, const struct sheet_input *in)
{
    struct xlsx *x = arena_zero(b->mem, sizeof *x);
    x->b = b;
    x->next_row = 1;
    x->column = 0;
    x->spool.pending = buf_new(b->mem, 1);
    TRY(zip_begin(x, in->fd));
    err e = part_read(x, "word/document.xml", PART_DOCUMENT);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_INVALID, "files.not_a_table") : e;
}

err sheet_read_xlsx(struct row_builder *b, const struct sheet_input *in)
{
    struct xlsx *x = arena_zero(b->mem, sizeof *x);
    x->b = b;
    x->next_row = 1;
    x->spool.fd = in->spool_fd;
    x->styles = cell_styles_new(b->mem);
    x->spool.pending = buf_new(b->mem, (size_t)b->limits.cell_bytes * 4);
    TRY(zip_begin(x, in->fd));
    err e = part_read(x, "xl/workbook.xml", PART_WORKBOOK);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_INVALID, "files.not_a_table");
    TRY(e);
    TRY(optional(part_read(x, "xl/_rels/workbook.xml.rels", PART_RELATIONS)));
    TRY(optional(part_read(x, "xl/styles.xml", PART_STYLES)));
    TRY(optional(part_read(x, "xl/sharedStrings.xml", PART_SHARED)));
    TRY(spool_flush(&x->spool));
    const char *sheet = x->target.len ? x->target.ptr : "xl/worksheets/sheet1.xml";
    e = part_read(x, sheet, PART_SHEET);
    return e.code == ERR_NOT_FOUND ? broken() : e;
}
