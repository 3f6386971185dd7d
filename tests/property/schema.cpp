#include <algorithm>

#include "tests/property/vocabulary.h"

namespace huiyu::test {

namespace {

struct KindRow {
  std::string_view type;
  Names names;  // of facts
  Names const* values;
};

KindRow const& row_of(Kind kind) {
  static Names const none;
  static std::vector<KindRow> const rows{
      {"金额", {"收入", "成本", "结余", "产值", "税额", "利润", "货款", "薪酬"}, &money_values},
      {"人数", {"员工", "研发人员", "技工", "学徒"}, &person_values},
      {"个数", {"专利", "门店", "订单"}, &count_values},
      {"比率", {"税率", "负债率", "开工率"}, &ratio_values},
      {"小数", {"系数", "权重"}, &decimal_values},
      {"分数", {"得分", "信用分"}, &score_values},
      {"面积", {"占地", "厂房"}, &area_values},
      {"电量", {"用电", "发电"}, &energy_values},
      {"期限", {"缴费月数", "租期"}, &term_values},
      {"天数", {"停工天数", "逾期天数"}, &day_count_values},
      {"工作日数", {"办理时长"}, &workday_values},
      {"美元金额", {"外汇收入", "进口额"}, &dollar_values},
      {"金额/亩", {"亩均税收"}, &per_area_values},
      {"真假", {"守信", "新办", "外贸", "停产"}, &none},
      {"日期", {"成立日期", "贷款日期", "挂牌日期", "迁入日期"}, &days},
      {"年度", {"上规年度", "投产年度"}, &years},
      {"年月", {"入库月份", "投产月份"}, &months},
      {"地区", {"注册地", "纳税地"}, &regions},
      {"行业代码", {"行业", "主业"}, &industries},
      {"", {"等级", "信誉"}, &none},
      {"", {"门类", "类别"}, &none},
      {"文本", {"厂名", "简称"}, &texts},
      {"信用代码", {"信用号"}, &credit_codes},
  };
  return rows[static_cast<std::size_t>(kind)];
}

template <class T> void shuffle(std::vector<T>& all, RandomSource& random) {
  for (auto i = all.size(); i > 1; --i)
    std::swap(all[i - 1], all[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(i)))]);
}

std::string range_of(Kind kind) {
  if (kind == Kind::Money) return " 范围 −1亿元 至 10亿元";
  if (kind == Kind::Persons) return " 范围 0人 至 300万人";
  return kind == Kind::Ratio ? " 范围 0% 至 100%" : "";
}

std::string source_of(World const& world, RandomSource& random) {
  if (world.sources == Sources::None) return {};
  if (world.sources == Sources::Authority) return " 来源 统计";
  return std::string(random.pick({" 来源 统计", " 来源 统计", " 来源 自行申报", " 来源 评审", ""}));
}

std::string field_line(World const& world, Field const& field, std::string const& since, RandomSource& random) {
  auto text = "  " + field.name + " ： " + type_word(world, field.kind);
  if (field.limited) text += range_of(field.kind);
  if (field.series == Series::Yearly) text += " 逐年";
  if (field.series == Series::YearlySince) text += " 逐年 自 " + since;
  if (field.series == Series::Monthly) text += " 逐月";
  return text + source_of(world, random) + "\n";
}

}  // namespace

std::vector<Field const*> World::plain(Kind kind) const {
  std::vector<Field const*> found;
  for (auto const& field : fields)
    if (field.kind == kind && field.series == Series::None) found.push_back(&field);
  return found;
}

std::vector<Field const*> World::series(Kind kind) const {
  std::vector<Field const*> found;
  for (auto const& field : fields)
    if (field.kind == kind && field.series != Series::None) found.push_back(&field);
  return found;
}

std::string type_word(World const& world, Kind kind) {
  if (kind == Kind::Grade) return world.grade_type;
  if (kind == Kind::Trade) return world.trade_type;
  return std::string(row_of(kind).type);
}

Names const& literals(World const& world, Kind kind) {
  if (kind == Kind::Grade) return world.grades;
  if (kind == Kind::Trade) return world.trades;
  return *row_of(kind).values;
}

