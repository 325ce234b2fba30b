import { randomBytes } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../test/fixtures.ts";
import { secretKeys } from "./secret-keys.ts";

const bytes = Buffer.alloc(32, 7);
const base64 = bytes.toString("base64");

describe("secretKeys", () => {
  it("makes one key in the home, for this user alone, and takes the same one the next time", () => {
    const home = temporaryDirectory();
    const made = secretKeys(home, { randomBytes }).current();
    expect(readdirSync(home)).toEqual(["secret.key"]);
    expect(statSync(join(home, "secret.key")).mode & 0o777).toBe(0o600);
    expect(secretKeys(home, { randomBytes }).current().id).toBe(made.id);
  });

  it("makes none before something is to be sealed", () => {
    const home = temporaryDirectory();
    expect(secretKeys(home, { randomBytes }).all()).toEqual([]);
    expect(readdirSync(home)).toEqual([]);
  });

  it("seals with the first given key, and opens with all of them and that of the home", () => {
    const home = temporaryDirectory();
    const ofHome = secretKeys(home, { randomBytes }).current();
    const second = Buffer.alloc(32, 8).toString("hex");
    const keys = secretKeys(home, { given: `${base64}, ${second}`, randomBytes });
    expect(keys.current().id).toBe(
      secretKeys(home, { given: bytes.toString("hex"), randomBytes }).current().id,
    );
    expect(keys.all()).toHaveLength(3);
    expect(keys.all().at(-1)?.id).toBe(ofHome.id);
  });

  it("takes the key of the process that was quicker to make one", () => {
    const home = temporaryDirectory();
    const file = join(home, "secret.key");
    const slower = secretKeys(home, {
      randomBytes: (size) => {
        writeFileSync(file, base64, { mode: 0o600 });
        return randomBytes(size);
      },
    });
    expect(slower.current().id).toBe(secretKeys(home, { given: base64, randomBytes }).current().id);
    expect(readFileSync(file, "utf8")).toBe(base64);
    expect(readdirSync(home)).toEqual(["secret.key"]);
  });

  it.each(["passphrase", Buffer.alloc(31).toString("base64"), `${base64}!`, "a".repeat(63)])(
    "refuses %j, which is no key, and says how to make one without repeating it",
    (given) => {
      const take = () => secretKeys(temporaryDirectory(), { given, randomBytes });
      expect(take).toThrow(expect.objectContaining({ code: "CONFIGURATION" }));
      expect(take).toThrow(/CLXS_SECRET_KEY.*openssl rand -base64 32/u);
      expect(take).not.toThrow(given);
    },
  );

  it("refuses a key that others can read", () => {
    const home = temporaryDirectory();
    secretKeys(home, { randomBytes }).current();
    chmodSync(join(home, "secret.key"), 0o640);
    expect(() => secretKeys(home, { randomBytes }).all()).toThrow(/chmod 600/u);
  });
});
