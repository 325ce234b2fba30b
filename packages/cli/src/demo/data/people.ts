import { type Dice, dice } from "../random.ts";
import type { Cell, DemoSize, DemoTable } from "../table.ts";

const given = [
  "Ada",
  "Björn",
  "Chiara",
  "Dmitri",
  "Élodie",
  "Farid",
  "Grace",
  "Hiroshi",
  "Inés",
  "Jun",
  "Kwame",
  "Łucja",
  "Maren",
  "Noor",
  "Óscar",
  "Priya",
  "Quentin",
  "Rosa",
  "Sven",
  "Thảo",
] as const; // prettier-ignore
const family = [
  "Almeida",
  "Bauer",
  "Chen",
  "Dubois",
  "Eriksen",
  "Fischer",
  "García",
  "Haddad",
  "Ito",
  "Jansen",
  "Kowalski",
  "Lindqvist",
  "Moreau",
  "Nakamura",
  "O'Brien",
  "Petrov",
  "Rossi",
  "Schäfer",
  "Tanaka",
  "Weiß",
] as const; // prettier-ignore
const places = [
  ["Berlin", "DE"],
  ["Lyon", "FR"],
  ["Porto", "PT"],
  ["Kraków", "PL"],
  ["Kyoto", "JP"],
  ["Austin", "US"],
  ["Leeds", "GB"],
  ["Malmö", "SE"],
] as const;
const streets = ["Harbour Road", "Lindenallee", "Rue des Lilas", "Mill Lane", "Station Street"] as const;

export const CUSTOMERS = 200;

const numbered = (count: number, row: (n: number) => readonly Cell[]) =>
  Array.from({ length: count }, (_, index) => row(index + 1));

const isoDay = (first: string, days: number) =>
  new Date(Date.parse(`${first}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const ascii = (text: string) =>
  text
    .normalize("NFD")
    .replaceAll(/[^a-z]/giu, "")
    .toLowerCase();

function customerRow(n: number, d: Dice): readonly Cell[] {
  const [first, last] = [d.pick(given), d.pick(family)];
  const country = d.pick(places)[1];
  return [
    String(n),
    first,
    last,
    d.chance(4) ? null : `${ascii(first)}.${ascii(last)}${n}@example.com`,
    d.chance(15) ? null : `+49 30 ${d.between(100000, 999999)}`,
    isoDay("1950-01-01", d.below(20000)),
    country,
    d.pick(["basic", "plus", "premium"]),
    String(d.chance(88)),
    isoDay("2021-01-01", d.below(1000)),
  ];
}

const customers: DemoTable = {
  schema: "silver",
  name: "customers",
  comment: "Who buys: one row a customer, with personal data",
  columns: [
    { name: "customer_id", type: "BIGINT", required: true, comment: "Key" },
    { name: "first_name", type: "STRING", tags: { pii: "name" } },
    { name: "last_name", type: "STRING", tags: { pii: "name" } },
    {
      name: "email",
      type: "STRING",
      comment: "Missing when the customer asked for erasure",
      tags: { pii: "email" },
    },
    { name: "phone", type: "STRING", tags: { pii: "phone" } },
    { name: "born_on", type: "DATE", tags: { pii: "birthday" } },
    { name: "country", type: "STRING", comment: "ISO 3166 code" },
    { name: "tier", type: "STRING" },
    { name: "active", type: "BOOLEAN" },
    { name: "since", type: "DATE" },
  ],
  primaryKey: ["customer_id"],
  properties: { "quality.owner": "crm team", "delta.enableChangeDataFeed": "true" },
  tags: { domain: "crm", sensitivity: "personal" },
  content: {
    kind: "values",
    rows: ({ seed }: DemoSize) => {
      const d = dice(seed, "customers");
      return numbered(CUSTOMERS, (n) => customerRow(n, d));
    },
  },
};

const addresses: DemoTable = {
  schema: "silver",
  name: "addresses",
  comment: "Delivery addresses; some customers have two",
  columns: [
    { name: "address_id", type: "BIGINT", required: true },
    { name: "customer_id", type: "BIGINT", required: true },
    { name: "street", type: "STRING", tags: { pii: "address" } },
    { name: "house_number", type: "INT" },
    { name: "city", type: "STRING" },
    { name: "country", type: "STRING" },
  ],
  primaryKey: ["address_id"],
  foreignKeys: [
    { columns: ["customer_id"], schema: "silver", table: "customers", parentColumns: ["customer_id"] },
  ],
  content: {
    kind: "values",
    rows: ({ seed }) => {
      const d = dice(seed, "addresses");
      return numbered(260, (n) => {
        const [city, country] = d.pick(places);
        return [
          String(n),
          String(((n - 1) % CUSTOMERS) + 1),
          d.pick(streets),
          String(d.between(1, 180)),
          city,
          country,
        ];
      });
    },
  },
};

const tickets: DemoTable = {
  schema: "silver",
  name: "tickets",
  comment: "What customers ask the service desk",
  columns: [
    { name: "ticket_id", type: "BIGINT", required: true },
    { name: "customer_id", type: "BIGINT" },
    { name: "subject", type: "STRING" },
    { name: "body", type: "STRING", comment: "Free text: may hold anything" },
    { name: "opened_on", type: "DATE" },
    { name: "closed_on", type: "DATE" },
    { name: "priority", type: "SMALLINT" },
  ],
  primaryKey: ["ticket_id"],
  foreignKeys: [
    { columns: ["customer_id"], schema: "silver", table: "customers", parentColumns: ["customer_id"] },
  ],
  content: {
    kind: "values",
    rows: ({ seed }) => {
      const d = dice(seed, "tickets");
      return numbered(120, (n) => {
        const opened = d.below(120);
        return [
          String(n),
          String(d.between(1, CUSTOMERS)),
          d.pick([
            "Where is my order?",
            "It's broken",
            'Invoice says "0"',
            "Größe stimmt nicht",
            "🎁 gift wrap?",
          ]),
          d.pick([
            "Please call back.",
            "C:\\temp\\receipt.pdf is attached",
            "line one\nline two",
            "100% refund",
            "",
          ]),
          isoDay("2024-01-01", opened),
          d.chance(70) ? isoDay("2024-01-01", opened + d.below(14)) : null,
          String(d.between(1, 4)),
        ];
      });
    },
  },
  tags: { domain: "service" },
};

const employees: DemoTable = {
  schema: "silver",
  name: "employees",
  comment: "Who works in the shop and the warehouses",
  columns: [
    { name: "employee_id", type: "INT", required: true },
    { name: "name", type: "STRING", tags: { pii: "name" } },
    { name: "team", type: "STRING" },
    { name: "manager_id", type: "INT", comment: "Missing for the head of a team" },
    { name: "hired_on", type: "DATE" },
  ],
  primaryKey: ["employee_id"],
  content: {
    kind: "values",
    rows: ({ seed }) => {
      const d = dice(seed, "employees");
      return numbered(40, (n) => [
        String(n),
        `${d.pick(given)} ${d.pick(family)}`,
        d.pick(["desk", "warehouse", "buying", "web"]),
        n <= 4 ? null : String(d.between(1, 4)),
        isoDay("2015-01-01", d.below(3000)),
      ]);
    },
  },
};

export const people: readonly DemoTable[] = [customers, addresses, tickets, employees];
