-- 政策 S1 专精特新企业技术改造补助
-- 适用
玉环
-- 条件
(list_contains(资质, '专精特新中小企业') OR list_contains(资质, '专精特新小巨人'))
AND 划型 IN ('小型', '微型') AND 存在([x.新上 AND x.设备投资额 >= 1000000 FOR x IN 技改项目]) AND NOT (安全事故 OR 环保处罚)
-- 金额
最高(和([其中(x.新上 AND x.设备投资额 >= 1000000, x.设备投资额) FOR x IN 技改项目]) * 0.2, 5000000)

-- 政策 JX-2 数字化改造补助
-- 适用
玉环 AND 工业
-- 条件
和([x.软件费 + x.设备费 + x.上云费 FOR x IN 数字化投入]) >= 300000 AND 在规上库
-- 金额
最高(round(最高(和([x.软件费 FOR x IN 数字化投入]) * 0.3, 1000000), 2) + round(最高(和([x.设备费 FOR x IN 数字化投入]) * 0.15, 1000000), 2)
      + CASE WHEN 和([x.上云费 FOR x IN 数字化投入]) >= 10000 THEN round(最高(和([x.上云费 FOR x IN 数字化投入]) * 0.5, 100000), 2) ELSE 0 END,
      1500000)

-- 首次达到：今年到了，成立以来哪一年都没有到过。登记只从 2020 年起有数，更早成立的，以前到没到过不知道。
-- 政策 JX-3 首台套奖励
-- 宏
CREATE TEMP MACRO 首次(立, 今, 前四, 前三, 前二, 前一) AS
  今 >= 100000000 AND 已有(前四, 立, 2020) < 100000000 AND 已有(前三, 立, 2021) < 100000000 AND 已有(前二, 立, 2022) < 100000000
  AND 已有(前一, 立, 2023) < 100000000 AND (立 >= 2020 OR NULL);
-- 适用
玉环
-- 条件
工业 AND NOT (严重失信 OR 安全事故)
AND (首台套等级 <> '没有首台套' OR 首次(立, 营收24, 营收20, 营收21, 营收22, 营收23))
-- 金额
CASE 首台套等级 WHEN '国际首台套' THEN 2000000 WHEN '国内首台套' THEN 1000000 WHEN '省内首台套' THEN 500000 WHEN '没有首台套' THEN 0 END
+ CASE 首次(立, 营收24, 营收20, 营收21, 营收22, 营收23) WHEN true THEN 100000 WHEN false THEN 0 END

-- 政策 JX-4 绿色工厂奖励
-- 适用
玉环
-- 条件
绿色工厂等级 <> '未获评绿色工厂' AND 亩均评价 <> '丁类' AND NOT (环保处罚 OR 安全事故)
-- 金额
CASE 绿色工厂等级 WHEN '国家级绿色工厂' THEN 500000 WHEN '省级绿色工厂' THEN 200000 ELSE 50000 END

-- 政策 JX-5 节能技改奖励
-- 适用
玉环 AND 工业
-- 条件
存在([x.年节电量 >= 50000 AND 近12个月(x.完工日期) FOR x IN 技改项目]) AND NOT 限制或禁止行业
-- 金额
最高(和([其中(x.年节电量 >= 50000 AND 近12个月(x.完工日期), x.年节电量 // 10000 * 500) FOR x IN 技改项目]), 300000)

-- 政策 S5 首次上规奖励
-- 适用
玉环
-- 条件
在规上库 AND 工业
AND (首次上规年度 BETWEEN 2021 AND 2023)
-- 金额
CASE WHEN 首次上规年度 = 2023 THEN 100000 ELSE 0 END + 最高(贡献23, 2000000)

-- 升一档、降一档到头为止；哪一行作数不知道，而还可能的几行给的是同一档，就是那一档。
-- 政策 S6 亩均评价调整
-- 宏
CREATE TEMP MACRO 升档(级) AS CASE 级 WHEN '甲类' THEN '甲类' WHEN '乙类' THEN '甲类' WHEN '丙类' THEN '乙类' WHEN '丁类' THEN '丙类' END;
CREATE TEMP MACRO 降档(级) AS CASE 级 WHEN '甲类' THEN '乙类' WHEN '乙类' THEN '丙类' WHEN '丙类' THEN '丁类' WHEN '丁类' THEN '丁类' END;
CREATE TEMP MACRO 调整(升, 降, 级) AS
  CASE WHEN 升 THEN 升档(级)
       WHEN NOT 升 THEN CASE WHEN 降 THEN 降档(级) WHEN NOT 降 OR 级 = '丁类' THEN 级 END
       WHEN NOT 降 AND 级 = '甲类' THEN 级 END;
-- 适用
玉环 AND 工业
-- 条件
true
-- 结论
调整(在规上库 AND 首次上规年度 BETWEEN 2021 AND 2023, NOT 在规上库 AND 占地面积 >= 5, 亩均评价)

-- 政策 JX-6 稳产增产电费补助
-- 适用
玉环 AND 工业 AND NOT 限制或禁止行业
-- 条件
用电9 >= 10000 AND 用电10 >= 10000 AND 用电11 >= 10000
-- 金额
round(最高((用电9 + 用电10 + 用电11) * 0.02, 200000), 0)

-- 政策 S2 产业链配套补助
-- 适用
玉环
-- 条件
((大类 = 'C36' AND 中类 <> 'C363') OR 中类 IN ('C375', 'C344')) AND 配套24 > 配套23
-- 金额
最高((配套24 - 配套23) * 0.05, 500000)
