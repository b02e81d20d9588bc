/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who may send a form without saying who he is, how often, and for how much work (anonymous.h).
 * Counts are kept by keyed digests, so that memory holds no address beyond the request; the stamp's
 * use is claimed in the handler's transaction (idempotency.c), by which it counts once on all nodes
 * of a database. */
#include "platform/web/anonymous.h"

#include <assert.h>
#include <pthread.h>

#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/web/exchange.h"
#include "platform/web/proxies.h"
#include "platform/web/recent.h"
#include "platform/web/stamp.h"

/* NETWORK_SETS: 16,384 networks, 384 KiB; USED_SETS: as many used stamps that came again.
 * WORK_LESS: nearly nothing while little comes. WORK_SLACK: a form that was drawn when it was a
 * little easier is still good. */
enum {
    NETWORK_SETS = 4096,
    USED_SETS = 4096,
    TOTAL_SETS = 256,
    SALT = 32,
    WORK_LESS = 4,
    WORK_SLACK = 2
};
/* WRONG_MORE: bits beyond, once too many secrets were wrong: sixteen times the work. HOURS: the
 * tallies' hour is a day where their clock goes so much slower. */
enum { WRONG_MORE = 4, HOURS = 24 };

struct anonymous_house {
    pthread_mutex_t mutex; /* for the tallies */
    struct recent *networks, *totals, *used, *wrong, *wrong_days;
    unsigned char key[DIGEST_SIZE];
    unsigned char salt[SALT]; /* of this process: what the tallies' keys are made with */
};

/* What came in by one lane within the last hour, and how much may. */
struct budget {
    i64 network, network_max;
    i64 all, all_max;
    uint64_t network_key, all_key;
    bool hardened; /* too many secrets were wrong today */
};

/* ---- start ---- */

bool anonymous_is_sound(const struct route *r)
{
    if (!r->anonymous)
        return true;
    if (!r->anonymous->name || strcmp(r->may, PUBLIC) != 0 || r->cached || r->reauth)
        return false;
    if (r->method == GET)
        return true;
    for (const struct input *i = r->form ? r->form->inputs : NULL; i && i->field.name; i++)
        if (i->kind == INPUT_PASSWORD)
            return false;
    return r->form && (r->redraw || str_starts(str_of(r->path), str_of("/api/v1/")));
}

static const char *or_house(const char *own, const char *house)
{
    return own ? own : house;
}

static err limits_check(const struct app *app, const struct anonymous *form)
{
    const char *const names[] = {
        or_house(form->network_hour, "anonymous.network_hour"),
        or_house(form->hour, "anonymous.hour"),
        or_house(form->unproved_network_hour, "anonymous.unproved_network_hour"),
        or_house(form->unproved_hour, "anonymous.unproved_hour"),
        "anonymous.work_bits",
        form->wrong_network_hour ? form->wrong_network_hour : "anonymous.work_bits",
        form->wrong_day ? form->wrong_day : "anonymous.work_bits",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct setting *setting = setting_find(app, names[i]);
        if (!setting || setting->type != SETTING_NUMBER)
            return err_make_with(ERR_INVALID, "web.anonymous", str_of(form->name),
                                 str_of(names[i]));
    }
    return OK;
}

err anonymous_start(struct web *web)
{
    struct app *app = web->app;
    size_t count;
    bool any = false;
    const struct route_entry *const *entries = router_entries(web->router, &count);
    for (size_t i = 0; i < count; i++) {
        const struct anonymous *form = entries[i]->route.anonymous;
        any |= form != NULL;
        if (form)
            TRY(limits_check(app, form));
    }
    if (!any)
        return OK;
    struct anonymous_house *house = arena_zero(app->mem, sizeof *house);
    pthread_mutex_init(&house->mutex, NULL);
    house->networks = recent_new(app->mem, NETWORK_SETS);
    house->totals = recent_new(app->mem, TOTAL_SETS);
    house->used = recent_new(app->mem, USED_SETS);
    house->wrong = recent_new(app->mem, NETWORK_SETS);
    house->wrong_days = recent_new(app->mem, TOTAL_SETS);
    app_key(app, "stamps", house->key);
    app->rng.fill(&app->rng, house->salt, sizeof house->salt);
    web->anonymous = house;
    return OK;
}

/* ---- who asks ---- */

void anonymous_enter(struct exchange *ex)
{
    assert(ex->rq.route->anonymous && ex->web->anonymous);
    ex->request.network = address_network(ex->mem, ex->rq.address);
    ex->rq.address = ex->rq.agent = str_of("");
}

