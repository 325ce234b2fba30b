import { type GuardPorts, guardJournal, releaseDead, targetOfConnection } from "@clone-xs/clone";
import type { Connection } from "../connection.ts";
import type { TargetBook } from "../connections/target-book.ts";
import type { ServerOptions } from "../server.ts";
import type { RunStore } from "./store.ts";

/** Gives back what runs of dead processes of this machine left revoked or leased. */
export interface GuardKeeper {
  /** What died meanwhile. Never throws: it is told to the log, and tried again the next time. */
  look(): Promise<void>;
  /**
   * What had died when this was called, for a run that is about to begin: releasing what its dead process left cancels the statements that
   * bear its id, which must not be those of the process that goes on with it. Throws what connecting throws the first time.
   */
  clear(): Promise<void>;
}

export function guardKeeper(
  options: Pick<
    ServerOptions,
    "storeDirectory" | "settings" | "hostname" | "process" | "clock" | "random"
  > & { readonly targetBook: Pick<TargetBook, "connect">; readonly log?: (line: string) => void },
  connection: Connection,
  store: RunStore,
): GuardKeeper {
  const { pid: self, isAlive } = options.process;
  const tell = options.log ?? (() => undefined);
  const journal = guardJournal(options.storeDirectory);
  let begun: Promise<void> | undefined;
  let looking: Promise<void> | undefined;

  const log: GuardPorts["log"] = (level, line, run) => {
    tell(line);
    if (run === undefined || store.entry(run) === undefined) return;
    store.append(run, { at: options.clock.now(), type: "log", level, line });
  };
  const release = async (isAliveNow: (pid: number) => boolean): Promise<void> => {
    const { settings, hostname, clock, random } = options;
    const holder = { hostname, pid: self, isAlive: isAliveNow };
    await releaseDead(
      { audit: settings.audit, journal, holder, clock, random, log },
      () => connection.get(),
      (target) => options.targetBook.connect(targetOfConnection(target)),
    );
  };
  /** What processes before this one left: once, before the first run, since until then no guard can be this process's own, whatever its id. */
  const begin = () => {
    begun ??= release((pid) => pid !== self && isAlive(pid)).catch((error: unknown) => {
      begun = undefined;
      throw error;
    });
    return begun;
  };
  const lookOnce = async () => {
    try {
      await begin();
      await release((pid) => pid === self || isAlive(pid));
    } catch (error) {
      tell(
        `Guards of dead runs could not be released yet: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  const look = () => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  return {
    look,
    clear: async () => {
      await begin();
      // One that is under way may have found alive what has died since.
      await looking;
      await look();
    },
  };
}
