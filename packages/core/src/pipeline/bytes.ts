/** Bytes of our own, which every TypeScript since 5.6 can name: what an encoder answers with. */
export type Bytes = ReturnType<TextEncoder["encode"]>;
