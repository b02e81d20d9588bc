/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How a record from a form, a list or the demo becomes person, member, seat and offices: whom it is
 * about, what is sealed, what has changed. Acts on an existing seat: member_acts.c. */
#include "modules/accounts/account.h"
#include "modules/members/member.h"
#include "modules/members/member_rules.h"
#include "modules/orgs/org.h"
#include "platform/access/secret.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/strokes.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"

/* overwrite: an empty text erases what is stored (a form that shows all fields); else it leaves it.
 */
struct taking {
    struct rq *rq;
    const struct member_record *record;
    str identity, phone, identity_key, phone_key;
    bool changed, overwrite;
};

static err none_is_zero(err e, i64 *id)
{
    if (e.code == ERR_NOT_FOUND) {
        *id = 0;
        return OK;
    }
    return e;
}

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

/* ---- judging ---- */

/* What must be written in a certain way. */
static void check_numbers(struct taking *t)
{
    struct rq *rq = t->rq;
    const struct member_record *r = t->record;
    str none = str_of("");
    t->identity = member_fold_number(rq->mem, r->identity);
    t->phone = member_fold_number(rq->mem, r->phone);
    if (t->identity.len && !member_identity_is_valid(t->identity))
        fault(rq, "identity", "members.bad_identity", none);
    if (t->phone.len && !member_phone_is_valid(t->phone))
        fault(rq, "phone", "members.bad_phone", none);
    if (r->mail.len && !mail_is_address(r->mail))
        fault(rq, "mail", "members.bad_mail", r->mail);
    if (r->birth_on != BIRTH_UNKNOWN && r->birth_on > rq->today)
        fault(rq, "birth", "members.bad_birth", none);
}

static void check(struct taking *t)
{
    struct rq *rq = t->rq;
    const struct member_record *r = t->record;
    if (r->name.len == 0 || str_chars(r->name) > 40)
        fault(rq, "name", "members.need_name", str_of(""));
    if (r->gender.len && !str_is(r->gender, "male") && !str_is(r->gender, "female"))
        fault(rq, "gender", "members.bad_gender", r->gender);
    if (r->party.len && !dictionary_has(rq, "members.parties", r->party))
        fault(rq, "party", "members.bad_party", r->party);
    check_numbers(t);
}

static void keys(struct taking *t)
{
    struct rq *rq = t->rq;
    t->identity_key = field_index(rq->app, rq->mem, "persons.identity", t->identity);
    t->phone_key = field_index(rq->app, rq->mem, "persons.phone", t->phone);
}

/* ---- whom it is about ---- */

/* Whether a member of the same name can be told from the record: numbers decide where both sides
 * have them, else the sector or the employer. 1 = the same, 0 = somebody else, -1 = cannot be told.
 */
static err compare(struct taking *t, const struct member *m, int *same)
{
    const struct member_record *r = t->record;
    struct person p;
    TRY(person_store_find(t->rq->db, m->person_id, t->rq->mem, &p));
    bool employer = r->employer.len && str_eq(r->employer, p.employer);
    bool sector = r->sector.len && str_eq(r->sector, m->sector_name);
    *same = employer || sector ? 1 : -1;
    if (r->code.len && m->code.len)
        *same = 0; /* it was looked for by its code and not found */
    else if (t->identity.len && p.identity_key.len)
        *same = str_eq(t->identity_key, p.identity_key);
    else if (t->phone.len && p.phone_key.len && str_eq(t->phone_key, p.phone_key))
        *same = 1;
    else if (t->phone.len && p.phone_key.len && !employer)
        *same = 0;
    return OK;
}

/* Lists often have no number at all: the same name then must not become a second person when the
 * list comes again, nor may two people become one. */
static err find_by_name(struct taking *t, i64 *member_id)
{
    struct rows rows;
    size_t same = 0, unclear = 0;
    TRY(member_store_list_by_name(t->rq->db, t->record->name, t->rq->mem, &rows));
    const struct member *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        int answer;
        TRY(compare(t, &all[i], &answer));
        if (answer > 0)
            *member_id = all[i].id;
        same += answer > 0;
        unclear += answer < 0;
    }
    if (same == 1 || (same == 0 && unclear == 0))
        return OK;
    fault(t->rq, "name", "members.same_name", t->record->name);
    return err_make(ERR_INVALID, "form.faults");
}

