import { readServerUrl } from "../generate/facts/server-url.js";
import type { DraftField } from "./draft.js";
import type { Answers } from "./draft-profile.js";
import { parseAuth } from "./read-auth.js";

/** Puts one question to somebody at a terminal; an empty answer leaves it open. */
export type Ask = (question: string) => Promise<string>;

/** Asks for what a draft leaves open; what stays unanswered stays a marked line. */
export async function askAnswers(ask: Ask, id: string, fields: readonly DraftField[]): Promise<Answers> {
  const isOpen = (name: string) => fields.some((field) => field.name === name && field.open.length > 0);
  const until = async <T>(question: string, read: (text: string) => T | undefined): Promise<T | undefined> => {
    for (;;) {
      const text = (await ask(question)).trim();
      if (text === "") return undefined;
      const value = read(text);
      if (value !== undefined) return value;
    }
  };
  const baseUrl = isOpen("baseUrl")
    ? await until("Where is the API served (https://...)? ", (text) =>
        /^https:/.test(text) ? readServerUrl({ url: text }, "https://relative.invalid") : undefined,
      )
    : undefined;
  const auth = isOpen("auth")
    ? await until("How is the credential sent (bearer, basic, header NAME, query NAME)? ", (text) =>
        parseAuth(text, id),
      )
    : undefined;
  const message = isOpen("errors")
    ? await until("Where does an error say what went wrong (such as error.message)? ", (text) =>
        /^[\w.-]+$/.test(text) ? text.split(".") : undefined,
      )
    : undefined;
  return {
    ...(baseUrl !== undefined && { baseUrl }),
    ...(auth !== undefined && { auth }),
    ...(message !== undefined && { message }),
  };
}
