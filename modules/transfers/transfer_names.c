/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Names for others to find (transfer_names.h). */
#include "modules/transfers/transfer_names.h"

#include "modules/members/member.h"
#include "modules/orgs/body.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal.h"
#include "modules/transfers/transfer_store.h"
#include "platform/app.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/transfer/transfer_meaning.h"
#include "platform/web/digest.h"
#include "platform/web/json.h"
#include "platform/web/json_tree.h"

str transfer_mark(struct rq *rq)
{
    unsigned char key[DIGEST_SIZE];
    app_key(rq->app, "transfers", key);
    return digest_sign(rq->mem, key,
                       arena_printf(rq->mem, "house %lld", (long long)rq->actor->org_id));
}

/* ---- writing ---- */

static err org_write(struct rq *rq, i64 id, struct json *j)
{
    struct org org = { 0 };
    err e = org_find(rq, id, &org);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    json_str(j, "kind", org.kind);
    json_str(j, "name", org.name);
    json_str(j, "code", org.code);
    return OK;
}

static err person_write(struct rq *rq, i64 id, struct json *j)
{
    struct member m = { 0 };
    str name = { 0 };
    err e = member_find_by_person(rq, id, &m);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    if (m.id == 0) {
        e = person_name(rq, id, &name);
        if (e.code && e.code != ERR_NOT_FOUND)
            return e;
    }
    json_str(j, "name", m.id ? m.name : name);
    json_str(j, "code", m.code);
    return OK;
}

static err session_write(struct rq *rq, i64 id, struct json *j)
{
    struct session session = { 0 };
    err e = session_find(rq, id, &session);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    json_i64(j, "term", session.term_number);
    json_i64(j, "number", session.number);
    return OK;
}

static err body_write(struct rq *rq, enum body_kind kind, i64 id, struct json *j)
{
    struct body body = { 0 };
    err e = body_find(rq, kind, id, &body);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    json_str(j, "name", body.name);
    return OK;
}

err transfer_name_write(struct rq *rq, const char *kind, i64 id, struct json *j)
{
    if (strcmp(kind, "orgs") == 0)
        return org_write(rq, id, j);
    if (strcmp(kind, "persons") == 0)
        return person_write(rq, id, j);
    if (strcmp(kind, "sessions") == 0)
        return session_write(rq, id, j);
    return body_write(rq, strcmp(kind, "sectors") == 0 ? BODY_SECTOR : BODY_COMMITTEE, id, j);
}

/* ---- finding ---- */

static bool texts_read(const struct json_tree *item, struct transfer_stranger *who)
{
    const struct json_tree *code = json_tree_member(item, "code");
    return json_tree_text(json_tree_member(item, "name"), &who->name) &&
           (!code || json_tree_text(code, &who->code));
}

/* The name must be the same, and where both have a code, the code too. */
static err org_match(struct rq *rq, const struct json_tree *item, struct transfer_stranger *who,
                     i64 *id)
{
    struct org org;
    str kind;
    if (!texts_read(item, who) || !json_tree_text(json_tree_member(item, "kind"), &kind))
        return err_make(ERR_INVALID, "transfers.bad_name");
    if (who->name.len == 0)
        return OK;
    TRY(org_find_by_name(rq, kind, who->name, &org));
    bool other = org.code.len && who->code.len && !str_eq(org.code, who->code);
    *id = other ? 0 : org.id;
    return OK;
}

/* Name and number together: two people may have one name, and two houses one number. */
static err person_match(struct rq *rq, const struct json_tree *item, struct transfer_stranger *who,
                        i64 *id)
{
    struct rows rows;
    if (!texts_read(item, who))
        return err_make(ERR_INVALID, "transfers.bad_name");
    TRY(member_list_by_name(rq, who->name, &rows));
    const struct member *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (who->code.len && str_eq(all[i].code, who->code))
            *id = all[i].person_id;
    return OK;
}

