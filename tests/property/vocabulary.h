// What rules and records are made of. Literals of rules and values of records are drawn from the same few, so that
// they meet at boundaries.
#pragma once

#include <array>
#include <utility>

#include "tests/property/world.h"

namespace huiyu::test {

// The last of each is the end of the type's range.
inline Names const money_values{"0.01元",   "0元",           "100万元", "1000万元", "1.5亿元",          "2000万元",
                                "333.33元", "49999999.99元", "0.05元",  "2.5元",    "100000000000000元"};
inline Names const person_values{"0人", "1人", "20人", "300人", "1000人", "299人", "2000000000人"};
inline Names const count_values{"0个", "1个", "3个", "7个", "10000000000个"};
inline Names const ratio_values{"0%", "3%", "5.5%", "60%", "100%", "0.5‰", "33.3%", "50%", "1000000%"};
inline Names const decimal_values{"0", "0.5", "1", "1.25", "2.5", "0.000001", "1000000000"};
inline Names const score_values{"0分", "59.9999分", "60分", "80分", "90分", "1000000分"};
inline Names const area_values{"0亩", "0.000001亩", "3.5亩", "10亩", "100000000亩"};
inline Names const energy_values{"0千瓦时", "100.01千瓦时", "20000千瓦时", "10000000000000千瓦时"};
inline Names const term_values{"0个月", "6个月", "12个月", "3年", "10000个月"};
inline Names const day_count_values{"0天", "10天", "30天", "365天", "4000000天"};
inline Names const workday_values{"0个工作日", "5个工作日", "20个工作日"};
inline Names const dollar_values{"0美元", "0.01美元", "1万美元", "20万美元", "3333.33美元", "100000000000000美元"};
inline Names const per_area_values{"0元/亩", "200元/亩", "0.5元/亩"};
inline Names const industries{"C", "C34", "C3411", "C16", "F51", "F", "K7010", "K70", "I65", "C26", "C2710"};
inline Names const regions{"山东省青岛市", "山东省", "山东省青岛市崂山区", "浙江省台州市", "浙江省杭州市"};
// Also in records alone: codes of counties that were merged, divided, or changed; and a place that no rule names.
inline Names const old_regions{"330103", "330104", "370282", "430204", "广东省广州市"};
// Ends of months, the leap day, and their neighbours; the ends of the type.
inline Names const days{"2024-06-30", "2023-06-30", "2023-07-01", "2024-02-29", "2023-02-28",
                        "2023-03-01", "2021-06-30", "2023-12-31", "2024-01-31", "2022-08-31",
                        "2020-02-29", "2024-06-29", "2023-08-31"};
inline Names const far_days{"0001-01-01", "9999-12-31"};
inline Names const years{"2020年", "2021年", "2022年", "2023年", "2024年"};
inline Names const months{"2023年11月", "2023年12月", "2024年1月", "2024年3月", "2024年4月", "2024年5月", "2024年6月"};
inline Names const texts{"甲厂", "乙厂", "外资"};

// Two values of each kind of number, the lower first, between which ladders and brackets change.
inline std::array<std::pair<std::string, std::string>, number_kinds> const steps{{{"100万元", "1000万元"},
                                                                                  {"20人", "300人"},
                                                                                  {"1个", "7个"},
                                                                                  {"3%", "60%"},
                                                                                  {"0.5", "1.25"},
                                                                                  {"59.9999分", "80分"},
                                                                                  {"3.5亩", "10亩"},
                                                                                  {"100.01千瓦时", "20000千瓦时"},
                                                                                  {"6个月", "3年"},
                                                                                  {"10天", "365天"},
                                                                                  {"5个工作日", "20个工作日"},
                                                                                  {"1万美元", "20万美元"},
                                                                                  {"0.5元/亩", "200元/亩"}}};
inline std::pair<std::string, std::string> const& steps_of(Kind kind) { return steps[static_cast<std::size_t>(kind)]; }
// How rules name what was paid, and how payments do.
inline Names const paid_policies{"政策1", "政策2", "\"P1\"", "\"旧办法\"", "\"别的办法\""};
inline Names const payment_names{"政策1", "政策2", "政策3", "P1", "P2", "旧办法", "别的办法"};
inline Names const credit_codes{"91350100M000100Y43"};

}  // namespace huiyu::test
