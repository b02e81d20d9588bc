/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of view.h: nothing reaches the buffer but literals and escaped values. Words,
 * also those of dates, come from platform/web/text/zh.txt. */
#include "platform/web/view_parts.h"

#include <assert.h>

#include "embed.h"

void view_put_str(struct out *out, str text)
{
    buf_put_html(out->buf, text);
}

void view_put_html(struct out *out, html safe)
{
    buf_add(out->buf, safe.s);
}

void view_put_i64(struct out *out, i64 number)
{
    buf_put_i64(out->buf, number);
}

void view_put_int(struct out *out, int number)
{
    buf_put_i64(out->buf, number);
}

void view_put_size(struct out *out, size_t number)
{
    assert(number <= INT64_MAX);
    buf_put_i64(out->buf, (i64)number);
}

const struct view_link *view_crumbs_of(struct arena *mem, const char *menu, i64 id, str thing,
                                       str here)
{
    struct view_link *links = arena_array(mem, 4, sizeof *links), *to = links;
    *to++ = (struct view_link){ text_find(arena_printf(mem, "menu.%s", menu).ptr),
                                arena_printf(mem, "/%s", menu) };
    if (id)
        *to++ = (struct view_link){ thing, arena_printf(mem, "/%s/%lld", menu, (long long)id) };
    to->label = here;
    return links;
}

const struct view_link *view_crumbs(struct arena *mem, const char *menu, str here)
{
    return view_crumbs_of(mem, menu, 0, str_of(""), here);
}

static bool is_unreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void view_url_str(struct out *out, str value)
{
    static const char HEX[] = "0123456789ABCDEF";
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        if (is_unreserved(c))
            buf_put_byte(out->buf, (char)c);
        else
            buf_add(out->buf, (str){ (const char[]){ '%', HEX[c >> 4], HEX[c & 15] }, 3 });
    }
}

/* Browsers drop control characters and take \ for /, so neither may stand in an address that is
 * data. */
static bool is_harmless_address(str address)
{
    static const char *const BEGINS[] = { "?", "#", "https://", "http://", "tel:", "mailto:" };
    for (size_t i = 0; i < address.len; i++)
        if ((unsigned char)address.ptr[i] <= ' ' || address.ptr[i] == '\\' || address.ptr[i] == 127)
            return false;
    if (str_starts(address, str_of("/")))
        return !str_starts(address, str_of("//"));
    for (size_t i = 0; i < sizeof BEGINS / sizeof *BEGINS; i++)
        if (str_starts(address, str_of(BEGINS[i])))
            return true;
    return false;
}

void view_url(struct out *out, str address)
{
    buf_put_html(out->buf, is_harmless_address(address) ? address : str_of("#"));
}

void view_text(struct out *out, const char *name)
{
    buf_put_html(out->buf, text_find(name));
}

void view_label(struct out *out, const char *prefix, str code)
{
    buf_put_html(out->buf, text_label(prefix, code));
}

void view_csrf(struct out *out)
{
    if (!out->page->csrf.len)
        return;
    buf_put(out->buf, "<input type=\"hidden\" name=\"csrf\" value=\"");
    buf_put_html(out->buf, out->page->csrf);
    buf_put(out->buf, "\">");
    if (!out->page->idempotency.len)
        return;
    buf_put(out->buf, "<input type=\"hidden\" name=\"idempotency\" value=\"");
    buf_put_html(out->buf, out->page->idempotency);
    buf_put(out->buf, "\">");
}

static const struct embed_asset *asset_find(const char *name)
{
    const struct embed_asset *asset = embed_assets;
    while (asset->path && strcmp(asset->logical, name) != 0)
        asset++;
    return asset;
}

void view_asset(struct out *out, const char *name)
{
    const struct embed_asset *asset = asset_find(name);
    if (asset->path)
        buf_put(out->buf, asset->path);
    else
        buf_printf(out->buf, "/assets/%s", name);
}

void view_icon_of(struct out *out, str name)
{
    static const char BEGIN[] = "<svg class=\"i\" aria-hidden=\"true\"><use href=\"";
    static const char END[] = "\"/></svg>";
    static _Atomic(const struct embed_asset *) icons; /* a page has dozens: looked up once */
    const struct embed_asset *sprite = icons;
    if (!sprite)
        icons = sprite = asset_find("icons.svg");
    buf_add(out->buf, (str){ BEGIN, sizeof BEGIN - 1 });
    buf_put(out->buf, sprite->path ? sprite->path : "/assets/icons.svg");
    buf_put_byte(out->buf, '#');
    buf_put_html(out->buf, name);
    buf_add(out->buf, (str){ END, sizeof END - 1 });
}

void view_icon(struct out *out, const char *name)
{
    view_icon_of(out, str_of(name));
}

