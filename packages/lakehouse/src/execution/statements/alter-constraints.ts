import type { Identifier, TableConstraintDefinition } from "@clone-xs/sql";
import { fullName, type ObjectName, type TableConstraint } from "@clone-xs/unity";
import type { TableRecord } from "../../metastore/metastore.ts";
import { failure, quotedParts, unsupported } from "../errors.ts";
import { nameParts } from "../object-names.ts";
import { cast } from "../translate/casts.ts";
import { BOOLEAN } from "../types/types.ts";
import { type Altered, changeRecord, columnNamed, deltaTable, refuseRows } from "./altered.ts";
import { changeMetadata, definitionOf } from "./change-metadata.ts";
import { constraintsOf } from "./constraints.ts";
import { overRow } from "./rows.ts";

type Check = Extract<TableConstraintDefinition, { kind: "check" }>;

/** ADD CONSTRAINT: keys are informational and kept by the catalog, a CHECK is enforced and a property of the table. */
export async function addConstraint(altered: Altered, definition: TableConstraintDefinition): Promise<void> {
  if (definition.kind === "check") return addCheck(altered, definition);
  const { work, name } = altered;
  for (const column of definition.columns) await checkKeyColumn(altered, definition, column);
  const [added] = constraintsOf(work, name, [definition]);
  if (added === undefined) throw new RangeError("a key makes a constraint");
  changeRecord(altered, (record) => {
    if (added.kind === "primary_key" && record.constraints.some((c) => c.kind === "primary_key"))
      throw failure(
        "INVALID_CONSTRAINT.MULTIPLE_PRIMARY_KEYS",
        "42P16",
        `Table ${quotedParts(nameParts(name))} has a primary key already.`,
      );
    if (record.constraints.some((c) => same(c.name, added.name))) throw constraintExists(added.name);
    return { ...record, constraints: [...record.constraints, added] };
  });
}

async function checkKeyColumn(
  altered: Altered,
  { kind, name: constraint }: TableConstraintDefinition,
  column: Identifier,
): Promise<void> {
  const { name, nullable } = await columnNamed(altered, column.text);
  if (kind === "primaryKey" && nullable)
    throw failure(
      "INVALID_CONSTRAINT.NULLABLE_PRIMARY_KEY_COLUMN",
      "42831",
      `Cannot create the primary key ${quotedParts([constraint?.text ?? `${altered.name.name}_pk`])} because its child column(s) ${quotedParts([name])} is nullable. Please change the column nullability and retry.`,
    );
}

async function addCheck(altered: Altered, { name: given, condition }: Check): Promise<void> {
  const { work, name } = altered;
  if (given === undefined) throw unsupported("a CHECK constraint without a name");
  const text = work.input.text.slice(condition.start, condition.end);
  const key = `delta.constraints.${given.text.toLowerCase()}`;
  const { metadata } = await deltaTable(altered).snapshot();
  if (key in metadata.configuration) throw constraintExists(given.text);
  const holds = cast(overRow(work, text, metadata), BOOLEAN).sql;
  await refuseRows(
    altered,
    `NOT coalesce(${holds}, false)`,
    failure(
      "DELTA_NEW_CHECK_CONSTRAINT_VIOLATION",
      "23512",
      `Rows in ${fullName(name)} violate the new CHECK constraint (${text}).`,
    ),
  );
  await changeMetadata(work, deltaTable(altered), {
    operation: "ADD CONSTRAINT",
    operationParameters: { name: given.text, expr: text },
    definition: (base) => ({
      ...definitionOf(base),
      properties: { ...base.metadata.configuration, [key]: text },
    }),
  });
  changeRecord(altered);
}

function constraintExists(name: string): Error {
  return failure(
    "DELTA_CONSTRAINT_ALREADY_EXISTS",
    "42710",
    `Constraint '${name}' already exists. Please delete the old constraint first.`,
  );
}

