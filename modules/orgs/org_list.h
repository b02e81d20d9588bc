/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of bodies. */
#ifndef HT_ORGS_ORG_LIST_H
#define HT_ORGS_ORG_LIST_H
#include "platform/list/list.h"

/* A row of the list. */
struct org_row {
    i64 id, position, from_on, to_on;
    bool agency, dispatcher;
    str kind, name, short_name, code;
};

extern const struct list ORG_LIST;
#endif
