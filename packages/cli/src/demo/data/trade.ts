import { dice } from "../random.ts";
import { counting, day, integer, labelled, money, moment, scatter, sometimes, word } from "../range-cells.ts";
import type { DemoTable } from "../table.ts";
import { CUSTOMERS } from "./people.ts";

const PRODUCTS = 60;
const id = counting();

const suppliers: DemoTable = {
  schema: "silver",
  name: "suppliers",
  comment: "Who delivers to us",
  columns: [
    { name: "supplier_id", type: "BIGINT", required: true },
    { name: "name", type: "STRING" },
    { name: "country", type: "STRING" },
    { name: "rating", type: "DOUBLE", comment: "0 to 5" },
  ],
  primaryKey: ["supplier_id"],
  content: {
    kind: "values",
    rows: ({ seed }) => {
      const d = dice(seed, "suppliers");
      return Array.from({ length: 12 }, (_, n) => [
        String(n + 1),
        `${d.pick(["Nordic", "Alpine", "Harbour", "Blue Hill"])} ${d.pick(["Goods", "Textiles", "Tools"])} ${n + 1}`,
        d.pick(["DE", "FR", "SE", "JP"]),
        String(d.between(4, 10) / 2),
      ]);
    },
  },
};

const products: DemoTable = {
  schema: "silver",
  name: "products",
  comment: "What is sold",
  columns: [
    { name: "product_id", type: "BIGINT", required: true },
    { name: "sku", type: "STRING", required: true, comment: "Printed on the label" },
    { name: "title", type: "STRING" },
    { name: "category", type: "STRING" },
    { name: "supplier_id", type: "BIGINT" },
    { name: "price", type: "DECIMAL(10,2)" },
    { name: "discontinued", type: "BOOLEAN" },
  ],
  primaryKey: ["product_id"],
  foreignKeys: [
    { columns: ["supplier_id"], schema: "silver", table: "suppliers", parentColumns: ["supplier_id"] },
  ],
  tags: { domain: "catalogue" },
  content: {
    kind: "values",
    rows: ({ seed }) => {
      const d = dice(seed, "products");
      return Array.from({ length: PRODUCTS }, (_, n) => [
        String(n + 1),
        `SKU-${String(n + 1).padStart(5, "0")}`,
        `${d.pick(["Small", "Large", "Folding", "Ergonomic"])} ${d.pick(["lamp", "chair", "kettle", "backpack", "mug"])}`,
        d.pick(["home", "office", "outdoor"]),
        String(d.between(1, 12)),
        `${d.between(3, 240)}.${String(d.below(100)).padStart(2, "0")}`,
        String(d.chance(10)),
      ]);
    },
  },
};

const orders: DemoTable = {
  schema: "silver",
  name: "orders",
  comment: "One row an order",
  columns: [
    { name: "order_id", type: "BIGINT", required: true },
    { name: "customer_id", type: "BIGINT", required: true },
    { name: "ordered_at", type: "TIMESTAMP" },
    { name: "status", type: "STRING" },
    { name: "channel", type: "STRING" },
    { name: "coupon", type: "STRING" },
  ],
  primaryKey: ["order_id"],
  foreignKeys: [
    { columns: ["customer_id"], schema: "silver", table: "customers", parentColumns: ["customer_id"] },
  ],
  properties: { "delta.enableChangeDataFeed": "true" },
  tags: { domain: "sales" },
  content: {
    kind: "range",
    count: ({ scale }) => 1000 * scale,
    cells: [
      integer(id, 1),
      integer(scatter(CUSTOMERS, 41), 1),
      moment({ sql: "id * 7919 % 7776000", of: (row) => (row * 7919n) % 7776000n }, "2024-01-01"),
      word(scatter(4, 42), ["new", "paid", "shipped", "cancelled"]),
      word(scatter(3, 43), ["web", "app", "store"]),
      { ...sometimes(scatter(2, 44), labelled("SPRING", scatter(30, 45))) },
    ],
  },
};

