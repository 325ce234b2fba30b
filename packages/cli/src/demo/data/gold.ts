import type { DemoTable } from "../table.ts";

const dailySales: DemoTable = {
  schema: "gold",
  name: "daily_sales",
  comment: "Revenue a day and channel",
  columns: [
    { name: "sold_on", type: "DATE" },
    { name: "orders", type: "BIGINT" },
    { name: "revenue", type: "DECIMAL(18,2)" },
    { name: "channel", type: "STRING" },
  ],
  partitionedBy: ["channel"],
  properties: { "delta.appendOnly": "false", quality: "certified" },
  tags: { domain: "finance", quality: "certified" },
  content: {
    kind: "query",
    query: `SELECT CAST(o.ordered_at AS DATE), count(DISTINCT o.order_id), CAST(sum(i.quantity * i.unit_price) AS DECIMAL(18,2)), o.channel
FROM $catalog.silver.orders o JOIN $catalog.silver.order_items i ON i.order_id = o.order_id
GROUP BY CAST(o.ordered_at AS DATE), o.channel`,
  },
};

const customerValue: DemoTable = {
  schema: "gold",
  name: "customer_value",
  comment: "What each customer has spent",
  columns: [
    { name: "customer_id", type: "BIGINT", required: true },
    { name: "orders", type: "BIGINT" },
    { name: "spent", type: "DECIMAL(18,2)", tags: { sensitivity: "confidential" } },
  ],
  primaryKey: ["customer_id"],
  foreignKeys: [
    { columns: ["customer_id"], schema: "silver", table: "customers", parentColumns: ["customer_id"] },
  ],
  content: {
    kind: "query",
    query: `SELECT o.customer_id, count(DISTINCT o.order_id), CAST(sum(i.quantity * i.unit_price) AS DECIMAL(18,2))
FROM $catalog.silver.orders o JOIN $catalog.silver.order_items i ON i.order_id = o.order_id
GROUP BY o.customer_id`,
  },
};

const productRanking: DemoTable = {
  schema: "gold",
  name: "product_ranking",
  comment: "Pieces sold a product",
  columns: [
    { name: "product_id", type: "BIGINT" },
    { name: "pieces", type: "BIGINT" },
  ],
  content: {
    kind: "query",
    query: `SELECT product_id, sum(quantity) FROM $catalog.silver.order_items GROUP BY product_id`,
  },
};

export const gold: readonly DemoTable[] = [dailySales, customerValue, productRanking];
