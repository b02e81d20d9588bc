/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Command line of the view compiler: a template to a C file, or a folder's templates to a
 * header. */
#include <stdio.h>
#include <stdlib.h>

#include "tools/tmplc/tmplc.h"

static str read_file(struct arena *mem, const char *path)
{
    FILE *file = fopen(path, "rb");
    struct buf *text = buf_new(mem, 8 << 20);
    char part[4096];
    for (size_t n; file && (n = fread(part, 1, sizeof part, file)) > 0;)
        buf_add(text, (str){ part, n });
    if (!file || ferror(file) || buf_is_full(text)) {
        fprintf(stderr, "%s:1: cannot be read\n", path);
        exit(1);
    }
    fclose(file);
    return buf_str(text);
}

static void write_file(const char *path, struct buf *text)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(text->ptr, 1, text->len, file) != text->len || fclose(file)) {
        fprintf(stderr, "%s:1: cannot be written\n", path);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    struct arena *mem = arena_new(256 << 20, 0);
    struct buf *out = buf_new(mem, 64 << 20), *protos = buf_new(mem, 16 << 20);
    bool header = argc > 3 && !strcmp(argv[1], "--header");
    if (!header && (argc != 4 || strcmp(argv[1], "--source") != 0)) {
        fprintf(stderr, "usage: tmplc --source OUT.c IN.html | tmplc --header OUT.h IN.html...\n");
        return 2;
    }
    buf_put(out, "/* Made by tmplc; change the template instead. */\n");
    buf_put(out,
            header ? "#pragma once\n" : "#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n");
    buf_put(out, "#include \"platform/web/view.h\"\n");
    for (int i = 3; i < argc; i++) {
        struct tmpl t;
        tmpl_init(&t, mem, argv[i], read_file(mem, argv[i]));
        if (!tmpl_compile(&t)) {
            fwrite(t.error->ptr, 1, t.error->len, stderr);
            return 1;
        }
        buf_add(out, buf_str(t.includes));
        buf_add(protos, buf_str(t.protos));
        if (!header)
            buf_add(protos, buf_str(t.views));
    }
    buf_add(out, buf_str(protos));
    write_file(argv[2], out);
    arena_free(mem);
    return 0;
}
