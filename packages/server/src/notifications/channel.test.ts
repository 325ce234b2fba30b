import { describe, expect, it } from "vitest";
import type { NewNotificationChannel } from "../contract/index.ts";
import { readChannel, readChannelChange } from "./channel.ts";

const hook: NewNotificationChannel = {
  name: "ops",
  kind: "webhook",
  url: "https://hooks.example.com:8443/services/T0/planted",
};

describe("readChannel", () => {
  it("keeps what may be shown apart from what is secret", () => {
    expect(readChannel({ ...hook, secret: "s3cret", events: ["run_failed", "run_failed"] })).toEqual({
      ok: true,
      value: {
        channel: {
          name: "ops",
          kind: "webhook",
          enabled: true,
          events: ["run_failed"],
          signed: true,
          host: "hooks.example.com:8443",
          endsWith: "nted",
        },
        secrets: { url: hook.url, secret: "s3cret" },
      },
    });
  });

  it.each<[string, Partial<NewNotificationChannel>, string]>([
    ["no address", { url: "hooks" }, "url"],
    ["plain http", { url: "http://hooks.example.com/x" }, "url"],
    ["a name that only looks like this machine", { url: "http://localhost.example.com/x" }, "url"],
    ["another scheme", { url: "file:///etc/passwd" }, "url"],
    ["a user in the address", { url: "https://me:pw@hooks.example.com/x" }, "url"],
    ["a cloud's metadata", { url: "https://169.254.169.254/latest" }, "url"],
    ["a secret for Slack", { kind: "slack", secret: "s" }, "secret"],
    ["no name", { name: "-" }, "name"],
  ])("refuses %s", (_, change, path) => {
    const read = readChannel({ ...hook, ...change });
    expect(read.ok ? [] : read.problems.map((problem) => problem.path)).toEqual([path]);
  });

  it.each(["http://127.0.0.1:9/x", "http://localhost:9/x", "http://[::1]:9/x"])("takes %s", (url) => {
    expect(readChannel({ ...hook, url }).ok).toBe(true);
  });
});

describe("readChannelChange", () => {
  const read = readChannel({ ...hook, secret: "s3cret" });
  const before = read.ok ? read.value : undefined;
  const kept = () => ({ url: hook.url, secret: "s3cret" });
  const changed = (change: Parameters<typeof readChannelChange>[2]) => {
    const after = before === undefined ? undefined : readChannelChange(before.channel, kept, change);
    return after?.ok ? after.value : undefined;
  };

  it("leaves secrets alone that are not given", () => {
    expect(changed({ enabled: false })).toMatchObject({ channel: { enabled: false, signed: true } });
    expect(changed({ enabled: false })?.secrets).toBeUndefined();
    expect(changed({ url: "https://other.example.com/y" })?.secrets).toEqual({
      url: "https://other.example.com/y",
      secret: "s3cret",
    });
  });

  it("takes a secret away", () => {
    expect(changed({ secret: null })).toMatchObject({
      channel: { signed: false },
      secrets: { url: hook.url, secret: null },
    });
  });
});