World random_world(RandomSource& random) {
  World world;
  world.subject = random.pick(Names{"企业", "单位", "机构", "园区"});
  world.grade_type = random.pick(Names{"等次", "档次"});
  world.trade_type = random.pick(Names{"门类表", "业态"});
  world.grades = {"甲等", "乙等", "丙等"};
  if (random.chance(50)) world.grades.push_back("丁等");
  world.grades_rising = random.chance(30);
  world.trades = {"制造类", "服务类", "商贸类"};
  for (int kind = 0; kind < kind_count; ++kind) {
    auto names = row_of(static_cast<Kind>(kind)).names;
    shuffle(names, random);
    // Money, truths and dates are in every rule; of the others one name always stands, the rest now and then.
    bool const common = kind == static_cast<int>(Kind::Money) || kind == static_cast<int>(Kind::Truth) ||
                        kind == static_cast<int>(Kind::Date) || kind == static_cast<int>(Kind::Persons);
    auto const least = static_cast<std::int64_t>(common ? std::min<std::size_t>(names.size(), 2) : 1);
    auto const most = static_cast<std::int64_t>(std::min<std::size_t>(names.size(), common ? 4 : 2));
    names.resize(static_cast<std::size_t>(random.between(least, most)));
    for (auto const& name : names)
      world.fields.push_back({name, static_cast<Kind>(kind), Series::None, random.chance(25)});
  }
  Names series{"营收", "研发", "出口额", "投资额"};
  shuffle(series, random);
  world.fields.push_back({series[0], Kind::Money, Series::YearlySince, false});
  world.fields.push_back({series[1], Kind::Money, Series::Yearly, false});
  if (random.chance(65)) world.fields.push_back({"电耗", Kind::Energy, Series::Monthly, false});
  if (random.chance(30)) world.fields.push_back({"人头", Kind::Persons, Series::Yearly, false});
  shuffle(world.fields, random);

  world.lists.push_back({random.pick(Names{"项目", "合同"}),
                         {{"投资", Kind::Money, {}, false},
                          {"岗位", Kind::Persons, {}, false},
                          {"完工", Kind::Truth, {}, false},
                          {"开工日期", Kind::Date, {}, false}}});
  if (random.chance(40))
    world.lists.push_back({"设备",
                           {{"单价", Kind::Money, {}, false},
                            {"台数", Kind::Count, {}, false},
                            {"国产", Kind::Truth, {}, false},
                            {"级别", Kind::Grade, {}, false}}});
  world.sets.push_back({"资质", "资质名录", {"高新技术", "专精特新", "小巨人"}});
  if (random.chance(30)) world.sets.push_back({"商标", "文本", texts});
  if (random.chance(40)) world.sets.push_back({"经营地", "地区", regions});
  if (random.chance(40)) world.sets.push_back({"涉及行业", "行业代码", industries});
  world.industry_groups = {"重点行业", "制造业"};
  world.region_groups = {"沿海地区"};
  world.set_parameters = {{"试点等次", Kind::Grade, {}, false},
                          {"试点门类", Kind::Trade, {}, false},
                          {"试点行业", Kind::Industry, {}, false},
                          {"试点地区", Kind::Region, {}, false}};
  world.sources =
      random.pick(std::vector<Sources>{Sources::None, Sources::None, Sources::None, Sources::Authority, Sources::Any});
  world.document = random.chance(15);
  world.payments = random.chance(30);
  world.pointing = random.chance(30);
  world.parameters = {{"标准额", Kind::Money, {}, false},
                      {"控制线", Kind::Ratio, {}, false},
                      {"指标日", Kind::Date, {}, false},
                      {"限额", Kind::Persons, {}, false}};
  return world;
}

void point_rows(World& world, RandomSource& random) {
  if (!world.pointing || !random.chance(60)) return;
  auto& rows = world.lists.front().fields;
  for (auto const kind : {Kind::Money, Kind::Truth, Kind::Region, Kind::Date, Kind::Persons})
    if (random.chance(50))
      rows.push_back({std::string(partner) + "." + random.pick(world.plain(kind))->name, kind, Series::None, false});
}

void make_population(World& world, RandomSource& random) {
  world.population = true;
  world.payments = world.payments || random.chance(45);
  world.pointing = world.pointing || random.chance(30);
  auto& rows = world.lists.front().fields;
  for (auto const& key : {Field{"批次", Kind::Year, {}, false},
                          {"承办", Kind::Text, {}, false},
                          {"用途", Kind::Trade, {}, false},
                          {"地点", Kind::Region, {}, false}})
    rows.push_back(key);
  if (world.subject != "企业") world.fields.insert(world.fields.begin(), {"企业", Kind::Text, Series::None, false});
  world.fields.insert(world.fields.begin(), {"申报日期", Kind::Date, Series::None, false});
}

namespace {

bool rows_point(World const& world, ListField const& list) {
  return world.pointing && std::ranges::any_of(list.fields, is_read_of_partner);
}

}  // namespace

