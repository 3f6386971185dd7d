#include "compiler/base/other_units.h"

#include <array>

namespace huiyu {
namespace {

constexpr std::array units{
    OtherUnit{"吨"},
    OtherUnit{"吨标准煤"},
    OtherUnit{"公斤"},
    OtherUnit{"千克"},
    OtherUnit{"克"},
    OtherUnit{"升"},
    OtherUnit{"立方米"},
    OtherUnit{"公里"},
    OtherUnit{"千米"},
    OtherUnit{"米"},
    OtherUnit{"公顷"},
    OtherUnit{"平方公里"},
    OtherUnit{"千瓦"},
    OtherUnit{"兆瓦"},
    OtherUnit{"千伏安"},
    OtherUnit{"小时"},
    OtherUnit{"床"},
    OtherUnit{"张床位"},
    OtherUnit{"头"},
    OtherUnit{"株"},
    OtherUnit{"标箱"},
    OtherUnit{"韩元", true},
    OtherUnit{"澳元", true},
    OtherUnit{"加元", true},
    OtherUnit{"瑞士法郎", true},
    OtherUnit{"新加坡元", true},
    OtherUnit{"卢布", true},
};

}  // namespace

std::optional<OtherUnit> other_unit_at(std::string_view text) {
  std::optional<OtherUnit> found;
  for (auto const& unit : units)
    if (text.starts_with(unit.word) && (!found || unit.word.size() > found->word.size())) found = unit;
  return found;
}

}  // namespace huiyu
