/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists that a renewal is decided by: who is to sit in the coming term (slate), its shares beside
 * today's (balance), who sits today with what is known of him (sitting). Words: README.md. */
#ifndef HT_RENEWALS_RENEWAL_LISTS_H
#define HT_RENEWALS_RENEWAL_LISTS_H
#include "modules/nominations/nominee.h"
#include "modules/renewals/renewal.h"

/* Whether he sits today, or did until the old term was over: not who has left and was chosen. */
bool renewal_is_sitting(const struct renewal_person *p);

/* ---- the slate ---- */

/* Who is on the list of the coming term as it stands today: who was chosen to stay and still may,
 * and who is named for it and checked, until he is voted down. list.nominees[i].at: of seats, whose
 * .from is "kept", "renewed" (named, and sits today), "former" or "fresh"; pending: not voted on.
 * left out: unchecked = named and not checked yet; barred = chosen, but suspended or gone. today:
 * struct nominee rows of who sits today. */
struct renewal_slate {
    struct nominee_list list;
    struct rows seats, today;
    i64 stays, comes, pending, unchecked, barred;
};

/* Of the renewal in the path. Errors: NOT_FOUND renewals.not_found; CONFLICT renewals.over (carried
 * out or given up), renewals.too_many. */
err renewal_slate_load(struct rq *rq, struct renewal *r, struct renewal_slate *out);

/* ---- the balance ---- */

/* A share with its least percent by the rules of the place (settings), 0 = none. */
struct renewal_measure {
    const char *name; /* "others", "female", "minority" */
    i64 seated, coming, floor;
    bool below; /* the coming body has less */
};

/* How many sit today (seated) and in the coming term (coming), by kind. */
struct renewal_table {
    const char *kind;   /* "side", "gender", "minority", "age", "party", "sector" */
    struct rows shares; /* struct nomination_share */
};
enum { RENEWAL_MEASURES = 3, RENEWAL_KINDS = 6 };
struct renewal_balance {
    struct rq *rq;
    const struct renewal *r;
    str title;
    i64 seated, coming;
    struct renewal_measure measures[RENEWAL_MEASURES];
    struct renewal_table tables[RENEWAL_KINDS];
};

/* Ages: on the day on which the term begins. */
void renewal_balance_make(struct rq *rq, const struct renewal *r, const struct renewal_slate *slate,
                          struct renewal_balance *out);

/* What a share is called. */
str renewal_share_words(struct rq *rq, const struct nomination_share *s);

/* ---- who sits today ---- */

enum { RENEWAL_YEARS_MAX = 10 };

/* only: "kept", "leaving", "warned"; sort: "sector", "name", "age", "terms". */
struct renewal_sitting_input {
    i64 id;
    str sector, grade, only, sort;
};
extern const struct form RENEWAL_SITTING_FORM;

/* A rule about absences that a member is near or has reached. */
struct renewal_warned {
    i64 member_id;
    str rule;
    bool reached;
};

/* Somebody who sits today, of the sector of his seat. age: on the day on which the new term begins,
 * -1 = not known. grades: in words, one for each year, empty = none. veto: of the last year that
 * had one. */
struct renewal_sitter {
    i64 member_id, age, terms;
    bool kept, named, reached;
    str name, sector, status, veto, warning;
    str *grades;
    size_t rank;
};

/* Those that were asked for, of all. Grades and vetoes are for who may read assessments, warnings
 * for who sees all of them; for others there is none, and no filter by them. sectors, words: what
 * there is to filter by. */
struct renewal_sitting {
    struct rq *rq;
    const struct renewal *r;
    const struct renewal_sitting_input *in;
    str title;
    bool shows_grades, shows_warnings, may_edit;
    i64 years[RENEWAL_YEARS_MAX], all;
    size_t year_count;
    struct rows people; /* struct renewal_sitter */
    strs sectors, words;
};

/* Of the renewal in the path. Errors: as renewal_slate_load. */
err renewal_sitting_load(struct rq *rq, struct renewal *r, const struct renewal_sitting_input *in,
                         struct renewal_sitting *out);

/* ---- views ---- */

struct renewal_slate_page {
    struct rq *rq;
    const struct renewal *r;
    const struct renewal_slate *slate;
    str title;
};

/* Handlers; of the slate also as files (slow): PDF, DOCX, workbook. */
err page_renewal_slate(struct rq *rq, struct res *res);
err page_renewal_balance(struct rq *rq, struct res *res);
err page_renewal_sitting(struct rq *rq, struct res *res);
err file_renewal_pdf(struct rq *rq, struct res *res);
err file_renewal_docx(struct rq *rq, struct res *res);
err file_renewal_xlsx(struct rq *rq, struct res *res);
#endif
