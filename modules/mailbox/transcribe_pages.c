/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The form of what staff write down for somebody, and the receipt that is printed for him. */
#include "modules/mailbox/transcribe.h"

#include "modules/mailbox/letter_rules.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/digest.h"
#include "platform/web/json.h"
#include "views/mailbox.h"

enum { CREATED = 201, VIAS = 4, LONG_AGO_DAYS = 400 }; /* an older day is a slip of the pen */

/* What the slow half found. */
struct transcribed {
    struct intake_found found;
    i64 area_id;
};

err page_transcribe_new(struct rq *rq, struct res *res)
{
    static const char *const NAMES[VIAS] = { "phone", "visit", "post", "window" };
    struct view_choice *vias = arena_array(rq->mem, VIAS, sizeof *vias);
    for (size_t i = 0; i < VIAS; i++)
        vias[i] = (struct view_choice){ .value = str_of(NAMES[i]),
                                        .label = text_label("letters.via", str_of(NAMES[i])) };
    str title = text_find("letters.page.transcribe");
    struct transcribe_page v = { .crumbs = view_crumbs(rq->mem, "letters", title),
                                 .accept = str_of(photo_types_accepted()),
                                 .vias = vias,
                                 .via_count = VIAS,
                                 .kinds = intake_kinds(rq),
                                 .kind_count = INTAKE_KINDS,
                                 .max_mb = setting_number(rq, "files.max_mb") };
    TRY(transcribe_areas(rq, &v.areas));
    struct out *out = page_begin(rq, title, "letters");
    view_mailbox_transcribe(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- adding ---- */

/* The digits are as random as a stranger's: nobody can work them out, staff neither. */
err slow_transcribe_receive(struct rq *rq, struct res *res)
{
    const struct intake_input *in = rq->input;
    struct transcribed *t = arena_zero(rq->mem, sizeof *t);
    unsigned char random[DIGEST_SIZE];
    struct area area;
    (void)res;
    TRY(transcribe_area(rq, in->area, &area));
    if (!area.id && in->area.len)
        rq_fault(rq, "area", "mailbox.area_unknown", str_of(""), str_of(""));
    if (in->received_on != -1 && in->received_on < rq->today - LONG_AGO_DAYS) /* -1: empty */
        rq_fault(rq, "received_on", "mailbox.received_long_ago", str_of(""), str_of(""));
    if (in->received_on > rq->today)
        rq_fault(rq, "received_on", "mailbox.received_later", str_of(""), str_of(""));
    TRY(intake_receive(rq, in, &t->found.photos));
    rq->rng->fill(rq->rng, random, sizeof random);
    t->area_id = area.id;
    t->found.digits = letter_receipt_digits(rq->mem, random);
    t->found.hash = letter_receipt_hash(rq, t->found.digits);
    rq->found = t;
    return OK;
}

static err add(struct rq *rq, const struct transcribed *t, i64 *id)
{
    const struct intake_input *in = rq->input;
    bool before = in->received_on > 0 && in->received_on < rq->today;
    const struct letter_new more = {
        .lane = str_of("staff"),
        .via = in->via,
        .receipt_hash = t->found.hash,
        .receipt = t->found.digits,
        .area_id = t->area_id,
        .received_at = before ? day_start_ms(in->received_on) : 0,
    };
    TRY(intake_add(rq, in, &more, &t->found.photos, id));
    return audit_add(rq, &(struct audit_entry){ .act = "letters.transcribe",
                                                .object = "letters",
                                                .object_id = *id,
                                                .after = in->via });
}

static err receipt_show(struct rq *rq, struct res *res, const struct letter *l, str digits)
{
    str base = rq->app->config.public_url;
    struct transcribed_page v = {
        .crumbs = view_crumbs(rq->mem, "letters", text_find("letters.page.transcribed")),
        .digits = digits,
        .org = rq->actor->org_name,
        .title = l->title,
        .via = text_label("letters.via", l->via),
        .received_on = day_of_ms(l->received_at),
        .address = arena_printf(rq->mem, "%.*s/letters/follow", (int)base.len, base.ptr),
        .id = l->id,
        .days = setting_number(rq, "mailbox.triage_days"),
    };
    TRY(letter_attested(rq, l, digits, &v.attested));
    TRY(intake_qr(rq, digits, &v.qr));
    struct out *out = page_begin(rq, text_find("letters.page.transcribed"), "letters");
    view_mailbox_transcribed(out, &v);
    page_end(res, out);
    return OK;
}

err page_transcribe_add(struct rq *rq, struct res *res)
{
    const struct transcribed *t = rq->found;
    struct letter l;
    i64 id;
    TRY(add(rq, t, &id));
    res_once(res); /* the digits stand in no table, nor in this answer kept for a second click */
    TRY(letter_find_house(rq, id, &l));
    if (!rq->api)
        return receipt_show(rq, res, &l, t->found.digits);
    struct attestation attested;
    struct json j = json_begin(rq);
    TRY(letter_attested(rq, &l, t->found.digits, &attested));
    json_i64(&j, "id", id);
    json_str(&j, "receipt", t->found.digits);
    attestation_json(&attested, &j);
    json_send(&j, res);
    res_status(res, CREATED);
    return OK;
}
