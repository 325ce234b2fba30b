import type { CloneRequestWire } from "@clone-xs/server/contract";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { CodeBlock } from "../../components/code-block.tsx";
import { EquivalentsView } from "../../components/equivalents-view.tsx";
import { Section } from "../../components/section.tsx";
import { cloning } from "../../equivalents/clone.ts";
import {
  cancelling,
  comparingCopiesOf,
  readingLogOf,
  reportingOn,
  resuming,
  rollingBack,
  showingRun,
} from "../../equivalents/runs.ts";
import type { RunPicture } from "./fold.ts";

/** What was asked for, how to ask for it again, and how else all can be had that this page does with the run. */
export function RequestTab({ picture }: { picture: RunPicture }) {
  const { job_id: id, over, resumable, undoable } = picture;
  // What the server keeps of a request is what it was sent.
  const request = picture.request as CloneRequestWire;
  return (
    <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
      <Section title="As it was asked for">
        <CodeBlock text={JSON.stringify(request, null, 2)} label="the request" />
      </Section>
      <Section title="The same by other means">
        <EquivalentsView {...cloning(request)} />
      </Section>
      <div className="lg:col-span-2">
        <Section title="This run by other means">
          <div className="space-y-2">
            <ByOtherMeans label="Show it" means={showingRun(id)} />
            <ByOtherMeans label="Read its log" means={readingLogOf(id)} />
            {!over && <ByOtherMeans label="Cancel it" means={cancelling(id)} />}
            {resumable && <ByOtherMeans label="Go on with it" means={resuming(id)} />}
            {undoable && <ByOtherMeans label="Roll it back" means={rollingBack(id)} />}
            {over && !picture.dry_run && (
              <ByOtherMeans label="Compare its copies with their sources" means={comparingCopiesOf(id)} />
            )}
            {over && picture.result !== null && (
              <ByOtherMeans label="Keep its report" means={reportingOn(id)} />
            )}
          </div>
        </Section>
      </div>
    </div>
  );
}
