#include "compiler/ast/print.h"

#include "compiler/ast/print_parts.h"
#include "compiler/ast/vocabulary.h"
#include "compiler/ast/words.h"
#include "compiler/base/match.h"

namespace huiyu::ast {
namespace {

class Printer {
 public:
  explicit Printer(File const& file) : file_(file) {}

  std::string run() {
    for (Declaration const& declaration : file_.declarations) print_declaration(declaration);
    return std::move(out_);
  }

 private:
  // ---- layout ----

  void line(std::string const& text) {
    if (!out_.empty()) out_ += "\n";
    out_.append(2 * depth_, ' ');
    out_ += text;
  }
  // A list whose items are printed by `items`, each on its own line.
  template <class Items> void block(std::string const& head, Items items) {
    line("(" + head);
    ++depth_;
    items();
    --depth_;
    out_ += ")";
  }
  std::string text(ExprId id) const { return ast::print(file_, id); }
  std::string joined(std::vector<ExprId> const& ids) const {
    std::string all;
    for (ExprId const id : ids) all += (all.empty() ? "" : "、") + text(id);
    return all;
  }

  // An expression under a head word; rows and members stand on lines of their own.
  void value(std::string const& head, ExprId id) {
    Expr const* const expr = id.has_value() ? &file_.exprs[id] : nullptr;
    if (expr != nullptr)
      if (auto const* const ladder = std::get_if<Ladder>(&expr->kind)) return print_rows(head, *ladder);
    if (expr != nullptr)
      if (auto const* const table = std::get_if<Table>(&expr->kind)) return print_table(head, *table);
    if (expr != nullptr)
      if (auto const* const list = std::get_if<Quantified>(&expr->kind)) return print_members(head, *list);
    line("(" + head + " " + text(id) + ")");
  }

  void print_rows(std::string const& head, Ladder const& ladder) {
    std::string title = head + (ladder.marginal ? " (分段" : " (分档");
    if (ladder.hit) title += " " + std::string(spell(*ladder.hit));
    if (ladder.subject.has_value()) title += " " + text(ladder.subject);
    block(title, [&] {
      for (Row const& row : ladder.rows) line("(row " + print_key(file_, row.key) + " " + text(row.value) + ")");
    });
    out_ += ")";
  }

  void print_table(std::string const& head, Table const& table) {
    std::string title = head + " (表";
    if (table.hit) title += " " + std::string(spell(*table.hit));
    if (table.subject.has_value()) title += " " + text(table.subject);
    block(title, [&] {
      for (Abbreviation const& letter : table.abbreviations)
        line("(记 " + print_name(letter.letter) + " " + text(letter.value) +
             (letter.unit == UnitWord::None ? "" : " " + std::string(spelling(letter.unit))) + ")");
      std::string header = "(header " + print_name(table.corner);
      for (ExprId const id : table.header) header += " " + text(id);
      line(header + ")");
      for (TableRow const& row : table.rows) {
        std::string cells = "(row " + print_key(file_, row.key);
        for (Cell const& cell : row.cells) {
          cells += " (";
          cells += cell.otherwise ? "其余" : cell.dash ? "-" : "";
          for (std::size_t i = 0; i < cell.conditions.size(); ++i)
            cells += (i == 0 ? "" : " ") + text(cell.conditions[i]);
          cells += ")";
        }
        line(cells + ")");
      }
    });
    out_ += ")";
  }

  void print_members(std::string const& head, Quantified const& list) {
    std::string title = head + " (" + std::string(spell(list.quantifier));
    if (list.quantifier == Quantifier::AtLeast) title += " " + std::to_string(list.count);
    block(title, [&] {
      for (Member const& member : list.members) {
        std::string const mark = member.mark + (member.citation ? "〔" + *member.citation + "〕" : "");
        value(mark, member.condition);
      }
    });
    out_ += ")";
  }

  // ---- declarations ----

