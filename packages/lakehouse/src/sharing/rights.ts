import { holds, lacks, namesOf } from "../authorization/index.ts";
import type { Metastore, PrincipalRecord, Stamped } from "../metastore/metastore.ts";
import type { RecipientRecord, ShareRecord } from "../metastore/shares.ts";
import { denied } from "./errors.ts";

/** What a principal may do with shares, recipients and providers. Source: Unity Catalog privileges reference, metastore privileges. */
export interface SharingRights {
  requireOnMetastore(privilege: "CREATE_SHARE" | "CREATE_RECIPIENT"): void;
  seesShare(share: ShareRecord): boolean;
  seesRecipient(recipient: RecipientRecord): boolean;
  seesProviders(): boolean;
  /** What a share holds is its owner's business, not even a metastore admin's. */
  requireShareOwner(share: ShareRecord): void;
  requireShareGrants(share: ShareRecord): void;
  requireRecipientOwner(recipient: RecipientRecord): void;
}

export function rightsOf(metastore: Metastore, principal: PrincipalRecord): SharingRights {
  const names = namesOf(principal);
  const has = (privilege: string) => holds({ metastore, principal }, privilege, { type: "metastore" });
  const owns = ({ owner }: Stamped) => names.has(owner);
  return {
    requireOnMetastore(privilege) {
      if (!has(privilege)) throw denied(lacks(privilege, { type: "metastore" }));
    },
    seesShare: (share) => owns(share) || has("USE_SHARE"),
    seesRecipient: (recipient) => owns(recipient) || has("USE_RECIPIENT"),
    seesProviders: () => has("USE_PROVIDER"),
    requireShareOwner(share) {
      if (!owns(share)) throw denied(`User is not an owner of Share '${share.name}'.`);
    },
    requireShareGrants(share) {
      if (!owns(share) && !(has("USE_SHARE") && has("SET_SHARE_PERMISSION")))
        throw denied(`User does not have SET SHARE PERMISSION on Metastore.`);
    },
    requireRecipientOwner(recipient) {
      if (!owns(recipient) && !principal.admin)
        throw denied(`User is not an owner of Recipient '${recipient.name}'.`);
    },
  };
}
