/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the ledger (entry_store.h). What should stand of proposals and opinions is said by
 * the views of schema/0001_entries.sql. */
#include "modules/entries/entry_store.h"

#include "modules/members/member.h"

/* ---- writing ---- */

err entry_store_add(struct db *db, const struct entry_new *e, i64 *id)
{
    err found = db_insert(
        db,
        SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, year, "
            "kind, label, quantity, people, tags, source, source_id, part_id, number, title, text, "
            "state, recorded_at, recorded_by, recorded_name) SELECT m.org_id, m.id, n.name, "
            "COALESCE((SELECT c.name FROM seats t JOIN sectors c ON c.org_id = t.org_id AND c.id = "
            "COALESCE((SELECT x.from_sector_id FROM sector_moves x WHERE x.org_id = t.org_id AND "
            "x.seat_id = t.id AND x.on_on > :happened_on ORDER BY x.on_on, x.id LIMIT 1), "
            "t.sector_id) WHERE t.org_id = m.org_id AND t.member_id = m.id AND t.from_on <= "
            ":happened_on ORDER BY t.from_on DESC, t.id DESC LIMIT 1), ''), "
            "COALESCE((SELECT d.name FROM tenures u JOIN committees d ON d.org_id = u.org_id AND "
            "d.id = u.body_id WHERE u.org_id = m.org_id AND u.person_id = m.person_id AND u.body = "
            "'committee' AND u.from_on <= :happened_on AND (u.to_on = 0 OR u.to_on >= "
            ":happened_on) ORDER BY u.from_on, u.id LIMIT 1), ''), :happened_on, :year, :kind, "
            ":label, :quantity, :people, CASE WHEN EXISTS (SELECT v.id FROM tenures v WHERE "
            "v.org_id = m.org_id AND v.person_id = m.person_id AND v.body = 'cppcc' AND v.post IN "
            "(" MEMBER_STANDING_POSTS ") AND v.from_on <= :happened_on AND (v.to_on = 0 OR "
            "v.to_on >= :happened_on)) THEN CASE "
            "WHEN :tags = '' THEN 'standing' ELSE :tags || ' standing' END ELSE :tags END, "
            ":source, :source_id, :part_id, :number, :title, '', 'live', :recorded_at, "
            ":recorded_by, :recorded_name FROM members m JOIN persons n ON n.org_id = m.org_id AND "
            "n.id = m.person_id WHERE m.org_id = :org AND m.id = :member_id RETURNING id",
            P(e->member_id), P(e->happened_on), P(e->year), P(e->kind), P(e->label), P(e->quantity),
            P(e->people), P(e->tags), P(e->source), P(e->source_id), P(e->part_id), P(e->number),
            P(e->title), P(e->recorded_at), P(e->recorded_by), P(e->recorded_name)),
        id);
    return found.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "members.not_found") : found;
}

err entry_store_standing(struct db *db, i64 member_id, i64 on, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) AS id FROM members m WHERE m.org_id = :org AND m.id = "
                      ":member_id AND EXISTS (SELECT v.id FROM tenures v WHERE v.org_id = m.org_id "
                      "AND v.person_id = m.person_id AND v.post = 'standing_member' AND v.from_on "
                      "<= :on AND (v.to_on = 0 OR v.to_on >= :on))",
                      P(member_id), P(on)),
                  count);
}

err entry_store_reverse(struct db *db, const struct entry_reversal *r, i64 *id)
{
    TRY(db_update(db, SQL("UPDATE entries SET state = :state WHERE org_id = :org AND id = :id AND "
                          "state = 'live'",
                          P(r->state), P(r->id))));
    return db_insert(
        db,
        SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, year, "
            "kind, label, quantity, people, tags, source, source_id, part_id, number, title, text, "
            "state, reverses_id, recorded_at, recorded_by, recorded_name) SELECT e.org_id, "
            "e.member_id, e.name, e.sector, e.committee, e.happened_on, e.year, e.kind, e.label, "
            "-e.quantity, e.people, e.tags, e.source, e.source_id, e.part_id, e.number, e.title, "
            ":text, 'reversal', e.id, :recorded_at, :recorded_by, :recorded_name FROM entries e "
            "WHERE e.org_id = :org AND e.id = :id RETURNING id",
            P(r->id), P(r->text), P(r->recorded_at), P(r->recorded_by), P(r->recorded_name)),
        id);
}

