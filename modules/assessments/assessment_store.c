/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of assessments and gradings, and the declared list of assessments. */
#include "modules/assessments/assessment_rules.h"
#include "platform/base/str.h"

#define ASSESSMENT_COLUMNS                                                                 \
    "id, year, from_on, to_on, ruleset_id, corrects_id, opened_at, taken_at, decided_on, " \
    "notified_at, version, state, ruleset_name, reason, opener_name, organ, meeting, "     \
    "document FROM assessments"

static const struct field ASSESSMENT_ROW[] = {
    FIELD(struct assessment, id),
    FIELD(struct assessment, year),
    FIELD(struct assessment, from_on),
    FIELD(struct assessment, to_on),
    FIELD(struct assessment, ruleset_id),
    FIELD(struct assessment, corrects_id),
    FIELD(struct assessment, opened_at),
    FIELD(struct assessment, taken_at),
    FIELD(struct assessment, decided_on),
    FIELD(struct assessment, notified_at),
    FIELD(struct assessment, version),
    FIELD(struct assessment, state),
    FIELD(struct assessment, ruleset_name),
    FIELD(struct assessment, reason),
    FIELD(struct assessment, opener_name),
    FIELD(struct assessment, organ),
    FIELD(struct assessment, meeting),
    FIELD(struct assessment, document),
    { 0 },
};

err assessment_store_add(struct db *db, const struct assessment *a, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO assessments (org_id, year, from_on, to_on, state, ruleset_id, "
            "ruleset_name, corrects_id, reason, opened_at, opener_name, taken_at) VALUES (:org, "
            ":year, :from_on, :to_on, :state, :ruleset_id, :ruleset_name, :corrects_id, :reason, "
            ":opened_at, :opener_name, :taken_at) RETURNING id",
            P(a->year), P(a->from_on), P(a->to_on), P(a->state), P(a->ruleset_id),
            P(a->ruleset_name), P(a->corrects_id), P(a->reason), P(a->opened_at), P(a->opener_name),
            P(a->taken_at)),
        id);
}

err assessment_store_find(struct db *db, i64 id, struct arena *mem, struct assessment *out)
{
    return db_one(db, SQL("SELECT " ASSESSMENT_COLUMNS " WHERE org_id = :org AND id = :id", P(id)),
                  ASSESSMENT_ROW, mem, out);
}

err assessment_store_update(struct db *db, const struct assessment *a)
{
    return db_update(
        db, SQL("UPDATE assessments SET from_on = :from_on, to_on = :to_on, state = :state, "
                "ruleset_id = :ruleset_id, ruleset_name = :ruleset_name, taken_at = :taken_at, "
                "organ = :organ, meeting = :meeting, decided_on = :decided_on, notified_at = "
                ":notified_at, document = "
                ":document, version = version + 1 WHERE org_id = :org AND id = :id AND version = "
                ":version",
                P(a->from_on), P(a->to_on), P(a->state), P(a->ruleset_id), P(a->ruleset_name),
                P(a->taken_at), P(a->organ), P(a->meeting), P(a->decided_on), P(a->notified_at),
                P(a->document), P(a->id), P(a->version)));
}

