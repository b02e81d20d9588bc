/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns and scopes of the list. The scopes say in SQL what assignment.c says in C (README,
 * "Who may see"); a test holds them together. Members have no list: they come by their proposals
 * and to-dos. */
#include "modules/assignments/assignment_list.h"

#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_pages.h"
#include "platform/web/view.h"
#include "platform/web/view_parts.h"
#include "views/assignments.h"
#include "views/web.h"

enum { SOON_DAYS = 10 };

/* Talks of the last round that was answered, of the present one where none was yet. */
#define TALKS_OF_ANSWER                                                                        \
    "contacts c WHERE c.org_id = a.org_id AND c.assignment_id = a.id AND c.round = COALESCE((" \
    "SELECT MAX(r.round) FROM replies r WHERE r.org_id = a.org_id AND r.assignment_id = a.id " \
    "AND r.delivered_at > 0), a.round)"

static const struct list_column COLUMNS[] = {
    { FIELD(struct assignment_row, matter_title), LIST_TEXT, .sql = "a.matter_title" },
    { FIELD(struct assignment_row, matter_number), LIST_TEXT, .sql = "a.matter_number",
      .filter = true },
    { FIELD(struct assignment_row, matter), LIST_CODE, .sql = "a.matter", .filter = true,
      .states = "assignments.matter", .choices = "proposals letters opinions" },
    { FIELD(struct assignment_row, state), LIST_CODE, .sql = "a.state", .filter = true,
      .states = "states.assignments",
      .choices = "assigned accepted bouncing redrafting drafted redoing contributed replied closed "
                 "reassigned" },
    { FIELD(struct assignment_row, role), LIST_CODE, .sql = "a.role", .filter = true,
      .states = "assignments.role", .choices = "sole host cohost split" },
    { FIELD(struct assignment_row, agency_name), LIST_TEXT, .sql = "a.agency_name",
      .filter = true },
    { FIELD(struct assignment_row, due_on), LIST_DAY, .sql = "a.due_on", .filter = true,
      .sort = true },
    { FIELD(struct assignment_row, contacts), LIST_NUMBER, .sql = "a.talks" },
    { FIELD(struct assignment_row, class), LIST_CODE,
      .sql = "COALESCE((SELECT r.class FROM replies r WHERE r.org_id = a.org_id AND "
             "r.assignment_id = a.id AND r.delivered_at > 0 ORDER BY r.round DESC LIMIT 1), '')",
      .filter = true, .dictionary = "assignments.classes" },
    { FIELD(struct assignment_row, assigned_at), LIST_TIME, .sql = "a.assigned_at", .filter = true,
      .sort = true },
    { FIELD(struct assignment_row, replied_at), LIST_TIME, .sql = "NULLIF(a.replied_at, 0)" },
    { FIELD(struct assignment_row, was_late), LIST_BOOL, .sql = "a.was_late", .filter = true },
    { FIELD(struct assignment_row, contacted_on), LIST_DAY, .sql = "a.contacted_on", .hidden = true,
      .filter = true },
    { FIELD(struct assignment_row, contact_due_on), LIST_DAY, .sql = "a.contact_due_on",
      .hidden = true, .filter = true },
    { FIELD(struct assignment_row, first_replied_at), LIST_TIME,
      .sql = "NULLIF(a.first_replied_at, 0)", .hidden = true, .filter = true },
    { FIELD(struct assignment_row, first_late), LIST_BOOL, .sql = "a.first_late", .hidden = true,
      .filter = true },
    { FIELD(struct assignment_row, strict), LIST_BOOL, .sql = "a.strict", .hidden = true,
      .filter = true },
    { FIELD(struct assignment_row, quality), LIST_CODE, .sql = "a.quality", .hidden = true,
      .filter = true, .states = "choices.quality", .choices = "good fair poor" },
    { FIELD(struct assignment_row, held), LIST_BOOL,
      .sql = "CASE WHEN a.held_at > 0 THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct assignment_row, cancelled), LIST_BOOL,
      .sql = "CASE WHEN a.cancelled_at > 0 THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct assignment_row, plain), LIST_BOOL, .sql = "a.plain", .hidden = true,
      .filter = true },
    { FIELD(struct assignment_row, round), LIST_NUMBER, .sql = "a.round", .hidden = true },
    { FIELD(struct assignment_row, accept_due_on), LIST_DAY, .sql = "a.accept_due_on",
      .hidden = true },
    { FIELD(struct assignment_row, accepted_at), LIST_TIME, .sql = "NULLIF(a.accepted_at, 0)",
      .hidden = true },
    { FIELD(struct assignment_row, id), LIST_NUMBER, .sql = "a.id", .hidden = true },
    { FIELD(struct assignment_row, matter_id), LIST_NUMBER, .sql = "a.matter_id", .hidden = true },
    { FIELD(struct assignment_row, agency_id), LIST_NUMBER, .sql = "a.agency_id", .hidden = true,
      .filter = true },
    { FIELD(struct assignment_row, session_id), LIST_NUMBER, .sql = "a.session_id", .hidden = true,
      .filter = true },
    { FIELD(struct assignment_row, answers), LIST_BOOL,
      .sql =
          "CASE WHEN a.role <> 'cohost' AND a.state <> 'reassigned' AND a.cancelled_at = 0 THEN 1 "
          "ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct assignment_row, answered), LIST_BOOL,
      .sql = "CASE WHEN a.first_replied_at > 0 THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct assignment_row, owed), LIST_BOOL,
      .sql = "CASE WHEN a.first_replied_at > 0 OR (a.due_on < :today AND a.held_at = 0) THEN 1 "
             "ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct assignment_row, talked), LIST_NUMBER,
      .sql = "(SELECT COUNT(*) FROM " TALKS_OF_ANSWER ")", .hidden = true, .filter = true },
    { FIELD(struct assignment_row, met), LIST_BOOL,
      .sql = "CASE WHEN EXISTS (SELECT c.id FROM " TALKS_OF_ANSWER
             " AND c.way IN ('visit', 'meeting')) THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct assignment_row, agency_system), LIST_CODE,
      .sql = "(SELECT CASE WHEN o.kind = 'party_committee' OR COALESCE(t.kind, '') = "
             "'party_committee' THEN 'party' WHEN o.kind IN ('government', 'department') THEN "
             "'government' ELSE 'other' END FROM orgs o LEFT JOIN orgs t ON t.org_id = o.org_id "
             "AND t.id = o.parent_id WHERE o.org_id = a.org_id AND o.id = a.agency_id)",
      .hidden = true, .filter = true, .states = "assignments.system",
      .choices = "party government other" },
    { .field = { 0 } },
};

