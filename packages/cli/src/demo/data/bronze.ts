import { counting, day, integer, labelled, moment, money, scatter, sometimes, word } from "../range-cells.ts";
import type { DemoTable } from "../table.ts";

const id = counting();

/** Kept to these two columns and without a key: scripts insert into it by position. Every tenth id comes twice. */
const events: DemoTable = {
  schema: "bronze",
  name: "events",
  comment: "Raw events as they arrive, duplicates included",
  columns: [
    { name: "id", type: "BIGINT" },
    { name: "name", type: "STRING" },
  ],
  content: {
    kind: "range",
    count: ({ scale }) => 2200 * scale,
    cells: [
      { sql: "id - id DIV 11", of: (row) => String(row - row / 11n) },
      word(scatter(6, 1), ["signup", "login", "order_placed", "order_paid", "logout", "password_reset"]),
    ],
  },
};

const webEvents: DemoTable = {
  schema: "bronze",
  name: "web_events",
  comment: "Clickstream of the shop, one partition a day",
  columns: [
    { name: "event_id", type: "BIGINT", required: true },
    { name: "visitor", type: "STRING", comment: "Pseudonymous visitor key" },
    { name: "page", type: "STRING" },
    { name: "referrer", type: "STRING", comment: "Missing for direct visits" },
    { name: "milliseconds", type: "INT", comment: "Time to render" },
    { name: "occurred_at", type: "TIMESTAMP" },
    { name: "event_date", type: "DATE" },
  ],
  partitionedBy: ["event_date"],
  content: {
    kind: "range",
    count: ({ scale }) => 2000 * scale,
    cells: [
      integer(id, 1),
      labelled("v-", scatter(400, 2)),
      word(scatter(6, 3), ["/", "/search", "/product", "/cart", "/checkout", "/help"]),
      sometimes(scatter(3, 4), word(scatter(4, 5), ["newsletter", "search", "social", "partner"])),
      { ...integer(scatter(1900, 6), 40), sql: `CAST(${integer(scatter(1900, 6), 40).sql} AS INT)` },
      moment({ sql: "id * 259 % 604800", of: (row) => (row * 259n) % 604800n }, "2024-03-01"),
      day(
        { sql: "(id * 259 % 604800) DIV 86400", of: (row) => ((row * 259n) % 604800n) / 86400n },
        "2024-03-01",
      ),
    ],
  },
  tags: { domain: "web", retention: "30d" },
};

const ordersRaw: DemoTable = {
  schema: "bronze",
  name: "orders_raw",
  comment: "Orders as the shop exports them: all text",
  columns: [
    { name: "order_id", type: "STRING" },
    { name: "customer_id", type: "STRING" },
    { name: "ordered_at", type: "STRING", comment: "Seconds since 1970 as text" },
    { name: "status", type: "STRING" },
    { name: "source_file", type: "STRING" },
  ],
  content: {
    kind: "range",
    count: ({ scale }) => 1000 * scale,
    cells: [
      { sql: "CAST(id + 1 AS STRING)", of: (row) => String(row + 1n) },
      labelled("C", scatter(200, 11)),
      { sql: "CAST(1704067200 + id * 7919 AS STRING)", of: (row) => String(1704067200n + row * 7919n) },
      word(scatter(4, 12), ["NEW", "paid", "Shipped", "cancelled"]),
      labelled("orders_", counting(250)),
    ],
  },
};

const paymentsRaw: DemoTable = {
  schema: "bronze",
  name: "payments_raw",
  comment: "Settlement file of the payment provider",
  columns: [
    { name: "reference", type: "STRING", required: true },
    { name: "order_id", type: "BIGINT" },
    { name: "amount", type: "DECIMAL(10,2)" },
    { name: "currency", type: "STRING" },
    { name: "settled_on", type: "DATE" },
  ],
  content: {
    kind: "range",
    count: ({ scale }) => 900 * scale,
    cells: [
      labelled("PAY-", counting(1, 100000)),
      integer(id, 1),
      money(scatter(40000, 21), 500),
      word(scatter(3, 22), ["EUR", "USD", "GBP"]),
      day(scatter(90, 23), "2024-01-02"),
    ],
  },
  tags: { domain: "finance", sensitivity: "confidential" },
};

const inventoryCounts: DemoTable = {
  schema: "bronze",
  name: "inventory_counts",
  comment: "Nightly count of every product in every warehouse",
  columns: [
    { name: "warehouse", type: "STRING" },
    { name: "product_id", type: "BIGINT" },
    { name: "counted_on", type: "DATE" },
    { name: "pieces", type: "BIGINT" },
  ],
  content: {
    kind: "range",
    count: ({ scale }) => 600 * scale,
    cells: [
      word(scatter(3, 31), ["north", "south", "harbour"]),
      integer(scatter(60, 32), 1),
      day(counting(60), "2024-03-01"),
      integer(scatter(500, 33)),
    ],
  },
};

export const bronze: readonly DemoTable[] = [events, webEvents, ordersRaw, paymentsRaw, inventoryCounts];
