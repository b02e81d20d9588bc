/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of moving the body to a new term (README.md; rules.md 8, 12.7): what was decided, who
 * stays, what stands in the way, carrying it out. Seats and what ends with them: modules/members;
 * who is new: modules/nominations. Statements: renewal_store.c; pages: renewal_pages.c. */
#include "modules/renewals/renewal.h"

#include <stdlib.h>

#include "modules/members/member_act.h"
#include "modules/nominations/nomination.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/view_parts.h"

enum { OBSTACLES_MAX = 8, NAMES_SHOWN = 5 };

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

static err faults(struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

str renewal_title(struct arena *mem, const struct renewal *r)
{
    return text_format(mem, "renewals.title", arena_printf(mem, "%lld", (long long)r->term_number),
                       str_of(""));
}

static struct flow_subject subject_of(struct rq *rq, struct renewal *r)
{
    return (struct flow_subject){ r->id,      r->version, r->state, renewal_title(rq->mem, r),
                                  str_of(""), r };
}

static err find_of_path(struct rq *rq, struct renewal *out)
{
    struct renewal seen;
    TRY(list_find(rq, &RENEWAL_LIST, rq->path_id, &seen));
    return renewal_store_find(rq->db, rq->path_id, rq->mem, out);
}

err renewal_find_draft(struct rq *rq, struct renewal *out)
{
    TRY(find_of_path(rq, out));
    return str_is(out->state, "draft") ? OK : err_make(ERR_CONFLICT, "renewals.not_draft");
}

err renewal_find_open(struct rq *rq, struct renewal *out)
{
    TRY(find_of_path(rq, out));
    return str_is(out->state, "draft") || str_is(out->state, "ready")
               ? OK
               : err_make(ERR_CONFLICT, "renewals.over");
}

/* A roster that is cut would lose whoever stands behind the cut: it is refused. */
err renewal_list_people(struct rq *rq, const struct renewal *r, struct rows *out)
{
    TRY(renewal_store_list_people(rq->db, r, rq->mem, out));
    return out->count > RENEWAL_PEOPLE_MAX
               ? err_make_with(ERR_CONFLICT, "renewals.too_many",
                               str_number(rq->mem, RENEWAL_PEOPLE_MAX), str_of(""))
               : OK;
}

/* ---- what was decided ---- */

/* The last session that has begun: the term that is to end is its. */
static err find_present(struct rq *rq, struct session *out)
{
    struct rows rows;
    TRY(session_list(rq, &rows)); /* newest first */
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].opened_on <= rq->today) {
            *out = all[i];
            return OK;
        }
    return err_make(ERR_NOT_FOUND, "orgs.no_session");
}

/* A draft may be about a term whose first plenary has begun meanwhile. */
static err check(struct rq *rq, const struct renewal *r)
{
    struct session present;
    TRY(find_present(rq, &present));
    bool begun = present.term_number == r->term_number && present.number == 1;
    if (r->term_number != present.term_number + 1 && !begun)
        fault(rq, "term_number", "renewals.other_term",
              str_number(rq->mem, present.term_number + 1));
    if (r->opened_on <= present.closed_on && !begun)
        fault(rq, "opened_on", "renewals.too_early_for_term", session_name(rq->mem, &present));
    if (r->closed_on < r->opened_on)
        fault(rq, "closed_on", "renewals.closes_before", str_of(""));
    if (r->decided_on > rq->today)
        fault(rq, "decided_on", "renewals.future", str_of(""));
    if (r->decided_on > r->opened_on)
        fault(rq, "decided_on", "renewals.decided_late", str_of(""));
    return faults(rq);
}

static void take(struct renewal *r, const struct renewal_input *in)
{
    r->term_number = in->term_number;
    r->opened_on = in->opened_on;
    r->closed_on = in->closed_on;
    r->decided_on = in->decided_on > 0 ? in->decided_on : 0;
    r->organ = in->organ;
    r->document = in->document;
}

err renewal_save(struct rq *rq, i64 in_id, const struct renewal_input *in, i64 *id)
{
    struct renewal r = { .state = str_of("draft"), .version = 1 };
    if (in_id) {
        TRY(rq_need_version(rq, in->version));
        TRY(renewal_find_draft(rq, &r));
        str before = renewal_title(rq->mem, &r);
        take(&r, in);
        TRY(check(rq, &r));
        r.version = in->version;
        TRY(renewal_store_update(rq->db, &r));
        *id = r.id;
        return audit_add(rq,
                         &(struct audit_entry){ "renewals.edit", "renewals", r.id, .before = before,
                                                .after = renewal_title(rq->mem, &r) });
    }
    take(&r, in);
    TRY(check(rq, &r));
    TRY(renewal_store_add(rq->db, &r, id));
    r.id = *id;
    struct flow_subject subject = subject_of(rq, &r);
    return flow_begin(rq, &RENEWALS_FLOW, &subject, NULL);
}

