/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A streaming parser of multipart/form-data (upload.h). It keeps a window of at most one
 * boundary line and one part head; everything else goes straight to a file or to a bounded text.
 * Nested multipart and transfer encodings are refused. */
#include "platform/web/upload.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "platform/base/buf.h"
#include "platform/web/exchange.h"

enum { HEAD_MAX = 4096, BOUNDARY_MAX = 70, NAME_MAX_BYTES = 255 };
/* Texts of all fields together; parts of any kind, empty ones and files without a name too: what
 * is kept in memory must not grow with the size that files may have. */
enum { TEXTS_MAX = 2 << 20, PARTS_MAX = PARAMS_MAX };

enum state { AT_START, IN_HEAD, IN_BODY, AT_END, ENDED };

struct upload_set {
    struct arena *mem;
    struct upload_limits limits;
    str boundary; /* "\r\n--…" */
    enum state state;
    struct buf *window; /* bytes not yet judged */
    i64 bytes, text_bytes, parts;
    str field, name;
    bool is_file;
    struct buf *text; /* the field being read */
    int fd;
    struct digest digest;
    struct upload *files;
    size_t file_count, file_cap;
    struct params fields;
    err failed;
};

/* ---- heads ---- */

/* A token, or a text in quotes with backslashes before quotes and backslashes. */
static str parameter_value(struct arena *mem, str s)
{
    size_t end = 0;
    if (s.len == 0 || s.ptr[0] != '"') {
        while (end < s.len && s.ptr[end] != ';' && (unsigned char)s.ptr[end] > ' ')
            end++;
        return str_sub(s, 0, end);
    }
    struct buf *value = buf_new(mem, HEAD_MAX);
    for (size_t i = 1; i < s.len && s.ptr[i] != '"'; i++) {
        bool escape = s.ptr[i] == '\\' && i + 1 < s.len && strchr("\"\\", s.ptr[i + 1]);
        i += escape;
        buf_put_byte(value, s.ptr[i]);
    }
    return buf_str(value);
}

/* The value of a parameter of a header. False if it is not there. */
static bool parameter(struct arena *mem, str head, const char *name, str *out)
{
    str want = arena_printf(mem, "%s=", name);
    str lower = str_lower_ascii(mem, head);
    for (i64 i = 0; (i = str_find(lower, want, (size_t)i)) >= 0; i++) {
        bool starts = i == 0 || head.ptr[i - 1] == ' ' || head.ptr[i - 1] == ';';
        if (!starts)
            continue;
        *out = parameter_value(mem, str_sub(head, (size_t)i + want.len, head.len));
        return true;
    }
    return false;
}

err upload_start(struct arena *mem, str content_type, struct upload_limits limits,
                 struct upload_set **out)
{
    str boundary;
    if (!parameter(mem, content_type, "boundary", &boundary) || boundary.len == 0 ||
        boundary.len > BOUNDARY_MAX)
        return err_make(ERR_INVALID, "web.multipart");
    struct upload_set *set = arena_zero(mem, sizeof *set);
    set->mem = mem;
    set->limits = limits;
    set->fd = -1;
    set->boundary = arena_printf(mem, "\r\n--%.*s", (int)boundary.len, boundary.ptr);
    set->window = buf_new(mem, 1 << 20);
    buf_put(set->window, "\r\n"); /* so that the first boundary looks like the others */
    *out = set;
    return OK;
}

/* Without folders, whichever slash; without control characters; cut at a character. */
static str base_name(struct arena *mem, str name)
{
    size_t from = 0;
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '/' || name.ptr[i] == '\\')
            from = i + 1;
    str base = str_sub(name, from, name.len);
    struct buf *clean = buf_new(mem, base.len + 1);
    for (size_t i = 0; i < base.len; i++)
        if ((unsigned char)base.ptr[i] >= 0x20 && base.ptr[i] != 0x7F)
            buf_put_byte(clean, base.ptr[i]);
    str made = buf_str(clean);
    while (made.len > NAME_MAX_BYTES)
        made = str_cut_chars(made, str_chars(made) - 1);
    return made;
}

static void remove_file(void *path)
{
    unlink(path);
}

