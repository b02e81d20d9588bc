/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a letter is: adding one, who finds it, what is said to and fro, what units may read of it,
 * the index. Steps of the flow: letter_steps.c; who wrote it: sender.c; digits: letter_receipt.c.
 */
#include "modules/mailbox/letter_rules.h"

#include <assert.h>
#include <string.h>

#include "modules/mailbox/letter_store.h"
#include "modules/orgs/area.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/mask.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"

enum { MINUTE_MS = 60000, MONTHS = 100, TITLE_CHARS = 30, INDEX_MAX_BYTES = 1 << 17 };

i64 letter_minute(const struct rq *rq)
{
    return rq->now_ms - rq->now_ms % MINUTE_MS;
}

static err not_found(err e)
{
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "letters.not_found") : e;
}

/* ---- finding ---- */

err letter_find(struct rq *rq, i64 id, struct letter *out)
{
    if (rq->actor->account_id)
        TRY(list_find(rq, &LETTER_LIST, id, out)); /* may he see it? */
    return letter_find_house(rq, id, out);
}

err letter_find_house(struct rq *rq, i64 id, struct letter *out)
{
    return not_found(letter_store_find(rq->db, id, rq->mem, out));
}

err letter_find_source(struct rq *rq, str source, str source_id, struct letter *out)
{
    err e = letter_store_find_by_source(rq->db, source, source_id, rq->mem, out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *out = (struct letter){ 0 };
    return OK;
}

err letter_list_newest(struct rq *rq, i64 limit, struct arena *mem, struct rows *out)
{
    return letter_store_list_newest(rq->db, limit, mem, out);
}

err letter_list_along(struct rq *rq, i64 lead_id, struct rows *out)
{
    return letter_store_list_along(rq->db, lead_id, rq->mem, out);
}

err letter_count_along(struct rq *rq, i64 lead_id, i64 *count)
{
    return letter_store_count_along(rq->db, lead_id, count);
}

err letter_update(struct rq *rq, struct letter *l)
{
    TRY(letter_store_update(rq->db, l, l->state));
    l->version++;
    return event_emit(rq, "mailbox.retold", l->id, l);
}

void letter_mark_answered(struct letter *l, i64 at, const char *how, i64 agency_id)
{
    l->replied_at = at;
    if (l->first_replied_at)
        return;
    l->first_replied_at = at;
    l->first_answer = str_of(how);
    l->first_agency_id = agency_id;
}

/* ---- text ---- */

str letter_text_for_units(struct rq *rq, const struct letter *l)
{
    return l->masked_body.len ? l->masked_body : mask_text(rq->mem, l->body, MASK_ALL);
}

/* Where the first sentence ends: at the end of its line, or before a mark that ends one. */
static size_t sentence_end(str text)
{
    str marks = text_find("mailbox.sentence_marks");
    for (size_t at = 0; at < text.len;) {
        size_t begin = at;
        str_next_char(text, &at);
        str mark = str_sub(text, begin, at - begin);
        if (begin > 0 && (str_is(mark, "\n") || str_find(marks, mark, 0) >= 0))
            return begin;
    }
    return text.len;
}

str letter_title_of(struct arena *mem, str body)
{
    str line = str_trim(body);
    line = str_trim(str_sub(line, 0, sentence_end(line)));
    if (str_chars(line) <= TITLE_CHARS)
        return line;
    str cut = str_cut_chars(line, TITLE_CHARS);
    return arena_printf(mem, "%.*s…", (int)cut.len, cut.ptr);
}

err letter_index(struct rq *rq, const struct letter *l)
{
    struct buf *b = buf_new(rq->mem, INDEX_MAX_BYTES);
    buf_add(b, l->body);
    buf_put(b, " ");
    buf_add(b, l->place);
    return text_index(rq, "letters", l->id, l->title, buf_str(b));
}

err letter_texts(struct rq *rq, i64 after, i64 limit, struct rows *out)
{
    return letter_store_list_texts(rq->db, after, limit, rq->mem, out);
}

/* ---- where ---- */

static bool is_wider_than_county(str level)
{
    return str_is(level, "nation") || str_is(level, "province") || str_is(level, "city");
}

err letter_set_area(struct rq *rq, struct letter *l, i64 area_id)
{
    struct area area;
    struct rows rows;
    struct buf *name = buf_new(rq->mem, 1000);
    l->area_id = area_id;
    l->area_name = l->county = l->town = str_of("");
    if (area_id == 0)
        return OK;
    err e = area_find(rq, area_id, &area);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_INVALID, "letters.no_area");
    TRY(e);
    TRY(area_path(rq, &area, &rows));
    const struct area *path = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (is_wider_than_county(path[i].level))
            continue;
        if (str_is(path[i].level, "county"))
            l->county = path[i].name;
        if (str_is(path[i].level, "town"))
            l->town = path[i].name;
        buf_put(name, name->len ? " " : "");
        buf_add(name, path[i].name);
    }
    l->area_name = name->len ? buf_str(name) : area.name;
    return OK;
}

