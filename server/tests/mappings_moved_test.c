/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An installation whose members and proposals kept how lists are read in tables of their own is
 * brought up to date: what was kept is found in the one table (platform/files), each sender's under
 * its kind and organisation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/files/mapping_store.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

enum { FILES_MAX = 10 };

/* The files of a schema of which the name does, or does not, hold a word. */
static const struct embed_file *some(struct arena *mem, const struct embed_file *all,
                                     const char *word, bool wanted)
{
    struct embed_file *out = arena_array(mem, FILES_MAX + 1, sizeof *out);
    size_t n = 0;
    for (; all->name; all++)
        if ((strstr(all->name, word) != NULL) == wanted)
            out[n++] = *all;
    assert_true(n <= FILES_MAX);
    return out;
}

static void keep(struct db *db, const char *table, i64 org, const char *mapping)
{
    str text = str_of(mapping);
    i64 id;
    db_set_org(db, org);
    if (strcmp(table, "members") == 0)
        assert_ok(db_insert(db,
                            SQL("INSERT INTO member_mappings (org_id, source, mapping, saved_at, "
                                "saved_by) VALUES (:org, 'north', :text, 5, 6) RETURNING id",
                                P(text)),
                            &id));
    else
        assert_ok(db_insert(db,
                            SQL("INSERT INTO proposal_mappings (org_id, source, mapping, saved_at, "
                                "saved_by) VALUES (:org, 'north', :text, 7, 8) RETURNING id",
                                P(text)),
                            &id));
}

static str kept(struct db *db, struct arena *mem, const char *kind, i64 org)
{
    const struct kept_mapping key = { .kind = str_of(kind), .source = str_of("north") };
    str text;
    db_set_org(db, org);
    assert_ok(mapping_store_find(db, &key, mem, &text));
    return text;
}

static void what_was_kept_is_found_under_its_kind(void **state)
{
    (void)state;
    struct arena *mem = arena_new(4 << 20, 0);
    const struct db_schema before[] = {
        { "members", some(mem, members_schema, "0002_mappings", true) },
        { "proposals", some(mem, proposals_schema, "0002_mappings", true) },
        { 0 },
    };
    const struct db_schema after[] = {
        { "files", files_schema },
        { "members", some(mem, members_schema, "mappings", true) },
        { "proposals", some(mem, proposals_schema, "mappings", true) },
        { 0 },
    };
    i64 applied = 0, count = 0;
    struct db *db = test_db_open(before);
    keep(db, "members", 1, "{\"a\":1}");
    keep(db, "members", 2, "{\"a\":2}");
    keep(db, "proposals", 1, "{\"a\":3}");
    db_set_org(db, 0);
    assert_ok(db_migrate(db, after, &applied));
    assert_int_equal(applied, 4); /* files 1 and 2, one of each module */
    assert_true(str_is(kept(db, mem, "members", 1), "{\"a\":1}"));
    assert_true(str_is(kept(db, mem, "members", 2), "{\"a\":2}"));
    assert_true(str_is(kept(db, mem, "proposals", 1), "{\"a\":3}"));
    assert_true(str_is(kept(db, mem, "proposals", 2), ""));
    db_set_org(db, 1);
    assert_ok(db_i64(db,
                     SQL("SELECT count(*) FROM import_mappings WHERE org_id = :org AND kind = "
                         "'proposals' AND saved_at = 7 AND saved_by = 8"),
                     &count));
    assert_int_equal(count, 1);
    const struct kept_mapping again = { str_of("members"), str_of("north"), str_of("{\"a\":9}"), 9,
                                        9 };
    assert_ok(mapping_store_save(db, &again)); /* in the place of what was moved */
    assert_true(str_is(kept(db, mem, "members", 1), "{\"a\":9}"));
    assert_true(str_is(kept(db, mem, "members", 2), "{\"a\":2}"));
    test_db_close(db);
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_kept_is_found_under_its_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
