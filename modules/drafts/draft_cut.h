/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Texts that came in one piece cut into the parts of a proposal: from lists and from documents. */
#ifndef HT_DRAFTS_DRAFT_CUT_H
#define HT_DRAFTS_DRAFT_CUT_H
#include "platform/base/arena.h"
#include "platform/base/str.h"

/* suggestions: all of them in one text. */
struct draft_parts {
    str title, situation, analysis, suggestions;
};

/* Cuts at marks with a colon, as most sites ask for them ("问题分析：", "具体建议："; texts
 * proposals.mark.*); what has none is situation. The parts are of body; there is no title. */
void draft_cut_body(str body, struct draft_parts *out);

/* The suggestions of a text: cut at the headings "一、", "（一）", "1.", "一是" if at least two
 * follow each other, else one. What stands before the first heading goes with the first, so that
 * nothing is lost. */
strs draft_cut_suggestions(struct arena *mem, str text);

/* Cuts the paragraphs of a document: those that say no more than such a mark, numbered or not, head
 * the part that follows; without any, as draft_cut_body. A first paragraph that reads like a title
 * is one. */
void draft_cut_paragraphs(struct arena *mem, const strs *paragraphs, struct draft_parts *out);

/* The suggestions among paragraphs joined by line ends: as draft_cut_suggestions, but where nothing
 * is numbered each paragraph is one, as long as there are no more than most. */
strs draft_cut_paragraph_suggestions(struct arena *mem, str text, size_t most);
#endif
