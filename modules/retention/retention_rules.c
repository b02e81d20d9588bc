/* SPDX-License-Identifier: MulanPSL-2.0 */
/* By which rules rows end. What is still going on, each leaves out by its condition. */
#include "modules/mailbox/letter_end.h"
#include "modules/retention/retention.h"

#define UNERASED "t.erased_at = 0 AND t.ended "
#define MEETING_SETTLED                                                                   \
    "EXISTS (SELECT 1 FROM meetings m WHERE m.org_id = :org AND m.id = t.meeting_id AND " \
    "m.state IN ('settled', 'cancelled'))"

const struct retention_rule RETENTION_RULES[] = {
    { .name = "mailbox.contact",
      .table = "letters",
      .from = "closed_at",
      .setting = "mailbox.contact_days",
      .only = "t.erased_at = 0 AND EXISTS (SELECT 1 FROM senders s WHERE s.org_id = :org AND "
              "s.letter_id = t.id)",
      .erase = letter_forget_sender,
      .numbered = true },
    { .name = "mailbox.dismissed",
      .table = "letters",
      .from = "closed_at",
      .setting = "mailbox.dismissed_days",
      .only = UNERASED "IN ('dismissed', 'withdrawn')",
      .erase = letter_erase,
      .numbered = true },
    { .name = "mailbox.text",
      .table = "letters",
      .from = "closed_at",
      .setting = "mailbox.text_days",
      .only = UNERASED "IN ('routed', 'silent', 'solved', 'office')",
      .erase = letter_erase,
      .numbered = true },
    { .name = "meetings.reasons",
      .table = "invitees",
      .from = "answered_at",
      .setting = "retention.leave_days",
      .only = "t.reason <> '' AND " MEETING_SETTLED,
      .sets = "reason = '', version = version + 1" }, /* why it was denied is the organ's word */
    { .name = "meetings.checkins",
      .table = "checkins",
      .from = "came_at",
      .setting = "retention.checkin_days",
      .only = MEETING_SETTLED },
    { .name = "provisions.wishes",
      .table = "provision_answers",
      .from = "until_on",
      .setting = "retention.provision_days",
      .only = "(t.diet <> '' OR t.avoid <> '' OR t.plate <> '')",
      .sets = "diet = '', avoid = '', plate = '', version = version + 1" },
    /* what was taken out of a letter or a proposal to explain a guess */
    { .name = "guesses.words",
      .table = "guesses",
      .from = "decided_at",
      .days = 365,
      .only = "t.because <> ''",
      .sets = "because = ''" },
    { 0 },
};
