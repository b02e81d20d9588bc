/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The modules in order of need (navigation has its own places), parts of the platform that declare
 * something first. The only file that knows them all. One a line: a new module adds two lines. */
#include "platform/calendar/calendar.h"
#include "platform/files/files.h"
#include "platform/flow/flow.h"
#include "platform/jobs/jobs.h"
#include "platform/module.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"

extern const struct module account_module;
extern const struct module assessment_module;
extern const struct module assignment_module;
extern const struct module board_module;
extern const struct module bulletin_module;
extern const struct module burden_module;
extern const struct module call_module;
extern const struct module claim_module;
extern const struct module cluster_module;
extern const struct module commission_module;
extern const struct module compendium_module;
extern const struct module cosigner_module;
extern const struct module dashboard_module;
extern const struct module departure_module;
extern const struct module desk_module;
extern const struct module dossier_module;
extern const struct module draft_module;
extern const struct module duty_module;
extern const struct module entry_module;
extern const struct module evaluation_module;
extern const struct module exemption_module;
extern const struct module flagship_module;
extern const struct module guess_module;
extern const struct module handling_module;
extern const struct module meeting_module;
extern const struct module members_module;
extern const struct module dispute_module;
extern const struct module mailbox_module;
extern const struct module mediation_module;
extern const struct module merger_module;
extern const struct module nomination_module;
extern const struct module notices_module;
extern const struct module orgs_module;
extern const struct module opinion_module;
extern const struct module outcome_module;
extern const struct module personal_module;
extern const struct module pledge_module;
extern const struct module portal_module;
extern const struct module preassignment_module;
extern const struct module preset_module;
extern const struct module plenary_module;
extern const struct module proposal_module;
extern const struct module publication_module;
extern const struct module quota_module;
extern const struct module receipt_module;
extern const struct module recast_module;
extern const struct module referral_module;
extern const struct module renewal_module;
extern const struct module reply_module;
extern const struct module retention_module;
extern const struct module scheme_module;
extern const struct module scores_module;
extern const struct module seating_module;
extern const struct module provision_module;
extern const struct module speech_module;
extern const struct module statement_module;
extern const struct module talk_module;
extern const struct module topic_module;
extern const struct module transfer_module;
extern const struct module triage_module;
extern const struct module urging_module;
extern const struct module warning_module;

/* clang-format off */
const struct module *const MODULES[] = {
    &calendar_module,
    &jobs_module,
    &files_module,
    &notify_module,
    &settings_module,
    &flow_module,
    &orgs_module,
    &preset_module,
    &account_module,
    &members_module,
    &call_module,
    &assignment_module,
    &reply_module,
    &evaluation_module,
    &proposal_module,
    &draft_module,
    &receipt_module,
    &referral_module,
    &cosigner_module,
    &merger_module,
    &dispute_module,
    &preassignment_module,
    &board_module,
    &desk_module,
    &outcome_module,
    &urging_module,
    &publication_module,
    &flagship_module,
    &mediation_module,
    &opinion_module,
    &recast_module,
    &commission_module,
    &meeting_module,
    &scheme_module,
    &seating_module,
    &provision_module,
    &departure_module,
    &talk_module,
    &exemption_module,
    &nomination_module,
    &mailbox_module,
    &retention_module,
    &guess_module,
    &handling_module,
    &triage_module,
    &cluster_module,
    &topic_module,
    &bulletin_module,
    &compendium_module,
    &dashboard_module,
    &entry_module,
    &speech_module,
    &plenary_module,
    &quota_module,
    &duty_module,
    &scores_module,
    &claim_module,
    &pledge_module,
    &statement_module,
    &assessment_module,
    &warning_module,
    &renewal_module,
    &burden_module,
    &dossier_module,
    &personal_module,
    &transfer_module,
    &notices_module,
    &portal_module,
    NULL,
};
/* clang-format on */
