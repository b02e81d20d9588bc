/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See opinion_record.h: what is judged of a record, who its writer is, storing it, lists; the pages
 * of both. */
#include "modules/opinions/opinion_record.h"

#include "modules/members/member.h"
#include "modules/opinions/opinion_pages.h"
#include "modules/opinions/opinion_store.h"
#include "modules/opinions/opinion_views.h"
#include "platform/calendar/calendar.h"
#include "platform/files/import_page.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "views/opinions.h"

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

static err faults_of(const struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- judging ---- */

static void want(struct rq *rq, const char *field, str value)
{
    if (str_trim(value).len == 0)
        fault(rq, field, "opinions.missing", str_of(""));
}

static void limit(struct rq *rq, const char *field, str value, i64 most)
{
    i64 now = str_chars(value);
    if (now > most)
        rq_fault(rq, field, "form.too_long", arena_printf(rq->mem, "%lld", (long long)most),
                 arena_printf(rq->mem, "%lld", (long long)now));
}

/* What came on paper has what it has: an analysis is not asked for. */
static err judge(struct rq *rq, const struct opinion_record *r)
{
    want(rq, "title", r->title);
    want(rq, "situation", r->situation);
    want(rq, "suggestions", r->suggestions);
    want(rq, "reporter", r->reporter);
    limit(rq, "situation", r->situation, OPINION_PART_MAX);
    limit(rq, "analysis", r->analysis, OPINION_PART_MAX);
    limit(rq, "suggestions", r->suggestions, OPINION_PART_MAX);
    limit(rq, "reporter", r->reporter, OPINION_REPORTER_MAX);
    limit(rq, "body_name", r->body_name, OPINION_BODY_MAX);
    limit(rq, "title", r->title, setting_number(rq, "opinions.title_max"));
    if (r->submitted_on > rq->today)
        fault(rq, "submitted_on", "opinions.later_day", str_of(""));
    return faults_of(rq);
}

/* The only serving member of the name; out->id 0 = there is not exactly one. */
static err find_member(struct rq *rq, str name, struct member *out, size_t *serving)
{
    struct rows found;
    *out = (struct member){ 0 };
    *serving = 0;
    TRY(member_list_by_name(rq, name, &found));
    const struct member *all = found.items;
    for (size_t i = 0; i < found.count; i++) {
        bool serves = false;
        TRY(member_is_serving(rq, all[i].id, rq->today, &serves));
        *serving += serves;
        *out = serves ? all[i] : *out;
    }
    return OK;
}

/* ---- storing ---- */

static void set_text(struct opinion *o, const struct opinion_record *r)
{
    o->title = r->title;
    o->situation = r->situation;
    o->analysis = r->analysis;
    o->suggestions = r->suggestions;
    o->category = r->category;
    o->body_name = r->body_name;
}

/* From the day on which the desk has it; what came long ago is late. */
static err start_clock(struct rq *rq, struct opinion *o, i64 on)
{
    i64 days = setting_number(rq, o->urgent ? "opinions.urgent_days" : "opinions.choose_days");
    o->choose_due_on = calendar_add_working(calendar_current(), on, days);
    return flow_start(rq, &OPINIONS_FLOW, o->id, o->urgent ? "hurry" : "choose", o->choose_due_on);
}

static err store_new(struct rq *rq, const struct opinion_record *r, i64 person_id,
                     struct opinion *o)
{
    i64 on = r->submitted_on > 0 ? r->submitted_on : rq->today;
    *o = (struct opinion){ .kind = r->kind,
                           .person_id = person_id,
                           .reporter_name = r->reporter,
                           .body_name = r->body_name,
                           .title = r->title,
                           .created_at = rq->now_ms,
                           .version = 1 };
    o->updated_at = rq->now_ms;
    TRY(opinion_store_add(rq->db, o, &o->id));
    set_text(o, r);
    o->urgent = r->urgent;
    o->urgent_reason = r->urgent_reason;
    o->source = r->source;
    o->source_id = r->source_id;
    o->basis = r->basis;
    o->keep_text = r->keep_text;
    o->transcribed_name = r->basis.len ? rq->actor->name : str_of("");
    o->submitted_at = on == rq->today ? rq->now_ms : day_start_ms(on);
    o->taken_at = str_is(r->outcome, "taken") ? o->submitted_at : 0;
    TRY(opinion_take_number(rq, o, on));
    if (str_is(r->outcome, "submitted"))
        TRY(start_clock(rq, o, on));
    TRY(opinion_store_update(rq->db, o, r->outcome));
    o->state = r->outcome;
    o->version = 2;
    TRY(opinion_index(rq, o));
    return opinion_keep_version(rq, o, o->version, "import");
}

err opinion_transcribe(struct rq *rq, const struct opinion_record *record, struct opinion *out)
{
    struct member m;
    size_t serving;
    TRY(judge(rq, record));
    TRY(find_member(rq, record->reporter, &m, &serving));
    if (serving != 1 && str_is(record->kind, "member"))
        fault(rq, "reporter", serving ? "opinions.joint_several" : "opinions.joint_unknown",
              record->reporter);
    *out = (struct opinion){ .situation = record->situation,
                             .analysis = record->analysis,
                             .suggestions = record->suggestions,
                             .urgent = record->urgent };
    i64 most = setting_number(rq, "opinions.total_max"), now = opinion_length(out);
    if (now > most)
        rq_fault(rq, "situation", "opinions.too_long",
                 arena_printf(rq->mem, "%lld", (long long)most),
                 arena_printf(rq->mem, "%lld", (long long)now));
    if (record->urgent)
        want(rq, "urgent_reason", record->urgent_reason);
    TRY(faults_of(rq));
    TRY(store_new(rq, record, serving == 1 ? m.person_id : 0, out));
    struct flow_subject subject = {
        out->id, out->version, out->state, out->title, out->number, out
    };
    return flow_begin(rq, &OPINIONS_FLOW, &subject, "opinions.submitted");
}

static bool is_same(const struct opinion *o, const struct opinion_record *r)
{
    return str_eq(o->title, r->title) && str_eq(o->situation, r->situation) &&
           str_eq(o->analysis, r->analysis) && str_eq(o->suggestions, r->suggestions) &&
           str_eq(o->category, r->category) && str_eq(o->body_name, r->body_name);
}

static err store_again(struct rq *rq, const struct opinion_record *r, i64 id, char *result)
{
    struct opinion o;
    TRY(opinion_find(rq, id, &o));
    *result = '=';
    if (is_same(&o, r))
        return OK;
    if (o.edited_at || o.composite_id || str_is(o.state, "draft"))
        return err_make(ERR_CONFLICT, "opinions.import_moved");
    set_text(&o, r);
    o.updated_at = rq->now_ms;
    TRY(opinion_store_update(rq->db, &o, o.state));
    TRY(opinion_index(rq, &o));
    *result = 'u';
    TRY(opinion_keep_version(rq, &o, o.version + 1, "import"));
    return event_emit(rq, "opinions.retold", o.id, NULL);
}

err opinion_save_record(struct rq *rq, const struct opinion_record *record, char *result)
{
    struct member m;
    struct opinion o;
    size_t serving;
    i64 id = 0;
    TRY(judge(rq, record));
    if (record->source_id.len)
        TRY(opinion_store_find_source(rq->db, record->source, record->source_id, &id));
    if (id)
        return store_again(rq, record, id, result);
    *result = 'c';
    TRY(find_member(rq, record->reporter, &m, &serving));
    TRY(store_new(rq, record, serving == 1 ? m.person_id : 0, &o));
    struct flow_subject subject = { o.id, o.version, o.state, o.title, o.number, &o };
    return flow_begin_quiet(rq, &OPINIONS_FLOW, &subject);
}

/* ---- lists ---- */

static const struct import_field FIELDS[] = {
    { "title", "opinions.import.title", true },
    { "situation", "opinions.import.situation", true },
    { "analysis", "opinions.import.analysis", false },
    { "suggestions", "opinions.import.suggestions", true },
    { "reporter", "opinions.import.reporter", true },
    { "kind", "opinions.import.kind", false },
    { "body_name", "opinions.import.body_name", false },
    { "category", "opinions.import.category", false },
    { "submitted_on", "opinions.import.submitted_on", false },
    { "outcome", "opinions.import.outcome", false },
    { "source_id", "opinions.import.source_id", false },
    { 0 },
};

/* One of the codes, by code or by its words; empty = the first. */
static str coded(struct rq *rq, const struct import_row *row, const char *field,
                 const char *const *codes)
{
    str text = import_value(row, field);
    const char *words = strcmp(field, "kind") == 0 ? "opinions.kind" : "opinions.outcome";
    if (text.len == 0)
        return str_of(codes[0]);
    for (size_t i = 0; codes[i]; i++)
        if (str_is(text, codes[i]) || str_eq(text, text_label(words, str_of(codes[i]))))
            return str_of(codes[i]);
    fault(rq, field, "opinions.bad_word", text);
    return text;
}

static err category_of(struct rq *rq, const struct import_row *row, str *out)
{
    struct rows rows;
    str text = import_value(row, "category");
    *out = str_of("");
    if (text.len == 0)
        return OK;
    TRY(dictionary_list(rq, "opinions.categories", &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(text, all[i].code) || str_eq(text, all[i].label))
            *out = all[i].code;
    if (out->len == 0)
        fault(rq, "category", "opinions.bad_word", text);
    return OK;
}

static err import_row(struct rq *rq, const struct import_row *row, char *result)
{
    static const char *const KINDS[] = { "member",      "committee",     "party",
                                         "association", "sector",        "station",
                                         "county",      "correspondent", NULL };
    static const char *const OUTCOMES[] = { "submitted", "taken", "kept", NULL };
    struct opinion_record r = { .title = import_value(row, "title"),
                                .situation = import_value(row, "situation"),
                                .analysis = import_value(row, "analysis"),
                                .suggestions = import_value(row, "suggestions"),
                                .reporter = import_value(row, "reporter"),
                                .kind = coded(rq, row, "kind", KINDS),
                                .body_name = import_value(row, "body_name"),
                                .outcome = coded(rq, row, "outcome", OUTCOMES),
                                .source = row->source,
                                .source_id = import_value(row, "source_id") };
    i64 on = DAY_NONE;
    TRY(category_of(rq, row, &r.category));
    if (!import_day(import_value(row, "submitted_on"), &on))
        fault(rq, "submitted_on", "opinions.bad_day", import_value(row, "submitted_on"));
    r.submitted_on = on > 0 ? on : 0;
    return opinion_save_record(rq, &r, result);
}

const struct import_kind OPINION_IMPORTS[] = {
    { "opinions", "opinions.edit", FIELDS, .row = import_row },
    { 0 },
};

/* ---- pages ---- */

enum { PAGE_ROWS_MAX = 3000 };

static const struct import_page PAGE = { .kind = OPINION_IMPORTS,
                                         .home = "opinions",
                                         .title = "opinions.page.import",
                                         .hint = "opinions.import_hint",
                                         .done = "opinions.imported",
                                         .act = "opinions.import",
                                         .most = PAGE_ROWS_MAX };

err page_opinion_import_form(struct rq *rq, struct res *res)
{
    return import_page_form(rq, res, &PAGE);
}

err page_opinion_import_receive(struct rq *rq, struct res *res)
{
    return import_page_receive(rq, res, &PAGE);
}

err page_opinion_import(struct rq *rq, struct res *res)
{
    return import_page_take(rq, res, &PAGE);
}

err api_opinion_import(struct rq *rq, struct res *res)
{
    return import_page_api(rq, res, &PAGE);
}

err opinion_category_choices(struct rq *rq, str chosen, const struct view_choice **out,
                             size_t *count)
{
    struct rows rows;
    TRY(dictionary_list(rq, "opinions.categories", &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .value = str_of(""), .label = text_find("opinions.unsure") };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] = (struct view_choice){ .value = all[i].code,
                                               .label = all[i].label,
                                               .chosen = str_eq(all[i].code, chosen) };
    *out = choices;
    *count = rows.count + 1;
    return OK;
}

err page_opinion_transcribe(struct rq *rq, struct res *res)
{
    static const char *const KINDS[] = { "member", "committee", "party",  "association",
                                         "sector", "station",   "county", "correspondent" };
    enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };
    struct opinion_transcribe_page v = { .title_max = setting_number(rq, "opinions.title_max"),
                                         .total_max = setting_number(rq, "opinions.total_max"),
                                         .kind_count = KIND_COUNT };
    struct view_choice *kinds = arena_array(rq->mem, KIND_COUNT, sizeof *kinds);
    for (size_t i = 0; i < KIND_COUNT; i++)
        kinds[i] = (struct view_choice){ .value = str_of(KINDS[i]),
                                         .label = text_label("opinions.kind", str_of(KINDS[i])),
                                         .chosen = i == 0 };
    v.kinds = kinds;
    TRY(opinion_category_choices(rq, str_of(""), &v.categories, &v.category_count));
    v.crumbs = view_crumbs(rq->mem, "opinions", text_find("opinions.page.transcribe"));
    struct out *out = page_begin(rq, text_find("opinions.page.transcribe"), "opinions");
    view_opinions_transcribe(out, &v);
    page_end(res, out);
    return OK;
}

err page_opinion_transcribe_add(struct rq *rq, struct res *res)
{
    const struct opinion_transcribe_input *in = rq->input;
    const struct opinion_record record = { .title = in->title,
                                           .situation = in->situation,
                                           .analysis = in->analysis,
                                           .suggestions = in->suggestions,
                                           .reporter = in->reporter,
                                           .kind = in->kind,
                                           .body_name = in->body_name,
                                           .category = in->category,
                                           .outcome = str_of("submitted"),
                                           .basis = in->basis,
                                           .submitted_on = in->submitted_on,
                                           .urgent = in->urgent,
                                           .urgent_reason = in->urgent_reason };
    struct opinion o;
    TRY(opinion_transcribe(rq, &record, &o));
    TRY(attachment_keep(rq, "attachments", "opinions", o.id));
    if (rq->api) {
        api_opinion_saved(rq, res, &o);
        res_status(res, 201);
        return OK;
    }
    res_flash(res, "opinions.transcribed", o.number);
    res_redirect(res, arena_printf(rq->mem, "/opinions/%lld", (long long)o.id));
    return OK;
}
