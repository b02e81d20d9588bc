/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of sets of rules: a document is checked before it is kept, what was enacted is never
 * edited, and one begins after the other. No SQL (duty_store.c), no HTTP (duty_pages.c). */
#include "modules/duty/duty.h"

#include "embed.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { SHIPPED_MAX = 64 };

static const char SHIPPED[] = "rulesets/", END[] = ".json";

/* ---- what it is now ---- */

enum duty_phase duty_phase_of(const struct duty_set *set, i64 on)
{
    if (str_is(set->state, "draft"))
        return DUTY_DRAFT;
    if (str_is(set->state, "dropped"))
        return DUTY_DROPPED;
    if (set->from_on > on)
        return DUTY_COMING;
    return set->until_on && set->until_on < on ? DUTY_PAST : DUTY_IN_FORCE;
}

const char *duty_phase_name(enum duty_phase phase)
{
    static const char *const NAMES[DUTY_PHASES] = { [DUTY_DRAFT] = "draft",
                                                    [DUTY_COMING] = "coming",
                                                    [DUTY_IN_FORCE] = "in_force",
                                                    [DUTY_PAST] = "past",
                                                    [DUTY_DROPPED] = "dropped" };
    return NAMES[phase];
}

/* ---- who sees it ---- */

static bool sees_all(const struct rq *rq)
{
    return rq->actor->account_id == 0 || actor_may(rq->actor, "rulesets.manage");
}

err duty_set_find(struct rq *rq, i64 id, struct duty_set *out)
{
    err e = duty_store_find(rq->db, id, rq->mem, out);
    bool hidden = e.code == ERR_NONE && !sees_all(rq) && !str_is(out->state, "enacted") &&
                  !str_is(out->state, "retired");
    return e.code == ERR_NOT_FOUND || hidden ? err_make(ERR_NOT_FOUND, "rulesets.not_found") : e;
}

err duty_set_list(struct rq *rq, struct rows *out)
{
    return duty_store_list(rq->db, sees_all(rq), rq->mem, out);
}

err duty_set_on(struct rq *rq, i64 on, struct duty_set *out, const struct ruleset **set)
{
    return duty_set_within(rq, on, on, out, set);
}

err duty_set_within(struct rq *rq, i64 from, i64 to, struct duty_set *out,
                    const struct ruleset **set)
{
    struct rows rows;
    *set = NULL;
    TRY(duty_store_list_on(rq->db, to, rq->mem, &rows));
    const struct duty_set *first = rows.items;
    if (rows.count == 0 || (first->until_on && first->until_on < from))
        return OK;
    *out = *first;
    return ruleset_read(rq->mem, out->document, set);
}

/* ---- what is shipped ---- */

err duty_shipped_list(struct arena *mem, struct rows *out)
{
    struct duty_shipped *all = arena_array(mem, SHIPPED_MAX, sizeof *all);
    size_t count = 0;
    for (const struct embed_file *f = embed_data; f->name && count < SHIPPED_MAX; f++) {
        str path = str_of(f->name), document = { (const char *)f->data, f->size };
        const struct ruleset *set;
        if (!str_starts(path, str_of(SHIPPED)) || !str_ends(path, str_of(END)))
            continue;
        TRY(ruleset_read(mem, document, &set));
        all[count++] = (struct duty_shipped){
            str_sub(path, sizeof SHIPPED - 1, path.len - (sizeof SHIPPED - 1) - (sizeof END - 1)),
            set->name,
            document,
        };
    }
    *out = (struct rows){ all, count, sizeof *all };
    return OK;
}

err duty_shipped_find(struct arena *mem, str id, str *document)
{
    struct rows rows;
    TRY(duty_shipped_list(mem, &rows));
    const struct duty_shipped *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].id, id)) {
            *document = all[i].document;
            return OK;
        }
    return err_make(ERR_NOT_FOUND, "rulesets.not_shipped");
}

/* ---- drafts ---- */

static bool in_dictionary(struct rq *rq, const char *name, str code)
{
    return dictionary_find(rq->app, name) && dictionary_has(rq, name, code);
}

static bool has_text(struct rq *rq, const char *group, str name)
{
    return text_has(arena_printf(rq->mem, "%s.%.*s", group, (int)name.len, name.ptr).ptr);
}

/* Kinds of the ledger, tags of its rows, roles of persons. What a rule gives without an entry asks
 * for roles by tags. */
static bool is_known(struct rq *rq, const struct ruleset_mention *m)
{
    bool role = str_is(m->name, "standing") || str_is(m->name, "new") ||
                has_text(rq, "members.posts", m->name) ||
                in_dictionary(rq, "members.posts", m->name);
    static const char LEAVE[] = "leave_";
    if (m->what == NAMES_KIND)
        return has_text(rq, "entries.kind", m->name) || in_dictionary(rq, "claims.kinds", m->name);
    if (m->what == NAMES_ROLE || role)
        return role;
    return has_text(rq, "duty.tags", m->name) || has_text(rq, "entries.tag", m->name) ||
           str_starts(m->name, str_of("class_")) ||
           (str_starts(m->name, str_of(LEAVE)) &&
            in_dictionary(rq, "meetings.leave_kinds",
                          str_sub(m->name, sizeof LEAVE - 1, m->name.len))) ||
           in_dictionary(rq, "outcomes.instruction_levels", m->name);
}

