import type { TableReference } from "@clone-xs/sql";
import { mentionedIn } from "../execution/catalog/walk.ts";
import { environmentFor } from "../execution/catalog/view.ts";
import { unsupported } from "../execution/errors.ts";
import type { Environment } from "../execution/translate/environment.ts";
import { masked } from "../execution/translate/policies.ts";
import { LONG } from "../execution/types/types.ts";
import type { Work } from "../execution/work.ts";
import { FILE_COLUMN, ROW_COLUMN } from "../tables/read.ts";

/** The environment of a statement that changes rows, and which rows of its target it sees at all. */
export interface Sight {
  readonly environment: Environment;
  /** From all rows of the target, with their places, those that its row filter lets through. */
  readonly visible: (rows: string) => string;
}

/**
 * Loads what the statement names. A row that the filter hides is neither changed nor deleted. Values behind a mask cannot be asked for:
 * conditions and values that name such a column are refused, as they would tell it.
 */
export async function sightOf(work: Work, statement: { readonly target: TableReference }): Promise<Sight> {
  const target = { kind: "table", table: statement.target };
  const environment = await environmentFor(work, [statement, target]);
  const source = environment.catalog.table(statement.target, environment);
  if (source.kind !== "rows" || source.policy === undefined) return { environment, visible: (rows) => rows };
  const { filter, masks } = source.policy;
  refuseMasked(statement, new Set(masks.flatMap(({ columns: [column] }) => column?.toLowerCase() ?? [])));
  if (filter === undefined) return { environment, visible: (rows) => rows };
  const hidden = [FILE_COLUMN, ROW_COLUMN].map((name) => ({ name, type: LONG }));
  return {
    environment,
    visible: (sql) => masked({ ...source, sql, hidden, policy: { filter, masks: [] } }, environment).sql,
  };
}

function refuseMasked(statement: unknown, columns: ReadonlySet<string>): void {
  for (const { parts } of mentionedIn(statement).columns)
    if (parts.some(({ text }) => columns.has(text.toLowerCase())))
      throw unsupported(
        `conditions and values over the masked column ${parts.at(-1)?.text} in a statement that writes its table`,
      );
}
