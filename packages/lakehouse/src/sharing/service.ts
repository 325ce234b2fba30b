import { invalidNameReason, type PrivilegeAssignment, type Recipient, type Sharing } from "@clone-xs/unity";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import type { RecipientRecord, ShareRecord } from "../metastore/shares.ts";
import { present } from "../workspace/catalog/present.ts";
import { changedObjects, checkLimits } from "./change-objects.ts";
import type { SharingContext } from "./context.ts";
import {
  identifierTaken,
  invalid,
  providerMissing,
  recipientExists,
  recipientMissing,
  shareExists,
  shareMissing,
} from "./errors.ts";
import { type Peer, providerNamed, providersOf } from "./network.ts";
import { rightsOf } from "./rights.ts";
import { changedShare, currentState } from "./states.ts";

/** The recipient that every metastore has: itself. */
const SELF = "self";

/** The port of Delta Sharing as a principal, with the service's limits and privileges. `principal` is asked anew for each call. */
export function sharingOf(context: SharingContext, principal: () => PrincipalRecord): Sharing {
  const { metastore, network, now, uuid } = context;
  const { sharing, globalId } = metastore;
  const rights = () => rightsOf(metastore, principal());
  const made = (comment: string | undefined) => {
    const { name } = principal();
    const at = now();
    const stamp = { owner: name, createdAt: at, createdBy: name, updatedAt: at, updatedBy: name };
    return { id: uuid(), ...stamp, ...(comment !== undefined && comment !== "" && { comment }) };
  };
  const shareNamed = (name: string): ShareRecord => {
    const found = sharing.share(name);
    if (found === undefined || !rights().seesShare(found)) throw shareMissing(name);
    return found;
  };
  const provider = (name: string): Peer => {
    const found = rights().seesProviders() ? providerNamed(network, globalId, name) : undefined;
    if (found === undefined) throw providerMissing(name);
    return found;
  };

  return {
    async recipients({ globalMetastoreId } = {}) {
      return sharing
        .recipients()
        .filter((record) => rights().seesRecipient(record))
        .filter((record) => globalMetastoreId === undefined || record.globalMetastoreId === globalMetastoreId)
        .map(toRecipient);
    },
    async createRecipient({ name, globalMetastoreId, comment }) {
      rights().requireOnMetastore("CREATE_RECIPIENT");
      checkName(name, "Recipient");
      checkIdentifier(globalMetastoreId);
      if (globalMetastoreId === globalId) throw identifierTaken(SELF, globalId);
      return metastore.transaction(() => {
        if (sharing.recipient(name) !== undefined || name.toLowerCase() === SELF) throw recipientExists(name);
        const other = sharing.recipientFor(globalMetastoreId);
        if (other !== undefined) throw identifierTaken(other.name, globalMetastoreId);
        const record = { ...made(comment), name: name.toLowerCase(), globalMetastoreId };
        sharing.putRecipient(record);
        return toRecipient(record);
      });
    },
    async deleteRecipient(name) {
      metastore.transaction(() => {
        const record = sharing.recipient(name);
        if (record === undefined || !rights().seesRecipient(record)) return;
        rights().requireRecipientOwner(record);
        for (const share of sharing.shares())
          if (currentState(share).recipients.includes(record.name))
            sharing.putShare(withRecipients(share, [], [record.name]));
        sharing.removeRecipient(name);
      });
    },

    async shares() {
      return sharing
        .shares()
        .filter((record) => rights().seesShare(record))
        .map(toSummary);
    },
    async share(name) {
      const record = sharing.share(name);
      if (record === undefined || !rights().seesShare(record)) return undefined;
      return { ...toSummary(record), objects: currentState(record).objects };
    },
    async createShare({ name, comment }) {
      rights().requireOnMetastore("CREATE_SHARE");
      checkName(name, "Share");
      return metastore.transaction(() => {
        if (sharing.share(name) !== undefined) throw shareExists(name);
        const record = { ...made(comment), name: name.toLowerCase(), states: [emptySince(now())] };
        sharing.putShare(record);
        return toSummary(record);
      });
    },
    async updateShare(name, updates) {
      checkLimits(updates);
      rights().requireShareOwner(shareNamed(name));
      const change = await changedObjects(context, shareNamed(name), updates);
      metastore.transaction(() => {
        const record = shareNamed(name);
        const by = { at: now(), by: principal().name };
        sharing.putShare(
          changedShare(record, { ...by, delayMs: context.shareDelayMs, ...change(record, by) }),
        );
      });
    },
    async deleteShare(name) {
      const record = sharing.share(name);
      if (record === undefined || !rights().seesShare(record)) return;
      rights().requireShareOwner(record);
      sharing.removeShare(name);
    },
    async shareGrants(name) {
      return currentState(shareNamed(name)).recipients.map(readsShare);
    },
    async changeShareGrants(name, { add = [], remove = [] }) {
      metastore.transaction(() => {
        const record = shareNamed(name);
        rights().requireShareGrants(record);
        const named = (recipient: string): string => {
          const found = sharing.recipient(recipient);
          if (found === undefined || !rights().seesRecipient(found)) throw recipientMissing(recipient);
          return found.name;
        };
        sharing.putShare(withRecipients(record, add.map(named), remove.map(named)));
      });
    },

    async providers({ globalMetastoreId } = {}) {
      if (!rights().seesProviders()) return [];
      return providersOf(network, globalId)
        .filter((peer) => globalMetastoreId === undefined || peer.globalId === globalMetastoreId)
        .map((peer) => ({ name: peer.name, globalMetastoreId: peer.globalId }));
    },
    async providerShares(name) {
      return provider(name).shares(globalId);
    },
    async sharedObjects(name, share) {
      return provider(name)
        .objects(globalId, share)
        ?.map(({ type, sharedAs }) => ({ type, sharedAs }));
    },
  };

  function withRecipients(
    record: ShareRecord,
    add: readonly string[],
    remove: readonly string[],
  ): ShareRecord {
    const before = currentState(record).recipients;
    const after = [...new Set([...before, ...add])].filter((one) => !remove.includes(one)).sort();
    if (after.join() === before.join()) return record;
    const { name } = principal();
    return changedShare(record, { at: now(), by: name, delayMs: context.shareDelayMs, recipients: after });
  }
}

function emptySince(at: number) {
  return { at, objects: [], recipients: [] };
}

function toSummary({ name, owner, comment }: ShareRecord) {
  return { name, owner, ...present({ comment }) };
}

function toRecipient({ name, owner, comment, globalMetastoreId }: RecipientRecord): Recipient {
  return { name, owner, authenticationType: "DATABRICKS", globalMetastoreId, ...present({ comment }) };
}

function readsShare(principal: string): PrivilegeAssignment {
  return { principal, privileges: ["SELECT"] };
}

function checkName(name: string, kind: "Share" | "Recipient"): void {
  if (invalidNameReason(name) === undefined) return;
  throw invalid(
    `Invalid input: RPC Create${kind} Field managedcatalog.${kind}Info.name: name "${name}" is not a valid name. Valid names cannot contain spaces, periods, forward slashes, or control characters.`,
  );
}

function checkIdentifier(identifier: string): void {
  if (!/^[^:\s]+:[^:\s]+:[0-9a-f-]{36}$/iu.test(identifier))
    throw invalid(
      `Invalid sharing identifier '${identifier}': it has the form <cloud>:<region>:<metastore uuid>.`,
    );
}
