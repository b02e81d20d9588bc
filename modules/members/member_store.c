/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the members module, by table. Lists for people are declared in member_list.c. */
#include "modules/members/member_store.h"

#include "platform/text/text.h"

static const struct field TRAITS_ROW[] = {
    FIELD(struct member_traits, birth_on),
    FIELD(struct member_traits, gender),
    FIELD(struct member_traits, ethnic),
    FIELD(struct member_traits, party),
    FIELD(struct member_traits, education),
    FIELD(struct member_traits, committee),
    { 0 },
};

static const struct field PERSON_ROW[] = {
    FIELD(struct person, id),
    FIELD(struct person, birth_on),
    FIELD(struct person, version),
    FIELD(struct person, name),
    FIELD(struct person, gender),
    FIELD(struct person, ethnic),
    FIELD(struct person, party),
    FIELD(struct person, education),
    FIELD(struct person, employer),
    FIELD(struct person, job),
    FIELD(struct person, identity_key),
    FIELD(struct person, phone_key),
    FIELD(struct person, mail),
    FIELD(struct person, strokes),
    FIELD(struct person, identity_sealed),
    FIELD(struct person, phone_sealed),
    FIELD(struct person, address_sealed),
    { 0 },
};

static const struct field MEMBER_ROW[] = {
    FIELD(struct member, id),        FIELD(struct member, person_id),
    FIELD(struct member, sector_id), FIELD(struct member, seat_id),
    FIELD(struct member, version),   FIELD(struct member, code),
    FIELD(struct member, name),      FIELD(struct member, sector_name),
    FIELD(struct member, employer),  FIELD(struct member, job),
    FIELD(struct member, status),    { 0 },
};

static const struct field SEAT_ROW[] = {
    FIELD(struct seat, id),        FIELD(struct seat, member_id),   FIELD(struct seat, term_id),
    FIELD(struct seat, sector_id), FIELD(struct seat, from_on),     FIELD(struct seat, to_on),
    FIELD(struct seat, version),   FIELD(struct seat, term_number), FIELD(struct seat, invited),
    FIELD(struct seat, status),    FIELD(struct seat, sector_name), { 0 },
};

static const struct field CHANGE_ROW[] = {
    FIELD(struct change, id),          FIELD(struct change, seat_id),
    FIELD(struct change, on_on),       FIELD(struct change, recorded_by),
    FIELD(struct change, recorded_at), FIELD(struct change, act),
    FIELD(struct change, organ),       FIELD(struct change, document),
    FIELD(struct change, reason),      FIELD(struct change, sector_from),
    FIELD(struct change, sector_to),   { 0 },
};

static const struct field TENURE_ROW[] = {
    FIELD(struct tenure, id),      FIELD(struct tenure, person_id), FIELD(struct tenure, body_id),
    FIELD(struct tenure, from_on), FIELD(struct tenure, to_on),     FIELD(struct tenure, post),
    FIELD(struct tenure, body),    FIELD(struct tenure, body_name), { 0 },
};

static const struct field AMENDMENT_ROW[] = {
    FIELD(struct amendment, id),
    FIELD(struct amendment, person_id),
    FIELD(struct amendment, asked_at),
    FIELD(struct amendment, decided_at),
    FIELD(struct amendment, decided_by),
    FIELD(struct amendment, field),
    FIELD(struct amendment, before),
    FIELD(struct amendment, after),
    FIELD(struct amendment, state),
    FIELD(struct amendment, reason),
    FIELD(struct amendment, person_name),
    FIELD(struct amendment, after_sealed),
    { 0 },
};

/* ---- persons ---- */

err person_store_find(struct db *db, i64 id, struct arena *mem, struct person *out)
{
    return db_one(
        db,
        SQL("SELECT id, birth_on, version, name, gender, ethnic, party, education, employer, "
            "job, identity_key, "
            "phone_key, mail, strokes, identity_sealed, phone_sealed, address_sealed FROM persons "
            "WHERE org_id = :org AND id = :id",
            P(id)),
        PERSON_ROW, mem, out);
}

err person_store_find_by_identity(struct db *db, str identity_key, i64 *id)
{
    return db_i64(
        db,
        SQL("SELECT id FROM persons WHERE org_id = :org AND identity_key = :identity_key AND "
            "identity_key <> ''",
            P(identity_key)),
        id);
}

err person_store_add(struct db *db, const struct person *p, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO persons (org_id, birth_on, name, gender, ethnic, party, education, "
            "employer, job, "
            "identity_key, phone_key, mail, strokes, identity_sealed, phone_sealed, "
            "address_sealed) "
            "VALUES (:org, :birth_on, "
            ":name, :gender, :ethnic, :party, :education, :employer, :job, :identity_key, "
            ":phone_key, :mail, :strokes, "
            ":identity_sealed, :phone_sealed, :address_sealed) RETURNING id",
            P(p->birth_on), P(p->name), P(p->gender), P(p->ethnic), P(p->party), P(p->education),
            P(p->employer), P(p->job), P(p->identity_key), P(p->phone_key), P(p->mail),
            P(p->strokes), P(p->identity_sealed), P(p->phone_sealed), P(p->address_sealed)),
        id);
}

