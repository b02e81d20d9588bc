/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who may what in relations that the matrix has no column for: agencies that share a case or have
 * lost one, delegates in and out of force, roles given for a committee, a body's contact, who has
 * left, the second signer, administrators towards each other. Wanted answers follow rules.md 2.1,
 * 2.3, 2.6 and 8 and the README files of the modules; none is copied from an output. */
#include "platform/base/str.h"
#include "tests/matrix/relations.h"
#include "tests/matrix/world_assignments.h"
#include "tests/matrix/world_claims.h"
#include "tests/matrix/world_cosigners.h"
#include "tests/matrix/world_departures.h"
#include "tests/matrix/world_disputes.h"
#include "tests/matrix/world_entries.h"
#include "tests/matrix/world_meetings.h"
#include "tests/matrix/world_opinions.h"
#include "tests/matrix/world_outcomes.h"
#include "tests/matrix/world_pledges.h"
#include "tests/matrix/world_preassignments.h"
#include "tests/matrix/world_proposals.h"
#include "tests/matrix/world_recasts.h"
#include "tests/matrix/world_speeches.h"
#include "tests/matrix/world_statements.h"
#include "tests/matrix/world_talks.h"
#include "tests/matrix/world_urgings.h"

#define PROPOSAL   "/api/v1/proposals/"
#define ASSIGNMENT "/api/v1/assignments/"
#define MEETING    "/api/v1/meetings/"
#define SNOW       "\"opinion\":\"Snow.\""
#define PARTS                                                                               \
    "\"title\":\"A new title\",\"situation\":\"Eight thousand wait.\",\"analysis\":"        \
    "\"Planned for the old town.\",\"suggestions\":[\"A line over the bridge.\",\"A later " \
    "last bus.\"],\"consent\":\"yes\""
#define REPLY                                                                               \
    "\"class\":\"a\",\"opening\":\"We have it.\",\"results\":[\"adopted\",\"planned\"],"    \
    "\"answers\":[\"In June.\",\"At ten.\"],\"closing\":\"Thanks.\",\"operator\":\"Ding\"," \
    "\"phone\":\"0883-1234567\",\"public\":true"
#define TALK \
    "\"way\":\"visit\",\"held_on\":\"2026-11-25\",\"with_whom\":\"Li\",\"content\":\"Talked.\""
#define PART   "\"body\":\"Our part.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\""
#define EXTEND "\"to_on\":\"2027-03-25\",\"opinion\":\"Survey.\""
#define WHY    "\"opinion\":\"Not our business.\""
#define SIGNER "\"signer\":\"He\""
#define VERDICT                                                                           \
    "\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\",\"relevance\":" \
    "\"direct\",\"handling\":\"satisfied\",\"result\":\"satisfied\""
#define PAPER "\"basis\":\"A letter of Monday\"," VERDICT

static bool says(struct world *w, const char *who, const char *target, const char *word)
{
    struct reply reply = relations_get(w, who, target);
    bool found = reply_has(&reply, word);
    if (reply.status != 200)
        fail_msg("%s %s: %d", who, target, reply.status);
    reply_free(&reply);
    return found;
}

static const char *with(struct world *w, const char *before, const char *thing, const char *after)
{
    return arena_printf(w->t->mem, "%s{%s}%s", before, thing, after).ptr;
}

/* ---- agencies of one case ---- */

/* rules.md 2.3: the cohost advises the host and does not answer the proposer; modules/assignments:
 * an agency sees its own assignments, and nothing of another's but what was delivered. */
static void a_cohost_stays_out_of_the_hosts_work(void **state)
{
    static const struct relation_row ROWS[] = {
        { "operator2", GET, PROPOSAL "{hosted}", NULL, 'o' },
        { "operator2", GET, ASSIGNMENT "{hosted.cohost}", NULL, 'o' },
        { "operator2", POST, ASSIGNMENT "{hosted.cohost}/contribute", PART, 'o' },
        { "operator2", POST, ASSIGNMENT "{hosted.cohost}/reply", REPLY, 'c' },
        { "operator2", GET, ASSIGNMENT "{hosted.host}", NULL, 'n' },
        { "operator2", GET, "/assignments/{hosted.host}", NULL, 'n' },
        { "operator2", GET, "/assignments/{hosted.host}/pdf", NULL, 'n' },
        { "operator2", GET, "/assignments/{answered.host}/pdf", NULL, 'o' }, /* its copy */
        { "operator2", PUT, ASSIGNMENT "{hosted.host}/draft", REPLY ",\"version\":1", 'n' },
        { "operator2", POST, ASSIGNMENT "{hosted.host}/reply", REPLY, 'n' },
        { "operator2", POST, ASSIGNMENT "{hosted.host}/contribute", PART, 'n' },
        { "operator2", POST, ASSIGNMENT "{hosted.host}/contact", TALK, 'n' },
        { "operator2", POST, ASSIGNMENT "{hosted.host}/extend", EXTEND, 'n' },
        { "operator2", POST, ASSIGNMENT "{hosted.host}/bounce", WHY, 'n' },
        { "leader2", POST, ASSIGNMENT "{hosted.host}/sign", SIGNER, 'n' },
        { "leader2", POST, ASSIGNMENT "{hosted.host}/redraft", WHY, 'n' },
        { "operator", GET, ASSIGNMENT "{hosted.host}", NULL, 'o' },
        { "operator", PUT, ASSIGNMENT "{hosted.host}/draft", REPLY ",\"version\":1", 'o' },
        { "operator", POST, ASSIGNMENT "{hosted.host}/contribute", PART, 'c' },
        { "operator", GET, ASSIGNMENT "{hosted.cohost}", NULL, 'n' },
        { "operator", POST, ASSIGNMENT "{hosted.cohost}/contribute", PART, 'n' },
        { "operator", POST, ASSIGNMENT "{hosted.cohost}/bounce", WHY, 'n' },
        { "leader", POST, ASSIGNMENT "{hosted.cohost}/sign_contribution", SIGNER, 'n' },
        { 0 },
    };
    struct world *w = *state;
    static const char *const LOOKS[][2] = { { "/assignments/", "hosted.cohost" },
                                            { ASSIGNMENT, "hosted.cohost" },
                                            { "/proposals/", "hosted" },
                                            { PROPOSAL, "hosted" } };
    relations_ask(w, ROWS);
    for (size_t i = 0; i < sizeof LOOKS / sizeof *LOOKS; i++) {
        const char *target = with(w, LOOKS[i][0], LOOKS[i][1], "");
        assert_false(says(w, "operator2", target, "SECRET-OF-THE-DRAFT"));
        assert_false(says(w, "leader2", target, "SECRET-OF-THE-DRAFT"));
        assert_false(says(w, "member", "/proposals/{hosted}", "SECRET-OF-THE-DRAFT"));
    }
    /* once signed it is delivered, to the cohost too */
    assert_true(says(w, "operator2", "/proposals/{answered}", "SECRET-OF-THE-DRAFT"));
    assert_true(says(w, "operator", with(w, ASSIGNMENT, "hosted.host", ""), "SECRET-OF"));
}

