/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the auditor: the log of the own organisation, filtered; its export as JSON Lines.
 * Nothing here changes anything, so that looking is noted through audit_refusal (a read may not
 * write). */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "modules/accounts/account_lists.h"
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_views.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "views/accounts.h"

static void put_acts(struct out *out, struct rq *rq)
{
    if (actor_may(rq->actor, "audits.export"))
        view_accounts_audit_links(out);
}

const struct list_look AUDIT_LOOK = { .list = &AUDITS_LIST,
                                      .path = "/audits",
                                      .title = "menu.audits",
                                      .menu = "audits",
                                      .main = "id",
                                      .empty = "audits.list_empty",
                                      .acts = put_acts };

err page_audit_list(struct rq *rq, struct res *res)
{
    audit_refusal(rq, &(struct audit_entry){
                          .act = "audits.read", .object = "audits", .after = rq->query });
    return list_show(rq, &AUDIT_LOOK, res);
}

err page_audit_show(struct rq *rq, struct res *res)
{
    struct audit_page v = { 0 };
    TRY(audit_find(rq, rq->path_id, &v.row, &v.last));
    audit_refusal(rq, &(struct audit_entry){ "audits.read", "audits", .object_id = rq->path_id });
    struct out *out = page_begin(rq, text_find("accounts.title_audit"), "audits");
    view_accounts_audit(out, &v);
    page_end(res, out);
    return OK;
}

/* A nameless file beside the data: as large as the log, gone with its descriptor. */
static err open_scratch(struct rq *rq, int *fd)
{
    *fd = open(arena_cstr(rq->mem, rq->app->config.data), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*fd < 0)
        *fd = memfd_create("audits", MFD_CLOEXEC);
    return *fd < 0 ? err_make(ERR_INTERNAL, "audit.write") : OK;
}

err doc_audit_export(struct rq *rq, struct res *res)
{
    int fd = -1;
    TRY(open_scratch(rq, &fd));
    err e = audit_export(rq, 0, fd);
    if (e.code == ERR_NONE)
        e = audit_leaving(rq, &(struct audit_entry){ .act = "audits.export", .object = "audits" });
    if (e.code != ERR_NONE || lseek(fd, 0, SEEK_SET) < 0) {
        close(fd);
        return e.code != ERR_NONE ? e : err_make(ERR_INTERNAL, "audit.write");
    }
    res_file(res, fd, str_of("audits.jsonl"), "application/x-ndjson", false);
    return OK;
}
