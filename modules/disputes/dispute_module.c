/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of disputes, and nothing else; read this first. Life: dispute.c; pages:
 * dispute_pages.c. */
#include "embed.h"
#include "modules/disputes/dispute_pages.h"
#include "modules/disputes/dispute_rules.h"
#include "platform/module.h"
#include "platform/transfer/transfer.h"

static const struct form HEAR_FORM = {
    "disputes.hear",
    sizeof(struct hear_input),
    (const struct input[]){
        { FIELD(struct hear_input, id), .kind = INPUT_ID },
        { FIELD(struct hear_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct hear_input, present), .kind = INPUT_TEXT, .required = true, .max = 300 },
        { FIELD(struct hear_input, record), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 2000 },
        { .field = { 0 } },
    },
};

static const struct flow_state STATES[] = {
    { "opened", .first = true, .tone = "warn" },
    { "heard", .tone = "info" },
    { "decided", .final = true, .tone = "ok" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "hear", "opened", "heard", "disputes.hear", .form = &HEAR_FORM, .guard = dispute_guard_office,
      .effect = dispute_effect_hear, .weight = FLOW_MAIN },
    { "decide", "opened heard", "decided", FLOW_SYSTEM, .effect = dispute_effect_decide },
    { 0 },
};

/* Deciding is a to-do of the assignment. */
static const struct flow_todo TODOS[] = {
    { "opened", "may:disputes.hear", "hear", .when = dispute_is_to_be_heard },
    { 0 },
};

const struct flow DISPUTES_FLOW = {
    .name = "disputes",
    .read = "disputes.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = dispute_flow_load,
    .store = dispute_flow_store,
};

static const struct flow *const FLOWS[] = { &DISPUTES_FLOW, NULL };

static const struct permission PERMISSIONS[] = {
    { "disputes.read", "dispatcher operator agency_leader", ADMIN_NONE },
    { "disputes.hear", "dispatcher", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "disputes", "/disputes", "gavel", "disputes.read", MENU_SIDE, 44, "handling" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "assignments.disputed", on_assignment_disputed },
    { "assignments.reassigned", on_assignment_moved },
    { "assignments.due_changed", on_assignment_upheld },
    { "assignments.closed", on_assignment_over },
    { "assignments.cancelled", on_assignment_over },
    { "assignments.section_shown", on_dispute_section },
    { 0 },
};

static const struct route ROUTES[] = {
    { GET, "/disputes", page_dispute_list, .may = "disputes.read", .api = true },
    { GET, "/disputes/{id}", page_dispute_show, .may = "disputes.read", .api = true },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "disputes",
        .under = "assignments",
        .by = "assignment_id",
        .numbers = (const char *const[]){ "opened_at", "held_on", "decided_at", "version", NULL },
        .texts = (const char *const[]){ "matter", "matter_title", "matter_number", "agency_name",
                                        "better_name", "reason", "state", "present", "record",
                                        "decision", "decider", NULL },
        .links = (const struct transfer_link[]){ { "matter_id", "proposals", NULL, false },
                                                 { "agency_id", "orgs", NULL, false },
                                                 { "better_agency_id", "orgs", NULL, false },
                                                 { 0 } },
        .zero = (const char *const[]){ "opened_by", NULL },
        .moves = true,
    },
    { 0 },
};

const struct module dispute_module = {
    .name = "disputes",
    .needs = (const char *const[]){ "settings", "assignments", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &DISPUTE_LIST, NULL },
    .schema = disputes_schema,
    .transfers = TRANSFERS,
};
