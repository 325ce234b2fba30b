import { differingProperties } from "../../decide/properties.ts";
import type { CloneRequest } from "../../request/request.ts";
import type { Change } from "./finding.ts";
import type { Governed } from "./governed.ts";
import type { PropertyHolder } from "./operations.ts";

/**
 * Properties of views, schemas and tables in sync that the target lacks or has otherwise. What clones carry by request is left to
 * cloning. A property that only the target has stays.
 */
export function propertyChanges(object: Governed, { tableProperties }: CloneRequest): readonly Change[] {
  const { source, present, step } = object;
  const target = holderOf(object);
  if (target === undefined || (target.type === "table" && step !== undefined)) return [];
  const asked = target.type === "table" ? tableProperties : {};
  const properties = Object.fromEntries(
    differingProperties(source.properties, present.properties).flatMap((name) => {
      const value = source.properties[name];
      return value === undefined || name in asked ? [] : [[name, value]];
    }),
  );
  if (Object.keys(properties).length === 0) return [];
  return [{ kind: "change", stage: "properties", operation: { kind: "set_properties", target, properties } }];
}

function holderOf({ target }: Governed): PropertyHolder | undefined {
  if (target.type === "schema") return target;
  if (target.type !== "table" && target.type !== "view") return undefined;
  return { ...target, type: target.type };
}
