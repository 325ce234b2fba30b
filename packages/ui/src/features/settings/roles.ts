import type { Role } from "../../api/session.ts";

/** What each role may, after "may". */
export const MAY: Readonly<Record<Role, string>> = {
  viewer: "look at everything, and ask what a clone would do and cost",
  operator: "look, and start, cancel, resume, undo and schedule clones and streams",
  admin: "do everything: also decide about connections, tokens and where news goes",
};

/** `rollBackRun` → `Roll back run`: an operation of the API in words. */
export function actionWords(operation: string): string {
  const words = operation.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** How a request ended, in a word. */
export function outcomeOf(status: number): { readonly word: string; readonly tone: "good" | "warn" | "bad" } {
  if (status < 400) return { word: "done", tone: "good" };
  if (status === 401) return { word: "not signed in", tone: "bad" };
  if (status === 403) return { word: "not allowed", tone: "bad" };
  if (status === 429) return { word: "too often", tone: "warn" };
  return status < 500 ? { word: "not possible", tone: "warn" } : { word: "failed", tone: "bad" };
}
