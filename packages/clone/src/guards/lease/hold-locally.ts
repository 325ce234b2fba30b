import { createHash } from "node:crypto";
import { CloneError } from "../../errors.ts";
import type { GuardPorts } from "../guard-ports.ts";
import type { GuardRecord } from "../journal.ts";
import type { HeldLeases } from "./hold-leases.ts";
import type { Resource } from "./lease.ts";

/** A lock for the runs of this machine, where the workspace keeps no leases. Throws LEASE_HELD. */
export async function holdLocally(
  resource: Resource,
  runId: string,
  { workspace, journal, clock, holder }: GuardPorts,
): Promise<HeldLeases> {
  const { metastoreId } = await workspace.unity.metastore();
  const id = `lock-${createHash("sha256").update(`${metastoreId} ${resource}`).digest("hex").slice(0, 16)}`;
  const record: GuardRecord = {
    id,
    runId,
    at: clock.now(),
    pid: holder.pid,
    metastoreId,
    kind: "lock",
    resource,
  };
  while (!(await journal.claim(record))) {
    const there = (await journal.open()).find((each) => each.id === id);
    if (there === undefined) continue;
    if (holder.isAlive?.(there.pid) !== false) throw heldError(there, resource);
    await journal.drop(id);
  }
  return { beat: () => Promise.resolve(), isFresh: () => true, release: () => journal.drop(id) };
}

function heldError({ runId, pid, at }: GuardRecord, resource: Resource): CloneError {
  const object = resource.slice(resource.indexOf(":") + 1);
  return new CloneError(
    "LEASE_HELD",
    `${object} is being written to by run ${runId} (process ${pid} of this machine) since ${new Date(at).toISOString()}. Wait until it has ended; when it is dead, release it with: clxs unlock --run ${runId}`,
    { object },
  );
}
