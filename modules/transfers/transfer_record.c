/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Proposals that come in lists: added once, later updated, never doubled (transfer_record.h). How a
 * list is read: transfer_import.c; how a whole one is stored: modules/proposals. */
#include "modules/transfers/transfer_record.h"

#include "modules/members/member.h"
#include "modules/proposals/proposal_whole.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"

enum { TITLE_MAX = 500, PART_MAX = 100000, PERSON_NAME_MAX = 4 };

/* ---- judging ---- */

static void check_text(struct rq *rq, const char *field, str text, i64 max)
{
    str limit = arena_printf(rq->mem, "%lld", (long long)max);
    if (!str_is_utf8(text))
        rq_fault(rq, field, "form.not_text", str_of(""), str_of(""));
    else if (str_chars(text) > max)
        rq_fault(rq, field, "form.too_long", limit,
                 arena_printf(rq->mem, "%lld", (long long)str_chars(text)));
}

err transfer_check_record(struct rq *rq, const struct transfer_record *r)
{
    if (r->title.len == 0)
        rq_fault(rq, "title", "form.required", str_of(""), str_of(""));
    check_text(rq, "title", r->title, TITLE_MAX);
    check_text(rq, "situation", r->situation, PART_MAX);
    check_text(rq, "analysis", r->analysis, PART_MAX);
    check_text(rq, "research", r->research, PART_MAX);
    for (size_t i = 0; i < r->suggestions.count; i++)
        check_text(rq, "suggestions", r->suggestions.items[i], PART_MAX);
    if (r->submitted_at > rq->now_ms)
        rq_fault(rq, "submitted_at", "proposals.import_future", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- kind ---- */

/* Whether a text holds one of the words "a|b|c" of a text key; a word that begins with $ must end
 * the text. */
static bool has_word(struct rq *rq, str text, const char *key)
{
    str rest = text_find(key), word;
    str folded = fold_text(rq->mem, text);
    while (str_split(&rest, '|', &word)) {
        bool at_end = word.len && word.ptr[0] == '$';
        word = fold_text(rq->mem, at_end ? str_sub(word, 1, word.len) : word);
        if (word.len && (at_end ? str_ends(folded, word) : str_find(folded, word, 0) >= 0))
            return true;
    }
    return false;
}

/* A body's kind by its name; a person's is personal, several are joint. */
static str kind_of(struct rq *rq, const struct transfer_record *r)
{
    static const char *const BODIES[] = { "committee", "democratic", "association",
                                          "sector",    "group",      "township" };
    str name = r->proposers.count ? r->proposers.items[0] : str_of("");
    if (r->kind.len)
        return r->kind;
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++)
        if (str_chars(name) > PERSON_NAME_MAX &&
            has_word(rq, name, arena_printf(rq->mem, "proposals.kind_words.%s", BODIES[i]).ptr))
            return str_of(BODIES[i]);
    return str_of(r->proposers.count > 1 || r->signer_count > 1 ? "joint" : "personal");
}

static bool is_persons(str kind)
{
    return str_is(kind, "personal") || str_is(kind, "joint");
}

/* ---- signers ---- */

/* Of several of a name, or of any time, who was a member on that day. */
static err keep_serving(struct rq *rq, i64 on, struct rows *members)
{
    struct member *all = members->items;
    size_t kept = 0;
    for (size_t i = 0; i < members->count; i++) {
        bool serving = false;
        TRY(member_is_serving(rq, all[i].id, on, &serving));
        if (serving)
            all[kept++] = all[i];
    }
    members->count = kept;
    return OK;
}

/* The only member of that name, else a name without a person. */
static err signer_make(struct rq *rq, const struct transfer_record *r, const struct proposal *p,
                       struct proposer *out)
{
    struct rows rows = { 0 };
    if (is_persons(p->kind))
        TRY(member_list_by_name(rq, out->name, &rows));
    if (r->served_on)
        TRY(keep_serving(rq, r->served_on, &rows));
    if (rows.count != 1)
        return OK;
    const struct member *m = rows.items;
    out->person_id = m->person_id;
    out->contact = r->served_on ? str_of("") : m->employer; /* today's is not that of then */
    return OK;
}

static err signers_make(struct rq *rq, const struct transfer_record *r, struct proposal *p,
                        struct rows *out)
{
    struct proposer *all = arena_array(rq->mem, r->proposers.count, sizeof *all);
    *out = (struct rows){ all, r->proposers.count, sizeof *all };
    for (size_t i = 0; i < r->proposers.count; i++) {
        all[i] = (struct proposer){ .rank = (i64)i + 1,
                                    .name = r->proposers.items[i],
                                    .asked_at = p->submitted_at,
                                    .answered_at = p->submitted_at };
        TRY(signer_make(rq, r, p, &all[i]));
    }
    p->proposer_name = r->proposers.count ? all[0].name : str_of("");
    p->lead_person_id = r->proposers.count ? all[0].person_id : 0;
    p->signer_count = r->signer_count ? r->signer_count : (i64)r->proposers.count;
    return OK;
}

/* ---- adding ---- */

err transfer_take_record(struct rq *rq, const struct transfer_record *r,
                         struct proposal_whole *whole)
{
    struct proposal *p = &whole->row;
    p->kind = kind_of(rq, r);
    p->title = r->title;
    p->situation = r->situation;
    p->analysis = r->analysis;
    p->research = r->research;
    p->researched = r->research.len > 0;
    p->category = r->category;
    p->consent = r->consent;
    p->consent_reason = r->consent_reason;
    whole->suggestions = r->suggestions;
    return signers_make(rq, r, p, &whole->signers);
}

static err add(struct rq *rq, const struct transfer_record *r, i64 *id)
{
    struct proposal_whole whole = { .row = { .submitted_at =
                                                 r->submitted_at ? r->submitted_at : rq->now_ms,
                                             .source = r->source,
                                             .source_id = r->source_id } };
    TRY(transfer_take_record(rq, r, &whole));
    TRY(proposal_add_whole(rq, &whole));
    *id = whole.row.id;
    return OK;
}

/* ---- updating ---- */

static bool is_same_texts(const strs *a, const strs *b)
{
    for (size_t i = 0; i < a->count && a->count == b->count; i++)
        if (!str_eq(a->items[i], b->items[i]))
            return false;
    return a->count == b->count;
}

static bool is_same(const struct proposal *p, const struct proposal *new)
{
    return str_eq(p->title, new->title) && str_eq(p->situation, new->situation) &&
           str_eq(p->analysis, new->analysis) && str_eq(p->research, new->research) &&
           str_eq(p->kind, new->kind) && str_eq(p->category, new->category) &&
           str_eq(p->consent, new->consent) && str_eq(p->consent_reason, new->consent_reason) &&
           p->signer_count == new->signer_count;
}

static bool is_unchanged(struct rq *rq, const struct proposal_whole *old,
                         const struct proposal_whole *new)
{
    strs names = { 0 }, before = { 0 };
    const struct proposer *was = old->signers.items, *is = new->signers.items;
    for (size_t i = 0; i < old->signers.count; i++)
        strs_add(rq->mem, &before, was[i].name);
    for (size_t i = 0; i < new->signers.count; i++)
        strs_add(rq->mem, &names, is[i].name);
    return is_same(&old->row, &new->row) && is_same_texts(&old->suggestions, &new->suggestions) &&
           is_same_texts(&before, &names);
}

static int year_of(i64 ms)
{
    int year, month, day;
    day_to_civil(day_of_ms(ms), &year, &month, &day);
    return year;
}

/* Only what nobody has decided on yet may change. */
static bool is_open(const struct proposal *p)
{
    static const char *const OPEN[] = { "draft", "submitted", "revising", "screened" };
    for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN; i++)
        if (str_is(p->state, OPEN[i]))
            return true;
    return false;
}

