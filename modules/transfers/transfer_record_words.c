/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reads what offices write (transfer_record_words.h). */
#include "modules/transfers/transfer_record_words.h"

#include "modules/transfers/transfer_import.h"
#include "platform/settings/settings.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"

enum { HAN_BYTES = 3, TEN = 10 };

/* ---- sessions ---- */

/* The Chinese digit at a place, 1 to 10; 0 = none. */
static i64 han_digit(str text, size_t at)
{
    i64 found = at + HAN_BYTES > text.len
                    ? -1
                    : str_find(text_find("orgs.digits"), str_sub(text, at, HAN_BYTES), 0);
    return found < 0 || found % HAN_BYTES ? 0 : found / HAN_BYTES + 1;
}

/* The number that ends at a place, in Arabic or Chinese digits; 0 = none. */
static i64 number_before(str text, size_t end)
{
    i64 tens = 0, ones = 0;
    size_t from = end;
    while (from > 0 && text.ptr[from - 1] >= '0' && text.ptr[from - 1] <= '9')
        from--;
    if (from < end)
        return str_to_i64(str_sub(text, from, end - from), &ones) ? ones : 0;
    while (from >= HAN_BYTES && han_digit(text, from - HAN_BYTES))
        from -= HAN_BYTES;
    for (size_t at = from; at < end; at += HAN_BYTES) {
        i64 digit = han_digit(text, at);
        if (digit == TEN)
            tens += TEN * (ones ? ones : 1);
        ones = digit == TEN ? 0 : digit;
    }
    return tens + ones;
}

/* "3 2", which "3-2" and "3.2" are when folded. */
static bool read_pair(str text, i64 *term, i64 *number)
{
    str rest = text, a, b;
    return str_split(&rest, ' ', &a) && str_split(&rest, ' ', &b) && rest.len == 0 &&
           str_to_i64(a, term) && str_to_i64(b, number);
}

static str without_spaces(struct arena *mem, str text)
{
    char *to = arena_zero(mem, text.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ')
            to[n++] = text.ptr[i];
    return (str){ to, n };
}

bool transfer_read_session(struct rq *rq, str text, i64 *term, i64 *number)
{
    str folded = fold_text(rq->mem, text), plain = without_spaces(rq->mem, folded);
    i64 at = str_find(plain, text_find("transfers.term_mark"), 0);
    i64 behind = at < 0 ? -1 : str_find(plain, text_find("transfers.session_mark"), (size_t)at);
    *term = *number = 0;
    if (at < 0)
        read_pair(folded, term, number);
    else if (behind > at) {
        *term = number_before(plain, (size_t)at);
        *number = number_before(plain, (size_t)behind);
    }
    return *term > 0 && *term < 100 && *number > 0 && *number <= 20;
}

err transfer_find_session(struct rq *rq, str text, struct session *out)
{
    struct rows rows;
    struct session wanted = { 0 };
    *out = wanted;
    if (!transfer_read_session(rq, text, &wanted.term_number, &wanted.number)) {
        rq_fault(rq, "session", "transfers.session_unreadable", text, str_of(""));
        return OK;
    }
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].term_number == wanted.term_number && all[i].number == wanted.number)
            *out = all[i];
    str name = session_name(rq->mem, &wanted);
    if (!out->id)
        rq_fault(rq, "session", "transfers.no_session", name,
                 arena_printf(rq->mem, "%lld-%lld", (long long)wanted.term_number,
                              (long long)wanted.number));
    else if (!out->until_on || out->until_on >= rq->today)
        rq_fault(rq, "session", "transfers.session_runs", name, str_of(""));
    return OK;
}

/* ---- numbers and words ---- */

str transfer_read_number(struct rq *rq, str text)
{
    str plain = without_spaces(rq->mem, fold_text(rq->mem, text));
    str before = text_find("transfers.number_before"), after = text_find("transfers.number_after");
    i64 number;
    if (str_starts(plain, before))
        plain = str_sub(plain, before.len, plain.len - before.len);
    if (str_ends(plain, after))
        plain = str_sub(plain, 0, plain.len - after.len);
    if (str_to_i64(plain, &number) && number > 0)
        return arena_printf(rq->mem, "%lld", (long long)number);
    return str_trim(text);
}

str transfer_read_word(struct rq *rq, const struct transfer_word *word, str text)
{
    str rest = str_of(word->codes), code;
    if (text.len == 0)
        return str_of("");
    while (str_split(&rest, ' ', &code)) {
        str key = arena_printf(rq->mem, "%s.%.*s", word->prefix, (int)code.len, code.ptr);
        if (str_eq(text, code) || transfer_is_listed(rq->mem, text, arena_cstr(rq->mem, key)))
            return code;
    }
    rq_fault(rq, word->field, "transfers.unknown_word", text,
             text_find(arena_cstr(rq->mem, arena_printf(rq->mem, "%s.known", word->prefix))));
    return str_of("");
}

/* ---- dictionaries ---- */

err transfer_read_code(struct rq *rq, const char *dictionary, str text, str *out)
{
    struct rows rows;
    *out = str_of("");
    if (text.len == 0)
        return OK;
    TRY(dictionary_list_all(rq, dictionary, &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count && out->len == 0; i++)
        if (transfer_is_alike(rq->mem, all[i].code, text) ||
            transfer_is_alike(rq->mem, all[i].label, text))
            *out = all[i].code;
    return OK;
}

/* "A 已经解决…" is A, and 已经解决…. */
static bool is_class(struct arena *mem, str label, str text)
{
    str rest = label, letter;
    str mark = text_find("transfers.class_mark");
    str bare = str_ends(text, mark) ? str_sub(text, 0, text.len - mark.len) : text;
    str_split(&rest, ' ', &letter);
    return transfer_is_alike(mem, letter, bare) || (rest.len && transfer_is_alike(mem, rest, text));
}

err transfer_read_class(struct rq *rq, str text, str *out)
{
    struct rows rows;
    TRY(transfer_read_code(rq, "assignments.classes", text, out));
    if (text.len == 0 || out->len)
        return OK;
    TRY(dictionary_list_all(rq, "assignments.classes", &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count && out->len == 0; i++)
        if (is_class(rq->mem, all[i].label, text))
            *out = all[i].code;
    if (out->len == 0)
        rq_fault(rq, "class", "transfers.unknown_class", text, str_of(""));
    return OK;
}

err transfer_find_agency(struct rq *rq, const char *field, str name, struct org *out)
{
    TRY(org_find_by_name(rq, str_of(""), name, out));
    if (!out->id)
        TRY(org_find_agency(rq, name, out));
    if (!out->id || str_is(out->kind, "cppcc")) {
        *out = (struct org){ 0 };
        rq_fault(rq, field, "transfers.no_agency", name, str_of(""));
    }
    return OK;
}
