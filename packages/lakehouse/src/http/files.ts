import { Readable } from "node:stream";
import { directoriesPath, type DirectoryEntry, filesPath, UPLOAD_BYTES } from "@clone-xs/databricks/contract";
import { type FileEntry, WorkspaceError } from "@clone-xs/unity";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { missingFile } from "../workspace/files/place.ts";
import { type VolumeFiles, volumeFiles } from "../workspace/files/volume-files.ts";
import { readerOf, type ServerContext } from "./context.ts";
import { pageOf } from "./paging.ts";
import { invalidParameter, Refusal, refusalOf } from "./refusal.ts";

/** Entries of one page at most, and when nothing is said. Source: Files API, "List directory contents". */
const PAGE_SIZE = 1000;

/** Files API 2.0: bodies are the files themselves, both ways, and never held in memory. */
export function fileRoutes(app: FastifyInstance, context: ServerContext): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    scope.setErrorHandler((error) => {
      throw fileRefusal(error);
    });
    const files = (request: FastifyRequest) => volumeFiles(() => readerOf(context, request), context);
    contentRoutes(scope, files);
    directoryRoutes(scope, files);
  });
}

function contentRoutes(app: FastifyInstance, files: (request: FastifyRequest) => VolumeFiles): void {
  const url = `${filesPath}/*`;
  app.head(url, async (request, reply) => {
    const entry = await existing(files(request), pathOf(request, filesPath));
    return describe(reply, entry).header("content-length", entry.size).send();
  });
  app.get(url, async (request, reply) => {
    const path = pathOf(request, filesPath);
    const entry = await existing(files(request), path);
    const range = rangeOf(request.headers.range, entry.size);
    describe(reply, entry);
    if (range === undefined)
      return reply.header("content-length", entry.size).send(body(files(request), path));
    const { start, end } = range;
    return reply
      .code(206)
      .header("content-length", end - start + 1)
      .header("content-range", `bytes ${start}-${end}/${entry.size}`)
      .send(body(files(request), path, { offset: start, length: end - start + 1 }));
  });
  app.put(url, async (request, reply) => {
    if (Number(request.headers["content-length"] ?? 0) > UPLOAD_BYTES)
      throw invalidParameter(`A file of more than ${UPLOAD_BYTES} bytes cannot be uploaded in one request.`);
    const { overwrite } = request.query as { readonly overwrite?: string };
    const content = (request.body ?? []) as AsyncIterable<Uint8Array>;
    await files(request).write(pathOf(request, filesPath), content, { overwrite: overwrite === "true" });
    return reply.code(204).send();
  });
  app.delete(url, async (request, reply) => {
    const path = pathOf(request, filesPath);
    await existing(files(request), path);
    await files(request).remove(path);
    return reply.code(204).send();
  });
}

function directoryRoutes(app: FastifyInstance, files: (request: FastifyRequest) => VolumeFiles): void {
  const url = `${directoriesPath}/*`;
  app.head(url, async (request, reply) => {
    const path = pathOf(request, directoriesPath);
    if ((await files(request).list(path)) === undefined) throw missingFile(path);
    return reply.header("content-type", "application/json").send();
  });
  app.get(url, async (request, reply) => {
    const path = pathOf(request, directoriesPath);
    const found = await files(request).list(path);
    if (found === undefined) throw missingFile(path);
    const { page_size, page_token } = request.query as Readonly<Record<string, string | undefined>>;
    const { items, next_page_token } = pageOf(
      found.toSorted((a, b) => Buffer.from(a.path).compare(Buffer.from(b.path))),
      {
        max_results: page_size ?? "0",
        ...(page_token === undefined ? {} : { page_token }),
        empty: request.emptyPage,
      },
      { keyOf: (entry) => entry.path, pageSize: PAGE_SIZE },
    );
    const contents = items.map(entryInfo);
    return reply.send(next_page_token === undefined ? { contents } : { contents, next_page_token });
  });
  app.put(url, async (request, reply) => {
    await files(request).makeDirectory(pathOf(request, directoriesPath));
    return reply.code(204).send();
  });
  app.delete(url, async (request, reply) => {
    await files(request).removeDirectory(pathOf(request, directoriesPath));
    return reply.code(204).send();
  });
}

function entryInfo({ path, isDirectory, size, modifiedAt }: FileEntry): DirectoryEntry {
  return {
    path,
    name: path.slice(path.lastIndexOf("/") + 1),
    is_directory: isDirectory,
    ...(isDirectory ? {} : { file_size: size }),
    last_modified: modifiedAt,
  };
}

async function existing(files: VolumeFiles, path: string): Promise<FileEntry> {
  const entry = await files.stat(path);
  if (entry === undefined) throw missingFile(path);
  return entry;
}

function describe(reply: FastifyReply, { modifiedAt }: FileEntry): FastifyReply {
  return reply.headers({
    "content-type": "application/octet-stream",
    "accept-ranges": "bytes",
    "last-modified": new Date(modifiedAt).toUTCString(),
  });
}

function body(
  files: VolumeFiles,
  path: string,
  { offset = 0, length = Number.POSITIVE_INFINITY }: { offset?: number; length?: number } = {},
): Readable {
  return Readable.from(first(files.read(path, { offset }), length), { objectMode: false });
}

async function* first(content: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length;
  for await (const piece of content) {
    yield piece.length <= left ? piece : piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) return;
  }
}

/** One range in bytes, ends included; `undefined` when there is none or it is not understood (RFC 9110 §14.2). Throws 416. */
function rangeOf(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | undefined {
  const found = /^bytes=(\d*)-(\d*)$/u.exec(header?.trim() ?? "");
  if (found === null || (found[1] === "" && found[2] === "")) return undefined;
  const last = size - 1;
  const [start, end] =
    found[1] === ""
      ? [Math.max(size - Number(found[2]), 0), last]
      : [Number(found[1]), found[2] === "" ? last : Math.min(Number(found[2]), last)];
  if (start > last) throw new Refusal(416, "INVALID_PARAMETER_VALUE", `The file has ${size} bytes.`);
  return start > end ? undefined : { start, end };
}

/** The path below a prefix as it came, decoded part by part: what is `%2F` there is no separator. */
function pathOf(request: FastifyRequest, prefix: string): string {
  const raw = (request.url.split("?")[0] ?? "").slice(prefix.length);
  return raw.split("/").map(decodePart).join("/");
}

function decodePart(part: string): string {
  const name = decodeURIComponent(part);
  if (name.includes("/")) throw invalidParameter(`'${name}' cannot be the name of a file or directory.`);
  return name;
}

/** The Files API words two cases in its own way: missing is NOT_FOUND whatever is missing, and what exists is a conflict. */
function fileRefusal(error: unknown): unknown {
  if (!(error instanceof WorkspaceError)) return error;
  const { message } = refusalOf(error);
  if (error.code === "NOT_FOUND")
    return new Refusal(404, "NOT_FOUND", message, [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "FILES_API_RESOURCE_NOT_FOUND",
        domain: "filesystem.databricks.com",
        metadata: {},
      },
    ]);
  return error.code === "ALREADY_EXISTS" ? new Refusal(409, "ALREADY_EXISTS", message) : error;
}
