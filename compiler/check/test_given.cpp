#include <algorithm>
#include <limits>

#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/history.h"
#include "compiler/check/test.h"

namespace huiyu::check {
namespace {

using ast::PeriodWord;

// Keys are compared, not stored.
constexpr types::NumberFormat widest{9, std::numeric_limits<std::int64_t>::min(),
                                     std::numeric_limits<std::int64_t>::max()};

// What a fact of a record is about.
struct Target {
  tir::FieldId field{};
  tir::DefinitionId definition{};
};

class Records {
 public:
  explicit Records(TestScope const& scope) : scope_(scope), context_(scope.context) {}

  void check() {
    for (auto const& record : scope_.decl.given) check(record);
    for (auto& record : scope_.test.records)
      for (auto& fact : record.facts) point(fact);
    for (auto const& [reference, stand_in] : context_.followed)
      for (auto& record : scope_.test.records)
        if (record.schema == context_.stand_ins[stand_in].to) pass_on(reference, context_.stand_ins[stand_in], record);
  }

 private:
  tir::GivenRecord const* find(std::string_view label) const {
    for (auto const& record : scope_.test.records)
      if (record.label == label) return &record;
    return nullptr;
  }

  void check(ast::GivenRecord const& record) {
    tir::GivenRecord made;
    made.label = record.label.text;
    made.span = record.span;
    if (find(made.label) != nullptr) context_.diagnostics.add(record.label.span, diag::LabelTwice, made.label);
    if (record.same_as) {
      auto const* same = find(record.same_as->text);
      if (same == nullptr) {
        if (record.same_as->known)
          context_.diagnostics.add(record.same_as->span, diag::NoSuchRecord, record.same_as->text);
        return;
      }
      made.schema = same->schema;
      made.facts = same->facts;
    }
    if (record.schema || !record.same_as) {
      auto const schema = schema_of(record);
      if (!schema) return;
      if (made.schema.has_value() && made.schema != *schema) {
        context_.diagnostics.add(record.schema->span, diag::SameOfOther, record.same_as->text,
                                 context_.program.schemas[made.schema].name);
        return;
      }
      made.schema = *schema;
    }
    for (auto const& fact : record.facts) add(fact, made.schema, made.facts);
    scope_.test.records.push_back(std::move(made));
  }

  // Written, or the only one that is no item of a list.
  std::optional<SchemaId> schema_of(ast::GivenRecord const& record) const {
    if (record.schema) {
      auto const symbol = context_.view->symbols.find(record.schema->text);
      if (symbol != context_.view->symbols.end() && symbol->second.kind == SymbolKind::Schema)
        return SchemaId{static_cast<std::int32_t>(symbol->second.index)};
      if (record.schema->known && !report_unseen(context_, record.schema->text, record.schema->span))
        context_.diagnostics.add(record.schema->span, diag::NoSchema, record.schema->text);
      return std::nullopt;
    }
    std::optional<SchemaId> only;
    std::string names;
    for (std::size_t i = 0; i < context_.program.schemas.size(); ++i) {
      SchemaId const id{static_cast<std::int32_t>(i)};
      if (context_.schema_is_item[i] || !sees(context_, id)) continue;
      names += (names.empty() ? "" : "、") + context_.program.schemas[id].name;
      if (only) {
        only.reset();
        continue;
      }
      if (names == context_.program.schemas[id].name) only = id;
    }
    if (!only) context_.diagnostics.add(record.label.span, diag::SubjectUnclear, record.label.text, names);
    return only;
  }

  std::optional<Target> target_of(ast::GivenFact const& fact, SchemaId schema) {
    auto const& parts = fact.name.parts;
    if (parts.empty()) return std::nullopt;
    std::string const& name = parts.back().text;
    if (parts.size() == 1) {
      auto const& fields = context_.fields[schema];
      if (auto const field = fields.find(name); field != fields.end()) return Target{field->second, {}};
      // What was paid before, where some rule asks for it.
      if (auto const history = known_history(context_, schema);
          history.has_value() && name == context_.program.fields[history].name)
        return Target{history, {}};
      std::optional<std::size_t> slot;
      if (auto const own = context_.own_definitions.find(schema); own != context_.own_definitions.end())
        if (auto const found = own->second.find(name); found != own->second.end()) slot = found->second;
      if (auto const symbol = context_.view->symbols.find(name);
          !slot && symbol != context_.view->symbols.end() && symbol->second.kind == SymbolKind::Definition)
        slot = symbol->second.index;
      if (slot) {
        auto const definition = definition_of(context_, *slot, fact.name.span);
        if (!definition) return std::nullopt;
        if (context_.program.definitions[*definition].schema == schema) return Target{{}, *definition};
      }
    }
    if (!std::all_of(parts.begin(), parts.end(), [](ast::Name const& part) { return part.known; })) return std::nullopt;
    auto& diagnostic =
        context_.diagnostics.add(fact.name.span, diag::NoSuchField, context_.program.schemas[schema].name, name);
    std::vector<std::string> names;
    for (auto const& [field, id] : context_.fields[schema]) names.push_back(field);
    if (auto const near = nearest(name, names)) diagnostic.add_help(diag::note::DidYouMean, *near);
    return std::nullopt;
  }

