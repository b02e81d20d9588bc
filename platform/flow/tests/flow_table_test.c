/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is read from a flow's tables without a database: the self-test refuses broken ones, the
 * drawing of any table covers nothing with anything, the description names everything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/audit/audit.h"
#include "platform/flow/flow_draw.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

static struct arena *mem;

static err no_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    (void)rq;
    (void)id;
    (void)out;
    return OK;
}
static err no_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    (void)rq;
    (void)subject;
    (void)to;
    return OK;
}
static err no_effect(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)rq;
    (void)subject;
    (void)step;
    return OK;
}

/* What the engine's other files call; never reached here. */
err audit_add(struct rq *rq, const struct audit_entry *entry)
{
    (void)rq;
    (void)entry;
    return OK;
}
err event_emit(struct rq *rq, const char *event, i64 id, const void *fact)
{
    (void)rq;
    (void)event;
    (void)id;
    (void)fact;
    return OK;
}
err notify_send(struct rq *rq, const struct notify_to *to, const struct notify_message *message)
{
    (void)rq;
    (void)to;
    (void)message;
    return OK;
}
bool actor_may(const struct actor *actor, const char *permission)
{
    return actor && permission;
}
enum scope actor_scope(const struct actor *actor, const char *permission)
{
    return actor && permission ? SCOPE_ORG : SCOPE_NONE;
}

static const char WORDS[] =
    "states.papers.draft = Draft\nstates.papers.sent = Sent\nstates.papers.done = Done\n"
    "flows.papers.send = Send\nflows.papers.finish = Finish\nflows.papers.judge = Judge\n"
    "flows.papers.note = Note\nmenu.papers = Papers\nflows.any_state = Any\n";

static int set_up(void **state)
{
    (void)state;
    mem = arena_new(256 << 20, 0);
    static const struct embed_file FILES[] = {
        { "t", (const unsigned char *)WORDS, sizeof WORDS - 1 }, { .name = NULL }
    };
    return text_load(mem, FILES).code == ERR_NONE ? 0 : -1;
}
static int tear_down(void **state)
{
    (void)state;
    arena_free(mem);
    return 0;
}

/* ---- the self-test ---- */

static const struct setting SETTINGS[] = {
    { .name = "papers.days",
      .type = SETTING_NUMBER,
      .max = 9,
      .fallback = "5",
      .source = "product" },
    { .name = "papers.on", .type = SETTING_BOOL, .fallback = "1", .source = "product" },
    { 0 },
};
static const struct permission PERMISSIONS[] = { { .name = "papers.read" },
                                                 { .name = "papers.send" },
                                                 { 0 } };
static const struct event EVENTS[] = { { .name = "papers.sent" }, { 0 } };
static const struct module PAPERS = {
    .name = "papers", .settings = SETTINGS, .permissions = PERMISSIONS, .events = EVENTS
};
static const struct module *const MODULE_LIST[] = { &PAPERS, NULL };

enum { ROWS = 6 };

/* Good tables that each case spoils in one place. */
struct tables {
    struct flow_state states[ROWS];
    struct flow_action actions[ROWS];
    struct flow_clock clocks[3];
    struct flow_todo todos[3];
    struct flow flow;
};

static struct tables *good(void)
{
    struct tables *t = arena_zero(mem, sizeof *t);
    t->states[0] = (struct flow_state){ "draft", .first = true, .tone = "idle" };
    t->states[1] = (struct flow_state){ "sent", .tone = "info" };
    t->states[2] = (struct flow_state){ "done", .final = true, .tone = "ok" };
    t->actions[0] = (struct flow_action){ "send",
                                          "draft",
                                          "sent",
                                          .may = "papers.send",
                                          .event = "papers.sent",
                                          .clocks = "start:wait" };
    t->actions[1] = (struct flow_action){ "finish", "sent", "done", .may = "papers.send",
                                          .clocks = "stop:wait" };
    t->actions[2] = (struct flow_action){ "judge", "sent", .may = "papers.send",
                                          .effect = no_effect, .outcomes = "draft done" };
    t->actions[3] = (struct flow_action){ "note", "*", .may = FLOW_SYSTEM };
    t->clocks[0] = (struct flow_clock){ "wait", "papers.days", .unit = "days" };
    t->todos[0] = (struct flow_todo){ "sent", "may:papers.send", .verb = "finish", .due = "wait" };
    t->flow = (struct flow){ .name = "papers",
                             .read = "papers.read",
                             .states = t->states,
                             .actions = t->actions,
                             .clocks = t->clocks,
                             .todos = t->todos,
                             .load = no_load,
                             .store = no_store };
    return t;
}

