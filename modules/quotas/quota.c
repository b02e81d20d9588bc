/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of quotas: the table, which row counts for whom, who is short, reminders. Statements:
 * quota_store.c; pages: quota_pages.c. */
#include "modules/quotas/quota.h"

#include <assert.h>

#include "modules/dashboards/dashboard_figures.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

static const char *const KINDS[] = { "member",    "party",   "association", "sector",
                                     "committee", "station", "county",      "correspondent" };
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS, DECEMBER = 12, LAST = 31 };

/* ---- targets ---- */

static bool is_kind(str target)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (str_is(target, KINDS[i]))
            return true;
    return false;
}

bool quota_is_named(str target)
{
    return str_is(target, "station") || str_is(target, "county") || str_is(target, "correspondent");
}

static bool has_members(str target)
{
    return str_is(target, "sector") || str_is(target, "committee");
}

str quota_label(struct rq *rq, str target)
{
    return is_kind(target) ? text_label("quotas.target", target)
                           : dictionary_label(rq, "members.posts", target);
}

err quota_targets(struct rq *rq, struct rows *out)
{
    struct rows posts;
    TRY(dictionary_list(rq, "members.posts", &posts));
    const struct dictionary_row *all = posts.items;
    struct view_choice *choices = arena_array(rq->mem, posts.count + KIND_COUNT, sizeof *choices);
    *out = (struct rows){ choices, 0, sizeof *choices };
    for (size_t i = 0; i < posts.count; i++)
        choices[out->count++] = (struct view_choice){ .value = all[i].code, .label = all[i].label };
    for (size_t i = 0; i < KIND_COUNT; i++)
        choices[out->count++] =
            (struct view_choice){ .value = str_of(KINDS[i]),
                                  .label = text_label("quotas.target", str_of(KINDS[i])) };
    return OK;
}

/* Both halves in one sentence; a half of which nothing is asked is left out. */
static str both(struct rq *rq, const char *const keys[2], const str args[2][2], const bool asked[2])
{
    str first = text_format(rq->mem, keys[0], args[0][0], args[0][1]);
    str second = text_format(rq->mem, keys[1], args[1][0], args[1][1]);
    if (asked[0] && asked[1])
        return text_format(rq->mem, "quotas.and", first, second);
    return asked[0] ? first : second;
}

str quota_wanted(struct rq *rq, const struct quota *q)
{
    static const char *const WANTED[] = { "quotas.wanted_sent", "quotas.wanted_used" };
    const str args[2][2] = { { str_number(rq->mem, q->sent), str_of("") },
                             { str_number(rq->mem, q->used), str_of("") } };
    return both(rq, WANTED, args, (const bool[2]){ q->sent > 0, q->used > 0 });
}

str quota_missing(struct rq *rq, const struct quota_line *line)
{
    static const char *const MISSING[] = { "quotas.missing_sent", "quotas.missing_used" };
    const str args[2][2] = {
        { str_number(rq->mem, line->sent), str_number(rq->mem, line->short_sent) },
        { str_number(rq->mem, line->used), str_number(rq->mem, line->short_used) }
    };
    return both(rq, MISSING, args, (const bool[2]){ line->short_sent > 0, line->short_used > 0 });
}

/* ---- the table ---- */

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

/* Names stand a line each, as typed; blanks around one do not count. */
static bool next_name(str *rest, str *name)
{
    while (str_split(rest, '\n', name)) {
        *name = str_trim(*name);
        if (name->len)
            return true;
    }
    return false;
}

