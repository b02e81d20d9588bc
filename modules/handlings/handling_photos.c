/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What of a letter, beside its text, the units see which handle it: photos, chosen by staff one by
 * one, and the point; none by default, since both may tell who wrote (信访工作条例 art. 30). Pages:
 * handling_pages.c. */
#include "modules/assignments/assignment.h"
#include "modules/handlings/handling_rules.h"
#include "platform/audit/audit.h"
#include "platform/files/files.h"

enum { IDS_MAX = 400 };

static bool is_among(i64 id, const struct rows *rows)
{
    const struct handling_row *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].id == id)
            return true;
    return false;
}

err handling_list_photos(struct rq *rq, i64 letter_id, struct rows *out)
{
    struct rows files, disclosed;
    TRY(attachment_list(rq, "letters", letter_id, &files));
    TRY(handling_store_list_disclosed(rq->db, letter_id, rq->mem, &disclosed));
    const struct attachment *all = files.items;
    struct handling_photo *photos = arena_array(rq->mem, files.count + 1, sizeof *photos);
    for (size_t i = 0; i < files.count; i++)
        photos[i] = (struct handling_photo){ all[i].id, letter_id, all[i].name,
                                             is_among(all[i].id, &disclosed) };
    *out = (struct rows){ .items = photos, .count = files.count, .size = sizeof *photos };
    return OK;
}

/* ---- choosing ---- */

err handling_guard_disclose(struct rq *rq, const struct flow_subject *subject)
{
    struct rows files;
    const struct letter *l = subject->row;
    TRY(attachment_list(rq, "letters", subject->id, &files));
    return files.count || l->point.len ? OK : err_make(ERR_CONFLICT, "handlings.no_photos");
}

/* "12 14": what the audit says of them. */
static str told(struct rq *rq, const struct rows *photos)
{
    const struct handling_photo *all = photos->items;
    struct buf *b = buf_new(rq->mem, IDS_MAX);
    for (size_t i = 0; i < photos->count; i++)
        if (all[i].disclosed)
            buf_printf(b, "%s%lld", b->len ? " " : "", (long long)all[i].id);
    return buf_str(b);
}

static err no_photo(struct rq *rq)
{
    rq_fault(rq, "photos", "handlings.no_photo", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* Marks those that are chosen; each has to be the letter's. */
static err choose(struct rq *rq, const ids *chosen, const struct rows *photos)
{
    struct handling_photo *all = photos->items;
    for (size_t i = 0; i < photos->count; i++)
        all[i].disclosed = false;
    for (size_t k = 0; k < chosen->count; k++) {
        size_t i = 0;
        while (i < photos->count && all[i].id != chosen->items[k])
            i++;
        if (i == photos->count)
            return no_photo(rq);
        all[i].disclosed = true;
    }
    return OK;
}

static err store(struct rq *rq, i64 letter_id, const struct rows *photos)
{
    const struct handling_photo *all = photos->items;
    TRY(handling_store_remove_disclosed(rq->db, letter_id));
    for (size_t i = 0; i < photos->count; i++)
        if (all[i].disclosed)
            TRY(handling_store_add_disclosed(rq->db, &all[i], rq->now_ms, rq->actor->account_id));
    return OK;
}

err handling_disclose(struct rq *rq, i64 letter_id, const ids *photos)
{
    struct rows rows;
    TRY(handling_list_photos(rq, letter_id, &rows));
    str before = told(rq, &rows);
    TRY(choose(rq, photos, &rows));
    str after = told(rq, &rows);
    if (str_eq(before, after))
        return OK;
    TRY(store(rq, letter_id, &rows));
    return audit_add(rq, &(struct audit_entry){ .act = "letters.photos_disclosed",
                                                .object = "letters",
                                                .object_id = letter_id,
                                                .before = before,
                                                .after = after });
}

err handling_disclose_none(struct rq *rq, i64 letter_id)
{
    return handling_store_remove_disclosed(rq->db, letter_id);
}

err handling_effect_disclose(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_disclose_input *in = step->input;
    TRY(handling_disclose_point(rq, subject->row, in->point_disclosed));
    return handling_disclose(rq, subject->id, &in->photos);
}

/* ---- the point ---- */

err handling_disclose_point(struct rq *rq, struct letter *l, bool disclosed)
{
    if (!l->point.len || l->point_disclosed == disclosed)
        return OK;
    l->point_disclosed = disclosed;
    return audit_add(rq, &(struct audit_entry){ .act = "letters.point_disclosed",
                                                .object = "letters",
                                                .object_id = l->id,
                                                .before = str_of(disclosed ? "no" : "yes"),
                                                .after = str_of(disclosed ? "yes" : "no") });
}

/* A telephone measures where its owner stands, and who complains of somebody is found by where he
 * lives; what was taken from a map, about a thing that stands there, is what the unit goes to see.
 */
bool handling_suggests_point(const struct letter *l)
{
    static const char *const THINGS[] = { "roads", "transport", "utilities", "environment" };
    bool of_thing = false;
    for (size_t i = 0; i < sizeof THINGS / sizeof *THINGS; i++)
        of_thing |= str_is(l->category, THINGS[i]);
    return of_thing && str_is(l->point_by, "typed") &&
           (str_is(l->kind, "concern") || str_is(l->kind, "idea"));
}

/* ---- seeing ---- */

/* The unit while it handles the letter, and who reads letters anyhow; whoever else sees
 * assignments of the whole organisation does not. */
static bool may_see(const struct rq *rq, const struct assignment *a)
{
    bool is_own = rq->actor->agency_id > 0 && rq->actor->agency_id == a->agency_id;
    bool is_over = str_is(a->state, "reassigned") || str_is(a->state, "closed");
    return str_is(a->matter, "letters") && !is_over &&
           (is_own || actor_may(rq->actor, "letters.read"));
}

bool handling_point_is_shown(const struct rq *rq, const struct assignment *a,
                             const struct letter *l)
{
    return l->point_disclosed && may_see(rq, a);
}

err handling_list_shown(struct rq *rq, const struct assignment *a, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct handling_photo) };
    return may_see(rq, a) ? handling_store_list_shown(rq->db, a->matter_id, rq->mem, out) : OK;
}

err handling_find_shown(struct rq *rq, const struct assignment *a, i64 photo_id,
                        struct handling_photo *out)
{
    struct rows rows;
    TRY(handling_list_shown(rq, a, &rows));
    const struct handling_photo *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].id == photo_id) {
            *out = all[i];
            return OK;
        }
    return err_make(ERR_NOT_FOUND, "handlings.photo_gone");
}
