/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the demo's histories share: one history, its steps and roads, and acting as somebody. The
 * straight road: demo_cases.c; roads beside it: demo_side.c; what follows an answer: demo_after.c;
 * the year of the house: demo_year.c. */
#ifndef HT_SERVER_DEMO_ACTING_H
#define HT_SERVER_DEMO_ACTING_H
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_forms.h"
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_forms.h"
#include "modules/proposals/proposal_rules.h"
#include "server/demo.h"

/* Steps of histories: of cases; from RECONSIDER on of what goes on beside one; from CALL_WRITE on
 * of the house. */
enum step {
    WRITE,
    INVITE_AGAIN,
    GATHER,
    SUBMIT,
    SCREEN,
    RESUBMIT,
    DIVERT,
    REJECT,
    REFER,
    NOTE,
    DOCKET,
    MERGE,
    UNMERGE,
    ASK_WITHDRAW,
    WITHDRAW,
    TRIAL,
    TRIAL_ANSWER,
    TRIAL_SETTLE,
    ASSIGN,
    BOUNCE,
    REASSIGN,
    DISPUTE,
    HEAR,
    SETTLE_DISPUTE,
    ACCEPT,
    CONTACT,
    CONTACT_AGAIN,
    CONTACT_REDO,
    EXTEND,
    DECIDE,
    CONTRIBUTE,
    REPLY,
    REDRAFT,
    REPLY_AGAIN,
    SIGN,
    EVALUATE,
    REDO,
    MEDIATE,
    SETTLE,
    KEEP,
    POSTPONE,
    LOOK,
    ARCHIVE,
    RECONSIDER,
    RETRACT,
    PREPARE,
    INSTRUCT,
    REMIND,
    PROPOSE_URGING,
    ISSUE,
    ACCEPT_URGING,
    ANSWER_URGING,
    SUPPLEMENT_URGING,
    ANSWER_AGAIN,
    PASS_URGING,
    CLOSE_URGING,
    NOMINATE,
    CHOOSE,
    PLAN,
    APPROVE,
    RECORD,
    FINISH,
    COMMEND,
    COMMEND_CHOOSE,
    CALL_WRITE,
    CALL_PUBLISH,
    CALL_CLOSE,
    MEETING,
    MINUTES,
    NOTICE_WRITE,
    NOTICE_PUBLISH,
    NOTICE_RETRACT,
    AMEND,
    AMEND_DECIDE,
    CIRCULAR,
    LADDER,
    DONE
};

/* What is special about a case: at most one thing each. */
enum road {
    STRAIGHT,
    JOINT,    /* asked others to sign; the last one may decline */
    SILENT,   /* one of them declines, one never answers */
    RECALLED, /* called back once, asked again */
    DIVERTED,
    REJECTED,
    UNREACHED, /* rejected, and whom the house cannot reach has not got his letter yet */
    WITHDRAWN,
    KEPT, /* wished to withdraw, the committee did not agree */
    MERGED,
    UNMERGED,
    TRIED,    /* handed out on trial first, agreed */
    OBJECTED, /* an agency objected, it stays with it */
    MOVED,    /* it objected, another one has it */
    BOUNCED,
    UPHELD,
    CONTESTED_UPHELD, /* the refusal was contested, heard, decided */
    CONTESTED_MOVED,
    EXTENDED,
    REDRAFTED,
    REDONE,
    MEDIATED, /* dissatisfied twice, then face to face */
    LATE,
    DROPPED, /* late, but no slip was issued */
    FLAGSHIP,
    FLAG_DECLINED,
    TAKEN_DOWN,
    RECONSIDERED,
    URGENT,
    SECRET,
    INSTRUCTED,
    PROMISE_KEPT,
    PROMISE_RUNNING,
    PROMISE_RENEWED,
    PROMISE_BROKEN,
    COMMENDED,
    NOT_COMMENDED
};

struct demo_case {
    i64 at;        /* UTC milliseconds of the next step */
    i64 id, thing; /* of the proposal; of what goes on beside it */
    unsigned short subject, member;
    unsigned short place;           /* the township it is about: its number and one; 0 = none yet */
    unsigned char step, stop, road; /* stop: rests before this step; 0 = never */
    unsigned char round, signers;   /* signers: of a joint one, the lead with them */
    bool revised, looked, quick;    /* quick: each step as early as can be */
    bool body, collective;          /* of a body; written by the office */
};

