import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

const FILES = "/api/2.0/fs/files";
const DIRECTORIES = "/api/2.0/fs/directories";
const VOLUME = "/Volumes/main/default/v";

let lakehouse: Lakehouse;
let url: string;
beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  ({ url } = await lakehouse.listen());
  await lakehouse
    .connect()
    .statements.execute({ text: "CREATE VOLUME main.default.v", kind: "create", effect: "write" });
  await call("PUT", `${FILES}${VOLUME}/digits.txt`, { body: "0123456789" });
});
afterAll(() => lakehouse.close());

const call = (
  method: string,
  path: string,
  { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {},
) =>
  fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${lakehouse.token(lakehouse.owner)}`, ...headers },
    ...(body === undefined ? {} : { body }),
  });

const errorOf = async (response: Response) => ({
  status: response.status,
  body: (await response.json()) as Record<string, unknown>,
});

describe("a file", () => {
  test.for([
    ["bytes=3-5", 206, "345", "bytes 3-5/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=0-99", 206, "0123456789", "bytes 0-9/10"],
    ["lines=1-2", 200, "0123456789", null],
  ] as const)("is read by range %s", async ([range, status, text, contentRange]) => {
    const response = await call("GET", `${FILES}${VOLUME}/digits.txt`, { headers: { range } });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-range")).toBe(contentRange);
    expect(await response.text()).toBe(text);
  });

  test("has no bytes behind its end", async () => {
    const response = await call("GET", `${FILES}${VOLUME}/digits.txt`, { headers: { range: "bytes=10-" } });
    expect(response.status).toBe(416);
  });

  test("answers HEAD with size, type and time", async () => {
    const { status, headers } = await call("HEAD", `${FILES}${VOLUME}/digits.txt`);
    expect(status).toBe(200);
    expect(headers.get("content-length")).toBe("10");
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(Date.parse(headers.get("last-modified") ?? "")).toBeGreaterThan(0);
  });

  test("that is missing, in a volume that is missing, that exists already: the service's bodies", async () => {
    const details = expect.arrayContaining([
      expect.objectContaining({
        reason: "FILES_API_RESOURCE_NOT_FOUND",
        domain: "filesystem.databricks.com",
      }),
    ]) as unknown;
    expect(await errorOf(await call("GET", `${FILES}${VOLUME}/none`))).toMatchObject({
      status: 404,
      body: { error_code: "NOT_FOUND", details },
    });
    expect(await errorOf(await call("GET", `${FILES}/Volumes/main/default/none/x`))).toMatchObject({
      status: 404,
      body: { error_code: "NOT_FOUND", message: "Volume 'main.default.none' does not exist.", details },
    });
    expect(await errorOf(await call("DELETE", `${FILES}${VOLUME}/none`))).toMatchObject({ status: 404 });
    expect(await errorOf(await call("PUT", `${FILES}${VOLUME}/digits.txt`, { body: "x" }))).toMatchObject({
      status: 409,
      body: { error_code: "ALREADY_EXISTS" },
    });
    expect((await call("PUT", `${FILES}${VOLUME}/o`, { body: "x" })).status).toBe(204);
    expect((await call("PUT", `${FILES}${VOLUME}/o?overwrite=true`, { body: "y" })).status).toBe(204);
    expect((await call("DELETE", `${FILES}${VOLUME}/o`)).status).toBe(204);
  });
});

describe("pitfall 26: no path leads out of a volume:", () => {
  test.for([
    "/../../secret",
    "/%2e%2e/%2e%2e/secret",
    "/a%2F..%2F..%2F..%2Fsecret",
    "/..%00",
    "/%ff",
    "/.clxs-incoming-x",
  ])("%s", async (suffix) => {
    // Over a socket of its own: fetch resolves dots before it sends.
    const answer = await raw(
      `GET ${FILES}${VOLUME}${suffix} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${lakehouse.token(lakehouse.owner)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain("INVALID_PARAMETER_VALUE");
  });

  test("through a symbolic link there is nothing", async () => {
    const [volume] = await lakehouse.connect().unity.volumes("main", "default");
    const location = new URL(volume?.storageLocation ?? "").pathname;
    const outside = join(lakehouse.directory, "outside");
    mkdirSync(outside);
    writeFileSync(join(outside, "secret"), "secret");
    symlinkSync(outside, join(location, "link"));
    expect((await call("GET", `${FILES}${VOLUME}/link/secret`)).status).toBe(404);
    expect((await call("PUT", `${FILES}${VOLUME}/link/new`, { body: "x" })).status).toBe(404);
    expect((await call("GET", `${DIRECTORIES}${VOLUME}/link`)).status).toBe(404);
    const listed = (await (await call("GET", `${DIRECTORIES}${VOLUME}`)).json()) as {
      contents: { name: string }[];
    };
    expect(listed.contents.map(({ name }) => name)).not.toContain("link");
  });
});

function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (data) => (answer += data.toString()));
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("a directory", () => {
  test("is listed in pages, and its token goes on where it ended", async () => {
    for (const name of ["a", "b", "c"]) await call("PUT", `${FILES}${VOLUME}/pages/${name}`, { body: name });
    await call("PUT", `${DIRECTORIES}${VOLUME}/pages/sub`);
    type Page = { contents: Record<string, unknown>[]; next_page_token?: string };
    const first = (await (await call("GET", `${DIRECTORIES}${VOLUME}/pages?page_size=3`)).json()) as Page;
    expect(first.contents.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(first.contents[0]).toMatchObject({ path: `${VOLUME}/pages/a`, is_directory: false, file_size: 1 });
    const token = encodeURIComponent(first.next_page_token ?? "");
    const second = (await (
      await call("GET", `${DIRECTORIES}${VOLUME}/pages?page_size=3&page_token=${token}`)
    ).json()) as Page;
    expect(second).toEqual({
      contents: [
        {
          path: `${VOLUME}/pages/sub`,
          name: "sub",
          is_directory: true,
          last_modified: expect.any(Number) as number,
        },
      ],
    });
  });

  test("is deleted when it is empty, and never when it is the volume", async () => {
    await call("PUT", `${FILES}${VOLUME}/full/file`, { body: "x" });
    const full = await errorOf(await call("DELETE", `${DIRECTORIES}${VOLUME}/full`));
    expect(full).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("not empty") as string },
    });
    await call("DELETE", `${FILES}${VOLUME}/full/file`);
    expect((await call("DELETE", `${DIRECTORIES}${VOLUME}/full`)).status).toBe(204);
    expect((await call("HEAD", `${DIRECTORIES}${VOLUME}/full`)).status).toBe(404);
    expect((await call("HEAD", `${DIRECTORIES}${VOLUME}`)).status).toBe(200);
    expect((await call("DELETE", `${DIRECTORIES}${VOLUME}`)).status).toBe(400);
  });
});
