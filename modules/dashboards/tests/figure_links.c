/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See figure_links.h. */
#include "modules/dashboards/tests/figure_links.h"

size_t figure_links(struct desk *d, str page, const char *list)
{
    size_t links = 0;
    const char *head = arena_printf(d->t->mem, "href=\"%s?", list).ptr;
    for (i64 at = str_find(page, str_of(head), 0); at >= 0;
         at = str_find(page, str_of(head), (size_t)at + 1)) {
        str link = str_sub(page, (size_t)at + strlen(head), page.len);
        link = str_sub(link, 0, (size_t)str_find(link, str_of("\">"), 0));
        i64 close = (i64)(link.ptr - page.ptr) + (i64)link.len;
        i64 value = desk_number_at(str_sub(page, (size_t)close, 40), "\">");
        struct buf *query = buf_new(d->t->mem, 1000);
        buf_printf(query, "/api/v1%s?", list);
        for (size_t i = 0; i < link.len; i++)
            if (i + 4 < link.len && memcmp(link.ptr + i, "&amp;", 5) == 0) {
                buf_put_byte(query, '&');
                i += 4;
            } else {
                buf_put_byte(query, link.ptr[i]);
            }
        struct test_answer answer = test_get(d->t, arena_cstr(d->t->mem, buf_str(query)));
        i64 total = -1;
        if (answer.status != 200 || !str_to_i64(test_json(d->t, &answer, "total"), &total) ||
            total != value)
            fail_msg("%.*s: %d, %lld in the list, %lld shown", (int)query->len, query->ptr,
                     answer.status, (long long)total, (long long)value);
        links++;
    }
    assert_true(links > 0);
    return links;
}

void figure_is(struct desk *d, const struct test_answer *a, const char *name, const char *value)
{
    str got = test_json(d->t, a, name);
    if (!str_is(got, value))
        fail_msg("%s is %.*s, not %s", name, (int)got.len, got.ptr, value);
}
