import { denied, providerMissing, shareMissing } from "./errors.ts";
import { lacks, requireCreateCatalog } from "../authorization/index.ts";
import { catalogExists } from "../execution/errors.ts";
import { checkNewName, commentOf, madeNow } from "../execution/statements/statement.ts";
import type { Work } from "../execution/work.ts";
import { providerNamed } from "./network.ts";
import { rightsOf } from "./rights.ts";

/** Who makes the catalog, and where. */
export interface CatalogMaker extends Pick<Work, "viewer"> {
  readonly context: Pick<Work["context"], "metastore" | "network" | "principal" | "now" | "uuid">;
}

export interface CatalogFromShare {
  readonly name: string;
  readonly ifNotExists: boolean;
  readonly provider: string;
  readonly share: string;
  readonly comment?: string | null;
}

/**
 * CREATE CATALOG … USING SHARE: a catalog that shows what a provider shares. Throws NOT_FOUND for a provider or share that this metastore does
 * not see (yet), PERMISSION_DENIED without CREATE CATALOG and USE PROVIDER.
 */
export function createCatalogFromShare(maker: CatalogMaker, wanted: CatalogFromShare): void {
  const { metastore, network, principal, uuid } = maker.context;
  const name = wanted.name.toLowerCase();
  const [provider, share] = [wanted.provider.toLowerCase(), wanted.share.toLowerCase()];
  checkNewName(name, "Catalog");
  metastore.transaction(() => {
    if (metastore.catalog(name) !== undefined) {
      if (wanted.ifNotExists) return;
      throw catalogExists(name);
    }
    requireCreateCatalog(maker.viewer);
    if (!rightsOf(metastore, principal).seesProviders())
      throw denied(lacks("USE_PROVIDER", { type: "metastore" }));
    const peer = providerNamed(network, metastore.globalId, provider);
    if (peer === undefined) throw providerMissing(provider);
    if (peer.objects(metastore.globalId, share) === undefined) throw shareMissing(share);
    metastore.putCatalog({
      ...madeNow(maker),
      ...commentOf(wanted.comment),
      id: uuid(),
      name,
      properties: {},
      share: { provider, share },
    });
  });
}
