/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of records of talks. */
#include "modules/mediations/mediation_store.h"

static const struct field MEDIATION_ROW[] = {
    FIELD(struct mediation, id),
    FIELD(struct mediation, round),
    FIELD(struct mediation, held_on),
    FIELD(struct mediation, recorded_at),
    FIELD(struct mediation, recorded_by),
    FIELD(struct mediation, place),
    FIELD(struct mediation, present),
    FIELD(struct mediation, agency_said),
    FIELD(struct mediation, proposer_said),
    FIELD(struct mediation, result),
    FIELD(struct mediation, satisfaction),
    { 0 },
};

err mediation_store_add(struct db *db, i64 id, const struct mediation *m)
{
    return db_run(
        db,
        SQL("INSERT INTO mediations (org_id, proposal_id, round, held_on, place, present, "
            "agency_said, proposer_said, result, satisfaction, recorded_at, recorded_by) VALUES "
            "(:org, :id, :round, :held_on, :place, :present, :agency_said, :proposer_said, "
            ":result, :satisfaction, :recorded_at, :recorded_by)",
            P(id), P(m->round), P(m->held_on), P(m->place), P(m->present), P(m->agency_said),
            P(m->proposer_said), P(m->result), P(m->satisfaction), P(m->recorded_at),
            P(m->recorded_by)),
        NULL);
}

err mediation_store_list(struct db *db, i64 id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct mediation);
    return db_list(db,
                   SQL("SELECT id, round, held_on, place, present, agency_said, proposer_said, "
                       "result, satisfaction, recorded_at, recorded_by FROM mediations WHERE "
                       "org_id = :org AND proposal_id = :id ORDER BY id LIMIT 100",
                       P(id)),
                   MEDIATION_ROW, mem, out);
}
