import { readServerUrl } from "../generate/facts/server-url.js";
import type { DraftField } from "./draft.js";
import type { EnteredFields } from "./draft-profile.js";
import { parseAuth } from "./read-auth.js";

/** Asks the user a question and resolves to the entered text, which is empty to skip the question. */
export type Ask = (question: string) => Promise<string>;

/** Asks for the fields of a draft that have TODOs. An invalid text is asked for again, a skipped one keeps its TODO. */
export async function askMissingFields(ask: Ask, id: string, fields: readonly DraftField[]): Promise<EnteredFields> {
  const askFor = async <T>(
    name: string,
    question: string,
    parse: (text: string) => T | undefined,
  ): Promise<T | undefined> => {
    if (!fields.some((field) => field.name === name && field.todos.length > 0)) return undefined;
    for (;;) {
      const text = (await ask(question)).trim();
      if (text === "") return undefined;
      const value = parse(text);
      if (value !== undefined) return value;
    }
  };
  const baseUrl = await askFor("baseUrl", "What is the base URL of the API (https://...)? ", (text) =>
    /^https:/.test(text) ? readServerUrl({ url: text }, "https://relative.invalid") : undefined,
  );
  const auth = await askFor("auth", "How is the credential sent (bearer, basic, header NAME, query NAME)? ", (text) =>
    parseAuth(text, id),
  );
  const message = await askFor("errors", "Where is the message in an error body (such as error.message)? ", (text) =>
    /^[\w.-]+$/.test(text) ? text.split(".") : undefined,
  );
  return {
    ...(baseUrl !== undefined && { baseUrl }),
    ...(auth !== undefined && { auth }),
    ...(message !== undefined && { message }),
  };
}
