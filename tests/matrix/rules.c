/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See rules.h. First the permission, then the organisation, then whose it is; what differs from
 * that stands in EXCEPTIONS with its reason. */
#include "tests/matrix/rules.h"

#include "platform/base/str.h"

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static const struct who_kind *kind(const struct question *q)
{
    return &WHO[q->who];
}

static const char *path_of(const struct question *q)
{
    const char *path = q->entry->route.path;
    return strncmp(path, "/api/v1/", 8) == 0 ? path + 7 : path;
}

static const char *verb_of(const struct question *q)
{
    const char *last = strrchr(path_of(q), '/');
    return last + 1;
}

/* ---- permission: by the declarations, role by role ---- */

static bool role_holds(const char *role, const char *permission)
{
    size_t count;
    const struct permission *all = permission_all(&count);
    for (size_t i = 0; i < count; i++) {
        str rest = str_of(all[i].roles), word;
        if (!is(all[i].name, permission))
            continue;
        while (str_split(&rest, ' ', &word))
            if (str_is(word, role))
                return true;
    }
    return false;
}

/* ---- whose it is ---- */

static bool in_own_org(const struct question *q)
{
    i64 org_id = q->set == SET_FOREIGN ? ORG_OTHER : ORG_OWN;
    return kind(q)->org_id == org_id;
}

/* The set's member: by person, not by account (the head is the same person). */
static bool is_person(const struct question *q)
{
    return kind(q)->set == q->set && kind(q)->scope == SCOPE_SELF;
}

static bool is_agency(const struct question *q)
{
    return kind(q)->set == q->set && kind(q)->scope == SCOPE_AGENCY;
}

static bool is_account(const struct question *q)
{
    return is_person(q) && q->who != A_HEAD;
}

static bool has_assignment(enum thing thing)
{
    return thing >= ASSIGNED && thing <= PRIVATE;
}

static bool is_under_review(enum thing thing)
{
    return thing == SUBMITTED || thing == REVISING || thing == REJECTED || thing == UNREACHED;
}

/* The member without account leads what staff write for him; nobody in the table is he. */
static bool is_lead(const struct question *q)
{
    return is_person(q) && q->thing != UNREACHED && q->thing != TRANSCRIBED;
}

/* Who writes a draft: the lead, or staff for him. */
static bool is_writer(const struct question *q)
{
    return q->thing == TRANSCRIBED ? is(kind(q)->role, "staff") : is_lead(q);
}

/* A member sees what others have submitted only once it is docketed, and not where its proposer
 * does not agree to publication (rules.md 2.1); nobody but its writer sees a draft; an agency sees
 * what is assigned to it, the dispatcher what is docketed. */
static bool sees_proposal(const struct question *q)
{
    if (q->thing == TRANSCRIBED)
        return is_writer(q);
    if (is_lead(q))
        return true;
    if (kind(q)->scope == SCOPE_ORG)
        return q->thing != DRAFT &&
               (!is_under_review(q->thing) || role_holds(kind(q)->role, "proposals.read_pending"));
    if (kind(q)->scope == SCOPE_AGENCY)
        return is_agency(q) && has_assignment(q->thing);
    return kind(q)->set >= 0 && q->thing != DRAFT && q->thing != PRIVATE &&
           !is_under_review(q->thing);
}

/* An assignment: the office, the agency, and who is asked for a verdict. */
static bool sees_assignment(const struct question *q)
{
    if (kind(q)->scope == SCOPE_ORG)
        return true;
    return is_agency(q) ||
           (is_person(q) && q->thing >= REPLIED && q->thing <= REDOING && q->thing != COHOST);
}

/* He sees the thing, but the step is another's: its page tells that there is nothing to do, doing
 * it is forbidden. */
static char not_his_step(const struct question *q)
{
    return q->entry->route.method == GET ? 'c' : 'f';
}

/* ---- proposals ---- */

static char proposal_answer(const struct question *q)
{
    const char *verb = verb_of(q);
    bool open = q->thing == DRAFT || q->thing == REVISING || q->thing == TRANSCRIBED;
    if (!sees_proposal(q))
        return 'n';
    if (is(verb, "receipt")) /* the digits are for the proposer alone */
        return is_lead(q) && q->thing != DRAFT ? 'o' : 'n';
    if (is(verb, "versions")) /* earlier wordings: the proposer and the review */
        return is_writer(q) || (kind(q)->scope == SCOPE_ORG &&
                                role_holds(kind(q)->role, "proposals.read_pending"))
                   ? 'o'
                   : 'n';
    bool edits = is(verb, "edit") || is(verb, "autosave") || q->entry->route.method == PUT;
    if (edits)
        return !is_writer(q) ? 'f' : open ? 'o' : 'c';
    if (is(verb, "submit"))
        return is_writer(q) ? 'o' : 'f';
    return 'o'; /* screen … redo: the permission is only held for the whole organisation */
}

