/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_speeches.h. Whose they are: modules/speeches/README.md, "Who may see". */
#include "tests/matrix/world_speeches.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_meetings.h"
#include "tests/matrix/world_opinions.h"

static const struct {
    int thing;
    const char *state;
} CALLS[] = { { SPEECH_CALL_DRAFT, "draft" },
              { SPEECH_CALL_OPEN, "open" },
              { SPEECH_CALL_CLOSED, "closed" } },
  HERE[] = { { SPEECH_DRAFT, "draft" },       { SPEECH_SUBMITTED, "submitted" },
             { SPEECH_SPOKEN, "spoken" },     { SPEECH_WRITTEN, "written" },
             { SPEECH_DIVERTED, "diverted" }, { SPEECH_NAMED, "submitted" } };

/* Of the meeting that begins today, so that its day has come. */
static err call(struct rq *rq, struct world *w, int set, size_t i)
{
    i64 meeting_id = w->thing[set][MEETING_NOTIFIED], until_on = rq->today;
    str title = str_of(set == SET_FOREIGN ? "CANARY-Theme" : "Green hills");
    str state = str_of(CALLS[i].state);
    return db_insert(rq->db,
                     SQL("INSERT INTO speech_calls (org_id, state, meeting_id, title, until_on, "
                         "chars_max, minutes) VALUES (:org, :state, :meeting_id, :title, "
                         ":until_on, 2000, 8) RETURNING id",
                         P(state), P(meeting_id), P(title), P(until_on)),
                     &w->thing[set][CALLS[i].thing]);
}

static err author(struct rq *rq, i64 speech_id, i64 member_id)
{
    i64 none;
    return db_insert(rq->db,
                     SQL("INSERT INTO speech_authors (org_id, speech_id, member_id, person_id, "
                         "name) SELECT m.org_id, :speech_id, m.id, m.person_id, 'He' FROM members "
                         "m WHERE m.org_id = :org AND m.id = :member_id RETURNING id",
                         P(speech_id), P(member_id)),
                     &none);
}

static err speech(struct rq *rq, struct world *w, int set, size_t i)
{
    i64 *id = &w->thing[set][HERE[i].thing];
    bool named = HERE[i].thing == SPEECH_NAMED;
    i64 call_id = w->thing[set][SPEECH_CALL_OPEN];
    i64 member_id = named ? w->newcomer[set] : w->member[set];
    i64 place = HERE[i].thing == SPEECH_SPOKEN;
    str title = str_of(set == SET_FOREIGN ? "CANARY-Speech" : "Hills");
    str state = str_of(HERE[i].state);
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO speeches (org_id, call_id, state, member_id, person_id, name, "
                      "title, text, place, minutes, created_at, submitted_at) SELECT m.org_id, "
                      ":call_id, :state, m.id, m.person_id, 'He', :title, 'Trees.', :place, 8, 1, "
                      "1 FROM members m WHERE m.org_id = :org AND m.id = :member_id RETURNING id",
                      P(call_id), P(state), P(title), P(place), P(member_id)),
                  id));
    TRY(author(rq, *id, member_id));
    return named ? author(rq, *id, w->member[set]) : OK;
}

/* The bytes are those of an opinion's file. */
static err paper(struct rq *rq, struct world *w, int set)
{
    i64 id = w->thing[set][SPEECH_DRAFT], file = w->attachment[set][OPINION_FILED];
    return db_insert(
        rq->db,
        SQL("INSERT INTO attachments (org_id, owner, owner_id, name, type, sha256, "
            "size_bytes, uploaded_at, uploaded_by, account_id) SELECT org_id, 'speeches', :id, "
            "name, type, sha256, size_bytes, uploaded_at, '', 1 FROM "
            "attachments WHERE org_id = :org AND id = :file RETURNING id",
            P(id), P(file)),
        &w->attachment[set][SPEECH_DRAFT]);
}

static err all(struct rq *rq, struct world *w, int set)
{
    for (size_t i = 0; i < sizeof CALLS / sizeof *CALLS; i++)
        TRY(call(rq, w, set, i));
    for (size_t i = 0; i < sizeof HERE / sizeof *HERE; i++)
        TRY(speech(rq, w, set, i));
    return paper(rq, w, set);
}

static void speeches_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, all);
}

static i64 speeches_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(
        w->t->db, world_org(set),
        thing >= SPEECH_DRAFT
            ? SQL("SELECT version FROM speeches WHERE org_id = :org AND id = :id", P(id))
            : SQL("SELECT version FROM speech_calls WHERE org_id = :org AND id = :id", P(id)));
}

/* A meeting and who speaks are chosen from lists of one's own house, before anybody looks for the
 * call. */
static char speeches_first(const struct question *q)
{
    const char *verb = rules_verb(q);
    bool chooses = q->thing == SPEECH_CALL_DRAFT || strcmp(verb, "record") == 0;
    bool foreign = (WHO[q->who].org_id == ORG_OTHER) != (q->set == SET_FOREIGN);
    bool written = q->entry->route.method != GET && q->specimen->body;
    return foreign && chooses && written && rules_is_under(q, "speeches.manage") &&
                   rules_holds(q, "speeches.manage")
               ? 'o'
               : 0;
}

/* A call that is out is everybody's, its list the office's until it is settled; a draft nobody's
 * but his whose it is, what was handed in the office's too. */
static char speeches_own(const struct question *q)
{
    bool office = rules_holds(q, "speeches.manage");
    const char *verb = rules_verb(q);
    if (q->thing == SPEECH_CALL_DRAFT)
        return office ? 'o' : 'n';
    if (q->thing < SPEECH_DRAFT)
        return office || (strcmp(verb, "pdf") != 0 && strcmp(verb, "docx") != 0) ? 'o' : 'n';
    if (q->thing == SPEECH_DRAFT)
        return rules_is_person(q) ? 'o' : 'n';
    bool whole = WHO[q->who].scope == SCOPE_ORG;
    return whole || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { SPEECH_CALL_DRAFT, "draft_speech_call", NULL, false },
    { SPEECH_CALL_OPEN, "open_speech_call", NULL, false },
    { SPEECH_CALL_CLOSED, "closed_speech_call", NULL, false },
    { SPEECH_DRAFT, "draft_speech", NULL, false },
    { SPEECH_SUBMITTED, "submitted_speech", NULL, false },
    { SPEECH_SPOKEN, "spoken_speech", "speech_spoken", false },
    { SPEECH_WRITTEN, "written_speech", NULL, false },
    { SPEECH_DIVERTED, "diverted_speech", NULL, false },
    { SPEECH_NAMED, "named_speech", NULL, false },
    { 0 },
};

const struct part PART_OF_SPEECHES = { .name = "speeches",
                                       .specimens = SPECIMENS_SPEECHES,
                                       .things = THINGS_OWN,
                                       .make = speeches_make,
                                       .version = speeches_version,
                                       .first = speeches_first,
                                       .own = speeches_own };
