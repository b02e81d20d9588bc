/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bytes of a text file as UTF-8: gzip by zlib (which passes plain files through), other encodings
 * by iconv. The encoding is told by a look through the whole file, because a list in ASCII may have
 * its first Chinese name in its last row. */
#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "platform/files/sheet_read.h"

enum { PIECE = 64 * 1024, REST = 16, HEAD = 512, RATIO_FROM = 1024 * 1024 };

struct source {
    gzFile file;
    iconv_t convert; /* (iconv_t)-1 for UTF-8 */
    enum source_text encoding;
    const struct sheet_limits *limits;
    i64 stored_bytes, read_bytes;
    bool packed;
    size_t bom, rest; /* bytes of a mark to skip; bytes left over from the last piece */
    char head[HEAD];
    size_t head_len;
    char in[PIECE + REST];
    char out[PIECE * 3];
};

static void source_free(void *ptr)
{
    struct source *s = ptr;
    if (s->file)
        gzclose(s->file);
    if (s->convert != (iconv_t)-1)
        iconv_close(s->convert);
}

/* Bytes behind what is left in `in`. A file that unpacks to far more than it holds is refused while
 * it does so. */
static err fill(struct source *s, size_t *len)
{
    int n = gzread(s->file, s->in + s->rest, PIECE);
    int problem = Z_OK;
    if (n < PIECE)
        gzerror(s->file, &problem); /* a file cut short gives what it has, and this */
    if (n < 0 || (problem != Z_OK && problem != Z_STREAM_END))
        return err_make(ERR_INVALID, "files.broken");
    s->read_bytes += n;
    *len = (size_t)n + s->rest;
    s->rest = 0;
    if (s->packed && s->read_bytes > RATIO_FROM &&
        s->read_bytes / s->limits->ratio > s->stored_bytes)
        return err_make(ERR_INVALID, "files.bomb");
    if (s->read_bytes > s->limits->unpacked_bytes)
        return err_make(ERR_INVALID, s->packed ? "files.bomb" : "files.too_big");
    return OK;
}

/* What a first look counts: well-formed sequences of several bytes, malformed bytes, zero bytes. */
struct look {
    i64 multi, malformed, zeros;
};

/* Counts a piece; a sequence cut at its end is left for the next. Returns the bytes used. */
static size_t look_at(struct look *look, str piece, bool last)
{
    size_t at = 0;
    while (at < piece.len) {
        size_t from = at;
        uint32_t c = str_next_char(piece, &at);
        bool bad = c == 0xFFFD && at - from == 1;
        if (bad && !last && piece.len - from < 4)
            return from;
        look->malformed += bad;
        look->multi += at - from > 1;
        look->zeros += c == 0;
    }
    return at;
}

/* Text that is UTF-8 but for a few bytes is broken UTF-8, not GB18030: Chinese in GB18030 hardly
 * ever forms sequences. */
static enum source_text tell(const struct look *look)
{
    return look->multi > look->malformed * 4 || look->malformed == 0 ? TEXT_UTF8 : TEXT_GB18030;
}

static bool mark_of(struct source *s)
{
    static const struct {
        const char *bytes;
        size_t len;
        enum source_text encoding;
    } MARKS[] = { { "\xEF\xBB\xBF", 3, TEXT_UTF8 },
                  { "\xFF\xFE", 2, TEXT_UTF16LE },
                  { "\xFE\xFF", 2, TEXT_UTF16BE },
                  { "\x84\x31\x95\x33", 4, TEXT_GB18030 } };
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (s->head_len < MARKS[i].len || memcmp(s->head, MARKS[i].bytes, MARKS[i].len) != 0)
            continue;
        s->bom = MARKS[i].len;
        s->encoding = MARKS[i].encoding;
        return true;
    }
    return false;
}

static err look_through(struct source *s)
{
    struct look look = { 0 };
    size_t len;
    do {
        TRY(fill(s, &len));
        if (s->head_len == 0)
            memcpy(s->head, s->in, s->head_len = len < HEAD ? len : HEAD);
        bool last = len < PIECE;
        size_t used = look_at(&look, (str){ s->in, len }, last);
        s->rest = last ? 0 : len - used;
        memmove(s->in, s->in + used, s->rest);
        if (last)
            break;
    } while (len);
    if (!mark_of(s))
        s->encoding = tell(&look);
    bool wide = s->encoding == TEXT_UTF16LE || s->encoding == TEXT_UTF16BE;
    if (s->head_len == 0 || (look.zeros && !wide))
        return err_make(ERR_INVALID, "files.not_a_table");
    return OK;
}

err source_open(struct arena *mem, int fd, const struct sheet_limits *limits, struct source **out)
{
    static const char *const NAMES[] = { NULL, "GB18030", "UTF-16LE", "UTF-16BE" };
    struct source *s = arena_zero(mem, sizeof *s);
    struct stat stat;
    s->limits = limits;
    s->convert = (iconv_t)-1;
    int own = fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) ? dup(fd) : -1;
    if (own < 0)
        return err_make(ERR_NOT_FOUND, "files.missing");
    lseek(own, 0, SEEK_SET);
    s->stored_bytes = stat.st_size;
    s->file = gzdopen(own, "rb");
    assert(s->file);
    arena_on_free(mem, source_free, s);
    gzbuffer(s->file, PIECE);
    s->packed = !gzdirect(s->file);
    TRY(look_through(s));
    if (s->encoding != TEXT_UTF8) {
        s->convert = iconv_open("UTF-8", NAMES[s->encoding]);
        assert(s->convert != (iconv_t)-1);
    }
    source_rewind(s);
    *out = s;
    return OK;
}

void source_rewind(struct source *s)
{
    gzrewind(s->file);
    s->read_bytes = 0;
    s->rest = 0;
    if (s->convert != (iconv_t)-1)
        iconv(s->convert, NULL, NULL, NULL, NULL);
}

str source_head(const struct source *s)
{
    return str_sub((str){ s->head, s->head_len }, s->bom, HEAD);
}

static err convert(struct source *s, char *from, size_t len, str *out)
{
    char *in = from, *to = s->out;
    size_t left = len, room = sizeof s->out;
    size_t result = iconv(s->convert, &in, &left, &to, &room);
    *out = (str){ s->out, sizeof s->out - room };
    bool cut = result == (size_t)-1 && errno == EINVAL && left < REST;
    if (result == (size_t)-1 && !cut && out->len == 0)
        return err_make(ERR_INVALID, "files.encoding");
    if (cut && out->len == 0 && gzeof(s->file))
        return err_make(ERR_INVALID, "files.encoding");
    if (result == (size_t)-1 && !cut)
        left = left < REST ? left : REST - 1; /* the malformed byte comes first next time */
    memmove(s->in, in, left);
    s->rest = left;
    return OK;
}

err source_next(struct source *s, str *out)
{
    size_t len, skip = s->read_bytes == 0 ? s->bom : 0;
    TRY(fill(s, &len));
    skip = skip < len ? skip : len;
    *out = (str){ s->in + skip, len - skip };
    if (s->convert == (iconv_t)-1 || out->len == 0)
        return OK;
    return convert(s, s->in + skip, len - skip, out);
}
