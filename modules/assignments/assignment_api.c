/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of assignments. Steps of the flow are under /api/v1 by themselves; what may be shown:
 * assignment_sheet.c. */
#include "modules/assignments/assignment_list.h"
#include "modules/assignments/assignment_pages.h"
#include "modules/assignments/assignment_sheet.h"
#include "platform/web/json.h"

err api_assignment_list(struct rq *rq, struct res *res)
{
    struct list_query query;
    TRY(list_parse(rq, &ASSIGNMENT_LIST, &query));
    return list_json(rq, &ASSIGNMENT_LIST, &query, res);
}

static void put_items(const struct assignment_sheet *sheet, struct json *j)
{
    static const struct field ITEM[] = { FIELD(struct assignment_item, number),
                                         FIELD(struct assignment_item, text),
                                         FIELD(struct assignment_item, origin_id),
                                         FIELD(struct assignment_item, origin_number),
                                         { 0 } };
    const struct assignment_person *persons = sheet->persons.items;
    json_rows(j, "items", ITEM, &sheet->items);
    json_array(j, "persons");
    for (size_t i = 0; i < sheet->persons.count; i++)
        json_str(j, NULL, persons[i].name);
    json_array_end(j);
}

static err put_trail(struct rq *rq, const struct assignment *a, const struct sight *sight,
                     struct json *j)
{
    struct view_steps steps;
    TRY(assignment_steps_of(rq, a, sight, &steps));
    json_array(j, "trail");
    for (size_t i = 0; i < steps.count; i++) {
        json_object(j, NULL);
        json_time(j, "at", steps.items[i].at);
        json_str(j, "what", steps.items[i].what);
        json_str(j, "who", steps.items[i].who);
        json_str(j, "opinion", steps.items[i].words);
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

/* The text of the matter comes from its own module, by the event. */
err api_assignment_show(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct assignment_sheet sheet;
    TRY(assignment_find(rq, rq->path_id, &a));
    struct matter_key key = assignment_matter(&a);
    TRY(assignment_sheet_load(rq, &key, &sheet));
    struct json j = json_begin(rq);
    TRY(sheet_json_one(rq, &sheet, &a, &j));
    put_items(&sheet, &j);
    TRY(put_trail(rq, &a, &sheet.sight, &j));
    json_object(&j, "subject");
    TRY(event_emit(rq, "assignments.shown", a.matter_id,
                   &(struct matter_shown){ .collection = a.matter, .assignment = &a, .json = &j }));
    json_object_end(&j);
    json_send(&j, res);
    return OK;
}