err person_store_find_by_seat(struct db *db, i64 seat_id, i64 *id)
{
    return db_i64(db,
                  SQL("SELECT m.person_id FROM seats s JOIN members m ON m.org_id = s.org_id AND "
                      "m.id = s.member_id WHERE s.org_id = :org AND s.id = :seat_id",
                      P(seat_id)),
                  id);
}

err person_store_forget_wishes(struct db *db, i64 person_id)
{
    return db_run(db,
                  SQL("UPDATE amendments SET before = '', after = '', after_sealed = NULL WHERE "
                      "org_id = :org AND person_id = :person_id AND state <> 'asked' AND field IN "
                      "('phone', 'address', 'mail', 'identity')",
                      P(person_id)),
                  NULL);
}

err person_store_update(struct db *db, const struct person *p)
{
    return db_update(
        db, SQL("UPDATE persons SET birth_on = :birth_on, name = :name, gender = :gender, ethnic = "
                ":ethnic, "
                "party = :party, education = :education, employer = :employer, job = :job, "
                "identity_key = :identity_key, phone_key = :phone_key, mail = :mail, strokes = "
                ":strokes, "
                "identity_sealed = :identity_sealed, phone_sealed = :phone_sealed, "
                "address_sealed = :address_sealed, version = version + 1 "
                "WHERE org_id = :org AND id = :id AND version = :version",
                P(p->birth_on), P(p->name), P(p->gender), P(p->ethnic), P(p->party),
                P(p->education), P(p->employer), P(p->job), P(p->identity_key), P(p->phone_key),
                P(p->mail), P(p->strokes), P(p->identity_sealed), P(p->phone_sealed),
                P(p->address_sealed), P(p->id), P(p->version)));
}

/* ---- members ---- */

/* The latest seat stands for the member: the one in force, else the one that ended last. */
err member_store_find(struct db *db, i64 id, struct arena *mem, struct member *out)
{
    return db_one(db,
                  SQL("SELECT m.id, m.person_id, m.version, m.code, p.name, p.employer, p.job, "
                      "COALESCE(s.id, 0) AS "
                      "seat_id, "
                      "COALESCE(s.sector_id, 0) AS sector_id, COALESCE(s.status, '') AS status, "
                      "COALESCE(c.name, '') AS sector_name "
                      "FROM members m JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id "
                      "LEFT JOIN seats s ON s.org_id = m.org_id AND s.member_id = m.id AND s.id = "
                      "(SELECT l.id FROM seats l WHERE l.org_id = m.org_id AND l.member_id = m.id "
                      "ORDER BY l.from_on DESC, l.id DESC LIMIT 1) "
                      "LEFT JOIN sectors c ON c.org_id = m.org_id AND c.id = s.sector_id "
                      "WHERE m.org_id = :org AND m.id = :id",
                      P(id)),
                  MEMBER_ROW, mem, out);
}

err member_store_find_by_person(struct db *db, i64 person_id, struct arena *mem, struct member *out)
{
    i64 id;
    TRY(db_i64(db,
               SQL("SELECT id FROM members WHERE org_id = :org AND person_id = :person_id",
                   P(person_id)),
               &id));
    return member_store_find(db, id, mem, out);
}

err member_store_find_by_code(struct db *db, str code, i64 *id)
{
    return db_i64(db,
                  SQL("SELECT id FROM members WHERE org_id = :org AND code = :code AND code <> ''",
                      P(code)),
                  id);
}

err member_store_find_by_source(struct db *db, str source, str source_id, i64 *id)
{
    return db_i64(
        db,
        SQL("SELECT id FROM members WHERE org_id = :org AND source = :source AND source_id = "
            ":source_id "
            "AND source_id <> ''",
            P(source), P(source_id)),
        id);
}

err member_store_list_by_name(struct db *db, str name, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct member);
    return db_list(
        db,
        SQL("SELECT m.id, m.person_id, m.version, m.code, p.name, p.employer, p.job, s.id AS "
            "seat_id, "
            "COALESCE(s.sector_id, 0) AS sector_id, s.status, COALESCE(c.name, '') AS sector_name "
            "FROM persons p JOIN members m ON m.org_id = p.org_id AND m.person_id = p.id "
            "JOIN seats s ON s.org_id = m.org_id AND s.member_id = m.id AND s.id = "
            "(SELECT l.id FROM seats l WHERE l.org_id = m.org_id AND l.member_id = m.id "
            "ORDER BY l.from_on DESC, l.id DESC LIMIT 1) "
            "LEFT JOIN sectors c ON c.org_id = m.org_id AND c.id = s.sector_id "
            "WHERE p.org_id = :org AND p.name = :name "
            "ORDER BY CASE s.status WHEN 'serving' THEN 0 ELSE 1 END, m.id LIMIT 20",
            P(name)),
        MEMBER_ROW, mem, out);
}

