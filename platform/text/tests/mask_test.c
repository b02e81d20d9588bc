/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is masked and what must stay: tables. The first for every text that is made public, the
 * second also for a letter before a unit reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/buf.h"
#include "platform/text/mask.h"
#include "platform/text/texts.h"

#define PHONE   "（电话略）"
#define NUMBER  "（号码略）"
#define CONTACT "（联系方式略）"
#define PLATE   "（车牌略）"
#define NAME    "（姓名略）"

static const struct {
    const char *given, *wanted;
} NUMBERS[] = {
    /* mobile numbers */
    { "请打13808831234联系", "请打" PHONE "联系" },
    { "138-0883-1234，下午", PHONE "，下午" },
    { "138 0883 1234", PHONE },
    { "+86 13808831234", PHONE },
    { "+86-138-0883-1234。", PHONE "。" },
    { "8613808831234", PHONE },
    { "１３８０８８３１２３４", PHONE }, /* full width */
    { "13808831234、13908831234", PHONE "、" PHONE },
    { "138.0883.1234", PHONE },
    { "138−0883−1234", PHONE }, /* U+2212 */
    { "VX13808831234", "VX" CONTACT },
    { "电话：13808831234/8225555", "电话：" PHONE "/" CONTACT },
    /* telephones */
    { "0831 822 1111", PHONE },
    { "010-6512-3456。", PHONE "。" },
    { "+86 831 8221111", PHONE },
    { "0086-831-8221111", PHONE },
    { "电话：822 1111", "电话：" CONTACT },
    { "电话：822-1111。", "电话：" CONTACT "。" },
    { "联系电话：8221111、8225555", "联系电话：" CONTACT "、" CONTACT },
    { "联系电话：8221111；8225555和8226666。",
      "联系电话：" CONTACT "；" CONTACT "和" CONTACT "。" },
    { "0831-8221111", PHONE },
    { "（0831）8221111", PHONE },
    { "010-65123456转", PHONE "转" },
    { "0831—8221111", PHONE },
    { "08318221111", PHONE },
    { "0831-8221111-203", PHONE },
    { "400-810-8888", PHONE },
    { "4008108888", PHONE },
    { "电话：8221111。", "电话：" CONTACT "。" },
    { "联系电话是 8221111", "联系电话是 " CONTACT },
    /* identity and account numbers */
    { "身份证530102197001011234", "身份证" NUMBER },
    { "53010219700101123X号", NUMBER "号" },
    { "530102700101123", NUMBER },
    { "账号6222021234567890123", "账号" NUMBER },
    { "身份证号：530102 19700101 1234", "身份证号：" NUMBER },
    { "530102-19700101-1234", NUMBER },
    { "530102 197001011234", NUMBER },
    { "530102.19700101.123X，", NUMBER "，" },
    { "530102−19700101−1234", NUMBER }, /* U+2212 */
    { "账号：6222 0212 3456 7890 123", "账号：" NUMBER },
    { "6222 0212 3456 7890 收款", NUMBER " 收款" },
    { "账号：1234 5678 9012 345", "账号：" CONTACT },
    /* mail, messengers */
    { "写到 zhang.san@example.com。", "写到 " CONTACT "。" },
    { "微信号：zhang_san88", "微信号：" CONTACT },
    { "微信zhang2026，可加", "微信" CONTACT "，可加" },
    { "QQ：123456789", "QQ：" CONTACT },
    { "加QQ群 123456", "加QQ群 " CONTACT },
    { "微信号：zhang.san", "微信号：" CONTACT },
    { "微信：lisan", "微信：" CONTACT },
    { "微信号是lisan、wangwu。", "微信号是" CONTACT "、" CONTACT "。" },
    /* what stays */
    { "2026年11月25日，投入13800万元", "2026年11月25日，投入13800万元" },
    { "2021-2025年规划", "2021-2025年规划" },
    { "全长1234.5公里，覆盖80000人", "全长1234.5公里，覆盖80000人" },
    { "请拨打12345热线", "请拨打12345热线" },
    { "微信小程序和公众号", "微信小程序和公众号" },
    { "安装电话2万部", "安装电话2万部" },
    { "文号〔2026〕137号", "文号〔2026〕137号" },
    { "12808831234", "12808831234" },   /* 12 begins no mobile number */
    { "138088312345", "138088312345" }, /* twelve digits are none either */
    { "网址 www.example.com", "网址 www.example.com" },
    { "手机 iPhone 用户", "手机 iPhone 用户" },
    { "2026-2030年规划，手机 2026-2030年更新", "2026-2030年规划，手机 2026-2030年更新" },
    { "2021 2022 2023 2024 2025", "2021 2022 2023 2024 2025" },
    { "2021-2022-2023-2024", "2021-2022-2023-2024" },
    { "投入13800.88万元，2026年", "投入13800.88万元，2026年" },
    { "东经138.08831234度", "东经138.08831234度" },
    { "面积138088.31平方米、123 456 789平方米", "面积138088.31平方米、123 456 789平方米" },
    { "建设路138号7-2-301室", "建设路138号7-2-301室" },
    { "人民路0831号", "人民路0831号" },
    { "1,380,088,312.34元", "1,380,088,312.34元" },
    { "8221111元和8225555元", "8221111元和8225555元" },
    { "新装电话 800000 部，银行卡 5000000 张", "新装电话 800000 部，银行卡 5000000 张" },
    { "银行卡 1380000 万元", "银行卡 1380000 万元" },
    { "微信 Windows 版", "微信 Windows 版" },
    { "微信公众号：澜湄政协", "微信公众号：澜湄政协" },
    { "微信支付、QQ音乐", "微信支付、QQ音乐" },
    { "hotel 123456", "hotel 123456" },
    { "", "" },
};

