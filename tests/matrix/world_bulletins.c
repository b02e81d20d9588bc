/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_bulletins.h. Whose they are: modules/bulletins/README.md, "Who may see". */
#include "tests/matrix/world_bulletins.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_opinions.h"

/* One like the member's that waits to be signed. */
static err opinion(struct rq *rq, struct world *w, int set, int thing, const char *state)
{
    i64 like = w->thing[set][OPINION_SIGNING];
    str in = str_of(state);
    return db_insert(rq->db,
                     SQL("INSERT INTO opinions (org_id, state, kind, person_id, account_id, "
                         "reporter_name, title, situation, suggestions, edited_title, "
                         "edited_situation, edited_suggestions, edited_at, submitted_at, "
                         "signed_at, created_at, updated_at) SELECT org_id, :in, kind, person_id, "
                         "account_id, reporter_name, title, situation, suggestions, edited_title, "
                         "edited_situation, edited_suggestions, edited_at, submitted_at, CASE WHEN "
                         ":in = 'signing' THEN 0 ELSE submitted_at END, created_at, updated_at "
                         "FROM opinions WHERE org_id = :org AND id = :like RETURNING id",
                         P(in), P(like)),
                     &w->thing[set][thing]);
}

/* Of the set's bulletin, with one opinion; serial 0 = not signed. */
static err issue(struct rq *rq, struct world *w, int set, int thing, i64 serial)
{
    static const char *const STATES[] = { "draft", "signing", "issued", "forwarded" };
    i64 bulletin_id = w->thing[set][BULLETIN], today = rq->today;
    str state = str_of(STATES[thing - ISSUE_DRAFT]);
    return db_insert(rq->db,
                     SQL("INSERT INTO issues (org_id, bulletin_id, bulletin_name, office, mark, "
                         "named, state, title, year, serial, total, number, editor_id, "
                         "editor_name, issued_on, updated_at) SELECT org_id, id, name, office, "
                         "mark, named, :state, name || ' issue', CASE WHEN :serial > 0 THEN 2026 "
                         "ELSE 0 END, :serial, :serial, CASE WHEN :serial > 0 THEN 'No' ELSE '' "
                         "END, 1, 'He', CASE WHEN :serial > 0 THEN :today ELSE 0 END, 1 FROM "
                         "bulletins WHERE org_id = :org AND id = :bulletin_id RETURNING id",
                         P(state), P(serial), P(today), P(bulletin_id)),
                     &w->thing[set][thing]);
}

static err put_in(struct rq *rq, struct world *w, int set, const int things[2], i64 informed_at)
{
    i64 issue_id = w->thing[set][things[0]], opinion_id = w->thing[set][things[1]], id;
    return db_insert(rq->db,
                     SQL("INSERT INTO issue_items (org_id, issue_id, opinion_id, position, title, "
                         "situation, informed_at) SELECT org_id, :issue_id, id, 1, edited_title, "
                         "edited_situation, :informed_at FROM opinions WHERE org_id = :org AND id "
                         "= :opinion_id RETURNING id",
                         P(issue_id), P(opinion_id), P(informed_at)),
                     &id);
}

static err bulletin(struct rq *rq, struct world *w, int set)
{
    str name = arena_printf(rq->mem, "%sVoices %d", set == SETS - 1 ? "CANARY-" : "", set);
    return db_insert(rq->db,
                     SQL("INSERT INTO bulletins (org_id, name, office, city, total) VALUES (:org, "
                         ":name, 'Office', 'Party\nGovernment', 2) RETURNING id",
                         P(name)),
                     &w->thing[set][BULLETIN]);
}

/* Two were signed. */
static err numbers(struct rq *rq, struct world *w, int set)
{
    i64 bulletin_id = w->thing[set][BULLETIN], id;
    return db_insert(rq->db,
                     SQL("INSERT INTO bulletin_numbers (org_id, bulletin_id, year, serial) VALUES "
                         "(:org, :bulletin_id, 2026, 2) RETURNING id",
                         P(bulletin_id)),
                     &id);
}

