import {
  guardJournal,
  type HoldingRun,
  targetOfConnection,
  type Unlocked,
  type Unlocking,
  unlock,
} from "@clone-xs/clone";
import { configurationOf } from "../../configuration.ts";
import { connect } from "../../connection/connect.ts";
import { storeDirectory } from "../../connection/home.ts";
import { ExitCode } from "../../exit-codes.ts";
import { thisProcess } from "../../runs/this-process.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { targetConnector } from "../../targets/targets.ts";
import { unlockText } from "../../views/human/unlock.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";

export interface UnlockOptions extends ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly config?: string;
  readonly run?: string;
  readonly all?: boolean;
  readonly dryRun?: boolean;
}

/** `clxs unlock`: exit 0, or 1 when something could not be given back. */
export async function unlockRuns(options: UnlockOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { clock, random, out } = surroundings;
  const dryRun = options.dryRun === true;
  const { audit } = (await configurationOf(options, surroundings)).settings;
  const workspace = await connect(options, surroundings);
  try {
    const ports = {
      workspace,
      audit,
      journal: guardJournal(storeDirectory(surroundings)),
      holder: thisProcess(surroundings),
      clock,
      random,
      log: (_: unknown, line: string) => tell(surroundings, line),
    };
    const connectTo = targetConnector(surroundings);
    const connectTarget = (connection: string) => connectTo(targetOfConnection(connection));
    const unlocked = await unlock(which(options), ports, { dryRun, connectTarget });
    const text =
      options.output === "json"
        ? JSON.stringify(documentOf(unlocked, dryRun), null, 2)
        : unlockText(unlocked, dryRun);
    out.write(`${text}\n`);
    return unlocked.released.some(({ failures }) => failures.length > 0)
      ? ExitCode.someFailed
      : ExitCode.done;
  } finally {
    await workspace.close();
  }
}

function which({ run, all }: UnlockOptions): Unlocking {
  if (run !== undefined) return { run };
  return all === true ? "everything" : "dead";
}

function documentOf({ released, left }: Unlocked, dryRun: boolean) {
  return {
    dry_run: dryRun,
    released: released.map((run) => ({ ...holding(run), failures: run.failures })),
    left: left.map(holding),
  };
}

function holding({ run, target, hostname, pid, since, dead, guards, leases, locks }: HoldingRun) {
  return {
    run_id: run,
    ...(target === undefined ? {} : { target }),
    hostname,
    pid,
    since: new Date(since).toISOString(),
    dead,
    quiesced: guards.map(({ state }) => ({ catalog: state.catalog, grants: state.revocations.length })),
    leases: [
      ...leases.map(({ resource, mode }) => ({ resource, mode })),
      ...locks.flatMap((lock) => (lock.kind === "lock" ? [{ resource: lock.resource, mode: "local" }] : [])),
    ],
  };
}
