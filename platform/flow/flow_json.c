/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The allowed actions as JSON, for the API's answers: what another program may do next, where, and
 * with which fields. */
#include "platform/flow/flow_internal.h"
#include "platform/web/json.h"

static const char *const KINDS[] = {
    [INPUT_TEXT] = "text",   [INPUT_AREA] = "text",         [INPUT_NUMBER] = "number",
    [INPUT_DAY] = "day",     [INPUT_BOOL] = "bool",         [INPUT_CHOICE] = "code",
    [INPUT_ID] = "id",       [INPUT_IDS] = "ids",           [INPUT_LINES] = "texts",
    [INPUT_FILES] = "files", [INPUT_PASSWORD] = "password",
};

static void fields_put(struct json *j, const struct form *form)
{
    json_array(j, "form");
    for (const struct input *i = form ? form->inputs : NULL; i && i->field.name; i++) {
        json_object(j, NULL);
        json_str(j, "name", str_of(i->field.name));
        json_str(j, "type", str_of(KINDS[i->kind]));
        json_bool(j, "required", i->required);
        if (i->max > 0)
            json_i64(j, "max", i->max);
        if (i->choices)
            json_str(j, "choices", str_of(i->choices));
        if (i->dictionary)
            json_str(j, "dictionary", str_of(i->dictionary));
        json_object_end(j);
    }
    json_array_end(j);
}

void flow_json_allowed(struct json *j, const char *key, const struct flow *flow,
                       const struct flow_subject *subject, const struct flow_allowed *allowed)
{
    static const char *const WEIGHTS[] = {
        [FLOW_NORMAL] = "normal", [FLOW_MAIN] = "main", [FLOW_DANGER] = "danger"
    };
    json_array(j, key);
    for (size_t i = 0; i < allowed->count; i++) {
        const struct flow_action *a = allowed->actions[i];
        json_object(j, NULL);
        json_str(j, "verb", str_of(a->verb));
        json_str(j, "label", allowed->labels[i]);
        json_str(j, "method", str_of("POST"));
        json_str(j, "href",
                 arena_printf(j->buf->mem, "/api/v1/%s/%lld/%s", flow->name, (long long)subject->id,
                              a->verb));
        json_str(j, "weight", str_of(WEIGHTS[a->weight]));
        fields_put(j, a->form);
        json_object_end(j);
    }
    json_array_end(j);
}
