/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of speeches and their calls, and the two declared lists: columns, and who sees which
 * rows. A member sees calls that are out and the speeches behind which he stands; the office all
 * but what others have not handed in. */
#include "modules/speeches/speech.h"
#include "platform/base/str.h"

/* ---- calls ---- */

err speech_call_store_add(struct db *db, const struct speech_call *c, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO speech_calls (org_id, state, meeting_id, title, text, until_on, "
            "chars_max, minutes) VALUES (:org, :state, :meeting_id, :title, :text, :until_on, "
            ":chars_max, :minutes) RETURNING id",
            P(c->state), P(c->meeting_id), P(c->title), P(c->text), P(c->until_on), P(c->chars_max),
            P(c->minutes)),
        id);
}

err speech_call_store_update(struct db *db, const struct speech_call *c)
{
    return db_update(
        db, SQL("UPDATE speech_calls SET state = :state, meeting_id = :meeting_id, title = :title, "
                "text = :text, until_on = :until_on, chars_max = :chars_max, minutes = :minutes, "
                "published_at = :published_at, settled_at = :settled_at, settled_name = "
                ":settled_name, version = version + 1 WHERE org_id = :org AND id = :id AND "
                "version = :version",
                P(c->state), P(c->meeting_id), P(c->title), P(c->text), P(c->until_on),
                P(c->chars_max), P(c->minutes), P(c->published_at), P(c->settled_at),
                P(c->settled_name), P(c->id), P(c->version)));
}

#define CALL_COLUMNS_OF                                                                         \
    "c.id, c.meeting_id, c.until_on, c.chars_max, c.minutes, c.published_at, c.settled_at, "    \
    "c.version, c.state, c.title, c.text, c.settled_name, m.title AS meeting_title, m.from_on " \
    "AS meeting_on FROM speech_calls c JOIN meetings m ON m.org_id = c.org_id AND m.id = "      \
    "c.meeting_id "

static const struct field CALL_ROW[] = {
    FIELD(struct speech_call, id),
    FIELD(struct speech_call, meeting_id),
    FIELD(struct speech_call, until_on),
    FIELD(struct speech_call, chars_max),
    FIELD(struct speech_call, minutes),
    FIELD(struct speech_call, published_at),
    FIELD(struct speech_call, settled_at),
    FIELD(struct speech_call, version),
    FIELD(struct speech_call, state),
    FIELD(struct speech_call, title),
    FIELD(struct speech_call, text),
    FIELD(struct speech_call, settled_name),
    FIELD(struct speech_call, meeting_title),
    FIELD(struct speech_call, meeting_on),
    { 0 },
};

err speech_call_store_find(struct db *db, i64 id, struct arena *mem, struct speech_call *out)
{
    err e = db_one(db, SQL("SELECT " CALL_COLUMNS_OF "WHERE c.org_id = :org AND c.id = :id", P(id)),
                   CALL_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "speech_calls.not_found") : e;
}

err speech_call_store_list(struct db *db, i64 meeting_id, bool all, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct speech_call);
    return db_list(db,
                   SQL("SELECT " CALL_COLUMNS_OF "WHERE c.org_id = :org AND c.meeting_id = "
                       ":meeting_id AND (:all = 1 OR c.state <> 'draft') ORDER BY c.id LIMIT 50",
                       P(meeting_id), P(all)),
                   CALL_ROW, mem, out);
}

static const struct field ID_ROW[] = { { .name = "id", .type = FIELD_I64 }, { 0 } };

err speech_call_store_list_over(struct db *db, i64 today, struct arena *mem, struct rows *out)
{
    out->size = sizeof(i64);
    return db_list(db,
                   SQL("SELECT id FROM speech_calls WHERE org_id = :org AND state = 'open' AND "
                       "until_on < :today ORDER BY id LIMIT 50",
                       P(today)),
                   ID_ROW, mem, out);
}

/* ---- speeches ---- */

