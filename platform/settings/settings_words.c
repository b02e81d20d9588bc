/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A setting and its value in words, for pages, notices and errors. */
#include "platform/settings/settings.h"
#include "platform/settings/settings_internal.h"
#include "platform/text/texts.h"

enum { WORDS_MAX = 60 };

str setting_word(struct rq *rq, const struct setting *setting, const char *end)
{
    const char *name =
        arena_cstr(rq->mem, arena_printf(rq->mem, "settings.%s%s", setting->name, end));
    return text_has(name) ? text_find(name) : (str){ "", 0 };
}

str setting_label(struct rq *rq, const struct setting *setting)
{
    str label = setting_word(rq, setting, "");
    return label.len > 0 ? label : str_of(setting->name);
}

str setting_words(struct rq *rq, const struct setting *setting, str value)
{
    int month = 0, mday = 0;
    switch (setting->type) {
    case SETTING_BOOL:
        return text_find(str_is(value, "1") ? "settings.yes" : "settings.no");
    case SETTING_NUMBER: {
        if (!setting->unit)
            return value;
        str unit = text_label("units", str_of(setting->unit));
        return arena_printf(rq->mem, "%.*s %.*s", (int)value.len, value.ptr, (int)unit.len,
                            unit.ptr);
    }
    case SETTING_CHOICE:
        return text_label(arena_cstr(rq->mem, arena_printf(rq->mem, "settings.%s", setting->name)),
                          value);
    case SETTING_MONTH_DAY:
        return setting_month_day(value, &month, &mday)
                   ? text_format(rq->mem, "settings.month_day", arena_printf(rq->mem, "%d", month),
                                 arena_printf(rq->mem, "%d", mday))
                   : text_find("settings.no_day");
    case SETTING_TEXT:
        return value.len > 0 ? str_cut_chars(value, WORDS_MAX) : text_find("settings.empty");
    }
    return value;
}
