/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of staff: roster, form, acts, offices. One member's page: member_show.c. Own profile:
 * member_own_pages.c. Lists of the office: member_import.c. Accounts: member_account_pages.c. */
#include "modules/members/member_list.h"
#include "modules/members/member_parts.h"
#include "modules/orgs/org.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/strict.h"
#include "views/members.h"
#include "views/web.h"

/* ---- roster ---- */

static void cell_status(struct out *out, const void *row)
{
    const struct member_row *m = row;
    view_state(out, "states.members", m->status, member_tone(m->status));
}

static const struct list_cell CELLS[] = { { "status", cell_status }, { 0 } };

static void acts(struct out *out, struct rq *rq)
{
    view_members_list_acts(out, rq->actor->member_id > 0, actor_may(rq->actor, "members.amend"),
                           actor_may(rq->actor, "members.decide"),
                           actor_may(rq->actor, "members.import"),
                           actor_may(rq->actor, "members.accounts"));
}

const struct list_look MEMBER_LOOK = {
    .list = &MEMBER_LIST,
    .path = "/members",
    .title = "menu.members",
    .menu = "members",
    .main = "name",
    .under = "job",
    .empty = "members.none",
    .cells = CELLS,
    .acts = acts,
};

err page_member_list(struct rq *rq, struct res *res)
{
    struct list_look look = MEMBER_LOOK;
    look.exports = actor_may(rq->actor, "members.manage");
    return list_show(rq, &look, res);
}

/* ---- the form ---- */

static const struct view_choice *genders(struct rq *rq, str chosen, size_t *count)
{
    static const char *const CODES[] = { "female", "male" };
    struct view_choice *c = arena_array(rq->mem, 2, sizeof *c);
    *count = 2;
    for (size_t i = 0; i < 2; i++)
        c[i] = (struct view_choice){ .value = str_of(CODES[i]),
                                     .label = text_label("members.gender", str_of(CODES[i])),
                                     .chosen = str_is(chosen, CODES[i]) };
    return c;
}

static err draw_form(struct rq *rq, struct res *res, struct member_form *v)
{
    v->crumbs = view_crumbs(rq->mem, "members", v->title);
    v->genders = genders(rq, v->in->gender, &v->gender_count);
    TRY(member_dictionary_choices(rq, "members.parties", v->in->party, &v->parties,
                                  &v->party_count));
    TRY(member_sector_choices(rq, v->in->sector, &v->sectors, &v->sector_count));
    v->acts = member_act_choices(rq, str_of("none"), str_of("appoint"), &v->act_count);
    TRY(member_term_text(rq, &v->term));
    struct out *out = page_begin(rq, v->title, "members");
    view_members_form(out, v);
    page_end(res, out);
    return OK;
}

err page_member_new(struct rq *rq, struct res *res)
{
    struct member_input in = { .from_on = rq->today };
    struct member_form v = { .in = &in,
                             .title = text_find("members.new"),
                             .action = str_of("/members/new"),
                             .back = str_of("/members"),
                             .fresh = true };
    return draw_form(rq, res, &v);
}

/* What stands in the fields that can be changed. */
static void stored_put(struct rq *rq, const struct member *member, const struct person *p,
                       struct member_input *in)
{
    in->code = member->code;
    in->name = p->name;
    in->gender = p->gender;
    in->ethnic = p->ethnic;
    in->birth = member_day_text(rq, p->birth_on);
    in->party = p->party;
    in->education = p->education;
    in->employer = p->employer;
    in->job = p->job;
    in->mail = p->mail;
}

err page_member_edit(struct rq *rq, struct res *res)
{
    struct member member;
    struct person p;
    struct member_secrets open;
    struct member_input in = { 0 };
    TRY(member_find(rq, rq->path_id, &member));
    TRY(person_store_find(rq->db, member.person_id, rq->mem, &p));
    TRY(member_secrets_open(rq, &p, &open));
    stored_put(rq, &member, &p, &in);
    struct member_form v = {
        .in = &in,
        .title = text_find("members.edit"),
        .action = arena_printf(rq->mem, "/members/%lld/edit", (long long)member.id),
        .back = arena_printf(rq->mem, "/members/%lld", (long long)member.id),
        .version = conflict_version(rq, p.version),
        .masked = member_secrets_mask(rq->mem, &open),
    };
    return draw_form(rq, res, &v);
}

