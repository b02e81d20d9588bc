/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Addresses and networks (proxies.h). IPv4 is compared in its IPv6-mapped form, so that both
 * ways of writing it agree. */
#include "platform/web/proxies.h"

#include <assert.h>

#include <arpa/inet.h>

#include "platform/base/str.h"

struct address {
    unsigned char b[16];
};

static bool address_parse(str text, struct address *out, bool *is_v4)
{
    char z[INET6_ADDRSTRLEN];
    if (text.len >= sizeof z || text.len == 0)
        return false;
    memcpy(z, text.ptr, text.len);
    z[text.len] = '\0';
    memset(out, 0, sizeof *out);
    *is_v4 = inet_pton(AF_INET, z, out->b + 12) == 1;
    if (*is_v4) {
        out->b[10] = out->b[11] = 0xFF;
        return true;
    }
    return inet_pton(AF_INET6, z, out->b) == 1;
}

static bool same_bits(const struct address *a, const struct address *b, i64 bits)
{
    assert(bits >= 0 && bits <= 128);
    size_t whole = (size_t)bits / 8;
    unsigned rest = (unsigned)bits % 8;
    if (memcmp(a->b, b->b, whole) != 0)
        return false;
    return rest == 0 || (a->b[whole] ^ b->b[whole]) >> (8 - rest) == 0;
}

static bool network_has(str network, const struct address *address)
{
    struct address base;
    bool is_v4;
    i64 slash = str_find(network, str_of("/"), 0), bits = 0;
    str host = slash < 0 ? network : str_sub(network, 0, (size_t)slash);
    if (!address_parse(host, &base, &is_v4))
        return false;
    if (slash < 0)
        return same_bits(&base, address, 128);
    if (!str_to_i64(str_sub(network, (size_t)slash + 1, network.len), &bits) || bits < 0 ||
        bits > (is_v4 ? 32 : 128))
        return false;
    return same_bits(&base, address, is_v4 ? bits + 96 : bits);
}

bool proxy_is_trusted(str list, str address)
{
    struct address a;
    bool is_v4;
    if (!address_parse(address, &a, &is_v4))
        return false;
    for (size_t from = 0, i = 0; i <= list.len; i++) {
        if (i < list.len && list.ptr[i] != ' ' && list.ptr[i] != ',')
            continue;
        if (i > from && network_has(str_sub(list, from, i - from), &a))
            return true;
        from = i + 1;
    }
    return false;
}

str proxy_client(str list, str peer, str forwarded_for)
{
    str client = peer;
    size_t end = forwarded_for.len;
    while (proxy_is_trusted(list, client) && end > 0) {
        size_t from = end;
        while (from > 0 && forwarded_for.ptr[from - 1] != ',')
            from--;
        str hop = str_trim(str_sub(forwarded_for, from, end - from));
        struct address parsed;
        bool is_v4;
        if (!address_parse(hop, &parsed, &is_v4))
            break;
        client = hop;
        end = from ? from - 1 : 0;
    }
    return client;
}

/* The first bits of an address as text, "192.0.2.0" or "2001:db8::"; of IPv4 so many of its 32.
 * Empty: it is no address. */
static str address_cut(struct arena *mem, str address, i64 v4_bits, i64 v6_bits, bool *is_v4)
{
    struct address a;
    char text[INET6_ADDRSTRLEN];
    static const unsigned char MAPPED[12] = { [10] = 0xFF, [11] = 0xFF };
    if (!address_parse(address, &a, is_v4))
        return str_of("");
    *is_v4 = *is_v4 || memcmp(a.b, MAPPED, sizeof MAPPED) == 0;
    i64 bits = *is_v4 ? 96 + v4_bits : v6_bits;
    assert(bits % 8 == 0 && bits <= 128);
    memset(a.b + bits / 8, 0, sizeof a.b - (size_t)bits / 8);
    if (!inet_ntop(*is_v4 ? AF_INET : AF_INET6, *is_v4 ? a.b + 12 : a.b, text, sizeof text))
        return str_of("");
    return arena_str(mem, str_of(text));
}

str address_client(struct arena *mem, str address)
{
    bool is_v4 = false;
    str cut = address_cut(mem, address, 32, 64, &is_v4);
    return !cut.len ? address : is_v4 ? cut : arena_printf(mem, "%.*s/64", (int)cut.len, cut.ptr);
}

str address_network(struct arena *mem, str address)
{
    bool is_v4 = false;
    str cut = address_cut(mem, address, 24, 48, &is_v4);
    return cut.len ? arena_printf(mem, "%.*s/%d", (int)cut.len, cut.ptr, is_v4 ? 24 : 48)
                   : str_of("elsewhere");
}

bool address_is_loopback(str address)
{
    return proxy_is_trusted(str_of("127.0.0.0/8 ::1"), address);
}
