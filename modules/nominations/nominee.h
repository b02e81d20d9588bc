/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A list of nominees (建议人选名单) as it stands and goes on paper, whoever's it is: that of a
 * meeting (nomination_paper.c), that of a whole renewal (modules/renewals). */
#ifndef HT_NOMINATIONS_NOMINEE_H
#define HT_NOMINATIONS_NOMINEE_H
#include "modules/nominations/nomination.h"

/* Somebody on it. remark: whether he was a member before, in words. place: of his sector in their
 * order; at: of the rows that the list was made of. */
struct nominee {
    i64 sector_id, birth_on; /* BIRTH_UNKNOWN = not known */
    str name, gender, ethnic, party, employer, job, sector, nominator, remark;
    size_t place, at;
};

/* title: heads the paper and names the file. note: what else stands under it, may be empty. act,
 * object, object_id: what the log says of a file that leaves. */
struct nominee_list {
    str title, note;
    struct rows nominees; /* struct nominee, in their order */
    const char *act, *object;
    i64 object_id;
};

/* Of whom a nomination is; of several: struct nominee rows, `at` as they come. */
struct nominee nominee_of(const struct nomination *n);
void nominees_of(struct rq *rq, const struct rows *nominations, struct rows *out);

/* By sector in the order of a day, within one by the strokes of the surname; of a sector that is no
 * more behind all. Errors: those of the database. */
err nominees_order(struct rq *rq, i64 on, struct rows *nominees);

/* What the parties look at: of no or another party than the CPC; of a minority. Of whom it is not
 * known, neither. */
bool nominee_is_other(str party);
bool nominee_is_minority(str ethnic);

/* "1978年5月", empty = not known. */
str nominee_born(struct arena *mem, i64 birth_on);

/* "2026年11月28日，共 12 人；女 3 人（25.0%），…", with the list's note. */
str nominee_sums(struct rq *rq, const struct nominee_list *list);

/* The list as a file (slow). Errors: those of platform/docs. */
err nominee_list_pdf(struct rq *rq, const struct nominee_list *list, struct res *res);
err nominee_list_docx(struct rq *rq, const struct nominee_list *list, struct res *res);
err nominee_list_xlsx(struct rq *rq, const struct nominee_list *list, struct res *res);
#endif
