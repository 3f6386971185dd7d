-- 政策 S24 小升规培育名单
-- 适用
玉环 AND 工业
-- 条件
营收23 BETWEEN 10000000 AND 20000000 AND 立 <= 2023 AND NOT (在规上库 OR 僵尸企业)
-- 结论
'小升规培育名单'

-- 政策 JX-7 梯度培育认定奖励
-- 适用
玉环
-- 条件
成立日期 <= DATE '2022-12-31' AND NOT (严重失信 OR 安全事故 OR 环保处罚)
AND (list_has_any(资质, ['单项冠军', '专精特新小巨人', '专精特新中小企业', '创新型中小企业']))
-- 金额
CASE WHEN list_contains(资质, '单项冠军') THEN 1000000 WHEN list_contains(资质, '专精特新小巨人') THEN 500000
     WHEN list_contains(资质, '专精特新中小企业') THEN 200000 ELSE 30000 END

-- 至少两项：真的有两项就成立；连同不知道的、算不出来的不到两项就不成立；凑得上两项而有一项不知道，就不知道；否则差错。
-- 算不出来的（除数是 0）写成真，另外数出来。
-- 政策 JX-8 小巨人培育库
-- 宏
CREATE TEMP MACRO 几项(甲, 乙, 丙, 丁, 缺) AS coalesce(甲, 缺)::INT + coalesce(乙, 缺)::INT + coalesce(丙, 缺)::INT + coalesce(丁, 缺)::INT;
CREATE TEMP MACRO 至少两项(甲, 乙, 丙, 丁, 差) AS
  CASE WHEN 几项(甲, 乙, 丙, 丁, false) - 差 >= 2 THEN true
       WHEN 几项(甲, 乙, 丙, 丁, true) < 2 THEN false
       WHEN 几项(甲, 乙, 丙, 丁, true) = 几项(甲, 乙, 丙, 丁, false) THEN true END;
CREATE TEMP MACRO 除数零(甲, 乙) AS coalesce(甲 = 0, false)::INT + coalesce(乙 = 0, false)::INT;
CREATE TEMP MACRO 年年增长(立, 零, 一, 二, 三) AS 立 <= 2020 AND 一 > 零 AND 二 > 一 AND 三 > 二;
CREATE TEMP MACRO 发明(专利) AS 和([其中(x.种类 = '发明专利', 1) FOR x IN 专利]);
-- 适用
玉环 AND 工业
-- 条件
在规上库
AND 至少两项(三年营收 = 0 OR 三年研发 * 100 >= 三年营收 * 5, 年年增长(立, 营收20, 营收21, 营收22, 营收23), 发明(专利) >= 3,
             占地面积 = 0 OR 贡献23 >= 占地面积 * 200000, 除数零(三年营收, 占地面积))
-- 差错
几项(三年营收 = 0 OR 三年研发 * 100 >= 三年营收 * 5, 年年增长(立, 营收20, 营收21, 营收22, 营收23), 发明(专利) >= 3,
     占地面积 = 0 OR 贡献23 >= 占地面积 * 200000, false) - 除数零(三年营收, 占地面积) < 2
-- 结论
'小巨人培育库'
