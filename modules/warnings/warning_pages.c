/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of warnings of absences, and the same as JSON; the office's verb has its from the engine.
 */
#include "modules/warnings/warning.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/flow/flow_pages.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/warnings.h"

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "warnings.read") == SCOPE_ORG;
}

static const char *menu_of(const struct rq *rq)
{
    return is_office(rq) ? "warnings" : "my_warnings";
}

static void list_acts(struct out *out, struct rq *rq)
{
    view_warnings_acts(out, actor_may(rq->actor, "warnings.manage"));
}

err page_warning_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &WARNING_LIST,
                                    .path = "/warnings",
                                    .title = is_office(rq) ? "menu.warnings" : "menu.my_warnings",
                                    .menu = menu_of(rq),
                                    .main = is_office(rq) ? "name" : "rule",
                                    .bar = "state stage",
                                    .empty = is_office(rq) ? "warnings.none" : "warnings.none_own",
                                    .acts = list_acts };
    return list_show(rq, &look, res);
}

err page_warning_refresh(struct rq *rq, struct res *res)
{
    i64 changed;
    TRY(warning_sync(rq, &changed));
    str count = arena_printf(rq->mem, "%lld", (long long)changed);
    TRY(audit_add(rq, &(struct audit_entry){
                          .act = "warnings.refresh", .object = "warnings", .after = count }));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "changed", changed);
        json_send(&j, res);
        return OK;
    }
    res_flash(res, "warnings.refreshed", count);
    res_redirect(res, str_of("/warnings"));
    return OK;
}

static void show_json(struct rq *rq, struct res *res, const struct warning_page *v,
                      const struct flow_subject *subject)
{
    static const struct field RECORD[] = {
        FIELD(struct entry_told, id),    FIELD(struct entry_told, happened_on),
        FIELD(struct entry_told, kind),  FIELD(struct entry_told, label),
        FIELD(struct entry_told, title), { 0 }
    };
    struct json j = json_begin(rq);
    const struct rows records = { (void *)v->records, v->record_count, sizeof *v->records };
    list_row_json(rq, &WARNING_LIST, v->w, LIST_ROW_ONE, &j);
    json_rows(&j, "records", RECORD, &records);
    flow_json_allowed(&j, "actions", &WARNINGS_FLOW, subject, &v->allowed);
    json_send(&j, res);
}

err page_warning_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "lift", "lapse", NULL };
    struct flow_subject subject;
    struct view_steps steps;
    struct rows records;
    TRY(warning_flow_load(rq, rq->path_id, &subject));
    struct warning_page v = { .w = subject.row,
                              .allowed = flow_allowed(rq, &WARNINGS_FLOW, &subject),
                              .steps = &steps,
                              .office = is_office(rq) };
    v.talks = v.office && actor_may(rq->actor, "talks.manage") && !str_is(v.w->state, "lapsed");
    TRY(warning_records(rq, v.w, &records));
    v.records = records.items;
    v.record_count = records.count;
    if (rq->api) {
        show_json(rq, res, &v, &subject);
        return OK;
    }
    TRY(flow_steps(rq, &WARNINGS_FLOW, v.w->id, BACK, &steps));
    struct out *out = page_begin(rq, subject.title, menu_of(rq));
    view_warnings_show(out, &v, subject.title);
    page_end(res, out);
    return OK;
}
