/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See paper_words.h: by pdftotext and unzip, which need not be there. */
#include "modules/nominations/tests/paper_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/buf.h"

enum { WORDS_MAX = 4 << 20 };

str paper_words(struct arena *mem, str file)
{
    char path[] = "/tmp/huotang-paper-XXXXXX", command[200], piece[4096];
    bool is_pdf = str_starts(file, str_of("%PDF-"));
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, file.ptr, file.len) == (ssize_t)file.len);
    close(fd);
    snprintf(command, sizeof command,
             is_pdf ? "pdftotext -q -raw '%s' - 2>/dev/null" : "unzip -p '%s' 2>/dev/null", path);
    struct buf *words = buf_new(mem, WORDS_MAX);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t n; (n = fread(piece, 1, sizeof piece, pipe)) > 0;)
        for (size_t i = 0; i < n; i++)
            if (piece[i] != '\n' && piece[i] != '\f')
                buf_put_byte(words, piece[i]);
    pclose(pipe);
    unlink(path);
    return buf_str(words);
}
