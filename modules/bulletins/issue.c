/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of issues: put together by an editor, signed by the leader, who gives the number, then
 * forwarded (rules.md 3, 12.2). What comes of them: adoption.c; SQL: bulletin_store.c. */
#include "modules/bulletins/bulletin_store.h"
#include "modules/opinions/opinion_edit.h"
#include "platform/audit/audit.h"
#include "platform/audit/digest.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/view_parts.h"

enum { TEXT_MAX = 1 << 20, BODY_CHARS_MAX = 60 };

const char *issue_tone(str state)
{
    const struct flow_state *s = flow_state_find(&ISSUES_FLOW, state);
    return s ? s->tone : "idle";
}

str issue_name(struct rq *rq, const struct issue *n)
{
    return n->serial ? text_format(rq->mem, "issues.name", n->bulletin_name, n->number)
                     : str_of("");
}

/* ---- its opinions ---- */

/* Names as they are printed: the body's where it is written in a body's name. */
static err names_of(struct rq *rq, const struct opinion *o, str *out)
{
    struct rows rows;
    strs names = { 0 };
    struct buf *b = buf_new(rq->mem, TEXT_MAX);
    TRY(opinion_credits(rq, o, &rows));
    const struct opinion_credit *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        str name = all[i].body_name.len ? all[i].body_name : all[i].name;
        bool again = false;
        for (size_t k = 0; k < names.count; k++)
            again = again || str_eq(names.items[k], name);
        if (again)
            continue;
        strs_add(rq->mem, &names, name);
        buf_add(b, b->len ? text_find("issues.name_mark") : str_of(""));
        buf_add(b, name);
    }
    *out = buf_str(b);
    return OK;
}

/* The text as it is edited now. */
static err item_take(struct rq *rq, const struct opinion *o, struct issue_item *item)
{
    struct opinion_text text = opinion_text_of(o);
    item->state = o->state;
    item->title = text.title;
    item->situation = text.situation;
    item->analysis = text.analysis;
    item->suggestions = text.suggestions;
    return names_of(rq, o, &item->reporters);
}

err issue_list_items(struct rq *rq, const struct issue *n, struct rows *out)
{
    TRY(issue_store_list_items(rq->db, n->id, rq->mem, out));
    struct issue_item *all = out->items;
    for (size_t i = 0; i < out->count; i++) {
        struct opinion o;
        err e = opinion_find(rq, all[i].opinion_id, &o);
        if (e.code == ERR_NOT_FOUND) { /* its writer has it again, as a draft that is his alone */
            all[i].state = str_of("draft");
            all[i].title = text_find("issues.gone");
            continue;
        }
        TRY(e);
        all[i].state = o.state;
        if (n->serial == 0)
            TRY(item_take(rq, &o, &all[i]));
    }
    return OK;
}

err issue_open(struct rq *rq, i64 id, struct issue *out)
{
    TRY(list_find(rq, &ISSUE_LIST, id, out));
    return audit_leaving(rq, &(struct audit_entry){
                                 .act = "issues.read", .object = "issues", .object_id = out->id });
}

