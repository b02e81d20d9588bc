/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a site may switch about accounts and the audit log. Sources: GB/T 22239-2019 8.1.4.1 and
 * 8.1.4.3 (mlps), OWASP ASVS 5.0, Cybersecurity Law. Readers: actor.c, signin.c, modules/accounts,
 * platform/audit. */
#include "platform/access/access_settings.h"

const struct setting ACCESS_SETTINGS[] = {
    { "accounts.second_factor", SETTING_CHOICE, NULL, 0, 0, "office", "none admins office all",
      "GB/T 22239-2019 8.1.4.1 d" },
    { "accounts.address_failures", SETTING_NUMBER, "times", 5, 1000, "30", NULL, "product" },
    { "accounts.office_idle_minutes", SETTING_NUMBER, "minutes", 5, 240, "30", NULL,
      "GB/T 22239-2019 8.1.4.1 b" },
    { "accounts.office_hours", SETTING_NUMBER, "hours", 1, 24, "12", NULL, "product" },
    { "accounts.member_idle_days", SETTING_NUMBER, "days", 1, 30, "7", NULL, "product" },
    { "accounts.member_days", SETTING_NUMBER, "days", 1, 90, "30", NULL, "product" },
    { "accounts.reauth_minutes", SETTING_NUMBER, "minutes", 5, 1440, "15", NULL, "product" },
    { "accounts.password_profile", SETTING_CHOICE, NULL, 0, 0, "asvs", "asvs mlps", "product" },
    { "accounts.password_min", SETTING_NUMBER, "characters", 8, 64, "10", NULL, "ASVS 5.0 6.2.1" },
    { "accounts.password_classes", SETTING_NUMBER, "kinds", 1, 4, "3", NULL,
      "GB/T 22239-2019 8.1.4.1 a" },
    { "accounts.password_history", SETTING_NUMBER, "times", 0, 24, "5", NULL, "product" },
    { "accounts.password_days", SETTING_NUMBER, "days", 0, 365, "90", NULL,
      "GB/T 22239-2019 8.1.4.1 a" },
    { "audits.digest", SETTING_CHOICE, NULL, 0, 0, "sm3", "sm3 sha256", "GB/T 32905" },
    { "audits.keep_days", SETTING_NUMBER, "days", 180, 36500, "1095", NULL,
      "Cybersecurity Law art. 23 (3)" },
    { 0 },
};
