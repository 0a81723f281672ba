/**
 * A program as a developer writes it, in a process of its own that may be killed at any moment. Its one argument is a
 * {@link Setup} in JSON; jobs come as messages, and a report goes back when the library's promise is fulfilled.
 */
import { type AuthResult, PartitionedTokenCache, PublicClientApplication, unwrap } from "msal-ts";
import type { Job, JobReport, Report, Setup } from "./messages.ts";
import { openStore } from "./open-store.ts";
import { homeAccountIdOf } from "./token-provider.ts";

const scopes = ["files.read"];
const { authority, place } = JSON.parse(process.argv[2] ?? "{}") as Setup;
const logger = { warn: (warning: string) => report({ warning }) };
const { store } = await openStore(place);
const tokenCache = new PartitionedTokenCache(store, { logger });
const apps = new Map<string, PublicClientApplication>();

process.on("message", (job: Job) => void perform(job).then(report));
process.on("disconnect", () => process.exit());
report({ ready: true });

async function perform(job: Job): Promise<JobReport> {
  const { id } = job;
  const app = appOf(job);
  try {
    if (job.kind === "sign in") return { id, tokens: [refreshTokenOf(await signIn(job))] };
    const account = await app.getAccount(homeAccountIdOf(job.user));
    if (account === null) return { id, isAbsent: true };
    const options = { data: dataOf(job), forceRefresh: job.kind === "renew" };
    const ask = (): Promise<AuthResult | null> => app.acquireTokenSilentWithError(scopes, account, options);
    if (job.kind === "renew") {
      const renewed = await ask();
      return renewed === null ? { id, isAbsent: true } : { id, tokens: [refreshTokenOf(renewed)] };
    }
    return { id, tokens: (await Promise.all(Array.from({ length: job.times ?? 1 }, ask))).map(accessTokenOf) };
  } catch (error) {
    return { id, fault: String(error) };
  }
}

function signIn(job: Job): Promise<AuthResult> {
  return appOf(job).acquireTokenByUsernamePassword(job.user, "password", scopes, { data: dataOf(job) });
}

function appOf({ app: clientId }: Job): PublicClientApplication {
  const app = apps.get(clientId) ?? new PublicClientApplication({ clientId, oidcAuthority: authority, tokenCache });
  apps.set(clientId, app);
  return app;
}

function dataOf({ id }: Job): Readonly<Record<string, string>> {
  return { job: String(id) };
}

function refreshTokenOf(result: AuthResult): string {
  const { refresh_token: token } = unwrap(result);
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