/* Where an opinion stands already; id 0 = in no issue. */
static err item_of(struct rq *rq, i64 opinion_id, struct issue_item *out)
{
    *out = (struct issue_item){ 0 };
    err e = issue_store_find_item(rq->db, opinion_id, rq->mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err issue_opinion_choices(struct rq *rq, struct rows *out)
{
    struct rows rows, own = { 0 };
    struct issue n = { 0 };
    if (rq->path_id) {
        TRY(list_find(rq, &ISSUE_LIST, rq->path_id, &n));
        TRY(issue_list_items(rq, &n, &own));
    }
    TRY(opinion_list_signing(rq, &rows));
    const struct opinion *all = rows.items;
    const struct issue_item *items = own.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + own.count + 1, sizeof *choices);
    *out = (struct rows){ choices, 0, sizeof *choices };
    for (size_t i = 0; i < own.count; i++)
        choices[out->count++] =
            (struct view_choice){ .value = str_number(rq->mem, items[i].opinion_id),
                                  .label = items[i].title };
    for (size_t i = 0; i < rows.count; i++) {
        struct issue_item item;
        TRY(item_of(rq, all[i].id, &item));
        if (item.id == 0)
            choices[out->count++] = (struct view_choice){ .value = str_number(rq->mem, all[i].id),
                                                          .label = opinion_text_of(&all[i]).title };
    }
    return OK;
}

/* ---- putting together ---- */

static struct issue_input input_of(struct rq *rq, const struct issue *n, const struct rows *items)
{
    const struct issue_item *all = items->items;
    struct issue_input in = { .version = n->version,
                              .printed = n->printed,
                              .bulletin = str_number(rq->mem, n->bulletin_id),
                              .reports = n->reports,
                              .copies = n->copies };
    for (size_t i = 0; i < items->count; i++)
        strs_add(rq->mem, &in.opinions, str_number(rq->mem, all[i].opinion_id));
    return in;
}

static err take_bulletin(struct rq *rq, const struct issue_input *in, struct bulletin *out)
{
    struct rows rows;
    i64 id = 0;
    TRY(bulletin_list_open(rq, &rows));
    const struct bulletin *all = rows.items;
    *out = (struct bulletin){ 0 };
    if (!str_to_i64(in->bulletin, &id))
        id = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].id == id)
            *out = all[i];
    if (out->id == 0)
        rq_fault(rq, "bulletin", "issues.no_bulletin", str_of(""), str_of(""));
    return OK;
}

/* An opinion that may stand in the issue: it waits to be signed, or stood there before. */
static err take_opinion(struct rq *rq, i64 issue_id, str key, struct opinion *o)
{
    struct issue_item item;
    i64 id = 0;
    if (!str_to_i64(key, &id) || id <= 0) {
        rq_fault(rq, "opinions", "issues.no_opinion", str_of(""), str_of(""));
        return OK;
    }
    TRY(opinion_find(rq, id, o));
    TRY(item_of(rq, id, &item));
    bool here = item.id && item.issue_id == issue_id && issue_id;
    if (!here && (item.id || !str_is(o->state, "signing")))
        rq_fault(rq, "opinions", "issues.not_waiting", o->title, str_of(""));
    return OK;
}

