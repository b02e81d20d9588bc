/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of the mailbox, and nothing else; read this first. Rules: letter.c, letter_steps.c,
 * letter_questions.c, sender.c; pages of staff: letter_pages.c, transcribe_pages.c; of everybody:
 * intake_pages.c, follow_pages.c. */
#include "embed.h"
#include "modules/mailbox/intake.h"
#include "modules/mailbox/letter_forms.h"
#include "modules/mailbox/letter_pages.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/mailbox/transcribe.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"

enum { UPLOAD_MAX = 80 << 20 };

/* ---- what a stranger sends ---- */

const struct anonymous INTAKE = { .name = "letters", .org_by = "area", .org_of = intake_org_of };
const struct anonymous FOLLOW = { .name = "letters.follow",
                                  .wrong_network_hour = "mailbox.wrong_network_hour",
                                  .wrong_day = "mailbox.wrong_day" };

static const struct form PLACE_FORM = {
    "mailbox.place",
    sizeof(struct intake_place_input),
    (const struct input[]){
        { FIELD(struct intake_place_input, area), .kind = INPUT_TEXT, .max = 12 },
        { .field = { 0 } },
    },
};

const struct form INTAKE_FORM = {
    "mailbox",
    sizeof(struct intake_input),
    (const struct input[]){
        { FIELD(struct intake_input, area), .kind = INPUT_TEXT, .max = 12, .query = true },
        { FIELD(struct intake_input, kind), .kind = INPUT_CHOICE,
          .choices = "concern idea praise complaint" },
        { FIELD(struct intake_input, body), .kind = INPUT_AREA, .required = true,
          .min = INTAKE_BODY_MIN, .max = INTAKE_BODY },
        { FIELD(struct intake_input, place), .kind = INPUT_TEXT, .max = INTAKE_PLACE },
        { FIELD(struct intake_input, point), .kind = INPUT_TEXT, .max = INTAKE_POINT },
        { FIELD(struct intake_input, point_by), .kind = INPUT_CHOICE, .choices = "phone typed" },
        { FIELD(struct intake_input, photos), .kind = INPUT_FILES, .max = INTAKE_PHOTOS },
        { FIELD(struct intake_input, name), .kind = INPUT_TEXT, .max = INTAKE_NAME },
        { FIELD(struct intake_input, phone), .kind = INPUT_TEXT, .max = INTAKE_PHONE },
        { FIELD(struct intake_input, mail), .kind = INPUT_TEXT, .max = INTAKE_MAIL },
        { FIELD(struct intake_input, consent), .kind = INPUT_BOOL },
        { FIELD(struct intake_input, handover), .kind = INPUT_BOOL },
        { FIELD(struct intake_input, title), .kind = INPUT_TEXT, .max = INTAKE_TITLE },
        { FIELD(struct intake_input, notice), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct intake_input, once), .kind = INPUT_TEXT, .max = 32 },
        { .field = { 0 } },
    },
};

