/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of replies, and nothing else; read this first. The verbs, their forms, permissions
 * and settings stand in the flow of assignments, which leaves what they need and do to this
 * module. */
#include "modules/replies/reply_pages.h"
#include "modules/replies/reply_rules.h"
#include "platform/module.h"

static const struct flow_act ACTS[] = {
    { &ASSIGNMENTS_FLOW, "reply", .guard = assignment_guard_answer,
      .effect = reply_effect_hand_in },
    { &ASSIGNMENTS_FLOW, "contribute", .guard = reply_guard_contribute,
      .effect = reply_effect_contribute },
    { &ASSIGNMENTS_FLOW, "vet", .guard = reply_guard_vet, .effect = reply_effect_vet,
      .when = reply_waits_vetting },
    { &ASSIGNMENTS_FLOW, "vet_redraft", .guard = reply_guard_vet_redraft,
      .effect = reply_effect_redraft },
    { &ASSIGNMENTS_FLOW, "sign", .guard = reply_guard_sign, .effect = reply_effect_sign,
      .when = reply_waits_signing },
    { &ASSIGNMENTS_FLOW, "deliver", .guard = reply_guard_deliver, .effect = reply_effect_deliver,
      .when = reply_waits_release },
    { &ASSIGNMENTS_FLOW, "sign_contribution", .guard = reply_guard_sign_contribution,
      .effect = reply_effect_sign_contribution },
    { &ASSIGNMENTS_FLOW, "redraft", .guard = reply_guard_redraft, .effect = reply_effect_redraft },
    { 0 },
};

/* Pages of steps of assignments, at their paths, and what is saved and printed there. */
static const struct route ROUTES[] = {
    { GET, "/assignments/{id}/reply", page_reply_write, .may = "assignments.reply" },
    { POST, "/assignments/{id}/draft", page_reply_draft, .may = "assignments.reply",
      .form = &ASSIGNMENT_REPLY_FORM, .redraw = page_reply_write },
    { POST, "/assignments/{id}/autosave", api_reply_draft, .may = "assignments.reply",
      .form = &ASSIGNMENT_REPLY_FORM },
    { PUT, "/api/v1/assignments/{id}/draft", api_reply_draft, .may = "assignments.reply",
      .form = &ASSIGNMENT_REPLY_FORM },
    { GET, "/assignments/{id}/vet", page_reply_vet, .may = "assignments.vet" },
    { GET, "/assignments/{id}/sign", page_reply_sign, .may = "assignments.sign" },
    { GET, "/assignments/{id}/deliver", page_reply_deliver, .may = "assignments.deliver" },
    { GET, "/assignments/{id}/pdf", .slow = file_reply_pdf, .may = "assignments.read",
      .form = &REPLY_LETTER_FORM, .api = true },
    { GET, "/assignments/{id}/docx", .slow = file_reply_docx, .may = "assignments.read",
      .form = &REPLY_LETTER_FORM, .api = true },
    { 0 },
};

static const struct event EVENTS[] = {
    { "replies.draft_shown", "an answer is about to be written: modules above say what to mind" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "assignments.section_shown", on_reply_section_shown },
    { 0 },
};

const struct module reply_module = {
    .name = "replies",
    .needs = (const char *const[]){ "settings", "orgs", "assignments", NULL },
    .routes = ROUTES,
    .acts = ACTS,
    .events = EVENTS,
    .listens = LISTENS,
};
