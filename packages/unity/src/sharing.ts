import type { PrivilegeAssignment } from "./securables.ts";

/**
 * Delta Sharing between metastores, as both sides see it: shares and recipients on the provider's, providers and what they share on the
 * recipient's. Catalogs from shares are made and dropped by SQL (`CREATE CATALOG … USING SHARE`).
 * Source: Unity Catalog REST API, `/shares`, `/recipients`, `/providers`.
 */
export interface Sharing {
  /** Recipients by the metastore that they stand for (its sharing identifier), or all of them. A metastore has one recipient at most. */
  recipients(filter?: { readonly globalMetastoreId?: string }): Promise<readonly Recipient[]>;
  /** Throws ALREADY_EXISTS for the name, and where another recipient stands for the same metastore. */
  createRecipient(recipient: NewRecipient): Promise<Recipient>;
  /** One that is not there is fine. */
  deleteRecipient(name: string): Promise<void>;
  shares(): Promise<readonly ShareSummary[]>;
  /** With what it holds; `undefined` when it does not exist. */
  share(name: string): Promise<Share | undefined>;
  /** Throws ALREADY_EXISTS. */
  createShare(share: { readonly name: string; readonly comment?: string }): Promise<ShareSummary>;
  /** All of the updates or none; at most 100 of them in one call. Throws ALREADY_EXISTS for an object that is in the share. */
  updateShare(name: string, updates: readonly ShareUpdate[]): Promise<void>;
  /** One that is not there is fine. */
  deleteShare(name: string): Promise<void>;
  /** Which recipients may read a share: principal is the recipient's name. */
  shareGrants(name: string): Promise<readonly PrivilegeAssignment[]>;
  /** Grants or revokes SELECT. Idempotent. */
  changeShareGrants(name: string, changes: ShareGrantChanges): Promise<void>;
  /** Metastores that share something with this one. They appear by themselves, after a delay. */
  providers(filter?: { readonly globalMetastoreId?: string }): Promise<readonly Provider[]>;
  /** Names of the shares of a provider that this metastore may read; what is new is seen after a delay. */
  providerShares(provider: string): Promise<readonly string[]>;
  /** What a share of a provider holds as its recipient sees it now; `undefined` when it sees no such share. */
  sharedObjects(provider: string, share: string): Promise<readonly ReceivedObject[] | undefined>;
}

export interface NewRecipient {
  readonly name: string;
  /** `cloud:region:uuid` of the metastore that shall receive. */
  readonly globalMetastoreId: string;
  readonly comment?: string;
}

export interface Recipient {
  readonly name: string;
  /** DATABRICKS, TOKEN … */
  readonly authenticationType: string;
  /** Absent for recipients outside Databricks. */
  readonly globalMetastoreId?: string;
  readonly owner: string;
  readonly comment?: string;
}

export interface ShareSummary {
  readonly name: string;
  readonly owner: string;
  readonly comment?: string;
}

export interface Share extends ShareSummary {
  readonly objects: readonly SharedObject[];
}

/** TABLE, VIEW, VOLUME, SCHEMA … as the API names them. */
export type SharedObjectType = "TABLE" | "VIEW" | "VOLUME" | "SCHEMA" | "FUNCTION";

export interface SharedObject {
  /** Three-level name at the provider, parts joined by dots as the API gives it. */
  readonly name: string;
  readonly type: SharedObjectType;
  /** `schema.name` under which recipients see it; letters, digits and underscores. */
  readonly sharedAs: string;
  /** Recipients may read versions and the history, and clone fast. Absent for what has none. */
  readonly history?: boolean;
  /** Recipients may read the change data feed. */
  readonly changeData?: boolean;
}

export interface ShareUpdate {
  readonly action: "ADD" | "UPDATE" | "REMOVE";
  readonly object: SharedObject;
}

export interface ShareGrantChanges {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

export interface Provider {
  readonly name: string;
  readonly globalMetastoreId?: string;
}

/** An object of a share as the recipient sees it. */
export interface ReceivedObject {
  readonly type: SharedObjectType;
  /** `schema.name` in the catalog that is made from the share. */
  readonly sharedAs: string;
}