/* ---- what stands and what should ---- */

static const struct field MARK_ROW[] = {
    FIELD(struct entry_mark, id),
    FIELD(struct entry_mark, member_id),
    FIELD(struct entry_mark, happened_on),
    FIELD(struct entry_mark, quantity),
    FIELD(struct entry_mark, people),
    FIELD(struct entry_mark, source_id),
    FIELD(struct entry_mark, part_id),
    FIELD(struct entry_mark, kind),
    FIELD(struct entry_mark, tags),
    FIELD(struct entry_mark, state),
    FIELD(struct entry_mark, recorded_by),
    FIELD(struct entry_mark, recorded_name),
    { 0 },
};

err entry_store_list_marks(struct db *db, const struct entry_span *span, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct entry_mark);
    return db_list(
        db,
        SQL("SELECT id, member_id, happened_on, quantity, people, source_id, part_id, kind, tags, "
            "state, recorded_by, recorded_name FROM (SELECT id, member_id, happened_on, quantity, "
            "people, source_id, part_id, kind, tags, state, recorded_by, recorded_name FROM "
            "entries WHERE org_id = :org AND state = 'live' AND source = :source AND source_id "
            "BETWEEN :from_id AND :to_id UNION ALL SELECT id, member_id, happened_on, quantity, "
            "people, source_id, part_id, kind, tags, state, recorded_by, recorded_name FROM "
            "entries WHERE org_id = :org AND state = 'struck' AND source = :source AND source_id "
            "BETWEEN :from_id AND :to_id) found ORDER BY source_id, id LIMIT 1000000",
            P(span->source), P(span->from_id), P(span->to_id)),
        MARK_ROW, mem, out);
}

static const struct field DOER_ROW[] = {
    FIELD(struct entry_doer, source_id),
    FIELD(struct entry_doer, member_id),
    FIELD(struct entry_doer, collective),
    { 0 },
};

err entry_store_list_doers(struct db *db, const struct entry_span *span, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct entry_doer);
    if (str_is(span->source, "proposals"))
        return db_list(db,
                       SQL("SELECT source_id, member_id, collective FROM entry_signers_2 WHERE "
                           "org_id = :org AND source_id BETWEEN :from_id AND :to_id ORDER BY "
                           "source_id, place, member_id LIMIT 1000000",
                           P(span->from_id), P(span->to_id)),
                       DOER_ROW, mem, out);
    return db_list(
        db,
        SQL("SELECT source_id, member_id, 0 AS collective FROM entry_reporters "
            "WHERE org_id = :org AND source_id BETWEEN :from_id AND :to_id ORDER BY source_id, "
            "place, member_id LIMIT 1000000",
            P(span->from_id), P(span->to_id)),
        DOER_ROW, mem, out);
}

static const struct field FACT_ROW[] = {
    FIELD(struct entry_fact, source_id),
    FIELD(struct entry_fact, kind),
    FIELD(struct entry_fact, part_id),
    FIELD(struct entry_fact, happened_on),
    FIELD(struct entry_fact, people),
    FIELD(struct entry_fact, extra),
    { 0 },
};

err entry_store_list_facts(struct db *db, const struct entry_span *span, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct entry_fact);
    if (str_is(span->source, "proposals"))
        return db_list(
            db,
            SQL("SELECT source_id, kind, part_id, happened_on, people, extra FROM "
                "entry_proposal_facts WHERE org_id = :org AND source_id BETWEEN :from_id "
                "AND :to_id ORDER BY source_id LIMIT 1000000",
                P(span->from_id), P(span->to_id)),
            FACT_ROW, mem, out);
    return db_list(db,
                   SQL("SELECT source_id, kind, part_id, happened_on, people, extra FROM "
                       "entry_opinion_facts WHERE org_id = :org AND source_id BETWEEN :from_id "
                       "AND :to_id ORDER BY source_id LIMIT 1000000",
                       P(span->from_id), P(span->to_id)),
                   FACT_ROW, mem, out);
}

struct next_row {
    i64 last_id, count;
};

