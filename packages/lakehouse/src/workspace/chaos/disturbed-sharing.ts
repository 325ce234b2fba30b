import { type Endpoint, endpoints, pathTo } from "@clone-xs/databricks/contract";
import type { Sharing } from "@clone-xs/unity";

type Call = <T>(endpoint: Endpoint, path: string, work: () => Promise<T>) => Promise<T>;

/** The port of Delta Sharing with each call named by the method and path that it has over HTTP. */
export function disturbedSharing(sharing: Sharing, call: Call): Sharing {
  const on = <T>(endpoint: Endpoint, work: () => Promise<T>) => call(endpoint, endpoint.path, work);
  const { getShare, updateShare, deleteShare, getSharePermissions, updateSharePermissions } = endpoints;
  const { deleteRecipient, listProviderShares, listShareAssets } = endpoints;
  return {
    recipients: (filter) => on(endpoints.listRecipients, () => sharing.recipients(filter)),
    createRecipient: (recipient) => on(endpoints.createRecipient, () => sharing.createRecipient(recipient)),
    deleteRecipient: (name) =>
      call(deleteRecipient, pathTo(deleteRecipient, { name }), () => sharing.deleteRecipient(name)),
    shares: () => on(endpoints.listShares, () => sharing.shares()),
    share: (name) => call(getShare, pathTo(getShare, { name }), () => sharing.share(name)),
    createShare: (share) => on(endpoints.createShare, () => sharing.createShare(share)),
    updateShare: (name, updates) =>
      call(updateShare, pathTo(updateShare, { name }), () => sharing.updateShare(name, updates)),
    deleteShare: (name) => call(deleteShare, pathTo(deleteShare, { name }), () => sharing.deleteShare(name)),
    shareGrants: (name) =>
      call(getSharePermissions, pathTo(getSharePermissions, { name }), () => sharing.shareGrants(name)),
    changeShareGrants: (name, changes) =>
      call(updateSharePermissions, pathTo(updateSharePermissions, { name }), () =>
        sharing.changeShareGrants(name, changes),
      ),
    providers: (filter) => on(endpoints.listProviders, () => sharing.providers(filter)),
    providerShares: (name) =>
      call(listProviderShares, pathTo(listProviderShares, { name }), () => sharing.providerShares(name)),
    sharedObjects: (provider_name, share_name) =>
      call(listShareAssets, pathTo(listShareAssets, { provider_name, share_name }), () =>
        sharing.sharedObjects(provider_name, share_name),
      ),
  };
}
