/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of talks with members, and nothing else; read this first. Rules: talk.c. */
#include "embed.h"
#include "modules/members/member.h"
#include "modules/talks/talk_rules.h"
#include "platform/settings/settings.h"

enum { WORDS_MAX = 1000, RECORD_MAX = 5000, ORGAN_MAX = 100, DOCUMENT_MAX = 60, DAYS_MAX = 90 };

const struct form TALK_BEGIN_FORM = {
    "talks",
    sizeof(struct talk_begin_input),
    (const struct input[]){
        { FIELD(struct talk_begin_input, member), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct talk_begin_input, ground), .kind = INPUT_CHOICE,
          .choices = "grade absence conduct other" },
        { .field = { 0 } },
    },
};

const struct form TALK_FORM = {
    "talks",
    sizeof(struct talk_input),
    (const struct input[]){
        { FIELD(struct talk_input, member), .kind = INPUT_CHOICE, .required = true,
          .values = member_choices },
        { FIELD(struct talk_input, kind), .kind = INPUT_CHOICE, .required = true,
          .choices = "caution interview inquiry", .hint = "talks.kind_hint" },
        { FIELD(struct talk_input, ground), .kind = INPUT_CHOICE, .required = true,
          .choices = "grade absence conduct other" },
        { FIELD(struct talk_input, words), .kind = INPUT_AREA, .required = true, .min = 4,
          .max = WORDS_MAX, .hint = "talks.words_hint" },
        { FIELD(struct talk_input, asker), .kind = INPUT_TEXT, .required = true, .max = ORGAN_MAX,
          .hint = "talks.asker_hint" },
        { FIELD(struct talk_input, leader), .kind = INPUT_CHOICE, .values = talk_leaders,
          .hint = "talks.leader_hint" },
        { FIELD(struct talk_input, due_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct talk_input, organ), .kind = INPUT_TEXT, .max = ORGAN_MAX,
          .hint = "talks.organ_hint" },
        { FIELD(struct talk_input, decided_on), .kind = INPUT_DAY },
        { FIELD(struct talk_input, document), .kind = INPUT_TEXT, .max = DOCUMENT_MAX },
        { .field = { 0 } },
    },
};

static const struct form HOLD_FORM = {
    "talks.hold",
    sizeof(struct talk_hold_input),
    (const struct input[]){
        { FIELD(struct talk_hold_input, id), .kind = INPUT_ID },
        { FIELD(struct talk_hold_input, on_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct talk_hold_input, talkers), .kind = INPUT_TEXT, .required = true,
          .max = ORGAN_MAX, .hint = "talks.hold.talkers_hint" },
        { FIELD(struct talk_hold_input, record), .kind = INPUT_AREA, .required = true, .min = 4,
          .max = RECORD_MAX, .hint = "talks.hold.record_hint" },
        { .field = { 0 } },
    },
};

static const struct form ANSWER_FORM = {
    "talks.answer",
    sizeof(struct talk_answer_input),
    (const struct input[]){
        { FIELD(struct talk_answer_input, id), .kind = INPUT_ID },
        { FIELD(struct talk_answer_input, words), .kind = INPUT_AREA, .required = true, .min = 4,
          .max = RECORD_MAX, .hint = "talks.answer.words_hint" },
        { .field = { 0 } },
    },
};

static const struct form CORRECT_FORM = {
    "talks.correct",
    sizeof(struct talk_opinion_input),
    (const struct input[]){
        { FIELD(struct talk_opinion_input, id), .kind = INPUT_ID },
        { FIELD(struct talk_opinion_input, opinion), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = WORDS_MAX, .hint = "talks.member_sees" },
        { .field = { 0 } },
    },
};

static const struct form DROP_FORM = {
    "talks.drop",
    sizeof(struct talk_opinion_input),
    (const struct input[]){
        { FIELD(struct talk_opinion_input, id), .kind = INPUT_ID },
        { FIELD(struct talk_opinion_input, opinion), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = WORDS_MAX, .hint = "talks.member_sees" },
        { .field = { 0 } },
    },
};

static const struct form RAISE_FORM = {
    "talks.raise",
    sizeof(struct talk_raise_input),
    (const struct input[]){
        { FIELD(struct talk_raise_input, id), .kind = INPUT_ID },
        { FIELD(struct talk_raise_input, kind), .kind = INPUT_CHOICE, .required = true,
          .choices = "interview inquiry" },
        { FIELD(struct talk_raise_input, words), .kind = INPUT_AREA, .required = true, .min = 4,
          .max = WORDS_MAX, .hint = "talks.words_hint" },
        { FIELD(struct talk_raise_input, organ), .kind = INPUT_TEXT, .required = true,
          .max = ORGAN_MAX, .hint = "talks.organ_hint" },
        { FIELD(struct talk_raise_input, decided_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct talk_raise_input, document), .kind = INPUT_TEXT, .max = DOCUMENT_MAX },
        { FIELD(struct talk_raise_input, leader), .kind = INPUT_CHOICE, .values = talk_leaders,
          .hint = "talks.leader_hint" },
        { FIELD(struct talk_raise_input, due_on), .kind = INPUT_DAY, .required = true },
        { .field = { 0 } },
    },
};

