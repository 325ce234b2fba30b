import {
  CreateCatalogRequest,
  CreateRecipientRequest,
  CreateShareRequest,
  type CatalogInfo,
  type Endpoint,
  endpoints,
  type ListShareAssetsResponse,
  routePattern,
  UpdatePermissionsRequest,
  UpdateShareRequest,
} from "@clone-xs/databricks/contract";
import type { Sharing } from "@clone-xs/unity";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RecipientRecord, ShareRecord, ShareStore } from "../metastore/shares.ts";
import type { SharingContext } from "../sharing/context.ts";
import { createCatalogFromShare } from "../sharing/create-catalog.ts";
import { providerMissing, recipientMissing, shareMissing } from "../sharing/errors.ts";
import { sharingOf } from "../sharing/service.ts";
import { callerOf, type ServerContext } from "./context.ts";
import { pageOf } from "./paging.ts";
import { answer, body, optional, pageQuery, param } from "./parameters.ts";
import { invalidParameter, Refusal } from "./refusal.ts";
import { catalogInfo } from "./unity-wire.ts";
import { grantChangesOf, providerInfo, recipientInfo, shareInfo, shareUpdate } from "./sharing-wire.ts";

/** Pages of the server's choice. */
const PAGE_SIZE = 100;

/** Shares, recipients, providers, and what their shares hold: Delta Sharing in the Unity Catalog API 2.1. */
export function sharingRoutes(app: FastifyInstance, { metastore, sharing }: ServerContext): void {
  const serving: Serving = {
    stored: metastore.sharing,
    sharingFor: (request) => sharingOf(sharing, () => callerOf(request)),
    mount: (request) => mountShare(sharing, request),
    serve: (endpoint, handler) =>
      void app.route({ method: endpoint.method, url: routePattern(endpoint), handler }),
  };
  shareRoutes(serving);
  recipientRoutes(serving);
  providerRoutes(serving);
}

interface Serving {
  readonly serve: (endpoint: Endpoint, handler: (request: FastifyRequest) => Promise<unknown>) => void;
  readonly sharingFor: (request: FastifyRequest) => Sharing;
  /** Makes a catalog from a share. */
  readonly mount: (request: FastifyRequest) => CatalogInfo;
  /** Records of what the port shows in short. */
  readonly stored: ShareStore;
}

function shareRoutes({ serve, sharingFor, stored }: Serving): void {
  const recordOf = (name: string): ShareRecord => {
    const record = stored.share(name);
    if (record === undefined) throw shareMissing(name);
    return record;
  };
  const existing = async (request: FastifyRequest): Promise<ShareRecord> => {
    const name = param(request, "name");
    if ((await sharingFor(request).share(name)) === undefined) throw shareMissing(name);
    return recordOf(name);
  };

  serve(endpoints.listShares, async (request) => {
    const shares = await sharingFor(request).shares();
    const records = shares.flatMap(({ name }) => stored.share(name) ?? []);
    return answer("shares", named(records, request), (record) => shareInfo(record));
  });
  serve(endpoints.createShare, async (request) => {
    const { name, comment } = body(CreateShareRequest, request);
    await sharingFor(request).createShare({ name, ...(comment !== undefined && { comment }) });
    return shareInfo(recordOf(name));
  });
  serve(endpoints.getShare, async (request) =>
    shareInfo(await existing(request), optional(request, "include_shared_data") === "true"),
  );
  serve(endpoints.updateShare, async (request) => {
    const { updates = [], ...other } = body(UpdateShareRequest, request);
    const unknown = Object.keys(other)[0];
    if (unknown !== undefined)
      throw new Refusal(
        501,
        "NOT_IMPLEMENTED",
        `The embedded workspace does not change '${unknown}' of a share.`,
      );
    const before = await existing(request);
    await sharingFor(request).updateShare(
      before.name,
      updates.map((update) => shareUpdate(update, before)),
    );
    return shareInfo(await existing(request), true);
  });
  serve(endpoints.deleteShare, async (request) => {
    await sharingFor(request).deleteShare((await existing(request)).name);
    return {};
  });
  serve(endpoints.getSharePermissions, async (request) => ({
    privilege_assignments: await sharingFor(request).shareGrants(param(request, "name")),
  }));
  serve(endpoints.updateSharePermissions, async (request) => {
    const { changes, omit_permissions_in_response = false } = body(UpdatePermissionsRequest, request);
    const name = param(request, "name");
    await sharingFor(request).changeShareGrants(name, grantChangesOf(changes));
    if (omit_permissions_in_response) return {};
    return { privilege_assignments: await sharingFor(request).shareGrants(name) };
  });
}