static void expect_fault_among(struct tables *t, const struct module *const *modules,
                               const char *fault)
{
    struct buf *faults = buf_new(mem, 1 << 16);
    bool fine = flow_check(&t->flow, modules, faults);
    buf_put_byte(faults, 0);
    if (fault ? fine || !strstr(faults->ptr, fault) : !fine)
        fail_msg("expected %s, got: %s", fault ? fault : "none", faults->ptr);
}

static void expect_fault(struct tables *t, const char *fault)
{
    expect_fault_among(t, MODULE_LIST, fault);
}

static void a_good_table_passes(void **state)
{
    (void)state;
    expect_fault(good(), NULL);
}

static void broken_states_are_told(void **state)
{
    (void)state;
    struct tables *t = good();
    t->states[3] = (struct flow_state){ "lost", .final = true, .tone = "bad" };
    expect_fault(t, "state cannot be reached: lost");
    expect_fault(t, "no words in zh.txt: states.papers.lost");
    t = good();
    t->states[3] = t->states[1];
    expect_fault(t, "state twice: sent");
    t = good();
    t->states[0].first = false;
    expect_fault(t, "no first state");
    t = good();
    t->states[2].final = false;
    expect_fault(t, "no way out of a state that is not final: done");
    t = good();
    t->states[1].tone = "pink";
    expect_fault(t, "unknown tone of state: sent");
}

static void broken_actions_are_told(void **state)
{
    (void)state;
    struct tables *t = good();
    t->actions[0].from = "draft sen";
    expect_fault(t, "unknown state in .from of action: send");
    t = good();
    t->actions[0].to = "sen";
    expect_fault(t, "unknown state in .to of action: send");
    t = good();
    t->actions[2].outcomes = "draft don";
    expect_fault(t, "unknown state in .outcomes of action: judge");
    t = good();
    t->actions[2].effect = NULL;
    expect_fault(t, ".outcomes goes with an effect");
    t = good();
    t->actions[0].may = "papers.sendd";
    expect_fault(t, "unknown permission of action: send");
    t = good();
    t->actions[0].event = "papers.gone";
    expect_fault(t, "event is not declared by any module: papers.gone");
    t = good();
    t->actions[0].clocks = "start:wait begin:wait";
    expect_fault(t, "clock word not understood in action: send");
    t = good();
    t->actions[0].clocks = "start:weight";
    expect_fault(t, "unknown clock in action: send");
    t = good();
    t->actions[4] = t->actions[1];
    t->actions[4].from = "draft sent";
    expect_fault(t, "verb twice from one state: finish");
    t = good();
    static const struct form FORM = { .name = "papers" };
    t->actions[4] = t->actions[1];
    t->actions[4].from = "draft";
    t->actions[4].form = &FORM;
    expect_fault(t, "rows of a verb have different forms: finish");
    t = good();
    t->flow.store = NULL;
    expect_fault(t, "a table or function is missing");
}

static void broken_clocks_and_todos_are_told(void **state)
{
    (void)state;
    struct tables *t = good();
    t->clocks[0].unit = "weeks";
    expect_fault(t, "unknown unit of clock: wait");
    t = good();
    t->clocks[0].days_setting = "papers.on";
    expect_fault(t, "length of clock is no number setting: wait");
    t = good();
    t->clocks[0].extend_setting = "papers.more";
    expect_fault(t, "extension of clock is no number setting: wait");
    t = good();
    t->todos[0].state = "sen";
    expect_fault(t, "unknown state of to-do: sen");
    t = good();
    t->todos[0].holder = "may:papers.none";
    expect_fault(t, "unknown permission of to-do");
    t = good();
    t->todos[0].holder = "person"; /* but no function gives one */
    expect_fault(t, "unknown holder of to-do: person");
    t = good();
    t->todos[0].due = "weight";
    expect_fault(t, "unknown clock of to-do: weight");
}

