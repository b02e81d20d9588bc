/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Adding readers and telling those who have not read (reader.h). Statements: notify_store.c. */
#include "platform/notify/reader.h"

#include "platform/notify/notify_store.h"
#include "platform/web/json.h"

err reader_add(struct rq *rq, const char *collection, i64 id, const struct rows *readers)
{
    const struct reader *all = readers->items;
    for (size_t i = 0; i < readers->count; i++)
        TRY(reader_store_add(rq->db, (struct reader_key){ str_of(collection), id }, &all[i]));
    return OK;
}

err reader_list(struct rq *rq, const char *collection, i64 id, struct rows *out)
{
    return reader_store_list(rq->db, (struct reader_key){ str_of(collection), id }, rq->mem, out);
}

void reader_json(struct json *j, const struct rows *readers)
{
    json_array(j, "readers");
    for (size_t i = 0; i < readers->count; i++) {
        const struct reader *r = &((const struct reader *)readers->items)[i];
        json_object(j, NULL);
        json_str(j, "name", r->name);
        if (r->read_at)
            json_time(j, "read_at", r->read_at);
        else
            json_null(j, "read_at");
        json_object_end(j);
    }
    json_array_end(j);
}

i64 reader_count_read(const struct rows *readers)
{
    i64 read = 0;
    for (size_t i = 0; i < readers->count; i++)
        read += ((const struct reader *)readers->items)[i].read_at > 0;
    return read;
}

err reader_tell(struct rq *rq, const char *collection, i64 id, const struct notify_message *message)
{
    struct rows rows;
    TRY(reader_list(rq, collection, id, &rows));
    const struct reader *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct notify_to to = { .person_id = all[i].person_id, .agency_id = all[i].agency_id };
        if (all[i].read_at == 0)
            TRY(notify_send(rq, &to, message));
    }
    return OK;
}

err reader_read(struct rq *rq, const char *collection, i64 id)
{
    const struct reader me = { .person_id = rq->actor->person_id,
                               .agency_id = rq->actor->agency_id,
                               .read_at = rq->now_ms };
    return reader_store_read(rq->db, (struct reader_key){ str_of(collection), id }, &me);
}