function recipientRoutes({ serve, sharingFor, stored }: Serving): void {
  const recordOf = (name: string): RecipientRecord => {
    const record = stored.recipient(name);
    if (record === undefined) throw recipientMissing(name);
    return record;
  };
  const existing = async (request: FastifyRequest): Promise<RecipientRecord> => {
    const record = recordOf(param(request, "name"));
    const seen = (await sharingFor(request).recipients()).some(({ name }) => name === record.name);
    if (!seen) throw recipientMissing(record.name);
    return record;
  };

  serve(endpoints.listRecipients, async (request) => {
    const globalMetastoreId = optional(request, "data_recipient_global_metastore_id");
    const found = await sharingFor(request).recipients(
      globalMetastoreId === undefined ? {} : { globalMetastoreId },
    );
    const records = found.flatMap(({ name }) => stored.recipient(name) ?? []);
    return answer("recipients", named(records, request), recipientInfo);
  });
  serve(endpoints.createRecipient, async (request) => {
    const { name, comment, ...wanted } = body(CreateRecipientRequest, request);
    const globalMetastoreId = wanted.data_recipient_global_metastore_id;
    if (wanted.authentication_type !== "DATABRICKS" || globalMetastoreId === undefined)
      throw new Refusal(
        501,
        "NOT_IMPLEMENTED",
        "The embedded workspace shares with metastores of Databricks (authentication_type DATABRICKS) only.",
      );
    await sharingFor(request).createRecipient({
      name,
      globalMetastoreId,
      ...(comment !== undefined && { comment }),
    });
    return recipientInfo(recordOf(name));
  });
  serve(endpoints.getRecipient, async (request) => recipientInfo(await existing(request)));
  serve(endpoints.deleteRecipient, async (request) => {
    await sharingFor(request).deleteRecipient((await existing(request)).name);
    return {};
  });
}

function providerRoutes({ serve, sharingFor, mount }: Serving): void {
  serve(endpoints.createCatalog, async (request) => mount(request));
  serve(endpoints.listProviders, async (request) => {
    const globalMetastoreId = optional(request, "data_provider_global_metastore_id");
    const found = await sharingFor(request).providers(
      globalMetastoreId === undefined ? {} : { globalMetastoreId },
    );
    return answer("providers", named(found, request), providerInfo);
  });
  serve(endpoints.getProvider, async (request) => {
    const name = param(request, "name").toLowerCase();
    const found = (await sharingFor(request).providers()).find((provider) => provider.name === name);
    if (found === undefined) throw providerMissing(name);
    return providerInfo(found);
  });
  serve(endpoints.listProviderShares, async (request) => {
    const shares = await sharingFor(request).providerShares(param(request, "name"));
    return answer(
      "shares",
      named(
        shares.map((name) => ({ name })),
        request,
      ),
      (share) => share,
    );
  });
  serve(endpoints.listShareAssets, async (request): Promise<ListShareAssetsResponse> => {
    const share = param(request, "share_name");
    const objects = await sharingFor(request).sharedObjects(param(request, "provider_name"), share);
    if (objects === undefined) throw shareMissing(share);
    const limit = Number(optional(request, "table_max_results") ?? objects.length);
    if (!Number.isInteger(limit) || limit < 0)
      throw invalidParameter("table_max_results must be a whole number that is not negative.");
    return {
      tables: objects.slice(0, limit).map(({ sharedAs }) => {
        const [schema = "", name = ""] = sharedAs.split(".");
        return { name, schema, share };
      }),
    };
  });
}

/** Other catalogs are made by SQL. */
function mountShare(context: SharingContext, request: FastifyRequest): CatalogInfo {
  const { name, comment, provider_name: provider, share_name: share } = body(CreateCatalogRequest, request);
  if (provider === undefined || share === undefined)
    throw new Refusal(
      501,
      "NOT_IMPLEMENTED",
      "The embedded workspace makes catalogs over REST from shares only (provider_name, share_name). Others are made by CREATE CATALOG.",
    );
  const principal = callerOf(request);
  const { metastore } = context;
  createCatalogFromShare(
    { context: { ...context, principal }, viewer: { metastore, principal } },
    { name, provider, share, ifNotExists: false, ...(comment !== undefined && { comment }) },
  );
  const made = metastore.catalog(name.toLowerCase());
  if (made === undefined) throw new RangeError(`catalog ${name} vanished`);
  return catalogInfo(made, metastore);
}

function named<T extends { readonly name: string }>(items: readonly T[], request: FastifyRequest) {
  const sorted = items.toSorted((a, b) => Buffer.from(a.name).compare(Buffer.from(b.name)));
  return pageOf(sorted, pageQuery(request), { keyOf: ({ name }) => name, pageSize: PAGE_SIZE });
}