err member_store_list_serving(struct db *db, i64 sector_id, i64 on, struct arena *mem,
                              struct rows *out)
{
    out->size = sizeof(struct member);
    return db_list(
        db,
        SQL("SELECT m.id, m.person_id, m.version, m.code, p.name, p.employer, p.job, s.id AS "
            "seat_id, "
            "COALESCE(s.sector_id, 0) AS sector_id, s.status, COALESCE(c.name, '') AS sector_name "
            "FROM seats s JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id "
            "JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id "
            "LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = s.sector_id "
            "WHERE s.org_id = :org AND s.id = (SELECT l.id FROM seats l WHERE l.org_id = m.org_id "
            "AND l.member_id = m.id AND l.status = 'serving' AND l.from_on <= :on AND (l.to_on = 0 "
            "OR l.to_on >= :on) ORDER BY l.from_on DESC, l.id DESC LIMIT 1) "
            "AND (:sector_id = 0 OR s.sector_id = :sector_id) "
            "ORDER BY COALESCE(c.position, 0), s.sector_id, m.id LIMIT 100000",
            P(on), P(sector_id)),
        MEMBER_ROW, mem, out);
}

err member_store_list_served(struct db *db, i64 sector_id, i64 on, struct arena *mem,
                             struct rows *out)
{
    out->size = sizeof(struct member);
    return db_list(
        db,
        SQL("SELECT m.id, m.person_id, m.version, m.code, p.name, p.employer, p.job, s.id AS "
            "seat_id, COALESCE(c.id, 0) AS sector_id, s.status, COALESCE(c.name, '') AS "
            "sector_name FROM seats s JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id "
            "JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id "
            "LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = " MEMBER_SECTOR_ON_DAY " "
            "WHERE s.org_id = :org AND s.id = (SELECT l.id FROM seats l WHERE l.org_id = m.org_id "
            "AND l.member_id = m.id AND l.status IN ('serving', 'suspended', 'left') AND "
            "l.from_on <= :on AND (l.to_on = 0 OR l.to_on >= :on) "
            "ORDER BY l.from_on DESC, l.id DESC LIMIT 1) "
            "AND COALESCE((SELECT h.act FROM changes h WHERE h.org_id = s.org_id AND h.seat_id = "
            "s.id AND h.act IN ('suspend', 'resume') AND h.on_on <= :on ORDER BY h.on_on DESC, "
            "h.id DESC LIMIT 1), '') <> 'suspend' AND (:sector_id = 0 OR c.id = :sector_id) "
            "ORDER BY COALESCE(c.position, 0), c.id, m.id LIMIT 100000",
            P(on), P(sector_id)),
        MEMBER_ROW, mem, out);
}

err member_store_list_meant(struct db *db, const struct member_meant *meant, struct arena *mem,
                            struct rows *out)
{
    str typed = meant->typed;
    i64 id = meant->id, on = meant->on;
    out->size = sizeof(struct member);
    return db_list(
        db,
        SQL("SELECT m.id, m.person_id, m.version, m.code, p.name, p.employer, p.job, s.id AS "
            "seat_id, COALESCE(s.sector_id, 0) AS sector_id, s.status, COALESCE(c.name, '') AS "
            "sector_name FROM members m JOIN persons p ON p.org_id = m.org_id AND p.id = "
            "m.person_id JOIN seats s ON s.org_id = m.org_id AND s.member_id = m.id LEFT JOIN "
            "sectors c ON c.org_id = m.org_id AND c.id = s.sector_id WHERE m.org_id = :org AND "
            "m.id IN (SELECT a.id FROM members a WHERE a.org_id = :org AND a.id = :id UNION SELECT "
            "b.id FROM members b WHERE b.org_id = :org AND b.code = :typed AND b.code <> '' UNION "
            "SELECT d.id FROM persons q JOIN members d ON d.org_id = q.org_id AND d.person_id = "
            "q.id WHERE q.org_id = :org AND q.name = :typed) AND s.id = (SELECT l.id FROM seats l "
            "WHERE l.org_id = m.org_id AND l.member_id = m.id AND l.status = 'serving' AND "
            "l.from_on <= :on AND (l.to_on = 0 OR l.to_on >= :on) ORDER BY l.from_on DESC, l.id "
            "DESC LIMIT 1) ORDER BY m.id LIMIT 20",
            P(typed), P(id), P(on)),
        MEMBER_ROW, mem, out);
}

err member_store_find_traits(struct db *db, i64 person_id, i64 on, struct arena *mem,
                             struct member_traits *out)
{
    return db_one(db,
                  SQL("SELECT p.birth_on, p.gender, p.ethnic, p.party, p.education, "
                      "COALESCE((SELECT c.name FROM tenures t JOIN committees c ON "
                      "c.org_id = t.org_id AND c.id = t.body_id "
                      "WHERE t.org_id = p.org_id AND t.person_id = p.id AND t.body = 'committee' "
                      "AND t.from_on <= :on AND (t.to_on = 0 OR t.to_on >= :on) "
                      "ORDER BY t.from_on, t.id LIMIT 1), '') AS committee "
                      "FROM persons p WHERE p.org_id = :org AND p.id = :person_id",
                      P(person_id), P(on)),
                  TRAITS_ROW, mem, out);
}

