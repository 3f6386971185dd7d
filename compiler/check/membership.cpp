#include "compiler/check/expr.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

// What the members after 属于 name, sorted by how they are asked for.
struct Members {
  std::vector<tir::Value> plain;
  std::vector<CodeGroup const*> groups;  // those that cut something out
  std::vector<tir::ExprId> sets;         // a parameter or fact that is a set
  std::vector<tir::ExprId> single;       // anything else: an equal value
  bool poisoned = false;
  std::string subject;  // as written
};

// What 属于 asks of by classes: codes and entries.
bool is_class(Type const& type) { return type.kind == Kind::Code || type.kind == Kind::Enumeration; }

CodeGroup const* group_named(Context const& context, ast::Expr const& expr) {
  auto const* reference = std::get_if<ast::Reference>(&expr.kind);
  if (reference == nullptr || reference->period || reference->path.parts.size() != 1) return nullptr;
  auto const found = context.view->symbols.find(reference->path.parts.front().text);
  bool const group = found != context.view->symbols.end() && found->second.kind == SymbolKind::CodeGroup;
  return group ? &context.groups[found->second.index] : nullptr;
}

// A 名录 of names, which is a type.
tir::Enumeration const* list_named(Context const& context, ast::Expr const& expr) {
  auto const* reference = std::get_if<ast::Reference>(&expr.kind);
  if (reference == nullptr || reference->period || reference->path.parts.size() != 1) return nullptr;
  auto const found = context.view->symbols.find(reference->path.parts.front().text);
  if (found == context.view->symbols.end() || found->second.kind != SymbolKind::Enumeration) return nullptr;
  return &context.program.enumerations[EnumerationId{static_cast<std::int32_t>(found->second.index)}];
}

void add_member(Context& context, Scope const& scope, Type const& subject, ast::ExprId source, Members& members) {
  auto const& expr = scope.expr(source);
  if (auto const* group = group_named(context, expr); group != nullptr && is_class(subject)) {
    if (group->poisoned) {
      members.poisoned = true;
    } else if (!(group->type == subject)) {
      context.diagnostics.add(expr.span, diag::WrongType, phrase(context, subject), phrase(context, group->type))
          .label(group->span, diag::note::DeclaredHere);
      members.poisoned = true;
    } else if (group->except.empty()) {
      members.plain.insert(members.plain.end(), group->members.begin(), group->members.end());
    } else {
      members.groups.push_back(group);
    }
    return;
  }
  if (auto const* list = list_named(context, expr); list != nullptr && subject.kind == Kind::Text) {
    context.diagnostics.add(expr.span, diag::NoValue, list->name)
        .label(list->span, diag::note::DeclaredHere)
        .add_help(diag::note::DeclareAsList, members.subject, list->name);
    members.poisoned = true;
    return;
  }
  tir::ExprId const value = check_expr(context, scope, source, &subject);
  Type const type = type_of(context, value);
  if (type.kind == Kind::Poison) {
    members.poisoned = true;
    return;
  }
  if (type.kind == Kind::Set) {
    Type element = type;
    element.kind = type.element;
    element.element = Kind::Poison;
    if (element == subject) {
      members.sets.push_back(value);
      return;
    }
  }
  if (!(type == subject)) {
    context.diagnostics.add(expr.span, diag::WrongType, phrase(context, subject), phrase(context, type));
    members.poisoned = true;
    return;
  }
  auto const* known = constant_value(context, value);
  if (known != nullptr && is_class(subject))
    members.plain.push_back(*known);
  else
    members.single.push_back(value);
}

tir::ExprId belongs_to(Context& context, tir::ExprId subject, std::vector<tir::Value> members,
                       std::vector<tir::Value> except, Span span) {
  return add(context, tir::BelongsTo{subject, std::move(members), std::move(except)}, truth_type(), span);
}

// The entries and codes cut out, groups included; what a group itself cuts out stays out of the exception.
std::vector<tir::Value> exceptions(Context& context, Members const& members, Span span) {
  std::vector<tir::Value> values = members.plain;
  bool const unfit = !members.sets.empty() || !members.single.empty() || !members.groups.empty();
  if (unfit) context.diagnostics.add(span, diag::ExceptNeedsCodes, source_text(context, span));
  return values;
}

}  // namespace

