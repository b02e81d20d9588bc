/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Buses and meals as lines that the office writes: "7:30 place", "12-3 lunch place". Pure: no
 * request, no database. */
#include "modules/provisions/provision.h"

#include "platform/base/str.h"
#include "platform/text/texts.h"

#define WIDE_COLON "\uff1a"
#define WIDE_BLANK "\u3000"
#define MONTH      "\u6708"
#define DAY        "\u65e5"

/* How far off the meeting's days something may be: who comes from far comes the day before. */
enum { SPARE_DAYS = 3, PLACE_MAX = 40, TEXT_MAX = 8000 };

static const char *const KINDS[PROVISION_KINDS] = { "there", "back", "meal" };
static const char *const MEALS[] = { "breakfast", "lunch", "dinner" };

const char *provision_kind_name(enum provision_kind kind)
{
    return KINDS[kind];
}

/* ---- reading ---- */

/* The next word of a line; false = there is none. */
static bool word_take(str *rest, str *word)
{
    *rest = str_trim(*rest);
    i64 blank = str_find(*rest, str_of(" "), 0), wide = str_find(*rest, str_of(WIDE_BLANK), 0);
    i64 end = blank < 0 || (wide >= 0 && wide < blank) ? wide : blank;
    *word = end < 0 ? *rest : str_sub(*rest, 0, (size_t)end);
    *rest = str_trim(str_sub(*rest, word->len, rest->len));
    return word->len > 0;
}

/* Two numbers with one of the separators between them, and `tail` behind, which may be missing. */
static bool pair_read(str word, const char *const *separators, const char *tail, i64 pair[2])
{
    for (; *separators; separators++) {
        i64 at = str_find(word, str_of(*separators), 0);
        if (at <= 0)
            continue;
        str left = str_sub(word, 0, (size_t)at);
        str right = str_sub(word, (size_t)at + strlen(*separators), word.len);
        if (str_ends(right, str_of(tail)))
            right.len -= strlen(tail);
        return str_to_i64(left, &pair[0]) && str_to_i64(right, &pair[1]) && left.len <= 2 &&
               right.len <= 2;
    }
    return false;
}

static bool is_near(i64 day, const struct provision_days *days)
{
    return day >= days->from_on - SPARE_DAYS && day <= days->to_on + SPARE_DAYS;
}

/* A day without a year is that near the meeting; one that is far off stays so, for the fault. */
static bool day_read(str word, const struct provision_days *days, i64 *out)
{
    static const char *const SEPARATORS[] = { MONTH, "-", "/", NULL };
    i64 pair[2];
    if (day_parse(word, out))
        return true;
    if (!pair_read(word, SEPARATORS, DAY, pair))
        return false;
    int year, month, mday;
    bool found = false;
    day_to_civil(days->from_on, &year, &month, &mday);
    for (int y = year - 1; y <= year + 1; y++) {
        i64 day = day_from_civil(y, (int)pair[0], (int)pair[1]);
        if (day == DAY_NONE)
            continue; /* 29 February is not in every year */
        found = true;
        *out = day;
        if (is_near(day, days))
            break;
    }
    return found;
}

static bool minute_read(str word, i64 *out)
{
    static const char *const SEPARATORS[] = { ":", WIDE_COLON, NULL };
    i64 pair[2];
    if (!pair_read(word, SEPARATORS, "", pair) || pair[0] < 0 || pair[0] > 23 || pair[1] < 0 ||
        pair[1] > 59)
        return false;
    *out = pair[0] * 60 + pair[1];
    return true;
}

static bool meal_read(str word, str *out)
{
    static const char *const WORDS[] = { "provisions.words.breakfast", "provisions.words.lunch",
                                         "provisions.words.dinner" };
    for (size_t i = 0; i < sizeof MEALS / sizeof *MEALS; i++)
        if (str_has_word(text_find(WORDS[i]), word)) {
            *out = str_of(MEALS[i]);
            return true;
        }
    return false;
}

/* The day of a line that names none. */
static bool day_of(enum provision_kind kind, const struct provision_days *days, i64 *out)
{
    *out = kind == PROVISION_BACK ? days->to_on : days->from_on;
    return kind != PROVISION_MEAL || days->from_on == days->to_on;
}

