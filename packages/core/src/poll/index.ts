export { poll } from "./poll.js";
export type { PollInit, PollOptions, PollProgress, RunStore, StartInit } from "./poll-options.js";
export { RunFailedError } from "./run-failed-error.js";
