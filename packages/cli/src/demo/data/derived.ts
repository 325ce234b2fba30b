/** Functions and views of `demo_quick`, in the order they must be made; the catalog stands as `$catalog`. */
export const functions: readonly string[] = [
  `CREATE FUNCTION $catalog.silver.full_name(first_name STRING COMMENT 'given name', last_name STRING)
RETURNS STRING COMMENT 'Name as on a letter' RETURN concat(first_name, ' ', last_name)`,
  `CREATE FUNCTION $catalog.silver.gross(net DECIMAL(18,2)) RETURNS DECIMAL(18,2)
COMMENT 'With value added tax' RETURN CAST(net * 1.19 AS DECIMAL(18,2))`,
  `CREATE FUNCTION $catalog.gold.value_class(spent DECIMAL(18,2)) RETURNS STRING
RETURN CASE WHEN spent >= 5000 THEN 'high' WHEN spent >= 2000 THEN 'middle' ELSE 'low' END`,
];

export const views: readonly string[] = [
  `CREATE VIEW $catalog.silver.active_customers COMMENT 'Customers who may be written to'
AS SELECT customer_id, $catalog.silver.full_name(first_name, last_name) AS name, email, country, tier
FROM $catalog.silver.customers WHERE active AND email IS NOT NULL`,
  `CREATE VIEW $catalog.silver.open_tickets
AS SELECT t.ticket_id, t.subject, t.priority, c.country
FROM $catalog.silver.tickets t JOIN $catalog.silver.customers c ON c.customer_id = t.customer_id
WHERE t.closed_on IS NULL`,
  `CREATE VIEW $catalog.gold.customer_360 (customer_id COMMENT 'Key of silver.customers', name, country, spent, class)
COMMENT 'What is known of a customer'
AS SELECT a.customer_id, a.name, a.country, v.spent, $catalog.gold.value_class(v.spent)
FROM $catalog.silver.active_customers a JOIN $catalog.gold.customer_value v ON v.customer_id = a.customer_id`,
  `CREATE VIEW $catalog.gold.revenue_by_country
AS SELECT country, count(*) AS customers, CAST(sum(spent) AS DECIMAL(18,2)) AS net, $catalog.silver.gross(CAST(sum(spent) AS DECIMAL(18,2))) AS gross
FROM $catalog.gold.customer_360 GROUP BY country`,
  `CREATE VIEW $catalog.bronze.paid_events AS SELECT id, name FROM $catalog.bronze.events WHERE name = 'order_paid'`,
];
