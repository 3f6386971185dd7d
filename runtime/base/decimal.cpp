#include "runtime/base/decimal.h"

#include "runtime/base/check.h"
#include "runtime/base/fold.h"
#include "runtime/base/utf8.h"

namespace huiyu {
namespace {

constexpr char32_t minus_sign = 0x2212;

// What stands between the digits of the whole part; a number uses one kind.
enum class Grouping { None, Comma, Underscore };

class DecimalReader {
 public:
  // Takes the next character; false when the text is no decimal.
  bool take(char32_t c) {
    if (c >= U'0' && c <= U'9') return take_digit(static_cast<int>(c - U'0'));
    if (c == U',' || c == U'_') return take_separator(c == U',' ? Grouping::Comma : Grouping::Underscore);
    if (c == U'.') return take_point();
    return false;
  }

  std::optional<Decimal> finish(bool negative) const {
    if (!digit_before_ || !group_complete()) return std::nullopt;
    return Decimal{negative ? -magnitude_ : magnitude_, scale_};
  }

 private:
  bool take_digit(int digit) {
    if (magnitude_ > (int128_max - digit) / 10) return false;
    magnitude_ = magnitude_ * 10 + digit;
    digit_before_ = true;
    ++group_length_;
    if (after_point_) ++scale_;
    return true;
  }

  bool take_separator(Grouping kind) {
    if (!digit_before_ || (grouping_ != Grouping::None && grouping_ != kind)) return false;
    if (kind == Grouping::Comma) {
      bool const first = grouping_ == Grouping::None;
      if (after_point_ || (first ? group_length_ > 3 : group_length_ != 3)) return false;
    }
    grouping_ = kind;
    group_length_ = 0;
    digit_before_ = false;
    return true;
  }

  bool take_point() {
    if (after_point_ || !group_complete() || (grouping_ != Grouping::None && !digit_before_)) return false;
    after_point_ = true;
    digit_before_ = false;
    return true;
  }

  // Once there was a comma, the last group of the whole part has three digits as well.
  bool group_complete() const { return grouping_ != Grouping::Comma || after_point_ || group_length_ == 3; }

  Int128 magnitude_ = 0;
  int scale_ = 0;
  int group_length_ = 0;
  Grouping grouping_ = Grouping::None;
  bool after_point_ = false;
  bool digit_before_ = false;  // the character before was a digit
};

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  bool negative = false;
  DecimalReader reader;
  for (CodePoint const point : code_points(text)) {
    char32_t const c = fold_full_width(point.value);
    if (point.offset == 0 && (c == U'-' || c == minus_sign || c == U'+')) {
      negative = c != U'+';
    } else if (!reader.take(c)) {
      return std::nullopt;
    }
  }
  return reader.finish(negative);
}

std::optional<std::int64_t> rescale(Decimal const& value, int scale) {
  Int128 mantissa = value.mantissa;
  if (mantissa == 0) return 0;
  for (int at = value.scale; at < scale; ++at) {
    // Past int64 a further factor of ten cannot bring it back, and 128 bits have room for this one.
    if (!to_int64(mantissa)) return std::nullopt;
    mantissa *= 10;
  }
  for (int at = value.scale; at > scale; --at) {
    if (mantissa % 10 != 0) return std::nullopt;
    mantissa /= 10;
  }
  return to_int64(mantissa);
}

std::string print_decimal(Int128 mantissa, int scale) {
  HUIYU_CHECK(scale >= 0, "negative scale of a printed decimal");
  auto const decimals = static_cast<std::size_t>(scale);
  std::string out = to_string(mantissa);
  std::size_t const sign = mantissa < 0 ? 1 : 0;
  if (out.size() - sign <= decimals) out.insert(sign, decimals + 1 - (out.size() - sign), '0');
  if (decimals > 0) out.insert(out.size() - decimals, 1, '.');
  return out;
}

}  // namespace huiyu
