/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of what strangers send: where it is about, whose it is, what may stand of the sender. */
#include "modules/mailbox/intake.h"

#include "platform/app.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"

enum { PHONE_MIN = 7, QR_MAX = 64 * 1024 };

err intake_area(struct rq *rq, str code, struct area *out)
{
    *out = (struct area){ .name = str_of(""), .code = str_of("") };
    return code.len ? area_find_by_text(rq, code, out) : OK;
}

err intake_org_of(struct rq *rq, str code, struct anonymous_org *out)
{
    struct area area;
    struct org org;
    TRY(intake_area(rq, code, &area));
    if (!area.id)
        return OK;
    TRY(org_find_of_area(rq, area.id, &org));
    *out = (struct anonymous_org){ org.id, org.name };
    return OK;
}

/* ---- who writes ---- */

static bool is_mail(str s)
{
    i64 at = str_find(s, str_of("@"), 0);
    return at > 0 && str_find(s, str_of("."), (size_t)at) > at + 1 &&
           str_find(s, str_of(" "), 0) < 0;
}

static bool is_phone(str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!strchr("0123456789+- ()", s.ptr[i]))
            return false;
        digits += s.ptr[i] >= '0' && s.ptr[i] <= '9';
    }
    return digits >= PHONE_MIN;
}

void intake_judge_sender(struct rq *rq, const struct letter_sender *s, bool consent)
{
    if (s->phone.len && !is_phone(s->phone))
        rq_fault(rq, "phone", "mailbox.phone_form", str_of(""), str_of(""));
    if (s->mail.len && !is_mail(s->mail))
        rq_fault(rq, "mail", "mailbox.mail_form", str_of(""), str_of(""));
    if (sender_is_known(s) && !consent)
        rq_fault(rq, "consent", "mailbox.consent_needed", str_of(""), str_of(""));
}

/* ---- what both forms have in common ---- */

static struct letter_sender sender_of(const struct intake_input *in)
{
    return (struct letter_sender){ in->name, in->phone, in->mail, in->consent, in->handover };
}

err intake_receive(struct rq *rq, const struct intake_input *in, struct photos *photos)
{
    struct letter_sender sender = sender_of(in);
    str point;
    intake_judge_sender(rq, &sender, in->consent);
    if (!letter_point_read(rq->mem, in->point, &point))
        rq_fault(rq, "point", "mailbox.point_form", str_of(""), str_of(""));
    TRY(photo_take(rq, "photos", INTAKE_PHOTOS, photos));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err intake_add(struct rq *rq, const struct intake_input *in, const struct letter_new *more,
               const struct photos *photos, i64 *id)
{
    struct letter_new letter = *more;
    letter.kind = in->kind;
    letter.title = in->title;
    letter.body = in->body;
    letter.place = in->place;
    if (letter_point_read(rq->mem, in->point, &letter.point) && letter.point.len)
        letter.point_by = in->point_by.len ? in->point_by : str_of("typed");
    letter.category = letter.source = letter.source_id = str_of("");
    letter.notice = in->notice.len ? in->notice : str_of(SENDER_NOTICE);
    letter.sender = sender_of(in);
    TRY(letter_add(rq, &letter, id));
    return photo_keep(rq, photos, "letters", *id);
}

const struct view_choice *intake_kinds(struct rq *rq)
{
    static const char *const KINDS[INTAKE_KINDS] = { "concern", "idea", "praise", "complaint" };
    struct view_choice *kinds = arena_array(rq->mem, INTAKE_KINDS, sizeof *kinds);
    for (size_t i = 0; i < INTAKE_KINDS; i++)
        kinds[i] = (struct view_choice){ .value = str_of(KINDS[i]),
                                         .label = text_label("letters.kind", str_of(KINDS[i])),
                                         .chosen = i == 0 };
    return kinds;
}

err intake_area_name(struct rq *rq, const struct area *area, str *out)
{
    struct letter l = { 0 };
    TRY(letter_set_area(rq, &l, area->id));
    *out = l.area_name;
    return OK;
}

err intake_qr(struct rq *rq, str digits, html *out)
{
    struct buf *qr = buf_new(rq->mem, QR_MAX);
    str base = rq->app->config.public_url;
    TRY(qr_svg(rq->mem, /* behind the #: it is sent to no server */
               arena_printf(rq->mem, "%.*s/letters/follow#%.*s", (int)base.len, base.ptr,
                            (int)digits.len, digits.ptr),
               qr));
    *out = (html){ buf_str(qr) };
    return OK;
}
