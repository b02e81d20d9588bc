/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who sees an opinion, writing one, its kept versions, what must be there when it is sent, similar
 * ones. Steps of the flow: opinion_steps.c; who reports with the writer: reporter.c. */
#include "modules/opinions/opinion_edit.h"
#include "modules/opinions/opinion_store.h"
#include "modules/proposals/proposal_kinds.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/web/conflict.h"

/* SIMILAR_MOST: looked at, since some may not be seen; LIKE: least degree that is worth a look. */
enum { AUTOSAVE_SLOT_MS = 5 * 60000, BODY_MAX_BYTES = 1 << 18, SIMILAR_MOST = 40, LIKE = 10 };

/* ---- seeing ---- */

/* On a delegation its giver's. */
static i64 account_of(const struct actor *actor)
{
    return actor->delegator_account_id ? actor->delegator_account_id : actor->account_id;
}

bool opinion_is_own(const struct rq *rq, const struct opinion *o)
{
    if (o->person_id > 0)
        return o->person_id == rq->actor->person_id;
    return o->account_id > 0 && o->account_id == account_of(rq->actor);
}

err opinion_find(struct rq *rq, i64 id, struct opinion *out)
{
    if (rq->actor->account_id)
        TRY(list_find(rq, &OPINION_LIST, id, out));
    err e = opinion_store_find(rq->db, id, rq->mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "opinions.not_found") : e;
}

err opinion_open(struct rq *rq, i64 id, struct opinion *out)
{
    TRY(opinion_find(rq, id, out));
    if (opinion_is_own(rq, out))
        return OK;
    return audit_leaving(rq, &(struct audit_entry){
                                 .act = "opinions.read", .object = "opinions", .object_id = id });
}

err opinion_find_editable(struct rq *rq, i64 id, struct opinion *out)
{
    TRY(opinion_find(rq, id, out));
    if (!opinion_is_own(rq, out))
        return err_make(ERR_FORBIDDEN, "opinions.not_yours");
    return str_is(out->state, "draft") ? OK : err_make(ERR_CONFLICT, "opinions.not_draft");
}

err opinion_list_versions(struct rq *rq, const struct opinion *o, struct rows *out)
{
    struct opinion_seen seen = { .edits = opinion_shows_edited(rq, o) };
    if (!opinion_is_own(rq, o)) {
        TRY(opinion_store_first_sent(rq->db, o->id, &seen.from));
        if (seen.from == 0) {
            *out = (struct rows){ .size = sizeof(struct opinion_version) };
            return OK;
        }
    }
    return opinion_store_list_versions(rq->db, o->id, &seen, rq->mem, out);
}

/* ---- in whose name ---- */

/* What the bodies that may hand in proposals are as reporters (rules.md 3). */
static const char *kind_of_body(str kind)
{
    static const struct {
        const char *body, *reporter;
    } KINDS[] = { { "democratic", "party" },
                  { "association", "association" },
                  { "committee", "committee" },
                  { "sector", "sector" } };
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_is(kind, KINDS[i].body))
            return KINDS[i].reporter;
    return NULL;
}

err opinion_bodies(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(proposal_bodies(rq, &rows));
    const struct proposal_body *all = rows.items;
    struct opinion_body *kept = arena_array(rq->mem, rows.count + 1, sizeof *kept);
    *out = (struct rows){ kept, 0, sizeof *kept };
    for (size_t i = 0; i < rows.count; i++) {
        const char *kind = kind_of_body(all[i].kind);
        if (kind)
            kept[out->count++] =
                (struct opinion_body){ all[i].body_id, all[i].key, str_of(kind), all[i].name };
    }
    return OK;
}

