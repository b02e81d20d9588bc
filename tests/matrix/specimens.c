/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See specimens.h. Words in bodies: $spare (an agency without part in it), $agency, $newcomer (a
 * member without account), $tenure, $holding, $password, $version (of the thing). */
#include "tests/matrix/specimens.h"

#include "platform/base/str.h"

#define SEEN_PROPOSALS                                                                       \
    {                                                                                        \
        DRAFT, SUBMITTED, ASSIGNED, REPLIED, CLOSED, REDOING, PRIVATE, REJECTED, TRANSCRIBED \
    }
#define TEXT                                                                              \
    "title=A+new+title&situation=Eight+thousand+wait.&analysis=Planned+for+the+old+town." \
    "&suggestions=A+line+over+the+bridge.&suggestions=A+later+last+bus.&consent=yes&research="
#define REPLY                                                                                      \
    "class=a&opening=We+have+it.&results=adopted&results=planned&answers=In+June.&answers=At+ten." \
    "&closing=Thanks.&operator=Ding&phone=0883-1234567&public=1"
#define PERSON \
    "name=Newperson&gender=female&job=Teacher&employer=School&sector=Economy&phone=13800000009"
#define OWN_WISH    "job=Engineer&phone=13800000010"
#define NOTICE_TEXT "title=Meeting&body=At+ten.&audience=members&version=$version"
#define NEW_SESSION "term_number=6&number=4&opened_on=2027-02-01&closed_on=2027-02-05"

#define OLD_SESSION \
    "term_number=6&number=3&opened_on=2026-01-29&closed_on=2026-02-05&version=$version"
#define OLD_TERM   "number=6&from_on=2026-01-20&version=$version"
#define OLD_BODY   "name=Renamed&position=9&version=$version"
#define OLD_AREA   "name=Renamed&code=5301&level=city&version=$version"
#define NEW_TENANT "name=Newcppcc&office_login=newoffice&office_name=Newperson"

