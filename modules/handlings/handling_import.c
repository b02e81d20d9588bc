/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters from a list, for the page, the API and `huotang import letters FILE`: those of another
 * system or of years before, known again by source and number. One with an answer comes in as
 * finished (its history says when it was answered there), one without waits to be sorted. Who wrote
 * is not taken over. */
#include "modules/handlings/handling_pages.h"
#include "modules/handlings/handling_rules.h"
#include "modules/orgs/org.h"
#include "platform/files/import_page.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { TITLE_MAX = 60, BODY_MAX = 20000, REPLY_MAX = 20000 };

static const struct import_field FIELDS[] = {
    { "source_id", "handlings.import.source_id", false },
    { "title", "handlings.import.title", false },
    { "body", "handlings.import.body", true },
    { "time", "handlings.import.time", false },
    { "category", "handlings.import.category", false },
    { "area", "handlings.import.area", false },
    { "place", "handlings.import.place", false },
    { "reply", "handlings.import.reply", false },
    { "reply_time", "handlings.import.reply_time", false },
    { "agency", "handlings.import.agency", false },
    { "verdict", "handlings.import.verdict", false },
    { 0 },
};

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

/* ---- one row as a letter ---- */

static void take_time(struct rq *rq, const struct import_row *row, const char *field, i64 *at)
{
    str text = import_value(row, field);
    if (text.len && !import_time(text, at))
        fault(rq, field, "handlings.bad_time", text);
    else if (text.len && *at > rq->now_ms)
        fault(rq, field, "handlings.future", text);
}

