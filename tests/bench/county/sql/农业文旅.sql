-- 带动成效：首行，上一级不知道就不知道

-- 政策 NY-1 农业龙头奖补
-- 宏
CREATE TEMP MACRO 强带动(级, H, Y) AS
  CASE 级 WHEN '国家级龙头' THEN H >= 500 AND Y >= 200000000 WHEN '省级龙头' THEN H >= 300 AND Y >= 100000000
          WHEN '市级龙头' THEN H >= 200 AND Y >= 50000000 WHEN '县级龙头' THEN false WHEN '不是龙头' THEN false END;
CREATE TEMP MACRO 中带动(级, H, Y) AS
  CASE 级 WHEN '国家级龙头' THEN H >= 200 AND Y >= 100000000 WHEN '省级龙头' THEN H >= 100 AND Y >= 50000000
          WHEN '市级龙头' THEN H >= 50 AND Y >= 20000000 WHEN '县级龙头' THEN H >= 30 AND Y >= 5000000 WHEN '不是龙头' THEN false END;
CREATE TEMP MACRO 带动百分数(级, H, Y) AS
  CASE WHEN 强带动(级, H, Y) THEN 150 WHEN 强带动(级, H, Y) IS NULL THEN NULL
       WHEN 中带动(级, H, Y) THEN 120 WHEN 中带动(级, H, Y) IS NULL THEN NULL WHEN 级 = '不是龙头' THEN 0 ELSE 100 END;
-- 适用
玉环 AND (门类 = 'A' OR 大类 IN ('C13', 'C14', 'C15')) AND 大类 <> 'A02'
-- 条件
带动百分数(龙头级别, 带动农户, 营收23) >= 100 AND 带动农户 >= 10 AND 立 <= 2023 AND NOT (严重失信 OR 欠薪)
-- 金额
最高(带动农户 // 10 * 20 * 带动百分数(龙头级别, 带动农户, 营收23), 400000)
+ CASE WHEN 信用评级 IN ('守信甲', '守信乙') THEN round(最高(和([其中(x.种类 NOT IN ('创业担保贷款', '知识产权质押贷款'), x.年利息) FOR x IN 贷款]) * 0.3, 200000), 2) WHEN 信用评级 IS NOT NULL THEN 0 END

-- 政策 WL-1 文旅企业奖励
-- 适用
玉环 AND (大类 IN ('H61', 'H62') OR 中类 IN ('L729', 'N786'))
-- 条件
(旅馆等级 IN ('五星', '四星', '三星') OR 接待游客 >= 10000) AND NOT 安全事故
-- 金额
CASE 旅馆等级 WHEN '五星' THEN 500000 WHEN '四星' THEN 200000 WHEN '三星' THEN 100000 WHEN '未评星' THEN 0 END
+ CASE WHEN 接待游客 <= 10000 THEN 0 ELSE 最高((接待游客 - 10000) * 2, 150000) END
