/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Host tool: turns schemas, texts, data and the built user interface into embed.c and embed.h.
 * Usage, from the root of the tree: embed OUT_DIR [UI_DIR]. What is missing gives an empty table.
 * A file is rewritten only when its content changed, so the tool may run in every build.
 * Not here: making the interface (tools/ui/build.mjs), serving it (platform/web). */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_MAX_LEN = 1024 };

/* The two outputs grow in memory and are written at the end. */
struct out {
    FILE *code, *head;
    char *code_text, *head_text;
    size_t code_size, head_size;
    unsigned count; /* blobs so far, numbers their names */
};

/* One folder to walk. */
struct walk {
    void (*use)(struct walk *walk, const char *name); /* called for each entry, in byte order */
    const char *dir;                                  /* a missing folder has no entries */
    const char *below, *end;                          /* put before names; wanted ending */
    struct out *out;
    FILE *rows;
    unsigned added;
};

_Noreturn static void die(const char *what, const char *path)
{
    fprintf(stderr, "embed: %s: %s\n", path, what);
    exit(1);
}

__attribute__((format(printf, 2, 3))) static void join(char *to, const char *form, ...)
{
    va_list args;
    va_start(args, form);
    int size = vsnprintf(to, PATH_MAX_LEN, form, args);
    va_end(args);
    if (size < 0 || size >= PATH_MAX_LEN)
        die("path too long", form);
}

/* Whole file in memory; NULL if there is none. The caller frees it. */
static unsigned char *file_read(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL && (errno == ENOENT || errno == ENOTDIR))
        return NULL;
    struct stat info;
    if (in == NULL || fstat(fileno(in), &info) != 0 || !S_ISREG(info.st_mode))
        die("cannot read", path);
    *size = (size_t)info.st_size;
    unsigned char *data = malloc(*size + 1);
    if (data == NULL || fread(data, 1, *size, in) != *size)
        die("cannot read", path);
    fclose(in);
    return data;
}

static void file_write_if_changed(const char *path, const char *text, size_t size)
{
    size_t old_size = 0;
    unsigned char *old = file_read(path, &old_size);
    bool same = old != NULL && old_size == size && memcmp(old, text, size) == 0;
    free(old);
    if (same)
        return;
    FILE *to = fopen(path, "wb");
    if (to == NULL || fwrite(text, 1, size, to) != size || fclose(to) != 0)
        die("cannot write", path);
}

static int not_hidden(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool ends_with(const char *name, const char *end)
{
    size_t name_len = strlen(name), end_len = strlen(end);
    return name_len > end_len && strcmp(name + name_len - end_len, end) == 0;
}

/* One blob as string literals; the compiler adds the closing zero byte. */
static void blob_write(FILE *to, unsigned number, const unsigned char *data, size_t size)
{
    fprintf(to, "static const char blob_%u[] =\n    \"", number);
    for (size_t i = 0, column = 0; i < size; i++) {
        unsigned char byte = data[i];
        if (column >= 90 || (i > 0 && data[i - 1] == '\n')) {
            fputs("\"\n    \"", to);
            column = 0;
        }
        bool plain = byte >= ' ' && byte <= '~' && strchr("\"\\?", byte) == NULL;
        column += (size_t)fprintf(to, plain ? "%c" : "\\%03o", byte);
    }
    fputs("\";\n", to);
}

static uint64_t fnv1a(const unsigned char *data, size_t size)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ data[i]) * 0x100000001b3u;
    return hash;
}

/* Writes the file's blob and gives its "data, size"; false and "0, 0" if there is no such file. */
static bool blob_add(struct out *out, const char *path, char *row, uint64_t *hash)
{
    size_t size = 0;
    unsigned char *data = file_read(path, &size);
    join(row, "0, 0");
    if (data == NULL)
        return false;
    blob_write(out->code, out->count, data, size);
    join(row, "(const unsigned char *)blob_%u, %zu", out->count++, size);
    *hash = fnv1a(data, size);
    free(data);
    return true;
}

