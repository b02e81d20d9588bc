/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of pledges: what is signed and by whom, its editions and their digest. Asking members:
 * pledge_call.c; beside the ledger: pledge_parts.c; statements: pledge_store.c. */
#include "modules/pledges/pledge.h"

#include "modules/members/member.h"
#include "modules/scores/scores.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { DIGEST_FIXED = 3, LINE_PARTS = 3 };

bool pledge_is_own(const struct rq *rq, const struct pledge *p)
{
    return rq->actor->member_id && p->member_id == rq->actor->member_id;
}

bool pledge_is_late(const struct rq *rq, const struct pledge *p)
{
    return rq->today > p->due_on;
}

err pledge_find(struct rq *rq, i64 member_id, i64 year, struct pledge *out)
{
    return pledge_store_find_of(rq->db, member_id, year, rq->mem, out);
}

err pledge_lines(struct rq *rq, const struct pledge *p, i64 edition, struct rows *out)
{
    i64 signed_one = edition ? edition : p->edition;
    *out = (struct rows){ .size = sizeof(struct pledge_line) };
    return signed_one ? pledge_line_store_list(rq->db, p->id, signed_one, rq->mem, out) : OK;
}

/* ---- what is signed ---- */

/* The text of an aspect: beside its code, or at its place where no codes came. */
static str text_of(const struct pledge_input *in, str code, size_t place)
{
    if (in->aspects.count == 0)
        return place < in->texts.count ? in->texts.items[place] : str_of("");
    for (size_t i = 0; i < in->aspects.count && i < in->texts.count; i++)
        if (str_eq(in->aspects.items[i], code))
            return in->texts.items[i];
    return str_of("");
}

/* A name without the blanks that people put between its characters. */
static str without_blanks(struct arena *mem, str name)
{
    static const char WIDE[] = "\xe3\x80\x80"; /* U+3000 */
    struct buf *b = buf_new(mem, name.len + 1);
    for (size_t i = 0; i < name.len;) {
        if (str_starts(str_sub(name, i, name.len), str_of(WIDE)))
            i += strlen(WIDE);
        else if (name.ptr[i] == ' ')
            i++;
        else
            buf_add(b, str_sub(name, i++, 1));
    }
    return buf_str(b);
}

/* Of what is being written only that a text is not too long. */
static err judge_texts(struct rq *rq, const struct rows *lines, bool whole)
{
    i64 most = setting_number(rq, "pledges.text_max");
    const struct pledge_line *all = lines->items;
    for (size_t i = 0; i < lines->count; i++) {
        if (whole && !all[i].need && all[i].text.len == 0)
            rq_fault(rq, "texts", "pledges.missing", all[i].label, str_of(""));
        else if (str_chars(all[i].text) > most)
            rq_fault(rq, "texts", "pledges.too_long", all[i].label, str_number(rq->mem, most));
    }
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* Aspects in the order of the dictionary, then the goals that were given. */
static err lines_read(struct rq *rq, const struct pledge_input *in, struct rows *out)
{
    struct rows aspects;
    TRY(dictionary_list(rq, "pledges.aspects", &aspects));
    const struct dictionary_row *all = aspects.items;
    struct pledge_line *lines =
        arena_array(rq->mem, aspects.count + PLEDGE_GOALS_COUNT, sizeof *lines);
    size_t n = 0;
    for (size_t i = 0; i < aspects.count; i++) {
        lines[n++] = (struct pledge_line){ .code = all[i].code,
                                           .label = all[i].label,
                                           .text = text_of(in, all[i].code, i) };
    }
    for (size_t i = 0; i < PLEDGE_GOALS_COUNT; i++) {
        i64 need = pledge_goal_given(in, i);
        if (need > 0)
            lines[n++] =
                (struct pledge_line){ .code = str_of(PLEDGE_GOALS[i].code),
                                      .label = text_label("pledges", str_of(PLEDGE_GOALS[i].code)),
                                      .need = need };
    }
    *out = (struct rows){ lines, n, sizeof *lines };
    return OK;
}

static err lines_keep(struct rq *rq, const struct pledge *p, i64 edition, const struct rows *lines)
{
    struct pledge_line *all = lines->items;
    TRY(pledge_line_store_remove_draft(rq->db, p->id));
    for (size_t i = 0; i < lines->count; i++) {
        all[i].edition = edition;
        if (all[i].need || all[i].text.len)
            TRY(pledge_line_store_add(rq->db, p->id, &all[i]));
    }
    return OK;
}

/* ---- what is being written ---- */

err pledge_begun(struct rq *rq, const struct pledge *p, struct rows *out, bool *kept)
{
    TRY(pledge_line_store_list(rq->db, p->id, 0, rq->mem, out));
    *kept = out->count > 0;
    return *kept ? OK : pledge_lines(rq, p, 0, out);
}

/* As the form would send what stands now. */
static err input_of(struct rq *rq, const struct pledge *p, const struct pledge_input *in,
                    struct pledge_input *out)
{
    struct rows lines;
    bool kept;
    TRY(pledge_begun(rq, p, &lines, &kept));
    const struct pledge_line *all = lines.items;
    *out = *in;
    out->texts = (strs){ 0 };
    pledge_goals_put(out, &lines);
    for (size_t k = 0; k < in->aspects.count; k++) {
        str text = str_of("");
        for (size_t i = 0; i < lines.count; i++)
            text = str_eq(all[i].code, in->aspects.items[k]) ? all[i].text : text;
        strs_add(rq->mem, &out->texts, text);
    }
    return OK;
}

err pledge_save(struct rq *rq, const struct pledge_input *in, struct pledge *p)
{
    struct flow_subject subject;
    struct pledge_input stored;
    struct rows lines;
    TRY(pledge_flow_load(rq, in->id, &subject));
    *p = *(const struct pledge *)subject.row;
    TRY(flow_may(rq, &PLEDGES_FLOW, &subject, p->edition ? "amend" : "sign"));
    TRY(input_of(rq, p, in, &stored));
    TRY(conflict_check(rq, "web.version", in->version, p->version, &stored));
    TRY(lines_read(rq, in, &lines));
    TRY(judge_texts(rq, &lines, false));
    TRY(lines_keep(rq, p, 0, &lines));
    TRY(pledge_store_update(rq->db, p));
    p->version++;
    return OK;
}

static void judge_signature(struct rq *rq, const struct pledge *p, const struct pledge_input *in)
{
    str typed = without_blanks(rq->mem, in->signature);
    if (!str_eq(typed, without_blanks(rq->mem, p->name)))
        rq_fault(rq, "signature", "pledges.signature_differs", p->name, str_of(""));
    if (p->edition && pledge_is_late(rq, p) && in->reason.len == 0)
        rq_fault(rq, "reason", "pledges.reason_missing", text_date(rq->mem, p->due_on), str_of(""));
}

str pledge_digest(struct arena *mem, const struct pledge *p, i64 edition, const struct rows *lines)
{
    const struct pledge_line *all = lines->items;
    str *parts = arena_array(mem, DIGEST_FIXED + lines->count * LINE_PARTS, sizeof *parts);
    size_t n = 0;
    parts[n++] = p->name;
    parts[n++] = str_number(mem, p->year);
    parts[n++] = str_number(mem, edition);
    for (size_t i = 0; i < lines->count; i++) {
        parts[n++] = all[i].label;
        parts[n++] = all[i].text;
        parts[n++] = str_number(mem, all[i].need);
    }
    return attestation_digest(mem, parts, n);
}

/* ---- the flow ---- */

struct flow_subject pledge_subject(struct rq *rq, struct pledge *p)
{
    str title = text_format(rq->mem, "pledges.of", p->name, str_number(rq->mem, p->year));
    return (struct flow_subject){ p->id, p->version, p->state, title, str_of(""), p };
}

err pledge_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct pledge *p = arena_zero(rq->mem, sizeof *p);
    TRY(rq->actor->account_id ? list_find(rq, &PLEDGE_LIST, id, p)
                              : pledge_store_find(rq->db, id, rq->mem, p));
    *out = pledge_subject(rq, p);
    return OK;
}

