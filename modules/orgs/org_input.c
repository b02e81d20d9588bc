/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a form says about a body, laid over the stored one; page and API share it. */
#include "modules/orgs/area.h"
#include "modules/orgs/org_forms.h"
#include "modules/orgs/org_parts.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/view_parts.h"

err org_kinds(struct rq *rq, struct rows *out)
{
    static const char *const CODES[] = { "cppcc",           "department", "government",
                                         "party_committee", "democratic", "federation",
                                         "association",     "township",   "employer" };
    enum { COUNT = sizeof CODES / sizeof *CODES };
    struct view_choice *c = arena_array(rq->mem, COUNT, sizeof *c);
    struct org org = { 0 };
    if (rq->path_id) {
        err e = org_find(rq, rq->path_id, &org);
        if (e.code != ERR_NONE && e.code != ERR_NOT_FOUND)
            return e; /* the handler answers for one that is not there */
    }
    bool own = str_is(org.kind, "cppcc");
    *out = (struct rows){ .items = c, .size = sizeof *c };
    for (size_t i = own ? 0 : 1; i < (own ? 1 : COUNT); i++)
        c[out->count++] =
            (struct view_choice){ .value = str_of(CODES[i]),
                                  .label = text_label("orgs.kind", str_of(CODES[i])) };
    return OK;
}

static err take_area(struct rq *rq, str text, struct org *org)
{
    struct area area = { 0 };
    if (text.len)
        TRY(area_find_by_text(rq, text, &area));
    if (text.len && !area.id)
        rq_fault(rq, "area", "areas.unknown", text, str_of(""));
    org->area_id = area.id;
    return org_faults(rq);
}

err org_input_stored(struct rq *rq, const struct org *o, struct org_input *out)
{
    struct area area = { 0 };
    if (o->area_id)
        TRY(area_find(rq, o->area_id, &area));
    *out = (struct org_input){ .kind = o->kind,
                               .name = o->name,
                               .short_name = o->short_name,
                               .code = o->code,
                               .letter_prefix = o->letter_prefix,
                               .area = area.code,
                               .agency = o->agency,
                               .dispatcher = o->dispatcher,
                               .position = o->position,
                               .from_on = o->from_on,
                               .to_on = o->to_on };
    return OK;
}

static err check_seen(struct rq *rq, const struct org_input *in, const struct org *org)
{
    struct org_input stored;
    TRY(org_input_stored(rq, org, &stored));
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
    org->from_on = org_day(in->from_on);
    org->to_on = org_day(in->to_on);
    return take_area(rq, in->area, org);
}