static const struct field NEXT_ROW[] = {
    FIELD(struct next_row, last_id),
    FIELD(struct next_row, count),
    { 0 },
};

static err next_of(struct db *db, const struct entry_next *n, struct arena *mem,
                   struct next_row *out)
{
    if (str_is(n->source, "proposals"))
        return db_one(db,
                      SQL("SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) AS last_id, COUNT(*) AS "
                          "count FROM (SELECT id FROM proposals WHERE org_id = :org AND id > "
                          ":after_id ORDER BY id LIMIT :limit) found",
                          P(n->after_id), P(n->limit)),
                      NEXT_ROW, mem, out);
    if (str_is(n->source, "meetings"))
        return db_one(db,
                      SQL("SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) AS last_id, COUNT(*) AS "
                          "count FROM (SELECT id FROM meetings WHERE org_id = :org AND id > "
                          ":after_id AND state = 'settled' ORDER BY id LIMIT :limit) found",
                          P(n->after_id), P(n->limit)),
                      NEXT_ROW, mem, out);
    return db_one(db,
                  SQL("SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) AS last_id, COUNT(*) AS count "
                      "FROM (SELECT id FROM opinions WHERE org_id = :org AND id > :after_id ORDER "
                      "BY id LIMIT :limit) found",
                      P(n->after_id), P(n->limit)),
                  NEXT_ROW, mem, out);
}

err entry_store_next(struct db *db, const struct entry_next *next, struct arena *mem, i64 *last_id,
                     i64 *count)
{
    struct next_row row;
    TRY(next_of(db, next, mem, &row));
    *last_id = row.last_id;
    *count = row.count;
    return OK;
}

static const struct field ID_ROW[] = { { .name = "id", .type = FIELD_I64 }, { 0 } };

err entry_store_list_parts(struct db *db, str source, i64 id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(i64);
    if (str_is(source, "proposals"))
        return db_list(db,
                       SQL("SELECT id FROM proposals WHERE org_id = :org AND main_id = :id AND "
                           "main_id > 0 ORDER BY id LIMIT 1000",
                           P(id)),
                       ID_ROW, mem, out);
    return db_list(db,
                   SQL("SELECT id FROM opinions WHERE org_id = :org AND composite_id = :id AND "
                       "composite_id > 0 ORDER BY id LIMIT 1000",
                       P(id)),
                   ID_ROW, mem, out);
}

/* ---- whose ---- */

err entry_store_flagship(struct db *db, i64 id, i64 *proposal_id)
{
    return db_i64(db,
                  SQL("SELECT proposal_id FROM flagships WHERE org_id = :org AND id = :id", P(id)),
                  proposal_id);
}

err entry_store_commendation(struct db *db, i64 id, i64 *proposal_id)
{
    return db_i64(
        db, SQL("SELECT proposal_id FROM commendations WHERE org_id = :org AND id = :id", P(id)),
        proposal_id);
}

err entry_store_promise(struct db *db, i64 id, i64 *proposal_id)
{
    return db_i64(db,
                  SQL("SELECT CASE WHEN matter = 'proposals' THEN matter_id ELSE 0 END AS id FROM "
                      "promises WHERE org_id = :org AND id = :id",
                      P(id)),
                  proposal_id);
}

err entry_store_reporter(struct db *db, i64 id, i64 *opinion_id)
{
    return db_i64(db,
                  SQL("SELECT opinion_id FROM reporters WHERE org_id = :org AND id = :id", P(id)),
                  opinion_id);
}

/* ---- walks ---- */

static const struct field RUN_ROW[] = {
    FIELD(struct entry_run, id),          FIELD(struct entry_run, source),
    FIELD(struct entry_run, after_id),    FIELD(struct entry_run, checked),
    FIELD(struct entry_run, added),       FIELD(struct entry_run, reversed),
    FIELD(struct entry_run, started_at),  FIELD(struct entry_run, started_name),
    FIELD(struct entry_run, finished_at), { 0 },
};

