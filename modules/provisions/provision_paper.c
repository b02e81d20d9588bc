/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists of buses and of the kitchen on paper; all of it as a workbook. Each leaves by the log. */
#include "modules/members/member.h"
#include "modules/provisions/provision.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

static const char XLSX_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

enum { BUS_COLUMNS = 5, MEAL_COLUMNS = 7, CELL_MAX = 20000 };

/* What a paper is made of. */
struct printing {
    struct rq *rq;
    struct provision *p;
    struct provision_people people;
    struct provision_counts counts;
};

/* Notes in the log what leaves. */
static err begin(struct rq *rq, const char *act, struct printing *x)
{
    x->rq = rq;
    x->p = arena_zero(rq->mem, sizeof *x->p);
    TRY(list_find(rq, &PROVISION_LIST, rq->path_id, x->p));
    TRY(provision_people_find(rq, x->p->id, x->p->meeting_id, &x->people));
    provision_count(rq, x->p, &x->people, &x->counts);
    return audit_leaving(rq, &(struct audit_entry){
                                 .act = act, .object = "provisions", .object_id = x->p->id });
}

static str file_name(const struct printing *x, const char *name)
{
    return text_format(x->rq->mem, name, x->p->meeting_title, str_of(""));
}

/* In full to who may unmask it, else empty. */
static err phone_of(const struct printing *x, const struct provision_person *who, str *out)
{
    *out = str_of("");
    if (!actor_may(x->rq->actor, "members.unmask"))
        return OK;
    return member_phone(x->rq, who->who->member_id, out);
}

static str text_of(const struct printing *x, i64 n)
{
    return str_number(x->rq->mem, n);
}

/* ---- buses: a page each ---- */

static err bus_part(struct printing *x, const struct provision_item_view *v,
                    struct paper_list_part *out)
{
    str *cells = arena_array(x->rq->mem, v->takers.count * BUS_COLUMNS + 1, sizeof *cells);
    for (size_t i = 0; i < v->takers.count; i++) {
        const struct provision_person *who = &v->takers.items[i];
        str *row = &cells[i * BUS_COLUMNS];
        row[0] = text_of(x, (i64)i + 1);
        row[1] = who->who->name;
        row[2] = who->who->sector_name;
        row[4] = str_of("");
        TRY(phone_of(x, who, &row[3]));
    }
    str name = text_format(x->rq->mem, "provisions.ride", text_label("choices.ride", v->item->kind),
                           v->words);
    *out = (struct paper_list_part){ .name = text_format(x->rq->mem, "provisions.paper.bus", name,
                                                         text_of(x, (i64)v->takers.count)),
                                     .cells = cells,
                                     .row_count = v->takers.count };
    return OK;
}

static err send_list(struct printing *x, struct res *res, const struct paper_list *list,
                     const char *name)
{
    bytes pdf;
    TRY(paper_list_pdf(x->rq->mem, list, &pdf));
    res_bytes(res, pdf, file_name(x, name), "application/pdf", true);
    return OK;
}

err file_provision_buses(struct rq *rq, struct res *res)
{
    const struct paper_column columns[BUS_COLUMNS] = {
        { text_find("provisions.paper.number"), 18 }, { text_find("provisions.paper.name"), 45 },
        { text_find("provisions.paper.sector"), 78 }, { text_find("provisions.paper.phone"), 60 },
        { text_find("provisions.paper.aboard"), 60 },
    };
    struct printing *x = arena_zero(rq->mem, sizeof *x);
    TRY(begin(rq, "provisions.buses", x));
    struct paper_list_part *parts = arena_array(rq->mem, x->counts.count + 1, sizeof *parts);
    size_t count = 0;
    for (size_t i = 0; i < x->counts.count; i++)
        if (!x->counts.items[i].item->meal.len)
            TRY(bus_part(x, &x->counts.items[i], &parts[count++]));
    if (count == 0)
        return err_make(ERR_CONFLICT, "provisions.no_buses");
    const struct paper_list list = { .title = text_format(rq->mem, "provisions.paper.buses",
                                                          x->p->meeting_title, str_of("")),
                                     .columns = columns,
                                     .column_count = BUS_COLUMNS,
                                     .parts = parts,
                                     .part_count = count };
    return send_list(x, res, &list, "provisions.paper.buses_file");
}

