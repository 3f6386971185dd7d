// Which policies could be paid at once or without application, and why others cannot: `huiyu report readiness`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/project.h"
#include "compiler/tir/leaves.h"
#include "runtime/base/wide.h"

namespace huiyu::driver {

// What stands in the way of paying without asking anybody.
struct Obstacle {
  enum class Kind : std::uint8_t { DeclaredByFirm, NoSource, Judgement, Document, Competition, OpenSum };
  Kind kind{};
  std::string name, source;
  Span use, declared;
  std::vector<std::string> path;  // definitions from the policy to the fact
};

struct Readiness {
  std::string id, name, declared;  // `declared`: the words after 兑现
  Span where;
  std::vector<tir::Leaf> leaves;
  std::vector<Obstacle> obstacles;   // in the order of the text; none: nobody has to be asked
  std::string limit;                 // the promised time, such as 60天; empty: none
  bool without_application = false;  // 兑现 免申即享, and nothing stands in the way
  bool lapsed = false;               // ended before the reference date
  bool limit_missing = false;        // neither instant nor promised within a time, and not left to an application
  bool could_be_without_application = false;
  std::optional<Int128> paid_fen;  // where results were given
  bool ready() const { return obstacles.empty(); }
};

// Every policy, in the order of their ids. A sum that is left open keeps its policy from being instant. Without a
// reference date none has lapsed.
std::vector<Readiness> readiness_of(Project const& project, std::optional<std::int32_t> as_of_day);

// The sums paid by policy id, out of a file that `huiyu match -o` wrote.
Result<std::map<std::string, Int128>> sums_paid(std::string const& path);

std::string readiness_text(std::vector<Readiness> const& all, Project const& project, Language language);
// One object a policy, then one of the whole.
std::string readiness_json(std::vector<Readiness> const& all, Project const& project);

}  // namespace huiyu::driver