static err session_match(struct rq *rq, const struct json_tree *item, struct transfer_stranger *who,
                         i64 *id)
{
    struct session asked = { 0 };
    struct rows rows;
    if (!json_tree_number(json_tree_member(item, "term"), &asked.term_number) ||
        !json_tree_number(json_tree_member(item, "number"), &asked.number))
        return err_make(ERR_INVALID, "transfers.bad_name");
    who->name = session_name(rq->mem, &asked);
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].term_number == asked.term_number && all[i].number == asked.number)
            *id = all[i].id;
    return OK;
}

static err body_named(struct rq *rq, enum body_kind kind, str name, i64 *id)
{
    struct rows here, gone;
    TRY(body_list_gone(rq, kind, &gone));
    TRY(body_list(rq, kind, rq->today, &here));
    const struct body *all = gone.items;
    for (size_t i = 0; i < gone.count; i++)
        if (str_eq(all[i].name, name))
            *id = all[i].id;
    all = here.items;
    for (size_t i = 0; i < here.count; i++)
        if (str_eq(all[i].name, name))
            *id = all[i].id;
    return OK;
}

static err body_match(struct rq *rq, enum body_kind kind, const struct json_tree *item,
                      struct transfer_stranger *who, i64 *id)
{
    return texts_read(item, who) ? body_named(rq, kind, who->name, id)
                                 : err_make(ERR_INVALID, "transfers.bad_name");
}

err transfer_name_find(struct rq *rq, const char *kind, const struct json_tree *item,
                       struct transfer_stranger *who, i64 *id)
{
    *who = (struct transfer_stranger){ .kind = str_of(kind) };
    *id = 0;
    if (strcmp(kind, "orgs") == 0)
        return org_match(rq, item, who, id);
    if (strcmp(kind, "persons") == 0)
        return person_match(rq, item, who, id);
    if (strcmp(kind, "sessions") == 0)
        return session_match(rq, item, who, id);
    return body_match(rq, strcmp(kind, "sectors") == 0 ? BODY_SECTOR : BODY_COMMITTEE, item, who,
                      id);
}

/* ---- what somebody says that it is ---- */

static bool is_dictionary(str kind)
{
    return str_find(kind, str_of("."), 0) > 0;
}

str transfer_kind(str kind)
{
    return text_label(is_dictionary(kind) ? "dictionaries" : "transfers.kind", kind);
}

