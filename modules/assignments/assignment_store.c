/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of assignments and what hangs on them, by table. Replies:
 * assignment_reply_store.c. The list for people is declared in assignment_list.c. CROSS JOIN
 * keeps SQLite to the written order, the matter's assignments first: without statistics it would
 * walk the other table whole. */
#include "modules/assignments/assignment_store.h"

static const struct field ASSIGNMENT_ROW[] = {
    FIELD(struct assignment, id),
    FIELD(struct assignment, matter_id),
    FIELD(struct assignment, agency_id),
    FIELD(struct assignment, round),
    FIELD(struct assignment, dispatcher_id),
    FIELD(struct assignment, assigned_at),
    FIELD(struct assignment, assigned_by),
    FIELD(struct assignment, accept_due_on),
    FIELD(struct assignment, due_on),
    FIELD(struct assignment, accepted_at),
    FIELD(struct assignment, accepted_by),
    FIELD(struct assignment, replied_at),
    FIELD(struct assignment, closed_at),
    FIELD(struct assignment, cancelled_at),
    FIELD(struct assignment, version),
    FIELD(struct assignment, was_late),
    FIELD(struct assignment, first_replied_at),
    FIELD(struct assignment, first_late),
    FIELD(struct assignment, plenary),
    FIELD(struct assignment, party),
    FIELD(struct assignment, talks),
    FIELD(struct assignment, contacted_on),
    FIELD(struct assignment, contact_due_on),
    FIELD(struct assignment, matter),
    FIELD(struct assignment, matter_title),
    FIELD(struct assignment, matter_number),
    FIELD(struct assignment, agency_name),
    FIELD(struct assignment, role),
    FIELD(struct assignment, state),
    FIELD(struct assignment, warning),
    FIELD(struct assignment, contact_warning),
    FIELD(struct assignment, held_at),
    FIELD(struct assignment, strict),
    FIELD(struct assignment, disputed),
    FIELD(struct assignment, disputed_at),
    FIELD(struct assignment, settled_at),
    FIELD(struct assignment, decider),
    FIELD(struct assignment, quality),
    FIELD(struct assignment, plain),
    FIELD(struct assignment, examine),
    FIELD(struct assignment, numbered),
    FIELD(struct assignment, extend_to_on),
    { 0 },
};

static const struct field ITEM_ROW[] = {
    FIELD(struct assignment_item, number),
    FIELD(struct assignment_item, origin_id),
    FIELD(struct assignment_item, origin_number),
    FIELD(struct assignment_item, text),
    { 0 },
};

static const struct field PERSON_ROW[] = {
    FIELD(struct assignment_person, position),
    FIELD(struct assignment_person, person_id),
    FIELD(struct assignment_person, name),
    FIELD(struct assignment_person, verdict),
    { 0 },
};

static const struct field REQUEST_ROW[] = {
    FIELD(struct request, id),
    FIELD(struct request, assignment_id),
    FIELD(struct request, better_agency_id),
    FIELD(struct request, from_on),
    FIELD(struct request, to_on),
    FIELD(struct request, consented_on),
    FIELD(struct request, asked_at),
    FIELD(struct request, asked_by),
    FIELD(struct request, decided_at),
    FIELD(struct request, decided_by),
    FIELD(struct request, kind),
    FIELD(struct request, reason),
    FIELD(struct request, decision),
    FIELD(struct request, answer),
    FIELD(struct request, advice),
    FIELD(struct request, consent_note),
    { 0 },
};

static const struct field CONTACT_ROW[] = {
    FIELD(struct contact, id),          FIELD(struct contact, assignment_id),
    FIELD(struct contact, round),       FIELD(struct contact, held_on),
    FIELD(struct contact, recorded_at), FIELD(struct contact, recorded_by),
    FIELD(struct contact, way),         FIELD(struct contact, with_whom),
    FIELD(struct contact, content),     { 0 },
};

static const struct field CONTRIBUTION_ROW[] = {
    FIELD(struct contribution, id),        FIELD(struct contribution, assignment_id),
    FIELD(struct contribution, given_at),  FIELD(struct contribution, given_by),
    FIELD(struct contribution, body),      FIELD(struct contribution, operator),
    FIELD(struct contribution, phone),     FIELD(struct contribution, number),
    FIELD(struct contribution, signer),    FIELD(struct contribution, signed_at),
    FIELD(struct contribution, signed_by), { 0 },
};

