/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See preassignment_store.h. The host of the same proposal is joined to each line, because a cohost
 * is never due behind it. */
#include "modules/preassignments/preassignment_store.h"

static const struct field ROW[] = {
    FIELD(struct preassignment, id),
    FIELD(struct preassignment, proposal_id),
    FIELD(struct preassignment, session_id),
    FIELD(struct preassignment, agency_id),
    FIELD(struct preassignment, due_on),
    FIELD(struct preassignment, asked_at),
    FIELD(struct preassignment, answer_due_on),
    FIELD(struct preassignment, answered_at),
    FIELD(struct preassignment, answered_by),
    FIELD(struct preassignment, settled_at),
    FIELD(struct preassignment, handed_at),
    FIELD(struct preassignment, better_agency_id),
    FIELD(struct preassignment, meeting_id),
    FIELD(struct preassignment, version),
    FIELD(struct preassignment, plenary),
    FIELD(struct preassignment, party),
    FIELD(struct preassignment, silent),
    FIELD(struct preassignment, agency_name),
    FIELD(struct preassignment, title),
    FIELD(struct preassignment, number),
    FIELD(struct preassignment, proposer_name),
    FIELD(struct preassignment, role),
    FIELD(struct preassignment, state),
    FIELD(struct preassignment, reason),
    FIELD(struct preassignment, better_agency_name),
    FIELD(struct preassignment, host_due_on),
    { 0 },
};

static const struct field AGENCY_ROW[] = {
    FIELD(struct preassignment_meeting_agency, agency_id),
    FIELD(struct preassignment_meeting_agency, agency_name),
    FIELD(struct preassignment_meeting_agency, position),
    FIELD(struct preassignment_meeting_agency, hosts),
    FIELD(struct preassignment_meeting_agency, cohosts),
    FIELD(struct preassignment_meeting_agency, objected),
    FIELD(struct preassignment_meeting_agency, asked),
    FIELD(struct preassignment_meeting_agency, agreed),
    FIELD(struct preassignment_meeting_agency, handed),
    { 0 },
};

static const struct field READY_ROW[] = { FIELD(struct ready_row, proposal_id), { 0 } };

static const struct field MEETING_ROW[] = {
    FIELD(struct preassignment_meeting, id),
    FIELD(struct preassignment_meeting, session_id),
    FIELD(struct preassignment_meeting, held_on),
    FIELD(struct preassignment_meeting, made_at),
    FIELD(struct preassignment_meeting, made_by),
    FIELD(struct preassignment_meeting, version),
    FIELD(struct preassignment_meeting, name),
    FIELD(struct preassignment_meeting, place),
    FIELD(struct preassignment_meeting, state),
    FIELD(struct preassignment_meeting, minutes),
    { 0 },
};

err preassignment_store_find(struct db *db, i64 id, struct arena *mem, struct preassignment *out)
{
    return db_one(db,
                  SQL("SELECT p.id, p.proposal_id, p.session_id, p.agency_id, p.due_on, "
                      "p.asked_at, p.answer_due_on, p.answered_at, p.answered_by, "
                      "p.settled_at, p.handed_at, p.better_agency_id, p.meeting_id, p.version, "
                      "p.plenary, p.party, p.silent, p.agency_name, p.title, p.number, "
                      "p.proposer_name, p.role, p.state, p.reason, p.better_agency_name, "
                      "COALESCE(h.due_on, 0) AS host_due_on FROM preassignments p LEFT JOIN "
                      "preassignments h ON h.org_id = p.org_id AND h.proposal_id = "
                      "p.proposal_id AND h.role = 'host' AND h.state <> 'dropped' WHERE "
                      "p.org_id = :org AND p.id = :id",
                      P(id)),
                  ROW, mem, out);
}

err preassignment_store_add(struct db *db, const struct preassignment *p, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO preassignments (org_id, proposal_id, session_id, agency_id, "
            "agency_name, title, number, proposer_name, role, due_on, plenary, party, state, "
            "asked_at, answer_due_on) VALUES (:org, :proposal_id, :session_id, :agency_id, "
            ":agency_name, :title, :number, :proposer_name, :role, :due_on, :plenary, :party, "
            ":state, :asked_at, :answer_due_on) RETURNING id",
            P(p->proposal_id), P(p->session_id), P(p->agency_id), P(p->agency_name), P(p->title),
            P(p->number), P(p->proposer_name), P(p->role), P(p->due_on), P(p->plenary), P(p->party),
            P(p->state), P(p->asked_at), P(p->answer_due_on)),
        id);
}

