#include "tests/property/engines.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>

#include <fmt/format.h>

#include "compiler/driver/engines.h"
#include "compiler/driver/native_module.h"
#include "compiler/driver/records.h"
#include "runtime/base/civil.h"
#include "runtime/engine/bind.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/engine/near_judge.h"
#include "runtime/engine/near_match.h"
#include "runtime/explain/explanation.h"
#include "runtime/genes/kernels.h"
#include "runtime/portal/finder.h"
#include "runtime/records/json_records.h"
#include "runtime/settle/references.h"
#include "tests/property/files.h"

namespace huiyu::test {

namespace {

std::string print(PairOutcome const& pair) {
  auto text =
      fmt::format("{} amount {}", outcome_name(pair.outcome), pair.amount_fen ? std::to_string(*pair.amount_fen) : "-");
  for (auto const& part : pair.parts) text += fmt::format(" {}={}", part.name, part.amount_fen);
  for (auto const& share : pair.shares) text += fmt::format(" {}:{}", share.name, share.amount_fen);
  for (auto const& alert : pair.alerts) text += " !" + alert.name + (alert.colour.empty() ? "?" : alert.colour);
  if (!pair.value.empty()) text += " value " + pair.value;
  for (auto const& need : pair.needs) text += " ?" + need;
  return text;
}

bool same_fields(std::span<columns::FieldLayout const> a, std::span<columns::FieldLayout const> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) {
    return x.name == y.name && x.kind == y.kind && x.measure == y.measure && x.scale == y.scale && x.low == y.low &&
           x.high == y.high && x.system == y.system && x.entries == y.entries && x.element == y.element &&
           x.series == y.series && same_fields(x.items, y.items);
  });
}

// Answers by policy id and record; one that is not given stays empty.
class Table {
 public:
  explicit Table(std::size_t records) : records_(records) {}
  void put(std::string const& policy, std::size_t record, PairOutcome pair) {
    auto& answers = policies_[policy];
    answers.resize(records_);
    pair.row = static_cast<std::int64_t>(record);
    pair.policy = 0;
    answers[record] = std::move(pair);
  }
  std::map<std::string, std::vector<std::optional<PairOutcome>>> const& policies() const { return policies_; }

 private:
  std::size_t records_;
  std::map<std::string, std::vector<std::optional<PairOutcome>>> policies_;
};

// How many records of a program are explained: the trees are far slower than the engines.
constexpr std::size_t explained_records = 4;
// … and how many, about, are asked for one by one.
constexpr std::int64_t found_records = 16;

// Every node of the tree has its value or is open, and nothing decides below what does not.
bool says_enough(explain::Node const& node) {
  bool const known = node.state != explain::State::Unknown && node.state != explain::State::Error;
  // A sum that can be computed and not be paid is shown with what is wrong with it.
  bool const unpayable = node.fault == explain::Fault::BelowZero || node.fault == explain::Fault::TooLarge;
  if (node.role != explain::Role::Item && !unpayable && known == node.value.empty()) return false;
  return std::all_of(node.children.begin(), node.children.end(), [&](explain::Node const& child) {
    return (node.deciding || !child.deciding) && says_enough(child);
  });
}

std::optional<Difference> first_difference(Table const& expected, Table const& found, std::string_view engine) {
  for (auto const& [policy, answers] : expected.policies()) {
    auto const other = found.policies().find(policy);
    if (other == found.policies().end()) return Difference{fmt::format("{} does not know {}", engine, policy), {}};
    for (std::size_t record = 0; record < answers.size(); ++record) {
      if (answers[record] == other->second[record]) continue;
      auto text = [&](std::optional<PairOutcome> const& pair) { return pair ? print(*pair) : std::string("nothing"); };
      return Difference{fmt::format("policy {} record {}\n  oracle: {}\n  {}: {}", policy, record,
                                    text(answers[record]), engine, text(other->second[record])),
                        record};
    }
  }
  return std::nullopt;
}