static err judge(struct rq *rq, const struct quota *q)
{
    str rest = q->names, name;
    size_t names = 0;
    bool taken = false;
    for (; next_name(&rest, &name); names++)
        if (str_chars(name) > QUOTA_NAME_MAX)
            fault(rq, "names", "quotas.name_long", str_number(rq->mem, QUOTA_NAME_MAX));
    if (quota_is_named(q->target) && names == 0 && (q->sent || q->used))
        fault(rq, "names", "quotas.need_names", quota_label(rq, q->target));
    if (!quota_is_named(q->target) && names > 0)
        fault(rq, "names", "quotas.no_names", quota_label(rq, q->target));
    if (q->whole && !has_members(q->target))
        fault(rq, "whole", "quotas.only_bodies", str_of(""));
    TRY(quota_store_is_taken(rq->db, q, &taken));
    if (taken)
        rq_fault(rq, "from_year", "quotas.taken", quota_label(rq, q->target),
                 str_number(rq->mem, q->from_year));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static struct quota_input input_of(const struct quota *q)
{
    return (struct quota_input){ .from_year = q->from_year,
                                 .sent = q->sent,
                                 .used = q->used,
                                 .place = q->place,
                                 .whole = q->whole,
                                 .target = q->target,
                                 .names = q->names };
}

static str row_words(struct rq *rq, const struct quota *q)
{
    return arena_printf(rq->mem, "%.*s %lld: %lld/%lld, %lld%s %.*s", (int)q->target.len,
                        q->target.ptr, (long long)q->from_year, (long long)q->sent,
                        (long long)q->used, (long long)q->place, q->whole ? " whole" : "",
                        (int)q->names.len, q->names.ptr);
}

err quota_save(struct rq *rq, const struct quota_input *in, i64 *id)
{
    struct quota before = { 0 };
    struct quota q = { .id = in->id,
                       .from_year = in->from_year,
                       .sent = in->sent,
                       .used = in->used,
                       .place = in->place,
                       .whole = in->whole,
                       .target = in->target,
                       .names = in->names };
    if (q.id) {
        TRY(quota_store_find(rq->db, q.id, rq->mem, &before));
        struct quota_input stored = input_of(&before);
        TRY(conflict_check(rq, "web.version", in->version, before.version, &stored));
        q.version = before.version;
    }
    TRY(judge(rq, &q));
    TRY(q.id ? quota_store_update(rq->db, &q) : quota_store_add(rq->db, &q, &q.id));
    *id = q.id;
    return audit_add(rq, &(struct audit_entry){ .act = "quotas.manage",
                                                .object = "quotas",
                                                .object_id = q.id,
                                                .before =
                                                    before.id ? row_words(rq, &before) : str_of(""),
                                                .after = row_words(rq, &q) });
}

err quota_remove(struct rq *rq, i64 id, i64 version)
{
    struct quota q;
    TRY(quota_store_find(rq->db, id, rq->mem, &q));
    TRY(rq_need_version(rq, version));
    if (version != q.version)
        return err_make(ERR_CONFLICT, "web.version");
    TRY(quota_store_remove(rq->db, id, version));
    return audit_add(rq, &(struct audit_entry){ .act = "quotas.manage",
                                                .object = "quotas",
                                                .object_id = id,
                                                .before = row_words(rq, &q) });
}

/* ---- counts ---- */

/* What is counted under one code. */
struct tallied {
    str code;
    i64 sent, used;
};

static int by_code(const void *a, const void *b)
{
    const struct tallied *x = a, *y = b;
    return str_cmp(x->code, y->code);
}

static const char *used_metric(struct rq *rq)
{
    return str_is(setting_text(rq, "quotas.used_means"), "chosen") ? "chosen" : "issued";
}

/* Codes of a dimension of the yearly figures, sorted; struct tallied rows. */
static err tally(struct rq *rq, i64 year, const char *dimension, struct rows *out)
{
    struct rows rows;
    const char *used = used_metric(rq);
    TRY(counts_store_list(rq->db, &(struct counts_query){ year, rq->today, str_of(dimension) },
                          rq->mem, &rows));
    const struct dashboard_count *all = rows.items;
    struct tallied *to = arena_array(rq->mem, rows.count + 1, sizeof *to);
    size_t n = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (n == 0 || !str_eq(to[n - 1].code, all[i].code))
            to[n++] = (struct tallied){ .code = all[i].code };
        if (str_is(all[i].metric, "opinions"))
            to[n - 1].sent = all[i].value;
        else if (str_is(all[i].metric, used))
            to[n - 1].used = all[i].value;
    }
    qsort(to, n, sizeof *to, by_code);
    *out = (struct rows){ to, n, sizeof *to };
    return OK;
}

