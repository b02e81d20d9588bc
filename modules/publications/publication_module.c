/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of publications, and nothing else; read this first. Rules: publication.c. What the
 * public knows: publication_facts.c, publication_list.c. Pages: publication_pages.c,
 * publication_desk.c. */
#include "embed.h"
#include "modules/publications/publication.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/transfer/transfer.h"

const struct form PUBLICATION_FORM = {
    "publications",
    sizeof(struct publication_input),
    (const struct input[]){
        { FIELD(struct publication_input, id), .kind = INPUT_ID },
        { FIELD(struct publication_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct publication_input, title), .kind = INPUT_TEXT, .required = true,
          .max = 120 },
        { FIELD(struct publication_input, situation), .kind = INPUT_AREA },
        { FIELD(struct publication_input, analysis), .kind = INPUT_AREA },
        { FIELD(struct publication_input, suggestions), .kind = INPUT_LINES, .max = 200,
          .keep_empty = true },
        { FIELD(struct publication_input, reply_mode), .kind = INPUT_CHOICE, .required = true,
          .choices = "full summary none" },
        { FIELD(struct publication_input, summary), .kind = INPUT_AREA, .max = 2000 },
        { FIELD(struct publication_input, show_progress), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form PUBLISH_FORM = {
    "publications.publish",
    sizeof(struct publication_publish_input),
    (const struct input[]){
        { FIELD(struct publication_publish_input, id), .kind = INPUT_ID },
        { FIELD(struct publication_publish_input, checked), .kind = INPUT_BOOL, .required = true },
        { .field = { 0 } },
    },
};

static const struct form RETRACT_FORM = {
    "publications.retract",
    sizeof(struct publication_reason_input),
    (const struct input[]){
        { FIELD(struct publication_reason_input, id), .kind = INPUT_ID },
        { FIELD(struct publication_reason_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 500 },
        { .field = { 0 } },
    },
};

static const struct form FIND_FORM = {
    "publications.find",
    sizeof(struct publication_find_input),
    (const struct input[]){
        { FIELD(struct publication_find_input, q), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct publication_find_input, session_id), .kind = INPUT_ID },
        { FIELD(struct publication_find_input, category), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct publication_find_input, agency), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct publication_find_input, after), .kind = INPUT_TEXT, .max = 400 },
        { .field = { 0 } },
    },
};

static const struct form REPLY_FORM = {
    "publications.reply",
    sizeof(struct publication_reply_input),
    (const struct input[]){
        { FIELD(struct publication_reply_input, id), .kind = INPUT_ID },
        { FIELD(struct publication_reply_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

/* ---- flow ---- */

static const struct flow_state STATES[] = {
    { "prepared", .first = true, .tone = "idle" },
    { "published", .tone = "ok" },
    { "retracted", .tone = "warn" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "publish", "prepared", "published", "publications.manage", .form = &PUBLISH_FORM,
      .guard = publication_guard_publish, .effect = publication_effect_publish,
      .event = "publications.published", .weight = FLOW_MAIN, .after = "edit" },
    { "retract", "prepared published", "retracted", "publications.manage", .form = &RETRACT_FORM,
      .effect = publication_effect_retract, .event = "publications.retracted",
      .weight = FLOW_DANGER, .after = "edit" },
    { "prepare", "retracted", "prepared", "publications.manage", .guard = publication_guard_publish,
      .weight = FLOW_MAIN, .after = "edit" },
    { 0 },
};

const struct flow PUBLICATIONS_FLOW = {
    .name = "publications",
    .read = "publications.manage",
    .states = STATES,
    .actions = ACTIONS,
    .load = publication_flow_load,
    .store = publication_flow_store,
};

/* ---- permissions, menu, settings, events ---- */

static const struct permission PERMISSIONS[] = {
    { "publications.manage", "publisher staff", ADMIN_NONE },
    { "publications.object", "member head", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "publishing", "/publications/manage", "world", "publications.manage", MENU_OFFICE, 60,
      "public" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "publications.names", SETTING_CHOICE, NULL, 0, 0, "all", "all lead none",
      "rules.md 2.7: with the proposer's consent" },
    { "publications.show_due", SETTING_BOOL, NULL, 0, 0, "0", NULL, "product" },
    { "publications.replies", SETTING_BOOL, NULL, 0, 0, "1", NULL,
      "rules.md 2.7: replies are published by their agencies" },
    { 0 },
};

static const struct event EVENTS[] = {
    { "publications.published", "everybody can read it" },
    { "publications.retracted", "taken down, by hand or because it must not be public any more" },
    { "publications.objected", "a signer does not want it public; the id is the proposal's" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.docketed", on_publication_case },
    { "proposals.merged", on_publication_case },
    { "proposals.unmerged", on_publication_case },
    { "proposals.withdrawn", on_publication_case },
    { "proposals.consent_changed", on_publication_case },
    { "proposals.marked", on_publication_case },
    { "proposals.retold", on_publication_retold },
    { "proposals.shown", on_publication_shown },
    { "flow.stepped", on_publication_stepped },
    { 0 },
};

static const struct text_source TEXTS[] = { { "publications", publication_texts }, { 0 } };

/* ---- routes: steps of the flow follow from the table above ---- */

static const struct route ROUTES[] = {
    { GET, "/publications", page_publication_list, .may = PUBLIC, .form = &FIND_FORM, .api = true,
      .cached = true },
    { GET, "/publications/{id}", page_publication_show, .may = PUBLIC, .api = true,
      .cached = true },
    { GET, "/publications/{id}/replies/{file}/pdf", .slow = file_publication_reply, .may = PUBLIC,
      .form = &REPLY_FORM },
    { GET, "/sitemap.xml", .slow = file_publication_sitemap, .may = PUBLIC },
    { GET, "/robots.txt", file_publication_robots, .may = PUBLIC },
    { GET, "/publications/manage", page_publication_manage, .may = "publications.manage",
      .api = true },
    { GET, "/publications/{id}/edit", page_publication_edit, .may = "publications.manage" },
    { GET, "/api/v1/publications/{id}/edit", api_publication_edit, .may = "publications.manage" },
    { POST, "/publications/{id}/edit", page_publication_save, .may = "publications.manage",
      .form = &PUBLICATION_FORM, .redraw = page_publication_edit, .api = true },
    { POST, "/proposals/{id}/publication", page_publication_prepare, .may = "publications.manage",
      .api = true },
    { POST, "/proposals/{id}/publication/object", page_publication_object,
      .may = "publications.object", .api = true },
    { POST, "/proposals/{id}/publication/agree", page_publication_agree,
      .may = "publications.object", .api = true },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "publications",
        .under = "proposals",
        .by = "proposal_id",
        .numbers = (const char *const[]){ "show_progress", "prepared_at", "published_at",
                                          "retracted_at", "version", NULL },
        .texts = (const char *const[]){ "state", "reply_mode", "title", "retract_reason",
                                        "situation", "analysis", "summary", NULL },
        .undecided =
            (const struct transfer_undecided[]){ { "state", "published", "prepared" }, { 0 } },
        .moves = true,
    },
    {
        .name = "publication_suggestions",
        .under = "publications",
        .by = "publication_id",
        .numbers = (const char *const[]){ "number", NULL },
        .texts = (const char *const[]){ "text", NULL },
    },
    {
        .name = "publication_objections",
        .under = "proposals",
        .by = "proposal_id",
        .numbers = (const char *const[]){ "objected_at", "withdrawn_at", "version", NULL },
        .texts = (const char *const[]){ "name", NULL },
        .links = (const struct transfer_link[]){ { "person_id", "persons", NULL, false }, { 0 } },
        .once = { .link = "person_id" },
    },
    { 0 },
};

const struct module publication_module = {
    .name = "publications",
    .needs = (const char *const[]){ "orgs", "assignments", "proposals", "outcomes", "flow", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &PUBLICATIONS_FLOW, NULL },
    .settings = SETTINGS,
    .events = EVENTS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &PUBLICATION_LIST, &PUBLISHING_LIST, NULL },
    .texts = TEXTS,
    .schema = publications_schema,
    .transfers = TRANSFERS,
};
