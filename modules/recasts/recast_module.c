/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of recasts, and nothing else; read this first. Rules: recast.c; handlers and parts
 * of others' pages: recast_pages.c. */
#include "embed.h"
#include "modules/recasts/recast.h"
#include "modules/recasts/recast_pages.h"
#include "platform/jobs/jobs.h"
#include "platform/module.h"
#include "platform/settings/settings.h"

static const struct form ASK_FORM = {
    "recasts.ask",
    sizeof(struct recast_ask_input),
    (const struct input[]){
        { FIELD(struct recast_ask_input, id), .kind = INPUT_ID },
        { FIELD(struct recast_ask_input, remark), .kind = INPUT_AREA, .max = 500 },
        { .field = { 0 } },
    },
};

static const struct permission PERMISSIONS[] = {
    { "recasts.make", "member head", ADMIN_NONE },
    { "recasts.ask", "staff reviewer", ADMIN_NONE },
    { 0 },
};

static const struct route ROUTES[] = {
    { POST, "/proposals/{id}/opinion", page_recast_make_opinion, .may = "recasts.make",
      .api = true },
    { GET, "/proposals/{id}/recasts", page_recast_form, .may = "recasts.ask" },
    { POST, "/proposals/{id}/recasts", page_recast_ask, .may = "recasts.ask", .form = &ASK_FORM,
      .redraw = page_recast_form, .api = true },
    { POST, "/recasts/{id}/agree", page_recast_agree, .may = "recasts.make", .api = true },
    { POST, "/recasts/{id}/decline", page_recast_decline, .may = "recasts.make", .api = true },
    { POST, "/recasts/{id}/recall", page_recast_recall, .may = "recasts.ask", .api = true },
    { POST, "/opinions/{id}/proposal", page_recast_make_proposal, .may = "recasts.make",
      .api = true },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "recasts.answer_days", SETTING_NUMBER, "days", 0, 365, "30", NULL, "product" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "recasts.lapse", .every_s = 3600, .per_org = true, .run = job_recast_lapse },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.submitted", on_recast_submitted },
    { "proposals.shown", on_recast_proposal_shown },
    { "opinions.shown", on_recast_opinion_shown },
    { 0 },
};

const struct module recast_module = {
    .name = "recasts",
    .needs = (const char *const[]){ "proposals", "drafts", "opinions", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .jobs = JOBS,
    .settings = SETTINGS,
    .listens = LISTENS,
    .schema = recasts_schema,
};
