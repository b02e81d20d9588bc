/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of notices: drafts may be changed, publishing fixes the readers and tells them, a reminder
 * goes to who has not read and is capped per day. No SQL (notice_store.c), no HTTP
 * (notice_pages.c). */
#include "modules/notices/notice.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/web/conflict.h"

struct notice_input notice_input_of(struct rq *rq, const struct notice *n)
{
    return (struct notice_input){ n->version, n->title, n->body,
                                  audience_split(rq->mem, n->audience) };
}

err notice_save(struct rq *rq, i64 id, const struct notice_input *in, i64 *out)
{
    struct notice n = { .state = str_of("draft") };
    if (id)
        TRY(list_find(rq, &NOTICE_LIST, id, &n));
    if (!str_is(n.state, "draft"))
        return err_make(ERR_CONFLICT, "notices.not_draft");
    struct notice_input stored = notice_input_of(rq, &n);
    if (id)
        TRY(conflict_check(rq, "web.version", in->version, n.version, &stored));
    n.title = in->title;
    n.body = in->body;
    n.audience = audience_join(rq->mem, &in->audience);
    TRY(audience_name(rq, n.audience, &n.audience_name));
    if (!id) {
        TRY(notice_store_add(rq->db, &n, out));
        struct flow_subject subject = { *out, 1, n.state, n.title, str_of(""), &n };
        return flow_begin(rq, &NOTICES_FLOW, &subject, NULL);
    }
    *out = id;
    TRY(notice_store_update(rq->db, &n));
    return audit_add(rq, &(struct audit_entry){ "notices.edit", "notices", id, .after = n.title });
}

/* ---- the flow ---- */

err notice_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct notice *n = arena_zero(rq->mem, sizeof *n);
    TRY(list_find(rq, &NOTICE_LIST, id, n));
    *out = (struct flow_subject){ n->id, n->version, n->state, n->title, str_of(""), n };
    return OK;
}

/* Also writes what the effects below changed in the row. */
err notice_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct notice n = *(const struct notice *)subject->row;
    n.state = to;
    return notice_store_update(rq->db, &n);
}

/* Once to each account and sending, though it may be a member's and an agency's at once. */
static err tell(struct rq *rq, const struct notice *n, const char *text)
{
    struct notify_message message = { .text = text, .arg = { n->title } };
    message.url = arena_printf(rq->mem, "/notices/%lld", (long long)n->id);
    message.key =
        arena_printf(rq->mem, "notices.%lld.%lld", (long long)n->id, (long long)rq->now_ms).ptr;
    return reader_tell(rq, "notices", n->id, &message);
}

err notice_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct notice *n = subject->row;
    struct rows rows;
    (void)step;
    n->published_at = rq->now_ms;
    TRY(audience_readers(rq, n->audience, &rows));
    if (rows.count == 0)
        return err_make(ERR_CONFLICT, "notices.nobody");
    TRY(reader_add(rq, "notices", n->id, &rows));
    return tell(rq, n, "notices.told");
}

err notice_guard_remind(struct rq *rq, const struct flow_subject *subject)
{
    const struct notice *n = subject->row;
    i64 most = setting_number(rq, "notices.reminds_per_day");
    if (n->reminded_on != rq->today || n->reminds < most)
        return OK;
    return err_make_with(ERR_CONFLICT, "notices.reminded_enough",
                         arena_printf(rq->mem, "%lld", (long long)most), str_of(""));
}

err notice_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct notice *n = subject->row;
    (void)step;
    n->reminds = n->reminded_on == rq->today ? n->reminds + 1 : 1;
    n->reminded_on = rq->today;
    return tell(rq, n, "notices.told_again");
}
