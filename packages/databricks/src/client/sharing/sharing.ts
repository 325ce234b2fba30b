import type { Sharing } from "@clone-xs/unity";
import { z } from "zod";
import {
  endpoints,
  ListProviderSharesResponse,
  ListProvidersResponse,
  ListRecipientsResponse,
  ListShareAssetsResponse,
  ListSharesResponse,
  PermissionsResponse,
  pathTo,
  RecipientInfo,
  ShareInfo,
  type UpdatePermissionsRequest,
} from "../../contract/index.ts";
import type { HttpClient } from "../http/client.ts";
import { missingAsUndefined } from "../unity/missing.ts";
import { listPages } from "../unity/pages.ts";
import { toAssignments } from "../unity/to-privileges.ts";
import {
  toProvider,
  toReceivedObjects,
  toRecipient,
  toShare,
  toShareSummary,
  toUpdate,
} from "./to-sharing.ts";

const serverPaged = { max_results: 0 };

/** As many tables as a share may have. Source: resource limits of Delta Sharing. */
const MOST_ASSETS = 1000;

const nothing = z.looseObject({});

/** Delta Sharing over REST. */
export function createSharing(http: HttpClient): Sharing {
  /** Deleting what is gone already does nothing, so that it may be sent twice. */
  const remove = async (path: string) =>
    void (await missingAsUndefined(http.call({ method: "DELETE", path, effect: "read", answer: nothing })));

  return {
    async recipients({ globalMetastoreId } = {}) {
      const found = await listPages(http, {
        path: endpoints.listRecipients.path,
        query: {
          ...serverPaged,
          ...(globalMetastoreId === undefined
            ? {}
            : { data_recipient_global_metastore_id: globalMetastoreId }),
        },
        answer: ListRecipientsResponse,
        items: (page) => page.recipients,
      });
      const recipients = found.map(toRecipient);
      return globalMetastoreId === undefined
        ? recipients
        : recipients.filter((recipient) => recipient.globalMetastoreId === globalMetastoreId);
    },

    async createRecipient({ name, globalMetastoreId, comment }) {
      const body = {
        name,
        authentication_type: "DATABRICKS",
        data_recipient_global_metastore_id: globalMetastoreId,
        comment,
      };
      return toRecipient(
        await http.call({ ...endpoints.createRecipient, body, effect: "write", answer: RecipientInfo }),
      );
    },

    deleteRecipient: (name) => remove(pathTo(endpoints.deleteRecipient, { name })),

    async shares() {
      const found = await listPages(http, {
        path: endpoints.listShares.path,
        query: serverPaged,
        answer: ListSharesResponse,
        items: (page) => page.shares,
      });
      return found.map(toShareSummary);
    },

    async share(name) {
      const found = await missingAsUndefined(
        http.call({
          method: "GET",
          path: pathTo(endpoints.getShare, { name }),
          query: { include_shared_data: true },
          effect: "read",
          answer: ShareInfo,
        }),
      );
      return found === undefined ? undefined : toShare(found);
    },

    async createShare({ name, comment }) {
      const body = { name, comment };
      return toShareSummary(
        await http.call({ ...endpoints.createShare, body, effect: "write", answer: ShareInfo }),
      );
    },

    async updateShare(name, updates) {
      await http.call({
        method: "PATCH",
        path: pathTo(endpoints.updateShare, { name }),
        body: { updates: updates.map(toUpdate) },
        effect: "write",
        answer: nothing,
      });
    },

    deleteShare: (name) => remove(pathTo(endpoints.deleteShare, { name })),

    async shareGrants(name) {
      const found = await listPages(http, {
        path: pathTo(endpoints.getSharePermissions, { name }),
        query: serverPaged,
        answer: PermissionsResponse,
        items: (page) => page.privilege_assignments,
      });
      return toAssignments(found);
    },

    async changeShareGrants(name, { add = [], remove: revoked = [] }) {
      const changes: UpdatePermissionsRequest["changes"] = [
        ...add.map((principal) => ({ principal, add: ["SELECT"] })),
        ...revoked.map((principal) => ({ principal, remove: ["SELECT"] })),
      ];
      if (changes.length === 0) return;
      await http.call({
        method: "PATCH",
        path: pathTo(endpoints.updateSharePermissions, { name }),
        body: { changes, omit_permissions_in_response: true },
        // Granting what is granted does nothing.
        effect: "read",
        answer: nothing,
      });
    },

    async providers({ globalMetastoreId } = {}) {
      const found = await listPages(http, {
        path: endpoints.listProviders.path,
        query: {
          ...serverPaged,
          ...(globalMetastoreId === undefined
            ? {}
            : { data_provider_global_metastore_id: globalMetastoreId }),
        },
        answer: ListProvidersResponse,
        items: (page) => page.providers,
      });
      const providers = found.map(toProvider);
      return globalMetastoreId === undefined
        ? providers
        : providers.filter((provider) => provider.globalMetastoreId === globalMetastoreId);
    },

    async providerShares(name) {
      const found = await listPages(http, {
        path: pathTo(endpoints.listProviderShares, { name }),
        query: serverPaged,
        answer: ListProviderSharesResponse,
        items: (page) => page.shares,
      });
      return found.map((share) => share.name);
    },

    async sharedObjects(provider_name, share_name) {
      const found = await missingAsUndefined(
        http.call({
          method: "GET",
          path: pathTo(endpoints.listShareAssets, { provider_name, share_name }),
          query: {
            table_max_results: MOST_ASSETS,
            volume_max_results: MOST_ASSETS,
            function_max_results: MOST_ASSETS,
          },
          effect: "read",
          answer: ListShareAssetsResponse,
        }),
      );
      return found === undefined ? undefined : toReceivedObjects(found);
    },
  };
}
