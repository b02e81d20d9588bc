/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How lists of proposals are read: fields with their known headers (words in text/zh.txt). Texts
 * that came in one piece are cut by modules/drafts; storing is in modules/proposals; files,
 * headers, mappings, the page and the API are platform/files. */
#include "modules/transfers/transfer_import.h"

#include "modules/drafts/draft_cut.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal.h"
#include "modules/transfers/transfer_pages.h"
#include "modules/transfers/transfer_record.h"
#include "modules/transfers/transfer_record_forms.h"
#include "platform/files/import_page.h"
#include "platform/settings/settings.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"
#include "platform/text/tidy.h"

enum { DIGEST_SHOWN = 32 };

static const struct import_field FIELDS[] = {
    { "source_id", "proposals.header.source_id", false },
    { "number", "proposals.header.number", false },
    { "title", "proposals.header.title", true },
    { "proposers", "proposals.header.proposers", false },
    { "cosigners", "proposals.header.cosigners", false },
    { "signer_count", "proposals.header.signer_count", false },
    { "kind", "proposals.header.kind", false },
    { "category", "proposals.header.category", false },
    { "submitted_at", "proposals.header.submitted_at", false },
    { "body", "proposals.header.body", false },
    { "situation", "proposals.header.situation", false },
    { "analysis", "proposals.header.analysis", false },
    { "suggestions", "proposals.header.suggestions", false },
    { "research", "proposals.header.research", false },
    { "consent", "proposals.header.consent", false },
    { "consent_reason", "proposals.header.consent_reason", false },
    { 0 },
};

/* ---- codes ---- */

bool transfer_is_alike(struct arena *mem, str a, str b)
{
    return str_eq(fold_text(mem, str_trim(a)), fold_text(mem, str_trim(b)));
}

bool transfer_is_listed(struct arena *mem, str text, const char *key)
{
    str rest = text_has(key) ? text_find(key) : str_of(""), word;
    while (str_split(&rest, '|', &word))
        if (transfer_is_alike(mem, text, word))
            return true;
    return false;
}

/* The code of a category by code, label or a name that other sites use for it; empty when it means
 * nothing here: the reviewer chooses. */
static err category_of(struct rq *rq, str text, str *out)
{
    struct rows rows;
    *out = str_of("");
    if (text.len == 0)
        return OK;
    TRY(dictionary_list(rq, "proposals.categories", &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count && out->len == 0; i++)
        if (str_eq(all[i].code, text) || transfer_is_alike(rq->mem, all[i].label, text))
            *out = all[i].code;
    for (size_t i = 0; i < rows.count && out->len == 0; i++)
        if (transfer_is_listed(rq->mem, text,
                               arena_printf(rq->mem, "proposals.category_words.%.*s",
                                            (int)all[i].code.len, all[i].code.ptr)
                                   .ptr))
            *out = all[i].code;
    return OK;
}

/* The code of a kind by code, label or another word; empty: told by the proposer's name. */
static str kind_of(struct rq *rq, str text)
{
    static const char *const KINDS[] = { "personal", "joint", "democratic", "association",
                                         "sector",   "group", "committee",  "township" };
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS && text.len; i++) {
        const char *label = arena_printf(rq->mem, "proposals.kind.%s", KINDS[i]).ptr;
        if (str_is(text, KINDS[i]) || transfer_is_alike(rq->mem, text, text_find(label)))
            return str_of(KINDS[i]);
    }
    return str_of("");
}

static str consent_of(struct rq *rq, str text)
{
    if (str_is(text, "yes") || transfer_is_listed(rq->mem, text, "proposals.words.yes"))
        return str_of("yes");
    return str_is(text, "no") || transfer_is_listed(rq->mem, text, "proposals.words.no")
               ? str_of("no")
               : str_of("");
}

/* ---- one row ---- */

/* One line: breaks inside a cell become spaces. */
static str title_fold(struct arena *mem, str text)
{
    char *to = arena_zero(mem, text.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = text.ptr[i] == '\n' || text.ptr[i] == '\r' || text.ptr[i] == '\t';
        if (!blank || (n && to[n - 1] != ' '))
            to[n++] = blank ? ' ' : text.ptr[i];
    }
    return str_trim((str){ to, n });
}

/* "Name and 5 others" written as "NAME, N people": the name, and how many sign. */
static str name_cut(str name, i64 *signers)
{
    str before = text_find("proposals.others_before"), after = text_find("proposals.others_after");
    i64 at = str_find(name, before, 0), count;
    if (at <= 0 || !str_ends(name, after))
        return name;
    size_t digits = (size_t)at + before.len;
    if (!str_to_i64(str_sub(name, digits, name.len - after.len - digits), &count) || count < 1)
        return name;
    *signers = count;
    return str_trim(str_sub(name, 0, (size_t)at));
}

