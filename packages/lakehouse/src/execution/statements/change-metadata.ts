import {
  DeltaError,
  type DeltaTable,
  type JsonObject,
  setMetadata,
  type Snapshot,
  type TableDefinition,
} from "@clone-xs/delta";
import type { Work } from "../work.ts";
import { provenance } from "./statement.ts";

const ATTEMPTS = 5;

/** A table's definition as it stands, to change a part of it. */
export function definitionOf({
  metadata,
}: Snapshot): TableDefinition & { readonly properties: Readonly<Record<string, string>> } {
  const { schema, partitionColumns, configuration, name, description } = metadata;
  return {
    schema,
    partitionColumns,
    properties: configuration,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
  };
}

/** Commits a change of schema, properties or comment, decided anew when another commit came between. */
export async function changeMetadata(
  work: Work,
  table: DeltaTable,
  change: {
    readonly operation: string;
    readonly operationParameters?: JsonObject;
    readonly definition: (base: Snapshot) => TableDefinition;
  },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const base = await table.snapshot();
    try {
      await setMetadata(table, {
        base,
        definition: change.definition(base),
        operation: change.operation,
        operationParameters: change.operationParameters ?? {},
        ...provenance(work),
      });
      return;
    } catch (error) {
      if (!(error instanceof DeltaError && error.retryable) || attempt === ATTEMPTS) throw error;
    }
  }
}