static err tally_correspondents(struct rq *rq, i64 year, struct rows *out)
{
    struct rows rows;
    bool chosen = strcmp(used_metric(rq), "chosen") == 0;
    TRY(quota_store_list_correspondents(rq->db, year, rq->mem, &rows));
    const struct quota_line *all = rows.items;
    struct tallied *to = arena_array(rq->mem, rows.count + 1, sizeof *to);
    for (size_t i = 0; i < rows.count; i++)
        to[i] =
            (struct tallied){ all[i].name, all[i].sent, chosen ? all[i].used : all[i].short_used };
    qsort(to, rows.count, sizeof *to, by_code);
    *out = (struct rows){ to, rows.count, sizeof *to };
    return OK;
}

static i64 lack(i64 wanted, i64 done)
{
    return wanted > done ? wanted - done : 0;
}

/* Adds a line with what is counted under a code. */
static void line_add(struct quota_group *g, const struct rows *counts, struct quota_line line,
                     str code)
{
    const struct tallied key = { .code = code };
    assert(g->lines); /* whoever gathers makes room first */
    const struct tallied *found =
        counts->count ? bsearch(&key, counts->items, counts->count, sizeof key, by_code) : NULL;
    line.sent = found ? found->sent : 0;
    line.used = found ? found->used : 0;
    line.short_sent = lack(g->quota->sent, line.sent);
    line.short_used = lack(g->quota->used, line.used);
    line.met = line.short_sent == 0 && line.short_used == 0;
    g->met += line.met;
    g->lines[g->count++] = line;
}

/* ---- who has which row ---- */

struct gathering {
    struct rq *rq;
    struct quota_year *year;
    i64 on;           /* day of which posts and bodies are looked at */
    struct rows mine; /* bodies for which the actor acts, where he sees only his own */
};

static bool is_post(const struct quota *q)
{
    return str_is(q->target, "member") || !is_kind(q->target);
}

/* Asks nothing any more of whom it names; they do not fall to another row for it. */
static bool is_ended(const struct quota *q)
{
    return q->sent == 0 && q->used == 0;
}

/* Which group a member belongs to: of his posts the one that stands first, else "member". posts:
 * rows of one member. */
static struct quota_group *group_of(struct quota_year *y, const struct member_post *posts,
                                    size_t count)
{
    struct quota_group *rest = NULL;
    for (size_t g = 0; g < y->count; g++) {
        const struct quota *q = y->groups[g].quota;
        if (str_is(q->target, "member"))
            rest = &y->groups[g];
        for (size_t i = 0; i < count && is_post(q); i++)
            if (str_eq(posts[i].post, q->target))
                return &y->groups[g];
    }
    return rest;
}

static err gather_members(struct gathering *m)
{
    struct rows rows = { 0 }, counts = { 0 };
    struct quota_year *y = m->year;
    bool any = false;
    for (size_t g = 0; g < y->count; g++)
        any |= is_post(y->groups[g].quota);
    if (!any)
        return OK;
    TRY(member_list_posts(m->rq, m->on, &rows));
    TRY(tally(m->rq, y->year, "opinion_person", &counts));
    const struct member_post *all = rows.items;
    for (size_t g = 0; g < y->count; g++)
        if (is_post(y->groups[g].quota))
            y->groups[g].lines = arena_array(m->rq->mem, rows.count + 1, sizeof(struct quota_line));
    for (size_t from = 0, to; from < rows.count; from = to) {
        for (to = from + 1; to < rows.count && all[to].member_id == all[from].member_id; to++)
            ;
        struct quota_group *g = group_of(y, all + from, to - from);
        if (!g || is_ended(g->quota) || (!y->all && all[from].person_id != m->rq->actor->person_id))
            continue;
        line_add(g, &counts,
                 (struct quota_line){ .person_id = all[from].person_id,
                                      .name = all[from].name,
                                      .note = all[from].sector_name },
                 str_number(m->rq->mem, all[from].person_id));
    }
    return OK;
}