/* modules/assignments: what was taken from an agency it sees nothing of, nor of the matter. */
static void who_lost_a_case_sees_it_no_more(void **state)
{
    static const struct relation_row ROWS[] = {
        { "operator", GET, ASSIGNMENT "{bounced.old}", NULL, 'n' },
        { "operator", GET, "/assignments/{bounced.old}", NULL, 'n' },
        { "operator", GET, "/assignments/{bounced.old}/pdf", NULL, 'n' },
        { "operator", POST, ASSIGNMENT "{bounced.old}/accept", "", 'n' },
        { "operator", POST, ASSIGNMENT "{bounced.old}/bounce", WHY, 'n' },
        { "leader", GET, ASSIGNMENT "{bounced.old}", NULL, 'n' },
        { "operator", GET, ASSIGNMENT "{bounced.new}", NULL, 'n' },
        { "operator", POST, ASSIGNMENT "{bounced.new}/accept", "", 'n' },
        { "operator", GET, PROPOSAL "{bounced}", NULL, 'n' },
        { "operator", GET, "/proposals/{bounced}", NULL, 'n' },
        { "operator", GET, "/proposals/{bounced}/pdf", NULL, 'n' },
        { "operator", GET, PROPOSAL "{bounced}/versions", NULL, 'n' },
        { "operator2", GET, ASSIGNMENT "{bounced.new}", NULL, 'o' },
        { "operator2", POST, ASSIGNMENT "{bounced.new}/accept", "", 'o' },
        { "operator2", GET, ASSIGNMENT "{bounced.old}", NULL, 'n' },
        { "operator2", GET, PROPOSAL "{bounced}", NULL, 'o' },
        { "dispatcher", GET, ASSIGNMENT "{bounced.old}", NULL, 'o' },
        { "dispatcher", POST, ASSIGNMENT "{bounced.old}/reassign", "\"agency_id\":{roads}", 'c' },
        { "operator", GET, ASSIGNMENT "{moved.old}", NULL, 'n' },
        { "operator", PUT, ASSIGNMENT "{moved.old}/draft", REPLY ",\"version\":1", 'n' },
        { "operator", POST, ASSIGNMENT "{moved.old}/reply", REPLY, 'n' },
        { "operator", POST, ASSIGNMENT "{moved.old}/contact", TALK, 'n' },
        { "operator", POST, ASSIGNMENT "{moved.old}/extend", EXTEND, 'n' },
        { "leader", POST, ASSIGNMENT "{moved.old}/sign", SIGNER, 'n' },
        { "operator", GET, PROPOSAL "{moved}", NULL, 'n' },
        { "operator2", GET, ASSIGNMENT "{moved.new}", NULL, 'o' },
        { 0 },
    };
    static const char *const LISTS[] = { "/api/v1/assignments?limit=200",
                                         "/api/v1/proposals?limit=200",
                                         "/assignments.csv",
                                         "/proposals.csv",
                                         "/api/v1/todos",
                                         "/search?q=moved",
                                         "/search?q=bounced" };
    struct world *w = *state;
    relations_ask(w, ROWS);
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
        assert_false(says(w, "operator", LISTS[i], "Case moved"));
        assert_false(says(w, "operator", LISTS[i], "Case bounced"));
    }
    assert_true(says(w, "operator2", "/api/v1/assignments?limit=200", "Case moved"));
    /* its draft went with it: nobody sees it, who comes after begins anew */
    assert_false(says(w, "operator2", with(w, ASSIGNMENT, "moved.new", ""), "SECRET-OF-THE-DRAFT"));
}

/* rules.md 2.3: of split units each answers; none is answerable for the other. */
static void split_agencies_each_answer_alone(void **state)
{
    static const struct relation_row ROWS[] = {
        { "operator", GET, PROPOSAL "{split}", NULL, 'o' },
        { "operator2", GET, PROPOSAL "{split}", NULL, 'o' },
        { "operator", GET, ASSIGNMENT "{split.first}", NULL, 'o' },
        { "operator2", GET, ASSIGNMENT "{split.second}", NULL, 'o' },
        { "operator2", POST, ASSIGNMENT "{split.second}/contribute", PART, 'c' },
        { "operator", GET, ASSIGNMENT "{split.second}", NULL, 'n' },
        { "operator", PUT, ASSIGNMENT "{split.second}/draft", REPLY ",\"version\":1", 'n' },
        { "operator", POST, ASSIGNMENT "{split.second}/reply", REPLY, 'n' },
        { "operator", POST, ASSIGNMENT "{split.second}/contact", TALK, 'n' },
        { "operator2", GET, ASSIGNMENT "{split.first}", NULL, 'n' },
        { "operator2", POST, ASSIGNMENT "{split.first}/contribute", PART, 'n' },
        { "leader2", POST, ASSIGNMENT "{split.first}/sign", SIGNER, 'n' },
        { "leader2", POST, ASSIGNMENT "{split.first}/redraft", WHY, 'n' },
        { "leader2", POST, ASSIGNMENT "{split.second}/sign", SIGNER, 'c' },
        { "leader", POST, ASSIGNMENT "{split.first}/sign", SIGNER, 'o' },
        { "leader", POST, ASSIGNMENT "{split.second}/sign", SIGNER, 'n' },
        { 0 },
    };
    struct world *w = *state;
    relations_ask(w, ROWS);
    assert_false(says(w, "operator2", with(w, "/assignments/", "split.second", ""), "SECRET-OF"));
    assert_false(says(w, "operator2", with(w, ASSIGNMENT, "split.second", ""), "SECRET-OF"));
    assert_true(says(w, "leader", with(w, ASSIGNMENT, "split.first", ""), "SECRET-OF"));
}

/* ---- delegates ---- */

/* platform/access: who acts for another has the giver's rights as far as they were given, while it
 * lasts, and none of his own; an administrator's are never given. */
