/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of clusters, and nothing else; read this first. The engine: cluster_engine.c; steps:
 * cluster_steps.c; what is hot: cluster.c. */
#include "embed.h"
#include "modules/clusters/cluster_pages.h"
#include "modules/clusters/cluster_rules.h"
#include "platform/jobs/jobs.h"

static const struct form PERIOD_FORM = {
    "clusters",
    sizeof(struct cluster_period_input),
    (const struct input[]){
        { FIELD(struct cluster_period_input, period), .kind = INPUT_CHOICE,
          .choices = "week month quarter all" },
        { .field = { 0 } },
    },
};

static const struct form HOT_FORM = {
    "clusters",
    sizeof(struct cluster_hot_input),
    (const struct input[]){
        { FIELD(struct cluster_hot_input, hot), .kind = INPUT_NUMBER, .max = CLUSTER_HOT_MAX },
        { FIELD(struct cluster_hot_input, days), .kind = INPUT_NUMBER, .max = 366 },
        { .field = { 0 } },
    },
};

static const struct form SHOW_FORM = {
    "clusters",
    sizeof(struct cluster_show_input),
    (const struct input[]){
        { FIELD(struct cluster_show_input, id), .kind = INPUT_ID },
        { FIELD(struct cluster_show_input, before), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form SIMILAR_FORM = {
    "clusters",
    sizeof(struct cluster_similar_input),
    (const struct input[]){
        { FIELD(struct cluster_similar_input, id), .kind = INPUT_ID },
        { FIELD(struct cluster_similar_input, limit), .kind = INPUT_NUMBER, .min = 1, .max = 20 },
        { .field = { 0 } },
    },
};

static const struct form NAME_FORM = {
    "clusters",
    sizeof(struct cluster_name_input),
    (const struct input[]){
        { FIELD(struct cluster_name_input, id), .kind = INPUT_ID },
        { FIELD(struct cluster_name_input, name), .kind = INPUT_TEXT, .max = 60,
          .hint = "clusters.name_hint" },
        { .field = { 0 } },
    },
};

/* What is chosen is judged by the steps, so that whoever may not see a cluster is not told that
 * what he chose is none of its choices. The choices stand in the forms below, which the pages draw.
 */
static const struct input OTHER_INPUTS[] = {
    { FIELD(struct cluster_other_input, id), .kind = INPUT_ID },
    { FIELD(struct cluster_other_input, other), .kind = INPUT_TEXT, .required = true, .max = 20 },
    { .field = { 0 } },
};
static const struct form JOIN_FORM = { "clusters.join", sizeof(struct cluster_other_input),
                                       OTHER_INPUTS };
static const struct form APART_FORM = { "clusters.apart", sizeof(struct cluster_other_input),
                                        OTHER_INPUTS };
static const struct form TOGETHER_FORM = { "clusters.together", sizeof(struct cluster_other_input),
                                           OTHER_INPUTS };
static const struct form SPLIT_FORM = {
    "clusters",
    sizeof(struct cluster_split_input),
    (const struct input[]){
        { FIELD(struct cluster_split_input, id), .kind = INPUT_ID },
        { FIELD(struct cluster_split_input, joined), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct cluster_split_input, letters), .kind = INPUT_LINES,
          .max = CLUSTER_SPLIT_MAX },
        { .field = { 0 } },
    },
};

static const struct form ATTACH_FORM = {
    "clusters",
    sizeof(struct cluster_attach_input),
    (const struct input[]){
        { FIELD(struct cluster_attach_input, id), .kind = INPUT_ID },
        { FIELD(struct cluster_attach_input, lead), .kind = INPUT_TEXT, .required = true,
          .max = 20 },
        { .field = { 0 } },
    },
};

const struct form CLUSTER_ATTACH_PAGE = {
    "clusters",
    sizeof(struct cluster_attach_input),
    (const struct input[]){
        { FIELD(struct cluster_attach_input, lead), .kind = INPUT_CHOICE, .required = true,
          .values = cluster_choices_leads, .hint = "clusters.lead_hint" },
        { .field = { 0 } },
    },
};

const struct form CLUSTER_JOIN_PAGE = {
    "clusters.join",
    sizeof(struct cluster_other_input),
    (const struct input[]){
        { FIELD(struct cluster_other_input, other), .kind = INPUT_CHOICE, .required = true,
          .values = cluster_choices_other, .hint = "clusters.join_hint" },
        { .field = { 0 } },
    },
};

const struct form CLUSTER_APART_PAGE = {
    "clusters.apart",
    sizeof(struct cluster_other_input),
    (const struct input[]){
        { FIELD(struct cluster_other_input, other), .kind = INPUT_CHOICE, .required = true,
          .values = cluster_choices_other, .hint = "clusters.apart_hint" },
        { .field = { 0 } },
    },
};

const struct form CLUSTER_TOGETHER_PAGE = {
    "clusters.together",
    sizeof(struct cluster_other_input),
    (const struct input[]){
        { FIELD(struct cluster_other_input, other), .kind = INPUT_CHOICE, .required = true,
          .values = cluster_choices_apart },
        { .field = { 0 } },
    },
};

const struct form CLUSTER_SPLIT_PAGE = {
    "clusters",
    sizeof(struct cluster_split_input),
    (const struct input[]){
        { FIELD(struct cluster_split_input, joined), .kind = INPUT_CHOICE,
          .values = cluster_choices_joined, .hint = "clusters.joined_hint" },
        { FIELD(struct cluster_split_input, letters), .kind = INPUT_LINES, .max = CLUSTER_SPLIT_MAX,
          .values = cluster_choices_letters, .hint = "clusters.letters_hint" },
        { .field = { 0 } },
    },
};

const struct form CLUSTER_FEED_FORM = {
    "clusters.feed",
    sizeof(struct cluster_feed_input),
    (const struct input[]){
        { FIELD(struct cluster_feed_input, id), .kind = INPUT_ID },
        { FIELD(struct cluster_feed_input, title), .kind = INPUT_TEXT, .required = true,
          .limit_setting = "opinions.title_max" },
        { FIELD(struct cluster_feed_input, situation), .kind = INPUT_AREA, .required = true,
          .min = 10, .max = 5000, .hint = "clusters.feed_hint" },
        { FIELD(struct cluster_feed_input, analysis), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 5000 },
        { FIELD(struct cluster_feed_input, suggestions), .kind = INPUT_AREA, .required = true,
          .min = 4, .max = 5000 },
        { .field = { 0 } },
    },
};

static const struct form OFFER_FORM = {
    "clusters.offer",
    sizeof(struct cluster_offer_input),
    (const struct input[]){
        { FIELD(struct cluster_offer_input, id), .kind = INPUT_ID },
        { FIELD(struct cluster_offer_input, title), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct cluster_offer_input, body), .kind = INPUT_AREA, .required = true, .min = 10,
          .max = 5000, .hint = "clusters.offer_hint" },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/clusters", .slow = page_cluster_list, .may = "clusters.read", .form = &PERIOD_FORM },
    { GET, "/api/v1/letters/clusters", .slow = api_cluster_list, .may = "clusters.read",
      .form = &HOT_FORM },
    { GET, "/clusters/{id}", .slow = page_cluster_show, .may = "clusters.read", .form = &SHOW_FORM,
      .api = true },
    { GET, "/api/v1/letters/{id}/similar", .slow = api_cluster_similar, .may = "clusters.read",
      .form = &SIMILAR_FORM },
    { 0 },
};

static const struct flow_state STATES[] = {
    { "open", .first = true, .tone = "info" },
    { "closed", .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "name", "open closed", NULL, "clusters.edit", .form = &NAME_FORM,
      .effect = cluster_effect_name },
    { "pin", "open closed", NULL, "clusters.edit", .guard = cluster_guard_pin,
      .effect = cluster_effect_pin },
    { "unpin", "open closed", NULL, "clusters.edit", .guard = cluster_guard_unpin,
      .effect = cluster_effect_unpin },
    { "join", "open closed", NULL, "clusters.edit", .form = &JOIN_FORM,
      .effect = cluster_effect_join, .page = page_cluster_join },
    { "split", "open closed", NULL, "clusters.edit", .form = &SPLIT_FORM,
      .guard = cluster_guard_split, .effect = cluster_effect_split, .page = page_cluster_split },
    { "apart", "open closed", NULL, "clusters.edit", .form = &APART_FORM,
      .effect = cluster_effect_apart, .page = page_cluster_apart },
    { "together", "open closed", NULL, "clusters.edit", .form = &TOGETHER_FORM,
      .guard = cluster_guard_together, .effect = cluster_effect_together,
      .page = page_cluster_together },
    { "attach", "open closed", NULL, "clusters.edit", .form = &ATTACH_FORM,
      .guard = cluster_guard_attach, .effect = cluster_effect_attach, .page = page_cluster_attach },
    { "feed", "open closed", NULL, "clusters.edit", .form = &CLUSTER_FEED_FORM,
      .guard = cluster_guard_feed, .effect = cluster_effect_feed, .page = page_cluster_feed },
    { "offer", "open closed", NULL, "clusters.edit", .form = &OFFER_FORM, .above = true },
    { "close", "open", "closed", "clusters.edit", .weight = FLOW_NORMAL },
    { "reopen", "closed", "open", "clusters.edit", .weight = FLOW_NORMAL },
    { 0 },
};

const struct flow CLUSTERS_FLOW = {
    .name = "clusters",
    .read = "clusters.read",
    .states = STATES,
    .actions = ACTIONS,
    .load = cluster_flow_load,
    .store = cluster_flow_store,
};

static const struct permission PERMISSIONS[] = {
    { "clusters.read", "staff leader dispatcher", ADMIN_NONE },
    { "clusters.edit", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "clusters", "/clusters", "flame", "clusters.read", MENU_OFFICE, 36, "intake" },
    { 0 },
};

static const struct event EVENTS[] = {
    { "clusters.shown", "its page or JSON is made: modules above put in what they know" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "mailbox.received", on_cluster_letter_received },
    { "mailbox.closed", on_cluster_letter_closed },
    { "mailbox.withdrawn", on_cluster_letter_closed },
    { "mailbox.restored", on_cluster_letter_restored },
    { "mailbox.erased", on_cluster_letter_erased },
    { "mailbox.shown", on_cluster_letter_shown },
    { "mailbox.evaluated", on_cluster_letter_unsolved },
    { "mailbox.still", on_cluster_letter_unsolved },
    { "opinions.shown", on_cluster_opinion_shown },
    { 0 },
};

static const struct job JOBS[] = {
    { "clusters.weigh", .every_s = 240, .per_org = true, .run = job_cluster_warm },
    { "clusters.warm", .work = work_cluster_warm, .slow = true },
    { 0 },
};

const struct module cluster_module = {
    .name = "clusters",
    .needs = (const char *const[]){ "settings", "opinions", "mailbox", "handlings", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &CLUSTERS_FLOW, NULL },
    .jobs = JOBS,
    .events = EVENTS,
    .listens = LISTENS,
    .schema = clusters_schema,
};