static bool is_mine(const struct gathering *m, const char *body, i64 id)
{
    const struct member_body *all = m->mine.items;
    for (size_t i = 0; i < m->mine.count; i++)
        if (all[i].body_id == id && str_is(all[i].body, body))
            return true;
    return m->year->all;
}

static err gather_bodies(struct gathering *m, struct quota_group *g)
{
    struct rows rows = { 0 }, counts = { 0 };
    const struct quota *q = g->quota;
    const char *body = str_is(q->target, "sector") ? "sector" : "committee";
    TRY(body_list(m->rq, str_is(q->target, "sector") ? BODY_SECTOR : BODY_COMMITTEE, m->on, &rows));
    TRY(tally(m->rq, m->year->year,
              !q->whole                     ? "opinion_body"
              : str_is(q->target, "sector") ? "opinion_sector"
                                            : "opinion_committee",
              &counts));
    const struct body *all = rows.items;
    g->lines = arena_array(m->rq->mem, rows.count + 1, sizeof *g->lines);
    for (size_t i = 0; i < rows.count; i++)
        if (is_mine(m, body, all[i].id))
            line_add(g, &counts,
                     (struct quota_line){
                         .body_id = all[i].id, .name = all[i].name, .body = str_of(body) },
                     all[i].name);
    return OK;
}

static err gather_orgs(struct gathering *m, struct quota_group *g)
{
    struct rows rows = { 0 }, counts = { 0 };
    bool party = str_is(g->quota->target, "party");
    TRY(org_proposers(m->rq, &rows));
    TRY(tally(m->rq, m->year->year, "opinion_body", &counts));
    const struct org *all = rows.items;
    g->lines = arena_array(m->rq->mem, rows.count + 1, sizeof *g->lines);
    for (size_t i = 0; i < rows.count; i++) {
        bool fits = party ? str_is(all[i].kind, "democratic")
                          : str_is(all[i].kind, "federation") || str_is(all[i].kind, "association");
        if (fits && is_mine(m, "org", all[i].id))
            line_add(g, &counts,
                     (struct quota_line){
                         .body_id = all[i].id, .name = all[i].name, .body = str_of("org") },
                     all[i].name);
    }
    return OK;
}

static err gather_named(struct gathering *m, struct quota_group *g)
{
    struct rows counts = { 0 };
    bool persons = str_is(g->quota->target, "correspondent");
    str rest = g->quota->names, name;
    if (persons)
        TRY(tally_correspondents(m->rq, m->year->year, &counts));
    else
        TRY(tally(m->rq, m->year->year, "opinion_body", &counts));
    g->lines = arena_array(m->rq->mem, g->quota->names.len / 2 + 1, sizeof *g->lines);
    while (next_name(&rest, &name)) {
        bool own = persons && m->rq->actor->member_id == 0 && str_eq(name, m->rq->actor->name);
        if (m->year->all || own)
            line_add(g, &counts, (struct quota_line){ .name = name }, name);
    }
    return OK;
}

static err gather(struct gathering *m)
{
    struct quota_year *y = m->year;
    TRY(gather_members(m));
    for (size_t i = 0; i < y->count; i++) {
        struct quota_group *g = &y->groups[i];
        if (is_ended(g->quota))
            continue;
        if (has_members(g->quota->target))
            TRY(gather_bodies(m, g));
        else if (quota_is_named(g->quota->target))
            TRY(gather_named(m, g));
        else if (!is_post(g->quota))
            TRY(gather_orgs(m, g));
        y->lines += g->count;
        y->met += g->met;
    }
    return OK;
}

static void ended_leave(struct quota_year *y)
{
    size_t kept = 0;
    for (size_t i = 0; i < y->count; i++)
        if (!is_ended(y->groups[i].quota))
            y->groups[kept++] = y->groups[i];
    y->count = kept;
}

