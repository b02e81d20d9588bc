/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sending cases: many by filter, or one for a purpose. The slow half writes the file; the other
 * notes it in the transaction in which it leaves. */
#include <unistd.h>

#include "modules/assignments/assignment.h"
#include "modules/proposals/proposal.h"
#include "modules/transfers/transfer_case_parts.h"
#include "platform/files/temp.h"
#include "platform/text/texts.h"
#include "platform/web/view.h"
#include "views/transfers.h"

/* What the slow half has made. */
struct made {
    struct transfer_ask ask;
    struct transfer_choice choice;
    struct transfer transfer;
    int fd;
};

static void made_close(void *made)
{
    temp_close(((struct made *)made)->fd);
}

static err make(struct rq *rq, const struct transfer_ask *ask)
{
    struct made *m = arena_zero(rq->mem, sizeof *m);
    m->ask = *ask;
    TRY(transfer_choose(rq, &m->ask, &m->choice));
    TRY(temp_open(&m->fd));
    arena_on_free(rq->mem, made_close, m);
    TRY(transfer_cases_write(rq, &m->ask, &m->choice, m->fd, &m->transfer));
    rq->found = m;
    return OK;
}

/* States of what is over, or with agencies; the list's own words. */
static str query_of(struct rq *rq, const struct transfer_send_input *in)
{
    static const char CLOSED[] = "&state=closed&state=tracking&state=fulfilled&state=archived";
    static const char ASSIGNED[] = "&state=assigned&state=replied&state=evaluating&state=redoing"
                                   "&state=mediating";
    const char *states = str_is(in->range, "closed")     ? CLOSED
                         : str_is(in->range, "assigned") ? ASSIGNED
                                                         : "";
    return in->session_id
               ? arena_printf(rq->mem, "session_id=%lld%s", (long long)in->session_id, states)
               : str_of(states);
}

err slow_transfer_send(struct rq *rq, struct res *res)
{
    const struct transfer_send_input *in = rq->input;
    (void)res;
    return make(rq, &(struct transfer_ask){ .purpose = str_of("copy"),
                                            .query = query_of(rq, in),
                                            .peer_name = in->peer_name,
                                            .files = in->files,
                                            .confidential = in->confidential });
}

err slow_transfer_send_one(struct rq *rq, struct res *res)
{
    const struct transfer_one_input *in = rq->input;
    (void)res;
    if (str_is(in->purpose, "handle") && in->agency_id == 0) {
        rq_fault(rq, "agency_id", "form.required", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return make(rq, &(struct transfer_ask){ .id = in->id,
                                            .agency_id = in->agency_id,
                                            .purpose = in->purpose,
                                            .peer_name = in->peer_name,
                                            .files = in->files,
                                            .confidential = in->confidential });
}

err page_transfer_send(struct rq *rq, struct res *res)
{
    const struct made *m = rq->found;
    struct transfer t = m->transfer;
    int year, month, day;
    TRY(transfer_note_left(rq, &m->ask, &m->choice, &t));
    int fd = dup(m->fd); /* the answer may be made again */
    if (fd < 0)
        return err_make(ERR_BUSY, "docs.disk");
    day_to_civil(rq->today, &year, &month, &day);
    res_file(res, fd,
             text_format(rq->mem, "transfers.file_name",
                         arena_printf(rq->mem, "%04d%02d%02d", year, month, day),
                         arena_printf(rq->mem, "%lld", (long long)t.id)),
             "application/json", false);
    return OK;
}

/* ---- the page for one ---- */

static err agencies_make(struct rq *rq, i64 id, struct transfer_one_view *v)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "proposals", id, &rows));
    const struct assignment *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        if (!str_is(all[i].role, "cohost"))
            choices[v->agency_count++] =
                (struct view_choice){ .value = arena_printf(rq->mem, "%lld",
                                                            (long long)all[i].agency_id),
                                      .label = all[i].agency_name };
    v->agencies = choices;
    return OK;
}

err page_transfer_one(struct rq *rq, struct res *res)
{
    struct proposal p;
    struct transfer t;
    struct transfer_case c = { .id = 0 };
    struct transfer_one_view v = { .id = rq->path_id };
    if (!transfer_may_send(rq))
        return err_make(ERR_FORBIDDEN, "transfers.office_only");
    TRY(proposal_find(rq, rq->path_id, &p));
    err e = transfer_find_origin(rq, p.id, &t, &c);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    TRY(agencies_make(rq, p.id, &v));
    struct view_choice *purposes = arena_array(rq->mem, 3, sizeof *purposes);
    const bool offered[] = { true, v.agency_count > 0, str_is(c.purpose, "handle") };
    static const char *const CODES[] = { "copy", "handle", "answer" };
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
        if (offered[i])
            purposes[v.purpose_count++] =
                (struct view_choice){ .value = str_of(CODES[i]),
                                      .label = text_label("choices.purpose", str_of(CODES[i])),
                                      .chosen = i == 0 || i == 2 };
    if (offered[2])
        purposes[0].chosen = false;
    v.purposes = purposes;
    v.title = p.title;
    v.confidential = p.confidential;
    v.crumbs = proposal_crumbs(rq, &p, "transfers.one_title");
    struct out *out = page_begin(rq, text_find("transfers.one_title"), "proposals");
    view_transfers_one(out, &v);
    page_end(res, out);
    return OK;
}