err preassignment_store_update(struct db *db, const struct preassignment *p, str state)
{
    return db_update(
        db, SQL("UPDATE preassignments SET state = :state, due_on = :due_on, silent = :silent, "
                "reason = :reason, better_agency_id = :better_agency_id, better_agency_name = "
                ":better_agency_name, answered_at = :answered_at, answered_by = :answered_by, "
                "settled_at = :settled_at, handed_at = :handed_at, meeting_id = :meeting_id, "
                "version = version + 1 WHERE "
                "org_id = :org AND id = :id AND version = :version",
                P(state), P(p->due_on), P(p->silent), P(p->reason), P(p->better_agency_id),
                P(p->better_agency_name), P(p->answered_at), P(p->answered_by), P(p->settled_at),
                P(p->handed_at), P(p->meeting_id), P(p->id), P(p->version)));
}

err preassignment_store_list_of(struct db *db, i64 proposal_id, i64 agency_id, struct arena *mem,
                                struct rows *out)
{
    out->size = sizeof(struct preassignment);
    return db_list(db,
                   SQL("SELECT p.id, p.proposal_id, p.session_id, p.agency_id, p.due_on, "
                       "p.asked_at, p.answer_due_on, p.answered_at, p.answered_by, "
                       "p.settled_at, p.handed_at, p.better_agency_id, p.meeting_id, "
                       "p.version, p.plenary, p.party, p.silent, p.agency_name, p.title, "
                       "p.number, p.proposer_name, p.role, p.state, p.reason, "
                       "p.better_agency_name, COALESCE(h.due_on, 0) AS host_due_on FROM "
                       "preassignments p LEFT JOIN preassignments h ON h.org_id = p.org_id AND "
                       "h.proposal_id = p.proposal_id AND h.role = 'host' AND h.state <> "
                       "'dropped' WHERE p.org_id = :org AND p.proposal_id = :proposal_id AND "
                       "p.state <> 'dropped' AND (:agency_id = 0 OR p.agency_id = :agency_id) "
                       "ORDER BY CASE p.role WHEN 'cohost' THEN 1 WHEN 'split' THEN 2 ELSE 0 "
                       "END, p.id LIMIT 100",
                       P(proposal_id), P(agency_id)),
                   ROW, mem, out);
}

err preassignment_store_list_silent(struct db *db, const struct silent_ask *ask, struct arena *mem,
                                    struct rows *out)
{
    out->size = sizeof(struct preassignment);
    return db_list(db,
                   SQL("SELECT p.id, p.proposal_id, p.session_id, p.agency_id, p.due_on, "
                       "p.asked_at, p.answer_due_on, p.answered_at, p.answered_by, "
                       "p.settled_at, p.handed_at, p.better_agency_id, p.meeting_id, "
                       "p.version, p.plenary, p.party, p.silent, p.agency_name, p.title, "
                       "p.number, p.proposer_name, p.role, p.state, p.reason, "
                       "p.better_agency_name, COALESCE(h.due_on, 0) AS host_due_on FROM "
                       "preassignments p LEFT JOIN preassignments h ON h.org_id = p.org_id AND "
                       "h.proposal_id = p.proposal_id AND h.role = 'host' AND h.state <> "
                       "'dropped' WHERE p.org_id = :org AND p.state = 'asked' AND "
                       "p.answer_due_on < :before_on AND (p.answer_due_on, p.id) > "
                       "(:after_on, :after_id) ORDER BY p.answer_due_on, p.id LIMIT :limit",
                       P(ask->before_on), P(ask->after_on), P(ask->after_id), P(ask->limit)),
                   ROW, mem, out);
}

err preassignment_store_list_open(struct db *db, const struct preassignment_meeting_ask *ask,
                                  struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct preassignment);
    return db_list(db,
                   SQL("SELECT p.id, p.proposal_id, p.session_id, p.agency_id, p.due_on, "
                       "p.asked_at, p.answer_due_on, p.answered_at, p.answered_by, "
                       "p.settled_at, p.handed_at, p.better_agency_id, p.meeting_id, "
                       "p.version, p.plenary, p.party, p.silent, p.agency_name, p.title, "
                       "p.number, p.proposer_name, p.role, p.state, p.reason, "
                       "p.better_agency_name, COALESCE(h.due_on, 0) AS host_due_on FROM "
                       "preassignments p LEFT JOIN preassignments h ON h.org_id = p.org_id AND "
                       "h.proposal_id = p.proposal_id AND h.role = 'host' AND h.state <> "
                       "'dropped' JOIN orgs o ON o.org_id = p.org_id AND o.id = p.agency_id "
                       "WHERE p.org_id = :org AND p.session_id = :session_id AND p.state <> "
                       "'dropped' AND p.handed_at = 0 AND (:agency_id = 0 OR p.agency_id = "
                       ":agency_id) AND (:state = '' OR p.state = :state) ORDER BY o.position, "
                       "o.name, p.agency_id, CASE p.state WHEN 'objected' THEN 0 WHEN 'asked' "
                       "THEN 1 ELSE 2 END, CASE p.role WHEN 'cohost' THEN 1 ELSE 0 END, "
                       "p.number, p.id LIMIT :limit",
                       P(ask->session_id), P(ask->agency_id), P(ask->state), P(ask->limit)),
                   ROW, mem, out);
}