static err find_by_identity(struct taking *t, i64 *member_id)
{
    i64 person_id;
    struct member member;
    TRY(none_is_zero(person_store_find_by_identity(t->rq->db, t->identity_key, &person_id),
                     &person_id));
    if (person_id == 0)
        return OK;
    err e = member_store_find_by_person(t->rq->db, person_id, t->rq->mem, &member);
    *member_id = e.code == ERR_NONE ? member.id : 0;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

/* A number that belongs to somebody of another name is a slip in the list far more often than a new
 * name: it must not rename him. */
static err check_name(struct taking *t, const char *field, i64 member_id)
{
    struct member member;
    if (member_id == 0)
        return OK;
    TRY(member_store_find(t->rq->db, member_id, t->rq->mem, &member));
    if (str_eq(member.name, t->record->name))
        return OK;
    fault(t->rq, field, "members.other_name", member.name);
    return err_make(ERR_INVALID, "form.faults");
}

/* By code, by source, by identity number, by name. 0 = somebody new. */
static err find_same(struct taking *t, i64 *member_id)
{
    struct rq *rq = t->rq;
    const struct member_record *r = t->record;
    *member_id = 0;
    if (r->code.len)
        TRY(none_is_zero(member_store_find_by_code(rq->db, r->code, member_id), member_id));
    TRY(check_name(t, "code", *member_id));
    if (*member_id == 0 && r->source_id.len)
        TRY(none_is_zero(member_store_find_by_source(rq->db, r->source, r->source_id, member_id),
                         member_id));
    if (*member_id == 0 && t->identity.len) {
        TRY(find_by_identity(t, member_id));
        TRY(check_name(t, "identity", *member_id));
    }
    if (*member_id || r->source_id.len)
        return OK;
    return find_by_name(t, member_id);
}

/* The identity number may belong to one person only. */
static err check_identity(struct taking *t, i64 person_id)
{
    i64 other;
    if (t->identity.len == 0)
        return OK;
    TRY(none_is_zero(person_store_find_by_identity(t->rq->db, t->identity_key, &other), &other));
    if (other == 0 || other == person_id)
        return OK;
    fault(t->rq, "identity", "members.identity_taken", str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* ---- the person ---- */

static void take_text(struct taking *t, str *stored, str given)
{
    if ((given.len == 0 && !t->overwrite) || str_eq(*stored, given))
        return;
    *stored = given;
    t->changed = true;
}

/* Sealed fields are never shown in full, so an empty one means "as it is" in forms too. */
static void take_sealed(struct taking *t, const char *purpose, bytes *sealed, str given)
{
    *sealed = field_seal(t->rq->app, t->rq->rng, t->rq->mem, purpose, given);
    t->changed = true;
}

static err take_sealed_all(struct taking *t, struct person *p)
{
    struct rq *rq = t->rq;
    str address = t->record->address, old = str_of("");
    if (t->identity.len && !str_eq(p->identity_key, t->identity_key)) {
        take_sealed(t, "persons.identity", &p->identity_sealed, t->identity);
        p->identity_key = t->identity_key;
    }
    if (t->phone.len && !str_eq(p->phone_key, t->phone_key)) {
        take_sealed(t, "persons.phone", &p->phone_sealed, t->phone);
        p->phone_key = t->phone_key;
    }
    if (address.len && p->address_sealed.len)
        TRY(field_open(rq->app, rq->mem, "persons.address", p->address_sealed, &old));
    if (address.len && !str_eq(old, address))
        take_sealed(t, "persons.address", &p->address_sealed, address);
    return OK;
}

static err take_person(struct taking *t, struct person *p)
{
    const struct member_record *r = t->record;
    take_text(t, &p->name, r->name);
    take_text(t, &p->gender, r->gender);
    take_text(t, &p->ethnic, r->ethnic);
    take_text(t, &p->party, r->party);
    take_text(t, &p->education, r->education);
    take_text(t, &p->employer, r->employer);
    take_text(t, &p->job, r->job);
    take_text(t, &p->mail, r->mail);
    if ((r->birth_on != BIRTH_UNKNOWN || t->overwrite) && r->birth_on != p->birth_on) {
        p->birth_on = r->birth_on;
        t->changed = true;
    }
    return take_sealed_all(t, p);
}

static err save_person(struct taking *t, struct person *p)
{
    TRY(check_identity(t, p->id));
    TRY(take_person(t, p));
    p->strokes = strokes_key(t->rq->mem, p->name);
    if (p->id == 0)
        return person_store_add(t->rq->db, p, &p->id);
    return t->changed ? person_store_update(t->rq->db, p) : OK;
}

/* ---- the seat ---- */

/* The term of the record, or the one of today's session. */
static err find_term(struct taking *t, i64 *term_id)
{
    struct session session;
    struct rows rows;
    if (t->record->term_number == 0) {
        TRY(session_on(t->rq, t->rq->today, &session));
        *term_id = session.term_id;
        return OK;
    }
    TRY(session_list(t->rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].term_number == t->record->term_number) {
            *term_id = all[i].term_id;
            return OK;
        }
    fault(t->rq, "term_number", "members.no_term",
          arena_printf(t->rq->mem, "%lld", (long long)t->record->term_number));
    return err_make(ERR_INVALID, "form.faults");
}

err member_sector_named(struct rq *rq, str name, i64 *sector_id)
{
    struct rows rows;
    *sector_id = 0;
    if (name.len == 0)
        return OK;
    TRY(sector_list(rq, rq->today, &rows));
    const struct body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].name, name))
            *sector_id = all[i].id;
    if (*sector_id)
        return OK;
    fault(rq, "sector", "members.no_sector", name);
    return err_make(ERR_INVALID, "form.faults");
}

