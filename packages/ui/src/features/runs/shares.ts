import type { RunSummary } from "@clone-xs/server/contract";

/** What lets a target of another metastore read the source. */
export type Shares = readonly {
  readonly what: "share" | "recipient" | "mounted catalog";
  readonly name: string;
  readonly state: "created" | "reused" | undefined;
}[];

type Facts = Pick<
  RunSummary,
  | "share_name"
  | "share_status"
  | "recipient_name"
  | "recipient_status"
  | "shared_catalog_name"
  | "shared_catalog_status"
>;

/** The share facts of a run or of one of its targets; `undefined` where nothing was shared. */
export function sharesOf(facts: Facts): Shares | undefined {
  const all = [
    { what: "share", name: facts.share_name, state: facts.share_status },
    { what: "recipient", name: facts.recipient_name, state: facts.recipient_status },
    { what: "mounted catalog", name: facts.shared_catalog_name, state: facts.shared_catalog_status },
  ] as const;
  const named = all.flatMap(({ name, ...rest }) => (name === undefined ? [] : [{ ...rest, name }]));
  return named.length === 0 ? undefined : named;
}