  void print_declaration(Declaration const& declaration) {
    match(
        declaration, [&](SchemaDecl const& d) { print(d); }, [&](EnumerationDecl const& d) { print(d); },
        [&](ParameterDecl const& d) { print(d); }, [&](ReferenceTableDecl const& d) { print(d); },
        [&](DefinitionDecl const& d) { print(d); }, [&](ExceptionDecl const& d) { print(d); },
        [&](DocumentDecl const& d) { print(d); }, [&](UseDecl const& d) { print(d); },
        [&](ImportDecl const& d) { print(d); }, [&](PolicyDecl const& d) { print(d); },
        [&](AlertDecl const& d) { print(d); }, [&](TestDecl const& d) { print(d); },
        [&](GroupDecl const& d) { print(d); }, [&](BudgetDecl const& d) { print(d); },
        [&](CohortDecl const& d) { print(d); }, [&](TallyDecl const& d) { print(d); },
        [&](HoleDecl const&) { line("(hole)"); });
  }

  static std::string head(std::string_view word, bool published, std::string const& name) {
    return (published ? "公开 " : "") + std::string(word) + " " + name;
  }

  static std::string type_text(TypeName const& type) {
    std::string out = print_name(type.word);
    if (type.argument) out += " " + print_name(*type.argument);
    if (type.per != UnitWord::None) out += "/" + std::string(spelling(type.per));
    return out;
  }

  void print(SchemaDecl const& d) {
    block(head("结构", d.published, print_name(d.name)) + (d.key ? " 键 " + print_name(*d.key) : ""), [&] {
      for (Field const& field : d.fields) {
        std::string out = "(" + print_name(field.name) + " " + type_text(field.type);
        if (field.low.has_value()) out += " (范围 " + text(field.low) + " " + text(field.high) + ")";
        if (field.series) out += *field.series == SeriesStep::Yearly ? " 逐年" : " 逐月";
        if (field.series_from) out += " (自 " + print_name(*field.series_from) + ")";
        if (field.source) out += " (来源 " + print_name(*field.source) + ")";
        line(out + ")");
      }
    });
  }

  void print(EnumerationDecl const& d) {
    std::string title = head("名录", d.published, print_name(d.name));
    if (d.order != ListOrder::None) title += " " + std::string(spell(d.order));
    if (d.code_type) title += " : " + type_text(*d.code_type);
    block(title, [&] {
      for (CodeListEntry const& entry : d.entries)
        line(print_name(entry.name) + (entry.source_kind ? " " + print_name(*entry.source_kind) : ""));
      for (ExprId const id : d.members) line(text(id));
      for (ExprId const id : d.except) line("(除外 " + text(id) + ")");
    });
  }

  void print(ParameterDecl const& d) {
    block(head("参数", d.published, print_name(d.name)) + " : " + type_text(d.type), [&] {
      for (DatedValue const& dated : d.values)
        line("(自 " + (dated.from ? print_date(*dated.from) : "-") + " " + joined(dated.values) +
             (dated.known_until ? " 知至 " + print_date(*dated.known_until) : "") + ")");
    });
  }

  void print(ReferenceTableDecl const& d) {
    std::string title = head("参照表", d.published, print_name(d.name)) + " (";
    for (std::size_t i = 0; i < d.keys.size(); ++i) title += (i == 0 ? "" : " ") + print_name(d.keys[i]);
    title += ") : " + type_text(d.type);
    if (d.source) title += " 来源 " + print_name(*d.source);
    if (d.use_parent) title += " 取上级";
    block(title, [&] {
      for (std::vector<ExprId> const& row : d.rows) {
        std::string cells = "(row";
        for (ExprId const id : row) cells += " " + text(id);
        line(cells + ")");
      }
    });
  }

