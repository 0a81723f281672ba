import {
  type Account,
  type AuthResult,
  type ClientApplication,
  ConfidentialClientApplication,
  PublicClientApplication,
  SerializableTokenCache,
  unwrap,
} from "msal-ts";
import { known, type SecureEmulator } from "../secure-emulator.ts";
import { appScope, type Library, type Outcome, type Step, userScope } from "./library.ts";

/** This library at the emulator. */
export function ourLibrary(secure: SecureEmulator): Library {
  return {
    name: "msal-ts",
    async act(step) {
      const tokenCache = new SerializableTokenCache();
      tokenCache.deserialize(step.state);
      const outcome = await run(secure, step, tokenCache);
      return { ...outcome, state: tokenCache.serialize() };
    },
  };
}

async function run(
  secure: SecureEmulator,
  step: Step,
  tokenCache: SerializableTokenCache,
): Promise<Omit<Outcome, "state">> {
  const { emulator } = secure;
  const authority = `https://${step.host}/${step.tenant}`;
  const options = { authority, tokenCache, fetch: emulator.fetch };
  if (step.action === "appToken") {
    const { clientId, secret } = secure.app("daemon");
    const clientCredential = known(secret, "secret");
    const app = new ConfidentialClientApplication({ ...options, clientId, clientCredential });
    return tokenOf(await app.acquireTokenForClient([appScope]));
  }
  const app = new PublicClientApplication({ ...options, clientId: secure.app("desktop").clientId });
  if (step.action === "accounts") return { usernames: (await app.getAccounts()).map(({ username }) => username) };
  const { username, password } = secure.user(known(step.user, "user"));
  if (step.action === "signIn") {
    return tokenOf(await app.acquireTokenByUsernamePassword(username, password, [userScope]));
  }
  const account = await findAccount(app, username);
  if (step.action !== "signOut") {
    return tokenOf(await app.acquireTokenSilent([userScope], account, { forceRefresh: step.action === "renew" }));
  }
  await app.removeAccount(account);
  return {};
}

async function findAccount(app: ClientApplication, username: string): Promise<Account> {
  const accounts = await app.getAccounts({ username });
  return known(accounts[0], `account ${username}`);
}

function tokenOf(result: AuthResult | null): { token: string | undefined } {
  return { token: result === null ? undefined : unwrap(result).access_token };
}
