-- 2022 至 2024 年的发放记录样例：合成数据（synthetic），由登记里的户推出，种子是信用代码。
-- 先把登记造好：huiyu data convert register.sql 登记.parquet
CREATE TEMP MACRO draw(key, what, n) AS (md5_number_lower(key || what) % 2147483647)::BIGINT % n;
CREATE TEMP TABLE 户 AS SELECT 统一社会信用代码 AS 键, 资质, 技改项目 FROM read_parquet('登记.parquet');

SELECT 键, 政策, 项目, 考核年度, 日期, 金额
FROM (
  -- 认定过的资质大多奖过
  SELECT 键, '省级专精特新奖励' AS 政策, NULL AS 项目, 2022 AS 考核年度, DATE '2022-09-30' AS 日期, 200000.00::DECIMAL(18,2) AS 金额
  FROM 户 WHERE list_contains(资质, '省级专精特新') AND draw(键, '奖过专', 10) < 3
  UNION ALL
  SELECT 键, '高企认定奖励', NULL, 2023, DATE '2023-09-30', 100000.00::DECIMAL(18,2)
  FROM 户 WHERE list_contains(资质, '高新技术企业') AND draw(键, '奖过高', 10) < 4
  UNION ALL
  -- 旧办法的设备补助，记的是旧名
  SELECT 键, '工业投资补助', NULL, 2023, DATE '2023-12-20', (500000 + 10000 * draw(键, '旧额', 400))::DECIMAL(18,2)
  FROM 户 WHERE len(技改项目) > 0 AND draw(键, '旧补', 10) < 3
  UNION ALL
  -- 今年已经拨了首批贴息
  SELECT 键, '技改贷款贴息', NULL, 2024, DATE '2024-06-20', (1000 * (1 + draw(键, '首批', 150)))::DECIMAL(18,2)
  FROM 户 WHERE len(技改项目) > 0 AND draw(键, '贴过', 10) < 2
) AS 发放
ORDER BY 键, 政策;
