/** The styles of the docs page. Colours come in pairs, for light and dark. */
export const style = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5a6474; --ground: #fbfbf9; --card: #fff; --line: #dfe2e6;
  --accent: #1a5fb4; --code: #f0f1f3; --get: #1a6e3c; --post: #1a5fb4; --patch: #8a5a00; --delete: #b3261e; --ws: #6a3fa0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --soft: #9aa4b2; --ground: #14171c; --card: #1b1f26;
  --line: #323945; --accent: #8ab8f5; --code: #262c35; --get: #7fd39c; --post: #8ab8f5; --patch: #e5b864;
  --delete: #f2968f; --ws: #c3a5f0; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; }
body { margin: 0; font: 15px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
header { position: sticky; top: 0; z-index: 1; display: flex; gap: 1rem; align-items: center; padding: .6rem 1.25rem;
  background: var(--card); border-bottom: 1px solid var(--line); }
header a { font-weight: 700; font-size: 1.15rem; color: inherit; } header input { flex: 1; max-width: 32rem; min-width: 0; font: inherit; padding: .4rem .7rem;
  color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; }
header output { color: var(--soft); white-space: nowrap; }
.frame { display: grid; grid-template-columns: 15rem minmax(0, 1fr); max-width: 78rem; margin: 0 auto; }
nav { position: sticky; top: 3.6rem; align-self: start; max-height: calc(100vh - 3.6rem); overflow: auto; padding: 1.25rem;
  font-size: .9rem; } nav b { display: block; margin-top: .9rem; } nav a { display: block; padding: .1rem 0; color: var(--soft); }
nav > details { margin: 0; } nav summary { display: none; }
main { padding: 1.25rem; min-width: 0; }
h1 { margin: 0 0 .6rem; font-size: 1.6rem; }
h2 { margin: 2.2rem 0 .2rem; font-size: 1.35rem; } h2 + p { margin-top: 0; color: var(--soft); }
h4 { margin: 1.2rem 0 .3rem; font-size: .95rem; } p { margin: .4rem 0; } ul { margin: .4rem 0; padding-left: 1.2rem; }
.item { margin: .6rem 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.item > summary { display: flex; flex-wrap: wrap; gap: .15rem .7rem; align-items: baseline; padding: .6rem .9rem; cursor: pointer;
  list-style: none; } .item > summary::-webkit-details-marker { display: none; }
.item[open] > summary { border-bottom: 1px solid var(--line); } .item > div { padding: .3rem .9rem 1rem; }
div.item { padding: .3rem .9rem .6rem; }
.item:target { border-color: var(--accent); }
.method { flex: none; min-width: 4.2rem; font-weight: 700; font-size: .8rem; } .path { font: .9rem ui-monospace, monospace; overflow-wrap: anywhere; }
.said { color: var(--soft); flex: 1 1 14rem; } .who { color: var(--soft); font-size: .8rem; }
.GET { color: var(--get); } .POST { color: var(--post); } .PATCH, .PUT { color: var(--patch); } .DELETE { color: var(--delete); }
.WS { color: var(--ws); }
code, pre { font: .87em ui-monospace, monospace; background: var(--code); border-radius: 4px; }
code { padding: .05rem .3rem; overflow-wrap: anywhere; } pre { margin: .4rem 0; padding: .7rem .9rem; overflow: auto; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; } td p { margin: 0; } td:first-child { min-width: 9rem; } td:first-child code { overflow-wrap: normal; } td:last-child { min-width: 10rem; } small { color: var(--soft); }
.hidden { display: none; }
@media (max-width: 56rem) { .frame { display: block; } nav { z-index: 1; top: 3.2rem; max-height: 75vh; padding: .5rem 1rem;
  background: var(--card); border-bottom: 1px solid var(--line); } html { scroll-padding-top: 6.5rem; }
   nav summary { display: block; cursor: pointer; color: var(--accent); } main { padding: .4rem 1rem 2rem; }
  header { padding: .6rem 1rem; } .method { min-width: 0; } }
@media (max-width: 40rem) { thead { display: none; } tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  td { display: block; padding: .05rem 0; border: 0; } td:empty { display: none; } }
@media print { header, nav { display: none; } .frame { display: block; } }`;