/* What staff writes down for somebody: the same parts, and how it reached him. */
static const struct form TRANSCRIBE_FORM = {
    "mailbox.transcribe",
    sizeof(struct intake_input),
    (const struct input[]){
        { FIELD(struct intake_input, via), .kind = INPUT_CHOICE, .required = true,
          .choices = "phone visit post window" },
        { FIELD(struct intake_input, received_on), .kind = INPUT_DAY },
        { FIELD(struct intake_input, kind), .kind = INPUT_CHOICE,
          .choices = "concern idea praise complaint" },
        { FIELD(struct intake_input, body), .kind = INPUT_AREA, .required = true,
          .min = INTAKE_BODY_MIN, .max = INTAKE_BODY },
        { FIELD(struct intake_input, title), .kind = INPUT_TEXT, .max = INTAKE_TITLE },
        { FIELD(struct intake_input, area), .kind = INPUT_TEXT, .max = INTAKE_PLACE },
        { FIELD(struct intake_input, place), .kind = INPUT_TEXT, .max = INTAKE_PLACE },
        { FIELD(struct intake_input, point), .kind = INPUT_TEXT, .max = INTAKE_POINT },
        { FIELD(struct intake_input, point_by), .kind = INPUT_CHOICE, .choices = "phone typed" },
        { FIELD(struct intake_input, photos), .kind = INPUT_FILES, .max = INTAKE_PHOTOS },
        { FIELD(struct intake_input, name), .kind = INPUT_TEXT, .max = INTAKE_NAME },
        { FIELD(struct intake_input, phone), .kind = INPUT_TEXT, .max = INTAKE_PHONE },
        { FIELD(struct intake_input, mail), .kind = INPUT_TEXT, .max = INTAKE_MAIL },
        { FIELD(struct intake_input, consent), .kind = INPUT_BOOL },
        { FIELD(struct intake_input, handover), .kind = INPUT_BOOL },
        { FIELD(struct intake_input, notice), .kind = INPUT_TEXT, .max = 20 },
        { .field = { 0 } },
    },
};

const struct form FOLLOW_FORM = {
    "mailbox.follow",
    sizeof(struct follow_input),
    (const struct input[]){
        { FIELD(struct follow_input, receipt), .kind = INPUT_TEXT, .required = true, .max = 60 },
        { FIELD(struct follow_input, act), .kind = INPUT_CHOICE,
          .choices = "add contact evaluate lasting gone withdraw" },
        { FIELD(struct follow_input, verdict), .kind = INPUT_CHOICE,
          .choices = "solved partly unsolved" },
        { FIELD(struct follow_input, text), .kind = INPUT_AREA, .max = 2000 },
        { FIELD(struct follow_input, name), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct follow_input, phone), .kind = INPUT_TEXT, .max = 30 },
        { FIELD(struct follow_input, mail), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct follow_input, consent), .kind = INPUT_BOOL },
        { FIELD(struct follow_input, handover), .kind = INPUT_BOOL },
        { FIELD(struct follow_input, notice), .kind = INPUT_TEXT, .max = 20 },
        { .field = { 0 } },
    },
};

/* ---- forms of steps ---- */

const struct form LETTER_TRIAGE_FORM = {
    "letters.triage",
    sizeof(struct letter_triage_input),
    (const struct input[]){
        { FIELD(struct letter_triage_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_triage_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct letter_triage_input, category), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "mailbox.categories" },
        { FIELD(struct letter_triage_input, kind), .kind = INPUT_CHOICE, .required = true,
          .choices = "concern idea complaint praise member_letter" },
        { FIELD(struct letter_triage_input, title), .kind = INPUT_TEXT, .max = 60,
          .hint = "letters.title_hint" },
        { FIELD(struct letter_triage_input, masked_body), .kind = INPUT_AREA, .max = 5000,
          .hint = "letters.masked_hint" },
        { .field = { 0 } },
    },
};