err member_store_list_committee(struct db *db, i64 committee_id, i64 on, struct arena *mem,
                                struct rows *out)
{
    out->size = sizeof(struct member);
    return db_list(db,
                   SQL("SELECT m.id, m.person_id, m.version, m.code, p.name, p.employer, p.job, "
                       "s.id AS seat_id, COALESCE(s.sector_id, 0) AS sector_id, s.status, "
                       "COALESCE(c.name, '') AS sector_name "
                       "FROM seats s JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id "
                       "JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id "
                       "LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = s.sector_id "
                       "WHERE s.org_id = :org AND s.id = (SELECT l.id FROM seats l WHERE "
                       "l.org_id = m.org_id AND l.member_id = m.id AND l.status = 'serving' "
                       "AND l.from_on <= :on AND (l.to_on = 0 OR l.to_on >= :on) "
                       "ORDER BY l.from_on DESC, l.id DESC LIMIT 1) "
                       "AND EXISTS (SELECT t.id FROM tenures t WHERE t.org_id = s.org_id "
                       "AND t.person_id = m.person_id AND t.body = 'committee' "
                       "AND t.body_id = :committee_id AND t.from_on <= :on AND t.to_on = 0) "
                       "ORDER BY p.name, m.id LIMIT 5000",
                       P(on), P(committee_id)),
                   MEMBER_ROW, mem, out);
}

static const struct field POST_ROW[] = {
    FIELD(struct member_post, member_id),
    FIELD(struct member_post, person_id),
    FIELD(struct member_post, name),
    FIELD(struct member_post, sector_name),
    FIELD(struct member_post, post),
    FIELD(struct member_post, tenure_id),
    { 0 },
};

err member_store_list_posts(struct db *db, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct member_post);
    return db_list(
        db,
        SQL("SELECT m.id AS member_id, m.person_id, p.name, COALESCE(c.name, '') AS sector_name, "
            "COALESCE(t.post, '') AS post, COALESCE(t.id, 0) AS tenure_id "
            "FROM seats s JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id "
            "JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id "
            "LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = " MEMBER_SECTOR_ON_DAY " "
            "LEFT JOIN tenures t ON t.org_id = m.org_id AND t.person_id = m.person_id "
            "AND t.from_on <= :on AND (t.to_on = 0 OR t.to_on >= :on) "
            "WHERE s.org_id = :org AND s.id = (SELECT l.id FROM seats l WHERE l.org_id = m.org_id "
            "AND l.member_id = m.id AND l.status IN ('serving', 'suspended', 'left') AND "
            "l.from_on <= :on AND (l.to_on = 0 OR l.to_on >= :on) "
            "ORDER BY l.from_on DESC, l.id DESC LIMIT 1) "
            "AND COALESCE((SELECT h.act FROM changes h WHERE h.org_id = s.org_id AND h.seat_id = "
            "s.id AND h.act IN ('suspend', 'resume') AND h.on_on <= :on ORDER BY h.on_on DESC, "
            "h.id DESC LIMIT 1), '') <> 'suspend' "
            "ORDER BY COALESCE(c.position, 0), c.id, m.id, t.id LIMIT 100000",
            P(on)),
        POST_ROW, mem, out);
}

/* As may_act of member_acts.c. */
err member_store_list_acting(struct db *db, const struct member_body *body, i64 on,
                             struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct member_post);
    return db_list(
        db,
        SQL("SELECT DISTINCT 0 AS member_id, p.id AS person_id, p.name, '' AS sector_name, '' AS "
            "post, 0 AS tenure_id FROM tenures t JOIN persons p ON p.org_id = t.org_id AND p.id "
            "= t.person_id WHERE t.org_id = :org AND t.body = :body AND t.body_id = :body_id AND "
            "t.from_on <= :on AND (t.to_on = 0 OR t.to_on >= :on) AND (t.post = 'liaison' OR "
            "(t.body = 'committee' AND t.post IN ('director', 'vice_director')) OR (t.body = "
            "'sector' AND t.post = 'convener')) ORDER BY p.id LIMIT 100",
            P(body->body), P(body->body_id), P(on)),
        POST_ROW, mem, out);
}

err member_store_list_holding(struct db *db, const struct tenure *t, i64 on, struct arena *mem,
                              struct rows *out)
{
    out->size = sizeof(struct member_post);
    return db_list(
        db,
        SQL("SELECT m.id AS member_id, p.id AS person_id, p.name, '' AS sector_name, t.post, t.id "
            "AS tenure_id FROM tenures t JOIN persons p ON p.org_id = t.org_id AND p.id = "
            "t.person_id JOIN members m ON m.org_id = p.org_id AND m.person_id = p.id WHERE "
            "t.org_id = :org AND t.body = :body AND t.body_id = :body_id AND t.post = :post AND "
            "t.from_on <= :on AND (t.to_on = 0 OR t.to_on >= :on) ORDER BY t.id LIMIT 20",
            P(t->body), P(t->body_id), P(t->post), P(on)),
        POST_ROW, mem, out);
}

err member_store_list_standing(struct db *db, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct member_post);
    return db_list(
        db,
        SQL("SELECT DISTINCT m.id AS member_id, p.id AS person_id, p.name, '' AS sector_name, '' "
            "AS post, 0 AS tenure_id FROM tenures t JOIN persons p ON p.org_id = t.org_id AND "
            "p.id = t.person_id JOIN members m ON m.org_id = p.org_id AND m.person_id = p.id "
            "JOIN seats s ON s.org_id = m.org_id AND s.member_id = m.id AND s.from_on <= :on AND "
            "(s.to_on = 0 OR s.to_on >= :on) "
            "WHERE t.org_id = :org AND t.body = 'cppcc' AND t.post IN (" MEMBER_STANDING_POSTS
            ") AND t.from_on <= :on AND (t.to_on = 0 OR "
            "t.to_on >= :on) ORDER BY m.id LIMIT 1000",
            P(on)),
        POST_ROW, mem, out);
}

