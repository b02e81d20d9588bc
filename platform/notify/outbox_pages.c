/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Mail that has not left: held after a restore, given up, or waiting; as a page and as JSON for the
 * system administrator, who lets it go or takes it away. He sees that there is mail, not what it
 * says: the address is masked, subject and text are not shown. Sending: platform/jobs. */
#include "platform/audit/audit.h"
#include "platform/notify/notify_pages.h"
#include "platform/web/json.h"
#include "views/notify.h"

enum { PAGE_ROWS = 30, ROWS_MAX = 200, SHOWN_CHARS = 2 };

static const char STATES[] = "held failed waiting";

const struct form OUTBOX_FORM = {
    "outbox",
    sizeof(struct outbox_input),
    (const struct input[]){
        { FIELD(struct outbox_input, state), .kind = INPUT_CHOICE, .choices = STATES },
        { FIELD(struct outbox_input, after), .kind = INPUT_ID },
        { FIELD(struct outbox_input, limit), .kind = INPUT_NUMBER, .min = 1, .max = ROWS_MAX },
        { .field = { 0 } },
    },
};

const struct form OUTBOX_ACT_FORM = {
    "outbox",
    sizeof(struct outbox_input),
    (const struct input[]){
        { FIELD(struct outbox_input, id), .kind = INPUT_ID },
        { FIELD(struct outbox_input, state), .kind = INPUT_CHOICE, .choices = STATES },
        { .field = { 0 } },
    },
};

/* ---- what is shown ---- */

/* "st***@example.cn" of the first line of a mail. */
static str masked(struct rq *rq, str payload)
{
    str address;
    if (!str_split(&payload, '\n', &address))
        return str_of("");
    i64 at = str_find(address, str_of("@"), 0);
    str own = str_sub(address, 0, at < 0 ? 0 : (size_t)at);
    str head = str_cut_chars(own, str_chars(own) > SHOWN_CHARS ? SHOWN_CHARS : 0);
    str rest = str_sub(address, own.len, at < 0 ? 0 : address.len);
    return arena_printf(rq->mem, "%.*s***%.*s", (int)head.len, head.ptr, (int)rest.len, rest.ptr);
}

/* A page's rows, and where the next page begins (0 = nowhere): one row more is read than shown. */
static err outbox_read(struct rq *rq, struct rows *out, i64 *next)
{
    const struct outbox_input *in = rq->input;
    i64 limit = in->limit > 0 ? in->limit : PAGE_ROWS;
    struct rows rows;
    const struct outbox_query query = { in->state.len ? in->state : str_of("held"), in->after,
                                        limit + 1 };
    TRY(outbox_list(rq, &query, &rows));
    const struct outbox_item *all = rows.items;
    *next = (i64)rows.count > limit ? all[limit - 1].id : 0;
    *out = (struct rows){ .count = *next ? (size_t)limit : rows.count,
                          .size = sizeof(struct outbox_shown) };
    struct outbox_shown *shown = arena_array(rq->mem, out->count, sizeof *shown);
    for (size_t i = 0; i < out->count; i++)
        shown[i] = (struct outbox_shown){ .id = all[i].id,
                                          .added_at = all[i].added_at,
                                          .failed_at = all[i].failed_at,
                                          .run_at = all[i].run_at,
                                          .attempts = all[i].attempts,
                                          .kind = all[i].gateway,
                                          .to = masked(rq, all[i].payload),
                                          .error = all[i].error };
    out->items = shown;
    return OK;
}

static struct view_tab tab(struct rq *rq, const char *state, str chosen, i64 count)
{
    return (struct view_tab){ text_label("outbox.state", str_of(state)),
                              arena_printf(rq->mem, "/outbox?state=%s", state), count,
                              str_is(chosen, state) };
}