  void print(DefinitionDecl const& d) {
    std::string title = head("定义", d.published, print_path(d.name));
    if (d.type) title += " : " + type_text(*d.type);
    if (d.rounding) {
      Round round;
      round.mode = *d.rounding;
      round.digits = d.digits;
      title += " " + print_round(round);
    }
    block(title, [&] {
      value(d.general ? "一般" : "=", d.value);
      for (ExceptionClause const& clause : d.exceptions) print(clause);
    });
  }

  void print(ExceptionClause const& clause) {
    block("例外" + (clause.citation ? "〔" + *clause.citation + "〕" : ""), [&] {
      value("当", clause.condition);
      value("为", clause.value);
    });
  }

  void print(ExceptionDecl const& d) {
    block("例外 " + print_name(d.definition), [&] { print(d.clause); });
  }

  void print(DocumentDecl const& d) {
    block("文件 \"" + d.title + "\"", [&] { print(d.attributes); });
  }

  void print(UseDecl const& d) { line("(使用 " + print_name(d.module) + (d.version ? " " + *d.version : "") + ")"); }

  void print(ImportDecl const& d) {
    block(head("引用", d.published, print_name(d.name)), [&] {
      for (auto const& [name, id] : d.mapping)
        line("(" + print_name(name) + (id.has_value() ? " = " + text(id) : " missing") + ")");
    });
  }

  void print(std::vector<Attribute> const& attributes) {
    for (Attribute const& attribute : attributes) {
      std::string out = "(" + std::string(spell(attribute.word));
      if (attribute.raw) out += " `" + *attribute.raw + "`";
      for (ExprId const id : attribute.values) out += " " + text(id);
      if (attribute.place_of) out += " （" + print_path(*attribute.place_of) + "）";
      line(out + ")");
    }
  }

  // ---- policies ----

  void print(PolicyDecl const& d) {
    block(head("政策", d.published, print_name(d.name)), [&] {
      print(d.attributes);
      for (PolicyLine const& each : d.lines) print_line(each);
    });
  }

  void print_line(PolicyLine const& policy_line) {
    match(
        policy_line,
        [&](SubjectLine const& l) {
          line("(对象 " + print_name(l.schema) + (l.where.has_value() ? " (其中 " + text(l.where) + ")" : "") + ")");
        },
        [&](ConditionLine const& l) { value("条件", l.condition); },
        [&](ExclusionLine const& l) { value("除外", l.condition); }, [&](ItemLine const& l) { print(l); },
        [&](CapLine const& l) {
          for (CapClause const& cap : l.caps) line(cap_text(cap));
        },
        [&](ConclusionLine const& l) { print(l); },
        [&](ReclaimLine const& l) {
          block("追回 " + print_name(l.what) + " " + text(l.share), [&] { value("当", l.condition); });
        },
        [&](ScheduleLine const& l) {
          std::string out = "(分期";
          if (l.count.has_value()) out += " " + text(l.count) + " 等额";
          for (Instalment const& part : l.parts)
            out += " (" + print_name(part.name) + " " + (part.amount.has_value() ? text(part.amount) : "补足") + ")";
          line(out + ")");
        },
        [&](OnceLine const& l) { line("(只奖一次" + (l.per ? " " + print_name(*l.per) : "") + ")"); },
        [&](ShareLine const& l) { line(shares_text(l.shares)); },
        [&](RequirementLine const& l) {
          std::string out = "(要求";
          for (Name const& word : l.words) out += " " + print_name(word);
          line(out + ")");
        },
        [&](AlertDecl const& l) { print(l); },
        [&](SelectionLine const& l) {
          std::string out = "(遴选 (按 " + text(l.by) + " " + order_text(l.order) + ") (取 " +
                            (l.count_op == CompareOp::AtLeast ? "不少于 " : "不超过 ") + text(l.count) + ")";
          if (l.tie.has_value()) out += " (同名次 " + text(l.tie) + " " + order_text(l.tie_order) + ")";
          line(out + ")");
        },
        [&](HoleLine const&) { line("(hole)"); });
  }

