/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The official list of members (委员名单): the standing committee by its posts, then all, each by
 * the strokes of the surname; as page, JSON, PDF and DOCX. The roster that filters and sorts:
 * member_list.c. */
#include <stddef.h>

#include "modules/members/member_list.h"
#include "modules/members/member_parts.h"
#include "modules/orgs/org.h"
#include "modules/orgs/session.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/strokes.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/members.h"
#include "views/web.h"

enum { COLUMNS = 8, PARTS = 2, STANDING_MEMBER = 4, ROSTER_MAX = 5000 };

static const i64 WIDTHS[COLUMNS] = { 14, 28, 30, 14, 22, 36, 40, 77 };
static const char *const LABELS[COLUMNS] = { "members.roster.number", "members.column.name",
                                             "members.post",          "members.gender",
                                             "members.ethnic",        "members.party",
                                             "members.column.sector", "members.roster.work" };

/* Chair, vice-chairs, secretary-general, then standing members. */
static int rank_of(str post)
{
    static const char *const RANKS[] = { "chair", "vice_chair", "secretary_general", NULL };
    int rank = 1;
    while (RANKS[rank - 1] && !str_is(post, RANKS[rank - 1]))
        rank++;
    return rank;
}

/* Vice-chairs have an order of their own, that in which they were put down; standing members stand
 * by strokes, as they come. */
static bool stands_before(const struct member_roster_row *a, const struct member_roster_row *b)
{
    int x = rank_of(a->post), y = rank_of(b->post);
    return x != y ? x < y : x < STANDING_MEMBER && a->office_id < b->office_id;
}

static void standing_add(struct member_roster *r, const struct member_roster_row *row)
{
    size_t i = r->standing_count++;
    for (; i > 0 && stands_before(row, &r->standing[i - 1]); i--)
        r->standing[i] = r->standing[i - 1];
    r->standing[i] = *row;
}

/* Of which term, in words; empty where no session has been entered. */
static err term_load(struct rq *rq, str *out)
{
    struct term term = { 0 };
    TRY(member_term_text(rq, out));
    if (str_to_i64(*out, &term.number))
        *out = text_format(rq->mem, "members.roster.term", term_name(rq->mem, &term), str_of(""));
    return OK;
}

static err roster_load(struct rq *rq, struct member_roster *out)
{
    struct rows rows;
    struct org house;
    *out = (struct member_roster){ .on_on = rq->today };
    TRY(member_list_may(rq));
    TRY(org_find_cppcc(rq, &house));
    TRY(term_load(rq, &out->term));
    TRY(member_store_list_roster(rq->db, rq->today, rq->mem, &rows));
    if (rows.count > ROSTER_MAX) /* an official list that is cut is none */
        return err_make_with(ERR_CONFLICT, "members.roster_too_many",
                             str_number(rq->mem, ROSTER_MAX), str_of(""));
    strokes_order(rq->mem, &rows, offsetof(struct member_roster_row, name));
    out->house = house.name;
    out->all = rows.items;
    out->count = rows.count;
    out->standing = arena_array(rq->mem, rows.count + 1, sizeof *out->standing);
    for (size_t i = 0; i < rows.count; i++)
        if (out->all[i].post.len)
            standing_add(out, &out->all[i]);
    return OK;
}

/* "（女，彝族）" as official lists have it behind a name; nothing of who is neither. */
str member_roster_marks(struct arena *mem, const struct member_roster_row *row)
{
    str sex =
        str_is(row->gender, "female") ? text_label("members.gender", row->gender) : str_of("");
    bool han = row->ethnic.len == 0 || str_starts(row->ethnic, text_find("members.han"));
    if (han && !sex.len)
        return str_of("");
    if (han || !sex.len)
        return text_format(mem, "members.roster.mark", han ? sex : row->ethnic, str_of(""));
    return text_format(mem, "members.roster.marks", sex, row->ethnic);
}

/* ---- page and JSON ---- */

