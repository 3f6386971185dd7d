#include <algorithm>

#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/history.h"
#include "compiler/check/test.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

using ast::ExpectWord;
using tir::ConclusionKind;
using tir::ExpectedOutcome;
using tir::ExpectedPart;

ExpectedOutcome outcome_of(ExpectWord word) {
  switch (word) {
    case ExpectWord::Value: return ExpectedOutcome::Any;
    case ExpectWord::Eligible: return ExpectedOutcome::Eligible;
    case ExpectWord::Ineligible: return ExpectedOutcome::Ineligible;
    case ExpectWord::Unknown: return ExpectedOutcome::Unknown;
    case ExpectWord::NotApplicable: return ExpectedOutcome::NotApplicable;
    case ExpectWord::Error: return ExpectedOutcome::Error;
    case ExpectWord::Pending: return ExpectedOutcome::Pending;
  }
  return ExpectedOutcome::Any;
}

bool is_money(Type const& type) {
  return type.kind == Kind::Number && type.unit == types::unit_of(types::BaseUnit::Yuan);
}

// What can be expected of: whole policies, parts of them, alerts, definitions.
struct Target {
  ExpectedPart part{};
  tir::PolicyId policy{};
  tir::DefinitionId definition{};
  std::string name;
  Span span;
};

class Expectations {
 public:
  explicit Expectations(TestScope const& scope) : scope_(scope), context_(scope.context) {}

  void check() {
    for (auto const& expected : scope_.decl.expect) check(expected);
    if (scope_.decl.expect.empty())
      context_.diagnostics.add(scope_.decl.span, diag::NothingExpected, scope_.decl.title);
  }

 private:
  tir::Program const& program() const { return context_.program; }

  // 甲 before the name, or the only record there is.
  std::optional<std::size_t> record_of(ast::Expectation const& expected) const {
    auto const& records = scope_.test.records;
    if (!expected.label) {
      if (records.size() == 1) return 0;
      // Where a record was refused, what is expected of it is a consequence.
      if (records.size() > 1 || scope_.decl.given.empty())
        context_.diagnostics.add(expected.span, diag::RecordUnsaid, source_text(context_, expected.span));
      return std::nullopt;
    }
    for (std::size_t i = 0; i < records.size(); ++i)
      if (records[i].label == expected.label->text) return i;
    bool const refused =
        std::any_of(scope_.decl.given.begin(), scope_.decl.given.end(),
                    [&](ast::GivenRecord const& given) { return given.label.text == expected.label->text; });
    if (!refused && expected.label->known)
      context_.diagnostics.add(expected.label->span, diag::NoSuchRecord, expected.label->text);
    return std::nullopt;
  }

  std::vector<tir::PolicyId> policies_named(std::string_view name) const {
    std::vector<tir::PolicyId> found;
    for (std::size_t i = 0; i < program().policies.size(); ++i) {
      tir::PolicyId const id{static_cast<std::int32_t>(i)};
      if (program().policies[id].name == name) found.push_back(id);
    }
    return found;
  }

