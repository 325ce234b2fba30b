import { describe, expect, it } from "vitest";
import { emptyChannel, toChannelChange, toNewChannel } from "./channel-draft.ts";

const draft = {
  ...emptyChannel,
  name: " ops ",
  url: " https://hooks.example.com/a ",
  events: ["run_failed"],
} as const;

describe("a channel", () => {
  it("is what was typed", () => {
    expect(toNewChannel({ ...draft, secret: "s" })).toEqual({
      name: "ops",
      kind: "webhook",
      url: "https://hooks.example.com/a",
      secret: "s",
      events: ["run_failed"],
    });
  });

  it("has no secret in Slack", () => {
    expect(toNewChannel({ ...draft, kind: "slack", secret: "s" })).not.toHaveProperty("secret");
    expect(toChannelChange({ ...draft, kind: "slack" })).toMatchObject({ secret: null });
  });

  it("keeps what is secret when nothing is typed", () => {
    expect(toChannelChange({ ...draft, url: "" })).toEqual({ kind: "webhook", events: ["run_failed"] });
    expect(toChannelChange({ ...draft, url: "", unsigned: true })).toMatchObject({ secret: null });
  });
});
