import type { BrokerAnswer, BrokerRequest, BrokerTokens } from "../broker/broker.ts";
import { decodeIdToken } from "../protocol/id-token.ts";
import type { BrokerRule, BrokerStage } from "./broker-scene.ts";
import { check } from "./conformance-test.ts";

/** Ten years: an end beyond was given in milliseconds. Seconds. */
const absurdlyLong = 315_360_000;

/** What a broker gives. */
export const tokenRules: readonly BrokerRule[] = [
  {
    scene: "somebody is signed in",
    name: "signs in silently and gives whole tokens",
    run: async (stage) => void (await silentSignIn(stage)),
  },
  {
    scene: "somebody is signed in",
    name: "gives tokens for the account by the id that came with it",
    async run(stage) {
      const { account } = await silentSignIn(stage);
      const again = checkWhole(stage, await stage.broker.acquireTokenSilently(account.id, stage.request));
      const { id, homeAccountId } = again.account;
      check(id === account.id, `the account ${account.id} again`, id);
      check(homeAccountId === account.homeAccountId, `the user ${account.homeAccountId} again`, homeAccountId);
    },
  },
  {
    scene: "somebody is signed in",
    name: "keeps calls at once apart",
    async run(stage) {
      const { broker, request } = stage;
      const { account } = await silentSignIn(stage);
      await Promise.all(
        request.scopes.map(async (scope) => {
          const own = Object.freeze({ ...request, scopes: Object.freeze([scope]) });
          checkWhole(stage, await broker.acquireTokenSilently(account.id, own), own);
        }),
      );
    },
  },
  {
    scene: "somebody is signed in",
    name: "changes nothing in what it gave before",
    async run(stage) {
      const first = await silentSignIn(stage);
      const before = JSON.stringify(first);
      await stage.broker.acquireTokenSilently(first.account.id, stage.request);
      await stage.broker.signOut(first.account.id, stage.request);
      check(JSON.stringify(first) === before, "the tokens that it gave to stay as they were", first);
    },
  },
  {
    scene: "somebody is signed in",
    name: "signs the account out, and has nothing against a second time",
    async run(stage) {
      const { broker, request } = stage;
      const { account } = await silentSignIn(stage);
      const first = await broker.signOut(account.id, request);
      check(first === undefined, "no refusal", first);
      const second = await broker.signOut(account.id, request);
      check(second === undefined || second.status === "account_not_found", "account_not_found at most", second?.status);
    },
  },
  {
    scene: "the user signs in",
    name: "gives whole tokens for whoever signs in",
    async run(stage) {
      const { broker, request } = stage;
      checkWhole(stage, await broker.signInInteractively({ ...request, parentWindowHandle: "console" }));
    },
  },
];

/** The tokens of the default account. */
export async function silentSignIn(stage: BrokerStage): Promise<BrokerTokens> {
  return checkWhole(stage, await stage.broker.signInSilently(stage.request));
}

function checkWhole(
  { now, request: usual }: BrokerStage,
  answer: BrokerAnswer,
  request: BrokerRequest = usual,
): BrokerTokens {
  if ("status" in answer) throw new Error(`Expected tokens, found the refusal ${answer.status}: ${answer.message}`);
  const { accessToken, tokenType, expiresOn, scopes, account, idToken } = answer;
  check(isText(accessToken), "an access token", typeof accessToken);
  check(isText(tokenType), "the kind of token", tokenType);
  check(expiresOn > now && expiresOn < now + absurdlyLong, "an end in epoch seconds, in the future", expiresOn);
  check(Array.isArray(scopes), "a list of scopes", scopes);
  const missing = scopes.length === 0 ? undefined : request.scopes.find((scope) => !holds(scopes, scope));
  check(missing === undefined, "every scope that was asked for, or none at all", scopes.join(" "));
  check(isText(account.id), "an id of the account", account.id);
  check(/^[^.]+\.[^.]+$/.test(account.homeAccountId), "{object id}.{home tenant id}", account.homeAccountId);
  check(typeof account.username === "string", "a user name, be it empty", account.username);
  if (idToken !== undefined) checkIdToken(idToken, request);
  return answer;
}

function checkIdToken(idToken: string, { clientId }: BrokerRequest): void {
  const { aud } = decodeIdToken(idToken);
  check([aud].flat().includes(clientId), `an id token for ${clientId}`, aud);
}

/** The provider may name a scope by its resource. */
function holds(granted: readonly string[], scope: string): boolean {
  const wanted = scope.toLowerCase();
  return granted.some((name) => name.toLowerCase() === wanted || name.toLowerCase().endsWith(`/${wanted}`));
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