static const struct field WAITING_ROW[] = {
    FIELD(struct waiting, id),
    FIELD(struct waiting, assignment_id),
    FIELD(struct waiting, asked_at),
    FIELD(struct waiting, from_on),
    FIELD(struct waiting, to_on),
    FIELD(struct waiting, better_agency_id),
    FIELD(struct waiting, kind),
    FIELD(struct waiting, advice),
    FIELD(struct waiting, reason),
    FIELD(struct waiting, matter_title),
    FIELD(struct waiting, matter_number),
    FIELD(struct waiting, agency_name),
    FIELD(struct waiting, role),
    { 0 },
};

/* ---- assignments ---- */

err assignment_store_find(struct db *db, i64 id, struct arena *mem, struct assignment *out)
{
    return db_one(
        db,
        SQL("SELECT id, matter_id, agency_id, round, dispatcher_id, assigned_at, assigned_by, "
            "accept_due_on, due_on, accepted_at, accepted_by, replied_at, closed_at, "
            "cancelled_at, version, was_late, matter, matter_title, matter_number, "
            "agency_name, role, state, warning, first_replied_at, first_late, plenary, "
            "party, talks, contacted_on, contact_due_on, contact_warning, held_at, "
            "strict, disputed, disputed_at, settled_at, decider, quality, plain, "
            "examine, numbered, extend_to_on FROM assignments "
            "WHERE org_id = :org AND id = :id",
            P(id)),
        ASSIGNMENT_ROW, mem, out);
}

err assignment_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                          struct rows *out)
{
    out->size = sizeof(struct assignment);
    return db_list(
        db,
        SQL("SELECT id, matter_id, agency_id, round, dispatcher_id, assigned_at, assigned_by, "
            "accept_due_on, due_on, accepted_at, accepted_by, replied_at, closed_at, "
            "cancelled_at, version, was_late, matter, matter_title, matter_number, "
            "agency_name, role, state, warning, first_replied_at, first_late, plenary, "
            "party, talks, contacted_on, contact_due_on, contact_warning, held_at, "
            "strict, disputed, disputed_at, settled_at, decider, quality, plain, "
            "examine, numbered, extend_to_on FROM assignments "
            "WHERE org_id = :org AND matter = :matter AND matter_id = :matter_id "
            "ORDER BY CASE WHEN role = 'cohost' THEN 2 ELSE 1 END, id LIMIT 200",
            P(key->matter), P(key->matter_id)),
        ASSIGNMENT_ROW, mem, out);
}

err assignment_store_add(struct db *db, const struct assignment *a, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO assignments (org_id, matter, matter_id, matter_title, "
                         "matter_number, agency_id, agency_name, "
                         "role, state, round, dispatcher_id, assigned_at, assigned_by, due_on, "
                         "plenary, party, plain, examine, numbered, accept_due_on, "
                         "extend_to_on, session_id) "
                         "VALUES (:org, :matter, :matter_id, :matter_title, :matter_number, "
                         ":agency_id, :agency_name, :role, "
                         "'assigned', :round, :dispatcher_id, :assigned_at, :assigned_by, :due_on, "
                         ":plenary, :party, :plain, :examine, :numbered, :accept_due_on, "
                         ":extend_to_on, "
                         "COALESCE(NULLIF(:session_id, 0), (SELECT max(o.session_id) FROM "
                         "assignments o WHERE o.org_id = :org AND o.matter = :matter AND "
                         "o.matter_id = :matter_id), 0)) "
                         "RETURNING id",
                         P(a->matter), P(a->matter_id), P(a->matter_title), P(a->matter_number),
                         P(a->agency_id), P(a->agency_name), P(a->role), P(a->round),
                         P(a->dispatcher_id), P(a->assigned_at), P(a->assigned_by), P(a->due_on),
                         P(a->plenary), P(a->party), P(a->plain), P(a->examine), P(a->numbered),
                         P(a->accept_due_on), P(a->extend_to_on), P(a->session_id)),
                     id);
}

err assignment_store_update(struct db *db, const struct assignment *a, str to)
{
    return db_update(
        db,
        SQL("UPDATE assignments SET state = :to, round = :round, accept_due_on = "
            ":accept_due_on, due_on = :due_on, "
            "accepted_at = :accepted_at, accepted_by = :accepted_by, replied_at = "
            ":replied_at, "
            "closed_at = :closed_at, cancelled_at = :cancelled_at, was_late = :was_late, "
            "warning = :warning, first_replied_at = :first_replied_at, first_late = :first_late, "
            "talks = :talks, contacted_on = :contacted_on, contact_due_on = "
            ":contact_due_on, contact_warning = :contact_warning, held_at = "
            ":held_at, strict = "
            ":strict, disputed = :disputed, disputed_at = :disputed_at, settled_at = :settled_at, "
            "decider = :decider, quality = :quality, extend_to_on = :extend_to_on, "
            "version = version + 1 "
            "WHERE org_id = :org AND id = :id AND version = :version",
            P(to), P(a->round), P(a->accept_due_on), P(a->due_on), P(a->accepted_at),
            P(a->accepted_by), P(a->replied_at), P(a->closed_at), P(a->cancelled_at),
            P(a->was_late), P(a->warning), P(a->first_replied_at), P(a->first_late), P(a->talks),
            P(a->contacted_on), P(a->contact_due_on), P(a->contact_warning), P(a->held_at),
            P(a->strict), P(a->disputed), P(a->disputed_at), P(a->settled_at), P(a->decider),
            P(a->quality), P(a->extend_to_on), P(a->id), P(a->version)));
}

