/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of nominations, and the declared list. */
#include "modules/nominations/nomination.h"

static const struct field NOMINATION_ROW[] = {
    FIELD(struct nomination, id),
    FIELD(struct nomination, vacant_seat_id),
    FIELD(struct nomination, nominated_on),
    FIELD(struct nomination, member_id),
    FIELD(struct nomination, birth_on),
    FIELD(struct nomination, sector_id),
    FIELD(struct nomination, checked_on),
    FIELD(struct nomination, meeting_id),
    FIELD(struct nomination, voted_on),
    FIELD(struct nomination, standing),
    FIELD(struct nomination, able),
    FIELD(struct nomination, yes),
    FIELD(struct nomination, no),
    FIELD(struct nomination, abstained),
    FIELD(struct nomination, certified_on),
    FIELD(struct nomination, version),
    FIELD(struct nomination, term_number),
    FIELD(struct nomination, forgotten_at),
    FIELD(struct nomination, state),
    FIELD(struct nomination, kind),
    FIELD(struct nomination, nominator_kind),
    FIELD(struct nomination, nominator),
    FIELD(struct nomination, name),
    FIELD(struct nomination, gender),
    FIELD(struct nomination, ethnic),
    FIELD(struct nomination, party),
    FIELD(struct nomination, education),
    FIELD(struct nomination, employer),
    FIELD(struct nomination, job),
    FIELD(struct nomination, sector),
    FIELD(struct nomination, vacant_name),
    FIELD(struct nomination, reason),
    FIELD(struct nomination, ground),
    FIELD(struct nomination, checked_words),
    FIELD(struct nomination, meeting_title),
    FIELD(struct nomination, document),
    FIELD(struct nomination, certificate),
    FIELD(struct nomination, note),
    { 0 },
};

#define KIND_STORED "CASE WHEN :kind = 'renew' THEN 'augment' ELSE :kind END"
#define KIND        "CASE WHEN n.term_number > 0 THEN 'renew' ELSE n.kind END"

/* Who held the seat that became vacant. */
#define VACANT_NAME                                                                            \
    "COALESCE((SELECT p.name FROM seats s JOIN members m ON m.org_id = s.org_id AND m.id = "   \
    "s.member_id JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id WHERE s.org_id " \
    "= n.org_id AND s.id = n.vacant_seat_id), '')"

#define COLUMNS_OF_ALL                                                                            \
    "n.id, n.vacant_seat_id, n.nominated_on, n.member_id, n.birth_on, n.sector_id, "              \
    "n.checked_on, n.meeting_id, n.voted_on, n.standing, n.able, n.yes, n.no, n.abstained, "      \
    "n.certified_on, n.version, n.term_number, n.forgotten_at, n.state, " KIND                    \
    " AS kind, n.nominator_kind, n.nominator, n.name, "                                           \
    "n.gender, n.ethnic, n.party, n.education, n.employer, n.job, c.name AS sector, " VACANT_NAME \
    " AS vacant_name, n.reason, n.ground, n.checked_words, n.meeting_title, "                     \
    "n.document, n.certificate, n.note FROM nominations n JOIN sectors c ON c.org_id = n.org_id " \
    "AND c.id = n.sector_id "

err nomination_store_add(struct db *db, const struct nomination *n, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO nominations (org_id, state, kind, vacant_seat_id, nominator_kind, "
            "nominator, nominated_on, member_id, name, gender, ethnic, birth_on, party, education, "
            "employer, job, sector_id, reason, term_number) VALUES (:org, :state, " KIND_STORED
            ", :vacant_seat_id, "
            ":nominator_kind, :nominator, :nominated_on, :member_id, :name, :gender, :ethnic, "
            ":birth_on, :party, :education, :employer, :job, :sector_id, :reason, "
            ":term_number) RETURNING id",
            P(n->state), P(n->kind), P(n->vacant_seat_id), P(n->nominator_kind), P(n->nominator),
            P(n->nominated_on), P(n->member_id), P(n->name), P(n->gender), P(n->ethnic),
            P(n->birth_on), P(n->party), P(n->education), P(n->employer), P(n->job),
            P(n->sector_id), P(n->reason), P(n->term_number)),
        id);
}

err nomination_store_find(struct db *db, i64 id, struct arena *mem, struct nomination *out)
{
    err e = db_one(db, SQL("SELECT " COLUMNS_OF_ALL "WHERE n.org_id = :org AND n.id = :id", P(id)),
                   NOMINATION_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "nominations.not_found") : e;
}

