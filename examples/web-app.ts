/** A web app that signs its users in, with nothing but node:http. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Account, type AuthCodeFlow, ConfidentialClientApplication } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  clientSecret: string;
  /** Registered as a redirect URI, with `/auth/callback` at the end. */
  origin: string;
  port: number;
}

/** What the server remembers of a browser. In production keep it in a store that several servers share. */
interface Session {
  flow?: AuthCodeFlow;
  account?: Account | undefined;
}

export async function startWebApp({ authority, clientId, clientSecret, origin, port }: Settings): Promise<Server> {
  const app = new ConfidentialClientApplication({ authority, clientId, clientCredential: clientSecret });
  const sessions = new Map<string, Session>();

  const pages: Record<string, (session: Session, request: URL, response: ServerResponse) => Promise<void>> = {
    "/": async ({ account }, _, response) => {
      const token = account && (await app.acquireTokenSilent(["User.Read"], account));
      response.end(token ? `Hello ${account.username}` : "Please sign in at /auth/sign-in");
    },
    "/auth/sign-in": async (session, _, response) => {
      session.flow = await app.initiateAuthCodeFlow(["User.Read"], { redirectUri: `${origin}/auth/callback` });
      redirect(response, session.flow.auth_uri);
    },
    "/auth/callback": async (session, { searchParams }, response) => {
      const { flow } = session;
      if (flow === undefined) return redirect(response, "/auth/sign-in");
      delete session.flow; // Good for one answer.
      const result = await app.acquireTokenByAuthCodeFlow(flow, Object.fromEntries(searchParams));
      if ("error" in result) return void response.writeHead(403).end(`Not signed in: ${result.error}`);
      // A new session id, so that nobody who knew the old one is signed in too.
      startSession(sessions, response, { account: result.account });
      redirect(response, "/");
    },
    "/auth/sign-out": async (session, _, response) => {
      if (session.account) await app.removeAccount(session.account);
      delete session.account;
      redirect(response, "/");
    },
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", origin);
    const page = pages[url.pathname];
    if (page === undefined) return void response.writeHead(404).end("No such page");
    const session = sessions.get(sessionId(request)) ?? startSession(sessions, response, {});
    page(session, url, response).catch((error: unknown) => {
      console.error(error); // Holds no token and no secret.
      response.writeHead(500).end("Something went wrong");
    });
  });
  await once(server.listen(port, "localhost"), "listening");
  return server;
}

function startSession(sessions: Map<string, Session>, response: ServerResponse, session: Session): Session {
  const id = randomUUID();
  sessions.set(id, session);
  // Over https add "Secure".
  response.setHeader("set-cookie", `session=${id}; HttpOnly; SameSite=Lax; Path=/`);
  return session;
}

function sessionId({ headers }: IncomingMessage): string {
  return /\bsession=([^;]+)/.exec(headers.cookie ?? "")?.[1] ?? "";
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}
