/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Composites (综合): one made of several that are taken, dissolved while it is not signed; who is
 * credited. A source is in one at a time; it waits in its state and is signed with the composite.
 */
#include "modules/opinions/opinion_edit.h"
#include "modules/opinions/opinion_store.h"
#include "platform/text/texts.h"

static struct opinion *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

err opinion_sources(struct rq *rq, const struct opinion *o, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct opinion) };
    return opinion_is_composite(o) ? opinion_store_list_sources(rq->db, o->id, rq->mem, out) : OK;
}

/* ---- making one ---- */

static err fault(struct rq *rq, const char *name, str more)
{
    rq_fault(rq, "opinions", name, more, str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static err find_sources(struct rq *rq, const ids *wanted, struct opinion *all)
{
    if (wanted->count < 2)
        return fault(rq, "opinions.sources_few", str_of(""));
    if (wanted->count > SOURCES_MAX)
        return fault(rq, "opinions.sources_many", arena_printf(rq->mem, "%d", SOURCES_MAX));
    for (size_t i = 0; i < wanted->count; i++) {
        TRY(opinion_find(rq, wanted->items[i], &all[i]));
        bool twice = false;
        for (size_t k = 0; k < i; k++)
            twice = twice || all[k].id == all[i].id;
        if (!str_is(all[i].state, "taken") || all[i].composite_id || twice)
            return fault(rq, "opinions.source_taken", all[i].title);
    }
    return OK;
}

/* The texts one after the other, each below the title of its opinion. */
static str gathered(struct rq *rq, const struct opinion *all, size_t count,
                    str (*part)(const struct opinion *o))
{
    size_t room = 64;
    for (size_t i = 0; i < count; i++)
        room += all[i].title.len + part(&all[i]).len + 64;
    struct buf *b = buf_new(rq->mem, room);
    for (size_t i = 0; i < count; i++)
        if (part(&all[i]).len) {
            buf_add(b, buf_str(b).len ? str_of("\n\n") : str_of(""));
            buf_add(b, text_format(rq->mem, "opinions.source_text", all[i].title, str_of("")));
            buf_add(b, str_of("\n"));
            buf_add(b, part(&all[i]));
        }
    return buf_str(b);
}

static str situation_of(const struct opinion *o)
{
    return o->situation;
}

static str analysis_of(const struct opinion *o)
{
    return o->analysis;
}

static str suggestions_of(const struct opinion *o)
{
    return o->suggestions;
}

static err store_new(struct rq *rq, const struct opinion *all, size_t count, struct opinion *o)
{
    TRY(opinion_store_add(rq->db, o, &o->id));
    o->situation = o->edited_situation = gathered(rq, all, count, situation_of);
    o->analysis = o->edited_analysis = gathered(rq, all, count, analysis_of);
    o->suggestions = o->edited_suggestions = gathered(rq, all, count, suggestions_of);
    opinion_set_month(o, rq->today);
    o->edited_title = o->title;
    o->edited_at = o->taken_at = rq->now_ms;
    o->edited_name = rq->actor->name;
    TRY(opinion_store_update(rq->db, o, str_of("editing")));
    o->state = str_of("editing");
    o->version = 2;
    return opinion_keep_version(rq, o, o->version, "compose");
}

/* Those who wrote them, nobody twice. */
static str writers_of(struct rq *rq, const struct opinion *all, size_t count)
{
    size_t room = 64;
    for (size_t i = 0; i < count; i++)
        room += all[i].reporter_name.len + 8;
    struct buf *b = buf_new(rq->mem, room);
    for (size_t i = 0; i < count; i++) {
        bool named = false;
        for (size_t k = 0; k < i; k++)
            named = named || str_eq(all[k].reporter_name, all[i].reporter_name);
        if (named)
            continue;
        buf_add(b, buf_str(b).len ? text_find("opinions.between_names") : str_of(""));
        buf_add(b, all[i].reporter_name);
    }
    return buf_str(b);
}

err opinion_compose(struct rq *rq, const struct opinion_compose_input *in, struct opinion *out)
{
    struct opinion all[SOURCES_MAX];
    TRY(find_sources(rq, &in->opinions, all));
    *out = (struct opinion){ .kind = str_of("composite"),
                             .reporter_name = writers_of(rq, all, in->opinions.count),
                             .title = in->title,
                             .category = all[0].category,
                             .created_at = rq->now_ms,
                             .updated_at = rq->now_ms,
                             .version = 1 };
    TRY(store_new(rq, all, in->opinions.count, out));
    for (size_t i = 0; i < in->opinions.count; i++)
        TRY(flow_move(rq, &OPINIONS_FLOW, all[i].id, "compose", out));
    TRY(opinion_index(rq, out));
    struct flow_subject subject = {
        out->id, out->version, out->state, out->title, out->number, out
    };
    return flow_begin(rq, &OPINIONS_FLOW, &subject, "opinions.composed");
}

/* ---- of a source ---- */

err opinion_effect_compose(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct opinion *composite = step->input;
    (void)rq;
    row_of(subject)->composite_id = composite->id; /* its title is not yet the writer's business */
    return OK;
}

err opinion_effect_release(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)rq;
    (void)step;
    row_of(subject)->composite_id = 0;
    return OK;
}

/* Signed with its composite, whose effect tells its writer. */
err opinion_effect_credit(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    row_of(subject)->signed_at = rq->now_ms;
    return OK;
}

/* ---- dissolving ---- */

/* Its sources are free again; the composite itself stays as kept, so that what was written is not
 * lost. */
err opinion_effect_uncompose(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct opinion *o = row_of(subject);
    struct rows rows;
    (void)step;
    TRY(opinion_sources(rq, o, &rows));
    const struct opinion *all = rows.items;
    struct buf *names = buf_new(rq->mem, 1 << 16);
    for (size_t i = 0; i < rows.count; i++) {
        TRY(flow_move(rq, &OPINIONS_FLOW, all[i].id, "release", NULL));
        buf_add(names, text_format(rq->mem, "opinions.source_named", all[i].title, all[i].number));
    }
    o->keep_reason = str_of("other");
    o->keep_text = text_format(rq->mem, "opinions.dissolved", buf_str(names), str_of(""));
    o->taken_at = 0;
    return OK;
}

/* ---- credits ---- */

static bool is_credited(const struct rows *rows, const struct opinion_credit *one)
{
    const struct opinion_credit *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].person_id == one->person_id && all[i].account_id == one->account_id &&
            (one->person_id || str_eq(all[i].name, one->name)))
            return true;
    return false;
}

