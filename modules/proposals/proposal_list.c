/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns and scopes of the list. The scopes say in SQL what proposal_may_read says in C (README,
 * "Who may see"); a test holds them together. */
#include "modules/proposals/proposal_list.h"

#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"

static const char STATES[] =
    "submitted revising screened docketed preassigned merged rejected diverted withdrawn assigned "
    "evaluating redoing mediating closed tracking fulfilled archived cosigning draft";

/* Names of the agencies, as choices. */
static err hosts(struct rq *rq, strs *out)
{
    struct rows rows;
    TRY(org_agencies(rq, &rows));
    const struct org *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        strs_add(rq->mem, out, all[i].name);
    return OK;
}

static err sectors(struct rq *rq, strs *out)
{
    struct rows rows;
    TRY(sector_list(rq, rq->today, &rows));
    const struct body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        strs_add(rq->mem, out, all[i].name);
    return OK;
}

/* Whom ?person_id= asks for. */
static err signer_name(struct rq *rq, str value, str *out)
{
    i64 id = 0;
    return str_to_i64(value, &id) ? person_name(rq, id, out) : OK;
}

static const struct list_column COLUMNS[] = {
    { FIELD(struct proposal_row, docket_no), LIST_NUMBER, .sql = "p.docket_no", .filter = true },
    { FIELD(struct proposal_row, title), LIST_TEXT, .sql = "p.title" },
    { FIELD(struct proposal_row, proposer_name), LIST_TEXT, .sql = "p.proposer_name",
      .filter = true },
    { FIELD(struct proposal_row, state), LIST_CODE, .sql = "p.state", .filter = true,
      .states = "states.proposals", .choices = STATES },
    { FIELD(struct proposal_row, category), LIST_CODE, .sql = "p.category", .filter = true,
      .dictionary = "proposals.categories" },
    { FIELD(struct proposal_row, host_name), LIST_TEXT, .sql = "p.host_name", .filter = true,
      .values = hosts },
    { FIELD(struct proposal_row, due_on), LIST_DAY, .sql = "p.due_on", .filter = true,
      .sort = true },
    { FIELD(struct proposal_row, submitted_at), LIST_TIME, .sql = "p.submitted_at", .filter = true,
      .sort = true },
    { FIELD(struct proposal_row, class), LIST_CODE, .sql = "p.class", .filter = true,
      .dictionary = "assignments.classes" },
    { FIELD(struct proposal_row, satisfaction), LIST_CODE, .sql = "p.satisfaction",
      .may = "evaluations.read", /* blind: the agencies' lists do not have it */
      .filter = true, .states = "proposals.satisfaction",
      .choices = "satisfied fair dissatisfied" },
    { FIELD(struct proposal_row, kind), LIST_CODE, .sql = "p.kind", .hidden = true, .filter = true,
      .states = "proposals.kind",
      .choices = "personal joint democratic association sector group committee township" },
    { FIELD(struct proposal_row, timing), LIST_CODE, .sql = "p.timing", .hidden = true,
      .filter = true, .states = "proposals.timing", .choices = "before during between" },
    { FIELD(struct proposal_row, serial), LIST_NUMBER, .sql = "p.serial", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, person_id), LIST_NUMBER, .sql = "p.lead_person_id",
      .may = "members.read",                               /* departments see no roster */
      .hidden = true, .filter = true, .word = signer_name, /* every signer, not only who leads */
      .many = "p.id IN (SELECT s.proposal_id FROM proposers s WHERE s.org_id = :org AND"
              " s.person_id" },
    { FIELD(struct proposal_row, session_id), LIST_NUMBER, .sql = "p.session_id", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, signer_count), LIST_NUMBER, .sql = "p.signer_count",
      .hidden = true },
    { FIELD(struct proposal_row, docketed_at), LIST_TIME, .sql = "p.docketed_at", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, assigned_at), LIST_TIME, .sql = "p.assigned_at", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, replied_at), LIST_TIME, .sql = "p.replied_at", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, closed_at), LIST_TIME, .sql = "p.closed_at", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, was_late), LIST_BOOL, .sql = "p.was_late", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, consent), LIST_CODE, .sql = "p.consent", .hidden = true,
      .filter = true, .states = "proposals.consent", .choices = "yes no" },
    { FIELD(struct proposal_row, reject_reason), LIST_CODE, .sql = "p.reject_reason",
      .hidden = true, .filter = true, .dictionary = "proposals.reject_reasons" },
    { FIELD(struct proposal_row, outcome), LIST_CODE, .sql = "p.outcome", .hidden = true,
      .filter = true, .states = "proposals.outcome",
      .choices = "docketed rejected diverted withdrawn merged" },
    { FIELD(struct proposal_row, tracking), LIST_CODE, .sql = "p.tracking", .hidden = true,
      .filter = true, .states = "proposals.tracking", .choices = "solved partly unsolved",
      .may = "proposals.figures" },
    { FIELD(struct proposal_row, destination), LIST_CODE, .sql = "p.destination", .hidden = true,
      .filter = true, .dictionary = "proposals.destinations" },
    { FIELD(struct proposal_row, sector_name), LIST_TEXT, .sql = "p.sector_name", .hidden = true,
      .filter = true, .values = sectors },
    { FIELD(struct proposal_row, agency_name), LIST_TEXT, .hidden = true, .filter = true,
      .asked = true, .values = hosts,
      .many = "p.id IN (SELECT a.matter_id FROM assignments a WHERE a.org_id = :org AND a.matter ="
              " 'proposals' AND a.state <> 'reassigned' AND a.agency_name" },
    { FIELD(struct proposal_row, cohost_name), LIST_TEXT, .hidden = true, .filter = true,
      .asked = true, .values = hosts,
      .many = "p.id IN (SELECT a.matter_id FROM assignments a WHERE a.org_id = :org AND a.matter ="
              " 'proposals' AND a.state <> 'reassigned' AND a.role = 'cohost' AND a.agency_name" },
    { FIELD(struct proposal_row, split_name), LIST_TEXT, .hidden = true, .filter = true,
      .asked = true, .values = hosts,
      .many = "p.id IN (SELECT a.matter_id FROM assignments a WHERE a.org_id = :org AND a.matter ="
              " 'proposals' AND a.state <> 'reassigned' AND a.role = 'split' AND a.agency_name" },
    { FIELD(struct proposal_row, wished_host_name), LIST_TEXT, .hidden = true, .filter = true,
      .asked = true, .values = hosts,
      .many = "p.id IN (SELECT w.proposal_id FROM wishes w JOIN orgs o ON o.org_id = w.org_id AND"
              " o.id = w.agency_id WHERE w.org_id = :org AND w.by_whom = 'proposer' AND w.role ="
              " 'host' AND o.name" },
    { FIELD(struct proposal_row, wished_cohost_name), LIST_TEXT, .hidden = true, .filter = true,
      .asked = true, .values = hosts,
      .many = "p.id IN (SELECT w.proposal_id FROM wishes w JOIN orgs o ON o.org_id = w.org_id AND"
              " o.id = w.agency_id WHERE w.org_id = :org AND w.by_whom = 'proposer' AND w.role ="
              " 'cohost' AND o.name" },
    { FIELD(struct proposal_row, researched), LIST_BOOL, .sql = "p.researched", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, redone), LIST_BOOL, .sql = "p.redone", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, extended), LIST_BOOL, .sql = "p.extended", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, first_late), LIST_BOOL, .sql = "p.first_late", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, flagship), LIST_BOOL, .sql = "p.flagship", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, commended), LIST_BOOL, .sql = "p.commended", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, publishable), LIST_BOOL,
      .sql = "CASE WHEN EXISTS (SELECT u.id FROM publications u WHERE u.org_id = p.org_id AND "
             "u.proposal_id = p.id AND u.state IN ('prepared', 'published')) THEN 1 ELSE 0 END",
      .hidden = true, .filter = true, .may = "proposals.figures" },
    { FIELD(struct proposal_row, published), LIST_BOOL,
      .sql = "CASE WHEN EXISTS (SELECT u.id FROM publications u WHERE u.org_id = p.org_id AND "
             "u.proposal_id = p.id AND u.state = 'published') THEN 1 ELSE 0 END",
      .hidden = true, .filter = true, .may = "proposals.figures" },
    { FIELD(struct proposal_row, field), LIST_TEXT, .hidden = true, .filter = true, .asked = true,
      .may = "proposals.figures",
      .many = "p.category IN (SELECT d.code FROM dictionaries d WHERE d.org_id = :org AND d.name = "
              "'proposals.categories' AND COALESCE((SELECT w.note FROM dictionary_words w WHERE "
              "w.org_id = d.org_id AND w.name = d.name AND w.code = d.code AND w.from_on <= :today "
              "ORDER BY w.from_on DESC LIMIT 1), d.note)" },
    { FIELD(struct proposal_row, assigned), LIST_BOOL,
      .sql = "CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct proposal_row, replied), LIST_BOOL,
      .sql = "CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND p.first_replied_at > 0 "
             "THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct proposal_row, is_due), LIST_BOOL,
      .sql = "CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND (p.first_replied_at > 0 "
             "OR (p.due_on > 0 AND p.due_on < :today AND (NOT EXISTS (SELECT h.id FROM "
             "assignments h WHERE h.org_id = p.org_id AND h.matter = 'proposals' AND h.matter_id = "
             "p.id AND h.held_at > 0) OR EXISTS (SELECT o.id FROM assignments o WHERE o.org_id = "
             "p.org_id AND o.matter = 'proposals' AND o.matter_id = p.id AND o.role <> 'cohost' "
             "AND o.state <> 'reassigned' AND o.cancelled_at = 0 AND o.first_replied_at = 0 AND "
             "o.held_at = 0)))) THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct proposal_row, strict), LIST_BOOL,
      .sql = "CASE WHEN EXISTS (SELECT a.id FROM assignments a WHERE a.org_id = p.org_id AND "
             "a.matter = 'proposals' AND a.matter_id = p.id AND a.role <> 'cohost' AND a.state <> "
             "'reassigned' AND a.strict = 0) THEN 0 ELSE 1 END",
      .hidden = true, .filter = true },
    { FIELD(struct proposal_row, mediated), LIST_BOOL,
      .sql = "CASE WHEN EXISTS (SELECT m.id FROM mediations m WHERE m.org_id = p.org_id AND "
             "m.proposal_id = p.id) THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct proposal_row, committee_name), LIST_TEXT, .sql = "p.committee_name",
      .hidden = true, .filter = true, .may = "proposals.figures" },
    { FIELD(struct proposal_row, gender), LIST_CODE, .sql = "p.gender", .hidden = true,
      .filter = true, .states = "members.gender", .choices = "female male",
      .may = "proposals.figures" },
    { FIELD(struct proposal_row, ethnic), LIST_TEXT, .sql = "p.ethnic", .hidden = true,
      .filter = true, .may = "proposals.figures" },
    { FIELD(struct proposal_row, party), LIST_CODE, .sql = "p.party", .hidden = true,
      .filter = true, .dictionary = "members.parties", .may = "proposals.figures" },
    { FIELD(struct proposal_row, source), LIST_TEXT, .sql = "p.source", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, source_id), LIST_TEXT, .sql = "p.source_id", .hidden = true,
      .filter = true },
    { FIELD(struct proposal_row, categorised), LIST_BOOL,
      .sql = "CASE WHEN p.category <> '' THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct proposal_row, id), LIST_NUMBER, .sql = "p.id", .hidden = true, .filter = true },
    { .field = { 0 } },
};

