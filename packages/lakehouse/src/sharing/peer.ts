import type { SharedObject } from "@clone-xs/unity";
import type { Metastore, TableRecord } from "../metastore/metastore.ts";
import type { ShareRecord, ShareState } from "../metastore/shares.ts";
import type { Peer } from "./network.ts";
import { missingRight, objectNamed, unshareable } from "./shareable.ts";

export interface PeerOptions {
  readonly metastore: Metastore;
  readonly directories: readonly string[];
  readonly now: () => number;
  /** How long recipients do not see a change of a share. */
  readonly delayMs: number;
}

/** What others see of a metastore's shares and recipients: what was so a while ago. */
export function peerOf({ metastore, directories, now, delayMs }: PeerOptions): Peer {
  const { sharing } = metastore;
  const recipientOf = (globalId: string) => {
    const found = sharing.recipientFor(globalId);
    return found !== undefined && found.createdAt <= now() - delayMs ? found : undefined;
  };
  const readable = (globalId: string, share: ShareRecord): ShareState | undefined => {
    const recipient = recipientOf(globalId);
    const state = stateAt(share, now() - delayMs);
    return recipient !== undefined && state?.recipients.includes(recipient.name) === true ? state : undefined;
  };
  return {
    globalId: metastore.globalId,
    name: metastore.id,
    directories,
    knows: (globalId) => recipientOf(globalId) !== undefined,
    shares: (globalId) =>
      sharing
        .shares()
        .filter((share) => readable(globalId, share) !== undefined)
        .map(({ name }) => name),
    objects(globalId, name) {
      const share = sharing.share(name);
      return share && readable(globalId, share)?.objects;
    },
    table(name, object) {
      const owner = sharing.share(name)?.owner;
      return owner === undefined ? undefined : offered(metastore, owner, object);
    },
  };
}

function stateAt({ states }: ShareRecord, at: number): ShareState | undefined {
  return states.findLast((state) => state.at <= at);
}

function offered(metastore: Metastore, owner: string, object: SharedObject): TableRecord | undefined {
  const name = objectNamed(object.name);
  const record = name && metastore.table(name);
  if (name === undefined || record === undefined) return undefined;
  const unavailable = unshareable(record) ?? missingRight(metastore, owner, name);
  const shared = { history: object.history === true, changeData: object.changeData === true };
  return { ...record, shared: { ...shared, ...(unavailable !== undefined && { unavailable }) } };
}