/* ---- assignments ---- */

/* Steps that are the agency's own, whatever the scope (rules.md 2.3). */
static bool is_of_agency(const char *verb)
{
    static const char *const VERBS[] = { "accept",  "reply",    "contribute",       "sign",
                                         "redraft", "contact",  "extend",           "bounce",
                                         "draft",   "autosave", "sign_contribution" };
    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++)
        if (is(verb, VERBS[i]))
            return true;
    return false;
}

static char assignment_answer(const struct question *q)
{
    if (!sees_assignment(q))
        return 'n';
    if (is_of_agency(verb_of(q)) && !is_agency(q))
        return not_his_step(q);
    if (is(verb_of(q), "sign_contribution")) /* an answer waits there, no cohost's opinion */
        return 'c';
    return 'o';
}

/* ---- notices ---- */

/* Who writes them sees all; else published ones that are addressed to oneself. */
static char notice_answer(const struct question *q)
{
    bool reads = is_person(q) && q->thing == NOTICE_OUT;
    bool writes = role_holds(kind(q)->role, "notices.write");
    if (q->entry->route.method == PUT && writes)
        return q->thing == NOTICE_DRAFT ? 'o' : 'c';
    return reads || writes ? 'o' : 'n';
}

/* ---- exceptions ---- */

/* method 0 = every; who WHOS = everybody who holds the permission. A pair that looks like one and
 * is none: /dictionaries is the page that changes words, /api/v1/dictionaries only tells them to
 * every program that fills in a form (SIGNED_IN). */
struct exception {
    const char *path;
    enum web_method method;
    enum who who;
    char answer;
    const char *reason;
};

static const struct exception EXCEPTIONS[] = {
    { "/first", 0, WHOS, 'n', "the house has accounts: there is no first start any more" },
    { "/login/code", GET, NOBODY, 'l', "no password was given yet: the code is asked after it" },
    { "/logout", POST, WHOS, 'l', "it leads to the door" },
    { "/me/factor", POST, WHOS, 'c', "no second factor has been begun" },
    { "/api/v1/me/factor", POST, WHOS, 'c', "the same" },
    { NULL, 0, WHOS, 0, NULL },
};

/* Figures are of the whole organisation: who holds them only for his agency may not see them. */
static bool is_too_narrow(const struct question *q)
{
    const char *may = q->entry->route.may;
    if (is(may, "members.read")) /* departments see no roster */
        return kind(q)->scope == SCOPE_AGENCY;
    return (is(may, "proposals.figures") || is(may, "evaluations.read")) &&
           kind(q)->scope != SCOPE_ORG;
}

static char exception_of(const struct question *q)
{
    for (const struct exception *e = EXCEPTIONS; e->path; e++)
        if (is(e->path, q->entry->route.path) &&
            (!e->method || e->method == q->entry->route.method) &&
            (e->who == WHOS || e->who == q->who))
            return e->answer;
    return 0;
}

/* ---- all together ---- */

static char object_answer(const struct question *q)
{
    bool view = q->thing == ASSIGNMENT_VIEW;
    if (q->thing == THING_NONE || q->thing == AUDIT) /* entries are numbered in each organisation */
        return 'o';
    if (q->thing == AN_AREA) /* a fact of the country */
        return 'o';
    if (!in_own_org(q))
        return 'n';
    if (q->specimen->assignment)
        return assignment_answer(q);
    if (q->thing <= TRANSCRIBED)
        return proposal_answer(q);
    if (q->thing == NOTICE_DRAFT || q->thing == NOTICE_OUT)
        return notice_answer(q);
    if (view)
        return is_agency(q) && is(kind(q)->role, "operator") ? 'o' : 'n';
    if (q->thing >= LOGIN)
        return is_account(q) ? 'o' : 'n';
    return 'o';
}

char rules_answer(const struct question *q)
{
    const char *may = q->entry->route.may;
    char exception = exception_of(q);
    if (!is(may, PUBLIC)) {
        if (q->who == NOBODY)
            return 'l';
        if (!is(may, SIGNED_IN) && (!role_holds(kind(q)->role, may) || is_too_narrow(q)))
            return 'f';
    }
    return exception ? exception : object_answer(q);
}
