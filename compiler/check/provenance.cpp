// Where facts come from. 兑现 免申即享, 秒批 promise that nobody has to be asked (S18, S27); 要求 已核实 refuses facts
// that nobody but the firm stands for.
#include <algorithm>
#include <array>
#include <set>

#include "compiler/check/policy.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

constexpr std::array<std::string_view, 4> without_asking{"免申即享", "秒批", "秒报秒批", "秒报秒批秒付"};

// A fact that the outcome rests on, where it is used, and through which definitions.
struct Leaf {
  std::string name;
  tir::SourceKind kind{};
  std::string source;
  Span use, declared;
  std::vector<tir::DefinitionId> through;
};

class Leaves {
 public:
  explicit Leaves(Context const& context) : context_(context) {}

  void walk(tir::ExprId root) {
    if (!root.has_value()) return;
    auto const nodes = tir::reachable(context_.program, root);
    // What a row of a list states comes from where the list comes from, unless the row's field says otherwise.
    std::map<tir::BindingId, tir::FieldId> lists;
    for (auto const id : nodes)
      if (auto const* list = std::get_if<tir::Aggregate>(&context_.program.exprs[id].kind)) {
        lists[list->item] = list->list;
        if (!list->each.has_value() && !list->where.has_value()) add(list->list, std::nullopt, id);
      }
    for (auto const id : nodes) {
      auto const& kind = context_.program.exprs[id].kind;
      if (auto const* field = std::get_if<tir::FieldValue>(&kind)) {
        auto const list = lists.find(field->of);
        add(field->field, list == lists.end() ? std::nullopt : std::optional(list->second), id);
      } else if (auto const* series = std::get_if<tir::SeriesValue>(&kind)) {
        add(series->field, std::nullopt, id);
      } else if (auto const* lookup = std::get_if<tir::Lookup>(&kind)) {
        auto const& table = context_.program.reference_tables[lookup->table];
        enter({table.name, table.source_kind, table.source, span_of(context_, id), table.span, through_});
      } else if (auto const* used = std::get_if<tir::DefinitionValue>(&kind)) {
        if (!visited_.insert(used->definition).second) continue;
        through_.push_back(used->definition);
        walk(context_.program.definitions[used->definition].value);
        through_.pop_back();
      }
    }
  }

  std::vector<Leaf> found;

 private:
  void add(tir::FieldId id, std::optional<tir::FieldId> list, tir::ExprId use) {
    tir::Field const* field = &context_.program.fields[id];
    if (context_.program.schemas[field->schema].key == id) return;  // whom it is about is always known
    if (field->source.empty() && list) field = &context_.program.fields[*list];
    enter({field->name, field->source_kind, field->source, span_of(context_, use), field->span, through_});
  }

  void enter(Leaf leaf) {
    if (leaf.kind == tir::SourceKind::Authoritative) return;
    for (auto const& other : found)
      if (other.declared == leaf.declared) return;
    found.push_back(std::move(leaf));
  }

  Context const& context_;
  std::vector<tir::DefinitionId> through_;
  std::set<tir::DefinitionId> visited_;
};

diag::Phrase reason(Leaf const& leaf) {
  switch (leaf.kind) {
    case tir::SourceKind::Declared: return {"来自" + leaf.source + "，要由企业申报", "is declared by the firm itself"};
    case tir::SourceKind::Judgement: return {"来自" + leaf.source + "，要由人裁量", "is a matter of judgement"};
    case tir::SourceKind::Unstated:
    case tir::SourceKind::Authoritative: break;
  }
  return {"没有写明来源", "has no stated source"};
}

ast::Attribute const* payout_of(ast::PolicyDecl const& decl, ast::DocumentDecl const* document) {
  for (auto const& attribute : decl.attributes)
    if (attribute.word == ast::AttributeWord::Payout) return &attribute;
  if (document != nullptr)
    for (auto const& attribute : document->attributes)
      if (attribute.word == ast::AttributeWord::Payout) return &attribute;
  return nullptr;
}

Span requirement_of(ast::PolicyDecl const& decl) {
  for (auto const& line : decl.lines)
    if (auto const* requirement = std::get_if<ast::RequirementLine>(&line)) return requirement->span;
  return decl.span;
}

// 辖区 is no leaf: where somebody is registered is what the register itself is about. Nor are alerts that do not stop
// payment: the firm is paid whatever they say.
std::vector<Leaf> leaves_of(Context const& context, tir::Policy const& policy) {
  Leaves leaves(context);
  for (auto const root : {policy.target, policy.condition}) leaves.walk(root);
  for (auto const& item : policy.items) {
    leaves.walk(item.when);
    leaves.walk(item.amount);
  }
  for (auto const& cap : policy.caps) leaves.walk(cap.bound);
  for (auto const& share : policy.shares) leaves.walk(share.weight);
  leaves.walk(policy.value);
  return std::move(leaves.found);
}

diag::Diagnostic& label_leaf(Context const& context, diag::Diagnostic& diagnostic, Leaf const& leaf) {
  for (auto const definition : leaf.through) {
    auto const& made = context.program.definitions[definition];
    diagnostic.label(made.span, diag::note::ThroughDefinition, made.name);
  }
  return diagnostic.label(leaf.declared, diag::note::DeclaredHere);
}

}  // namespace

void check_provenance(Context& context, ast::PolicyDecl const& decl, ast::DocumentDecl const* document,
                      tir::Policy const& policy) {
  auto const* payout = payout_of(decl, document);
  bool const promised = std::find(without_asking.begin(), without_asking.end(), policy.payout) != without_asking.end();
  if (!promised && !policy.verified_only) return;
  for (auto const& leaf : leaves_of(context, policy)) {
    if (payout != nullptr && promised) {
      auto& found = context.diagnostics.add(leaf.use, diag::NotHeldByGovernment, policy.name, policy.payout, leaf.name,
                                            reason(leaf));
      label_leaf(context, found, leaf).label(payout->span, diag::note::PayoutHere);
      found.add_help(diag::note::SourceHelp);
    }
    // What experts judged is verified by them.
    if (policy.verified_only && leaf.kind != tir::SourceKind::Judgement) {
      auto& found = context.diagnostics.add(leaf.use, diag::NotVerified, policy.name, leaf.name, reason(leaf));
      label_leaf(context, found, leaf).label(requirement_of(decl), diag::note::RequiredHere);
      found.add_help(diag::note::VerifiedHelp);
    }
  }
}

}  // namespace huiyu::check
