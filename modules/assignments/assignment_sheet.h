/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Everything about the assignments of a matter that one actor may see: the only source of pages
 * and JSON, so that blindness has one gate. Views: views/section.html, views/show.html. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_SHEET_H
#define HT_ASSIGNMENTS_ASSIGNMENT_SHEET_H
#include "modules/assignments/assignment_reply.h"
#include "modules/assignments/assignment_rules.h"
#include "platform/settings/settings.h"
#include "platform/web/view_parts.h"

/* How near the actor stands to the matter. */
struct sight {
    bool office;    /* reads all of the organisation */
    bool verdicts;  /* may read single verdicts (not of its own agency): modules/evaluations */
    bool on_matter; /* works for an agency that has the matter */
    bool signer;    /* is one of those the answer is for */
};

/* Rows hold only what the actor may see. */
struct assignment_sheet {
    struct rq *rq; /* whose words and names it is made with */
    struct sight sight;
    struct rows assignments;   /* struct assignment; also those taken away, for the office */
    struct rows items;         /* struct assignment_item */
    struct rows persons;       /* struct assignment_person */
    struct rows contacts;      /* struct contact */
    struct rows contributions; /* struct contribution */
    struct rows replies;       /* struct reply; drafts only of the own agency */
    struct rows answers;       /* struct reply_answer */
    struct rows promises;      /* struct reply_promise, of those replies */
    struct rows origins;       /* struct assignment_origin, where several are answered together */
    struct rows letters;       /* struct reply_letter */
    struct rows bounces;       /* struct request */
    struct rows extensions;    /* struct request */
    html *below;               /* as many as assignments: what modules above put there, or NULL */
    html acts;                 /* the same behind the buttons of one */
};

/* Loads it. Errors: those of the database. */
err assignment_sheet_load(struct rq *rq, const struct matter_key *key,
                          struct assignment_sheet *out);

/* Of a matter whoever asks: agencies, items, origins, letters and delivered answers, nothing else.
 * For who shows the public what is public; which answer is, the caller looks at. Errors: those of
 * the database. */
err assignment_sheet_public(struct rq *rq, const struct matter_key *key,
                            struct assignment_sheet *out);

/* An assignment and the sheet of its matter, for who may see it or stands near the matter: a
 * cohost's letter is on the page of its host too, who has no right to the cohost's assignment
 * itself. Errors: NOT_FOUND assignments.not_found. */
err assignment_sheet_near(struct rq *rq, i64 id, struct assignment *a,
                          struct assignment_sheet *sheet);

/* The last delivered reply of an assignment on the sheet, the draft of its round, NULL if there
 * is none. */
const struct reply *sheet_delivered(const struct assignment_sheet *sheet, i64 assignment_id);
const struct reply *sheet_draft(const struct assignment_sheet *sheet, const struct assignment *a);

/* Whether a reply on the sheet answers plainly. */
bool sheet_is_plain(const struct assignment_sheet *sheet, const struct reply *reply);

/* The agency of an assignment on a sheet. */
str sheet_agency_of(const struct assignment_sheet *sheet, i64 assignment_id);

/* The answer of a reply to an item, NULL if there is none. */
const struct reply_answer *sheet_answer(const struct assignment_sheet *sheet, i64 reply_id,
                                        i64 number);

/* Words of a class, "A 已经解决或基本解决"; and its mark on a letter, "A". Empty for no class. at:
 * when the reply was signed, UTC ms: it keeps the words of that day; 0 = today's. */
str assignment_class_label(struct rq *rq, str code, i64 at);
str assignment_class_mark(struct rq *rq, str code, i64 at);

/* "第1条建议；责任人王某，电话…；以验收材料为证": what stands small under a promise. */
str promise_words(struct rq *rq, const struct reply_promise *p);

/* The trail of an assignment as steps: without evaluations for whom they are blind. */
err assignment_steps_of(struct rq *rq, const struct assignment *a, const struct sight *sight,
                        struct view_steps *out);

/* Event assignments.part_shown (id = the matter): the part of a matter, or of one of its
 * assignments (only_id), ends on a page; a module above may put in what is about all of it. */
struct assignment_part_shown {
    const struct assignment_sheet *sheet;
    struct matter_key key;
    i64 only_id;
    struct out *out;
};

/* Asks the modules above for what they put below each assignment, into sheet->below; only_id 0 =
 * all of the matter, else also into sheet->acts. page: whose page it is. Errors: the listeners'. */
err sheet_draw_below(struct rq *rq, struct assignment_sheet *sheet, i64 only_id,
                     const struct out *page);

/* Parts of a sheet on a page: an answer or its draft, the opinions of cohosts, whose an item is;
 * what a bounce proposes, and when the proposer was told of an extension. */
void view_assignment_reply(struct out *out, const struct assignment_sheet *sheet,
                           const struct reply *reply);
void view_assignment_contributions(struct out *out, const struct assignment_sheet *sheet);
void view_assignment_item_origin(struct out *out, const struct assignment_sheet *sheet,
                                 const struct assignment_item *item);
void view_assignment_advice(struct out *out, str advice, str better);
void view_assignment_consent(struct out *out, const struct request *extension);

/* The sheet as JSON: array "assignments" of one object each; only_id 0 = all of the matter. Errors:
 * the listeners' of assignments.section_shown. */
err sheet_json(struct rq *rq, const struct assignment_sheet *sheet, i64 only_id, struct json *j);
err sheet_json_one(struct rq *rq, const struct assignment_sheet *sheet, const struct assignment *a,
                   struct json *j);
#endif
