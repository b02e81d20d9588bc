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

enum { QR_MAX = 64 * 1024, ONCE_DIGITS = 32, CREATED = 201 };

/* What the slow half found: the receipt, and whether the letter is kept already. */
struct intake_found {
    str digits, hash;
    struct photos photos;
    bool known;
};

/* ---- where ---- */

/* Names from the county down. */
static err path_words(struct rq *rq, const struct area *area, str *out)
{
    struct letter l = { 0 };
    TRY(letter_set_area(rq, &l, area->id));
    *out = l.area_name;
    return OK;
}

err page_intake_place(struct rq *rq, struct res *res)
{
    const struct intake_place_input *in = rq->input;
    struct place_page v = { .path = str_of("") };
    struct area area;
    TRY(intake_area(rq, in->area, &area));
    if (area.id) {
        TRY(path_words(rq, &area, &v.path));
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

static err receipt_show(struct rq *rq, struct res *res, str digits, bool again)
{
    struct buf *qr = buf_new(rq->mem, QR_MAX);
    str base = rq->app->config.public_url;
    TRY(qr_svg(rq->mem, /* behind the #: it is sent to no server */
               arena_printf(rq->mem, "%.*s/letters/follow#%.*s", (int)base.len, base.ptr,
                            (int)digits.len, digits.ptr),
               qr));
    const struct receipt_page v = { .digits = digits,
                                    .org = rq->actor->org_name,
                                    .qr = { buf_str(qr) },
                                    .days = setting_number(rq, "mailbox.triage_days"),
                                    .again = again };
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
    str digits = digits_of(rq, late ? once : str_of(""));
    TRY(is_kept(rq, letter_receipt_hash(rq, digits), told));
    return *told ? receipt_show(rq, res, digits, true) : OK;
}

err page_intake_new(struct rq *rq, struct res *res)
{
    static const char *const KINDS[] = { "concern", "idea", "praise", "complaint" };
    enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };
    struct view_choice *kinds = arena_array(rq->mem, KIND_COUNT, sizeof *kinds);
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
    for (size_t i = 0; i < KIND_COUNT; i++)
        kinds[i] = (struct view_choice){ .value = str_of(KINDS[i]),
                                         .label = text_label("letters.kind", str_of(KINDS[i])),
                                         .chosen = i == 0 };
    struct intake_page v = { .stamp = anonymous_stamp(rq, &INTAKE),
                             .area = area.code,
                             .area_name = str_of(""),
                             .org = rq->actor->org_name,
                             .accept = str_of(photo_types_accepted()),
                             .kinds = kinds,
                             .kind_count = KIND_COUNT,
                             .max_mb = setting_number(rq, "files.max_mb") };
    v.action =
        area.id ? arena_printf(rq->mem, "/letters/new?area=%.*s", (int)area.code.len, area.code.ptr)
                : str_of("/letters/new");
    if (area.id)
        TRY(path_words(rq, &area, &v.area_name));
    struct out *out = page_begin(rq, text_find("mailbox.page.new"), NULL);
    view_mailbox_new(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- sending ---- */

static struct letter_sender sender_of(const struct intake_input *in)
{
    return (struct letter_sender){ in->name, in->phone, in->mail, in->consent, in->handover };
}

/* Photos are made clean and the receipt is digested here: both take longer than a transaction may.
 */
err slow_intake_send(struct rq *rq, struct res *res)
{
    const struct intake_input *in = rq->input;
    struct letter_sender sender = sender_of(in);
    struct intake_found *found = arena_zero(rq->mem, sizeof *found);
    (void)res;
    if (in->once.len && !is_once(in->once))
        return err_make(ERR_INVALID, "mailbox.once_form");
    found->digits = digits_of(rq, in->once);
    found->hash = letter_receipt_hash(rq, found->digits);
    TRY(is_kept(rq, found->hash, &found->known));
    intake_judge_sender(rq, &sender, in->consent);
    if (!found->known) {
        TRY(photo_take(rq, "photos", INTAKE_PHOTOS, &found->photos));
        if (rq_has_faults(rq))
            return err_make(ERR_INVALID, "form.faults");
    }
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
    const struct letter_new letter = {
        .kind = in->kind,
        .lane = str_of(proved ? "proved" : "unproved"),
        .title = in->title,
        .body = in->body,
        .place = in->place,
        .category = str_of(""),
        .source = str_of(""),
        .source_id = str_of(""),
        .receipt_hash = found->hash,
        .notice = in->notice.len ? in->notice : str_of(SENDER_NOTICE),
        .area_id = area.id,
        .sender = sender_of(in),
        .quiet = !proved,
    };
    TRY(letter_add(rq, &letter, &id));
    return photo_keep(rq, &found->photos, "letters", id);
}

err page_intake_send(struct rq *rq, struct res *res)
{
    const struct intake_found *found = rq->found;
    if (!found->known)
        TRY(add(rq, found));
    if (!rq->api)
        return receipt_show(rq, res, found->digits, found->known);
    struct json j = json_begin(rq);
    json_str(&j, "receipt", found->digits);
    json_bool(&j, "again", found->known);
    json_send(&j, res);
    res_status(res, found->known ? 200 : CREATED);
    return OK;
}
