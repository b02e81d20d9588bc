/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of mergers, and nothing else; read this first. Rules: merger.c; groups by likeness:
 * merger_groups.c; what the steps of the flow of proposals do: merger_steps.c. */
#include "embed.h"
#include "modules/mergers/merger.h"
#include "modules/mergers/merger_steps.h"
#include "modules/proposals/proposal.h"
#include "platform/settings/settings.h"
#include "platform/transfer/transfer.h"

static const struct form MERGER_FORM = {
    "mergers",
    sizeof(struct merger_input),
    (const struct input[]){
        { FIELD(struct merger_input, main_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct merger_input, ids), .kind = INPUT_IDS, .max = MERGER_AT_ONCE,
          .required = true },
        { FIELD(struct merger_input, seen), .kind = INPUT_LINES, .max = MERGER_AT_ONCE },
        { FIELD(struct merger_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form CHOICE_FORM = {
    "mergers.choice",
    sizeof(struct merger_choice_input),
    (const struct input[]){
        { FIELD(struct merger_choice_input, ids), .kind = INPUT_IDS, .max = MERGER_AT_ONCE },
        { FIELD(struct merger_choice_input, add), .kind = INPUT_TEXT, .max = 12 },
        { .field = { 0 } },
    },
};

static const struct form SIMILAR_FORM = {
    "mergers.similar",
    sizeof(struct similar_input),
    (const struct input[]){
        { FIELD(struct similar_input, id), .kind = INPUT_ID },
        { FIELD(struct similar_input, title), .kind = INPUT_TEXT, .max = 200 },
        { FIELD(struct similar_input, text), .kind = INPUT_AREA, .max = 20000 },
        { FIELD(struct similar_input, situation), .kind = INPUT_AREA, .max = 20000 },
        { FIELD(struct similar_input, limit), .kind = INPUT_NUMBER, .min = 1, .max = 20 },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/mergers", .slow = page_merger_list, .may = "mergers.read", .api = true },
    { GET, "/mergers/new", .slow = page_merger_new, .may = "mergers.read", .form = &CHOICE_FORM },
    { POST, "/mergers/new", page_merger_add, .may = "proposals.merge", .form = &MERGER_FORM,
      .redraw = page_merger_new, .api = true },
    { POST, "/mergers/dismiss", page_merger_dismiss, .may = "proposals.merge", .form = &CHOICE_FORM,
      .api = true },
    { GET, "/proposals/similar", page_merger_similar, .may = "proposals.read",
      .form = &SIMILAR_FORM },
    { GET, "/api/v1/proposals/similar", api_merger_similar_text, .may = "proposals.read",
      .form = &SIMILAR_FORM },
    { GET, "/api/v1/proposals/{id}/similar", api_merger_similar, .may = "proposals.read",
      .form = &SIMILAR_FORM },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "mergers.read", "staff reviewer", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "mergers", "/mergers", "git-merge", "mergers.read", MENU_OFFICE, 34, "intake" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "mergers.degree_min", SETTING_NUMBER, "percent", 1, 100, "12", NULL,
      "product: measured, see the module's README" },
    { 0 },
};

static const struct flow_act ACTS[] = {
    { &PROPOSALS_FLOW, "merge", .guard = merger_guard_merge, .effect = merger_effect_merge },
    { &PROPOSALS_FLOW, "unmerge", .guard = merger_guard_unmerge, .effect = merger_effect_unmerge },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.merged", on_proposal_merged },
    { "proposals.unmerged", on_proposal_unmerged },
    { "proposals.shown", on_merger_shown },
    { "assignments.shown", on_merger_matter_shown },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "mergers",
        .under = "proposals",
        .by = "merged_id",
        .numbers = (const char *const[]){ "merged_at", "undone_at", NULL },
        .texts = (const char *const[]){ "from_state", "opinion", NULL },
        .links = (const struct transfer_link[]){ { "main_id", "proposals", NULL, false }, { 0 } },
        .zero = (const char *const[]){ "merged_by", NULL },
        .dropped = (const char *const[]){ "undone_by", NULL },
    },
    { 0 },
};

const struct module merger_module = {
    .name = "mergers",
    .needs = (const char *const[]){ "assignments", "proposals", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .settings = SETTINGS,
    .acts = ACTS,
    .listens = LISTENS,
    .schema = mergers_schema,
    .transfers = TRANSFERS,
};
