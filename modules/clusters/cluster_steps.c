/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps of a cluster: name, pin, join, split, tell apart. Each is undone by its opposite: what was
 * joined by mistake is split off as it was, what was split is joined again. */
#include "modules/clusters/cluster_engine.h"
#include "modules/clusters/cluster_rules.h"
#include "platform/text/texts.h"

/* ---- loading and storing ---- */

err cluster_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct cluster *c = arena_zero(rq->mem, sizeof *c);
    TRY(cluster_find(rq, id, c));
    if (c->into_id)
        return err_make(ERR_NOT_FOUND, "clusters.is_joined");
    *out = (struct flow_subject){ c->id, c->version, c->state, c->title, str_of(""), c };
    return OK;
}

/* The row as it is kept: cluster_find puts the name into its title. */
static err row_find(struct rq *rq, i64 id, struct cluster *out)
{
    return cluster_store_find(rq->db, id, rq->mem, out);
}

/* Effects below change the row in memory, whose title is the name where it has one; the title of
 * the machine stands in the table, unless a step chose another letter's. */
err cluster_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct cluster c = *(const struct cluster *)subject->row, kept;
    TRY(row_find(rq, c.id, &kept));
    if (c.title_item == kept.title_item)
        c.title = kept.title;
    return cluster_store_update(rq->db, &c, to);
}

/* ---- names and pins ---- */

err cluster_effect_name(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cluster_name_input *in = step->input;
    struct cluster *c = subject->row;
    (void)rq;
    c->name = in->name;
    step->opinion = in->name;
    return OK;
}

err cluster_guard_pin(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    const struct cluster *c = subject->row;
    return c->pinned ? err_make(ERR_CONFLICT, "clusters.is_pinned") : OK;
}

err cluster_guard_unpin(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    const struct cluster *c = subject->row;
    return c->pinned ? OK : err_make(ERR_CONFLICT, "clusters.is_not_pinned");
}

err cluster_effect_pin(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)rq, (void)step;
    ((struct cluster *)subject->row)->pinned = true;
    return OK;
}

err cluster_effect_unpin(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)rq, (void)step;
    ((struct cluster *)subject->row)->pinned = false;
    return OK;
}

/* ---- profiles ---- */

/* The profile anew from the newest texts that still are. */
static err profile_make(struct rq *rq, struct cluster *c)
{
    struct gather_profile profile = { 0 };
    struct rows rows;
    TRY(cluster_store_list_newest(rq->db, c->id, CLUSTER_SPLIT_MAX, rq->mem, &rows));
    const struct cluster_member *members = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct gather_vector vector;
        str title, body;
        TRY(CLUSTER_LETTERS.read(rq, members[i].item_id, &title, &body));
        TRY(cluster_vector(rq, &CLUSTER_LETTERS, title, body, &vector));
        gather_add(rq->mem, &profile, &vector);
        if (i == 0) {
            c->title = title;
            c->title_item = members[i].item_id;
        }
    }
    c->title_degree = 0;
    c->profile = gather_pack(rq->mem, &profile);
    return OK;
}

/* The same for one that letters were split off from: its title stays while its letter does. */
static err profile_renew(struct rq *rq, struct cluster *c)
{
    struct cluster_member m = { 0 };
    str title = c->title;
    i64 item = c->title_item;
    err e = cluster_store_find_member(rq->db, c->owner, item, &m);
    if (e.code != ERR_NOT_FOUND)
        TRY(e);
    TRY(profile_make(rq, c));
    if (e.code == ERR_NONE && m.cluster_id == c->id) {
        c->title = title;
        c->title_item = item;
    }
    return OK;
}

static err profiles_join(struct rq *rq, struct cluster *into, const struct cluster *from)
{
    struct gather_profile one, other;
    if (!gather_unpack(rq->mem, into->profile, &one) ||
        !gather_unpack(rq->mem, from->profile, &other))
        return profile_make(rq, into);
    gather_merge(rq->mem, &one, &other);
    into->profile = gather_pack(rq->mem, &one);
    return OK;
}

/* ---- one or two ---- */

/* The other one of a form. */
static err other_find(struct rq *rq, const struct flow_subject *subject, str number,
                      struct cluster *out)
{
    i64 id = 0;
    if (!str_to_i64(number, &id) || id <= 0)
        return err_make(ERR_NOT_FOUND, "clusters.not_found");
    TRY(cluster_find(rq, id, out));
    if (out->into_id || out->id == subject->id)
        return err_make(ERR_CONFLICT, "clusters.is_joined");
    return row_find(rq, id, out);
}

static err apart_set(struct rq *rq, i64 one, i64 other)
{
    return cluster_store_set_apart(rq->db, one < other ? one : other, one < other ? other : one);
}

