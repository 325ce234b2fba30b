import type { Workspace } from "@clone-xs/unity";

/** The workspace, connected when it is first needed. */
export interface Connection {
  /** Throws what `connect` throws; the next call tries again. */
  get(): Promise<Workspace>;
  /** The address of the workspace, once it was connected. */
  knownHost(): string | undefined;
  /** How connecting went the last time; `undefined`: nobody tried yet. */
  reached(): boolean | undefined;
  close(): Promise<void>;
}

/** A server must start, list its runs and accept new ones while its workspace cannot be reached. */
export function lazyConnection(connect: () => Promise<Workspace>): Connection {
  let current: Promise<Workspace> | undefined;
  let host: string | undefined;
  let reached: boolean | undefined;
  return {
    async get() {
      current ??= connect();
      try {
        const workspace = await current;
        host = workspace.identity.host;
        reached = true;
        return workspace;
      } catch (error) {
        current = undefined;
        reached = false;
        throw error;
      }
    },
    knownHost: () => host,
    reached: () => reached,
    async close() {
      const workspace = await current?.catch(() => undefined);
      await workspace?.close();
    },
  };
}
