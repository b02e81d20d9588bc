/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of figures that go by years (opinions, letters): tabs of pages and years, tiles, tables,
 * what they mean. What stands in them: dashboard_gather.h. */
#ifndef HT_DASHBOARDS_DASHBOARD_YEARLY_H
#define HT_DASHBOARDS_DASHBOARD_YEARLY_H
#include "modules/dashboards/dashboard_gather.h"

enum { TILES = 4 };

/* A count that stands out, with the rate that follows from it; NULL = what it means instead. */
struct yearly_tile {
    const char *count, *rate;
};

/* What the pages of one kind of figures have in common. collection: where the crumbs lead; menu:
 * the entry that is marked; pages: names (texts "…page.NAME", "…title.NAME", "…intro.NAME") and
 * paths, the last one's is the page of definitions. */
struct yearly_page {
    const char *name, *path;
};
struct yearly {
    const char *collection, *menu;
    const struct yearly_page *pages;
    size_t count;
};

/* Tiles of an overview into v, in groups of TILES. */
void yearly_tiles(const struct figures *f, const struct yearly_tile (*tiles)[TILES], size_t groups,
                  struct dashboard_figures *v);

/* The page of that number, whose tables stand in f and whose tiles (and foot, if not the usual one)
 * in v; the last page, of
 * definitions, also as JSON. Errors: those of the database. */
err yearly_show(const struct yearly *y, const struct figures *f, size_t page,
                struct dashboard_figures *v, struct res *res);
err yearly_explain(const struct yearly *y, const struct figures *f, struct res *res);
#endif
