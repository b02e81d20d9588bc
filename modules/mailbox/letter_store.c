/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See letter_store.h. */
#include "modules/mailbox/letter_store.h"

#include "platform/text/text.h"

static const struct field LETTER_ROW[] = {
    FIELD(struct letter, id),
    FIELD(struct letter, area_id),
    FIELD(struct letter, lead_id),
    FIELD(struct letter, received_at),
    FIELD(struct letter, triaged_at),
    FIELD(struct letter, assigned_at),
    FIELD(struct letter, due_on),
    FIELD(struct letter, replied_at),
    FIELD(struct letter, evaluated_at),
    FIELD(struct letter, closed_at),
    FIELD(struct letter, round),
    FIELD(struct letter, reopened_at),
    FIELD(struct letter, asked_again_at),
    FIELD(struct letter, erased_at),
    FIELD(struct letter, version),
    FIELD(struct letter, state),
    FIELD(struct letter, kind),
    FIELD(struct letter, lane),
    FIELD(struct letter, title),
    FIELD(struct letter, body),
    FIELD(struct letter, masked_body),
    FIELD(struct letter, area_name),
    FIELD(struct letter, county),
    FIELD(struct letter, town),
    FIELD(struct letter, place),
    FIELD(struct letter, category),
    FIELD(struct letter, ended),
    FIELD(struct letter, reason),
    FIELD(struct letter, guidance),
    FIELD(struct letter, reply),
    FIELD(struct letter, reply_agency),
    FIELD(struct letter, verdict),
    FIELD(struct letter, verdict_text),
    FIELD(struct letter, still),
    FIELD(struct letter, source),
    FIELD(struct letter, source_id),
    FIELD(struct letter, year),
    FIELD(struct letter, month),
    FIELD(struct letter, agency_id),
    FIELD(struct letter, first_replied_at),
    FIELD(struct letter, fed_at),
    FIELD(struct letter, offered_at),
    FIELD(struct letter, first_answer),
    FIELD(struct letter, via),
    FIELD(struct letter, first_agency_id),
    FIELD(struct letter, point),
    FIELD(struct letter, point_by),
    FIELD(struct letter, point_disclosed),
    FIELD(struct letter, offer_rejected),
    { 0 },
};

static const struct field MESSAGE_ROW[] = { FIELD(struct letter_message, id),
                                            FIELD(struct letter_message, at),
                                            FIELD(struct letter_message, asked_by),
                                            FIELD(struct letter_message, author),
                                            FIELD(struct letter_message, text),
                                            FIELD(struct letter_message, ended),
                                            { 0 } };

static const struct field UNANSWERED_ROW[] = { FIELD(struct letter_message, id), { 0 } };

static const struct field SENDER_ROW[] = { FIELD(struct sender_row, name_sealed),
                                           FIELD(struct sender_row, phone_sealed),
                                           FIELD(struct sender_row, mail_sealed),
                                           FIELD(struct sender_row, handover),
                                           { 0 } };

static const struct field CONSENT_ROW[] = { FIELD(struct sender_consent, given_at),
                                            FIELD(struct sender_consent, withdrawn_at),
                                            FIELD(struct sender_consent, purpose),
                                            FIELD(struct sender_consent, notice),
                                            { 0 } };

static const struct field TEXT_ROW[] = { FIELD(struct text_document, id),
                                         FIELD(struct text_document, title),
                                         FIELD(struct text_document, body),
                                         { 0 } };

static const struct field NAME_ROW[] = { FIELD(struct letter_name, name), { 0 } };

/* ---- letters ---- */

err letter_store_find(struct db *db, i64 id, struct arena *mem, struct letter *out)
{
    return db_one(
        db,
        SQL("SELECT id, COALESCE(area_id, 0) AS area_id, lead_id, received_at, "
            "triaged_at, assigned_at, due_on, replied_at, evaluated_at, closed_at, "
            "round, reopened_at, asked_again_at, erased_at, version, state, kind, "
            "lane, title, body, masked_body, area_name, county, town, place, "
            "category, ended, reason, guidance, reply, reply_agency, verdict, "
            "verdict_text, still, source, source_id, year, month, agency_id, first_replied_at, "
            "fed_at, first_answer, via, first_agency_id, offered_at, point, point_by, "
            "point_disclosed, offer_rejected FROM letters "
            "WHERE org_id = :org AND id = :id",
            P(id)),
        LETTER_ROW, mem, out);
}