static void proposers_take(struct rq *rq, const struct import_row *row, struct transfer_record *r)
{
    strs names = import_names(rq->mem, import_value(row, "proposers"));
    strs others = import_names(rq->mem, import_value(row, "cosigners"));
    i64 count;
    for (size_t i = 0; i < names.count; i++)
        strs_add(rq->mem, &r->proposers, name_cut(names.items[i], &r->signer_count));
    for (size_t i = 0; i < others.count; i++)
        strs_add(rq->mem, &r->proposers, others.items[i]);
    if (str_to_i64(import_value(row, "signer_count"), &count) && count > (i64)r->proposers.count)
        r->signer_count = count;
}

/* The row's own id, else its number, else a digest of what it says: the same row is the same
 * proposal. */
static str source_id_of(struct rq *rq, const struct import_row *row)
{
    str id = import_value(row, "source_id"), number = import_value(row, "number");
    struct proposal p = { .title = import_value(row, "title"),
                          .situation = import_value(row, "body"),
                          .analysis = import_value(row, "situation"),
                          .research = import_value(row, "proposers") };
    strs none = { 0 };
    if (id.len || number.len)
        return id.len ? id : number;
    return str_sub(proposal_digest(rq->mem, &p, &none), 0, DIGEST_SHOWN);
}

static void texts_take(struct rq *rq, const struct import_row *row, struct transfer_record *r)
{
    struct draft_parts parts;
    str given = text_tidy(rq->mem, import_value(row, "suggestions"));
    str situation = text_tidy(rq->mem, import_value(row, "situation"));
    str analysis = text_tidy(rq->mem, import_value(row, "analysis"));
    draft_cut_body(text_tidy(rq->mem, import_value(row, "body")), &parts);
    r->situation = situation.len ? situation : parts.situation;
    r->analysis = analysis.len ? analysis : parts.analysis;
    r->suggestions = draft_cut_suggestions(rq->mem, given.len ? given : parts.suggestions);
}

err transfer_read_record(struct rq *rq, const struct import_row *row, struct transfer_record *out)
{
    *out = (struct transfer_record){ .title = title_fold(rq->mem, import_value(row, "title")),
                                     .research = text_tidy(rq->mem, import_value(row, "research")),
                                     .kind = kind_of(rq, import_value(row, "kind")),
                                     .consent = consent_of(rq, import_value(row, "consent")),
                                     .consent_reason = import_value(row, "consent_reason"),
                                     .source = row->source };
    texts_take(rq, row, out);
    proposers_take(rq, row, out);
    return category_of(rq, import_value(row, "category"), &out->category);
}

static err row_import(struct rq *rq, const struct import_row *row, char *result)
{
    struct transfer_record r;
    i64 id;
    TRY(transfer_read_record(rq, row, &r));
    r.source_id = source_id_of(rq, row);
    if (!import_time(import_value(row, "submitted_at"), &r.submitted_at))
        rq_fault(rq, "submitted_at", "form.not_a_day", str_of(""), str_of(""));
    return transfer_save_record(rq, &r, &id, result);
}

/* Every proposal is numbered in a session. */
static err ready(struct rq *rq)
{
    struct rows sessions;
    TRY(session_list(rq, &sessions));
    return sessions.count ? OK : err_make(ERR_INVALID, "proposals.import_no_session");
}

const struct import_kind TRANSFER_IMPORTS[] = {
    { .name = "proposals",
      .may = "proposals.import",
      .fields = FIELDS,
      .row = row_import,
      .ready = ready },
    { .name = "past",
      .may = "proposals.import",
      .fields = TRANSFER_PAST_FIELDS,
      .row = transfer_past_row },
    { .name = "steps",
      .may = "proposals.import",
      .fields = TRANSFER_STEP_FIELDS,
      .row = transfer_step_row },
    { 0 },
};

/* ---- the page ---- */

enum { PAGE_ROWS_MAX = 3000 };

static const struct import_page PAGE = { .kind = TRANSFER_IMPORTS,
                                         .home = "proposals",
                                         .below = page_transfer_links,
                                         .title = "proposals.page.import",
                                         .hint = "proposals.import_hint",
                                         .done = "proposals.imported",
                                         .act = "proposals.import",
                                         .keep = "proposal_imports",
                                         .most = PAGE_ROWS_MAX };

err page_transfer_import_form(struct rq *rq, struct res *res)
{
    return import_page_form(rq, res, &PAGE);
}

err page_transfer_import_receive(struct rq *rq, struct res *res)
{
    return import_page_receive(rq, res, &PAGE);
}

err page_transfer_import(struct rq *rq, struct res *res)
{
    return import_page_take(rq, res, &PAGE);
}

err api_transfer_import(struct rq *rq, struct res *res)
{
    return import_page_api(rq, res, &PAGE);
}