err speech_store_add(struct db *db, const struct speech *s, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO speeches (org_id, call_id, state, member_id, person_id, name, body, "
            "body_name, people, title, text, filer_name, created_at, submitted_at) VALUES (:org, "
            ":call_id, :state, :member_id, :person_id, :name, :body, :body_name, :people, :title, "
            ":text, :filer_name, :created_at, :submitted_at) RETURNING id",
            P(s->call_id), P(s->state), P(s->member_id), P(s->person_id), P(s->name), P(s->body),
            P(s->body_name), P(s->people), P(s->title), P(s->text), P(s->filer_name),
            P(s->created_at), P(s->submitted_at)),
        id);
}

err speech_store_update(struct db *db, const struct speech *s)
{
    return db_update(
        db,
        SQL("UPDATE speeches SET state = :state, body = :body, body_name = :body_name, people = "
            ":people, title = :title, text = :text, place = :place, minutes = :minutes, reason = "
            ":reason, opinion_id = :opinion_id, submitted_at = :submitted_at, decided_at = "
            ":decided_at, decider_name = :decider_name, version = version + 1 WHERE org_id = :org "
            "AND id = :id AND version = :version",
            P(s->state), P(s->body), P(s->body_name), P(s->people), P(s->title), P(s->text),
            P(s->place), P(s->minutes), P(s->reason), P(s->opinion_id), P(s->submitted_at),
            P(s->decided_at), P(s->decider_name), P(s->id), P(s->version)));
}

#define SPEECH_COLUMNS                                                                        \
    "s.id, s.call_id, s.member_id, s.person_id, s.people, s.place, s.minutes, s.opinion_id, " \
    "s.created_at, s.submitted_at, s.decided_at, s.version, s.state, s.name, s.body, "        \
    "s.body_name, s.title, s.text, s.reason, s.filer_name, s.decider_name "

static const struct field SPEECH_ROW[] = {
    FIELD(struct speech, id),           FIELD(struct speech, call_id),
    FIELD(struct speech, member_id),    FIELD(struct speech, person_id),
    FIELD(struct speech, people),       FIELD(struct speech, place),
    FIELD(struct speech, minutes),      FIELD(struct speech, opinion_id),
    FIELD(struct speech, created_at),   FIELD(struct speech, submitted_at),
    FIELD(struct speech, decided_at),   FIELD(struct speech, version),
    FIELD(struct speech, state),        FIELD(struct speech, name),
    FIELD(struct speech, body),         FIELD(struct speech, body_name),
    FIELD(struct speech, title),        FIELD(struct speech, text),
    FIELD(struct speech, reason),       FIELD(struct speech, filer_name),
    FIELD(struct speech, decider_name), { 0 },
};

err speech_store_find(struct db *db, i64 id, struct arena *mem, struct speech *out)
{
    err e = db_one(db,
                   SQL("SELECT " SPEECH_COLUMNS "FROM speeches s WHERE s.org_id = :org AND s.id = "
                       ":id",
                       P(id)),
                   SPEECH_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "speeches.not_found") : e;
}

err speech_store_list(struct db *db, i64 call_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct speech);
    return db_list(db,
                   SQL("SELECT " SPEECH_COLUMNS "FROM speeches s WHERE s.org_id = :org AND "
                       "s.call_id = :call_id AND s.state NOT IN ('draft', 'withdrawn') ORDER BY "
                       "CASE WHEN s.place = 0 THEN 1 ELSE 0 END, s.place, s.submitted_at, s.id "
                       "LIMIT 500",
                       P(call_id)),
                   SPEECH_ROW, mem, out);
}

err speech_author_store_add(struct db *db, const struct speech_author *a)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO speech_authors (org_id, speech_id, member_id, person_id, "
                         "name) VALUES (:org, :speech_id, :member_id, :person_id, :name) RETURNING "
                         "id",
                         P(a->speech_id), P(a->member_id), P(a->person_id), P(a->name)),
                     &id);
}

err speech_author_store_remove(struct db *db, i64 speech_id, i64 member_id)
{
    i64 changed;
    return db_run(db,
                  SQL("DELETE FROM speech_authors WHERE org_id = :org AND speech_id = "
                      ":speech_id AND member_id = :member_id",
                      P(speech_id), P(member_id)),
                  &changed);
}

static const struct field AUTHOR_ROW[] = {
    FIELD(struct speech_author, id),        FIELD(struct speech_author, speech_id),
    FIELD(struct speech_author, member_id), FIELD(struct speech_author, person_id),
    FIELD(struct speech_author, name),      { 0 },
};

