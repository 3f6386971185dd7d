-- 政策 N6 创业担保贷款贴息
-- 适用
true
-- 条件
划型 IN ('小型', '微型')
AND (从业人员 = 0 OR 近一年新招 * 100 >= 从业人员 * 15 OR (从业人员 > 100 AND 近一年新招 * 100 >= 从业人员 * 8))
AND 存在([x.种类 = '创业担保贷款' AND x.金额 <= 3000000 AND x.期限 <= 24 FOR x IN 贷款])
AND NOT (欠薪 OR 严重失信)
-- 差错
从业人员 = 0
-- 金额
和([其中(x.种类 = '创业担保贷款' AND x.金额 <= 3000000 AND x.期限 <= 24, x.年利息) FOR x IN 贷款]) * 0.5

-- 政策 RS-1 扩岗补助
-- 适用
玉环
-- 条件
新招毕业生 >= 1 AND coalesce(连续缴费月数, 0) >= 3 AND NOT (严重失信 OR 僵尸企业)
-- 金额
新招毕业生 * 1500

-- 行业平均薪酬按行业代码查，没有就查上一级；红色预警停付，与除外同样看待。
-- 政策 S15 企业认定人才补贴
-- 适用
玉环
-- 条件
存在([x.企业认定 AND x.层次 IN ('顶尖人才', '领军人才', '高级人才') FOR x IN 人才])
AND NOT 严重失信
AND NOT 存在([x.企业认定 AND x.层次 IN ('顶尖人才', '领军人才', '高级人才') AND x.年薪 > 30 * CASE
      WHEN 大类 = 'C34' THEN 100000
      ELSE CASE 门类 WHEN 'A' THEN 70000 WHEN 'C' THEN 95000 WHEN 'E' THEN 80000 WHEN 'F' THEN 100000 WHEN 'G' THEN 100000
                     WHEN 'H' THEN 60000 WHEN 'I' THEN 180000 WHEN 'L' THEN 110000 WHEN 'M' THEN 130000 WHEN 'N' THEN 80000
                     WHEN 'R' THEN 90000 END END FOR x IN 人才])
-- 金额
最高(和([其中(x.企业认定 AND x.层次 IN ('顶尖人才', '领军人才', '高级人才'),
              CASE x.层次 WHEN '顶尖人才' THEN 1000000 WHEN '领军人才' THEN 500000 WHEN '高级人才' THEN 200000 END) FOR x IN 人才]), 2000000)

-- 零乘以不知道的数也是不知道
-- 政策 RS-2 人才安家补贴
-- 宏
CREATE TEMP MACRO 安家(层次, 日) AS
  CASE 层次 WHEN '顶尖人才' THEN 6000 WHEN '领军人才' THEN 3000 WHEN '高级人才' THEN 0 WHEN '青年人才' THEN 0 END
  * CASE WHEN 日 > DATE '2024-12-31' THEN 0 WHEN 日 > DATE '2023-12-31' THEN 50 WHEN 日 > DATE '2022-12-31' THEN 30
         WHEN 日 > DATE '2021-12-31' THEN 20 WHEN 日 IS NOT NULL THEN 0 END;
-- 适用
玉环
-- 条件
存在([安家(x.层次, x.入职日期) > 0 FOR x IN 人才])
AND 参保人数 >= 3 AND NOT (严重失信 OR 欠薪)
-- 金额
和([安家(x.层次, x.入职日期) FOR x IN 人才])

-- 上上年收入为 0 时增长率算不出来：（二）成立就成立，有一样不知道就不知道，否则差错。
-- 政策 S12 困难企业缓缴公积金
-- 适用
玉环
-- 条件
职代会表决通过
AND CASE WHEN 营收22 = 0 THEN (年应纳税所得额 <= 0 AND NOT 欠薪) OR (立 <= 2022 AND 生产经营困难 AND ((年应纳税所得额 <= 0 AND NOT 欠薪) IS NOT NULL OR NULL))
         ELSE (立 <= 2022 AND 生产经营困难 AND 营收23 * 10 <= 营收22 * 7) OR (年应纳税所得额 <= 0 AND NOT 欠薪) END
-- 差错
营收22 = 0 AND NOT (年应纳税所得额 <= 0 AND NOT 欠薪)
-- 结论
'同意降低比例或者缓缴'