/* ---- who stays ---- */

static struct renewal_person *person_find(const struct rows *people, i64 member_id)
{
    struct renewal_person *all = people->items;
    for (size_t i = 0; i < people->count; i++)
        if (all[i].member_id == member_id)
            return &all[i];
    return NULL;
}

/* Who is chosen for the form: not suspended, and not appointed for the new term anyway. */
static bool may_be_kept(const struct renewal_person *p)
{
    return !str_is(p->status, "suspended") && !p->nomination_id &&
           (p->ended || str_is(p->status, "serving"));
}

/* What is no draft any more is refused for that, whoever is chosen. */
static err choices(struct rq *rq, bool kept_alone, struct rows *out)
{
    struct renewal r;
    struct rows people;
    TRY(find_of_path(rq, &r));
    TRY(renewal_list_people(rq, &r, &people));
    bool draft = str_is(r.state, "draft");
    const struct renewal_person *all = people.items;
    struct view_choice *found = arena_array(rq->mem, people.count + 1, sizeof *found);
    *out = (struct rows){ found, 0, sizeof *found };
    for (size_t i = 0; i < people.count; i++)
        if (!draft || (kept_alone ? all[i].kept > 0 : may_be_kept(&all[i])))
            found[out->count++] =
                (struct view_choice){ .value = str_number(rq->mem, all[i].member_id),
                                      .label = all[i].name,
                                      .hint = kept_alone ? all[i].sector : all[i].seat_sector };
    return OK;
}

err renewal_roster_choices(struct rq *rq, struct rows *out)
{
    return choices(rq, false, out);
}

err renewal_kept_choices(struct rq *rq, struct rows *out)
{
    return choices(rq, true, out);
}

err renewal_sector_choices(struct rq *rq, struct rows *out)
{
    struct renewal r;
    struct rows rows;
    TRY(find_of_path(rq, &r));
    TRY(sector_list(rq, r.opened_on > rq->today ? r.opened_on : rq->today, &rows));
    const struct body *all = rows.items;
    struct view_choice *found = arena_array(rq->mem, rows.count + 1, sizeof *found);
    for (size_t i = 0; i < rows.count; i++)
        found[i] =
            (struct view_choice){ .value = str_number(rq->mem, all[i].id), .label = all[i].name };
    *out = (struct rows){ found, rows.count, sizeof *found };
    return OK;
}

/* The draft itself changes with its places: of two who choose at once the second is told. */
static err touch(struct rq *rq, struct renewal *r, i64 seen, const char *after)
{
    r->version = seen;
    TRY(renewal_store_update(rq->db, r));
    return audit_add(rq, &(struct audit_entry){ .act = "renewals.places",
                                                .object = "renewals",
                                                .object_id = r->id,
                                                .after = str_of(after) });
}

static int by_number(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return x < y ? -1 : x > y;
}

/* Numbers of members, ascending; what is no number is 0, nobody's. */
static const i64 *numbers_of(struct rq *rq, const strs *members)
{
    i64 *numbers = arena_array(rq->mem, members->count + 1, sizeof *numbers);
    for (size_t i = 0; i < members->count; i++)
        if (!str_to_i64(members->items[i], &numbers[i]))
            numbers[i] = 0;
    qsort(numbers, members->count, sizeof *numbers, by_number);
    return numbers;
}

/* Who has no sector now has one to choose. */
static err keep(struct rq *rq, const struct renewal *r, const struct renewal_person *p)
{
    if (p->sector_id)
        return renewal_place_store_add(rq->db, r->id, p->member_id, p->sector_id);
    fault(rq, "members", "renewals.no_sector", p->name);
    return OK;
}

err renewal_places_save(struct rq *rq, const struct renewal_places_input *in)
{
    struct renewal r;
    struct rows people;
    i64 kept = 0;
    TRY(rq_need_version(rq, in->version));
    TRY(renewal_find_draft(rq, &r));
    TRY(renewal_list_people(rq, &r, &people));
    const struct renewal_person *all = people.items;
    const i64 *named = numbers_of(rq, &in->members);
    for (size_t i = 0; i < people.count; i++) {
        bool stays = may_be_kept(&all[i]) &&
                     bsearch(&all[i].member_id, named, in->members.count, sizeof *named, by_number);
        kept += stays;
        if (stays && !all[i].kept)
            TRY(keep(rq, &r, &all[i]));
        else if (!stays && all[i].kept)
            TRY(renewal_place_store_remove(rq->db, r.id, all[i].member_id));
    }
    TRY(faults(rq));
    return touch(rq, &r, in->version, str_number(rq->mem, kept).ptr);
}

