import type { SchemaName } from "@clone-xs/unity";
import type { Viewer } from "../authorization/index.ts";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import type { ExecutionContext, ExecutionResult, StatementInput } from "./execution.ts";
import type { Session } from "./translate/environment.ts";
import { typeName, typeText } from "./types/text.ts";
import type { Type } from "./types/types.ts";

/** One statement in execution: what it may touch, and the answers that must not change while it runs. */
export interface Work {
  readonly context: ExecutionContext;
  readonly input: StatementInput;
  readonly namespace: SchemaName;
  readonly session: Session;
  readonly viewer: Viewer;
  readonly signal: AbortSignal | undefined;
}

const DEFAULT_CATALOG = "main";
const DEFAULT_SCHEMA = "default";
/** What version() answers. */
const VERSION = "4.0.0 clone-xs";

export function makeWork(context: ExecutionContext, input: StatementInput, signal?: AbortSignal): Work {
  const { principal, metastore } = context;
  return {
    context,
    input,
    namespace: {
      catalog: (input.catalog ?? DEFAULT_CATALOG).toLowerCase(),
      schema: (input.schema ?? DEFAULT_SCHEMA).toLowerCase(),
    },
    session: {
      user: principal.name,
      groups: principal.groups,
      metastoreId: metastore.globalId,
      now: context.now(),
      version: VERSION,
    },
    viewer: { metastore, principal },
    signal,
  };
}

/** The principal of a name; an owner that is known only by name has no groups and no admin rights. */
export function principalNamed(work: Work, name: string): PrincipalRecord {
  const { metastore, principal } = work.context;
  if (principal.name === name) return principal;
  return metastore.principal(name) ?? { name, kind: "user", groups: [], admin: false };
}

/** What a statement without a result gives. */
export const DONE: ExecutionResult = { columns: [], rows: [] };

/** A result made here and not by the engine. */
export function table(
  columns: readonly (readonly [name: string, type: Type])[],
  rows: ExecutionResult["rows"],
): ExecutionResult {
  return {
    columns: columns.map(([name, type]) => ({ name, typeText: typeText(type), typeName: typeName(type) })),
    rows,
  };
}