err speech_author_store_list(struct db *db, i64 speech_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct speech_author);
    return db_list(db,
                   SQL("SELECT a.id, a.speech_id, a.member_id, a.person_id, a.name FROM "
                       "speech_authors a JOIN speeches s ON s.org_id = a.org_id AND s.id = "
                       "a.speech_id WHERE a.org_id = :org AND a.speech_id = :speech_id ORDER BY "
                       "CASE WHEN a.member_id = s.member_id THEN 0 ELSE 1 END, a.id LIMIT 50",
                       P(speech_id)),
                   AUTHOR_ROW, mem, out);
}

err speech_result_store_add(struct db *db, const struct speech_result *r)
{
    i64 id;
    return db_insert(
        db,
        SQL("INSERT INTO speech_results (org_id, speech_id, kind, organ, text, happened_on, "
            "recorded_at, recorded_name) VALUES (:org, :speech_id, :kind, :organ, :text, "
            ":happened_on, :recorded_at, :recorded_name) RETURNING id",
            P(r->speech_id), P(r->kind), P(r->organ), P(r->text), P(r->happened_on),
            P(r->recorded_at), P(r->recorded_name)),
        &id);
}

static const struct field RESULT_ROW[] = {
    FIELD(struct speech_result, id),
    FIELD(struct speech_result, speech_id),
    FIELD(struct speech_result, happened_on),
    FIELD(struct speech_result, recorded_at),
    FIELD(struct speech_result, kind),
    FIELD(struct speech_result, organ),
    FIELD(struct speech_result, text),
    FIELD(struct speech_result, recorded_name),
    { 0 },
};

err speech_result_store_list(struct db *db, i64 speech_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct speech_result);
    return db_list(db,
                   SQL("SELECT id, speech_id, happened_on, recorded_at, kind, organ, text, "
                       "recorded_name FROM speech_results WHERE org_id = :org AND speech_id = "
                       ":speech_id ORDER BY id LIMIT 50",
                       P(speech_id)),
                   RESULT_ROW, mem, out);
}

/* ---- lists ---- */

