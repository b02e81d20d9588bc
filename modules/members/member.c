/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who is a member and who serves; masking and judging of personal fields. How a record is stored:
 * member_record.c. Joining, leaving, offices: member_acts.c. */
#include "modules/members/member.h"

#include "modules/members/meant.h"
#include "modules/members/member_end.h"

#include "modules/members/member_rules.h"
#include "platform/access/secret.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/choices.h"
#include "platform/web/view_parts.h"

static err not_found(err e)
{
    return err_is(e, "db.no_row") ? err_make(ERR_NOT_FOUND, "members.not_found") : e;
}

err member_find(struct rq *rq, i64 id, struct member *out)
{
    return not_found(member_store_find(rq->db, id, rq->mem, out));
}

err member_find_by_person(struct rq *rq, i64 person_id, struct member *out)
{
    return not_found(member_store_find_by_person(rq->db, person_id, rq->mem, out));
}

err member_find_by_code(struct rq *rq, str code, struct member *out)
{
    i64 id;
    TRY(not_found(member_store_find_by_code(rq->db, code, &id)));
    return member_find(rq, id, out);
}

err member_find_traits(struct rq *rq, i64 person_id, struct member_traits *out)
{
    *out = (struct member_traits){ .birth_on = BIRTH_UNKNOWN };
    err e = member_store_find_traits(rq->db, person_id, rq->today, rq->mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err member_list_by_name(struct rq *rq, str name, struct rows *out)
{
    return member_store_list_by_name(rq->db, name, rq->mem, out);
}

err member_list_serving(struct rq *rq, i64 sector_id, struct rows *out)
{
    return member_store_list_serving(rq->db, sector_id, rq->today, rq->mem, out);
}

err member_list_served(struct rq *rq, i64 sector_id, i64 on, struct rows *out)
{
    return member_store_list_served(rq->db, sector_id, on, rq->mem, out);
}

err member_list_meant(struct rq *rq, str typed, struct rows *out)
{
    static const char ONLY[] = "member:";
    i64 id = 0;
    bool only = str_starts(typed, str_of(ONLY));
    str number = only ? str_sub(typed, strlen(ONLY), typed.len) : typed;
    if (!str_to_i64(number, &id))
        id = 0;
    const struct member_meant meant = { only ? str_of("") : typed, id, rq->today };
    return member_store_list_meant(rq->db, &meant, rq->mem, out);
}

str member_label(struct rq *rq, const struct member *m)
{
    str code = m->code.len ? m->code : arena_printf(rq->mem, "%lld", (long long)m->id);
    return text_format(rq->mem, "members.meant",
                       text_format(rq->mem, "members.choice", m->name, m->sector_name), code);
}

static err choices_meant(struct rq *rq, str typed, struct rows *out)
{
    struct rows rows;
    TRY(member_list_meant(rq, typed, &rows));
    const struct member *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = member_label(rq, &all[i]) };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}

err member_choices(struct rq *rq, struct rows *out)
{
    struct rows rows = { 0 };
    i64 count;
    TRY(member_count_all(rq, rq->today, &count));
    if (count <= MEMBER_CHOICES_MAX)
        TRY(member_list_serving(rq, 0, &rows));
    else
        rq_choices_find(rq, choices_meant);
    const struct member *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = text_format(rq->mem, "members.choice", all[i].name,
                                                       all[i].sector_name) };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}

err member_list_committee(struct rq *rq, i64 committee_id, struct rows *out)
{
    return member_store_list_committee(rq->db, committee_id, rq->today, rq->mem, out);
}

err member_list_posts(struct rq *rq, i64 on, struct rows *out)
{
    return member_store_list_posts(rq->db, on, rq->mem, out);
}

err member_list_acting(struct rq *rq, const struct member_body *body, struct rows *out)
{
    return member_store_list_acting(rq->db, body, rq->today, rq->mem, out);
}

err member_list_holding(struct rq *rq, const struct member_body *body, const char *post,
                        struct rows *out)
{
    const struct tenure t = { .post = str_of(post), .body = body->body, .body_id = body->body_id };
    return member_store_list_holding(rq->db, &t, rq->today, rq->mem, out);
}

err member_is_serving(struct rq *rq, i64 id, i64 on, bool *out)
{
    i64 count;
    TRY(member_store_count_serving(rq->db, id, on, &count));
    *out = count > 0;
    return OK;
}

err member_list_suspensions(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out)
{
    struct rows rows;
    TRY(member_store_list_suspensions(rq->db, member_id, to_on, rq->mem, &rows));
    struct member_suspension *all = rows.items;
    *out = (struct rows){ all, 0, sizeof *all };
    for (size_t i = 0; i < rows.count; i++) /* one that was lifted on its first day is none */
        if (!all[i].to_on || (all[i].to_on >= from_on && all[i].to_on >= all[i].from_on))
            all[out->count++] = all[i];
    return OK;
}

static bool is_suspended(const struct rows *suspensions, i64 member_id)
{
    const struct member_suspension *all = suspensions->items;
    for (size_t i = 0; i < suspensions->count; i++)
        if (all[i].member_id == member_id)
            return true;
    return false;
}

bool member_is_standing_post(str post)
{
    str rest = str_of(MEMBER_STANDING_POSTS), one;
    for (bool is_inside = false; str_split(&rest, '\'', &one); is_inside = !is_inside)
        if (is_inside && str_eq(one, post))
            return true;
    return false;
}

