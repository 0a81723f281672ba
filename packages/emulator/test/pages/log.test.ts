import { describe, expect, it } from "vitest";
import { logPage, type LogEntry } from "../../src/pages/log.ts";

const now = Date.UTC(2026, 0, 2, 3, 4, 5);

function entry(changes: Partial<LogEntry>): LogEntry {
  return { at: now, method: "GET", path: "/x", status: 200, ms: 1, parameters: [], headers: [], ...changes };
}

function page(...entries: LogEntry[]): string {
  return logPage({ entries, now }).replace(/\s+/g, " ");
}

/** The class of the only entry. */
function classOf(changes: Partial<LogEntry>): string | undefined {
  return /<li class="([^"]*)">/.exec(page(entry(changes)))?.[1];
}

describe("logPage", () => {
  it("says that it is empty, and offers no filter then", () => {
    expect(page()).toContain("Nothing has been asked yet.");
    expect(page()).not.toContain("<fieldset");
  });

  it("puts the newest request first and leaves the given list as it was", () => {
    const entries = [entry({ path: "/old" }), entry({ path: "/new" })];
    const document = page(...entries);
    expect(document.indexOf("GET /new")).toBeGreaterThan(0);
    expect(document.indexOf("GET /new")).toBeLessThan(document.indexOf("GET /old"));
    expect(entries[0]?.path).toBe("/old");
  });

  it("tells age, exact time, status and duration", () => {
    const document = page(entry({ at: now - 65_000, status: 201, ms: 7 }));
    expect(document).toContain('<span class="status">201</span>');
    expect(document).toContain('<time datetime="2026-01-02T03:03:00.000Z" title="2026-01-02T03:03:00.000Z">65 s ago');
    expect(document).toContain("</time>, 7 ms");
  });

  it.each([
    [119_000, "119 s ago"],
    [120_000, "2 min ago"],
    [-5000, "0 s ago"],
  ])("writes an age of %i ms as %s", (milliseconds, text) => {
    expect(page(entry({ at: now - milliseconds }))).toContain(`>${text}<`);
  });

  it("shows parameters and headers in tables, and says where there are none", () => {
    const document = page(entry({ parameters: [{ name: "scope", value: "openid" }] }));
    expect(document).toContain('<caption> Parameters </caption> <tr> <th scope="row">scope</th> <td>openid</td> </tr>');
    expect(document).toContain("Headers: none");
  });

  it("tells token requests apart by their grant", () => {
    const grant = '<span class="who">password</span>';
    expect(page(entry({ parameters: [{ name: "grant_type", value: "password" }] }))).toContain(grant);
    expect(page(entry({ parameters: [{ name: "scope", value: "password" }] }))).not.toContain('class="who"');
  });

  it("shows the error of a request that failed", () => {
    expect(page(entry({ status: 400, error: "AADSTS65001" }))).toContain('<span class="reason">AADSTS65001</span>');
  });

  it.each([
    [{ path: "/t/oauth2/v2.0/token" }, "token"],
    [{ path: "/t/oauth2/v2.0/devicecode" }, "token"],
    [{ path: "/t/v2.0/.well-known/openid-configuration" }, "metadata"],
    [{ path: "/t/discovery/v2.0/keys" }, "metadata"],
    [{ path: "/common/userrealm/alice@contoso.example" }, "metadata"],
    [{ path: "/t/oauth2/v2.0/authorize" }, "sign-in"],
    [{ status: 400 }, "sign-in failed"],
    [{ status: 302, error: "AADSTS65004" }, "sign-in failed"],
  ])("files %o under %s", (changes, kind) => {
    expect(classOf(changes)).toBe(kind);
  });

  it("starts with everything shown, and has a style rule for each filter", () => {
    const document = page(entry({}));
    expect(document).toContain('id="show-all" checked');
    const kinds = [...document.matchAll(/id="show-([a-z-]+)"/g)].map(([, kind]) => kind);
    expect(kinds).toEqual(["all", "failed", "token", "sign-in", "metadata"]);
    for (const kind of kinds.slice(1)) {
      expect(document).toContain(`.log:has(#show-${kind}:checked) li:not(.${kind})`);
    }
  });
});