err nomination_store_update(struct db *db, const struct nomination *n)
{
    return db_update(
        db,
        SQL("UPDATE nominations SET state = :state, kind = " KIND_STORED
            ", term_number = :term_number, vacant_seat_id = "
            ":vacant_seat_id, nominator_kind = :nominator_kind, nominator = :nominator, "
            "nominated_on = :nominated_on, member_id = :member_id, name = :name, gender = :gender, "
            "ethnic = :ethnic, birth_on = :birth_on, party = :party, education = :education, "
            "employer = :employer, job = :job, sector_id = :sector_id, reason = :reason, ground = "
            ":ground, checked_on = :checked_on, checked_words = :checked_words, meeting_id = "
            ":meeting_id, meeting_title = :meeting_title, voted_on = :voted_on, standing = "
            ":standing, able = :able, yes = :yes, no = :no, abstained = :abstained, document = "
            ":document, certificate = :certificate, certified_on = :certified_on, note = :note, "
            "version = version + 1 WHERE org_id = :org AND id = :id AND version = :version",
            P(n->state), P(n->kind), P(n->vacant_seat_id), P(n->nominator_kind), P(n->nominator),
            P(n->nominated_on), P(n->member_id), P(n->name), P(n->gender), P(n->ethnic),
            P(n->birth_on), P(n->party), P(n->education), P(n->employer), P(n->job),
            P(n->sector_id), P(n->reason), P(n->ground), P(n->checked_on), P(n->checked_words),
            P(n->meeting_id), P(n->meeting_title), P(n->voted_on), P(n->standing), P(n->able),
            P(n->yes), P(n->no), P(n->abstained), P(n->document), P(n->certificate),
            P(n->certified_on), P(n->note), P(n->term_number), P(n->id), P(n->version)));
}

err nomination_store_forget(struct db *db, const struct nomination *n)
{
    return db_update(
        db, SQL("UPDATE nominations SET forgotten_at = :forgotten_at, name = :name, member_id = "
                "0, ethnic = '', birth_on = :birth_on, party = '', education = '', "
                "employer = '', job = '', reason = '', checked_words = '', note = '', version = "
                "version + 1 WHERE org_id = :org AND id = "
                ":id AND version = :version",
                P(n->forgotten_at), P(n->name), P(n->birth_on), P(n->id), P(n->version)));
}

err nomination_store_list_of(struct db *db, i64 meeting_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct nomination);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL "WHERE n.org_id = :org AND n.meeting_id = "
                       ":meeting_id ORDER BY n.id LIMIT 5001",
                       P(meeting_id)),
                   NOMINATION_ROW, mem, out);
}

err nomination_store_list_term(struct db *db, i64 term_number, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct nomination);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL "WHERE n.org_id = :org AND n.term_number = "
                       ":term_number ORDER BY c.position, n.sector_id, n.id LIMIT 5001",
                       P(term_number)),
                   NOMINATION_ROW, mem, out);
}

err nomination_store_list_named(struct db *db, str name, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct nomination);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL "WHERE n.org_id = :org AND n.name = :name AND "
                       "n.state IN ('nominated', 'candidate', 'listed') ORDER BY n.id LIMIT 50",
                       P(name)),
                   NOMINATION_ROW, mem, out);
}

static const struct field VACANCY_ROW[] = { FIELD(struct nomination_vacancy, seat_id),
                                            FIELD(struct nomination_vacancy, to_on),
                                            FIELD(struct nomination_vacancy, name),
                                            FIELD(struct nomination_vacancy, sector_name),
                                            { 0 } };

err nomination_store_list_vacancies(struct db *db, i64 today, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct nomination_vacancy);
    return db_list(db,
                   SQL("SELECT seat_id, to_on, name, sector_name FROM nomination_vacancies WHERE "
                       "org_id = :org AND (term_to_on = 0 OR term_to_on >= :today) ORDER BY to_on "
                       "DESC, seat_id LIMIT 200",
                       P(today)),
                   VACANCY_ROW, mem, out);
}

static const struct field SHARE_ROW[] = { FIELD(struct nomination_share, seated),
                                          FIELD(struct nomination_share, coming),
                                          FIELD(struct nomination_share, kind),
                                          FIELD(struct nomination_share, label),
                                          { 0 } };

#define SHARE "COUNT(*) - SUM(n.coming) AS seated, SUM(n.coming) AS coming"
#define AGE                                                                       \
    "CASE WHEN n.birth_on = :unknown THEN '' WHEN n.birth_on > :forty THEN '39' " \
    "WHEN n.birth_on > :fifty THEN '49' WHEN n.birth_on > :sixty THEN '59' ELSE '60' END"

#define OF_TODAY "nomination_bodies n WHERE n.org_id = :org AND n.term_number = 0 "