err assignment_store_warn(struct db *db, const struct assignment *a)
{
    return db_update(db, SQL("UPDATE assignments SET warning = :warning, contact_warning = "
                             ":contact_warning WHERE org_id = :org AND id = :id AND version = "
                             ":version",
                             P(a->warning), P(a->contact_warning), P(a->id), P(a->version)));
}

/* Of items, those alone that say the title: a matter that is answered plainly has no other. */
err assignment_store_retitle(struct db *db, const struct matter_key *key, str title)
{
    TRY(db_run(db,
               SQL("UPDATE assignment_items SET text = :title WHERE org_id = :org AND matter = "
                   ":matter AND matter_id = :matter_id AND text IN (SELECT a.matter_title FROM "
                   "assignments a WHERE a.org_id = :org AND a.matter = :matter AND a.matter_id = "
                   ":matter_id)",
                   P(title), P(key->matter), P(key->matter_id)),
               NULL));
    return db_run(db,
                  SQL("UPDATE assignments SET matter_title = :title WHERE org_id = :org AND matter "
                      "= :matter AND matter_id = :matter_id",
                      P(title), P(key->matter), P(key->matter_id)),
                  NULL);
}

err assignment_store_check(struct db *db, const struct assignment *a)
{
    return db_update(db, SQL("UPDATE assignments SET version = :version WHERE org_id = :org AND id "
                             "= :id AND version = :version",
                             P(a->id), P(a->version)));
}

err assignment_store_count(struct db *db, const struct matter_key *key, i64 agency_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM assignments WHERE org_id = :org AND matter = :matter "
                      "AND matter_id = :matter_id "
                      "AND state <> 'reassigned' AND (:agency_id = 0 OR agency_id = :agency_id)",
                      P(key->matter), P(key->matter_id), P(agency_id)),
                  count);
}

err assignment_store_list_unwarned(struct db *db, const struct warning_query *query,
                                   struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct assignment);
    return db_list(
        db,
        SQL("SELECT id, matter_id, agency_id, round, dispatcher_id, assigned_at, assigned_by, "
            "accept_due_on, due_on, accepted_at, accepted_by, replied_at, closed_at, "
            "cancelled_at, version, was_late, matter, matter_title, matter_number, "
            "agency_name, role, state, warning, first_replied_at, first_late, plenary, "
            "party, talks, contacted_on, contact_due_on, contact_warning, held_at, "
            "strict, disputed, disputed_at, settled_at, decider, quality, plain, "
            "examine, numbered, extend_to_on FROM assignments "
            "WHERE org_id = :org "
            "AND ((:stage = 'accept' AND state = 'assigned' AND accept_due_on > 0 AND "
            "accept_due_on <= :to_on) "
            "OR (:stage = 'handle' AND state IN ('accepted', 'drafted', 'redrafting', "
            "'redoing') "
            "AND held_at = 0 AND due_on <= :to_on)) AND warning <> 'red' AND warning <> :warning "
            "ORDER BY due_on, id LIMIT :limit",
            P(query->stage), P(query->warning), P(query->to_on), P(query->limit)),
        ASSIGNMENT_ROW, mem, out);
}

err assignment_store_list_uncontacted(struct db *db, const struct warning_query *query,
                                      struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct assignment);
    return db_list(
        db,
        SQL("SELECT id, matter_id, agency_id, round, dispatcher_id, assigned_at, assigned_by, "
            "accept_due_on, due_on, accepted_at, accepted_by, replied_at, closed_at, "
            "cancelled_at, version, was_late, matter, matter_title, matter_number, "
            "agency_name, role, state, warning, first_replied_at, first_late, plenary, "
            "party, talks, contacted_on, contact_due_on, contact_warning, held_at, "
            "strict, disputed, disputed_at, settled_at, decider, quality, plain, "
            "examine, numbered, extend_to_on FROM assignments "
            "WHERE org_id = :org AND contact_due_on > 0 AND contacted_on = 0 "
            "AND contact_due_on <= :to_on AND state IN ('assigned', 'accepted', 'redrafting') "
            "AND contact_warning <> 'red' AND contact_warning <> :warning "
            "ORDER BY contact_due_on, id LIMIT :limit",
            P(query->warning), P(query->to_on), P(query->limit)),
        ASSIGNMENT_ROW, mem, out);
}

