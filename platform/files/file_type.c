/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of file_type.h. Nothing is unpacked here: of ZIP containers only names in the
 * directory are looked for. Files are served as sandboxed attachments anyway; this keeps out what
 * nobody in an office means to send. */
#include "platform/files/file_type.h"

#include <unistd.h>

enum { HEAD = 4096, TAIL = 256 * 1024, NAME_CHARS_MAX = 120 };

/* What content tells. */
enum content { OTHER, PDF, JPEG, PNG, OLE, DOCX, XLSX, PPTX, OFD, PLAIN };

static const struct {
    const char *ending;
    enum content content;
    const char *type;
} TYPES[] = {
    { "pdf", PDF, "application/pdf" },
    { "jpg", JPEG, "image/jpeg" },
    { "jpeg", JPEG, "image/jpeg" },
    { "png", PNG, "image/png" },
    { "docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { "xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { "pptx", PPTX, "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
    { "ofd", OFD, "application/ofd" },
    { "doc", OLE, "application/msword" },
    { "wps", OLE, "application/vnd.ms-works" },
    { "xls", OLE, "application/vnd.ms-excel" },
    { "et", OLE, "application/vnd.ms-excel" },
    { "ppt", OLE, "application/vnd.ms-powerpoint" },
    { "dps", OLE, "application/vnd.ms-powerpoint" },
    { "txt", PLAIN, "text/plain" },
    { "csv", PLAIN, "text/csv" },
};
enum { TYPE_COUNT = sizeof TYPES / sizeof *TYPES };

bool file_type_is_office(const char *type)
{
    for (size_t i = 0; i < TYPE_COUNT; i++)
        if (strcmp(type, TYPES[i].type) == 0)
            return TYPES[i].content == DOCX || TYPES[i].content == XLSX || TYPES[i].content == PPTX;
    return false;
}

const char *file_types_accepted(void)
{
    return ".pdf,.docx,.doc,.wps,.xlsx,.xls,.et,.pptx,.ppt,.dps,.ofd,.jpg,.jpeg,.png,.txt,.csv";
}

static bool holds(str s, const char *text)
{
    return str_find(s, str_of(text), 0) >= 0;
}

/* A ZIP by the entries that its directory, at the end of the file, names. */
static enum content zip_content(struct arena *mem, int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    off_t from = size > TAIL ? size - TAIL : 0;
    char *tail = arena_zero(mem, TAIL);
    ssize_t n = pread(fd, tail, TAIL, from);
    str s = { tail, n > 0 ? (size_t)n : 0 };
    if (holds(s, "OFD.xml"))
        return OFD;
    if (!holds(s, "[Content_Types].xml") || holds(s, "vbaProject.bin"))
        return OTHER;
    return holds(s, "word/document.xml")      ? DOCX
           : holds(s, "xl/workbook.xml")      ? XLSX
           : holds(s, "ppt/presentation.xml") ? PPTX
                                              : OTHER;
}

/* Text has no zero byte and no control characters but those that lay it out. */
static bool is_plain(str head)
{
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        if (c == 0x7F || (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f'))
            return false;
    }
    return head.len > 0 && !str_starts(str_trim(head), str_of("<"));
}

static enum content content_of(struct arena *mem, int fd)
{
    char *data = arena_zero(mem, HEAD);
    ssize_t n = pread(fd, data, HEAD, 0);
    str head = { data, n > 0 ? (size_t)n : 0 };
    if (str_starts(head, str_of("%PDF-")))
        return PDF;
    if (str_starts(head, str_of("\xFF\xD8\xFF")))
        return JPEG;
    if (str_starts(head, str_of("\x89PNG\r\n\x1A\n")))
        return PNG;
    if (str_starts(head, str_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
        return OLE;
    if (str_starts(head, str_of("PK\x03\x04")))
        return zip_content(mem, fd);
    return is_plain(head) ? PLAIN : OTHER;
}

/* Where the ending begins, behind its dot; the length of the name when it has none. */
static size_t ending_at(str name)
{
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != '.')
        at--;
    return at && name.len - at <= 5 ? at : name.len;
}

const char *file_type_of(struct arena *mem, int fd, str name)
{
    enum content content = content_of(mem, fd);
    str ending = str_lower_ascii(mem, str_sub(name, ending_at(name), name.len));
    bool certain = content == PDF || content == JPEG || content == PNG;
    for (int i = 0; i < TYPE_COUNT; i++) {
        bool named = ending.len ? str_is(ending, TYPES[i].ending) : certain;
        if (named && TYPES[i].content == content)
            return TYPES[i].type;
    }
    return NULL;
}

/* Characters that would change how the name is read: controls, direction marks, separators of
 * folders. */
static bool is_tricky(uint32_t c)
{
    static const uint32_t RANGES[][2] = { { 0, 0x1F },        { 0x7F, 0x9F },
                                          { 0x200B, 0x200F }, { 0x2028, 0x202E },
                                          { 0x2066, 0x2069 }, { 0xFEFF, 0xFEFF },
                                          { 0xFFFD, 0xFFFD } };
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++)
        if (c >= RANGES[i][0] && c <= RANGES[i][1])
            return true;
    return c < 0x80 && memchr("/\\:\"<>|*?", (int)c, 9);
}

str file_name_clean(struct arena *mem, str name)
{
    for (size_t i = name.len; i > 0; i--)
        if (name.ptr[i - 1] == '/' || name.ptr[i - 1] == '\\') {
            name = str_sub(name, i, name.len);
            break;
        }
    char *p = arena_zero(mem, name.len * 3 + 1);
    size_t len = 0;
    for (size_t at = 0; at < name.len;) {
        uint32_t c = str_next_char(name, &at);
        len += is_tricky(c) ? 0 : str_put_char(c, p + len);
    }
    str clean = str_trim((str){ p, len });
    while (clean.len && clean.ptr[0] == '.')
        clean = str_sub(clean, 1, clean.len);
    if (clean.len == 0)
        return str_of("file");
    size_t dot = ending_at(clean);
    str ending = dot < clean.len ? str_sub(clean, dot - 1, clean.len) : str_of("");
    str stem = str_sub(clean, 0, clean.len - ending.len);
    stem = str_cut_chars(stem, NAME_CHARS_MAX - str_chars(ending));
    return arena_printf(mem, "%.*s%.*s", (int)stem.len, stem.ptr, (int)ending.len, ending.ptr);
}