enum { DEMO_SUBJECTS_MAX = 200, DEMO_SPAWN_MAX = 4 };

struct demo_cases {
    struct demo *demo;
    struct demo_case *heap;
    size_t count, capacity;
    i64 now;
    struct {
        i64 id, session_id;
    } docketed[DEMO_SUBJECTS_MAX]; /* the last one of each subject, for merging */
    unsigned char *merged;         /* by number of the proposal: others are merged into it */
    size_t merged_size;
    struct demo_case spawned[DEMO_SPAWN_MAX];
    size_t spawned_count;
};

/* One step in progress. */
struct acting {
    struct demo *demo;
    struct demo_cases *cases;
    struct rq *rq;
    struct demo_case *c;
    struct actor actor;
};

/* ---- demo_acting.c ---- */

/* Moves the case on by some days; never before the hour at which an office opens. */
void demo_later(struct acting *a, i64 least, i64 most, enum step next);

/* The same for something that begins beside it, on its own from then on. */
void demo_spawn(struct acting *a, i64 least, i64 most, enum step first);

/* The history is over. */
void demo_end(struct acting *a);

/* A number below n, by the dice of who and what. */
i64 demo_dice(struct acting *a, i64 n);

/* Who acts from now on. signer: 0 the lead, then those who sign with him. */
void demo_be(struct acting *a, i64 account_id, str name);
void demo_be_office(struct acting *a, i64 account_id);
void demo_be_signer(struct acting *a, size_t number);
void demo_be_writer(struct acting *a); /* the lead, or the office where it wrote */
void demo_be_person(struct acting *a, size_t member);
void demo_be_agency(struct acting *a, i64 agency_id);
size_t demo_signer(const struct acting *a, size_t number);

/* A verb of a flow with its input. */
err demo_act(struct acting *a, const struct flow *flow, i64 id, const char *verb,
             const void *input);

/* No error where a step cannot be done any more because of this. */
err demo_unless(err e, const char *name);

/* What is said, of names.txt, its blanks filled, always of the case's own township; a text of the
 * subject likewise. */
str demo_said(struct acting *a, const char *name);
str demo_words(struct acting *a, str text);
const struct demo_subject *demo_subject_of(const struct acting *a);
i64 demo_agency_id(const struct demo *d, str name);

/* Each assignment of the case, all agencies move together. */
err demo_each(struct acting *a, err (*fn)(struct acting *a, const struct assignment *x));
bool demo_answers(const struct assignment *x);

/* The agency that answers alone or first; id 0 = none. */
err demo_host(struct acting *a, struct assignment *out);

/* ---- steps by file; each moves the case on ---- */

typedef err demo_step(struct acting *a);

/* demo_cases.c */
err demo_hand_out(struct acting *a, struct proposal_assign_input *in, i64 cohosts[8]);
err demo_verdict(struct acting *a, const struct assignment *x, const char *result);

/* demo_side.c. tried: hands out to those who had it on trial, if it was. */
err demo_tried(struct acting *a, struct proposal_assign_input *in);
struct proposal_input;
err demo_write_joint(struct acting *a, const struct proposal_input *in);
demo_step demo_invite_again, demo_gather, demo_divert, demo_reject, demo_refer, demo_note,
    demo_merge, demo_unmerge, demo_ask_withdraw, demo_withdraw, demo_trial, demo_trial_answer,
    demo_trial_settle, demo_bounce, demo_reassign, demo_dispute, demo_hear, demo_settle_dispute,
    demo_redraft, demo_mediate, demo_settle;
/* demo_after.c */
demo_step demo_keep, demo_postpone, demo_look, demo_archive, demo_reconsider, demo_retract,
    demo_prepare, demo_instruct, demo_remind, demo_propose_urging, demo_issue, demo_accept_urging,
    demo_answer_urging, demo_supplement_urging, demo_pass_urging, demo_close_urging, demo_nominate,
    demo_choose, demo_plan, demo_approve, demo_record, demo_finish, demo_commend,
    demo_commend_choose;
/* demo_year.c: also what begins with the demo. */
demo_step demo_call_write, demo_call_publish, demo_call_close, demo_meeting, demo_minutes,
    demo_notice_write, demo_notice_publish, demo_notice_retract, demo_amend, demo_amend_decide,
    demo_circular, demo_ladder;
void demo_year_begin(struct demo_cases *c);

/* A history that begins on a day. */
struct demo_case *demo_begin(struct demo_cases *c, i64 day, enum step first);
#endif