static err take_opinions(struct rq *rq, i64 issue_id, const strs *keys, struct issue *n)
{
    for (size_t i = 0; i < keys->count; i++) {
        struct opinion o = { 0 };
        TRY(take_opinion(rq, issue_id, keys->items[i], &o));
        str title = opinion_text_of(&o).title;
        if (i == 0)
            n->title = keys->count == 1 ? title
                                        : text_format(rq->mem, "issues.title_more", title,
                                                      str_number(rq->mem, (i64)keys->count));
    }
    if (keys->count == 0)
        rq_fault(rq, "opinions", "issues.no_opinion", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* Where a bulletin goes as its foot says it: all levels, the highest first. */
static str usual_reports(struct rq *rq, const struct bulletin *b)
{
    const str levels[] = { b->national, b->province, b->city, b->county };
    struct buf *out = buf_new(rq->mem, TEXT_MAX);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        buf_put(out, out->len && levels[i].len ? "\n" : "");
        buf_add(out, levels[i]);
    }
    return buf_str(out);
}

static err items_store(struct rq *rq, i64 issue_id, const strs *keys)
{
    TRY(issue_store_remove_items(rq->db, issue_id));
    for (size_t i = 0; i < keys->count; i++) {
        i64 opinion_id = 0, id;
        if (str_to_i64(keys->items[i], &opinion_id))
            TRY(issue_store_add_item(rq->db, issue_id, opinion_id, (i64)i + 1, &id));
    }
    return OK;
}

static err store(struct rq *rq, struct issue *n, const struct issue_input *in)
{
    if (n->id) {
        TRY(issue_store_update(rq->db, n, n->state));
        TRY(items_store(rq, n->id, &in->opinions));
        return audit_add(rq, &(struct audit_entry){ .act = "issues.edit",
                                                    .object = "issues",
                                                    .object_id = n->id,
                                                    .after = n->title });
    }
    n->editor_id = rq->actor->account_id;
    n->editor_name = rq->actor->name;
    n->state = str_of("draft");
    TRY(issue_store_add(rq->db, n, &n->id));
    TRY(items_store(rq, n->id, &in->opinions));
    struct flow_subject subject = { n->id, 1, n->state, n->title, str_of(""), n };
    return flow_begin(rq, &ISSUES_FLOW, &subject, NULL);
}

err issue_save(struct rq *rq, i64 id, const struct issue_input *in, i64 *out)
{
    struct issue n = { .state = str_of("draft") };
    struct rows items = { 0 };
    struct bulletin b;
    if (id) {
        TRY(list_find(rq, &ISSUE_LIST, id, &n));
        TRY(issue_store_list_items(rq->db, id, rq->mem, &items));
    }
    if (!str_is(n.state, "draft"))
        return err_make(ERR_CONFLICT, "issues.not_draft");
    struct issue_input stored = input_of(rq, &n, &items);
    if (id)
        TRY(conflict_check(rq, "issues.version", in->version, n.version, &stored));
    TRY(take_bulletin(rq, in, &b));
    TRY(take_opinions(rq, id, &in->opinions, &n));
    n.bulletin_id = b.id;
    n.bulletin_name = b.name;
    n.office = b.office;
    n.mark = b.mark;
    n.named = b.named;
    n.printed = in->printed;
    n.reports = in->reports.len ? in->reports : usual_reports(rq, &b);
    n.copies = in->copies.len ? in->copies : b.copies;
    n.updated_at = rq->now_ms;
    TRY(store(rq, &n, in));
    *out = n.id;
    return OK;
}

/* ---- the flow ---- */

err issue_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct issue *n = arena_zero(rq->mem, sizeof *n);
    TRY(list_find(rq, &ISSUE_LIST, id, n));
    *out = (struct flow_subject){ n->id, n->version, n->state, n->title, n->number, n };
    return OK;
}

/* Also writes what the effects below changed in the row. */
err issue_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct issue *n = subject->row;
    n->updated_at = rq->now_ms;
    return issue_store_update(rq->db, n, to);
}

/* What is signed is what waits to be: an opinion that went back to editing holds its issue up. */
err issue_guard_ready(struct rq *rq, const struct flow_subject *subject)
{
    const struct issue *n = subject->row;
    struct rows rows;
    TRY(issue_list_items(rq, n, &rows));
    const struct issue_item *all = rows.items;
    if (rows.count == 0)
        return err_make(ERR_CONFLICT, "issues.no_opinion");
    for (size_t i = 0; i < rows.count; i++)
        if (!str_is(all[i].state, "signing"))
            return err_make_with(ERR_CONFLICT, "issues.not_waiting", all[i].title, str_of(""));
    return OK;
}

/* The reason stands with the issue and with each of its opinions, which are edited again. */
err issue_effect_redraft(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct issue_redraft_input *in = step->input;
    struct issue *n = subject->row;
    struct rows rows;
    n->returned = in->opinion;
    TRY(issue_list_items(rq, n, &rows));
    const struct issue_item *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct opinion_redraft_input why = { all[i].opinion_id, in->opinion };
        if (str_is(all[i].state, "signing"))
            TRY(flow_move(rq, &OPINIONS_FLOW, all[i].opinion_id, "redraft", &why));
    }
    return OK;
}

/* ---- signing ---- */

