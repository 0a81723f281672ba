import type { EmulatorApp } from "./directory.ts";

/** True when the application registered this redirect URI. */
export function isRegistered(app: EmulatorApp, redirectUri: string): boolean {
  return app.redirectUris.some((registered) => matches(redirectUri, registered));
}

/** As the portal documents it, an `http` loopback redirect may use any port; `/*` is for development here. */
function matches(redirectUri: string, registered: string): boolean {
  if (redirectUri === registered) return true;
  if (!URL.canParse(redirectUri)) return false;
  const wanted = new URL(redirectUri);
  const known = new URL(registered);
  const sameHost = wanted.protocol === known.protocol && wanted.hostname === known.hostname;
  if (!sameHost || !["localhost", "127.0.0.1", "[::1]"].includes(known.hostname)) return false;
  if (wanted.username !== "" || wanted.password !== "" || wanted.hash !== "") return false;
  if (known.pathname === "/*") return true;
  return known.protocol === "http:" && wanted.pathname === known.pathname && wanted.search === known.search;
}