// What the engine counts must be what it lists, and the same when it lists nothing.
std::optional<Difference> count_difference(plan::Plan const& plan, Table const& expected,
                                           std::vector<engine::PolicyCounts> const& counts, std::string_view engine) {
  for (std::size_t position = 0; position < plan.policies.size(); ++position) {
    engine::PolicyCounts wanted;
    auto const id = std::string(plan.text(plan.policies[position].id));
    auto const answers = expected.policies().find(id);
    if (answers == expected.policies().end()) continue;
    for (auto const& pair : answers->second) {
      if (!pair) continue;
      ++wanted.outcomes[static_cast<std::size_t>(pair->outcome)];
      if (pair->outcome == Outcome::Eligible && !pair->needs.empty()) ++wanted.pending;
      if (pair->amount_fen) wanted.sum_fen += *pair->amount_fen;
    }
    if (!(wanted == counts[position])) return Difference{fmt::format("{} counts {} otherwise", engine, id), {}};
  }
  return std::nullopt;
}

class Comparison {
 public:
  Comparison(driver::Project const& project, Case const& given, Way const& way)
      : project_(project), given_(given), way_(way), expected_(given.records.size()) {
    inputs_.as_of_day = *parse_date(given.as_of);
    inputs_.application_year = given.application_year;
    inputs_.given_definitions = given.given;
  }

  Answers run() {
    if (auto problem = oracle()) fail("oracle", *problem);
    if (!answers_.difference)
      if (auto problem = engines()) fail("engine", *problem);
    return std::move(answers_);
  }

 private:
  void fail(std::string_view who, std::string const& problem) {
    answers_.difference = Difference{fmt::format("{}: {}", who, problem), {}};
  }

  std::optional<std::string> oracle() {
    auto runner = driver::Runner::make(project_, inputs_, driver::EngineChoice::Oracle);
    if (!runner) return runner.error().message;
    layout_ = (*runner)->layout();
    auto read = records::read_json_records(given_.json(), layout_);
    if (!read) return read.error().message;
    points_ = !(*runner)->pointed_at().empty();
    if (points_) {
      auto others = records::read_json_records(given_.json(), layout_);
      if (!others) return others.error().message;
      std::vector<columns::Batch> all;
      all.push_back(std::move(others->batch));
      (*runner)->load(layout_, std::move(all));
      (*runner)->join(read->batch);
    }
    auto result = (*runner)->run(read->batch, true);
    if (!result) return result.error().message;
    auto pairs = result->listed.pairs();
    for (auto const& pair : pairs)
      expected_.put((*runner)->policies()[pair.policy].id, static_cast<std::size_t>(pair.row), pair);
    answers_.pairs = std::move(pairs);
    batch_ = std::move(read->batch);
    return std::nullopt;
  }

  std::optional<std::string> engines() {
    auto plan = driver::make_plan(project_);
    if (!plan) return plan.error().message;
    answers_.plan = std::move(*plan);
    auto const& known = *answers_.plan;
    auto subject = engine::only_subject(known);
    if (!subject) return subject.error().message;
    auto layout = engine::layout_of(known, *subject, inputs_.given_definitions);
    if (!layout) return layout.error().message;
    // A plan does not know definitions that no policy uses, be they given or not.
    std::erase_if(layout_.fields, [&](columns::FieldLayout const& field) {
      return std::find(given_.given.begin(), given_.given.end(), field.name) != given_.given.end() &&
             columns::find_field(layout->fields, field.name) < 0;
    });
    if (layout->key != layout_.key || !same_fields(layout->fields, layout_.fields)) return "another layout of records";
    if (!way_.order.empty() || points_ || batch_.columns.size() != layout->fields.size())
      if (auto problem = read_again(known, *subject, *layout)) return problem;
    auto bound = engine::bind(known, inputs_);
    if (!bound) return bound.error().message;
    answers_.shapes = static_cast<std::int64_t>(known.shapes.size());
    if (auto problem = match(*bound, nullptr, "interpret")) return problem;
    if (!answers_.difference) explain(known);
    if (!way_.native || answers_.difference) return std::nullopt;

    auto module = driver::native_module();
    if (!module) return module.error().message;
    auto code = (*module)->compile(known, {});
    if (!code) return code.error().message;
    for (auto const kernel : code->functions->kernels) answers_.native_shapes += kernel != nullptr ? 1 : 0;
    return match(*bound, code->functions, "native");
  }

