export type { Catalog, Provider, ProviderWebhook } from "./catalog.js";
export type { FrameworkName } from "./frameworks.js";
export { type MainContext, main } from "./main.js";
export { type ProjectOptions, writeProject } from "./write-project.js";
