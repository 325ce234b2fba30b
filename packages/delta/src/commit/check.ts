import { actionsOf } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { isTrue } from "../protocol/properties.ts";
import { checkWritable } from "../protocol/write-support.ts";
import type { CommitRequest } from "./request.ts";

/**
 * Throws DELTA_INVALID_ACTION for a commit no reader could make sense of, DELTA_CANNOT_MODIFY_APPEND_ONLY,
 * and what {@link checkWritable} throws. Protocol: "Actions", "Append-only Tables".
 */
export function checkActions({ base, operation, actions }: CommitRequest): void {
  const protocols = actionsOf(actions, "protocol");
  const metadata = actionsOf(actions, "metaData");
  if (actionsOf(actions, "commitInfo").length > 0)
    throw invalid("commitInfo is written by the commit itself");
  if (protocols.length > 1 || metadata.length > 1)
    throw invalid("a commit has at most one protocol and one metaData");
  const protocol = protocols[0] ?? base?.protocol;
  const configuration = (metadata[0] ?? base?.metadata)?.configuration;
  if (protocol === undefined || configuration === undefined)
    throw invalid("the first commit needs protocol and metaData");
  const repeatsFiles = operation === "CLONE";
  checkWritable(protocol, { repeatsFiles });
  if (base !== undefined) checkWritable(base.protocol, { repeatsFiles });
  const removes = actionsOf(actions, "remove");
  refuseTwice(
    "added",
    actionsOf(actions, "add").map((f) => f.path),
  );
  refuseTwice(
    "removed",
    removes.map((f) => f.path),
  );
  if (isTrue(configuration["delta.appendOnly"]) && base !== undefined && removes.some((r) => r.dataChange)) {
    throw new DeltaError(
      "DELTA_CANNOT_MODIFY_APPEND_ONLY",
      "This table is configured to only allow appends (delta.appendOnly)",
    );
  }
}

function refuseTwice(verb: string, paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path)) throw invalid(`${path} is ${verb} twice`);
    seen.add(path);
  }
}

function invalid(why: string): DeltaError {
  return new DeltaError("DELTA_INVALID_ACTION", `Invalid commit: ${why}`);
}
