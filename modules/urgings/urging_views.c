/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Small answers for views: looks and words by code. */
#include "modules/urgings/urging_views.h"
#include "platform/text/texts.h"

const char *urging_tone(str state)
{
    const struct flow_state *found = flow_state_find(&URGINGS_FLOW, state);
    return found ? found->tone : "idle";
}

bool urging_is_possible(const struct late_thing *one)
{
    bool kind = str_is(one->flow, "assignments") || str_is(one->flow, "promises");
    return kind && one->row.agency_id > 0 && !str_is(one->row.stage, "decide");
}

/* Who was told by whom, or what the clock said. */
str reminder_words(struct arena *mem, const struct reminder *r)
{
    str told = r->told;
    if (str_is(r->kind, "house"))
        return told.len ? text_format(mem, "urgings.by_clock", told, r->text) : r->text;
    const char *key = str_is(r->kind, "member") ? "urgings.by_proposer" : "urgings.by_office";
    str words = text_format(mem, key, told, r->sent_name);
    return r->text.len ? text_format(mem, "urgings.verb_and_words", words, r->text) : words;
}