static const struct {
    const char *given, *wanted;
} ALL[] = {
    /* plates */
    { "车牌云S12345挡在门口", "车牌" PLATE "挡在门口" },
    { "云S·12345和粤b 88888", PLATE "和" PLATE },
    { "云SD12345、云S12345D", PLATE "、" PLATE }, /* electric cars */
    { "云S1234警，云Ｓ１２３４５", PLATE "，" PLATE },
    /* names behind a word with a colon: whole, whatever they are */
    { "姓名：张三，家住河边", "姓名：" NAME "，家住河边" },
    { "联系人: 岩温叫 电话13808831234", "联系人: " NAME " 电话" PHONE },
    { "姓名：买买提·艾力。", "姓名：" NAME "。" },
    { "投诉人：欧阳小明电话8221111", "投诉人：" NAME "电话" CONTACT },
    /* said in a sentence: by the family name */
    { "我叫李四是凤翔街道居民", "我叫" NAME "是凤翔街道居民" },
    { "我叫张有才住在河边", "我叫" NAME "住在河边" },
    { "我叫王小二我要说", "我叫" NAME "我要说" },
    { "我姓赵，住三楼", "我姓" NAME "，住三楼" },
    /* the signature */
    { "路灯坏了。\n请修好。\n  王小明 \n2026年11月1日\n",
      "路灯坏了。\n请修好。\n  " NAME " \n2026年11月1日\n" },
    { "路灯坏了。\n李四", "路灯坏了。\n" NAME },
    /* numbers as in the other table */
    { "我叫李四，手机138 0883 1234", "我叫" NAME "，手机" PHONE },
    /* what stays */
    { "更新V202611版，川A股，苏E1234路", "更新V202611版，川A股，苏E1234路" },
    { "我叫了三次物业，我叫他们来修", "我叫了三次物业，我叫他们来修" },
    { "联系人不接电话，姓名不详", "联系人不接电话，姓名不详" },
    { "路灯坏了。\n谢谢", "路灯坏了。\n谢谢" },
    { "高山\n路灯坏了。\n请修好。", "高山\n路灯坏了。\n请修好。" }, /* a heading */
    { "王小明", "王小明" },
    { "方家村\n路灯坏了。\n一共五盏。\n三年了。\n没人来。",
      "方家村\n路灯坏了。\n一共五盏。\n三年了。\n没人来。" },
    { "", "" },
};

static struct arena *mem;

static void same(const char *given, str got, const char *wanted)
{
    if (!str_is(got, wanted))
        fail_msg("%s became %s instead of %s", given, arena_cstr(mem, got), wanted);
}

static void numbers_that_lead_to_people_are_masked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        str got = mask_text(mem, str_of(NUMBERS[i].given), MASK_NUMBERS);
        same(NUMBERS[i].given, got, NUMBERS[i].wanted);
        same("masked again", mask_text(mem, got, MASK_NUMBERS), NUMBERS[i].wanted);
    }
}

static void names_and_plates_too_where_all_is_asked_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) {
        str got = mask_text(mem, str_of(ALL[i].given), MASK_ALL);
        same(ALL[i].given, got, ALL[i].wanted);
        same("masked again", mask_text(mem, got, MASK_ALL), ALL[i].wanted);
    }
    same("names", mask_text(mem, str_of("我叫李四，云S12345"), MASK_NUMBERS), "我叫李四，云S12345");
}

static void what_was_found_is_told_with_its_place(void **state)
{
    (void)state;
    str text = str_of("我叫李四，13808831234，身份证530902199001011234");
    static const struct mask_hit WANTED[] = { { 6, 12, MASK_NAME },
                                              { 15, 26, MASK_MOBILE },
                                              { 38, 56, MASK_IDENTITY } };
    struct rows rows = mask_find(mem, text, MASK_ALL);
    const struct mask_hit *hits = rows.items;
    assert_int_equal(rows.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(hits[i].from, WANTED[i].from);
        assert_int_equal(hits[i].to, WANTED[i].to);
        assert_int_equal(hits[i].kind, WANTED[i].kind);
    }
}

static void a_text_full_of_them_is_masked_to_its_end(void **state)
{
    (void)state;
    struct buf *b = buf_new(mem, 200000);
    for (int i = 0; i < 4000; i++)
        buf_put(b, "13808831234 ");
    str got = mask_text(mem, buf_str(b), MASK_NUMBERS);
    assert_true(str_find(got, str_of("1380"), 0) < 0);
    assert_int_equal(str_chars(got), 4000 * 6);
}

static int setup(void **state)
{
    (void)state;
    mem = arena_new(16 << 20, 0);
    return text_load(mem, embed_texts).code == ERR_NONE ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(mem);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_that_lead_to_people_are_masked),
        cmocka_unit_test(names_and_plates_too_where_all_is_asked_for),
        cmocka_unit_test(what_was_found_is_told_with_its_place),
        cmocka_unit_test(a_text_full_of_them_is_masked_to_its_end),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