  std::string cap_text(CapClause const& cap) const {
    return "(" + std::string(spell(cap.word)) + " " + text(cap.bound) + print_per(cap.per) + ")";
  }

  std::string shares_text(std::vector<ShareOf> const& shares) const {
    std::string out = "(分担";
    for (ShareOf const& share : shares) out += " (" + print_name(share.party) + " " + text(share.share) + ")";
    return out + ")";
  }

  void print(ItemLine const& l) {
    std::string const title = std::string(spell(l.word)) + (l.name ? " " + print_name(*l.name) : "");
    block(title + (l.citation ? "〔" + *l.citation + "〕" : ""), [&] {
      value("金额", l.amount);
      if (l.when.has_value()) value("当", l.when);
      for (CapClause const& cap : l.caps) line(cap_text(cap));
      if (l.rounding) line("(" + print_round(*l.rounding) + ")");
      if (!l.shares.empty()) line(shares_text(l.shares));
    });
  }

  void print(ConclusionLine const& l) {
    std::string const title = std::string(spell(l.word)) + (l.name ? " " + print_name(*l.name) : "");
    block(title + (l.citation ? "〔" + *l.citation + "〕" : ""), [&] {
      value("=", l.value);
      if (l.when.has_value()) value("当", l.when);
    });
  }

  void print(AlertDecl const& d) {
    block("预警 " + print_name(d.name), [&] {
      for (AlertRow const& row : d.rows) {
        std::string out = "(";
        for (std::size_t i = 0; i < row.labels.size(); ++i) out += (i == 0 ? "" : "，") + print_name(row.labels[i]);
        line(out + " 当 " + text(row.condition) + ")" + (row.citation ? "〔" + *row.citation + "〕" : ""));
      }
    });
  }

  // ---- across policies and records ----

  static std::string order_text(OrderWord order) { return order == OrderWord::Descending ? "从高到低" : "从低到高"; }
  static std::string manner_text(Manner manner) {
    switch (manner) {
      case Manner::Proportionally: return "按比例";
      case Manner::InMemberOrder: return "按成员次序";
      case Manner::FirstFiled: return "按申报先后";
      case Manner::Ranked: return "按";
    }
    return {};
  }
  static std::string names_text(std::vector<Name> const& names) {
    std::string out;
    for (Name const& name : names) out += " " + print_name(name);
    return out;
  }

  void print(GroupDecl const& d) {
    block("组合 " + print_name(d.name) + print_per(d.per), [&] {
      for (auto const& [rule, span] : d.rules)
        line(rule == GroupRule::HighestOnly ? "(就高不重复)" : rule == GroupRule::TopUp ? "(递进补差)" : "(互斥)");
      for (CapClause const& limit : d.limits) line(cap_text(limit));
      for (auto const& [cut, span] : d.cuts) line("(削减 " + manner_text(cut) + ")");
      if (!d.ahead_of.empty()) line("(先于" + names_text(d.ahead_of) + ")");
      for (MemberLine const& each : d.members) {
        std::string out = "(成员" + names_text(each.names);
        for (MemberTest const& test : each.tests)
          out += " (" + std::string(spell(test.word)) + " = " + joined(test.values) + ")";
        line(out + ")");
      }
    });
  }

  void print(CohortDecl const& d) {
    block("群体 " + print_name(d.name), [&] {
      for (Name const& subject : d.subjects) line("(对象 " + print_name(subject) + ")");
      for ([[maybe_unused]] Span const& span : d.complete) line("(全量)");
      for (ExprId const condition : d.conditions) line("(当 " + text(condition) + ")");
      for (auto const& [keys, span] : d.groupings) line("(分组 " + joined(keys) + ")");
      for (auto const& [skip, span] : d.lacking) line(skip ? "(缺数 不计)" : "(缺数 待定)");
    });
  }

  void print(TallyDecl const& d) {
    std::string title = "统计 " + print_name(d.name) + " 按";
    for (Path const& key : d.by) title += " " + print_path(key);
    block(title, [&] {
      for (DefinitionDecl const& row : d.rows) print(row);
    });
  }

