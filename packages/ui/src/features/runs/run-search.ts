import type { ObjectState } from "../../api/runs.ts";

export const RUN_TABS = [
  "objects",
  "statements",
  "errors",
  "timeline",
  "log",
  "request",
  "verification",
] as const;
export type RunTab = (typeof RUN_TABS)[number];

/** Objects that are shown together, by what became of them. */
export const STATE_GROUPS = {
  failed: ["failed"],
  active: ["started", "waiting"],
  done: ["succeeded"],
  unchanged: ["kept", "left"],
  uncopied: ["impossible", "skipped"],
} as const satisfies Record<string, readonly ObjectState[]>;
export type StateGroup = keyof typeof STATE_GROUPS;

/** What of a run is in sight; all of it is in the address. */
export interface RunSearch {
  readonly tab?: RunTab;
  readonly state?: StateGroup;
  readonly kind?: string;
  readonly target?: string;
  /** What is looked for in the open part. */
  readonly q?: string;
  readonly level?: "warn" | "error";
  /** The object that is open, and of several targets the one that it is at. */
  readonly object?: string;
  readonly at?: string;
}

export type ChangeRunSearch = (
  change: { readonly [Key in keyof RunSearch]: RunSearch[Key] | undefined },
) => void;

export function readRunSearch(search: Record<string, unknown>): RunSearch {
  return {
    ...oneOf(search, "tab", RUN_TABS),
    ...oneOf(search, "state", Object.keys(STATE_GROUPS) as StateGroup[]),
    ...oneOf(search, "level", ["warn", "error"] as const),
    ...text(search, "kind"),
    ...text(search, "target"),
    ...text(search, "q"),
    ...text(search, "object"),
    ...text(search, "at"),
  };
}

/** The search with some of it changed; what is undefined is left out. */
export function changed<Search extends object>(search: Search, change: object): Search {
  const entries = Object.entries({ ...search, ...change }).filter(
    ([, value]) => value !== undefined && value !== "",
  );
  return Object.fromEntries(entries) as Search;
}

function oneOf<Key extends string, Value extends string>(
  search: Record<string, unknown>,
  key: Key,
  values: readonly Value[],
): { readonly [K in Key]?: Value } {
  const value = values.find((each) => each === search[key]);
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: Value });
}

/** The router reads `2024` in an address as a number. */
function text<Key extends string>(
  search: Record<string, unknown>,
  key: Key,
): { readonly [K in Key]?: string } {
  const value = search[key];
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return {};
  return value === "" ? {} : ({ [key]: String(value) } as { readonly [K in Key]?: string });
}