static const struct specimen SPECIMENS[] = {
    /* platform */
    { .path = "/events" },
    { .path = "/mode", .body = "mode=elder" },
    { .path = "/settings/calendar", .body = "lines=2027-01-01+off+A" },
    { .path = "/inbox" },
    { .path = "/inbox/{id}/open", .things = { DELIVERY } },
    { .path = "/inbox/{id}/read", .things = { DELIVERY } },
    { .path = "/inbox/read" },
    { .path = "/inbox/mail", .body = "address=a%40example.cn&active=1" },
    { .path = "/outbox" },
    { .path = "/outbox/release", .body = "state=failed" },
    { .path = "/outbox/discard", .body = "state=failed" },
    { .path = "/settings", .body = "name=proposals.title_max&value=60&from_on=2026-12-01" },
    { .path = "/settings/edit",
      .query = "name=proposals.title_max",
      .body = "name=proposals.title_max&value=60&from_on=2026-12-01" },
    { .path = "/settings/security",
      .body = "name=accounts.password_min&value=12&from_on=2026-12-01" },
    { .path = "/settings/security/edit",
      .query = "name=accounts.password_min",
      .body = "name=accounts.password_min&value=12&from_on=2026-12-01" },
    { .path = "/dictionaries",
      .query = "name=proposals.categories",
      .body = "name=proposals.categories&code=own&label=Own" },
    { .path = "/dictionaries/edit",
      .query = "name=proposals.categories&code=transport",
      .body = "name=proposals.categories&code=own&label=Own" },
    { .path = "/flows", .body = "flow=proposals&verb=screen&label=Look" },
    { .path = "/flows/show", .query = "flow=proposals" },
    { .path = "/flows/edit",
      .query = "flow=proposals&verb=screen",
      .body = "flow=proposals&verb=screen&label=Look" },
    /* orgs */
    { .path = "/orgs", .body = "kind=department&name=Newbody" },
    { .path = "/orgs/new", .body = "kind=department&name=Newbody" },
    { .path = "/orgs/import", .body = "" },
    { .path = "/orgs/{id}",
      .things = { ORG },
      .body = "kind=department&name=Renamed&agency=1&version=$version" },
    { .path = "/orgs/{id}/edit",
      .things = { ORG },
      .body = "kind=department&name=Renamed&agency=1&version=$version" },
    { .path = "/orgs/{id}/accounts",
      .things = { ORG },
      .body = "login_name=newop&name=Newop&role=operator" },
    { .path = "/operators/{id}", .things = { OPERATOR } },
    { .path = "/operators/{id}/move",
      .things = { OPERATOR },
      .body = "agency_id=$spare&version=$version" },
    { .path = "/operators/{id}/end", .things = { OPERATOR }, .body = "version=$version" },
    { .path = "/sessions", .body = NEW_SESSION },
    { .path = "/sessions/new", .body = NEW_SESSION },
    { .path = "/sessions/{id}", .things = { SESSION }, .body = OLD_SESSION },
    { .path = "/sessions/{id}/edit", .things = { SESSION }, .body = OLD_SESSION },
    { .path = "/terms" },
    { .path = "/terms/{id}", .things = { TERM }, .body = OLD_TERM },
    { .path = "/terms/{id}/edit", .things = { TERM }, .body = OLD_TERM },
    { .path = "/sectors", .body = "name=Newsector&position=9" },
    { .path = "/sectors/{id}", .things = { SECTOR }, .body = OLD_BODY },
    { .path = "/sectors/{id}/edit", .things = { SECTOR }, .body = OLD_BODY },
    { .path = "/committees", .body = "name=Newcommittee&position=9" },
    { .path = "/committees/{id}", .things = { COMMITTEE }, .body = OLD_BODY },
    { .path = "/committees/{id}/edit", .things = { COMMITTEE }, .body = OLD_BODY },
    { .path = "/areas", .body = "name=Newarea&code=5399&level=city" },
    { .path = "/areas/new", .body = "name=Newarea&code=5399&level=city" },
    { .path = "/areas/import", .body = "" },
    { .path = "/areas/{id}", .things = { AN_AREA }, .body = OLD_AREA },
    { .path = "/areas/{id}/edit", .things = { AN_AREA }, .body = OLD_AREA },
    { .path = "/tenants", .body = NEW_TENANT },
    { .path = "/tenants/new", .body = NEW_TENANT },
    /* the door and oneself */
    { .path = "/login", .body = "login_name=member&password=$password" },
    { .path = "/login/code", .body = "code=123456" },
    { .path = "/login/again", .body = "password=$password" },
    { .path = "/logout" },
    { .path = "/first",
      .body = "code=0000&sysadmin_login=s1&sysadmin_name=S&sysadmin_password=$password&"
              "secadmin_login=s2&secadmin_name=S&secadmin_password=$password&auditor_login=s3&"
              "auditor_name=S&auditor_password=$password" },
    { .path = "/me" },
    { .path = "/me/password",
      .body = "current=$password&password=Other-Words-2026-moss&again=Other-Words-2026-moss" },
    { .path = "/me/factor", .body = "code=123456" },
    { .path = "/me/factor/begin" },
    { .path = "/me/logins" },
    { .path = "/me/logins/end" },
    { .path = "/me/logins/{id}/end", .things = { LOGIN } },
    { .path = "/me/tokens", .body = "name=Reports&days=30&collections=proposals" },
    { .path = "/me/tokens/{id}/end", .things = { TOKEN } },
    { .path = "/me/delegations", .body = "login_name=head&collections=proposals&to_on=2026-12-20" },
    { .path = "/me/delegations/{id}/end", .things = { DELEGATION } },
    { .path = "/me/acting", .body = "delegation_id=" },
    /* the three administrators */
    { .path = "/accounts", .body = "login_name=newone&name=Newone" },
    { .path = "/accounts/new", .body = "login_name=newone&name=Newone" },
    { .path = "/accounts/{id}", .things = { ACCOUNT } },
    { .path = "/accounts/{id}/disable", .things = { ACCOUNT }, .body = "version=$version" },
    { .path = "/accounts/{id}/enable", .things = { ACCOUNT_SHUT }, .body = "version=$version" },
    { .path = "/accounts/{id}/unlock", .things = { ACCOUNT } },
    { .path = "/accounts/{id}/reset", .things = { ACCOUNT } },
    { .path = "/accounts/{id}/agency",
      .things = { ACCOUNT },
      .body = "agency_id=$spare&version=$version" },
    { .path = "/accounts/{id}/holdings", .things = { ACCOUNT }, .body = "role=editor" },
    { .path = "/holdings" },
    { .path = "/holdings/{id}", .things = { ACCOUNT } },
    { .path = "/holdings/{id}/give", .things = { ACCOUNT }, .body = "role=editor" },
    { .path = "/holdings/{id}/take", .things = { ACCOUNT }, .body = "holding_id=$holding" },
    { .path = "/holdings/{id}/reset_factor", .things = { ACCOUNT } },
    { .path = "/roles", .body = "code=own&name=Own" },
    { .path = "/roles/{id}", .things = { ROLE } },
    { .path = "/roles/{id}/change",
      .things = { ROLE },
      .body = "permission=members.read&effect=deny" },
    { .path = "/audits" },
    { .path = "/audits/{id}", .things = { AUDIT } },
    { .path = "/audits.csv" },
    { .path = "/audits.xlsx" },
    { .path = "/audits.jsonl" },
    /* members */
    { .path = "/members", .body = PERSON },
    { .path = "/members.csv" },
    { .path = "/members.xlsx" },
    { .path = "/members/new", .body = PERSON },
    { .path = "/members/me", .body = OWN_WISH },
    { .path = "/members/amendments" },
    { .path = "/amendments/{id}", .things = { AMENDMENT } },
    { .path = "/members/amendments/{id}",
      .things = { AMENDMENT },
      .body = "approve=1&version=$version" },
    { .path = "/members/import", .body = "" },
    { .path = "/members/accounts", .body = "members=$newcomer" },
    { .path = "/members/{id}", .things = { MEMBER }, .body = PERSON "&version=$version" },
    { .path = "/members/{id}/edit", .things = { MEMBER }, .body = PERSON "&version=$version" },
    { .path = "/members/{id}/account",
      .things = { NEWCOMER },
      .body = "login_name=unbound$newcomer" },
    { .path = "/members/{id}/act",
      .things = { MEMBER },
      .body = "act=suspend&on_on=2026-11-25&organ=Chairs&reason=Illness" },
    { .path = "/members/{id}/tenures",
      .things = { MEMBER },
      .body = "post=standing_member&body=cppcc&from_on=2026-11-01" },
    { .path = "/members/{id}/tenures/end",
      .things = { MEMBER },
      .body = "tenure_id=$tenure&to_on=2026-11-24" },
    { .path = "/members/{id}/unmask", .things = { MEMBER }, .body = "reason=A+letter+to+send" },
    /* assignments */
    { .path = "/assignments" },
    { .path = "/assignments.csv" },
    { .path = "/assignments.xlsx" },
    { .path = "/assignments/views", .body = "name=Mine&query=" },
    { .path = "/assignments/views/{id}/remove", .things = { ASSIGNMENT_VIEW } },
    { .path = "/evaluations" },
    { .path = "/evaluations.csv" },
    { .path = "/evaluations.xlsx" },
    { .path = "/assignments/waiting" },
    { .path = "/assignments/feedback" },
    { .path = "/assignments/{id}",
      .things = { ASSIGNED, BOUNCING, DRAFTED, REPLIED },
      .assignment = true },
    { .path = "/assignments/{id}/pdf", .things = { REPLIED }, .assignment = true },
    { .path = "/assignments/{id}/draft",
      .things = { ACCEPTED },
      .assignment = true,
      .body = REPLY },
    { .path = "/assignments/{id}/autosave",
      .things = { ACCEPTED },
      .assignment = true,
      .body = REPLY },
    { .path = "/assignments/{id}/accept", .things = { ASSIGNED }, .assignment = true },
    { .path = "/assignments/{id}/reply",
      .things = { ACCEPTED },
      .assignment = true,
      .body = REPLY },
    { .path = "/assignments/{id}/contribute",
      .things = { COHOST },
      .assignment = true,
      .body = "body=Our+part.&operator=Ding&phone=0883-1234567" },
    { .path = "/assignments/{id}/sign",
      .things = { DRAFTED },
      .assignment = true,
      .body = "signer=He" },
    { .path = "/assignments/{id}/sign_contribution",
      .things = { DRAFTED },
      .assignment = true,
      .body = "signer=He" },
    { .path = "/assignments/{id}/redraft",
      .things = { DRAFTED },
      .assignment = true,
      .body = "opinion=Say+when." },
    { .path = "/assignments/{id}/evaluate",
      .things = { REPLIED },
      .assignment = true,
      .body = "visit=visited&manner=satisfied&hearing=visit&relevance=direct&handling=satisfied&"
              "result=satisfied" },
    { .path = "/assignments/{id}/transcribe",
      .things = { REPLIED },
      .assignment = true,
      .body = "basis=A+letter+of+Monday&visit=visited&manner=satisfied&hearing=visit&"
              "relevance=direct&handling=satisfied&result=satisfied" },
    { .path = "/assignments/{id}/contact",
      .things = { ACCEPTED },
      .assignment = true,
      .body = "way=visit&held_on=2026-11-25&with_whom=Li&content=Talked." },
    { .path = "/assignments/{id}/extend",
      .things = { ACCEPTED },
      .assignment = true,
      .body = "to_on=2027-03-25&opinion=Survey." },
    { .path = "/assignments/{id}/decide_extension",
      .things = { EXTENDING },
      .assignment = true,
      .body = "decision=granted" },
    { .path = "/assignments/{id}/bounce",
      .things = { ASSIGNED },
      .assignment = true,
      .body = "opinion=Not+our+business." },
    { .path = "/assignments/{id}/reassign",
      .things = { BOUNCING },
      .assignment = true,
      .body = "agency_id=$spare" },
    { .path = "/assignments/{id}/uphold",
      .things = { BOUNCING },
      .assignment = true,
      .body = "opinion=It+is+yours." },
    /* proposals */
    { .path = "/proposals", .body = TEXT },
    { .path = "/proposals/views", .body = "name=Mine&query=" },
    { .path = "/proposals/views/{id}/remove", .things = { PROPOSAL_VIEW } },
    { .path = "/proposals/new", .body = "title=A+new+title" },
    { .path = "/proposals/similar", .query = "title=A+bus+line" },
    { .path = "/proposals/figures" },
    { .path = "/proposals/figures.xlsx" },
    { .path = "/proposals.csv" },
    { .path = "/proposals.xlsx" },
    { .path = "/proposals/import", .body = "" },
    { .path = "/proposals/{id}", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/versions", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/receipt", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/pdf", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/similar", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/attachments/{file}", .things = { DRAFT, SUBMITTED, ASSIGNED } },
    { .path = "/proposals/{id}/edit",
      .things = { DRAFT, REVISING, SUBMITTED, TRANSCRIBED },
      .body = TEXT "&version=$version" },
    { .path = "/proposals/{id}/autosave",
      .things = { DRAFT, REVISING, SUBMITTED },
      .body = TEXT "&version=$version" },
    { .path = "/proposals/{id}/submit", .things = { DRAFT, REVISING }, .body = "confirmed=1" },
    { .path = "/proposals/{id}/screen", .things = { SUBMITTED }, .body = "opinion=Fit." },
    { .path = "/proposals/{id}/docket", .things = { SUBMITTED }, .body = "category=transport" },
    { .path = "/proposals/{id}/revise", .things = { SUBMITTED }, .body = "opinion=Say+where." },
    { .path = "/proposals/{id}/reject",
      .things = { SUBMITTED },
      .body = "reason=private&destination=letter&opinion=A+private+matter." },
    { .path = "/proposals/{id}/inform",
      .things = { UNREACHED },
      .body = "informed_on=2026-11-25&opinion=By+letter." },
    { .path = "/proposals/{id}/assign",
      .things = { DOCKETED },
      .body = "mode=sole&host_id=$spare" },
    { .path = "/proposals/{id}/redo",
      .things = { REDOABLE },
      .body = "opinion=Answer+the+question." },
    { .path = "/receipt", .body = "receipt=00000000000000000000" },
    /* notices */
    { .path = "/notices", .body = "title=Meeting&body=At+nine.&audience=members" },
    { .path = "/notices/new", .body = "title=Meeting&body=At+nine.&audience=members" },
    { .path = "/notices/{id}", .things = { NOTICE_DRAFT, NOTICE_OUT }, .body = NOTICE_TEXT },
    { .path = "/notices/{id}/open", .things = { NOTICE_OUT } },
    { .path = "/notices/{id}/edit", .things = { NOTICE_DRAFT }, .body = NOTICE_TEXT },
    { .path = "/notices/{id}/publish", .things = { NOTICE_DRAFT } },
    { .path = "/notices/{id}/remind", .things = { NOTICE_OUT } },
    { .path = "/notices/{id}/retract", .things = { NOTICE_OUT } },
    /* portal */
    { .path = "/" },
    { .path = "/home" },
    { .path = "/help" },
    { .path = "/search", .query = "q=Title" },
    { .path = "/todos" },
};

/* In the API {id} of a proposal is written, not shown, with PUT. */
static const struct specimen PUT_PROPOSAL = { .path = "PUT /proposals/{id}",
                                              .things = { DRAFT, REVISING, SUBMITTED },
                                              .body = TEXT "&version=$version" };
static const struct specimen PUT_DRAFT = {
    .path = "PUT /assignments/{id}/draft", .things = { ACCEPTED }, .assignment = true, .body = REPLY
};

const struct specimen *specimen_of(const struct route_entry *entry)
{
    const char *path = entry->route.path;
    if (strncmp(path, "/api/v1/", 8) == 0)
        path += 7;
    if (entry->route.method == PUT && strcmp(path, "/proposals/{id}") == 0)
        return &PUT_PROPOSAL;
    if (entry->route.method == PUT && strcmp(path, "/assignments/{id}/draft") == 0)
        return &PUT_DRAFT;
    for (size_t i = 0; i < specimen_count(); i++)
        if (strcmp(SPECIMENS[i].path, path) == 0)
            return &SPECIMENS[i];
    return NULL;
}

size_t specimen_count(void)
{
    return sizeof SPECIMENS / sizeof *SPECIMENS;
}

const struct specimen *specimen_at(size_t i)
{
    return &SPECIMENS[i];
}

bool specimen_thing(const struct specimen *s, size_t i, enum thing *out)
{
    *out = i < SPECIMEN_THINGS ? s->things[i] : THING_NONE;
    return *out != THING_NONE || i == 0;
}

const char *thing_name(enum thing thing)
{
    static const char *const NAMES[THINGS] = {
        "-",           "draft",        "submitted", "revising",  "docketed", "assigned",
        "accepted",    "bouncing",     "extending", "drafted",   "replied",  "redoable",
        "cohost",      "closed",       "redoing",   "private",   "rejected", "unreached",
        "transcribed", "org",          "session",   "term",      "sector",   "committee",
        "area",        "member",       "newcomer",  "amendment", "draft",    "published",
        "account",     "account_shut", "operator",  "role",      "audit",    "login",
        "token",       "delegation",   "message",   "view",      "view"
    };
    return NAMES[thing];
}

/* ---- filling ---- */

static i64 assignment_version(struct world *w, int set, enum thing thing)
{
    i64 id = w->assignment[set][thing];
    return world_number(w->t->db, set == SET_FOREIGN ? ORG_OTHER : ORG_OWN,
                        SQL("SELECT version FROM assignments WHERE org_id = :org AND id = :id",
                            P(id)));
}

static i64 version_of(struct world *w, int set, enum thing thing)
{
    i64 id = w->thing[set][thing], org_id = set == SET_FOREIGN ? ORG_OTHER : ORG_OWN;
    struct db *db = w->t->db;
    if (thing == ORG)
        return world_number(
            db, org_id, SQL("SELECT version FROM orgs WHERE org_id = :org AND id = :id", P(id)));
    if (thing == SESSION)
        return world_number(db, org_id,
                            SQL("SELECT version FROM sessions WHERE org_id = :org AND id = :id",
                                P(id)));
    if (thing == TERM)
        return world_number(
            db, org_id, SQL("SELECT version FROM terms WHERE org_id = :org AND id = :id", P(id)));
    if (thing == SECTOR)
        return world_number(
            db, org_id, SQL("SELECT version FROM sectors WHERE org_id = :org AND id = :id", P(id)));
    if (thing == COMMITTEE)
        return world_number(db, org_id,
                            SQL("SELECT version FROM committees WHERE org_id = :org AND id = :id",
                                P(id)));
    if (thing == AN_AREA)
        return world_number(db, org_id, SQL("SELECT version FROM areas WHERE id = :id", P(id)));
    if (thing == MEMBER)
        return world_number(
            db, org_id, SQL("SELECT version FROM members WHERE org_id = :org AND id = :id", P(id)));
    if (thing == NOTICE_DRAFT || thing == NOTICE_OUT)
        return world_number(
            db, org_id, SQL("SELECT version FROM notices WHERE org_id = :org AND id = :id", P(id)));
    if (thing == AMENDMENT)
        return world_number(db, org_id,
                            SQL("SELECT asked_at FROM amendments WHERE org_id = :org AND id = :id",
                                P(id)));
    if (thing == ACCOUNT || thing == ACCOUNT_SHUT || thing == OPERATOR)
        return world_number(db, org_id,
                            SQL("SELECT version FROM accounts WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(
        db, org_id, SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id", P(id)));
}

static void put_number(struct buf *b, i64 number)
{
    buf_printf(b, "%lld", (long long)number);
}

/* Whose numbers stand in a body: version of the thing that is named, everything else of a set. */
struct filling {
    struct world *w;
    int set, version_set;
    enum thing thing;
};

static size_t put_word(struct buf *b, const char *word, const struct filling *f)
{
    const struct world *w = f->w;
    const struct {
        const char *name;
        i64 value;
    } WORDS[] = { { "$spare", w->spare[f->set] },
                  { "$agency", w->agency[f->set] },
                  { "$newcomer", w->newcomer[f->set] },
                  { "$tenure", w->tenure[f->set] },
                  { "$holding", w->holding[f->set] } };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strncmp(word, WORDS[i].name, strlen(WORDS[i].name)) == 0) {
            put_number(b, WORDS[i].value);
            return strlen(WORDS[i].name);
        }
    if (strncmp(word, "$version", 8) == 0) {
        put_number(b, version_of(f->w, f->version_set, f->thing));
        return 8;
    }
    assert_int_equal(strncmp(word, "$password", 9), 0);
    buf_put(b, WORLD_PASSWORD);
    return 9;
}

static const char *fill(const char *text, const struct filling *f)
{
    struct buf *b = buf_new(f->w->t->mem, 1 << 16);
    while (text && *text)
        if (*text == '$')
            text += put_word(b, text, f);
        else
            buf_put_byte(b, *text++);
    return arena_cstr(f->w->t->mem, buf_str(b));
}

static const char *target(struct world *w, const struct route_entry *entry,
                          const struct specimen *s, int set, enum thing thing)
{
    struct buf *b = buf_new(w->t->mem, 1 << 12);
    for (const char *c = entry->route.path; *c;) {
        if (strncmp(c, "{id}", 4) == 0) {
            put_number(b, s->assignment ? w->assignment[set][thing] : w->thing[set][thing]);
            c += 4;
        } else if (strncmp(c, "{file}", 6) == 0) {
            put_number(b, w->attachment[set][thing]);
            c += 6;
        } else {
            buf_put_byte(b, *c++);
        }
    }
    if (entry->route.method == GET && s->query)
        buf_printf(b, "?%s", s->query);
    return arena_cstr(w->t->mem, buf_str(b));
}

/* What a step sends beside its form: the version that its page or program has seen. */
static const char *with_version(struct world *w, const char *body, i64 version)
{
    return arena_printf(w->t->mem, "%s%sversion=%lld", body ? body : "", body ? "&" : "",
                        (long long)version)
        .ptr;
}

struct rehearsal specimen_request(struct world *w, const struct route_entry *entry, int set,
                                  enum thing thing)
{
    return specimen_swapped(w, entry, set, set, thing);
}

struct rehearsal specimen_swapped(struct world *w, const struct route_entry *entry, int set,
                                  int body_set, enum thing thing)
{
    const struct specimen *s = specimen_of(entry);
    assert_non_null(s);
    struct rehearsal r = { .t = w->t, .read = w->read, .method = entry->route.method };
    struct filling filling = { w, body_set, set, thing };
    r.target = target(w, entry, s, set, thing);
    if (entry->route.method != GET && s->body)
        r.body = fill(s->body, &filling);
    if (entry->flow && entry->route.method != GET && !(r.body && strstr(r.body, "version=")))
        r.body = with_version(w, r.body,
                              s->assignment ? assignment_version(w, set, thing)
                                            : version_of(w, set, thing));
    return r;
}