static err add_seat(struct taking *t, struct seat *seat)
{
    struct rq *rq = t->rq;
    const struct member_record *r = t->record;
    t->changed = true;
    TRY(seat_store_add(rq->db, seat, &seat->id));
    TRY(change_store_add(rq->db, &(struct change){ .seat_id = seat->id,
                                                   .act = r->act.len ? r->act : str_of("appoint"),
                                                   .on_on = seat->from_on,
                                                   .organ = r->organ,
                                                   .document = r->document,
                                                   .reason = r->reason,
                                                   .recorded_by = rq->actor->account_id,
                                                   .recorded_at = rq->now_ms }));
    TRY(account_set_membership(rq, seat->member_id, true, seat->from_on));
    return event_emit(rq, "members.appointed", seat->member_id, NULL);
}

/* A list that says another sector than the seat's moves it; it does not rewrite what was. */
static err move_seat(struct taking *t, const struct seat *seat, i64 sector_id)
{
    const struct member_record *r = t->record;
    if (sector_id == 0 || seat->sector_id == sector_id)
        return OK;
    if (r->undecided) {
        fault(t->rq, "sector", "members.sector_undecided", r->name);
        return err_make(ERR_INVALID, "form.faults");
    }
    t->changed = true;
    TRY(member_resector(t->rq, seat,
                        &(struct sector_wish){
                            .sector_id = sector_id,
                            .on_on = r->sector_on,
                            .day_field = "sector_on",
                            .organ = r->organ,
                            .document = r->document,
                            .reason =
                                r->reason.len ? r->reason : text_find("members.sector_by_list") }));
    return audit_add(t->rq,
                     &(struct audit_entry){ "members.resector", "members", seat->member_id,
                                            .before = seat->sector_name, .after = r->sector });
}

static err save_seat(struct taking *t, i64 member_id)
{
    struct rq *rq = t->rq;
    struct seat seat;
    i64 term_id, sector_id;
    TRY(find_term(t, &term_id));
    TRY(member_sector_named(rq, t->record->sector, &sector_id));
    err e = seat_store_find_in_term(rq->db, member_id, term_id, rq->mem, &seat);
    if (e.code == ERR_NONE)
        return move_seat(t, &seat, sector_id);
    if (e.code != ERR_NOT_FOUND)
        return e;
    if (t->record->undecided) {
        fault(t->rq, "name", "members.seat_undecided", t->record->name);
        return err_make(ERR_INVALID, "form.faults");
    }
    seat = (struct seat){ .member_id = member_id,
                          .term_id = term_id,
                          .sector_id = sector_id,
                          .status = str_of("serving"),
                          .invited = t->record->invited,
                          .from_on = t->record->from_on > 0 ? t->record->from_on : rq->today };
    return add_seat(t, &seat);
}

/* ---- committees ---- */

static i64 body_named(const struct rows *bodies, str name)
{
    const struct body *all = bodies->items;
    for (size_t i = 0; i < bodies->count; i++)
        if (str_eq(all[i].name, name))
            return all[i].id;
    return 0;
}

/* Adds one committee unless the person is on it; *count: how many he is on then. */
static err add_committee(struct taking *t, i64 person_id, i64 body_id, i64 *count)
{
    struct rows rows;
    i64 id, from_on = t->record->from_on > 0 ? t->record->from_on : t->rq->today;
    TRY(tenure_store_list(t->rq->db, person_id, t->rq->mem, &rows));
    const struct tenure *have = rows.items;
    bool has = false;
    *count = member_committee_count(&rows);
    for (size_t i = 0; i < rows.count; i++)
        has = has ||
              (str_is(have[i].body, "committee") && have[i].body_id == body_id && !have[i].to_on);
    if (has)
        return OK;
    t->changed = true;
    ++*count;
    return tenure_store_add(t->rq->db,
                            &(struct tenure){ .person_id = person_id,
                                              .post = str_of("committee_member"),
                                              .body = str_of("committee"),
                                              .body_id = body_id,
                                              .from_on = from_on },
                            &id);
}

