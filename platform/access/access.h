/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who is asking, and what they may. An actor is loaded once per request (cached with the login),
 * its permissions and scopes computed once; nothing asks the database per row. Deny wins. Roles,
 * holdings and delegations are data. */
#ifndef HT_ACCESS_ACCESS_H
#define HT_ACCESS_ACCESS_H
#include "platform/base/err.h"
#include "platform/base/types.h"
#include "platform/db/db.h"

/* How far a permission reaches, widest last. */
enum scope {
    SCOPE_NONE,
    SCOPE_SELF,      /* what concerns the person */
    SCOPE_COMMITTEE, /* the committees in actor->committees */
    SCOPE_AGENCY,    /* what is assigned to actor->agency_id */
    SCOPE_ORG        /* all of the organisation */
};

enum { ACTOR_PERMISSIONS_MAX = 512 };

/* The asking side of a request. Immutable; lives as long as the request. */
struct actor {
    i64 account_id; /* 0 = nobody signed in */
    i64 person_id;  /* 0 = a body's account */
    /* the cppcc whose data is worked on; 0 = nobody signed in and no default organisation */
    i64 org_id;
    i64 agency_id; /* the body this account works for when it is an operator; 0 = none */
    i64 member_id; /* the membership of the person in org_id; 0 = not a member */
    /* browser login or token row; 0 = none. With account_id 0: second factor still to come */
    i64 login_id;
    str name; /* the person's or body's name */
    str org_name;
    ids committees;           /* for SCOPE_COMMITTEE */
    i64 delegator_account_id; /* acting for another on a delegation; 0 = as oneself */
    str delegator_name;
    /* while acting for another: the body that who acts works for himself, and who he is */
    i64 delegate_agency_id, delegate_person_id;
    str csrf;        /* token of the login; empty for API tokens */
    bool by_token;   /* authenticated with Authorization: Bearer */
    bool must_enrol; /* second factor still to be set up: only the enrolment pages answer */
    bool must_change_password;
    i64 idle_s; /* seconds without a request until the login ends; 0 = no browser's login */
    i64 authenticated_at; /* last time the password was given (for re-authentication) */
    unsigned char scopes[ACTOR_PERMISSIONS_MAX]; /* enum scope by permission number */
};

/* Number of a permission by its name, as interned at start; -1 if there is none. */
int permission_number(const char *name);

/* Whether the actor holds the permission in any scope. The name must be declared (else the process
 * stops). */
bool actor_may(const struct actor *actor, const char *permission);

/* The widest scope in which the actor holds it; SCOPE_NONE if not at all. */
enum scope actor_scope(const struct actor *actor, const char *permission);

/* Whether a person is the one who acts, or the one for whom he acts: nobody decides his own,
 * neither himself nor on a delegation. person_id 0 is nobody. Pure. */
bool actor_is_person(const struct actor *actor, i64 person_id);

/* All declared permissions in order of number; count in *count. For describe and the matrix
 * test. */
const struct permission *permission_all(size_t *count);
#endif
