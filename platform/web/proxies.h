/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whose X-Forwarded-For and -Proto count: the addresses and networks of config.trusted_proxies.
 * Everybody else's are ignored. */
#ifndef HT_WEB_PROXIES_H
#define HT_WEB_PROXIES_H
#include "platform/base/arena.h"
#include "platform/base/types.h"

/* Whether an address stands in the list ("127.0.0.1 10.0.0.0/8, ::1"); malformed entries match
 * nothing. */
bool proxy_is_trusted(str list, str address);

/* The client's address: peer, or, when peer is trusted, the last address of forwarded_for that
 * is not itself trusted. */
str proxy_client(str list, str peer, str forwarded_for);

/* What is counted as one client: an IPv4 address as it is, of an IPv6 address the network of 64
 * bits, since a client may choose among all of it ("2001:db8:0:1::/64"). What is no address comes
 * back as it is. */
str address_client(struct arena *mem, str address);

/* The network that limits for anonymous senders count as one: 24 bits of an IPv4 address, 48 of an
 * IPv6 address ("192.0.2.0/24", "2001:db8::/48"): what one household, office or provider's pool is
 * given. What is no address is "elsewhere". */
str address_network(struct arena *mem, str address);

/* Whether the address is of this machine: 127.0.0.0/8 or ::1. */
bool address_is_loopback(str address);
#endif
