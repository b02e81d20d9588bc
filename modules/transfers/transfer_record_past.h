/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A proposal of earlier years as a line of a list gives it: judged, then stored as finished and
 * archived. How a line is read: transfer_import_past.c. */
#ifndef HT_TRANSFERS_TRANSFER_RECORD_PAST_H
#define HT_TRANSFERS_TRANSFER_RECORD_PAST_H
#include "modules/assignments/assignment_past.h"
#include "modules/orgs/org.h"
#include "modules/transfers/transfer_record.h"

/* One case. number: as it finds the case again; docket_no: 0 where it was not docketed. Days, 0 =
 * the list has none. outcome, reject_reason, class, satisfaction, tracking, talk_way: codes, empty
 * = none. late: the list says so. agencies: struct assignment_past with agency_id, role, name. The
 * list's own words: satisfaction_word, way, letter_no, reached. digest: of all that was read. */
struct transfer_past {
    struct transfer_record text;
    struct session session;
    struct rows agencies;
    i64 docket_no, submitted_on, docketed_on, assigned_on, due_on, talked_on, replied_on, closed_on;
    bool late, flagship, confidential;
    str number, sector, outcome, reject_reason, reject_note, main_number, class, satisfaction,
        tracking, answer, talk_way, satisfaction_word, way, letter_no, reached, digest;
};

/* Stores it once: by session and number; the same again changes nothing ('='), a corrected line
 * writes over ('u'). Nobody is told, no clock runs, nobody has anything to do. Errors: INVALID with
 * faults on rq; CONFLICT transfers.twice (the list has it twice), proposals.number_taken. */
err transfer_save_past(struct rq *rq, struct transfer_past *past, char *result);
#endif
