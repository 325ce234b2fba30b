import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Notification } from "../contract/index.ts";
import { messageOf } from "./message.ts";
import { withoutValues } from "./news.ts";
import { outcomeOf } from "./post.ts";

const news: Notification = {
  id: "run 0a1b2c3d 1#0",
  event: "run_failed",
  at: "2026-01-01T00:00:00.000Z",
  title: "Clone a<b> → c&d failed",
  link: "https://clone.example.com/runs/0a1b2c3d",
  run: {
    job_id: "0a1b2c3d",
    status: "failed",
    source_catalog: "a<b>",
    destination_catalog: "c&d",
    clone_type: "DEEP",
    load_type: "FULL",
    dry_run: false,
    targets: [],
    schedule: "nightly",
    outcome: "partial",
    tables: { success: 2, failed: 1, skipped: 0 },
    bytes_copied: 2048,
    total_drifted_tables: null,
    duration_seconds: 3,
    error: "c&d.s.t: no such <file>",
    completed_at: "2026-01-01T00:00:00.000Z",
  },
  stream: null,
  schedule: null,
};

describe("messageOf", () => {
  it("signs the time and the body, so that a receiver can tell both", () => {
    const { headers, body } = messageOf(news, { kind: "webhook", secret: "s3cret", at: 1_767_225_600_999 });
    const v1 = createHmac("sha256", "s3cret").update(`1767225600.${body}`).digest("hex");
    expect(headers).toMatchObject({
      "x-clxs-signature": `t=1767225600,v1=${v1}`,
      "x-clxs-event": "run_failed",
      "x-clxs-delivery": "run 0a1b2c3d 1#0",
    });
    expect(JSON.parse(body)).toEqual(news);
    expect(body).not.toContain("s3cret");
  });

  it("has no signature without a secret", () => {
    expect(messageOf(news, { kind: "webhook", secret: null, at: 0 }).headers).not.toHaveProperty(
      "x-clxs-signature",
    );
  });

  it("escapes for Slack what Slack would read", () => {
    const { body } = messageOf(news, { kind: "slack", secret: null, at: 0 });
    expect(JSON.parse(body)).toEqual({
      text: "Clone a&lt;b&gt; → c&amp;d failed",
      blocks: [
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: [
              "*Clone a&lt;b&gt; → c&amp;d failed*",
              "Run 0a1b2c3d",
              "2 tables copied, 1 failed, 2048 bytes",
              "c&amp;d.s.t: no such &lt;file&gt;",
              "<https://clone.example.com/runs/0a1b2c3d|Open it>",
            ].join("\n"),
          },
        },
      ],
    });
  });
});

describe("withoutValues", () => {
  it.each([
    [
      "[CAST_INVALID_INPUT] The value 'ada@example.com' of `t`.`c`",
      "[CAST_INVALID_INPUT] The value '…' of `t`.`c`",
    ],
    ["near 'it''s': x", "near '…': x"],
    [String.raw`near 'it\'s secret': x`, "near '…': x"],
    ['the value "4111 1111" is', 'the value "…" is'],
    ["No such table.\n== SQL ==\nSELECT * FROM t WHERE ssn = 1", "No such table."],
    ["Wrong. == SQL (line 1) == SELECT 1", "Wrong."],
    ["x".repeat(600), `${"x".repeat(499)}…`],
  ])("%j", (error, told) => {
    expect(withoutValues(error)).toBe(told);
  });
});

describe("outcomeOf", () => {
  const failed = { ok: false, status: 500, detail: "Answered 500." };
  const hour = 3_600_000;

  it.each([
    [0, 30],
    [1, 60],
    [4, 480],
    [9, 3600],
  ])("after %i tries waits %i seconds", (attempts, seconds) => {
    expect(outcomeOf({ attempts, createdAt: 0 }, failed, 1_000)).toMatchObject({
      state: "pending",
      nextAttemptAt: 1_000 + seconds * 1000,
    });
  });

  it("gives up after a day, and is over when it arrived", () => {
    expect(outcomeOf({ attempts: 30, createdAt: 0 }, failed, 23.5 * hour)).toMatchObject({
      state: "failed",
      nextAttemptAt: null,
    });
    expect(
      outcomeOf({ attempts: 0, createdAt: 0 }, { ok: true, status: 200, detail: null }, 5),
    ).toMatchObject({
      state: "delivered",
      nextAttemptAt: null,
      lastAttemptAt: 5,
    });
  });
});