  void refuse(ast::GivenFact const& fact, Type const& type) {
    context_.diagnostics.add(fact.span, diag::GivenOtherwise, fact.name.parts.back().text, phrase(context_, type));
  }

  void add(ast::GivenFact const& fact, SchemaId schema, std::vector<tir::GivenFact>& facts) {
    auto const target = target_of(fact, schema);
    if (!target) return;
    tir::GivenFact made;
    made.field = target->field;
    made.definition = target->definition;
    made.span = fact.span;
    if (!target->field.has_value()) {
      auto const definition = context_.program.definitions[target->definition];
      if (fact.period || fact.has_records) return refuse(fact, definition.type);
      if (!fact.missing) {
        made.value = constants_of(scope_.context, scope_.file, fact.values, {definition.type, definition.format},
                                  definition.name, fact.span);
        if (!made.value) return;
      }
      return put(std::move(made), facts);
    }
    auto const field = context_.program.fields[target->field];
    if (field.type.kind == Kind::Poison) return;
    if (field.series != tir::SeriesStep::None) return add_series(fact, field, std::move(made), facts);
    if (fact.period) {
      context_.diagnostics.add(fact.span, diag::NoSeries, field.name);
      return;
    }
    if (fact.missing) return put(std::move(made), facts);
    // `资质 = （）`: a set that is known and has no member.
    bool const empty = fact.has_records && fact.records.size() == 1 && fact.records.front().empty();
    if (empty && field.type.kind == Kind::Set) {
      made.value = tir::SetValue{};
      return put(std::move(made), facts);
    }
    if (fact.has_records != (field.type.kind == Kind::List)) return refuse(fact, field.type);
    if (fact.has_records) {
      made.rows.emplace();
      for (auto const& row : fact.records) {
        made.rows->emplace_back();
        // `（）` is the empty list, where it stands alone.
        if (empty) made.rows->clear();
        for (auto const& inner : row) add(inner, field.type.schema, made.rows->back().facts);
      }
    } else if (field.type.kind == Kind::Record) {
      auto const text = text_of_reference(fact, field);
      if (!text) return;
      made.value = *text;
    } else if (auto const before = context_.diagnostics.error_count(); auto const text = text_of_payment(fact, field)) {
      made.value = *text;
    } else if (context_.diagnostics.error_count() > before) {
      return;
    } else {
      made.value =
          constants_of(scope_.context, scope_.file, fact.values, {field.type, field.format}, field.name, fact.span);
      if (!made.value) return;
    }
    put(std::move(made), facts);
  }

  // 申报单位 = 甲: one of the records of the test, or a key as text.
  std::optional<std::string> text_of_reference(ast::GivenFact const& fact, tir::Field const& field) {
    if (field.type.kind != Kind::Record) return std::nullopt;
    auto const& expr = scope_.file.exprs[fact.values.front()];
    auto const* reference = std::get_if<ast::Reference>(&expr.kind);
    auto const* literal = std::get_if<ast::Literal>(&expr.kind);
    if (auto const* text = literal == nullptr ? nullptr : std::get_if<ast::TextLiteral>(&literal->value);
        text != nullptr && fact.values.size() == 1)
      return text->text;
    bool const label = reference != nullptr && !reference->period && reference->path.parts.size() == 1;
    if (label && fact.values.size() == 1 && std::ranges::any_of(scope_.decl.given, [&](ast::GivenRecord const& given) {
          return given.label.text == reference->path.parts.front().text;
        }))
      return reference->path.parts.front().text;
    refuse(fact, field.type);
    return std::nullopt;
  }