void anonymous_forget(struct exchange *ex)
{
    struct actor *actor = &ex->actor;
    const struct actor known = *actor;
    *actor = (struct actor){ .org_id = known.org_id,
                             .org_name = known.org_name,
                             .name = str_of("public"),
                             .delegator_name = str_of(""),
                             .csrf = str_of("") };
    if (!known.account_id) /* what the role of citizens may */
        memcpy(actor->scopes, known.scopes, sizeof actor->scopes);
    ex->request.login_cookie = str_of("");
    ex->request.login_stale = false;
}

err anonymous_settle(struct exchange *ex, struct db *db)
{
    const struct anonymous *form = ex->rq.route->anonymous;
    struct params asked = { 0 };
    struct anonymous_org org = { .name = str_of("") };
    if (!form->org_by || !ex->actor.org_id)
        return OK;
    TRY(params_urlencoded(ex->mem, ex->rq.query, FROM_QUERY, &asked));
    const struct web_param *p = params_find(&asked, str_of(form->org_by), FROM_QUERY);
    TRY(form->org_of(&ex->rq, p ? p->value : str_of(""), &org));
    if (!org.id)
        return OK;
    ex->actor.org_id = org.id;
    ex->actor.org_name = org.name;
    db_set_org(db, org.id);
    return OK;
}

/* ---- how much came in ---- */

/* whose: of a network, or of a stamp. */
static uint64_t key_of(const struct exchange *ex, const struct anonymous *form, char lane,
                       str whose)
{
    struct buf *b = buf_new(ex->mem, SALT + 1000);
    buf_add(b, (str){ (const char *)ex->web->anonymous->salt, SALT });
    buf_printf(b, "%lld\n%s\n%c", (long long)ex->actor.org_id, form->name, lane);
    buf_add(b, whose);
    str text = buf_str(b);
    return digest_short((bytes){ (const unsigned char *)text.ptr, text.len });
}

/* ---- secrets that were wrong ---- */

static bool is_hardened(struct exchange *ex, const struct anonymous *form)
{
    if (!form->wrong_day)
        return false;
    struct anonymous_house *house = ex->web->anonymous;
    i64 most = setting_number(&ex->rq, form->wrong_day);
    uint64_t key = key_of(ex, form, 'w', str_of(""));
    pthread_mutex_lock(&house->mutex);
    i64 wrong = recent_count(house->wrong_days, key, ex->rq.now_ms / HOURS);
    pthread_mutex_unlock(&house->mutex);
    return wrong >= most;
}

static err wrong_admit(struct exchange *ex, const struct anonymous *form)
{
    if (!form->wrong_network_hour)
        return OK;
    struct anonymous_house *house = ex->web->anonymous;
    i64 most = setting_number(&ex->rq, form->wrong_network_hour);
    uint64_t key = key_of(ex, form, 'w', ex->request.network);
    pthread_mutex_lock(&house->mutex);
    i64 wrong = recent_count(house->wrong, key, ex->rq.now_ms);
    pthread_mutex_unlock(&house->mutex);
    if (wrong < most)
        return OK;
    return err_make_with(ERR_LIMIT, "web.network_wrong",
                         arena_printf(ex->mem, "%lld", (long long)most), str_of(""));
}

void anonymous_wrong(const struct rq *rq)
{
    struct exchange *ex = rq->web->exchange;
    const struct anonymous *form = rq->route->anonymous;
    struct anonymous_house *house = ex->web->anonymous;
    assert(form && form->wrong_network_hour && form->wrong_day);
    uint64_t own = key_of(ex, form, 'w', ex->request.network);
    uint64_t all = key_of(ex, form, 'w', str_of(""));
    pthread_mutex_lock(&house->mutex);
    recent_add(house->wrong, own, rq->now_ms);
    recent_add(house->wrong_days, all, rq->now_ms / HOURS);
    pthread_mutex_unlock(&house->mutex);
}

/* Limits and keys of a lane; the counts are read under the lock. */
static struct budget budget_of(struct exchange *ex, const struct anonymous *form, bool proved)
{
    struct rq *rq = &ex->rq;
    char lane = proved ? 'p' : 'u';
    const char *each = or_house(form->unproved_network_hour, "anonymous.unproved_network_hour");
    const char *all = or_house(form->unproved_hour, "anonymous.unproved_hour");
    if (proved) {
        each = or_house(form->network_hour, "anonymous.network_hour");
        all = or_house(form->hour, "anonymous.hour");
    }
    bool hardened = is_hardened(ex, form);
    return (struct budget){ .network_max = setting_number(rq, each),
                            .all_max = hardened && !proved ? 0 : setting_number(rq, all),
                            .hardened = hardened,
                            .network_key = key_of(ex, form, lane, ex->request.network),
                            .all_key = key_of(ex, form, lane, str_of("")) };
}

