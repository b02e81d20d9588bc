/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a form says about a body, laid over the stored one; page and API share it. */
#include "modules/orgs/org_forms.h"
#include "platform/web/conflict.h"

static i64 none_is_zero(i64 day)
{
    return day > 0 ? day : 0;
}

static err check_seen(struct rq *rq, const struct org_input *in, const struct org *org)
{
    struct org_input stored = { .position = org->position,
                                .from_on = org->from_on,
                                .to_on = org->to_on,
                                .kind = org->kind,
                                .name = org->name,
                                .short_name = org->short_name,
                                .code = org->code,
                                .letter_prefix = org->letter_prefix,
                                .agency = org->agency,
                                .dispatcher = org->dispatcher };
    return conflict_check(rq, "web.version", in->version, org->version, &stored);
}

err org_input_take(struct rq *rq, struct org *org)
{
    const struct org_input *in = rq->input;
    *org = (struct org){ 0 };
    if (in->id) {
        TRY(org_find(rq, in->id, org));
        TRY(check_seen(rq, in, org));
    }
    org->version = in->id ? in->version : 0;
    org->kind = in->kind;
    org->name = in->name;
    org->short_name = in->short_name;
    org->code = in->code;
    org->letter_prefix = in->letter_prefix;
    org->agency = in->agency;
    org->dispatcher = in->dispatcher;
    org->position = in->position;
    org->from_on = none_is_zero(in->from_on);
    org->to_on = none_is_zero(in->to_on);
    return OK;
}
