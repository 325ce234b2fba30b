import { encodePath, fileUri } from "@clone-xs/delta";
import { quoteName, quoteText } from "../execution/translate/quote.ts";
import { LONG, STRING, struct, TIMESTAMP, type StructType } from "../execution/types/types.ts";

/** The hidden column of a table's files: found by its name, not by `*`, and hidden by a column of the table that is called so. */
export const METADATA_COLUMN = "_metadata";

/** Source: "File metadata column" in the Databricks documentation. */
export const METADATA_TYPE: StructType = struct([
  { name: "file_path", type: STRING },
  { name: "file_name", type: STRING },
  { name: "file_size", type: LONG },
  { name: "file_block_start", type: LONG },
  { name: "file_block_length", type: LONG },
  { name: "file_modification_time", type: TIMESTAMP },
]);

/** What is known of a file without opening it. */
export interface FileFacts {
  /** Absolute path, or a URI. */
  readonly location: string;
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modificationTime: number;
}

/** The directory of a table, and the URI under which its users know it. */
export interface TableRoot {
  readonly directory: string;
  readonly uri?: string;
}

/** Whether a text may name the hidden column at all: it makes the query long, one value for each file. */
export function mayNameMetadata(text: string): boolean {
  return text.toLowerCase().includes(METADATA_COLUMN);
}

/** The column's value for the rows of a file, as DuckDB text. Files are read whole: each is one block. */
export function metadataValue(file: FileFacts, root: TableRoot): string {
  const values: Readonly<Record<string, string>> = {
    file_path: quoteText(filePath(file.location, root)),
    file_name: quoteText(file.location.slice(file.location.lastIndexOf("/") + 1)),
    file_size: `${file.size}::BIGINT`,
    file_block_start: "0::BIGINT",
    file_block_length: `${file.size}::BIGINT`,
    file_modification_time: `${quoteText(new Date(file.modificationTime).toISOString())}::TIMESTAMPTZ`,
  };
  const fields = Object.entries(values).map(([name, value]) => `${quoteName(name)} := ${value}`);
  return `struct_pack(${fields.join(", ")})`;
}

/** The file's URI; below the table's directory it begins with the table's own location. */
function filePath(location: string, { directory, uri }: TableRoot): string {
  if (!location.startsWith("/")) return location;
  if (uri === undefined || !location.startsWith(`${directory}/`)) return fileUri(location);
  return `${uri.replace(/\/+$/u, "")}/${encodePath(location.slice(directory.length + 1))}`;
}
