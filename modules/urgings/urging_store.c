/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of slips and of the ladder's run. Nudges and circulars: reminder_store.c. Lists for
 * people: urging_list.c. */
#include "modules/urgings/urging_store.h"

enum { MATTER_MAX = 200, NAMED_MAX = 100 };

static const struct field URGING_ROW[] = {
    FIELD(struct urging, id),
    FIELD(struct urging, subject_id),
    FIELD(struct urging, matter_id),
    FIELD(struct urging, agency_id),
    FIELD(struct urging, late_on),
    FIELD(struct urging, year),
    FIELD(struct urging, serial),
    FIELD(struct urging, due_on),
    FIELD(struct urging, proposed_at),
    FIELD(struct urging, issued_at),
    FIELD(struct urging, issued_by),
    FIELD(struct urging, accepted_at),
    FIELD(struct urging, answered_at),
    FIELD(struct urging, passed_at),
    FIELD(struct urging, look_on),
    FIELD(struct urging, asked_at),
    FIELD(struct urging, closed_at),
    FIELD(struct urging, version),
    FIELD(struct urging, was_late),
    FIELD(struct urging, cause),
    FIELD(struct urging, flow),
    FIELD(struct urging, matter),
    FIELD(struct urging, matter_title),
    FIELD(struct urging, matter_number),
    FIELD(struct urging, agency_name),
    FIELD(struct urging, text),
    FIELD(struct urging, number),
    FIELD(struct urging, state),
    FIELD(struct urging, proposed_name),
    FIELD(struct urging, issued_name),
    { 0 },
};

/* ---- one by one ---- */

err urging_store_add(struct db *db, const struct urging *u, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO urgings (org_id, cause, flow, subject_id, matter, matter_id, "
            "matter_title, matter_number, agency_id, agency_name, late_on, text, state, "
            "proposed_at, proposed_name) VALUES (:org, :cause, :flow, :subject_id, :matter, "
            ":matter_id, :matter_title, :matter_number, :agency_id, :agency_name, :late_on, "
            ":text, :state, :proposed_at, :proposed_name) RETURNING id",
            P(u->cause), P(u->flow), P(u->subject_id), P(u->matter), P(u->matter_id),
            P(u->matter_title), P(u->matter_number), P(u->agency_id), P(u->agency_name),
            P(u->late_on), P(u->text), P(u->state), P(u->proposed_at), P(u->proposed_name)),
        id);
}

err urging_store_update(struct db *db, const struct urging *u, str to)
{
    return db_update(
        db,
        SQL("UPDATE urgings SET state = :to, text = :text, year = :year, serial = :serial, number "
            "= :number, due_on = :due_on, issued_at = :issued_at, issued_by = :issued_by, "
            "issued_name = :issued_name, accepted_at = :accepted_at, answered_at = :answered_at, "
            "was_late = :was_late, passed_at = :passed_at, look_on = :look_on, asked_at = "
            ":asked_at, closed_at = :closed_at, version = version + 1 WHERE org_id = :org AND id "
            "= :id AND version = :version",
            P(to), P(u->text), P(u->year), P(u->serial), P(u->number), P(u->due_on),
            P(u->issued_at), P(u->issued_by), P(u->issued_name), P(u->accepted_at),
            P(u->answered_at), P(u->was_late), P(u->passed_at), P(u->look_on), P(u->asked_at),
            P(u->closed_at), P(u->id), P(u->version)));
}

err urging_store_find(struct db *db, i64 id, struct arena *mem, struct urging *out)
{
    return db_one(
        db,
        SQL("SELECT id, subject_id, matter_id, agency_id, late_on, year, serial, due_on, "
            "proposed_at, issued_at, issued_by, accepted_at, answered_at, passed_at, look_on, "
            "asked_at, closed_at, version, was_late, cause, flow, matter, matter_title, "
            "matter_number, agency_name, text, number, state, proposed_name, issued_name FROM "
            "urgings WHERE org_id = :org AND id = :id",
            P(id)),
        URGING_ROW, mem, out);
}

err urging_store_find_open(struct db *db, const struct urging *like, i64 *id)
{
    return db_i64(db,
                  SQL("SELECT COALESCE(MAX(id), 0) AS n FROM urgings WHERE org_id = :org AND flow "
                      "= :flow AND subject_id = :subject_id AND cause = :cause AND state <> "
                      "'closed'",
                      P(like->flow), P(like->subject_id), P(like->cause)),
                  id);
}

err urging_store_next_serial(struct db *db, i64 year, i64 *out)
{
    return db_i64(db,
                  SQL("INSERT INTO urging_numbers (org_id, year, serial) VALUES (:org, :year, 1) "
                      "ON CONFLICT (org_id, year) DO UPDATE SET serial = urging_numbers.serial + 1 "
                      "RETURNING serial",
                      P(year)),
                  out);
}

err urging_store_reach_serial(struct db *db, i64 id)
{
    return db_run(db,
                  SQL("INSERT INTO urging_numbers (org_id, year, serial) SELECT :org, u.year, "
                      "u.serial FROM urgings u WHERE u.org_id = :org AND u.id = :id AND u.serial > "
                      "0 ON CONFLICT (org_id, year) DO UPDATE SET serial = excluded.serial WHERE "
                      "urging_numbers.serial < excluded.serial",
                      P(id)),
                  NULL);
}

err urging_store_set_asked(struct db *db, i64 id, i64 version, i64 asked_at)
{
    return db_update(db, SQL("UPDATE urgings SET asked_at = :asked_at WHERE org_id = :org AND id = "
                             ":id AND version = :version",
                             P(asked_at), P(id), P(version)));
}

