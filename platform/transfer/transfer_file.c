/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Takes the file apart (transfer_file.h): a walk over brackets and strings finds where each case
 * begins and ends; what stands around them, with 0 in their places, is small and is read as one
 * JSON text. */
#include "platform/transfer/transfer_file.h"

#include <unistd.h>

#include "platform/web/digest.h"

enum { PIECE = 64 * 1024, FRAME_MAX = 256 * 1024 };

struct walk {
    const struct transfer_reading *reading;
    struct transfer_end *end;
    struct buf *frame, *one;
    struct arena *ones; /* where a case grows */
    struct digest digest;
    i64 line, from_line;
    int depth;
    char enclosing[3]; /* brackets of the first two depths */
    bool in_string, escaped, in_case, began, over;
};

static err cut_off(const struct walk *w)
{
    return err_make_with(ERR_INVALID, "transfers.cut_off",
                         arena_printf(w->reading->mem, "%lld", (long long)w->line), str_of(""));
}

/* The head is whole once its list begins. */
static err head_tell(struct walk *w)
{
    const struct json_tree *tree;
    str text = arena_printf(w->reading->mem, "%.*s%s", (int)w->frame->len, w->frame->ptr,
                            w->over ? "" : "]}");
    w->began = true;
    if (json_tree_read(w->reading->mem, text, &tree).code)
        return err_make(ERR_INVALID, "transfers.not_ours");
    return w->reading->head(w->reading->context, tree);
}

static err case_tell(struct walk *w)
{
    struct transfer_piece piece = { (size_t)w->end->count, w->from_line, buf_str(w->one) };
    if (buf_is_full(w->one))
        return err_make(ERR_LIMIT, "transfers.case_too_big");
    if (++w->end->count > TRANSFER_CASES_MAX)
        return err_make(ERR_LIMIT, "transfers.too_many_cases");
    digest_add(&w->digest, (bytes){ (const unsigned char *)piece.text.ptr, piece.text.len });
    TRY(w->reading->one(w->reading->context, &piece));
    arena_reset(w->ones);
    w->one = buf_new(w->ones, TRANSFER_CASE_BYTES);
    w->in_case = false;
    buf_put(w->frame, "0");
    return OK;
}

static err bracket_open(struct walk *w, char c)
{
    if (w->depth == 2 && c == '{' && w->enclosing[2] == '[') {
        if (!w->began)
            TRY(head_tell(w));
        w->in_case = true;
        w->from_line = w->line;
    }
    if (++w->depth <= 2)
        w->enclosing[w->depth] = c;
    return w->depth > JSON_TREE_DEPTH ? err_make(ERR_INVALID, "web.json_deep") : OK;
}

static void string_walk(struct walk *w, char c)
{
    if (w->escaped)
        w->escaped = false;
    else if (c == '\\')
        w->escaped = true;
    else if (c == '"')
        w->in_string = false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Strings and brackets. */
static err mark_walk(struct walk *w, char c)
{
    if (w->in_string)
        string_walk(w, c);
    else if (c == '"')
        w->in_string = true;
    else if (c == '{' || c == '[')
        return bracket_open(w, c);
    else if (c == '}' || c == ']')
        w->depth--;
    return OK;
}

static err byte_walk(struct walk *w, char c)
{
    bool blank = is_blank(c), outer = !w->in_string;
    w->line += c == '\n';
    if (outer && blank && !w->in_case)
        return OK;
    if (w->over)
        return err_make(ERR_INVALID, "transfers.not_ours");
    TRY(mark_walk(w, c));
    w->over = outer && c == '}' && w->depth == 0;
    if (w->depth < 0 || (w->depth == 0 && !w->over))
        return err_make(ERR_INVALID, "transfers.not_ours");
    buf_add(w->in_case ? w->one : w->frame, (str){ &c, 1 });
    if (w->in_case && w->depth == 2)
        return case_tell(w);
    return buf_is_full(w->frame) ? err_make(ERR_INVALID, "transfers.not_ours") : OK;
}

static err walk_all(struct walk *w, int fd)
{
    char *piece = arena_bytes(w->reading->mem, PIECE);
    ssize_t n;
    if (lseek(fd, 0, SEEK_SET) != 0)
        return err_make(ERR_BUSY, "docs.disk");
    while ((n = read(fd, piece, PIECE)) > 0)
        for (ssize_t i = 0; i < n; i++)
            TRY(byte_walk(w, piece[i]));
    if (n < 0)
        return err_make(ERR_BUSY, "docs.disk");
    return w->over ? OK : cut_off(w);
}

static err end_read(struct walk *w)
{
    const struct json_tree *tree;
    unsigned char sum[DIGEST_SIZE];
    if (!w->began)
        TRY(head_tell(w));
    if (json_tree_read(w->reading->mem, buf_str(w->frame), &tree).code)
        return err_make(ERR_INVALID, "transfers.not_ours");
    digest_end(&w->digest, sum);
    w->end->digest = str_hex(w->reading->mem, (bytes){ sum, sizeof sum });
    w->end->said_count = -1;
    json_tree_number(json_tree_member(tree, "count"), &w->end->said_count);
    json_tree_text(json_tree_member(tree, "digest"), &w->end->said_digest);
    return OK;
}

err transfer_file_read(int fd, const struct transfer_reading *reading, struct transfer_end *end)
{
    struct walk w = { .reading = reading, .end = end, .line = 1 };
    *end = (struct transfer_end){ 0 };
    digest_start(&w.digest);
    w.ones = arena_new((size_t)TRANSFER_CASE_BYTES * 4, 0);
    w.frame = buf_new(reading->mem, FRAME_MAX);
    w.one = buf_new(w.ones, TRANSFER_CASE_BYTES);
    err e = walk_all(&w, fd);
    if (!e.code)
        e = end_read(&w);
    arena_free(w.ones);
    return e;
}
