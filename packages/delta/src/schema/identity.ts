import { fieldFacts } from "./fields.ts";
import type { StructField, StructType } from "./types.ts";

const HIGH_WATER_MARK = "delta.identity.highWaterMark";

/** A schema whose identity columns go on from where `current` got to, when that is further: they give no value twice. */
export function withFurtherMarks(schema: StructType, current: StructType): StructType {
  const fields = schema.fields.map((field) => furthest(field, current));
  return fields.every((field, i) => field === schema.fields[i]) ? schema : { ...schema, fields };
}

function furthest(field: StructField, current: StructType): StructField {
  const { identity, physicalName } = fieldFacts(field);
  const same = current.fields.find((f) => fieldFacts(f).physicalName === physicalName);
  const mark = same && fieldFacts(same).identity?.highWaterMark;
  if (identity === undefined || mark === undefined) return field;
  const { highWaterMark, step } = identity;
  const isFurther = highWaterMark === undefined || (step < 0n ? mark < highWaterMark : mark > highWaterMark);
  if (!isFurther) return field;
  const exact = Number.isSafeInteger(Number(mark)) ? Number(mark) : mark;
  return { ...field, metadata: { ...field.metadata, [HIGH_WATER_MARK]: exact } };
}