static err person_named(struct rq *rq, str text, i64 *id)
{
    struct member m;
    err e = member_find_by_code(rq, text, &m);
    *id = e.code ? 0 : m.person_id;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err id_named(struct rq *rq, const struct transfer_meaning *m, i64 *id)
{
    struct org org = { 0 };
    if (str_is(m->kind, "persons"))
        return person_named(rq, m->to, id);
    if (str_is(m->kind, "sectors") || str_is(m->kind, "committees"))
        return body_named(rq, str_is(m->kind, "sectors") ? BODY_SECTOR : BODY_COMMITTEE, m->to, id);
    if (str_is(m->kind, "orgs"))
        TRY(org_find_by_name(rq, str_of(""), m->to, &org));
    *id = org.id; /* a session has no other name: it is entered */
    return OK;
}

static err body_word(struct rq *rq, enum body_kind kind, i64 id, str *out)
{
    struct body body = { 0 };
    err e = body_find(rq, kind, id, &body);
    *out = body.name;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err org_word(struct rq *rq, i64 id, str *out)
{
    struct org org = { 0 };
    err e = org_find(rq, id, &org);
    *out = org.name;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err person_word(struct rq *rq, i64 id, str *out)
{
    struct member m = { 0 };
    err e = member_find_by_person(rq, id, &m);
    *out = m.code;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err transfer_meaning_word(struct rq *rq, struct transfer_meaning *m)
{
    i64 id = 0;
    m->to = str_of("");
    if (is_dictionary(m->kind)) {
        m->to = dictionary_label(rq, arena_cstr(rq->mem, m->kind), m->meaning);
        return OK;
    }
    if (!str_to_i64(m->meaning, &id))
        return OK;
    if (str_is(m->kind, "persons"))
        return person_word(rq, id, &m->to);
    if (str_is(m->kind, "orgs"))
        return org_word(rq, id, &m->to);
    return body_word(rq, str_is(m->kind, "sectors") ? BODY_SECTOR : BODY_COMMITTEE, id, &m->to);
}

err transfer_meaning_judge(struct rq *rq, str peer, struct transfer_meaning *said)
{
    struct transfer_meaning known = *said;
    i64 id = 0;
    TRY(transfer_meaning_find(rq, peer, said, &known.meaning));
    if (known.meaning.len)
        TRY(transfer_meaning_word(rq, &known));
    said->meaning = known.meaning;
    if (known.meaning.len && str_eq(known.to, said->to))
        return OK;
    said->meaning = str_of("");
    if (is_dictionary(said->kind))
        TRY(transfer_code_named(rq, said->kind, said->to, &said->meaning));
    else
        TRY(id_named(rq, said, &id));
    if (id)
        said->meaning = arena_printf(rq->mem, "%lld", (long long)id);
    return said->meaning.len ? OK
                             : err_make_with(ERR_INVALID, "transfers.meaning_unknown", said->to,
                                             said->name.len ? said->name : said->code);
}

/* ---- cases ---- */

static err came(struct rq *rq, i64 proposal_id, struct transfer_origin *out, bool *found)
{
    struct transfer_case c;
    err e = transfer_case_store_find_origin(rq->db, proposal_id, rq->mem, &c);
    *found = !e.code;
    if (*found)
        *out = (struct transfer_origin){ c.house, c.house_id, c.begun_at };
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err transfer_origin_find(struct rq *rq, i64 proposal_id, struct transfer_origin *out)
{
    struct proposal p;
    bool found;
    TRY(came(rq, proposal_id, out, &found));
    if (found)
        return OK;
    TRY(proposal_find_house(rq, proposal_id, &p));
    *out = (struct transfer_origin){ transfer_mark(rq), p.id, p.created_at };
    return OK;
}

void transfer_origin_write(const struct transfer_origin *from, struct json *j)
{
    json_str(j, "house", from->house);
    json_i64(j, "house_id", from->house_id);
    json_i64(j, "begun_at", from->begun_at);
}

bool transfer_origin_read(const struct json_tree *item, struct transfer_origin *out)
{
    const struct json_tree *begun = json_tree_member(item, "begun_at");
    *out = (struct transfer_origin){ .begun_at = 0 };
    return json_tree_text(json_tree_member(item, "house"), &out->house) &&
           json_tree_number(json_tree_member(item, "house_id"), &out->house_id) &&
           (!begun || json_tree_number(begun, &out->begun_at)) && out->house.len > 0 &&
           out->house.len <= 64 && out->house_id > 0 && out->begun_at >= 0;
}

/* Of one that came: is it surely the same? A copy keeps the moment in which it began. */
static err came_judge(struct rq *rq, const struct transfer_origin *from,
                      const struct transfer_case *c, bool *unsure)
{
    struct proposal p;
    *unsure = from->begun_at && !c->begun_at;
    if (!*unsure || !str_is(c->purpose, "copy"))
        return OK;
    err e = proposal_find_house(rq, c->proposal_id, &p);
    *unsure = e.code || p.created_at != from->begun_at;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

/* What came is known by where it began, even when that was here; our own, by number and moment. */
err transfer_case_here(struct rq *rq, const struct transfer_origin *from, i64 *id, bool *unsure)
{
    struct proposal p;
    struct transfer_origin other;
    struct transfer_case c = { 0 };
    bool is_other = false;
    *id = 0;
    *unsure = false;
    err e = transfer_case_store_find_came(rq->db, from, rq->mem, &c);
    if (!e.code) {
        *id = c.proposal_id;
        return came_judge(rq, from, &c, unsure);
    }
    if (e.code != ERR_NOT_FOUND)
        return e;
    if (!str_eq(from->house, transfer_mark(rq)))
        return OK;
    e = proposal_find_house(rq, from->house_id, &p);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(came(rq, p.id, &other, &is_other));
    if (!is_other && (from->begun_at == 0 || from->begun_at == p.created_at))
        *id = p.id;
    return OK;
}
