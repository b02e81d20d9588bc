/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Files that leave the house: the list as CSV and XLSX, attachments. Slow work runs on the slow
 * lane with a connection that cannot write. The paper form: modules/compendium. */
#include "modules/proposals/proposal_list.h"
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_rules.h"
#include "platform/files/files.h"

static err list_file(struct rq *rq, struct res *res, bool xlsx)
{
    struct list_query query;
    TRY(list_parse(rq, &PROPOSAL_LIST, &query));
    return list_export(rq, &PROPOSAL_LIST, &query, xlsx, res);
}

err file_proposal_csv(struct rq *rq, struct res *res)
{
    return list_file(rq, res, false);
}

err file_proposal_xlsx(struct rq *rq, struct res *res)
{
    return list_file(rq, res, true);
}

err file_proposal_attachment(struct rq *rq, struct res *res)
{
    const struct proposal_file_input *in = rq->input;
    struct proposal p;
    TRY(proposal_find(rq, in->id, &p));
    return attachment_send(rq, res, "proposals", p.id, in->file);
}
