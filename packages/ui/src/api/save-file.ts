import { call } from "./client.ts";

/** Saves an answer of the API as a file of the reader's. */
export async function saveAnswer(path: string, name: string): Promise<void> {
  const answer = await call(path);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
