import type { EmulatorApp } from "./directory.ts";

/** True when the application registered this redirect URI. */
export function isRegistered(app: EmulatorApp, redirectUri: string): boolean {
  return app.redirectUris.some((registered) => matches(redirectUri, registered));
}

/** As the portal documents it: a loopback redirect may use any port; `/*` is for development here. */
function matches(redirectUri: string, registered: string): boolean {
  if (redirectUri === registered) return true;
  if (!URL.canParse(redirectUri)) return false;
  const wanted = new URL(redirectUri);
  const known = new URL(registered);
  const loopback = known.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(known.hostname);
  if (!loopback || wanted.protocol !== "http:" || wanted.hostname !== known.hostname) return false;
  if (wanted.username !== "" || wanted.password !== "" || wanted.hash !== "") return false;
  return known.pathname === "/*" || (wanted.pathname === known.pathname && wanted.search === known.search);
}
