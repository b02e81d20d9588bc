/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Making the web layer (exchange.h): router, menu, keys, folder for uploads, hub. Serving it on a
 * socket is http_mhd.c. */
#include <assert.h>
#include <errno.h>
#include <sys/stat.h>

#include "platform/web/anonymous.h"
#include "platform/web/builtin.h"
#include "platform/web/exchange.h"
#include "platform/web/menu.h"

str web_upload_dir(struct arena *mem, const struct config *config)
{
    return arena_printf(mem, "%.*s/incoming", (int)config->data.len, config->data.ptr);
}

static err upload_dir_make(struct web *web)
{
    const struct config *config = &web->app->config;
    web->upload_dir = web_upload_dir(web->app->mem, config);
    if (mkdir(arena_cstr(web->app->mem, config->data), 0700) != 0 && errno != EEXIST)
        return err_make_with(ERR_BUSY, "web.disk", config->data, str_of(""));
    if (mkdir(web->upload_dir.ptr, 0700) != 0 && errno != EEXIST)
        return err_make_with(ERR_BUSY, "web.disk", web->upload_dir, str_of(""));
    return OK;
}

err web_new(struct app *app)
{
    assert(app->lanes && app->modules);
    struct web *web = arena_zero(app->mem, sizeof *web);
    web->app = app;
    web->identify = access_actor;
    app_key(app, "csrf", web->csrf_key);
    app_key(app, "cookies", web->cookie_key);
    app_key(app, "answers", web->answers_key);
    TRY(router_new(app->mem, app->modules, BUILTIN_ROUTES, &web->router));
    web->menu = menu_new(app->mem, app->modules);
    TRY(anonymous_start(web));
    TRY(upload_dir_make(web));
    web->started_ms = app->clock.now_ms(&app->clock);
    i64 boot = web->started_ms * 1000 + rng_below(&app->rng, 1000);
    web->hub = hub_new(app->mem, boot); /* two nodes may start in one millisecond */
    app->web = web;
    return OK;
}
