/* SPDX-License-Identifier: MulanPSL-2.0 */
/* By which rules rows end. What is still going on, each leaves out by its condition. */
#include "modules/mailbox/letter_end.h"
#include "modules/members/member_end.h"
#include "modules/nominations/nomination_end.h"
#include "modules/retention/retention.h"

#define UNERASED "t.erased_at = 0 AND t.ended "
#define MEETING_SETTLED                                                                   \
    "EXISTS (SELECT 1 FROM meetings m WHERE m.org_id = :org AND m.id = t.meeting_id AND " \
    "m.state IN ('settled', 'cancelled'))"

/* His last seat, which has ended; his contact is there; he is neither anybody's contact nor in an
 * office, and none of what he handed in is under way. */
#define LEFT_FOR_GOOD                                                                             \
    "t.status = 'left' AND NOT EXISTS (SELECT 1 FROM seats l WHERE l.org_id = :org AND "          \
    "l.member_id = t.member_id AND (l.from_on > t.from_on OR (l.from_on = t.from_on AND l.id > "  \
    "t.id))) AND EXISTS (SELECT 1 FROM members m JOIN persons p ON p.org_id = m.org_id AND p.id " \
    "= m.person_id WHERE m.org_id = :org AND m.id = t.member_id AND (length(p.phone_sealed) > 0 " \
    "OR length(p.address_sealed) > 0 OR length(p.identity_sealed) > 0 OR p.mail <> '') AND NOT "  \
    "EXISTS (SELECT 1 FROM tenures e WHERE e.org_id = :org AND e.person_id = p.id AND "           \
    "(e.to_on = 0 OR e.to_on >= :today)) AND NOT EXISTS (SELECT 1 FROM "                          \
    "departure_hands d WHERE d.org_id = :org AND d.person_id = "                                  \
    "p.id))"

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
    { .name = "members.contact",
      .table = "seats",
      .from = "to_on",
      .setting = "retention.contact_days",
      .only = LEFT_FOR_GOOD,
      .erase = member_forget_contact },
    { .name = "nominations.unelected",
      .table = "nominations",
      .from = "nominated_on",
      .setting = "retention.nominee_days",
      .only = "t.forgotten_at = 0 AND t.state IN ('refused', 'declined', 'withdrawn')",
      .erase = nomination_forget,
      .numbered = true },
    /* what was taken out of a letter or a proposal to explain a guess */
    { .name = "guesses.words",
      .table = "guesses",
      .from = "decided_at",
      .days = 365,
      .only = "t.because <> ''",
      .sets = "because = ''" },
    { 0 },
};
