/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See desk_look.h. */
#include "modules/proposals/tests/desk_look.h"

#include "platform/settings/settings.h"

str desk_json(struct desk *d, i64 id, const char *path)
{
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    assert_int_equal(a.status, 200);
    return test_json(d->t, &a, path);
}

bool desk_offers(struct desk *d, i64 id, const char *verb)
{
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    return desk_has(&a, arena_printf(d->t->mem, "\"verb\":\"%s\",\"label\"", verb).ptr);
}

i64 desk_total(struct desk *d, const char *path)
{
    i64 total = -1;
    struct test_answer a = test_get(d->t, path);
    assert_int_equal(a.status, 200);
    assert_true(str_to_i64(test_json(d->t, &a, "total"), &total));
    return total;
}

i64 desk_number_at(str text, const char *before)
{
    i64 n = 0, at = str_find(text, str_of(before), 0);
    assert_true(at >= 0);
    str rest = str_sub(text, (size_t)at + strlen(before), text.len);
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] >= '0' && rest.ptr[end] <= '9')
        end++;
    assert_true(str_to_i64(str_sub(rest, 0, end), &n));
    return n;
}

i64 desk_count(struct desk *d, struct sql sql)
{
    i64 n = -1;
    assert_ok(db_i64(d->t->db, sql, &n));
    return n;
}

void desk_signs_in(struct desk *d, size_t member, const char *login)
{
    i64 person_id = d->person[member];
    str name = str_of(login);
    i64 id = desk_count(d, SQL("INSERT INTO accounts (org_id, login_name, name, person_id, "
                               "created_at) VALUES (:org, :name, :name, :person_id, 1) RETURNING "
                               "id",
                               P(name), P(person_id)));
    desk_count(d, SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, from_on, "
                      "given_at) SELECT org_id, :id, id, 'self', 1, 1 FROM roles WHERE org_id = "
                      ":org AND code = 'member' RETURNING id",
                      P(id)));
}

i64 desk_todos(struct desk *d, i64 id, const char *verb_text)
{
    str verb = str_of(verb_text);
    return desk_count(d, SQL("SELECT count(*) AS n FROM todos WHERE org_id = :org AND flow = "
                             "'proposals' AND subject_id = :id AND verb = :verb",
                             P(id), P(verb)));
}

void desk_set(struct desk *d, const char *name, const char *value)
{
    struct rq rq = test_system_rq(d->t);
    assert_ok(setting_store(&rq, name, str_of(value), rq.today));
}

void desk_set_private(struct desk *d, i64 id)
{
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE proposals SET consent = 'no', consent_reason = 'Ongoing talks.' "
                         "WHERE org_id = :org AND id = :id",
                         P(id)),
                     NULL));
}

void desk_lead_signs_in(struct desk *d)
{
    i64 person = d->person[0];
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO accounts (org_id, login_name, name, person_id, created_at) "
                         "VALUES (:org, 'li', 'Li', :person, 1)",
                         P(person)),
                     NULL));
}
