import type { SchemaName } from "@clone-xs/unity";
import { type CatalogView, type Environment, makeIds } from "../translate/environment.ts";
import { TRANSLATOR } from "../translate/translator.ts";
import type { Work } from "../work.ts";

/** An environment whose text may name nothing outside itself: constants, defaults, constraints. */
export function blankEnvironment(
  work: Work,
  text: string,
  catalog: CatalogView = NOTHING,
  namespace: SchemaName = work.namespace,
): Environment {
  return {
    text,
    namespace,
    reader: work.context.principal.name,
    session: work.session,
    parameters: work.input.parameters,
    catalog,
    translate: TRANSLATOR,
    commonTables: [],
    ids: makeIds(),
    expanding: [],
  };
}

const NOTHING: CatalogView = {
  table: () => {
    throw new RangeError("no table may be named here");
  },
  history: () => {
    throw new RangeError("no table may be named here");
  },
  detail: () => {
    throw new RangeError("no table may be named here");
  },
  changes: () => {
    throw new RangeError("no table may be named here");
  },
  routine: () => undefined,
};
