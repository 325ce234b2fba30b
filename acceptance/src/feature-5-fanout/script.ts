import { type Api, cloneByApi, type Cloned, type Run } from "../harness/api.ts";
import { type Browser, type PageRead, readPage } from "../harness/browser.ts";
import type { Session } from "../harness/session.ts";
import { saveTarget } from "../harness/save-target.ts";
import { type Sandbox, twoTargets } from "../harness/workspace.ts";

/** Runbook lines 91–108: one source, several saved targets. */
export interface Feature5 {
  /** Two targets in two metastores, all of the catalog; submitted on the page where there is a browser. */
  readonly whole: Cloned;
  /** Rows of bronze.events on the source and on each target afterwards. */
  readonly rows: { readonly source: string; readonly targets: readonly string[] };
  /** The same workspace saved twice, with different destination catalogs. */
  readonly twice: Cloned;
  /** One target with a warehouse that does not exist, one that is in order. */
  readonly broken: Cloned;
  /** No target that is in order. */
  readonly hopeless: Cloned;
  /** The result cards; absent without a browser. */
  readonly pages?: { readonly whole: PageRead; readonly broken: PageRead; readonly hopeless: PageRead };
}

const SOURCE = "demo_quick";
const DESTINATION = "demo_quick_fanout";
const NO_WAREHOUSE = "0000000000000bad";

export async function feature5(sandbox: Sandbox): Promise<Feature5> {
  const { api, browser, owner } = sandbox;
  const [one, two] = twoTargets(sandbox);
  await saveTarget(api, "target-one", one, DESTINATION);
  await saveTarget(api, "target-two", two, DESTINATION);
  await saveTarget(api, "target-two-again", two, "demo_quick_fanout_again");
  // Another host on the metastore of the second target, where there is one: it needs no recipient of its own.
  const beside = { ...two, place: sandbox.targets[2] ?? two.place };
  await saveTarget(api, "target-in-order", beside, "demo_quick_fanout_beside");
  await saveTarget(api, "broken", one, DESTINATION, NO_WAREHOUSE);
  await saveTarget(api, "broken-too", two, DESTINATION, NO_WAREHOUSE);

  const whole = browser
    ? await submitOnPage(api, browser, ["target-one", "target-two"])
    : { cloned: await fanOut(api, ["target-one", "target-two"]) };
  const rows = {
    source: await countOf(owner, SOURCE),
    targets: await Promise.all(
      [one, two].map(({ place, suffix }) => countOf(place.owner, DESTINATION + suffix)),
    ),
  };
  const few = { include_schemas: ["bronze"] };
  const twice = await fanOut(api, ["target-two", "target-two-again"], few);
  const broken = await fanOut(api, ["broken", "target-in-order"], few);
  const hopeless = await fanOut(api, ["broken", "broken-too"], few);
  const seen = { whole: whole.cloned, rows, twice, broken, hopeless };
  if (browser === undefined || !("page" in whole)) return seen;
  const card = ({ id }: Cloned, target: string) => browser.read(`${api.url}/clone?step=4&run=${id}`, target);
  return {
    ...seen,
    pages: {
      whole: whole.page,
      broken: await card(broken, "target-in-order"),
      hopeless: await card(hopeless, "broken-too"),
    },
  };
}

function fanOut(api: Api, targets: readonly string[], more: object = {}): Promise<Cloned> {
  return cloneByApi(api, {
    source_catalog: SOURCE,
    destination_catalog: DESTINATION,
    target_workspaces: targets,
    fanout_max_parallel: 5,
    ...more,
  });
}

/** `/clone` → tick "Clone to a different workspace" → tick "Fan out to multiple targets" → pick the targets → parallel = 5 → submit. */
async function submitOnPage(
  api: Api,
  browser: Browser,
  targets: readonly string[],
): Promise<{ readonly cloned: Cloned; readonly page: PageRead }> {
  return browser.use(`${api.url}/clone`, async (page) => {
    await page.getByRole("combobox", { name: "Source catalog" }).fill(SOURCE);
    await page.getByRole("combobox", { name: "Destination catalog" }).fill(DESTINATION);
    await page.getByRole("checkbox", { name: "Clone to a different workspace" }).click();
    await page.getByRole("checkbox", { name: "Fan out to multiple targets" }).click();
    const saved = page.getByRole("list", { name: "Saved connections" });
    for (const target of targets) await saved.getByRole("checkbox", { name: target, exact: true }).click();
    await page.getByLabel("Targets at once").fill("5");
    for (const step of ["options", "preview"])
      await page.getByRole("button", { name: `Continue to ${step}` }).click();
    await page.locator("main").getByRole("button", { name: "Execute", exact: true }).click();
    const shown = page.getByText(/fanout clone job submitted/u).first();
    await shown.waitFor({ timeout: 60_000 });
    const message = await shown.innerText();
    const id = /[0-9a-f]{8}/u.exec(new URL(page.url()).searchParams.get("run") ?? "")?.[0] ?? "";
    const run: Run = await api.until(id, () => false);
    return { cloned: { id, message, run }, page: await readPage(page, /SUCCESS|PARTIAL|FAILED/u) };
  });
}

async function countOf(session: Session, catalog: string): Promise<string> {
  const { state, message, rows } = await session.execute(`SELECT count(*) FROM ${catalog}.bronze.events`);
  return state === "SUCCEEDED" ? (rows[0]?.[0] ?? "no answer") : message;
}