err renewal_sector_save(struct rq *rq, const struct renewal_sector_input *in)
{
    struct renewal r;
    i64 member_id = 0, sector_id = 0;
    TRY(rq_need_version(rq, in->version));
    TRY(renewal_find_draft(rq, &r));
    if (!str_to_i64(in->member, &member_id) || !str_to_i64(in->sector, &sector_id))
        return err_make(ERR_NOT_FOUND, "renewals.not_found");
    TRY(renewal_place_store_update(rq->db, r.id, member_id, sector_id));
    return touch(rq, &r, in->version, in->member.ptr);
}

/* ---- the plan ---- */

struct planning {
    struct rq *rq;
    const struct renewal *r;
    struct renewal_plan *plan;
    struct rows people, named, sectors;
};

/* url: where it is put right. */
static void obstruct(struct planning *p, const char *text, str arg, str url)
{
    struct renewal_obstacle *all = p->plan->obstacles.items;
    if (p->plan->obstacles.count < OBSTACLES_MAX)
        all[p->plan->obstacles.count++] =
            (struct renewal_obstacle){ text_format(p->rq->mem, text, arg, str_of("")), url };
}

/* A page of the renewal itself, which only a draft has. */
static str own_url(const struct planning *p, const char *page)
{
    return str_is(p->r->state, "draft")
               ? arena_printf(p->rq->mem, "/renewals/%lld/%s", (long long)p->r->id, page)
               : str_of("");
}

/* Some of the names, and that there are more. */
struct naming {
    struct buf *names;
    i64 count;
};

static void name(struct naming *n, str who)
{
    n->count++;
    if (n->count > NAMES_SHOWN)
        return;
    if (n->count > 1)
        buf_add(n->names, text_find("renewals.comma"));
    buf_add(n->names, who);
}

static str names_of(struct rq *rq, const struct naming *n)
{
    if (n->count <= NAMES_SHOWN)
        return buf_str(n->names);
    return text_format(rq->mem, "renewals.and_more", buf_str(n->names),
                       str_number(rq->mem, n->count));
}

/* Of a sector in their order; behind all where it is no more. */
static i64 place_of(const struct planning *p, i64 sector_id)
{
    const struct body *all = p->sectors.items;
    size_t i = 0;
    while (i < p->sectors.count && all[i].id != sector_id)
        i++;
    return (i64)i;
}

/* Nobody is carried over who may not be: left since he was chosen, suspended (Charter 37: nobody
 * under investigation is named), or for a sector that there is no more. */
static void check_people(struct planning *p)
{
    struct naming left = { buf_new(p->rq->mem, 600), 0 },
                  suspended = { buf_new(p->rq->mem, 600), 0 };
    struct naming sector = { buf_new(p->rq->mem, 600), 0 };
    const struct renewal_person *all = p->people.items;
    const struct renewal_seat *seats = p->plan->seats.items;
    for (size_t i = 0; i < p->people.count; i++) {
        if (!all[i].kept && !all[i].nomination_id)
            continue;
        if (str_is(all[i].status, "suspended"))
            name(&suspended, all[i].name);
        else if (!all[i].ended && !str_is(all[i].status, "serving"))
            name(&left, all[i].name);
    }
    for (size_t i = 0; i < p->plan->seats.count; i++)
        if (seats[i].place == (i64)p->sectors.count)
            name(&sector, seats[i].name);
    str places = own_url(p, "places");
    if (suspended.count)
        obstruct(p, "renewals.suspended", names_of(p->rq, &suspended), places);
    if (left.count)
        obstruct(p, "renewals.left", names_of(p->rq, &left), places);
    if (sector.count)
        obstruct(p, "renewals.sector_gone", names_of(p->rq, &sector), places);
}

static i64 count_pending(const struct rows *named)
{
    const struct nomination *all = named->items;
    i64 count = 0;
    for (size_t i = 0; i < named->count; i++)
        count += str_is(all[i].state, "nominated") || str_is(all[i].state, "candidate") ||
                 str_is(all[i].state, "listed");
    return count;
}

