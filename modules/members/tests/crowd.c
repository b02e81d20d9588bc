/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of crowd.h. */
#include "modules/members/tests/crowd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/harness/test_err.h"

void crowd_add(struct db *db)
{
    const i64 first = CROWD_FIRST, count = CROWD_COUNT;
    assert_ok(db_run(db,
                     SQL("INSERT INTO persons (id, org_id, name, birth_on) WITH RECURSIVE n (i) AS "
                         "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) SELECT :first "
                         "+ i, :org, CASE WHEN i < :count - 1 THEN 'Crowd' || i ELSE 'Twin' END, 0 "
                         "FROM n",
                         P(first), P(count)),
                     NULL));
    assert_ok(db_run(db,
                     SQL("INSERT INTO members (id, org_id, person_id, code) SELECT id, org_id, id, "
                         "'C' || (id - :first) FROM persons WHERE org_id = :org AND id > :first",
                         P(first)),
                     NULL));
    assert_ok(db_run(db,
                     SQL("INSERT INTO seats (org_id, member_id, term_id, status, from_on) SELECT "
                         "m.org_id, m.id, (SELECT MAX(id) FROM terms WHERE org_id = :org), "
                         "'serving', 19000 FROM members m WHERE m.org_id = :org AND m.id > :first",
                         P(first)),
                     NULL));
}
