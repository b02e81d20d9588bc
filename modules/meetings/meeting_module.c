/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of meetings, and nothing else; read this first. Rules: meeting.c, invitee.c,
 * attendance.c. */
#include "embed.h"
#include "modules/meetings/checkin.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

enum {
    PAPERS_MAX = 10,
    UPLOAD_MAX = 64 << 20,
    TITLE_MAX = 100,
    PLACES_MAX = 3000,
    HALVES_MAX = 2 * MEETING_DAYS_MAX,
    HOUR_S = 3600
};

/* ---- forms ---- */

#define COMMON_INPUTS                                                                          \
    { FIELD(struct meeting_input, title), .kind = INPUT_TEXT, .required = true,                \
      .max = TITLE_MAX },                                                                      \
        { FIELD(struct meeting_input, organiser), .kind = INPUT_CHOICE, .required = true,      \
          .values = meeting_organisers },                                                      \
        { FIELD(struct meeting_input, from_on), .kind = INPUT_DAY, .required = true },         \
        { FIELD(struct meeting_input, from_half), .kind = INPUT_CHOICE, .required = true,      \
          .choices = "morning afternoon", .label = "meetings.from_half" },                     \
        { FIELD(struct meeting_input, hour), .kind = INPUT_TEXT, .max = 20,                    \
          .hint = "meetings.hour_hint" },                                                      \
        { FIELD(struct meeting_input, to_on), .kind = INPUT_DAY, .hint = "meetings.to_hint" }, \
        { FIELD(struct meeting_input, to_half), .kind = INPUT_CHOICE, .required = true,        \
          .choices = "morning afternoon", .label = "meetings.to_half" },                       \
        { FIELD(struct meeting_input, place), .kind = INPUT_TEXT, .required = true,            \
          .max = TITLE_MAX },                                                                  \
        { FIELD(struct meeting_input, places), .kind = INPUT_NUMBER, .max = PLACES_MAX,        \
          .hint = "meetings.places_hint" },                                                    \
        { FIELD(struct meeting_input, answer_on), .kind = INPUT_DAY,                           \
          .hint = "meetings.answer_hint" },                                                    \
    {                                                                                          \
        FIELD(struct meeting_input, agenda), .kind = INPUT_AREA, .max = 5000,                  \
                                             .hint = "meetings.agenda_hint"                    \
    }

const struct form MEETING_FORM = {
    "meetings",
    sizeof(struct meeting_input),
    (const struct input[]){
        { FIELD(struct meeting_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct meeting_input, kind), .kind = INPUT_CHOICE, .required = true,
          .values = meeting_kinds },
        COMMON_INPUTS,
        { FIELD(struct meeting_input, attending), .kind = INPUT_CHOICE, .required = true,
          .choices = "mandatory voluntary" },
        { FIELD(struct meeting_input, audience), .kind = INPUT_LINES, .required = true, .max = 500,
          .values = meeting_audience, .hint = "meetings.audience_hint" },
        { .field = { 0 } },
    },
};

const struct form MEETING_CHANGE_FORM = {
    "meetings",
    sizeof(struct meeting_input),
    (const struct input[]){
        COMMON_INPUTS,
        { .field = { 0 } },
    },
};

static const struct form INVITE_FORM = {
    "meetings",
    sizeof(struct meeting_invite_input),
    (const struct input[]){
        { FIELD(struct meeting_invite_input, id), .kind = INPUT_ID },
        { FIELD(struct meeting_invite_input, audience), .kind = INPUT_LINES, .required = true,
          .max = 500, .values = meeting_invitable, .hint = "meetings.invite_hint" },
        { FIELD(struct meeting_invite_input, role), .kind = INPUT_CHOICE,
          .choices = "member guest speaker", .hint = "meetings.role_hint" },
        { .field = { 0 } },
    },
};

static const struct form DESIGNATE_FORM = {
    "invitees.designate",
    sizeof(struct invitee_designate_input),
    (const struct input[]){
        { FIELD(struct invitee_designate_input, id), .kind = INPUT_ID },
        { FIELD(struct invitee_designate_input, role), .kind = INPUT_CHOICE, .required = true,
          .choices = "member guest speaker", .hint = "invitees.designate.role_hint" },
        { .field = { 0 } },
    },
};

