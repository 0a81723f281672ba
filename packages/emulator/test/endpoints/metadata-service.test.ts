import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openScene, type Scene } from "../scene.ts";

const path = "/metadata/instance/compute/location?format=text&api-version=2021-01-01";
const headers = { metadata: "true" };

describe("the metadata service of a virtual machine", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.emulator.close());

  it("tells the region, at its own address by emulator.fetch and at the emulator's port", async () => {
    const { emulator } = scene;
    const there = await emulator.fetch(`http://169.254.169.254${path}`, { headers });
    expect([there.status, await there.text()]).toEqual([200, "westeurope"]);
    emulator.region = "westus2";
    const here = await fetch(`${emulator.url}${path}`, { headers });
    expect(await here.text()).toBe("westus2");
    expect(emulator.requests.map(({ endpoint }) => endpoint)).toEqual(["metadata-service", "metadata-service"]);
  });

  it.each([
    ["without the header", path, {}],
    ["without a version", "/metadata/instance/compute/location?format=text", headers],
    ["in another format", "/metadata/instance/compute/location?api-version=2021-01-01", headers],
  ])("refuses to tell it %s", async (_, wrong, given) => {
    const response = await fetch(`${scene.emulator.url}${wrong}`, { headers: given });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: expect.stringMatching(/^Bad request\./) as string },
    ]);
  });

  it("has a region with a name", () => {
    expect(() => void (scene.emulator.region = "")).toThrow('"region" must be');
  });
});