  // Once all records are known: what names one of them holds its key, where it states one; else the label is the key.
  void point(tir::GivenFact& fact) const {
    if (fact.rows)
      for (auto& row : *fact.rows)
        for (auto& own : row.facts) point(own);
    if (!fact.field.has_value() || !fact.value || context_.program.fields[fact.field].type.kind != Kind::Record) return;
    auto const schema = context_.program.fields[fact.field].type.schema;
    auto const* record = find(std::get<std::string>(*fact.value));
    if (record == nullptr || record->schema != schema) return;
    for (auto const& own : record->facts)
      if (own.field == context_.program.schemas[schema].key && own.value) fact.value = own.value;
  }

  // The record of the test that a reference of `record` leads to.
  tir::GivenRecord const* pointed_at(tir::GivenRecord const& record, tir::FieldId reference) const {
    auto const& field = context_.program.fields[reference];
    if (field.via.has_value()) {
      auto const* between = pointed_at(record, field.via);
      return between == nullptr ? nullptr : pointed_at(*between, field.target);
    }
    auto const at = std::ranges::find(record.facts, reference, &tir::GivenFact::field);
    if (at == record.facts.end() || !at->value) return nullptr;
    auto const key = context_.program.schemas[field.type.schema].key;
    for (auto const& other : scope_.test.records) {
      auto const stated = std::ranges::find(other.facts, key, &tir::GivenFact::field);
      bool const states = stated != other.facts.end() && stated->value;
      if (other.schema == field.type.schema &&
          (states ? *stated->value == *at->value : tir::Value(other.label) == *at->value))
        return &other;
    }
    return nullptr;
  }

  // A definition that is given of the record that is pointed at stands where it is read of it, too.
  void pass_on(tir::FieldId reference, StandIn const& stand_in, tir::GivenRecord& record) const {
    auto const* other = pointed_at(record, reference);
    if (other == nullptr) return;
    auto const stated = other->facts;
    for (auto fact : stated) {
      auto const slot = fact.field.has_value() ? context_.slot_of.end() : context_.slot_of.find(fact.definition);
      if (slot == context_.slot_of.end()) continue;
      auto const copy = stand_in.copies.find(slot->second);
      if (copy == stand_in.copies.end() || !context_.definitions[copy->second].id.has_value()) continue;
      fact.definition = context_.definitions[copy->second].id;
      put(std::move(fact), record.facts);
    }
  }

  // 政策 = 首次上规奖励: a name where a text is asked for.
  std::optional<std::string> text_of_payment(ast::GivenFact const& fact, tir::Field const& field) const {
    if (!is_payment(context_, field.schema) || field.type.kind != Kind::Text || fact.values.size() != 1)
      return std::nullopt;
    return payment_text(context_, scope_.file, fact.values.front(), names_policy(field));
  }

  // `营业收入 缺`: the whole series. `近3年营业收入 = 1万元、2万元、3万元`: the earliest first.
  void add_series(ast::GivenFact const& fact, tir::Field const& field, tir::GivenFact made,
                  std::vector<tir::GivenFact>& facts) {
    if (fact.has_records) return refuse(fact, field.type);
    if (!fact.period) {
      if (fact.missing) return put(std::move(made), facts);
      context_.diagnostics.add(fact.span, diag::SeriesNeedsPeriod, field.name)
          .label(field.span, diag::note::DeclaredHere)
          .add_help(diag::note::NamePeriod, field.name);
      return;
    }
    bool const years = fact.period->word == PeriodWord::LastYears;
    std::vector<tir::TestPeriod> periods;
    if (years || fact.period->word == PeriodWord::LastMonths) {
      auto const step = years ? tir::SeriesStep::Yearly : tir::SeriesStep::Monthly;
      constexpr std::int64_t longest = 1200;
      for (std::int64_t back = std::min(fact.period->number, longest); back > 0; --back)
        periods.push_back({step, true, static_cast<std::int32_t>(-back)});
    } else {
      auto const period = test_period(context_, *fact.period);
      if (!period) return;
      periods.push_back(*period);
    }
    if (periods.empty() || periods.front().step != field.series) {
      context_.diagnostics.add(fact.period->span, diag::OtherStep, field.name)
          .label(field.span, diag::note::DeclaredHere);
      return;
    }
    if (!fact.missing && fact.values.size() != periods.size()) {
      context_.diagnostics.add(fact.span, diag::ArgumentCount, source_text(context_, fact.period->span) + field.name,
                               static_cast<diag::Count>(periods.size()), static_cast<diag::Count>(fact.values.size()));
      return;
    }
    for (std::size_t i = 0; i < periods.size(); ++i) {
      made.period = periods[i];
      made.value.reset();
      if (!fact.missing) {
        made.value = constant_of(context_, scope_.file, fact.values[i], {field.type, field.format});
        if (!made.value) continue;
      }
      put(made, facts);
    }
  }