err member_store_count_all(struct db *db, i64 on, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT count(DISTINCT s.member_id) AS n FROM seats s WHERE s.org_id = :org "
                      "AND s.status IN ('serving', 'suspended', 'left') AND s.from_on <= :on AND "
                      "(s.to_on = 0 OR s.to_on >= :on)",
                      P(on)),
                  count);
}

err member_store_count_serving(struct db *db, i64 id, i64 on, i64 *count)
{
    return db_i64(
        db,
        SQL("SELECT count(*) AS n FROM seats s WHERE s.org_id = :org AND s.member_id = :id AND "
            "s.status IN ('serving', 'suspended', 'left') AND s.from_on <= :on AND (s.to_on = 0 OR "
            "s.to_on >= :on) AND COALESCE((SELECT c.act FROM changes c WHERE c.org_id = s.org_id "
            "AND c.seat_id = s.id AND c.act IN ('suspend', 'resume') AND c.on_on <= :on "
            "ORDER BY c.on_on DESC, c.id DESC LIMIT 1), '') <> 'suspend'",
            P(id), P(on)),
        count);
}

static const struct field SUSPENSION_ROW[] = { FIELD(struct member_suspension, member_id),
                                               FIELD(struct member_suspension, person_id),
                                               FIELD(struct member_suspension, from_on),
                                               FIELD(struct member_suspension, to_on),
                                               { 0 } };

err member_store_list_suspensions(struct db *db, i64 member_id, i64 until_on, struct arena *mem,
                                  struct rows *out)
{
    i64 first = member_id, last = member_id ? member_id : INT64_MAX;
    out->size = sizeof(struct member_suspension);
    return db_list(
        db,
        SQL("SELECT s.member_id, m.person_id, c.on_on AS from_on, COALESCE((SELECT MIN(e.on_on) - "
            "1 FROM changes e WHERE e.org_id = c.org_id AND e.seat_id = c.seat_id AND e.act NOT IN "
            "('suspend', 'ratify') AND (e.on_on > c.on_on OR (e.on_on = c.on_on AND e.id > "
            "c.id))), 0) AS to_on FROM changes c JOIN seats s ON s.org_id = c.org_id AND s.id = "
            "c.seat_id JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id WHERE "
            "c.org_id = :org AND c.act = 'suspend' AND c.on_on <= :until_on AND s.member_id "
            "BETWEEN :first AND :last ORDER BY s.member_id, c.on_on, c.id LIMIT 5000",
            P(until_on), P(first), P(last)),
        SUSPENSION_ROW, mem, out);
}

err member_store_add(struct db *db, const struct member_keys *keys, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO members (org_id, person_id, code, source, source_id) "
                         "VALUES (:org, :person_id, :code, :source, :source_id) RETURNING id",
                         P(keys->person_id), P(keys->code), P(keys->source), P(keys->source_id)),
                     id);
}

err member_store_update(struct db *db, const struct member_keys *keys, i64 id, i64 version)
{
    return db_update(
        db, SQL("UPDATE members SET code = CASE WHEN :code <> '' THEN :code ELSE code END, "
                "source = CASE WHEN :source_id <> '' THEN :source ELSE source END, "
                "source_id = CASE WHEN :source_id <> '' THEN :source_id ELSE source_id END, "
                "version = version + 1 WHERE org_id = :org AND id = :id AND version = :version",
                P(keys->code), P(keys->source), P(keys->source_id), P(id), P(version)));
}

/* ---- seats and changes ---- */

err seat_store_list(struct db *db, i64 member_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct seat);
    return db_list(
        db,
        SQL("SELECT s.id, s.member_id, s.term_id, COALESCE(s.sector_id, 0) AS sector_id, "
            "s.from_on, s.to_on, s.version, "
            "t.number AS term_number, s.invited, s.status, COALESCE(c.name, '') AS sector_name "
            "FROM seats s "
            "JOIN terms t ON t.org_id = s.org_id AND t.id = s.term_id "
            "LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = s.sector_id "
            "WHERE s.org_id = :org AND s.member_id = :member_id ORDER BY s.from_on DESC, s.id "
            "DESC LIMIT 50",
            P(member_id)),
        SEAT_ROW, mem, out);
}

err seat_store_find(struct db *db, i64 id, struct arena *mem, struct seat *out)
{
    return db_one(
        db,
        SQL("SELECT s.id, s.member_id, s.term_id, COALESCE(s.sector_id, 0) AS sector_id, "
            "s.from_on, s.to_on, s.version, "
            "t.number AS term_number, s.invited, s.status, COALESCE(c.name, '') AS sector_name "
            "FROM seats s "
            "JOIN terms t ON t.org_id = s.org_id AND t.id = s.term_id "
            "LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = s.sector_id "
            "WHERE s.org_id = :org AND s.id = :id",
            P(id)),
        SEAT_ROW, mem, out);
}