const orderItems: DemoTable = {
  schema: "silver",
  name: "order_items",
  comment: "Three lines an order",
  columns: [
    { name: "order_id", type: "BIGINT", required: true },
    { name: "line", type: "BIGINT", required: true },
    { name: "product_id", type: "BIGINT" },
    { name: "quantity", type: "BIGINT" },
    { name: "unit_price", type: "DECIMAL(10,2)" },
  ],
  primaryKey: ["order_id", "line"],
  foreignKeys: [
    { columns: ["order_id"], schema: "silver", table: "orders", parentColumns: ["order_id"] },
    { columns: ["product_id"], schema: "silver", table: "products", parentColumns: ["product_id"] },
  ],
  content: {
    kind: "range",
    count: ({ scale }) => 3000 * scale,
    cells: [
      integer(counting(3, 1)),
      { sql: "id % 3 + 1", of: (row) => String((row % 3n) + 1n) },
      integer(scatter(PRODUCTS, 51), 1),
      integer(scatter(5, 52), 1),
      money(scatter(20000, 53), 299),
    ],
  },
};

const payments: DemoTable = {
  schema: "silver",
  name: "payments",
  comment: "Money received",
  columns: [
    { name: "payment_id", type: "BIGINT", required: true },
    { name: "order_id", type: "BIGINT", required: true },
    { name: "method", type: "STRING" },
    { name: "amount", type: "DECIMAL(10,2)", tags: { sensitivity: "confidential" } },
    { name: "paid_on", type: "DATE" },
  ],
  primaryKey: ["payment_id"],
  foreignKeys: [{ columns: ["order_id"], schema: "silver", table: "orders", parentColumns: ["order_id"] }],
  content: {
    kind: "range",
    count: ({ scale }) => 900 * scale,
    cells: [
      integer(id, 1),
      integer(id, 1),
      word(scatter(3, 61), ["card", "transfer", "invoice"]),
      money(scatter(40000, 62), 500),
      day(scatter(90, 63), "2024-01-02"),
    ],
  },
};

const shipments: DemoTable = {
  schema: "silver",
  name: "shipments",
  comment: "Parcels on their way, one partition a carrier",
  columns: [
    { name: "shipment_id", type: "BIGINT", required: true },
    { name: "order_id", type: "BIGINT" },
    { name: "sent_on", type: "DATE" },
    { name: "delivered_on", type: "DATE" },
    { name: "carrier", type: "STRING" },
  ],
  partitionedBy: ["carrier"],
  content: {
    kind: "range",
    count: ({ scale }) => 800 * scale,
    cells: [
      integer(id, 1),
      integer(id, 1),
      day(scatter(90, 71), "2024-01-03"),
      sometimes(scatter(8, 72), day(scatter(90, 71), "2024-01-06")),
      word(scatter(3, 73), ["post", "courier", "freight"]),
    ],
  },
};

const campaigns: DemoTable = {
  schema: "silver",
  name: "campaigns",
  comment: "What marketing spent, and on what",
  columns: [
    { name: "campaign", type: "STRING", required: true },
    { name: "starts_on", type: "DATE" },
    { name: "ends_on", type: "DATE" },
    { name: "budget", type: "DECIMAL(12,2)" },
  ],
  content: {
    kind: "values",
    rows: () => [
      ["New Year", "2024-01-01", "2024-01-15", "12000.00"],
      ["Spring", "2024-03-01", "2024-03-31", "8500.50"],
      ["Refer a friend", "2024-02-01", null, "3000.00"],
    ],
  },
};

/** A name that must be quoted everywhere it is used. */
const returns: DemoTable = {
  schema: "silver",
  name: "returns-2024-`späte`",
  comment: "Late returns; the name is odd on purpose: 'quotes', \"double quotes\" and \\ are fine too",
  columns: [
    { name: "order_id", type: "BIGINT" },
    { name: "reason", type: "STRING" },
  ],
  content: {
    kind: "values",
    rows: () => [
      ["7", "did not fit"],
      ["19", null],
      ["23", "it's broken"],
    ],
  },
};

export const trade: readonly DemoTable[] = [
  suppliers,
  products,
  orders,
  orderItems,
  payments,
  shipments,
  campaigns,
  returns,
];
