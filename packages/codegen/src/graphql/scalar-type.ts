/** What the values of a scalar are: `date` is a text in responses, and also a `Date` in variables. */
export const scalarTypes = ["string", "number", "boolean", "unknown", "date"] as const;
/** The type of a scalar's values. */
export type ScalarType = (typeof scalarTypes)[number];
/** The types of scalars by their names. */
export type Scalars = Readonly<Record<string, ScalarType>>;