err page_member_roster(struct rq *rq, struct res *res)
{
    static const struct field ROW[] = { FIELD(struct member_roster_row, member_id),
                                        FIELD(struct member_roster_row, name),
                                        FIELD(struct member_roster_row, gender),
                                        FIELD(struct member_roster_row, ethnic),
                                        FIELD(struct member_roster_row, sector_name),
                                        FIELD(struct member_roster_row, post),
                                        { 0 } };
    struct member_roster v;
    TRY(roster_load(rq, &v));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_day(&j, "on_on", v.on_on);
        json_rows(&j, "standing", ROW,
                  &(struct rows){ v.standing, v.standing_count, sizeof *v.all });
        json_rows(&j, "items", ROW, &(struct rows){ v.all, v.count, sizeof *v.all });
        json_send(&j, res);
        return OK;
    }
    v.may_print = actor_may(rq->actor, "members.manage");
    struct out *out = page_begin(rq, text_find("members.roster"), "members");
    view_members_roster(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- paper ---- */

static struct paper_list_part part_of(struct rq *rq, const char *name,
                                      const struct member_roster_row *rows, size_t count)
{
    strs cells = { 0 };
    for (size_t i = 0; i < count; i++) {
        const struct member_roster_row *m = &rows[i];
        strs_add(rq->mem, &cells, str_number(rq->mem, (i64)i + 1));
        strs_add(rq->mem, &cells, m->name);
        strs_add(rq->mem, &cells, m->post.len ? text_label("members.posts", m->post) : m->post);
        strs_add(rq->mem, &cells,
                 m->gender.len ? text_label("members.gender", m->gender) : m->gender);
        strs_add(rq->mem, &cells, m->ethnic);
        strs_add(rq->mem, &cells, dictionary_label(rq, "members.parties", m->party));
        strs_add(rq->mem, &cells, m->sector_name);
        strs_add(rq->mem, &cells,
                 arena_printf(rq->mem, "%.*s%.*s", (int)m->employer.len, m->employer.ptr,
                              (int)m->job.len, m->job.ptr));
    }
    return (struct paper_list_part){
        .name = text_format(rq->mem, name, str_number(rq->mem, (i64)count), str_of("")),
        .cells = cells.items,
        .row_count = count,
    };
}

static err paper_make(struct rq *rq, struct paper_list *list)
{
    struct member_roster v;
    TRY(roster_load(rq, &v));
    struct paper_column *columns = arena_array(rq->mem, COLUMNS, sizeof *columns);
    struct paper_list_part *parts = arena_array(rq->mem, PARTS, sizeof *parts);
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct paper_column){ text_find(LABELS[i]), WIDTHS[i] };
    parts[0] = part_of(rq, "members.roster.standing", v.standing, v.standing_count);
    parts[1] = part_of(rq, "members.roster.all", v.all, v.count);
    bool headed = v.standing_count > 0;
    *list = (struct paper_list){
        .title = text_format(rq->mem, "members.roster.title", v.house, v.term),
        .subtitle =
            text_format(rq->mem, "members.roster.under", text_date(rq->mem, v.on_on), str_of("")),
        .columns = columns,
        .column_count = COLUMNS,
        .parts = headed ? parts : parts + 1,
        .part_count = headed ? PARTS : 1,
    };
    return audit_leaving(rq, &(struct audit_entry){ .act = "members.roster", .object = "members" });
}

static str file_name(struct rq *rq, const struct paper_list *list, const char *ending)
{
    return text_format(rq->mem, "members.roster.file", list->title, str_of(ending));
}

err file_member_roster_pdf(struct rq *rq, struct res *res)
{
    struct paper_list list;
    bytes pdf;
    TRY(paper_make(rq, &list));
    TRY(paper_list_pdf(rq->mem, &list, &pdf));
    res_bytes(res, pdf, file_name(rq, &list, "pdf"), "application/pdf", true);
    return OK;
}

err file_member_roster_docx(struct rq *rq, struct res *res)
{
    struct paper_list list;
    bytes docx;
    TRY(paper_make(rq, &list));
    TRY(paper_list_docx(rq->mem, &list, &docx));
    res_bytes(res, docx, file_name(rq, &list, "docx"), DOCX_TYPE, false);
    return OK;
}