export interface DropOptions {
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

/** DROP CONSTRAINT of any kind, by name. */
export async function dropConstraint(
  altered: Altered,
  constraint: string,
  options: DropOptions,
): Promise<void> {
  const { work, record } = altered;
  const key = record.constraints.find((c) => same(c.name, constraint));
  if (key !== undefined) return dropFound(altered, key, options);
  const property = `delta.constraints.${constraint.toLowerCase()}`;
  const present =
    record.format === "DELTA" && property in (await deltaTable(altered).snapshot()).metadata.configuration;
  if (!present) return missing(altered, constraint, options);
  await changeMetadata(work, deltaTable(altered), {
    operation: "DROP CONSTRAINT",
    operationParameters: { name: constraint },
    definition: (base) => ({
      ...definitionOf(base),
      properties: Object.fromEntries(
        Object.entries(base.metadata.configuration).filter(([k]) => k !== property),
      ),
    }),
  });
  changeRecord(altered);
}

/** DROP PRIMARY KEY, and DROP FOREIGN KEY by its columns. */
export function dropKey(
  altered: Altered,
  columns: readonly Identifier[] | undefined,
  options: DropOptions,
): void {
  const wanted = columns?.map(({ text }) => text.toLowerCase()).join();
  const key = altered.record.constraints.find((c) =>
    wanted === undefined
      ? c.kind === "primary_key"
      : c.kind === "foreign_key" && c.columns.map((name) => name.toLowerCase()).join() === wanted,
  );
  if (key !== undefined) return dropFound(altered, key, options);
  const what = columns?.map(({ text }) => text).join(", ");
  return missing(altered, what === undefined ? "PRIMARY KEY" : `FOREIGN KEY (${what})`, options);
}

function dropFound(altered: Altered, constraint: TableConstraint, { cascade }: DropOptions): void {
  const { metastore } = altered.work.context;
  metastore.transaction(() => {
    if (constraint.kind === "primary_key") freeKey(altered, cascade);
    changeRecord(altered, (record) => ({
      ...record,
      constraints: record.constraints.filter((c) => !same(c.name, constraint.name)),
    }));
  });
}

/** A primary key that foreign keys refer to goes with them, or not at all. */
function freeKey(altered: Altered, cascade: boolean): void {
  const { work, name } = altered;
  const parent = fullName(name);
  const refers = (c: TableConstraint) => c.kind === "foreign_key" && c.parentTable === parent;
  const children = tables(altered).filter(({ constraints }) => constraints.some(refers));
  const [child] = children;
  if (child !== undefined && !cascade)
    throw failure(
      "INVALID_CONSTRAINT.PRIMARY_KEY_IN_USE",
      "2BP01",
      `Cannot drop the primary key of ${quotedParts(nameParts(name))}: a foreign key of ${fullName(child)} refers to it. Use CASCADE to drop both.`,
    );
  for (const record of children)
    changeRecord({ work, name: record, record }, (found) => ({
      ...found,
      constraints: found.constraints.filter((c) => !refers(c)),
    }));
}

/** Foreign keys go on referring to a table that has got another name. */
export function referToRenamed(altered: Altered, to: ObjectName): void {
  const { work, name } = altered;
  const from = fullName(name);
  for (const record of tables(altered))
    if (record.constraints.some((c) => c.kind === "foreign_key" && c.parentTable === from))
      changeRecord({ work, name: record, record }, (found) => ({
        ...found,
        constraints: found.constraints.map((c) =>
          c.kind === "foreign_key" && c.parentTable === from ? { ...c, parentTable: fullName(to) } : c,
        ),
      }));
}

function tables({ work }: Altered): readonly TableRecord[] {
  const { metastore } = work.context;
  return metastore
    .catalogs()
    .filter(({ share }) => share === undefined)
    .flatMap(({ name: catalog }) => metastore.tables({ catalog }));
}

function missing({ record }: Altered, constraint: string, { ifExists }: DropOptions): void {
  if (ifExists) return;
  throw failure(
    "DELTA_CONSTRAINT_DOES_NOT_EXIST",
    "42704",
    `Cannot drop nonexistent constraint ${constraint} from table ${quotedParts(nameParts(record))}. To avoid throwing an error, provide the parameter IF EXISTS.`,
  );
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
