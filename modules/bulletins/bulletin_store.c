/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See bulletin_store.h. */
#include "modules/bulletins/bulletin_store.h"

static const struct field BULLETIN_ROW[] = {
    FIELD(struct bulletin, id),       FIELD(struct bulletin, total),
    FIELD(struct bulletin, version),  FIELD(struct bulletin, named),
    FIELD(struct bulletin, ended),    FIELD(struct bulletin, name),
    FIELD(struct bulletin, office),   FIELD(struct bulletin, mark),
    FIELD(struct bulletin, national), FIELD(struct bulletin, province),
    FIELD(struct bulletin, city),     FIELD(struct bulletin, county),
    FIELD(struct bulletin, copies),   { 0 },
};

static const struct field ISSUE_ROW[] = {
    FIELD(struct issue, id),
    FIELD(struct issue, bulletin_id),
    FIELD(struct issue, year),
    FIELD(struct issue, serial),
    FIELD(struct issue, total),
    FIELD(struct issue, issued_on),
    FIELD(struct issue, bulletin_name),
    FIELD(struct issue, office),
    FIELD(struct issue, state),
    FIELD(struct issue, title),
    FIELD(struct issue, number),
    FIELD(struct issue, signer_name),
    { 0 },
};

static const struct field ITEM_ROW[] = {
    FIELD(struct issue_item, id),          FIELD(struct issue_item, issue_id),
    FIELD(struct issue_item, opinion_id),  FIELD(struct issue_item, position),
    FIELD(struct issue_item, assigned_at), FIELD(struct issue_item, replied_at),
    FIELD(struct issue_item, informed_at), FIELD(struct issue_item, title),
    FIELD(struct issue_item, situation),   FIELD(struct issue_item, analysis),
    FIELD(struct issue_item, suggestions), FIELD(struct issue_item, reporters),
    FIELD(struct issue_item, ask),         { 0 },
};

static const struct field DESTINATION_ROW[] = {
    FIELD(struct destination, id),         FIELD(struct destination, issue_id),
    FIELD(struct destination, opinion_id), FIELD(struct destination, sent_on),
    FIELD(struct destination, sent_by),    FIELD(struct destination, body),
    FIELD(struct destination, level),      { 0 },
};

static const struct field ADOPTION_ROW[] = {
    FIELD(struct adoption, id),
    FIELD(struct adoption, destination_id),
    FIELD(struct adoption, opinion_id),
    FIELD(struct adoption, adopted_on),
    FIELD(struct adoption, year),
    FIELD(struct adoption, recorded_at),
    FIELD(struct adoption, recorded_by),
    FIELD(struct adoption, body),
    FIELD(struct adoption, level),
    FIELD(struct adoption, title),
    FIELD(struct adoption, issue_number),
    FIELD(struct adoption, kind),
    FIELD(struct adoption, place),
    FIELD(struct adoption, text),
    { 0 },
};

/* ---- bulletins ---- */

err bulletin_store_add(struct db *db, const struct bulletin *b, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO bulletins (org_id, name, office, mark, total, named, national, province, "
            "city, county, copies, ended) VALUES (:org, :name, :office, :mark, :total, :named, "
            ":national, :province, :city, :county, :copies, :ended) RETURNING id",
            P(b->name), P(b->office), P(b->mark), P(b->total), P(b->named), P(b->national),
            P(b->province), P(b->city), P(b->county), P(b->copies), P(b->ended)),
        id);
}

err bulletin_store_update(struct db *db, const struct bulletin *b)
{
    return db_update(
        db,
        SQL("UPDATE bulletins SET name = :name, office = :office, mark = :mark, total = :total, "
            "named = :named, national = :national, province = :province, city = :city, county = "
            ":county, copies = :copies, ended = :ended, version = version + 1 WHERE org_id = :org "
            "AND id = :id AND version = :version",
            P(b->name), P(b->office), P(b->mark), P(b->total), P(b->named), P(b->national),
            P(b->province), P(b->city), P(b->county), P(b->copies), P(b->ended), P(b->id),
            P(b->version)));
}

