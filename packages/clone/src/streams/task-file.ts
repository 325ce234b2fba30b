import { readFile } from "node:fs/promises";
import { createSchema, createCatalog, createVolume } from "@clone-xs/sql";
import { sendUntilKnown } from "../execute/retry.ts";
import { sendEnsuring } from "./first-copy.ts";
import { programPath, programVolume, TASK_FILE, taskFilePath } from "./names.ts";
import type { StreamPorts } from "./ports.ts";
import { parseProgram, programText, type StreamProgram } from "./program.ts";
import { CloneError } from "../errors.ts";
import type { Files } from "@clone-xs/unity";

/** Puts a program into the workspace, and beside it the file that runs it. Gives the program's path. */
export async function shipProgram(program: StreamProgram, ports: StreamPorts): Promise<string> {
  const { audit } = ports.settings;
  await ensureVolume(ports);
  const path = programPath(audit, program.stream.stream_id);
  await write(taskFilePath(audit), await shippedTaskFile(), ports);
  await write(path, new TextEncoder().encode(programText(program)), ports);
  return path;
}

/** The Python file that runs a stream: it lies beside this module, built or not. */
function shippedTaskFile(): Promise<Uint8Array> {
  return readFile(new URL(`./${TASK_FILE}`, import.meta.url));
}

/** Throws STREAM_UNREADABLE when it is gone or not ours, and what the workspace throws. */
export async function readProgram(files: Files, path: string): Promise<StreamProgram> {
  if ((await files.stat(path)) === undefined)
    throw new CloneError("STREAM_UNREADABLE", `There is no program at ${path}.`, { object: path });
  const pieces: Uint8Array[] = [];
  for await (const piece of files.read(path)) pieces.push(piece);
  return parseProgram(Buffer.concat(pieces).toString("utf8"), path);
}

async function ensureVolume(ports: StreamPorts): Promise<void> {
  const volume = programVolume(ports.settings.audit);
  const { unity } = ports.workspace;
  if ((await unity.catalog(volume.catalog)) === undefined)
    await sendEnsuring(createCatalog({ catalog: volume.catalog, ifNotExists: true }), ports);
  const schemas = await unity.schemas(volume.catalog);
  if (!schemas.some(({ schema }) => schema.toLowerCase() === volume.schema.toLowerCase()))
    await sendEnsuring(createSchema({ ...volume, ifNotExists: true }), ports);
  const volumes = await unity.volumes(volume.catalog, volume.schema);
  if (!volumes.some(({ name }) => name === volume.name))
    await sendEnsuring(createVolume({ ...volume, ifNotExists: true }), ports);
}

async function write(path: string, content: Uint8Array, ports: StreamPorts): Promise<void> {
  const send = () =>
    ports.workspace.files.write(path, once(content), {
      overwrite: true,
      ...(ports.signal ? { signal: ports.signal } : {}),
    });
  await sendUntilKnown(
    { send: () => send().then(() => true), observe: () => send().then(() => true) },
    ports,
  );
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(content);
}