err letter_store_find_by_receipt(struct db *db, str receipt_hash, struct arena *mem,
                                 struct letter *out)
{
    return db_one(
        db,
        SQL("SELECT id, COALESCE(area_id, 0) AS area_id, lead_id, received_at, "
            "triaged_at, assigned_at, due_on, replied_at, evaluated_at, closed_at, "
            "round, reopened_at, asked_again_at, erased_at, version, state, kind, "
            "lane, title, body, masked_body, area_name, county, town, place, "
            "category, ended, reason, guidance, reply, reply_agency, verdict, "
            "verdict_text, still, source, source_id, year, month, agency_id, first_replied_at, "
            "fed_at, first_answer, via, first_agency_id, offered_at, point, point_by, "
            "point_disclosed, offer_rejected FROM letters "
            "WHERE org_id = :org AND receipt_hash = :receipt_hash AND receipt_hash <> ''",
            P(receipt_hash)),
        LETTER_ROW, mem, out);
}

err letter_store_find_by_source(struct db *db, str source, str source_id, struct arena *mem,
                                struct letter *out)
{
    return db_one(
        db,
        SQL("SELECT id, COALESCE(area_id, 0) AS area_id, lead_id, received_at, "
            "triaged_at, assigned_at, due_on, replied_at, evaluated_at, closed_at, "
            "round, reopened_at, asked_again_at, erased_at, version, state, kind, "
            "lane, title, body, masked_body, area_name, county, town, place, "
            "category, ended, reason, guidance, reply, reply_agency, verdict, "
            "verdict_text, still, source, source_id, year, month, agency_id, first_replied_at, "
            "fed_at, first_answer, via, first_agency_id, offered_at, point, point_by, "
            "point_disclosed, offer_rejected FROM letters "
            "WHERE org_id = :org AND source = :source AND source_id = :source_id AND source_id "
            "<> ''",
            P(source), P(source_id)),
        LETTER_ROW, mem, out);
}

err letter_store_find_receipt_org(struct db *db, str receipt_hash, i64 *org_id)
{
    return db_i64(db,
                  SQL("SELECT org_id FROM letters WHERE receipt_hash = :receipt_hash AND "
                      "receipt_hash <> ''",
                      P(receipt_hash)),
                  org_id);
}

err letter_store_add(struct db *db, const struct letter *l, str receipt_hash, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO letters (org_id, state, receipt_hash, kind, lane, title, body, "
            "masked_body, area_id, area_name, county, town, place, category, received_at, "
            "source, source_id, year, month, via, point, point_by) VALUES (:org, 'received', "
            ":receipt_hash, :kind, "
            ":lane, :title, "
            ":body, :masked_body, NULLIF(:area_id, 0), :area_name, :county, :town, :place, "
            ":category, :received_at, :source, :source_id, :year, :month, :via, :point, :point_by) "
            "RETURNING "
            "id",
            P(receipt_hash), P(l->kind), P(l->lane), P(l->title), P(l->body), P(l->masked_body),
            P(l->area_id), P(l->area_name), P(l->county), P(l->town), P(l->place), P(l->category),
            P(l->received_at), P(l->source), P(l->source_id), P(l->year), P(l->month), P(l->via),
            P(l->point), P(l->point_by)),
        id);
}

err letter_store_update(struct db *db, const struct letter *l, str state)
{
    return db_update(
        db,
        SQL("UPDATE letters SET state = :state, lead_id = :lead_id, triaged_at = :triaged_at, "
            "assigned_at = :assigned_at, due_on = :due_on, replied_at = :replied_at, "
            "evaluated_at = :evaluated_at, closed_at = :closed_at, round = :round, reopened_at "
            "= :reopened_at, asked_again_at = :asked_again_at, erased_at = :erased_at, kind = "
            ":kind, title = :title, body = :body, masked_body = :masked_body, area_id = "
            "NULLIF(:area_id, 0), area_name = :area_name, county = :county, town = :town, place "
            "= :place, category = :category, ended = :ended, reason = :reason, guidance = "
            ":guidance, reply = :reply, reply_agency = :reply_agency, verdict = :verdict, "
            "verdict_text = :verdict_text, still = :still, agency_id = :agency_id, "
            "first_replied_at = :first_replied_at, first_answer = :first_answer, fed_at = "
            ":fed_at, offered_at = :offered_at, offer_rejected = :offer_rejected, "
            "first_agency_id = :first_agency_id, point = :point, point_by = :point_by, "
            "point_disclosed = :point_disclosed, receipt_hash = CASE WHEN :erased_at > 0 THEN '' "
            "ELSE receipt_hash END, version = version + 1 WHERE org_id = :org AND id = :id AND "
            "version = :version",
            P(state), P(l->lead_id), P(l->triaged_at), P(l->assigned_at), P(l->due_on),
            P(l->replied_at), P(l->evaluated_at), P(l->closed_at), P(l->round), P(l->reopened_at),
            P(l->asked_again_at), P(l->erased_at), P(l->kind), P(l->title), P(l->body),
            P(l->masked_body), P(l->area_id), P(l->area_name), P(l->county), P(l->town),
            P(l->place), P(l->category), P(l->ended), P(l->reason), P(l->guidance), P(l->reply),
            P(l->reply_agency), P(l->verdict), P(l->verdict_text), P(l->still), P(l->agency_id),
            P(l->first_replied_at), P(l->first_answer), P(l->fed_at), P(l->offered_at),
            P(l->offer_rejected), P(l->first_agency_id), P(l->point), P(l->point_by),
            P(l->point_disclosed), P(l->id), P(l->version)));
}

