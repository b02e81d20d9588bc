/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of assignments, and nothing else; read this first. Steps: assignment_steps.c,
 * assignment_request_steps.c; answering: modules/replies, verdicts: modules/evaluations. Handing
 * out: assignment.c. Pages: assignment_pages.c, of steps modules/desks, modules/replies. JSON:
 * assignment_api.c, assignment_json.c. */
#include "embed.h"
#include "modules/assignments/assignment_list.h"
#include "modules/assignments/assignment_pages.h"
#include "modules/assignments/assignment_rules.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

/* ---- forms ---- */

static const struct form BOUNCE_FORM = {
    "assignments.bounce",
    sizeof(struct bounce_input),
    (const struct input[]){
        { FIELD(struct bounce_input, id), .kind = INPUT_ID },
        { FIELD(struct bounce_input, better_agency_id), .kind = INPUT_ID },
        { FIELD(struct bounce_input, advice), .kind = INPUT_CHOICE, .choices = "instead also" },
        { FIELD(struct bounce_input, opinion), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form REASSIGN_FORM = {
    "assignments.reassign",
    sizeof(struct reassign_input),
    (const struct input[]){
        { FIELD(struct reassign_input, id), .kind = INPUT_ID },
        { FIELD(struct reassign_input, agency_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct reassign_input, due_on), .kind = INPUT_DAY },
        { FIELD(struct reassign_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { FIELD(struct reassign_input, decided_by), .kind = INPUT_TEXT, .max = 40 },
        { .field = { 0 } },
    },
};

static const struct form DISPUTE_FORM = {
    "assignments.dispute",
    sizeof(struct dispute_input),
    (const struct input[]){
        { FIELD(struct dispute_input, id), .kind = INPUT_ID },
        { FIELD(struct dispute_input, better_agency_id), .kind = INPUT_ID },
        { FIELD(struct dispute_input, opinion), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form UPHOLD_FORM = {
    "assignments.uphold",
    sizeof(struct reason_input),
    (const struct input[]){
        { FIELD(struct reason_input, id), .kind = INPUT_ID },
        { FIELD(struct reason_input, opinion), .kind = INPUT_AREA, .required = true, .max = 1000 },
        { FIELD(struct reason_input, decided_by), .kind = INPUT_TEXT, .max = 40 },
        { .field = { 0 } },
    },
};

static const struct form REDRAFT_FORM = {
    "assignments.redraft",
    sizeof(struct reason_input),
    (const struct input[]){
        { FIELD(struct reason_input, id), .kind = INPUT_ID },
        { FIELD(struct reason_input, opinion), .kind = INPUT_AREA, .required = true, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form VET_FORM = {
    "assignments.vet",
    sizeof(struct vet_input),
    (const struct input[]){
        { FIELD(struct vet_input, id), .kind = INPUT_ID },
        { FIELD(struct vet_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form DELIVER_FORM = {
    "assignments.deliver",
    sizeof(struct deliver_input),
    (const struct input[]){
        { FIELD(struct deliver_input, id), .kind = INPUT_ID },
        { FIELD(struct deliver_input, class), .kind = INPUT_CHOICE,
          .dictionary = "assignments.classes" },
        { FIELD(struct deliver_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form QUALITY_FORM = {
    "assignments.note_quality",
    sizeof(struct quality_input),
    (const struct input[]){
        { FIELD(struct quality_input, id), .kind = INPUT_ID },
        { FIELD(struct quality_input, quality), .kind = INPUT_CHOICE, .required = true,
          .choices = "good fair poor" },
        { FIELD(struct quality_input, opinion), .kind = INPUT_AREA, .max = 500 },
        { .field = { 0 } },
    },
};

static const struct form CONTACT_FORM = {
    "assignments.contact",
    sizeof(struct contact_input),
    (const struct input[]){
        { FIELD(struct contact_input, id), .kind = INPUT_ID },
        { FIELD(struct contact_input, way), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "assignments.contact_ways" },
        { FIELD(struct contact_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct contact_input, with_whom), .kind = INPUT_TEXT, .required = true,
          .max = 100 },
        { FIELD(struct contact_input, content), .kind = INPUT_AREA, .required = true, .max = 2000 },
        { .field = { 0 } },
    },
};

static const struct form CONTRIBUTE_FORM = {
    "assignments.contribute",
    sizeof(struct contribute_input),
    (const struct input[]){
        { FIELD(struct contribute_input, id), .kind = INPUT_ID },
        { FIELD(struct contribute_input, body), .kind = INPUT_AREA, .required = true, .max = 5000 },
        { FIELD(struct contribute_input, operator), .kind = INPUT_TEXT, .required = true,
          .max = 40 },
        { FIELD(struct contribute_input, phone), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { .field = { 0 } },
    },
};

/* Nothing is required here: a draft may be unfinished. What a reply needs is said by
 * modules/replies. */
const struct form ASSIGNMENT_REPLY_FORM = {
    "assignments.reply",
    sizeof(struct reply_input),
    (const struct input[]){
        { FIELD(struct reply_input, id), .kind = INPUT_ID },
        { FIELD(struct reply_input, draft_version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct reply_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct reply_input, class), .kind = INPUT_CHOICE,
          .dictionary = "assignments.classes" },
        { FIELD(struct reply_input, opening), .kind = INPUT_AREA, .max = 2000 },
        { FIELD(struct reply_input, results), .kind = INPUT_LINES, .keep_empty = true,
          .choices = "adopted partly planned not_adopted" },
        { FIELD(struct reply_input, answers), .kind = INPUT_LINES, .keep_empty = true },
        { FIELD(struct reply_input, promise_texts), .kind = INPUT_LINES, .keep_empty = true },
        { FIELD(struct reply_input, promise_days), .kind = INPUT_LINES, .keep_empty = true },
        { FIELD(struct reply_input, promise_owners), .kind = INPUT_LINES, .keep_empty = true },
        { FIELD(struct reply_input, promise_phones), .kind = INPUT_LINES, .keep_empty = true },
        { FIELD(struct reply_input, promise_items), .kind = INPUT_LINES, .keep_empty = true },
        { FIELD(struct reply_input, promise_evidence), .kind = INPUT_LINES, .keep_empty = true,
          .choices = "document photo acceptance site other" },
        { FIELD(struct reply_input, closing), .kind = INPUT_AREA, .max = 2000 },
        { FIELD(struct reply_input, operator), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct reply_input, phone), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct reply_input, copies), .kind = INPUT_TEXT, .max = 200 },
        { FIELD(struct reply_input, public), .kind = INPUT_BOOL },
        { FIELD(struct reply_input, send), .kind = INPUT_TEXT, .max = 20 },
        { .field = { 0 } },
    },
};

static const struct form SIGN_FORM = {
    "assignments.sign",
    sizeof(struct sign_input),
    (const struct input[]){
        { FIELD(struct sign_input, id), .kind = INPUT_ID },
        { FIELD(struct sign_input, signer), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { .field = { 0 } },
    },
};

static const struct form EXTEND_FORM = {
    "assignments.extend",
    sizeof(struct extend_input),
    (const struct input[]){
        { FIELD(struct extend_input, id), .kind = INPUT_ID },
        { FIELD(struct extend_input, to_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct extend_input, opinion), .kind = INPUT_AREA, .required = true, .max = 1000 },
        { FIELD(struct extend_input, consented_on), .kind = INPUT_DAY },
        { FIELD(struct extend_input, consent_note), .kind = INPUT_TEXT, .max = 200 },
        { .field = { 0 } },
    },
};

static const struct form DECIDE_FORM = {
    "assignments.decide_extension",
    sizeof(struct decide_extension_input),
    (const struct input[]){
        { FIELD(struct decide_extension_input, id), .kind = INPUT_ID },
        { FIELD(struct decide_extension_input, decision), .kind = INPUT_CHOICE, .required = true,
          .choices = "granted refused" },
        { FIELD(struct decide_extension_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

/* What the proposer says. Before it what only the office gives, who writes a verdict down from a
 * letter or a returned form. */
enum { OF_THE_OFFICE = 2 };
static const struct input VERDICT_INPUTS[] = {
    { FIELD(struct evaluate_input, evaluation_id), .kind = INPUT_ID },
    { FIELD(struct evaluate_input, basis), .kind = INPUT_TEXT, .required = true, .min = 4,
      .max = 200 },
    { FIELD(struct evaluate_input, id), .kind = INPUT_ID },
    { FIELD(struct evaluate_input, visit), .kind = INPUT_CHOICE, .required = true,
      .choices = "visited waived not_visited" },
    { FIELD(struct evaluate_input, manner), .kind = INPUT_CHOICE, .required = true,
      .choices = "satisfied fair dissatisfied" },
    { FIELD(struct evaluate_input, hearing), .kind = INPUT_CHOICE, .required = true,
      .choices = "visit phone other none" },
    { FIELD(struct evaluate_input, relevance), .kind = INPUT_CHOICE, .required = true,
      .choices = "direct partly beside" },
    { FIELD(struct evaluate_input, handling), .kind = INPUT_CHOICE, .required = true,
      .choices = "satisfied fair dissatisfied" },
    { FIELD(struct evaluate_input, result), .kind = INPUT_CHOICE, .required = true,
      .choices = "satisfied fair dissatisfied" },
    { FIELD(struct evaluate_input, agreement), .kind = INPUT_CHOICE,
      .choices = "agree understand reserve disagree" },
    { FIELD(struct evaluate_input, leader_replied), .kind = INPUT_CHOICE, .choices = "yes no" },
    { FIELD(struct evaluate_input, text), .kind = INPUT_AREA, .max = 2000 },
    { .field = { 0 } },
};

static const struct form EVALUATE_FORM = { "assignments.evaluate", sizeof(struct evaluate_input),
                                           VERDICT_INPUTS + OF_THE_OFFICE };
static const struct form TRANSCRIBE_FORM = { "assignments.evaluate", sizeof(struct evaluate_input),
                                             VERDICT_INPUTS };

/* ---- flow: one assignment, agency × role; what is .above: modules/replies, modules/evaluations
 * ---- */

static const struct flow_state STATES[] = {
    { "assigned", .first = true, .tone = "warn" },
    { "accepted", .tone = "info" },
    { "bouncing", .tone = "warn" },
    { "reassigned", .final = true, .tone = "idle" },
    { "contributed", .tone = "ok" },
    { "drafted", .tone = "info" },
    { "redrafting", .tone = "bad" },
    { "replied", .tone = "ok" },
    { "redoing", .tone = "bad" },
    { "closed", .final = true, .tone = "ok" },
    { 0 },
};

/* "contact" runs from the handing out, where a day for the first talk is set
 * (assignment_contact_due). The day of "handle" is set when it is handed out (by role, or by the
 * dispatcher); the clock runs from the acceptance. */
static const struct flow_clock CLOCKS[] = {
    { "accept", "assignments.accept_days", "working_days", NULL, false },
    { "handle", "assignments.host_months", "months", "assignments.extend_months", false },
    { "decide", "assignments.bounce_answer_days", "days", NULL, false },
    { "contact", "assignments.contact_days", "working_days", NULL, false },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "assign", "assigned", "assigned", FLOW_SYSTEM, .effect = assignment_effect_begin,
      .clocks = "start:accept" },
    { "accept", "assigned", "accepted", "assignments.accept", .guard = assignment_guard_own,
      .effect = assignment_effect_accept, .clocks = "stop:accept start:handle",
      .event = "assignments.accepted", .weight = FLOW_MAIN },
    { "reply", "accepted redrafting redoing", "drafted", "assignments.reply",
      .form = &ASSIGNMENT_REPLY_FORM, .above = true, .weight = FLOW_MAIN },
    { "contribute", "accepted redrafting", NULL, "assignments.contribute", .form = &CONTRIBUTE_FORM,
      .above = true, .clocks = "stop:handle", .event = "assignments.contributed",
      .outcomes = "contributed drafted", .weight = FLOW_MAIN },
    { "vet", "drafted", NULL, "assignments.vet", .form = &VET_FORM, .above = true,
      .weight = FLOW_MAIN },
    { "vet_redraft", "drafted", "redrafting", "assignments.vet", .form = &REDRAFT_FORM,
      .above = true, .event = "assignments.due_changed" },
    { "sign", "drafted", NULL, "assignments.sign", .form = &SIGN_FORM, .above = true,
      .clocks = "stop:handle stop:contact", .event = "assignments.replied",
      .outcomes = "replied drafted", .weight = FLOW_MAIN },
    { "deliver", "drafted", "replied", "assignments.deliver", .form = &DELIVER_FORM, .above = true,
      .clocks = "stop:handle stop:contact", .event = "assignments.replied", .weight = FLOW_MAIN },
    { "sign_contribution", "drafted", "contributed", "assignments.sign", .form = &SIGN_FORM,
      .above = true, .clocks = "stop:handle", .event = "assignments.contributed",
      .weight = FLOW_MAIN },
    { "redraft", "drafted", "redrafting", "assignments.redraft", .form = &REDRAFT_FORM,
      .above = true, .event = "assignments.due_changed" },
    { "evaluate", "replied", NULL, "assignments.evaluate", .form = &EVALUATE_FORM, .above = true,
      .event = "assignments.evaluated", .weight = FLOW_MAIN },
    { "transcribe", "replied", NULL, "assignments.transcribe", .form = &TRANSCRIBE_FORM,
      .above = true, .event = "assignments.evaluated" },
    { "contact", "accepted redrafting redoing", NULL, "assignments.contact", .form = &CONTACT_FORM,
      .guard = assignment_guard_contact, .effect = assignment_effect_contact,
      .clocks = "stop:contact", .event = "assignments.contacted" },
    { "note_quality", "accepted drafted redrafting redoing", NULL, "assignments.reply",
      .form = &QUALITY_FORM, .guard = assignment_guard_note_quality,
      .effect = assignment_effect_note_quality },
    { "extend", "accepted redrafting redoing", NULL, "assignments.extend", .form = &EXTEND_FORM,
      .guard = assignment_guard_extend, .effect = assignment_effect_extend },
    { "decide_extension", "accepted drafted redrafting redoing", NULL, "assignments.reassign",
      .form = &DECIDE_FORM, .guard = assignment_guard_decide, .effect = assignment_effect_decide,
      .event = "assignments.due_changed", .weight = FLOW_MAIN },
    { "bounce", "assigned accepted", "bouncing", "assignments.bounce", .form = &BOUNCE_FORM,
      .guard = assignment_guard_bounce, .effect = assignment_effect_bounce,
      .clocks = "freeze:accept freeze:handle freeze:contact start:decide",
      .event = "assignments.bounced" },
    { "dispute", "assigned accepted", "bouncing", "assignments.bounce", .form = &DISPUTE_FORM,
      .guard = assignment_guard_dispute, .effect = assignment_effect_dispute,
      .clocks = "freeze:accept freeze:handle freeze:contact start:decide",
      .event = "assignments.disputed" },
    { "reassign", "assigned accepted bouncing", "reassigned", "assignments.reassign",
      .form = &REASSIGN_FORM, .guard = assignment_guard_settle,
      .effect = assignment_effect_reassign,
      .clocks = "stop:accept stop:handle stop:contact stop:decide",
      .event = "assignments.reassigned" },
    { "uphold", "bouncing", NULL, "assignments.reassign", .form = &UPHOLD_FORM,
      .guard = assignment_guard_settle, .effect = assignment_effect_uphold, .clocks = "stop:decide",
      .event = "assignments.due_changed", .outcomes = "assigned accepted" },
    { "redo", "replied", "redoing", FLOW_SYSTEM, .effect = assignment_effect_redo,
      .clocks = "start:handle", .event = "assignments.redone" },
    { "close", "*", "closed", FLOW_SYSTEM, .effect = assignment_effect_close,
      .clocks = "stop:accept stop:handle stop:contact", .event = "assignments.closed" },
    { "cancel", "*", "closed", FLOW_SYSTEM, .effect = assignment_effect_cancel,
      .clocks = "stop:accept stop:handle stop:contact stop:decide",
      .event = "assignments.cancelled" },
    { 0 },
};

/* A role that has no business with a verb gets no to-do: assignment_flow_holder. When those of a
 * verb left to a module above count is said there (struct flow_act). */
static const struct flow_todo TODOS[] = {
    { "assigned", "agency", "accept", .due = "accept" },
    { "accepted", "agency", "contact", .due = "contact", .when = assignment_contact_is_due },
    { "accepted", "agency", "reply", .due = "handle" },
    { "accepted", "agency", "contribute", .due = "handle" },
    { "accepted", "may:assignments.reassign", "decide_extension", .on_demand = true },
    { "bouncing", "may:assignments.reassign", "reassign", .due = "decide",
      .when = assignment_may_settle },
    { "drafted", "agency", "vet", .due = "handle" },
    { "drafted", "agency", "sign", .due = "handle" },
    { "drafted", "may:assignments.deliver", "deliver", .due = NULL },
    { "drafted", "agency", "sign_contribution", .due = "handle" },
    { "redrafting", "agency", "contribute", .due = "handle" },
    { "redrafting", "agency", "reply", .due = "handle" },
    { "redoing", "agency", "reply", .due = "handle" },
    { "replied", "may:assignments.transcribe", "transcribe", .due = NULL },
    { 0 },
};

const struct flow ASSIGNMENTS_FLOW = {
    .name = "assignments",
    .read = "assignments.read",
    .states = STATES,
    .actions = ACTIONS,
    .clocks = CLOCKS,
    .computed = "accept handle contact",
    .todos = TODOS,
    .load = assignment_flow_load,
    .store = assignment_flow_store,
    .holder = assignment_flow_holder,
};

static const struct flow *const FLOWS[] = { &ASSIGNMENTS_FLOW, NULL };

/* ---- permissions, menu ---- */

static const struct permission PERMISSIONS[] = {
    { "assignments.read", "member head staff reviewer dispatcher operator leader agency_leader",
      ADMIN_NONE },
    { "assignments.list", "staff reviewer dispatcher operator leader agency_leader", ADMIN_NONE },
    { "assignments.accept", "operator agency_leader", ADMIN_NONE },
    { "assignments.bounce", "operator agency_leader", ADMIN_NONE },
    { "assignments.contact", "operator", ADMIN_NONE },
    { "assignments.contribute", "operator", ADMIN_NONE },
    { "assignments.extend", "operator agency_leader", ADMIN_NONE },
    { "assignments.reply", "operator", ADMIN_NONE },
    { "assignments.vet", "operator agency_leader", ADMIN_NONE },
    { "assignments.redraft", "agency_leader dispatcher staff", ADMIN_NONE },
    { "assignments.deliver", "dispatcher staff", ADMIN_NONE },
    { "assignments.sign", "agency_leader", ADMIN_NONE },
    { "assignments.reassign", "dispatcher", ADMIN_NONE },
    { "assignments.evaluate", "member head", ADMIN_NONE },
    { "assignments.transcribe", "staff", ADMIN_NONE },
    { "assignments.export", "staff reviewer dispatcher operator leader agency_leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "assignments", "/assignments", "inbox", "assignments.list", MENU_TAB, 24, NULL },
    { 0 },
};

/* ---- settings, dictionaries ---- */

static const struct setting SETTINGS[] = {
    { "assignments.accept_days", SETTING_NUMBER, "working_days", 1, 30, "5", NULL, "product" },
    { "assignments.bounce_days", SETTING_NUMBER, NULL, 1, 30, "5", NULL,
      "rules.md 2.3: 3, 5, 7 or 10 days, one week" },
    { "assignments.bounce_unit", SETTING_CHOICE, NULL, 0, 0, "working_days", "working_days days",
      "rules.md 2.3: working days or days" },
    { "assignments.bounce_answer_days", SETTING_NUMBER, "days", 1, 30, "7", NULL,
      "rules.md 2.3: the coordinator answers within 7 days" },
    { "assignments.dispute_days", SETTING_NUMBER, "working_days", 1, 30, "5", NULL, "product" },
    { "assignments.dispute_hearing", SETTING_BOOL, NULL, 0, 0, "1", NULL,
      "rules.md 2.3: if disputed, a meeting; then leaders decide" },
    { "assignments.host_months", SETTING_NUMBER, "months", 1, 12, "3", NULL,
      "rules.md 2.4: 3 months from receipt" },
    { "assignments.plenary_months", SETTING_NUMBER, "months", 0, 12, "0", NULL,
      "rules.md 2.4: 5 months for the plenary's in one province" },
    { "assignments.last_day", SETTING_MONTH_DAY, NULL, 0, 0, "", NULL,
      "rules.md 2.4: all before 30 September in one city" },
    { "assignments.plenary_last_day", SETTING_MONTH_DAY, NULL, 0, 0, "", NULL,
      "rules.md 2.4: before 30 June in one city" },
    { "assignments.party_last_day", SETTING_MONTH_DAY, NULL, 0, 0, "", NULL,
      "rules.md 2.4: parties and federation before 10 May in one city" },
    { "assignments.cohost_months", SETTING_NUMBER, "months", 1, 6, "1", NULL,
      "rules.md 2.3: 1 or 2 months" },
    { "assignments.extend_months", SETTING_NUMBER, "months", 0, 12, "3", NULL,
      "rules.md 2.4: 1 or 3 months more" },
    { "assignments.total_months", SETTING_NUMBER, "months", 0, 24, "6", NULL,
      "rules.md 2.4: hard cases at most 6 months in all" },
    { "assignments.extend_consent", SETTING_CHOICE, NULL, 0, 0, "none", "none told consented",
      "rules.md 2.4: explained beforehand, or with consent" },
    { "assignments.extend_answer_days", SETTING_NUMBER, "working_days", 1, 30, "5", NULL,
      "product" },
    { "assignments.redo_months", SETTING_NUMBER, "months", 1, 12, "3", NULL,
      "rules.md 2.6: again within 3 months" },
    { "assignments.evaluate_days", SETTING_NUMBER, "working_days", 1, 60, "15", NULL,
      "rules.md 2.3: within 15 working days" },
    { "assignments.close_rule", SETTING_CHOICE, NULL, 0, 0, "all", "all lead answered",
      "rules.md 12.1: all co-signers or cfg rule" },
    { "assignments.evaluate_change_minutes", SETTING_NUMBER, "minutes", 0, 1440, "10", NULL,
      "product" },
    { "assignments.warn_days", SETTING_NUMBER, "working_days", 1, 60, "10", NULL, "product" },
    { "assignments.contact_days", SETTING_NUMBER, "working_days", 0, 60, "0", NULL,
      "rules.md 2.3: first contact within 15 working days" },
    { "assignments.contacts_min", SETTING_NUMBER, "times", 0, 10, "1", NULL,
      "rules.md 2.6: at least two talks in one place" },
    { "assignments.strict_contacts", SETTING_NUMBER, "times", 0, 10, "2", NULL,
      "rules.md 2.6: an answer counts with at least two talks" },
    { "assignments.vet_replies", SETTING_BOOL, NULL, 0, 0, "0", NULL,
      "rules.md 2.3: before sending, the office checks content and format" },
    { "assignments.examine_replies", SETTING_BOOL, NULL, 0, 0, "0", NULL,
      "rules.md 2.6: who supervises examines and may change the class" },
    { "assignments.evaluate_agreement", SETTING_BOOL, NULL, 0, 0, "0", NULL,
      "rules.md 2.6: whether he agrees with the result, and the leader has replied" },
    { "assignments.promise_classes", SETTING_TEXT, NULL, 0, 100, "b", NULL,
      "rules.md 2.5: what is being solved, or planned step by step" },
    { "assignments.wait_cohosts", SETTING_BOOL, NULL, 0, 0, "1", NULL, "peers.md 2.4" },
    { "assignments.sign_contributions", SETTING_BOOL, NULL, 0, 0, "0", NULL, "rules.md 10.2" },
    { "assignments.copies", SETTING_TEXT, NULL, 0, 200, "", NULL, "rules.md 10.2" },
    { 0 },
};

/* Letters do not mean the same everywhere (rules.md 2.5): the site edits them. */
static const struct dictionary_value CLASSES[] = {
    { "a", "assignments.class.a" },
    { "b", "assignments.class.b" },
    { "c", "assignments.class.c" },
    { "d", "assignments.class.d" },
    { 0 },
};

static const struct dictionary_value CONTACT_WAYS[] = {
    { "visit", "assignments.way.visit" }, { "meeting", "assignments.way.meeting" },
    { "phone", "assignments.way.phone" }, { "mail", "assignments.way.mail" },
    { "other", "assignments.way.other" }, { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "assignments.classes", CLASSES, "rules.md 2.5, scheme of four" },
    { "assignments.contact_ways", CONTACT_WAYS, "glossary: contact" },
    { 0 },
};

/* ---- events, jobs ---- */

static const struct event EVENTS[] = {
    { "assignments.accepted", "the agency has taken it" },
    { "assignments.bounced", "the agency says it is not theirs" },
    { "assignments.disputed", "a refused bounce is contested by its agency" },
    { "assignments.contacted", "a talk with the proposer is recorded" },
    { "assignments.reassigned", "taken from one agency and given to another" },
    { "assignments.due_changed",
      "an extension is decided, a bounce refused, a reply sent back: its day to answer" },
    { "assignments.contributed", "a cohost has given its opinion to the host" },
    { "assignments.replied", "the answer is signed and delivered" },
    { "assignments.evaluated", "one person has given a verdict" },
    { "assignments.evaluation_late", "the day of a verdict has passed without it" },
    { "assignments.redone", "to be handled and answered again" },
    { "assignments.closed", "the matter is closed" },
    { "assignments.cancelled", "the matter was withdrawn" },
    { "assignments.part_shown", "the part of a matter or assignment ends on a page" },
    { "assignments.retold", "of earlier years, brought in or corrected by a list; no fact" },
    { "assignments.retitled", "its matter is called something else now, or nothing any more" },
    { "assignments.section_shown",
      "it stands on a page or in JSON: modules above add to its part" },
    { "assignments.shown", "a page or JSON of it is made: the matter's module puts its text in" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "assignments.warn", .every_s = 1800, .per_org = true, .run = job_assignment_warn },
    { 0 },
};

/* ---- routes: steps of the flow (accept, reply, sign …) follow from the table above ---- */

static const struct route ROUTES[] = {
    { GET, "/assignments.csv", .slow = file_list, .may = "assignments.export",
      .look = &ASSIGNMENT_LOOK },
    { GET, "/assignments.xlsx", .slow = file_list, .may = "assignments.export",
      .look = &ASSIGNMENT_LOOK },
    { POST, "/assignments/views", page_list_view_save, .may = "assignments.list",
      .form = &LIST_VIEW_FORM, .api = true, .look = &ASSIGNMENT_LOOK },
    { POST, "/assignments/views/{id}/remove", page_list_view_remove, .may = "assignments.list",
      .api = true, .look = &ASSIGNMENT_LOOK },
    { GET, "/api/v1/assignments/views", api_list_views, .may = "assignments.list",
      .look = &ASSIGNMENT_LOOK },
    { GET, "/assignments/{id}", page_assignment_show, .may = "assignments.read" },
    { GET, "/api/v1/assignments", api_assignment_list, .may = "assignments.list" },
    { GET, "/api/v1/assignments/{id}", api_assignment_show, .may = "assignments.read" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "settings.previewed", on_settings_changing },
    { 0 },
};

const struct module assignment_module = {
    .listens = LISTENS,
    .name = "assignments",
    .needs = (const char *const[]){ "settings", "orgs", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .jobs = JOBS,
    .settings = SETTINGS,
    .dictionaries = DICTIONARIES,
    .events = EVENTS,
    .lists = (const struct list *const[]){ &ASSIGNMENT_LIST, NULL },
    .schema = assignments_schema,
};