err bulletin_store_list_open(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct bulletin);
    return db_list(db,
                   SQL("SELECT id, total, version, named, ended, name, office, mark, national, "
                       "province, city, county, copies FROM bulletins WHERE org_id = :org AND "
                       "ended = 0 ORDER BY id LIMIT 50"),
                   BULLETIN_ROW, mem, out);
}

err bulletin_store_count_name(struct db *db, str name, i64 except, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM bulletins WHERE org_id = :org AND name = :name AND id "
                      "<> :except",
                      P(name), P(except)),
                  out);
}

err bulletin_store_next_serial(struct db *db, i64 bulletin_id, i64 year, i64 *out)
{
    return db_i64(db,
                  SQL("INSERT INTO bulletin_numbers (org_id, bulletin_id, year, serial) VALUES "
                      "(:org, :bulletin_id, :year, 1) ON CONFLICT (org_id, bulletin_id, year) DO "
                      "UPDATE SET serial = bulletin_numbers.serial + 1 RETURNING serial",
                      P(bulletin_id), P(year)),
                  out);
}

err bulletin_store_next_total(struct db *db, i64 bulletin_id, i64 *out)
{
    return db_i64(db,
                  SQL("UPDATE bulletins SET total = total + 1, version = version + 1 WHERE org_id "
                      "= :org AND id = :bulletin_id RETURNING total",
                      P(bulletin_id)),
                  out);
}

/* ---- issues ---- */

err issue_store_find(struct db *db, i64 id, struct arena *mem, struct issue *out)
{
    return db_one(db,
                  SQL("SELECT id, bulletin_id, year, serial, total, issued_on, bulletin_name, "
                      "office, state, title, number, signer_name FROM issues WHERE org_id = :org "
                      "AND id = :id",
                      P(id)),
                  ISSUE_ROW, mem, out);
}

err issue_store_add(struct db *db, const struct issue *n, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO issues (org_id, bulletin_id, bulletin_name, office, mark, named, state, "
            "title, reports, copies, printed, editor_id, editor_name, updated_at) VALUES (:org, "
            ":bulletin_id, :bulletin_name, :office, :mark, :named, 'draft', :title, :reports, "
            ":copies, :printed, :editor_id, :editor_name, :updated_at) RETURNING id",
            P(n->bulletin_id), P(n->bulletin_name), P(n->office), P(n->mark), P(n->named),
            P(n->title), P(n->reports), P(n->copies), P(n->printed), P(n->editor_id),
            P(n->editor_name), P(n->updated_at)),
        id);
}

err issue_store_update(struct db *db, const struct issue *n, str state)
{
    return db_update(
        db,
        SQL("UPDATE issues SET state = :state, bulletin_id = :bulletin_id, bulletin_name = "
            ":bulletin_name, office = :office, mark = :mark, named = :named, title = :title, year "
            "= :year, serial = :serial, total = :total, number = :number, reports = :reports, "
            "copies = :copies, printed = :printed, signer_id = :signer_id, signer_name = "
            ":signer_name, returned = :returned, digest = :digest, issued_on = :issued_on, "
            "signed_at = :signed_at, updated_at = :updated_at, version = version + 1 WHERE org_id "
            "= :org AND id = :id AND version = :version",
            P(state), P(n->bulletin_id), P(n->bulletin_name), P(n->office), P(n->mark), P(n->named),
            P(n->title), P(n->year), P(n->serial), P(n->total), P(n->number), P(n->reports),
            P(n->copies), P(n->printed), P(n->signer_id), P(n->signer_name), P(n->returned),
            P(n->digest), P(n->issued_on), P(n->signed_at), P(n->updated_at), P(n->id),
            P(n->version)));
}