err preassignment_store_list_handed(struct db *db, const struct preassignment_meeting_ask *ask,
                                    struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct preassignment);
    return db_list(db,
                   SQL("SELECT p.id, p.proposal_id, p.session_id, p.agency_id, "
                       "COALESCE(a.due_on, p.due_on) AS due_on, "
                       "p.asked_at, p.answer_due_on, p.answered_at, p.answered_by, "
                       "p.settled_at, p.handed_at, p.better_agency_id, p.meeting_id, "
                       "p.version, p.plenary, p.party, p.silent, p.agency_name, p.title, "
                       "p.number, p.proposer_name, p.role, p.state, p.reason, "
                       "p.better_agency_name, COALESCE(h.due_on, 0) AS host_due_on FROM "
                       "preassignments p LEFT JOIN preassignments h ON h.org_id = p.org_id AND "
                       "h.proposal_id = p.proposal_id AND h.role = 'host' AND h.state <> "
                       "'dropped' LEFT JOIN assignments a ON a.org_id = p.org_id AND a.matter = "
                       "'proposals' AND a.matter_id = p.proposal_id AND a.agency_id = "
                       "p.agency_id AND a.state <> 'reassigned' JOIN orgs o ON o.org_id = "
                       "p.org_id AND o.id = p.agency_id "
                       "WHERE p.org_id = :org AND p.meeting_id = :meeting_id AND p.meeting_id "
                       "> 0 AND (:agency_id = 0 OR p.agency_id = :agency_id) ORDER BY "
                       "o.position, o.name, p.agency_id, CASE p.state WHEN 'objected' THEN 0 "
                       "WHEN 'asked' THEN 1 ELSE 2 END, CASE p.role WHEN 'cohost' THEN 1 ELSE "
                       "0 END, p.number, p.id LIMIT :limit",
                       P(ask->meeting_id), P(ask->agency_id), P(ask->limit)),
                   ROW, mem, out);
}

err preassignment_store_count_open(struct db *db, const struct preassignment_meeting_ask *ask,
                                   struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct preassignment_meeting_agency);
    return db_list(db,
                   SQL("SELECT p.agency_id, o.name AS agency_name, o.position, COUNT(*) FILTER "
                       "(WHERE p.role <> 'cohost') AS hosts, COUNT(*) FILTER (WHERE p.role = "
                       "'cohost') AS cohosts, COUNT(*) FILTER (WHERE p.state = 'objected') AS "
                       "objected, COUNT(*) FILTER (WHERE p.state = 'asked') AS asked, COUNT(*) "
                       "FILTER (WHERE p.handed_at = 0 AND p.state IN ('agreed', 'settled')) AS "
                       "agreed, COUNT(*) FILTER (WHERE p.handed_at > 0) AS handed FROM "
                       "preassignments p JOIN orgs o ON o.org_id = p.org_id AND o.id = "
                       "p.agency_id WHERE p.org_id = :org AND p.session_id = :session_id AND "
                       "p.state <> 'dropped' AND p.handed_at = 0 AND (:agency_id = 0 OR "
                       "p.agency_id = :agency_id) GROUP BY p.agency_id, o.name, o.position "
                       "ORDER BY o.position, o.name, p.agency_id LIMIT :limit",
                       P(ask->session_id), P(ask->agency_id), P(ask->limit)),
                   AGENCY_ROW, mem, out);
}

err preassignment_store_count_handed(struct db *db, const struct preassignment_meeting_ask *ask,
                                     struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct preassignment_meeting_agency);
    return db_list(db,
                   SQL("SELECT p.agency_id, o.name AS agency_name, o.position, COUNT(*) FILTER "
                       "(WHERE p.role <> 'cohost') AS hosts, COUNT(*) FILTER (WHERE p.role = "
                       "'cohost') AS cohosts, COUNT(*) FILTER (WHERE p.state = 'objected') AS "
                       "objected, COUNT(*) FILTER (WHERE p.state = 'asked') AS asked, COUNT(*) "
                       "FILTER (WHERE p.handed_at = 0 AND p.state IN ('agreed', 'settled')) AS "
                       "agreed, COUNT(*) FILTER (WHERE p.handed_at > 0) AS handed FROM "
                       "preassignments p JOIN orgs o ON o.org_id = p.org_id AND o.id = "
                       "p.agency_id WHERE p.org_id = :org AND p.meeting_id = :meeting_id AND "
                       "p.meeting_id > 0 AND (:agency_id = 0 OR p.agency_id = :agency_id) "
                       "GROUP BY p.agency_id, o.name, o.position ORDER BY o.position, o.name, "
                       "p.agency_id LIMIT :limit",
                       P(ask->meeting_id), P(ask->agency_id), P(ask->limit)),
                   AGENCY_ROW, mem, out);
}