err urging_store_retitle(struct db *db, str matter, i64 matter_id, str title)
{
    return db_run(db,
                  SQL("UPDATE urgings SET matter_title = :title WHERE org_id = :org AND matter = "
                      ":matter AND matter_id = :matter_id",
                      P(title), P(matter), P(matter_id)),
                  NULL);
}

/* ---- many ---- */

err urging_store_list_of(struct db *db, str matter, i64 matter_id, struct arena *mem,
                         struct rows *out)
{
    i64 limit = MATTER_MAX;
    out->size = sizeof(struct urging);
    return db_list(
        db,
        SQL("SELECT id, subject_id, matter_id, agency_id, late_on, year, serial, due_on, "
            "proposed_at, issued_at, issued_by, accepted_at, answered_at, passed_at, look_on, "
            "asked_at, closed_at, version, was_late, cause, flow, matter, matter_title, "
            "matter_number, agency_name, text, number, state, proposed_name, issued_name FROM "
            "urgings WHERE org_id = :org AND matter = :matter AND matter_id = :matter_id ORDER BY "
            "id DESC LIMIT :limit",
            P(matter), P(matter_id), P(limit)),
        URGING_ROW, mem, out);
}

err urging_store_list_open(struct db *db, str flow, i64 subject_id, struct arena *mem,
                           struct rows *out)
{
    i64 limit = MATTER_MAX;
    out->size = sizeof(struct urging);
    return db_list(
        db,
        SQL("SELECT id, subject_id, matter_id, agency_id, late_on, year, serial, due_on, "
            "proposed_at, issued_at, issued_by, accepted_at, answered_at, passed_at, look_on, "
            "asked_at, closed_at, version, was_late, cause, flow, matter, matter_title, "
            "matter_number, agency_name, text, number, state, proposed_name, issued_name FROM "
            "urgings WHERE org_id = :org AND flow = :flow AND subject_id = :subject_id AND state "
            "<> 'closed' ORDER BY id LIMIT :limit",
            P(flow), P(subject_id), P(limit)),
        URGING_ROW, mem, out);
}

err urging_store_list_look(struct db *db, i64 today, i64 limit, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct urging);
    return db_list(
        db,
        SQL("SELECT id, subject_id, matter_id, agency_id, late_on, year, serial, due_on, "
            "proposed_at, issued_at, issued_by, accepted_at, answered_at, passed_at, look_on, "
            "asked_at, closed_at, version, was_late, cause, flow, matter, matter_title, "
            "matter_number, agency_name, text, number, state, proposed_name, issued_name FROM "
            "urgings WHERE org_id = :org AND state = 'passed' AND look_on <= :today AND asked_at "
            "= 0 ORDER BY look_on, id LIMIT :limit",
            P(today), P(limit)),
        URGING_ROW, mem, out);
}

err urging_store_list_named(struct db *db, struct arena *mem, struct rows *out)
{
    i64 limit = NAMED_MAX;
    out->size = sizeof(struct urging);
    return db_list(
        db,
        SQL("SELECT id, subject_id, matter_id, agency_id, late_on, year, serial, due_on, "
            "proposed_at, issued_at, issued_by, accepted_at, answered_at, passed_at, look_on, "
            "asked_at, closed_at, version, was_late, cause, flow, matter, matter_title, "
            "matter_number, agency_name, text, number, state, proposed_name, issued_name FROM "
            "urgings WHERE org_id = :org AND state <> 'closed' AND issued_at > 0 ORDER BY "
            "issued_at DESC, id DESC LIMIT :limit",
            P(limit)),
        URGING_ROW, mem, out);
}

err urging_store_count_named(struct db *db, i64 *total)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) AS n FROM urgings WHERE org_id = :org AND state <> 'closed' "
                      "AND issued_at > 0"),
                  total);
}

/* ---- what is late ---- */

err late_store_count_clocks(struct db *db, const struct late_clocks *late, i64 *count)
{
    str flow = str_of(late->flow), name = str_of(late->name);
    return db_i64(db,
                  SQL("SELECT COUNT(*) AS n FROM clocks WHERE org_id = :org AND flow = :flow AND "
                      "name = :name AND stopped_at = 0 AND frozen_on = 0 AND due_on <= :to_on",
                      P(flow), P(name), P(late->to_on)),
                  count);
}

err late_store_count_promises(struct db *db, i64 to_on, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) AS n FROM promises WHERE org_id = :org AND state IN "
                      "('made', 'progressing', 'renewed') AND renew_to_on = 0 AND due_on <= "
                      ":to_on",
                      P(to_on)),
                  count);
}

/* ---- the ladder's run ---- */

static const struct field RUN_ROW[] = {
    FIELD(struct urging_run, on_day),
    FIELD(struct urging_run, source),
    FIELD(struct urging_run, after_on),
    FIELD(struct urging_run, after_id),
    { 0 },
};

err urging_run_store_find(struct db *db, struct urging_run *out)
{
    *out = (struct urging_run){ 0 };
    err e = db_one(db,
                   SQL("SELECT on_day, source, after_on, after_id FROM urging_runs WHERE org_id = "
                       ":org"),
                   RUN_ROW, NULL, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err urging_run_store_put(struct db *db, const struct urging_run *run)
{
    return db_run(db,
                  SQL("INSERT INTO urging_runs (org_id, on_day, source, after_on, after_id) VALUES "
                      "(:org, :on_day, :source, :after_on, :after_id) ON CONFLICT (org_id) DO "
                      "UPDATE SET on_day = :on_day, source = :source, after_on = :after_on, "
                      "after_id = :after_id",
                      P(run->on_day), P(run->source), P(run->after_on), P(run->after_id)),
                  NULL);
}