err issue_store_list_items(struct db *db, i64 issue_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct issue_item);
    return db_list(db,
                   SQL("SELECT id, issue_id, opinion_id, position, assigned_at, replied_at, "
                       "informed_at, title, situation, analysis, suggestions, reporters, ask FROM "
                       "issue_items WHERE org_id = :org AND issue_id = :issue_id ORDER BY "
                       "position, id LIMIT 100",
                       P(issue_id)),
                   ITEM_ROW, mem, out);
}

err issue_store_find_item(struct db *db, i64 opinion_id, struct arena *mem, struct issue_item *out)
{
    return db_one(db,
                  SQL("SELECT id, issue_id, opinion_id, position, assigned_at, replied_at, "
                      "informed_at, title, situation, analysis, suggestions, reporters, ask FROM "
                      "issue_items WHERE org_id = :org AND opinion_id = :opinion_id",
                      P(opinion_id)),
                  ITEM_ROW, mem, out);
}

err issue_store_add_item(struct db *db, i64 issue_id, i64 opinion_id, i64 position, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO issue_items (org_id, issue_id, opinion_id, position) VALUES "
                         "(:org, :issue_id, :opinion_id, :position) RETURNING id",
                         P(issue_id), P(opinion_id), P(position)),
                     id);
}

err issue_store_remove_items(struct db *db, i64 issue_id)
{
    return db_run(db,
                  SQL("DELETE FROM issue_items WHERE org_id = :org AND issue_id = :issue_id",
                      P(issue_id)),
                  NULL);
}

err issue_store_update_item(struct db *db, const struct issue_item *item)
{
    return db_run(
        db,
        SQL("UPDATE issue_items SET title = :title, situation = :situation, analysis = :analysis, "
            "suggestions = :suggestions, reporters = :reporters, ask = :ask, "
            "assigned_at = :assigned_at, replied_at = :replied_at, informed_at = :informed_at "
            "WHERE org_id = :org AND id = :id",
            P(item->title), P(item->situation), P(item->analysis), P(item->suggestions),
            P(item->reporters), P(item->ask), P(item->assigned_at), P(item->replied_at),
            P(item->informed_at), P(item->id)),
        NULL);
}

/* ---- where they went, what came of it ---- */

err destination_store_add(struct db *db, const struct destination *d)
{
    return db_run(db,
                  SQL("INSERT INTO destinations (org_id, issue_id, opinion_id, body, level, "
                      "sent_on, sent_by) VALUES (:org, :issue_id, :opinion_id, :body, :level, "
                      ":sent_on, :sent_by) ON CONFLICT (org_id, opinion_id, body) DO NOTHING",
                      P(d->issue_id), P(d->opinion_id), P(d->body), P(d->level), P(d->sent_on),
                      P(d->sent_by)),
                  NULL);
}

err destination_store_list_opinion(struct db *db, i64 opinion_id, struct arena *mem,
                                   struct rows *out)
{
    out->size = sizeof(struct destination);
    return db_list(db,
                   SQL("SELECT id, issue_id, opinion_id, body, level, sent_on, sent_by FROM "
                       "destinations WHERE org_id = :org AND opinion_id = :opinion_id ORDER BY id "
                       "LIMIT 200",
                       P(opinion_id)),
                   DESTINATION_ROW, mem, out);
}

err destination_store_list_issue(struct db *db, i64 issue_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct destination);
    return db_list(db,
                   SQL("SELECT MIN(id) AS id, issue_id, 0 AS opinion_id, body, level, MIN(sent_on) "
                       "AS sent_on, 0 AS sent_by FROM destinations WHERE org_id = :org AND "
                       "issue_id = :issue_id GROUP BY issue_id, body, level ORDER BY 1 LIMIT 200",
                       P(issue_id)),
                   DESTINATION_ROW, mem, out);
}

