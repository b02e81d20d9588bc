/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See follow.h. */
#include "modules/mailbox/follow.h"

#include "platform/audit/audit.h"

enum { WORDS_MOST = 20 };

bool follow_is_open(const struct letter *l)
{
    return !str_is(l->state, "closed") && !str_is(l->state, "routed");
}

static err want(struct rq *faults, const char *field, str value)
{
    if (str_trim(value).len)
        return OK;
    rq_fault(faults, field, "mailbox.missing", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static err moved(struct rq *rq, struct letter *l, const char *verb, const void *input)
{
    TRY(flow_move(rq, &LETTERS_FLOW, l->id, verb, input));
    return letter_find_house(rq, l->id, l);
}

static err add(struct rq *rq, struct rq *faults, const struct follow_input *in, struct letter *l)
{
    struct rows rows;
    TRY(want(faults, "text", in->text));
    TRY(letter_list_messages(rq, l->id, &rows));
    if (rows.count >= WORDS_MOST)
        return err_make(ERR_CONFLICT, "letters.too_many_words");
    TRY(letter_add_message(rq, l->id, "sender", in->text));
    TRY(letter_question_answered(rq, l));
    TRY(audit_add(rq, &(struct audit_entry){
                          .act = "letters.add", .object = "letters", .object_id = l->id }));
    return event_emit(rq, "mailbox.added", l->id, l);
}

static err evaluate(struct rq *rq, struct rq *faults, const struct follow_input *in,
                    struct letter *l)
{
    const struct letter_evaluate_input verdict = { in->verdict, in->text };
    TRY(want(faults, "verdict", in->verdict));
    return moved(rq, l, "evaluate", &verdict);
}

/* Whether what was solved is so still: asked once, a while later. */
static err still(struct rq *rq, const char *word, struct letter *l)
{
    if (!l->asked_again_at || l->still.len)
        return err_make(ERR_CONFLICT, "letters.not_asked");
    l->still = str_of(word);
    TRY(letter_update(rq, l));
    TRY(audit_add(rq, &(struct audit_entry){
                          .act = "letters.still", .object = "letters", .object_id = l->id }));
    TRY(event_emit(rq, "mailbox.still", l->id, l));
    return letter_find_house(rq, l->id, l);
}

static err contact(struct rq *rq, struct rq *faults, const struct follow_input *in,
                   struct letter *l)
{
    const struct letter_sender s = { in->name, in->phone, in->mail, in->consent, in->handover };
    intake_judge_sender(faults, &s, in->consent);
    if (rq_has_faults(faults))
        return err_make(ERR_INVALID, "form.faults");
    TRY(sender_keep(rq, l->id, &s, in->notice.len ? in->notice : str_of(SENDER_NOTICE)));
    return audit_add(rq, &(struct audit_entry){
                             .act = "letters.contact", .object = "letters", .object_id = l->id });
}

err follow_act(struct rq *rq, struct rq *faults, const struct follow_input *in, struct letter *l,
               const char **said)
{
    *said = NULL;
    if (in->act.len == 0)
        return OK;
    if (str_is(in->act, "contact")) { /* also when it is over: what is his to give and take */
        *said = "mailbox.said.contact";
        return contact(rq, faults, in, l);
    }
    if (!follow_is_open(l))
        return err_make(ERR_CONFLICT, "letters.is_over");
    if (str_is(in->act, "add")) {
        *said = "mailbox.said.add";
        return add(rq, faults, in, l);
    }
    if (str_is(in->act, "evaluate")) {
        *said = "mailbox.said.evaluate";
        return evaluate(rq, faults, in, l);
    }
    if (str_is(in->act, "lasting") || str_is(in->act, "gone")) {
        *said = "mailbox.said.still";
        return still(rq, str_is(in->act, "gone") ? "no" : "yes", l);
    }
    *said = "mailbox.said.withdraw";
    return moved(rq, l, "withdraw", NULL);
}