  void print(BudgetDecl const& d) {
    block("预算 " + print_name(d.name) + " " + text(d.pool) + print_per(d.per), [&] {
      for (BudgetStage const& each : d.stages) line("(" + print_name(each.name) + " " + text(each.share) + ")");
      line("(用于" + names_text(d.used_for) + ")");
      for (auto const& [weight, span] : d.weights) line("(分配 按 " + text(weight) + ")");
      for (Overrun const& each : d.overruns)
        line("(超出 " + manner_text(each.how) +
             (each.how == Manner::Ranked ? " " + text(each.by) + " " + order_text(each.order) : "") + ")");
      for (CapClause const& each : d.each) line("(每户 " + cap_text(each) + ")");
      for (auto const& [again, span] : d.remainder) line(again ? "(余额 再分配)" : "(余额 留存)");
    });
  }

  // ---- tests ----

  void print(TestDecl const& d) {
    block("测试 `" + d.title + "`", [&] {
      print(d.settings);
      for (GivenSetting const& setting : d.given_settings) {
        std::string out = "(已知 " + print_name(setting.name);
        for (ExprId const key : setting.keys) out += " [" + text(key) + "]";
        if (setting.missing) out += " 缺";
        for (ExprId const value : setting.values) out += " " + text(value);
        line(out + ")");
      }
      for (GivenRecord const& record : d.given) {
        std::string title =
            "已知 " + (record.schema ? print_name(*record.schema) + " " : "") + print_name(record.label);
        if (record.same_as) title += " 同 " + print_name(*record.same_as);
        block(title, [&] {
          for (GivenFact const& fact : record.facts) line(fact_text(fact));
        });
      }
      for (Expectation const& expected : d.expect) {
        std::string out =
            "(期望 " + (expected.label ? print_name(*expected.label) + " " : "") + print_path(expected.what);
        if (expected.value.has_value())
          out += " = " + text(expected.value);
        else if (expected.word != ExpectWord::Value)
          out += " " + std::string(spell(expected.word));
        if (!expected.missing.empty()) out += " 缺";
        for (Reference const& fact : expected.missing) out += " " + print_reference(fact);
        line(out + ")");
      }
    });
  }

  std::string fact_text(GivenFact const& fact) const {
    std::string out = "(" + (fact.period ? "@" + print_period(*fact.period) + ":" : "") + print_path(fact.name);
    if (fact.missing) out += " 缺";
    for (ExprId const id : fact.values) out += " " + text(id);
    for (std::vector<GivenFact> const& record : fact.records) {
      out += " [";
      for (std::size_t i = 0; i < record.size(); ++i) out += (i == 0 ? "" : " ") + fact_text(record[i]);
      out += "]";
    }
    return out + ")";
  }

  File const& file_;
  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string print(File const& file) {
  std::string out = Printer(file).run();
  return out.empty() ? out : out + "\n";
}

std::string print_tokens(File const& file, SourceFile const& source) {
  std::string out;
  for (Token const& token : file.tokens) {
    Position const at = source.position(token.span.begin);
    out += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(spell(token.kind));
    if (token.kind == TokenKind::Keyword) out += " " + std::string(info(static_cast<Word>(token.keyword)).name);
    if (token.kind != TokenKind::NewLine && token.kind != TokenKind::End)
      out += " `" + std::string(source.slice(token.span)) + "`";
    out += "\n";
  }
  return out;
}

bool reproduces(File const& file, SourceFile const& source) {
  std::uint32_t at = 0;
  for (Token const& token : file.tokens) {
    if (token.trivia_begin != at || token.span.begin < at || token.span.end < token.span.begin) return false;
    at = token.span.end;
  }
  return at == source.text().size() && !file.tokens.empty() && file.tokens.back().kind == TokenKind::End;
}

}  // namespace huiyu::ast