/* ---- items and persons ---- */

err assignment_store_add_item(struct db *db, const struct matter_key *key,
                              const struct assignment_item *item)
{
    return db_run(db,
                  SQL("INSERT INTO assignment_items (org_id, matter, matter_id, number, text, "
                      "origin_id, origin_number) VALUES (:org, :matter, :matter_id, :number, "
                      ":text, :origin_id, :origin_number)",
                      P(key->matter), P(key->matter_id), P(item->number), P(item->text),
                      P(item->origin_id), P(item->origin_number)),
                  NULL);
}

err assignment_store_list_items(struct db *db, const struct matter_key *key, struct arena *mem,
                                struct rows *out)
{
    out->size = sizeof(struct assignment_item);
    return db_list(db,
                   SQL("SELECT number, text, origin_id, origin_number FROM assignment_items WHERE "
                       "org_id = :org AND matter = :matter "
                       "AND matter_id = :matter_id ORDER BY number LIMIT 200",
                       P(key->matter), P(key->matter_id)),
                   ITEM_ROW, mem, out);
}

err assignment_store_add_person(struct db *db, const struct matter_key *key,
                                const struct assignment_person *person)
{
    return db_run(db,
                  SQL("INSERT INTO assignment_persons (org_id, matter, matter_id, position, "
                      "person_id, name, verdict) "
                      "VALUES (:org, :matter, :matter_id, :position, :person_id, :name, :verdict)",
                      P(key->matter), P(key->matter_id), P(person->position), P(person->person_id),
                      P(person->name), P(person->verdict)),
                  NULL);
}

err assignment_store_list_persons(struct db *db, const struct matter_key *key, struct arena *mem,
                                  struct rows *out)
{
    out->size = sizeof(struct assignment_person);
    return db_list(
        db,
        SQL("SELECT position, person_id, name, verdict FROM assignment_persons WHERE org_id = "
            ":org AND matter = :matter "
            "AND matter_id = :matter_id ORDER BY position LIMIT 1000",
            P(key->matter), P(key->matter_id)),
        PERSON_ROW, mem, out);
}

err assignment_store_is_asked(struct db *db, const struct matter_key *key, i64 person_id, bool *out)
{
    i64 count = 0;
    TRY(db_i64(db,
               SQL("SELECT COUNT(*) FROM assignment_persons WHERE org_id = :org AND matter = "
                   ":matter AND matter_id = :matter_id AND person_id = :person_id AND verdict <> "
                   "''",
                   P(key->matter), P(key->matter_id), P(person_id)),
               &count));
    *out = count > 0;
    return OK;
}

/* ---- requests: bounces and extensions ---- */

err request_store_add(struct db *db, const struct request *r)
{
    return db_run(db,
                  SQL("INSERT INTO requests (org_id, assignment_id, kind, reason, "
                      "better_agency_id, from_on, to_on, asked_at, asked_by, advice, consented_on, "
                      "consent_note) VALUES (:org, "
                      ":assignment_id, :kind, :reason, NULLIF(:better_agency_id, 0), :from_on, "
                      ":to_on, :asked_at, :asked_by, :advice, :consented_on, :consent_note)",
                      P(r->assignment_id), P(r->kind), P(r->reason), P(r->better_agency_id),
                      P(r->from_on), P(r->to_on), P(r->asked_at), P(r->asked_by), P(r->advice),
                      P(r->consented_on), P(r->consent_note)),
                  NULL);
}

