/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Files that leave the house: attachments. The list: platform/list; the paper form:
 * modules/compendium. */
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_rules.h"
#include "platform/files/files.h"

err file_proposal_attachment(struct rq *rq, struct res *res)
{
    const struct proposal_file_input *in = rq->input;
    struct proposal p;
    TRY(proposal_find(rq, in->id, &p));
    return attachment_send(rq, res, "proposals", p.id, in->file);
}
