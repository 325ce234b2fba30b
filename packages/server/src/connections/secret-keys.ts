import { createHash, createSecretKey, type KeyObject } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { ServerError } from "../errors.ts";

/** A key of AES-256. Its id is no secret: what is sealed says by it which key opens it. */
export interface SecretKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The keys that this process has. */
export interface SecretKeys {
  /** The one that seals. Made, and kept in the home, when there is none yet. */
  current(): SecretKey;
  /** Every key that opens, the current one first; none is made. */
  all(): readonly SecretKey[];
  /** Where the keys come from, for messages. */
  readonly origin: string;
}

const KEY_BYTES = 32;
const KEY_FILE = "secret.key";

/**
 * The keys that `given` names (`CLXS_SECRET_KEY`: one or several, separated by commas, the first of which seals), else the one of the
 * file `secret.key` in the home; that file opens also beside given ones. Throws CONFIGURATION for a given text that is no key; reading
 * throws it for a file that others can read or that holds no key.
 */
export function secretKeys(
  home: string,
  { given, randomBytes }: { readonly given?: string; readonly randomBytes: (size: number) => Buffer },
): SecretKeys {
  const file = join(home, KEY_FILE);
  const named = (given ?? "").split(",").flatMap((text) => {
    const trimmed = text.trim();
    return trimmed === "" ? [] : [keyOf(trimmed, "CLXS_SECRET_KEY")];
  });
  let kept: SecretKey | undefined;
  const ofFile = (): SecretKey | undefined => (kept ??= readKeyFile(file));
  return {
    origin: named.length > 0 ? "CLXS_SECRET_KEY" : file,
    current: () => named[0] ?? ofFile() ?? (kept = makeKeyFile(home, file, randomBytes(KEY_BYTES))),
    all() {
      const fromFile = ofFile();
      return fromFile === undefined ? named : [...named, fromFile];
    },
  };
}

/** 32 bytes as base64 (also the form for addresses) or as hexadecimal digits. */
function keyOf(text: string, origin: string): SecretKey {
  const bytes = /^[0-9a-f]{64}$/iu.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  const isKey = /^[0-9a-z+/_-]+={0,2}$/iu.test(text) && bytes.length === KEY_BYTES;
  if (!isKey)
    throw new ServerError(
      "CONFIGURATION",
      `${origin} holds no key: it must be 32 bytes as base64 or as 64 hexadecimal digits. Make one with: openssl rand -base64 32`,
    );
  const id = createHash("sha256").update("clxs key id\0").update(bytes).digest("hex").slice(0, 8);
  return { id, key: createSecretKey(bytes) };
}

/** `undefined`: there is no file. */
function readKeyFile(file: string): SecretKey | undefined {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return undefined;
  if ((mode & 0o077) !== 0)
    throw new ServerError(
      "CONFIGURATION",
      `${file} opens the credentials of saved connections, and others can read it. Make it yours alone: chmod 600 ${file}`,
    );
  return keyOf(readFileSync(file, "utf8").trim(), file);
}

/** Written aside and linked in place, so that of two processes both take the key of the one that was quicker. */
function makeKeyFile(home: string, file: string, bytes: Buffer): SecretKey {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const text = bytes.toString("base64");
  const aside = `${file}.${keyOf(text, file).id}`;
  const handle = openSync(aside, "wx", 0o600);
  try {
    writeSync(handle, `${text}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(aside, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    unlinkSync(aside);
  }
  const made = readKeyFile(file);
  if (made === undefined)
    throw new ServerError("CONFIGURATION", `${file} is gone right after it was written.`);
  return made;
}
