import type { Library } from "./library.ts";
import { questions } from "./questions.ts";

/** What a reader does otherwise with what a writer wrote, and why it cannot or need not be mended here. */
export interface Difference {
  readonly writer: Library["name"];
  readonly reader: Library["name"];
  /** The beginning of the question's name. */
  readonly question: string;
  readonly found: unknown;
  readonly reason: string;
}

const notUnderItsOwnName = "It looks under the cloud's other names only where its own has nothing at all.";
const nodeSeesNoNull = "It knows its own app tokens by the empty home account; here that is null, as in MSAL Python.";
const pythonSeesNoEmpty = "It knows its own app tokens by the home account null; msal-node's is empty.";
const removesByKey =
  "It removes by keys that it makes itself and under its own host alone, so msal-node's entries stay.";

/** All that is known; whatever else differs fails the test, and so does a difference that is no more. */
export const differences: readonly Difference[] = [
  {
    writer: "msal-ts",
    reader: "MSAL Python",
    question: "who is signed in",
    found: ["alice@contoso.onmicrosoft.com", "dana@fabrikam.onmicrosoft.com"],
    reason: notUnderItsOwnName,
  },
  {
    writer: "msal-ts",
    reader: "MSAL Python",
    question: "a user's token",
    found: ["from the cache", "no account", "from the cache"],
    reason: notUnderItsOwnName,
  },
  ...(["MSAL Python", "msal-ts"] as const).map((writer): Difference => ({
    writer,
    reader: "msal-node",
    question: "the application's own token",
    found: ["from the network", "from the network"],
    reason: nodeSeesNoNull,
  })),
  {
    writer: "msal-node",
    reader: "MSAL Python",
    question: "the application's own token",
    found: ["from the network", "from the network"],
    reason: pythonSeesNoEmpty,
  },
  {
    writer: "msal-node",
    reader: "MSAL Python",
    question: "a renewal",
    found: { reader: "renewed", writer: "has an older token", writerAgain: "renewed" },
    reason: "It leaves msal-node's token where it is and writes another beside it; msal-node takes the first of both.",
  },
  {
    writer: "MSAL Python",
    reader: "msal-node",
    question: "a renewal",
    found: { reader: "renewed", writer: "has an older token", writerAgain: "renewed" },
    reason: "It writes under another name of the cloud; MSAL Python takes what stands under its own first.",
  },
  {
    writer: "msal-node",
    reader: "MSAL Python",
    question: "a sign-out",
    found: { traces: ["a0000001-0000-4000-8000-00000000a11c", "a token"], others: "as they were" },
    reason: removesByKey,
  },
];

/** The difference that is known for a question. */
export function differenceOf(
  reader: Library["name"],
  writer: Library["name"],
  question: string,
): Difference | undefined {
  return differences.find(
    (each) => each.reader === reader && each.writer === writer && question.startsWith(each.question),
  );
}

/** Differences that belong to no question: a mistake in the list. */
export function strayDifferences(): Difference[] {
  return differences.filter(({ question }) => !questions.some(({ name }) => name.startsWith(question)));
}
