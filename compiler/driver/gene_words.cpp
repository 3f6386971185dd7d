#include "compiler/driver/gene_words.h"

#include <algorithm>
#include <optional>
#include <set>

#include "runtime/base/big.h"
#include "runtime/codes/codes.h"
#include "runtime/explain/show.h"
#include "runtime/plan/rows.h"

namespace huiyu::driver {
namespace {

using plan::Ref;

// So many members of a set are named.
constexpr std::size_t named_members = 8;

std::string path_of(plan::Plan const& plan, plan::Column const& column) {
  std::string path(plan.text(column.name));
  for (auto at = column.relation; plan.relations[at.index].parent.has_value(); at = plan.relations[at.index].parent)
    path.insert(0, std::string(plan.text(plan.relations[at.index].name)) + ".");
  return path;
}

// The fields and definitions that a value without a name is computed from.
void add_sources(plan::Plan const& plan, Ref<plan::Column> ref, std::set<std::string>& names) {
  if (!ref.has_value()) return;
  auto const& column = plan.columns[ref.index];
  if (column.name.has_value()) {
    names.insert(path_of(plan, column));
    return;
  }
  if (column.role == plan::ColumnRole::Input)
    return add_sources(plan, plan.relations[column.relation.index].owner_field, names);
  auto const& derived = plan.derived[column.derived.index];
  for (auto part : {derived.value, derived.filter, derived.list, derived.denominator}) add_sources(plan, part, names);
  for (auto const& key : plan::rows_of(derived.keys, plan.derived_keys)) add_sources(plan, key.column, names);
  if (!derived.use.has_value()) return;
  for (auto const& input : plan::rows_of(plan.uses[derived.use.index].inputs, plan.use_inputs))
    add_sources(plan, input.column, names);
}

std::string joined(std::vector<std::string> const& parts, std::string_view separator) {
  std::string text;
  for (auto const& part : parts) text += (text.empty() ? "" : std::string(separator)) + part;
  return text;
}

std::string number_text(BigRational const& number) { return numerator(number).str() + "/" + denominator(number).str(); }

// How many digits a whole number has without the zeros that it ends with; 0 has none.
std::size_t digits(BigRational const& number) {
  auto const text = BigInt(abs(numerator(number))).str();
  return text.find_last_not_of('0') + 1;
}

// A literal constant.
BigInt literal(plan::Plan const& plan, plan::Constant const& constant) {
  if (constant.width == 1) return constant.value;
  auto const* limbs = plan.limbs.data() + constant.index;
  BigInt value = static_cast<std::int64_t>(limbs[constant.width - 1]);
  for (int limb = constant.width - 2; limb >= 0; --limb) value = value * (BigInt(1) << 64) + limbs[limb];
  return value;
}

// One end of an interval: `≥ 2000万元`.
struct End {
  bool is_literal = false;
  BigRational number;  // the stored number at the column's scale
  Words words;
};

class Writer {
 public:
  Writer(plan::Plan const& plan, plan::Atom const& atom)
      : plan_(plan), atom_(atom), column_(plan.columns[atom.column.index]) {}

  GeneWords write() const {
    switch (atom_.kind) {
      case plan::AtomKind::Interval:
      case plan::AtomKind::QuotientInterval: return interval();
      case plan::AtomKind::Truth: return {{"", ""}, "truth"};
      case plan::AtomKind::ClassSet: return classes();
      case plan::AtomKind::Tag:
      case plan::AtomKind::TextIs: break;
    }
    auto const member = text_of_member();
    if (atom_.kind == plan::AtomKind::Tag) return {{"包含 " + member, "contains " + member}, "tag " + member};
    return {{"为“" + member + "”", "is “" + member + "”"}, "text " + member};
  }

 private:
  explain::ShowAs as() const { return {column_.kind, column_.measure, column_.code_system, column_.enumeration}; }
  bool is_number() const { return column_.kind == plan::ValueKind::Number; }
  // The first entry of an ordered enumeration is the greatest.
  bool is_reversed() const { return column_.kind == plan::ValueKind::Enumeration; }

  std::string text_of_member() const {
    if (atom_.text.has_value()) return std::string(plan_.text(atom_.text));
    auto const& of = plan_.columns[member_column().index];
    return explain::show_value(plan_, {of.kind, of.measure, of.code_system, of.enumeration},
                               explain::Value::of(BigRational(atom_.tag)));
  }
  // The one column of a set's rows.
  Ref<plan::Column> member_column() const {
    for (std::uint32_t i = 0; i < plan_.columns.size(); ++i)
      if (plan_.columns[i].relation == column_.items) return {i};
    return atom_.column;
  }

  std::string shown(BigRational const& stored) const {
    BigRational const value = is_number() ? BigRational(stored * explain::scaled(1, column_.scale).big()) : stored;
    return explain::show_value(plan_, as(), explain::Value::of(value));
  }

  End end(Ref<plan::Constant> ref) const {
    auto const& constant = plan_.constants[ref.index];
    bool const divided = atom_.denominator.has_value();
    bool const whole = !divided || plan_.constants[atom_.denominator.index].kind == plan::ConstantKind::Literal;
    if (constant.kind == plan::ConstantKind::Literal && whole) {
      BigRational number(literal(plan_, constant));
      if (divided) number /= BigRational(literal(plan_, plan_.constants[atom_.denominator.index]));
      auto const text = shown(number);
      return {true, number, {text, text}};
    }
    return {false, 0, symbol(constant)};
  }

