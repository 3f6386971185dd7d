// What rules and records are made of. Literals of rules and values of records are drawn from the same few, so that
// they meet at boundaries.
#pragma once

#include "tests/property/random_source.h"

namespace huiyu::test {

using Names = std::vector<std::string>;

inline Names const money_values{"0.01元",   "0元",   "100万元",  "1000万元",     "1.5亿元",
                                "2000万元", "4亿元", "333.33元", "49999999.99元"};
inline Names const person_values{"0人", "1人", "20人", "300人", "1000人", "299人"};
inline Names const ratio_values{"0%", "3%", "5.5%", "60%", "100%", "0.5‰", "33.3%"};
inline Names const grades{"甲等", "乙等", "丙等"};
inline Names const industries{"C", "C34", "C3411", "C16", "F51", "F", "K7010", "K70", "I65"};
inline Names const regions{"山东省青岛市", "山东省", "山东省青岛市崂山区", "浙江省台州市"};
// Ends of months, the leap day, and their neighbours.
inline Names const days{"2024-06-30", "2023-06-30", "2023-07-01", "2024-02-29", "2023-02-28", "2023-03-01",
                        "2021-06-30", "2023-12-31", "2024-01-31", "2022-08-31", "2020-02-29"};
inline Names const years{"2020年", "2021年", "2022年", "2023年", "2024年"};

}  // namespace huiyu::test
