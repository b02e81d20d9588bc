/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Gathering texts about one matter, one text at a time: its vector, the profile of a cluster (the
 * sum of its vectors), the placing of a text among candidates that the caller has read. For letters
 * and opinions alike. Pure, integers, the same on both engines; no database: clusters and the index
 * of keys are the caller's tables. Method and figures: README.md. */
#ifndef HT_TEXT_GATHER_H
#define HT_TEXT_GATHER_H
#include "platform/text/weights.h"

enum {
    GATHER_ONE = 4096,      /* weights are in 1/4096 of the vector's length */
    GATHER_TERMS = 80,      /* of a vector */
    GATHER_KEYS = 12,       /* the first of them, by which candidates are found */
    GATHER_POSTED = 50,     /* newest texts that the caller reads for each key */
    GATHER_ASKED = 32,      /* of those texts the likeliest, whose clusters are compared */
    GATHER_CANDIDATES = 32, /* clusters that are near enough, or shown as perhaps the same */
    GATHER_COPIES = 24,     /* texts that are compared for being copies (copies.h) */
    GATHER_PROFILE = 256,   /* terms of a profile */
    GATHER_PLACE = 300,     /* per mille from which a cluster takes a text */
    GATHER_JOIN = 250,      /* and from which two that are both near to it become one */
    GATHER_JOINS = 5,       /* at most, by one text */
    GATHER_TEXTS_MAX = 1 << 18
};

struct gather_term {
    uint32_t key;
    int32_t weight;
};

/* Of a text; heaviest first, equal ones by key. A text without words has none. */
struct gather_vector {
    struct gather_term terms[GATHER_TERMS];
    size_t count;
};
/* title, body: folded. mem: what is worked with stays there. */
void gather_vector(struct arena *mem, const struct text_weights *w, str title, str body,
                   struct gather_vector *out);

/* Of a cluster; by key. square: length of the whole sum, squared. */
struct gather_profile {
    i64 texts, square;
    struct gather_term *terms;
    size_t count;
};

/* Adds a text or another cluster; terms then lie in mem. Beyond 2^18 texts it stays as it is. */
void gather_add(struct arena *mem, struct gather_profile *p, const struct gather_vector *v);
void gather_merge(struct arena *mem, struct gather_profile *into,
                  const struct gather_profile *other);

/* Cosine, 0..1000. */
i64 gather_degree(const struct gather_vector *v, const struct gather_profile *p);
i64 gather_degree_two(const struct gather_profile *a, const struct gather_profile *b);

/* As it is stored, at most 2,072 bytes; and back: false for bytes that are no profile. */
bytes gather_pack(struct arena *mem, const struct gather_profile *p);
bool gather_unpack(struct arena *mem, bytes packed, struct gather_profile *out);

/* A text that has the vector's key number `key` (0..11) among its own keys. id: its cluster, or
 * itself where copies are sought. */
struct gather_post {
    i64 key, id;
};
struct gather_posts {
    const struct gather_post *items;
    size_t count;
};
/* The ids with most votes, best first, equal ones the older: each key votes once for an id, by its
 * weight squared. Ids of 0 have none. out: in mem. */
void gather_vote(struct arena *mem, const struct gather_vector *v, const struct gather_posts *posts,
                 size_t limit, ids *out);

/* A cluster that may take the text. */
struct gather_candidate {
    i64 id;
    struct gather_profile profile;
};
/* Two that a person has said to be different matters. */
struct gather_apart {
    i64 a, b;
};
/* candidates: without those that take no more (closed, or apart from the text). apart: every pair
 * of two of them that must not become one. */
struct gather_ask {
    const struct gather_vector *vector;
    const struct gather_candidate *candidates;
    size_t count;
    const struct gather_apart *apart;
    size_t apart_count;
};
/* into: which takes it; 0 = none, it begins one of its own. degree: with that one before. joined:
 * those that become one with it by this text. stays: the id that goes on, the oldest of all.
 * profile: of the whole, with the text. */
struct gather_placing {
    i64 into, degree, stays;
    ids joined;
    struct gather_profile profile;
};
void gather_place(struct arena *mem, const struct gather_ask *ask, struct gather_placing *out);

/* The most days of an ascending list that lie within any `span` days (first and last counted), and
 * which of them it begins and ends with: how hot a matter is. 0 for an empty list. */
struct gather_crowd {
    i64 most, from, to;
};
struct gather_crowd gather_crowd_of(const i64 *days, size_t count, i64 span);
#endif
