/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One table of keys: name, kind, default. The file is "key = value" lines with # comments; the
 * environment wins over the file. Help texts stand in server/text/zh.txt. Next: main.c, which calls
 * this before anything else. */
#include "server/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/buf.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

enum { FILE_MAX = 64 * 1024 };

enum kind {
    KIND_TEXT,
    KIND_NUMBER,
    KIND_BOOL,
    KIND_ADDRESS,
    KIND_DB,
    KIND_LEVEL,
    KIND_URL,
    KIND_CONTACT
};

static const struct key {
    struct field field;
    enum kind kind;
    const char *fallback;
    i64 min, max;
} KEYS[] = {
    { FIELD(struct config, listen), KIND_ADDRESS, "127.0.0.1:8080", 0, 0 },
    { FIELD(struct config, data), KIND_TEXT, "./data", 0, 0 },
    { FIELD(struct config, db), KIND_DB, "", 0, 0 },
    { FIELD(struct config, public_url), KIND_URL, "http://127.0.0.1:8080", 0, 0 },
    { FIELD(struct config, secret_file), KIND_TEXT, "", 0, 0 },
    { FIELD(struct config, trusted_proxies), KIND_TEXT, "", 0, 0 },
    { FIELD(struct config, secure_cookies), KIND_BOOL, "no", 0, 0 },
    { FIELD(struct config, log_level), KIND_LEVEL, "info", 0, 0 },
    { FIELD(struct config, loops), KIND_NUMBER, "0", 0, 64 },
    { FIELD(struct config, max_connections), KIND_NUMBER, "12000", 16, 1000000 },
    { FIELD(struct config, smtp_url), KIND_TEXT, "", 0, 0 },
    { FIELD(struct config, smtp_from), KIND_TEXT, "", 0, 0 },
    { FIELD(struct config, smtp_password_file), KIND_TEXT, "", 0, 0 },
    { FIELD(struct config, security_contact), KIND_CONTACT, "", 0, 0 },
    { FIELD(struct config, demo), KIND_BOOL, "no", 0, 0 },
    { FIELD(struct config, days_ahead), KIND_NUMBER, "0", 0, 3650 },
    { FIELD(struct config, backup_hours), KIND_NUMBER, "0", 0, 8760 },
    { FIELD(struct config, sandbox), KIND_BOOL, "yes", 0, 0 },
    { { 0 }, 0, NULL, 0, 0 },
};

static bool parse_bool(str value, bool *out)
{
    static const char *YES[] = { "yes", "true", "1", "on" }, *NO[] = { "no", "false", "0", "off" };
    for (int i = 0; i < 4; i++) {
        if (str_is(value, YES[i]) || str_is(value, NO[i])) {
            *out = str_is(value, YES[i]);
            return true;
        }
    }
    return false;
}

static bool is_address(str value)
{
    str host = value;
    i64 colon = -1, port = 0;
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] == ':')
            colon = (i64)i;
    if (colon <= 0)
        return false;
    host.len = (size_t)colon;
    return str_to_i64(str_sub(value, host.len + 1, value.len), &port) && port >= 0 && port <= 65535;
}

/* One address of RFC 9116: what is no part of an address would begin another line there. */
static bool is_contact(str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] <= ' ' || value.ptr[i] >= 0x7f)
            return false;
    return str_starts(value, str_of("mailto:")) || str_starts(value, str_of("https://")) ||
           str_starts(value, str_of("tel:"));
}

static bool is_allowed(enum kind kind, str value)
{
    enum log_level level;
    switch (kind) {
    case KIND_ADDRESS:
        return is_address(value);
    case KIND_DB:
        return value.len == 0 || str_starts(value, str_of("sqlite:")) ||
               str_starts(value, str_of("postgresql://")) ||
               str_starts(value, str_of("postgres://"));
    case KIND_LEVEL:
        return log_level_parse(value, &level);
    case KIND_URL:
        return str_starts(value, str_of("http://")) || str_starts(value, str_of("https://"));
    case KIND_CONTACT:
        return value.len == 0 || is_contact(value);
    default:
        return str_is_utf8(value);
    }
}