  // What stands later about the same thing replaces what stood before (同 甲，…).
  static void put(tir::GivenFact fact, std::vector<tir::GivenFact>& facts) {
    bool const whole = fact.field.has_value() && !fact.period;
    std::erase_if(facts, [&](tir::GivenFact const& other) {
      bool const same = other.field == fact.field && other.definition == fact.definition;
      return same && (whole || !other.period || other.period == fact.period);
    });
    facts.push_back(std::move(fact));
  }

  TestScope const& scope_;
  Context& context_;
};

}  // namespace

std::optional<tir::TestPeriod> test_period(Context& context, ast::Period const& period) {
  auto const number = static_cast<std::int32_t>(period.number);
  switch (period.word) {
    case PeriodWord::ThisYear:
    case PeriodWord::AssessmentYear: return tir::TestPeriod{tir::SeriesStep::Yearly, true, 0};
    case PeriodWord::LastYear: return tir::TestPeriod{tir::SeriesStep::Yearly, true, -1};
    case PeriodWord::YearBeforeLast: return tir::TestPeriod{tir::SeriesStep::Yearly, true, -2};
    case PeriodWord::Year: return tir::TestPeriod{tir::SeriesStep::Yearly, false, number};
    case PeriodWord::ThisMonth: return tir::TestPeriod{tir::SeriesStep::Monthly, true, 0};
    case PeriodWord::LastMonth: return tir::TestPeriod{tir::SeriesStep::Monthly, true, -1};
    case PeriodWord::Month: return tir::TestPeriod{tir::SeriesStep::Monthly, false, number};
    case PeriodWord::BoundYear:
    case PeriodWord::YearBefore:
    case PeriodWord::BoundMonth:
      context.diagnostics.add(period.span, diag::NoBoundPeriod, source_text(context, period.span));
      return std::nullopt;
    case PeriodWord::LastYears:
    case PeriodWord::LastMonths: break;
  }
  context.diagnostics.add(period.span, diag::SeveralPeriods, source_text(context, period.span));
  return std::nullopt;
}

void check_given_records(TestScope const& scope) { Records(scope).check(); }

void check_given_settings(TestScope const& scope) {
  auto& context = scope.context;
  for (auto const& setting : scope.decl.given_settings) {
    auto const symbol = context.view->symbols.find(setting.name.text);
    bool const parameter = symbol != context.view->symbols.end() && symbol->second.kind == SymbolKind::Parameter;
    bool const table = symbol != context.view->symbols.end() && symbol->second.kind == SymbolKind::ReferenceTable;
    if (!parameter && !table) {
      if (setting.name.known && !report_unseen(context, setting.name.text, setting.name.span))
        context.diagnostics.add(setting.name.span, diag::NoSettingOfTest, setting.name.text);
      continue;
    }
    auto const index = static_cast<std::int32_t>(symbol->second.index);
    if (parameter) {
      auto const& declared = context.program.parameters[tir::ParameterId{index}];
      if (declared.type.kind == Kind::Poison) continue;
      if (!setting.keys.empty()) {
        context.diagnostics.add(setting.span, diag::NotCallable, setting.name.text);
        continue;
      }
      tir::GivenParameter made{tir::ParameterId{index}, {}};
      if (!setting.missing) {
        made.value = constants_of(scope.context, scope.file, setting.values, {declared.type, declared.format},
                                  declared.name, setting.span);
        if (!made.value) continue;
      }
      scope.test.parameters.push_back(std::move(made));
      continue;
    }
    auto const declared = context.program.reference_tables[tir::ReferenceTableId{index}];
    if (declared.type.kind == Kind::Poison) continue;
    if (setting.keys.size() != declared.key_types.size()) {
      context.diagnostics.add(setting.span, diag::ArgumentCount, declared.name,
                              static_cast<diag::Count>(declared.key_types.size()),
                              static_cast<diag::Count>(setting.keys.size()));
      continue;
    }
    tir::GivenReferenceRow made{tir::ReferenceTableId{index}, {}, {}};
    for (std::size_t i = 0; i < setting.keys.size(); ++i)
      if (auto key = constant_of(context, scope.file, setting.keys[i], {declared.key_types[i], widest}))
        made.keys.push_back(std::move(*key));
    if (made.keys.size() != setting.keys.size()) continue;
    if (!setting.missing) {
      made.value = constants_of(scope.context, scope.file, setting.values, {declared.type, declared.format},
                                declared.name, setting.span);
      if (!made.value) continue;
    }
    scope.test.reference_rows.push_back(std::move(made));
  }
}

}  // namespace huiyu::check