err member_count_standing(struct rq *rq, i64 on, struct member_standing *out)
{
    struct rows members, suspensions;
    TRY(member_store_list_standing(rq->db, on, rq->mem, &members));
    TRY(member_list_suspensions(rq, 0, on, on, &suspensions));
    const struct member_post *all = members.items;
    *out = (struct member_standing){ .all = (i64)members.count };
    for (size_t i = 0; i < members.count; i++)
        out->able += !is_suspended(&suspensions, all[i].member_id);
    return OK;
}

err member_count_all(struct rq *rq, i64 on, i64 *out)
{
    return member_store_count_all(rq->db, on, out);
}

err person_name(struct rq *rq, i64 person_id, str *out)
{
    struct person person;
    TRY(not_found(person_store_find(rq->db, person_id, rq->mem, &person)));
    *out = person.name;
    return OK;
}

/* ---- personal fields ---- */

str member_mask(struct arena *mem, str text, i64 head, i64 tail)
{
    i64 chars = str_chars(text);
    struct buf *b = buf_new(mem, text.len + 64);
    if (chars <= head + tail)
        return arena_printf(mem, "%.*s", chars ? 4 : 0, "****");
    buf_add(b, str_cut_chars(text, head));
    for (i64 i = head; i < chars - tail; i++)
        buf_put_byte(b, '*');
    str rest = text;
    buf_add(b, str_sub(text, str_cut_chars(rest, chars - tail).len, text.len));
    return buf_str(b);
}

/* Upper case and without inner space: the same number typed differently is the same person. */
str member_fold_number(struct arena *mem, str text)
{
    struct buf *b = buf_new(mem, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ' ' || c == '-')
            continue;
        buf_put_byte(b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    return buf_str(b);
}

/* Checks digit and shape of an 18-digit identity number (GB 11643-1999). */
bool member_identity_is_valid(str number)
{
    static const int WEIGHTS[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    static const char CHECK[] = "10X98765432";
    int sum = 0;
    if (number.len != 18)
        return false;
    for (size_t i = 0; i < 17; i++) {
        if (number.ptr[i] < '0' || number.ptr[i] > '9')
            return false;
        sum += (number.ptr[i] - '0') * WEIGHTS[i];
    }
    return number.ptr[17] == CHECK[sum % 11];
}

bool member_phone_is_valid(str number)
{
    if (number.len < 7 || number.len > 20)
        return false;
    for (size_t i = 0; i < number.len; i++)
        if (!((number.ptr[i] >= '0' && number.ptr[i] <= '9') || number.ptr[i] == '+'))
            return false;
    return true;
}

strs member_split_names(struct arena *mem, str text)
{
    strs out = { 0 };
    static const char *MARKS[] = { "\xE3\x80\x81", "\xEF\xBC\x9B", "\xEF\xBC\x8C", ";", ",", "\n" };
    while (text.len) {
        size_t end = text.len, skip = 0;
        for (size_t m = 0; m < sizeof MARKS / sizeof *MARKS; m++) {
            i64 at = str_find(text, str_of(MARKS[m]), 0);
            if (at >= 0 && (size_t)at < end) {
                end = (size_t)at;
                skip = strlen(MARKS[m]);
            }
        }
        str name = str_trim(str_sub(text, 0, end));
        if (name.len)
            strs_add(mem, &out, name);
        text = str_sub(text, end + skip, text.len);
    }
    return out;
}

/* ---- sealed fields ---- */

static err open_one(struct rq *rq, const char *purpose, bytes sealed, str *out)
{
    *out = str_of("");
    return sealed.len ? field_open(rq->app, rq->mem, purpose, sealed, out) : OK;
}

err member_secrets_open(struct rq *rq, const struct person *person, struct member_secrets *out)
{
    TRY(open_one(rq, "persons.identity", person->identity_sealed, &out->identity));
    TRY(open_one(rq, "persons.phone", person->phone_sealed, &out->phone));
    return open_one(rq, "persons.address", person->address_sealed, &out->address);
}

err member_phone(struct rq *rq, i64 member_id, str *out)
{
    struct member member;
    struct person person;
    TRY(member_store_find(rq->db, member_id, rq->mem, &member));
    TRY(person_store_find(rq->db, member.person_id, rq->mem, &person));
    return open_one(rq, "persons.phone", person.phone_sealed, out);
}

struct member_secrets member_secrets_mask(struct arena *mem, const struct member_secrets *open)
{
    return (struct member_secrets){ member_mask(mem, open->identity, 3, 2),
                                    member_mask(mem, open->phone, 3, 4),
                                    member_mask(mem, open->address, 6, 0) };
}

/* ---- search ---- */

err member_text_each(struct rq *rq, i64 after, i64 limit, struct rows *out)
{
    return member_store_list_texts(rq->db, after, limit, rq->mem, out);
}

err member_forget_contact(struct rq *rq, i64 seat_id)
{
    struct person p;
    i64 id;
    TRY(person_store_find_by_seat(rq->db, seat_id, &id));
    TRY(person_store_find(rq->db, id, rq->mem, &p));
    p.phone_sealed = p.address_sealed = p.identity_sealed = (bytes){ NULL, 0 };
    p.phone_key = p.mail = str_of("");
    TRY(person_store_forget_wishes(rq->db, id));
    return person_store_update(rq->db, &p);
}
