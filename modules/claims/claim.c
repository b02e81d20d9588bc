/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of claims: what may be reported and by whom, the same thing twice, what the ledger gets and
 * loses. Appeals: appeal.c; statements: claim_store.c; pages: claim_pages.c. */
#include "modules/claims/claim.h"

#include "modules/members/audience.h"
#include "modules/members/member.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { NAMED = 3, ENTRY_ONE_UNIT = 1000 };

bool claim_is_own(const struct rq *rq, const struct claim *c)
{
    return c->member_id && c->member_id == rq->actor->member_id;
}

bool claim_may_edit(const struct rq *rq, const struct claim *c)
{
    return claim_is_own(rq, c) && actor_may(rq->actor, "claims.file") &&
           (str_is(c->state, "submitted") || str_is(c->state, "revising"));
}

const struct view_link *claim_crumbs(struct arena *mem, const char *menu, const char *list,
                                     str last)
{
    struct view_link *crumbs = arena_array(mem, 3, sizeof *crumbs);
    crumbs[0] =
        (struct view_link){ text_find(arena_printf(mem, "menu.%s", menu).ptr), str_of(list) };
    crumbs[1] = (struct view_link){ last, str_of("") };
    return crumbs;
}

/* ---- who did it ---- */

/* "Li, Wang, Zhao and 47 more" */
static str names_of(struct rq *rq, const struct rows *people)
{
    const struct claimant *all = people->items;
    str names = str_of("");
    for (size_t i = 0; i < people->count && i < NAMED; i++)
        names = i ? text_format(rq->mem, "claims.two", names, all[i].name) : all[i].name;
    return people->count > NAMED
               ? text_format(rq->mem, "claims.many", names, str_number(rq->mem, (i64)people->count))
               : names;
}

static bool has_id(const struct rows *ids_of, i64 id)
{
    const i64 *all = ids_of->items;
    for (size_t i = 0; i < ids_of->count; i++)
        if (all[i] == id)
            return true;
    return false;
}

err claim_same(struct rq *rq, const struct claim *c, const struct rows *people, str *names)
{
    const struct claimant *all = people->items;
    struct rows same;
    TRY(claim_store_list_same(rq->db, c, rq->mem, &same));
    struct claimant *found = arena_array(rq->mem, people->count + 1, sizeof *found);
    size_t n = 0;
    for (size_t i = 0; i < people->count; i++)
        if (has_id(&same, all[i].member_id))
            found[n++] = all[i];
    *names = names_of(rq, &(struct rows){ found, n, sizeof *found });
    return OK;
}

/* ---- what is checked ---- */

static err judge_people(struct rq *rq, const struct claim *c, const struct rows *people)
{
    const struct claimant *all = people->items;
    for (size_t i = 0; i < people->count; i++) {
        bool serving;
        TRY(member_is_serving(rq, all[i].member_id, c->happened_on, &serving));
        if (!serving) {
            rq_fault(rq, "happened_on", "claims.not_serving", all[i].name, str_of(""));
            return OK;
        }
    }
    return OK;
}

