/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Dossiers (履职档案): a member's term as a story, the papers issued of it, many at once. No other
 * module needs this one, so there is a single header. Words and who may: README.md. */
#ifndef HT_DOSSIERS_DOSSIER_H
#define HT_DOSSIERS_DOSSIER_H
#include "modules/entries/entry.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/scores/scores.h"
#include "platform/audit/attest.h"
#include "platform/docs/docs.h"
#include "platform/files/files.h"
#include "platform/web/view_parts.h"

enum {
    DOSSIER_YEARS = 10,    /* most years of a term */
    DOSSIER_PAGE = 50,     /* members on a page of the list */
    DOSSIER_RUN_MAX = 1000 /* most members of one file */
};

/* ---- the story: dossier.c ---- */

/* What a plenary that he attended is counted as, whatever rows the ledger has of it. */
#define DOSSIER_PLENARY "plenary.attended"

/* A term as it is told: up to a day, with everybody's (or one member's) years of assessment. */
struct dossier_span {
    struct term term;
    i64 until_on;
    str org_name;
    struct scores_period periods[DOSSIER_YEARS];
    struct rows rows[DOSSIER_YEARS]; /* struct scores_row */
    size_t count;
};

/* What is counted together. */
enum dossier_group {
    DOSSIER_PROPOSALS,
    DOSSIER_OPINIONS,
    DOSSIER_HONOURS,
    DOSSIER_SITTINGS,
    DOSSIER_OTHERS,
    DOSSIER_GROUPS
};

/* How much there is of one kind. words: "提案得到答复 5 件（A类 3、B类 2）". */
struct dossier_count {
    enum dossier_group group;
    str kind, label, words;
    i64 quantity; /* whole ones */
};
struct dossier_counts {
    const struct dossier_count *items;
    size_t count;
};

/* Something that happened. entry: NULL = of the seat or a post. */
struct dossier_event {
    i64 on_on;
    str what, words;
    const struct entry_told *entry;
};

/* A year of assessment of his. missing: gates not met, one after another. pledged_on, stated_on:
 * when he signed his pledge and handed in his report, 0 = he did not; grade: decided, empty = not,
 * or not the reader's to know. */
struct dossier_year {
    i64 year, from_on, to_on, gates_due, gates_met, pledged_on, stated_on, decided_on, honour_on;
    bool assessed, running, told; /* told: he was notified of the grade */
    str missing, grade, honour;   /* honour: what he was commended as, empty = he was not */
    struct dossier_counts counts;
    const struct dossier_event *events;
    size_t event_count;
};

/* A seat's dated act, a move to another sector among them. */
struct dossier_act {
    i64 id, on_on;
    str act, organ, document, reason;
};

struct dossier {
    const struct dossier_span *span;
    const struct scores_person *person; /* as he was last in the term */
    struct member member;
    bool is_known; /* traits are the reader's to know: his own, or he keeps the roster */
    struct member_traits traits;
    str posts; /* all of the term, with their days */
    const struct entry_told *entries;
    size_t entry_count;
    i64 outcome_count;
    const struct dossier_event *events; /* oldest first */
    size_t event_count;
    struct dossier_counts counts;
    const struct dossier_year *years; /* oldest first */
    size_t year_count;
    /* Absences that rules know: of plenaries and of the standing committee. */
    i64 plenary_absent, plenary_leave, standing_absent, standing_leave;
    bool stands; /* he was a standing member in the term, or has rows of its meetings */
};

/* The terms in which a member had a seat, newest first: struct term rows. Errors: those of the
 * database. */
err dossier_terms(struct rq *rq, i64 member_id, struct rows *out);

/* Loads a term with the years of a member (only), 0 = of all. Errors: those of the database. */
err dossier_span_load(struct rq *rq, const struct term *term, i64 only, struct dossier_span *out);

/* A member's dossier, with titles as rq's actor may read them. Whether he may see it is the
 * caller's business. Errors: NOT_FOUND dossiers.not_found (no seat in the term). */
err dossier_make(struct rq *rq, const struct dossier_span *span, i64 member_id,
                 struct dossier *out);

