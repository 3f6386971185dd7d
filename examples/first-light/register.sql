-- 企业登记样例：80,000 户，全部为合成数据（synthetic），不对应任何真实企业。
--
-- 每个值都由“户号 + 列名”的 MD5 算出，只用整数运算，不用随机函数和浮点数：任何机器、任何线程数得到的都是同一张表。
-- 统一社会信用代码的主体标识以 XX 开头，该号段未见赋码；两位校验码（GB 11714、GB 32100）都按标准算出。
-- 注册地（GB/T 2260）与行业代码（GB/T 4754—2017）都是标准中的代码；登记量、规模、缺失的多少是编造的。

-- 第 i 户在某一列上的整数，0 至 n − 1，均匀
CREATE TEMP MACRO draw(i, what, n) AS (md5_number_lower('huiyu-first-light/' || what || '/' || i) % n)::BIGINT;
-- 千分之 p 的户为真
CREATE TEMP MACRO one_in(i, what, p) AS draw(i, what, 1000) < p;
-- low 至 high，偏向 low：两个均匀数的积，接近对数正态分布一段的形状
CREATE TEMP MACRO skewed(i, what, low, high) AS
  low + (high - low) * draw(i, what || '/甲', 1000) * draw(i, what || '/乙', 1000) // 1000000;

-- 注册地：权重为千分数，青岛市十区市占 930
CREATE TEMP TABLE 地区 AS
SELECT 代码, 名, (sum(权重) OVER (ORDER BY 序) - 权重)::BIGINT AS 起
FROM (VALUES
  (1, '370211', '青岛', 190), (2, '370214', '青岛', 150), (3, '370215', '青岛', 120), (4, '370281', '青岛', 110),
  (5, '370203', '青岛', 80), (6, '370212', '青岛', 70), (7, '370283', '青岛', 65), (8, '370202', '青岛', 60),
  (9, '370213', '青岛', 50), (10, '370285', '青岛', 35),
  (11, '370602', '烟台', 10), (12, '370613', '烟台', 6), (13, '370112', '济南', 10), (14, '370102', '济南', 6),
  (15, '370702', '潍坊', 6), (16, '370782', '潍坊', 6), (17, '371102', '日照', 6), (18, '110105', '北京', 6),
  (19, '310115', '上海', 5), (20, '320505', '苏州', 3), (21, '330108', '杭州', 3), (22, '440305', '深圳', 3)
) AS 表(序, 代码, 名, 权重);

