// Inside check only: whether conditions can hold together, proved or shown by a witness.
//
// A condition becomes a list of terms; a term says of each subject (a field, a definition, any expression) in which
// intervals or classes it lies. What is not understood stays as a truth of its own, named by its text, so that
// `A and not A` is still impossible. A proof of impossibility is always sound; a witness is only `certain` where
// nothing relates the subjects to each other.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "compiler/check/context.h"

namespace huiyu::check {

struct Interval {
  std::optional<BigRational> low, high;
  bool low_open = false, high_open = false;
  std::optional<int> scale;  // values are multiples of 10^-scale; absent: any number
  bool empty() const;
};
// a < b, faster than the numbers' own comparison.
bool below(BigRational const& a, BigRational const& b);

// Dense ids, as disjoint ranges in order, both ends included.
struct IdSet {
  std::vector<std::pair<std::int32_t, std::int32_t>> ranges;
  bool empty() const { return ranges.empty(); }
};
IdSet intersect(IdSet const& a, IdSet const& b);
IdSet unite(IdSet const& a, IdSet const& b);
IdSet complement(IdSet const& a, std::int32_t count);

using Region = std::variant<Interval, IdSet>;
struct Constraint {
  std::int32_t key = 0;  // of the subject's text: Context::subject_keys
  tir::ExprId subject{};
  std::shared_ptr<Region const> region;  // shared by all terms that the condition is part of
  bool plain = false;                    // a field: it can take any value of its region, whatever the others are
  bool opaque = false;  // not understood: only known to be true or false, or in which order two varying things are
};
using Term = std::vector<Constraint>;  // by key, each once
struct Terms {
  std::vector<Term> any;
  bool complete = true;  // false: there were too many, nothing follows from what is here
};

// The ways in which conditions and their parts can be true or can be false, each worked out once. Unknown is neither.
class Ways {
 public:
  explicit Ways(Context const& context) : context_(context) {}

  // Valid as long as this object.
  Terms const& of(tir::ExprId condition, bool positive);

 private:
  friend class Expander;

  Context const& context_;
  std::unordered_map<tir::ExprId, Terms> true_, false_;
};

// The ways in which a condition can be true, or (`positive` false) can be false.
Terms ways(Context const& context, tir::ExprId condition, bool positive);
// The ways in which both can be.
Terms both(Terms const& a, Terms const& b);
// Whether it is proved that there is no way.
inline bool impossible(Terms const& terms) { return terms.complete && terms.any.empty(); }
// Whether it is proved that not both can be: what `both` gives is complete and empty.
bool exclude_each_other(Terms const& a, Terms const& b);

// All values a subject can have at all: the stored range of a field.
Interval domain(Context const& context, tir::ExprId subject);
// A value inside, as a drafter would write it, at a boundary if there is one.
std::string example_text(Context const& context, tir::ExprId subject, Interval const& interval);

enum class Verdict : std::uint8_t { Impossible, Possible, Undecided };
struct Finding {
  Verdict verdict = Verdict::Undecided;
  bool certain = false;
  std::string witness;  // `营业收入 5000万元，员工人数 20人`
};
Finding finding(Context const& context, Terms const& terms);

// A number as a drafter would write it: 5000万元, 20人, 5%.
std::string drafted(BigRational const& value, Type const& type);

}  // namespace huiyu::check
