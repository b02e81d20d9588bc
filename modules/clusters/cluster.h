/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Clusters (热点事项): texts about one matter, gathered as they come in. The engine below is the
 * same for every collection of texts; what people do with clusters: cluster_rules.h. Method:
 * platform/text/gather.h; why these tables: README.md. */
#ifndef HT_CLUSTERS_CLUSTER_H
#define HT_CLUSTERS_CLUSTER_H
#include "platform/web/web.h"

/* So many numbers a statement asks for at a time; a list of them ends with as many zeros. */
enum { CLUSTER_AT_ONCE = 8 };

/* A collection whose texts are gathered. read: title and body of a text, whoever asks; both empty
 * where it is gone. */
struct cluster_owner {
    const char *name; /* also of its collection in the search index: "letters" */
    err (*read)(struct rq *rq, i64 id, str *title, str *body);
};

/* A cluster as it stands. title: what it is called, by staff or by the machine. */
struct cluster {
    i64 id, texts, first_on, last_on, crowd, crowd_from_on, crowd_to_on, into_id, title_degree,
        title_item, version;
    bool pinned;
    str owner, state, name, title;
    bytes profile;
};

/* A text that comes in. area_id 0 = no place said. */
struct cluster_text {
    i64 id, day_on, area_id;
    str title, body;
};

/* Puts a text into the cluster that it is about, or begins one with it; two clusters that are both
 * near to it become one, unless a person has said otherwise. The text need not be in the search
 * index yet. The same again changes nothing. In the present transaction, some 2 ms. *cluster_id:
 * where it is. Errors: those of the database. */
err cluster_place(struct rq *rq, const struct cluster_owner *owner, const struct cluster_text *text,
                  i64 *cluster_id);

/* Takes a text out (dismissed, withdrawn): it is counted no more. None there is no error. */
err cluster_remove(struct rq *rq, const struct cluster_owner *owner, i64 id);

/* A text is gone by the rule of retention: its title is no cluster's any more, also not of one
 * that it was split off from. It still counts. Errors: those of the database. */
err cluster_forget(struct rq *rq, const struct cluster_owner *owner, i64 id);

/* The cluster that a text is in; id 0 = in none. Errors: those of the database. */
err cluster_of(struct rq *rq, const struct cluster_owner *owner, i64 id, struct cluster *out);

/* Texts most like one that is stored or only written (id 0), best first, at most limit: struct
 * cluster_likeness rows. degree: cosine, per mille; copy: per mille of shared runs
 * (platform/text/copies.h), a copy from TEXT_COPY on. Errors: those of the database. */
struct cluster_likeness {
    i64 id, cluster_id, degree, copy;
};
err cluster_similar(struct rq *rq, const struct cluster_owner *owner,
                    const struct cluster_text *text, i64 limit, struct rows *out);

/* Makes weights of words ready that cluster_place would otherwise make while others wait; for the
 * slow lane. Errors: those of the database. */
err cluster_warm(struct rq *rq, const struct cluster_owner *owner);
#endif