tir::ExprId membership_of(Context& context, Scope const& scope, tir::ExprId subject,
                          std::span<ast::ExprId const> member_sources, std::span<ast::ExprId const> except_sources,
                          Span span) {
  Type const type = type_of(context, subject);
  if (type.kind == Kind::Poison) return poison(context, span);
  if (type.kind == Kind::List || type.kind == Kind::Set || type.kind == Kind::Record || type.kind == Kind::Truth) {
    context.diagnostics.add(span, diag::NoMembershipOf, phrase(context, type));
    return poison(context, span);
  }
  Members members, except;
  members.subject = except.subject = source_text(context, span_of(context, subject));
  for (auto const source : member_sources) add_member(context, scope, type, source, members);
  for (auto const source : except_sources) add_member(context, scope, type, source, except);
  if (members.poisoned || except.poisoned) return poison(context, span);
  std::vector<tir::Value> const cut_out = exceptions(context, except, span);

  std::vector<tir::ExprId> ways;
  if (!members.plain.empty()) ways.push_back(belongs_to(context, subject, members.plain, cut_out, span));
  for (auto const* group : members.groups) {
    std::vector<tir::Value> out_of_group = cut_out;
    out_of_group.insert(out_of_group.end(), group->except.begin(), group->except.end());
    ways.push_back(belongs_to(context, subject, group->members, std::move(out_of_group), span));
  }
  bool const except_useless = !cut_out.empty() && (!members.sets.empty() || !members.single.empty());
  if (except_useless) {
    context.diagnostics.add(span, diag::ExceptNeedsCodes, source_text(context, span));
    return poison(context, span);
  }
  for (auto const set : members.sets)
    ways.push_back(add(context, tir::SetContains{set, subject, type.kind == Kind::Code}, truth_type(), span));
  for (auto const value : members.single) ways.push_back(compare(context, tir::CompareOp::Equal, subject, value, span));
  return disjunction(context, std::move(ways), span);
}

namespace {

// `资质 包含 甲、乙`: each of them; `不包含 甲、乙`: none of them.
tir::ExprId containment(Context& context, Scope const& scope, tir::ExprId set, ast::Membership const& node, Span span) {
  Type const type = type_of(context, set);
  if (type.kind == Kind::Poison) return poison(context, span);
  if (type.kind != Kind::Set) {
    context.diagnostics.add(span_of(context, set), diag::NoSet, phrase(context, type));
    return poison(context, span);
  }
  Type element = type;
  element.kind = type.element;
  element.element = Kind::Poison;
  bool const negated = node.word == ast::MembershipWord::NotContains;
  std::vector<tir::ExprId> each;
  for (auto const source : node.members) {
    tir::ExprId const member = expect_type(context, check_expr(context, scope, source, &element), element);
    if (is_poison(context, member)) return poison(context, span);
    // What a rule lists is whole areas and industries; what a record lists is where it is and what it does.
    bool const inside =
        element.kind == Kind::Code && std::holds_alternative<tir::ParameterValue>(context.program.exprs[set].kind);
    tir::ExprId const contains = add(context, tir::SetContains{set, member, inside}, truth_type(), span);
    each.push_back(negated ? negation(context, contains, span) : contains);
  }
  return conjunction(context, std::move(each), span);
}

}  // namespace

tir::ExprId check_membership(Context& context, Scope const& scope, ast::Membership const& node, Span span) {
  tir::ExprId const subject = check_expr(context, scope, node.subject);
  switch (node.word) {
    case ast::MembershipWord::BelongsTo: return membership_of(context, scope, subject, node.members, node.except, span);
    case ast::MembershipWord::NotBelongsTo:
      return negation(context, membership_of(context, scope, subject, node.members, node.except, span), span);
    case ast::MembershipWord::Contains:
    case ast::MembershipWord::NotContains: return containment(context, scope, subject, node, span);
  }
  return poison(context, span);
}

}  // namespace huiyu::check
