import { type FileEntry, fullName, type ObjectName, type Workspace } from "@clone-xs/unity";
import type { VolumeDetail, VolumeFiles } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { readGrants, readTags } from "./governance.ts";
import { found, requireNames } from "./parts.ts";

/** A volume and what stands around it. Throws NOT_FOUND. */
export async function volumeDetail(
  workspace: Workspace,
  name: ObjectName,
  signal: AbortSignal,
): Promise<VolumeDetail> {
  const volume = await findVolume(workspace, name);
  const object = { catalog: volume.catalog, schema: volume.schema, name: volume.name };
  const [grants, tags] = await Promise.all([
    readGrants(workspace, "volume", fullName(object)),
    readTags(workspace, { type: "volume", ...object }, signal),
  ]);
  return {
    ...object,
    owner: volume.owner,
    comment: volume.comment ?? null,
    volume_type: volume.volumeType,
    storage_location: volume.storageLocation,
    grants,
    tags,
  };
}

export interface FilesPage {
  /** Folder below the volume's root: names with `/` between them, as they are. */
  readonly path: string;
  readonly limit: number;
  /** Where an earlier page ended. */
  readonly after?: string;
}

/** One page of a folder. Throws NOT_FOUND, and INVALID_REQUEST for what is no path below the volume. */
export async function volumeFiles(
  workspace: Workspace,
  name: ObjectName,
  { path, limit, after }: FilesPage,
): Promise<VolumeFiles> {
  const volume = await findVolume(workspace, name);
  const folder = folderOf(path);
  const root = `/Volumes/${volume.catalog}/${volume.schema}/${volume.name}`;
  const address = folder === "" ? root : `${root}/${folder}`;
  const entries = found(await workspace.files.list(address), "folder", address);
  return { path: folder, ...pageOf(entries, limit, after) };
}

/** `a//b/` is `a/b`. Names that lead out of the folder are refused. */
function folderOf(path: string): string {
  const names = path.split("/").filter((name) => name !== "");
  if (names.every((name) => name !== "." && name !== ".." && !/\p{Cc}/u.test(name))) return names.join("/");
  const message = "A path is names below the volume with / between them.";
  throw new ServerError("INVALID_REQUEST", message, { fields: [{ path: "path", message }] });
}

/** Directories first, each kind by name; `after` is the order's own key of the last entry of the page before. */
export function pageOf(
  entries: readonly FileEntry[],
  limit: number,
  after?: string,
): Pick<VolumeFiles, "entries" | "next"> {
  const keyed = entries
    .map((entry) => ({ entry, name: lastName(entry.path) }))
    .map(({ entry, name }) => ({ entry, name, key: `${entry.isDirectory ? "d" : "f"}/${name}` }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const page = keyed.slice(0, limit);
  return {
    entries: page.map(({ entry, name }) => ({
      name,
      is_directory: entry.isDirectory,
      size: String(entry.size),
      modified_at: new Date(entry.modifiedAt).toISOString(),
    })),
    next: keyed.length > limit ? (page.at(-1)?.key ?? null) : null,
  };
}

function lastName(path: string): string {
  const plain = path.replace(/\/+$/u, "");
  return plain.slice(plain.lastIndexOf("/") + 1);
}

async function findVolume({ unity }: Workspace, name: ObjectName) {
  requireNames("volume", name.catalog, name.schema, name.name);
  const wanted = name.name.toLowerCase();
  const volumes = await unity.volumes(name.catalog, name.schema);
  return found(
    volumes.find((each) => each.name.toLowerCase() === wanted),
    "volume",
    fullName(name),
  );
}
