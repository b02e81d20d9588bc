/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of transfers (transfer_store.h). Tables of cases belong to other modules
 * (transfer_tables.c). */
#include "modules/transfers/transfer_store.h"

#include "modules/transfers/transfer_names.h"

static const struct field TRANSFER_ROW[] = {
    FIELD(struct transfer, id),
    FIELD(struct transfer, direction),
    FIELD(struct transfer, purpose),
    FIELD(struct transfer, peer),
    FIELD(struct transfer, peer_name),
    FIELD(struct transfer, digest),
    FIELD(struct transfer, case_count),
    FIELD(struct transfer, left_count),
    FIELD(struct transfer, open_links),
    FIELD(struct transfer, files),
    FIELD(struct transfer, confidential),
    FIELD(struct transfer, made_at),
    FIELD(struct transfer, made_by),
    FIELD(struct transfer, made_name),
    { 0 },
};

static const struct field CASE_ROW[] = {
    FIELD(struct transfer_case, id),          FIELD(struct transfer_case, transfer_id),
    FIELD(struct transfer_case, direction),   FIELD(struct transfer_case, purpose),
    FIELD(struct transfer_case, proposal_id), FIELD(struct transfer_case, house),
    FIELD(struct transfer_case, house_id),    FIELD(struct transfer_case, begun_at),
    FIELD(struct transfer_case, agency_id),   FIELD(struct transfer_case, due_on),
    FIELD(struct transfer_case, noted_at),    { 0 },
};

err transfer_store_add(struct db *db, const struct transfer *t, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO transfers (org_id, direction, purpose, peer, peer_name, digest, "
            "case_count, left_count, open_links, files, confidential, made_at, made_by, made_name) "
            "VALUES (:org, :direction, :purpose, :peer, :peer_name, :digest, :case_count, "
            ":left_count, :open_links, :files, :confidential, :made_at, :made_by, :made_name) "
            "RETURNING id",
            P(t->direction), P(t->purpose), P(t->peer), P(t->peer_name), P(t->digest),
            P(t->case_count), P(t->left_count), P(t->open_links), P(t->files), P(t->confidential),
            P(t->made_at), P(t->made_by), P(t->made_name)),
        id);
}

err transfer_store_set_counts(struct db *db, const struct transfer *t)
{
    return db_update(db, SQL("UPDATE transfers SET digest = :digest, case_count = :case_count, "
                             "left_count = :left_count, open_links = :open_links WHERE org_id = "
                             ":org AND id = :id",
                             P(t->digest), P(t->case_count), P(t->left_count), P(t->open_links),
                             P(t->id)));
}

err transfer_store_find(struct db *db, i64 id, struct arena *mem, struct transfer *out)
{
    return db_one(
        db,
        SQL("SELECT id, direction, purpose, peer, peer_name, digest, case_count, left_count, "
            "open_links, files, confidential, made_at, made_by, made_name FROM transfers WHERE "
            "org_id = :org AND id = :id",
            P(id)),
        TRANSFER_ROW, mem, out);
}

err transfer_store_list(struct db *db, i64 before_id, i64 limit, struct arena *mem,
                        struct rows *out)
{
    out->size = sizeof(struct transfer);
    return db_list(
        db,
        SQL("SELECT id, direction, purpose, peer, peer_name, digest, case_count, left_count, "
            "open_links, files, confidential, made_at, made_by, made_name FROM transfers WHERE "
            "org_id = :org AND (:before_id = 0 OR id < :before_id) ORDER BY id DESC LIMIT :limit",
            P(before_id), P(limit)),
        TRANSFER_ROW, mem, out);
}

err transfer_case_store_add(struct db *db, const struct transfer_case *c)
{
    return db_run(
        db,
        SQL("INSERT INTO transfer_cases (org_id, transfer_id, direction, purpose, proposal_id, "
            "house, house_id, begun_at, agency_id, due_on, noted_at) VALUES (:org, "
            ":transfer_id, :direction, :purpose, :proposal_id, :house, :house_id, :begun_at, "
            ":agency_id, :due_on, :noted_at)",
            P(c->transfer_id), P(c->direction), P(c->purpose), P(c->proposal_id), P(c->house),
            P(c->house_id), P(c->begun_at), P(c->agency_id), P(c->due_on), P(c->noted_at)),
        NULL);
}

err transfer_case_store_list(struct db *db, i64 transfer_id, i64 limit, struct arena *mem,
                             struct rows *out)
{
    out->size = sizeof(struct transfer_case);
    return db_list(
        db,
        SQL("SELECT id, transfer_id, direction, purpose, proposal_id, house, house_id, "
            "begun_at, agency_id, due_on, noted_at FROM transfer_cases WHERE org_id = :org AND "
            "transfer_id = :transfer_id ORDER BY id LIMIT :limit",
            P(transfer_id), P(limit)),
        CASE_ROW, mem, out);
}

err transfer_case_store_find_origin(struct db *db, i64 proposal_id, struct arena *mem,
                                    struct transfer_case *out)
{
    return db_one(
        db,
        SQL("SELECT id, transfer_id, direction, purpose, proposal_id, house, house_id, "
            "begun_at, agency_id, due_on, noted_at FROM transfer_cases WHERE org_id = :org AND "
            "proposal_id = :proposal_id AND direction = 'in' AND purpose <> 'answer' "
            "ORDER BY id LIMIT 1",
            P(proposal_id)),
        CASE_ROW, mem, out);
}

err transfer_case_store_find_handed(struct db *db, i64 proposal_id, struct arena *mem,
                                    struct transfer_case *out)
{
    return db_one(
        db,
        SQL("SELECT id, transfer_id, direction, purpose, proposal_id, house, house_id, "
            "begun_at, agency_id, due_on, noted_at FROM transfer_cases WHERE org_id = :org AND "
            "proposal_id = :proposal_id AND direction = 'out' AND purpose = 'handle' "
            "ORDER BY id DESC LIMIT 1",
            P(proposal_id)),
        CASE_ROW, mem, out);
}

err transfer_case_store_find_came(struct db *db, const struct transfer_origin *from,
                                  struct arena *mem, struct transfer_case *out)
{
    return db_one(
        db,
        SQL("SELECT id, transfer_id, direction, purpose, proposal_id, house, house_id, "
            "begun_at, agency_id, due_on, noted_at FROM transfer_cases WHERE org_id = :org AND "
            "house = :house AND house_id = :house_id AND (begun_at = :begun_at OR begun_at = 0 OR "
            ":begun_at = 0) AND direction = 'in' AND purpose <> 'answer' "
            "ORDER BY CASE WHEN begun_at = :begun_at THEN 0 ELSE 1 END, id DESC LIMIT 1",
            P(from->house), P(from->house_id), P(from->begun_at)),
        CASE_ROW, mem, out);
}

err transfer_case_store_set_begun(struct db *db, const struct transfer_origin *from)
{
    return db_run(db,
                  SQL("UPDATE transfer_cases SET begun_at = :begun_at WHERE org_id = :org AND "
                      "house = :house AND house_id = :house_id AND begun_at = 0 AND direction = "
                      "'in' AND purpose <> 'answer'",
                      P(from->house), P(from->house_id), P(from->begun_at)),
                  NULL);
}