err seat_store_find_in_term(struct db *db, i64 member_id, i64 term_id, struct arena *mem,
                            struct seat *out)
{
    return db_one(
        db,
        SQL("SELECT s.id, s.member_id, s.term_id, COALESCE(s.sector_id, 0) AS sector_id, "
            "s.from_on, s.to_on, s.version, "
            "t.number AS term_number, s.invited, s.status, COALESCE(c.name, '') AS sector_name "
            "FROM seats s "
            "JOIN terms t ON t.org_id = s.org_id AND t.id = s.term_id "
            "LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = s.sector_id "
            "WHERE s.org_id = :org AND s.member_id = :member_id AND s.term_id = :term_id "
            "ORDER BY s.from_on DESC, s.id DESC LIMIT 1",
            P(member_id), P(term_id)),
        SEAT_ROW, mem, out);
}

err seat_store_add(struct db *db, const struct seat *s, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO seats (org_id, member_id, term_id, sector_id, status, invited, "
            "from_on, to_on) "
            "VALUES (:org, :member_id, :term_id, NULLIF(:sector_id, 0), :status, :invited, "
            ":from_on, :to_on) "
            "RETURNING id",
            P(s->member_id), P(s->term_id), P(s->sector_id), P(s->status), P(s->invited),
            P(s->from_on), P(s->to_on)),
        id);
}

static const struct field EXPIRED_ROW[] = {
    FIELD(struct expired_seat, id),          FIELD(struct expired_seat, member_id),
    FIELD(struct expired_seat, person_id),   FIELD(struct expired_seat, term_id),
    FIELD(struct expired_seat, term_end_on), { 0 }
};

err seat_store_list_expired(struct db *db, i64 today, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct expired_seat);
    return db_list(
        db,
        SQL("SELECT s.id, s.member_id, m.person_id, s.term_id, t.to_on AS term_end_on FROM terms "
            "t "
            "JOIN seats s ON s.org_id = t.org_id AND s.term_id = t.id "
            "JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id "
            "WHERE t.org_id = :org AND t.to_on > 0 AND t.to_on < :today "
            "AND s.status IN ('serving', 'suspended') ORDER BY s.id LIMIT 200",
            P(today)),
        EXPIRED_ROW, mem, out);
}

err seat_store_update(struct db *db, const struct seat *s)
{
    return db_update(
        db, SQL("UPDATE seats SET sector_id = NULLIF(:sector_id, 0), status = :status, invited = "
                ":invited, "
                "from_on = :from_on, to_on = :to_on, version = version + 1 "
                "WHERE org_id = :org AND id = :id AND version = :version",
                P(s->sector_id), P(s->status), P(s->invited), P(s->from_on), P(s->to_on), P(s->id),
                P(s->version)));
}

err change_store_add(struct db *db, const struct change *c)
{
    return db_run(
        db,
        SQL("INSERT INTO changes (org_id, seat_id, act, on_on, organ, document, reason, "
            "recorded_by, recorded_at) "
            "VALUES (:org, :seat_id, :act, :on_on, :organ, :document, :reason, :recorded_by, "
            ":recorded_at)",
            P(c->seat_id), P(c->act), P(c->on_on), P(c->organ), P(c->document), P(c->reason),
            P(c->recorded_by), P(c->recorded_at)),
        NULL);
}

err change_store_list(struct db *db, i64 member_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct change);
    return db_list(
        db,
        SQL("SELECT c.id AS id, c.seat_id, c.on_on AS on_on, c.recorded_by, c.recorded_at AS "
            "recorded_at, c.act, c.organ, c.document, c.reason, '' AS sector_from, '' AS sector_to "
            "FROM changes c JOIN seats s ON s.org_id = c.org_id AND s.id = c.seat_id "
            "WHERE c.org_id = :org AND s.member_id = :member_id UNION ALL "
            "SELECT v.id, v.seat_id, v.on_on, v.recorded_by, v.recorded_at, 'resector' AS act, "
            "v.organ, v.document, v.reason, COALESCE(f.name, '') AS sector_from, t.name AS "
            "sector_to FROM sector_moves v JOIN seats s ON s.org_id = v.org_id AND s.id = "
            "v.seat_id JOIN sectors t ON t.org_id = v.org_id AND t.id = v.to_sector_id LEFT JOIN "
            "sectors f ON f.org_id = v.org_id AND f.id = v.from_sector_id WHERE v.org_id = :org "
            "AND s.member_id = :member_id ORDER BY on_on, recorded_at, id LIMIT 200",
            P(member_id)),
        CHANGE_ROW, mem, out);
}

/* ---- sectors of a seat ---- */

err sector_move_store_add(struct db *db, const struct sector_move *m)
{
    return db_run(db,
                  SQL("INSERT INTO sector_moves (org_id, seat_id, from_sector_id, to_sector_id, "
                      "on_on, organ, document, reason, recorded_by, recorded_at) VALUES (:org, "
                      ":seat_id, :from_sector_id, :to_sector_id, :on_on, :organ, :document, "
                      ":reason, :recorded_by, :recorded_at)",
                      P(m->seat_id), P(m->from_sector_id), P(m->to_sector_id), P(m->on_on),
                      P(m->organ), P(m->document), P(m->reason), P(m->recorded_by),
                      P(m->recorded_at)),
                  NULL);
}