static err take_body(struct rq *rq, str key, struct opinion *o)
{
    struct rows rows;
    o->kind = str_of(rq->actor->member_id ? "member" : "correspondent");
    if (key.len == 0)
        return OK;
    TRY(opinion_bodies(rq, &rows));
    const struct opinion_body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].key, key)) {
            o->kind = all[i].kind;
            o->body_id = all[i].body_id;
            o->body_name = all[i].name;
            return OK;
        }
    rq_fault(rq, "body", "opinions.no_body", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* ---- saving ---- */

i64 opinion_length(const struct opinion *o)
{
    return str_chars(o->situation) + str_chars(o->analysis) + str_chars(o->suggestions);
}

static void take_input(const struct opinion_input *in, struct opinion *o)
{
    o->title = in->title;
    o->situation = in->situation;
    o->analysis = in->analysis;
    o->suggestions = in->suggestions;
    o->category = in->category;
    o->urgent = in->urgent;
    o->urgent_reason = in->urgent_reason;
    o->joint = in->joint;
}

/* before: characters of the stored text; one that was made from a longer text may come down bit by
 * bit. */
static void want_length(struct rq *rq, const struct opinion *o, i64 before)
{
    i64 most = setting_number(rq, "opinions.total_max"), now = opinion_length(o);
    if (now > most && now >= before)
        rq_fault(rq, "situation", "opinions.too_long", str_number(rq->mem, most),
                 str_number(rq->mem, now));
}

static err faults_of(const struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err opinion_keep_version(struct rq *rq, const struct opinion *o, i64 number, const char *reason)
{
    bool edit = strcmp(reason, "edit") == 0;
    struct opinion_version v = { .number = number,
                                 .reason = str_of(edit ? reason : "autosave"),
                                 .title = o->title,
                                 .situation = o->situation,
                                 .analysis = o->analysis,
                                 .suggestions = o->suggestions,
                                 .saved_at = rq->now_ms - rq->now_ms % AUTOSAVE_SLOT_MS,
                                 .saved_by = rq->actor->account_id,
                                 .saved_name = rq->actor->name };
    TRY(opinion_store_remove_versions(rq->db, o->id, &v));
    v.reason = str_of(reason);
    v.saved_at = rq->now_ms;
    return opinion_store_add_version(rq->db, o->id, &v);
}

static err begin(struct rq *rq, const struct opinion_input *in, struct opinion *out)
{
    *out = (struct opinion){ .state = str_of("draft"),
                             .person_id = rq->actor->person_id,
                             .account_id = account_of(rq->actor),
                             .reporter_name = rq->actor->name,
                             .title = in->title,
                             .created_at = rq->now_ms,
                             .updated_at = rq->now_ms,
                             .version = 1 };
    TRY(take_body(rq, in->body, out));
    TRY(opinion_store_add(rq->db, out, &out->id));
    struct flow_subject subject = { out->id, 1, out->state, out->title, out->number, out };
    return flow_begin(rq, &OPINIONS_FLOW, &subject, NULL);
}

/* What stands now, as the form shows it. */
static void stored_input(const struct opinion *o, struct opinion_input *out)
{
    out->title = o->title;
    out->situation = o->situation;
    out->analysis = o->analysis;
    out->suggestions = o->suggestions;
    out->category = o->category;
    out->urgent = o->urgent;
    out->urgent_reason = o->urgent_reason;
    out->joint = o->joint;
}

static err store_text(struct rq *rq, struct opinion *o, const char *reason)
{
    o->updated_at = rq->now_ms;
    TRY(opinion_store_update(rq->db, o, o->state));
    o->version++;
    return opinion_keep_version(rq, o, o->version, reason);
}

err opinion_save(struct rq *rq, const struct opinion_input *in, const char *reason,
                 struct opinion *out)
{
    struct opinion_input stored = *in;
    if (in->id == 0) {
        TRY(begin(rq, in, out));
    } else {
        TRY(opinion_find_editable(rq, in->id, out));
        stored_input(out, &stored);
        TRY(conflict_check(rq, "opinions.version", in->version, out->version, &stored));
    }
    i64 before = opinion_length(out);
    take_input(in, out);
    want_length(rq, out, before); /* a draft may lack anything, and is never over its limit */
    TRY(faults_of(rq));
    return store_text(rq, out, reason);
}

err opinion_begin(struct rq *rq, const struct opinion_input *in, struct opinion *out)
{
    TRY(begin(rq, in, out));
    take_input(in, out);
    return store_text(rq, out, "save");
}

/* ---- what must be there ---- */

static void want(struct rq *rq, const char *field, str value)
{
    if (str_trim(value).len == 0)
        rq_fault(rq, field, "opinions.missing", str_of(""), str_of(""));
}

/* What was made from a proposal may have brought a longer one; what the house writes is judged by
 * its own form. */
static void want_title_length(struct rq *rq, const struct opinion *o)
{
    i64 most = setting_number(rq, "opinions.title_max"), now = str_chars(o->title);
    if (now > most && !str_is(o->kind, "staff"))
        rq_fault(rq, "title", "form.too_long", str_number(rq->mem, most), str_number(rq->mem, now));
}

err opinion_check_complete(struct rq *rq, const struct opinion *o)
{
    struct rows rows;
    want(rq, "title", o->title);
    want(rq, "situation", o->situation);
    if (setting_on(rq, "opinions.analysis_needed"))
        want(rq, "analysis", o->analysis);
    want(rq, "suggestions", o->suggestions);
    if (o->urgent)
        want(rq, "urgent_reason", o->urgent_reason);
    want_title_length(rq, o);
    want_length(rq, o, 0); /* the limit may have come down since */
    TRY(reporter_members(rq, o, &rows));
    return faults_of(rq);
}

/* ---- finding and comparing ---- */

err opinion_index(struct rq *rq, const struct opinion *o)
{
    struct buf *b = buf_new(rq->mem, BODY_MAX_BYTES);
    buf_add(b, o->situation);
    buf_add(b, str_of(" "));
    buf_add(b, o->analysis);
    buf_add(b, str_of(" "));
    buf_add(b, o->suggestions);
    return text_index(rq, "opinions", o->id, o->title, buf_str(b));
}

err opinion_texts(struct rq *rq, i64 after, i64 limit, struct rows *out)
{
    return opinion_store_list_texts(rq->db, after, limit, rq->mem, out);
}

err opinion_similar(struct rq *rq, const struct opinion_similar_input *in, struct rows *out)
{
    struct rows rows;
    const struct twin_query query = { .collection = "opinions",
                                      .self_id = in->id,
                                      .title = in->title,
                                      .body = in->situation,
                                      .limit = SIMILAR_MOST };
    size_t wanted = in->limit > 0 && in->limit < SIMILAR_MOST ? (size_t)in->limit : 5;
    TRY(text_twins(rq, &query, &rows));
    struct opinion_likeness *items = arena_array(rq->mem, wanted, sizeof *items);
    const struct twin *twins = rows.items;
    *out = (struct rows){ items, 0, sizeof *items };
    for (size_t i = 0; i < rows.count && out->count < wanted; i++) {
        struct opinion o;
        if (twins[i].degree < LIKE)
            break;
        err e = opinion_find(rq, twins[i].item_id, &o);
        if (e.code == ERR_NOT_FOUND)
            continue;
        TRY(e);
        items[out->count++] =
            (struct opinion_likeness){ o.id, twins[i].degree, o.title, o.number, o.state };
    }
    return OK;
}