/* ---- the kitchen: numbers and what is to be avoided, no names ---- */

static str avoided(const struct printing *x, const struct provision_item_view *v)
{
    struct buf *b = buf_new(x->rq->mem, CELL_MAX);
    for (size_t i = 0; i < v->takers.count; i++) {
        str words = v->takers.items[i].answer->avoid;
        if (!words.len || buf_str(b).len + words.len + 10 > CELL_MAX)
            continue;
        buf_add(b, buf_str(b).len ? text_find("provisions.and") : str_of(""));
        buf_add(b, words);
    }
    return buf_str(b);
}

static void meal_row(const struct printing *x, const struct provision_item_view *v, str *row)
{
    row[0] = provision_day_words(x->rq->mem, v->item->held_on);
    row[1] = text_label("choices.meal", v->item->meal);
    row[2] = v->item->place;
    row[3] = text_of(x, (i64)v->takers.count);
    row[4] = text_of(x, v->halal);
    row[5] = text_of(x, v->vegetarian);
    row[6] = avoided(x, v);
}

err file_provision_meals(struct rq *rq, struct res *res)
{
    const struct paper_column columns[MEAL_COLUMNS] = {
        { text_find("provisions.paper.day"), 30 },
        { text_find("provisions.paper.meal"), 20 },
        { text_find("provisions.paper.place"), 65 },
        { text_find("provisions.paper.persons"), 22 },
        { text_find("provisions.paper.halal"), 22 },
        { text_find("provisions.paper.vegetarian"), 22 },
        { text_find("provisions.paper.avoid"), 80 },
    };
    struct printing *x = arena_zero(rq->mem, sizeof *x);
    TRY(begin(rq, "provisions.meals", x));
    str *cells = arena_array(rq->mem, x->counts.count * MEAL_COLUMNS + 1, sizeof *cells);
    struct paper_list_part part = { .cells = cells };
    for (size_t i = 0; i < x->counts.count; i++)
        if (x->counts.items[i].item->meal.len)
            meal_row(x, &x->counts.items[i], &cells[part.row_count++ * MEAL_COLUMNS]);
    if (part.row_count == 0)
        return err_make(ERR_CONFLICT, "provisions.no_meals");
    part.name =
        text_format(rq->mem, "provisions.paper.as_of", text_of(x, (i64)x->counts.answered.count),
                    text_of(x, (i64)x->counts.unanswered.count));
    const struct paper_list list = { .title = text_format(rq->mem, "provisions.paper.meals",
                                                          x->p->meeting_title, str_of("")),
                                     .columns = columns,
                                     .column_count = MEAL_COLUMNS,
                                     .parts = &part,
                                     .part_count = 1 };
    return send_list(x, res, &list, "provisions.paper.meals_file");
}

/* ---- the workbook ---- */

static void heads(struct workbook *w, const char *const *names)
{
    for (; *names; names++)
        workbook_text(w, text_find(*names));
    workbook_header_end(w);
}

static void person_cells(struct workbook *w, const struct provision_person *who)
{
    workbook_text(w, who->who->name);
    workbook_text(w, who->who->sector_name);
}

