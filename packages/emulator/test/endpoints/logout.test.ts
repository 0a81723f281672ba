import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openScene, type Scene } from "../scene.ts";

describe("logout endpoint", () => {
  let scene: Scene;
  let cookies: Map<string, string>;
  beforeEach(async () => {
    scene = await openScene();
    cookies = new Map();
    await scene.emulator.signIn(scene.authorizeUrl("web"), "alice", { cookies });
  });
  afterEach(() => scene.emulator.close());

  const logOut = (query = ""): Promise<Response> =>
    fetch(`${scene.emulator.authority()}/oauth2/v2.0/logout${query}`, {
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
      redirect: "manual",
    });

  it("signs the browser out and says so", async () => {
    expect(await (await logOut()).text()).toContain("Signed out");
    const { parameters } = await scene.emulator.signIn(scene.authorizeUrl("web", { prompt: "none" }), "alice", {
      cookies,
    });
    expect(parameters["error"]).toBe("login_required");
  });

  it("goes back to a registered address, with the state", async () => {
    const response = await logOut(
      `?post_logout_redirect_uri=${encodeURIComponent("http://localhost:3000/bye")}&state=s`,
    );
    expect(response.headers.get("location")).toBe("http://localhost:3000/bye?state=s");
  });

  it("goes nowhere else", async () => {
    const response = await logOut("?post_logout_redirect_uri=https%3A%2F%2Fevil.example");
    expect(response.status).toBe(200);
    expect(response.headers.get("location")).toBeNull();
  });
});