static const char *line_read(enum provision_kind kind, str line, const struct provision_days *days,
                             struct provision_item *out)
{
    const char *wrong = kind == PROVISION_MEAL ? "provisions.meal_wrong" : "provisions.bus_wrong";
    str rest = line, word;
    *out = (struct provision_item){ .kind = str_of(KINDS[kind]) };
    if (!word_take(&rest, &word))
        return wrong;
    if (day_read(word, days, &out->held_on)) {
        if (!word_take(&rest, &word))
            return wrong;
    } else if (!day_of(kind, days, &out->held_on))
        return "provisions.day_missing";
    if (kind == PROVISION_MEAL ? !meal_read(word, &out->meal) : !minute_read(word, &out->minute))
        return wrong;
    if (!is_near(out->held_on, days))
        return "provisions.day_far";
    out->place = rest;
    if (str_chars(rest) > PLACE_MAX)
        return "provisions.place_long";
    return rest.len || kind == PROVISION_MEAL ? NULL : wrong;
}

/* Two meals of one kind on a day are one too many; so are two buses that leave alike. */
static bool is_there(const struct provision_lines *lines, const struct provision_item *item)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct provision_item *x = &lines->items[i];
        if (x->held_on == item->held_on && x->minute == item->minute &&
            str_eq(x->meal, item->meal) && (item->meal.len || str_eq(x->place, item->place)))
            return true;
    }
    return false;
}

const char *provision_lines_read(enum provision_kind kind, str text,
                                 const struct provision_days *days, struct provision_lines *out,
                                 i64 *at)
{
    str rest = text, part;
    out->count = 0;
    *at = 0;
    while (str_split(&rest, '\n', &part)) {
        struct provision_item item;
        (*at)++;
        part = str_trim(part);
        if (part.len == 0)
            continue;
        const char *fault = line_read(kind, part, days, &item);
        if (fault)
            return fault;
        if (is_there(out, &item))
            return "provisions.line_twice";
        if (out->count == PROVISION_LINES_MAX)
            return "provisions.lines_many";
        out->items[out->count++] = item;
    }
    return NULL;
}

/* ---- words ---- */

str provision_time_words(struct arena *mem, i64 minute)
{
    return arena_printf(mem, "%lld:%02lld", (long long)(minute / 60), (long long)(minute % 60));
}

str provision_day_words(struct arena *mem, i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    return text_format(mem, "provisions.day", str_number(mem, month), str_number(mem, mday));
}

/* Meal or time, and place. */
static str rest_words(struct arena *mem, const struct provision_item *item)
{
    str what = item->meal.len ? text_label("choices.meal", item->meal)
                              : provision_time_words(mem, item->minute);
    return item->place.len ? text_format(mem, "provisions.item", what, item->place) : what;
}

str provision_item_words(struct arena *mem, const struct provision_item *item)
{
    return text_format(mem, "provisions.item", provision_day_words(mem, item->held_on),
                       rest_words(mem, item));
}

str provision_ride_words(struct arena *mem, const struct provision_item *bus)
{
    return text_format(mem, "provisions.ride", text_label("choices.ride", bus->kind),
                       provision_day_words(mem, bus->held_on));
}

str provision_declined_words(struct arena *mem, const struct provision_item *bus)
{
    return text_format(mem, "provisions.declined", provision_ride_words(mem, bus), str_of(""));
}

str provision_lines_write(struct arena *mem, enum provision_kind kind, const struct rows *items,
                          const struct provision_days *days)
{
    struct buf *b = buf_new(mem, TEXT_MAX);
    const struct provision_item *all = items->items;
    for (size_t i = 0; i < items->count; i++) {
        i64 day;
        if (!str_is(all[i].kind, KINDS[kind]))
            continue;
        bool alone = day_of(kind, days, &day) && day == all[i].held_on;
        buf_add(b, alone ? rest_words(mem, &all[i]) : provision_item_words(mem, &all[i]));
        buf_put(b, "\n");
    }
    return str_trim(buf_str(b));
}
