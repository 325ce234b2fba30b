import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { temporaryDirectory } from "../../test/fixtures.ts";
import { digestOf } from "./digest.ts";
import { openTokenStore, SESSION_MS, TOKENS_FILE } from "./token-store.ts";

const MINUTE = 60_000;

function store(directory = temporaryDirectory()) {
  const opened = openTokenStore(directory, randomBytes);
  onTestFinished(() => opened.close());
  return opened;
}

it("knows a token by its text, which is kept nowhere", () => {
  const directory = temporaryDirectory();
  const tokens = store(directory);
  const { token, text } = tokens.add({ name: "nightly", role: "operator", createdBy: "ada" }, 1_000);
  expect(token).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{12}$/u) as string,
    name: "nightly",
    role: "operator",
    createdAt: 1_000,
    createdBy: "ada",
  });
  expect(text).toMatch(/^clxs_[\w-]{43}$/u);
  expect(tokens.use(digestOf(text), 2_000)).toMatchObject({ name: "nightly", role: "operator" });
  expect(tokens.use(digestOf(`${text}x`), 2_000)).toBeUndefined();
  for (const file of [TOKENS_FILE, `${TOKENS_FILE}-wal`])
    expect(readFileSync(join(directory, file), "latin1")).not.toContain(text);
});

it("refuses a second token of a name", () => {
  const tokens = store();
  tokens.add({ name: "ci", role: "viewer", createdBy: "ada" }, 1);
  expect(() => tokens.add({ name: "ci", role: "admin", createdBy: "ada" }, 2)).toThrow(
    "There is a token ci already. Choose another name, or remove that one first.",
  );
});

it("notes the use of a token at most once a minute", () => {
  const tokens = store();
  const { text } = tokens.add({ name: "ci", role: "viewer", createdBy: "ada" }, 0);
  const usedAt = (at: number) => {
    tokens.use(digestOf(text), at);
    return tokens.list()[0]?.lastUsedAt;
  };
  expect([MINUTE, MINUTE + 59_999, 2 * MINUTE].map(usedAt)).toEqual([MINUTE, MINUTE, 2 * MINUTE]);
});

it("knows an expired token no more, from the moment it expires", () => {
  const tokens = store();
  const { text } = tokens.add({ name: "ci", role: "viewer", createdBy: "ada", expiresAt: 5_000 }, 0);
  expect(tokens.use(digestOf(text), 4_999)).toBeDefined();
  expect(tokens.use(digestOf(text), 5_000)).toBeUndefined();
});

it("ends the sessions of a token with it, also when another process removes it", () => {
  const directory = temporaryDirectory();
  const tokens = store(directory);
  const { token, text } = tokens.add({ name: "ada", role: "viewer", createdBy: "server" }, 0);
  const session = tokens.openSession(digestOf(text), 0);
  expect(tokens.session(session.text, 1)).toMatchObject({ tokenDigest: digestOf(text) });
  expect(store(directory).remove(token.id)).toMatchObject({ name: "ada" });
  expect(tokens.session(session.text, 1)).toBeUndefined();
  expect(tokens.use(digestOf(text), 1)).toBeUndefined();
});

it("keeps a session open for as long as it is used, and no longer", () => {
  const tokens = store();
  const { text } = tokens.openSession("d", 0);
  expect(tokens.session(text, SESSION_MS - 1)?.expiresAt).toBe(2 * SESSION_MS - 1);
  expect(tokens.session(text, 2 * SESSION_MS - 2)).toBeDefined();
  expect(tokens.session(text, 3 * SESSION_MS)).toBeUndefined();
});

it("closes a session", () => {
  const tokens = store();
  const { text } = tokens.openSession("d", 0);
  tokens.closeSession(text);
  expect(tokens.session(text, 1)).toBeUndefined();
});
