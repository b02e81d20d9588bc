/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tables and columns there are, read from the schema files: the house's only description of
 * them. For whoever must not forget one: `huotang describe tables`, the copy of what is known of a
 * person (modules/personal). */
#ifndef HT_DB_TABLES_H
#define HT_DB_TABLES_H
#include "platform/db/db.h"

enum db_kind { DB_ID, DB_NUMBER, DB_TEXT, DB_BYTES };

struct db_column {
    str name;
    enum db_kind kind;
    str comment; /* English, one line; may be empty */
};

struct db_table {
    str name;
    const char *owner; /* the module, or the part of the platform */
    struct db_column *columns;
    size_t count, space; /* space: of columns */
};

/* All of them in the order of the schema files, as they are after the last migration: struct
 * db_table rows in mem, whose texts are those of the files. */
void db_tables(struct arena *mem, const struct db_schema *schemas, struct rows *out);
#endif
