import fc, { type Arbitrary } from "fast-check";
import { expect, it } from "vitest";
import { type Api, type Operation, readDocument } from "./fuzz/document.ts";
import { hostileText, spoilt, valueOf } from "./fuzz/schema-arbitrary.ts";
import { type Running, running, SHOP } from "./running.ts";

const TOKEN = "fuzz-token";
const authorised = { authorization: `Bearer ${TOKEN}` };
/** No answer may take longer, whatever was sent. */
const PATIENCE_MS = 30_000;
const TIMES = 25;

interface Sent {
  readonly path: string;
  readonly body: string | undefined;
}

/** Requests for one operation: right ones with hostile texts in them, nearly right ones, and no JSON at all. */
function requestsFor({ path, pathParameters, query, body }: Operation, { schemas }: Api): Arbitrary<Sent> {
  const parameter = fc.oneof(fc.constantFrom("shop", "bronze", "orders", "00000001"), hostileText());
  const address = fc
    .tuple(
      fc.tuple(...pathParameters.map(() => parameter)),
      fc.tuple(...query.map(({ schema }) => fc.option(fc.oneof(valueOf(schema, schemas), hostileText())))),
    )
    .map(([parts, asked]) => {
      const filled = pathParameters.reduce(
        (text, name, n) => text.replace(`{${name}}`, encodeURIComponent(wellFormed(parts[n] ?? ""))),
        path,
      );
      const search = query.flatMap(({ name }, n) =>
        asked[n] == null ? [] : [[name, text(asked[n])] as [string, string]],
      );
      return search.length === 0 ? filled : `${filled}?${new URLSearchParams(search).toString()}`;
    });
  const right = body === undefined ? fc.constant(undefined) : valueOf(body, schemas);
  const payload = fc.oneof(
    { weight: 3, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: right.chain(spoilt).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: hostileText() },
  );
  return fc.record({ path: address, body: body === undefined ? fc.constant(undefined) : payload });
}

const text = (value: unknown) => wellFormed(typeof value === "string" ? value : JSON.stringify(value));
/** Half a character cannot be sent. */
const wellFormed = (value: string) => Buffer.from(value).toString();

/** The parts of an answer that hold for all of them; what it says is its own affair. */
async function judge({ id, method, statuses }: Operation, { path, body }: Sent, { url }: Running) {
  const stopped = new AbortController();
  const timer = setTimeout(
    () => stopped.abort(new Error(`${id} hangs: ${method} ${path} ${body}`)),
    PATIENCE_MS,
  );
  try {
    const answer = await fetch(url + path, {
      method,
      headers: authorised,
      signal: stopped.signal,
      ...(body === undefined ? {} : { body }),
    });
    const said = `${id} ${method} ${path} ${body} → ${answer.status}`;
    const type = answer.headers.get("content-type") ?? "";
    // Live events have no end: that they begin is all there is to see.
    if (type.startsWith("text/event-stream")) return await answer.body?.cancel();
    const content = await answer.text();
    expect(answer.status, `${said} ${content}`).not.toBe(500);
    if (![404, 405, 414].includes(answer.status))
      expect(statuses, `${said} ${content}`).toContain(answer.status);
    if (answer.status < 400) return;
    expect(type, said).toBe("application/problem+json");
    expect(JSON.parse(content), said).toMatchObject({
      type: "about:blank",
      title: expect.any(String),
      status: answer.status,
      code: expect.stringMatching(/^[A-Z0-9_.]+$/u),
      detail: expect.stringMatching(/\S/u),
    });
  } finally {
    clearTimeout(timer);
  }
}

it(`whatever is sent to an operation, it answers as the document says, in the one shape of errors: ${TIMES} times each`, {
  timeout: 900_000,
}, async () => {
  const server = await running({ auth: "token", token: TOKEN });
  await server.sql(...SHOP);
  const api = await readDocument(server.url, authorised);
  expect(api.operations.length).toBeGreaterThan(30);
  for (const operation of api.operations) {
    await fc.assert(
      fc.asyncProperty(requestsFor(operation, api), (sent) => judge(operation, sent, server)),
      { numRuns: TIMES, endOnFailure: true },
    );
  }
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
});