/* Of struct entry_told rows those of one plenary become one: kind DOSSIER_PLENARY, told in words,
 * quantity: its half-days, as the ledger has them. Errors: those of the database. */
err dossier_fold_plenaries(struct rq *rq, struct rows *told);

/* The same for rq's actor, of a term by its number (0 = the last in which he had a seat): his own,
 * those whom he sees in scores. terms: struct term rows. Errors: NOT_FOUND dossiers.not_found. */
err dossier_open(struct rq *rq, i64 member_id, i64 term_number, struct rows *terms,
                 struct dossier *out);

/* "提案提交 3 件，…" of a group; empty where there is nothing. */
str dossier_group_words(struct rq *rq, const struct dossier_counts *counts,
                        enum dossier_group group);
const char *dossier_group_name(enum dossier_group group);

/* "七届"; "2022-01-05 至 2026-11-25". */
str dossier_term_words(struct rq *rq, const struct dossier *d);
str dossier_span_words(struct rq *rq, const struct dossier *d);

/* "签了履责承诺（…），交了述职报告（…），考核等次：称职（…）"; empty where there is nothing. */
str dossier_year_words(struct rq *rq, const struct dossier_year *y);

/* How a row is told on a line: what, which, how. */
str dossier_event_words(struct rq *rq, const struct dossier_event *e);

/* ---- papers: dossier_paper.c ---- */

struct dossier_paper {
    i64 id, member_id, term_number, until_on, entries, outcomes, run_id, issued_at, issued_by;
    str name, code, digest, format, issued_name;
};

/* One that is made and not yet issued. body: the file. */
struct dossier_made {
    struct dossier_paper paper;
    str file_name;
    bytes body;
    struct attachment_made file;
};

/* Sets a dossier on paper, with a new code. format: "pdf", "docx". Writes nothing. Errors: those of
 * docs.h. */
err dossier_paper_make(struct rq *rq, const struct dossier *d, str format,
                       struct dossier_made *out);

/* The same, and its file, which belongs to nothing before it is issued. Errors: those of docs.h and
 * files.h. */
err dossier_paper_file(struct rq *rq, const struct dossier *d, str format,
                       struct dossier_made *out);

/* Issues what was made: keeps number, digest and who, and attests the digest; audited. Errors:
 * those of the database. */
err dossier_paper_issue(struct rq *rq, const struct dossier_made *made, i64 *id);

/* Whether rq's actor may have papers of a member: his own; who exports. */
bool dossier_may_issue(const struct rq *rq, i64 member_id);

/* Whether rq's actor may take away a paper that is there: his own record, or he issued it himself;
 * what one reads in the ledger another may not, and a paper has the titles of who issued it. */
bool dossier_may_take(const struct rq *rq, const struct dossier_paper *paper);

/* What a holder of the digits is told, of whichever organisation issued it. digest: as typed, empty
 * = not asked; same: it is the one that was issued. */
struct dossier_found {
    struct dossier_paper paper;
    struct attestation attested;
    str org_name, name; /* name: the family name alone */
    bool asked, same;
};
err dossier_paper_check(struct rq *rq, str code, str digest, struct dossier_found *out);

/* ---- many at once: dossier_runs.c ---- */

struct dossier_run {
    i64 id, year, done, total, asked_at, asked_by, made_at, version;
    str body, title, format, state, failure, asked_name;
    bool titled;
};
/* body: "sector:NAME", "committee:NAME", empty = everybody. */
struct dossier_run_input {
    i64 year;
    str body, format;
};

/* Whether there is anybody, for the slow lane; keeping the wish and queueing the work, audited.
 * Errors: FORBIDDEN dossiers.not_all; INVALID form.faults with dossiers.nobody, .too_many; CONFLICT
 * dossiers.busy. */
err dossier_run_check(struct rq *rq, const struct dossier_run_input *in);
err dossier_run_ask(struct rq *rq, const struct dossier_run_input *in, i64 *id);

/* Members of a year of assessment whom rq's actor sees; struct scores_row rows. Who sees but
 * himself has only his own year worked out. Errors: those of the database. */
err dossier_people(struct rq *rq, i64 year, struct scores_period *period, struct rows *out);

