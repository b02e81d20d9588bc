/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the proposals module, by table. Lists for people are declared in proposal_list.c.
 */
#include "modules/proposals/proposal_store.h"

#include "platform/base/str.h"
#include "platform/text/text.h"

static const struct field PROPOSAL_ROW[] = {
    FIELD(struct proposal, id),
    FIELD(struct proposal, session_id),
    FIELD(struct proposal, serial),
    FIELD(struct proposal, docket_no),
    FIELD(struct proposal, lead_person_id),
    FIELD(struct proposal, signer_count),
    FIELD(struct proposal, due_on),
    FIELD(struct proposal, created_at),
    FIELD(struct proposal, created_by),
    FIELD(struct proposal, updated_at),
    FIELD(struct proposal, submitted_at),
    FIELD(struct proposal, docketed_at),
    FIELD(struct proposal, assigned_at),
    FIELD(struct proposal, replied_at),
    FIELD(struct proposal, closed_at),
    FIELD(struct proposal, transcribed_by),
    FIELD(struct proposal, informed_on),
    FIELD(struct proposal, outcome),
    FIELD(struct proposal, rounds),
    FIELD(struct proposal, first_replied_at),
    FIELD(struct proposal, first_late),
    FIELD(struct proposal, withdraw_asked_at),
    FIELD(struct proposal, withdraw_reason),
    FIELD(struct proposal, invited),
    FIELD(struct proposal, main_id),
    FIELD(struct proposal, merged_at),
    FIELD(struct proposal, merged_count),
    FIELD(struct proposal, merged_from),
    FIELD(struct proposal, version),
    FIELD(struct proposal, researched),
    FIELD(struct proposal, flagship),
    FIELD(struct proposal, urgent),
    FIELD(struct proposal, confidential),
    FIELD(struct proposal, was_late),
    FIELD(struct proposal, unreached),
    FIELD(struct proposal, timing),
    FIELD(struct proposal, kind),
    FIELD(struct proposal, state),
    FIELD(struct proposal, category),
    FIELD(struct proposal, title),
    FIELD(struct proposal, situation),
    FIELD(struct proposal, analysis),
    FIELD(struct proposal, consent),
    FIELD(struct proposal, consent_reason),
    FIELD(struct proposal, research),
    FIELD(struct proposal, proposer_name),
    FIELD(struct proposal, host_name),
    FIELD(struct proposal, class),
    FIELD(struct proposal, satisfaction),
    FIELD(struct proposal, reject_reason),
    FIELD(struct proposal, reject_note),
    FIELD(struct proposal, destination),
    FIELD(struct proposal, digest),
    FIELD(struct proposal, source),
    FIELD(struct proposal, source_id),
    { 0 },
};

static const struct field PROPOSER_ROW[] = {
    FIELD(struct proposer, id),
    FIELD(struct proposer, rank),
    FIELD(struct proposer, person_id),
    FIELD(struct proposer, body_id),
    FIELD(struct proposer, asked_at),
    FIELD(struct proposer, answered_at),
    FIELD(struct proposer, name),
    FIELD(struct proposer, contact),
    { 0 },
};

static const struct field DRAFTER_ROW[] = {
    FIELD(struct proposal_drafter, id),        FIELD(struct proposal_drafter, rank),
    FIELD(struct proposal_drafter, person_id), FIELD(struct proposal_drafter, named_at),
    FIELD(struct proposal_drafter, version),   FIELD(struct proposal_drafter, name),
    FIELD(struct proposal_drafter, contact),   { 0 },
};

static const struct field WISH_ROW[] = {
    FIELD(struct wish, agency_id),
    FIELD(struct wish, role),
    FIELD(struct wish, by_whom),
    FIELD(struct wish, name),
    { 0 },
};

static const struct field FINDING_ROW[] = {
    FIELD(struct finding, id),         FIELD(struct finding, written_at),
    FIELD(struct finding, written_by), FIELD(struct finding, verb),
    FIELD(struct finding, text),       { 0 },
};

static const struct field FINISHED_ROW[] = { FIELD(struct finished, id), { 0 } };

/* ---- proposals ---- */

err proposal_store_find(struct db *db, i64 id, struct arena *mem, struct proposal *out)
{
    return db_one(
        db,
        SQL("SELECT id, session_id, serial, docket_no, lead_person_id, signer_count, due_on, "
            "created_at, created_by, updated_at, submitted_at, docketed_at, assigned_at, "
            "replied_at, closed_at, transcribed_by, version, researched, flagship, urgent, "
            "confidential, was_late, timing, kind, state, category, title, situation, analysis, "
            "consent, consent_reason, research, proposer_name, host_name, class, satisfaction, "
            "reject_reason, reject_note, destination, digest, source, source_id, unreached, "
            "informed_on, outcome, rounds, first_replied_at, first_late, withdraw_asked_at, "
            "withdraw_reason, invited, main_id, merged_at, merged_count, merged_from FROM "
            "proposals "
            "WHERE org_id = :org AND id = :id",
            P(id)),
        PROPOSAL_ROW, mem, out);
}

