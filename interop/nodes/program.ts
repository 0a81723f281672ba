/**
 * A web application as one of many nodes, in a process of its own with a connection and a port of its own. Its one
 * argument is a {@link Setup} in JSON; it prints its port, and ends with its input.
 */
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { type AuthResult, PartitionedTokenCache, PublicClientApplication, unwrap } from "msal-ts";
import { openStore } from "./open-store.ts";
import type { Answer, Question, Setup } from "./questions.ts";

const { authority, clientId, place } = JSON.parse(process.argv[2] ?? "{}") as Setup;
const tokenCache = new PartitionedTokenCache(await openStore(place));
const app = new PublicClientApplication({ clientId, authority, tokenCache });

const server = createServer((request, response) => {
  void text(request)
    .then((body) => answer(JSON.parse(body) as Question))
    .catch((error: unknown): Answer => ({ fault: String(error) }))
    .then((given) => response.end(JSON.stringify(given)));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address !== null ? address.port : 0);
});
process.stdin.on("end", () => process.exit()).resume();

async function answer(question: Question): Promise<Answer> {
  if (question.kind === "sign in") {
    const { username, password } = question;
    const { account } = unwrap(await app.acquireTokenByUsernamePassword(username, password, ["api://orders/Read"]));
    return { user: account?.homeAccountId ?? "", sources: [] };
  }
  const { user } = question;
  const account = await app.getAccount(user);
  if (account === null) return { fault: "nobody is signed in" };
  if (question.kind === "sign out") {
    await app.removeAccount(account);
    return { user, sources: [] };
  }
  const forceRefresh = question.isForced ?? false;
  // All at once, as the requests of a page come.
  const asked = question.scopes.map((scope) => app.acquireTokenSilentWithError([scope], account, { forceRefresh }));
  return { user, sources: (await Promise.all(asked)).map(sourceOf) };
}

function sourceOf(result: AuthResult | null): string {
  if (result === null) throw new Error("there is nothing to renew with");
  return unwrap(result).token_source;
}