err preassignment_store_list_ready(struct db *db, const struct preassignment_meeting_ask *ask,
                                   struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct ready_row);
    return db_list(db,
                   SQL("SELECT p.proposal_id FROM preassignments p JOIN orgs o ON o.org_id = "
                       "p.org_id AND o.id = p.agency_id WHERE p.org_id = :org AND "
                       "p.session_id = :session_id AND p.state <> 'dropped' AND p.handed_at = "
                       "0 GROUP BY p.proposal_id HAVING COUNT(*) FILTER (WHERE p.state IN "
                       "('asked', 'objected') OR (p.due_on > 0 AND p.due_on <= :today) OR "
                       "o.agency = 0 OR o.from_on > :today OR (o.to_on > 0 AND o.to_on < "
                       ":today)) = 0 ORDER BY p.proposal_id LIMIT :limit",
                       P(ask->session_id), P(ask->today), P(ask->limit)),
                   READY_ROW, mem, out);
}

err preassignment_store_list_stuck(struct db *db, const struct preassignment_meeting_ask *ask,
                                   struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct preassignment);
    return db_list(db,
                   SQL("SELECT p.id, p.proposal_id, p.session_id, p.agency_id, p.due_on, "
                       "p.asked_at, p.answer_due_on, p.answered_at, p.answered_by, "
                       "p.settled_at, p.handed_at, p.better_agency_id, p.meeting_id, "
                       "p.version, p.plenary, p.party, p.silent, p.agency_name, p.title, "
                       "p.number, p.proposer_name, p.role, p.state, p.reason, "
                       "p.better_agency_name, COALESCE(h.due_on, 0) AS host_due_on FROM "
                       "preassignments p LEFT JOIN preassignments h ON h.org_id = p.org_id AND "
                       "h.proposal_id = p.proposal_id AND h.role = 'host' AND h.state <> "
                       "'dropped' JOIN orgs o ON o.org_id = p.org_id AND o.id = p.agency_id "
                       "WHERE p.org_id = :org AND p.session_id = :session_id AND p.state <> "
                       "'dropped' AND p.handed_at = 0 AND ((p.due_on > 0 AND p.due_on <= "
                       ":today) OR o.agency = 0 OR o.from_on > :today OR (o.to_on > 0 AND "
                       "o.to_on < :today)) ORDER BY p.number, p.id LIMIT :limit",
                       P(ask->session_id), P(ask->today), P(ask->limit)),
                   ROW, mem, out);
}

/* ---- meetings ---- */

err preassignment_meeting_store_find(struct db *db, i64 id, struct arena *mem,
                                     struct preassignment_meeting *out)
{
    return db_one(db,
                  SQL("SELECT id, session_id, held_on, made_at, made_by, version, name, place, "
                      "state, minutes FROM preassignment_meetings WHERE org_id = :org AND id = "
                      ":id",
                      P(id)),
                  MEETING_ROW, mem, out);
}

err preassignment_meeting_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    i64 limit = 200;
    out->size = sizeof(struct preassignment_meeting);
    return db_list(db,
                   SQL("SELECT id, session_id, held_on, made_at, made_by, version, name, "
                       "place, state, minutes FROM preassignment_meetings WHERE org_id = :org "
                       "ORDER BY held_on DESC, id DESC LIMIT :limit",
                       P(limit)),
                   MEETING_ROW, mem, out);
}

err preassignment_meeting_store_add(struct db *db, const struct preassignment_meeting *m, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO preassignment_meetings (org_id, session_id, name, held_on, place, state, "
            "made_at, made_by) VALUES (:org, :session_id, :name, :held_on, :place, :state, "
            ":made_at, :made_by) RETURNING id",
            P(m->session_id), P(m->name), P(m->held_on), P(m->place), P(m->state), P(m->made_at),
            P(m->made_by)),
        id);
}

err preassignment_meeting_store_update(struct db *db, const struct preassignment_meeting *m)
{
    return db_update(
        db,
        SQL("UPDATE preassignment_meetings SET session_id = :session_id, name = :name, held_on = "
            ":held_on, place = :place, state = :state, minutes = :minutes, version = version + 1 "
            "WHERE org_id = :org AND id = :id AND version = :version",
            P(m->session_id), P(m->name), P(m->held_on), P(m->place), P(m->state), P(m->minutes),
            P(m->id), P(m->version)));
}