  std::vector<Target> targets_of(ast::Path const& path, SchemaId schema) {
    std::vector<Target> found;
    auto const& first = path.parts.front().text;
    for (auto const id : policies_named(first)) {
      auto const& policy = program().policies[id];
      if (path.parts.size() == 1) {
        found.push_back({ExpectedPart::Whole, id, {}, {}, policy.span});
        continue;
      }
      auto const& part = path.parts[1].text;
      for (auto const& item : policy.items)
        if (item.name == part) found.push_back({ExpectedPart::Item, id, {}, part, item.span});
      for (auto const& share : policy.shares)
        if (share.party == part) found.push_back({ExpectedPart::Share, id, {}, part, share.span});
      for (auto const& one : policy.instalments)
        if (one.name == part) found.push_back({ExpectedPart::Instalment, id, {}, part, policy.span});
      for (auto const& settle : program().settles)
        for (auto const& stage : settle.stages)
          if (stage.name == part &&
              std::ranges::find(settle.members, id, &tir::SettleMember::policy) != settle.members.end())
            found.push_back({ExpectedPart::Stage, id, {}, part, settle.span});
      for (auto const& alert : policy.alerts)
        if (alert.name == part) found.push_back({ExpectedPart::Alert, id, {}, part, alert.span});
      for (std::size_t i = 0; i < program().policies.size(); ++i) {
        tir::PolicyId const other{static_cast<std::int32_t>(i)};
        bool const asked_back =
            program().policies[other].reclaims == id && program().policies[other].value_name == part;
        if (asked_back) found.push_back({ExpectedPart::Whole, other, {}, {}, program().policies[other].span});
      }
      if (!policy.value_name.empty() && policy.value_name == part)
        found.push_back({ExpectedPart::Whole, id, {}, {}, policy.span});
    }
    if (path.parts.size() > 1) return found;
    for (std::size_t i = 0; i < program().policies.size(); ++i) {
      tir::PolicyId const id{static_cast<std::int32_t>(i)};
      for (auto const& alert : program().policies[id].alerts)
        if (alert.name == first) found.push_back({ExpectedPart::Alert, id, {}, first, alert.span});
    }
    auto const symbol = context_.view->symbols.find(first);
    bool const named = symbol != context_.view->symbols.end() && symbol->second.kind == SymbolKind::Definition;
    for (std::size_t i = 0; i < program().definitions.size(); ++i) {
      tir::DefinitionId const id{static_cast<std::int32_t>(i)};
      auto const& definition = program().definitions[id];
      bool const fits = !definition.schema.has_value() || definition.schema == schema;
      bool const meant = named && context_.definitions[symbol->second.index].id == id;
      if (!definition.internal && fits && (meant || definition.name == first))
        found.push_back({ExpectedPart::Definition, {}, id, first, definition.span});
    }
    return found;
  }

  std::optional<Target> target_of(ast::Expectation const& expected, SchemaId schema) {
    auto const& parts = expected.what.parts;
    if (parts.empty()) return std::nullopt;
    auto const found = targets_of(expected.what, schema);
    if (found.size() == 1) return found.front();
    std::string const text = source_text(context_, expected.what.span);
    if (found.size() > 1) {
      auto& diagnostic = context_.diagnostics.add(expected.what.span, diag::NameOfTwo, text);
      for (auto const& each : found) diagnostic.label(each.span, diag::note::DeclaredHere);
      return std::nullopt;
    }
    if (!std::all_of(parts.begin(), parts.end(), [](ast::Name const& part) { return part.known; })) return std::nullopt;
    if (poisoned(parts.front().text)) return std::nullopt;
    auto const policies = policies_named(parts.front().text);
    if (parts.size() == 2 && !policies.empty()) {
      context_.diagnostics.add(expected.what.span, diag::NoSuchPart, parts.front().text, parts[1].text);
      return std::nullopt;
    }
    std::vector<std::string> names;
    for (auto const& policy : program().policies) names.push_back(policy.name);
    for (auto const& definition : program().definitions)
      if (!definition.internal) names.push_back(definition.name);
    auto& diagnostic = context_.diagnostics.add(expected.what.span, diag::NoSuchOutcome, text);
    if (auto const near = nearest(text, names)) diagnostic.add_help(diag::note::DidYouMean, *near);
    return std::nullopt;
  }

  // A definition that is there and was refused.
  bool poisoned(std::string_view name) const {
    auto const symbol = context_.view->symbols.find(name);
    return symbol != context_.view->symbols.end() && symbol->second.kind == SymbolKind::Definition &&
           !context_.definitions[symbol->second.index].id.has_value();
  }

  void check(ast::Expectation const& expected) {
    auto const record = record_of(expected);
    if (!record) return;
    auto const schema = scope_.test.records[*record].schema;
    auto const target = target_of(expected, schema);
    if (!target) return;
    if (target->part != ExpectedPart::Definition && program().policies[target->policy].subject != schema) {
      context_.diagnostics.add(expected.span, diag::OutcomeOfOther, program().policies[target->policy].name,
                               program().schemas[program().policies[target->policy].subject].name);
      return;
    }
    tir::Expectation made;
    made.record = *record;
    made.part = target->part;
    made.policy = target->policy;
    made.definition = target->definition;
    made.name = target->name;
    made.outcome = outcome_of(expected.word);
    made.span = expected.span;
    if (!missing_facts(expected, schema, made)) return;
    bool const bare = !expected.value.has_value() && expected.word == ExpectWord::Value && expected.missing.empty();
    bool const truth =
        target->part == ExpectedPart::Definition && program().definitions[target->definition].type.kind == Kind::Truth;
    if (bare && !truth) {
      context_.diagnostics.add(expected.span, diag::ExpectedHow, source_text(context_, expected.what.span));
      return;
    }
    if (expected.value.has_value() ? !value_of(expected, made) : !outcome_fits(expected, bare, made)) return;
    reads(expected, made);
    scope_.test.expectations.push_back(std::move(made));
  }

