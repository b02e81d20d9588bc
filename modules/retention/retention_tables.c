/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How long the rows of every table are kept (保管期限表), by owner. retention_test compares with
 * the schema. */
#include "modules/retention/retention.h"

const struct retention RETENTIONS[] = {
    /* access */
    { "tenants", RETAIN_IN_USE, "bodies" },
    { "accounts", RETAIN_IN_USE, "accounts" },
    { "secrets", RETAIN_WITH, "accounts" },
    { "old_passwords", RETAIN_WITH, "accounts" },
    { "recovery_codes", RETAIN_WITH, "accounts" },
    { "addresses", RETAIN_TIMER, "accounts.tidy" },
    { "logins", RETAIN_TIMER, "accounts.tidy" },
    { "tokens", RETAIN_WITH, "accounts" },
    { "roles", RETAIN_IN_USE, "accounts" },
    { "role_permissions", RETAIN_IN_USE, "accounts" },
    { "seeded_permissions", RETAIN_IN_USE, "accounts" },
    { "holdings", RETAIN_IN_USE, "accounts" },
    { "delegations", RETAIN_IN_USE, "accounts" },
    { "first_codes", RETAIN_IN_USE, "accounts" },
    { "secret_marks", RETAIN_IN_USE, "accounts" },
    /* list */
    { "list_views", RETAIN_IN_USE, "own" },
    /* transfer */
    { "transfer_meanings", RETAIN_IN_USE, "imports" },
    /* settings */
    { "settings", RETAIN_IN_USE, "rules" },
    { "dictionaries", RETAIN_IN_USE, "rules" },
    { "dictionary_words", RETAIN_IN_USE, "rules" },
    /* files */
    { "attachments", RETAIN_TIMER, "files.sweep" },
    { "import_mappings", RETAIN_IN_USE, "imports" },
    /* web */
    { "idempotency", RETAIN_TIMER, "web.requests" },
    /* flow */
    { "trails", RETAIN_ARCHIVE, "trails" },
    { "clocks", RETAIN_ARCHIVE, "trails" },
    { "todos", RETAIN_IN_USE, "work" },
    { "flow_variants", RETAIN_IN_USE, "rules" },
    /* calendar */
    { "calendars", RETAIN_IN_USE, "rules" },
    /* audit */
    { "audits", RETAIN_TIMER, "accounts.tidy" },
    { "audit_heads", RETAIN_ARCHIVE, "proof" },
    { "attestations", RETAIN_ARCHIVE, "proof" },
    /* notify */
    { "deliveries", RETAIN_TIMER, "notify.forget_old" },
    { "gateway_addresses", RETAIN_WITH, "accounts" },
    { "readers", RETAIN_ARCHIVE, "notices" },
    /* jobs */
    { "timers", RETAIN_IN_USE, "work" },
    { "jobs", RETAIN_TIMER, "jobs.forget_sent" },
    { "outbox", RETAIN_TIMER, "jobs.forget_sent" },
    /* text */
    { "text_docs", RETAIN_IN_USE, "index" },
    /* retention */
    { "retention_holds", RETAIN_ARCHIVE, "proof" },
    { "retention_runs", RETAIN_ARCHIVE, "proof" },
    /* orgs */
    { "areas", RETAIN_IN_USE, "bodies" },
    { "orgs", RETAIN_ARCHIVE, "bodies" },
    { "terms", RETAIN_ARCHIVE, "bodies" },
    { "sessions", RETAIN_ARCHIVE, "bodies" },
    { "sectors", RETAIN_ARCHIVE, "bodies" },
    { "committees", RETAIN_ARCHIVE, "bodies" },
    { "area_names", RETAIN_ARCHIVE, "bodies" },
    { "body_names", RETAIN_ARCHIVE, "bodies" },
    /* presets */
    { "presets", RETAIN_ARCHIVE, "rules" },
    /* members */
    { "persons", RETAIN_RULE, "members.contact" },
    { "members", RETAIN_ARCHIVE, "members" },
    { "seats", RETAIN_ARCHIVE, "members" },
    { "changes", RETAIN_ARCHIVE, "members" },
    { "sector_moves", RETAIN_ARCHIVE, "members" },
    { "tenures", RETAIN_ARCHIVE, "members" },
    { "amendments", RETAIN_ARCHIVE, "members" },
    { "member_mappings", RETAIN_IN_USE, "imports" },
    /* calls */
    { "calls", RETAIN_ARCHIVE, "proposals" },
    { "call_topics", RETAIN_WITH, "calls" },
    /* assignments */
    { "assignments", RETAIN_ARCHIVE, "proposals" },
    { "assignment_items", RETAIN_WITH, "assignments" },
    { "assignment_persons", RETAIN_WITH, "assignments" },
    { "requests", RETAIN_WITH, "assignments" },
    { "contacts", RETAIN_WITH, "assignments" },
    { "contributions", RETAIN_WITH, "assignments" },
    { "replies", RETAIN_WITH, "assignments" },
    { "reply_answers", RETAIN_WITH, "replies" },
    { "reply_numbers", RETAIN_IN_USE, "numbers" },
    { "evaluations", RETAIN_WITH, "replies" },
    { "reply_promises", RETAIN_WITH, "replies" },
    { "assignment_origins", RETAIN_WITH, "assignments" },
    { "reply_letters", RETAIN_WITH, "replies" },
    /* proposals */
    { "proposals", RETAIN_ARCHIVE, "proposals" },
    { "proposers", RETAIN_WITH, "proposals" },
    { "drafters", RETAIN_WITH, "proposals" },
    { "suggestions", RETAIN_WITH, "proposals" },
    { "wishes", RETAIN_WITH, "proposals" },
    { "findings", RETAIN_WITH, "proposals" },
    { "proposal_versions", RETAIN_WITH, "proposals" },
    { "proposal_numbers", RETAIN_IN_USE, "numbers" },
    { "proposal_mappings", RETAIN_IN_USE, "imports" },
    { "mediations", RETAIN_WITH, "assignments" },
    /* drafts */
    { "draft_notes", RETAIN_WITH, "proposals" },
    /* cosigners */
    { "cosigners", RETAIN_WITH, "proposals" },
    { "endorsements", RETAIN_WITH, "proposals" },
    /* referrals */
    { "referrals", RETAIN_WITH, "proposals" },
    /* mergers */
    { "mergers", RETAIN_WITH, "proposals" },
    { "merger_dismissals", RETAIN_WITH, "proposals" },
    /* disputes */
    { "disputes", RETAIN_WITH, "assignments" },
    /* preassignments */
    { "preassignment_meetings", RETAIN_ARCHIVE, "proposals" },
    { "preassignments", RETAIN_WITH, "proposals" },
    /* boards */
    { "board_marks", RETAIN_TIMER, "boards.expire" },
    /* desks */
    { "desks", RETAIN_ARCHIVE, "proposals" },
    { "desk_accounts", RETAIN_WITH, "desks" },
    { "errands", RETAIN_WITH, "assignments" },
    { "errand_answers", RETAIN_WITH, "errands" },
    /* outcomes */
    { "promises", RETAIN_WITH, "assignments" },
    { "promise_notes", RETAIN_WITH, "promises" },
    { "followups", RETAIN_WITH, "assignments" },
    { "rechecks", RETAIN_WITH, "followups" },
    { "instructions", RETAIN_WITH, "proposals" },
    /* urgings */
    { "reminders", RETAIN_WITH, "assignments" },
    { "urgings", RETAIN_WITH, "assignments" },
    { "urging_numbers", RETAIN_IN_USE, "numbers" },
    { "urging_runs", RETAIN_IN_USE, "work" },
    { "circulars", RETAIN_ARCHIVE, "proposals" },
    { "circular_urgings", RETAIN_WITH, "circulars" },
    /* publications */
    { "publications", RETAIN_WITH, "proposals" },
    { "publication_suggestions", RETAIN_WITH, "publications" },
    { "publication_objections", RETAIN_WITH, "proposals" },
    { "publication_hosts", RETAIN_DERIVED, "publications" },
    /* flagships */
    { "flagships", RETAIN_WITH, "proposals" },
    { "flagship_events", RETAIN_WITH, "flagships" },
    { "commendations", RETAIN_ARCHIVE, "proposals" },
    /* opinions */
    { "opinions", RETAIN_ARCHIVE, "opinions" },
    { "opinion_numbers", RETAIN_IN_USE, "numbers" },
    { "opinion_versions", RETAIN_WITH, "opinions" },
    { "reporters", RETAIN_WITH, "opinions" },
    /* recasts */
    { "recasts", RETAIN_WITH, "opinions" },
    /* commissions */
    { "commissions", RETAIN_ARCHIVE, "opinions" },
    { "invitations", RETAIN_WITH, "commissions" },
    /* bulletins */
    { "bulletins", RETAIN_ARCHIVE, "opinions" },
    { "bulletin_numbers", RETAIN_IN_USE, "numbers" },
    { "issues", RETAIN_ARCHIVE, "opinions" },
    { "issue_items", RETAIN_WITH, "issues" },
    { "destinations", RETAIN_WITH, "issues" },
    { "adoptions", RETAIN_WITH, "destinations" },
    /* quotas */
    { "quotas", RETAIN_ARCHIVE, "rules" },
    { "quota_reminders", RETAIN_IN_USE, "work" },
    /* topics */
    { "topics", RETAIN_ARCHIVE, "meetings" },
    /* meetings */
    { "meetings", RETAIN_ARCHIVE, "meetings" },
    { "invitees", RETAIN_RULE, "meetings.reasons" },
    { "checkins", RETAIN_RULE, "meetings.checkins" },
    /* schemes */
    { "schemes", RETAIN_WITH, "meetings" },
    { "scheme_groups", RETAIN_WITH, "schemes" },
    { "placements", RETAIN_WITH, "schemes" },
    { "scheme_rolls", RETAIN_WITH, "schemes" },
    { "scheme_presences", RETAIN_WITH, "scheme_rolls" },
    /* seatings */
    { "seatings", RETAIN_WITH, "meetings" },
    { "seating_places", RETAIN_WITH, "seatings" },
    /* provisions */
    { "provisions", RETAIN_WITH, "meetings" },
    { "provision_items", RETAIN_WITH, "provisions" },
    { "provision_answers", RETAIN_RULE, "provisions.wishes" },
    { "provision_choices", RETAIN_WITH, "provision_answers" },
    /* speeches */
    { "speech_calls", RETAIN_ARCHIVE, "meetings" },
    { "speeches", RETAIN_WITH, "speech_calls" },
    { "speech_authors", RETAIN_WITH, "speeches" },
    { "speech_results", RETAIN_WITH, "speeches" },
    /* departures */
    { "departures", RETAIN_ARCHIVE, "members" },
    /* talks */
    { "talks", RETAIN_ARCHIVE, "members" },
    /* exemptions */
    { "exemptions", RETAIN_ARCHIVE, "duty" },
    /* nominations */
    { "nominations", RETAIN_RULE, "nominations.unelected" },
    /* renewals */
    { "renewals", RETAIN_ARCHIVE, "members" },
    { "renewal_places", RETAIN_WITH, "renewals" },
    /* mailbox */
    { "letters", RETAIN_RULE, "mailbox.text" },
    { "senders", RETAIN_RULE, "mailbox.contact" },
    { "letter_messages", RETAIN_RULE, "mailbox.text" },
    { "letter_consents", RETAIN_WITH, "letters" },
    /* guesses */
    { "guess_models", RETAIN_IN_USE, "work" },
    { "guesses", RETAIN_RULE, "guesses.words" },
    /* handlings */
    { "letter_opinions", RETAIN_WITH, "letters" },
    { "letter_disclosures", RETAIN_WITH, "letters" },
    /* triage */
    { "triage_groups", RETAIN_DERIVED, "letters" },
    { "triage_copies", RETAIN_DERIVED, "letters" },
    { "triage_sketches", RETAIN_DERIVED, "letters" },
    /* clusters */
    { "clusters", RETAIN_ARCHIVE, "letters" },
    { "cluster_members", RETAIN_WITH, "clusters" },
    { "cluster_keys", RETAIN_DERIVED, "clusters" },
    { "cluster_days", RETAIN_DERIVED, "clusters" },
    { "cluster_aparts", RETAIN_WITH, "clusters" },
    { "cluster_opinions", RETAIN_WITH, "clusters" },
    /* compendium */
    { "compendium_runs", RETAIN_TIMER, "compendium.expire" },
    /* dashboards */
    { "dashboard_facts", RETAIN_DERIVED, "proposals" },
    { "dashboard_counts", RETAIN_DERIVED, "proposals" },
    { "dashboard_side_facts", RETAIN_DERIVED, "proposals" },
    { "dashboard_opinion_facts", RETAIN_DERIVED, "opinions" },
    { "dashboard_letter_facts", RETAIN_DERIVED, "letters" },
    /* entries */
    { "entries", RETAIN_ARCHIVE, "duty" },
    { "entry_runs", RETAIN_IN_USE, "work" },
    { "likenesses", RETAIN_DERIVED, "entries" },
    /* duty */
    { "rulesets", RETAIN_ARCHIVE, "rules" },
    /* claims */
    { "claims", RETAIN_ARCHIVE, "duty" },
    { "claimants", RETAIN_WITH, "claims" },
    { "appeals", RETAIN_ARCHIVE, "duty" },
    /* pledges */
    { "pledges", RETAIN_ARCHIVE, "duty" },
    { "pledge_editions", RETAIN_WITH, "pledges" },
    { "pledge_lines", RETAIN_WITH, "pledge_editions" },
    /* assessments */
    { "assessments", RETAIN_ARCHIVE, "duty" },
    { "gradings", RETAIN_WITH, "assessments" },
    /* warnings */
    { "warnings", RETAIN_ARCHIVE, "duty" },
    /* statements */
    { "statement_calls", RETAIN_ARCHIVE, "duty" },
    { "statements", RETAIN_WITH, "statement_calls" },
    { "remarks", RETAIN_WITH, "statement_calls" },
    { "remark_statements", RETAIN_WITH, "remarks" },
    { "ballots", RETAIN_WITH, "statement_calls" },
    { "ballot_counts", RETAIN_WITH, "ballots" },
    /* burdens */
    { "burdens", RETAIN_ARCHIVE, "burdens" },
    /* dossiers */
    { "dossier_papers", RETAIN_ARCHIVE, "duty" },
    { "dossier_runs", RETAIN_TIMER, "dossiers.expire" },
    /* transfers */
    { "transfer_records", RETAIN_ARCHIVE, "proof" },
    { "transfer_steps", RETAIN_WITH, "transfer_records" },
    { "transfer_codes", RETAIN_IN_USE, "imports" },
    { "transfers", RETAIN_ARCHIVE, "proof" },
    { "transfer_cases", RETAIN_WITH, "transfers" },
    /* notices */
    { "notices", RETAIN_ARCHIVE, "notices" },
    { 0 },
};
