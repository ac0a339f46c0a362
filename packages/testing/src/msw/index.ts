export { type MswFake, type MswFakeOptions, mswFake } from "./msw-fake.js";
export type { TypedOverride, TypedReply, TypedRequest } from "./typed-override.js";