static err found_or_none(err e)
{
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err assessment_store_find_work(struct db *db, i64 year, struct arena *mem, struct assessment *out)
{
    *out = (struct assessment){ 0 };
    return found_or_none(db_one(db,
                                SQL("SELECT " ASSESSMENT_COLUMNS
                                    " WHERE org_id = :org AND year = :year AND state IN "
                                    "('opened', 'proposed')",
                                    P(year)),
                                ASSESSMENT_ROW, mem, out));
}

err assessment_store_find_standing(struct db *db, i64 year, struct arena *mem,
                                   struct assessment *out)
{
    *out = (struct assessment){ 0 };
    return found_or_none(db_one(db,
                                SQL("SELECT " ASSESSMENT_COLUMNS
                                    " WHERE org_id = :org AND year = :year AND state IN "
                                    "('approved', 'notified', 'closed')",
                                    P(year)),
                                ASSESSMENT_ROW, mem, out));
}

/* ---- gradings ---- */

#define GRADING_COLUMNS                                                                        \
    "id, assessment_id, member_id, person_id, position, assessed, entries, gates_due, "        \
    "gates_met, points_x1000, changed_at, talk, talk_id, version, code, name, sector, "        \
    "honour, honour_note, honour_title, honour_organ, honour_meeting, honour_on, "             \
    "honour_document, honour_level, "                                                          \
    "committee, stand, missed, vetoes, why, why_text, proposed, grade, reason, changer_name, " \
    "earlier, COALESCE((SELECT t.state FROM talks t WHERE t.org_id = gradings.org_id AND "     \
    "t.id = gradings.talk_id), '') AS talk_state FROM gradings"

static const struct field GRADING_ROW[] = {
    FIELD(struct grading, id),           FIELD(struct grading, assessment_id),
    FIELD(struct grading, member_id),    FIELD(struct grading, person_id),
    FIELD(struct grading, position),     FIELD(struct grading, assessed),
    FIELD(struct grading, entries),      FIELD(struct grading, gates_due),
    FIELD(struct grading, gates_met),    FIELD(struct grading, points_x1000),
    FIELD(struct grading, changed_at),   FIELD(struct grading, talk),
    FIELD(struct grading, talk_id),      FIELD(struct grading, version),
    FIELD(struct grading, code),         FIELD(struct grading, name),
    FIELD(struct grading, sector),       FIELD(struct grading, committee),
    FIELD(struct grading, stand),        FIELD(struct grading, missed),
    FIELD(struct grading, vetoes),       FIELD(struct grading, why),
    FIELD(struct grading, why_text),     FIELD(struct grading, proposed),
    FIELD(struct grading, grade),        FIELD(struct grading, reason),
    FIELD(struct grading, changer_name), FIELD(struct grading, earlier),
    FIELD(struct grading, talk_state),   FIELD(struct grading, honour),
    FIELD(struct grading, honour_note),  FIELD(struct grading, honour_title),
    FIELD(struct grading, honour_organ), FIELD(struct grading, honour_meeting),
    FIELD(struct grading, honour_on),    FIELD(struct grading, honour_document),
    FIELD(struct grading, honour_level), { 0 },
};

err grading_store_add(struct db *db, const struct grading *g, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO gradings (org_id, assessment_id, member_id, person_id, position, code, "
            "name, sector, committee, stand, assessed, entries, gates_due, gates_met, "
            "points_x1000, missed, vetoes, why, why_text, proposed, grade, reason, changer_name, "
            "changed_at, earlier) VALUES (:org, :assessment_id, :member_id, :person_id, "
            ":position, :code, :name, :sector, :committee, :stand, :assessed, :entries, "
            ":gates_due, :gates_met, :points_x1000, :missed, :vetoes, :why, :why_text, :proposed, "
            ":grade, :reason, :changer_name, :changed_at, :earlier) RETURNING id",
            P(g->assessment_id), P(g->member_id), P(g->person_id), P(g->position), P(g->code),
            P(g->name), P(g->sector), P(g->committee), P(g->stand), P(g->assessed), P(g->entries),
            P(g->gates_due), P(g->gates_met), P(g->points_x1000), P(g->missed), P(g->vetoes),
            P(g->why), P(g->why_text), P(g->proposed), P(g->grade), P(g->reason),
            P(g->changer_name), P(g->changed_at), P(g->earlier)),
        id);
}

err grading_store_find(struct db *db, i64 id, struct arena *mem, struct grading *out)
{
    return db_one(db, SQL("SELECT " GRADING_COLUMNS " WHERE org_id = :org AND id = :id", P(id)),
                  GRADING_ROW, mem, out);
}

