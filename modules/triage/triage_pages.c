/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The desk as a page and as JSON: the queue, one letter with what it may be about and what is like
 * it, a step and on to the next. */
#include "modules/guesses/guess.h"
#include "modules/triage/triage_store.h"
#include "modules/triage/triage_views.h"
#include "platform/settings/settings.h"
#include "platform/text/mask.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/triage.h"

static const i64 DAY_MS = 86400000;
enum { MANY = 5, ALIKE_LEAST = 15, KEYS = 9, ALIKE_ASKED = 12, ALIKE_SHOWN = 5, SECOND_MS = 1000 };

/* ---- the queue ---- */

static err letter_of_group(struct rq *rq, const struct triage_group *g, i64 *id)
{
    struct rows rows;
    TRY(triage_store_list_waiting(rq->db, g->first_id, 1, rq->mem, &rows));
    *id = rows.count ? ((const struct triage_copy *)rows.items)->letter_id : g->first_id;
    return OK;
}

static err line_make(struct rq *rq, const struct triage_group *g, struct triage_line *out)
{
    struct letter l;
    *out = (struct triage_line){ .count = g->waiting };
    TRY(letter_of_group(rq, g, &out->id));
    TRY(letter_find_house(rq, out->id, &l));
    out->title = l.title;
    out->place = l.area_name;
    out->days = (rq->now_ms - g->oldest_at) / DAY_MS;
    return OK;
}

/* Where the queue is looked at from: the group of the letter that is asked for. */
static err from_make(struct rq *rq, i64 id, struct triage_page *v, struct triage_from *from)
{
    struct triage_group own = { 0 };
    *from = (struct triage_from){ .proved = !v->apart };
    if (!id)
        return OK;
    err e = triage_store_find_of(rq->db, id, rq->mem, &own);
    if (e.code == ERR_NOT_FOUND)
        return OK; /* it came before there was a desk */
    TRY(e);
    v->copies = own.waiting;
    from->oldest_at = own.oldest_at;
    from->first_id = own.first_id;
    err before = triage_store_find_before(rq->db, from, rq->mem, &own);
    if (before.code == ERR_NOT_FOUND)
        return OK;
    TRY(before);
    return letter_of_group(rq, &own, &v->before_id);
}

/* The letter that is asked for, else the first that waits. */
static err queue_make(struct rq *rq, i64 id, struct triage_page *v, i64 *current)
{
    struct triage_from from;
    struct rows rows;
    TRY(from_make(rq, id, v, &from));
    TRY(triage_store_list(rq->db, &from, TRIAGE_LINES, rq->mem, &rows));
    const struct triage_group *all = rows.items;
    struct triage_line *lines = arena_array(rq->mem, rows.count + 1, sizeof *lines);
    for (size_t i = 0; i < rows.count; i++)
        TRY(line_make(rq, &all[i], &lines[i]));
    bool first = rows.count && (!id || all[0].first_id == from.first_id);
    if (first) {
        lines[0].is_current = true;
        v->copies = all[0].waiting;
    }
    size_t next = first ? 1 : 0;
    v->next_id = next < rows.count ? lines[next].id : 0;
    *current = id ? id : rows.count ? lines[0].id : 0;
    v->lines = lines;
    v->line_count = rows.count;
    TRY(triage_store_count(rq->db, true, &v->waiting));
    return triage_store_count(rq->db, false, &v->apart_waiting);
}

/* Texts that came many times, whatever their age. */
static err many_make(struct rq *rq, struct triage_page *v)
{
    struct rows rows;
    TRY(triage_store_list_many(rq->db, !v->apart, MANY, rq->mem, &rows));
    const struct triage_group *all = rows.items;
    struct triage_line *lines = arena_array(rq->mem, rows.count + 1, sizeof *lines);
    for (size_t i = 0; i < rows.count; i++)
        TRY(line_make(rq, &all[i], &lines[i]));
    v->many = lines;
    v->many_count = rows.count;
    return OK;
}

