#include "runtime/explain/value.h"

#include <array>

namespace huiyu::explain {

Value Value::truth(bool holds) {
  Value value;
  value.state = holds ? State::True : State::False;
  return value;
}

Value Value::of(Exact number) {
  Value value;
  value.state = State::Value;
  value.number = std::move(number);
  return value;
}

Value Value::of_text(std::string text) {
  Value value;
  value.state = State::Value;
  value.text = std::move(text);
  return value;
}

Value Value::error(Fault fault) {
  Value value;
  value.state = State::Error;
  value.fault = fault;
  return value;
}

bool same_value(Value const& a, Value const& b) {
  if (a.state != b.state || a.number != b.number || a.text != b.text) return false;
  if (a.members == nullptr || b.members == nullptr) return a.members == b.members;
  return a.members->ids == b.members->ids && a.members->texts == b.members->texts && a.members->open == b.members->open;
}

codes::Belongs code_found(codes::CodeSystem system, bool inside, std::int64_t of_set, Value const& wanted) {
  auto const member = static_cast<std::int32_t>(of_set), code = static_cast<std::int32_t>(*wanted.number.integer());
  return inside ? codes::belongs(system, code, member) : codes::belongs(system, member, code);
}

Exact scaled(std::int64_t integer, int scale) {
  constexpr std::array<std::int64_t, 7> powers{1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};
  if (scale >= 0 && scale < static_cast<int>(powers.size()) && integer != std::numeric_limits<std::int64_t>::min())
    return Exact::fraction(integer, powers[static_cast<std::size_t>(scale)]);
  BigInt power = 1;
  for (int i = 0; i < (scale < 0 ? -scale : scale); ++i) power *= 10;
  return scale < 0 ? BigRational(BigInt(integer) * power) : BigRational(BigInt(integer), power);
}

}  // namespace huiyu::explain
