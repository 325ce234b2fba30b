/**
 * Where in the wizard one is; `run` is there from step 4 on. What to start out from: `from` names an earlier run; without one, the pair and
 * the load of a new draft.
 */
export interface WizardSearch extends PairSearch {
  readonly step?: 1 | 2 | 3 | 4;
  readonly run?: string;
  readonly from?: string;
  readonly load?: LoadType;
}

const LOADS = ["FULL", "INCREMENTAL", "SELECTIVE"] as const;
type LoadType = (typeof LOADS)[number];

export function readWizard(search: Record<string, unknown>): WizardSearch {
  const step = [1, 2, 3, 4].find((each) => each === Number(search["step"])) as WizardSearch["step"];
  const run = idOf(search["run"]);
  const from = idOf(search["from"]);
  const load = LOADS.find((each) => each === String(search["load"]).toUpperCase());
  return {
    ...readPair(search),
    ...(load === undefined ? {} : { load }),
    ...(step === undefined ? {} : { step }),
    ...(run === undefined ? {} : { run }),
    ...(from === undefined ? {} : { from }),
  };
}

/** Two catalogs; none: they are still to be chosen. */
export interface PairSearch {
  readonly source?: string;
  readonly destination?: string;
}

export function readPair(search: Record<string, unknown>): PairSearch {
  return { ...textOf(search, "source"), ...textOf(search, "destination") };
}

/** What of the metastore is open, and which part of it. */
export interface ExplorerSearch {
  readonly catalog?: string;
  readonly schema?: string;
  readonly object?: string;
  readonly view?: string;
}

export function readExplorer(search: Record<string, unknown>): ExplorerSearch {
  return {
    ...textOf(search, "catalog"),
    ...textOf(search, "schema"),
    ...textOf(search, "object"),
    ...textOf(search, "view"),
  };
}

/** The router reads `2024` in an address as a number, and `true` as a truth; names of catalogs may look like either. */
function textOf<Key extends string>(
  search: Record<string, unknown>,
  key: Key,
): { readonly [K in Key]?: string } {
  const value = search[key];
  if (value === undefined || value === null || typeof value === "object" || value === "") return {};
  return { [key]: `${value as string | number | boolean}` } as { readonly [K in Key]?: string };
}

/** Ids of runs are eight hex digits, which the router may read as a number. */
function idOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value).padStart(8, "0") : value;
  return typeof text === "string" && /^[0-9a-f]{8}$/u.test(text) ? text : undefined;
}