/* Year, number of the year and of all, in the transaction of the signing: none is left out. */
static err take_number(struct rq *rq, struct issue *n)
{
    int year, month, mday;
    day_to_civil(rq->today, &year, &month, &mday);
    n->year = year;
    TRY(bulletin_store_next_serial(rq->db, n->bulletin_id, n->year, &n->serial));
    TRY(bulletin_store_next_total(rq->db, n->bulletin_id, &n->total));
    str of_year = text_format(rq->mem, "issues.year_number", str_number(rq->mem, n->year),
                              str_number(rq->mem, n->serial));
    n->number = text_format(rq->mem, "issues.number", of_year, str_number(rq->mem, n->total));
    return OK;
}

static err sign_item(struct rq *rq, const struct issue *n, struct issue_item *item,
                     struct buf *text)
{
    struct opinion o;
    TRY(opinion_find(rq, item->opinion_id, &o));
    TRY(item_take(rq, &o, item));
    TRY(issue_store_update_item(rq->db, item));
    const str parts[] = { item->title, item->situation, item->analysis, item->suggestions,
                          item->reporters };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_add(text, parts[i]);
        buf_put(text, "\n");
    }
    TRY(flow_move(rq, &OPINIONS_FLOW, o.id, "sign", &(struct opinion_signing){ n->signer_name }));
    return opinion_tell_credited(rq, &o, "bulletins.told_issued", issue_name(rq, n));
}

err issue_effect_sign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct issue *n = subject->row;
    struct rows rows;
    struct buf *text = buf_new(rq->mem, TEXT_MAX);
    (void)step;
    TRY(take_number(rq, n));
    subject->number = n->number;
    n->issued_on = rq->today;
    n->signed_at = rq->now_ms;
    n->signer_id = rq->actor->account_id;
    n->signer_name = rq->actor->name;
    n->returned = str_of("");
    TRY(issue_store_list_items(rq->db, n->id, rq->mem, &rows));
    struct issue_item *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(sign_item(rq, n, &all[i], text));
    TRY(digest_chain(rq->mem, str_of("sm3"), issue_name(rq, n), buf_str(text), &n->digest));
    return audit_add(rq, &(struct audit_entry){ .act = "issues.sign",
                                                .object = "issues",
                                                .object_id = n->id,
                                                .before = issue_name(rq, n),
                                                .after = n->digest });
}

/* ---- forwarding ---- */

/* "city:市委办公室"; no blank may stand in a choice of which a form takes several. */
static str body_key(struct rq *rq, const char *level, str body)
{
    struct buf *b = buf_new(rq->mem, TEXT_MAX);
    str rest = body, word;
    buf_put(b, level);
    buf_put(b, ":");
    while (str_split(&rest, ' ', &word)) {
        buf_add(b, word);
        buf_put(b, rest.len ? "_" : "");
    }
    return buf_str(b);
}

/* The bulletin's own bodies of one level, but those that have it already. */
static void bodies_add(struct rq *rq, const char *level, str lines, const struct rows *there,
                       struct rows *out)
{
    struct view_choice *choices = out->items;
    const struct destination *all = there->items;
    str body;
    while (str_split(&lines, '\n', &body)) {
        bool sent = false;
        body = str_trim(body);
        for (size_t i = 0; i < there->count; i++)
            sent = sent || str_eq(all[i].body, body);
        if (!body.len || sent)
            continue;
        choices[out->count++] = (struct view_choice){
            .value = body_key(rq, level, body),
            .label = body,
            .hint = dictionary_label(rq, "outcomes.instruction_levels", str_of(level)),
            .chosen = there->count == 0,
        };
    }
}

static size_t count_lines(str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == '\n';
    return n;
}