err letter_store_list_along(struct db *db, i64 lead_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct letter);
    return db_list(
        db,
        SQL("SELECT id, COALESCE(area_id, 0) AS area_id, lead_id, received_at, "
            "triaged_at, assigned_at, due_on, replied_at, evaluated_at, closed_at, "
            "round, reopened_at, asked_again_at, erased_at, version, state, kind, "
            "lane, title, body, masked_body, area_name, county, town, place, "
            "category, ended, reason, guidance, reply, reply_agency, verdict, "
            "verdict_text, still, source, source_id, year, month, agency_id, first_replied_at, "
            "fed_at, first_answer, via, first_agency_id, offered_at, point, point_by, "
            "point_disclosed, offer_rejected FROM letters "
            "WHERE org_id = :org AND lead_id = :lead_id AND lead_id > 0 ORDER BY id LIMIT 20000",
            P(lead_id)),
        LETTER_ROW, mem, out);
}

err letter_store_count_along(struct db *db, i64 lead_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM letters WHERE org_id = :org AND lead_id = :lead_id AND "
                      "lead_id > 0",
                      P(lead_id)),
                  count);
}

err letter_store_list_silent(struct db *db, i64 before_ms, i64 limit, struct arena *mem,
                             struct rows *out)
{
    out->size = sizeof(struct letter);
    return db_list(
        db,
        SQL("SELECT id, COALESCE(area_id, 0) AS area_id, lead_id, received_at, "
            "triaged_at, assigned_at, due_on, replied_at, evaluated_at, closed_at, "
            "round, reopened_at, asked_again_at, erased_at, version, state, kind, "
            "lane, title, body, masked_body, area_name, county, town, place, "
            "category, ended, reason, guidance, reply, reply_agency, verdict, "
            "verdict_text, still, source, source_id, year, month, agency_id, first_replied_at, "
            "fed_at, first_answer, via, first_agency_id, offered_at, point, point_by, "
            "point_disclosed, offer_rejected FROM letters "
            "WHERE org_id = :org AND state = 'replied' AND replied_at < :before_ms ORDER BY "
            "replied_at, "
            "id LIMIT :limit",
            P(before_ms), P(limit)),
        LETTER_ROW, mem, out);
}

err letter_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct text_document);
    return db_list(db,
                   SQL("SELECT id, title, body || ' ' || place AS body FROM letters WHERE org_id = "
                       ":org AND id > :after AND erased_at = 0 ORDER BY id LIMIT :limit",
                       P(after), P(limit)),
                   TEXT_ROW, mem, out);
}

static const struct field NEWEST_ROW[] = { FIELD(struct letter, id),
                                           FIELD(struct letter, category),
                                           FIELD(struct letter, title),
                                           FIELD(struct letter, body),
                                           { 0 } };

err letter_store_list_newest(struct db *db, i64 limit, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct letter);
    return db_list(db,
                   SQL("SELECT id, CASE WHEN triaged_at > 0 THEN category ELSE '' END AS "
                       "category, title, body FROM letters WHERE org_id = :org AND erased_at = 0 "
                       "ORDER BY id DESC LIMIT :limit",
                       P(limit)),
                   NEWEST_ROW, mem, out);
}

err letter_store_list_counties(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct letter_name);
    return db_list(db,
                   SQL("SELECT DISTINCT county AS name FROM letters WHERE org_id = :org AND "
                       "county <> '' ORDER BY name LIMIT 200"),
                   NAME_ROW, mem, out);
}