/* Of them those of a body ("sector:NAME", "committee:NAME"; empty = all). */
struct rows dossier_people_of(struct rq *rq, const struct rows *people, str body);

/* The queued work (slow); files that have had their days, and work that was broken off. */
err job_dossier_make(struct rq *rq, str payload);
err job_dossier_expire(struct rq *rq, bool *again);

/* ---- statements: dossier_store.c ---- */

/* Acts on a member's seats in days from_on to to_on, by day: struct dossier_act rows. */
struct dossier_days {
    i64 member_id, from_on, to_on;
};
err dossier_store_list_acts(struct db *db, const struct dossier_days *days, struct arena *mem,
                            struct rows *out);

/* Papers. find: NOT_FOUND. find_code: of all organisations; org_id 0 = there is none. */
err dossier_paper_store_add(struct db *db, const struct dossier_paper *paper, i64 *id);
err dossier_paper_store_find(struct db *db, i64 id, struct arena *mem, struct dossier_paper *out);
err dossier_paper_store_count(struct db *db, i64 issued_by, i64 since, i64 *count);
err dossier_paper_store_list(struct db *db, i64 member_id, struct arena *mem, struct rows *out);
err dossier_paper_store_find_org(struct db *db, str code, i64 *org_id);
err dossier_paper_store_find_code(struct db *db, str code, struct arena *mem,
                                  struct dossier_paper *out);

/* Runs. progress, end: *changed 0 = somebody was faster. */
err dossier_run_store_add(struct db *db, const struct dossier_run *run, i64 *id);
err dossier_run_store_find(struct db *db, i64 id, struct arena *mem, struct dossier_run *out);
err dossier_run_store_list(struct db *db, i64 asked_by, struct arena *mem, struct rows *out);
err dossier_run_store_count_open(struct db *db, i64 *count);
err dossier_run_store_progress(struct db *db, const struct dossier_run *run, i64 *changed);
err dossier_run_store_end(struct db *db, const struct dossier_run *run, i64 *changed);
/* Asked for before a moment: not finished; finished. */
err dossier_run_store_list_stuck(struct db *db, i64 before, struct arena *mem, struct rows *out);
err dossier_run_store_list_old(struct db *db, i64 before, struct arena *mem, struct rows *out);
err dossier_run_store_remove(struct db *db, i64 id, i64 version);

/* ---- inputs, pages ---- */

struct dossier_input {
    i64 id, term;
};
struct dossier_issue_input {
    i64 id, term;
    str format;
};
struct dossier_list_input {
    i64 year, start;
    str body;
};
struct dossier_check_input {
    str code, digest;
};

struct dossier_page {
    const struct dossier *d;
    struct view_tabs terms;
    const struct rows *papers;
    struct rq *rq;
    const struct view_link *crumbs;
    bool own, may_issue, may_object, has_others;
};
struct dossier_list_page {
    const struct scores_period *period;
    const struct scores_row *const *rows;
    size_t count;
    struct view_tabs years;
    struct view_pager pager;
    const struct view_choice *choices; /* groups to choose from */
    size_t choice_count;
    const struct rows *runs;
    struct rq *rq;
    i64 all;
    str body;
    bool may_export, is_open;
};
struct dossier_check_page {
    const struct dossier_found *found; /* NULL = nothing asked or nothing found */
    str code, digest;
};

/* Handlers of ROUTES. */
err page_dossier_list(struct rq *rq, struct res *res);
err page_dossier_own(struct rq *rq, struct res *res);
err page_dossier_show(struct rq *rq, struct res *res);
err file_dossier_records(struct rq *rq, struct res *res);
err slow_dossier_issue(struct rq *rq, struct res *res);
err page_dossier_issue(struct rq *rq, struct res *res);
err file_dossier_paper(struct rq *rq, struct res *res);
err page_dossier_check(struct rq *rq, struct res *res);
err slow_dossier_run(struct rq *rq, struct res *res);
err page_dossier_run_add(struct rq *rq, struct res *res);
err page_dossier_run_again(struct rq *rq, struct res *res);
err file_dossier_run(struct rq *rq, struct res *res);
#endif