err adoption_store_add(struct db *db, const struct adoption *a, i64 *id)
{
    err e = db_insert(
        db,
        SQL("INSERT INTO adoptions (org_id, destination_id, opinion_id, body, level, title, "
            "issue_number, kind, adopted_on, year, place, text, recorded_at, recorded_by) VALUES "
            "(:org, :destination_id, :opinion_id, :body, :level, :title, :issue_number, :kind, "
            ":adopted_on, :year, :place, :text, :recorded_at, :recorded_by) ON CONFLICT (org_id, "
            "destination_id, kind) DO NOTHING RETURNING id",
            P(a->destination_id), P(a->opinion_id), P(a->body), P(a->level), P(a->title),
            P(a->issue_number), P(a->kind), P(a->adopted_on), P(a->year), P(a->place), P(a->text),
            P(a->recorded_at), P(a->recorded_by)),
        id);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err adoption_store_list(struct db *db, i64 opinion_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct adoption);
    return db_list(db,
                   SQL("SELECT id, destination_id, opinion_id, body, level, title, issue_number, "
                       "kind, adopted_on, year, place, text, recorded_at, recorded_by FROM "
                       "adoptions WHERE org_id = :org AND opinion_id = :opinion_id ORDER BY "
                       "adopted_on, id LIMIT 500",
                       P(opinion_id)),
                   ADOPTION_ROW, mem, out);
}

/* ---- figures ---- */

static const struct field YEAR_ROW[] = {
    FIELD(struct bulletin_year, year),     FIELD(struct bulletin_year, issues),
    FIELD(struct bulletin_year, opinions), FIELD(struct bulletin_year, assigned),
    FIELD(struct bulletin_year, replied),  { 0 },
};

static const struct field SENT_ROW[] = {
    FIELD(struct bulletin_figure, year),
    FIELD(struct bulletin_figure, level),
    FIELD(struct bulletin_figure, sent),
    { 0 },
};

static const struct field ADOPTED_ROW[] = {
    FIELD(struct bulletin_figure, year),
    FIELD(struct bulletin_figure, level),
    FIELD(struct bulletin_figure, single),
    FIELD(struct bulletin_figure, combined),
    FIELD(struct bulletin_figure, passed),
    FIELD(struct bulletin_figure, unused),
    { 0 },
};

err bulletin_store_years(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct bulletin_year);
    return db_list(db,
                   SQL("SELECT n.year AS year, COUNT(DISTINCT n.id) AS issues, COUNT(i.id) AS "
                       "opinions, COUNT(NULLIF(i.assigned_at, 0)) AS assigned, "
                       "COUNT(NULLIF(i.replied_at, 0)) AS replied FROM issues n JOIN issue_items i "
                       "ON i.org_id = n.org_id AND i.issue_id = n.id WHERE n.org_id = :org AND "
                       "n.serial > 0 GROUP BY n.year ORDER BY n.year DESC LIMIT 20"),
                   YEAR_ROW, mem, out);
}

/* By the year of the issue: each opinion once a level, however many bodies of it have it. */
err bulletin_store_sent(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct bulletin_figure);
    return db_list(db,
                   SQL("SELECT n.year AS year, d.level AS level, COUNT(DISTINCT d.opinion_id) AS "
                       "sent FROM issues n JOIN destinations d ON d.org_id = n.org_id AND "
                       "d.issue_id = n.id WHERE n.org_id = :org AND n.serial > 0 GROUP BY n.year, "
                       "d.level LIMIT 200"),
                   SENT_ROW, mem, out);
}

/* By the year in which it was adopted. */
err bulletin_store_adopted(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct bulletin_figure);
    return db_list(db,
                   SQL("SELECT year, level, COUNT(*) FILTER (WHERE kind = 'single') AS single, "
                       "COUNT(*) FILTER (WHERE kind = 'combined') AS combined, COUNT(*) FILTER "
                       "(WHERE kind = 'passed') AS passed, COUNT(*) FILTER (WHERE kind = 'unused') "
                       "AS unused FROM adoptions WHERE org_id = :org GROUP BY year, level LIMIT "
                       "200"),
                   ADOPTED_ROW, mem, out);
}
