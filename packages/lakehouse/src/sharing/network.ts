import type { SharedObject } from "@clone-xs/unity";
import { LakehouseError } from "../errors.ts";
import type { TableRecord } from "../metastore/metastore.ts";

/**
 * Metastores that can share with each other: those of the lakehouses in this process that were given the same network. A lakehouse joins
 * when it is opened and leaves when it is closed.
 */
export interface MetastoreNetwork {
  /** Gives the way out. Throws INVALID_CONFIGURATION when a metastore of the same identity is in the network, a copy of its directory. */
  join(peer: Peer): () => void;
  /** All but one. */
  others(globalId: string): readonly Peer[];
}

/** A metastore as the others see it; each asks with its own sharing identifier. */
export interface Peer {
  readonly globalId: string;
  /** Under which it is a provider to others. */
  readonly name: string;
  /** Where the files of what it shares lie. */
  readonly directories: readonly string[];
  /** Whether it has a recipient for the metastore. */
  knows(globalId: string): boolean;
  /** Names of the shares that the metastore may read by now. */
  shares(globalId: string): readonly string[];
  /** What such a share holds, as far as the metastore knows by now; `undefined` when it may not read it. */
  objects(globalId: string, share: string): readonly SharedObject[] | undefined;
  /** The table behind an object, as it is at the provider now; `undefined` when it is gone. */
  table(share: string, object: SharedObject): TableRecord | undefined;
}

/** A network for {@link LakehouseOptions.network}. */
export function metastoreNetwork(): MetastoreNetwork {
  const peers = new Map<string, Peer>();
  return {
    join(peer) {
      if (peers.has(peer.globalId))
        throw new LakehouseError(
          "INVALID_CONFIGURATION",
          `Metastore ${peer.globalId} is in the network already: two directories hold the same one`,
        );
      peers.set(peer.globalId, peer);
      return () => void peers.delete(peer.globalId);
    },
    others: (globalId) => [...peers.values()].filter((peer) => peer.globalId !== globalId),
  };
}

/** The provider of a name, when it knows the metastore. */
export function providerNamed(network: MetastoreNetwork, globalId: string, name: string): Peer | undefined {
  return providersOf(network, globalId).find((peer) => peer.name === name.toLowerCase());
}

/** Metastores that have a recipient for this one. */
export function providersOf(network: MetastoreNetwork, globalId: string): readonly Peer[] {
  return network.others(globalId).filter((peer) => peer.knows(globalId));
}