/* A flow leaves a verb to a module above: one brings it, and nothing else is brought. */
static void what_is_left_to_a_module_above_is_brought_once(void **state)
{
    (void)state;
    struct tables *t = good();
    const struct flow_act brings[] = { { &t->flow, "judge", .effect = no_effect },
                                       { .flow = NULL } };
    const struct flow_act also[] = { brings[0], { .flow = NULL } };
    const struct module above = { .name = "above", .acts = brings },
                        again = { .name = "again", .acts = also };
    const struct module *const with[] = { &PAPERS, &above, NULL }, *const twice[] = {
        &PAPERS, &above, &again, NULL
    };
    expect_fault_among(t, with, "brought, but not left to a module above, action: judge");
    t->actions[2].above = true;
    expect_fault_among(t, with, "guard or effect of what is left to a module above");
    t->actions[2].effect = NULL;
    expect_fault_among(t, with, NULL);
    expect_fault(t, "nobody brings what is left to a module above, action: judge");
    expect_fault_among(t, twice, "brought twice, action: judge");
    t->actions[4] = t->actions[2];
    t->actions[4].from = "draft";
    t->actions[4].above = false;
    t->actions[4].effect = no_effect;
    expect_fault_among(t, with, "left to a module above in some rows only: judge");
}

/* ---- the drawing ---- */

/* A line of the drawing: level or upright. */
struct line {
    int x0, y0, x1, y1;
    const struct edge *edge;
};

static int y_of(const struct drawing *d, int channel, int track)
{
    return d->channel_y[channel] + TRACK_H * (track + 1);
}

static struct line line_of(const struct edge *e, int x0, int y0, int x1, int y1)
{
    return (struct line){ x0 < x1 ? x0 : x1, y0 < y1 ? y0 : y1, x0 < x1 ? x1 : x0,
                          y0 < y1 ? y1 : y0, e };
}

/* The lines of an arrow as flow_draw.c writes them; returns how many. */
static int lines_of(const struct drawing *d, const struct edge *e, struct line out[5])
{
    const struct node *from = &d->nodes[e->from], *to = &d->nodes[e->to];
    int leave = d->row_y[from->row] + d->row_h[from->row], enter = d->row_y[to->row];
    int y_out = y_of(d, from->row + 1, e->track_out);
    out[0] = line_of(e, e->x_out, leave, e->x_out, y_out);
    if (e->lane < 0) {
        out[1] = line_of(e, e->x_out, y_out, e->x_in, y_out);
        out[2] = line_of(e, e->x_in, y_out, e->x_in, enter);
        return 3;
    }
    int y_in = y_of(d, to->row, e->track_in);
    out[1] = line_of(e, e->x_out, y_out, e->lane_x, y_out);
    out[2] = line_of(e, e->lane_x, y_out, e->lane_x, y_in);
    out[3] = line_of(e, e->lane_x, y_in, e->x_in, y_in);
    out[4] = line_of(e, e->x_in, y_in, e->x_in, enter);
    return 5;
}

/* Two lines of the same direction that lie on each other for more than a point. */
static bool cover(const struct line *a, const struct line *b)
{
    if (a->x0 == a->x1 && b->x0 == b->x1 && a->x0 == b->x0)
        return a->y0 < b->y1 && b->y0 < a->y1;
    if (a->y0 == a->y1 && b->y0 == b->y1 && a->y0 == b->y0)
        return a->x0 < b->x1 && b->x0 < a->x1;
    return false;
}

/* A line that runs through the inside of a box. */
static bool crosses(const struct drawing *d, const struct line *a, const struct node *n)
{
    int top = d->row_y[n->row], bottom = top + d->row_h[n->row];
    return a->x0 < n->x + n->w && n->x < a->x1 + (a->x0 == a->x1) && a->y0 < bottom &&
           top < a->y1 && a->x1 > n->x && a->y1 > top;
}

static void boxes_are_apart(const struct drawing *d)
{
    for (size_t i = 0; i < d->node_count; i++)
        for (size_t k = i + 1; k < d->node_count; k++) {
            const struct node *a = &d->nodes[i], *b = &d->nodes[k];
            assert_true(a->row != b->row || a->x + a->w < b->x || b->x + b->w < a->x);
        }
    for (int row = 0; row + 1 < d->rows; row++)
        assert_true(d->row_y[row] + d->row_h[row] < d->row_y[row + 1]);
}

static void lines_are_apart(const struct drawing *d)
{
    static struct line lines[DRAW_EDGES * 5];
    int count = 0;
    for (size_t i = 0; i < d->edge_count; i++)
        count += lines_of(d, &d->edges[i], lines + count);
    for (int i = 0; i < count; i++) {
        assert_true(lines[i].x0 >= 0 && lines[i].x1 <= d->width && lines[i].y0 >= 0 &&
                    lines[i].y1 <= d->height);
        for (int k = i + 1; k < count; k++)
            assert_true(lines[i].edge == lines[k].edge || !cover(&lines[i], &lines[k]));
        for (size_t n = 0; n < d->node_count; n++)
            assert_false(crosses(d, &lines[i], &d->nodes[n]));
    }
}

