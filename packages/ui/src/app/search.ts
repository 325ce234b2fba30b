/**
 * Where in the wizard one is; `run` is there from step 4 on. What to start out from: `from` names an earlier run; without one, the pair, the
 * load and the scope of a new draft, and the saved connection of its target. Objects are `kind:schema.name`.
 */
export interface WizardSearch extends PairSearch {
  readonly step?: 1 | 2 | 3 | 4;
  readonly run?: string;
  readonly from?: string;
  readonly load?: LoadType;
  readonly target?: string;
  readonly schemas?: readonly string[];
  readonly objects?: readonly string[];
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
    ...textOf(search, "target"),
    ...namesOf(search, "schemas"),
    ...namesOf(search, "objects"),
    ...(step === undefined ? {} : { step }),
    ...(run === undefined ? {} : { run }),
    ...(from === undefined ? {} : { from }),
  };
}

/** The run to start out from. */
export interface FromSearch {
  readonly from?: string;
}

export function readFrom(search: Record<string, unknown>): FromSearch {
  const from = idOf(search["from"]);
  return from === undefined ? {} : { from };
}

/** Two catalogs; none: they are still to be chosen. */
interface PairSearch {
  readonly source?: string;
  readonly destination?: string;
}

function readPair(search: Record<string, unknown>): PairSearch {
  return { ...textOf(search, "source"), ...textOf(search, "destination") };
}

/** Which catalogs are weighed, or stand side by side: also in another workspace, by its saved connection, and only some schemas. */
export interface ScopeSearch extends PairSearch {
  readonly target?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** The comparison, which of its objects are shown, and which is open. */
export interface CompareSearch extends ScopeSearch {
  readonly object?: string;
  readonly show?: string;
  readonly kind?: string;
  readonly schema?: string;
  readonly what?: string;
  readonly q?: string;
}

export function readCompare(search: Record<string, unknown>): CompareSearch {
  return {
    ...readScope(search),
    ...textOf(search, "object"),
    ...textOf(search, "show"),
    ...textOf(search, "kind"),
    ...textOf(search, "schema"),
    ...textOf(search, "what"),
    ...textOf(search, "q"),
  };
}

/** What is weighed, and at which price of a gigabyte and month. */
export interface EstimateSearch extends ScopeSearch {
  readonly price?: string;
}

export function readEstimate(search: Record<string, unknown>): EstimateSearch {
  return { ...readScope(search), ...textOf(search, "price") };
}

function readScope(search: Record<string, unknown>): ScopeSearch {
  return {
    ...readPair(search),
    ...textOf(search, "target"),
    ...namesOf(search, "include"),
    ...namesOf(search, "exclude"),
  };
}

/** What a new stream begins with: all of a schema, or one of its tables. */
export interface NewStreamSearch {
  readonly source?: string;
  readonly schema?: string;
  readonly table?: string;
}

export function readNewStream(search: Record<string, unknown>): NewStreamSearch {
  return { ...textOf(search, "source"), ...textOf(search, "schema"), ...textOf(search, "table") };
}

/** What of the metastore is open, and which part of it. */
export interface ExplorerSearch {
  readonly catalog?: string;
  readonly schema?: string;
  readonly object?: string;
  /** Of the object; absent: a table or view. */
  readonly kind?: "function" | "volume";
  readonly view?: string;
  /** Of a volume: the folder that is open. */
  readonly path?: string;
}

export function readExplorer(search: Record<string, unknown>): ExplorerSearch {
  return {
    ...textOf(search, "catalog"),
    ...textOf(search, "schema"),
    ...textOf(search, "object"),
    ...kindOf(search["kind"]),
    ...textOf(search, "view"),
    ...textOf(search, "path"),
  };
}

function kindOf(value: unknown): Pick<ExplorerSearch, "kind"> {
  return value === "function" || value === "volume" ? { kind: value } : {};
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

/** A list of names, in which the router may have read numbers. */
function namesOf<Key extends string>(
  search: Record<string, unknown>,
  key: Key,
): Partial<Record<Key, readonly string[]>> {
  const value = search[key];
  const names = (Array.isArray(value) ? value : [value])
    .filter((each) => ["string", "number", "boolean"].includes(typeof each))
    .map(String)
    .filter((each) => each !== "");
  const found: Partial<Record<string, readonly string[]>> = names.length === 0 ? {} : { [key]: names };
  return found as Partial<Record<Key, readonly string[]>>;
}

/** Ids of runs are eight hex digits, which the router may read as a number. */
function idOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value).padStart(8, "0") : value;
  return typeof text === "string" && /^[0-9a-f]{8}$/u.test(text) ? text : undefined;
}
