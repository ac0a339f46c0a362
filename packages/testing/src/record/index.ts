export type { RecordMode } from "./record-mode.js";
export { type Recorder, type RecorderOptions, recorder } from "./recorder.js";
export { RecordingError } from "./recording-error.js";