static err update(struct rq *rq, const struct transfer_record *r, const struct proposal_whole *old,
                  char *result)
{
    struct proposal_whole new = *old;
    const struct proposal *p = &old->row;
    if (r->submitted_at && year_of(r->submitted_at) != year_of(p->submitted_at))
        return err_make_with(ERR_CONFLICT, "proposals.other_year", r->source_id, str_of(""));
    TRY(transfer_take_record(rq, r, &new));
    if (p->docketed_at)
        new.row.category = p->category; /* the reviewer has chosen */
    bool unchanged = is_unchanged(rq, old, &new);
    *result = unchanged ? '=' : 'u';
    if (unchanged)
        return OK;
    if (!is_open(p))
        return err_make_with(ERR_CONFLICT, "proposals.under_way", r->source_id,
                             text_label("states.proposals", p->state));
    return proposal_update_whole(rq, &new);
}

err transfer_save_record(struct rq *rq, const struct transfer_record *record, i64 *id, char *result)
{
    struct proposal_whole whole = { 0 };
    *id = 0;
    TRY(transfer_check_record(rq, record));
    err e = record->source_id.len
                ? proposal_find_whole(rq, record->source, record->source_id, &whole)
                : err_make(ERR_NOT_FOUND, "proposals.not_found");
    if (e.code == ERR_NOT_FOUND) {
        *result = 'c';
        return add(rq, record, id);
    }
    TRY(e);
    *id = whole.row.id;
    return update(rq, record, &whole, result);
}