static void credit(struct rows *out, const struct opinion_credit *one)
{
    if (!is_credited(out, one))
        ((struct opinion_credit *)out->items)[out->count++] = *one;
}

/* Its writer and who has joined him. */
static err credit_one(struct rq *rq, const struct opinion *o, struct rows *out)
{
    struct rows rows;
    credit(out, &(struct opinion_credit){ o->id, o->person_id, o->person_id ? 0 : o->account_id,
                                          o->body_id, o->reporter_name, o->body_name, o->kind });
    TRY(reporter_list(rq, o->id, &rows));
    const struct reporter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].state, "joined"))
            credit(out, &(struct opinion_credit){ .opinion_id = o->id,
                                                  .person_id = all[i].person_id,
                                                  .name = all[i].name,
                                                  .kind = str_of("member") });
    return OK;
}

err opinion_credits(struct rq *rq, const struct opinion *o, struct rows *out)
{
    struct rows sources;
    TRY(opinion_sources(rq, o, &sources));
    const struct opinion *all = sources.items;
    size_t most = (sources.count + 1) * REPORTERS_MAX;
    *out = (struct rows){ arena_array(rq->mem, most, sizeof(struct opinion_credit)), 0,
                          sizeof(struct opinion_credit) };
    if (!opinion_is_composite(o))
        return credit_one(rq, o, out);
    for (size_t i = 0; i < sources.count; i++)
        TRY(credit_one(rq, &all[i], out));
    return OK;
}

err opinion_tell_credited(struct rq *rq, const struct opinion *o, const char *text, str more)
{
    struct rows rows;
    if (!opinion_is_composite(o))
        return reporter_tell_all(rq, o, text, more);
    TRY(opinion_sources(rq, o, &rows));
    const struct opinion *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(reporter_tell_all(rq, &all[i], text, more));
    return OK;
}
