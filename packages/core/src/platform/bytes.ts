/** Bytes outside shared memory: the type that `TextEncoder` returns, which every TypeScript since 5.6 can name. */
export type Bytes = ReturnType<TextEncoder["encode"]>;

/** Whether a value is a Uint8Array, also that of another realm: in Jest's environment of jsdom, those of the platform are. */
export function isBytes(value: unknown): value is Uint8Array {
  return (value as Partial<Uint8Array> | null | undefined)?.[Symbol.toStringTag] === "Uint8Array";
}
