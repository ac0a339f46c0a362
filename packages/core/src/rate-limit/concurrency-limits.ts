import type { FindConcurrencyLimits } from "../pipeline/strategies.js";

/** Finds the documented numbers of requests at once that apply to an operation. */
export const concurrencyLimits: FindConcurrencyLimits = ({ bucket, method }, limits) =>
  limits.flatMap(({ bucket: own = bucket, limit, methods = [method] }, index) =>
    own === bucket && methods.includes(method) ? [{ name: `concurrency ${index}`, concurrency: limit }] : [],
  );