err proposal_store_list_revising(struct db *db, i64 person_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct proposal);
    return db_list(
        db,
        SQL("SELECT id, session_id, serial, docket_no, lead_person_id, signer_count, due_on, "
            "created_at, created_by, updated_at, submitted_at, docketed_at, assigned_at, "
            "replied_at, closed_at, transcribed_by, version, researched, flagship, urgent, "
            "confidential, was_late, timing, kind, state, category, title, situation, analysis, "
            "consent, consent_reason, research, proposer_name, host_name, class, satisfaction, "
            "reject_reason, reject_note, destination, digest, source, source_id, unreached, "
            "informed_on, outcome, rounds, first_replied_at, first_late, withdraw_asked_at, "
            "withdraw_reason, invited, main_id, merged_at, merged_count, merged_from FROM "
            "proposals "
            "WHERE org_id = :org AND lead_person_id = :person_id AND state = 'revising' "
            "ORDER BY id LIMIT 1000",
            P(person_id)),
        PROPOSAL_ROW, mem, out);
}

err proposal_store_find_by_receipt(struct db *db, str receipt, struct arena *mem,
                                   struct proposal *out)
{
    return db_one(
        db,
        SQL("SELECT id, session_id, serial, docket_no, lead_person_id, signer_count, due_on, "
            "created_at, created_by, updated_at, submitted_at, docketed_at, assigned_at, "
            "replied_at, closed_at, transcribed_by, version, researched, flagship, urgent, "
            "confidential, was_late, timing, kind, state, category, title, situation, analysis, "
            "consent, consent_reason, research, proposer_name, host_name, class, satisfaction, "
            "reject_reason, reject_note, destination, digest, source, source_id, unreached, "
            "informed_on, outcome, rounds, first_replied_at, first_late, withdraw_asked_at, "
            "withdraw_reason, invited, main_id, merged_at, merged_count, merged_from FROM "
            "proposals "
            "WHERE org_id = :org AND receipt = :receipt AND receipt <> ''",
            P(receipt)),
        PROPOSAL_ROW, mem, out);
}

err proposal_store_find_receipt_org(struct db *db, str receipt, i64 *org_id)
{
    return db_i64(db,
                  SQL("SELECT org_id FROM proposals WHERE receipt = :receipt AND receipt <> ''",
                      P(receipt)),
                  org_id);
}

err proposal_store_find_by_source(struct db *db, str source, str source_id, i64 *id)
{
    return db_i64(
        db,
        SQL("SELECT id FROM proposals WHERE org_id = :org AND source = :source AND source_id = "
            ":source_id AND source_id <> ''",
            P(source), P(source_id)),
        id);
}

err proposal_store_add(struct db *db, const struct proposal *p, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO proposals (org_id, session_id, timing, kind, state, title, situation, "
            "analysis, category, consent, consent_reason, researched, research, proposer_name, "
            "lead_person_id, signer_count, transcribed_by, created_at, created_by, updated_at, "
            "source, source_id) VALUES (:org, :session_id, :timing, :kind, :state, :title, "
            ":situation, :analysis, :category, :consent, :consent_reason, :researched, "
            ":research, :proposer_name, :lead_person_id, :signer_count, :transcribed_by, "
            ":created_at, :created_by, :created_at, :source, :source_id) RETURNING id",
            P(p->session_id), P(p->timing), P(p->kind), P(p->state), P(p->title), P(p->situation),
            P(p->analysis), P(p->category), P(p->consent), P(p->consent_reason), P(p->researched),
            P(p->research), P(p->proposer_name), P(p->lead_person_id), P(p->signer_count),
            P(p->transcribed_by), P(p->created_at), P(p->created_by), P(p->source),
            P(p->source_id)),
        id);
}

err proposal_store_set_lead(struct db *db, i64 id, i64 version, const struct proposal_lead *t)
{
    return db_update(
        db, SQL("UPDATE proposals SET sector_name = :sector_name, committee_name = "
                ":committee_name, gender = :gender, ethnic = :ethnic, party = :party WHERE "
                "org_id = :org AND id = :id AND version = :version",
                P(t->sector_name), P(t->committee_name), P(t->gender), P(t->ethnic), P(t->party),
                P(id), P(version)));
}

err proposal_store_update_text(struct db *db, const struct proposal *p)
{
    return db_update(
        db,
        SQL("UPDATE proposals SET kind = :kind, title = :title, situation = :situation, analysis "
            "= :analysis, category = :category, consent = :consent, consent_reason = "
            ":consent_reason, researched = :researched, research = :research, proposer_name = "
            ":proposer_name, lead_person_id = :lead_person_id, signer_count = :signer_count, "
            "updated_at = :updated_at, version = version + 1 WHERE org_id = :org AND id = :id "
            "AND version = :version",
            P(p->kind), P(p->title), P(p->situation), P(p->analysis), P(p->category), P(p->consent),
            P(p->consent_reason), P(p->researched), P(p->research), P(p->proposer_name),
            P(p->lead_person_id), P(p->signer_count), P(p->updated_at), P(p->id), P(p->version)));
}