/* A name that nothing in the house bears would never count, and nobody would see why. */
static err mentions_check(struct rq *rq, str document, const struct ruleset *set)
{
    static const char *const FAULTS[] = {
        [NAMES_KIND] = "duty.kind", [NAMES_TAG] = "duty.tag", [NAMES_ROLE] = "duty.role"
    };
    for (size_t i = 0; i < set->mention_count; i++)
        if (!is_known(rq, &set->mentions[i])) {
            const struct ruleset_mention *m = &set->mentions[i];
            rq_fault(rq, "document", FAULTS[m->what], ruleset_place(rq->mem, document, m), m->name);
            return err_make(ERR_INVALID, "form.faults");
        }
    return OK;
}

/* The first fault stands at the field: its line, and why. */
static err document_check(struct rq *rq, str document, const struct ruleset **set)
{
    err e = ruleset_read(rq->mem, document, set);
    if (e.code == ERR_NONE)
        return mentions_check(rq, document, *set);
    if (e.code != ERR_INVALID && e.code != ERR_LIMIT)
        return e;
    rq_fault(rq, "document", e.name, e.arg[0], e.arg[1]);
    return err_make(ERR_INVALID, "form.faults");
}

static err add(struct rq *rq, struct duty_set *set)
{
    set->state = str_of("draft");
    TRY(duty_store_add(rq->db, set, &set->id));
    struct flow_subject subject = { set->id, 1, set->state, set->name, str_of(""), set };
    return flow_begin(rq, &RULESETS_FLOW, &subject, NULL);
}

err duty_set_save(struct rq *rq, const struct duty_set_input *in, i64 *id)
{
    struct duty_set set = { 0 };
    const struct ruleset *rules;
    if (in->id) {
        struct duty_set_input stored = *in;
        TRY(duty_set_find(rq, in->id, &set));
        if (!str_is(set.state, "draft"))
            return err_make(ERR_CONFLICT, "rulesets.not_draft");
        stored.document = set.document;
        TRY(conflict_check(rq, "web.version", in->version, set.version, &stored));
    }
    TRY(document_check(rq, in->document, &rules));
    set.document = in->document;
    set.name = rules->name;
    set.edited_at = rq->now_ms;
    set.editor_name = rq->actor->name;
    *id = set.id;
    if (!set.id) {
        TRY(add(rq, &set));
        *id = set.id;
        return OK;
    }
    TRY(duty_store_update(rq->db, &set));
    return audit_add(rq, &(struct audit_entry){ "rulesets.edit", "rulesets", set.id,
                                                .after = set.name });
}

/* ---- the flow ---- */

err duty_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct duty_set *set = arena_zero(rq->mem, sizeof *set);
    TRY(duty_set_find(rq, id, set));
    *out = (struct flow_subject){ set->id, set->version, set->state, set->name, str_of(""), set };
    return OK;
}

err duty_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct duty_set set = *(const struct duty_set *)subject->row;
    set.state = to;
    return duty_store_update(rq->db, &set);
}

static err refused(struct rq *rq, const char *field, const char *name, str what)
{
    rq_fault(rq, field, name, what, str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* The one that begins last, even if it was retired: nothing begins before it any more. */
static err last_find(struct rq *rq, struct duty_set *out, bool *found)
{
    struct rows rows;
    TRY(duty_store_list_on(rq->db, INT64_MAX, rq->mem, &rows));
    *found = rows.count > 0;
    if (*found)
        *out = *(const struct duty_set *)rows.items;
    return OK;
}

err duty_effect_enact(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct duty_enact_input *in = step->input;
    struct duty_set *set = subject->row, last;
    const struct ruleset *rules;
    bool found;
    TRY(ruleset_read(rq->mem, set->document, &rules));
    if (rules->of_others)
        return err_make(ERR_CONFLICT, "rulesets.of_others");
    TRY(last_find(rq, &last, &found));
    if (in->from_on <= 0)
        return refused(rq, "from_on", "rulesets.no_day", str_of(""));
    i64 after = !found ? 0 : last.to_on ? last.to_on : last.from_on;
    if (in->from_on <= after)
        return refused(rq, "from_on", "rulesets.from_earlier", text_date(rq->mem, after));
    set->from_on = in->from_on;
    set->organ = in->organ;
    set->enacted_at = rq->now_ms;
    set->enactor_name = rq->actor->name;
    return OK;
}

err duty_guard_recall(struct rq *rq, const struct flow_subject *subject)
{
    const struct duty_set *set = subject->row;
    return set->from_on > rq->today ? OK : err_make(ERR_CONFLICT, "rulesets.has_begun");
}

err duty_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct duty_set *set = subject->row;
    (void)rq;
    (void)step;
    set->from_on = set->enacted_at = 0;
    set->organ = set->enactor_name = str_of("");
    return OK;
}

err duty_guard_retire(struct rq *rq, const struct flow_subject *subject)
{
    const struct duty_set *set = subject->row;
    enum duty_phase phase = duty_phase_of(set, rq->today);
    if (phase == DUTY_COMING)
        return err_make(ERR_CONFLICT, "rulesets.not_begun");
    return phase == DUTY_PAST ? err_make(ERR_CONFLICT, "rulesets.is_over") : OK;
}

err duty_effect_retire(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct duty_retire_input *in = step->input;
    struct duty_set *set = subject->row;
    if (in->to_on < set->from_on)
        return refused(rq, "to_on", "rulesets.ends_first", text_date(rq->mem, set->from_on));
    if (set->until_on && in->to_on > set->until_on)
        return refused(rq, "to_on", "rulesets.ends_last", text_date(rq->mem, set->until_on));
    set->to_on = in->to_on;
    return OK;
}
