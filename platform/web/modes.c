/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Display modes (standard, elder, contrast, dark) and letter size: kept in cookies, changed by
 * the buttons of every page's frame (views/layout.html), without a log-in and without
 * JavaScript. */
#include "platform/web/builtin.h"

enum { YEAR_S = 365 * 24 * 3600 };

struct mode_input {
    str mode, size, back;
};
static const struct input MODE_INPUTS[] = {
    { FIELD(struct mode_input, mode), .kind = INPUT_CHOICE,
      .choices = "standard elder contrast dark" },
    { FIELD(struct mode_input, size), .kind = INPUT_CHOICE, .choices = "20 24 30" },
    { FIELD(struct mode_input, back), .kind = INPUT_TEXT, .max = 2000 },
    { .field = { 0 } },
};
const struct form MODE_FORM = { "web.mode", sizeof(struct mode_input), MODE_INPUTS };

err page_mode_set(struct rq *rq, struct res *res)
{
    const struct mode_input *input = rq->input;
    if (input->mode.len)
        res_cookie(res, "mode", input->mode, YEAR_S);
    if (input->size.len)
        res_cookie(res, "size", input->size, YEAR_S);
    res_redirect(res, web_is_own_path(input->back) ? input->back : str_of("/"));
    return OK;
}
