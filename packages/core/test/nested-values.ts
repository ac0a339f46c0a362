import fc from "fast-check";

/** A value without prototypes, as JSON has it. */
export type Nested = string | number | boolean | null | readonly Nested[] | { readonly [key: string]: Nested };

interface Kinds {
  /** @default any text without brackets, and not empty */
  readonly key?: fc.Arbitrary<string>;
  readonly text?: fc.Arbitrary<string>;
  /** Whether null is among the values. */
  readonly nulls?: boolean;
}

/** Any text of whole characters. */
export const anyText = fc.string({ unit: "grapheme" });

// qs leaves out `__proto__`.
const anyKey = anyText.filter((text) => text !== "" && text !== "__proto__" && !/[[\]]/.test(text));

/** Any scalar. */
export function anyScalar(text = anyText): fc.Arbitrary<string | number | boolean> {
  // JSON and the text of a number have no -0.
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((value) => value + 0);
  return fc.oneof(text, number, fc.boolean());
}

/** Objects with any fields, nested up to 5 deep. Lists and objects in them are not empty. */
export function anyFields({ key = anyKey, text, nulls = false }: Kinds = {}): fc.Arbitrary<Record<string, Nested>> {
  const scalar = nulls ? fc.oneof(anyScalar(text), fc.constant(null)) : anyScalar(text);
  const { value } = fc.letrec<{ value: Nested }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      scalar,
      fc.array(tie("value"), { minLength: 1, maxLength: 4 }),
      fc.dictionary(key, tie("value"), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  return fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });
}
