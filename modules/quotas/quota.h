/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Quotas (报送任务): how many opinions a year who is to send; rows, inputs, rules, statements,
 * handlers. No other module needs this one, so there is a single header. Words: README.md. */
#ifndef HT_QUOTAS_QUOTA_H
#define HT_QUOTAS_QUOTA_H
#include "platform/web/view_parts.h"
#include "platform/web/web.h"

enum { QUOTA_NAMES_MAX = 6000, QUOTA_NAME_MAX = 60, QUOTA_COUNT_MAX = 999, QUOTA_LINES_OPEN = 20 };

/* A row of the table. */
struct quota {
    i64 id, from_year, sent, used, place, version;
    bool whole;
    str target, names;
};

struct quota_input {
    i64 id, version, from_year, sent, used, place;
    bool whole;
    str target, names;
};
struct quota_remove_input {
    i64 id, version;
};

/* year 0 = the present one; show: "all", "short", "met"; empty = all. */
struct quota_year_input {
    i64 year;
    str show;
};

/* One reporter in a year. body: "sector", "committee", "org" with body_id, empty of a person and of
 * a name that stands in no register; note: the sector of a member. */
struct quota_line {
    i64 person_id, body_id, sent, used, short_sent, short_used;
    str name, note, body;
    bool met;
};

/* All reporters of a row. */
struct quota_group {
    const struct quota *quota;
    str label;
    struct quota_line *lines;
    size_t count, met;
};

/* A year as rq's actor sees it. all: whole organisation, else his own lines. */
struct quota_year {
    i64 year;
    bool all;
    struct quota_group *groups;
    size_t count, lines, met;
};

/* ---- rules ---- */

/* The year that rq's form asks for, with the lines that rq's actor may see. Errors: those of the
 * database. */
err quota_year_load(struct rq *rq, struct quota_year *out);

/* Keeps of the lines what `show` says: "short", "met", else all. */
void quota_year_show(struct quota_year *y, str show);

/* What a target is called: "常务委员". */
str quota_label(struct rq *rq, str target);

/* Whether reporters of this kind stand in no register, so that the row names them. */
bool quota_is_named(str target);

/* Choices of the form: posts, then kinds of group reporters; struct view_choice rows. */
err quota_targets(struct rq *rq, struct rows *out);

/* Adds (id 0) or changes a row. Errors: INVALID form.faults with quotas.need_names, .no_names,
 * .name_long, .only_bodies, .taken; NOT_FOUND quotas.not_found; CONFLICT web.version. */
err quota_save(struct rq *rq, const struct quota_input *in, i64 *id);

/* Takes a row away. Errors: NOT_FOUND quotas.not_found; CONFLICT web.version. */
err quota_remove(struct rq *rq, i64 id, i64 version);

/* Tells who is short this year. told, unreached: lines. Errors: CONFLICT quotas.reminded_enough,
 * quotas.nobody_short. */
struct quota_told {
    i64 told, unreached;
};
err quota_remind(struct rq *rq, struct quota_told *out);

/* "应报 3 条，应采用 1 条"; "已报 1 条，还差 2 条". */
str quota_wanted(struct rq *rq, const struct quota *q);
str quota_missing(struct rq *rq, const struct quota_line *line);

/* ---- statements ---- */

/* All rows, by place, target and year; those that hold in a year. struct quota rows. */
err quota_store_list(struct db *db, struct arena *mem, struct rows *out);
err quota_store_list_year(struct db *db, i64 year, struct arena *mem, struct rows *out);

/* Errors: NOT_FOUND quotas.not_found. */
err quota_store_find(struct db *db, i64 id, struct arena *mem, struct quota *out);

/* Whether another row of the target begins in that year. */
err quota_store_is_taken(struct db *db, const struct quota *q, bool *out);
err quota_store_add(struct db *db, const struct quota *q, i64 *id);
err quota_store_update(struct db *db, const struct quota *q);
err quota_store_remove(struct db *db, i64 id, i64 version);

/* How often reminders went out on a day; one more. */
err quota_store_reminds(struct db *db, i64 on, i64 *out);
err quota_store_add_remind(struct db *db, i64 on);

/* Opinions of correspondents in a year, by name: struct quota_line rows with name, sent and, as
 * chosen and as signed, used and short_used. */
err quota_store_list_correspondents(struct db *db, i64 year, struct arena *mem, struct rows *out);

/* ---- views ---- */

struct quota_rows_page {
    const struct quota *rows;
    const str *labels, *wanted;
    size_t count;
};
struct quota_page {
    const struct quota_year *y;
    const struct view_link *crumbs;
    struct view_tabs years, shows;
    str xlsx, used_word;
    const str *wanted; /* of each group */
    i64 short_count;
    bool may_manage, may_export, may_remind, has_table;
};

/* Handlers, of the pages and under /api/v1. */
err page_quota_year(struct rq *rq, struct res *res);
err file_quota_year(struct rq *rq, struct res *res);
err page_quota_table(struct rq *rq, struct res *res);
err page_quota_explain(struct rq *rq, struct res *res);
err page_quota_form(struct rq *rq, struct res *res);
err page_quota_save(struct rq *rq, struct res *res);
err page_quota_remove(struct rq *rq, struct res *res);
err page_quota_remind(struct rq *rq, struct res *res);

extern const struct form QUOTA_FORM;
#endif