static void a_delegate_acts_while_it_lasts(void **state)
{
    static const struct relation_row ROWS[] = {
        { "delegate", GET, PROPOSAL "{draft}", NULL, 'o' },
        { "delegate", PUT, PROPOSAL "{draft}", PARTS, 'o' },
        { "delegate", POST, PROPOSAL "{draft}/submit", "\"confirmed\":true", 'o' },
        { "delegate", GET, "/proposals/{submitted}/receipt", NULL, 'o' },
        { "delegate", POST, "/api/v1/proposals", PARTS, 'o' },
        { "delegate", GET, ASSIGNMENT "{asked.sole}", NULL, 'o' },
        { "delegate", POST, ASSIGNMENT "{asked.sole}/evaluate", VERDICT, 'o' },
        { "delegate", GET, "/members/me", NULL, 'o' },
        { "delegate", POST, PROPOSAL "{submitted}/screen", "", 'f' },
        { "delegate", GET, PROPOSAL "{left_draft}", NULL, 'n' },
        { "delegate", POST, "/api/v1/me/delegations",
          "\"login_name\":\"outsider\",\"collections\":[\"proposals\"],\"to_on\":\"2026-12-20\"",
          'f' },
        /* what a member does himself (charter 39; modules/pledges, departures, talks, personal) */
        { "standin", GET, "/api/v1/departures", NULL, 'o' },
        { "standin", POST, "/api/v1/departures", "\"words\":\"I move.\"", 'f' },
        { "standin", GET, "/personal", NULL, 'f' },
        { "standin", GET, "/personal/file", NULL, 'f' },
        { "delegate_reading", GET, PROPOSAL "{submitted}", NULL, 'o' },
        { "delegate_reading", PUT, PROPOSAL "{draft}", PARTS, 'f' },
        { "delegate_reading", POST, PROPOSAL "{draft}/submit", "\"confirmed\":true", 'f' },
        { "delegate_reading", POST, ASSIGNMENT "{asked.sole}/evaluate", VERDICT, 'f' },
        { "deputy", GET, ASSIGNMENT "{drafted}", NULL, 'o' },
        { "deputy", POST, ASSIGNMENT "{drafted}/sign", SIGNER, 'o' },
        { "deputy", POST, ASSIGNMENT "{drafted}/redraft", WHY, 'o' },
        { "deputy", POST, ASSIGNMENT "{hosted.host}/reply", REPLY, 'f' },
        { "deputy", POST, ASSIGNMENT "{hosted.cohost}/sign", SIGNER, 'n' },
        { "delegate_of_admin", GET, "/api/v1/accounts", NULL, 'f' },
        { "delegate_of_admin", POST, "/api/v1/accounts/{account of staff}/reset", "", 'f' },
        { "delegate_of_admin", POST, "/api/v1/accounts/{account of staff}/disable", "", 'f' },
        { 0 },
    };
    static const struct relation_way WAYS[] = {
        { "standin", GET, "/pledges/{id}", PLEDGE_ASKED, 'o', 0 },
        { "standin", POST, "/pledges/{id}/sign", PLEDGE_ASKED, 'f', 0 },
        { "standin", POST, "/departures/{id}/withdraw", DEPARTURE_ASKED, 'f', 0 },
        { "standin", POST, "/talks/{id}/answer", TALK_INQUIRY, 'f', 0 },
        { "standin", GET, "/speeches/{id}", SPEECH_DRAFT, 'o', 0 },
        { 0 },
    };
    relations_ask(*state, ROWS);
    relations_ask_ways(*state, WAYS);
}

static void a_delegation_that_is_not_in_force_gives_nothing(void **state)
{
    static const char *const NOT_IN_FORCE[] = { "delegate_late", "delegate_early", "delegate_ended",
                                                "secretary" };
    for (size_t i = 0; i < sizeof NOT_IN_FORCE / sizeof *NOT_IN_FORCE; i++) {
        const char *who = NOT_IN_FORCE[i];
        const struct relation_row rows[] = {
            { who, GET, PROPOSAL "{draft}", NULL, 'f' },
            { who, PUT, PROPOSAL "{draft}", PARTS, 'f' },
            { who, POST, PROPOSAL "{draft}/submit", "\"confirmed\":true", 'f' },
            { who, POST, "/api/v1/proposals", PARTS, 'f' },
            { who, POST, ASSIGNMENT "{asked.sole}/evaluate", VERDICT, 'f' },
            { who, GET, "/members/me", NULL, 'f' },
            { who, GET, "/api/v1/me", NULL, 'o' },
            { 0 },
        };
        relations_ask(*state, rows);
    }
    static const struct relation_row ROWS[] = {
        { "deputy_late", GET, ASSIGNMENT "{drafted}", NULL, 'f' },
        { "deputy_late", POST, ASSIGNMENT "{drafted}/sign", SIGNER, 'f' },
        /* nor can it be taken up */
        { "secretary", POST, "/api/v1/me/acting", "\"delegation_id\":{delegation of delegate}",
          'o' },
        { "secretary", POST, "/api/v1/me/acting", "\"delegation_id\":{delegation of delegate_late}",
          'n' },
        { "secretary", POST, "/api/v1/me/acting",
          "\"delegation_id\":{delegation of delegate_early}", 'n' },
        { "secretary", POST, "/api/v1/me/acting",
          "\"delegation_id\":{delegation of delegate_ended}", 'n' },
        { "secretary", POST, "/api/v1/me/acting",
          "\"delegation_id\":{delegation of delegate_operator}", 'n' },
        { "outsider", POST, "/api/v1/me/acting", "\"delegation_id\":{delegation of delegate}",
          'n' },
        { 0 },
    };
    relations_ask(*state, ROWS);
}

/* modules/assignments, Blind: who works for the agency writes no verdict on it in another's name,
 * on paper or on a delegation. */
static void an_agency_does_not_praise_itself_on_a_delegation(void **state)
{
    static const struct relation_row ROWS[] = {
        { "delegate_operator", GET, ASSIGNMENT "{asked.sole}", NULL, 'o' },
        { "delegate_operator", GET, "/assignments/{asked.sole}/evaluate", NULL, 'f' },
        { "delegate_operator", POST, ASSIGNMENT "{asked.sole}/evaluate", VERDICT, 'f' },
        { "operator", POST, ASSIGNMENT "{asked.sole}/evaluate", VERDICT, 'f' },
        { "member", POST, ASSIGNMENT "{asked.sole}/evaluate", VERDICT, 'o' },
        { 0 },
    };
    relations_ask(*state, ROWS);
}

/* ---- roles for a committee ---- */

/* platform/access: what is only asked for the whole organisation is not opened by a role that was
 * given for a committee. */
