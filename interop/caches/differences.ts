import type { Library } from "./library.ts";
import type { Place } from "./places.ts";
import { questions } from "./questions.ts";
import type { Written } from "./written.ts";

/** What a reader does otherwise with what some writers wrote, and why it cannot or need not be mended here. */
export interface Difference {
  readonly places: readonly Place["name"][];
  readonly writers: readonly Library["name"][];
  readonly reader: Library["name"];
  /** The beginning of the question's name. */
  readonly question: string;
  readonly found: unknown;
  readonly reason: string;
}

const olderToken = { reader: "renewed", writer: "has an older token", writerAgain: "renewed" };
const aliceId = "a0000001-0000-4000-8000-00000000a11c";

/** All that is known; whatever else differs fails the test, and so does a difference that is no more. */
export const differences: readonly Difference[] = [
  ...ofAppTokens(["Entra ID"], ["from the network", "from the network"]),
  ...ofAppTokens(["ADFS", "B2C"], ["from the network"]),
  {
    places: ["Entra ID"],
    writers: ["msal-ts"],
    reader: "MSAL Python",
    question: "who is signed in",
    found: ["alice@contoso.onmicrosoft.com", "dana@fabrikam.onmicrosoft.com"],
    reason: "It looks under the cloud's other names only where its own has nothing at all.",
  },
  {
    places: ["Entra ID"],
    writers: ["msal-ts"],
    reader: "MSAL Python",
    question: "a user's token",
    found: ["from the cache", "no account", "from the cache"],
    reason: "It looks under the cloud's other names only where its own has nothing at all.",
  },
  {
    places: ["Entra ID", "ADFS", "B2C"],
    writers: ["msal-node"],
    reader: "MSAL Python",
    question: "a renewal",
    found: olderToken,
    reason: "It leaves msal-node's token where it is and writes another beside it; msal-node takes the first of both.",
  },
  {
    places: ["Entra ID"],
    writers: ["MSAL Python"],
    reader: "msal-node",
    question: "a renewal",
    found: olderToken,
    reason: "It writes under another name of the cloud; MSAL Python takes what stands under its own first.",
  },
  {
    places: ["Entra ID", "B2C"],
    writers: ["msal-node"],
    reader: "MSAL Python",
    question: "a sign-out",
    found: { traces: [aliceId, "a token"], others: "as they were" },
    reason: "It removes by keys that it makes itself, so msal-node's entries stay.",
  },
  {
    places: ["ADFS"],
    writers: ["msal-node"],
    reader: "MSAL Python",
    question: "a sign-out",
    found: { traces: ["a token"], others: "as they were" },
    reason: "It removes by keys that it makes itself, so msal-node's entries stay.",
  },
  {
    places: ["ADFS"],
    writers: ["MSAL Python", "msal-ts"],
    reader: "msal-node",
    question: "a sign-out",
    found: { traces: ["alice@contoso.onmicrosoft.com", "a token"], others: "as they were" },
    reason: "It removes nothing of a user whose account has no tenant, not even what it wrote itself.",
  },
  {
    places: ["B2C"],
    writers: ["MSAL Python", "msal-ts"],
    reader: "msal-node",
    question: "who is signed in",
    found: [""],
    reason: "It takes the user's name from the id token alone, and B2C's has none.",
  },
  {
    places: ["B2C"],
    writers: ["MSAL Python", "msal-ts"],
    reader: "msal-node",
    question: "a user's token",
    found: ["from the network"],
    reason: "It files tokens of B2C under the policy, the others under the tenant, and it looks there alone.",
  },
  {
    places: ["B2C"],
    writers: ["msal-node"],
    reader: "MSAL Python",
    question: "a user's token",
    found: ["from the network"],
    reason: "It files tokens of B2C under the tenant, msal-node under the policy, and it looks there alone.",
  },
  {
    places: ["B2C"],
    writers: ["msal-node"],
    reader: "msal-ts",
    question: "a renewal",
    found: olderToken,
    reason: "Ours files tokens of B2C under the tenant, as MSAL Python does; msal-node looks under the policy alone.",
  },
  {
    places: ["B2C"],
    writers: ["MSAL Python"],
    reader: "msal-node",
    question: "a renewal",
    found: olderToken,
    reason: "It files tokens of B2C under the policy; MSAL Python looks under the tenant alone.",
  },
];

/** An application's home account is null where MSAL Python or ours writes, empty where msal-node does. */
function ofAppTokens(places: readonly Place["name"][], found: readonly string[]): Difference[] {
  const question = "the application's own token";
  return [
    {
      places,
      writers: ["MSAL Python", "msal-ts"],
      reader: "msal-node",
      question,
      found,
      reason: "It knows its own app tokens by the empty home account; here that is null.",
    },
    {
      places,
      writers: ["msal-node"],
      reader: "MSAL Python",
      question,
      found,
      reason: "It knows its own app tokens by the home account null; msal-node's is empty.",
    },
  ];
}

/** The difference that is known for a question. */
export function differenceOf(
  reader: Library["name"],
  { writer, place }: Written,
  question: string,
): Difference | undefined {
  return differences.find(
    (each) =>
      each.places.includes(place.name) &&
      each.writers.includes(writer.name) &&
      each.reader === reader &&
      question.startsWith(each.question),
  );
}

/** Differences that belong to no question: a mistake in the list. */
export function strayDifferences(): Difference[] {
  return differences.filter(({ question }) => !questions.some(({ name }) => name.startsWith(question)));
}
