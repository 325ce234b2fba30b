import { fullName } from "@clone-xs/unity";
import type { CloneRequest } from "../request/request.ts";
import type { Action, Decision, Reason } from "./decision.ts";
import { type Judgement, judgeTable, type TablePair } from "./judge.ts";

type Judge = (reason: Reason, request: CloneRequest) => Action;

/** FULL clones everything in scope again, INCREMENTAL what the target lacks, SELECTIVE what it lacks and what drifted. */
const JUDGES: Readonly<Record<CloneRequest["loadType"], Judge>> = {
  FULL: (reason, request) => guarded(reason, request) ?? "clone",
  INCREMENTAL: (reason) => (reason === "never_cloned" ? "clone" : "leave"),
  SELECTIVE: (reason, request) => guarded(reason, request) ?? (reason === "in_sync" ? "keep" : "clone"),
};

/** What no load type may overwrite unless the user says so. */
function guarded(reason: Reason, request: CloneRequest): Action | undefined {
  if (reason === "foreign") return request.replaceForeign ? "clone" : "refuse";
  if (reason !== "target_modified") return undefined;
  return ({ fail: "block", skip: "leave", overwrite: "clone" } as const)[request.onTargetModified];
}

/** The action for a judgement under the request's load type; asking to re-clone by force makes every load type a full one. */
export function actionFor(reason: Reason, request: CloneRequest): Action {
  return JUDGES[request.forceReclone ? "FULL" : request.loadType](reason, request);
}

/** Whether the load type compares histories at all. */
export function comparesHistories(request: CloneRequest): boolean {
  return request.loadType !== "INCREMENTAL" || request.forceReclone;
}

/** What becomes of one table that can be cloned. */
export function decideTable(pair: TablePair, request: CloneRequest): Decision {
  const judgement = comparesHistories(request) ? judgeTable(pair) : lacking(pair);
  return {
    kind: "table",
    schema: pair.source.schema,
    name: pair.source.name,
    action: actionFor(judgement.reason, request),
    ...judgement,
    ...(pair.source.format === undefined ? {} : { format: pair.source.format.toUpperCase() }),
  };
}

function lacking(pair: TablePair): Judgement {
  const judgement = judgeTable({ ...pair, targetHistory: undefined });
  if (judgement.reason === "never_cloned" || judgement.reason === "foreign") return judgement;
  return {
    reason: "excluded",
    detail: `${fullName(pair.targetName)} exists; an incremental load makes only what is missing`,
  };
}