err letter_store_list_towns(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct letter_name);
    return db_list(db,
                   SQL("SELECT DISTINCT town AS name FROM letters WHERE org_id = :org AND "
                       "town <> '' ORDER BY name LIMIT 500"),
                   NAME_ROW, mem, out);
}

/* ---- messages ---- */

err letter_store_list_messages(struct db *db, i64 id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct letter_message);
    return db_list(db,
                   SQL("SELECT id, at, asked_by, author, text, ended FROM letter_messages WHERE "
                       "org_id = :org AND letter_id = :id ORDER BY id LIMIT 500",
                       P(id)),
                   MESSAGE_ROW, mem, out);
}

err letter_store_add_message(struct db *db, i64 id, const struct letter_message *m)
{
    return db_run(db,
                  SQL("INSERT INTO letter_messages (org_id, letter_id, author, text, at, asked_by) "
                      "VALUES (:org, :id, :author, :text, :at, :asked_by)",
                      P(id), P(m->author), P(m->text), P(m->at), P(m->asked_by)),
                  NULL);
}

err letter_store_list_unanswered(struct db *db, i64 before_ms, i64 limit, struct arena *mem,
                                 struct rows *out)
{
    out->size = sizeof(struct letter_message);
    return db_list(db,
                   SQL("SELECT letter_id AS id FROM letter_messages WHERE org_id = :org AND author "
                       "= 'office' AND ended = '' GROUP BY letter_id HAVING MAX(at) < :before_ms "
                       "ORDER BY letter_id LIMIT :limit",
                       P(before_ms), P(limit)),
                   UNANSWERED_ROW, mem, out);
}

err letter_store_end_questions(struct db *db, i64 id, str ended)
{
    return db_run(db,
                  SQL("UPDATE letter_messages SET ended = :ended WHERE org_id = :org AND letter_id "
                      "= :id AND author = 'office' AND ended = ''",
                      P(ended), P(id)),
                  NULL);
}

err letter_store_remove_messages(struct db *db, i64 id)
{
    return db_run(db,
                  SQL("DELETE FROM letter_messages WHERE org_id = :org AND letter_id = :id", P(id)),
                  NULL);
}

/* ---- who wrote it ---- */

err letter_store_find_sender(struct db *db, i64 id, struct arena *mem, struct sender_row *out)
{
    return db_one(db,
                  SQL("SELECT name_sealed, phone_sealed, mail_sealed, handover FROM senders WHERE "
                      "org_id = :org AND letter_id = :id",
                      P(id)),
                  SENDER_ROW, mem, out);
}

err letter_store_put_sender(struct db *db, i64 id, const struct sender_row *row)
{
    return db_run(
        db,
        SQL("INSERT INTO senders (org_id, letter_id, name_sealed, phone_sealed, mail_sealed, "
            "handover) VALUES (:org, :id, :name_sealed, :phone_sealed, :mail_sealed, :handover) "
            "ON CONFLICT (org_id, letter_id) DO UPDATE SET name_sealed = excluded.name_sealed, "
            "phone_sealed = excluded.phone_sealed, mail_sealed = excluded.mail_sealed, handover = "
            "excluded.handover",
            P(id), P(row->name_sealed), P(row->phone_sealed), P(row->mail_sealed),
            P(row->handover)),
        NULL);
}

err letter_store_remove_sender(struct db *db, i64 id)
{
    return db_run(db, SQL("DELETE FROM senders WHERE org_id = :org AND letter_id = :id", P(id)),
                  NULL);
}

/* ---- consents ---- */

err letter_store_list_consents(struct db *db, i64 id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct sender_consent);
    return db_list(db,
                   SQL("SELECT given_at, withdrawn_at, purpose, notice FROM letter_consents WHERE "
                       "org_id = :org AND letter_id = :id ORDER BY id LIMIT 200",
                       P(id)),
                   CONSENT_ROW, mem, out);
}

err letter_store_add_consent(struct db *db, i64 id, const struct sender_consent *c)
{
    return db_run(db,
                  SQL("INSERT INTO letter_consents (org_id, letter_id, purpose, notice, given_at) "
                      "VALUES (:org, :id, :purpose, :notice, :given_at)",
                      P(id), P(c->purpose), P(c->notice), P(c->given_at)),
                  NULL);
}

err letter_store_end_consents(struct db *db, i64 id, str purpose, i64 at)
{
    return db_run(db,
                  SQL("UPDATE letter_consents SET withdrawn_at = :at WHERE org_id = :org AND "
                      "letter_id = :id AND purpose = :purpose AND withdrawn_at = 0",
                      P(at), P(id), P(purpose)),
                  NULL);
}
