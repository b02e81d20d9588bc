/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What this module puts into pages and JSON of others: the letter in a unit's assignment, masked;
 * in a letter's page with whom it is, what runs along with it and what became of it. */
#include "modules/assignments/assignment.h"
#include "modules/handlings/handling_views.h"
#include "modules/mailbox/sender.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/handlings.h"

/* ---- the unit's side ---- */

/* The text of a letter that is gone is not shown any more: that of the next one which waits. */
static err shown_letter(struct rq *rq, i64 lead_id, struct letter *out, i64 *along)
{
    struct rows rows;
    TRY(letter_find_house(rq, lead_id, out));
    TRY(letter_count_along(rq, lead_id, along));
    if (!out->erased_at && !str_is(out->ended, "withdrawn"))
        return OK;
    TRY(letter_list_along(rq, lead_id, &rows));
    const struct letter *all = rows.items;
    for (size_t i = rows.count; i-- > 0;)
        if (!all[i].erased_at && !str_is(all[i].ended, "withdrawn"))
            *out = all[i];
    return OK;
}

static err matter_make(struct rq *rq, const struct assignment *a, struct letter *l,
                       struct handling_matter *m)
{
    struct letter_sender sender;
    m->assignment_id = a->id;
    TRY(shown_letter(rq, a->matter_id, l, &m->along));
    TRY(handling_list_shown(rq, a, &m->photos));
    TRY(handling_mask(rq, l->id, letter_text_for_units(rq, l), &m->text));
    TRY(sender_find(rq, l->id, &sender));
    if (sender.handover) {
        m->sender_name = sender.name;
        m->sender_phone = sender.phone;
    }
    if (l->category.len)
        m->category = dictionary_label(rq, "mailbox.categories", l->category);
    if (l->round > 1 && str_is(l->state, "assigned"))
        TRY(handling_mask(rq, l->id, l->verdict_text, &m->again));
    m->l = l;
    if (!handling_point_is_shown(rq, a, l))
        l->point = l->point_by = str_of("");
    m->reads_letters = actor_may(rq->actor, "letters.read");
    return OK;
}

static const struct field PHOTO[] = { FIELD(struct handling_photo, id), { 0 } };

static void matter_json(const struct handling_matter *m, struct json *j)
{
    json_object(j, "letter");
    json_str(j, "text", m->text);
    json_str(j, "kind", m->l->kind);
    json_str(j, "category", m->l->category);
    json_str(j, "area_name", m->l->area_name);
    json_str(j, "place", m->l->place);
    json_str(j, "point", m->l->point);
    json_str(j, "point_by", m->l->point_by);
    json_i64(j, "round", m->l->round);
    json_i64(j, "along", m->along);
    json_str(j, "again", m->again);
    json_rows(j, "photos", PHOTO, &m->photos);
    json_str(j, "sender_name", m->sender_name);
    json_str(j, "sender_phone", m->sender_phone);
    json_object_end(j);
}

err on_handling_matter_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct matter_shown *shown = fact;
    struct handling_matter m = { 0 };
    struct letter l;
    (void)id;
    if (!str_is(shown->collection, "letters"))
        return OK;
    TRY(matter_make(rq, shown->assignment, &l, &m));
    if (shown->out)
        view_handlings_matter(shown->out, &m);
    if (shown->json)
        matter_json(&m, shown->json);
    return OK;
}

/* ---- the office's side ---- */

static const struct field ALONG[] = {
    FIELD(struct letter, id), FIELD(struct letter, title), FIELD(struct letter, state), { 0 }
};
static const struct field OPINION[] = {
    FIELD(struct handling_opinion, opinion_id), FIELD(struct handling_opinion, number),
    FIELD(struct handling_opinion, title),      FIELD(struct handling_opinion, fed_at),
    FIELD(struct handling_opinion, kept),       { 0 }
};

static err count_disclosed(struct rq *rq, i64 letter_id, i64 *out)
{
    struct rows rows;
    TRY(handling_list_photos(rq, letter_id, &rows));
    const struct handling_photo *all = rows.items;
    *out = 0;
    for (size_t i = 0; i < rows.count; i++)
        *out += all[i].disclosed;
    return OK;
}

void handling_opinions_section(struct rq *rq, const struct rows *opinions, struct out *out)
{
    if (opinions->count)
        view_handlings_opinions(out, opinions, actor_may(rq->actor, "opinions.read"));
}

void handling_opinions_json(struct rq *rq, const struct rows *opinions, struct json *j)
{
    if (actor_may(rq->actor, "opinions.read"))
        json_rows(j, "opinions", OPINION, opinions);
}

static err part_make(struct rq *rq, const struct letter *l, struct handling_part *v)
{
    *v = (struct handling_part){ .l = l };
    if (l->lead_id)
        TRY(handling_lead(rq, l, &v->lead));
    TRY(letter_list_along(rq, l->id, &v->along));
    TRY(handling_store_list_opinions(rq->db, l->id, rq->mem, &v->opinions));
    TRY(count_disclosed(rq, l->id, &v->photos));
    v->kept = v->opinions.count > 0 && str_is(l->state, "evaluated");
    const struct handling_opinion *all = v->opinions.items;
    for (size_t i = 0; i < v->opinions.count; i++)
        v->kept &= all[i].kept;
    return OK;
}

static err part_json(struct rq *rq, const struct handling_part *v, i64 lead_id, struct json *j)
{
    json_rows(j, "along", ALONG, &v->along);
    json_i64(j, "photos_disclosed", v->photos);
    json_bool(j, "point_disclosed", v->l->point_disclosed);
    handling_opinions_json(rq, &v->opinions, j);
    return assignment_json(rq, "letters", lead_id, j);
}

err on_handling_letter_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct letter_shown *shown = fact;
    const struct letter *l = shown->letter;
    i64 lead_id = l->lead_id ? l->lead_id : id;
    struct handling_part v;
    if (shown->side)
        return OK;
    TRY(part_make(rq, l, &v));
    if (shown->json)
        return part_json(rq, &v, lead_id, shown->json);
    view_handlings_part(shown->out, &v);
    handling_opinions_section(rq, &v.opinions, shown->out);
    return assignment_section(rq, "letters", lead_id, shown->out);
}
