/** The one stylesheet of all pages. It stands inline, so that a page is whole in one answer. */
export const stylesheet: string = `
:root {
  color-scheme: light dark;
  --ground: #eef1f6; --card: #ffffff; --text: #1b2130; --quiet: #545d70; --line: #c3cad8; --field: #79839a;
  --accent: #4338ca; --accent-hover: #352bb0; --on-accent: #ffffff; --soft: #eceefb;
  --bad: #a4161a; --bad-soft: #fdecec; --good: #17663a;
  --notice: #fde68a; --on-notice: #3f2d04; --notice-stripe: #fbdc6c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151d; --card: #1d222e; --text: #eceff6; --quiet: #aab3c6; --line: #3a4356; --field: #818ca5;
    --accent: #a5b0ff; --accent-hover: #c0c8ff; --on-accent: #14172b; --soft: #2a3145;
    --bad: #ffb3b0; --bad-soft: #43201f; --good: #8fdcae;
    --notice: #4a3a0c; --on-notice: #fdeebc; --notice-stripe: #55440f;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
.banner {
  padding: .6rem 1rem; text-align: center; font-size: .9rem; color: var(--on-notice);
  background: var(--notice) repeating-linear-gradient(-45deg, var(--notice) 0 14px, var(--notice-stripe) 14px 28px);
}
main {
  width: min(27.5rem, 100% - 2rem); margin: clamp(1rem, 8vh, 5rem) auto 2rem; padding: clamp(1.25rem, 5vw, 2rem);
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  box-shadow: 0 8px 28px rgb(0 0 0 / 10%);
}
main.wide { width: min(70rem, 100% - 2rem); margin-top: 1.5rem; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; font-weight: 650; }
p { margin: 0 0 1rem; }
.quiet, dt { color: var(--quiet); font-size: .925rem; }
.who { display: inline-block; padding: .15rem .7rem; border-radius: 1rem; background: var(--soft); }
.alert {
  padding: .7rem .9rem; color: var(--bad); background: var(--bad-soft);
  border-left: 4px solid var(--bad); border-radius: .25rem;
}
.hint { padding: .7rem .9rem; background: var(--soft); border-radius: .4rem; }
.code { font: 600 1.5rem/1.3 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; letter-spacing: .12em; }
label { display: block; margin-bottom: .3rem; font-weight: 600; }
input[type="text"], input[type="password"] {
  width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--field); border-radius: .4rem;
}
input[aria-invalid="true"] { border-color: var(--bad); }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
button {
  min-height: 2.75rem; padding: .5rem 1.4rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: .4rem;
}
button:hover { background: var(--accent-hover); }
button.second { color: var(--text); background: transparent; border-color: var(--field); }
button.second:hover { background: var(--soft); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.accounts { margin: 1rem 0 1.5rem; padding: 0; list-style: none; border-bottom: 1px solid var(--line); }
.accounts li { border-top: 1px solid var(--line); }
.accounts button {
  width: 100%; padding: .75rem; text-align: left; font-weight: 400; color: var(--text); background: transparent;
  border-radius: 0;
}
.accounts button:hover { background: var(--soft); }
.accounts strong, .accounts span { display: block; }
.scopes { margin: 0 0 1rem; padding: 0; list-style: none; }
.scopes li { padding: .6rem 0; border-bottom: 1px solid var(--line); }
.scopes span { display: block; }
dl { margin: 1rem 0 0; }
dd { margin: 0 0 .6rem; }
.filter { margin: 1rem 0; padding: 0; border: 0; display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; }
.filter legend { padding: 0; font-weight: 600; }
.filter label { display: inline-flex; align-items: center; gap: .4rem; margin: 0; font-weight: 400; }
.entries { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.entries li { border-bottom: 1px solid var(--line); }
summary { padding: .6rem .25rem; cursor: pointer; }
details[open] summary { margin-bottom: .5rem; }
summary:hover { background: var(--soft); }
summary code { font-weight: 600; }
.status { font-weight: 700; color: var(--good); }
.failed .status, .reason { color: var(--bad); }
.scroll { overflow-x: auto; margin: 0 0 .75rem 1.2rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: .9rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-top: 1px solid var(--line); }
th { width: 30%; font-weight: 500; color: var(--quiet); }
code, td { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .875rem; }
.log:has(#show-failed:checked) li:not(.failed),
.log:has(#show-token:checked) li:not(.token),
.log:has(#show-sign-in:checked) li:not(.sign-in),
.log:has(#show-metadata:checked) li:not(.metadata) { display: none; }
@media (forced-colors: active) { button { border-color: ButtonBorder; } }
`;
