/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules that the files of this module share. Public face: member.h. */
#ifndef HT_MEMBERS_MEMBER_RULES_H
#define HT_MEMBERS_MEMBER_RULES_H
#include "modules/members/member.h"
#include "modules/members/member_store.h"

/* A text with its middle starred: head and tail characters stay, "138****1234"; all stars when it is too short. */
str member_mask(struct arena *mem, str text, i64 head, i64 tail);

/* Whether an 18-digit identity number has the right check digit (GB 11643-1999). Folded: no spaces, X in upper case. */
bool member_identity_is_valid(str number);

/* Names in one cell, separated by 、；，; , or line breaks; trimmed, empty ones left out. */
strs member_split_names(struct arena *mem, str text);
#endif