static err apart_end(struct rq *rq, i64 one, i64 other, i64 *ended)
{
    return cluster_store_end_apart(rq->db, one < other ? one : other, one < other ? other : one,
                                   ended);
}

/* What the history says of the other one: the name that staff gave it, else its number, how many
 * letters. Never the title, which is a sender's words and goes with his letter (quality P6). */
static str note_of(struct rq *rq, const char *name, const struct cluster *other)
{
    str number = arena_printf(rq->mem, "%lld", (long long)other->id);
    str called = text_format(rq->mem, "clusters.unnamed", number, str_of(""));
    return text_format(rq->mem, name, other->name.len ? other->name : called,
                       arena_printf(rq->mem, "%lld", (long long)other->texts));
}

err cluster_effect_join(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cluster_other_input *in = step->input;
    struct cluster *c = subject->row, other;
    i64 ended;
    TRY(other_find(rq, subject, in->other, &other));
    step->opinion = note_of(rq, "clusters.joined_note", &other);
    TRY(apart_end(rq, c->id, other.id, &ended));
    TRY(profiles_join(rq, c, &other));
    TRY(cluster_become_one(rq, &other, c));
    TRY(cluster_store_update(rq->db, &other, other.state));
    return cluster_count(rq, c);
}

err cluster_guard_split(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    const struct cluster *c = subject->row;
    return c->texts > 1 ? OK : err_make(ERR_CONFLICT, "clusters.one_letter");
}

/* What was joined stands again as it was before, with whatever came to it since then left here. */
static err split_joined(struct rq *rq, struct cluster *c, i64 id, struct cluster *out)
{
    if (id <= 0 || cluster_store_find(rq->db, id, rq->mem, out).code != ERR_NONE ||
        out->into_id != c->id)
        return err_make(ERR_CONFLICT, "clusters.not_joined");
    TRY(cluster_store_move_back(rq->db, c->id, id));
    out->into_id = 0;
    TRY(cluster_count(rq, out));
    return cluster_store_update(rq->db, out, out->state);
}

static err split_letters(struct rq *rq, struct cluster *c, const strs *letters, struct cluster *out)
{
    struct gather_profile none = { 0 };
    *out = (struct cluster){ .owner = c->owner,
                             .version = 1,
                             .state = str_of("open"),
                             .profile = gather_pack(rq->mem, &none) };
    if ((i64)letters->count >= c->texts)
        return err_make(ERR_CONFLICT, "clusters.all_letters");
    TRY(cluster_store_add(rq->db, out, &out->id));
    for (size_t i = 0; i < letters->count; i++) {
        struct cluster_member m = { 0 };
        i64 id = 0;
        if (!str_to_i64(letters->items[i], &id) ||
            cluster_store_find_member(rq->db, c->owner, id, &m).code != ERR_NONE ||
            m.cluster_id != c->id)
            return err_make(ERR_CONFLICT, "clusters.letter_gone");
        TRY(cluster_store_move(rq->db, c->owner, id, out->id));
    }
    TRY(profile_make(rq, out));
    TRY(cluster_count(rq, out));
    return cluster_store_grow(rq->db, out);
}

err cluster_effect_split(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cluster_split_input *in = step->input;
    struct cluster *c = subject->row, other;
    i64 id = 0;
    if (!in->joined.len && !in->letters.count) {
        rq_fault(rq, "letters", "clusters.choose_letters", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (str_to_i64(in->joined, &id))
        TRY(split_joined(rq, c, id, &other));
    else
        TRY(split_letters(rq, c, &in->letters, &other));
    step->opinion = note_of(rq, "clusters.split_note", &other);
    TRY(apart_set(rq, c->id, other.id));
    TRY(profile_renew(rq, c));
    return cluster_count(rq, c);
}

err cluster_effect_apart(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cluster_other_input *in = step->input;
    struct cluster other;
    TRY(other_find(rq, subject, in->other, &other));
    step->opinion = note_of(rq, "clusters.apart_note", &other);
    return apart_set(rq, subject->id, other.id);
}

err cluster_guard_together(struct rq *rq, const struct flow_subject *subject)
{
    struct rows rows;
    TRY(cluster_store_list_aparts(rq->db, subject->id, rq->mem, &rows));
    return rows.count ? OK : err_make(ERR_CONFLICT, "clusters.nothing_apart");
}

err cluster_effect_together(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cluster_other_input *in = step->input;
    struct cluster other;
    i64 ended;
    TRY(other_find(rq, subject, in->other, &other));
    step->opinion = note_of(rq, "clusters.together_note", &other);
    TRY(apart_end(rq, subject->id, other.id, &ended));
    return ended ? OK : err_make(ERR_CONFLICT, "clusters.nothing_apart");
}