err proposal_store_set_state(struct db *db, i64 id, i64 version, str to, i64 now_ms)
{
    return db_update(
        db, SQL("UPDATE proposals SET state = :to, updated_at = :now_ms, version = version + 1 "
                "WHERE org_id = :org AND id = :id AND version = :version",
                P(to), P(now_ms), P(id), P(version)));
}

err proposal_store_change(struct db *db, const struct proposal_change *c)
{
    return db_run(
        db,
        SQL("UPDATE proposals SET serial = CASE WHEN :serial > 0 THEN :serial ELSE serial END, "
            "docket_no = CASE WHEN :docket_no > 0 THEN :docket_no ELSE docket_no END, session_id "
            "= CASE WHEN :session_id > 0 THEN :session_id ELSE session_id END, due_on = CASE "
            "WHEN :due_on >= 0 THEN :due_on ELSE due_on END, submitted_at = CASE WHEN "
            ":submitted_at > 0 THEN :submitted_at ELSE submitted_at END, docketed_at = CASE WHEN "
            ":docketed_at > 0 THEN :docketed_at ELSE docketed_at END, assigned_at = CASE WHEN "
            ":assigned_at > 0 THEN :assigned_at ELSE assigned_at END, replied_at = CASE WHEN "
            ":replied_at > 0 THEN :replied_at ELSE replied_at END, closed_at = CASE WHEN "
            ":closed_at > 0 THEN :closed_at ELSE closed_at END, timing = CASE WHEN :timing <> '' "
            "THEN :timing ELSE timing END, category = CASE WHEN :category <> '' THEN :category "
            "ELSE category END, reject_reason = CASE WHEN :reject_reason <> '' THEN "
            ":reject_reason ELSE reject_reason END, reject_note = CASE WHEN :reject_note <> '' "
            "THEN :reject_note ELSE reject_note END, destination = CASE WHEN :destination <> '' "
            "THEN :destination ELSE destination END, receipt = CASE WHEN :receipt <> '' THEN "
            ":receipt ELSE receipt END, digest = CASE WHEN :digest <> '' THEN :digest ELSE "
            "digest END, host_name = CASE WHEN :host_name <> '' THEN :host_name ELSE host_name "
            "END, class = CASE WHEN :class <> '' THEN :class ELSE class END, satisfaction = CASE "
            "WHEN :satisfaction <> '' THEN :satisfaction ELSE satisfaction END, was_late = CASE "
            "WHEN :was_late = 1 THEN 1 ELSE was_late END, unreached = CASE WHEN :unreached = 1 "
            "THEN 1 ELSE unreached END, informed_on = CASE WHEN :informed_on > 0 THEN "
            ":informed_on ELSE informed_on END, redone = CASE WHEN :redone = 1 THEN 1 ELSE redone "
            "END, extended = CASE WHEN :extended = 1 THEN 1 ELSE extended END, outcome = CASE WHEN "
            ":outcome <> '' THEN :outcome ELSE outcome END, rounds = CASE WHEN :rounds > 0 THEN "
            ":rounds ELSE rounds END, first_late = CASE WHEN first_replied_at = 0 AND "
            ":replied_at > 0 THEN :was_late ELSE first_late END, first_replied_at = CASE WHEN "
            "first_replied_at = 0 THEN :replied_at ELSE first_replied_at END WHERE org_id = :org "
            "AND id = :id",
            P(c->serial), P(c->docket_no), P(c->session_id), P(c->due_on), P(c->submitted_at),
            P(c->docketed_at), P(c->assigned_at), P(c->replied_at), P(c->closed_at), P(c->timing),
            P(c->category), P(c->reject_reason), P(c->reject_note), P(c->destination),
            P(c->receipt), P(c->digest), P(c->host_name), P(c->class), P(c->satisfaction),
            P(c->was_late), P(c->unreached), P(c->informed_on), P(c->redone), P(c->extended),
            P(c->outcome), P(c->rounds), P(c->id)),
        NULL);
}

