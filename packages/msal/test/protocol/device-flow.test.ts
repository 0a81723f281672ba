import { describe, expect, it } from "vitest";
import { checkDeviceFlow, readDeviceAuthorization } from "../../src/protocol/device-flow.ts";
import { argumentErrorOf, msalErrorOf } from "../support/thrown.ts";

const answer = {
  user_code: "ABCD",
  device_code: "secret-device-code",
  verification_uri: "https://login.example/device",
  expires_in: 900,
  interval: 7,
  message: "Go there.",
};

describe("readDeviceAuthorization (B5.5)", () => {
  it("gives the flow with the time of its end", () => {
    expect(readDeviceAuthorization(answer, 1000)).toEqual({ ...answer, expires_at: 1900 });
  });

  it("lets the caller end the wait", () => {
    const flow = readDeviceAuthorization(answer, 1000);
    flow.expires_at = 0;
    expect(flow.expires_at).toBe(0);
  });

  it("asks every 5 seconds where the server does not say (RFC 8628, section 3.2)", () => {
    expect(readDeviceAuthorization({ ...answer, interval: undefined }, 0).interval).toBe(5);
    expect(readDeviceAuthorization({ ...answer, interval: 0 }, 0).interval).toBe(0);
  });

  it("writes the message where the server gives none", () => {
    const { message } = readDeviceAuthorization({ ...answer, message: undefined }, 0);
    expect(message).toBe("To sign in, open https://login.example/device in a browser and enter the code ABCD.");
  });

  it("reads numbers that came as texts", () => {
    expect(readDeviceAuthorization({ ...answer, expires_in: "60", interval: "3" }, 1)).toMatchObject({
      expires_in: 60,
      expires_at: 61,
      interval: 3,
    });
  });

  it("takes verification_url, the name in early drafts", () => {
    const { verification_uri, ...rest } = answer;
    expect(readDeviceAuthorization({ ...rest, verification_url: verification_uri }, 0).verification_uri).toBe(
      verification_uri,
    );
  });

  it("keeps the address with the code in it, and no field it does not know", () => {
    const complete = "https://login.example/device?code=ABCD";
    expect(readDeviceAuthorization({ ...answer, verification_uri_complete: complete, other: 1 }, 0)).toEqual({
      ...answer,
      verification_uri_complete: complete,
      expires_at: 900,
    });
  });

  it.each(["user_code", "device_code", "verification_uri", "expires_in"])("names %s when it is missing", (field) => {
    const error = msalErrorOf(() => readDeviceAuthorization({ ...answer, [field]: undefined }, 0));
    expect(error.code).toBe("invalid_response");
    expect(error.message).toBe(`The device authorization endpoint's answer has no ${field}.`);
  });
});

describe("checkDeviceFlow (B5.5)", () => {
  const flow = readDeviceAuthorization(answer, 0);

  it("gives back the object itself, so that the caller's changes are seen", () => {
    expect(checkDeviceFlow(flow)).toBe(flow);
  });

  it.each([
    [{ error: "invalid_client" }, "has no device_code"],
    [{ ...flow, device_code: "" }, "has no device_code"],
    [{ ...flow, interval: undefined }, "has no number as interval"],
    [{ ...flow, interval: "5" }, "has no number as interval"],
    [{ ...flow, expires_at: Number.NaN }, "has no number as expires_at"],
    [undefined, "is no object"],
    ["flow", "is no object"],
  ])("refuses %j", (value, told) => {
    const error = argumentErrorOf(() => checkDeviceFlow(value));
    expect(error.code).toBe("invalid_flow");
    expect(error.message).toBe(
      `"flow" must be the object that initiateDeviceFlow gave, but it ${told}; give it as that call gave it.`,
    );
  });
});
