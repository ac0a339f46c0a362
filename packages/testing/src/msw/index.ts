export { type MswFake, type MswFakeOptions, mswFake } from "./msw-fake.js";
export type { MswHandler, TypedOverride, TypedReply, TypedRequest } from "./typed-override.js";
