// Where facts come from. 兑现 免申即享, 秒批 promise that nobody has to be asked (S18, S27); 要求 已核实 refuses facts
// that nobody but the firm stands for.
#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "compiler/check/policy.h"
#include "compiler/diag/catalogue.h"
#include "compiler/tir/leaves.h"

namespace huiyu::check {
namespace {

constexpr std::array<std::string_view, 4> without_asking{"免申即享", "秒批", "秒报秒批", "秒报秒批秒付"};

bool is_promised(tir::Policy const& policy) {
  return std::find(without_asking.begin(), without_asking.end(), policy.payout) != without_asking.end();
}

diag::Phrase reason(tir::Leaf const& leaf) {
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

diag::Diagnostic& label_leaf(Context const& context, diag::Diagnostic& diagnostic, tir::Leaf const& leaf) {
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
  bool const promised = is_promised(policy);
  if (!promised && !policy.verified_only) return;
  if (payout != nullptr && promised)
    for (auto const& line : decl.lines)
      if (auto const* requirement = std::get_if<ast::RequirementLine>(&line))
        for (auto const& word : requirement->words)
          if (word.text != "已核实")
            context.diagnostics.add(word.span, diag::DocumentDemanded, policy.name, policy.payout, word.text)
                .label(payout->span, diag::note::PayoutHere);
  for (auto const& leaf : tir::leaves_of(context.program, policy)) {
    if (leaf.kind == tir::SourceKind::Authoritative) continue;
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

void check_competitions(Context& context) {
  auto const& program = context.program;
  std::map<std::pair<FileId, std::uint32_t>, tir::PolicyId> promised;  // by where its name stands
  std::int32_t next = 0;
  for (auto const& policy : program.policies) {
    if (is_promised(policy)) promised.emplace(std::pair{policy.span.file, policy.span.begin}, tir::PolicyId{next});
    ++next;
  }
  if (promised.empty()) return;
  std::vector<std::vector<tir::Settle const*>> pools(program.policies.size());  // by policy
  for (auto const& settle : program.settles)
    if (tir::is_competition(program, settle))
      for (auto const& member : settle.members)
        if (auto& of = pools[static_cast<std::size_t>(member.policy.index)]; of.empty() || of.back() != &settle)
          of.push_back(&settle);
  for (auto const* file : context.units.front().files) {
    ast::DocumentDecl const* document = nullptr;
    for (auto const& declaration : file->declarations) {
      if (auto const* begun = std::get_if<ast::DocumentDecl>(&declaration)) document = begun;
      auto const* decl = std::get_if<ast::PolicyDecl>(&declaration);
      auto const* payout = decl == nullptr ? nullptr : payout_of(*decl, document);
      if (payout == nullptr) continue;
      auto const found = promised.find({decl->name.span.file, decl->name.span.begin});
      if (found == promised.end()) continue;
      auto const& policy = program.policies[found->second];
      auto const report = [&](std::string const& name, Span where) {
        context.diagnostics.add(where, diag::PaidByRank, policy.name, policy.payout, name)
            .label(payout->span, diag::note::PayoutHere);
      };
      if (policy.selection) report("遴选", policy.selection->span);
      for (auto const* settle : pools[static_cast<std::size_t>(found->second.index)])
        report(settle->name, settle->span);
    }
  }
}

}  // namespace huiyu::check