static err endings_make(struct rq *rq, struct triage_page *v)
{
    struct rows rows;
    TRY(triage_store_list_ending(rq->db, rq->mem, &rows));
    const struct triage_group *all = rows.items;
    struct triage_ending *endings = arena_array(rq->mem, rows.count + 1, sizeof *endings);
    for (size_t i = 0; i < rows.count; i++) {
        struct letter l;
        i64 left = all[i].ending_at - rq->now_ms;
        TRY(letter_find_house(rq, all[i].first_id, &l));
        endings[i] = (struct triage_ending){
            all[i].first_id, all[i].waiting, left > 0 ? left / SECOND_MS : 0, l.title,
            dictionary_label(rq, "mailbox.dismiss_reasons", all[i].ending)
        };
    }
    v->endings = endings;
    v->ending_count = rows.count;
    return OK;
}

static err dismissed_make(struct rq *rq, struct triage_page *v)
{
    struct rows rows;
    TRY(triage_store_list_dismissed(rq->db, rq->actor->account_id, rq->now_ms - TRIAGE_UNDO_MS,
                                    rq->mem, &rows));
    const struct triage_copy *all = rows.items;
    struct triage_dismissed *dismissed = arena_array(rq->mem, rows.count + 1, sizeof *dismissed);
    for (size_t i = 0; i < rows.count; i++) {
        struct letter l;
        TRY(letter_find_house(rq, all[i].letter_id, &l));
        dismissed[i] = (struct triage_dismissed){
            l.id, (l.closed_at + TRIAGE_UNDO_MS - rq->now_ms) / SECOND_MS, l.title,
            dictionary_label(rq, "mailbox.dismiss_reasons", l.reason)
        };
    }
    v->dismissed = dismissed;
    v->dismissed_count = rows.count;
    return OK;
}

/* ---- one letter ---- */

/* What is guessed first, then the others in their order. */
static err choices_make(struct rq *rq, struct triage_page *v)
{
    static const char *const DIGITS[KEYS] = { "1", "2", "3", "4", "5", "6", "7", "8", "9" };
    const struct classify_text text = { .title = v->l->title, .body = v->l->body };
    struct rows guesses, all;
    struct triage_choice *choices = arena_array(rq->mem, KEYS, sizeof *choices);
    TRY(guess_list(rq, "letters.category", &text, &guesses));
    TRY(dictionary_list(rq, "mailbox.categories", &all));
    const struct classify_guess *g = guesses.items;
    const struct dictionary_row *d = all.items;
    struct view_choice *select = arena_array(rq->mem, all.count + 1, sizeof *select);
    size_t n = 0;
    for (size_t i = 0; i < guesses.count && n < KEYS; i++)
        choices[n++] =
            (struct triage_choice){ .code = g[i].label,
                                    .label = dictionary_label(rq, "mailbox.categories", g[i].label),
                                    .because = guess_words(rq->mem, &g[i].because),
                                    .degree = g[i].degree };
    size_t guessed = n;
    for (size_t i = 0; i < all.count; i++) {
        bool known = false;
        for (size_t k = 0; k < guessed; k++)
            known |= str_eq(choices[k].code, d[i].code);
        if (!known && n < KEYS)
            choices[n++] = (struct triage_choice){ .code = d[i].code, .label = d[i].label };
        select[i + 1] = (struct view_choice){ .value = d[i].code,
                                              .label = d[i].label,
                                              .chosen = str_eq(d[i].code, v->l->category) };
    }
    for (size_t i = 0; i < n; i++)
        choices[i].key = str_of(DIGITS[i]);
    select[0].label = text_find("triage.choose");
    v->choices = choices;
    v->choice_count = n;
    v->categories = select;
    v->category_count = all.count + 1;
    return OK;
}

/* Which unit handles letters of its category, or of the likeliest while it has none. */
static err agencies_make(struct rq *rq, struct triage_page *v)
{
    bool guessed = v->choice_count && v->choices[0].degree;
    v->may_assign = actor_may(rq->actor, "letters.assign") && v->l->lead_id == 0;
    v->may_read = actor_may(rq->actor, "guesses.read");
    v->agency_category = v->l->category;
    if (!v->agency_category.len && guessed)
        v->agency_category = v->choices[0].code;
    if (!v->may_assign || !v->is_new || !v->agency_category.len)
        return OK;
    v->agency_label = dictionary_label(rq, "mailbox.categories", v->agency_category);
    return guess_agency_list(rq, v->l, v->agency_category, &v->agencies);
}

