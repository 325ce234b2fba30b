import { grant } from "@clone-xs/sql";
import type { Statement } from "@clone-xs/unity";
import { dice } from "../random.ts";
import type { DemoTable } from "../table.ts";

const salaries: DemoTable = {
  schema: "hr",
  name: "salaries",
  comment: "What people earn; the amount is masked for all but `payroll`",
  columns: [
    { name: "employee_id", type: "INT", required: true },
    { name: "country", type: "STRING" },
    { name: "iban", type: "STRING", tags: { pii: "bank" } },
    { name: "amount", type: "DECIMAL(10,2)" },
  ],
  content: {
    kind: "values",
    rows: ({ seed }) => {
      const d = dice(seed, "salaries");
      return Array.from({ length: 40 }, (_, n) => [
        String(n + 1),
        d.pick(["DE", "FR", "SE"]),
        `DE${d.between(10, 99)}50010517${d.between(1000000000, 9999999999)}`,
        `${d.between(2800, 9200)}.00`,
      ]);
    },
  },
};

const absences: DemoTable = {
  schema: "hr",
  name: "absences",
  comment: "Sick leave; each country sees its own rows",
  columns: [
    { name: "employee_id", type: "INT", required: true },
    { name: "country", type: "STRING" },
    { name: "days", type: "INT" },
  ],
  content: {
    kind: "values",
    rows: ({ seed }) => {
      const d = dice(seed, "absences");
      return Array.from({ length: 60 }, () => [
        String(d.between(1, 40)),
        d.pick(["DE", "FR", "SE"]),
        String(d.between(1, 10)),
      ]);
    },
  },
};

export const secureTables: readonly DemoTable[] = [salaries, absences];

/** The policies themselves, set last: the tables are filled while they are still plain. */
export const secureStatements: readonly { readonly text: string; readonly kind: Statement["kind"] }[] = [
  {
    kind: "create",
    text: `CREATE FUNCTION $catalog.hr.mask_amount(amount DECIMAL(10,2)) RETURNS DECIMAL(10,2)
RETURN CASE WHEN is_account_group_member('payroll') THEN amount ELSE CAST(NULL AS DECIMAL(10,2)) END`,
  },
  {
    kind: "create",
    text: `CREATE FUNCTION $catalog.hr.own_country(country STRING) RETURNS BOOLEAN
RETURN is_account_group_member('payroll') OR country = 'DE'`,
  },
  {
    kind: "alter",
    text: "ALTER TABLE $catalog.hr.salaries ALTER COLUMN amount SET MASK $catalog.hr.mask_amount",
  },
  {
    kind: "alter",
    text: "ALTER TABLE $catalog.hr.absences SET ROW FILTER $catalog.hr.own_country ON (country)",
  },
];

export function secureGrants(catalog: string): readonly Statement[] {
  return [grant(["USE_CATALOG", "USE_SCHEMA", "SELECT"], { type: "catalog", catalog }, "reader")];
}
