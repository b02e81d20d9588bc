/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A member's own changes of his data: asked, then approved or declined by staff. Telephone and
 * address are sealed while they wait, and are never in an audit entry. */
#include "modules/members/member_rules.h"
#include "platform/access/secret.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* A changeable field: where the wish has it, where the person has it. purpose: of a sealed one. */
struct wish_field {
    struct field wish;
    size_t stored;
    const char *purpose;
};

static const struct wish_field FIELDS[] = {
    { FIELD(struct member_wish, employer), offsetof(struct person, employer), NULL },
    { FIELD(struct member_wish, job), offsetof(struct person, job), NULL },
    { FIELD(struct member_wish, education), offsetof(struct person, education), NULL },
    { FIELD(struct member_wish, party), offsetof(struct person, party), NULL },
    { FIELD(struct member_wish, mail), offsetof(struct person, mail), NULL },
    { FIELD(struct member_wish, phone), offsetof(struct person, phone_sealed), "persons.phone" },
    { FIELD(struct member_wish, address), offsetof(struct person, address_sealed),
      "persons.address" },
    { .wish = { 0 } },
};

static const void *at(const void *base, size_t offset)
{
    return (const char *)base + offset;
}

static const struct wish_field *field_named(str name)
{
    const struct wish_field *f = FIELDS;
    while (f->wish.name && !str_is(name, f->wish.name))
        f++;
    return f->wish.name ? f : NULL;
}

static err check(struct rq *rq, const struct member_wish *w)
{
    str phone = member_fold_number(rq->mem, w->phone), none = str_of("");
    if (phone.len && !member_phone_is_valid(phone))
        rq_fault(rq, "phone", "members.bad_phone", none, none);
    if (w->mail.len && !mail_is_address(w->mail))
        rq_fault(rq, "mail", "members.bad_mail", w->mail, none);
    if (w->party.len && !dictionary_has(rq, "members.parties", w->party))
        rq_fault(rq, "party", "members.bad_party", w->party, none);
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err stored_text(struct rq *rq, const struct wish_field *f, const struct person *p, str *out)
{
    *out = str_of("");
    if (!f->purpose) {
        *out = *(const str *)at(p, f->stored);
        return OK;
    }
    bytes sealed = *(const bytes *)at(p, f->stored);
    return sealed.len ? field_open(rq->app, rq->mem, f->purpose, sealed, out) : OK;
}

/* ---- the flow: so that an open wish is a to-do of who looks after the roster ---- */

err member_amendment_find(struct rq *rq, i64 id, struct amendment *out)
{
    err e = amendment_store_find(rq->db, id, rq->mem, out);
    return err_is(e, "db.no_row") ? err_make(ERR_NOT_FOUND, "members.no_amendment") : e;
}

err amendment_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct amendment *a = arena_zero(rq->mem, sizeof *a);
    TRY(member_amendment_find(rq, id, a));
    *out = (struct flow_subject){
        .id = id,
        .version = 1,
        .state = a->state,
        .title = text_format(rq->mem, "members.amendment_title", a->person_name,
                             text_label("members", a->field)),
        .row = a,
    };
    return OK;
}

err amendment_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return amendment_store_set_state(rq->db, subject->id, to);
}

/* Told by one message for all fields of a form (member_amend). */
static err begin(struct rq *rq, i64 id)
{
    struct flow_subject subject;
    TRY(amendment_flow_load(rq, id, &subject));
    return flow_begin_quiet(rq, &AMENDMENTS_FLOW, &subject);
}

static err ask(struct rq *rq, const struct wish_field *f, str before, struct amendment *a)
{
    i64 changed, id;
    a->field = str_of(f->wish.name);
    a->asked_at = rq->now_ms;
    if (f->purpose) {
        a->after_sealed = field_seal(rq->app, rq->rng, rq->mem, "amendments.after", a->after);
        a->after = str_of("");
    } else {
        a->before = before;
    }
    TRY(amendment_store_replace(rq->db, a, &changed));
    if (!changed) {
        TRY(amendment_store_add(rq->db, a, &id));
        TRY(begin(rq, id));
    }
    return audit_add(rq, &(struct audit_entry){ "members.ask", "persons", a->person_id,
                                                .after = a->field });
}

