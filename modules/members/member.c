/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of people and members: who serves, how a record becomes person, member, seat and offices, what is sealed. Joining,
 * leaving and amendments: member_acts.c. */
#include "modules/members/member.h"

#include "modules/members/member_rules.h"
#include "modules/orgs/org.h"
#include "platform/access/secret.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"

static err not_found(err e)
{
    return err_is(e, "db.no_row") ? err_make(ERR_NOT_FOUND, "members.not_found") : e;
}

static err none_is_zero(err e, i64 *id)
{
    if (e.code == ERR_NOT_FOUND) {
        *id = 0;
        return OK;
    }
    return e;
}

err member_find(struct rq *rq, i64 id, struct member *out)
{
    return not_found(member_store_find(rq->db, id, rq->mem, out));
}

err member_find_by_person(struct rq *rq, i64 person_id, struct member *out)
{
    return not_found(member_store_find_by_person(rq->db, person_id, rq->mem, out));
}

err member_list_by_name(struct rq *rq, str name, struct rows *out)
{
    return member_store_list_by_name(rq->db, name, rq->mem, out);
}

err member_list_serving(struct rq *rq, i64 sector_id, struct rows *out)
{
    return member_store_list_serving(rq->db, sector_id, rq->today, rq->mem, out);
}

err member_is_serving(struct rq *rq, i64 id, i64 on, bool *out)
{
    i64 count;
    TRY(member_store_count_serving(rq->db, id, on, &count));
    *out = count > 0;
    return OK;
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
static str fold_number(struct arena *mem, str text)
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

static bool is_phone(str s)
{
    if (s.len < 7 || s.len > 20)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '+'))
            return false;
    return true;
}

/* ---- a record ---- */

struct taking {
    struct rq *rq;
    const struct member_record *record;
    str identity, phone;
    bool changed;
};

static void check(struct taking *t)
{
    struct rq *rq = t->rq;
    const struct member_record *r = t->record;
    str none = str_of("");
    t->identity = fold_number(rq->mem, r->identity);
    t->phone = fold_number(rq->mem, r->phone);
    if (r->name.len == 0 || str_chars(r->name) > 40)
        rq_fault(rq, "name", "members.need_name", none, none);
    if (t->identity.len && !member_identity_is_valid(t->identity))
        rq_fault(rq, "identity", "members.bad_identity", none, none);
    if (t->phone.len && !is_phone(t->phone))
        rq_fault(rq, "phone", "members.bad_phone", none, none);
    if (r->gender.len && !str_is(r->gender, "male") && !str_is(r->gender, "female"))
        rq_fault(rq, "gender", "members.bad_gender", r->gender, none);
    if (r->party.len && !dictionary_has(rq, "members.parties", r->party))
        rq_fault(rq, "party", "members.bad_party", r->party, none);
}

