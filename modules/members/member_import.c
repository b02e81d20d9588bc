/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Members from an office's list: which headers are known, and how a row becomes a record. The list
 * holds personal data, so the page keeps no file between the check and the import. Page and API:
 * platform/files/import_page.c. */
#include "modules/members/member_parts.h"
#include "modules/orgs/org.h"
#include "platform/files/import_page.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

static const struct import_field FIELDS[] = {
    { "name", "members.import.name", true },
    { "code", "members.import.code", false },
    { "gender", "members.import.gender", false },
    { "ethnic", "members.import.ethnic", false },
    { "birth", "members.import.birth", false },
    { "party", "members.import.party", false },
    { "education", "members.import.education", false },
    { "employer", "members.import.employer", false },
    { "job", "members.import.job", false },
    { "identity", "members.import.identity", false },
    { "phone", "members.import.phone", false },
    { "mail", "members.import.mail", false },
    { "address", "members.import.address", false },
    { "sector", "members.import.sector", false },
    { "sector_on", "members.import.sector_on", false },
    { "committees", "members.import.committees", false },
    { "term_number", "members.import.term_number", false },
    { "from_on", "members.import.from_on", false },
    { 0 },
};

/* ---- values ---- */

/* "male" for text "members.gender.male", "Male" and the like; what is unknown stays and is refused
 * by the rules. */
static str gender_of(struct rq *rq, str text)
{
    str low = str_lower_ascii(rq->mem, text);
    static const char *const CODES[] = { "male", "female" };
    for (size_t i = 0; i < 2; i++)
        if (str_is(low, CODES[i]) || str_eq(text, text_label("members.gender", str_of(CODES[i]))))
            return str_of(CODES[i]);
    return text;
}

/* The code of a party by its code, its label, or one of the usual short names (text
 * "members.party_names.CODE"). */
static err party_of(struct rq *rq, str text, str *out)
{
    struct rows rows;
    *out = text;
    if (text.len == 0)
        return OK;
    TRY(dictionary_list(rq, "members.parties", &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        str rest = text_label("members.party_names", all[i].code), name;
        bool same = str_eq(text, all[i].code) || str_eq(text, all[i].label);
        while (!same && str_split(&rest, '|', &name))
            same = str_eq(text, name);
        if (same)
            *out = all[i].code;
    }
    return OK;
}

/* A number of a term: "6", or with the words that text "members.term_words" lists for 1 to 20. */
static bool term_of(str text, i64 *out)
{
    str rest = text_find("members.term_words"), word;
    i64 n = 0;
    *out = 0;
    if (text.len == 0 || str_to_i64(text, out))
        return true;
    while (str_split(&rest, '|', &word)) {
        n++;
        if (str_find(text, word, 0) >= 0)
            *out = n; /* later words are longer: the last that fits is the number */
    }
    return *out > 0;
}

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

static err take(struct rq *rq, const struct import_row *row, struct member_record *r)
{
    i64 from_on = DAY_NONE, sector_on = DAY_NONE;
    *r = (struct member_record){
        .name = import_value(row, "name"),
        .code = import_value(row, "code"),
        .gender = gender_of(rq, import_value(row, "gender")),
        .ethnic = import_value(row, "ethnic"),
        .education = import_value(row, "education"),
        .employer = import_value(row, "employer"),
        .job = import_value(row, "job"),
        .identity = import_value(row, "identity"),
        .phone = import_value(row, "phone"),
        .mail = import_value(row, "mail"),
        .address = import_value(row, "address"),
        .sector = import_value(row, "sector"),
        .committees = import_value(row, "committees"),
        .birth_on = BIRTH_UNKNOWN,
        .undecided = rq->actor->account_id && !actor_may(rq->actor, "members.decide"),
    };
    TRY(party_of(rq, import_value(row, "party"), &r->party));
    if (!import_day(import_value(row, "birth"), &r->birth_on))
        fault(rq, "birth", "members.bad_birth", str_of(""));
    if (!import_day(import_value(row, "from_on"), &from_on))
        fault(rq, "from_on", "members.bad_day", import_value(row, "from_on"));
    if (!term_of(import_value(row, "term_number"), &r->term_number))
        fault(rq, "term_number", "members.no_term", import_value(row, "term_number"));
    if (!import_day(import_value(row, "sector_on"), &sector_on))
        fault(rq, "sector_on", "members.bad_day", import_value(row, "sector_on"));
    else if (sector_on > rq->today)
        fault(rq, "sector_on", "members.future", str_of(""));
    r->from_on = from_on > 0 ? from_on : 0;
    r->sector_on = sector_on > 0 ? sector_on : 0;
    return OK;
}

static err row(struct rq *rq, const struct import_row *row, char *result)
{
    struct member_record record;
    i64 id;
    TRY(take(rq, row, &record));
    return member_save_record(rq, &record, &id, result);
}

/* A seat belongs to a term, and a term comes with its first session. */
static err ready(struct rq *rq)
{
    struct rows sessions;
    TRY(session_list(rq, &sessions));
    return sessions.count ? OK : err_make(ERR_INVALID, "members.import_no_session");
}

const struct import_kind MEMBER_IMPORTS[] = {
    { "members", "members.import", FIELDS, .row = row, .ready = ready },
    { 0 },
};

/* ---- the page ---- */

enum { PAGE_ROWS_MAX = 3000 };

static const struct import_page PAGE = { .kind = MEMBER_IMPORTS,
                                         .home = "members",
                                         .title = "members.import",
                                         .hint = "members.import_hint",
                                         .done = "members.imported",
                                         .act = "members.import",
                                         .most = PAGE_ROWS_MAX };

err page_member_import_form(struct rq *rq, struct res *res)
{
    return import_page_form(rq, res, &PAGE);
}

err page_member_import_receive(struct rq *rq, struct res *res)
{
    return import_page_receive(rq, res, &PAGE);
}

err page_member_import(struct rq *rq, struct res *res)
{
    return import_page_take(rq, res, &PAGE);
}

err api_member_import(struct rq *rq, struct res *res)
{
    return import_page_api(rq, res, &PAGE);
}
