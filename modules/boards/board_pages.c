/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Acts of the boards, and the same as JSON. */
#include "modules/boards/board_pages.h"

#include "platform/text/texts.h"
#include "platform/web/json.h"

/* ---- one step for several ---- */

static err done_json(struct rq *rq, const struct board_steps_input *in, struct res *res)
{
    struct json j = json_begin(rq);
    json_str(&j, "verb", in->verb);
    json_array(&j, "items");
    for (size_t i = 0; i < in->cases.count; i++) {
        struct board_case c;
        struct proposal p;
        if (!board_case_read(in->cases.items[i], &c))
            continue;
        err e = proposal_find(rq, c.id, &p);
        if (e.code == ERR_NOT_FOUND)
            continue; /* where it stands now others see it */
        TRY(e);
        json_object(&j, NULL);
        json_i64(&j, "id", p.id);
        json_i64(&j, "version", p.version);
        json_str(&j, "state", p.state);
        json_str(&j, "number", proposal_number(rq, &p));
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

/* Back to the board that it came from, as it was filtered. */
static str board_of(str next)
{
    return web_is_own_path(next) && str_starts(next, str_of("/boards/")) ? next
                                                                         : str_of("/boards/review");
}

err page_board_steps(struct rq *rq, struct res *res)
{
    const struct board_steps_input *in = rq->input;
    TRY(board_act(rq, in));
    if (rq->api)
        return done_json(rq, in, res);
    res_flash(res, "boards.done",
              text_format(rq->mem, "boards.done_count",
                          flow_verb_label(rq, &PROPOSALS_FLOW, in->verb),
                          arena_printf(rq->mem, "%zu", in->cases.count)));
    res_redirect(res, board_of(in->next));
    return OK;
}
