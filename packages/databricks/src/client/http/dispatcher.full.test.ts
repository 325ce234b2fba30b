import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configFor, fakeEffects } from "../../../test/scripted-service.ts";
import { connectDatabricks } from "../connect.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

describe.skipIf(!hasOpenssl)(
  "an organisation's own certificate authority (needs the openssl program)",
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), "clxs-tls-"));
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ userName: "ada@example.com" }));
    });
    let certificate = "";

    beforeAll(async () => {
      const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
      const made = spawnSync(
        "openssl",
        [
          "req",
          "-x509",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:prime256v1",
          "-nodes",
          "-days",
          "2",
          "-subj",
          "/CN=localhost",
          "-addext",
          "subjectAltName=DNS:localhost,IP:127.0.0.1",
          "-keyout",
          key,
          "-out",
          cert,
        ],
        { encoding: "utf8" },
      );
      if (made.status !== 0) throw new Error(`openssl could not make a certificate: ${made.stderr}`);
      certificate = readFileSync(cert, "utf8");
      server.setSecureContext({ key: readFileSync(key, "utf8"), cert: certificate });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });

    afterAll(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    });

    const host = () => `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

    it("is accepted when it is configured", async () => {
      const workspace = await connectDatabricks(
        configFor({ host: host() }, { network: { certificates: [certificate] } }),
        fakeEffects(),
      );
      expect(workspace.identity.userName).toBe("ada@example.com");
      await workspace.close();
    });

    it("is refused at once otherwise, naming the setting", async () => {
      const effects = fakeEffects();
      await expect(connectDatabricks(configFor({ host: host() }), effects)).rejects.toMatchObject({
        code: "CONFIGURATION",
        message: expect.stringContaining("CLXS_CA_FILE") as string,
      });
      expect(effects.slept).toEqual([]);
    });
  },
);
