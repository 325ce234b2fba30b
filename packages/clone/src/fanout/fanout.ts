import type { Workspace } from "@clone-xs/unity";
import type { CloneRequest } from "../request/request.ts";
import type { TargetRequest } from "../request/targets.ts";
import type { RunPorts } from "../run/run.ts";
import type { TargetFiles } from "../run/run-files.ts";
import type { ObjectError } from "../summarize/summary.ts";
import { CONNECT } from "../run/with-target.ts";
import type { Relay } from "./relay.ts";

/** A run to several targets, as each of them sees it. */
export interface Fanout {
  readonly request: CloneRequest;
  readonly runId: string;
  /** As the run was given them: the statements of each target are counted for itself. */
  readonly ports: RunPorts;
  readonly relay: Relay;
  readonly targetFiles: (target: string) => Promise<TargetFiles>;
  readonly takePlace: TakePlace;
}

/** Takes the catalog that a target writes to; gives what is wrong when another target of the run has it. */
export type TakePlace = (target: TargetRequest, workspace: Workspace) => Promise<ObjectError | undefined>;

/** Two connections may lead to one metastore: then two targets must have two catalogs there. */
export function openPlaces({ destinationCatalog }: CloneRequest): TakePlace {
  const taken = new Map<string, string>();
  return async (target, { unity }) => {
    const { metastoreId } = await unity.metastore();
    const catalog = target.destinationCatalog ?? destinationCatalog;
    const place = JSON.stringify([metastoreId, catalog.toLowerCase()]);
    const other = taken.get(place);
    if (other === undefined) {
      taken.set(place, target.name);
      return undefined;
    }
    const message = `Catalog ${catalog} in the metastore of ${target.name} is what target ${other} writes to. Give one of them another destination_catalog.`;
    return { object: target.name, operation: CONNECT, code: "INVALID_REQUEST", message };
  };
}
