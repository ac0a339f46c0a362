export { type ProgressBarOptions, progressBar } from "./progress-bar.js";
export type { ProgressStream } from "./progress-stream.js";