static void a_role_for_a_committee_does_not_reach_the_house(void **state)
{
    static const struct relation_row ROWS[] = {
        { "committee_staff", GET, "/home", NULL, 'o' },
        { "committee_staff", GET, "/api/v1/todos", NULL, 'o' },
        { "committee_staff", GET, "/proposals", NULL, 'o' },
        { "committee_staff", GET, "/api/v1/members", NULL, 'o' },
        { "committee_staff", GET, PROPOSAL "{docketed}", NULL, 'n' },
        { "committee_staff", GET, PROPOSAL "{submitted}", NULL, 'n' },
        { "committee_staff", GET, ASSIGNMENT "{asked.sole}", NULL, 'n' },
        { "committee_staff", POST, "/api/v1/proposals", PARTS, 'v' },
        { "committee_staff", GET, "/api/v1/assignments", NULL, 'f' },
        { "committee_staff", GET, "/api/v1/evaluations", NULL, 'f' },
        { "committee_staff", GET, "/api/v1/proposals/figures", NULL, 'f' },
        { "committee_staff", GET, "/proposals.csv", NULL, 'f' },
        { "committee_staff", GET, "/proposals/import", NULL, 'f' },
        { "committee_staff", POST, PROPOSAL "{submitted}/screen", "", 'f' },
        { "committee_staff", POST, PROPOSAL "{submitted}/revise", WHY, 'f' },
        { "committee_staff", POST, ASSIGNMENT "{asked.sole}/transcribe", PAPER, 'f' },
        { "committee_staff", GET, "/settings", NULL, 'f' },
        { "committee_staff", POST, "/api/v1/settings",
          "\"name\":\"proposals.title_max\",\"value\":\"60\",\"from_on\":\"2026-12-01\"", 'f' },
        { "committee_staff", GET, "/dictionaries", NULL, 'f' },
        { "committee_staff", POST, "/api/v1/orgs", "\"kind\":\"department\",\"name\":\"Newbody\"",
          'f' },
        { "committee_staff", POST, "/api/v1/sessions",
          "\"term_number\":6,\"number\":4,\"opened_on\":\"2027-02-01\",\"closed_on\":"
          "\"2027-02-05\"",
          'f' },
        { "committee_staff", POST, "/api/v1/orgs/{roads}/accounts",
          "\"login_name\":\"newop\",\"name\":\"Newop\",\"role\":\"operator\"", 'f' },
        { "committee_staff", POST, "/api/v1/members", "\"name\":\"Newperson\"", 'f' },
        { "committee_staff", POST, "/api/v1/members/{member outsider}/unmask",
          "\"reason\":\"A letter to send\"", 'f' },
        { "committee_staff", POST, "/api/v1/members/{member outsider}/act",
          "\"act\":\"resign\",\"on_on\":\"2026-11-25\",\"organ\":\"X\",\"reason\":\"Y\"", 'f' },
        { "committee_staff", POST, "/api/v1/notices",
          "\"title\":\"Meeting\",\"body\":\"At nine.\",\"audience\":\"members\"", 'f' },
        { "committee_reviewer", GET, PROPOSAL "{submitted}", NULL, 'n' },
        { "committee_reviewer", POST, PROPOSAL "{submitted}/docket", "\"category\":\"transport\"",
          'f' },
        { "committee_reviewer", POST, PROPOSAL "{submitted}/reject",
          "\"reason\":\"private\",\"destination\":\"letter\",\"opinion\":\"Private.\"", 'f' },
        { "committee_reviewer", GET, "/evaluations", NULL, 'f' },
        { "committee_dispatcher", GET, "/assignments/waiting", NULL, 'f' },
        { "committee_dispatcher", POST, PROPOSAL "{docketed}/assign",
          "\"mode\":\"sole\",\"host_id\":{roads}", 'f' },
        { "committee_dispatcher", POST, ASSIGNMENT "{bouncing}/reassign", "\"agency_id\":{health}",
          'f' },
        /* who heads one is a member all the same */
        { "committee_head", GET, PROPOSAL "{docketed}", NULL, 'o' },
        { "committee_head", GET, PROPOSAL "{submitted}", NULL, 'n' },
        { "committee_head", POST, "/api/v1/proposals", PARTS, 'o' },
        { "committee_head", GET, "/proposals", NULL, 'o' },
        /* his committee's meetings are his to organise, no others (modules/meetings, Who may) */
        { "committee_head", GET, "/meetings/new", NULL, 'o' },
        { "committee_head", GET, MEETING "{headed_meeting}", NULL, 'o' },
        { "committee_head", GET, "/meetings/{headed_meeting}/edit", NULL, 'o' },
        { "committee_head", POST, MEETING "{headed_meeting}/cancel", SNOW, 'o' },
        { "committee_head", GET, MEETING "{other_meeting}", NULL, 'n' },
        { "committee_head", GET, "/meetings/{other_meeting}/edit", NULL, 'n' },
        { "committee_head", POST, MEETING "{other_meeting}/cancel", SNOW, 'n' },
        { "delegate_of_head", GET, MEETING "{headed_meeting}", NULL, 'o' },
        { "delegate_of_head", POST, MEETING "{headed_meeting}/cancel", SNOW, 'o' },
        { "delegate_of_head", POST, MEETING "{other_meeting}/cancel", SNOW, 'n' },
        { "outsider", GET, MEETING "{headed_meeting}", NULL, 'n' },
        { "outsider", POST, MEETING "{headed_meeting}/cancel", SNOW, 'f' },
        { "committee_staff", GET, "/meetings/new", NULL, 'f' },
        { "committee_staff", GET, MEETING "{headed_meeting}", NULL, 'n' },
        { "committee_staff", POST, MEETING "{headed_meeting}/cancel", SNOW, 'n' },
        { 0 },
    };
    struct world *w = *state;
    relations_ask(w, ROWS);
    assert_false(says(w, "committee_staff", "/api/v1/proposals?limit=200", "Title"));
    assert_true(says(w, "committee_head", "/api/v1/proposals?limit=200", "Title"));
}

/* ---- a body's contact ---- */

/* modules/proposals, In whose name: the contact acts for the body; who was contact keeps what he
 * has handed in to its verdict, and writes and hands in nothing more. */
static void a_bodys_contact_acts_for_it(void **state)
{
#define FOR_THE_PARTY PARTS ",\"body\":\"org:{party}\""
    static const struct relation_row ROWS[] = {
        { "contact", POST, "/api/v1/proposals", FOR_THE_PARTY, 'o' },
        { "contact", PUT, PROPOSAL "{contact_draft}", FOR_THE_PARTY, 'o' },
        { "contact", POST, PROPOSAL "{contact_draft}/submit", "\"confirmed\":true", 'o' },
        { "contact", POST, ASSIGNMENT "{contact_replied.sole}/evaluate", VERDICT, 'o' },
        { "contact", GET, PROPOSAL "{former_draft}", NULL, 'n' },
        { "contact", GET, PROPOSAL "{former_replied}", NULL, 'o' },
        { "contact", GET, ASSIGNMENT "{former_replied.sole}", NULL, 'n' },
        { "outsider", POST, "/api/v1/proposals", FOR_THE_PARTY, 'v' },
        { "outsider", GET, PROPOSAL "{contact_draft}", NULL, 'n' },
        { "outsider", GET, ASSIGNMENT "{contact_replied.sole}", NULL, 'n' },
        { "former", POST, "/api/v1/proposals", FOR_THE_PARTY, 'v' },
        { "former", GET, PROPOSAL "{former_draft}", NULL, 'o' },
        { "former", PUT, PROPOSAL "{former_draft}", FOR_THE_PARTY, 'o' },
        { "former", POST, PROPOSAL "{former_draft}/submit", "\"confirmed\":true", 'f' },
        { "former", POST, ASSIGNMENT "{former_replied.sole}/evaluate", VERDICT, 'o' },
        { "former", GET, PROPOSAL "{contact_draft}", NULL, 'n' },
        { "former", GET, ASSIGNMENT "{contact_replied.sole}", NULL, 'n' },
        { "staff", GET, PROPOSAL "{contact_draft}", NULL, 'n' },
        { "staff", POST, "/api/v1/proposals", FOR_THE_PARTY, 'o' },
        { "staff", POST, ASSIGNMENT "{contact_replied.sole}/transcribe", PAPER, 'o' },
        { 0 },
    };
    relations_ask(*state, ROWS);
}

/* ---- the role of a member without a seat ---- */

