import { azureIdentity, msalNode, msalPython, ours } from "../peers/libraries.ts";

/** The inks of a picture on a light ground. The picture itself says what they become on a dark one. */
export const inks = { ground: "#fefefe", text: "#1f2329", line: "#8b929c", grid: "#e4e7eb" } as const;

const inksInTheDark: Readonly<Record<keyof typeof inks, string>> = {
  ground: "#14181e",
  text: "#e3e7ec",
  line: "#79818c",
  grid: "#2b313a",
};

/** Told apart by those who see few colours too (after Okabe and Ito), and seen on both grounds. */
const ofLibrary: readonly (readonly [library: string, color: string])[] = [
  [ours.name, "#0a7fd1"],
  [msalNode.name, "#e2711d"],
  [azureIdentity.name, "#b5579d"],
  [msalPython.name, "#0f9d74"],
];
const others = ["#0a7fd1", "#0f9d74", "#b5579d", "#8d8f18"];

/** A colour for each: a library has the same in every picture, and where one has several lines the first has it. */
export function colorsOf(things: readonly { readonly name: string; readonly isReference?: boolean }[]): string[] {
  const taken = new Set<string>();
  return things.map(({ name, isReference }) => {
    const own = isReference ? inks.line : ofLibrary.find(([library]) => name.startsWith(library))?.[1];
    const color = [own, ...others].find((one) => one !== undefined && !taken.has(one)) ?? inks.text;
    taken.add(color);
    return color;
  });
}

/** The ground, and the rules by which whoever shows the picture changes its inks. */
export function backdrop({ width, height }: { readonly width: number; readonly height: number }): string {
  const names = Object.keys(inks) as (keyof typeof inks)[];
  const rules = names.map(
    (name) =>
      `[fill="${inks[name]}"]{fill:${inksInTheDark[name]}}[stroke="${inks[name]}"]{stroke:${inksInTheDark[name]}}`,
  );
  const style = `<style>@media (prefers-color-scheme:dark){${rules.join("")}}</style>`;
  return `${style}<rect width="${width}" height="${height}" rx="10" fill="${inks.ground}"/>`;
}