static void words_are_apart(const struct drawing *d)
{
    for (size_t i = 0; i < d->edge_count; i++)
        for (size_t k = i + 1; k < d->edge_count; k++) {
            const struct edge *a = &d->edges[i], *b = &d->edges[k];
            if (d->nodes[a->from].row != d->nodes[b->from].row || a->track_out != b->track_out)
                continue;
            int a0 = a->words_x < a->x_out ? a->words_x : a->x_out, a1 = a->words_x + a->x_out - a0;
            int b0 = b->words_x < b->x_out ? b->words_x : b->x_out, b1 = b->words_x + b->x_out - b0;
            assert_true(a1 < b0 || b1 < a0);
        }
    for (size_t i = 0; i < d->edge_count; i++)
        assert_true(d->edges[i].words_x >= 0 && d->edges[i].words_x <= d->width);
}

static void nothing_covers_anything(void **state)
{
    (void)state;
    static char codes[20][8];
    static char lists[60][32];
    struct rng rng = rng_seeded(3);
    for (int turn = 0; turn < 60; turn++) {
        struct flow_state states[21] = { { 0 } };
        struct flow_action actions[61] = { { 0 } };
        int n = 2 + (int)rng_below(&rng, 18), m = 1 + (int)rng_below(&rng, 40);
        for (int i = 0; i < n; i++) {
            snprintf(codes[i], sizeof codes[i], "s%d", i);
            states[i] =
                (struct flow_state){ codes[i], .first = i == 0, .final = rng_below(&rng, 5) == 0 };
        }
        for (int i = 0; i < m; i++) {
            snprintf(lists[i], sizeof lists[i], "s%d s%d", (int)rng_below(&rng, n),
                     (int)rng_below(&rng, n));
            actions[i] =
                (struct flow_action){ "verb_of_some_length", lists[i],
                                      .to = rng_below(&rng, 9) == 0 ? NULL
                                                                    : codes[rng_below(&rng, n)] };
        }
        struct flow flow = { .name = "papers", .states = states, .actions = actions };
        const struct drawing *d = drawing_place(mem, &flow);
        boxes_are_apart(d);
        lines_are_apart(d);
        words_are_apart(d);
    }
}

static void drawing_and_description_name_everything(void **state)
{
    (void)state;
    struct tables *t = good();
    struct buf *svg = buf_new(mem, 1 << 20), *text = buf_new(mem, 1 << 20);
    flow_draw_svg(&t->flow, svg);
    flow_describe(&t->flow, text);
    buf_put_byte(svg, 0);
    buf_put_byte(text, 0);
    static const char *const IN_SVG[] = { "<svg ",   "<title>Papers</title>",
                                          ">Draft<", ">Sent<",
                                          ">Done<",  ">Send<",
                                          "Finish",  "Any",
                                          "Note",    "</svg>" };
    for (size_t i = 0; i < sizeof IN_SVG / sizeof *IN_SVG; i++)
        if (!strstr(svg->ptr, IN_SVG[i]))
            fail_msg("svg without %s", IN_SVG[i]);
    static const char *const IN_TEXT[] = {
        "## papers",
        "| `draft` | Draft | first |",
        "| `done` | Done | final |",
        "| `send` | Send | `draft` Draft | `sent` Sent | `papers.send` | start:wait |",
        "start:wait | papers.sent |",
        "| `judge` | Judge | `sent` Sent | `draft` Draft, `done` Done |",
        "| `note` | Note | every state that is not final | stays | `system` |",
        "| `wait` | `papers.days` | days | none |",
        "| `sent` | may:papers.send | `finish` | wait |"
    };
    for (size_t i = 0; i < sizeof IN_TEXT / sizeof *IN_TEXT; i++)
        if (!strstr(text->ptr, IN_TEXT[i]))
            fail_msg("text without %s in %s", IN_TEXT[i], text->ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_table_passes),
        cmocka_unit_test(broken_states_are_told),
        cmocka_unit_test(broken_actions_are_told),
        cmocka_unit_test(broken_clocks_and_todos_are_told),
        cmocka_unit_test(what_is_left_to_a_module_above_is_brought_once),
        cmocka_unit_test(nothing_covers_anything),
        cmocka_unit_test(drawing_and_description_name_everything),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