err proposal_store_set_past(struct db *db, const struct proposal *p, str tracking)
{
    return db_update(
        db,
        SQL("UPDATE proposals SET state = :state, timing = :timing, docket_no = :docket_no, "
            "outcome = :outcome, submitted_at = :submitted_at, docketed_at = :docketed_at, "
            "assigned_at = :assigned_at, replied_at = :replied_at, first_replied_at = "
            ":first_replied_at, closed_at = :closed_at, due_on = 0, was_late = :first_late, "
            "first_late = :first_late, class = :class, satisfaction = :satisfaction, tracking = "
            ":tracking, host_name = :host_name, reject_reason = :reject_reason, reject_note = "
            ":reject_note, main_id = :main_id, flagship = :flagship, "
            "confidential = :confidential WHERE org_id = :org AND id = "
            ":id AND version = :version",
            P(p->state), P(p->timing), P(p->docket_no), P(p->outcome), P(p->submitted_at),
            P(p->docketed_at), P(p->assigned_at), P(p->replied_at), P(p->first_replied_at),
            P(p->closed_at), P(p->first_late), P(p->class), P(p->satisfaction), P(tracking),
            P(p->host_name), P(p->reject_reason), P(p->reject_note), P(p->main_id), P(p->flagship),
            P(p->confidential), P(p->id), P(p->version)));
}

err proposal_store_set_request(struct db *db, i64 id, i64 version, i64 asked_at, str reason)
{
    return db_update(db, SQL("UPDATE proposals SET withdraw_asked_at = :asked_at, withdraw_reason "
                             "= :reason WHERE org_id = :org AND id = :id AND version = :version",
                             P(asked_at), P(reason), P(id), P(version)));
}

err proposal_store_set_consent(struct db *db, i64 id, i64 version, str consent, str reason)
{
    return db_update(db, SQL("UPDATE proposals SET consent = :consent, consent_reason = :reason "
                             "WHERE org_id = :org AND id = :id AND version = :version",
                             P(consent), P(reason), P(id), P(version)));
}

err proposal_store_set_marks(struct db *db, i64 id, i64 version, bool urgent, bool confidential)
{
    return db_update(db, SQL("UPDATE proposals SET urgent = :urgent, confidential = :confidential "
                             "WHERE org_id = :org AND id = :id AND version = :version",
                             P(urgent), P(confidential), P(id), P(version)));
}

err proposal_store_set_invited(struct db *db, const struct proposal *p)
{
    return db_update(db, SQL("UPDATE proposals SET invited = :invited, due_on = :due_on WHERE "
                             "org_id = :org AND id = :id AND version = :version",
                             P(p->invited), P(p->due_on), P(p->id), P(p->version)));
}

err proposal_store_set_signing(struct db *db, const struct proposal *p)
{
    return db_update(
        db, SQL("UPDATE proposals SET kind = :kind, signer_count = :signer_count, invited = 0 "
                "WHERE org_id = :org AND id = :id AND version = :version",
                P(p->kind), P(p->signer_count), P(p->id), P(p->version)));
}

err proposal_store_count_handed_in(struct db *db, i64 session_id, i64 person_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM proposals WHERE org_id = :org AND session_id = "
                      ":session_id AND submitted_at > 0 AND (:person_id = 0 OR lead_person_id = "
                      ":person_id)",
                      P(session_id), P(person_id)),
                  count);
}

err proposal_store_count_docketed(struct db *db, i64 session_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM proposals WHERE org_id = :org AND session_id = "
                      ":session_id AND outcome = 'docketed'",
                      P(session_id)),
                  count);
}

err proposal_store_set_flagship(struct db *db, i64 id, i64 version, bool flagship)
{
    return db_update(db, SQL("UPDATE proposals SET flagship = :flagship WHERE org_id = :org AND id "
                             "= :id AND version = :version",
                             P(flagship), P(id), P(version)));
}

err proposal_store_set_commended(struct db *db, i64 id, i64 version, bool commended)
{
    return db_update(db, SQL("UPDATE proposals SET commended = :commended WHERE org_id = :org AND "
                             "id = :id AND version = :version",
                             P(commended), P(id), P(version)));
}

err proposal_store_set_tracking(struct db *db, i64 id, i64 version, str tracking)
{
    return db_update(db, SQL("UPDATE proposals SET tracking = :tracking WHERE org_id = :org AND id "
                             "= :id AND version = :version",
                             P(tracking), P(id), P(version)));
}

err proposal_store_list_finished(struct db *db, i64 before, i64 limit, struct arena *mem,
                                 struct rows *out)
{
    out->size = sizeof(struct finished);
    return db_list(
        db,
        SQL("SELECT id FROM proposals WHERE org_id = :org AND state IN ('closed', 'fulfilled', "
            "'rejected', 'diverted', 'withdrawn') AND updated_at < :before AND (unreached = 0 OR "
            "informed_on > 0) ORDER BY updated_at, id LIMIT :limit",
            P(before), P(limit)),
        FINISHED_ROW, mem, out);
}

err proposal_store_is_signer(struct db *db, i64 id, i64 person_id, bool *out)
{
    i64 n = 0;
    TRY(db_i64(db,
               SQL("SELECT count(*) AS n FROM proposers WHERE org_id = :org AND proposal_id = "
                   ":id AND person_id = :person_id AND person_id > 0",
                   P(id), P(person_id)),
               &n));
    *out = n > 0;
    return OK;
}

