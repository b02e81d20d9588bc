/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows that travel: a module declares which of its tables belong to a case, and everything the case
 * owns is written as one JSON object and read again elsewhere. Who may, what the file looks like
 * around it, and whom the rows name: modules/transfers. Design: README.md. */
#ifndef HT_TRANSFER_TRANSFER_H
#define HT_TRANSFER_TRANSFER_H
#include "platform/module.h"
#include "platform/web/web.h"

struct json;
struct json_tree;

/* A column that holds an id. to: the declared table whose row it names ("assignments"), or a word
 * for something outside of the case ("orgs": transfer_way.outside). by: a column whose text tells
 * which, "^kind" of the row above; to is then "sector:sectors *:orgs", or NULL = the text is the
 * table's name. null: 0 is stored as NULL. */
struct transfer_link {
    const char *column, *to, *by;
    bool null;
};

/* A column with codes of a dictionary, which must be known where it arrives. */
struct transfer_code {
    const char *column, *dictionary;
};

/* A value that stands for a decision of the house where the row was, which nobody has taken here:
 * it arrives as another one. Of texts. */
struct transfer_undecided {
    const char *column, *there, *here;
};

/* Of whom or what there is one row at most under the row above, as a unique index says: no two rows
 * have the same in link (and in with, where it is told). Rows whose column says gone do not count.
 * Two whom the other house tells apart may be one here: then neither row could be left out. */
struct transfer_once {
    const char *link, *with;
    const char *column, *gone;
};

/* A table whose rows belong to a case. Each of its columns but id and org_id stands in exactly one
 * of by, numbers, texts, links, zero, dropped: tools/checks/travel.py compares with the schema.
 * Lists end with NULL or a zero row. */
struct transfer_table {
    const char *name;
    const char *under, *by; /* table that it hangs on and the column; "*" = on any that moves; NULL
                               = the case itself begins here */
    const char *matter;     /* of numbers and texts: holds the name of what it hangs on */
    const char *also;       /* of the first: rows that have the case's id here come too */
    const char *only;       /* literal condition: which rows */
    const char *url;        /* of texts: an own path that may name a row, "/assignments/7/sign" */
    const char *const *numbers, *const *texts;
    const struct transfer_link *links;
    const struct transfer_code *codes;
    const struct transfer_undecided *undecided;
    struct transfer_once once;
    const char *const *zero;    /* begin as 0: accounts of the house that it comes from */
    const char *const *dropped; /* begin with the column's default */
    bool moves;                 /* trails, clocks, to-dos, attachments may hang on its rows */
    /* After everything of the case is there: counters that must not fall behind the row. */
    err (*landed)(struct rq *rq, i64 id, const struct json_tree *row);
};

/* What the caller knows that no table says. item: the object as outside or origin wrote it. */
struct transfer_way {
    void *context;
    /* Writes members that say whom an id outside of the case means, so that another house can find
     * it. */
    err (*outside)(void *context, const char *kind, i64 id, struct json *j);
    /* Finds it here. Errors: its own; *id 0 is stored as it is. */
    err (*find)(void *context, const char *kind, const struct json_tree *item, i64 *id);
    /* What a code means that the dictionary here does not know: a code here in its place. Errors:
     * its own; an unknown one may be left, when nothing is stored. NULL = none means anything. */
    err (*code)(void *context, const char *dictionary, str *code);
    /* Writes members that say where a row of the first table comes from: what a link to another
     * case names it by; and finds such a one here, 0 = it is not here. */
    err (*origin)(void *context, i64 id, struct json *j);
    err (*elsewhere)(void *context, const struct json_tree *item, i64 *id);
    /* Whether a row of the first table may leave; its error ends the case. */
    err (*leaving)(void *context, i64 id);
    /* Keeps what elsewhere did not find for the end of the file, beyond this case, and finds it
     * then. */
    i64 (*keep)(void *context, const struct json_tree *item);
    err (*kept)(void *context, i64 token, i64 *id);
    /* A row of the first table has landed as id. */
    err (*landed)(void *context, i64 id, const struct json_tree *row);
    const char *const *origin_names; /* members that origin writes; ends with NULL */
    const char *const *own_names;    /* members of a case that are not of here; ends with NULL */
    const char *const *without;      /* tables that stay here, with NULL at the end; or NULL */
    const char *const *blank;        /* columns likewise, of whatever table */
};

/* The declarations of the app's modules in an order in which they can be read; in mem. A fault in
 * them stops the process. */
struct transfer_plan;
const struct transfer_plan *transfer_plan(struct rq *rq);

/* Writes the lists of one case as members of the open object; takes from rq->mem what one case
 * needs. Errors: NOT_FOUND db.no_row; LIMIT transfers.too_many_rows; INTERNAL transfers.loose_link;
 * the way's own. */
err transfer_write(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                   i64 id, struct json *j);

/* Links to other cases that were not here yet when their rows were read. mem: lives as long as all
 * cases of the file. */
struct transfer_late {
    struct arena *mem;
    struct transfer_loose *items;
    size_t count;
};

/* One case to be read. path: where it stands in the file, "cases[2]", for messages; late: what
 * transfer_join ends; here: the row of the first table that it is already, for transfer_differ. */
struct transfer_one {
    const struct json_tree *tree;
    str path;
    struct transfer_late *late;
    i64 here;
};

/* Stores one case in the present transaction, then tells who counts (flow.stepped of everything
 * that moves). Errors: INVALID transfers.not_a_list, .not_an_object, .want_number, .not_a_text,
 * .unknown_member, .bad_link, .code_unknown; CONFLICT transfers.taken (each with the path),
 * transfers.two_are_one (with both names); the way's own. */
err transfer_read(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                  const struct transfer_one *one);

/* Looks at the form and the values of a case without storing; find is called for everybody that it
 * names. Errors: as transfer_read but those of storing. */
err transfer_check(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                   const struct transfer_one *one);

/* A table of a case that is here in which the file says otherwise: rows here and in the file; of
 * equally many, how many differ in a number or a text, and in which column the first one does. */
struct transfer_difference {
    const char *table, *column;
    size_t here, there, changed;
};

/* Compares a case of the file, which transfer_check has found good, with the one here:
 * struct transfer_difference rows in rq->mem. Links are not looked at, nor versions, which
 * only say that something else changed. Errors: NOT_FOUND db.no_row; LIMIT transfers.too_many_rows.
 */
err transfer_differ(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                    const struct transfer_one *one, struct rows *out);

/* Ends the late links. *open: how many lead to cases that are not here: they stay 0. */
err transfer_join(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                  struct transfer_late *late, i64 *open);
#endif
