/**
 * A web app on several nodes that share their tokens in Redis. A user's session holds who it is, and no token. Needs
 * `npm install redis@6`.
 */
import {
  type AuthCodeFlow,
  ConfidentialClientApplication,
  isInteractionRequired,
  PartitionedTokenCache,
  unwrap,
} from "msal-ts";
import { type RedisClient, redisStore } from "msal-ts/stores/redis";

export interface Settings {
  authority: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  /** Connected, and the node's own. */
  redis: RedisClient;
}

/** What the session of a browser holds, on the server. */
export interface Session {
  flow?: AuthCodeFlow;
  homeAccountId?: string;
}

/** What one node does. */
export interface WebNode {
  /** Gives the address of the sign-in page. */
  startSignIn(session: Session): Promise<string>;
  /** Takes the browser's way back, on whichever node it ends. */
  endSignIn(session: Session, query: Readonly<Record<string, string>>): Promise<void>;
  /** A token for Microsoft Graph; `undefined` when the user has to sign in again. */
  graphToken(session: Session): Promise<string | undefined>;
}

const scopes = ["User.Read"];

export function createNode({ authority, clientId, clientSecret, redirectUri, redis }: Settings): WebNode {
  const tokenCache = new PartitionedTokenCache(redisStore(redis), { logger: console });
  const app = new ConfidentialClientApplication({ authority, clientId, clientCredential: clientSecret, tokenCache });
  return {
    async startSignIn(session) {
      session.flow = await app.initiateAuthCodeFlow(scopes, { redirectUri });
      return session.flow.auth_uri;
    },

    async endSignIn(session, query) {
      const { flow } = session;
      if (flow === undefined) throw new Error("There is no sign-in to end.");
      delete session.flow; // Good for one answer.
      const { account } = unwrap(await app.acquireTokenByAuthCodeFlow(flow, query));
      if (account) session.homeAccountId = account.homeAccountId;
    },

    async graphToken({ homeAccountId }) {
      // Reads this user's tokens and nobody else's.
      const account = homeAccountId === undefined ? null : await app.getAccount(homeAccountId);
      const result = account && (await app.acquireTokenSilentWithError(scopes, account));
      if (!result || isInteractionRequired(result)) return undefined;
      return unwrap(result).access_token;
    },
  };
}