/* Whether just this waits already, so that asking again is no news to anybody. */
static err is_waiting(struct rq *rq, const struct rows *wishes, const struct wish_field *f,
                      str after, bool *out)
{
    const struct amendment *all = wishes->items;
    *out = false;
    for (size_t i = 0; i < wishes->count; i++) {
        str waiting = all[i].after;
        if (!str_is(all[i].state, "asked") || !str_is(all[i].field, f->wish.name))
            continue;
        if (f->purpose)
            TRY(field_open(rq->app, rq->mem, "amendments.after", all[i].after_sealed, &waiting));
        *out = *out || str_eq(waiting, after);
    }
    return OK;
}

err member_amend(struct rq *rq, i64 person_id, const struct member_wish *wish, i64 *asked)
{
    struct person person;
    struct rows wishes;
    i64 fresh = 0;
    *asked = 0;
    TRY(check(rq, wish));
    TRY(amendment_store_list_of(rq->db, person_id, rq->mem, &wishes));
    TRY(person_store_find(rq->db, person_id, rq->mem, &person));
    for (const struct wish_field *f = FIELDS; f->wish.name; f++) {
        str before, after = *(const str *)at(wish, f->wish.offset);
        TRY(stored_text(rq, f, &person, &before));
        if (strcmp(f->wish.name, "phone") == 0)
            after = member_fold_number(rq->mem, after);
        if (after.len == 0 || str_eq(before, after))
            continue;
        struct amendment a = { .person_id = person_id, .after = after };
        bool waiting;
        TRY(is_waiting(rq, &wishes, f, after, &waiting));
        if (!waiting)
            TRY(ask(rq, f, before, &a));
        fresh += !waiting;
        ++*asked;
    }
    if (fresh == 0)
        return OK;
    return notify_send(rq, &(struct notify_to){ .permission = "members.amend" },
                       &(struct notify_message){ .text = "members.told_asked",
                                                 .arg = { person.name },
                                                 .url = str_of("/members/amendments") });
}

/* ---- deciding ---- */

static err apply(struct rq *rq, const struct amendment *a)
{
    const struct wish_field *f = field_named(a->field);
    struct person person;
    TRY(person_store_find(rq->db, a->person_id, rq->mem, &person));
    if (!f)
        return err_make(ERR_NOT_FOUND, "members.no_amendment");
    if (!f->purpose) {
        *(str *)(uintptr_t)at(&person, f->stored) = a->after;
        return person_store_update(rq->db, &person);
    }
    str text;
    TRY(field_open(rq->app, rq->mem, "amendments.after", a->after_sealed, &text));
    *(bytes *)(uintptr_t)at(&person, f->stored) =
        field_seal(rq->app, rq->rng, rq->mem, f->purpose, text);
    if (str_is(a->field, "phone"))
        person.phone_key = field_index(rq->app, rq->mem, f->purpose, text);
    return person_store_update(rq->db, &person);
}

err member_amendment_decide(struct rq *rq, i64 id, const struct decision *d)
{
    struct amendment a;
    bool approve = d->approve;
    str reason = d->reason;
    TRY(member_amendment_find(rq, id, &a));
    if (!str_is(a.state, "asked"))
        return err_make(ERR_CONFLICT, "members.amendment_done");
    TRY(rq_need_version(rq, d->version));
    if (d->version != a.asked_at) /* asked for something else in between */
        return err_make(ERR_CONFLICT, "flows.version");
    if (!approve && reason.len == 0) {
        rq_fault(rq, "reason", "members.need_reason", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (approve)
        TRY(apply(rq, &a));
    a.state = str_of(approve ? "approved" : "declined");
    a.reason = reason;
    a.decided_at = rq->now_ms;
    a.decided_by = rq->actor->account_id;
    TRY(flow_move(rq, &AMENDMENTS_FLOW, id, approve ? "approve" : "decline", NULL));
    TRY(amendment_store_decide(rq->db, &a));
    TRY(audit_add(rq, &(struct audit_entry){ "members.amend", "persons", a.person_id,
                                             .before = a.field, .after = a.state }));
    return notify_send(rq, &(struct notify_to){ .person_id = a.person_id },
                       &(struct notify_message){ .text = approve ? "members.told_approved"
                                                                 : "members.told_declined",
                                                 .arg = { text_label("members", a.field), reason },
                                                 .url = str_of("/members/me") });
}