static unsigned row_add(struct walk *walk, const char *path, const char *name)
{
    char data[PATH_MAX_LEN];
    uint64_t unused = 0;
    if (!blob_add(walk->out, path, data, &unused))
        return 0;
    fprintf(walk->rows, "    { \"%s\", %s },\n", name, data);
    return 1;
}

static void table_write(struct out *out, const char *kind, const char *table, const char *rows)
{
    fprintf(out->code, "const struct %s %s[] = {\n%s    { 0 }\n};\n\n", kind, table, rows);
    fprintf(out->head, "extern const struct %s %s[];\n", kind, table);
}

static void each_entry(struct walk *walk)
{
    struct dirent **entries = NULL;
    int count = scandir(walk->dir, &entries, not_hidden, by_bytes);
    for (int i = 0; i < count; i++) {
        walk->use(walk, entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

/* A file whose name ends with walk->end becomes a row; a folder is walked in turn. */
static void tree_add(struct walk *walk, const char *entry)
{
    char name[PATH_MAX_LEN], path[PATH_MAX_LEN];
    join(name, "%s%s", walk->below, entry);
    join(path, "%s/%s", walk->dir, entry);
    struct stat info;
    if (stat(path, &info) != 0)
        die("cannot look at", path);
    if (S_ISDIR(info.st_mode)) {
        join(name, "%s%s/", walk->below, entry);
        struct walk inner = { tree_add, path, name, walk->end, walk->out, walk->rows, 0 };
        each_entry(&inner);
        walk->added += inner.added;
    } else if (walk->end[0] == 0 || ends_with(name, walk->end)) {
        walk->added += row_add(walk, path, name);
    }
}

/* walk->dir is modules or platform: the part's schema becomes the table NAME_schema, and a row of
 * walk->rows. */
static void schema_add(struct walk *walk, const char *name)
{
    char dir[PATH_MAX_LEN], table[PATH_MAX_LEN], *text = NULL;
    size_t size = 0;
    join(dir, "%s/%s/schema", walk->dir, name);
    join(table, "%s_schema", name);
    FILE *rows = open_memstream(&text, &size);
    struct walk inner = { tree_add, dir, "", ".sql", walk->out, rows, 0 };
    each_entry(&inner);
    fclose(rows);
    if (inner.added > 0)
        table_write(walk->out, "embed_file", table, text);
    if (inner.added > 0 && walk->rows)
        fprintf(walk->rows, "    { \"%s\", %s },\n", name, table);
    free(text);
}

static void text_add(struct walk *walk, const char *name)
{
    char path[PATH_MAX_LEN];
    join(path, "%s%s/text/zh.txt", walk->below, name);
    row_add(walk, path, path);
}

static const char *type_of(const char *name)
{
    static const char *const TYPES[][2] = {
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" },
        { ".json", "application/json" },
        { ".txt", "text/plain; charset=utf-8" },
        { ".html", "text/html; charset=utf-8" },
        { ".ico", "image/x-icon" },
    };
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (ends_with(name, TYPES[i][0]))
            return TYPES[i][1];
    return "application/octet-stream";
}

/* "app.3f2a9c10.css" → logical "app.css"; a name without a fingerprint stays as it is. */
static void logical_name(char *to, const char *name)
{
    const char *first = strchr(name, '.');
    const char *last = strrchr(name, '.');
    if (first == NULL || first == last)
        join(to, "%s", name);
    else
        join(to, "%.*s%s", (int)(first - name), name, last);
}

/* One asset: as it is and, where the build made one, its brotli twin. */
static void asset_add(struct walk *walk, const char *name)
{
    if (ends_with(name, ".br"))
        return;
    char path[PATH_MAX_LEN], twin[PATH_MAX_LEN], logical[PATH_MAX_LEN];
    char plain[PATH_MAX_LEN], small[PATH_MAX_LEN];
    uint64_t hash = 0, unused = 0;
    join(path, "%s/%s", walk->dir, name);
    join(twin, "%s/%s.br", walk->dir, name);
    logical_name(logical, name);
    blob_add(walk->out, path, plain, &hash);
    blob_add(walk->out, twin, small, &unused);
    fprintf(walk->rows, "    { \"%s%s\", \"%s\", \"%s\", \"\\\"%016llx\\\"\", %s, %s },\n",
            walk->below, name, logical, type_of(name), (unsigned long long)hash, plain, small);
}

static const char HEAD[] =
    "/* SPDX-License-Identifier: MulanPSL-2.0 */\n"
    "/* Made by tools/embed; do not edit. Tables end with a row of zeros; "
    "a zero byte follows each\n"
    " * file. Assets: path is what the browser asks for, logical what a view asks for; br is NULL\n"
    " * where brotli gains nothing. */\n#pragma once\n#include <stddef.h>\n\nstruct embed_file {\n"
    "    const char *name;\n    const unsigned char *data;\n    size_t size;\n};\n\n"
    "struct embed_schema {\n    const char *owner;\n    const struct embed_file *files;\n};\n\n"
    "struct embed_asset {\n    const char *path, *logical, *type, *etag;\n"
    "    const unsigned char *data;\n    size_t size;\n    const unsigned char *br;\n"
    "    size_t br_size;\n};\n\n";

/* Makes one table from the walks; the row without use ends them. */
static void table_make(struct out *out, const char *kind, const char *table, struct walk *walks)
{
    char *text = NULL;
    size_t size = 0;
    FILE *rows = open_memstream(&text, &size);
    for (struct walk *walk = walks; walk->use != NULL; walk++) {
        walk->out = out;
        walk->rows = rows;
        each_entry(walk);
    }
    fclose(rows);
    table_write(out, kind, table, text);
    free(text);
}

static void tables_write(struct out *out, const char *assets, const char *root)
{
    each_entry(&(struct walk){ .use = schema_add, .out = out, .dir = "modules" });
    char *parts = NULL;
    size_t size = 0;
    FILE *rows = open_memstream(&parts, &size);
    each_entry(&(struct walk){ .use = schema_add, .out = out, .dir = "platform", .rows = rows });
    fclose(rows);
    table_write(out, "embed_schema", "embed_platform_schemas", parts);
    free(parts);
    table_make(out, "embed_file", "embed_texts",
               (struct walk[]){ { .use = tree_add, .dir = "text", .below = "text/", .end = ".txt" },
                                { .use = text_add, .dir = ".", .below = "" },
                                { .use = text_add, .dir = "modules", .below = "modules/" },
                                { .use = text_add, .dir = "platform", .below = "platform/" },
                                { 0 } });
    table_make(out, "embed_file", "embed_data",
               (struct walk[]){ { .use = tree_add, .dir = "seed", .below = "", .end = "" },
                                { 0 } });
    table_make(out, "embed_asset", "embed_assets",
               (struct walk[]){ { .use = asset_add, .dir = assets, .below = "/assets/" },
                                { .use = asset_add, .dir = root, .below = "/" },
                                { 0 } });
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: embed OUT_DIR [UI_DIR]   (from the root of the tree)\n");
        return 2;
    }
    struct out out = { 0 };
    out.code = open_memstream(&out.code_text, &out.code_size);
    out.head = open_memstream(&out.head_text, &out.head_size);
    fprintf(out.head, "%s", HEAD);
    fprintf(out.code, "/* SPDX-License-Identifier: MulanPSL-2.0 */\n"
                      "/* Made by tools/embed; do not edit. */\n#include \"embed.h\"\n\n");
    char assets[PATH_MAX_LEN], root[PATH_MAX_LEN], code[PATH_MAX_LEN], head[PATH_MAX_LEN];
    join(assets, "%s/assets", argc == 3 ? argv[2] : "none");
    join(root, "%s/root", argc == 3 ? argv[2] : "none");
    join(code, "%s/embed.c", argv[1]);
    join(head, "%s/embed.h", argv[1]);
    tables_write(&out, assets, root);
    fclose(out.code);
    fclose(out.head);
    file_write_if_changed(code, out.code_text, out.code_size);
    file_write_if_changed(head, out.head_text, out.head_size);
    free(out.code_text);
    free(out.head_text);
    return 0;
}
