/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opinions that somebody else brings: the desk writes down what came on paper or by telephone
 * (代录), lists of another system bring many. Rules 3: reporters without an account report too. */
#ifndef HT_OPINIONS_OPINION_RECORD_H
#define HT_OPINIONS_OPINION_RECORD_H
#include "modules/opinions/opinion_edit.h"
#include "platform/files/mapping.h"

/* Most characters of each text, typed or from a list; of the reporter; of the body. */
enum { OPINION_PART_MAX = 10000, OPINION_REPORTER_MAX = 40, OPINION_BODY_MAX = 60 };

/* One of them. kind: of the reporter; outcome: "submitted", "taken" or "kept". submitted_on: the
 * day on which it came. */
struct opinion_record {
    str title, situation, analysis, suggestions, reporter, kind, body_name, category, source,
        source_id, outcome, keep_text, basis;
    i64 submitted_on;
    bool urgent;
    str urgent_reason;
};

/* The desk's form. */
struct opinion_transcribe_input {
    str title, situation, analysis, suggestions, reporter, kind, body_name, category, basis,
        urgent_reason;
    i64 submitted_on;
    bool urgent;
    ids attachments;
};

/* Writes one down as sent today or earlier: it waits for the desk like any other. The only serving
 * member of that name is its writer, else nobody who signs in. Errors: INVALID form.faults with
 * opinions.missing, opinions.too_long, opinions.later_day, form.too_long. */
err opinion_transcribe(struct rq *rq, const struct opinion_record *record, struct opinion *out);

/* The same from a list: nobody is told and no clock runs; again by source and source_id it changes
 * what is not edited yet. result: 'c', 'u', '='. Errors: as opinion_transcribe; CONFLICT
 * opinions.import_moved (the desk has gone on with it). */
err opinion_save_record(struct rq *rq, const struct opinion_record *record, char *result);

/* `huotang import opinions`. */
extern const struct import_kind OPINION_IMPORTS[];

/* Pages: writing down (desk); the list. */
err page_opinion_transcribe(struct rq *rq, struct res *res);
err page_opinion_transcribe_add(struct rq *rq, struct res *res);
err page_opinion_import_form(struct rq *rq, struct res *res);
err page_opinion_import_receive(struct rq *rq, struct res *res);
err page_opinion_import(struct rq *rq, struct res *res);
err api_opinion_import(struct rq *rq, struct res *res);
#endif
