import type { Shape } from "../../../api/api.ts";
import { Badge } from "../../../components/badge.tsx";
import { ByOtherMeans } from "../../../components/by-other-means.tsx";
import { CodeBlock } from "../../../components/code-block.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Section } from "../../../components/section.tsx";
import type { Means } from "../../../equivalents/equivalents.ts";
import { FullName, ObjectName } from "../object-link.tsx";
import { type Fact, Facts, PartFailed, propertyFacts } from "./parts.tsx";

type Table = Shape<"TableDetail">;
type Constraint = Table["constraints"][number];

export interface DefinitionTabProps {
  /** A view's query or a function's body. */
  readonly code?: {
    readonly title: string;
    readonly text: string;
    readonly dependencies: Shape<"Dependencies">;
  };
  readonly facts: readonly Fact[];
  readonly constraints?: readonly Constraint[];
  readonly properties?: Readonly<Record<string, string>>;
  readonly tags?: Shape<"Tags">;
  readonly means: Means;
}

/** What something is by definition: its text, keys, tags, properties, and where it lies. */
export function DefinitionTab({
  code,
  facts,
  constraints = [],
  properties,
  tags,
  means,
}: DefinitionTabProps) {
  const own = tags?.ok === true ? tags.value.filter(({ column }) => column === null) : [];
  const shown = Object.entries(properties ?? {}).filter(([key]) => !HIDDEN.test(key));
  return (
    <div className="space-y-5">
      {code !== undefined && (
        <Section title={code.title}>
          <CodeBlock text={code.text} label={`the ${code.title.toLowerCase()}`} />
          <Needs dependencies={code.dependencies} />
        </Section>
      )}
      <Facts label="Facts" facts={facts} />
      {constraints.length > 0 && (
        <Section title="Keys and checks">
          <Facts
            label="Keys and checks"
            facts={constraints.map((each) => ({
              name: each.name,
              value: <ConstraintText constraint={each} />,
            }))}
          />
        </Section>
      )}
      {tags !== undefined && (!tags.ok || own.length > 0) && (
        <Section title="Tags">
          {tags.ok ? (
            <ul className="flex flex-wrap gap-1.5">
              {own.map(({ name, value }) => (
                <li key={name}>
                  <Badge>{value === "" ? name : `${name}: ${value}`}</Badge>
                </li>
              ))}
            </ul>
          ) : (
            <PartFailed error={tags.error} />
          )}
        </Section>
      )}
      {shown.length > 0 && (
        <Section title="Properties">
          <Facts label="Properties" facts={propertyFacts(Object.fromEntries(shown))} />
        </Section>
      )}
      <ByOtherMeans means={means} />
    </div>
  );
}

/** Shown elsewhere: checks among the keys, our own stamp as where it comes from. */
const HIDDEN = /^delta\.constraints\.|^clxs\.clone$/u;

function ConstraintText({ constraint }: { constraint: Constraint }) {
  switch (constraint.kind) {
    case "primary_key":
      return (
        <>
          Primary key <span className="name">({constraint.columns.join(", ")})</span>
        </>
      );
    case "foreign_key":
      return (
        <>
          <span className="name">({constraint.columns.join(", ")})</span> references{" "}
          <FullName text={constraint.parent_table} />{" "}
          <span className="name">({constraint.parent_columns.join(", ")})</span>
        </>
      );
    case "check":
      return (
        <>
          Check <span className="name">{constraint.condition}</span>
        </>
      );
  }
}

function Needs({ dependencies }: { dependencies: Shape<"Dependencies"> }) {
  if (!dependencies.understood) {
    return (
      <div className="mt-2">
        <Notice tone="warn" title="What it names is not known">
          {dependencies.message}
        </Notice>
      </div>
    );
  }
  if (dependencies.names.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap gap-x-3 gap-y-0.5 text-small">
      <span className="text-ink-soft">Needs</span>
      {dependencies.names.map((target) => (
        <ObjectName
          key={`${target.kind} ${target.catalog}.${target.schema}.${target.name}`}
          target={target}
        />
      ))}
    </p>
  );
}
