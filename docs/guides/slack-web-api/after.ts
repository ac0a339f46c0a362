import { ApiError, createSlack } from "@connectry/slack";

export async function announce(token: string, address: URL): Promise<string[]> {
  const slack = createSlack({ auth: token, baseUrl: address.origin });
  const outcomes: string[] = [];
  for (const channel of ["C_archived", "C_general"]) {
    const { data, error } = await slack.safe.POST("/chat.postMessage", { body: { channel, text: "Deployed" } });
    if (data) outcomes.push("posted");
    else if (ApiError.isInstance(error)) outcomes.push(String(error.code));
    else throw error;
  }
  return outcomes;
}