  // What records read of others, the engine finds by itself.
  std::optional<std::string> read_again(plan::Plan const& known, plan::Ref<plan::Relation> subject,
                                        columns::RecordLayout const& layout) {
    Case moved;
    for (std::size_t row = 0; row < given_.records.size(); ++row)
      moved.records.push_back(given_.records[way_.order.empty() ? row : way_.order[row]]);
    auto read = records::read_json_records(moved.json(), layout);
    if (!read) return read.error().message;
    batch_ = std::move(read->batch);
    if (!points_) return std::nullopt;
    auto others = records::read_json_records(moved.json(), layout);
    if (!others) return others.error().message;
    auto const places = explain::make_places(known, inputs_.given_definitions);
    auto const keys = driver::keys_of(others->batch, layout);
    settle::References references(known, places);
    references.load(subject, std::move(others->batch), keys);
    references.join(subject, batch_);
    return std::nullopt;
  }

  // What the tree of an explanation says of the pair is what every engine answers.
  void explain(plan::Plan const& known) {
    auto const places = explain::make_places(known, inputs_.given_definitions);
    auto const count = std::min(given_.records.size(), explained_records);
    for (std::size_t row = 0; row < count; ++row) {
      auto const record = way_.order.empty() ? row : way_.order[row];
      for (std::uint32_t position = 0; position < known.policies.size(); ++position) {
        auto const id = std::string(known.text(known.policies[position].id));
        auto const found = expected_.policies().find(id);
        if (found == expected_.policies().end() || !found->second[record]) continue;
        auto const explained =
            explain::explain({known, places, inputs_, batch_, static_cast<std::int64_t>(row)}, position);
        ++answers_.explained;
        auto expected = *found->second[record];
        auto pair = explained.pair;
        expected.row = pair.row = 0, expected.policy = pair.policy = 0;
        bool enough = true;
        for (auto const* tree : {&explained.applies, &explained.condition, &explained.total, &explained.value})
          enough = enough && (!*tree || says_enough(**tree));
        if (pair == expected && enough) continue;
        answers_.difference =
            Difference{fmt::format("policy {} record {}\n  oracle: {}\n  explanation: {}{}", id, record,
                                   print(expected), print(pair), enough ? "" : ", which leaves something out"),
                       record};
        return;
      }
    }
  }

  std::optional<std::string> match(engine::BoundPlan const& bound, engine::FunctionTable const* native,
                                   std::string_view engine) {
    engine::MatchOptions options;
    options.block_rows = way_.block_rows;
    options.threads = way_.threads;
    // Every second program has its records put in order by place.
    options.order_from = given_.records.size() % 2 == 0 ? 0 : 2000;
    options.list = engine::Listing::all();
    auto listed = engine::match(bound, batch_, native, options);
    if (!listed) return listed.error().message;
    Table found(given_.records.size());
    for (auto& pair : listed->pairs) {
      auto const row = static_cast<std::size_t>(pair.row);
      if (row >= given_.records.size()) return "a record that is none";
      auto const record = way_.order.empty() ? row : way_.order[row];
      found.put(std::string(bound.plan->text(bound.plan->policies[pair.policy].id)), record, std::move(pair));
    }
    auto& difference = answers_.difference;
    difference = first_difference(expected_, found, engine);
    if (!difference) difference = count_difference(*bound.plan, expected_, listed->policies, engine);
    if (difference || native != nullptr) return std::nullopt;
    options.list = engine::Listing::none();
    auto counted = engine::match(bound, batch_, native, options);
    if (!counted) return counted.error().message;
    difference = count_difference(*bound.plan, expected_, counted->policies, "interpret that lists nothing");
    if (difference) return std::nullopt;
    return match_eligible(bound, options);
  }

  // Who is eligible, found by the sweep with each variant of its kernels, is who is eligible among all outcomes.
  std::optional<std::string> match_eligible(engine::BoundPlan const& bound, engine::MatchOptions options) {
    options.list = engine::Listing::eligible();
    auto listed = engine::match(bound, batch_, nullptr, options);
    if (!listed) return listed.error().message;
    options.eligible_only = true;
    for (auto const* kernels : genes::all_kernels()) {
      options.kernels = kernels;
      auto found = engine::match(bound, batch_, nullptr, options);
      if (!found) return found.error().message;
      auto wanted = listed->policies;
      for (auto& policy : wanted) policy.outcomes = {policy.of(Outcome::Eligible)};
      if (found->pairs == listed->pairs && found->policies == wanted) continue;
      std::string text = fmt::format("eligible only, {}: {} pairs instead of {}", kernels->name, found->pairs.size(),
                                     listed->pairs.size());
      auto const [a, b] =
          std::mismatch(listed->pairs.begin(), listed->pairs.end(), found->pairs.begin(), found->pairs.end());
      auto const& plan = *bound.plan;
      auto say = [&](char const* who, auto at, auto end) {
        if (at == end) return;
        text += fmt::format("\n  {}: policy {} row {}: {}", who, plan.text(plan.policies[at->policy].id), at->row,
                            print(*at));
      };
      say("all outcomes", a, listed->pairs.end());
      say("eligible only", b, found->pairs.end());
      answers_.difference = Difference{text, {}};
      return std::nullopt;
    }
    if (auto problem = match_undecided(bound, options)) return problem;
    if (answers_.difference) return std::nullopt;
    if (auto problem = match_near(bound, options)) return problem;
    return answers_.difference ? std::nullopt : find_one_by_one(bound, listed->pairs);
  }

