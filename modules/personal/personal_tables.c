/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Every table with a column that names a person: copied for him, or why not. personal_test compares
 * with the schema. */
#include "modules/personal/personal.h"

/* Gradings are his when he was told (modules/assessments). */
#define TOLD                                                                                 \
    "assessment_id IN (SELECT a.id FROM assessments a WHERE a.org_id = :org AND a.state IN " \
    "('notified', 'closed'))"

/* Who wrote a collective proposal reads it once it is handed in (modules/cosigners). */
#define HANDED_IN                                                             \
    "proposal_id IN (SELECT p.id FROM proposals p WHERE p.org_id = :org AND " \
    "p.submitted_at > 0)"

/* What a secret ballot gave him, by his report (modules/statements). */
#define REPORTED                                                                              \
    "statement_id IN (SELECT s.id FROM statements s WHERE s.org_id = :org AND s.member_id = " \
    ":own_member)"

const struct personal_table PERSONAL_TABLES[] = {
    { .name = "accounts" },
    { .name = "persons" },
    { .name = "members", .withheld = "source" },
    { .name = "seats" },
    { .name = "tenures" },
    { .name = "amendments" },
    { .name = "proposals",
      .withheld = "source receipt serial reject_note unreached first_late merged_count merged_from "
                  "tracking" },
    { .name = "proposers" },
    { .name = "drafters", .only = HANDED_IN },
    { .name = "cosigners" },
    { .name = "endorsements" },
    { .name = "publication_objections" },
    { .name = "evaluations" },
    { .name = "rechecks" },
    { .name = "opinions",
      .withheld = "source serial keep_reason keep_text edited_title edited_situation "
                  "edited_analysis edited_suggestions edited_at edited_name redraft_reason "
                  "signed_at signed_name" },
    { .name = "reporters" },
    { .name = "recasts" },
    { .name = "invitations" },
    { .name = "flagships" },
    { .name = "invitees" },
    { .name = "placements" },
    { .name = "scheme_presences" },
    { .name = "seating_places" },
    { .name = "provision_answers", .withheld = "proxy_name" },
    { .name = "speeches" },
    { .name = "speech_authors" },
    { .name = "claims" },
    { .name = "claimants" },
    { .name = "appeals" },
    { .name = "entries", .withheld = "source tags" },
    { .name = "pledges" },
    { .name = "statements" },
    { .name = "ballot_counts", .by = REPORTED },
    { .name = "gradings",
      .only = TOLD,
      .withheld =
          "position stand assessed entries gates_due gates_met points_x1000 missed vetoes why "
          "why_text proposed reason changer_name changed_at earlier talk talked_at talker_name "
          "honour honour_note" },
    { .name = "dossier_papers", .withheld = "code" },
    { .name = "talks", .withheld = "asker leader_name record note outcome_document" },
    { .name = "exemptions", .withheld = "granter_name" },
    { .name = "warnings", .withheld = "settler_name" },
    { .name = "departures", .withheld = "note closer_name" },
    { .name = "burdens" },
    { .name = "attachments", .withheld = "sha256" },
    { .name = "deliveries", .withheld = "once_key" },
    { .name = "readers" },
    { .name = "gateway_addresses" },
    { .name = "trails" },
    { .name = "audits", .withheld = "before_text after_text algorithm request" },
    { .name = "logins", .withheld = "csrf" },
    { .name = "tokens" },
    { .name = "holdings" },
    { .name = "delegations" },
    { .name = "list_views" },

    { .name = "secrets", .why = "secret" },
    { .name = "old_passwords", .why = "secret" },
    { .name = "recovery_codes", .why = "secret" },
    { .name = "assignment_persons", .why = "derived" },
    { .name = "dashboard_opinion_facts", .why = "derived" },
    { .name = "board_marks", .why = "office" },
    { .name = "desk_accounts", .why = "office" },
    { .name = "errands", .why = "office" },
    { .name = "nominations", .why = "office" },
    { .name = "renewal_places", .why = "office" },
    { 0 },
};