static err check_house(struct planning *p)
{
    struct renewal_counts counts;
    struct rq *rq = p->rq;
    i64 pending = count_pending(&p->named);
    TRY(renewal_store_count(rq->db, p->r->term_number, rq->mem, &counts));
    p->plan->posts = counts.posts;
    p->plan->leaving = counts.leaving;
    if (!p->r->organ.len || !p->r->decided_on)
        obstruct(p, "renewals.undecided", str_of(""), own_url(p, "edit"));
    if (p->plan->seats.count == 0)
        obstruct(p, "renewals.nobody", str_of(""), own_url(p, "places"));
    if (pending)
        obstruct(p, "renewals.pending", str_number(rq->mem, pending),
                 str_of("/nominations?kind=renew"));
    if (counts.seated)
        obstruct(p, "renewals.seated", str_number(rq->mem, counts.seated),
                 arena_printf(rq->mem, "/members?term=%lld", (long long)p->r->term_number));
    return OK;
}

static bool is_appointed(const struct nomination *n)
{
    return str_is(n->state, "appointed") || str_is(n->state, "certified");
}

/* Chosen ones first, then who was named; who is both is named. */
static void seat_all(struct planning *p)
{
    const struct renewal_person *all = p->people.items;
    const struct nomination *named = p->named.items;
    struct renewal_plan *plan = p->plan;
    struct renewal_seat *seats =
        arena_array(p->rq->mem, p->people.count + p->named.count + 1, sizeof *seats);
    plan->seats = (struct rows){ seats, 0, sizeof *seats };
    for (size_t i = 0; i < p->people.count; i++)
        if (all[i].kept && !all[i].nomination_id)
            seats[plan->seats.count++] =
                (struct renewal_seat){ .member_id = all[i].member_id,
                                       .sector_id = all[i].sector_id,
                                       .place = place_of(p, all[i].sector_id),
                                       .name = all[i].name,
                                       .sector = all[i].sector,
                                       .from = str_of("kept") };
    plan->stays = (i64)plan->seats.count;
    for (size_t i = 0; i < p->named.count; i++) {
        if (!is_appointed(&named[i]))
            continue;
        struct renewal_person *before =
            named[i].member_id ? person_find(&p->people, named[i].member_id) : NULL;
        seats[plan->seats.count++] =
            (struct renewal_seat){ .member_id = named[i].member_id,
                                   .nomination_id = named[i].id,
                                   .sector_id = named[i].sector_id,
                                   .place = place_of(p, named[i].sector_id),
                                   .name = named[i].name,
                                   .sector = named[i].sector,
                                   .from = str_of("nominated") };
        plan->stays += before != NULL;
        plan->comes += before == NULL;
    }
}

/* Who has a seat today and none in the new term. */
static void leave_all(struct planning *p)
{
    const struct renewal_person *all = p->people.items;
    struct renewal_person *gone = arena_array(p->rq->mem, p->people.count + 1, sizeof *gone);
    p->plan->gone = (struct rows){ gone, 0, sizeof *gone };
    for (size_t i = 0; i < p->people.count; i++) {
        if (all[i].kept || all[i].nomination_id)
            continue;
        gone[p->plan->gone.count++] = all[i];
        p->plan->hands += all[i].hands;
    }
}

static int by_sector(const void *a, const void *b)
{
    const struct renewal_seat *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (!str_eq(x->from, y->from))
        return str_is(x->from, "kept") ? -1 : 1;
    i64 first = x->nomination_id ? x->nomination_id : x->member_id,
        second = y->nomination_id ? y->nomination_id : y->member_id;
    return first < second ? -1 : first > second;
}

err renewal_plan_make(struct rq *rq, const struct renewal *r, struct renewal_plan *out)
{
    struct planning p = { .rq = rq, .r = r, .plan = out };
    struct renewal_obstacle *obstacles = arena_array(rq->mem, OBSTACLES_MAX, sizeof *obstacles);
    *out = (struct renewal_plan){ .obstacles = { obstacles, 0, sizeof *obstacles } };
    TRY(renewal_list_people(rq, r, &p.people));
    TRY(nomination_list_term(rq, r->term_number, &p.named));
    TRY(sector_list(rq, r->opened_on > rq->today ? r->opened_on : rq->today, &p.sectors));
    seat_all(&p);
    leave_all(&p);
    TRY(check_house(&p));
    check_people(&p);
    if (out->seats.count)
        qsort(out->seats.items, out->seats.count, sizeof(struct renewal_seat), by_sector);
    return OK;
}

/* ---- the flow ---- */

err renewal_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct renewal *r = arena_zero(rq->mem, sizeof *r);
    if (rq->actor->account_id)
        TRY(list_find(rq, &RENEWAL_LIST, id, r));
    TRY(renewal_store_find(rq->db, id, rq->mem, r));
    *out = subject_of(rq, r);
    return OK;
}