/* Sent to the party's office; a leader has written on it. */
static err results(struct rq *rq, struct world *w, int set, int thing)
{
    i64 issue_id = w->thing[set][ISSUE_FORWARDED], opinion_id = w->thing[set][thing];
    i64 today = rq->today, id, file = w->attachment[set][OPINION_FILED];
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO destinations (org_id, issue_id, opinion_id, body, level, "
                      "sent_on, sent_by) VALUES (:org, :issue_id, :opinion_id, 'Party', 'city', "
                      ":today, 1) RETURNING id",
                      P(issue_id), P(opinion_id), P(today)),
                  &w->thing[set][DESTINATION]));
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO instructions (org_id, matter, matter_id, leader, level, "
                      "instructed_on, text, recorded_at, recorded_by) VALUES (:org, 'opinions', "
                      ":opinion_id, 'Gao', 'city', :today, 'Do it.', 1, 1) RETURNING id",
                      P(opinion_id), P(today)),
                  &id));
    return db_insert(rq->db,
                     SQL("INSERT INTO attachments (org_id, owner, owner_id, name, type, sha256, "
                         "size_bytes, uploaded_at, uploaded_by, account_id) SELECT org_id, "
                         "'instructions', :id, name, type, sha256, size_bytes, uploaded_at, '', 1 "
                         "FROM attachments WHERE org_id = :org AND id = :file RETURNING id",
                         P(id), P(file)),
                     &w->attachment[set][thing]);
}

static err all(struct rq *rq, struct world *w, int set)
{
    TRY(bulletin(rq, w, set));
    TRY(numbers(rq, w, set));
    TRY(opinion(rq, w, set, OPINION_WAITING, "signing"));
    TRY(opinion(rq, w, set, OPINION_PASSED, "signing"));
    TRY(opinion(rq, w, set, OPINION_PENDING, "signing"));
    TRY(opinion(rq, w, set, OPINION_ISSUED, "issued"));
    TRY(opinion(rq, w, set, OPINION_UNTOLD, "forwarded"));
    TRY(opinion(rq, w, set, OPINION_TOLD, "informed"));
    TRY(issue(rq, w, set, ISSUE_DRAFT, 0));
    TRY(issue(rq, w, set, ISSUE_SIGNING, 0));
    TRY(issue(rq, w, set, ISSUE_ISSUED, 1));
    TRY(issue(rq, w, set, ISSUE_FORWARDED, 2));
    TRY(put_in(rq, w, set, (const int[]){ ISSUE_DRAFT, OPINION_PASSED }, 0));
    TRY(put_in(rq, w, set, (const int[]){ ISSUE_SIGNING, OPINION_PENDING }, 0));
    TRY(put_in(rq, w, set, (const int[]){ ISSUE_ISSUED, OPINION_ISSUED }, 0));
    TRY(put_in(rq, w, set, (const int[]){ ISSUE_FORWARDED, OPINION_UNTOLD }, 0));
    TRY(put_in(rq, w, set, (const int[]){ ISSUE_FORWARDED, OPINION_TOLD }, 1));
    TRY(results(rq, w, set, OPINION_TOLD));
    return results(rq, w, set, OPINION_UNTOLD);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, all);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing], org = world_org(set);
    if (thing == BULLETIN)
        return world_number(w->t->db, org,
                            SQL("SELECT version FROM bulletins WHERE org_id = :org AND id = :id",
                                P(id)));
    if (thing < OPINION_WAITING)
        return world_number(w->t->db, org,
                            SQL("SELECT version FROM issues WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(
        w->t->db, org, SQL("SELECT version FROM opinions WHERE org_id = :org AND id = :id", P(id)));
}

/* The house's, and of an opinion what was told is its writer's too. The text as it was issued is
 * for a unit that has it; none has this one. */
static char own(const struct question *q)
{
    if (strcmp(rules_verb(q), "issued") == 0)
        return 'n';
    bool house = WHO[q->who].scope == SCOPE_ORG;
    return house || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { BULLETIN, "bulletin", "bulletin", false },
    { ISSUE_DRAFT, "draft_issue", NULL, false },
    { ISSUE_SIGNING, "signing_issue", NULL, false },
    { ISSUE_ISSUED, "issued_issue", NULL, false },
    { ISSUE_FORWARDED, "forwarded_issue", NULL, false },
    { OPINION_WAITING, "waiting_opinion", "waiting_opinion", false },
    { OPINION_PASSED, "passed_opinion", "passed_opinion", false },
    { OPINION_PENDING, "pending_opinion", NULL, false },
    { OPINION_ISSUED, "issued_opinion", NULL, false },
    { OPINION_UNTOLD, "untold_opinion", NULL, false },
    { OPINION_TOLD, "told_opinion", NULL, false },
    { DESTINATION, "destination", "destination", false },
    { 0 },
};

const struct part PART_OF_BULLETINS = { .name = "bulletins",
                                        .specimens = SPECIMENS_BULLETINS,
                                        .things = THINGS_OWN,
                                        .make = make,
                                        .version = version,
                                        .own = own };