/* modules/accounts: a role gives rights; what is a member's own (his records, points, grade, his
 * dossier, what he tells, says and asks) has only who has a seat. */
static void who_has_no_seat_has_nothing_of_his_own(void **state)
{
    static const struct relation_way WAYS[] = {
        { "seatless", GET, "/entries/mine", 0, 'f', 0 },
        { "seatless", GET, "/api/v1/entries/mine", 0, 'f', 0 },
        { "seatless", GET, "/scores/mine", 0, 'f', 0 },
        { "seatless", GET, "/dossiers/mine", 0, 'f', 0 },
        { "seatless", GET, "/assessments/mine", 0, 'f', 0 },
        { "seatless", GET, "/claims/new", 0, 'f', 0 },
        { "seatless", POST, "/claims/new", 0, 'f', 0 },
        { "seatless", GET, "/appeals/new", 0, 'f', 0 },
        { "seatless", POST, "/appeals/new", 0, 'f', 0 },
        { "seatless", GET, "/appeals/point", 0, 'f', 0 },
        { "seatless", GET, "/speech_calls/{id}/write", SPEECH_CALL_OPEN, 'f', 0 },
        { "seatless", POST, "/speech_calls/{id}/write", SPEECH_CALL_OPEN, 'f', 0 },
        { "seatless", POST, "/departures/new", 0, 'f', 0 },
        { "seatless", GET, "/claims/{id}", CLAIM_SENT, 'n', 0 },
        { "seatless", GET, "/speeches/{id}", SPEECH_SUBMITTED, 'n', 0 },
        { "seatless", GET, "/statements/{id}", STATEMENT_SENT, 'n', 0 },
        { "seatless", GET, "/pledges/{id}", PLEDGE_SIGNED, 'n', 0 },
        { "seatless", GET, "/talks/{id}", TALK_HELD, 'n', 0 },
        { "seatless", GET, "/opinions/{id}", OPINION_SENT, 'n', 0 },
        { "seatless", GET, "/departures/{id}", DEPARTURE_ASKED, 'n', 0 },
        { "seatless", GET, "/proposals/{id}", DOCKETED, 'n', 0 },
        { "outsider", GET, "/entries/mine", 0, 'o', 0 },
        { "outsider", GET, "/claims/new", 0, 'o', 0 },
        { "outsider", GET, "/proposals/{id}", DOCKETED, 'o', 0 },
        { 0 },
    };
    relations_ask_ways(*state, WAYS);
}

/* ---- a clerk who is a member ---- */

/* README files, "Who may": the office sees what members have written and told, and what is a
 * member's own to do it does not do, though the clerk's other role has the permission. */
static void a_clerk_with_a_seat_does_not_do_what_is_anothers(void **state)
{
    static const struct relation_way WAYS[] = {
        { "clerk", GET, "/claims/{id}", CLAIM_BACK, 'o', 0 },
        { "clerk", PUT, "/api/v1/claims/{id}", CLAIM_BACK, 'f', 0 },
        { "clerk", GET, "/claims/{id}/edit", CLAIM_BACK, 'f', 0 },
        { "clerk", POST, "/claims/{id}/edit", CLAIM_BACK, 'f', 0 },
        { "clerk", POST, "/claims/{id}/evidence/{file}/remove", CLAIM_SENT, 'f', 0 },
        { "clerk", POST, "/claims/{id}/submit", CLAIM_BACK, 'f', 0 },
        { "clerk", POST, "/claims/{id}/withdraw", CLAIM_SENT, 'f', 0 },
        { "clerk", POST, "/appeals/{id}/withdraw", APPEAL_ASKED, 'f', 0 },
        { "clerk", GET, "/entries/{id}/appeal", ENTRY_OF, 'f', 0 },
        { "clerk", POST, "/entries/{id}/appeal", ENTRY_OF, 'f', 0 },
        { "clerk", GET, "/speeches/{id}", SPEECH_SUBMITTED, 'o', 0 },
        { "clerk", POST, "/speeches/{id}/leave", SPEECH_NAMED, 'f', 0 },
        { "clerk", POST, "/speeches/{id}/rewrite", SPEECH_DIVERTED, 'f', 0 },
        { "clerk", GET, "/statements/{id}", STATEMENT_DRAFT, 'o', 0 },
        { "clerk", PUT, "/api/v1/statements/{id}", STATEMENT_DRAFT, 'f', 0 },
        { "clerk", GET, "/statements/{id}/edit", STATEMENT_DRAFT, 'f', 0 },
        { "clerk", POST, "/statements/{id}/edit", STATEMENT_DRAFT, 'f', 0 },
        { "clerk", POST, "/statements/{id}/submit", STATEMENT_BACK, 'f', 0 },
        { "clerk", GET, "/pledges/{id}", PLEDGE_ASKED, 'o', 0 },
        { "clerk", POST, "/pledges/{id}/autosave", PLEDGE_ASKED, 'f', 0 },
        { "clerk", POST, "/pledges/{id}/sign", PLEDGE_ASKED, 'f', 0 },
        { "clerk", POST, "/pledges/{id}/amend", PLEDGE_SIGNED, 'f', 0 },
        { "clerk", GET, "/opinions/{id}", OPINION_SENT, 'o', 0 },
        { "clerk", PUT, "/api/v1/opinions/{id}", OPINION_SENT, 'f', 0 },
        { "clerk", GET, "/opinions/{id}/draft", OPINION_SENT, 'f', 0 },
        { "clerk", POST, "/opinions/{id}/recall", OPINION_SENT, 'f', 0 },
        { "clerk", POST, "/opinions/{id}/submit", OPINION_DRAFT, 'n', 0 },
        { "clerk", POST, "/opinions/{id}/proposal", OPINION_SENT, 'f', 0 },
        { "clerk", POST, "/recasts/{id}/agree", RECAST_ASKED, 'n', 0 },
        { "clerk", POST, "/invitees/{id}/confirm", INVITEE_PENDING, 'f', 0 },
        { "clerk", POST, "/invitees/{id}/decline", INVITEE_VOLUNTARY, 'f', 0 },
        { "clerk", POST, "/invitees/{id}/leave", INVITEE_PENDING, 'f', 0 },
        { "clerk", GET, "/departures/{id}", DEPARTURE_ASKED, 'o', 0 },
        { "clerk", POST, "/departures/{id}/withdraw", DEPARTURE_ASKED, 'f', 0 },
        { "clerk", GET, "/talks/{id}", TALK_INQUIRY, 'o', 0 },
        { "clerk", POST, "/talks/{id}/answer", TALK_INQUIRY, 'f', 0 },
        { "clerk", POST, "/cosigners/{id}/cosign", INVITED, 'f', 0 },
        { "clerk", POST, "/cosigners/{id}/decline", INVITED, 'f', 0 },
        { "clerk", POST, "/assignments/{id}/evaluate", REPLIED, 'f', 0 },
        { 0 },
    };
    relations_ask_ways(*state, WAYS);
}

/* ---- an agency's own cause ---- */

