/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of members. Acts, offices, wishes and decisions post to the pages' handlers under /api/v1.
 */
#include "modules/members/member_list.h"
#include "modules/members/member_parts.h"
#include "platform/web/json.h"

static void put_person(struct rq *rq, struct json *j, const struct person *p,
                       const struct member_secrets *shown)
{
    json_i64(j, "version", p->version);
    json_str(j, "gender", p->gender);
    json_str(j, "ethnic", p->ethnic);
    json_str(j, "birth", member_day_text(rq, p->birth_on));
    json_str(j, "party", p->party);
    json_str(j, "education", p->education);
    json_str(j, "mail", p->mail);
    json_str(j, "phone", shown->phone);
    json_str(j, "identity", shown->identity);
    json_str(j, "address", shown->address);
}

static err put_seats(struct rq *rq, struct json *j, i64 member_id)
{
    struct rows rows;
    TRY(seat_store_list(rq->db, member_id, rq->mem, &rows));
    const struct seat *all = rows.items;
    json_array(j, "seats");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", all[i].id);
        json_i64(j, "term_number", all[i].term_number);
        json_str(j, "sector", all[i].sector_name);
        json_str(j, "status", all[i].status);
        json_bool(j, "invited", all[i].invited);
        json_day(j, "from_on", all[i].from_on);
        json_day(j, "to_on", all[i].to_on);
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

static err put_history(struct rq *rq, struct json *j, const struct member *m)
{
    static const struct field CHANGE[] = {
        FIELD(struct change, act),       FIELD(struct change, on_on),
        FIELD(struct change, organ),     FIELD(struct change, document),
        FIELD(struct change, reason),    FIELD(struct change, sector_from),
        FIELD(struct change, sector_to), { 0 },
    };
    static const struct field TENURE[] = {
        FIELD(struct tenure, id),
        FIELD(struct tenure, post),
        FIELD(struct tenure, body),
        FIELD(struct tenure, body_name),
        FIELD(struct tenure, from_on),
        FIELD(struct tenure, to_on),
        { 0 },
    };
    struct rows changes, tenures;
    TRY(change_store_list(rq->db, m->id, rq->mem, &changes));
    TRY(tenure_store_list(rq->db, m->person_id, rq->mem, &tenures));
    json_rows(j, "changes", CHANGE, &changes);
    json_rows(j, "tenures", TENURE, &tenures);
    return OK;
}

/* Personal fields: masked to staff, in full on POST …/unmask (audited there), not at all to others.
 */
static err send_member(struct rq *rq, struct res *res, const struct member *m, bool full)
{
    struct person person;
    struct member_secrets open, shown;
    struct json j = json_begin(rq);
    TRY(person_store_find(rq->db, m->person_id, rq->mem, &person));
    json_i64(&j, "id", m->id);
    json_str(&j, "code", m->code);
    json_str(&j, "name", m->name);
    json_str(&j, "status", m->status);
    json_str(&j, "sector", m->sector_name);
    json_str(&j, "employer", m->employer);
    json_str(&j, "job", m->job);
    if (full || actor_may(rq->actor, "members.manage")) {
        TRY(member_secrets_open(rq, &person, &open));
        shown = full ? open : member_secrets_mask(rq->mem, &open);
        put_person(rq, &j, &person, &shown);
    }
    TRY(put_seats(rq, &j, m->id));
    TRY(put_history(rq, &j, m));
    json_send(&j, res);
    return OK;
}

err api_member_show(struct rq *rq, struct res *res)
{
    struct member member;
    const struct unmask_input *unmask = rq->input;
    TRY(member_list_may(rq));
    TRY(member_find(rq, unmask ? unmask->id : rq->path_id, &member));
    return send_member(rq, res, &member, unmask != NULL);
}

err api_member_me(struct rq *rq, struct res *res)
{
    struct member member;
    err e = member_find_by_person(rq, rq->actor->person_id, &member);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_FORBIDDEN, "members.not_a_member");
    TRY(e);
    return send_member(rq, res, &member, true);
}

err api_amendment_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(amendment_store_list_open(rq->db, rq->mem, &rows));
    const struct amendment *all = rows.items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", all[i].id);
        json_str(&j, "person", all[i].person_name);
        json_str(&j, "field", all[i].field);
        json_str(&j, "before", all[i].before);
        json_str(&j, "after", all[i].after);
        json_time(&j, "asked_at", all[i].asked_at);
        json_i64(&j, "version", all[i].asked_at);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}
