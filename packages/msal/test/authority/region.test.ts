import { describe, expect, it } from "vitest";
import { chooseRegion, readRegion } from "../../src/authority/region.ts";

describe("the region that an application wants (B1.8)", () => {
  it.each([
    ["westus2", undefined, "westus2"],
    ["WestUS2", undefined, "westus2"],
    [true, undefined, true],
    [undefined, undefined, undefined],
    [undefined, "EastUS", "eastus"],
    ["westus2", "eastus", "westus2"],
    [true, "eastus", true],
    [false, "eastus", undefined],
  ])("option %s beside MSAL_FORCE_REGION %s is %s", (option, forced, chosen) => {
    expect(chooseRegion(option, forced)).toBe(chosen);
  });

  it.each(["West US 2", "", "-westus", "westus-", "west.us", "a".repeat(64), 5, null, {}])("refuses %j", (option) => {
    expect(() => chooseRegion(option, undefined)).toThrow(
      expect.objectContaining({
        code: "invalid_option",
        message:
          '"azureRegion" must be the name of an Azure region in letters, digits and hyphens, such as "westus2", or true to find it out',
      }),
    );
  });

  it("names the variable when that is at fault", () => {
    expect(() => chooseRegion(undefined, "evil.example/")).toThrow(/^"MSAL_FORCE_REGION" must be the name/);
  });
});

it.each([
  ["West US 2", "westus2"],
  ["westus2\n", "westus2"],
  ["", undefined],
  [undefined, undefined],
  ["<html>", undefined],
  ["a.evil.example", undefined],
])("reads a region that a machine tells as %j (B1.8)", (told, region) => {
  expect(readRegion(told)).toBe(region);
});