static err judge(struct rq *rq, const struct claim *c, const struct rows *people, bool distinct)
{
    i64 back = setting_number(rq, "claims.days_back");
    str names;
    if (c->happened_on > rq->today)
        rq_fault(rq, "happened_on", "claims.future", str_of(""), str_of(""));
    else if (c->member_id && c->happened_on < rq->today - back) /* the office may put down more */
        rq_fault(rq, "happened_on", "claims.too_old", str_number(rq->mem, back), str_of(""));
    else
        TRY(judge_people(rq, c, people));
    TRY(claim_same(rq, c, people, &names));
    if (names.len && !distinct)
        rq_fault(rq, "distinct", "claims.twice", c->member_id ? text_find("claims.you") : names,
                 c->label);
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static void take(struct rq *rq, const struct claim_input *in, struct claim *c)
{
    c->kind = in->kind;
    c->label = dictionary_label(rq, "claims.kinds", in->kind);
    c->happened_on = in->happened_on;
    c->quantity = in->quantity;
    c->title = in->title;
    c->text = in->text;
}

static struct flow_subject subject_of(struct claim *c)
{
    return (struct flow_subject){ c->id, c->version, c->state, c->title, str_of(""), c };
}

static err keep_files(struct rq *rq, const struct claim_input *in, i64 id)
{
    return in->evidence.count ? attachment_keep(rq, "evidence", "claims", id) : OK;
}

static err add(struct rq *rq, const struct claim_input *in, struct claim *c, struct rows *people)
{
    struct claimant *all = people->items;
    c->people = (i64)people->count;
    c->names = names_of(rq, people);
    c->filed_at = rq->now_ms;
    c->filer_name = rq->actor->name;
    c->version = 1;
    TRY(claim_store_add(rq->db, c, &c->id));
    for (size_t i = 0; i < people->count; i++) {
        all[i].claim_id = c->id;
        TRY(claimant_store_add(rq->db, &all[i]));
    }
    return keep_files(rq, in, c->id);
}

/* ---- a member's own ---- */

err claim_file(struct rq *rq, const struct claim_input *in, i64 *id)
{
    struct claim *c = arena_zero(rq->mem, sizeof *c);
    struct member m;
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "entries.no_member");
    TRY(member_find(rq, rq->actor->member_id, &m));
    struct claimant me = { 0, m.id, m.person_id, m.name };
    struct rows people = { &me, 1, sizeof me };
    *c =
        (struct claim){ .member_id = m.id, .person_id = m.person_id, .state = str_of("submitted") };
    take(rq, in, c);
    TRY(judge(rq, c, &people, in->distinct));
    TRY(add(rq, in, c, &people));
    *id = c->id;
    struct flow_subject subject = subject_of(c);
    return flow_begin(rq, &CLAIMS_FLOW, &subject, NULL);
}

err claim_edit(struct rq *rq, i64 id, const struct claim_input *in)
{
    struct claim c;
    struct rows people;
    TRY(list_find(rq, &CLAIM_LIST, id, &c));
    if (!claim_is_own(rq, &c))
        return err_make(ERR_FORBIDDEN, "claims.not_yours");
    if (!claim_may_edit(rq, &c))
        return err_make(ERR_CONFLICT, "claims.decided");
    struct claim_input stored = { .happened_on = c.happened_on,
                                  .quantity = c.quantity,
                                  .kind = c.kind,
                                  .title = c.title,
                                  .text = c.text };
    TRY(conflict_check(rq, "web.version", in->version, c.version, &stored));
    TRY(claimant_store_list(rq->db, id, rq->mem, &people));
    take(rq, in, &c);
    TRY(judge(rq, &c, &people, in->distinct));
    TRY(claim_store_update(rq->db, &c));
    TRY(keep_files(rq, in, id));
    TRY(audit_add(rq, &(struct audit_entry){ "claims.edit", "claims", id, .after = c.title }));
    return str_is(c.state, "revising") ? flow_act(rq, &CLAIMS_FLOW, id, "submit", 0) : OK;
}

/* ---- the ledger ---- */

/* A row for each; none of one that does not stand. */
static err give(struct rq *rq, const struct claim *c, const struct rows *people, bool stands)
{
    const struct claimant *all = people->items;
    struct entry_given *given = arena_array(rq->mem, people->count + 1, sizeof *given);
    const struct entry_record record = {
        .source = str_of("claims"), .id = c->id, .title = c->title, .by_actor = true
    };
    for (size_t i = 0; i < people->count; i++)
        given[i] = (struct entry_given){ .member_id = all[i].member_id,
                                         .happened_on = c->happened_on,
                                         .quantity = c->quantity * ENTRY_ONE_UNIT,
                                         .kind = c->kind,
                                         .label = c->label };
    return entry_give(rq, &record,
                      &(struct rows){ given, stands ? people->count : 0, sizeof *given });
}

/* ---- the office's ---- */

