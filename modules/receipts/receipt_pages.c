/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The receipt of who handed in, and the public page where its digits tell how things stand. What
 * the digits are: modules/proposals/proposal.c. */
#include "modules/receipts/receipt_pages.h"

#include "modules/receipts/receipt.h"
#include "modules/receipts/receipt_views.h"
#include "platform/app.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"
#include "views/receipts.h"

enum { CHECK_LINES = 12, QR_MAX = 64 * 1024 };

err page_receipt_show(struct rq *rq, struct res *res)
{
    struct proposal p;
    bool owner = false;
    struct buf *qr = buf_new(rq->mem, QR_MAX);
    TRY(proposal_find(rq, rq->path_id, &p));
    TRY(proposal_is_owner(rq, &p, &owner));
    if (!owner || p.submitted_at == 0)
        return err_make(ERR_NOT_FOUND, "proposals.no_receipt");
    str base = rq->app->config.public_url;
    struct attestation attested;
    TRY(proposal_attested(rq, &p, &attested));
    str digits = proposal_receipt(rq, &p); /* behind the #: it is sent to no server */
    TRY(qr_svg(rq->mem,
               arena_printf(rq->mem, "%.*s/receipt#%.*s", (int)base.len, base.ptr, (int)digits.len,
                            digits.ptr),
               qr));
    struct receipt_view v = { .p = &p,
                              .crumbs = proposal_crumbs(rq, &p, "proposals.page.receipt"),
                              .receipt = digits,
                              .number = proposal_number(rq, &p),
                              .digest = p.digest,
                              .attested = &attested,
                              .qr = { buf_str(qr) } };
    struct out *out = page_begin(rq, text_find("proposals.page.receipt"), "proposals");
    view_receipts_receipt(out, &v);
    page_end(res, out);
    return OK;
}

static err check_page(struct rq *rq, struct res *res, const struct receipt_view *v)
{
    struct out *out = page_begin(rq, text_find("proposals.page.receipt_check"), NULL);
    view_receipts_receipt_check(out, v);
    page_end(res, out);
    return OK;
}

err page_receipt_check(struct rq *rq, struct res *res)
{
    return check_page(rq, res, &(struct receipt_view){ 0 });
}

/* Whoever holds the digits learns state and days; the title only where it may be published. */
static struct view_facts facts_of(struct rq *rq, const struct receipt_found *found)
{
    const struct proposal *p = &found->proposal;
    struct view_fact *f = arena_array(rq->mem, CHECK_LINES, sizeof *f);
    size_t n = 0;
    f[n++] = (struct view_fact){ .label = text_find("proposals.column.docket_no"),
                                 .value = found->number };
    if (str_is(p->consent, "yes"))
        f[n++] = (struct view_fact){ .label = text_find("proposals.title"), .value = p->title };
    f[n++] = (struct view_fact){ .label = text_find("proposals.column.state"),
                                 .value = text_label("states.proposals", p->state) };
    f[n++] = (struct view_fact){ .label = text_find("proposals.column.submitted_at"),
                                 .value = proposal_day_words(rq, p->submitted_at) };
    if (p->docketed_at)
        f[n++] = (struct view_fact){ .label = text_find("proposals.column.docketed_at"),
                                     .value = proposal_day_words(rq, p->docketed_at) };
    if (p->assigned_at)
        f[n++] = (struct view_fact){ .label = text_find("proposals.column.host_name"),
                                     .value = p->host_name };
    if (p->replied_at)
        f[n++] = (struct view_fact){ .label = text_find("proposals.column.replied_at"),
                                     .value = proposal_day_words(rq, p->replied_at) };
    return (struct view_facts){ f, n };
}

err page_receipt_find(struct rq *rq, struct res *res)
{
    const struct receipt_input *in = rq->input;
    struct receipt_found found;
    TRY(receipt_read(rq, in->receipt, &found));
    return check_page(rq, res,
                      &(struct receipt_view){ .p = &found.proposal,
                                              .receipt = in->receipt,
                                              .digest = found.proposal.digest,
                                              .attested = &found.attested,
                                              .facts = facts_of(rq, &found) });
}
