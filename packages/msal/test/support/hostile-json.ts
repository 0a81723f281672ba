import * as fc from "fast-check";

/** Texts that programs stumble over: not well-formed, numbers that are none, names that every object has. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "\uD800",
    "a\uDC00b",
    "null",
    "NaN",
    "-1",
    "1e999",
    "9".repeat(400),
    "x".repeat(5000),
    "=".repeat(5000),
    "__proto__",
    "constructor",
    "toString",
    "%",
    "%ff",
    "a b\tc\nd",
    "https://user:word@host:99999/",
    "eyJhbGciOiJub25lIn0.e30.",
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
);

/** JSON values that few programs expect, as text: a number may be past all numbers, and a list past every stack. */
const oddities: readonly string[] = [
  "null",
  "-0",
  "1e999",
  "-1e300",
  "9007199254740993",
  "1.5",
  String.raw`"\ud800"`,
  '{"toString":1,"valueOf":1}',
  '[{"toString":1,"valueOf":1}]',
  '{"__proto__":{"toString":1}}',
  '{"constructor":null,"hasOwnProperty":1,"length":-1}',
  "[[],[[]],{}]",
  nested(200),
  nested(5000),
];

/** JSON text of any value. */
export const hostileJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddities) },
  { weight: 2, arbitrary: hostileText.map((text) => JSON.stringify(text)) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)) },
);

/** JSON text of an object: each field is what it should be, or anything, or absent; and there may be others beside. */
export function hostileObject(fields: Readonly<Record<string, unknown>>): fc.Arbitrary<string> {
  const known = Object.entries(fields).map(([name, value]) =>
    fc
      .oneof(
        { weight: 6, arbitrary: fc.constant<string | undefined>(JSON.stringify(value)) },
        { weight: 1, arbitrary: hostileJson },
        { weight: 1, arbitrary: fc.constant(undefined) },
      )
      .map((text) => (text === undefined ? [] : [member(name, text)])),
  );
  const others = fc.array(
    fc.tuple(hostileText, hostileJson).map(([name, text]) => member(name, text)),
    { maxLength: 2 },
  );
  return fc.tuple(fc.tuple(...known), others).map(([own, more]) => `{${[...own.flat(), ...more].join(",")}}`);
}

/** The same as a value, for those who take no text. What lies deeper than any stack is as it is. */
export function hostileValue(fields: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  return fc
    .oneof({ weight: 6, arbitrary: hostileObject(fields) }, { weight: 1, arbitrary: hostileJson })
    .map((text): unknown => JSON.parse(text));
}

function member(name: string, text: string): string {
  return `${JSON.stringify(name)}:${text}`;
}

function nested(depth: number): string {
  return `${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}`;
}

/** JSON texts of objects that are as they should be but for one field, which is each of the {@link oddities} in turn. */
export function withOneOddField(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(fields).flatMap((odd) =>
    oddities.map((oddity) => {
      const text = (name: string): string => (name === odd ? oddity : (JSON.stringify(fields[name]) ?? "null"));
      return `{${Object.keys(fields)
        .map((name) => member(name, text(name)))
        .join(",")}}`;
    }),
  );
}

/** The same as values. */
export function oddValuesOf(fields: Readonly<Record<string, unknown>>): unknown[] {
  return withOneOddField(fields).map((text): unknown => JSON.parse(text));
}