err sector_move_store_last(struct db *db, i64 seat_id, i64 *on_on)
{
    return db_i64(db,
                  SQL("SELECT CAST(COALESCE(MAX(on_on), 0) AS BIGINT) AS on_on FROM sector_moves "
                      "WHERE org_id = :org AND seat_id = :seat_id",
                      P(seat_id)),
                  on_on);
}

/* ---- tenures ---- */

err tenure_store_list(struct db *db, i64 person_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct tenure);
    return db_list(
        db,
        SQL("SELECT t.id, t.person_id, t.body_id, t.from_on, t.to_on, t.post, t.body, "
            "COALESCE(c.name, s.name, o.name, '') AS body_name FROM tenures t "
            "LEFT JOIN committees c ON c.org_id = t.org_id AND c.id = t.body_id AND t.body = "
            "'committee' "
            "LEFT JOIN sectors s ON s.org_id = t.org_id AND s.id = t.body_id AND t.body = 'sector' "
            "LEFT JOIN orgs o ON o.org_id = t.org_id AND o.id = t.body_id AND t.body IN "
            "('cppcc', 'org') "
            "WHERE t.org_id = :org AND t.person_id = :person_id ORDER BY t.from_on, t.id LIMIT 100",
            P(person_id)),
        TENURE_ROW, mem, out);
}

err tenure_store_add(struct db *db, const struct tenure *t, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on, to_on) "
            "VALUES (:org, :person_id, :post, :body, :body_id, :from_on, :to_on) RETURNING id",
            P(t->person_id), P(t->post), P(t->body), P(t->body_id), P(t->from_on), P(t->to_on)),
        id);
}

err tenure_store_end(struct db *db, i64 person_id, i64 id, i64 to_on)
{
    return db_update(db, SQL("UPDATE tenures SET to_on = :to_on WHERE org_id = :org AND id = :id "
                             "AND person_id = :person_id AND to_on = 0 AND from_on <= :to_on",
                             P(to_on), P(id), P(person_id)));
}

err tenure_store_cut(struct db *db, i64 person_id, i64 id, i64 to_on)
{
    return db_update(db, SQL("UPDATE tenures SET to_on = :to_on WHERE org_id = :org AND id = :id "
                             "AND person_id = :person_id AND from_on <= :to_on",
                             P(to_on), P(id), P(person_id)));
}

err tenure_store_end_all(struct db *db, i64 person_id, i64 seat_id, i64 to_on)
{
    return db_run(
        db,
        SQL("UPDATE tenures SET to_on = :to_on, ended_seat_id = :seat_id "
            "WHERE org_id = :org AND person_id = :person_id AND to_on = 0 AND from_on <= :to_on "
            "AND body IN ('cppcc', 'committee', 'sector')",
            P(to_on), P(person_id), P(seat_id)),
        NULL);
}

err tenure_store_reopen(struct db *db, i64 person_id, i64 seat_id)
{
    return db_run(db,
                  SQL("UPDATE tenures SET to_on = 0, ended_seat_id = 0 WHERE org_id = :org AND "
                      "person_id = :person_id AND ended_seat_id = :seat_id",
                      P(person_id), P(seat_id)),
                  NULL);
}

/* ---- amendments ---- */

err amendment_store_add(struct db *db, const struct amendment *a, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO amendments (org_id, person_id, field, before, after, after_sealed, "
            "state, asked_at) "
            "VALUES (:org, :person_id, :field, :before, :after, :after_sealed, 'asked', "
            ":asked_at) RETURNING id",
            P(a->person_id), P(a->field), P(a->before), P(a->after), P(a->after_sealed),
            P(a->asked_at)),
        id);
}

err amendment_store_replace(struct db *db, const struct amendment *a, i64 *changed)
{
    return db_run(
        db,
        SQL("UPDATE amendments SET before = :before, after = :after, after_sealed = :after_sealed, "
            "asked_at = :asked_at WHERE org_id = :org AND person_id = :person_id "
            "AND field = :field AND state = 'asked'",
            P(a->before), P(a->after), P(a->after_sealed), P(a->asked_at), P(a->person_id),
            P(a->field)),
        changed);
}

err amendment_store_find(struct db *db, i64 id, struct arena *mem, struct amendment *out)
{
    return db_one(
        db,
        SQL("SELECT a.id, a.person_id, a.asked_at, a.decided_at, a.decided_by, a.field, "
            "a.before, a.after, a.state, "
            "a.reason, p.name AS person_name, a.after_sealed FROM amendments a "
            "JOIN persons p ON p.org_id = a.org_id AND p.id = a.person_id WHERE a.org_id = :org "
            "AND a.id = :id",
            P(id)),
        AMENDMENT_ROW, mem, out);
}