void view_padded(struct out *out, i64 number, int digits)
{
    i64 least = 1;
    while (--digits > 0)
        least *= 10;
    for (; number < least && least > 1; least /= 10)
        buf_put_byte(out->buf, '0');
    buf_put_i64(out->buf, number);
}

static bool is_no_day(i64 day)
{
    return day == 0 || day == -1;
}

static void put_dash(struct out *out)
{
    buf_put(out->buf, "\xE2\x80\x94"); /* U+2014 */
}

void view_date(struct out *out, i64 day)
{
    int year, month, mday;
    if (is_no_day(day)) {
        put_dash(out);
        return;
    }
    day_to_civil(day, &year, &month, &mday);
    view_put_int(out, year);
    view_text(out, "date.year");
    view_put_int(out, month);
    view_text(out, "date.month");
    view_put_int(out, mday);
    view_text(out, "date.day");
}

void view_date_short(struct out *out, i64 day)
{
    int year, month, mday;
    if (is_no_day(day)) {
        put_dash(out);
        return;
    }
    day_to_civil(day, &year, &month, &mday);
    view_padded(out, month, 2);
    buf_put_byte(out->buf, '-');
    view_padded(out, mday, 2);
}

void view_date_iso(struct out *out, i64 day)
{
    int year, month, mday;
    if (is_no_day(day))
        return;
    day_to_civil(day, &year, &month, &mday);
    view_padded(out, year, 4);
    buf_put_byte(out->buf, '-');
    view_padded(out, month, 2);
    buf_put_byte(out->buf, '-');
    view_padded(out, mday, 2);
}

void view_datetime(struct out *out, i64 ms)
{
    if (ms == 0) {
        put_dash(out);
        return;
    }
    i64 day = day_of_ms(ms), minutes = (ms - day_start_ms(day)) / 60000;
    view_date(out, day);
    buf_put_byte(out->buf, ' ');
    view_padded(out, minutes / 60, 2);
    buf_put_byte(out->buf, ':');
    view_padded(out, minutes % 60, 2);
}

i64 view_today(const struct out *out)
{
    return day_of_ms(out->page->now_ms);
}

void view_days_left(struct out *out, i64 due_on)
{
    i64 days = due_on - view_today(out);
    if (is_no_day(due_on)) {
        put_dash(out);
        return;
    }
    if (days == 0) {
        view_text(out, "days.today");
        return;
    }
    str words = text_find(days > 0 ? "days.left" : "days.late");
    i64 at = str_find(words, str_of("{0}"), 0);
    if (at < 0)
        at = (i64)words.len;
    buf_put_html(out->buf, str_sub(words, 0, (size_t)at));
    view_put_i64(out, days > 0 ? days : -days);
    buf_put_html(out->buf, str_sub(words, (size_t)at + 3, words.len));
}

str view_fault_of(const struct out *out, str field)
{
    for (const struct view_fault *f = out->page->faults; f && f->words.ptr; f++)
        if (str_eq(f->field, field))
            return f->words;
    return (str){ "", 0 };
}

str view_value(const struct out *out, str field, str stored)
{
    if (!out->page->faulty)
        return stored;
    for (size_t i = 0; i < out->page->typed_count; i++)
        if (str_eq(out->page->typed[i].field, field))
            return out->page->typed[i].value;
    return (str){ "", 0 };
}

bool view_is_on(const struct out *out, str field, str value, bool stored)
{
    if (!out->page->faulty)
        return stored;
    for (size_t i = 0; i < out->page->typed_count; i++)
        if (str_eq(out->page->typed[i].field, field) && str_eq(out->page->typed[i].value, value))
            return true;
    return false;
}

str view_tone_icon(const char *tone)
{
    static const char *const ICONS[][2] = { { "ok", "circle-check" },
                                            { "warn", "clock" },
                                            { "bad", "alert-triangle" },
                                            { "info", "info-circle" } };
    for (size_t i = 0; i < sizeof ICONS / sizeof *ICONS; i++)
        if (!strcmp(tone, ICONS[i][0]))
            return str_of(ICONS[i][1]);
    return str_of("");
}

bool view_is_faulty(const struct out *out, str field)
{
    return view_fault_of(out, field).len > 0;
}

bool view_is_chosen(const struct out *out, const struct view_field *f, const struct view_choice *c)
{
    bool stored = c->chosen || (f->value.len && str_eq(c->value, f->value));
    return view_is_on(out, f->name, c->value, stored);
}

size_t view_group_end(const struct view_field *f, size_t from)
{
    size_t end = from;
    while (end < f->count && str_eq(f->choices[end].hint, f->choices[from].hint))
        end++;
    return end;
}

i64 view_group_chosen(const struct out *out, const struct view_field *f, size_t from)
{
    i64 chosen = 0;
    for (size_t i = from; i < view_group_end(f, from); i++)
        chosen += view_is_chosen(out, f, &f->choices[i]);
    return chosen;
}
