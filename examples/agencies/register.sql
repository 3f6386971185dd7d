-- 服务机构的样例登记：1,200 家，全部为合成数据（synthetic），不对应任何真实机构。种子是 'huiyu-agencies/'，只用整数运算。
-- 分数偏高的多，不及格的少；多数机构没有违法记录。
CREATE TEMP MACRO draw(h, what, n) AS
  h * (md5_number_lower('huiyu-agencies/' || what) % 2147483646 + 1)::BIGINT % 2147483647 % n;
CREATE TEMP MACRO mark(h, what) AS (10000 - 60 * draw(h, what || '/甲', 100) * draw(h, what || '/乙', 100) // 100)::DECIMAL(8,2) * 0.01;

SELECT
  'JG' || lpad(i::VARCHAR, 5, '0') AS 机构编号,
  '示例服务机构' || lpad(i::VARCHAR, 4, '0') AS 机构名称,
  CASE WHEN draw(h, '主缺', 100) > 0 THEN mark(h, '主') END AS 主管评分,
  CASE WHEN draw(h, '客缺', 100) > 2 THEN mark(h, '客') END AS 客户评分,
  mark(h, '中') AS 中心评分,
  (收入 * CASE WHEN draw(h, '差', 10) < 8 THEN 1000 WHEN draw(h, '差多', 2) = 0 THEN 1015 ELSE 1100 END // 1000)::DECIMAL(18,2) AS 申报营业收入,
  收入::DECIMAL(18,2) AS 税务营业收入,
  (人数 + CASE WHEN draw(h, '人差', 10) = 0 THEN 3 ELSE 0 END)::INTEGER AS 申报参保人数,
  CASE WHEN draw(h, '保缺', 100) > 0 THEN 人数::INTEGER END AS 社保参保人数,
  [{'种类': ['未公示年报', '未亮照经营', '未标明价格', '其他违法'][1 + draw(h, '种' || k, 4)], '日期': DATE '2023-06-01' + draw(h, '日' || k, 570)::INTEGER,
    '已改正': draw(h, '改' || k, 10) < 9, '危害后果': draw(h, '害' || k, 20) = 0}
   FOR k IN range(CASE WHEN draw(h, '有', 10) = 0 THEN 1 + draw(h, '几', 2) ELSE 0 END)] AS 违法记录
FROM (SELECT i, h, 1 + draw(h, '人', 30) * draw(h, '人二', 30) // 20 AS 人数, 200000 + 1000 * draw(h, '收', 300) * draw(h, '收二', 300) // 100 AS 收入
      FROM (SELECT i, (md5_number_lower('huiyu-agencies/' || i) % 2147483646 + 1)::BIGINT AS h FROM range(1200) AS 号(i)) AS 号) AS 家
ORDER BY i;
