/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of handlings, and nothing else; read this first. The verbs, their forms and
 * permissions stand in the flow of letters (modules/mailbox), which leaves what they need and do to
 * this module. */
#include "embed.h"
#include "modules/assignments/assignment.h"
#include "modules/handlings/handling_pages.h"
#include "modules/handlings/handling_rules.h"
#include "platform/files/import_page.h"
#include "platform/jobs/jobs.h"
#include "platform/module.h"
#include "platform/settings/settings.h"

static const struct flow_act ACTS[] = {
    { &LETTERS_FLOW, "assign", .guard = handling_guard_assign, .effect = handling_effect_assign,
      .when = handling_waits_assigning },
    { &LETTERS_FLOW, "disclose", .guard = handling_guard_disclose,
      .effect = handling_effect_disclose },
    { &LETTERS_FLOW, "attach", .effect = handling_effect_attach },
    { &LETTERS_FLOW, "deliver", .effect = handling_effect_deliver },
    { &LETTERS_FLOW, "reopen", .effect = handling_effect_reopen },
    { &LETTERS_FLOW, "feed", .effect = handling_effect_feed, .when = handling_waits_feeding },
    { 0 },
};

enum { LIST_FILE_BYTES = 20 << 20 };

static const struct form PHOTO_FORM = {
    "handlings.photo",
    sizeof(struct handling_photo_input),
    (const struct input[]){
        { FIELD(struct handling_photo_input, id), .kind = INPUT_ID },
        { FIELD(struct handling_photo_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

/* Pages of steps of letters, at their paths; what a unit is shown of a letter, at its assignment's.
 */
static const struct route ROUTES[] = {
    { GET, "/letters/{id}/assign", page_handling_assign, .may = "letters.assign" },
    { GET, "/letters/{id}/disclose", page_handling_disclose, .may = "letters.assign" },
    { GET, "/assignments/{id}/photos/{file}", .slow = file_handling_photo,
      .may = "assignments.read", .form = &PHOTO_FORM },
    { GET, "/assignments/{id}/previews/{file}", file_handling_preview, .may = "assignments.read",
      .form = &PHOTO_FORM },
    { GET, "/letters/{id}/attach", page_handling_attach, .may = "letters.triage" },
    { GET, "/letters/{id}/feed", page_handling_feed, .may = "letters.triage" },
    { GET, "/letters/import", page_handling_import_form, .may = "letters.triage" },
    { POST, "/letters/import", page_handling_import, .may = "letters.triage", .form = &IMPORT_FORM,
      .slow = page_handling_import_receive, .redraw = page_handling_import_form,
      .max_body = LIST_FILE_BYTES },
    { POST, "/api/v1/letters/import", api_handling_import, .may = "letters.triage",
      .form = &IMPORT_FORM, .slow = page_handling_import_receive, .max_body = LIST_FILE_BYTES },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "handlings.accept_days", SETTING_NUMBER, "working_days", 1, 30, "2", NULL, "product" },
    { "handlings.reply_days", SETTING_NUMBER, "working_days", 1, 120, "15", NULL,
      "rules.md 3: the day of a unit's answer is the place's own (30 days, 15 for urgent ones)" },
    { "handlings.extend_days", SETTING_NUMBER, "working_days", 0, 60, "10", NULL, "product" },
    { "handlings.redo_days", SETTING_NUMBER, "working_days", 1, 120, "10", NULL, "product" },
    { "handlings.examine", SETTING_BOOL, NULL, 0, 0, "0", NULL,
      "rules.md 2.6: who supervises examines" },
    { "handlings.again_days", SETTING_NUMBER, "days", 1, 365, "30", NULL,
      "issue 4: a month later asked whether it is really solved" },
    { "handlings.still_days", SETTING_NUMBER, "days", 1, 365, "15", NULL, "product" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "mailbox.assigned", on_handling_assigned },
    { "mailbox.replied", on_handling_replied },
    { "mailbox.evaluated", on_handling_evaluated },
    { "mailbox.withdrawn", on_handling_ended },
    { "mailbox.closed", on_handling_ended },
    { "mailbox.routed", on_handling_ended },
    { "mailbox.still", on_handling_still },
    { "mailbox.erased", on_handling_erased },
    { "mailbox.shown", on_handling_letter_shown },
    { "opinions.kept", on_handling_opinion_kept },
    { "opinions.taken", on_handling_opinion_taken },
    { "assignments.replied", on_handling_answer },
    { "assignments.reassigned", on_handling_reassigned },
    { "assignments.due_changed", on_handling_due_changed },
    { "assignments.shown", on_handling_matter_shown },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "handlings.ask_again",
      .every_s = 3600,
      .per_org = true,
      .run = job_handling_ask_again },
    { 0 },
};

const struct module handling_module = {
    .name = "handlings",
    .needs = (const char *const[]){ "settings", "orgs", "assignments", "replies", "opinions",
                                    "mailbox", "guesses", NULL },
    .routes = ROUTES,
    .settings = SETTINGS,
    .acts = ACTS,
    .imports = HANDLING_IMPORTS,
    .listens = LISTENS,
    .jobs = JOBS,
    .schema = handlings_schema,
};
