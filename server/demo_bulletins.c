/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A bulletin of the demo city and its issues in each state, by real steps of the editor, the leader
 * and an agency. Called by demo_opinions.c, whose opinions stand in them. */
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_forms.h"
#include "modules/bulletins/adoption.h"
#include "modules/opinions/opinion_edit.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "platform/web/view_parts.h"
#include "server/demo_opinions.h"

enum { TOTAL = 356, PRINTED = 40 };

struct issuing {
    struct demo *d;
    i64 editor, bulletin;
};

/* The words of a line of names.txt, one a line. */
static str lines_of(struct rq *rq, const char *name)
{
    struct buf *b = buf_new(rq->mem, 4096);
    str rest = demo_text(name), word;
    while (str_split(&rest, ' ', &word)) {
        buf_put(b, b->len ? "\n" : "");
        buf_add(b, word);
    }
    return buf_str(b);
}

static err begin(struct rq *rq, struct issuing *m)
{
    struct org house;
    TRY(org_find_cppcc(rq, &house));
    TRY(demo_opinion_be(rq, m->d, m->editor, NULL));
    str office = demo_text("bulletin_office");
    return bulletin_save(rq, 0,
                         &(struct bulletin_input){
                             .name = demo_text("bulletin_name"),
                             .office = arena_printf(rq->mem, "%.*s%.*s", (int)house.name.len,
                                                    house.name.ptr, (int)office.len, office.ptr),
                             .mark = demo_text("bulletin_mark"),
                             .total = TOTAL,
                             .named = true,
                             .province = lines_of(rq, "bulletin_province"),
                             .city = lines_of(rq, "bulletin_city"),
                             .copies = lines_of(rq, "bulletin_copies") },
                         &m->bulletin);
}

static err put_together(struct rq *rq, struct issuing *m, const ids *opinions, i64 *id)
{
    struct issue_input in = { .bulletin = str_number(rq->mem, m->bulletin), .printed = PRINTED };
    for (size_t i = 0; i < opinions->count; i++)
        strs_add(rq->mem, &in.opinions, str_number(rq->mem, opinions->items[i]));
    TRY(demo_opinion_be(rq, m->d, m->editor, NULL));
    return issue_save(rq, 0, &in, id);
}

/* Signed by the leader; then the editor goes on. */
static err sign(struct rq *rq, struct issuing *m, i64 id)
{
    TRY(demo_opinion_step(rq, &ISSUES_FLOW, id, "pass", NULL));
    TRY(demo_opinion_be(rq, m->d, m->d->leader, NULL));
    TRY(demo_opinion_step(rq, &ISSUES_FLOW, id, "sign", NULL));
    return demo_opinion_be(rq, m->d, m->editor, NULL);
}

/* To every body that the bulletin usually goes to. */
static err forward(struct rq *rq, i64 id)
{
    struct rows rows;
    struct issue_forward_input in = { .id = id };
    rq->path_id = id;
    TRY(issue_body_choices(rq, &rows));
    const struct view_choice *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        strs_add(rq->mem, &in.to, all[i].value);
    return demo_opinion_step(rq, &ISSUES_FLOW, id, "forward", &in);
}

/* The first body has printed it, the last one has passed it on. */
static err adopt(struct rq *rq, i64 opinion)
{
    struct rows rows;
    i64 id;
    rq->path_id = opinion;
    TRY(destination_choices(rq, &rows));
    const struct view_choice *all = rows.items;
    if (rows.count < 2)
        return err_make(ERR_INTERNAL, "demo.seed");
    TRY(adoption_add(rq, opinion,
                     &(struct adoption_input){ .destination = all[0].value,
                                               .kind = str_of("single"),
                                               .adopted_on = rq->today,
                                               .place = demo_text("bulletin_place") },
                     &id));
    return adoption_add(rq, opinion,
                        &(struct adoption_input){ .destination = all[rows.count - 1].value,
                                                  .kind = str_of("passed"),
                                                  .adopted_on = rq->today,
                                                  .place = demo_text("bulletin_passed") },
                        &id);
}

static err instruct(struct rq *rq, i64 opinion)
{
    i64 id;
    return adoption_instruct(rq, opinion,
                             &(struct opinion_instruction_input){
                                 .leader = demo_text("bulletin_leader"),
                                 .level = str_of("city"),
                                 .instructed_on = rq->today,
                                 .text = demo_text("bulletin_instruction") },
                             &id);
}

