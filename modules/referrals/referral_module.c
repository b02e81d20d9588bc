/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of referrals, and nothing else; read this first. Rules: referral.c; pages and the
 * list: referral_pages.c. */
#include "embed.h"
#include "modules/referrals/referral_pages.h"
#include "modules/referrals/referral_rules.h"
#include "platform/module.h"
#include "platform/transfer/transfer.h"

static const struct form REFER_FORM = {
    "referrals.refer",
    sizeof(struct refer_input),
    (const struct input[]){
        { FIELD(struct refer_input, id), .kind = INPUT_ID },
        { FIELD(struct refer_input, agency_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct refer_input, remark), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form NOTE_FORM = {
    "referrals.note",
    sizeof(struct note_input),
    (const struct input[]){
        { FIELD(struct note_input, id), .kind = INPUT_ID },
        { FIELD(struct note_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct note_input, note), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 2000 },
        { .field = { 0 } },
    },
};

static const struct permission PERMISSIONS[] = {
    { "referrals.read", "staff reviewer operator agency_leader", ADMIN_NONE },
    { "referrals.refer", "staff reviewer", ADMIN_NONE },
    { "referrals.note", "operator agency_leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "referrals", "/referrals", "send", "referrals.read", MENU_SIDE, 36, "intake" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.shown", on_referral_case },
    { 0 },
};

static const struct route ROUTES[] = {
    { GET, "/referrals", page_referral_list, .may = "referrals.read", .api = true },
    { GET, "/referrals/{id}", page_referral_show, .may = "referrals.read", .api = true },
    { POST, "/referrals/{id}/read", page_referral_read, .may = "referrals.note", .api = true },
    { POST, "/referrals/{id}/note", page_referral_note, .may = "referrals.note", .form = &NOTE_FORM,
      .redraw = page_referral_show, .api = true },
    { GET, "/proposals/{id}/referrals", page_referral_form, .may = "referrals.refer" },
    { POST, "/proposals/{id}/referrals", page_referral_add, .may = "referrals.refer",
      .form = &REFER_FORM, .redraw = page_referral_form, .api = true },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "referrals",
        .under = "proposals",
        .by = "proposal_id",
        .numbers = (const char *const[]){ "referred_at", "noted_at", "version", "read_at", NULL },
        .texts = (const char *const[]){ "title", "number", "agency_name", "remark", "note", NULL },
        .links = (const struct transfer_link[]){ { "agency_id", "orgs", NULL, false }, { 0 } },
        .once = { .link = "agency_id" },
        .zero = (const char *const[]){ "referred_by", NULL },
        .dropped = (const char *const[]){ "noted_by", NULL },
    },
    { 0 },
};

const struct module referral_module = {
    .name = "referrals",
    .needs = (const char *const[]){ "orgs", "proposals", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &REFERRAL_LIST, NULL },
    .schema = referrals_schema,
    .transfers = TRANSFERS,
};