static void close_fd(void *context)
{
    int *fd = context;
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static struct upload *file_add(struct upload_set *set)
{
    if (set->file_count == set->file_cap) {
        size_t cap = set->file_cap ? set->file_cap * 2 : 4;
        struct upload *more = arena_array(set->mem, cap, sizeof *more);
        if (set->file_count)
            memcpy(more, set->files, set->file_count * sizeof *more);
        set->files = more;
        set->file_cap = cap;
    }
    return &set->files[set->file_count++];
}

static err file_open(struct upload_set *set)
{
    assert(set->fd < 0);
    str path = str_of("");
    if ((i64)set->file_count >= set->limits.files)
        return err_make(ERR_INVALID, "web.too_many_files");
    if (set->limits.dir.len) {
        path = arena_printf(set->mem, "%.*s/upload-XXXXXX", (int)set->limits.dir.len,
                            set->limits.dir.ptr);
        if (set->file_count == 0)
            arena_on_free(set->mem, close_fd, &set->fd);
        set->fd = mkostemp((char *)path.ptr, O_CLOEXEC);
        if (set->fd < 0)
            return err_make(ERR_BUSY, "web.disk");
        arena_on_free(set->mem, remove_file, (char *)path.ptr);
    }
    *file_add(set) = (struct upload){ .field = set->field, .name = set->name, .path = path };
    digest_start(&set->digest);
    return OK;
}

static err head_read(struct upload_set *set, str head)
{
    str rest = head, line, disposition = { "", 0 };
    struct arena *mem = set->mem;
    while (str_split(&rest, '\n', &line)) {
        i64 colon = str_find(line, str_of(":"), 0);
        if (colon <= 0)
            return err_make(ERR_INVALID, "web.multipart");
        str name = str_lower_ascii(mem, str_sub(line, 0, (size_t)colon));
        if (str_is(name, "content-transfer-encoding"))
            return err_make(ERR_INVALID, "web.multipart");
        if (str_is(name, "content-disposition"))
            disposition = str_trim(str_sub(line, (size_t)colon + 1, line.len));
    }
    str name;
    if (++set->parts > PARTS_MAX)
        return err_make(ERR_INVALID, "web.too_many_fields");
    if (!str_starts(str_lower_ascii(mem, disposition), str_of("form-data")) ||
        !parameter(mem, disposition, "name", &set->field) || !str_is_utf8(set->field))
        return err_make(ERR_INVALID, "web.multipart");
    set->is_file = parameter(mem, disposition, "filename", &name);
    if (!set->is_file) {
        set->text = buf_new(mem, TEXTS_MAX);
        return OK;
    }
    if (!str_is_utf8(name))
        return err_make(ERR_INVALID, "web.encoding");
    set->name = base_name(mem, name);
    return file_open(set);
}

/* ---- bodies ---- */

static err write_all(int fd, str piece)
{
    while (piece.len) {
        ssize_t n = write(fd, piece.ptr, piece.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return err_make(ERR_BUSY, "web.disk");
        piece = str_sub(piece, (size_t)n, piece.len);
    }
    return OK;
}

static err body_add(struct upload_set *set, str piece)
{
    assert(set->state == IN_BODY);
    if (piece.len == 0)
        return OK;
    set->bytes += (i64)piece.len;
    if (set->bytes > set->limits.bytes)
        return err_make(ERR_LIMIT, "web.too_big");
    if (!set->is_file) {
        set->text_bytes += (i64)piece.len;
        if (set->text_bytes > TEXTS_MAX)
            return err_make(ERR_LIMIT, "web.too_big");
        buf_add(set->text, piece);
        return OK;
    }
    struct upload *file = &set->files[set->file_count - 1];
    file->size += (i64)piece.len;
    if (set->fd < 0)
        return OK; /* dropped: nobody asks for its digest */
    digest_add(&set->digest, (bytes){ (const unsigned char *)piece.ptr, piece.len });
    return write_all(set->fd, piece);
}

static err part_end(struct upload_set *set)
{
    assert(!set->is_file || set->file_count > 0);
    if (!set->is_file) {
        str value = buf_str(set->text);
        if (!str_is_utf8(value) || memchr(value.ptr, '\0', value.len))
            return err_make(ERR_INVALID, "web.encoding");
        return params_add(set->mem, &set->fields,
                          (struct web_param){ set->field, value, FROM_BODY, false });
    }
    struct upload *file = &set->files[set->file_count - 1];
    unsigned char out[DIGEST_SIZE];
    digest_end(&set->digest, out);
    file->sha256 = str_hex(set->mem, (bytes){ out, sizeof out });
    int closed = set->fd < 0 ? 0 : close(set->fd);
    set->fd = -1;
    if (file->size == 0 && file->name.len == 0)
        set->file_count--;
    return closed == 0 ? OK : err_make(ERR_BUSY, "web.disk");
}

/* ---- the machine ---- */

static void window_drop(struct upload_set *set, size_t n)
{
    struct buf *w = set->window;
    assert(n <= w->len);
    memmove(w->ptr, w->ptr + n, w->len - n);
    w->len -= n;
}

/* Behind a boundary: "--" ends, CRLF begins a part. *more: go on with the window. */
static err after_boundary(struct upload_set *set, bool *more)
{
    str w = buf_str(set->window);
    *more = w.len >= 2;
    if (!*more)
        return OK;
    if (!str_starts(w, str_of("--")) && !str_starts(w, str_of("\r\n")))
        return err_make(ERR_INVALID, "web.multipart");
    set->state = w.ptr[0] == '-' ? ENDED : IN_HEAD;
    window_drop(set, 2);
    return OK;
}

static err in_head(struct upload_set *set, bool *more)
{
    str w = buf_str(set->window);
    i64 end = str_find(w, str_of("\r\n\r\n"), 0);
    *more = end >= 0;
    if (end > HEAD_MAX || (end < 0 && w.len > HEAD_MAX))
        return err_make(ERR_INVALID, "web.multipart");
    if (end < 0)
        return OK;
    str head = arena_str(set->mem, str_sub(w, 0, (size_t)end + 2));
    TRY(head_read(set, head));
    window_drop(set, (size_t)end + 4);
    set->state = IN_BODY;
    return OK;
}

/* Hands on what cannot be part of a boundary any more. */
static err in_body(struct upload_set *set, bool *more)
{
    str w = buf_str(set->window);
    i64 end = str_find(w, set->boundary, 0);
    *more = end >= 0;
    size_t safe = end >= 0                     ? (size_t)end
                  : w.len >= set->boundary.len ? w.len - set->boundary.len + 1
                                               : 0;
    if (set->state != AT_START)
        TRY(body_add(set, str_sub(w, 0, safe)));
    window_drop(set, safe);
    if (end < 0)
        return OK;
    window_drop(set, set->boundary.len);
    if (set->state != AT_START)
        TRY(part_end(set));
    set->state = AT_END;
    return OK;
}

static err advance(struct upload_set *set)
{
    bool more = true;
    while (more && set->state != ENDED) {
        switch (set->state) {
        case AT_START:
        case IN_BODY:
            TRY(in_body(set, &more));
            break;
        case AT_END:
            TRY(after_boundary(set, &more));
            break;
        case IN_HEAD:
            TRY(in_head(set, &more));
            break;
        case ENDED:
            break;
        }
    }
    return OK;
}

err upload_add(struct upload_set *set, str piece)
{
    enum { STEP = 64 * 1024 };
    if (set->failed.code != ERR_NONE)
        return set->failed;
    while (piece.len && set->state != ENDED && set->failed.code == ERR_NONE) {
        buf_add(set->window, str_sub(piece, 0, STEP));
        assert(!buf_is_full(set->window));
        piece = str_sub(piece, STEP, piece.len);
        set->failed = advance(set);
    }
    return set->failed;
}

err upload_end(struct upload_set *set, struct params *params)
{
    TRY(set->failed);
    if (set->state != ENDED)
        return err_make(ERR_INVALID, "web.multipart");
    for (size_t i = 0; i < set->fields.count; i++)
        TRY(params_add(set->mem, params, set->fields.items[i]));
    return OK;
}

struct uploads upload_all(const struct upload_set *set)
{
    return set ? (struct uploads){ set->files, set->file_count } : (struct uploads){ 0 };
}

struct upload *upload_at(struct upload_set *set, size_t number)
{
    assert(number < set->file_count);
    return &set->files[number];
}

struct uploads rq_uploads(const struct rq *rq, const char *field)
{
    struct uploads all = upload_all(rq->web->uploads);
    struct upload *mine = arena_array(rq->mem, all.count + 1, sizeof *mine);
    size_t count = 0;
    for (size_t i = 0; i < all.count; i++)
        if (str_is(all.items[i].field, field))
            mine[count++] = all.items[i];
    return (struct uploads){ mine, count };
}