/* Stores one value; false when it is not allowed. */
static bool set(struct arena *mem, struct config *config, const struct key *key, str value)
{
    char *member = (char *)config + key->field.offset;
    i64 number;
    switch (key->kind) {
    case KIND_BOOL:
        return parse_bool(value, (bool *)member);
    case KIND_NUMBER:
        if (!str_to_i64(value, &number) || number < key->min || number > key->max)
            return false;
        *(i64 *)member = number;
        return true;
    default:
        if (!is_allowed(key->kind, value))
            return false;
        *(str *)member = arena_str(mem, value);
        return true;
    }
}

static const struct key *find_key(str name)
{
    for (const struct key *k = KEYS; k->field.name; k++)
        if (str_is(name, k->field.name))
            return k;
    return NULL;
}

static err refuse(struct arena *mem, const char *name, str where, str what, str *why)
{
    *why = text_format(mem, name, where, what);
    return err_make_with(ERR_INVALID, name, where, what);
}

static err read_line(struct arena *mem, struct config *config, str line, str *why)
{
    line = str_trim(line);
    if (line.len == 0 || line.ptr[0] == '#')
        return OK;
    i64 equals = str_find(line, str_of("="), 0);
    if (equals < 0)
        return refuse(mem, "config.line", line, str_of(""), why);
    str name = str_trim(str_sub(line, 0, (size_t)equals));
    str value = str_trim(str_sub(line, (size_t)equals + 1, line.len));
    const struct key *key = find_key(name);
    if (!key)
        return refuse(mem, "config.key", name, str_of(""), why);
    if (!set(mem, config, key, value))
        return refuse(mem, "config.value", name, value, why);
    return OK;
}

static err read_file(struct arena *mem, const char *path, bool must, str *text, str *why)
{
    *text = (str){ "", 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return must || errno != ENOENT ? refuse(mem, "config.file", str_of(path), str_of(""), why)
                                       : OK;
    char *space = arena_zero(mem, FILE_MAX);
    ssize_t n = read(fd, space, FILE_MAX);
    close(fd);
    if (n < 0 || n == FILE_MAX || !str_is_utf8((str){ space, (size_t)n }))
        return refuse(mem, "config.file", str_of(path), str_of(""), why);
    *text = (str){ space, (size_t)n };
    return OK;
}

static err read_environment(struct arena *mem, struct config *config, str *why)
{
    for (const struct key *k = KEYS; k->field.name; k++) {
        struct buf *name = buf_new(mem, 64);
        buf_put(name, "HUOTANG_");
        for (const char *p = k->field.name; *p; p++)
            buf_put_byte(name, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
        const char *value = getenv(arena_cstr(mem, buf_str(name)));
        if (value && !set(mem, config, k, str_of(value)))
            return refuse(mem, "config.value", buf_str(name), str_of(value), why);
    }
    return OK;
}

err config_read(struct arena *mem, const char *path, struct config *out, str *why)
{
    *out = (struct config){ 0 };
    for (const struct key *k = KEYS; k->field.name; k++)
        if (!set(mem, out, k, str_of(k->fallback)))
            return err_make(ERR_INTERNAL, "config.fallback");
    str text, line;
    TRY(read_file(mem, path ? path : "huotang.conf", path != NULL, &text, why));
    while (str_split(&text, '\n', &line))
        TRY(read_line(mem, out, line, why));
    TRY(read_environment(mem, out, why));
    if (out->db.len == 0)
        out->db = arena_printf(mem, "sqlite:%.*s/huotang.db", (int)out->data.len, out->data.ptr);
    if (out->secret_file.len == 0)
        out->secret_file = arena_printf(mem, "%.*s/secret", (int)out->data.len, out->data.ptr);
    return OK;
}

bool config_lacks_proxies(const struct config *config)
{
    return str_starts(config->public_url, str_of("https://")) && !config->trusted_proxies.len;
}

void config_describe(struct buf *out)
{
    struct arena *mem = arena_new(1 << 20, 0);
    for (const struct key *k = KEYS; k->field.name; k++) {
        str help = text_find(arena_printf(mem, "config.%s", k->field.name).ptr);
        buf_put(out, "# ");
        buf_add(out, help);
        buf_printf(out, "\n#%s = %s\n\n", k->field.name, k->fallback);
    }
    arena_free(mem);
}
