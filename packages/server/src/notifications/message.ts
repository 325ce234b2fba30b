import { createHmac } from "node:crypto";
import type { Notification } from "../contract/index.ts";
import type { Channel } from "./channel.ts";

export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is sent for a piece of news: to a webhook the news itself, signed when there is a secret; to Slack what it shows. */
export function messageOf(
  notification: Notification,
  {
    kind,
    secret,
    at,
  }: { readonly kind: Channel["kind"]; readonly secret: string | null; readonly at: number },
): Message {
  const body = JSON.stringify(kind === "slack" ? slackMessage(notification) : notification);
  const seconds = Math.floor(at / 1000);
  return {
    body,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "clone-xs",
      "x-clxs-event": notification.event,
      "x-clxs-delivery": notification.id,
      ...(secret === null
        ? {}
        : { "x-clxs-signature": `t=${seconds},v1=${signature(secret, seconds, body)}` }),
    },
  };
}

/** The timestamp is signed too, so that what was heard once cannot be sent again later. */
function signature(secret: string, seconds: number, body: string): string {
  return createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
}

/** Source: Slack's incoming webhooks; its text and section blocks take 3,000 characters. */
function slackMessage(news: Notification) {
  const { title, link } = news;
  const facts = factsOf(news).map(escaped).join("\n");
  const open = link === null ? "" : `<${escaped(link)}|Open it>`;
  const lines = [`*${escaped(title)}*`, facts, open].filter((line) => line !== "").join("\n");
  return {
    text: escaped(title),
    blocks: [{ type: "section", text: { type: "mrkdwn", text: lines.slice(0, 2900) } }],
  };
}

function factsOf({ run, stream, schedule }: Notification): readonly string[] {
  if (run !== null) {
    const { job_id, tables, bytes_copied, error, dry_run } = run;
    const counted =
      tables === null || dry_run
        ? []
        : [`${tables.success} tables copied, ${tables.failed} failed, ${bytes_copied ?? 0} bytes`];
    return [`Run ${job_id}`, ...counted, ...(error === null ? [] : [error])];
  }
  if (stream !== null) return [stream.stream_id, ...(stream.error === null ? [] : [stream.error])];
  return schedule?.note ? [schedule.note] : [];
}

/** Source: Slack's formatting of text; these three and no others are its own. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
