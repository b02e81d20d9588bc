/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Tests of meeting_test that need a house with committees: what their heads organise. */
#ifndef HT_MEETINGS_TESTS_MEETING_HEADS_H
#define HT_MEETINGS_TESTS_MEETING_HEADS_H

/* On a desk (desk_setup). README.md, "Who may". */
void a_head_organises_what_his_committee_does(void **state);
void a_head_organises_while_he_serves(void **state);
void another_head_and_who_heads_no_more_do_not(void **state);
#endif
