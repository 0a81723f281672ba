import { parse } from "hono/utils/cookie";
import type { Exchange } from "../exchange.ts";
import type { BrowserSession } from "../state/sessions.ts";
import type { World } from "../world.ts";

const cookieName = "emulator-session";

/** The session of the browser that sent the request, or undefined when it brought none that we know. */
export function findSession(world: World, exchange: Exchange): BrowserSession | undefined {
  return world.sessions.find(parse(exchange.headers.get("cookie") ?? "", cookieName)[cookieName]);
}

/** Puts the session's cookie on an answer. `Lax`: another site's form cannot post into a sign-in. */
export function withSession(response: Response, session: BrowserSession, exchange: Exchange): Response {
  const secure = exchange.origin.startsWith("https:") ? "; Secure" : "";
  response.headers.append("set-cookie", `${cookieName}=${session.id}; Path=/; HttpOnly; SameSite=Lax${secure}`);
  return response;
}