SchemaText schema_text(World const& world, RandomSource& random, std::string const& published) {
  std::string since = "成立日期";
  for (auto const& field : world.fields)
    if (field.kind == Kind::Date) since = field.name;
  SchemaText text;
  if (world.document)
    text.record = "文件 \"样例通知\" 文号 \"样例〔2024〕1号\" 发文机关 样例局 辖区 全国 有效 2023-12-31\n";
  text.record += "结构 " + world.subject + " 键 编号\n  编号 ： 文本" + source_of(world, random) + "\n";
  for (auto const& field : world.fields) text.record += field_line(world, field, since, random);
  if (world.pointing)
    text.record += "  " + std::string(superior) + " ： " + world.subject + source_of(world, random) + "\n";
  for (auto const& set : world.sets)
    text.record += "  " + set.name + " ： 集合 " + set.type + source_of(world, random) + "\n";
  for (auto const& list : world.lists)
    text.record += "  " + list.name + " ： 列表 " + list.name + source_of(world, random) + "\n";
  std::string const source = world.sources == Sources::None ? "" : " 来源 统计";
  text.tables += "参照表 行业均值（" + world.plain(Kind::Industry).front()->name + "）： 金额" + source +
                 " 取上级\n  | C34 | 1000万元 |\n  | C   | 100万元  |\n  | F51 | 0元      |\n";
  text.tables += "参照表 等级系数（" + world.plain(Kind::Grade).front()->name + "，" + "年度）： 比率" + source + "\n";
  text.tables += "  | 甲等 | 2023年 | 60% |\n  | 甲等 | 2024年 | 50% |\n  | 乙等 | 2024年 | 3%  |\n";

  auto& shared = text.shared;
  for (auto const& list : world.lists) {
    shared += published + "结构 " + list.name + "\n";
    for (auto const& field : list.fields)
      if (!is_read_of_partner(field)) shared += field_line(world, field, since, random);
    if (rows_point(world, list)) shared += "  " + std::string(partner) + " ： " + world.subject + "\n";
  }
  auto grades = world.grades;
  if (world.grades_rising) std::reverse(grades.begin(), grades.end());
  shared += published + "名录 " + world.grade_type + (world.grades_rising ? " 从低到高：" : " 从高到低：");
  for (auto const& grade : grades) shared += (&grade == grades.data() ? "" : "、") + grade;
  shared += "\n" + published + "名录 " + world.trade_type + "：制造类、服务类、商贸类\n";
  shared += published + "名录 资质名录：高新技术、专精特新、小巨人\n";
  shared += published + "名录 重点行业 ： 行业代码 = C34、I65\n";
  shared += published + "名录 制造业 ： 行业代码 = C 除外 " +
            std::string(random.pick({"C16、C341", "C26", "C27、C3411"})) + "\n";
  shared += published + "名录 沿海地区 ： 地区 = 山东省、浙江省 除外 " +
            std::string(random.pick({"浙江省杭州市", "山东省青岛市", "山东省青岛市崂山区"})) + "\n";
  shared += published + "参数 标准额 ： 金额\n  自 2020-01-01 为 100万元\n  自 2024-01-01 为 200万元\n";
  shared += published + "参数 控制线 ： 比率\n  自 2022-01-01 为 5.5%\n  自 2024-01-01 为 3% 知至 2024-03-31\n";
  shared += published +
            "参数 美元汇率 ： 金额/美元\n  自 2023-01-01 为 7.0467元/美元\n  自 2024-01-01 为 7.1884元/美元 知至 " +
            std::string(random.pick({"2024-03-31", "2024-12-31"})) + "\n";
  auto const other = std::string(random.pick({"欧元", "港元", "日元", "英镑"}));
  shared += published + "参数 " + other + "额 ： " + other + "金额\n  自 2020-01-01 为 1.5万" + other + "\n";
  shared += published + "参数 指标日 ： 日期\n  自 2020-01-01 为 2023-06-30\n";
  shared += published + "参数 限额 ： 人数\n  自 2020-01-01 为 20人 知至 2024-12-31\n";
  if (world.population) shared += published + "参数 限额数 ： 个数\n  自 2020-01-01 为 3个\n  自 2024-03-01 为 4个\n";
  shared += published + "参数 试点等次 ： 集合 " + world.grade_type +
            "\n  自 2020-01-01 为 甲等、乙等\n  自 2024-01-01 为 甲等、丙等\n";
  shared +=
      published + "参数 试点门类 ： 集合 " + world.trade_type + "\n  自 2020-01-01 为 制造类、服务类 知至 2024-12-31\n";
  shared += published + "参数 试点行业 ： 集合 行业代码\n  自 2020-01-01 为 C34、F51、K70\n";
  shared += published + "参数 试点地区 ： 集合 地区\n  自 2020-01-01 为 山东省青岛市、浙江省\n";
  if (world.sources != Sources::None) shared += published + "名录 数据来源：统计 权威；自行申报 申报；评审 裁量\n";
  return text;
}

}  // namespace huiyu::test