err entry_run_store_find(struct db *db, struct arena *mem, struct entry_run *out)
{
    err e = db_one(db,
                   SQL("SELECT id, source, after_id, checked, added, reversed, started_at, "
                       "started_name, finished_at FROM entry_runs WHERE org_id = :org ORDER BY id "
                       "DESC LIMIT 1"),
                   RUN_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err entry_run_store_add(struct db *db, const struct entry_run *run)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO entry_runs (org_id, started_at, started_name) VALUES (:org, "
                         ":started_at, :started_name) RETURNING id",
                         P(run->started_at), P(run->started_name)),
                     &id);
}

err entry_run_store_update(struct db *db, const struct entry_run *run)
{
    return db_update(
        db, SQL("UPDATE entry_runs SET source = :source, after_id = :after_id, checked = :checked, "
                "added = :added, reversed = :reversed, finished_at = :finished_at WHERE org_id = "
                ":org AND id = :id AND finished_at = 0",
                P(run->source), P(run->after_id), P(run->checked), P(run->added), P(run->reversed),
                P(run->finished_at), P(run->id)));
}

/* ---- reading ---- */

static const struct field SCORED_ROW[] = {
    FIELD(struct entry, id),
    FIELD(struct entry, member_id),
    FIELD(struct entry, happened_on),
    FIELD(struct entry, kind),
    FIELD(struct entry, quantity),
    FIELD(struct entry, people),
    FIELD(struct entry, tags),
    FIELD(struct entry, source),
    FIELD(struct entry, source_id),
    FIELD(struct entry, part_id),
    { 0 },
};

/* Of everybody by the index that holds all of it in this order: the plus keeps that of days from
 * being taken, whose rows would be fetched and sorted. */
err entry_store_list(struct db *db, const struct entry_days *days, struct arena *mem,
                     struct rows *out)
{
    out->size = sizeof(struct entry);
    if (days->member_id)
        return db_list(
            db,
            SQL("SELECT id, member_id, happened_on, kind, quantity, people, tags, source, "
                "source_id, part_id FROM entries WHERE org_id = :org AND state = 'live' AND "
                "member_id = :member_id AND happened_on BETWEEN :from_on AND :to_on ORDER BY "
                "member_id, happened_on, id LIMIT 100000",
                P(days->member_id), P(days->from_on), P(days->to_on)),
            SCORED_ROW, mem, out);
    return db_list(db,
                   SQL("SELECT id, member_id, happened_on, kind, quantity, people, tags, source, "
                       "source_id, part_id FROM entries WHERE org_id = :org AND state = 'live' AND "
                       "+happened_on BETWEEN :from_on AND :to_on ORDER BY member_id, happened_on, "
                       "id LIMIT 10000000",
                       P(days->from_on), P(days->to_on)),
                   SCORED_ROW, mem, out);
}

static const struct field BRIEF_ROW[] = {
    FIELD(struct entry, member_id),
    FIELD(struct entry, happened_on),
    FIELD(struct entry, kind),
    FIELD(struct entry, quantity),
    FIELD(struct entry, people),
    FIELD(struct entry, tags),
    { 0 },
};

static err each_brief(struct db *db, const struct entry_each *each)
{
    const struct db_each way = { BRIEF_ROW, sizeof(struct entry), each->mem, each->fn,
                                 each->context };
    return db_each(db,
                   SQL("SELECT member_id, happened_on, kind, quantity, people, tags FROM entries "
                       "WHERE org_id = :org AND state = 'live' AND +happened_on BETWEEN :from_on "
                       "AND :to_on ORDER BY member_id, happened_on, id",
                       P(each->from_on), P(each->to_on)),
                   &way);
}

err entry_store_each(struct db *db, const struct entry_each *each)
{
    if (each->brief)
        return each_brief(db, each);
    const struct db_each way = { SCORED_ROW, sizeof(struct entry), each->mem, each->fn,
                                 each->context };
    if (each->member_id)
        return db_each(
            db,
            SQL("SELECT id, member_id, happened_on, kind, quantity, people, tags, source, "
                "source_id, part_id FROM entries WHERE org_id = :org AND state = 'live' AND "
                "member_id = :member_id AND happened_on BETWEEN :from_on AND :to_on ORDER BY "
                "member_id, happened_on, id",
                P(each->member_id), P(each->from_on), P(each->to_on)),
            &way);
    return db_each(db,
                   SQL("SELECT id, member_id, happened_on, kind, quantity, people, tags, source, "
                       "source_id, part_id FROM entries WHERE org_id = :org AND state = 'live' AND "
                       "+happened_on BETWEEN :from_on AND :to_on ORDER BY member_id, happened_on, "
                       "id",
                       P(each->from_on), P(each->to_on)),
                   &way);
}

