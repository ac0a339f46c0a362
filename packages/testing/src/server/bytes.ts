/** Bytes of a request, which every TypeScript since 5.6 can name. */
export type Bytes = ReturnType<TextEncoder["encode"]>;
