/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of candidate topics, and nothing else; read this first. Rules: topic.c. */
#include "embed.h"
#include "modules/clusters/cluster_feed.h"
#include "modules/mailbox/letter.h"
#include "modules/topics/topic.h"
#include "platform/settings/settings.h"

const struct form TOPIC_FORM = {
    "topics",
    sizeof(struct topic_input),
    (const struct input[]){
        { FIELD(struct topic_input, id), .kind = INPUT_ID },
        { FIELD(struct topic_input, title), .kind = INPUT_TEXT, .required = true, .max = 60,
          .hint = "topics.title_hint" },
        { FIELD(struct topic_input, body), .kind = INPUT_AREA, .required = true, .min = 10,
          .max = 5000, .hint = "topics.body_hint" },
        { FIELD(struct topic_input, source), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "topics.sources" },
        { FIELD(struct topic_input, proposer), .kind = INPUT_TEXT, .max = 60,
          .hint = "topics.proposer_hint" },
        { .field = { 0 } },
    },
};

static const struct form REJECT_FORM = {
    "topics.reject",
    sizeof(struct topic_reject_input),
    (const struct input[]){
        { FIELD(struct topic_reject_input, id), .kind = INPUT_ID },
        { FIELD(struct topic_reject_input, opinion), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = 500, .hint = "topics.reject.opinion_hint" },
        { .field = { 0 } },
    },
};

/* ---- the flow; rules.md 12.3 goes on behind pooled ---- */

static const struct flow_state STATES[] = {
    { "proposed", .first = true, .tone = "warn" },
    { "pooled", .final = true, .tone = "ok" },
    { "rejected", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "edit", "proposed", NULL, "topics.propose", .form = &TOPIC_FORM, .effect = topic_effect_edit,
      .page = page_topic_edit },
    { "pool", "proposed", "pooled", "topics.screen", .effect = topic_effect_pool,
      .weight = FLOW_MAIN },
    { "reject", "proposed", "rejected", "topics.screen", .form = &REJECT_FORM,
      .effect = topic_effect_reject },
    { "reopen", "pooled rejected", "proposed", "topics.screen", .effect = topic_effect_reopen },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "proposed", "may:topics.screen", "pool", .due = NULL },
    { 0 },
};

const struct flow TOPICS_FLOW = {
    .name = "topics",
    .read = "topics.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = topic_flow_load,
    .store = topic_flow_store,
};

/* What clusters and letters leave to this module. */
static const struct flow_act ACTS[] = {
    { &CLUSTERS_FLOW, "offer", .guard = topic_guard_cluster, .effect = topic_effect_cluster },
    { &LETTERS_FLOW, "offer", .guard = topic_guard_letter, .effect = topic_effect_letter },
    { 0 },
};

/* ---- routes, permissions, menu ---- */

static const struct route ROUTES[] = {
    { GET, "/topics", page_topic_list, .may = "topics.read", .api = true },
    { GET, "/topics/new", page_topic_new, .may = "topics.propose" },
    { POST, "/topics/new", page_topic_add, .may = "topics.propose", .form = &TOPIC_FORM,
      .redraw = page_topic_new, .api = true },
    { GET, "/topics/{id}", page_topic_show, .may = "topics.read", .api = true },
    { GET, "/clusters/{id}/offer", page_topic_cluster, .may = "clusters.edit" },
    { GET, "/letters/{id}/offer", page_topic_letter, .may = "letters.triage" },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "topics.read", "staff leader", ADMIN_NONE },
    { "topics.propose", "staff", ADMIN_NONE },
    { "topics.screen", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "topics", "/topics", "edit", "topics.read", MENU_OFFICE, 37, "intake" },
    { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "topics.sources",
      (const struct dictionary_value[]){ { "party", "topics.source_of.party" },
                                         { "members", "topics.source_of.members" },
                                         { "public", "topics.source_of.public" },
                                         { "society", "topics.source_of.society" },
                                         { "online", "topics.source_of.online" },
                                         { NULL, NULL } },
      "rules.md 12.3: anyone by channel" },
    { NULL, NULL, NULL },
};

static const struct listener LISTENS[] = {
    { "mailbox.evaluated", on_topic_letter_unsolved },
    { "mailbox.still", on_topic_letter_unsolved },
    { "mailbox.shown", on_topic_letter_shown },
    { "clusters.shown", on_topic_cluster_shown },
    { 0 },
};

const struct module topic_module = {
    .name = "topics",
    .needs = (const char *const[]){ "settings", "mailbox", "handlings", "clusters", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &TOPICS_FLOW, NULL },
    .acts = ACTS,
    .dictionaries = DICTIONARIES,
    .listens = LISTENS,
    .schema = topics_schema,
};
