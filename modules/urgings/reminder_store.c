/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of nudges and circulars. Slips: urging_store.c. */
#include "modules/urgings/urging_store.h"

enum { SHOWN_MAX = 30, LINES_MAX = 200 };

static const struct field REMINDER_ROW[] = {
    FIELD(struct reminder, id),        FIELD(struct reminder, subject_id),
    FIELD(struct reminder, matter_id), FIELD(struct reminder, agency_id),
    FIELD(struct reminder, level),     FIELD(struct reminder, due_on),
    FIELD(struct reminder, on_day),    FIELD(struct reminder, position),
    FIELD(struct reminder, sent_at),   FIELD(struct reminder, sent_by),
    FIELD(struct reminder, flow),      FIELD(struct reminder, matter),
    FIELD(struct reminder, kind),      FIELD(struct reminder, stage),
    FIELD(struct reminder, text),      FIELD(struct reminder, told),
    FIELD(struct reminder, sent_name), { 0 },
};

err reminder_store_add(struct db *db, const struct reminder *r, i64 *id)
{
    err e = db_insert(
        db,
        SQL("INSERT INTO reminders (org_id, flow, subject_id, matter, matter_id, agency_id, kind, "
            "level, stage, due_on, on_day, position, text, told, sent_at, sent_by, sent_name) "
            "VALUES (:org, :flow, :subject_id, :matter, :matter_id, :agency_id, :kind, :level, "
            ":stage, :due_on, :on_day, :position, :text, :told, :sent_at, :sent_by, :sent_name) ON "
            "CONFLICT DO NOTHING RETURNING id",
            P(r->flow), P(r->subject_id), P(r->matter), P(r->matter_id), P(r->agency_id),
            P(r->kind), P(r->level), P(r->stage), P(r->due_on), P(r->on_day), P(r->position),
            P(r->text), P(r->told), P(r->sent_at), P(r->sent_by), P(r->sent_name)),
        id);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *id = 0;
    return OK;
}

err reminder_store_count(struct db *db, const struct reminder *like, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) AS n FROM reminders WHERE org_id = :org AND flow = :flow "
                      "AND subject_id = :subject_id AND on_day = :on_day AND kind = :kind AND kind "
                      "<> 'house'",
                      P(like->flow), P(like->subject_id), P(like->on_day), P(like->kind)),
                  count);
}

err reminder_store_level(struct db *db, const struct reminder *like, i64 *level)
{
    return db_i64(db,
                  SQL("SELECT COALESCE(MAX(level), 0) AS n FROM reminders WHERE org_id = :org AND "
                      "flow = :flow AND subject_id = :subject_id AND kind = 'house' AND stage = "
                      ":stage AND due_on = :due_on",
                      P(like->flow), P(like->subject_id), P(like->stage), P(like->due_on)),
                  level);
}

err reminder_store_list_of(struct db *db, str matter, i64 matter_id, struct arena *mem,
                           struct rows *out)
{
    i64 limit = SHOWN_MAX;
    out->size = sizeof(struct reminder);
    return db_list(db,
                   SQL("SELECT id, subject_id, matter_id, agency_id, level, due_on, on_day, "
                       "position, sent_at, sent_by, flow, matter, kind, stage, text, told, "
                       "sent_name FROM reminders WHERE org_id = :org AND matter = :matter AND "
                       "matter_id = :matter_id ORDER BY id DESC LIMIT :limit",
                       P(matter), P(matter_id), P(limit)),
                   REMINDER_ROW, mem, out);
}

/* ---- circulars ---- */

static const struct field LINE_ROW[] = {
    FIELD(struct circular_line, circular_id),
    FIELD(struct circular_line, urging_id),
    FIELD(struct circular_line, late_days),
    FIELD(struct circular_line, agency_name),
    FIELD(struct circular_line, number),
    FIELD(struct circular_line, state),
    { 0 },
};

err circular_store_add(struct db *db, const struct circular *c, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO circulars (org_id, title, text, published_on, published_at, published_by, "
            "published_name) VALUES (:org, :title, :text, :published_on, :published_at, "
            ":published_by, :published_name) RETURNING id",
            P(c->title), P(c->text), P(c->published_on), P(c->published_at), P(c->published_by),
            P(c->published_name)),
        id);
}

err circular_store_add_line(struct db *db, const struct circular_line *line)
{
    return db_run(db,
                  SQL("INSERT INTO circular_urgings (org_id, circular_id, urging_id, agency_name, "
                      "number, state, late_days) VALUES (:org, :circular_id, :urging_id, "
                      ":agency_name, :number, :state, :late_days)",
                      P(line->circular_id), P(line->urging_id), P(line->agency_name),
                      P(line->number), P(line->state), P(line->late_days)),
                  NULL);
}

err circular_store_list_lines(struct db *db, i64 circular_id, struct arena *mem, struct rows *out)
{
    i64 limit = LINES_MAX;
    out->size = sizeof(struct circular_line);
    return db_list(db,
                   SQL("SELECT circular_id, urging_id, late_days, agency_name, number, state FROM "
                       "circular_urgings WHERE org_id = :org AND circular_id = :circular_id ORDER "
                       "BY agency_name, number, urging_id LIMIT :limit",
                       P(circular_id), P(limit)),
                   LINE_ROW, mem, out);
}