static err load(struct rq *rq, i64 year, bool all, struct quota_year *out)
{
    struct rows rows;
    i64 last = day_from_civil((int)year, DECEMBER, LAST);
    struct gathering m = { .rq = rq, .year = out, .on = last < rq->today ? last : rq->today };
    *out = (struct quota_year){ .year = year, .all = all };
    TRY(quota_store_list_year(rq->db, year, rq->mem, &rows));
    const struct quota *quotas = rows.items;
    out->groups = arena_array(rq->mem, rows.count + 1, sizeof *out->groups);
    for (; out->count < rows.count; out->count++)
        out->groups[out->count] =
            (struct quota_group){ .quota = &quotas[out->count],
                                  .label = quota_label(rq, quotas[out->count].target) };
    if (!all)
        TRY(member_list_bodies(rq, rq->actor->person_id, &m.mine));
    TRY(gather(&m));
    ended_leave(out);
    return OK;
}

static i64 year_of(i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    return year;
}

err quota_year_load(struct rq *rq, struct quota_year *out)
{
    const struct quota_year_input *in = rq->input;
    return load(rq, in && in->year ? in->year : year_of(rq->today),
                actor_scope(rq->actor, "quotas.read") == SCOPE_ORG, out);
}

void quota_year_show(struct quota_year *y, str show)
{
    bool met = str_is(show, "met");
    if (!met && !str_is(show, "short"))
        return;
    for (size_t g = 0; g < y->count; g++) {
        struct quota_group *group = &y->groups[g];
        size_t kept = 0;
        for (size_t i = 0; i < group->count; i++)
            if (group->lines[i].met == met)
                group->lines[kept++] = group->lines[i];
        group->count = kept;
    }
}

/* ---- reminders ---- */

/* The persons who are told of a line. */
static err persons_of(struct rq *rq, const struct quota_line *line, struct rows *out)
{
    struct member_post *self = arena_zero(rq->mem, sizeof *self);
    self->person_id = line->person_id;
    *out = (struct rows){ self, line->person_id > 0, sizeof *self };
    if (line->body_id == 0)
        return OK;
    return member_list_acting(rq,
                              &(struct member_body){ .body_id = line->body_id, .body = line->body },
                              out);
}

static err tell(struct rq *rq, const struct quota_year *y, const struct quota_line *line,
                struct quota_told *out)
{
    struct rows rows;
    bool reached = false;
    TRY(persons_of(rq, line, &rows));
    const struct member_post *all = rows.items;
    struct notify_message message = {
        .text = line->body_id ? "quotas.told_body" : "quotas.told",
        .arg = { line->body_id ? line->name : str_number(rq->mem, y->year),
                 quota_missing(rq, line) },
        .url = arena_printf(rq->mem, "/quotas?year=%lld", (long long)y->year)
    };
    for (size_t i = 0; i < rows.count; i++) {
        const struct notify_to to = { .person_id = all[i].person_id };
        bool one = false;
        TRY(notify_reaches(rq, &to, &one));
        TRY(notify_send(rq, &to, &message));
        reached |= one;
    }
    *(reached ? &out->told : &out->unreached) += 1;
    return OK;
}

err quota_remind(struct rq *rq, struct quota_told *out)
{
    struct quota_year y;
    i64 sent = 0, most = setting_number(rq, "quotas.reminds_per_day");
    *out = (struct quota_told){ 0 };
    TRY(quota_store_reminds(rq->db, rq->today, &sent));
    if (sent >= most)
        return err_make_with(ERR_CONFLICT, "quotas.reminded_enough", str_number(rq->mem, most),
                             str_of(""));
    TRY(load(rq, year_of(rq->today), true, &y));
    if (y.lines == y.met)
        return err_make(ERR_CONFLICT, "quotas.nobody_short");
    for (size_t g = 0; g < y.count; g++)
        for (size_t i = 0; i < y.groups[g].count; i++)
            if (!y.groups[g].lines[i].met)
                TRY(tell(rq, &y, &y.groups[g].lines[i], out));
    TRY(quota_store_add_remind(rq->db, rq->today));
    return audit_add(rq, &(struct audit_entry){ .act = "quotas.remind",
                                                .object = "quotas",
                                                .after = str_number(rq->mem, out->told) });
}