/* What is decided or judged of an agency, asked by somebody; of the first set's or another one. */
static void ask_to_judge(struct world *w, const char *who, char wanted, bool other)
{
    static const struct {
        const char *path;
        int thing;
    } DEEDS[] = {
        { "/promises/{id}/decide_renewal", PROMISE_RENEWING },
        { "/promises/{id}/confirm", PROMISE_MET },
        { "/promises/{id}/supplement", PROMISE_MET },
        { "/promises/{id}/miss", PROMISE_MADE },
        { "/promises/{id}/reopen", PROMISE_MISSED },
        { "/followups/{id}/record", FOLLOWUP_PLANNED },
        { "/followups/{id}/postpone", FOLLOWUP_PLANNED },
        { "/urgings/{id}/issue", URGING_PROPOSED },
        { "/urgings/{id}/drop", URGING_PROPOSED },
        { "/urgings/{id}/summon", URGING_ISSUED },
        { "/urgings/{id}/pass", URGING_ANSWERED },
        { "/urgings/{id}/supplement", URGING_ANSWERED },
        { "/urgings/{id}/close", URGING_PASSED },
        { "/disputes/{id}/hear", DISPUTE },
        { "/assignments/{id}/reassign", BOUNCING },
        { "/assignments/{id}/uphold", BOUNCING },
        { "/assignments/{id}/decide_extension", EXTENDING },
        { "/proposals/{id}/settle", MEDIATING },
        { "/preassignments/{id}/settle", LINE_OBJECTED },
    };
    struct relation_way ways[sizeof DEEDS / sizeof *DEEDS + 1] = { { 0 } };
    for (size_t i = 0; i < sizeof DEEDS / sizeof *DEEDS; i++)
        ways[i] = (struct relation_way){ who, POST, DEEDS[i].path, DEEDS[i].thing, wanted, other };
    relations_ask_ways(w, ways);
}

/* peers.md 6.1 and modules/assignments, Blind: nobody decides what his own agency asks for, nor
 * judges what it promised or answered, whatever other role he has and for whom he acts. */
static void nobody_judges_his_own_agency(void **state)
{
    static const struct relation_way WAYS[] = {
        { "insider", POST, "/assignments/{id}/transcribe", REPLIED, 'f', 0 },
        { "deciding_operator", POST, "/assignments/{id}/transcribe", REPLIED, 'f', 0 },
        { 0 },
    };
    relations_ask_ways(*state, WAYS);
    ask_to_judge(*state, "decider", 'o', false);
    ask_to_judge(*state, "insider", 'f', false);
    ask_to_judge(*state, "insider", 'o', true);
    ask_to_judge(*state, "deciding_operator", 'f', false);
    ask_to_judge(*state, "deciding_operator", 'o', true);
}

/* ---- one's own leave, one's own name ---- */

/* modules/meetings: a leave is decided by whom the rule names (here the office), nobody's own, nor
 * on a delegation; others do not even see it. modules/cosigners: the office corrects who wrote a
 * collective proposal, for others only. */
static void nobody_decides_his_own_leave_nor_names_himself(void **state)
{
    static const struct relation_way WAYS[] = {
        { "staff", POST, "/invitees/{id}/excuse", INVITEE_LEAVING, 'o', 0 },
        { "decider", POST, "/invitees/{id}/excuse", INVITEE_LEAVING, 'o', 0 },
        { "decider", POST, "/invitees/{id}/deny", INVITEE_LEAVING, 'o', 0 },
        { "clerk", POST, "/invitees/{id}/excuse", INVITEE_LEAVING, 'o', 0 }, /* another's */
        { "member", POST, "/invitees/{id}/excuse", INVITEE_LEAVING, 'f', 0 },
        { "standin", POST, "/invitees/{id}/excuse", INVITEE_LEAVING, 'f', 0 },
        { "deciding_member", POST, "/invitees/{id}/excuse", INVITEE_LEAVING, 'f', 0 },
        { "deciding_member", POST, "/invitees/{id}/deny", INVITEE_LEAVING, 'f', 0 },
        { "deciding_member", POST, "/invitees/{id}/drop", INVITEE_PENDING, 'o', 0 },
        { "member2", POST, "/invitees/{id}/excuse", INVITEE_LEAVING, 'n', 0 },
        { "committee_head", POST, "/invitees/{id}/excuse", INVITEE_LEAVING, 'n', 0 },
        { "decider", POST, "/proposals/{id}/drafters/add", GROUP_SENT, 'o', 0 },
        { "clerk", POST, "/proposals/{id}/drafters/add", GROUP_SENT, 'o', 0 },
        { "deciding_member", POST, "/proposals/{id}/drafters/add", GROUP_SENT, 'v', 0 },
        { "member", POST, "/proposals/{id}/drafters/add", GROUP_SENT, 'f', 0 },
        { "member", GET, "/proposals/{id}", GROUP_SENT, 'o', 0 },
        { "member2", GET, "/proposals/{id}", GROUP_SENT, 'n', 0 },
        { "reviewer", POST, "/proposals/{id}/drafters/add", GROUP_SENT, 'f', 0 },
        { 0 },
    };
    relations_ask_ways(*state, WAYS);
}

/* ---- who has left ---- */

/* Charter 38, 39 and modules/members: with the last seat the roles of a member end; what waited for
 * him is the office's. */
static void who_has_left_does_nothing_more(void **state)
{
    static const struct relation_row ROWS[] = {
        { "departed", GET, "/api/v1/me", NULL, 'l' }, /* with the rights the log-in ended */
        { "departed", POST, PROPOSAL "{left_draft}/submit", "\"confirmed\":true", 'l' },
        { "departed later", GET, "/api/v1/me", NULL, 'o' },
        { "departed later", GET, PROPOSAL "{left_draft}", NULL, 'f' },
        { "departed later", PUT, PROPOSAL "{left_draft}", PARTS, 'f' },
        { "departed later", POST, PROPOSAL "{left_draft}/submit", "\"confirmed\":true", 'f' },
        { "departed later", GET, PROPOSAL "{left_replied}", NULL, 'f' },
        { "departed later", PUT, PROPOSAL "{left_revising}", PARTS, 'f' },
        { "departed later", POST, ASSIGNMENT "{left_replied.sole}/evaluate", VERDICT, 'f' },
        { "departed later", POST, "/api/v1/proposals", PARTS, 'f' },
        { "departed later", GET, "/members/me", NULL, 'f' },
        { "delegate_of_departed", GET, PROPOSAL "{left_draft}", NULL, 'f' },
        { "delegate_of_departed", POST, ASSIGNMENT "{left_replied.sole}/evaluate", VERDICT, 'f' },
        { "staff", GET, PROPOSAL "{left_draft}", NULL, 'n' },
        { "staff", PUT, PROPOSAL "{left_revising}", PARTS, 'o' },
        { "staff", POST, PROPOSAL "{left_revising}/submit", "\"confirmed\":true", 'o' },
        { "reviewer", PUT, PROPOSAL "{left_revising}", PARTS, 'f' },
        { "staff", POST, ASSIGNMENT "{left_replied.sole}/transcribe", PAPER, 'o' },
        { "operator", POST, ASSIGNMENT "{left_replied.sole}/transcribe", PAPER, 'f' },
        { "outsider", GET, PROPOSAL "{left_replied}", NULL, 'o' },
        { "outsider", GET, PROPOSAL "{left_draft}", NULL, 'n' },
        { 0 },
    };
    relations_ask(*state, ROWS);
}