  // Of some policies, or all, unknown and error are what they are among all outcomes.
  std::optional<std::string> match_undecided(engine::BoundPlan const& bound, engine::MatchOptions options) {
    options.eligible_only = false;
    options.list = engine::Listing{{true, false, true, false, true}};
    auto const all = engine::match(bound, batch_, nullptr, options);
    if (!all) return all.error().message;
    std::vector<bool> asked(bound.plan->policies.size());
    for (std::size_t i = 0; i < asked.size(); ++i) asked[i] = batch_.row_count % 3 == 0 || i % 2 == 0;
    auto wanted = all->policies;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      for (auto const outcome : {Outcome::Ineligible, Outcome::Unknown, Outcome::NotApplicable, Outcome::Error})
        if (!asked[i] || outcome == Outcome::Ineligible || outcome == Outcome::NotApplicable)
          wanted[i].outcomes[static_cast<std::size_t>(outcome)] = 0;
    auto pairs = all->pairs;
    std::erase_if(pairs, [&](PairOutcome const& pair) {
      return pair.outcome != Outcome::Eligible && !asked[static_cast<std::size_t>(pair.policy)];
    });
    options.eligible_only = true;
    options.undecided_of = &asked;
    for (auto const* kernels : genes::all_kernels()) {
      options.kernels = kernels;
      auto const found = engine::match(bound, batch_, nullptr, options);
      if (!found) return found.error().message;
      if (found->pairs == pairs && found->policies == wanted) continue;
      auto text = fmt::format("eligible and undecided, {}: {} pairs instead of {}", kernels->name, found->pairs.size(),
                              pairs.size());
      auto const [a, b] = std::mismatch(pairs.begin(), pairs.end(), found->pairs.begin(), found->pairs.end());
      auto const say = [&](char const* who, PairOutcome const& pair) {
        text += fmt::format("\n  {}: policy {} row {}: {}", who, bound.plan->text(bound.plan->policies[pair.policy].id),
                            pair.row, print(pair));
      };
      if (a != pairs.end()) say("all outcomes", *a);
      if (b != found->pairs.end()) say("swept", *b);
      answers_.difference = Difference{text, {}};
      return std::nullopt;
    }
    return std::nullopt;
  }

