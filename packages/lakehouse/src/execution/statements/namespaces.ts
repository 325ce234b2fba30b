import { mkdir } from "node:fs/promises";
import type { QualifiedName } from "@clone-xs/sql";
import type { SchemaName } from "@clone-xs/unity";
import { requireCreateCatalog, requireCreateSchema, requireCreateVolume } from "../../authorization/index.ts";
import { createCatalogFromShare } from "../../sharing/create-catalog.ts";
import {
  catalogExists,
  catalogNotFound,
  failure,
  quotedParts,
  schemaExists,
  unsupported,
} from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { nameParts, objectName, partsOf, schemaName } from "../object-names.ts";
import { locationForNew } from "../paths.ts";
import { DONE, type Work } from "../work.ts";
import {
  checkNewName,
  commentOf,
  madeNow,
  propertiesOf,
  requireNamespace,
  type StatementOf,
} from "./statement.ts";

/** CREATE CATALOG; the schema `default` comes with it. */
export function createCatalog(work: Work, statement: StatementOf<"createCatalog">): ExecutionResult {
  const { metastore, uuid } = work.context;
  const [name = "", ...more] = partsOf(statement.name).map((part) => part.toLowerCase());
  if (more.length > 0) throw unsupported("a catalog name of several parts");
  if (statement.orReplace) throw unsupported("CREATE OR REPLACE CATALOG");
  if (statement.managedLocation !== undefined) throw unsupported("MANAGED LOCATION");
  if (statement.usingShare !== undefined) return mountShare(work, name, statement, statement.usingShare);
  checkNewName(name, "Catalog");
  return metastore.transaction(() => {
    if (metastore.catalog(name) !== undefined) {
      if (statement.ifNotExists) return DONE;
      throw catalogExists(name);
    }
    requireCreateCatalog(work.viewer);
    const stamp = madeNow(work);
    metastore.putCatalog({ ...stamp, ...commentOf(statement.comment), id: uuid(), name, properties: {} });
    metastore.putSchema({
      ...stamp,
      comment: "Default schema (auto-created)",
      id: uuid(),
      catalog: name,
      schema: "default",
      properties: {},
    });
    return DONE;
  });
}

/** CREATE CATALOG … USING SHARE: nothing comes with it but what the share holds. */
function mountShare(
  work: Work,
  name: string,
  { ifNotExists, comment }: StatementOf<"createCatalog">,
  from: QualifiedName,
): ExecutionResult {
  const [provider = "", share = "", ...more] = partsOf(from);
  if (share === "" || more.length > 0)
    throw failure(
      "INVALID_PARAMETER_VALUE",
      "22023",
      "USING SHARE takes the names of a provider and a share.",
    );
  createCatalogFromShare(work, { name, ifNotExists, provider, share, ...commentOf(comment) });
  return DONE;
}

/** CREATE SCHEMA. */
export function createSchema(work: Work, statement: StatementOf<"createSchema">): ExecutionResult {
  const { metastore, uuid } = work.context;
  const name: SchemaName = schemaName(partsOf(statement.name), work.namespace, {
    text: work.input.text,
    span: statement.name,
  });
  if (statement.orReplace) throw unsupported("CREATE OR REPLACE SCHEMA");
  if (statement.managedLocation !== undefined) throw unsupported("MANAGED LOCATION");
  checkNewName(name.schema, "Schema");
  return metastore.transaction(() => {
    if (metastore.catalog(name.catalog) === undefined) throw catalogNotFound(name.catalog);
    if (metastore.schema(name) !== undefined || name.schema === "information_schema") {
      if (statement.ifNotExists) return DONE;
      throw schemaExists([name.catalog, name.schema]);
    }
    requireCreateSchema(work.viewer, name.catalog);
    metastore.putSchema({
      ...madeNow(work),
      ...commentOf(statement.comment),
      ...name,
      id: uuid(),
      properties: propertiesOf(statement.properties),
    });
    return DONE;
  });
}

/** CREATE [EXTERNAL] VOLUME: a managed one gets a directory of its own. */
export async function createVolume(
  work: Work,
  statement: StatementOf<"createVolume">,
): Promise<ExecutionResult> {
  const { metastore, uuid, locations } = work.context;
  const name = objectName(partsOf(statement.name), work.namespace, {
    text: work.input.text,
    span: statement.name,
  });
  if (statement.orReplace) throw unsupported("CREATE OR REPLACE VOLUME");
  checkNewName(name.name, "Volume");
  requireNamespace(work, name);
  requireCreateVolume(work.viewer, name);
  const existing = metastore.volume(name);
  if (existing !== undefined && statement.ifNotExists) return DONE;
  if (statement.external && statement.location === undefined)
    throw failure("VOLUME_LOCATION_REQUIRED", "42601", "An external volume needs a LOCATION.");
  if (!statement.external && statement.location !== undefined)
    throw failure(
      "INVALID_PARAMETER_VALUE",
      "22023",
      "A managed volume takes no LOCATION; write CREATE EXTERNAL VOLUME.",
    );
  const location =
    statement.location === undefined
      ? locations.newVolumeDirectory(uuid())
      : locationForNew(work, statement.location, "CREATE EXTERNAL VOLUME");
  await mkdir(location, { recursive: true });
  return metastore.transaction(() => {
    if (metastore.volume(name) !== undefined)
      throw failure(
        "VOLUME_ALREADY_EXISTS",
        "42000",
        `Cannot create volume ${quotedParts(nameParts(name))} because it already exists.`,
      );
    metastore.putVolume({
      ...madeNow(work),
      ...commentOf(statement.comment),
      ...name,
      id: uuid(),
      volumeType: statement.external ? "EXTERNAL" : "MANAGED",
      location,
    });
    return DONE;
  });
}
