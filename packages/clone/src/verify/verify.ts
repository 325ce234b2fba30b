import { schemaInScope } from "../decide/scope.ts";
import type { InspectPorts } from "../inspect/ends.ts";
import { inspectExistingCatalog } from "../inspect/inspect.ts";
import type { Inventory } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";
import {
  type CatalogVerification,
  type Certificate,
  certificateOf,
  type VerifyRequest,
  verificationOf,
} from "./certificate.ts";
import { isInSubset, type Subset, subjectsIn } from "./subjects.ts";
import { type Told, verifyObjects } from "./verify-objects.ts";

export interface VerifyOptions extends Pick<VerifyRequest, "rows" | "content"> {
  /** Compare tags, grants and owners too. */
  readonly governance: boolean;
  readonly subset?: Subset;
  /** Hears of each object that was compared. */
  readonly told?: Told;
}

/**
 * Compares each object in scope with its copy: rows at the version that was cloned, and what the catalogs tell. Of the request its
 * catalogs, scope, options of what to copy, added properties and parallelism count. Throws CATALOG_NOT_FOUND for either catalog,
 * and SCHEMA_NOT_FOUND for a schema that is named and not there.
 */
export async function verifyCatalogs(
  request: CloneRequest,
  options: VerifyOptions,
  ports: InspectPorts,
): Promise<CatalogVerification> {
  const { rows, content, governance, subset, told } = options;
  const { source, target } = await bothEnds(request, ports);
  const subjects = subjectsIn(source.schemas, request).filter(
    (subject) => subset === undefined || isInSubset(subject, subset),
  );
  const { copy } = request;
  const asked = governance ? {} : { permissions: false, ownership: false, tags: false };
  const verifying = {
    rows,
    content,
    aspects: { ...copy, ...asked },
    parallel: request.maxParallel,
    added: Object.keys(request.tableProperties),
    known: [],
    ...(told ? { told } : {}),
  };
  const { objects } = await verifyObjects(subjects, { source, target }, verifying, ports);
  return {
    source_catalog: source.catalog.name,
    destination_catalog: target.catalog.name,
    rows,
    ...(subset ? { subset: `${subset.part}/${subset.of}` } : {}),
    ...verificationOf([...unreadSchemas(source, target), ...objects]),
  };
}

/** Both catalogs as they are, as far as the scope of the request goes. */
export async function bothEnds(
  request: CloneRequest,
  ports: InspectPorts,
): Promise<{ readonly source: Inventory; readonly target: Inventory }> {
  const options = {
    wanted: (schema: string) => schemaInScope(schema, request.scope),
    parallel: request.maxWorkers,
    ...(ports.signal ? { signal: ports.signal } : {}),
  };
  const named = request.scope.includeSchemas;
  const [source, target] = await Promise.all([
    inspectExistingCatalog(ports.source, { ...options, catalog: request.sourceCatalog, named }),
    inspectExistingCatalog(ports.target, { ...options, catalog: request.destinationCatalog }),
  ]);
  return { source, target };
}

/** What a schema holds is not known when it could not be listed. */
function unreadSchemas(source: Inventory, target: Inventory): readonly Certificate[] {
  return [source, target].flatMap(({ schemas }) =>
    schemas.flatMap(({ schema, failure }) =>
      failure === undefined
        ? []
        : [
            certificateOf(
              { object: schema.schema, kind: "schema" },
              { differs: [], unknown: [failure.message] },
            ),
          ],
    ),
  );
}