/* ---- adding ---- */

/* What a list brings may have come by any way. */
static str via_of(const struct letter_new *in)
{
    bool staff = str_is(in->lane, "staff");
    assert(staff == (in->via.len > 0)); /* only who writes it down can say */
    return staff ? in->via : str_of(str_is(in->lane, "import") ? "import" : "web");
}

static struct letter letter_of(struct rq *rq, const struct letter_new *in)
{
    i64 received_at = in->received_at ? in->received_at : letter_minute(rq);
    int year, month, mday;
    day_to_civil(day_of_ms(received_at), &year, &month, &mday);
    return (struct letter){
        .state = str_of("received"),
        .kind = in->kind.len ? in->kind : str_of("concern"),
        .lane = in->lane,
        .via = via_of(in),
        .title = in->title.len ? in->title : letter_title_of(rq->mem, in->body),
        .body = in->body,
        .masked_body = str_of(""),
        .place = in->place,
        .category = in->category,
        .received_at = received_at,
        .year = year,
        .month = year * MONTHS + month,
        .round = 1,
        .version = 1,
        .ended = str_of(""),
        .reason = str_of(""),
        .guidance = str_of(""),
        .reply = str_of(""),
        .reply_agency = str_of(""),
        .verdict = str_of(""),
        .verdict_text = str_of(""),
        .still = str_of(""),
        .first_answer = str_of(""),
        .point = in->point,
        .point_by = in->point_by,
        .source = in->source,
        .source_id = in->source_id,
    };
}

/* What is brought in from elsewhere has been waiting there: no day of ours runs for it. */
static err begin_clock(struct rq *rq, const struct letter *l, bool quiet)
{
    i64 days = setting_number(rq, "mailbox.triage_days");
    if (quiet && str_is(l->lane, "import"))
        return OK;
    i64 due_on = calendar_add_working(calendar_current(), rq->today, days);
    return flow_start(rq, &LETTERS_FLOW, l->id, "triage", due_on);
}

err letter_add(struct rq *rq, const struct letter_new *in, i64 *id)
{
    struct letter l = letter_of(rq, in);
    TRY(letter_set_area(rq, &l, in->area_id));
    TRY(letter_store_add(rq->db, &l, in->receipt_hash, &l.id));
    TRY(sender_keep(rq, l.id, &in->sender, in->notice));
    TRY(letter_index(rq, &l));
    struct flow_subject subject = { l.id, 1, l.state, l.title, str_of(""), &l };
    TRY(begin_clock(rq, &l, in->quiet));
    if (in->quiet)
        TRY(flow_begin_quiet(rq, &LETTERS_FLOW, &subject));
    else
        TRY(flow_begin(rq, &LETTERS_FLOW, &subject, NULL));
    *id = l.id;
    TRY(event_emit(rq, "mailbox.received", l.id, &l));
    return in->receipt.len
               ? attestation_add(rq, "letters", l.id, letter_digest(rq->mem, &l, in->receipt))
               : OK; /* last: from here on nobody else writes into the log */
}

/* ---- to and fro ---- */

err letter_list_messages(struct rq *rq, i64 id, struct rows *out)
{
    return letter_store_list_messages(rq->db, id, rq->mem, out);
}

err letter_add_message(struct rq *rq, i64 id, const char *author, str text)
{
    const struct letter_message m = { .at = letter_minute(rq),
                                      .asked_by =
                                          strcmp(author, "office") == 0 ? rq->actor->account_id : 0,
                                      .author = str_of(author),
                                      .text = text };
    return letter_store_add_message(rq->db, id, &m);
}
