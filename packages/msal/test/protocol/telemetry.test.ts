import { describe, expect, it } from "vitest";
import { API_ID, createTelemetry, REFRESH_REASON } from "../../src/protocol/telemetry.ts";

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const lastOf = (telemetry: ReturnType<typeof createTelemetry>) =>
  telemetry.headers(API_ID.silent, REFRESH_REASON.notSilent)["x-client-last-telemetry"];

describe("telemetry (B2.4)", () => {
  it("counts each call under the id that the whole family uses", () => {
    expect(API_ID).toEqual({
      silent: 84,
      refreshToken: 85,
      interactive: 169,
      password: 301,
      onBehalfOf: 523,
      deviceCode: 622,
      forClient: 730,
      authorizationCode: 832,
    });
    expect(REFRESH_REASON).toEqual({ notSilent: 0, forced: 1, noToken: 2, expired: 3, aging: 4 });
  });

  it("says at most 100 characters of the call at hand", () => {
    for (const api of Object.values(API_ID)) {
      const { "x-client-current-telemetry": current } = createTelemetry().headers(api, REFRESH_REASON.aging);
      expect(current).toMatch(/^4\|\d+,4\|$/);
      expect(current.length).toBeLessThanOrEqual(100);
    }
  });

  it("begins with nothing to tell", () => {
    expect(createTelemetry().headers(API_ID.silent, REFRESH_REASON.aging)).toEqual({
      "x-client-current-telemetry": "4|84,4|",
      "x-client-last-telemetry": "4|0|||",
    });
  });

  it("tells cache hits and failures since the last success, in the reference's format", () => {
    const telemetry = createTelemetry();
    telemetry.silentHit();
    telemetry.silentHit();
    telemetry.failed(API_ID.password, id(1), "invalid_grant");
    telemetry.failed(API_ID.silent, id(2), "interaction_required");
    expect(lastOf(telemetry)).toBe(`4|2|301,${id(1)},84,${id(2)}|invalid_grant,interaction_required|`);
    expect(lastOf(telemetry)).toBe(`4|2|301,${id(1)},84,${id(2)}|invalid_grant,interaction_required|`);
  });

  it("forgets all of it on success", () => {
    const telemetry = createTelemetry();
    telemetry.silentHit();
    telemetry.failed(API_ID.password, id(1), "invalid_grant");
    telemetry.succeeded();
    expect(lastOf(telemetry)).toBe("4|0|||");
  });

  it("keeps the first failures and stays within 350 characters", () => {
    const telemetry = createTelemetry();
    for (let number = 0; number < 50; number += 1) telemetry.failed(API_ID.password, id(number), "invalid_grant");
    const last = lastOf(telemetry);
    expect(last.length).toBeLessThanOrEqual(350);
    expect(last.length).toBeGreaterThan(350 - 20 - 56);
    expect(last.startsWith(`4|0|301,${id(0)},301,${id(1)},`)).toBe(true);
  });

  it("stays within 350 characters after any number of hits, and drops a failure that is too long by itself", () => {
    const longest = 330 - `84,${id(1)},,`.length;
    const full = createTelemetry();
    full.failed(API_ID.silent, id(1), "e".repeat(longest + 1));
    expect(lastOf(full)).toBe("4|0|||");
    full.failed(API_ID.silent, id(1), "e".repeat(longest));
    expect(lastOf(full).length).toBe("4|0|||".length + 328);
  });

  it("lets no separator or line break in with a value", () => {
    const telemetry = createTelemetry();
    telemetry.failed(API_ID.silent, "a,b|c\r\nd", "x|y,ü\n");
    expect(lastOf(telemetry)).toBe("4|0|84,a_b_c__d|x_y___|");
  });

  it("is apart for each application", () => {
    const one = createTelemetry();
    one.silentHit();
    expect(lastOf(createTelemetry())).toBe("4|0|||");
  });
});
