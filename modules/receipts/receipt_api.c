/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of the public page (receipt_pages.c). */
#include "modules/receipts/receipt.h"
#include "modules/receipts/receipt_pages.h"
#include "platform/web/json.h"

/* What the page shows to whoever holds the digits. */
err api_receipt_find(struct rq *rq, struct res *res)
{
    const struct receipt_input *in = rq->input;
    struct receipt_found found;
    struct json j = json_begin(rq);
    TRY(receipt_read(rq, in->receipt, &found));
    const struct proposal *p = &found.proposal;
    json_str(&j, "number", found.number);
    if (str_is(p->consent, "yes"))
        json_str(&j, "title", p->title);
    json_str(&j, "state", p->state);
    json_str(&j, "digest", p->digest);
    attestation_json(&found.attested, &j);
    json_time(&j, "submitted_at", p->submitted_at);
    json_time(&j, "docketed_at", p->docketed_at);
    if (p->assigned_at)
        json_str(&j, "host_name", p->host_name);
    json_time(&j, "replied_at", p->replied_at);
    json_send(&j, res);
    return OK;
}