  // What is known at the reference date only.
  Words symbol(plan::Constant const& constant) const {
    auto const moved = constant.value == 0 ? "" : (constant.value > 0 ? "+" : "") + std::to_string(constant.value);
    switch (constant.kind) {
      case plan::ConstantKind::Parameter: {
        std::string const name(plan_.text(plan_.parameters[constant.index].name));
        return {name, name};
      }
      case plan::ConstantKind::AsOfDay: return {"基准日" + moved, "the reference date" + moved};
      case plan::ConstantKind::AsOfMonth: return {"基准日所在月" + moved, "the month of the reference date" + moved};
      case plan::ConstantKind::ApplicationYear: return {"申报年度" + moved, "the year applied for" + moved};
      case plan::ConstantKind::Literal:
      case plan::ConstantKind::Given:
      case plan::ConstantKind::Undecided:
      case plan::ConstantKind::ClassSet:
      case plan::ConstantKind::Computed:
      case plan::ConstantKind::Text: break;
    }
    return {"由参数算出的数", "a number computed from parameters"};
  }

  // `＞ 5000` is stored as `≥ 5001`: the rounder of the two is what somebody wrote.
  GeneWords interval() const {
    auto const low = atom_.low.has_value() ? end(atom_.low) : End{};
    auto const high = atom_.high.has_value() ? end(atom_.high) : End{};
    std::string meaning = to_hex(atom_.id);
    if ((!atom_.low.has_value() || low.is_literal) && (!atom_.high.has_value() || high.is_literal))
      meaning = (atom_.low.has_value() ? number_text(low.number) : "") + (atom_.low_excluded != 0 ? "<" : "≤") +
                (atom_.high_excluded != 0 ? "<" : "≤") + (atom_.high.has_value() ? number_text(high.number) : "");
    if (atom_.low.has_value() && atom_.high.has_value()) {
      if (low.words.zh == high.words.zh) return {{"＝ " + low.words.zh, "= " + low.words.en}, meaning};
      return {{"从 " + low.words.zh + " 到 " + high.words.zh, "from " + low.words.en + " to " + high.words.en},
              meaning};
    }
    bool const upper = !atom_.low.has_value();
    auto const& one = upper ? high : low;
    bool excluded = (upper ? atom_.high_excluded : atom_.low_excluded) != 0;
    auto words = one.words;
    if (!upper && one.is_literal && is_number() && !excluded) {
      BigRational const before = one.number - 1;
      if (digits(before) < digits(one.number) && (before != 0 || column_.scale > 0))
        words = {shown(before), shown(before)}, excluded = true;
    }
    bool const rises = upper == is_reversed();
    auto const sign = std::string(rises ? (excluded ? "＞ " : "≥ ") : (excluded ? "＜ " : "≤ "));
    return {{sign + words.zh, sign + words.en}, meaning};
  }

  GeneWords classes() const {
    auto const members = members_of(plan_, column_, plan_.class_sets[atom_.classes.index]);
    auto const count = std::min(members.size(), named_members);
    std::vector<std::string> shown(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(count));
    // Names of industries are too long for a line.
    constexpr auto region = codes::CodeSystem::Region;
    if (column_.kind == plan::ValueKind::Code && column_.code_system == static_cast<std::uint8_t>(region))
      for (auto& one : shown) one = codes::display_path(region, *codes::find_code(region, one));
    auto const named = joined(shown, "、");
    Words words{"属于 " + named, "in " + named};
    if (members.size() > count) {
      words.zh += " 等 " + std::to_string(members.size()) + " 个";
      words.en += " and " + std::to_string(members.size() - count) + " more";
    }
    auto sorted = members;
    std::sort(sorted.begin(), sorted.end());
    return {words, "in " + joined(sorted, ";")};
  }

  plan::Plan const& plan_;
  plan::Atom const& atom_;
  plan::Column const& column_;
};

// The codes at or below which an interval of ids lies, each as high as may be.
void add_codes(codes::CodeSystem system, plan::Interval const& ids, std::vector<std::string>& out) {
  auto const all = codes::entries(system);
  for (auto id = std::max<std::int64_t>(ids.low, 0); id <= ids.high && id < static_cast<std::int64_t>(all.size());) {
    auto const& entry = all[static_cast<std::size_t>(id)];
    bool const whole = entry.last <= ids.high;
    out.emplace_back(entry.code);
    id = whole ? entry.last + 1 : id + 1;
  }
}

}  // namespace

Words column_words(plan::Plan const& plan, plan::Ref<plan::Column> ref, bool& computed) {
  auto const& column = plan.columns[ref.index];
  computed = !column.name.has_value();
  if (!computed) return {path_of(plan, column), path_of(plan, column)};
  std::set<std::string> names;
  add_sources(plan, ref, names);
  std::vector<std::string> const all(names.begin(), names.end());
  bool const truth = column.kind == plan::ValueKind::Truth;
  return {"由 " + joined(all, "、") + (truth ? " 判断" : " 算出"),
          (truth ? "decided by " : "computed from ") + joined(all, ", ")};
}

GeneWords test_words(plan::Plan const& plan, plan::Atom const& atom) { return Writer(plan, atom).write(); }

std::vector<std::string> members_of(plan::Plan const& plan, plan::Column const& column, plan::ClassSet const& set) {
  std::vector<std::string> members;
  for (auto const& ids : plan::rows_of(set.certain, plan.intervals)) {
    if (column.kind == plan::ValueKind::Code) {
      add_codes(static_cast<codes::CodeSystem>(column.code_system), ids, members);
      continue;
    }
    for (auto id = ids.low; id <= ids.high; ++id)
      members.push_back(explain::show_value(plan, {column.kind, column.measure, column.code_system, column.enumeration},
                                            explain::Value::of(BigRational(id))));
  }
  return members;
}

}  // namespace huiyu::driver
