/**
 * Bytes outside shared memory: the type that `Uint8Array.of` returns. Every TypeScript since 5.6 can name it, without the types of
 * browsers, too, where a global class of Node such as TextEncoder is a value and no type.
 */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** Whether a value is a Uint8Array, also that of another realm: in Jest's environment of jsdom, those of the platform are. */
export function isBytes(value: unknown): value is Uint8Array {
  return (value as Partial<Uint8Array> | null | undefined)?.[Symbol.toStringTag] === "Uint8Array";
}
