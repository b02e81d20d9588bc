/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of what strangers send: where it is about, whose it is, what may stand of the sender. */
#include "modules/mailbox/intake.h"

enum { PHONE_MIN = 7 };

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
