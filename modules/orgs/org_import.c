/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bodies from an office's list, for `huotang import orgs FILE`, the page and the API
 * (platform/files/import_page.c): a body is known again by kind and name, so a list that comes
 * again updates. Empty columns leave what is stored. */
#include "modules/orgs/area_forms.h"
#include "modules/orgs/org_forms.h"
#include "platform/files/import_page.h"
#include "platform/text/texts.h"

static const struct import_field FIELDS[] = {
    { "name", "orgs.import.name", true },
    { "kind", "orgs.import.kind", false },
    { "short_name", "orgs.import.short_name", false },
    { "code", "orgs.import.code", false },
    { "letter_prefix", "orgs.import.letter_prefix", false },
    { "area", "orgs.import.area", false },
    { "agency", "orgs.import.agency", false },
    { "dispatcher", "orgs.import.dispatcher", false },
    { 0 },
};

static const char *const KINDS[] = { "department", "government",  "party_committee", "democratic",
                                     "federation", "association", "township",        "employer" };

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

/* A kind by code or label; empty = a department. */
static void take_kind(struct rq *rq, str text, str *out)
{
    *out = str_of(text.len ? "" : "department");
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_is(text, KINDS[i]) || str_eq(text, text_label("orgs.kind", str_of(KINDS[i]))))
            *out = str_of(KINDS[i]);
    if (out->len == 0)
        fault(rq, "kind", "orgs.bad_kind", text);
}

static void take_mark(struct rq *rq, const struct import_row *row, const char *field, bool *mark)
{
    str text = import_value(row, field);
    bool yes = str_is(text, "1") || str_is(text, "yes") || str_eq(text, text_find("orgs.yes"));
    bool no = str_is(text, "0") || str_is(text, "no") || str_eq(text, text_find("orgs.no"));
    if (text.len && !yes && !no)
        fault(rq, field, "orgs.bad_mark", text);
    if (text.len)
        *mark = yes;
}

static void take_text(const struct import_row *row, const char *field, str *stored)
{
    str text = import_value(row, field);
    if (text.len)
        *stored = text;
}

static err take_area(struct rq *rq, const struct import_row *row, struct org *org)
{
    struct area area;
    str text = import_value(row, "area");
    if (!text.len)
        return OK;
    TRY(area_find_by_text(rq, text, &area));
    if (!area.id)
        fault(rq, "area", "areas.unknown", text);
    org->area_id = area.id;
    return OK;
}

static bool is_same(const struct org *a, const struct org *b)
{
    return str_eq(a->short_name, b->short_name) && str_eq(a->code, b->code) &&
           str_eq(a->letter_prefix, b->letter_prefix) && a->agency == b->agency &&
           a->dispatcher == b->dispatcher && a->area_id == b->area_id;
}

static err row(struct rq *rq, const struct import_row *row, char *result)
{
    struct org org, old;
    str kind, name = import_value(row, "name");
    i64 id;
    take_kind(rq, import_value(row, "kind"), &kind);
    if (str_chars(name) > 60)
        fault(rq, "name", "orgs.long_name", str_of(""));
    TRY(org_find_by_name(rq, kind, name, &old));
    if (old.id == 0)
        old = (struct org){ .kind = kind, .name = name, .agency = true };
    org = old;
    take_text(row, "short_name", &org.short_name);
    take_text(row, "code", &org.code);
    take_text(row, "letter_prefix", &org.letter_prefix);
    TRY(take_area(rq, row, &org));
    take_mark(rq, row, "agency", &org.agency);
    take_mark(rq, row, "dispatcher", &org.dispatcher);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    *result = old.id == 0 ? 'c' : is_same(&org, &old) ? '=' : 'u';
    return *result == '=' ? OK : org_save(rq, &org, &id);
}

const struct import_kind ORG_IMPORTS[] = {
    { "orgs", "orgs.manage", FIELDS, .row = row },
    { "areas", "areas.manage", AREA_FIELDS, .row = area_import_row },
    { 0 },
};

/* ---- the page ---- */

enum { PAGE_ROWS_MAX = 3000 };

static const struct import_page PAGE = { .kind = ORG_IMPORTS,
                                         .home = "orgs",
                                         .title = "orgs.import",
                                         .hint = "orgs.import_hint",
                                         .done = "orgs.imported",
                                         .act = "orgs.import",
                                         .most = PAGE_ROWS_MAX };

err page_org_import_form(struct rq *rq, struct res *res)
{
    return import_page_form(rq, res, &PAGE);
}

err page_org_import_receive(struct rq *rq, struct res *res)
{
    return import_page_receive(rq, res, &PAGE);
}

err page_org_import(struct rq *rq, struct res *res)
{
    return import_page_take(rq, res, &PAGE);
}

err api_org_import(struct rq *rq, struct res *res)
{
    return import_page_api(rq, res, &PAGE);
}
