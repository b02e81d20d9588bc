/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of guesses, and nothing else; read this first. What can be guessed:
 * guess_questions.c; rules: guess.c. */
#include "embed.h"
#include "modules/guesses/guess_agency.h"
#include "platform/jobs/jobs.h"
#include "platform/web/router.h"

enum { HOUR_S = 3600 };

static const struct route ROUTES[] = {
    { GET, "/guesses", page_guess_list, .may = "guesses.read", .api = true },
    { POST, "/guesses/train", page_guess_train, .may = "guesses.train", .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "guesses.read", "staff reviewer", ADMIN_NONE },
    { "guesses.train", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "guesses", "/guesses", "tag", "guesses.read", MENU_OFFICE, 39, "intake" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "guesses.learn", .work = job_guess_learn, .slow = true },
    { .name = "guesses.watch", .every_s = HOUR_S, .per_org = true, .run = job_guess_watch },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.docketed", on_guess_docketed },
    { "proposals.shown", on_guess_shown },
    { "mailbox.assigned", on_guess_assigned },
    { "mailbox.retold", on_guess_retold },
    { "mailbox.shown", on_guess_letter_shown },
    { "mailbox.erased", on_guess_erased },
    { 0 },
};

const struct module guess_module = {
    .name = "guesses",
    .needs = (const char *const[]){ "orgs", "proposals", "mailbox", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .jobs = JOBS,
    .listens = LISTENS,
    .schema = guesses_schema,
};
