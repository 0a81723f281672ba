/**
 * A program as a developer writes it, in a process of its own that may be killed at any moment. Its one argument is a
 * {@link Setup} in JSON; jobs come as messages, and a report goes back when the library's promise is fulfilled.
 */
import { type AuthResult, PartitionedTokenCache, PublicClientApplication, unwrap } from "msal-ts";
import type { Job, JobReport, Report, Setup } from "./messages.ts";
import { openStore } from "./open-store.ts";
import { clientId, homeAccountIdOf } from "./token-provider.ts";

const scopes = ["files.read"];
const { authority, place } = JSON.parse(process.argv[2] ?? "{}") as Setup;
const logger = { warn: (warning: string) => report({ warning }) };
const { store } = await openStore(place);
const app = new PublicClientApplication({
  clientId,
  oidcAuthority: authority,
  tokenCache: new PartitionedTokenCache(store, { logger }),
});

process.on("message", (job: Job) => void perform(job).then(report));
process.on("disconnect", () => process.exit());
report({ ready: true });

async function perform(job: Job): Promise<JobReport> {
  const { id } = job;
  try {
    if (job.kind === "sign in") return { id, tokens: [refreshTokenOf(await signIn(job))] };
    const account = await app.getAccount(homeAccountIdOf(job.user));
    if (account === null) return { id, isAbsent: true };
    const options = { data: dataOf(job), forceRefresh: job.kind === "renew" };
    const ask = (): Promise<AuthResult | null> => app.acquireTokenSilentWithError(scopes, account, options);
    if (job.kind === "renew") return { id, tokens: [refreshTokenOf(await ask())] };
    return { id, tokens: (await Promise.all(Array.from({ length: job.times ?? 1 }, ask))).map(accessTokenOf) };
  } catch (error) {
    return { id, fault: String(error) };
  }
}

function signIn(job: Job): Promise<AuthResult> {
  return app.acquireTokenByUsernamePassword(job.user, "password", scopes, { data: dataOf(job) });
}

function dataOf({ id }: Job): Readonly<Record<string, string>> {
  return { job: String(id) };
}

function refreshTokenOf(result: AuthResult | null): string {
  const { refresh_token: token } = result === null ? {} : unwrap(result);
  if (token === undefined) throw new Error(`no refresh token in ${JSON.stringify(result)}`);
  return token;
}

function accessTokenOf(result: AuthResult | null): string {
  const { access_token: token } = result === null ? {} : unwrap(result);
  if (token === undefined) throw new Error(`no access token in ${JSON.stringify(result)}`);
  return token;
}

function report(message: Report): void {
  process.send?.(message);
}
