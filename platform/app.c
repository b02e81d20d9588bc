/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What belongs to the program as a whole (app.h, module.h): schemas, keys, system requests,
 * events between modules. Start and configuration are in server/. */
#include "platform/app.h"

#include <assert.h>

#include "embed.h"
#include "platform/base/log.h"
#include "platform/web/digest.h"
#include "platform/web/exchange.h"

void app_key(const struct app *app, const char *purpose, unsigned char out[32])
{
    assert(app->secret.len >= 16);
    digest_derive(app->secret, str_of(purpose), out);
}

/* ---- schemas ---- */

static void schemas_add(struct db_schema *out, size_t *count, const char *owner,
                        const struct embed_file *files)
{
    if (files && files->name)
        out[(*count)++] = (struct db_schema){ owner, files };
}

const struct db_schema *app_schemas(struct arena *mem, const struct module *const *modules)
{
    size_t count = 0, most = 0;
    for (const struct embed_schema *p = embed_platform_schemas; p->owner; p++)
        most++;
    for (const struct module *const *m = modules; *m; m++)
        most++;
    struct db_schema *out = arena_array(mem, most + 1, sizeof *out);
    for (const struct embed_schema *p = embed_platform_schemas; p->owner; p++)
        schemas_add(out, &count, p->owner, p->files);
    for (const struct module *const *m = modules; *m; m++)
        schemas_add(out, &count, (*m)->name, (*m)->schema);
    assert(count <= most);
    return out;
}

/* ---- system requests ---- */

void app_system_rq(struct app *app, struct db *db, struct arena *mem, i64 org_id, struct rq *out)
{
    assert(app && db && mem);
    struct actor *actor = arena_zero(mem, sizeof *actor);
    struct web_request *web = arena_zero(mem, sizeof *web);
    actor->org_id = org_id;
    memset(actor->scopes, SCOPE_ORG, sizeof actor->scopes);
    db_set_org(db, org_id);
    *out = (struct rq){ .app = app,
                        .mem = mem,
                        .db = db,
                        .actor = actor,
                        .rng = &app->rng,
                        .web = web,
                        .id = { "system", 6 },
                        .path = { "", 0 },
                        .query = { "", 0 },
                        .address = { "", 0 },
                        .agent = { "", 0 },
                        .mode = { "standard", 8 } };
    out->now_ms = app->clock.now_ms(&app->clock);
    out->today = day_of_ms(out->now_ms);
}

/* ---- events ---- */

err event_emit(struct rq *rq, const char *event, i64 id, const void *fact)
{
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct listener *l = (*m)->listens; l && l->event; l++)
            if (strcmp(l->event, event) == 0)
                TRY(l->on(rq, id, fact));
    return OK;
}
