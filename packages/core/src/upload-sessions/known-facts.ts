import type { OffsetUploadFacts, PartUploadFacts } from "./session-facts.js";

/**
 * Box's chunked uploads, of files from 20 MB: https://developer.box.com/guides/uploads/chunked
 * (session, part, commit), https://developer.box.com/reference/get-files-upload-sessions-id-parts (list).
 */
export const boxUploads = {
  kind: "parts",
  session: ["id"],
  partBytes: ["part_size"],
  status: { method: "GET", path: "/files/upload_sessions/{session}" },
  part: { method: "PUT", path: "/files/upload_sessions/{session}", at: ["part"] },
  list: {
    method: "GET",
    path: "/files/upload_sessions/{session}/parts",
    items: ["entries"],
    total: ["total_count"],
    limit: 1_000,
  },
  commit: { method: "POST", path: "/files/upload_sessions/{session}/commit" },
} as const satisfies PartUploadFacts;

/**
 * Google's resumable uploads, of Drive, YouTube and Cloud Storage: https://developers.google.com/drive/manage-uploads#resumable,
 * https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol. Chunks are multiples of 256 KiB.
 */
export const googleUploads = {
  kind: "offset",
  session: "location",
  incomplete: 308,
  multipleOfBytes: 262_144,
  chunkBytes: 8_388_608,
} as const satisfies OffsetUploadFacts;
