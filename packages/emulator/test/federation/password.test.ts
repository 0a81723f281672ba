import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultTenants, type FederationConfig } from "../../src/index.ts";
import { claimsOf, numberOf, openScene, type Scene } from "../scene.ts";

const oasis = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
const draft = "http://schemas.xmlsoap.org/ws/2005/02/trust";
const start = Date.UTC(2026, 0, 2, 3, 4, 5);
const fay = { username: "fay@federated.contoso.com", password: "fay-password" };

/** The request as other clients write it. */
function request({
  username = fay.username,
  password = fay.password,
  audience = "urn:federation:MicrosoftOnline",
  trust = oasis,
  created = start,
}: { username?: string; password?: string; audience?: string; trust?: string; created?: number } = {}): string {
  const time = (at: number): string => new Date(at).toISOString();
  return `<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:wsa='http://www.w3.org/2005/08/addressing'>
    <s:Header>
      <wsa:ReplyTo><wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address></wsa:ReplyTo>
      <o:Security xmlns:o='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>
        <u:Timestamp xmlns:u='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'>
          <u:Created>${time(created)}</u:Created><u:Expires>${time(created + 600_000)}</u:Expires>
        </u:Timestamp>
        <o:UsernameToken><o:Username>${username}</o:Username><o:Password>${password}</o:Password></o:UsernameToken>
      </o:Security>
    </s:Header>
    <s:Body><t:RequestSecurityToken xmlns:t='${trust}'>
      <wsp:AppliesTo xmlns:wsp='http://schemas.xmlsoap.org/ws/2004/09/policy'>
        <wsa:EndpointReference><wsa:Address>${audience}</wsa:Address></wsa:EndpointReference>
      </wsp:AppliesTo>
    </t:RequestSecurityToken></s:Body></s:Envelope>`;
}

