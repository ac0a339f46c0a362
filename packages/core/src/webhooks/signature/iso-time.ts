import type { TimeFormat } from "../scheme/timestamp-location.js";

/**
 * `timestamp.format` of schemes that write the time in ISO 8601 with seconds, and an offset or `Z`, such as
 * `2020-01-01T00:00:00-07:00`. `unit` is `milliseconds`.
 */
export const isoTime: TimeFormat = {
  name: "ISO 8601",
  parse: (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN,
  format: (ms) => new Date(ms).toISOString(),
};