err issue_body_choices(struct rq *rq, struct rows *out)
{
    struct issue n;
    struct bulletin b;
    struct rows there;
    TRY(list_find(rq, &ISSUE_LIST, rq->path_id, &n));
    TRY(list_find(rq, &BULLETIN_LIST, n.bulletin_id, &b));
    TRY(destination_store_list_issue(rq->db, n.id, rq->mem, &there));
    size_t most = count_lines(b.national) + count_lines(b.province) + count_lines(b.city) +
                  count_lines(b.county);
    *out = (struct rows){ arena_array(rq->mem, most, sizeof(struct view_choice)), 0,
                          sizeof(struct view_choice) };
    bodies_add(rq, "national", b.national, &there, out);
    bodies_add(rq, "province", b.province, &there, out);
    bodies_add(rq, "city", b.city, &there, out);
    bodies_add(rq, "county", b.county, &there, out);
    return OK;
}

/* What was chosen and what was typed, as bodies with their level. */
static err to_take(struct rq *rq, const struct issue_forward_input *in, struct rows *out)
{
    struct rows rows;
    TRY(issue_body_choices(rq, &rows));
    const struct view_choice *all = rows.items;
    struct destination *to = arena_array(rq->mem, in->to.count + 1, sizeof *to);
    *out = (struct rows){ to, 0, sizeof *to };
    for (size_t i = 0; i < in->to.count; i++)
        for (size_t k = 0; k < rows.count; k++)
            if (str_eq(all[k].value, in->to.items[i])) {
                i64 colon = str_find(all[k].value, str_of(":"), 0);
                to[out->count++] =
                    (struct destination){ .body = all[k].label,
                                          .level = str_sub(all[k].value, 0, (size_t)colon) };
                break;
            }
    if (in->other.len)
        to[out->count++] = (struct destination){ .body = in->other, .level = in->other_level };
    return OK;
}

static err to_judge(struct rq *rq, const struct issue *n, const struct issue_forward_input *in,
                    size_t count)
{
    str none = str_of("");
    if (count == 0)
        rq_fault(rq, "to", "issues.no_destination", none, none);
    if (in->other.len && in->other_level.len == 0)
        rq_fault(rq, "other_level", "issues.no_level", none, none);
    if (in->sent_on > rq->today || (in->sent_on > 0 && in->sent_on < n->issued_on))
        rq_fault(rq, "sent_on", "issues.sent_day", none, none);
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* Every opinion of it goes to the body: what comes back is about one of them. */
static err send(struct rq *rq, const struct rows *items, const struct destination *to)
{
    const struct issue_item *all = items->items;
    for (size_t i = 0; i < items->count; i++) {
        struct destination d = *to;
        d.issue_id = all[i].issue_id;
        d.opinion_id = all[i].opinion_id;
        TRY(destination_store_add(rq->db, &d));
    }
    return OK;
}

static err move_opinions(struct rq *rq, const struct rows *items)
{
    const struct issue_item *all = items->items;
    for (size_t i = 0; i < items->count; i++) {
        struct opinion o;
        TRY(opinion_find(rq, all[i].opinion_id, &o));
        if (str_is(o.state, "issued"))
            TRY(flow_move(rq, &OPINIONS_FLOW, o.id, "forward", NULL));
    }
    return OK;
}

err issue_effect_forward(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct issue_forward_input *in = step->input;
    const struct issue *n = subject->row;
    struct rows items, bodies;
    struct buf *names = buf_new(rq->mem, TEXT_MAX);
    TRY(to_take(rq, in, &bodies));
    TRY(to_judge(rq, n, in, bodies.count));
    TRY(issue_store_list_items(rq->db, n->id, rq->mem, &items));
    struct destination *to = bodies.items;
    for (size_t i = 0; i < bodies.count; i++) {
        to[i].sent_on = in->sent_on > 0 ? in->sent_on : rq->today;
        to[i].sent_by = rq->actor->account_id;
        TRY(send(rq, &items, &to[i]));
        buf_add(names, names->len ? text_find("issues.name_mark") : str_of(""));
        buf_add(names, to[i].body);
    }
    step->opinion = buf_str(names);
    return move_opinions(rq, &items);
}

/* Its opinions wait for another issue. */
err issue_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return issue_store_remove_items(rq->db, subject->id);
}