err grading_store_update(struct db *db, const struct grading *g)
{
    return db_update(
        db,
        SQL("UPDATE gradings SET position = :position, code = :code, name = :name, sector = "
            ":sector, committee = :committee, stand = :stand, assessed = :assessed, entries = "
            ":entries, gates_due = :gates_due, gates_met = :gates_met, points_x1000 = "
            ":points_x1000, missed = :missed, vetoes = :vetoes, why = :why, why_text = :why_text, "
            "proposed = :proposed, grade = :grade, reason = :reason, changer_name = "
            ":changer_name, changed_at = :changed_at, talk = :talk, talk_id = :talk_id, "
            "honour = :honour, honour_note = :honour_note, honour_title = :honour_title, "
            "honour_organ = :honour_organ, honour_meeting = :honour_meeting, honour_on = "
            ":honour_on, honour_document = :honour_document, honour_level = :honour_level, "
            "version = version + 1 WHERE org_id = :org AND id = :id "
            "AND version = :version",
            P(g->position), P(g->code), P(g->name), P(g->sector), P(g->committee), P(g->stand),
            P(g->assessed), P(g->entries), P(g->gates_due), P(g->gates_met), P(g->points_x1000),
            P(g->missed), P(g->vetoes), P(g->why), P(g->why_text), P(g->proposed), P(g->grade),
            P(g->reason), P(g->changer_name), P(g->changed_at), P(g->talk), P(g->talk_id),
            P(g->honour), P(g->honour_note), P(g->honour_title), P(g->honour_organ),
            P(g->honour_meeting), P(g->honour_on), P(g->honour_document), P(g->honour_level),
            P(g->id), P(g->version)));
}

err grading_store_remove(struct db *db, i64 id)
{
    return db_run(db, SQL("DELETE FROM gradings WHERE org_id = :org AND id = :id", P(id)), NULL);
}

err grading_store_count_proposed(struct db *db, i64 assessment_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM gradings WHERE org_id = :org AND assessment_id = "
                      ":assessment_id AND honour = 'proposed'",
                      P(assessment_id)),
                  count);
}

static const struct field BODY_ROW[] = { FIELD(struct grading_body, grading_id),
                                         FIELD(struct grading_body, body),
                                         { 0 } };

err grading_store_list_bodies(struct db *db, i64 assessment_id, str to, struct arena *mem,
                              struct rows *out)
{
    out->size = sizeof(struct grading_body);
    if (str_is(to, "employer"))
        return db_list(db,
                       SQL("SELECT g.id AS grading_id, p.employer AS body FROM gradings g JOIN "
                           "persons p ON p.org_id = g.org_id AND p.id = g.person_id WHERE "
                           "g.org_id = :org AND g.assessment_id = :assessment_id AND g.assessed = "
                           "1 AND p.employer <> '' ORDER BY body, g.position, g.id LIMIT 100000",
                           P(assessment_id)),
                       BODY_ROW, mem, out);
    return db_list(
        db,
        SQL("SELECT g.id AS grading_id, n.nominator AS body FROM gradings g JOIN nominations n ON "
            "n.org_id = g.org_id AND n.id = (SELECT MAX(o.id) FROM nominations o WHERE o.org_id = "
            "g.org_id AND o.member_id = g.member_id AND o.state IN ('appointed', 'certified')) "
            "WHERE g.org_id = :org AND g.assessment_id = :assessment_id AND g.assessed = 1 ORDER "
            "BY body, g.position, g.id LIMIT 100000",
            P(assessment_id)),
        BODY_ROW, mem, out);
}

err grading_store_list(struct db *db, i64 assessment_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct grading);
    return db_list(db,
                   SQL("SELECT " GRADING_COLUMNS " WHERE org_id = :org AND assessment_id = "
                       ":assessment_id ORDER BY member_id LIMIT 100000",
                       P(assessment_id)),
                   GRADING_ROW, mem, out);
}

static const struct field GRADE_ROW[] = {
    FIELD(struct assessment_grade, year),       FIELD(struct assessment_grade, assessment_id),
    FIELD(struct assessment_grade, decided_on), FIELD(struct assessment_grade, told),
    FIELD(struct assessment_grade, grade),      FIELD(struct assessment_grade, stand),
    FIELD(struct assessment_grade, organ),      FIELD(struct assessment_grade, meeting),
    FIELD(struct assessment_grade, document),   FIELD(struct assessment_grade, honour_title),
    FIELD(struct assessment_grade, honour_on),  { 0 },
};

