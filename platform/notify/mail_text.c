/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A mail as bytes: headers after RFC 5322, words outside ASCII as encoded words (RFC 2047), the
 * text in base64. Nothing from outside can begin a header of its own. Sending: mail.c. */
#include "platform/base/base64.h"
#include "platform/base/buf.h"
#include "platform/base/clock.h"
#include "platform/notify/notify.h"
#include "platform/web/digest.h"

enum { MAIL_MAX = 1 << 20, LINE_BYTES = 57, WORD_BYTES = 42, ADDRESS_MAX = 254 };

bool mail_is_address(str address)
{
    size_t at_count = 0, at = 0;
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.ptr[i];
        if (c <= ' ' || c >= 127 || c == '<' || c == '>' || c == ',' || c == ';' || c == '"' ||
            c == '\\')
            return false;
        if (c == '@') {
            at_count++;
            at = i;
        }
    }
    return address.len <= ADDRESS_MAX && at_count == 1 && at > 0 && at + 1 < address.len;
}

static void word_put(struct buf *b, str s)
{
    base64_put(b, (bytes){ (const unsigned char *)s.ptr, s.len });
}

/* How many bytes of s fit into one encoded word without cutting a character. */
static size_t word_length(str s)
{
    size_t at = 0, last = 0;
    while (at < s.len) {
        str_next_char(s, &at);
        if (at > WORD_BYTES)
            break;
        last = at;
    }
    return last > 0 ? last : s.len;
}

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < ' ' || s.ptr[i] > '~' || s.ptr[i] == '"' || s.ptr[i] == '\\' ||
            s.ptr[i] == '=')
            return false;
    return s.len < 60;
}

/* Words in a header; control characters become spaces, so that a header stays one. */
static void words_put(struct buf *b, struct arena *mem, str words)
{
    str clean = arena_str(mem, words);
    for (size_t i = 0; i < clean.len; i++)
        if ((unsigned char)clean.ptr[i] < ' ' || clean.ptr[i] == 127)
            ((char *)clean.ptr)[i] = ' ';
    if (is_plain(clean)) {
        buf_add(b, clean);
        return;
    }
    for (const char *fold = ""; clean.len > 0; fold = "\r\n ") {
        size_t n = word_length(clean);
        buf_put(b, fold);
        buf_put(b, "=?UTF-8?B?");
        word_put(b, str_sub(clean, 0, n));
        buf_put(b, "?=");
        clean = str_sub(clean, n, clean.len - n);
    }
}

static void date_put(struct buf *b, i64 at)
{
    static const char *const DAYS[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const MONTHS[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    i64 day = day_of_ms(at), s = (at - day_start_ms(day)) / 1000;
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    buf_printf(b, "Date: %s, %d %s %d %02d:%02d:%02d +0800\r\n", DAYS[day_weekday(day)], mday,
               MONTHS[month - 1], year, (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

/* Lines end with CR LF before they are encoded (RFC 2045, 6.8). */
static str lines_of(struct arena *mem, str text)
{
    struct buf *b = buf_new(mem, MAIL_MAX);
    str line;
    while (str_split(&text, '\n', &line)) {
        buf_add(b, str_ends(line, str_of("\r")) ? str_sub(line, 0, line.len - 1) : line);
        buf_put(b, "\r\n");
    }
    return buf_str(b);
}

static void text_put(struct buf *b, str text)
{
    while (text.len > 0) {
        size_t n = text.len < LINE_BYTES ? text.len : LINE_BYTES;
        word_put(b, str_sub(text, 0, n));
        buf_put(b, "\r\n");
        text = str_sub(text, n, text.len - n);
    }
}

str mail_write(struct arena *mem, const struct mail *mail)
{
    struct buf *b = buf_new(mem, MAIL_MAX);
    str rest = mail->from, name;
    str host = str_split(&rest, '@', &name) ? rest : str_of("localhost");
    str all = arena_printf(mem, "%.*s\n%.*s\n%.*s\n%.*s", (int)mail->id.len, mail->id.ptr,
                           (int)mail->to.len, mail->to.ptr, (int)mail->subject.len,
                           mail->subject.ptr, (int)mail->text.len, mail->text.ptr);
    date_put(b, mail->at);
    buf_put(b, "From: ");
    words_put(b, mem, mail->from_name);
    buf_printf(b, " <%.*s>\r\nTo: <%.*s>\r\nSubject: ", (int)mail->from.len, mail->from.ptr,
               (int)mail->to.len, mail->to.ptr);
    words_put(b, mem, mail->subject);
    str id = str_sub(digest_hex(mem, all), 0, 32);
    buf_printf(b, "\r\nMessage-ID: <%.*s@%.*s>\r\n", (int)id.len, id.ptr, (int)host.len, host.ptr);
    buf_put(b, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
               "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n");
    text_put(b, lines_of(mem, mail->text));
    return buf_str(b);
}
