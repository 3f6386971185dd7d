-- 一个市的企业登记样例：6,000 户，全部为合成数据（synthetic），不对应任何真实企业。
--
-- 每个值都由户号的 MD5 与列名的 MD5 相乘、模一个质数算出，只用整数运算，不用随机函数和浮点数：
-- 任何机器、任何线程数得到的都是同一张表。换一个种子，就换下面的 'huiyu-city/'。
-- 像真的登记一样偏：小企业占绝大多数，行业集中，有资质、有技改的少，小企业更常缺数。
-- 统一社会信用代码的主体标识以 XX 开头，该号段未见赋码；两位校验码（GB 11714、GB 32100）都按标准算出。
-- 缺是 NULL，没有是 0、否或者空列表；逐年的数以“2023年”为键。

-- 种子为 h 的一户在某一列上的整数，0 至 n − 1，均匀
CREATE TEMP MACRO draw(h, what, n) AS
  h * (md5_number_lower('huiyu-city/' || what) % 2147483646 + 1)::BIGINT % 2147483647 % n;
-- 万分之 p 的户为真
CREATE TEMP MACRO one_in(h, what, p) AS draw(h, what, 10000) < p;
-- low 至 high，偏向 low：两个均匀数的积
CREATE TEMP MACRO skewed(h, what, low, high) AS
  low + (high - low) * draw(h, what || '/甲', 1000) * draw(h, what || '/乙', 1000) // 1000000;
-- 十万分之 p 的户缺这一列；不满 20 人的企业三倍。缺得不多：没定下来的申请要从预算里先留钱，见 README
CREATE TEMP MACRO lacks(h, what, p, 人数) AS draw(h, what || '缺', 100000) < CASE WHEN 人数 < 20 THEN 3 * p ELSE p END;
-- 分成为元，两位小数
CREATE TEMP MACRO yuan(fen) AS (fen::DECIMAL(20,0) * 0.01)::DECIMAL(18,2);
-- 自 first 年起到 2024 年，fens 依次是 2021 至 2024 年的分
CREATE TEMP MACRO years(first, fens) AS MAP(
  [y::VARCHAR || '年' FOR y IN range(2021, 2025) IF y >= first], [yuan(fens[y - 2020]) FOR y IN range(2021, 2025) IF y >= first]);
CREATE TEMP MACRO day(first, days) AS (first + days::INTEGER)::DATE;

-- 注册地：权重为千分数；有几户注册在外市
CREATE TEMP TABLE 地区 AS
SELECT 代码, 名, (sum(权重) OVER (ORDER BY 代码) - 权重)::BIGINT AS 起
FROM (VALUES ('330402', '南湖', 200), ('330411', '秀洲', 140), ('330421', '嘉善', 130), ('330424', '海盐', 90), ('330481', '海宁', 200),
             ('330482', '平湖', 120), ('330483', '桐乡', 110), ('330502', '湖州', 10)) AS 表(代码, 名, 权重);

