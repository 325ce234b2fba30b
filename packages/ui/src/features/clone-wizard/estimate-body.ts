import type { EstimateBody } from "../../api/queries.ts";
import { type Draft, toRequest } from "./draft.ts";

/**
 * The part of a draft that an estimate is made of: both ends and the schemas. A destination in another workspace is not compared: there is
 * nothing of it in the source's.
 */
export function estimateBody(draft: Draft): EstimateBody {
  const { source_catalog, destination_catalog, include_schemas, exclude_schemas } = toRequest(draft);
  return {
    source_catalog,
    ...(draft.elsewhere ? {} : { destination_catalog }),
    ...(include_schemas === undefined ? {} : { include_schemas }),
    ...(exclude_schemas === undefined ? {} : { exclude_schemas }),
  };
}
