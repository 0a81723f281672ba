import type { Exchange } from "../exchange.ts";
import { findSession } from "../login/browser-session.ts";
import { messagePage } from "../pages/message.ts";
import { isRegistered } from "../redirect-uris.ts";
import { htmlResponse, redirectResponse } from "../responses.ts";
import { pathsOf } from "../place.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Signs every account out of this browser (OpenID Connect RP-Initiated Logout). */
export const logoutEndpoint: Endpoint = {
  name: "logout",
  paths: pathsOf("oauth2/v2.0/logout", "oauth2/logout"),
  methods: ["GET", "POST"],
  errors: "page",
  handle: logout,
};

function logout(world: World, exchange: Exchange): Response {
  world.directory.tenantAt(exchange.place);
  findSession(world, exchange)?.signedIn.clear();
  const target = exchange.query["post_logout_redirect_uri"] ?? exchange.form["post_logout_redirect_uri"];
  const known = Object.values(world.directory.apps).some((app) => target !== undefined && isRegistered(app, target));
  if (target === undefined || !known) {
    return htmlResponse(
      messagePage({ title: "Signed out", text: "You signed out of your account. Close this window." }),
    );
  }
  const url = new URL(target);
  const state = exchange.query["state"] ?? exchange.form["state"];
  if (state !== undefined) url.searchParams.set("state", state);
  return redirectResponse(url.href);
}
