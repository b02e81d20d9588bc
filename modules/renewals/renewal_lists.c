/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the lists that a renewal is decided by, the same as JSON, the slate on paper. What
 * stands on them: renewal_slate.c, renewal_sitting.c. */
#include "modules/renewals/renewal_lists.h"

#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/renewals.h"

/* ---- the slate ---- */

static void slate_json(struct rq *rq, const struct renewal_slate *slate, struct res *res)
{
    const struct nominee *all = slate->list.nominees.items;
    const struct renewal_seat *seats = slate->seats.items;
    struct json j = json_begin(rq);
    json_str(&j, "title", slate->list.title);
    json_i64(&j, "stays", slate->stays);
    json_i64(&j, "comes", slate->comes);
    json_i64(&j, "pending", slate->pending);
    json_i64(&j, "unchecked", slate->unchecked);
    json_i64(&j, "barred", slate->barred);
    json_array(&j, "items");
    for (size_t i = 0; i < slate->list.nominees.count; i++) {
        const struct renewal_seat *seat = &seats[all[i].at];
        json_object(&j, NULL);
        json_i64(&j, "member_id", seat->member_id);
        json_i64(&j, "nomination_id", seat->nomination_id);
        json_str(&j, "name", all[i].name);
        json_str(&j, "sector", all[i].sector);
        json_str(&j, "from", seat->from);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
}

err page_renewal_slate(struct rq *rq, struct res *res)
{
    struct renewal r;
    struct renewal_slate slate;
    TRY(renewal_slate_load(rq, &r, &slate));
    if (rq->api) {
        slate_json(rq, &slate, res);
        return OK;
    }
    const struct renewal_slate_page v = { rq, &r, &slate, renewal_title(rq->mem, &r) };
    struct out *out = page_begin(rq, slate.list.title, "renewals");
    view_renewal_lists_slate(out, &v);
    page_end(res, out);
    return OK;
}

err file_renewal_pdf(struct rq *rq, struct res *res)
{
    struct renewal r;
    struct renewal_slate slate;
    TRY(renewal_slate_load(rq, &r, &slate));
    return nominee_list_pdf(rq, &slate.list, res);
}

err file_renewal_docx(struct rq *rq, struct res *res)
{
    struct renewal r;
    struct renewal_slate slate;
    TRY(renewal_slate_load(rq, &r, &slate));
    return nominee_list_docx(rq, &slate.list, res);
}

err file_renewal_xlsx(struct rq *rq, struct res *res)
{
    struct renewal r;
    struct renewal_slate slate;
    TRY(renewal_slate_load(rq, &r, &slate));
    return nominee_list_xlsx(rq, &slate.list, res);
}

/* ---- the balance ---- */

static void measures_json(struct json *j, const struct renewal_balance *v)
{
    json_array(j, "measures");
    for (size_t i = 0; i < RENEWAL_MEASURES; i++) {
        const struct renewal_measure *m = &v->measures[i];
        json_object(j, NULL);
        json_str(j, "name", str_of(m->name));
        json_i64(j, "seated", m->seated);
        json_i64(j, "coming", m->coming);
        json_i64(j, "floor", m->floor);
        json_bool(j, "below", m->below);
        json_object_end(j);
    }
    json_array_end(j);
}

static void balance_json(struct rq *rq, const struct renewal_balance *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "seated", v->seated);
    json_i64(&j, "coming", v->coming);
    measures_json(&j, v);
    json_array(&j, "items");
    for (size_t k = 0; k < RENEWAL_KINDS; k++) {
        const struct nomination_share *all = v->tables[k].shares.items;
        for (size_t i = 0; i < v->tables[k].shares.count; i++) {
            json_object(&j, NULL);
            json_str(&j, "kind", all[i].kind);
            json_str(&j, "label", all[i].label);
            json_i64(&j, "seated", all[i].seated);
            json_i64(&j, "coming", all[i].coming);
            json_object_end(&j);
        }
    }
    json_array_end(&j);
    json_send(&j, res);
}

err page_renewal_balance(struct rq *rq, struct res *res)
{
    struct renewal r;
    struct renewal_slate slate;
    struct renewal_balance v;
    TRY(renewal_slate_load(rq, &r, &slate));
    renewal_balance_make(rq, &r, &slate, &v);
    if (rq->api) {
        balance_json(rq, &v, res);
        return OK;
    }
    v.title = renewal_title(rq->mem, &r);
    struct out *out =
        page_begin(rq,
                   text_format(rq->mem, "renewals.titled", text_find("renewals.balance"), v.title),
                   "renewals");
    view_renewal_lists_balance(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- who sits today ---- */

static void grades_json(struct json *j, const struct renewal_sitting *v,
                        const struct renewal_sitter *one)
{
    json_array(j, "grades");
    for (size_t i = 0; i < v->year_count; i++) {
        json_object(j, NULL);
        json_i64(j, "year", v->years[i]);
        json_str(j, "grade", one->grades[i]);
        json_object_end(j);
    }
    json_array_end(j);
    json_str(j, "veto", one->veto);
}

static void sitting_json(struct rq *rq, const struct renewal_sitting *v, struct res *res)
{
    const struct renewal_sitter *all = v->people.items;
    struct json j = json_begin(rq);
    json_i64(&j, "all", v->all);
    json_array(&j, "items");
    for (size_t i = 0; i < v->people.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "member_id", all[i].member_id);
        json_str(&j, "name", all[i].name);
        json_str(&j, "sector", all[i].sector);
        json_str(&j, "status", all[i].status);
        json_i64(&j, "age", all[i].age);
        json_i64(&j, "terms", all[i].terms);
        json_bool(&j, "kept", all[i].kept);
        json_bool(&j, "named", all[i].named);
        if (v->shows_grades)
            grades_json(&j, v, &all[i]);
        if (v->shows_warnings)
            json_str(&j, "warning", all[i].warning);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
}

err page_renewal_sitting(struct rq *rq, struct res *res)
{
    struct renewal r;
    struct renewal_sitting v;
    TRY(renewal_sitting_load(rq, &r, rq->input, &v));
    if (rq->api) {
        sitting_json(rq, &v, res);
        return OK;
    }
    v.title = renewal_title(rq->mem, &r);
    v.may_edit = str_is(r.state, "draft") && actor_may(rq->actor, "renewals.manage");
    struct out *out =
        page_begin(rq,
                   text_format(rq->mem, "renewals.titled", text_find("renewals.sitting"), v.title),
                   "renewals");
    view_renewals_sitting(out, &v);
    page_end(res, out);
    return OK;
}
