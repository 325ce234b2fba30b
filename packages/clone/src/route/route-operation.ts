import type { ObjectName } from "@clone-xs/unity";
import type { Residue } from "../summarize/summary.ts";
import type { RouteNames, RouteTuple } from "./names.ts";

/** Makes that the target can read tables of the source in a catalog of its own metastore; what is there already is used. */
export interface OpenRouteOperation extends RouteNames {
  readonly kind: "open_route";
  readonly tuple: RouteTuple;
  readonly tables: readonly RoutedTable[];
}

/** Takes down what a route is made of, as far as its pair made it and nobody else uses it. */
export interface CloseRouteOperation extends RouteNames {
  readonly kind: "close_route";
  readonly tuple: RouteTuple;
}

export interface RoutedTable {
  readonly source: ObjectName;
  /** `schema.name` under which the share has it. */
  readonly sharedAs: string;
  /** The step that reads it. */
  readonly step: string;
}

/** What a route came to be made of. */
export interface OpenedRoute {
  readonly share: RoutePart;
  readonly recipient: RoutePart;
  readonly catalog: RoutePart;
}

export interface RoutePart {
  readonly name: string;
  readonly state: "created" | "reused";
}

/** A step that cannot be done because its table cannot be shared. */
export interface UnsharedTable {
  readonly step: string;
  readonly residue: Residue;
}
