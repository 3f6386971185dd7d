-- 县域企业登记样例：80,000 户，全部为合成数据（synthetic），不对应任何真实企业。
--
-- 每个值都由户号的 MD5 与列名的 MD5 相乘、模一个质数算出，只用整数运算，不用随机函数和浮点数：
-- 任何机器、任何线程数得到的都是同一张表。
-- 统一社会信用代码的主体标识以 XX 开头，该号段未见赋码；两位校验码（GB 11714、GB 32100）都按标准算出。
-- 注册地（GB/T 2260）与行业代码（GB/T 4754—2017）都是标准中的代码；登记量、规模、资质、贷款和缺失的多少都是编造的。
-- 逐年的数以“2023年”为键，逐月的以“2024年9月”为键；列表是结构的列表；缺是 NULL，没有是 0、否或者空列表。

-- 种子为 h 的一户在某一列上的整数，0 至 n − 1，均匀
CREATE TEMP MACRO draw(h, what, n) AS
  h * (md5_number_lower('huiyu-county/' || what) % 2147483646 + 1)::BIGINT % 2147483647 % n;
-- 万分之 p 的户为真
CREATE TEMP MACRO one_in(h, what, p) AS draw(h, what, 10000) < p;
-- low 至 high，偏向 low：两个均匀数的积，接近对数正态分布一段的形状
CREATE TEMP MACRO skewed(h, what, low, high) AS
  low + (high - low) * draw(h, what || '/甲', 1000) * draw(h, what || '/乙', 1000) // 1000000;
