import { WorkspaceError } from "@clone-xs/unity";

/** What was asked for, or `undefined` when it does not exist. */
export async function missingAsUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof WorkspaceError && error.code === "NOT_FOUND") return undefined;
    throw error;
  }
}