-- 行业：第 k 位的权重为 1/k（齐普夫分布），头几类占了小一半
CREATE TEMP TABLE 行业 AS
SELECT 代码, 名, (sum(1000000 // 序) OVER (ORDER BY 序) - 1000000 // 序)::BIGINT AS 起
FROM (VALUES
  (1, 'C3411', '锅炉'), (2, 'F5175', '电气'), (3, 'I6513', '软件'), (4, 'C3484', '机械零部件'), (5, 'C3670', '汽车零部件'),
  (6, 'L7249', '咨询'), (7, 'C2927', '塑料'), (8, 'C3311', '金属结构'), (9, 'E4790', '建筑工程'), (10, 'C1819', '服装'),
  (11, 'C3421', '机床'), (12, 'F5165', '建材'), (13, 'C3525', '模具'), (14, 'M7519', '技术推广'), (15, 'C1361', '水产'),
  (16, 'C3812', '电机'), (17, 'G5442', '货运'), (18, 'C3491', '机器人'), (19, 'C2223', '纸制品'), (20, 'C3962', '车载设备'),
  (21, 'C3983', '敏感元件'), (22, 'C2911', '轮胎'), (23, 'C3451', '轴承'), (24, 'I6520', '集成电路设计'), (25, 'C2614', '有机化工'),
  (26, 'C3731', '船舶'), (27, 'C3852', '家用电器'), (28, 'C3391', '铸造'), (29, 'C2130', '家具'), (30, 'C3737', '海洋工程装备'),
  (31, 'C1353', '肉制品'), (32, 'C2221', '造纸'), (33, 'C3974', '显示器件'), (34, 'C3360', '表面处理'), (35, 'C2710', '原料药'),
  (36, 'C2720', '制药'), (37, 'C2761', '生物药品'), (38, 'C3584', '医疗器械'), (39, 'C3711', '轨道装备'), (40, 'C3825', '光伏'),
  (41, 'C3612', '新能源车'), (42, 'C3574', '畜牧机械'), (43, 'C1762', '针织'), (44, 'C3333', '包装'), (45, 'C2642', '油墨'),
  (46, 'C2459', '玩具'), (47, 'C2442', '体育器材'), (48, 'C3353', '消防器材'), (49, 'C3462', '风机'), (50, 'C3446', '气动元件'),
  (51, 'I6550', '数据处理'), (52, 'M7452', '检测'), (53, 'M7320', '工程研究'), (54, 'L7283', '会展'), (55, 'C1393', '蛋品'),
  (56, 'C2625', '肥料'), (57, 'C3912', '计算机'), (58, 'C3952', '音响'), (59, 'C3761', '自行车'), (60, 'D4415', '风电'),
  (61, 'N7722', '大气治理'), (62, 'C4210', '再生金属'), (63, 'A0514', '农产品'), (64, 'C2443', '健身器材')
) AS 表(序, 代码, 名);

-- 从业人员的档：千分之几的户落在哪一档；档内偏向下端
CREATE TEMP TABLE 人数档 AS
SELECT 下限, 上限, (sum(权重) OVER (ORDER BY 下限) - 权重)::BIGINT AS 起
FROM (VALUES (1, 5, 240), (5, 10, 230), (10, 20, 210), (20, 50, 180), (50, 100, 70), (100, 300, 50), (300, 1000, 16),
             (1000, 3000, 3), (3000, 20000, 1)) AS 表(下限, 上限, 权重);

-- 信用代码所用的 31 个字符及各位权数；XX 开头的主体标识后接六位，由户号经一一对应的变换得出，故不重复
CREATE TEMP MACRO symbol(n) AS substr('0123456789ABCDEFGHJKLMNPQRTUWXY', n::INTEGER + 1, 1);
CREATE TEMP MACRO place(c) AS strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', c) - 1;
CREATE TEMP MACRO six(n) AS
  symbol(n // 28629151 % 31) || symbol(n // 923521 % 31) || symbol(n // 29791 % 31) || symbol(n // 961 % 31) ||
  symbol(n // 31 % 31) || symbol(n % 31);
CREATE TEMP MACRO organisation_check(body) AS
  substr('0X987654321', list_sum([
    [3, 7, 9, 10, 5, 8, 4, 2][k] * (strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(body, k, 1)) - 1)
    FOR k IN range(1, 9)])::INTEGER % 11 + 1, 1);
CREATE TEMP MACRO credit_check(body) AS
  symbol((31 - list_sum([
    [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][k] * place(substr(body, k, 1))
    FOR k IN range(1, 18)])::INTEGER % 31) % 31);

-- 底数：每户的地区、行业、人数等，尚无缺失
CREATE TEMP TABLE 底数 AS
SELECT 户.i, 地区.代码 AS 地区代码, 地区.名 AS 地名, 行业.代码 AS 行业代码, 行业.名 AS 行业名,
       skewed(户.i, '人数', 下限, 上限) AS 人数
FROM range(80000) AS 户(i)
ASOF JOIN 地区 ON draw(户.i, '注册地', 1000) >= 地区.起
ASOF JOIN 行业 ON draw(户.i, '行业', (SELECT sum(1000000 // k)::BIGINT FROM range(1, 65) AS 位(k))) >= 行业.起
ASOF JOIN 人数档 ON draw(户.i, '人数档', 1000) >= 人数档.起;

-- 信用代码由左至右：91、地区六位、主体标识八位与其校验码、总校验码。逐步成表，宏才不会把同一算式展开多遍
CREATE TEMP TABLE 主体 AS
SELECT *, 'XX' || six((i * 48271 + 20240301) % 887503681) AS 标识 FROM 底数;
CREATE TEMP TABLE 代码 AS
SELECT *, '91' || 地区代码 || 标识 || organisation_check(标识) AS 十七位 FROM 主体;

CREATE TEMP TABLE 金额 AS
SELECT *, 人数 * skewed(i, '人均营收', 8000000, 400000000) + draw(i, '营收零头', 10000000) AS 营收分
FROM 代码;

SELECT
  十七位 || credit_check(十七位) AS 统一社会信用代码,
  地名 || '示例' || lpad(i::VARCHAR, 5, '0') || '号' || 行业名 || '有限公司' AS 企业名称,
  CASE WHEN NOT one_in(i, '注册地缺', 8) THEN 地区代码 END AS 注册地,
  CASE WHEN NOT one_in(i, '行业缺', 20) THEN 行业代码 END AS 行业代码,
  -- 小企业更常缺报
  CASE WHEN NOT one_in(i, '人数缺', CASE WHEN 人数 < 10 THEN 75 WHEN 人数 < 50 THEN 35 ELSE 10 END)
    THEN 人数::INTEGER END AS 从业人员,
  CASE WHEN NOT one_in(i, '营收缺', 80) THEN (营收分::DECIMAL(20,0) * 0.01)::DECIMAL(18,2) END AS 营业收入,
  CASE WHEN NOT one_in(i, '资产缺', 60)
    THEN ((营收分 * skewed(i, '资产倍数', 20, 400) // 100)::DECIMAL(20,0) * 0.01)::DECIMAL(18,2) END AS 资产总额,
  CASE WHEN NOT one_in(i, '专精特新缺', 50)
    THEN 人数 >= 20 AND 行业代码 LIKE 'C%' AND one_in(i, '专精特新', 90) END AS 专精特新,
  -- 四成企业没有研发；有的，占营业收入的万分之 20 至 1500
  CASE WHEN NOT one_in(i, '研发缺', 100)
    THEN CASE WHEN one_in(i, '无研发', 400) THEN 0
         ELSE (营收分 * skewed(i, '研发占比', 20, 1500) // 10000)::DECIMAL(20,0) * 0.01 END::DECIMAL(18,2) END AS 研发费用,
  -- 多数企业没有项目（空列表）；少数未填报（缺），与没有项目不同
  CASE WHEN NOT one_in(i, '项目缺', 30) THEN
    [{'设备投资额': CASE WHEN NOT one_in(i, '投资缺' || k, 40)
                      THEN (skewed(i, '设备投资' || k, 500000, 3000000000)::DECIMAL(20,0) * 0.01)::DECIMAL(18,2) END,
      '新上': CASE WHEN NOT one_in(i, '新上缺' || k, 100) THEN one_in(i, '新上' || k, 300) END}
     FOR k IN range(CASE WHEN one_in(i, '有项目', 90) THEN 1 + draw(i, '项目数', 3) ELSE 0 END)] END AS 技改项目
FROM 金额
ORDER BY i;
