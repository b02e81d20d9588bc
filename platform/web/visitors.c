/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See visitors.h. One place for each piece of work under way: there are few, so they are walked. */
#include "platform/web/visitors.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

enum { CLIENT_MAX = 64 };

struct visitors {
    pthread_mutex_t mutex;
    int each, all, kept;
    struct place {
        bool taken;
        size_t len;
        char client[CLIENT_MAX];
    } places[VISITORS_ALL];
};

struct visitors *visitors_new(struct arena *mem, int each, int all, int kept)
{
    struct visitors *visitors = arena_zero(mem, sizeof *visitors);
    assert(each > 0 && kept >= 0 && all - kept >= each && all <= VISITORS_ALL);
    pthread_mutex_init(&visitors->mutex, NULL);
    visitors->each = each;
    visitors->all = all;
    visitors->kept = kept;
    return visitors;
}

static bool is_of(const struct place *place, str client)
{
    return place->len == client.len && memcmp(place->client, client.ptr, client.len) == 0;
}

int visitors_enter(struct visitors *all, str client, bool first)
{
    int own = 0, taken = 0, place = VISITORS_NONE;
    if (client.len > CLIENT_MAX) /* no address is so long; such ones count as one */
        client.len = CLIENT_MAX;
    pthread_mutex_lock(&all->mutex);
    for (int i = 0; i < all->all; i++)
        if (all->places[i].taken) {
            taken++;
            own += is_of(&all->places[i], client);
        } else {
            place = i;
        }
    if (own >= all->each || (!first && taken >= all->all - all->kept))
        place = VISITORS_NONE;
    if (place != VISITORS_NONE) {
        all->places[place].taken = true;
        all->places[place].len = client.len;
        memcpy(all->places[place].client, client.ptr, client.len);
    }
    pthread_mutex_unlock(&all->mutex);
    return place;
}

void visitors_leave(struct visitors *all, int place)
{
    if (place == VISITORS_NONE)
        return;
    pthread_mutex_lock(&all->mutex);
    all->places[place].taken = false;
    pthread_mutex_unlock(&all->mutex);
}