/* ---- who wrote it ---- */

err proposal_store_list_drafters(struct db *db, i64 id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct proposal_drafter);
    return db_list(db,
                   SQL("SELECT id, rank, person_id, named_at, version, name, contact FROM "
                       "drafters WHERE org_id = :org AND proposal_id = :id ORDER BY rank, id "
                       "LIMIT 1000",
                       P(id)),
                   DRAFTER_ROW, mem, out);
}

err proposal_store_is_drafter(struct db *db, i64 id, i64 person_id, bool *out)
{
    i64 n = 0;
    TRY(db_i64(db,
               SQL("SELECT count(*) AS n FROM drafters WHERE org_id = :org AND proposal_id = :id "
                   "AND person_id = :person_id AND person_id > 0",
                   P(id), P(person_id)),
               &n));
    *out = n > 0;
    return OK;
}

/* ---- merging ---- */

err proposal_store_list_docket(struct db *db, const struct proposal_docket_query *query,
                               struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct finished);
    return db_list(db,
                   SQL("SELECT id FROM proposals WHERE org_id = :org AND session_id = :session_id "
                       "AND outcome IN ('docketed', 'merged') AND confidential = 0 AND "
                       "(:category = '' OR category = :category) AND (:kind = '' OR kind = :kind) "
                       "AND docket_no >= :from_no AND (:to_no = 0 OR docket_no BETWEEN 1 AND "
                       ":to_no) ORDER BY CASE WHEN docket_no > 0 THEN 0 ELSE 1 END, docket_no, "
                       "serial LIMIT :limit",
                       P(query->session_id), P(query->category), P(query->kind), P(query->from_no),
                       P(query->to_no), P(query->limit)),
                   FINISHED_ROW, mem, out);
}

err proposal_store_list_merged(struct db *db, i64 main_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct proposal);
    return db_list(
        db,
        SQL("SELECT id, session_id, serial, docket_no, lead_person_id, signer_count, due_on, "
            "created_at, created_by, updated_at, submitted_at, docketed_at, assigned_at, "
            "replied_at, closed_at, transcribed_by, version, researched, flagship, urgent, "
            "confidential, was_late, timing, kind, state, category, title, situation, analysis, "
            "consent, consent_reason, research, proposer_name, host_name, class, satisfaction, "
            "reject_reason, reject_note, destination, digest, source, source_id, unreached, "
            "informed_on, outcome, rounds, first_replied_at, first_late, withdraw_asked_at, "
            "withdraw_reason, invited, main_id, merged_at, merged_count, merged_from FROM "
            "proposals "
            "WHERE org_id = :org AND main_id = :main_id AND main_id > 0 AND outcome = 'merged' "
            "ORDER BY serial, id LIMIT 1000",
            P(main_id)),
        PROPOSAL_ROW, mem, out);
}

err proposal_store_find_by_number(struct db *db, i64 session_id, i64 docket_no, i64 serial, i64 *id)
{
    return db_i64(db,
                  SQL("SELECT id FROM proposals WHERE org_id = :org AND session_id = :session_id "
                      "AND ((docket_no = :docket_no AND docket_no > 0) OR (serial = :serial AND "
                      "serial > 0)) ORDER BY id LIMIT 1",
                      P(session_id), P(docket_no), P(serial)),
                  id);
}

err proposal_store_set_merger(struct db *db, const struct proposal *p)
{
    return db_update(
        db, SQL("UPDATE proposals SET main_id = :main_id, merged_from = :merged_from, merged_at = "
                ":merged_at, outcome = :outcome, docket_no = :docket_no, due_on = :due_on WHERE "
                "org_id = :org AND id = :id AND version = :version",
                P(p->main_id), P(p->merged_from), P(p->merged_at), P(p->outcome), P(p->docket_no),
                P(p->due_on), P(p->id), P(p->version)));
}

err proposal_store_count_merged(struct db *db, const struct proposal *main, i64 change)
{
    return db_update(db, SQL("UPDATE proposals SET merged_count = merged_count + :change, version "
                             "= version + CASE WHEN state = 'revising' THEN 0 ELSE 1 END WHERE "
                             "org_id = :org AND id = :id AND version = :version",
                             P(change), P(main->id), P(main->version)));
}

err proposal_store_count_items(struct db *db, i64 id, i64 *out)
{
    return db_i64(
        db,
        SQL("SELECT (SELECT COUNT(*) FROM suggestions s WHERE s.org_id = :org AND s.proposal_id = "
            ":id) + (SELECT COUNT(*) FROM proposals q JOIN suggestions s ON s.org_id = q.org_id "
            "AND s.proposal_id = q.id WHERE q.org_id = :org AND q.main_id = :id AND q.main_id > 0 "
            "AND q.state = 'merged') AS n",
            P(id)),
        out);
}