static const struct form ASSIGN_FORM = {
    "letters.assign",
    sizeof(struct letter_assign_input),
    (const struct input[]){
        { FIELD(struct letter_assign_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_assign_input, host_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct letter_assign_input, cohosts), .kind = INPUT_IDS, .max = 8 },
        { FIELD(struct letter_assign_input, due_on), .kind = INPUT_DAY },
        { FIELD(struct letter_assign_input, masked_body), .kind = INPUT_AREA, .max = 5000,
          .hint = "letters.masked_hint" },
        { FIELD(struct letter_assign_input, photos), .kind = INPUT_IDS, .max = INTAKE_PHOTOS },
        { FIELD(struct letter_assign_input, point_disclosed), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form DISCLOSE_FORM = {
    "letters.disclose",
    sizeof(struct letter_disclose_input),
    (const struct input[]){
        { FIELD(struct letter_disclose_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_disclose_input, photos), .kind = INPUT_IDS, .max = INTAKE_PHOTOS },
        { FIELD(struct letter_disclose_input, point_disclosed), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form ATTACH_FORM = {
    "letters.attach",
    sizeof(struct letter_attach_input),
    (const struct input[]){
        { FIELD(struct letter_attach_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_attach_input, lead_id), .kind = INPUT_ID, .required = true },
        { .field = { 0 } },
    },
};

static const struct form FEED_FORM = {
    "letters.feed",
    sizeof(struct letter_feed_input),
    (const struct input[]){
        { FIELD(struct letter_feed_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_feed_input, title), .kind = INPUT_TEXT, .required = true, .max = 60 },
        { FIELD(struct letter_feed_input, situation), .kind = INPUT_AREA, .required = true,
          .min = 10, .max = 5000, .hint = "letters.feed_hint" },
        { FIELD(struct letter_feed_input, analysis), .kind = INPUT_AREA, .max = 5000 },
        { FIELD(struct letter_feed_input, suggestions), .kind = INPUT_AREA, .required = true,
          .min = 4, .max = 5000 },
        { FIELD(struct letter_feed_input, named), .kind = INPUT_BOOL,
          .hint = "letters.named_hint" },
        { .field = { 0 } },
    },
};

static const struct form OFFER_FORM = {
    "letters.offer",
    sizeof(struct letter_offer_input),
    (const struct input[]){
        { FIELD(struct letter_offer_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_offer_input, title), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct letter_offer_input, body), .kind = INPUT_AREA, .required = true, .min = 10,
          .max = 5000, .hint = "letters.offer_hint" },
        { .field = { 0 } },
    },
};

static const struct form ASK_FORM = {
    "letters.ask",
    sizeof(struct letter_text_input),
    (const struct input[]){
        { FIELD(struct letter_text_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_text_input, opinion), .kind = INPUT_AREA, .required = true, .min = 4,
          .max = 500, .hint = "letters.ask_hint" },
        { .field = { 0 } },
    },
};

static const struct form ROUTE_FORM = {
    "letters.route",
    sizeof(struct letter_text_input),
    (const struct input[]){
        { FIELD(struct letter_text_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_text_input, opinion), .kind = INPUT_AREA, .required = true, .min = 4,
          .max = 1000, .hint = "letters.route_hint" },
        { .field = { 0 } },
    },
};

static const struct form DISMISS_FORM = {
    "letters.dismiss",
    sizeof(struct letter_dismiss_input),
    (const struct input[]){
        { FIELD(struct letter_dismiss_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_dismiss_input, reason), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "mailbox.dismiss_reasons", .hint = "letters.dismiss_hint" },
        { FIELD(struct letter_dismiss_input, opinion), .kind = INPUT_AREA, .max = 500 },
        { .field = { 0 } },
    },
};

static const struct form ANSWER_FORM = {
    "letters.answer",
    sizeof(struct letter_text_input),
    (const struct input[]){
        { FIELD(struct letter_text_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_text_input, opinion), .kind = INPUT_AREA, .required = true, .min = 4,
          .max = 3000, .hint = "letters.answer_hint" },
        { .field = { 0 } },
    },
};

const struct form LETTER_UNMASK_FORM = {
    "letters.unmask",
    sizeof(struct letter_unmask_input),
    (const struct input[]){
        { FIELD(struct letter_unmask_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_unmask_input, reason), .kind = INPUT_TEXT, .required = true, .min = 4,
          .max = 100, .hint = "letters.unmask_hint" },
        { .field = { 0 } },
    },
};

static const struct form PHOTO_FORM = {
    "letters.photo",
    sizeof(struct letter_photo_input),
    (const struct input[]){
        { FIELD(struct letter_photo_input, id), .kind = INPUT_ID },
        { FIELD(struct letter_photo_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

/* ---- the flow; what is .above: modules/handlings, topics ---- */

static const struct flow_state STATES[] = {
    { "received", .first = true, .tone = "warn" },
    { "triaged", .tone = "info" },
    { "routed", .final = true, .tone = "idle" },
    { "assigned", .tone = "info" },
    { "replied", .tone = "ok" },
    { "evaluated", .tone = "ok" },
    { "closed", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "triage", "received triaged", "triaged", "letters.triage", .form = &LETTER_TRIAGE_FORM,
      .effect = letter_effect_triage, .clocks = "stop:triage", .event = "mailbox.triaged",
      .weight = FLOW_MAIN, .page = page_letter_triage },
    { "assign", "triaged", "assigned", "letters.assign", .form = &ASSIGN_FORM, .above = true,
      .event = "mailbox.assigned", .weight = FLOW_MAIN },
    { "disclose", "assigned replied evaluated", NULL, "letters.assign", .form = &DISCLOSE_FORM,
      .above = true },
    { "attach", "received triaged", NULL, "letters.triage", .form = &ATTACH_FORM, .above = true,
      .clocks = "stop:triage", .event = "mailbox.attached",
      .outcomes = "triaged assigned replied" },
    { "answer", "received triaged", "replied", "letters.triage", .form = &ANSWER_FORM,
      .effect = letter_effect_answer, .clocks = "stop:triage", .event = "mailbox.replied" },
    { "ask", "received triaged", NULL, "letters.triage", .form = &ASK_FORM,
      .effect = letter_effect_ask },
    { "recall", "received triaged assigned", NULL, "letters.triage", .guard = letter_guard_recall,
      .effect = letter_effect_recall },
    { "lapse", "received triaged assigned", NULL, FLOW_SYSTEM, .effect = letter_effect_lapse },
    { "route", "received triaged", "routed", "letters.triage", .form = &ROUTE_FORM,
      .effect = letter_effect_route, .clocks = "stop:triage", .event = "mailbox.routed" },
    { "dismiss", "received triaged", "closed", "letters.triage", .form = &DISMISS_FORM,
      .effect = letter_effect_dismiss, .clocks = "stop:triage", .event = "mailbox.closed" },
    { "restore", "closed", NULL, "letters.triage", .guard = letter_guard_restore,
      .effect = letter_effect_restore, .event = "mailbox.restored",
      .outcomes = "received triaged" },
    { "deliver", "assigned", "replied", FLOW_SYSTEM, .above = true, .event = "mailbox.replied" },
    { "evaluate", "replied", "evaluated", FLOW_SYSTEM, .effect = letter_effect_evaluate,
      .event = "mailbox.evaluated" },
    { "reopen", "evaluated", NULL, FLOW_SYSTEM, .above = true, .event = "mailbox.reopened",
      .outcomes = "triaged assigned" },
    { "feed", "replied evaluated closed", NULL, "letters.triage", .form = &FEED_FORM, .above = true,
      .event = "mailbox.fed" },
    { "offer", "evaluated closed", NULL, "letters.triage", .form = &OFFER_FORM, .above = true },
    { "withdraw", "*", "closed", FLOW_SYSTEM, .effect = letter_effect_withdraw,
      .clocks = "stop:triage", .event = "mailbox.withdrawn" },
    { "close", "replied evaluated", "closed", "letters.triage", .guard = letter_guard_close,
      .effect = letter_effect_close, .event = "mailbox.closed" },
    { 0 },
};

static const struct flow_clock CLOCKS[] = {
    { "triage", "mailbox.triage_days", "working_days", .extend_setting = NULL },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "received", "may:letters.triage", "triage", .due = "triage", .when = letter_is_listed },
    { "triaged", "may:letters.assign", "assign", .due = NULL },
    { "evaluated", "may:letters.triage", "feed", .due = NULL },
    { 0 },
};

const struct flow LETTERS_FLOW = {
    .name = "letters",
    .read = "letters.read",
    .states = STATES,
    .actions = ACTIONS,
    .clocks = CLOCKS,
    .todos = TODOS,
    .load = letter_flow_load,
    .store = letter_flow_store,
};

static const struct flow *const FLOWS[] = { &LETTERS_FLOW, NULL };

/* ---- routes, permissions, menu ---- */

static const struct route ROUTES[] = {
    { GET, "/letters", page_letter_list, .may = "letters.read", .api = true },
    { GET, "/letters.csv", .slow = file_list, .may = "letters.export", .look = &LETTER_EXPORTED },
    { GET, "/letters.xlsx", .slow = file_list, .may = "letters.export", .look = &LETTER_EXPORTED },
    { GET, "/letters/{id}", page_letter_show, .may = "letters.read", .api = true },
    { GET, "/letters/transcribe", page_transcribe_new, .may = "letters.triage" },
    { POST, "/letters/transcribe", page_transcribe_add, .may = "letters.triage",
      .form = &TRANSCRIBE_FORM, .slow = slow_transcribe_receive, .redraw = page_transcribe_new,
      .api = true, .max_body = UPLOAD_MAX },
    { GET, "/letters/place", page_intake_place, .may = PUBLIC, .form = &PLACE_FORM },
    { GET, "/letters/new", page_intake_new, .may = PUBLIC, .form = &PLACE_FORM,
      .anonymous = &INTAKE, .locates = true },
    { POST, "/letters/new", page_intake_send, .may = PUBLIC, .form = &INTAKE_FORM,
      .slow = slow_intake_send, .redraw = page_intake_new, .anonymous = &INTAKE, .api = true,
      .max_body = UPLOAD_MAX, .locates = true },
    { GET, "/letters/follow", page_follow_new, .may = PUBLIC, .anonymous = &FOLLOW },
    { POST, "/letters/follow", page_follow_act, .may = PUBLIC, .form = &FOLLOW_FORM,
      .slow = slow_follow_find, .redraw = page_follow_new, .anonymous = &FOLLOW, .api = true },
    { GET, "/letters/{id}/unmask", page_letter_unmask_form, .may = "letters.unmask" },
    { POST, "/letters/{id}/unmask", page_letter_unmask, .may = "letters.unmask",
      .form = &LETTER_UNMASK_FORM, .redraw = page_letter_unmask_form, .api = true },
    { GET, "/letters/{id}/photos/{file}", file_letter_photo, .may = "letters.read",
      .form = &PHOTO_FORM },
    { GET, "/letters/{id}/previews/{file}", file_letter_preview, .may = "letters.read",
      .form = &PHOTO_FORM },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "letters.read", "staff leader dispatcher", ADMIN_NONE },
    { "letters.triage", "staff", ADMIN_NONE },
    { "letters.assign", "staff dispatcher", ADMIN_NONE },
    { "letters.unmask", "staff", ADMIN_NONE },
    { "letters.export", "staff", ADMIN_NONE },
    { "letters.figures", "staff leader dispatcher", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "letters", "/letters", "mail", "letters.read", MENU_OFFICE, 35, "intake" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "mailbox.triage_days", SETTING_NUMBER, "working_days", 1, 15, "2", NULL, "product" },
    { "mailbox.verdict_days", SETTING_NUMBER, "days", 3, 90, "15", NULL,
      "rules.md 12.1: a verdict within 15 days" },
    { "mailbox.question_days", SETTING_NUMBER, "days", 0, 180, "15", NULL, "product" },
    { "mailbox.contact_days", SETTING_NUMBER, "days", 1, 3650, "90", NULL,
      "PIPL art. 19: the shortest time that is needed" },
    { "mailbox.dismissed_days", SETTING_NUMBER, "days", 30, 3650, "180", NULL,
      "PIPL art. 19, 47: withdrawn or of no more use" },
    { "mailbox.text_days", SETTING_NUMBER, "days", 365, 36500, "1095", NULL, "product" },
    { "mailbox.wrong_network_hour", SETTING_NUMBER, "items", 1, 1000, "10", NULL, "quality.md P2" },
    { "mailbox.wrong_day", SETTING_NUMBER, "items", 10, 100000, "1000", NULL, "quality.md P2" },
    { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "mailbox.categories",
      (const struct dictionary_value[]){ { "roads", "letters.category.roads" },
                                         { "transport", "letters.category.transport" },
                                         { "utilities", "letters.category.utilities" },
                                         { "housing", "letters.category.housing" },
                                         { "environment", "letters.category.environment" },
                                         { "agriculture", "letters.category.agriculture" },
                                         { "education", "letters.category.education" },
                                         { "health", "letters.category.health" },
                                         { "welfare", "letters.category.welfare" },
                                         { "labour", "letters.category.labour" },
                                         { "market", "letters.category.market" },
                                         { "order", "letters.category.order" },
                                         { "culture", "letters.category.culture" },
                                         { "conduct", "letters.category.conduct" },
                                         { "other", "letters.category.other" },
                                         { NULL, NULL } },
      "product" },
    { "mailbox.dismiss_reasons",
      (const struct dictionary_value[]){ { "empty", "letters.dismiss_reason.empty" },
                                         { "spam", "letters.dismiss_reason.spam" },
                                         { "insult", "letters.dismiss_reason.insult" },
                                         { "twice", "letters.dismiss_reason.twice" },
                                         { "private", "letters.dismiss_reason.private" },
                                         { "outside", "letters.dismiss_reason.outside" },
                                         { "other", "letters.dismiss_reason.other" },
                                         { NULL, NULL } },
      "product" },
    { NULL, NULL, NULL },
};

static const struct event EVENTS[] = {
    { "mailbox.received", "a letter came in; fact: the letter" },
    { "mailbox.triaged", "it has a category and is ready to be handled; fact: the flow_step" },
    { "mailbox.assigned", "it was handed to units; fact: the flow_step" },
    { "mailbox.attached", "it runs along with another letter; fact: the flow_step" },
    { "mailbox.reopened", "its sender says that nothing is solved, so again; fact: the flow_step" },
    { "mailbox.fed", "it became an opinion of the committee; fact: the flow_step" },
    { "mailbox.routed", "its sender was told to go to the petition office; fact: the flow_step" },
    { "mailbox.replied", "its sender can read the answer; fact: the flow_step" },
    { "mailbox.evaluated", "its sender has judged the answer; fact: the flow_step" },
    { "mailbox.retold", "it was changed without a step of its flow; fact: the letter" },
    { "mailbox.added", "its sender said something more; fact: the letter" },
    { "mailbox.still", "asked again, its sender says whether it has lasted; fact: the letter" },
    { "mailbox.erased", "its text went by the rule of retention; fact: the letter" },
    { "mailbox.withdrawn", "its sender took it back; fact: the flow_step" },
    { "mailbox.closed", "it was not followed, or is over; fact: the flow_step" },
    { "mailbox.restored", "who dismissed it took that back; fact: the flow_step" },
    { "mailbox.followed", "its sender's page is made: modules above put in what he may know" },
    { "mailbox.shown", "its page or JSON is made for staff: modules above put in what they know" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "mailbox.silence", .every_s = 3600, .per_org = true, .run = job_letter_silence },
    { .name = "mailbox.lapse", .every_s = 3600, .per_org = true, .run = job_letter_lapse },
    { 0 },
};

static const struct text_source TEXTS[] = { { "letters", letter_texts }, { 0 } };

const struct module mailbox_module = {
    .name = "mailbox",
    .needs = (const char *const[]){ "orgs", "members", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .jobs = JOBS,
    .settings = SETTINGS,
    .dictionaries = DICTIONARIES,
    .events = EVENTS,
    .lists = (const struct list *const[]){ &LETTER_LIST, NULL },
    .texts = TEXTS,
    .schema = mailbox_schema,
};
