import { toFetch } from "@connectry/core";
import type { Slack } from "./index.js";

/** A file to upload. */
export interface SlackFile {
  /** Its content: a text, bytes, or a Blob, such as that of Node's `openAsBlob(path)`, which is not held in memory. */
  readonly content: string | Uint8Array | Blob;
  readonly filename: string;
  /** @default `filename` */
  readonly title?: string | undefined;
  /** A description of an image for screen readers. */
  readonly alt_text?: string | undefined;
  /** The language of a snippet, such as `python`. */
  readonly snippet_type?: string | undefined;
}

/** What is uploaded, and where it is shared. */
export interface SlackUpload {
  /** At least one. They are shared together, in one message. */
  readonly files: readonly [SlackFile, ...SlackFile[]];
  /** The channel in which they are shared. @default none: they stay private */
  readonly channel_id?: string | undefined;
  /** The `ts` of the message to which they are a reply. */
  readonly thread_ts?: string | undefined;
  /** The text of the message. */
  readonly initial_comment?: string | undefined;
  /** Whose token is used, where the client has several accounts. */
  readonly account?: string | undefined;
  /** Aborts what is under way; what has arrived at Slack is not shared then. */
  readonly signal?: AbortSignal | undefined;
}

/** A file that was uploaded. */
export interface UploadedFile {
  readonly id: string;
  readonly title?: string | undefined;
}

/**
 * Uploads files and shares them: for each it gets an address (`files.getUploadURLExternal`) and sends the content there, one after
 * another, and then completes all of them in one call (`files.completeUploadExternal`), which alone makes them visible. This replaces
 * `files.upload`, which Slack retired: https://docs.slack.dev/messaging/working-with-files#uploading_files
 *
 * Throws as calls do. When the last call throws OutcomeUnknownError, the files may have been shared. TypeError for no files.
 */
export async function uploadFiles(slack: Slack, upload: SlackUpload): Promise<UploadedFile[]> {
  const { files, account, signal, ...destination } = upload;
  if (files.length === 0) throw new TypeError("files must have at least one file");
  const call = { ...(account !== undefined && { account }), ...(signal && { signal }) };
  const fetch = toFetch(slack, account === undefined ? {} : { account });
  const sent: { readonly id: string; readonly title: string }[] = [];
  for (const { content, filename, title = filename, alt_text, snippet_type } of files) {
    const blob = content instanceof Blob ? content : new Blob([content as string | Uint8Array<ArrayBuffer>]);
    const optional = {
      ...(alt_text !== undefined && { alt_text }),
      ...(snippet_type !== undefined && { snippet_type }),
    };
    const { data } = await slack.POST("/files.getUploadURLExternal", {
      body: { filename, length: blob.size, ...optional },
      ...call,
    });
    const response = await fetch(data.upload_url, { method: "POST", body: blob, ...(signal && { signal }) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`Slack did not take the content of ${filename}: status ${response.status}`);
    sent.push({ id: data.file_id, title });
  }
  const shared = Object.fromEntries(Object.entries(destination).filter(([, value]) => value !== undefined));
  const { data } = await slack.POST("/files.completeUploadExternal", { body: { files: sent, ...shared }, ...call });
  return data.files;
}
