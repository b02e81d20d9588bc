/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of notices: drafts may be changed, publishing fixes the readers and tells them, a reminder
 * goes to who has not read and is capped per day. No SQL (notice_store.c), no HTTP
 * (notice_pages.c). */
#include "modules/members/member.h"
#include "modules/notices/notice_store.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

static bool is_mine(const struct rq *rq, const struct reader *r)
{
    return (r->person_id && r->person_id == rq->actor->person_id) ||
           (r->agency_id && r->agency_id == rq->actor->agency_id);
}

err notice_find(struct rq *rq, i64 id, struct notice *out)
{
    struct rows rows;
    bool mine = false;
    err e = notice_store_find(rq->db, id, rq->mem, out);
    if (err_is(e, "db.no_row"))
        return err_make(ERR_NOT_FOUND, "notices.not_found");
    TRY(e);
    if (actor_may(rq->actor, "notices.write"))
        return OK;
    TRY(reader_store_list(rq->db, id, rq->mem, &rows));
    for (size_t i = 0; i < rows.count; i++)
        mine = mine || is_mine(rq, &((const struct reader *)rows.items)[i]);
    return mine && str_is(out->state, "published") ? OK
                                                   : err_make(ERR_NOT_FOUND, "notices.not_found");
}

/* ---- writing ---- */

static void add_bodies(struct rq *rq, struct view_choice *c, size_t *n, const char *kind,
                       const struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct body *b = &((const struct body *)rows->items)[i];
        c[(*n)++].label = b->name;
        c[*n - 1].value = arena_printf(rq->mem, "%s:%lld", kind, (long long)b->id);
    }
}

err notice_audiences(struct rq *rq, str chosen, const struct view_choice **out, size_t *count)
{
    struct rows sectors, committees;
    TRY(sector_list(rq, rq->today, &sectors));
    TRY(committee_list(rq, rq->today, &committees));
    struct view_choice *c = arena_array(rq->mem, sectors.count + committees.count + 2, sizeof *c);
    *count = 2;
    c[0] = (struct view_choice){ .value = str_of("members"),
                                 .label = text_find("notices.audience.members") };
    c[1] = (struct view_choice){ .value = str_of("agencies"),
                                 .label = text_find("notices.audience.agencies") };
    add_bodies(rq, c, count, "sector", &sectors);
    add_bodies(rq, c, count, "committee", &committees);
    for (size_t i = 0; i < *count; i++)
        c[i].chosen = str_eq(c[i].value, chosen);
    *out = c;
    return OK;
}

static err take(struct rq *rq, const struct notice_input *in, struct notice *n)
{
    const struct view_choice *choices;
    size_t count;
    n->title = in->title;
    n->body = in->body;
    n->audience = in->audience;
    n->audience_name = str_of("");
    TRY(notice_audiences(rq, in->audience, &choices, &count));
    for (size_t i = 0; i < count; i++)
        if (choices[i].chosen)
            n->audience_name = choices[i].label;
    if (n->audience_name.len)
        return OK;
    rq_fault(rq, "audience", "notices.no_audience", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

err notice_save(struct rq *rq, const struct notice_input *in, i64 *id)
{
    struct notice n = { .created_by = rq->actor->account_id };
    if (in->id)
        TRY(notice_find(rq, in->id, &n));
    if (in->id && !str_is(n.state, "draft"))
        return err_make(ERR_CONFLICT, "notices.not_draft");
    TRY(take(rq, in, &n));
    *id = in->id;
    if (in->id) {
        TRY(rq_need_version(rq, in->version));
        n.version = in->version;
        TRY(notice_store_update(rq->db, &n));
        return audit_add(rq, &(struct audit_entry){ .act = "notices.edit",
                                                    .object = "notices",
                                                    .object_id = n.id,
                                                    .after = n.title });
    }
    TRY(notice_store_add(rq->db, &n, id));
    struct flow_subject subject = { .id = *id, .version = 1, .title = n.title, .row = &n };
    subject.state = str_of("draft");
    return flow_begin(rq, &NOTICES_FLOW, &subject, NULL);
}

err notice_open(struct rq *rq, i64 id)
{
    struct notice n;
    TRY(notice_find(rq, id, &n));
    return reader_store_read(rq->db, id,
                             &(struct reader){ .person_id = rq->actor->person_id,
                                               .agency_id = rq->actor->agency_id,
                                               .read_at = rq->now_ms });
}

/* ---- the flow ---- */

err notice_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct notice *n = arena_zero(rq->mem, sizeof *n);
    TRY(notice_find(rq, id, n));
    *out = (struct flow_subject){ n->id, n->version, n->state, n->title, str_of(""), n };
    return OK;
}

err notice_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct notice n = *(const struct notice *)subject->row;
    n.state = to;
    n.version = subject->version;
    err e = notice_store_update(rq->db, &n);
    return err_is(e, "db.version") ? err_make(ERR_CONFLICT, "flows.version") : e;
}

static err tell(struct rq *rq, const struct notice *n, const struct reader *r, const char *text)
{
    return notify_send(rq,
                       &(struct notify_to){ .person_id = r->person_id, .agency_id = r->agency_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { n->title },
                           .url = arena_printf(rq->mem, "/notices/%lld", (long long)n->id) });
}

static err add_members(struct rq *rq, const struct notice *n)
{
    str id_text = n->audience, kind;
    struct rows rows;
    i64 id = 0;
    if (str_split(&id_text, ':', &kind) && !str_to_i64(id_text, &id))
        id = 0;
    TRY(str_is(kind, "committee") ? member_list_committee(rq, id, &rows)
                                  : member_list_serving(rq, id, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct member *m = &((const struct member *)rows.items)[i];
        TRY(reader_store_add(rq->db, n->id,
                             &(struct reader){ .person_id = m->person_id, .name = m->name }));
    }
    return OK;
}

static err add_agencies(struct rq *rq, const struct notice *n)
{
    struct rows rows;
    TRY(org_agencies(rq, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct org *o = &((const struct org *)rows.items)[i];
        TRY(reader_store_add(rq->db, n->id,
                             &(struct reader){ .agency_id = o->id, .name = o->name }));
    }
    return OK;
}

static err tell_unread(struct rq *rq, const struct notice *n, const char *text)
{
    struct rows rows;
    TRY(reader_store_list(rq->db, n->id, rq->mem, &rows));
    const struct reader *all = rows.items;
    if (rows.count == 0)
        return err_make(ERR_CONFLICT, "notices.nobody");
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].read_at == 0)
            TRY(tell(rq, n, &all[i], text));
    return OK;
}

err notice_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct notice *n = subject->row;
    (void)step;
    n->published_at = rq->now_ms;
    TRY(str_is(n->audience, "agencies") ? add_agencies(rq, n) : add_members(rq, n));
    return tell_unread(rq, n, "notices.told");
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
    TRY(notice_store_update(rq->db, n));
    n->version = ++subject->version;
    return tell_unread(rq, n, "notices.told_again");
}

const struct list *notice_list(const struct rq *rq)
{
    return actor_may(rq->actor, "notices.write") ? &NOTICE_LIST : &NOTICE_READER_LIST;
}