err request_store_find_last(struct db *db, i64 assignment_id, const char *kind_name,
                            struct arena *mem, struct request *out)
{
    str kind = str_of(kind_name);
    err e = db_one(db,
                   SQL("SELECT id, assignment_id, better_agency_id, from_on, to_on, asked_at, "
                       "asked_by, decided_at, decided_by, kind, reason, decision, answer, advice, "
                       "consented_on, consent_note "
                       "FROM requests WHERE org_id = :org AND assignment_id = :assignment_id "
                       "AND kind = :kind ORDER BY id DESC LIMIT 1",
                       P(assignment_id), P(kind)),
                   REQUEST_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err request_store_find_open(struct db *db, i64 assignment_id, const char *kind, struct arena *mem,
                            struct request *out)
{
    TRY(request_store_find_last(db, assignment_id, kind, mem, out));
    if (out->decision.len > 0)
        *out = (struct request){ 0 };
    return OK;
}

err request_store_decide(struct db *db, const struct request *r)
{
    return db_run(db,
                  SQL("UPDATE requests SET decision = :decision, decided_at = :decided_at, "
                      "decided_by = :decided_by, answer = :answer "
                      "WHERE org_id = :org AND id = :id AND decision = ''",
                      P(r->decision), P(r->decided_at), P(r->decided_by), P(r->answer), P(r->id)),
                  NULL);
}

err request_store_list(struct db *db, const struct matter_key *key, const char *kind_name,
                       struct arena *mem, struct rows *out)
{
    str kind = str_of(kind_name);
    out->size = sizeof(struct request);
    return db_list(db,
                   SQL("SELECT r.id, r.assignment_id, r.better_agency_id, r.from_on, r.to_on, "
                       "r.asked_at, r.asked_by, r.decided_at, r.decided_by, r.kind, r.reason, "
                       "r.decision, r.answer, r.advice, r.consented_on, r.consent_note "
                       "FROM assignments a CROSS JOIN requests r "
                       "WHERE r.org_id = a.org_id AND r.assignment_id = a.id AND r.kind = :kind "
                       "AND a.org_id = :org AND a.matter = :matter AND a.matter_id = :matter_id "
                       "ORDER BY a.id, r.id LIMIT 200",
                       P(kind), P(key->matter), P(key->matter_id)),
                   REQUEST_ROW, mem, out);
}

err request_store_list_waiting(struct db *db, const char *kind_name, struct arena *mem,
                               struct rows *out)
{
    str kind = str_of(kind_name);
    out->size = sizeof(struct waiting);
    return db_list(
        db,
        SQL("SELECT r.id, r.assignment_id, r.asked_at, r.from_on, r.to_on, "
            "r.better_agency_id, r.kind, r.advice, r.reason, a.matter_title, a.matter_number, "
            "a.agency_name, a.role FROM requests r "
            "JOIN assignments a ON a.org_id = r.org_id AND a.id = r.assignment_id "
            "WHERE r.org_id = :org AND r.decision = '' AND r.kind = :kind "
            "AND ((r.kind = 'bounce' AND a.state = 'bouncing') OR (r.kind = 'extension' "
            "AND a.state IN ('accepted', 'drafted', 'redrafting', 'redoing'))) "
            "ORDER BY r.asked_at, r.id LIMIT 200",
            P(kind)),
        WAITING_ROW, mem, out);
}

/* ---- contacts and contributions ---- */

err contact_store_add(struct db *db, const struct contact *c)
{
    return db_run(db,
                  SQL("INSERT INTO contacts (org_id, assignment_id, round, way, held_on, "
                      "with_whom, content, recorded_at, "
                      "recorded_by) VALUES (:org, :assignment_id, :round, :way, :held_on, "
                      ":with_whom, :content, "
                      ":recorded_at, :recorded_by)",
                      P(c->assignment_id), P(c->round), P(c->way), P(c->held_on), P(c->with_whom),
                      P(c->content), P(c->recorded_at), P(c->recorded_by)),
                  NULL);
}

err contact_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                       struct rows *out)
{
    out->size = sizeof(struct contact);
    return db_list(db,
                   SQL("SELECT c.id, c.assignment_id, c.round, c.way, c.held_on, c.with_whom, "
                       "c.content, c.recorded_at, c.recorded_by FROM assignments a CROSS JOIN "
                       "contacts c WHERE c.org_id = a.org_id AND c.assignment_id = a.id AND "
                       "a.org_id = :org AND a.matter = :matter AND a.matter_id = :matter_id "
                       "ORDER BY a.id, c.held_on, c.id LIMIT 1000",
                       P(key->matter), P(key->matter_id)),
                   CONTACT_ROW, mem, out);
}

err contribution_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct contribution);
    return db_list(db,
                   SQL("SELECT c.id, c.assignment_id, c.body, c.operator, c.phone, c.given_at, "
                       "c.given_by, c.number, c.signer, c.signed_at, c.signed_by FROM assignments "
                       "a CROSS JOIN contributions c WHERE c.org_id = a.org_id AND "
                       "c.assignment_id = a.id AND a.org_id = :org AND a.matter = :matter AND "
                       "a.matter_id = :matter_id ORDER BY a.id, c.id LIMIT 200",
                       P(key->matter), P(key->matter_id)),
                   CONTRIBUTION_ROW, mem, out);
}