  bool refuse(ast::Expectation const& expected, std::string_view what) {
    context_.diagnostics.add(expected.span, diag::CannotBe, source_text(context_, expected.what.span),
                             std::string(what));
    return false;
  }

  // 符合 of a definition that is true or false is its value.
  bool outcome_fits(ast::Expectation const& expected, bool bare, tir::Expectation& made) {
    std::string const text = source_text(context_, expected.span);
    switch (made.part) {
      case ExpectedPart::Whole: {
        auto const& policy = program().policies[made.policy];
        bool const sum = policy.conclusion == ConclusionKind::Money ||
                         policy.conclusion == ConclusionKind::Assessment || policy.allotted;
        return made.outcome != ExpectedOutcome::Pending || sum ? true : refuse(expected, "待定");
      }
      case ExpectedPart::Item:
      case ExpectedPart::Share:
      case ExpectedPart::Instalment:
      case ExpectedPart::Stage:
        return made.outcome == ExpectedOutcome::Pending && !made.missing ? true : refuse(expected, text);
      case ExpectedPart::Alert:
        return (made.outcome == ExpectedOutcome::Ineligible || made.outcome == ExpectedOutcome::Unknown) &&
                       !made.missing
                   ? true
                   : refuse(expected, text);
      case ExpectedPart::Definition: break;
    }
    auto const& type = program().definitions[made.definition].type;
    bool const yes = bare || made.outcome == ExpectedOutcome::Eligible;
    bool const truth = type.kind == Kind::Truth && (yes || made.outcome == ExpectedOutcome::Ineligible);
    if (truth) {
      made.value = yes;
      made.type = type;
      made.text = yes ? "是" : "否";
      made.outcome = ExpectedOutcome::Any;
      return true;
    }
    if (made.outcome == ExpectedOutcome::Any) made.outcome = ExpectedOutcome::Unknown;
    return made.outcome == ExpectedOutcome::Unknown || made.outcome == ExpectedOutcome::Error ? true
                                                                                              : refuse(expected, text);
  }

  bool value_of(ast::Expectation const& expected, tir::Expectation& made) {
    made.text = source_text(context_, scope_.file.exprs[expected.value].span);
    made.outcome = made.part == ExpectedPart::Definition ? ExpectedOutcome::Any : ExpectedOutcome::Eligible;
    auto const* policy = made.policy.has_value() ? &program().policies[made.policy] : nullptr;
    switch (made.part) {
      case ExpectedPart::Item:
      case ExpectedPart::Share:
      case ExpectedPart::Instalment:
      case ExpectedPart::Stage: return amount(expected, made);
      case ExpectedPart::Alert: return colour(expected, *policy, made);
      case ExpectedPart::Definition: {
        auto const type = program().definitions[made.definition].type;
        if (type.kind != Kind::Set) return plain(expected, type, made);
        return refuse(expected, made.text);
      }
      case ExpectedPart::Whole: break;
    }
    switch (policy->conclusion) {
      case ConclusionKind::None: return policy->allotted ? amount(expected, made) : refuse(expected, made.text);
      case ConclusionKind::Money: return amount(expected, made);
      case ConclusionKind::Class:
      case ConclusionKind::Assessment:
      case ConclusionKind::Disposal: break;
    }
    // `列入 培育名单` says only a name.
    if (!policy->value.has_value()) return made.text == policy->value_name ? true : refuse(expected, made.text);
    auto const type = type_of(context_, policy->value);
    return is_money(type) ? amount(expected, made) : plain(expected, type, made);
  }

  bool amount(ast::Expectation const& expected, tir::Expectation& made) {
    auto const money = types::find_builtin_type("金额");
    made.type = money->type;
    made.value = constant_of(context_, scope_.file, expected.value, {money->type, money->format});
    return made.value.has_value();
  }

  bool plain(ast::Expectation const& expected, Type const& type, tir::Expectation& made) {
    Scope scope;
    Frame frame;
    scope.file = &scope_.file;
    scope.frame = &frame;
    made.type = type;
    tir::ExprId const value = expect_type(context_, check_expr(context_, scope, expected.value, &type), type);
    if (is_poison(context_, value)) return false;
    auto const* known = constant_value(context_, value);
    if (known != nullptr) {
      made.value = *known;
      return true;
    }
    context_.diagnostics.add(scope_.file.exprs[expected.value].span, diag::NotConstant, made.text);
    return false;
  }

