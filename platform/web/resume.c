/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Failure pages (resume.h). What was typed is taken from the declared inputs only; passwords and
 * files are left out. */
#include "platform/web/resume.h"

#include <assert.h>

#include "platform/web/forms.h"
#include "views/web.h"

enum { HIDDEN_MAX = 40 };

/* The title of a status, one of a small set of words. */
static str title_of(int status)
{
    switch (status) {
    case 401:
        return text_find("web.title_sign_in");
    case 403:
        return text_find("web.title_forbidden");
    case 404:
        return text_find("web.title_not_found");
    case 409:
        return text_find("web.title_conflict");
    case 413:
        return text_find("web.title_too_big");
    case 429:
    case 503:
        return text_find("web.title_busy");
    default:
        return text_find(status >= 500 ? "web.title_internal" : "web.title_invalid");
    }
}

static void field_add(struct rq *rq, struct resume *to, const struct input *input,
                      const struct web_param *p)
{
    bool kept = input->kind != INPUT_PASSWORD && input->kind != INPUT_FILES;
    bool is_text = input->kind == INPUT_TEXT || input->kind == INPUT_AREA;
    to->lost |= !kept;
    if (!kept)
        return;
    bool broken = memchr(p->value.ptr, '\n', p->value.len) != NULL;
    to->fields[to->count++] = (struct resume_field){
        .name = p->name,
        .label = text_find(form_label(rq->mem, rq->route->form, input)),
        .value = p->value,
        .shown = is_text && (broken || p->value.len > HIDDEN_MAX),
    };
}

/* What belongs to the form without being declared; a stamp that was not used is still good. */
static bool is_of_frame(const struct rq *rq, str name)
{
    return str_is(name, "version") ||
           (rq->route->anonymous && (str_is(name, "stamp") || str_is(name, "proof")));
}

static void fields_make(struct rq *rq, struct resume *to)
{
    const struct params *params = &rq->web->params;
    to->fields = arena_array(rq->mem, params->count + 1, sizeof *to->fields);
    for (size_t i = 0; i < params->count; i++) {
        const struct web_param *p = &params->items[i];
        const struct input *input = form_input(rq->route->form, p->name);
        if (input && p->source == FROM_BODY && form_source(rq, input) == FROM_BODY)
            field_add(rq, to, input, p);
        else if (p->source == FROM_BODY && is_of_frame(rq, p->name))
            to->fields[to->count++] = (struct resume_field){ .name = p->name, .value = p->value };
    }
    to->lost |= upload_all(rq->web->uploads).count > 0;
}

/* Whether it was our own page that sent the values: a stranger's are not offered for sending
 * again. */
static bool is_ours(const struct rq *rq)
{
    return rq->route && rq->route->form && rq->route->method == POST && !rq->fragment &&
           !err_is(rq->web->exchange->failure, "web.cross_site") && !rq->web->exchange->refused;
}

void failure_page_make(struct rq *rq, struct res *res, const struct failure_page *failure)
{
    assert(failure->status >= 400);
    str title = failure->again.len ? text_find("web.title_wait") : title_of(failure->status);
    struct resume resume = { .title = title,
                             .words = failure->words,
                             .obstacle = failure->obstacle,
                             .obstacle_label = text_find("web.lift_obstacle"),
                             .action = rq->path,
                             .status = failure->status };
    if (is_ours(rq))
        fields_make(rq, &resume);
    struct out *out = page_begin(rq, title, NULL);
    if (resume.count) {
        view_form_resume(out, &resume);
    } else {
        struct view_failure plain = { .status = failure->status,
                                      .title = title,
                                      .why = failure->words };
        if (failure->again.len) {
            plain.todo = text_find("web.asks_again");
            plain.next = (struct view_link){ text_find("web.ask_now"), failure->again };
        }
        if (failure->obstacle.len)
            plain.next = (struct view_link){ resume.obstacle_label, failure->obstacle };
        view_failure_page(out, &plain);
    }
    page_end(res, out);
}
