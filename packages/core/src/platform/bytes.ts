/** Bytes outside shared memory: the type that `TextEncoder` returns, which every TypeScript since 5.6 can name. */
export type Bytes = ReturnType<TextEncoder["encode"]>;
