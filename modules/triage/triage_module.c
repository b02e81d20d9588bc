/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of the desk, and nothing else; read this first. Rules: triage.c; page:
 * triage_pages.c. The steps themselves: modules/mailbox. */
#include "embed.h"
#include "modules/triage/triage.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

static const struct form ACT_FORM = {
    "triage",
    sizeof(struct triage_input),
    (const struct input[]){
        { FIELD(struct triage_input, id), .kind = INPUT_ID, .required = true },
        { FIELD(struct triage_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct triage_input, whole), .kind = INPUT_BOOL },
        { FIELD(struct triage_input, apart), .kind = INPUT_BOOL },
        { FIELD(struct triage_input, verb), .kind = INPUT_CHOICE, .required = true,
          .choices = "triage ask route dismiss attach" },
        { FIELD(struct triage_input, lead_id), .kind = INPUT_ID },
        { FIELD(struct triage_input, category), .kind = INPUT_CHOICE,
          .dictionary = "mailbox.categories" },
        { FIELD(struct triage_input, chosen), .kind = INPUT_CHOICE,
          .dictionary = "mailbox.categories" },
        { FIELD(struct triage_input, host_id), .kind = INPUT_ID },
        { FIELD(struct triage_input, host_category), .kind = INPUT_CHOICE,
          .dictionary = "mailbox.categories" },
        { FIELD(struct triage_input, kind), .kind = INPUT_CHOICE,
          .choices = "concern idea complaint praise member_letter" },
        { FIELD(struct triage_input, masked_body), .kind = INPUT_AREA, .max = 5000 },
        { FIELD(struct triage_input, reason), .kind = INPUT_CHOICE,
          .dictionary = "mailbox.dismiss_reasons" },
        { FIELD(struct triage_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form SHOW_FORM = {
    "triage.show",
    sizeof(struct triage_show_input),
    (const struct input[]){
        { FIELD(struct triage_show_input, id), .kind = INPUT_ID },
        { FIELD(struct triage_show_input, apart), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form UNDO_FORM = {
    "triage.undo",
    sizeof(struct triage_undo_input),
    (const struct input[]){
        { FIELD(struct triage_undo_input, id), .kind = INPUT_ID, .required = true },
        { FIELD(struct triage_undo_input, apart), .kind = INPUT_BOOL },
        { FIELD(struct triage_undo_input, one), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/letters/desk", page_triage_desk, .may = "letters.triage", .form = &SHOW_FORM,
      .api = true },
    { POST, "/letters/desk", page_triage_act, .may = "letters.triage", .form = &ACT_FORM,
      .redraw = page_triage_desk, .api = true },
    { POST, "/letters/desk/undo", page_triage_undo, .may = "letters.triage", .form = &UNDO_FORM,
      .api = true },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "triage", "/letters/desk", "inbox", "letters.triage", MENU_OFFICE, 34, "intake" },
    { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "triage.route_phrases",
      (const struct dictionary_value[]){ { "petition", "triage.route_phrase.petition" },
                                         { "court", "triage.route_phrase.court" },
                                         { "labour", "triage.route_phrase.labour" },
                                         { "police", "triage.route_phrase.police" },
                                         { NULL, NULL } },
      "product" },
    { "triage.ask_phrases",
      (const struct dictionary_value[]){ { "where", "triage.ask_phrase.where" },
                                         { "since", "triage.ask_phrase.since" },
                                         { "whom", "triage.ask_phrase.whom" },
                                         { "photo", "triage.ask_phrase.photo" },
                                         { NULL, NULL } },
      "product" },
    { NULL, NULL, NULL },
};

static const struct job JOBS[] = {
    { .name = "triage.end", .work = job_triage_end },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "mailbox.received", on_triage_received }, { "mailbox.triaged", on_triage_done },
    { "mailbox.triaged", on_triage_guessed },   { "mailbox.routed", on_triage_done },
    { "mailbox.replied", on_triage_done },      { "mailbox.closed", on_triage_closed },
    { "mailbox.restored", on_triage_restored }, { "mailbox.withdrawn", on_triage_done },
    { "mailbox.attached", on_triage_done },     { 0 },
};

const struct module triage_module = {
    .name = "triage",
    .needs = (const char *const[]){ "mailbox", "handlings", "guesses", NULL },
    .routes = ROUTES,
    .menu = MENU,
    .dictionaries = DICTIONARIES,
    .jobs = JOBS,
    .listens = LISTENS,
    .schema = triage_schema,
};