/* With the lock held. */
static void budget_count(const struct exchange *ex, struct budget *b)
{
    struct anonymous_house *house = ex->web->anonymous;
    b->network = recent_count(house->networks, b->network_key, ex->rq.now_ms);
    b->all = recent_count(house->totals, b->all_key, ex->rq.now_ms);
}

/* A network that has sent nothing lately may use all of the room, others leave half of it. */
static bool has_room(const struct budget *b)
{
    return b->all < (b->network ? b->all_max / 2 : b->all_max);
}

/* Bits of a piece: little while nearly nothing comes, the ordinary up to a quarter of the room, and
 * more for what comes beyond; a network that sends much of its own share finds it harder, too. */
static i64 work_of(struct rq *rq, const struct budget *b)
{
    static const struct {
        i64 percent, more;
    } STEPS[] = { { 5, -WORK_LESS }, { 25, 0 }, { 50, 1 }, { 75, 2 }, { INT64_MAX, 3 } };
    i64 used = b->all_max ? b->all * 100 / b->all_max : 0, i = 0;
    while (used >= STEPS[i].percent)
        i++;
    i64 own = b->network_max ? b->network * 4 / b->network_max : 0;
    i64 bits = setting_number(rq, "anonymous.work_bits") + STEPS[i].more + (own < 3 ? own : 3);
    bits += b->hardened ? WRONG_MORE : 0;
    return bits < STAMP_BITS_MIN ? STAMP_BITS_MIN : bits > STAMP_BITS_MAX ? STAMP_BITS_MAX : bits;
}

static struct stamp_scope scope_of(const struct exchange *ex, const struct anonymous *form)
{
    return (struct stamp_scope){ .key = ex->web->anonymous->key,
                                 .org_id = ex->actor.org_id,
                                 .form = form->name };
}

str anonymous_stamp(struct rq *rq, const struct anonymous *form)
{
    struct exchange *ex = rq->web->exchange;
    assert(rq->route && rq->route->anonymous && form);
    struct budget b = budget_of(ex, form, true);
    unsigned char random[STAMP_NONCE / 2];
    pthread_mutex_lock(&ex->web->anonymous->mutex);
    budget_count(ex, &b);
    pthread_mutex_unlock(&ex->web->anonymous->mutex);
    rq->rng->fill(rq->rng, random, sizeof random);
    struct stamp stamp = { .bits = work_of(rq, &b),
                           .issued_at = rq->now_ms,
                           .nonce = str_hex(rq->mem, (bytes){ random, sizeof random }) };
    struct stamp_scope scope = scope_of(ex, form);
    return stamp_write(rq->mem, &scope, &stamp);
}

/* ---- who may send ---- */

static err network_full(const struct exchange *ex, const struct budget *b)
{
    return err_make_with(ERR_LIMIT, "web.network_full",
                         arena_printf(ex->mem, "%lld", (long long)b->network_max), str_of(""));
}

err anonymous_admit(struct exchange *ex)
{
    if (!ex->actor.org_id)
        return err_make(ERR_NOT_FOUND, "web.not_found");
    struct budget b = budget_of(ex, ex->rq.route->anonymous, true);
    pthread_mutex_lock(&ex->web->anonymous->mutex);
    budget_count(ex, &b);
    pthread_mutex_unlock(&ex->web->anonymous->mutex);
    if (b.network >= b.network_max)
        return network_full(ex, &b);
    return wrong_admit(ex, ex->rq.route->anonymous);
}

/* With the lock held: whether there is room, and the work was enough for what is going on now. Who
 * sends the first in an hour is held to what his own form asked for, even if a flood came since. */
static err budget_judge(struct exchange *ex, const struct budget *b, const struct stamp *stamp)
{
    if (b->network >= b->network_max)
        return ex->request.proved ? network_full(ex, b) : err_make(ERR_LIMIT, "web.unproved_full");
    if (!has_room(b))
        return err_make(ERR_LIMIT, ex->request.proved ? "web.hour_full" : "web.unproved_full");
    if (ex->request.proved && (b->network || b->hardened) &&
        stamp->bits < work_of(&ex->rq, b) - WORK_SLACK)
        return err_make(ERR_CONFLICT, "web.stamp_weak");
    return OK;
}

