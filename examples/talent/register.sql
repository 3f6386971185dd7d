-- 企业认定人才的样例登记：3,000 户，全部为合成数据（synthetic），不对应任何真实企业。
--
-- 每个值都由户号的 MD5 与列名的 MD5 相乘、模一个质数算出，只用整数运算：任何机器得到的都是同一张表。种子是 'huiyu-talent/'。
-- 小企业占多数，报了人才的少，薪酬偏低的多；少数报得离谱，好看出预警。
CREATE TEMP MACRO draw(h, what, n) AS
  h * (md5_number_lower('huiyu-talent/' || what) % 2147483646 + 1)::BIGINT % 2147483647 % n;
CREATE TEMP MACRO skewed(h, what, low, high) AS
  low + (high - low) * draw(h, what || '/甲', 1000) * draw(h, what || '/乙', 1000) // 1000000;

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
SELECT i, h, ['330402', '330402', '330481', '330483', '330411', '330502'][1 + draw(h, '地', 6)] AS 地,
       ['C3491', 'C1751', 'C3484', 'I6513', 'M7320', 'A0411'][1 + least(5, skewed(h, '业', 0, 7))::INTEGER] AS 业,
       skewed(h, '人数', 1, 400) AS 人数, 'XX' || six((i * 48271 + 20260601) % 887503681) AS 标识
FROM (SELECT i, (md5_number_lower('huiyu-talent/' || i) % 2147483646 + 1)::BIGINT AS h FROM range(3000) AS 号(i)) AS 户;
CREATE TEMP TABLE 代码 AS SELECT *, '91' || 地 || 标识 || organisation_check(标识) AS 十七位 FROM 底数;

SELECT
  十七位 || credit_check(十七位) AS 统一社会信用代码,
  '示例' || lpad(i::VARCHAR, 4, '0') || '号有限公司' AS 企业名称,
  地 AS 注册地,
  CASE WHEN draw(h, '业缺', 100) > 0 THEN 业 END AS 行业代码,
  CASE WHEN draw(h, '信缺', 100) > 0 THEN draw(h, '失信', 1000) < 8 END AS 严重失信,
  CASE WHEN draw(h, '保缺', 100) > 1 THEN (人数 * (700 + draw(h, '参保', 301)) // 1000)::INTEGER END AS 参保人数,
  [{'层次': ['青年人才', '青年人才', '青年人才', '高级人才', '高级人才', '领军人才', '顶尖人才'][1 + least(6, skewed(h, '层' || k, 0, 9))::INTEGER],
    '年薪': (skewed(h, '薪' || k, 60000, 450000))::DECIMAL(18,2),
    '企业认定': draw(h, '认' || k, 10) < 8,
    '数据日期': DATE '2023-09-01' + draw(h, '日' || k, 480)::INTEGER}
   FOR k IN range(CASE WHEN 人数 >= 10 AND draw(h, '有', 10) < 2 THEN 1 + draw(h, '几个', 3) ELSE 0 END)] AS 人才
FROM 代码
ORDER BY i;