/* One that is merged stands as its main one does; main_id is read of such rows alone, because it
 * stands behind the long texts. */
#define PENDING                                                                            \
    "('draft', 'cosigning', 'submitted', 'revising', 'screened', 'rejected', 'diverted', " \
    "'withdrawn', 'merged')"

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .needs = "proposals.read_pending",
      .sql = "p.state NOT IN ('draft', 'cosigning') OR "
             "(p.created_by = :actor_author AND p.transcribed_by > 0)" },
    { SCOPE_ORG,
      .sql = "(p.state NOT IN " PENDING " AND (p.state <> 'archived' OR p.closed_at > 0)) OR "
             "(p.state = 'merged' AND EXISTS (SELECT m.id FROM proposals m WHERE m.org_id = "
             "p.org_id AND m.id = p.main_id AND m.state NOT IN " PENDING
             " AND (m.state <> 'archived' OR m.closed_at > 0)))" },
    { SCOPE_AGENCY,
      .sql =
          "CASE WHEN p.state = 'merged' THEN p.main_id ELSE p.id END IN (SELECT a.matter_id FROM "
          "assignments a WHERE a.org_id = :org AND a.matter = 'proposals' AND a.agency_id = "
          ":actor_agency AND a.state <> 'reassigned')" },
    { SCOPE_SELF,
      .sql =
          "(EXISTS (SELECT s.id FROM proposers s WHERE s.org_id = p.org_id "
          "AND s.proposal_id = p.id AND s.person_id = :actor_person AND :actor_person > 0) "
          "OR (:actor_member > 0 AND p.confidential = 0 AND p.consent <> 'no' AND p.state NOT "
          "IN " PENDING " AND (p.state <> 'archived' OR p.closed_at > 0)) "
          "OR (:actor_member > 0 AND p.confidential = 0 AND p.consent <> 'no' AND p.state = "
          "'merged' AND EXISTS (SELECT m.id FROM proposals m WHERE m.org_id = p.org_id AND m.id = "
          "p.main_id AND m.confidential = 0 AND m.consent <> 'no' AND m.state NOT IN " PENDING
          " AND (m.state <> 'archived' OR m.closed_at > 0))) "
          "OR CASE WHEN p.state = 'merged' THEN p.main_id ELSE p.id END IN (SELECT CASE WHEN "
          "q.state = 'merged' THEN q.main_id ELSE 0 END FROM proposers t CROSS JOIN proposals q "
          "WHERE q.org_id = t.org_id AND q.id = t.proposal_id AND t.org_id = :org AND "
          "t.person_id = :actor_person AND :actor_person > 0) " /* CROSS: from his own to theirs */
          "OR (p.state = 'merged' AND p.main_id IN (SELECT u.proposal_id FROM proposers u WHERE "
          "u.org_id = :org AND u.person_id = :actor_person AND :actor_person > 0)) "
          "OR CASE WHEN p.state = 'merged' THEN p.main_id ELSE p.id END IN (SELECT CASE WHEN "
          "b.state = 'merged' THEN b.main_id ELSE b.id END FROM drafters w CROSS JOIN proposals b "
          "WHERE b.org_id = w.org_id AND b.id = w.proposal_id AND w.org_id = :org AND "
          "w.person_id = :actor_person AND :actor_person > 0 AND b.kind NOT IN ('personal', "
          "'joint') AND b.state NOT IN ('draft', 'cosigning')))" },
    { 0 },
};

const struct list PROPOSAL_LIST = {
    .name = "proposals",
    .may = "proposals.read",
    .from = "proposals p",
    .where = "p.org_id = :org",
    .key = "p.id",
    .sort = "-submitted_at",
    .search = "proposals",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .row_size = sizeof(struct proposal_row),
};
