import type { Connector, PathIndex } from "@connectry/core";
import { events } from "@connectry/core/events";

interface ModelEvent {
  readonly type: string;
  readonly delta?: string;
}

/** Writes a model's response as it arrives; an abort closes the connection, and so ends what is paid for. */
export async function streamText(
  model: Connector<PathIndex>,
  input: string,
  { write, signal }: { readonly write: (text: string) => void; readonly signal: AbortSignal },
): Promise<void> {
  const body = { model: "gpt-5", input, stream: true };
  for await (const event of events(model).request<ModelEvent>("POST", "/responses", { body, signal }))
    if (event.type === "response.output_text.delta") write(event.delta ?? "");
}