/* ---- signers ---- */

/* rules.md 2.1, 2.6: the lead acts on the text, every signer reads it and gives a verdict of his
 * own; the joint ones here are for the concerned only (consent no). */
static void a_second_signer_reads_and_judges_and_does_not_write(void **state)
{
    static const struct relation_row ROWS[] = {
        { "member2", GET, PROPOSAL "{joint_new}", NULL, 'o' },
        { "member2", GET, "/proposals/{joint_new}/pdf", NULL, 'o' },
        { "member2", GET, PROPOSAL "{joint_new}/versions", NULL, 'o' },
        { "member2", GET, "/proposals/{joint_new}/receipt", NULL, 'o' },
        { "member2", GET, PROPOSAL "{joint}", NULL, 'o' },
        { "member2", PUT, PROPOSAL "{joint_revising}", PARTS, 'f' },
        { "member2", POST, PROPOSAL "{joint_revising}/submit", "\"confirmed\":true", 'f' },
        { "member", PUT, PROPOSAL "{joint_revising}", PARTS, 'o' },
        { "member", POST, PROPOSAL "{joint_revising}/submit", "\"confirmed\":true", 'o' },
        { "member2", GET, ASSIGNMENT "{joint.sole}", NULL, 'o' },
        { "member2", POST, ASSIGNMENT "{joint.sole}/evaluate", VERDICT, 'o' },
        { "outsider", GET, PROPOSAL "{joint_new}", NULL, 'n' },
        { "outsider", GET, PROPOSAL "{joint}", NULL, 'n' },
        { "outsider", GET, ASSIGNMENT "{joint.sole}", NULL, 'n' },
        { "outsider", POST, ASSIGNMENT "{joint.sole}/evaluate", VERDICT, 'n' },
        { "operator", GET, PROPOSAL "{joint}", NULL, 'o' },
        { "operator2", GET, PROPOSAL "{joint}", NULL, 'n' },
        { 0 },
    };
    static const char *const LOOKS[] = { "/assignments/", ASSIGNMENT };
    struct world *w = *state;
    relations_ask(w, ROWS);
    for (size_t i = 0; i < 2; i++) {
        const char *target = with(w, LOOKS[i], "joint.sole", "");
        assert_false(says(w, "member2", target, "SECRET-OF-THE-FIRST"));
        assert_false(says(w, "operator", target, "SECRET-OF-THE-FIRST"));
        assert_false(says(w, "dispatcher", target, "SECRET-OF-THE-FIRST"));
        assert_true(says(w, "member", target, "SECRET-OF-THE-FIRST"));
    }
}

/* ---- administrators ---- */

/* GB/T 22239 8.1.5 and modules/accounts: nobody does to himself what gives or takes rights; the
 * system administrator cannot sign in as another one; each of the three stays in his field. */
static void administrators_stay_apart(void **state)
{
#define ACCOUNTS "/api/v1/accounts/"
#define HOLDINGS "/api/v1/holdings/"
    static const struct relation_row ROWS[] = {
        { "sysadmin", POST, ACCOUNTS "{account of sysadmin}/disable", "", 'c' },
        { "sysadmin", POST, ACCOUNTS "{account of sysadmin}/reset", "", 'c' },
        { "sysadmin", POST, ACCOUNTS "{account of sysadmin2}/reset", "", 'f' },
        { "sysadmin", POST, ACCOUNTS "{account of secadmin}/reset", "", 'f' },
        { "sysadmin", POST, ACCOUNTS "{account of auditor}/reset", "", 'f' },
        { "sysadmin", POST, ACCOUNTS "{account of staff}/reset", "", 'o' },
        { "sysadmin", POST, ACCOUNTS "{account of sysadmin2}/disable", "", 'o' },
        { "sysadmin", POST, ACCOUNTS "{account of secadmin2}/disable", "", 'o' },
        { "sysadmin", POST, ACCOUNTS "{account of auditor2}/unlock", "", 'o' },
        { "sysadmin", POST, HOLDINGS "{account of secadmin2}/reset_factor", "", 'f' },
        { "sysadmin", POST, ACCOUNTS "{account of sysadmin}/holdings", "\"role\":\"staff\"", 'f' },
        { "sysadmin", GET, "/api/v1/audits", NULL, 'f' },
        { "secadmin", POST, HOLDINGS "{account of secadmin}/reset_factor", "", 'f' },
        { "secadmin", POST, ACCOUNTS "{account of secadmin}/holdings", "\"role\":\"staff\"", 'f' },
        { "secadmin", POST, ACCOUNTS "{account of secadmin2}/holdings", "\"role\":\"staff\"", 'c' },
        { "secadmin", POST, ACCOUNTS "{account of staff}/holdings", "\"role\":\"auditor\"", 'c' },
        { "secadmin", POST, ACCOUNTS "{account of sysadmin2}/holdings", "\"role\":\"auditor\"",
          'c' },
        { "secadmin", POST, ACCOUNTS "{account of secretary}/holdings", "\"role\":\"editor\"",
          'o' },
        { "secadmin", POST, HOLDINGS "{account of secadmin2}/reset_factor", "", 'o' },
        { "secadmin", POST, HOLDINGS "{account of sysadmin}/reset_factor", "", 'o' },
        { "secadmin", POST, ACCOUNTS "{account of staff}/reset", "", 'f' },
        { "secadmin", POST, ACCOUNTS "{account of sysadmin2}/disable", "", 'f' },
        { "secadmin", GET, "/api/v1/audits", NULL, 'f' },
        { "auditor", GET, "/api/v1/audits", NULL, 'o' },
        { "auditor", POST, ACCOUNTS "{account of staff}/disable", "", 'f' },
        { "auditor", POST, HOLDINGS "{account of auditor2}/reset_factor", "", 'f' },
        { "auditor", GET, "/api/v1/accounts", NULL, 'f' },
        /* a log-in is ended by its own account only */
        { "secadmin", POST, "/api/v1/me/logins/{login of secadmin}/end", "", 'o' },
        { "secadmin2", POST, "/api/v1/me/logins/{login of secadmin}/end", "", 'n' },
        { "sysadmin", POST, "/api/v1/me/logins/{login of secadmin}/end", "", 'n' },
        /* the office manages accounts of agencies, not its own nor an administrator's */
        { "staff", POST, "/api/v1/operators/{account of sysadmin}/end", "", 'n' },
        { "staff", POST, "/api/v1/operators/{account of staff}/end", "", 'n' },
        { "staff", POST, "/api/v1/operators/{account of committee_staff}/move",
          "\"agency_id\":{health}", 'n' },
        { "staff", POST, "/api/v1/operators/{account of operator}/end", "", 'o' },
        { "operator", POST, "/api/v1/operators/{account of operator}/end", "", 'f' },
        { 0 },
    };
    relations_ask(*state, ROWS);
}