static const struct field CHANGE_ROW[] = { FIELD(struct entry_change, id),
                                           FIELD(struct entry_change, member_id),
                                           { 0 } };

err entry_store_list_since(struct db *db, i64 after_id, struct arena *mem, struct rows *out)
{
    i64 most = ENTRY_CHANGES;
    out->size = sizeof(struct entry_change);
    return db_list(db,
                   SQL("SELECT id, member_id FROM entries WHERE org_id = :org AND id > :after_id "
                       "ORDER BY id DESC LIMIT :most",
                       P(after_id), P(most)),
                   CHANGE_ROW, mem, out);
}

err entry_store_list_years(struct db *db, i64 member_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(i64);
    return db_list(db,
                   SQL("SELECT DISTINCT year AS id FROM entries WHERE org_id = :org AND member_id "
                       "= :member_id AND state = 'live' ORDER BY year DESC LIMIT 60",
                       P(member_id)),
                   ID_ROW, mem, out);
}

err entry_store_term(struct db *db, i64 on, i64 *from_on)
{
    return db_i64(db,
                  SQL("SELECT CAST(COALESCE(MAX(from_on), 0) AS BIGINT) AS id FROM terms WHERE "
                      "org_id = :org AND from_on <= :on",
                      P(on)),
                  from_on);
}

static const struct field ROW[] = {
    FIELD(struct entry_row, id),
    FIELD(struct entry_row, member_id),
    FIELD(struct entry_row, happened_on),
    FIELD(struct entry_row, year),
    FIELD(struct entry_row, quantity),
    FIELD(struct entry_row, people),
    FIELD(struct entry_row, source_id),
    FIELD(struct entry_row, part_id),
    FIELD(struct entry_row, reverses_id),
    FIELD(struct entry_row, recorded_at),
    FIELD(struct entry_row, name),
    FIELD(struct entry_row, sector),
    FIELD(struct entry_row, committee),
    FIELD(struct entry_row, kind),
    FIELD(struct entry_row, label),
    FIELD(struct entry_row, tags),
    FIELD(struct entry_row, source),
    FIELD(struct entry_row, number),
    FIELD(struct entry_row, title),
    FIELD(struct entry_row, text),
    FIELD(struct entry_row, state),
    FIELD(struct entry_row, recorded_name),
    { 0 },
};

err entry_store_list_member(struct db *db, const struct entry_days *days, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct entry_row);
    return db_list(
        db,
        SQL("SELECT id, member_id, happened_on, year, quantity, people, source_id, part_id, "
            "reverses_id, recorded_at, name, sector, committee, kind, label, tags, source, number, "
            "title, text, state, recorded_name FROM entries WHERE org_id = :org AND member_id = "
            ":member_id AND happened_on BETWEEN :from_on AND :to_on AND state <> 'reversed' ORDER "
            "BY happened_on DESC, id DESC LIMIT 3000",
            P(days->member_id), P(days->from_on), P(days->to_on)),
        ROW, mem, out);
}

err entry_store_find(struct db *db, i64 id, struct arena *mem, struct entry_row *out)
{
    err e = db_one(db,
                   SQL("SELECT id, member_id, happened_on, year, quantity, people, source_id, "
                       "part_id, reverses_id, recorded_at, name, sector, committee, kind, label, "
                       "tags, source, number, title, text, state, recorded_name FROM entries WHERE "
                       "org_id = :org AND id = :id",
                       P(id)),
                   ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "entries.not_found") : e;
}

err entry_store_find_reversal(struct db *db, i64 id, struct arena *mem, struct entry_row *out)
{
    err e = db_one(db,
                   SQL("SELECT id, member_id, happened_on, year, quantity, people, source_id, "
                       "part_id, reverses_id, recorded_at, name, sector, committee, kind, label, "
                       "tags, source, number, title, text, state, recorded_name FROM entries WHERE "
                       "org_id = :org AND reverses_id = :id AND reverses_id > 0",
                       P(id)),
                   ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}