static err buses_sheet(struct printing *x, struct workbook *w)
{
    static const char *const HEADS[] = { "provisions.paper.ride", "provisions.paper.name",
                                         "provisions.paper.sector", "provisions.paper.phone",
                                         NULL };
    heads(w, HEADS);
    for (size_t i = 0; i < x->counts.count; i++) {
        const struct provision_item_view *v = &x->counts.items[i];
        for (size_t k = 0; !v->item->meal.len && k < v->takers.count; k++) {
            str phone;
            TRY(phone_of(x, &v->takers.items[k], &phone));
            workbook_text(w, text_format(x->rq->mem, "provisions.ride",
                                         text_label("choices.ride", v->item->kind), v->words));
            person_cells(w, &v->takers.items[k]);
            workbook_text(w, phone);
            workbook_row_end(w);
        }
    }
    return OK;
}

static void meals_sheet(const struct printing *x, struct workbook *w)
{
    static const char *const HEADS[] = { "provisions.paper.day",   "provisions.paper.meal",
                                         "provisions.paper.place", "provisions.paper.persons",
                                         "provisions.paper.halal", "provisions.paper.vegetarian",
                                         "provisions.paper.avoid", NULL };
    workbook_sheet(w, text_find("provisions.paper.sheet_meals"));
    heads(w, HEADS);
    for (size_t i = 0; i < x->counts.count; i++) {
        const struct provision_item_view *v = &x->counts.items[i];
        if (!v->item->meal.len)
            continue;
        workbook_day(w, v->item->held_on);
        workbook_text(w, text_label("choices.meal", v->item->meal));
        workbook_text(w, v->item->place);
        workbook_number(w, (i64)v->takers.count);
        workbook_number(w, v->halal);
        workbook_number(w, v->vegetarian);
        workbook_text(w, avoided(x, v));
        workbook_row_end(w);
    }
}

/* Each who comes, with what he takes. */
static void persons_sheet(const struct printing *x, struct workbook *w)
{
    static const char *const HEADS[] = { "provisions.paper.name",
                                         "provisions.paper.sector",
                                         "provisions.paper.chosen",
                                         "provisions.paper.plate",
                                         "provisions.paper.diet",
                                         "provisions.paper.avoid",
                                         NULL };
    workbook_sheet(w, text_find("provisions.paper.sheet_persons"));
    heads(w, HEADS);
    for (size_t i = 0; i < x->counts.answered.count; i++) {
        const struct provision_person *who = &x->counts.answered.items[i];
        const struct provision_answer *a = who->answer;
        person_cells(w, who);
        workbook_text(w, a->chosen);
        workbook_text(w,
                      a->drives && !a->plate.len ? text_find("provisions.paper.drives") : a->plate);
        workbook_text(w, a->diet.len ? text_label("choices.diet", a->diet) : a->diet);
        workbook_text(w, a->avoid);
        workbook_row_end(w);
    }
}

static err unanswered_sheet(struct printing *x, struct workbook *w)
{
    static const char *const HEADS[] = { "provisions.paper.name", "provisions.paper.sector",
                                         "provisions.paper.phone", NULL };
    workbook_sheet(w, text_find("provisions.paper.sheet_unanswered"));
    heads(w, HEADS);
    for (size_t i = 0; i < x->counts.unanswered.count; i++) {
        str phone;
        TRY(phone_of(x, &x->counts.unanswered.items[i], &phone));
        person_cells(w, &x->counts.unanswered.items[i]);
        workbook_text(w, phone);
        workbook_row_end(w);
    }
    return OK;
}

err file_provision_xlsx(struct rq *rq, struct res *res)
{
    struct printing *x = arena_zero(rq->mem, sizeof *x);
    struct workbook *w;
    int fd;
    TRY(begin(rq, "provisions.workbook", x));
    TRY(workbook_open(rq->mem, text_find("provisions.paper.sheet_buses"), &w));
    TRY(buses_sheet(x, w));
    meals_sheet(x, w);
    persons_sheet(x, w);
    TRY(unanswered_sheet(x, w));
    TRY(workbook_finish(w, &fd));
    res_file(res, fd, file_name(x, "provisions.paper.file"), XLSX_TYPE, false);
    return OK;
}