  bool colour(ast::Expectation const& expected, tir::Policy const& policy, tir::Expectation& made) {
    for (auto const& alert : policy.alerts)
      for (auto const& row : alert.rows)
        if (alert.name == made.name && row.colour == made.text) return true;
    return refuse(expected, made.text);
  }

  // The names after 缺, as `needs` has them.
  bool missing_facts(ast::Expectation const& expected, SchemaId schema, tir::Expectation& made) {
    if (expected.missing.empty()) return true;
    made.missing.emplace();
    bool good = true;
    for (auto const& reference : expected.missing) {
      std::string name;
      bool known = true;
      for (auto const& part : reference.path.parts) {
        name += (name.empty() ? "" : ".") + part.text;
        known = known && part.known;
      }
      std::optional<tir::TestPeriod> period;
      if (reference.period) period = test_period(context_, *reference.period);
      if (known && !names_fact(reference.path, schema))
        context_.diagnostics.add(reference.path.span, diag::NoSuchField, program().schemas[schema].name, name);
      good = good && known && names_fact(reference.path, schema) && period.has_value() == reference.period.has_value();
      made.missing->push_back({name, period});
    }
    return good;
  }

  bool names_fact(ast::Path const& path, SchemaId schema) const {
    if (path.parts.empty()) return false;
    auto const& first = path.parts.front().text;
    if (auto const history = known_history(context_, schema);
        history.has_value() && first == program().fields[history].name) {
      auto const& columns = context_.fields.at(program().fields[history].type.schema);
      return path.parts.size() == 1 || (path.parts.size() == 2 && columns.contains(path.parts.back().text));
    }
    auto const fields = context_.fields.find(schema);
    auto const own = context_.own_definitions.find(schema);
    if (path.parts.size() == 1) {
      if (fields != context_.fields.end() && fields->second.contains(first)) return true;
      if (own != context_.own_definitions.end() && own->second.contains(first)) return true;
      auto const symbol = context_.view->symbols.find(first);
      if (symbol == context_.view->symbols.end()) return false;
      auto const kind = symbol->second.kind;
      // 缺 企业: the record that is pointed at.
      return kind == SymbolKind::Definition || kind == SymbolKind::Parameter || kind == SymbolKind::ReferenceTable ||
             kind == SymbolKind::Schema;
    }
    if (fields == context_.fields.end()) return false;
    auto const list = fields->second.find(first);
    if (list == fields->second.end()) return false;
    auto const& type = program().fields[list->second].type;
    return (type.kind == Kind::List || type.kind == Kind::Record) &&
           names_fact({{path.parts.begin() + 1, path.parts.end()}, path.span}, type.schema);
  }

  // Nothing reads a clock: what an outcome hangs on is said in the test.
  void reads(ast::Expectation const& expected, tir::Expectation const& made) {
    auto& test = scope_.test;
    ReadsOfRun found = made.part == ExpectedPart::Definition ? reads_of_definition(program(), made.definition, test)
                                                             : reads_of_policy(program(), made.policy, test);
    auto const of_period = [&](std::optional<tir::TestPeriod> const& period) {
      if (!period || !period->relative) return;
      (period->step == tir::SeriesStep::Yearly ? found.year : found.day) = true;
    };
    for (auto const& fact : test.records[made.record].facts) of_period(fact.period);
    if (made.missing)
      for (auto const& [name, period] : *made.missing) of_period(period);
    bool const day = found.day && !test.as_of_day;
    bool const year = found.year && !test.as_of_day && !test.application_year;
    if ((!day && !year) || std::exchange(reported_, true)) return;
    // One that is written and cannot be read was reported as such.
    std::size_t const read = (test.as_of_day ? 1U : 0U) + (test.application_year ? 1U : 0U);
    if (scope_.decl.settings.size() > read) return;
    context_.diagnostics
        .add(scope_.decl.span, diag::TestNeedsDay, test.title, source_text(context_, expected.what.span))
        .label(expected.what.span, diag::note::HangsOnDay);
  }

  TestScope const& scope_;
  Context& context_;
  bool reported_ = false;
};

}  // namespace

void check_expectations(TestScope const& scope) { Expectations(scope).check(); }

}  // namespace huiyu::check