static err record_of(struct rq *rq, const struct member_input *in, struct member_record *out)
{
    TRY(form_refuse_unknown(rq));
    *out = (struct member_record){
        .code = in->code,
        .name = in->name,
        .gender = in->gender,
        .ethnic = in->ethnic,
        .party = in->party,
        .education = in->education,
        .employer = in->employer,
        .job = in->job,
        .identity = in->identity,
        .phone = in->phone,
        .address = in->address,
        .mail = in->mail,
        .sector = in->sector,
        .committees = in->committees,
        .act = in->act,
        .organ = in->organ,
        .document = in->document,
        .from_on = in->from_on > 0 ? in->from_on : 0,
        .invited = in->invited,
        .term_number = in->term_number,
        .birth_on = BIRTH_UNKNOWN,
    };
    if (import_day(in->birth, &out->birth_on))
        return OK;
    rq_fault(rq, "birth", "members.bad_birth", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static void to_member(struct rq *rq, struct res *res, i64 id)
{
    res_redirect(res, arena_printf(rq->mem, "/members/%lld", (long long)id));
}

err page_member_add(struct rq *rq, struct res *res)
{
    struct member_record record;
    char result;
    i64 id;
    TRY(record_of(rq, rq->input, &record));
    TRY(member_save_record(rq, &record, &id, &result));
    res_flash(res, result == 'c' ? "members.saved" : "members.known", record.name);
    to_member(rq, res, id);
    return OK;
}

/* Telephone, identity and address are not compared: empty leaves them, and they are nobody's to
 * read here. */
static err check_seen(struct rq *rq, const struct member_input *in, const struct member *member)
{
    struct person p;
    struct member_input stored = *in;
    TRY(person_store_find(rq->db, member->person_id, rq->mem, &p));
    stored_put(rq, member, &p, &stored);
    return conflict_check(rq, "web.version", in->version, p.version, &stored);
}

err page_member_update(struct rq *rq, struct res *res)
{
    const struct member_input *in = rq->input;
    struct member_record record;
    struct member member;
    TRY(member_find(rq, in->id, &member));
    TRY(record_of(rq, in, &record));
    TRY(check_seen(rq, in, &member));
    TRY(member_update(rq, in->id, in->version, &record));
    res_flash(res, "members.saved", record.name);
    to_member(rq, res, in->id);
    return OK;
}

/* ---- acts ---- */

err page_member_act_form(struct rq *rq, struct res *res)
{
    struct member member;
    struct member_act_form v = { .member = &member, .today = rq->today };
    TRY(member_find(rq, rq->path_id, &member));
    str title = text_find("members.act_title");
    v.crumbs = view_crumbs_of(rq->mem, "members", member.id, member.name, title);
    v.acts = member_act_choices(rq, member.status, str_of(""), &v.act_count);
    v.joins = !str_is(member.status, "serving") && !str_is(member.status, "suspended");
    v.revocable = !v.joins;
    TRY(member_sector_choices(rq, member.sector_name, &v.sectors, &v.sector_count));
    TRY(member_term_text(rq, &v.term));
    struct out *out = page_begin(rq, title, "members");
    view_members_act(out, &v);
    page_end(res, out);
    return OK;
}

err page_member_act(struct rq *rq, struct res *res)
{
    const struct member_act_input *in = rq->input;
    TRY(member_record_act(rq, in->id,
                          &(struct member_act){ .verb = in->act,
                                                .organ = in->organ,
                                                .document = in->document,
                                                .reason = in->reason,
                                                .sector = in->sector,
                                                .on_on = in->on_on,
                                                .term_number = in->term_number,
                                                .invited = in->invited,
                                                .by_chairs = in->by_chairs }));
    res_flash(res, "members.act_done", text_label("members.act", in->act));
    to_member(rq, res, in->id);
    return OK;
}

/* ---- offices ---- */

/* Anything else than what the form offers is no place: not silently the cppcc itself. */
static err body_of(struct rq *rq, str choice, struct tenure *out)
{
    str rest = choice, kind;
    struct org cppcc;
    bool split = str_split(&rest, ':', &kind);
    bool known =
        split && (str_is(kind, "committee") || str_is(kind, "sector") || str_is(kind, "org"));
    if (known && str_to_i64(rest, &out->body_id)) {
        out->body = kind;
        return OK;
    }
    if (!str_is(choice, "cppcc")) {
        rq_fault(rq, "body", "members.no_body", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(org_find_cppcc(rq, &cppcc));
    out->body = str_of("cppcc");
    out->body_id = cppcc.id;
    return OK;
}

err page_tenure_add(struct rq *rq, struct res *res)
{
    const struct tenure_input *in = rq->input;
    struct member member;
    i64 id;
    TRY(member_find(rq, in->id, &member));
    struct tenure tenure = { .person_id = member.person_id,
                             .post = in->post,
                             .from_on = in->from_on > 0 ? in->from_on : rq->today };
    TRY(body_of(rq, in->body, &tenure));
    TRY(member_tenure_add(rq, &tenure, &id));
    res_flash(res, "members.saved", member.name);
    to_member(rq, res, member.id);
    return OK;
}

err page_tenure_end(struct rq *rq, struct res *res)
{
    const struct tenure_end_input *in = rq->input;
    struct member member;
    TRY(member_find(rq, in->id, &member));
    TRY(member_tenure_end(rq, member.person_id, in->tenure_id,
                          in->to_on > 0 ? in->to_on : rq->today));
    res_flash(res, "members.saved", member.name);
    to_member(rq, res, member.id);
    return OK;
}
