/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See answers.h. */
#include "tests/matrix/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <unistd.h>
#include <zip.h>

#include "platform/base/str.h"
#include "platform/web/live.h"

enum { TEXT_MAX = 64 << 20 };

static bool begins(str body, const char *with)
{
    return str_starts(body, str_of(with));
}

static void unzip(struct buf *out, str body)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(body.ptr, body.len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    assert_non_null(zip);
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
        char piece[4096];
        zip_int64_t n;
        zip_file_t *file = zip_fopen_index(zip, (zip_uint64_t)i, 0);
        while ((n = zip_fread(file, piece, sizeof piece)) > 0)
            buf_add(out, (str){ piece, (size_t)n });
        zip_fclose(file);
    }
    zip_close(zip);
}

/* Lines are joined: a word may be broken over two of them. */
static void read_pdf(struct buf *out, str body)
{
    char path[] = "/tmp/huotang-pdf-XXXXXX", command[100], piece[4096];
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, body.ptr, body.len) == (ssize_t)body.len);
    close(fd);
    snprintf(command, sizeof command, "pdftotext -q -raw '%s' -", path);
    FILE *text = popen(command, "r");
    assert_non_null(text);
    for (size_t n; (n = fread(piece, 1, sizeof piece, text)) > 0;)
        for (size_t i = 0; i < n; i++)
            if (piece[i] != '\n' && piece[i] != '\f')
                buf_put_byte(out, piece[i]);
    assert_int_equal(pclose(text), 0);
    unlink(path);
}

str answer_text(struct reply *reply)
{
    struct buf *out = buf_new(reply->mem, TEXT_MAX);
    if (begins(reply->body, "PK\3\4"))
        unzip(out, reply->body);
    else if (begins(reply->body, "%PDF-") && reply->body.len > 500) /* not the world's attachment */
        read_pdf(out, reply->body);
    else
        buf_add(out, reply->body);
    buf_put_byte(out, '\n');
    buf_add(out, reply->headers);
    return buf_str(out);
}

static void nothing(void *context)
{
    (void)context;
}

str answer_events(struct world *w, enum who who, struct arena *mem)
{
    const struct stream_options options = { .org_id = w->actor[who].org_id,
                                            .account_id = w->actor[who].account_id,
                                            .last_id =
                                                arena_printf(mem, "%lld-0", (long long)TEST_NOW_MS),
                                            .sleep = nothing,
                                            .wake = nothing };
    struct stream *stream = stream_open(w->t->app.web->hub, mem, &options);
    struct buf *out = buf_new(mem, TEXT_MAX);
    char *text = arena_zero(mem, LIVE_DATA_MAX * 4);
    assert_non_null(stream);
    for (i64 n; (n = stream_read(stream, text, LIVE_DATA_MAX * 4)) > 0;)
        buf_add(out, (str){ text, (size_t)n });
    stream_close(stream);
    return buf_str(out);
}

const char *answer_says(struct reply *reply, const char *const *words)
{
    str text = answer_text(reply);
    for (size_t i = 0; words[i]; i++)
        if (str_find(text, str_of(words[i]), 0) >= 0)
            return words[i];
    return NULL;
}