static err take_category(struct rq *rq, str text, str *out)
{
    struct rows rows;
    *out = str_of("");
    if (!text.len)
        return OK;
    TRY(dictionary_list(rq, "mailbox.categories", &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(text, all[i].code) || str_eq(text, all[i].label))
            *out = all[i].code;
    if (!out->len)
        fault(rq, "category", "handlings.bad_category", text);
    return OK;
}

static err take_area(struct rq *rq, str text, i64 *id)
{
    struct area area = { 0 };
    if (text.len)
        TRY(area_find_by_text(rq, text, &area));
    if (text.len && !area.id)
        fault(rq, "area", "areas.unknown", text);
    *id = area.id;
    return OK;
}

static void take_verdict(struct rq *rq, str text, str *out)
{
    static const char *const VERDICTS[] = { "solved", "partly", "unsolved" };
    *out = str_of("");
    for (size_t i = 0; i < sizeof VERDICTS / sizeof *VERDICTS; i++)
        if (str_is(text, VERDICTS[i]) ||
            str_eq(text, text_label("letters.verdict", str_of(VERDICTS[i]))))
            *out = str_of(VERDICTS[i]);
    if (text.len && !out->len)
        fault(rq, "verdict", "handlings.bad_verdict", text);
}

static void check_length(struct rq *rq, const char *field, str text, i64 most)
{
    if (str_chars(text) > most)
        fault(rq, field, "handlings.too_long", arena_printf(rq->mem, "%lld", (long long)most));
}

/* What a row says. */
struct said {
    struct letter_new new;
    str reply, agency, verdict;
    i64 replied_at;
};

static err read_row(struct rq *rq, const struct import_row *row, struct said *s)
{
    str title = import_value(row, "title");
    *s =
        (struct said){ .reply = import_value(row, "reply"), .agency = import_value(row, "agency") };
    s->new =
        (struct letter_new){ .lane = str_of("import"),
                             .kind = str_of("concern"),
                             .title = str_chars(title) > TITLE_MAX ? str_cut_chars(title, TITLE_MAX)
                                                                   : title,
                             .body = import_value(row, "body"),
                             .place = import_value(row, "place"),
                             .source = row->source,
                             .source_id = import_value(row, "source_id"),
                             .quiet = true };
    check_length(rq, "body", s->new.body, BODY_MAX);
    check_length(rq, "reply", s->reply, REPLY_MAX);
    check_length(rq, "place", s->new.place, TITLE_MAX);
    take_time(rq, row, "time", &s->new.received_at);
    take_time(rq, row, "reply_time", &s->replied_at);
    if (s->reply.len && s->replied_at < s->new.received_at)
        fault(rq, "reply_time", "handlings.reply_before", str_of(""));
    take_verdict(rq, import_value(row, "verdict"), &s->verdict);
    TRY(take_category(rq, import_value(row, "category"), &s->new.category));
    TRY(take_area(rq, import_value(row, "area"), &s->new.area_id));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- storing ---- */

/* Answered there: finished here, from today on for the rules of retention. */
static void finish(struct rq *rq, const struct said *s, struct letter *l)
{
    l->state = str_of("closed");
    l->reply = s->reply;
    l->reply_agency = s->agency;
    l->first_replied_at = 0; /* a corrected list: all it finishes is its own */
    letter_mark_answered(l, s->replied_at, "untimed", 0);
    l->verdict = s->verdict;
    l->ended = str_of(str_is(s->verdict, "solved") ? "solved"
                      : s->verdict.len             ? "office"
                                                   : "silent");
    l->triaged_at = l->triaged_at ? l->triaged_at : s->replied_at;
    l->evaluated_at = s->verdict.len ? s->replied_at : 0;
    l->closed_at = l->closed_at ? l->closed_at : rq->now_ms;
}

static err store(struct rq *rq, struct letter *l, const struct said *s, bool answered)
{
    struct flow_trail told = { .at = s->replied_at,
                               .verb = str_of("answer"),
                               .from_state = str_of("received"),
                               .to_state = str_of("closed"),
                               .actor_name = s->agency };
    TRY(letter_update(rq, l));
    struct flow_subject subject = { l->id, l->version, l->state, l->title, str_of(""), l };
    TRY(flow_todos_renew(rq, &LETTERS_FLOW, &subject));
    return answered ? flow_trail_add(rq, &LETTERS_FLOW, l->id, &told) : OK;
}

static bool is_same(const struct letter *a, const struct letter *b)
{
    return str_eq(a->title, b->title) && str_eq(a->body, b->body) && str_eq(a->place, b->place) &&
           str_eq(a->category, b->category) && str_eq(a->reply, b->reply) &&
           str_eq(a->reply_agency, b->reply_agency) && str_eq(a->verdict, b->verdict) &&
           a->replied_at == b->replied_at;
}

/* What has been handled here since is left as it is: the list tells of before. */
static err change(struct rq *rq, struct letter *l, const struct said *s, char *result)
{
    struct letter old = *l;
    bool finished = l->closed_at && l->triaged_at == l->replied_at; /* see finish */
    bool mine = str_is(l->lane, "import") && (str_is(l->state, "received") || finished);
    *result = '=';
    if (!mine || l->erased_at)
        return OK;
    if (s->new.title.len)
        l->title = s->new.title;
    l->body = s->new.body;
    l->place = s->new.place;
    if (s->new.category.len)
        l->category = s->new.category;
    if (s->reply.len)
        finish(rq, s, l);
    if (is_same(&old, l))
        return OK;
    *result = 'u';
    return store(rq, l, s, s->reply.len && !old.reply.len);
}

static err import_row(struct rq *rq, const struct import_row *row, char *result)
{
    struct said s;
    struct letter l = { 0 };
    i64 id;
    TRY(read_row(rq, row, &s));
    if (s.new.source_id.len)
        TRY(letter_find_source(rq, s.new.source, s.new.source_id, &l));
    if (l.id)
        return change(rq, &l, &s, result);
    *result = 'c';
    TRY(letter_add(rq, &s.new, &id));
    if (!s.reply.len)
        return OK;
    TRY(letter_find_house(rq, id, &l));
    finish(rq, &s, &l);
    return store(rq, &l, &s, true);
}

const struct import_kind HANDLING_IMPORTS[] = {
    { "letters", "letters.triage", FIELDS, .row = import_row },
    { 0 },
};

/* ---- the page ---- */

enum { PAGE_ROWS_MAX = 3000 };

static const struct import_page PAGE = { .kind = HANDLING_IMPORTS,
                                         .home = "letters",
                                         .title = "handlings.import",
                                         .hint = "handlings.import_hint",
                                         .done = "handlings.imported",
                                         .act = "letters.import",
                                         .most = PAGE_ROWS_MAX };

err page_handling_import_form(struct rq *rq, struct res *res)
{
    return import_page_form(rq, res, &PAGE);
}

err page_handling_import_receive(struct rq *rq, struct res *res)
{
    return import_page_receive(rq, res, &PAGE);
}

err page_handling_import(struct rq *rq, struct res *res)
{
    return import_page_take(rq, res, &PAGE);
}

err api_handling_import(struct rq *rq, struct res *res)
{
    return import_page_api(rq, res, &PAGE);
}