err proposal_store_is_related(struct db *db, i64 main_id, i64 person_id, bool *out)
{
    i64 n = 0;
    TRY(db_i64(db,
               SQL("SELECT count(*) AS n FROM proposers s JOIN proposals q ON q.org_id = s.org_id "
                   "AND q.id = s.proposal_id WHERE s.org_id = :org AND s.person_id = :person_id "
                   "AND s.person_id > 0 AND (q.id = :main_id OR (q.state = 'merged' AND q.main_id "
                   "= :main_id))",
                   P(person_id), P(main_id)),
               &n));
    *out = n > 0;
    return OK;
}

err proposal_store_has_drafted(struct db *db, i64 main_id, i64 person_id, bool *out)
{
    i64 n = 0;
    TRY(db_i64(db,
               SQL("SELECT count(*) AS n FROM drafters d JOIN proposals q ON q.org_id = d.org_id "
                   "AND q.id = d.proposal_id WHERE d.org_id = :org AND d.person_id = :person_id "
                   "AND d.person_id > 0 AND q.kind NOT IN ('personal', 'joint') AND (q.id = "
                   ":main_id OR (q.state = 'merged' AND q.main_id = :main_id))",
                   P(person_id), P(main_id)),
               &n));
    *out = n > 0;
    return OK;
}

/* ---- signers ---- */

err proposal_store_list_proposers(struct db *db, i64 id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct proposer);
    return db_list(
        db,
        SQL("SELECT id, rank, person_id, body_id, name, contact, asked_at, answered_at "
            "FROM proposers WHERE org_id = :org AND proposal_id = :id ORDER BY rank LIMIT 1000",
            P(id)),
        PROPOSER_ROW, mem, out);
}

err proposal_store_add_proposer(struct db *db, i64 proposal_id, const struct proposer *p)
{
    i64 id;
    return db_insert(
        db,
        SQL("INSERT INTO proposers (org_id, proposal_id, rank, person_id, body_id, name, "
            "contact, state, asked_at, answered_at) VALUES (:org, :proposal_id, :rank, "
            ":person_id, :body_id, :name, :contact, 'cosigned', :asked_at, :answered_at) "
            "RETURNING id",
            P(proposal_id), P(p->rank), P(p->person_id), P(p->body_id), P(p->name), P(p->contact),
            P(p->asked_at), P(p->answered_at)),
        &id);
}

err proposal_store_remove_proposers(struct db *db, i64 proposal_id)
{
    return db_run(db,
                  SQL("DELETE FROM proposers WHERE org_id = :org AND proposal_id = :proposal_id",
                      P(proposal_id)),
                  NULL);
}

err proposal_store_remove_cosigners(struct db *db, i64 proposal_id)
{
    return db_run(db,
                  SQL("DELETE FROM proposers WHERE org_id = :org AND proposal_id = :proposal_id "
                      "AND rank > 1",
                      P(proposal_id)),
                  NULL);
}

/* ---- suggestions ---- */

struct suggestion {
    str text;
};

static const struct field SUGGESTION_ROW[] = { FIELD(struct suggestion, text), { 0 } };

err proposal_store_list_suggestions(struct db *db, i64 id, struct arena *mem, strs *out)
{
    struct rows rows = { .size = sizeof(struct suggestion) };
    TRY(db_list(
        db,
        SQL("SELECT text FROM suggestions WHERE org_id = :org AND proposal_id = :id ORDER BY "
            "number LIMIT 200",
            P(id)),
        SUGGESTION_ROW, mem, &rows));
    const struct suggestion *all = rows.items;
    *out = (strs){ 0 };
    for (size_t i = 0; i < rows.count; i++)
        strs_add(mem, out, all[i].text);
    return OK;
}

err proposal_store_replace_suggestions(struct db *db, i64 id, const strs *suggestions)
{
    TRY(db_run(db, SQL("DELETE FROM suggestions WHERE org_id = :org AND proposal_id = :id", P(id)),
               NULL));
    for (size_t i = 0; i < suggestions->count; i++) {
        i64 number = (i64)i + 1;
        str text = suggestions->items[i];
        TRY(db_run(
            db,
            SQL("INSERT INTO suggestions (org_id, proposal_id, number, text) VALUES (:org, :id, "
                ":number, :text)",
                P(id), P(number), P(text)),
            NULL));
    }
    return OK;
}

/* ---- wishes and findings ---- */

err proposal_store_list_wishes(struct db *db, i64 id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct wish);
    return db_list(
        db,
        SQL("SELECT w.agency_id, w.role, w.by_whom, o.name FROM wishes w JOIN orgs o ON o.org_id "
            "= w.org_id AND o.id = w.agency_id WHERE w.org_id = :org AND w.proposal_id = :id "
            "ORDER BY w.by_whom, w.role DESC, w.id LIMIT 100",
            P(id)),
        WISH_ROW, mem, out);
}