/* ---- handed to an agency ---- */

static err assign(struct rq *rq, struct issuing *m, i64 opinion)
{
    struct opinion_assign_input in = { .id = opinion };
    strs_add(rq->mem, &in.agencies, str_number(rq->mem, m->d->agencies[0].id));
    return demo_opinion_step(rq, &OPINIONS_FLOW, opinion, "assign", &in);
}

static err answer(struct rq *rq, struct issuing *m, i64 opinion)
{
    struct rows rows;
    const struct demo_agency *agency = &m->d->agencies[0];
    str said = demo_text("bulletin_answer"), result = str_of("adopted");
    TRY(assignment_list_of(rq, "opinions", opinion, &rows));
    if (rows.count == 0)
        return err_make(ERR_INTERNAL, "demo.seed");
    const struct assignment *a = rows.items;
    TRY(demo_opinion_be(rq, m->d, agency->account_id, NULL));
    struct actor *actor = arena_zero(rq->mem, sizeof *actor);
    *actor = *rq->actor;
    actor->agency_id = agency->id;
    rq->actor = actor;
    struct reply_input in = { .id = a->id,
                              .opening = demo_text("bulletin_opening"),
                              .closing = demo_text("bulletin_closing"),
                              .operator= agency->name,
                              .phone = demo_text("bulletin_phone"),
                              .results = { &result, 1 },
                              .answers = { &said, 1 } };
    TRY(demo_opinion_step(rq, &ASSIGNMENTS_FLOW, a->id, "accept", NULL));
    TRY(demo_opinion_step(rq, &ASSIGNMENTS_FLOW, a->id, "reply", &in));
    TRY(demo_opinion_step(rq, &ASSIGNMENTS_FLOW, a->id, "sign",
                          &(struct sign_input){ .id = a->id, .signer = agency->name }));
    return demo_opinion_be(rq, m->d, m->editor, NULL);
}

/* ---- how far each goes ---- */

static err go_on(struct rq *rq, struct issuing *m, i64 opinion, enum demo_issued far)
{
    struct opinion_inform_input told = { opinion, demo_text("bulletin_told") };
    if (far == DEMO_TOLD)
        TRY(adopt(rq, opinion));
    if (far == DEMO_FORWARDED)
        return OK;
    TRY(instruct(rq, opinion));
    if (far == DEMO_TOLD)
        return demo_opinion_step(rq, &OPINIONS_FLOW, opinion, "inform", &told);
    TRY(assign(rq, m, opinion));
    return far == DEMO_ANSWERED ? answer(rq, m, opinion) : OK;
}

static err issue_one(struct rq *rq, struct issuing *m, const ids *opinions, enum demo_issued far)
{
    i64 id;
    TRY(put_together(rq, m, opinions, &id));
    if (far == DEMO_IN_DRAFT) { /* dropped, and put together anew */
        TRY(demo_opinion_step(rq, &ISSUES_FLOW, id, "drop", NULL));
        return put_together(rq, m, opinions, &id);
    }
    if (far == DEMO_IN_SIGNING)
        return demo_opinion_step(rq, &ISSUES_FLOW, id, "pass", NULL);
    TRY(sign(rq, m, id));
    if (far == DEMO_ISSUED)
        return OK;
    TRY(forward(rq, id));
    for (size_t i = 0; i < opinions->count; i++)
        TRY(go_on(rq, m, opinions->items[i], far));
    return OK;
}

err demo_make_bulletins(struct rq *rq, struct demo *d, i64 editor, const ids waiting[DEMO_ISSUES])
{
    struct issuing m = { .d = d, .editor = editor };
    TRY(begin(rq, &m));
    for (int far = DEMO_ISSUED; far < DEMO_ISSUES; far++)
        TRY(issue_one(rq, &m, &waiting[far], (enum demo_issued)far));
    TRY(issue_one(rq, &m, &waiting[DEMO_IN_SIGNING], DEMO_IN_SIGNING));
    return issue_one(rq, &m, &waiting[DEMO_IN_DRAFT], DEMO_IN_DRAFT);
}
