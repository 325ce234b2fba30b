import type { Decision } from "../decide/decision.ts";
import type { Planned } from "./planning.ts";

/**
 * Refuses to make an object where one of another kind stands, which no statement replaces: to drop what is no clone of ours is not for
 * a clone to do, also when it may replace what is foreign.
 */
export function inTheWay(object: string, decision: Decision, kind: "table" | "view"): Planned {
  const message = `${object} cannot be replaced by a ${kind} (${decision.detail ?? "it is of another kind"}), so nothing was written. Drop it there, choose another destination, or exclude it.`;
  return {
    decision: { ...decision, action: "refuse" },
    refused: {
      object,
      operation: kind === "table" ? "clone" : "create view",
      code: "FOREIGN_TARGET",
      message,
    },
  };
}
