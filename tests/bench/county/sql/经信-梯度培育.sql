-- 政策 S24 小升规培育名单
-- 适用
玉环 AND 工业
-- 条件
营收23 BETWEEN 10000000 AND 20000000 AND NOT (在规上库 OR 僵尸企业)
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

-- 至少两项：真的有两项就成立；连同不知道的、算不出来的不到两项就不成立；凑得上两项而其中有一项不知道，就不知道。
-- （一）三年营收为 0 时算不出来：那是三年都没有成立的，（四）也不知道，所以当作不知道。
-- 政策 JX-8 小巨人培育库
-- 宏
CREATE TEMP MACRO 至少两项(甲, 乙, 丙, 丁) AS
  CASE WHEN coalesce(甲, false)::INT + coalesce(乙, false)::INT + coalesce(丙, false)::INT + coalesce(丁, false)::INT >= 2 THEN true
       WHEN coalesce(甲, true)::INT + coalesce(乙, true)::INT + coalesce(丙, true)::INT + coalesce(丁, true)::INT < 2 THEN false END;
-- 适用
玉环 AND 工业
-- 条件
在规上库
AND 至少两项(三年研发 * 100 >= nullif(三年营收, 0) * 5,
             立 <= 2020 AND 营收21 > 营收20 AND 营收22 > 营收21 AND 营收23 > 营收22,
             和([其中(x.种类 = '发明专利', 1) FOR x IN 专利]) >= 3,
             贡献23 >= 占地面积 * 200000)
-- 结论
'小巨人培育库'