-- 行业：第 k 位的权重为 1/k，头几类占了小一半
CREATE TEMP TABLE 行业 AS
SELECT 代码, 名, (sum(1000000 // 序) OVER (ORDER BY 序) - 1000000 // 序)::BIGINT AS 起, substr(代码, 1, 1) = 'C' AS 工业
FROM (VALUES
  (1, 'C1751', '化纤织造'), (2, 'F5175', '电气批发'), (3, 'C1921', '皮革服装'), (4, 'F5292', '网络零售'), (5, 'C3484', '机械零部件'),
  (6, 'H6210', '餐饮'), (7, 'C3670', '汽车零部件'), (8, 'C2927', '塑料'), (9, 'L7249', '咨询'), (10, 'C3982', '电子电路'),
  (11, 'G5437', '配送'), (12, 'C3825', '光伏设备'), (13, 'E4790', '建筑'), (14, 'I6513', '软件'), (15, 'C3525', '模具'),
  (16, 'C2110', '家具'), (17, 'C2720', '制药'), (18, 'C3491', '机器人'), (19, 'I6550', '数据处理'), (20, 'K7020', '物业')
) AS 表(序, 代码, 名);

-- 从业人员的档：万分之几的户落在哪一档；档内偏向下端
CREATE TEMP TABLE 人数档 AS
SELECT 下限, 上限, (sum(权重) OVER (ORDER BY 下限) - 权重)::BIGINT AS 起
FROM (VALUES (1, 5, 3000), (5, 10, 2400), (10, 20, 1900), (20, 50, 1500), (50, 100, 680), (100, 300, 370), (300, 1000, 120),
             (1000, 5000, 30)) AS 表(下限, 上限, 权重);

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

CREATE TEMP TABLE 底数 AS
SELECT 户.i, 户.h, 地区.代码 AS 地区代码, 地区.名 AS 地名, 行业.代码 AS 行业代码, 行业.名 AS 行业名, 行业.工业,
       skewed(户.h, '人数', 下限, 上限) AS 人数, day(DATE '2024-11-01', -skewed(户.h, '成立', 1, 10000)) AS 成立,
       'XX' || six((i * 48271 + 20260301) % 887503681) AS 标识
FROM (SELECT i, (md5_number_lower('huiyu-city/' || i) % 2147483646 + 1)::BIGINT AS h FROM range(6000) AS 号(i)) AS 户
ASOF JOIN 地区 ON draw(户.h, '注册地', 1000) >= 地区.起
ASOF JOIN 行业 ON draw(户.h, '行业', (SELECT sum(1000000 // k)::BIGINT FROM range(1, 21) AS 位(k))) >= 行业.起
ASOF JOIN 人数档 ON draw(户.h, '人数档', 10000) >= 人数档.起;

-- 营收三是 2023 年营业收入的分；别的年度由增速推出
CREATE TEMP TABLE 收入 AS
SELECT *, '91' || 地区代码 || 标识 || organisation_check(标识) AS 十七位, year(成立)::BIGINT AS 成立年,
       人数 * skewed(h, '人均营收', 4000000, 220000000) + draw(h, '营收零头', 10000000) AS 营收三,
       (工业 OR 行业代码 LIKE 'I65%') AND 人数 >= 8 AND one_in(h, '有研发', 4500) AS 研发户
FROM 底数;
CREATE TEMP TABLE 逐年 AS
SELECT *, [营收三 * 1000 // (850 + draw(h, '增一', 500)) * 1000 // (850 + draw(h, '增二', 450)), 营收三 * 1000 // (850 + draw(h, '增二', 450)),
           营收三, 营收三 * (850 + draw(h, '增四', 450)) // 1000] AS 营收,
       CASE WHEN 研发户 THEN skewed(h, '研发占比', 80, 1200) ELSE 0 END AS 研发万分,
       营收三 >= 2000000000 AND 人数 >= 10 AND NOT one_in(h, '未入库', 500) AS 规上户
FROM 收入;

SELECT
  十七位 || credit_check(十七位) AS 统一社会信用代码,
  地名 || '示例' || lpad(i::VARCHAR, 4, '0') || '号' || 行业名 || '有限公司' AS 企业名称,
  CASE WHEN NOT lacks(h, '注册地', 30, 人数) THEN 地区代码 END AS 注册地,
  CASE WHEN NOT lacks(h, '行业', 80, 人数) THEN 行业代码 END AS 行业代码,
  成立 AS 成立日期,
  CASE WHEN NOT lacks(h, '人数', 200, 人数) THEN 人数::INTEGER END AS 从业人员,
  CASE WHEN NOT lacks(h, '营收', 200, 人数) THEN years(成立年, 营收) END AS 营业收入,
  CASE WHEN NOT lacks(h, '研发', 300, 人数) THEN years(成立年, [v * 研发万分 // 10000 FOR v IN 营收]) END AS 研发费用,
  CASE WHEN NOT lacks(h, '税收', 250, 人数) THEN yuan(营收三 * skewed(h, '税负', 60, 900) // 10000) END AS 实缴税收,
  CASE WHEN NOT lacks(h, '占地', 400, 人数)
    THEN (CASE WHEN 工业 THEN 人数 * skewed(h, '占地', 20, 500) ELSE 100 + 人数 * 3 END::DECIMAL(12,0) * 0.001)::DECIMAL(12,3) END AS 占地面积,
  CASE WHEN NOT lacks(h, '资质', 150, 人数) THEN list_filter([
    CASE WHEN 研发户 AND one_in(h, '高新', 3000) THEN '高新技术企业' END,
    CASE WHEN 研发户 AND 人数 >= 15 AND one_in(h, '专精特新', 1800) THEN '省级专精特新' END,
    CASE WHEN 研发户 AND 人数 >= 40 AND one_in(h, '小巨人', 700) THEN '国家小巨人' END,
    CASE WHEN 研发户 AND 人数 >= 100 AND one_in(h, '单项冠军', 600) THEN '单项冠军' END], x -> x IS NOT NULL) END AS 资质,
  CASE WHEN NOT lacks(h, '智造', 150, 人数) THEN CASE WHEN NOT 规上户 OR NOT 工业 THEN '未评定'
    WHEN one_in(h, '未来工厂', 60) THEN '未来工厂' WHEN one_in(h, '智能工厂', 400) THEN '智能工厂'
    WHEN one_in(h, '数字车间', 1500) THEN '数字化车间' ELSE '未评定' END END AS 智造等级,
  CASE WHEN NOT lacks(h, '规上', 150, 人数) THEN 规上户 END AS 在规上库,
  CASE WHEN 规上户 THEN least(2024, greatest(成立年 + 1, 2024 - draw(h, '上规年', 12)))::INTEGER END AS 首次上规年度,
  CASE WHEN NOT lacks(h, '失信', 120, 人数) THEN one_in(h, '严重失信', 80) END AS 严重失信,
  CASE WHEN NOT lacks(h, '事故', 120, 人数) THEN one_in(h, '事故', 60) END AS 安全事故,
  CASE WHEN NOT lacks(h, '申报', 100, 人数) THEN day(DATE '2024-03-01', draw(h, '申报日', 60)) END AS 申报日期,
  CASE WHEN NOT lacks(h, '技改', 200, 人数) THEN
    [{'设备投资额': CASE WHEN NOT one_in(h, '投资缺' || k, 100) THEN yuan(skewed(h, '投资' || k, 20000000, 4000000000)) END,
      '完工日期': day(DATE '2023-01-01', draw(h, '完工' || k, 730))}
     FOR k IN range(CASE WHEN 工业 AND 人数 >= 10 AND one_in(h, '有技改', 1600) THEN 1 + draw(h, '技改数', 3) ELSE 0 END)] END AS 技改项目,
  CASE WHEN NOT lacks(h, '贷款', 200, 人数) THEN
    [{'用途': ['技术改造', '流动资金', '流动资金'][1 + draw(h, '用途' || k, 3)],
      '年利息': CASE WHEN NOT one_in(h, '利息缺' || k, 100) THEN yuan(skewed(h, '利息' || k, 300000, 250000000)) END}
     FOR k IN range(CASE WHEN one_in(h, '有贷款', 2200) THEN 1 + draw(h, '贷款数', 2) ELSE 0 END)] END AS 贷款
FROM 逐年
ORDER BY i;
