/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reading SQL text as far as this layer must: :names to numbered parameters, scripts to statements,
 * tokens to the engine's words. String literals, quoted names, comments and ::casts are passed
 * over. No engine is called here. */
#include <assert.h>
#include <ctype.h>
#include <strings.h>

#include "platform/base/buf.h"
#include "platform/db/db_engine.h"

enum { SCRIPT_STATEMENT_MAX = 1024 * 1024 };

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_name_char(char c)
{
    return is_name_start(c) || (c >= '0' && c <= '9');
}

static size_t name_end(str sql, size_t at)
{
    while (at < sql.len && is_name_char(sql.ptr[at]))
        at++;
    return at;
}

/* Behind the text that ends with the given mark, or the end of sql. */
static size_t behind(str sql, size_t from, const char *mark)
{
    i64 at = str_find(sql, str_of(mark), from);
    return at < 0 ? sql.len : (size_t)at + strlen(mark);
}

/* Behind the comment at `at`; `at` itself when there is none. */
static size_t behind_comment(str sql, size_t at)
{
    str here = str_sub(sql, at, 2);
    if (str_is(here, "--"))
        return behind(sql, at, "\n");
    if (str_is(here, "/*"))
        return behind(sql, at + 2, "*/");
    return at;
}

/* Behind the string, quoted name, comment or cast at `at`; `at` itself when plain SQL stands there.
 * A doubled quote inside a string reads as two strings, which comes to the same. */
static size_t behind_opaque(str sql, size_t at)
{
    if (sql.ptr[at] == '\'')
        return behind(sql, at + 1, "'");
    if (sql.ptr[at] == '"')
        return behind(sql, at + 1, "\"");
    if (str_is(str_sub(sql, at, 2), "::"))
        return at + 2;
    return behind_comment(sql, at);
}

str db_last_member(const char *expression)
{
    size_t end = strlen(expression), from = end;
    while (from > 0 && is_name_char(expression[from - 1]))
        from--;
    return (str){ expression + from, end - from };
}

static size_t slot_of(struct db_translation *t, str name)
{
    for (size_t i = 0; i < t->slot_count; i++)
        if (str_eq(t->slots[i], name))
            return i;
    assert(t->slot_count < DB_PARAMS_MAX);
    t->slots[t->slot_count] = name;
    return t->slot_count++;
}

void db_translate(struct arena *mem, const char *literal, char mark, struct db_translation *out)
{
    str sql = arena_str(mem, str_of(literal));
    struct buf *text = buf_new(mem, sql.len * 4 + 16);
    out->slot_count = 0;
    for (size_t at = 0; at < sql.len;) {
        size_t next = behind_opaque(sql, at);
        bool is_param =
            next == at && sql.ptr[at] == ':' && at + 1 < sql.len && is_name_start(sql.ptr[at + 1]);
        if (is_param) {
            next = name_end(sql, at + 1);
            buf_put_byte(text, mark);
            buf_put_i64(text, (i64)slot_of(out, str_sub(sql, at + 1, next - at - 1)) + 1);
        } else {
            next = next == at ? at + 1 : next;
            buf_add(text, str_sub(sql, at, next - at));
        }
        at = next;
    }
    assert(!buf_is_full(text));
    out->text = (char *)(uintptr_t)arena_cstr(mem, buf_str(text));
}

/* Without white space and comments at the front. */
static str skip_blank(str s)
{
    for (;;) {
        size_t at = 0;
        while (at < s.len && isspace((unsigned char)s.ptr[at]))
            at++;
        size_t next = at < s.len ? behind_comment(s, at) : at;
        if (next == 0)
            return s;
        s = str_sub(s, next, s.len);
    }
}

bool db_script_next(str *rest, str *statement)
{
    *rest = skip_blank(*rest);
    while (rest->len && rest->ptr[0] == ';')
        *rest = skip_blank(str_sub(*rest, 1, rest->len));
    if (rest->len == 0)
        return false;
    size_t at = 0;
    while (at < rest->len && rest->ptr[at] != ';') {
        size_t next = behind_opaque(*rest, at);
        at = next == at ? at + 1 : next;
    }
    *statement = str_sub(*rest, 0, at);
    *rest = str_sub(*rest, at, rest->len);
    return true;
}

/* Takes the word at the front if it is this one (letters in any case). */
static bool take_word(str *s, const char *word)
{
    str t = skip_blank(*s);
    size_t n = strlen(word);
    if (t.len < n || strncasecmp(t.ptr, word, n) != 0 || (t.len > n && is_name_char(t.ptr[n])))
        return false;
    *s = str_sub(t, n, t.len);
    return true;
}

bool db_is_query(const char *sql)
{
    str s = str_of(sql);
    return take_word(&s, "SELECT") || take_word(&s, "WITH") || take_word(&s, "VALUES");
}

/* Whether the statement makes an ordinary table by a list of columns: CREATE TABLE [IF NOT EXISTS]
 * name ( */
static bool makes_table(str s)
{
    if (!take_word(&s, "CREATE") || !take_word(&s, "TABLE"))
        return false;
    if (take_word(&s, "IF") && (!take_word(&s, "NOT") || !take_word(&s, "EXISTS")))
        return false;
    s = skip_blank(s);
    s = skip_blank(str_sub(s, name_end(s, 0), s.len));
    return s.len && s.ptr[0] == '(';
}

static const struct {
    const char *token, *words[2]; /* by enum db_engine */
} TOKENS[] = {
    { "@id", { "INTEGER PRIMARY KEY", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY" } },
    { "@int", { "INTEGER", "BIGINT" } },
    { "@bytes", { "BLOB", "BYTEA" } },
};

static const char *token_words(str token, enum db_engine engine)
{
    for (size_t i = 0; i < sizeof TOKENS / sizeof *TOKENS; i++)
        if (str_is(token, TOKENS[i].token))
            return TOKENS[i].words[engine];
    return NULL;
}

static void put_words(struct buf *text, str s, enum db_engine engine)
{
    for (size_t at = 0; at < s.len;) {
        size_t next = behind_opaque(s, at);
        const char *words = NULL;
        if (next == at && s.ptr[at] == '@') {
            size_t end = name_end(s, at + 1);
            words = token_words(str_sub(s, at, end - at), engine);
            next = words ? end : at + 1;
        } else if (next == at) {
            next = at + 1;
        }
        if (words)
            buf_put(text, words);
        else
            buf_add(text, str_sub(s, at, next - at));
        at = next;
    }
}

const char *db_script_words(struct arena *mem, str statement, enum db_engine engine)
{
    struct buf *text = buf_new(mem, SCRIPT_STATEMENT_MAX);
    put_words(text, statement, engine);
    if (engine == DB_SQLITE && makes_table(statement))
        buf_put(text, "\n STRICT"); /* on a line of its own: a comment may end the statement */
    assert(!buf_is_full(text));
    return arena_cstr(mem, buf_str(text));
}