/* That the agency is one is asked of the actor, not of the row: SQLite would take the latter for a
 * range and walk all agencies. */
static const struct list_scope SCOPES[] = {
    { SCOPE_AGENCY,
      .sql = "a.agency_id = :actor_agency AND :actor_agency > 0 AND a.state <> 'reassigned'" },
    { 0 },
};

const struct list ASSIGNMENT_LIST = {
    .name = "assignments",
    .may = "assignments.list",
    .from = "assignments a",
    .where = "a.org_id = :org",
    .key = "a.id",
    .sort = "-assigned_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .row_size = sizeof(struct assignment_row),
};

/* What is still to be answered shows how long is left. */
static void cell_due(struct out *out, const void *row)
{
    const struct assignment_row *a = row;
    bool open = !a->held && (str_is(a->state, "accepted") || str_is(a->state, "redrafting") ||
                             str_is(a->state, "redoing") || str_is(a->state, "drafted"));
    if (open)
        view_due(out, a->due_on, SOON_DAYS);
    else
        view_date(out, a->due_on);
}

static void cell_state(struct out *out, const void *row)
{
    const struct assignment_row *a = row;
    view_assignments_state(out, a->state, a->cancelled);
}

static void cell_assigned(struct out *out, const void *row)
{
    view_date(out, day_of_ms(((const struct assignment_row *)row)->assigned_at));
}

static void cell_replied(struct out *out, const void *row)
{
    const struct assignment_row *a = row;
    view_date(out, a->replied_at ? day_of_ms(a->replied_at) : 0);
}

static const struct list_cell CELLS[] = {
    { "state", cell_state },
    { "due_on", cell_due },
    { "assigned_at", cell_assigned },
    { "replied_at", cell_replied },
    { 0 },
};

const struct list_look ASSIGNMENT_LOOK = {
    .list = &ASSIGNMENT_LIST,
    .path = "/assignments",
    .title = "assignments.title",
    .menu = "assignments",
    .main = "matter_title",
    .under = "matter_number",
    .also = "held cancelled",
    .empty = "assignments.empty",
    .exports = true,
    .views = true,
    .cells = CELLS,
};