err amendment_store_list_open(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct amendment);
    return db_list(
        db,
        SQL("SELECT a.id, a.person_id, a.asked_at, a.decided_at, a.decided_by, a.field, "
            "a.before, a.after, a.state, "
            "a.reason, p.name AS person_name, a.after_sealed FROM amendments a "
            "JOIN persons p ON p.org_id = a.org_id AND p.id = a.person_id "
            "WHERE a.org_id = :org AND a.state = 'asked' ORDER BY a.asked_at, a.id LIMIT 200"),
        AMENDMENT_ROW, mem, out);
}

err amendment_store_list_of(struct db *db, i64 person_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct amendment);
    return db_list(
        db,
        SQL("SELECT a.id, a.person_id, a.asked_at, a.decided_at, a.decided_by, a.field, "
            "a.before, a.after, a.state, "
            "a.reason, p.name AS person_name, a.after_sealed FROM amendments a "
            "JOIN persons p ON p.org_id = a.org_id AND p.id = a.person_id "
            "WHERE a.org_id = :org AND a.person_id = :person_id ORDER BY a.id DESC LIMIT 50",
            P(person_id)),
        AMENDMENT_ROW, mem, out);
}

err amendment_store_set_state(struct db *db, i64 id, str state)
{
    return db_update(db,
                     SQL("UPDATE amendments SET state = :state WHERE org_id = :org AND id = :id "
                         "AND state = 'asked'",
                         P(state), P(id)));
}

err amendment_store_decide(struct db *db, const struct amendment *a)
{
    return db_update(
        db, SQL("UPDATE amendments SET reason = :reason, decided_at = :decided_at, "
                "decided_by = :decided_by WHERE org_id = :org AND id = :id AND decided_at = 0",
                P(a->reason), P(a->decided_at), P(a->decided_by), P(a->id)));
}

/* ---- names by strokes ---- */

static const struct field UNKEYED_ROW[] = { FIELD(struct unkeyed_person, id),
                                            FIELD(struct unkeyed_person, version),
                                            FIELD(struct unkeyed_person, name),
                                            { 0 } };

err person_store_list_unkeyed(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct unkeyed_person);
    return db_list(
        db,
        SQL("SELECT p.id, p.version, p.name FROM persons p WHERE p.org_id = :org AND p.strokes = "
            "'' ORDER BY p.id LIMIT 500"),
        UNKEYED_ROW, mem, out);
}

err person_store_set_strokes(struct db *db, const struct unkeyed_person *p, str strokes)
{
    return db_update(db, SQL("UPDATE persons SET strokes = :strokes WHERE org_id = :org AND id = "
                             ":id AND version = :version",
                             P(strokes), P(p->id), P(p->version)));
}

static const struct field ROSTER_ROW[] = {
    FIELD(struct member_roster_row, member_id),
    FIELD(struct member_roster_row, office_id),
    FIELD(struct member_roster_row, name),
    FIELD(struct member_roster_row, gender),
    FIELD(struct member_roster_row, ethnic),
    FIELD(struct member_roster_row, party),
    FIELD(struct member_roster_row, sector_name),
    FIELD(struct member_roster_row, employer),
    FIELD(struct member_roster_row, job),
    FIELD(struct member_roster_row, post),
    { 0 },
};

err member_store_list_roster(struct db *db, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct member_roster_row);
    return db_list(
        db,
        SQL("SELECT m.id AS member_id, COALESCE(u.id, 0) AS office_id, p.name, p.gender, p.ethnic, "
            "p.party, COALESCE(c.name, '') AS sector_name, p.employer, p.job, COALESCE(u.post, '') "
            "AS post "
            "FROM seats s JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id "
            "JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id "
            "LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = " MEMBER_SECTOR_ON_DAY " "
            "LEFT JOIN tenures u ON u.org_id = m.org_id AND u.id = (SELECT t.id FROM tenures t "
            "WHERE t.org_id = m.org_id AND t.person_id = m.person_id AND t.body = 'cppcc' "
            "AND t.post IN (" MEMBER_STANDING_POSTS ") AND t.from_on <= :on AND (t.to_on = 0 "
            "OR t.to_on >= :on) ORDER BY CASE t.post WHEN 'chair' THEN 1 WHEN 'vice_chair' THEN 2 "
            "WHEN 'secretary_general' THEN 3 ELSE 4 END, t.id LIMIT 1) "
            "WHERE s.org_id = :org AND s.id = (SELECT l.id FROM seats l WHERE l.org_id = m.org_id "
            "AND l.member_id = m.id AND l.status IN ('serving', 'suspended', 'left') "
            "AND l.from_on <= :on AND (l.to_on = 0 OR l.to_on >= :on) "
            "ORDER BY l.from_on DESC, l.id DESC LIMIT 1) ORDER BY m.id LIMIT 5001",
            P(on)),
        ROSTER_ROW, mem, out);
}

/* ---- search ---- */

static const struct field TEXT_ROW[] = { FIELD(struct text_document, id),
                                         FIELD(struct text_document, title),
                                         FIELD(struct text_document, body),
                                         { 0 } };

err member_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct text_document);
    return db_list(db,
                   SQL("SELECT m.id, p.name AS title, p.employer AS body FROM members m "
                       "JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id "
                       "WHERE m.org_id = :org AND m.id > :after ORDER BY m.id LIMIT :limit",
                       P(after), P(limit)),
                   TEXT_ROW, mem, out);
}
