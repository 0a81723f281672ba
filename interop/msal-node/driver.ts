import { ConfidentialClientApplication, type NodeAuthOptions, PublicClientApplication } from "@azure/msal-node";
import { leadingFetch } from "./leading-fetch.ts";
import type { NodeJob, NodeMessage } from "./messages.ts";

type Application = ConfidentialClientApplication | PublicClientApplication;

// Where the judge says so, every host is the emulator.
const emulator = process.env["EMULATOR_OF_EVERY_HOST"];
if (emulator !== undefined) globalThis.fetch = leadingFetch(new URL(emulator));

/** Makes calls with msal-node, which trusts a private CA only from the environment of its process. */
process.on("message", (job: NodeJob) => {
  run(job).then(send, (error: unknown) => send({ kind: "failed", error: describe(error) }));
});

async function run({ kind, auth, cache, method, on, request, account, payload }: NodeJob): Promise<NodeMessage> {
  const app = openApplication(kind, auth);
  const tokenCache = app.getTokenCache();
  if (cache !== null) tokenCache.deserialize(cache);
  const target = on === "cache" ? tokenCache : app;
  const call: unknown = Reflect.get(target, method);
  if (typeof call !== "function") throw new TypeError(`msal-node has no method ${method}.`);
  const known = account === undefined ? undefined : await findAccount(app, account);
  const ofApp = [{ ...request, ...(account !== undefined && { account: known }), ...people }, payload];
  const result: unknown = await Reflect.apply(call, target, on === "cache" ? [known] : ofApp);
  return { kind: "done", result, cache: tokenCache.serialize() };
}

function openApplication(kind: NodeJob["kind"], auth: NodeAuthOptions): Application {
  return kind === "public" ? new PublicClientApplication({ auth }) : new ConfidentialClientApplication({ auth });
}

async function findAccount(app: Application, username: string): Promise<unknown> {
  const accounts = await app.getTokenCache().getAllAccounts();
  // Of a user of B2C it may not know the name.
  const found =
    accounts.find((each) => each.username === username) ?? (accounts.length === 1 ? accounts[0] : undefined);
  if (found === undefined) throw new Error(`msal-node has no account ${username}.`);
  return found;
}

/** The parent process plays the people: the one at the browser, and the one who reads a device's screen. */
const people = {
  openBrowser: async (url: string): Promise<void> => send({ kind: "visit", url }),
  deviceCodeCallback: ({ verificationUri, userCode }: { verificationUri: string; userCode: string }): void =>
    send({ kind: "visit", url: verificationUri, userCode }),
};

function send(message: NodeMessage): void {
  process.send?.(message);
}

/** The fields of msal-node's errors; the stack would not survive the way to the parent. */
function describe(error: unknown): Readonly<Record<string, unknown>> {
  const fields: Readonly<Record<string, unknown>> =
    error instanceof Error ? Object.fromEntries(Object.entries(error)) : {};
  return { ...fields, message: String(error) };
}
