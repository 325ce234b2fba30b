import { type FileEntry, type Files, type ReadOptions, WorkspaceError } from "@clone-xs/unity";
import {
  type DirectoryEntry,
  directoriesPath,
  encodePath,
  filesPath,
  ListDirectoryResponse,
} from "../../contract/index.ts";
import type { HttpClient } from "../http/client.ts";
import { missingAsUndefined } from "../unity/missing.ts";
import { listPages } from "../unity/pages.ts";

/** Answer to a range that begins behind the last byte. */
const PAST_THE_END = 416;

/** Files of volumes over the Files API 2.0. Bodies are streamed in both directions. */
export function createFiles(http: HttpClient): Files {
  return {
    async list(path) {
      const found = await missingAsUndefined(
        listPages(http, {
          path: urlPath(directoriesPath, path),
          answer: ListDirectoryResponse,
          items: (page) => page.contents,
        }),
      );
      return found?.map(toEntry);
    },
    async stat(path) {
      const request = { method: "HEAD", path: urlPath(filesPath, path), effect: "read" } as const;
      // An answer to HEAD has no body that could say more.
      const { status, headers, content } = await http.bytes({ ...request, takes: [404] });
      await drain(content);
      if (status === 404) return undefined;
      return {
        path,
        isDirectory: false,
        size: Number(headers["content-length"] ?? 0),
        modifiedAt: Date.parse(headers["last-modified"] ?? "") || 0,
      };
    },
    read: (path, options = {}) => readFile(http, path, options),
    async write(path, content, { overwrite = false, signal } = {}) {
      try {
        const { content: rest } = await http.bytes({
          method: "PUT",
          path: urlPath(filesPath, path),
          query: { overwrite },
          headers: { "content-type": "application/octet-stream" },
          effect: "write",
          content,
          signal,
        });
        await drain(rest);
      } catch (error) {
        throw overwrite ? repeatable(error) : error;
      }
    },
    async makeDirectory(path) {
      const { content } = await http.bytes({
        method: "PUT",
        path: urlPath(directoriesPath, path),
        // Making what is there already does nothing.
        effect: "read",
      });
      await drain(content);
    },
    async remove(path) {
      // Deleting what is gone already does nothing.
      const request = { method: "DELETE", path: urlPath(filesPath, path), effect: "read" } as const;
      const answer = await missingAsUndefined(http.bytes(request));
      if (answer !== undefined) await drain(answer.content);
    },
  };
}

async function* readFile(
  http: HttpClient,
  path: string,
  { offset = 0, signal }: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const answer = await http.bytes({
    method: "GET",
    path: urlPath(filesPath, path),
    effect: "read",
    ...(offset === 0 ? {} : { headers: { range: `bytes=${offset}-` } }),
    takes: [PAST_THE_END],
    signal,
  });
  if (answer.status === PAST_THE_END) return drain(answer.content);
  // A server that does not know ranges sends the whole file.
  let skip = answer.status === 206 ? 0 : offset;
  try {
    for await (const piece of answer.content) {
      if (skip < piece.length) yield skip === 0 ? piece : piece.subarray(skip);
      skip = Math.max(0, skip - piece.length);
    }
  } catch (cause) {
    if (signal?.aborted === true)
      throw new WorkspaceError("CANCELED", `Reading ${path} was cancelled.`, { cause });
    throw new WorkspaceError("UNAVAILABLE", `The connection broke while ${path} was read.`, {
      retryable: true,
      cause,
    });
  }
}

/** Parts that URLs would resolve on the way never reach the service, which could not refuse them. */
function urlPath(prefix: string, path: string): string {
  const resolved = path.split("/").some((part) => part === "." || part === "..");
  if (resolved || !path.startsWith("/"))
    throw new WorkspaceError("INVALID_REQUEST", `'${path}' is no path of a file in a volume.`);
  return prefix + encodePath(path);
}

function toEntry({ path, is_directory, file_size, last_modified }: DirectoryEntry): FileEntry {
  const isDirectory = is_directory === true;
  return {
    path,
    isDirectory,
    size: isDirectory ? 0 : (file_size ?? 0),
    modifiedAt: last_modified ?? 0,
  };
}

/** The same bytes over the same file do no harm. */
function repeatable(error: unknown): unknown {
  if (!(error instanceof WorkspaceError) || error.code !== "UNKNOWN_RESULT") return error;
  return new WorkspaceError("UNAVAILABLE", error.message, { retryable: true, cause: error });
}

async function drain(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of content);
}
