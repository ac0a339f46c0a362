export { boxUploads, googleUploads } from "./known-facts.js";
export type { OffsetUploadFacts, PartUploadFacts, UploadSessionFacts } from "./session-facts.js";
export { uploadInSession } from "./upload-in-session.js";
export type { StartInit, UploadOptions, UploadProgress } from "./upload-options.js";
export type { UploadSource } from "./upload-source.js";