static err people_in(struct rq *rq, const strs *audience, struct rows *out)
{
    struct rows readers;
    TRY(audience_readers(rq, audience_join(rq->mem, audience), &readers));
    const struct reader *all = readers.items;
    struct claimant *people = arena_array(rq->mem, readers.count + 1, sizeof *people);
    size_t n = 0;
    if (readers.count == 0)
        rq_fault(rq, "audience", "claims.nobody", str_of(""), str_of(""));
    if (readers.count > CLAIM_PEOPLE_MAX) {
        rq_fault(rq, "audience", "claims.too_many", str_number(rq->mem, CLAIM_PEOPLE_MAX),
                 str_number(rq->mem, (i64)readers.count));
        readers.count = 0;
    }
    for (size_t i = 0; i < readers.count; i++) {
        struct member m;
        TRY(member_find_by_person(rq, all[i].person_id, &m));
        people[n++] = (struct claimant){ 0, m.id, m.person_id, m.name };
    }
    *out = (struct rows){ people, n, sizeof *people };
    return OK;
}

static err tell(struct rq *rq, i64 person_id, const struct claim *c, const char *text)
{
    return notify_send(rq, &(struct notify_to){ .person_id = person_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { c->title, c->label },
                           .url = arena_printf(rq->mem, "/claims/%lld", (long long)c->id) });
}

err claim_record(struct rq *rq, const struct claim_input *in, i64 *id)
{
    struct claim *c = arena_zero(rq->mem, sizeof *c);
    struct rows people;
    c->state = str_of("approved");
    c->decided_at = rq->now_ms;
    c->decider_name = rq->actor->name;
    take(rq, in, c);
    TRY(people_in(rq, &in->audience, &people));
    TRY(judge(rq, c, &people, in->distinct));
    TRY(add(rq, in, c, &people));
    *id = c->id;
    struct flow_subject subject = subject_of(c);
    TRY(flow_begin_quiet(rq, &CLAIMS_FLOW, &subject));
    TRY(give(rq, c, &people, true));
    const struct claimant *all = people.items;
    for (size_t i = 0; i < people.count; i++)
        TRY(tell(rq, all[i].person_id, c, "claims.told_recorded"));
    return OK;
}

/* ---- the flow ---- */

err claim_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct claim *c = arena_zero(rq->mem, sizeof *c);
    TRY(list_find(rq, &CLAIM_LIST, id, c));
    *out = subject_of(c);
    return OK;
}

err claim_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct claim c = *(const struct claim *)subject->row;
    c.state = to;
    return claim_store_update(rq->db, &c);
}

err claim_flow_holder(struct rq *rq, const struct flow_subject *subject,
                      const struct flow_todo *todo, ids *out)
{
    const struct claim *c = subject->row;
    i64 *one = arena_array(rq->mem, 1, sizeof *one);
    (void)todo;
    *one = c->person_id;
    *out = (ids){ one, 1 };
    return OK;
}

err claim_guard_own(struct rq *rq, const struct flow_subject *subject)
{
    return claim_is_own(rq, subject->row) ? OK : err_make(ERR_FORBIDDEN, "claims.not_yours");
}

static void decide(struct rq *rq, struct claim *c, str reason)
{
    c->decided_at = rq->now_ms;
    c->decider_name = rq->actor->name;
    c->reason = reason;
}

err claim_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct claim *c = subject->row;
    struct rows people;
    (void)step;
    TRY(claimant_store_list(rq->db, c->id, rq->mem, &people));
    decide(rq, c, str_of(""));
    TRY(give(rq, c, &people, true));
    return tell(rq, c->person_id, c, "claims.told_approved");
}

/* He is told by his to-do. */
err claim_effect_revise(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct claim_reason_input *in = step->input;
    decide(rq, subject->row, in->opinion);
    return OK;
}

err claim_effect_annul(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct claim_reason_input *in = step->input;
    struct claim *c = subject->row;
    struct rows people;
    TRY(claimant_store_list(rq->db, c->id, rq->mem, &people));
    decide(rq, c, in->opinion);
    TRY(give(rq, c, &people, false));
    const struct claimant *all = people.items;
    for (size_t i = 0; i < people.count; i++)
        TRY(tell(rq, all[i].person_id, c, "claims.told_annulled"));
    return OK;
}
