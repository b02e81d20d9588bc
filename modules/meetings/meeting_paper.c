/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Minutes of a meeting as PDF and DOCX, with who was there and, of a plenary and a standing
 * committee, whether the Charter is satisfied (rules.md 1). Slow lane, with a connection that
 * cannot write. */
#include "modules/meetings/meeting_rules.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { ROWS_MAX = 8, PARTS_MAX = 8, NAMES_MAX = 1 << 17 };

struct paper {
    struct rq *rq;
    struct meeting m;
    struct rows invitees;
    struct meeting_figures figures;
    struct paper_row rows[ROWS_MAX];
    struct paper_part parts[PARTS_MAX];
    size_t row_count, part_count;
};

static void row_add(struct paper *p, const char *label, str value)
{
    if (value.len)
        p->rows[p->row_count++] = (struct paper_row){ text_find(label), value };
}

/* "应到 320 人，实到 280 人，请假 30 人，缺席 10 人" */
static str figures_words(struct paper *p)
{
    struct rq *rq = p->rq;
    const struct meeting_figures *f = &p->figures;
    str there = text_format(rq->mem, "meetings.paper.there", str_number(rq->mem, f->due),
                            str_number(rq->mem, f->present));
    str away = text_format(rq->mem, "meetings.paper.away", str_number(rq->mem, f->leave),
                           str_number(rq->mem, f->absent));
    return text_format(rq->mem, "meetings.paper.figures", there, away);
}

/* Names of who came in one role. */
static str names_of(struct paper *p, const char *role)
{
    struct buf *b = buf_new(p->rq->mem, NAMES_MAX);
    const struct invitee *all = p->invitees.items;
    for (size_t i = 0; i < p->invitees.count; i++) {
        str rest = str_of("whole part late"), one;
        while (str_split(&rest, ' ', &one)) {
            if (!str_is(all[i].role, role) || !str_eq(attendance_outcome(&all[i]), one) ||
                buf_str(b).len > NAMES_MAX / 2)
                continue;
            buf_add(b, buf_str(b).len ? text_find("meetings.and") : str_of(""));
            buf_add(b, all[i].name);
        }
    }
    return buf_str(b);
}

static void part_add(struct paper *p, const char *heading, str text)
{
    if (text.len == 0)
        return;
    p->parts[p->part_count++] = (struct paper_part){ PAPER_HEADING1, text_find(heading) };
    p->parts[p->part_count++] = (struct paper_part){ PAPER_BODY, text };
}

static err paper_make(struct rq *rq, struct paper *p, struct paper_form *out)
{
    struct org house;
    bool his;
    p->rq = rq;
    TRY(meeting_find(rq, rq->path_id, &p->m));
    TRY(meeting_manages(rq, p->m.organiser, p->m.kind, &his));
    bool settled = str_is(p->m.state, "settled");
    if (p->m.minutes.len == 0 || !(settled || his || actor_may(rq->actor, "meetings.excuse")))
        return err_make(ERR_NOT_FOUND, "meetings.no_minutes");
    TRY(invitee_store_list(rq->db, p->m.id, rq->mem, &p->invitees));
    TRY(org_find_cppcc(rq, &house));
    p->figures = meeting_figures_of(&p->m, &p->invitees);
    row_add(p, "meetings.paper.kind", dictionary_label(rq, "meetings.kinds", p->m.kind));
    row_add(p, "meetings.paper.when", meeting_when(rq, &p->m));
    row_add(p, "meetings.paper.place", p->m.place);
    row_add(p, "meetings.paper.organiser", p->m.organiser_name);
    if (settled)
        row_add(p, "meetings.paper.attendance", figures_words(p));
    if (settled)
        row_add(p, "meetings.paper.charter", meeting_quorum_words(rq, &p->m, &p->figures));
    part_add(p, "meetings.paper.minutes", p->m.minutes);
    if (settled)
        part_add(p, "meetings.paper.present", names_of(p, "member"));
    if (settled)
        part_add(p, "meetings.paper.speakers", names_of(p, "speaker"));
    if (settled)
        part_add(p, "meetings.paper.guests", names_of(p, "guest"));
    *out = (struct paper_form){ .title = text_format(rq->mem, "meetings.paper.title", house.name,
                                                     p->m.title),
                                .rows = p->rows,
                                .row_count = p->row_count,
                                .parts = p->parts,
                                .part_count = p->part_count };
    return OK;
}

err file_meeting_pdf(struct rq *rq, struct res *res)
{
    struct paper *p = arena_zero(rq->mem, sizeof *p);
    struct paper_form form;
    bytes pdf;
    TRY(paper_make(rq, p, &form));
    TRY(paper_form_pdf(rq->mem, &form, &pdf));
    res_bytes(res, pdf,
              text_format(rq->mem, "meetings.paper.file_name", p->m.title, str_of(".pdf")),
              "application/pdf", true);
    return OK;
}

err file_meeting_docx(struct rq *rq, struct res *res)
{
    struct paper *p = arena_zero(rq->mem, sizeof *p);
    struct paper_form form;
    bytes docx;
    TRY(paper_make(rq, p, &form));
    TRY(paper_form_docx(rq->mem, &form, &docx));
    res_bytes(res, docx,
              text_format(rq->mem, "meetings.paper.file_name", p->m.title, str_of(".docx")),
              DOCX_TYPE, false);
    return OK;
}
