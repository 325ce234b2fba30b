import type { PythonTask, Workspace } from "@clone-xs/unity";
import { afterAll, beforeAll, describe } from "vitest";
import { catalogCases } from "./conformance/catalog-cases.ts";
import { cloneCases } from "./conformance/clone-cases.ts";
import { dmlCases } from "./conformance/dml-cases.ts";
import { fileCases } from "./conformance/file-cases.ts";
import { historyCases } from "./conformance/history-cases.ts";
import { jobCases } from "./conformance/job-cases.ts";
import { permissionCases } from "./conformance/permission-cases.ts";
import { productCases } from "./conformance/product-cases.ts";
import { sharingCases } from "./conformance/sharing-cases.ts";
import { statementCases } from "./conformance/statement-cases.ts";
import type { Conformance } from "./conformance/subject.ts";

export interface ConformanceSubject {
  /** Someone who may create catalogs. */
  readonly workspace: Workspace;
  /** Someone else, without any grant, and its name; absent where only one principal can be had. */
  readonly other?: { readonly name: string; readonly workspace: Workspace };
  /** A workspace in another metastore, of someone who may create catalogs and see providers; absent where there is none. */
  readonly partner?: Workspace;
  /** Name for the catalog that the suite makes and drops. */
  readonly catalog: string;
  /** Tasks to run as jobs; absent where there are none. */
  readonly tasks?: {
    readonly ends: PythonTask;
    readonly fails: PythonTask;
    /** Part of what the run of the one that fails says. */
    readonly why: string;
    readonly endless: PythonTask;
  };
  close(): Promise<void>;
}

/**
 * What every adapter of the Workspace port does, in the words of Databricks SQL and Unity Catalog. Registered by the caller's test file:
 * the embedded workspace in process and over HTTP, and by choice a real one.
 */
export function workspaceConformance(name: string, connect: () => Promise<ConformanceSubject>): void {
  describe(`workspace: ${name}`, () => {
    let subject: ConformanceSubject | undefined;
    const current = (): ConformanceSubject => {
      if (subject === undefined) throw new Error("The workspace is not connected");
      return subject;
    };
    const run: Conformance["run"] = (text, options = {}) => {
      const { as = "owner", signal, onSubmitted, kind = "other", effect = "write", ...statement } = options;
      const other = current().other?.workspace;
      const workspace = as === "owner" ? current().workspace : (other ?? current().workspace);
      return workspace.statements.execute(
        { text, kind, effect, ...statement },
        {
          ...(signal === undefined ? {} : { signal }),
          ...(onSubmitted === undefined ? {} : { onSubmitted }),
        },
      );
    };
    const conformance: Conformance = { current, run };

    beforeAll(async () => {
      subject = await connect();
      await run(`CREATE CATALOG ${current().catalog}`);
      await run(`CREATE SCHEMA ${current().catalog}.s`);
    });
    afterAll(async () => {
      if (subject === undefined) return;
      await run(`DROP CATALOG IF EXISTS ${current().catalog} CASCADE`);
      await current().close();
    });

    statementCases(conformance);
    historyCases(conformance);
    fileCases(conformance);
    catalogCases(conformance);
    dmlCases(conformance);
    cloneCases(conformance);
    permissionCases(conformance);
    productCases(conformance);
    jobCases(conformance);
    sharingCases(conformance);
  });
}