-- 万分之 p 的户缺这一列；不满 10 人的企业三倍，不满 50 人的一倍半，最多万分之 3000
CREATE TEMP MACRO lacks(h, what, p, 人数) AS
  one_in(h, what || '缺', least(3000, CASE WHEN 人数 < 10 THEN 3 * p WHEN 人数 < 50 THEN 3 * p // 2 ELSE p END));
-- 分成为元，两位小数
CREATE TEMP MACRO yuan(fen) AS (fen::DECIMAL(20,0) * 0.01)::DECIMAL(18,2);
-- 逐年的数：自 first 年起到 2024 年，values 依次是 2020 至 2024 年的分；个别年度缺
CREATE TEMP MACRO years(h, what, first, fens) AS MAP(
  [y::VARCHAR || '年' FOR y IN range(2020, 2025) IF y >= first],
  [CASE WHEN NOT one_in(h, what || '缺' || y::VARCHAR, 150) THEN yuan(fens[y - 2019]) END FOR y IN range(2020, 2025) IF y >= first]);
CREATE TEMP MACRO day(first, days) AS (first + days::INTEGER)::DATE;

-- 注册地：权重为千分数，玉环市占 940
CREATE TEMP TABLE 地区 AS
SELECT 代码, 名, (sum(权重) OVER (ORDER BY 序) - 权重)::BIGINT AS 起
FROM (VALUES
  (1, '331083', '玉环', 940), (2, '331081', '温岭', 20), (3, '331004', '路桥', 10), (4, '331002', '椒江', 8),
  (5, '331003', '黄岩', 6), (6, '331082', '临海', 5), (7, '330382', '乐清', 5), (8, '330106', '杭州', 3), (9, '310115', '上海', 3)
) AS 表(序, 代码, 名, 权重);

-- 行业：第 k 位的权重为 1/k（齐普夫分布），头几类占了小一半
CREATE TEMP TABLE 行业 AS
SELECT 代码, 名, (sum(1000000 // 序) OVER (ORDER BY 序) - 1000000 // 序)::BIGINT AS 起,
       substr(代码, 1, 1) IN ('B', 'C', 'D') AS 工业
FROM (VALUES
  (1, 'C3443', '阀门'), (2, 'C3670', '汽车零部件'), (3, 'F5175', '电气批发'), (4, 'F5292', '网络零售'), (5, 'C3484', '机械零部件'),
  (6, 'H6210', '餐饮'), (7, 'C3352', '水暖管件'), (8, 'F5211', '百货'), (9, 'L7249', '咨询'), (10, 'G5437', '配送'),
  (11, 'C1361', '水产冷冻'), (12, 'E4790', '建筑'), (13, 'C3525', '模具'), (14, 'I6513', '软件'), (15, 'A0411', '海水养殖'),
  (16, 'C2110', '家具'), (17, 'F5193', '网络批发'), (18, 'C3587', '眼镜'), (19, 'H6110', '旅游饭店'), (20, 'C2927', '塑料'),
  (21, 'C3311', '金属结构'), (22, 'A0514', '农产品初加工'), (23, 'C3444', '液压件'), (24, 'M7519', '技术推广'), (25, 'C3752', '摩托车部件'),
  (26, 'H6129', '旅馆'), (27, 'G5990', '仓储'), (28, 'L7291', '旅行社'), (29, 'K7020', '物业'), (30, 'C3812', '电机'),
  (31, 'C3491', '机器人'), (32, 'O8111', '汽车修理'), (33, 'C3321', '刀具'), (34, 'P8391', '培训'), (35, 'F5127', '食品批发'),
  (36, 'C3811', '发电设备'), (37, 'K7010', '房地产'), (38, 'R9011', '歌舞厅'), (39, 'C3630', '改装车'), (40, 'I6550', '数据处理'),
  (41, 'C2720', '制药'), (42, 'G5949', '危险品仓储'), (43, 'N7861', '景区'), (44, 'A0412', '内陆养殖'), (45, 'M7320', '工程研究'),
  (46, 'C3731', '船舶'), (47, 'Q8411', '医院'), (48, 'G5442', '货运'), (49, 'L7281', '会展'), (50, 'D4411', '火电'),
  (51, 'C1512', '白酒'), (52, 'G6010', '邮政'), (53, 'J6631', '小贷'), (54, 'R8890', '文化')
) AS 表(序, 代码, 名);

-- 从业人员的档：万分之几的户落在哪一档；档内偏向下端
CREATE TEMP TABLE 人数档 AS
SELECT 下限, 上限, (sum(权重) OVER (ORDER BY 下限) - 权重)::BIGINT AS 起
FROM (VALUES (1, 5, 3600), (5, 10, 2500), (10, 20, 1700), (20, 50, 1300), (50, 100, 520), (100, 300, 280), (300, 1000, 80),
             (1000, 3000, 15), (3000, 20000, 5)) AS 表(下限, 上限, 权重);

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

-- 底数：每户的地区、行业、人数、成立日期等，尚无缺失
CREATE TEMP TABLE 底数 AS
SELECT 户.i, 户.h, 地区.代码 AS 地区代码, 地区.名 AS 地名, 行业.代码 AS 行业代码, 行业.名 AS 行业名, 行业.工业,
       skewed(户.h, '人数', 下限, 上限) AS 人数,
       day(DATE '2024-12-01', -skewed(户.h, '成立', 1, 12000)) AS 成立
FROM (SELECT i, (md5_number_lower('huiyu-county/' || i) % 2147483646 + 1)::BIGINT AS h FROM range(80000) AS 号(i)) AS 户
ASOF JOIN 地区 ON draw(户.h, '注册地', 1000) >= 地区.起
ASOF JOIN 行业 ON draw(户.h, '行业', (SELECT sum(1000000 // k)::BIGINT FROM range(1, 55) AS 位(k))) >= 行业.起
ASOF JOIN 人数档 ON draw(户.h, '人数档', 10000) >= 人数档.起;

-- 信用代码由左至右：91、地区六位、主体标识八位与其校验码、总校验码。逐步成表，宏才不会把同一算式展开多遍
CREATE TEMP TABLE 主体 AS
SELECT *, 'XX' || six((i * 48271 + 20240301) % 887503681) AS 标识, year(成立)::BIGINT AS 成立年 FROM 底数;
CREATE TEMP TABLE 代码 AS
SELECT *, '91' || 地区代码 || 标识 || organisation_check(标识) AS 十七位,
       人数 * skewed(h, '人均营收', 4000000, 200000000) + draw(h, '营收零头', 10000000) AS 营收四,
       (工业 OR 行业代码 LIKE 'I65%' OR 行业代码 LIKE 'M7%') AND 人数 >= 5 AND one_in(h, '有研发', 3500) AS 研发户,
       CASE WHEN one_in(h, '快增', 500) THEN 1320 ELSE 820 END AS 增速起
FROM 主体;

-- 营收四是 2023 年营业收入的分；别的年度由逐年的增速推出
CREATE TEMP TABLE 收入 AS
SELECT *, 营收四 * 1000 // (820 + draw(h, '营收增三', 500)) AS 营收三,
       CASE WHEN 研发户 THEN 营收四 * skewed(h, '研发占比', 60, 1400) // 10000 ELSE 0 END AS 研发四
FROM 代码;
CREATE TEMP TABLE 逐年 AS
SELECT *, [营收三 * 950 // 1000 * 1000 // (800 + draw(h, '营收增一', 500)), 营收三 * 1000 // (800 + draw(h, '营收增二', 500)),
           营收三, 营收四, 营收四 * (800 + draw(h, '营收增五', 500)) // 1000] AS 营收,
       [研发四 * 1000 // (增速起 + draw(h, '研发增四', 450)) * 1000 // (增速起 + draw(h, '研发增三', 450)) * 1000 // (增速起 + draw(h, '研发增二', 450)),
        研发四 * 1000 // (增速起 + draw(h, '研发增四', 450)) * 1000 // (增速起 + draw(h, '研发增三', 450)),
        研发四 * 1000 // (增速起 + draw(h, '研发增四', 450)), 研发四, 研发四 * 1100 // 1000] AS 研发,
       greatest(1, 人数 * (600 + draw(h, '参保率', 401)) // 1000) AS 参保,
       CASE WHEN 工业 AND one_in(h, '出口户', 2200) THEN 100 + draw(h, '出口占比', 700) ELSE 0 END AS 出口千分,
       CASE WHEN 行业代码 IN ('F5292', 'F5193') THEN 600 + draw(h, '网售占比', 400)
            WHEN 工业 AND one_in(h, '网售户', 900) THEN 50 + draw(h, '网售占比', 300) ELSE 0 END AS 网售千分,
       CASE WHEN 行业代码 LIKE 'C36%' OR 行业代码 LIKE 'C375%' OR 行业代码 LIKE 'C344%' THEN 100 + draw(h, '配套占比', 500) ELSE 0 END AS 配套千分,
       CASE WHEN 行业代码 LIKE 'A%' OR 行业代码 LIKE 'C13%' THEN draw(h, '龙头', 1000) ELSE 999 END AS 龙头数
FROM 收入;
CREATE TEMP TABLE 规上 AS
SELECT *, (CASE WHEN 工业 THEN 营收四 >= 2000000000 ELSE 营收四 >= 1000000000 END) AND 人数 >= 5 AND NOT one_in(h, '未入库', 600) AS 规上户
FROM 逐年;

SELECT
  十七位 || credit_check(十七位) AS 统一社会信用代码,
  地名 || '示例' || lpad(i::VARCHAR, 5, '0') || '号' || 行业名 || '有限公司' AS 企业名称,
  CASE WHEN NOT lacks(h, '注册地', 50, 人数) THEN 地区代码 END AS 注册地,
  CASE WHEN NOT lacks(h, '行业', 120, 人数) THEN 行业代码 END AS 行业代码,
  CASE WHEN NOT lacks(h, '成立', 80, 人数) THEN 成立 END AS 成立日期,
  CASE WHEN NOT lacks(h, '出资', 300, 人数) THEN yuan(营收四 * skewed(h, '出资', 20, 600) // 1000) END AS 实缴出资,
  CASE WHEN NOT lacks(h, '人数', 250, 人数) THEN 人数::INTEGER END AS 从业人员,
  CASE WHEN NOT lacks(h, '营收', 250, 人数) THEN years(h, '营收', 成立年, 营收) END AS 营业收入,
  CASE WHEN NOT lacks(h, '资产', 300, 人数) THEN yuan(营收四 * skewed(h, '资产', 20, 400) // 100) END AS 资产总额,
  CASE WHEN NOT lacks(h, '所得', 200, 人数) THEN yuan(营收四 * (draw(h, '所得', 180) - 40) // 1000) END AS 年应纳税所得额,
  CASE WHEN NOT lacks(h, '贡献', 300, 人数)
    THEN years(h, '贡献', 成立年, [v * skewed(h, '贡献率', 30, 300) // 10000 FOR v IN 营收]) END AS 地方贡献,
  CASE WHEN NOT lacks(h, '申报营收', 600, 人数)
    THEN yuan(营收四 * CASE WHEN one_in(h, '申报如实', 8200) THEN 1000 WHEN one_in(h, '申报小差', 6000) THEN 1020 ELSE 850 END // 1000) END AS 申报营业收入,
  CASE WHEN NOT lacks(h, '申报参保', 600, 人数) THEN (参保 + CASE WHEN one_in(h, '申报人差', 900) THEN 2 ELSE 0 END)::INTEGER END AS 申报参保人数,
  CASE WHEN NOT lacks(h, '研发', 400, 人数) THEN years(h, '研发', 成立年, 研发) END AS 研发费用,
  CASE WHEN NOT lacks(h, '境内', 500, 人数)
    THEN years(h, '境内', 成立年, [v * (500 + draw(h, '境内占比', 501)) // 1000 FOR v IN 研发]) END AS 境内研发费用,
  CASE WHEN NOT lacks(h, '科技人员', 400, 人数) THEN (人数 * draw(h, '科技人员', 300) // 1000)::INTEGER END AS 科技人员,
  CASE WHEN NOT lacks(h, '高新收入', 600, 人数) THEN yuan(CASE WHEN 研发户 THEN 营收四 * draw(h, '高新占比', 960) // 1000 ELSE 0 END) END AS 高新产品收入,
  CASE WHEN NOT lacks(h, '技术交易', 700, 人数)
    THEN yuan(CASE WHEN 研发户 AND one_in(h, '有技术交易', 2000) THEN skewed(h, '技术交易', 100000, 2000000000) ELSE 0 END) END AS 技术交易额,
  CASE WHEN NOT lacks(h, '资质', 250, 人数) THEN list_filter([
    CASE WHEN 研发户 AND one_in(h, '科技型', 3500) THEN '科技型中小企业' END,
    CASE WHEN 研发户 AND 人数 >= 10 AND one_in(h, '高新', 2200) THEN '高新技术企业' END,
    CASE WHEN 研发户 AND one_in(h, '创新型', 2000) THEN '创新型中小企业' END,
    CASE WHEN 研发户 AND 人数 >= 15 AND one_in(h, '专精特新', 1500) THEN '专精特新中小企业' END,
    CASE WHEN 研发户 AND 人数 >= 50 AND one_in(h, '小巨人', 300) THEN '专精特新小巨人' END,
    CASE WHEN 研发户 AND 人数 >= 200 AND one_in(h, '单项冠军', 200) THEN '单项冠军' END], x -> x IS NOT NULL) END AS 资质,
  CASE WHEN 研发户 AND NOT lacks(h, '高新年度', 300, 人数) THEN greatest(成立年 + 1, 2024 - skewed(h, '高新年度', 1, 14))::INTEGER END AS 首次认定高新年度,
  CASE WHEN NOT lacks(h, '绿色', 200, 人数) THEN CASE WHEN NOT 工业 OR 人数 < 20 THEN '未获评绿色工厂'
    WHEN one_in(h, '绿色国', 40) THEN '国家级绿色工厂' WHEN one_in(h, '绿色省', 150) THEN '省级绿色工厂'
    WHEN one_in(h, '绿色市', 500) THEN '市级绿色工厂' ELSE '未获评绿色工厂' END END AS 绿色工厂等级,
  CASE WHEN NOT lacks(h, '首台套', 200, 人数) THEN CASE WHEN NOT 研发户 OR 人数 < 30 THEN '没有首台套'
    WHEN one_in(h, '首台国际', 30) THEN '国际首台套' WHEN one_in(h, '首台国内', 120) THEN '国内首台套'
    WHEN one_in(h, '首台省内', 400) THEN '省内首台套' ELSE '没有首台套' END END AS 首台套等级,
  CASE WHEN NOT lacks(h, '配套', 400, 人数)
    THEN years(h, '配套', 成立年, [v * 配套千分 // 1000 FOR v IN 营收]) END AS 配套额,
  CASE WHEN NOT lacks(h, '规上', 200, 人数) THEN 规上户 END AS 在规上库,
  CASE WHEN 规上户 AND NOT lacks(h, '上规年', 200, 人数) THEN least(2024, greatest(成立年 + 1, 2024 - draw(h, '上规年', 16)))::INTEGER END AS 首次上规年度,
  CASE WHEN 工业 AND NOT lacks(h, '亩均', 300, 人数) THEN
    CASE WHEN one_in(h, '亩均甲', 1500) THEN '甲类' WHEN one_in(h, '亩均乙', 6000) THEN '乙类' WHEN one_in(h, '亩均丙', 8500) THEN '丙类' ELSE '丁类' END END AS 亩均评价,
  CASE WHEN NOT lacks(h, '占地', 600, 人数)
    THEN (CASE WHEN 工业 THEN 人数 * skewed(h, '占地', 10, 400) ELSE 人数 * 2 END::DECIMAL(12,0) * 0.001)::DECIMAL(12,3) END AS 占地面积,
  CASE WHEN NOT lacks(h, '用电', 300, 人数) THEN MAP(['2024年8月', '2024年9月', '2024年10月', '2024年11月'],
    [CASE WHEN NOT one_in(h, '用电缺' || k, 100) THEN (营收四 * CASE WHEN 工业 THEN 24 ELSE 3 END // 1000000 * (800 + draw(h, '用电' || k, 400)) // 1000)::BIGINT END
     FOR k IN range(4)]) END AS 用电量,
  CASE WHEN NOT lacks(h, '参保', 250, 人数) THEN 参保::INTEGER END AS 参保人数,
  CASE WHEN NOT lacks(h, '参保三', 250, 人数) THEN (参保 * (950 + draw(h, '参保三', 120)) // 1000)::INTEGER END AS 上年末参保人数,
  CASE WHEN NOT lacks(h, '参保二', 250, 人数) THEN CASE WHEN one_in(h, '未参保', 30) THEN 0 WHEN 成立年 < 2023 THEN greatest(1, 参保 * (930 + draw(h, '参保二', 200)) // 1000) END::INTEGER END AS 上上年末参保人数,
  CASE WHEN NOT lacks(h, '领金', 300, 人数) THEN (参保 * skewed(h, '领金', 0, 150) // 1000)::INTEGER END AS 领取失业保险金人数,
  CASE WHEN NOT lacks(h, '失业费', 250, 人数) THEN yuan(参保 * skewed(h, '失业费', 30000, 90000)) END AS 上年度失业保险费,
  CASE WHEN NOT lacks(h, '缴费月', 250, 人数) THEN least(datediff('month', 成立, DATE '2024-12-31'), skewed(h, '缴费月', 0, 240))::INTEGER END AS 连续缴费月数,
  CASE WHEN NOT lacks(h, '毕业生', 400, 人数)
    THEN CASE WHEN one_in(h, '招毕业生', 1500) THEN 1 + 人数 * draw(h, '毕业生', 80) // 1000 ELSE 0 END::INTEGER END AS 新招毕业生,
  CASE WHEN NOT lacks(h, '欠薪', 250, 人数) THEN one_in(h, '欠薪', 90) END AS 欠薪,
  CASE WHEN NOT lacks(h, '职代会', 900, 人数) THEN one_in(h, '职代会', 300) END AS 职代会表决通过,
  CASE WHEN NOT lacks(h, '困难', 900, 人数) THEN one_in(h, '困难', 500) END AS 生产经营困难,
  CASE WHEN NOT lacks(h, '出口', 250, 人数)
    THEN years(h, '出口', 成立年, [营收[k] * 出口千分 // 1000 * (800 + draw(h, '出口' || k, 500)) // 1000 FOR k IN range(1, 6)]) END AS 出口额,
  CASE WHEN NOT lacks(h, '信保', 600, 人数)
    THEN yuan(CASE WHEN one_in(h, '投信保', 4000) THEN 营收四 * 出口千分 // 1000 * skewed(h, '信保', 1, 8) // 1000 ELSE 0 END) END AS 出口信保费,
  CASE WHEN NOT lacks(h, '网售', 400, 人数)
    THEN years(h, '网售', 成立年, [营收[k] * 网售千分 // 1000 * (700 + draw(h, '网售' || k, 700)) // 1000 FOR k IN range(1, 6)]) END AS 网络零售额,
  CASE WHEN NOT lacks(h, '冷库', 500, 人数) THEN (CASE WHEN (行业代码 LIKE 'A%' OR 行业代码 LIKE 'C13%' OR 行业代码 LIKE 'G5%') AND one_in(h, '有冷库', 2000)
    THEN skewed(h, '冷库', 300, 60000) ELSE 0 END::DECIMAL(12,0) * 0.001)::DECIMAL(12,3) END AS 冷库面积,
  CASE WHEN NOT lacks(h, '上市', 200, 人数) THEN CASE WHEN 人数 < 100 OR NOT 规上户 THEN '未启动'
    WHEN one_in(h, '已上市', 60) THEN '已上市' WHEN one_in(h, '已过会', 60) THEN '已过会' WHEN one_in(h, '已受理', 120) THEN '已受理'
    WHEN one_in(h, '辅导', 250) THEN '已辅导备案' ELSE '未启动' END END AS 上市进程,
  CASE WHEN NOT lacks(h, '龙头', 300, 人数) THEN CASE WHEN 龙头数 < 3 THEN '国家级龙头' WHEN 龙头数 < 15 THEN '省级龙头'
    WHEN 龙头数 < 50 THEN '市级龙头' WHEN 龙头数 < 150 THEN '县级龙头' ELSE '不是龙头' END END AS 龙头级别,
  CASE WHEN NOT lacks(h, '农户', 600, 人数) THEN CASE WHEN 龙头数 < 999 THEN skewed(h, '农户', 0, 900) ELSE 0 END::INTEGER END AS 带动农户,
  CASE WHEN NOT lacks(h, '游客', 600, 人数) THEN CASE WHEN 行业代码 LIKE 'H61%' OR 行业代码 IN ('L7291', 'N7861')
    THEN skewed(h, '游客', 100, 60000) ELSE 0 END::INTEGER END AS 接待游客,
  CASE WHEN NOT lacks(h, '星级', 200, 人数) THEN CASE WHEN 行业代码 <> 'H6110' THEN '未评星' WHEN one_in(h, '五星', 150) THEN '五星'
    WHEN one_in(h, '四星', 500) THEN '四星' WHEN one_in(h, '三星', 1200) THEN '三星' ELSE '未评星' END END AS 旅馆等级,
  CASE WHEN NOT lacks(h, '信用', 250, 人数) THEN CASE WHEN one_in(h, '失信', 200) THEN '失信' WHEN one_in(h, '甲等', 2000) THEN '守信甲'
    WHEN one_in(h, '乙等', 6500) THEN '守信乙' ELSE '守信丙' END END AS 信用评级,
  CASE WHEN NOT lacks(h, '严重失信', 200, 人数) THEN one_in(h, '严重失信', 80) END AS 严重失信,
  CASE WHEN NOT lacks(h, '僵尸', 200, 人数) THEN one_in(h, '僵尸', 40) END AS 僵尸企业,
  CASE WHEN NOT lacks(h, '限制', 200, 人数) THEN one_in(h, '限制', 120) END AS 限制或禁止行业,
  CASE WHEN NOT lacks(h, '事故', 200, 人数) THEN one_in(h, '事故', 50) END AS 安全事故,
  CASE WHEN NOT lacks(h, '环保', 200, 人数) THEN one_in(h, '环保', 120) END AS 环保处罚,
  CASE WHEN NOT lacks(h, '类别', 1000, 人数) THEN ['投入类', '产出类', '产出类', '荣誉类'][1 + draw(h, '类别', 4)] END AS 申报类别,
  CASE WHEN NOT lacks(h, '协议', 800, 人数) THEN one_in(h, '协议', 4000) END AS 已签预拨付协议,
  CASE WHEN NOT lacks(h, '并购', 300, 人数) THEN 人数 >= 50 AND one_in(h, '并购', 250) END AS 跨境并购,
  CASE WHEN NOT lacks(h, '强制', 200, 人数) THEN one_in(h, '强制', 60) END AS 拟采取强制措施,
  CASE WHEN NOT lacks(h, '查封', 900, 人数) THEN yuan(营收四 * skewed(h, '查封', 0, 900) // 1000) END AS 查封财产估值,
  CASE WHEN NOT lacks(h, '季度', 250, 人数) THEN
    [{'季初从业人数': (人数 * (950 + draw(h, '季初' || k, 100)) // 1000)::INTEGER, '季末从业人数': (人数 * (950 + draw(h, '季末' || k, 100)) // 1000)::INTEGER,
      '季初资产总额': yuan(营收四 * skewed(h, '资产', 20, 400) // 100 * (950 + draw(h, '季初资' || k, 100)) // 1000),
      '季末资产总额': yuan(营收四 * skewed(h, '资产', 20, 400) // 100 * (950 + draw(h, '季末资' || k, 100)) // 1000)} FOR k IN range(4)] END AS 季度,
  CASE WHEN NOT lacks(h, '技改', 250, 人数) THEN
    [{'设备投资额': CASE WHEN NOT one_in(h, '投资缺' || k, 400) THEN yuan(skewed(h, '投资' || k, 500000, 3000000000)) END,
      '新上': CASE WHEN NOT one_in(h, '新上缺' || k, 500) THEN one_in(h, '新上' || k, 6000) END,
      '完工日期': day(DATE '2023-01-01', draw(h, '完工' || k, 730)),
      '年节电量': skewed(h, '节电' || k, 0, 800000)}
     FOR k IN range(CASE WHEN 工业 AND one_in(h, '有技改', 1200) THEN 1 + draw(h, '技改数', 3) ELSE 0 END)] END AS 技改项目,
  CASE WHEN NOT lacks(h, '数字', 300, 人数) THEN
    [{'软件费': yuan(skewed(h, '软件' || k, 0, 150000000)), '设备费': yuan(skewed(h, '设备' || k, 0, 400000000)),
      '上云费': CASE WHEN NOT one_in(h, '上云缺' || k, 500) THEN yuan(skewed(h, '上云' || k, 0, 20000000)) END}
     FOR k IN range(CASE WHEN 工业 AND one_in(h, '有数字', 1000) THEN 1 + draw(h, '数字数', 2) ELSE 0 END)] END AS 数字化投入,
  CASE WHEN NOT lacks(h, '人才', 400, 人数) THEN
    [{'层次': ['青年人才', '青年人才', '青年人才', '青年人才', '青年人才', '高级人才', '高级人才', '高级人才', '领军人才', '顶尖人才'][1 + draw(h, '层次' || k, 10)],
      '入职日期': day(DATE '2021-01-01', draw(h, '入职' || k, 1400)), '年薪': yuan(skewed(h, '年薪' || k, 8000000, 400000000)),
      '企业认定': one_in(h, '认定' || k, 6000), '数据日期': day(DATE '2023-10-01', draw(h, '数据日' || k, 440))}
     FOR k IN range(CASE WHEN 人数 >= 10 AND one_in(h, '有人才', 350) THEN 1 + draw(h, '人才数', 4) ELSE 0 END)] END AS 人才,
  CASE WHEN NOT lacks(h, '新招用', 300, 人数) THEN
    [{'人数': (1 + 人数 * draw(h, '新招' || k, 150) // 1000)::INTEGER, '入职日期': day(DATE '2023-07-01', draw(h, '新招日' || k, 540)),
      '合同期限': [6, 12, 24, 36][1 + draw(h, '合同' || k, 4)]}
     FOR k IN range(CASE WHEN one_in(h, '有新招', 2500) THEN 1 + draw(h, '新招数', 3) ELSE 0 END)] END AS 新招用,
  CASE WHEN NOT lacks(h, '贷款', 300, 人数) THEN
    [{'种类': ['创业担保贷款', '知识产权质押贷款', '政策性担保贷款', '转贷资金', '普通贷款', '普通贷款', '普通贷款', '普通贷款', '普通贷款'][1 + least(8, draw(h, '贷种' || k, 20))::INTEGER],
      '金额': yuan(skewed(h, '贷额' || k, 10000000, 1200000000)), '期限': [6, 12, 12, 24, 36][1 + draw(h, '贷期' || k, 5)],
      '首贷年度': (2020 + draw(h, '首贷' || k, 5))::INTEGER,
      '年利息': CASE WHEN NOT one_in(h, '利息缺' || k, 500) THEN yuan(skewed(h, '贷额' || k, 10000000, 1200000000) * (30 + draw(h, '利率' || k, 40)) // 1000) END,
      '保险费': yuan(skewed(h, '贷额' || k, 10000000, 1200000000) * draw(h, '保险' || k, 20) // 1000),
      '担保费': yuan(skewed(h, '贷额' || k, 10000000, 1200000000) * (5 + draw(h, '担保' || k, 12)) // 1000),
      '转贷天数': (1 + draw(h, '转贷' || k, 15))::INTEGER, '已核销坏账': one_in(h, '核销' || k, 500),
      '本金损失': yuan(skewed(h, '损失' || k, 0, 300000000))}
     FOR k IN range(CASE WHEN one_in(h, '有贷款', 2500) THEN 1 + draw(h, '贷款数', 3) ELSE 0 END)] END AS 贷款,
  CASE WHEN NOT lacks(h, '专利', 250, 人数) THEN
    [{'种类': CASE WHEN NOT one_in(h, '专利缺' || k, 200) THEN ['发明专利', '实用新型', '实用新型', '实用新型', '外观设计'][1 + draw(h, '专利种' || k, 5)] END,
      '授权日期': day(DATE '2019-01-01', draw(h, '授权' || k, 2190))}
     FOR k IN range(CASE WHEN 研发户 AND one_in(h, '有专利', 5000) THEN 1 + draw(h, '专利数', 12) ELSE 0 END)] END AS 专利,
  CASE WHEN NOT lacks(h, '标准', 250, 人数) THEN
    [{'层级': ['国际标准', '国家标准', '国家标准', '行业标准', '行业标准', '行业标准', '团体标准', '团体标准', '团体标准', '团体标准'][1 + draw(h, '标层' || k, 10)],
      '主导制定': one_in(h, '主导' || k, 2000), '发布年度': (2020 + draw(h, '标年' || k, 5))::INTEGER}
     FOR k IN range(CASE WHEN 研发户 AND 人数 >= 30 AND one_in(h, '有标准', 2500) THEN 1 + draw(h, '标准数', 3) ELSE 0 END)] END AS 标准,
  CASE WHEN NOT lacks(h, '展会', 300, 人数) THEN
    [{'境外': one_in(h, '境外' || k, 4000), '展位费': yuan(skewed(h, '展位' || k, 100000, 10000000)), '展期首日': day(DATE '2022-06-01', draw(h, '展日' || k, 900))}
     FOR k IN range(CASE WHEN (出口千分 > 0 OR 网售千分 > 0) AND one_in(h, '有展会', 3000) THEN 1 + draw(h, '展会数', 3) ELSE 0 END)] END AS 展会,
  CASE WHEN NOT lacks(h, '违法', 250, 人数) THEN
    [{'种类': ['未公示年报', '未亮照经营', '未标明价格', '其他违法'][1 + draw(h, '违种' || k, 4)], '日期': day(DATE '2022-01-01', draw(h, '违日' || k, 1090)),
      '情节轻微': one_in(h, '轻微' || k, 8000), '已改正': CASE WHEN NOT one_in(h, '改正缺' || k, 600) THEN one_in(h, '改正' || k, 8500) END,
      '危害后果': one_in(h, '后果' || k, 500)}
     FOR k IN range(CASE WHEN one_in(h, '有违法', 600) THEN 1 + draw(h, '违法数', 2) ELSE 0 END)] END AS 违法记录,
  CASE WHEN NOT lacks(h, '中介', 250, 人数) THEN
    [{'中介机构': CASE WHEN NOT one_in(h, '中介缺' || k, 500) THEN ['样例律师事务所', '样例会计师事务所', '别处咨询公司'][1 + draw(h, '中介名' || k, 3)] END,
      '服务费': yuan(skewed(h, '服务费' || k, 500000, 200000000))}
     FOR k IN range(CASE WHEN 人数 >= 50 AND one_in(h, '有中介', 4000) THEN 1 + draw(h, '中介数', 3) ELSE 0 END)] END AS 中介服务
FROM 规上
ORDER BY i;
