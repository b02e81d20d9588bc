/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See rules.h. First the permission, then what the module says of itself, then the organisation,
 * then whose it is (rules_<module>.c). */
#include "tests/matrix/rules.h"

#include "platform/base/str.h"

const char *rules_verb(const struct question *q)
{
    return strrchr(q->entry->route.path, '/') + 1;
}

bool rules_is_under(const struct question *q, const char *permission)
{
    return strcmp(q->entry->route.may, permission) == 0;
}

/* By the declarations, role by role. */
bool rules_holds(const struct question *q, const char *permission)
{
    size_t count;
    const struct permission *all = permission_all(&count);
    for (size_t i = 0; i < count; i++) {
        str rest = str_of(all[i].roles), word;
        if (strcmp(all[i].name, permission) != 0)
            continue;
        while (str_split(&rest, ' ', &word))
            if (str_is(word, WHO[q->who].role) ||
                (WHO[q->who].also && str_is(word, WHO[q->who].also)))
                return true;
    }
    return false;
}

/* By person, not by account: the head is the same person. */
bool rules_is_person(const struct question *q)
{
    return WHO[q->who].set == q->set && WHO[q->who].scope == SCOPE_SELF;
}

bool rules_is_agency(const struct question *q)
{
    return WHO[q->who].set == q->set && WHO[q->who].scope == SCOPE_AGENCY;
}

bool rules_is_account(const struct question *q)
{
    return rules_is_person(q) && q->who != A_HEAD;
}

static bool may_ask(const struct question *q)
{
    return rules_is_under(q, PUBLIC) || rules_is_under(q, SIGNED_IN) ||
           rules_holds(q, q->entry->route.may);
}

char rules_answer(const struct question *q)
{
    const struct part *part = specimen_part(q->entry);
    char first;
    if (q->who == NOBODY && !rules_is_under(q, PUBLIC))
        return 'l';
    if (!may_ask(q))
        return 'f';
    if (part->first && (first = part->first(q)))
        return first;
    if (thing_of(q->thing)->common)
        return 'o';
    if (WHO[q->who].org_id != world_org(q->set))
        return 'n';
    return part->own ? part->own(q) : 'o';
}