static void kinds_make(struct rq *rq, struct triage_page *v)
{
    static const char *const KINDS[] = { "concern", "idea", "complaint", "praise",
                                         "member_letter" };
    size_t count = sizeof KINDS / sizeof *KINDS;
    struct view_choice *kinds = arena_array(rq->mem, count, sizeof *kinds);
    for (size_t i = 0; i < count; i++)
        kinds[i] = (struct view_choice){ .value = str_of(KINDS[i]),
                                         .label = text_label("letters.kind", str_of(KINDS[i])),
                                         .chosen = str_is(v->l->kind, KINDS[i]) };
    v->kinds = kinds;
    v->kind_count = count;
}

static bool is_open(str state)
{
    return !str_is(state, "closed") && !str_is(state, "routed");
}

static err alike_make(struct rq *rq, struct triage_page *v)
{
    const struct twin_query query = { .collection = "letters",
                                      .self_id = v->l->id,
                                      .title = v->l->title,
                                      .body = v->l->body,
                                      .limit = ALIKE_ASKED };
    struct rows rows;
    TRY(text_twins(rq, &query, &rows));
    const struct twin *all = rows.items;
    struct triage_alike *alike = arena_array(rq->mem, ALIKE_SHOWN, sizeof *alike);
    for (size_t i = 0; i < rows.count && v->alike_count < ALIKE_SHOWN; i++) {
        struct letter l;
        if (all[i].degree < ALIKE_LEAST)
            continue;
        err e = letter_find_house(rq, all[i].item_id, &l);
        if (e.code == ERR_NOT_FOUND)
            continue;
        TRY(e);
        if (is_open(l.state))
            alike[v->alike_count++] =
                (struct triage_alike){ l.id, all[i].degree, l.title, l.state };
    }
    v->alike = alike;
    return OK;
}

/* The letter cut at what leads to a person, so that the clerk sees what will be hidden. */
static void pieces_make(struct rq *rq, struct triage_page *v)
{
    str body = v->l->body;
    struct rows rows = mask_find(rq->mem, body, MASK_ALL);
    const struct mask_hit *hits = rows.items;
    struct triage_piece *pieces = arena_array(rq->mem, 2 * rows.count + 1, sizeof *pieces);
    size_t done = 0;
    for (size_t i = 0; i < rows.count; i++) {
        size_t from = (size_t)hits[i].from, to = (size_t)hits[i].to;
        pieces[v->piece_count++] = (struct triage_piece){ str_sub(body, done, from - done), false };
        pieces[v->piece_count++] = (struct triage_piece){ str_sub(body, from, to - from), true };
        done = to;
    }
    pieces[v->piece_count++] = (struct triage_piece){ str_sub(body, done, body.len), false };
    v->pieces = pieces;
    v->found_count = rows.count;
    v->masked = v->l->masked_body.len ? v->l->masked_body : mask_text(rq->mem, body, MASK_ALL);
}

static err letter_make(struct rq *rq, i64 id, struct triage_page *v)
{
    struct letter *l = arena_zero(rq->mem, sizeof *l);
    TRY(letter_find(rq, id, l));
    v->l = l;
    v->is_new = str_is(l->state, "received") || str_is(l->state, "triaged");
    TRY(choices_make(rq, v));
    TRY(agencies_make(rq, v));
    kinds_make(rq, v);
    TRY(alike_make(rq, v));
    pieces_make(rq, v);
    TRY(letter_list_messages(rq, id, &v->messages));
    TRY(dictionary_list(rq, "mailbox.dismiss_reasons", &v->reasons));
    TRY(dictionary_list(rq, "triage.route_phrases", &v->route_phrases));
    return dictionary_list(rq, "triage.ask_phrases", &v->ask_phrases);
}

/* ---- JSON ---- */

static void lines_json(struct json *j, const char *name, const struct triage_line *lines,
                       size_t count)
{
    json_array(j, name);
    for (size_t i = 0; i < count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", lines[i].id);
        json_str(j, "title", lines[i].title);
        json_i64(j, "copies", lines[i].count);
        json_i64(j, "days", lines[i].days);
        json_object_end(j);
    }
    json_array_end(j);
}

