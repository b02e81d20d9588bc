/* SPDX-License-Identifier: MulanPSL-2.0 */
/* proposals.shown: a module above puts its part into the page at each place, once, and into the
 * JSON; it hears of nothing that its reader may not see. Both engines. */
#include "modules/proposals/tests/desk.h"
#include "platform/calendar/calendar.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/web/json.h"
#include "platform/web/view.h"

extern const struct module account_module, members_module, orgs_module, proposal_module,
    assignment_module, evaluation_module, draft_module, call_module, merger_module,
    mediation_module, reply_module;

static err on_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    assert_int_equal(shown->proposal->id, id);
    assert_true((shown->out != NULL) != (shown->json != NULL));
    if (shown->json)
        json_i64(shown->json, "part_above", id);
    else
        view_put_str(shown->out, arena_printf(rq->mem, "PART-%s.", shown->place));
    return OK;
}

static const struct listener LISTENS[] = { { "proposals.shown", on_shown }, { 0 } };
static const struct module ABOVE_MODULE = { .name = "above", .listens = LISTENS };
static const struct module *const MODULES_WITH_ABOVE[] = {
    &calendar_module,   &jobs_module,    &notify_module,
    &settings_module,   &flow_module,    &orgs_module,
    &members_module,    &account_module, &call_module,
    &assignment_module, &reply_module,   &evaluation_module,
    &proposal_module,   &draft_module,   &merger_module,
    &mediation_module,  &ABOVE_MODULE,   NULL,
};

static int setup(void **state)
{
    return desk_setup_with(state, MODULES_WITH_ABOVE);
}

/* How often a page has the text. */
static int count_of(const struct test_answer *a, const char *text)
{
    int n = 0;
    for (size_t i = 0; i + strlen(text) <= a->body.len; i++)
        n += memcmp(a->body.ptr + i, text, strlen(text)) == 0;
    return n;
}

static void each_place_is_drawn_once(void **state)
{
    static const char *const PLACES[] = { "PART-head.", "PART-text.", "PART-main.", "PART-side." };
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A bridge");
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_int_equal(a.status, 200);
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++)
        assert_int_equal(count_of(&a, PLACES[i]), 1);
    a = desk_page(d, "/api/v1/proposals/", id, "");
    i64 part = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "part_above"), &part));
    assert_int_equal(part, id);
}

static void nobody_draws_what_may_not_be_seen(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "Under review");
    desk_as_member(d, 1);
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_int_equal(a.status, 404);
    assert_false(desk_has(&a, "PART-"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_place_is_drawn_once, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(nobody_draws_what_may_not_be_seen, setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
