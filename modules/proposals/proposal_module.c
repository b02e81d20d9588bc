/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of proposals, and nothing else; read this first. Steps: proposal_steps.c, from
 * handing out on proposal_handling_steps.c, beside the straight road proposal_side_steps.c. Text,
 * who may, receipt: proposal.c. Pages: proposal_pages.c. JSON: proposal_api.c. Lists:
 * proposal_list.c. Writing: modules/drafts. */
#include "embed.h"
#include "modules/proposals/proposal_list.h"
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_rules.h"
#include "platform/jobs/jobs.h"
#include "platform/list/list.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"

/* ---- forms ---- */

static const struct form FILE_FORM = {
    "proposals.file",
    sizeof(struct proposal_file_input),
    (const struct input[]){
        { FIELD(struct proposal_file_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_file_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

/* Nothing to fill in: what will be sent is looked at once more (module drafts). */
static const struct form INVITE_FORM = {
    "proposals.invite",
    sizeof(struct proposal_reason_input),
    (const struct input[]){
        { FIELD(struct proposal_reason_input, id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form SUBMIT_FORM = {
    "proposals.submit",
    sizeof(struct proposal_submit_input),
    (const struct input[]){
        { FIELD(struct proposal_submit_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_submit_input, confirmed), .kind = INPUT_BOOL, .required = true },
        { FIELD(struct proposal_submit_input, unanswered), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

/* What is said with a step: a finding of the review, or a reason; steps word it differently. */
static const struct input FINDING_MAY[] = {
    { FIELD(struct proposal_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct proposal_reason_input, opinion), .kind = INPUT_AREA, .max = 2000 },
    { .field = { 0 } },
};

static const struct input FINDING_MUST[] = {
    { FIELD(struct proposal_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct proposal_reason_input, opinion), .kind = INPUT_AREA, .required = true,
      .max = 2000 },
    { .field = { 0 } },
};

static const struct input REASON_MAY[] = {
    { FIELD(struct proposal_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct proposal_reason_input, opinion), .kind = INPUT_AREA, .max = 1000 },
    { .field = { 0 } },
};

static const struct input REASON_MUST[] = {
    { FIELD(struct proposal_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct proposal_reason_input, opinion), .kind = INPUT_AREA, .required = true,
      .max = 1000 },
    { .field = { 0 } },
};

static const struct form RECALL_FORM = {
    "proposals.recall",
    sizeof(struct proposal_reason_input),
    (const struct input[]){
        { FIELD(struct proposal_reason_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_reason_input, opinion), .kind = INPUT_TEXT, .max = 100 },
        { .field = { 0 } },
    },
};

static const struct form SCREEN_FORM = { "proposals.screen", sizeof(struct proposal_reason_input),
                                         FINDING_MAY };

static const struct form REVISE_FORM = { "proposals.revise", sizeof(struct proposal_reason_input),
                                         FINDING_MUST };

static const struct form DOCKET_FORM = {
    "proposals.docket",
    sizeof(struct proposal_docket_input),
    (const struct input[]){
        { FIELD(struct proposal_docket_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_docket_input, category), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "proposals.categories" },
        { FIELD(struct proposal_docket_input, hosts), .kind = INPUT_IDS, .max = 1 },
        { FIELD(struct proposal_docket_input, cohosts), .kind = INPUT_IDS, .max = 8 },
        { FIELD(struct proposal_docket_input, opinion), .kind = INPUT_AREA, .max = 2000 },
        { .field = { 0 } },
    },
};

static const struct form REJECT_FORM = {
    "proposals.reject",
    sizeof(struct proposal_reject_input),
    (const struct input[]){
        { FIELD(struct proposal_reject_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_reject_input, reason), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "proposals.reject_reasons" },
        { FIELD(struct proposal_reject_input, destination), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "proposals.destinations" },
        { FIELD(struct proposal_reject_input, opinion), .kind = INPUT_AREA, .required = true,
          .max = 2000 },
        { .field = { 0 } },
    },
};

static const struct form INFORM_FORM = {
    "proposals.inform",
    sizeof(struct proposal_inform_input),
    (const struct input[]){
        { FIELD(struct proposal_inform_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_inform_input, informed_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct proposal_inform_input, opinion), .kind = INPUT_TEXT, .required = true,
          .max = 200 },
        { .field = { 0 } },
    },
};

static const struct form ASSIGN_FORM = {
    "proposals.assign",
    sizeof(struct proposal_assign_input),
    (const struct input[]){
        { FIELD(struct proposal_assign_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_assign_input, mode), .kind = INPUT_CHOICE, .required = true,
          .choices = "sole host split" },
        { FIELD(struct proposal_assign_input, host_id), .kind = INPUT_ID },
        { FIELD(struct proposal_assign_input, cohosts), .kind = INPUT_IDS, .max = 20 },
        { FIELD(struct proposal_assign_input, splits), .kind = INPUT_IDS, .max = 20 },
        { FIELD(struct proposal_assign_input, due_on), .kind = INPUT_DAY },
        { FIELD(struct proposal_assign_input, opinion), .kind = INPUT_AREA, .max = 2000 },
        { .field = { 0 } },
    },
};

static const struct form REDO_FORM = { "proposals.redo", sizeof(struct proposal_reason_input),
                                       FINDING_MUST };

static const struct form DIVERT_FORM = {
    "proposals.divert",
    sizeof(struct proposal_divert_input),
    (const struct input[]){
        { FIELD(struct proposal_divert_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_divert_input, destination), .kind = INPUT_CHOICE, .required = true,
          .choices = "letter opinion" },
        { FIELD(struct proposal_divert_input, opinion), .kind = INPUT_AREA, .required = true,
          .max = 2000 },
        { .field = { 0 } },
    },
};

static const struct form ASK_WITHDRAW_FORM = { "proposals.ask_withdraw",
                                               sizeof(struct proposal_reason_input), REASON_MUST };

static const struct form WITHDRAW_FORM = { "proposals.withdraw",
                                           sizeof(struct proposal_reason_input), REASON_MAY };

static const struct form KEEP_FORM = { "proposals.keep", sizeof(struct proposal_reason_input),
                                       REASON_MUST };

static const struct form MERGE_FORM = {
    "proposals.merge",
    sizeof(struct proposal_merge_input),
    (const struct input[]){
        { FIELD(struct proposal_merge_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_merge_input, main_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct proposal_merge_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form UNMERGE_FORM = { "proposals.unmerge", sizeof(struct proposal_reason_input),
                                          REASON_MAY };

static const struct form RECONSIDER_FORM = {
    "proposals.reconsider",
    sizeof(struct proposal_consent_input),
    (const struct input[]){
        { FIELD(struct proposal_consent_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_consent_input, consent), .kind = INPUT_CHOICE, .required = true,
          .choices = "yes no" },
        { FIELD(struct proposal_consent_input, consent_reason), .kind = INPUT_TEXT, .max = 200 },
        { .field = { 0 } },
    },
};

static const struct form MARK_FORM = {
    "proposals.mark",
    sizeof(struct proposal_mark_input),
    (const struct input[]){
        { FIELD(struct proposal_mark_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_mark_input, urgent), .kind = INPUT_BOOL },
        { FIELD(struct proposal_mark_input, confidential), .kind = INPUT_BOOL },
        { FIELD(struct proposal_mark_input, opinion), .kind = INPUT_AREA, .required = true,
          .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form MEDIATE_FORM = { "proposals.mediate", sizeof(struct proposal_reason_input),
                                          FINDING_MUST };

static const struct form SETTLE_FORM = {
    "proposals.settle",
    sizeof(struct proposal_settle_input),
    (const struct input[]){
        { FIELD(struct proposal_settle_input, id), .kind = INPUT_ID },
        { FIELD(struct proposal_settle_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct proposal_settle_input, place), .kind = INPUT_TEXT, .required = true,
          .max = 100 },
        { FIELD(struct proposal_settle_input, present), .kind = INPUT_TEXT, .required = true,
          .max = 300 },
        { FIELD(struct proposal_settle_input, agency_said), .kind = INPUT_AREA, .required = true,
          .max = 2000 },
        { FIELD(struct proposal_settle_input, proposer_said), .kind = INPUT_AREA, .required = true,
          .max = 2000 },
        { FIELD(struct proposal_settle_input, result), .kind = INPUT_CHOICE, .required = true,
          .choices = "agreed explained redo" },
        { FIELD(struct proposal_settle_input, satisfaction), .kind = INPUT_CHOICE,
          .choices = "satisfied fair dissatisfied" },
        { FIELD(struct proposal_settle_input, opinion), .kind = INPUT_AREA, .max = 2000 },
        { .field = { 0 } },
    },
};

/* ---- flow ---- */

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "cosigning", .tone = "info" },
    { "submitted", .tone = "info" },
    { "revising", .tone = "warn" },
    { "screened", .tone = "info" },
    { "docketed", .tone = "info" },
    { "rejected", .final = true, .tone = "bad" },
    { "diverted", .final = true, .tone = "idle" },
    { "withdrawn", .final = true, .tone = "idle" },
    { "merged", .tone = "idle" },
    { "preassigned", .tone = "info" },
    { "assigned", .tone = "info" },
    { "evaluating", .tone = "warn" },
    { "redoing", .tone = "warn" },
    { "mediating", .tone = "warn" },
    { "closed", .final = true, .tone = "ok" },
    { "tracking", .tone = "info" },
    { "fulfilled", .final = true, .tone = "ok" },
    { "archived", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_clock CLOCKS[] = {
    { "review", "proposals.review_days", "working_days", NULL, false },
    { "revise", "proposals.revise_days", "working_days", NULL, false },
    { "assign", "proposals.assign_days", "days", NULL, false },
    { "mediate", "proposals.mediate_days", "working_days", NULL, false },
    { 0 },
};

/* Where a proposer can still ask for it back: no answer has come yet (rules.md 12.1). */
#define OPEN_STATES "submitted revising screened docketed preassigned merged assigned"

static const struct flow_action ACTIONS[] = {
    { "invite", "draft", "cosigning", "proposals.write", .form = &INVITE_FORM,
      .guard = proposal_guard_invite, .effect = proposal_effect_invite,
      .event = "proposals.invited", .weight = FLOW_MAIN },
    { "submit", "draft cosigning revising", "submitted", "proposals.write", .form = &SUBMIT_FORM,
      .guard = proposal_guard_own, .effect = proposal_effect_submit,
      .clocks = "stop:revise start:review", .event = "proposals.submitted", .weight = FLOW_MAIN,
      .after = "receipt" },
    { "recall", "cosigning", "draft", "proposals.write", .form = &RECALL_FORM,
      .guard = proposal_guard_recall, .effect = proposal_effect_recall,
      .event = "proposals.recalled" },
    { "gather", "cosigning", "submitted", FLOW_SYSTEM, .effect = proposal_effect_submit,
      .clocks = "start:review", .event = "proposals.submitted" },
    { "screen", "submitted", "screened", "proposals.screen", .form = &SCREEN_FORM,
      .effect = proposal_effect_finding, .weight = FLOW_MAIN },
    { "docket", "submitted screened", "docketed", "proposals.docket", .form = &DOCKET_FORM,
      .guard = proposal_guard_screened, .effect = proposal_effect_docket,
      .clocks = "stop:review start:assign", .event = "proposals.docketed", .weight = FLOW_MAIN },
    { "revise", "submitted screened", "revising", "proposals.revise", .form = &REVISE_FORM,
      .effect = proposal_effect_revise, .clocks = "stop:review start:revise",
      .event = "proposals.revised" },
    { "reject", "submitted screened", "rejected", "proposals.reject", .form = &REJECT_FORM,
      .guard = proposal_guard_turn_away, .effect = proposal_effect_reject, .clocks = "stop:review",
      .event = "proposals.rejected", .weight = FLOW_DANGER },
    { "divert", "submitted screened", "diverted", "proposals.divert", .form = &DIVERT_FORM,
      .guard = proposal_guard_turn_away, .effect = proposal_effect_divert, .clocks = "stop:review",
      .event = "proposals.diverted" },
    { "merge", "submitted screened docketed", "merged", "proposals.merge", .form = &MERGE_FORM,
      .above = true, .clocks = "freeze:review freeze:assign", .event = "proposals.merged" },
    { "unmerge", "merged", NULL, "proposals.merge", .form = &UNMERGE_FORM, .above = true,
      .outcomes = "submitted screened docketed", .event = "proposals.unmerged" },
    { "inform", "rejected diverted", NULL, "proposals.inform", .form = &INFORM_FORM,
      .guard = proposal_guard_inform, .effect = proposal_effect_inform, .weight = FLOW_MAIN },
    { "preassign", "docketed preassigned", "preassigned", "proposals.preassign",
      .form = &ASSIGN_FORM, .guard = proposal_guard_preassign, .effect = proposal_effect_preassign,
      .event = "proposals.preassigned" },
    { "assign", "docketed preassigned", "assigned", "proposals.assign", .form = &ASSIGN_FORM,
      .effect = proposal_effect_assign, .clocks = "stop:assign", .event = "proposals.assigned",
      .weight = FLOW_MAIN },
    { "deliver", "assigned redoing", "evaluating", FLOW_SYSTEM, .effect = proposal_effect_deliver,
      .event = "proposals.replied" },
    { "redo", "evaluating", "redoing", "proposals.redo", .form = &REDO_FORM,
      .guard = proposal_guard_redo, .effect = proposal_effect_redo, .event = "proposals.redone",
      .weight = FLOW_MAIN },
    { "mediate", "evaluating", "mediating", "proposals.redo", .form = &MEDIATE_FORM,
      .guard = proposal_guard_mediate, .effect = proposal_effect_mediate, .clocks = "start:mediate",
      .event = "proposals.mediating", .weight = FLOW_MAIN },
    { "settle", "mediating", NULL, "proposals.mediate", .form = &SETTLE_FORM, .above = true,
      .clocks = "stop:mediate", .event = "proposals.settled", .outcomes = "closed redoing",
      .weight = FLOW_MAIN },
    { "close", "evaluating", "closed", FLOW_SYSTEM, .effect = proposal_effect_close,
      .event = "proposals.closed" },
    { "ask_withdraw", OPEN_STATES, NULL, "proposals.write", .form = &ASK_WITHDRAW_FORM,
      .guard = proposal_guard_ask_withdraw, .effect = proposal_effect_ask_withdraw,
      .event = "proposals.withdraw_asked" },
    { "withdraw", OPEN_STATES, "withdrawn", "proposals.withdraw", .form = &WITHDRAW_FORM,
      .guard = proposal_guard_withdraw, .effect = proposal_effect_withdraw,
      .clocks = "stop:review stop:revise stop:assign", .event = "proposals.withdrawn",
      .weight = FLOW_DANGER },
    { "keep", OPEN_STATES, NULL, "proposals.withdraw", .form = &KEEP_FORM,
      .guard = proposal_guard_asked, .effect = proposal_effect_keep },
    { "track", "closed fulfilled", "tracking", FLOW_SYSTEM, .event = "proposals.tracked" },
    { "fulfil", "closed tracking", "fulfilled", FLOW_SYSTEM, .event = "proposals.fulfilled" },
    { "reconsider",
      "submitted screened docketed preassigned merged assigned evaluating redoing mediating closed "
      "tracking fulfilled",
      NULL, "proposals.write", .form = &RECONSIDER_FORM, .guard = proposal_guard_lead,
      .effect = proposal_effect_reconsider, .event = "proposals.consent_changed" },
    { "mark",
      "submitted revising screened docketed preassigned merged assigned evaluating redoing "
      "mediating closed tracking fulfilled",
      NULL, "proposals.mark", .form = &MARK_FORM, .effect = proposal_effect_mark,
      .event = "proposals.marked" },
    { "archive", "closed fulfilled rejected diverted withdrawn", "archived", "proposals.archive",
      .guard = proposal_guard_archive, .event = "proposals.archived" },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "draft", "person", .verb = "submit", .when = proposal_has_lead },
    { "cosigning", "person", "submit", .on_demand = true },
    { "revising", "person", "submit", .due = "revise", .when = proposal_has_lead },
    { "revising", "may:proposals.write", "submit", .due = "revise", .when = proposal_lacks_lead },
    { "submitted", "may:proposals.screen", "screen", .due = "review" },
    { "screened", "may:proposals.docket", "docket", .due = "review" },
    { "docketed", "may:proposals.assign", "assign", .due = "assign" },
    { "preassigned", "may:proposals.assign", "assign", .due = "assign" },
    { "evaluating", "may:proposals.redo", "redo", .on_demand = true },
    { "evaluating", "may:proposals.redo", "mediate", .on_demand = true },
    { "mediating", "may:proposals.mediate", "settle", .due = "mediate" },
    { "rejected", "may:proposals.inform", "inform", .when = proposal_is_to_be_informed },
    { "diverted", "may:proposals.inform", "inform", .when = proposal_is_to_be_informed },
    { "submitted", "may:proposals.withdraw", "withdraw", .when = proposal_is_asked_back },
    { "revising", "may:proposals.withdraw", "withdraw", .when = proposal_is_asked_back },
    { "screened", "may:proposals.withdraw", "withdraw", .when = proposal_is_asked_back },
    { "docketed", "may:proposals.withdraw", "withdraw", .when = proposal_is_asked_back },
    { "preassigned", "may:proposals.withdraw", "withdraw", .when = proposal_is_asked_back },
    { "merged", "may:proposals.withdraw", "withdraw", .when = proposal_is_asked_back },
    { "assigned", "may:proposals.withdraw", "withdraw", .when = proposal_is_asked_back },
    { 0 },
};

const struct flow PROPOSALS_FLOW = {
    .name = "proposals",
    .read = "proposals.read",
    .states = STATES,
    .actions = ACTIONS,
    .clocks = CLOCKS,
    .todos = TODOS,
    .load = proposal_flow_load,
    .store = proposal_flow_store,
    .holder = proposal_flow_holder,
};

static const struct flow *const FLOWS[] = { &PROPOSALS_FLOW, NULL };

/* ---- permissions, menu ---- */

static const struct permission PERMISSIONS[] = {
    { "proposals.read", "member head staff reviewer dispatcher operator leader agency_leader",
      ADMIN_NONE },
    { "proposals.read_pending", "staff reviewer leader", ADMIN_NONE },
    { "proposals.write", "member head staff", ADMIN_NONE },
    { "proposals.screen", "staff reviewer", ADMIN_NONE },
    { "proposals.docket", "reviewer", ADMIN_NONE },
    { "proposals.revise", "staff reviewer", ADMIN_NONE },
    { "proposals.reject", "reviewer", ADMIN_NONE },
    { "proposals.inform", "staff reviewer", ADMIN_NONE },
    { "proposals.preassign", "dispatcher", ADMIN_NONE },
    { "proposals.assign", "dispatcher", ADMIN_NONE },
    { "proposals.redo", "reviewer", ADMIN_NONE },
    { "proposals.divert", "reviewer", ADMIN_NONE },
    { "proposals.withdraw", "reviewer", ADMIN_NONE },
    { "proposals.merge", "reviewer", ADMIN_NONE },
    { "proposals.mark", "staff reviewer", ADMIN_NONE },
    { "proposals.mediate", "reviewer", ADMIN_NONE },
    { "proposals.archive", "staff", ADMIN_NONE },
    { "proposals.export", "staff reviewer dispatcher operator leader agency_leader", ADMIN_NONE },
    { "proposals.import", "staff", ADMIN_NONE },
    { "proposals.figures", "staff reviewer dispatcher leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "proposals", "/proposals", "file-text", "proposals.read", MENU_TAB, 20, NULL },
    { 0 },
};

/* ---- settings, dictionaries ---- */

static const struct setting SETTINGS[] = {
    { "proposals.title_max", SETTING_NUMBER, "characters", 10, 100, "50", NULL,
      "a real system: 50" },
    { "proposals.part_max", SETTING_NUMBER, "characters", 200, 20000, "6000", NULL,
      "product; sites ask for 1,500 to 2,500 in all" },
    { "proposals.suggestion_max", SETTING_NUMBER, "characters", 100, 5000, "1500", NULL,
      "product" },
    { "proposals.signers_max", SETTING_NUMBER, "persons", 2, 500, "50", NULL, "product" },
    { "proposals.research_needed", SETTING_BOOL, NULL, 0, 0, "0", NULL, "rules.md 12.1: cfg" },
    { "proposals.review_days", SETTING_NUMBER, "working_days", 1, 120, "15", NULL, "product" },
    { "proposals.revise_days", SETTING_NUMBER, "working_days", 1, 120, "5", NULL, "product" },
    { "proposals.assign_days", SETTING_NUMBER, "days", 1, 180, "30", NULL,
      "a city: the handing-out meeting within 30 days of the plenary" },
    { "proposals.redo_days", SETTING_NUMBER, "working_days", 1, 60, "5", NULL, "product" },
    { "proposals.warn_days", SETTING_NUMBER, "working_days", 0, 20, "2", NULL, "product" },
    { "proposals.window_needed", SETTING_BOOL, NULL, 0, 0, "0", NULL,
      "peers: some sites take proposals only while they call for them" },
    { "proposals.joined_parts", SETTING_BOOL, NULL, 0, 0, "0", NULL,
      "peers: some forms have one field for situation and analysis" },
    { "proposals.same_title", SETTING_CHOICE, NULL, 0, 0, "warn", "warn block off", "product" },
    { "proposals.screen_needed", SETTING_BOOL, NULL, 0, 0, "0", NULL,
      "rules.md 12.1: a screening before the decision where the site has one" },
    { "proposals.preassign", SETTING_BOOL, NULL, 0, 0, "0", NULL,
      "rules.md 2.3: places hand out on trial first, hear the agencies, then hand out" },
    { "proposals.number_by", SETTING_CHOICE, NULL, 0, 0, "session", "session term",
      "sites number anew with each plenary, or through a whole term" },
    { "proposals.merged_numbered", SETTING_BOOL, NULL, 0, 0, "1", NULL,
      "rules.md 2.2: places differ in whether what is merged counts as docketed and has a number" },
    { "proposals.redo_max", SETTING_NUMBER, "times", 0, 3, "1", NULL,
      "rules.md 2.6: a second dissatisfaction is talked over face to face" },
    { "proposals.mediate_days", SETTING_NUMBER, "working_days", 1, 60, "15", NULL, "product" },
    { "proposals.archive_days", SETTING_NUMBER, "days", 0, 3650, "365", NULL, "product" },
    { 0 },
};

static const struct dictionary_value CATEGORIES[] = {
    { "economy", "proposals.category.economy" },
    { "farming", "proposals.category.farming" },
    { "city", "proposals.category.city" },
    { "transport", "proposals.category.transport" },
    { "environment", "proposals.category.environment" },
    { "education", "proposals.category.education" },
    { "health", "proposals.category.health" },
    { "culture", "proposals.category.culture" },
    { "society", "proposals.category.society" },
    { "law", "proposals.category.law" },
    { "ethnic", "proposals.category.ethnic" },
    { "other", "proposals.category.other" },
    { 0 },
};

/* The ten reasons of the national rules (全国政协提案审查工作细则; rules.md 2.2). */
static const struct dictionary_value REJECT_REASONS[] = {
    { "secret", "proposals.reason.secret" },
    { "forbidden", "proposals.reason.forbidden" },
    { "party_inner", "proposals.reason.party_inner" },
    { "democratic_inner", "proposals.reason.democratic_inner" },
    { "litigation", "proposals.reason.litigation" },
    { "academic", "proposals.reason.academic" },
    { "private", "proposals.reason.private" },
    { "promotion", "proposals.reason.promotion" },
    { "accusation", "proposals.reason.accusation" },
    { "empty", "proposals.reason.empty" },
    { 0 },
};

static const struct dictionary_value DESTINATIONS[] = {
    { "opinion", "proposals.destination.opinion" },
    { "letter", "proposals.destination.letter" },
    { "refer", "proposals.destination.refer" },
    { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "proposals.categories", CATEGORIES, "product; every site has its own" },
    { "proposals.reject_reasons", REJECT_REASONS, "rules.md 2.2" },
    { "proposals.destinations", DESTINATIONS, "rules.md 2.2, 13.6" },
    { 0 },
};

/* ---- events ---- */

static const struct event EVENTS[] = {
    { "proposals.invited", "sent to those who are asked to sign it" },
    { "proposals.recalled", "taken back from those who were asked to sign it" },
    { "proposals.submitted", "handed in; it has a serial and a receipt" },
    { "proposals.revised", "sent back to the proposer with a reason" },
    { "proposals.docketed", "entered on the list with a case number" },
    { "proposals.rejected", "not docketed, with reason and destination" },
    { "proposals.preassigned", "put to agencies on trial, before it is handed out" },
    { "proposals.assigned", "handed out to agencies" },
    { "proposals.replied", "every answering agency has replied" },
    { "proposals.redone", "sent back to the agencies after a dissatisfaction" },
    { "proposals.closed", "evaluated by whose word it takes, none dissatisfied" },
    { "proposals.diverted", "not a proposal: goes on as a letter or as information on opinion" },
    { "proposals.merged", "merged into another one, to be answered with it" },
    { "proposals.unmerged",
      "taken out of a merger again, or withdrawn from it; fact: id of what it was merged into" },
    { "proposals.withdraw_asked", "its proposer wants it back" },
    { "proposals.withdrawn", "taken back before an answer, with the committee's consent" },
    { "proposals.consent_changed", "its proposer has changed his mind about publication" },
    { "proposals.retold", "what lists tell of it was changed beside its steps; no fact" },
    { "proposals.marked", "marks of the office were set or taken away" },
    { "proposals.mediating", "still not satisfied: to be talked over face to face" },
    { "proposals.settled", "talked over face to face, with a record" },
    { "proposals.tracked", "closed with promises: what comes of them is followed" },
    { "proposals.fulfilled", "looked back at: what was promised has been done" },
    { "proposals.archived", "its road has ended" },
    { "proposals.choosing", "the page of handing out is made: what is agreed may be put in" },
    { "proposals.assigning", "about to be handed out: days that are agreed may be put in" },
    { "proposals.saved", "its text stands anew, or was sent as it stands" },
    { "proposals.shown", "its page or JSON is made: modules above put their parts in" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "proposals.warn_due",
      .every_s = 3600,
      .per_org = true,
      .run = job_proposal_warn_due },
    { .name = "proposals.archive", .every_s = 86400, .per_org = true, .run = job_proposal_archive },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "assignments.reassigned", on_assignment_reassigned },
    { "assignments.due_changed", on_assignment_due_changed },
    { "assignments.replied", on_assignment_replied },
    { "assignments.evaluated", on_assignment_evaluated },
    { "assignments.evaluation_late", on_assignment_evaluated },
    { "assignments.shown", on_assignment_shown },
    { "members.left", on_member_left },
    { "orgs.session_closing", on_session_closing },
    { "orgs.session_corrected", on_session_corrected },
    { 0 },
};

/* ---- search ---- */

static const struct text_source TEXTS[] = { { "proposals", proposal_texts }, { 0 } };

/* ---- routes: steps of the flow (submit, docket, assign …) follow from the table above ---- */

static const struct route ROUTES[] = {
    { GET, "/proposals", page_proposal_list, .may = "proposals.read" },
    { POST, "/proposals/views", page_list_view_save, .may = "proposals.read",
      .form = &LIST_VIEW_FORM, .api = true, .look = &PROPOSAL_LOOK },
    { POST, "/proposals/views/{id}/remove", page_list_view_remove, .may = "proposals.read",
      .api = true, .look = &PROPOSAL_LOOK },
    { GET, "/proposals.csv", .slow = file_list, .may = "proposals.export", .look = &PROPOSAL_LOOK },
    { GET, "/proposals.xlsx", .slow = file_list, .may = "proposals.export",
      .look = &PROPOSAL_LOOK },
    { GET, "/proposals/{id}", page_proposal_show, .may = "proposals.read" },
    { GET, "/proposals/{id}/attachments/{file}", file_proposal_attachment, .may = "proposals.read",
      .form = &FILE_FORM },
    { GET, "/api/v1/proposals", api_proposal_list, .may = "proposals.read" },
    { GET, "/api/v1/proposals/views", api_list_views, .may = "proposals.read",
      .look = &PROPOSAL_LOOK },
    { GET, "/api/v1/proposals/{id}", api_proposal_show, .may = "proposals.read" },
    { 0 },
};

const struct module proposal_module = {
    .name = "proposals",
    .needs = (const char *const[]){ "settings", "orgs", "members", "calls", "assignments",
                                    "evaluations", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .jobs = JOBS,
    .settings = SETTINGS,
    .dictionaries = DICTIONARIES,
    .events = EVENTS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &PROPOSAL_LIST, NULL },
    .texts = TEXTS,
    .schema = proposals_schema,
};
