/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Judging passwords. The list is embedded, sorted by bytes, one a line; it is searched where it
 * lies. */
#include "platform/access/password.h"

#include <assert.h>

#include "embed.h"
#include "platform/base/str.h"

static str common_list(void)
{
    const struct embed_file *f = embed_data;
    while (f->name && strcmp(f->name, "passwords/common.txt") != 0)
        f++;
    assert(f->name); /* tools/embed takes all of seed/ */
    return (str){ (const char *)f->data, f->size };
}

/* Where the first password stands: behind the comment lines. */
static size_t first_line(str list)
{
    size_t at = 0;
    while (at < list.len && list.ptr[at] == '#') {
        const char *stop = memchr(list.ptr + at, '\n', list.len - at);
        at = stop ? (size_t)(stop - list.ptr) + 1 : list.len;
    }
    return at;
}

/* Halves the text until the line is found. */
bool password_is_common(struct arena *mem, str password)
{
    str list = common_list(), wanted = str_lower_ascii(mem, password);
    size_t low = first_line(list), high = list.len;
    while (low < high) {
        size_t begin = low + (high - low) / 2;
        while (begin > low && list.ptr[begin - 1] != '\n')
            begin--;
        const char *stop = memchr(list.ptr + begin, '\n', list.len - begin);
        size_t end = stop ? (size_t)(stop - list.ptr) : list.len;
        int order = str_cmp(wanted, str_sub(list, begin, end - begin));
        if (order == 0)
            return true;
        if (order < 0)
            high = begin;
        else
            low = end + 1;
    }
    return false;
}

static bool is_one_character(str password)
{
    size_t at = 0;
    uint32_t first = str_next_char(password, &at);
    while (at < password.len)
        if (str_next_char(password, &at) != first)
            return false;
    return true;
}

static i64 classes_of(str password)
{
    bool lower = false, upper = false, digit = false, other = false;
    for (size_t i = 0; i < password.len; i++) {
        char c = password.ptr[i];
        if (c >= 'a' && c <= 'z')
            lower = true;
        else if (c >= 'A' && c <= 'Z')
            upper = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            other = true;
    }
    return (i64)lower + upper + digit + other;
}

/* Whether a name of at least three bytes (one Han character) stands in the password, whatever the
 * case. */
static bool holds_name(struct arena *mem, str password, str name)
{
    str folded = str_lower_ascii(mem, password), part = str_lower_ascii(mem, name);
    return part.len >= 3 && str_find(folded, part, 0) >= 0;
}

const char *password_fault(struct arena *mem, const struct password_rule *rule, str password,
                           const str names[2])
{
    i64 chars = str_chars(password);
    if (chars < rule->min)
        return "accounts.password_short";
    if (chars > PASSWORD_CHARS_MAX)
        return "accounts.password_long";
    if (is_one_character(password) || password_is_common(mem, password))
        return "accounts.password_common";
    if (holds_name(mem, password, names[0]) || holds_name(mem, password, names[1]))
        return "accounts.password_personal";
    if (classes_of(password) < rule->classes)
        return "accounts.password_classes";
    return NULL;
}
