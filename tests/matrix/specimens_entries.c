/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/entries. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_entries.h"
#include "tests/matrix/world_members.h"

const struct specimen SPECIMENS_ENTRIES[] = {
    { .path = "/entries" },
    { .path = "/entries.csv" },
    { .path = "/entries.xlsx" },
    { .path = "/entries/mine", .query = "year=2026" },
    { .path = "/entries/members/{id}", .things = { MEMBER }, .query = "span=term" },
    { .path = "/entries/gather" },
    { .path = "/entries/{id}", .things = { ENTRY_OF } },
    { .path = "/entries/{id}/strike", .things = { ENTRY_OF }, .body = "text=It+was+another." },
    { .path = "/entries/{id}/apart", .things = { ENTRY_ALIKE }, .body = "text=It+is+another." },
    { 0 },
};
