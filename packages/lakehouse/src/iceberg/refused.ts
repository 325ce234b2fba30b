import { failure } from "../execution/errors.ts";

/** An Iceberg table has something that is not read here. */
export function refusedIceberg(what: string, directory: string) {
  return failure(
    "UNSUPPORTED_FEATURE",
    "0A000",
    `The feature is not supported by the embedded workspace: Iceberg tables with ${what} (${directory}).`,
  );
}