err nomination_store_list_shares(struct db *db, const struct nomination_born *born,
                                 struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct nomination_share);
    return db_list(
        db,
        SQL("SELECT CAST(seated AS BIGINT) AS seated, CAST(coming AS BIGINT) AS coming, kind, "
            "label FROM (SELECT 'sector' AS kind, n.sector_name AS label, " SHARE " FROM " OF_TODAY
            "GROUP BY n.sector_name "
            "UNION ALL SELECT 'gender' AS kind, n.gender AS label, " SHARE " FROM " OF_TODAY
            "GROUP BY n.gender "
            "UNION ALL SELECT 'party' AS kind, n.party AS label, " SHARE " FROM " OF_TODAY
            "GROUP BY n.party "
            "UNION ALL SELECT 'age' AS kind, " AGE " AS label, " SHARE " FROM " OF_TODAY
            "GROUP BY " AGE ") AS shares ORDER BY kind, CASE WHEN kind = "
            "'age' THEN 0 ELSE seated + coming END DESC, label LIMIT 500",
            P(born->unknown), P(born->forty), P(born->fifty), P(born->sixty)),
        SHARE_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct nomination, name), LIST_TEXT, .sql = "n.name" },
    { FIELD(struct nomination, state), LIST_CODE, .sql = "n.state", .filter = true,
      .states = "states.nominations",
      .choices = "nominated candidate listed appointed certified refused declined withdrawn" },
    { FIELD(struct nomination, kind), LIST_CODE, .sql = KIND, .filter = true,
      .states = "choices.kind", .choices = "augment fill renew" },
    { FIELD(struct nomination, term_number), LIST_NUMBER, .sql = "NULLIF(n.term_number, 0)",
      .hidden = true, .filter = true },
    { FIELD(struct nomination, sector), LIST_TEXT, .sql = "c.name", .filter = true },
    { FIELD(struct nomination, nominator), LIST_TEXT, .sql = "n.nominator" },
    { FIELD(struct nomination, nominated_on), LIST_DAY, .sql = "n.nominated_on", .filter = true,
      .sort = true },
    { FIELD(struct nomination, id), LIST_NUMBER, .sql = "n.id", .hidden = true },
    { FIELD(struct nomination, meeting_id), LIST_NUMBER, .sql = "n.meeting_id", .hidden = true,
      .filter = true },
    { FIELD(struct nomination, meeting_title), LIST_TEXT, .sql = "n.meeting_title",
      .hidden = true },
    { FIELD(struct nomination, vacant_seat_id), LIST_NUMBER, .sql = "n.vacant_seat_id",
      .one = true },
    { FIELD(struct nomination, vacant_name), LIST_TEXT, .sql = VACANT_NAME, .one = true },
    { FIELD(struct nomination, nominator_kind), LIST_CODE, .sql = "n.nominator_kind",
      .states = "choices.nominator_kind", .one = true },
    { FIELD(struct nomination, member_id), LIST_NUMBER, .sql = "n.member_id", .one = true },
    { FIELD(struct nomination, gender), LIST_CODE, .sql = "n.gender", .states = "members.gender",
      .one = true },
    { FIELD(struct nomination, ethnic), LIST_TEXT, .sql = "n.ethnic", .one = true },
    { FIELD(struct nomination, birth_on), LIST_DAY, .sql = "n.birth_on", .one = true },
    { FIELD(struct nomination, party), LIST_CODE, .sql = "n.party", .dictionary = "members.parties",
      .one = true },
    { FIELD(struct nomination, education), LIST_TEXT, .sql = "n.education", .one = true },
    { FIELD(struct nomination, employer), LIST_TEXT, .sql = "n.employer", .one = true },
    { FIELD(struct nomination, job), LIST_TEXT, .sql = "n.job", .one = true },
    { FIELD(struct nomination, sector_id), LIST_NUMBER, .sql = "n.sector_id", .one = true },
    { FIELD(struct nomination, reason), LIST_TEXT, .sql = "n.reason", .one = true },
    { FIELD(struct nomination, ground), LIST_CODE, .sql = "n.ground", .states = "choices.ground",
      .one = true },
    { FIELD(struct nomination, checked_on), LIST_DAY, .sql = "n.checked_on", .one = true },
    { FIELD(struct nomination, checked_words), LIST_TEXT, .sql = "n.checked_words", .one = true },
    { FIELD(struct nomination, voted_on), LIST_DAY, .sql = "n.voted_on", .one = true },
    { FIELD(struct nomination, standing), LIST_NUMBER, .sql = "n.standing", .one = true },
    { FIELD(struct nomination, able), LIST_NUMBER, .sql = "n.able", .one = true },
    { FIELD(struct nomination, yes), LIST_NUMBER, .sql = "n.yes", .one = true },
    { FIELD(struct nomination, no), LIST_NUMBER, .sql = "n.no", .one = true },
    { FIELD(struct nomination, abstained), LIST_NUMBER, .sql = "n.abstained", .one = true },
    { FIELD(struct nomination, document), LIST_TEXT, .sql = "n.document", .one = true },
    { FIELD(struct nomination, certificate), LIST_TEXT, .sql = "n.certificate", .one = true },
    { FIELD(struct nomination, certified_on), LIST_DAY, .sql = "n.certified_on", .one = true },
    { FIELD(struct nomination, note), LIST_TEXT, .sql = "n.note", .one = true },
    { FIELD(struct nomination, forgotten_at), LIST_TIME, .sql = "NULLIF(n.forgotten_at, 0)",
      .one = true },
    { FIELD(struct nomination, version), LIST_NUMBER, .sql = "n.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = { { SCOPE_ORG, .sql = "" }, { 0 } };

const struct list NOMINATION_LIST = {
    .name = "nominations",
    .may = "nominations.read",
    .from = "nominations n JOIN sectors c ON c.org_id = n.org_id AND c.id = n.sector_id",
    .where = "n.org_id = :org",
    .key = "n.id",
    .sort = "-nominated_on",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "nominations.not_found",
    .row_size = sizeof(struct nomination),
};