static err add_wishes(struct db *db, i64 id, str by_whom, str role, const ids *agencies)
{
    for (size_t i = 0; i < agencies->count; i++) {
        i64 agency_id = agencies->items[i];
        TRY(db_run(db,
                   SQL("INSERT INTO wishes (org_id, proposal_id, agency_id, role, by_whom) "
                       "SELECT :org, :id, o.id, :role, :by_whom FROM orgs o WHERE o.org_id = "
                       ":org AND o.id = :agency_id AND o.agency = 1 ON CONFLICT (org_id, "
                       "proposal_id, by_whom, agency_id) DO NOTHING",
                       P(id), P(role), P(by_whom), P(agency_id)),
                   NULL));
    }
    return OK;
}

err proposal_store_replace_wishes(struct db *db, i64 id, str by_whom, const ids *hosts,
                                  const ids *cohosts)
{
    TRY(db_run(
        db,
        SQL("DELETE FROM wishes WHERE org_id = :org AND proposal_id = :id AND by_whom = :by_whom",
            P(id), P(by_whom)),
        NULL));
    TRY(add_wishes(db, id, by_whom, str_of("host"), hosts));
    return add_wishes(db, id, by_whom, str_of("cohost"), cohosts);
}

err proposal_store_add_finding(struct db *db, i64 id, const struct finding *f)
{
    return db_run(
        db,
        SQL("INSERT INTO findings (org_id, proposal_id, verb, text, written_at, written_by) "
            "VALUES (:org, :id, :verb, :text, :written_at, :written_by)",
            P(id), P(f->verb), P(f->text), P(f->written_at), P(f->written_by)),
        NULL);
}

err proposal_store_list_findings(struct db *db, i64 id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct finding);
    return db_list(db,
                   SQL("SELECT id, verb, text, written_at, written_by FROM findings WHERE org_id "
                       "= :org AND proposal_id = :id ORDER BY id LIMIT 200",
                       P(id)),
                   FINDING_ROW, mem, out);
}

/* ---- numbers ---- */

/* By itself the second statement would do; where one transaction takes thousands, PostgreSQL looks
 * for a conflict among all the rows' versions of before. */
err proposal_store_next_serial(struct db *db, i64 session_id, i64 *out)
{
    err e = db_i64(db,
                   SQL("UPDATE proposal_numbers SET serial = serial + 1 WHERE org_id = :org AND "
                       "session_id = :session_id RETURNING serial",
                       P(session_id)),
                   out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    return db_i64(db,
                  SQL("INSERT INTO proposal_numbers (org_id, session_id, serial) VALUES (:org, "
                      ":session_id, 1) ON CONFLICT (org_id, session_id) DO UPDATE SET serial = "
                      "proposal_numbers.serial + 1 RETURNING serial",
                      P(session_id)),
                  out);
}

err proposal_store_most_docket_no(struct db *db, i64 session_id, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT COALESCE(MAX(docket_no), 0) AS n FROM proposals WHERE org_id = :org "
                      "AND session_id = :session_id AND docket_no > 0",
                      P(session_id)),
                  out);
}

err proposal_store_raise_docket_no(struct db *db, i64 session_id, i64 most)
{
    return db_run(db,
                  SQL("UPDATE proposal_numbers SET docket_no = :most WHERE org_id = :org AND "
                      "session_id = :session_id AND docket_no < :most",
                      P(session_id), P(most)),
                  NULL);
}

err proposal_store_next_docket_no(struct db *db, i64 session_id, i64 *out)
{
    return db_i64(db,
                  SQL("INSERT INTO proposal_numbers (org_id, session_id, docket_no) VALUES "
                      "(:org, :session_id, 1) ON CONFLICT (org_id, session_id) DO UPDATE SET "
                      "docket_no = proposal_numbers.docket_no + 1 RETURNING docket_no",
                      P(session_id)),
                  out);
}

err proposal_store_reach_numbers(struct db *db, const struct proposal *p)
{
    TRY(db_run(db,
               SQL("INSERT INTO proposal_numbers (org_id, session_id, serial, docket_no) VALUES "
                   "(:org, :session_id, 0, 0) ON CONFLICT (org_id, session_id) DO NOTHING",
                   P(p->session_id)),
               NULL));
    return db_run(db,
                  SQL("UPDATE proposal_numbers SET serial = CASE WHEN serial < :serial THEN "
                      ":serial ELSE serial END, docket_no = CASE WHEN docket_no < :docket_no THEN "
                      ":docket_no ELSE docket_no END WHERE org_id = :org AND session_id = "
                      ":session_id",
                      P(p->serial), P(p->docket_no), P(p->session_id)),
                  NULL);
}

/* ---- search ---- */

enum { BODY_MAX_BYTES = 1 << 20 };

struct text_row {
    i64 id, session_id;
    str state, category, title, situation, analysis;
};

static const struct field TEXT_ROW[] = {
    FIELD(struct text_row, id),
    FIELD(struct text_row, title),
    FIELD(struct text_row, situation),
    FIELD(struct text_row, analysis),
    { 0 },
};