/* Whom the record is about: by code, by source, by identity number. 0 = somebody new. */
static err find_same(struct taking *t, i64 *member_id)
{
    struct rq *rq = t->rq;
    const struct member_record *r = t->record;
    *member_id = 0;
    if (r->code.len)
        TRY(none_is_zero(member_store_find_by_code(rq->db, r->code, member_id), member_id));
    if (*member_id == 0 && r->source_id.len)
        TRY(none_is_zero(member_store_find_by_source(rq->db, r->source, r->source_id, member_id),
                         member_id));
    if (*member_id || t->identity.len == 0)
        return OK;
    i64 person_id;
    struct member member;
    TRY(none_is_zero(person_store_find_by_identity(
                         rq->db, field_index(rq->app, rq->mem, "persons.identity", t->identity),
                         &person_id),
                     &person_id));
    if (person_id == 0)
        return OK;
    err e = member_store_find_by_person(rq->db, person_id, rq->mem, &member);
    *member_id = e.code == ERR_NONE ? member.id : 0;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

/* Takes a text over when the record has one; a record with an empty column does not erase. */
static void take_text(struct taking *t, str *stored, str given)
{
    if (given.len == 0 || str_eq(*stored, given))
        return;
    *stored = given;
    t->changed = true;
}

static void take_sealed(struct taking *t, const char *purpose, bytes *sealed, str *key, str given)
{
    str index = field_index(t->rq->app, t->rq->mem, purpose, given);
    if (given.len == 0 || (key && str_eq(*key, index)))
        return;
    *sealed = field_seal(t->rq->app, t->rq->rng, t->rq->mem, purpose, given);
    if (key)
        *key = index;
    t->changed = true;
}

static err take_address(struct taking *t, struct person *p)
{
    str old = str_of("");
    if (t->record->address.len == 0)
        return OK;
    if (p->address_sealed.len)
        TRY(field_open(t->rq->app, t->rq->mem, "persons.address", p->address_sealed, &old));
    if (!str_eq(old, t->record->address))
        take_sealed(t, "persons.address", &p->address_sealed, NULL, t->record->address);
    return OK;
}

static err save_person(struct taking *t, i64 person_id, i64 *id)
{
    struct rq *rq = t->rq;
    const struct member_record *r = t->record;
    struct person p = { .birth_on = BIRTH_UNKNOWN };
    if (person_id)
        TRY(person_store_find(rq->db, person_id, rq->mem, &p));
    take_text(t, &p.name, r->name);
    take_text(t, &p.gender, r->gender);
    take_text(t, &p.ethnic, r->ethnic);
    take_text(t, &p.party, r->party);
    take_text(t, &p.education, r->education);
    take_text(t, &p.employer, r->employer);
    take_text(t, &p.job, r->job);
    take_text(t, &p.mail, r->mail);
    if (r->birth_on != BIRTH_UNKNOWN && r->birth_on != p.birth_on) {
        p.birth_on = r->birth_on;
        t->changed = true;
    }
    take_sealed(t, "persons.identity", &p.identity_sealed, &p.identity_key, t->identity);
    take_sealed(t, "persons.phone", &p.phone_sealed, &p.phone_key, t->phone);
    TRY(take_address(t, &p));
    *id = person_id;
    if (person_id)
        return t->changed ? person_store_update(rq->db, &p) : OK;
    return person_store_add(rq->db, &p, id);
}

/* The term of the record, or the one of today's session. */
static err find_term(struct taking *t, i64 *term_id)
{
    struct session session;
    struct rows rows;
    TRY(session_on(t->rq, t->rq->today, &session));
    *term_id = session.term_id;
    if (t->record->term_number == 0 || t->record->term_number == session.term_number)
        return OK;
    TRY(session_list(t->rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].term_number == t->record->term_number) {
            *term_id = all[i].term_id;
            return OK;
        }
    rq_fault(t->rq, "term_number", "members.no_term", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static err find_sector(struct taking *t, i64 *sector_id)
{
    struct rows rows;
    *sector_id = 0;
    if (t->record->sector.len == 0)
        return OK;
    TRY(sector_list(t->rq, t->rq->today, &rows));
    const struct body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].name, t->record->sector))
            *sector_id = all[i].id;
    if (*sector_id)
        return OK;
    rq_fault(t->rq, "sector", "members.no_sector", t->record->sector, str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static err save_seat(struct taking *t, i64 member_id)
{
    struct rq *rq = t->rq;
    struct seat seat;
    i64 term_id, sector_id, from_on = t->record->from_on > 0 ? t->record->from_on : rq->today;
    TRY(find_term(t, &term_id));
    TRY(find_sector(t, &sector_id));
    err e = seat_store_find_in_term(rq->db, member_id, term_id, rq->mem, &seat);
    if (e.code == ERR_NONE) {
        if (sector_id == 0 || seat.sector_id == sector_id)
            return OK;
        seat.sector_id = sector_id;
        t->changed = true;
        return seat_store_update(rq->db, &seat);
    }
    if (e.code != ERR_NOT_FOUND)
        return e;
    seat = (struct seat){ .member_id = member_id,
                          .term_id = term_id,
                          .sector_id = sector_id,
                          .status = str_of("serving"),
                          .invited = t->record->invited,
                          .from_on = from_on };
    t->changed = true;
    TRY(seat_store_add(rq->db, &seat, &seat.id));
    TRY(change_store_add(rq->db, &(struct change){ .seat_id = seat.id,
                                                   .act = str_of("appoint"),
                                                   .on_on = from_on,
                                                   .recorded_by = rq->actor->account_id,
                                                   .recorded_at = rq->now_ms }));
    return event_emit(rq, "members.appointed", member_id, NULL);
}

/* Adds the committees that the record names and the person does not serve on yet. */
static err save_committees(struct taking *t, i64 person_id, i64 from_on)
{
    struct rows bodies, tenures;
    TRY(committee_list(t->rq, t->rq->today, &bodies));
    TRY(tenure_store_list(t->rq->db, person_id, t->rq->mem, &tenures));
    const struct body *all = bodies.items;
    const struct tenure *have = tenures.items;
    strs names = member_split_names(t->rq->mem, t->record->committees);
    for (size_t n = 0; n < names.count; n++) {
        i64 body_id = 0, id;
        for (size_t i = 0; i < bodies.count; i++)
            if (str_eq(all[i].name, names.items[n]))
                body_id = all[i].id;
        if (body_id == 0) {
            rq_fault(t->rq, "committees", "members.no_committee", names.items[n], str_of(""));
            continue;
        }
        bool has = false;
        for (size_t i = 0; i < tenures.count; i++)
            has = has || (str_is(have[i].body, "committee") && have[i].body_id == body_id &&
                          have[i].to_on == 0);
        if (has)
            continue;
        t->changed = true;
        TRY(tenure_store_add(t->rq->db,
                             &(struct tenure){ .person_id = person_id,
                                               .post = str_of("committee_member"),
                                               .body = str_of("committee"),
                                               .body_id = body_id,
                                               .from_on = from_on },
                             &id));
    }
    return rq_has_faults(t->rq) ? err_make(ERR_INVALID, "form.faults") : OK;
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

static err save_member(struct taking *t, i64 *id)
{
    struct rq *rq = t->rq;
    const struct member_record *r = t->record;
    struct member member = { 0 };
    i64 person_id;
    if (*id)
        TRY(member_store_find(rq->db, *id, rq->mem, &member));
    TRY(save_person(t, member.person_id, &person_id));
    if (*id == 0)
        TRY(member_store_add(rq->db, person_id, r->code, r->source, r->source_id, id));
    else if (t->changed || (r->code.len && !str_eq(r->code, member.code)))
        TRY(member_store_update(rq->db, *id, r->code, r->source, r->source_id));
    TRY(save_seat(t, *id));
    TRY(save_committees(t, person_id, r->from_on > 0 ? r->from_on : rq->today));
    return text_index(rq, "members", *id, r->name, r->employer);
}

err member_save_record(struct rq *rq, const struct member_record *record, i64 *id, char *result)
{
    struct taking t = { .rq = rq, .record = record };
    check(&t);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(find_same(&t, id));
    bool fresh = *id == 0;
    TRY(save_member(&t, id));
    *result = fresh ? 'c' : t.changed ? 'u' : '=';
    if (*result == '=')
        return OK;
    return audit_add(rq, &(struct audit_entry){ .act = "members.save",
                                                .object = "members",
                                                .object_id = *id,
                                                .after = record->name });
}