err pledge_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct pledge p = *(const struct pledge *)subject->row;
    p.state = to;
    return pledge_store_update(rq->db, &p);
}

err pledge_flow_holder(struct rq *rq, const struct flow_subject *subject,
                       const struct flow_todo *todo, ids *out)
{
    const struct pledge *p = subject->row;
    i64 *one = arena_array(rq->mem, 1, sizeof *one);
    (void)todo;
    *one = p->person_id;
    *out = (ids){ one, 1 };
    return OK;
}

err pledge_guard_sign(struct rq *rq, const struct flow_subject *subject)
{
    const struct pledge *p = subject->row;
    bool serving;
    if (!pledge_is_own(rq, p))
        return err_make(ERR_FORBIDDEN, "pledges.not_yours");
    if (rq->actor->delegator_account_id)
        return err_make(ERR_FORBIDDEN, "pledges.in_person");
    if (rq->today < p->from_on)
        return err_make_with(ERR_CONFLICT, "pledges.standing_first", text_date(rq->mem, p->from_on),
                             str_of(""));
    if (rq->today > scores_period_days(rq, p->year).to)
        return err_make(ERR_CONFLICT, "pledges.year_over");
    TRY(member_is_serving(rq, p->member_id, rq->today, &serving));
    return serving ? OK : err_make(ERR_CONFLICT, "pledges.not_serving");
}

err pledge_effect_sign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct pledge_input *in = step->input;
    struct pledge *p = subject->row;
    struct rows lines;
    TRY(lines_read(rq, in, &lines));
    judge_signature(rq, p, in);
    TRY(judge_texts(rq, &lines, true));
    *(p->edition ? &p->amended_at : &p->signed_at) = rq->now_ms;
    p->edition++;
    TRY(pledge_edition_store_add(rq->db, p->id,
                                 &(struct pledge_edition){ p->edition, rq->now_ms, in->reason }));
    TRY(lines_keep(rq, p, p->edition, &lines));
    step->opinion = in->reason;
    TRY(flow_todo_done(rq, &PLEDGES_FLOW, p->id, "sign", 0));
    return attestation_add(rq, "pledges", p->id, pledge_digest(rq->mem, p, p->edition, &lines));
}

err pledge_effect_lapse(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return pledge_line_store_remove_draft(rq->db, subject->id);
}
