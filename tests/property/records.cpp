#include "tests/property/generator.h"
#include "tests/property/vocabulary.h"

namespace huiyu::test {

namespace {

std::string in_quotes(std::string const& text) { return "\"" + text + "\""; }

class RecordWriter {
 public:
  RecordWriter(World const& world, Names const& given, std::int64_t count, RandomSource& random)
      : world_(world), given_(given), count_(count), random_(random) {}

  std::string record(std::int64_t row) {
    missing_percent_ = static_cast<int>(random_.pick(std::vector<std::int64_t>{0, 0, 1, 3, 8, 20, 40}));
    if (world_.complete) missing_percent_ = 0;
    auto text = "{" + in_quotes("编号") + ":" + in_quotes("r" + std::to_string(row));
    for (auto const& field : world_.fields)
      text +=
          "," + (field.series == Series::None ? fact(field.name, value(field.kind)) : fact(field.name, series(field)));
    if (world_.pointing) text += "," + fact(std::string(superior), pointed_at());
    for (auto const& set : world_.sets) text += "," + fact(set.name, members(set));
    for (auto const& list : world_.lists) text += "," + fact(list.name, items(list));
    if (world_.payments && !random_.chance(world_.population ? 8 : 3)) text += "," + fact("历史", payments());
    for (auto const& definition : world_.definitions)
      for (auto const& name : given_)
        if (name == definition.name) text += "," + fact(name, value(definition.kind));
    return text + "}";
  }

  // Of the second 结构.
  std::string other(std::int64_t row) {
    missing_percent_ = static_cast<int>(random_.pick(std::vector<std::int64_t>{0, 0, 0, 5, 20}));
    auto text = "{" + in_quotes(std::string(other_key)) + ":" + in_quotes("k" + std::to_string(row)) + "," +
                fact(std::string(other_reference), pointed_at());
    for (auto const& field : world_.other) text += "," + fact(field.name, value(field.kind));
    return text + "}";
  }

 private:
  // Some that a rule's literal names, moved by a step of its unit now and then: money by 分, persons by one.
  std::string near(std::string const& literal) {
    if (random_.chance(55) || literal.find_first_not_of("0123456789.") == std::string::npos) return literal;
    auto const unit = literal.substr(literal.find_first_not_of("0123456789."));
    if (unit == "人" || unit == "个")
      return std::to_string(std::max<std::int64_t>(0, std::stoll(literal) + random_.between(-1, 1))) + unit;
    if (unit != "万元") return literal;
    auto const fen = std::to_string(std::stoll(literal) * 1'000'000 + random_.between(-1, 1));
    return fen.substr(0, fen.size() - 2) + "." + fen.substr(fen.size() - 2) + "元";
  }

  std::string number(Kind kind) {
    auto const& values = literals(world_, kind);
    // The end of a type's range makes most sums too large to pay.
    auto const most = static_cast<std::int64_t>(values.size()) - (random_.chance(4) ? 1 : 2);
    auto text = near(values[static_cast<std::size_t>(random_.below(most + 1))]);
    // Data give a figure of several units as a bare number.
    if (kind == Kind::PerArea) text = text.substr(0, text.find_first_not_of("0123456789."));
    bool const may_be_negative = kind == Kind::Money || kind == Kind::Dollars || kind == Kind::Ratio ||
                                 kind == Kind::Decimal || kind == Kind::Score;
    return in_quotes((may_be_negative && random_.chance(12) && text.front() != '0' ? "-" : "") + text);
  }

  std::string value(Kind kind) {
    if (is_number(kind)) return number(kind);
    if (kind == Kind::Truth) return std::string(random_.chance(65) ? "true" : "false");
    if (kind == Kind::Region && random_.chance(20)) return in_quotes(random_.pick(old_regions));
    if (kind == Kind::Date && random_.chance(2)) return in_quotes(random_.pick(far_days));
    return in_quotes(random_.pick(literals(world_, kind)));
  }

