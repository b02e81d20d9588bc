/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of exemptions, and nothing else; read this first. Rules: exemption.c. */
#include "embed.h"
#include "modules/exemptions/exemption_rules.h"
#include "modules/members/member.h"

enum { WORDS_MAX = 500, ORGAN_MAX = 100, DOCUMENT_MAX = 60 };

const struct form EXEMPTION_FORM = {
    "exemptions",
    sizeof(struct exemption_input),
    (const struct input[]){
        { FIELD(struct exemption_input, member), .kind = INPUT_CHOICE, .required = true,
          .values = member_choices },
        { FIELD(struct exemption_input, ground), .kind = INPUT_CHOICE, .required = true,
          .choices = "illness study posting leadership other" },
        { FIELD(struct exemption_input, words), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = WORDS_MAX, .hint = "exemptions.words_hint" },
        { FIELD(struct exemption_input, effect), .kind = INPUT_CHOICE, .required = true,
          .choices = "years days", .hint = "exemptions.effect_hint" },
        { FIELD(struct exemption_input, from_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct exemption_input, to_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct exemption_input, organ), .kind = INPUT_TEXT, .required = true,
          .max = ORGAN_MAX, .hint = "exemptions.organ_hint" },
        { FIELD(struct exemption_input, decided_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct exemption_input, document), .kind = INPUT_TEXT, .max = DOCUMENT_MAX },
        { .field = { 0 } },
    },
};

static const struct form SHORTEN_FORM = {
    "exemptions.shorten",
    sizeof(struct exemption_shorten_input),
    (const struct input[]){
        { FIELD(struct exemption_shorten_input, id), .kind = INPUT_ID },
        { FIELD(struct exemption_shorten_input, to_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct exemption_shorten_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = WORDS_MAX },
        { .field = { 0 } },
    },
};

static const struct form UNDO_FORM = {
    "exemptions.undo",
    sizeof(struct exemption_undo_input),
    (const struct input[]){
        { FIELD(struct exemption_undo_input, id), .kind = INPUT_ID },
        { FIELD(struct exemption_undo_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = WORDS_MAX },
        { .field = { 0 } },
    },
};

static const struct flow_state STATES[] = {
    { "granted", .first = true, .tone = "info" },
    { "undone", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "shorten", "granted", NULL, "exemptions.grant", .form = &SHORTEN_FORM,
      .effect = exemption_effect_shorten },
    { "undo", "granted", "undone", "exemptions.grant", .form = &UNDO_FORM,
      .effect = exemption_effect_undo, .weight = FLOW_DANGER },
    { 0 },
};

const struct flow EXEMPTIONS_FLOW = {
    .name = "exemptions",
    .read = "exemptions.read",
    .states = STATES,
    .actions = ACTIONS,
    .load = exemption_flow_load,
    .store = exemption_flow_store,
};

static const struct route ROUTES[] = {
    { GET, "/exemptions", page_exemption_list, .may = "exemptions.read", .api = true },
    { GET, "/exemptions/new", page_exemption_new, .may = "exemptions.grant" },
    { POST, "/exemptions/new", page_exemption_add, .may = "exemptions.grant",
      .form = &EXEMPTION_FORM, .redraw = page_exemption_new, .api = true },
    { GET, "/exemptions/{id}", page_exemption_show, .may = "exemptions.read", .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "exemptions.read", "member head personnel leader", ADMIN_NONE },
    { "exemptions.grant", "personnel", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "exemptions", "/exemptions", "user-check", "exemptions.read", MENU_OFFICE, 75, "/members" },
    { 0 },
};

const struct module exemption_module = {
    .name = "exemptions",
    .needs = (const char *const[]){ "members", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &EXEMPTIONS_FLOW, NULL },
    .schema = exemptions_schema,
};