err page_outbox_list(struct rq *rq, struct res *res)
{
    const struct outbox_input *in = rq->input;
    struct outbox_page v = { .state = in->state.len ? in->state : str_of("held") };
    struct outbox_counts counts;
    struct rows rows;
    i64 next;
    TRY(outbox_read(rq, &rows, &next));
    TRY(outbox_count(rq, &counts));
    struct outbox_shown *items = (struct outbox_shown *)rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        items[i].kind = text_label("outbox.kind", items[i].kind);
        if (items[i].error.len)
            items[i].error = text_find(arena_cstr(rq->mem, items[i].error));
    }
    v.items = items;
    v.count = rows.count;
    v.tabs[0] = tab(rq, "held", v.state, counts.held);
    v.tabs[1] = tab(rq, "failed", v.state, counts.failed);
    v.tabs[2] = tab(rq, "waiting", v.state, counts.waiting);
    for (size_t i = 0; i < 3; i++)
        v.total = v.tabs[i].active ? v.tabs[i].count : v.total;
    if (next)
        v.next = arena_printf(rq->mem, "/outbox?state=%.*s&after=%lld", (int)v.state.len,
                              v.state.ptr, (long long)next);
    v.crumbs[0] = (struct view_link){ text_find("menu.outbox"), str_of("") };
    struct out *out = page_begin(rq, text_find("menu.outbox"), "outbox");
    view_notify_outbox(out, &v);
    page_end(res, out);
    return OK;
}

err api_outbox_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    struct outbox_counts counts;
    i64 next;
    TRY(outbox_read(rq, &rows, &next));
    TRY(outbox_count(rq, &counts));
    const struct outbox_shown *all = rows.items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", all[i].id);
        json_str(&j, "kind", all[i].kind);
        json_str(&j, "to", all[i].to);
        json_str(&j, "error", all[i].error);
        json_i64(&j, "attempts", all[i].attempts);
        json_time(&j, "added_at", all[i].added_at);
        json_time(&j, "failed_at", all[i].failed_at);
        json_time(&j, "run_at", all[i].run_at);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_i64(&j, "held", counts.held);
    json_i64(&j, "failed", counts.failed);
    json_i64(&j, "waiting", counts.waiting);
    if (next)
        json_i64(&j, "next", next);
    else
        json_null(&j, "next");
    json_send(&j, res);
    return OK;
}

/* ---- what is done with it ---- */

struct act {
    const char *name, *done; /* of the audit; text of the message afterwards */
    err (*fn)(struct rq *rq, const struct outbox_choice *choice, i64 *changed);
};

/* One by its id, or all in a state, which may be none. Errors: INVALID form.faults (neither is
 * named); CONFLICT outbox.gone (the one has left, is leaving, or somebody else was first). */
static err act_do(struct rq *rq, struct res *res, const struct act *act)
{
    const struct outbox_input *in = rq->input;
    const struct outbox_choice choice = { in->id, in->state };
    i64 changed = 0;
    if (in->id == 0 && in->state.len == 0) {
        rq_fault(rq, "state", "form.required", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(act->fn(rq, &choice, &changed));
    if (changed == 0 && in->id)
        return err_make(ERR_CONFLICT, "outbox.gone");
    str many = arena_printf(rq->mem, "%lld", (long long)changed);
    TRY(audit_add(rq, &(struct audit_entry){ act->name, "outbox", in->id, .before = in->state,
                                             .after = many }));
    res_flash(res, act->done, many);
    res_redirect(res, in->state.len ? arena_printf(rq->mem, "/outbox?state=%.*s",
                                                   (int)in->state.len, in->state.ptr)
                                    : str_of("/outbox"));
    return OK;
}

err page_outbox_release(struct rq *rq, struct res *res)
{
    return act_do(rq, res, &(struct act){ "outbox.release", "outbox.released", outbox_release });
}

err page_outbox_discard(struct rq *rq, struct res *res)
{
    return act_do(rq, res, &(struct act){ "outbox.discard", "outbox.discarded", outbox_discard });
}