static const struct form COMPEL_FORM = {
    "talks.compel",
    sizeof(struct talk_decide_input),
    (const struct input[]){
        { FIELD(struct talk_decide_input, id), .kind = INPUT_ID },
        { FIELD(struct talk_decide_input, on_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct talk_decide_input, organ), .kind = INPUT_TEXT, .required = true,
          .max = ORGAN_MAX, .hint = "talks.organ_hint" },
        { FIELD(struct talk_decide_input, document), .kind = INPUT_TEXT, .max = DOCUMENT_MAX },
        { FIELD(struct talk_decide_input, reason), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = 500, .hint = "talks.compel.reason_hint" },
        { .field = { 0 } },
    },
};

static const struct form REVOKE_FORM = {
    "talks.revoke",
    sizeof(struct talk_decide_input),
    (const struct input[]){
        { FIELD(struct talk_decide_input, id), .kind = INPUT_ID },
        { FIELD(struct talk_decide_input, on_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct talk_decide_input, organ), .kind = INPUT_TEXT, .required = true,
          .max = ORGAN_MAX, .hint = "talks.organ_hint" },
        { FIELD(struct talk_decide_input, document), .kind = INPUT_TEXT, .max = DOCUMENT_MAX },
        { FIELD(struct talk_decide_input, reason), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = 500, .hint = "talks.revoke.reason_hint" },
        { .field = { 0 } },
    },
};

/* ---- the flow: rules.md 12.7, Charter 38 ---- */

static const struct flow_state STATES[] = {
    { "asked", .first = true, .tone = "warn" },
    { "held", .tone = "info" },
    { "corrected", .final = true, .tone = "ok" },
    { "raised", .final = true, .tone = "warn" },
    { "compelled", .final = true, .tone = "bad" },
    { "revoked", .final = true, .tone = "bad" },
    { "dropped", .final = true, .tone = "idle" },
    { "ended", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "hold", "asked", "held", "talks.hold", .form = &HOLD_FORM, .guard = talk_guard_hold,
      .effect = talk_effect_hold, .weight = FLOW_MAIN },
    { "answer", "asked", "held", "talks.answer", .form = &ANSWER_FORM, .guard = talk_guard_answer,
      .effect = talk_effect_answer, .weight = FLOW_MAIN },
    { "correct", "held", "corrected", "talks.manage", .form = &CORRECT_FORM,
      .effect = talk_effect_correct, .weight = FLOW_MAIN },
    { "raise", "held", "raised", "talks.manage", .form = &RAISE_FORM, .guard = talk_guard_raise,
      .effect = talk_effect_raise },
    { "compel", "held", "compelled", "talks.manage", .form = &COMPEL_FORM,
      .guard = talk_guard_decide, .effect = talk_effect_compel, .weight = FLOW_DANGER },
    { "revoke", "held", "revoked", "talks.manage", .form = &REVOKE_FORM, .guard = talk_guard_decide,
      .effect = talk_effect_revoke, .weight = FLOW_DANGER },
    { "drop", "asked", "dropped", "talks.manage", .form = &DROP_FORM, .effect = talk_effect_drop,
      .weight = FLOW_DANGER },
    { "void", "asked", "dropped", FLOW_SYSTEM, .effect = talk_effect_void },
    { "end", "asked held", "ended", FLOW_SYSTEM, .effect = talk_effect_end },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "asked", "may:talks.manage", "hold", .due = NULL, .when = talk_when_office },
    { "asked", "person", "answer", .due = NULL, .when = talk_when_member },
    { "held", "may:talks.manage", "correct", .due = NULL },
    { 0 },
};

const struct flow TALKS_FLOW = {
    .name = "talks",
    .read = "talks.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = talk_flow_load,
    .store = talk_flow_store,
    .holder = talk_flow_holder,
};

/* ---- the rest ---- */

static const struct route ROUTES[] = {
    { GET, "/talks", page_talk_list, .may = "talks.read", .api = true },
    { GET, "/talks/new", page_talk_new, .may = "talks.manage", .form = &TALK_BEGIN_FORM },
    { POST, "/talks/new", page_talk_add, .may = "talks.manage", .form = &TALK_FORM,
      .redraw = page_talk_new, .api = true },
    { GET, "/talks/{id}", page_talk_show, .may = "talks.read", .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "talks.read", "member head personnel leader", ADMIN_NONE },
    { "talks.answer", "member head", ADMIN_NONE },
    { "talks.hold", "personnel leader", ADMIN_NONE },
    { "talks.manage", "personnel", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "talks", "/talks", "message-circle", "talks.read", MENU_OFFICE, 74, "/members" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "talks.days", SETTING_NUMBER, "days", 1, DAYS_MAX, "30", NULL, "product" },
    { "talks.member_reads_record", SETTING_BOOL, NULL, 0, 0, "0", NULL,
      "no rule is known: the record is the office's until the local rule says otherwise" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "members.left", on_talk_left },
    { 0 },
};

const struct module talk_module = {
    .name = "talks",
    .needs = (const char *const[]){ "accounts", "members", "departures", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &TALKS_FLOW, NULL },
    .settings = SETTINGS,
    .listens = LISTENS,
    .schema = talks_schema,
};