describe("a federated domain", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.emulator.close());

  async function reopen(federation: Partial<FederationConfig>): Promise<void> {
    await scene.emulator.close();
    const domain = "federated.contoso.com";
    const tenants = defaultTenants.map((each) =>
      each.federation === undefined ? each : { ...each, federation: { domain, ...federation } },
    );
    scene = await openScene({ tenants });
  }

  const base = (): string => `${scene.emulator.url}/federation/federated.contoso.com/adfs/services/trust`;

  async function issue(body: string, version = "13"): Promise<{ status: number; body: string }> {
    const headers = { "content-type": "application/soap+xml; charset=utf-8" };
    const response = await fetch(`${base()}/${version}/usernamemixed`, { method: "POST", headers, body });
    return { status: response.status, body: await response.text() };
  }

  async function assertion(): Promise<string> {
    const { body } = await issue(request());
    const [found = ""] = /<saml:Assertion [^]*<\/saml:Assertion>/.exec(body) ?? [];
    return found;
  }

  const trade = (xml: string, grant = "saml1_1-bearer") =>
    scene.token("desktop", {
      grant_type: `urn:ietf:params:oauth:grant-type:${grant}`,
      assertion: Buffer.from(xml).toString("base64url"),
      scope: "openid profile offline_access User.Read",
      client_info: "1",
    });

  it("is named in the user realm, with its endpoints", async () => {
    const answer = await fetch(`${scene.emulator.url}/common/userrealm/Fay@Federated.contoso.com?api-version=1.0`);
    expect(await answer.json()).toEqual({
      ver: "1.0",
      account_type: "Federated",
      domain_name: "federated.contoso.com",
      cloud_instance_name: new URL(scene.emulator.url).host,
      cloud_audience_urn: "urn:federation:MicrosoftOnline",
      federation_protocol: "WSTrust",
      federation_metadata_url: `${base()}/mex`,
      federation_active_auth_url: `${base()}/2005/usernamemixed`,
    });
  });

  it("describes its endpoints for passwords among others", async () => {
    const response = await fetch(`${base()}/mex`);
    expect(response.headers.get("content-type")).toBe("text/xml; charset=utf-8");
    const addresses = [...(await response.text()).matchAll(/location="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses).toEqual(
      ["13", "2005"].flatMap((version) =>
        ["windowstransport", "certificatemixed", "usernamemixed"].map((way) => `${base()}/${version}/${way}`),
      ),
    );
  });

  it("speaks the versions that it is told to, and no others", async () => {
    await reopen({ versions: ["2005"] });
    expect(await (await fetch(`${base()}/mex`)).text()).not.toContain("/trust/13/");
    expect((await issue(request())).status).toBe(404);
    expect((await issue(request({ trust: draft }), "2005")).status).toBe(200);
  });

  it("makes a SAML 1.1 assertion about the user, which the token endpoint takes for tokens", async () => {
    const answer = await trade(await assertion());
    expect(answer.body).toMatchObject({ scope: "openid profile User.Read" });
    expect(claimsOf(answer, "id_token")).toMatchObject({
      oid: scene.user("fay").oid,
      preferred_username: fay.username,
    });
  });

  it("makes one of SAML 2.0 where it is told to", async () => {
    await reopen({ saml: "2.0" });
    const { body } = await issue(request({ trust: draft }), "2005");
    const [xml = ""] = /<Assertion [^]*<\/Assertion>/.exec(body) ?? [];
    expect(body).toContain("<trust:TokenType>urn:oasis:names:tc:SAML:2.0:assertion</trust:TokenType>");
    expect((await trade(xml, "saml2-bearer")).status).toBe(200);
    expect(numberOf(await trade(xml, "saml1_1-bearer"))).toBe(50008);
  });

  it.each([
    ["a wrong password", { password: "wrong" }, "FailedAuthentication"],
    ["an unknown user", { username: "nobody@federated.contoso.com" }, "FailedAuthentication"],
    [
      "a user of another domain",
      { username: "alice@contoso.onmicrosoft.com", password: "alice-password" },
      "FailedAuthentication",
    ],
    ["another audience", { audience: "urn:other" }, "InvalidScope"],
    ["another version's words", { trust: draft }, "InvalidRequest"],
    ["a message of yesterday", { created: start - 86_400_000 }, "InvalidSecurity"],
    ["a message of tomorrow", { created: start + 86_400_000 }, "InvalidSecurity"],
    ["a message without time", {}, "InvalidSecurity"],
  ])("answers %s with a fault and status 500, as ADFS does", async (name, changes, code) => {
    const body = request(changes);
    const sent = name === "a message without time" ? body.replace(/<u:Created>.*<\/u:Created>/, "") : body;
    const answer = await issue(sent);
    expect(answer.status).toBe(500);
    expect(answer.body).toContain(`c:${code}</s:Value>`);
  });

  it.each(["", "not xml", "<r/>", `<!DOCTYPE r [<!ENTITY e "x">]>${request()}`])(
    "does not take %j for a request",
    async (body) => {
      expect(await issue(body)).toMatchObject({ status: 500 });
    },
  );

  it("answers with a scripted refusal in its own words", async () => {
    scene.emulator.next("wstrust", { error: 50053 });
    expect((await issue(request())).body).toContain("FailedAuthentication");
    scene.emulator.next("wstrust", { error: 53003 });
    expect((await issue(request())).body).toContain("AADSTS53003");
  });

  it("keeps its passwords: Entra ID does not know them", async () => {
    const form = { grant_type: "password", ...fay, scope: "User.Read" };
    expect(numberOf(await scene.token("desktop", form))).toBe(50126);
  });

  it("is not there under another name", async () => {
    const other = base().replace("federated.contoso.com", "other.example");
    expect((await fetch(`${other}/mex`)).status).toBe(404);
    expect((await fetch(`${other}/13/usernamemixed`, { method: "POST", body: request() })).status).toBe(404);
  });

  describe("the assertion, at the token endpoint,", () => {
    it.each<[string, number, (xml: string) => string]>([
      ["with another user", 50013, (xml) => xml.replaceAll("fay@", "eve@")],
      ["with a space more", 50013, (xml) => xml.replace("<saml:Conditions ", "<saml:Conditions  ")],
      ["without a signature", 50013, (xml) => xml.replace(/<ds:Signature [^]*<\/ds:Signature>/, "")],
      ["with another signature", 50013, (xml) => xml.replace(/<ds:SignatureValue>..../, "<ds:SignatureValue>AAAA")],
      ["of another kind", 50008, (xml) => xml.replaceAll("SAML:1.0:assertion", "SAML:2.0:assertion")],
      ["as no XML", 50008, () => "assertion"],
    ])("is refused %s: AADSTS%i", async (_, number, change) => {
      expect(numberOf(await trade(change(await assertion())))).toBe(number);
    });

    it("is refused when it is not base64url: AADSTS50008", async () => {
      const grant_type = "urn:ietf:params:oauth:grant-type:saml1_1-bearer";
      expect(numberOf(await scene.token("desktop", { grant_type, assertion: "<a/>", scope: "User.Read" }))).toBe(50008);
    });

    it("is refused after its hour: AADSTS500133", async () => {
      const xml = await assertion();
      scene.advance(3600);
      expect(numberOf(await trade(xml))).toBe(500133);
    });

    it("is made by one emulator for itself alone, and another process's is refused", async () => {
      const { privateKey } = await crypto.subtle.generateKey(
        { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
        true,
        ["sign", "verify"],
      );
      const xml = await assertion();
      const bare = xml.replace(/<ds:Signature [^]*<\/ds:Signature>/, "");
      const value = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", privateKey, new TextEncoder().encode(bare));
      const forged = xml.replace(/(<ds:SignatureValue>)[^<]*/, `$1${Buffer.from(value).toString("base64")}`);
      expect(numberOf(await trade(forged))).toBe(50013);
    });
  });

  it("leaves no password on the page of the request log", async () => {
    await issue(request());
    const page = await (await fetch(`${scene.emulator.url}/log`)).text();
    expect(page).toContain("/13/usernamemixed");
    expect(page).not.toContain(fay.password);
  });
});