static err save_committees(struct taking *t, i64 person_id)
{
    struct rows bodies;
    i64 count = 0;
    strs names = member_split_names(t->rq->mem, t->record->committees);
    if (names.count == 0)
        return OK;
    TRY(committee_list(t->rq, t->rq->today, &bodies));
    for (size_t n = 0; n < names.count; n++) {
        i64 body_id = body_named(&bodies, names.items[n]);
        if (body_id == 0)
            fault(t->rq, "committees", "members.no_committee", names.items[n]);
        else
            TRY(add_committee(t, person_id, body_id, &count));
    }
    if (count > MEMBER_COMMITTEES_MAX)
        fault(t->rq, "committees", "members.two_committees", str_of(""));
    return rq_has_faults(t->rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- all ---- */

static err note(struct taking *t, i64 id, const struct person *p)
{
    if (!t->changed)
        return OK;
    TRY(text_index(t->rq, "members", id, p->name, p->employer));
    return audit_add(t->rq,
                     &(struct audit_entry){ "members.save", "members", id, .after = p->name });
}

static err save_member(struct taking *t, i64 *id)
{
    struct rq *rq = t->rq;
    const struct member_record *r = t->record;
    struct member member = { 0 };
    struct person person = { .birth_on = BIRTH_UNKNOWN };
    if (*id) {
        TRY(member_store_find(rq->db, *id, rq->mem, &member));
        TRY(person_store_find(rq->db, member.person_id, rq->mem, &person));
    }
    TRY(save_person(t, &person));
    if (*id == 0) {
        t->changed = true;
        TRY(member_store_add(
            rq->db, &(struct member_keys){ person.id, r->code, r->source, r->source_id }, id));
    } else if (r->code.len && !str_eq(r->code, member.code)) {
        t->changed = true;
        TRY(member_store_update(rq->db,
                                &(struct member_keys){ .code = r->code,
                                                       .source = r->source,
                                                       .source_id = r->source_id },
                                *id, member.version));
    }
    TRY(save_seat(t, *id));
    TRY(save_committees(t, person.id));
    return note(t, *id, &person);
}

err member_save_record(struct rq *rq, const struct member_record *record, i64 *id, char *result)
{
    struct taking t = { .rq = rq, .record = record };
    check(&t);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    keys(&t);
    TRY(find_same(&t, id));
    bool fresh = *id == 0;
    TRY(save_member(&t, id));
    *result = fresh ? 'c' : t.changed ? 'u' : '=';
    return OK;
}

static err change_code(struct taking *t, const struct member *member)
{
    i64 other;
    str code = t->record->code;
    if (code.len == 0 || str_eq(code, member->code))
        return OK;
    TRY(none_is_zero(member_store_find_by_code(t->rq->db, code, &other), &other));
    if (other) {
        fault(t->rq, "code", "members.code_taken", code);
        return err_make(ERR_INVALID, "form.faults");
    }
    t->changed = true;
    return member_store_update(t->rq->db, &(struct member_keys){ .code = code }, member->id,
                               member->version);
}

err member_update(struct rq *rq, i64 id, i64 version, const struct member_record *record)
{
    struct taking t = { .rq = rq, .record = record, .overwrite = true };
    struct member member;
    struct person person;
    check(&t);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(rq_need_version(rq, version));
    keys(&t);
    TRY(member_find(rq, id, &member));
    TRY(person_store_find(rq->db, member.person_id, rq->mem, &person));
    person.version = version;
    TRY(change_code(&t, &member));
    TRY(save_person(&t, &person));
    return note(&t, id, &person);
}

err member_seat_add(struct rq *rq, i64 id, const struct member_record *record)
{
    struct taking t = { .rq = rq, .record = record };
    struct seat seat = { .member_id = id,
                         .status = str_of("serving"),
                         .invited = record->invited,
                         .from_on = record->from_on };
    struct seat last;
    struct member member;
    TRY(find_term(&t, &seat.term_id));
    TRY(member_sector_named(rq, record->sector, &seat.sector_id));
    TRY(member_find(rq, id, &member));
    if (member.seat_id) {
        TRY(seat_store_find(rq->db, member.seat_id, rq->mem, &last));
        if (seat.from_on <= last.to_on) {
            fault(rq, "on_on", "members.seat_overlaps", str_of(""));
            return err_make(ERR_INVALID, "form.faults");
        }
    }
    return add_seat(&t, &seat);
}
