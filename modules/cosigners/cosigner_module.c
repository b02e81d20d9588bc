/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of cosigners, and nothing else; read this first. Rules: cosigner.c; the road of a
 * round: cosigner_round.c; support afterwards: endorsement.c. */
#include "embed.h"
#include "modules/cosigners/cosigner.h"
#include "modules/cosigners/drafter.h"
#include "modules/cosigners/endorsement.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/transfer/transfer.h"

enum { RANK_MAX = 500, AT_ONCE_MAX = 60 };

static const struct form FIND_FORM = {
    "cosigners",
    sizeof(struct cosigner_find_input),
    (const struct input[]){
        { FIELD(struct cosigner_find_input, q), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct cosigner_find_input, sector_id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form ADD_FORM = {
    "cosigners",
    sizeof(struct cosigner_add_input),
    (const struct input[]){
        { FIELD(struct cosigner_add_input, members), .kind = INPUT_IDS, .required = true,
          .max = AT_ONCE_MAX },
        { .field = { 0 } },
    },
};

static const struct form REMOVE_FORM = {
    "cosigners",
    sizeof(struct cosigner_remove_input),
    (const struct input[]){
        { FIELD(struct cosigner_remove_input, cosigner_id), .kind = INPUT_ID, .required = true },
        { .field = { 0 } },
    },
};

static const struct form MOVE_FORM = {
    "cosigners",
    sizeof(struct cosigner_move_input),
    (const struct input[]){
        { FIELD(struct cosigner_move_input, cosigner_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct cosigner_move_input, rank), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = RANK_MAX },
        { .field = { 0 } },
    },
};

static const struct form DRAFTER_ADD_FORM = {
    "cosigners",
    sizeof(struct drafter_add_input),
    (const struct input[]){
        { FIELD(struct drafter_add_input, members), .kind = INPUT_IDS, .required = true,
          .max = AT_ONCE_MAX },
        { FIELD(struct drafter_add_input, note), .kind = INPUT_AREA, .max = 200 },
        { FIELD(struct drafter_add_input, q), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct drafter_add_input, sector_id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form DRAFTER_FORM = {
    "cosigners",
    sizeof(struct drafter_change_input),
    (const struct input[]){
        { FIELD(struct drafter_change_input, drafter_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct drafter_change_input, note), .kind = INPUT_AREA, .max = 200 },
        { FIELD(struct drafter_change_input, q), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct drafter_change_input, sector_id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form DECLINE_FORM = {
    "cosigners.decline",
    sizeof(struct cosigner_decline_input),
    (const struct input[]){
        { FIELD(struct cosigner_decline_input, id), .kind = INPUT_ID },
        { FIELD(struct cosigner_decline_input, opinion), .kind = INPUT_AREA, .max = 500 },
        { .field = { 0 } },
    },
};

static const struct form TRANSCRIBE_FORM = {
    "cosigners.transcribe",
    sizeof(struct cosigner_transcribe_input),
    (const struct input[]){
        { FIELD(struct cosigner_transcribe_input, id), .kind = INPUT_ID },
        { FIELD(struct cosigner_transcribe_input, answer), .kind = INPUT_CHOICE, .required = true,
          .choices = "cosign decline" },
        { FIELD(struct cosigner_transcribe_input, basis), .kind = INPUT_TEXT, .required = true,
          .max = 200 },
        { .field = { 0 } },
    },
};

/* ---- flow ---- */

static const struct flow_state STATES[] = {
    { "prepared", .first = true, .tone = "idle" }, { "asked", .tone = "warn" },
    { "cosigned", .final = true, .tone = "ok" },   { "declined", .final = true, .tone = "idle" },
    { "lapsed", .final = true, .tone = "idle" },   { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "ask", "prepared", "asked", FLOW_SYSTEM, .effect = cosigner_effect_ask },
    { "cosign", "asked", "cosigned", "cosigners.answer", .guard = cosigner_guard_answer,
      .effect = cosigner_effect_answer, .event = "cosigners.answered", .weight = FLOW_MAIN },
    { "decline", "asked", "declined", "cosigners.answer", .form = &DECLINE_FORM,
      .guard = cosigner_guard_answer, .effect = cosigner_effect_answer,
      .event = "cosigners.answered" },
    { "transcribe", "asked", NULL, "cosigners.transcribe", .form = &TRANSCRIBE_FORM,
      .guard = cosigner_guard_transcribe, .effect = cosigner_effect_transcribe,
      .event = "cosigners.answered", .outcomes = "cosigned declined" },
    { "lapse", "asked cosigned", "lapsed", FLOW_SYSTEM, .form = NULL },
    { "recall", "asked cosigned declined lapsed", "prepared", FLOW_SYSTEM,
      .effect = cosigner_effect_recall },
    { 0 },
};

/* With the day of the round, which the module adds. */
static const struct flow_todo TODOS[] = {
    { "asked", "person", "cosign", .on_demand = true },
    { 0 },
};

const struct flow COSIGNERS_FLOW = {
    .name = "cosigners",
    .read = "cosigners.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = cosigner_flow_load,
    .store = cosigner_flow_store,
    .holder = cosigner_flow_holder,
};

/* ---- who may, settings, events ---- */

static const struct permission PERMISSIONS[] = {
    { "cosigners.read", "member head staff", ADMIN_NONE },
    { "cosigners.answer", "member head", ADMIN_NONE },
    { "cosigners.invite", "member head staff", ADMIN_NONE },
    { "cosigners.transcribe", "staff", ADMIN_NONE },
    { "cosigners.endorse", "member head", ADMIN_NONE },
    { "cosigners.name_drafters", "member head staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "cosigners", "/cosigners", "users", "cosigners.read", MENU_SIDE, 32, "intake" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "cosigners.plenary_hours", SETTING_NUMBER, "hours", 1, 168, "3", NULL,
      "peers: three hours during a session" },
    { "cosigners.between_hours", SETTING_NUMBER, "hours", 1, 720, "24", NULL,
      "peers: one day between sessions" },
    { "cosigners.quorum", SETTING_NUMBER, "persons", 0, 50, "0", NULL,
      "rules.md 12.1: quorum of consents or expiry" },
    { "cosigners.auto_submit", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "cosigners.endorse", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "cosigners.drafters_max", SETTING_NUMBER, "persons", 1, 50, "10", NULL, "product" },
    { 0 },
};

static const struct event EVENTS[] = {
    { "cosigners.answered", "one who was asked to sign has agreed or declined" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "cosigners.expire", .every_s = 60, .per_org = true, .run = job_cosigner_expire },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.invited", on_proposal_invited },
    { "proposals.recalled", on_proposal_recalled },
    { "proposals.submitted", on_proposal_submitted },
    { "proposals.submitted", on_drafters_submitted },
    { "proposals.shown", on_proposal_shown },
    { "proposals.shown", on_drafters_shown },
    { "cosigners.answered", on_cosigner_answered },
    { 0 },
};

/* ---- routes: answers (cosign, decline, transcribe) follow from the table above ---- */

static const struct route ROUTES[] = {
    { GET, "/cosigners", page_cosigner_list, .may = "cosigners.read", .api = true },
    { GET, "/cosigners/{id}", page_cosigner_show, .may = "cosigners.read", .api = true },
    { GET, "/proposals/{id}/cosigners", page_cosigner_prepare, .may = "cosigners.invite",
      .form = &FIND_FORM, .api = true },
    { POST, "/proposals/{id}/cosigners/add", page_cosigner_add, .may = "cosigners.invite",
      .form = &ADD_FORM, .redraw = page_cosigner_prepare, .api = true },
    { POST, "/proposals/{id}/cosigners/remove", page_cosigner_remove, .may = "cosigners.invite",
      .form = &REMOVE_FORM, .redraw = page_cosigner_prepare, .api = true },
    { POST, "/proposals/{id}/cosigners/move", page_cosigner_move, .may = "cosigners.invite",
      .form = &MOVE_FORM, .redraw = page_cosigner_prepare, .api = true },
    { GET, "/proposals/{id}/drafters", page_drafter_list, .may = "cosigners.name_drafters",
      .form = &FIND_FORM, .api = true },
    { POST, "/proposals/{id}/drafters/add", page_drafter_add, .may = "cosigners.name_drafters",
      .form = &DRAFTER_ADD_FORM, .redraw = page_drafter_list, .api = true },
    { POST, "/proposals/{id}/drafters/remove", page_drafter_remove,
      .may = "cosigners.name_drafters", .form = &DRAFTER_FORM, .redraw = page_drafter_list,
      .api = true },
    { POST, "/proposals/{id}/drafters/lead", page_drafter_lead, .may = "cosigners.name_drafters",
      .form = &DRAFTER_FORM, .redraw = page_drafter_list, .api = true },
    { POST, "/proposals/{id}/endorse", page_endorsement_add, .may = "cosigners.endorse",
      .api = true },
    { POST, "/proposals/{id}/unendorse", page_endorsement_withdraw, .may = "cosigners.endorse",
      .api = true },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "cosigners",
        .under = "proposals",
        .by = "proposal_id",
        .numbers = (const char *const[]){ "rank", "asked_at", "expires_at", "answered_at",
                                          "version", "waits_until", NULL },
        .texts = (const char *const[]){ "name", "contact", "state", "earlier", "title", "lead_name",
                                        "digest", "basis", "opinion", NULL },
        .links = (const struct transfer_link[]){ { "person_id", "persons", NULL, false }, { 0 } },
        .once = { .link = "person_id" },
        .dropped = (const char *const[]){ "transcribed_by", NULL },
        .moves = true,
    },
    {
        .name = "drafters",
        .under = "proposals",
        .by = "proposal_id",
        .numbers = (const char *const[]){ "rank", "named_at", "version", NULL },
        .texts = (const char *const[]){ "name", "contact", NULL },
        .links = (const struct transfer_link[]){ { "person_id", "persons", NULL, false }, { 0 } },
        .once = { .link = "person_id" },
    },
    {
        .name = "endorsements",
        .under = "proposals",
        .by = "proposal_id",
        .numbers = (const char *const[]){ "endorsed_at", "withdrawn_at", "version", NULL },
        .texts = (const char *const[]){ "name", NULL },
        .links = (const struct transfer_link[]){ { "person_id", "persons", NULL, false }, { 0 } },
        .once = { .link = "person_id" },
    },
    { 0 },
};

const struct module cosigner_module = {
    .name = "cosigners",
    .needs = (const char *const[]){ "orgs", "members", "proposals", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &COSIGNERS_FLOW, NULL },
    .jobs = JOBS,
    .settings = SETTINGS,
    .events = EVENTS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &COSIGNER_LIST, NULL },
    .schema = cosigners_schema,
    .transfers = TRANSFERS,
};
