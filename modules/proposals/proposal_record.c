/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Proposals that come in lists, or from the demo: added once, later updated, never doubled
 * (proposal.h, proposal_save_record). How a list is read is in modules/transfers. */
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_kinds.h"
#include "modules/proposals/proposal_rules.h"
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

static err check(struct rq *rq, const struct proposal_record *r)
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
static str kind_of(struct rq *rq, const struct proposal_record *r)
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

/* The only member of that name, else a name without a person. */
static err signer_make(struct rq *rq, const struct proposal *p, str name, struct proposer *out)
{
    struct rows rows = { 0 };
    *out = (struct proposer){ .name = name,
                              .asked_at = p->submitted_at,
                              .answered_at = p->submitted_at };
    if (is_persons(p->kind))
        TRY(member_list_by_name(rq, name, &rows));
    if (rows.count != 1)
        return OK;
    const struct member *m = rows.items;
    out->person_id = m->person_id;
    out->contact = m->employer;
    return OK;
}

static err signers_make(struct rq *rq, const struct proposal_record *r, struct proposal *p,
                        struct rows *out)
{
    struct proposer *all = arena_array(rq->mem, r->proposers.count, sizeof *all);
    *out = (struct rows){ all, r->proposers.count, sizeof *all };
    for (size_t i = 0; i < r->proposers.count; i++) {
        TRY(signer_make(rq, p, r->proposers.items[i], &all[i]));
        all[i].rank = (i64)i + 1;
    }
    p->proposer_name = r->proposers.count ? all[0].name : str_of("");
    p->lead_person_id = r->proposers.count ? all[0].person_id : 0;
    p->signer_count = r->signer_count ? r->signer_count : (i64)r->proposers.count;
    return OK;
}

static err sector_store(struct rq *rq, const struct proposal *p)
{
    struct proposal_author author = { .body = { .kind = p->kind, .name = p->proposer_name } };
    if (p->lead_person_id)
        TRY(member_find_by_person(rq, p->lead_person_id, &author.lead));
    return proposal_store_set_sector(rq->db, p->id, p->version, proposal_sector(&author));
}

static err parts_store(struct rq *rq, const struct proposal_record *r, struct proposal *p,
                       const struct rows *signers)
{
    const struct proposer *all = signers->items;
    TRY(proposal_store_remove_proposers(rq->db, p->id));
    for (size_t i = 0; i < signers->count; i++)
        TRY(proposal_store_add_proposer(rq->db, p->id, &all[i]));
    TRY(sector_store(rq, p));
    TRY(proposal_store_replace_suggestions(rq->db, p->id, &r->suggestions));
    TRY(proposal_index(rq, p, &r->suggestions));
    return proposal_keep_version(rq, p, &r->suggestions, "import");
}

/* ---- adding ---- */

static void take(struct rq *rq, const struct proposal_record *r, struct proposal *p)
{
    p->kind = kind_of(rq, r);
    p->title = r->title;
    p->situation = r->situation;
    p->analysis = r->analysis;
    p->research = r->research;
    p->researched = r->research.len > 0;
    p->category = r->category;
    p->consent = r->consent;
    p->consent_reason = r->consent_reason;
    p->updated_at = rq->now_ms;
}

static err digest_store(struct rq *rq, const struct proposal_record *r, const struct proposal *p,
                        struct proposal_change *change)
{
    change->id = p->id;
    change->due_on = -1;
    change->digest = proposal_digest(rq->mem, p, &r->suggestions);
    return proposal_store_change(rq->db, change);
}

static err add(struct rq *rq, const struct proposal_record *r, i64 *id)
{
    struct session session;
    struct rows signers;
    i64 at = r->submitted_at ? r->submitted_at : rq->now_ms;
    struct proposal p = { .state = str_of("submitted"),
                          .submitted_at = at,
                          .created_at = at,
                          .created_by = 0, /* nobody's draft: it came in a list */
                          .source = r->source,
                          .source_id = r->source_id,
                          .version = 1 };
    struct proposal_change change = { .submitted_at = at };
    TRY(session_on(rq, day_of_ms(at), &session));
    p.session_id = session.id;
    p.timing = str_of(session_timing(&session, day_of_ms(at)));
    take(rq, r, &p);
    TRY(signers_make(rq, r, &p, &signers));
    TRY(proposal_store_add(rq->db, &p, &p.id));
    TRY(proposal_store_next_serial(rq->db, session.id, &change.serial));
    change.receipt = proposal_receipt_digest(rq, proposal_receipt(rq, &p));
    TRY(digest_store(rq, r, &p, &change));
    TRY(parts_store(rq, r, &p, &signers));
    *id = p.id;
    struct flow_subject subject = {
        .id = p.id, .version = p.version, .state = p.state, .title = p.title, .row = &p
    };
    p.serial = change.serial;
    subject.number = proposal_number(rq, &p);
    return flow_begin_quiet(rq, &PROPOSALS_FLOW, &subject);
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

static err is_unchanged(struct rq *rq, const struct proposal_record *r, const struct proposal *p,
                        const struct proposal *new, bool *out)
{
    strs suggestions, names = { 0 };
    struct rows rows;
    *out = false;
    if (!is_same(p, new))
        return OK;
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &suggestions));
    TRY(proposal_store_list_proposers(rq->db, p->id, rq->mem, &rows));
    const struct proposer *signers = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        strs_add(rq->mem, &names, signers[i].name);
    *out = is_same_texts(&suggestions, &r->suggestions) && is_same_texts(&names, &r->proposers);
    return OK;
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

static err update(struct rq *rq, const struct proposal_record *r, struct proposal *p, char *result)
{
    struct proposal new = *p;
    struct proposal_change change = { 0 };
    struct rows signers;
    bool unchanged = false;
    if (r->submitted_at && year_of(r->submitted_at) != year_of(p->submitted_at))
        return err_make_with(ERR_CONFLICT, "proposals.other_year", r->source_id, str_of(""));
    take(rq, r, &new);
    new.category = p->docketed_at ? p->category : new.category; /* the reviewer has chosen */
    TRY(signers_make(rq, r, &new, &signers));
    TRY(is_unchanged(rq, r, p, &new, &unchanged));
    *result = unchanged ? '=' : 'u';
    if (unchanged)
        return OK;
    if (!is_open(p))
        return err_make_with(ERR_CONFLICT, "proposals.under_way", r->source_id,
                             text_label("states.proposals", p->state));
    TRY(proposal_store_update_text(rq->db, &new));
    new.version++;
    TRY(digest_store(rq, r, &new, &change));
    return parts_store(rq, r, &new, &signers);
}

err proposal_save_record(struct rq *rq, const struct proposal_record *record, i64 *id, char *result)
{
    struct proposal p;
    *id = 0;
    TRY(check(rq, record));
    err e = record->source_id.len
                ? proposal_store_find_by_source(rq->db, record->source, record->source_id, id)
                : err_make(ERR_NOT_FOUND, "db.no_row");
    if (e.code == ERR_NOT_FOUND) {
        *result = 'c';
        return add(rq, record, id);
    }
    TRY(e);
    TRY(proposal_store_find(rq->db, *id, rq->mem, &p));
    return update(rq, record, &p, result);
}
