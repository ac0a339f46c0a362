import { ErrorCode, WebClient } from "@slack/web-api";

export async function announce(token: string, address: URL): Promise<string[]> {
  const slack = new WebClient(token, { slackApiUrl: `${address.origin}/` });
  const outcomes: string[] = [];
  for (const channel of ["C_archived", "C_general"]) {
    try {
      const { ok } = await slack.chat.postMessage({ channel, text: "Deployed" });
      outcomes.push(ok ? "posted" : "failed");
    } catch (error) {
      const { code, data } = error as { code?: string; data?: { error: string } };
      if (code !== ErrorCode.PlatformError) throw error;
      outcomes.push(String(data?.error));
    }
  }
  return outcomes;
}
