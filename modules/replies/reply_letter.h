/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Parts of an answer's letter. The letters themselves are files: reply_pages.h. */
#ifndef HT_REPLIES_REPLY_LETTER_H
#define HT_REPLIES_REPLY_LETTER_H
#include "modules/assignments/assignment_sheet.h"
#include "platform/docs/docs.h"

/* How many parts of a letter the promises of a reply take at most; writes them and gives how many
 * they are: a heading, then a sentence for each. origin_id: of several matters that are answered
 * together the one whose letter it is, 0 = there is one alone. */
size_t letter_count_promises(const struct assignment_sheet *sheet, i64 reply_id);
size_t letter_put_promises(struct rq *rq, const struct assignment_sheet *sheet, i64 reply_id,
                           i64 origin_id, struct paper_part *parts);

/* The delivered answers of a matter, the latest of each agency, as letters to be printed, as rq's
 * actor may see them; origin_id: of several that were answered together whose letters (0 = the
 * main one's). public: the agency agreed to publication. struct reply_paper rows, in order of
 * agencies. Errors: those of the database. */
struct reply_paper {
    i64 assignment_id;
    bool public;
    str agency_name;
    const struct paper_letter *letter;
};
err reply_papers(struct rq *rq, const char *collection, i64 matter_id, i64 origin_id,
                 struct rows *out);
#endif
