/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writing a letter without a log-in and without a script: the place step by step, the form, the
 * receipt. Who writes is not known, and what he needs to follow it is shown once to him alone. */
#include "modules/mailbox/intake.h"

#include "modules/mailbox/letter_store.h"
#include "modules/orgs/org.h"
#include "platform/app.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/digest.h"
#include "platform/web/json.h"
#include "views/mailbox.h"

enum { ONCE_DIGITS = 32, CREATED = 201 };

/* ---- where ---- */

err page_intake_place(struct rq *rq, struct res *res)
{
    const struct intake_place_input *in = rq->input;
    struct place_page v = { .path = str_of("") };
    struct area area;
    TRY(intake_area(rq, in->area, &area));
    if (area.id) {
        TRY(intake_area_name(rq, &area, &v.path));
    } else {
        struct org org;
        TRY(org_find_cppcc(rq, &org));
        area.id = org.area_id;
    }
    if (!area.id) { /* the house stands nowhere: there is nothing to choose */
        res_redirect(res, str_of("/letters/new"));
        return OK;
    }
    TRY(area_list_below(rq, area.id, &v.below));
    if (area.code.len)
        v.here = (struct area_here){ area.code, area.name, area.level };
    struct out *out = page_begin(rq, text_find("mailbox.page.place"), NULL);
    view_mailbox_place(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the form ---- */

static str digits_of(struct rq *rq, str once)
{
    unsigned char random[DIGEST_SIZE], key[DIGEST_SIZE];
    if (once.len) {
        app_key(rq->app, "letters.once", key);
        digest_derive((bytes){ key, sizeof key }, once, random);
    } else {
        anonymous_secret(rq, "letters.receipt", random);
    }
    return letter_receipt_digits(rq->mem, random);
}

static bool is_once(str once)
{
    for (size_t i = 0; i < once.len; i++)
        if (!strchr("0123456789abcdef", once.ptr[i]))
            return false;
    return once.len == ONCE_DIGITS;
}

static err is_kept(struct rq *rq, str hash, bool *out)
{
    i64 org_id;
    err e = letter_store_find_receipt_org(rq->db, hash, &org_id);
    *out = e.code == ERR_NONE;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err attested_of(struct rq *rq, const struct intake_found *found, struct attestation *out)
{
    struct letter l;
    TRY(letter_store_find_by_receipt(rq->db, found->hash, rq->mem, &l));
    return letter_attested(rq, &l, found->digits, out);
}

static err receipt_show(struct rq *rq, struct res *res, const struct intake_found *found)
{
    html qr;
    struct attestation attested;
    str digits = found->digits;
    TRY(attested_of(rq, found, &attested));
    TRY(intake_qr(rq, digits, &qr));
    const struct receipt_page v = { .digits = digits,
                                    .org = rq->actor->org_name,
                                    .qr = qr,
                                    .days = setting_number(rq, "mailbox.triage_days"),
                                    .again = found->known,
                                    .attested = &attested };
    struct out *out = page_begin(rq, text_find("mailbox.page.receipt"), NULL);
    view_mailbox_receipt(out, &v);
    page_end(res, out);
    return OK;
}

/* Whoever sends the same once more because he got no answer is told his receipt again. */
static err told_again(struct rq *rq, struct res *res, bool *told)
{
    *told = false;
    str once = rq_typed(rq, "once", str_of(""));
    bool late = is_once(once);
    if (!err_is(rq->error, "web.stamp_spent") && !err_is(rq->error, "db.unique"))
        return OK;
    struct intake_found found = { .digits = digits_of(rq, late ? once : str_of("")),
                                  .known = true };
    found.hash = letter_receipt_hash(rq, found.digits);
    TRY(is_kept(rq, found.hash, told));
    return *told ? receipt_show(rq, res, &found) : OK;
}

err page_intake_new(struct rq *rq, struct res *res)
{
    bool is_first = rq->route->method == GET;
    str code = is_first ? ((const struct intake_place_input *)rq->input)->area
                        : rq_typed(rq, "area", str_of(""));
    struct area area;
    bool told = false;
    if (!is_first)
        TRY(told_again(rq, res, &told));
    if (told)
        return OK;
    TRY(intake_area(rq, code, &area));
    struct intake_page v = { .stamp = anonymous_stamp(rq, &INTAKE),
                             .area = area.code,
                             .area_name = str_of(""),
                             .org = rq->actor->org_name,
                             .accept = str_of(photo_types_accepted()),
                             .point_by = rq_typed(rq, "point_by", str_of("")),
                             .kinds = intake_kinds(rq),
                             .kind_count = INTAKE_KINDS,
                             .max_mb = setting_number(rq, "files.max_mb") };
    v.action =
        area.id ? arena_printf(rq->mem, "/letters/new?area=%.*s", (int)area.code.len, area.code.ptr)
                : str_of("/letters/new");
    if (area.id)
        TRY(intake_area_name(rq, &area, &v.area_name));
    struct out *out = page_begin(rq, text_find("mailbox.page.new"), NULL);
    view_mailbox_new(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- sending ---- */

/* Photos are made clean and the receipt is digested here: both take longer than a transaction may.
 */
err slow_intake_send(struct rq *rq, struct res *res)
{
    const struct intake_input *in = rq->input;
    struct intake_found *found = arena_zero(rq->mem, sizeof *found);
    (void)res;
    if (in->once.len && !is_once(in->once))
        return err_make(ERR_INVALID, "mailbox.once_form");
    found->digits = digits_of(rq, in->once);
    found->hash = letter_receipt_hash(rq, found->digits);
    TRY(is_kept(rq, found->hash, &found->known));
    if (!found->known)
        TRY(intake_receive(rq, in, &found->photos));
    rq->found = found;
    return OK;
}

static err add(struct rq *rq, const struct intake_found *found)
{
    const struct intake_input *in = rq->input;
    struct area area;
    i64 id;
    TRY(intake_area(rq, in->area, &area));
    bool proved = anonymous_lane(rq) == ANONYMOUS_PROVED;
    const struct letter_new more = {
        .lane = str_of(proved ? "proved" : "unproved"),
        .receipt_hash = found->hash,
        .receipt = found->digits,
        .area_id = area.id,
        .quiet = !proved,
    };
    return intake_add(rq, in, &more, &found->photos, &id);
}

err page_intake_send(struct rq *rq, struct res *res)
{
    const struct intake_found *found = rq->found;
    if (!found->known)
        TRY(add(rq, found));
    if (!rq->api)
        return receipt_show(rq, res, found);
    struct json j = json_begin(rq);
    struct attestation attested;
    TRY(attested_of(rq, found, &attested));
    json_str(&j, "receipt", found->digits);
    json_bool(&j, "again", found->known);
    attestation_json(&attested, &j);
    json_send(&j, res);
    res_status(res, found->known ? 200 : CREATED);
    return OK;
}
