import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { running } from "./running.ts";

it.each([
  ["no HTTP at all", "hello\r\n\r\n", 400, "What was sent is not an HTTP request."],
  [
    "headers without end",
    `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${"x".repeat(70_000)}\r\n\r\n`,
    431,
    "The headers are larger than this server reads.",
  ],
])("answers %s in the one shape of errors", async (_, sent, status, detail) => {
  const { url } = await running();
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(sent);
  const [head = "", body = ""] = (await text(socket)).split("\r\n\r\n");
  expect(head).toContain(`HTTP/1.1 ${status} `);
  expect(head).toContain("content-type: application/problem+json");
  expect(JSON.parse(body)).toMatchObject({ type: "about:blank", status, detail });
});
