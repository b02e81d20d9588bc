/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What JSON of a call, a report or an assessment says of ballots. */
#include "modules/statements/ballot.h"
#include "platform/web/json.h"

void ballot_json(struct json *j, const struct ballot *b, const struct rows *counts)
{
    static const struct field COUNT[] = {
        FIELD(struct ballot_count, statement_id),
        FIELD(struct ballot_count, excellent),
        FIELD(struct ballot_count, competent),
        FIELD(struct ballot_count, basic),
        FIELD(struct ballot_count, incompetent),
        FIELD(struct ballot_count, abstained),
        { 0 },
    };
    if (!b->id) {
        json_null(j, "ballot");
        return;
    }
    json_object(j, "ballot");
    json_str(j, "meeting_title", b->meeting_title);
    json_day(j, "held_on", b->held_on);
    json_i64(j, "issued", b->issued);
    json_i64(j, "returned", b->returned);
    json_i64(j, "valid", b->valid);
    json_str(j, "teller_name", b->teller_name);
    json_str(j, "second_teller_name", b->second_teller_name);
    json_str(j, "noter_name", b->noter_name);
    json_time(j, "noted_at", b->noted_at);
    json_rows(j, "counts", COUNT, counts);
    json_object_end(j);
}

void ballot_results_json(struct json *j, const struct rows *results)
{
    static const struct field RESULT[] = {
        FIELD(struct ballot_result, statement_id),  FIELD(struct ballot_result, held_on),
        FIELD(struct ballot_result, meeting_title), FIELD(struct ballot_result, issued),
        FIELD(struct ballot_result, returned),      FIELD(struct ballot_result, valid),
        FIELD(struct ballot_result, excellent),     FIELD(struct ballot_result, competent),
        FIELD(struct ballot_result, basic),         FIELD(struct ballot_result, incompetent),
        FIELD(struct ballot_result, abstained),     { 0 },
    };
    json_rows(j, "ballots", RESULT, results);
}
