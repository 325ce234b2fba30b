import type { FunctionRecord } from "../../metastore/metastore.ts";
import {
  requireExecute,
  requireReadVolume,
  requireUseCatalog,
  requireUseSchema,
  sees,
  type Target,
} from "../../authorization/index.ts";
import { unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { STRING } from "../types/types.ts";
import { table, type Work } from "../work.ts";
import { targetOf } from "./securable.ts";
import type { StatementOf } from "./statement.ts";

type Pairs = readonly (readonly [string, string])[];

/** DESCRIBE CATALOG, SCHEMA, FUNCTION and VOLUME. */
export function describeSecurable(work: Work, { on }: StatementOf<"describeSecurable">): ExecutionResult {
  const target = targetOf(work, on);
  requireSeen(work, target);
  const { metastore } = work.context;
  switch (target.type) {
    case "catalog": {
      const record = metastore.catalog(target.name);
      return pairs("info_name", "info_value", [
        ["Catalog Name", target.name],
        ["Comment", record?.comment ?? ""],
        ["Owner", record?.owner ?? ""],
        ["Catalog Type", record?.share === undefined ? "Regular" : "Delta Sharing"],
      ]);
    }
    case "schema": {
      const record = metastore.schema(target.name);
      const properties = Object.entries(record?.properties ?? {}).map(([k, v]) => `(${k},${v})`);
      return pairs("database_description_item", "database_description_value", [
        ["Catalog Name", target.name.catalog],
        ["Namespace Name", target.name.schema],
        ["Comment", record?.comment ?? ""],
        ["Owner", record?.owner ?? ""],
        ["Properties", properties.length === 0 ? "" : `(${properties.join(", ")})`],
      ]);
    }
    case "function":
      return describeFunction(metastore.function(target.name));
    case "volume":
      return describeVolume(work, target);
    case "metastore":
    case "table":
      throw unsupported(`DESCRIBE ${target.type.toUpperCase()}`);
  }
}

/** Whoever sees a securable may have it described; others are told what they lack. */
function requireSeen({ viewer }: Work, target: Target): void {
  if (target.type === "metastore" || sees(viewer, target)) return;
  if (target.type === "catalog") return requireUseCatalog(viewer, target.name);
  if (target.type === "function") return requireExecute(viewer, target.name);
  if (target.type === "volume") return requireReadVolume(viewer, target.name);
  requireUseSchema(viewer, target.name);
}

function pairs(name: string, value: string, rows: Pairs): ExecutionResult {
  return table(
    [
      [name, STRING],
      [value, STRING],
    ],
    rows,
  );
}

function describeFunction(record: FunctionRecord | undefined): ExecutionResult {
  if (record === undefined) throw new RangeError("function vanished");
  const lines = [
    `Function:      ${record.catalog}.${record.schema}.${record.name}`,
    `Type:          ${record.returnColumns === undefined ? "SCALAR" : "TABLE"}`,
    `Input:         ${record.parameters.map((p) => `${p.name} ${p.typeText.toUpperCase()}`).join(", ") || "()"}`,
    `Returns:       ${record.returnColumns?.map((c) => `${c.name} ${c.typeText.toUpperCase()}`).join(", ") ?? record.returns.toUpperCase()}`,
    ...(record.comment === undefined ? [] : [`Comment:       ${record.comment}`]),
    `Deterministic: ${record.deterministic}`,
    `Owner:         ${record.owner}`,
    `Body:          ${record.definition}`,
  ];
  return table(
    [["function_desc", STRING]],
    lines.map((line) => [line]),
  );
}

function describeVolume(
  work: Work,
  target: Extract<Target, { type: "table" | "function" | "volume" }>,
): ExecutionResult {
  const record = work.context.metastore.volume(target.name);
  if (record === undefined) throw new RangeError("volume vanished");
  const values = {
    name: record.name,
    catalog: record.catalog,
    database: record.schema,
    owner: record.owner,
    storage_location: record.location,
    volume_type: record.volumeType,
    comment: record.comment ?? "",
  };
  return table(
    Object.keys(values).map((key) => [key, STRING] as const),
    [Object.values(values)],
  );
}
