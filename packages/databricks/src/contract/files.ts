import { z } from "zod";

/** Files API 2.0: `/api/2.0/fs/files{path}` and `/api/2.0/fs/directories{path}` for paths below `/Volumes`. */
export const filesPath = "/api/2.0/fs/files";
export const directoriesPath = "/api/2.0/fs/directories";

/** Largest body of one upload. Source: Files API, "Upload a file". */
export const UPLOAD_BYTES = 5 * 2 ** 30;

/** An absolute path, percent-encoded part by part. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

export const DirectoryEntry = z.object({
  path: z.string(),
  name: z.string().optional(),
  /** False when absent. */
  is_directory: z.boolean().optional(),
  /** Absent for directories. */
  file_size: z.number().optional(),
  /** Epoch milliseconds. */
  last_modified: z.number().optional(),
});
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;

export const ListDirectoryResponse = z.object({
  contents: z.array(DirectoryEntry).optional(),
  next_page_token: z.string().optional(),
});
export type ListDirectoryResponse = z.infer<typeof ListDirectoryResponse>;
