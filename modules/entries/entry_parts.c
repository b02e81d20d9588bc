/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What pages of this module and of others say of a row: its tags in words, where its record is
 * read, and whether rq's actor may read its title. */
#include "modules/entries/entry_store.h"
#include "modules/proposals/proposal.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

static str tag_word(struct rq *rq, str tag)
{
    static const char CLASS[] = "class_", LEAVE[] = "leave_";
    if (str_starts(tag, str_of(CLASS)))
        return text_format(rq->mem, "entries.class",
                           proposal_class(rq, str_sub(tag, sizeof CLASS - 1, tag.len), 0),
                           str_of(""));
    if (str_starts(tag, str_of(LEAVE)))
        return dictionary_label(rq, "meetings.leave_kinds",
                                str_sub(tag, sizeof LEAVE - 1, tag.len));
    if (dictionary_has(rq, "outcomes.instruction_levels", tag))
        return dictionary_label(rq, "outcomes.instruction_levels", tag);
    return text_label("entries.tag", tag);
}

static bool has_tag(str tags, const char *name)
{
    str tag;
    while (str_split(&tags, ' ', &tag))
        if (str_is(tag, name))
            return true;
    return false;
}

/* "first" and "joint" say that it was shared, or "composite" does; of what a body hands in
 * "collective" says which of both. "main" is for rules alone. */
static bool is_said(str tag, bool collective)
{
    bool part = str_is(tag, "first") || str_is(tag, "joint");
    return str_is(tag, "shared") || str_is(tag, "main") || (collective && part);
}

str entry_tags_words(struct rq *rq, const struct entry_row *e)
{
    str rest = e->tags, tag;
    str words = str_of("");
    bool collective = has_tag(e->tags, "collective");
    while (str_split(&rest, ' ', &tag)) {
        if (is_said(tag, collective))
            continue;
        str word = !str_is(tag, "collective")  ? tag_word(rq, tag)
                   : has_tag(e->tags, "first") ? text_find("entries.drafter")
                                               : text_find("entries.contributor");
        words = words.len ? text_format(rq->mem, "entries.tags_two", words, word) : word;
    }
    return words;
}

/* A page that rq's actor has: his own things, or those that the office reads. */
str entry_url(struct rq *rq, const struct entry_row *e)
{
    bool own = rq->actor->member_id && e->member_id == rq->actor->member_id;
    const char *may = arena_printf(rq->mem, "%.*s.read", (int)e->source.len, e->source.ptr).ptr;
    if (permission_number(may) < 0 || !actor_may(rq->actor, may) ||
        (!own && actor_scope(rq->actor, may) != SCOPE_ORG))
        return str_of("");
    return arena_printf(rq->mem, "/%.*s/%lld", (int)e->source.len, e->source.ptr,
                        (long long)e->source_id);
}

str entry_recorder(const struct entry_row *e)
{
    if (e->recorded_name.len)
        return e->recorded_name;
    if (str_is(e->source, "proposals") || str_is(e->source, "opinions"))
        return text_label("entries.office", e->source);
    return text_find("entries.by_itself");
}

bool entry_may_read_title(struct rq *rq, const struct entry_row *e)
{
    bool own = rq->actor->member_id && e->member_id == rq->actor->member_id;
    return own || (actor_may(rq->actor, "entries.manage") && !str_is(e->source, "opinions"));
}

/* Results of one kind are told apart by this tag. */
static str grade_of(struct rq *rq, str tags)
{
    str tag;
    while (str_split(&tags, ' ', &tag))
        if (str_starts(tag, str_of("class_")) ||
            dictionary_has(rq, "outcomes.instruction_levels", tag))
            return tag_word(rq, tag);
    return str_of("");
}

err entry_list_told(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out)
{
    const struct entry_days days = { member_id, from_on, to_on };
    struct rows rows;
    TRY(entry_store_list_member(rq->db, &days, rq->mem, &rows));
    const struct entry_row *all = rows.items;
    struct entry_told *told = arena_array(rq->mem, rows.count + 1, sizeof *told);
    size_t n = 0;
    for (size_t i = rows.count; i-- > 0;) {
        const struct entry_row *e = &all[i];
        if (!str_is(e->state, "live"))
            continue;
        told[n++] = (struct entry_told){ e->id,
                                         e->happened_on,
                                         e->quantity,
                                         e->people,
                                         e->source_id,
                                         e->kind,
                                         e->label,
                                         e->source,
                                         e->number,
                                         entry_may_read_title(rq, e) ? e->title : str_of(""),
                                         entry_tags_words(rq, e),
                                         grade_of(rq, e->tags),
                                         entry_url(rq, e),
                                         entry_is_outcome(e->kind) };
    }
    *out = (struct rows){ told, n, sizeof *told };
    return OK;
}

err entry_words(struct rq *rq, i64 id, struct entry_words *out)
{
    struct entry_row e = { 0 };
    TRY(list_find(rq, &ENTRY_LIST, id, &e)); /* his to see? */
    TRY(entry_store_find(rq->db, id, rq->mem, &e));
    if (!entry_may_read_title(rq, &e))
        e.title = str_of("");
    *out = (struct entry_words){ e.member_id, e.happened_on,     e.label, e.number,
                                 e.title,     entry_url(rq, &e), e.state };
    return OK;
}