  // Who lacks one condition, found by the sweep with each variant of its kernels, is whom the explanation tells so; and
  // all of them are ineligible.
  std::optional<std::string> match_near(engine::BoundPlan const& bound, engine::MatchOptions options) {
    auto const& plan = *bound.plan;
    auto const subject = engine::only_subject(plan);
    if (!subject) return subject.error().message;
    std::vector<engine::NearMiss> wanted;
    engine::NearJudge judge(explain::Record{plan, bound.places, bound.inputs, batch_, 0});
    for (std::uint32_t policy = 0; policy < plan.policies.size(); ++policy)
      for (std::uint32_t row = 0; bound.live[policy] != 0 && row < batch_.row_count; ++row)
        if (auto const member = judge.judge(row, policy)) {
          wanted.push_back({policy, row, *member});
          auto const at = way_.order.empty() ? row : way_.order[row];
          auto const& expected = expected_.policies().at(std::string(plan.text(plan.policies[policy].id)))[at];
          if (!expected || expected->outcome == Outcome::Ineligible) continue;
          answers_.difference = Difference{fmt::format("near miss of policy {}, which comes to {}",
                                                       plan.text(plan.policies[policy].id), print(*expected)),
                                           at};
          return std::nullopt;
        }
    answers_.near_misses += static_cast<std::int64_t>(wanted.size());
    auto const search = engine::prepare_near(bound, *subject, batch_);
    for (auto const* kernels : genes::all_kernels()) {
      options.kernels = kernels;
      auto found = engine::match_near(bound, batch_, options, *search, true);
      auto const counted = engine::match_near(bound, batch_, options, *search, false);
      auto const same = [](engine::NearMiss const& a, engine::NearMiss const& b) {
        return a.policy == b.policy && a.row == b.row && a.member == b.member;
      };
      auto const [a, b] = std::mismatch(wanted.begin(), wanted.end(), found.rows.begin(), found.rows.end(), same);
      std::vector<std::int64_t> counts(plan.policies.size());
      for (auto const& one : wanted) ++counts[one.policy];
      if (a == wanted.end() && b == found.rows.end() && counts == found.counts && counts == counted.counts) continue;
      auto text = fmt::format("near misses, {}: {} instead of {}", kernels->name, found.rows.size(), wanted.size());
      auto const say = [&](char const* who, engine::NearMiss const& one) {
        text += fmt::format("\n  {}: policy {} row {} test {}", who, plan.text(plan.policies[one.policy].id), one.row,
                            one.member);
      };
      if (a != wanted.end()) say("by explanation", *a);
      if (b != found.rows.end()) say("swept", *b);
      answers_.difference = Difference{text, {}};
      return std::nullopt;
    }
    return std::nullopt;
  }

  // What the index finds for a record by itself is what the record gets among all.
  std::optional<std::string> find_one_by_one(engine::BoundPlan const& bound, std::vector<PairOutcome> const& listed) {
    auto const& plan = *bound.plan;
    auto const subject = engine::only_subject(plan);
    if (!subject) return subject.error().message;
    auto const index = portal::make_index(bound, *subject, batch_.row_count % 2 == 0 ? &batch_ : nullptr);
    portal::Finder finder(index, bound);
    auto const step = std::max<std::int64_t>(batch_.row_count / found_records, 1);
    for (std::int64_t row = 0; row < batch_.row_count; row += step) {
      std::vector<PairOutcome> wanted;
      for (auto const& pair : listed)
        if (pair.row == row) wanted.push_back(pair);
      auto const& found = finder.find(batch_, row);
      auto const& awards = finder.awards(batch_, row);
      bool const pays_the_same =
          std::equal(found.begin(), found.end(), awards.begin(), awards.end(), [](auto const& pair, auto const& award) {
            return pair.policy == award.policy && pair.amount_fen == award.amount_fen;
          });
      if (found == wanted && pays_the_same) continue;
      auto text = fmt::format("record {} by itself: {} eligible ({} by amounts alone) instead of {}", row, found.size(),
                              awards.size(), wanted.size());
      auto const [a, b] = std::mismatch(wanted.begin(), wanted.end(), found.begin(), found.end());
      if (a != wanted.end())
        text += fmt::format("\n  among all: policy {}: {}", plan.text(plan.policies[a->policy].id), print(*a));
      if (b != found.end())
        text += fmt::format("\n  by itself: policy {}: {}", plan.text(plan.policies[b->policy].id), print(*b));
      answers_.difference = Difference{text, {}};
      return std::nullopt;
    }
    return std::nullopt;
  }

  driver::Project const& project_;
  Case const& given_;
  Way const& way_;
  RunInputs inputs_;
  columns::RecordLayout layout_;
  columns::Batch batch_;
  bool points_ = false;  // records read what others state
  Table expected_;
  Answers answers_;
};

}  // namespace

std::string Case::json() const {
  std::string text = "[";
  for (auto const& record : records) text += (text.size() > 1 ? ",\n" : "") + record;
  return text + "]\n";
}

std::unique_ptr<driver::Project> checked(std::string const& rules) {
  auto project = std::make_unique<driver::Project>();
  auto files = files_of(rules);
  for (auto const& file : files)
    if (!file.of_module()) project->sources.add(file.path, file.text);
  driver::check_project(*project, TextStore(std::move(files)));
  return project;
}

Answers answer(driver::Project const& project, Case const& given, Way const& way) {
  return Comparison(project, given, way).run();
}

std::optional<Answers> answer(Case const& given, Way const& way) {
  auto const project = checked(given.rules);
  if (project->diagnostics.has_errors()) return std::nullopt;
  return answer(*project, given, way);
}

}  // namespace huiyu::test