/* ---- what does not fit ---- */

/* By who may, but not so: each is told in words and changes nothing. */
static void what_does_not_fit_is_told(void **state)
{
#define TENURES "/api/v1/members/{member contact}/tenures"
    static const struct relation_row ROWS[] = {
        /* in whose name (rules.md 2.1) */
        { "outsider", POST, "/api/v1/proposals", PARTS ",\"body_name\":\"A group\"", 'v' },
        { "outsider", POST, "/api/v1/proposals", PARTS ",\"kind\":\"democratic\"", 'v' },
        { "outsider", POST, "/api/v1/proposals", PARTS ",\"proposer_id\":{member contact}", 'f' },
        { "staff", POST, "/api/v1/proposals", PARTS ",\"proposer_id\":999999", 'v' },
        { "staff", POST, "/api/v1/proposals", PARTS ",\"body_name\":\"A group\"", 'o' },
        { "member", PUT, PROPOSAL "{joint_new}", PARTS, 'c' },
        { "member", PUT, PROPOSAL "{draft}", PARTS ",\"version\":99", 'c' },
        /* to whom it is handed out (rules.md 2.3) */
        { "dispatcher", POST, PROPOSAL "{docketed}/assign", "\"mode\":\"sole\",\"host_id\":{party}",
          'v' },
        { "dispatcher", POST, PROPOSAL "{docketed}/assign",
          "\"mode\":\"split\",\"splits\":[{roads}]", 'v' },
        { "dispatcher", POST, PROPOSAL "{docketed}/assign",
          "\"mode\":\"host\",\"host_id\":{roads},\"cohosts\":[{roads}]", 'v' },
        { "dispatcher", POST, ASSIGNMENT "{bouncing}/reassign", "\"agency_id\":{party}", 'v' },
        { "dispatcher", POST, ASSIGNMENT "{bouncing}/reassign", "\"agency_id\":999999", 'v' },
        { "dispatcher", POST, ASSIGNMENT "{hosted.cohost}/reassign", "\"agency_id\":{roads}", 'v' },
        /* answers */
        { "operator", PUT, ASSIGNMENT "{hosted.host}/draft", REPLY ",\"version\":0", 'c' },
        { "operator2", PUT, ASSIGNMENT "{hosted.cohost}/draft", REPLY ",\"version\":0", 'f' },
        { "operator", POST, ASSIGNMENT "{hosted.host}/reply", REPLY, 'v' }, /* waits for cohosts */
        { "operator", POST, ASSIGNMENT "{split.first}/contribute", PART, 'c' },
        { "leader", POST, ASSIGNMENT "{drafted}/sign_contribution", SIGNER, 'c' },
        { "dispatcher", POST, ASSIGNMENT "{hosted.host}/decide_extension",
          "\"decision\":\"granted\"", 'c' },
        { "operator", POST, ASSIGNMENT "{hosted.host}/extend",
          "\"to_on\":\"2026-11-26\",\"opinion\":\"Survey.\"", 'v' },
        /* verdicts */
        { "staff", POST, ASSIGNMENT "{asked.sole}/transcribe", PAPER ",\"evaluation_id\":999999",
          'v' },
        { "staff", POST, ASSIGNMENT "{answered.cohost}/transcribe", PAPER, 'c' },
        { "member", POST, ASSIGNMENT "{asked.sole}/evaluate",
          "\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\",\"relevance\":"
          "\"direct\",\"handling\":\"dissatisfied\",\"result\":\"fair\"",
          'v' },
        /* offices: the same once, a body that there is, not ahead of its day */
        { "staff", POST, TENURES,
          "\"post\":\"liaison\",\"body\":\"org:{party}\",\"from_on\":\"2026-11-01\"", 'v' },
        { "staff", POST, TENURES,
          "\"post\":\"director\",\"body\":\"org:{party}\",\"from_on\":\"2026-11-01\"", 'v' },
        { "staff", POST, TENURES,
          "\"post\":\"liaison\",\"body\":\"org:{roads}\",\"from_on\":\"2026-11-01\"", 'v' },
        { "staff", POST, TENURES, "\"post\":\"director\",\"body\":\"Law\"", 'v' },
        { "staff", POST, TENURES, "\"post\":\"director\",\"body\":\"house:1\"", 'v' },
        { "staff", POST, TENURES, "\"post\":\"director\",\"body\":\"committee:x\"", 'v' },
        { "staff", POST, TENURES,
          "\"post\":\"director\",\"body\":\"committee:1\",\"from_on\":\"2026-12-24\"", 'v' },
        { "staff", POST, TENURES, "\"post\":\"standing_member\",\"body\":\"cppcc\"", 'o' },
        { "staff", POST, "/api/v1/members/{member former}/tenures",
          "\"post\":\"liaison\",\"body\":\"org:{party}\",\"from_on\":\"2026-11-25\"", 'o' },
        /* accounts of agencies */
        { "staff", POST, "/api/v1/orgs/{roads}/accounts",
          "\"login_name\":\"newop\",\"name\":\"Newop\",\"role\":\"staff\"", 'v' },
        { "staff", POST, "/api/v1/orgs/{party}/accounts",
          "\"login_name\":\"newop\",\"name\":\"Newop\",\"role\":\"operator\"", 'v' },
        { "staff", POST, "/api/v1/operators/{account of operator}/move", "\"agency_id\":{party}",
          'v' },
        { "staff", POST, "/api/v1/operators/{account of operator}/move", "\"agency_id\":{roads}",
          'c' },
        { 0 },
    };
    relations_ask(*state, ROWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cohost_stays_out_of_the_hosts_work),
        cmocka_unit_test(who_lost_a_case_sees_it_no_more),
        cmocka_unit_test(split_agencies_each_answer_alone),
        cmocka_unit_test(a_delegate_acts_while_it_lasts),
        cmocka_unit_test(a_delegation_that_is_not_in_force_gives_nothing),
        cmocka_unit_test(an_agency_does_not_praise_itself_on_a_delegation),
        cmocka_unit_test(a_role_for_a_committee_does_not_reach_the_house),
        cmocka_unit_test(a_bodys_contact_acts_for_it),
        cmocka_unit_test(who_has_no_seat_has_nothing_of_his_own),
        cmocka_unit_test(a_clerk_with_a_seat_does_not_do_what_is_anothers),
        cmocka_unit_test(nobody_judges_his_own_agency),
        cmocka_unit_test(nobody_decides_his_own_leave_nor_names_himself),
        cmocka_unit_test(who_has_left_does_nothing_more),
        cmocka_unit_test(a_second_signer_reads_and_judges_and_does_not_write),
        cmocka_unit_test(administrators_stay_apart),
        cmocka_unit_test(what_does_not_fit_is_told),
    };
    return cmocka_run_group_tests(tests, relations_setup, relations_teardown);
}
