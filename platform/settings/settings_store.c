/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of settings and dictionaries. Rules and cache: settings.c. */
#include "platform/settings/settings_store.h"

static const struct field VALUE_ROW[] = {
    FIELD(struct setting_value, name),       FIELD(struct setting_value, value),
    FIELD(struct setting_value, from_on),    FIELD(struct setting_value, changed_at),
    FIELD(struct setting_value, changed_by), { 0 },
};

static const struct field DICTIONARY_ROW[] = {
    FIELD(struct dictionary_stored, id),
    FIELD(struct dictionary_stored, position),
    FIELD(struct dictionary_stored, from_on),
    FIELD(struct dictionary_stored, to_on),
    FIELD(struct dictionary_stored, name),
    FIELD(struct dictionary_stored, code),
    FIELD(struct dictionary_stored, label),
    FIELD(struct dictionary_stored, note),
    { 0 },
};

err settings_store_mark(struct db *db, i64 *mark)
{
    return db_i64(
        db,
        SQL("SELECT (SELECT CAST(COALESCE(SUM(mark), 0) AS BIGINT) FROM settings WHERE org_id ="
            " :org)"
            " + (SELECT CAST(COALESCE(SUM(mark), 0) AS BIGINT) FROM dictionaries WHERE org_id ="
            " :org)"
            " + (SELECT CAST(COALESCE(SUM(mark), 0) AS BIGINT) FROM dictionary_words WHERE org_id ="
            " :org)"),
        mark);
}

err settings_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct setting_value);
    return db_list(
        db,
        SQL("SELECT name, value, from_on, changed_at, changed_by FROM settings WHERE org_id = :org"
            " ORDER BY name, from_on"),
        VALUE_ROW, mem, out);
}

err dictionaries_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dictionary_stored);
    return db_list(
        db,
        SQL("SELECT id, position, from_on, to_on, name, code, label, note FROM dictionaries"
            " WHERE org_id = :org ORDER BY name, position, code"),
        DICTIONARY_ROW, mem, out);
}

static const struct field WORD_ROW[] = {
    FIELD(struct dictionary_stored, from_on), FIELD(struct dictionary_stored, name),
    FIELD(struct dictionary_stored, code),    FIELD(struct dictionary_stored, label),
    FIELD(struct dictionary_stored, note),    { 0 },
};

err dictionaries_store_words(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dictionary_stored);
    return db_list(db,
                   SQL("SELECT from_on, name, code, label, note FROM dictionary_words"
                       " WHERE org_id = :org ORDER BY name, code, from_on"),
                   WORD_ROW, mem, out);
}

static const struct field CHANGE_ROW[] = {
    FIELD(struct setting_change, from_on),
    FIELD(struct setting_change, changed_at),
    FIELD(struct setting_change, value),
    FIELD(struct setting_change, account_name),
    { 0 },
};

err settings_store_history(struct rq *rq, str name, struct rows *out)
{
    out->size = sizeof(struct setting_change);
    return db_list(rq->db,
                   SQL("SELECT s.from_on, s.changed_at, s.value, COALESCE(a.name, '') AS"
                       " account_name"
                       " FROM settings s LEFT JOIN accounts a ON a.org_id = s.org_id"
                       " AND a.id = s.changed_by WHERE s.org_id = :org AND s.name = :name"
                       " ORDER BY s.from_on DESC LIMIT 100",
                       P(name)),
                   CHANGE_ROW, rq->mem, out);
}

/* Forty random bits: sums of thousands stay far below the limit of i64. */
static i64 new_mark(struct rq *rq)
{
    return 1 + rng_below(rq->rng, (i64)1 << 40);
}

err settings_store_put(struct rq *rq, const struct setting_value *value)
{
    i64 mark = new_mark(rq);
    return db_run(
        rq->db,
        SQL("INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark)"
            " VALUES (:org, :name, :from_on, :value, :now_ms, :account_id, :mark)"
            " ON CONFLICT (org_id, name, from_on) DO UPDATE SET value = excluded.value,"
            " changed_at = excluded.changed_at, changed_by = excluded.changed_by, mark ="
            " excluded.mark",
            P(value->name), P(value->from_on), P(value->value), P(rq->now_ms),
            P(rq->actor->account_id), P(mark)),
        NULL);
}

err dictionaries_store_put(struct rq *rq, const struct dictionary_stored *row)
{
    i64 mark = new_mark(rq);
    return db_run(
        rq->db,
        SQL("INSERT INTO dictionaries (org_id, name, code, label, note, position, from_on, to_on,"
            " changed_at,"
            " changed_by, mark) VALUES (:org, :name, :code, :label, :note, :position, :from_on,"
            " :to_on,"
            " :now_ms, :account_id, :mark)"
            " ON CONFLICT (org_id, name, code) DO UPDATE SET label = excluded.label, note ="
            " excluded.note,"
            " position = excluded.position, from_on = excluded.from_on, to_on = excluded.to_on,"
            " changed_at = excluded.changed_at, changed_by = excluded.changed_by, mark ="
            " excluded.mark",
            P(row->name), P(row->code), P(row->label), P(row->note), P(row->position),
            P(row->from_on), P(row->to_on), P(rq->now_ms), P(rq->actor->account_id), P(mark)),
        NULL);
}

err dictionaries_store_put_word(struct rq *rq, const struct dictionary_stored *row)
{
    i64 mark = new_mark(rq);
    return db_run(
        rq->db,
        SQL("INSERT INTO dictionary_words (org_id, name, code, from_on, label, note, changed_at,"
            " changed_by, mark) VALUES (:org, :name, :code, :from_on, :label, :note, :now_ms,"
            " :account_id, :mark)"
            " ON CONFLICT (org_id, name, code, from_on) DO UPDATE SET label = excluded.label,"
            " note = excluded.note, changed_at = excluded.changed_at,"
            " changed_by = excluded.changed_by, mark = excluded.mark",
            P(row->name), P(row->code), P(row->from_on), P(row->label), P(row->note), P(rq->now_ms),
            P(rq->actor->account_id), P(mark)),
        NULL);
}