static const struct form CANCEL_FORM = {
    "meetings.cancel",
    sizeof(struct meeting_reason_input),
    (const struct input[]){
        { FIELD(struct meeting_reason_input, id), .kind = INPUT_ID },
        { FIELD(struct meeting_reason_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 300, .hint = "meetings.cancel.opinion_hint" },
        { .field = { 0 } },
    },
};

const struct form MEETING_MINUTES_FORM = {
    "meetings",
    sizeof(struct meeting_minutes_input),
    (const struct input[]){
        { FIELD(struct meeting_minutes_input, id), .kind = INPUT_ID },
        { FIELD(struct meeting_minutes_input, minutes), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 20000, .hint = "meetings.minutes_hint" },
        { .field = { 0 } },
    },
};

static const struct form PAPERS_FORM = {
    "meetings",
    sizeof(struct meeting_papers_input),
    (const struct input[]){
        { FIELD(struct meeting_papers_input, id), .kind = INPUT_ID },
        { FIELD(struct meeting_papers_input, papers), .kind = INPUT_FILES, .max = PAPERS_MAX },
        { .field = { 0 } },
    },
};

static const struct form PAPER_FORM = {
    "meetings.paper",
    sizeof(struct meeting_paper_input),
    (const struct input[]){
        { FIELD(struct meeting_paper_input, id), .kind = INPUT_ID },
        { FIELD(struct meeting_paper_input, file), .kind = INPUT_ID, .required = true },
        { .field = { 0 } },
    },
};

static const struct form ATTENDANCE_QUERY = {
    "attendance",
    sizeof(struct attendance_input),
    (const struct input[]){
        { FIELD(struct attendance_input, id), .kind = INPUT_ID },
        { FIELD(struct attendance_input, page), .kind = INPUT_NUMBER, .max = MEETING_INVITED_MAX,
          .query = true },
        { FIELD(struct attendance_input, show), .kind = INPUT_CHOICE, .choices = "all open",
          .query = true },
        { .field = { 0 } },
    },
};

static const struct form ATTENDANCE_FORM = {
    "attendance",
    sizeof(struct attendance_input),
    (const struct input[]){
        { FIELD(struct attendance_input, id), .kind = INPUT_ID },
        { FIELD(struct attendance_input, page), .kind = INPUT_NUMBER, .max = MEETING_INVITED_MAX,
          .query = true },
        { FIELD(struct attendance_input, show), .kind = INPUT_CHOICE, .choices = "all open",
          .query = true },
        { FIELD(struct attendance_input, invitees), .kind = INPUT_IDS, .required = true,
          .max = ATTENDANCE_PAGE },
        { FIELD(struct attendance_input, versions), .kind = INPUT_LINES, .keep_empty = true,
          .max = ATTENDANCE_PAGE },
        { FIELD(struct attendance_input, results), .kind = INPUT_LINES, .keep_empty = true,
          .max = ATTENDANCE_PAGE },
        { FIELD(struct attendance_input, halves), .kind = INPUT_LINES, .keep_empty = true,
          .max = ATTENDANCE_PAGE },
        { FIELD(struct attendance_input, leave_kinds), .kind = INPUT_LINES, .keep_empty = true,
          .max = ATTENDANCE_PAGE },
        { .field = { 0 } },
    },
};

#define GATE_QUERY                                                                    \
    { FIELD(struct gate_input, id), .kind = INPUT_ID },                               \
    {                                                                                 \
        FIELD(struct gate_input, show), .kind = INPUT_CHOICE, .choices = "open done", \
                                        .query = true                                 \
    }

static const struct form GATE_QUERY_FORM = {
    "gate",
    sizeof(struct gate_input),
    (const struct input[]){
        GATE_QUERY,
        { FIELD(struct gate_input, half), .kind = INPUT_TEXT, .max = 4, .query = true },
        { .field = { 0 } },
    },
};

static const struct form GATE_FORM = {
    "gate",
    sizeof(struct gate_input),
    (const struct input[]){
        GATE_QUERY,
        { FIELD(struct gate_input, half), .kind = INPUT_TEXT, .max = 4 },
        { FIELD(struct gate_input, invitees), .kind = INPUT_IDS, .required = true,
          .max = CHECKIN_GATE_MAX },
        { FIELD(struct gate_input, came), .kind = INPUT_LINES, .keep_empty = true,
          .max = CHECKIN_GATE_MAX },
        { FIELD(struct gate_input, clock), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct gate_input, undo), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form CHECKIN_QUERY = {
    "checkins",
    sizeof(struct checkin_input),
    (const struct input[]){
        { FIELD(struct checkin_input, id), .kind = INPUT_ID },
        { FIELD(struct checkin_input, code), .kind = INPUT_TEXT, .max = 80, .query = true },
        { .field = { 0 } },
    },
};

static const struct form CHECKIN_FORM = {
    "checkins",
    sizeof(struct checkin_input),
    (const struct input[]){
        { FIELD(struct checkin_input, id), .kind = INPUT_ID },
        { FIELD(struct checkin_input, code), .kind = INPUT_TEXT, .max = 80 },
        { .field = { 0 } },
    },
};

const struct form INVITEE_LEAVE_FORM = {
    "invitees.leave",
    sizeof(struct invitee_leave_input),
    (const struct input[]){
        { FIELD(struct invitee_leave_input, id), .kind = INPUT_ID },
        { FIELD(struct invitee_leave_input, kind), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "meetings.leave_kinds" },
        { FIELD(struct invitee_leave_input, reason), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = 300, .hint = "invitees.leave.reason_hint" },
        { .field = { 0 } },
    },
};

static const struct form DENY_FORM = {
    "invitees.deny",
    sizeof(struct invitee_deny_input),
    (const struct input[]){
        { FIELD(struct invitee_deny_input, id), .kind = INPUT_ID },
        { FIELD(struct invitee_deny_input, denial), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = 300, .hint = "invitees.deny.denial_hint" },
        { .field = { 0 } },
    },
};

static const struct form CORRECT_FORM = {
    "invitees.correct",
    sizeof(struct invitee_correct_input),
    (const struct input[]){
        { FIELD(struct invitee_correct_input, id), .kind = INPUT_ID },
        { FIELD(struct invitee_correct_input, result), .kind = INPUT_CHOICE, .required = true,
          .choices = "whole part late leave absent" },
        { FIELD(struct invitee_correct_input, halves), .kind = INPUT_NUMBER, .max = HALVES_MAX,
          .hint = "invitees.correct.halves_hint" },
        { FIELD(struct invitee_correct_input, leave_kind), .kind = INPUT_CHOICE,
          .dictionary = "meetings.leave_kinds", .hint = "invitees.correct.leave_kind_hint" },
        { FIELD(struct invitee_correct_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 300, .hint = "invitees.correct.opinion_hint" },
        { .field = { 0 } },
    },
};

/* ---- flows ---- */

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "notified", .tone = "info" },
    { "held", .tone = "warn" },
    { "settled", .final = true, .tone = "ok" },
    { "cancelled", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "notify", "draft", "notified", "meetings.organise", .guard = meeting_guard_manage,
      .effect = meeting_effect_notify, .weight = FLOW_MAIN },
    { "tally", "held", NULL, "meetings.organise", .guard = meeting_guard_tally,
      .effect = meeting_effect_tally },
    { "presume", "held", NULL, "meetings.organise", .guard = meeting_guard_manage,
      .effect = meeting_effect_presume },
    { "settle", "held", "settled", "meetings.organise", .guard = meeting_guard_settle,
      .effect = meeting_effect_settle, .event = "meetings.settled", .weight = FLOW_MAIN },
    { "hold", "draft notified", "held", "meetings.organise", .guard = meeting_guard_hold,
      .effect = meeting_effect_hold },
    { "change", "notified", NULL, "meetings.organise", .form = &MEETING_CHANGE_FORM,
      .guard = meeting_guard_manage, .page = page_meeting_change, .effect = meeting_effect_change },
    { "invite", "notified held", NULL, "meetings.organise", .form = &INVITE_FORM,
      .guard = meeting_guard_manage, .effect = meeting_effect_invite, .event = "meetings.invited" },
    { "remind", "notified", NULL, "meetings.organise", .guard = meeting_guard_remind,
      .effect = meeting_effect_remind },
    { "minute", "held settled", NULL, "meetings.organise", .form = &MEETING_MINUTES_FORM,
      .guard = meeting_guard_manage, .page = page_meeting_minute, .effect = meeting_effect_minute },
    { "cancel", "draft notified", "cancelled", "meetings.organise", .form = &CANCEL_FORM,
      .guard = meeting_guard_manage, .effect = meeting_effect_cancel, .weight = FLOW_DANGER },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "held", "may:meetings.manage", "settle", .due = NULL },
    { "held", "person", "settle", .when = meeting_when_headed },
    { 0 },
};

const struct flow MEETINGS_FLOW = {
    .name = "meetings",
    .read = "meetings.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = meeting_flow_load,
    .store = meeting_flow_store,
    .holder = meeting_flow_holder,
};

static const struct flow_state INVITED_STATES[] = {
    { "pending", .first = true, .tone = "warn" },
    { "going", .tone = "ok" },
    { "absenting", .tone = "idle" },
    { "leave_asked", .tone = "warn" },
    { "leave_granted", .tone = "info" },
    { "leave_refused", .tone = "bad" },
    { "unconfirmed", .tone = "idle" },
    { "dropped", .final = true, .tone = "idle" },
    { "cancelled", .final = true, .tone = "idle" },
    { 0 },
};

#define ANY_ANSWER "pending going absenting leave_asked leave_granted leave_refused"

static const struct flow_action INVITED_ACTIONS[] = {
    { "confirm", "pending absenting leave_asked leave_granted leave_refused", "going",
      "meetings.answer", .guard = invitee_guard_confirm, .effect = invitee_effect_answer,
      .clocks = "stop:answer", .event = "meetings.answered", .weight = FLOW_MAIN },
    { "decline", "pending going", "absenting", "meetings.answer", .guard = invitee_guard_decline,
      .effect = invitee_effect_answer, .clocks = "stop:answer", .event = "meetings.answered" },
    { "leave", "pending going leave_refused", "leave_asked", "meetings.answer",
      .form = &INVITEE_LEAVE_FORM, .page = page_invitee_leave, .guard = invitee_guard_leave,
      .effect = invitee_effect_leave, .clocks = "stop:answer" },
    { "excuse", "leave_asked", "leave_granted", "meetings.decide", .guard = invitee_guard_decide,
      .effect = invitee_effect_excuse, .event = "meetings.answered", .weight = FLOW_MAIN },
    { "deny", "leave_asked", "leave_refused", "meetings.decide", .form = &DENY_FORM,
      .guard = invitee_guard_decide, .effect = invitee_effect_deny },
    { "correct", ANY_ANSWER " unconfirmed", NULL, "meetings.manage", .form = &CORRECT_FORM,
      .guard = invitee_guard_correct, .effect = invitee_effect_correct,
      .event = "meetings.line_corrected" },
    { "designate", ANY_ANSWER " unconfirmed", NULL, "meetings.organise", .form = &DESIGNATE_FORM,
      .guard = invitee_guard_designate, .effect = invitee_effect_designate,
      .event = "meetings.answered", .outcomes = "pending" },
    { "drop", ANY_ANSWER " unconfirmed", "dropped", "meetings.organise",
      .guard = invitee_guard_drop, .effect = invitee_effect_drop, .clocks = "stop:answer",
      .weight = FLOW_DANGER },
    { "reask", ANY_ANSWER, "pending", FLOW_SYSTEM, .effect = invitee_effect_reask,
      .clocks = "start:answer" },
    { "reroute", "leave_asked", NULL, FLOW_SYSTEM, .effect = invitee_effect_reroute },
    { "lapse", "pending", "unconfirmed", FLOW_SYSTEM, .clocks = "stop:answer" },
    { "cancel", ANY_ANSWER " unconfirmed", "cancelled", FLOW_SYSTEM, .clocks = "stop:answer" },
    { 0 },
};

static const struct flow_clock INVITED_CLOCKS[] = {
    { "answer", "meetings.answer_days", "working_days", .extend_setting = NULL },
    { 0 },
};

static const struct flow_todo INVITED_TODOS[] = {
    { "pending", "person", "confirm", .due = "answer" },
    { "leave_asked", "person", "excuse", .when = invitee_when_person },
    { "leave_asked", "may:meetings.approve", "excuse", .when = invitee_when_leader },
    { "leave_asked", "may:meetings.manage", "excuse", .when = invitee_when_staff },
    { 0 },
};

const struct flow INVITEES_FLOW = {
    .name = "invitees",
    .read = "meetings.read",
    .states = INVITED_STATES,
    .actions = INVITED_ACTIONS,
    .clocks = INVITED_CLOCKS,
    .todos = INVITED_TODOS,
    .computed = "answer",
    .load = invitee_flow_load,
    .store = invitee_flow_store,
    .holder = invitee_flow_holder,
};

/* ---- routes, permissions, menu ---- */

static const struct route ROUTES[] = {
    { GET, "/meetings", page_meeting_list, .may = "meetings.read", .api = true },
    { GET, "/meetings.csv", .slow = file_list, .may = "meetings.excuse",
      .look = &MEETING_EXPORTED },
    { GET, "/meetings.xlsx", .slow = file_list, .may = "meetings.excuse",
      .look = &MEETING_EXPORTED },
    { GET, "/meetings/new", page_meeting_form, .may = "meetings.organise" },
    { POST, "/meetings/new", page_meeting_save, .may = "meetings.organise", .form = &MEETING_FORM,
      .redraw = page_meeting_form, .api = true },
    { GET, "/meetings/{id}", page_meeting_show, .may = "meetings.read", .api = true },
    { GET, "/meetings/{id}/edit", page_meeting_form, .may = "meetings.organise" },
    { POST, "/meetings/{id}/edit", page_meeting_save, .may = "meetings.organise",
      .form = &MEETING_FORM, .redraw = page_meeting_form, .api = true },
    { POST, "/meetings/{id}/papers", page_meeting_papers, .may = "meetings.organise",
      .form = &PAPERS_FORM, .slow = attachment_receive, .redraw = page_meeting_show, .api = true,
      .max_body = UPLOAD_MAX },
    { GET, "/meetings/{id}/papers/{file}", file_meeting_paper, .may = "meetings.read",
      .form = &PAPER_FORM },
    { POST, "/meetings/{id}/papers/{file}/remove", page_meeting_paper_remove,
      .may = "meetings.organise", .form = &PAPER_FORM, .api = true },
    { GET, "/meetings/{id}/attendance", page_attendance_show, .may = "meetings.organise",
      .form = &ATTENDANCE_QUERY, .api = true },
    { POST, "/meetings/{id}/attendance", page_attendance_record, .may = "meetings.organise",
      .form = &ATTENDANCE_FORM, .redraw = page_attendance_show, .api = true },
    { GET, "/meetings/{id}/door", page_checkin_door, .may = "meetings.organise" },
    { GET, "/meetings/{id}/gate", page_checkin_gate, .may = "meetings.organise",
      .form = &GATE_QUERY_FORM, .api = true },
    { POST, "/meetings/{id}/gate", page_checkin_mark, .may = "meetings.organise",
      .form = &GATE_FORM, .redraw = page_checkin_gate, .api = true },
    { GET, "/meetings/{id}/checkin", page_checkin_show, .may = "meetings.answer",
      .form = &CHECKIN_QUERY },
    { POST, "/meetings/{id}/checkin", page_checkin_come, .may = "meetings.answer",
      .form = &CHECKIN_FORM, .redraw = page_checkin_show, .api = true },
    { GET, "/meetings/{id}/pdf", .slow = file_meeting_pdf, .may = "meetings.read", .api = true },
    { GET, "/meetings/{id}/docx", .slow = file_meeting_docx, .may = "meetings.read", .api = true },
    { GET, "/invitees", page_invitee_list, .may = "meetings.follow", .api = true },
    { GET, "/invitees.csv", .slow = file_list, .may = "meetings.follow", .look = &INVITEE_LOOK },
    { GET, "/invitees.xlsx", .slow = file_list, .may = "meetings.follow", .look = &INVITEE_LOOK },
    { GET, "/invitees/{id}", page_invitee_show, .may = "meetings.read", .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "meetings.read", "member head staff leader", ADMIN_NONE },
    { "meetings.manage", "staff", ADMIN_NONE },
    { "meetings.organise", "head staff", ADMIN_NONE },
    { "meetings.answer", "member head", ADMIN_NONE },
    { "meetings.excuse", "staff leader", ADMIN_NONE },
    { "meetings.follow", "head staff leader", ADMIN_NONE },
    { "meetings.approve", "leader", ADMIN_NONE },
    { "meetings.decide", "member head staff leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "meetings", "/meetings", "calendar", "meetings.read", MENU_SIDE, 57, "duty" },
    { 0 },
};

/* ---- settings, dictionaries, jobs, events ---- */

#define DECIDERS "staff leader chair secretary_general"

static const struct setting SETTINGS[] = {
    { "meetings.answer_days", SETTING_NUMBER, "working_days", 1, 30, "3", NULL, "product" },
    { "meetings.remind_days", SETTING_NUMBER, "working_days", 0, 10, "1", NULL, "product" },
    { "meetings.reminds_per_day", SETTING_NUMBER, "times", 0, 5, "1", NULL, "product" },
    { "meetings.leave_by_plenary", SETTING_CHOICE, NULL, 0, 0, "secretary_general", DECIDERS,
      "local rule" },
    { "meetings.leave_by_standing", SETTING_CHOICE, NULL, 0, 0, "secretary_general", DECIDERS,
      "local rule" },
    { "meetings.leave_by_chairs", SETTING_CHOICE, NULL, 0, 0, "chair", DECIDERS, "local rule" },
    { "meetings.leave_by_committee", SETTING_CHOICE, NULL, 0, 0, "head", DECIDERS " head",
      "local rule" },
    { "meetings.leave_by_other", SETTING_CHOICE, NULL, 0, 0, "staff", DECIDERS " head", "product" },
    { "meetings.leave_days_plenary", SETTING_NUMBER, "days", 0, 10, "2", NULL, "local rule" },
    { "meetings.leave_days_standing", SETTING_NUMBER, "days", 0, 10, "2", NULL, "local rule" },
    { "meetings.leave_days_chairs", SETTING_NUMBER, "days", 0, 10, "2", NULL, "local rule" },
    { "meetings.leave_days_committee", SETTING_NUMBER, "days", 0, 10, "0", NULL, "product" },
    { "meetings.leave_days_other", SETTING_NUMBER, "days", 0, 10, "0", NULL, "product" },
    { "meetings.leaves_max", SETTING_NUMBER, "times", 1, 5, "2", NULL, "product" },
    { "meetings.two_thirds", SETTING_BOOL, NULL, 0, 0, "0", NULL, "product" },
    { "meetings.notice_plenary_days", SETTING_NUMBER, "days", 0, 60, "7", NULL, "local rule" },
    { "meetings.notice_days", SETTING_NUMBER, "days", 0, 30, "3", NULL, "local rule" },
    { "meetings.register", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "meetings.checkin_gate", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "meetings.checkin_code", SETTING_BOOL, NULL, 0, 0, "0", NULL, "product" },
    { "meetings.code_minutes", SETTING_NUMBER, "minutes", 1, 10, "3", NULL, "product" },
    { 0 },
};

static const struct dictionary_value KINDS[] = {
    { "plenary", "meetings.kinds.plenary" },
    { "standing", "meetings.kinds.standing" },
    { "chairs", "meetings.kinds.chairs" },
    { "committee", "meetings.kinds.committee" },
    { "consultation", "meetings.kinds.consultation" },
    { "research", "meetings.kinds.research" },
    { "inspection", "meetings.kinds.inspection" },
    { "training", "meetings.kinds.training" },
    { "study", "meetings.kinds.study" },
    { "party", "meetings.kinds.party" },
    { "welfare", "meetings.kinds.welfare" },
    { "other", "meetings.kinds.other" },
    { 0 },
};

static const struct dictionary_value LEAVE_KINDS[] = {
    { "official", "meetings.leave_kinds.official" }, { "abroad", "meetings.leave_kinds.abroad" },
    { "illness", "meetings.leave_kinds.illness" },   { "affair", "meetings.leave_kinds.affair" },
    { "other", "meetings.leave_kinds.other" },       { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "meetings.kinds", KINDS, "product" },
    { "meetings.leave_kinds", LEAVE_KINDS, "product" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "meetings.remind", .every_s = HOUR_S, .per_org = true, .run = job_meeting_remind },
    { .name = "meetings.leaves", .every_s = HOUR_S, .per_org = true, .run = job_meeting_leaves },
    { .name = "meetings.hold", .every_s = HOUR_S, .per_org = true, .run = job_meeting_hold },
    { 0 },
};

static const struct event EVENTS[] = {
    { "meetings.settled", "who was there is settled; id = the meeting, see meeting_attendance" },
    { "meetings.corrected", "what was settled has changed; id = the meeting" },
    { "meetings.changed", "its time or place has; fact: struct meeting_brief as it will be" },
    { "meetings.answered", "whether somebody comes has changed; id = the invitee" },
    { "meetings.invited", "more people are invited; id = the meeting" },
    { "meetings.shown", "its page or JSON is made; fact: struct meeting_shown" },
    { "meetings.gate_listed", "the list of its gate is made; fact: struct meeting_gate" },
    { "meetings.credited", "the ledger asks what it gives; fact: struct meeting_credits" },
    { "meetings.line_corrected", "one line of what was settled was corrected; id = the invitee" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "meetings.line_corrected", on_invitee_corrected },
    { "members.left", on_invitee_gone },
    { "members.suspended", on_invitee_gone },
    { 0 },
};

const struct module meeting_module = {
    .name = "meetings",
    .needs = (const char *const[]){ "orgs", "accounts", "members", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &MEETINGS_FLOW, &INVITEES_FLOW, NULL },
    .jobs = JOBS,
    .settings = SETTINGS,
    .dictionaries = DICTIONARIES,
    .events = EVENTS,
    .listens = LISTENS,
    .schema = meetings_schema,
};
