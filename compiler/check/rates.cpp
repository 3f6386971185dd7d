#include "compiler/check/rates.h"

#include <set>

namespace huiyu::check {
namespace {

class Rates {
 public:
  explicit Rates(Context& context) : context_(context) {}

  void walk(ast::File const& file, ast::ExprId id) {
    if (!id.has_value()) return;
    auto const& expr = file.exprs[id];
    auto const each = [&](std::vector<ast::ExprId> const& ids) {
      for (auto const one : ids) walk(file, one);
    };
    if (auto const* inner = std::get_if<ast::Bracket>(&expr.kind)) walk(file, inner->inner);
    if (auto const* cap = std::get_if<ast::Cap>(&expr.kind)) each({cap->operand, cap->bound});
    if (auto const* round = std::get_if<ast::Round>(&expr.kind)) walk(file, round->operand);
    if (auto const* part = std::get_if<ast::WhenPart>(&expr.kind)) walk(file, part->operand);
    if (auto const* part = std::get_if<ast::ExcessPart>(&expr.kind)) each({part->amount, part->above});
    if (auto const* negated = std::get_if<ast::Negate>(&expr.kind)) walk(file, negated->operand);
    if (auto const* pick = std::get_if<ast::Pick>(&expr.kind)) each(pick->operands);
    if (auto const* ladder = std::get_if<ast::Ladder>(&expr.kind); ladder != nullptr && !ladder->marginal)
      for (auto const& row : ladder->rows) walk(file, row.value);
    if (auto const* sum = std::get_if<ast::Arithmetic>(&expr.kind)) arithmetic(file, *sum);
    if (auto const* reference = std::get_if<ast::Reference>(&expr.kind)) follow(*reference);
    if (auto const* literal = std::get_if<ast::Literal>(&expr.kind)) report(*literal, expr.span);
  }

 private:
  // Of a product only a bare number is no count: `5万元/家 × 2`, `5万元/家 × 50%`.
  void arithmetic(ast::File const& file, ast::Arithmetic const& sum) {
    bool const additive = sum.op == ast::ArithmeticOp::Add || sum.op == ast::ArithmeticOp::Subtract;
    bool const divided = sum.op == ast::ArithmeticOp::Divide;
    if (additive || is_bare(file, sum.right)) walk(file, sum.left);
    if (additive || (!divided && is_bare(file, sum.left))) walk(file, sum.right);
  }

  static bool is_bare(ast::File const& file, ast::ExprId id) {
    auto const& expr = file.exprs[id];
    if (auto const* inner = std::get_if<ast::Bracket>(&expr.kind)) return is_bare(file, inner->inner);
    if (auto const* both = std::get_if<ast::Arithmetic>(&expr.kind))
      return is_bare(file, both->left) && is_bare(file, both->right);
    auto const* literal = std::get_if<ast::Literal>(&expr.kind);
    auto const* number = literal == nullptr ? nullptr : std::get_if<ast::NumberLiteral>(&literal->value);
    return number != nullptr && number->per == ast::UnitWord::None &&
           (number->unit == ast::UnitWord::None || number->unit == ast::UnitWord::Percent ||
            number->unit == ast::UnitWord::Permille);
  }

  // The value of a definition or parameter that is named.
  void follow(ast::Reference const& reference) {
    if (reference.period || reference.path.parts.size() != 1) return;
    auto const symbol = context_.view->symbols.find(reference.path.parts.front().text);
    if (symbol == context_.view->symbols.end()) return;
    if (symbol->second.kind == SymbolKind::Definition) {
      auto const& slot = context_.definitions[symbol->second.index];
      if (slot.decl != nullptr && slot.file != nullptr && followed_.insert(slot.decl).second)
        walk(*slot.file, slot.decl->value);
    }
    if (symbol->second.kind != SymbolKind::Parameter) return;
    for (auto const* file : context_.files)
      for (auto const& declaration : file->declarations)
        if (auto const* parameter = std::get_if<ast::ParameterDecl>(&declaration);
            parameter != nullptr && parameter->name.span == symbol->second.span && followed_.insert(parameter).second)
          for (auto const& dated : parameter->values)
            for (auto const value : dated.values) walk(*file, value);
  }

  void report(ast::Literal const& literal, Span span) {
    auto const* number = std::get_if<ast::NumberLiteral>(&literal.value);
    if (number == nullptr || number->per != ast::UnitWord::Counting) return;
    for (auto const& said : context_.diagnostics.all())
      if (said.kind == &diag::RateOfNothing.info && said.where == span) return;  // by another policy that uses it
    std::string const text = source_text(context_, span);
    auto& found = context_.diagnostics.add(span, diag::RateOfNothing, text);
    auto const slash = text.find('/');  // a full-width one is told without a change of the text
    std::string const word = slash == std::string::npos ? "" : text.substr(slash + 1);
    if (word == "家" || word == "户")
      found.add_help(diag::note::OneIsOne, word, text.substr(0, slash)).fix(span, text.substr(0, slash));
    else
      found.add_help(diag::note::MultiplyRate, text);
  }

  Context& context_;
  std::set<void const*> followed_;
};

}  // namespace

void report_rates_of_nothing(Context& context, Scope const& scope, ast::ExprId amount) {
  Rates(context).walk(*scope.file, amount);
}

}  // namespace huiyu::check
