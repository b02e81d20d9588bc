/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists that a renewal is decided by: who is to sit in the coming term (slate), its shares beside
 * today's (balance), who sits today with what is known of him (sitting). Words: README.md. */
#ifndef HT_RENEWALS_RENEWAL_LISTS_H
#define HT_RENEWALS_RENEWAL_LISTS_H
#include "modules/nominations/nominee.h"
#include "modules/renewals/renewal.h"

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
err file_renewal_pdf(struct rq *rq, struct res *res);
err file_renewal_docx(struct rq *rq, struct res *res);
err file_renewal_xlsx(struct rq *rq, struct res *res);
#endif