  // One of the records, itself too; now and then one that is not there.
  std::string pointed_at() {
    return in_quotes("r" + std::to_string(random_.chance(8) ? count_ : random_.below(count_)));
  }

  std::string fact(std::string const& name, std::string const& value) {
    return in_quotes(name) + ":" + (random_.chance(missing_percent_) ? "null" : value);
  }

  // Some periods are absent, some are there and empty; steps that make growth of 0, 30 and more percent.
  std::string series(Field const& field) {
    static Names const steps{"100万元", "130万元", "169万元", "219.7万元", "2000万元", "0元", "100万元"};
    std::string text = "{";
    auto const& periods = field.series == Series::Monthly ? months : years;
    for (auto const& period : periods) {
      if (random_.chance(missing_percent_ / 2)) continue;
      if (text.size() > 1) text += ",";
      auto const rising = static_cast<std::size_t>(&period - periods.data());
      auto const value = field.kind == Kind::Money ? in_quotes(random_.chance(50) ? steps[rising] : random_.pick(steps))
                                                   : number(field.kind);
      text += fact(period, value);
    }
    return text + "}";
  }

  std::string members(SetField const& set) {
    std::string text = "[";
    auto const add = [&](std::string const& member) { text += (text.size() > 1 ? "," : "") + in_quotes(member); };
    // Of many members few, or each set would hold something of everything.
    auto const share = set.members.size() > 4 ? 15 : 35;
    for (auto const& member : set.members)
      if (random_.chance(share)) add(member);
    if (set.type == "地区" && random_.chance(15)) add(random_.pick(old_regions));
    return text + "]";
  }

  std::string items(ListField const& list) {
    std::string text = "[";
    for (auto i = random_.below(5); i > 0; --i) {
      text += text.size() > 1 ? ",{" : "{";
      bool points = false;
      for (auto const& field : list.fields) {
        auto const stated =
            is_read_of_partner(field) ? fact(std::string(partner), pointed_at()) : fact(field.name, value(field.kind));
        if (is_read_of_partner(field) && points) continue;
        points = points || is_read_of_partner(field);
        text += (&field == list.fields.data() ? "" : ",") + stated;
      }
      text += "}";
    }
    return text + "]";
  }

  // A payment that was taken back is below zero.
  std::string payments() {
    std::string text = "[";
    for (auto i = random_.below(4); i > 0; --i) {
      if (text.size() > 1) text += ",";
      text += "{" + fact("政策", in_quotes(random_.pick(payment_names))) + "," +
              fact("项目", random_.chance(50) ? "null" : in_quotes(random_.pick(Names{"款项1", "款项2"}))) + "," +
              fact("考核年度", value(Kind::Year)) + "," + fact("日期", value(Kind::Date)) + "," +
              fact("金额", value(Kind::Money));
      // The row that was paid; now and then one that no ladder has.
      if (!world_.tiers.empty())
        text +=
            "," + fact("档", random_.chance(8) ? "null"
                                               : in_quotes(random_.chance(90) ? random_.pick(world_.tiers) : "第9档"));
      text += "}";
    }
    return text + "]";
  }

  World const& world_;
  Names given_;
  std::int64_t count_;
  RandomSource& random_;
  int missing_percent_ = 0;
};

}  // namespace

std::vector<std::string> other_records(World const& world, RandomSource& random, std::int64_t count,
                                       std::int64_t others) {
  RecordWriter writer(world, {}, count, random);
  std::vector<std::string> records;
  for (std::int64_t row = 0; row < others; ++row) records.push_back(writer.other(row));
  return records;
}

std::vector<std::string> random_records(World const& world, Names const& given, RandomSource& random,
                                        std::int64_t count) {
  RecordWriter writer(world, given, count, random);
  std::vector<std::string> records;
  for (std::int64_t row = 0; row < count; ++row) records.push_back(writer.record(row));
  return records;
}

}  // namespace huiyu::test