static err budget_take(struct exchange *ex, const struct anonymous *form, const struct stamp *stamp)
{
    struct anonymous_house *house = ex->web->anonymous;
    struct budget b = budget_of(ex, form, ex->request.proved);
    setting_number(&ex->rq, "anonymous.work_bits"); /* read before the lock is taken */
    pthread_mutex_lock(&house->mutex);
    budget_count(ex, &b);
    err e = budget_judge(ex, &b, stamp);
    ex->request.first = b.network == 0;
    if (e.code == ERR_NONE) {
        recent_add(house->networks, b.network_key, ex->rq.now_ms);
        recent_add(house->totals, b.all_key, ex->rq.now_ms);
    }
    pthread_mutex_unlock(&house->mutex);
    ex->request.counted = e.code == ERR_NONE;
    return e;
}

static uint64_t used_key(const struct exchange *ex)
{
    return key_of(ex, ex->rq.route->anonymous, 's', ex->request.stamp);
}

/* Whether the write lane has told lately that this stamp was used. */
static bool is_known_used(struct exchange *ex)
{
    struct anonymous_house *house = ex->web->anonymous;
    uint64_t key = used_key(ex);
    pthread_mutex_lock(&house->mutex);
    bool known = recent_count(house->used, key, ex->rq.now_ms) > 0;
    pthread_mutex_unlock(&house->mutex);
    return known;
}

void anonymous_give_back(struct exchange *ex, err why)
{
    struct anonymous_house *house = ex->web->anonymous;
    const struct anonymous *form = ex->rq.route->anonymous;
    char lane = ex->request.proved ? 'p' : 'u';
    uint64_t all = key_of(ex, form, lane, str_of(""));
    uint64_t network = key_of(ex, form, lane, ex->request.network), used = used_key(ex);
    pthread_mutex_lock(&house->mutex);
    recent_take_back(house->totals, all, ex->rq.now_ms);
    if (err_is(why, "web.stamp_used") || err_is(why, "web.stamp_spent")) {
        recent_take_back(house->networks, network, ex->rq.now_ms);
        recent_add(house->used, used, ex->rq.now_ms);
    } else if (err_is(why, "web.sender_busy")) { /* comes again in a moment, as the first time */
        recent_take_back(house->networks, network, ex->rq.now_ms);
    }
    pthread_mutex_unlock(&house->mutex);
    ex->request.counted = false;
}

static str sent(const struct exchange *ex, const char *name)
{
    const struct web_param *p = params_find(&ex->request.params, str_of(name), FROM_BODY);
    return p ? p->value : str_of("");
}

err anonymous_used(const struct exchange *ex)
{
    return err_make(ERR_CONFLICT, ex->rq.route->slow ? "web.stamp_spent" : "web.stamp_used");
}

err anonymous_judge(struct exchange *ex)
{
    const struct anonymous *form = ex->rq.route->anonymous;
    struct stamp_scope scope = scope_of(ex, form);
    struct stamp stamp = { .nonce = str_of("") };
    str text = sent(ex, "stamp"), proof = sent(ex, "proof");
    if (!text.len)
        return err_make(ERR_INVALID, "web.stamp_missing");
    TRY(stamp_read(ex->mem, &scope, ex->rq.now_ms, text, &stamp));
    if (proof.len && !stamp_is_solved(&stamp, proof))
        return err_make(ERR_INVALID, "web.stamp_unsolved");
    ex->request.proved = proof.len > 0;
    ex->request.stamp = stamp.nonce;
    if (is_known_used(ex)) /* .redraw may tell the receipt again */
        return anonymous_used(ex);
    err e = budget_take(ex, form, &stamp);
    if (e.code) /* good for another time: nobody may take it for one that came in */
        ex->request.stamp = str_of("");
    return e;
}

/* ---- what the owner asks ---- */

enum anonymous_lane anonymous_lane(const struct rq *rq)
{
    assert(rq->web && rq->web->stamp.len); /* only where a form came in */
    return rq->web->proved ? ANONYMOUS_PROVED : ANONYMOUS_UNPROVED;
}

void anonymous_secret(const struct rq *rq, const char *purpose, unsigned char out[32])
{
    assert(rq->web && rq->web->stamp.len);
    unsigned char key[DIGEST_SIZE];
    app_key(rq->app, "stamps.secret", key);
    str text =
        arena_printf(rq->mem, "%s\n%.*s", purpose, (int)rq->web->stamp.len, rq->web->stamp.ptr);
    digest_derive((bytes){ key, sizeof key }, text, out);
}