err renewal_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct renewal r = *(const struct renewal *)subject->row;
    r.state = to;
    err e = renewal_store_update(rq->db, &r);
    return err_is(e, "db.unique") ? err_make(ERR_CONFLICT, "renewals.ready_already") : e;
}

static err check_plan(struct rq *rq, const struct renewal *r, struct renewal_plan *plan)
{
    TRY(renewal_plan_make(rq, r, plan));
    const struct renewal_obstacle *first = plan->obstacles.items;
    return plan->obstacles.count
               ? err_make_with(ERR_CONFLICT, "renewals.obstructed", first->words, str_of(""))
               : OK;
}

/* The first session of the term as the calendar has it; id 0 = it has none. */
static err find_first(struct rq *rq, i64 term_number, struct session *out)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    *out = (struct session){ 0 };
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].term_number == term_number && all[i].number == 1)
            *out = all[i];
    return OK;
}

/* With the session the calendar knows the new term, and the old one its last day. */
static err open_term(struct rq *rq, const struct renewal *r)
{
    struct session first;
    i64 id;
    TRY(find_first(rq, r->term_number, &first));
    if (first.id == 0)
        return session_add(rq,
                           &(struct session){ .term_number = r->term_number,
                                              .number = 1,
                                              .opened_on = r->opened_on,
                                              .closed_on = r->closed_on },
                           &id);
    if (first.opened_on == r->opened_on)
        return OK;
    return err_make_with(ERR_CONFLICT, "renewals.other_days", session_name(rq->mem, &first),
                         text_date(rq->mem, first.opened_on));
}

err renewal_effect_ready(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct renewal *r = subject->row;
    struct renewal_plan plan;
    (void)step;
    TRY(check_plan(rq, r, &plan));
    r->note = str_of("");
    return open_term(rq, r);
}

err renewal_guard_carry(struct rq *rq, const struct flow_subject *subject)
{
    const struct renewal *r = subject->row;
    return r->opened_on <= rq->today ? OK
                                     : err_make_with(ERR_CONFLICT, "renewals.too_early",
                                                     text_date(rq->mem, r->opened_on), str_of(""));
}

static err seat_one(struct rq *rq, const struct renewal_seat *s, const struct rows *named,
                    const struct member_act *act)
{
    const struct nomination *all = named->items;
    struct member_act his = *act;
    his.sector = s->sector;
    if (!s->nomination_id)
        return member_renew(rq, s->member_id, &his);
    for (size_t i = 0; i < named->count; i++)
        if (all[i].id == s->nomination_id)
            return nomination_seat(rq, &all[i], &his);
    return OK;
}

/* All in one: the seats of the new term, then the end of those of the old one, so that who stays
 * never leaves. Nobody undoes it; a seat is corrected by its own dated acts. */
err renewal_effect_carry(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct renewal *r = subject->row;
    struct renewal_plan plan;
    struct rows named;
    (void)step;
    TRY(renewal_guard_carry(rq, subject));
    TRY(check_plan(rq, r, &plan));
    TRY(open_term(rq, r)); /* it is there, but where somebody has moved its opening */
    TRY(nomination_list_term(rq, r->term_number, &named));
    const struct member_act act = { .verb = str_of("appoint"),
                                    .organ = r->organ,
                                    .document = r->document,
                                    .on_on = r->opened_on,
                                    .term_number = r->term_number };
    const struct renewal_seat *seats = plan.seats.items;
    for (size_t i = 0; i < plan.seats.count; i++)
        TRY(seat_one(rq, &seats[i], &named, &act));
    TRY(member_expire(rq));
    r->carried_at = rq->now_ms;
    r->stayed = plan.stays;
    r->came = plan.comes;
    r->gone = (i64)plan.gone.count;
    return OK;
}

err renewal_effect_note(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct renewal *r = subject->row;
    const struct renewal_reason_input *in = step->input;
    (void)rq;
    r->note = in->opinion;
    return OK;
}

err on_renewal_term_over(struct rq *rq, i64 id, const void *fact)
{
    const struct member_term_over *over = fact;
    struct renewal r;
    struct renewal_plan plan;
    (void)id;
    TRY(renewal_store_find_ready(rq->db, over->to_on + 1, rq->mem, &r));
    if (r.id == 0)
        return OK;
    TRY(renewal_plan_make(rq, &r, &plan));
    if (plan.obstacles.count) {
        *over->wait = true;
        return OK;
    }
    return flow_move(rq, &RENEWALS_FLOW, r.id, "carry", NULL);
}