err grading_store_list_member(struct db *db, const struct grading_query *query, struct arena *mem,
                              struct rows *out)
{
    out->size = sizeof(struct assessment_grade);
    return db_list(
        db,
        SQL("SELECT a.year, g.assessment_id, a.decided_on, CASE WHEN a.state = 'approved' THEN 0 "
            "ELSE 1 END AS told, g.grade, g.stand, a.organ, a.meeting, a.document, "
            "g.honour_title, g.honour_on "
            "FROM gradings g JOIN assessments a ON a.org_id = g.org_id AND a.id = "
            "g.assessment_id WHERE g.org_id = :org AND g.member_id = :member_id AND a.to_on >= "
            ":from_on AND a.to_on <= :to_on AND (a.state IN ('notified', 'closed') OR (a.state = "
            "'approved' AND :told = 0)) ORDER BY a.year DESC LIMIT 100",
            P(query->member_id), P(query->from_on), P(query->to_on), P(query->told)),
        GRADE_ROW, mem, out);
}

static const struct field VERDICT_ROW[] = {
    FIELD(struct assessment_verdict, member_id), FIELD(struct assessment_verdict, year),
    FIELD(struct assessment_verdict, assessed),  FIELD(struct assessment_verdict, honoured),
    FIELD(struct assessment_verdict, words),     FIELD(struct assessment_verdict, stand),
    FIELD(struct assessment_verdict, vetoes),    { 0 }
};

err grading_store_list_verdicts(struct db *db, i64 from_on, i64 to_on, struct arena *mem,
                                struct rows *out)
{
    out->size = sizeof(struct assessment_verdict);
    return db_list(
        db,
        SQL("SELECT g.member_id, a.year, g.assessed, CASE WHEN g.honour = 'granted' THEN 1 "
            "ELSE 0 END AS honoured, g.grade AS words, g.stand, g.vetoes FROM "
            "gradings g JOIN assessments a ON a.org_id = g.org_id AND a.id = g.assessment_id WHERE "
            "g.org_id = :org AND a.to_on >= :from_on AND a.to_on <= :to_on AND a.state IN "
            "('approved', 'notified', 'closed') ORDER BY g.member_id, a.year LIMIT 100000",
            P(from_on), P(to_on)),
        VERDICT_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct assessment, year), LIST_NUMBER, .sql = "a.year", .filter = true, .sort = true },
    { FIELD(struct assessment, state), LIST_CODE, .sql = "a.state", .filter = true,
      .states = "states.assessments",
      .choices = "opened proposed approved notified closed superseded dropped" },
    { FIELD(struct assessment, ruleset_name), LIST_TEXT, .sql = "a.ruleset_name" },
    { FIELD(struct assessment, organ), LIST_CODE, .sql = "a.organ", .states = "choices.organ" },
    { FIELD(struct assessment, meeting), LIST_TEXT, .sql = "a.meeting" },
    { FIELD(struct assessment, decided_on), LIST_DAY, .sql = "a.decided_on" },
    { FIELD(struct assessment, document), LIST_TEXT, .sql = "a.document" },
    { FIELD(struct assessment, id), LIST_NUMBER, .sql = "a.id", .hidden = true },
    { FIELD(struct assessment, corrects_id), LIST_NUMBER, .sql = "a.corrects_id", .hidden = true },
    { FIELD(struct assessment, from_on), LIST_DAY, .sql = "a.from_on", .one = true },
    { FIELD(struct assessment, to_on), LIST_DAY, .sql = "a.to_on", .one = true },
    { FIELD(struct assessment, ruleset_id), LIST_NUMBER, .sql = "a.ruleset_id", .one = true },
    { FIELD(struct assessment, reason), LIST_TEXT, .sql = "a.reason", .one = true },
    { FIELD(struct assessment, opened_at), LIST_TIME, .sql = "a.opened_at", .one = true },
    { FIELD(struct assessment, opener_name), LIST_TEXT, .sql = "a.opener_name", .one = true },
    { FIELD(struct assessment, taken_at), LIST_TIME, .sql = "a.taken_at", .one = true },
    { FIELD(struct assessment, notified_at), LIST_TIME, .sql = "a.notified_at", .one = true },
    { FIELD(struct assessment, version), LIST_NUMBER, .sql = "a.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = { { SCOPE_ORG, .sql = "" }, { 0 } };

const struct list ASSESSMENT_LIST = {
    .name = "assessments",
    .may = "assessments.read",
    .from = "assessments a",
    .where = "a.org_id = :org",
    .key = "a.id",
    .sort = "-year",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "assessments.not_found",
    .row_size = sizeof(struct assessment),
};
