/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The things of things.h: declaration, pages, rows. */
#include "platform/list/tests/things.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/access/access_settings.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "tests/harness/test_err.h"

static const struct list_column COLUMNS[] = {
    { FIELD(struct thing, id), LIST_NUMBER, .sql = "t.id", .sort = true, .hidden = true },
    { FIELD(struct thing, title), LIST_TEXT, .sql = "t.title", .filter = true, .sort = true },
    { FIELD(struct thing, state), LIST_CODE, .sql = "t.state", .filter = true,
      .states = "states.things" },
    { FIELD(struct thing, weight), LIST_NUMBER, .sql = "t.weight", .filter = true, .sort = true },
    { FIELD(struct thing, due_on), LIST_DAY, .sql = "t.due_on", .filter = true, .sort = true },
    { FIELD(struct thing, made_at), LIST_TIME, .sql = "t.made_at", .filter = true, .sort = true },
    { FIELD(struct thing, flagship), LIST_BOOL, .sql = "t.flagship", .filter = true },
    { FIELD(struct thing, secret), LIST_TEXT, .sql = "t.secret", .filter = true,
      .may = "things.secret" },
    { FIELD(struct thing, sort_of), LIST_CODE,
      .sql = "CASE WHEN t.flagship = 1 THEN 'big' ELSE 'small' END", .filter = true,
      .dictionary = "things.sorts" },
    { .field = { 0 } },
};
static const struct list_scope SCOPES[] = {
    { SCOPE_SELF, .sql = "t.owner_id = :actor_person" },
    { SCOPE_COMMITTEE,
      .sql = "t.owner_id IN (:actor_committee1, :actor_committee2, :actor_committee3, :actor_commit"
             "tee4)" },
    { 0 },
};
const struct list THINGS = {
    .name = "things",
    .may = "things.read",
    .from = "things t",
    .where = "t.org_id = :org",
    .key = "t.id",
    .sort = "-id",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .row_size = sizeof(struct thing),
};
const struct list_look THINGS_LOOK = { .list = &THINGS,
                                       .path = "/things",
                                       .title = "list.all",
                                       .menu = "things",
                                       .main = "title",
                                       .empty = "list.search",
                                       .exports = true,
                                       .views = true };

static err page_things(struct rq *rq, struct res *res)
{
    return list_show(rq, &THINGS_LOOK, res);
}

static const struct route ROUTES[] = {
    { GET, "/things", page_things, .may = "things.read", .api = true },
    { GET, "/things.csv", .slow = file_list, .may = "things.read", .look = &THINGS_LOOK },
    { GET, "/things.xlsx", .slow = file_list, .may = "things.read", .look = &THINGS_LOOK },
    { POST, "/things/views", page_list_view_save, .may = "things.read", .form = &LIST_VIEW_FORM,
      .api = true, .look = &THINGS_LOOK },
    { POST, "/things/views/{id}/remove", page_list_view_remove, .may = "things.read", .api = true,
      .look = &THINGS_LOOK },
    { GET, "/api/v1/things/views", api_list_views, .may = "things.read", .look = &THINGS_LOOK },
    { 0 }
};
static const struct permission PERMISSIONS[] = { { "things.read", "staff member", ADMIN_NONE },
                                                 { "things.secret", "staff", ADMIN_NONE },
                                                 { 0 } };
static const char SCHEMA[] =
    "CREATE TABLE things (id @id, org_id @int NOT NULL, owner_id @int NOT NULL, title TEXT N"
    "OT NULL,"
    " state TEXT NOT NULL, weight @int, due_on @int, made_at @int NOT NULL, flagship @int NOT NULL,"
    " secret TEXT NOT NULL);"
    "CREATE INDEX things_key ON things (org_id, id);"
    "CREATE INDEX things_weight ON things (org_id, weight, id);"
    "CREATE INDEX things_title ON things (org_id, title, id);";
static const struct embed_file SCHEMA_FILES[] = {
    { "0001_things.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 }, { 0 }
};
static const struct dictionary_value SORT_VALUES[] = { { "big", "choices.things.big" },
                                                       { "small", "choices.things.small" },
                                                       { 0 } };
static const struct dictionary DICTIONARIES[] = { { "things.sorts", SORT_VALUES, "product" },
                                                  { 0 } };
static const char TEXTS[] =
    "states.things.open = 办理中\nstates.things.done = 已办结\nmenu.things = 事项\n"
    "things.column.title = 案由\nthings.column.state = 状态\n"
    "choices.things.big = 重大\nchoices.things.small = 一般\n";
static const struct module MODULE = { .dictionaries = DICTIONARIES,
                                      .name = "things",
                                      .routes = ROUTES,
                                      .permissions = PERMISSIONS,
                                      .settings = ACCESS_SETTINGS,
                                      .schema = SCHEMA_FILES };
static const struct module *const TEST_MODULES[] = { &MODULE, NULL };

struct test_app *app;

/* The house's words and those of the test. */
static void texts_add(void)
{
    size_t count = 0;
    while (embed_texts[count].name)
        count++;
    struct embed_file *files = arena_array(app->mem, count + 2, sizeof *files);
    memcpy(files, embed_texts, count * sizeof *files);
    files[count] =
        (struct embed_file){ "things.txt", (const unsigned char *)TEXTS, sizeof TEXTS - 1 };
    assert_ok(text_load(app->mem, files));
}

int things_set_up(void **state)
{
    (void)state;
    app = test_app_new(TEST_MODULES);
    texts_add();
    test_as_role(app, "staff");
    return 0;
}
int things_tear_down(void **state)
{
    (void)state;
    test_app_free(app);
    return 0;
}

static const char *const TITLES[] = { "alpha", "beta", "=1+1", "gamma,\"x\"", "堃昇喆\U00020164" };

void thing_add(i64 org, i64 n)
{
    db_set_org(app->db, org);
    i64 owner_id = n % 3 + 1, weight = n % 7 == 0 ? -1 : n % 5, due_on = n % 4 ? 20000 + n : 0;
    i64 made_at = TEST_NOW_MS - n * 3600000, flagship = n % 2;
    str title = str_of(TITLES[n % 5]), state = str_of(n % 3 ? "open" : "done"),
        secret = str_of(n % 2 ? "s1" : "s2");
    assert_ok(
        db_run(app->db,
               SQL("INSERT INTO things (org_id, owner_id, title, state, weight, due_on, made_at, fl"
                   "agship, secret)"
                   " VALUES (:org, :owner_id, :title, :state, NULLIF(:weight, -1), NULLIF(:due_on, "
                   "0), :made_at,"
                   " :flagship, :secret)",
                   P(owner_id), P(title), P(state), P(weight), P(due_on), P(made_at), P(flagship),
                   P(secret)),
               NULL));
    db_set_org(app->db, app->org);
}

void things_add(i64 count)
{
    assert_ok(db_begin(app->db));
    for (i64 n = 1; n <= count; n++) {
        thing_add(app->org, n);
        thing_add(app->org + 1, n); /* another organisation's, which nobody here may see */
    }
    assert_ok(db_commit(app->db));
}
