/** What happens to the sources of a soak. */
export const SOURCE = "soak_source";
export const COPY = "soak_copy";
export const TABLES = ["keyed", "pairs", "bag"] as const;
export type SoakTable = (typeof TABLES)[number];

const FEED = "'delta.enableChangeDataFeed' = 'true', 'delta.columnMapping.mode' = 'name'";

export const PREPARING: readonly string[] = [
  `CREATE CATALOG ${SOURCE}`,
  `CREATE SCHEMA ${SOURCE}.s`,
  ...TABLES.flatMap(made),
];

function made(table: SoakTable): readonly string[] {
  const key = table === "keyed" ? ", CONSTRAINT keyed_pk PRIMARY KEY (id)" : "";
  return [
    `CREATE TABLE ${SOURCE}.s.${table} (id INT NOT NULL, part STRING, n BIGINT${key}) TBLPROPERTIES (${FEED})`,
    `INSERT INTO ${SOURCE}.s.${table} VALUES (1, 'a', 1), (2, 'b', 2), (3, 'a', 3)`,
  ];
}

export const WRITES = [
  "insert",
  "update",
  "delete",
  "move",
  "merge",
  "column",
  "rename",
  "recreate",
] as const;
export type Write = (typeof WRITES)[number];

/** How often each kind of write happens, among a hundred. */
const OFTEN: Readonly<Record<Write, number>> = {
  insert: 40,
  update: 24,
  delete: 14,
  move: 8,
  merge: 11,
  column: 1,
  rename: 1,
  recreate: 1,
};

export function pickWrite(random: () => number): Write {
  let left = random() * 100;
  return WRITES.find((write) => (left -= OFTEN[write]) < 0) ?? "insert";
}

/** The statements of a write. `count` is another number each time. */
export function writing(
  write: Write,
  table: SoakTable,
  random: () => number,
  count: number,
): readonly string[] {
  const t = `${SOURCE}.s.${table}`;
  const some = Math.floor(random() * 150);
  const modulus = 2 + Math.floor(random() * 9);
  switch (write) {
    case "insert":
      // Mostly new ids; some are there already, as nothing enforces a key.
      return [
        `INSERT INTO ${t} (id, part, n) VALUES (${random() < 0.1 ? some : 1000 + count}, 'p${some % 3}', ${count})`,
      ];
    case "update":
      return [`UPDATE ${t} SET n = n + ${count} WHERE id % ${modulus} = 0`];
    case "delete":
      return [`DELETE FROM ${t} WHERE id % ${modulus} = 1`];
    case "move":
      return [`UPDATE ${t} SET id = id + ${count} WHERE id % ${modulus} = 0`];
    case "merge":
      return [
        `MERGE INTO ${t} AS t USING (VALUES (${some}, ${count}), (${1000 + count}, 0)) AS s(id, n) ON t.id = s.id
         WHEN MATCHED AND t.n % 2 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET t.n = s.n
         WHEN NOT MATCHED THEN INSERT (id, part, n) VALUES (s.id, 'm', s.n)`,
      ];
    case "column":
      return [
        `ALTER TABLE ${t} ADD COLUMNS (c${count} DECIMAL(10,2))`,
        `UPDATE ${t} SET c${count} = 1.5 WHERE id % ${modulus} = 0`,
      ];
    case "rename":
      return [`ALTER TABLE ${t} RENAME COLUMN n TO o${count}`, `ALTER TABLE ${t} ADD COLUMNS (n BIGINT)`];
    case "recreate":
      return [`DROP TABLE ${t}`, ...made(table)];
  }
}
