const module = new URL("../../../packages/codegen/dist/source/document-cache.js", import.meta.url).href;
const { cacheFolder } = (await import(module)) as { cacheFolder(env: NodeJS.ProcessEnv): string };

/** The cache of the command: it outlives a checkout, so that 400 MB are not streamed again for each. */
export const benchmarkCache = `${cacheFolder(process.env)}/benchmarks`;
/** Where the command keeps the clients that it has generated, and does not generate again. */
export const keptClients = `${cacheFolder(process.env)}/clients`;
