import { fullName, type UnityReads } from "@clone-xs/unity";
import {
  CatalogInfo,
  EffectivePermissionsResponse,
  endpoints,
  ListCatalogsResponse,
  ListFunctionsResponse,
  ListSchemasResponse,
  ListTablesResponse,
  ListVolumesResponse,
  MetastoreSummaryResponse,
  PermissionsResponse,
  pathTo,
  TableInfo,
} from "../../contract/index.ts";
import type { HttpClient } from "../http/client.ts";
import { missingAsUndefined } from "./missing.ts";
import { listPages } from "./pages.ts";
import { toAssignments, toEffectivePrivileges } from "./to-privileges.ts";
import { toRoutine } from "./to-routine.ts";
import { toCatalog, toMetastore, toSchema, toVolume } from "./to-securables.ts";
import { toTable } from "./to-table.ts";

/** `max_results=0`: pages of the server's choice. Left out, the service refuses large listings. */
const serverPaged = { max_results: 0 };

/** Unity Catalog over REST. Objects that are visible for browsing only are left to the service: no `include_browse`. */
export function createUnityReads(http: HttpClient): UnityReads {
  return {
    async metastore() {
      return toMetastore(
        await http.call({ ...endpoints.metastoreSummary, effect: "read", answer: MetastoreSummaryResponse }),
      );
    },

    async catalogs() {
      const found = await listPages(http, {
        path: endpoints.listCatalogs.path,
        query: serverPaged,
        answer: ListCatalogsResponse,
        items: (page) => page.catalogs,
      });
      return found.map(toCatalog);
    },

    async catalog(name) {
      const path = pathTo(endpoints.getCatalog, { name });
      const found = await missingAsUndefined(
        http.call({ method: "GET", path, effect: "read", answer: CatalogInfo }),
      );
      return found === undefined ? undefined : toCatalog(found);
    },

    async schemas(catalog_name) {
      const query = { catalog_name, ...serverPaged };
      const found = await listPages(http, {
        path: endpoints.listSchemas.path,
        query,
        answer: ListSchemasResponse,
        items: (page) => page.schemas,
      });
      return found.map(toSchema);
    },

    async tables(catalog_name, schema_name) {
      const query = { catalog_name, schema_name, ...serverPaged };
      const found = await listPages(http, {
        path: endpoints.listTables.path,
        query,
        answer: ListTablesResponse,
        items: (page) => page.tables,
      });
      return found.map(toTable);
    },

    async table(name) {
      const path = pathTo(endpoints.getTable, { full_name: fullName(name) });
      const found = await missingAsUndefined(
        http.call({ method: "GET", path, effect: "read", answer: TableInfo }),
      );
      return found === undefined ? undefined : toTable(found);
    },

    async functions(catalog_name, schema_name) {
      const query = { catalog_name, schema_name, ...serverPaged };
      const found = await listPages(http, {
        path: endpoints.listFunctions.path,
        query,
        answer: ListFunctionsResponse,
        items: (page) => page.functions,
      });
      return found.map(toRoutine);
    },

    async volumes(catalog_name, schema_name) {
      const query = { catalog_name, schema_name, ...serverPaged };
      const found = await listPages(http, {
        path: endpoints.listVolumes.path,
        query,
        answer: ListVolumesResponse,
        items: (page) => page.volumes,
      });
      return found.map(toVolume);
    },

    async permissions(securable_type, full_name) {
      const path = pathTo(endpoints.getPermissions, { securable_type, full_name });
      const found = await listPages(http, {
        path,
        query: serverPaged,
        answer: PermissionsResponse,
        items: (page) => page.privilege_assignments,
      });
      return toAssignments(found);
    },

    async effectivePermissions(securable_type, full_name) {
      const path = pathTo(endpoints.getEffectivePermissions, { securable_type, full_name });
      const found = await listPages(http, {
        path,
        query: serverPaged,
        answer: EffectivePermissionsResponse,
        items: (page) => page.privilege_assignments,
      });
      return toEffectivePrivileges(found);
    },
  };
}