static const struct field NEWEST_ROW[] = {
    FIELD(struct text_row, id),       FIELD(struct text_row, session_id),
    FIELD(struct text_row, state),    FIELD(struct text_row, category),
    FIELD(struct text_row, title),    FIELD(struct text_row, situation),
    FIELD(struct text_row, analysis), { 0 },
};

str proposal_store_body(struct arena *mem, str situation, str analysis, const strs *suggestions)
{
    struct buf *b = buf_new(mem, BODY_MAX_BYTES);
    buf_add(b, situation);
    buf_put_byte(b, '\n');
    buf_add(b, analysis);
    for (size_t i = 0; i < suggestions->count; i++) {
        buf_put_byte(b, '\n');
        buf_add(b, suggestions->items[i]);
    }
    return buf_str(b);
}

err proposal_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                              struct rows *out)
{
    struct rows rows = { .size = sizeof(struct text_row) };
    TRY(db_list(
        db,
        SQL("SELECT id, title, situation, analysis FROM proposals WHERE org_id = :org AND id > "
            ":after AND submitted_at > 0 ORDER BY id LIMIT :limit",
            P(after), P(limit)),
        TEXT_ROW, mem, &rows));
    const struct text_row *all = rows.items;
    struct text_document *docs = arena_array(mem, rows.count, sizeof *docs);
    for (size_t i = 0; i < rows.count; i++) {
        strs suggestions;
        TRY(proposal_store_list_suggestions(db, all[i].id, mem, &suggestions));
        docs[i] = (struct text_document){ all[i].id, all[i].title,
                                          proposal_store_body(mem, all[i].situation,
                                                              all[i].analysis, &suggestions) };
    }
    *out = (struct rows){ docs, rows.count, sizeof *docs };
    return OK;
}

static const struct field TITLE_ROW[] = { FIELD(struct proposal_title, id),
                                          FIELD(struct proposal_title, title),
                                          { 0 } };

err proposal_store_list_titles(struct db *db, i64 session_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct proposal_title);
    return db_list(db,
                   SQL("SELECT id, title FROM proposals WHERE org_id = :org AND session_id = "
                       ":session_id AND submitted_at > 0 AND state NOT IN ('withdrawn', "
                       "'rejected', 'diverted') ORDER BY id LIMIT 20000",
                       P(session_id)),
                   TITLE_ROW, mem, out);
}

struct suggestion_row {
    i64 proposal_id;
    str text;
};

static const struct field SUGGESTED_ROW[] = { FIELD(struct suggestion_row, proposal_id),
                                              FIELD(struct suggestion_row, text),
                                              { 0 } };

/* All suggestions of the newest proposals, in one statement. */
static err newest_suggestions(struct db *db, i64 limit, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct suggestion_row);
    return db_list(
        db,
        SQL("SELECT proposal_id, text FROM suggestions WHERE org_id = :org AND proposal_id IN "
            "(SELECT n.id FROM proposals n WHERE n.org_id = :org AND n.submitted_at > 0 ORDER BY "
            "n.submitted_at DESC, n.id DESC LIMIT :limit) ORDER BY proposal_id, number LIMIT "
            "100000",
            P(limit)),
        SUGGESTED_ROW, mem, out);
}

err proposal_store_list_newest(struct db *db, i64 limit, struct arena *mem, struct rows *out)
{
    struct rows rows = { .size = sizeof(struct text_row) }, suggestions = { 0 };
    TRY(db_list(
        db,
        SQL("SELECT id, session_id, state, category, title, situation, analysis FROM proposals "
            "WHERE org_id = :org AND id IN (SELECT n.id FROM proposals n WHERE n.org_id = :org AND "
            "n.submitted_at > 0 ORDER BY n.submitted_at DESC, n.id DESC LIMIT :limit) ORDER BY id "
            "LIMIT :limit",
            P(limit)),
        NEWEST_ROW, mem, &rows));
    const struct text_row *all = rows.items;
    struct proposal_text *texts = arena_array(mem, rows.count + 1, sizeof *texts);
    if (rows.count)
        TRY(newest_suggestions(db, limit, mem, &suggestions));
    const struct suggestion_row *s = suggestions.items;
    for (size_t i = 0, at = 0; i < rows.count; i++) {
        strs own = { 0 };
        while (at < suggestions.count && s[at].proposal_id < all[i].id)
            at++;
        for (; at < suggestions.count && s[at].proposal_id == all[i].id; at++)
            strs_add(mem, &own, s[at].text);
        texts[i] = (struct proposal_text){
            all[i].id,       all[i].session_id,
            all[i].state,    all[i].title,
            all[i].category, proposal_store_body(mem, all[i].situation, all[i].analysis, &own)
        };
    }
    *out = (struct rows){ texts, rows.count, sizeof *texts };
    return OK;
}