static void letter_json(struct json *j, const struct triage_page *v)
{
    json_object(j, "letter");
    json_i64(j, "id", v->l->id);
    json_i64(j, "version", v->l->version);
    json_str(j, "state", v->l->state);
    json_str(j, "title", v->l->title);
    json_str(j, "body", v->l->body);
    json_str(j, "point", v->l->point);
    json_str(j, "point_by", v->l->point_by);
    json_str(j, "masked_body", v->masked);
    json_i64(j, "masked", (i64)v->found_count);
    json_i64(j, "copies", v->copies);
    json_array(j, "guesses");
    for (size_t i = 0; i < v->choice_count && v->choices[i].degree; i++) {
        json_object(j, NULL);
        json_str(j, "category", v->choices[i].code);
        json_i64(j, "degree", v->choices[i].degree);
        json_str(j, "because", v->choices[i].because);
        json_object_end(j);
    }
    json_array_end(j);
    json_str(j, "agency_category", v->agency_category);
    guess_agency_json(&v->agencies, j);
    json_array(j, "similar");
    for (size_t i = 0; i < v->alike_count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", v->alike[i].id);
        json_str(j, "title", v->alike[i].title);
        json_str(j, "state", v->alike[i].state);
        json_i64(j, "degree", v->alike[i].degree);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

static void desk_json(struct rq *rq, struct res *res, const struct triage_page *v)
{
    struct json j = json_begin(rq);
    json_i64(&j, "waiting", v->waiting);
    json_i64(&j, "apart_waiting", v->apart_waiting);
    lines_json(&j, "items", v->lines, v->line_count);
    lines_json(&j, "many", v->many, v->many_count);
    json_array(&j, "dismissed");
    for (size_t i = 0; i < v->dismissed_count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", v->dismissed[i].id);
        json_str(&j, "title", v->dismissed[i].title);
        json_i64(&j, "seconds", v->dismissed[i].seconds);
        json_object_end(&j);
    }
    json_array_end(&j);
    if (v->l)
        letter_json(&j, v);
    json_send(&j, res);
}

/* ---- handlers ---- */

/* Also redrawn after a fault: then what was typed is there. */
err page_triage_desk(struct rq *rq, struct res *res)
{
    struct triage_page v = { 0 };
    i64 id = 0, current;
    str typed = rq_typed(rq, "id", str_of(""));
    if (rq->route->method == GET) {
        const struct triage_show_input *in = rq->input;
        id = in->id;
        v.apart = in->apart;
    } else {
        v.apart = rq_typed(rq, "apart", str_of("")).len > 0;
        if (!str_to_i64(typed, &id))
            id = 0;
    }
    TRY(queue_make(rq, id, &v, &current));
    TRY(many_make(rq, &v));
    TRY(endings_make(rq, &v));
    TRY(dismissed_make(rq, &v));
    if (current)
        TRY(letter_make(rq, current, &v));
    if (rq->api) {
        desk_json(rq, res, &v);
        return OK;
    }
    v.crumbs = view_crumbs(rq->mem, "letters", text_find("triage.desk"));
    struct out *out = page_begin(rq, text_find("triage.desk"), "triage");
    view_triage_desk(out, &v);
    page_end(res, out);
    return OK;
}

static str desk_path(struct rq *rq, i64 id, bool apart)
{
    if (id)
        return arena_printf(rq->mem, "/letters/desk?id=%lld%s", (long long)id,
                            apart ? "&apart=1" : "");
    return str_of(apart ? "/letters/desk?apart=1" : "/letters/desk");
}

err page_triage_act(struct rq *rq, struct res *res)
{
    const struct triage_input *in = rq->input;
    i64 next;
    TRY(triage_act(rq, &next));
    bool handed = in->host_id && str_is(in->verb, "triage");
    res_flash(res,
              in->whole && str_is(in->verb, "dismiss") ? "triage.ending"
              : handed                                 ? "triage.handed"
                                                       : "triage.done",
              str_of(""));
    res_redirect(res, desk_path(rq, next, in->apart));
    return OK;
}

err page_triage_undo(struct rq *rq, struct res *res)
{
    const struct triage_undo_input *in = rq->input;
    TRY(in->one ? triage_restore(rq, in->id) : triage_undo(rq, in->id));
    res_flash(res, in->one ? "triage.restored" : "triage.undone", str_of(""));
    res_redirect(res, desk_path(rq, in->id, in->apart));
    return OK;
}