static const struct list_column CALL_COLUMNS[] = {
    { FIELD(struct speech_call, title), LIST_TEXT, .sql = "c.title" },
    { FIELD(struct speech_call, meeting_title), LIST_TEXT, .sql = "m.title" },
    { FIELD(struct speech_call, state), LIST_CODE, .sql = "c.state", .filter = true,
      .states = "states.speech_calls", .choices = "draft open closed settled" },
    { FIELD(struct speech_call, until_on), LIST_DAY, .sql = "c.until_on", .filter = true,
      .sort = true },
    { FIELD(struct speech_call, speeches), LIST_NUMBER, .may = "speeches.manage",
      .sql = "(SELECT count(*) FROM speeches s WHERE s.org_id = c.org_id AND s.call_id = c.id AND "
             "s.state NOT IN ('draft', 'withdrawn'))" },
    { FIELD(struct speech_call, id), LIST_NUMBER, .sql = "c.id", .hidden = true },
    { FIELD(struct speech_call, meeting_id), LIST_NUMBER, .sql = "c.meeting_id", .hidden = true },
    { FIELD(struct speech_call, meeting_on), LIST_DAY, .sql = "m.from_on", .hidden = true },
    { FIELD(struct speech_call, text), LIST_TEXT, .sql = "c.text", .one = true },
    { FIELD(struct speech_call, chars_max), LIST_NUMBER, .sql = "c.chars_max", .one = true },
    { FIELD(struct speech_call, minutes), LIST_NUMBER, .sql = "c.minutes", .one = true },
    { FIELD(struct speech_call, published_at), LIST_TIME, .sql = "c.published_at", .one = true },
    { FIELD(struct speech_call, settled_at), LIST_TIME, .sql = "c.settled_at", .one = true },
    { FIELD(struct speech_call, settled_name), LIST_TEXT, .sql = "c.settled_name", .one = true },
    { FIELD(struct speech_call, version), LIST_NUMBER, .sql = "c.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope CALL_SCOPES[] = {
    { SCOPE_ORG, .needs = "speeches.manage", .sql = "" },
    { .sql = "c.state <> 'draft'" },
    { 0 },
};

const struct list SPEECH_CALL_LIST = {
    .name = "speech_calls",
    .may = "speeches.read",
    .from = "speech_calls c JOIN meetings m ON m.org_id = c.org_id AND m.id = c.meeting_id",
    .where = "c.org_id = :org",
    .key = "c.id",
    .sort = "-until_on",
    .columns = CALL_COLUMNS,
    .scopes = CALL_SCOPES,
    .missing = "speech_calls.not_found",
    .row_size = sizeof(struct speech_call),
};

/* What the filter by call is called. */
static err call_word(struct rq *rq, str value, str *out)
{
    struct speech_call c;
    i64 id = 0;
    if (!str_to_i64(value, &id))
        return OK;
    TRY(list_find(rq, &SPEECH_CALL_LIST, id, &c));
    *out = c.title;
    return OK;
}

static const struct list_column COLUMNS[] = {
    { FIELD(struct speech, title), LIST_TEXT, .sql = "s.title" },
    { FIELD(struct speech, name), LIST_TEXT, .sql = "s.name" },
    { FIELD(struct speech, body_name), LIST_TEXT, .sql = "s.body_name" },
    { FIELD(struct speech, state), LIST_CODE, .sql = "s.state", .filter = true,
      .states = "states.speeches",
      .choices = "draft submitted spoken written diverted declined given missed withdrawn" },
    { FIELD(struct speech, call_title), LIST_TEXT, .sql = "c.title" },
    { FIELD(struct speech, submitted_at), LIST_TIME, .sql = "s.submitted_at" },
    { FIELD(struct speech, created_at), LIST_TIME, .sql = "s.created_at", .hidden = true,
      .sort = true },
    { FIELD(struct speech, id), LIST_NUMBER, .sql = "s.id", .hidden = true },
    { FIELD(struct speech, call_id), LIST_NUMBER, .sql = "s.call_id", .filter = true,
      .hidden = true, .word = call_word },
    { FIELD(struct speech, member_id), LIST_NUMBER, .sql = "s.member_id", .hidden = true },
    { FIELD(struct speech, people), LIST_NUMBER, .sql = "s.people", .hidden = true },
    { FIELD(struct speech, person_id), LIST_NUMBER, .sql = "s.person_id", .one = true },
    { FIELD(struct speech, place), LIST_NUMBER, .sql = "s.place", .one = true },
    { FIELD(struct speech, minutes), LIST_NUMBER, .sql = "s.minutes", .one = true },
    { FIELD(struct speech, body), LIST_TEXT, .sql = "s.body", .one = true },
    { FIELD(struct speech, text), LIST_TEXT, .sql = "s.text", .one = true },
    { FIELD(struct speech, reason), LIST_TEXT, .sql = "s.reason", .one = true },
    { FIELD(struct speech, opinion_id), LIST_NUMBER, .sql = "s.opinion_id", .one = true },
    { FIELD(struct speech, filer_name), LIST_TEXT, .sql = "s.filer_name", .one = true },
    { FIELD(struct speech, decided_at), LIST_TIME, .sql = "s.decided_at", .one = true },
    { FIELD(struct speech, decider_name), LIST_TEXT, .sql = "s.decider_name", .one = true },
    { FIELD(struct speech, version), LIST_NUMBER, .sql = "s.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .sql = "(s.state <> 'draft' AND (s.state <> 'withdrawn' OR s.submitted_at > 0)) "
                        "OR s.person_id = NULLIF(:actor_person, 0)" },
    { .sql = "s.person_id = NULLIF(:actor_person, 0) OR (s.state <> 'draft' AND (s.state <> "
             "'withdrawn' OR s.submitted_at > 0) AND EXISTS (SELECT "
             "a.id FROM speech_authors a WHERE a.org_id = s.org_id AND a.speech_id = s.id AND "
             "a.person_id = NULLIF(:actor_person, 0)))" },
    { 0 },
};

const struct list SPEECH_LIST = {
    .name = "speeches",
    .may = "speeches.read",
    .from = "speeches s JOIN speech_calls c ON c.org_id = s.org_id AND c.id = s.call_id",
    .where = "s.org_id = :org",
    .key = "s.id",
    .sort = "-created_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "speeches.not_found",
    .row_size = sizeof(struct speech),
};
