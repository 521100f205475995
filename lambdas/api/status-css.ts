/** The page's only style sheet; a route of its own, so that the content security policy needs no exception. */
export const STATUS_CSS = `
:root { color-scheme: light dark; --line: light-dark(#d8dee4, #30363d); --muted: light-dark(#57606a, #9198a1); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif;
  background: light-dark(#fff, #0d1117); color: light-dark(#1f2328, #e6edf3); }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
h1 { font-size: 1.25rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 0; }
p { margin: .25rem 0; color: var(--muted); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin-top: .5rem; }
th, td { text-align: left; padding: .5rem 1rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { font-size: .8rem; color: var(--muted); font-weight: 600; }
tbody th { font-weight: 600; min-width: 9rem; overflow-wrap: anywhere; }
th.number, .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.status { font-weight: 700; white-space: nowrap; }
.OK .status { color: light-dark(#1a7f37, #3fb950); } .WARN .status { color: light-dark(#8a5a00, #d29922); }
.ERR .status { color: light-dark(#b3202c, #ff7b72); } .UNKNOWN .status { color: var(--muted); }
small { color: var(--muted); overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: grid; grid-template-columns: 1fr auto auto; gap: 0 .75rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  th, td { border: 0; padding: .1rem 0; } tr > :nth-child(1), tr > :nth-child(5) { grid-column: 1 / -1; }
}
`;
